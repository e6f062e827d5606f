//! Many reviews, and reviews of which only a part is loaded: nothing incomplete reads as the whole.

use crate::support::Installation;
use data::domain::{Paragraph, ReviewCode, states};
use data::store::{Actor, NewRound, Save};
use serde_json::Value;

/// Imports recommendations, one a line; returns how many were created.
async fn import(here: &Installation, lines: &str) -> usize {
    let file = format!("review,paragraph,text,recommending_states,position\n{lines}");
    here.import(file).await.summary.created
}

/// Publishes a round of a review in which its paragraph 1.1 is assessed.
async fn assess(here: &Installation, review: ReviewCode) {
    let actor = Actor::command_line();
    let round = NewRound {
        slug: "first".to_owned(),
        organisation: "Observatory".to_owned(),
        title: "Review".to_owned(),
        as_of: Some("2024-06-30".into()),
        scale: "bhc-2023".to_owned(),
        method: None,
        assessors: Vec::new(),
    };
    here.store.open_round(&actor, review, &round).await.unwrap();
    let save = Save {
        review,
        round: "first".to_owned(),
        paragraph: Paragraph::parse("1.1").unwrap(),
        version: 0,
        status: "implemented".to_owned(),
        rationale: "So".to_owned(),
        confidence: None,
        cites: Vec::new(),
        evidence: Vec::new(),
    };
    here.store
        .save_assessment(&actor, None, &save)
        .await
        .unwrap();
    here.store
        .publish_round(&actor, review, "first")
        .await
        .unwrap();
}

/// The part of a page between two marks.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).unwrap_or_default();
    rest.split(to).next().unwrap_or_default()
}

/// The height of a screen of 1280 by 800.
const SCREEN: usize = 800;

/// The heights of home's parts at a width of 1280, in pixels, as Chromium draws them: everything but the two lists,
/// a row of assessed reviews, a letter, and a State, of which some have a name over two lines.
const ELSE: usize = 930;
const ASSESSED_ROW: usize = 104;
const LETTER: usize = 21;
const STATE_ROW: usize = 28;
/// The columns of both lists at that width.
const ASSESSED_COLUMNS: usize = 3;
const COLUMNS: usize = 5;

#[tokio::test]
async fn home_stays_within_three_screens_and_sources_are_paged() {
    // With the demonstration, which takes room as well.
    let here = Installation::empty().await;
    let actor = Actor::command_line();
    here.store.load_demonstration(&actor).await.unwrap();
    let observers = ["VAT", "PSE"];
    let members = states::all().filter(|state| !observers.contains(&state.as_str()));
    let all: Vec<_> = members.collect();
    let first_three = all.iter().flat_map(|state| {
        let cycles = ["1", "2", "3"].into_iter();
        cycles.map(move |cycle| format!("{}-{cycle}", state.as_str()))
    });
    let fourth = all.iter().take(11);
    let fourth = fourth.map(|state| format!("{}-4", state.as_str()));
    let reviews: Vec<String> = first_three.chain(fourth).collect();
    assert_eq!(reviews.len(), 590);
    let lines = reviews.iter().map(|review| {
        let by = if review.starts_with("NOR") {
            "Togo"
        } else {
            "Norway"
        };
        format!("{review},1.1,Reform the courts,{by},supported")
    });
    assert_eq!(
        import(&here, &lines.collect::<Vec<_>>().join("\n")).await,
        590
    );
    for review in reviews
        .iter()
        .filter(|review| review.ends_with("-2"))
        .take(40)
    {
        assess(&here, ReviewCode::parse(review).unwrap()).await;
    }

    let page = here.page("/").await;
    let assessed = between(&page, "<ul class=\"assessed compact\">", "</ul>");
    let assessed = assessed.matches("<h3>").count();
    assert_eq!(assessed, 6);
    assert!(page.contains("href=\"/?assessed=all#assessed\""));
    let alphabet = between(&page, "<div class=\"alphabet\">", "</section>");
    let rows = alphabet.matches("<li>").count();
    let letters = alphabet.matches("<h3").count();
    assert_eq!(
        rows,
        states::all().count() + 1,
        "all States, and the invented one"
    );
    let column = (rows * STATE_ROW + letters * LETTER).div_ceil(COLUMNS);
    let height = ELSE + assessed.div_ceil(ASSESSED_COLUMNS) * ASSESSED_ROW + column;
    assert!(height <= 3 * SCREEN, "{height} px");

    let mut seen = Vec::new();
    for number in 1..=12 {
        let page = here.page(&format!("/about/sources?page={number}")).await;
        let table = between(&page, "id=\"reviews-caption\"", "</table>");
        let reviews: Vec<&str> = table
            .split("href=\"/reviews/")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .filter(|code| !code.contains('/'))
            .collect();
        assert_eq!(reviews.len(), if number < 12 { 50 } else { 41 }, "{number}");
        let (from, to) = (number * 50 - 49, (number * 50).min(591));
        let caption = table.split("</caption>").next().unwrap();
        assert!(caption.contains(&format!("{from}")) && caption.contains(&format!("{to}")));
        let earlier = match number {
            1 => None,
            2 => Some("href=\"/about/sources\" rel=\"prev\"".to_owned()),
            _ => Some(format!(
                "href=\"/about/sources?page={}\" rel=\"prev\"",
                number - 1
            )),
        };
        assert!(
            earlier.is_none_or(|earlier| page.contains(&earlier)),
            "{number}"
        );
        let later = format!("href=\"/about/sources?page={}\" rel=\"next\"", number + 1);
        assert_eq!(page.contains(&later), number < 12, "{number}");
        seen.extend(reviews.into_iter().map(str::to_owned));
    }
    seen.sort();
    let mut reviews = reviews;
    reviews.push("XXA-3".to_owned());
    reviews.sort();
    assert_eq!(seen, reviews, "each review stands on one page");
}

#[tokio::test]
async fn a_review_that_holds_fewer_than_its_totals_says_so_everywhere() {
    let here = Installation::new().await;
    let lines = "BLR-3,1.1,Reform the courts,Norway,supported\n\
                 BLR-3,1.2,Reform the prisons,Norway,noted\n\
                 BLR-3,1.3,Reform the army,Togo,noted";
    assert_eq!(import(&here, lines).await, 3);

    let list = here.page("/reviews/BLR-3/recommendations").await;
    let source = between(&list, "class=\"source\"", "</p>");
    let on_pages =
        "Coverage: 3 of the 266 recommendations that the reported totals count are loaded";
    assert!(source.contains(on_pages), "{source}");
    let home = here.page("/").await;
    assert!(between(&home, "<ul class=\"assessed\">", "</ul>").contains(on_pages));
    for path in ["/states/BLR", "/about/sources"] {
        let page = here.page(path).await;
        let row = page
            .split("<tr")
            .find(|row| row.contains("href=\"/reviews/BLR-3\""))
            .unwrap();
        assert!(row.contains("of 266"), "{path}: {row}");
        // A review of which all is loaded does not.
        let row = page
            .split("<tr")
            .find(|row| row.contains("href=\"/reviews/BLR-1\""))
            .unwrap();
        assert!(!row.contains(" of 93"), "{path}: {row}");
    }

    let in_files =
        "Coverage: 3 of the 266 recommendations that the reported totals count are loaded";
    let csv = here.page("/reviews/BLR-3/recommendations.csv").await;
    assert!(csv.lines().next().unwrap().contains("Coverage"), "{csv}");
    assert_eq!(csv.matches(in_files).count(), 3, "{csv}");
    let json = here.page("/reviews/BLR-3/recommendations.json").await;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["about"]["coverage"], in_files);
    let workbook = here.get("/reviews/BLR-3/recommendations.xlsx", None).await;
    let mut workbook = zip::ZipArchive::new(std::io::Cursor::new(workbook.bytes)).unwrap();
    let mut texts = String::new();
    let mut file = workbook.by_name("xl/sharedStrings.xml").unwrap();
    std::io::Read::read_to_string(&mut file, &mut texts).unwrap();
    assert!(
        texts.contains(in_files) && texts.contains("Coverage"),
        "{texts}"
    );
    let complete = here.page("/reviews/BLR-1/recommendations.json").await;
    let complete: Value = serde_json::from_str(&complete).unwrap();
    assert!(complete["about"].get("coverage").is_none(), "{complete}");
}

#[tokio::test]
async fn a_review_that_holds_more_than_its_report_numbers_says_so_everywhere() {
    let here = Installation::new().await;
    let rows = "To,Text,From,Response,Action,Issue,Session\n\
                Belarus,Zealously ratify every treaty on the sea,Fiji,Noted,2,Labour,8\n\
                Belarus,Abolish all fees of lighthouses,Tonga,Accepted,2,Labour,8\n\
                Belarus,Build more harbours for girls,Palau,Noted,2,Labour,8\n";
    assert_eq!(here.import(rows).await.summary.created, 3);

    let on_all = "Coverage: 96 recommendations are loaded. A/HRC/15/16 numbers 93; 3 (UPR Info) were not matched \
                  with a numbered recommendation";
    let page = here.page("/reviews/BLR-1").await;
    let notice = between(&page, "<p class=\"missing\">", "</p>");
    assert_eq!(
        notice,
        "A/HRC/15/16 numbers 93 of the 96 recommendations that are loaded. 3 have no number (UPR Info): they were not \
         matched with a numbered recommendation, and may be counted twice."
    );
    for path in [
        "/reviews/BLR-1/recommendations",
        "/reviews/BLR-1/recommendations?position=noted",
        "/reviews/BLR-1",
        "/reviews/BLR-1/charts/position",
        "/reviews/BLR-1/charts/position.svg",
        "/reviews/BLR-1/charts/issue.json",
        "/reviews/BLR-1/recommendations.csv",
        "/reviews/BLR-1/recommendations.json",
    ] {
        // Links and lines of pictures part the sentence.
        let text = text_of(&here.page(path).await);
        assert!(text.contains(on_all), "{path}: {text}");
    }
    for path in ["/states/BLR", "/about/sources"] {
        let page = here.page(path).await;
        let row = page
            .split("<tr")
            .find(|row| row.contains("href=\"/reviews/BLR-1\""))
            .unwrap();
        assert!(row.contains("3 not matched with a numbered one"), "{row}");
    }
    // The other review is as its totals say, and says nothing.
    let other = here.page("/reviews/BLR-3").await;
    assert!(!other.contains("numbered"), "{other}");
}

/// The texts between the tags, with single spaces.
fn text_of(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        let (tag, after) = part.split_once('>').unwrap_or(("", part));
        // Lines of a picture are elements of their own.
        if tag.starts_with("tspan") || tag.starts_with("text") {
            text.push(' ');
        }
        text.push_str(after);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_file_tells_the_day_of_the_data_from_the_day_of_the_last_change() {
    let here = Installation::new().await;
    let about = async |path: &str| -> Value {
        let json: Value = serde_json::from_str(&here.page(path).await).unwrap();
        json["about"].clone()
    };
    let assessed = about("/reviews/XXA-3/recommendations.json").await;
    assert_eq!(assessed["data_as_of"], "2023-12-31");
    let changed = assessed["last_changed_on"].as_str().unwrap();
    assert!(changed.len() == 10 && changed > "2026", "{changed}");
    // Without a round, no status has a day.
    let without = about("/reviews/BLR-1/recommendations.json").await;
    assert!(without["data_as_of"].is_null(), "{without}");
    assert_eq!(without["last_changed_on"], changed);
    let csv = here.page("/reviews/XXA-3/recommendations.csv").await;
    let headings = csv.lines().next().unwrap();
    assert!(
        headings.contains("Data as of,Last changed on"),
        "{headings}"
    );
    assert!(
        csv.contains(&format!(",2023-12-31,{changed},")),
        "{headings}"
    );
}
