//! A bug in one page must not end the others: a panic becomes a page that says so.

use std::any::Any;

use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use tower_http::catch_panic::CatchPanicLayer;

use crate::error_page;

/// The layer for every route. What the panic said goes to the log (Rust's own hook prints it),
/// and not to the visitor.
pub fn layer() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(answer as fn(_) -> _)
}

fn answer(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request was answered with 500, because a page panicked");
    // The layer does not tell what was asked for; whoever it was can read a page.
    let page = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static("text/html"))]);
    error_page::respond(
        &page,
        StatusCode::INTERNAL_SERVER_ERROR,
        &app::t!("refused-server-fault"),
        &app::t!("refused-server-fault-why"),
    )
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::{Router, routing::get};
    use http::Request;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test]
    async fn a_panic_becomes_a_page_that_does_not_repeat_it() {
        async fn broken() {
            panic!("a secret")
        }
        let page = get(broken);
        let router = Router::new().route("/", page).layer(layer());
        let router = app::localized(router, false);
        let request = Request::get("/").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains("<h1>Something went wrong here</h1>") && !text.contains("secret"));
    }
}
