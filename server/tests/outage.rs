//! PostgreSQL goes away, in each of the ways it can, and comes back. Skipped where `TEST_POSTGRES_URL`
//! names no server.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait as _, Database};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What stands between the program and its database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Line {
    Open,
    /// Nothing goes through any more, and nobody says so.
    Silent,
    /// Every connection is broken, and new ones are too.
    Cut,
}

/// A relay to a server, at an address of its own.
async fn relay(to: String) -> (u16, watch::Sender<Line>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, line) = watch::channel(Line::Open);
    tokio::spawn(async move {
        loop {
            let (mut here, _) = listener.accept().await.unwrap();
            let (to, mut line) = (to.clone(), line.clone());
            tokio::spawn(async move {
                if *line.borrow() == Line::Cut {
                    return;
                }
                let mut there = TcpStream::connect(to).await.unwrap();
                loop {
                    let now = *line.borrow_and_update();
                    match now {
                        Line::Open => tokio::select! {
                            _ = tokio::io::copy_bidirectional(&mut here, &mut there) => return,
                            _ = line.changed() => {}
                        },
                        Line::Silent => line.changed().await.unwrap(),
                        Line::Cut => return,
                    }
                }
            });
        }
    });
    (port, sender)
}

struct Program {
    child: Child,
    host: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    fn start(database: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_upr-tracker"))
            .args(["serve", "--addr", "127.0.0.1:0"])
            .env("DATABASE_URL", database)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        // The relay goes on meanwhile, on another thread.
        tokio::task::block_in_place(|| stdout.read_line(&mut line)).unwrap();
        let host = line.trim().rsplit('/').next().unwrap().to_owned();
        Self { child, host }
    }

    async fn ask(&self, method: &str, path: &str) -> String {
        self.send(method, path, "").await
    }

    async fn send(&self, method: &str, path: &str, form: &str) -> String {
        let begun = Instant::now();
        let mut stream = TcpStream::connect(&self.host).await.unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\naccept: text/html\r\n\
             cookie: session=x\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        // The pool alone would wait for fifteen seconds, and a page for thirty.
        assert!(begun.elapsed() < Duration::from_secs(10), "{path}");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn public_pages_go_on_without_postgres_and_nothing_waits() {
    let Ok(admin) = std::env::var("TEST_POSTGRES_URL") else {
        return;
    };
    let name = format!("outage_{}", std::process::id());
    let connection = Database::connect(&admin).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    connection.execute_unprepared(&create).await.unwrap();
    let (scheme, rest) = admin.split_once("://").unwrap();
    let (authority, _) = rest.split_once('/').unwrap();
    let (user, server) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (port, line) = relay(server.to_owned()).await;
    let user = if user.is_empty() {
        String::new()
    } else {
        format!("{user}@")
    };
    let database = format!("{scheme}://{user}127.0.0.1:{port}/{name}?sslmode=disable");
    {
        let program = Program::start(&database);
        // What is shown later is in memory once it was shown.
        for path in ["/reviews/BLR-3", "/recommendations"] {
            assert!(program.ask("GET", path).await.contains(" 200 OK"), "{path}");
        }
        for gone in [Line::Cut, Line::Silent] {
            line.send_replace(gone);
            for path in [
                "/reviews/BLR-3",
                "/reviews/BLR-3/recommendations",
                "/recommendations",
            ] {
                // The first answers may come before anybody has noticed; none is an error of ours.
                let answer = program.ask("GET", path).await;
                assert!(
                    !answer.starts_with("HTTP/1.1 500"),
                    "{gone:?} {path} {answer}"
                );
            }
            tokio::time::sleep(Duration::from_secs(2)).await;
            for path in [
                "/reviews/BLR-3",
                "/reviews/BLR-3/recommendations",
                "/recommendations",
            ] {
                let answer = program.ask("GET", path).await;
                assert!(
                    answer.starts_with("HTTP/1.1 200"),
                    "{gone:?} {path} {answer:.200}"
                );
                assert!(answer.contains("as they stood on "), "{gone:?} {path}");
            }
            for (method, path) in [
                ("GET", "/assess"),
                ("GET", "/login"),
                ("GET", "/recommendations.csv"),
                ("POST", "/api/save-assessment"),
                ("POST", "/api/sign-in"),
            ] {
                let answer = program.ask(method, path).await;
                assert!(
                    answer.starts_with("HTTP/1.1 503"),
                    "{gone:?} {path} {answer:.200}"
                );
                assert!(answer.contains("retry-after: "), "{gone:?} {path}");
            }
            // The entries of a form are on the page, although nobody can look up whose they are.
            let form = "review=BLR-3&rationale=A+law+was+%3Cb%3Eadopted%3C%2Fb%3E.";
            let answer = program.send("POST", "/api/save-assessment", form).await;
            assert!(answer.starts_with("HTTP/1.1 503"), "{gone:?} {answer:.200}");
            assert!(answer.contains("Send again"), "{gone:?} {answer}");
            assert!(
                answer.contains("A law was &lt;b&gt;adopted&lt;/b&gt;."),
                "{gone:?}"
            );
            line.send_replace(Line::Open);
            let mut answer = String::new();
            for _ in 0..60 {
                answer = program.ask("GET", "/login").await;
                if answer.starts_with("HTTP/1.1 200") {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            assert!(answer.starts_with("HTTP/1.1 200"), "{gone:?} {answer:.200}");
            let answer = program.ask("GET", "/reviews/BLR-3").await;
            assert!(!answer.contains("as they stood on "), "{gone:?}");
        }
    }
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    connection.execute_unprepared(&drop).await.unwrap();
}
