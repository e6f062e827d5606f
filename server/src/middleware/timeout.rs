//! How long a request may take until its response begins, the reading of its body included.
//!
//! A response that is being sent has no limit but the listener's: it ends when no byte moves.

use data::settings::{FILE_REQUEST_SECONDS, REQUEST_SECONDS};
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;

use crate::error_page;

/// Ends requests that take too long.
pub async fn enforce(request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let limit = limit_of(request.uri().path());
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => error_page::respond(
            &headers,
            StatusCode::SERVICE_UNAVAILABLE,
            &app::t!("refused-too-long"),
            &app::t!("refused-too-long-why"),
        ),
    }
}

fn limit_of(path: &str) -> Duration {
    let imports =
        ["/api/upload-file", "/api/apply-import"].contains(&path) || path.starts_with("/import/");
    let exports = [".csv", ".xlsx", ".json"]
        .iter()
        .any(|ending| path.ends_with(ending));
    if imports || exports {
        FILE_REQUEST_SECONDS.seconds()
    } else {
        REQUEST_SECONDS.seconds()
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::{Router, middleware};
    use tower::ServiceExt as _;

    use super::*;

    async fn status(path: &str, takes: Duration) -> StatusCode {
        let router = Router::new()
            .fallback(move || async move {
                tokio::time::sleep(takes).await;
                "page"
            })
            .layer(middleware::from_fn(enforce));
        let request = Request::get(path).body(Body::empty()).unwrap();
        let router = app::localized(router, false);
        router.oneshot(request).await.unwrap().status()
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_has_seconds_and_a_file_has_minutes() {
        let minute = Duration::from_mins(1);
        assert_eq!(
            status("/states/BLR", minute).await,
            StatusCode::SERVICE_UNAVAILABLE
        );
        assert_eq!(
            status("/states/BLR", Duration::from_secs(9)).await,
            StatusCode::OK
        );
        assert_eq!(status("/api/upload-file", minute).await, StatusCode::OK);
        let list = "/reviews/BLR-3/recommendations.csv";
        assert_eq!(status(list, minute).await, StatusCode::OK);
        assert_eq!(
            status(list, minute * 11).await,
            StatusCode::SERVICE_UNAVAILABLE
        );
    }
}
