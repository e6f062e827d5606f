//! What is cached and what is not, through the whole middleware.

use axum::{Router, middleware, routing::get};
use data::store::Actor;
use http::header::{CONTENT_ENCODING, RETRY_AFTER};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tower::ServiceExt as _;

use super::*;

struct Site {
    store: Arc<Store>,
    cache: PageCache,
    /// Whether `/read` fails because the database does not answer.
    failing: Arc<AtomicBool>,
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
            body.contains("as they stood on ") && body.contains("page "),
            "{body}"
        );
        assert_eq!(answered[CACHE_CONTROL], "no-store");
        assert!(!answered.contains_key(ETAG) && !answered.contains_key(CONTENT_ENCODING));
    }
    assert_eq!(site.made(), made, "they are those that were kept");
    // One that was not kept is made of what is in memory, and not kept.
    for _ in 0..2 {
        assert!(
            site.get("/world", &[])
                .await
                .2
                .contains("as they stood on ")
        );
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
        !body.contains("as they stood on ") && answered.contains_key(ETAG),
        "{body}"
    );
}

#[tokio::test]
async fn a_page_that_fails_before_the_outage_is_known_is_answered_from_memory() {
    let site = site().await;
    site.get("/read", &[]).await;
    site.failing.store(true, Ordering::SeqCst);
    // A cookie passes the kept pages by.
    let (status, _, body) = site.get("/read", &[("cookie", "session=a")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        body.contains("as they stood on ") && body.contains("what was read"),
        "{body}"
    );
    let (status, ..) = site.get("/read?other", &[("cookie", "session=a")]).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn pages_of_an_earlier_version_are_shown_unless_something_was_removed_since() {
    let site = site().await;
    let actor = Actor::command_line();
    let read_while_away = async || {
        // Another page is read first, which notices the change.
        site.get("/states/BLR", &[]).await;
        site.confirmed().await;
        site.failing.store(true, Ordering::SeqCst);
        site.away.send_replace(true);
        let answer = site.get("/read", &[]).await;
        site.away.send_replace(false);
        site.failing.store(false, Ordering::SeqCst);
        answer
    };
    site.get("/read", &[]).await;
    site.store.load_bundled(&actor).await.unwrap();
    site.get("/states/BLR", &[]).await;
    site.store.load_demonstration(&actor).await.unwrap();
    let (status, answered, body) = read_while_away().await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        body.contains("as they stood on ") && body.contains("what was read"),
        "{body}"
    );
    assert_eq!(answered[CACHE_CONTROL], "no-store");
    site.store.remove_demonstration(&actor).await.unwrap();
    let (status, ..) = read_while_away().await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
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
    let failing = Arc::new(AtomicBool::new(false));
    let fails = Arc::clone(&failing);
    let read = get(async move || {
        if fails.load(Ordering::SeqCst) {
            let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
            response.extensions_mut().insert(DatabaseAway);
            return response;
        }
        let html = [(CONTENT_TYPE, "text/html; charset=utf-8")];
        (html, "<main>what was read</main>").into_response()
    });
    let cache = PageCache::of(Arc::clone(&store)).through(outage);
    let router = Router::new()
        .route("/read", read)
        .route("/never", never())
        .route("/import/never", never())
        .route("/broken", get(async || StatusCode::INTERNAL_SERVER_ERROR))
        .fallback(page)
        .layer(
            // However small a page is.
            tower_http::compression::CompressionLayer::new()
                .compress_when(tower_http::compression::predicate::SizeAbove::new(0)),
        )
        .layer(middleware::from_fn_with_state(cache.clone(), serve));
    let router = app::localized(router, true);
    Site {
        store,
        cache,
        failing,
        made,
        router,
        away,
        _folder: folder,
    }
}

impl Site {
    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
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

    /// Waits until the history was asked what changed.
    async fn confirmed(&self) {
        while self.cache.pages.is_unconfirmed() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
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
    let cache = PageCache::of(site().await.store);
    let version = |mark| PublicVersion {
        number: 7,
        day: 0,
        mark,
    };
    assert_ne!(cache.tag(version(1_000)), cache.tag(version(1_001)));
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
        .layer(middleware::from_fn_with_state(PageCache::of(store), serve));
    let router = app::localized(router, false);
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
async fn each_language_has_pages_of_its_own() {
    let site = site().await;
    let (_, english, first) = site.get("/states/BLR", &[]).await;
    let (_, other, second) = site.get("/en-XA/states/BLR", &[]).await;
    assert_ne!(
        first, second,
        "they would be the same page if the key were the address alone"
    );
    assert_eq!(english["content-language"], "en");
    assert_eq!(other["content-language"], "en-XA");
    assert_eq!(site.get("/states/BLR", &[]).await.2, first);
    assert_eq!(site.get("/en-XA/states/BLR", &[]).await.2, second);
    assert_eq!(site.made(), 2);
    // What is known of an address is known of it without its prefix.
    let (_, working, _) = site.get("/en-XA/login", &[]).await;
    assert!(!working.contains_key(ETAG));
    site.away.send_replace(true);
    let (_, _, body) = site.get("/en-XA/states/BLR", &[]).await;
    assert!(body.contains("ðààţàà ààš"), "{body}");
}
