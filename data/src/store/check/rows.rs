//! What rows must be like by themselves: what nothing that is read from them would show.
//!
//! Whoever reads a row may not see all of it: a number is read past what it may be, a list is read
//! by its order only, a row that belongs to nothing is never read. Here the tables themselves are looked at.

use crate::domain::{CountedAs, Message, Paragraph};
use crate::store::entities::{counted_as, evidence};
use crate::store::history::chain;
use crate::store::read_model::review_records;
use crate::store::{Error, evidence_identity, migrations};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};

/// References: a table, its column, and the table whose rows it names.
const REFERENCES: [(&str, &str, &str); 20] = [
    ("recommendation", "review_id", "review"),
    ("recommending_state", "recommendation_id", "recommendation"),
    ("recommendation_text", "recommendation_id", "recommendation"),
    ("responsible_body", "recommendation_id", "recommendation"),
    ("term", "recommendation_id", "recommendation"),
    ("position", "recommendation_id", "recommendation"),
    ("status", "scale_id", "scale"),
    ("round", "review_id", "review"),
    ("round", "scale_id", "scale"),
    ("reported_total", "round_id", "round"),
    ("assessment", "round_id", "round"),
    ("assessment", "recommendation_id", "recommendation"),
    ("assessment_evidence", "assessment_id", "assessment"),
    ("assessment_evidence", "evidence_id", "evidence"),
    ("evidence", "review_id", "review"),
    ("counted_as", "round_id", "round"),
    ("counted_as", "recommendation_id", "recommendation"),
    (
        "recommendation_alias",
        "recommendation_id",
        "recommendation",
    ),
    ("link", "recommendation_id", "recommendation"),
    ("link", "earlier_id", "recommendation"),
];

/// Lists whose places count from 0 without a gap: a table and what its lists belong to.
const LISTS: [(&str, &str); 6] = [
    ("recommending_state", "recommendation_id"),
    ("recommendation_text", "recommendation_id"),
    ("responsible_body", "recommendation_id"),
    ("term", "recommendation_id"),
    ("position", "recommendation_id"),
    ("assessment_evidence", "assessment_id"),
];

/// Rows that contradict others: a table, and which of its rows do.
const CONTRADICTIONS: [(&str, &str); 6] = [
    ("recommendation", "action_category NOT BETWEEN 1 AND 5"),
    (
        "assessment",
        "EXISTS (SELECT 1 FROM round o, recommendation r WHERE o.id = round_id \
         AND r.id = recommendation_id AND o.review_id <> r.review_id)",
    ),
    (
        "assessment_evidence",
        "EXISTS (SELECT 1 FROM assessment a, round o, evidence e WHERE a.id = assessment_id \
         AND o.id = a.round_id AND e.id = evidence_id AND o.review_id <> e.review_id)",
    ),
    (
        // Only what a published round says of a recommendation is counted.
        "counted_as",
        "NOT EXISTS (SELECT 1 FROM assessment a, round o WHERE a.round_id = counted_as.round_id \
         AND a.recommendation_id = counted_as.recommendation_id AND o.id = a.round_id \
         AND o.published_at IS NOT NULL)",
    ),
    (
        // Only published rounds are withdrawn, and only published corrections have a reason.
        "round",
        "(withdrawn_at IS NULL) <> (withdrawal_reason IS NULL) \
         OR published_at IS NULL AND withdrawn_at IS NOT NULL \
         OR correction_reason IS NOT NULL AND (supersedes IS NULL OR published_at IS NULL)",
    ),
    (
        "link",
        "NOT EXISTS (SELECT 1 FROM recommendation r, recommendation e, review v, review w \
         WHERE r.id = recommendation_id AND e.id = earlier_id AND v.id = r.review_id \
         AND w.id = e.review_id AND v.state = w.state AND w.cycle < v.cycle)",
    ),
];

/// The tables of the record, whose values SQLite does not hold to a type.
const RECORD: [&str; 18] = [
    "account",
    "assessment",
    "assessment_evidence",
    "counted_as",
    "event",
    "evidence",
    "import_run",
    "link",
    "position",
    "recommendation",
    "recommendation_alias",
    "recommendation_text",
    "recommending_state",
    "reported_total",
    "responsible_body",
    "review",
    "round",
    "term",
];

/// The tables with rows that cannot be as they are, and how many such rows each has.
pub(super) async fn unsound(db: &impl ConnectionTrait) -> Result<Vec<Message>, Error> {
    let mut unsound: Vec<(&str, u64)> = Vec::new();
    for (table, column, named) in REFERENCES {
        let wrong = format!("NOT EXISTS (SELECT 1 FROM {named} n WHERE n.id = {table}.{column})");
        unsound.push((table, count(db, table, &wrong).await?));
    }
    for (table, of) in LISTS {
        let lists = format!(
            "(SELECT {of} FROM {table} GROUP BY {of} HAVING min(place) <> 0 \
             OR max(place) <> count(*) - 1 OR count(DISTINCT place) <> count(*)) AS lists"
        );
        unsound.push((table, count(db, &lists, "1 = 1").await?));
    }
    for (table, wrong) in CONTRADICTIONS {
        unsound.push((table, count(db, table, wrong).await?));
    }
    unsound.push(("recommendation", paragraphs(db).await?));
    unsound.push(("evidence", records(db).await?));
    unsound.push(("counted_as", counted(db).await?));
    if db.get_database_backend() == DbBackend::Sqlite {
        for table in RECORD.into_iter().chain(["scale", "status"]) {
            unsound.push((table, mistyped(db, table).await?));
        }
    }
    if !migrations::is_current(db).await? {
        unsound.push(("seaql_migrations", 1));
    }
    let message = |(table, count)| {
        Message::new("check-rows-unsound")
            .with("table", table)
            .with("count", count)
    };
    let unsound = unsound.into_iter().filter(|(_, count)| *count > 0);
    Ok(unsound.map(message).collect())
}

async fn count(db: &impl ConnectionTrait, table: &str, wrong: &str) -> Result<u64, Error> {
    let sql = format!("SELECT count(*) FROM {table} WHERE {wrong}");
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Paragraphs that are read as another text than they are: with blanks around them, or a full stop.
async fn paragraphs(db: &impl ConnectionTrait) -> Result<u64, Error> {
    let sql = "SELECT paragraph FROM recommendation";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let mut wrong = 0;
    for row in db.query_all_raw(statement).await? {
        let paragraph: String = row.try_get_by_index(0)?;
        let read = Paragraph::parse(&paragraph);
        wrong += u64::from(!read.is_ok_and(|read| read.as_str() == paragraph));
    }
    Ok(wrong)
}

/// Pieces of evidence without a number, or whose identity or address is another record's.
async fn records(db: &impl ConnectionTrait) -> Result<u64, Error> {
    let mut wrong = 0;
    for row in evidence::Entity::find().all(db).await? {
        let (number, identity, address) = (row.number, row.identity.clone(), row.address.clone());
        let content = review_records::evidence_of(row);
        let fits = number.is_some()
            && identity == evidence_identity(&content)
            && address == crate::domain::normalised_address(&content.source);
        wrong += u64::from(!fits);
    }
    Ok(wrong)
}

/// What published rounds counted that is not written as this program writes it.
async fn counted(db: &impl ConnectionTrait) -> Result<u64, Error> {
    const BATCH: u64 = 2_000;
    let (mut wrong, mut after) = (0, (i64::MIN, i64::MIN));
    loop {
        let rows = counted_as::Entity::find()
            .cursor_by((
                counted_as::Column::RoundId,
                counted_as::Column::RecommendationId,
            ))
            .after(after)
            .first(BATCH)
            .all(db)
            .await?;
        let Some(last) = rows.last() else {
            return Ok(wrong);
        };
        after = (last.round_id, last.recommendation_id);
        for row in rows {
            let read: Result<CountedAs, _> = serde_json::from_str(&row.content);
            wrong += u64::from(!read.is_ok_and(|read| chain::json(&read) == row.content));
        }
    }
}

/// Rows with a value of another type than their column's.
async fn mistyped(db: &impl ConnectionTrait, table: &str) -> Result<u64, Error> {
    let columns = Statement::from_string(
        DbBackend::Sqlite,
        format!("SELECT name, type FROM pragma_table_info('{table}')"),
    );
    let mut wrong = Vec::new();
    for row in db.query_all_raw(columns).await? {
        let (name, kind): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let fits = match kind.as_str() {
            "TEXT" => "'text'",
            "BOOLEAN" => {
                wrong.push(format!("\"{name}\" NOT IN (0, 1)"));
                "'integer'"
            }
            "DOUBLE PRECISION" => "'real', 'integer'",
            _ => "'integer'",
        };
        wrong.push(format!("typeof(\"{name}\") NOT IN ({fits}, 'null')"));
    }
    count(db, table, &wrong.join(" OR ")).await
}
