//! The accept loop: connections, their limits, and an orderly end.
//!
//! `axum::serve` waits for a request's head as long as the client likes, and accepts connections
//! without end: 1,500 slow ones stop it. Here a head must arrive in time, a connection that moves
//! no byte is closed, and where every place is taken the one that has waited longest without a
//! request gives way. So a flood of slow connections pushes out its own, and an honest request,
//! which is in and out at once, is answered.
//!
//! No address is logged here, nor kept longer than the connection lasts.

mod activity;
pub mod descriptors;
mod places;
mod progress;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;
use tracing::{info, warn};

use self::activity::Activity;
use self::places::{Place, Places};
use self::progress::Progress;

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
            farewell: Duration::from_secs(10),
        }
    }
}

/// The largest head of a request, in bytes: room for a long filter, not for an attack on memory.
const MAX_HEAD: usize = 32 * 1024;

/// Serves `router` until `shutdown` resolves, then finishes the requests that are running.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
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
                if let Some(place) = places.take(peer.ip()) {
                    let connection = connection(
                        stream,
                        peer,
                        place,
                        router.clone(),
                        limits,
                        farewell.watcher(),
                    );
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

/// Resolves when the process is asked to end: SIGTERM, or Ctrl-C.
pub async fn shutdown_signal() {
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
    info!("asked to end; finishing the requests that are running");
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

/// Serves one connection until it ends, idles too long, or must give way.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    place: Place,
    router: Router,
    limits: Limits,
    watcher: Watcher,
) {
    // Small writes must not wait for each other: a streamed page took 44 ms longer.
    let _ = stream.set_nodelay(true);
    let activity = place.activity();

    let served = Arc::clone(&activity);
    let service = service_fn(move |request: Request<Incoming>| {
        answer(request, peer, router.clone(), Arc::clone(&served))
    });

    // HTTP/1.1 alone: browsers speak HTTP/2 over TLS only, and whatever ends that in front of this
    // program speaks HTTP/1.1 to it.
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(MAX_HEAD);
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

/// Passes a request on, and counts it as running until the last byte of its response is handed
/// over.
async fn answer(
    mut request: Request<Incoming>,
    peer: SocketAddr,
    router: Router,
    activity: Arc<Activity>,
) -> Result<http::Response<Body>, std::convert::Infallible> {
    // For rules that count by address, such as the lock-out after failed sign-ins.
    request.extensions_mut().insert(ConnectInfo(peer));
    let running = activity.begin();
    let response = router.oneshot(request).await?;
    let sending = running.handled();
    Ok(response.map(|body| {
        Body::new(body.map_frame(move |frame| {
            let _ = &sending;
            frame
        }))
    }))
}
