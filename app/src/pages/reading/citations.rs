//! `/recommendations.txt`, `.bib` and `.csl.json`, and the same of a review: how the list of the same query string is
//! cited.

use crate::chart::citation::Citation;
use crate::components::document::not_kept;
use crate::export::list_sources::citation;
use crate::pages::reading::exports::{base, refuse};
use crate::text::translations;
use crate::urls::filter::{self, SelectsFrom};
use crate::web::failure::Failure;
use crate::web::request::Request;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use data::domain::{Action, Object, RecommendationSet};

/// The citation of the list of one review.
pub(crate) async fn of_review(
    Path(review): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let (filter, faults) = filter::read(&request.query, SelectsFrom::Review(&record));
    refuse(&faults)?;
    let set = RecommendationSet::of_review(&record, &filter);
    let name = format!("{}-recommendations", record.review.code);
    file(&citation(&set, &base(&headers, &request)), &name, &request)
}

/// The citation of the list of all reviews.
pub(crate) async fn of_all_reviews(
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let from = SelectsFrom::AllReviews(corpus.scale(open_rounds));
    let (filter, faults) = filter::read(&request.query, from);
    refuse(&faults)?;
    let set = RecommendationSet::of_all_reviews(&corpus, &filter, open_rounds);
    let citation = citation(&set, &base(&headers, &request));
    file(&citation, "recommendations", &request)
}

/// The citation in the form that the ending of the address names.
fn file(citation: &Citation, name: &str, request: &Request) -> Result<Response, Failure> {
    let (_, ending) = request.path.split_once('.').ok_or(Failure::NotFound)?;
    let (kind, bytes) = citation
        .file(ending, &translations::today())
        .ok_or(Failure::NotFound)?;
    // A text is read on the screen and copied; reference managers want the others as files.
    let how = if ending == "txt" {
        "inline"
    } else {
        "attachment"
    };
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("{how}; filename=\"{name}.{ending}\""),
        ),
    ];
    Ok(not_kept((headers, bytes).into_response()))
}
