//! Values and cells that could be taken for something that they do not say.

use crate::files::{UHRI, archive, states, terms, workbook};
use data::domain::{Message, ReviewCode};
use data::exchange::{
    FileAccount, Incoming, IncomingAssessment, ReadFailure, ReadOptions, Rejected, Sink, Stopped,
    read, survey, unknown_values,
};
use std::io::Cursor;

#[derive(Default, Debug)]
pub(crate) struct Everything {
    pub(crate) recommendations: Vec<Incoming>,
    pub(crate) rejected: Vec<Rejected>,
    pub(crate) warnings: Vec<Message>,
    pub(crate) account: FileAccount,
}

impl Sink for Everything {
    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        self.recommendations.push(one);
        Ok(())
    }
    fn assessment(&mut self, _: IncomingAssessment) -> Result<(), Stopped> {
        Ok(())
    }
    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.rejected.push(one);
        Ok(())
    }
    fn skipped(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }
    fn warning(&mut self, warning: Message) {
        self.warnings.push(warning);
    }
    fn account(&mut self, account: FileAccount) {
        self.account = account;
    }
    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}

impl Everything {
    pub(crate) fn faults(&self) -> Vec<(u32, &str)> {
        let rejected = self.rejected.iter();
        rejected.map(|one| (one.row, &*one.reason.key)).collect()
    }
}

pub(crate) fn of_review(code: &str) -> ReadOptions {
    ReadOptions::of_review(ReviewCode::parse(code))
}

pub(crate) fn guessed(bytes: &[u8], options: ReadOptions) -> ReadOptions {
    ReadOptions {
        mapping: Some(survey(Cursor::new(bytes)).unwrap().guess),
        ..options
    }
}

pub(crate) fn everything(bytes: &[u8], options: &ReadOptions) -> Everything {
    let mut sink = Everything::default();
    read(Cursor::new(bytes), options, &mut sink).unwrap();
    sink
}

pub(crate) fn refusal(bytes: &[u8], options: &ReadOptions) -> String {
    match read(Cursor::new(bytes), options, &mut Everything::default()) {
        Err(ReadFailure::Refused(refusal)) => refusal.message().key.into_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_name_in_the_last_brackets_is_a_state() {
    let rows = [
        "Sign it (Korea) (Norway)",
        "Sign it (GB) (Guinea Bissau)",
        "Sign it (EU)",
        "Sign it (European Union)",
        "Sign it (Norway on behalf of Sweden)",
        "Sign it (Korea, Republic of; Netherlands, Kingdom of the)",
    ];
    let rows = (1..).zip(rows);
    let rows = rows.map(|(number, text)| format!("6.{number};\"{text}\";Noted\n"));
    let rows: String = rows.collect();
    let table = format!("No;Wording of the recommendation;Response\n{rows}");
    let all = everything(
        table.as_bytes(),
        &guessed(table.as_bytes(), of_review("FJI-4")),
    );
    let refused: Vec<u32> = all.rejected.iter().map(|one| one.row).collect();
    assert_eq!(refused, [2, 3, 4, 5], "{:?}", all.faults());
    let taken: Vec<_> = all.recommendations.iter().map(states).collect();
    assert_eq!(taken, [["NOR", "SWE"], ["KOR", "NLD"]]);
}

#[test]
fn columns_from_and_to_are_told_apart_and_no_state_recommends_to_itself() {
    let table = "To,Paragraph,Recommendation,From,Position\n\
                 Fiji,6.1,Sign the treaty on lakes and report on it,Togo,Noted\n\
                 Fiji,6.2,Build the school for everybody on the island,Fiji,Supported\n";
    let options = guessed(table.as_bytes(), of_review("FJI-4"));
    let all = everything(table.as_bytes(), &options);
    assert_eq!(states(&all.recommendations[0]), ["TGO"]);
    assert_eq!(all.faults(), [(3, "exchange-own-recommendation")]);
    let own = "Paragraph,Text,Recommending States\n6.1,Sign it,Fiji\n6.2,Sign it,Togo\n";
    let all = everything(own.as_bytes(), &of_review("FJI-4"));
    assert_eq!(all.faults(), [(2, "exchange-own-recommendation")]);
}

#[test]
fn goals_and_issues_in_one_cell_are_several() {
    let tables = [
        "Paragraph,Text,Recommending States,Issues,SDGs\n",
        "Para,Wording of the recommendation,Recommended by,Topics,Relevant SDGs\n",
    ];
    let rows = "6.1,Sign it,Togo,\"Labour, Detention\",\"5, 16\"\n\
                6.2,Open it,Togo,Labour,SDG 5 | SDG 16.3\n\
                6.3,Shut it,Togo,Labour,18\n\
                6.4,Move it,Togo,Labour,16.99\n";
    for headings in tables {
        let table = format!("{headings}{rows}");
        let bytes = table.as_bytes();
        let options = if headings.starts_with("Para,") {
            guessed(bytes, of_review("FJI-4"))
        } else {
            of_review("FJI-4")
        };
        let all = everything(bytes, &options);
        let one = &all.recommendations[0];
        assert_eq!(
            terms(one),
            ["issue: Labour", "issue: Detention", "sdg: 5", "sdg: 16"]
        );
        let other = &all.recommendations[1];
        assert_eq!(
            terms(other),
            ["issue: Labour", "sdg: SDG 5", "sdg: SDG 16.3"]
        );
        assert_eq!(all.faults(), [(4, "exchange-goal"), (5, "exchange-goal")]);
    }
}

#[test]
fn all_unknown_values_of_a_row_are_asked_about_at_once() {
    let table = "Para,Wording of the recommendation,Recommended by,Response\n\
                 6.1,Sign the treaty,Swedan; Atlantis,Perhaps\n";
    let own = "Paragraph,Text,Recommending States,Position\n\
               6.1,Sign the treaty,Swedan; Atlantis,Perhaps\n";
    for table in [table, own] {
        let options = guessed(table.as_bytes(), of_review("FJI-4"));
        let unknown = unknown_values(Cursor::new(table), &options).unwrap();
        let mut values: Vec<_> = unknown
            .values
            .iter()
            .map(|one| (one.field.id(), one.value.as_str()))
            .collect();
        values.sort_unstable();
        assert_eq!(
            values,
            [
                ("position", "Perhaps"),
                ("recommending_states", "Atlantis"),
                ("recommending_states", "Swedan"),
            ]
        );
    }
}

pub(crate) const WORKBOOK: &str =
    "<workbook><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>";
pub(crate) const RELATIONS: &str =
    "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";

/// A workbook as other programs write it, with these rows and strings and what stands behind the rows.
fn book(rows: &str, strings: &str, behind: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>");
    let strings = format!("<sst>{strings}</sst>");
    archive(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            b"<Relationships><Relationship Id=\"c\" Target=\"../comments1.xml\"/></Relationships>",
        ),
        (
            "xl/comments1.xml",
            b"<comments><commentList><comment ref=\"B2\"><text><t>Check</t></text></comment>\
              <comment ref=\"B3\"/></commentList></comments>",
        ),
    ])
}

/// A row of cells with these texts; what begins with a bracket is the inner of a cell.
fn row(number: u32, cells: &[&str]) -> String {
    let cells = cells.iter().map(|cell| {
        if cell.starts_with('<') {
            (*cell).to_owned()
        } else {
            format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")
        }
    });
    format!("<row r=\"{number}\">{}</row>", cells.collect::<String>())
}

#[test]
fn cells_without_a_value_merged_and_struck_ones_and_comments_are_named() {
    let rows = [
        row(1, &["Paragraph", "Text", "Recommending States", "Position"]),
        row(2, &["6.1", "<c t=\"s\"><v>0</v></c>", "Togo", "Noted"]),
        row(3, &["6.2", "Open it", "Togo"]),
        row(4, &["6.3", "Shut it", "Togo", "<c t=\"e\"><v>#N/A</v></c>"]),
        row(5, &["6.4", "Move it", "Togo", "<c><f>A1</f><v></v></c>"]),
        row(
            6,
            &[
                "6.5",
                "Turn it",
                "Togo",
                "<c t=\"str\"><f>A1</f><v></v></c>",
            ],
        ),
    ];
    let bytes = book(
        &rows.concat(),
        "<si><r><t>Sign </t></r><r><rPr><strike/></rPr><t>and ratify </t></r>\
         <r><rPr><strike val=\"0\"/></rPr><t>it</t></r></si>",
        "<mergeCells count=\"1\"><mergeCell ref=\"D2:D3\"/></mergeCells>",
    );
    let all = everything(&bytes, &of_review("FJI-4"));
    let taken: Vec<_> = all
        .recommendations
        .iter()
        .map(|one| {
            let position = one.position.as_ref().map(|position| position.raw.as_str());
            (one.text.as_deref().unwrap_or_default(), position)
        })
        .collect();
    assert_eq!(
        taken,
        [
            ("Sign it", Some("Noted")),
            ("Open it", Some("Noted")),
            ("Shut it", None),
            ("Move it", None),
            ("Turn it", None),
        ]
    );
    let account = &all.account;
    assert_eq!(
        (
            account.cells_merged,
            account.cells_struck,
            account.comments_unread
        ),
        (1, 1, 2)
    );
    assert_eq!(
        all.warnings,
        [Message::new("exchange-cells-without-value").with("cells", "D4 (#N/A), D5 (=)")]
    );
}

#[test]
fn cells_of_an_open_document_are_noted_alike() {
    let cell = |text: &str| format!("<table-cell><p>{text}</p></table-cell>");
    let line = |cells: &[&str]| {
        let cells: String = cells.iter().map(|text| cell(text)).collect();
        format!("<table-row>{cells}</table-row>")
    };
    let rows = [
        line(&["Paragraph", "Text", "Recommending States", "Position"]),
        format!(
            "<table-row>{}{}{}<table-cell number-rows-spanned=\"2\"><annotation><p>Check</p></annotation>\
             <p>Noted</p></table-cell></table-row>",
            cell("6.1"),
            cell("Sign it"),
            cell("Togo")
        ),
        format!(
            "<table-row>{}{}{}<covered-table-cell/></table-row>",
            cell("6.2"),
            cell("Open it"),
            cell("Togo")
        ),
        line(&["6.3", "Shut it", "Togo", "#N/A"]),
    ];
    let xml = format!(
        "<document-content><body><spreadsheet><table>{}</table></spreadsheet></body></document-content>",
        rows.concat()
    );
    let bytes = archive(&[("content.xml", xml.as_bytes())]);
    let all = everything(&bytes, &of_review("FJI-4"));
    let positions: Vec<_> = all
        .recommendations
        .iter()
        .map(|one| one.position.as_ref().map(|position| position.raw.as_str()))
        .collect();
    assert_eq!(positions, [Some("Noted"), Some("Noted"), None]);
    let account = &all.account;
    assert_eq!((account.cells_merged, account.comments_unread), (1, 1));
    assert_eq!(
        all.warnings,
        [Message::new("exchange-cells-without-value").with("cells", "D4 (#N/A)")]
    );
}

#[test]
fn errors_of_formulas_in_a_text_are_named_as_in_a_workbook() {
    let table = "Paragraph,Text,Recommending States,Position,Remarks\n\
                 6.1,Sign it,Togo,#N/A,#REF!\n\
                 6.2,Open it,Togo,Noted,\n\
                 6.3,#VALUE!,Togo,N/A,\n";
    let lines = table.lines().map(|line| line.split(',').collect());
    let rows: Vec<Vec<&str>> = lines.collect();
    // In a workbook they may be texts as well.
    for bytes in [table.as_bytes().to_vec(), workbook(&rows)] {
        let all = everything(&bytes, &of_review("FJI-4"));
        assert_eq!(
            all.warnings,
            [
                Message::new("exchange-cells-without-value")
                    .with("cells", "D2 (#N/A), B4 (#VALUE!)")
            ]
        );
    }
}

/// A workbook with this sheet and these styles, in which the second style strikes its cells out.
fn struck_book(rows: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let strings = format!("<sst>{strings}</sst>");
    archive(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        (
            "xl/styles.xml",
            b"<styleSheet><fonts><font><b/></font><font><strike/></font><font><strike val=\"0\"/></font>\
              </fonts><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/><xf fontId=\"2\"/></cellXfs></styleSheet>",
        ),
    ])
}

#[test]
fn cells_whose_format_strikes_them_out_are_not_read() {
    let struck = |inner: &str| format!("<c s=\"1\" t=\"inlineStr\"><is>{inner}</is></c>");
    let rows = [
        row(1, &["Paragraph", "Text", "Recommending States", "Position"]),
        row(
            2,
            &["6.1", "Sign it", "Togo", "<c s=\"1\" t=\"s\"><v>0</v></c>"],
        ),
        row(3, &["6.2", "Open it", "Togo", &struck("<t>Noted</t>")]),
        // A part with a format of its own is not struck out by the cell's.
        row(
            4,
            &[
                "6.3",
                "<c s=\"1\" t=\"s\"><v>1</v></c>",
                "Togo",
                "<c s=\"2\" t=\"s\"><v>0</v></c>",
            ],
        ),
        row(
            5,
            &[
                "6.4",
                &struck("<r><t>Never </t></r><r><rPr><b/></rPr><t>Shut it</t></r>"),
                "Togo",
                "<c s=\"1\"><f>A1</f><v>7</v></c>",
            ],
        ),
    ];
    let bytes = struck_book(
        &rows.concat(),
        "<si><t>Noted</t></si><si><r><t>Never </t></r><r><rPr><b/></rPr><t>Move it</t></r></si>",
    );
    let all = everything(&bytes, &of_review("FJI-4"));
    let taken = |all: &Everything| -> Vec<(String, Option<String>)> {
        let recommendations = all.recommendations.iter();
        recommendations
            .map(|one| {
                let position = one.position.as_ref().map(|position| position.raw.clone());
                (one.text.clone().unwrap_or_default(), position)
            })
            .collect()
    };
    let said = |text: &str, position: Option<&str>| (text.to_owned(), position.map(str::to_owned));
    assert_eq!(
        taken(&all),
        [
            said("Sign it", None),
            said("Open it", None),
            said("Move it", Some("Noted")),
            said("Shut it", None),
        ]
    );
    assert_eq!((all.account.cells_struck, all.warnings.len()), (5, 0));

    let cell = |text: &str| format!("<table-cell><p>{text}</p></table-cell>");
    let line = |cells: &[&str]| {
        let cells: String = cells
            .iter()
            .map(|text| {
                if text.starts_with('<') {
                    (*text).to_owned()
                } else {
                    cell(text)
                }
            })
            .collect();
        format!("<table-row>{cells}</table-row>")
    };
    let style = |name: &str, family: &str, parent: &str, line: &str| {
        format!(
            "<style name=\"{name}\" family=\"{family}\" parent-style-name=\"{parent}\">\
             <text-properties {line}/></style>"
        )
    };
    let solid = "text-line-through-style=\"solid\"";
    let styles = [
        style("c1", "table-cell", "", solid),
        style("c2", "table-cell", "Gone", ""),
        style("t1", "text", "", solid),
        style("t2", "text", "", "text-line-through-style=\"none\""),
    ];
    let columns = "<table-column number-columns-repeated=\"3\"/><table-column default-cell-style-name=\"c1\"/>";
    let rows = [
        line(&[
            "Paragraph",
            "Text",
            "Recommending States",
            "<table-cell style-name=\"plain\"><p>Position</p></table-cell>",
        ]),
        // By the column, by the cell, by a style of the workbook, by a part of the text.
        line(&["6.1", "Sign it", "Togo", "Noted"]),
        line(&[
            "6.2",
            "Open <span style-name=\"t1\">and shut </span>it",
            "Togo",
            "<table-cell style-name=\"plain\"><p>Noted</p></table-cell>",
        ]),
        line(&[
            "6.3",
            "<table-cell style-name=\"c2\"><p>Never <span style-name=\"t2\">Move it</span></p></table-cell>",
            "Togo",
            "<table-cell style-name=\"c2\" value-type=\"float\" value=\"7\"><p>7</p></table-cell>",
        ]),
    ];
    let content = format!(
        "<document-content><automatic-styles>{}</automatic-styles><body><spreadsheet><table>{columns}{}</table>\
         </spreadsheet></body></document-content>",
        styles.concat(),
        rows.concat()
    );
    let named = format!(
        "<document-styles><styles>{}</styles></document-styles>",
        style("Gone", "table-cell", "", solid)
    );
    let bytes = archive(&[
        ("content.xml", content.as_bytes()),
        ("styles.xml", named.as_bytes()),
    ]);
    let all = everything(&bytes, &of_review("FJI-4"));
    assert_eq!(
        taken(&all),
        [
            said("Sign it", None),
            said("Open it", Some("Noted")),
            said("Move it", None),
        ]
    );
    assert_eq!((all.account.cells_struck, all.warnings.len()), (4, 0));
}

#[test]
fn years_of_a_cycle_are_the_cycle_or_are_refused() {
    let table = "State under review,Cycle,Paragraph,Text,Recommending States\n\
                 Fiji,2017–2022,6.1,Sign the treaty,Togo\n\
                 Fiji,2019-2023,6.2,Open the school,Togo\n";
    let options = guessed(table.as_bytes(), ReadOptions::default());
    let all = everything(table.as_bytes(), &options);
    let reviews: Vec<String> = all
        .recommendations
        .iter()
        .map(|one| one.review.to_string())
        .collect();
    assert_eq!(reviews, ["FJI-3"]);
    assert_eq!(all.faults(), [(3, "exchange-cycle")]);
    // Nor is it passed over where the review is known.
    let all = everything(
        table.as_bytes(),
        &guessed(table.as_bytes(), of_review("FJI-3")),
    );
    assert_eq!(all.faults(), [(3, "exchange-cycle")]);
    let all = everything(
        table.as_bytes(),
        &guessed(table.as_bytes(), of_review("FJI-4")),
    );
    assert_eq!(all.recommendations.len(), 0);
}

#[test]
fn our_own_table_is_read_in_the_encoding_that_its_letters_speak_for() {
    let table = "Review,Paragraph,Recommending States,Text\r\n\
                 FJI-4,6.1,Togo,Отменить смертную казнь и сообщить об этом всем\r\n";
    let bytes: Vec<u8> = table
        .chars()
        .map(|c| match u32::from(c) {
            letter @ 0x410..=0x44f => u8::try_from(letter - 0x410 + 0xc0).unwrap(),
            other => u8::try_from(other).unwrap(),
        })
        .collect();
    let all = everything(&bytes, &ReadOptions::default());
    assert_eq!(
        all.recommendations[0].text.as_deref(),
        Some("Отменить смертную казнь и сообщить об этом всем")
    );
    assert_eq!(all.account.encoding.as_deref(), Some("windows-1251"));
}

#[test]
fn the_encoding_of_a_text_is_found_and_named() {
    let table = "Para,Wording of the recommendation,Recommended by,Response\r\n\
                 6.1,Отменить смертную казнь и сообщить об этом всем,Норвегия,Отмечено\r\n";
    // Windows-1251 has the letters of Russian in the order of the alphabet.
    let bytes: Vec<u8> = table
        .chars()
        .map(|c| match u32::from(c) {
            letter @ 0x410..=0x44f => u8::try_from(letter - 0x410 + 0xc0).unwrap(),
            other => u8::try_from(other).unwrap(),
        })
        .collect();
    let all = everything(&bytes, &guessed(&bytes, of_review("FJI-4")));
    let one = &all.recommendations[0];
    assert_eq!(
        one.text.as_deref(),
        Some("Отменить смертную казнь и сообщить об этом всем")
    );
    assert_eq!(states(one), ["NOR"]);
    assert_eq!(all.account.encoding.as_deref(), Some("windows-1251"));
    let utf16: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let options = of_review("FJI-4");
    assert_eq!(refusal(&utf16, &options), "exchange-utf16-unmarked");
    let page = b"<!DOCTYPE html>\n<html><body><table><tr><td>Text</td></tr></table>";
    assert_eq!(refusal(page, &options), "exchange-web-page");
}

#[test]
fn decimal_commas_are_read_where_the_whole_column_has_them() {
    let head = "Paragraph;Text;Recommending States\n";
    let numbers = |table: &[u8]| {
        let all = everything(table, &of_review("FJI-4"));
        let taken = all.recommendations.iter();
        let taken: Vec<String> = taken
            .filter_map(|one| one.paragraph.as_ref().map(ToString::to_string))
            .collect();
        let faults = all.faults().into_iter().map(|(_, key)| key.to_owned());
        (taken, faults.collect::<Vec<_>>())
    };
    let rows = "6,1;A;Togo\n6,7;B;Togo\n10,11;C;Togo\n104,105;D;Togo\n";
    let expected = ["6.1", "6.7", "10.11", "104.105"].map(str::to_owned);
    let (taken, faults) = numbers(format!("{head}{rows}").as_bytes());
    assert_eq!((taken.as_slice(), faults.len()), (&expected[..], 0));
    let in_sheet: Vec<Vec<&str>> = format!("{head}{rows}")
        .leak()
        .lines()
        .map(|line| line.split(';').collect())
        .collect();
    let (taken, faults) = numbers(&workbook(&in_sheet));
    assert_eq!((taken.as_slice(), faults.len()), (&expected[..], 0));
    // Beside other numbers, and where no row tells, it may be a list.
    for rows in ["6.1;A;Togo\n6,7;B;Togo\n", "6,7;B;Togo\n"] {
        let (_, faults) = numbers(format!("{head}{rows}").as_bytes());
        assert_eq!(faults, ["exchange-paragraph-comma"], "{rows}");
    }
}

#[test]
fn a_recognised_table_takes_issues_and_persons_beside_its_columns() {
    let mut headings = UHRI.to_vec();
    let persons = headings.iter().position(|one| one.contains("Person"));
    if let Some(at) = persons {
        headings[at] = "Other";
    }
    headings.push("Issues");
    headings.push("Affected persons");
    let mut row = vec![""; headings.len()];
    (row[0], row[1], row[2]) = ("61.1 Sign the treaty on lakes (Togo);", "- Fiji", "- UPR");
    let last = row.len();
    (row[last - 2], row[last - 1]) = ("Labour, Detention", "Children");
    let bytes = workbook(&[headings, row]);
    let options = guessed(&bytes, of_review("FJI-4"));
    let mapping = options.mapping.clone().unwrap();
    assert_eq!(mapping.fields["Issues"], "issues");
    let all = everything(&bytes, &options);
    let found = terms(&all.recommendations[0]);
    assert!(found.contains(&"issue: Detention".to_owned()), "{found:?}");
}

#[test]
fn sources_without_a_kind_are_counted() {
    let table = "Para,Status of implementation,Sources\n\
                 6.1,Implemented,A law\n6.2,Not implemented,A report\n";
    let all = everything(
        table.as_bytes(),
        &guessed(table.as_bytes(), of_review("FJI-4")),
    );
    assert_eq!(all.account.kinds_assumed, 2);
}

#[test]
fn a_row_of_another_state_says_so() {
    let table = "Country under review,Para,Wording of the recommendation,Recommended by\n\
                 Mali,6.1,Sign the treaty on lakes,Togo\n";
    let bytes = table.as_bytes();
    let all = everything(bytes, &guessed(bytes, of_review("FJI-4")));
    assert_eq!(all.faults(), [(2, "exchange-row-of-other-review")]);
    let all = everything(bytes, &guessed(bytes, ReadOptions::default()));
    assert_eq!(all.faults(), [(2, "exchange-no-session")]);
}

#[test]
fn a_plain_table_with_numbered_texts_is_not_upr_infos() {
    let table = "State under review,Session,Recommendation,Recommending State,Position\n\
        Fiji,49,7.1 Plant mangroves,Togo,Supported\nFiji,49,7.2 Map the reefs,Malta,Noted\n";
    let all = everything(table.as_bytes(), &ReadOptions::default());
    assert_eq!(all.rejected, []);
    let taken: Vec<_> = all
        .recommendations
        .iter()
        .map(|one| {
            let source = one.position.as_ref().unwrap().source.clone();
            let paragraph = one.paragraph.as_ref().map(ToString::to_string);
            (paragraph.unwrap(), one.text.clone().unwrap(), source)
        })
        .collect();
    let row = |number: &str, text: &str| (number.to_owned(), text.to_owned(), None);
    assert_eq!(
        taken,
        [row("7.1", "Plant mangroves"), row("7.2", "Map the reefs")]
    );
}

#[test]
fn parts_of_assessments_without_a_status_are_named() {
    let table = "No,Wording of the recommendation,Recommending country,Comments,Evidence\n\
        7.1,Plant mangroves,Togo,A nursery is open,Act 3\n";
    let all = everything(
        table.as_bytes(),
        &guessed(table.as_bytes(), of_review("FJI-4")),
    );
    assert_eq!(all.recommendations.len(), 1, "{:?}", all.faults());
    assert_eq!(all.account.columns_unread, ["Comments", "Evidence"]);
    let warning = all.warnings.first().unwrap();
    assert_eq!(warning.key, "exchange-assessment-without-status");
    assert_eq!(warning.values[0].1, "Comments, Evidence");
    // The same beside the columns of a format.
    let table = "Paragraph,Recommending States,Text,Reasons\n7.1,Togo,Plant mangroves,Open\n";
    let mut options = guessed(table.as_bytes(), of_review("FJI-4"));
    let mapping = options.mapping.as_mut().unwrap();
    mapping.extends = true;
    mapping.fields = [("Reasons".to_owned(), "rationale".to_owned())].into();
    let all = everything(table.as_bytes(), &options);
    assert_eq!(all.account.columns_unread, ["Reasons"]);
    assert_eq!(all.warnings[0].key, "exchange-assessment-without-status");
}

#[test]
fn numbers_of_json_keep_their_zeros() {
    let json = r#"[{"Item":7.10,"Wording of the recommendation":"Plant 2 \"mangroves\"","Recommending country":"Togo"},
        {"Item":7.1,"Wording of the recommendation":"Map the reefs","Recommending country":"Malta"}]"#;
    let mut options = guessed(json.as_bytes(), of_review("FJI-4"));
    let mapping = options.mapping.as_mut().unwrap();
    mapping
        .fields
        .insert("Item".to_owned(), "paragraph".to_owned());
    let paragraphs = |all: &Everything| -> Vec<String> {
        let all = all.recommendations.iter();
        all.map(|one| one.paragraph.as_ref().unwrap().to_string())
            .collect()
    };
    let all = everything(json.as_bytes(), &options);
    assert_eq!(paragraphs(&all), ["7.10", "7.1"], "{:?}", all.faults());
    let text = all.recommendations[0].text.as_deref();
    assert_eq!(text, Some("Plant 2 \"mangroves\""));
    // And in the JSON of this program.
    let own = r#"{"recommendations":[{"review":"FJI-4","paragraph":7.20,"recommending_states":["TGO"],
        "text":"Map the reefs"}]}"#;
    let all = everything(own.as_bytes(), &ReadOptions::default());
    assert_eq!(paragraphs(&all), ["7.20"], "{:?}", all.faults());
}

#[test]
fn half_a_number_is_refused_and_footnote_marks_are_named() {
    let table = "No,Wording of the recommendation,Recommending country\n\
        .8,Plant mangroves,Togo\n7.9*,Map the reefs,Malta\n7.11†,Open a museum,Chad\n- 12,Count,Mali\n7.13,Sail,Peru\n";
    let all = everything(
        table.as_bytes(),
        &guessed(table.as_bytes(), of_review("FJI-4")),
    );
    assert_eq!(
        all.faults(),
        [(2, "exchange-paragraph"), (5, "exchange-paragraph")]
    );
    let taken = all.recommendations.iter();
    let taken: Vec<String> = taken
        .map(|one| one.paragraph.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(taken, ["7.9", "7.11", "7.13"]);
    assert_eq!(all.warnings[0].key, "exchange-footnote-marks");
    assert_eq!(all.warnings[0].values[0].1, "3, 4");
}

#[test]
fn a_mechanism_may_name_the_cycle() {
    let table = "UN mechanism,No,Wording of the recommendation,Recommending country\n\
        \"UPR, second cycle (2014)\",7.1,Plant mangroves,Togo\n\
        UPR (2025),7.2,Map the reefs,Malta\nUPR 4th cycle,7.3,Sail,Chad\n";
    let with_mechanism = |bytes: &[u8], options| {
        let mut options = guessed(bytes, options);
        let mapping = options.mapping.as_mut().unwrap();
        let field = ("UN mechanism".to_owned(), "mechanism".to_owned());
        mapping.fields.extend([field]);
        options
    };
    let options = with_mechanism(table.as_bytes(), of_review("FJI-4"));
    let all = everything(table.as_bytes(), &options);
    assert_eq!(all.faults(), [(2, "exchange-other-cycle")]);
    assert_eq!(all.recommendations.len(), 2);
    // Where nothing else says the cycle, it counts.
    let table = "UN mechanism,State under review,No,Wording of the recommendation,Recommending country\n\
        \"UPR, second cycle (2014)\",Fiji,7.1,Plant mangroves,Togo\n";
    let options = with_mechanism(table.as_bytes(), ReadOptions::default());
    let all = everything(table.as_bytes(), &options);
    assert_eq!(all.faults(), []);
    assert_eq!(all.recommendations[0].review.to_string(), "FJI-2");
}

#[test]
fn lists_of_terms_are_split_where_all_are_known_or_else_named() {
    use data::domain::{Scheme, Term};
    let table = "Paragraph,Recommending States,Text,Themes,Affected persons\n\
        7.1,Togo,Plant mangroves,\"Coasts, reefs & lagoons, Fishing\",\"Divers, Sailors\"\n";
    let known = [
        Term::new(Scheme::Theme, "Coasts, reefs & lagoons"),
        Term::new(Scheme::Theme, "Fishing"),
        Term::new(Scheme::AffectedPersons, "Divers"),
    ];
    let options = ReadOptions {
        terms: known.to_vec(),
        ..of_review("FJI-4")
    };
    for options in [guessed(table.as_bytes(), options.clone()), options] {
        let all = everything(table.as_bytes(), &options);
        assert_eq!(
            terms(&all.recommendations[0]),
            [
                "theme: Coasts, reefs & lagoons",
                "theme: Fishing",
                "affected_persons: Divers, Sailors"
            ]
        );
        assert_eq!(all.warnings[0].key, "exchange-terms-whole");
        assert_eq!(all.warnings[0].values[0].1, "“Divers, Sailors”");
    }
}

#[test]
fn a_date_is_no_text() {
    let rows =
        "7.1,Togo,2023-11-05\n7.2,Malta,5 November 2023\n7.3,Chad,\"45,235\"\n7.4,Mali,Sail\n";
    let tables = [
        format!("Paragraph,Recommending States,Text\n{rows}"),
        format!("No,Recommending country,Wording of the recommendation\n{rows}"),
    ];
    for table in tables {
        let options = if table.starts_with("No") {
            guessed(table.as_bytes(), of_review("FJI-4"))
        } else {
            of_review("FJI-4")
        };
        let all = everything(table.as_bytes(), &options);
        let date = "exchange-text-is-date";
        assert_eq!(all.faults(), [(2, date), (3, date), (4, date)], "{table}");
        assert_eq!(all.recommendations.len(), 1);
    }
}

#[test]
fn names_with_commas_are_found_in_lists_with_commas() {
    let lists = [
        ("Malta, Korea, Republic of", &["MLT", "KOR"][..]),
        ("Iran, Islamic Republic of, Peru", &["IRN", "PER"]),
        (
            "Venezuela, Bolivarian Republic of, Bolivia, Plurinational State of",
            &["VEN", "BOL"],
        ),
        ("Congo, Democratic Republic of the, Congo", &["COD", "COG"]),
        ("Korea, Republic of and Malta", &["KOR", "MLT"]),
        (
            "Tanzania, United Republic of, Moldova, Republic of",
            &["TZA", "MDA"],
        ),
    ];
    for (list, expected) in lists {
        let table = format!("Paragraph,Recommending States,Text\n7.1,\"{list}\",Sail\n");
        let all = everything(table.as_bytes(), &of_review("FJI-4"));
        assert_eq!(all.faults(), [], "{list}");
        assert_eq!(states(&all.recommendations[0]), expected, "{list}");
        let table = format!("No;Wording of the recommendation;Response\n7.1;Sail ({list});Noted\n");
        let all = everything(
            table.as_bytes(),
            &guessed(table.as_bytes(), of_review("FJI-4")),
        );
        assert_eq!(all.faults(), [], "{list}");
        assert_eq!(states(&all.recommendations[0]), expected, "{list}");
    }
    // Also where a person said that commas separate.
    let table = "No;Wording of the recommendation;Recommending country\n7.1;Sail;Malta, Korea, Republic of\n";
    let mut options = guessed(table.as_bytes(), of_review("FJI-4"));
    options.mapping.as_mut().unwrap().separator = Some(",".to_owned());
    let all = everything(table.as_bytes(), &options);
    assert_eq!(states(&all.recommendations[0]), ["MLT", "KOR"]);
}

#[test]
fn a_year_of_review_is_no_review() {
    let table = "Year of review,Date of the review,No,Wording of the recommendation,Recommending country\n\
        2024,5 May 2024,7.1,Plant mangroves,Togo\n";
    let options = guessed(table.as_bytes(), of_review("FJI-4"));
    let fields = &options.mapping.as_ref().unwrap().fields;
    assert!(
        !fields.values().any(|field| field == "review"),
        "{fields:?}"
    );
    assert_eq!(everything(table.as_bytes(), &options).faults(), []);
}

#[test]
fn every_value_that_rejects_a_row_is_asked_about() {
    let table = "No,Wording of the recommendation,Recommending country,Response\n\
        7.1,Plant mangroves,Togo,Agreed in principle\n7.2,Sail,Malta,3\n7.3,Row,European Union,Noted\n\
        7.4,Swim,Chad,Accepted in principle\n";
    let options = guessed(table.as_bytes(), of_review("FJI-4"));
    let rejected = everything(table.as_bytes(), &options).rejected;
    let found = unknown_values(Cursor::new(table), &options).unwrap();
    let asked: Vec<&str> = found.values.iter().map(|one| one.value.as_str()).collect();
    assert!(!rejected.is_empty());
    for one in rejected {
        let value = one.value.unwrap();
        assert!(asked.contains(&value.as_str()), "{value}: {asked:?}");
    }
}

fn claims(all: &Everything) -> Vec<(&str, Option<&str>, Option<&str>)> {
    let positions = all.recommendations.iter().map(|one| one.position.as_ref());
    positions
        .map(|position| {
            let position = position.unwrap();
            (
                &*position.raw,
                position.source.as_deref(),
                position.source_paragraph.as_deref(),
            )
        })
        .collect()
}

#[test]
fn the_source_of_a_position_is_any_document() {
    let rows = "6.1,Sign it,Togo,Supported,\"Letter of the Ministry, 3 March 2026\"\n\
                6.2,Open it,Togo,Supported,UN Doc. A/HRC/31/3\n\
                6.3,Shut it,Togo,Supported,Supported | A/HRC/31/3/Add.1 | 3 | 2016-03-01\n\
                6.4,Move it,Togo,Supported,Letter | p. 3\n\
                6.5,Find it,Togo,Supported,Supported | A/HRC/31/3 | 3 | 2016 | more\n\
                6.6,Keep it,Togo,,Letter of May\n";
    let expected = [
        (
            "Supported",
            Some("Letter of the Ministry, 3 March 2026"),
            None,
        ),
        ("Supported", Some("UN Doc. A/HRC/31/3"), None),
        ("Supported", Some("A/HRC/31/3/Add.1"), Some("3")),
        ("Supported", Some("Letter | p. 3"), None),
        ("", Some("Letter of May"), None),
    ];
    for headings in [
        "Paragraph,Text,Recommending States,Position,Position source\n",
        "Para,Wording of the recommendation,Recommended by,Response,Position source\n",
    ] {
        let table = format!("{headings}{rows}");
        let bytes = table.as_bytes();
        let mut options = guessed(bytes, of_review("FJI-4"));
        if headings.starts_with("Paragraph") {
            options.mapping = None;
        } else {
            let mapping = options.mapping.as_mut().unwrap();
            let field = "position_source".to_owned();
            mapping.fields.insert("Position source".to_owned(), field);
        }
        let all = everything(bytes, &options);
        assert_eq!(claims(&all), expected, "{headings}");
        assert_eq!(all.faults(), [(6, "exchange-claim-parts")], "{headings}");
    }
}

#[test]
fn what_stands_behind_a_text_goes_to_the_position() {
    let rows = "6.1,\"6.1 Ratify it (Togo); Comments: Only the first part\",Togo,Supported\n\
                6.2,\"6.2 Sign it (Togo); Source of Position: A/HRC/31/3/Add.1 - Para. 5-7\",Togo,Supported\n\
                6.3,\"Open it; Comments: Only the first part\",Togo,\n";
    let expected = [
        ("Supported; Only the first part", None, None),
        ("Supported", Some("A/HRC/31/3/Add.1"), Some("5-7")),
        ("Only the first part", None, None),
    ];
    for headings in [
        "Paragraph,Text,Recommending States,Position\n",
        "Para,Wording of the recommendation,Recommended by,Response\n",
    ] {
        let table = format!("{headings}{rows}");
        let bytes = table.as_bytes();
        let mut options = guessed(bytes, of_review("FJI-4"));
        if headings.starts_with("Paragraph") {
            options.mapping = None;
        }
        let all = everything(bytes, &options);
        assert_eq!(all.faults(), []);
        let texts = all.recommendations.iter();
        let texts: Vec<_> = texts.map(|one| one.text.as_deref()).collect();
        assert_eq!(texts, [Some("Ratify it"), Some("Sign it"), Some("Open it")]);
        assert_eq!(claims(&all), expected, "{headings}");
    }
    let table = "Paragraph,Text,Recommending States,Position,Position source\n\
                 6.1,\"6.1 Sign it (Togo); Source of Position: A/HRC/31/3\",Togo,Noted,A/HRC/31/4\n";
    let all = everything(table.as_bytes(), &of_review("FJI-4"));
    assert_eq!(all.faults(), [(2, "exchange-claims-differ")]);
    // One may name the document and the other its part; paragraphs have to be the same.
    let (long, other) = ("A/HRC/31/3/Add.1", "A/HRC/31/30");
    for (cell, remark, expected) in [
        ("A/HRC/31/3", long, Ok((long, None))),
        (long, "A/HRC/31/3", Ok((long, None))),
        (long, long, Ok((long, None))),
        (other, "A/HRC/31/3", Err("exchange-claims-differ")),
        ("A/HRC/31/3", other, Err("exchange-claims-differ")),
        (
            "| A/HRC/31/3/Add.1 | 13",
            "A/HRC/31/3/Add.1, paragraph 13",
            Ok((long, Some("13"))),
        ),
        (
            "| A/HRC/31/3/Add.1 | 13",
            "A/HRC/31/3/Add.1, paragraph 3",
            Err("exchange-claims-differ"),
        ),
    ] {
        let table = format!(
            "Paragraph,Text,Recommending States,Position,Position source\n\
             6.1,\"6.1 Sign it (Togo); Source of Position: {remark}\",Togo,Noted,{cell}\n"
        );
        let all = everything(table.as_bytes(), &of_review("FJI-4"));
        match expected {
            Ok((source, paragraph)) => {
                assert_eq!(all.faults(), [], "{cell} | {remark}");
                assert_eq!(claims(&all), [("Noted", Some(source), paragraph)], "{cell}");
            }
            Err(key) => assert_eq!(all.faults(), [(2, key)], "{cell} | {remark}"),
        }
    }
    let report = "II. Conclusions and recommendations\n\
                  6. The following recommendations enjoy the support of Fiji:\n\
                  6.1 Ratify it (Togo); Comments: Only the first part\n\
                  6.2 Sign it (Togo);\n";
    let all = everything(report.as_bytes(), &of_review("FJI-4"));
    let raw = claims(&all)[0].0;
    assert!(raw.ends_with("; Only the first part"), "{raw}");
}

#[test]
fn only_sessions_of_the_working_group_and_single_cycles_name_a_review() {
    let of_state = |column: &str, value: &str| {
        let table = format!(
            "State under review,{column},Paragraph,Text,Recommending States\n\
             Fiji,\"{value}\",6.1,Sign it,Togo\n"
        );
        let all = everything(table.as_bytes(), &of_review(""));
        let taken = all
            .recommendations
            .first()
            .map(|one| one.review.to_string());
        taken.ok_or_else(|| all.rejected[0].reason.key.to_string())
    };
    assert_eq!(of_state("Session", "WG.6/36"), Ok("FJI-3".to_owned()));
    let refused = Err("exchange-session".to_owned());
    for value in ["HRC 46", "2 November 2020", "36 and 37"] {
        assert_eq!(of_state("Session", value), refused, "{value}");
    }
    let refused = Err("exchange-cycle".to_owned());
    for value in ["2nd and 3rd cycle", "Cycles 2 and 3", "II–III"] {
        assert_eq!(of_state("Cycle", value), refused, "{value}");
    }
    // Without a column for the State the cell has to fit the review that was chosen.
    let table = "Session,Paragraph,Text,Recommending States\n\
                 HRC 46,6.1,Sign it,Togo\n\
                 36th session,6.2,Open it,Togo\n\
                 Geneva,6.3,Shut it,Togo\n\
                 ,6.4,Move it,Togo\n\
                 -,6.5,Find it,Togo\n";
    let all = everything(table.as_bytes(), &of_review("FJI-3"));
    assert_eq!(
        all.faults(),
        [(2, "exchange-session"), (4, "exchange-session")]
    );
}
