//! The figures, exact, on every page that shows them.

use crate::markup::{bars, inside, table, text};
use crate::support::Installation;

const SENTENCE: &str = "2 of 252 assessed recommendations implemented; 14 of 266 not assessed";

fn numbers(cells: &[String]) -> Vec<u64> {
    cells
        .iter()
        .filter_map(|cell| cell.trim_end_matches(['*', ' ']).parse().ok())
        .collect()
}

#[tokio::test]
async fn home_shows_assessed_reviews_first_and_one_row_a_state() {
    let here = Installation::new().await;
    let home = here.page("/").await;
    let assessed = inside(&home, "section", "assessed-reviews");
    assert_eq!(assessed.matches("<h3>").count(), 2);
    let said = text(assessed);
    let (belarus, examplia) = said
        .split_once("Examplia (fictitious), third cycle")
        .unwrap();
    assert!(belarus.contains("Belarus, third cycle (2020)") && belarus.contains(SENTENCE));
    assert!(belarus.contains("2 Implemented") && belarus.contains("226 Not implemented"));
    // That it is made up is said once.
    assert!(!examplia.contains("does not exist"));
    assert_eq!(said.matches("fictitious").count(), 1);
    // A square for each recommendation; the demonstration has a bar, which takes less of the page.
    let (real, demonstration) = assessed.split_once("Demonstration").unwrap();
    assert_eq!(real.matches("<i class=\"c-").count(), 266);
    assert_eq!(demonstration.matches("class=\"squares\"").count(), 0);
    assert_eq!(demonstration.matches("role=\"img\"").count(), 1);
    // The State that does not exist is no assessed review.
    assert!(text(&home).contains("One review has a published assessment"));
    // Every State has its row, with a box for each cycle.
    let states = inside(&home, "section", "all-states");
    assert_eq!(states.matches("href=\"/states/").count(), 196);
    for (href, class, words) in [
        (
            "BLR-1",
            "cycle loaded",
            "1: first cycle, recommendations loaded",
        ),
        ("BLR-2", "cycle", "2: second cycle, no data loaded"),
        ("BLR-3", "cycle assessed", "3: third cycle, assessed"),
        ("XXA-3", "cycle assessed", "3: third cycle, assessed"),
    ] {
        let link = format!("href=\"/reviews/{href}\" aria-label=\"{words}\" class=\"{class}\"");
        assert!(states.contains(&link), "{href}: {states}");
    }
    assert_eq!(states.matches("href=\"/reviews/").count(), 4);
}

#[tokio::test]
async fn what_a_state_that_does_not_exist_was_recommended_is_in_no_count_of_the_first_page() {
    let here = Installation::new().await;
    let said = text(&here.page("/").await);
    // Those of the first review of Belarus alone; every State recommended something to Examplia.
    assert!(
        said.contains("47 States made the recommendations"),
        "{said}"
    );
}

#[tokio::test]
async fn a_home_without_data_says_so() {
    let here = Installation::empty().await;
    let home = here.page("/").await;
    assert!(home.contains("No reviews yet"));
    assert!(!home.contains("class=\"assessed\""));
}

#[tokio::test]
async fn the_search_leads_to_what_is_meant() {
    let here = Installation::new().await;
    for (typed, there) in [
        ("Norv%C3%A8ge", "/states/NOR"),
        ("belarus", "/states/BLR"),
        ("BLR-3", "/reviews/BLR-3"),
        ("Belarus+3", "/reviews/BLR-3"),
        ("BLR+97.1", "/reviews/BLR-1/recommendations/97.1"),
        ("138.27", "/reviews/XXA-3/recommendations/138.27"),
        ("death+penalty", "/recommendations?q=death+penalty"),
    ] {
        let answer = here.get(&format!("/search?q={typed}"), None).await;
        assert_eq!(answer.status, 303, "{typed}");
        let location = answer.location;
        assert!(location.starts_with(there), "{typed}: {location}");
    }
    let several = text(&here.page("/search?q=guinea").await);
    for state in ["Equatorial Guinea", "Guinea-Bissau", "Papua New Guinea"] {
        assert!(several.contains(state), "{several}");
    }
    let misspelt = here.page("/search?q=Norwey").await;
    assert!(misspelt.contains("<a href=\"/states/NOR\">Norway</a>"));
    let between = here.page("/search?q=Norway+Belarus").await;
    assert!(between.contains("href=\"/recommending/NOR/BLR\""));
    assert!(!text(&between).contains("Nothing found"));
    let nothing = here.page("/search?q=%3Cb%3Exyzzy").await;
    assert!(text(&nothing).contains("Nothing found for “<b>xyzzy”"));
    // Every page but these two has it in its header.
    for (page, has) in [("/", false), ("/search", false), ("/reviews/BLR-1", true)] {
        let page = here.page(page).await;
        assert_eq!(page.contains("id=\"search\""), has);
        assert_eq!(page.contains("list=\"state-names\""), !has);
    }
}

#[tokio::test]
async fn a_state_shows_its_cycles_and_documents() {
    let here = Installation::new().await;
    let page = here.page("/states/BLR").await;
    assert!(text(&page).contains("Eastern European Group"));
    let rows = table(&page, "reviews cards");
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[3][2], "A/HRC/46/5 , A/HRC/46/5/Add.1");
    assert!(rows[3][5].starts_with(SENTENCE));
    assert_eq!(rows[2][5], "No assessment");
}

#[tokio::test]
async fn the_third_cycle_of_belarus_shows_both_rounds() {
    let here = Installation::new().await;
    let later = here.page("/reviews/BLR-3").await;
    assert_eq!(
        bars(&later),
        [
            ["Implemented", "2", "of 252 (0.8%)"],
            ["Partially implemented", "24", "of 252 (9.5%)"],
            ["Not implemented", "226", "of 252 (89.7%)"],
            ["Not assessed", "14", "of 266 received"],
            ["Assessed (base)", "252", ""],
            ["Received", "266", ""],
        ]
    );
    let said = text(&later);
    assert_eq!(said.matches(SENTENCE).count(), 3, "page and both rounds");
    assert!(said.contains("Not implemented: 226 of 252 assessed recommendations (89.7%)"));
    assert!(said.contains("executive summary; totals only"));
    assert!(said.contains("published at the end of 2023; totals only"));
    assert!(said.contains("Only totals are public"));

    let earlier = here.page("/reviews/BLR-3?round=bhc-2023").await;
    let counts: Vec<String> = bars(&earlier)
        .into_iter()
        .map(|[_, count, _]| count)
        .collect();
    assert_eq!(counts, ["2", "1", "26", "223", "14", "252", "266"]);
    assert!(text(&earlier).contains("The source gives no totals by position."));
    // Which recommendation has which status is unknown: no figure leads to a list.
    assert!(!earlier.contains("/recommendations"));
    assert!(!later.contains("/recommendations"));
}

#[tokio::test]
async fn positions_and_statuses_reconcile_in_reported_totals() {
    let here = Installation::new().await;
    let page = here.page("/reviews/BLR-3").await;
    let rows = table(&page, "cross");
    let expected = [
        ("Supported", "0 6 0 3 6 9"),
        ("Supported as implemented", "2 17 94 11 113 124"),
        ("Partially supported", "0 1 17* 0* 18 18"),
        ("Noted", "0* 0* 115* 0* 115 115"),
        ("All", "2 24 226 14 252 266"),
    ];
    for (row, (name, counts)) in rows[1..].iter().zip(expected) {
        assert_eq!(row[0], name);
        let cells: Vec<String> = row[1..].iter().map(|cell| cell.replace(' ', "")).collect();
        // The last column has the bars.
        assert_eq!(cells.join(" ").trim_end(), counts, "{name}");
    }
    assert!(page.contains("id=\"derived\""));
    sums_agree(&rows);
}

#[tokio::test]
async fn positions_and_statuses_reconcile_in_an_itemised_round() {
    let here = Installation::new().await;
    for unit in ["recommendations", "recommending-states"] {
        let page = here.page(&format!("/reviews/XXA-3?unit={unit}")).await;
        sums_agree(&table(&page, "cross"));
        let counts: Vec<u64> = bars(&page)
            .iter()
            .flat_map(|row| numbers(&row[1..2]))
            .collect();
        let (assessed, rest) = counts.split_at(counts.len() - 3);
        assert_eq!(assessed.iter().sum::<u64>(), rest[1]);
        assert_eq!(rest[0] + rest[1], rest[2]);
        if unit == "recommendations" {
            assert_eq!(counts, [41, 27, 74, 103, 21, 245, 266]);
        } else {
            assert!(rest[2] > 266, "joint recommendations count more than once");
        }
    }
}

/// Rows add up to their base and what they received, columns to the last row.
fn sums_agree(rows: &[Vec<String>]) {
    let rows: Vec<Vec<u64>> = rows[1..].iter().map(|row| numbers(&row[1..])).collect();
    for row in &rows {
        let (statuses, sums) = row.split_at(row.len() - 3);
        assert_eq!(statuses.iter().sum::<u64>(), sums[1], "{row:?}");
        assert_eq!(sums[0] + sums[1], sums[2], "{row:?}");
    }
    let (total, parts) = rows.split_last().unwrap();
    for column in 0..total.len() {
        let sum: u64 = parts.iter().map(|row| row[column]).sum();
        assert_eq!(sum, total[column], "column {column}");
    }
}

#[tokio::test]
async fn every_figure_of_an_itemised_round_leads_to_its_list() {
    let here = Installation::new().await;
    let page = here.page("/reviews/XXA-3").await;
    let list = "/reviews/XXA-3/recommendations";
    for href in [
        format!("{list}\""),
        format!("{list}?status=not_implemented\""),
        format!("{list}?status=not_assessed\""),
        format!("{list}?status=implemented&amp;status=in_process&amp;"),
        format!("{list}?position=noted\""),
        format!("{list}?status=not_implemented&amp;position=noted\""),
    ] {
        assert!(page.contains(&format!("href=\"{href}")), "{href}");
    }
    let squares = inside(&page, "div", "squares linked");
    assert_eq!(squares.matches("<a ").count(), 266);
    assert!(squares.contains(&format!("href=\"{list}/138.27\"")));
    assert!(squares.contains(">138.27: "));
    let by_state = here.page("/reviews/XXA-3?unit=recommending-states").await;
    assert!(by_state.contains("?status=not_implemented&amp;unit=recommending-states\""));
}

#[tokio::test]
async fn totals_are_squares_without_links() {
    let here = Installation::new().await;
    let page = here.page("/reviews/BLR-3").await;
    assert!(page.contains("<div role=\"img\" aria-label=\"266 squares: Implemented: 2, "));
    let squares = inside(&page, "div", "squares");
    assert_eq!(squares.matches("<i ").count(), 266);
    assert!(!squares.contains("<a "));
}

#[tokio::test]
async fn a_review_that_nobody_assessed_shows_its_positions() {
    let here = Installation::new().await;
    let page = here.page("/reviews/BLR-1").await;
    assert!(text(&page).contains("93 recommendations; no assessment"));
    // The base is a sum of its own.
    let rows = bars(&page).into_iter();
    let (base, parts): (Vec<_>, Vec<_>) = rows.partition(|row| row[0] == "Answered (base)");
    assert_eq!(numbers(&base[0]), [93]);
    let counts: Vec<u64> = parts.iter().flat_map(|row| numbers(&row[1..2])).collect();
    let (total, parts) = counts.split_last().unwrap();
    assert_eq!((*total, parts.iter().sum::<u64>()), (93, 93));
    assert!(!page.contains("implemented;"), "no assessment is not zero");
}

#[tokio::test]
async fn a_review_without_anything_says_how_it_gets_in() {
    let here = Installation::new().await;
    let page = text(&here.page("/reviews/BLR-2").await);
    assert!(page.contains("No recommendations and no assessment here yet"));
    // How it gets in is for those who can bring it.
    let how = "export of the Universal Human Rights Index";
    assert!(!page.contains(how));
    let ruth = here.sign_in("ruth", data::domain::Role::Reviewer).await;
    let page = here.get("/reviews/BLR-2", Some(&ruth)).await;
    assert!(text(&page.body).contains(how));
}

#[tokio::test]
async fn the_figures_of_a_state_lead_to_what_they_count() {
    let here = Installation::new().await;
    let page = here.page("/states/BLR").await;
    for (href, figure) in [
        ("/reviews/BLR-1/recommendations", "93"),
        ("/reviews/BLR-3?round=coalition-later", "266"),
        ("/reviews/BLR-3#rounds", "2"),
    ] {
        assert!(
            page.contains(&format!("<a href=\"{href}\">{figure}</a>")),
            "{href}"
        );
    }
    for page in ["/", "/states/XXA"] {
        let sentence =
            "<a href=\"/reviews/XXA-3?round=mid-term\" class=\"headline-short\">41 of 245";
        assert!(here.page(page).await.contains(sentence), "{page}");
    }
}
