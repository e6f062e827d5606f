//! `/subjects/{scheme}` and `/subjects/{scheme}/{term}`: one theme, issue, goal or group of persons,
//! across States and cycles.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::methodology_note::how_all_reviews;
use crate::components::tallies::{
    Sorting, TallySort, lead, sorted_tally_table, switches, tally_table, what_is_counted,
};
use crate::figures::summary::read_set;
use crate::t;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::filter::OF_TABLES;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::request::Request;
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
    let (sort, query) = TallySort::read(&request);
    let (set, faults) = read_set(&query, &corpus, &request, OF_TABLES);
    let look = Look::parse(&request.query).classes_only();
    let title = translations::dimension(dimension);
    let head = Head {
        fictitious: set.is_fictitious(),
        ..Head::titled(title.clone())
    };
    let head = head.described(t!("describe-subjects", subject = title.clone()));
    Ok(document::page(&request, &head, || {
        let above = vec![(paths::world(), t!("world-title"))];
        let here = paths::localize(format_args!("/subjects/{}", dimension.param()));
        let page = paths::with_query(here.clone(), &look.after(set.filter().to_query()));
        let tallies = set.tallies(dimension);
        let without = tallies.parts.iter().filter(|(value, _)| value.is_none());
        let without: u64 = without.map(|(_, tally)| tally.received()).sum();
        let received = tallies.total.received();
        // Most sources give some of the terms only: the lines are then of a part of the database.
        let part = (without > 0).then(|| {
            let with = received.saturating_sub(without);
            view! { <p class="lead">{t!("subject-part", with = with, received = received)}</p> }
        });
        view! {
            {breadcrumbs(above, title.clone())}
            <h1>{title}</h1>
            {part}
            {what_is_counted(&set, faults)}
            {switches(&here, set.filter(), look)}
            {sorted_tally_table(
                &set,
                look,
                dimension,
                t!("subject-all"),
                |term| Some(paths::subject(scheme, term)),
                MOST,
                Some(&Sorting { sort, address: &|sort| sort.on_page(&page) }),
            )}
            {how_all_reviews(&set, look)}
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
    let (filtered, faults) = read_set(&request.query, &corpus, &request, OF_TABLES);
    let term = dimension.canonical(&term).ok_or(Failure::NotFound)?;
    let set = filtered.with(&filtered.filter().with_only(dimension, &term));
    let known = |filter: &Filter| !filtered.with(filter).is_empty();
    if set.is_empty() && !known(&Filter::default().with_only(dimension, &term)) {
        return Err(Failure::NotFound);
    }
    let filter = filtered.filter();
    let look = Look::parse(&request.query).classes_only();
    let head = Head {
        fictitious: set.is_fictitious(),
        ..Head::titled(term.clone())
    };
    let lead = lead(&set.total(), look);
    let head = head.described(t!(
        "describe-subject",
        subject = term.clone(),
        lead = lead.clone()
    ));
    Ok(document::page(&request, &head, || {
        let above = vec![
            (paths::world(), t!("world-title")),
            (
                paths::localize(format_args!("/subjects/{}", dimension.param())),
                translations::dimension(dimension),
            ),
        ];
        let here = paths::subject(scheme, &term);
        let no_page = |_: &str| None;
        view! {
            {breadcrumbs(above, term.clone())}
            <h1 dir="auto">{term.clone()}</h1>
            <p class="lead" dir="auto">{lead}</p>
            {what_is_counted(&set, faults)}
            {switches(&here, filter, look)}
            {tally_table(
                &set,
                look,
                Dimension::Cycle,
                t!("tallies-by-cycle"),
                no_page,
                MOST,
            )}
            {tally_table(
                &set,
                look,
                Dimension::Position,
                t!("tallies-by-position"),
                no_page,
                MOST,
            )}
            {tally_table(
                &set,
                look,
                Dimension::State,
                t!("tallies-by-state"),
                |state| Some(paths::localize(format_args!("/states/{state}"))),
                MOST,
            )}
            {tally_table(
                &set,
                look,
                Dimension::RecommendingState,
                t!("tallies-by-recommending"),
                |state| Some(paths::recommending(state, filter)),
                MOST,
            )}
            {how_all_reviews(&set, look)}
        }
    }))
}

fn of_param(param: &str) -> Result<Scheme, Failure> {
    match Dimension::from_param(param) {
        Some(Dimension::Term(scheme)) => Ok(scheme),
        _ => Err(Failure::NotFound),
    }
}
