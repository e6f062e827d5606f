//! A redacted text is nowhere, and the history verifies all the same.

use crate::support::{
    REVIEW, ROUND, TestDatabase, actor, all_rows, code, file, import, incoming, new_round, new_run,
    on_each_database, paragraph, refusal, save, stage, with_round,
};
use data::domain::{Evidence, EvidenceKind, LanguageText, Role, Scheme, Term};
use data::exchange::Mapping;
use data::store::{
    Actor, BulkChange, Content, DraftReason, Error, NewPassword, NewRound, Removal, evidence_seen,
    sha256,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::time::{Duration, SystemTime};

/// Has letters that JSON writes as they are, and none of the characters that it escapes.
const NAME: &str = "Zoya Čarnaŭskaja";

pub(crate) fn removal(text: &str, whole: bool) -> Removal {
    Removal {
        text: text.to_owned(),
        whole,
        reason: "A witness asked for it.".to_owned(),
    }
}

fn evidence(note: &str) -> Evidence {
    Evidence {
        title: "An interview".to_owned(),
        source: "https://example.org/interview".to_owned(),
        publisher: None,
        date: None,
        kind: EvidenceKind::CivilSociety,
        note: Some(note.to_owned()),
        language: None,
        archived: None,
    }
}

/// A published round and an open one, with a name in as many places as there are.
async fn with_name(database: &TestDatabase) {
    let store = &database.store;
    with_round(store, 4).await;
    let review = code(REVIEW);
    let mut first = save(1, 0, "implemented", &format!("{NAME} told us so."));
    first.evidence = vec![evidence(&format!("Told by {NAME}"))];
    store.save_assessment(&actor(), None, &first).await.unwrap();
    let published = save(1, 1, "implemented", &format!("It is done, says {NAME}."));
    store
        .save_assessment(&actor(), None, &published)
        .await
        .unwrap();
    let seen = [(paragraph("120.2"), 0), (paragraph("120.3"), 0)];
    let what = BulkChange {
        status: Some("implemented".to_owned()),
        reason: format!("{NAME} confirmed both."),
        add_term: Some(Term::new(Scheme::Issue, &format!("Case of {NAME}"))),
        ..BulkChange::default()
    };
    store
        .change_many(&actor(), review, ROUND, &seen, &what)
        .await
        .unwrap();
    let seen = evidence_seen(&evidence(&format!("Told by {NAME}")));
    let later = evidence(&format!("Told by {NAME} in May"));
    store
        .change_evidence(&actor(), review, 1, &seen, &later)
        .await
        .unwrap();
    store.publish_round(&actor(), review, ROUND).await.unwrap();

    let mut open = new_round("other");
    open.title = format!("After {NAME}");
    open.assessors = vec![NAME.to_owned(), "An organisation".to_owned()];
    store.open_round(&actor(), review, &open).await.unwrap();
    let record = store.review_record(review).await.unwrap();
    let seen = NewRound::of(&record.round("other").unwrap().round).seen();
    let renamed = new_round("other");
    store
        .change_round(&actor(), review, "other", &seen, &renamed)
        .await
        .unwrap();
    store
        .add_account(&actor(), "anna", Role::Analyst, NewPassword::Generated)
        .await
        .unwrap();
    let mut draft = save(2, 0, "implemented", &format!("{NAME}, not saved."));
    "other".clone_into(&mut draft.round);
    store
        .keep_draft(1, &draft, &DraftReason::Typed)
        .await
        .unwrap();
    let mut assigned = incoming(4);
    assigned.responsible_bodies = vec![format!("Office of {NAME}"), "Parliament".to_owned()];
    assigned.texts = vec![LanguageText {
        language: "ru".to_owned(),
        text: format!("Как говорит {NAME}"),
        source: Some(format!("A letter of {NAME}")),
    }];
    import(store, file(vec![assigned])).await;
    let mut staged = incoming(9);
    staged.summary = Some(format!("As {NAME} says"));
    stage(store, file(vec![staged])).await;
    // In an encoding in which its bytes are others.
    let upload: Vec<u8> = format!("Paragraph;Text\n1;{NAME}\n")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    store.keep_upload(1, &new_run(), upload).await.unwrap();
}

/// Every column of texts of every table, as one.
async fn dump(database: &TestDatabase) -> String {
    let connection = database.raw().await;
    let backend = connection.get_database_backend();
    let columns = match backend {
        DbBackend::Postgres => {
            "SELECT table_name::text || ' ' || column_name::text FROM information_schema.columns \
             WHERE table_schema = current_schema()"
        }
        _ => {
            "SELECT m.name || ' ' || c.name FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table'"
        }
    };
    let mut all = String::new();
    for of in database.texts(columns).await {
        let (table, column) = of.split_once(' ').unwrap();
        let sql = format!("SELECT COALESCE(CAST(\"{column}\" AS TEXT), '') FROM \"{table}\"");
        let statement = Statement::from_string(backend, sql);
        for row in connection.query_all_raw(statement).await.unwrap() {
            all.push_str(&row.try_get_by_index::<String>(0).unwrap());
            all.push('\n');
        }
    }
    connection.close().await.unwrap();
    all
}

/// The files of a SQLite database, one after the other; empty for PostgreSQL.
fn bytes(database: &TestDatabase) -> Vec<u8> {
    let Some(file) = database.url().strip_prefix("sqlite://") else {
        return Vec::new();
    };
    let file = file.split('?').next().unwrap();
    let mut bytes = std::fs::read(file).unwrap();
    bytes.extend(std::fs::read(format!("{file}-wal")).unwrap_or_default());
    bytes
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

/// The history as the program wrote it before its hashes covered commitments.
async fn as_before_commitments(database: &TestDatabase) {
    let connection = database.raw().await;
    let backend = connection.get_database_backend();
    let events = "SELECT id, at, actor, kind, review, round, paragraph, before, after FROM event ORDER BY id";
    let mut previous = String::new();
    let rows = connection
        .query_all_raw(Statement::from_string(backend, events))
        .await
        .unwrap();
    for row in rows {
        let number = |at| row.try_get_by_index::<i64>(at).unwrap();
        let text = |at| row.try_get_by_index::<Option<String>>(at).unwrap();
        let id = number(0);
        let entry = serde_json::json!([
            previous,
            id,
            number(1),
            text(2),
            text(3),
            text(4),
            text(5),
            text(6),
            text(7),
            text(8)
        ]);
        previous = sha256(entry.to_string().as_bytes());
        let update = format!(
            "UPDATE event SET format = 1, seed = NULL, salts = NULL, hash = '{previous}' WHERE id = {id}"
        );
        connection.execute_unprepared(&update).await.unwrap();
    }
    connection.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redacted_text_is_nowhere_and_the_history_verifies() {
    on_each_database(async |database| {
        let store = &database.store;
        Box::pin(with_name(&database)).await;
        assert_eq!(store.check().await.unwrap(), []);
        assert!(dump(&database).await.matches(NAME).count() > 12);
        let record = store.public_record(code(REVIEW)).await.unwrap();
        let before = record
            .round(ROUND)
            .unwrap()
            .round
            .content_hash
            .clone()
            .unwrap();
        let entries = store.revision().await.unwrap().0;
        let version = store.version().await.unwrap().public.number;

        let preview = store
            .preview_redaction(&actor(), &removal(NAME, false))
            .await
            .unwrap();
        assert_eq!(store.revision().await.unwrap().0, entries);
        let removed = store.redact(&actor(), &removal(NAME, false)).await.unwrap();
        assert_eq!(preview.rows, removed.rows);
        assert_eq!(preview.entries, removed.entries);
        for table in [
            "assessment",
            "evidence",
            "draft",
            "import_row",
            "term",
            "upload",
        ] {
            assert!(removed.rows[table] > 0, "{table}");
        }
        assert!(removed.entries > 8, "{removed:?}");
        assert_eq!(removed.not_recomputable, 0);

        let left = dump(&database).await;
        assert!(!left.contains(NAME), "{left}");
        assert!(left.contains("[redacted] told us so."));
        assert!(!holds(&bytes(&database), NAME));
        assert_eq!(store.check().await.unwrap(), []);
        // Another process reads the same, and replays it.
        assert_eq!(database.second_store().await.check().await.unwrap(), []);

        // The published round states both hashes, the reason and the day.
        let record = store.public_record(code(REVIEW)).await.unwrap();
        let round = record.round(ROUND).unwrap();
        let after = round.round.content_hash.clone().unwrap();
        assert_ne!(before, after);
        assert_eq!(after, sha256(round.canonical_text(&record).as_bytes()));
        assert_eq!(round.round.redactions, [removed.rounds[0].2.clone()]);
        let said = &round.round.redactions[0];
        assert_eq!((&said.before, &said.after), (&before, &after));
        assert_eq!(said.reason, "A witness asked for it.");
        assert_eq!(said.day.text().len(), 10);
        assert_eq!(store.version().await.unwrap().public.number, version + 1);

        // Once more, of an entry that was redacted already; and of the reason of the first redaction.
        store
            .redact(&actor(), &removal("told us so", false))
            .await
            .unwrap();
        let mut last = removal("A witness asked for it.", true);
        last.reason = "It told too much.".to_owned();
        store.redact(&actor(), &last).await.unwrap();
        assert_eq!(store.check().await.unwrap(), []);
        assert!(!dump(&database).await.contains("A witness"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_from_before_commitments_keep_their_hash() {
    on_each_database(async |database| {
        let store = &database.store;
        Box::pin(with_name(&database)).await;
        as_before_commitments(&database).await;
        assert_eq!(store.check().await.unwrap(), []);
        assert_eq!(store.redacted_entries().await.unwrap(), (0, 0));
        let hashes = database.texts("SELECT hash FROM event ORDER BY id").await;
        let removed = store.redact(&actor(), &removal(NAME, false)).await.unwrap();
        assert_eq!(removed.entries, removed.not_recomputable);
        let after = database.texts("SELECT hash FROM event ORDER BY id").await;
        assert_eq!(after[..hashes.len()], hashes);
        assert_eq!(store.check().await.unwrap(), []);
        let (redacted, not_recomputable) = store.redacted_entries().await.unwrap();
        assert_eq!(
            (redacted, not_recomputable),
            (removed.entries, removed.entries)
        );
        assert!(!dump(&database).await.contains(NAME));
        // Removing more from the same entries, and saving on, verify as well.
        store
            .redact(&actor(), &removal("told us so", false))
            .await
            .unwrap();
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tampering_does_not_pass_for_redaction() {
    on_each_database(async |database| {
        let store = &database.store;
        Box::pin(with_name(&database)).await;
        for old in [false, true] {
            if old {
                as_before_commitments(&database).await;
            }
            let name = if old { "It is done" } else { NAME };
            store.redact(&actor(), &removal(name, false)).await.unwrap();
            assert_eq!(store.check().await.unwrap(), []);
            let entry = "(SELECT MAX(id) FROM event WHERE kind = 'assessment-saved' AND (salts IS NOT NULL OR format = 1 AND seed IS NOT NULL))";
            let listing = "(SELECT MAX(id) FROM event WHERE kind = 'text-redacted')";
            database.tamper("CREATE TABLE kept AS SELECT * FROM event").await;
            for alter in [
                // What stands in place of the text, and what stands beside it.
                format!("UPDATE event SET after = REPLACE(after, '[redacted]', 'nobody') WHERE id = {entry}"),
                format!("UPDATE event SET after = REPLACE(after, 'implemented', 'in_process') WHERE id = {entry}"),
                // As if it had never been redacted, or been redacted otherwise.
                format!("UPDATE event SET seed = NULL, salts = NULL WHERE id = {entry}"),
                format!("UPDATE event SET seed = 'ab', salts = NULL WHERE id = {entry}"),
                format!("UPDATE event SET format = 3 - format WHERE id = {entry}"),
                format!("UPDATE event SET after = REPLACE(after, '\"entry\"', '\"other\"') WHERE id = {listing}"),
                // An entry that no redaction lists.
                "UPDATE event SET after = '[redacted]', seed = NULL, salts = '[]' WHERE id = 2".to_owned(),
                "UPDATE event SET format = 1, seed = 'ab' WHERE id = 2".to_owned(),
            ] {
                assert_eq!(database.tamper(&alter).await, 1, "{alter}");
                assert!(store.verify_history().await.unwrap().is_err(), "{alter}");
                database
                    .tamper("DELETE FROM event; INSERT INTO event SELECT * FROM kept")
                    .await;
                assert_eq!(store.verify_history().await.unwrap().ok(), Some(store.revision().await.unwrap().0));
            }
            database.tamper("DROP TABLE kept").await;
            let redactions = "UPDATE round SET redactions = NULL WHERE redactions IS NOT NULL";
            if !old {
                database.tamper("CREATE TABLE kept_rounds AS SELECT id, redactions FROM round").await;
                assert_eq!(database.tamper(redactions).await, 1);
                let findings = store.check().await.unwrap();
                assert!(findings.iter().any(|one| one.0.key == "check-round-altered"), "{findings:?}");
                database.tamper(
                    "UPDATE round SET redactions = (SELECT redactions FROM kept_rounds WHERE kept_rounds.id = round.id)"
                ).await;
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_remove_too_much_or_tell_too_much_is_refused() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let key = async |removal: Removal| match store.redact(&actor(), &removal).await {
            Err(Error::Refused(refusal)) => refusal.message().key.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(key(removal("", true)).await, "redaction-text-unfit");
        assert_eq!(
            key(removal("redacted", false)).await,
            "redaction-text-unfit"
        );
        assert_eq!(key(removal("abc", false)).await, "redaction-text-short");
        assert_eq!(
            key(removal("nowhere to be found", false)).await,
            "redaction-nothing"
        );
        let mut telling = removal("nowhere", false);
        telling.reason = "It is nowhere.".to_owned();
        assert_eq!(key(telling).await, "redaction-reason-tells");
        let mut unexplained = removal("nowhere", false);
        unexplained.reason = " ".to_owned();
        assert_eq!(key(unexplained).await, "redaction-reason-unfit");
        // A word of the vocabulary is no text that somebody wrote.
        let first = save(1, 0, "implemented", "It is implemented.");
        store
            .save_assessment(&Actor("anna".to_owned()), None, &first)
            .await
            .unwrap();
        store
            .redact(&actor(), &removal("implemented", false))
            .await
            .unwrap();
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let saved = record.rounds[0].assessments.values().next().unwrap();
        assert_eq!(saved.status, "implemented");
        assert_eq!(saved.rationale, "It is [redacted].");
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

/// A table whose rows say the same two long texts, the first of which holds the name.
fn repeating_table(first: &str, second: &str) -> String {
    let mut table = "review,paragraph,text,recommending_states,summary,remark\n".to_owned();
    for number in 1..=3 {
        let row = format!("{REVIEW},120.{number},{first},Norway,{second},{second}\n");
        table.push_str(&row);
    }
    table
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_staged_rows_share_is_redacted_in_all_of_them() {
    on_each_database(async |database| {
        let store = &database.store;
        let first = format!("{}{NAME} \\ told so", "first ".repeat(60));
        let second = "second ".repeat(60).trim().to_owned();
        let table = repeating_table(&first, &second);
        let id = store.begin_import(&actor(), &new_run()).await.unwrap();
        let options = store.import_options(id).await.unwrap();
        let read = move |sink: &mut dyn data::exchange::Sink| {
            data::exchange::read(std::io::Cursor::new(table), &options, sink)
        };
        let run = store.read_import(&actor(), id, read).await.unwrap();
        // Rows refer to both, and their cells to their own content.
        let shared = "SELECT content FROM import_text";
        assert_eq!(database.texts(shared).await.len(), 2);
        let referring = "SELECT cells FROM import_row WHERE cells LIKE '%{\"$\":-2}%{\"$\":-2}%'";
        assert_eq!(database.texts(referring).await.len(), 3);
        let as_before = database.texts(referring).await;
        let rows = all_rows(store, run.id).await;
        assert!(rows.iter().all(|row| row.cells()[2].1 == first));

        let expect = async |text: &str| {
            for row in all_rows(store, run.id).await {
                let cells: Vec<String> = row.cells().into_iter().map(|(_, cell)| cell).collect();
                assert_eq!(cells[2], text);
                assert_eq!((&cells[4], &cells[5]), (&second, &second));
                let Content::Recommendation(one) = &row.content else {
                    panic!("{row:?}");
                };
                assert_eq!(one.text.as_deref(), Some(text));
                assert_eq!(one.summary.as_ref(), Some(&second));
            }
            assert!(!dump(&database).await.contains(NAME));
            assert!(!holds(&bytes(&database), NAME));
        };
        // A part of the text: a long text is left, and references stay as they are.
        let removed = store.redact(&actor(), &removal(NAME, false)).await.unwrap();
        assert_eq!(removed.rows["import_text"], 1);
        let left = first.replace(NAME, "[redacted]");
        expect(&left).await;
        assert_eq!(database.texts(referring).await, as_before);
        // All of it: what is left is short, and the second text becomes the first long one.
        let removed = store.redact(&actor(), &removal(&left, true)).await.unwrap();
        assert_eq!(removed.rows["import_row"], 3);
        expect("[redacted]").await;
        assert!(database.texts(referring).await.is_empty());
        assert_eq!(
            database
                .texts("SELECT CAST(length AS TEXT) FROM import_row WHERE length > 800")
                .await,
            Vec::<String>::new()
        );
        // The rows are not what was shown, and are shown once more before they are applied.
        let changed = store.apply_import(&actor(), run.id).await;
        assert_eq!(refusal(changed), "import-plan-changed");
        let applied = store.apply_import(&actor(), run.id).await.unwrap();
        assert_eq!(applied.summary.created, 3, "{applied:?}");
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heading_is_redacted_in_mappings() {
    on_each_database(async |database| {
        let store = &database.store;
        let mapping = Mapping {
            fields: [(format!("What {NAME} says"), "text".to_owned())].into(),
            constants: [("language".to_owned(), "en".to_owned())].into(),
            separator: None,
            ..Mapping::default()
        };
        let plain = Mapping {
            fields: [("Text".to_owned(), "text".to_owned())].into(),
            ..mapping.clone()
        };
        store
            .save_mapping(&actor(), "theirs", &mapping)
            .await
            .unwrap();
        store.save_mapping(&actor(), "ours", &plain).await.unwrap();
        store
            .save_mapping(&actor(), &format!("of {NAME}"), &plain)
            .await
            .unwrap();
        let mut new = new_run();
        new.mapping = Some(mapping);
        let id = store.begin_import(&actor(), &new).await.unwrap();
        let removed = store.redact(&actor(), &removal(NAME, false)).await.unwrap();
        assert_eq!(removed.rows["saved_mapping"], 2);
        assert_eq!(removed.rows["import_run"], 1);
        assert!(!dump(&database).await.contains(NAME));
        assert!(!holds(&bytes(&database), NAME));
        let run = store.import_run(id).await.unwrap();
        let fields = run.file.mapping.unwrap().fields;
        assert_eq!(fields["What [redacted] says"], "text");
        // A word that the program gives to fields is none of theirs.
        let removed = store
            .preview_redaction(&actor(), &removal("language", false))
            .await
            .unwrap();
        assert!(removed.is_nothing(), "{removed:?}");
    })
    .await;
}

#[test]
fn older_backups_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("yesterday.age");
    std::fs::write(&file, "a").unwrap();
    let later = SystemTime::now() + Duration::from_mins(1);
    let earlier = SystemTime::now() - Duration::from_mins(1);
    assert_eq!(
        data::store::backups_before(folder.path(), later).unwrap(),
        [file]
    );
    assert!(
        data::store::backups_before(folder.path(), earlier)
            .unwrap()
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_from_before_is_brought_up_to_date() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_demonstration(&actor()).await.unwrap();
        as_before_commitments(&database).await;
        for undo in [
            "DROP TABLE public_version",
            "ALTER TABLE event DROP COLUMN format",
            "ALTER TABLE event DROP COLUMN seed",
            "ALTER TABLE event DROP COLUMN salts",
            "ALTER TABLE round DROP COLUMN redactions",
            "DELETE FROM seaql_migrations WHERE version = 'm0016_public'",
        ] {
            database.tamper(undo).await;
        }
        let store = database.second_store().await;
        assert_eq!(store.check().await.unwrap(), []);
        let public = store.version().await.unwrap().public;
        assert_eq!(public.number, 1);
        assert_eq!(public.day % (24 * 60 * 60 * 1_000), 0);
        let record = store.public_record(code("XXA-3")).await.unwrap();
        assert_eq!(record.revision, 1);
        assert!(record.public.published["mid-term"] > 1);
        // What is written from now on commits to its texts, and moves the version where it is public.
        let open = new_round("later");
        store
            .open_round(&actor(), code("XXA-3"), &open)
            .await
            .unwrap();
        assert_eq!(store.version().await.unwrap().public, public);
        store
            .publish_round(&actor(), code("XXA-3"), "later")
            .await
            .unwrap();
        let now = store.version().await.unwrap().public;
        assert_eq!(now.number, 2);
        assert_ne!(now.mark, public.mark);
        let formats = database
            .texts("SELECT CAST(format AS TEXT) FROM event ORDER BY id")
            .await;
        assert_eq!(formats.first().map(String::as_str), Some("1"));
        assert_eq!(formats.last().map(String::as_str), Some("2"));
        assert_eq!(store.check().await.unwrap(), []);
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_stays_in_a_scale_is_told() {
    on_each_database(async |database| {
        let store = &database.store;
        Box::pin(with_name(&database)).await;
        let definition = "An example of what Ivan Zvedka said.";
        let sql =
            format!("UPDATE status SET definition = '{definition}' WHERE code = 'implemented'");
        let held = database.tamper(&sql).await;
        assert!(held > 0);
        let (actor, only_there) = (actor(), removal("Ivan Zvedka", false));
        let only_there = store.redact(&actor, &only_there);
        assert_eq!(
            refusal(only_there.await.map(drop)),
            "redaction-only-in-scales"
        );
        let sql =
            format!("UPDATE status SET definition = 'As {NAME} said.' WHERE code = 'implemented'");
        database.tamper(&sql).await;
        let removed = store.redact(&actor, &removal(NAME, false)).await.unwrap();
        assert_eq!(removed.in_scales, held);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_that_are_the_same_afterwards_become_one() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let mut version = 0;
        for name in ["Ivan Zvedka", "Katsya Zorka"] {
            let what = BulkChange {
                status: Some("implemented".to_owned()),
                add_term: Some(Term::new(Scheme::Issue, name)),
                reason: "Because".to_owned(),
                ..BulkChange::default()
            };
            let seen = [(paragraph("120.1"), version)];
            store
                .change_many(&actor(), code(REVIEW), ROUND, &seen, &what)
                .await
                .unwrap();
            version = 1;
        }
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        for name in ["Ivan Zvedka", "Katsya Zorka"] {
            store.redact(&actor(), &removal(name, true)).await.unwrap();
            assert_eq!(store.check().await.unwrap(), [], "{name}");
            assert!(!dump(&database).await.contains(name));
        }
        let record = store.review_record(code(REVIEW)).await.unwrap();
        let terms = record.recommendations[0].terms.iter();
        assert_eq!(terms.filter(|term| term.name == "[redacted]").count(), 1);
    })
    .await;
}
