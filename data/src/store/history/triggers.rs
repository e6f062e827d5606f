//! Triggers that are not the program's: it makes none.
//!
//! A trigger runs as part of the program's own changes. What it writes would be sealed with them, and nothing in the
//! history would show it.

use crate::store::Error;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// The names of all triggers of the schema, and of PostgreSQL's rules on its tables.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<String>, Error> {
    let names = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT t.tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
             WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace \
             UNION ALL SELECT r.rulename::text FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class \
             WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"
        }
        _ => "SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY 1",
    };
    let names = Statement::from_string(db.get_database_backend(), names);
    let rows = db.query_all_raw(names).await?;
    let names = rows.iter().map(|row| row.try_get_by_index(0));
    Ok(names.collect::<Result<_, _>>()?)
}
