//! Reading a backup: decompressed and verified on a thread of its own, then inserted in batches.

use super::super::{Error, Sha256};
use super::catalogue::{self, quoted};
use super::lines::read_row;
use super::{FORMAT, Header, Kind, MARK, TABLES, Table, TableStart, Trailer};
use crate::store::BackupRefusal;
use flate2::bufread::GzDecoder;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read};
use tokio::sync::{mpsc, oneshot};

/// About this many bytes of rows are inserted at once,
const BATCH: usize = 512 * 1024;
/// never more rows than this,
const ROWS_AT_ONCE: usize = 512;
/// and never more values than SQLite takes parameters.
const VALUES_AT_ONCE: usize = 30_000;
/// As many batches may wait to be inserted.
const BATCHES_WAITING: usize = 8;

/// PostgreSQL is given several batches in one statement: each statement is a way there and back.
const BATCHES_AT_ONCE_POSTGRES: usize = 8;

/// A longer line is no row of ours: an altered file must not fill the memory.
const LONGEST_LINE: u64 = 256 * 1024 * 1024;

/// Some rows of the table at this place in the header.
struct Batch {
    table: usize,
    rows: Vec<Vec<Value>>,
}

/// What every gzip file begins with: RFC 1952, 2.3.1.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A backup that is being read.
pub(super) struct Reading {
    batches: mpsc::Receiver<Batch>,
    verdict: oneshot::Receiver<Result<String, Error>>,
}

impl Reading {
    /// Starts to read; returns as soon as the header is there.
    pub(super) async fn begin<R>(from: R) -> Result<(Header, Self), Error>
    where
        R: Read + Send + 'static,
    {
        let (give_header, header) = oneshot::channel();
        let (send, batches) = mpsc::channel(BATCHES_WAITING);
        let (tell, verdict) = oneshot::channel();
        std::thread::Builder::new()
            .name("restore".to_owned())
            .spawn(move || {
                let _ = tell.send(read(from, give_header, &send));
            })
            .map_err(|error| Error::System(error.to_string()))?;
        let reading = Self { batches, verdict };
        match header.await {
            Ok(header) => Ok((header, reading)),
            Err(_) => Err(match reading.verdict().await {
                Err(error) => error,
                Ok(_) => BackupRefusal::NotOne.into(),
            }),
        }
    }

    /// Inserts all rows into tables that are there and empty; returns the hash of the content, which
    /// by then is verified. If inserting fails because the file is damaged, says that.
    pub(super) async fn insert_all(
        mut self,
        db: &impl ConnectionTrait,
        tables: &[Table],
    ) -> Result<String, Error> {
        let most = match db.get_database_backend() {
            DbBackend::Postgres => BATCHES_AT_ONCE_POSTGRES,
            _ => 1,
        };
        let mut inserted = Ok(());
        let mut next = self.batches.recv().await;
        while let Some(mut batch) = next {
            let mut joined = 1;
            next = loop {
                match self.batches.recv().await {
                    Some(mut more) if more.table == batch.table && joined < most => {
                        batch.rows.append(&mut more.rows);
                        joined += 1;
                    }
                    other => break other,
                }
            };
            let Some(table) = tables.get(batch.table) else {
                continue;
            };
            inserted = insert(db, table, batch.rows).await;
            if inserted.is_err() {
                break;
            }
        }
        let sha256 = self.verdict().await?;
        inserted.map(|()| sha256)
    }

    /// Reads to the end without inserting any more.
    async fn verdict(self) -> Result<String, Error> {
        drop(self.batches);
        let stopped = |_| Error::System("reading the backup was interrupted".to_owned());
        self.verdict.await.map_err(stopped)?
    }
}

/// Reads a whole backup and verifies it; the hash of its content. Goes on to the end if nobody takes
/// the rows any more: whether the file is damaged matters more than what came of that.
fn read<R: Read>(
    from: R,
    give_header: oneshot::Sender<Header>,
    batches: &mpsc::Sender<Batch>,
) -> Result<String, Error> {
    let mut from = BufReader::new(from);
    let begin = from.fill_buf().map_err(|error| failure(&error))?;
    if !begin.starts_with(&GZIP[..begin.len().min(GZIP.len())]) {
        return Err(BackupRefusal::NotOne.into());
    }
    let mut lines = Lines {
        from: BufReader::with_capacity(128 * 1024, GzDecoder::new(from)),
        line: Vec::new(),
        count: 0,
        hash: Sha256::default(),
    };
    let header = read_header(&mut lines)?;
    let tables = header.tables.clone();
    // Dropped if the database cannot be restored to; read on all the same.
    let _ = give_header.send(header);
    for (index, table) in tables.iter().enumerate() {
        let start: TableStart = lines.next_json()?;
        if start.table != table.name {
            return Err(lines.damaged_here());
        }
        read_rows(&mut lines, index, table, batches)?;
    }
    let sha256 = lines.hash.clone().finish();
    let count = lines.count;
    let trailer: Trailer = lines.next_json()?;
    if trailer.lines != count || trailer.sha256 != sha256 {
        return Err(BackupRefusal::HashDiffers.into());
    }
    if lines.next()?.is_some() || !lines.ends_the_file()? {
        return Err(BackupRefusal::GoesOn.into());
    }
    Ok(sha256)
}

fn read_header<R: Read>(lines: &mut Lines<R>) -> Result<Header, Error> {
    let begin = lines.from.fill_buf().map_err(|error| failure(&error))?;
    if !begin.starts_with(MARK) {
        return Err(BackupRefusal::NotOne.into());
    }
    // The number of the format before anything that a later format may write otherwise.
    let digits = begin.get(MARK.len()..).unwrap_or_default();
    let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
    let format: String = digits.map(|digit| char::from(*digit)).collect();
    if format != FORMAT.to_string() {
        return Err(BackupRefusal::OfLaterFormat { format }.into());
    }
    let header: Header = lines.next_json()?;
    let names: Vec<&str> = header
        .tables
        .iter()
        .map(|table| table.name.as_str())
        .collect();
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    if distinct.len() != names.len() || !names.iter().all(|name| TABLES.contains(name)) {
        return Err(lines.damaged_here());
    }
    Ok(header)
}

fn read_rows<R: Read>(
    lines: &mut Lines<R>,
    index: usize,
    table: &Table,
    batches: &mpsc::Sender<Batch>,
) -> Result<(), Error> {
    let most = (VALUES_AT_ONCE / table.columns.len().max(1)).clamp(1, ROWS_AT_ONCE);
    let mut bytes = 0;
    let mut rows = Vec::new();
    for _ in 0..table.rows {
        let Some(line) = lines.next()? else {
            return Err(BackupRefusal::CutOff.into());
        };
        bytes += line.len();
        let row = read_row(line, &table.columns);
        rows.push(row.ok_or_else(|| lines.damaged_here())?);
        if rows.len() == most || bytes >= BATCH {
            bytes = 0;
            let rows = std::mem::take(&mut rows);
            let _ = batches.blocking_send(Batch { table: index, rows });
        }
    }
    if !rows.is_empty() {
        let _ = batches.blocking_send(Batch { table: index, rows });
    }
    Ok(())
}

/// The lines of a backup, counted and hashed as they are read.
struct Lines<R> {
    from: BufReader<GzDecoder<BufReader<R>>>,
    line: Vec<u8>,
    count: u64,
    hash: Sha256,
}

impl<R: Read> Lines<R> {
    /// The next line without its end; `None` after the last.
    fn next(&mut self) -> Result<Option<&[u8]>, Error> {
        self.line.clear();
        let mut limited = (&mut self.from).take(LONGEST_LINE);
        let read = limited.read_until(b'\n', &mut self.line);
        if read.map_err(|error| failure(&error))? == 0 {
            return Ok(None);
        }
        self.count += 1;
        self.hash.add(&self.line);
        match self.line.strip_suffix(b"\n") {
            Some(line) => Ok(Some(line)),
            None => Err(self.damaged_here()),
        }
    }

    fn next_json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Error> {
        let read = match self.next()? {
            Some(line) => serde_json::from_slice(line),
            None => return Err(BackupRefusal::CutOff.into()),
        };
        read.map_err(|_| self.damaged_here())
    }

    fn damaged_here(&self) -> Error {
        BackupRefusal::Altered { line: self.count }.into()
    }

    fn ends_the_file(self) -> Result<bool, Error> {
        let mut rest = self.from.into_inner().into_inner();
        let rest = rest.fill_buf().map_err(|error| failure(&error))?;
        Ok(rest.is_empty())
    }
}

/// What an error of reading says of the file.
fn failure(error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => BackupRefusal::CutOff.into(),
        // What gzip and age say of bytes that they cannot have written.
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => BackupRefusal::Garbled.into(),
        _ => Error::System(format!("the backup cannot be read: {error}")),
    }
}

/// Inserts some rows.
async fn insert(
    db: &impl ConnectionTrait,
    table: &Table,
    rows: Vec<Vec<Value>>,
) -> Result<(), Error> {
    let backend = db.get_database_backend();
    let statement = match backend {
        DbBackend::Postgres => insert_arrays(table, &rows),
        _ => insert_values(table, rows),
    };
    let done = db.execute_raw(statement).await;
    // Foreign keys, types and unique columns hold here as anywhere.
    done.map_err(|error| Error::Corrupt(format!("{}: {error}", table.name)))?;
    Ok(())
}

fn columns(table: &Table) -> String {
    let names = table.columns.iter().map(|column| quoted(&column.name));
    names.collect::<Vec<_>>().join(", ")
}

/// SQLite: each value is a parameter.
fn insert_values(table: &Table, rows: Vec<Vec<Value>>) -> Statement {
    let row = format!("({})", vec!["?"; table.columns.len()].join(", "));
    let sql = format!(
        "INSERT INTO {} ({}) VALUES {}",
        quoted(&table.name),
        columns(table),
        vec![row; rows.len()].join(", ")
    );
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, rows.into_iter().flatten())
}

/// PostgreSQL: each column is one parameter, an array written as text. Its parser and planner work once
/// for each statement and not for each value.
fn insert_arrays(table: &Table, rows: &[Vec<Value>]) -> Statement {
    let mut arrays = Vec::new();
    let mut casts = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        let mut array = String::from("{");
        for row in rows {
            if array.len() > 1 {
                array.push(',');
            }
            write_element(&mut array, row.get(index));
        }
        array.push('}');
        arrays.push(Value::from(array));
        let of = match column.kind {
            Kind::Integer => "bigint",
            Kind::Text => "text",
            Kind::Boolean => "boolean",
            Kind::Real => "double precision",
            Kind::Bytes => "bytea",
        };
        casts.push(format!("CAST(${}::text AS {of}[])", index + 1));
    }
    let sql = format!(
        "INSERT INTO {} ({}) SELECT * FROM unnest({})",
        quoted(&table.name),
        columns(table),
        casts.join(", ")
    );
    Statement::from_sql_and_values(DbBackend::Postgres, sql, arrays)
}

/// <https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO>
fn write_element(array: &mut String, value: Option<&Value>) {
    let _ = match value {
        Some(Value::BigInt(Some(number))) => write!(array, "{number}"),
        Some(Value::Bool(Some(is))) => write!(array, "{is}"),
        Some(Value::Double(Some(number))) => write!(array, "{number:?}"),
        Some(Value::String(Some(text))) => {
            array.push('"');
            for c in text.chars() {
                if c == '"' || c == '\\' {
                    array.push('\\');
                }
                array.push(c);
            }
            array.push('"');
            Ok(())
        }
        Some(Value::Bytes(Some(bytes))) => {
            write!(array, "\"\\\\x{}\"", hex::encode(bytes))
        }
        _ => write!(array, "NULL"),
    };
}

/// Refuses a backup whose tables are not those that its migrations make.
pub(super) async fn must_fit(db: &impl ConnectionTrait, tables: &[Table]) -> Result<(), Error> {
    for name in TABLES {
        let is_left_out = !tables.iter().any(|table| table.name == *name);
        if is_left_out && catalogue::table(db, name).await?.is_some() {
            return Err(BackupRefusal::TableDiffers {
                table: name.to_string(),
            }
            .into());
        }
    }
    for table in tables {
        let there = catalogue::table(db, &table.name).await?;
        let fits =
            there.is_some_and(|there| there.columns == table.columns && there.key == table.key);
        if !fits {
            return Err(BackupRefusal::TableDiffers {
                table: table.name.clone(),
            }
            .into());
        }
    }
    Ok(())
}
