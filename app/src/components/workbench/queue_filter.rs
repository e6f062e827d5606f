//! What of a round is worked through: a short form of the one filter, and the stages as tabs.

use crate::components::workbench::key;
use crate::t;
use crate::text::filter_sentence::value_name;
use crate::text::names;
use crate::text::progress::{count_of, tab_name};
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{
    Dimension, Listed, Queue, RecommendationSet, ReviewRecord, RoundRecord, Scheme, Stage,
};
use leptos::prelude::*;
use std::collections::HashSet;

/// The dimensions that a queue is made of most often; the others stay as the address has them.
const OFFERED: [Dimension; 7] = [
    Dimension::Term(Scheme::Issue),
    Dimension::Term(Scheme::Theme),
    Dimension::Term(Scheme::AffectedPersons),
    Dimension::RecommendingState,
    Dimension::ResponsibleBody,
    Dimension::Position,
    Dimension::Status,
];

/// Search, theme, recommending State, position, status.
pub(crate) fn queue_filter(record: &ReviewRecord, round: &RoundRecord, queue: &Queue) -> Fragment {
    let code = record.review.code;
    let slug = &round.round.slug;
    let filter = &queue.filter;
    let typed = filter
        .search
        .as_ref()
        .map(|search| search.typed().to_owned());
    let selects: Vec<_> = OFFERED
        .into_iter()
        .filter_map(|dimension| select(record, round, queue, dimension))
        .collect();
    // What this form does not offer stays as it is.
    let kept: Vec<_> = filter
        .chosen
        .iter()
        .filter(|(dimension, _)| !OFFERED.contains(dimension))
        .flat_map(|(dimension, values)| {
            let name = dimension.param();
            values.iter().map(move |value| (name, value.clone()))
        })
        .chain(
            queue
                .stage
                .map(|stage| (Queue::SHOW, stage.code().to_owned())),
        )
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect();
    let clear = (!filter.is_everything()).then(|| {
        let all = Queue {
            filter: filter.cleared(),
            stage: queue.stage,
        };
        let href = paths::queue(code, slug, &all);
        view! { <a class="clear" href=href>{t!("list-clear")}</a> }
    });
    html! {
        <form
            class="queue-filter"
            method="get"
            action=paths::worklist(code, slug)
            aria-label=t!("queue-filter")
        >
            <label>
                <span>{t!("list-search")} " " {key("/")}</span>
                <input
                    type="search"
                    id="q"
                    name="q"
                    value=typed
                    maxlength="200"
                    data-key="/"
                    aria-keyshortcuts="/"
                />
            </label>
            {selects}
            {kept}
            <p class="buttons">
                <button type="submit" class="secondary">{t!("list-apply")}</button>
                {clear}
            </p>
        </form>
    }
}

fn select(
    record: &ReviewRecord,
    round: &RoundRecord,
    queue: &Queue,
    dimension: Dimension,
) -> Option<Fragment> {
    let mut values =
        RecommendationSet::of_round(record, Some(round), &queue.filter).facet(dimension);
    if values.is_empty() {
        return None;
    }
    values.sort_by_cached_key(|value| {
        let name = value_name(dimension, &value.value, Some(&round.round.scale));
        names::alphabetical(&name)
    });
    let options = values
        .into_iter()
        .map(|value| {
            let name = value_name(dimension, &value.value, Some(&round.round.scale));
            let label = t!("queue-option", name = name, count = value.count);
            view! {
                <option value=value.value selected=value.chosen>
                    {label}
                </option>
            }
        })
        .collect_view();
    let view = view! {
        <label>
            <span>{translations::dimension(dimension)}</span>
            <select name=dimension.param() dir="auto">
                <option value="">{t!("queue-any")}</option>
                {options}
            </select>
        </label>
    };
    Some(view.fragment())
}

/// All of them and each stage, with how many there are.
pub(crate) fn stage_tabs(
    record: &ReviewRecord,
    round: &RoundRecord,
    queue: &Queue,
    rows: &[Listed<'_>],
    drafts: &HashSet<i64>,
) -> Fragment {
    let tab = |stage: Option<Stage>| {
        let count = count_of(stage, rows, drafts);
        if count == 0 && stage == Some(Stage::CarriedOver) && queue.stage != stage {
            return None;
        }
        let name = tab_name(stage, count);
        let href = paths::queue(
            record.review.code,
            &round.round.slug,
            &queue.with_stage(stage),
        );
        let current = (queue.stage == stage).then_some("page");
        let code = stage.map_or("all", Stage::code);
        Some(html! { <a href=href aria-current=current data-stage=code>{name}</a> })
    };
    let tabs: Vec<_> = std::iter::once(None)
        .chain(Stage::ALL.map(Some))
        .filter_map(tab)
        .collect();
    html! {
        <nav class="tabs" aria-label=t!("worklist-show")>
            {tabs}
        </nav>
    }
}
