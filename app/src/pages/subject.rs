//! `/subjects/{scheme}` and `/subjects/{scheme}/{term}`: one theme, issue, goal or group of persons,
//! across States and cycles.

use crate::components::across::{Across, lead, tally_table, unit_tabs};
use crate::components::breadcrumbs::breadcrumbs;
use crate::failure::Failure;
use crate::filter_query;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Dimension, Scheme};
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
    let open_rounds = request.visitor.may(Action::ReadOpenRounds);
    let (filter, _) = filter_query::read_of_everything(&request.query, corpus.scale(open_rounds));
    let across = Across::new(&corpus, filter, open_rounds);
    let title = translations::dimension(dimension);
    let head = Head {
        fictitious: across.is_fictitious(),
        ..Head::titled(title.clone())
    };
    Ok(shell::page(&request, &head, || {
        let above = vec![(address::world(), t!("world-title"))];
        let here = format!("/subjects/{}", dimension.param());
        view! {
            {breadcrumbs(above, title.clone())}
            <h1>{title}</h1>
            {unit_tabs(&here, &across.filter)}
            {tally_table(
                &across,
                dimension,
                t!("subject-all"),
                |term| Some(address::subject(scheme, term)),
                MOST,
            )}
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
    let open_rounds = request.visitor.may(Action::ReadOpenRounds);
    let (filter, _) = filter_query::read_of_everything(&request.query, corpus.scale(open_rounds));
    let term = dimension.canonical(&term).ok_or(Failure::NotFound)?;
    let across = Across::new(&corpus, filter.with_only(dimension, &term), open_rounds);
    let known = corpus.facet(&across.filter, &across.matches, dimension);
    if known
        .iter()
        .all(|value| value.value != term || value.count == 0)
    {
        return Err(Failure::NotFound);
    }
    let head = Head {
        fictitious: across.is_fictitious(),
        ..Head::titled(term.clone())
    };
    Ok(shell::page(&request, &head, || {
        let tally = across.tallies(Dimension::Cycle).total;
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
            {unit_tabs(&here, &filter)}
            {tally_table(&across, Dimension::Cycle, t!("across-by-cycle"), no_page, MOST)}
            {tally_table(&across, Dimension::Position, t!("across-by-position"), no_page, MOST)}
            {tally_table(
                &across,
                Dimension::State,
                t!("across-by-state"),
                |state| Some(format!("/states/{state}")),
                MOST,
            )}
            {tally_table(
                &across,
                Dimension::RecommendingState,
                t!("across-by-recommending"),
                |state| Some(address::recommending(state, &filter)),
                MOST,
            )}
        }
    }))
}

fn of_param(param: &str) -> Result<Scheme, Failure> {
    match Dimension::from_param(param) {
        Some(Dimension::Term(scheme)) => Ok(scheme),
        _ => Err(Failure::NotFound),
    }
}
