//! A round as squares, one for each recommendation.

use crate::chart::forms::Layout;
use crate::chart::html::squares::{Link, squares as drawn};
use crate::chart::of_review::{self, SQUARES};
use crate::components::by_status::source;
use crate::figures::Figures;
use crate::t;
use crate::text::names;
use crate::urls::display_options::{Look, Squares};
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{Listed, ReviewCode, shorten};
use leptos::prelude::*;

/// The longest text of a tooltip, in characters.
const TOOLTIP: usize = 110;
/// The shortest that says anything; a tooltip with less room has no text.
const SHORTEST_TOOLTIP: usize = 20;
/// Characters of text in all tooltips of a page: without a limit, they are two thirds of what a page with three hundred
/// squares weighs.
const ALL_TOOLTIPS: usize = 14_000;
/// What the address of a recommendation without a number weighs beyond that of one with a number, as characters of
/// text: it has the first words of the text and a hash, which cannot be compressed.
const UNNUMBERED_ADDRESS: usize = 65;
/// With more recommendations without a number than these, the addresses alone are too heavy: squares are no links.
const MOST_UNNUMBERED: usize = 300;

/// The squares with their key: in paragraph order and each a link where every recommendation's status
/// is known, else by status.
pub(crate) fn squares(figures: &Figures<'_>, look: Look) -> Option<Fragment> {
    let chart = of_review::chart(figures, SQUARES, look, "")?;
    let Layout::Squares(layout) = chart.layout() else {
        return None;
    };
    let by_status = look.squares == Squares::Status;
    let is_ordered = figures.is_itemised() && layout.bar.is_none();
    let is_linked = is_ordered && unnumbered(figures) <= MOST_UNNUMBERED;
    let links: Vec<Link> = if is_linked {
        links(figures, by_status)
    } else {
        Vec::new()
    };
    let order = if is_ordered && by_status {
        t!("squares-best-first")
    } else if is_ordered {
        t!("squares-in-order")
    } else if layout.bar.is_some() {
        t!("squares-too-many")
    } else {
        t!("squares-by-status")
    };
    let caption = if is_linked {
        format!("{order} {}", t!("squares-linked"))
    } else {
        order
    };
    let skip = || view! { <a class="skip" href="#after-squares">{t!("squares-skip")}</a> };
    let view = view! {
        <figure class="chart">
            <figcaption>{caption}</figcaption>
            {is_ordered.then(|| orders(figures, look))}
            {is_linked.then(skip)}
            {drawn(&chart, &layout, links)}
            {source(figures)}
        </figure>
    };
    Some(view.fragment())
}

/// Where the squares lead, in their order.
fn links(figures: &Figures<'_>, by_status: bool) -> Vec<Link> {
    let code = figures.record.review.code;
    let mut listed: Vec<Listed<'_>> = figures.listed().collect();
    if by_status {
        listed.sort_by_key(|listed| listed.status.map(|(place, _)| place));
    }
    listed.retain(|listed| listed.status.is_some());
    let text = tooltip_text(listed.len(), unnumbered(figures));
    listed
        .iter()
        .map(|listed| link(code, listed, text))
        .collect()
}

/// How many squares are of recommendations without a number.
fn unnumbered(figures: &Figures<'_>) -> usize {
    let listed = figures.listed().filter(|listed| listed.status.is_some());
    listed
        .filter(|listed| !listed.recommendation.paragraph.is_number())
        .count()
}

/// The longest text of each tooltip of so many squares; 0 if there is no room for texts.
fn tooltip_text(squares: usize, unnumbered: usize) -> usize {
    let room = ALL_TOOLTIPS.saturating_sub(unnumbered * UNNUMBERED_ADDRESS);
    match room / squares.max(1) {
        each if each < SHORTEST_TOOLTIP => 0,
        each => each.min(TOOLTIP),
    }
}

/// The orders to choose from.
fn orders(figures: &Figures<'_>, look: Look) -> Fragment {
    let links = [
        (Squares::Paragraph, t!("squares-order-paragraph")),
        (Squares::Status, t!("squares-order-status")),
    ]
    .map(|(squares, name)| {
        let there = Look { squares, ..look };
        let href = paths::summary(figures.record.review.code, &there.after(figures.query()));
        let current = (squares == look.squares).then_some("true");
        view! { " " <a href=href aria-current=current>{name}</a> }
    })
    .into_iter()
    .collect_view();
    html! {
        <nav class="tabs" aria-label=t!("squares-order")>
            <span class="tabs-label">{t!("squares-order")}</span>
            {links}
        </nav>
    }
}

fn link(code: ReviewCode, listed: &Listed<'_>, longest: usize) -> Link {
    let recommendation = listed.recommendation;
    let status = listed.status.map(|(_, status)| status.label.clone());
    let paragraph = names::short_place(recommendation);
    let status = status.unwrap_or_default();
    let name = t!(
        "square-name",
        paragraph = paragraph.clone(),
        status = status.clone()
    );
    Link {
        href: paths::recommendation(code, &recommendation.paragraph),
        tooltip: if longest == 0 {
            name.clone()
        } else {
            t!(
                "square-tooltip",
                paragraph = paragraph,
                status = status,
                text = shorten(recommendation.headline(), longest).into_owned()
            )
        },
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_tooltips_get_shorter_with_more_squares() {
        for (squares, unnumbered, text) in [
            (0, 0, TOOLTIP),
            (93, 0, TOOLTIP),
            (96, 3, TOOLTIP),
            (266, 0, 52),
            (400, 0, 35),
            (150, 150, 28),
            (300, 300, 0),
        ] {
            assert_eq!(tooltip_text(squares, unnumbered), text, "{squares}");
        }
    }
}
