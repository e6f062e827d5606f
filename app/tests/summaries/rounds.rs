//! Rounds, organisations' views, cycles and filters beside each other.

use crate::markup::{table, text};
use crate::support::Installation;
use data::domain::Role;
use data::store::Actor;
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
    assert!(said.contains("which recommendations changed their status is not known"));
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
    // What changed, what was added and what was taken back are three numbers.
    let title = json["title"].as_str().unwrap();
    let numbers: Vec<usize> = title
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|word| word.parse().ok())
        .collect();
    let [changed, both, added, removed] = numbers[..] else {
        panic!("{title}")
    };
    assert_eq!(changed + added + removed, moved, "{title}");
    let last = rows.len() - 1;
    let assessed_in_both: u64 = rows[..last]
        .iter()
        .map(|row| row[..row.len() - 2].iter().sum::<u64>())
        .sum();
    assert_eq!(u64::try_from(both).unwrap(), assessed_in_both, "{title}");
    assert!(text(&page).contains(title));
    // To the public there is only one round.
    assert!(text(&here.page("/reviews/XXA-3/compare").await).contains("fewer than two rounds"));
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
    assert_eq!(
        rows[0][1..6],
        [
            "Received",
            "Supported",
            "Partially supported",
            "Noted",
            "Implemented, of the assessed"
        ]
    );
    assert_eq!(
        rows[1][..6],
        ["first cycle", "93", "73", "1", "19", "No assessment"]
    );
    assert_eq!(rows[2][1..5], ["–", "–", "–", "–"]);
    assert_eq!(
        rows[3][1..6],
        ["266", "133", "18", "115", "2 of 252 (0.8%)"]
    );
    // Officially, what is supported in part is noted.
    let official = here.page("/states/BLR?classes=official").await;
    let rows = table(&official, "cycles");
    assert_eq!(rows[1][1..4], ["93", "73", "20"]);
    assert_eq!(rows[3][1..4], ["266", "133", "133"]);
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

/// Nine assessed of many would be a chart of what is not assessed.
#[tokio::test]
async fn a_few_assessments_among_many_are_said_and_not_drawn() {
    let here = Installation::new().await;
    let mut said = 0;
    for state in ["NOR", "FRA", "DEU", "ESP", "CAN"] {
        // The invented State counts where it is chosen.
        let states = "state=BLR&state=XXA";
        let query = format!("recommending={state}&{states}");
        let chart = json(&here, &format!("/charts/cycle.json?{query}")).await;
        let of = |code: &str| chart["total"]["counts"][code].as_u64().unwrap_or(0);
        let assessed = of("best") + of("between") + of("worst");
        let received = chart["total"]["received"].as_u64().unwrap();
        let page = here.page(&format!("/recommending/{state}?{states}")).await;
        let is_drawn = page.contains("id=\"drawn-title-cycle\"");
        let few = (1..10).contains(&assessed) && assessed * 2 < received;
        assert_eq!(
            page.contains(&format!("{assessed} of {received} are assessed: too few")),
            few,
            "{state}: {assessed} of {received}"
        );
        assert!(!(few && is_drawn), "{state}: {assessed} of {received}");
        said += u32::from(few);
    }
    assert!(said > 0);
    let enough = here.page("/world?state=BLR&state=XXA").await;
    assert!(!enough.contains("too few for a chart"));
}

#[tokio::test]
async fn the_world_says_no_assessment_and_never_zero() {
    let here = Installation::new().await;
    let json: Value =
        serde_json::from_str(&here.page("/charts/world.json?state=BLR&state=XXA").await).unwrap();
    let of = |code: &str| -> Value {
        let mut lines = json["lines"].as_array().unwrap().iter();
        lines.find(|line| line["value"] == code).unwrap().clone()
    };
    assert_eq!(of("BLR")["counts"]["best"], 2);
    assert_eq!(of("BLR")["base"], 252);
    assert_eq!(of("BLR")["received"], 266);
    // What was only reported is not added to what is known one by one: the demonstration's 245.
    assert_eq!(of("BLR")["standing"], "reported_totals");
    assert_eq!(of("XXA")["standing"], "counted");
    assert_eq!(json["total"]["base"], 245);
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
    // Without a status of a single recommendation no share is told.
    for (address, heading) in [
        (
            "/charts/world?state=BLR",
            "Only totals are reported, for 1 State",
        ),
        ("/charts/world?state=AUT", "Nothing is assessed yet"),
        ("/charts/cycle?state=BLR&cycle=1", "Nothing is assessed yet"),
    ] {
        let page = here.page(address).await;
        let begin = format!("<title>{heading} ");
        assert!(page.contains(&begin), "{address}: {}", &page[..400]);
    }
}

#[tokio::test]
async fn a_table_of_terms_says_of_how_many_recommendations_it_is() {
    let here = Installation::new().await;
    let part = "recommendations have an entry here";
    // No recommendation of the bundled set has a goal, and each has an issue.
    let none = "None of the 93 recommendations has an entry here";
    assert!(here.page("/subjects/sdg").await.contains(none));
    assert!(!here.page("/subjects/issue").await.contains(part));
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
async fn two_sets_are_chosen_from_lists() {
    let here = Installation::new().await;
    let page = here.page("/compare").await;
    for name in ["a-state", "a-cycle", "a-recommending", "b-state", "b-cycle"] {
        assert!(page.contains(&format!("<select name=\"{name}\"")), "{name}");
    }
    assert!(page.contains("<option value=\"XXA\">Examplia (fictitious)</option>"));
    // What the lists do not show goes along; what they choose comes in its place.
    let chosen = "a=theme%3DX%26state%3DXXA%26position%3Dnoted&a-state=BLR&a-cycle=1&a-recommending=\
                  &b=&b-state=&b-cycle=&b-recommending=NOR";
    let chosen = chosen.replace("theme%3DX%26", "");
    let page = here.page(&format!("/compare?{chosen}")).await;
    let a = "state=BLR&amp;cycle=1&amp;position=noted";
    assert!(
        page.contains(&format!("name=\"a\" value=\"{a}\"")),
        "{page:.6000}"
    );
    assert!(page.contains("name=\"b\" value=\"recommending=NOR\""));
    assert!(page.contains(&format!("href=\"/recommendations?{a}\"")));
    assert!(page.contains("<option value=\"BLR\" selected>Belarus</option>"));
    // The source says how much of both is loaded.
    for whose in [
        "reviews of the chosen States and cycles",
        "reviews of the first three cycles",
    ] {
        assert!(page.contains(whose), "{whose}");
    }
    // Several values stay as they are.
    let several = here
        .page("/compare?a=state%3DBLR%26state%3DXXA&a-state=*&b=")
        .await;
    assert!(several.contains("As chosen (2)"));
    assert!(several.contains("name=\"a\" value=\"state=BLR&amp;state=XXA\""));
    let unknown = here.page("/compare?a=&a-state=ZZZ&b=").await;
    assert!(
        text(&unknown).contains("“ZZZ” is no value of"),
        "{unknown:.3000}"
    );
}

#[tokio::test]
async fn rounds_to_compare_are_chosen_from_a_list() {
    let here = Installation::new().await;
    let page = here.page("/compare").await;
    assert!(
        page.contains("<option value=\"BLR-3\">Belarus, third cycle"),
        "{page}"
    );
    // One published round alone is nothing to compare.
    assert!(!page.contains("<option value=\"XXA-3\">"));
    let reader = here.sign_in("wren", data::domain::Role::Reader).await;
    let inside = here.get("/compare", Some(&reader)).await.body;
    assert!(inside.contains("<option value=\"XXA-3\">"));
    let chosen = here.get("/compare?rounds-of=BLR-3", None).await;
    assert_eq!(chosen.location, "/reviews/BLR-3/compare");
    let nothing = here.get("/compare?rounds-of=Belarus", None).await;
    assert_eq!(nothing.status, axum::http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_tile_leads_to_its_state_and_a_section_has_one_menu() {
    let here = Installation::new().await;
    let world = here.page("/world").await;
    let tiles = world.split("class=\"tiles\"").nth(1).unwrap();
    assert!(
        world.contains("<a href=\"/states/BLR\" title="),
        "{tiles:.2000}"
    );
    for review in ["/reviews/XXA-3", "/reviews/BLR-1"] {
        let page = here.page(review).await;
        let menus = |section: &str| {
            let (_, rest) = page
                .split_once(&format!("aria-labelledby=\"{section}\""))
                .unwrap();
            let section = rest.split("</section>").next().unwrap();
            (
                section.matches("class=\"menu take\"").count(),
                section.matches(".csv").count(),
            )
        };
        let section = if review.contains("XXA") {
            "by-status"
        } else {
            "positions"
        };
        // One menu with the files of both charts.
        assert_eq!(menus(section), (1, 2), "{review}");
    }
}

/// Takes in recommendations, each a line; how many came in.
async fn import(here: &Installation, lines: &str) -> u64 {
    let file = format!("review,paragraph,text,recommending_states,position\n{lines}");
    let run = here.import(file).await;
    u64::try_from(run.summary.created).unwrap()
}

async fn json(here: &Installation, path: &str) -> Value {
    serde_json::from_str(&here.page(path).await).unwrap()
}

#[tokio::test]
async fn rounds_are_compared_by_recommendation_and_say_so() {
    let here = Installation::new().await;
    let pair = "from=bhc-2023&to=coalition-later";
    let asked = format!("{pair}&unit=recommending-states");
    let page = text(&here.page(&format!("/reviews/BLR-3/compare?{asked}")).await);
    assert!(page.contains("Rounds are compared by recommendation"));
    assert!(page.contains("All 266 recommendations to Belarus, third cycle"));
    assert!(page.contains("Counted: Recommendations."), "{page:.3000}");
    assert!(!page.contains("Counted: Recommending"));
    // A file has no place for the sentence.
    let file = format!("/reviews/BLR-3/charts/rounds.csv?{asked}");
    let refused = here.get(&file, None).await;
    assert_eq!(refused.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    // Both rounds are named wherever the numbers are.
    let file = here
        .page(&format!("/reviews/BLR-3/charts/rounds.csv?{pair}"))
        .await;
    let cited = here
        .page(&format!("/reviews/BLR-3/charts/rounds.txt?{pair}"))
        .await;
    for said in [page, file, cited] {
        let both = "Status in: Belarusian Helsinki Committee: Mid-term assessment, 2023, as of \
                    2023-12-31, and in: ";
        assert!(said.contains(both), "{said:.3000}");
    }
}

#[tokio::test]
async fn two_filters_are_counted_in_one_unit() {
    let here = Installation::new().await;
    let states = "state%3DXXA%26unit%3Drecommending-states";
    let both = format!("a={states}&b={states}");
    let of_both = json(&here, &format!("/charts/two.json?{both}")).await;
    assert_eq!(of_both["lines"][0]["received"], 311);
    assert_eq!(of_both["lines"][1]["received"], 311);
    let mixed = format!("a={states}&b=state%3DXXA");
    let page = here.page(&format!("/compare?{mixed}")).await;
    assert!(text(&page).contains("The two filters have different counting units"));
    assert!(!page.contains("311"));
    let refused = here.get(&format!("/charts/two.csv?{mixed}"), None).await;
    assert_eq!(refused.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    // The unit is switched for both.
    let other = format!("/compare?a={states}&amp;b={states}");
    assert!(page.contains(&other), "{page}");
}

#[tokio::test]
async fn what_was_only_reported_is_not_denied() {
    let here = Installation::new().await;
    for query in [
        "state=BLR&cycle=3",
        "state=BLR&cycle=3&unit=recommending-states",
    ] {
        let page = here.page(&format!("/summary?{query}")).await;
        assert!(!text(&page).contains("No recommendation"), "{query}");
        let rows = table(&page, "tallies");
        assert_eq!(rows[1][1..], ["266", "14", "252", "2 of 252 (0.8%)"]);
    }
    let page = here.page("/summary?state=BLR").await;
    assert!(text(&page).contains("93 recommendations imported"));
    assert!(page.contains("id=\"reported-totals\""));
    // Totals do not tell this apart.
    let noted = here.page("/summary?state=BLR&position=noted").await;
    assert!(!noted.contains("id=\"reported-totals\""));
}

#[tokio::test]
async fn a_states_page_follows_the_filter_and_says_what_it_counts() {
    let here = Installation::new().await;
    let page = here.page("/states/BLR").await;
    let rows = table(&page, "cycles");
    // Nothing earlier, nothing imported, nobody has looked: none of them is zero.
    let last = |row: &Vec<String>| row.last().cloned().unwrap();
    assert_eq!(last(&rows[1]), "–");
    assert_eq!(last(&rows[2]), "not examined");
    assert_eq!(last(&rows[3]), "not examined");
    let said = text(&page);
    assert!(said.contains("359 received in all"), "{said}");
    assert!(said.contains("266 are in a round, 252 of them assessed"));
    assert!(said.contains("Counted: Recommendations."));
    // Its numbers lead to their rows, or to the round that reported them.
    let cells = linked_cells_of(&page, "cycles");
    assert!(cells.contains(&("93".to_owned(), "/reviews/BLR-1/recommendations".to_owned())));
    assert!(
        cells.iter().any(|(number, href)| {
            number == "266" && href.starts_with("/reviews/BLR-3/rounds/")
        })
    );
    let noted = here.page("/states/BLR?position=noted").await;
    let rows = table(&noted, "cycles");
    let list = json(&here, "/reviews/BLR-1/recommendations.json?position=noted").await;
    let listed = list["recommendations"].as_array().unwrap().len();
    assert_eq!(rows[1][1], listed.to_string());
    assert_eq!(rows[1][2], "0");
    // Totals cannot be filtered, and are not zero either.
    assert_eq!(rows[3][1], "–");
    assert!(text(&noted).contains("totals can neither be filtered"));
    let states = here.page("/states/XXA?unit=recommending-states").await;
    assert_eq!(table(&states, "cycles")[1][1], "311");
    let misspelt = text(&here.page("/states/BLR?isue=Justice").await);
    assert!(misspelt.contains("isue"));
}

/// The texts of a table's links, with where they lead.
fn linked_cells_of(page: &str, name: &str) -> Vec<(String, String)> {
    let begin = page.find(&format!("<table class=\"{name}\"")).unwrap();
    let table = page[begin..].split("</table>").next().unwrap();
    table
        .split("<a ")
        .skip(1)
        .map(|link| {
            let href = link
                .split("href=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            let text = link.split('>').nth(1).unwrap().split('<').next().unwrap();
            (text.to_owned(), href.replace("&amp;", "&"))
        })
        .collect()
}

#[tokio::test]
async fn what_nobody_knows_the_answer_to_is_in_no_share_of_support() {
    let here = Installation::new().await;
    let whole = |value: &Value| {
        let total = &value["total"];
        (total["counts"]["supported"].clone(), total["base"].clone())
    };
    let all = "/charts/world-supported.json?state=AND&state=AUT&state=BLR&state=XXA";
    let before = json(&here, all).await;
    let lines = (1..=12).map(|number| format!("AUT-3,139.{number},Do number {number},Norway,"));
    assert_eq!(
        import(&here, &lines.collect::<Vec<_>>().join("\n")).await,
        12
    );
    let answered = (1..=12).map(|number| {
        let answer = ["Supported", "Noted", "Under consideration"][number % 3];
        format!("AND-3,139.{number},Do else {number},Norway,{answer}")
    });
    let answered = answered.collect::<Vec<_>>().join("\n");
    let after = json(&here, all).await;
    assert_eq!(whole(&after), whole(&before));
    assert_eq!(
        after["total"]["counts"]["unknown"].as_u64(),
        before["total"]["counts"]["unknown"]
            .as_u64()
            .map(|count| count + 12)
    );
    let page = here.page("/world").await;
    assert!(page.contains("Austria: 12 received, no answer known"));
    let line = page
        .split("/states/AUT")
        .nth(1)
        .unwrap()
        .split("</tr>")
        .next()
        .unwrap();
    assert!(
        line.contains("No answer known") && !line.contains("0%"),
        "{line}"
    );
    // What is pending is no refusal.
    assert_eq!(import(&here, &answered).await, 12);
    let lines = json(&here, "/charts/world-supported.json").await;
    let lines = lines["lines"].as_array().unwrap().clone();
    let andorra = lines.iter().find(|line| line["value"] == "AND").unwrap();
    assert_eq!(andorra["base"], 8);
    assert_eq!(andorra["counts"]["pending"], 4);
    let answers = json(&here, "/charts/answers-state.json?state=AND").await;
    assert_eq!(answers["lines"][0]["base"], 8);
    let compared = here.page("/compare?a=state%3DAND&b=state%3DAUT").await;
    assert_eq!(table(&compared, "quality")[1][2], "4 of 8");
    assert_eq!(table(&compared, "quality")[2][2], "–");
}

#[tokio::test]
async fn answers_are_cited_from_documents_and_statuses_from_rounds() {
    let here = Installation::new().await;
    let answers = here.page("/charts/answers-cycle.bib?state=BLR").await;
    assert!(answers.contains("United Nations"), "{answers}");
    assert!(answers.contains("A/HRC/15/16"));
    assert!(!answers.contains("Coalition"));
    // Statuses are of rounds alone; by position, the positions are counted as well.
    let statuses = here
        .page("/charts/cycle.bib?recommending=NOR&state=XXA")
        .await;
    assert!(
        !statuses.contains("United Nations") && statuses.contains("Coalition"),
        "{statuses}"
    );
    let both = here
        .page("/charts/position.bib?recommending=NOR&state=BLR&state=XXA")
        .await;
    assert!(
        both.contains("author = {{United Nations") && both.contains("Coalition"),
        "{both}"
    );
    // Figures over several reviews say how many of them are loaded.
    let covered = json(&here, "/charts/answers-cycle.json?state=BLR").await;
    let covered = covered["source"].as_str().unwrap();
    assert!(
        covered.ends_with("Coverage: 1 of 3 reviews of Belarus in the first three cycles loaded"),
        "{covered}"
    );
    let home = text(&here.page("/").await);
    assert!(home.contains("Coverage: 1 of 578 reviews of the first three cycles loaded"));
    let supported = json(&here, "/charts/world-supported.json?state=BLR&state=XXA").await;
    let source = supported["source"].as_str().unwrap();
    assert!(
        source.contains("A/HRC/15/16") && source.contains("fictitious"),
        "{source}"
    );
    assert!(!source.contains("Coalition"));
    // What was reported as totals is said to be from them.
    let world = json(&here, "/charts/world.json").await;
    assert!(
        world["source"].as_str().unwrap().contains("Belarus"),
        "{world:#}"
    );
    let of_state = json(&here, "/charts/cycles-answers.json?state=BLR").await;
    let source = of_state["source"].as_str().unwrap();
    assert!(
        source.contains("A/HRC/15/16 (55)") && source.contains("UPR Info, 2015 (38)"),
        "{source}"
    );
    // Positions that only totals tell are from the round that reports them, with their number.
    assert!(
        source.contains("totals reported in ") && source.contains(" (266)"),
        "{source}"
    );
    assert!(!source.contains("Statuses"), "{source}");
}

#[tokio::test]
async fn each_table_is_taken_along_with_its_own_numbers() {
    let here = Installation::new().await;
    for (page, chart) in [
        ("/recommending/NOR", "cycle"),
        ("/subjects/issue/Justice", "state"),
        ("/world", "group"),
    ] {
        let html = here.page(page).await;
        let query = match page {
            "/world" => String::new(),
            "/recommending/NOR" => "?recommending=NOR".to_owned(),
            _ => "?issue=Justice".to_owned(),
        };
        assert!(
            html.contains(&format!("/charts/answers-{chart}.csv{query}")),
            "{page}"
        );
        assert!(
            html.contains(&format!("/charts/{chart}.csv{query}")),
            "{page}"
        );
    }
    // Line by line: what the table says is in one of the two files.
    let html = here.page("/recommending/NOR").await;
    let answers = json(&here, "/charts/answers-cycle.json?recommending=NOR").await;
    let outcomes = json(&here, "/charts/cycle.json?recommending=NOR").await;
    let rows = table(&html, "tallies");
    let place = |name: &str| {
        let mut headings = rows[0].iter();
        headings.position(|heading| heading == name)
    };
    // What there is none of in the whole table is no column.
    let cell = |row: &[String], name: &str| -> u64 {
        let Some(place) = place(name) else { return 0 };
        let first = row[place].split(' ').next().unwrap();
        first.parse().unwrap()
    };
    for row in &rows[1..rows.len() - 1] {
        let of = |chart: &Value| {
            let lines = chart["lines"].as_array().unwrap().iter();
            let mut of = lines.filter(|line| line["label"] == row[0].as_str());
            of.next().unwrap().clone()
        };
        let (answer, outcome) = (of(&answers), of(&outcomes));
        let count = |line: &Value, code: &str| line["counts"][code].as_u64().unwrap();
        assert_eq!(cell(row, "Received"), answer["received"]);
        let supported = cell(row, "Supported, of the answered");
        let partly = cell(row, "Partially supported");
        let noted = cell(row, "Noted");
        assert_eq!(supported, count(&answer, "supported"));
        assert_eq!(partly, count(&answer, "partially_supported"), "{row:?}");
        assert_eq!(noted, count(&answer, "noted"));
        assert_eq!(supported + partly + noted, answer["base"]);
        // "No assessment" stands in one cell for both.
        if row.len() == rows[0].len() {
            assert_eq!(cell(row, "Assessed"), outcome["base"]);
            let best = cell(row, "Implemented, of the assessed");
            assert_eq!(best, count(&outcome, "best"));
        }
    }
}

#[tokio::test]
async fn totals_and_an_itemised_round_of_one_name_are_reconciled() {
    let here = Installation::new().await;
    let lines = (1..=3).map(|number| format!("BLR-3,138.{number},Do {number},Norway,Noted"));
    assert_eq!(
        import(&here, &lines.collect::<Vec<_>>().join("\n")).await,
        3
    );
    let record = here
        .store
        .review_record(data::domain::ReviewCode::parse("BLR-3").unwrap())
        .await
        .unwrap();
    let reported = &record.round("bhc-2023").unwrap().round;
    let new = data::store::NewRound {
        slug: "bhc-items".to_owned(),
        organisation: reported.organisation.clone(),
        title: reported.title.clone(),
        as_of: reported.as_of.clone(),
        scale: reported.scale.code.clone(),
        method: None,
        assessors: Vec::new(),
    };
    let actor = Actor::command_line();
    here.store
        .open_round(&actor, record.review.code, &new)
        .await
        .unwrap();
    let reader = here.sign_in("wren", Role::Reader).await;
    let differ = "Not implemented: 223 reported, 0 itemised";
    for path in [
        "/reviews/BLR-3?round=bhc-2023",
        "/reviews/BLR-3?round=bhc-items",
        "/reviews/BLR-3/rounds/bhc-2023",
        "/reviews/BLR-3/rounds/bhc-items",
        "/reviews/BLR-3/compare?from=bhc-2023&to=bhc-items",
    ] {
        let page = text(&here.get(path, Some(&reader)).await.body);
        assert!(page.contains(differ), "{path}");
    }
    // Where the same name stands twice, it says which is which.
    let path = "/reviews/BLR-3/compare?from=bhc-2023&to=bhc-items";
    let page = here.get(path, Some(&reader)).await.body;
    let headings = &table(&page, "differences")[0];
    assert!(headings[1].ends_with("(reported totals)"), "{headings:?}");
    assert!(headings[2].ends_with("(itemised)"), "{headings:?}");
    // To the public there is nothing to reconcile.
    let page = text(&here.page("/reviews/BLR-3/rounds/bhc-2023").await);
    assert!(!page.contains("itemised round of this name"));
}

#[tokio::test]
async fn what_is_imported_after_publishing_moves_no_figure_of_the_round() {
    let here = Installation::new().await;
    let addresses = ["/states/XXA", "/charts/cycles-answers.json?state=XXA"];
    let mut before = Vec::new();
    for address in addresses {
        before.push(here.page(address).await);
    }
    let new = "XXA-3,139.99,Something new to do,Norway,Noted\n";
    assert_eq!(import(&here, new).await, 1);

    let json = |body: &str| -> Value { serde_json::from_str(body).unwrap() };
    let answers = json(&here.page(addresses[1]).await);
    assert_eq!(answers["total"], json(&before[1])["total"]);
    assert_eq!(answers["total"]["received"], 266);
    let cycles = |page: &str| table(page, "cycles");
    assert_eq!(cycles(&here.page(addresses[0]).await), cycles(&before[0]));
    // Every view says the round's sentence, and which recommendation it is not about.
    let summary = text(&here.page("/summary?state=XXA").await);
    assert!(
        summary.contains("21 of 266 not assessed"),
        "{summary:.2000}"
    );
    assert!(
        summary.contains("One of all 267 is in no round"),
        "{summary:.2000}"
    );
    let review = text(&here.page("/reviews/XXA-3").await);
    assert!(review.contains("21 of 266 not assessed"));
    assert!(review.contains("1 recommendation was imported after the round was published"));
    let world = json(&here.page("/charts/world.json?state=XXA").await);
    assert_eq!(world["total"]["received"], 266);
}
