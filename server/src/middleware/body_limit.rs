//! How much a request may send: forms are small, files to import are not.

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use http_body_util::Limited;

use crate::error_page;

/// What any request may send, in bytes.
pub const USUAL: usize = 1024 * 1024;

/// The one address that takes files, which may weigh [`app::routes::UPLOAD_MAX`].
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
            "This is too large",
            "Forms may hold 1 MiB and files to import 512 MiB. Split the file, or \
             import it on the command line.",
        );
    }
    next.run(request.map(|body| Body::new(Limited::new(body, limit))))
        .await
}

fn limit_of(path: &str) -> usize {
    if path == UPLOADS {
        app::routes::UPLOAD_MAX
    } else {
        USUAL
    }
}

#[cfg(test)]
mod tests {
    use app::routes::UPLOAD_MAX;
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
        router.oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn each_address_has_its_limit() {
        for announced in [true, false] {
            for (path, size, expected) in [
                ("/api/sign-in", USUAL, StatusCode::OK),
                ("/api/sign-in", USUAL + 1, StatusCode::PAYLOAD_TOO_LARGE),
                (UPLOADS, USUAL + 1, StatusCode::OK),
                (UPLOADS, UPLOAD_MAX + 1, StatusCode::PAYLOAD_TOO_LARGE),
            ] {
                if !announced && size > UPLOAD_MAX {
                    continue; // Half a gigabyte for one more number.
                }
                let status = status(path, size, announced).await;
                assert_eq!(status, expected, "{path} {size} {announced}");
            }
        }
    }
}
