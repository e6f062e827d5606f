//! `bench-floor FLAT_DATABASE ADDRESS`: the least that a server in Rust must do for these pages, as
//! somebody would write it by hand over one flat table: axum, SQL, text.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use rusqlite::{Connection, OpenFlags};
use serde::Deserialize;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

type Shared = Arc<Mutex<Connection>>;

#[derive(Deserialize)]
struct Asked {
    position: String,
    /// The row that the page before ended with.
    #[serde(default)]
    after: i64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(address)) = (arguments.next(), arguments.next()) else {
        return Err("usage: bench-floor FLAT_DATABASE ADDRESS".into());
    };
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let router = Router::new()
        .route("/list", get(list))
        .route("/record/{id}", get(record))
        .with_state(Arc::new(Mutex::new(connection)));
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, router).await?;
    Ok(())
}

/// Fifty rows of a filter, with nothing around them.
async fn list(
    State(shared): State<Shared>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, StatusCode> {
    let connection = shared
        .lock()
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    rows(
        &connection,
        "SELECT paragraph, text, recommending_states, position, issues, status FROM recommendation \
         WHERE position = ?1 AND rowid > ?2 ORDER BY rowid LIMIT 50",
        (asked.position, asked.after),
    )
}

async fn record(
    State(shared): State<Shared>,
    Path(id): Path<i64>,
) -> Result<Html<String>, StatusCode> {
    let connection = shared
        .lock()
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    rows(
        &connection,
        "SELECT paragraph, text, recommending_states, position, issues, status FROM recommendation \
         WHERE rowid = ?1",
        (id,),
    )
}

fn rows(
    connection: &Connection,
    query: &str,
    parameters: impl rusqlite::Params,
) -> Result<Html<String>, StatusCode> {
    page(connection, query, parameters).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

fn page(
    connection: &Connection,
    query: &str,
    parameters: impl rusqlite::Params,
) -> Result<Html<String>, rusqlite::Error> {
    let mut statement = connection.prepare_cached(query)?;
    let columns = statement.column_count();
    let mut rows = statement.query(parameters)?;
    let mut html = String::from("<!DOCTYPE html><title>Recommendations</title><table>");
    while let Some(row) = rows.next()? {
        html.push_str("<tr>");
        for column in 0..columns {
            let text: String = row.get(column)?;
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let _ = write!(html, "<td>{text}</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
    Ok(Html(html))
}
