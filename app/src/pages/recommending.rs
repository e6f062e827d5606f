//! `/recommending`, `/recommending/{state}` and `/recommending/{state}/{under_review}`: what a State
//! recommended to others, and what became of it.

use super::exports::base;
use crate::chart::of_everything::Everything;
use crate::components::across::{
    charts, lead, sets_table, tally_table, unit_tabs, what_is_counted, with_share,
};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::how_counted::how_everything;
use crate::components::number::linked;
use crate::components::status_mark::status_mark;
use crate::failure::Failure;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::summary::of_everything;
use crate::{address, t, translations};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use data::domain::{
    ActionCategory, Corpus, Dimension, Filter, Message, RegionalGroup, Scheme, StateCode, Tallies,
    Tally,
};
use leptos::prelude::*;

/// Lines of a table about issues.
const ISSUES: usize = 12;
/// Lines of a table with a line for each State; there are never so many.
const EVERY: usize = 400;

pub(crate) async fn index(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let (across, faults) = filtered(&corpus, &request, &[]);
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
            {what_is_counted(&across, faults)}
            {unit_tabs("/recommending", &across.filter)}
            {tally_table(
                &across,
                Dimension::RecommendingState,
                t!("recommending-all"),
                page_of,
                EVERY,
            )}
            {how_everything(&across)}
        }
    }))
}

pub(crate) async fn page(Path(state): Path<String>, request: Request) -> Result<Response, Failure> {
    let state = of_code(&state)?;
    let corpus = request.site.store.corpus().await?;
    let chosen = [(Dimension::RecommendingState, state)];
    let (across, faults) = filtered(&corpus, &request, &chosen);
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
                {beside(&across, state)}
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
            {what_is_counted(&across, faults)}
            {unit_tabs(&here, &own)}
            {tables}
            {how_everything(&across)}
        }
    }))
}

/// The State beside its regional group and all States: how much, with which answer, what became of it,
/// and what the recommendations ask for.
fn beside(across: &Everything<'_>, state: StateCode) -> Fragment {
    let mut filter = across.filter.clone();
    filter.chosen.remove(&Dimension::RecommendingState);
    let all = across.with(&filter);
    let group = state.group();
    let group = group.map(|group| {
        let of_group = filter.with_only(Dimension::RegionalGroup, group.code());
        (group, across.with(&of_group))
    });
    let mut sets = vec![(state.name().to_owned(), across)];
    if let Some((group, set)) = &group {
        sets.push((name_of(*group), set));
    }
    sets.push((t!("recommending-all-states"), &all));
    let against = group.as_ref().map(|(group, set)| {
        let href = address::beside(&across.filter, &set.filter);
        let group = translations::regional_group(*group);
        view! {
            <p class="ways">
                <a href=href rel="nofollow">{t!("recommending-against", group = group)}</a>
            </p>
        }
    });
    view! {
        {sets_table(t!("recommending-beside-caption"), &sets)}
        {quality(&sets)}
        {against}
    }
    .fragment()
}

fn name_of(group: RegionalGroup) -> String {
    t!(
        "recommending-beside",
        group = translations::regional_group(group)
    )
}

/// What the recommendations of each set ask for, as far as that is known.
fn quality(sets: &[(String, &Everything<'_>)]) -> Option<Fragment> {
    let of_set = |(_, set): &(String, &Everything<'_>)| {
        let tallies = set.tallies(Dimension::ActionCategory);
        let base = rated(&tallies);
        (tallies, base)
    };
    let counted: Vec<_> = sets.iter().map(of_set).collect();
    let (_, own) = counted.first().filter(|(_, base)| *base > 0)?;
    let lines = ActionCategory::ALL
        .map(|category| {
            let value = category.number().to_string();
            let cells = sets
                .iter()
                .zip(&counted)
                .map(|((_, set), (tallies, base))| {
                    let count = tallies.of(&value).received;
                    let filter = set.filter.with_only(Dimension::ActionCategory, &value);
                    let href = (count > 0).then(|| address::recommendations(None, &filter));
                    linked(with_share(count, Tally::share(count, *base)), href)
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{translations::action_category(category)}</th>
                    {cells}
                </tr>
            }
        })
        .into_iter()
        .collect_view();
    let headings = sets
        .iter()
        .map(|(name, _)| view! { <th scope="col" class="number">{name.clone()}</th> })
        .collect_view();
    let bases = counted
        .iter()
        .map(|(_, base)| view! { <td class="number">{translations::number(*base)}</td> })
        .collect_view();
    let caption = t!("recommending-quality", count = *own);
    Some(
        view! {
            <div class="scroll" role="region" tabindex="0" aria-label=caption.clone()>
                <table class="tallies">
                    <caption>{caption.clone()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{translations::dimension(Dimension::ActionCategory)}</th>
                            {headings}
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{t!("recommending-rated")}</th>
                            {bases}
                        </tr>
                    </tfoot>
                </table>
            </div>
        }
        .fragment(),
    )
}

/// How many have an action category.
fn rated(tallies: &Tallies) -> u64 {
    let rated = tallies.parts.iter().filter(|(value, _)| value.is_some());
    rated.map(|(_, tally)| tally.received).sum()
}

/// One page to take to a meeting: what one State recommended to another, and what became of it.
pub(crate) async fn briefing(
    Path((state, under_review)): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let (state, under_review) = (of_code(&state)?, of_code(&under_review)?);
    let corpus = request.site.store.corpus().await?;
    let chosen = [
        (Dimension::RecommendingState, state),
        (Dimension::State, under_review),
    ];
    let (across, faults) = filtered(&corpus, &request, &chosen);
    let base = base(&headers, &request);
    if across.is_empty() {
        let mut any = Filter::default();
        for (dimension, state) in chosen {
            any = any.with_only(dimension, state.as_str());
        }
        if across.with(&any).is_empty() {
            return Err(Failure::NotFound);
        }
    }
    let title = t!(
        "briefing-title",
        state = state.name(),
        other = under_review.name()
    );
    let head = Head::titled(title.clone()).about(under_review);
    let page = shell::page(&request, &head, || {
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
                        <td>{one.action_category.map(translations::action_category)}</td>
                        <td>{translations::position(one.position())}</td>
                        <td>
                            {status.unwrap_or_else(|| t!("across-unassessed").fragment())}
                        </td>
                    </tr>
                }
            })
            .collect_view();
        let all = address::recommendations(None, &across.filter);
        let mut own = across.filter.clone();
        own.chosen.remove(&Dimension::RecommendingState);
        own.chosen.remove(&Dimension::State);
        let here = address::briefing(state, under_review.as_str());
        let whole = format!(
            "{base}{}",
            address::with_query(here.clone(), &own.to_query())
        );
        let citation = across.citation(title.clone(), whole, &across.sources());
        view! {
            {breadcrumbs(above, under_review.name().to_owned())}
            <div class="one-page">
            <h1>{title}</h1>
            <p class="lead" dir="auto">{lead(&tally)}</p>
            {what_is_counted(&across, faults)}
            {unit_tabs(&here, &own)}
            {charts(&across, Dimension::Cycle, 1)}
            <div class="besides">{beside(&across, state)}</div>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("briefing-caption")>
            <table class="briefing">
                <caption>{t!("briefing-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("column-paragraph")}</th>
                        <th scope="col">{t!("column-recommendation")}</th>
                        <th scope="col">{translations::dimension(Dimension::ActionCategory)}</th>
                        <th scope="col">{t!("column-position")}</th>
                        <th scope="col">{t!("column-status")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            </div>
            <p class="source">
                {across.sources().line()} " " <a href=all rel="nofollow">{t!("briefing-list")}</a>
            </p>
            {how_everything(&across)}
            <h2>{t!("chart-cite")}</h2>
            <p class="citation" dir="auto">{citation.plain(&translations::today())}</p>
            </div>
        }
    });
    Ok(shell::not_kept(page))
}

fn of_code(typed: &str) -> Result<StateCode, Failure> {
    StateCode::parse(&typed.to_ascii_uppercase()).ok_or(Failure::NotFound)
}

/// What the address' filter leaves, with these States chosen.
fn filtered<'a>(
    corpus: &'a Corpus,
    request: &Request,
    states: &[(Dimension, StateCode)],
) -> (Everything<'a>, Vec<Message>) {
    let (everything, faults) = of_everything(&request.query, corpus, request, &[]);
    let mut filter = everything.filter.clone();
    for (dimension, state) in states {
        filter = filter.with_only(*dimension, state.as_str());
    }
    (everything.with(&filter), faults)
}
