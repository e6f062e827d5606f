//! Every request's way from the connection to a page.
//!
//! From the outside in:
//!
//! 0. the locale, whose prefix no other layer sees; everything below runs in its scope;
//! 1. the request log, which sees what finally goes out;
//! 2. the headers, which no answer goes out without, refusals and faults included;
//! 3. `no-store`, which has the last word on what is kept;
//! 4. the host that is asked for, which must be this site;
//! 5. public pages that have not changed, as they were sent; while the database is away, these alone;
//! 6. compression;
//! 7. panics, inside compression so that their page is an ordinary one;
//! 8. the time limit, which covers the reading of a body;
//! 9. the checks of where a change comes from, before anything of it is read;
//! 10. the size of bodies;
//! 11. the pages and actions, the embedded files, `/healthz` and `/readyz`.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::assets;
use crate::middleware::headers::Transport;
use crate::middleware::host::{self, Hosts};
use crate::middleware::page_cache::{self, PageCache};
use crate::middleware::{
    body_limit, cache, compression, csrf, headers, panic, request_log, timeout,
};

/// How browsers reach this program.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Scheme, host and port as browsers send them in `Origin`, where a reverse proxy stands in
    /// front; `None` where browsers come straight here.
    pub public_origin: Option<String>,
    /// Whether the pseudo-locale is offered, for tests.
    pub pseudo_locale: bool,
}

impl Reach {
    /// Whether browsers come over https.
    pub fn transport(&self) -> Transport {
        match &self.public_origin {
            Some(origin) if origin.starts_with("https://") => Transport::Https,
            Some(_) => Transport::Http,
            None => Transport::Local,
        }
    }
}

/// Puts everything in its place. `pages` holds the routes and the fallback of `app`, `health` the
/// route of [`crate::health::routes`].
///
/// Fails where the public origin is not one that a browser could send.
pub fn assemble(
    pages: Router,
    health: Router,
    reach: &Reach,
    page_cache: PageCache,
) -> Result<Router, tower_http::csrf::ConfigError> {
    // Layers that are added later stand further out.
    let router = pages
        .merge(health)
        .merge(assets::routes())
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(body_limit::enforce))
        .layer(csrf::layer(reach.public_origin.as_deref())?)
        .layer(from_fn_with_state(
            reach.public_origin.as_deref().map(Arc::from),
            csrf::require_voucher,
        ))
        .layer(from_fn(timeout::enforce))
        .layer(panic::layer())
        .layer(compression::layer())
        .layer(from_fn_with_state(page_cache, page_cache::serve))
        .layer(from_fn_with_state(
            Hosts::of(reach.public_origin.as_deref()),
            host::check,
        ))
        .layer(from_fn(cache::forbid_storing))
        .layer(from_fn_with_state(reach.transport(), headers::set))
        .layer(from_fn(request_log::write));
    Ok(app::localized(router, reach.pseudo_locale))
}
