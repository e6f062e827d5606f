//! `/world`: every State under review, by regional group: what it supported, what was implemented.

use crate::chart::of_everything::{Everything, whole};
use crate::components::across::{Across, lead, tally_table, unit_tabs};
use crate::components::take_along::take_along;
use crate::components::tiles::{Measure, tiles};
use crate::failure::Failure;
use crate::filter_query;
use crate::look::Look;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::t;
use axum::response::Response;
use data::domain::{Action, Dimension, Scheme};
use leptos::prelude::*;

/// Lines of a table with a line for each State; there are never so many.
const EVERY: usize = 400;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let open_rounds = request.visitor.may(Action::ReadOpenRounds);
    let (filter, _) = filter_query::read_of_everything(&request.query, corpus.scale(open_rounds));
    let across = Across::new(&corpus, filter, open_rounds);
    let everything = Everything::new(&corpus, whole(&across.filter), false);
    let query = everything.query();
    let measure = Measure::parse(request.parameter("measure").as_deref());
    let chart = everything
        .chart(measure.chart(), Look::default(), "")
        .ok_or(Failure::NotFound)?;
    let head = Head {
        fictitious: across.is_fictitious(),
        ..Head::titled(t!("world-title"))
    };
    Ok(shell::page(&request, &head, || {
        let by_state = across.tallies(Dimension::State);
        let ways = [
            ("/recommending".to_owned(), t!("recommending-title")),
            subject(Scheme::Issue),
            subject(Scheme::Theme),
            subject(Scheme::AffectedPersons),
            subject(Scheme::Sdg),
            ("/recommendations".to_owned(), t!("list-everything")),
        ]
        .map(|(href, name)| view! { <li><a href=href>{name}</a></li> })
        .into_iter()
        .collect_view();
        view! {
            <h1>{t!("world-title")}</h1>
            <p class="lead" dir="auto">{lead(&by_state.total)}</p>
            <nav class="ways" aria-label=t!("world-ways")>
                <ul class="actions">{ways}</ul>
            </nav>
            {unit_tabs("/world", &across.filter)}
            {tiles(&across.filter, &chart, measure)}
            {take_along(None, measure.chart(), &query)}
            {tally_table(
                &across,
                Dimension::RegionalGroup,
                t!("across-by-group"),
                |_| None,
                EVERY,
            )}
            {tally_table(
                &across,
                Dimension::State,
                t!("across-by-state"),
                |state| Some(format!("/states/{state}")),
                EVERY,
            )}
            <p class="note">{t!("world-tables-note")}</p>
        }
    }))
}

fn subject(scheme: Scheme) -> (String, String) {
    let dimension = Dimension::Term(scheme);
    let name = crate::translations::dimension(dimension);
    (format!("/subjects/{}", dimension.param()), name)
}
