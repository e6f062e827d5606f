//! Files that people take away.

use crate::files::{error, good};
use crate::intake::taken;
use data::domain::{
    ActionCategory, Assessment, Column, Confidence, Evidence, EvidenceKind, Listed, Paragraph,
    Position, PositionClass, Recommendation, ReviewCode, Scale, Scheme, StateCode, Term,
};
use data::exchange::{About, Extra, ReadOptions, Table, Words, write_csv, write_json, write_xlsx};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

pub(crate) struct English;

impl Words for English {
    fn column(&self, column: Column) -> String {
        match column {
            Column::PositionSource => "Source of position".to_owned(),
            Column::Sdgs => "Sustainable Development Goals".to_owned(),
            other => other.id().replace('_', " "),
        }
    }

    fn extra(&self, extra: Extra) -> String {
        extra.id().replace('_', " ")
    }

    fn position(&self, class: PositionClass) -> Cow<'_, str> {
        class.code().replace('_', " ").into()
    }

    fn action_category(&self, category: ActionCategory) -> Cow<'_, str> {
        format!("{} – action", category.number()).into()
    }

    fn confidence(&self, confidence: Confidence) -> Cow<'_, str> {
        confidence.code().into()
    }

    fn evidence_kind(&self, kind: EvidenceKind) -> Cow<'_, str> {
        kind.code().into()
    }
}

fn recommendations() -> Vec<Recommendation> {
    let state = |code| StateCode::parse(code).unwrap();
    let claim = |class, raw: &str, source: Option<&str>, paragraph: Option<&str>| Position {
        class,
        raw: raw.to_owned(),
        source: source.map(str::to_owned),
        source_paragraph: paragraph.map(str::to_owned),
        date: None,
    };
    let plain = |paragraph: &str| Recommendation {
        text: Some(format!("Do {paragraph}")),
        recommending: vec![state("NOR")],
        ..Recommendation::new(Paragraph::parse(paragraph).unwrap())
    };
    let mut hostile = plain("1.10");
    hostile.text = Some("=cmd|'/c calc'!A0 <script>, \"quoted\"\nnext line; é".to_owned());
    hostile.summary = Some("'=HYPERLINK(\"x\")".to_owned());
    hostile.recommending = ["IRN", "BOL", "TTO", "CIV"].map(state).to_vec();
    hostile.action_category = ActionCategory::new(5);
    hostile.responsible_bodies = vec!["Ministry of Justice".to_owned(), "=Parliament".to_owned()];
    hostile.terms = vec![
        Term::new(Scheme::Issue, "Labour"),
        Term::new(Scheme::Issue, "-dash"),
        Term::new(Scheme::Theme, "Children: definition; general principles"),
        Term::new(Scheme::Sdg, "16 - PEACE, JUSTICE"),
    ];
    hostile.positions = vec![claim(
        PositionClass::PartiallySupported,
        "in part",
        Some("A/HRC/1/2"),
        Some("3"),
    )];
    let mut control = plain("1.3");
    control.text = Some("a_x000D_b".to_owned());
    control.language = Some("fr".to_owned());
    let mut noted = plain("1.2");
    noted.positions = vec![claim(PositionClass::Noted, "A/strange word", None, None)];
    let mut paragraph_only = plain("79(a)");
    paragraph_only.positions = vec![claim(PositionClass::Pending, "later", None, Some("9"))];
    vec![plain("1.1"), noted, hostile, paragraph_only, control]
}

fn about() -> About {
    About {
        title: "Belarus, third cycle".to_owned(),
        filter: "Position: Noted".to_owned(),
        round: Some("Mid-term, 2023".to_owned()),
        unit: "recommendations".to_owned(),
        data_as_of: Some("2023-12-31".to_owned()),
        last_changed_on: "2024-01-31".to_owned(),
        coverage: None,
        notice: Some("Fictitious demonstration data".to_owned()),
        source: "Positions: A/HRC/30/3 (1)".to_owned(),
        licence: "https://upr.example/about/licence".to_owned(),
    }
}

/// The files, as CSV, XLSX and JSON.
pub(crate) fn files(recommendations: &[Recommendation]) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let scale = Scale::built_in().remove(0);
    let assessment = Assessment {
        status: "implemented".to_owned(),
        rationale: "@because".to_owned(),
        confidence: Some(Confidence::High),
        evidence: vec![Evidence {
            title: "Law".to_owned(),
            source: "https://example.org/law".to_owned(),
            publisher: Some("Parliament".to_owned()),
            date: Some("2022".into()),
            kind: EvidenceKind::Primary,
            note: None,
            language: None,
            archived: None,
        }],
        carried_over: None,
        version: 1,
        changed_at: 0,
    };
    let review = ReviewCode::parse("BLR-3").unwrap();
    let rows: Vec<_> = recommendations
        .iter()
        .map(|recommendation| Listed {
            review,
            recommendation,
            assessment: Some(&assessment),
            status: Some((0, &scale.statuses[0])),
        })
        .collect();
    let about = about();
    let permalink = |review: ReviewCode, recommendation: &Recommendation| {
        format!(
            "/reviews/{review}/recommendations/{}",
            recommendation.paragraph
        )
    };
    let columns: Vec<Column> = Column::in_files().collect();
    let table = Table {
        about: &about,
        rows: &|take| rows.iter().try_for_each(take),
        count: rows.len(),
        columns: &columns,
        words: &English,
        permalink: &permalink,
    };
    let (mut csv, mut xlsx, mut json) = (Vec::new(), Vec::new(), Vec::new());
    write_csv(&table, &mut csv).unwrap();
    write_xlsx(&table, &mut xlsx).unwrap();
    write_json(&table, &mut json).unwrap();
    (csv, xlsx, json)
}

#[test]
fn what_is_written_reads_back_the_same() {
    let written = recommendations();
    let (csv, xlsx, json) = files(&written);
    for file in [good(&csv), good(&xlsx), good(&json)] {
        assert_eq!(file.rejected, []);
        assert_eq!(file.recommendations.len(), written.len());
        for (read, written) in file.recommendations.iter().zip(&written) {
            assert_eq!(read.review.to_string(), "BLR-3");
            assert_eq!(read.paragraph.as_ref(), Some(&written.paragraph));
            assert_eq!(read.text, written.text);
            assert_eq!(read.language, written.language);
            assert_eq!(read.summary, written.summary);
            assert_eq!(read.recommending, written.recommending);
            assert_eq!(read.action_category, written.action_category);
            assert_eq!(read.responsible_bodies, written.responsible_bodies);
            assert_eq!(read.terms, written.terms);
            assert_eq!(read.position.as_ref(), written.positions.last());
        }
    }
}

/// A CSV file with other cells under a heading.
fn with_cells(csv: &[u8], heading: &str, cells: &[&str]) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(csv);
    let headings = reader.headers().unwrap().clone();
    let at = headings.iter().position(|one| one == heading).unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings).unwrap();
    for (record, cell) in reader.records().zip(cells) {
        let mut record: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        (*cell).clone_into(&mut record[at]);
        writer.write_record(&record).unwrap();
    }
    writer.into_inner().unwrap()
}

const NAME: &str = "abolish-the-death-penalty-1f3a9b2c4d";

/// One with a number, and one whose source does not number.
fn numbered_and_not() -> [Recommendation; 2] {
    ["120.10", NAME].map(|paragraph| Recommendation {
        text: Some(format!("Do what {paragraph} says")),
        recommending: vec![StateCode::parse("NOR").unwrap()],
        ..Recommendation::new(Paragraph::parse(paragraph).unwrap())
    })
}

fn paragraphs(bytes: &[u8]) -> Vec<String> {
    let file = good(bytes);
    assert_eq!(file.rejected, []);
    let rows = file.recommendations.iter();
    rows.map(|one| one.paragraph.as_ref().unwrap().to_string())
        .collect()
}

#[test]
fn a_recommendation_without_a_number_has_an_empty_paragraph_and_reads_back_by_its_id() {
    let written = numbered_and_not();
    let (csv, xlsx, json) = files(&written);
    let mut table = csv::Reader::from_reader(&csv[3..]);
    let headings = table.headers().unwrap().clone();
    let column = |record: &csv::StringRecord, heading: &str| {
        let at = headings.iter().position(|one| one == heading).unwrap();
        record[at].to_owned()
    };
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    let keys = rows
        .iter()
        .map(|row| [column(row, "paragraph"), column(row, "id")]);
    let keys: Vec<_> = keys.collect();
    assert_eq!(keys, [["120.10", "120.10"], ["", NAME]]);
    let of_json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let second = &of_json["recommendations"][1];
    assert_eq!(second["paragraph"], serde_json::Value::Null);
    assert_eq!(second["id"], NAME);
    for bytes in [&csv, &xlsx, &json] {
        assert_eq!(paragraphs(bytes), ["120.10", NAME]);
    }
    // Written again, each is the same file.
    let again = good(&csv).recommendations.into_iter().zip(&written);
    let again = again.map(|(read, written)| Recommendation {
        paragraph: read.paragraph.unwrap(),
        text: read.text,
        ..written.clone()
    });
    assert!(files(&again.collect::<Vec<_>>()) == (csv, xlsx, json));
}

#[test]
fn a_file_with_the_name_under_paragraph_is_read_as_well() {
    let (csv, _, json) = files(&numbered_and_not());
    // As earlier versions wrote it: the name under Paragraph, and no column of ids.
    let text = String::from_utf8(with_cells(&csv[3..], "paragraph", &["120.10", NAME])).unwrap();
    let text = text.replacen(",id,", ",shelf,", 1);
    assert_eq!(paragraphs(text.as_bytes()), ["120.10", NAME]);
    let json = String::from_utf8(json).unwrap();
    let json = json
        .replace(&format!(",\"id\":\"{NAME}\""), "")
        .replace(",\"id\":\"120.10\"", "")
        .replace("\"paragraph\":null", &format!("\"paragraph\":\"{NAME}\""));
    assert!(!json.contains("\"id\""));
    assert_eq!(paragraphs(json.as_bytes()), ["120.10", NAME]);
}

#[test]
fn an_id_that_contradicts_the_paragraph_is_rejected() {
    let (csv, ..) = files(&numbered_and_not());
    let csv = &csv[3..];
    let reason = |bytes: &[u8]| {
        let file = good(bytes);
        assert_eq!(file.recommendations.len(), 1);
        let wrong = &file.rejected[0];
        (wrong.column.clone().unwrap(), wrong.reason.key.to_string())
    };
    let of = |heading, cells: [&str; 2]| reason(&with_cells(csv, heading, &cells));
    let differs = |column: &str| (column.to_owned(), "exchange-id-differs".to_owned());
    assert_eq!(of("paragraph", ["120.11", ""]), differs("id"));
    // Numbered in a spreadsheet: it could be meant as another one.
    assert_eq!(of("paragraph", ["120.10", "120.11"]), differs("id"));
    assert_eq!(of("id", ["the first", NAME]), differs("id"));
    let unreadable = ("id".to_owned(), "exchange-paragraph".to_owned());
    assert_eq!(of("id", ["120.10", "second"]), unreadable);
    let nothing = ("paragraph".to_owned(), "exchange-paragraph".to_owned());
    assert_eq!(of("id", ["120.10", ""]), nothing);
    // An emptied id is no contradiction.
    let numbered = with_cells(csv, "paragraph", &["120.11", "120.12"]);
    let numbered = with_cells(&numbered, "id", &["", ""]);
    assert_eq!(paragraphs(&numbered), ["120.11", "120.12"]);
}

#[test]
fn an_id_in_somebody_else_s_table_names_nothing_and_is_named_as_not_read() {
    let bytes = b"Id,Review,Paragraph,Recommending States,Text\n17,BLR-3,120.10,Norway,Do it\n\
                  18,BLR-3,,Norway,Do that\n";
    let file = good(bytes);
    let read = file.recommendations[0].paragraph.as_ref().unwrap();
    assert_eq!(read.as_str(), "120.10");
    let wrong = &file.rejected[0];
    assert_eq!(wrong.reason.key, "exchange-paragraph");
    let (_, intake) = taken(bytes, &ReadOptions::default()).unwrap();
    assert_eq!(intake.account.columns_unread, ["Id"]);
}

#[test]
fn the_bytes_of_files_stay_as_they_are() {
    let (csv, _, json) = files(&recommendations());
    let golden = [
        (
            "written.csv",
            csv,
            &include_bytes!("golden/written.csv")[..],
        ),
        (
            "written.json",
            json,
            &include_bytes!("golden/written.json")[..],
        ),
    ];
    for (name, written, golden) in golden {
        assert_eq!(
            String::from_utf8_lossy(&written),
            String::from_utf8_lossy(golden),
            "{name}"
        );
    }
}

/// The widths of a sheet's columns by their headings.
fn widths(xlsx: &[u8]) -> HashMap<String, f64> {
    let attribute = |element: &str, name: &str| -> f64 {
        let (_, rest) = element.split_once(&format!("{name}=\"")).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let sheet = part(xlsx, "xl/worksheets/sheet1.xml");
    let columns: Vec<(f64, f64, f64)> = sheet
        .split("<col ")
        .skip(1)
        .map(|column| ["min", "max", "width"].map(|name| attribute(column, name)))
        .map(|[min, max, width]| (min, max, width))
        .collect();
    // The headings are the first strings of the workbook.
    let strings = part(xlsx, "xl/sharedStrings.xml");
    let headings = strings
        .split("<t>")
        .skip(1)
        .map(|text| text.split("</t>").next().unwrap());
    let numbered = (1_u32..).map(f64::from).zip(headings);
    numbered
        .filter_map(|(number, heading)| {
            let width = columns
                .iter()
                .find(|(min, max, _)| (*min..=*max).contains(&number))?
                .2;
            Some((heading.to_owned(), width))
        })
        .collect()
}

#[test]
fn a_workbook_s_texts_have_room() {
    let (_, xlsx, _) = files(&recommendations());
    let widths = widths(&xlsx);
    // A workbook stores a width with the cell's margins.
    let width = |heading: &str| widths[heading].floor().to_string();
    let expected = [
        ("review", 11),
        ("paragraph", 11),
        ("summary", 50),
        ("text", 70),
        ("text language", 11),
        ("recommending states", 36),
        ("position", 22),
        ("responsible bodies", 36),
        ("rationale", 36),
        ("confidence", 22),
        ("evidence", 22),
        ("permalink", 22),
        ("notice", 22),
    ];
    for (heading, expected) in expected {
        assert_eq!(width(heading), expected.to_string(), "{heading}");
    }
}

#[test]
fn a_csv_has_its_header_first_and_no_formula() {
    let (csv, ..) = files(&recommendations());
    let text = std::str::from_utf8(&csv)
        .unwrap()
        .strip_prefix('\u{feff}')
        .unwrap();
    let header = text.lines().next().unwrap();
    assert!(
        header.starts_with(
            "review,paragraph,summary,text,text language,recommending states,position,"
        )
    );
    let end =
        "evidence,id,texts,permalink,round,filter,counting unit,data as of,last changed on,notice";
    assert!(header.ends_with(end), "{header}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for record in reader.records() {
        for field in &record.unwrap() {
            assert!(
                !field.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{field}"
            );
        }
    }
    assert!(text.contains("/reviews/BLR-3/recommendations/1.10,\"Mid-term, 2023\","));
    assert!(text.contains("'@because"));
}

fn part(xlsx: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(xlsx)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn a_workbook_holds_strings_only_and_names_nobody() {
    let (_, xlsx, _) = files(&recommendations());
    let sheet = part(&xlsx, "xl/worksheets/sheet1.xml");
    assert!(
        !sheet.contains("<f>") && !sheet.contains("<hyperlink"),
        "{sheet}"
    );
    assert!(sheet.contains("<autoFilter ref=\"A1:AA6\"/>") && sheet.contains("state=\"frozen\""));
    let core = part(&xlsx, "docProps/core.xml");
    assert!(core.contains("<dc:creator></dc:creator>"), "{core}");
    assert!(
        core.contains("<cp:lastModifiedBy></cp:lastModifiedBy>"),
        "{core}"
    );
    assert!(
        core.contains("2000-01-01T00:00:00Z") && !core.contains("202"),
        "{core}"
    );
    let about = part(&xlsx, "xl/sharedStrings.xml");
    assert!(about.contains("Fictitious demonstration data") && about.contains("Position: Noted"));
    let mut zip = ZipArchive::new(Cursor::new(&xlsx)).unwrap();
    for index in 0..zip.len() {
        let modified = zip.by_index(index).unwrap().last_modified().unwrap();
        assert_eq!(modified.year(), 1980);
    }
}

#[test]
fn json_has_codes_and_labels() {
    let (.., json) = files(&recommendations());
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["about"]["notice"], "Fictitious demonstration data");
    assert_eq!(json["about"]["source"], "Positions: A/HRC/30/3 (1)");
    assert_eq!(
        json["about"]["licence"],
        "https://upr.example/about/licence"
    );
    let one = &json["recommendations"][2];
    assert_eq!(one["review"], "BLR-3");
    assert_eq!(one["position"]["code"], "partially_supported");
    assert_eq!(one["position"]["label"], "partially supported");
    assert_eq!(one["recommending_states"][2]["code"], "TTO");
    assert_eq!(one["recommending_states"][2]["name"], "Trinidad and Tobago");
    assert_eq!(one["themes"][0], "Children: definition; general principles");
    assert_eq!(one["action_category"]["number"], 5);
    assert_eq!(one["evidence"][0]["kind"]["code"], "primary");
    assert_eq!(one["permalink"], "/reviews/BLR-3/recommendations/1.10");
    assert_eq!(
        json["recommendations"][0]["summary"],
        serde_json::Value::Null
    );
}

#[test]
fn equal_rows_give_equal_bytes() {
    let one = files(&recommendations());
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(one == files(&recommendations()));
}

#[test]
fn no_rows_still_give_files() {
    let (csv, xlsx, json) = files(&[]);
    // It says what it is of, and is a table to everybody: a header and a row as long.
    let mut table = csv::Reader::from_reader(&csv[..]);
    let headings = table.headers().unwrap().clone();
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    let said: Vec<(&str, &str)> = headings
        .iter()
        .zip(&rows[0])
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let names: Vec<&str> = said.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names[..4],
        ["round", "filter", "counting unit", "data as of"]
    );
    // Our own reader takes no row of it, and rejects none.
    assert_eq!(error(&csv), "exchange-no-rows");
    assert!(part(&xlsx, "xl/worksheets/sheet1.xml").contains("autoFilter"));
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["recommendations"], serde_json::json!([]));
}

#[test]
fn a_workbook_stays_readable_whatever_is_in_it() {
    let mut recommendations = recommendations();
    recommendations[0].text = Some("a\u{1}\u{b}b".to_owned());
    recommendations[1].text = Some("é".repeat(40_000));
    let (_, xlsx, _) = files(&recommendations);
    let read = good(&xlsx).recommendations;
    assert_eq!(read[0].text.as_deref(), Some("ab"));
    let long = read[1].text.as_deref().unwrap();
    assert_eq!(long.chars().count(), 32_767);
    assert!(long.ends_with('…'));
}
