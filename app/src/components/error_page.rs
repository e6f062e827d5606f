//! The page that says what went wrong with a request, and offers ways out.

use crate::components::document;
use crate::t;
use crate::web::failure::{DatabaseAway, Explained, Unsaved};
use crate::web::request::{CookieKind, Visitor};
use crate::web::site::Site;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, RETRY_AFTER};
use axum::middleware::Next;
use axum::response::Response;

/// What axum itself refuses, without a word that helps.
fn refused_by_axum(response: &Response) -> Option<Explained> {
    let (title, explanation) = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => (t!("failure-refused"), t!("failure-method-why")),
        // A path that is no text.
        StatusCode::BAD_REQUEST => (t!("failure-not-found"), t!("failure-not-found-why")),
        _ => return None,
    };
    Some(Explained { title, explanation })
}

/// The layer that gives every failure its page, in the frame that whoever asked sees elsewhere.
pub(crate) async fn explain(
    State(site): State<Site>,
    request: axum::extract::Request,
    next: Next,
) -> Response {
    let token = CookieKind::Session.value(request.headers(), site.secure_cookies);
    let response = next.run(request).await;
    let explained = response.extensions().get::<Explained>().cloned();
    let Some(explained) = explained.or_else(|| refused_by_axum(&response)) else {
        return response;
    };
    // If the database cannot tell who asks, the page is a reader's. If it has just not answered, it is
    // not asked again: nobody waits twice.
    let account = match token {
        Some(token) if response.status() != StatusCode::SERVICE_UNAVAILABLE => {
            site.store.signed_in(&token).await.ok().flatten()
        }
        _ => None,
    };
    let mut page = document::failure_page(
        &site,
        &Visitor { account },
        &explained.title,
        &explained.explanation,
        response.extensions().get::<Unsaved>(),
    );
    *page.status_mut() = response.status();
    if let Some(away) = response.extensions().get::<DatabaseAway>() {
        page.extensions_mut().insert(*away);
    }
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}
