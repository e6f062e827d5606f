//! The world as a chart: a tile for each State under review, in its regional group.

use super::lists::{Lines, Lists, of_outcome};
use super::outline::frame;
use super::{Chart, Form, Line, Standing};
use crate::figures::lists::narrow;
use crate::figures::positions::PositionGroups;
use crate::figures::series::{Role, Series};
use crate::t;
use crate::text::names;
use crate::text::numbers::of_base;
use crate::text::provenance::Sources;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use data::domain::{
    CountingUnit, Dimension, Outcome, RecommendationSet, ReportedTotals, Shape, StateCode, states,
};
use std::collections::BTreeMap;

/// The tiles of all States: what was implemented, and what enjoys support.
pub(crate) const WORLD: &str = "world";
pub(crate) const WORLD_SUPPORTED: &str = "world-supported";

/// What is known of a State, and where it is read.
struct Known {
    counts: Vec<u64>,
    href: Option<String>,
    standing: Standing,
}

/// A tile for each State: what was implemented of what is assessed one by one. Where only totals
/// were reported, the tile has those, and the total does not.
pub(super) fn implemented(set: &RecommendationSet<'_>, look: Look, base: &str) -> Chart {
    let series = |code: &str, label, colour: &str, shape, role| Series {
        code: code.to_owned(),
        label,
        colour: colour.to_owned(),
        shape,
        role,
    };
    let not_assessed = t!("outcome-not-assessed");
    let series = vec![
        series(
            "best",
            t!("outcome-best"),
            "full",
            Shape::Full,
            Role::Measured,
        ),
        series(
            "other",
            t!("world-other"),
            "none",
            Shape::Ring,
            Role::InBase,
        ),
        series(
            "not-assessed",
            not_assessed,
            "unassessed",
            Shape::Dotted,
            Role::Outside,
        ),
    ];
    let by_state = set.tallies(Dimension::State);
    // Totals count recommendations.
    let reported: BTreeMap<StateCode, ReportedTotals<'_>> = match set.filter().unit {
        CountingUnit::Recommendations => set.reported_totals(),
        CountingUnit::RecommendingStates => BTreeMap::new(),
    };
    let statuses = || set.scale().into_iter().flat_map(|scale| &scale.statuses);
    // What is in a round has a status.
    let all = statuses().map(|status| status.code.clone());
    let in_rounds = narrow(set.filter().clone(), &(Dimension::Status, all.collect()));
    let list = |state: Option<StateCode>| {
        let filter = in_rounds.as_ref()?;
        let of_state = state.map(|state| filter.with_only(Dimension::State, state.as_str()));
        Some(paths::recommendations(
            None,
            of_state.as_ref().unwrap_or(filter),
        ))
    };
    let known = |state: StateCode| {
        let tally = by_state.of(state.as_str());
        if tally.in_rounds == 0 {
            return reported.get(&state).map(|one| Known {
                counts: one.counts.to_vec(),
                href: Some(paths::round(one.review.code, &one.round.slug)),
                standing: Standing::Reported,
            });
        }
        Some(Known {
            counts: vec![
                tally.implemented,
                tally.assessed - tally.implemented,
                tally.in_rounds - tally.assessed,
            ],
            href: list(Some(state)),
            standing: Standing::Counted,
        })
    };
    let query = look.after(set.filter().to_query());
    let mut chart = frame(
        set,
        WORLD,
        &query,
        base,
        &Sources::of_statuses(set, reported.values()),
    );
    chart.series = series;
    let mut chart = tiles(chart, "world-finding", known);
    chart.total.href = list(None);
    let assessed = statuses().filter(|status| status.counts_as_assessed);
    let best = of_outcome(set, Outcome::Best);
    let other = best.as_ref().map(|(dimension, best)| {
        let codes = assessed.map(|status| status.code.clone());
        (
            *dimension,
            codes.filter(|code| !best.contains(code)).collect(),
        )
    });
    chart.lists = Some(Lists {
        review: None,
        lines: Lines::Along(set.filter().clone(), Dimension::State),
        series: vec![best, other, of_outcome(set, Outcome::NotAssessed)],
    });
    chart
}

/// A tile for each State: what it supported, of what the filter leaves.
pub(super) fn supported(set: &RecommendationSet<'_>, look: Look, base: &str) -> Chart {
    let by_state = set.tallies(Dimension::State);
    let groups = PositionGroups::of(look.classes, [&by_state.total.answers]);
    let list = |state: StateCode| {
        let only = set.filter().with_only(Dimension::State, state.as_str());
        paths::recommendations(None, &only)
    };
    let known = |state: StateCode| {
        let tally = by_state.of(state.as_str());
        (tally.received() > 0).then(|| Known {
            counts: groups.counts(&tally.answers),
            href: Some(list(state)),
            standing: Standing::Counted,
        })
    };
    let (name, query) = (WORLD_SUPPORTED, look.after(set.filter().to_query()));
    let mut chart = frame(set, name, &query, base, &Sources::of_answers(set));
    chart.of_positions(&groups);
    let mut chart = tiles(chart, "world-supported-finding", known);
    chart.lists = Some(Lists {
        review: None,
        lines: Lines::Along(set.filter().clone(), Dimension::State),
        series: groups.lists(),
    });
    chart
}

/// The chart with a tile for each State, under the finding of that name.
fn tiles(mut chart: Chart, finding: &str, known: impl Fn(StateCode) -> Option<Known>) -> Chart {
    let mut lines = Vec::new();
    let mut groups = Vec::new();
    let mut all: Vec<StateCode> = states::all().collect();
    all.extend(known(StateCode::FICTITIOUS).map(|_| StateCode::FICTITIOUS));
    // What is in no group comes last.
    all.sort_by_key(|state| (state.group().is_none(), state.group(), names::state(state)));
    for state in all {
        let known = known(state);
        let standing = known
            .as_ref()
            .map_or(Standing::Unknown, |known| known.standing);
        let label = match standing {
            Standing::Reported => t!("world-reported", state = names::state(state)),
            Standing::Counted | Standing::Unknown => names::state(state).to_owned(),
        };
        let href = known.as_ref().and_then(|known| known.href.clone());
        lines.push(Line {
            label,
            code: state.as_str().to_owned(),
            counts: known.map_or_else(|| vec![0; chart.series.len()], |known| known.counts),
            href,
            standing,
            derived: Vec::new(),
        });
        groups.push(match state.group() {
            Some(group) => translations::regional_group(group),
            None => t!("world-no-group"),
        });
    }
    let counted = || {
        lines
            .iter()
            .filter(|line| line.standing == Standing::Counted)
    };
    chart.total.counts = (0..chart.series.len())
        .map(|place| counted().map(|line| line.of(place)).sum())
        .collect();
    let reported = lines
        .iter()
        .filter(|line| line.standing == Standing::Reported);
    let title = match (chart.base(&chart.total), reported.count()) {
        (0, 0) => chart.without_base(),
        (0, states) => t!("world-only-totals", states = states),
        (base, _) => {
            let best = of_base(chart.measured(&chart.total), base);
            let states = counted().count();
            translations::text(finding, &[("best", best.into()), ("states", states.into())])
        }
    };
    chart.lines_are = translations::dimension(Dimension::State);
    chart.lines = lines;
    chart.form = Form::Tiles(groups);
    chart.titled(title)
}
