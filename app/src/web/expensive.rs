//! Pages that take long to make are made behind the others, or not at all.
//!
//! What a page costs is known from its address: a search stands for so many words, and a long filter is
//! repeated in each of a page's links. Small pages are made at once, as if this were not there; large ones
//! wait for one of a few places, at the lowest priority; a search beyond every measure is refused with a
//! sentence that says what would pass, on pages and for files alike.

use crate::Site;
use crate::web::failure::Failure;
use crate::web::low_priority::PAGES;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use data::domain::{ReviewCode, Search, SearchCost, query_pairs};
use data::settings;

/// Parameters that hold a query string of their own, with a filter in it.
const NESTED: [&str; 3] = ["a", "b", "queue"];

/// The layer in front of every page.
pub(crate) async fn aside(State(site): State<Site>, request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_page || query.is_empty() {
        return next.run(request).await;
    }
    let long = query.len() > settings::QUERY_MADE_AT_ONCE_MAX;
    let searches = searches(query);
    if searches.is_empty() && !long {
        return next.run(request).await;
    }
    let review = review_of(request.uri().path());
    let costs = match costs(&site, &searches, review).await {
        Ok(costs) => costs,
        Err(failure) => return failure.into_response(),
    };
    if let Some(refusal) = costs.iter().find_map(SearchCost::refusal) {
        return Failure::from(refusal).into_response();
    }
    if !long && costs.iter().all(SearchCost::is_small) {
        return next.run(request).await;
    }
    match PAGES.make(next.run(request)).await {
        Ok(page) => page,
        Err(failure) => failure.into_response(),
    }
}

/// What each search costs. Those in a large review are never small.
async fn costs(
    site: &Site,
    searches: &[Search],
    review: Option<ReviewCode>,
) -> Result<Vec<SearchCost>, Failure> {
    if searches.is_empty() {
        return Ok(Vec::new());
    }
    let corpus = site.store.corpus().await?;
    let part = review.and_then(|review| corpus.part(review));
    let is_large = part.is_some_and(|part| part.len() > settings::REVIEW_SEARCHED_AT_ONCE_MAX);
    let costs = searches.iter().map(|search| {
        let cost = corpus.cost(search);
        if is_large {
            cost.of_a_large_review()
        } else {
            cost
        }
    });
    Ok(costs.collect())
}

/// Every search that an address holds.
fn searches(query: &str) -> Vec<Search> {
    let mut found = Vec::new();
    for (name, value) in query_pairs(query) {
        if name == "q" {
            found.extend(Search::parse(&value));
        } else if NESTED.contains(&name.as_str()) {
            let inner = query_pairs(&value).into_iter();
            let inner = inner.filter(|(name, _)| name == "q");
            found.extend(inner.filter_map(|(_, value)| Search::parse(&value)));
        }
    }
    found
}

/// The review of an address below `/reviews/`, `/assess/` or `/embed/reviews/`.
fn review_of(path: &str) -> Option<ReviewCode> {
    let mut parts = path.trim_start_matches("/embed").split('/').skip(1);
    let first = parts.next()?;
    let review = parts.next()?;
    ["reviews", "assess"]
        .contains(&first)
        .then(|| ReviewCode::parse(review))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_search_of_an_address_is_found() {
        let typed = |query: &str| -> Vec<String> {
            let searches = searches(query);
            searches.iter().map(|one| one.typed().to_owned()).collect()
        };
        assert_eq!(typed("q=death+penalty&theme=x"), ["death penalty"]);
        assert_eq!(
            typed("a=q%3Dtorture%26theme%3Dx&b=q%3Ddeath"),
            ["torture", "death"]
        );
        assert_eq!(typed("queue=q%3Dtorture"), ["torture"]);
        assert!(typed("theme=q&q=!!").is_empty());
    }

    #[test]
    fn the_review_of_an_address_is_found() {
        let review = |path: &str| review_of(path).map(|code| code.to_string());
        assert_eq!(
            review("/reviews/BLR-3/recommendations").as_deref(),
            Some("BLR-3")
        );
        assert_eq!(review("/assess/BLR-3/mid-term").as_deref(), Some("BLR-3"));
        assert_eq!(
            review("/embed/reviews/BLR-3/charts/a").as_deref(),
            Some("BLR-3")
        );
        assert_eq!(review("/recommendations"), None);
        assert_eq!(review("/charts/BLR-3"), None);
    }
}
