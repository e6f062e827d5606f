//! Positions add up to what was answered, in each way of counting them: on pages, in charts and in files.

use crate::markup::{attributes, bars, text};
use crate::support::Installation;
use axum::http::StatusCode;
use serde_json::Value;

/// Seventeen recommendations by Norway to Andorra, with every position that there is.
async fn with_every_position() -> Installation {
    let here = Installation::new().await;
    let mut file = "review,paragraph,text,recommending_states,position,issues\n".to_owned();
    let positions = [
        (5, "Supported"),
        (2, "Supported as implemented"),
        (3, "Partially supported"),
        (4, "Noted"),
        (1, "Under consideration"),
        (2, ""),
    ];
    let all = positions
        .into_iter()
        .flat_map(|(count, position)| std::iter::repeat_n(position, count));
    for (number, position) in (1..).zip(all) {
        let line = format!("AND-3,139.{number},Do number {number},Norway,{position},Justice\n");
        file.push_str(&line);
    }
    let run = here.import(file).await;
    assert_eq!(run.summary.created, 17);
    here
}

/// Every table of that class, row by row; a cell over several columns stands in each of them.
fn tables(html: &str, class: &str) -> Vec<Vec<Vec<String>>> {
    let begin = format!("<table class=\"{class}\">");
    let tables = html.split(&begin).skip(1);
    tables
        .map(|table| {
            let table = table.split("</table>").next().unwrap();
            let rows = table.split("<tr").skip(1);
            rows.map(|row| {
                let cells = row.replace("</th>", "</td>");
                let cells = cells.split("</td>");
                let mut read: Vec<String> = Vec::new();
                for cell in cells {
                    let begin = cell.find("<td").or_else(|| cell.find("<th "));
                    let Some(at) = begin else { continue };
                    let cell = &cell[at..];
                    let span = attributes(cell, "colspan");
                    let span = span.first().map_or(1, |span| span.parse().unwrap());
                    // The mark of the heading by which the table is sorted.
                    let words = text(cell);
                    let words = words.trim_end_matches([' ', '▼', '▲']).to_owned();
                    read.extend(std::iter::repeat_n(words, span));
                }
                read
            })
            .collect()
        })
        .collect()
}

/// The number in the column of that name: "Supported, of the answered" is "Supported".
fn number(headings: &[String], row: &[String], name: &str) -> Option<u64> {
    let place = headings
        .iter()
        .position(|heading| heading.trim_end_matches(", of the answered") == name)?;
    let first = row[place].split(' ').next().unwrap();
    first.replace(',', "").parse().ok()
}

/// The way of counting, with the positions that stand for classes of answers in it.
const WAYS: [(&str, &[&str]); 3] = [
    ("", &["Supported", "Partially supported", "Noted"]),
    ("classes=official", &["Supported", "Noted"]),
    (
        "classes=recorded",
        &[
            "Supported",
            "Supported as implemented",
            "Partially supported",
            "Noted",
        ],
    ),
];

fn with(path: &str, query: &str) -> String {
    match query {
        "" => path.to_owned(),
        _ if path.contains('?') => format!("{path}&{query}"),
        _ => format!("{path}?{query}"),
    }
}

const PAGES: [(&str, &str); 8] = [
    ("/world", "tallies"),
    ("/recommending", "tallies"),
    ("/recommending/NOR", "tallies"),
    ("/recommending/NOR?unit=recommending-states", "tallies"),
    ("/recommending/NOR/AND", "tallies"),
    ("/subjects/issue", "tallies"),
    ("/subjects/issue/Justice", "tallies"),
    ("/states/AND", "cycles"),
];

#[tokio::test]
async fn every_table_adds_up_to_what_was_answered() {
    let here = with_every_position().await;
    for (way, classes) in WAYS {
        for (path, class) in PAGES {
            let address = with(path, way);
            let page = here.page(&address).await;
            let mut checked = 0;
            for table in tables(&page, class) {
                let (headings, rows) = table.split_first().unwrap();
                // What the recommendations ask for, and what was reported, count no positions.
                if !headings.contains(&"Noted".to_owned()) {
                    continue;
                }
                for name in classes {
                    let shown = headings
                        .iter()
                        .any(|heading| heading.trim_end_matches(", of the answered") == *name);
                    assert!(shown, "{address}: {name} in {headings:?}");
                }
                for row in rows {
                    let of = |name: &str| number(headings, row, name);
                    let (Some(received), Some(_)) = (of("Received"), of("Noted")) else {
                        continue;
                    };
                    let answered: u64 = classes.iter().filter_map(|name| of(name)).sum();
                    let other = of("Pending").unwrap_or(0) + of("Unknown").unwrap_or(0);
                    assert_eq!(answered + other, received, "{address}: {row:?}");
                    assert_eq!(of("Answered").unwrap_or(answered), answered, "{row:?}");
                    checked += 1;
                }
            }
            assert!(checked > 0, "{address}");
        }
    }
}

/// The line of Andorra among the States of the world.
async fn andorra(here: &Installation, query: &str) -> Vec<(String, String)> {
    let page = here.page(&with("/world", query)).await;
    let found = tables(&page, "tallies").into_iter().find_map(|table| {
        let row = table.iter().find(|row| row[0] == "Andorra")?.clone();
        Some(table[0].clone().into_iter().zip(row).collect())
    });
    found.unwrap()
}

#[tokio::test]
async fn the_official_classes_are_a_switch() {
    let here = with_every_position().await;
    let line = async |query: &str| -> Vec<(String, String)> {
        let mut line = andorra(&here, query).await;
        // Nobody has assessed these.
        line.truncate(line.len() - 2);
        line.split_off(1)
    };
    let named = |line: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = line.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        owned.collect()
    };
    let rest = [("Pending", "1"), ("Unknown", "2")];
    let three = [
        ("Received", "17"),
        ("Answered", "14"),
        ("Supported, of the answered", "7 (50%)"),
        ("Partially supported", "3"),
        ("Noted", "4"),
    ];
    let three = named(&[&three[..], &rest].concat());
    assert_eq!(line("").await, three);
    assert_eq!(line("classes=three").await, three);
    let official = [
        ("Received", "17"),
        ("Answered", "14"),
        ("Supported, of the answered", "7 (50%)"),
        ("Noted", "7"),
    ];
    let official = named(&[&official[..], &rest].concat());
    assert_eq!(line("classes=official").await, official);

    // Each says which way it uses, without a script, and leads to the others.
    let page = here.page("/world?cycle=3&measure=implemented").await;
    let to_official = "/world?cycle=3&amp;classes=official&amp;measure=implemented";
    assert!(
        page.contains(&format!("href=\"{to_official}\"")),
        "{page:.9000}"
    );
    let said = "supported as implemented counts as supported";
    assert!(text(&page).contains(said));
    let page = here.page("/world?classes=official").await;
    let said = "partially supported counts as noted";
    assert!(text(&page).contains(said));
    let current = page.split("aria-current=\"true\"").skip(1);
    let current: Vec<String> = current
        .map(|rest| text(&format!("<a {}", rest.split("</a>").next().unwrap())))
        .collect();
    assert!(
        current.contains(&"Supported, noted (official classes)".to_owned()),
        "{current:?}"
    );
    // Whatever it leads to is counted in the same way.
    for href in [
        "/world?unit=recommending-states&amp;classes=official",
        "/states/AND?classes=official",
        "/charts/answers-state.csv?classes=official",
        "/charts/world-supported.svg?classes=official",
    ] {
        assert!(page.contains(&format!("href=\"{href}\"")), "{href}");
    }
    let page = here.page("/recommending/NOR?classes=official").await;
    assert!(page.contains("href=\"/recommending/NOR/AND?classes=official\""));
    let lead = page.split("class=\"lead\">").nth(1).unwrap();
    let lead = lead.split("</p>").next().unwrap();
    assert!(!lead.contains("partially"), "{lead}");
    let page = here.page("/recommending/NOR?state=AND").await;
    let lead = page.split("class=\"lead\">").nth(1).unwrap();
    assert!(
        lead.starts_with(
            "17 recommendations: 7 (50%) supported, 3 partially supported, 4 noted. \
             14 are answered"
        ),
        "{lead:.200}"
    );
}

/// A chart as a program reads it.
async fn json(here: &Installation, path: &str) -> Value {
    serde_json::from_str(&here.page(path).await).unwrap()
}

fn rows_of_csv(csv: &str) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes())
        .into_deserialize()
        .map(Result::unwrap)
        .collect()
}

#[tokio::test]
async fn a_table_and_its_files_have_the_same_numbers() {
    let here = with_every_position().await;
    for (path, class, chart, filter) in [
        ("/world", "tallies", "answers-state", ""),
        ("/recommending", "tallies", "answers-recommending", ""),
        (
            "/recommending/NOR",
            "tallies",
            "answers-cycle",
            "recommending=NOR",
        ),
        ("/subjects/issue", "tallies", "answers-issue", ""),
        ("/states/AND", "cycles", "cycles-answers", "state=AND"),
    ] {
        for (way, classes) in WAYS {
            let file = |ending: &str| {
                let chart = format!("/charts/{chart}{ending}");
                with(&with(&chart, filter), way)
            };
            let address = with(path, way);
            let page = here.page(&address).await;
            let csv = rows_of_csv(&here.page(&file(".csv")).await);
            let chart = json(&here, &file(".json")).await;
            // It says in which classes it counts.
            let used = way.strip_prefix("classes=").unwrap_or("three");
            assert_eq!(chart["position_classes"], used);
            assert_eq!(chart["measure"], "supported");
            assert_eq!(chart["base"], "answered");
            let about = chart["about"].as_str().unwrap();
            let said = match used {
                "official" => "in the two official classes",
                "recorded" => "counted as recorded",
                _ => "supported, partially supported and noted",
            };
            assert!(about.contains(said), "{about}");
            assert!(csv[1].iter().any(|cell| cell.contains(said)), "{csv:?}");
            let cited = here.page(&file(".txt")).await;
            assert!(cited.contains(said), "{cited}");
            let of_classes: Vec<&str> = chart["series"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|series| series["in_base"] == true)
                .map(|series| series["label"].as_str().unwrap())
                .collect();
            assert_eq!(of_classes, classes, "{address}");

            let table = tables(&page, class)
                .into_iter()
                .find(|table| table[0][0] == csv[0][0])
                .unwrap();
            let mut compared = 0;
            for line in chart["lines"].as_array().unwrap() {
                let label = line["label"].as_str().unwrap();
                let on_page = table.iter().find(|row| row[0] == label).unwrap();
                let in_csv = csv.iter().find(|row| row[0] == label).unwrap();
                let received = number(&table[0], on_page, "Received");
                assert_eq!(received, line["received"].as_u64());
                assert_eq!(number(&csv[0], in_csv, "Received"), received);
                let base = number(&csv[0], in_csv, "Answered (base)");
                assert_eq!(base, line["base"].as_u64());
                if on_page.contains(&"No answer known".to_owned()) {
                    assert_eq!(base, Some(0));
                    continue;
                }
                for series in chart["series"].as_array().unwrap() {
                    let name = series["label"].as_str().unwrap();
                    let code = series["code"].as_str().unwrap();
                    let count = line["counts"][code].as_u64();
                    assert!(count.is_some());
                    assert_eq!(number(&table[0], on_page, name), count, "{label}: {name}");
                    assert_eq!(number(&csv[0], in_csv, name), count, "{label}: {name}");
                    compared += 1;
                }
                let sum: u64 = classes
                    .iter()
                    .filter_map(|name| number(&csv[0], in_csv, name))
                    .sum();
                assert_eq!(Some(sum), base);
            }
            assert!(compared > 2, "{address}");
        }
    }
}

#[tokio::test]
async fn a_class_that_holds_nothing_is_no_column() {
    let here = Installation::new().await;
    let headings = async |address: &str| -> Vec<String> {
        let page = here.page(address).await;
        tables(&page, "tallies")[0][0].clone()
    };
    let noted = headings("/recommending?position=noted").await;
    for missing in ["Partially supported", "Pending", "Unknown", "Answered"] {
        assert!(!noted.contains(&missing.to_owned()), "{noted:?}");
    }
    assert!(noted.contains(&"Noted".to_owned()));
    let partly = headings("/recommending?position=partially_supported").await;
    assert!(partly.contains(&"Partially supported".to_owned()));
    let file = here.page("/charts/answers-cycle.csv?position=noted").await;
    let headings = &rows_of_csv(&file)[0];
    assert_eq!(
        headings[1..5],
        ["Supported", "Noted", "Answered (base)", "Received"]
    );
    // A program need not ask whether a class is there.
    let chart = json(&here, "/charts/answers-cycle.json?position=noted").await;
    assert_eq!(chart["total"]["counts"]["partially_supported"], 0);
    assert_eq!(chart["series"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn classes_that_are_not_known_are_said_and_no_file_is_made() {
    let here = Installation::new().await;
    for address in [
        "/world?classes=four",
        "/recommending?classes=four",
        "/recommending/NOR?classes=four",
        "/recommending/NOR/BLR?classes=four",
        "/subjects/issue?classes=four",
        "/states/BLR?classes=four",
        "/summary?classes=four",
        "/compare?a=&b=&classes=four",
        "/reviews/BLR-1?classes=four",
    ] {
        let page = here.page(address).await;
        assert!(text(&page).contains("“four” is no value"), "{address}");
    }
    for file in [
        "/charts/answers-cycle.csv?classes=four",
        "/charts/answers-two.json?a=&b=&classes=four",
        "/charts/cycles-answers.csv?state=BLR&classes=four",
    ] {
        let refused = here.get(file, None).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{file}");
    }
    // A list counts nothing in classes.
    let list = here.page("/recommendations?classes=official").await;
    assert!(text(&list).contains("classes"));
}

/// A review that nobody has assessed is counted in the same ways as all reviews.
#[tokio::test]
async fn a_review_without_a_round_follows_the_switch() {
    let here = with_every_position().await;
    for (way, expected) in [
        (
            "",
            &[
                ("Supported", "7"),
                ("Partially supported", "3"),
                ("Noted", "4"),
            ][..],
        ),
        ("classes=official", &[("Supported", "7"), ("Noted", "7")]),
        (
            "classes=recorded",
            &[
                ("Supported", "5"),
                ("Supported as implemented", "2"),
                ("Partially supported", "3"),
                ("Noted", "4"),
            ],
        ),
    ] {
        let page = here.page(&with("/reviews/AND-3", way)).await;
        let said = "7 of 14 answered recommendations enjoy support";
        assert!(text(&page).contains(said), "{way}");
        let bars = bars(&page);
        let rows: Vec<(&str, &str)> = bars
            .iter()
            .map(|row| (row[0].as_str(), row[1].as_str()))
            .collect();
        let rest = [
            ("Pending", "1"),
            ("Unknown", "2"),
            ("Answered (base)", "14"),
            ("Received", "17"),
        ];
        assert_eq!(rows, [expected, &rest].concat(), "{way}");
        let chart = with("/reviews/AND-3/charts/position.json", way);
        let chart = json(&here, &chart).await;
        for (label, count) in expected {
            let mut series = chart["series"].as_array().unwrap().iter();
            let series = series.find(|series| series["label"] == *label).unwrap();
            let code = series["code"].as_str().unwrap();
            let counted = &chart["total"]["counts"][code];
            assert_eq!(counted.to_string(), *count, "{way}: {label}");
        }
        assert_eq!(chart["total"]["base"], 14);
        // Each number leads to its list.
        let list = "/reviews/AND-3/recommendations?position=";
        let lists: Vec<String> = attributes(&page, "href")
            .into_iter()
            .filter(|href| href.starts_with(list))
            .collect();
        if way == "classes=official" {
            let noted = format!("{list}noted&position=partially_supported");
            assert!(lists.contains(&noted), "{lists:?}");
        }
    }
    // What enjoys support decides the order by share, however it is counted.
    for way in ["order=share", "order=share&classes=recorded"] {
        let chart = format!("/reviews/AND-3/charts/group.json?{way}");
        let chart = json(&here, &chart).await;
        assert_eq!(chart["lines"][0]["base"], 14, "{way}");
    }
}

#[tokio::test]
async fn the_methodology_says_how_positions_are_counted() {
    let here = Installation::new().await;
    let page = here.page("/methodology").await;
    let rows = &tables(&page, "classes")[0];
    let row = |name: &str| rows.iter().find(|row| row[0] == name).unwrap()[1..].to_vec();
    assert_eq!(
        row("Partially supported"),
        [
            "Partially supported",
            "Noted",
            "Partially supported",
            "Included"
        ]
    );
    assert_eq!(
        row("Supported as implemented"),
        [
            "Supported",
            "Supported",
            "Supported as implemented",
            "Included"
        ]
    );
    assert_eq!(
        row("Pending"),
        ["Pending", "Pending", "Pending", "Not included"]
    );
    let said = text(&page);
    assert!(said.contains("Together the three classes are the answered recommendations"));
    assert!(said.contains("only the two official classes"));
}
