//! The page of a round, and the text that its hash is taken of.

use crate::markup::{table, text};
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::{Paragraph, ReviewCode, Role};
use data::store::{Actor, Save};
use sha2::{Digest, Sha256};

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
        let hash = hex::encode(Sha256::digest(answer.body.as_bytes()));
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

/// What publishing wrote down because nobody had assessed it is told from what somebody found.
#[tokio::test]
async fn what_nobody_assessed_does_not_pass_for_an_assessment() {
    let here = Installation::new().await;
    let actor = Actor("anna".to_owned());
    let review = ReviewCode::parse("XXA-3").unwrap();
    let save = Save {
        review,
        round: "follow-up".to_owned(),
        paragraph: Paragraph::parse("138.1").unwrap(),
        version: 0,
        status: "not_assessed".to_owned(),
        rationale: String::new(),
        confidence: None,
        cites: Vec::new(),
        evidence: Vec::new(),
    };
    here.store
        .save_assessment(&actor, None, &save)
        .await
        .unwrap();
    // The clock counts milliseconds.
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    here.store
        .publish_round(&actor, review, "follow-up")
        .await
        .unwrap();
    let in_round = async |paragraph: &str| {
        let path = format!("/reviews/XXA-3/recommendations/{paragraph}");
        let page = here.page(&path).await;
        let mut articles = page.split("<article class=\"assessment\">").skip(1);
        let article = articles.find(|article| article.contains("/rounds/follow-up\""));
        text(article.unwrap().split("</article>").next().unwrap())
    };
    let found = in_round("138.1").await;
    assert!(
        found.contains("Assessed on") && !found.contains("Nobody"),
        "{found}"
    );
    let left = in_round("138.2").await;
    assert!(left.contains("Not assessed"), "{left}");
    assert!(
        left.contains("Not assessed before the round was published."),
        "{left}"
    );
    assert!(!left.contains("Assessed on"), "{left}");
    assert_eq!(here.store.check().await.unwrap(), []);
}
