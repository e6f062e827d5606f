//! The table of a list: the columns of the one table of columns, each with a link that sorts by it.

use super::List;
use crate::components::status_mark::status_mark;
use crate::{address, t, translations};
use data::domain::{Cell, Column, Listed, Sort};
use leptos::prelude::*;

/// The rows of one page.
pub(crate) fn table(list: &List<'_>) -> AnyView {
    let sort = list.filter.sort;
    let (first, rows) = list.on_page();
    // Without a round there is no status to show.
    let columns: Vec<Column> = Column::ON_SCREEN
        .into_iter()
        .filter(|column| *column != Column::Status || list.selection.round.is_some())
        .collect();
    let direction = if sort.descending {
        t!("list-descending")
    } else {
        t!("list-ascending")
    };
    let order = format!("{} ({direction})", translations::column(sort.column));
    let caption = t!(
        "list-caption",
        rows = rows_in_words(list, first, rows.len()),
        column = order
    );
    let headings = columns
        .iter()
        .map(|column| heading(list, *column))
        .collect_view();
    let body = rows
        .iter()
        .map(|listed| row(list, &columns, listed))
        .collect_view();
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=t!("list-scroll")>
            <table class="list">
                <caption>{caption}</caption>
                <thead>
                    <tr>{headings}</tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// "Rows 26–50 of 93".
fn rows_in_words(list: &List<'_>, first: usize, shown: usize) -> String {
    let count = list.selection.rows.len();
    t!(
        "list-rows",
        first = first,
        last = first + shown - 1,
        count = count
    )
}

fn heading(list: &List<'_>, column: Column) -> AnyView {
    let name = translations::column(column);
    if !column.sortable() {
        return view! { <th scope="col">{name}</th> }.into_any();
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
    .into_any()
}

fn row(list: &List<'_>, columns: &[Column], listed: &Listed<'_>) -> AnyView {
    let one = listed.recommendation;
    let cells = columns
        .iter()
        .map(|column| {
            // Where there is no room for columns, each value shows its heading itself.
            let label = translations::column(*column);
            if *column == Column::Paragraph {
                let code = list.record.review.code;
                let href = address::recommendation_in(code, &one.paragraph, list.filter);
                return view! {
                    <th scope="row" data-label=label>
                        <a href=href>{one.paragraph.to_string()}</a>
                    </th>
                }
                .into_any();
            }
            // Our own summaries are in the page's language; a report's text may not be.
            let language = (*column == Column::Headline && one.summary.is_none())
                .then(|| one.language.clone())
                .flatten();
            view! {
                <td data-label=label lang=language dir="auto">
                    {cell(&column.cell(listed))}
                </td>
            }
            .into_any()
        })
        .collect_view();
    view! { <tr>{cells}</tr> }.into_any()
}

/// What a cell shows.
pub(crate) fn cell(cell: &Cell<'_>) -> AnyView {
    let text = match cell {
        Cell::Status(status) => return status_mark(status).into_any(),
        Cell::Empty => return view! { <span class="none">{t!("list-no-value")}</span> }.into_any(),
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
    text.into_any()
}
