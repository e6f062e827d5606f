//! The table of a list: the columns of the one table of columns, each with a link that sorts by it.

use super::List;
use crate::components::status_mark::status_mark;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{address, t, translations};
use data::domain::{Cell, Column, Listed, ReviewCode, Sort};
use leptos::prelude::*;

/// The rows of one page.
pub(crate) fn table(list: &List<'_>) -> Fragment {
    let sort = list.filter.sort;
    let rows = list.rows;
    // Without a round there is no status to show.
    let columns: Vec<(Column, String)> = Column::ON_SCREEN
        .into_iter()
        .filter(|column| *column != Column::Status || list.scale.is_some())
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
    view! {
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
    .fragment()
}

/// "Rows 26–50 of 93".
fn rows_in_words(list: &List<'_>) -> String {
    let (first, shown, count) = (list.first(), list.rows.len(), list.count());
    t!(
        "list-rows",
        first = first,
        last = first + shown - 1,
        count = count
    )
}

fn heading(list: &List<'_>, column: Column, name: String) -> Fragment {
    if !column.sortable() {
        return view! { <th scope="col">{name}</th> }.fragment();
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
    view! {
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
    .fragment()
}

fn row(list: &List<'_>, columns: &[(Column, String)], listed: &Listed<'_>) -> Fragment {
    let one = listed.recommendation;
    let review = list.review().is_none().then(|| review(listed.review));
    let cells = columns
        .iter()
        .map(|(column, name)| {
            // Where there is no room for columns, each value shows its heading itself; a text says what
            // it is.
            let label = (*column != Column::Headline).then(|| name.clone());
            if *column == Column::Paragraph {
                let href = match list.review() {
                    Some(code) => address::recommendation_in(code, &one.paragraph, list.filter),
                    // Its neighbours are those of its own review.
                    None => address::recommendation(listed.review, &one.paragraph),
                };
                return view! {
                    <th scope="row" data-label=label>
                        <a href=href>{one.paragraph.to_string()}</a>
                    </th>
                }
                .fragment();
            }
            // Our own summaries are in the page's language; a report's text may not be.
            let language = (*column == Column::Headline && one.summary.is_none())
                .then(|| one.language.clone())
                .flatten();
            let content = match (column.cell(listed), &list.filter.search) {
                (Cell::Text(text), Some(search)) => {
                    let of_text = one.summary.is_none().then_some(one.language.as_deref());
                    marked(text, &search.marks(text, of_text.flatten()))
                }
                (other, _) => cell(&other),
            };
            view! {
                <td data-label=label lang=language dir="auto">
                    {content}
                </td>
            }
            .fragment()
        })
        .collect_view();
    view! { <tr>{review} {cells}</tr> }.fragment()
}

/// The review of a row.
fn review(code: ReviewCode) -> Fragment {
    let name = t!(
        "review-name",
        state = code.state.name(),
        cycle = translations::cycle(code.cycle)
    );
    view! {
        <td data-label=t!("column-review")>
            <a href=address::review(code)>{name}</a>
        </td>
    }
    .fragment()
}

/// A text with what was looked for marked in it.
fn marked(text: &str, marks: &[std::ops::Range<usize>]) -> Fragment {
    let mut parts = Vec::new();
    let mut end = 0;
    let piece = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    for mark in marks {
        parts.push(piece(end..mark.start).fragment());
        parts.push(view! { <mark>{piece(mark.clone())}</mark> }.fragment());
        end = mark.end;
    }
    parts.push(piece(end..text.len()).fragment());
    parts.fragment()
}

/// What a cell shows.
pub(crate) fn cell(cell: &Cell<'_>) -> Fragment {
    let text = match cell {
        Cell::Status(status) => return status_mark(status).fragment(),
        Cell::Empty => return view! { <span class="none">{t!("list-no-value")}</span> }.fragment(),
        Cell::Text(text) => (*text).to_owned(),
        Cell::States(states) => {
            let names: Vec<_> = states.iter().map(|state| state.name()).collect();
            names.join(", ")
        }
        Cell::Position(class) => translations::position(*class),
        Cell::Claim(claim) => claim.raw.clone(),
        Cell::Terms(terms) => terms.join("; "),
        Cell::ActionCategory(category) => translations::action_category(*category),
        Cell::Confidence(level) => translations::confidence(*level),
        Cell::Evidence(evidence) => evidence.len().to_string(),
    };
    text.fragment()
}
