//! The table of a list: the columns of the one table of columns, each with a link that sorts by it.

use super::List;
use crate::components::status_mark::status_mark;
use crate::components::wording;
use crate::t;
use crate::text::names;
use crate::text::numbers;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{
    Cell, Column, Dimension, Listed, Recommendation, ReviewCode, Scheme, Search, Sort, StateCode,
};
use leptos::prelude::*;
use std::ops::Range;

/// The rows of one page.
pub(crate) fn table(list: &List<'_>) -> Fragment {
    let sort = list.filter.sort;
    let rows = list.rows;
    let columns: Vec<(Column, String)> = list
        .columns()
        .into_iter()
        .map(|column| (column, translations::column(column)))
        .collect();
    let direction = match (sort.column, sort.descending) {
        (Column::Relevance, false) => t!("list-best-first"),
        (Column::Relevance, true) => t!("list-best-last"),
        (_, true) => t!("list-descending"),
        (_, false) => t!("list-ascending"),
    };
    let order = format!("{} ({direction})", translations::column(sort.column));
    let caption = t!("list-caption", rows = rows_in_words(list), column = order);
    let unnumbered = rows
        .iter()
        .find(|row| !row.recommendation.paragraph.is_number());
    let caption = match unnumbered {
        None => caption.fragment(),
        Some(row) => {
            let places = names::unnumbered_places(row.recommendation);
            html! { {caption} " " <span class="note">{places}</span> }
        }
    };
    // The review is no column to sort by: it is the order that a list over all reviews has anyway.
    let review = list.review().is_none().then(|| t!("column-review"));
    let headings = columns
        .iter()
        .map(|(column, name)| heading(list, *column, name.clone()))
        .collect_view();
    let body = rows
        .iter()
        .map(|listed| row(list, &columns, listed))
        .collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-label=t!("list-scroll")>
            <table class="list cards">
                <caption>{caption}</caption>
                <thead>
                    <tr>{review.map(|name| view! { <th scope="col">{name}</th> })} {headings}</tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

/// "Rows 26–50 of 93".
fn rows_in_words(list: &List<'_>) -> String {
    let (first, shown, count) = (list.first(), list.rows.len(), list.set.len());
    t!(
        "list-rows",
        first = first,
        last = first + shown - 1,
        count = count
    )
}

fn heading(list: &List<'_>, column: Column, name: String) -> Fragment {
    if !column.sortable() {
        return html! { <th scope="col">{name}</th> };
    }
    let sort = list.filter.sort;
    let current = sort.column == column;
    let (sorted, arrow) = match (current, sort.descending) {
        (false, _) => (None, None),
        (true, false) => (Some("ascending"), Some("▲")),
        (true, true) => (Some("descending"), Some("▼")),
    };
    let href = list.href(&list.filter.with_sort(Sort {
        column,
        descending: current && !sort.descending,
    }));
    html! {
        <th scope="col" aria-sort=sorted>
            <a href=href rel="nofollow">
                {name}
                {arrow
                    .map(|arrow| {
                        view! {
                            " "
                            <span class="arrow" aria-hidden="true">
                                {arrow}
                            </span>
                        }
                    })}
            </a>
        </th>
    }
}

fn row(list: &List<'_>, columns: &[(Column, String)], listed: &Listed<'_>) -> Fragment {
    let one = listed.recommendation;
    let search = list.filter.search.as_ref();
    let review = list.review().is_none().then(|| review(listed.review));
    let href = match list.review() {
        Some(code) => paths::recommendation_in(code, &one.paragraph, list.filter),
        // Its neighbours are those of its own review.
        None => paths::recommendation(listed.review, &one.paragraph),
    };
    let cells = columns
        .iter()
        .map(|(column, name)| {
            // Where there is no room for columns, each value shows its heading itself; a text says what
            // it is.
            let label = (*column != Column::Headline).then(|| name.clone());
            if *column == Column::Paragraph {
                return html! {
                    <th scope="row" data-label=label>
                        <a href=href.clone()>{number(one, search)}</a>
                    </th>
                };
            }
            // Our own summaries are in the page's language; a report's text may not be.
            let language = (*column == Column::Headline && one.summary.is_none())
                .then(|| one.language.clone())
                .flatten();
            let content = match column.cell(listed) {
                Cell::Text(text) => marked_in(text, language.as_deref(), search),
                Cell::States(states) => state_links(states, search),
                Cell::Names(terms) if *column == Column::Topics => {
                    values(terms.into_iter().map(names::topic), "; ", search)
                }
                Cell::Names(names) => values(names.into_iter(), "; ", search),
                other => cell(&other),
            };
            let content = match wording::summary_tag(one) {
                _ if *column != Column::Headline => content,
                Some(tag) => vec![tag, row_link(&href, content)].fragment(),
                None => row_link(&href, content),
            };
            let elsewhere = search
                .filter(|_| *column == Column::Headline)
                .and_then(|search| excerpt(one, search));
            let class = (*column == Column::Headline).then_some("headline-cell");
            html! {
                <td class=class data-label=label lang=language dir="auto">
                    {content}
                    {elsewhere}
                </td>
            }
        })
        .collect_view();
    html! { <tr>{review} {cells}</tr> }
}

/// The text of a row as a link that the stylesheet stretches over the row. The link of the paragraph leads to the same
/// page, so the keyboard stops at that one only. What cannot be dragged can be selected.
fn row_link(href: &str, text: Fragment) -> Fragment {
    html! {
        <a class="row-link" href=href.to_owned() tabindex="-1" draggable="false">
            <span>{text}</span>
        </a>
    }
}

/// The review of a row.
fn review(code: ReviewCode) -> Fragment {
    let name = t!(
        "review-name",
        state = names::state(code.state),
        cycle = translations::cycle(code.cycle)
    );
    html! {
        <td data-label=t!("column-review")>
            <a href=paths::review(code)>{name}</a>
        </td>
    }
}

/// A text with what was looked for marked in it, if anything was.
fn marked_in(text: &str, language: Option<&str>, search: Option<&Search>) -> Fragment {
    match search {
        Some(search) => marked(text, &search.marks(text, language)),
        None => text.to_owned().fragment(),
    }
}

/// States, each leading to its page.
fn state_links(states: &[StateCode], search: Option<&Search>) -> Fragment {
    let links = states.iter().enumerate().map(|(place, state)| {
        let comma = (place > 0).then_some(", ");
        let name = marked_in(names::state(state), None, search);
        view! {
            {comma}
            <a class="quiet" href=paths::state(*state)>{name}</a>
        }
    });
    links.collect_view().fragment()
}

/// Several values, each marked by itself: words of two of them do not stand together.
fn values<N: AsRef<str>>(
    all: impl Iterator<Item = N>,
    between: &'static str,
    search: Option<&Search>,
) -> Fragment {
    if search.is_none() {
        let all: Vec<N> = all.collect();
        let all: Vec<&str> = all.iter().map(AsRef::as_ref).collect();
        return all.join(between).fragment();
    }
    let mut parts = Vec::new();
    for value in all {
        if !parts.is_empty() {
            parts.push(between.fragment());
        }
        parts.push(marked_in(value.as_ref(), None, search));
    }
    parts.fragment()
}

/// Where something that was looked for stands, if that is in nothing that the row shows: in the text
/// behind a summary, or among terms that have no column here.
fn excerpt(one: &Recommendation, search: &Search) -> Option<Fragment> {
    let has = |text: &str| !search.marks(text, None).is_empty();
    let text = one.text.as_deref().unwrap_or_default();
    let language = one.language.clone();
    let marks = search.marks(text, language.as_deref());
    let summarised = one.headline() != text;
    if has(one.headline()) || (!summarised && !marks.is_empty()) {
        return None;
    }
    if let Some(first) = marks.first() {
        let part = around(text, first);
        let within = |mark: &&Range<usize>| mark.start >= part.start && mark.end <= part.end;
        let moved = |mark: &Range<usize>| mark.start - part.start..mark.end - part.start;
        let marks: Vec<Range<usize>> = marks.iter().filter(within).map(moved).collect();
        let before = (part.start > 0).then_some("… ");
        let after = (part.end < text.len()).then_some(" …");
        let part = marked(text.get(part).unwrap_or_default(), &marks);
        let view = view! {
            <p class="excerpt">
                {t!("list-in-the-text")} " "
                <q lang=language dir="auto">
                    {before}
                    {part}
                    {after}
                </q>
            </p>
        };
        return Some(view.fragment());
    }
    let shown = has(one.paragraph.as_str())
        || one
            .recommending
            .iter()
            .any(|state| has(names::state(state)))
        || one.terms_of(Scheme::Issue).any(has)
        || one.responsible_bodies.iter().any(|body| has(body));
    if shown {
        return None;
    }
    let term = one.terms.iter().find(|term| has(&term.name))?;
    let scheme = translations::dimension(Dimension::Term(term.scheme));
    let view = view! {
        <p class="excerpt">{scheme} ": " {marked_in(&term.name, None, Some(search))}</p>
    };
    Some(view.fragment())
}

/// Some words around a place in a text.
fn around(text: &str, place: &Range<usize>) -> Range<usize> {
    /// Characters before it and behind it.
    const BEFORE: usize = 60;
    const BEHIND: usize = 100;
    let before = text.get(..place.start).unwrap_or_default();
    let start = match before.char_indices().rev().nth(BEFORE) {
        // From the next word on.
        Some((at, _)) => before
            .get(at..)
            .and_then(|rest| rest.find(char::is_whitespace))
            .map_or(place.start, |blank| at + blank + 1),
        None => 0,
    };
    let behind = text.get(place.end..).unwrap_or_default();
    let end = match behind.char_indices().nth(BEHIND) {
        Some((at, _)) => behind
            .get(..at)
            .and_then(|rest| rest.rfind(char::is_whitespace))
            .map_or(place.end, |blank| place.end + blank),
        None => text.len(),
    };
    start..end
}

/// A text with what was looked for marked in it.
fn marked(text: &str, marks: &[Range<usize>]) -> Fragment {
    let mut parts = Vec::new();
    let mut end = 0;
    let piece = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    for mark in marks {
        parts.push(piece(end..mark.start).fragment());
        parts.push(html! { <mark>{piece(mark.clone())}</mark> });
        end = mark.end;
    }
    parts.push(piece(end..text.len()).fragment());
    parts.fragment()
}

/// What a cell shows.
pub(crate) fn cell(cell: &Cell<'_>) -> Fragment {
    let text = match cell {
        Cell::Status(status) => return status_mark(status).fragment(),
        Cell::Empty | Cell::Texts([]) => {
            return html! { <span class="none">{t!("list-no-value")}</span> };
        }
        Cell::Text(text) => (*text).to_owned(),
        Cell::States(states) => {
            let names: Vec<_> = states.iter().map(names::state).collect();
            numbers::list(&names)
        }
        Cell::Position(class) => translations::position(*class),
        Cell::Claim(claim) => {
            // As the files write it: the source is what the column is about.
            let parts = [
                Some(&claim.raw),
                claim.source.as_ref(),
                claim.source_paragraph.as_ref(),
            ];
            let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
            parts.map(String::as_str).collect::<Vec<_>>().join(" | ")
        }
        Cell::Names(names) => names.join("; "),
        Cell::ActionCategory(category) => translations::action_category(*category),
        Cell::Confidence(level) => translations::confidence(*level),
        Cell::Evidence(evidence) => evidence.len().to_string(),
        Cell::Texts(texts) => {
            let languages = texts.iter().map(|one| names::language(&one.language));
            languages.collect::<Vec<_>>().join("; ")
        }
    };
    text.fragment()
}

/// The number of a recommendation, with what was searched for; where it has none, its place in its source: short,
/// because the caption of the table says what it is.
fn number(one: &Recommendation, search: Option<&Search>) -> Fragment {
    if one.paragraph.is_number() {
        values([one.paragraph.as_str()].into_iter(), "", search)
    } else {
        names::short_place(one).fragment()
    }
}
