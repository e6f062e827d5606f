//! `/search?q=`: leads a typed text to the State, the review, the recommendation or the list that it means.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::search_form;
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::response::{IntoResponse as _, Redirect, Response};
use data::domain::{
    Action, Corpus, Destinations, Dimension, Filter, Object, Paragraph, RecommendationSet,
    ReviewCode, Search, StateCode,
};
use leptos::prelude::*;

/// Words of which a search is remembered, in characters: what is longer is no search.
const TYPED_MAX: usize = 200;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let typed = request.parameter("q").unwrap_or_default();
    let typed: String = typed.trim().chars().take(TYPED_MAX).collect();
    let corpus = request.site.store.corpus().await?;
    let found = corpus.destinations(&typed);
    let words = Search::parse(&typed).filter(|_| !found.is_number);
    let filter = Filter {
        search: words,
        ..Filter::default()
    };
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let set = filter
        .search
        .is_some()
        .then(|| RecommendationSet::of_all_reviews(&corpus, &filter, open_rounds));
    if let Some(there) = only_one(&found, set.as_ref()) {
        return Ok(Redirect::to(&there).into_response());
    }
    let head = Head::titled(t!("search-title"));
    Ok(document::page(&request, &head, || {
        view! {
            {breadcrumbs(Vec::new(), t!("search-title"))}
            <h1>{t!("search-title")}</h1>
            {search_form::large(&typed)}
            {(!typed.is_empty()).then(|| results(&typed, &corpus, &found, set.as_ref()))}
        }
    }))
}

/// Where there is one place that the text means.
fn only_one(found: &Destinations, set: Option<&RecommendationSet<'_>>) -> Option<String> {
    if let [(review, paragraph)] = found.recommendations.as_slice() {
        return Some(paths::recommendation(*review, paragraph));
    }
    if let Some(review) = found.review {
        return Some(paths::review(review));
    }
    let set = set.filter(|set| !set.is_empty());
    match (found.states.as_slice(), set) {
        // A State that is named in some recommendation is still the State that is looked for; the beginning of its
        // name may be another word.
        ([state], words) if found.is_name || words.is_none() => Some(paths::state(*state)),
        ([], Some(set)) if found.nearest.is_none() && found.pair.is_none() => {
            Some(paths::recommendations(None, set.filter()))
        }
        _ => None,
    }
}

fn results(
    typed: &str,
    corpus: &Corpus,
    found: &Destinations,
    set: Option<&RecommendationSet<'_>>,
) -> Fragment {
    let set = set.filter(|set| !set.is_empty());
    let between = found.pair.and_then(|pair| between(corpus, pair));
    let is_place = !found.states.is_empty() || between.is_some();
    let nothing = !is_place && found.recommendations.is_empty() && set.is_none();
    let nothing = nothing.then(|| {
        view! { <p class="none" dir="auto">{t!("search-nothing", typed = typed.to_owned())}</p> }
    });
    let nearest = found.nearest.map(|state| {
        let name = names::state(state);
        view! { <p>{t!("search-nearest")} " " <a href=paths::state(state)>{name}</a></p> }
    });
    let words = set.map(|set| {
        let (href, count) = (paths::recommendations(None, set.filter()), set.len());
        let words = t!("search-words", count = count, typed = typed.to_owned());
        view! {
            <h2>{t!("search-words-title")}</h2>
            <p dir="auto">
                <a href=href>{words}</a>
            </p>
        }
    });
    html! {
        {nothing}
        {nearest}
        {between}
        {(!found.states.is_empty()).then(|| states(corpus, &found.states))}
        {(!found.recommendations.is_empty()).then(|| recommendations(&found.recommendations))}
        {words}
    }
}

/// What either of two States recommended to the other; `None` if neither recommended anything.
fn between(corpus: &Corpus, (one, other): (StateCode, StateCode)) -> Option<Fragment> {
    let rows: Vec<_> = [(one, other), (other, one)]
        .into_iter()
        .filter(|(by, to)| {
            let filter = Filter::default()
                .with_only(Dimension::RecommendingState, by.as_str())
                .with_only(Dimension::State, to.as_str());
            !RecommendationSet::of_all_reviews(corpus, &filter, false).is_empty()
        })
        .map(|(by, to)| {
            let title = t!(
                "briefing-title",
                state = names::state(by),
                other = names::state(to)
            );
            view! { <li><a class="found" href=paths::briefing(by, to.as_str())>{title}</a></li> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        html! {
            <h2>{t!("search-between")}</h2>
            <ul class="found-states">{rows}</ul>
        }
    })
}

/// The States, each with its reviews.
fn states(corpus: &Corpus, states: &[StateCode]) -> Fragment {
    let rows = states.iter().map(|state| {
        let parts = corpus.parts().iter();
        let reviews = parts.filter(|part| part.review.code.state == *state);
        let reviews = reviews.map(|part| {
            let code = part.review.code;
            view! { " " <a href=paths::review(code)>{translations::cycle(code.cycle)}</a> }
        });
        view! {
            <li>
                <a class="found" href=paths::state(*state)>{names::state(*state)}</a>
                {reviews.collect_view()}
            </li>
        }
    });
    html! {
        <h2>{t!("search-states")}</h2>
        <ul class="found-states">{rows.collect_view()}</ul>
    }
}

fn recommendations(found: &[(ReviewCode, Paragraph)]) -> Fragment {
    let rows = found.iter().map(|(review, paragraph)| {
        let name = t!(
            "search-recommendation",
            state = names::state(review.state),
            cycle = translations::cycle(review.cycle),
            paragraph = paragraph.to_string()
        );
        view! { <li><a href=paths::recommendation(*review, paragraph)>{name}</a></li> }
    });
    html! {
        <h2>{t!("search-recommendations")}</h2>
        <ul>{rows.collect_view()}</ul>
    }
}
