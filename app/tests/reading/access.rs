//! Who is offered what, and what is not there.

use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::Role;

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let here = Installation::new().await;
    for path in [
        "/states/ZZZ",
        "/states/XXA-9",
        "/states/belarus",
        "/reviews/BLR-4",
        "/reviews/BLR-9",
        "/reviews/nonsense",
        "/reviews/BLR-3?round=nonsense",
        "/reviews/XXA-3?round=follow-up",
        "/reviews/BLR-3/rounds/nonsense",
        "/reviews/BLR-3/rounds/nonsense.txt",
        "/reviews/BLR-3/rounds/.txt",
        "/reviews/XXA-3/rounds/follow-up",
        "/reviews/XXA-3/rounds/follow-up.txt",
        "/nowhere",
    ] {
        let answer = here.get(path, None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("<h1>Page not found</h1>"), "{path}");
    }
}

/// A State is under review and recommends: its page has both, also if no review of it is loaded.
#[tokio::test]
async fn the_page_of_a_state_has_both_roles() {
    let here = Installation::new().await;
    let norway = here.page("/states/NOR").await;
    assert!(norway.contains("No review of Norway is loaded."));
    assert!(norway.contains("href=\"/recommending/NOR\""), "{norway}");
    let belarus = here.page("/states/BLR").await;
    for section in ["As State under review", "As recommending State"] {
        assert!(
            belarus.contains(&format!("<h2>{section}</h2>")),
            "{section}"
        );
    }
}

#[tokio::test]
async fn addresses_may_be_typed_in_small_letters() {
    let here = Installation::new().await;
    for path in [
        "/states/blr",
        "/reviews/blr-3",
        "/reviews/blr-3/rounds/bhc-2023",
    ] {
        here.page(path).await;
    }
}

#[tokio::test]
async fn an_unknown_unit_is_the_usual_one() {
    let here = Installation::new().await;
    let page = here.page("/reviews/XXA-3?unit=nonsense").await;
    assert!(page.contains("41 of 245 assessed recommendations implemented"));
}

#[tokio::test]
async fn everybody_is_offered_what_they_may_do() {
    let here = Installation::new().await;
    let new_round = "href=\"/reviews/XXA-3/rounds/new\"";
    let worklist = "href=\"/assess/XXA-3/follow-up\"";
    let publish = "Publish this round";
    let open = "href=\"/reviews/XXA-3/rounds/follow-up\"";
    let offers = |page: &str| [open, worklist, new_round, publish].map(|link| page.contains(link));
    let path = "/reviews/XXA-3";
    assert_eq!(offers(&here.page(path).await), [false; 4]);
    for (role, expected) in [
        (Role::Reader, [true, false, false, false]),
        (Role::Analyst, [true, true, false, false]),
        (Role::Reviewer, [true; 4]),
        (Role::Administrator, [true; 4]),
    ] {
        let cookie = here.sign_in(role.code(), role).await;
        let answer = here.get(path, Some(&cookie)).await;
        assert_eq!(offers(&answer.body), expected, "{role:?}");
    }
}

#[tokio::test]
async fn what_axum_refuses_is_a_page_too() {
    use axum::body::Body;
    use axum::http::{Request, header};
    let here = Installation::new().await;
    let wrong_method = Request::post("/methodology").body(Body::empty()).unwrap();
    let answer = here.send(wrong_method).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        answer.headers[header::ALLOW]
            .to_str()
            .unwrap()
            .contains("GET")
    );
    assert!(
        answer.body.contains("<h1>Not possible</h1>"),
        "{}",
        answer.body
    );

    let no_text = Request::get("/reviews/%ff%fe/recommendations");
    let answer = here.send(no_text.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(
        answer.body.contains("<h1>Page not found</h1>"),
        "{}",
        answer.body
    );

    let reader = here.sign_in("reader", Role::Reader).await;
    let answer = here.get("/nowhere", Some(&reader)).await;
    assert!(answer.body.contains("Sign out"), "{}", answer.body);
}
