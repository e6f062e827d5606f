//! Writing a backup: rows in pages from a snapshot, compressed on a thread of its own.

use super::super::{Error, Sha256};
use super::catalogue::{self, quoted};
use super::lines::{write_json, write_row};
use super::{Backup, FORMAT, Header, History, Kind, LEFT_OUT, TABLES, Table, TableStart, Trailer};
use flate2::{Compression, GzBuilder};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use std::fmt::Write as _;
use std::io::{self, Write};
use tokio::sync::{mpsc, oneshot};

/// Lines are handed to the thread that compresses them in pieces of about this many bytes,
const PIECE: usize = 256 * 1024;
/// and this many pieces may wait for it.
const PIECES_WAITING: usize = 4;

/// About this many bytes of rows are read at once,
const PAGE: usize = 1024 * 1024;
/// and never more rows than this.
const ROWS_AT_ONCE: u64 = 4_096;
/// The first page of a table: how long its rows are is not known yet.
const FIRST_ROWS: u64 = 64;

/// A little worse than the default level in size and several times as fast.
const LEVEL: u32 = 2;

/// What the thread that compresses is sent.
enum Piece {
    Lines(Vec<u8>),
    /// Everything was sent; this many lines it was.
    End(u64),
}

/// Writes everything that a snapshot sees.
pub(super) async fn write<W>(db: &impl ConnectionTrait, out: W) -> Result<(Backup, W), Error>
where
    W: Write + Send + 'static,
{
    let header = header(db).await?;
    let mut lines = Lines::begin(out)?;
    let written = write_lines(db, &header, &mut lines).await;
    let ended = lines.end(written.is_ok()).await;
    match (written, ended) {
        (Ok(()), Ok((sha256, out))) => Ok((header.summary(sha256), out)),
        // If the disk is full, the thread knows why it stopped, and this side only that it did.
        (Err(error), _) if !is_interruption(&error) => Err(error),
        (_, Err(error)) | (Err(error), _) => Err(error),
    }
}

async fn write_lines<W>(
    db: &impl ConnectionTrait,
    header: &Header,
    lines: &mut Lines<W>,
) -> Result<(), Error> {
    lines.add_json(header).await?;
    for table in &header.tables {
        let name = table.name.clone();
        lines.add_json(&TableStart { table: name }).await?;
        write_table(db, table, lines).await?;
    }
    Ok(())
}

async fn header(db: &impl ConnectionTrait) -> Result<Header, Error> {
    let last = "SELECT id, hash, at FROM event ORDER BY id DESC LIMIT 1";
    let history = match catalogue::query(db, last, None).await?.first() {
        Some(row) => History {
            entry: row.try_get_by_index(0)?,
            hash: row.try_get_by_index(1)?,
            at: row.try_get_by_index(2)?,
        },
        None => History::default(),
    };
    let mut tables = Vec::new();
    for name in TABLES {
        // A database that is not migrated yet may lack some.
        if let Some(mut table) = catalogue::table(db, name).await? {
            table.rows = catalogue::count(db, name).await?;
            tables.push(table);
        }
    }
    Ok(Header {
        format: FORMAT,
        schema: super::schema(db).await?,
        left_out: LEFT_OUT
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect(),
        history,
        tables,
    })
}

/// Writes the rows of a table in the order of its key, page by page.
///
/// Each page begins after the last key of the page before. An offset would read everything before it
/// again, and a cursor is something that SQLite has not.
async fn write_table<W>(
    db: &impl ConnectionTrait,
    table: &Table,
    lines: &mut Lines<W>,
) -> Result<(), Error> {
    let pages = Pages::of(table, db.get_database_backend());
    let mut after: Vec<Value> = Vec::new();
    let mut limit = FIRST_ROWS;
    let mut written = 0;
    while written < table.rows {
        let sql = pages.sql(limit, !after.is_empty());
        let statement = Statement::from_sql_and_values(pages.backend, sql, after);
        let rows = db.query_all_raw(statement).await?;
        let Some(last) = rows.last() else { break };
        after = pages.key_of(last)?;
        let bytes = lines.bytes;
        for row in &rows {
            lines.add_row(table, row).await?;
        }
        let read = rows.len() as u64;
        written += read;
        // A power of two, so that few statements are prepared.
        let row_bytes = ((lines.bytes - bytes) / read).max(1);
        limit = (PAGE as u64 / row_bytes).clamp(1, ROWS_AT_ONCE);
        limit = (limit + 1).next_power_of_two() / 2;
    }
    if written == table.rows {
        Ok(())
    } else {
        let (name, rows) = (&table.name, table.rows);
        Err(Error::Corrupt(format!(
            "{name} has {written} rows and counts {rows}"
        )))
    }
}

/// The SQL that reads a table in pages.
struct Pages {
    backend: DbBackend,
    select: String,
    after: String,
    order: String,
    /// Of each column of the key: its kind, and where it is in a row.
    key: Vec<(Kind, usize)>,
}

impl Pages {
    fn of(table: &Table, backend: DbBackend) -> Self {
        let is_postgres = backend == DbBackend::Postgres;
        let columns = table.columns.iter().map(|column| {
            // An INTEGER of PostgreSQL is read as four bytes, and of SQLite as what is in it.
            match column.kind {
                Kind::Integer if is_postgres => format!("{}::bigint", quoted(&column.name)),
                _ => quoted(&column.name),
            }
        });
        let columns: Vec<String> = columns.collect();
        let key: Vec<_> = table
            .key
            .iter()
            .filter_map(|name| {
                let index = table
                    .columns
                    .iter()
                    .position(|column| column.name == *name)?;
                let kind = table.columns.get(index)?.kind;
                // Texts in the order of their bytes, whatever the database's language.
                let sorted = match kind {
                    Kind::Text if is_postgres => format!("{} COLLATE \"C\"", quoted(name)),
                    _ => quoted(name),
                };
                Some((sorted, kind, index))
            })
            .collect();
        let sorted: Vec<&str> = key.iter().map(|(sorted, ..)| sorted.as_str()).collect();
        let mut holders: Vec<String> = Vec::new();
        for (number, (_, kind, _)) in (1..).zip(&key) {
            holders.push(match (is_postgres, kind) {
                (true, Kind::Text) => format!("${number}::text"),
                (true, _) => format!("${number}"),
                (false, _) => "?".to_owned(),
            });
        }
        // The first column also by itself: PostgreSQL's index may have another order of texts, and
        // is then of use for this one only.
        let after = match (sorted.first(), holders.first()) {
            (Some(column), Some(holder)) if is_postgres => format!(
                "WHERE {column} >= {holder} AND ({}) > ({})",
                sorted.join(", "),
                holders.join(", ")
            ),
            _ => format!("WHERE ({}) > ({})", sorted.join(", "), holders.join(", ")),
        };
        Self {
            backend,
            select: format!("SELECT {} FROM {}", columns.join(", "), quoted(&table.name)),
            after,
            order: format!("ORDER BY {}", sorted.join(", ")),
            key: key
                .into_iter()
                .map(|(_, kind, index)| (kind, index))
                .collect(),
        }
    }

    fn sql(&self, limit: u64, continues: bool) -> String {
        let mut sql = self.select.clone();
        if continues {
            let _ = write!(sql, " {}", self.after);
        }
        let _ = write!(sql, " {} LIMIT {limit}", self.order);
        sql
    }

    fn key_of(&self, row: &QueryResult) -> Result<Vec<Value>, Error> {
        let value = |(kind, index): &(Kind, usize)| -> Result<Value, Error> {
            Ok(match kind {
                Kind::Integer => row.try_get_by_index::<i64>(*index)?.into(),
                Kind::Text => row.try_get_by_index::<String>(*index)?.into(),
                Kind::Boolean => row.try_get_by_index::<bool>(*index)?.into(),
                Kind::Real => row.try_get_by_index::<f64>(*index)?.into(),
                Kind::Bytes => row.try_get_by_index::<Vec<u8>>(*index)?.into(),
            })
        };
        self.key.iter().map(value).collect()
    }
}

/// Lines on their way to the thread that compresses them.
struct Lines<W> {
    piece: Vec<u8>,
    count: u64,
    bytes: u64,
    pieces: mpsc::Sender<Piece>,
    done: oneshot::Receiver<io::Result<(String, W)>>,
}

impl<W: Write + Send + 'static> Lines<W> {
    /// Starts the thread. It ends when these lines are dropped.
    fn begin(out: W) -> Result<Self, Error> {
        let (pieces, sent) = mpsc::channel(PIECES_WAITING);
        let (tell, done) = oneshot::channel();
        std::thread::Builder::new()
            .name("backup".to_owned())
            .spawn(move || {
                // Nobody waits for it any more if the backup was given up.
                let _ = tell.send(compress(sent, out));
            })
            .map_err(|error| Error::System(error.to_string()))?;
        Ok(Self {
            piece: Vec::with_capacity(PIECE + PIECE / 4),
            count: 0,
            bytes: 0,
            pieces,
            done,
        })
    }
}

impl<W> Lines<W> {
    async fn add_json(&mut self, value: &impl serde::Serialize) -> Result<(), Error> {
        let before = self.piece.len();
        write_json(&mut self.piece, value)?;
        self.piece.push(b'\n');
        self.added(before).await
    }

    async fn add_row(&mut self, table: &Table, row: &QueryResult) -> Result<(), Error> {
        let before = self.piece.len();
        write_row(&mut self.piece, &table.columns, row)?;
        self.added(before).await
    }

    async fn added(&mut self, before: usize) -> Result<(), Error> {
        self.count += 1;
        self.bytes += (self.piece.len() - before) as u64;
        if self.piece.len() < PIECE {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE + PIECE / 4));
        self.send(Piece::Lines(piece)).await
    }

    async fn send(&self, piece: Piece) -> Result<(), Error> {
        let sent = self.pieces.send(piece).await;
        sent.map_err(|_| interruption())
    }

    /// Ends the backup, with its last line if it is complete. The hash, and what was written to.
    async fn end(mut self, complete: bool) -> Result<(String, W), Error> {
        if complete {
            let piece = std::mem::take(&mut self.piece);
            // That the thread has stopped, it says itself.
            let _ = self.send(Piece::Lines(piece)).await;
            let _ = self.send(Piece::End(self.count)).await;
        }
        drop(self.pieces);
        match self.done.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(Error::System(error.to_string())),
            Err(_) => Err(interruption()),
        }
    }
}

const INTERRUPTED: &str = "the backup was interrupted";

fn interruption() -> Error {
    Error::System(INTERRUPTED.to_owned())
}

fn is_interruption(error: &Error) -> bool {
    matches!(error, Error::System(why) if why == INTERRUPTED)
}

/// Compresses pieces until the end is told. Without one there is no trailer, and it is an error.
fn compress<W: Write>(mut sent: mpsc::Receiver<Piece>, out: W) -> io::Result<(String, W)> {
    // No time and no file name: the same content gives the same bytes.
    let mut out = GzBuilder::new().write(out, Compression::new(LEVEL));
    let mut hash = Sha256::default();
    while let Some(piece) = sent.blocking_recv() {
        match piece {
            Piece::Lines(lines) => {
                hash.add(&lines);
                out.write_all(&lines)?;
            }
            Piece::End(lines) => {
                let sha256 = hash.finish();
                let trailer = Trailer {
                    lines,
                    sha256: sha256.clone(),
                };
                serde_json::to_writer(&mut out, &trailer)?;
                out.write_all(b"\n")?;
                return Ok((sha256, out.finish()?));
            }
        }
    }
    Err(io::Error::other(INTERRUPTED))
}
