//! Lists as a reader gets them, and just enough reading of HTML to see what is in them.

use crate::support::{Answer, Installation};
use axum::http::StatusCode;
use data::domain::{ReviewCode, ReviewRecord};
use std::sync::Arc;

/// The list of the demonstration.
pub(crate) const DEMO: &str = "/reviews/XXA-3/recommendations";

/// The demonstration as readers see it.
pub(crate) async fn public_record(here: &Installation) -> ReviewRecord {
    let code = ReviewCode::parse("XXA-3").unwrap();
    let record: Arc<ReviewRecord> = here.store.review_record(code).await.unwrap();
    ReviewRecord::clone(&record).for_the_public()
}

/// The list of the demonstration that a query string leaves.
pub(crate) async fn list(here: &Installation, query: &str) -> Answer {
    let answer = here.get(&format!("{DEMO}?{query}"), None).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}");
    answer
}

/// What stands between two texts, every time.
pub(crate) fn between<'a>(body: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    body.split(before)
        .skip(1)
        .map(|rest| rest.split(after).next().unwrap())
        .collect()
}

/// HTML as text.
pub(crate) fn unescaped(attribute: &str) -> String {
    attribute
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// How many rows the list has, over all its pages.
pub(crate) fn count(answer: &Answer) -> u64 {
    if answer.body.contains("No recommendation fits this filter.") {
        return 0;
    }
    let caption = between(&answer.body, "<caption>", "</caption>")[0];
    let of = caption.split(" of ").nth(1).unwrap();
    of.split(',').next().unwrap().parse().unwrap()
}

/// The paragraphs of the rows on a page.
pub(crate) fn paragraphs(answer: &Answer) -> Vec<String> {
    between(&answer.body, "<th scope=\"row\"", "</a>")
        .into_iter()
        .map(|cell| cell.rsplit('>').next().unwrap().to_owned())
        .collect()
}

/// The rows of all pages, in order.
pub(crate) async fn all_paragraphs(here: &Installation, query: &str) -> Vec<String> {
    let mut all = Vec::new();
    for page in 1.. {
        let answer = list(here, &format!("{query}&per=100&page={page}")).await;
        let count = usize::try_from(count(&answer)).unwrap();
        if count > 0 {
            all.extend(paragraphs(&answer));
        }
        if all.len() >= count {
            break;
        }
    }
    all
}

/// Where the links of a page lead.
pub(crate) fn addresses(answer: &Answer, before: &str) -> Vec<String> {
    between(&answer.body, before, "\"")
        .into_iter()
        .map(unescaped)
        .collect()
}

/// The links beside the values, each with its number.
pub(crate) fn facet_links(answer: &Answer) -> Vec<(String, u64)> {
    between(&answer.body, "<a href=\"", "</a>")
        .into_iter()
        .filter(|link| link.contains("class=\"count\""))
        .map(|link| {
            let href = unescaped(link.split('"').next().unwrap());
            let number = link.rsplit('>').next().unwrap().parse().unwrap();
            (href, number)
        })
        .collect()
}

/// Nothing that was typed into the address became markup.
pub(crate) fn assert_harmless(answer: &Answer) {
    for raw in ["<script", "<img", "</input"] {
        assert!(!answer.body.contains(raw), "{raw}");
    }
    // Nor an attribute: those stand in a tag, outside quotation marks.
    for tag in between(&answer.body, "<", ">") {
        for outside in tag.split('"').step_by(2) {
            for name in [" style", " on"] {
                assert!(!outside.contains(name), "{tag:.200}");
            }
        }
    }
}

/// A figure of the whole list must not pass for one of what somebody meant to choose.
#[tokio::test]
async fn a_misspelt_filter_is_said_and_makes_no_file() {
    let here = Installation::new().await;
    for path in [
        "/reviews/XXA-3",
        "/reviews/XXA-3/recommendations",
        "/reviews/XXA-3/charts/status",
        "/recommendations",
        "/summary",
        "/world",
        "/recommending/NOR",
    ] {
        let page = here.page(&format!("{path}?recomending=NOR")).await;
        assert!(page.contains("has no “recomending”"), "{path}");
        // What a newsletter adds to every address means nothing, and neither does an empty name.
        let page = here
            .page(&format!("{path}?utm_source=letter&fbclid=x&="))
            .await;
        assert!(!page.contains("has no “"), "{path}");
    }
    for path in [
        "/reviews/XXA-3/recommendations.csv",
        "/recommendations.json",
        "/reviews/XXA-3/charts/status.svg",
        "/charts/state.csv",
    ] {
        let answer = here.get(&format!("{path}?recomending=NOR"), None).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer.body.contains("has no “recomending”"), "{path}");
    }
}
