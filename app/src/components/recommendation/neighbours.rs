//! The way through the list that a recommendation was reached from.

use super::Shown;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{address, t};
use data::domain::{Listed, Selection};
use leptos::prelude::*;

/// Back to the list, previous, next, and where in the list this is.
pub(crate) fn neighbours(shown: &Shown<'_>, selection: &Selection<'_>) -> Fragment {
    let code = shown.record.review.code;
    let (before, after) = selection.neighbours(shown.one.id);
    let place = selection
        .rows
        .iter()
        .position(|row| row.recommendation.id == shown.one.id);
    let link = |listed: &Listed<'_>, key: &str, rel: &'static str| {
        let paragraph = &listed.recommendation.paragraph;
        let href = address::recommendation_in(code, paragraph, shown.filter);
        let text = t!(key, paragraph = paragraph.to_string());
        view! {
            <li>
                <a href=href rel=rel>
                    {text}
                </a>
            </li>
        }
        .fragment()
    };
    let place = match place {
        Some(place) => {
            let count = selection.rows.len();
            t!("recommendation-place", place = place + 1, count = count)
        }
        None => t!("recommendation-outside"),
    };
    let back = address::recommendations(code, &on_its_page(shown, selection));
    view! {
        <nav class="neighbours" aria-label=t!("recommendation-neighbours")>
            <ul>
                <li>
                    <a href=back>{t!("recommendation-back")}</a>
                </li>
                {before.map(|before| link(before, "recommendation-previous", "prev"))}
                <li class="place">{place}</li>
                {after.map(|after| link(after, "recommendation-next", "next"))}
            </ul>
        </nav>
    }
    .fragment()
}

/// The filter on the page that holds this recommendation: whoever walked on comes back to where the
/// walk ended, not to where it began.
fn on_its_page(shown: &Shown<'_>, selection: &Selection<'_>) -> data::domain::Filter {
    let place = selection
        .rows
        .iter()
        .position(|row| row.recommendation.id == shown.one.id);
    match place {
        Some(place) => shown.filter.with_page(place / shown.filter.per_page + 1),
        None => shown.filter.clone(),
    }
}
