//! `/assess/{review}/{round}/evidence?find=…`: the evidence of the review that a search finds, as JSON, for pages with
//! script. It is part of the work on an open round, so it is stored nowhere.

use crate::components::workbench::{FIND, found_evidence};
use crate::web::failure::Failure;
use crate::web::request::Request;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use data::domain::{Action, Object};

pub(crate) async fn answer(
    Path((review, slug)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    request
        .visitor
        .require(Action::Assess, Object::of_review(&review))?;
    let record = request.review_record(&review).await?;
    record.round(&slug).ok_or(Failure::NotFound)?;
    let search = request.parameter(FIND).unwrap_or_default();
    let json = found_evidence(&record, &search).encode();
    let json = json.map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        Failure::Internal
    })?;
    Ok(([(CONTENT_TYPE, "application/json")], json).into_response())
}
