//! The accept loop, over real connections on this machine.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::future::pending;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::{Router, routing::get};
use server::listen::{Limits, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

const HALF_A_HEAD: &[u8] = b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ";

/// A server with a quick page, a slow one, one that never answers, and one too big to buffer.
struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

async fn start(limits: Limits) -> Served {
    let router = Router::new()
        .route("/", get(|| async { "quick" }))
        .route(
            "/slow",
            get(|| async {
                sleep(Duration::from_millis(400)).await;
                "slow but whole"
            }),
        )
        .route("/never", get(pending::<()>))
        .route("/big", get(|| async { vec![b'x'; 64 << 20] }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(serve(listener, router, limits, Arc::default(), async {
        drop(stopped.await);
    }));
    Served {
        address,
        stop,
        ended,
    }
}

impl Served {
    async fn connect(&self, first_bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(first_bytes).await.unwrap();
        stream
    }

    async fn get(&self, path: &str) -> String {
        let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        let mut stream = self.connect(head.as_bytes()).await;
        let mut response = String::new();
        stream.read_to_string(&mut response).await.unwrap();
        response
    }
}

/// Waits until the other side closes; fails where it takes so long that nothing of ours can have closed it: busy machines are slow.
async fn closed(mut stream: TcpStream) {
    let mut rest = Vec::new();
    // A reset is as good as an orderly end here.
    let _ = timeout(Duration::from_secs(30), stream.read_to_end(&mut rest))
        .await
        .unwrap();
}

/// 2,000 connections, or what the system allows one process to hold on both their sides.
fn a_flood() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    let soft = files.and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok());
    soft.map_or(2000, |soft| (soft.saturating_sub(200) / 2).min(2000))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn slow_connections_do_not_stop_an_honest_request() {
    // Patience is long, so it is not what saves the day.
    let limits = Limits {
        connections: 64,
        head: Duration::from_mins(1),
        ..Limits::default()
    };
    let served = start(limits).await;
    let mut flood = Vec::new();
    for _ in 0..a_flood() {
        flood.push(served.connect(HALF_A_HEAD).await);
    }
    let begun = Instant::now();
    for _ in 0..10 {
        assert!(served.get("/").await.ends_with("quick"));
    }
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_head_must_arrive_in_time() {
    let limits = Limits {
        head: Duration::from_millis(200),
        ..Limits::default()
    };
    let served = start(limits).await;
    for first_bytes in [HALF_A_HEAD, b"", b"PRI * HT", b"\x16\x03\x01"] {
        closed(served.connect(first_bytes).await).await;
    }
    // The second head on a connection as well as the first.
    let mut stream = served
        .connect(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    stream.write_all(HALF_A_HEAD).await.unwrap();
    closed(stream).await;
}

#[tokio::test]
async fn a_connection_that_moves_no_byte_is_closed() {
    let limits = Limits {
        idle: Duration::from_millis(200),
        ..Limits::default()
    };
    let served = start(limits).await;
    let idle = served
        .connect(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    closed(idle).await;

    // One that asks for much and does not read: what fits into the buffers comes, and no more.
    let mut deaf = served
        .connect(b"GET /big HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    sleep(Duration::from_secs(3)).await;
    let mut rest = Vec::new();
    let _ = timeout(Duration::from_secs(30), deaf.read_to_end(&mut rest))
        .await
        .unwrap();
    assert!(rest.len() < 64 << 20, "{}", rest.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_that_do_not_read_keep_nobody_out() {
    // Patience is long, so it is not what saves the day.
    let limits = Limits {
        connections: 16,
        idle: Duration::from_mins(5),
        measured: Duration::from_mins(5),
        ..Limits::default()
    };
    let served = start(limits).await;
    let mut deaf = Vec::new();
    for _ in 0..40 {
        let big = b"GET /big HTTP/1.1\r\nhost: localhost\r\n\r\n";
        deaf.push(served.connect(big).await);
        assert!(served.get("/").await.ends_with("quick"));
    }
}

#[tokio::test]
async fn a_reader_below_the_minimum_rate_is_cut_off() {
    let limits = Limits {
        slowest: 1 << 30,
        measured: Duration::from_millis(100),
        ..Limits::default()
    };
    let served = start(limits).await;
    let mut slow = served
        .connect(b"GET /big HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    let (mut read, mut some) = (0, vec![0; 1 << 16]);
    while let Ok(Ok(count @ 1..)) = timeout(Duration::from_secs(30), slow.read(&mut some)).await {
        read += count;
        sleep(Duration::from_millis(5)).await;
    }
    assert!(read < 64 << 20, "{read}");
}

#[tokio::test]
async fn a_handler_at_work_is_not_idle() {
    let limits = Limits {
        idle: Duration::from_millis(100),
        ..Limits::default()
    };
    let served = start(limits).await;
    assert!(served.get("/slow").await.ends_with("slow but whole"));
}

#[tokio::test]
async fn a_head_has_a_largest_size() {
    let served = start(Limits::default()).await;
    let mut stream = served
        .connect(b"GET / HTTP/1.1\r\nhost: localhost\r\nx-long: ")
        .await;
    // The server may close before all of it is written.
    let _ = stream.write_all("x".repeat(100_000).as_bytes()).await;
    let mut response = Vec::new();
    let _ = timeout(Duration::from_secs(30), stream.read_to_end(&mut response))
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&response).contains("200 OK"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn running_requests_finish_before_the_end() {
    let served = start(Limits::default()).await;
    let waiting = served.connect(HALF_A_HEAD).await;
    let kept_alive = served
        .connect(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    let mut running = served
        .connect(b"GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    sleep(Duration::from_millis(100)).await;
    let Served {
        address,
        stop,
        ended,
    } = served;
    stop.send(()).unwrap();

    let mut response = String::new();
    running.read_to_string(&mut response).await.unwrap();
    assert!(response.ends_with("slow but whole"), "{response}");
    closed(waiting).await;
    closed(kept_alive).await;
    timeout(Duration::from_secs(30), ended)
        .await
        .unwrap()
        .unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn the_end_comes_even_where_a_request_does_not() {
    let limits = Limits {
        farewell: Duration::from_millis(200),
        ..Limits::default()
    };
    let served = start(limits).await;
    let never = served
        .connect(b"GET /never HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    sleep(Duration::from_millis(100)).await;
    served.stop.send(()).unwrap();
    timeout(Duration::from_secs(30), served.ended)
        .await
        .unwrap()
        .unwrap();
    closed(never).await;
}
