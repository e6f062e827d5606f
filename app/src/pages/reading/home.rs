//! `/`: what this is, the search, the two ways in, the assessed reviews, and every State with its cycles.

use crate::components::document::{self, Head};
use crate::components::headline::of_round;
use crate::components::search_form;
use crate::components::status_strip::{key, status_bar, status_strip};
use crate::figures::headline::sentence;
use crate::pages::reading::site_text;
use crate::t;
use crate::text::coverage;
use crate::text::dates;
use crate::text::names;
use crate::text::round_names::signature;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use crate::web::site::Identity;
use axum::response::Response;
use data::domain::{
    Action, Breakdown, Corpus, CorpusPart, Coverage, Cycle, Dimension, Filter,
    LAST_COMPLETED_CYCLE, Object, RecommendationSet, RecordedDate, Review, Round, StateCode,
    states,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// More assessed reviews than these stand beside each other, each with a bar instead of squares.
const SQUARES_MAX: usize = 3;
/// Assessed reviews that are shown unless all are asked for.
const ASSESSED_MAX: usize = 6;
/// The parameter that asks for all of them.
const ALL_ASSESSED: &str = "assessed";
/// Recommending States that the door names.
const NAMED: usize = 4;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let head = Head::titled(t!("home-title"));
    let may = |action| request.visitor.may(action, Object::Installation);
    let all = request.parameter(ALL_ASSESSED).as_deref() == Some("all");
    let (open_rounds, import) = (may(Action::ReadOpenRounds), may(Action::Import));
    Ok(document::page(&request, &head, || {
        view! {
            <div class="opening">
                <div>
                    <h1>{t!("home-what")}</h1>
                    {run_by(&request.site.identity, &corpus)}
                </div>
                {search_form::large("")}
            </div>
            {doors(&corpus, open_rounds)}
            {corpus.parts().is_empty().then(|| view! { <p class="none">{t!("home-empty")}</p> })}
            {assessed(&corpus, all)}
            {all_states(&corpus)}
            <p class="ways">
                <a href=paths::localize("/recommendations")>{t!("list-everything")}</a>
                " · "
                <a href=paths::localize("/methodology")>{t!("footer-methodology")}</a>
                {import.then(|| view! { " · " <a href=paths::localize("/import")>{t!("import-link")}</a> })}
            </p>
        }
    }))
}

/// Who runs the installation, and how old its data are.
fn run_by(identity: &Identity, corpus: &Corpus) -> Fragment {
    let headline = corpus.parts().iter().filter_map(|part| {
        let (round, _) = part.standing.headline.as_ref()?;
        let exists = !part.review.code.state.is_fictitious();
        round.as_of.as_ref().filter(|_| exists)
    });
    // A date that was recorded in another form cannot be compared with the others.
    let latest = headline.filter_map(RecordedDate::date).max();
    let as_of = latest.map(|date| {
        let day = date
            .day()
            .map_or_else(|| date.to_string(), dates::written_out);
        t!("home-as-of", day = day)
    });
    let changed = (!corpus.parts().is_empty()).then(|| {
        let day = translations::day_written_out(corpus.public.day);
        t!("home-changed", day = day)
    });
    let parts = site_text::identity(identity)
        .into_iter()
        .chain(as_of)
        .chain(changed);
    let parts: Vec<String> = parts.collect();
    html! { <p class="by" dir="auto">{parts.join(" ")}</p> }
}

fn doors(corpus: &Corpus, open_rounds: bool) -> Fragment {
    let loaded = corpus.parts().iter().filter(|part| !part.is_empty());
    let loaded = Coverage::of(loaded.map(|part| part.review.code), &[], &[]);
    let coverage = coverage::in_words(loaded, &Filter::default());
    let everything = RecommendationSet::of_all_reviews(corpus, &Filter::default(), open_rounds);
    let made = everything.tallies(Dimension::RecommendingState);
    let mut by_state: Vec<(StateCode, u64)> = made
        .parts
        .iter()
        .filter_map(|(code, tally)| Some((StateCode::parse(code.as_deref()?)?, tally.received())))
        .collect();
    by_state.sort_by_key(|(state, count)| (std::cmp::Reverse(*count), state.name()));
    let count = by_state.len();
    let named = by_state.into_iter().take(NAMED).map(|(state, received)| {
        let href = paths::recommending(state.as_str(), &Filter::default());
        let received = translations::number(received);
        view! { <li><a href=href>{names::state(state)}</a> " " {received}</li> }
    });
    html! {
        <div class="doors">
            <section class="door">
                <h2><a href="#states">{t!("home-under-review")}</a></h2>
                <p>{t!("home-under-review-what")}</p>
                {coverage.map(|coverage| view! { <p class="by">{coverage}</p> })}
            </section>
            <section class="door">
                <h2><a href=paths::localize("/recommending")>{t!("home-recommending")}</a></h2>
                <p>{t!("home-recommending-what")}</p>
                {(count > 0)
                    .then(|| {
                        view! {
                            <p class="by">{t!("home-recommending-count", count = count)}</p>
                            <ul class="by most">{named.collect_view()}</ul>
                        }
                    })}
            </section>
        </div>
    }
}

/// A review with its headline round.
struct Assessed<'a> {
    review: &'a Review,
    round: &'a Round,
    breakdown: &'a Breakdown,
    /// That fewer or more recommendations are loaded than it received.
    coverage: Option<String>,
}

/// The reviews with a published round, those of States that exist first: the first of them, or all.
fn assessed(corpus: &Corpus, all: bool) -> Fragment {
    let mut found: Vec<Assessed<'_>> = corpus
        .parts()
        .iter()
        .filter_map(|part| {
            let (round, breakdown) = part.standing.headline.as_ref()?;
            Some(Assessed {
                review: &part.review,
                round,
                breakdown,
                coverage: coverage::of_review(&part.standing.coverage),
            })
        })
        .collect();
    if found.is_empty() {
        return ().fragment();
    }
    // The sort is stable: by State and cycle.
    let is_invented = |one: &Assessed<'_>| one.review.code.state.is_fictitious();
    found.sort_by_key(is_invented);
    let first_invented = found.partition_point(|one| !is_invented(one));
    let (real, invented) = found.split_at(first_invented);
    let as_squares = found.len() <= SQUARES_MAX;
    let shown = if all {
        real
    } else {
        real.get(..ASSESSED_MAX).unwrap_or(real)
    };
    let more = (shown.len() < real.len()).then(|| {
        let href = paths::with_query(paths::home(), &format!("{ALL_ASSESSED}=all#assessed"));
        view! {
            <p class="ways">
                <a href=href>{t!("home-assessed-all", count = real.len())}</a>
            </p>
        }
    });
    // Beside many others, its row among the States is enough.
    let demonstration = (as_squares && !invented.is_empty()).then(|| {
        view! {
            <h2>{t!("home-demonstration")}</h2>
            {assessed_list(invented, false)}
        }
    });
    html! {
        <section class="assessed-reviews" aria-labelledby="assessed">
            <h2 id="assessed">{t!("home-assessed", count = real.len())}</h2>
            {assessed_list(shown, as_squares)}
            {more}
            {demonstration}
        </section>
    }
}

fn assessed_list(found: &[Assessed<'_>], as_squares: bool) -> Option<Fragment> {
    let rows = found.iter().map(|one| {
        let Assessed {
            review,
            round,
            breakdown,
            coverage,
        } = one;
        let href = paths::review(review.code);
        view! {
            <li>
                <div>
                    <h3><a href=href>{translations::review(review)}</a></h3>
                    <p>
                        <a class="headline-short" href=of_round(review.code, round)>
                            {sentence(breakdown)}
                        </a>
                    </p>
                    <p class="by" dir="auto">{signature(round)}</p>
                    {coverage.clone().map(|coverage| view! { <p class="by">{coverage}</p> })}
                </div>
                {if as_squares {
                    status_strip(breakdown)
                } else {
                    status_bar(breakdown)
                }}
            </li>
        }
    });
    let rows = rows.collect_view();
    if found.is_empty() {
        return None;
    }
    if as_squares {
        return Some(html! { <ul class="assessed">{rows}</ul> });
    }
    let key = key(found.iter().map(|one| one.breakdown));
    Some(html! { {key} <ul class="assessed compact">{rows}</ul> })
}

/// How much of a review is here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loaded {
    Nothing,
    Recommendations,
    Assessed,
}

impl Loaded {
    fn of(part: &CorpusPart) -> Self {
        if part.standing.headline.is_some() {
            Self::Assessed
        } else if part.is_empty() {
            Self::Nothing
        } else {
            Self::Recommendations
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Nothing => "cycle",
            Self::Recommendations => "cycle loaded",
            Self::Assessed => "cycle assessed",
        }
    }

    fn in_words(self) -> String {
        match self {
            Self::Nothing => t!("home-key-empty"),
            Self::Recommendations => t!("home-key-loaded"),
            Self::Assessed => t!("home-key-assessed"),
        }
    }
}

/// Every State by the alphabet of the locale, one row each, with a box for each cycle.
fn all_states(corpus: &Corpus) -> Fragment {
    let mut parts: BTreeMap<(StateCode, Cycle), Loaded> = BTreeMap::new();
    for part in corpus.parts() {
        parts.insert(
            (part.review.code.state, part.review.code.cycle),
            Loaded::of(part),
        );
    }
    let mut all: Vec<StateCode> = states::all().collect();
    all.sort_by_cached_key(|state| names::alphabetical(names::state(state)));
    let mut by_letter: Vec<(String, Vec<StateCode>)> = Vec::new();
    for state in all {
        let letter = names::state(state).chars().next();
        let letter = states::fold(&letter.map(String::from).unwrap_or_default()).to_uppercase();
        match by_letter.last_mut() {
            Some((last, states)) if *last == letter => states.push(state),
            _ => by_letter.push((letter, vec![state])),
        }
    }
    let letters = by_letter.iter().map(|(letter, _)| {
        view! { <li><a href=format!("#letter-{letter}")>{letter.clone()}</a></li> }
    });
    // A fourth box in every row takes room from the names, and would be empty in all of them.
    let last = parts.keys().map(|(_, cycle)| cycle.number()).max();
    let last = last.unwrap_or_default().max(LAST_COMPLETED_CYCLE);
    let cycles: Vec<Cycle> = Cycle::ALL
        .into_iter()
        .filter(|cycle| cycle.number() <= last)
        .collect();
    let groups = by_letter.iter().map(|(letter, states)| {
        let rows = states
            .iter()
            .map(|state| row(*state, &cycles, &parts))
            .collect_view();
        view! {
            <h3 id=format!("letter-{letter}")>{letter.clone()}</h3>
            <ul class="states">{rows}</ul>
        }
    });
    let fictitious = parts
        .keys()
        .any(|(state, _)| state.is_fictitious())
        .then(|| {
            view! {
                <h3>{t!("home-demonstration")}</h3>
                <ul class="states">{row(StateCode::FICTITIOUS, &cycles, &parts)}</ul>
            }
        });
    let shown = [Loaded::Nothing, Loaded::Recommendations, Loaded::Assessed];
    let is_shown =
        |loaded: &Loaded| *loaded != Loaded::Nothing || parts.values().any(|one| one == loaded);
    let key = shown.into_iter().filter(is_shown).map(|loaded| {
        view! { <li><span class=loaded.class() aria-hidden="true">"1"</span> " " {loaded.in_words()}</li> }
    });
    html! {
        <section class="all-states" aria-labelledby="states">
            <h2 id="states">{t!("home-all-states")}</h2>
            <div class="guide">
                <nav class="letters" aria-label=t!("home-letters")>
                    <ul>{letters.collect_view()}</ul>
                </nav>
                <ul class="key">
                    {key.collect_view()}
                    <li><span class="cycle" aria-hidden="true">"·"</span> " " {t!("home-key-missing")}</li>
                </ul>
            </div>
            <div class="alphabet">{groups.collect_view()} {fictitious}</div>
        </section>
    }
}

fn row(
    state: StateCode,
    cycles: &[Cycle],
    parts: &BTreeMap<(StateCode, Cycle), Loaded>,
) -> Fragment {
    let cycles = cycles
        .iter()
        .copied()
        .map(|cycle| match parts.get(&(state, cycle)) {
            Some(loaded) => {
                let code = data::domain::ReviewCode { state, cycle };
                let words = t!(
                    "home-cycle-box",
                    number = cycle.number(),
                    cycle = translations::cycle(cycle),
                    loaded = loaded.in_words()
                );
                html! {
                    <a class=loaded.class() href=paths::review(code) aria-label=words>
                        {cycle.number().to_string()}
                    </a>
                }
            }
            None if state.is_observer() => ().fragment(),
            None => html! { <span class="cycle" aria-hidden="true">"·"</span> },
        });
    html! {
        <li>
            <a href=paths::state(state)>{names::state(state)}</a>
            <span class="by-cycle">{cycles.collect_view()}</span>
        </li>
    }
}
