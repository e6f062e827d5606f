//! `/recommending`, `/recommending/{state}` and `/recommending/{state}/{under_review}`: what a State
//! recommended to others, and what became of it.

use crate::chart::outline::citation;
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::document_link::with_document_links;
use crate::components::methodology_note::how_all_reviews;
use crate::components::number::linked;
use crate::components::status_mark::status_mark;
use crate::components::tallies::{
    Sorting, TallySort, charts, lead, sets_table, sorted_tally_table, switches, tally_table,
    what_is_counted, with_share,
};
use crate::components::wording;
use crate::figures::summary::read_set;
use crate::pages::reading::exports::base;
use crate::t;
use crate::text::coverage::with_coverage;
use crate::text::names;
use crate::text::provenance::Sources;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::filter::OF_TABLES;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use data::domain::{
    ActionCategory, Corpus, Dimension, Filter, Message, RecommendationSet, RegionalGroup, Scheme,
    Share, StateCode, Tallies,
};
use leptos::prelude::*;

/// Lines of a table about issues.
const ISSUES: usize = 12;
/// Lines of a table with a line for each State; there are never so many.
const EVERY: usize = 400;

pub(crate) async fn index(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let (sort, query) = TallySort::read(&request);
    let (set, faults) = read_set(&query, &corpus, &request, OF_TABLES);
    let look = Look::parse(&request.query).classes_only();
    let title = t!("recommending-title");
    let head = Head {
        fictitious: set.is_fictitious(),
        ..Head::titled(title.clone())
    };
    Ok(document::page(&request, &head, || {
        let page_of = |state: &str| Some(paths::recommending(state, set.filter()));
        let page = paths::with_query(
            paths::localize("/recommending"),
            &look.after(set.filter().to_query()),
        );
        let above = vec![(paths::world(), t!("world-title"))];
        view! {
            {breadcrumbs(above, title.clone())}
            <h1>{title}</h1>
            {what_is_counted(&set, faults)}
            {switches(&paths::localize("/recommending"), set.filter(), look)}
            {sorted_tally_table(
                &set,
                look,
                Dimension::RecommendingState,
                t!("recommending-all"),
                page_of,
                EVERY,
                Some(&Sorting { sort, address: &|sort| sort.on_page(&page) }),
            )}
            {how_all_reviews(&set, look)}
        }
    }))
}

pub(crate) async fn page(Path(state): Path<String>, request: Request) -> Result<Response, Failure> {
    let state = of_code(&state)?;
    let corpus = request.site.store.corpus().await?;
    let chosen = [(Dimension::RecommendingState, state)];
    let (set, faults) = filtered(&corpus, &request, &chosen);
    let look = Look::parse(&request.query).classes_only();
    let tally = set.total();
    let title = t!("recommending-of", state = names::state(state));
    let head = Head {
        fictitious: set.is_fictitious(),
        ..Head::titled(title.clone())
    };
    let head = head.described(t!(
        "describe-recommending",
        state = names::state(state),
        lead = lead(&tally, look)
    ));
    Ok(document::page(&request, &head, || {
        let here = paths::localize(format_args!("/recommending/{state}"));
        let mut own = set.filter().clone();
        own.chosen.remove(&Dimension::RecommendingState);
        let above = vec![
            (paths::world(), t!("world-title")),
            (paths::localize("/recommending"), t!("recommending-title")),
        ];
        let nothing = tally.received() == 0;
        let briefing = |under_review: &str| Some(paths::briefing(state, under_review));
        let no_page = |_: &str| None;
        let of_issue = |issue: &str| Some(paths::subject(Scheme::Issue, issue));
        let tables = (!nothing).then(|| {
            view! {
                {tally_table(
                    &set,
                    look,
                    Dimension::Cycle,
                    t!("tallies-by-cycle"),
                    no_page,
                    EVERY,
                )}
                {beside(&set, look, state)}
                {tally_table(
                    &set,
                    look,
                    Dimension::Term(Scheme::Issue),
                    t!("tallies-by-issue"),
                    of_issue,
                    ISSUES,
                )}
                {tally_table(
                    &set,
                    look,
                    Dimension::State,
                    t!("recommending-to"),
                    briefing,
                    EVERY,
                )}
            }
        });
        view! {
            {breadcrumbs(above, names::state(state).to_owned())}
            <h1>{title}</h1>
            <p class="lead" dir="auto">
                {if nothing { t!("recommending-nothing", state = names::state(state)) } else { lead(&tally, look) }}
            </p>
            {what_is_counted(&set, faults)}
            {switches(&here, &own, look)}
            {tables}
            {how_all_reviews(&set, look)}
        }
    }))
}

/// The State beside its regional group and all States: how much, with which answer, what became of it,
/// and what the recommendations ask for.
fn beside(own: &RecommendationSet<'_>, look: Look, state: StateCode) -> Fragment {
    let mut filter = own.filter().clone();
    filter.chosen.remove(&Dimension::RecommendingState);
    let all = own.with(&filter);
    let group = state.group();
    let group = group.map(|group| {
        let of_group = filter.with_only(Dimension::RegionalGroup, group.code());
        (group, own.with(&of_group))
    });
    let mut sets = vec![(names::state(state).to_owned(), own)];
    if let Some((group, set)) = &group {
        sets.push((name_of(*group), set));
    }
    sets.push((t!("recommending-all-states"), &all));
    let against = group.as_ref().map(|(group, set)| {
        let href = look.on(&paths::beside(own.filter(), set.filter()));
        let group = translations::regional_group(*group);
        view! {
            <p class="ways">
                <a href=href rel="nofollow">{t!("recommending-against", group = group)}</a>
            </p>
        }
    });
    html! {
        {sets_table(t!("recommending-beside-caption"), look, &sets)}
        {quality(&sets)}
        {against}
    }
}

fn name_of(group: RegionalGroup) -> String {
    t!(
        "recommending-beside",
        group = translations::regional_group(group)
    )
}

/// What the recommendations of each set ask for, as far as that is known.
fn quality(sets: &[(String, &RecommendationSet<'_>)]) -> Option<Fragment> {
    let of_set = |(_, set): &(String, &RecommendationSet<'_>)| {
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
                    let count = tallies.of(&value).received();
                    let filter = set.filter().with_only(Dimension::ActionCategory, &value);
                    let href = (count > 0).then(|| paths::recommendations(None, &filter));
                    linked(with_share(Share { count, base: *base }), href)
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
    Some(html! {
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
    })
}

/// How many have an action category.
fn rated(tallies: &Tallies) -> u64 {
    let rated = tallies.parts.iter().filter(|(value, _)| value.is_some());
    rated.map(|(_, tally)| tally.received()).sum()
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
    let (set, faults) = filtered(&corpus, &request, &chosen);
    let base = base(&headers, &request);
    let look = Look::parse(&request.query).classes_only();
    if set.is_empty() {
        let mut any = Filter::default();
        for (dimension, state) in chosen {
            any = any.with_only(dimension, state.as_str());
        }
        if set.with(&any).is_empty() {
            return Err(Failure::NotFound);
        }
    }
    let title = t!(
        "briefing-title",
        state = names::state(state),
        other = names::state(under_review)
    );
    let head = Head::titled(title.clone()).about(under_review);
    let page = document::page(&request, &head, || {
        let tally = set.total();
        let above = vec![
            (paths::localize("/recommending"), t!("recommending-title")),
            (
                look.on(&paths::recommending(state.as_str(), &Filter::default())),
                names::state(state).to_owned(),
            ),
        ];
        let mut rows = set.rows(0..set.len());
        rows.sort_by_key(|row| std::cmp::Reverse(row.part.review.code.cycle));
        let lines = rows
            .iter()
            .map(|row| {
                let (code, one) = (row.part.review.code, &row.recommendation);
                let status = row.status.map(|(_, status)| status_mark(status));
                let says = wording::whole(one);
                let category = one.action_category.map(translations::action_category);
                let category_label = category
                    .is_some()
                    .then(|| translations::dimension(Dimension::ActionCategory));
                view! {
                    <tr>
                        <th scope="row">
                            <a href=paths::recommendation(code, &one.paragraph)>
                                {names::short_place(one)}
                            </a>
                            <span class="by">{translations::cycle(code.cycle)}</span>
                        </th>
                        <td dir="auto" lang=one.language.clone()>{says}</td>
                        <td data-label=category_label>{category}</td>
                        <td data-label=t!("column-position")>
                            {translations::position(one.position())}
                        </td>
                        <td data-label=t!("column-status")>
                            {status.unwrap_or_else(|| t!("tallies-unassessed").fragment())}
                        </td>
                    </tr>
                }
            })
            .collect_view();
        let unnumbered = rows
            .iter()
            .map(|row| &row.recommendation)
            .find(|one| !one.paragraph.is_number())
            .map(|one| view! { " " <span class="note">{names::unnumbered_places(one)}</span> });
        let all = paths::recommendations(None, set.filter());
        let mut own = set.filter().clone();
        own.chosen.remove(&Dimension::RecommendingState);
        own.chosen.remove(&Dimension::State);
        let here = paths::briefing(state, under_review.as_str());
        let whole = format!(
            "{base}{}",
            paths::with_query(here.clone(), &look.after(own.to_query()))
        );
        let citation = citation(&set, title.clone(), whole, &Sources::of(&set));
        view! {
            {breadcrumbs(above, names::state(under_review).to_owned())}
            <div class="one-page">
            <h1>{title}</h1>
            <p class="lead" dir="auto">{lead(&tally, look)}</p>
            {what_is_counted(&set, faults)}
            {switches(&here, &own, look)}
            {charts(&set, look, Dimension::Cycle, 1)}
            <div class="besides">{beside(&set, look, state)}</div>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("briefing-caption")>
            <table class="briefing cards">
                <caption>{t!("briefing-caption")} {unnumbered}</caption>
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
                {with_document_links(&with_coverage(Sources::of(&set).line(), &set))} " " <a href=all rel="nofollow">{t!("briefing-list")}</a>
            </p>
            {how_all_reviews(&set, look)}
            <h2>{t!("chart-cite")}</h2>
            <p class="citation" dir="auto">{citation.plain(&translations::today())}</p>
            </div>
        }
    });
    Ok(document::not_kept(page))
}

fn of_code(typed: &str) -> Result<StateCode, Failure> {
    StateCode::parse(&typed.to_ascii_uppercase()).ok_or(Failure::NotFound)
}

/// What the address' filter leaves, with these States chosen.
fn filtered<'a>(
    corpus: &'a Corpus,
    request: &Request,
    states: &[(Dimension, StateCode)],
) -> (RecommendationSet<'a>, Vec<Message>) {
    let (set, faults) = read_set(&request.query, corpus, request, OF_TABLES);
    let mut filter = set.filter().clone();
    for (dimension, state) in states {
        filter = filter.with_only(*dimension, state.as_str());
    }
    (set.with(&filter), faults)
}
