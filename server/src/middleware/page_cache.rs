//! Public pages as they were last rendered, cached until something public changes.
//!
//! Every public page is made of its locale, its address and the public data alone, and what is public has a version of its
//! own, which unpublished work does not move. So a page that was rendered at this version is the page, compressed as
//! it was sent then; and a browser or a cache that has it already is told so by its `ETag` without
//! anything being rendered or sent. The tag is a hash of a random number that each public change replaces, so it tells
//! neither how much was changed nor when. What is personal - any request with a cookie, any page for signing in
//! or working - passes by.
//!
//! While the database is away ([`Outage`]), public pages are these, or are made of what the program holds
//! in memory, and say of when they are; everything else is answered with 503 at once.

mod key;
mod outage;
mod pages;
mod superseded;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data::domain::PublicVersion;
use data::store::{Store, Version, sha256};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE, COOKIE, ETAG, IF_NONE_MATCH, SET_COOKIE, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tracing::warn;

use super::cache;
use crate::outage::Outage;
use app::{DatabaseAway, HasForms, Locale};
use outage::{copied, from_memory, while_there};
use pages::{Key, Pages};

/// The cached pages of one database.
#[derive(Clone)]
pub struct PageCache {
    store: Arc<Store>,
    /// Which program rendered the pages: another one may render others of the same data.
    program: u64,
    pages: Arc<Pages>,
    outage: Outage,
}

#[derive(Clone)]
struct Page {
    headers: HeaderMap,
    body: Bytes,
    /// What the policy of the page is made of.
    forms: Option<HasForms>,
}

impl PageCache {
    /// Caches pages of a database.
    pub fn of(store: Arc<Store>) -> Self {
        Self {
            store,
            program: program(),
            pages: Arc::default(),
            outage: Outage::default(),
        }
    }

    /// The same, of a database that may go away.
    #[must_use]
    pub fn through(self, outage: Outage) -> Self {
        Self { outage, ..self }
    }

    /// Asks for the version once, so that it is known should the database go away before the first page.
    pub async fn prepare(&self) {
        if let Ok(version) = self.store.version().await {
            self.note(version);
        }
    }

    /// Notes which version was seen. If it is a later one, asks the history whether something public was removed since
    /// the last: only otherwise its pages may be shown during an outage.
    fn note(&self, version: Version) {
        let Some((from, to)) = self.pages.note(version) else {
            return;
        };
        let (store, pages) = (Arc::clone(&self.store), Arc::clone(&self.pages));
        tokio::spawn(async move {
            let removed = store.has_removed_public(from, to).await;
            pages.confirm(removed.is_ok_and(|removed| !removed));
        });
    }

    fn tag(&self, version: PublicVersion) -> Option<HeaderValue> {
        let of = format!("{:x} {:x} {:x}", version.number, version.mark, self.program);
        let hash = sha256(of.as_bytes());
        HeaderValue::try_from(format!("W/\"{}\"", hash.get(..24)?)).ok()
    }
}

/// Returns a number that changes with the program's file.
fn program() -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    let file = std::env::current_exe().and_then(std::fs::metadata);
    if let Ok(file) = file {
        (file.len(), file.modified().ok()).hash(&mut hasher);
    }
    hasher.finish()
}

/// Serves a cached page, or renders one and caches it.
pub async fn serve(State(cache): State<PageCache>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD)
        && is_cacheable(request.uri().path());
    if !is_page {
        return while_there(&cache, request, next).await;
    }
    if cache.outage.is_on() {
        return from_memory(&cache, request, next, begun).await;
    }
    if request.headers().contains_key(COOKIE) {
        return rendered(&cache, request, next, None, begun).await;
    }
    // What is asked for without its body is rendered with it, and cached for the next request. The router
    // leaves the body out, and says how long it is.
    *request.method_mut() = Method::GET;
    cached_or_rendered(&cache, request, next, begun).await
}

/// Renders a page after the version was asked for; serves it from memory if the database goes away meanwhile.
async fn rendered(
    cache: &PageCache,
    request: Request,
    next: Next,
    asked: Option<Version>,
    begun: Instant,
) -> Response {
    let (again, next_again) = (copied(&request), next.clone());
    let rendering = async {
        match asked {
            Some(asked) => cache.store.read_after(asked, next.run(request)).await,
            None => next.run(request).await,
        }
    };
    tokio::select! {
        biased;
        // A page may fail before the outage is known, which is looked for a few times a second.
        answer = rendering => if answer.extensions().get::<DatabaseAway>().is_some()
            || answer.status().is_server_error() && cache.outage.is_on()
        {
            from_memory(cache, again, next_again, begun).await
        } else {
            answer
        },
        () = cache.outage.begins() => from_memory(cache, again, next_again, begun).await,
    }
}

fn key_of(request: &Request) -> Key {
    let accepted = request.headers().get(ACCEPT_ENCODING);
    Key(
        Locale::current(),
        request.uri().to_string(),
        accepted
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
    )
}

fn is_html(answer: &Response) -> bool {
    let content_type = answer.headers().get(CONTENT_TYPE);
    content_type.is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

async fn cached_or_rendered(
    cache: &PageCache,
    request: Request,
    next: Next,
    begun: Instant,
) -> Response {
    let headers = request.headers();
    let asked = tokio::select! {
        biased;
        asked = cache.store.version_heard() => asked,
        () = cache.outage.begins() => return from_memory(cache, request, next, begun).await,
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(error) => {
            warn!(%error, "the version of the data is not known");
            return from_memory(cache, request, next, begun).await;
        }
    };
    cache.note(asked);
    let Some(tag) = cache.tag(asked.public) else {
        return rendered(cache, request, next, None, begun).await;
    };
    let known = headers.get(IF_NONE_MATCH);
    let known = known.and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| lists(known, &tag));
    let key = key_of(&request);
    if let Some(page) = cache.pages.get(asked.public, &key) {
        // A tag says nothing of whether there is such a page: only one that was rendered is vouched for.
        if is_known {
            return (StatusCode::NOT_MODIFIED, validators(&tag)).into_response();
        }
        let mut answer = (page.headers, Body::from(page.body)).into_response();
        if let Some(forms) = page.forms {
            answer.extensions_mut().insert(forms);
        }
        return answer;
    }
    let mut answer = rendered(cache, request, next, Some(asked), begun).await;
    // A page that says itself how long it may be kept depends on more than the data: on the day, or on
    // the host that was asked.
    let apart = [SET_COOKIE, CACHE_CONTROL];
    let is_apart = apart.iter().any(|name| answer.headers().contains_key(name));
    if answer.status() != StatusCode::OK || !is_html(&answer) || is_apart {
        revalidate(answer.headers_mut());
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    // Pages are rendered completely before they are sent, so nothing endless is waited for here.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    for (name, value) in validators(&tag) {
        parts.headers.insert(name, value);
    }
    let page = Page {
        headers: parts.headers.clone(),
        body: body.clone(),
        forms: parts.extensions.get().copied(),
    };
    cache.pages.insert(asked.public, key, page);
    if is_known {
        return (StatusCode::NOT_MODIFIED, validators(&tag)).into_response();
    }
    Response::from_parts(parts, Body::from(body))
}

/// Lets caches keep what has no tag, files and refusals, but ask before using it, and keep apart what those who are
/// signed in see, who may see more.
fn revalidate(headers: &mut HeaderMap) {
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    headers.append(VARY, HeaderValue::from_static("cookie"));
}

/// Returns the headers of a page with a tag: it may be kept, but is asked for again before each use, since what is
/// corrected must not be read as it was.
fn validators(tag: &HeaderValue) -> [(http::HeaderName, HeaderValue); 3] {
    [
        (ETAG, tag.clone()),
        (CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
        (VARY, HeaderValue::from_static("accept-encoding, cookie")),
    ]
}

fn is_cacheable(path: &str) -> bool {
    let apart = ["/assets/", "/api/", "/healthz", "/readyz"];
    !apart.iter().any(|prefix| path.starts_with(prefix)) && !cache::is_working(path)
}

/// Returns true if an `If-None-Match` names the tag.
fn lists(known: &str, tag: &HeaderValue) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let Ok(tag) = tag.to_str() else { return false };
    known
        .split(',')
        .any(|known| known.trim() == "*" || bare(known) == bare(tag))
}
