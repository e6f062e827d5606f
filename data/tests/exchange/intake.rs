//! What of a file is read and what is not, and what a person is asked: columns beside those of a format, values that
//! are not known, the row of the headings.

use crate::files::{MATRIX, UHRI, document, states, workbook};
use data::domain::{PositionClass, ReviewCode, Scale};
use data::exchange::{
    FileAccount, FileRefusal, Format, Incoming, IncomingAssessment, MappedField, Mapping, Meanings,
    ReadFailure, ReadOptions, Rejected, Sink, Stopped, Survey, SurveyOptions, UnreadReason, read,
    read_values, reread, say_value, survey, survey_with, unknown_values,
};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;

/// Everything that a reader hands on.
#[derive(Default, Debug, PartialEq)]
pub(crate) struct Intake {
    pub(crate) recommendations: Vec<Incoming>,
    pub(crate) assessments: Vec<IncomingAssessment>,
    pub(crate) rejected: Vec<Rejected>,
    pub(crate) skipped: Vec<String>,
    pub(crate) account: FileAccount,
}

impl Sink for Intake {
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
    fn skipped(&mut self, kind: &str) -> Result<(), Stopped> {
        self.skipped.push(kind.to_owned());
        Ok(())
    }
    fn account(&mut self, account: FileAccount) {
        self.account = account;
    }
    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}

pub(crate) fn taken(bytes: &[u8], options: &ReadOptions) -> Result<(Format, Intake), ReadFailure> {
    let mut sink = Intake::default();
    let format = read(Cursor::new(bytes), options, &mut sink)?;
    Ok((format, sink))
}

fn review(code: &str) -> ReadOptions {
    ReadOptions::of_review(ReviewCode::parse(code))
}

/// For a round with the first scale that is built in.
fn for_round(code: &str, mapping: Option<Mapping>) -> ReadOptions {
    let scale = &Scale::built_in()[0];
    let words = scale.statuses.iter();
    ReadOptions {
        review: ReviewCode::parse(code),
        statuses: words
            .flat_map(|status| [status.label.clone(), status.code.clone()])
            .collect(),
        mapping,
        ..ReadOptions::default()
    }
}

fn surveyed(bytes: &[u8]) -> Survey {
    survey(Cursor::new(bytes)).unwrap()
}

fn lost(bytes: &[u8], options: &ReadOptions) -> String {
    match taken(bytes, options) {
        Err(ReadFailure::Refused(refusal)) => {
            assert!(refusal.wants_mapping(), "{refusal:?}");
            match refusal {
                FileRefusal::AssessmentColumns { columns } => columns,
                other => panic!("{other:?}"),
            }
        }
        other => panic!("{other:?}"),
    }
}

const OWN_PLUS: &str = "\
Paragraph,Text,Recommending States,Position,Implementation status,Comments,Responsible ministry,Room
61.1,Sign the treaty on lakes,Togo; Mali,Supported,Implemented,Signed in May,Foreign Affairs,12
61.2,Open a museum of lakes,Chad,Noted,Not implemented,,Culture,
";

#[test]
fn columns_beside_a_format_are_named_or_mapped_never_lost() {
    // Without a round they are named.
    let (format, all) = taken(OWN_PLUS.as_bytes(), &review("FJI-4")).unwrap();
    assert_eq!(format, Format::OwnCsv);
    assert_eq!((all.recommendations.len(), all.assessments.len()), (2, 0));
    assert_eq!((all.account.columns, all.account.columns_read), (8, 4));
    assert_eq!(
        all.account.columns_unread,
        [
            "Implementation status",
            "Comments",
            "Responsible ministry",
            "Room"
        ]
    );
    assert_eq!(all.account.heading_row, Some(1));
    // For a round the file waits for what they hold.
    let columns = lost(OWN_PLUS.as_bytes(), &for_round("FJI-4", None));
    assert_eq!(columns, "Implementation status, Comments");
    let survey = surveyed(OWN_PLUS.as_bytes());
    assert!(survey.guess.extends);
    assert_eq!(survey.format, Format::OwnCsv);
    assert!(survey.known.contains("Position") && !survey.known.contains("Comments"));
    assert_eq!(survey.guess.unread.iter().collect::<Vec<_>>(), ["Room"]);
    let (format, all) =
        taken(OWN_PLUS.as_bytes(), &for_round("FJI-4", Some(survey.guess))).unwrap();
    assert_eq!(format, Format::OwnCsv);
    assert_eq!((all.recommendations.len(), all.rejected.len()), (2, 0));
    let said: Vec<_> = all
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
        said,
        [
            ("61.1", "Implemented", Some("Signed in May")),
            ("61.2", "Not implemented", None)
        ]
    );
    assert_eq!(all.recommendations[1].responsible_bodies, ["Culture"]);
    assert_eq!(all.account.columns_unread, ["Room"]);
}

#[test]
fn of_a_grade_and_its_label_the_label_is_the_status() {
    let table = "\
paragraph,recommending_state,position,grade,grade_label,text,rationale,sources,quotes
61.1,\"Togo, Mali\",supported,B,\"Partially implemented / bill, first reading\",Sign it,A bill,A/1 para. 2; A/2,x
61.2,Chad,noted,C,Not implemented / nothing,Open it,No budget,A/3,
";
    assert_eq!(
        lost(table.as_bytes(), &for_round("FJI-4", None)),
        "grade, rationale, sources"
    );
    let mut mapping = surveyed(table.as_bytes()).guess;
    assert_eq!(mapping.fields["grade_label"], "status");
    let unknown = unknown_values(
        Cursor::new(table),
        &for_round("FJI-4", Some(mapping.clone())),
    )
    .unwrap();
    let scale = &Scale::built_in()[0];
    assert_eq!(unknown.values.len(), 2, "{unknown:?}");
    for value in &unknown.values {
        let suggested = data::exchange::suggest_status(&value.value, scale).unwrap();
        assert!(suggested.is_sure);
        say_value(
            &mut mapping,
            value.field,
            &value.value,
            &suggested.status.label,
            Meanings::of_scale(Some(scale)),
        )
        .unwrap();
    }
    let (_, all) = taken(table.as_bytes(), &for_round("FJI-4", Some(mapping))).unwrap();
    let said: Vec<_> = all
        .assessments
        .iter()
        .map(|one| (&*one.status, one.evidence.len()))
        .collect();
    assert_eq!(said, [("partially_implemented", 2), ("not_implemented", 1)]);
    assert_eq!(states(&all.recommendations[0]), ["TGO", "MLI"]);
    assert_eq!(all.account.columns_unread, ["grade", "quotes"]);
}

#[test]
fn an_export_with_columns_of_its_owner_gives_assessments() {
    let mut headings = UHRI.to_vec();
    headings.extend(["Implementation status", "Comments"]);
    let mut row = vec![""; 18];
    for (at, cell) in [
        (0, "61.1 Sign the treaty on lakes (Togo) (Mali);"),
        (1, "- Fiji"),
        (2, "- UPR"),
        (8, "- Togo\n- Mali"),
        (9, "- In its own way"),
        (10, "- Recommendations"),
        (12, "- 47th Session"),
        (13, "- Oceania"),
        (16, "Implemented"),
        (17, "Signed in May"),
    ] {
        row[at] = cell;
    }
    let bytes = workbook(&[headings, row]);
    lost(&bytes, &for_round("FJI-4", None));
    let survey = surveyed(&bytes);
    assert_eq!(survey.format, Format::UhriXlsx);
    let mut mapping = survey.guess;
    // A word of the response that means nothing yet, for all rows at once.
    let options = for_round("FJI-4", Some(mapping.clone()));
    let unknown = unknown_values(Cursor::new(&bytes), &options).unwrap();
    let [value] = &unknown.values[..] else {
        panic!("{unknown:?}")
    };
    assert_eq!(
        (value.field, &*value.value),
        (MappedField::Position, "In its own way")
    );
    mapping.set_value(MappedField::Position, "- In its own way", "noted");
    mapping.set_value(MappedField::Position, "In its own way", "noted");
    let options = for_round("FJI-4", Some(mapping));
    let (format, all) = taken(&bytes, &options).unwrap();
    assert_eq!(format, Format::UhriXlsx);
    let position = all.recommendations[0].position.as_ref().unwrap();
    assert_eq!(
        (position.class, &*position.raw),
        (PositionClass::Noted, "- In its own way")
    );
    let [one] = &all.assessments[..] else {
        panic!()
    };
    assert_eq!(
        (&*one.status, one.rationale.as_deref()),
        ("Implemented", Some("Signed in May"))
    );
    assert_eq!(all.account.columns_unread, ["Regions Concerned"]);
    // One that is given back is read again by the same rules.
    let cells: Vec<(String, String)> = survey
        .headings
        .into_iter()
        .zip(survey.rows[0].clone())
        .collect();
    let mut again = Intake::default();
    reread(format, &options, 2, &cells, &mut again).unwrap();
    assert_eq!(again.assessments, all.assessments);
}

const FRENCH: &str = "\
Code,Recommandation,Mécanisme,Pays,Axe,État,Taux %
R61.1,Signer le traité sur les lacs,Examen périodique universel,Togo,,Réalisé,100
R61.2,Ouvrir un musée des lacs,Examen périodique universel,Malta,,En cours,30
R2P4,Enseigner dans la langue de chaque région,Organes de traités,Comité,\"L’école, avec un sous-thème sur les lacs\",Réalisé,100
R61.3,Ouvrir les archives,Examen périodique universel,Fidji,,Abandonné,0
";

#[test]
fn other_mechanisms_are_skipped_and_the_headings_are_found() {
    let survey = surveyed(FRENCH.as_bytes());
    assert_eq!(survey.heading_row, 1);
    assert_eq!(survey.first_rows[3].0, 4);
    let said = |heading: &str| survey.guess.fields.get(heading).map(String::as_str);
    assert_eq!(said("Code"), Some("paragraph"));
    assert_eq!(said("Mécanisme"), Some("mechanism"));
    assert_eq!(said("Pays"), Some("recommending_states"));
    assert_eq!(said("État"), Some("status"));
    let mut mapping = survey.guess.clone();
    mapping.set_value(MappedField::Status, "Réalisé", "implemented");
    mapping.set_value(MappedField::Status, "En cours", "in_process");
    mapping.set_value(MappedField::Status, "Abandonné", Mapping::LEAVE_OUT);
    let (_, all) = taken(FRENCH.as_bytes(), &for_round("FJI-4", Some(mapping))).unwrap();
    assert_eq!(
        (all.recommendations.len(), all.rejected.len()),
        (2, 0),
        "{all:?}"
    );
    assert_eq!(all.skipped, ["Organes de traités", "État: Abandonné"]);
    let statuses: Vec<&str> = all.assessments.iter().map(|one| &*one.status).collect();
    assert_eq!(statuses, ["implemented", "in_process"]);
    assert_eq!(all.account.columns_unread, ["Axe", "Taux %"]);
}

#[test]
fn a_person_chooses_the_row_of_the_headings() {
    let table = "Number,Text\nOur list of lakes,\nNo,What,Who\n61.1,Sign it,Togo\n";
    let table = table
        .replace("Number,Text\n", "Number,Text,\n")
        .replace("lakes,", "lakes,,");
    let options = SurveyOptions {
        heading_row: Some(3),
        ..SurveyOptions::default()
    };
    let survey = survey_with(Cursor::new(&table), options).unwrap();
    assert_eq!((survey.heading_row, survey.rows.len()), (3, 1));
    let said = |id: &str| id.to_owned();
    let mapping = Mapping {
        fields: [
            (said("No"), said("paragraph")),
            (said("What"), said("text")),
            (said("Who"), said("recommending_states")),
        ]
        .into(),
        heading_row: Some(3),
        ..Mapping::default()
    };
    for bytes in [
        table.clone().into_bytes(),
        workbook(&[
            vec!["Number", "Text"],
            vec!["Our list of lakes"],
            vec!["No", "What", "Who"],
            vec!["61.1", "Sign it", "Togo"],
        ]),
    ] {
        let options = ReadOptions {
            mapping: Some(mapping.clone()),
            ..review("FJI-4")
        };
        let (_, all) = taken(&bytes, &options).unwrap();
        assert_eq!(all.recommendations.len(), 1);
        assert_eq!(all.account.heading_row, Some(3));
        let above: Vec<_> = all
            .account
            .rows_unread
            .iter()
            .map(|row| (row.row, row.reason, &*row.text))
            .collect();
        assert_eq!(
            above,
            [
                (1, UnreadReason::AboveHeadings, "Number | Text"),
                (2, UnreadReason::AboveHeadings, "Our list of lakes")
            ]
        );
        // Where the headings are not, nothing is guessed.
        let mut other = options;
        other.mapping.as_mut().unwrap().heading_row = Some(2);
        assert!(taken(&bytes, &other).is_err());
    }
}

#[test]
fn text_without_a_table_is_not_called_empty() {
    let refused = |bytes: &[u8]| match survey(Cursor::new(bytes)) {
        Err(data::exchange::ReadFailure::Refused(refusal)) => refusal.message().key,
        other => panic!("{other:?}"),
    };
    let saved = |notes: &[&str]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, note) in (0..).zip(notes) {
            sheet.write_string(row, 0, *note).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    assert_eq!(
        refused(&saved(&["Notes", "Call the ministry"])),
        "exchange-no-table"
    );
    assert_eq!(refused(&saved(&[])), "exchange-empty");
    assert_eq!(refused(b"Notes\nCall the ministry\n"), "exchange-no-table");
    assert_eq!(refused(b" \n"), "exchange-empty");
}

#[test]
fn sheets_and_notes_that_are_not_read_are_named() {
    let mut book = Workbook::new();
    let rows: [&[&str]; 2] = [
        &["Review", "Paragraph", "Recommending States", "Text"],
        &["FJI-4", "61.1", "Togo", "Sign it"],
    ];
    for (name, rows) in [
        ("About", &[&["Made in May"][..]][..]),
        ("Data", &rows),
        ("Empty", &[]),
        ("More", &rows),
    ] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let (_, all) = taken(&bytes, &ReadOptions::default()).unwrap();
    assert_eq!(all.recommendations.len(), 1);
    assert_eq!(all.account.sheets_unread, ["About"]);
    // One with the same headings is named with its rows.
    let more = |name: &str| BTreeMap::from([(name.to_owned(), 1)]);
    assert_eq!(all.account.sheets_alike, more("More"));
    // A person can choose another sheet.
    let found = surveyed(&bytes);
    let sizes: Vec<_> = found
        .sheets
        .iter()
        .map(|sheet| (sheet.number, &*sheet.name, sheet.rows, sheet.columns))
        .collect();
    assert_eq!(
        sizes,
        [(1, "About", 1, 1), (2, "Data", 2, 4), (4, "More", 2, 4)]
    );
    assert_eq!(found.sheet, Some(2));
    let chosen = |sheet| SurveyOptions {
        sheet: Some(sheet),
        ..SurveyOptions::default()
    };
    let found = survey_with(Cursor::new(&bytes), chosen(4)).unwrap();
    assert_eq!(found.sheet, Some(4));
    assert!(survey_with(Cursor::new(&bytes), chosen(3)).is_err());
    let options = ReadOptions {
        mapping: Some(Mapping {
            sheet: Some(4),
            extends: true,
            ..Mapping::default()
        }),
        ..ReadOptions::default()
    };
    let (_, all) = taken(&bytes, &options).unwrap();
    assert_eq!(all.recommendations.len(), 1);
    assert_eq!(all.account.sheets_unread, ["About"]);
    assert_eq!(all.account.sheets_alike, more("Data"));
    assert_eq!(options.mapping.unwrap().of_any_file().sheet, None);
    let title = Some("UPR of Slovenia (3rd Cycle – 34th Session)");
    let rows: [&[&str]; 4] = [
        &["Printed by somebody"],
        &MATRIX,
        &["Of the first day"],
        &["121.1 Do it (Togo);", "Supported", "- A", ""],
    ];
    let (_, all) = taken(&document(title, &rows), &ReadOptions::default()).unwrap();
    let unread: Vec<_> = all
        .account
        .rows_unread
        .iter()
        .map(|row| (row.reason, &*row.text))
        .collect();
    assert_eq!(
        unread,
        [
            (UnreadReason::AboveHeadings, "Printed by somebody"),
            (UnreadReason::Note, "Of the first day")
        ]
    );
    let json = r#"[{"Text":"61.1 Do it (Togo)","Countries":["Fiji"],"UprSession":["47"],"Note":"x","Nothing":null}]"#;
    let (_, all) = taken(json.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(all.account.columns_unread, ["Note"]);
    assert_eq!(all.account.columns_read, 3);
}

#[test]
fn values_are_asked_about_once_and_within_bounds() {
    let mut table = String::from("No,Recommendation,Recommending State,Response\n");
    for row in 1..=300 {
        writeln!(table, "61.{row},Do it,\"Togo, Atlantis {row}\",Maybe").unwrap();
    }
    let mut mapping = surveyed(table.as_bytes()).guess;
    let options = |mapping: &Mapping| ReadOptions {
        mapping: Some(mapping.clone()),
        ..review("FJI-4")
    };
    let found = unknown_values(Cursor::new(&table), &options(&mapping)).unwrap();
    // The State is asked about, and so is the position of the same rows.
    let atlantis = found.values.iter();
    let atlantis = atlantis.filter(|one| one.field == MappedField::RecommendingStates);
    assert_eq!((found.values.len(), atlantis.count()), (201, 200));
    assert!(found.more_rows > 0);
    // What is said counts for every row.
    for row in 1..=300 {
        let name = format!("Atlantis {row}");
        say_value(
            &mut mapping,
            MappedField::RecommendingStates,
            &name,
            "Malta",
            Meanings::of_scale(None),
        )
        .unwrap();
    }
    let found = unknown_values(Cursor::new(&table), &options(&mapping)).unwrap();
    let [value] = &found.values[..] else {
        panic!("{found:?}")
    };
    assert_eq!((&*value.value, value.rows), ("Maybe", 300));
    say_value(
        &mut mapping,
        MappedField::Position,
        "Maybe",
        "Partially supported",
        Meanings::of_scale(None),
    )
    .unwrap();
    let (_, all) = taken(table.as_bytes(), &options(&mapping)).unwrap();
    assert_eq!((all.recommendations.len(), all.rejected.len()), (300, 0));
    let one = &all.recommendations[0];
    assert_eq!(states(one), ["TGO", "MLT"]);
    let position = one.position.as_ref().unwrap();
    assert_eq!(
        (position.class, &*position.raw),
        (PositionClass::PartiallySupported, "Maybe")
    );
    // Positions that are known can be read otherwise.
    let found = unknown_values(Cursor::new(&table), &options(&mapping)).unwrap();
    assert_eq!(found.values, []);
    assert_eq!(
        found.known[0].read_as.as_deref(),
        Some("partially_supported")
    );
    let wrong = say_value(
        &mut mapping,
        MappedField::Position,
        "Maybe",
        "perhaps",
        Meanings::of_scale(None),
    );
    assert_eq!(wrong.unwrap_err().key, "values-unfit");
}

#[test]
fn a_file_of_values_is_read_within_bounds() {
    let said =
        read_values("field,value,code\nstatus,Réalisé,implemented\n\nposition;x,y\n".as_bytes());
    assert_eq!(said.unwrap_err().key, "values-file");
    let said = read_values(b"position,Maybe,noted\nstate,Fidji,FJI\n").unwrap();
    assert_eq!(said.len(), 2);
    assert_eq!(
        said[1],
        (MappedField::State, "Fidji".to_owned(), "FJI".to_owned())
    );
    let many = "state,a,b\n".repeat(2_001);
    assert!(read_values(many.as_bytes()).is_err());
}

#[test]
fn issues_are_asked_about_and_kept_renamed_or_left_out() {
    let table = "No,Recommendation,Recommending State,Topics\n\
        61.1,Do it,Togo,Death penality; Our lakes; Labour\n\
        61.2,Do that,Mali,Our lakes; Lake tax; Old mills\n\
        61.3,Stop it,Atlantis,Death penality\n";
    let mut mapping = surveyed(table.as_bytes()).guess;
    let options = |mapping: &Mapping| ReadOptions {
        mapping: Some(mapping.clone()),
        issues: ["Old mills".to_owned()].into(),
        ..review("FJI-4")
    };
    let unknown = |mapping: &Mapping| {
        let found = unknown_values(Cursor::new(table), &options(mapping)).unwrap();
        let issues = found.values.into_iter();
        let issues = issues.filter(|one| one.field == MappedField::Issues);
        issues.map(|one| (one.value, one.rows)).collect::<Vec<_>>()
    };
    // Also those of the row that is rejected for its State.
    let asked = [("Death penality", 2), ("Our lakes", 2), ("Lake tax", 1)];
    assert_eq!(
        unknown(&mapping),
        asked.map(|(name, rows)| (name.to_owned(), rows))
    );
    let issues = options(&mapping).issues;
    let meanings = Meanings {
        scale: None,
        issues: &issues,
    };
    let mut say = |value: &str, meaning: &str| {
        say_value(&mut mapping, MappedField::Issues, value, meaning, meanings)
    };
    say("Death penality", "death penalty").unwrap();
    say("Our lakes", Mapping::KEEP).unwrap();
    say("Lake tax", Mapping::LEAVE_OUT).unwrap();
    assert_eq!(
        say("Lake tax", "Nothing of ours").unwrap_err().key,
        "values-unfit"
    );
    say("Another", "Old mills").unwrap();
    assert_eq!(unknown(&mapping), []);
    let (_, all) = taken(table.as_bytes(), &options(&mapping)).unwrap();
    let of = |at: usize| {
        let terms = all.recommendations[at].terms.iter();
        terms.map(|term| &*term.name).collect::<Vec<_>>()
    };
    assert_eq!(of(0), ["Death penalty", "Our lakes", "Labour"]);
    assert_eq!(of(1), ["Our lakes", "Old mills"]);
    assert_eq!(
        all.account.issues_left_out,
        [("Lake tax".to_owned(), 1)].into()
    );
    // A row that is mended is read by the same rule.
    let mut again = Intake::default();
    let cells = [
        ("No", "61.3"),
        ("Recommendation", "Stop it"),
        ("Recommending State", "Malta"),
        ("Topics", "Death penality; Lake tax"),
    ];
    let cells = cells.map(|(heading, value)| (heading.to_owned(), value.to_owned()));
    reread(
        Format::MappedText,
        &options(&mapping),
        4,
        &cells,
        &mut again,
    )
    .unwrap();
    let terms = &again.recommendations[0].terms;
    assert_eq!(terms.len(), 1);
    assert_eq!(terms[0].name, "Death penalty");
}

#[test]
fn issues_of_a_recognised_table_follow_the_mapping_too() {
    let table = "Paragraph,Text,Recommending States,Issues,Implementation status\n\
        61.1,Do it,Togo,Our lakes,Implemented\n";
    let mut mapping = surveyed(table.as_bytes()).guess;
    assert!(mapping.extends);
    let options = |mapping: &Mapping| for_round("FJI-4", Some(mapping.clone()));
    let found = unknown_values(Cursor::new(table), &options(&mapping)).unwrap();
    assert_eq!(found.values[0].field, MappedField::Issues);
    mapping.set_value(MappedField::Issues, "Our lakes", "Environment");
    let (_, all) = taken(table.as_bytes(), &options(&mapping)).unwrap();
    assert_eq!(all.recommendations[0].terms[0].name, "Environment");
}
