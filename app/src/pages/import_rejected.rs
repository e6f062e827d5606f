//! `/import/{run}/rejected`: the rows that could not be taken, as a file to be mended and brought again.

use crate::failure::Failure;
use crate::request::Request;
use crate::{t, translations};
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use data::domain::Action;
use data::exchange::{Rejected, RejectedFile, write_rejected};
use data::store::{Content, Outcome, StagedRow, Which};

/// Rows that are asked for at once.
const AT_ONCE: u64 = 500;
/// The most rows of one file: more of them are better mended where the file was made.
const MOST: usize = 20_000;

pub(crate) async fn file(Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Err(Failure::SignInFirst);
    }
    request.visitor.require(Action::Import)?;
    let store = &request.site.store;
    let run = store
        .import_run(id.parse().map_err(|_| Failure::NotFound)?)
        .await?;
    let format = run.format.ok_or(Failure::NotFound)?;
    let (mut rejected, mut passed) = (Vec::new(), 0);
    loop {
        let which = Which {
            outcome: Some(Outcome::Rejected),
            offset: passed,
            limit: AT_ONCE,
        };
        let rows = store.import_rows(run.id, which).await?;
        let last = rows.is_empty();
        passed += AT_ONCE;
        rejected.extend(rows.into_iter().filter_map(as_rejected));
        if last || rejected.len() >= MOST {
            break;
        }
    }
    if rejected.is_empty() {
        return Err(Failure::NotFound);
    }
    let mut file = Vec::new();
    let reason = t!("import-reason-column");
    write_rejected(
        format,
        &rejected,
        &reason,
        &translations::message,
        &mut file,
    )
    .map_err(|_| Failure::Internal)?;
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
    Ok((headers, file).into_response())
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
