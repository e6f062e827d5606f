//! The page of a round, and the text that its hash is taken of.

use crate::markup::{table, text};
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::{ReviewCode, Role};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

#[tokio::test]
async fn anybody_can_recompute_the_hash() {
    let here = Installation::new().await;
    for (review, slug) in [
        ("BLR-3", "bhc-2023"),
        ("BLR-3", "coalition-later"),
        ("XXA-3", "mid-term"),
    ] {
        let path = format!("/reviews/{review}/rounds/{slug}");
        let answer = here.get(&format!("{path}.txt"), None).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.content_type, "text/plain; charset=utf-8");
        let mut hash = String::new();
        for byte in Sha256::digest(answer.body.as_bytes()) {
            write!(hash, "{byte:02x}").unwrap();
        }
        let code = ReviewCode::parse(review).unwrap();
        let record = here.store.review_record(code).await.unwrap();
        let round = record.round(slug).unwrap();
        assert_eq!(round.round.content_hash.as_deref(), Some(hash.as_str()));
        let page = here.page(&path).await;
        assert!(page.contains(&hash), "{path}");
        assert!(page.contains(&format!("href=\"{path}.txt\"")));
    }
}

#[tokio::test]
async fn a_round_explains_its_scale_and_its_count() {
    let here = Installation::new().await;
    let page = here.page("/reviews/BLR-3/rounds/bhc-2023").await;
    let scale = table(&page, "scale");
    assert_eq!(scale.len(), 6);
    assert_eq!(scale[1][0], "Implemented");
    assert_eq!(scale[1][2..], ["Yes", "1"]);
    assert_eq!(scale[2][2..], ["Yes", "none"]);
    assert_eq!(scale[5][0], "Not assessed");
    assert_eq!(scale[5][2..], ["No", "none"]);
    let said = text(&page);
    assert!(said.contains("266 received = 252 assessed + 14 not assessed"));
    assert!(said.contains("Belarusian Helsinki Committee, 2023, version 1"));
    assert!(said.contains("No note on the method."));
}

#[tokio::test]
async fn open_rounds_are_for_those_who_may_see_them() {
    let here = Installation::new().await;
    let open = "/reviews/XXA-3/rounds/follow-up";
    assert_eq!(here.get(open, None).await.status, StatusCode::NOT_FOUND);
    let cookie = here.sign_in("reader", Role::Reader).await;
    let answer = here.get(open, Some(&cookie)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("Open: not published, still changing"));
    assert!(
        answer
            .body
            .contains("None of 266 recommendations is assessed")
    );
    let bytes = here.get(&format!("{open}.txt"), Some(&cookie)).await;
    assert_eq!(
        bytes.status,
        StatusCode::NOT_FOUND,
        "there is no hash to check yet"
    );
}
