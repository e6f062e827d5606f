//! `/import/{run}/rejected`: the rows that could not be taken, as a file to be mended and brought again.

use crate::failure::Failure;
use crate::request::Request;
use crate::{t, translations};
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use data::domain::Action;
use data::exchange::{is_workbook, write_rejected};
use data::store::{Outcome, Which};

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
    let mut rejected = Vec::new();
    loop {
        let which = Which {
            outcome: Some(Outcome::Rejected),
            offset: rejected.len() as u64,
            limit: AT_ONCE,
        };
        let rows = store.import_rows(run.id, which).await?;
        let last = rows.is_empty();
        rejected.extend(rows.into_iter().map(|row| {
            let reason = row.reason.as_ref();
            let why = reason.map(|(reason, ..)| translations::message(reason));
            (row.cells(), why.unwrap_or_default())
        }));
        if last || rejected.len() >= MOST {
            break;
        }
    }
    if rejected.is_empty() {
        return Err(Failure::NotFound);
    }
    let mut file = Vec::new();
    write_rejected(format, &t!("import-reason-column"), &rejected, &mut file)
        .map_err(|_| Failure::Internal)?;
    let (kind, ending) = if is_workbook(format) {
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        )
    } else {
        ("text/csv; charset=utf-8", "csv")
    };
    let id = run.id;
    let name = format!("attachment; filename=\"import-{id}-rejected.{ending}\"");
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, file).into_response())
}
