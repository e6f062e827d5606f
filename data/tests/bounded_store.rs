//! What a file costs in memory that speaks of one review only, from its reader to its plan: alone in its
//! process, and one test, so that nothing else is counted.

#![cfg(all(feature = "store", target_os = "linux"))]
#![allow(clippy::unwrap_used)]

use data::domain::{Paragraph, ReviewCode, StateCode};
use data::exchange::{Format, Incoming, Sink};
use data::store::{Actor, NewRun, Store};

/// The most memory that the process may ever have had, in KiB.
const BOUND: u64 = 300 << 10;
/// Rows of the file: with their texts some 240 MiB.
const ROWS: u32 = 30_000;

/// The most memory that the process has had so far, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_one_review_is_staged_and_planned_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite://{}/one.sqlite?mode=rwc", folder.path().display());
    let store = Store::open(&address).await.unwrap();
    let source = |sink: &mut dyn Sink| {
        let headings = ["Paragraph".to_owned(), "Text".to_owned()];
        for row in 1..=ROWS {
            let text = format!("Do thing {row} {}", "of many words ".repeat(300));
            sink.row(&headings, &[format!("1.{row}"), text.clone()]);
            sink.recommendation(Incoming {
                paragraph: Paragraph::parse(&format!("1.{row}")).ok(),
                text: Some(text),
                recommending: vec![StateCode::parse("TGO").unwrap()],
                ..Incoming::new(row, ReviewCode::parse("SVN-3").unwrap())
            })?;
        }
        Ok(Format::OwnCsv)
    };
    let new = NewRun {
        file_name: "one.csv".to_owned(),
        ..NewRun::default()
    };
    let run = store
        .stage_import(&Actor::command_line(), &new, source)
        .await;
    let run = run.unwrap();
    let summary = run.summary;
    assert!(
        summary.created > 1_000 && summary.created <= 5_000,
        "{summary:?}"
    );
    assert_eq!(summary.created + summary.rejected, ROWS as usize);
    store
        .cancel_import(&Actor::command_line(), run.id)
        .await
        .unwrap();
    store.close().await.unwrap();
    let peak = peak();
    println!("{} MiB", peak >> 10);
    assert!(peak < BOUND, "{} MiB", peak >> 10);
}
