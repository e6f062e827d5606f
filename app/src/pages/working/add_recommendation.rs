//! `/reviews/{review}/add`: the form that adds a recommendation to a review.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::edit::{Edited, facts_form};
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Object, Paragraph, Recommendation};
use leptos::prelude::*;

pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::EditRecommendations, Object::of_review(&review))?;
    let record = request.review_record(&review).await?;
    let code = record.review.code;
    // The form is empty: it is of no recommendation yet.
    let number = Paragraph::parse("0").map_err(|_| Failure::Internal)?;
    let empty = Recommendation::new(number);
    let title = t!("edit-add-title");
    let head = Head::titled(title.clone()).about(code.state);
    Ok(document::page(&request, &head, || {
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
        ];
        let edited = Edited {
            request: &request,
            review: code,
            one: &empty,
        };
        view! {
            {breadcrumbs(above, title.clone())}
            <h1>{title}</h1>
            <p>{t!("edit-add-how")}</p>
            {facts_form(&edited, true)}
        }
    }))
}
