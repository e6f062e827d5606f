//! Pages in a language with a prefix: every address on them, and every answer, stays in it.

use crate::hygiene::PAGES;
use crate::markup::attributes;
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::Role;

/// Addresses that are the same in every language.
const SHARED: [&str; 1] = ["/assets/"];

fn leaves_the_language(address: &str) -> bool {
    let is_ours = address.starts_with('/');
    let is_shared = SHARED.iter().any(|shared| address.starts_with(shared));
    is_ours && !is_shared && address != "/en-XA" && !address.starts_with("/en-XA/")
}

#[tokio::test]
async fn links_and_forms_lead_to_pages_of_the_same_language() {
    let here = Installation::new().await;
    let cookie = here.sign_in("administrator", Role::Administrator).await;
    let working = [
        "/account",
        "/admin/redact",
        "/admin/scales",
        "/admin/security-log",
        "/assess",
        "/assess/XXA-3/follow-up",
        "/assess/XXA-3/follow-up/138.2",
        "/assess/XXA-3/follow-up/many?show=open",
        "/assess/XXA-3/follow-up/method",
        "/import",
        "/reviews/XXA-3/evidence",
        "/reviews/XXA-3/history",
        "/reviews/XXA-3/rounds/new",
        "/reviews/XXA-3/add",
        "/reviews/XXA-3/recommendations/138.1/correct",
    ];
    let reading = PAGES.iter().map(|path| (*path, None));
    let working = working.iter().map(|path| (*path, Some(cookie.as_str())));
    for (path, session) in reading.chain(working) {
        let english = here.get(path, session).await;
        let answer = here.get(&format!("/en-XA{path}"), session).await;
        assert_eq!(answer.status, english.status, "{path}");
        assert_eq!(answer.headers["content-language"], "en-XA", "{path}");
        assert_eq!(english.headers["content-language"], "en", "{path}");
        let begins = |page: &str, begin: &str| page.starts_with(begin);
        assert!(
            begins(
                &answer.body,
                "<!DOCTYPE html><html lang=\"en-XA\" dir=\"rtl\">"
            ) && begins(
                &english.body,
                "<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">"
            ),
            "{path}"
        );
        assert!(!english.body.contains("en-XA"), "{path}");
        for name in ["href", "action", "formaction", "src", "data-live"] {
            for address in attributes(&answer.body, name) {
                assert!(!leaves_the_language(&address), "{path}: {name}={address}");
            }
            assert_eq!(
                attributes(&answer.body, name).len(),
                attributes(&english.body, name).len(),
                "{path}: {name}"
            );
        }
    }
}

#[tokio::test]
async fn redirects_and_refusals_stay_in_the_language() {
    let here = Installation::new().await;
    let cookie = here.sign_in("analyst", Role::Analyst).await;
    let to_sign_in = here.get("/en-XA/assess?a=1", None).await;
    assert_eq!(to_sign_in.status, StatusCode::SEE_OTHER);
    assert!(
        to_sign_in.location.starts_with("/en-XA/login"),
        "{to_sign_in:?}"
    );
    for (path, session, body) in [
        ("/en-XA/api/sign-out", Some(cookie.as_str()), ""),
        (
            "/en-XA/api/save-assessment",
            None,
            "review=XXA-3&round=follow-up&paragraph=138.2",
        ),
        (
            "/en-XA/api/publish-round",
            Some(cookie.as_str()),
            "review=XXA-3&round=follow-up",
        ),
    ] {
        let answer = here.submit(path, session, body).await;
        assert!(
            !leaves_the_language(&answer.location),
            "{path}: {}",
            answer.location
        );
        assert!(
            answer.location.starts_with("/en-XA/") || answer.body.contains("lang=\"en-XA\""),
            "{path}: {answer:?}"
        );
    }
    let missing = here.get("/en-XA/no/such/page", None).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.body.contains("lang=\"en-XA\""));
    // A prefix is taken once, and English has none.
    for path in ["/en-XA/en-XA/world", "/en/world"] {
        assert_eq!(
            here.get(path, None).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn files_keep_their_columns_and_are_recognised_by_their_labels() {
    let here = Installation::new().await;
    let file =
        |prefix: &str, ending: &str| format!("{prefix}/reviews/XXA-3/recommendations.{ending}");
    let english = here.get(&file("", "csv"), None).await;
    let other = here.get(&file("/en-XA", "csv"), None).await;
    assert_eq!(other.status, StatusCode::OK);
    let heading = |text: &str| {
        text.trim_start_matches('\u{feff}')
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    assert_ne!(heading(&english.body), heading(&other.body));
    assert!(!heading(&other.body).contains(|letter: char| letter.is_ascii_alphabetic()));
    assert!(
        !other.body.contains("/en-XA/"),
        "permalinks are the same in every language"
    );
    let read = |bytes: &[u8]| data::exchange::read_whole(bytes, None).unwrap();
    let (english, other) = (read(&english.bytes), read(&other.bytes));
    let texts = |file: &data::exchange::ReadFile| -> Vec<_> {
        let all = file.recommendations.iter();
        all.map(|one| {
            (
                one.paragraph.clone(),
                one.text.clone(),
                one.position.clone(),
            )
        })
        .collect()
    };
    assert!(!texts(&english).is_empty());
    assert_eq!(texts(&english), texts(&other));
    // Ids of JSON are those of addresses.
    let keys = |body: &str| -> Vec<String> {
        let quoted = body
            .split("\":")
            .map(|part| part.rsplit('"').next().unwrap().to_owned());
        quoted.take(40).collect()
    };
    let english = here.get(&file("", "json"), None).await;
    let other = here.get(&file("/en-XA", "json"), None).await;
    assert_eq!(keys(&english.body), keys(&other.body));
}
