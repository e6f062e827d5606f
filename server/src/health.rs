//! `GET /healthz`: whether this process answers. `GET /readyz`: whether its database can be read and
//! written at the moment.
//!
//! A supervisor restarts a process that is not alive; a restart does not help against a full disk or a
//! database that is away, so `/healthz` asks for neither.

use data::settings;
use std::fmt::Display;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// When it is worth asking again, in seconds.
const AGAIN: u16 = 5;

/// Answers `/healthz` with 200 `ok`, and `/readyz` with 200 `ready` or with 503 and the reason that
/// `readiness` gives. Neither says anything else: anyone may ask.
pub fn routes<Probe, Answer, Reason>(readiness: Probe) -> Router
where
    Probe: Fn() -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<(), Reason>> + Send + 'static,
    Reason: Display + 'static,
{
    Router::new()
        .route(
            "/healthz",
            get(async || answer(StatusCode::OK, "ok".to_owned())),
        )
        .route("/readyz", get(move || ready(readiness())))
}

async fn ready<Reason: Display>(readiness: impl Future<Output = Result<(), Reason>>) -> Response {
    let why = match tokio::time::timeout(settings::HEALTH_WAIT, readiness).await {
        Ok(Ok(())) => return answer(StatusCode::OK, "ready".to_owned()),
        Ok(Err(reason)) => reason.to_string(),
        Err(_) => "the database does not answer".to_owned(),
    };
    let mut response = answer(StatusCode::SERVICE_UNAVAILABLE, why);
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from(AGAIN));
    response
}

fn answer(status: StatusCode, text: String) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], text).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt as _;

    use super::*;

    async fn asked(routes: Router, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = routes.oneshot(request).await.unwrap();
        let status = response.status();
        assert_eq!(
            response.headers().contains_key(RETRY_AFTER),
            status != StatusCode::OK
        );
        let body = to_bytes(response.into_body(), 1_000).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn readiness_says_why_not_and_health_does_not_ask() {
        let fine = routes(async || Ok::<(), String>(()));
        let (status, said) = asked(fine, "/readyz").await;
        assert_eq!((status, said.as_str()), (StatusCode::OK, "ready"));
        let full = routes(async || Err("the disk is full"));
        let (status, said) = asked(full.clone(), "/readyz").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(said, "the disk is full");
        let (status, said) = asked(full, "/healthz").await;
        assert_eq!((status, said.as_str()), (StatusCode::OK, "ok"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_database_that_hangs_is_not_ready() {
        let hanging = routes(std::future::pending::<Result<(), String>>);
        let (status, _) = asked(hanging, "/readyz").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    }
}
