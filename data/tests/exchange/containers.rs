//! What containers hold beside the plain text of their cells: text that is struck out or hidden, merged cells, quotation
//! marks that are never closed, notes, links and markup. Each is read by the rule of all formats, or named.

use crate::files::{MATRIX, archive, document, document_of, states, table_row};
use crate::intake::taken;
use crate::misread::{Everything, RELATIONS, WORKBOOK, everything, guessed, of_review, refusal};
use data::domain::Scale;
use data::exchange::{Mapping, ReadOptions, pdf_text, read_pdf_with, survey};
use std::io::Cursor;

const SLOVENIA: Option<&str> = Some("UPR of Slovenia (3rd Cycle – 34th Session)");

/// Everything that a file says beside its recommendations.
fn named(all: &Everything) -> String {
    format!("{:?} {:?} {:?}", all.account, all.warnings, all.rejected)
}

/// The number, the text and the response of each recommendation.
fn answers(all: &Everything) -> Vec<String> {
    let one = all.recommendations.iter();
    one.map(|one| {
        let number = one.paragraph.as_ref().map(ToString::to_string);
        let position = one.position.as_ref().map(|one| one.raw.clone());
        [number, one.text.clone(), position]
            .map(Option::unwrap_or_default)
            .join("|")
    })
    .collect()
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn cell(properties: &str, inner: &str) -> String {
    let inner = if inner.starts_with('<') {
        inner.to_owned()
    } else {
        run("", inner)
    };
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{inner}</w:p></w:tc>")
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn plain_row(cells: &[&str]) -> String {
    row(&cells.iter().map(|text| cell("", text)).collect::<Vec<_>>())
}

fn in_table(rows: &[String]) -> Vec<u8> {
    document_of(SLOVENIA, &format!("<w:tbl>{}</w:tbl>", rows.concat()))
}

/// A document of these parts, the first of which is its text.
fn with_parts(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let header = format!(
        "<w:hdr xmlns:w=\"w\"><w:p>{}</w:p></w:hdr>",
        run("", SLOVENIA.unwrap())
    );
    let mut all = vec![
        ("word/document.xml", document.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    archive(&all)
}

fn for_round() -> ReadOptions {
    let scale = &Scale::built_in()[0];
    let words = scale.statuses.iter();
    ReadOptions {
        statuses: words.map(|status| status.label.clone()).collect(),
        ..of_review("FJI-4")
    }
}

#[test]
fn struck_and_hidden_text_of_a_document_is_not_read() {
    for gone in [
        "<w:strike/>",
        "<w:dstrike/>",
        "<w:vanish/>",
        "<w:strike w:val=\"true\"/>",
        "<w:rStyle w:val=\"Gone\"/>",
    ] {
        let position = run(gone, "Supported ") + &run("<w:strike w:val=\"0\"/>", "Noted");
        let rows = [
            plain_row(&MATRIX),
            row(&[
                cell("", "1.1 Do it (Togo)"),
                cell("", &position),
                cell("", ""),
                cell("", ""),
            ]),
        ];
        let styles = "<w:styles xmlns:w=\"w\"><w:style w:type=\"character\" w:styleId=\"Base\"><w:rPr>\
                      <w:strike/></w:rPr></w:style><w:style w:type=\"character\" w:styleId=\"Gone\">\
                      <w:basedOn w:val=\"Base\"/></w:style></w:styles>";
        let table = format!("<w:tbl>{}</w:tbl>", rows.concat());
        let bytes = with_parts(&table, &[("word/styles.xml", styles)]);
        let all = everything(&bytes, &ReadOptions::default());
        assert_eq!(answers(&all), ["1.1|Do it|Noted"], "{gone}");
        assert_eq!(all.account.cells_struck, 1, "{gone}");
    }
    // What was struck out before a change is no longer, and the format of a paragraph's end is not that of its text.
    let kept = run(
        "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>",
        "Noted",
    );
    let kept = format!("<w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>{kept}");
    let rows = [
        plain_row(&MATRIX),
        row(&[cell("", "1.1 Do it (Togo)"), cell("", &kept)]),
    ];
    let all = everything(&in_table(&rows), &ReadOptions::default());
    assert_eq!(answers(&all), ["1.1|Do it|Noted"]);
    assert_eq!(all.account.cells_struck, 0);
    // The same of a table that is read by a mapping, and of the text around tables.
    let rows = [
        plain_row(&["No", "Wording", "Who", "Response"]),
        row(&[
            cell("", "6.1"),
            cell(
                "",
                &(run("", "Ratify ") + &run("<w:strike/>", "CEDAW ") + &run("", "CRC")),
            ),
            cell("", "Togo"),
            cell("", "Noted"),
        ]),
    ];
    let body = format!(
        "<w:tbl>{}</w:tbl><w:p>{}</w:p>",
        rows.concat(),
        run("<w:strike/>", "Gone")
    );
    let bytes = with_parts(&body, &[]);
    let options = by_names(&["No", "Wording", "Who", "Response"]);
    let all = everything(&bytes, &options);
    assert_eq!(answers(&all), ["6.1|Ratify CRC|Noted"]);
    assert_eq!(
        (all.account.cells_struck, all.account.paragraphs_struck),
        (1, 1)
    );
    // And of a reply.
    let rows = [
        plain_row(&["N", "Recommendation", "Position"]),
        row(&[
            cell("", "148.1"),
            cell("", "Ratify it (Norway)"),
            cell("", &(run("<w:strike/>", "Supported ") + &run("", "Noted"))),
        ]),
    ];
    let all = everything(&in_table(&rows), &of_review("SVN-3"));
    assert_eq!(answers(&all), ["148.1||Noted"]);
    assert_eq!(all.account.cells_struck, 1);
}

/// A mapping of the number, the text, the States and the response.
fn by_names(headings: &[&str; 4]) -> ReadOptions {
    let mut mapping = Mapping::default();
    let fields = ["paragraph", "text", "recommending_states", "position"];
    for (heading, field) in headings.iter().zip(fields) {
        mapping
            .fields
            .insert((*heading).to_owned(), field.to_owned());
    }
    ReadOptions {
        mapping: Some(mapping),
        ..of_review("SVN-3")
    }
}

const BEGINS: &str = "<w:vMerge w:val=\"restart\"/>";
const GOES_ON: &str = "<w:vMerge/>";

#[test]
fn merged_cells_of_a_document_are_filled() {
    let merged = |number: &str, properties: &str, answer: &str| {
        row(&[
            cell("", &format!("{number} Do it (Togo)")),
            cell(properties, answer),
            cell("", ""),
            cell("", ""),
        ])
    };
    let rows = [
        plain_row(&MATRIX),
        merged("1.1", BEGINS, "Noted"),
        merged("1.2", GOES_ON, ""),
        merged("1.3", GOES_ON, ""),
        merged("1.4", "", ""),
    ];
    let all = everything(&in_table(&rows), &ReadOptions::default());
    assert_eq!(
        answers(&all),
        [
            "1.1|Do it|Noted",
            "1.2|Do it|Noted",
            "1.3|Do it|Noted",
            "1.4|Do it|"
        ]
    );
    assert_eq!(all.account.cells_merged, 2);
    // By a mapping, and in a reply.
    let merged = |number: &str, properties: &str, answer: &str| {
        row(&[
            cell("", number),
            cell("", "Do it"),
            cell("", "Togo"),
            cell(properties, answer),
        ])
    };
    let rows = [
        plain_row(&["No", "Wording", "Who", "Response"]),
        merged("6.1", BEGINS, "Noted"),
        merged("6.2", GOES_ON, ""),
    ];
    let options = by_names(&["No", "Wording", "Who", "Response"]);
    let all = everything(&in_table(&rows), &options);
    assert_eq!(answers(&all), ["6.1|Do it|Noted", "6.2|Do it|Noted"]);
    assert_eq!(all.account.cells_merged, 1);
    let reply = |number: &str, properties: &str, answer: &str| {
        row(&[
            cell("", number),
            cell("", "Do it (Togo)"),
            cell(properties, answer),
        ])
    };
    let rows = [
        plain_row(&["N", "Recommendation", "Position"]),
        reply("148.1", BEGINS, "Noted"),
        reply("148.2", GOES_ON, ""),
    ];
    let all = everything(&in_table(&rows), &of_review("SVN-3"));
    assert_eq!(answers(&all), ["148.1||Noted", "148.2||Noted"]);
    assert_eq!(all.account.cells_merged, 1);
}

#[test]
fn wide_cells_of_a_document_shift_none() {
    let wide = |columns: u32| format!("<w:gridSpan w:val=\"{columns}\"/>");
    // The text goes over the empty column of remarks.
    let rows = [
        plain_row(&[
            "Recommendation",
            "Remarks",
            "Position",
            "Full list of themes",
        ]),
        row(&[
            cell(&wide(2), "1.1 Do it (Togo)"),
            cell("", "Noted"),
            cell("", "- Peace"),
        ]),
    ];
    let all = everything(&in_table(&rows), &ReadOptions::default());
    assert_eq!(answers(&all), ["1.1|Do it|Noted"]);
    assert_eq!(all.recommendations[0].terms.len(), 1);
    // Edges that stand a hair's breadth apart are columns for Word and for nobody else.
    let rows = [
        row(&[
            cell("", "Recommendation"),
            cell(&wide(2), "Position"),
            cell("", "Full list of themes"),
        ]),
        row(&[
            cell(&wide(2), "1.1 Do it (Togo)"),
            cell("", "Noted"),
            cell("", "- Peace"),
        ]),
    ];
    let all = everything(&in_table(&rows), &ReadOptions::default());
    assert_eq!(answers(&all), ["1.1|Do it|Noted"]);
    // A row may begin further in.
    let before = "<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>";
    let rows = [
        plain_row(&[
            "Remarks",
            "Recommendation",
            "Position",
            "Full list of themes",
        ]),
        format!(
            "<w:tr>{before}{}{}{}</w:tr>",
            cell("", "1.1 Do it (Togo)"),
            cell("", "Noted"),
            cell("", "- Peace")
        ),
    ];
    let all = everything(&in_table(&rows), &ReadOptions::default());
    assert_eq!(answers(&all), ["1.1|Do it|Noted"]);
}

#[test]
fn quotation_marks_that_swallow_rows_are_found() {
    let head = "Paragraph,Text,Recommending States,Position\n";
    let options = of_review("FJI-4");
    // Never closed.
    let table = format!(
        "{head}104.1,Sign it,Togo,Noted\n104.2,\"Open it,Togo,Noted\n104.3,Shut it,Togo,Noted\n"
    );
    assert_eq!(refusal(table.as_bytes(), &options), "exchange-quote-open");
    let table = format!("{head}104.1,Sign it,Togo,\"Noted");
    assert_eq!(refusal(table.as_bytes(), &options), "exchange-quote-open");
    // Closed by the next one, in a later row.
    for swallowed in [
        "104.1,\"Ratify it,Norway,Supported\n104.2,Report,Chile,Noted\n104.3,\"Do it\",Peru,Supported\n",
        "104.1,\"Ratify it (Norway),Supported\n104.2,Report (Chile),Noted\n104.3,\"Do it (Peru)\",Chad,Supported\n",
        "104.1,\"Ratify it (Norway)\n104.2,Report (Chile)\",Chad,Noted\n",
    ] {
        let table = format!("{head}{swallowed}104.4,Move it,Togo,Noted\n");
        let all = everything(table.as_bytes(), &options);
        assert_eq!(answers(&all), ["104.4|Move it|Noted"], "{swallowed}");
        assert_eq!(
            all.faults(),
            [(2, "exchange-quote-swallowed")],
            "{swallowed}"
        );
        let line = format!("{:?}", all.rejected[0].reason);
        assert!(line.contains("(\"line\", \"2\")"), "{line}");
    }
    // Quotation marks and line breaks as they should be.
    let table = format!(
        "{head}104.1,\"Sign \"\"it\"\"\nby 2030\",Togo,Noted\n104.2,\"Open it,\n2.5 million people\",Togo,\"Noted\"\n"
    );
    let all = everything(table.as_bytes(), &options);
    assert_eq!(all.faults(), []);
    assert_eq!(all.recommendations.len(), 2);
    // Numbers of a list within a sentence are no rows.
    for (separator, cell) in [
        (",", "See also:\n104.2, 104.3 and 104.5"),
        (";", "See also:\n104.2; 104.3 and 104.5"),
        (",", "See also:\n104.2,104.3,104.5"),
        (",", "Accepted.\nSee paragraphs 104.2, 104.3, and the reply"),
        (",", "Accepted.\nSee 104.2,104.3,104.5"),
    ] {
        let head = ["Paragraph", "Position", "Comments"].join(separator);
        let row = ["104.1", "Supported", &format!("\"{cell}\"")].join(separator);
        let all = everything(format!("{head}\n{row}\n").as_bytes(), &options);
        assert_eq!(all.faults(), [], "{cell}");
        assert_eq!(answers(&all), ["104.1||Supported"], "{cell}");
    }
    // Rows whose number is not in front.
    let table = "Text,Paragraph,Recommending States,Position\n\"Sign it,104.1,Togo,Noted\nOpen it,104.2,Chad,Noted\n\
                 Shut it,104.3,\"Peru\",Noted\n";
    let all = everything(table.as_bytes(), &options);
    assert_eq!(all.faults(), [(2, "exchange-quote-swallowed")]);
    // Two recommendations of one cell whose numbers have no blank behind them.
    let table = format!("{head}104.1,\"Sign it (Togo); 104.2,Open it (Chad)\",,Noted\n");
    let all = everything(table.as_bytes(), &options);
    assert!(!named(&all).contains("104.2,Open") || !all.faults().is_empty());
    assert!(
        answers(&all)
            .iter()
            .all(|one| !one.contains("Open it") || !one.contains("Sign it"))
    );
}

#[test]
fn a_matrix_row_without_its_text_is_never_the_one_above() {
    let rows: [&[&str]; 3] = [
        &MATRIX,
        &["1.1 Do it (Togo)", "Supported", "", ""],
        &["", "Noted", "- Peace", ""],
    ];
    let all = everything(&document(SLOVENIA, &rows), &ReadOptions::default());
    assert_eq!(answers(&all), ["1.1|Do it|Supported"]);
    assert_eq!(all.faults(), [(3, "exchange-no-text")]);
    // Below a theme.
    let rows: [&[&str]; 4] = [
        &MATRIX,
        &["Theme: Norms"],
        &["", "Noted", "", ""],
        &["1.1 Do it (Togo)", "Supported", "", ""],
    ];
    let all = everything(&document(SLOVENIA, &rows), &ReadOptions::default());
    assert_eq!(answers(&all), ["1.1|Do it|Supported"]);
    assert_eq!(all.faults(), [(3, "exchange-no-text")]);
    // What goes on over a page are themes, goals and comments; States and a number are of another row.
    let headings = [
        "Recommendation",
        "Position",
        "Full list of themes",
        "Recommending States",
        "Paragraph",
    ];
    for (cells, is_fault) in [
        (["", "", "- Peace", "", ""], false),
        (["", "", "", "Chad", ""], true),
        (["", "", "", "", "1.2"], true),
    ] {
        let rows: [&[&str]; 3] = [
            &headings,
            &["1.1 Do it", "Supported", "", "Togo", "1.1"],
            &cells,
        ];
        let all = everything(&document(SLOVENIA, &rows), &ReadOptions::default());
        assert_eq!(all.faults().len(), usize::from(is_fault), "{cells:?}");
        assert_eq!(states(&all.recommendations[0]), ["TGO"]);
    }
}

#[test]
fn columns_of_a_second_table_are_named() {
    let second = [
        "Recommendation",
        "Position",
        "Full list of themes",
        "Responsible ministry",
    ];
    let body = format!(
        "<w:tbl>{}{}</w:tbl><w:tbl>{}{}</w:tbl>",
        table_row(&[MATRIX[0], MATRIX[1], MATRIX[2], "Room"]),
        table_row(&["1.1 Do it (Togo)", "Noted", "", "12"]),
        table_row(&second),
        table_row(&["1.2 Do it (Togo)", "Noted", "", "Justice"])
    );
    let all = everything(&document_of(SLOVENIA, &body), &ReadOptions::default());
    assert_eq!(all.recommendations.len(), 2);
    assert_eq!(all.account.columns_unread, ["Room", "Responsible ministry"]);
    assert_eq!((all.account.columns, all.account.columns_read), (5, 3));
}

fn uhri_object(others: &str) -> String {
    format!(
        "{{\"Text\":\"61.1 Do it (Togo);\",\"Countries\":[\"Fiji\"],\"Body\":\"UPR\",\"UprSession\":\"47\"\
         {others}}}"
    )
}

#[test]
fn objects_within_objects_are_read_or_named() {
    let options = of_review("FJI-4");
    for (themes, expected) in [
        ("[{\"en\":\"Torture\"}]", Some("Torture")),
        ("[{\"value\":\"Torture\"}]", Some("Torture")),
        ("{\"name\":\"Torture\"}", Some("Torture")),
        ("[{\"id\":7,\"kind\":\"x\"}]", None),
    ] {
        let text = format!("[{}]", uhri_object(&format!(",\"Themes\":{themes}")));
        let all = everything(text.as_bytes(), &options);
        match expected {
            Some(theme) => {
                assert_eq!(all.recommendations[0].terms[0].name, theme, "{themes}");
                assert_eq!(all.faults(), []);
            }
            None => assert_eq!(all.faults(), [(1, "exchange-json-nested")], "{themes}"),
        }
    }
    let text = format!("[{}]", uhri_object(",\"extra\":{\"x\":\"y\"}"));
    let all = everything(text.as_bytes(), &options);
    assert_eq!(all.recommendations.len(), 1);
    assert_eq!(all.account.columns_unread, ["extra"]);
}

#[test]
fn members_beside_the_list_and_repeated_names_are_never_silent() {
    let options = of_review("FJI-4");
    let own = "{\"paragraph\":\"61.1\",\"text\":\"Do it\",\"recommending_states\":[\"Togo\"]}";
    for text in [
        format!("{{\"more\":[{own}],\"recommendations\":[{own}]}}"),
        format!("{{\"recommendations\":[{own}],\"more\":[{own}]}}"),
        format!("{{\"recommendations\":{{\"x\":1}},\"recommendations\":[{own}]}}"),
    ] {
        let all = everything(text.as_bytes(), &options);
        assert_eq!(all.recommendations.len(), 1);
        let name = if text.contains("more") {
            "more"
        } else {
            "recommendations"
        };
        assert!(
            named(&all).contains(&format!("\"{name}\"")),
            "{text} {}",
            named(&all)
        );
    }
    // Two lists of one name, before and after.
    let text = format!("{{\"recommendations\":[{own}],\"recommendations\":[{own}]}}");
    assert_eq!(refusal(text.as_bytes(), &options), "exchange-json-twice");
    // What our own files say of themselves is nothing to be named.
    let text = format!("{{\"about\":{{\"title\":\"x\"}},\"recommendations\":[{own}]}}");
    let all = everything(text.as_bytes(), &options);
    assert!(!named(&all).contains("about"));
    // One name twice in an object.
    let good = uhri_object("");
    let text = format!(
        "[{good},{}]",
        uhri_object(",\"Text\":\"61.2 Open it (Chad);\"")
    );
    let all = everything(text.as_bytes(), &options);
    assert_eq!(all.faults(), [(2, "exchange-json-twice")]);
    let twice = own.replace("[\"Togo\"]", "[{\"code\":\"TGO\",\"code\":\"TCD\"}]");
    let text = format!("[{own},{twice}]");
    let all = everything(text.as_bytes(), &options);
    assert_eq!(all.faults(), [(2, "exchange-json-twice")]);
    // And in a list that is read by a mapping.
    let twice = "[{\"No\":\"6.1\",\"Wording\":\"Do it\",\"Who\":\"Togo\",\"Response\":\"Noted\",\"Who\":\"Chad\"}]";
    let options = by_names(&["No", "Wording", "Who", "Response"]);
    assert_eq!(refusal(twice.as_bytes(), &options), "exchange-json-twice");
}

const NOTES: [(&str, &str); 3] = [
    (
        "word/footnotes.xml",
        "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
         <w:footnote w:id=\"1\"><w:p><w:r><w:t>Only if funds allow</w:t></w:r></w:p></w:footnote></w:footnotes>",
    ),
    (
        "word/endnotes.xml",
        "<w:endnotes xmlns:w=\"w\"><w:endnote w:id=\"1\"><w:p><w:r><w:t>Read out in the plenary</w:t></w:r></w:p>\
         </w:endnote></w:endnotes>",
    ),
    (
        "word/comments.xml",
        "<w:comments xmlns:w=\"w\"><w:comment w:id=\"1\"><w:p><w:r><w:t>Ask the ministry</w:t></w:r></w:p>\
         </w:comment></w:comments>",
    ),
];

#[test]
fn notes_of_every_document_are_named() {
    let table = |rows: &[&[&str]]| {
        let rows: String = rows.iter().map(|cells| table_row(cells)).collect();
        with_parts(&format!("<w:tbl>{rows}</w:tbl>"), &NOTES)
    };
    let matrix = table(&[&MATRIX, &["1.1 Do it (Togo)", "Noted", "", ""]]);
    let reply = table(&[
        &["N", "Recommendation", "Position"],
        &["148.1", "Ratify it (Norway)", "Noted"],
    ]);
    let mapped = table(&[
        &["No", "Wording", "Who", "Response"],
        &["6.1", "Do it", "Togo", "Noted"],
    ]);
    let prose = with_parts(
        "<w:p><w:r><w:t>A/HRC/43/15/Add.1</w:t></w:r></w:p><w:p><w:r><w:t>1. Slovenia supports the following \
         recommendations: 104.1 and 104.2.</w:t></w:r></w:p>",
        &NOTES,
    );
    let report = with_parts(
        "<w:p><w:r><w:t>6. The recommendations below enjoy the support of Slovenia:</w:t></w:r></w:p>\
         <w:p><w:r><w:t>6.1 Do it (Togo);</w:t></w:r></w:p><w:p><w:r><w:t>6.2 Do it well (Togo);</w:t></w:r></w:p>\
         <w:p><w:r><w:t>6.3 Do it soon (Togo).</w:t></w:r></w:p>",
        &NOTES,
    );
    for (name, bytes, options) in [
        ("matrix", matrix, ReadOptions::default()),
        ("reply", reply, of_review("SVN-3")),
        (
            "mapped",
            mapped,
            by_names(&["No", "Wording", "Who", "Response"]),
        ),
        ("prose", prose, of_review("SVN-3")),
        ("report", report, of_review("SVN-3")),
    ] {
        let all = everything(&bytes, &options);
        assert!(!all.recommendations.is_empty(), "{name}");
        assert_eq!(all.account.footnotes_unread, 1, "{name}");
        assert_eq!(all.account.comments_unread, 1, "{name}");
        let said = named(&all);
        for text in [
            "Only if funds allow",
            "Read out in the plenary",
            "Ask the ministry",
        ] {
            assert!(said.contains(text), "{name}: {said}");
        }
    }
}

#[test]
fn notes_of_a_reply_as_pdf_are_named() {
    read_pdf_with(pdf_text);
    let all = everything(&crate::pdf::reply_with_footnotes(), &of_review("FJI-4"));
    assert!(!all.recommendations.is_empty());
    assert_eq!(all.account.footnotes_unread, 2);
    assert_eq!(all.account.footnote_pages, [1]);
    assert!(named(&all).contains("A note about the treaty"));
}

const HEADINGS: [&str; 6] = [
    "No",
    "Recommendation",
    "Recommending country",
    "Status of implementation",
    "Comments",
    "Sources",
];
const ADDRESS: &str = "https://example.org/report";

fn sources(bytes: &[u8]) -> (Vec<(String, String)>, String) {
    let options = guessed(bytes, for_round());
    let (_, all) = taken(bytes, &options).unwrap();
    let evidence = all.assessments[0].evidence.iter();
    let pairs = evidence.map(|one| (one.title.clone(), one.source.clone()));
    (pairs.collect(), format!("{:?}", all.account))
}

fn report() -> Vec<(String, String)> {
    vec![("Report".to_owned(), ADDRESS.to_owned())]
}

#[test]
fn addresses_of_links_are_sources_or_named() {
    let other = "https://example.org/other";
    // In a workbook, as relations and as formulas.
    let text = |reference: &str, text: &str| {
        format!("<c r=\"{reference}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let line = |number: u32, cells: [&str; 6]| {
        let cells: String = ('A'..)
            .zip(cells)
            .map(|(column, cell)| text(&format!("{column}{number}"), cell))
            .collect();
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let rows = line(1, HEADINGS)
        + &line(
            2,
            ["6.1", "Do it well", "Togo", "Implemented", "Done", "Report"],
        );
    let sheet = format!(
        "<worksheet xmlns:r=\"r\"><sheetData>{rows}</sheetData><hyperlinks><hyperlink ref=\"F2\" r:id=\"h1\"/>\
         <hyperlink ref=\"E2:E2\" r:id=\"h2\"/></hyperlinks></worksheet>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"h1\" Type=\"x/hyperlink\" Target=\"{ADDRESS}\" TargetMode=\"External\"/>\
         <Relationship Id=\"h2\" Type=\"x/hyperlink\" Target=\"{other}\" TargetMode=\"External\"/></Relationships>"
    );
    let book_of = |sheet: &str| {
        archive(&[
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
            ("xl/worksheets/_rels/sheet1.xml.rels", relations.as_bytes()),
        ])
    };
    let book = book_of(&sheet);
    let formula = |reference: &str, name: &str, address: &str, text: &str| {
        format!(
            "<c r=\"{reference}\" t=\"str\"><f>{name}(\"{address}\",\"{text}\")</f><v>{text}</v></c>"
        )
    };
    let head = line(1, HEADINGS);
    let start = line(2, ["6.1", "Do it well", "Togo", "Implemented", "", ""]);
    let start = start
        .replace(&text("E2", ""), &formula("E2", "hyperlink ", other, "Done"))
        .replace(
            &text("F2", ""),
            &formula("F2", "HYPERLINK", ADDRESS, "Report"),
        );
    let formulas = book_of(&format!(
        "<worksheet><sheetData>{head}{start}</sheetData></worksheet>"
    ));
    // A place in the same file is no source, and no link that is lost; nor is one in a column that is not read.
    let within = line(
        2,
        ["6.1", "Do it well", "Togo", "Implemented", "", "Report"],
    )
    .replace(
        &text("E2", ""),
        &formula("E2", "HYPERLINK", "#Sheet2!A1", "Done"),
    )
    .replace(
        "</row>",
        &(formula("H2", "HYPERLINK", other, "") + "</row>"),
    );
    let within = book_of(&format!(
        "<worksheet><sheetData>{head}{within}</sheetData></worksheet>"
    ));
    let (_, account) = sources(&within);
    assert!(account.contains("links_unread: 0"), "{account}");
    // In an open document.
    let cells = |cells: [&str; 6]| {
        let cells: String = cells
            .iter()
            .map(|cell| format!("<table-cell><p>{cell}</p></table-cell>"))
            .collect();
        format!("<table-row>{cells}</table-row>")
    };
    let content = format!(
        "<document-content><body><spreadsheet><table>{}{}</table></spreadsheet></body></document-content>",
        cells(HEADINGS),
        cells([
            "6.1",
            "Do it well",
            "Togo",
            "Implemented",
            &format!("<a href=\"{other}\">Done</a>"),
            &format!("<a href=\"{ADDRESS}\">Report</a>"),
        ])
    );
    let open = archive(&[("content.xml", content.as_bytes())]);
    // In a document of Word, as a relation and as a field.
    let link = |id: &str, text: &str| {
        format!("<w:hyperlink r:id=\"{id}\">{}</w:hyperlink>", run("", text))
    };
    let field = format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \"{ADDRESS}\" </w:instrText>\
         </w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        run("", "Report")
    );
    let word = |source: &str| {
        let rows = [
            plain_row(&HEADINGS),
            row(&[
                cell("", "6.1"),
                cell("", "Do it well"),
                cell("", "Togo"),
                cell("", "Implemented"),
                cell("", &link("h2", "Done")),
                cell("", source),
            ]),
        ];
        with_parts(
            &format!("<w:tbl>{}</w:tbl>", rows.concat()),
            &[("word/_rels/document.xml.rels", &relations)],
        )
    };
    let csv = format!(
        "{}\n6.1,Do it well,Togo,Implemented,\"<a href=\"\"{other}\"\">Done</a>\",\"<a href=\"\"{ADDRESS}\"\">Report</a>\"\n",
        HEADINGS.join(",")
    );
    for (name, bytes) in [
        ("xlsx", book),
        ("xlsx formula", formulas),
        ("ods", open),
        ("docx", word(&link("h1", "Report"))),
        ("docx field", word(&field)),
        ("csv", csv.into_bytes()),
    ] {
        let options = ReadOptions {
            mapping: survey(Cursor::new(&bytes)).ok().map(|one| one.guess),
            ..for_round()
        };
        assert!(options.mapping.is_some(), "{name}");
        let (found, account) = sources(&bytes);
        assert_eq!(found, report(), "{name}");
        assert!(account.contains(other), "{name}: {account}");
    }
}

#[test]
fn struck_markup_is_not_read_and_raised_numbers_are_marks() {
    let head = "Paragraph,Text,Recommending States,Position\n";
    let options = of_review("FJI-4");
    let table = format!(
        "{head}104.1<sup>2</sup>,Ratify <del>CEDAW</del> CRC,Togo,<s>Supported</s> Noted\n\
         104.2,Ratify <strike>it</strike> CO<sub>2</sub> and m<sup>2</sup>,Togo,Noted\n\
         104.3,a<s> b,Togo,Noted\n"
    );
    let all = everything(table.as_bytes(), &options);
    assert_eq!(
        answers(&all),
        [
            "104.1|Ratify CRC|Noted",
            "104.2|Ratify CO2 and m²|Noted",
            "104.3|a<s> b|Noted"
        ]
    );
    assert_eq!(all.account.cells_struck, 3);
    assert!(
        named(&all).contains("exchange-footnote-marks"),
        "{}",
        named(&all)
    );
    // In JSON as well.
    let text = format!(
        "[{}]",
        uhri_object("").replace("Do it", "Do <del>all of</del> it")
    );
    let all = everything(text.as_bytes(), &options);
    assert_eq!(answers(&all), ["61.1|Do it|"]);
    assert_eq!(all.account.cells_struck, 1);
}

#[test]
fn text_beyond_what_is_kept_is_named() {
    let long = format!(
        "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
        "word ".repeat(1 << 18)
    );
    let rows = table_row(&MATRIX) + &table_row(&["1.1 Do it (Togo)", "Noted", "", ""]);
    let body = format!("<w:tbl>{rows}</w:tbl>{}", long.repeat(7));
    let all = everything(&document_of(SLOVENIA, &body), &ReadOptions::default());
    assert_eq!(all.recommendations.len(), 1);
    assert!(
        named(&all).contains("exchange-text-cut"),
        "{:?}",
        all.warnings
    );
}
