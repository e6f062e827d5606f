//! A round as squares, one for each recommendation.

use crate::components::by_status::source;
use crate::components::charts::waffle::{Link, Square, waffle};
use crate::components::headline::in_words;
use crate::components::status_mark::status_mark;
use crate::figures::Figures;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::look::{Look, Squares};
use crate::{address, t};
use data::domain::{Listed, ReviewCode};
use leptos::prelude::*;

/// The longest text of a tooltip, in characters: with some three hundred of them, texts are half of what
/// the page weighs.
const TOOLTIP: usize = 110;

/// The squares with their key: in paragraph order and each a link where every recommendation's status
/// is known, else by status.
pub(crate) fn squares(figures: &Figures<'_>, look: Look) -> Fragment {
    // A square is a recommendation, whatever is counted elsewhere.
    let figures = Figures {
        unit: data::domain::CountingUnit::Recommendations,
        ..*figures
    };
    let breakdown = figures.breakdown(None);
    let code = figures.record.review.code;
    let linked = figures.is_itemised();
    let mut squares: Vec<Square> = if linked {
        figures
            .listed()
            .map(|listed| square(code, &listed))
            .collect()
    } else {
        (0..breakdown.scale.statuses.len())
            .flat_map(|place| {
                let squares = usize::try_from(breakdown.total.of(place)).unwrap_or(0);
                std::iter::repeat_with(move || Square { place, link: None }).take(squares)
            })
            .collect()
    };
    let by_status = look.squares == Squares::Status;
    if by_status {
        squares.sort_by_key(|square| square.place);
    }
    let orders = linked.then(|| orders(&figures, look));
    let caption = if linked && by_status {
        t!("squares-best-first")
    } else if linked {
        t!("squares-in-order")
    } else {
        t!("squares-by-status")
    };
    let key = breakdown
        .scale
        .statuses
        .iter()
        .map(|status| view! { <li>{status_mark(status)}</li> })
        .collect_view();
    view! {
        <figure class="chart squares">
            <figcaption>{caption.clone()}</figcaption>
            {orders}
            {linked
                .then(|| view! { <a class="skip" href="#after-squares">{t!("squares-skip")}</a> })}
            {waffle(squares, &breakdown.scale, caption, in_words(&figures, &breakdown))}
            <ul class="key" id="after-squares">
                {key}
            </ul>
            {source(&figures)}
        </figure>
    }
    .fragment()
}

/// The orders to choose from.
fn orders(figures: &Figures<'_>, look: Look) -> Fragment {
    let links = [
        (Squares::Paragraph, t!("squares-order-paragraph")),
        (Squares::Status, t!("squares-order-status")),
    ]
    .map(|(squares, name)| {
        let there = Look { squares, ..look };
        let href = address::summary(figures.record.review.code, &there.after(figures.query()));
        let current = (squares == look.squares).then_some("true");
        view! { " " <a href=href aria-current=current>{name}</a> }
    })
    .into_iter()
    .collect_view();
    view! {
        <nav class="tabs" aria-label=t!("squares-order")>
            <span class="tabs-label">{t!("squares-order")}</span>
            {links}
        </nav>
    }
    .fragment()
}

fn square(code: ReviewCode, listed: &Listed<'_>) -> Square {
    let recommendation = listed.recommendation;
    let (place, status) = listed.status.map_or((0, String::new()), |(place, status)| {
        (place, status.label.clone())
    });
    let paragraph = recommendation.paragraph.to_string();
    let mut text: String = recommendation.headline().chars().take(TOOLTIP).collect();
    if text.len() < recommendation.headline().len() {
        text.push('…');
    }
    Square {
        place,
        link: Some(Link {
            href: address::recommendation(code, &recommendation.paragraph),
            name: t!(
                "square-name",
                paragraph = paragraph.clone(),
                status = status.clone()
            ),
            tooltip: t!(
                "square-tooltip",
                paragraph = paragraph,
                status = status,
                text = text
            ),
        }),
    }
}
