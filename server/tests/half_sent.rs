//! Requests that are never sent to their end, to every address that takes one, beside requests of
//! everybody else: none of those may fail. The limits are scaled down; the program is the whole one.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use data::domain::Role;
use data::store::{Actor, NewPassword, Store};
use server::listen::{Limits, serve};
use server::middleware::page_cache::PageCache;
use server::router::{Reach, assemble};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

const CONNECTIONS: usize = 24;

struct Served {
    address: SocketAddr,
    session: String,
    _folder: tempfile::TempDir,
}

async fn start(limits: Limits) -> Served {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
    let store = Arc::new(Store::open(&url).await.unwrap());
    let actor = Actor::command_line();
    store.load_demonstration(&actor).await.unwrap();
    let password = store
        .add_account(&actor, "ruth", Role::Administrator, NewPassword::Generated)
        .await
        .unwrap();
    let session = store
        .sign_in("ruth", &password)
        .await
        .unwrap()
        .unwrap()
        .token;
    let site = app::Site::new(Arc::clone(&store), app::Assets::default(), false, None);
    let health = server::health::routes(async || Ok::<(), data::store::Unready>(()));
    let pages = PageCache::of(store);
    let router = assemble(app::routes::router(site), health, &Reach::default(), pages).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let never = std::future::pending();
    tokio::spawn(serve(listener, router, limits, Arc::default(), never));
    Served {
        address,
        session,
        _folder: folder,
    }
}

impl Served {
    /// A connection that sends so much and then waits. The other side may close it before.
    async fn begin(&self, bytes: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let _ = stream.write_all(bytes.as_bytes()).await;
        stream
    }

    /// The status of a whole request; none if the connection broke before its answer.
    async fn ask(&self, request: &str) -> Option<u16> {
        let mut stream = self.begin(request).await;
        let mut answer = Vec::new();
        let read = timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
        read.unwrap().ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        answer.split(' ').nth(1)?.parse().ok()
    }

    /// What people do meanwhile: read, sign in, save.
    async fn everybody_else(&self) {
        let get = "GET /reviews/XXA-3 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        assert_eq!(self.ask(get).await, Some(200));
        let form = "pseudonym=nobody&password=wrong-password&next=/assess";
        // It comes without the token of a form, and is told so: the body was read.
        assert_eq!(self.post("/api/sign-in", "", form).await, Some(422));
        let form = "review=XXA-3&round=follow-up&paragraph=138.1&version=0&status=&queue=";
        let cookie = format!("cookie: session={}\r\n", self.session);
        assert_eq!(
            self.post("/api/discard-draft", &cookie, form).await,
            Some(303)
        );
    }

    async fn post(&self, path: &str, headers: &str, form: &str) -> Option<u16> {
        let length = form.len();
        self.ask(&format!(
            "{}content-length: {length}\r\nconnection: close\r\n{headers}\r\n{form}",
            head(path)
        ))
        .await
    }
}

/// The beginning of a form's head, as a browser sends it.
fn head(path: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\n"
    )
}

/// Requests to an address that never end.
fn half_sent(path: &str, session: &str) -> Vec<String> {
    let head = head(path);
    let own = format!("{head}cookie: session={session}\r\n");
    let multipart = head.replace(
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    );
    vec![
        format!("{head}content-length: 100\r\n\r\nx"),
        format!("{head}transfer-encoding: chunked\r\n\r\n1\r\nx\r\n1\r\ny\r\n"),
        format!("{head}content-length: 100\r\nexpect: 100-continue\r\n\r\n"),
        format!("{head}content-length: 3\r\n\r\na=bGET /\x01\x02 nonsense"),
        format!("{multipart}content-length: 90000\r\n\r\n--x\r\n"),
        // With a session that is good.
        format!("{own}content-length: 100\r\n\r\nx"),
        format!("{own}transfer-encoding: chunked\r\n\r\n1\r\nx\r\n"),
        // Not even a whole head.
        head,
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn half_sent_requests_to_every_action_keep_nobody_out() {
    let limits = Limits {
        connections: CONNECTIONS,
        anonymous_bodies: 6,
        bodies: 12,
        // Patience is long, so that it is the limits that help.
        head: PATIENCE,
        anonymous_body: PATIENCE,
        measured: PATIENCE,
        idle: PATIENCE,
        ..Limits::default()
    };
    let served = start(limits).await;
    let paths = app::routes::action_paths();
    assert!(paths.len() > 20);
    let mut flood = Vec::new();
    for path in paths {
        for request in half_sent(path, &served.session) {
            flood.push(served.begin(&request).await);
        }
        // A system that allows few open files would otherwise end the flood itself.
        let over = flood.len().saturating_sub(3 * CONNECTIONS);
        flood.drain(..over);
        served.everybody_else().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_may_is_decided_before_the_body_comes() {
    let served = start(Limits::default()).await;
    for path in app::routes::action_paths() {
        if ["/api/sign-in", "/api/sign-out"].contains(&path) {
            continue;
        }
        let content_type = if path == "/api/upload-file" {
            "multipart/form-data; boundary=x"
        } else {
            "application/x-www-form-urlencoded"
        };
        // A program's request, a form longer than what is carried, and one that does not say how long.
        for (accept, length) in [
            ("application/json", "content-length: 100"),
            ("text/html", "content-length: 900000"),
            ("text/html", "transfer-encoding: chunked"),
        ] {
            let request = format!(
                "POST {path} HTTP/1.1\r\nhost: localhost\r\naccept: {accept}\r\n\
                 content-type: {content_type}\r\nconnection: close\r\n{length}\r\n\r\n"
            );
            let expected = if accept == "text/html" { 303 } else { 401 };
            assert_eq!(
                served.ask(&request).await,
                Some(expected),
                "{path} {length}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_body_that_stands_still_is_not_waited_for() {
    let limits = Limits {
        anonymous_body: Duration::from_millis(200),
        measured: Duration::from_millis(200),
        ..Limits::default()
    };
    let served = start(limits).await;
    for request in half_sent("/api/sign-in", &served.session).iter().take(3) {
        assert_ne!(served.ask(request).await, Some(200));
    }
    let own = half_sent("/api/save-evidence", &served.session);
    for request in own.iter().skip(5).take(2) {
        assert_ne!(served.ask(request).await, Some(200));
    }
    served.everybody_else().await;
}
