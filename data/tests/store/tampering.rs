//! Whatever is altered behind the history's back, `check` finds: every column of every table that is part of
//! the record, by every means, and random ones beside.
//!
//! Which tables and columns there are is asked of the database, so that a new one cannot be forgotten: it
//! is found, or it is named here with the reason why it is no part of the record.

use crate::support::{
    Fresh, REVIEW, ROUND, TestDatabase, actor, code, evidence, file, import, incoming, new_round,
    on_each_database, paragraph, save, states, with_round,
};
use data::domain::{Earlier, LanguageText, Position, PositionClass, Role, Scheme, Term};
use data::store::{NewPassword, Store};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};
use std::collections::BTreeMap;

/// Tables that are no part of the record, and why.
const NO_RECORD: [(&str, &str); 16] = [
    ("device", "which browsers somebody has said to be their own"),
    ("draft", "what a person has typed and not saved"),
    (
        "import_document",
        "a matrix as it was brought, to be handed back; what it said is in the record",
    ),
    (
        "import_outcome",
        "what a staged row would do, planned anew before it is done",
    ),
    (
        "import_row",
        "what a staged file says, looked at before it is applied",
    ),
    ("import_text", "what staged rows share"),
    ("installation", "the keys that this installation signs with"),
    ("presence", "who has a form open at the moment"),
    (
        "public_version",
        "numbers by which kept pages are told apart; the history does not say which of its entries were one change",
    ),
    (
        "saved_mapping",
        "a help for reading files, whose result is looked at before it is applied",
    ),
    ("saved_view", "lists that a person keeps under a name"),
    (
        "security_event",
        "who signed in and who failed to, forgotten after half a year",
    ),
    ("session", "who is signed in"),
    ("sign_in_failure", "wrong passwords of the last hours"),
    ("upload", "files that wait for a person to explain them"),
    ("writer", "which programs have the database open"),
];

/// Columns that are no part of the record, and why.
const NO_COLUMN: [(&str, &str); 7] = [
    (
        "assessment.id",
        "a row's number, which nothing shows; what refers to it is checked",
    ),
    (
        "evidence.id",
        "a row's number, which nothing shows; what refers to it is checked",
    ),
    (
        "recommendation.id",
        "a row's number, which nothing shows; what refers to it is checked",
    ),
    (
        "import_run.beat_at",
        "whether somebody reads the file at the moment",
    ),
    ("import_run.progress", "how far reading is"),
    (
        "import_run.staged",
        "how much of the file is kept at the moment",
    ),
    (
        "seaql_migrations.applied_at",
        "when the program was brought up to date",
    ),
];

/// A column as the database describes it.
#[derive(Clone, Debug)]
struct Column {
    name: String,
    kind: String,
    is_key: bool,
}

/// The tables of the record and the rows in them as texts.
struct Record {
    db: DatabaseConnection,
    tables: BTreeMap<String, Vec<Column>>,
}

type Row = Vec<Option<String>>;

impl Record {
    /// Reads what tables there are and keeps a copy of each to restore it from.
    async fn of(database: &TestDatabase) -> Self {
        Self::at(database.url()).await
    }

    async fn at(url: &str) -> Self {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await.unwrap();
        let is_sqlite = db.get_database_backend() == DbBackend::Sqlite;
        // Whoever alters the tables does not mind what refers to them.
        let unbound = if is_sqlite {
            "PRAGMA foreign_keys = OFF"
        } else {
            "SET session_replication_role = replica"
        };
        db.execute_unprepared(unbound).await.unwrap();
        let columns = if is_sqlite {
            "SELECT t.name, c.name, c.type, c.pk > 0 FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        } else {
            "SELECT c.table_name::text, c.column_name::text, c.data_type::text, EXISTS (SELECT 1 \
             FROM information_schema.table_constraints k JOIN information_schema.key_column_usage u \
             USING (constraint_name, table_name) WHERE k.constraint_type = 'PRIMARY KEY' \
             AND u.table_name = c.table_name AND u.column_name = c.column_name) \
             FROM information_schema.columns c WHERE c.table_schema = 'public'"
        };
        let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
        let statement = Statement::from_string(db.get_database_backend(), columns);
        for row in db.query_all_raw(statement).await.unwrap() {
            let table: String = row.try_get_by_index(0).unwrap();
            let column = Column {
                name: row.try_get_by_index(1).unwrap(),
                kind: row.try_get_by_index::<String>(2).unwrap().to_lowercase(),
                is_key: row.try_get_by_index(3).unwrap(),
            };
            tables.entry(table).or_default().push(column);
        }
        for (table, _) in NO_RECORD {
            assert!(tables.remove(table).is_some(), "{table} is not there");
        }
        for (column, _) in NO_COLUMN {
            let (table, name) = column.split_once('.').unwrap();
            let is_there = tables[table].iter().any(|column| column.name == name);
            assert!(is_there, "{column} is not there");
        }
        for table in tables.keys() {
            let copy = format!("CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}");
            db.execute_unprepared(&copy).await.unwrap();
        }
        Self { db, tables }
    }

    async fn run(&self, sql: &str) -> Result<u64, sea_orm::DbErr> {
        let done = self.db.execute_unprepared(sql).await?;
        Ok(done.rows_affected())
    }

    /// Puts a table back, and those that a program which is opened fills by itself.
    async fn restore(&self, table: &str) {
        for table in [table, "event", "scale", "status"] {
            let restore = [
                format!("DELETE FROM {table}"),
                format!("INSERT INTO {table} SELECT * FROM kept_{table}"),
            ];
            for sql in restore {
                self.run(&sql).await.unwrap();
            }
        }
    }

    /// The rows of a table that are part of the record.
    async fn rows(&self, table: &str) -> Vec<Row> {
        let columns: Vec<String> = self.tables[table]
            .iter()
            .map(|column| format!("CAST(\"{}\" AS TEXT)", column.name))
            .collect();
        let of_record = match table {
            "import_run" => "last_event IS NOT NULL",
            _ => "1 = 1",
        };
        let sql = format!(
            "SELECT {} FROM {table} WHERE {of_record}",
            columns.join(", ")
        );
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        let rows = self.db.query_all_raw(statement).await.unwrap();
        let mut rows: Vec<Row> = rows
            .iter()
            .map(|row| {
                (0..columns.len())
                    .map(|at| row.try_get_by_index(at).unwrap())
                    .collect()
            })
            .collect();
        rows.sort_unstable();
        rows
    }

    /// Finds a row by its key.
    fn of_key(&self, table: &str, row: &Row) -> String {
        let columns = self.tables[table].iter().zip(row);
        let key: Vec<String> = columns
            .filter(|(column, _)| column.is_key)
            .map(|(column, value)| format!("\"{}\" = {}", column.name, literal(value.as_deref())))
            .collect();
        key.join(" AND ")
    }

    /// Every way in which a value of a row can be made another one.
    fn updates(&self, table: &str, at: usize, row: &Row) -> Vec<String> {
        let column = &self.tables[table][at];
        let set = |value: String| {
            let of_key = self.of_key(table, row);
            format!(
                "UPDATE {table} SET \"{}\" = {value} WHERE {of_key}",
                column.name
            )
        };
        let value = row[at].as_deref();
        let mut updates = vec![set(literal(Some(&another(column, value))))];
        if value.is_some() && !column.is_key {
            updates.push(set("NULL".to_owned()));
        }
        if self.db.get_database_backend() == DbBackend::Sqlite {
            // SQLite keeps any value in any column; some of them will do.
            if at.is_multiple_of(3) {
                updates.push(set("x'41'".to_owned()));
            }
            if column.kind == "boolean" {
                updates.push(set("7".to_owned()));
            }
        }
        updates
    }

    /// Puts a value of each of two rows into the other, past the table's constraints.
    fn swap(&self, table: &str, at: usize, one: &Row, other: &Row) -> Vec<String> {
        let name = &self.tables[table][at].name;
        let passing = another(&self.tables[table][at], Some("987654"));
        let set = |row: &Row, value: Option<&str>| {
            let of_key = self.of_key(table, row);
            format!(
                "UPDATE {table} SET \"{name}\" = {} WHERE {of_key}",
                literal(value)
            )
        };
        let mut moved = one.clone();
        moved[at] = Some(passing.clone());
        vec![
            set(one, Some(&passing)),
            set(other, one[at].as_deref()),
            set(&moved, other[at].as_deref()),
        ]
    }

    /// A further row like one that is there, in all ways that the table's keys may allow.
    fn inserts(&self, table: &str, row: &Row) -> Vec<String> {
        let columns = &self.tables[table];
        let names: Vec<String> = columns
            .iter()
            .map(|one| format!("\"{}\"", one.name))
            .collect();
        // Some tables have a second key.
        (1..1_usize << columns.len().min(4))
            .rev()
            .map(|which| {
                let values = columns
                    .iter()
                    .zip(row)
                    .enumerate()
                    .map(|(at, (column, value))| {
                        let changes = column.is_key
                            && columns.iter().filter(|one| one.is_key).count() == 1
                            || at < 4 && which & (1 << at) != 0;
                        match value {
                            Some(value) if changes => literal(Some(&another(column, Some(value)))),
                            value => literal(value.as_deref()),
                        }
                    });
                let values: Vec<String> = values.collect();
                format!(
                    "INSERT INTO {table} ({}) VALUES ({})",
                    names.join(", "),
                    values.join(", ")
                )
            })
            .collect()
    }
}

fn literal(value: Option<&str>) -> String {
    value.map_or_else(
        || "NULL".to_owned(),
        |value| format!("'{}'", value.replace('\'', "''")),
    )
}

/// Another value than one of a column, which its readers would understand where they can.
fn another(column: &Column, value: Option<&str>) -> String {
    let number = |more: i64| {
        let number: i64 = value.unwrap_or("0").parse().unwrap();
        (number + more).to_string()
    };
    match column.kind.as_str() {
        "boolean" if matches!(value, Some("1" | "true")) => "0".to_owned(),
        "boolean" => "1".to_owned(),
        "double precision" => "0.125".to_owned(),
        "text" => match (column.name.as_str(), value.unwrap_or_default()) {
            ("state", "FRA") => "DEU".to_owned(),
            ("state", _) => "FRA".to_owned(),
            ("class", "noted") => "supported".to_owned(),
            ("class", _) => "noted".to_owned(),
            (_, value) => format!("{value}."),
        },
        // Numbers of any size.
        _ if column.name.ends_with("_id") || column.name == "id" => number(1_000),
        _ => number(1),
    }
}

/// The table that only the bundled set has something in. Checks of so large a set take their time.
const BUNDLED: &str = "reported_total";

/// A database with something in every other table of the record.
async fn filled(store: &Store) {
    let one = actor();
    with_round(store, 3).await;
    let mut earlier = incoming(1);
    earlier.review = code("SVN-2");
    earlier.report_symbol = Some("A/HRC/28/15".to_owned());
    let mut unnumbered = incoming(2);
    unnumbered.paragraph = None;
    let mut rich = incoming(4);
    rich.terms = vec![
        Term::new(Scheme::Issue, "Detention"),
        Term::new(Scheme::Issue, "Justice"),
        Term::new(Scheme::Theme, "Children"),
    ];
    rich.responsible_bodies = vec!["Ministry of Justice".to_owned(), "Parliament".to_owned()];
    rich.summary = Some("In short".to_owned());
    let further = |language: &str, text: &str| LanguageText {
        language: language.to_owned(),
        text: text.to_owned(),
        source: Some("A/HRC/43/15".to_owned()),
    };
    rich.texts = vec![further("ru", "Сделать"), further("fr", "Faire")];
    rich.source_id = Some("x-4".to_owned());
    rich.recommending = states(&["NOR", "BRA", "TGO"]);
    rich.position = Some(Position {
        class: PositionClass::Supported,
        raw: "Supported".to_owned(),
        source: Some("A/HRC/43/15/Add.1".to_owned()),
        source_paragraph: Some("3".to_owned()),
        date: Some("2020-03-01".into()),
    });
    let run = import(store, file(vec![earlier, unnumbered, rich.clone()])).await;
    assert!(run.summary.created > 0, "{run:?}");
    let mut answered = rich;
    answered.position.as_mut().unwrap().class = PositionClass::Noted;
    answered.position.as_mut().unwrap().source = Some("UPR Info".to_owned());
    import(store, file(vec![answered])).await;
    for (slug, number) in [(ROUND, 1), (ROUND, 2), ("other", 1)] {
        if slug == "other" {
            store
                .open_round(&one, code(REVIEW), &new_round(slug))
                .await
                .unwrap();
        }
        let mut save = save(number, 0, "implemented", "Seen.");
        save.round = slug.to_owned();
        save.evidence = vec![evidence("Law"), evidence("Report")];
        "https://example.org/report".clone_into(&mut save.evidence[1].source);
        save.evidence[1].note = Some("In part".to_owned());
        store.save_assessment(&one, None, &save).await.unwrap();
        save.version = 1;
        "Seen again.".clone_into(&mut save.rationale);
        store.save_assessment(&one, None, &save).await.unwrap();
    }
    store
        .publish_round(&one, code(REVIEW), "other")
        .await
        .unwrap();
    let correction = store.open_correction(&one, code(REVIEW), "other").await;
    store
        .publish_correction(&one, code(REVIEW), &correction.unwrap(), "A slip.")
        .await
        .unwrap();
    store
        .choose_headline(&one, code(REVIEW), Some("other-correction-1"), "Ours.")
        .await
        .unwrap();
    store
        .withdraw_round(&one, code(REVIEW), "other", "Forged.")
        .await
        .unwrap();
    for (number, repeats) in [(1, true), (2, false)] {
        let earlier = Earlier {
            review: code("SVN-2"),
            paragraph: paragraph("120.1"),
        };
        let later = paragraph(&format!("120.{number}"));
        store
            .decide_link(&one, code(REVIEW), &later, &earlier, Some(repeats))
            .await
            .unwrap();
    }
    for (name, role) in [("Ana", Role::Analyst), ("Rae", Role::Reader)] {
        let password = NewPassword::Given("correct horse battery".to_owned());
        store.add_account(&one, name, role, password).await.unwrap();
    }
}

/// Returns true if a newly started program's check reports a finding. On SQLite it checks a copy, because closing
/// a database waits while another connection has it open.
async fn is_found(url: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let url = match url.strip_prefix("sqlite://") {
        Some(original) => {
            let original = original.trim_end_matches("?mode=rwc");
            let copy = folder.path().join("copy.db").display().to_string();
            std::fs::copy(original, &copy).unwrap();
            // The write-ahead log holds the changes; without it, the database is refused.
            std::fs::copy(format!("{original}-wal"), format!("{copy}-wal")).unwrap();
            format!("sqlite://{copy}")
        }
        None => url.to_owned(),
    };
    let Ok(store) = Store::open_existing(&url).await else {
        // It will not even be opened.
        return true;
    };
    let found = store.check_by(1).await;
    store.close().await.unwrap();
    found.map_or(true, |findings| !findings.is_empty())
}

/// What is tried on each table: a name for it, and the statements.
async fn tamperings(record: &Record, table: &str) -> Vec<(String, Vec<String>)> {
    let rows = record.rows(table).await;
    assert!(
        !rows.is_empty(),
        "{table} has no rows that could be altered"
    );
    let (first, last) = (&rows[0], &rows[rows.len() - 1]);
    let mut all = Vec::new();
    for (at, column) in record.tables[table].iter().enumerate() {
        let name = format!("{table}.{}", column.name);
        if NO_COLUMN.iter().any(|(known, _)| *known == name) {
            continue;
        }
        for update in record.updates(table, at, last) {
            all.push((name.clone(), vec![update]));
        }
        let other = rows.iter().find(|row| row[at] != first[at]);
        if let Some(other) = other {
            all.push((name, record.swap(table, at, first, other)));
        }
    }
    for row in [first, last] {
        let of_key = record.of_key(table, row);
        all.push((
            table.to_owned(),
            vec![format!("DELETE FROM {table} WHERE {of_key}")],
        ));
    }
    all
}

/// Alters, checks and restores; false if nothing could be altered.
async fn try_out(record: &Record, url: &str, table: &str, name: &str, sql: &[String]) -> bool {
    let before = record.rows(table).await;
    let mut changed = 0;
    for statement in sql {
        match record.run(statement).await {
            Ok(rows) => changed += rows,
            // Not even with the constraints of the table gone.
            Err(_) => break,
        }
    }
    // Two values that are exchanged may leave the same rows.
    let is_tried = changed == sql.len() as u64 && record.rows(table).await != before;
    if is_tried {
        assert!(is_found(url).await, "{name}: {sql:?} is not found");
    }
    record.restore(table).await;
    is_tried
}

/// Tries every way on some tables; how often each column, and each table as a whole, was altered.
async fn every_way(
    record: &Record,
    url: &str,
    tables: &[&String],
    step: usize,
) -> BTreeMap<String, usize> {
    let mut tried: BTreeMap<String, usize> = BTreeMap::new();
    for table in tables {
        let all = tamperings(record, table).await;
        for (name, sql) in all.iter().step_by(step) {
            if try_out(record, url, table, name, sql).await {
                *tried.entry(name.clone()).or_default() += 1;
            }
        }
        let rows = record.rows(table).await;
        for insert in record.inserts(table, &rows[rows.len() / 2]) {
            let name = format!("{table} +");
            if try_out(record, url, table, &name, &[insert]).await {
                *tried.entry(name).or_default() += 1;
                break;
            }
        }
    }
    tried
}

/// Some that nobody thought of, the same ones each time.
async fn at_random(record: &Record, url: &str, tables: &[&String], times: usize) {
    let mut state = 20_261_129_u64;
    let mut below = move |end: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    };
    for _ in 0..times {
        let table = tables[below(tables.len())];
        let rows = record.rows(table).await;
        let (one, other) = (&rows[below(rows.len())], &rows[below(rows.len())]);
        let at = below(one.len());
        let name = format!("{table}.{}", record.tables[table][at].name);
        if NO_COLUMN.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let updates = record.updates(table, at, one);
        let sql = match below(3) {
            0 if one[at] != other[at] => record.swap(table, at, one, other),
            1 => vec![format!(
                "DELETE FROM {table} WHERE {}",
                record.of_key(table, one)
            )],
            _ => vec![updates[below(updates.len())].clone()],
        };
        try_out(record, url, table, &name, &sql).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_of_the_record_is_guarded() {
    on_each_database(async |database| {
        Box::pin(filled(&database.store)).await;
        let (record, url) = (Record::of(&database).await, database.url());
        assert!(!is_found(url).await);
        let is_sqlite = record.db.get_database_backend() == DbBackend::Sqlite;
        let tables: Vec<&String> = record
            .tables
            .keys()
            .filter(|table| *table != BUNDLED)
            .collect();
        // On PostgreSQL the same code checks the same rows: some of the statements will do.
        let tried = every_way(&record, url, &tables, if is_sqlite { 1 } else { 7 }).await;
        at_random(&record, url, &tables, if is_sqlite { 60 } else { 15 }).await;
        assert!(!is_found(url).await, "not everything was restored");
        if is_sqlite {
            complete(&record, &tables, &tried);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_of_reported_totals_is_guarded() {
    let fresh = Fresh::sqlite();
    let store = Store::open(&fresh.url).await.unwrap();
    store.load_bundled(&actor()).await.unwrap();
    store.close().await.unwrap();
    let record = Record::at(&fresh.url).await;
    let tables: Vec<&String> = record
        .tables
        .keys()
        .filter(|table| *table == BUNDLED)
        .collect();
    let tried = every_way(&record, &fresh.url, &tables, 1).await;
    complete(&record, &tables, &tried);
}

/// Every column was altered, and rows removed and added, but for what is named.
fn complete(record: &Record, tables: &[&String], tried: &BTreeMap<String, usize>) {
    println!("{} tamperings, all found", tried.values().sum::<usize>());
    for table in tables {
        let columns = record.tables[*table].iter();
        let names = columns.map(|column| format!("{table}.{}", column.name));
        for name in names.chain([(*table).clone(), format!("{table} +")]) {
            let is_named = NO_COLUMN.iter().any(|(known, _)| *known == name);
            assert_ne!(tried.contains_key(&name), is_named, "{name}");
        }
    }
}
