//! Other people's tables: by a mapping, in whatever file.

use crate::files::{MATRIX, archive, document, error, good, states, terms, workbook};
use data::domain::{Confidence, EvidenceKind, PositionClass, ReviewCode};
use data::exchange::{
    Format, Incoming, IncomingAssessment, Mapping, ReadFailure, ReadOptions, Rejected, Sink,
    Stopped, Survey, read, read_whole, reread, survey, write_rejected,
};
use std::io::Cursor;

#[derive(Default, Debug)]
struct Everything {
    recommendations: Vec<Incoming>,
    assessments: Vec<IncomingAssessment>,
    rejected: Vec<Rejected>,
    skipped: usize,
}

impl Sink for Everything {
    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        self.recommendations.push(one);
        Ok(())
    }
    fn assessment(&mut self, one: IncomingAssessment) -> Result<(), Stopped> {
        self.assessments.push(one);
        Ok(())
    }
    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.rejected.push(one);
        Ok(())
    }
    fn skipped(&mut self, _: &str) -> Result<(), Stopped> {
        self.skipped += 1;
        Ok(())
    }
    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}

fn options(review: &str, mapping: Mapping) -> ReadOptions {
    ReadOptions {
        review: ReviewCode::parse(review),
        mapping: Some(mapping),
        ..ReadOptions::default()
    }
}

fn mapped(bytes: &[u8], options: &ReadOptions) -> Result<(Format, Everything), ReadFailure> {
    let mut sink = Everything::default();
    let format = read(Cursor::new(bytes), options, &mut sink)?;
    Ok((format, sink))
}

fn surveyed(bytes: &[u8]) -> Survey {
    survey(Cursor::new(bytes)).unwrap()
}

const TABLE: [[&str; 5]; 4] = [
    ["Our working table", "", "", "", ""],
    [
        "№",
        "Рекомендация",
        "Рекомендующее государство",
        "Позиция",
        "Темы",
    ],
    [
        "97.1",
        "Ratify the convention on everything",
        "Togo | Mali",
        "Поддержана",
        "Children | Women",
    ],
    [
        "97.2",
        "Do it at once and report on it to everybody",
        "Atlantis",
        "Отклонена",
        "",
    ],
];

fn csv(separator: &str) -> Vec<u8> {
    let lines: Vec<String> = TABLE.iter().map(|row| row.join(separator)).collect();
    lines.join("\n").into_bytes()
}

/// A workbook in the Open Document Format with this content of its only sheet.
fn ods(rows: &str) -> Vec<u8> {
    let xml = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table>{rows}\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", xml.as_bytes()),
    ])
}

fn ods_row(cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| match *cell {
            "" => "<table:table-cell/>".to_owned(),
            cell => format!("<table:table-cell><text:p>{cell}</text:p></table:table-cell>"),
        })
        .collect();
    format!(
        "<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16000\"/>\
         </table:table-row>"
    )
}

#[test]
fn a_table_of_unknown_headings_is_surveyed_and_read_alike_in_every_file() {
    let sheet: String = TABLE.iter().map(|row| ods_row(row)).collect();
    let files = [
        (csv(","), Format::MappedText),
        (csv(";"), Format::MappedText),
        (workbook(&TABLE), Format::MappedWorkbook),
        (ods(&sheet), Format::MappedWorkbook),
    ];
    for (bytes, format) in files {
        let survey = surveyed(&bytes);
        assert_eq!((survey.format, survey.heading_row), (format, 2));
        assert_eq!(survey.headings, TABLE[1]);
        assert_eq!(survey.rows[0][0], "97.1");
        let fields: Vec<&str> = survey.guess.fields.values().map(String::as_str).collect();
        assert_eq!(fields.len(), 5, "{fields:?}");
        assert_eq!(survey.guess.separator.as_deref(), Some("|"));
        let mut mapping = survey.guess;
        mapping
            .constants
            .insert("report_symbol".into(), "A/HRC/15/99".into());
        mapping.constants.insert("language".into(), "ru".into());
        let options = options("FJI-1", mapping);
        let (read_as, all) = mapped(&bytes, &options).unwrap();
        assert_eq!(read_as, format);
        let [one] = &all.recommendations[..] else {
            panic!()
        };
        assert_eq!(one.row, 3);
        assert_eq!(one.review.to_string(), "FJI-1");
        assert_eq!(one.report_symbol.as_deref(), Some("A/HRC/15/99"));
        assert_eq!(one.language.as_deref(), Some("ru"));
        assert_eq!(states(one), ["TGO", "MLI"]);
        assert_eq!(terms(one), ["theme: Children", "theme: Women"]);
        let position = one.position.as_ref().unwrap();
        assert_eq!(
            (position.class, &*position.raw),
            (PositionClass::Supported, "Поддержана")
        );
        let [wrong] = &all.rejected[..] else { panic!() };
        assert_eq!((wrong.row, wrong.column.as_deref()), (4, Some(TABLE[1][2])));
        // Mended in the preview.
        let mut cells = wrong.cells.clone();
        cells[2].1 = "Chad".to_owned();
        let mut mended = Everything::default();
        reread(format, &options, 4, &cells, &mut mended).unwrap();
        assert_eq!(states(&mended.recommendations[0]), ["TCD"]);
    }
}

#[test]
fn a_mapping_keeps_through_json_and_says_what_it_lacks() {
    let mapping = surveyed(&csv(",")).guess;
    let json = serde_json::to_string(&mapping).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&json).unwrap(), mapping);
    assert_eq!(
        serde_json::from_str::<Mapping>("{}").unwrap(),
        Mapping::default()
    );
    let refused = |bytes: &[u8], mapping: &Mapping, review| match mapped(
        bytes,
        &options(review, mapping.clone()),
    ) {
        Err(ReadFailure::Refused(refusal)) => refusal.message().key.into_owned(),
        _ => panic!(),
    };
    assert_eq!(
        refused(b"x,y\n1,2\n", &mapping, "FJI-1"),
        "exchange-mapping-headings"
    );
    assert_eq!(
        refused(&workbook(&[["x", "y"]]), &mapping, "FJI-1"),
        "exchange-mapping-headings"
    );
    assert_eq!(
        refused(&csv(","), &Mapping::default(), "FJI-1"),
        "exchange-mapping-fields"
    );
    assert_eq!(refused(&csv(","), &mapping, ""), "exchange-name-the-review");
}

#[test]
fn text_that_holds_everything_is_taken_apart() {
    let table = "State under review;Session;Recommendation\n\
                 Fiji;8;97.1. Sign it (CAT) (Togo) (Mali);\n";
    let mapping = surveyed(table.as_bytes()).guess;
    let bytes = table.replace("(Mali);", "(Mali)");
    let (_, all) = mapped(bytes.as_bytes(), &options("", mapping)).unwrap();
    let one = &all.recommendations[0];
    assert_eq!(
        (one.review.to_string(), one.session),
        ("FJI-1".to_owned(), Some(8))
    );
    assert_eq!(one.paragraph.as_ref().unwrap().as_str(), "97.1");
    assert_eq!(one.text.as_deref(), Some("Sign it (CAT)"));
    assert_eq!(states(one), ["TGO", "MLI"]);
}

const WORKING: [[&str; 6]; 5] = [
    [
        "Paragraph",
        "Recommendation",
        "Status",
        "Rationale",
        "Evidence",
        "Confidence",
    ],
    [
        "97.1.",
        "Sign it",
        "Implemented",
        "Signed in 2012",
        "Decree, https://example.org/1\nNews",
        "High",
    ],
    ["Para. 97.2", "Do it", "", "", "", ""],
    ["97.3", "Do it", "Not implemented", "", "", "perhaps"],
    ["", "Do it", "Not implemented", "No law", "", ""],
];

#[test]
fn a_working_spreadsheet_gives_assessments() {
    let bytes = workbook(&WORKING);
    let guess = surveyed(&bytes).guess;
    for mapping in [None, Some(guess)] {
        let options = ReadOptions {
            review: ReviewCode::parse("FJI-1"),
            mapping,
            ..ReadOptions::default()
        };
        let (format, all) = mapped(&bytes, &options).unwrap();
        assert_eq!(format, Format::MappedWorkbook);
        assert_eq!((all.recommendations.len(), all.skipped), (0, 1));
        let [one] = &all.assessments[..] else {
            panic!()
        };
        assert_eq!(one.paragraph.as_str(), "97.1");
        assert_eq!(one.review.unwrap().to_string(), "FJI-1");
        assert_eq!(
            (&*one.status, one.rationale.as_deref()),
            ("Implemented", Some("Signed in 2012"))
        );
        assert_eq!(one.confidence, Some(Confidence::High));
        let sources: Vec<_> = one
            .evidence
            .iter()
            .map(|one| (&*one.title, &*one.source))
            .collect();
        assert_eq!(
            sources,
            [("Decree", "https://example.org/1"), ("News", "News")]
        );
        assert_eq!(one.evidence[0].kind, EvidenceKind::CivilSociety);
        let keys: Vec<_> = all.rejected.iter().map(|one| &*one.reason.key).collect();
        assert_eq!(keys, ["exchange-confidence", "exchange-paragraph"]);
    }
}

#[test]
fn a_returned_matrix_gives_its_last_column_as_assessments() {
    let title = Some("UPR of Slovenia (3rd Cycle – 34th Session)");
    let rows: [&[&str]; 5] = [
        &MATRIX,
        &[
            "121.1 Do it (Togo);",
            "Supported",
            "- A",
            "Partially implemented: a bill\nis pending",
        ],
        &["121.2 Do it (Togo);", "Noted", "- A", ""],
        &[
            "121.3 Do it (Togo);",
            "Noted",
            "- A",
            "Implemented in part only",
        ],
        &["", "", "", "and late"],
    ];
    let file = good(&document(title, &rows));
    assert_eq!((file.recommendations.len(), file.rejected.len()), (3, 0));
    let found: Vec<_> = file
        .assessments
        .iter()
        .map(|one| {
            (
                one.paragraph.as_str(),
                &*one.status,
                one.rationale.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        found[0],
        ("121.1", "Partially implemented", Some("a bill\nis pending"))
    );
    assert_eq!((found[1].0, found[1].1), ("121.3", ""));
    assert!(found[1].2.unwrap().starts_with("Implemented in part only"));
    assert!(found[1].2.unwrap().ends_with("and late"));
}

/// The rejected rows of a file, mended by putting one text for another, and read again.
fn mended(
    format: Format,
    options: &ReadOptions,
    rejected: &[Rejected],
    from: &str,
    to: &str,
) -> Everything {
    let mut out = Vec::new();
    let words = |message: &data::domain::Message| format!("=reason: {}", message.key);
    let mut mended = rejected.to_vec();
    for (_, cell) in mended.iter_mut().flat_map(|row| &mut row.cells) {
        *cell = cell.replace(from, to);
    }
    write_rejected(format, &mended, "What is wrong", &words, &mut out).unwrap();
    if !out.starts_with(b"PK") {
        let text = std::str::from_utf8(&out).unwrap();
        assert!(text.contains(",'=reason: exchange-"), "{text}");
        assert!(!text.contains(",=") && !text.contains("\n="), "{text}");
    }
    let (_, all) = mapped(&out, options).unwrap();
    assert_eq!(all.rejected, []);
    all
}

#[test]
fn rejected_rows_come_back_in_a_file_that_can_be_read_again() {
    let none = ReadOptions::default();
    let own = b"review,paragraph,recommending_states,text\nFJI-3,1.1,Atlantis,'=1+1\n";
    let (format, all) = mapped(own, &none).unwrap();
    let again = mended(format, &none, &all.rejected, "Atlantis", "Togo");
    assert_eq!(again.recommendations[0].text.as_deref(), Some("=1+1"));

    let title = Some("UPR of Slovenia (3rd Cycle – 34th Session)");
    let matrix = document(
        title,
        &[
            &MATRIX,
            &[
                "121.1 Do it (Tugo);",
                "Perhaps",
                "- A\nSDGs:\n- 1 - X",
                "Implemented",
            ],
        ],
    );
    let (format, all) = mapped(&matrix, &none).unwrap();
    assert_eq!(format, Format::OhchrMatrix);
    let mut rejected = all.rejected;
    assert_eq!(rejected.len(), 1);
    rejected[0].cells[0].1 = "121.1 Do it (Togo);".to_owned();
    let again = mended(format, &none, &rejected, "Perhaps", "Noted");
    let one = &again.recommendations[0];
    assert_eq!(one.review.to_string(), "SVN-3");
    assert_eq!(terms(one), ["theme: A", "sdg: 1 - X"]);
    assert_eq!(again.assessments[0].status, "Implemented");

    let report = "97.1. Do it (Togo);\n97.2. Do more (Mali);\n97.3. Do what?\n";
    let fiji = ReadOptions::of_review(ReviewCode::parse("FJI-1"));
    let (format, all) = mapped(report.as_bytes(), &fiji).unwrap();
    assert_eq!((format, all.rejected.len()), (Format::ReportText, 1));
    let mut rejected = all.rejected;
    let cell = rejected[0]
        .cells
        .iter_mut()
        .find(|(heading, _)| heading == "recommending_states");
    cell.unwrap().1 = "Chad".to_owned();
    let again = mended(format, &fiji, &rejected, "?", "");
    assert_eq!(states(&again.recommendations[0]), ["TCD"]);

    let mapping = surveyed(&csv(",")).guess;
    let russian = options("FJI-1", mapping);
    let (format, all) = mapped(&csv(","), &russian).unwrap();
    let again = mended(format, &russian, &all.rejected, "Atlantis", "Chad");
    assert_eq!(states(&again.recommendations[0]), ["TCD"]);
}

#[test]
fn repetitions_in_an_open_document_are_bounded() {
    let heads = ["review", "paragraph", "recommending_states", "text"];
    let sheet = |more: &str| ods(&format!("{}{more}", ods_row(&heads)));
    let row = ods_row(&[
        "FJI-3",
        "1.1",
        "Togo",
        "Do<text:s text:c=\"2\"/>it &amp; more",
    ]);
    let file = good(&sheet(&format!(
        "<table:table-row table:number-rows-repeated=\"7\"><table:table-cell/></table:table-row>{row}\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell \
         table:number-columns-repeated=\"16384\"/></table:table-row>"
    )));
    assert_eq!(file.format, Format::OwnXlsx);
    assert_eq!(file.recommendations[0].row, 9);
    assert_eq!(
        file.recommendations[0].text.as_deref(),
        Some("Do  it & more")
    );

    let cell = "<table:table-cell><text:p>x</text:p></table:table-cell>";
    let many = |rows: &str, columns: &str| {
        let cell = cell.replace(
            "<table:table-cell>",
            &format!("<table:table-cell table:number-columns-repeated=\"{columns}\">"),
        );
        error(&sheet(&format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\">{cell}</table:table-row>"
        )))
    };
    assert_eq!(many("4294967295", "1"), "exchange-rows");
    assert_eq!(many("1", "4294967295"), "exchange-columns");
    assert_eq!(
        many("99999999999999999999", "1"),
        "exchange-archive-damaged"
    );
    assert_eq!(many("-1", "1"), "exchange-archive-damaged");
    let long = "x".repeat(900_000);
    let repeated = format!(
        "<table:table-row table:number-rows-repeated=\"1000\"><table:table-cell><text:p>{long}</text:p>\
         </table:table-cell></table:table-row>"
    );
    assert_eq!(error(&sheet(&repeated)), "exchange-archive-too-large");
    let text = archive(&[("content.xml", b"<office:text><table:table/></office:text>")]);
    assert_eq!(error(&text), "exchange-unknown-format");
}

#[test]
fn a_table_in_old_letters_is_asked_about_like_any_other() {
    let text = "N\u{b0};Pays examin\u{e9};Texte;\u{c9}tats auteurs;R\u{e9}ponse\r\n\
        1.1;Fiji;Lib\u{e9}rer les d\u{e9}tenus sans d\u{e9}lai;Togo;Prend note\r\n";
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let refused = mapped(&bytes, &ReadOptions::default()).unwrap_err();
    let ReadFailure::Refused(refusal) = refused else {
        panic!("{refused:?}");
    };
    assert!(refusal.wants_mapping(), "{refusal:?}");
    let guess = surveyed(&bytes).guess;
    let (_, all) = mapped(&bytes, &options("FJI-1", guess)).unwrap();
    let [one] = &all.recommendations[..] else {
        panic!("{all:?}");
    };
    assert_eq!(one.text.as_deref(), Some("Libérer les détenus sans délai"));
    assert_eq!(one.position.as_ref().unwrap().class, PositionClass::Noted);
}

#[test]
fn a_title_above_the_headings_says_nothing_of_the_separator() {
    let bytes = "Our table, draft, 2024\nNo;Recommendation;Recommending State;SDG target\n\
        1.1;Free them, now;Togo;16.2\n1.2;Build schools, roads, ports;Mali;4.1\n";
    let survey = surveyed(bytes.as_bytes());
    assert_eq!(survey.heading_row, 2);
    assert_eq!(
        survey.headings,
        ["No", "Recommendation", "Recommending State", "SDG target"]
    );
    assert_eq!(survey.guess.fields["SDG target"], "sdgs");
    let (_, all) = mapped(bytes.as_bytes(), &options("FJI-1", survey.guess)).unwrap();
    assert_eq!((all.recommendations.len(), all.rejected.len()), (2, 0));
}

#[test]
fn columns_of_responsible_bodies_are_known_by_their_usual_headings() {
    for heading in [
        "Responsible ministry",
        "Responsible body",
        "Responsible Institution(s)",
        "Lead agency",
        "Implementing agencies",
        "Implementing institution / ministry",
        "Ministère responsable",
        "Institución responsable",
        "Ответственный орган",
    ] {
        let file = workbook(&[
            ["Rec. no", "Recommendation", "Recommending State", heading],
            [
                "97.1",
                "Ratify the convention on everything",
                "Togo",
                "Ministry of Justice\n Parliament ",
            ],
        ]);
        let mapping = surveyed(&file).guess;
        let field = mapping.fields.get(heading).map(String::as_str);
        assert_eq!(field, Some("responsible_bodies"), "{heading}");
        let (_, found) = mapped(&file, &options("BLR-3", mapping)).unwrap();
        let one = &found.recommendations[0];
        assert_eq!(
            one.responsible_bodies,
            ["Ministry of Justice", "Parliament"]
        );
    }
}

/// The recommendations of a file that a mapping reads, as number, text and States.
fn by_guess(
    bytes: &[u8],
) -> (
    data::exchange::Survey,
    Vec<String>,
    data::exchange::ReadFile,
) {
    let found = data::exchange::survey(std::io::Cursor::new(bytes)).unwrap();
    let options = data::exchange::ReadOptions {
        review: data::domain::ReviewCode::parse("FJI-4"),
        mapping: Some(found.guess.clone()),
        ..Default::default()
    };
    let file = data::exchange::read_whole_with(bytes, &options).unwrap();
    let all = file.recommendations.iter().map(|one| {
        let states: Vec<_> = one
            .recommending
            .iter()
            .map(|state| state.as_str())
            .collect();
        let number = one.paragraph.as_ref().unwrap();
        let text = one.text.as_deref().unwrap_or_default();
        format!("{number} {text} {}", states.join("+"))
    });
    let all = all.collect();
    (found, all, file)
}

#[test]
fn tables_of_documents_are_mapped() {
    use crate::files::document_of;
    let table = |rows: &[&[&str]]| -> String {
        let cell = |text: &&str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let row = |cells: &&[&str]| {
            format!(
                "<w:tr>{}</w:tr>",
                cells.iter().map(cell).collect::<String>()
            )
        };
        format!(
            "<w:tbl>{}</w:tbl>",
            rows.iter().map(row).collect::<String>()
        )
    };
    let headings: &[&str] = &["Nr.", "Was verlangt wird", "Pays", "Note"];
    // A table at the top that is none of ours, two with the same headings, and one with others.
    let body = [
        table(&[&["Ministry", "Working group on follow-up"]]),
        table(&[
            headings,
            &["104.1", "Ratify it", "Norway", "x"],
            &["104.2", "Fund it", "Chad", ""],
        ]),
        table(&[headings, &["104.3", "Open it", "Chile; Peru", ""]]),
        table(&[&["Contact", "Telephone"], &["Ana", "123"]]),
    ];
    let bytes = document_of(None, &body.concat());
    let refused = data::exchange::read_whole(&bytes, data::domain::ReviewCode::parse("FJI-4"));
    assert_eq!(refused.unwrap_err().key, "exchange-record-headings");
    let mut found = data::exchange::survey(std::io::Cursor::new(&bytes)).unwrap();
    assert_eq!(found.headings, headings);
    let fields = [
        ("Nr.", "paragraph"),
        ("Was verlangt wird", "text"),
        ("Pays", "recommending_states"),
    ];
    found.guess.fields = fields
        .iter()
        .map(|(heading, field)| ((*heading).to_owned(), (*field).to_owned()))
        .collect();
    let options = data::exchange::ReadOptions {
        review: data::domain::ReviewCode::parse("FJI-4"),
        mapping: Some(found.guess),
        ..Default::default()
    };
    let file = data::exchange::read_whole_with(&bytes, &options).unwrap();
    assert_eq!(file.format, data::exchange::Format::MappedWorkbook);
    let numbers: Vec<_> = file
        .recommendations
        .iter()
        .map(|one| one.paragraph.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(numbers, ["104.1", "104.2", "104.3"]);
    assert!(file.rejected.is_empty());
    // A document without tables is no table.
    let none = document_of(None, "<w:p><w:r><w:t>Nothing</w:t></w:r></w:p>");
    assert!(data::exchange::survey(std::io::Cursor::new(&none)).is_err());
}

#[test]
fn lists_of_flat_records_in_json_are_mapped() {
    let list = r#"[{"no": "104.10", "recommendation": "Ratify it", "states": ["Norway", "Chad"]},
                   {"no": "104.2", "recommendation": "Fund it", "states": "Peru", "extra": 3}]"#;
    for text in [
        list.to_owned(),
        format!(r#"{{"about": {{"x": 1}}, "data": {list}}}"#),
    ] {
        let (found, all, file) = by_guess(text.as_bytes());
        let mut headings = found.headings.clone();
        headings.sort();
        assert_eq!(headings, ["extra", "no", "recommendation", "states"]);
        assert_eq!(all, ["104.10 Ratify it NOR+TCD", "104.2 Fund it PER"]);
        assert_eq!(file.format, data::exchange::Format::MappedText);
        assert_eq!(file.recommendations[1].row, 2);
    }
    for (text, key) in [
        ("[1, 2]", "exchange-json-lists"),
        (
            r#"{"a": [{"x": 1}], "b": [{"x": 1}]}"#,
            "exchange-json-lists",
        ),
        (r#"[{"x": 1}, 2]"#, "exchange-json-flat"),
        (r#"[{"x": {"y": 1}}]"#, "exchange-json-nested"),
        (r#"[{"x": [[1]]}]"#, "exchange-json-nested"),
        (r#"[{"x": "1", "y": "2"}]"#, "exchange-record-headings"),
    ] {
        assert_eq!(crate::files::error(text.as_bytes()), key, "{text}");
    }
}

/// The table read by its guess for TUV-4: how many rows are taken, and what is wrong with the others.
fn guessed_for_tuvalu(table: &str) -> (usize, Vec<(String, String)>) {
    let mapping = surveyed(table.as_bytes()).guess;
    let (_, all) = mapped(table.as_bytes(), &options("TUV-4", mapping)).unwrap();
    let wrong = all.rejected.into_iter();
    let wrong = wrong.map(|one| (one.column.unwrap_or_default(), one.reason.key.to_string()));
    (
        all.recommendations.len() + all.assessments.len(),
        wrong.collect(),
    )
}

#[test]
fn cells_that_contradict_the_chosen_review_are_refused() {
    let refused = [
        ("Cycle", "3", "exchange-other-cycle"),
        ("Cycle", "third cycle", "exchange-other-cycle"),
        ("Session", "37", "exchange-other-cycle"),
        ("Session", "3rd cycle", "exchange-other-cycle"),
        ("Session", "2020", "exchange-other-cycle"),
        ("Session", "HRC 57", "exchange-session"),
        ("Session", "47, 48", "exchange-session"),
    ];
    for (heading, cell, key) in refused {
        let table = format!("{heading},Paragraph,Status\n\"{cell}\",6.1,Implemented\n");
        let expected = vec![(heading.to_owned(), key.to_owned())];
        assert_eq!(guessed_for_tuvalu(&table), (0, expected), "{table}");
    }
    for (heading, cell) in [
        ("Cycle", "4"),
        ("Session", "47"),
        ("Session", "4th cycle"),
        // A year names no session, and does not contradict the review that was chosen.
        ("Session", "2024"),
        ("Session", "May 2024"),
    ] {
        let table = format!("{heading},Paragraph,Status\n{cell},6.1,Implemented\n");
        assert_eq!(guessed_for_tuvalu(&table), (1, vec![]), "{table}");
    }
    let table = "Country,Paragraph,Text,Recommending States,Status\n\
                 Nepal,6.1,Do it at once,Togo,Implemented\n";
    let (taken, wrong) = guessed_for_tuvalu(table);
    assert_eq!((taken, wrong[0].0.as_str()), (0, "Country"), "{wrong:?}");
    // The same of a table with our own headings.
    for (heading, cell) in [("Country", "Nepal"), ("Cycle", "3"), ("Session", "37")] {
        let table =
            format!("{heading},Paragraph,Text,Recommending States\n{cell},6.1,Do it,Togo\n");
        let file = read_whole(table.as_bytes(), ReviewCode::parse("TUV-4")).unwrap();
        let [wrong] = &file.rejected[..] else {
            panic!("{table}")
        };
        assert_eq!(wrong.column.as_deref(), Some(heading));
        assert_eq!(file.recommendations, []);
    }
}

#[test]
fn a_table_of_statuses_names_the_columns_that_it_does_not_take() {
    #[derive(Default)]
    struct Account(data::exchange::FileAccount, usize);
    impl Sink for Account {
        fn recommendation(&mut self, _: Incoming) -> Result<(), Stopped> {
            Ok(())
        }
        fn assessment(&mut self, _: IncomingAssessment) -> Result<(), Stopped> {
            self.1 += 1;
            Ok(())
        }
        fn rejected(&mut self, _: Rejected) -> Result<(), Stopped> {
            Ok(())
        }
        fn skipped(&mut self, _: &str) -> Result<(), Stopped> {
            Ok(())
        }
        fn account(&mut self, account: data::exchange::FileAccount) {
            self.0 = account;
        }
        fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
            Ok(())
        }
    }
    let table = b"Paragraph,Implementation status,Position\n6.1,Implemented,Noted\n";
    let mapping = surveyed(table).guess;
    let mut sink = Account::default();
    read(Cursor::new(table), &options("TUV-4", mapping), &mut sink).unwrap();
    assert_eq!(sink.1, 1);
    assert_eq!(sink.0.columns_unread, ["Position"]);
}
