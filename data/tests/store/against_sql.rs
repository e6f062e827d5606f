//! What lists count, against SQL that knows nothing of how they do it: random filters after random
//! changes, as readers see them and as those who work here do.

use crate::corpus::{Random, add_review, save};
use crate::support::{
    REVIEW, ROUND, TestDatabase, actor, code, file, import, incoming, new_round, on_each_database,
    states,
};
use data::domain::{
    ActionCategory, AnswerClasses, Corpus, CountingUnit, Dimension, Filter, Position,
    PositionClass, RecommendationSet, Scheme, Term,
};
use data::exchange::Incoming;
use data::store::Store;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Changes between two comparisons, comparisons, and filters of each.
const CHANGES: usize = 6;
const COMPARISONS: usize = 5;
const FILTERS: usize = 8;

#[tokio::test]
async fn lists_never_disagree_with_sql() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_demonstration(&actor()).await.unwrap();
        store.load_bundled(&actor()).await.unwrap();
        add_review(store, "NOR-2", false).await;
        add_review(store, "SWE-2", true).await;
        let mut random = Random(20_261);
        import(store, some_rows(&mut random)).await;
        store
            .open_round(&actor(), code(REVIEW), &new_round(ROUND))
            .await
            .unwrap();
        let mut open = vec![
            ("XXA-3", "follow-up"),
            ("NOR-2", "mid-term"),
            (REVIEW, ROUND),
        ];
        let mut seen = Seen::default();
        for comparison in 0..COMPARISONS {
            compare(&database, &mut random, &mut seen).await;
            for _ in 0..CHANGES {
                let (review, round) = open[random.below(open.len())];
                save(store, review, round, &mut random).await;
            }
            import(store, some_rows(&mut random)).await;
            // One after the other is published, and what is imported later is outside of it.
            if comparison % 3 == 1 && open.len() > 1 {
                let (review, round) = open.pop().unwrap();
                store
                    .publish_round(&actor(), code(review), round)
                    .await
                    .unwrap();
            }
        }
        // So says the program of itself, whatever filters it tries.
        for seed in 0..2 {
            assert_eq!(store.check_by(seed).await.unwrap(), [], "seed {seed}");
        }
        // Filters that leave nothing would compare nothing.
        assert!(seen.rows > 1_000 && seen.narrowed > 25, "{seen:?}");
        assert!(seen.answers > 500, "{seen:?}");
    })
    .await;
}

/// How much was compared.
#[derive(Debug, Default)]
struct Seen {
    rows: usize,
    narrowed: usize,
    answers: usize,
}

/// New recommendations, and others with other States, terms, bodies and responses than before.
fn some_rows(random: &mut Random) -> data::exchange::ReadFile {
    let rows = (0..8).map(|_| some_row(random)).collect::<Vec<_>>();
    let mut numbers = BTreeSet::new();
    file(
        rows.into_iter()
            .filter(|row| numbers.insert(row.row))
            .collect(),
    )
}

fn some_row(random: &mut Random) -> Incoming {
    let mut row = incoming(u32::try_from(1 + random.below(30)).unwrap());
    let makers = ["NOR", "BRA", "TGO", "FJI", "VAT"];
    let first = random.below(makers.len());
    row.recommending = states(&makers[first..(first + 1 + random.below(2)).min(makers.len())]);
    row.action_category = ActionCategory::new(u8::try_from(1 + random.below(5)).unwrap());
    let names = ["Labour", "O'Neill's", "Migrants"];
    row.terms = Scheme::ALL
        .into_iter()
        .filter(|_| random.below(2) == 0)
        .map(|scheme| Term::new(scheme, names[scheme as usize % names.len()]))
        .collect();
    let bodies = [
        "Ministry of Justice",
        "Children's Ombudsperson",
        "Parliament",
    ];
    let first = random.below(bodies.len() + 1);
    row.responsible_bodies = bodies[first..(first + random.below(3)).min(bodies.len())]
        .iter()
        .map(|body| (*body).to_owned())
        .collect();
    row.position = (random.below(3) > 0).then(|| Position {
        class: PositionClass::ALL[random.below(PositionClass::ALL.len())],
        raw: "in its own words".to_owned(),
        source: None,
        source_paragraph: None,
        date: None,
    });
    row
}

async fn compare(database: &TestDatabase, random: &mut Random, seen: &mut Seen) {
    let store: &Store = &database.store;
    let corpus = store.corpus().await.unwrap();
    let tables = Tables::gather(database).await;
    let mut filters = vec![Filter::default()];
    filters.extend((0..FILTERS).map(|_| some_filter(&corpus, random)));
    for filter in &filters {
        for view in [View::Readers, View::Workers] {
            let said = format!("{} of {view:?}", filter.to_query());
            let matches = corpus.select(filter, view == View::Workers);
            let rows: BTreeSet<String> = corpus
                .rows(&matches, 0..matches.len())
                .iter()
                .map(|row| {
                    let status = row.status.map_or("", |(_, status)| status.code.as_str());
                    let review = row.part.review.code;
                    format!("{review} {} {status}", row.recommendation.paragraph)
                })
                .collect();
            assert_eq!(rows.len(), matches.len(), "{said}");
            let stated = &stated(filter, &corpus);
            assert_eq!(rows, tables.rows(stated, view).await, "{said}");
            seen.rows += rows.len();
            seen.narrowed += usize::from(!rows.is_empty() && rows.len() < corpus.len());
            for _ in 0..3 {
                let dimension = Dimension::ALL[random.below(Dimension::ALL.len())];
                let counted: BTreeMap<String, u64> = corpus
                    .facet(filter, &matches, dimension)
                    .into_iter()
                    .filter(|value| value.count > 0)
                    .map(|value| (value.value, value.count))
                    .collect();
                // Readers are shown no statuses of rounds that are not published.
                let stored = tables.facet(stated, view, dimension).await;
                assert_eq!(counted, stored, "{} in {said}", dimension.param());
            }
            for unit in CountingUnit::ALL {
                let filter = &Filter {
                    unit,
                    ..filter.clone()
                };
                let set = RecommendationSet::of_all_reviews(&corpus, filter, view == View::Workers);
                let answers = set.total().answers;
                for classes in [AnswerClasses::Three, AnswerClasses::Official] {
                    let counted: BTreeMap<String, u64> = classes
                        .all()
                        .into_iter()
                        .map(|class| {
                            let count = answers.counted_as(class, classes);
                            (class.code().to_owned(), count)
                        })
                        .filter(|(_, count)| *count > 0)
                        .collect();
                    seen.answers += counted.len();
                    let stored = tables.answers(stated, view, unit, classes).await;
                    assert_eq!(counted, stored, "{classes:?} by {unit:?} of {said}");
                }
                let breakdown = corpus.breakdown(&matches, Some(Dimension::Position), unit);
                let mut counted = BTreeMap::new();
                for part in &breakdown.parts {
                    for (place, status) in breakdown.scale.statuses.iter().enumerate() {
                        let count = part.counts.of(place);
                        if count > 0 {
                            let position = part.value.clone().unwrap_or_default();
                            counted.insert(format!("{position} {}", status.code), count);
                        }
                    }
                }
                assert_eq!(
                    counted,
                    tables.breakdown(stated, view, unit).await,
                    "{unit:?} of {said}"
                );
            }
        }
    }
    tables.0.close().await.unwrap();
}

/// A filter as SQL is asked for it: without a chosen State, it is about the States that exist.
fn stated(filter: &Filter, corpus: &Corpus) -> Filter {
    let mut stated = filter.clone();
    let states = corpus.parts().iter().map(|part| part.review.code.state);
    let real = states.filter(|state| !state.is_fictitious());
    stated
        .chosen
        .entry(Dimension::State)
        .or_insert_with(|| real.map(|state| state.as_str().to_owned()).collect());
    stated
}

/// One to three dimensions, with one to three values of each.
fn some_filter(corpus: &Corpus, random: &mut Random) -> Filter {
    let everything = Filter::default();
    let all = corpus.select(&everything, true);
    let mut filter = Filter::default();
    for _ in 0..=random.below(3) {
        let dimension = Dimension::ALL[random.below(Dimension::ALL.len())];
        let values = corpus.facet(&everything, &all, dimension);
        let mut chosen: Vec<String> = (0..=random.below(3))
            .filter_map(|_| Some(values.get(random.below(values.len()))?.value.clone()))
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        if !chosen.is_empty() {
            filter.chosen.insert(dimension, chosen);
        }
    }
    filter
}

/// Who looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum View {
    /// Rounds that are published.
    Readers,
    /// All rounds.
    Workers,
}

/// Which values each recommendation has: `fact (id, dimension, value)`, for as long as the connection
/// lasts.
struct Tables(DatabaseConnection);

impl Tables {
    async fn gather(database: &TestDatabase) -> Self {
        let db = database.raw().await;
        let postgres = db.get_database_backend() == DbBackend::Postgres;
        let in_json = |sqlite: &'static str, other: &'static str| {
            if postgres { other } else { sqlite }
        };
        let steps = [
            // The round that a list shows of each review: a published one before an open one, then the
            // latest.
            "CREATE TEMPORARY TABLE shown AS SELECT o.* FROM round o \
             WHERE o.kind = 'itemised' AND NOT EXISTS (SELECT 1 FROM round p \
               WHERE p.review_id = o.review_id AND p.kind = 'itemised' AND p.id <> o.id AND ( \
                 (p.published_at IS NOT NULL AND o.published_at IS NULL) \
                 OR ((p.published_at IS NULL) = (o.published_at IS NULL) \
                   AND COALESCE(p.as_of, '9999') > COALESCE(o.as_of, '9999'))))"
                .to_owned(),
            // What a published one counts is what was known then.
            "CREATE TEMPORARY TABLE kept AS SELECT c.recommendation_id AS id, c.content AS content \
             FROM counted_as c JOIN shown o ON o.id = c.round_id"
                .to_owned(),
            "CREATE TEMPORARY TABLE present AS SELECT r.* FROM recommendation r \
             LEFT JOIN kept k ON k.id = r.id WHERE k.id IS NULL"
                .to_owned(),
            "CREATE TEMPORARY TABLE fact (id BIGINT, dimension TEXT, value TEXT)".to_owned(),
            "INSERT INTO fact SELECT r.id, 'state', v.state FROM recommendation r \
             JOIN review v ON v.id = r.review_id"
                .to_owned(),
            "INSERT INTO fact SELECT r.id, 'cycle', CAST(v.cycle AS TEXT) FROM recommendation r \
             JOIN review v ON v.id = r.review_id"
                .to_owned(),
            "INSERT INTO fact SELECT r.id, 'status', COALESCE(a.status, 'not_assessed') \
             FROM recommendation r JOIN shown o ON o.review_id = r.review_id \
             LEFT JOIN assessment a ON a.round_id = o.id AND a.recommendation_id = r.id \
             WHERE o.published_at IS NULL OR a.id IS NOT NULL"
                .to_owned(),
            "INSERT INTO fact SELECT a.recommendation_id, 'public status', a.status FROM assessment a \
             JOIN shown o ON o.id = a.round_id WHERE o.published_at IS NOT NULL"
                .to_owned(),
            "INSERT INTO fact SELECT s.recommendation_id, 'recommending', s.state \
             FROM recommending_state s JOIN present r ON r.id = s.recommendation_id"
                .to_owned(),
            format!(
                "INSERT INTO fact SELECT k.id, 'recommending', {} FROM kept k, {}",
                in_json("j.value", "j #>> '{}'"),
                in_json(
                    "json_each(k.content, '$.recommending') j",
                    "json_array_elements(k.content::json -> 'recommending') j"
                )
            ),
            "INSERT INTO fact SELECT r.id, 'position', COALESCE((SELECT p.class FROM position p \
             WHERE p.recommendation_id = r.id AND NOT EXISTS (SELECT 1 FROM position q \
               WHERE q.recommendation_id = r.id AND q.place > p.place)), 'unknown') FROM present r"
                .to_owned(),
            format!(
                "INSERT INTO fact SELECT k.id, 'position', COALESCE({}, 'unknown') FROM kept k",
                in_json(
                    "json_extract(k.content, '$.positions[#-1].class')",
                    "k.content::json -> 'positions' -> -1 ->> 'class'"
                )
            ),
            "INSERT INTO fact SELECT r.id, 'action', CAST(r.action_category AS TEXT) FROM present r \
             WHERE r.action_category IS NOT NULL"
                .to_owned(),
            format!(
                "INSERT INTO fact SELECT k.id, 'action', CAST({0} AS TEXT) FROM kept k \
                 WHERE {0} IS NOT NULL",
                in_json(
                    "json_extract(k.content, '$.action_category')",
                    "(k.content::json ->> 'action_category')"
                )
            ),
            "INSERT INTO fact SELECT t.recommendation_id, t.scheme, t.name FROM term t \
             JOIN present r ON r.id = t.recommendation_id"
                .to_owned(),
            format!(
                "INSERT INTO fact SELECT DISTINCT k.id, {}, {} FROM kept k, {}",
                in_json("json_extract(j.value, '$.scheme')", "j ->> 'scheme'"),
                in_json("json_extract(j.value, '$.name')", "j ->> 'name'"),
                in_json(
                    "json_each(k.content, '$.terms') j",
                    "json_array_elements(k.content::json -> 'terms') j"
                )
            ),
            "INSERT INTO fact SELECT b.recommendation_id, 'body', b.name FROM responsible_body b \
             JOIN present r ON r.id = b.recommendation_id"
                .to_owned(),
            format!(
                "INSERT INTO fact SELECT k.id, 'body', {} FROM kept k, {}",
                in_json("j.value", "j #>> '{}'"),
                in_json(
                    "json_each(k.content, '$.responsible_bodies') j",
                    "json_array_elements(k.content::json -> 'responsible_bodies') j"
                )
            ),
            "UPDATE fact SET dimension = 'persons' WHERE dimension = 'affected_persons'".to_owned(),
            "CREATE TEMPORARY TABLE member (state TEXT, code TEXT)".to_owned(),
            format!("INSERT INTO member VALUES {}", members()),
            "INSERT INTO fact SELECT DISTINCT f.id, 'group', m.code FROM fact f \
             JOIN member m ON m.state = f.value WHERE f.dimension = 'recommending'"
                .to_owned(),
            "CREATE INDEX fact_value ON fact (dimension, value)".to_owned(),
            "CREATE INDEX fact_id ON fact (id, dimension)".to_owned(),
        ];
        for step in &steps {
            let done = db.execute_unprepared(step).await;
            done.unwrap_or_else(|error| panic!("{error}: {step}"));
        }
        Self(db)
    }

    async fn pairs(&self, sql: &str) -> BTreeMap<String, u64> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let rows = self.0.query_all_raw(statement).await;
        let rows = rows.unwrap_or_else(|error| panic!("{error}: {sql}"));
        rows.iter()
            .map(|row| {
                let count: i64 = row.try_get_by_index(1).unwrap();
                (row.try_get_by_index(0).unwrap(), count.unsigned_abs())
            })
            .collect()
    }

    async fn rows(&self, filter: &Filter, view: View) -> BTreeSet<String> {
        let sql = format!(
            "SELECT v.state || '-' || CAST(v.cycle AS TEXT) || ' ' || r.paragraph || ' ' \
             || COALESCE(s.value, ''), CAST(1 AS BIGINT) FROM recommendation r \
             JOIN review v ON v.id = r.review_id \
             LEFT JOIN fact s ON s.id = r.id AND s.dimension = '{}' WHERE {}",
            name(Dimension::Status, view),
            left(filter, view, None, "r.id")
        );
        self.pairs(&sql).await.into_keys().collect()
    }

    async fn facet(
        &self,
        filter: &Filter,
        view: View,
        dimension: Dimension,
    ) -> BTreeMap<String, u64> {
        let sql = format!(
            "SELECT f.value, count(*) FROM fact f WHERE f.dimension = '{}' AND {} GROUP BY f.value",
            name(dimension, view),
            left(filter, view, Some(dimension), "f.id")
        );
        self.pairs(&sql).await
    }

    /// How many were answered in which class, as resolution 5/1 and this program's three classes have it.
    async fn answers(
        &self,
        filter: &Filter,
        view: View,
        unit: CountingUnit,
        classes: AnswerClasses,
    ) -> BTreeMap<String, u64> {
        let class = match classes {
            AnswerClasses::Official => {
                "CASE WHEN p.value IN ('supported', 'supported_as_implemented') THEN 'supported' \
                 WHEN p.value IN ('noted', 'partially_supported') THEN 'noted' ELSE p.value END"
            }
            AnswerClasses::Three => {
                "CASE p.value WHEN 'supported_as_implemented' THEN 'supported' ELSE p.value END"
            }
            AnswerClasses::Recorded => "p.value",
        };
        let weight = weight(filter, unit, "p.id");
        let sql = format!(
            "SELECT w.what, CAST(sum(w.weight) AS BIGINT) FROM ( \
               SELECT {class} AS what, {weight} AS weight FROM fact p \
               WHERE p.dimension = 'position' AND {}) w \
             GROUP BY w.what HAVING sum(w.weight) > 0",
            left(filter, view, None, "p.id")
        );
        self.pairs(&sql).await
    }

    async fn breakdown(
        &self,
        filter: &Filter,
        view: View,
        unit: CountingUnit,
    ) -> BTreeMap<String, u64> {
        let weight = weight(filter, unit, "s.id");
        let sql = format!(
            "SELECT w.what, CAST(sum(w.weight) AS BIGINT) FROM ( \
               SELECT p.value || ' ' || s.value AS what, {weight} AS weight FROM fact s \
               JOIN fact p ON p.id = s.id AND p.dimension = 'position' \
               WHERE s.dimension = '{}' AND {}) w \
             GROUP BY w.what HAVING sum(w.weight) > 0",
            name(Dimension::Status, view),
            left(filter, view, None, "s.id")
        );
        self.pairs(&sql).await
    }
}

/// What a recommendation counts, in SQL.
fn weight(filter: &Filter, unit: CountingUnit, id: &str) -> String {
    match unit {
        CountingUnit::Recommendations => "1".to_owned(),
        // Those that are asked for; what names no State counts once.
        CountingUnit::RecommendingStates => {
            let mut asked = format!(
                "SELECT count(*) FROM fact m WHERE m.id = {id} AND m.dimension = 'recommending'"
            );
            let any = format!("NOT EXISTS ({})", asked.replace("count(*)", "1"));
            if let Some(chosen) = filter.chosen.get(&Dimension::RecommendingState) {
                write!(asked, " AND m.value IN ({})", quoted(chosen)).unwrap();
            }
            if let Some(chosen) = filter.chosen.get(&Dimension::RegionalGroup) {
                write!(
                    asked,
                    " AND m.value IN (SELECT state FROM member WHERE code IN ({}))",
                    quoted(chosen)
                )
                .unwrap();
            }
            format!("CASE WHEN {any} THEN 1 ELSE ({asked}) END")
        }
    }
}

/// What a dimension's facts are called.
fn name(dimension: Dimension, view: View) -> &'static str {
    match (dimension, view) {
        (Dimension::Status, View::Readers) => "public status",
        (dimension, _) => dimension.param(),
    }
}

/// The condition of being left by a filter, but for one dimension.
fn left(filter: &Filter, view: View, but_for: Option<Dimension>, id: &str) -> String {
    let mut condition = "1 = 1".to_owned();
    for (dimension, values) in &filter.chosen {
        if Some(*dimension) != but_for {
            write!(
                condition,
                " AND {id} IN (SELECT id FROM fact WHERE dimension = '{}' AND value IN ({}))",
                name(*dimension, view),
                quoted(values)
            )
            .unwrap();
        }
    }
    condition
}

fn quoted(values: &[String]) -> String {
    let quoted = values
        .iter()
        .map(|value| format!("'{}'", value.replace('\'', "''")));
    quoted.collect::<Vec<_>>().join(", ")
}

fn members() -> String {
    let groups = data::domain::states::all().filter_map(|state| {
        let group = state.group()?.code();
        Some(format!("('{}', '{group}')", state.as_str()))
    });
    groups.collect::<Vec<_>>().join(", ")
}
