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
        let address = between(cell, "href=\"", "\"").first().copied();
        // Reported totals lead to their round, which has no rows.
        let Some(address) = address.filter(|address| address.contains("/recommendations")) else {
            continue;
        };
        let text = between(cell, ">", "<")[0];
        let first = text.split_whitespace().next().unwrap();
        let count = first.parse().unwrap_or_else(|_| panic!("{cell}"));
        numbers.insert(address.replace("&amp;", "&"), count);
    }
    // Bars: the label leads to the list, or the number does. Shares are per cents.
    for row in between(page, "<dt>", "</dd>") {
        let address = between(row, "href=\"", "\"").first().copied();
        let number = between(row, "<b>", "</b>").first().copied();
        let number =
            number.map(|number| between(number, ">", "<").first().copied().unwrap_or(number));
        let count = number.and_then(|number| number.replace(',', "").parse().ok());
        let address = address.filter(|address| address.contains("/recommendations"));
        if let (Some(address), Some(count)) = (address, count) {
            numbers.insert(address.replace("&amp;", "&"), count);
        }
    }
    numbers
}

/// What a list holds, in its unit.
async fn rows_of(here: &Installation, list: &str, session: Option<&str>) -> u64 {
    let file = list.replacen("/recommendations", "/recommendations.json", 1);
    let answer = here.get(&file, session).await;
    assert_eq!(answer.status, StatusCode::OK, "{list}");
    let file: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let rows = file["recommendations"].as_array().unwrap().len();
    let unit = file["about"]["counting_unit"].as_str().unwrap();
    let counted = unit.rsplit(": ").next().unwrap().split(' ').next().unwrap();
    counted
        .parse()
        .unwrap_or_else(|_| u64::try_from(rows).unwrap())
}

#[tokio::test]
async fn every_number_is_that_of_its_list() {
    let here = Installation::new().await;
    let reader = here.sign_in("wren", Role::Reader).await;
    let mut checked = 0;
    for session in [None, Some(reader.as_str())] {
        for (page, at_most) in [
            ("/world", 60),
            ("/world?position=noted&cycle=3&state=XXA", 20),
            ("/recommending/NOR", 60),
            ("/recommending/NOR?cycle=1", 20),
            ("/subjects/issue/Death%20penalty", 40),
            ("/subjects/issue", 12),
            ("/recommending/NOR?unit=recommending-states", 40),
            ("/recommending/NOR/XXA", 40),
            ("/recommending/NOR?classes=official", 40),
            ("/states/BLR?classes=official", 20),
            ("/charts/answers-cycle?classes=official", 20),
            ("/reviews/BLR-1?classes=recorded", 20),
            ("/recommending?group=african&unit=recommending-states", 20),
            ("/summary?recommending=NOR", 60),
            (
                "/summary?recommending=NOR&recommending=FRA&unit=recommending-states",
                60,
            ),
            (
                "/compare?a=recommending%3DNOR&b=position%3Dnoted%26cycle%3D3%26state%3DXXA",
                20,
            ),
            ("/charts/answers-cycle?issue=Death+penalty", 20),
            ("/charts/world", 20),
            ("/charts/world-supported?position=noted", 20),
            ("/reviews/XXA-3/charts/issue?position=noted", 20),
            ("/reviews/XXA-3/charts/status", 20),
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
        lead.ends_with("None of them is in a round of assessment."),
        "{lead}"
    );
    // Nothing is nought where nobody has assessed: only what was reported of the third cycle counts, and
    // not under a filter that totals do not tell apart.
    let implemented = here.page("/world?measure=implemented").await;
    assert_eq!(implemented.matches("<li class=\"m0\">").count(), 1);
    assert!(implemented.contains("Belarus (reported totals): 2 of 252"));
    assert!(implemented.contains(">Belarus (reported totals)</span> <b>0.8%</b>"));
    let noted = here.page("/world?measure=implemented&position=noted").await;
    assert!(!noted.contains("<li class=\"m0\">"));
    assert!(implemented.contains("No assessment"));
    let briefing = here.page("/recommending/NOR/BLR").await;
    assert!(briefing.contains("Recommendations of Norway to Belarus"));
    let rows = between(&briefing, "<table class=\"briefing cards\">", "</table>")[0];
    assert_eq!(
        between(rows, "<tr><th scope=\"row\"", "</tr>").len() as u64,
        rows_of(&here, "/recommendations?recommending=NOR&state=BLR", None).await
    );
}

/// By recommending State, a filter by States or groups counts theirs only, not those of whoever joined.
#[tokio::test]
async fn who_joined_is_not_counted_where_a_state_is_asked_for() {
    let here = Installation::new().await;
    let one = "/recommendations?recommending=NOR&unit=recommending-states";
    let (rows, counted) = (
        rows_of(&here, "/recommendations?recommending=NOR", None).await,
        rows_of(&here, one, None).await,
    );
    assert!(rows > 0);
    assert_eq!(counted, rows);
    let page = here
        .page("/recommending/NOR?unit=recommending-states")
        .await;
    let lead = between(&page, "<p dir=\"auto\" class=\"lead\">", "</p>")[0];
    assert!(
        lead.starts_with(&format!("{rows} recommendations")),
        "{lead}"
    );
}

/// Every page over all reviews says what it counts, how, and what of its address it could not use.
#[tokio::test]
async fn what_is_counted_is_said_in_words() {
    let here = Installation::new().await;
    for page in [
        "/world?position=noted",
        "/summary?position=noted",
        "/recommending?position=noted",
        "/recommending/NOR?position=noted",
        "/recommending/NOR/XXA?position=noted",
        "/subjects/issue?position=noted",
        "/subjects/issue/Death%20penalty?position=noted",
        "/charts/state?position=noted",
        "/compare?a=position%3Dnoted&b=",
        "/reviews/XXA-3?position=noted",
        "/reviews/XXA-3/charts/issue?position=noted",
    ] {
        let body = here.page(page).await;
        assert!(
            body.contains(", noted. Status in") || body.contains(": noted. Status in"),
            "{page}"
        );
        assert!(body.contains("<details class=\"how\">"), "{page}");
        assert!(body.contains("SHA-256"), "{page}");
        let with_fault = if page.starts_with("/compare") {
            page.replace("noted&b=", "noted%26position%3Dbogus&b=nosuch%3D1")
        } else {
            format!("{page}&position=bogus")
        };
        let body = here.page(&with_fault).await;
        assert!(body.contains("“bogus” is no value"), "{with_fault}");
        if page.starts_with("/compare") {
            assert!(body.contains("has no “nosuch”"), "{body}");
        }
    }
    for file in [
        "/recommendations.json?round=nope",
        "/recommendations.csv?position=bogus",
        "/reviews/XXA-3/recommendations.json?round=nope",
        "/charts/state.csv?position=bogus",
        "/reviews/XXA-3/charts/issue.svg?position=bogus",
    ] {
        let refused = here.get(file, None).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{file}");
        assert!(refused.body.contains("is no value"), "{file}");
    }
}

/// One page for a meeting: who says so, as of when, how it was counted and how it is cited.
#[tokio::test]
async fn a_briefing_can_be_cited() {
    let here = Installation::new().await;
    let page = here.page("/recommending/NOR/XXA").await;
    let citation = between(&page, "<p dir=\"auto\" class=\"citation\">", "</p>")[0];
    let record = crate::lists::public_record(&here).await;
    let round = &record.rounds[0].round;
    for part in [
        round.organisation.as_str(),
        round.title.as_str(),
        &round.as_of.as_ref().unwrap().text(),
        round.content_hash.as_deref().unwrap(),
        "/recommending/NOR/XXA",
        "Recommendations",
    ] {
        assert!(citation.contains(part), "{part}: {citation}");
    }
    for part in [
        "Action category",
        "Western European and Others Group",
        "All States",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

/// What nobody has said anything about is neither assessed nor "not assessed".
#[tokio::test]
async fn reviews_without_a_round_are_apart() {
    let here = Installation::new().await;
    // The invented State is in no total that does not ask for it.
    let both = "state=BLR&state=XXA";
    let page = here.page(&format!("/summary?{both}")).await;
    let headline = between(&page, "<p class=\"headline\">", "</p>")[0];
    assert_eq!(
        headline,
        "41 of 245 assessed in the best status of their scale; 21 of 266 not assessed"
    );
    assert!(page.contains("93 of all 359 are in no round"));
    let json = here.page(&format!("/charts/state.json?{both}")).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["total"]["counts"]["no-round"], 93);
    assert_eq!(json["total"]["counts"]["not-assessed"], 21);
    assert_eq!(json["total"]["base"], 245);
    // Nothing is "0 of 0".
    assert!(!page.contains("0 of 0"));
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
