//! `/states/{state}`: the reviews of one State, cycle by cycle.

use super::everything::{filter_of, records_of};
use super::home::{figures_of, session_and_date};
use crate::chart::of_cycles::Cycles;
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::cycles::cycles;
use crate::components::faults::said;
use crate::failure::Failure;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Filter, Review, ReviewRecord, Standing, StateCode};
use leptos::prelude::*;

pub(crate) async fn page(Path(state): Path<String>, request: Request) -> Result<Response, Failure> {
    let state = StateCode::parse(&state.to_ascii_uppercase()).ok_or(Failure::NotFound)?;
    let records = records_of(state, &request).await?;
    let (filter, faults) = filter_of(state, &request).await?;
    let of_filter = Cycles::new(state, &records, filter);
    let head = Head::titled(state.name()).about(state);
    Ok(shell::page(&request, &head, || {
        let group = match state.group() {
            Some(group) => translations::regional_group(group),
            None => t!("state-no-group"),
        };
        let rows = records.iter().map(|record| row(record)).collect_view();
        view! {
            {breadcrumbs(Vec::new(), state.name().to_owned())}
            <h1>{state.name()}</h1>
            <dl class="facts">
                <dt>{t!("state-code")}</dt>
                <dd>{state.as_str()}</dd>
                <dt>{t!("state-group")}</dt>
                <dd>{group}</dd>
            </dl>
            <div class="scroll" role="region" tabindex="0" aria-labelledby="reviews-caption">
                <table class="reviews cards">
                    <caption id="reviews-caption">
                        {t!("state-caption", state = state.name(), count = records.len())}
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("home-cycle")}</th>
                            <th scope="col">{t!("home-session")}</th>
                            <th scope="col">{t!("state-documents")}</th>
                            <th scope="col" class="number">{t!("home-recommendations")}</th>
                            <th scope="col" class="number">{t!("home-rounds")}</th>
                            <th scope="col">{t!("home-implementation")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {said(faults)}
            {cycles(&of_filter)}
            <p class="ways">
                <a class="button" href=address::recommending(state.as_str(), &Filter::default())>
                    {t!("recommending-of", state = state.name())}
                </a>
            </p>
        }
    }))
}

fn row(record: &ReviewRecord) -> Fragment {
    let code = record.review.code;
    let standing_of = Standing::of(record);
    view! {
        <tr>
            <th scope="row">
                <a href=address::review(code)>{translations::cycle(code.cycle)}</a>
            </th>
            <td data-label=t!("home-session")>{session_and_date(&record.review)}</td>
            <td data-label=t!("state-documents")>{documents(&record.review)}</td>
            {figures_of(code, &standing_of, record.rounds.len())}
        </tr>
    }
    .fragment()
}

/// The symbols of a review's documents, as text: no page leads to another host.
pub(crate) fn documents(review: &Review) -> String {
    let symbols: Vec<&str> = [&review.report_symbol, &review.addendum_symbol]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if symbols.is_empty() {
        t!("documents-unknown")
    } else {
        symbols.join(", ")
    }
}
