//! What became of recommendations over all reviews, value by value: the tables that the pages about a
//! recommending State, a theme and the world share. Every number leads to the list that it counts.

use crate::chart::Chart;
use crate::chart::lists::{OfSeries, narrow};
use crate::chart::of_everything::{ANSWERS, Everything, of_positions};
use crate::components::drawing::{drawing, drawn_of};
use crate::components::faults::said;
use crate::components::number::linked;
use crate::components::take_along::{take_along, take_along_as};
use crate::components::unit_switch;
use crate::figures::percent;
use crate::filter_words::value_name;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::look::Look;
use crate::{address, t, translations};
use data::domain::{CountingUnit, Dimension, Filter, Message, Outcome, PositionClass, Tally};
use leptos::prelude::*;

/// "1,234 recommendations: 812 supported (65.8%), 300 noted. Of 252 assessed, 2 implemented (0.8%)."
pub(crate) fn lead(tally: &Tally) -> String {
    let received = t!(
        "across-lead",
        received = tally.received,
        supported = with_share(tally.supported, tally.share_supported()),
        noted = tally.noted
    );
    let received = if tally.pending + tally.unknown == 0 {
        received
    } else {
        let unanswered = t!(
            "across-lead-unanswered",
            answered = tally.answered(),
            pending = tally.pending,
            unknown = tally.unknown
        );
        format!("{received} {unanswered}")
    };
    if tally.in_rounds == 0 {
        return format!("{received} {}", t!("across-no-round"));
    }
    let assessed = t!(
        "across-lead-assessed",
        assessed = tally.assessed,
        implemented = with_share(tally.implemented, tally.share_implemented()),
        rounds = tally.in_rounds
    );
    format!("{received} {assessed}")
}

/// A count with its per cent, which small bases do not get.
pub(crate) fn with_share(count: u64, share: Option<f64>) -> String {
    match share {
        Some(share) => t!("across-share", count = count, percent = percent(share)),
        None => translations::number(count),
    }
}

/// What is counted, in words, with what could not be used of the address.
pub(crate) fn what_is_counted(everything: &Everything<'_>, faults: Vec<Message>) -> Fragment {
    view! {
        {said(faults)}
        <p class="words" dir="auto">{everything.words()}</p>
    }
    .fragment()
}

/// What is counted, said and changed.
pub(crate) fn unit_tabs(here: &str, filter: &Filter) -> Fragment {
    unit_switch::switch(filter.unit, |unit| {
        let other = Filter {
            unit,
            ..filter.clone()
        };
        address::with_query(here.to_owned(), &other.to_query())
    })
}

/// A line of a table for each value of a dimension, most received first, and one for all.
pub(crate) fn tally_table(
    everything: &Everything<'_>,
    dimension: Dimension,
    caption: String,
    page_of: impl Fn(&str) -> Option<String>,
    most: usize,
) -> Fragment {
    let tallies = everything.tallies(dimension);
    let count = tallies.parts.len();
    let columns = Columns::of(everything);
    let lines: Vec<_> = tallies
        .parts
        .iter()
        .take(most)
        .map(|(value, tally)| {
            let name = match value {
                Some(value) => value_name(dimension, value, Some(everything.scale())),
                None => t!("across-no-value"),
            };
            let page = value.as_deref().and_then(&page_of);
            let filter = value
                .as_deref()
                .map(|value| everything.filter.with_only(dimension, value));
            columns.line(filter.as_ref(), name, page, tally)
        })
        .collect();
    let all = columns.line(
        Some(&everything.filter),
        t!("across-all"),
        None,
        &tallies.total,
    );
    let more = (count > most).then(|| {
        let href = address::with_all_values(&everything.filter, dimension);
        view! {
            <p>
                <a href=href rel="nofollow">
                    {t!("across-more", shown = most, count = count)}
                </a>
            </p>
        }
    });
    let overlap = everything
        .filter
        .unit
        .overlaps_along(dimension)
        .then(|| view! { <p class="note">{t!("across-overlap")}</p> });
    let heading = translations::dimension(dimension);
    view! {
        {charts(everything, dimension, 2)}
        {table(everything.filter.unit, caption, heading, lines, Some(all))}
        {overlap}
        {more}
        {take_table_along(dimension, &everything.query())}
    }
    .fragment()
}

/// The files that hold a table's numbers: what was answered is in one chart, what became of it in another.
fn take_table_along(dimension: Dimension, query: &str) -> Fragment {
    let answers = format!("{ANSWERS}{}", dimension.param());
    view! {
        {take_along_as(t!("across-take-answers"), None, &answers, query)}
        {take_along_as(t!("across-take-outcomes"), None, dimension.param(), query)}
    }
    .fragment()
}

/// What was answered along a dimension and, where anything is assessed, what became of it: drawn, each
/// under its finding. Nothing where there are fewer lines than it takes to say something.
pub(crate) fn charts(
    everything: &Everything<'_>,
    dimension: Dimension,
    least: usize,
) -> Option<Fragment> {
    let along = |name: &str| {
        let chart = everything.chart(name, Look::default(), "")?;
        (chart.lines.len() >= least).then_some(chart)
    };
    let param = dimension.param();
    let answers = format!("{ANSWERS}{param}");
    // Positions by position would say nothing.
    let answers = (dimension != Dimension::Position).then(|| along(&answers));
    let outcomes = along(param).filter(|chart| chart.base(&chart.total) > 0);
    let drawn: Vec<_> = [answers.flatten(), outcomes]
        .into_iter()
        .flatten()
        .map(|chart| drawn(&chart, &everything.query()))
        .collect();
    (!drawn.is_empty()).then(|| view! { <div class="charts pair">{drawn}</div> }.fragment())
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
pub(crate) fn sets_table(caption: String, sets: &[(String, &Everything<'_>)]) -> Fragment {
    let unit = sets.first().map(|(_, set)| set.filter.unit);
    let lines = sets
        .iter()
        .map(|(name, set)| {
            let total = set.tallies(Dimension::Cycle).total;
            Columns::of(set).line(Some(&set.filter), name.clone(), None, &total)
        })
        .collect();
    table(
        unit.unwrap_or_default(),
        caption,
        t!("two-set"),
        lines,
        None,
    )
}

fn table(
    unit: CountingUnit,
    caption: String,
    heading: String,
    lines: Vec<Fragment>,
    all: Option<Fragment>,
) -> Fragment {
    let unit = translations::counting_unit(unit);
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=caption.clone()>
            <table class="tallies">
                <caption>{t!("across-caption", caption = caption.clone(), unit = unit)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{heading}</th>
                        <th scope="col" class="number">{t!("across-received")}</th>
                        <th scope="col" class="number">{t!("across-supported")}</th>
                        <th scope="col" class="number">{t!("across-noted")}</th>
                        <th scope="col" class="number">{t!("across-assessed")}</th>
                        <th scope="col" class="number">{t!("across-implemented")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                {all.map(|all| view! { <tfoot>{all}</tfoot> })}
            </table>
        </div>
    }
    .fragment()
}

/// What narrows a list to each column.
struct Columns {
    supported: OfSeries,
    noted: OfSeries,
    assessed: OfSeries,
    implemented: OfSeries,
}

impl Columns {
    fn of(everything: &Everything<'_>) -> Self {
        let statuses = everything.scale().statuses.iter();
        let assessed = statuses
            .filter(|status| status.counts_as_assessed)
            .map(|status| status.code.clone())
            .collect();
        Self {
            supported: Some(of_positions(&[
                PositionClass::Supported,
                PositionClass::SupportedAsImplemented,
            ])),
            noted: Some(of_positions(&[PositionClass::Noted])),
            assessed: Some((Dimension::Status, assessed)),
            implemented: everything.statuses_of(Outcome::Best),
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
        let cell = |count: u64, share: Option<f64>, filter: Option<Filter>| {
            let filter = filter.filter(|_| count > 0);
            let href = filter.map(|filter| address::recommendations(None, &filter));
            linked(with_share(count, share), href)
        };
        let implemented = if tally.in_rounds == 0 {
            view! { <td class="none" colspan="2">{t!("across-unassessed")}</td> }.fragment()
        } else {
            view! {
                {cell(tally.assessed, None, list(&self.assessed))}
                {cell(tally.implemented, tally.share_implemented(), list(&self.implemented))}
            }
            .fragment()
        };
        let answered = if tally.answered() == 0 {
            view! { <td class="none" colspan="2">{t!("across-unanswered")}</td> }.fragment()
        } else {
            view! {
                {cell(tally.supported, tally.share_supported(), list(&self.supported))}
                {cell(tally.noted, None, list(&self.noted))}
            }
            .fragment()
        };
        let name = match page {
            Some(href) => view! { <a href=href dir="auto">{name}</a> }.fragment(),
            None => view! { <span dir="auto">{name}</span> }.fragment(),
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cell(tally.received, None, filter.cloned())}
                {answered}
                {implemented}
            </tr>
        }
        .fragment()
    }
}
