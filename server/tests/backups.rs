//! Backups by the program itself: the drill, files that are refused, and the schedule of `serve`.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret as _;
use data::domain::ReviewRecord;
use data::store::{Actor, Store};

mod databases;
use databases::{Database, kinds};

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

/// What it prints; it must succeed.
fn done(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    output.stdout
}

/// What it says on standard error; it must fail.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The text of every published round that its hash is of, and the history's last hash.
async fn published(url: &str) -> Vec<String> {
    let store = Store::open_existing(url).await.unwrap();
    let mut texts = Vec::new();
    for review in store.reviews().await.unwrap().iter() {
        let record: std::sync::Arc<ReviewRecord> = store.review_record(review.code).await.unwrap();
        for round in record
            .rounds
            .iter()
            .filter(|round| round.round.is_published())
        {
            texts.push(round.canonical_text(&record));
        }
    }
    let (last, _) = store.revision().await.unwrap();
    texts.push(store.history_hash(last).await.unwrap().unwrap());
    store.close().await.unwrap();
    texts
}

/// The demonstration and the bundled set, from either database into either, byte for byte.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_restored_is_what_was_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for from in kinds() {
        let source = Database::new(from, here).await;
        let store = Store::open(source.url()).await.unwrap();
        store
            .load_demonstration(&Actor::command_line())
            .await
            .unwrap();
        store.load_bundled(&Actor::command_line()).await.unwrap();
        store.close().await.unwrap();
        let export = |database: &Database, format: &str| {
            let exported = done(
                here,
                &["export", "--format", format, "--database", database.url()],
            );
            assert!(exported.len() > 10_000);
            exported
        };
        let before = (
            export(&source, "csv"),
            export(&source, "json"),
            published(source.url()).await,
        );
        let said = done(
            here,
            &["backup", "first.backup", "--database", source.url()],
        );
        assert!(String::from_utf8_lossy(&said).contains("first.backup"));
        for to in kinds() {
            let copy = Database::new(to, here).await;
            done(here, &["restore", "first.backup", "--database", copy.url()]);
            done(here, &["check", "--database", copy.url()]);
            let after = (
                export(&copy, "csv"),
                export(&copy, "json"),
                published(copy.url()).await,
            );
            assert!(before == after, "{from:?} to {to:?}");
            done(here, &["backup", "second.backup", "--database", copy.url()]);
            let bytes = |name| fs::read(here.join(name)).unwrap();
            assert!(
                bytes("first.backup") == bytes("second.backup"),
                "{from:?} to {to:?}"
            );
            // Now it holds something.
            let why = refused(here, &["restore", "first.backup", "--database", copy.url()]);
            assert!(why.contains("overwrites nothing"), "{why}");
        }
    }
}

#[test]
fn files_are_private_and_only_backups_are_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    done(here, &["migrate"]);
    let why = refused(here, &["backup", "upr-tracker.sqlite"]);
    assert!(why.contains("is not a backup"), "{why}");
    for _ in 0..2 {
        done(here, &["backup", "a.backup"]);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(here.join("a.backup"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let to_output = done(here, &["backup", "-"]);
    assert!(to_output == fs::read(here.join("a.backup")).unwrap());
    // From standard input.
    let mut restoring = program(here, &["restore", "-", "--database", "sqlite://b.sqlite"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut restoring.stdin.take().unwrap(), &to_output).unwrap();
    assert!(restoring.wait().unwrap().success());
    // A dry run verifies and leaves nothing; a file that is cut off is refused, and leaves nothing either.
    let said = done(here, &["restore", "a.backup", "--dry-run"]);
    assert!(String::from_utf8_lossy(&said).contains("Nothing was put in place"));
    fs::write(here.join("half.backup"), &to_output[..to_output.len() / 2]).unwrap();
    for more in [
        ["--dry-run", "--despite-findings"],
        ["--database", "sqlite://c.sqlite"],
    ] {
        let why = refused(here, &[&["restore", "half.backup"], &more[..]].concat());
        assert!(why.contains("cut off"), "{why}");
    }
    assert_eq!(
        names(here),
        ["a.backup", "b.sqlite", "half.backup", "upr-tracker.sqlite"]
    );
    let missing = refused(
        here,
        &[
            "backup",
            "x.backup",
            "--database",
            "sqlite://missing.sqlite",
        ],
    );
    assert!(missing.contains("There is no file"), "{missing}");
}

/// The public and the secret half of a new key, as age-keygen writes them.
fn key() -> (String, String) {
    let key = age::x25519::Identity::generate();
    (
        key.to_public().to_string(),
        key.to_string().expose_secret().to_owned(),
    )
}

#[test]
fn only_its_recipients_can_restore_an_encrypted_backup() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    done(here, &["migrate"]);
    let keys = [key(), key()];
    let [first, second] = [&keys[0].0, &keys[1].0];
    for (number, (_, secret)) in keys.iter().enumerate() {
        fs::write(
            here.join(format!("key-{number}")),
            format!("# a key\n{secret}\n"),
        )
        .unwrap();
    }
    let plain = done(here, &["backup", "-"]);
    done(here, &["backup", "both.age", "--to", first, "--to", second]);
    done(here, &["backup", "first.age", "--to", first]);
    // An encrypted backup is known as one, and may be replaced.
    done(here, &["backup", "first.age", "--to", first]);
    let sealed = fs::read(here.join("both.age")).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1\n"));
    assert!(!sealed.windows(16).any(|part| part == &plain[..16]));
    let why = refused(here, &["restore", "first.age", "--dry-run"]);
    assert!(why.contains("--identity"), "{why}");
    let why = refused(
        here,
        &["restore", "first.age", "--dry-run", "--identity", "key-1"],
    );
    assert!(why.contains("another key"), "{why}");
    for key in ["key-0", "key-1"] {
        let database = format!("sqlite://of-{key}.sqlite");
        done(
            here,
            &[
                "restore",
                "both.age",
                "--identity",
                key,
                "--database",
                &database,
            ],
        );
        assert!(done(here, &["backup", "-", "--database", &database]) == plain);
    }
    fs::write(here.join("cut.age"), &sealed[..sealed.len() - 20]).unwrap();
    let why = refused(
        here,
        &["restore", "cut.age", "--dry-run", "--identity", "key-0"],
    );
    assert!(why.contains("cut off") || why.contains("damaged"), "{why}");
}

/// With a pause of one second between them, of which the newest two are kept.
#[cfg(unix)]
#[test]
fn serving_makes_backups_and_keeps_the_newest() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let why = refused(here, &["serve", "--backup-dir", "missing"]);
    assert!(why.contains("There is no folder"), "{why}");
    fs::create_dir(here.join("backups")).unwrap();
    fs::write(here.join("backups/notes.txt"), "mine").unwrap();
    let (public, secret) = key();
    let mut serving = program(
        here,
        &["serve", "--addr", "127.0.0.1:0", "--backup-to", &public],
    )
    .args(["--backup-every", "1s", "--backup-keep", "2"])
    .env("UPR_TRACKER_BACKUP_DIR", "backups")
    .stdout(Stdio::piped())
    .stderr(Stdio::null())
    .spawn()
    .unwrap();
    let mut line = String::new();
    BufReader::new(serving.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let begun = Instant::now();
    let third = |name: &String| name.starts_with("upr-tracker-000003-");
    while !names(&here.join("backups")).iter().any(third) {
        assert!(
            begun.elapsed() < Duration::from_mins(2),
            "{:?}",
            names(&here.join("backups"))
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    let pid = serving.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    assert!(serving.wait().unwrap().success());
    let there = names(&here.join("backups"));
    let kept: Vec<&String> = there
        .iter()
        .filter(|name| name.ends_with("Z.backup.age"))
        .collect();
    // The oldest goes after the newest is there, so there may be one more for a moment.
    assert!((2..=3).contains(&kept.len()), "{there:?}");
    assert_eq!(
        there.len(),
        kept.len() + 1,
        "something else is there: {there:?}"
    );
    fs::write(here.join("key"), secret).unwrap();
    let newest = format!("backups/{}", kept[kept.len() - 1]);
    done(
        here,
        &["restore", &newest, "--dry-run", "--identity", "key"],
    );
}
