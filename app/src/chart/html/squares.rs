//! Squares, each of which may lead to its recommendation.

use super::{fill, mark_of};
use crate::chart::Chart;
use crate::chart::forms::squares::Squares;
use crate::web::html::{Fragment, html};
use leptos::prelude::*;

/// Where a square leads.
pub(crate) struct Link {
    pub(crate) href: String,
    /// What it is called: paragraph and status.
    pub(crate) name: String,
    /// The same with the beginning of the recommendation.
    pub(crate) tooltip: String,
}

/// The squares with their key. `links` are in the order of the squares; without any, squares are one
/// image.
pub(crate) fn squares(chart: &Chart, squares: &Squares, links: Vec<Link>) -> Fragment {
    let key = squares.key.iter().map(|entry| {
        let counted = &entry.counted;
        let words = match entry.list.clone() {
            Some(href) => html! { <a href=href dir="auto">{entry.words.clone()}</a> },
            None => html! { <span dir="auto">{entry.words.clone()}</span> },
        };
        let mark = mark_of(chart, Some(counted.series));
        view! { <li title=counted.words.clone()>{mark} {words}</li> }
    });
    let words = squares.words.clone();
    let drawn = if let Some(bar) = &squares.bar {
        let bar = super::rows::bar(chart, bar, false);
        html! { <div class="whole" role="img" aria-label=words>{bar}</div> }
    } else if links.is_empty() {
        let squares = squares.places.iter().map(|place| {
            let class = chart.series.get(*place).map(fill);
            view! { <i class=class></i> }
        });
        let squares = squares.collect_view();
        html! { <div class="squares" role="img" aria-label=words>{squares}</div> }
    } else {
        let squares = squares.places.iter().zip(links).map(|(place, link)| {
            let class = chart.series.get(*place).map(fill);
            view! { <a href=link.href class=class title=link.tooltip>{link.name}</a> " " }
        });
        let squares = squares.collect_view();
        html! { <div class="squares linked" role="group" aria-label=words>{squares}</div> }
    };
    html! {
        {drawn}
        <ul class="key" id="after-squares">
            {key.collect_view()}
        </ul>
    }
}
