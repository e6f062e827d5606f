//! OHCHR's matrices and thematic lists.

use crate::files::{MATRIX, document, document_of, error, good, states, table_row, terms};
use crate::intake::taken;
use data::domain::{PositionClass, ReviewCode};
use data::exchange::{Format, MappedField, Mapping, ReadOptions, UnreadReason, read_whole};

const TITLE: Option<&str> = Some("UPR of Slovenia (3rd Cycle – 34th Session)  Thematic list");
const TEXT: &str = "121.1 Ratify it (CED) (France) (Lithuania);\n\
                    Source of Position: A/HRC/43/15/Add.1 - Para.3";
const THEMES: &str = "- Enforced disappearances\n- Norms: general; other\nSDGs: \n- 16 - PEACE\n\
                      Affected persons: \n- Women";

#[test]
fn a_row_becomes_a_recommendation() {
    let file = good(&document(
        TITLE,
        &[&MATRIX, &["Theme: Norms"], &[TEXT, "Supported", THEMES, ""]],
    ));
    assert_eq!(file.format, Format::OhchrMatrix);
    assert_eq!(file.rejected, []);
    let one = &file.recommendations[0];
    assert_eq!(one.row, 3);
    assert_eq!(one.review.to_string(), "SVN-3");
    assert_eq!(one.session, Some(34));
    assert_eq!(one.report_symbol.as_deref(), Some("A/HRC/43/15"));
    assert_eq!(one.paragraph.as_ref().unwrap().as_str(), "121.1");
    assert_eq!(one.text.as_deref(), Some("Ratify it (CED)"));
    assert_eq!(states(one), ["FRA", "LTU"]);
    let position = one.position.as_ref().unwrap();
    assert_eq!(
        (position.class, position.raw.as_str()),
        (PositionClass::Supported, "Supported")
    );
    assert_eq!(position.source.as_deref(), Some("A/HRC/43/15/Add.1"));
    assert_eq!(position.source_paragraph.as_deref(), Some("3"));
    assert_eq!(
        terms(one),
        [
            "theme: Enforced disappearances",
            "theme: Norms: general; other",
            "sdg: 16 - PEACE",
            "affected_persons: Women"
        ]
    );
}

#[test]
fn matrices_in_french_and_spanish_are_read() {
    let french = document(
        None,
        &[
            &[
                "Recommandation",
                "Position",
                "Liste complète des thèmes",
                "Évaluation/commentaires sur le niveau de mise en œuvre",
            ],
            &["Thème : Normes"],
            &[
                "121.1 Ratifier le traité (Togo) (Norvège) ;\nSource de la position : A/HRC/43/15/Add.1 - Para.3",
                "Acceptée",
                "- Disparitions\nODD :\n- 16 - PAIX\nPersonnes concernées :\n- Femmes",
                "",
            ],
        ],
    );
    let spanish = document(
        None,
        &[
            &[
                "Recomendación",
                "Posición",
                "Lista completa de temas",
                "ODS",
            ],
            &["Tema: Normas"],
            &[
                "121.1 Ratificar el tratado (Togo) (Noruega);\nFuente de la posición: A/HRC/43/15/Add.1 - Para.3",
                "Aceptada",
                "- Desapariciones",
                "16 - PAZ",
            ],
        ],
    );
    let options = ReadOptions::of_review(ReviewCode::parse("SVN-3"));
    for (table, expected) in [
        (
            french,
            &[
                "theme: Disparitions",
                "sdg: 16 - PAIX",
                "affected_persons: Femmes",
            ][..],
        ),
        (spanish, &["theme: Desapariciones", "sdg: 16 - PAZ"]),
    ] {
        let (format, file) = taken(&table, &options).unwrap();
        assert_eq!(format, Format::OhchrMatrix);
        assert_eq!(file.rejected, []);
        let one = &file.recommendations[0];
        assert_eq!(one.paragraph.as_ref().unwrap().as_str(), "121.1");
        assert_eq!(states(one), ["TGO", "NOR"]);
        assert_eq!(terms(one), expected);
        let position = one.position.as_ref().unwrap();
        assert_eq!(position.class, PositionClass::Supported);
        assert_eq!(position.source.as_deref(), Some("A/HRC/43/15/Add.1"));
        assert_eq!(position.source_paragraph.as_deref(), Some("3"));
    }
}

#[test]
fn the_fourth_cycle_has_its_goals_in_a_column() {
    let file = good(&document(
        Some("UPR of Slovenia (4th Cycle - 48th Session)"),
        &[
            &[
                "Recommendation and recommending State",
                "Position of the State under review",
                "Human rights themes and groups of persons",
                "Relevant SDGs",
            ],
            &[
                "140.7 Do it (Togo);",
                "Noted",
                "- A\nGroups of Persons: \n- Officials",
                "- 1 - NO POVERTY",
            ],
            &["140.8 Do it (Togo);", "", "", ""],
        ],
    ));
    let one = &file.recommendations[0];
    assert_eq!(one.review.to_string(), "SVN-4");
    assert_eq!(
        terms(one),
        [
            "theme: A",
            "affected_persons: Officials",
            "sdg: 1 - NO POVERTY"
        ]
    );
    assert_eq!(file.recommendations[1].position, None);
}

#[test]
fn a_group_row_gives_its_theme_where_the_cell_has_none() {
    let rows: [&[&str]; 4] = [
        &MATRIX,
        &["Theme: Norms"],
        &["1.1 Do it (Togo)", "Noted", "", ""],
        &["A note."],
    ];
    assert_eq!(
        terms(&good(&document(TITLE, &rows)).recommendations[0]),
        ["theme: Norms"]
    );
}

#[test]
fn broken_rows_and_repetitions_are_joined() {
    let rows: [&[&str]; 5] = [
        &MATRIX,
        &["1.1 Do it (Togo)", "Noted", "- A", ""],
        &["", "", "- B", ""],
        &["Theme: C"],
        &["1.1 Do it (Togo)", "Noted", "- C", ""],
    ];
    let file = good(&document(TITLE, &rows));
    assert_eq!(file.recommendations.len(), 1);
    assert_eq!(
        terms(&file.recommendations[0]),
        ["theme: A", "theme: B", "theme: C"]
    );
}

#[test]
fn the_review_comes_from_the_header_the_text_above_or_the_person() {
    let rows: [&[&str]; 2] = [&MATRIX, &["1.1 Do it (Togo)", "Noted", "", ""]];
    assert_eq!(error(&document(None, &rows)), "exchange-name-the-review");
    let named = read_whole(&document(None, &rows), ReviewCode::parse("FJI-2")).unwrap();
    assert_eq!(named.recommendations[0].review.to_string(), "FJI-2");
    let other = read_whole(&document(TITLE, &rows), ReviewCode::parse("FJI-2")).unwrap_err();
    assert_eq!(other.key, "exchange-other-review");
    assert!(read_whole(&document(TITLE, &rows), ReviewCode::parse("SVN-3")).is_ok());
    let table: String = rows.iter().map(|row| table_row(row)).collect();
    let above = format!("<w:p><w:t>UPR of Chad (2nd cycle)</w:t></w:p><w:tbl>{table}</w:tbl>");
    let file = good(&document_of(None, &above));
    assert_eq!(file.recommendations[0].review.to_string(), "TCD-2");
}

#[test]
fn wrong_rows_say_where_and_what() {
    let rows: [&[&str]; 6] = [
        &MATRIX,
        &["1.1 Do it (Slovkia);", "Noted", "", ""],
        &["1.2 Do it (Togo) (Slovkia);", "Noted", "", ""],
        &["1.3 Do it (CRC);", "Noted", "", ""],
        &["Do it (Togo);", "Noted", "", ""],
        &["1.5 Do it (Togo);", "Perhaps", "", ""],
    ];
    let file = good(&document(TITLE, &rows));
    let found: Vec<_> = file
        .rejected
        .iter()
        .map(|one| {
            (
                one.row,
                one.reason.key.as_ref(),
                one.value.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (2, "exchange-unknown-state-nearest", "Slovkia"),
            (3, "exchange-unknown-state-nearest", "Slovkia"),
            (4, found[2].1, "CRC"),
            (5, "exchange-no-paragraph", "Do it (Togo);"),
            (6, "exchange-unknown-position", "Perhaps"),
        ]
    );
}

#[test]
fn a_document_without_the_table_is_an_error() {
    assert_eq!(
        error(&document_of(TITLE, "<w:p/>")),
        "exchange-matrix-no-table"
    );
    assert_eq!(
        error(&document(TITLE, &[&["a", "b"]])),
        "exchange-matrix-no-table"
    );
    assert_eq!(error(&document(TITLE, &[&MATRIX])), "exchange-no-rows");
}

fn around(table: &str) -> Vec<u8> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = [
        paragraph("1.9 was taken back."),
        format!("<w:tbl>{table}</w:tbl>"),
        paragraph("1.8 is done."),
    ];
    document_of(TITLE, &body.concat())
}

#[test]
fn text_around_the_tables_of_a_document_is_named() {
    let named = |bytes: &[u8], options: &ReadOptions| {
        let (_, all) = taken(bytes, options).unwrap();
        assert_eq!(all.recommendations.len(), 1);
        let unread = all.account.rows_unread.into_iter();
        let unread = unread.filter(|one| one.reason == UnreadReason::AroundTables);
        unread.map(|one| one.text).collect::<Vec<_>>()
    };
    let expected = ["1.9 was taken back.", "1.8 is done."];
    let table = table_row(&MATRIX) + &table_row(&["1.1 Do it (Togo)", "Noted", "", ""]);
    assert_eq!(named(&around(&table), &ReadOptions::default()), expected);
    // The same of a table that is read by a mapping.
    let headings = ["Nr", "Wording", "Who"];
    let fields = [
        MappedField::Paragraph,
        MappedField::Text,
        MappedField::RecommendingStates,
    ];
    let mut mapping = Mapping::default();
    for (heading, field) in headings.iter().zip(fields) {
        mapping
            .fields
            .insert((*heading).to_owned(), field.id().to_owned());
    }
    let options = ReadOptions {
        review: ReviewCode::parse("SVN-3"),
        mapping: Some(mapping),
        ..ReadOptions::default()
    };
    let table = table_row(&headings) + &table_row(&["1.1", "Do it", "Togo"]);
    assert_eq!(named(&around(&table), &options), expected);
}

#[test]
fn recommendations_in_one_cell_are_taken_apart_or_rejected() {
    let numbers = |file: &data::exchange::ReadFile| {
        let one = |one: &data::exchange::Incoming| {
            let number = one.paragraph.as_ref().unwrap().to_string();
            (number, one.text.clone().unwrap(), states(one).join(" "))
        };
        file.recommendations.iter().map(one).collect::<Vec<_>>()
    };
    let owned = |number: &str, text: &str, states: &str| {
        (number.to_owned(), text.to_owned(), states.to_owned())
    };
    let expected = [
        owned("1.5", "Dig it", "TCD"),
        owned("1.6", "Fill it", "PER"),
    ];
    for text in [
        "1.5 Dig it (Chad) 1.6 Fill it (Peru)",
        "1.5 Dig it (Chad);\n1.6. Fill it (Peru);",
    ] {
        let file = good(&document(TITLE, &[&MATRIX, &[text, "Noted", "", ""]]));
        assert_eq!(numbers(&file), expected, "{text}");
        assert_eq!(file.rejected, []);
    }
    let csv = |number: &str, text: &str, states: &str| {
        let table = format!(
            "Paragraph,Text,Recommending States,Position\n{number},\"{text}\",{states},Noted\n"
        );
        read_whole(table.as_bytes(), ReviewCode::parse("SVN-3")).unwrap()
    };
    assert_eq!(
        numbers(&csv("1.5", "Dig it (Chad); 1.6 Fill it (Peru)", "")),
        expected
    );
    // Nothing says which answer is to which of them.
    let table = "Paragraph,Text,Recommending States,Position\n\
                 1.5,Dig it (Chad); 1.6 Fill it (Peru),,Supported; Noted\n";
    let file = read_whole(table.as_bytes(), ReviewCode::parse("SVN-3")).unwrap();
    assert_eq!(file.recommendations, []);
    assert_eq!(file.rejected.len(), 1, "{:?}", file.rejected);
    // One has no States of its own, or the column does not say which State made which.
    for (text, column) in [
        ("Dig it; 1.6 Fill it (Peru)", ""),
        ("Dig it (Chad); 1.6 Fill it (Peru)", "Chad; Peru"),
        ("Dig it; 1.6 Fill it", "Chad"),
    ] {
        let file = csv("1.5", text, column);
        assert_eq!(file.recommendations, [], "{text}");
        assert_eq!(
            file.rejected[0].reason.key, "exchange-two-recommendations",
            "{text}"
        );
    }
    let uhri = crate::files::uhri(&[[
        "1.5 Dig it; 1.6 Fill it (Peru)",
        "- Slovenia",
        "- Peru",
        "- Noted",
        "- 34th Session",
    ]]);
    assert_eq!(
        good(&uhri).rejected[0].reason.key,
        "exchange-two-recommendations"
    );
}

#[test]
fn a_position_in_the_cell_of_the_text_and_states_within_it_are_asked_about() {
    for (text, states, key) in [
        (
            "1.5 Fund shelters (Chile); Noted",
            "Chile",
            "exchange-position-in-text",
        ),
        (
            "1.5 Follow (Georgia) model of courts",
            "",
            "exchange-states-within",
        ),
        (
            "1.5 dig it; 1.6 fill it (Peru)",
            "",
            "exchange-two-recommendations",
        ),
        (
            "1.5 копать; 1.6 засыпать (Перу)",
            "",
            "exchange-two-recommendations",
        ),
    ] {
        let mut headings = MATRIX.to_vec();
        headings.push("Recommending States");
        let file = good(&document(TITLE, &[&headings, &[text, "", "", "", states]]));
        assert_eq!(file.recommendations, [], "{text}");
        assert_eq!(file.rejected[0].reason.key, key, "{text}");
    }
    let text = "1.5 Sign (Chile) / ratify (Peru) the Protocol (CRC)1;";
    let file = good(&document(TITLE, &[&MATRIX, &[text, "Noted", "", ""]]));
    assert_eq!(file.recommendations.len(), 1);
}
