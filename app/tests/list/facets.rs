//! Long lists of filter values have a search box of their own, which works without script.

use crate::lists::{DEMO, between, list};
use crate::support::Installation;
use axum::http::StatusCode;

/// The names of the values of a dimension that a page offers.
fn offered<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let input = format!("name=\"{name}\" value=\"");
    between(page, &input, "\"")
}

#[tokio::test]
async fn a_search_box_narrows_the_values_of_its_dimension() {
    let here = Installation::new().await;
    let all = list(&here, "").await.body;
    assert!(all.contains("name=\"find-issue\"") && all.contains("name=\"find-recommending\""));
    // A few values need no search.
    assert!(!all.contains("name=\"find-position\""));
    let found = list(&here, "find-issue=%20RIGHT%20&issue=Labour")
        .await
        .body;
    let issues = offered(&found, "issue");
    assert!(
        issues.contains(&"Labour"),
        "the chosen value stays: {issues:?}"
    );
    assert!(issues.len() > 3 && issues.len() < offered(&all, "issue").len());
    for issue in issues.iter().filter(|issue| **issue != "Labour") {
        assert!(issue.to_lowercase().contains("right"), "{issue}");
    }
    assert!(found.contains("value=\"RIGHT\""), "the box keeps its text");
    // The rows are those of the filter alone, and no link repeats the search.
    assert!(!found.contains("find-issue="));
    let none = list(&here, "find-issue=zebra").await.body;
    assert!(none.contains("No value contains “zebra”."));
    assert!(none.contains("Rows 1–25 of 266"));
    // Names, not codes, and without accents.
    let here = here.page("/recommendations?find-recommending=cote").await;
    assert!(
        offered(&here, "recommending")
            .iter()
            .all(|code| *code == "CIV")
    );
}

#[tokio::test]
async fn a_search_among_values_is_no_part_of_a_file_and_of_lists_only() {
    let here = Installation::new().await;
    let file = format!("{DEMO}.csv?find-issue=right&position=noted");
    assert_eq!(here.get(&file, None).await.status, StatusCode::OK);
    let unknown = here.page("/world?find-issue=right").await;
    assert!(unknown.contains("find-issue"), "said to be unknown there");
    let misspelt = list(&here, "find-colour=red").await.body;
    assert!(misspelt.contains("find-colour"));
}
