//! The way through the list that a recommendation was reached from.

use super::Shown;
use crate::t;
use crate::text::names;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Filter, Listed, RecommendationSet};
use leptos::prelude::*;

/// Back to the list, previous, next, and where in the list this is.
pub(crate) fn neighbours(shown: &Shown<'_>, set: &RecommendationSet<'_>) -> Fragment {
    let code = shown.record.review.code;
    let here = set.neighbours(shown.one.id);
    let link = |listed: &Listed<'_>, key: &str, rel: &'static str| {
        let paragraph = &listed.recommendation.paragraph;
        let href = paths::recommendation_in(code, paragraph, shown.filter);
        let text = t!(key, paragraph = names::paragraph(listed.recommendation));
        html! {
            <li>
                <a href=href rel=rel>
                    {text}
                </a>
            </li>
        }
    };
    let place = match here {
        Some(here) => {
            let (place, count) = (here.place + 1, set.len());
            t!("recommendation-place", place = place, count = count)
        }
        None => t!("recommendation-outside"),
    };
    let back = paths::recommendations(
        code,
        &on_its_page(shown.filter, here.map(|here| here.place)),
    );
    let previous = here.and_then(|here| here.previous);
    let next = here.and_then(|here| here.next);
    html! {
        <nav class="neighbours" aria-label=t!("recommendation-neighbours")>
            <ul>
                <li>
                    <a href=back>{t!("recommendation-back")}</a>
                </li>
                {previous.map(|previous| link(&previous, "recommendation-previous", "prev"))}
                <li class="place">{place}</li>
                {next.map(|next| link(&next, "recommendation-next", "next"))}
            </ul>
        </nav>
    }
}

/// The filter on the page that holds this recommendation: the way back leads to where the reader is, not to where
/// the reader began.
fn on_its_page(filter: &Filter, place: Option<usize>) -> Filter {
    match place {
        Some(place) => filter.with_page(place / filter.per_page + 1),
        None => filter.clone(),
    }
}
