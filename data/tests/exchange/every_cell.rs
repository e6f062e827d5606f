//! The law of intake: every cell of a file is taken, or named as not read, or rejected. Any one cell is changed, and
//! what comes of the file changes as well, unless its column or its row is named as not read.

use crate::files::{MATRIX, UHRI, archive, document, document_of, workbook};
use crate::intake::{Intake, taken};
use data::domain::{ReviewCode, Scale};
use data::exchange::{Mapping, ReadOptions, survey};
use proptest::prelude::*;
use proptest::sample::select;
use std::io::Cursor;

type Rows = Vec<Vec<String>>;

/// A kind of file: how its rows become bytes, and how it is read.
struct Kind {
    name: &'static str,
    /// The number of the row of headings.
    headings: usize,
    bytes: fn(&Rows) -> Vec<u8>,
    options: fn(&[u8]) -> ReadOptions,
    rows: fn(&Sample) -> Rows,
}

/// What rows are made of.
#[derive(Clone, Debug)]
struct Sample {
    texts: Vec<String>,
    states: Vec<&'static str>,
    positions: Vec<&'static str>,
    terms: Vec<String>,
    number: u32,
}

fn sample() -> impl Strategy<Value = Sample> {
    let words = "[a-z]{3,9}( [a-z]{2,9}){1,6}";
    (
        prop::collection::vec(words, 3),
        prop::collection::vec(select(vec!["Togo", "Chad", "Norway", "Malta"]), 3),
        prop::collection::vec(select(vec!["Supported", "Noted"]), 3),
        prop::collection::vec("[A-Z][a-z]{3,9}", 3),
        1_u32..900,
    )
        .prop_map(|(texts, states, positions, terms, number)| Sample {
            texts,
            states,
            positions,
            terms,
            number,
        })
}

fn csv(rows: &Rows) -> Vec<u8> {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let lines = rows
        .iter()
        .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(","));
    lines.collect::<Vec<_>>().join("\n").into_bytes()
}

fn table(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Rows {
    let headings = headings.iter().map(|one| (*one).to_owned()).collect();
    std::iter::once(headings).chain(rows).collect()
}

fn own(sample: &Sample) -> Rows {
    let headings = [
        "Review",
        "Paragraph",
        "Recommending States",
        "Text",
        "Position",
        "Position source",
        "Issues",
        "Themes",
        "SDGs",
        "Affected persons",
        "Action category",
        "Responsible bodies",
        "Language of the text",
        "Remark",
    ];
    table(
        &headings,
        (0..3).map(|row| {
            let term = &sample.terms[row];
            [
                "FJI-4",
                &format!("61.{}", sample.number as usize + row),
                sample.states[row],
                &sample.texts[row],
                sample.positions[row],
                &format!("{} | A/HRC/1/2 | 3", sample.positions[row]),
                term,
                term,
                "5 - GENDER EQUALITY",
                term,
                "4",
                term,
                "en",
                "not ours",
            ]
            .map(str::to_owned)
            .to_vec()
        }),
    )
}

fn uhri(sample: &Sample) -> Rows {
    table(
        &UHRI,
        (0..3).map(|row| {
            let state = sample.states[row];
            [
                &*format!(
                    "61.{} {} ({state});",
                    sample.number as usize + row,
                    sample.texts[row]
                ),
                "- Fiji",
                "- UPR",
                "A/HRC/46/5",
                &format!("- {}", sample.terms[row]),
                &format!("- {}", sample.terms[row]),
                "- 5 - GENDER EQUALITY",
                "45379",
                &format!("- {state}"),
                &format!("- {}", sample.positions[row]),
                "- Recommendations",
                &format!("id{row}"),
                "- 47th Session",
                "- Oceania",
                "- Africa",
                "45444",
            ]
            .map(str::to_owned)
            .to_vec()
        }),
    )
}

fn upr_info(sample: &Sample) -> Rows {
    let headings = [
        "To",
        "To-Rgrp",
        "To-Org",
        "Text",
        "From",
        "From-Rgrp",
        "From-Org",
        "Response",
        "Action",
        "Issue",
        "Session",
    ];
    table(
        &headings,
        (0..3).map(|row| {
            [
                "Fiji",
                "Asia-Pacific",
                "PIF",
                &sample.texts[row],
                sample.states[row],
                "Africa",
                "AU",
                sample.positions[row],
                "4",
                "Labour",
                "47",
            ]
            .map(str::to_owned)
            .to_vec()
        }),
    )
}

fn matrix(sample: &Sample) -> Rows {
    table(
        &MATRIX,
        (0..3).map(|row| {
            [
                &*format!(
                    "61.{} {} ({});",
                    sample.number as usize + row,
                    sample.texts[row],
                    sample.states[row]
                ),
                sample.positions[row],
                &format!("- {}", sample.terms[row]),
                "Implemented: a law",
            ]
            .map(str::to_owned)
            .to_vec()
        }),
    )
}

fn mapped(sample: &Sample) -> Rows {
    let headings = [
        "No",
        "Recommendation",
        "Recommending country",
        "Response",
        "Theme",
        "Responsible ministry",
        "Status of implementation",
        "Comments",
        "Sources",
        "Confidence",
        "Mechanism",
        "Room",
    ];
    let mut rows = table(
        &headings,
        (0..3).map(|row| {
            [
                &*format!("61.{}", sample.number as usize + row),
                &sample.texts[row],
                sample.states[row],
                sample.positions[row],
                &sample.terms[row],
                &sample.terms[row],
                "Implemented",
                &sample.texts[row],
                &sample.terms[row],
                "high",
                "UPR",
                "12",
            ]
            .map(str::to_owned)
            .to_vec()
        }),
    );
    let mut title = vec![String::new(); 12];
    "Our working table".clone_into(&mut title[0]);
    rows.insert(0, title);
    rows
}

fn in_document(rows: &Rows) -> Vec<u8> {
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    document(Some("UPR of Fiji (4th Cycle – 47th Session)"), &rows)
}

/// A matrix whose responses are merged where they repeat the one above, with struck out text beside each of them.
fn in_merged_document(rows: &Rows) -> Vec<u8> {
    let mut table = String::new();
    for (at, row) in rows.iter().enumerate() {
        table.push_str("<w:tr>");
        for (column, cell) in row.iter().enumerate() {
            let above = at.checked_sub(2).and_then(|_| rows[at - 1].get(column));
            let (merge, cell) = match (column, at) {
                (1, 1..) if above == Some(cell) => ("<w:vMerge/>", ""),
                (1, 1..) => ("<w:vMerge w:val=\"restart\"/>", cell.as_str()),
                _ => ("", cell.as_str()),
            };
            let cell = quick_xml::escape::escape(cell);
            let gone = "<w:r><w:rPr><w:strike/></w:rPr><w:t>Gone</w:t></w:r>";
            table.push_str("<w:tc><w:tcPr>");
            table.push_str(merge);
            table.push_str("</w:tcPr><w:p>");
            table.push_str(gone);
            table.push_str("<w:r><w:t xml:space=\"preserve\">");
            table.push_str(&cell);
            table.push_str("</w:t></w:r></w:p></w:tc>");
        }
        table.push_str("</w:tr>");
    }
    document_of(
        Some("UPR of Fiji (4th Cycle – 47th Session)"),
        &format!("<w:tbl>{table}</w:tbl>"),
    )
}

fn in_open_document(rows: &Rows) -> Vec<u8> {
    let cell = |cell: &String| {
        let lines = cell.split('\n');
        let lines = lines.map(|line| format!("<p>{}</p>", quick_xml::escape::escape(line)));
        format!("<table-cell>{}</table-cell>", lines.collect::<String>())
    };
    let row = |row: &Vec<String>| {
        let cells: String = row.iter().map(cell).collect();
        format!("<table-row>{cells}</table-row>")
    };
    let rows: String = rows.iter().map(row).collect();
    let xml = format!(
        "<document-content><body><spreadsheet><table name=\"A\">{rows}</table></spreadsheet></body>\
         </document-content>"
    );
    archive(&[("content.xml", xml.as_bytes())])
}

fn in_json(rows: &Rows) -> Vec<u8> {
    as_objects(rows, |_, cell| cell.into())
}

/// The same, with objects as the values of lists.
fn in_nested_json(rows: &Rows) -> Vec<u8> {
    as_objects(rows, |name, cell| match name {
        "Themes" | "AffectedPersons" | "Sdgs" | "UprPositions" => {
            serde_json::json!([{ "en": cell }])
        }
        "Countries" | "UprRecommendingCountry" => serde_json::json!([{ "id": null, "name": cell }]),
        "Regions Concerned" => serde_json::json!({ "id": "x", "region": cell }),
        _ => cell.into(),
    })
}

fn as_objects(rows: &Rows, value: impl Fn(&str, &str) -> serde_json::Value) -> Vec<u8> {
    let (headings, rows) = rows.split_first().unwrap();
    let names = |heading: &str| match heading {
        "Countries Concerned" => "Countries",
        "Reccomending Body" => "Body",
        "Document Symbol" => "Symbol",
        "Affected Persons" => "AffectedPersons",
        "UPR Reccomending States" => "UprRecommendingCountry",
        "UPR Position" => "UprPositions",
        "Type" => "AnnotationType",
        "OHCHR Annotation Id" => "AnnotationId",
        "UPR Session" => "UprSession",
        _ => "",
    };
    let objects: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            let pairs = headings.iter().zip(row).map(|(heading, cell)| {
                let name = match names(heading) {
                    "" => heading.as_str(),
                    name => name,
                };
                let value = value(name, cell.trim_start_matches("- "));
                (name.to_owned(), value)
            });
            serde_json::Value::Object(pairs.collect())
        })
        .collect();
    serde_json::to_vec(&objects).unwrap()
}

fn plain(_: &[u8]) -> ReadOptions {
    ReadOptions::of_review(ReviewCode::parse("FJI-4"))
}

fn for_round() -> ReadOptions {
    let scale = &Scale::built_in()[0];
    let words = scale.statuses.iter();
    ReadOptions {
        statuses: words.map(|status| status.label.clone()).collect(),
        ..plain(&[])
    }
}

fn by_guess(bytes: &[u8]) -> ReadOptions {
    let mapping: Mapping = survey(Cursor::new(bytes)).unwrap().guess;
    ReadOptions {
        mapping: Some(mapping),
        ..for_round()
    }
}

const KINDS: [Kind; 12] = [
    Kind {
        name: "own table in an open document",
        headings: 0,
        bytes: in_open_document,
        options: plain,
        rows: own,
    },
    Kind {
        name: "mapped table in an open document",
        headings: 1,
        bytes: in_open_document,
        options: by_guess,
        rows: mapped,
    },
    Kind {
        name: "UHRI as nested JSON",
        headings: 0,
        bytes: in_nested_json,
        options: plain,
        rows: uhri,
    },
    Kind {
        name: "matrix with merged and struck cells",
        headings: 0,
        bytes: in_merged_document,
        options: |_| for_round(),
        rows: matrix,
    },
    Kind {
        name: "own table as text",
        headings: 0,
        bytes: csv,
        options: plain,
        rows: own,
    },
    Kind {
        name: "own table as a workbook",
        headings: 0,
        bytes: |rows| workbook(rows),
        options: plain,
        rows: own,
    },
    Kind {
        name: "UHRI",
        headings: 0,
        bytes: |rows| workbook(rows),
        options: plain,
        rows: uhri,
    },
    Kind {
        name: "UHRI as JSON",
        headings: 0,
        bytes: in_json,
        options: plain,
        rows: uhri,
    },
    Kind {
        name: "UPR Info",
        headings: 0,
        bytes: csv,
        options: plain,
        rows: upr_info,
    },
    Kind {
        name: "matrix",
        headings: 0,
        bytes: in_document,
        options: |_| for_round(),
        rows: matrix,
    },
    Kind {
        name: "matrix in a workbook",
        headings: 0,
        bytes: |rows| workbook(rows),
        options: |_| for_round(),
        rows: matrix,
    },
    Kind {
        name: "mapped table",
        headings: 1,
        bytes: csv,
        options: by_guess,
        rows: mapped,
    },
];

/// What stands in place of a cell.
const CHANGES: [&str; 4] = ["Qwertz", "zyx wvu tsr", "", "61.7"];

fn outcome(bytes: &[u8], options: &ReadOptions) -> Result<Intake, String> {
    taken(bytes, options)
        .map(|(_, intake)| intake)
        .map_err(|failure| format!("{failure:?}"))
}

/// Columns that may be empty and say the same: the States are in the text as well, the review is named with the file,
/// and a row without a mechanism is one of the review.
const MAY_BE_EMPTY: [&str; 5] = [
    "UPR Reccomending States",
    "Review",
    "Reccomending Body",
    "Type",
    "Mechanism",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_is_outside_the_account(sample in sample()) {
        for kind in &KINDS {
            let rows = (kind.rows)(&sample);
            let bytes = (kind.bytes)(&rows);
            let options = (kind.options)(&bytes);
            let before = outcome(&bytes, &options);
            let intake = before.as_ref().unwrap_or_else(|why| panic!("{}: {why}", kind.name));
            prop_assert!(intake.rejected.is_empty(), "{}: {:?}", kind.name, intake.rejected);
            prop_assert!(intake.recommendations.len() == 3, "{}", kind.name);
            let unread = &intake.account.columns_unread;
            for at in kind.headings + 1..rows.len() {
                for column in 0..rows[at].len() {
                    let heading = rows[kind.headings][column].as_str();
                    if unread.iter().any(|one| one == heading) {
                        continue;
                    }
                    for change in CHANGES {
                        let is_redundant = change.is_empty() && MAY_BE_EMPTY.contains(&heading);
                        if rows[at][column].trim() == change || is_redundant {
                            continue;
                        }
                        let mut changed = rows.clone();
                        change.clone_into(&mut changed[at][column]);
                        let bytes = (kind.bytes)(&changed);
                        let after = outcome(&bytes, &options);
                        prop_assert!(
                            before != after,
                            "{}: row {at}, {heading:?}: {:?} in place of {:?} changes nothing",
                            kind.name, change, rows[at][column]
                        );
                    }
                }
            }
            // A row above the headings is named.
            for at in 0..kind.headings {
                let mut changed = rows.clone();
                "Another title".clone_into(&mut changed[at][0]);
                let after = outcome(&(kind.bytes)(&changed), &options);
                prop_assert!(before != after, "{}: row {at}", kind.name);
            }
        }
    }

    /// A column that no format knows and that holds anything is named.
    #[test]
    fn a_further_column_is_named(sample in sample(), cell in "[a-z]{1,9}") {
        for kind in &KINDS {
            let mut rows = (kind.rows)(&sample);
            for (at, row) in rows.iter_mut().enumerate() {
                row.push(if at == kind.headings { "Shelf of the file".to_owned() } else { String::new() });
            }
            let bytes = (kind.bytes)(&rows);
            let options = (kind.options)(&bytes);
            let named = |bytes: &[u8]| {
                let intake = outcome(bytes, &options).unwrap();
                intake.account.columns_unread.contains(&"Shelf of the file".to_owned())
            };
            prop_assert!(!named(&bytes), "{}", kind.name);
            let last = rows.last_mut().unwrap();
            last.last_mut().unwrap().clone_from(&cell);
            prop_assert!(named(&(kind.bytes)(&rows)), "{}", kind.name);
        }
    }
}
