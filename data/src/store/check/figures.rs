//! Does the read model count what the tables hold?
//!
//! The tables' side is SQL alone, from which value each recommendation has to the sums: it shares
//! nothing with the code that it checks but the names of things.

use super::super::listing::Listing;
use super::super::{Error, history};
use crate::domain::{
    Corpus, Dimension, Filter, Message, ReviewCode, ReviewRecord, RoundKind, RoundRecord, Scheme,
    states,
};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use std::collections::{BTreeMap, HashMap};

/// So many filters are tried besides none. Which ones depends on the history's last number, so that
/// many checks try many.
const FILTERS: usize = 12;

/// How often each value of a dimension occurs.
type Counts = BTreeMap<(Dimension, String), u64>;

/// Where the read model and the tables differ; the first difference of each review and each filter.
pub(super) async fn differences(listing: &Listing) -> Result<Vec<Message>, Error> {
    let corpus = &listing.corpus;
    let db = listing.snapshot();
    gather(db).await?;
    let mut found = Vec::new();
    let mut stored = counts_by_review(db).await?;
    for part in corpus.parts() {
        let code = part.review.code;
        let filter = of_review(code);
        let there = stored.remove(&code.to_string()).unwrap_or_default();
        let difference = difference(&filter, &counted(corpus, &filter), &there);
        found.extend(difference.map(|found| found.with("filter", filter.to_query())));
    }
    for there in stored.into_values() {
        // Of reviews that the read model does not know.
        let difference = difference(&Filter::default(), &Counts::new(), &there);
        found.extend(difference.map(|found| found.with("filter", "")));
    }
    let (revision, _) = history::revision(db).await?;
    for filter in some_filters(corpus, revision.unsigned_abs()) {
        let there = counts_under(db, &filter).await?;
        let difference = difference(&filter, &counted(corpus, &filter), &there);
        found.extend(difference.map(|found| found.with("filter", filter.to_query())));
    }
    Ok(found)
}

/// Counts by status of every itemised round, by its row, as the tables hold them.
pub(super) async fn rounds(
    db: &impl ConnectionTrait,
) -> Result<HashMap<i64, BTreeMap<String, u64>>, Error> {
    let status = status_in("o");
    let sql = format!(
        "SELECT o.id, {status}, count(*) FROM round o \
         JOIN recommendation r ON r.review_id = o.review_id \
         LEFT JOIN assessment a ON a.round_id = o.id AND a.recommendation_id = r.id \
         WHERE o.kind = '{}' AND (a.id IS NOT NULL OR o.published_at IS NULL) GROUP BY 1, 2",
        RoundKind::Itemised.code()
    );
    let mut rounds: HashMap<i64, BTreeMap<String, u64>> = HashMap::new();
    for row in query(db, sql, Vec::new()).await? {
        let counts = rounds.entry(row.try_get_by_index(0)?).or_default();
        counts.insert(row.try_get_by_index(1)?, count_in(&row, 2)?);
    }
    Ok(rounds)
}

/// Of how many recommendations it is written down how a published round counts them, by its row.
pub(super) async fn written_down(db: &impl ConnectionTrait) -> Result<HashMap<i64, u64>, Error> {
    let sql = "SELECT round_id, count(*) FROM counted_as GROUP BY 1".to_owned();
    let mut rounds = HashMap::new();
    for row in query(db, sql, Vec::new()).await? {
        rounds.insert(row.try_get_by_index(0)?, count_in(&row, 1)?);
    }
    Ok(rounds)
}

/// Counts by status of a round as a list of it shows them.
pub(super) fn of_round(record: &ReviewRecord, round: &RoundRecord) -> BTreeMap<String, u64> {
    let corpus = Corpus::of_round(record, Some(round), false);
    by_status(&corpus, &Filter::default())
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|((_, status), count)| (status, count))
        .collect()
}

fn of_review(code: ReviewCode) -> Filter {
    let mut filter = Filter::default();
    let state = vec![code.state.as_str().to_owned()];
    filter.chosen.insert(Dimension::State, state);
    let cycle = vec![code.cycle.to_string()];
    filter.chosen.insert(Dimension::Cycle, cycle);
    filter
}

/// Filters by two values that occur.
fn some_filters(corpus: &Corpus, seed: u64) -> Vec<Filter> {
    // Knuth's linear congruence; its high bits are good enough to choose by.
    let mut state = seed;
    let mut below = move |end: usize| -> usize {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % end.max(1)
    };
    let everything = Filter::default();
    let all = corpus.select(&everything, true);
    let mut filters = vec![everything.clone()];
    for _ in 0..FILTERS {
        let mut filter = Filter::default();
        for _ in 0..2 {
            let Some(dimension) = Dimension::ALL.get(below(Dimension::ALL.len())) else {
                continue;
            };
            let values = corpus.facet(&everything, &all, *dimension);
            if let Some(value) = values.get(below(values.len())) {
                filter.chosen.insert(*dimension, vec![value.value.clone()]);
            }
        }
        filters.push(filter);
    }
    filters
}

/// What is counted of the rows that a filter leaves. Along a dimension that chooses, lists also count
/// the values that are not chosen, so only the two that each row has once, or never, are compared there.
fn is_compared(dimension: Dimension, filter: &Filter) -> bool {
    matches!(dimension, Dimension::State | Dimension::Status)
        || !filter.chosen.contains_key(&dimension)
}

/// What the read model counts.
fn counted(corpus: &Corpus, filter: &Filter) -> Counts {
    let matches = corpus.select(filter, true);
    let mut counts = Counts::new();
    for dimension in Dimension::ALL {
        if !filter.chosen.contains_key(&dimension) {
            let values = corpus.facet(filter, &matches, dimension).into_iter();
            counts.extend(values.map(|value| ((dimension, value.value), value.count)));
        }
    }
    if filter.chosen.contains_key(&Dimension::Status) {
        counts.extend(by_status(corpus, filter));
    }
    if filter.chosen.contains_key(&Dimension::State) {
        for (part, _) in corpus.places(&matches) {
            let state = part.review.code.state.as_str().to_owned();
            *counts.entry((Dimension::State, state)).or_default() += 1;
        }
    }
    counts
}

fn by_status(corpus: &Corpus, filter: &Filter) -> Counts {
    let matches = corpus.select(filter, true);
    let breakdown = corpus.breakdown(&matches, None, filter.unit);
    let statuses = breakdown.scale.statuses.iter().enumerate();
    statuses
        .map(|(place, status)| {
            let key = (Dimension::Status, status.code.clone());
            (key, breakdown.total.of(place))
        })
        .collect()
}

fn difference(filter: &Filter, here: &Counts, there: &Counts) -> Option<Message> {
    let count = |counts: &Counts, key| counts.get(key).copied().unwrap_or_default();
    let key = here
        .keys()
        .chain(there.keys())
        .filter(|(dimension, _)| is_compared(*dimension, filter))
        .find(|key| count(here, key) != count(there, key))?;
    Some(
        Message::new("check-read-model")
            .with("dimension", key.0.param())
            .with("value", &key.1)
            .with("listed", count(here, key))
            .with("stored", count(there, key)),
    )
}

/// The status of an assessment `a`, if there is one, in the scale of a round: what the scale does not
/// know is in the place of "not assessed", and so is what nobody assessed.
fn status_in(round: &str) -> String {
    format!(
        "COALESCE((SELECT s.code FROM status s WHERE s.scale_id = {round}.scale_id AND s.code = a.status), \
         (SELECT s.code FROM status s WHERE s.scale_id = {round}.scale_id \
         ORDER BY s.counts_as_assessed, s.place LIMIT 1))"
    )
}

/// Writes down which values each recommendation has, in a table that lasts as long as the snapshot.
async fn gather(db: &impl ConnectionTrait) -> Result<(), Error> {
    let json = Json(db.get_database_backend());
    let groups: Vec<String> = states::all()
        .filter_map(|state| {
            Some(format!(
                "('{}','{}')",
                state.as_str(),
                state.group()?.code()
            ))
        })
        .collect();
    let label = |dimension: Dimension| dimension.param();
    let schemes = |column: &str| {
        let cases = Scheme::ALL.map(|scheme| {
            format!(
                "WHEN '{}' THEN '{}'",
                scheme.code(),
                label(Dimension::Term(scheme))
            )
        });
        format!("CASE {column} {} END", cases.join(" "))
    };
    let sql = format!(
        "CREATE TEMPORARY TABLE checked_fact AS \
         WITH placed AS (SELECT o.*, row_number() OVER (PARTITION BY review_id ORDER BY \
           CASE WHEN published_at IS NULL THEN 1 ELSE 0 END, CASE WHEN as_of IS NULL THEN 0 ELSE 1 END, \
           as_of {binary} DESC, id DESC) AS place FROM round o WHERE kind = '{itemised}'), \
         shown AS (SELECT * FROM placed WHERE place = 1), \
         frozen AS (SELECT c.recommendation_id AS id, c.content FROM counted_as c \
           JOIN shown o ON o.id = c.round_id), \
         grouped (state, code) AS (VALUES {groups}), \
         made AS (SELECT s.recommendation_id AS id, s.state FROM recommending_state s \
           WHERE s.recommendation_id NOT IN (SELECT id FROM frozen) \
           UNION SELECT f.id, {state} FROM frozen f, {states}), \
         found AS ( \
           SELECT r.id, '{of_state}' AS dimension, v.state AS value FROM recommendation r \
             JOIN review v ON v.id = r.review_id \
           UNION ALL SELECT r.id, '{of_cycle}', CAST(v.cycle AS TEXT) FROM recommendation r \
             JOIN review v ON v.id = r.review_id \
           UNION ALL SELECT r.id, '{of_status}', {status} FROM recommendation r \
             JOIN shown o ON o.review_id = r.review_id \
             LEFT JOIN assessment a ON a.round_id = o.id AND a.recommendation_id = r.id \
             WHERE a.id IS NOT NULL OR o.published_at IS NULL \
           UNION ALL SELECT r.id, '{of_position}', COALESCE((SELECT p.class FROM position p \
             WHERE p.recommendation_id = r.id ORDER BY p.place DESC LIMIT 1), 'unknown') \
             FROM recommendation r WHERE r.id NOT IN (SELECT id FROM frozen) \
           UNION ALL SELECT f.id, '{of_position}', COALESCE({position}, 'unknown') FROM frozen f \
           UNION ALL SELECT id, '{of_maker}', state FROM made \
           UNION ALL SELECT DISTINCT m.id, '{of_group}', g.code FROM made m \
             JOIN grouped g ON g.state = m.state \
           UNION ALL SELECT t.recommendation_id, {scheme}, t.name FROM term t \
             WHERE t.recommendation_id NOT IN (SELECT id FROM frozen) \
           UNION ALL SELECT DISTINCT f.id, {frozen_scheme}, {name} FROM frozen f, {terms} \
           UNION ALL SELECT r.id, '{of_action}', CAST(r.action_category AS TEXT) FROM recommendation r \
             WHERE r.action_category IS NOT NULL AND r.id NOT IN (SELECT id FROM frozen) \
           UNION ALL SELECT f.id, '{of_action}', CAST({action} AS TEXT) FROM frozen f \
             WHERE {action} IS NOT NULL) \
         SELECT id, dimension, value FROM found",
        binary = json.binary(),
        itemised = RoundKind::Itemised.code(),
        groups = groups.join(","),
        state = json.text("j"),
        states = json.each("f.content", "recommending"),
        of_state = label(Dimension::State),
        of_cycle = label(Dimension::Cycle),
        of_status = label(Dimension::Status),
        status = status_in("o"),
        of_position = label(Dimension::Position),
        position = json.last_class("f.content"),
        of_maker = label(Dimension::RecommendingState),
        of_group = label(Dimension::RegionalGroup),
        scheme = schemes("t.scheme"),
        frozen_scheme = schemes(&json.field("j", "scheme")),
        name = json.field("j", "name"),
        terms = json.each("f.content", "terms"),
        of_action = label(Dimension::ActionCategory),
        action = json.number("f.content", "action_category"),
    );
    // Left behind by a snapshot on the same connection that ended in an error, maybe.
    db.execute_unprepared("DROP TABLE IF EXISTS checked_fact")
        .await?;
    db.execute_unprepared(&sql).await?;
    db.execute_unprepared("CREATE INDEX checked_fact_value ON checked_fact (dimension, value, id)")
        .await?;
    Ok(())
}

async fn counts_by_review(db: &impl ConnectionTrait) -> Result<BTreeMap<String, Counts>, Error> {
    let sql = "SELECT v.state || '-' || CAST(v.cycle AS TEXT), f.dimension, f.value, count(*) \
               FROM checked_fact f JOIN recommendation r ON r.id = f.id \
               JOIN review v ON v.id = r.review_id GROUP BY 1, 2, 3";
    let mut reviews: BTreeMap<String, Counts> = BTreeMap::new();
    for row in query(db, sql.to_owned(), Vec::new()).await? {
        let counts = reviews.entry(row.try_get_by_index(0)?).or_default();
        add(counts, &row, 1)?;
    }
    Ok(reviews)
}

async fn counts_under(db: &impl ConnectionTrait, filter: &Filter) -> Result<Counts, Error> {
    let mut sql =
        "SELECT f.dimension, f.value, count(*) FROM checked_fact f WHERE 1 = 1".to_owned();
    let mut values = Vec::new();
    for (dimension, chosen) in &filter.chosen {
        for value in chosen {
            values.push(dimension.param().to_owned());
            values.push(value.clone());
            let (first, second) = match db.get_database_backend() {
                DbBackend::Postgres => (
                    format!("${}", values.len() - 1),
                    format!("${}", values.len()),
                ),
                _ => ("?".to_owned(), "?".to_owned()),
            };
            let narrower = format!(
                " AND f.id IN (SELECT id FROM checked_fact WHERE dimension = {first} AND value = {second})"
            );
            sql.push_str(&narrower);
        }
    }
    sql.push_str(" GROUP BY 1, 2");
    let mut counts = Counts::new();
    for row in query(db, sql, values).await? {
        add(&mut counts, &row, 0)?;
    }
    Ok(counts)
}

/// Dimension, value and count, from a column on.
fn add(counts: &mut Counts, row: &QueryResult, from: usize) -> Result<(), Error> {
    let param: String = row.try_get_by_index(from)?;
    let dimension = Dimension::from_param(&param).ok_or(Error::Corrupt(param))?;
    let value = row.try_get_by_index(from + 1)?;
    counts.insert((dimension, value), count_in(row, from + 2)?);
    Ok(())
}

fn count_in(row: &QueryResult, column: usize) -> Result<u64, Error> {
    let count: i64 = row.try_get_by_index(column)?;
    Ok(count.unsigned_abs())
}

async fn query(
    db: &impl ConnectionTrait,
    sql: String,
    values: Vec<String>,
) -> Result<Vec<QueryResult>, Error> {
    let backend = db.get_database_backend();
    let statement =
        Statement::from_sql_and_values(backend, sql, values.into_iter().map(sea_orm::Value::from));
    Ok(db.query_all_raw(statement).await?)
}

/// How each database looks into JSON.
#[derive(Clone, Copy)]
struct Json(DbBackend);

impl Json {
    fn is_postgres(self) -> bool {
        self.0 == DbBackend::Postgres
    }

    /// Texts compared by their bytes, as the program compares them.
    fn binary(self) -> &'static str {
        if self.is_postgres() {
            "COLLATE \"C\""
        } else {
            "COLLATE BINARY"
        }
    }

    /// The elements of a list, as `j`.
    fn each(self, content: &str, list: &str) -> String {
        if self.is_postgres() {
            format!("json_array_elements(({content})::json -> '{list}') AS j (value)")
        } else {
            format!("json_each({content}, '$.{list}') AS j")
        }
    }

    /// An element that is a text.
    fn text(self, element: &str) -> String {
        if self.is_postgres() {
            format!("{element}.value #>> '{{}}'")
        } else {
            format!("{element}.value")
        }
    }

    /// A text in an element.
    fn field(self, element: &str, field: &str) -> String {
        if self.is_postgres() {
            format!("({element}.value ->> '{field}')")
        } else {
            format!("json_extract({element}.value, '$.{field}')")
        }
    }

    fn number(self, content: &str, field: &str) -> String {
        if self.is_postgres() {
            format!("(({content})::json ->> '{field}')")
        } else {
            format!("json_extract({content}, '$.{field}')")
        }
    }

    /// The class of the last position, which counts.
    fn last_class(self, content: &str) -> String {
        if self.is_postgres() {
            format!("(({content})::json -> 'positions' -> -1 ->> 'class')")
        } else {
            format!("json_extract({content}, '$.positions[#-1].class')")
        }
    }
}
