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
use crate::web::html::{Fragment, IntoFragment as _};
use data::domain::{Listed, ReviewCode, shorten};
use leptos::prelude::*;

/// The longest text of a tooltip, in characters: with some three hundred of them, texts are half of what
/// the page weighs.
const TOOLTIP: usize = 110;

/// The squares with their key: in paragraph order and each a link where every recommendation's status
/// is known, else by status.
pub(crate) fn squares(figures: &Figures<'_>, look: Look) -> Option<Fragment> {
    let chart = of_review::chart(figures, SQUARES, look, "")?;
    let Layout::Squares(layout) = chart.layout() else {
        return None;
    };
    let by_status = look.squares == Squares::Status;
    let is_linked = figures.is_itemised() && layout.bar.is_none();
    let links: Vec<Link> = if is_linked {
        links(figures, by_status)
    } else {
        Vec::new()
    };
    let caption = match (is_linked, by_status) {
        (true, true) => t!("squares-best-first"),
        (true, false) => t!("squares-in-order"),
        (false, _) if layout.bar.is_some() => t!("squares-too-many"),
        (false, _) => t!("squares-by-status"),
    };
    let skip = || view! { <a class="skip" href="#after-squares">{t!("squares-skip")}</a> };
    let view = view! {
        <figure class="chart">
            <figcaption>{caption}</figcaption>
            {is_linked.then(|| orders(figures, look))}
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
    let listed = listed.iter().filter(|listed| listed.status.is_some());
    listed.map(|listed| link(code, listed)).collect()
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
    view! {
        <nav class="tabs" aria-label=t!("squares-order")>
            <span class="tabs-label">{t!("squares-order")}</span>
            {links}
        </nav>
    }
    .fragment()
}

fn link(code: ReviewCode, listed: &Listed<'_>) -> Link {
    let recommendation = listed.recommendation;
    let status = listed.status.map(|(_, status)| status.label.clone());
    let paragraph = names::paragraph(recommendation);
    let status = status.unwrap_or_default();
    let text = shorten(recommendation.headline(), TOOLTIP).into_owned();
    Link {
        href: paths::recommendation(code, &recommendation.paragraph),
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
    }
}
