//! The export of the Universal Human Rights Index.

use crate::files::{UHRI, error, good, states, terms, uhri, workbook};
use data::domain::{PositionClass, ReviewCode};
use data::exchange::{Format, read_whole};

#[test]
fn a_row_becomes_a_recommendation() {
    let file = good(&uhri(&[[
        "138.27. Ratify the Convention&rsquo;s protocol (CEDAW) (Norway) (Fiji);",
        "- Belarus",
        "- Norway\n- Fiji",
        "- Supported/Noted",
        "- 36th Session (November 2020)",
    ]]));
    assert_eq!(file.format, Format::UhriXlsx);
    assert_eq!(file.rejected, []);
    let one = &file.recommendations[0];
    assert_eq!(one.row, 2);
    assert_eq!(one.review.to_string(), "BLR-3");
    assert_eq!(one.session, Some(36));
    assert_eq!(one.report_symbol.as_deref(), Some("A/HRC/46/5"));
    assert_eq!(one.paragraph.as_ref().unwrap().as_str(), "138.27");
    assert_eq!(
        one.text.as_deref(),
        Some("Ratify the Convention’s protocol (CEDAW)")
    );
    assert_eq!(one.language.as_deref(), Some("en"));
    assert_eq!(states(one), ["NOR", "FJI"]);
    let position = one.position.as_ref().unwrap();
    assert_eq!(position.class, PositionClass::PartiallySupported);
    assert_eq!(position.raw, "Supported/Noted");
    assert_eq!(position.source.as_deref(), Some("A/HRC/46/5"));
}

#[test]
fn columns_are_found_wherever_they_stand() {
    let file = good(&workbook(&[
        vec![
            "OHCHR Annotation ID",
            "Themes",
            "countries concerned",
            "SDGs",
            "TEXT",
            "UPR Session",
        ],
        vec![
            "123",
            "- A\n- B\n- A",
            "Fiji",
            "- 16.2 - End abuse",
            "1.2 Do it (Togo)",
            "- 34th Session",
        ],
    ]));
    let one = &file.recommendations[0];
    assert_eq!(one.source_id.as_deref(), Some("123"));
    assert_eq!(
        terms(one),
        ["theme: A", "theme: B", "sdg: 16.2 - End abuse"]
    );
    assert_eq!(states(one), ["TGO"]);
    assert_eq!(one.position, None);
}

#[test]
fn states_of_the_text_and_of_the_column_are_joined() {
    let file = good(&uhri(&[
        [
            "74.4 Ratify (Mexico, Austria) / Sign (Belgium) the CRC (CRC);",
            "- Fiji",
            "- CRC",
            "",
            "- 5th Session",
        ],
        [
            "74.5 Do it (Togo);",
            "- Fiji",
            "- Togo\n- Mali, Chad\n- Turkey - Japan",
            "",
            "- 5th Session",
        ],
    ]));
    assert_eq!(file.rejected, []);
    assert_eq!(states(&file.recommendations[0]), ["MEX", "AUT", "BEL"]);
    assert_eq!(
        states(&file.recommendations[1]),
        ["TGO", "MLI", "TCD", "TUR", "JPN"]
    );
}

#[test]
fn other_mechanisms_are_counted_and_left_out() {
    let mut treaty_body = [""; 16];
    treaty_body[0] = "12. The Committee is concerned";
    treaty_body[1] = "- Fiji";
    treaty_body[2] = "- CEDAW";
    treaty_body[10] = "- Concerns/Observations";
    let mut special = treaty_body;
    special[2] = "- SR Torture";
    special[10] = "- Recommendations";
    let mut recommendation = [""; 16];
    recommendation[0] = "1.2 Do it (Togo)";
    recommendation[1] = "- Fiji";
    recommendation[2] = "- Universal Periodic Review";
    recommendation[10] = "- Recommendations";
    recommendation[12] = "- 34th Session";
    let file = good(&workbook(&[UHRI, treaty_body, special, recommendation]));
    assert_eq!(
        (
            file.skipped,
            file.recommendations.len(),
            file.rejected.len()
        ),
        (2, 1, 0)
    );
}

#[test]
fn wrong_rows_say_where_and_what() {
    let session = "- 34th Session";
    let file = good(&uhri(&[
        ["1.1 Do it (Togo)", "- Fiji\n- Chad", "- Togo", "", session],
        ["1.2 Do it (Slovkia)", "- Fiji", "- Slovkia", "", session],
        ["1.3 Do it (Togo)", "- Slovkia", "- Togo", "", session],
        ["Do it (Togo)", "- Fiji", "- Togo", "", session],
        ["1.5 Do it", "- Fiji", "", "", session],
        ["1.6 Do it (Togo)", "- Fiji", "- Togo", "- Perhaps", session],
        ["1.7 Do it (Togo)", "- Fiji", "- Togo", "", "- 99th Session"],
        ["1.8 (Togo)", "- Fiji", "- Togo", "", session],
    ]));
    assert_eq!(file.recommendations, []);
    let found: Vec<_> = file
        .rejected
        .iter()
        .map(|one| (one.row, one.reason.key.as_ref()))
        .collect();
    assert_eq!(
        found,
        [
            (2, "exchange-countries"),
            (3, "exchange-unknown-state-nearest"),
            (4, "exchange-unknown-state-nearest"),
            (5, "exchange-no-paragraph"),
            (6, "exchange-no-state"),
            (7, "exchange-unknown-position"),
            (8, "exchange-session"),
            (9, "exchange-no-text"),
        ]
    );
    let unknown = &file.rejected[1];
    assert_eq!(unknown.column.as_deref(), Some("UPR Reccomending States"));
    assert_eq!(unknown.value.as_deref(), Some("Slovkia"));
    assert!(
        unknown
            .reason
            .values
            .contains(&("nearest".into(), "Slovakia".to_owned()))
    );
}

#[test]
fn repeated_rows_are_joined_or_refused() {
    let file = good(&uhri(&[
        ["1.1 Do it (Togo)", "- Fiji", "- Togo", "", "- 34th Session"],
        [
            "1.1 Do it (Mali)",
            "- Fiji",
            "- Mali",
            "- Noted",
            "- 34th Session",
        ],
        [
            "1.1 Do that (Chad)",
            "- Fiji",
            "- Chad",
            "",
            "- 34th Session",
        ],
        [
            "1.1 Do that (Chad)",
            "- Fiji",
            "- Chad",
            "",
            "- 20th Session",
        ],
    ]));
    assert_eq!(file.recommendations.len(), 2);
    assert_eq!(states(&file.recommendations[0]), ["TGO", "MLI"]);
    assert_eq!(
        file.recommendations[0].position.as_ref().unwrap().raw,
        "Noted"
    );
    let rejected: Vec<_> = file
        .rejected
        .iter()
        .map(|one| (one.row, one.reason.key.as_ref()))
        .collect();
    assert_eq!(rejected, [(4, "exchange-repeated-text")]);
}

#[test]
fn the_named_review_fills_in_and_checks() {
    let bytes = uhri(&[
        ["1.1 Do it (Togo)", "- Fiji", "- Togo", "", ""],
        ["1.2 Do it (Togo)", "- Chad", "- Togo", "", "- 34th Session"],
    ]);
    let file = read_whole(&bytes, ReviewCode::parse("FJI-3")).unwrap();
    assert_eq!(file.recommendations[0].review.to_string(), "FJI-3");
    assert_eq!(
        file.rejected[0].reason.key.as_ref(),
        "exchange-row-of-other-review"
    );
}

#[test]
fn wrong_headings_are_an_error() {
    assert_eq!(
        error(&workbook(&[["To", "From"], ["a", "b"]])),
        "exchange-sheet-headings"
    );
    assert_eq!(error(&workbook(&[UHRI])), "exchange-no-rows");
}
