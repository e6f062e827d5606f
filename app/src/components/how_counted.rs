//! "How this was counted": everything that somebody needs to come to the same figures.

use crate::chart::Chart;
use crate::chart::of_cycles::{Cycle, Cycles};
use crate::chart::of_everything::Everything;
use crate::components::headline::signature;
use crate::figures::Figures;
use crate::filter_words::{Subject, filter_in_words};
use crate::fragment::{Fragment, IntoFragment as _};
use crate::sources::{Sources, documents_of};
use crate::{address, t, translations};
use data::domain::Dimension;
use leptos::prelude::*;

/// Base, unit, scale, round and state of the data behind a page's figures.
pub(crate) fn how_counted(figures: &Figures<'_>) -> Fragment {
    let counts = figures.breakdown(None).total;
    let Some(round) = figures.assessed_in() else {
        return how_answered(figures);
    };
    let outside = figures.outside();
    let hash = hash_of(round.content_hash.clone(), true);
    let href = address::round(figures.record.review.code, &round.slug);
    let filter = match figures.left {
        Some(_) => filter_in_words(
            &figures.list_filter(),
            figures.counted(),
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
    how(
        vec![
            (t!("how-base-term"), base.fragment()),
            (
                t!("unit-label"),
                translations::counting_unit(figures.unit).fragment(),
            ),
            (t!("how-filter-term"), filter.fragment()),
            (t!("how-scale-term"), scale_name(figures).fragment()),
            (
                t!("how-round-term"),
                view! { <a href=href>{round.title.clone()}</a> }.fragment(),
            ),
            (t!("how-hash-term"), hash),
            (t!("how-revision-term"), revision.fragment()),
        ],
        (outside > 0).then(|| t!("how-outside", count = outside)),
    )
}

/// The same of what a State answered.
fn how_answered(figures: &Figures<'_>) -> Fragment {
    let counts = figures.breakdown(None).total;
    let record = figures.record;
    let base = t!(
        "how-base-answers",
        received = counts.received(),
        answered = counts.assessed(),
        unanswered = counts.not_assessed()
    );
    let filter = filter_in_words(
        &figures.list_filter(),
        figures.counted(),
        Subject::Review(record.review.code, None),
        None,
    );
    let documents = documents_of(&record.review).documents();
    let revision = t!(
        "how-revision",
        revision = record.revision.to_string(),
        day = translations::day(record.changed_at)
    );
    how(
        vec![
            (t!("how-base-term"), base.fragment()),
            (
                t!("unit-label"),
                translations::counting_unit(figures.unit).fragment(),
            ),
            (t!("how-filter-term"), filter.fragment()),
            (
                t!("how-documents-term"),
                documents.unwrap_or_else(|| t!("percent-none")).fragment(),
            ),
            (t!("how-rounds-term"), t!("sources-none").fragment()),
            (t!("how-revision-term"), revision.fragment()),
        ],
        None,
    )
}

/// The same of a State's cycles beside each other.
pub(crate) fn how_cycles(cycles: &Cycles<'_>, sources: &Sources<'_>) -> Fragment {
    let all = || cycles.all.iter();
    let base = t!(
        "how-base-cycles",
        received = all().filter_map(Cycle::received).sum::<u64>(),
        answered = all().filter_map(Cycle::answered).sum::<u64>(),
        in_rounds = all().filter_map(Cycle::in_round).sum::<u64>(),
        assessed = all().filter_map(Cycle::assessed).sum::<u64>()
    );
    how(
        vec![
            (t!("how-base-term"), base.fragment()),
            (
                t!("unit-label"),
                translations::counting_unit(cycles.filter.unit).fragment(),
            ),
            (t!("how-filter-term"), cycles.about().fragment()),
            (t!("how-scale-term"), t!("how-scale-outcomes").fragment()),
            (t!("how-rounds-term"), sources.line().fragment()),
            (
                t!("how-hash-term"),
                hash_of(sources.hash(), !sources.rounds.is_empty()),
            ),
            (
                t!("how-revision-term"),
                t!(
                    "how-revision-alone",
                    revision = cycles.revision().to_string()
                )
                .fragment(),
            ),
        ],
        (sources.rounds.len() > 1).then(|| t!("how-hash-of-hashes")),
    )
}

/// The same of figures over all reviews.
pub(crate) fn how_everything(everything: &Everything<'_>) -> Fragment {
    /// More rounds are only counted.
    const NAMED: usize = 24;
    let tally = everything.tallies(Dimension::Cycle).total;
    let base = t!(
        "how-base-everything",
        received = tally.received,
        in_rounds = tally.in_rounds,
        assessed = tally.assessed,
        not_assessed = tally.in_rounds - tally.assessed,
        no_round = tally.received - tally.in_rounds,
        answered = tally.answered(),
        pending = tally.pending,
        unknown = tally.unknown
    );
    let base = if everything.is_only_reported() {
        t!("how-base-reported")
    } else {
        base
    };
    let sources = everything.sources();
    let named = sources
        .rounds
        .iter()
        .take(NAMED)
        .map(|(review, round)| {
            let href = address::round(review.code, &round.slug);
            let hash = round.content_hash.clone();
            view! {
                <li>
                    <a href=href dir="auto">{translations::review(review)} ": " {signature(round)}</a>
                    {hash.map(|hash| view! { " " <code class="hash">{hash}</code> })}
                </li>
            }
        })
        .collect_view();
    let more = sources.rounds.len().checked_sub(NAMED);
    let more = more.filter(|more| *more > 0);
    let rounds = if sources.rounds.is_empty() {
        t!("sources-none").fragment()
    } else {
        view! {
            <ul class="plain">
                {named}
                {more.map(|more| view! { <li>{t!("how-more-rounds", count = more)}</li> })}
            </ul>
        }
        .fragment()
    };
    let several = sources.rounds.len() > 1;
    let documents = sources.documents().unwrap_or_else(|| t!("percent-none"));
    how(
        vec![
            (t!("how-base-term"), base.fragment()),
            (
                t!("unit-label"),
                translations::counting_unit(everything.filter.unit).fragment(),
            ),
            (t!("how-filter-term"), everything.words().fragment()),
            (t!("how-scale-term"), t!("how-scale-outcomes").fragment()),
            (t!("how-documents-term"), documents.fragment()),
            (t!("how-rounds-term"), rounds),
            (
                t!("how-hash-term"),
                hash_of(sources.hash(), !sources.rounds.is_empty()),
            ),
            (
                t!("how-revision-term"),
                t!(
                    "how-revision-alone",
                    revision = everything.revision().to_string()
                )
                .fragment(),
            ),
        ],
        several.then(|| t!("how-hash-of-hashes")),
    )
}

/// The same of a chart that stands alone.
pub(crate) fn how_chart(chart: &Chart) -> Fragment {
    let total = &chart.total;
    let base = if !chart.one_whole {
        t!("how-base-several")
    } else if chart.is_of_answers() {
        let (received, answered) = (total.received(), chart.base(total));
        t!(
            "how-base-answers",
            received = received,
            answered = answered,
            unanswered = received - answered
        )
    } else if chart.has_base() {
        let (received, assessed) = (total.received(), chart.base(total));
        t!(
            "how-base",
            received = received,
            assessed = assessed,
            not_assessed = received - assessed
        )
    } else {
        t!("how-base-all", received = total.received())
    };
    let revision = chart.citation.revision.clone();
    how(
        vec![
            (t!("how-base-term"), base.fragment()),
            (t!("how-filter-term"), chart.about.clone().fragment()),
            (t!("how-rounds-term"), chart.source.clone().fragment()),
            (
                t!("how-hash-term"),
                hash_of(chart.citation.hash.clone(), true),
            ),
            (
                t!("how-revision-term"),
                t!("how-revision-alone", revision = revision).fragment(),
            ),
        ],
        None,
    )
}

fn hash_of(hash: Option<String>, rounds: bool) -> Fragment {
    match hash {
        Some(hash) => view! { <code class="hash">{hash}</code> }.fragment(),
        None if rounds => t!("how-hash-none").fragment(),
        None => t!("sources-none").fragment(),
    }
}

fn how(facts: Vec<(String, Fragment)>, note: Option<String>) -> Fragment {
    let facts = facts
        .into_iter()
        .map(|(term, fact)| view! { <dt>{term}</dt> <dd dir="auto">{fact}</dd> })
        .collect_view();
    view! {
        <details class="how">
            <summary>{t!("how-title")}</summary>
            <dl class="facts">{facts}</dl>
            {note.map(|note| view! { <p>{note}</p> })}
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
