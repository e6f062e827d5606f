//! The numbers of a chart as a table, each leading to the list that it counts.

use crate::chart::forms::{Layout, Row};
use crate::chart::html::{mark, rows};
use crate::chart::{Chart, Line, Standing};
use crate::components::number::linked;
use crate::t;
use crate::text::translations;
use crate::web::html::{Fragment, IntoFragment as _, html};
use leptos::prelude::*;

/// The numbers under the chart's caption.
pub(crate) fn numbers_table(chart: &Chart, label: String) -> Fragment {
    table(chart, label, chart.caption(), None)
}

/// The numbers, each line with its stacked bar: a cross-tabulation.
pub(crate) fn cross_table(chart: &Chart, caption: String) -> Fragment {
    let bars = match chart.layout() {
        Layout::Rows(rows) => rows.rows,
        _ => Vec::new(),
    };
    table(chart, caption.clone(), caption, Some(bars))
}

/// What marks a number that was not published as such; the note is on the same page.
fn derived_mark() -> Fragment {
    html! { <a class="note-mark" href="#derived" aria-label=t!("derived-mark")>"*"</a> }
}

fn table(chart: &Chart, label: String, caption: String, bars: Option<Vec<Row>>) -> Fragment {
    let mut rows = chart.table().into_iter();
    let headings = headings(chart, rows.next().unwrap_or_default());
    let bar_heading = bars.is_some().then(|| {
        view! { <th scope="col" class="stack">{t!("by-position-bars")}</th> }
    });
    let class = if bars.is_some() { "cross" } else { "numbers" };
    let lines = chart.lines.iter().enumerate();
    let lines = lines.map(|(number, line)| (Some(number), line));
    let lines = lines.chain(chart.whole().map(|total| (None, total)));
    let body = rows
        .zip(lines)
        .map(|(cells, (number, line))| {
            let bar = bars.as_ref().map(|bars| {
                let bar = number.and_then(|number| bars.get(number));
                let bar = bar.and_then(|row| rows::bar(chart, row, false));
                view! { <td class="stack">{bar}</td> }
            });
            let class = number.is_none().then_some("total");
            view! { <tr class=class>{row(chart, cells, number, line)} {bar}</tr> }
        })
        .collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-label=label>
            <table class=class>
                <caption>{caption}</caption>
                <thead><tr>{headings} {bar_heading}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

/// The headings of the columns, those of series with their marks.
fn headings(chart: &Chart, headings: Vec<String>) -> Vec<Fragment> {
    let heading = |(place, heading): (usize, String)| {
        let series = place
            .checked_sub(1)
            .and_then(|place| chart.series.get(place));
        let heading = match series {
            Some(series) => html! {
                <span class="status">
                    {mark(&series.colour, series.shape)} <span>{heading}</span>
                </span>
            },
            None => heading.fragment(),
        };
        let class = (place > 0).then_some("number");
        html! { <th scope="col" class=class>{heading}</th> }
    };
    headings.into_iter().enumerate().map(heading).collect()
}

/// The cells of a line: its label, its series, its base and its sum.
fn row(chart: &Chart, cells: Vec<String>, number: Option<usize>, line: &Line) -> Fragment {
    let mut cells = cells.into_iter();
    let label = cells.next().unwrap_or_default();
    let label = match line.href.clone() {
        Some(href) => html! { <a href=href dir="auto">{label}</a> },
        None => html! { <span dir="auto">{label}</span> },
    };
    let at = number.map(|number| (number, line));
    let list = |place: usize| {
        if line.standing != Standing::Counted {
            return None;
        }
        if place >= chart.series.len() {
            return chart.list_of_base(at);
        }
        let lists = chart.lists.as_ref().filter(|_| line.of(place) > 0)?;
        lists.of(at, place)
    };
    let sum = cells.len().saturating_sub(1);
    let read = |cell: String| match cell.parse() {
        Ok(count) => translations::number(count),
        Err(_) => cell,
    };
    let cells = cells
        .enumerate()
        .map(|(place, cell)| match cell {
            cell if cell.is_empty() => linked(t!("percent-none"), None),
            cell if place != sum && line.derived.contains(&place) => {
                html! { <td class="number">{read(cell)} {derived_mark()}</td> }
            }
            cell if place == sum => linked(read(cell), line.href.clone()),
            cell => linked(read(cell), list(place)),
        })
        .collect_view();
    html! { <th scope="row">{label}</th> {cells} }
}
