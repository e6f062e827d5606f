//! A chart in somebody else's page: nothing that runs, nothing that is kept.

use crate::markup::{bars, text};
use crate::support::Installation;

#[tokio::test]
async fn an_embedded_chart_has_no_script_no_form_and_no_cookie() {
    let here = Installation::new().await;
    let answer = here
        .get("/embed/reviews/XXA-3/charts/group?position=noted", None)
        .await;
    assert!(answer.cookies.is_empty());
    for refused in ["<script", "<form", "http-equiv", "onload"] {
        assert!(!answer.body.contains(refused), "{refused}");
    }
    // The chart as text, and no table beside it: the numbers are where the link leads.
    let rows = bars(&answer.body);
    assert!(rows.len() > 3 && rows.iter().all(|row| row[1].parse::<u64>().is_ok()));
    assert!(answer.body.contains(">Not implemented: "));
    assert!(!answer.body.contains("<table") && !answer.body.contains("<svg"));
    assert!(answer.body.contains("class=\"source\""));
    assert!(
        answer
            .body
            .contains("/reviews/XXA-3/charts/group?position=noted")
    );
    // It says that it is made up even there.
    assert!(answer.body.to_lowercase().contains("fictitious"));
}

/// The frame is high enough for the chart and for the lines of what stands around it on a telephone, and
/// not much higher.
#[tokio::test]
async fn a_frame_is_as_high_as_what_it_shows() {
    let here = Installation::new().await;
    for path in [
        "/reviews/XXA-3/charts/group",
        "/reviews/XXA-3/charts/squares",
        "/reviews/BLR-3/charts/position?round=coalition-later",
        "/reviews/BLR-1/charts/issue",
        "/charts/world-supported",
        "/charts/answers-cycle?recommending=NOR",
    ] {
        let page = here.page(path).await;
        let code = page.split("&lt;iframe").nth(1).unwrap();
        let height = code.split(" height=").nth(1).unwrap();
        let height: f64 = height
            .split(|c: char| !c.is_ascii_digit())
            .find(|part| !part.is_empty())
            .unwrap()
            .parse()
            .unwrap();
        let frame = here.page(&format!("/embed{path}")).await;
        let count = |part: &str| {
            let count = frame.matches(part).count();
            f64::from(u32::try_from(count).unwrap())
        };
        // A label, a bar and what is said beside it, in lines of their own; three tiles in a row; and
        // seven squares above each other.
        let squares = if count("class=\"squares\"") > 0.0 {
            7.0 * 34.0
        } else {
            0.0
        };
        let rows = count("<dt>");
        let tiles = (count("<li class=\"m") + count("<li class=\"none\"")) / 3.0;
        let least = rows * 56.0 + tiles * 44.0 + squares;
        let most = rows * 140.0 + (tiles + 5.0) * 100.0 + squares;
        // What is around the chart is text, some 45 letters in a line of 22 pixels.
        let (before, chart) = frame.split_once("<figure").unwrap();
        let (_, source) = chart.split_once("<figcaption").unwrap();
        let around = text(&format!(
            "{} <i {source}",
            before.split("<main>").nth(1).unwrap()
        ));
        let lines = f64::from(u32::try_from(around.chars().count()).unwrap()) / 45.0;
        assert!(
            height >= least + lines * 22.0,
            "{path}: {height}, {least}, {around}"
        );
        assert!(
            height <= most + lines * 45.0 + 300.0,
            "{path}: {height}, {most}"
        );
    }
}
