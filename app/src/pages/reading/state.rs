//! `/states/{state}`: the reviews of one State, cycle by cycle.

use crate::chart::of_cycles::Cycles;
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::cycles::cycles;
use crate::components::document::{self, Head};
use crate::components::document_link::with_document_links;
use crate::components::fault_list::said;
use crate::components::headline::{figures_of, session_and_date};
use crate::components::tallies::lead;
use crate::pages::reading::all_reviews::{filter_of, records_of};
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{
    Action, Dimension, Filter, Object, RecommendationSet, Review, ReviewRecord, Standing, StateCode,
};
use leptos::prelude::*;
use std::sync::Arc;

pub(crate) async fn page(Path(state): Path<String>, request: Request) -> Result<Response, Failure> {
    let state = StateCode::parse(&state.to_ascii_uppercase()).ok_or(Failure::NotFound)?;
    let records = records_of(state, &request).await?;
    let corpus = request.site.store.corpus().await?;
    let by_state = Filter::default().with_only(Dimension::RecommendingState, state.as_str());
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let made = RecommendationSet::of_all_reviews(&corpus, &by_state, open_rounds);
    if records.is_empty() && state.is_fictitious() {
        return Err(Failure::NotFound);
    }
    let (filter, faults) = filter_of(state, &request).await?;
    let look = Look::parse(&request.query);
    let of_filter = Cycles::new(state, &records, filter, look);
    let head = Head::titled(names::state(state))
        .about(state)
        .described(t!("describe-state", state = names::state(state)));
    Ok(document::page(&request, &head, || {
        let group = match state.group() {
            Some(group) => translations::regional_group(group),
            None => t!("state-no-group"),
        };
        let reviews = if records.is_empty() {
            let none = t!("state-no-review", state = names::state(state));
            html! { <p class="none">{none}</p> }
        } else {
            reviews(state, &records)
        };
        view! {
            {breadcrumbs(Vec::new(), names::state(state).to_owned())}
            <h1>{names::state(state)}</h1>
            <dl class="facts">
                <dt>{t!("state-code")}</dt>
                <dd>{state.as_str()}</dd>
                <dt>{t!("state-group")}</dt>
                <dd>{group}</dd>
            </dl>
            <h2>{t!("state-under-review")}</h2>
            {reviews}
            {said(faults)}
            {(!records.is_empty()).then(|| cycles(&of_filter))}
            <h2>{t!("state-recommending")}</h2>
            {recommending(state, &made, look)}
        }
    }))
}

/// The reviews of the State, the first cycle first.
fn reviews(state: StateCode, records: &[Arc<ReviewRecord>]) -> Fragment {
    let rows = records.iter().map(|record| row(record)).collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby="reviews-caption">
            <table class="reviews cards">
                <caption id="reviews-caption">
                    {t!("state-caption", state = names::state(state), count = records.len())}
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
    }
}

/// What the State recommended to others, in a sentence, and the way to it.
fn recommending(state: StateCode, made: &RecommendationSet<'_>, look: Look) -> Fragment {
    let name = names::state(state);
    if made.is_empty() {
        let none = t!("recommending-nothing", state = name);
        return html! { <p class="none">{none}</p> };
    }
    let href = paths::recommending(state.as_str(), &Filter::default());
    html! {
        <p dir="auto">{lead(&made.total(), look)}</p>
        <p class="ways">
            <a class="button" href=href>
                {t!("recommending-of", state = name)}
            </a>
        </p>
    }
}

fn row(record: &ReviewRecord) -> Fragment {
    let code = record.review.code;
    let standing_of = Standing::of(record);
    html! {
        <tr>
            <th scope="row">
                <a href=paths::review(code)>{translations::cycle(code.cycle)}</a>
            </th>
            <td data-label=t!("home-session")>{session_and_date(&record.review)}</td>
            <td data-label=t!("state-documents")>{documents(&record.review)}</td>
            {figures_of(code, &standing_of, record.rounds.len())}
        </tr>
    }
}

/// The symbols of a review's documents, each leading to its document.
pub(crate) fn documents(review: &Review) -> Fragment {
    let symbols: Vec<&str> = [&review.report_symbol, &review.addendum_symbol]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if symbols.is_empty() {
        t!("documents-unknown").fragment()
    } else {
        with_document_links(&symbols.join(", "))
    }
}
