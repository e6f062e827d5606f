//! Does the read model count what the tables hold?
//!
//! The tables' side is SQL alone, from which value each recommendation has to the sums: it shares
//! nothing with the code that it checks but the names of things.

use super::super::Error;
use crate::domain::{
    Corpus, CountingUnit, Dimension, Filter, Message, RegionalGroup, ReviewCode, ReviewRecord,
    RoundKind, RoundRecord, Scheme, StateCode, states,
};
use crate::store::read_model::listing::Listing;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

/// So many filters are tried besides none.
const FILTERS: usize = 12;
/// What a published round says of a recommendation: the only statuses that readers see.
const PUBLIC_STATUS: &str = "public_status";

/// How often each value of a dimension occurs.
type Counts = BTreeMap<(Dimension, String), u64>;

/// Where the read model and the tables differ; the first difference of each review, and of each filter
/// for whoever sees open rounds and for readers. Which filters are tried depends on the seed.
pub(super) async fn differences(listing: &Listing, seed: u64) -> Result<Vec<Message>, Error> {
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
    let real = real_states(db).await?;
    for filter in some_filters(corpus, seed) {
        let stated = stated(&filter, &real);
        for open_rounds in [true, false] {
            let lists = Asked {
                filter: &filter,
                stated: &stated,
                open_rounds,
            };
            let difference =
                match first_difference(&lists.facets(corpus), &lists.facets_in(db).await?) {
                    None => {
                        first_difference(&lists.breakdown(corpus), &lists.breakdown_in(db).await?)
                    }
                    differs => differs,
                };
            found.extend(difference.map(|found| found.with("filter", filter.to_query())));
        }
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
    let corpus = Corpus::of_round(record, Some(round));
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

/// None, and filters by one to three dimensions, one to three values of each that occur, in either unit.
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
        let mut filter = Filter {
            unit: CountingUnit::ALL[below(CountingUnit::ALL.len())],
            ..Filter::default()
        };
        for _ in 0..=below(3) {
            let dimension = Dimension::ALL[below(Dimension::ALL.len())];
            let values = corpus.facet(&everything, &all, dimension);
            let chosen = (0..=below(3)).filter_map(|_| values.get(below(values.len())));
            let mut chosen: Vec<String> = chosen.map(|value| value.value.clone()).collect();
            chosen.sort_unstable();
            chosen.dedup();
            if !chosen.is_empty() {
                filter.chosen.insert(dimension, chosen);
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
    let compared = |counts: &Counts| -> Counts {
        let counts = counts.iter();
        counts
            .filter(|((dimension, _), _)| is_compared(*dimension, filter))
            .map(|(key, count)| (key.clone(), *count))
            .collect()
    };
    first_difference(&compared(here), &compared(there))
}

fn first_difference(here: &Counts, there: &Counts) -> Option<Message> {
    let count = |counts: &Counts, key| counts.get(key).copied().unwrap_or_default();
    let key = here
        .keys()
        .chain(there.keys())
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
           CASE WHEN published_at IS NULL THEN 1 ELSE 0 END, \
           CASE WHEN headline_reason IS NULL THEN 1 ELSE 0 END, \
           CASE WHEN published_at IS NULL THEN 0 ELSE (SELECT count(*) FROM assessment a \
             JOIN status s ON s.scale_id = o.scale_id AND s.code = a.status \
             WHERE a.round_id = o.id AND s.counts_as_assessed) END DESC, \
           CASE WHEN as_of IS NULL THEN 0 ELSE 1 END, \
           as_of {binary} DESC, id DESC) AS place FROM round o WHERE kind = '{itemised}' \
           AND withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM round c \
             WHERE c.review_id = o.review_id AND c.supersedes = o.slug \
             AND c.published_at IS NOT NULL)), \
         shown AS (SELECT * FROM placed WHERE place = 1), \
         frozen AS (SELECT c.recommendation_id AS id, c.content FROM counted_as c \
           JOIN shown o ON o.id = c.round_id), \
         grouped (state, code) AS (VALUES {groups}), \
         made AS (SELECT s.recommendation_id AS id, s.state FROM recommending_state s \
           WHERE s.recommendation_id NOT IN (SELECT id FROM frozen) \
           UNION SELECT f.id, {listed} FROM frozen f, {states}), \
         found AS ( \
           SELECT r.id, '{of_state}' AS dimension, v.state AS value FROM recommendation r \
             JOIN review v ON v.id = r.review_id \
           UNION ALL SELECT r.id, '{of_cycle}', CAST(v.cycle AS TEXT) FROM recommendation r \
             JOIN review v ON v.id = r.review_id \
           UNION ALL SELECT r.id, '{of_status}', {status} FROM recommendation r \
             JOIN shown o ON o.review_id = r.review_id \
             LEFT JOIN assessment a ON a.round_id = o.id AND a.recommendation_id = r.id \
             WHERE a.id IS NOT NULL OR o.published_at IS NULL \
           UNION ALL SELECT a.recommendation_id, '{of_public_status}', {status} FROM assessment a \
             JOIN shown o ON o.id = a.round_id WHERE o.published_at IS NOT NULL \
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
             WHERE {action} IS NOT NULL \
           UNION ALL SELECT DISTINCT b.recommendation_id, '{of_body}', b.name FROM responsible_body b \
             WHERE b.recommendation_id NOT IN (SELECT id FROM frozen) \
           UNION ALL SELECT DISTINCT f.id, '{of_body}', {listed} FROM frozen f, {bodies}) \
         SELECT id, dimension, value FROM found",
        binary = json.binary(),
        itemised = RoundKind::Itemised.code(),
        groups = groups.join(","),
        listed = json.text("j"),
        states = json.each("f.content", "recommending"),
        of_state = label(Dimension::State),
        of_cycle = label(Dimension::Cycle),
        of_status = label(Dimension::Status),
        of_public_status = PUBLIC_STATUS,
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
        of_body = label(Dimension::ResponsibleBody),
        bodies = json.each("f.content", "responsible_bodies"),
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
               JOIN review v ON v.id = r.review_id WHERE f.dimension <> ";
    let sql = format!("{sql}'{PUBLIC_STATUS}' GROUP BY 1, 2, 3");
    let mut reviews: BTreeMap<String, Counts> = BTreeMap::new();
    for row in query(db, sql, Vec::new()).await? {
        let counts = reviews.entry(row.try_get_by_index(0)?).or_default();
        add(counts, &row, 1)?;
    }
    Ok(reviews)
}

/// The States under review that exist.
async fn real_states(db: &impl ConnectionTrait) -> Result<Vec<String>, Error> {
    let sql = format!(
        "SELECT DISTINCT value FROM checked_fact WHERE dimension = '{}' AND value <> '{}' ORDER BY 1",
        Dimension::State.param(),
        StateCode::FICTITIOUS
    );
    let rows = query(db, sql, Vec::new()).await?;
    let mut states = Vec::new();
    for row in rows {
        states.push(row.try_get_by_index(0)?);
    }
    Ok(states)
}

/// A filter as the tables are asked for it: one that chooses no State means all that exist, if there are any.
fn stated(filter: &Filter, real: &[String]) -> Filter {
    let mut stated = filter.clone();
    if !real.is_empty() {
        let states = stated.chosen.entry(Dimension::State);
        states.or_insert_with(|| real.to_vec());
    }
    stated
}

/// What a list is asked for.
struct Asked<'a> {
    filter: &'a Filter,
    /// The same as the tables are asked for it.
    stated: &'a Filter,
    /// Whether it shows statuses of rounds that are not published.
    open_rounds: bool,
}

impl Asked<'_> {
    /// What the read model counts along each dimension.
    fn facets(&self, corpus: &Corpus) -> Counts {
        let matches = corpus.select(self.filter, self.open_rounds);
        let mut counts = Counts::new();
        for dimension in Dimension::ALL {
            let values = corpus.facet(self.filter, &matches, dimension).into_iter();
            counts.extend(values.map(|value| ((dimension, value.value), value.count)));
        }
        counts
    }

    /// What the tables hold along each dimension: of those that choose, without what they choose.
    async fn facets_in(&self, db: &impl ConnectionTrait) -> Result<Counts, Error> {
        let mut asked = Parameters::new(db);
        let left = self.left("f.id", None, &mut asked);
        let sql = format!("SELECT f.dimension, f.value, count(*) FROM checked_fact f WHERE {left}");
        let mut counts = self.counts(db, sql, asked).await?;
        counts.retain(|(dimension, _), _| !self.stated.chosen.contains_key(dimension));
        for dimension in self.stated.chosen.keys() {
            let mut asked = Parameters::new(db);
            let left = self.left("f.id", Some(*dimension), &mut asked);
            let along = asked.next(self.label(*dimension));
            let sql = format!(
                "SELECT f.dimension, f.value, count(*) FROM checked_fact f \
                 WHERE {left} AND f.dimension = {along}"
            );
            counts.extend(self.counts(db, sql, asked).await?);
        }
        Ok(counts)
    }

    async fn counts(
        &self,
        db: &impl ConnectionTrait,
        sql: String,
        asked: Parameters,
    ) -> Result<Counts, Error> {
        let hidden = self.hidden();
        let sql = format!("{sql} AND f.dimension <> '{hidden}' GROUP BY 1, 2");
        let mut counts = Counts::new();
        for row in query(db, sql, asked.values).await? {
            add(&mut counts, &row, 0)?;
        }
        Ok(counts)
    }

    /// What the read model counts by position and status, in the filter's unit.
    fn breakdown(&self, corpus: &Corpus) -> Counts {
        let matches = corpus.select(self.filter, self.open_rounds);
        let along = Some(Dimension::Position);
        let breakdown = corpus.breakdown(&matches, along, self.filter.unit);
        let mut counts = Counts::new();
        for part in &breakdown.parts {
            let position = part.value.as_deref().unwrap_or_default();
            for (place, status) in breakdown.scale.statuses.iter().enumerate() {
                let key = (Dimension::Status, format!("{position}, {}", status.code));
                counts.insert(key, part.counts.of(place));
            }
        }
        counts
    }

    /// What the tables hold of that.
    async fn breakdown_in(&self, db: &impl ConnectionTrait) -> Result<Counts, Error> {
        let mut asked = Parameters::new(db);
        let weight = match self.filter.unit {
            CountingUnit::Recommendations => "1".to_owned(),
            // The States that are asked for; what names no State counts once.
            CountingUnit::RecommendingStates => {
                let maker = Dimension::RecommendingState;
                let made = asked.next(maker.param());
                let any = format!(
                    "SELECT 1 FROM checked_fact m WHERE m.id = s.id AND m.dimension = {made}"
                );
                let made = asked.next(maker.param());
                let mut count = format!(
                    "SELECT count(*) FROM checked_fact m WHERE m.id = s.id AND m.dimension = {made}"
                );
                let chosen = self.filter.chosen.get(&maker);
                let groups = self.filter.chosen.get(&Dimension::RegionalGroup);
                let of_groups = groups.map(|groups| {
                    let of = |state: &StateCode| {
                        let group = state.group().map_or("", RegionalGroup::code);
                        groups.iter().any(|one| one == group)
                    };
                    let codes = states::all().filter(of).map(|state| state.to_string());
                    codes.collect::<Vec<_>>()
                });
                for states in [chosen, of_groups.as_ref()].into_iter().flatten() {
                    let _ = write!(count, " AND m.value IN ({})", asked.all(states));
                }
                format!("CASE WHEN EXISTS ({any}) THEN ({count}) ELSE 1 END")
            }
        };
        let position = asked.next(Dimension::Position.param());
        let status = asked.next(self.label(Dimension::Status));
        let left = self.left("s.id", None, &mut asked);
        let sql = format!(
            "SELECT '{dimension}', w.value, CAST(sum(w.weight) AS BIGINT) FROM ( \
               SELECT p.value || ', ' || s.value AS value, {weight} AS weight FROM checked_fact s \
               JOIN checked_fact p ON p.id = s.id AND p.dimension = {position} \
               WHERE s.dimension = {status} AND {left}) w GROUP BY w.value",
            dimension = Dimension::Status.param()
        );
        let mut counts = Counts::new();
        for row in query(db, sql, asked.values).await? {
            add(&mut counts, &row, 0)?;
        }
        Ok(counts)
    }

    /// What the facts of a dimension are called, for whoever looks.
    fn label(&self, dimension: Dimension) -> &'static str {
        match dimension {
            Dimension::Status if !self.open_rounds => PUBLIC_STATUS,
            dimension => dimension.param(),
        }
    }

    /// The statuses that are not for whoever looks.
    fn hidden(&self) -> &'static str {
        if self.open_rounds {
            PUBLIC_STATUS
        } else {
            Dimension::Status.param()
        }
    }

    /// The condition that a filter leaves a recommendation, perhaps without what one dimension chooses.
    fn left(&self, id: &str, without: Option<Dimension>, asked: &mut Parameters) -> String {
        let mut condition = "1 = 1".to_owned();
        for (dimension, chosen) in &self.stated.chosen {
            if Some(*dimension) == without {
                continue;
            }
            let dimension = asked.next(self.label(*dimension));
            // Writing into a string cannot fail.
            let _ = write!(
                condition,
                " AND {id} IN (SELECT id FROM checked_fact WHERE dimension = {dimension} \
                 AND value IN ({}))",
                asked.all(chosen)
            );
        }
        condition
    }
}

/// The values of a statement, in the order in which it names them.
struct Parameters {
    numbered: bool,
    values: Vec<String>,
}

impl Parameters {
    fn new(db: &impl ConnectionTrait) -> Self {
        Self {
            numbered: db.get_database_backend() == DbBackend::Postgres,
            values: Vec::new(),
        }
    }

    /// Takes a value; what stands for it in the statement.
    fn next(&mut self, value: &str) -> String {
        self.values.push(value.to_owned());
        if self.numbered {
            format!("${}", self.values.len())
        } else {
            "?".to_owned()
        }
    }

    fn all(&mut self, values: &[String]) -> String {
        let all: Vec<String> = values.iter().map(|value| self.next(value)).collect();
        all.join(", ")
    }
}

/// Dimension, value and count, from a column on.
fn add(counts: &mut Counts, row: &QueryResult, from: usize) -> Result<(), Error> {
    let param: String = row.try_get_by_index(from)?;
    let dimension = match param.as_str() {
        PUBLIC_STATUS => Some(Dimension::Status),
        param => Dimension::from_param(param),
    };
    let dimension = dimension.ok_or(Error::Corrupt(param))?;
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
