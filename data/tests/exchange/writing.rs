//! Files that people take away.

use crate::files::{error, good};
use data::domain::{
    ActionCategory, Assessment, Column, Confidence, Evidence, EvidenceKind, Listed, Paragraph,
    Position, PositionClass, Recommendation, ReviewCode, Scale, Scheme, StateCode, Term,
};
use data::exchange::{About, Extra, Table, Words, write_csv, write_json, write_xlsx};
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;

struct English;

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
        id: 0,
        paragraph: Paragraph::parse(paragraph).unwrap(),
        text: Some(format!("Do {paragraph}")),
        language: None,
        summary: None,
        recommending: vec![state("NOR")],
        action_category: None,
        terms: Vec::new(),
        positions: Vec::new(),
        source_id: None,
    };
    let mut hostile = plain("1.10");
    hostile.text = Some("=cmd|'/c calc'!A0 <script>, \"quoted\"\nnext line; é".to_owned());
    hostile.summary = Some("'=HYPERLINK(\"x\")".to_owned());
    hostile.recommending = ["IRN", "BOL", "TTO", "CIV"].map(state).to_vec();
    hostile.action_category = ActionCategory::new(5);
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
        data_as_of: "2024-01-31".to_owned(),
        notice: Some("Fictitious demonstration data".to_owned()),
        licence: None,
    }
}

/// The files, as CSV, XLSX and JSON.
fn files(recommendations: &[Recommendation]) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let scale = Scale::built_in().remove(0);
    let assessment = Assessment {
        status: "implemented".to_owned(),
        rationale: "@because".to_owned(),
        confidence: Some(Confidence::High),
        evidence: vec![Evidence {
            title: "Law".to_owned(),
            source: "https://example.org/law".to_owned(),
            publisher: Some("Parliament".to_owned()),
            date: Some("2022".to_owned()),
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
    let table = Table {
        about: &about,
        rows: &|take| rows.iter().try_for_each(take),
        count: rows.len(),
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
            assert_eq!(read.terms, written.terms);
            assert_eq!(read.position.as_ref(), written.positions.last());
        }
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
    let end = "permalink,round,filter,counting unit,data as of,notice";
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
    assert!(sheet.contains("<autoFilter ref=\"A1:W6\"/>") && sheet.contains("state=\"frozen\""));
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
    assert_eq!(json["about"]["licence"], serde_json::Value::Null);
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
