//! Summaries over all reviews: `/summary` of any filter, `/compare` of two beside each other, and the
//! charts of both.

use crate::chart::of_all_reviews::{
    self, ANSWERS, DIMENSIONS, TWO, TWO_ANSWERS, beside, by_outcome,
};
use crate::chart::of_cycles::{ANSWERED as CYCLE_ANSWERS, CYCLES, Cycles};
use crate::chart::outline::words;
use crate::chart::world::{WORLD, WORLD_SUPPORTED};
use crate::chart::{Chart, Line};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::class_switch::class_switch;
use crate::components::document::{self, Head};
use crate::components::downloads::take_along;
use crate::components::drawing::{drawing, drawn_of};
use crate::components::fault_list::said;
use crate::components::methodology_note::{how_all_reviews, how_chart};
use crate::components::number::linked;
use crate::components::numbers_table::numbers_table;
use crate::components::reported::reported;
use crate::components::tallies::{coverage_line, switches};
use crate::components::unit_switch::switch;
use crate::figures::lists::narrow;
use crate::figures::positions::supported;
use crate::figures::summary::read_set;
use crate::pages::reading::charts::{self, Found, Units};
use crate::pages::reading::exports::base;
use crate::t;
use crate::text::filter_sentence::{name, value_name};
use crate::text::names;
use crate::text::numbers::of_base;
use crate::text::translations;
use crate::urls::display_options::Look;
use crate::urls::filter::{OF_SUMMARIES, OF_THE_WORLD, SelectsFrom, read_beside, unknown_classes};
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use data::domain::{
    Action, Corpus, CorpusPart, CountingUnit, Dimension, Filter, Message, Object, Outcome,
    RecommendationSet, ReviewRecord, StateCode, query_pairs, shorten,
};
use leptos::prelude::*;
use std::sync::Arc;

/// A chart over all reviews, or a file of it.
pub(crate) async fn chart(
    Path(name): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let (name, ending) = name.split_once('.').unwrap_or((&name, ""));
    let found = find(name, &headers, &request).await?;
    charts::answer(&request, &headers, found, ending).await
}

/// A chart over all reviews for a frame in somebody's page.
pub(crate) async fn embedded(
    Path(name): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    let found = find(&name, &headers, &request).await?;
    Ok(charts::embed(&request, &found))
}

async fn find(name: &str, headers: &HeaderMap, request: &Request) -> Result<Found, Failure> {
    let base = base(headers, request);
    let look = Look::parse(&request.query);
    if [CYCLES, CYCLE_ANSWERS].contains(&name) {
        let state = request.parameter("state").ok_or(Failure::NotFound)?;
        let state = StateCode::parse(&state.to_ascii_uppercase()).ok_or(Failure::NotFound)?;
        let records = records_of(state, request).await?;
        if records.is_empty() {
            return Err(Failure::NotFound);
        }
        let (filter, faults) = filter_of(state, request).await?;
        let cycles = Cycles::new(state, &records, filter, look);
        let chart = cycles.chart(name, &base).ok_or(Failure::NotFound)?;
        return Ok(Found {
            chart,
            review: None,
            query: cycles.query(),
            whole: (cycles.page(), names::state(state).to_owned()),
            units: Units::of(cycles.filter.unit, |unit| {
                cycles.look.after(in_unit(&cycles.filter, unit).to_query())
            }),
            superseded: Vec::new(),
            faults,
        });
    }
    let corpus = request.site.store.corpus().await?;
    if [TWO, TWO_ANSWERS].contains(&name) {
        let two = Two::read(&corpus, request);
        let query = two.query();
        let chart = two.chart(name, &base).ok_or(Failure::NotFound)?;
        return Ok(Found {
            chart,
            review: None,
            whole: (
                paths::with_query(paths::localize("/compare"), &query),
                t!("two-title"),
            ),
            units: Units::of(two.unit(), |unit| two.query_in(unit)),
            query,
            superseded: Vec::new(),
            faults: two.faults,
        });
    }
    let (set, faults) = read_set(&request.query, &corpus, request, OF_THE_WORLD);
    let query = look.after(set.filter().to_query());
    let chart = of_all_reviews::chart(&set, name, look, &base).ok_or(Failure::NotFound)?;
    let (path, title) = if [WORLD, WORLD_SUPPORTED].contains(&name) {
        (paths::world(), t!("world-title"))
    } else {
        (paths::localize("/summary"), t!("all-reviews-title"))
    };
    Ok(Found {
        chart,
        review: None,
        whole: (paths::with_query(path, &query), title),
        units: Units::of(set.filter().unit, |unit| {
            look.after(in_unit(set.filter(), unit).to_query())
        }),
        query,
        superseded: Vec::new(),
        faults,
    })
}

/// The reviews of a State, the first cycle first, as this visitor may see them.
pub(crate) async fn records_of(
    state: StateCode,
    request: &Request,
) -> Result<Vec<Arc<ReviewRecord>>, Failure> {
    let mut records = Vec::new();
    for review in request.site.store.reviews().await?.iter() {
        if review.code.state == state {
            records.push(request.review_record(&review.code.to_string()).await?);
        }
    }
    Ok(records)
}

/// The filter of an address about one State's reviews, and what of it could not be used.
pub(crate) async fn filter_of(
    state: StateCode,
    request: &Request,
) -> Result<(Filter, Vec<Message>), Failure> {
    let corpus = request.site.store.corpus().await?;
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let from = SelectsFrom::AllReviews(corpus.scale(open_rounds));
    let (filter, faults) = read_beside(&request.query, from, OF_SUMMARIES);
    let filter = filter
        .with_only(Dimension::State, state.as_str())
        .selection();
    Ok((filter, faults))
}

/// `/summary`: what any filter leaves of all reviews.
pub(crate) async fn summary(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let (set, faults) = read_set(&request.query, &corpus, &request, OF_SUMMARIES);
    let look = Look::parse(&request.query);
    let head = Head {
        fictitious: set.is_fictitious(),
        ..Head::titled(t!("all-reviews-title"))
    };
    let head = head
        .described(t!("describe-list", of = words(&set)))
        .with_query(look.after(set.filter().to_query()));
    Ok(document::page(&request, &head, || {
        view! {
            {breadcrumbs(Vec::new(), t!("all-reviews-title"))}
            <h1>{t!("all-reviews-title")}</h1>
            {said(faults)}
            {body(&set, look)}
            {how_all_reviews(&set, look)}
        }
    }))
}

/// How many of each set ask for a specific action, and how many enjoy support.
fn quality(sets: &[&RecommendationSet<'_>]) -> Fragment {
    let specific = (Dimension::ActionCategory, vec!["5".to_owned()]);
    let supports = supported();
    let list = |set: &RecommendationSet<'_>, of| narrow(set.filter().clone(), of);
    let cell = |text: String, filter: Option<Filter>| {
        let href = filter.map(|filter| paths::recommendations(None, &filter));
        linked(text, href)
    };
    let rows = sets
        .iter()
        .map(|set| {
            let actions = by_outcome(set, Some(Dimension::ActionCategory));
            let of_category = |wanted: &str| {
                let parts = actions.parts.iter();
                let part = parts.filter(|part| part.value.as_deref() == Some(wanted));
                part.map(|part| part.counts.received()).sum::<u64>()
            };
            let known: u64 = ["1", "2", "3", "4", "5"]
                .iter()
                .map(|one| of_category(one))
                .sum();
            let answers = set.total().answers;
            let share = answers.supported_share();
            view! {
                <tr>
                    <th scope="row" dir="auto">{name(set)}</th>
                    {cell(translations::number(answers.received()), Some(set.filter().clone()))}
                    {cell(of_base(share.count, share.base), list(set, &supports))}
                    {cell(of_base(of_category("5"), known), list(set, &specific))}
                </tr>
            }
        })
        .collect_view();
    let unit = sets
        .first()
        .map(|set| set.filter().unit)
        .unwrap_or_default();
    let caption = t!("quality-caption", unit = translations::counting_unit(unit));
    html! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby="quality-caption">
            <table class="quality">
                <caption id="quality-caption">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("two-set")}</th>
                        <th scope="col" class="number">{t!("chart-sum")}</th>
                        <th scope="col" class="number">{t!("class-supported")}</th>
                        <th scope="col" class="number">{t!("quality-specific")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The sentence, and a chart with its numbers for everything that tells these recommendations apart.
fn body(set: &RecommendationSet<'_>, look: Look) -> Fragment {
    let list = paths::recommendations(None, set.filter());
    let words = words(set);
    let switches = switches(&paths::localize("/summary"), set.filter(), look);
    let reported = reported(set);
    if set.is_empty() {
        let none = reported.is_none().then(|| t!("list-empty"));
        return html! {
            <p class="words" dir="auto">{words}</p>
            {none.map(|none| view! { <p class="none">{none}</p> })}
            {switches}
            {reported}
        };
    }
    let total = by_outcome(set, None).total;
    let (received, no_round) = (total.received(), total.of(Outcome::NoRound as usize));
    let sentence = if received == no_round && reported.is_some() {
        t!("all-reviews-no-round-but-reported", received = received)
    } else if received == no_round {
        t!("all-reviews-no-round", received = received)
    } else if total.assessed() == 0 {
        t!(
            "all-reviews-nothing-assessed",
            in_rounds = received - no_round
        )
    } else {
        t!(
            "all-reviews-sentence",
            best = total.of(0),
            assessed = total.assessed(),
            unassessed = total.of(Outcome::NotAssessed as usize),
            in_rounds = received - no_round
        )
    };
    let beside = (0 < no_round && no_round < received).then(|| {
        t!(
            "all-reviews-beside",
            no_round = no_round,
            received = received
        )
    });
    let query = look.after(set.filter().to_query());
    let answers: &[Dimension] = if set.filter().chosen.contains_key(&Dimension::Position) {
        &[]
    } else {
        &[Dimension::Cycle, Dimension::State, Dimension::RegionalGroup]
    };
    let names = DIMENSIONS
        .into_iter()
        .flat_map(|dimension| {
            let by_answer = answers
                .contains(&dimension)
                .then(|| format!("{ANSWERS}{}", dimension.param()));
            [Some(dimension.param().to_owned()), by_answer]
        })
        .flatten();
    let charts: Vec<Fragment> = names
        .filter_map(|name| of_all_reviews::chart(set, &name, look, ""))
        .filter(tells_apart)
        .map(|chart| with_numbers(&chart, &query))
        .collect();
    let print = t!("all-reviews-print");
    html! {
        <p class="headline">{sentence}</p>
        {beside.map(|beside| view! { <p>{beside}</p> })}
        <p class="words" dir="auto">{words}</p>
        {coverage_line(set)}
        <ul class="actions ways">
            <li><a href=list>{t!("summary-list")}</a></li>
            <li><a href=paths::localize("/methodology")>{t!("footer-methodology")}</a></li>
        </ul>
        {switches}
        <p class="note ways">{print}</p>
        {reported}
        <div class="charts">{charts}</div>
    }
}

/// A chart of one line says what the sentence above it says.
fn tells_apart(chart: &Chart) -> bool {
    chart.lines.len() > 1 && chart.lines.iter().any(|line| !line.code.is_empty())
}

fn with_numbers(chart: &Chart, query: &str) -> Fragment {
    const AT_ONCE: usize = 10;
    // Two hundred States with their numbers, thirteen times over, would outweigh the page ten times: the
    // chart's own page has them all.
    const MOST_MORE: usize = 50;
    let heading = format!("chart-{}", chart.name);
    let (_, rest) = chart.lines.split_at(AT_ONCE.min(chart.lines.len()));
    let part = |lines: &[Line]| Chart {
        lines: lines.to_vec(),
        ..chart.clone()
    };
    let more = (!rest.is_empty()).then(|| {
        let count = rest.len();
        if count > MOST_MORE {
            let href = paths::chart(None, &chart.name, "", query);
            let more = t!("chart-more-elsewhere", count = count);
            return html! { <p class="more"><a href=href rel="nofollow">{more}</a></p> };
        }
        html! {
            <details class="more">
                <summary>{t!("chart-more-lines", count = count)}</summary>
                {numbers_table(
                    &part(rest),
                    t!("chart-more-numbers-of", title = chart.title.clone()),
                )}
            </details>
        }
    });
    let short = chart.first(AT_ONCE);
    html! {
        <section aria-labelledby=heading.clone() class="dimension">
            <h2 id=heading.clone() dir="auto">{chart.title.clone()}</h2>
            {drawing(&short)}
            {drawn_of(chart, AT_ONCE)}
            {numbers_table(&short, t!("chart-numbers-of", title = chart.title.clone()))}
            {more}
            {chart.overlaps.then(|| view! { <p class="note">{t!("chart-overlaps")}</p> })}
            {take_along(None, &chart.name, query)}
        </section>
    }
}

/// Two filters over all reviews, as two addresses of lists say them.
struct Two<'a> {
    a: RecommendationSet<'a>,
    b: RecommendationSet<'a>,
    look: Look,
    faults: Vec<Message>,
}

impl<'a> Two<'a> {
    fn read(corpus: &'a Corpus, request: &Request) -> Self {
        let mut faults: Vec<Message> = unknown_classes(&request.query).into_iter().collect();
        let look = Look::parse(&request.query).classes_only();
        let mut one = |name: &str| {
            let typed = request.parameter(name).unwrap_or_default();
            let query = query_of(&typed);
            let (set, wrong) = read_set(&query, corpus, request, &[]);
            faults.extend(wrong);
            let (filter, wrong) = with_listed(set.filter(), name, request);
            faults.extend(wrong);
            set.with(&filter)
        };
        let (a, b) = (one("a"), one("b"));
        // Two numbers of different things do not stand on one scale.
        if a.filter().unit != b.filter().unit {
            faults.push(Message::new("two-units"));
            let unit = CountingUnit::default();
            let [a, b] = [&a, &b].map(|set| set.with(&in_unit(set.filter(), unit)));
            return Self { a, b, look, faults };
        }
        Self { a, b, look, faults }
    }

    fn unit(&self) -> CountingUnit {
        self.a.filter().unit
    }

    /// The query string of the same in another unit.
    fn query_in(&self, unit: CountingUnit) -> String {
        let [a, b] = [&self.a, &self.b].map(|set| in_unit(set.filter(), unit).to_query());
        let query = format!("a={}&b={}", paths::encoded(&a), paths::encoded(&b));
        self.look.after(query)
    }

    fn query(&self) -> String {
        self.query_in(self.unit())
    }

    fn chart(&self, name: &str, base: &str) -> Option<Chart> {
        let sets = [&self.a, &self.b];
        beside(&sets, name, self.look.classes, &self.query(), base)
    }
}

/// The dimensions that each side of a comparison chooses from lists.
const LISTED: [Dimension; 3] = [
    Dimension::State,
    Dimension::Cycle,
    Dimension::RecommendingState,
];
/// The entry of such a list that stands for several values: they stay as they are.
const SEVERAL: &str = "*";
/// The parameter of the form that chooses a review to compare its rounds.
const ROUNDS_OF: &str = "rounds-of";

/// The name of a side's list in the form: `a-state`.
fn list_name(side: &str, dimension: Dimension) -> String {
    format!("{side}-{}", dimension.param())
}

/// A side's filter with what was chosen from its lists, and what of that is no value.
fn with_listed(filter: &Filter, side: &str, request: &Request) -> (Filter, Vec<Message>) {
    let (mut filter, mut faults) = (filter.clone(), Vec::new());
    for dimension in LISTED {
        let name = list_name(side, dimension);
        match request.parameter(&name).as_deref() {
            None | Some(SEVERAL) => {}
            Some("") => {
                filter.chosen.remove(&dimension);
            }
            Some(value) => match dimension.canonical(value) {
                Some(value) => filter = filter.with_only(dimension, &value),
                None => faults.push(
                    Message::new("filter-unknown-value")
                        .with("parameter", translations::dimension(dimension))
                        .with("value", shorten(value, Message::LONGEST_VALUE)),
                ),
            },
        }
    }
    (filter, faults)
}

/// A side of the comparison: a list for each of its first dimensions. The rest of its filter goes along.
fn side(
    name: &'static str,
    label: String,
    set: &RecommendationSet<'_>,
    corpus: &Corpus,
) -> Fragment {
    let lists = LISTED.map(|dimension| {
        let chosen = set
            .filter()
            .chosen
            .get(&dimension)
            .cloned()
            .unwrap_or_default();
        let several = (chosen.len() > 1).then(|| {
            let label = t!("two-several", count = chosen.len());
            view! { <option value=SEVERAL selected=true>{label}</option> }
        });
        let mut values: Vec<(String, String)> = values_of(corpus, dimension, set)
            .into_iter()
            .map(|value| (value_name(dimension, &value, None), value))
            .collect();
        if dimension != Dimension::Cycle {
            values.sort_by_cached_key(|(name, _)| names::alphabetical(name));
        }
        let options = values.into_iter().map(|(name, value)| {
            let selected = chosen.len() == 1 && chosen.contains(&value);
            view! { <option value=value selected=selected>{name}</option> }
        });
        let (name, label) = (
            list_name(name, dimension),
            translations::dimension(dimension),
        );
        html! {
            <label>
                <span>{label}</span>
                <select name=name dir="auto">
                    <option value="">{t!("two-any")}</option>
                    {several}
                    {options.collect_view()}
                </select>
            </label>
        }
    });
    html! {
        <fieldset>
            <legend>{label}</legend>
            <input type="hidden" name=name value=set.filter().to_query() />
            {lists.into_iter().collect_view()}
        </fieldset>
    }
}

/// The values of a list: all that are loaded, and the one that is chosen.
fn values_of(corpus: &Corpus, dimension: Dimension, set: &RecommendationSet<'_>) -> Vec<String> {
    let all = set.with(&Filter::default());
    let mut values: Vec<String> = match dimension {
        // The invented State is in no total, but can be chosen.
        Dimension::State => {
            let loaded = corpus.parts().iter().filter(|part| !part.is_empty());
            let states = loaded.map(|part| part.review.code.state.as_str().to_owned());
            states.collect()
        }
        dimension => {
            let values = all.facet(dimension).into_iter();
            values.map(|value| value.value).collect()
        }
    };
    values.extend(
        set.filter()
            .chosen
            .get(&dimension)
            .into_iter()
            .flatten()
            .cloned(),
    );
    values.sort_unstable();
    values.dedup();
    values
}

/// The reviews with several rounds, to compare these.
fn rounds_form(corpus: &Corpus, open_rounds: bool) -> Option<Fragment> {
    let count = |part: &CorpusPart| {
        if open_rounds {
            part.standing.rounds
        } else {
            part.standing.published
        }
    };
    let reviews: Vec<_> = corpus
        .parts()
        .iter()
        .filter(|part| count(part) > 1)
        .map(|part| {
            let label = t!(
                "two-rounds-of",
                review = translations::review(&part.review),
                count = count(part)
            );
            view! { <option value=part.review.code.to_string()>{label}</option> }
        })
        .collect();
    (!reviews.is_empty()).then(|| {
        html! {
            <h2>{t!("two-rounds-title")}</h2>
            <form class="narrow" method="get" action=paths::localize("/compare")>
                <label>
                    <span>{t!("two-rounds-review")}</span>
                    <select name=ROUNDS_OF dir="auto">{reviews}</select>
                </label>
                <p><button type="submit" class="secondary">{t!("two-rounds-go")}</button></p>
            </form>
        }
    })
}

/// The same filter, counted in that unit.
fn in_unit(filter: &Filter, unit: CountingUnit) -> Filter {
    Filter {
        unit,
        ..filter.clone()
    }
}

/// The filter of what somebody pasted: the address of a list, of all reviews or of one, or its query
/// string alone.
fn query_of(typed: &str) -> String {
    let typed = typed.trim();
    let (path, query) = match typed.split_once('?') {
        Some((path, query)) => (path, query),
        None if typed.contains('/') => (typed, ""),
        None => ("", typed),
    };
    let query = query.split('#').next().unwrap_or_default();
    // The round is left out: each review stands in its newest one.
    let kept = query_pairs(query)
        .into_iter()
        .filter(|(name, _)| name != "round" && name != Filter::COLUMNS);
    let mut pairs: Vec<String> = kept
        .map(|(name, value)| format!("{}={}", paths::encoded(&name), paths::encoded(&value)))
        .collect();
    let review = path
        .split('/')
        .skip_while(|segment| *segment != "reviews")
        .nth(1)
        .and_then(data::domain::ReviewCode::parse);
    if let Some(review) = review {
        pairs.push(format!("state={}&cycle={}", review.state, review.cycle));
    }
    pairs.join("&")
}

/// `/compare`: two filters beside each other.
pub(crate) async fn compare(request: Request) -> Result<Response, Failure> {
    if let Some(review) = request.parameter(ROUNDS_OF) {
        let review = data::domain::ReviewCode::parse(&review).ok_or(Failure::NotFound)?;
        return Ok(Redirect::to(&paths::compare(review, "")).into_response());
    }
    let corpus = request.site.store.corpus().await?;
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let two = Two::read(&corpus, &request);
    let head = Head {
        fictitious: two.a.is_fictitious() || two.b.is_fictitious(),
        ..Head::titled(t!("two-title"))
    };
    let head = head.described(t!("describe-two")).with_query(two.query());
    Ok(document::page(&request, &head, || {
        let query = two.query();
        let field = |name: &'static str, label: String, set: &RecommendationSet<'_>| {
            view! {
                <p class="field">
                    <label for=name>{label}</label>
                    <input id=name name=name type="text" value=set.filter().to_query() size="60" />
                </p>
            }
        };
        let kept = || {
            let pairs = two.look.pairs().into_iter();
            pairs
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view()
        };
        let sets = [(t!("two-a"), &two.a), (t!("two-b"), &two.b)];
        let lists = sets
            .iter()
            .map(|(name, set)| {
                let href = paths::recommendations(None, set.filter());
                view! {
                    <dt>{name.clone()}</dt>
                    <dd dir="auto"><a href=href>{words(set)}</a></dd>
                }
            })
            .collect_view();
        let charts: Vec<Chart> = [TWO_ANSWERS, TWO]
            .into_iter()
            .filter_map(|name| two.chart(name, ""))
            .collect();
        let chart_how = charts.last().map(how_chart);
        let drawn = charts
            .iter()
            .map(|chart| with_numbers(chart, &query))
            .collect_view();
        view! {
            {breadcrumbs(Vec::new(), t!("two-title"))}
            <h1>{t!("two-title")}</h1>
            <p class="lead">{t!("two-lead")}</p>
            {said(two.faults.clone())}
            <form class="compare" method="get" action=paths::localize("/compare")>
                <div class="fields">
                    {side("a", t!("two-a"), &two.a, &corpus)}
                    {side("b", t!("two-b"), &two.b, &corpus)}
                </div>
                {kept()}
                <p><button type="submit">{t!("compare-go")}</button></p>
            </form>
            <details>
                <summary>{t!("two-paste")}</summary>
                <p>{t!("two-paste-how")}</p>
                <form class="compare" method="get" action=paths::localize("/compare")>
                    {field("a", t!("two-a"), &two.a)}
                    {field("b", t!("two-b"), &two.b)}
                    {kept()}
                    <p><button type="submit" class="secondary">{t!("compare-go")}</button></p>
                </form>
            </details>
            <dl class="facts">{lists}</dl>
            {switch(two.unit(), |unit| {
                paths::with_query(paths::localize("/compare"), &two.query_in(unit))
            })}
            {class_switch(two.look, |look| paths::localize(format_args!("/compare?{}", look.in_place_of(&query))))}
            {drawn}
            {quality(&[&two.a, &two.b])}
            {chart_how}
            {rounds_form(&corpus, open_rounds)}
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::query_of;

    #[test]
    fn addresses_of_lists_are_their_filters() {
        let known = [
            ("issue=Justice&round=mid-term", "issue=Justice"),
            (
                "https://upr.example/recommendations?group=african",
                "group=african",
            ),
            (
                "/reviews/BLR-1/recommendations?position=noted#list",
                "position=noted&state=BLR&cycle=1",
            ),
            ("/reviews/BLR-3", "state=BLR&cycle=3"),
            ("", ""),
            ("?", ""),
        ];
        for (typed, query) in known {
            assert_eq!(query_of(typed), query, "{typed}");
        }
    }
}
