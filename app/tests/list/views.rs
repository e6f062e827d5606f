//! Lists that people keep under a name.

use crate::lists::DEMO;
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::Role;

#[tokio::test]
async fn a_list_is_kept_shown_and_removed() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Reader).await;
    let list = format!("{DEMO}?position=noted&issue=Labour&page=1");
    let page = here.get(&list, Some(&ada)).await.body;
    assert!(page.contains("action=\"/api/save-view\""));
    assert!(
        page.contains("name=\"query\" value=\"position=noted&amp;issue=Labour\""),
        "{page}"
    );
    let form = "name=Noted+%3Cb%3E&review=XXA-3&query=position%3Dnoted%26issue%3DLabour%26page%3D3";
    let saved = here.submit("/api/save-view", Some(&ada), form).await;
    let address = format!("{DEMO}?position=noted&issue=Labour");
    assert_eq!(
        (saved.status, &saved.location),
        (StatusCode::SEE_OTHER, &address)
    );
    let page = here
        .get_with(&saved.location, Some(&ada), saved.notice())
        .await
        .body;
    assert!(
        page.contains("This list is saved as “Noted &lt;b&gt;”."),
        "{page}"
    );
    let link = format!("href=\"{}\"", address.replace('&', "&amp;"));
    for path in [DEMO, "/recommendations", "/account"] {
        let page = here.get(path, Some(&ada)).await.body;
        assert!(
            page.contains(&link) && page.contains("Noted &lt;b&gt;"),
            "{path}"
        );
    }
    // Nobody else has it, and readers have no form.
    let bob = here.sign_in("bob", Role::Administrator).await;
    let page = here.get("/account", Some(&bob)).await.body;
    assert!(!page.contains(&link));
    let other = here
        .call("/api/remove-view", Some(&bob), "name=Noted+%3Cb%3E")
        .await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert!(!here.page(DEMO).await.contains("save-view"));
    let removed = here
        .submit("/api/remove-view", Some(&ada), "name=Noted+%3Cb%3E")
        .await;
    assert_eq!(removed.location, "/account");
    let page = here.get("/account", Some(&ada)).await.body;
    assert!(!page.contains(&link) && page.contains("You have saved no list yet."));
}

#[tokio::test]
async fn what_cannot_be_kept_is_said() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Reader).await;
    let many: String = (0..250).fold("name=Many&query=".to_owned(), |query, number| {
        format!("{query}issue%3Da+long+name+of+an+issue+{number}%26")
    });
    for (form, said) in [
        (
            "name=&query=position%3Dnoted",
            "has between one and 80 characters",
        ),
        (many.as_str(), "too long to be saved"),
    ] {
        let refused = here.submit("/api/save-view", Some(&ada), form).await;
        let page = here
            .get_with(&refused.location, Some(&ada), refused.notice())
            .await
            .body;
        assert!(page.contains(said), "{form:.60}: {page:.2000}");
    }
    let nowhere = here
        .call("/api/save-view", Some(&ada), "name=X&review=nothing")
        .await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
