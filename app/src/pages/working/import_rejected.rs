//! `/import/{run}/rejected`: the rows that could not be taken, as a file to be mended and brought again.

use crate::t;
use crate::text::translations;
use crate::web::failure::Failure;
use crate::web::request::Request;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use data::domain::{Action, Object};
use data::exchange::{Rejected, RejectedFile, RejectedHeadings, RejectedRows};
use data::store::{Content, Outcome, Run, StagedRow, Store, Which};
use futures_util::StreamExt as _;
use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _};

/// Rows that are asked for at once.
const AT_ONCE: u64 = 100;
/// How much of the file is sent at once, in bytes.
const PIECE: u64 = 64 << 10;

pub(crate) async fn file(Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Err(Failure::SignInFirst);
    }
    request
        .visitor
        .require(Action::Import, Object::of_import(&id))?;
    let store = &request.site.store;
    let run = store
        .import_run(id.parse().map_err(|_| Failure::NotFound)?)
        .await?;
    let format = run.format.ok_or(Failure::NotFound)?;
    let mut headings = RejectedHeadings::new(format, &t!("import-reason-column"));
    let mut any = false;
    each(store, &run, |row| {
        any = true;
        headings.hear(&row);
        Ok(())
    })
    .await?;
    if !any {
        return Err(Failure::NotFound);
    }
    // On disk and without a name there: however many rows there are, memory holds a hundred of them.
    let mut file = tempfile::tempfile().map_err(failed)?;
    let out = BufWriter::new(file.try_clone().map_err(failed)?);
    let mut rows = RejectedRows::begin(headings, out).map_err(failed)?;
    each(store, &run, |row| rows.add(&row, &reason(&row))).await?;
    tokio::task::spawn_blocking(move || rows.finish())
        .await
        .map_err(|_| Failure::Internal)?
        .map_err(failed)?;
    file.rewind().map_err(failed)?;
    let (kind, ending) = match RejectedFile::of(format) {
        RejectedFile::Xlsx => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        RejectedFile::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    let id = run.id;
    let name = format!("attachment; filename=\"import-{id}-rejected.{ending}\"");
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, in_pieces(file)).into_response())
}

/// Hands over every rejected row of a run, a page of them at a time.
async fn each(
    store: &Store,
    run: &Run,
    mut take: impl FnMut(Rejected) -> io::Result<()>,
) -> Result<(), Failure> {
    let mut passed = 0;
    loop {
        let which = Which {
            outcome: Some(Outcome::Rejected),
            offset: passed,
            limit: AT_ONCE,
        };
        let rows = store.import_rows(run.id, which).await?;
        if rows.is_empty() {
            return Ok(());
        }
        passed += AT_ONCE;
        for row in rows.into_iter().filter_map(as_rejected) {
            take(row).map_err(failed)?;
        }
    }
}

/// What is wrong with a row; of one that is too long to be given back, where it stands.
fn reason(row: &Rejected) -> String {
    let reason = translations::message(&row.reason);
    if row.cells.is_empty() {
        t!("import-rejected-too-long", row = row.row, reason = reason)
    } else {
        reason
    }
}

fn failed(error: io::Error) -> Failure {
    tracing::error!(%error, "a file of rejected rows could not be written");
    Failure::Internal
}

fn in_pieces(file: File) -> Body {
    let pieces = futures_util::stream::unfold(Some(file), |file| async move {
        let mut file = file?;
        // A few kilobytes from the system's cache: no time that anybody would wait for.
        let mut piece = Vec::new();
        match file.by_ref().take(PIECE).read_to_end(&mut piece) {
            Ok(0) => None,
            Ok(_) => Some((Ok(Bytes::from(piece)), Some(file))),
            Err(error) => Some((Err(error), None)),
        }
    });
    // Whoever compresses it asks again behind the end.
    Body::from_stream(pieces.fuse())
}

/// A row as its reader would have rejected it, also where only the comparison with what is here did.
fn as_rejected(row: StagedRow) -> Option<Rejected> {
    if let Content::Rejected(rejected) = row.content {
        return Some(*rejected);
    }
    let cells = row.cells();
    let (reason, column, value) = row.reason.clone()?;
    Some(Rejected {
        row: row.row,
        review: row.review(),
        column,
        value,
        reason,
        cells,
    })
}
