//! Whoever changes the history is found out.

use crate::support::{TestDatabase, actor, on_each_database, save, with_round};
use data::store::BrokenAt;

/// Alters with one statement, looks, and puts everything back with another.
async fn breaks_at(database: &TestDatabase, alter: &str, restore: &str) -> Option<i64> {
    assert!(database.tamper(alter).await > 0, "{alter}");
    let verified = database.store.verify_history().await.unwrap();
    database.tamper(restore).await;
    assert!(
        database.store.verify_history().await.unwrap().is_ok(),
        "{restore}"
    );
    verified.err().map(|BrokenAt { id }| id)
}

async fn with_events(database: &TestDatabase) -> i64 {
    let store = &database.store;
    with_round(store, 3).await;
    for version in 0..3 {
        let save = save(2, version, "in_process", &format!("{version}"));
        store.save_assessment(&actor(), None, &save).await.unwrap();
    }
    store.revision().await.unwrap().0
}

/// Told without a query whether anybody has written: each number is the one that was written last,
/// whoever wrote it.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_sees_every_commit() {
    on_each_database(async |database| {
        let watching = database.second_store().await;
        watching.watch().await.unwrap();
        let mut last = watching.revision().await.unwrap();
        with_round(&database.store, 3).await;
        for version in 0..30 {
            let save = save(2, version, "in_process", &format!("{version}"));
            let writer = if version % 2 == 0 {
                &database.store
            } else {
                &watching
            };
            let writer: &data::store::Store = writer;
            writer.save_assessment(&actor(), None, &save).await.unwrap();
            let now = watching.revision().await.unwrap();
            assert_eq!(now, database.store.revision().await.unwrap());
            assert!(now.0 > last.0);
            assert_eq!(watching.revision().await.unwrap(), now);
            last = now;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_is_covered() {
    on_each_database(async |database| {
        let last = with_events(&database).await;
        database
            .tamper("CREATE TABLE kept AS SELECT * FROM event")
            .await;
        let columns = [
            ("at", "at + 1"),
            ("actor", "'somebody else'"),
            ("kind", "kind || ' '"),
            ("review", "NULL"),
            ("round", "NULL"),
            ("paragraph", "'120.3'"),
            ("before", "''"),
            ("after", "REPLACE(after, 'in_process', 'implemented')"),
            ("hash", "UPPER(hash)"),
            ("hash", "''"),
        ];
        for id in [last - 1, last] {
            for (column, value) in columns {
                let alter = format!("UPDATE event SET {column} = {value} WHERE id = {id}");
                let restore = format!(
                    "UPDATE event SET {column} = (SELECT {column} FROM kept WHERE id = {id}) \
                     WHERE id = {id}"
                );
                let broken = breaks_at(&database, &alter, &restore).await;
                assert_eq!(broken, Some(id), "{alter}");
            }
        }
        // Nothing and an empty text are told apart.
        let none = "SELECT CAST(id AS TEXT) FROM event WHERE review IS NULL";
        let id = database.texts(none).await[0].clone();
        let alter = format!("UPDATE event SET review = '' WHERE id = {id}");
        let restore = format!("UPDATE event SET review = NULL WHERE id = {id}");
        let broken = breaks_at(&database, &alter, &restore).await;
        assert_eq!(broken.map(|id| id.to_string()), Some(id));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_swapped_and_forged_entries_are_found() {
    on_each_database(async |database| {
        let last = with_events(&database).await;
        database
            .tamper("CREATE TABLE kept AS SELECT * FROM event")
            .await;
        for id in [1, 2, last - 1] {
            let alter = format!("DELETE FROM event WHERE id = {id}");
            let restore = format!("INSERT INTO event SELECT * FROM kept WHERE id = {id}");
            assert_eq!(breaks_at(&database, &alter, &restore).await, Some(id));
        }
        // Closing the gap does not help.
        let alter = format!("DELETE FROM event WHERE id = {last}; UPDATE event SET id = 0 WHERE id = 1");
        let restore = format!(
            "UPDATE event SET id = 1 WHERE id = 0; INSERT INTO event SELECT * FROM kept WHERE id = {last}"
        );
        assert_eq!(breaks_at(&database, &alter, &restore).await, Some(1));
        let swap = "UPDATE event SET id = -2 WHERE id = 2; UPDATE event SET id = 2 WHERE id = 3; \
                    UPDATE event SET id = 3 WHERE id = -2";
        assert_eq!(breaks_at(&database, swap, swap).await, Some(2));
        let forge = format!(
            "INSERT INTO event SELECT id + 1, at, actor, kind, review, round, paragraph, before, after, \
             hash, format, seed, salts FROM event WHERE id = {last}"
        );
        let restore = format!("DELETE FROM event WHERE id = {}", last + 1);
        assert_eq!(breaks_at(&database, &forge, &restore).await, Some(last + 1));
        // An entry before the first.
        let forge = "INSERT INTO event SELECT 0, at, actor, kind, review, round, paragraph, before, \
                     after, hash, format, seed, salts FROM event WHERE id = 1";
        let broken = breaks_at(&database, forge, "DELETE FROM event WHERE id = 0").await;
        assert_eq!(broken, Some(1));
    })
    .await;
}
