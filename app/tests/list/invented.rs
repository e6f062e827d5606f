//! The invented State is in no total over States that exist; its own pages work, and alone it is everything.

use crate::lists::between;
use crate::support::Installation;
use axum::http::StatusCode;

const WITHOUT: &str = "Without Examplia, an invented State.";

#[tokio::test]
async fn totals_over_real_states_leave_it_out() {
    let here = Installation::new().await;
    for page in [
        "/recommendations",
        "/world",
        "/recommending",
        "/recommending/NOR",
        "/subjects/issue",
        "/subjects/issue/Labour",
        "/summary",
        "/charts/state",
        "/charts/answers-cycle",
    ] {
        let body = here.page(page).await;
        assert!(body.contains(WITHOUT), "{page}");
        let main = body.split("<main").nth(1).unwrap();
        // It can be chosen, but it is counted nowhere.
        let counted = between(main, "<td", "</td>").join(" ");
        assert!(!counted.contains("Examplia"), "{page}");
        assert!(!body.contains("class=\"fictitious\""), "{page}");
    }
    let list = here.page("/recommendations").await;
    assert!(list.contains("Rows 1–25 of 93"), "the bundled first cycle");
    // The filter offers it, with what choosing it would show.
    let choice = list.split("value=\"XXA\"").nth(1).unwrap();
    assert!(choice.contains(">266<"));
    let csv = here.page("/recommendations.csv").await;
    assert!(!csv.contains("XXA-3") && csv.contains(WITHOUT));
    let json: serde_json::Value =
        serde_json::from_str(&here.page("/recommendations.json").await).unwrap();
    assert_eq!(json["recommendations"].as_array().unwrap().len(), 93);
    let world: serde_json::Value =
        serde_json::from_str(&here.page("/charts/world-supported.json").await).unwrap();
    assert_eq!(world["total"]["received"], 93);
    // A search counts no row of it.
    let moratorium = here.get("/search?q=moratorium", None).await;
    let hits = match moratorium.status {
        StatusCode::SEE_OTHER => here.page(&moratorium.location).await,
        _ => moratorium.body,
    };
    assert!(!hits.contains("/reviews/XXA-3/recommendations/"));
}

#[tokio::test]
async fn its_own_pages_and_filters_work() {
    let here = Installation::new().await;
    for (page, count) in [
        ("/recommendations?state=XXA", "Rows 1–25 of 266"),
        ("/recommendations?state=XXA&state=BLR", "Rows 1–25 of 359"),
        ("/states/XXA", "266"),
        ("/recommending/NOR/XXA", "Examplia"),
    ] {
        let body = here.page(page).await;
        assert!(body.contains(count), "{page}");
        assert!(!body.contains(WITHOUT), "{page}");
        assert!(body.contains("class=\"fictitious\""), "{page}");
    }
}

#[tokio::test]
async fn alone_it_is_everything() {
    let here = Installation::empty().await;
    let actor = data::store::Actor::command_line();
    here.store.load_demonstration(&actor).await.unwrap();
    for page in ["/recommendations", "/world", "/recommending", "/summary"] {
        let body = here.page(page).await;
        assert!(body.contains("266") && !body.contains(WITHOUT), "{page}");
        assert!(body.contains("class=\"fictitious\""), "{page}");
    }
    let home = here.page("/").await;
    assert!(home.contains("41 of 245"), "the demonstration's headline");
    assert!(home.contains("States made the recommendations"));
}
