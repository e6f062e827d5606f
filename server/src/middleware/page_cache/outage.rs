//! Public pages while the database is away.

use super::{Page, PageCache, is_html, key_of, revalidate};
use crate::error_page;
use app::DatabaseAway;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data::settings;
use data::store::Version;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, COOKIE, ETAG, RETRY_AFTER, SET_COOKIE,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use std::io::Read as _;
use std::time::{Duration, Instant};

/// How long a page may take to be made of what is in memory. What is not in memory would be waited for.
const FROM_MEMORY: Duration = Duration::from_millis(1_200);

/// The same if there is an earlier version of the page.
const BEFORE_SUPERSEDED: Duration = Duration::from_millis(300);

/// but a page has at least this time.
const AT_LEAST: Duration = Duration::from_millis(50);

/// When the database may be asked for again, in seconds.
const RETRY: HeaderValue = HeaderValue::from_static("5");

/// Serves what needs the database, or nothing of it, as long as the database is there.
pub(super) async fn while_there(cache: &PageCache, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if ["/assets/", "/healthz", "/readyz"]
        .iter()
        .any(|apart| path.starts_with(apart))
    {
        return next.run(request).await;
    }
    let headers = request.headers().clone();
    if cache.outage.is_on() {
        return match *request.method() {
            Method::POST => give_back(request, next).await,
            _ => away(&headers),
        };
    }
    tokio::select! {
        biased;
        answer = next.run(request) => answer,
        () = cache.outage.begins() => away(&headers),
    }
}

/// Answers a form with its entries: the action makes that page without the database.
async fn give_back(mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(DatabaseAway);
    next.run(request).await
}

/// Copies a request for a page, without its body and its cookies: what is shown is public.
pub(super) fn copied(request: &Request) -> Request {
    let mut copy = Request::new(Body::empty());
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    copy.headers_mut().remove(COOKIE);
    copy
}

/// Serves a public page as it was when the database was last there, marked so.
pub(super) async fn from_memory(
    cache: &PageCache,
    request: Request,
    next: Next,
    begun: Instant,
) -> Response {
    let request = copied(&request);
    let headers = request.headers().clone();
    let Some((version, seen)) = cache.pages.last_seen() else {
        return away(&headers);
    };
    let key = key_of(&request);
    if let Some(page) = cache.pages.get(version.public, &key) {
        return marked(page, StatusCode::OK, seen).unwrap_or_else(|| away(&headers));
    }
    let superseded = cache.pages.superseded(&key);
    let time_to_render = match superseded {
        Some(_) => BEFORE_SUPERSEDED,
        None => FROM_MEMORY,
    };
    let left = settings::OUTAGE_ANSWERED_WITHIN
        .saturating_sub(begun.elapsed())
        .max(AT_LEAST);
    let earlier = || {
        let (page, seen) = superseded?;
        marked(page, StatusCode::OK, seen)
    };
    // What is in memory may be ahead of what readers were last shown: people who work here read newer
    // entries, and of a public page only what is published shows.
    let in_memory = Version {
        number: cache.store.revision_in_memory(),
        ..version
    };
    let rendered = cache.store.read_after(in_memory, next.run(request));
    let Ok(mut answer) = tokio::time::timeout(time_to_render.min(left), rendered).await else {
        return earlier().unwrap_or_else(|| away(&headers));
    };
    if answer.status().is_server_error() {
        return earlier().unwrap_or_else(|| away(&headers));
    }
    if !is_html(&answer) {
        revalidate(answer.headers_mut());
        return answer;
    }
    let (parts, body) = answer.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return away(&headers);
    };
    let page = Page {
        headers: parts.headers,
        body,
        forms: parts.extensions.get().copied(),
    };
    marked(page, parts.status, seen).unwrap_or_else(|| away(&headers))
}

fn away(headers: &HeaderMap) -> Response {
    let mut response = error_page::respond(
        headers,
        StatusCode::SERVICE_UNAVAILABLE,
        &app::t!("refused-database-away"),
        &app::t!("refused-database-away-why"),
    );
    response.headers_mut().insert(RETRY_AFTER, RETRY);
    response
}

/// Returns the page, uncompressed, with a sentence at its beginning that says of when its data are. `None` if it
/// cannot be marked: nobody must take it for what is known now.
fn marked(mut page: Page, status: StatusCode, time: i64) -> Option<Response> {
    let html = match page.headers.remove(CONTENT_ENCODING) {
        None => page.body.to_vec(),
        Some(encoding) => decoded(encoding.as_bytes(), &page.body)?,
    };
    let html = String::from_utf8(html).ok()?;
    let main = html.find("<main")?;
    let begin = main + html.get(main..)?.find('>')? + 1;
    let sentence = app::text::translations::outage_notice(time);
    let (before, after) = html.split_at(begin);
    let html = format!("{before}<div class=\"notice\" role=\"status\">{sentence}</div>{after}");
    for stale in [ETAG, CONTENT_LENGTH, SET_COOKIE] {
        page.headers.remove(stale);
    }
    page.headers
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let mut response = (status, page.headers, html).into_response();
    if let Some(forms) = page.forms {
        response.extensions_mut().insert(forms);
    }
    Some(response)
}

fn decoded(encoding: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let mut html = Vec::new();
    match encoding {
        b"br" => brotli::Decompressor::new(body, 4_096).read_to_end(&mut html),
        b"gzip" => flate2::read::GzDecoder::new(body).read_to_end(&mut html),
        _ => return None,
    }
    .ok()?;
    Some(html)
}
