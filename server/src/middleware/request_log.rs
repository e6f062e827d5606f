//! One line for each request, without anything about who asked or for what: the route's template
//! in place of the address, no query, no user agent, no peer.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::info;

/// Writes the line.
pub async fn write(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    info!(
        method = known(&method),
        route = route.as_ref().map_or("none", MatchedPath::as_str),
        status = response.status().as_u16(),
        milliseconds = begun.elapsed().as_millis(),
        "answered"
    );
    response
}

/// A method may be any word a client makes up; only the usual ones are repeated.
fn known(method: &http::Method) -> &str {
    match method.as_str() {
        usual @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => usual,
        _ => "other",
    }
}
