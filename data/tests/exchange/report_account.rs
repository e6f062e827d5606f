//! The law of intake for prose: of a report every paragraph between its first and its last recommendation is taken, or
//! named as not read, or rejected.

use crate::files::archive;
use crate::intake::{Intake, taken};
use data::domain::ReviewCode;
use data::exchange::{ReadOptions, UnreadReason, pdf_text, read_pdf_with};
use proptest::prelude::*;
use proptest::sample::select;

fn read(bytes: &[u8]) -> Intake {
    let options = ReadOptions::of_review(ReviewCode::parse("FJI-1"));
    taken(bytes, &options).unwrap().1
}

fn named(intake: &Intake) -> Vec<(u32, UnreadReason, &str)> {
    let rows = intake.account.rows_unread.iter();
    rows.map(|row| (row.row, row.reason, &*row.text)).collect()
}

const REPORT: &str = "Report of the Working Group\nIntroduction\n\
    II. Conclusions and/or recommendations\n\
    97. The recommendations listed below enjoy the support of Fiji:\n\
    Norway\n\
    97.1 Count the lakes (Norway);\n\
    Education of everybody\n\
    97.2 Build schools (Kenya);\n\
    and pay teachers\nwell (Ghana);\n\
    12\n\
    98. The delegation thanked everybody.\n\
    99. The following:\n\
    99.1 Open a museum (Togo).\n\
    Signed in Suva\n\
    100. All conclusions reflect the position of the States.\n\
    Annex\n\
    Composition of the delegation\n";

#[test]
fn a_report_says_what_of_it_was_not_read() {
    use UnreadReason::{Annex, Heading, Paragraph, Sentence};
    let all = read(REPORT.as_bytes());
    let texts: Vec<_> = all
        .recommendations
        .iter()
        .map(|one| one.text.as_deref().unwrap())
        .collect();
    assert_eq!(texts[0], "Count the lakes");
    assert!(
        texts[1].ends_with("and pay teachers well (Ghana)"),
        "{texts:?}"
    );
    assert_eq!(texts[2], "Open a museum");
    assert_eq!(all.recommendations[2].position, None);
    let account = &all.account;
    assert_eq!((account.paragraphs_read, account.page_lines), (3, 1));
    // The title, the heading of the section, and the State's name below the sentence.
    assert_eq!(account.lines_above, 4);
    assert_eq!(
        named(&all),
        [
            (7, Heading, "Education of everybody"),
            (12, Paragraph, "98. The delegation thanked everybody."),
            (13, Sentence, "The following:"),
            (15, Heading, "Signed in Suva"),
            (
                16,
                Paragraph,
                "100. All conclusions reflect the position of the States."
            ),
            (17, Annex, "Annex"),
        ]
    );
}

#[test]
fn a_long_introduction_is_counted_and_a_sentence_without_recommendations_is_named() {
    let above: String = (1..90)
        .map(|row| format!("{row}. The delegation spoke.\n"))
        .collect();
    let text = format!(
        "{above}97. The recommendations below enjoy the support of Fiji:\n97.1 Do it (Togo);\n\
         97.2 Do that (Mali).\n98. The recommendations below are noted by Fiji:\n\
         99. The recommendations below will be examined by Fiji:\n99.1 Stop it (Chad).\n"
    );
    let all = read(text.as_bytes());
    assert_eq!(
        (all.account.lines_above, all.account.more_rows_unread),
        (89, 0)
    );
    assert_eq!(
        named(&all),
        [(
            93,
            UnreadReason::Sentence,
            "The recommendations below are noted by Fiji:"
        )]
    );
}

#[test]
fn footnotes_and_tables_of_a_document_are_named() {
    let body: String = REPORT
        .lines()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A table</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let of = |part: &str, inner: &str| {
        format!(
            "<w:{part} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inner}\
             </w:{part}>"
        )
    };
    let document = of("document", &format!("<w:body>{body}{table}</w:body>"));
    let notes = of(
        "footnotes",
        "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
         <w:footnote w:id=\"1\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p/></w:footnote>",
    );
    let file = archive(&[
        ("word/document.xml", document.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
    ]);
    let all = read(&file);
    assert_eq!(all.recommendations.len(), 3);
    assert_eq!(all.account.footnotes_unread, 2);
    assert!(named(&all).contains(&(1, UnreadReason::Table, "A table")));
}

#[test]
fn footnotes_of_a_pdf_are_counted_by_page() {
    read_pdf_with(pdf_text);
    let all = read(&crate::pdf::with_footnotes());
    assert_eq!(all.recommendations.len(), 3);
    assert_eq!(all.account.footnotes_unread, 3);
    assert_eq!(all.account.footnote_pages, [1, 2]);
}

/// A paragraph between the first and the last recommendation.
fn paragraph() -> impl Strategy<Value = String> {
    let words = "[a-z]{3,9}( [a-z]{2,9}){1,6}";
    let state = select(vec!["Togo", "Chad", "Norway", "Malta"]);
    (0..7_u8, words, state, 1_u32..99).prop_map(|(kind, words, state, number)| match kind {
        0 | 1 => format!("97.{number} Do {words} ({state});"),
        2 => format!("97.{number} Do {words}\n{words} ({state});"),
        3 => format!("98. The {words}."),
        4 => format!("The {words}"),
        5 => format!("98. The recommendations below are noted by the {words}:"),
        _ => format!("97.{number} Nobody made {words};"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_paragraph_is_outside_the_account(
        paragraphs in prop::collection::vec(paragraph(), 1..8),
        at in 0..8_usize,
        other in "[a-z]{3,9} [a-z]{3,9}",
    ) {
        let text = |paragraphs: &[String]| {
            format!(
                "97. The recommendations listed below enjoy the support of Fiji:\n\
                 97.1 Do the first thing (Togo);\n{}\n97.100 Do the last thing (Mali).\n",
                paragraphs.join("\n")
            )
        };
        let at = at % paragraphs.len();
        let before = read(text(&paragraphs).as_bytes());
        // Its last words are others, or it goes, or it is another paragraph.
        let one = &paragraphs[at];
        let words = one.split_once(' ').map_or("", |(begin, _)| begin);
        let changed = [
            format!("{words} {other}"),
            String::new(),
            format!("98. The delegation said {other}."),
            format!("{other} once more"),
        ];
        for change in changed.into_iter().filter(|change| change != one) {
            let mut paragraphs = paragraphs.clone();
            paragraphs[at].clone_from(&change);
            let after = read(text(&paragraphs).as_bytes());
            prop_assert!(before != after, "{one:?}: {change:?} in its place changes nothing");
        }
    }
}

#[test]
fn lines_that_look_like_headings_and_pages_are_kept_within_a_sentence() {
    let text = "Report A/HRC/16/7\n\
        Contents\n\
        II. Conclusions and/or recommendations ........ 12\n\
        II. Conclusions and/or recommendations\n\
        97. The recommendations listed below enjoy the support of Fiji:\n\
        97.1 Count the lakes by\n2030\n(Norway);\n\
        97.2 Carry out the\nconclusions and recommendations of the Committee\nat once (Kenya);\n\
        97.3 Act upon the report in\nA/HRC/31/57\nof the Rapporteur (Ghana);\n\
        97.4 Build\n13\nschools (Chad);\n\
        14\nA/HRC/16/7\n\
        97.5 Take up the\nConclusions and Recommendations\nof the Council (Togo);\n";
    let all = read(text.as_bytes());
    let texts: Vec<_> = all
        .recommendations
        .iter()
        .map(|one| one.text.as_deref().unwrap())
        .collect();
    assert_eq!(
        texts,
        [
            "Count the lakes by 2030",
            "Carry out the conclusions and recommendations of the Committee at once",
            "Act upon the report in A/HRC/31/57 of the Rapporteur",
            "Build schools",
            "Take up the Conclusions and Recommendations of the Council",
        ]
    );
    let account = &all.account;
    assert_eq!(account.page_lines, 3);
    let within = account.page_lines_within.iter();
    let within: Vec<_> = within.map(|line| (line.row, &*line.text)).collect();
    assert_eq!(within, [(16, "13")]);
    assert_eq!(account.lines_above, 4);
    assert_eq!(
        account.first_lines_above,
        [
            "Report A/HRC/16/7",
            "Contents",
            "II. Conclusions and/or recommendations ........ 12"
        ]
    );
}

#[test]
fn a_sentence_without_the_word_recommendations_says_the_position() {
    let text = "II. Conclusions and/or recommendations\n\
        97. With the exception of 97.2, the following enjoy the support of Fiji:\n\
        97.1 Count the lakes (Norway);\n\
        97.2 Build schools (Kenya);\n\
        98. The following do not enjoy the support of Fiji:\n\
        98.1 Open a museum (Togo).\n";
    let all = read(text.as_bytes());
    let classes = all.recommendations.iter();
    let classes: Vec<_> = classes
        .map(|one| one.position.as_ref().map(|position| position.class.code()))
        .collect();
    assert_eq!(classes, [Some("supported"), Some("noted")]);
    let asked = all.rejected.iter();
    let asked: Vec<_> = asked.map(|one| (one.row, one.column.as_deref())).collect();
    assert_eq!(asked, [(4, Some("position"))]);
}
