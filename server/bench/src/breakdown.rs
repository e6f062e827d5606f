//! `bench-breakdown DATABASE_URL FLAT_DATABASE QUERY`: the median times, in milliseconds, of counting
//! everything by position and status in memory, and of the query that does so over the flat table.

use data::domain::{CountingUnit, Dimension, Filter};
use data::store::Store;
use rusqlite::{Connection, OpenFlags};
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

/// How often each is done.
const TIMES: usize = 25;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(file), Some(query)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: bench-breakdown DATABASE_URL FLAT_DATABASE QUERY".into());
    };
    let store = Store::open(&url).await?;
    let corpus = store.corpus().await?;
    let here = median(|| {
        // A copy remembers nothing of what was counted before.
        let corpus = data::domain::Corpus::clone(&corpus);
        let begun = Instant::now();
        let matches = corpus.select(&Filter::default(), false);
        let unit = CountingUnit::default();
        black_box(corpus.breakdown(&matches, Some(Dimension::Position), unit));
        Ok(begun)
    })?;
    store.close().await?;
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = connection.prepare(&query)?;
    let there = median(|| {
        let begun = Instant::now();
        let mut rows = statement.query(())?;
        while rows.next()?.is_some() {}
        Ok(begun)
    })?;
    println!("{here:.4} {there:.4}");
    Ok(())
}

fn median(
    mut once: impl FnMut() -> Result<Instant, rusqlite::Error>,
) -> Result<f64, rusqlite::Error> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        times.push(once()?.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times.get(TIMES / 2).copied().unwrap_or_default())
}
