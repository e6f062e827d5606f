//! No other site may make a visitor's browser change anything here.
//!
//! tower-http's layer refuses what a browser marks as coming from elsewhere (`Sec-Fetch-Site`, or
//! an `Origin` that is not this host). It lets a request pass that carries neither header, since
//! programs send neither. A browser that old could still be one that is signed in, so a request
//! with a session must carry at least one of the two; all browsers since 2020 do.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{HeaderName, ORIGIN};
use http::{Method, StatusCode};
use std::sync::Arc;
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError};

use super::session_cookie;
use crate::error_page;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The layer for every route. `public_origin` is what browsers see, where a reverse proxy changes
/// the `Host` that arrives here.
pub fn layer(public_origin: Option<&str>) -> Result<CsrfLayer, ConfigError> {
    match public_origin {
        Some(origin) => CsrfLayer::new().add_trusted_origin(origin),
        None => Ok(CsrfLayer::new()),
    }
}

/// Rejects a change with a session cookie but neither header, and a change whose `Origin` is not the
/// public origin, scheme included. [`layer`] compares hosts only, so it would accept a page of this host
/// that was forged over plain HTTP. Runs outside [`layer`], and replaces its empty refusal by a page.
pub async fn require_voucher(
    State(public_origin): State<Option<Arc<str>>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let changes = ![Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    let vouched = match (headers.get(SEC_FETCH_SITE), headers.get(ORIGIN)) {
        // `layer` reads it.
        (Some(_), _) => true,
        (None, Some(origin)) => {
            public_origin.is_none_or(|public| origin.as_bytes() == public.as_bytes())
        }
        (None, None) => !session_cookie::is_present(headers),
    };
    if changes && !vouched {
        return refuse(headers);
    }
    let asked = headers.clone();
    let response = next.run(request).await;
    if response.extensions().get::<ProtectionError>().is_some() {
        return refuse(&asked);
    }
    response
}

fn refuse(request: &http::HeaderMap) -> Response {
    error_page::respond(
        request,
        StatusCode::FORBIDDEN,
        &app::t!("refused-foreign-request"),
        &app::t!("refused-foreign-request-why"),
    )
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::{Router, middleware, routing::post};
    use tower::ServiceExt as _;

    use super::*;

    async fn status(method: Method, headers: &[(&str, &str)], origin: Option<&str>) -> StatusCode {
        let router = Router::new()
            .route("/save", post(|| async { "saved" }).get(|| async { "page" }))
            .layer(layer(origin).unwrap())
            .layer(middleware::from_fn_with_state(
                origin.map(Arc::from),
                require_voucher,
            ));
        let router = app::localized(router, false);
        let mut request = Request::builder().method(method).uri("/save");
        request = request.header("host", "tracker.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap()
            .status()
    }

    #[tokio::test]
    async fn only_this_site_changes_anything() {
        let session = ("cookie", "session=abc");
        let same = ("sec-fetch-site", "same-origin");
        let cross = ("sec-fetch-site", "cross-site");
        let sibling = ("sec-fetch-site", "same-site");
        let ours = ("origin", "https://tracker.example");
        let theirs = ("origin", "https://attacker.example");
        let opaque = ("origin", "null");
        for (headers, passes) in [
            (vec![same, ours, session], true),
            (vec![same, session], true),
            (vec![ours, session], true),
            // A page that hides where it is, but that the browser knows to be ours.
            (vec![same, opaque, session], true),
            (vec![cross, theirs, session], false),
            (vec![cross, session], false),
            (vec![sibling, session], false),
            (vec![theirs, session], false),
            (vec![opaque, session], false),
            // Neither header: a program may, a browser with a session may not.
            (vec![], true),
            (vec![session], false),
            (vec![("cookie", "theme=dark")], true),
            (vec![theirs], false),
        ] {
            let expected = if passes {
                StatusCode::OK
            } else {
                StatusCode::FORBIDDEN
            };
            let status = status(Method::POST, &headers, None).await;
            assert_eq!(status, expected, "{headers:?}");
        }
    }

    #[tokio::test]
    async fn reading_needs_no_voucher() {
        let headers = [("cookie", "session=abc"), ("sec-fetch-site", "cross-site")];
        assert_eq!(status(Method::GET, &headers, None).await, StatusCode::OK);
    }

    #[tokio::test]
    async fn the_public_origin_is_trusted_behind_a_proxy() {
        let headers = [("origin", "https://upr.example"), ("cookie", "session=abc")];
        assert_eq!(
            status(Method::POST, &headers, None).await,
            StatusCode::FORBIDDEN
        );
        let public = Some("https://upr.example");
        assert_eq!(status(Method::POST, &headers, public).await, StatusCode::OK);
    }

    #[tokio::test]
    async fn a_page_of_this_host_without_encryption_is_another_site() {
        let public = Some("https://tracker.example");
        let session = ("cookie", "session=abc");
        for (origin, expected) in [
            ("https://tracker.example", StatusCode::OK),
            ("http://tracker.example", StatusCode::FORBIDDEN),
            ("https://tracker.example:8443", StatusCode::FORBIDDEN),
        ] {
            let status = status(Method::POST, &[("origin", origin), session], public).await;
            assert_eq!(status, expected, "{origin}");
        }
    }
}
