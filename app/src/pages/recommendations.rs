//! `/reviews/{review}/recommendations`: the recommendations that a filter leaves. The query string is
//! the whole state of the page.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::list::{List, chosen, empty, exports, figures, filter_form, pager, table};
use crate::failure::Failure;
use crate::filter_query;
use crate::filter_words::filter_in_words;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Message, ReviewRecord};
use leptos::prelude::*;

pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let (mut filter, mut faults) = filter_query::read(&request.query, &record);
    let selection = filter.select(&record);
    let (page, _) = selection.page(&filter);
    if page < filter.page {
        faults.push(Message::new("list-page-past-end").with("page", filter.page));
        filter.page = page;
    }
    let list = List {
        record: &record,
        filter: &filter,
        selection: &selection,
    };
    let code = record.review.code;
    let title = t!("list-of", review = translations::review(&record.review));
    let head = Head::titled(title.clone()).about(code.state);
    Ok(shell::page(&request, &head, || {
        let above = vec![
            (address::state(code.state), code.state.name().to_owned()),
            (address::review(code), translations::cycle(code.cycle)),
        ];
        let body = if record.recommendations.is_empty() {
            nothing_here(&record)
        } else {
            whole(&list)
        };
        view! {
            {breadcrumbs(above, t!("list-title"))}
            <h1>{title}</h1>
            {said(faults)}
            {body}
        }
    }))
}

fn whole(list: &List<'_>) -> AnyView {
    let words = filter_in_words(list.filter, list.record, list.selection.round);
    let rows = if list.selection.rows.is_empty() {
        empty(list)
    } else {
        view! { {figures(list)} {chosen(list)} {exports(list)} {table(list)} {pager(list)} }
            .into_any()
    };
    view! {
        <div class="with-filter">
            {filter_form(list)} <section id="list" class="results" tabindex="-1" aria-labelledby="words">
                <h2 class="words" id="words" dir="auto">
                    {words}
                </h2>
                {rows}
            </section>
        </div>
    }
    .into_any()
}

/// What could not be used of the address.
fn said(faults: Vec<Message>) -> Option<AnyView> {
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| view! { <li dir="auto">{translations::message(fault)}</li> })
        .collect();
    (!faults.is_empty()).then(|| {
        view! {
            <div class="faults" role="alert">
                <p>{t!("list-faults")}</p>
                <ul>{faults}</ul>
            </div>
        }
        .into_any()
    })
}

/// A review whose recommendations have not been imported.
fn nothing_here(record: &ReviewRecord) -> AnyView {
    let why = if record.rounds.is_empty() {
        t!("review-nothing-here")
    } else {
        t!("review-totals-only")
    };
    view! {
        <p class="missing">
            {why} " " {t!("review-how-to-import")} " "
            <a href=address::review(record.review.code)>{translations::review(&record.review)}</a>
        </p>
    }
    .into_any()
}
