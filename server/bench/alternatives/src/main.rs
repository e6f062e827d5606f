//! `alternatives DATABASE_URL`: the index of words and the columns of the program beside what could be
//! used instead, over the same recommendations in one run, as two tables in Markdown.
//!
//! - Words: FTS5, tantivy and, where `TEST_POSTGRES_URL` names a cluster, `tsvector` with a GIN index.
//! - Counts: columns of numbers read from end to end, beside the bitmaps that the program intersects.

mod counts;
mod fts5;
mod gin;
mod here;
mod searches;
mod tantivy_index;

use data::domain::{Corpus, ReviewRecord};
use data::store::Store;
use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Result<()> {
    let Some(url) = std::env::args().nth(1) else {
        return Err("usage: alternatives DATABASE_URL".into());
    };
    let store = Store::open(&url).await?;
    let reviews = store.reviews().await?;
    let mut records: Vec<Arc<ReviewRecord>> = Vec::new();
    for review in reviews.iter() {
        records.push(store.review_record(review.code).await?);
    }
    store.close().await?;

    let texts: Vec<(i64, String)> = records
        .iter()
        .flat_map(|record| &record.recommendations)
        .map(|one| (one.id, searches::text(one)))
        .collect();
    // Those of one review, which are taken in anew.
    let changed = records
        .first()
        .map_or(0, |record| record.recommendations.len());
    let folder = tempfile::tempdir()?;
    let mut engines = vec![
        here::measure(&records)?,
        fts5::measure(&texts, &folder.path().join("fts5.sqlite"), changed)?,
        tantivy_index::measure(&texts, &folder.path().join("tantivy"), changed)?,
    ];
    if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
        engines.push(gin::measure(&texts, &url, changed).await?);
    }
    searches::print(&engines, texts.len());

    let mut corpus = Corpus::default();
    for record in &records {
        corpus.put(record);
    }
    counts::print(&corpus, &records)
}

/// The milliseconds that stand in the middle of those of several runs; each says its own.
fn median(mut once: impl FnMut() -> Result<f64>) -> Result<f64> {
    const TIMES: usize = 25;
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        times.push(once()?);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[TIMES / 2])
}

/// Milliseconds that have passed.
fn since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}
