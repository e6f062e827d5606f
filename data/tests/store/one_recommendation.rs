//! A recommendation that is read by its key is what the whole review says of it.

use crate::support::{
    REVIEW, ROUND, actor, code, evidence, file, import, incoming, on_each_database, paragraph,
    save, states, with_round,
};
use data::domain::{Earlier, Recommendation, ReviewCode, ReviewRecord};
use data::store::{Error, Store};
use std::collections::HashSet;

/// What is left of a review where only one of its recommendations is read.
fn reduced_to(one: &Recommendation, review: &ReviewRecord) -> ReviewRecord {
    let mut record = review.clone();
    for other in &mut record.recommendations {
        if other.id != one.id {
            *other = Recommendation {
                id: other.id,
                ..Recommendation::new(other.paragraph.clone())
            };
        }
    }
    record.links.retain(|link| link.recommendation == one.id);
    let mut cited = HashSet::new();
    for round in &mut record.rounds {
        round.assessments.retain(|id, _| *id == one.id);
        round.frozen.retain(|id, _| *id == one.id);
        let assessments = round.assessments.values();
        cited.extend(assessments.flat_map(|one| one.evidence.clone()));
    }
    record
        .evidence
        .retain(|piece| cited.contains(&piece.evidence));
    record
}

/// Compares every recommendation of a review, read by its key by a store that has not read the review.
pub(crate) async fn assert_same_by_key(warm: &Store, cold: &Store, review: ReviewCode) {
    let record = warm.public_record(review).await.unwrap();
    // Of a large review every fifth, which is enough to have all kinds.
    let step = if record.recommendations.len() > 50 {
        5
    } else {
        1
    };
    for one in record.recommendations.iter().step_by(step) {
        let by_key = cold.public_record_of(review, &one.paragraph).await;
        let by_key = by_key.unwrap();
        assert_eq!(
            *by_key,
            reduced_to(one, &record),
            "{review} {}",
            one.paragraph
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recommendation_by_its_key_is_as_in_its_review() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        store.load_demonstration(&actor()).await.unwrap();
        // A published round that counted something else of a recommendation, evidence, links, and work in the open.
        with_round(store, 4).await;
        let mut first = save(1, 0, "implemented", "Because of this.");
        first.evidence = vec![evidence("A law"), evidence("Another")];
        store.save_assessment(&actor(), None, &first).await.unwrap();
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        let mut again = incoming(1);
        again.recommending = states(&["NOR", "TGO"]);
        let mut earlier = incoming(1);
        earlier.review = code("SVN-2");
        earlier.session = Some(20);
        earlier.report_symbol = Some("A/HRC/28/15".to_owned());
        import(store, file(vec![again, earlier])).await;
        for (number, repeats) in [(1, true), (2, false)] {
            let earlier = Earlier {
                review: code("SVN-2"),
                paragraph: paragraph("120.1"),
            };
            let number = paragraph(&format!("120.{number}"));
            store
                .decide_link(&actor(), code(REVIEW), &number, &earlier, Some(repeats))
                .await
                .unwrap();
        }
        let record = store.public_record(code(REVIEW)).await.unwrap();
        assert!(!record.rounds[0].frozen.is_empty() && !record.links.is_empty());
        assert_eq!(record.evidence.len(), 2);

        let cold = database.second_store().await;
        for review in store.reviews().await.unwrap().iter() {
            assert_same_by_key(store, &cold, review.code).await;
        }
        // Of a review that is in memory, all is there; and what is not there is nowhere.
        let one = &record.recommendations[0].paragraph;
        let warm = store.public_record_of(code(REVIEW), one).await.unwrap();
        assert_eq!(warm, record);
        let missing = cold.public_record_of(code("SVN-4"), one).await;
        assert!(matches!(missing, Err(Error::NotFound)));
        let none = paragraph("120.99");
        let whole = cold.public_record_of(code(REVIEW), &none).await.unwrap();
        assert_eq!(whole, record);
    })
    .await;
}
