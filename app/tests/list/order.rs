//! The order of a list, its pages, and the way from one recommendation to the next.

use crate::lists::{DEMO, addresses, all_paragraphs, between, list, paragraphs};
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::Paragraph;

#[tokio::test]
async fn lists_are_sorted_and_paged() {
    let here = Installation::new().await;
    let forwards = all_paragraphs(&here, "").await;
    assert_eq!(forwards.len(), 266);
    let mut sorted = forwards.clone();
    sorted.sort_by_key(|paragraph| Paragraph::parse(paragraph).unwrap());
    assert_eq!(forwards, sorted);
    let mut backwards = all_paragraphs(&here, "sort=-paragraph").await;
    backwards.reverse();
    assert_eq!(backwards, forwards);

    let by_status = list(&here, "sort=status").await;
    assert_eq!(by_status.body.matches("aria-sort=\"ascending\"").count(), 1);
    assert!(by_status.body.contains("sort=-status"));
    let descending = list(&here, "sort=-status").await;
    assert_eq!(
        descending.body.matches("aria-sort=\"descending\"").count(),
        1
    );
    assert_ne!(paragraphs(&by_status), paragraphs(&descending));

    let first = list(&here, "").await;
    assert!(first.body.contains("Rows 1–25 of 266"));
    assert!(!first.body.contains("rel=\"prev\""));
    let last = list(&here, "per=50&page=6").await;
    assert!(last.body.contains("Rows 251–266 of 266"));
    assert_eq!(paragraphs(&last), forwards[250..]);
    assert!(!last.body.contains("rel=\"next\""));
    let past = list(&here, "per=50&page=7").await;
    assert!(past.body.contains("There is no page 7"));
    assert_eq!(paragraphs(&past), paragraphs(&last));
}

#[tokio::test]
async fn walking_on_covers_the_filtered_list() {
    let here = Installation::new().await;
    for query in [
        "position=noted&action=5&sort=-recommending_states",
        "q=judges",
    ] {
        let expected = all_paragraphs(&here, query).await;
        assert!(expected.len() > 5, "{query}");
        let mut walked = Vec::new();
        let mut next = Some(format!("{DEMO}/{}?{query}", expected[0]));
        let mut before: Option<String> = None;
        while let Some(path) = next {
            let answer = here.get(&path, None).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            let paragraph = path
                .split('/')
                .next_back()
                .unwrap()
                .split('?')
                .next()
                .unwrap();
            walked.push(paragraph.to_owned());
            assert!(walked.len() <= expected.len());
            let link = |rel: &str| {
                addresses(&answer, "<a href=\"")
                    .into_iter()
                    .zip(between(&answer.body, "<a href=\"", ">"))
                    .find(|(_, tag)| tag.contains(&format!("rel=\"{rel}\"")))
                    .map(|(href, _)| href)
            };
            let back = link("prev").map(|href| href.split('?').next().unwrap().to_owned());
            assert_eq!(back, before);
            before = Some(path.split('?').next().unwrap().to_owned());
            next = link("next");
        }
        assert_eq!(walked, expected, "{query}");
    }
}
