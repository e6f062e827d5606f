//! Values as people and programs write them, in every reader: States in seven languages, positions, numbers of
//! paragraphs, brackets, words for nothing, markup.

use crate::files::{UHRI, archive, document, good, states, terms, workbook};
use data::domain::{Message, PositionClass, ReviewCode};
use data::exchange::{
    Format, Incoming, IncomingAssessment, ReadFailure, ReadOptions, Rejected, Sink, Stopped, read,
    survey,
};
use rust_xlsxwriter::{Format as CellFormat, Workbook};
use std::io::Cursor;

#[derive(Default, Debug)]
struct Everything {
    recommendations: Vec<Incoming>,
    rejected: Vec<Rejected>,
    skipped: Vec<String>,
    warnings: Vec<Message>,
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
    fn skipped(&mut self, kind: &str) -> Result<(), Stopped> {
        self.skipped.push(kind.to_owned());
        Ok(())
    }
    fn warning(&mut self, warning: Message) {
        self.warnings.push(warning);
    }
    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}

impl Everything {
    /// The key of what is wrong with each row.
    fn faults(&self) -> Vec<(u32, &str)> {
        let of = |wrong: &Rejected| wrong.row;
        self.rejected
            .iter()
            .map(|one| (of(one), &*one.reason.key))
            .collect()
    }

    /// The paragraph, the text and the States of each recommendation.
    fn taken(&self) -> Vec<(String, String, String)> {
        let all = self.recommendations.iter();
        all.map(|one| {
            (
                one.paragraph
                    .as_ref()
                    .map_or_else(String::new, ToString::to_string),
                one.text.clone().unwrap_or_default(),
                states(one).join(" "),
            )
        })
        .collect()
    }
}

fn read_as(bytes: &[u8], options: &ReadOptions) -> Result<(Format, Everything), ReadFailure> {
    let mut sink = Everything::default();
    let format = read(Cursor::new(bytes), options, &mut sink)?;
    Ok((format, sink))
}

/// Reads a file as what it is, or by the mapping that is guessed.
fn all_of(bytes: &[u8], review: Option<&str>) -> (Format, Everything) {
    let options = ReadOptions::of_review(review.and_then(ReviewCode::parse));
    match read_as(bytes, &options) {
        Ok(read) => read,
        Err(ReadFailure::Refused(refusal)) if refusal.wants_mapping() => {
            let options = ReadOptions {
                mapping: Some(survey(Cursor::new(bytes)).unwrap().guess),
                ..options
            };
            read_as(bytes, &options).unwrap()
        }
        Err(failure) => panic!("{failure:?}"),
    }
}

fn taken(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    let own = |(number, text, states): &(&str, &str, &str)| {
        (
            (*number).to_owned(),
            (*text).to_owned(),
            (*states).to_owned(),
        )
    };
    rows.iter().map(own).collect()
}

const OWN: &str = "Paragraph,Text,Recommending States,Position\n";
const MAPPED: &str = "Para,Wording of the recommendation,Recommended by,Response\n";

#[test]
fn states_are_known_in_seven_languages_in_columns_and_in_texts() {
    let names = [
        "Norvège",
        "Noruega",
        "Норвегия",
        "挪威",
        "النرويج",
        "Нарвегія",
        "NORWAY",
    ];
    for headings in [OWN, MAPPED] {
        let rows: String = (1..)
            .zip(names)
            .map(|(number, name)| format!("5.{number},Do it,{name},\n"))
            .collect();
        let (_, all) = all_of(format!("{headings}{rows}").as_bytes(), Some("TUV-4"));
        assert_eq!(all.faults(), []);
        assert!(all.recommendations.iter().all(|one| states(one) == ["NOR"]));
        assert_eq!(all.recommendations.len(), 7);
    }
    let text = "5.1 Do it (Noruega) (Швеция и Чили) (Czech Rep.);";
    let (_, all) = all_of(
        &document(
            Some("UPR of Tuvalu (4th Cycle – 44th session)"),
            &[
                &["Recommendation", "Position", "Full list of themes"],
                &[text, "Noted", ""],
            ],
        ),
        None,
    );
    assert_eq!(all.taken(), taken(&[("5.1", "Do it", "NOR SWE CHL CZE")]));
}

#[test]
fn texts_and_columns_are_united_or_contradict_each_other_by_one_rule() {
    for headings in [OWN, MAPPED] {
        let table = format!(
            "{headings}\
             5.1,5.1 Do it (Norway) (Sweden);,Sweden,\n\
             5.2,Do it (Chile);,Peru,\n\
             5.3,Do it (Chile) (CRC),Chile; Peru,\n\
             5.4,Do it (Norway) (Swedan),Norway,\n\
             5.5,Do it (Norway) (European Union),Norway,\n\
             5.6,5.7 Do it,Norway,\n\
             5.8,1.5 million people live there. Count them.,Norway,\n\
             5.9,Do it.,Norway,\n\
             5.10,Do it (Atlantis),Norway,\n\
             5.11,Adopt it (Istanbul Convention),Norway,\n"
        );
        let (_, all) = all_of(table.as_bytes(), Some("TUV-4"));
        assert_eq!(
            all.taken(),
            taken(&[
                ("5.1", "Do it", "NOR SWE"),
                ("5.3", "Do it (Chile) (CRC)", "CHL PER"),
                ("5.8", "1.5 million people live there. Count them.", "NOR"),
                ("5.9", "Do it.", "NOR"),
                ("5.11", "Adopt it (Istanbul Convention)", "NOR"),
            ])
        );
        assert_eq!(
            all.faults(),
            [
                (3, "exchange-states-differ"),
                (5, "exchange-unknown-state-nearest"),
                (6, "exchange-no-state-of-review"),
                (7, "exchange-paragraphs-differ"),
                (10, "exchange-unknown-state"),
            ]
        );
    }
    let row = |text: &'static str, column: &'static str| {
        let mut row = [""; 16];
        (row[0], row[1], row[2], row[8]) = (text, "- Tuvalu", "- UPR", column);
        (row[10], row[12]) = ("- Recommendations", "- 44th Session");
        row
    };
    let (_, all) = all_of(
        &workbook(&[
            UHRI,
            row("5.1 Do it (Norway) (Sweden)", "- Sweden"),
            row("5.2 Do it (Chile)", "- Peru"),
            row("5.3 Do it (Norway) (Atlantis)", "- Norway"),
        ]),
        None,
    );
    assert_eq!(all.taken(), taken(&[("5.1", "Do it", "NOR SWE")]));
    assert_eq!(
        all.faults(),
        [(3, "exchange-states-differ"), (4, "exchange-unknown-state")]
    );
}

#[test]
fn upr_info_s_texts_lose_the_states_behind_them() {
    let table = "To,Text,From,Response,Action,Issue,Session\n\
                 Tuvalu,Do it (Togo) (Fiji),Togo,Noted,2,Labour,30\n\
                 Tuvalu,Sign it (Togo); Ratify it (Fiji) at once,Togo,Noted,2,Labour,30\n\
                 Tuvalu,Do it (Chile),Peru,Noted,2,Labour,30\n\
                 Tuvalu,Do it (Togo) (Atlantis),Togo,Noted,2,Labour,30\n";
    let (_, all) = all_of(table.as_bytes(), None);
    assert_eq!(
        all.taken(),
        taken(&[
            ("", "Do it", "TGO FJI"),
            ("", "Sign it (Togo); Ratify it (Fiji) at once", "TGO")
        ])
    );
    let faults = [(4, "exchange-states-differ"), (5, "exchange-unknown-state")];
    assert_eq!(all.faults(), faults);
}

#[test]
fn our_own_files_keep_what_stands_in_their_texts() {
    let table = "Review,Paragraph,Text,Recommending States,Filter,Counting unit\n\
                 TUV-4,5.1,Sign it (Togo); Ratify it (Fiji) &amp; <b>all</b>,Fiji; Mali,,\n";
    let (format, all) = all_of(table.as_bytes(), None);
    assert_eq!(format, Format::OwnCsv);
    let text = "Sign it (Togo); Ratify it (Fiji) &amp; <b>all</b>";
    assert_eq!(all.taken(), taken(&[("5.1", text, "FJI MLI")]));
}

#[test]
fn words_for_nothing_are_nothing_in_every_field() {
    for headings in [OWN, MAPPED] {
        let table = format!(
            "{headings}5.1,Do it (Togo),NA,NULL\n5.2,Do it (Togo),n/a,–\n5.3,NA,Togo,Noted\n"
        );
        let (_, all) = all_of(table.as_bytes(), Some("TUV-4"));
        assert_eq!(
            all.taken(),
            taken(&[("5.1", "Do it", "TGO"), ("5.2", "Do it", "TGO")])
        );
        assert!(all.recommendations.iter().all(|one| one.position.is_none()));
        assert_eq!(all.faults(), [(4, "exchange-no-text")]);
    }
    let row = ["5.1 Do it (Togo)", "N/A", "NA", "NULL"];
    let (_, all) = all_of(
        &document(
            Some("UPR of Tuvalu (4th Cycle – 44th session)"),
            &[&crate::files::MATRIX, &row],
        ),
        None,
    );
    let [one] = &all.recommendations[..] else {
        panic!()
    };
    assert_eq!((&one.position, one.terms.len()), (&None, 0));
    let table = "To,Text,From,Response,Action,Issue,Session\n\
                 Tuvalu,Do it,Togo,NA,NA,NA,30\nTuvalu,Do it,NA,Accepted,2,Labour,30\n";
    let (format, all) = all_of(table.as_bytes(), None);
    assert_eq!(format, Format::UprInfo);
    assert_eq!(all.recommendations.len(), 1);
    assert_eq!(
        (
            &all.recommendations[0].position,
            all.recommendations[0].terms.len()
        ),
        (&None, 0)
    );
    assert_eq!(all.faults(), [(3, "exchange-no-state")]);
}

#[test]
fn markup_and_entities_are_resolved_in_every_reader() {
    let object = "[{\"Text\": \"<p>5.1&nbsp;Do <b>all</b> &amp;amp; more<br/>(Togo)</p>\", \
                  \"Countries\": [\"- Tuvalu\"], \"UprRecommendingCountry\": [\"- Togo\"], \
                  \"UprPositions\": [\"- Noted\"], \"Themes\": [\"- Food &amp; water\"], \
                  \"UprSession\": [\"- 44th Session\"], \"Body\": \"- UPR\"}]";
    let (format, all) = all_of(object.as_bytes(), None);
    assert_eq!(format, Format::UhriJson);
    assert_eq!(all.taken(), taken(&[("5.1", "Do all & more", "TGO")]));
    assert_eq!(
        all.recommendations[0].position.as_ref().unwrap().raw,
        "Noted"
    );
    assert_eq!(terms(&all.recommendations[0]), ["theme: Food & water"]);
    for headings in [OWN, MAPPED] {
        let row = "5.1,<p>Do <i>all</i> if a < b &amp; c</p>,C&ocirc;te d&rsquo;Ivoire,Noted\n";
        let (_, all) = all_of(format!("{headings}{row}").as_bytes(), Some("TUV-4"));
        assert_eq!(all.taken(), taken(&[("5.1", "Do all if a < b & c", "CIV")]));
    }
}

#[test]
fn numbers_of_paragraphs_are_read_or_refused_in_every_table() {
    for headings in [OWN, MAPPED] {
        let forms = [
            "104,1",
            "Para. 104.2",
            "R104.3",
            "104.13 (a)",
            "١٠٤٫٩",
            "104.5.6",
            "10.04.2020",
            "R104.7 P2",
            "104.5-104.7",
        ];
        let rows: String = forms
            .iter()
            .map(|form| format!("\"{form}\",Do it,Togo,\n"))
            .collect();
        let (_, all) = all_of(format!("{headings}{rows}").as_bytes(), Some("TUV-4"));
        let numbers: Vec<_> = all.taken().into_iter().map(|(number, ..)| number).collect();
        assert_eq!(numbers, ["104.1", "104.2", "104.3", "104.13(a)", "104.9"]);
        let refused: Vec<_> = (7..)
            .take(4)
            .map(|row| (row, "exchange-paragraph"))
            .collect();
        assert_eq!(all.faults(), refused);
    }
}

#[test]
fn positions_are_words_and_numbers_are_asked() {
    for headings in [OWN, MAPPED] {
        let rows = "5.1,Do it,Togo,Accepted in part\n5.2,Do it,Togo,Не поддержана\n\
                    5.3,Do it,Togo,Accepted in principle\n5.4,Do it,Togo,2\n5.5,Do it,Togo,Perhaps\n";
        let (_, all) = all_of(format!("{headings}{rows}").as_bytes(), Some("TUV-4"));
        let classes: Vec<_> = all
            .recommendations
            .iter()
            .map(|one| one.position.as_ref().unwrap().class)
            .collect();
        assert_eq!(
            classes,
            [PositionClass::PartiallySupported, PositionClass::Noted]
        );
        assert_eq!(
            all.faults(),
            [
                (4, "exchange-position-in-principle"),
                (5, "exchange-position-number"),
                (6, "exchange-unknown-position")
            ]
        );
    }
    let table = "To,Text,From,Response,Action,Issue,Session\n\
                 Tuvalu,Do it,Togo,Accepted in part,2,Labour,30\n";
    let (_, all) = all_of(table.as_bytes(), None);
    let position = all.recommendations[0].position.as_ref().unwrap();
    // Its own rule.
    assert_eq!(
        (position.class, position.raw.as_str()),
        (PositionClass::Noted, "Accepted in part")
    );
}

/// A workbook whose paragraphs are numbers in this format.
fn numbers(format: Option<&str>, numbers: &[f64]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0..).zip(["Paragraph", "Text", "Recommending States"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, number) in (1..).zip(numbers) {
        match format {
            Some(format) => {
                let format = CellFormat::new().set_num_format(format);
                sheet
                    .write_number_with_format(row, 0, *number, &format)
                    .unwrap();
            }
            None => {
                sheet.write_number(row, 0, *number).unwrap();
            }
        }
        sheet.write_string(row, 1, format!("Do it {row}")).unwrap();
        sheet.write_string(row, 2, "Togo").unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_report_that_lost_a_number_is_not_read_as_one_recommendation() {
    let report = |lines: &str| {
        format!("97. The following recommendations enjoy its support:\n{lines}98. End.\n")
    };
    let lost = "97.1 Ratify the treaty (Norway);\nAbolish the death penalty (Estonia);\n\
                97.3 Train judges (Peru).\n";
    let (_, all) = all_of(report(lost).as_bytes(), Some("TUV-4"));
    assert_eq!(all.faults(), [(2, "exchange-report-second")]);
    assert_eq!(all.recommendations.len(), 1);
    let [warning] = &all.warnings[..] else {
        panic!()
    };
    assert_eq!(warning.key, "exchange-report-gaps");
    assert_eq!(warning.values[0].1, "97.1 – 97.3 (2–4)");
    // Two demands of one paragraph, whose numbers go on.
    let two =
        "97.1 Sign the treaty (Norway);\nRatify the treaty (Estonia);\n97.2 Train judges (Peru).\n";
    let (_, all) = all_of(report(two).as_bytes(), Some("TUV-4"));
    assert_eq!((all.faults(), all.warnings.len()), (vec![], 0));
    assert_eq!(all.recommendations.len(), 2);
    // The last one has nobody behind it who says so.
    let last = "97.1 Ratify the treaty (Norway);\n97.2 Train judges (Peru);\nFree all (Togo).\n";
    let (_, all) = all_of(report(last).as_bytes(), Some("TUV-4"));
    assert_eq!(all.faults(), [(3, "exchange-report-second")]);
}

#[test]
fn numbers_are_read_as_a_spreadsheet_shows_them() {
    let stored = [104.1, 104.11, 104.2];
    let paragraphs = |all: &Everything| -> Vec<String> {
        all.taken().into_iter().map(|(number, ..)| number).collect()
    };
    let (_, all) = all_of(&numbers(Some("0.00"), &stored), Some("TUV-4"));
    assert_eq!(paragraphs(&all), ["104.10", "104.11", "104.20"]);
    assert_eq!(all.warnings, []);
    // Nothing tells whether it was 104.10: its row is named.
    let (_, all) = all_of(&numbers(None, &[104.9, 104.1, 104.11]), Some("TUV-4"));
    assert_eq!(paragraphs(&all), ["104.9", "104.1", "104.11"]);
    let [warning] = &all.warnings[..] else {
        panic!()
    };
    assert_eq!(warning.key, "exchange-zeros-lost");
    assert_eq!(warning.values[0], ("rows".into(), "3".to_owned()));
    // A number that the program turned into a day is no paragraph.
    let (_, all) = all_of(&numbers(Some("d-mmm"), &[43_931.0]), Some("TUV-4"));
    assert_eq!(all.faults(), [(2, "exchange-paragraph")]);
    assert_eq!(all.rejected[0].value.as_deref(), Some("2020-04-10"));
}

#[test]
fn an_open_document_shows_its_numbers() {
    let row = |cells: &[(&str, &str)]| -> String {
        let cells: String = cells
            .iter()
            .map(|(kind, text)| {
                format!("<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>")
            })
            .collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let float = "office:value-type=\"float\" office:value=\"104.1\"";
    let rows = [
        row(&[("", "Paragraph"), ("", "Text"), ("", "Recommending States")]),
        row(&[("", "104.12"), ("", "Do it"), ("", "Togo")]),
        row(&[(float, "104.10"), ("", "Do more"), ("", "Togo")]),
        row(&[(float, "104.1"), ("", "Do most"), ("", "Togo")]),
    ];
    let file = |rows: &[String]| {
        let xml = format!(
            "<office:document-content><office:body><office:spreadsheet><table:table>{}\
             </table:table></office:spreadsheet></office:body></office:document-content>",
            rows.concat()
        );
        archive(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("content.xml", xml.as_bytes()),
        ])
    };
    let (_, all) = all_of(&file(&rows), Some("TUV-4"));
    let numbers: Vec<_> = all.taken().into_iter().map(|(number, ..)| number).collect();
    assert_eq!(numbers, ["104.12", "104.10", "104.1"]);
    assert_eq!(all.warnings, []);
    let without = [rows[0].clone(), rows[1].clone(), rows[3].clone()];
    assert_eq!(all_of(&file(&without), Some("TUV-4")).1.warnings.len(), 1);
}

#[test]
fn recommendation_and_position_alone_are_no_matrix() {
    let table = "State under review,Session,Recommendation,Position,Issue\n\
                 Tuvalu,44,5.1 Do it (Togo),Noted,Labour\nFiji,20,6.1 Do it (Togo),Noted,Labour\n";
    let (format, all) = all_of(table.as_bytes(), None);
    assert_eq!(format, Format::MappedText);
    let reviews: Vec<_> = all
        .recommendations
        .iter()
        .map(|one| one.review.to_string())
        .collect();
    assert_eq!(reviews, ["TUV-4", "FJI-2"]);
    let (_, all) = all_of(table.as_bytes(), Some("TUV-4"));
    assert_eq!(
        (all.recommendations.len(), all.faults()),
        (1, vec![(3, "exchange-row-of-other-review")])
    );
}

#[test]
fn a_row_that_contradicts_the_named_review_is_an_error_in_every_table() {
    for headings in [
        "Paragraph,Text,Recommending States,State under review,Session",
        "Paragraph,Recommendation,Recommending States,State under review,Session,Position,Themes",
    ] {
        let extra = if headings.contains("Themes") {
            ",Noted,Labour"
        } else {
            ""
        };
        let table = format!(
            "{headings}\n5.1,5.1 Do it (Togo),Togo,Tuvalu,44{extra}\n6.1,6.1 Do it (Togo),Togo,Fiji,20{extra}\n\
             6.2,6.2 Do it (Togo),Togo,Atlantis,20{extra}\n"
        );
        let (_, all) = all_of(table.as_bytes(), Some("TUV-4"));
        let keys = [
            (3, "exchange-row-of-other-review"),
            (4, "exchange-unknown-state"),
        ];
        assert_eq!(
            (all.recommendations.len(), all.faults()),
            (1, keys.to_vec()),
            "{headings}"
        );
        let (_, all) = all_of(table.as_bytes(), None);
        let reviews: Vec<_> = all
            .recommendations
            .iter()
            .map(|one| one.review.to_string())
            .collect();
        assert_eq!(reviews, ["TUV-4", "FJI-2"], "{headings}");
    }
}

#[test]
fn upr_info_s_export_of_2018_is_read() {
    let table = "\u{feff}SuR;Rgrp;Org;Recommendation;RS;Rgrp;Org;Response;Action;Issue;Session\n\
                 Tuvalu;Asia;;Do it;Togo;Africa;\"AU, OIF\";Supported;5;\
                 HIV - Aids,National Human Rights Institution,Right to water and sanitation;16\n\
                 Tuvalu;Asia;;Do it;\"Fiji\n\";Asia;;Supported;5;Labour;16\n\
                 Tuvalu;Asia;;Do it;\"&#40;Unknown&#41;\";;;Supported;5;Labour;16\n\
                 Tuvalu;Asia;;Do it;Mali;Africa;;Supported;5;Labour;\n";
    let (format, all) = all_of(table.as_bytes(), None);
    assert_eq!(format, Format::UprInfo);
    assert_eq!(
        all.taken(),
        taken(&[("", "Do it", "TGO"), ("", "Do it", "FJI")])
    );
    assert_eq!(
        terms(&all.recommendations[0]),
        ["issue: HIV - Aids", "issue: NHRI", "issue: Right to water"]
    );
    assert_eq!(
        all.faults(),
        [(4, "exchange-unknown-state"), (5, "exchange-no-session")]
    );
}

#[test]
fn uhri_s_records_are_read_in_other_clothes() {
    let headings = [
        "AnnotationId",
        "Symbol",
        "Body",
        "AnnotationType",
        "Countries",
        "Themes",
        "Text",
    ];
    let (format, all) = all_of(
        &workbook(&[
            headings,
            [
                "a1",
                "A/HRC/56/9",
                "UPR",
                "Recommendations",
                "Tuvalu",
                "Food; Water",
                "5.1 Do it (Togo)",
            ],
            [
                "a2",
                "CEDAW/C/1",
                "CEDAW",
                "Concerns/Observations",
                "Tuvalu",
                "Food",
                "22. Do it",
            ],
        ]),
        Some("TUV-4"),
    );
    assert_eq!(format, Format::UhriXlsx);
    assert_eq!(all.taken(), taken(&[("5.1", "Do it", "TGO")]));
    assert_eq!(
        terms(&all.recommendations[0]),
        ["theme: Food", "theme: Water"]
    );
    assert_eq!(all.skipped, ["CEDAW"]);
    let objects = "[{\"Text\": \"5.1 Do it (Togo)\", \"Countries Concerned\": \"- Tuvalu\", \
                   \"Themes\": \"- Food\\n- Water\", \"UPR Position\": \"- Noted\", \"Year\": 2024, \
                   \"UPR Session\": \"- 44th Session\"}, {\"Text\": \"5.2 Do it (Togo)\", \
                   \"Countries Concerned\": \"- Tuvalu\", \"UPR Reccomending States\": \"- Togo; Fiji\", \
                   \"UPR Session\": \"- 44th Session\"}]";
    let (format, all) = all_of(objects.as_bytes(), None);
    assert_eq!(format, Format::UhriJson);
    assert_eq!(
        all.taken(),
        taken(&[("5.1", "Do it", "TGO"), ("5.2", "Do it", "TGO FJI")])
    );
    assert_eq!(
        terms(&all.recommendations[0]),
        ["theme: Food", "theme: Water"]
    );
}

#[test]
fn a_recommendation_is_not_taken_for_the_headings() {
    let rows = [
        ["Code", "Recommandation", "Mécanisme", "Organe", "Taux %"],
        [
            "R104.1",
            "Ratifier le traité",
            "Examen périodique universel",
            "",
            "100",
        ],
        [
            "R11P4",
            "Enseigner le texte, avec un sous-thème",
            "Organes de traités",
            "Comité du thème",
            "0",
        ],
    ];
    let survey = survey(Cursor::new(&workbook(&rows))).unwrap();
    assert_eq!(survey.heading_row, 1);
    assert_eq!(survey.headings[1], "Recommandation");
}

#[test]
fn a_file_of_other_values_is_read_as_before() {
    let file = good(&workbook(&[
        ["Review", "Paragraph", "Text", "Recommending States"],
        ["TUV-4", "138.2", "Do it", "Togo; Fiji"],
    ]));
    assert_eq!(states(&file.recommendations[0]), ["TGO", "FJI"]);
}
