//! The numbers of page, picture, CSV, JSON and list are equal, for many filters made by chance.

use crate::markup::{bars, inside, table, text};
use crate::support::Installation;
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeMap;

const CHARTS: [&str; 10] = [
    "status",
    "squares",
    "position",
    "issue",
    "theme",
    "sdg",
    "group",
    "recommending",
    "action",
    "persons",
];

/// Numbers as if by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % many
    }

    fn one_of<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.below(values.len())]
    }

    fn filter(&mut self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for _ in 0..self.below(4) {
            let part = match self.below(7) {
                0 => format!(
                    "position={}",
                    self.one_of(&["noted", "supported", "partially_supported"])
                ),
                1 => format!(
                    "group={}",
                    self.one_of(&["african", "western-european-others", "asia-pacific"])
                ),
                2 => format!(
                    "issue={}",
                    self.one_of(&["Justice", "Torture+and+other+CID+treatment", "Nowhere"])
                ),
                3 => format!(
                    "status={}",
                    self.one_of(&["not_implemented", "implemented", "not_assessed"])
                ),
                4 => format!("action={}", 1 + self.below(5)),
                5 => format!(
                    "recommending={}",
                    self.one_of(&["NOR", "FRA", "BRA", "CHN"])
                ),
                _ => format!("q={}", self.one_of(&["law", "rights", "nothingofthekind"])),
            };
            // Of two searches none would be looked for.
            let known = |known: &String| known.starts_with("q=");
            if !(part.starts_with("q=") && parts.iter().any(known)) {
                parts.push(part);
            }
        }
        if self.below(2) == 0 {
            parts.push("unit=recommending-states".to_owned());
        }
        if self.below(2) == 0 {
            parts.push("order=share".to_owned());
        }
        if self.below(3) == 0 {
            parts.push("squares=status".to_owned());
        }
        match self.below(4) {
            0 => parts.push("classes=official".to_owned()),
            1 => parts.push("classes=recorded".to_owned()),
            _ => {}
        }
        parts.join("&")
    }
}

/// A chart's numbers: for each line its counts, its base and what it received; the total last, where there
/// is one. What is not known has no number.
type Known = Vec<Vec<Option<u64>>>;
/// The same where everything is known.
type Numbers = Vec<Vec<u64>>;

fn of_json(json: &Value) -> Known {
    let codes: Vec<&str> = json["series"]
        .as_array()
        .unwrap()
        .iter()
        .map(|series| series["code"].as_str().unwrap())
        .collect();
    let lines = json["lines"]
        .as_array()
        .unwrap()
        .iter()
        .chain([&json["total"]])
        .filter(|line| !line.is_null());
    lines
        .map(|line| {
            let number = |value: &Value| match value {
                Value::Null => None,
                value => Some(value.as_u64().unwrap()),
            };
            let mut numbers: Vec<Option<u64>> = codes
                .iter()
                .map(|code| number(&line["counts"][*code]))
                .collect();
            numbers.push(number(&line["base"]));
            numbers.push(number(&line["received"]));
            numbers
        })
        .collect()
}

fn of_csv(csv: &str, columns: usize) -> Known {
    rows_of_csv(csv)[1..]
        .iter()
        .map(|row| {
            let cells = row[1..=columns].iter();
            cells
                .map(|cell| (!cell.is_empty()).then(|| cell.parse().unwrap()))
                .collect()
        })
        .collect()
}

fn rows_of_csv(csv: &str) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes())
        .into_deserialize()
        .map(Result::unwrap)
        .collect()
}

fn of_page(page: &str) -> Known {
    let rows = table(page, "numbers");
    let number = |cell: &String| {
        let cell = cell.trim_end_matches(" *").replace(',', "");
        (cell != "–").then(|| cell.parse().unwrap())
    };
    rows[1..]
        .iter()
        .map(|row| row[1..].iter().map(number).collect())
        .collect()
}

/// What a sentence says of how many there are: in the unit that it names, and recommendations.
fn said(about: &str) -> (u64, u64) {
    let words = about.trim_start_matches("All ");
    if words.starts_with("No recommendation") {
        return (0, 0);
    }
    let number = |text: &str| -> u64 {
        if text.starts_with("The one") {
            return 1;
        }
        let digits = text.split(' ').next().unwrap();
        digits.replace(',', "").parse().unwrap()
    };
    let counted = number(words);
    match about
        .split_once(" recommendations (")
        .or(about.split_once(" recommendation ("))
    {
        Some((_, rest)) if about.contains("recommending State") => (counted, number(rest)),
        _ => (counted, counted),
    }
}

fn attribute<'a>(element: &'a str, name: &str) -> &'a str {
    let start = element.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
    element[start..].split('"').next().unwrap()
}

/// What is drawn: line, series and count of each mark.
fn of_svg(svg: &str) -> Vec<(String, usize, u64)> {
    svg.split("<g ")
        .skip(1)
        .filter(|element| element.contains("data-count"))
        .map(|element| {
            (
                attribute(element, "data-line").to_owned(),
                attribute(element, "data-series").parse().unwrap(),
                attribute(element, "data-count").parse().unwrap(),
            )
        })
        .collect()
}

/// Which series a mark counts, and how many: bars of a page have the line's name before them, marks of a file within.
fn of_series(said: &str) -> String {
    let said = text(said);
    said.rsplit(" – ").next().unwrap().to_owned()
}

/// What the marks of a file say that they count.
fn said_in_svg(svg: &str) -> Vec<String> {
    let marks = svg.split(" data-count=").skip(1);
    marks
        .map(|mark| {
            of_series(
                mark.split("<title>")
                    .nth(1)
                    .unwrap()
                    .split('<')
                    .next()
                    .unwrap(),
            )
        })
        .collect()
}

/// What the marks of a page's chart say that they count. Tiles of States of which nothing is counted are
/// no marks, and no links.
fn said_in_page(page: &str) -> Vec<String> {
    let chart = inside(page, "figure", "chart");
    let elements = chart
        .split('<')
        .filter(|element| !element.starts_with("span"));
    elements
        .filter_map(|element| element.split_once(" title=\"")?.1.split('"').next())
        .map(of_series)
        .collect()
}

async fn same_everywhere(here: &Installation, review: &str, chart: &str, query: &str) -> Numbers {
    let path = format!("/reviews/{review}/charts/{chart}");
    let (json, numbers) = same_in_every_form(here, &path, query, None).await;
    let numbers: Numbers = numbers
        .into_iter()
        .map(|line| line.into_iter().map(Option::unwrap).collect())
        .collect();
    // The sentence says the number in the unit that it names.
    let (counted, _) = said(json["about"].as_str().unwrap());
    assert_eq!(
        numbers.last().unwrap().last(),
        Some(&counted),
        "{path}?{query}: {json:#}"
    );
    numbers
}

/// Fetches a chart in every form, and compares them.
async fn same_in_every_form(
    here: &Installation,
    path: &str,
    query: &str,
    session: Option<&str>,
) -> (Value, Known) {
    let address = |ending: &str| format!("{path}{ending}?{query}");
    let get = async |ending: &str| {
        let answer = here.get(&address(ending), session).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", address(ending));
        answer.body
    };
    let json: Value = serde_json::from_str(&get(".json").await).unwrap();
    let numbers = of_json(&json);
    let lines = json["lines"].as_array().unwrap();
    let columns = json["series"].as_array().unwrap().len() + 2;
    assert_eq!(
        of_csv(&get(".csv").await, columns),
        numbers,
        "{}",
        address(".csv")
    );
    let page = get("").await;
    assert_eq!(of_page(&page), numbers, "{}", address(""));
    let svg = get(".svg").await;
    let total = numbers.last().filter(|_| !json["total"].is_null());
    for (line, series, count) in of_svg(&svg) {
        let line = match line.as_str() {
            "total" => total.unwrap(),
            line => &numbers[line.parse::<usize>().unwrap()],
        };
        let expected = if path.contains("/world") {
            best(&json, line)
        } else {
            line[series].unwrap_or(0)
        };
        assert_eq!(expected, count, "{}", address(".svg"));
    }
    let drawn: u64 = of_svg(&svg).iter().map(|(_, _, count)| count).sum();
    // A tile draws its best alone, a bar of shares what the shares are of.
    let drawn_of = |line: &Vec<Option<u64>>| match path {
        path if path.contains("/world") => best(&json, line),
        "/charts/two" | "/charts/answers-two" => line[columns - 2].unwrap_or(0),
        _ => line[columns - 1].unwrap_or(0),
    };
    let sum = |lines: &[Vec<Option<u64>>]| -> u64 { lines.iter().map(drawn_of).sum() };
    let whole = match lines.len() {
        0 => total.map_or(0, |total| total[columns - 1].unwrap()),
        lines => sum(&numbers[..lines]),
    };
    assert_eq!(drawn, whole, "{}", address(".svg"));
    // The page's own chart has the same marks, in the same order.
    assert_eq!(said_in_page(&page), said_in_svg(&svg), "{}", address(""));
    for line in numbers.iter().filter(|line| line[0].is_some()) {
        let (counts, sums) = line.split_at(columns - 2);
        assert_eq!(
            counts.iter().map(|count| count.unwrap()).sum::<u64>(),
            sums[1].unwrap()
        );
        assert!(sums[0] <= sums[1]);
    }
    // The sources are the same in every form, and each claim that is counted has its source named.
    let source = json["source"].as_str().unwrap();
    assert!(text(&page).contains(source), "{}: {source}", address(""));
    assert!(
        get(".csv").await.contains(&source.replace('"', "\"\"")),
        "{}",
        address(".csv")
    );
    let close = |text: &str| text.split_whitespace().collect::<String>();
    assert!(
        close(&text(&svg)).contains(&close(source)),
        "{}: {source}",
        address(".svg")
    );
    let positions = source.split(". ").next().unwrap();
    let cited = get(".txt").await;
    if let Some(sources) = json["position_sources"]["sources"].as_array() {
        assert!(
            cited.contains(positions.trim_end_matches('.')),
            "{}: {positions}",
            address(".txt")
        );
        for one in sources {
            let name = one["source"].as_str().unwrap_or("source not given");
            assert!(source.contains(name), "{}: {name}", address(".json"));
        }
    } else {
        assert!(
            !source.contains("Positions:"),
            "{}: {source}",
            address(".json")
        );
    }
    // What is cited and what each row of a file says is what the page says.
    let about = json["about"].as_str().unwrap();
    for ending in [".csv", ".txt"] {
        let said = get(ending).await.contains(about.trim_end_matches('.'));
        assert!(said, "{}: {about}", address(ending));
    }
    (json, numbers)
}

/// What a tile shows of a line: what is implemented, or what enjoys support.
fn best(json: &Value, line: &[Option<u64>]) -> u64 {
    let series = json["series"].as_array().unwrap().iter().zip(line);
    series
        .filter(|(series, _)| {
            ["best", "supported", "supported_as_implemented"]
                .contains(&series["code"].as_str().unwrap())
        })
        .map(|(_, count)| count.unwrap_or(0))
        .sum()
}

/// The recommendations by the source of their position: of real States, then without a position, then fictitious.
type BySource = (BTreeMap<Option<String>, u64>, u64, u64);

fn by_source(sources: &Value) -> BySource {
    let named = sources["sources"].as_array().unwrap().iter().map(|one| {
        let source = one["source"].as_str().map(str::to_owned);
        (source, one["recommendations"].as_u64().unwrap())
    });
    let count = |field: &str| sources[field].as_u64().unwrap();
    (
        named.collect(),
        count("without_position"),
        count("fictitious"),
    )
}

/// The same, counted from the rows of the list.
fn by_source_in_list(list: &Value) -> BySource {
    let mut counted = BySource::default();
    for row in list["recommendations"].as_array().unwrap() {
        let claim = &row["position_source"];
        if row["review"].as_str().unwrap().starts_with("XXA") {
            counted.2 += 1;
        } else if claim.is_null() {
            counted.1 += 1;
        } else {
            let source = claim["source"].as_str().map(str::to_owned);
            *counted.0.entry(source).or_default() += 1;
        }
    }
    counted
}

/// How a summary looks is nothing that a list reads.
fn of_list(query: &str) -> String {
    let of_list: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let looks = ["order=", "squares=", "classes="];
            !looks.iter().any(|look| pair.starts_with(look))
        })
        .collect();
    of_list.join("&")
}

#[tokio::test]
async fn page_picture_csv_and_json_say_the_same() {
    let here = Installation::new().await;
    let mut chance = Chance(7);
    for _ in 0..24 {
        let query = chance.filter();
        let of_list = of_list(&query);
        let list = here
            .page(&format!("/reviews/XXA-3/recommendations.json?{of_list}"))
            .await;
        let list: Value = serde_json::from_str(&list).unwrap();
        let listed = list["recommendations"].as_array().unwrap().len() as u64;
        let summary = here.page(&format!("/reviews/XXA-3?{query}")).await;
        let by_status = same_everywhere(&here, "XXA-3", "status", &query).await;
        let total = by_status.last().unwrap().clone();
        // The list's own sentence has the same number, and that of its rows.
        let words = list["about"]["filter"].as_str().unwrap_or_default();
        let (counted, rows) = said(words);
        assert_eq!(
            (counted, rows),
            (total[total.len() - 1], listed),
            "{query}: {words}"
        );
        // The page draws what is not empty, and says both sums.
        let bars = bars(&summary).into_iter();
        let bars: Vec<u64> = bars.map(|[_, count, _]| count.parse().unwrap()).collect();
        let drawn = total.iter().enumerate();
        let drawn = drawn.filter(|(place, count)| *place > 4 || **count > 0);
        let drawn: Vec<u64> = drawn.map(|(_, count)| *count).collect();
        assert_eq!(bars, drawn, "{query}");
        for _ in 0..4 {
            let chart = chance.one_of(&CHARTS);
            let numbers = same_everywhere(&here, "XXA-3", chart, &query).await;
            if chart != "squares" {
                assert_eq!(numbers.last(), Some(&total), "{chart} of {query}");
            }
        }
    }
}

#[tokio::test]
async fn the_summary_shows_the_lines_of_its_charts() {
    let here = Installation::new().await;
    for query in ["", "unit=recommending-states", "position=noted&order=share"] {
        let summary = here.page(&format!("/reviews/XXA-3?{query}")).await;
        let numbers = same_everywhere(&here, "XXA-3", "group", query).await;
        let at = summary.find("id=\"chart-group\"").unwrap();
        let rows = bars(&summary[at..]);
        assert_eq!(rows.len(), numbers.len() - 1);
        let parts = inside(&summary[at..], "dl", "bars");
        let mut parts = parts.split("</dt>").skip(1).map(text);
        for (row, numbers) in rows.iter().zip(&numbers) {
            let (base, received) = (numbers[5], numbers[6]);
            assert_eq!(row[1], received.to_string());
            let best = format!("{} of {base}", numbers[0]);
            assert!(row[2].starts_with(&best), "{row:?}");
            assert_eq!(row[2].contains('%'), base >= 10, "{row:?}");
            // Each part of the bar says what it is.
            let said = parts.next().unwrap();
            let outside = format!("Not assessed: {} ", received - base);
            assert_eq!(said.contains(&outside), received > base, "{said}");
        }
    }
}

#[tokio::test]
async fn the_published_figures_are_exact_in_every_form() {
    let here = Installation::new().await;
    let figures = |counts: &[u64]| -> Vec<u64> { counts.to_vec() };
    for (review, round, total) in [
        (
            "XXA-3",
            "mid-term",
            figures(&[41, 27, 74, 103, 21, 245, 266]),
        ),
        ("BLR-3", "bhc-2023", figures(&[2, 1, 26, 223, 14, 252, 266])),
        (
            "BLR-3",
            "coalition-later",
            figures(&[2, 24, 226, 14, 252, 266]),
        ),
    ] {
        for chart in ["status", "squares", "position"] {
            let query = format!("round={round}");
            let numbers = same_everywhere(&here, review, chart, &query).await;
            assert_eq!(numbers.last(), Some(&total), "{chart} of {review}");
        }
    }
    let positions = same_everywhere(&here, "BLR-3", "position", "").await;
    assert_eq!(
        positions[..4],
        [
            [0, 6, 0, 3, 6, 9],
            [2, 17, 94, 11, 113, 124],
            [0, 1, 17, 0, 18, 18],
            [0, 0, 115, 0, 115, 115],
        ]
    );
}

#[tokio::test]
async fn reported_totals_are_not_filtered_and_say_so() {
    let here = Installation::new().await;
    let page = here
        .page("/reviews/BLR-3?position=noted&round=bhc-2023")
        .await;
    assert!(text(&page).contains("Reported totals cannot be filtered"));
    let numbers = same_everywhere(&here, "BLR-3", "status", "").await;
    assert_eq!(numbers.last().unwrap().last(), Some(&266));
    // A file has no place for the sentence, so there is none.
    let file = "/reviews/BLR-3/charts/status.csv?position=noted";
    let refused = here.get(file, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(&refused.body).contains("Reported totals cannot be filtered"));
}

#[tokio::test]
async fn a_row_of_a_file_says_what_has_to_be_known_of_it() {
    let here = Installation::new().await;
    let rows = rows_of_csv(&here.page("/reviews/XXA-3/charts/position.csv").await);
    let column = |name: &str| rows[0].iter().position(|heading| heading == name).unwrap();
    for row in &rows[1..] {
        assert!(row[column("Counted")].starts_with("All 266 recommendations"));
        assert!(row[column("Source")].contains("as of 2023-12-31"));
        assert!(row[column("Link")].contains("/reviews/XXA-3/charts/position?"));
        assert!(row[column("Notice")].contains("ictitious"), "{row:?}");
    }
    // Where nothing has to be known there is no such column.
    let rows = rows_of_csv(&here.page("/reviews/BLR-3/charts/status.csv").await);
    assert!(!rows[0].contains(&"Notice".to_owned()), "{rows:?}");
}

#[tokio::test]
async fn a_number_that_nobody_published_as_such_says_so_everywhere() {
    let here = Installation::new().await;
    let chart =
        |ending: &str| format!("/reviews/BLR-3/charts/position{ending}?round=coalition-later");
    let json: Value = serde_json::from_str(&here.page(&chart(".json")).await).unwrap();
    let lines = json["lines"].as_array().unwrap();
    let mut derived: Vec<(&str, u64)> = lines
        .iter()
        .flat_map(|line| {
            let codes = line["derived"].as_array().unwrap().iter();
            codes.map(|code| {
                let count = &line["counts"][code.as_str().unwrap()];
                (line["value"].as_str().unwrap(), count.as_u64().unwrap())
            })
        })
        .collect();
    derived.sort_unstable();
    let (noted, partly) = ("noted", "partially_supported");
    let expected = [
        (noted, 0),
        (noted, 0),
        (noted, 0),
        (noted, 115),
        (partly, 0),
        (partly, 17),
    ];
    assert_eq!(derived, expected);
    let page = here.page(&chart("")).await;
    let marked = table(&page, "numbers").concat();
    let marked = marked.iter().filter(|cell| cell.ends_with(" *")).count();
    assert_eq!(marked, 6);
    assert!(page.contains("id=\"derived\""));
    let said = "Not published as such";
    assert!(json["notice"].as_str().unwrap().contains(said));
    assert!(here.page(&chart(".csv")).await.contains(said));
    assert!(here.page(&chart(".svg")).await.contains(said));
}

/// The same of the charts over all reviews, of a State's cycles and of two filters or rounds beside each
/// other.
#[tokio::test]
async fn charts_over_all_reviews_say_the_same_in_every_form() {
    const OVER_ALL: [&str; 16] = [
        "world",
        "world-supported",
        "cycle",
        "state",
        "position",
        "group",
        "recommending",
        "action",
        "issue",
        "theme",
        "sdg",
        "persons",
        "answers-cycle",
        "answers-group",
        "answers-issue",
        "answers-recommending",
    ];
    let here = Installation::new().await;
    let reader = here.sign_in("wren", data::domain::Role::Reader).await;
    let mut chance = Chance(11);
    let encoded = |query: &str| {
        query
            .replace('&', "%26")
            .replace('=', "%3D")
            .replace('+', "%2B")
    };
    for _ in 0..16 {
        let query = chance.filter();
        for _ in 0..3 {
            let name = chance.one_of(&OVER_ALL);
            let path = format!("/charts/{name}");
            let (json, numbers) = same_in_every_form(&here, &path, &query, None).await;
            let received = numbers.last().unwrap().last().unwrap().unwrap();
            let (counted, rows) = said(json["about"].as_str().unwrap());
            // Tiles of what was implemented hold only what is in rounds.
            if name != "world" {
                assert_eq!(received, counted, "{path}?{query}");
            }
            let list = here
                .page(&format!("/recommendations.json?{}", of_list(&query)))
                .await;
            let list: Value = serde_json::from_str(&list).unwrap();
            let listed = list["recommendations"].as_array().unwrap().len() as u64;
            assert_eq!(rows, listed, "{path}?{query}");
            if !json["position_sources"].is_null() {
                assert_eq!(
                    by_source(&json["position_sources"]),
                    by_source_in_list(&list),
                    "{path}?{query}"
                );
            }
        }
        let state = chance.one_of(&["BLR", "XXA"]);
        let name = chance.one_of(&["cycles", "cycles-answers"]);
        let of_state = format!("state={state}&{query}");
        same_in_every_form(&here, &format!("/charts/{name}"), &of_state, None).await;

        // Both in one unit.
        let bare = |query: &str| {
            let query = of_list(query);
            let pairs = query.split('&').filter(|pair| !pair.starts_with("unit="));
            pairs.collect::<Vec<_>>().join("&")
        };
        let unit = chance.one_of(&["", "&unit=recommending-states"]);
        let a = format!("{}{unit}", bare(&query));
        let b = format!("{}{unit}", bare(&chance.filter()));
        let two = format!("a={}&b={}", encoded(&a), encoded(&b));
        let way = chance.one_of(&["", "&classes=official", "&classes=recorded"]);
        same_in_every_form(&here, "/charts/answers-two", &format!("{two}{way}"), None).await;
        let (json, numbers) = same_in_every_form(&here, "/charts/two", &two, None).await;
        for (line, about) in numbers
            .iter()
            .zip(json["about"].as_str().unwrap().split(" / "))
        {
            assert_eq!(line.last().unwrap().unwrap(), said(about).0, "{two}");
        }

        // Rounds are compared by recommendation, whatever their statuses.
        let pairs = bare(&query);
        let pairs = pairs.split('&').filter(|pair| !pair.starts_with("status="));
        let pairs = pairs.collect::<Vec<_>>().join("&");
        let rounds = format!("from=mid-term&to=follow-up&{pairs}");
        for name in ["flow", "rounds"] {
            let path = format!("/reviews/XXA-3/charts/{name}");
            let (json, numbers) = same_in_every_form(&here, &path, &rounds, Some(&reader)).await;
            let (counted, _) = said(json["about"].as_str().unwrap());
            let last = numbers.last().unwrap().last().unwrap().unwrap();
            assert_eq!(last, counted, "{path}?{rounds}");
        }
    }
}

/// The same of a review that nobody has assessed: its answers are its figures.
#[tokio::test]
async fn charts_of_a_review_without_a_round_say_the_same_in_every_form() {
    let here = Installation::new().await;
    let mut chance = Chance(5);
    for _ in 0..10 {
        let query = chance.filter();
        let query = query.split('&').filter(|pair| !pair.starts_with("status="));
        let query = query.collect::<Vec<_>>().join("&");
        let by_position = same_everywhere(&here, "BLR-1", "position", &query).await;
        let total = by_position.last().unwrap().clone();
        let list = format!("/reviews/BLR-1/recommendations.json?{}", of_list(&query));
        let list: Value = serde_json::from_str(&here.page(&list).await).unwrap();
        let listed = list["recommendations"].as_array().unwrap().len() as u64;
        let words = list["about"]["filter"].as_str().unwrap_or_default();
        assert_eq!(
            said(words),
            (total[total.len() - 1], listed),
            "{query}: {words}"
        );
        let name = chance.one_of(&["squares", "issue", "group", "recommending", "action"]);
        let numbers = same_everywhere(&here, "BLR-1", name, &query).await;
        if name != "squares" {
            assert_eq!(numbers.last(), Some(&total), "{name} of {query}");
        }
    }
}

#[tokio::test]
async fn a_review_without_a_round_has_a_summary_by_answers() {
    let here = Installation::new().await;
    let page = here.page("/reviews/BLR-1").await;
    let json = here.page("/reviews/BLR-1/charts/position.json").await;
    let json: Value = serde_json::from_str(&json).unwrap();
    let supported = json["total"]["counts"]["supported"].as_u64().unwrap();
    assert!(supported > 0);
    assert_eq!(json["total"]["received"], 93);
    // The sources of the positions counted, and not of those that the review is known to have.
    assert_eq!(
        json["source"],
        "Positions: A/HRC/15/16 (55); UPR Info, 2015 (38)"
    );
    for shown in [
        "class=\"squares linked\"",
        "id=\"chart-issue\"",
        "id=\"chart-group\"",
        "id=\"chart-recommending\"",
        "id=\"chart-action\"",
        "/reviews/BLR-1/charts/issue.svg",
        "unit=recommending-states",
        "class=\"how\"",
        "A/HRC/15/16 (55); UPR Info, 2015 (38)",
        "href=\"https://docs.un.org/A/HRC/15/16\"",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    // It follows the filter, and each number leads to its rows.
    let noted = here.page("/reviews/BLR-1?position=noted").await;
    let noted = text(&noted);
    let count = json["total"]["counts"]["noted"].as_u64().unwrap();
    assert!(noted.contains(&format!(
        "{count} recommendations to Belarus, first cycle: noted"
    )));
    assert!(page.contains("/reviews/BLR-1/recommendations?position=supported"));
    let rows = bars(&page);
    let of = |name: &str| rows.iter().find(|row| row[0] == name).unwrap()[1].clone();
    assert_eq!(of("Received"), "93");
    assert_eq!(of("Noted"), count.to_string());
}

#[tokio::test]
async fn a_title_says_what_the_chart_shows() {
    let here = Installation::new().await;
    let title = async |address: &str| -> String {
        let json: Value = serde_json::from_str(&here.page(address).await).unwrap();
        json["title"].as_str().unwrap().to_owned()
    };
    let answered = title("/charts/answers-cycle.json?state=BLR").await;
    assert!(answered.starts_with("Belarus supported "), "{answered}");
    let group = title("/reviews/XXA-3/charts/group.json").await;
    assert!(
        group.starts_with("In Examplia") && group.contains(", the highest share assessed as "),
        "{group}"
    );
    let cycles = title("/charts/cycles-answers.json?state=BLR").await;
    assert!(cycles.starts_with("Belarus supported "), "{cycles}");
}

#[tokio::test]
async fn cycles_and_goals_stand_in_their_own_order_unless_another_is_asked_for() {
    let here = Installation::new().await;
    let lines = async |address: &str| -> Vec<(String, u64)> {
        let json: Value = serde_json::from_str(&here.page(address).await).unwrap();
        let lines = json["lines"].as_array().unwrap().iter();
        let line = |line: &Value| {
            let value = line["value"].as_str().unwrap().to_owned();
            (value, line["received"].as_u64().unwrap())
        };
        lines
            .map(line)
            .filter(|(value, _)| !value.is_empty())
            .collect()
    };
    for chart in ["cycle", "answers-cycle"] {
        let cycles = lines(&format!("/charts/{chart}.json?state=BLR&state=XXA")).await;
        assert!(
            cycles.len() > 1 && cycles.is_sorted_by_key(|(cycle, _)| cycle.clone()),
            "{cycles:?}"
        );
        let most = lines(&format!(
            "/charts/{chart}.json?state=BLR&state=XXA&order=count"
        ))
        .await;
        assert!(
            most.is_sorted_by_key(|(_, received)| std::cmp::Reverse(*received)),
            "{most:?}"
        );
    }
    let goals = lines("/reviews/XXA-3/charts/sdg.json").await;
    let number = |goal: &str| -> u32 {
        let digits: String = goal.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(u32::MAX)
    };
    assert!(
        goals.is_sorted_by_key(|(goal, _)| number(goal)),
        "{goals:?}"
    );
}

#[tokio::test]
async fn every_chart_of_a_page_has_its_source_below_it() {
    let here = Installation::new().await;
    let page = here.page("/reviews/XXA-3").await;
    let sources = page.matches("class=\"source\"").count();
    // Bars, squares, positions, and one for each breakdown.
    let breakdowns = page.matches("class=\"dimension\"").count();
    assert!(breakdowns > 3);
    assert_eq!(sources, 3 + breakdowns);
    for address in [
        "/recommending",
        "/recommending/NOR",
        "/recommending/NOR/BLR",
        "/subjects/issue",
        "/world",
        "/world?measure=implemented",
    ] {
        let page = here.page(address).await;
        assert!(page.contains("class=\"source\""), "{address}");
        let drawn = ["<dl class=\"bars\">", "<ul class=\"tiles\">"];
        let drawn = drawn.iter().any(|form| page.contains(form));
        assert!(drawn, "{address} draws nothing");
    }
}

#[tokio::test]
async fn what_nobody_knows_is_not_taken_along() {
    let here = Installation::new().await;
    let page = here.page("/reviews/BLR-3?round=bhc-2023").await;
    assert!(text(&page).contains("The source gives no totals by position"));
    assert!(!page.contains("/charts/position."));
    let known = here.page("/reviews/BLR-3?round=coalition-later").await;
    assert!(known.contains("/charts/position.svg"));
}
