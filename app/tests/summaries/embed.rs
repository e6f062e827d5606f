//! A chart in somebody else's page: nothing that runs, nothing that is kept.

use crate::markup::{attributes, text};
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
    // The drawing with its description, and no table beside it: the numbers are where the link leads.
    assert!(answer.body.contains("<svg") && answer.body.contains("<desc id="));
    assert!(!answer.body.contains("<table"));
    assert!(answer.body.contains("class=\"source\""));
    assert!(
        answer
            .body
            .contains("/reviews/XXA-3/charts/group?position=noted")
    );
    // It says that it is made up even there.
    assert!(answer.body.to_lowercase().contains("fictitious"));
}

/// The frame is high enough for the drawing as it is stretched, and for the lines of what stands around it
/// on a telephone.
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
        let rooms: Vec<Vec<f64>> = attributes(&frame, "viewBox")
            .iter()
            .map(|room| room.split(' ').map(|side| side.parse().unwrap()).collect())
            .collect();
        // Drawn for a column and for a telephone, each maybe in several parts.
        let (wide, narrow): (Vec<_>, Vec<_>) = rooms.iter().partition(|room| room[2] > 416.0);
        assert!(!wide.is_empty() && !narrow.is_empty(), "{path}: {rooms:?}");
        // 26rem wide at most; 47.25rem hold the wide one as it is.
        let narrow: f64 = narrow.iter().map(|room| room[3] * 416.0 / room[2]).sum();
        let drawn = narrow.max(wide.iter().map(|room| room[3]).sum());
        // What is in neither drawing is text, some 45 letters in a line of 22 pixels.
        let around: String = frame
            .split("<svg")
            .map(|part| part.split("</svg>").last().unwrap())
            .collect();
        let around = text(around.split("<main>").nth(1).unwrap());
        let lines = f64::from(u32::try_from(around.chars().count()).unwrap()) / 45.0;
        assert!(
            height >= drawn + lines * 22.0,
            "{path}: {height}, {drawn}, {around}"
        );
        assert!(
            height <= drawn + lines * 45.0 + 300.0,
            "{path}: {height}, {drawn}"
        );
    }
}
