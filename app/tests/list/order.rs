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

/// Files of OHCHR's matrices have themes and no issues.
#[tokio::test]
async fn themes_stand_where_there_are_no_issues() {
    let here = Installation::new().await;
    let file = "review,paragraph,text,recommending_states,position,issues,themes\n\
                XXA-4,1.1,Something to do,Norway,Noted,,Zoos and gardens\n\
                XXA-4,1.2,Another thing to do,Norway,Noted,Justice,Something else\n\
                XXA-4,1.3,A third thing to do,Norway,Noted,,\n";
    let run = here.import(file).await;
    assert_eq!(run.summary.created, 3);
    for (address, sorted) in [
        (
            "/reviews/XXA-4/recommendations?sort=-topics",
            ["1.3", "1.1", "1.2"],
        ),
        (
            "/reviews/XXA-4/recommendations?sort=topics",
            ["1.2", "1.1", "1.3"],
        ),
        (
            "/recommendations?state=XXA&cycle=4&sort=topics",
            ["1.2", "1.1", "1.3"],
        ),
    ] {
        let answer = here.get(address, None).await;
        assert_eq!(paragraphs(&answer), sorted, "{address}");
        let rows = between(&answer.body, "<tbody>", "</tbody>")[0].to_owned();
        assert!(
            rows.contains("Zoos and gardens") && rows.contains("Justice"),
            "{address}"
        );
        assert!(!rows.contains("Something else"), "{address}");
    }
}

#[tokio::test]
async fn a_search_says_that_the_best_come_first() {
    let here = Installation::new().await;
    let caption = |body: &str| between(body, "<caption>", "</caption>")[0].to_owned();
    let best = list(&here, "q=law").await;
    assert!(
        caption(&best.body).ends_with("Relevance (best match first)"),
        "{}",
        caption(&best.body)
    );
    let last = list(&here, "q=law&sort=-relevance").await;
    assert!(
        caption(&last.body).ends_with("Relevance (best match last)"),
        "{}",
        caption(&last.body)
    );
}

#[tokio::test]
async fn no_assessment_is_said_once_above_a_list() {
    let here = Installation::new().await;
    let answer = here
        .get("/reviews/BLR-1/recommendations?per=10", None)
        .await;
    let list = between(&answer.body, "id=\"list\"", "<table")[0].to_owned();
    assert_eq!(list.matches("No assessment").count(), 1, "{list}");
}
