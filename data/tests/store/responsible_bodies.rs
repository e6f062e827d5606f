//! Responsible bodies: from a file into lists and counts, and into published rounds.

use crate::oracle;
use crate::support::{
    REVIEW, ROUND, actor, code, import, on_each_database, paragraph, save, with_round,
};
use data::domain::{
    Column, Corpus, CountingUnit, Dimension, Filter, RecommendationSet, ReviewRecord,
};
use data::exchange::{ReadFile, read_whole};
use data::store::Store;
use std::collections::BTreeMap;

const JUSTICE: &str = "Ministry of Justice";

fn file(rows: &str) -> ReadFile {
    let head = "review,paragraph,recommending_states,text,text_language,Responsible bodies\n";
    let file = read_whole(format!("{head}{rows}").as_bytes(), None).unwrap();
    assert_eq!(file.rejected, []);
    file
}

/// Two of the round's recommendations and one of another review, with their bodies.
fn rows() -> ReadFile {
    file(&format!(
        "{REVIEW},120.1,Norway; Brazil,Do the thing of number 1,en,{JUSTICE};  Parliament ; {JUSTICE}\n\
         {REVIEW},120.3,Norway; Brazil,Do the thing of number 3,en,Parliament\n\
         NOR-2,1.1,Togo,Do it,en,{JUSTICE}\n"
    ))
}

async fn record(store: &Store) -> std::sync::Arc<ReviewRecord> {
    store.review_record(code(REVIEW)).await.unwrap()
}

fn bodies<'a>(record: &'a ReviewRecord, of: &str) -> &'a [String] {
    let mut all = record.recommendations.iter();
    let one = all.find(|one| one.paragraph == paragraph(of)).unwrap();
    &one.responsible_bodies
}

fn facet(corpus: &Corpus, filter: &Filter) -> BTreeMap<String, u64> {
    let matches = corpus.select(filter, true);
    let values = corpus.facet(filter, &matches, Dimension::ResponsibleBody);
    values
        .into_iter()
        .map(|value| (value.value, value.count))
        .collect()
}

#[tokio::test]
async fn a_file_s_bodies_are_listed_counted_and_filtered() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 4).await;
        let run = import(store, rows()).await;
        assert_eq!((run.summary.updated, run.summary.created), (2, 1));
        let now = record(store).await;
        assert_eq!(bodies(&now, "120.1"), [JUSTICE, "Parliament"]);
        assert_eq!(bodies(&now, "120.2"), [""; 0]);
        // The same once more changes nothing, and a file that says nothing of bodies leaves them.
        let again = import(store, rows()).await;
        assert_eq!((again.summary.unchanged, again.summary.updated), (3, 0));
        let silent = format!("{REVIEW},120.1,Norway; Brazil,Do the thing of number 1,en,\n");
        assert_eq!(import(store, file(&silent)).await.summary.unchanged, 1);

        // Over one review and over all, the same rows and counts.
        let (filter, faults) = Filter::parse("body=Ministry+of+Justice&state=SVN");
        assert_eq!(faults, []);
        let of_one = Filter {
            chosen: [(Dimension::ResponsibleBody, vec![JUSTICE.to_owned()])].into(),
            ..filter.clone()
        };
        let corpus = store.corpus().await.unwrap();
        let matches = corpus.select(&filter, true);
        let everywhere: Vec<String> = corpus
            .rows(&matches, 0..matches.len())
            .iter()
            .map(|row| {
                assert_eq!(
                    row.recommendation.responsible_bodies,
                    [JUSTICE, "Parliament"]
                );
                row.recommendation.paragraph.to_string()
            })
            .collect();
        let here = RecommendationSet::of_review(&now, &of_one).in_review();
        let here = here.into_iter().flatten();
        let here: Vec<String> = here
            .map(|row| row.recommendation.paragraph.to_string())
            .collect();
        assert_eq!((&everywhere, &here), (&vec!["120.1".to_owned()], &here));
        let of_state = Filter::parse("state=SVN").0;
        let expected = [(JUSTICE.to_owned(), 1), ("Parliament".to_owned(), 2)];
        assert_eq!(facet(&corpus, &of_state), expected.clone().into());
        let own = Corpus::of_round(&now, now.default_round());
        assert_eq!(facet(&own, &Filter::default()), expected.into());
        for unit in CountingUnit::ALL {
            let round = now.round(ROUND).unwrap();
            let listed = now.counted(round);
            let along = Some(Dimension::ResponsibleBody);
            let scale = &round.round.scale;
            let expected = oracle::count(&of_state, scale, listed, along, unit);
            assert!(expected.overlaps());
            let matches = corpus.select(&of_state, true);
            assert_eq!(corpus.breakdown(&matches, along, unit), expected);
        }
        // A word of a body finds what it is to implement.
        let found = corpus.select(&Filter::parse("q=parliament").0, true);
        assert_eq!(found.len(), 2);
        // And lists are put in the order of the first body; those without one come last.
        let sorted = corpus.select(&Filter::parse("state=SVN&sort=responsible_bodies").0, true);
        let order: Vec<String> = corpus
            .rows(&sorted, 0..4)
            .iter()
            .map(|row| row.recommendation.paragraph.to_string())
            .collect();
        assert_eq!(order, ["120.1", "120.3", "120.2", "120.4"]);
        for seed in 0..3 {
            assert_eq!(store.check_by(seed).await.unwrap(), [], "seed {seed}");
        }
    })
    .await;
}

#[tokio::test]
async fn other_bodies_are_a_change_that_can_be_undone() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        let first =
            format!("{REVIEW},120.1,Norway; Brazil,Do the thing of number 1,en,{JUSTICE}\n");
        import(store, file(&first)).await;
        let second = first.replace(JUSTICE, "Parliament; Government");
        let staged = crate::support::stage(store, file(&second)).await;
        let rows = crate::support::all_rows(store, staged.id).await;
        assert_eq!(rows[0].changes(), [Column::ResponsibleBodies]);
        store.apply_import(&actor(), staged.id).await.unwrap();
        let now = record(store).await;
        assert_eq!(bodies(&now, "120.1"), ["Parliament", "Government"]);
        store.undo_import(&actor(), staged.id).await.unwrap();
        assert_eq!(bodies(&record(store).await.clone(), "120.1"), [JUSTICE]);
        assert_eq!(store.check_by(1).await.unwrap(), []);
    })
    .await;
}

/// A published round counts what was known when it was published.
#[tokio::test]
async fn a_published_round_keeps_the_bodies_of_its_publication() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let one = |body: &str| {
            file(&format!(
                "{REVIEW},120.1,Norway; Brazil,Do the thing of number 1,en,{body}\n"
            ))
        };
        import(store, one(JUSTICE)).await;
        let implemented = save(1, 0, "implemented", "Seen.");
        store
            .save_assessment(&actor(), None, &implemented)
            .await
            .unwrap();
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        import(store, one("Parliament")).await;
        let now = record(store).await;
        assert_eq!(bodies(&now, "120.1"), ["Parliament"]);
        let corpus = store.corpus().await.unwrap();
        let counted: BTreeMap<String, u64> = [(JUSTICE.to_owned(), 1)].into();
        assert_eq!(facet(&corpus, &Filter::default()), counted);
        assert_eq!(store.check_by(2).await.unwrap(), []);
    })
    .await;
}
