//! What a recommendation shows, and to whom.

use crate::lists::{DEMO, assert_harmless, count, public_record};
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::{Confidence, Paragraph, ReviewCode, Role};
use data::store::{Actor, Save};

#[tokio::test]
async fn readers_see_what_is_public() {
    let here = Installation::new().await;
    let analyst = here.sign_in("heron-of-examplia", Role::Analyst).await;
    let save = Save {
        review: ReviewCode::parse("XXA-3").unwrap(),
        round: "follow-up".to_owned(),
        paragraph: Paragraph::parse("138.1").unwrap(),
        version: 0,
        status: "implemented".to_owned(),
        rationale: "A rationale that is not public yet.".to_owned(),
        confidence: Some(Confidence::High),
        cites: Vec::new(),
        evidence: Vec::new(),
    };
    let actor = Actor("heron-of-examplia".to_owned());
    here.store
        .save_assessment(&actor, None, &save)
        .await
        .unwrap();

    let page = format!("{DEMO}/138.1");
    let secret = [
        "follow-up",
        "Follow-up",
        "not public yet",
        "heron-of-examplia",
        "command line",
        "/assess/XXA",
        " UTC",
    ];
    for path in [
        page.as_str(),
        DEMO,
        &format!("{DEMO}.csv"),
        &format!("{DEMO}.json"),
    ] {
        let answer = here.get(path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        for secret in secret {
            assert!(!answer.body.contains(secret), "{path} {secret}");
        }
    }
    let reader = here.get(&page, None).await;
    assert!(reader.body.contains("The recommendation was added."));
    assert!(reader.body.contains("was published and frozen"));
    assert_harmless(&reader);

    let inside = here.get(&page, Some(&analyst)).await;
    for shown in secret {
        let shown = if shown == "/assess/XXA" {
            "/assess/XXA-3/follow-up/138.1"
        } else {
            shown
        };
        assert!(inside.body.contains(shown), "{shown}");
    }
    let open = here
        .get(
            &format!("{DEMO}?round=follow-up&status=implemented"),
            Some(&analyst),
        )
        .await;
    assert_eq!(count(&open), 1);
    assert!(open.body.contains("(open, not published)"));
    let file = here
        .get(&format!("{DEMO}.csv?round=follow-up"), Some(&analyst))
        .await;
    assert!(file.body.contains("A rationale that is not public yet."));
    assert!(!file.body.contains("heron-of-examplia"));
}

#[tokio::test]
async fn a_recommendation_shows_everything_about_it() {
    let here = Installation::new().await;
    let record = public_record(&here).await;
    let round = record.default_round().unwrap();
    for one in record.recommendations.iter().step_by(20) {
        let path = format!("{DEMO}/{}", one.paragraph);
        let answer = here.get(&path, None).await;
        assert_eq!(answer.status, StatusCode::OK);
        let mut shown = vec![one.text.clone().unwrap(), "Current position".to_owned()];
        shown.extend(
            one.recommending
                .iter()
                .map(|state| state.name().replace('\'', "&#x27;")),
        );
        shown.extend(one.terms.iter().map(|term| term.name.clone()));
        shown.push(
            round
                .view(record.review.code, one)
                .status
                .unwrap()
                .1
                .label
                .clone(),
        );
        if let Some(assessment) = round.assessments.get(&one.id) {
            shown.extend(
                assessment
                    .evidence
                    .iter()
                    .map(|evidence| evidence.source.clone()),
            );
        }
        for text in shown {
            let plain = answer.body.replace("&#x27;", "'");
            assert!(
                plain.contains(&text.replace("&#x27;", "'")),
                "{path} {text}"
            );
        }
    }
    // The first cycle has paragraphs with brackets and double stops.
    let code = ReviewCode::parse("BLR-1").unwrap();
    let belarus = here.store.review_record(code).await.unwrap();
    for one in &belarus.recommendations {
        let path = format!("/reviews/BLR-1/recommendations/{}", one.paragraph);
        let answer = here.get(&path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
    assert!(!belarus.recommendations.is_empty());
}
