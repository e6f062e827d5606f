//! `/`: the States and cycles that hold data, each with its headline sentence.

use crate::failure::Failure;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::t;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let reviews = request.site.store.reviews().await?;
    let head = Head::titled(t!("home-title"));
    Ok(shell::page(&request, &head, || {
        view! {
            <h1>{t!("home-title")}</h1>
            <ul>
                {reviews
                    .into_iter()
                    .map(|review| {
                        view! { <li>{crate::translations::review(&review)}</li> }
                    })
                    .collect_view()}
            </ul>
        }
    }))
}
