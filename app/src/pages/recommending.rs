//! `/recommending`, `/recommending/{state}` and `/recommending/{state}/{under_review}`: what a State
//! recommended to others, and what became of it.

use crate::components::across::{Across, lead, tally_table, unit_tabs, with_share};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::status_mark::status_mark;
use crate::failure::Failure;
use crate::figures::percent;
use crate::filter_query;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, ActionCategory, Corpus, Dimension, Filter, Scheme, StateCode, Tally};
use leptos::prelude::*;

/// Lines of a table about issues.
const ISSUES: usize = 12;
/// Lines of a table with a line for each State; there are never so many.
const EVERY: usize = 400;

pub(crate) async fn index(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let across = filtered(&corpus, &request, &[]);
    let title = t!("recommending-title");
    let head = Head {
        fictitious: across.is_fictitious(),
        ..Head::titled(title.clone())
    };
    Ok(shell::page(&request, &head, || {
        let page_of = |state: &str| Some(address::recommending(state, &across.filter));
        let above = vec![(address::world(), t!("world-title"))];
        view! {
            {breadcrumbs(above, title.clone())}
            <h1>{title}</h1>
            {unit_tabs("/recommending", &across.filter)}
            {tally_table(
                &across,
                Dimension::RecommendingState,
                t!("recommending-all"),
                page_of,
                EVERY,
            )}
        }
    }))
}

pub(crate) async fn page(Path(state): Path<String>, request: Request) -> Result<Response, Failure> {
    let state = of_code(&state)?;
    let corpus = request.site.store.corpus().await?;
    let across = filtered(&corpus, &request, &[(Dimension::RecommendingState, state)]);
    let title = t!("recommending-of", state = state.name());
    let head = Head {
        fictitious: across.is_fictitious(),
        ..Head::titled(title.clone())
    };
    Ok(shell::page(&request, &head, || {
        let tally = across.tallies(Dimension::Cycle).total;
        let here = format!("/recommending/{state}");
        let mut own = across.filter.clone();
        own.chosen.remove(&Dimension::RecommendingState);
        let above = vec![
            (address::world(), t!("world-title")),
            ("/recommending".to_owned(), t!("recommending-title")),
        ];
        let nothing = tally.received == 0;
        let briefing = |under_review: &str| Some(address::briefing(state, under_review));
        let no_page = |_: &str| None;
        let of_issue = |issue: &str| Some(address::subject(Scheme::Issue, issue));
        let tables = (!nothing).then(|| {
            view! {
                {tally_table(&across, Dimension::Cycle, t!("across-by-cycle"), no_page, EVERY)}
                {quality(&across, state)}
                {tally_table(
                    &across,
                    Dimension::Term(Scheme::Issue),
                    t!("across-by-issue"),
                    of_issue,
                    ISSUES,
                )}
                {tally_table(&across, Dimension::State, t!("recommending-to"), briefing, EVERY)}
            }
        });
        view! {
            {breadcrumbs(above, state.name().to_owned())}
            <h1>{title}</h1>
            <p class="lead" dir="auto">
                {if nothing { t!("recommending-nothing", state = state.name()) } else { lead(&tally) }}
            </p>
            {unit_tabs(&here, &own)}
            {tables}
        }
    }))
}

/// What the recommendations ask for, beside those of the State's regional group.
fn quality(across: &Across<'_>, state: StateCode) -> Option<Fragment> {
    let group = state.group()?;
    let tallies = across.tallies(Dimension::ActionCategory);
    let mut of_group = across.filter.clone();
    of_group.chosen.remove(&Dimension::RecommendingState);
    let of_group = of_group.with_only(Dimension::RegionalGroup, group.code());
    let against = address::beside(&across.filter, &of_group);
    let beside = Across::new(across.corpus, of_group, across.matches.sees_open_rounds());
    let beside = beside.tallies(Dimension::ActionCategory);
    let rated = |tallies: &data::domain::Tallies| -> u64 {
        let rated = tallies.parts.iter().filter(|(value, _)| value.is_some());
        rated.map(|(_, tally)| tally.received).sum()
    };
    let (own, others) = (rated(&tallies), rated(&beside));
    if own == 0 {
        return None;
    }
    let lines = ActionCategory::ALL
        .map(|category| {
            let value = category.number().to_string();
            let (one, other) = (tallies.of(&value).received, beside.of(&value).received);
            let filter = across.filter.with_only(Dimension::ActionCategory, &value);
            let href = address::recommendations(None, &filter);
            view! {
                <tr>
                    <th scope="row">{translations::action_category(category)}</th>
                    <td class="number">
                        <a href=href rel="nofollow">{with_share(one, share(one, own))}</a>
                    </td>
                    <td class="number">{share(other, others).map_or_else(|| other.to_string(), percent)}</td>
                </tr>
            }
        })
        .into_iter()
        .collect_view();
    Some(
        view! {
            <table class="tallies">
                <caption>{t!("recommending-quality", count = own)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{translations::dimension(Dimension::ActionCategory)}</th>
                        <th scope="col" class="number">{state.name()}</th>
                        <th scope="col" class="number">
                            {t!("recommending-beside", group = translations::regional_group(group))}
                        </th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <p class="ways">
                <a href=against rel="nofollow">
                    {t!("recommending-against", group = translations::regional_group(group))}
                </a>
            </p>
        }
        .fragment(),
    )
}

#[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
fn share(count: u64, base: u64) -> Option<f64> {
    (base >= Tally::SMALL).then(|| count as f64 / base as f64)
}

/// One page to take to a meeting: what one State recommended to another, and what became of it.
pub(crate) async fn briefing(
    Path((state, under_review)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let (state, under_review) = (of_code(&state)?, of_code(&under_review)?);
    let corpus = request.site.store.corpus().await?;
    let chosen = [
        (Dimension::RecommendingState, state),
        (Dimension::State, under_review),
    ];
    let across = filtered(&corpus, &request, &chosen);
    if across.matches.is_empty() {
        return Err(Failure::NotFound);
    }
    let title = t!(
        "briefing-title",
        state = state.name(),
        other = under_review.name()
    );
    let head = Head::titled(title.clone()).about(under_review);
    Ok(shell::page(&request, &head, || {
        let tally = across.tallies(Dimension::Cycle).total;
        let above = vec![
            ("/recommending".to_owned(), t!("recommending-title")),
            (
                address::recommending(state.as_str(), &Filter::default()),
                state.name().to_owned(),
            ),
        ];
        let mut rows = across.corpus.rows(&across.matches, 0..across.matches.len());
        rows.sort_by_key(|row| std::cmp::Reverse(row.part.review.code.cycle));
        let lines = rows
            .iter()
            .map(|row| {
                let (code, one) = (row.part.review.code, &row.recommendation);
                let status = row.status.map(|(_, status)| status_mark(status));
                let says = one
                    .text
                    .clone()
                    .unwrap_or_else(|| one.headline().to_owned());
                view! {
                    <tr>
                        <th scope="row">
                            <a href=address::recommendation(code, &one.paragraph)>
                                {one.paragraph.to_string()}
                            </a>
                            <span class="by">{translations::cycle(code.cycle)}</span>
                        </th>
                        <td dir="auto" lang=one.language.clone()>{says}</td>
                        <td>{translations::position(one.position())}</td>
                        <td>
                            {status.unwrap_or_else(|| t!("across-unassessed").fragment())}
                        </td>
                    </tr>
                }
            })
            .collect_view();
        let all = address::recommendations(None, &across.filter);
        view! {
            {breadcrumbs(above, under_review.name().to_owned())}
            <h1>{title}</h1>
            <p class="lead" dir="auto">{lead(&tally)}</p>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("briefing-caption")>
            <table class="briefing">
                <caption>{t!("briefing-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("column-paragraph")}</th>
                        <th scope="col">{t!("column-recommendation")}</th>
                        <th scope="col">{t!("column-position")}</th>
                        <th scope="col">{t!("column-status")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            </div>
            <p class="source">
                {t!("briefing-source")} " " <a href=all rel="nofollow">{t!("briefing-list")}</a>
            </p>
        }
    }))
}

fn of_code(typed: &str) -> Result<StateCode, Failure> {
    StateCode::parse(&typed.to_ascii_uppercase()).ok_or(Failure::NotFound)
}

/// What the address' filter leaves, with these States chosen.
fn filtered<'a>(
    corpus: &'a Corpus,
    request: &Request,
    states: &[(Dimension, StateCode)],
) -> Across<'a> {
    let open_rounds = request.visitor.may(Action::ReadOpenRounds);
    let (mut filter, _) =
        filter_query::read_of_everything(&request.query, corpus.scale(open_rounds));
    filter.page = 1;
    for (dimension, state) in states {
        filter = filter.with_only(*dimension, state.as_str());
    }
    Across::new(corpus, filter, open_rounds)
}
