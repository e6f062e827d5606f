//! Many at once: nothing is lost, nothing fails that should not.

use crate::support::{
    REVIEW, ROUND, actor, code, on_each_database, on_each_empty_database, save, with_round,
};
use data::store::{Conflict, Error, Store};
use std::sync::Arc;
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread")]
async fn one_of_sixteen_wins_each_version() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        // Half of them in another process.
        let other = Arc::new(database.second_store().await);
        for version in 0..4 {
            let mut tasks = JoinSet::new();
            for task in 0..16 {
                let store = Arc::clone(if task % 2 == 0 { store } else { &other });
                tasks.spawn(async move {
                    let save = save(1, version, "in_process", &format!("{version} by {task}"));
                    store.save_assessment(&actor(), None, &save).await
                });
            }
            let mut won = 0;
            while let Some(result) = tasks.join_next().await {
                match result.unwrap() {
                    Ok(now) => {
                        assert_eq!(now, version + 1);
                        won += 1;
                    }
                    Err(Error::Conflict(Conflict::Version(now))) => assert_eq!(now, version + 1),
                    Err(other) => panic!("{other}"),
                }
            }
            assert_eq!(won, 1, "version {version}");
        }
        let (last, _) = store.revision().await.unwrap();
        assert_eq!(store.verify_history().await.unwrap(), Ok(last));
        let saves = store.history_of(REVIEW, "120.1").await.unwrap();
        assert_eq!(saves.len(), 5);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn saves_of_different_recommendations_all_succeed() {
    const TASKS: u32 = 16;
    const SAVES: u32 = 20;
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, TASKS * SAVES).await;
        let mut tasks = JoinSet::new();
        for task in 0..TASKS {
            let store = Arc::clone(store);
            tasks.spawn(async move {
                for number in 1..=SAVES {
                    let save = save(task * SAVES + number, 0, "implemented", "Done.");
                    assert_eq!(
                        store.save_assessment(&actor(), None, &save).await.unwrap(),
                        1
                    );
                    if !number.is_multiple_of(5) {
                        continue;
                    }
                    // Readers are never in the way, and see their own writing.
                    let record = store.review_record(code(REVIEW)).await.unwrap();
                    let seen = record
                        .recommendations
                        .iter()
                        .find(|one| one.paragraph == save.paragraph)
                        .unwrap()
                        .id;
                    assert!(record.round(ROUND).unwrap().assessments.contains_key(&seen));
                }
            });
        }
        while let Some(result) = tasks.join_next().await {
            result.unwrap();
        }
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let saved = record.round(ROUND).unwrap().assessments.len();
        assert_eq!(saved, (TASKS * SAVES) as usize);
        let (last, _) = store.revision().await.unwrap();
        assert_eq!(store.verify_history().await.unwrap(), Ok(last));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_see_each_others_changes() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        let other = database.second_store().await;
        let status = async |store: &Store| {
            let record = store.review_record(code(REVIEW)).await.unwrap();
            let round = record.round(ROUND).unwrap();
            let assessment = round.assessments.get(&record.recommendations[0].id);
            assessment.map(|assessment| assessment.status.clone())
        };
        assert_eq!(status(store).await, None);
        assert_eq!(status(&other).await, None);
        let first = save(1, 0, "implemented", "");
        store.save_assessment(&actor(), None, &first).await.unwrap();
        assert_eq!(status(&other).await.as_deref(), Some("implemented"));
        let second = save(1, 1, "in_process", "");
        other
            .save_assessment(&actor(), None, &second)
            .await
            .unwrap();
        assert_eq!(status(store).await.as_deref(), Some("in_process"));
        // The history goes on where the other one left it.
        assert_eq!(
            store.revision().await.unwrap(),
            other.revision().await.unwrap()
        );
        assert!(store.verify_history().await.unwrap().is_ok());
        // Read once, kept while nothing changes.
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let again = store.review_record(code(REVIEW)).await.unwrap();
        assert!(Arc::ptr_eq(&record, &again));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_database_is_opened_by_several_at_once() {
    on_each_empty_database(async |fresh| {
        let mut tasks = JoinSet::new();
        for _ in 0..4 {
            let url = fresh.url.clone();
            tasks.spawn(async move { Store::open(&url).await });
        }
        while let Some(result) = tasks.join_next().await {
            let store = result.unwrap().unwrap();
            assert_eq!(store.scales().await.unwrap().len(), 3);
            store.close().await.unwrap();
        }
    })
    .await;
}
