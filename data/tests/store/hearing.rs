//! What a program hears of other programs' commits.

use crate::support::{TestDatabase, actor, on_each_database, save, with_round};
use data::store::Store;
use sea_orm::ConnectionTrait;
use sea_orm::sqlx::postgres::PgListener;
use std::time::Duration;

/// Long enough for any machine; what is waited for takes a moment.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until readers get what was written last.
async fn until_heard(database: &TestDatabase, hearing: &Store) {
    let last = database.store.revision().await.unwrap();
    let heard = async {
        while hearing.revision_heard().await.unwrap() != last {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, heard).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_get_what_any_program_wrote_also_after_the_connection_broke() {
    on_each_database(async |database| {
        let hearing = database.second_store().await;
        hearing.watch().await.unwrap();
        with_round(&database.store, 3).await;
        for version in 0..10 {
            let save = save(2, version, "in_process", &format!("{version}"));
            let saved = database.store.save_assessment(&actor(), None, &save).await;
            saved.unwrap();
            until_heard(&database, &hearing).await;
            if version == 5 && database.url().starts_with("postgres") {
                let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                              WHERE datname = current_database() AND pid <> pg_backend_pid()";
                database.tamper(others).await;
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_is_announced_to_the_other_programs() {
    on_each_database(async |database| {
        if !database.url().starts_with("postgres") {
            return;
        }
        let mut listener = PgListener::connect(database.url()).await.unwrap();
        listener.listen("upr_tracker_history").await.unwrap();
        with_round(&database.store, 3).await;
        // What putting it there announced comes before.
        while tokio::time::timeout(Duration::from_millis(500), listener.recv())
            .await
            .is_ok()
        {}
        let save = save(2, 0, "in_process", "");
        let saved = database.store.save_assessment(&actor(), None, &save).await;
        saved.unwrap();
        let told = tokio::time::timeout(PATIENCE, listener.recv()).await;
        told.unwrap().unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_heard_does_not_ask() {
    on_each_database(async |database| {
        if !database.url().starts_with("postgres") {
            return;
        }
        let hearing = database.second_store().await;
        hearing.watch().await.unwrap();
        with_round(&database.store, 3).await;
        let last = database.store.revision().await.unwrap();
        let raw = database.raw().await;
        let without_asking = async || {
            until_heard(&database, &hearing).await;
            // Who asks now waits.
            let lock = "BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE";
            raw.execute_unprepared(lock).await.unwrap();
            let heard = hearing.revision_heard();
            let heard = tokio::time::timeout(Duration::from_millis(200), heard).await;
            raw.execute_unprepared("ROLLBACK").await.unwrap();
            heard.is_ok_and(|heard| heard.unwrap() == last)
        };
        // It begins to listen when it comes to that.
        let trying = async {
            while !without_asking().await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, trying).await.unwrap();
    })
    .await;
}
