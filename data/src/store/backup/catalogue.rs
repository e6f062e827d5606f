//! Tables as the database's own catalogue describes them.

use super::super::Error;
use super::{Column, Kind, Table};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

/// The table of that name without a count of its rows; `None` if there is none.
pub(super) async fn table(db: &impl ConnectionTrait, name: &str) -> Result<Option<Table>, Error> {
    let columns = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), \
             COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0)::bigint \
             FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary \
             WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped"
        }
        _ => "SELECT name, type, pk FROM pragma_table_info(?)",
    };
    let mut key = Vec::new();
    let mut found = Vec::new();
    for row in query(db, columns, Some(name)).await? {
        let column: String = row.try_get_by_index(0)?;
        let declared: String = row.try_get_by_index(1)?;
        let place: i64 = row.try_get_by_index(2)?;
        if place > 0 {
            key.push((place, column.clone()));
        }
        let kind = kind(&declared).ok_or_else(|| {
            Error::Corrupt(format!("{name}.{column} is of the unknown type {declared}"))
        })?;
        found.push(Column { name: column, kind });
    }
    if found.is_empty() {
        return Ok(None);
    }
    key.sort_unstable();
    found.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(Some(Table {
        name: name.to_owned(),
        columns: found,
        key: key.into_iter().map(|(_, column)| column).collect(),
        rows: 0,
        numbered_to: numbered_to(db, name).await?,
    }))
}

/// How many rows a table has.
pub(super) async fn count(db: &impl ConnectionTrait, table: &str) -> Result<u64, Error> {
    let rows = query(db, &format!("SELECT COUNT(*) FROM {}", quoted(table)), None).await?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(count.unsigned_abs())
}

/// The highest number that a table's primary key was given by the database; `None` if the database
/// gives it none.
async fn numbered_to(db: &impl ConnectionTrait, table: &str) -> Result<Option<i64>, Error> {
    if db.get_database_backend() != DbBackend::Postgres {
        let declared = "SELECT 1 FROM sqlite_schema \
                        WHERE type = 'table' AND name = ? AND sql LIKE '%AUTOINCREMENT%'";
        if query(db, declared, Some(table)).await?.is_empty() {
            return Ok(None);
        }
        let given = "SELECT seq FROM sqlite_sequence WHERE name = ?";
        let given = query(db, given, Some(table)).await?;
        let given = given.first().map_or(Ok(0), |row| row.try_get_by_index(0))?;
        return Ok(Some(given));
    }
    let Some(sequence) = sequence(db, table).await? else {
        return Ok(None);
    };
    let given = format!("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}");
    let given = query(db, &given, None).await?;
    let given = given.first().map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(Some(given))
}

/// The quoted name of the sequence of a PostgreSQL table's identity column.
async fn sequence(db: &impl ConnectionTrait, table: &str) -> Result<Option<String>, Error> {
    let sql = "SELECT pg_get_serial_sequence($1, a.attname) FROM pg_attribute a \
               WHERE a.attrelid = to_regclass($1) AND a.attidentity <> ''";
    let rows = query(db, sql, Some(table)).await?;
    Ok(rows
        .first()
        .map(|row| row.try_get_by_index(0))
        .transpose()?)
}

/// Makes the database give the next number after this one.
pub(super) async fn number_from(
    db: &impl ConnectionTrait,
    table: &str,
    given: i64,
) -> Result<(), Error> {
    if db.get_database_backend() != DbBackend::Postgres {
        // The table has no key that could be conflicted with.
        query(
            db,
            "DELETE FROM sqlite_sequence WHERE name = ?",
            Some(table),
        )
        .await?;
        if given > 0 {
            let set = format!("INSERT INTO sqlite_sequence (seq, name) VALUES ({given}, ?)");
            query(db, &set, Some(table)).await?;
        }
        return Ok(());
    }
    if let Some(sequence) = sequence(db, table).await?
        && given > 0
    {
        query(db, &format!("SELECT setval($1, {given})"), Some(&sequence)).await?;
    }
    Ok(())
}

/// What a column of this declared type holds.
fn kind(declared: &str) -> Option<Kind> {
    let declared = declared.to_ascii_lowercase();
    let kinds = [
        ("bool", Kind::Boolean),
        ("int", Kind::Integer),
        ("text", Kind::Text),
        ("char", Kind::Text),
        ("double", Kind::Real),
        ("real", Kind::Real),
        ("blob", Kind::Bytes),
        ("bytea", Kind::Bytes),
    ];
    let known = kinds.iter().find(|(word, _)| declared.contains(word));
    known.map(|(_, kind)| *kind)
}

/// A name as SQL writes it. All names come from the catalogue or from a list in the source.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Runs SQL with at most one parameter.
pub(super) async fn query(
    db: &impl ConnectionTrait,
    sql: &str,
    parameter: Option<&str>,
) -> Result<Vec<QueryResult>, Error> {
    let values = parameter.map(Into::into);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.query_all_raw(statement).await?)
}
