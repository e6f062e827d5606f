//! The sentence that sums up a round, and the finding that heads its chart.

use crate::figures::Figures;
use crate::t;
use crate::text::names;
use crate::text::numbers::percent;
use crate::text::round_names::signature;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _};
use data::domain::{
    Breakdown, Filter, Review, ReviewCode, ReviewRecord, Round, RoundKind, RoundRecord, Standing,
};
use leptos::prelude::*;

/// "2 of 252 assessed recommendations implemented; 14 of 266 not assessed".
pub(crate) fn sentence(breakdown: &Breakdown) -> String {
    let headline = breakdown.headline();
    let unit = breakdown.unit.code();
    if headline.assessed == 0 {
        return t!(
            "headline-nothing-assessed",
            received = headline.received,
            unit = unit
        );
    }
    let best = breakdown.scale.statuses.first();
    // The sentence has its words for "implemented"; any other best status is named as its scale does.
    let key = match best {
        Some(status) if status.code == "implemented" => "headline-implemented",
        _ => "headline-best-status",
    };
    t!(
        key,
        unit = unit,
        status = best.map(names::status).unwrap_or_default(),
        implemented = headline.implemented,
        assessed = headline.assessed,
        not_assessed = headline.not_assessed,
        received = headline.received,
    )
}

/// The same of a round, or of what the State answered.
pub(crate) fn sentence_of(figures: &Figures<'_>) -> String {
    if figures.positions().is_none() {
        return sentence(&figures.breakdown(None));
    }
    let answers = figures.answers();
    let share = answers.supported_share();
    let key = if share.base == 0 {
        "headline-no-answer"
    } else {
        "headline-answers"
    };
    t!(
        key,
        unit = figures.unit.code(),
        supported = share.count,
        answered = share.base,
        unanswered = answers.received() - share.base,
        received = answers.received()
    )
}

/// What heads its chart.
pub(crate) fn finding_of(figures: &Figures<'_>) -> String {
    if figures.positions().is_some() {
        return sentence_of(figures);
    }
    finding(&figures.breakdown(None)).unwrap_or_else(|| t!("finding-none"))
}

/// The most frequent status, as a sentence; none where nothing is assessed.
pub(crate) fn finding(breakdown: &Breakdown) -> Option<String> {
    let counts = &breakdown.total;
    let assessed = |place: &usize| *place != breakdown.scale.unassessed();
    let statuses = breakdown.scale.statuses.iter().enumerate();
    let (place, status) = statuses
        .filter(|(place, _)| assessed(place))
        // The first of equals: the better one.
        .rev()
        .max_by_key(|(place, _)| counts.of(*place))?;
    Some(t!(
        "finding",
        unit = breakdown.unit.code(),
        status = names::status(status),
        count = counts.of(place),
        assessed = counts.assessed(),
        percent = percent(counts.share(place)?),
    ))
}

/// How a review stands: the sentence of its headline round. "No assessment" is not zero.
fn standing(code: ReviewCode, standing: &Standing) -> Fragment {
    match &standing.headline {
        Some((round, breakdown)) => view! {
            <a class="headline-short" href=of_round(code, round)>{sentence(breakdown)}</a>
            " "
            <span class="by" dir="auto">{signature(round)}</span>
        }
        .fragment(),
        None => view! { <span class="none">{t!("no-assessment")}</span> }.fragment(),
    }
}

/// The summary of a review in that round, where each figure leads to its list.
pub(crate) fn of_round(code: ReviewCode, round: &Round) -> String {
    paths::summary(code, &format!("round={}", paths::encoded(&round.slug)))
}

/// Who says so, and as of when.
pub(crate) fn signed(round: &RoundRecord) -> String {
    signature(&round.round)
}

/// The same, with its kind where another round of the review is signed alike: totals that were
/// reported and the assessments behind them often are.
pub(crate) fn signed_among(record: &ReviewRecord, round: &RoundRecord) -> String {
    let signed = signed(round);
    let others = record.rounds.iter();
    let mut others = others.filter(|other| other.round.id != round.round.id);
    if others.any(|other| self::signed(other) == signed) {
        let kind = kind(round.round.kind);
        return t!("signed-kind", signed = signed, kind = kind);
    }
    signed
}

/// What kind of round it is, in a word or two.
pub(crate) fn kind(kind: RoundKind) -> String {
    match kind {
        RoundKind::Itemised => t!("kind-itemised"),
        RoundKind::ReportedTotals => t!("kind-totals"),
    }
}

/// That only a part of the recommendations is loaded, if totals report more.
pub(crate) fn part_loaded(standing: &Standing) -> Option<String> {
    let loaded = standing.recommendations as u64;
    let received = standing.reported_received;
    (0 < loaded && loaded < received).then(|| t!("part-of-received", received = received))
}

/// How many recommendations the review received, as far as is known here.
fn received(code: ReviewCode, standing: &Standing) -> Fragment {
    if standing.recommendations > 0 {
        let href = paths::recommendations(code, &Filter::default());
        let count = translations::number(standing.recommendations as u64);
        let part = part_loaded(standing);
        let part = part.map(|part| view! { " " <span class="by">{part}</span> });
        return view! { <a href=href>{count}</a> {part} }.fragment();
    }
    match &standing.headline {
        Some((round, breakdown)) => {
            let received = translations::number(breakdown.total.received());
            let href = of_round(code, round);
            view! { <a href=href>{received}</a> " " <span class="by">{t!("totals-only")}</span> }
                .fragment()
        }
        None => view! { <span class="none">{t!("not-imported")}</span> }.fragment(),
    }
}

/// How many recommendations and rounds, and the sentence, each leading to what it counts.
pub(crate) fn figures_of(code: ReviewCode, of_review: &Standing, rounds: usize) -> Fragment {
    let rounds = if rounds == 0 {
        rounds.to_string().fragment()
    } else {
        let href = format!("{}#rounds", paths::review(code));
        view! { <a href=href>{rounds.to_string()}</a> }.fragment()
    };
    view! {
        <td class="number" data-label=t!("home-recommendations")>{received(code, of_review)}</td>
        <td class="number" data-label=t!("home-rounds")>{rounds}</td>
        <td data-label=t!("home-implementation")>{standing(code, of_review)}</td>
    }
    .fragment()
}

/// "Session 36, 2020-11-02", as far as known.
pub(crate) fn session_and_date(review: &Review) -> String {
    match (review.session, review.date.clone().map(String::from)) {
        (Some(session), Some(date)) => t!("session-and-date", session = session, date = date),
        (Some(session), None) => t!("session", session = session),
        (None, date) => date.unwrap_or_else(|| t!("session-unknown")),
    }
}
