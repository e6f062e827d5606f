//! A round by status, or a review by position: one bar for each.

use crate::chart::of_review::{self, POSITION, STATUS};
use crate::figures::Figures;
use crate::figures::positions::in_words;
use crate::t;
use crate::text::provenance::Sources;
use crate::text::round_names::signed;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::RoundRecord;
use leptos::prelude::*;

/// The statuses of a round under their finding, with their source.
pub(crate) fn by_status(figures: &Figures<'_>) -> Option<Fragment> {
    let chart = of_review::chart(figures, STATUS, Look::default(), "")?;
    let unit = translations::counting_unit(figures.unit);
    let view = view! {
        <figure class="chart">
            <figcaption dir="auto">{chart.title.clone()}</figcaption>
            <p class="figures">{t!("by-status-caption", unit = unit)}</p>
            {chart.html()}
            {source(figures)}
        </figure>
    };
    Some(view.fragment())
}

/// The State's answers alone, for a review that nobody has assessed.
pub(crate) fn positions(figures: &Figures<'_>) -> Option<Fragment> {
    let chart = of_review::chart(figures, POSITION, Look::default(), "")?;
    let unit = translations::counting_unit(figures.unit);
    let classes = in_words(chart.classes.unwrap_or_default());
    let caption = t!("positions-caption", unit = unit, classes = classes);
    let view = view! {
        <figure class="chart">
            <p class="figures">{caption}</p>
            {chart.html()}
            {source(figures)}
        </figure>
    };
    Some(view.fragment())
}

/// The source of statuses, leading to the round; without a round, the sources of the positions.
pub(crate) fn source(figures: &Figures<'_>) -> Fragment {
    let Some(round) = figures.round() else {
        let source = Sources::of_answers(figures.set).line();
        let source = t!("picture-source", source = source);
        return html! { <p class="source" dir="auto">{source}</p> };
    };
    html! { <p class="source">{t!("chart-source")} " " {round_link(figures, round)}</p> }
}

/// The sources of a table of positions by status: those of its positions, then the round. Reported totals give their
/// positions themselves.
pub(crate) fn source_of_both(figures: &Figures<'_>) -> Fragment {
    let Some(round) = figures.round().filter(|_| figures.is_itemised()) else {
        return source(figures);
    };
    let positions = Sources::of_answers(figures.set).positions_line();
    html! {
        <p class="source">
            {t!("chart-source")} " " <span dir="auto">{positions}</span> ". "
            {t!("chart-source-statuses")} " " {round_link(figures, round)}
        </p>
    }
}

fn round_link(figures: &Figures<'_>, round: &RoundRecord) -> Fragment {
    let href = paths::round(figures.record.review.code, &round.round.slug);
    html! { <a href=href dir="auto">{signed(round)}</a> }
}
