//! Another site may fill in a form by a link to it, and no more.

use crate::document::parse;
use crate::support::Installation;
use axum::body::Body;
use axum::http::Request;
use data::domain::Role;

const MANY: &str =
    "/assess/XXA-3/follow-up/many?by=hand&p=138.1&set_status=implemented&reason=Theirs";

async fn actions(here: &Installation, path: &str, headers: &[(&str, &str)]) -> Vec<String> {
    let mut request = Request::get(path).header("host", "upr.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = here.send(request.body(Body::empty()).unwrap()).await;
    assert!(answer.status.is_success(), "{path}");
    let forms = parse(&answer.body).named("form");
    let posts = forms
        .iter()
        .filter(|form| form.attribute("method").as_deref() == Some("post"));
    posts.filter_map(|form| form.attribute("action")).collect()
}

#[tokio::test]
async fn a_link_from_elsewhere_shows_no_button_that_changes_anything() {
    let here = Installation::new().await;
    let token = here.sign_in("ada", Role::Analyst).await;
    let cookie = format!("session={token}");
    let change = "/api/change-many".to_owned();
    let ours = "http://upr.example/assess/XXA-3/follow-up/many";
    for (headers, expected) in [
        (
            vec![("sec-fetch-site", "same-origin"), ("referer", ours)],
            true,
        ),
        (vec![("sec-fetch-site", "same-origin")], true),
        (vec![("referer", ours)], true),
        (vec![("sec-fetch-site", "cross-site")], false),
        (vec![("sec-fetch-site", "same-site")], false),
        (vec![("sec-fetch-site", "none")], false),
        (vec![("referer", "http://evil.example/assess")], false),
        (vec![], false),
        // They linked to the sign-in page, which led here.
        (
            vec![
                ("sec-fetch-site", "same-origin"),
                ("referer", "http://upr.example/login?next=x"),
            ],
            false,
        ),
    ] {
        let mut all = headers.clone();
        all.push(("cookie", &cookie));
        let actions = actions(&here, MANY, &all).await;
        assert_eq!(actions.contains(&change), expected, "{headers:?}");
    }
    // Nor one that undoes what was done.
    let undo = "/api/undo-many".to_owned();
    let done = "/assess/XXA-3/follow-up/many?done=1";
    for (site, expected) in [("same-origin", true), ("cross-site", false)] {
        let headers = [("sec-fetch-site", site), ("cookie", cookie.as_str())];
        let actions = actions(&here, done, &headers).await;
        assert_eq!(actions.contains(&undo), expected, "{site}");
    }
}
