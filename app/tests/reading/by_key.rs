//! The page of a recommendation, before and after its review is in memory.

use crate::support::Installation;
use data::domain::ReviewCode;
use data::store::Store;

#[tokio::test]
async fn the_page_of_a_recommendation_is_the_same_before_its_review_is_in_memory() {
    let here = Installation::new().await;
    // Asks elsewhere, so that nothing of it is in the memory of the program.
    let url = format!("sqlite://{}", here.file().display());
    let elsewhere = Store::open(&url).await.unwrap();
    let mut seen = 0;
    // The earliest first: the page of a later one reads the earlier reviews that it repeats.
    for review in ["BLR-1", "XXA-1", "XXA-2", "XXA-3"] {
        let code = ReviewCode::parse(review).unwrap();
        let Ok(record) = elsewhere.public_record(code).await else {
            continue;
        };
        let mut cold = Vec::new();
        let paths = record.recommendations.iter().step_by(7);
        for one in paths {
            let path = format!("/reviews/{review}/recommendations/{}", one.paragraph);
            cold.push((here.page(&path).await, path));
        }
        here.store.review_record(code).await.unwrap();
        for (page, path) in cold {
            assert!(page.contains("class=\"neighbours\""), "{path}");
            assert_eq!(here.page(&path).await, page, "{path}");
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen}");
}
