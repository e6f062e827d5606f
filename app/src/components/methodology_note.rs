//! "How this was counted": everything that somebody needs to come to the same figures.

use crate::chart::of_cycles::{Cycle, Cycles};
use crate::chart::outline::words;
use crate::chart::{Base, Chart};
use crate::components::document_link::document_link;
use crate::figures::Figures;
use crate::figures::positions::{PositionGroups, in_words};
use crate::t;
use crate::text::coverage;
use crate::text::filter_sentence::position_in_words;
use crate::text::numbers::number;
use crate::text::provenance::Sources;
use crate::text::round_names::{self, signature};
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{AnswerClasses, Answers, PositionSources, RecommendationSet, Scale};
use leptos::prelude::*;

/// Base, unit, scale, round and state of the data behind a page's figures.
pub(crate) fn how_counted(figures: &Figures<'_>) -> Fragment {
    let Some(round) = figures.round().map(|round| &round.round) else {
        return how_answered(figures);
    };
    let counts = figures.breakdown(None).total;
    let outside = figures.outside();
    let hash = hash_of(round.content_hash.clone(), true);
    let href = paths::round(figures.record.review.code, &round.slug);
    let filter = if figures.is_filtered() {
        figures.words()
    } else {
        t!("how-filter-none")
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
            (t!("how-scale-term"), scale_name(figures.scale()).fragment()),
            (
                t!("how-round-term"),
                html! { <a href=href>{round_names::title(round)}</a> },
            ),
            (t!("how-hash-term"), hash),
            (t!("how-revision-term"), revision.fragment()),
        ],
        (outside > 0).then(|| t!("how-outside", count = outside)),
    )
}

fn answered_base(received: u64, answered: u64) -> String {
    t!(
        "how-base-answers",
        received = received,
        answered = answered,
        unanswered = received - answered
    )
}

/// What the answered are made of, and in which classes they are counted.
fn positions_in_words(answers: &Answers, classes: AnswerClasses) -> String {
    let groups = PositionGroups::of(classes, [answers]);
    let parts: Vec<String> = groups
        .iter()
        .filter(|group| group.is_answered())
        .map(|group| {
            let (count, position) = (groups.count(group, answers), position_in_words(group));
            t!("tallies-lead-part", count = count, position = position)
        })
        .collect();
    t!(
        "how-positions",
        answered = answers.answered(),
        parts = parts.join(" + "),
        classes = in_words(classes)
    )
}

/// The same of what a State answered.
fn how_answered(figures: &Figures<'_>) -> Fragment {
    let answers = figures.answers();
    let record = figures.record;
    let base = answered_base(answers.received(), answers.answered());
    let filter = figures.words();
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
                t!("how-positions-term"),
                figures
                    .positions()
                    .map(|positions| positions_in_words(&answers, positions.groups.classes))
                    .fragment(),
            ),
            (
                t!("how-documents-term"),
                sources_of_positions(&Sources::of_answers(figures.set)),
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
            (
                t!("how-positions-term"),
                in_words(cycles.look.classes).fragment(),
            ),
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
pub(crate) fn how_all_reviews(set: &RecommendationSet<'_>, look: Look) -> Fragment {
    /// More rounds are only counted.
    const NAMED: usize = 24;
    let tally = set.total();
    let answers = &tally.answers;
    let base = t!(
        "how-base-everything",
        received = tally.received(),
        in_rounds = tally.in_rounds,
        assessed = tally.assessed,
        not_assessed = tally.in_rounds - tally.assessed,
        no_round = tally.received() - tally.in_rounds,
        answered = answers.answered(),
        pending = answers.pending(),
        unknown = answers.unknown()
    );
    let base = if set.is_only_reported() {
        t!("how-base-reported")
    } else {
        base
    };
    let sources = Sources::of(set);
    let named = sources
        .rounds
        .iter()
        .take(NAMED)
        .map(|(review, round)| {
            let href = paths::round(review.code, &round.slug);
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
        html! {
            <ul class="plain">
                {named}
                {more.map(|more| view! { <li>{t!("how-more-rounds", count = more)}</li> })}
            </ul>
        }
    };
    let several = sources.rounds.len() > 1;
    how(
        vec![
            (t!("how-base-term"), base.fragment()),
            (
                t!("unit-label"),
                translations::counting_unit(set.filter().unit).fragment(),
            ),
            (t!("how-filter-term"), words(set).fragment()),
            (
                t!("how-positions-term"),
                positions_in_words(answers, look.classes).fragment(),
            ),
            (t!("how-scale-term"), t!("how-scale-outcomes").fragment()),
            (
                t!("how-coverage-term"),
                coverage::of_set(set)
                    .unwrap_or_else(|| t!("percent-none"))
                    .fragment(),
            ),
            (t!("how-documents-term"), sources_of_positions(&sources)),
            (t!("how-rounds-term"), rounds),
            (
                t!("how-hash-term"),
                hash_of(sources.hash(), !sources.rounds.is_empty()),
            ),
            (
                t!("how-revision-term"),
                t!("how-revision-alone", revision = set.revision().to_string()).fragment(),
            ),
        ],
        several.then(|| t!("how-hash-of-hashes")),
    )
}

/// The same of a chart that stands alone.
pub(crate) fn how_chart(chart: &Chart) -> Fragment {
    let total = &chart.total;
    let base = if chart.one_whole {
        let (received, base) = (total.received(), chart.base(total));
        match chart.base {
            Base::Received => t!("how-base-all", received = received),
            Base::Answered => answered_base(received, base),
            Base::Assessed => t!(
                "how-base",
                received = received,
                assessed = base,
                not_assessed = received - base
            ),
        }
    } else {
        t!("how-base-several")
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

/// Every source of the positions, each with its recommendations. Documents of the United Nations are links.
fn sources_of_positions(sources: &Sources<'_>) -> Fragment {
    /// Further sources are counted only.
    const NAMED: usize = 40;
    let positions = sources.positions.clone().unwrap_or_default();
    let all = positions.by_weight();
    let besides = [
        (positions.without, t!("sources-no-position")),
        (positions.fictitious, t!("sources-fictitious")),
    ];
    let besides = besides.into_iter().filter(|(count, _)| *count > 0);
    let named = all.iter().take(NAMED).map(|(source, count)| {
        let name = match source {
            Some(symbol) if PositionSources::is_united_nations(symbol) => document_link(symbol),
            Some(source) => (*source).to_owned().fragment(),
            None => t!("sources-not-given").fragment(),
        };
        (name, *count)
    });
    let lines = named
        .chain(besides.map(|(count, words)| (words.fragment(), count)))
        .map(|(name, count)| {
            view! { <li><span dir="auto">{name} " (" {number(count)} ")"</span></li> }
        })
        .collect_view();
    let more = all.len().checked_sub(NAMED).filter(|more| *more > 0);
    html! {
        <ul class="plain">
            {lines} {more.map(|more| view! { <li>{t!("how-more-rounds", count = more)}</li> })}
        </ul>
    }
}

fn hash_of(hash: Option<String>, rounds: bool) -> Fragment {
    match hash {
        Some(hash) => html! { <code class="hash">{hash}</code> },
        None if rounds => t!("how-hash-none").fragment(),
        None => t!("sources-none").fragment(),
    }
}

fn how(facts: Vec<(String, Fragment)>, note: Option<String>) -> Fragment {
    let facts = facts
        .into_iter()
        .map(|(term, fact)| view! { <dt>{term}</dt> <dd dir="auto">{fact}</dd> })
        .collect_view();
    html! {
        <details class="how">
            <summary>{t!("how-title")}</summary>
            <dl class="facts">{facts}</dl>
            {note.map(|note| view! { <p>{note}</p> })}
            <p><a href=paths::localize("/methodology")>{t!("footer-methodology")}</a></p>
        </details>
    }
}

/// The scale with its version.
pub(crate) fn scale_name(scale: &Scale) -> String {
    t!(
        "scale-name",
        name = scale.name.clone(),
        version = scale.version
    )
}
