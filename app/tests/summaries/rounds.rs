//! Rounds, organisations' views, cycles and filters beside each other.

use crate::markup::{table, text};
use crate::support::Installation;
use data::domain::Role;
use data::exchange::read_whole;
use data::store::{Actor, NewRun};
use serde_json::Value;

#[tokio::test]
async fn the_two_published_results_stand_beside_each_other() {
    let here = Installation::new().await;
    let page = here
        .page("/reviews/BLR-3/compare?from=bhc-2023&to=coalition-later")
        .await;
    let rows: Vec<Vec<String>> = table(&page, "differences")[1..].to_vec();
    let rows: Vec<[&str; 4]> = rows
        .iter()
        .map(|row| [0, 1, 2, 3].map(|cell| row[cell].as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            // Between its neighbours in the scale that has it.
            ["Implemented", "2", "2", "0"],
            ["In process of implementation", "1", "0", "\u{2212}1"],
            ["Partially implemented", "26", "24", "\u{2212}2"],
            ["Not implemented", "223", "226", "+3"],
            ["Not assessed", "14", "14", "0"],
            ["Received", "266", "266", "0"],
        ]
    );
    let said = text(&page);
    assert!(said.contains("The totals differ in 3 statuses"));
    assert!(said.contains("no counterpart"));
    assert!(said.contains("which recommendation moved is not known"));
    // A person says what the one left over is: then it is counted there.
    let mapped = here
        .page("/reviews/BLR-3/compare?from=bhc-2023&to=coalition-later&map=in_process:partially_implemented")
        .await;
    let rows = table(&mapped, "differences");
    assert_eq!(rows[2][1..], ["27", "24", "\u{2212}3"]);
    assert!(text(&mapped).contains("chosen on this page"));
}

#[tokio::test]
async fn two_rounds_of_one_review_say_what_moved() {
    let here = Installation::new().await;
    let cookie = here.sign_in("reviewer", Role::Reviewer).await;
    let path = "/reviews/XXA-3/compare?from=mid-term&to=follow-up";
    let page = here.get(path, Some(&cookie)).await.body;
    let matrix = table(&page, "matrix");
    let numbers: Vec<Vec<u64>> = matrix[1..]
        .iter()
        .map(|row| row[1..].iter().map(|cell| cell.parse().unwrap()).collect())
        .collect();
    let (sums, rows) = numbers.split_last().unwrap();
    for row in rows {
        let (counts, sum) = row.split_at(row.len() - 1);
        assert_eq!(counts.iter().sum::<u64>(), sum[0]);
    }
    for (place, sum) in sums.iter().enumerate() {
        assert_eq!(rows.iter().map(|row| row[place]).sum::<u64>(), *sum);
    }
    assert_eq!(sums.last(), Some(&266));
    // Each number of the matrix leads to its recommendations, moved or not.
    for (cell, href) in linked_cells(&page, "matrix") {
        let listed = here.get(&href, Some(&cookie)).await.body;
        assert_eq!(table(&listed, "moved").len() - 1, cell, "{href}");
    }
    // The flow is the matrix.
    let json = "/reviews/XXA-3/charts/flow.json?from=mid-term&to=follow-up";
    let json: Value = serde_json::from_str(&here.get(json, Some(&cookie)).await.body).unwrap();
    let lines = json["lines"].as_array().unwrap();
    for (line, row) in lines.iter().zip(rows) {
        assert_eq!(line["received"].as_u64(), row.last().copied());
    }
    let moved = if page.contains("<table class=\"moved\"") {
        table(&page, "moved").len() - 1
    } else {
        0
    };
    assert!(text(&page).contains(&format!("{moved} of 266 recommendations")));
    // To the public there is only one round.
    assert!(text(&here.page("/reviews/XXA-3/compare").await).contains("no two rounds"));
}

/// The numbers of a table that lead somewhere, with where.
fn linked_cells(page: &str, name: &str) -> Vec<(usize, String)> {
    let table = page
        .split(&format!("<table class=\"{name}\">"))
        .nth(1)
        .unwrap();
    let table = table.split("</table>").next().unwrap();
    let cells: Vec<_> = table
        .split("<a href=\"")
        .skip(1)
        .map(|cell| {
            let href = cell.split('"').next().unwrap().replace("&amp;", "&");
            let number = cell.split('>').nth(1).unwrap().split('<').next().unwrap();
            let href = href.split('#').next().unwrap().to_owned();
            (number.parse().unwrap(), href)
        })
        .collect();
    assert!(!cells.is_empty());
    cells
}

#[tokio::test]
async fn cycles_stand_beside_each_other_with_totals_where_there_is_no_more() {
    let here = Installation::new().await;
    let page = here.page("/states/BLR").await;
    let rows = table(&page, "cycles");
    assert_eq!(rows[1][..2], ["first cycle", "93"]);
    assert_eq!(rows[1][3], "No assessment");
    assert_eq!(rows[2][1], "–");
    assert_eq!(rows[3][1..4], ["266", "133", "2 of 252 (0.8%)"]);
    let json: Value =
        serde_json::from_str(&here.page("/charts/cycles.json?state=BLR").await).unwrap();
    let lines = json["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "what nobody assessed is no line of zeros");
    assert_eq!(lines[0]["counts"]["best"], 2);
    assert_eq!(lines[0]["base"], 252);
    assert_eq!(lines[0]["received"], 266);
}

#[tokio::test]
async fn what_a_state_recommended_is_what_its_list_shows() {
    let here = Installation::new().await;
    for state in ["NOR", "FRA", "BRA"] {
        let list = here
            .page(&format!("/recommendations.json?recommending={state}"))
            .await;
        let list: Value = serde_json::from_str(&list).unwrap();
        let listed = list["recommendations"].as_array().unwrap().len() as u64;
        assert!(listed > 0, "{state}");
        for chart in [
            "state",
            "cycle",
            "answers-cycle",
            "position",
            "action",
            "issue",
        ] {
            let path = format!("/charts/{chart}.json?recommending={state}");
            let json: Value = serde_json::from_str(&here.page(&path).await).unwrap();
            assert_eq!(json["total"]["received"], listed, "{path}");
        }
        let page = here.page(&format!("/recommending/{state}")).await;
        assert!(page.contains(&format!("/recommendations?recommending={state}")));
        // The tables of the page are taken along by the same charts.
        assert!(page.contains(&format!("/charts/cycle.svg?recommending={state}")));
    }
}

#[tokio::test]
async fn the_world_says_no_assessment_and_never_zero() {
    let here = Installation::new().await;
    let json: Value = serde_json::from_str(&here.page("/charts/world.json").await).unwrap();
    let of = |code: &str| -> Value {
        let mut lines = json["lines"].as_array().unwrap().iter();
        lines.find(|line| line["value"] == code).unwrap().clone()
    };
    assert_eq!(of("BLR")["counts"]["best"], 2);
    assert_eq!(of("BLR")["base"], 252);
    assert_eq!(of("BLR")["received"], 266);
    // What was only reported is not added to what is known one by one: the demonstration's 252.
    assert_eq!(of("BLR")["standing"], "reported_totals");
    assert_eq!(of("XXA")["standing"], "counted");
    assert_eq!(json["total"]["base"], 252);
    assert_eq!(json["total"]["received"], 266);
    assert_eq!(of("NOR")["standing"], "unknown");
    assert!(of("NOR")["received"].is_null() && of("NOR")["counts"]["best"].is_null());
    let csv = here.page("/charts/world.csv").await;
    assert!(csv.contains("\nNorway,,,,,"), "{csv}");
    assert!(
        csv.contains("\nBelarus (reported totals),2,250,14,252,266"),
        "{csv}"
    );
    assert_eq!(json["lines"].as_array().unwrap().len(), 196);
    // Each measure is taken along by the chart that its tiles are drawn of.
    assert!(
        here.page("/world")
            .await
            .contains("/charts/world-supported.png")
    );
    let page = here.page("/world?measure=implemented").await;
    assert!(
        page.contains("/charts/world.png") && page.contains("Belarus (reported totals): 2 of 252")
    );
    let svg = here.page("/charts/world.svg").await;
    assert!(svg.contains("stroke-dasharray"));
}

#[tokio::test]
async fn any_two_filters_stand_beside_each_other() {
    let here = Installation::new().await;
    let a = "https%3A%2F%2Fupr.example%2Freviews%2FXXA-3%2Frecommendations%3Fposition%3Dnoted";
    let b = "state%3DXXA%26position%3Dsupported";
    let path = format!("/charts/two.json?a={a}&b={b}");
    let json: Value = serde_json::from_str(&here.page(&path).await).unwrap();
    // Their sum would count what is in both twice.
    assert!(json["total"].is_null());
    for (line, position) in [(0, "noted"), (1, "supported")] {
        let list = format!("/reviews/XXA-3/recommendations.json?position={position}");
        let list: Value = serde_json::from_str(&here.page(&list).await).unwrap();
        let listed = list["recommendations"].as_array().unwrap().len();
        assert_eq!(json["lines"][line]["received"], listed);
    }
    let page = here.page(&format!("/compare?a={a}&b={b}")).await;
    assert!(text(&page).contains("noted"));
    // What was answered is drawn as well: most filters have no assessment.
    assert!(page.contains("/charts/answers-two.svg?"));
    let answers = format!("/charts/answers-two.json?a={a}&b={b}");
    let answers: Value = serde_json::from_str(&here.page(&answers).await).unwrap();
    let noted = &answers["lines"][0];
    assert_eq!(noted["counts"]["noted"], noted["received"]);
    assert_eq!(noted["base"], noted["received"]);
    assert!(
        answers["title"]
            .as_str()
            .unwrap()
            .starts_with("Supported: ")
    );
}

#[tokio::test]
async fn what_is_imported_after_publishing_moves_no_figure_of_the_round() {
    let here = Installation::new().await;
    let addresses = ["/states/XXA", "/charts/cycles-answers.json?state=XXA"];
    let mut before = Vec::new();
    for address in addresses {
        before.push(here.page(address).await);
    }
    let file = "review,paragraph,text,recommending_states,position\n\
                XXA-3,139.99,Something new to do,Norway,Noted\n";
    let file = read_whole(file.as_bytes(), None).unwrap();
    let actor = Actor::command_line();
    let run = here
        .store
        .stage_import(&actor, &NewRun::default(), move |sink| file.replay(sink))
        .await
        .unwrap();
    let run = here.store.apply_import(&actor, run.id).await.unwrap();
    assert_eq!(run.summary.created, 1);

    let json = |body: &str| -> Value { serde_json::from_str(body).unwrap() };
    let answers = json(&here.page(addresses[1]).await);
    assert_eq!(answers["total"], json(&before[1])["total"]);
    assert_eq!(answers["total"]["received"], 266);
    let cycles = |page: &str| table(page, "cycles");
    assert_eq!(cycles(&here.page(addresses[0]).await), cycles(&before[0]));
    // Every view says the round's sentence, and which recommendation it is not about.
    let summary = text(&here.page("/summary?state=XXA").await);
    assert!(
        summary.contains("14 of 266 not assessed"),
        "{summary:.2000}"
    );
    assert!(
        summary.contains("One of all 267 is in no round"),
        "{summary:.2000}"
    );
    let review = text(&here.page("/reviews/XXA-3").await);
    assert!(review.contains("14 of 266 not assessed"));
    assert!(review.contains("1 recommendation was imported after the round was published"));
    let world = json(&here.page("/charts/world.json").await);
    assert_eq!(world["total"]["received"], 266);
}
