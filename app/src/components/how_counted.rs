//! "How this was counted": everything that somebody needs to come to the same figures.

use crate::figures::Figures;
use crate::filter_words::{Subject, filter_in_words};
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{address, t, translations};
use leptos::prelude::*;

/// Base, unit, scale, round and state of the data behind a page's figures.
pub(crate) fn how_counted(figures: &Figures<'_>) -> Fragment {
    let counts = figures.breakdown(None).total;
    let round = &figures.round.round;
    let outside = figures.outside();
    let hash = match round.content_hash.clone() {
        Some(hash) => view! { <code class="hash">{hash}</code> }.fragment(),
        None => t!("how-hash-none").fragment(),
    };
    let href = address::round(figures.record.review.code, &round.slug);
    let filter = match figures.left {
        Some(_) => filter_in_words(
            &figures.list_filter(),
            figures.listed().count(),
            Subject::Review(figures.record.review.code, Some(round)),
            Some(&round.scale),
        ),
        None => t!("how-filter-none"),
    };
    let base = t!(
        "how-base",
        received = counts.received(),
        assessed = counts.assessed(),
        not_assessed = counts.not_assessed()
    );
    let revision = t!(
        "how-revision",
        revision = figures.record.revision.to_string(),
        day = translations::day(figures.record.changed_at)
    );
    view! {
        <details class="how">
            <summary>{t!("how-title")}</summary>
            <dl class="facts">
                <dt>{t!("how-base-term")}</dt>
                <dd>{base}</dd>
                <dt>{t!("unit-label")}</dt>
                <dd>{translations::counting_unit(figures.unit)}</dd>
                <dt>{t!("how-filter-term")}</dt>
                <dd dir="auto">{filter}</dd>
                <dt>{t!("how-scale-term")}</dt>
                <dd dir="auto">{scale_name(figures)}</dd>
                <dt>{t!("how-round-term")}</dt>
                <dd>
                    <a href=href dir="auto">{round.title.clone()}</a>
                </dd>
                <dt>{t!("how-hash-term")}</dt>
                <dd>{hash}</dd>
                <dt>{t!("how-revision-term")}</dt>
                <dd>{revision}</dd>
            </dl>
            {(outside > 0).then(|| view! { <p>{t!("how-outside", count = outside)}</p> })}
            <p><a href="/methodology">{t!("footer-methodology")}</a></p>
        </details>
    }
    .fragment()
}

/// The scale with its version.
pub(crate) fn scale_name(figures: &Figures<'_>) -> String {
    let scale = &figures.round.round.scale;
    t!(
        "scale-name",
        name = scale.name.clone(),
        version = scale.version
    )
}
