//! `/world`: every State under review, by regional group: what it supported, what was implemented.

use crate::chart::Measure;
use crate::chart::of_all_reviews::chart;
use crate::components::class_switch::class_switch;
use crate::components::document::{self, Head};
use crate::components::downloads::take_along;
use crate::components::methodology_note::how_all_reviews;
use crate::components::reported::reported;
use crate::components::tallies::{
    Sorting, TallySort, lead, sorted_tally_table, tally_table, unit_tabs, what_is_counted,
};
use crate::components::tiles::{chart_of, tiles, with_measure};
use crate::figures::summary::read_set;
use crate::t;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::filter::OF_THE_WORLD;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::request::Request;
use axum::response::Response;
use data::domain::{Dimension, Scheme};
use leptos::prelude::*;

/// Lines of a table with a line for each State; there are never so many.
const EVERY: usize = 400;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let (sort, query) = TallySort::read(&request);
    let (set, faults) = read_set(&query, &corpus, &request, OF_THE_WORLD);
    let look = Look::parse(&request.query).classes_only();
    let query = look.after(set.filter().to_query());
    let measure = Measure::parse(request.parameter("measure").as_deref());
    let chart = chart(&set, chart_of(measure), look, "").ok_or(Failure::NotFound)?;
    let head = Head {
        fictitious: set.is_fictitious(),
        picture: Some(paths::chart(None, chart_of(measure), ".png", &query)),
        ..Head::titled(t!("world-title"))
    };
    let lead = lead(&set.tallies(Dimension::State).total, look);
    let head = head.described(t!("describe-world", lead = lead.clone()));
    Ok(document::page(&request, &head, || {
        let ways = [
            (paths::localize("/recommending"), t!("recommending-title")),
            subject(Scheme::Issue),
            subject(Scheme::Theme),
            subject(Scheme::AffectedPersons),
            subject(Scheme::Sdg),
            (paths::localize("/recommendations"), t!("list-everything")),
        ]
        .map(|(href, name)| view! { <li><a href=href>{name}</a></li> })
        .into_iter()
        .collect_view();
        view! {
            <h1>{t!("world-title")}</h1>
            <p class="lead" dir="auto">{lead}</p>
            {what_is_counted(&set, faults)}
            <nav class="ways" aria-label=t!("world-ways")>
                <ul class="actions">{ways}</ul>
            </nav>
            {unit_tabs(&paths::world(), set.filter(), look)}
            {class_switch(look, |look| {
                with_measure(&look.after(set.filter().to_query()), measure)
            })}
            {tiles(&query, &chart, measure)}
            {take_along(None, chart_of(measure), &query)}
            {tally_table(
                &set,
                look,
                Dimension::RegionalGroup,
                t!("tallies-by-group"),
                |_| None,
                EVERY,
            )}
            {sorted_tally_table(
                &set,
                look,
                Dimension::State,
                t!("tallies-by-state"),
                |state| Some(paths::localize(format_args!("/states/{state}"))),
                EVERY,
                Some(
                    &Sorting {
                        sort,
                        address: &|sort| {
                            sort.on_page(&with_measure(&query, measure))
                        },
                    },
                ),
            )}
            {reported(&set)}
            {how_all_reviews(&set, look)}
        }
    }))
}

fn subject(scheme: Scheme) -> (String, String) {
    let dimension = Dimension::Term(scheme);
    let name = translations::dimension(dimension);
    (
        paths::localize(format_args!("/subjects/{}", dimension.param())),
        name,
    )
}
