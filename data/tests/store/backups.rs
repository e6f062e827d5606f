//! Backups of both databases, restored into both.

use crate::everything::{PASSWORD, fill};
use crate::support::{
    Fresh, REVIEW, ROUND, TestDatabase, actor, code, on_each_database, on_each_empty_database,
    refusal, save, with_round,
};
use data::store::{Error, Restored, Store, back_up, restore, verify_backup};
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Tables that nothing in these tests fills. Documents of matrices are restored in `matrices.rs`.
const MAY_BE_EMPTY: &[&str] = &[
    "public_version",
    "security_event",
    "import_text",
    "import_document",
];

async fn backup(store: &Store) -> Vec<u8> {
    store.backup(Vec::new()).await.unwrap().1
}

async fn restored(bytes: &[u8], url: &str) -> Store {
    let done = restore(url, Cursor::new(bytes.to_vec()), false).await;
    assert!(matches!(done, Ok(Restored::Done(_))), "{done:?}");
    Store::open_existing(url).await.unwrap()
}

/// The lines of a backup.
fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

fn packed(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// The same lines with a trailer that fits them: what whoever alters a backup on purpose would write.
fn with_trailer(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let content = lines[..lines.len() - 1].join("\n") + "\n";
    let sha256 = data::store::sha256(content.as_bytes());
    format!(
        "{content}{{\"lines\":{},\"sha256\":\"{sha256}\"}}\n",
        lines.len() - 1
    )
}

fn sqlite_path(fresh: &Fresh) -> &Path {
    let path = fresh.url.strip_prefix("sqlite://").unwrap();
    Path::new(path.split('?').next().unwrap())
}

/// All four directions: the inner loop's databases are of each kind for each kind of the outer.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_restores_into_either_database_and_backs_up_to_the_same_bytes() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        fill(store).await;
        assert_eq!(store.check().await.unwrap(), []);
        let bytes = backup(store).await;
        let text = unpacked(&bytes);
        // Every table that is in a backup has rows in this one, so none is lost unseen.
        let header: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        let tables = header["tables"].as_array().unwrap();
        let empty = tables.iter().filter(|table| table["rows"] == 0);
        let empty: Vec<&str> = empty.map(|table| table["name"].as_str().unwrap()).collect();
        assert!(
            empty.iter().all(|name| MAY_BE_EMPTY.contains(name)),
            "{empty:?}"
        );
        assert!(tables.len() > 20);
        for left_out in ["session", "presence", "sign_in_failure", "upload"] {
            assert!(
                !text.contains(&format!("{{\"table\":\"{left_out}\"}}")),
                "{left_out}"
            );
        }
        // Nothing depends on when or how often it is made.
        assert!(backup(store).await == bytes);
        assert!(back_up(database.url(), Vec::new()).await.unwrap().1 == bytes);
        Box::pin(on_each_empty_database(async |fresh| {
            let there = restored(&bytes, &fresh.url).await;
            assert_eq!(there.check().await.unwrap(), []);
            assert_eq!(
                there.revision().await.unwrap(),
                store.revision().await.unwrap()
            );
            assert!(
                backup(&there).await == bytes,
                "another backup of what was restored"
            );
            // Work goes on: numbers that the database gives follow those of the first one.
            there.sign_in("ada", PASSWORD).await.unwrap().unwrap();
            let next = save(3, 1, "implemented", "After the disaster");
            there.save_assessment(&actor(), None, &next).await.unwrap();
            let run = crate::support::stage(
                &there,
                crate::support::file(vec![crate::support::incoming(20)]),
            )
            .await;
            let newest = store.import_runs(0, 1).await.unwrap()[0].id;
            assert_eq!(run.id, newest + 1);
            there.apply_import(&actor(), run.id).await.unwrap();
            assert_eq!(there.check().await.unwrap(), []);
            there.close().await.unwrap();
        }))
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_of_one_moment_while_writers_save() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 40).await;
        let end = Arc::new(AtomicBool::new(false));
        let writer = tokio::spawn({
            let (store, end) = (Arc::clone(store), Arc::clone(&end));
            async move {
                let mut version = 0;
                while !end.load(Ordering::Relaxed) {
                    for number in 1..=40 {
                        let save = save(number, version, "implemented", &format!("{version}"));
                        store.save_assessment(&actor(), None, &save).await.unwrap();
                    }
                    version += 1;
                }
            }
        });
        let mut entries = Vec::new();
        for _ in 0..4 {
            let (summary, bytes) = store.backup(Vec::new()).await.unwrap();
            entries.push(summary.entries);
            // Replaying what the backup has of the history gives exactly the rows that it has.
            let folder = tempfile::tempdir().unwrap();
            let verified = verify_backup(folder.path(), Cursor::new(bytes)).await;
            assert!(matches!(verified, Ok(Restored::Done(_))), "{verified:?}");
        }
        end.store(true, Ordering::Relaxed);
        writer.await.unwrap();
        assert!(
            entries.is_sorted() && entries[0] < entries[3],
            "nothing was written: {entries:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_overwritten() {
    on_each_database(async |database| {
        let bytes = backup(&database.store).await;
        let before = database.row_counts().await;
        let refused = restore(database.url(), Cursor::new(bytes.clone()), false).await;
        let refused = refusal(refused);
        assert!(
            ["restore-file-is-there", "restore-database-holds"].contains(&refused.as_str()),
            "{refused}"
        );
        assert_eq!(database.row_counts().await, before);
    })
    .await;
    // A SQLite log without its database would be taken for that of the restored one.
    let fresh = Fresh::sqlite();
    let source = Store::open(&fresh.url).await.unwrap();
    let bytes = backup(&source).await;
    source.close().await.unwrap();
    let fresh = Fresh::sqlite();
    for ending in ["", "-wal", "-shm", "-journal"] {
        let left = format!("{}{ending}", sqlite_path(&fresh).display());
        std::fs::write(&left, "").unwrap();
        let refused = restore(&fresh.url, Cursor::new(bytes.clone()), false).await;
        assert_eq!(refusal(refused), "restore-file-is-there", "{ending}");
        std::fs::remove_file(&left).unwrap();
    }
    restored(&bytes, &fresh.url).await.close().await.unwrap();
}

/// A name from an address with a percent sign and a question mark in it, and a file only its owner reads.
#[cfg(unix)]
#[tokio::test]
async fn a_restored_file_has_its_name_and_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let source = Fresh::sqlite();
    let store = Store::open(&source.url).await.unwrap();
    let bytes = backup(&store).await;
    store.close().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("100% sure?");
    std::fs::create_dir(&inner).unwrap();
    let url = format!(
        "sqlite://{}/100%25 sure%3F/new.sqlite",
        folder.path().display()
    );
    restored(&bytes, &url).await.close().await.unwrap();
    let names: Vec<_> = std::fs::read_dir(&inner)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(
        names,
        ["new.sqlite"],
        "nothing is left beside it, no log either"
    );
    let mode = std::fs::metadata(inner.join("new.sqlite"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// Refused with what is wrong, and with nothing in place.
async fn refused(fresh: &Fresh, bytes: Vec<u8>) -> String {
    let done = restore(&fresh.url, Cursor::new(bytes), false).await;
    if fresh.url.starts_with("sqlite") {
        let folder = sqlite_path(fresh).parent().unwrap();
        assert_eq!(
            std::fs::read_dir(folder).unwrap().count(),
            0,
            "something is left"
        );
    }
    match done {
        Ok(Restored::Refused(findings)) => findings[0].0.key.to_string(),
        other => refusal(other),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_refused_with_what_is_wrong() {
    let source = Fresh::sqlite();
    let store = Store::open(&source.url).await.unwrap();
    fill(&store).await;
    let bytes = backup(&store).await;
    store.close().await.unwrap();
    let text = unpacked(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let swapped = {
        let row = lines
            .iter()
            .position(|line| line.contains("Law no 1"))
            .unwrap();
        let mut lines = lines.clone();
        lines.swap(row, row + 1);
        lines.join("\n") + "\n"
    };
    let without_line = |index: usize| {
        let mut lines = lines.clone();
        lines.remove(index);
        lines.join("\n") + "\n"
    };
    let altered = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let without_part = |text: &str, from: &str, to: &str| {
        let begin = text.find(from).unwrap();
        let end = begin + text[begin..].find(to).unwrap();
        format!("{}{}", &text[..begin], &text[end..])
    };
    let without_drafts = without_part(&text, "{\"name\":\"draft\"", "{\"name\":\"saved_mapping\"");
    let without_drafts = without_part(
        &without_drafts,
        "{\"table\":\"draft\"}",
        "{\"table\":\"saved_mapping\"}",
    );
    let flipped = |at: usize| {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        flipped
    };
    let mut longer = bytes.clone();
    longer.extend_from_slice(b"more");
    let cases: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("empty", Vec::new(), &["backup-cut-off"]),
        (
            "a letter",
            b"Dear reader, this is no backup at all".to_vec(),
            &["backup-not-one"],
        ),
        ("another gzip", packed("Dear reader\n"), &["backup-not-one"]),
        (
            "half of it",
            bytes[..bytes.len() / 2].to_vec(),
            &["backup-cut-off"],
        ),
        (
            "all but a byte",
            bytes[..bytes.len() - 1].to_vec(),
            &["backup-cut-off"],
        ),
        ("more", longer, &["backup-goes-on"]),
        (
            "twice",
            [bytes.clone(), bytes.clone()].concat(),
            &["backup-goes-on"],
        ),
        (
            "a text",
            packed(&altered("Law no 1", "Law no 9")),
            &["backup-hash-differs"],
        ),
        (
            "rows in another order",
            packed(&swapped),
            &["backup-hash-differs"],
        ),
        ("a row less", packed(&without_line(9)), &["backup-altered"]),
        (
            "no trailer",
            packed(&without_line(lines.len() - 1)),
            &["backup-cut-off"],
        ),
        (
            "more lines",
            packed(&format!("{text}[]\n")),
            &["backup-goes-on"],
        ),
        (
            "a later format",
            packed(&altered("backup\":1", "backup\":12")),
            &["backup-of-later-format"],
        ),
        (
            "a later schema",
            packed(&with_trailer(&altered("\"m0014_", "\"m9914_"))),
            &["database-of-later-version"],
        ),
        (
            "an unknown table",
            packed(&with_trailer(&altered(
                "{\"name\":\"draft\"",
                "{\"name\":\"drafts\"",
            ))),
            &["backup-altered"],
        ),
        (
            "another column",
            packed(&with_trailer(&altered(
                "\"name\":\"pseudonym\"",
                "\"name\":\"name\"",
            ))),
            &["backup-table-differs"],
        ),
        (
            "a table left out",
            packed(&with_trailer(&without_drafts)),
            &["backup-table-differs"],
        ),
        (
            "a history that is said to be empty",
            packed(&with_trailer(&without_part(
                &text.replacen(
                    "\"history\":{",
                    "\"history\":{\"entry\":0,\"hash\":\"\",\"at\":0},{",
                    1,
                ),
                ",{\"entry\"",
                ",\"tables\"",
            ))),
            &["check-history-cut-off"],
        ),
        (
            "another type",
            packed(&with_trailer(&altered("\"analyst\"]", "1]"))),
            &["backup-altered"],
        ),
        // What a trailer made anew hides, the history tells.
        (
            "a rationale",
            packed(&with_trailer(&altered(
                "\"The office opened.\"",
                "\"No office opened.\"",
            ))),
            &["check-assessment-altered"],
        ),
        (
            "an entry",
            packed(&with_trailer(
                &text.replace("The office opened.", "No office opened."),
            )),
            &["check-history-broken"],
        ),
        (
            "a role",
            packed(&with_trailer(&altered(
                "\"analyst\"]",
                "\"administrator\"]",
            ))),
            &["check-account-altered"],
        ),
    ];
    on_each_empty_database(async |fresh| {
        for (what, bytes, expected) in &cases {
            let said = refused(&fresh, bytes.clone()).await;
            assert!(expected.contains(&said.as_str()), "{what}: {said}");
        }
        // Cut off anywhere.
        for length in (1..bytes.len()).step_by(bytes.len() / 10) {
            let said = refused(&fresh, bytes[..length].to_vec()).await;
            assert_eq!(said, "backup-cut-off", "{length} bytes");
        }
        // A bit anywhere but in gzip's own header, whose ten bytes say nothing of the content.
        for at in (11..bytes.len()).step_by(bytes.len() / 10) {
            let said = refused(&fresh, flipped(at)).await;
            // Which check finds it first depends on where it fell.
            assert!(said.starts_with("backup-"), "byte {at}: {said}");
        }
        // None of them left anything: the backup itself still finds an empty place.
        restored(&bytes, &fresh.url).await.close().await.unwrap();
    })
    .await;
}

/// The only backup there is may be of rows that somebody altered.
#[tokio::test(flavor = "multi_thread")]
async fn altered_rows_come_back_if_somebody_insists() {
    on_each_database(async |database| {
        fill(&database.store).await;
        let changed = database
            .tamper("UPDATE assessment SET rationale = 'Nothing happened' WHERE round_id = (SELECT MAX(id) FROM round)")
            .await;
        assert!(changed > 0);
        let bytes = backup(&database.store).await;
        on_each_empty_database(async |fresh| {
            assert_eq!(
                refused(&fresh, bytes.clone()).await,
                "check-assessment-altered"
            );
            let done = restore(&fresh.url, Cursor::new(bytes.clone()), true).await;
            assert!(matches!(done, Ok(Restored::Done(_))), "{done:?}");
            let store = Store::open_existing(&fresh.url).await.unwrap();
            let record = store.review_record(code(REVIEW)).await.unwrap();
            let round = record.round(ROUND).unwrap();
            let mut assessments = round.assessments.values();
            assert!(assessments.all(|one| one.rationale == "Nothing happened"));
            store.close().await.unwrap();
        })
        .await;
    })
    .await;
}

/// A disk that is full, and a reader that goes away, end a backup with an error and not without one.
#[tokio::test(flavor = "multi_thread")]
async fn a_failure_to_write_is_told() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if bytes.len() > self.0 {
                return Err(std::io::Error::other("no space left"));
            }
            self.0 -= bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let database = TestDatabase::sqlite().await;
    database.store.load_demonstration(&actor()).await.unwrap();
    let size = backup(&database.store).await.len();
    for room in [0, 10, size / 2, size - 1] {
        let failed = database.store.backup(Full(room)).await.map(drop);
        assert!(
            matches!(&failed, Err(Error::System(why)) if why == "no space left"),
            "{failed:?}"
        );
    }
    assert!(database.store.backup(Full(size)).await.is_ok());
    assert_eq!(database.store.check().await.unwrap(), []);
}
