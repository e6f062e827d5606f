//! `/subjects/{scheme}` and `/subjects/{scheme}/{term}`: one theme, issue, goal or group of persons,
//! across States and cycles.

use crate::components::across::{lead, tally_table, unit_tabs, what_is_counted};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::how_counted::how_everything;
use crate::failure::Failure;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::summary::of_everything;
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Dimension, Filter, Scheme};
use leptos::prelude::*;

/// Lines of a table.
const MOST: usize = 400;

pub(crate) async fn index(
    Path(scheme): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let scheme = of_param(&scheme)?;
    let dimension = Dimension::Term(scheme);
    let corpus = request.site.store.corpus().await?;
    let (everything, faults) = of_everything(&request.query, &corpus, &request, &[]);
    let title = translations::dimension(dimension);
    let head = Head {
        fictitious: everything.is_fictitious(),
        ..Head::titled(title.clone())
    };
    Ok(shell::page(&request, &head, || {
        let above = vec![(address::world(), t!("world-title"))];
        let here = format!("/subjects/{}", dimension.param());
        view! {
            {breadcrumbs(above, title.clone())}
            <h1>{title}</h1>
            {what_is_counted(&everything, faults)}
            {unit_tabs(&here, &everything.filter)}
            {tally_table(
                &everything,
                dimension,
                t!("subject-all"),
                |term| Some(address::subject(scheme, term)),
                MOST,
            )}
            {how_everything(&everything)}
        }
    }))
}

pub(crate) async fn page(
    Path((scheme, term)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let scheme = of_param(&scheme)?;
    let dimension = Dimension::Term(scheme);
    let corpus = request.site.store.corpus().await?;
    let (filtered, faults) = of_everything(&request.query, &corpus, &request, &[]);
    let term = dimension.canonical(&term).ok_or(Failure::NotFound)?;
    let everything = filtered.with(&filtered.filter.with_only(dimension, &term));
    let known = |filter: &Filter| !filtered.with(filter).is_empty();
    if everything.is_empty() && !known(&Filter::default().with_only(dimension, &term)) {
        return Err(Failure::NotFound);
    }
    let filter = &filtered.filter;
    let head = Head {
        fictitious: everything.is_fictitious(),
        ..Head::titled(term.clone())
    };
    Ok(shell::page(&request, &head, || {
        let tally = everything.tallies(Dimension::Cycle).total;
        let above = vec![
            (address::world(), t!("world-title")),
            (
                format!("/subjects/{}", dimension.param()),
                translations::dimension(dimension),
            ),
        ];
        let here = address::subject(scheme, &term);
        let no_page = |_: &str| None;
        view! {
            {breadcrumbs(above, term.clone())}
            <h1 dir="auto">{term.clone()}</h1>
            <p class="lead" dir="auto">{lead(&tally)}</p>
            {what_is_counted(&everything, faults)}
            {unit_tabs(&here, filter)}
            {tally_table(&everything, Dimension::Cycle, t!("across-by-cycle"), no_page, MOST)}
            {tally_table(&everything, Dimension::Position, t!("across-by-position"), no_page, MOST)}
            {tally_table(
                &everything,
                Dimension::State,
                t!("across-by-state"),
                |state| Some(format!("/states/{state}")),
                MOST,
            )}
            {tally_table(
                &everything,
                Dimension::RecommendingState,
                t!("across-by-recommending"),
                |state| Some(address::recommending(state, filter)),
                MOST,
            )}
            {how_everything(&everything)}
        }
    }))
}

fn of_param(param: &str) -> Result<Scheme, Failure> {
    match Dimension::from_param(param) {
        Some(Dimension::Term(scheme)) => Ok(scheme),
        _ => Err(Failure::NotFound),
    }
}
