//! Compresses pages, tables and JSON on their way out. What is compressed already passes as it is:
//! the embedded files say so in `Content-Encoding`, spreadsheets are archives.

use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{
    DefaultPredicate, NotForContentType, Predicate, SizeAbove,
};

/// Smaller bodies gain less than the header costs.
const WORTH_IT: u64 = 512;

/// Pages larger than this repeat a long address in every link. Compressing them would take a core for a
/// tenth of a second; sending them takes none.
const TOO_LARGE: u64 = 1024 * 1024;

/// Whether a body is known to be larger than [`TOO_LARGE`]. Files are written while they are sent, and say
/// no length.
#[derive(Clone, Copy)]
struct NotTooLarge;

impl Predicate for NotTooLarge {
    fn should_compress<B: hyper::body::Body>(&self, response: &http::Response<B>) -> bool {
        response.body().size_hint().lower() <= TOO_LARGE
    }
}

/// The layer for every route. Level 4 of either takes about a millisecond for a long list, where
/// brotli's highest takes a second.
pub fn layer() -> CompressionLayer<impl Predicate> {
    let predicate = DefaultPredicate::new()
        .and(SizeAbove::new(WORTH_IT))
        .and(NotTooLarge)
        .and(NotForContentType::const_new(
            "application/vnd.openxmlformats",
        ))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/octet-stream"))
        .and(NotForContentType::const_new("font/"));
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(5))
        .compress_when(predicate)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::{Router, routing::get};
    use http::Request;
    use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
    use tower::ServiceExt as _;

    use super::*;

    async fn encoding(content_type: &'static str, size: usize, accepted: &str) -> Option<String> {
        let page = get(move || async move { ([(CONTENT_TYPE, content_type)], "x".repeat(size)) });
        let router = Router::new().route("/", page).layer(layer());
        let request = Request::get("/").header(ACCEPT_ENCODING, accepted);
        let response = router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let encoding = response.headers().get(CONTENT_ENCODING)?;
        Some(encoding.to_str().unwrap().to_owned())
    }

    #[tokio::test]
    async fn text_is_compressed_and_archives_are_not() {
        let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        for (content_type, size, accepted, expected) in [
            ("text/html; charset=utf-8", 9000, "gzip, br", Some("br")),
            ("text/csv; charset=utf-8", 9000, "gzip", Some("gzip")),
            ("application/json", 9000, "br", Some("br")),
            ("text/html", 9000, "identity", None),
            ("text/html", 100, "br", None),
            ("text/html", 2_000_000, "br", None),
            (xlsx, 9000, "br", None),
            ("application/zip", 9000, "br", None),
        ] {
            let encoding = encoding(content_type, size, accepted).await;
            assert_eq!(
                encoding.as_deref(),
                expected,
                "{content_type} {size} {accepted}"
            );
        }
    }
}
