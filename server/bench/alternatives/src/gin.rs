//! PostgreSQL's `tsvector` with a GIN index.

use crate::searches::{Engine, FIRST, Found, SEARCHES};
use crate::{Result, since};
use std::time::Instant;
use tokio_postgres::{Client, NoTls};

/// Accents are folded by an extension there, which the texts here do not need.
const SHAPE: &str = "CREATE TEMPORARY TABLE words (id BIGINT PRIMARY KEY, there TSVECTOR NOT NULL);
    CREATE INDEX words_there ON words USING gin (there)";

pub async fn measure(texts: &[(i64, String)], url: &str, changed: usize) -> Result<Engine> {
    let (mut client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    let begun = Instant::now();
    client.batch_execute(SHAPE).await?;
    write(&mut client, texts).await?;
    client.batch_execute("ANALYZE words").await?;
    let built = begun.elapsed().as_secs_f64();
    let size = client
        .query_one("SELECT pg_total_relation_size('words')", &[])
        .await?
        .get::<_, i64>(0);
    let mut found = Vec::new();
    for one in SEARCHES {
        let mut times = Vec::new();
        let mut last = Found::default();
        for _ in 0..9 {
            let begun = Instant::now();
            last = search(&client, one.gin).await?;
            times.push(since(begun));
        }
        times.sort_by(f64::total_cmp);
        found.push((times[times.len() / 2], last));
    }
    let begun = Instant::now();
    write(&mut client, &texts[..changed]).await?;
    search(&client, SEARCHES[1].gin).await?;
    Ok(Engine {
        name: "tsvector",
        built,
        opened: None,
        size: u64::try_from(size)?,
        changed: Some(since(begun)),
        found,
    })
}

async fn write(client: &mut Client, texts: &[(i64, String)]) -> Result<()> {
    let transaction = client.transaction().await?;
    for some in texts.chunks(1000) {
        let ids: Vec<i64> = some.iter().map(|(id, _)| *id).collect();
        let texts: Vec<&str> = some.iter().map(|(_, text)| text.as_str()).collect();
        let insert = "INSERT INTO words SELECT id, to_tsvector('english', text)
            FROM unnest($1::BIGINT[], $2::TEXT[]) AS one (id, text)
            ON CONFLICT (id) DO UPDATE SET there = excluded.there";
        transaction.execute(insert, &[&ids, &texts]).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn search(client: &Client, typed: &str) -> Result<Found> {
    let (parse, typed) = match typed.strip_prefix(':') {
        Some(typed) => ("to_tsquery", typed),
        None => ("websearch_to_tsquery", typed),
    };
    let wanted = format!("{parse}('english', $1)");
    let count = format!("SELECT count(*) FROM words WHERE there @@ {wanted}");
    let first = format!(
        "SELECT id FROM words, {wanted} AS wanted WHERE there @@ wanted
         ORDER BY ts_rank_cd(there, wanted) DESC LIMIT {FIRST}"
    );
    let count = client.query_one(&count, &[&typed]).await?.get::<_, i64>(0);
    let first = client.query(&first, &[&typed]).await?;
    Ok(Found {
        count: usize::try_from(count)?,
        first: first.iter().map(|row| row.get(0)).collect(),
    })
}
