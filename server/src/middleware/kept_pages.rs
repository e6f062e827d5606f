//! Public pages as they were made last, kept while nothing public changes.
//!
//! Every public page is made of its address and the public data alone, and what is public has a version of its
//! own, which unpublished work does not move. So a page that was made at this version is the page, compressed as it
//! was sent then; and a browser or a cache that has it already is told so by its `ETag` without
//! anything being made or sent. The tag is a hash of a random number that each public change replaces, so it tells
//! neither how much was changed nor when. What is personal - any request with a cookie, any page for signing in
//! or working - passes by.
//!
//! While the database is away ([`Outage`]), public pages are these, or are made of what the program holds
//! in memory, and say of when they are; everything else is answered with 503 at once.

use std::collections::HashMap;
use std::io::Read as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data::domain::PublicVersion;
use data::store::{Store, Version, sha256};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, ETAG,
    IF_NONE_MATCH, RETRY_AFTER, SET_COOKIE, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tracing::warn;

use super::cache;
use crate::error_page;
use crate::outage::Outage;
use app::HasForms;

/// What all kept pages may weigh together, in bytes.
const ROOM: usize = 16 * 1024 * 1024;

/// What one page may weigh to be kept, its address included.
const LARGEST: usize = 512 * 1024;

/// The kept pages of one database.
#[derive(Clone)]
pub struct KeptPages {
    store: Arc<Store>,
    /// Which program made the pages: another one may make others of the same data.
    program: u64,
    pages: Arc<Mutex<Pages>>,
    outage: Outage,
}

#[derive(Default)]
struct Pages {
    version: PublicVersion,
    /// The last version that was seen, whether pages are kept of it or not, and when it was seen, in
    /// milliseconds since 1970.
    last: Option<(Version, i64)>,
    /// Pages asked for lately; when they fill half the room, they become the old ones, and what was
    /// old and has not been asked for since is forgotten.
    young: HashMap<Key, Page>,
    old: HashMap<Key, Page>,
    weight: usize,
}

/// An address and the encodings that are accepted, as they were written.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key(String, String);

#[derive(Clone)]
struct Page {
    headers: HeaderMap,
    body: Bytes,
    /// What the policy of the page is made of.
    forms: Option<HasForms>,
}

impl KeptPages {
    /// Keeps pages of a database.
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

    /// Notes which version was seen, for when the database is away.
    fn note(&self, version: Version) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.last = Some((version, now()));
    }

    /// Asks for the version once, so that it is known should the database go away before the first page.
    pub async fn prepare(&self) {
        if let Ok(version) = self.store.version().await {
            self.note(version);
        }
    }

    fn tag(&self, version: PublicVersion) -> Option<HeaderValue> {
        let of = format!("{:x} {:x} {:x}", version.number, version.mark, self.program);
        let hash = sha256(of.as_bytes());
        HeaderValue::try_from(format!("W/\"{}\"", hash.get(..24)?)).ok()
    }

    fn find(&self, version: PublicVersion, key: &Key) -> Option<Page> {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.version != version {
            return None;
        }
        if let Some(page) = pages.young.get(key) {
            return Some(page.clone());
        }
        let page = pages.old.remove(key)?;
        pages.put(key.clone(), page.clone());
        Some(page)
    }

    fn keep(&self, version: PublicVersion, key: Key, page: Page) {
        if weight(&key, &page) > LARGEST {
            return;
        }
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        // Of a version that is over by now.
        if pages.version.number > version.number {
            return;
        }
        if pages.version != version {
            *pages = Pages {
                version,
                last: pages.last,
                ..Pages::default()
            };
        }
        pages.put(key, page);
    }
}

impl Pages {
    fn put(&mut self, key: Key, page: Page) {
        self.weight += weight(&key, &page);
        self.young.insert(key, page);
        if self.weight > ROOM / 2 {
            self.old = std::mem::take(&mut self.young);
            self.weight = 0;
        }
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
}

fn weight(key: &Key, page: &Page) -> usize {
    // Headers are a few hundred bytes, whatever the page.
    key.0.len() + key.1.len() + page.body.len() + 512
}

/// A number that changes with the program's file.
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

/// Answers from what is kept, or keeps the answer.
pub async fn keep(State(kept): State<KeptPages>, mut request: Request, next: Next) -> Response {
    let readable = matches!(*request.method(), Method::GET | Method::HEAD)
        && may_be_kept(request.uri().path());
    if !readable {
        return while_there(&kept, request, next).await;
    }
    if kept.outage.is_on() {
        return from_memory(&kept, request, next).await;
    }
    if request.headers().contains_key(COOKIE) {
        return made(&kept, request, next, None).await;
    }
    // What is asked for without its body is made with it, and kept for whoever asks next. The router
    // leaves the body out, and says how long it is.
    *request.method_mut() = Method::GET;
    kept_or_made(&kept, request, next).await
}

/// A page, made now, after the revision was asked for; from memory if the database goes away meanwhile.
async fn made(kept: &KeptPages, request: Request, next: Next, asked: Option<Version>) -> Response {
    let (again, next_again) = (copied(&request), next.clone());
    let making = async {
        match asked {
            Some(asked) => kept.store.read_after(asked, next.run(request)).await,
            None => next.run(request).await,
        }
    };
    tokio::select! {
        biased;
        answer = making => if answer.status().is_server_error() && kept.outage.is_on() {
            from_memory(kept, again, next_again).await
        } else {
            answer
        },
        () = kept.outage.begins() => from_memory(kept, again, next_again).await,
    }
}

/// What needs the database, or nothing of it.
async fn while_there(kept: &KeptPages, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if ["/assets/", "/healthz", "/readyz"]
        .iter()
        .any(|apart| path.starts_with(apart))
    {
        return next.run(request).await;
    }
    let headers = request.headers().clone();
    if kept.outage.is_on() {
        return match *request.method() {
            Method::POST => give_back(request, next).await,
            _ => away(&headers),
        };
    }
    tokio::select! {
        biased;
        answer = next.run(request) => answer,
        () = kept.outage.begins() => away(&headers),
    }
}

/// Answers a form with its entries: the action makes that page without the database.
async fn give_back(mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(app::DatabaseAway);
    next.run(request).await
}

/// A request for a page, without its body and its cookies: what is shown is public.
fn copied(request: &Request) -> Request {
    let mut copy = Request::new(Body::empty());
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    copy.headers_mut().remove(COOKIE);
    copy
}

/// How long a page may take to be made of what is in memory. What is not in memory would be waited for.
const FROM_MEMORY: Duration = Duration::from_millis(1_200);

/// When the database may be asked for again, in seconds.
const RETRY: HeaderValue = HeaderValue::from_static("5");

/// A public page as it was when the database was last there, marked so.
async fn from_memory(kept: &KeptPages, request: Request, next: Next) -> Response {
    let request = copied(&request);
    let headers = request.headers().clone();
    let last = {
        let pages = kept.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.last
    };
    let Some((version, seen)) = last else {
        return away(&headers);
    };
    let key = key_of(&request);
    if let Some(page) = kept.find(version.public, &key) {
        return page
            .marked(StatusCode::OK, seen)
            .unwrap_or_else(|| away(&headers));
    }
    // What is in memory may be ahead of what readers were last shown: people who work here read newer
    // entries, and of a public page only what is published shows.
    let in_memory = Version {
        number: kept.store.revision_in_memory(),
        ..version
    };
    let made = kept.store.read_after(in_memory, next.run(request));
    let Ok(answer) = tokio::time::timeout(FROM_MEMORY, made).await else {
        return away(&headers);
    };
    if answer.status().is_server_error() {
        return away(&headers);
    }
    if !is_html(&answer) {
        let mut answer = answer;
        ask_again(answer.headers_mut());
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
    page.marked(parts.status, seen)
        .unwrap_or_else(|| away(&headers))
}

fn away(headers: &HeaderMap) -> Response {
    let mut response = error_page::respond(
        headers,
        StatusCode::SERVICE_UNAVAILABLE,
        "The database is not available",
        "If you sent a form, it is not certain whether it was saved. Go back in your browser: your text is \
         still there. Please try again in a few seconds. Published results can be read meanwhile.",
    );
    response.headers_mut().insert(RETRY_AFTER, RETRY);
    response
}

fn key_of(request: &Request) -> Key {
    let accepted = request.headers().get(ACCEPT_ENCODING);
    Key(
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

impl Page {
    /// The page, uncompressed, with a sentence at its beginning that says of when its data are. None if it
    /// cannot be marked: nobody must take it for what is known now.
    fn marked(mut self, status: StatusCode, time: i64) -> Option<Response> {
        let html = match self.headers.remove(CONTENT_ENCODING) {
            None => self.body.to_vec(),
            Some(encoding) => decoded(encoding.as_bytes(), &self.body)?,
        };
        let html = String::from_utf8(html).ok()?;
        let main = html.find("<main")?;
        let begin = main + html.get(main..)?.find('>')? + 1;
        let sentence = app::translations::data_as_of(time);
        let (before, after) = html.split_at(begin);
        let html = format!("{before}<div class=\"notice\" role=\"status\">{sentence}</div>{after}");
        for stale in [ETAG, CONTENT_LENGTH, SET_COOKIE] {
            self.headers.remove(stale);
        }
        self.headers
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let mut response = (status, self.headers, html).into_response();
        if let Some(forms) = self.forms {
            response.extensions_mut().insert(forms);
        }
        Some(response)
    }
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

async fn kept_or_made(kept: &KeptPages, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let asked = tokio::select! {
        biased;
        asked = kept.store.version_heard() => asked,
        () = kept.outage.begins() => return from_memory(kept, request, next).await,
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(error) => {
            warn!(%error, "the version of the data is not known");
            return made(kept, request, next, None).await;
        }
    };
    kept.note(asked);
    let Some(tag) = kept.tag(asked.public) else {
        return made(kept, request, next, None).await;
    };
    let known = headers.get(IF_NONE_MATCH);
    let known = known.and_then(|value| value.to_str().ok());
    let key = key_of(&request);
    let page = kept.find(asked.public, &key);
    // A tag says nothing of whether there is such a page: only one that was made is vouched for.
    if page.is_some() && known.is_some_and(|known| lists(known, &tag)) {
        return (StatusCode::NOT_MODIFIED, about(&tag)).into_response();
    }
    if let Some(page) = page {
        let mut answer = (page.headers, Body::from(page.body)).into_response();
        if let Some(forms) = page.forms {
            answer.extensions_mut().insert(forms);
        }
        return answer;
    }
    let known = known.is_some_and(|known| lists(known, &tag));
    let mut answer = made(kept, request, next, Some(asked)).await;
    let html = is_html(&answer);
    // A page that says itself how long it may be kept depends on more than the data: on the day, or on
    // the host that was asked.
    let apart = [SET_COOKIE, CACHE_CONTROL];
    let apart = apart.iter().any(|name| answer.headers().contains_key(name));
    if answer.status() != StatusCode::OK || !html || apart {
        ask_again(answer.headers_mut());
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    // Pages are made whole before they are sent, so nothing endless is waited for here.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    for (name, value) in about(&tag) {
        parts.headers.insert(name, value);
    }
    let page = Page {
        headers: parts.headers.clone(),
        body: body.clone(),
        forms: parts.extensions.get().copied(),
    };
    kept.keep(asked.public, key, page);
    if known {
        return (StatusCode::NOT_MODIFIED, about(&tag)).into_response();
    }
    Response::from_parts(parts, Body::from(body))
}

/// What has no tag, files and refusals: whoever keeps it asks before using it, and apart for those who
/// are signed in, who may see more.
fn ask_again(headers: &mut HeaderMap) {
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    headers.append(VARY, HeaderValue::from_static("cookie"));
}

/// Kept, but asked for again before each use: what is corrected must not be read as it was.
fn about(tag: &HeaderValue) -> [(http::HeaderName, HeaderValue); 3] {
    [
        (ETAG, tag.clone()),
        (CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
        (VARY, HeaderValue::from_static("accept-encoding, cookie")),
    ]
}

fn may_be_kept(path: &str) -> bool {
    let apart = ["/assets/", "/api/", "/healthz", "/readyz"];
    !apart.iter().any(|prefix| path.starts_with(prefix)) && !cache::is_working(path)
}

fn lists(known: &str, tag: &HeaderValue) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let Ok(tag) = tag.to_str() else { return false };
    known
        .split(',')
        .any(|known| known.trim() == "*" || bare(known) == bare(tag))
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware, routing::get};
    use data::store::Actor;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tower::ServiceExt as _;

    use super::*;

    struct Site {
        store: Arc<Store>,
        made: Arc<AtomicUsize>,
        router: Router,
        away: tokio::sync::watch::Sender<bool>,
        _folder: tempfile::TempDir,
    }

    #[tokio::test]
    async fn while_the_database_is_away_public_pages_say_of_when_they_are() {
        let site = site().await;
        let compressed = [("accept-encoding", "gzip")];
        for headers in [&[][..], &compressed] {
            site.get("/states/BLR", headers).await;
        }
        let made = site.made();
        site.away.send_replace(true);
        for headers in [&[][..], &compressed, &[("cookie", "session=a")]] {
            let (status, answered, body) = site.get("/states/BLR", headers).await;
            assert_eq!(status, StatusCode::OK, "{headers:?}");
            assert!(
                body.contains("Data as of ") && body.contains("page "),
                "{body}"
            );
            assert_eq!(answered[CACHE_CONTROL], "no-store");
            assert!(!answered.contains_key(ETAG) && !answered.contains_key(CONTENT_ENCODING));
        }
        assert_eq!(site.made(), made, "they are those that were kept");
        // One that was not kept is made of what is in memory, and not kept.
        for _ in 0..2 {
            assert!(site.get("/world", &[]).await.2.contains("Data as of "));
        }
        assert_eq!(site.made(), made + 2);
        // Of what needs the database nothing is tried.
        for path in [
            "/login",
            "/assess",
            "/api/save-assessment",
            "/broken",
            "/never",
        ] {
            let (status, answered, _) = site.get(path, &[]).await;
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            assert_eq!(answered[RETRY_AFTER], "5", "{path}");
        }
        site.away.send_replace(false);
        let (_, answered, body) = site.get("/states/BLR", &[]).await;
        assert!(
            !body.contains("Data as of ") && answered.contains_key(ETAG),
            "{body}"
        );
    }

    #[tokio::test]
    async fn a_request_under_way_does_not_wait_for_a_database_that_went_away() {
        let site = site().await;
        site.get("/states/BLR", &[]).await;
        for (path, headers) in [
            ("/never", vec![]),
            ("/never", vec![("cookie", "session=a")]),
            ("/import/never", vec![]),
        ] {
            let (status, ..) = tokio::join!(site.get(path, &headers), async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                site.away.send_replace(true);
            })
            .0;
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            site.away.send_replace(false);
        }
    }

    async fn site() -> Site {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
        let store = Arc::new(Store::open(&url).await.unwrap());
        let made = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&made);
        let page = get(async move || {
            let number = count.fetch_add(1, Ordering::SeqCst);
            (
                [(CONTENT_TYPE, "text/html; charset=utf-8")],
                format!("<main class=a>page {number}</main>"),
            )
        });
        let (away, outage) = Outage::switched();
        let never = || get(std::future::pending::<()>);
        let router = Router::new()
            .route("/never", never())
            .route("/import/never", never())
            .route("/broken", get(async || StatusCode::INTERNAL_SERVER_ERROR))
            .fallback(page)
            .layer(
                // However small a page is.
                tower_http::compression::CompressionLayer::new()
                    .compress_when(tower_http::compression::predicate::SizeAbove::new(0)),
            )
            .layer(middleware::from_fn_with_state(
                KeptPages::of(Arc::clone(&store)).through(outage),
                keep,
            ));
        Site {
            store,
            made,
            router,
            away,
            _folder: folder,
        }
    }

    impl Site {
        async fn get(
            &self,
            path: &str,
            headers: &[(&str, &str)],
        ) -> (StatusCode, HeaderMap, String) {
            let mut request = Request::get(path);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request.body(Body::empty()).unwrap();
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            let body = String::from_utf8_lossy(&body).into_owned();
            (parts.status, parts.headers, body)
        }

        fn made(&self) -> usize {
            self.made.load(Ordering::SeqCst)
        }
    }

    #[tokio::test]
    async fn a_page_is_made_once_until_the_data_change() {
        let site = site().await;
        let (_, headers, first) = site.get("/states/BLR?a=1", &[]).await;
        assert_eq!(headers[CACHE_CONTROL], "public, no-cache");
        let tag = headers[ETAG].to_str().unwrap();
        assert_eq!(site.get("/states/BLR?a=1", &[]).await.2, first);
        let (status, _, body) = site.get("/states/BLR?a=1", &[("if-none-match", tag)]).await;
        assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""));
        assert_eq!(site.made(), 1);
        // Another address, another encoding: another page.
        site.get("/states/BLR?a=2", &[]).await;
        site.get("/states/BLR?a=1", &[("accept-encoding", "identity")])
            .await;
        assert_eq!(site.made(), 3);

        site.store
            .load_bundled(&Actor::command_line())
            .await
            .unwrap();
        let (status, headers, body) = site.get("/states/BLR?a=1", &[("if-none-match", tag)]).await;
        assert_eq!(
            (status, body.as_str()),
            (StatusCode::OK, "<main class=a>page 3</main>")
        );
        assert_ne!(headers[ETAG].to_str().unwrap(), tag);
    }

    #[tokio::test]
    async fn unpublished_work_leaves_pages_and_their_tags_alone() {
        let site = site().await;
        let actor = Actor::command_line();
        site.store.load_bundled(&actor).await.unwrap();
        let (_, before, _) = site.get("/states/BLR", &[]).await;
        let made = site.made();
        let revision = site.store.revision().await.unwrap();
        let role = data::domain::Role::Analyst;
        let password = data::store::NewPassword::Generated;
        let added = site.store.add_account(&actor, "anna", role, password);
        added.await.unwrap();
        assert_ne!(site.store.revision().await.unwrap(), revision);
        let (_, after, _) = site.get("/states/BLR", &[]).await;
        assert_eq!(before, after);
        assert_eq!(site.made(), made);
        // Neither the number nor the time of the last entry can be read from it.
        let tag = before[ETAG].to_str().unwrap();
        assert_eq!(tag.len(), "W/\"\"".len() + 24);
        site.store.load_demonstration(&actor).await.unwrap();
        let (_, public, _) = site.get("/states/BLR", &[]).await;
        assert_ne!(before[ETAG], public[ETAG]);
    }

    #[tokio::test]
    async fn what_is_personal_is_neither_kept_nor_answered_from_what_is() {
        let site = site().await;
        site.get("/states/BLR", &[]).await;
        for (path, headers) in [
            ("/states/BLR", vec![("cookie", "session=a")]),
            ("/states/BLR", vec![("cookie", "notice=a")]),
            ("/login", vec![]),
            ("/assess/BLR-1/open", vec![]),
            ("/import", vec![]),
        ] {
            let before = site.made();
            for _ in 0..2 {
                let (_, answered, _) = site.get(path, &headers).await;
                assert!(!answered.contains_key(ETAG), "{path}");
            }
            assert_eq!(site.made(), before + 2, "{path}");
        }
    }

    #[tokio::test]
    async fn databases_that_went_apart_have_tags_of_their_own() {
        let kept = KeptPages::of(site().await.store);
        let version = |mark| PublicVersion {
            number: 7,
            day: 0,
            mark,
        };
        assert_ne!(kept.tag(version(1_000)), kept.tag(version(1_001)));
        let key = Key("/states/BLR".to_owned(), String::new());
        let page = Page {
            headers: HeaderMap::new(),
            body: Bytes::from("page"),
            forms: None,
        };
        kept.keep(version(1_000), key.clone(), page);
        assert!(kept.find(version(1_000), &key).is_some());
        assert!(kept.find(version(1_001), &key).is_none());
    }

    #[tokio::test]
    async fn what_is_asked_for_without_its_body_has_the_headers_of_the_page() {
        let site = site().await;
        let head = async |tag: &str| {
            let request = Request::head("/states/BLR").header("if-none-match", tag);
            let request = request.body(Body::empty()).unwrap();
            let (parts, body) = site
                .router
                .clone()
                .oneshot(request)
                .await
                .unwrap()
                .into_parts();
            assert!(to_bytes(body, usize::MAX).await.unwrap().is_empty());
            (parts.status, parts.headers)
        };
        let (status, headers) = head("").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[CACHE_CONTROL], "public, no-cache");
        assert_eq!(headers["content-length"], "27");
        let tag = headers[ETAG].to_str().unwrap();
        assert_eq!(head(tag).await.0, StatusCode::NOT_MODIFIED);
        let (_, got, body) = site.get("/states/BLR", &[]).await;
        assert_eq!(
            (body.as_str(), got[ETAG].to_str().unwrap()),
            ("<main class=a>page 0</main>", tag)
        );
    }

    #[tokio::test]
    async fn files_and_refusals_are_asked_for_again() {
        let (folder, url) = (tempfile::tempdir().unwrap(), "sqlite://");
        let url = format!("{url}{}?mode=rwc", folder.path().join("a.db").display());
        let store = Arc::new(Store::open(&url).await.unwrap());
        let router = Router::new()
            .route("/a.csv", get(async || ([(CONTENT_TYPE, "text/csv")], "a")))
            .layer(middleware::from_fn_with_state(KeptPages::of(store), keep));
        for path in ["/a.csv", "/nothing"] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let headers = router
                .clone()
                .oneshot(request)
                .await
                .unwrap()
                .into_parts()
                .0
                .headers;
            assert_eq!(headers[CACHE_CONTROL], "no-cache", "{path}");
            assert_eq!(headers[VARY], "cookie", "{path}");
            assert!(!headers.contains_key(ETAG), "{path}");
        }
    }

    #[tokio::test]
    async fn what_is_kept_has_a_limit() {
        let site = site().await;
        let kept = KeptPages::of(Arc::clone(&site.store));
        let page = |size| Page {
            headers: HeaderMap::new(),
            body: Bytes::from(vec![0; size]),
            forms: None,
        };
        let key = |number: usize| Key(number.to_string(), String::new());
        for number in 0..200 {
            kept.keep(PublicVersion::default(), key(number), page(LARGEST / 2));
            // Asked for all the time, so never forgotten.
            assert!(kept.find(PublicVersion::default(), &key(0)).is_some());
        }
        kept.keep(PublicVersion::default(), key(1_000), page(LARGEST));
        assert!(kept.find(PublicVersion::default(), &key(1_000)).is_none());
        let pages = kept.pages.lock().unwrap();
        let all = pages.young.values().chain(pages.old.values());
        assert!(all.map(|page| page.body.len()).sum::<usize>() <= ROOM + LARGEST);
    }
}
