//! The sentence that sums up a round, and the finding that heads its chart.

use super::Figures;
use crate::t;
use crate::text::names;
use crate::text::numbers::percent;
use data::domain::Breakdown;

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

/// Returns the most frequent status as a sentence; `None` if nothing is assessed.
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
