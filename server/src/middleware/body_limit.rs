//! How much a request may send: forms are small, files to import are not.

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
pub use data::settings::REQUEST_MAX as USUAL;
use data::settings::UPLOAD_MAX_MB;
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use http_body_util::Limited;

use crate::error_page;

/// The one address that takes files, which may weigh [`UPLOAD_MAX_MB`].
const UPLOADS: &str = "/api/upload-file";

/// Refuses bodies that are too large: at once where their length is announced, otherwise when the
/// limit is reached, which readers of the body answer with 413. axum's own limit must be off
/// (`DefaultBodyLimit::disable`), since it knows one size for all and not every reader asks it.
pub async fn enforce(request: Request, next: Next) -> Response {
    let limit = limit_of(request.uri().path());
    let announced = request.headers().get(CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return error_page::respond(
            request.headers(),
            StatusCode::PAYLOAD_TOO_LARGE,
            &app::t!("refused-too-large"),
            &app::t!("refused-too-large-why"),
        );
    }
    next.run(request.map(|body| Body::new(Limited::new(body, limit))))
        .await
}

fn limit_of(path: &str) -> usize {
    if path == UPLOADS {
        UPLOAD_MAX_MB.bytes()
    } else {
        USUAL
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use axum::extract::DefaultBodyLimit;
    use axum::{Router, middleware, routing::post};
    use tower::ServiceExt as _;

    use super::*;

    async fn status(path: &str, size: usize, announced: bool) -> StatusCode {
        let receive = post(|body: Bytes| async move { body.len().to_string() });
        let router = Router::new()
            .route("/api/upload-file", receive.clone())
            .route("/api/sign-in", receive)
            .layer(DefaultBodyLimit::disable())
            .layer(middleware::from_fn(enforce));
        let mut request = Request::post(path);
        let mut sent = size;
        if announced {
            request = request.header(CONTENT_LENGTH, size);
            // What is refused for its announced length is not waited for.
            sent = size.min(2 * USUAL);
        }
        let request = request.body(Body::from(vec![b'x'; sent])).unwrap();
        let router = app::localized(router, false);
        router.oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn each_address_has_its_limit() {
        for announced in [true, false] {
            for (path, size, expected) in [
                ("/api/sign-in", USUAL, StatusCode::OK),
                ("/api/sign-in", USUAL + 1, StatusCode::PAYLOAD_TOO_LARGE),
                (UPLOADS, USUAL + 1, StatusCode::OK),
                (
                    UPLOADS,
                    UPLOAD_MAX_MB.bytes() + 1,
                    StatusCode::PAYLOAD_TOO_LARGE,
                ),
            ] {
                if !announced && size > UPLOAD_MAX_MB.bytes() {
                    continue; // Half a gigabyte for one more number.
                }
                let status = status(path, size, announced).await;
                assert_eq!(status, expected, "{path} {size} {announced}");
            }
        }
    }
}
