//! A matrix keeps its rows, their order and their cells: the themes between them, and one recommendation under several.

use crate::files::{MATRIX, document, workbook};
use crate::support::{
    Fresh, REVIEW, actor, code, file, import, incoming, new_run, on_each_database, paragraph,
};
use data::domain::Paragraph;
use data::exchange::{DocumentRowKind, Format, ReadOptions, read};
use data::store::{ImportedRow, NewRun, Removal, Restored, Run, Store, restore};
use std::io::Cursor;

const TREATY: [&str; 4] = [
    "120.1 Ratify the treaty (Norway);\nSource of Position: A/HRC/43/15/Add.1 - Para.3",
    "Supported",
    "- A12 Acceptance of international norms\nSDGs:\n- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS",
    "",
];
const SHELTERS: [&str; 4] = [
    "120.2 Fund shelters & “homes” (Togo) (Mali);",
    "Noted",
    "- F13 Violence against women",
    "Nobody has  funded any.",
];
const UNREADABLE: [&str; 4] = ["120.3 Admit physicians", "Supported", "", ""];

/// The rows of a matrix after its headings: two themes, the first recommendation under both.
fn rows() -> Vec<Vec<&'static str>> {
    vec![
        MATRIX.to_vec(),
        vec!["Theme: Acceptance of international norms"],
        TREATY.to_vec(),
        UNREADABLE.to_vec(),
        vec!["Theme: Violence against women"],
        SHELTERS.to_vec(),
        TREATY.to_vec(),
        vec!["A note of the secretariat"],
    ]
}

const KINDS: [DocumentRowKind; 8] = [
    DocumentRowKind::Headings,
    DocumentRowKind::Theme,
    DocumentRowKind::Recommendation,
    DocumentRowKind::Recommendation,
    DocumentRowKind::Theme,
    DocumentRowKind::Recommendation,
    DocumentRowKind::Recommendation,
    DocumentRowKind::Other,
];

/// The same rows as text, all of them as long as the headings.
fn text(rows: &[Vec<&str>]) -> Vec<u8> {
    let line = |row: &Vec<&str>| {
        let mut row = row.clone();
        row.resize(4, "");
        let cells = row
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        cells.collect::<Vec<_>>().join(",")
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    lines.join("\r\n").into_bytes()
}

async fn stage(store: &Store, bytes: Vec<u8>) -> Run {
    let new = NewRun {
        review: Some(code(REVIEW)),
        ..new_run()
    };
    let options = ReadOptions::of_review(new.review);
    store
        .stage_import(&actor(), &new, move |sink| {
            read(Cursor::new(bytes), &options, sink)
        })
        .await
        .unwrap()
}

async fn kept(store: &Store, run: i64) -> Vec<ImportedRow> {
    store.import_document(run, 0, 1_000).await.unwrap()
}

fn became(rows: &[ImportedRow]) -> Vec<Option<String>> {
    let rows = rows.iter().map(|row| row.recommendation.as_ref());
    rows.map(|one| one.map(|(_, number)| number.to_string()))
        .collect()
}

fn named(numbers: [&str; 8]) -> Vec<Option<String>> {
    let numbers = numbers.into_iter();
    numbers
        .map(|one| (!one.is_empty()).then(|| one.to_owned()))
        .collect()
}

const NUMBERS: [&str; 8] = ["", "", "120.1", "", "", "120.2", "120.1", ""];

#[tokio::test(flavor = "multi_thread")]
async fn a_matrix_gives_its_rows_back_as_they_are_in_the_file() {
    on_each_database(async |database| {
        let store = &database.store;
        let rows = rows();
        let slices: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        for (bytes, kind) in [
            (document(None, &slices), "docx"),
            (workbook(&rows), "xlsx"),
            (text(&rows), "csv"),
        ] {
            let staged = stage(store, bytes).await;
            assert_eq!(staged.format, Some(Format::OhchrMatrix), "{kind}");
            // Before it is applied, nothing has become of the rows.
            assert!(
                became(&kept(store, staged.id).await)
                    .iter()
                    .all(Option::is_none)
            );
            let run = store.apply_import(&actor(), staged.id).await.unwrap();
            store.free_staging().await.unwrap();
            let document = kept(store, run.id).await;
            let cells: Vec<_> = document.iter().map(|row| row.row.cells.clone()).collect();
            let mut expected = rows.clone();
            if kind == "csv" {
                for row in &mut expected {
                    row.resize(4, "");
                }
            }
            if kind == "xlsx" {
                // A workbook does not store empty cells at the end of a row.
                let is_empty = |row: &Vec<&str>| row.last().is_some_and(|cell| cell.is_empty());
                for row in &mut expected {
                    while is_empty(row) {
                        row.pop();
                    }
                }
            }
            assert_eq!(cells, expected, "{kind}");
            let kinds: Vec<_> = document.iter().map(|row| row.row.kind).collect();
            assert_eq!(kinds, KINDS, "{kind}");
            assert_eq!(became(&document), named(NUMBERS), "{kind}");
            let numbers: Vec<u32> = document.iter().map(|row| row.row.row).collect();
            assert_eq!(numbers, (1..=8).collect::<Vec<_>>(), "{kind}");
            assert_eq!(store.import_document_len(run.id).await.unwrap(), 8);
            let some = store.import_document(run.id, 4, 2).await.unwrap();
            assert_eq!(some, document[4..6]);
            assert_eq!(store.check().await.unwrap(), []);
            // Undoing takes the document along; a file that changed nothing can be undone as well.
            store.undo_import(&actor(), run.id).await.unwrap();
            assert_eq!(kept(store, run.id).await, []);
        }
        // A run that is given up keeps nothing, and neither does a file that is no matrix.
        let staged = stage(store, workbook(&rows)).await;
        store.cancel_import(&actor(), staged.id).await.unwrap();
        assert_eq!(kept(store, staged.id).await, []);
        let run = import(store, file(vec![incoming(1)])).await;
        assert_eq!(kept(store, run.id).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matrix_follows_its_recommendations_and_travels_with_a_backup() {
    on_each_database(async |database| {
        let store = &database.store;
        let staged = stage(store, workbook(&rows())).await;
        let run = store.apply_import(&actor(), staged.id).await.unwrap();
        // The final report numbers the same texts differently.
        let renumbered = |number: u32, text: &str, by: &[&str]| {
            let mut one = incoming(number);
            one.paragraph = Some(paragraph(&format!("138.{number}")));
            one.text = Some(text.to_owned());
            one.recommending = crate::support::states(by);
            one.report_symbol = None;
            one
        };
        let report = vec![
            renumbered(1, "Ratify the treaty", &["NOR"]),
            renumbered(2, "Fund shelters & “homes”", &["TGO", "MLI"]),
        ];
        import(store, file(report)).await;
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let present: Vec<&Paragraph> = record
            .recommendations
            .iter()
            .map(|one| &one.paragraph)
            .collect();
        assert_eq!(present, [&paragraph("138.1"), &paragraph("138.2")]);
        let now = ["", "", "138.1", "", "", "138.2", "138.1", ""];
        let document = kept(store, run.id).await;
        assert_eq!(became(&document), named(now));

        let bytes = store.backup(Vec::new()).await.unwrap().1;
        let fresh = Fresh::sqlite();
        let done = restore(&fresh.url, Cursor::new(bytes), false).await;
        assert!(matches!(done, Ok(Restored::Done(_))), "{done:?}");
        let second = Store::open_existing(&fresh.url).await.unwrap();
        assert_eq!(kept(&second, run.id).await, document);
        second.close().await.unwrap();

        // A text that is removed goes out of the document as well.
        let removal = Removal {
            text: "Nobody has  funded any.".to_owned(),
            whole: false,
            reason: "A witness asked for it.".to_owned(),
        };
        let removed = store.redact(&actor(), &removal).await.unwrap();
        assert_eq!(removed.rows["import_document"], 1);
        let document = kept(store, run.id).await;
        assert_eq!(document[5].row.cells[3], "[redacted]");
    })
    .await;
}
