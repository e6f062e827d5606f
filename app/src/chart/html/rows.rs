//! Rows with bars, as a list of labels and numbers.

use super::{fill, length, mark_of};
use crate::chart::Chart;
use crate::chart::forms::{BarList, Row};
use crate::t;
use crate::web::html::{Fragment, IntoFragment as _, html};
use leptos::prelude::*;

/// The key, the rows, their sums and notes.
pub(crate) fn rows(chart: &Chart, rows: &BarList) -> Fragment {
    let notes = rows.notes.iter();
    let notes = notes.map(|note| view! { <p class="note">{note.clone()}</p> });
    html! {
        {key(chart, rows)}
        {list(chart, rows.rows.iter().chain(&rows.sums))}
        {notes.collect_view()}
    }
}

/// The series with their marks, and what the numbers are.
pub(crate) fn key(chart: &Chart, rows: &BarList) -> Fragment {
    let entries = rows.key.iter().filter_map(|place| {
        let label = chart.series.get(*place)?.label.clone();
        let mark = mark_of(chart, Some(*place));
        Some(view! { <li>{mark} <span dir="auto">{label}</span></li> })
    });
    let figures = rows.figures.clone();
    let figures = figures.map(|figures| view! { <p class="figures" dir="auto">{figures}</p> });
    html! {
        {(!rows.key.is_empty()).then(|| view! { <ul class="key">{entries.collect_view()}</ul> })}
        {figures}
    }
}

/// Labels, each with its bar and its number.
pub(crate) fn list<'a>(chart: &Chart, rows: impl Iterator<Item = &'a Row>) -> Fragment {
    let rows = rows.map(|row| self::row(chart, row)).collect_view();
    html! { <dl class="bars">{rows}</dl> }
}

fn row(chart: &Chart, row: &Row) -> Fragment {
    let label = linked(row.label.clone(), row.href.clone());
    let number = (!row.number.is_empty()).then(|| {
        let number = row.number.clone();
        let number = match row.list.clone() {
            Some(href) => html! { <a href=href>{number}</a> },
            None => number.fragment(),
        };
        view! { <b>{number}</b> " " }
    });
    let beside = (!row.beside.is_empty()).then(|| view! { <small>{row.beside.clone()}</small> });
    let below = row.below.clone().filter(|below| !below.is_empty());
    let below = below.map(|below| view! { " " <small class="below" dir="auto">{below}</small> });
    // Where no text says what the parts of the bar are, they say it themselves.
    let says_parts = row.mark.is_none() && row.below.is_none();
    html! {
        <div>
            <dt>{mark_of(chart, row.mark)} {label}</dt>
            <dd>{bar(chart, row, says_parts)} {number} {beside} {below}</dd>
        </div>
    }
}

fn linked(text: String, href: Option<String>) -> Fragment {
    match href {
        Some(href) => html! { <a href=href dir="auto">{text}</a> },
        None => html! { <span dir="auto">{text}</span> },
    }
}

/// The bar of a row; its parts may say in a text for readers without styles what they are.
pub(crate) fn bar(chart: &Chart, row: &Row, says_parts: bool) -> Option<Fragment> {
    if row.segments.is_empty() {
        return None;
    }
    let last = row.segments.len() - 1;
    let segments = row.segments.iter().enumerate();
    let parts = segments.filter_map(|(place, segment)| {
        let series = chart.series.get(segment.counted.series)?;
        let class = match last {
            0 => fill(series),
            _ => format!("{} {}", fill(series), length(segment.share)),
        };
        let comma = if place < last { ", " } else { " " };
        if !says_parts {
            let title = segment.counted.words.clone();
            return Some(html! { <i class=class title=title></i> });
        }
        // The line is named before the bar: its name in each part would be a tenth of a page.
        let (status, count) = (series.label.clone(), segment.counted.count);
        let part = t!("chart-part", status = status, count = count);
        let title = part.clone();
        Some(html! { <i class=class title=title>{part + comma}</i> })
    });
    let class = format!("bar {}", length(row.length));
    Some(html! { <span class=class>{parts.collect_view()}</span> " " })
}
