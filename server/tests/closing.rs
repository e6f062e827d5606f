//! How the program leaves its database: complete in one file after it was asked to end, and recognisable as
//! incomplete where a part of it is missing.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const DATABASE: &str = "upr-tracker.sqlite";
const LOG: &str = "upr-tracker.sqlite-wal";

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_upr-tracker"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("DATABASE_URL");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

/// What it says on standard output, if it succeeds.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

struct Serving {
    child: Child,
    host: String,
}

impl Serving {
    fn start(folder: &Path, more: &[&str]) -> Self {
        let arguments = [&["serve", "--addr", "127.0.0.1:0"], more].concat();
        let mut child = program(folder, &arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let host = line.trim().rsplit('/').next().unwrap().to_owned();
        Self { child, host }
    }

    /// The status and the body of a page.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let host = &self.host;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut response = Vec::new();
        stream.read_to_end(&mut response).unwrap();
        let response = String::from_utf8_lossy(&response).into_owned();
        let status = response.split(' ').nth(1).unwrap().parse().unwrap();
        let (_, body) = response.split_once("\r\n\r\n").unwrap();
        (status, body.to_owned())
    }

    /// Ends it as a service manager would; its exit code.
    fn end(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    /// As a power cut would.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The main file alone, in a folder of its own.
fn main_file_of(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(folder.join(DATABASE), copy.path().join(DATABASE)).unwrap();
    copy
}

#[test]
fn the_main_file_alone_is_complete_after_the_program_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let serving = Serving::start(folder, &[]);
    // Commands beside it neither take its mark nor leave one.
    said(folder, &["user", "add", "ana"]);
    said(folder, &["check"]);
    assert!(folder.join(LOG).exists());
    let taken_while_running = main_file_of(folder);
    assert_eq!(serving.end(), Some(0));
    assert!(!folder.join(LOG).exists());
    let copy = main_file_of(folder);
    said(copy.path(), &["check"]);
    assert!(said(copy.path(), &["user", "list"]).contains("ana"));
    // It is served again as it is.
    let again = Serving::start(copy.path(), &[]);
    assert_eq!(again.get("/readyz"), (200, "ready".to_owned()));
    assert_eq!(again.end(), Some(0));

    // What was copied while it ran is refused, in words that say what helps.
    let refused = taken_while_running.path();
    for arguments in [&["serve"][..], &["check"], &["user", "list"], &["migrate"]] {
        let output = run(refused, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let why = String::from_utf8(output.stderr).unwrap();
        for word in [
            "upr-tracker.sqlite-wal",
            "is missing",
            "--accept-missing-log",
        ] {
            assert!(why.contains(word), "{why}");
        }
        assert!(!refused.join(LOG).exists());
    }
    let accepted = Serving::start(refused, &["--accept-missing-log"]);
    assert_eq!(accepted.end(), Some(0));
    said(refused, &["check"]);
}

#[test]
fn a_program_that_was_killed_starts_again_with_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for round in 0..3 {
        let serving = Serving::start(folder, &[]);
        said(folder, &["user", "add", &format!("ana-{round}")]);
        drop(serving);
        assert!(folder.join(LOG).exists());
    }
    // A command that fails closes the database as well.
    let refused = run(folder, &["user", "add", "two words"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!folder.join(LOG).exists());
    let users = said(main_file_of(folder).path(), &["user", "list"]);
    for round in 0..3 {
        assert!(users.contains(&format!("ana-{round}")), "{users}");
    }
}

#[test]
fn a_database_that_has_gone_is_not_ready_and_the_program_is_alive() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(folder.path(), &[]);
    assert_eq!(serving.get("/readyz"), (200, "ready".to_owned()));
    let (file, aside) = (folder.path().join(DATABASE), folder.path().join("aside"));
    std::fs::rename(&file, &aside).unwrap();
    let (status, why) = serving.get("/readyz");
    assert_eq!(status, 503);
    assert!(why.contains("deleted, moved or replaced"), "{why}");
    assert_eq!(serving.get("/healthz"), (200, "ok".to_owned()));
    std::fs::rename(&aside, &file).unwrap();
    assert_eq!(serving.get("/readyz"), (200, "ready".to_owned()));
    assert_eq!(serving.end(), Some(0));
}
