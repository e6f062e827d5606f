//! Redaction: a text is removed from everything that is stored, and the history still verifies.
//!
//! An administrator removes a text, with a reason. It goes out of every version in the history, the assessments,
//! evidence, rounds and recommendations as they are, drafts, staged imports and uploads; [`PLACEHOLDER`] stands in
//! its place. An entry of the history says what was removed from which entries: their hashes, and commitments to the
//! texts. So verifying tells a redacted entry from one that somebody tampered with. A published round gets another
//! content hash, and states both.

use crate::domain::{
    Date, EventKind, Recommendation, Redaction, ReviewCode, normalised_address, query_pairs,
};
use crate::exchange::Mapping;
use crate::store::change::Change;
use crate::store::entities::{
    event, evidence, import_run, recommendation, round, saved_mapping, saved_view, upload,
};
use crate::store::history::chain;
use crate::store::history::commitments::{self, Kept, Leaves, PLAIN};
use crate::store::history::events::{RedactedEntry, RoundRedaction, TextRedaction};
use crate::store::history::redaction::{
    FREE_TEXTS, Listings, PLACEHOLDER, RedactionRefusal, Removal, texts,
};
use crate::store::read_model::review_records;
use crate::store::{Actor, Error, Event, NewEvent, Store, import};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ModelTrait,
    QueryFilter, QueryOrder, QuerySelect, Statement, Value,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The columns of scales that hold texts.
const SCALES: [(&str, &[&str]); 2] = [
    ("scale", &["name"]),
    ("status", &["label", "labels", "definition", "examples"]),
];

/// The columns of texts that people write, as they are.
const COLUMNS: [(&str, &[&str]); 8] = [
    ("assessment", &["rationale"]),
    (
        "evidence",
        &["title", "source", "publisher", "note", "archived"],
    ),
    (
        "round",
        &[
            "organisation",
            "title",
            "method",
            "correction_reason",
            "withdrawal_reason",
            "headline_reason",
        ],
    ),
    ("recommendation", &["text", "summary"]),
    ("recommendation_text", &["text", "source"]),
    ("responsible_body", &["name"]),
    ("position", &["raw", "source", "reason"]),
    ("reported_total", &["citation"]),
];

/// The columns of JSON in which a text stands, for work that is no part of the record.
const STAGED: [(&str, &[&str]); 5] = [
    ("draft", &["content", "reason"]),
    (
        "import_run",
        &["problems", "failure", "headings", "progress", "account"],
    ),
    ("import_row", &["decision"]),
    ("import_outcome", &["detail"]),
    ("import_document", &["cells"]),
];

/// The tables that are written anew, so that nothing of a removed text stays in their free space.
const REWRITTEN: [&str; 20] = [
    "event",
    "assessment",
    "evidence",
    "round",
    "recommendation",
    "recommendation_text",
    "responsible_body",
    "position",
    "term",
    "reported_total",
    "counted_as",
    "draft",
    "import_run",
    "import_row",
    "import_text",
    "import_outcome",
    "import_document",
    "saved_mapping",
    "saved_view",
    "upload",
];

/// What a redaction removed, or would remove.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Removed {
    /// Entries of the history that held the text.
    pub entries: usize,
    /// Those of them whose hash can no longer be recomputed: entries from before hashes covered commitments.
    pub not_recomputable: usize,
    /// Rows by table, and uploads.
    pub rows: BTreeMap<String, u64>,
    /// The published rounds that have another content hash now.
    pub rounds: Vec<(ReviewCode, String, Redaction)>,
    /// The names, labels, definitions and examples of scales that still hold the text. A version of a scale never
    /// changes, so nothing is removed from it.
    pub in_scales: u64,
}

impl Removed {
    /// Returns true if the text stands nowhere.
    pub fn is_nothing(&self) -> bool {
        self.entries == 0 && self.rows.values().all(|rows| *rows == 0)
    }
}

impl Store {
    /// What a redaction would remove. Nothing is changed.
    pub async fn preview_redaction(
        &self,
        actor: &Actor,
        removal: &Removal,
    ) -> Result<Removed, Error> {
        removal.check()?;
        let mut change = self.begin(actor).await?;
        // Dropped without a commit, it never happened.
        remove(&mut change, removal).await
    }

    /// Removes a text from everything that is stored, from free pages and from SQLite's log.
    pub async fn redact(&self, actor: &Actor, removal: &Removal) -> Result<Removed, Error> {
        removal.check()?;
        let mut change = self.begin(actor).await?;
        let removed = remove(&mut change, removal).await?;
        if removed.is_nothing() {
            let refusal = match removed.in_scales {
                0 => RedactionRefusal::Nothing,
                _ => RedactionRefusal::OnlyInScales,
            };
            return Err(refusal.into());
        }
        change.commit().await?;
        self.purge().await?;
        Ok(removed)
    }

    /// Rewrites what held removed texts: what was deleted stays in free pages and in the log otherwise.
    async fn purge(&self) -> Result<(), Error> {
        let _turn = self.writers.lock().await;
        if self.connection.get_database_backend() == DbBackend::Postgres {
            for table in REWRITTEN {
                let sql = format!("VACUUM (FULL) {table}");
                self.connection.execute_unprepared(&sql).await?;
            }
            return Ok(());
        }
        self.connection.execute_unprepared("VACUUM").await?;
        let truncate = "PRAGMA wal_checkpoint(TRUNCATE)";
        for _ in 0..50 {
            let truncate = Statement::from_string(DbBackend::Sqlite, truncate);
            let row = self.connection.query_one_raw(truncate).await?;
            let busy: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
            if busy == 0 {
                return Ok(());
            }
            // A reader is still in the log.
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        Err(RedactionRefusal::LogInUse.into())
    }

    /// When a text was last removed; `None` if none was.
    pub async fn last_redaction(&self) -> Result<Option<SystemTime>, Error> {
        let last = event::Entity::find()
            .filter(event::Column::Kind.eq(EventKind::TextRedacted))
            .order_by_desc(event::Column::Id)
            .one(&self.connection)
            .await?;
        let since = last.and_then(|last| u64::try_from(last.at).ok());
        Ok(since.map(|since| SystemTime::UNIX_EPOCH + Duration::from_millis(since)))
    }

    /// How many entries of the history a text was removed from, and how many of them can no longer be
    /// recomputed.
    pub async fn redacted_entries(&self) -> Result<(usize, usize), Error> {
        let listings = Listings::read(&self.connection).await?;
        let plain = listings.0.values().filter(|listed| listed.now.is_some());
        Ok((listings.0.len(), plain.count()))
    }

    /// The free texts of an entry of the history, each with a name such as `after.rationale`: what can be
    /// chosen to be removed.
    pub async fn texts_of_entry(&self, entry: i64) -> Result<Vec<(String, String)>, Error> {
        let row = event::Entity::find_by_id(entry)
            .one(&self.connection)
            .await?
            .ok_or(Error::NotFound)?;
        let mut texts: Vec<(String, String)> = Vec::new();
        for (side, json) in [("after", &row.after), ("before", &row.before)] {
            let Some(json) = json else { continue };
            let mut numbers: HashMap<&str, usize> = HashMap::new();
            for leaf in Leaves::of(json).filter(|leaf| FREE_TEXTS.contains(&leaf.key)) {
                let number = numbers.entry(leaf.key).or_default();
                *number += 1;
                let Ok(text) = serde_json::from_str::<String>(leaf.literal) else {
                    continue;
                };
                let name = match number {
                    1 => format!("{side}.{}", leaf.key),
                    number => format!("{side}.{}.{number}", leaf.key),
                };
                let known = texts.iter().any(|(_, known)| *known == text);
                if !text.trim().is_empty() && !known {
                    texts.push((name, text));
                }
            }
        }
        Ok(texts)
    }
}

/// Removes a text, and records what was removed from where.
async fn remove(change: &mut Change<'_>, removal: &Removal) -> Result<Removed, Error> {
    let mut removed = Removed::default();
    let listed = from_history(change, removal, &mut removed).await?;
    let recommendations = recommendations_with(&change.tx, removal).await?;
    fit_text_hashes(&change.tx, removal, &recommendations).await?;
    let mut rows = BTreeMap::new();
    for (table, columns) in COLUMNS {
        let mut count = 0;
        for column in columns {
            count += in_column(&change.tx, table, column, removal).await?;
        }
        rows.insert(table.to_owned(), count);
    }
    let round = rows.entry("round".to_owned()).or_default();
    *round += in_assessors(&change.tx, removal).await?;
    identify_evidence(&change.tx).await?;
    in_documents(&change.tx, "counted_as", "content", false, removal).await?;
    in_documents(&change.tx, "round", "redactions", false, removal).await?;
    for (table, columns) in STAGED {
        let mut count = 0;
        for column in columns {
            count += in_documents(&change.tx, table, column, true, removal).await?;
        }
        rows.insert(table.to_owned(), count);
    }
    let (staged, shared) = import::redact_staged(&change.tx, removal).await?;
    *rows.entry("import_row".to_owned()).or_default() += staged;
    rows.insert("import_text".to_owned(), shared);
    let runs = rows.entry("import_run".to_owned()).or_default();
    *runs += in_column(&change.tx, "import_run", "file_name", removal).await?;
    *runs += in_mappings_of_runs(&change.tx, removal).await?;
    rows.insert(
        "saved_mapping".to_owned(),
        saved_mappings(&change.tx, removal).await?,
    );
    rows.insert(
        "saved_view".to_owned(),
        saved_views(&change.tx, removal).await?,
    );
    rows.insert("term".to_owned(), in_terms(&change.tx, removal).await?);
    rows.insert(
        "upload".to_owned(),
        uploads_with(&change.tx, removal).await?,
    );
    rows.retain(|_, rows| *rows > 0);
    removed.rows = rows;
    removed.in_scales = in_scales(&change.tx, removal).await?;
    if !removed.is_nothing() {
        let discarded = discard_uploads(&change.tx).await?;
        if discarded > 0 {
            removed.rows.insert("upload".to_owned(), discarded);
        }
        record(change, removal, listed, &recommendations, &mut removed).await?;
    }
    Ok(removed)
}

/// Removes a text from the entries of the history: what is to be listed, by review.
async fn from_history(
    change: &mut Change<'_>,
    removal: &Removal,
    removed: &mut Removed,
) -> Result<BTreeMap<Option<String>, Vec<RedactedEntry>>, Error> {
    let needle = removal.in_json();
    let ids = ids_where(&change.tx, "event", &["before", "after"], &needle).await?;
    let mut by_review: BTreeMap<Option<String>, Vec<RedactedEntry>> = BTreeMap::new();
    for ids in ids.chunks(500) {
        let rows = event::Entity::find()
            .filter(event::Column::Id.is_in(ids.iter().copied()))
            .order_by_asc(event::Column::Id)
            .all(&change.tx)
            .await?;
        for row in rows {
            let review = row.review.clone();
            if let Some((redacted, listed)) = from_entry(row, removal)? {
                let update = event::ActiveModel {
                    id: Set(redacted.id),
                    before: Set(redacted.before),
                    after: Set(redacted.after),
                    seed: Set(redacted.seed),
                    salts: Set(redacted.salts),
                    ..Default::default()
                };
                event::Entity::update(update).exec(&change.tx).await?;
                removed.entries += 1;
                removed.not_recomputable += usize::from(listed.now.is_some());
                by_review.entry(review).or_default().push(listed);
            }
        }
    }
    Ok(by_review)
}

/// An entry without the text, and how it is listed; none where the text is not in it.
fn from_entry(
    mut row: event::Model,
    removal: &Removal,
) -> Result<Option<(event::Model, RedactedEntry)>, Error> {
    // A version of a scale is as it was added.
    if row.kind == EventKind::ScaleAdded.code() {
        return Ok(None);
    }
    let corrupt = || Error::Corrupt(format!("entry {} of the history", row.id));
    let (mut places, mut changed) = (0, Vec::new());
    let mut without = |json: &Option<String>| {
        json.as_ref()
            .map(|json| removal.of_document(json, false, &mut places, &mut changed))
    };
    let (before, after) = (without(&row.before), without(&row.after));
    if changed.is_empty() {
        return Ok(None);
    }
    if row.format == PLAIN {
        row.seed = commitments::seeds(1)?.pop();
        (row.before, row.after) = (before, after);
        let listed = RedactedEntry {
            entry: row.id,
            hash: row.hash.clone(),
            now: commitments::digests_by_seed(&row),
            texts: Vec::new(),
        };
        return Ok(Some((row, listed)));
    }
    let mut kept = match (&row.seed, commitments::kept(&row)) {
        (Some(seed), _) => (0..places)
            .map(|place| Kept {
                salt: hex::encode(commitments::salt(seed, place)),
                was: None,
            })
            .collect(),
        (None, Some(kept)) => kept,
        (None, None) => return Err(corrupt()),
    };
    let literals: Vec<String> = [&row.before, &row.after]
        .into_iter()
        .flatten()
        .flat_map(|json| Leaves::of(json).map(|leaf| leaf.literal.to_owned()))
        .collect();
    for place in changed {
        let (Some(kept), Some(literal)) = (kept.get_mut(place), literals.get(place)) else {
            return Err(corrupt());
        };
        if kept.was.is_none() {
            let salt = hex::decode(&kept.salt).map_err(|_| corrupt())?;
            kept.was = Some(hex::encode(commitments::commitment(&salt, literal)));
        }
        // Another salt: the one before would let anybody test guesses of what was removed.
        kept.salt = crate::store::random::token()?;
    }
    (row.before, row.after) = (before, after);
    let listed = RedactedEntry {
        entry: row.id,
        hash: row.hash.clone(),
        now: None,
        texts: texts(&row, &kept).ok_or_else(|| Error::Corrupt("salts".to_owned()))?,
    };
    row.seed = None;
    row.salts = Some(chain::json(&kept));
    Ok(Some((row, listed)))
}

/// Records a redaction: for each review what was removed from its entries, for each recommendation what is
/// left, and for each published round both hashes.
async fn record(
    change: &mut Change<'_>,
    removal: &Removal,
    mut listed: BTreeMap<Option<String>, Vec<RedactedEntry>>,
    recommendations: &BTreeSet<i64>,
    removed: &mut Removed,
) -> Result<(), Error> {
    let reason = crate::store::without_nul(&removal.reason).trim().to_owned();
    let codes: Vec<ReviewCode> = listed
        .keys()
        .flatten()
        .filter_map(|code| ReviewCode::parse(code))
        .collect();
    if listed.is_empty() {
        listed.insert(None, Vec::new());
    }
    let mut rows = removed.rows.clone();
    for (review, entries) in listed {
        let event = Event::TextRedacted(TextRedaction {
            reason: reason.clone(),
            entries,
            rows: std::mem::take(&mut rows),
        });
        let event = match review {
            Some(review) => event.in_review(review),
            None => event.outside_reviews(),
        };
        change.record(vec![event]).await?;
    }
    for code in codes {
        // A review that is no more has a history still.
        let Some(_) = review_records::find_review(&change.tx, code).await? else {
            continue;
        };
        let review = review_records::load(&change.tx, code).await?;
        let redacted = |one: &&Recommendation| recommendations.contains(&one.id);
        let mut events: Vec<NewEvent> = review
            .recommendations
            .iter()
            .filter(redacted)
            .map(|one| {
                let after = Cow::Borrowed(one);
                Event::RecommendationRedacted { after }.about(code, &one.paragraph)
            })
            .collect();
        for one in review.all_rounds() {
            let Some(before) = one.round.content_hash.clone() else {
                continue;
            };
            let after = one.content_hash(&review);
            if before == after {
                continue;
            }
            let redaction = Redaction {
                day: Date::of_moment(change.now()).into(),
                reason: reason.clone(),
                before: before.clone(),
                after: after.clone(),
            };
            let mut redactions = one.round.redactions.clone();
            redactions.push(redaction.clone());
            let row = round::ActiveModel {
                id: Set(one.round.id),
                content_hash: Set(Some(after.clone())),
                redactions: Set(Some(chain::json(&redactions))),
                ..Default::default()
            };
            round::Entity::update(row).exec(&change.tx).await?;
            let event = Event::RoundRedacted(RoundRedaction {
                reason: reason.clone(),
                hash_before: before,
                hash_after: after,
            });
            events.push(event.in_round(code, &one.round.slug));
            removed
                .rounds
                .push((code, one.round.slug.clone(), redaction));
        }
        change.record(events).await?;
    }
    Ok(())
}

/// The name of a parameter of that place.
fn parameter(db: &impl ConnectionTrait, place: usize) -> String {
    match db.get_database_backend() {
        DbBackend::Postgres => format!("${place}"),
        _ => format!("?{place}"),
    }
}

async fn ids_where(
    db: &impl ConnectionTrait,
    table: &str,
    columns: &[&str],
    needle: &str,
) -> Result<Vec<i64>, Error> {
    let needle_at = parameter(db, 1);
    let holds: Vec<String> = columns
        .iter()
        .map(|column| format!("REPLACE({column}, {needle_at}, '') <> {column}"))
        .collect();
    let sql = format!(
        "SELECT id FROM {table} WHERE {} ORDER BY id",
        holds.join(" OR ")
    );
    let values: [Value; 1] = [needle.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    let ids = rows.iter().map(|row| row.try_get_by_index(0));
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Removes a text from a column that holds it as it is; how many rows held it.
async fn in_column(
    db: &impl ConnectionTrait,
    table: &str,
    column: &str,
    removal: &Removal,
) -> Result<u64, Error> {
    let (from, to) = (parameter(db, 1), parameter(db, 2));
    let sql = if removal.whole {
        format!("UPDATE {table} SET {column} = {to} WHERE {column} = {from}")
    } else {
        format!(
            "UPDATE {table} SET {column} = REPLACE({column}, {from}, {to}) \
             WHERE REPLACE({column}, {from}, '') <> {column}"
        )
    };
    let values: [Value; 2] = [removal.text.as_str().into(), PLACEHOLDER.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// Removes a text from the names of terms; how many held it. Of two terms that are the same without it, one is left.
async fn in_terms(db: &impl ConnectionTrait, removal: &Removal) -> Result<u64, Error> {
    let (from, to) = (parameter(db, 1), parameter(db, 2));
    let (holds, without) = if removal.whole {
        (format!("name = {from}"), to)
    } else {
        (
            format!("REPLACE(name, {from}, '') <> name"),
            format!("REPLACE(name, {from}, {to})"),
        )
    };
    let rename = format!(
        "UPDATE term SET name = {without} WHERE {holds} AND NOT EXISTS (SELECT 1 FROM term other \
         WHERE other.recommendation_id = term.recommendation_id AND other.scheme = term.scheme \
         AND other.name = {})",
        without.replace("(name", "(term.name")
    );
    let values: [Value; 2] = [removal.text.as_str().into(), PLACEHOLDER.into()];
    let backend = db.get_database_backend();
    let rename = Statement::from_sql_and_values(backend, rename, values);
    let renamed = db.execute_raw(rename).await?.rows_affected();
    let delete = format!("DELETE FROM term WHERE {holds}");
    let values: [Value; 1] = [removal.text.as_str().into()];
    let delete = Statement::from_sql_and_values(backend, delete, values);
    Ok(renamed + db.execute_raw(delete).await?.rows_affected())
}

/// How many rows of scales hold a text.
async fn in_scales(db: &impl ConnectionTrait, removal: &Removal) -> Result<u64, Error> {
    let mut count = 0;
    for (table, columns) in SCALES {
        let at = parameter(db, 1);
        let holds: Vec<String> = columns
            .iter()
            .map(|column| format!("REPLACE({column}, {at}, '') <> {column}"))
            .collect();
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE {}", holds.join(" OR "));
        let values: [Value; 1] = [removal.text.as_str().into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let row = db.query_one_raw(statement).await?;
        let rows: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        count += rows.unsigned_abs();
    }
    Ok(count)
}

/// Removes a text from a column of JSON: from its free texts, or from `every` text in it; how many rows held it.
async fn in_documents(
    db: &impl ConnectionTrait,
    table: &str,
    column: &str,
    every: bool,
    removal: &Removal,
) -> Result<u64, Error> {
    let (first, second) = (parameter(db, 1), parameter(db, 2));
    // Where a row is: the tables have keys of several kinds.
    let (at, is_there) = match db.get_database_backend() {
        DbBackend::Postgres => (
            "CAST(ctid AS TEXT)",
            format!("ctid = CAST({second} AS tid)"),
        ),
        _ => ("CAST(rowid AS TEXT)", format!("rowid = {second}")),
    };
    let found = format!(
        "SELECT {at}, {column} FROM {table} WHERE REPLACE({column}, {first}, '') <> {column}"
    );
    let values: [Value; 1] = [removal.in_json().into()];
    let found = Statement::from_sql_and_values(db.get_database_backend(), found, values);
    let update = format!("UPDATE {table} SET {column} = {first} WHERE {is_there}");
    let mut count = 0;
    for row in db.query_all_raw(found).await? {
        let (at, json): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let (mut places, mut changed) = (0, Vec::new());
        let without = removal.of_document(&json, every, &mut places, &mut changed);
        if !changed.is_empty() {
            let values: [Value; 2] = [without.into(), at.into()];
            let backend = db.get_database_backend();
            let update = Statement::from_sql_and_values(backend, update.clone(), values);
            count += db.execute_raw(update).await?.rows_affected();
        }
    }
    Ok(count)
}

/// Removes a text from the names of those who assessed, one a line.
async fn in_assessors(db: &impl ConnectionTrait, removal: &Removal) -> Result<u64, Error> {
    let rows = round::Entity::find()
        .filter(round::Column::Assessors.is_not_null())
        .all(db)
        .await?;
    let mut count = 0;
    for row in rows {
        let lines = row.assessors.as_deref().unwrap_or_default().lines();
        let without: Vec<String> = lines
            .map(|line| removal.of(line).unwrap_or_else(|| line.to_owned()))
            .collect();
        let without = Some(without.join("\n"));
        if without != row.assessors {
            let row = round::ActiveModel {
                id: Set(row.id),
                assessors: Set(without),
                ..Default::default()
            };
            round::Entity::update(row).exec(db).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// A mapping without what is removed from the headings of the file and its constants; `None` if the text is not
/// in it.
fn of_mapping(removal: &Removal, json: &str) -> Option<String> {
    let mut mapping: Mapping = serde_json::from_str(json).ok()?;
    let before = mapping.clone();
    let of = |text: String| removal.of(&text).unwrap_or(text);
    let fields = std::mem::take(&mut mapping.fields).into_iter();
    mapping.fields = fields
        .map(|(heading, field)| (of(heading), field))
        .collect();
    for constant in mapping.constants.values_mut() {
        *constant = of(std::mem::take(constant));
    }
    mapping.unread = std::mem::take(&mut mapping.unread)
        .into_iter()
        .map(of)
        .collect();
    for values in mapping.values.values_mut() {
        let pairs = std::mem::take(values).into_iter();
        *values = pairs.map(|(value, code)| (of(value), code)).collect();
    }
    (mapping != before).then(|| chain::json(&mapping))
}

async fn in_mappings_of_runs(db: &impl ConnectionTrait, removal: &Removal) -> Result<u64, Error> {
    let rows: Vec<(i64, String)> = import_run::Entity::find()
        .select_only()
        .columns([import_run::Column::Id, import_run::Column::Mapping])
        .filter(import_run::Column::Mapping.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    let mut count = 0;
    for (id, json) in rows {
        if let Some(without) = of_mapping(removal, &json) {
            let row = import_run::ActiveModel {
                id: Set(id),
                mapping: Set(Some(without)),
                ..Default::default()
            };
            import_run::Entity::update(row).exec(db).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// Discards saved mappings whose name, headings or constants hold the text: another file has the same headings.
async fn saved_mappings(db: &impl ConnectionTrait, removal: &Removal) -> Result<u64, Error> {
    let mut count = 0;
    for row in saved_mapping::Entity::find().all(db).await? {
        let is_named = removal.of(&row.name).is_some();
        if is_named || of_mapping(removal, &row.mapping).is_some() {
            row.delete(db).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// Discards saved views whose name or filter holds the text.
async fn saved_views(db: &impl ConnectionTrait, removal: &Removal) -> Result<u64, Error> {
    let mut count = 0;
    for row in saved_view::Entity::find().all(db).await? {
        let values = query_pairs(&row.query).into_iter().map(|(_, value)| value);
        let mut texts = values.chain([row.name.clone()]);
        if texts.any(|text| removal.of(&text).is_some()) {
            row.delete(db).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// Identifies evidence by what is left of it.
async fn identify_evidence(db: &impl ConnectionTrait) -> Result<(), Error> {
    // Every piece that has the placeholder may have just got it.
    let columns = COLUMNS[1].1;
    let ids = ids_where(db, "evidence", columns, PLACEHOLDER).await?;
    for ids in ids.chunks(500) {
        let rows = evidence::Entity::find()
            .filter(evidence::Column::Id.is_in(ids.iter().copied()))
            .all(db)
            .await?;
        for row in rows {
            let (id, review, before) = (row.id, row.review_id, row.identity.clone());
            let content = review_records::evidence_of(row);
            let mut identity = crate::store::evidence_identity(&content);
            if identity == before {
                continue;
            }
            let same = evidence::Entity::find()
                .filter(evidence::Column::ReviewId.eq(review))
                .filter(evidence::Column::Identity.eq(&identity))
                .one(db)
                .await?;
            // Two records of which the same is left stay two records.
            if same.is_some() {
                identity = format!("{identity}-{id}");
            }
            let update = evidence::ActiveModel {
                id: Set(id),
                identity: Set(identity),
                address: Set(normalised_address(&content.source)),
                ..Default::default()
            };
            evidence::Entity::update(update).exec(db).await?;
        }
    }
    Ok(())
}

/// The recommendations that hold a text.
async fn recommendations_with(
    db: &impl ConnectionTrait,
    removal: &Removal,
) -> Result<BTreeSet<i64>, Error> {
    let at = parameter(db, 1);
    let holds = |column: &str| {
        if removal.whole {
            format!("{column} = {at}")
        } else {
            format!("REPLACE({column}, {at}, '') <> {column}")
        }
    };
    let sql = format!(
        "SELECT id FROM recommendation WHERE {} OR {} \
         UNION SELECT recommendation_id FROM recommendation_text WHERE {} OR {} \
         UNION SELECT recommendation_id FROM responsible_body WHERE {} \
         UNION SELECT recommendation_id FROM position WHERE {} OR {} OR {} \
         UNION SELECT recommendation_id FROM term WHERE {}",
        holds("text"),
        holds("summary"),
        holds("text"),
        holds("source"),
        holds("name"),
        holds("raw"),
        holds("source"),
        holds("reason"),
        holds("name")
    );
    let values: [Value; 1] = [removal.text.as_str().into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    let ids = rows.iter().map(|row| row.try_get_by_index(0));
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Published rounds name the text of a recommendation by its hash, which would let anybody test guesses.
async fn fit_text_hashes(
    db: &impl ConnectionTrait,
    removal: &Removal,
    recommendations: &BTreeSet<i64>,
) -> Result<(), Error> {
    for id in recommendations {
        let text: Option<Option<String>> = recommendation::Entity::find_by_id(*id)
            .select_only()
            .column(recommendation::Column::Text)
            .into_tuple()
            .one(db)
            .await?;
        let Some(text) = text.flatten() else { continue };
        let Some(without) = removal.of(&text) else {
            continue;
        };
        let hashes = [&text, &without].map(|text| crate::store::sha256(text.as_bytes()));
        let (from, to, one) = (parameter(db, 1), parameter(db, 2), parameter(db, 3));
        let sql = format!(
            "UPDATE counted_as SET content = REPLACE(content, {from}, {to}) \
             WHERE recommendation_id = {one}"
        );
        let [before, after] = hashes;
        let values: [Value; 3] = [before.into(), after.into(), (*id).into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        db.execute_raw(statement).await?;
    }
    Ok(())
}

/// How many of the uploads that wait for a mapping visibly hold a text.
async fn uploads_with(db: &impl ConnectionTrait, removal: &Removal) -> Result<u64, Error> {
    let ids: Vec<String> = upload::Entity::find()
        .select_only()
        .column(upload::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let text = removal.text.as_bytes();
    let mut count = 0;
    for id in ids {
        let Some(row) = upload::Entity::find_by_id(id).one(db).await? else {
            continue;
        };
        let mut parts = row.content.windows(text.len());
        let holds = row.file_name.contains(&removal.text) || parts.any(|part| part == text);
        count += u64::from(holds);
    }
    Ok(count)
}

/// Discards all uploads that wait for a mapping. Only reading a file tells in which encoding, compression or quotation
/// it holds a text; and a file can be uploaded again.
async fn discard_uploads(db: &impl ConnectionTrait) -> Result<u64, Error> {
    let discarded = upload::Entity::delete_many().exec(db).await?;
    Ok(discarded.rows_affected)
}

/// The backups in a folder that were written before a moment: they may hold a text that was removed then.
/// Backups are files with `backup` in their names, as the program calls its own and those that it has not
/// finished, and files that age encrypted.
pub fn backups_before(folder: &Path, moment: SystemTime) -> std::io::Result<Vec<PathBuf>> {
    let mut older = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let about = entry.metadata()?;
        let is_backup = about.is_file() && (name.contains("backup") || name.ends_with(".age"));
        if is_backup && about.modified()? < moment {
            older.push(entry.path());
        }
    }
    older.sort();
    Ok(older)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns of text that are searched by rules of their own, and where.
    const BY_OTHER_RULES: [(&str, &str); 21] = [
        ("counted_as.content", "in_documents"),
        ("event.after", "from_history"),
        ("event.before", "from_history"),
        ("evidence.address", "identify_evidence: made of the source"),
        (
            "evidence.identity",
            "identify_evidence: a hash of the others",
        ),
        ("import_row.cells", "redact_staged"),
        ("import_row.content", "redact_staged"),
        ("import_run.file_name", "in_column"),
        ("import_run.mapping", "in_mappings_of_runs"),
        ("import_text.content", "redact_staged"),
        ("round.assessors", "in_assessors"),
        ("round.redactions", "in_documents"),
        ("saved_mapping.mapping", "saved_mappings"),
        ("saved_mapping.name", "saved_mappings"),
        ("saved_view.name", "saved_views"),
        ("saved_view.query", "saved_views"),
        ("term.name", "in_terms"),
        ("upload.content", "discard_uploads"),
        ("upload.file_name", "discard_uploads"),
        ("upload.mapping", "discard_uploads"),
        ("upload.mapping_name", "discard_uploads"),
    ];

    const PSEUDONYM: &str = "a pseudonym, which goes with the account";
    const CODE: &str =
        "a code, a date, a number or a name in addresses that the program has checked";
    const PARAGRAPH: &str =
        "a number of the source, or the beginning of a recommendation's text in its place";
    const SECURITY: &str =
        "a pseudonym, or the name of an export, made of codes; gone after half a year";
    const FAILURE: &str = "what was typed in place of a pseudonym; gone after an hour";
    const SECRET: &str = "a hash or a random value";
    const VOCABULARY: &str =
        "a version of a scale, which never changes: what still holds the text is counted";

    /// Columns of text that are not searched, and why.
    const NOT_SEARCHED: [(&str, &str); 83] = [
        ("account.password_hash", SECRET),
        ("account.pseudonym", PSEUDONYM),
        ("account.pseudonym_folded", PSEUDONYM),
        ("account.role", CODE),
        ("assessment.carried_over", CODE),
        ("assessment.confidence", CODE),
        ("assessment.status", CODE),
        ("device.id_hash", SECRET),
        ("draft.form", CODE),
        ("event.actor", PSEUDONYM),
        ("event.hash", SECRET),
        ("event.kind", CODE),
        ("event.paragraph", PARAGRAPH),
        ("event.review", CODE),
        ("event.round", CODE),
        ("event.salts", SECRET),
        ("event.seed", SECRET),
        ("evidence.date", CODE),
        ("evidence.kind", CODE),
        ("evidence.language", CODE),
        ("import_document.kind", CODE),
        ("import_document.paragraph", PARAGRAPH),
        ("import_document.review", CODE),
        ("import_outcome.digest", SECRET),
        ("import_outcome.outcome", CODE),
        ("import_outcome.review", CODE),
        ("import_outcome.texts", CODE),
        ("import_row.kind", CODE),
        ("import_row.review", CODE),
        ("import_run.actor", PSEUDONYM),
        ("import_run.ended_by", PSEUDONYM),
        ("import_run.format", CODE),
        ("import_run.review", CODE),
        ("import_run.round", CODE),
        ("import_run.sha256", SECRET),
        ("import_run.skipped_kinds", CODE),
        ("import_run.state", CODE),
        ("import_run.warnings", CODE),
        ("installation.name", CODE),
        ("installation.value", SECRET),
        ("position.class", CODE),
        ("position.date", CODE),
        ("position.source_paragraph", PARAGRAPH),
        ("public_version.review", CODE),
        ("recommendation.language", CODE),
        ("recommendation.paragraph", PARAGRAPH),
        ("recommendation.source_id", PARAGRAPH),
        ("recommendation_alias.name", PARAGRAPH),
        ("recommendation_text.language", CODE),
        ("recommending_state.state", CODE),
        ("reported_total.position", CODE),
        ("reported_total.status", CODE),
        ("review.addendum_symbol", CODE),
        ("review.date", CODE),
        ("review.report_symbol", CODE),
        ("review.state", CODE),
        ("round.as_of", CODE),
        ("round.content_hash", SECRET),
        ("round.kind", CODE),
        ("round.slug", CODE),
        ("round.supersedes", CODE),
        ("saved_view.review", CODE),
        ("scale.code", CODE),
        ("scale.name", VOCABULARY),
        ("seaql_migrations.version", CODE),
        ("security_event.about", SECURITY),
        ("security_event.kind", CODE),
        ("security_event.who", SECURITY),
        ("session.token_hash", SECRET),
        ("sign_in_failure.device", SECRET),
        ("sign_in_failure.pseudonym_folded", FAILURE),
        ("status.code", CODE),
        ("status.colour", CODE),
        ("status.definition", VOCABULARY),
        ("status.examples", VOCABULARY),
        ("status.label", VOCABULARY),
        ("status.labels", VOCABULARY),
        ("status.shape", CODE),
        ("term.scheme", CODE),
        ("upload.id", SECRET),
        ("upload.review", CODE),
        ("upload.round", CODE),
        ("writer.token", SECRET),
    ];

    #[tokio::test]
    async fn every_column_of_text_is_searched_or_named() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("x.db").display());
        let store = Store::open(&url).await.unwrap();
        let columns = "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.type IN ('TEXT', 'BLOB') \
             ORDER BY 1";
        let columns = Statement::from_string(DbBackend::Sqlite, columns);
        let rows = store.connection.query_all_raw(columns).await.unwrap();
        let there: BTreeSet<String> = rows
            .iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect();
        store.close().await.unwrap();
        let lists = COLUMNS.iter().chain(&STAGED);
        let listed = lists
            .flat_map(|(table, columns)| columns.iter().map(move |name| format!("{table}.{name}")));
        let searched: Vec<String> = listed
            .chain(
                BY_OTHER_RULES
                    .iter()
                    .map(|(column, _)| (*column).to_owned()),
            )
            .collect();
        for column in &searched {
            let (table, _) = column.split_once('.').unwrap();
            assert!(REWRITTEN.contains(&table), "{table} is not written anew");
        }
        let named = NOT_SEARCHED.iter().map(|(column, _)| (*column).to_owned());
        let known: Vec<String> = searched.into_iter().chain(named).collect();
        let once: BTreeSet<String> = known.iter().cloned().collect();
        assert_eq!(once.len(), known.len(), "a column is named twice");
        assert_eq!(there, once);
    }
}
