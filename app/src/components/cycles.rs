//! A State's cycles beside each other.

use crate::chart::of_cycles::{ANSWERED, CYCLES, Cycle, Cycles, Repeated};
use crate::components::class_switch::class_switch;
use crate::components::downloads::take_along;
use crate::components::drawing::drawing;
use crate::components::methodology_note::how_cycles;
use crate::components::number::linked;
use crate::components::tallies::unit_tabs;
use crate::figures::positions::{PositionGroups, in_words};
use crate::t;
use crate::text::numbers::of_base;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::PositionClass;
use leptos::prelude::*;

/// The table with both charts, and what is counted. "No assessment" is not zero.
pub(crate) fn cycles(cycles: &Cycles<'_>) -> Fragment {
    let state = cycles.state;
    let query = cycles.query();
    let groups = cycles.groups();
    let rows = cycles
        .all
        .iter()
        .map(|cycle| row(cycle, &groups))
        .collect_view();
    let headings = groups.iter().map(heading_of).collect_view();
    let mut sources = cycles.sources(false);
    sources.positions = cycles.sources(true).positions;
    let how = how_cycles(cycles, &sources);
    let charts = [ANSWERED, CYCLES]
        .into_iter()
        .filter_map(|name| {
            let chart = cycles.chart(name, "")?;
            (!chart.lines.is_empty()).then(|| {
                view! {
                    <h3 dir="auto">{chart.title.clone()}</h3>
                    {drawing(&chart)}
                    {take_along(None, name, &query)}
                }
            })
        })
        .collect_view();
    let own = cycles.own_filter();
    let units = unit_tabs(&paths::state(state), &own, cycles.look);
    let page = paths::with_query(paths::state(state), &own.to_query());
    let classes = class_switch(cycles.look, |look| look.on(&page));
    let caption = t!(
        "cycles-caption",
        about = cycles.about(),
        classes = in_words(groups.classes)
    );
    html! {
        <section aria-labelledby="cycles">
            <h2 id="cycles">{t!("cycles-heading")}</h2>
            {units}
            {classes}
            <div class="scroll" role="region" tabindex="0" aria-labelledby="cycles-caption">
                <table class="cycles">
                    <caption id="cycles-caption">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("home-cycle")}</th>
                            <th scope="col" class="number">{t!("received")}</th>
                            {headings}
                            <th scope="col" class="number">{t!("cycles-implemented")}</th>
                            <th scope="col" class="number">{t!("cycles-repeated")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {charts}
            {how}
        </section>
    }
}

fn heading_of(group: PositionClass) -> Fragment {
    let position = translations::position(group);
    html! { <th scope="col" class="number">{position}</th> }
}

/// How many are counted in each class; one cell for all of them if no answer is known.
fn answers(cycle: &Cycle<'_>, groups: &PositionGroups) -> Fragment {
    let Some(answers) = cycle.answers.as_ref() else {
        let none = groups.iter().map(|_| linked(t!("percent-none"), None));
        return none.collect_view().fragment();
    };
    let cell = |group: PositionClass| {
        let count = groups.count(group, answers);
        let href = cycle.list_of(&groups.list_of(group)).filter(|_| count > 0);
        linked(translations::number(count), href)
    };
    let answered = groups.iter().filter(|group| group.is_answered());
    let known = if cycle.answered() == Some(0) {
        let span = answered.count().to_string();
        html! { <td class="none" colspan=span>{t!("tallies-unanswered")}</td> }
    } else {
        answered.map(cell).collect_view().fragment()
    };
    let other = groups.iter().filter(|group| !group.is_answered());
    html! { {known} {other.map(cell).collect_view()} }
}

fn row(cycle: &Cycle<'_>, groups: &PositionGroups) -> Fragment {
    let none = || t!("percent-none");
    let counted = |count: Option<u64>, href: Option<String>| match count {
        Some(count) => linked(translations::number(count), href.filter(|_| count > 0)),
        None => linked(none(), None),
    };
    let code = cycle.record.review.code;
    let implemented = match cycle.implemented() {
        Some((best, base)) => {
            let href = cycle.list_of_implemented().filter(|_| best > 0);
            linked(of_base(best, base), href)
        }
        None => linked(t!("no-assessment"), None),
    };
    let repeated = match (cycle.repeated, cycle.longest) {
        (Repeated::First, _) => none(),
        (Repeated::NotExamined, _) => t!("cycles-not-examined"),
        (Repeated::Found(count), Some(years)) => {
            t!("cycles-stood", count = count, years = years)
        }
        (Repeated::Found(count), None) => translations::number(count as u64),
    };
    html! {
        <tr>
            <th scope="row">
                <a href=paths::review(code)>{translations::cycle(code.cycle)}</a>
            </th>
            {counted(cycle.received(), cycle.list())}
            {answers(cycle, groups)}
            {implemented}
            <td class="number">{repeated}</td>
        </tr>
    }
}
