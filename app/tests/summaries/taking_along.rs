//! What is taken along of a chart: each form is what it says, and each can be cited.

use crate::support::Installation;
use axum::http::StatusCode;
use serde_json::Value;

#[tokio::test]
async fn every_form_is_what_it_says() {
    let here = Installation::at(Some("https://upr.example")).await;
    let actor = data::store::Actor::command_line();
    here.store.load_demonstration(&actor).await.unwrap();
    for chart in ["status", "squares", "issue"] {
        let address =
            |ending: &str| format!("/reviews/XXA-3/charts/{chart}{ending}?position=noted");
        let png = here.get(&address(".png"), None).await;
        assert_eq!(png.content_type, "image/png");
        assert!(png.bytes.starts_with(b"\x89PNG") && png.bytes.len() > 10_000);
        let svg = here.get(&address(".svg"), None).await;
        assert!(svg.content_type.starts_with("image/svg+xml"));
        for refused in ["<script", "style=", "href="] {
            assert!(!svg.body.contains(refused), "{refused}");
        }
        assert!(svg.body.contains("<title id=") && svg.body.contains("<desc id="));
        let permalink = format!(
            "https://upr.example/reviews/XXA-3/charts/{chart}?position=noted&amp;round=mid-term"
        );
        assert!(svg.body.contains(&permalink), "{}", svg.body);
    }
}

#[tokio::test]
async fn citations_name_round_day_hash_and_access() {
    let here = Installation::new().await;
    let record = here
        .store
        .review_record(data::domain::ReviewCode::parse("XXA-3").unwrap())
        .await
        .unwrap();
    let round = &record.round("mid-term").unwrap().round;
    let hash = round.content_hash.clone().unwrap();
    let address = |ending: &str| format!("/reviews/XXA-3/charts/status{ending}");
    let plain = here.page(&address(".txt")).await;
    let bibtex = here.page(&address(".bib")).await;
    let csl: Value = serde_json::from_str(&here.page(&address(".csl.json")).await).unwrap();
    for said in [&plain, &bibtex] {
        assert!(said.contains(&hash), "{said}");
        assert!(said.contains(&round.title), "{said}");
        assert!(
            said.contains(&*round.as_of.as_ref().unwrap().text()),
            "{said}"
        );
        assert!(
            said.contains("/reviews/XXA-3/charts/status?round=mid-term"),
            "{said}"
        );
    }
    assert!(bibtex.contains("urldate = {20") && plain.contains("(accessed 20"));
    assert_eq!(csl[0]["version"], hash);
    assert!(csl[0]["accessed"]["date-parts"][0][0].as_u64().unwrap() >= 2024);
}

#[tokio::test]
async fn what_is_not_there_is_not_there() {
    let here = Installation::new().await;
    for path in [
        "/reviews/XXA-3/charts/nonsense",
        "/reviews/XXA-3/charts/status.exe",
        "/reviews/XXA-3/charts/status.svg?round=nonsense",
        // Open rounds are not for the public.
        "/reviews/XXA-3/charts/status.svg?round=follow-up",
        // No round at all.
        "/reviews/BLR-2/charts/status.svg",
        "/embed/reviews/XXA-3/charts/nonsense",
    ] {
        let answer = here.get(path, None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}
