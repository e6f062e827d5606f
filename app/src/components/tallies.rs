//! What became of recommendations over all reviews, value by value: the tables that the pages about a
//! recommending State, a theme and the world share. Every number leads to the list that it counts.

use crate::chart::lists::of_outcome;
use crate::chart::of_all_reviews::{ANSWERS, chart};
use crate::chart::outline::words;
use crate::chart::{Chart, Measure};
use crate::components::class_switch::class_switch;
use crate::components::downloads::{take_along, take_along_as};
use crate::components::drawing::{drawing, drawn_of};
use crate::components::fault_list::said;
use crate::components::number::linked;
use crate::components::unit_switch;
use crate::figures::lists::{OfSeries, narrow};
use crate::figures::positions::{PositionGroups, in_words, of_positions};
use crate::t;
use crate::text::coverage;
use crate::text::filter_sentence::{position_in_words, value_name};
use crate::text::names;
use crate::text::numbers::percent;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use data::domain::{
    Answers, CountingUnit, Counts, Dimension, Filter, Message, Outcome, PositionClass,
    RecommendationSet, Share, Tally,
};

use leptos::prelude::*;
use std::cmp::Ordering;

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
    html! {
        {said(faults)}
        <p class="words" dir="auto">{words(set)}</p>
        {coverage_line(set)}
    }
}

/// How much is loaded of what the figures above are about.
pub(crate) fn coverage_line(set: &RecommendationSet<'_>) -> Option<Fragment> {
    let coverage = coverage::of_set(set)?;
    Some(html! { <p class="by coverage">{coverage}</p> })
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
    html! {
        {unit_tabs(here, filter, look)}
        {class_switch(look, |look| look.on(&page))}
    }
}

/// A column by which a table of tallies is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TallyColumn {
    Name,
    Received,
    Supported,
    SupportedShare,
    Assessed,
    Implemented,
    ImplementedShare,
}

impl TallyColumn {
    const ALL: [Self; 7] = [
        Self::Name,
        Self::Received,
        Self::Supported,
        Self::SupportedShare,
        Self::Assessed,
        Self::Implemented,
        Self::ImplementedShare,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Received => "received",
            Self::Supported => "supported",
            Self::SupportedShare => "supported-share",
            Self::Assessed => "assessed",
            Self::Implemented => "implemented",
            Self::ImplementedShare => "implemented-share",
        }
    }

    /// What the cell shows, and out of how many.
    fn share(self, tally: &Tally, groups: &PositionGroups) -> Share {
        let answers = &tally.answers;
        let of_received = |count| Share {
            count,
            base: tally.received(),
        };
        match self {
            Self::Name => of_received(0),
            Self::Received => of_received(tally.received()),
            Self::Supported | Self::SupportedShare => {
                let supported = groups
                    .iter()
                    .filter(|group| *group == PositionClass::Supported)
                    .map(|group| groups.count(group, answers));
                answers.share(supported.sum())
            }
            Self::Assessed => of_received(tally.assessed),
            Self::Implemented | Self::ImplementedShare => tally.implemented_share(),
        }
    }

    /// The same column sorted by the share that its cells show beside the number.
    fn by_share(self) -> Option<Self> {
        match self {
            Self::Supported => Some(Self::SupportedShare),
            Self::Implemented => Some(Self::ImplementedShare),
            _ => None,
        }
    }

    /// The order of two lines by this column. By share, lines without a percentage come last whichever way it goes.
    fn compare(self, first: Share, second: Share, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        match self {
            Self::SupportedShare | Self::ImplementedShare => {
                let is_small = |share: Share| share.ratio().is_none();
                let product =
                    |one: Share, other: Share| u128::from(one.count) * u128::from(other.base);
                is_small(first)
                    .cmp(&is_small(second))
                    .then(turned(product(first, second).cmp(&product(second, first))))
            }
            _ => turned(first.count.cmp(&second.count)),
        }
    }
}

/// The order of a table of tallies, as its address says it: `sort=received`, or `sort=-received` from the largest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TallySort {
    pub(crate) column: TallyColumn,
    pub(crate) descending: bool,
}

impl Default for TallySort {
    fn default() -> Self {
        Self {
            column: TallyColumn::Received,
            descending: true,
        }
    }
}

impl TallySort {
    /// The parameter.
    pub(crate) const PARAM: &str = "sort";

    /// Reads the value of the parameter; `None` if there is no such column.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let (descending, code) = match value.strip_prefix('-') {
            Some(code) => (true, code),
            None => (false, value),
        };
        let column = TallyColumn::ALL
            .into_iter()
            .find(|column| column.code() == code)?;
        Some(Self { column, descending })
    }

    /// The order that an address asks for, and its query string without that parameter: it is no order of a list, so
    /// a filter does not read it.
    pub(crate) fn read(request: &Request) -> (Self, String) {
        let asked = request.parameter(Self::PARAM);
        let sort = asked
            .and_then(|sort| Self::parse(&sort))
            .unwrap_or_default();
        let is_sort = |part: &&str| part.split('=').next() == Some(Self::PARAM);
        let others = request.query.split('&').filter(|part| !is_sort(part));
        (sort, others.collect::<Vec<_>>().join("&"))
    }

    /// The address of a page in this order.
    pub(crate) fn on_page(self, page: &str) -> String {
        paths::with_parameter(page, Self::PARAM, &self.value())
    }

    /// The value of the parameter.
    pub(crate) fn value(self) -> String {
        let minus = if self.descending { "-" } else { "" };
        format!("{minus}{}", self.column.code())
    }

    /// What a click on a heading leads to: numbers from the largest and names from A, then the other way.
    fn on(self, column: TallyColumn) -> Self {
        let first_descending = column != TallyColumn::Name;
        let descending = if self.column == column {
            !self.descending
        } else {
            first_descending
        };
        Self { column, descending }
    }
}

/// A table whose headings sort it.
pub(crate) struct Sorting<'a> {
    /// The order that is shown.
    pub(crate) sort: TallySort,
    /// The address of the page in another order.
    pub(crate) address: &'a dyn Fn(TallySort) -> String,
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
    sorted_tally_table(set, look, dimension, caption, page_of, most, None)
}

/// The same with headings that sort it, if `sorting` is given.
pub(crate) fn sorted_tally_table(
    set: &RecommendationSet<'_>,
    look: Look,
    dimension: Dimension,
    caption: String,
    page_of: impl Fn(&str) -> Option<String>,
    most: usize,
    sorting: Option<&Sorting<'_>>,
) -> Fragment {
    let mut tallies = set.tallies(dimension);
    let count = tallies.parts.len();
    let groups = PositionGroups::of(look.classes, [&tallies.total.answers]);
    let columns = Columns::of(set, &groups);
    if let Some(Sorting { sort, .. }) = sorting {
        let name = |value: &Option<String>| match value {
            Some(value) => names::alphabetical(&value_name(dimension, value, set.scale())),
            None => names::alphabetical(&t!("tallies-no-value")),
        };
        // Equal numbers stay by name, whichever way the numbers go.
        tallies.parts.sort_by_cached_key(|(value, _)| name(value));
        if sort.column == TallyColumn::Name {
            if sort.descending {
                tallies.parts.reverse();
            }
        } else {
            let share = |tally: &Tally| sort.column.share(tally, &groups);
            tallies.parts.sort_by(|(_, first), (_, second)| {
                sort.column
                    .compare(share(first), share(second), sort.descending)
            });
        }
    }
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
    html! {
        {charts(set, look, dimension, 2)}
        {table(set.filter().unit, caption, heading, &groups, lines, Some(all), sorting)}
        {overlap}
        {more}
        {take_table_along(dimension, &look.after(set.filter().to_query()))}
    }
}

/// The files that hold a table's numbers: what was answered is in one chart, what became of it in another.
fn take_table_along(dimension: Dimension, query: &str) -> Fragment {
    let answers = format!("{ANSWERS}{}", dimension.param());
    html! {
        {take_along_as(t!("tallies-take-answers"), None, &answers, query)}
        {take_along_as(t!("tallies-take-outcomes"), None, dimension.param(), query)}
    }
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
        html! {
            <div class="charts pair">{drawn}</div>
            {too_few}
        }
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
    html! {
        <section aria-labelledby=heading.clone() class="dimension">
            <h2 id=heading.clone() dir="auto">{chart.title.clone()}</h2>
            {drawing(&chart.first(MOST))}
            {drawn_of(chart, MOST)}
            {take_along(None, &chart.name, query)}
        </section>
    }
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
        None,
    )
}

/// The anchor of a table that is sorted, so that the page does not jump away from it.
const SORTED: &str = "sorted";

/// The heading of a column: a link that sorts by it, if the table is sorted by its headings.
fn column_heading(
    sorting: Option<&Sorting<'_>>,
    column: TallyColumn,
    name: String,
    class: Option<&'static str>,
) -> Fragment {
    let Some(Sorting { sort, address }) = sorting else {
        return html! { <th scope="col" class=class>{name}</th> };
    };
    let is_sorted = sort.column == column || column.by_share() == Some(sort.column);
    let (order, arrow) = match (is_sorted, sort.descending) {
        (false, _) => (None, None),
        (true, false) => (Some("ascending"), Some("▲")),
        (true, true) => (Some("descending"), Some("▼")),
    };
    let href = format!("{}#{SORTED}", address(sort.on(column)));
    let arrow = arrow.map(|arrow| {
        view! { " " <span class="arrow" aria-hidden="true">{arrow}</span> }
    });
    html! {
        <th scope="col" class=class aria-sort=order>
            <a href=href rel="nofollow">{name} {arrow}</a>
        </th>
    }
}

/// Links that sort a table by the shares that some cells show beside their numbers.
fn by_share(sorting: &Sorting<'_>) -> Fragment {
    let Sorting { sort, address } = sorting;
    let links = [
        (TallyColumn::SupportedShare, Measure::Supported),
        (TallyColumn::ImplementedShare, Measure::Implemented),
    ]
    .map(|(column, measure)| {
        let href = format!("{}#{SORTED}", address(sort.on(column)));
        let current = (sort.column == column).then_some("true");
        view! { " " <a href=href rel="nofollow" aria-current=current>{measure.in_words()}</a> }
    })
    .into_iter()
    .collect_view();
    html! {
        <nav class="tabs" aria-label=t!("tallies-by-share")>
            <span class="tabs-label">{t!("tallies-by-share")}</span>
            {links}
        </nav>
    }
}

fn table(
    unit: CountingUnit,
    caption: String,
    heading: String,
    groups: &PositionGroups,
    lines: Vec<Fragment>,
    all: Option<Fragment>,
    sorting: Option<&Sorting<'_>>,
) -> Fragment {
    let number = Some("number");
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
            if group == PositionClass::Supported {
                column_heading(sorting, TallyColumn::Supported, heading, number)
            } else {
                html! { <th scope="col" class="number">{heading}</th> }
            }
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
    html! {
        {sorting.map(by_share)}
        <div
            class="scroll"
            id=sorting.map(|_| SORTED)
            role="region"
            tabindex="0"
            aria-label=caption
        >
            <table class="tallies">
                <caption>{said}</caption>
                <thead>
                    <tr>
                        {column_heading(sorting, TallyColumn::Name, heading, None)}
                        {column_heading(
                            sorting,
                            TallyColumn::Received,
                            t!("tallies-received"),
                            number,
                        )}
                        {answered}
                        {positions}
                        {column_heading(
                            sorting,
                            TallyColumn::Assessed,
                            t!("tallies-assessed"),
                            number,
                        )}
                        {column_heading(
                            sorting,
                            TallyColumn::Implemented,
                            t!("tallies-implemented"),
                            number,
                        )}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                {all.map(|all| view! { <tfoot>{all}</tfoot> })}
            </table>
        </div>
    }
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
            html! { <td class="none" colspan="2">{t!("tallies-unassessed")}</td> }
        } else {
            let share = tally.implemented_share();
            let assessed = translations::number(tally.assessed);
            html! {
                {cell(tally.assessed, assessed, list(&self.assessed))}
                {cell(share.count, with_share(share), list(&self.implemented))}
            }
        };
        let name = match page {
            Some(href) => html! { <a href=href dir="auto">{name}</a> },
            None => html! { <span dir="auto">{name}</span> },
        };
        let received = tally.received();
        html! {
            <tr>
                <th scope="row">{name}</th>
                {cell(received, translations::number(received), filter.cloned())}
                {self.positions(filter, &tally.answers)}
                {implemented}
            </tr>
        }
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
            html! { <td class="none" colspan=span>{t!("tallies-unanswered")}</td> }
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
            html! { {base} {answered().map(position).collect_view()} }
        };
        let other = self.groups.iter().filter(|group| !group.is_answered());
        html! { {known} {other.map(position).collect_view()} }
    }
}

/// A number that leads to the list that it counts, if there is anything in it.
fn cell(count: u64, text: String, list: Option<Filter>) -> Fragment {
    let list = list.filter(|_| count > 0);
    let href = list.map(|filter| paths::recommendations(None, &filter));
    linked(text, href)
}
