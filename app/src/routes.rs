//! Every address of the program's pages, grouped by who uses it.

use crate::{Site, failure::Failure, pages};
use axum::Router;
use axum::routing::get;

/// The pages and actions of an installation.
pub fn router(site: Site) -> Router {
    let reading = Router::new().route("/", get(pages::home::page));
    reading
        .fallback(|| async { Failure::NotFound })
        .with_state(site)
}
