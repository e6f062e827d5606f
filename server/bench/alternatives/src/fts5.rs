//! SQLite's FTS5.

use crate::searches::{Engine, FIRST, Found, SEARCHES};
use crate::{Result, since};
use rusqlite::{Connection, params};
use std::path::Path;
use std::time::Instant;

pub fn measure(texts: &[(i64, String)], file: &Path, changed: usize) -> Result<Engine> {
    let begun = Instant::now();
    let mut connection = Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE VIRTUAL TABLE words USING fts5 (text, content='', contentless_delete=1,
           tokenize='porter unicode61 remove_diacritics 2')",
    )?;
    write(&mut connection, texts)?;
    connection.execute_batch(
        "INSERT INTO words (words) VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE)",
    )?;
    let built = begun.elapsed().as_secs_f64();
    drop(connection);
    let size = std::fs::metadata(file)?.len();

    let begun = Instant::now();
    let mut connection = Connection::open(file)?;
    search(&connection, SEARCHES[1].fts5)?;
    let opened = since(begun);

    let mut found = Vec::new();
    for one in SEARCHES {
        let mut last = Found::default();
        let time = crate::median(|| {
            let begun = Instant::now();
            last = search(&connection, one.fts5)?;
            Ok(since(begun))
        })?;
        found.push((time, last));
    }
    let begun = Instant::now();
    write(&mut connection, &texts[..changed])?;
    search(&connection, SEARCHES[1].fts5)?;
    Ok(Engine {
        name: "FTS5",
        built,
        opened: Some(opened),
        size,
        changed: Some(since(begun)),
        found,
    })
}

fn write(connection: &mut Connection, texts: &[(i64, String)]) -> Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut forget = transaction.prepare("DELETE FROM words WHERE rowid = ?")?;
        let mut insert = transaction.prepare("INSERT INTO words (rowid, text) VALUES (?, ?)")?;
        for (id, text) in texts {
            forget.execute([id])?;
            insert.execute(params![id, text])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

fn search(connection: &Connection, query: &str) -> Result<Found> {
    let mut count = connection.prepare_cached("SELECT count(*) FROM words WHERE words MATCH ?")?;
    let mut first = connection
        .prepare_cached("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?")?;
    Ok(Found {
        count: usize::try_from(count.query_row([query], |row| row.get::<_, i64>(0))?)?,
        first: first
            .query_map(params![query, FIRST as i64], |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()?,
    })
}
