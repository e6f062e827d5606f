//! Exports of UPR Info's database, old and present.

use crate::files::{error, good, states, terms, workbook};
use data::domain::{ActionCategory, PositionClass, ReviewCode};
use data::exchange::{Format, ReadOptions, Stopped, read_whole, reread};

const OLD: &str = "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session";

fn old(rows: &[&str]) -> String {
    let mut text = OLD.to_owned();
    for row in rows {
        text.push('\r');
        text.push_str(row);
    }
    text
}

#[test]
fn a_row_becomes_one_states_recommendation() {
    let file = good(
        old(&[
            "Belarus,EEG,CIS,\"Ratify it, now \",Cote d'Ivoire,Africa,\"AU, OIF\",Accepted,5,\
             \"International instruments,Women's rights\",8",
            "Belarus,EEG,CIS,\"Ratify it, now \",Trinidad & Tobago,GRULAC,\"ACS, OAS\",Noted,4,General,8",
        ])
        .as_bytes(),
    );
    assert_eq!((file.format, &*file.rejected), (Format::UprInfo, &[][..]));
    // Not joined: that two rows are one recommendation is decided where they can be compared.
    assert_eq!(file.recommendations.len(), 2);
    let one = &file.recommendations[0];
    assert_eq!((one.row, one.review.to_string().as_str()), (2, "BLR-1"));
    assert_eq!((one.session, &one.paragraph), (Some(8), &None));
    assert_eq!(one.text.as_deref(), Some("Ratify it, now"));
    assert_eq!(states(one), ["CIV"]);
    assert_eq!(one.action_category, ActionCategory::new(5));
    assert_eq!(
        terms(one),
        ["issue: International instruments", "issue: Women's rights"]
    );
    let position = one.position.as_ref().unwrap();
    assert_eq!(
        (position.class, position.raw.as_str()),
        (PositionClass::Supported, "Accepted")
    );
    assert_eq!(position.source.as_deref(), Some("UPR Info"));
    let other = &file.recommendations[1];
    assert_eq!((other.row, states(other)), (3, vec!["TTO"]));
    assert_eq!(other.position.as_ref().unwrap().class, PositionClass::Noted);
}

#[test]
fn letters_and_line_ends_are_those_of_the_file() {
    let row = |text: &[u8]| [b"Peru,,,", text, b",Togo,,,Noted,1,,1"].concat();
    let with =
        |end: &str, row: Vec<u8>| [OLD.as_bytes(), end.as_bytes(), &row, end.as_bytes()].concat();
    for (end, text) in [
        ("\r", &b"vis-\x88-vis"[..]),
        ("\n", b"vis-\xE0-vis"),
        ("\r\n", b"vis-\xE0-vis"),
        ("\r\n", "vis-à-vis".as_bytes()),
        ("\r", "vis-à-vis".as_bytes()),
    ] {
        let file = good(&with(end, row(text)));
        assert_eq!(file.rejected, []);
        assert_eq!(file.recommendations[0].text.as_deref(), Some("vis-à-vis"));
    }
    let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let text = format!(
            "\u{feff}{}\r\nPeru\t\t\tvis-à-vis\tTogo\t\t\tNoted\t1\t\t1",
            OLD.replace(',', "\t")
        );
        text.encode_utf16().flat_map(order).collect()
    };
    for bytes in [utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
        let file = good(&bytes);
        assert_eq!(file.format, Format::UprInfo);
        assert_eq!(file.recommendations[0].text.as_deref(), Some("vis-à-vis"));
    }
    assert_eq!(error(b"\xFF\xFET\0o"), "exchange-not-utf16");
}

#[test]
fn the_present_database_is_read() {
    let file = good(
        "Title,Date added,Template,State under Review,Recommending State,Cycle,Session,Response,\
         Action category,Issues,Published\n\
         Ratify it,2023-01-02,Recommendation,Asia-Pacific::Fiji,Norway,Cycle 4,,Supported,\
         Specific action,Labour|HIV - Aids,Published\n\
         Do it,2023-01-02,Recommendation,Fiji,Norway|Togo,,43rd session (May 2023),Not Supported,\
         2 - Continuing action,,Published\n\
         Fiji,2023-01-02,State,,,,,,,,Published\n\
         We promise,2023-01-02,Voluntary Pledge,Fiji,,,43,,,,Published\n"
            .as_bytes(),
    );
    assert_eq!(file.format, Format::UprInfo);
    assert_eq!(file.skipped, 2);
    assert_eq!(file.rejected, []);
    let first = &file.recommendations[0];
    assert_eq!((first.row, first.review.to_string().as_str()), (2, "FJI-4"));
    assert_eq!(
        (first.session, first.text.as_deref()),
        (None, Some("Ratify it"))
    );
    assert_eq!(first.action_category, ActionCategory::new(5));
    assert_eq!(terms(first), ["issue: Labour", "issue: HIV - Aids"]);
    let one = &file.recommendations[1];
    assert_eq!(
        (one.review.to_string().as_str(), one.session),
        ("FJI-4", Some(43))
    );
    assert_eq!(states(one), ["NOR", "TGO"]);
    assert_eq!(one.position.as_ref().unwrap().class, PositionClass::Noted);
    assert_eq!(one.position.as_ref().unwrap().raw, "Not Supported");
    assert_eq!(one.action_category, ActionCategory::new(2));
}

#[test]
fn pledges_are_counted_and_wrong_rows_say_where() {
    let file = good(
        old(&[
            "Fiji,,,We will,Fiji,,,Voluntary Pledge,4,General,7",
            "Fiji,,,Do it,&#40;Unknown&#41;,,,Accepted,4,General,7",
            "Fijy,,,Do it,Togo,,,Accepted,4,General,7",
            "Fiji,,,Do it,Togo,,,Accepted,4,General,77",
            "Fiji,,,Do it,Togo,,,Welcomed,4,General,7",
            "Fiji,,,Do it,Togo,,,Accepted,9,General,7",
            "Fiji,,,,Togo,,,Accepted,4,General,7",
            "Fiji,,,Do it,,,,Accepted,4,General,7",
            "Fiji,,,Do it,Togo",
            "",
            "Fiji,,,Do it,Togo,,,,,,7",
        ])
        .as_bytes(),
    );
    assert_eq!(file.skipped, 1);
    let found: Vec<_> = file
        .rejected
        .iter()
        .map(|one| {
            (
                one.row,
                one.column.as_deref().unwrap_or(""),
                &*one.reason.key,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (3, "From", "exchange-unknown-state"),
            (4, "To", "exchange-unknown-state-nearest"),
            (5, "Session", "exchange-session"),
            (6, "Response", "exchange-unknown-position"),
            (7, "Action", "exchange-action-category"),
            (8, "Text", "exchange-no-text"),
            (9, "From", "exchange-no-state"),
            (10, "", "exchange-ragged"),
        ]
    );
    let plain = &file.recommendations[0];
    assert_eq!(
        (plain.row, &plain.position, plain.action_category),
        (12, &None, None)
    );
}

#[test]
fn a_mended_row_is_read_again() {
    let file = good(old(&["Fiji,,,Do it,Slovkia,,,Accepted,4,General,7"]).as_bytes());
    let wrong = &file.rejected[0];
    let mut cells = wrong.cells.clone();
    for (heading, value) in &mut cells {
        if heading == "From" {
            "Slovakia".clone_into(value);
        }
    }
    let mut taken = Taken::default();
    let options = ReadOptions::default();
    reread(file.format, &options, wrong.row, &cells, &mut taken).unwrap();
    assert_eq!(states(&taken.0[0]), ["SVK"]);
    assert_eq!(taken.0[0].row, 2);
}

#[derive(Default)]
struct Taken(Vec<data::exchange::Incoming>);

impl data::exchange::Sink for Taken {
    fn recommendation(&mut self, one: data::exchange::Incoming) -> Result<(), Stopped> {
        self.0.push(one);
        Ok(())
    }
    fn assessment(&mut self, one: data::exchange::IncomingAssessment) -> Result<(), Stopped> {
        panic!("{one:?}")
    }
    fn rejected(&mut self, one: data::exchange::Rejected) -> Result<(), Stopped> {
        panic!("{one:?}")
    }
    fn skipped(&mut self, kind: &str) -> Result<(), Stopped> {
        panic!("{kind}")
    }
    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}

#[test]
fn the_review_that_a_person_names_is_checked() {
    let bytes = old(&[
        "Fiji,,,Do it,Togo,,,Noted,1,,7",
        "Fiji,,,Do it,Togo,,,Noted,1,,",
    ]);
    let named = ReviewCode::parse("FJI-1");
    let file = read_whole(bytes.as_bytes(), named).unwrap();
    assert_eq!((file.recommendations.len(), file.rejected.len()), (2, 0));
    let file = read_whole(bytes.as_bytes(), ReviewCode::parse("FJI-2")).unwrap();
    assert_eq!(
        &*file.rejected[0].reason.key,
        "exchange-row-of-other-review"
    );
    assert_eq!(file.recommendations[0].row, 3);
}

#[test]
fn a_workbook_of_the_same_table_is_read() {
    let headings: Vec<&str> = OLD.split(',').collect();
    let row = [
        "Fiji", "", "", "Do it", "Togo", "", "", "Noted", "1", "Labour", "7",
    ];
    let file = good(&workbook(&[headings, row.to_vec()]));
    assert_eq!(
        (file.format, file.recommendations.len()),
        (Format::UprInfo, 1)
    );
}
