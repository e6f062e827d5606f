//! Summaries over all reviews: each number is that of the list that it leads to.

use crate::lists::between;
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::Role;
use std::collections::BTreeMap;

/// Every number of a page that leads to a list: what it says, by the list's address.
fn linked_numbers(page: &str) -> BTreeMap<String, u64> {
    let mut numbers = BTreeMap::new();
    for cell in between(page, "<td class=\"number\">", "</td>") {
        let Some(address) = between(cell, "href=\"/recommendations", "\"")
            .first()
            .copied()
        else {
            continue;
        };
        let text = between(cell, ">", "<")[0];
        let first = text.split_whitespace().next().unwrap();
        let count = first.parse().unwrap_or_else(|_| panic!("{cell}"));
        numbers.insert(address.replace("&amp;", "&"), count);
    }
    numbers
}

async fn rows_of(here: &Installation, list: &str, session: Option<&str>) -> u64 {
    let answer = here
        .get(&format!("/recommendations.json{list}"), session)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{list}");
    let file: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    u64::try_from(file["recommendations"].as_array().unwrap().len()).unwrap()
}

#[tokio::test]
async fn every_number_is_that_of_its_list() {
    let here = Installation::new().await;
    let reader = here.sign_in("wren", Role::Reader).await;
    let mut checked = 0;
    for session in [None, Some(reader.as_str())] {
        for (page, at_most) in [
            ("/world", 60),
            ("/world?position=noted&cycle=3", 20),
            ("/recommending/NOR", 60),
            ("/recommending/NOR?cycle=1", 20),
            ("/subjects/issue/Death%20penalty", 40),
            ("/subjects/issue", 12),
        ] {
            let answer = here.get(page, session).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            let numbers = linked_numbers(&answer.body);
            assert!(!numbers.is_empty(), "{page}");
            for (list, count) in numbers.into_iter().take(at_most) {
                let rows = rows_of(&here, &list, session).await;
                assert_eq!(rows, count, "{page}: {list}");
                checked += 1;
            }
        }
    }
    assert!(checked > 150, "{checked}");
}

#[tokio::test]
async fn the_bundled_first_cycle_is_counted_as_it_is() {
    let here = Installation::empty().await;
    let actor = data::store::Actor::command_line();
    here.store.load_bundled(&actor).await.unwrap();
    let page = here.page("/world").await;
    let lead = between(&page, "<p dir=\"auto\" class=\"lead\">", "</p>")[0];
    assert!(lead.starts_with("93 recommendations"), "{lead}");
    assert!(
        lead.ends_with("None of them is in a review that has a round."),
        "{lead}"
    );
    // Nothing is nought where nobody has assessed: only what was reported of the third cycle counts, and
    // not under a filter that totals do not tell apart.
    let implemented = here.page("/world?measure=implemented").await;
    assert_eq!(implemented.matches("class=\"tile shade-0\"").count(), 1);
    assert!(implemented.contains("Belarus: 2 of 252"));
    let noted = here.page("/world?measure=implemented&position=noted").await;
    assert!(!noted.contains("class=\"tile shade-0\""));
    assert!(implemented.contains("No assessment"));
    let briefing = here.page("/recommending/NOR/BLR").await;
    assert!(briefing.contains("What Norway recommended to Belarus"));
    assert_eq!(
        between(&briefing, "<tr><th scope=\"row\"", "</tr>").len() as u64,
        rows_of(&here, "?recommending=NOR&state=BLR", None).await
    );
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let here = Installation::new().await;
    for path in [
        "/recommending/ZZZ",
        "/recommending/NOR/ZZZ",
        "/recommending/NOR/NOR",
        "/subjects/position",
        "/subjects/issue/No%20such%20issue",
        "/subjects/nothing/x",
    ] {
        let answer = here.get(path, None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    // A State that is known and recommended nothing is told so.
    let page = here.page("/recommending/NRU").await;
    assert!(page.contains("Nauru"));
}
