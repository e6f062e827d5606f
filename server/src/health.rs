//! `GET /healthz`: whether this process can do its work.

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;

/// A database that answers later than this does not answer as far as a person is concerned.
const PATIENCE: Duration = Duration::from_secs(5);

/// Answers 200 `ok` while `database_answers` says so in time, and 503 otherwise. It says nothing
/// else: anyone may ask.
pub fn routes<Probe, Answer>(database_answers: Probe) -> Router
where
    Probe: Fn() -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = bool> + Send + 'static,
{
    Router::new().route("/healthz", get(move || health(database_answers())))
}

async fn health(answer: impl Future<Output = bool>) -> impl IntoResponse {
    let (status, text) = match tokio::time::timeout(PATIENCE, answer).await {
        Ok(true) => (StatusCode::OK, "ok"),
        Ok(false) | Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer",
        ),
    };
    (status, [(CACHE_CONTROL, "no-store")], text)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt as _;

    use super::*;

    async fn status(routes: Router) -> StatusCode {
        let request = Request::get("/healthz").body(Body::empty()).unwrap();
        routes.oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn it_says_what_the_database_says() {
        assert_eq!(status(routes(async || true)).await, StatusCode::OK);
        assert_eq!(
            status(routes(async || false)).await,
            StatusCode::SERVICE_UNAVAILABLE
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_database_that_hangs_does_not_answer() {
        let hanging = routes(std::future::pending::<bool>);
        assert_eq!(status(hanging).await, StatusCode::SERVICE_UNAVAILABLE);
    }
}
