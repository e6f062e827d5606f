//! Names that look like others are refused, whichever they name.

use crate::support::{
    REVIEW, ROUND, actor, code, new_round, on_each_database, refusal, with_round,
};
use data::domain::Scale;
use data::exchange::Mapping;
use data::store::NewRound;

#[tokio::test(flavor = "multi_thread")]
async fn names_hold_nothing_that_nobody_sees() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        for sign in ['\u{202e}', '\u{200b}', '\u{2066}', '\u{feff}'] {
            let odd = format!("Mid{sign}term");
            let rounds = [
                NewRound {
                    title: odd.clone(),
                    ..new_round("second")
                },
                NewRound {
                    organisation: odd.clone(),
                    ..new_round("second")
                },
                NewRound {
                    assessors: vec!["Ours".to_owned(), odd.clone()],
                    ..new_round("second")
                },
            ];
            for round in &rounds {
                let opened = store.open_round(&actor(), code(REVIEW), round).await;
                assert_eq!(refusal(opened), "name-invisible", "{round:?}");
            }
            let record = store.review_record(code(REVIEW)).await.unwrap();
            let there = NewRound::of(&record.round(ROUND).unwrap().round);
            let changed = store
                .change_round(&actor(), code(REVIEW), ROUND, &there.seen(), &rounds[0])
                .await;
            assert_eq!(refusal(changed), "name-invisible");
            let mut scale = Scale::built_in().remove(0);
            scale.name.clone_from(&odd);
            assert_eq!(
                refusal(store.save_scale(&actor(), &scale).await),
                "name-invisible"
            );
            let mut scale = Scale::built_in().remove(0);
            scale.statuses[0].label.clone_from(&odd);
            assert_eq!(
                refusal(store.save_scale(&actor(), &scale).await),
                "name-invisible"
            );
            let saved = store
                .save_mapping(&actor(), &odd, &Mapping::default())
                .await;
            assert_eq!(refusal(saved), "name-invisible");
        }
    })
    .await;
}
