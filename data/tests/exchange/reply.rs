//! States' replies to their recommendations.

use crate::files::{document, document_of, error, workbook};
use crate::intake::taken;
use data::domain::{Message, PositionClass, ReviewCode};
use data::exchange::{
    Format, Mapping, ReadFile, ReadOptions, UnreadReason, read_whole, read_whole_with,
};

fn read(bytes: &[u8]) -> ReadFile {
    read_whole(bytes, ReviewCode::parse("FJI-4")).unwrap()
}

fn answers(file: &ReadFile) -> Vec<(String, PositionClass)> {
    assert_eq!(file.format, Format::StateReply);
    let mut all = file.recommendations.iter();
    assert!(all.all(|one| one.is_reply && one.text.is_none() && one.recommending.is_empty()));
    let answer = |one: &data::exchange::Incoming| {
        let paragraph = one.paragraph.as_ref().unwrap().to_string();
        (paragraph, one.position.as_ref().unwrap().class)
    };
    file.recommendations.iter().map(answer).collect()
}

fn expected(all: &[(&str, PositionClass)]) -> Vec<(String, PositionClass)> {
    let owned = |(paragraph, class): &(&str, PositionClass)| ((*paragraph).to_owned(), *class);
    all.iter().map(owned).collect()
}

#[test]
fn tables_are_read() {
    use PositionClass::{Noted, PartiallySupported, Supported};
    let csv = read(b"Paragraph,Position\n104.1,Supported\n\"104.2, 104.4-104.5\",Noted\nTheme: women,\n104.7,Perhaps\n");
    let all = [
        ("104.1", Supported),
        ("104.2", Noted),
        ("104.4", Noted),
        ("104.5", Noted),
    ];
    assert_eq!(answers(&csv), expected(&all));
    let reasons: Vec<_> = csv
        .rejected
        .iter()
        .map(|one| one.reason.key.to_string())
        .collect();
    assert_eq!(
        reasons,
        ["exchange-reply-numbers", "exchange-unknown-position"]
    );
    let rows = [
        ["No.", "Status", "Justification"],
        ["50.5", "Supported in part\nNoted in part", "x"],
    ];
    assert_eq!(
        answers(&read(&workbook(&rows))),
        expected(&[("50.5", PartiallySupported)])
    );
    let annex = document(
        None,
        &[
            &["N", "Recommendation", "Position", "Comments"],
            &["148.1", "Ratify the treaty (Norway)", "Supported", "-"],
            &["148.2", "Fund shelters (Chad)", "Noted", "-"],
        ],
    );
    assert_eq!(
        answers(&read(&annex)),
        expected(&[("148.1", Supported), ("148.2", Noted)])
    );
    // A table of recommendations is none, and neither is one of assessments.
    let own = b"review,paragraph,text,recommending_states,position\nFJI-4,1.1,Do it,NOR,Noted\n";
    assert_eq!(read(own).format, Format::OwnCsv);
    let assessed = b"Paragraph,Status,Rationale\n1.1,Implemented,Seen\n";
    assert_ne!(read(assessed).format, Format::StateReply);
}

#[test]
fn documents_and_texts_are_read() {
    use PositionClass::{Noted, Supported};
    let text = "A/HRC/53/7/Add.1\n5 June 2023\nAddendum\nViews on conclusions and/or recommendations\n\
                1. Fiji supports the following recommendations:\n104.1-104.2\n2. Fiji notes the following \
                recommendations:\n104.3\n";
    let all = [("104.1", Supported), ("104.2", Supported), ("104.3", Noted)];
    let file = read(text.as_bytes());
    assert_eq!(answers(&file), expected(&all));
    let claim = file.recommendations[2].position.as_ref().unwrap();
    assert_eq!(claim.source.as_deref(), Some("A/HRC/53/7/Add.1"));
    assert_eq!(claim.source_paragraph.as_deref(), Some("2"));
    assert_eq!(
        claim.date.clone().map(String::from).as_deref(),
        Some("2023-06-05")
    );
    let paragraphs: String = text
        .lines()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    assert_eq!(
        answers(&read(&document_of(None, &paragraphs))),
        expected(&all)
    );
    // Tables of a theme each, without headings.
    let tables = document(
        None,
        &[&["50.5", "Supported"], &["50.6", "Noted (see No. 50.5)"]],
    );
    assert_eq!(
        answers(&read(&tables)),
        expected(&[("50.5", Supported), ("50.6", Noted)])
    );
    assert_eq!(error(text.as_bytes()), "exchange-name-the-review");
    assert!(!error(b"Nothing is said here of 104.1 and others.").is_empty());
}

const TITLE: &str = "Views on conclusions and/or recommendations, voluntary commitments and replies presented by the State \
                     under review";

fn paragraphs(text: &str) -> String {
    let paragraph = |line: &str| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
    text.lines().map(paragraph).collect()
}

#[test]
fn the_title_answers_nothing_and_answers_below_numbers_are_pairs() {
    use PositionClass::{Noted, PartiallySupported, Supported};
    let text = format!(
        "A/HRC/53/7/Add.1\nFiji\nAddendum\n{TITLE}\n104.1\nSupported\n104.2\nNoted\n104.3\nSupported in part\n"
    );
    let pairs = expected(&[
        ("104.1", Supported),
        ("104.2", Noted),
        ("104.3", PartiallySupported),
    ]);
    assert_eq!(answers(&read(text.as_bytes())), pairs);
    let bytes = document_of(None, &paragraphs(&text));
    assert_eq!(answers(&read(&bytes)), pairs);
    data::exchange::read_pdf_with(data::exchange::pdf_text);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(answers(&read(&crate::pdf::of_lines(&lines))), pairs);
    // Two readings: what they answer differently is asked, with both sentences.
    let doubtful = format!("{TITLE}\nNoted\n104.1\nSupported\n104.2\nSupported\n");
    let file = read(doubtful.as_bytes());
    assert_eq!(answers(&file), expected(&[("104.2", Supported)]));
    let wrong = &file.rejected[0];
    assert_eq!(wrong.value.as_deref(), Some("104.1"));
    assert_eq!(wrong.reason.key, "exchange-reply-two-readings");
    let values: Vec<_> = wrong
        .reason
        .values
        .iter()
        .map(|(_, value)| &**value)
        .collect();
    assert_eq!(values, ["104.1", "Noted", "Supported"]);
}

#[test]
fn every_line_of_a_reply_is_read_or_named() {
    let text = format!(
        "A/HRC/53/7/Add.1\nFiji\n{TITLE}\n1. Fiji supports 104.1 and 104.2 (see also 104.8 and para. 104.9).\nAll \
         others are noted by Fiji.\n2. The Ministry drafts a law.\n"
    );
    let options = ReadOptions::of_review(ReviewCode::parse("FJI-4"));
    let named = |bytes: &[u8]| {
        let (_, all) = taken(bytes, &options).unwrap();
        let numbers = all.recommendations.iter();
        let numbers: Vec<_> = numbers
            .map(|one| one.paragraph.as_ref().unwrap().to_string())
            .collect();
        assert_eq!(numbers, ["104.1", "104.2"]);
        assert_eq!(all.rejected, []);
        // The State's name and the title; the symbol is a line of the page.
        assert_eq!((all.account.lines_above, all.account.page_lines), (2, 1));
        let unread = all.account.rows_unread.into_iter();
        unread
            .map(|one| (one.row, one.reason, one.text))
            .collect::<Vec<_>>()
    };
    let expected = [
        (5, UnreadReason::Others, "All others are noted by Fiji."),
        (6, UnreadReason::Heading, "2. The Ministry drafts a law."),
    ];
    let expected = expected.map(|(row, reason, text)| (row, reason, text.to_owned()));
    assert_eq!(named(text.as_bytes()), expected);
    assert_eq!(named(&document_of(None, &paragraphs(&text))), expected);
}

#[test]
fn the_table_of_a_titled_reply_may_have_numbers_in_front_of_texts() {
    use PositionClass::{Noted, Supported};
    let row = |cells: &[&str]| crate::files::table_row(cells);
    let rows = [
        row(&["Recommendation", "Position", "Comment"]),
        row(&["104.1 Map the reefs (Norway)", "Supported", "a"]),
        row(&["104.2", "Noted", "see 104.3"]),
        row(&["104.4\n104.5", "Supported", ""]),
        row(&["Dredge the ports", "Noted", ""]),
        row(&["104.6 Map it (Chad); 104.7 Sell it (Mali)", "Noted", ""]),
    ];
    let table = format!("<w:tbl>{}</w:tbl>", rows.concat());
    let body = |title: &str| {
        paragraphs(&format!("Fiji\n{title}"))
            + &table
            + &paragraphs("Fiji also supports 104.8.\nThe remaining recommendations are noted.")
    };
    let bytes = document_of(None, &body(&format!("Addendum\n{TITLE}")));
    let told = expected(&[
        ("104.1", Supported),
        ("104.2", Noted),
        ("104.4", Supported),
        ("104.5", Supported),
        ("104.8", Supported),
    ]);
    let options = ReadOptions {
        review: ReviewCode::parse("FJI-4"),
        symbol: Some("A/HRC/53/7/Add.1".to_owned()),
        ..ReadOptions::default()
    };
    let sorted = |bytes: &[u8]| {
        let file = read_whole_with(bytes, &options).unwrap();
        let keys: Vec<_> = file
            .rejected
            .iter()
            .map(|one| one.reason.key.to_string())
            .collect();
        assert_eq!(
            keys,
            ["exchange-no-paragraph", "exchange-two-recommendations"]
        );
        let mut all = answers(&file);
        all.sort();
        all
    };
    assert_eq!(sorted(&bytes), told);
    // A symbol of a reply says the same as the title.
    assert_eq!(sorted(&document_of(None, &body("Table"))), told);
    let (_, all) = taken(&bytes, &options).unwrap();
    assert_eq!(all.account.columns_unread, ["Recommendation", "Comment"]);
    assert_eq!((all.account.columns, all.account.columns_read), (3, 2));
    let unread = all.account.rows_unread.iter();
    let unread: Vec<_> = unread.map(|one| (one.reason, &*one.text)).collect();
    assert_eq!(
        unread,
        [(
            UnreadReason::Others,
            "The remaining recommendations are noted."
        )]
    );
    // Any other document with such a table is a matrix.
    let file = read(&document_of(
        None,
        &format!("{}{table}", paragraphs("Fiji")),
    ));
    assert_eq!(file.format, Format::OhchrMatrix);
}

#[test]
fn a_row_without_a_position_says_so() {
    let file = read(b"Number,Position\n104.1,Supported\n104.2,\n");
    assert_eq!(file.rejected[0].reason.key, "exchange-position-empty");
    let numbered = read(b"Number,Position\n104.1,Supported\n104.2,2\n");
    assert_eq!(numbered.rejected[0].reason.key, "exchange-position-number");
}

#[test]
fn a_table_of_recommendations_in_a_document_waits_for_a_mapping() {
    let wants_mapping = |headings: &[&str], statuses: &[&str]| {
        let rows: [&[&str]; 2] = [
            headings,
            &["104.1", "Map the reefs", "Norway", "Implemented"],
        ];
        let options = ReadOptions {
            review: ReviewCode::parse("FJI-4"),
            statuses: statuses.iter().map(|one| (*one).to_owned()).collect(),
            ..ReadOptions::default()
        };
        match taken(&document(None, &rows), &options) {
            Err(data::exchange::ReadFailure::Refused(refusal)) => refusal.wants_mapping(),
            _ => false,
        }
    };
    let round = ["Implemented", "Not implemented"];
    assert!(wants_mapping(
        &["No", "Recommendation", "State", "Status"],
        &round
    ));
    assert!(wants_mapping(
        &["No", "Recommendation", "State", "Status"],
        &[]
    ));
    assert!(wants_mapping(
        &["No", "Recommendation", "Source", "Status"],
        &round
    ));
}

/// What a rejected answer says: row, number, and the reason with the places of both answers.
fn contradictions(file: &ReadFile) -> Vec<(u32, String, String, String)> {
    let said = |reason: &Message, name: &str| {
        let (_, value) = reason.values.iter().find(|(key, _)| *key == name).unwrap();
        value.clone()
    };
    let all = file.rejected.iter().map(|one| {
        assert_eq!(one.reason.key, "exchange-reply-two-answers");
        let (first, second) = ("first_row", "second_row");
        let number = one.value.clone().unwrap();
        (
            one.row,
            number,
            said(&one.reason, first),
            said(&one.reason, second),
        )
    });
    all.collect()
}

#[test]
fn two_different_answers_to_one_number_are_both_rejected() {
    use PositionClass::{Noted, PartiallySupported, Supported};
    let owned = |all: &[(u32, &str, &str, &str)]| -> Vec<(u32, String, String, String)> {
        let own = |one: &(u32, &str, &str, &str)| {
            (one.0, one.1.to_owned(), one.2.to_owned(), one.3.to_owned())
        };
        all.iter().map(own).collect()
    };
    // The same answer twice is one.
    let table = b"No.,Status\n104.1,Supported\n104.2,Noted\n104.2,Noted\n\"104.1, 104.3\",Noted\n";
    let file = read(table);
    assert_eq!(
        answers(&file),
        expected(&[("104.2", Noted), ("104.3", Noted)])
    );
    assert_eq!(
        contradictions(&file),
        owned(&[(2, "104.1", "2", "5"), (5, "104.1", "2", "5")])
    );
    // What is given back is this number alone, below the file's own headings.
    let cell = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        file.rejected[1].cells,
        [cell("No.", "104.1"), cell("Status", "Noted")]
    );
    // The same with a mapping of a further column.
    let table = "No.,Status,Comments\n\"104.1, 104.3\",Noted,Justice\n104.1,Supported,Interior\n";
    let mapping = Mapping {
        fields: [("Comments".to_owned(), "responsible_bodies".to_owned())].into(),
        extends: true,
        ..Mapping::default()
    };
    let options = ReadOptions {
        mapping: Some(mapping),
        ..ReadOptions::of_review(ReviewCode::parse("FJI-4"))
    };
    let file = read_whole_with(table.as_bytes(), &options).unwrap();
    assert_eq!(answers(&file), expected(&[("104.3", Noted)]));
    assert_eq!(file.recommendations[0].responsible_bodies, ["Justice"]);
    assert_eq!(
        file.rejected[1].cells,
        [
            cell("No.", "104.1"),
            cell("Status", "Supported"),
            cell("Comments", "Interior")
        ]
    );
    let prose = "Addendum\nFiji supports 104.1-104.3, 104.9 and 104.10.\nIt notes 104.3.\nWomen\n104.7\nSupported in \
                 part\nNoted in part\nFiji supports 104.9.\n";
    let file = read(prose.as_bytes());
    assert_eq!(
        answers(&file),
        expected(&[
            ("104.1", Supported),
            ("104.2", Supported),
            ("104.9", Supported),
            ("104.10", Supported),
            ("104.7", PartiallySupported)
        ])
    );
    assert_eq!(
        contradictions(&file),
        owned(&[(2, "104.3", "2", "3"), (3, "104.3", "2", "3")])
    );
    // Across two tables of a document.
    let tables = document(
        None,
        &[
            &["No.", "Position"],
            &["50.5", "Supported"],
            &["No.", "Position"],
            &["50.5", "Noted"],
            &["50.6", "Noted"],
        ],
    );
    let file = read(&tables);
    assert_eq!(answers(&file), expected(&[("50.6", Noted)]));
    assert_eq!(
        contradictions(&file),
        owned(&[(2, "50.5", "2", "4"), (4, "50.5", "2", "4")])
    );
}

#[test]
fn answers_that_are_not_certain_are_asked_with_their_sentence() {
    use PositionClass::{Noted, Supported};
    let text = "A/HRC/53/7/Add.1\nFiji\n1. Fiji supports all recommendations except 104.1 and 104.2.\n2. While Fiji \
                supported 104.3 in 2019, it now takes note of it.\n3. Fiji is unable to support 104.4.\n4. Fiji supports \
                104.5.\n5. The Ministry discussed 104.6 with Norway.\n";
    let options = ReadOptions::of_review(ReviewCode::parse("FJI-4"));
    let (format, all) = taken(text.as_bytes(), &options).unwrap();
    assert_eq!(format, Format::StateReply);
    let answer = |one: &data::exchange::Incoming| one.position.as_ref().unwrap().class;
    let classes: Vec<_> = all.recommendations.iter().map(answer).collect();
    assert_eq!(classes, [Noted, Supported]);
    let asked: Vec<_> = all
        .rejected
        .iter()
        .map(|one| {
            assert_eq!(one.reason.key, "exchange-unclear-answer");
            let (_, sentence) = &one.reason.values[0];
            (
                one.value.clone().unwrap(),
                sentence.contains("Fiji support"),
            )
        })
        .collect();
    let expected = ["104.1", "104.2", "104.3"].map(|number| (number.to_owned(), true));
    assert_eq!(asked, expected);
    let unread: Vec<_> = all
        .account
        .rows_unread
        .iter()
        .map(|one| (one.row, one.reason, &*one.text))
        .collect();
    assert_eq!(
        unread,
        [
            (
                3,
                UnreadReason::NoAnswer,
                "Fiji supports all recommendations except 104.1 and 104.2."
            ),
            (
                7,
                UnreadReason::NoAnswer,
                "The Ministry discussed 104.6 with Norway."
            )
        ]
    );
    let cells = read(b"Paragraph,Position\n104.1,Accepted in principle\n104.2,Unable to accept\n");
    assert_eq!(answers(&cells), expected_of("104.2", Noted));
    assert_eq!(
        cells.rejected[0].reason.key,
        "exchange-position-in-principle"
    );
}

fn expected_of(paragraph: &str, class: PositionClass) -> Vec<(String, PositionClass)> {
    expected(&[(paragraph, class)])
}

#[test]
fn the_text_and_the_table_of_a_document_are_both_read() {
    use PositionClass::{Noted, Supported};
    let paragraph = |line: &str| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let table = |rows: &[&[&str]]| -> String {
        let row = |cells: &&[&str]| {
            let cells: String = cells.iter().map(|text| cell(text)).collect();
            format!("<w:tr>{cells}</w:tr>")
        };
        let rows: String = rows.iter().map(row).collect();
        format!("<w:tbl>{rows}</w:tbl>")
    };
    let prose = "Fiji supports 104.1 and 104.2. Fiji is not in a position to accept 104.3.";
    let options = ReadOptions::of_review(ReviewCode::parse("FJI-4"));
    let head = paragraph("A/HRC/53/7/Add.1") + &paragraph(prose);
    let with_headings = table(&[
        &["No.", "Position", "Comments", "Explanation"],
        &["104.2", "Noted", "Costs", ""],
        &["104.4", "Noted", "", "Law"],
    ]);
    let bytes = document_of(None, &(head.clone() + &with_headings));
    let file = read(&bytes);
    assert_eq!(
        answers(&file),
        expected(&[("104.1", Supported), ("104.3", Noted), ("104.4", Noted)])
    );
    let rejected: Vec<_> = file
        .rejected
        .iter()
        .map(|one| (one.value.as_deref().unwrap(), &*one.reason.key))
        .collect();
    let two = ("104.2", "exchange-reply-two-answers");
    assert_eq!(rejected, [two, two]);
    let (_, all) = taken(&bytes, &options).unwrap();
    assert_eq!(all.account.columns_unread, ["Comments", "Explanation"]);
    assert_eq!(all.account.columns_read, 2);
    // A table without headings.
    let without = table(&[&["104.5", "Noted"]]);
    let file = read(&document_of(None, &(head + &without)));
    assert_eq!(
        answers(&file),
        expected(&[
            ("104.1", Supported),
            ("104.2", Supported),
            ("104.3", Noted),
            ("104.5", Noted)
        ])
    );
}

#[test]
fn lead_ins_of_reports_are_read_by_the_rule_of_cells() {
    let report = |lead: &str| {
        read(
            format!(
                "104. The recommendations listed below enjoy the support of Fiji:\n104.1 Ratify it (Norway);\n105. \
                 {lead}:\n105.1 Abolish it (Chile).\n"
            )
            .as_bytes(),
        )
    };
    for lead in [
        "The following recommendations could not be supported by Fiji",
        "Fiji is unable to support the following recommendations",
        "The following recommendations have not received the support of Fiji",
    ] {
        let file = report(lead);
        let class = file.recommendations[1].position.as_ref().unwrap().class;
        assert_eq!(class, PositionClass::Noted, "{lead}");
    }
    let partly = report("Fiji supports the following recommendations in part");
    let class = partly.recommendations[1].position.as_ref().unwrap().class;
    assert_eq!(class, PositionClass::PartiallySupported);
    let asked = report("Fiji supports in principle the following recommendations");
    assert_eq!(asked.recommendations.len(), 1);
    let wrong = &asked.rejected[0];
    assert_eq!(wrong.reason.key, "exchange-position-in-principle");
    let (_, sentence) = &wrong.reason.values[0];
    assert!(sentence.starts_with("Fiji supports in principle"));
    assert!(
        wrong
            .cells
            .iter()
            .any(|(_, cell)| cell.starts_with("Abolish it"))
    );
}

#[test]
fn heads_say_symbol_date_and_review() {
    let claim = |file: &ReadFile| {
        let one = &file.recommendations[0];
        let claim = one.position.clone().unwrap();
        (
            one.review.to_string(),
            claim.source.unwrap_or_default(),
            claim.date.map(String::from).unwrap_or_default(),
        )
    };
    let said = |review: &str, symbol: &str, date: &str| {
        (review.to_owned(), symbol.to_owned(), date.to_owned())
    };
    let of_document = said("FJI-4", "A/HRC/53/7/Add.1", "2023-06-05");
    let text = "Report of the Working Group on the Universal Periodic Review – Fiji – Addendum\nFiji supports 104.1.";
    let whole = format!("A/HRC/53/7/Add.1\nDistr.: General\n5 June 2023\n{text}");
    let none = ReadOptions::default();
    assert_eq!(
        claim(&read_whole_with(whole.as_bytes(), &none).unwrap()),
        of_document
    );
    // In a document the symbol and the date stand in a table at its top, the State below it.
    let paragraph = |line: &str| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
    let top = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A/HRC/53/7/Add.1</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r>\
               <w:t>Distr.: General 5 June 2023</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let below: String = text.lines().map(paragraph).collect();
    let file = document_of(None, &format!("{top}{below}"));
    assert_eq!(claim(&read_whole_with(&file, &none).unwrap()), of_document);
    // A table has no head: the symbol is given with it, and a known report says the review.
    let given = ReadOptions {
        symbol: Some("A/HRC/53/7/Add.1".to_owned()),
        reports: [("A/HRC/53/7".to_owned(), ReviewCode::parse("FJI-4").unwrap())].into(),
        ..ReadOptions::default()
    };
    let table = b"Paragraph,Position\n104.1,Supported\n";
    let of_table = said("FJI-4", "A/HRC/53/7/Add.1", "");
    assert_eq!(claim(&read_whole_with(table, &given).unwrap()), of_table);
    let book = workbook(&[["Paragraph", "Position"], ["104.1", "Supported"]]);
    assert_eq!(claim(&read_whole_with(&book, &given).unwrap()), of_table);
    // What contradicts the chosen review is refused, in every kind of file.
    let other = ReadOptions {
        review: ReviewCode::parse("NPL-4"),
        ..given.clone()
    };
    for bytes in [whole.as_bytes(), &file, table, &book] {
        let refused = read_whole_with(bytes, &other).unwrap_err();
        assert_eq!(refused.key, "exchange-other-review");
    }
    let unknown = ReadOptions::of_review(ReviewCode::parse("NPL-4"));
    let refused = read_whole_with(whole.as_bytes(), &unknown).unwrap_err();
    assert_eq!(refused.key, "exchange-other-state");
    // A file that is neither takes no symbol.
    let own = b"Review,Paragraph,Text,Recommending States\nFJI-4,1.1,Do it,NOR\n";
    let refused = read_whole_with(
        own,
        &ReadOptions {
            reports: [].into(),
            ..given
        },
    )
    .unwrap_err();
    assert_eq!(refused.key, "exchange-symbol-of-other");
}

#[test]
fn reports_say_their_review_by_title_and_symbol() {
    let text = "A/HRC/30/3\nReport of the Working Group on the Universal Periodic Review\nBelarus\nII. Conclusions and/or \
                recommendations\n127. The following recommendations enjoy the support of Belarus:\n127.1 Ratify it \
                (Chile);\n127.2 Fund it (Norway).\n";
    let found = read_whole(text.as_bytes(), None).unwrap();
    assert_eq!(found.format, Format::ReportText);
    assert_eq!(found.recommendations[0].review.to_string(), "BLR-2");
    let other = read_whole(text.as_bytes(), ReviewCode::parse("NPL-2")).unwrap_err();
    assert_eq!(other.key, "exchange-other-state");
    let later = read_whole(text.as_bytes(), ReviewCode::parse("BLR-3")).unwrap_err();
    assert_eq!(later.key, "exchange-symbol-of-other-cycle");
    let without = text.replace("A/HRC/30/3\n", "");
    let given = ReadOptions {
        symbol: Some("A/HRC/30/3".to_owned()),
        ..ReadOptions::default()
    };
    let found = read_whole_with(without.as_bytes(), &given).unwrap();
    let one = &found.recommendations[0];
    assert_eq!(one.review.to_string(), "BLR-2");
    assert_eq!(one.report_symbol.as_deref(), Some("A/HRC/30/3"));
}

#[test]
fn annexes_of_reports_are_not_read() {
    let report = "104. The recommendations formulated during the interactive dialogue and listed below enjoy the support of \
                  Fiji:\n104.1 Ratify it, as annex I says (Norway);\n105. The following recommendations have been \
                  examined by Fiji and have been noted:\n105.1 Abolish it (Chile).\n";
    for annex in [
        "Annex",
        "ANNEX",
        "Annex I",
        "Annex II:",
        "Annexe I",
        "Anexo 1",
        "Приложение II",
        "المرفق الأول",
        "附件一",
        "Annex – Composition of the delegation",
        "Composition of the delegation",
        "Состав делегации",
    ] {
        let text =
            format!("{report}{annex}\nHeaded by:\n1. Mr. Bob (Norway);\n105.2 Mr. Carl (Chile)\n");
        let file = read(text.as_bytes());
        let texts: Vec<_> = file
            .recommendations
            .iter()
            .map(|one| one.text.as_deref())
            .collect();
        let expected = [Some("Ratify it, as annex I says"), Some("Abolish it")];
        assert_eq!(texts, expected, "{annex}");
        let class = |place: usize| file.recommendations[place].position.as_ref().unwrap().class;
        assert_eq!(
            (class(0), class(1)),
            (PositionClass::Supported, PositionClass::Noted)
        );
        assert!(file.rejected.is_empty(), "{annex}");
    }
}

#[test]
fn tables_below_a_title_or_with_other_separators_are_no_replies() {
    let rows = |separator: &str| {
        [
            ["Paragraph", "Recommendation", "States", "Response"],
            ["104.1", "Ratify the treaty", "Norway", "Supported"],
            ["104.2", "Fund shelters", "Chad", "Noted"],
        ]
        .map(|cells| cells.join(separator) + "\n")
        .concat()
    };
    let options = ReadOptions::of_review(ReviewCode::parse("FJI-4"));
    for table in [
        format!("Recommendations to Fiji\n{}", rows(",")),
        format!("Recommendations to Fiji\n{}", rows(";")),
        format!("sep=;\n{}", rows(";")),
        rows("|"),
        format!("Recommendations to Fiji\n\n{}", rows("|")),
    ] {
        match taken(table.as_bytes(), &options) {
            Err(data::exchange::ReadFailure::Refused(refusal)) => {
                assert!(refusal.wants_mapping(), "{table}");
            }
            Err(other) => panic!("{table}: {other:?}"),
            Ok((format, _)) => assert_ne!(format, Format::StateReply, "{table}"),
        }
    }
}

#[test]
fn answers_without_a_sign_of_the_state_are_no_reply() {
    let notes = "Visit of the mission\n104.1 Accepted, said the ombudsman\n104.2 Supported\n";
    let options = ReadOptions::of_review(ReviewCode::parse("FJI-4"));
    let refused = read_whole_with(notes.as_bytes(), &options).unwrap_err();
    assert_eq!(refused.key, "exchange-reply-no-sign");
    // Neither is a table without headings in a document.
    let table = document(
        None,
        &[
            &["50.5", "Count the lakes, said the ombudsman", "Supported"],
            &["50.6", "Ask the ministry again", "Noted"],
        ],
    );
    let refused = read_whole_with(&table, &options).unwrap_err();
    assert_eq!(refused.key, "exchange-reply-no-sign");
    let given = ReadOptions {
        symbol: Some("A/HRC/53/7/Add.1".to_owned()),
        ..options.clone()
    };
    for file in [notes.as_bytes(), &table] {
        let file = read_whole_with(file, &given).unwrap();
        assert_eq!(file.format, Format::StateReply);
    }
    for text in [
        "Fiji supports 104.1.",
        "The Government notes 104.1.",
        "Recommendation 104.1 is noted by Fiji.",
        "104.1 Supported\n104.2 Noted",
        "Annex to the letter\nVisit\n104.1 Supported",
        "Fiji prend note de la recommandation 104.1.",
    ] {
        let file = read_whole_with(text.as_bytes(), &options).unwrap();
        assert_eq!(file.format, Format::StateReply, "{text}");
    }
}

#[test]
fn only_the_line_of_the_date_dates_a_reply() {
    let options = ReadOptions::of_review(ReviewCode::parse("FJI-4"));
    let date = |text: &str| {
        let file = read_whole_with(text.as_bytes(), &options).unwrap();
        let claim = file.recommendations[0].position.clone().unwrap();
        claim.date.map(String::from).unwrap_or_default()
    };
    for (text, expected) in [
        (
            "Fiji adopted a law on 3 May 1998.\nFiji supports 104.1.",
            "",
        ),
        (
            "Fiji adopted a law on\n3 May 1998\nFiji supports 104.1.",
            "",
        ),
        ("Fiji supports 104.1 by 1 January 2031.", ""),
        ("Fiji supports 104.1.\n3 May 1998", ""),
        (
            "Distr.: General\n14 March 2025\nFiji supports 104.1.",
            "2025-03-14",
        ),
        (
            "Distr.: General 14 March 2025\nFiji supports 104.1.",
            "2025-03-14",
        ),
        (
            "A law of 3 May 1998\n14 March 2025\nFiji supports 104.1.",
            "2025-03-14",
        ),
    ] {
        assert_eq!(date(text), expected, "{text}");
    }
}

#[test]
fn what_only_sounds_like_an_answer_is_asked_or_left() {
    let options = ReadOptions {
        symbol: Some("A/HRC/53/7/Add.1".to_owned()),
        ..ReadOptions::of_review(ReviewCode::parse("FJI-4"))
    };
    let read = |line: &str| {
        let text = format!("Fiji supports 104.9.\n{line}\n");
        let file = read_whole_with(text.as_bytes(), &options).unwrap();
        let told = answers(&file).into_iter().skip(1).collect::<Vec<_>>();
        let asked: Vec<_> = file
            .rejected
            .iter()
            .filter_map(|one| one.value.clone())
            .collect();
        (told, asked)
    };
    for line in [
        "104.4 accepted by parliament in 2023 but the law lapsed",
        "104.4 was supported by the Supreme Court.",
        "104.4 Accepted, partially implemented",
        "104.4 Accepted (implemented in part)",
    ] {
        assert_eq!(read(line), (vec![], vec!["104.4".to_owned()]), "{line}");
    }
    for line in [
        "Notes of the meeting on Fiji, where 104.4 was discussed",
        "Notes from the meeting on 104.4",
    ] {
        assert_eq!(read(line), (vec![], vec![]), "{line}");
    }
    let supported = (expected_of("104.4", PositionClass::Supported), vec![]);
    assert_eq!(read("104.4 is supported by the Government."), supported);
    let noted = (expected_of("104.4", PositionClass::Noted), vec![]);
    assert_eq!(read("Fiji takes note of 104.4."), noted);
    let partly = (
        expected_of("104.4", PositionClass::PartiallySupported),
        vec![],
    );
    assert_eq!(read("104.4 Accepted in part"), partly);
}
