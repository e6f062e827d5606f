//! The statuses of a round in little room, for a page that shows many rounds.

use crate::chart::html::{fill, length, mark};
use crate::figures::series::Series;
use crate::t;
use crate::text::translations;
use crate::web::html::{Fragment, html};
use data::domain::Breakdown;
use leptos::prelude::*;

/// With more recommendations, squares would be too small.
const SQUARES_MAX: u64 = 400;

/// One bar; the number of each status is its text alternative. For a list whose marks are explained once, by [`key`].
pub(crate) fn status_bar(breakdown: &Breakdown) -> Fragment {
    let bar = bar(&counted(breakdown), breakdown.total.received());
    html! { <div class="strip">{bar}</div> }
}

/// What the marks of several bars mean, each once.
pub(crate) fn key<'a>(breakdowns: impl Iterator<Item = &'a Breakdown>) -> Fragment {
    let mut shown: Vec<Series> = Vec::new();
    for breakdown in breakdowns {
        for (series, _) in counted(breakdown) {
            let is_same = |known: &Series| {
                (&known.label, &known.colour, known.shape)
                    == (&series.label, &series.colour, series.shape)
            };
            if !shown.iter().any(is_same) {
                shown.push(series);
            }
        }
    }
    let entries = shown.into_iter().map(|series| {
        view! { <li>{mark(&series.colour, series.shape)} " " <span dir="auto">{series.label}</span></li> }
    });
    html! { <ul class="key">{entries.collect_view()}</ul> }
}

/// The statuses that some recommendation has, with their numbers.
fn counted(breakdown: &Breakdown) -> Vec<(Series, u64)> {
    let counts = breakdown.total.in_order().iter().copied();
    let series = Series::of_scale(&breakdown.scale).into_iter().zip(counts);
    series.filter(|(_, count)| *count > 0).collect()
}

fn in_words(counted: &[(Series, u64)]) -> String {
    let words = counted.iter().map(|(series, count)| {
        let status = series.label.clone();
        t!("chart-part", status = status, count = *count)
    });
    words.collect::<Vec<_>>().join(", ")
}

fn bar(counted: &[(Series, u64)], total: u64) -> Fragment {
    let parts = counted.iter().map(|(series, count)| {
        #[allow(clippy::cast_precision_loss)] // Far below 2^52.
        let share = *count as f64 / total.max(1) as f64;
        let class = format!("{} {}", fill(series), length(share));
        view! { <i class=class></i> }
    });
    html! {
        <div class="whole" role="img" aria-label=in_words(counted)>
            <span class="bar w100">{parts.collect_view()}</span>
        </div>
    }
}

/// Squares, one for each recommendation, or one bar, with the number of each status in words below.
pub(crate) fn status_strip(breakdown: &Breakdown) -> Fragment {
    let (counted, total) = (counted(breakdown), breakdown.total.received());
    let drawn = if total <= SQUARES_MAX {
        let squares = counted.iter().flat_map(|(series, count)| {
            let class = fill(series);
            (0..*count).map(move |_| view! { <i class=class.clone()></i> })
        });
        html! { <div class="squares" role="img" aria-label=in_words(&counted)>{squares.collect_view()}</div> }
    } else {
        bar(&counted, total)
    };
    let key = counted.iter().map(|(series, count)| {
        let (status, count) = (series.label.clone(), translations::number(*count));
        view! {
            <li>
                {mark(&series.colour, series.shape)} " "
                <span dir="auto">{t!("strip-part", status = status, count = count)}</span>
            </li>
        }
    });
    html! {
        <div class="strip">{drawn} <ul class="key">{key.collect_view()}</ul></div>
    }
}
