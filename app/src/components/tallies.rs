//! What became of recommendations over all reviews, value by value: the tables that the pages about a
//! recommending State, a theme and the world share. Every number leads to the list that it counts.

use crate::chart::Chart;
use crate::chart::lists::{OfSeries, narrow, of_outcome};
use crate::chart::of_all_reviews::{ANSWERS, chart};
use crate::chart::outline::words;
use crate::chart::positions::{PositionGroups, in_words, of_positions};
use crate::components::class_switch::class_switch;
use crate::components::downloads::{take_along, take_along_as};
use crate::components::drawing::{drawing, drawn_of};
use crate::components::fault_list::said;
use crate::components::number::linked;
use crate::components::unit_switch;
use crate::t;
use crate::text::filter_sentence::{position_in_words, value_name};
use crate::text::numbers::percent;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _};
use data::domain::{
    Answers, CountingUnit, Counts, Dimension, Filter, Message, Outcome, PositionClass,
    RecommendationSet, Share, Tally,
};
use leptos::prelude::*;

/// "1,234 recommendations: 812 (65.8%) supported, 50 partially supported, 372 noted. Of 252 assessed, 2
/// implemented (0.8%)."
pub(crate) fn lead(tally: &Tally, look: Look) -> String {
    let answers = &tally.answers;
    let groups = PositionGroups::of(look.classes, [answers]);
    let parts: Vec<String> = groups
        .iter()
        .filter(|group| group.is_answered())
        .map(|group| {
            let share = answers.share(groups.count(group, answers));
            let count = if group.enjoys_support() {
                with_share(share)
            } else {
                translations::number(share.count)
            };
            let position = position_in_words(group);
            t!("tallies-lead-part", count = count, position = position)
        })
        .collect();
    let received = t!(
        "tallies-lead",
        received = tally.received(),
        answers = parts.join(", ")
    );
    let received = if answers.answered() == tally.received() {
        received
    } else {
        let unanswered = t!(
            "tallies-lead-unanswered",
            answered = answers.answered(),
            pending = answers.pending(),
            unknown = answers.unknown()
        );
        format!("{received} {unanswered}")
    };
    if tally.in_rounds == 0 {
        return format!("{received} {}", t!("tallies-no-round"));
    }
    let assessed = t!(
        "tallies-lead-assessed",
        assessed = tally.assessed,
        implemented = with_share(tally.implemented_share()),
        rounds = tally.in_rounds
    );
    format!("{received} {assessed}")
}

/// A count with its per cent, which small bases do not get.
pub(crate) fn with_share(share: Share) -> String {
    match share.ratio() {
        Some(ratio) => t!(
            "tallies-share",
            count = share.count,
            percent = percent(ratio)
        ),
        None => translations::number(share.count),
    }
}

/// What is counted, in words, with what could not be used of the address.
pub(crate) fn what_is_counted(set: &RecommendationSet<'_>, faults: Vec<Message>) -> Fragment {
    view! {
        {said(faults)}
        <p class="words" dir="auto">{words(set)}</p>
    }
    .fragment()
}

/// What is counted, said and changed.
pub(crate) fn unit_tabs(here: &str, filter: &Filter, look: Look) -> Fragment {
    unit_switch::switch(filter.unit, |unit| {
        let other = Filter {
            unit,
            ..filter.clone()
        };
        paths::with_query(here.to_owned(), &look.after(other.to_query()))
    })
}

/// The same, and in which classes positions are counted.
pub(crate) fn switches(here: &str, filter: &Filter, look: Look) -> Fragment {
    let page = paths::with_query(here.to_owned(), &filter.to_query());
    view! {
        {unit_tabs(here, filter, look)}
        {class_switch(look, |look| look.on(&page))}
    }
    .fragment()
}

/// A line of a table for each value of a dimension, most received first, and one for all.
pub(crate) fn tally_table(
    set: &RecommendationSet<'_>,
    look: Look,
    dimension: Dimension,
    caption: String,
    page_of: impl Fn(&str) -> Option<String>,
    most: usize,
) -> Fragment {
    let tallies = set.tallies(dimension);
    let count = tallies.parts.len();
    let groups = PositionGroups::of(look.classes, [&tallies.total.answers]);
    let columns = Columns::of(set, &groups);
    let lines: Vec<_> = tallies
        .parts
        .iter()
        .take(most)
        .map(|(value, tally)| {
            let name = match value {
                Some(value) => value_name(dimension, value, set.scale()),
                None => t!("tallies-no-value"),
            };
            let page = value.as_deref().and_then(&page_of);
            let page = page.map(|page| look.on(&page));
            let filter = value
                .as_deref()
                .map(|value| set.filter().with_only(dimension, value));
            columns.line(filter.as_ref(), name, page, tally)
        })
        .collect();
    let all = columns.line(Some(set.filter()), t!("tallies-all"), None, &tallies.total);
    let more = (count > most).then(|| {
        let href = paths::with_all_values(set.filter(), dimension);
        view! {
            <p>
                <a href=href rel="nofollow">
                    {t!("tallies-more", shown = most, count = count)}
                </a>
            </p>
        }
    });
    let overlap = set
        .filter()
        .unit
        .overlaps_along(dimension)
        .then(|| view! { <p class="note">{t!("tallies-overlap")}</p> });
    let heading = translations::dimension(dimension);
    view! {
        {charts(set, look, dimension, 2)}
        {table(set.filter().unit, caption, heading, &groups, lines, Some(all))}
        {overlap}
        {more}
        {take_table_along(dimension, &look.after(set.filter().to_query()))}
    }
    .fragment()
}

/// The files that hold a table's numbers: what was answered is in one chart, what became of it in another.
fn take_table_along(dimension: Dimension, query: &str) -> Fragment {
    let answers = format!("{ANSWERS}{}", dimension.param());
    view! {
        {take_along_as(t!("tallies-take-answers"), None, &answers, query)}
        {take_along_as(t!("tallies-take-outcomes"), None, dimension.param(), query)}
    }
    .fragment()
}

/// What was answered along a dimension and, where anything is assessed, what became of it: drawn, each
/// under its finding. Nothing where there are fewer lines than it takes to say something.
pub(crate) fn charts(
    set: &RecommendationSet<'_>,
    look: Look,
    dimension: Dimension,
    least: usize,
) -> Option<Fragment> {
    let along = |name: &str| {
        let chart = chart(set, name, look, "")?;
        (chart.lines.len() >= least).then_some(chart)
    };
    let param = dimension.param();
    let answers = format!("{ANSWERS}{param}");
    // Positions by position would say nothing.
    let answers = (dimension != Dimension::Position).then(|| along(&answers));
    let outcomes = along(param).filter(|chart| chart.base(&chart.total) > 0);
    let (enough, too_few) = match outcomes {
        Some(chart) if says_little(&chart) => (None, Some(chart)),
        outcomes => (outcomes, None),
    };
    let drawn: Vec<_> = [answers.flatten(), enough]
        .into_iter()
        .flatten()
        .map(|chart| drawn(&chart, &look.after(set.filter().to_query())))
        .collect();
    let too_few = too_few.map(|chart| {
        let assessed = chart.base(&chart.total);
        let said = t!(
            "tallies-few-assessed",
            assessed = assessed,
            received = chart.total.received()
        );
        view! { <p class="note">{said}</p> }
    });
    (!drawn.is_empty()).then(|| {
        view! {
            <div class="charts pair">{drawn}</div>
            {too_few}
        }
        .fragment()
    })
}

/// Whether a chart of what became of recommendations would be a chart of what is not assessed: a handful
/// of assessments among many recommendations.
fn says_little(chart: &Chart) -> bool {
    let assessed = chart.base(&chart.total);
    assessed < Counts::SMALL && assessed * 2 < chart.total.received()
}

/// A chart under its finding; of many lines the first, because the table below has them all.
fn drawn(chart: &Chart, query: &str) -> Fragment {
    const MOST: usize = 12;
    let heading = format!("drawn-title-{}", chart.name);
    view! {
        <section aria-labelledby=heading.clone() class="dimension">
            <h2 id=heading.clone() dir="auto">{chart.title.clone()}</h2>
            {drawing(&chart.first(MOST))}
            {drawn_of(chart, MOST)}
            {take_along(None, &chart.name, query)}
        </section>
    }
    .fragment()
}

/// Sets beside each other, a line for each with its name.
pub(crate) fn sets_table(
    caption: String,
    look: Look,
    sets: &[(String, &RecommendationSet<'_>)],
) -> Fragment {
    let unit = sets.first().map(|(_, set)| set.filter().unit);
    let totals: Vec<Tally> = sets.iter().map(|(_, set)| set.total()).collect();
    let answers = totals.iter().map(|tally| &tally.answers);
    let groups = PositionGroups::of(look.classes, answers);
    let lines = sets
        .iter()
        .zip(&totals)
        .map(|((name, set), total)| {
            Columns::of(set, &groups).line(Some(set.filter()), name.clone(), None, total)
        })
        .collect();
    table(
        unit.unwrap_or_default(),
        caption,
        t!("two-set"),
        &groups,
        lines,
        None,
    )
}

fn table(
    unit: CountingUnit,
    caption: String,
    heading: String,
    groups: &PositionGroups,
    lines: Vec<Fragment>,
    all: Option<Fragment>,
) -> Fragment {
    let unit = translations::counting_unit(unit);
    let positions = groups
        .iter()
        .map(|group| {
            let position = translations::position(group);
            let heading = if group.enjoys_support() {
                t!("tallies-of-answered", position = position)
            } else {
                position
            };
            view! { <th scope="col" class="number">{heading}</th> }
        })
        .collect_view();
    let answered = has_unanswered(groups).then(|| {
        view! { <th scope="col" class="number">{t!("tallies-answered")}</th> }
    });
    let said = t!(
        "tallies-caption-classes",
        caption = caption.clone(),
        unit = unit,
        classes = in_words(groups.classes)
    );
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=caption>
            <table class="tallies">
                <caption>{said}</caption>
                <thead>
                    <tr>
                        <th scope="col">{heading}</th>
                        <th scope="col" class="number">{t!("tallies-received")}</th>
                        {answered}
                        {positions}
                        <th scope="col" class="number">{t!("tallies-assessed")}</th>
                        <th scope="col" class="number">{t!("tallies-implemented")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                {all.map(|all| view! { <tfoot>{all}</tfoot> })}
            </table>
        </div>
    }
    .fragment()
}

/// Whether a table has what is not answered. Only then the answered are a column of their own: they are
/// what was received otherwise.
fn has_unanswered(groups: &PositionGroups) -> bool {
    groups.iter().any(|group| !group.is_answered())
}

/// The columns of a table, and what narrows a list to each.
struct Columns<'a> {
    groups: &'a PositionGroups,
    assessed: OfSeries,
    implemented: OfSeries,
}

impl<'a> Columns<'a> {
    fn of(set: &RecommendationSet<'_>, groups: &'a PositionGroups) -> Self {
        let statuses = set.scale().into_iter().flat_map(|scale| &scale.statuses);
        let assessed = statuses
            .filter(|status| status.counts_as_assessed)
            .map(|status| status.code.clone())
            .collect();
        Self {
            groups,
            assessed: Some((Dimension::Status, assessed)),
            implemented: of_outcome(set, Outcome::Best),
        }
    }

    /// `filter` leaves what the line counts; none where no list can be made of it.
    fn line(
        &self,
        filter: Option<&Filter>,
        name: String,
        page: Option<String>,
        tally: &Tally,
    ) -> Fragment {
        let list = |of: &OfSeries| narrow(filter?.clone(), of.as_ref()?);
        let implemented = if tally.in_rounds == 0 {
            view! { <td class="none" colspan="2">{t!("tallies-unassessed")}</td> }.fragment()
        } else {
            let share = tally.implemented_share();
            let assessed = translations::number(tally.assessed);
            view! {
                {cell(tally.assessed, assessed, list(&self.assessed))}
                {cell(share.count, with_share(share), list(&self.implemented))}
            }
            .fragment()
        };
        let name = match page {
            Some(href) => view! { <a href=href dir="auto">{name}</a> }.fragment(),
            None => view! { <span dir="auto">{name}</span> }.fragment(),
        };
        let received = tally.received();
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cell(received, translations::number(received), filter.cloned())}
                {self.positions(filter, &tally.answers)}
                {implemented}
            </tr>
        }
        .fragment()
    }

    /// How many are counted in each class of positions; one cell for all answers if none is known.
    fn positions(&self, filter: Option<&Filter>, answers: &Answers) -> Fragment {
        let position = |group: PositionClass| {
            let share = answers.share(self.groups.count(group, answers));
            let text = if group.enjoys_support() {
                with_share(share)
            } else {
                translations::number(share.count)
            };
            let list = self.groups.list_of(group);
            let list = filter.and_then(|filter| narrow(filter.clone(), &list));
            cell(share.count, text, list)
        };
        let answered = || self.groups.iter().filter(|group| group.is_answered());
        let base = has_unanswered(self.groups);
        let known = if answers.answered() == 0 {
            let span = answered().count() + usize::from(base);
            let span = span.to_string();
            view! { <td class="none" colspan=span>{t!("tallies-unanswered")}</td> }.fragment()
        } else {
            let count = answers.answered();
            let base = base.then(|| {
                let classes: Vec<PositionClass> = answered()
                    .flat_map(|group| self.groups.classes.members(group))
                    .collect();
                let list =
                    filter.and_then(|filter| narrow(filter.clone(), &of_positions(&classes)));
                cell(count, translations::number(count), list)
            });
            view! { {base} {answered().map(position).collect_view()} }.fragment()
        };
        let other = self.groups.iter().filter(|group| !group.is_answered());
        view! { {known} {other.map(position).collect_view()} }.fragment()
    }
}

/// A number that leads to the list that it counts, if there is anything in it.
fn cell(count: u64, text: String, list: Option<Filter>) -> Fragment {
    let list = list.filter(|_| count > 0);
    let href = list.map(|filter| paths::recommendations(None, &filter));
    linked(text, href)
}
