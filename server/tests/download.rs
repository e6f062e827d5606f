//! Files from addresses, fetched from a server of the test's own on this machine.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_upr-tracker");

/// A certificate for 127.0.0.1, signed by itself, and its key: nothing but these tests trusts it.
const CERTIFICATE: &str = include_str!("loopback/certificate.pem");
const KEY: &str = include_str!("loopback/key.pem");

const TABLE: &str =
    "Review,Paragraph,Recommending States,Text\nSVN-3,1.1,Togo,Do it\nSVN-3,1.2,Mali,Do more\n";
const CHANGED: &str =
    "Review,Paragraph,Recommending States,Text\nSVN-3,7.1,Chad,Do something else\n";

/// A request, without its address.
type Headers = BTreeMap<String, String>;

/// What a server says: the head behind the status, and as much of the body as it sends.
struct Answer {
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn new(status: &str, headers: &str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let length = body.len();
        Self::cut(status, headers, body, length)
    }

    /// One whose connection ends before all of the body has come.
    fn cut(status: &str, headers: &str, body: impl Into<Vec<u8>>, length: usize) -> Self {
        Self {
            head: format!(
                "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
            ),
            body: body.into(),
        }
    }
}

/// A server that answers each request by its path and number, and notes what it was asked.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<Headers>>>,
}

impl Server {
    fn start(answer: impl Fn(&str, usize, &Headers) -> Answer + Send + 'static) -> Self {
        Self::encrypted(None, answer)
    }

    fn encrypted(
        tls: Option<Arc<rustls::ServerConfig>>,
        answer: impl Fn(&str, usize, &Headers) -> Answer + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                if let Some(tls) = &tls {
                    let connection = rustls::ServerConnection::new(Arc::clone(tls)).unwrap();
                    let mut stream = rustls::StreamOwned::new(connection, stream);
                    serve(&mut stream, &noted, &answer);
                    stream.conn.send_close_notify();
                    let _ = stream.flush();
                } else {
                    serve(&mut { stream }, &noted, &answer);
                }
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<Headers> {
        self.asked.lock().unwrap().clone()
    }
}

/// Answers one request; a client that does not trust the server asks nothing.
fn serve(
    stream: &mut (impl Read + Write),
    noted: &Mutex<Vec<Headers>>,
    answer: &impl Fn(&str, usize, &Headers) -> Answer,
) {
    let mut lines = Vec::new();
    let mut reader = BufReader::new(&mut *stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).is_err() {
            return;
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let Some(first) = lines.first() else {
        return;
    };
    let path = first.split(' ').nth(1).unwrap().to_owned();
    let headers: Headers = lines
        .iter()
        .skip(1)
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let number = {
        let mut noted = noted.lock().unwrap();
        noted.push(headers.clone());
        noted.len()
    };
    let answer = answer(&path, number, &headers);
    let _ = stream.write_all(answer.head.as_bytes());
    let _ = stream.write_all(&answer.body);
    let _ = stream.flush();
}

/// The program with a database and a place for downloads of its own.
fn import(folder: &TempDir, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .arg("import")
        .args(arguments)
        .args(["--proxy", "none"])
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .env("UPR_TRACKER_DOWNLOADS", folder.path().join("downloads"));
    command
}

fn plain(server: &Server, path: &str) -> String {
    format!("http://{}{path}", server.address)
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

fn left(folder: &TempDir) -> usize {
    let downloads = std::fs::read_dir(folder.path().join("downloads"));
    downloads.map_or(0, Iterator::count)
}

fn sha256(text: &str) -> String {
    let mut hasher = data::store::Sha256::default();
    hasher.add(text.as_bytes());
    hasher.finish()
}

/// The bytes from where a request wants to go on, if the mark is that of the file.
fn from(headers: &Headers, mark: &str) -> usize {
    if headers.get("if-range").map(String::as_str) != Some(mark) {
        return 0;
    }
    let range = headers.get("range").unwrap();
    let start = range.strip_prefix("bytes=").unwrap();
    start.strip_suffix('-').unwrap().parse().unwrap()
}

#[test]
fn an_interrupted_download_goes_on_and_is_imported() {
    let server = Server::start(|_, number, headers| {
        let start = from(headers, "\"one\"");
        let rest = &TABLE.as_bytes()[start..];
        if number == 1 {
            return Answer::cut("200 OK", "ETag: \"one\"\r\n", &rest[..20], rest.len());
        }
        let range = format!(
            "ETag: \"one\"\r\nContent-Range: bytes {start}-{}/{}\r\n",
            TABLE.len() - 1,
            TABLE.len()
        );
        Answer::new("206 Partial Content", &range, rest)
    });
    let folder = tempfile::tempdir().unwrap();
    let address = plain(&server, "/export/table.csv?key=hidden");
    let output = import(&folder, &[&address, "--plain-loopback"]);
    let (out, err) = said(&output);
    assert!(output.status.success(), "{out}{err}");
    assert!(out.contains("2 new"), "{out}");
    assert!(err.contains(&sha256(TABLE)), "{err}");
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].get("range").map(String::as_str), Some("bytes=20-"));
    assert_eq!(
        asked[0].get("accept-encoding").map(String::as_str),
        Some("identity")
    );
    // What the person typed is said nowhere, and nothing is left.
    for text in [&out, &err] {
        assert!(
            !text.contains("127.0.0.1") && !text.contains("hidden"),
            "{text}"
        );
    }
    assert_eq!(left(&folder), 0);
    let list = Command::new(PROGRAM)
        .args(["imports", "list", "--json"])
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    let (list, _) = said(&list);
    assert!(
        list.contains("table.csv") && !list.contains("hidden"),
        "{list}"
    );
    assert!(list.contains(&sha256(TABLE)), "{list}");
}

#[test]
fn a_file_that_changed_meanwhile_is_fetched_from_its_beginning() {
    // Before the change each answer breaks off at once; the program gives up after some.
    let changed = Arc::new(Mutex::new(false));
    let is_changed = Arc::clone(&changed);
    let server = Server::start(move |_, _, headers| {
        if *is_changed.lock().unwrap() {
            let start = from(headers, "\"two\"");
            return Answer::new("200 OK", "ETag: \"two\"\r\n", &CHANGED.as_bytes()[start..]);
        }
        let start = from(headers, "\"one\"");
        if start > 0 {
            return Answer::new("503 Service Unavailable", "", "");
        }
        Answer::cut(
            "200 OK",
            "ETag: \"one\"\r\n",
            &TABLE.as_bytes()[..30],
            TABLE.len(),
        )
    });
    let folder = tempfile::tempdir().unwrap();
    let address = plain(&server, "/table.csv");
    let output = import(&folder, &[&address, "--plain-loopback"]);
    let (_, err) = said(&output);
    assert!(!output.status.success());
    assert!(err.contains("--resume") && err.contains("503"), "{err}");
    assert_eq!(left(&folder), 2);
    *changed.lock().unwrap() = true;
    let output = import(&folder, &[&address, "--plain-loopback", "--resume"]);
    let (out, err) = said(&output);
    assert!(output.status.success(), "{err}");
    assert!(err.contains("has changed"), "{err}");
    assert!(err.contains(&sha256(CHANGED)), "{err}");
    assert!(out.contains("1 new"), "{out}");
    let last = server.asked().pop().unwrap();
    assert_eq!(last.get("if-range").map(String::as_str), Some("\"one\""));
}

/// A server that sends the beginning of the table and then nothing more, and a later client the rest. What it sends
/// to the first client is on its way when the returned channel says so.
fn stalling() -> (String, std::sync::mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, sent) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let noted = Mutex::new(Vec::new());
        let mut silent = None;
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            serve(&mut stream, &noted, &|_, number, headers| {
                if number == 1 {
                    let beginning = &TABLE.as_bytes()[..30];
                    return Answer::cut("200 OK", "ETag: \"one\"\r\n", beginning, TABLE.len());
                }
                let start = from(headers, "\"one\"");
                let (last, of) = (TABLE.len() - 1, TABLE.len());
                let range =
                    format!("ETag: \"one\"\r\nContent-Range: bytes {start}-{last}/{of}\r\n");
                Answer::new("206 Partial Content", &range, &TABLE.as_bytes()[start..])
            });
            if silent.is_none() {
                // The connection stays open, as with a server that hangs.
                silent = Some(stream);
                let _ = sender.send(());
            }
        }
    });
    (address, sent)
}

#[test]
fn a_download_that_is_stopped_goes_on_later() {
    for signal in [rustix::process::Signal::INT, rustix::process::Signal::TERM] {
        let (address, sent) = stalling();
        let address = format!("http://{address}/table.csv");
        let folder = tempfile::tempdir().unwrap();
        let child = command(&folder, &[&address, "--plain-loopback"])
            .stderr(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        sent.recv().unwrap();
        let has_arrived = || {
            let files = std::fs::read_dir(folder.path().join("downloads")).unwrap();
            let mut parts = files.map(|file| file.unwrap());
            parts.any(|file| {
                file.path().extension().is_some_and(|is| is == "part")
                    && file.metadata().unwrap().len() == 30
            })
        };
        for _ in 0..200 {
            if has_arrived() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert!(has_arrived());
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, signal).unwrap();
        let output = child.wait_with_output().unwrap();
        let (_, err) = said(&output);
        assert_eq!(output.status.code(), Some(1), "{err}");
        assert!(err.contains("stopped") && err.contains("--resume"), "{err}");
        assert_eq!(left(&folder), 2);
        let output = import(&folder, &[&address, "--plain-loopback", "--resume"]);
        let (out, err) = said(&output);
        assert!(output.status.success(), "{err}");
        assert!(out.contains("2 new"), "{out}");
        assert!(err.contains(&sha256(TABLE)), "{err}");
        assert_eq!(left(&folder), 0);
    }
}

#[test]
fn a_dry_run_keeps_the_file_for_the_import() {
    let server = Server::start(|_, _, headers| {
        let start = from(headers, "\"one\"");
        if start == TABLE.len() {
            let range = format!("Content-Range: bytes */{start}\r\n");
            return Answer::new("416 Range Not Satisfiable", &range, "");
        }
        Answer::new("200 OK", "ETag: \"one\"\r\n", &TABLE.as_bytes()[start..])
    });
    let folder = tempfile::tempdir().unwrap();
    let address = plain(&server, "/table.csv");
    let output = import(&folder, &[&address, "--plain-loopback", "--dry-run"]);
    assert!(output.status.success());
    assert_eq!(left(&folder), 2);
    let output = import(&folder, &[&address, "--plain-loopback", "--resume"]);
    let (out, _) = said(&output);
    assert!(out.contains("2 new"), "{out}");
    assert_eq!((left(&folder), server.asked().len()), (0, 2));
}

#[test]
fn packed_answers_are_unpacked() {
    let server = Server::start(|path, _, _| {
        if path == "/strange" {
            return Answer::new("200 OK", "Content-Encoding: rot13\r\n", TABLE);
        }
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(TABLE.as_bytes()).unwrap();
        Answer::new(
            "200 OK",
            "Content-Encoding: gzip\r\n",
            packer.finish().unwrap(),
        )
    });
    let folder = tempfile::tempdir().unwrap();
    let output = import(
        &folder,
        &[&plain(&server, "/table.csv"), "--plain-loopback"],
    );
    let (out, err) = said(&output);
    assert!(
        out.contains("2 new") && err.contains(&sha256(TABLE)),
        "{out}{err}"
    );
    assert_eq!(left(&folder), 0);
    let output = import(&folder, &[&plain(&server, "/strange"), "--plain-loopback"]);
    let (_, err) = said(&output);
    assert!(!output.status.success() && err.contains("rot13"), "{err}");
}

#[test]
fn what_is_not_encrypted_or_too_large_is_not_fetched() {
    let server = Server::start(|path, _, _| match path {
        "/redirect" => Answer::new("302 Found", "Location: http://127.0.0.1/elsewhere\r\n", ""),
        "/large" => Answer::cut("200 OK", "", "[", 5 << 30),
        _ => Answer::new("404 Not Found", "", "no"),
    });
    let folder = tempfile::tempdir().unwrap();
    let refused = |address: &str, more: &[&str], words: &str| {
        let arguments: Vec<&str> = [address].iter().chain(more).copied().collect();
        let output = import(&folder, &arguments);
        let (_, err) = said(&output);
        assert_eq!(output.status.code(), Some(1), "{err}");
        assert!(err.contains(words), "{err}");
    };
    let loopback = ["--plain-loopback"];
    refused(&plain(&server, "/table.csv"), &[], "only https://");
    refused("http://example.org/table.csv", &loopback, "only https://");
    assert!(server.asked().is_empty());
    refused(&plain(&server, "/redirect"), &loopback, "redirects");
    refused(&plain(&server, "/large"), &loopback, "larger than 1024 MiB");
    refused(&plain(&server, "/none"), &loopback, "404");
}

#[test]
fn only_a_server_that_is_recognised_is_asked() {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let server = Server::encrypted(Some(Arc::new(config)), |path, _, _| {
        if path == "/redirect" {
            return Answer::new("302 Found", "Location: http://127.0.0.1/elsewhere\r\n", "");
        }
        Answer::new("200 OK", "ETag: \"one\"\r\n", TABLE)
    });
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, CERTIFICATE).unwrap();
    let address = format!("https://{}/table.csv", server.address);
    let output = import(&folder, &[&address]);
    let (_, err) = said(&output);
    assert!(!output.status.success());
    assert!(err.contains("recognised"), "{err}");
    assert!(server.asked().is_empty());
    let ca = ca.to_str().unwrap();
    let redirect = format!("https://{}/redirect", server.address);
    let (_, err) = said(&import(&folder, &[&redirect, "--ca", ca]));
    assert!(err.contains("redirects"), "{err}");
    let output = import(&folder, &[&address, "--ca", ca]);
    let (out, err) = said(&output);
    assert!(out.contains("2 new"), "{out}{err}");
}
