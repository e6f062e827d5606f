//! The mark of an open SQLite database: a file without the log that belongs to it is not taken for the
//! whole.

use crate::support::{Fresh, REVIEW, ROUND, actor, code, refusal, save, with_round};
use data::store::{Store, wait_for_closing};
use sea_orm::{ConnectionTrait as _, Database};
use std::path::{Path, PathBuf};

fn log_of(file: &Path) -> PathBuf {
    file.with_extension("db-wal")
}

fn url_of(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// The files as they are now in a folder of their own, as after a copy or a power cut; the log only if
/// that is wanted.
fn copied(fresh: &Fresh, with_log: bool) -> Fresh {
    let copy = Fresh::sqlite();
    std::fs::copy(fresh.path(), copy.path()).unwrap();
    if with_log {
        std::fs::copy(log_of(&fresh.path()), log_of(&copy.path())).unwrap();
    }
    copy
}

async fn opened(fresh: &Fresh) -> Store {
    Store::open(&fresh.url).await.unwrap()
}

async fn refused(fresh: &Fresh) -> String {
    let existing = refusal(Store::open_existing(&fresh.url).await.map(drop));
    assert_eq!(refusal(Store::open(&fresh.url).await.map(drop)), existing);
    assert!(!log_of(&fresh.path()).exists(), "a refusal leaves nothing");
    existing
}

async fn saved(store: &Store) -> usize {
    let record = store.review_record(code(REVIEW)).await.unwrap();
    record.round(ROUND).unwrap().assessments.len()
}

async fn save_one(store: &Store, number: u32) {
    let save = save(number, 0, "in_process", "A law");
    store.save_assessment(&actor(), None, &save).await.unwrap();
}

async fn execute(file: &Path, sql: &str) {
    let database = Database::connect(url_of(file)).await.unwrap();
    database.execute_unprepared(sql).await.unwrap();
    database.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_database_is_not_opened_without_its_log() {
    let fresh = Fresh::sqlite();
    let store = opened(&fresh).await;
    with_round(&store, 3).await;
    save_one(&store, 1).await;
    // A copy of the main file alone.
    let copy = copied(&fresh, false);
    assert_eq!(refused(&copy).await, "database-log-missing");
    // With the log it is what a power cut leaves, and nothing is missing.
    let copy = copied(&fresh, true);
    let again = opened(&copy).await;
    assert_eq!(saved(&again).await, 1);
    again.close().await.unwrap();
    // Closed in good order, the main file is enough.
    let last = copied(&copy, false);
    let again = opened(&last).await;
    assert_eq!(
        (saved(&again).await, again.open_marks().await.unwrap()),
        (1, 0)
    );
    again.close().await.unwrap();
    store.close().await.unwrap();
    assert!(!log_of(&fresh.path()).exists());
    let copy = copied(&fresh, false);
    let again = opened(&copy).await;
    assert_eq!(saved(&again).await, 1);
    assert_eq!(again.check().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_log_is_a_log() {
    let fresh = Fresh::sqlite();
    let store = opened(&fresh).await;
    with_round(&store, 1).await;
    store.watch().await.unwrap();
    // The log of an idle database is emptied; after a power cut it is there and empty.
    let keeping = store.keep_log_short();
    let emptied = async {
        while std::fs::metadata(log_of(&fresh.path())).unwrap().len() > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    let limit = std::time::Duration::from_mins(1);
    tokio::select! {
        () = keeping => unreachable!(),
        emptied = tokio::time::timeout(limit, emptied) => emptied.unwrap(),
    }
    let copy = copied(&fresh, true);
    let again = opened(&copy).await;
    assert_eq!(
        again.revision().await.unwrap(),
        store.revision().await.unwrap()
    );
    // The emptied file alone would be complete, but nobody can know that.
    assert_eq!(
        refused(&copied(&fresh, false)).await,
        "database-log-missing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_of_several_programs_removes_the_mark() {
    let fresh = Fresh::sqlite();
    let (one, other) = (opened(&fresh).await, opened(&fresh).await);
    with_round(&one, 3).await;
    save_one(&other, 1).await;
    // A program that only reads leaves no mark, and takes none away that others need.
    let reader = Store::open_existing(&fresh.url).await.unwrap();
    assert_eq!(reader.open_marks().await.unwrap(), 2);
    reader.close().await.unwrap();
    one.close().await.unwrap();
    save_one(&other, 2).await;
    assert_eq!(other.open_marks().await.unwrap(), 1);
    assert_eq!(
        refused(&copied(&fresh, false)).await,
        "database-log-missing"
    );
    other.close().await.unwrap();
    let copy = copied(&fresh, false);
    let again = opened(&copy).await;
    assert_eq!(
        (saved(&again).await, again.open_marks().await.unwrap()),
        (2, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_of_programs_that_were_killed_go_with_the_next_close() {
    let fresh = Fresh::sqlite();
    let store = opened(&fresh).await;
    with_round(&store, 3).await;
    save_one(&store, 1).await;
    let killed = copied(&fresh, true);
    // Only reading, as `check` does: SQLite removes the log with the last connection.
    let reader = Store::open_existing(&killed.url).await.unwrap();
    assert_eq!(reader.check().await.unwrap(), []);
    reader.close().await.unwrap();
    assert!(!log_of(&killed.path()).exists());
    let again = opened(&killed).await;
    assert_eq!(
        (saved(&again).await, again.open_marks().await.unwrap()),
        (1, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_dropped_closes_its_database() {
    let fresh = Fresh::sqlite();
    let store = opened(&fresh).await;
    with_round(&store, 3).await;
    save_one(&store, 1).await;
    drop(store);
    tokio::task::spawn_blocking(wait_for_closing).await.unwrap();
    assert!(!log_of(&fresh.path()).exists());
    let copy = copied(&fresh, false);
    assert_eq!(saved(&opened(&copy).await).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_sqlite_copied_and_what_is_older_needs_no_log() {
    let fresh = Fresh::sqlite();
    let store = opened(&fresh).await;
    with_round(&store, 3).await;
    save_one(&store, 1).await;
    // A copy that SQLite made is complete, though the mark is in it.
    let copy = Fresh::sqlite();
    let into = format!("VACUUM INTO '{}'", copy.path().display());
    execute(&fresh.path(), &into).await;
    let again = opened(&copy).await;
    assert_eq!(saved(&again).await, 1);
    again.close().await.unwrap();
    store.close().await.unwrap();
    // A database of the version before marks, whose last program was killed after all was moved.
    let old = "PRAGMA journal_mode = WAL; DROP TABLE writer; \
               DELETE FROM seaql_migrations WHERE version = 'm0015_writers'";
    execute(&fresh.path(), old).await;
    assert!(!log_of(&fresh.path()).exists());
    let again = opened(&fresh).await;
    assert_eq!(saved(&again).await, 1);
    assert_eq!(again.check().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_loss_of_a_log_can_be_accepted() {
    let fresh = Fresh::sqlite();
    let store = opened(&fresh).await;
    with_round(&store, 3).await;
    store.watch().await.unwrap();
    save_one(&store, 1).await;
    let copy = copied(&fresh, false);
    assert_eq!(refused(&copy).await, "database-log-missing");
    assert!(Store::accept_missing_log(&copy.url).await.unwrap());
    assert!(!Store::accept_missing_log(&copy.url).await.unwrap());
    let again = opened(&copy).await;
    assert_eq!(again.check().await.unwrap(), []);
    // One that has its log keeps it.
    assert!(!Store::accept_missing_log(&fresh.url).await.unwrap());
    assert_eq!(saved(&store).await, 1);
}
