//! `/world`: every State under review, by regional group: what it supported, what was implemented.

use crate::components::across::{lead, tally_table, unit_tabs, what_is_counted};
use crate::components::how_counted::how_everything;
use crate::components::reported::reported;
use crate::components::take_along::take_along;
use crate::components::tiles::{Measure, tiles};
use crate::failure::Failure;
use crate::filter_query::OF_THE_WORLD;
use crate::look::Look;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::summary::of_everything;
use crate::{t, translations};
use axum::response::Response;
use data::domain::{Dimension, Scheme};
use leptos::prelude::*;

/// Lines of a table with a line for each State; there are never so many.
const EVERY: usize = 400;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let (everything, faults) = of_everything(&request.query, &corpus, &request, OF_THE_WORLD);
    let query = everything.query();
    let measure = Measure::parse(request.parameter("measure").as_deref());
    let chart = everything
        .chart(measure.chart(), Look::default(), "")
        .ok_or(Failure::NotFound)?;
    let head = Head {
        fictitious: everything.is_fictitious(),
        ..Head::titled(t!("world-title"))
    };
    Ok(shell::page(&request, &head, || {
        let by_state = everything.tallies(Dimension::State);
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
            {what_is_counted(&everything, faults)}
            <nav class="ways" aria-label=t!("world-ways")>
                <ul class="actions">{ways}</ul>
            </nav>
            {unit_tabs("/world", &everything.filter)}
            {tiles(&everything.filter, &chart, measure)}
            {take_along(None, measure.chart(), &query)}
            {tally_table(
                &everything,
                Dimension::RegionalGroup,
                t!("across-by-group"),
                |_| None,
                EVERY,
            )}
            {tally_table(
                &everything,
                Dimension::State,
                t!("across-by-state"),
                |state| Some(format!("/states/{state}")),
                EVERY,
            )}
            {reported(&everything)}
            {how_everything(&everything)}
        }
    }))
}

fn subject(scheme: Scheme) -> (String, String) {
    let dimension = Dimension::Term(scheme);
    let name = translations::dimension(dimension);
    (format!("/subjects/{}", dimension.param()), name)
}
