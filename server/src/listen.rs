//! The accept loop: connections, their limits, and an orderly end.
//!
//! `axum::serve` waits for a request's head as long as the client likes, and accepts connections
//! without end: 1,500 slow ones stop it. Here a head must arrive in time, a body and a reader must
//! keep up a minimum rate, a connection that moves no byte is closed, and where every place is taken
//! the connection that is slowest at these gives way ([`activity::Precedence`]). So a flood of slow
//! connections pushes out its own, and an honest request, which is in and out at once, is answered.
//!
//! Bodies that are being received have limits of their own, lower ones for senders who are not
//! signed in: the limits hold where everybody has one address, behind a proxy or an onion service.
//!
//! No address is logged here, nor kept longer than the connection lasts.

mod activity;
pub mod descriptors;
mod inbound;
mod places;
mod progress;
mod proxies;

use data::settings;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Request, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;
use tracing::{info, warn};

use self::activity::Activity;
use self::inbound::Inbound;
use self::places::{Place, Places};
use self::progress::Progress;
pub use self::proxies::Network;
use crate::error_page;
use crate::middleware::session_cookie;

/// What a client may use, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at one time.
    pub connections: usize,
    /// Connections at one time from one address (from one /64 network with IPv6). This machine's
    /// own addresses are exempt: a reverse proxy speaks for everybody.
    pub per_peer: usize,
    /// How long the head of a request may take.
    pub head: Duration,
    /// How long a connection may move no byte while no request is being worked on.
    pub idle: Duration,
    /// Bodies that may be received at one time.
    pub bodies: usize,
    /// Those of them that are for senders who are not signed in; the rest is for those who are.
    pub anonymous_bodies: usize,
    /// How long the body of somebody who is not signed in may take.
    pub anonymous_body: Duration,
    /// The slowest rate of a body or a reader, in bytes a second.
    pub slowest: u64,
    /// How long a body may stay below that rate; a reader three times as long, because the system's
    /// buffers hide what it takes.
    pub measured: Duration,
    /// How long running requests may take to finish once the program is asked to end.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            per_peer: 256,
            head: Duration::from_secs(10),
            idle: Duration::from_mins(1),
            bodies: 256,
            anonymous_bodies: 64,
            anonymous_body: Duration::from_secs(15),
            // A mobile connection or one over Tor is ten times as fast on a bad day.
            slowest: 500,
            measured: Duration::from_secs(20),
            farewell: Duration::from_secs(10),
        }
    }
}

/// Serves `router` until `shutdown` resolves, then finishes the requests that are running. The
/// headers in which proxies name their clients are believed only where `trusted` ones sent them.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    trusted: Arc<[Network]>,
    shutdown: impl Future<Output = ()>,
) {
    let places = Arc::new(Places::new(limits));
    let farewell = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Without a place the stream is dropped, which closes it.
                let shared = trusted.iter().any(|network| network.contains(peer.ip()));
                if let Some(place) = places.take(peer.ip(), shared) {
                    let served = Served {
                        peer,
                        router: router.clone(),
                        trusted: Arc::clone(&trusted),
                        activity: place.activity(),
                        places: place.places(),
                    };
                    let connection = connection(stream, place, served, limits, farewell.watcher());
                    tokio::spawn(connection);
                }
            }
            Err(error) => recover(&error, &places).await,
        }
    }
    drop(listener);
    // Nobody who has not asked for anything yet is waited for.
    places.dismiss_waiting();
    if tokio::time::timeout(limits.farewell, farewell.shutdown())
        .await
        .is_err()
    {
        warn!("some requests did not finish in time and were cut off");
        places.dismiss_all();
    }
}

/// Resolves when the process is asked to end, and says so in the log.
pub async fn shutdown_signal() {
    asked_to_end().await;
    info!("asked to end; finishing the requests that are running");
}

/// Resolves when the process is asked to end: SIGTERM, or Ctrl-C.
pub async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        warn!("cannot listen for signals; only SIGKILL will end this process");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// Accepting fails for good only if the listener is broken; otherwise one client went away, or
/// the process has no file descriptors left, which a connection that gives way cures.
async fn recover(error: &io::Error, places: &Places) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        warn!(%error, "cannot accept connections");
        places.make_room();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What the requests of one connection need.
#[derive(Clone)]
struct Served {
    peer: SocketAddr,
    router: Router,
    trusted: Arc<[Network]>,
    activity: Arc<Activity>,
    places: Arc<Places>,
}

/// Serves one connection until it ends, is too slow, or must give way.
async fn connection(
    stream: TcpStream,
    place: Place,
    served: Served,
    limits: Limits,
    watcher: Watcher,
) {
    // Small writes must not wait for each other: a streamed page took 44 ms longer.
    let _ = stream.set_nodelay(true);
    let activity = place.activity();

    let service = service_fn(move |request: Request<Incoming>| answer(request, served.clone()));

    // HTTP/1.1 alone: browsers speak HTTP/2 over TLS only, and whatever ends that in front of this
    // program speaks HTTP/1.1 to it.
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(settings::REQUEST_HEAD_MAX);
    let io = TokioIo::new(Progress::new(stream, Arc::clone(&activity)));
    let connection = watcher.watch(builder.serve_connection(io, service));

    tokio::select! {
        // Errors here are clients that went away or sent nonsense: nothing to act on.
        _ = connection => {}
        () = activity.stalled(limits) => {}
        () = activity.dismissed() => {}
    }
    drop(place);
}

/// Passes a request on, and counts it as under way until the last byte of its response is handed
/// over.
async fn answer(
    request: Request<Incoming>,
    served: Served,
) -> Result<http::Response<Body>, std::convert::Infallible> {
    let Served {
        mut peer,
        router,
        trusted,
        activity,
        places,
    } = served;
    let named = proxies::forwarded_peer(peer.ip(), request.headers(), &trusted);
    // A proxy that names nobody speaks for everybody, as this machine does: the limits in all hold.
    let named = named.filter(|named| *named != peer.ip());
    let forwarded = match named.map(|named| places.forwarded(named)) {
        Some(None) => return Ok(too_many(request.headers())),
        Some(forwarded) => forwarded,
        None => None,
    };
    if let Some(named) = named {
        peer = SocketAddr::new(named, 0);
    }
    let has_body = !request.body().is_end_stream();
    let running = Arc::clone(&activity).begin(has_body);
    if has_body {
        if session_cookie::is_present(request.headers()) {
            activity.claims_session();
        }
        places.make_room_for_body();
    }
    let sender = Arc::clone(&activity);
    let mut request = request.map(|body| Body::new(Inbound::new(body, activity)));
    let extensions = request.extensions_mut();
    // For rules that count by address.
    extensions.insert(ConnectInfo(peer));
    extensions.insert(app::BodySender::new(move || sender.is_signed_in()));
    let response = router.oneshot(request).await?;
    let events = response.headers().get(CONTENT_TYPE);
    let endless = events.is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"));
    let sending = (running.handled(endless), forwarded);
    Ok(response.map(|body| {
        Body::new(body.map_frame(move |frame| {
            let _ = &sending;
            frame
        }))
    }))
}

/// For one more request of a peer that has its limit under way.
fn too_many(headers: &http::HeaderMap) -> http::Response<Body> {
    // Nothing looks at the address of such a request, so its language is not known.
    let mut response = app::Locale::ENGLISH.enter(|| {
        error_page::respond(
            headers,
            StatusCode::SERVICE_UNAVAILABLE,
            &app::t!("refused-too-many-requests"),
            &app::t!("refused-too-many-requests-why"),
        )
    });
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from_static("2"));
    response
}
