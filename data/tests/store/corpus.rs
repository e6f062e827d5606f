//! What is kept in memory, against the database.

use crate::support::{TestDatabase, on_each_database};
use data::domain::{
    Assessment, Breakdown, Corpus, CountingUnit, Dimension, Filter, Matches, Review, ReviewCode,
    Scheme,
};
use data::store::{Actor, NewRound, Save, Store, WholeReview, WholeRound};
use sea_orm::ConnectionTrait;
use std::collections::{BTreeMap, HashMap};

/// splitmix64: the same changes every time.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

fn actor() -> Actor {
    Actor("anna".to_owned())
}

/// Another review with the recommendations of the demonstration, and rounds of its own.
pub(crate) async fn add_review(store: &Store, code: &str, published: bool) {
    let demonstration = ReviewCode::parse("XXA-3").unwrap();
    let record = store.review_record(demonstration).await.unwrap();
    let recommendations: Vec<_> = record.recommendations.iter().take(40).cloned().collect();
    let assessment = |status: &str| Assessment {
        status: status.to_owned(),
        rationale: String::new(),
        confidence: None,
        evidence: Vec::new(),
        carried_over: None,
        version: 1,
        changed_at: 0,
    };
    let assessments: HashMap<_, _> = recommendations
        .iter()
        .step_by(3)
        .map(|one| (one.paragraph.to_string(), assessment("implemented")))
        .collect();
    let round = NewRound {
        slug: "mid-term".to_owned(),
        organisation: "Coalition".to_owned(),
        title: "Mid-term".to_owned(),
        as_of: None,
        scale: "bhc-2023".to_owned(),
        method: None,
        assessors: Vec::new(),
    };
    let review = Review {
        id: 0,
        code: ReviewCode::parse(code).unwrap(),
        session: None,
        date: None,
        report_symbol: None,
        addendum_symbol: None,
    };
    let whole = WholeReview {
        review,
        recommendations,
        rounds: vec![WholeRound {
            round,
            published,
            assessments,
        }],
    };
    store.add_whole_review(&actor(), &whole).await.unwrap();
}

pub(crate) async fn save(store: &Store, code: &str, round: &str, random: &mut Random) {
    let review = ReviewCode::parse(code).unwrap();
    let record = store.review_record(review).await.unwrap();
    let one = &record.recommendations[random.below(record.recommendations.len())];
    let round_record = record.round(round).unwrap();
    let statuses = &round_record.round.scale.statuses;
    let before = round_record.assessments.get(&one.id);
    let save = Save {
        review,
        round: round.to_owned(),
        paragraph: one.paragraph.clone(),
        version: before.map_or(0, |before| before.version),
        status: statuses[random.below(statuses.len())].code.clone(),
        rationale: format!("because {}", random.below(1_000)),
        confidence: None,
        cites: Vec::new(),
        evidence: Vec::new(),
    };
    store.save_assessment(&actor(), None, &save).await.unwrap();
}

/// What is in memory is what another process, which has just begun, reads.
async fn assert_in_step(database: &TestDatabase) {
    let other = Store::open(database.url()).await.unwrap();
    let (here, there) = (
        database.store.corpus().await.unwrap(),
        other.corpus().await.unwrap(),
    );
    assert_eq!(here.revision, there.revision);
    assert_same(&here, &there);
    for part in here.parts() {
        let code = part.review.code;
        let here = database.store.review_record(code).await.unwrap();
        assert_eq!(here, other.review_record(code).await.unwrap(), "{code}");
    }
    other.close().await.unwrap();
}

fn assert_same(here: &Corpus, there: &Corpus) {
    let queries = [
        "",
        "position=noted",
        "status=implemented&status=not_implemented",
        "state=XXA&action=5",
        "cycle=2",
        "group=african&q=law",
        "q=law+OR+judges",
        "issue=Death+penalty&position=noted",
    ];
    for open_rounds in [false, true] {
        assert_eq!(here.scale(open_rounds), there.scale(open_rounds));
        for query in queries {
            let filter = Filter::parse(query).0;
            let (a, b) = (
                here.select(&filter, open_rounds),
                there.select(&filter, open_rounds),
            );
            let rows = |corpus: &Corpus, matches: &Matches| -> Vec<String> {
                corpus
                    .rows(matches, 0..matches.len())
                    .iter()
                    .map(|row| {
                        let (review, one) = (row.part.review.code, &row.recommendation);
                        let status = row.status.map(|(_, status)| &status.code);
                        format!("{review} {one:?} {status:?}")
                    })
                    .collect()
            };
            assert_eq!(rows(here, &a), rows(there, &b), "{query}");
            for dimension in Dimension::ALL {
                assert_eq!(
                    here.facet(&filter, &a, dimension),
                    there.facet(&filter, &b, dimension),
                    "{query}"
                );
            }
        }
    }
}

#[tokio::test]
async fn memory_keeps_in_step_with_every_change() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_demonstration(&actor()).await.unwrap();
        store.load_bundled(&actor()).await.unwrap();
        // From now on it is kept, and everything has to be taken in.
        assert!(store.corpus().await.unwrap().len() > 300);
        let mut random = Random(7);
        let other = Store::open(database.url()).await.unwrap();
        assert!(!other.corpus().await.unwrap().is_empty());
        add_review(store, "NOR-2", false).await;
        add_review(&other, "SWE-2", true).await;
        for step in 0..60 {
            match random.below(6) {
                0..=2 => save(store, "XXA-3", "follow-up", &mut random).await,
                3 => save(&other, "NOR-2", "mid-term", &mut random).await,
                _ => save(store, "NOR-2", "mid-term", &mut random).await,
            }
            if step == 30 {
                assert_in_step(&database).await;
            }
        }
        let norway = ReviewCode::parse("NOR-2").unwrap();
        store
            .publish_round(&actor(), norway, "mid-term")
            .await
            .unwrap();
        assert_in_step(&database).await;
        other.remove_demonstration(&actor()).await.unwrap();
        assert_in_step(&database).await;
        assert!(store.corpus().await.unwrap().part(norway).is_some());
        let gone = ReviewCode::parse("XXA-3").unwrap();
        assert!(store.corpus().await.unwrap().part(gone).is_none());
        assert_eq!(store.check().await.unwrap(), []);
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn counts_are_those_of_the_tables() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_demonstration(&actor()).await.unwrap();
        store.load_bundled(&actor()).await.unwrap();
        add_review(store, "NOR-2", true).await;
        let mut random = Random(11);
        for _ in 0..30 {
            save(store, "XXA-3", "follow-up", &mut random).await;
        }
        let corpus = store.corpus().await.unwrap();
        // The invented State is counted where it is asked for.
        let mut everything = Filter::default();
        let states = corpus.parts().iter();
        let states = states.map(|part| part.review.code.state.as_str().to_owned());
        everything.chosen.insert(Dimension::State, states.collect());
        let matches = corpus.select(&everything, true);
        let counted = |dimension| -> BTreeMap<String, u64> {
            corpus
                .facet(&everything, &matches, dimension)
                .into_iter()
                .map(|value| (value.value, value.count))
                .collect()
        };
        for (dimension, query) in [
            (
                Dimension::State,
                "SELECT v.state, count(*) FROM recommendation r JOIN review v ON v.id = r.review_id \
                 GROUP BY v.state",
            ),
            (
                Dimension::RecommendingState,
                "SELECT state, count(*) FROM recommending_state GROUP BY state",
            ),
            (
                Dimension::Term(Scheme::Issue),
                "SELECT name, count(*) FROM term WHERE scheme = 'issue' GROUP BY name",
            ),
            (
                Dimension::Position,
                "SELECT p.class, count(*) FROM position p WHERE p.place = \
                 (SELECT max(place) FROM position q WHERE q.recommendation_id = p.recommendation_id) \
                 GROUP BY p.class",
            ),
            (
                // The published round counts where there is one.
                Dimension::Status,
                "SELECT a.status, count(*) FROM assessment a JOIN round o ON o.id = a.round_id \
                 WHERE o.published_at IS NOT NULL GROUP BY a.status",
            ),
        ] {
            assert_eq!(counted(dimension), database.counts(query).await, "{query}");
        }
        let breakdown: Breakdown = corpus.breakdown(&matches, None, CountingUnit::default());
        let statuses: u64 = counted(Dimension::Status).values().sum();
        assert_eq!(breakdown.total.received(), statuses);
    })
    .await;
}

#[tokio::test]
async fn an_older_database_in_place_of_a_newer_is_read_anew() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_demonstration(&actor()).await.unwrap();
        let before = store.corpus().await.unwrap();
        save(store, "XXA-3", "follow-up", &mut Random(3)).await;
        assert_eq!(store.corpus().await.unwrap().revision, before.revision + 1);
        database
            .tamper("DELETE FROM event WHERE id = (SELECT max(id) FROM event)")
            .await;
        let older = "UPDATE recommendation SET text = 'Older.' WHERE paragraph = '138.1'";
        assert_eq!(database.tamper(older).await, 1);
        assert_eq!(store.corpus().await.unwrap().revision, before.revision);
        assert_in_step(&database).await;
    })
    .await;
}

/// The dimensions along which `check` finds that memory and the tables differ.
async fn differing(store: &Store) -> Vec<String> {
    let findings = store.check().await.unwrap();
    let messages = findings.into_iter().map(|finding| finding.0);
    messages
        .filter(|message| message.key == "check-read-model")
        .map(|message| message.values[0].1.clone())
        .collect()
}

#[tokio::test]
async fn check_finds_what_memory_counts_otherwise_than_the_tables() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_demonstration(&actor()).await.unwrap();
        store.load_bundled(&actor()).await.unwrap();
        add_review(store, "NOR-2", true).await;
        let of = |review: &str, table: &str| {
            let (state, cycle) = review.split_once('-').unwrap();
            format!(
                "recommendation_id = (SELECT min(t.recommendation_id) FROM {table} t \
                 JOIN recommendation r ON r.id = t.recommendation_id \
                 JOIN review v ON v.id = r.review_id \
                 WHERE v.state = '{state}' AND v.cycle = {cycle})"
            )
        };
        let cases = [
            (
                "UPDATE assessment SET status = 'in_process' WHERE id = (SELECT min(a.id) FROM assessment a \
                 JOIN round o ON o.id = a.round_id JOIN review v ON v.id = o.review_id \
                 WHERE v.state = 'NOR' AND a.status = 'implemented')"
                    .to_owned(),
                Some("status"),
            ),
            (
                format!("UPDATE term SET name = name || '!' WHERE scheme = 'issue' AND {}", of("BLR-1", "term")),
                Some("issue"),
            ),
            (
                format!("DELETE FROM recommending_state WHERE {}", of("BLR-1", "recommending_state")),
                Some("recommending"),
            ),
            (
                format!("UPDATE position SET class = 'pending' WHERE {}", of("BLR-1", "position")),
                Some("position"),
            ),
            // What a published round counts is what was known then, whatever the tables say of now.
            (
                format!("UPDATE position SET class = 'pending' WHERE {}", of("NOR-2", "position")),
                None,
            ),
            (
                "UPDATE counted_as SET content = replace(content, '\"action_category\":2', '\"action_category\":1')"
                    .to_owned(),
                Some("action"),
            ),
            (
                "UPDATE review SET cycle = 4 WHERE state = 'NOR'".to_owned(),
                Some("state"),
            ),
        ];
        for (alter, dimension) in cases {
            let other = Store::open(database.url()).await.unwrap();
            // What is read anew is as the tables are, whatever was done to them before.
            assert_eq!(differing(&other).await, [""; 0], "before {alter}");
            assert!(database.tamper(&alter).await > 0, "{alter}");
            let found = differing(&other).await;
            match dimension {
                // In the review, and in everything.
                Some(dimension) => {
                    assert!(found.len() > 1, "{alter}");
                    assert_eq!(found[0], dimension, "{alter}");
                }
                None => assert_eq!(found, [""; 0], "{alter}"),
            }
            other.close().await.unwrap();
        }
    })
    .await;
}

impl TestDatabase {
    async fn counts(&self, query: &str) -> BTreeMap<String, u64> {
        let connection = self.raw().await;
        let statement =
            sea_orm::Statement::from_string(connection.get_database_backend(), query.to_owned());
        let rows = connection.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| {
                let value: String = row.try_get_by_index(0).unwrap();
                let count: i64 = row.try_get_by_index(1).unwrap();
                (value, u64::try_from(count).unwrap())
            })
            .collect()
    }
}

/// A file over all reviews is of one moment, whatever is written while it is begun, and whatever number
/// of the history the request has asked for before.
#[tokio::test]
async fn a_listing_takes_in_what_was_written_after_the_request_came() {
    on_each_database(async |database| {
        let here = &database.store;
        let there = Store::open(database.url()).await.unwrap();
        here.load_demonstration(&actor()).await.unwrap();
        add_review(here, "BLR-4", true).await;
        here.corpus().await.unwrap();
        let asked = here.version().await.unwrap();
        let mut random = Random(7);
        save(&there, "XXA-3", "follow-up", &mut random).await;
        add_review(&there, "SVN-4", true).await;
        let now = there.revision().await.unwrap();
        assert!(asked.number < now.0);
        let listing = here.read_after(asked, here.listing()).await.unwrap();
        assert_eq!((listing.corpus.revision, listing.changed_at), now);
        assert_same(&listing.corpus, &there.corpus().await.unwrap());
        drop(listing);
        there.close().await.unwrap();
    })
    .await;
}
