//! This program's own table, as people bring it.

use crate::files::{error, good, states, terms, workbook};
use data::domain::{ActionCategory, PositionClass, ReviewCode};
use data::exchange::{Format, ReadFile, read_whole};

fn table(rows: &str) -> ReadFile {
    good(format!("review,paragraph,recommending_states,text\n{rows}").as_bytes())
}

#[test]
fn labels_ids_and_separators_are_recognised() {
    for bytes in [
        "\u{feff}Review;Paragraph;Recommending States;Summary;Position\r\n\
         blr-3;138.2;\"Norway; FJI\";Do it;Noted",
        "review\tparagraph\trecommending_states\tsummary\tposition\n\
         BLR-3\t138.2.\t\"Norway\nFJI\"\tDo it\tNoted",
        "summary,position,recommending states,PARAGRAPH,Review,unknown\n\
         Do it,noted,\"- NOR\n- Fiji\",138.2,BLR-3,x\n\n",
    ] {
        let file = good(bytes.as_bytes());
        assert_eq!(file.rejected, [], "{bytes}");
        let one = &file.recommendations[0];
        assert_eq!(file.format, Format::OwnCsv);
        assert_eq!((one.row, one.review.to_string().as_str()), (2, "BLR-3"));
        assert_eq!(one.paragraph.as_ref().unwrap().as_str(), "138.2");
        assert_eq!(states(one), ["NOR", "FJI"]);
        assert_eq!(one.summary.as_deref(), Some("Do it"));
        assert_eq!(one.position.as_ref().unwrap().class, PositionClass::Noted);
    }
}

#[test]
fn every_column_is_read() {
    let file = good(
        "review,paragraph,summary,text,text_language,recommending_states,position,position_source,\
         issues,themes,affected_persons,sdgs,action_category,responsible_bodies\n\
         BLR-1,97.1,Do it,'=text,pt-BR,Fiji,Supported,enjoys support | A/HRC/15/16 | 97 | 2010-05-12,\
         Labour;Migrants,- Children: general; other,Women,1 - NO POVERTY,5 – Specific action,\
         Ministry of Justice; Parliament ;; Ministry of Justice\n"
            .as_bytes(),
    );
    assert_eq!(file.rejected, []);
    let one = &file.recommendations[0];
    assert_eq!(one.text.as_deref(), Some("=text"));
    assert_eq!(one.language.as_deref(), Some("pt-BR"));
    assert_eq!(one.action_category, ActionCategory::new(5));
    assert_eq!(
        one.responsible_bodies,
        ["Ministry of Justice", "Parliament"]
    );
    assert_eq!(
        terms(one),
        [
            "issue: Labour",
            "issue: Migrants",
            "theme: Children: general; other",
            "affected_persons: Women",
            "sdg: 1 - NO POVERTY"
        ]
    );
    let position = one.position.as_ref().unwrap();
    assert_eq!(position.raw, "enjoys support");
    assert_eq!(position.source.as_deref(), Some("A/HRC/15/16"));
    assert_eq!(position.source_paragraph.as_deref(), Some("97"));
    assert_eq!(position.date, Some("2010-05-12".into()));
}

#[test]
fn the_language_of_a_text_is_a_code_or_not_said() {
    let file = good(
        "review,paragraph,recommending_states,text,Language of the text\n\
         BLR-3,1.1,Togo,x,fr\nBLR-3,1.2,Togo,x,\nBLR-3,1.3,Togo,x,French\nBLR-3,1.4,Togo,x,f\n\
         BLR-3,1.5,Togo,x, zh-hant-HK \nBLR-3,1.6,Togo,x,pt_BR\n"
            .as_bytes(),
    );
    let read: Vec<_> = file
        .recommendations
        .iter()
        .map(|one| one.language.as_deref())
        .collect();
    assert_eq!(read, [Some("fr"), None, Some("zh-Hant-HK")]);
    let wrong: Vec<_> = file
        .rejected
        .iter()
        .map(|one| (one.row, one.reason.key.as_ref()))
        .collect();
    let rows: Vec<_> = wrong.iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, [4, 5, 7]);
    assert!(wrong.iter().all(|(_, key)| *key == "exchange-language"));
}

#[test]
fn responsible_bodies_are_few_and_have_short_names() {
    let long = "x".repeat(201);
    let many: Vec<String> = (0..51).map(|number| format!("Body {number}")).collect();
    let file = good(
        format!(
            "review,paragraph,recommending_states,text,Responsible bodies\n\
             BLR-3,1.1,Togo,x,{}\nBLR-3,1.2,Togo,x,{long}\nBLR-3,1.3,Togo,x,{}\n",
            &long[1..],
            many.join(";")
        )
        .as_bytes(),
    );
    let wrong: Vec<_> = file
        .rejected
        .iter()
        .map(|one| (one.row, one.column.as_deref(), one.reason.key.as_ref()))
        .collect();
    let column = Some("Responsible bodies");
    assert_eq!(
        wrong,
        [
            (3, column, "exchange-body-too-long"),
            (4, column, "exchange-values")
        ]
    );
    assert_eq!(file.recommendations[0].responsible_bodies, [&long[1..]]);
}

#[test]
fn wrong_rows_say_where_and_what() {
    let file = table(
        "BLR-3,1.1,Slovkia,x\nBLR-9,1.2,Togo,x\nBLR-3,abc,Togo,x\nBLR-3,1.4,Togo,\n\
         BLR-3,1.5,,x\nBLR-3,1.6,Togo\nBLR-3,1.7,Togo,x,y\nBLR-3,1.8,Togo,x,\n",
    );
    let found: Vec<_> = file
        .rejected
        .iter()
        .map(|one| (one.row, one.reason.key.as_ref()))
        .collect();
    assert_eq!(
        found,
        [
            (2, "exchange-unknown-state-nearest"),
            (3, "exchange-unknown-review"),
            (4, "exchange-paragraph"),
            (5, "exchange-no-text"),
            (6, "exchange-no-state"),
            (7, "exchange-ragged"),
            (8, "exchange-ragged"),
        ]
    );
    assert_eq!(file.recommendations.len(), 1);
}

#[test]
fn the_review_may_come_from_the_person() {
    let bytes = b"paragraph,recommending_states,text\n1.1,Togo,x\n";
    assert_eq!(error(bytes), "exchange-name-the-review");
    let file = read_whole(bytes, ReviewCode::parse("FJI-2")).unwrap();
    assert_eq!(file.recommendations[0].review.to_string(), "FJI-2");
}

#[test]
fn tables_that_are_none_are_errors() {
    let head = "review,paragraph,recommending_states,text\n";
    assert_eq!(error(b""), "exchange-empty");
    assert_eq!(error(b"\xEF\xBB\xBF \n"), "exchange-empty");
    assert_eq!(error(b"To,From,Text\na,b,c"), "exchange-table-headings");
    assert_eq!(error(head.as_bytes()), "exchange-no-rows");
    assert_eq!(error(b"{\"a\": 1}"), "exchange-json-lists");
    assert_eq!(error(b"<html>"), "exchange-web-page");
    assert_eq!(error(b"<note>"), "exchange-unknown-format");
    // Whether PDFs are read at all, the program says that reads them.
    assert!(error(b"%PDF-1.7").starts_with("exchange-pdf"));
    assert_eq!(
        error(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        "exchange-old-office"
    );
    let latin1 = [
        head.as_bytes(),
        b"BLR-3,1.1,Togo,ok\nBLR-3,1.2,Togo,caf\xE9\n",
    ]
    .concat();
    // Saved again by an old program.
    let file = read_whole(&latin1, None).unwrap();
    assert_eq!(file.recommendations[1].text.as_deref(), Some("caf\u{e9}"));
}

#[test]
fn a_workbook_of_the_same_table_is_read() {
    let file = good(&workbook(&[
        ["Review", "Paragraph", "Recommending States", "Text"],
        ["BLR-3", "1.10", "Togo; Fiji", "'=x"],
    ]));
    assert_eq!(file.format, Format::OwnXlsx);
    assert_eq!(file.recommendations[0].text.as_deref(), Some("'=x"));
    assert_eq!(states(&file.recommendations[0]), ["TGO", "FJI"]);
}

#[test]
fn the_labels_of_the_translations_are_those_that_are_read() {
    let labels = include_str!("../../../app/locales/en/columns.ftl");
    let label = |id: &str| {
        let start = format!("column-{id} = ");
        labels
            .lines()
            .find_map(|line| line.strip_prefix(&start))
            .unwrap()
    };
    let row = [
        ("review", "BLR-3"),
        ("paragraph", "1.1"),
        ("summary", "Do it"),
        ("text", "Do it well"),
        ("recommending_states", "Togo"),
        ("position", "Noted"),
        ("position_source", "no | A/HRC/1/2"),
        ("issues", "Labour"),
        ("themes", "A"),
        ("affected_persons", "B"),
        ("sdgs", "C"),
        ("action_category", "3"),
        ("responsible_bodies", "Parliament"),
    ];
    let headings: Vec<_> = row.iter().map(|(id, _)| label(id)).collect();
    let cells: Vec<_> = row.iter().map(|(_, cell)| *cell).collect();
    let file = good(format!("{}\n{}\n", headings.join(","), cells.join(",")).as_bytes());
    assert_eq!(file.rejected, []);
    let one = &file.recommendations[0];
    assert_eq!(one.terms.len(), 4);
    assert_eq!(one.action_category, ActionCategory::new(3));
    assert_eq!(one.responsible_bodies, ["Parliament"]);
    assert_eq!(
        one.position.as_ref().unwrap().source.as_deref(),
        Some("A/HRC/1/2")
    );
    assert!(one.summary.is_some() && one.text.is_some());
}
