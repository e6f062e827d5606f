//! The statuses of a round in little room, for a page that shows many rounds.

use crate::chart::html::{fill, length, mark};
use crate::figures::series::Series;
use crate::t;
use crate::text::translations;
use crate::web::html::{Fragment, IntoFragment as _};
use data::domain::Breakdown;
use leptos::prelude::*;

/// With more recommendations, squares would be too small.
const SQUARES_MAX: u64 = 400;

/// Squares, one for each recommendation, or one bar, with the number of each status in words below.
pub(crate) fn status_strip(breakdown: &Breakdown, as_squares: bool) -> Fragment {
    let series = Series::of_scale(&breakdown.scale);
    let total = breakdown.total.received();
    let counted: Vec<(&Series, u64)> = series
        .iter()
        .zip(breakdown.total.in_order().iter().copied())
        .filter(|(_, count)| *count > 0)
        .collect();
    let words = counted.iter().map(|(series, count)| {
        let status = series.label.clone();
        t!("chart-part", status = status, count = *count)
    });
    let words = words.collect::<Vec<_>>().join(", ");
    let drawn = if as_squares && total <= SQUARES_MAX {
        let squares = counted.iter().flat_map(|(series, count)| {
            let class = fill(series);
            (0..*count).map(move |_| view! { <i class=class.clone()></i> })
        });
        view! { <div class="squares" role="img" aria-label=words>{squares.collect_view()}</div> }
            .fragment()
    } else {
        let parts = counted.iter().map(|(series, count)| {
            #[allow(clippy::cast_precision_loss)] // Far below 2^52.
            let share = *count as f64 / total.max(1) as f64;
            let class = format!("{} {}", fill(series), length(share));
            view! { <i class=class></i> }
        });
        view! {
            <div class="whole" role="img" aria-label=words>
                <span class="bar w100">{parts.collect_view()}</span>
            </div>
        }
        .fragment()
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
    view! {
        <div class="strip">{drawn} <ul class="key">{key.collect_view()}</ul></div>
    }
    .fragment()
}
