//! Databases of earlier versions are brought up to date, after a backup, and say what they said.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

mod databases;
use databases::{Database, Kind, kinds};

/// Takes back what the last migration of the oldest fixture did, so that there is one to apply whatever
/// the schema of today is.
const BACK_TO_M0013: &str = "ALTER TABLE draft DROP COLUMN form; \
                             DELETE FROM seaql_migrations WHERE version = 'm0014_drafts_of_forms'";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_upr-tracker"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap()
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/tests/fixtures")
}

/// The schemas that there are fixtures of, such as m0014.
fn schemas() -> Vec<String> {
    let mut schemas: Vec<String> = fs::read_dir(fixtures())
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            Some(name.strip_suffix(".sqlite.sql")?.to_owned())
        })
        .collect();
    schemas.sort();
    assert!(schemas.contains(&"m0014".to_owned()));
    schemas
}

async fn loaded(schema: &str, kind: Kind, folder: &Path) -> Database {
    let database = Database::new(kind, folder).await;
    let ending = match kind {
        Kind::Sqlite => "sqlite",
        Kind::Postgres => "postgres",
    };
    let sql = fs::read_to_string(fixtures().join(format!("{schema}.{ending}.sql"))).unwrap();
    database.execute(&sql).await;
    database
}

/// The hashes of what the program of that time exported, by database and format.
fn recorded(schema: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(fixtures().join(format!("{schema}.sha256"))).unwrap();
    let lines = text.lines().map(|line| line.split_once("  ").unwrap());
    lines
        .map(|(hash, name)| (name.to_owned(), hash.to_owned()))
        .collect()
}

/// A CSV file without a column whose cells are all as expected; all other bytes stay as they are.
fn without_column(csv: &str, name: &str, is_expected: fn(&str) -> bool) -> String {
    let mut columns = csv.lines().next().unwrap().split(',');
    let column = columns.position(|column| column == name).unwrap();
    let end_of_headings = csv.find('\n').unwrap();
    let (mut kept, mut field, mut is_quoted) = (String::new(), 0, false);
    let mut cell = String::new();
    for (place, character) in csv.char_indices() {
        match character {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => field += 1,
            '\n' if !is_quoted => field = 0,
            _ => {}
        }
        if field != column {
            kept.push(character);
        } else if character == ',' && !is_quoted {
            cell.clear();
        } else {
            cell.push(character);
        }
        // The comma behind it has been seen.
        if field == column + 1 && !cell.is_empty() {
            let is_heading = place <= end_of_headings;
            assert!(is_heading || is_expected(&cell), "{name}: {cell}");
            cell.clear();
        }
    }
    kept
}

/// A JSON file without a member whose values are all texts as expected.
fn without_member(json: &str, name: &str, is_expected: fn(&str) -> bool) -> String {
    let begin = format!(",\"{name}\":\"");
    let mut parts = json.split(&begin);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (value, rest) = part.split_once('"').unwrap();
        assert!(is_expected(value), "{name}: {value}");
        kept.push_str(rest);
    }
    kept
}

/// Whether an id is that of a numbered recommendation, which earlier versions wrote under Paragraph, too.
fn is_number(id: &str) -> bool {
    id.starts_with(|first: char| first.is_ascii_digit())
}

/// What files for people who may see open rounds said, even if they showed none.
const EARLIER_NOTICE: &str =
    "The round is open: its statuses are not published and may still change.";

/// A table with the column of notices that it had.
fn with_earlier_notice(csv: &str) -> String {
    let (mut table, mut is_quoted, mut is_heading) = (String::new(), false, true);
    for character in csv.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            '\r' if !is_quoted => {
                table.push(',');
                table.push_str(if is_heading { "Notice" } else { EARLIER_NOTICE });
                is_heading = false;
            }
            _ => {}
        }
        table.push(character);
    }
    table
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_an_earlier_version_says_what_it_said() {
    for schema in schemas() {
        let recorded = recorded(&schema);
        for kind in kinds() {
            let folder = tempfile::tempdir().unwrap();
            let here = folder.path();
            let database = loaded(&schema, kind, here).await;
            done(here, &["check", "--database", database.url()]);
            for format in ["csv", "json"] {
                let exported = done(
                    here,
                    &["export", "--format", format, "--database", database.url()],
                );
                let name = match kind {
                    Kind::Sqlite => format!("sqlite.{format}"),
                    Kind::Postgres => format!("postgres.{format}"),
                };
                // What has been added since: it is empty in a database from before, or says again what the
                // paragraph says.
                let exported = if format == "csv" {
                    let csv = without_column(&exported, "Responsible bodies", str::is_empty);
                    let csv = without_column(&csv, "Text in other languages", str::is_empty);
                    let csv = with_earlier_notice(&without_column(&csv, "Id", is_number));
                    // "Data as of" was the day of the last change, and coverage was not told.
                    let csv = without_column(&csv, "Coverage", |_| true);
                    let csv = without_column(&csv, "Data as of", |_| true);
                    csv.replacen("Last changed on", "Data as of", 1)
                } else {
                    let json = exported.replace(",\"responsible_bodies\":null", "");
                    let json = json.replace(",\"texts\":[]", "");
                    // Earlier files for people who may see open rounds had this notice always, and `licence: null`.
                    let json = json.replacen(
                        "\"notice\":null",
                        &format!("\"notice\":\"{EARLIER_NOTICE}\""),
                        1,
                    );
                    // They told no sources but those of each row.
                    let (about, rows) = json.split_once("},\"recommendations\"").unwrap();
                    let about = without_member(about, "source", |_| true);
                    let about = without_member(&about, "licence", |_| true);
                    let json = format!("{about},\"licence\":null}},\"recommendations\"{rows}");
                    let json = json.replace(",\"data_as_of\":null", "");
                    let json = without_member(&json, "data_as_of", |_| true);
                    let json = json.replace("\"last_changed_on\"", "\"data_as_of\"");
                    let json = json.replace(",\"coverage\":null", "");
                    let json = without_member(&json, "coverage", |_| true);
                    without_member(&json, "id", is_number)
                };
                let hash = data::store::sha256(exported.as_bytes());
                assert_eq!(
                    hash, recorded[&name],
                    "{schema}.{name} is another now:\n{exported:.2000}"
                );
            }
        }
    }
}

/// The files in a folder but for those of a SQLite database, as their names end.
fn beside(folder: &Path, database: &Database) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with(&format!("{}.sqlite", database.name)))
        .map(|name| name.replace(&database.name, "NAME"))
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_makes_a_backup_first_or_leaves_the_database_alone() {
    for kind in kinds() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        let database = loaded("m0014", kind, here).await;
        database.execute(BACK_TO_M0013).await;
        let url = database.url();
        let as_it_was = run(here, &["backup", "-", "--database", url]).stdout;
        assert!(!as_it_was.is_empty());
        // A dry run names the steps, tries them, and changes nothing.
        let steps = done(here, &["migrate", "--dry-run", "--database", url]);
        assert!(steps.starts_with("m0014_drafts_of_forms\n"), "{steps}");
        assert!(run(here, &["backup", "-", "--database", url]).stdout == as_it_was);
        assert!(
            beside(here, &database).is_empty(),
            "{:?}",
            beside(here, &database)
        );
        // Where no backup can be written, nothing is upgraded.
        if kind == Kind::Postgres {
            let failed = run(
                here,
                &["check", "--database", url, "--backup-dir", "missing"],
            );
            let why = String::from_utf8_lossy(&failed.stderr);
            assert_eq!(failed.status.code(), Some(1), "{why}");
            assert!(why.contains("--upgrade-without-backup"), "{why}");
            assert!(run(here, &["backup", "-", "--database", url]).stdout == as_it_was);
        }
        // Any command that opens it upgrades it; the backup beside it is of the database before.
        let upgraded = run(here, &["check", "--database", url]);
        assert!(upgraded.status.success(), "{upgraded:?}");
        assert_eq!(beside(here, &database), ["NAME.before-m0014.backup"]);
        let backup = format!("{}.before-m0014.backup", database.name);
        assert!(fs::read(here.join(&backup)).unwrap() == as_it_was);
        // Up to date, it needs none.
        done(here, &["migrate", "--database", url]);
        assert_eq!(
            done(here, &["migrate", "--dry-run", "--database", url]),
            "The database is up to date.\n"
        );
        assert_eq!(beside(here, &database).len(), 1);
        // The backup of the earlier schema restores, upgraded, into either database.
        let now = done(here, &["export", "--format", "json", "--database", url]);
        for to in kinds() {
            let copy = Database::new(to, here).await;
            done(here, &["restore", &backup, "--database", copy.url()]);
            done(here, &["check", "--database", copy.url()]);
            assert_eq!(
                done(
                    here,
                    &["export", "--format", "json", "--database", copy.url()]
                ),
                now
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_before_an_upgrade_can_be_left_out_and_replaces_no_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let database = loaded("m0014", Kind::Sqlite, here).await;
    database.execute(BACK_TO_M0013).await;
    done(
        here,
        &[
            "migrate",
            "--upgrade-without-backup",
            "--database",
            database.url(),
        ],
    );
    assert!(beside(here, &database).is_empty());
    for expected in [1, 2] {
        database.execute(BACK_TO_M0013).await;
        done(here, &["migrate", "--database", database.url()]);
        assert_eq!(beside(here, &database).len(), expected);
    }
    // A database that holds nothing yet, and one that is not there, need none.
    done(
        here,
        &["migrate", "--database", "sqlite://new.sqlite?mode=rwc"],
    );
    assert_eq!(
        beside(here, &database).len(),
        3,
        "the two and the new database"
    );
}
