//! Saves that wait for each other are committed together, and each counts for itself.

use crate::support::{REVIEW, TestDatabase, actor, on_each_database, save, with_round};
use data::store::{Actor, Conflict, Error, Refusal, Save};
use futures_util::future::join_all;
use sea_orm::ConnectionTrait as _;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Makes the database refuse assessments with this rationale.
async fn refuse_rationale(database: &TestDatabase, text: &str) {
    let raw = database.raw().await;
    let sql = match raw.get_database_backend() {
        sea_orm::DbBackend::Sqlite => format!(
            "CREATE TRIGGER refusing BEFORE INSERT ON assessment WHEN NEW.rationale = '{text}' \
             BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"
        ),
        _ => {
            format!("ALTER TABLE assessment ADD CONSTRAINT refusing CHECK (rationale <> '{text}')")
        }
    };
    raw.execute_unprepared(&sql).await.unwrap();
    raw.close().await.unwrap();
}

/// The saves, all asked for before the first is done.
async fn at_once(database: &TestDatabase, saves: &[Save]) -> Vec<Result<i64, Error>> {
    let named = |number: usize| Actor(format!("analyst-{number}"));
    join_all(saves.iter().enumerate().map(async |(number, save)| {
        let actor = named(number);
        database.store.save_assessment(&actor, None, save).await
    }))
    .await
}

/// Time and pseudonym of the entries about a recommendation's assessment.
async fn entries(database: &TestDatabase, number: u32) -> Vec<(i64, String)> {
    let paragraph = format!("120.{number}");
    let history = database.store.history_of(REVIEW, &paragraph);
    let history = history.await.unwrap();
    let about = history.iter().filter(|entry| entry.round.is_some());
    about.map(|entry| (entry.at, entry.actor.clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_save_has_its_own_answer_and_entry() {
    on_each_database(async |database| {
        with_round(&database.store, 40).await;
        let mut saves: Vec<Save> = (1..=40)
            .map(|number| save(number, 0, "implemented", &format!("Reason {number}")))
            .collect();
        // A status that the scale does not have, a recommendation that is not there, an old version.
        saves[10].status = "nonsense".to_owned();
        saves[20] = save(41, 0, "implemented", "");
        saves[30] = save(5, 0, "in_process", "Written over the fifth");
        let answers = at_once(&database, &saves).await;
        for (number, answer) in (1..).zip(&answers) {
            match (number, answer) {
                (11, Err(Error::Refused(Refusal::Assessment(_))))
                | (21, Err(Error::NotFound))
                | (31, Err(Error::Conflict(Conflict::Version(1)))) => {}
                (11 | 21 | 31, other) => panic!("{number}: {other:?}"),
                (_, other) => assert_eq!(other.as_ref().unwrap(), &1, "{number}"),
            }
        }
        let mut times = BTreeSet::new();
        for number in 1..=40 {
            let is_saved = ![11, 21, 31].contains(&number);
            let entries = entries(&database, number).await;
            assert_eq!(entries.len(), usize::from(is_saved), "{number}");
            for (at, actor) in entries {
                assert_eq!(actor, format!("analyst-{}", number - 1));
                times.insert(at);
            }
        }
        // What is committed together has one time. How many batches there are depends on how long each takes.
        assert!(times.len() <= 12, "{times:?}");
        let store = &database.store;
        let (last, _) = store.revision().await.unwrap();
        assert_eq!(store.verify_history().await.unwrap(), Ok(last));
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_that_the_database_refuses_fails_no_other() {
    on_each_database(async |database| {
        with_round(&database.store, 20).await;
        refuse_rationale(&database, "impossible").await;
        let mut saves: Vec<Save> = (1..=20)
            .map(|number| save(number, 0, "implemented", "Possible"))
            .collect();
        saves[7].rationale = "impossible".to_owned();
        saves[12].rationale = "impossible".to_owned();
        for (number, answer) in (1..).zip(at_once(&database, &saves).await) {
            match answer {
                Ok(version) => assert!(version == 1 && ![8, 13].contains(&number), "{number}"),
                Err(Error::Database(_)) => assert!([8, 13].contains(&number), "{number}"),
                Err(other) => panic!("{number}: {other}"),
            }
            let is_saved = usize::from(![8, 13].contains(&number));
            assert_eq!(entries(&database, number).await.len(), is_saved, "{number}");
        }
        let store = &database.store;
        let (last, _) = store.revision().await.unwrap();
        assert_eq!(store.verify_history().await.unwrap(), Ok(last));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn saves_that_are_given_up_take_no_other_with_them() {
    on_each_database(async |database| {
        const SAVES: u32 = 120;
        let store = &database.store;
        with_round(store, SAVES).await;
        let mut tasks = JoinSet::new();
        for number in 1..=SAVES {
            let store = Arc::clone(store);
            tasks.spawn(async move {
                let save = save(number, 0, "implemented", "Done.");
                let actor = actor();
                let saving = store.save_assessment(&actor, None, &save);
                if number % 3 == 0 {
                    // A browser that goes away, sooner or later.
                    let patience = Duration::from_micros(u64::from(number) * 97);
                    let _ = tokio::time::timeout(patience, saving).await;
                    return;
                }
                assert_eq!(saving.await.unwrap(), 1);
            });
        }
        while let Some(ended) = tasks.join_next().await {
            ended.unwrap();
        }
        for number in 1..=SAVES {
            let entries = entries(&database, number).await.len();
            assert!(
                entries == 1 || (number % 3 == 0 && entries == 0),
                "{number}: {entries}"
            );
        }
        let (last, _) = store.revision().await.unwrap();
        assert_eq!(store.verify_history().await.unwrap(), Ok(last));
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn saves_of_a_dropped_request_keep_their_turn() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 3).await;
        // Another program keeps every change of this one waiting.
        let other = database.raw().await;
        let is_sqlite = other.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let (lock, unlock) = if is_sqlite {
            ("BEGIN IMMEDIATE", "ROLLBACK")
        } else {
            let unlock = "SELECT pg_advisory_unlock(1970303604)";
            ("SELECT pg_advisory_lock(1970303604)", unlock)
        };
        other.execute_unprepared(lock).await.unwrap();
        let a_while = || tokio::time::sleep(Duration::from_millis(100));
        let mut asked = Vec::new();
        for (number, rationale) in [(1, "A"), (2, "B"), (3, "Earlier"), (3, "Later")] {
            let store = Arc::clone(store);
            asked.push(tokio::spawn(async move {
                let save = save(number, 0, "implemented", rationale);
                store.save_assessment(&actor(), None, &save).await
            }));
            a_while().await;
        }
        // The first waits alone for the foreign lock, and then the second together with the third.
        for dropped in [0, 1] {
            asked[dropped].abort();
            a_while().await;
        }
        other.execute_unprepared(unlock).await.unwrap();
        other.close().await.unwrap();
        let later = asked.pop().unwrap().await.unwrap();
        let earlier = asked.pop().unwrap().await.unwrap();
        assert_eq!(earlier.unwrap(), 1);
        assert!(
            matches!(later, Err(Error::Conflict(Conflict::Version(1)))),
            "{later:?}"
        );
        for (number, count) in [(1, 0), (2, 0), (3, 1)] {
            assert_eq!(entries(&database, number).await.len(), count, "{number}");
        }
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}
