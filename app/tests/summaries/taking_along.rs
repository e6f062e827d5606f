//! What is taken along of a chart: each form is what it says, and each can be cited.

use crate::support::Installation;
use axum::http::StatusCode;
use serde_json::Value;

#[tokio::test]
async fn every_form_is_what_it_says() {
    let here = Installation::at(Some("https://upr.example")).await;
    let actor = data::store::Actor::command_line();
    here.store.load_demonstration(&actor).await.unwrap();
    for chart in ["status", "squares", "issue"] {
        let address =
            |ending: &str| format!("/reviews/XXA-3/charts/{chart}{ending}?position=noted");
        let png = here.get(&address(".png"), None).await;
        assert_eq!(png.content_type, "image/png");
        assert!(png.bytes.starts_with(b"\x89PNG") && png.bytes.len() > 10_000);
        let svg = here.get(&address(".svg"), None).await;
        assert!(svg.content_type.starts_with("image/svg+xml"));
        for refused in ["<script", "style=", "href="] {
            assert!(!svg.body.contains(refused), "{refused}");
        }
        assert!(svg.body.contains("<title id=") && svg.body.contains("<desc id="));
        let permalink = format!(
            "https://upr.example/reviews/XXA-3/charts/{chart}?position=noted&amp;round=mid-term"
        );
        assert!(svg.body.contains(&permalink), "{}", svg.body);
    }
}

#[tokio::test]
async fn citations_name_round_day_hash_and_access() {
    let here = Installation::new().await;
    let record = here
        .store
        .review_record(data::domain::ReviewCode::parse("XXA-3").unwrap())
        .await
        .unwrap();
    let round = &record.round("mid-term").unwrap().round;
    let hash = round.content_hash.clone().unwrap();
    let address = |ending: &str| format!("/reviews/XXA-3/charts/status{ending}");
    let plain = here.page(&address(".txt")).await;
    let bibtex = here.page(&address(".bib")).await;
    let csl: Value = serde_json::from_str(&here.page(&address(".csl.json")).await).unwrap();
    for said in [&plain, &bibtex] {
        assert!(said.contains(&hash), "{said}");
        assert!(said.contains(&round.title), "{said}");
        assert!(
            said.contains(&*round.as_of.as_ref().unwrap().text()),
            "{said}"
        );
        assert!(
            said.contains("/reviews/XXA-3/charts/status?round=mid-term"),
            "{said}"
        );
    }
    assert!(bibtex.contains("urldate = {20") && plain.contains("(accessed 20"));
    assert_eq!(csl[0]["version"], hash);
    assert!(csl[0]["accessed"]["date-parts"][0][0].as_u64().unwrap() >= 2024);
}

#[tokio::test]
async fn what_is_not_there_is_not_there() {
    let here = Installation::new().await;
    for path in [
        "/reviews/XXA-3/charts/nonsense",
        "/reviews/XXA-3/charts/status.exe",
        "/reviews/XXA-3/charts/status.svg?round=nonsense",
        // Open rounds are not for the public.
        "/reviews/XXA-3/charts/status.svg?round=follow-up",
        // No round at all.
        "/reviews/BLR-2/charts/status.svg",
        "/embed/reviews/XXA-3/charts/nonsense",
    ] {
        let answer = here.get(path, None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// The words of a picture from its top, with the lines of a sentence joined.
fn words_of(svg: &str) -> String {
    let texts = svg.split("<text").skip(1);
    let words = texts.filter_map(|text| text.split_once('>')?.1.split("</text>").next());
    words.collect::<Vec<_>>().join(" ")
}

/// On a slide there is nothing around a picture: it says itself of which States it is, what is counted, as of when, by
/// whom, and where it is.
#[tokio::test]
async fn a_picture_stands_alone_on_a_slide() {
    let here = Installation::new().await.with_origin("https://upr.example");
    let belarus = "Belarus, first cycle (2010)";
    let examplia = "Examplia (fictitious), third cycle (2020)";
    let two = "?a=position%3Dnoted&b=position%3Dsupported";
    for (path, subject, day) in [
        (
            "/reviews/BLR-1/charts/position",
            format!("Responses to recommendations: {belarus}."),
            "Database last changed on ",
        ),
        (
            "/reviews/BLR-1/charts/squares",
            format!("Responses to recommendations: {belarus}."),
            "Database last changed on ",
        ),
        (
            "/reviews/BLR-1/charts/issue?position=noted",
            format!("Responses to recommendations: {belarus}, noted."),
            "Database last changed on ",
        ),
        (
            "/reviews/BLR-3/charts/status",
            "Implementation of recommendations: Belarus, third cycle (2020).".to_owned(),
            "Published on ",
        ),
        (
            "/reviews/XXA-3/charts/group",
            format!("Implementation of recommendations: {examplia}."),
            "As of 31 December 2023.",
        ),
        (
            "/reviews/BLR-3/charts/rounds?from=bhc-2023&to=coalition-later",
            "Implementation of recommendations: Belarus, third cycle (2020), two rounds."
                .to_owned(),
            "Published on ",
        ),
        (
            "/charts/world",
            "Implementation of recommendations: all States, all cycles.".to_owned(),
            "Database last changed on ",
        ),
        (
            "/charts/world-supported",
            "Responses to recommendations: all States, all cycles.".to_owned(),
            "Database last changed on ",
        ),
        (
            "/charts/cycles?state=BLR",
            "Implementation of recommendations: to Belarus.".to_owned(),
            "Database last changed on ",
        ),
        (
            "/charts/cycles-answers?state=BLR",
            "Responses to recommendations: to Belarus.".to_owned(),
            "Database last changed on ",
        ),
        (
            "/charts/answers-cycle?state=BLR&recommending=NOR",
            "Responses to recommendations: to Belarus, recommended by Norway.".to_owned(),
            "Database last changed on ",
        ),
        (
            "/charts/issue",
            "Implementation of recommendations: all States, all cycles.".to_owned(),
            "Database last changed on ",
        ),
        (
            &format!("/charts/answers-two{two}"),
            "Responses to recommendations: noted / supported.".to_owned(),
            "Database last changed on ",
        ),
    ] {
        let (name, query) = path.split_once('?').unwrap_or((path, ""));
        let svg = here.page(&format!("{name}.svg?{query}")).await;
        let words = words_of(&svg);
        let begin = format!("{subject} {day}");
        assert!(words.starts_with(&begin), "{path}: {words:.300}");
        for part in ["Source: ", &format!("https://upr.example{name}")] {
            assert!(words.contains(part), "{path}: {part}: {words}");
        }
        // Who listens hears the same.
        let title = svg.split("<title id=\"picture-title\">").nth(1).unwrap();
        assert!(title.starts_with(&subject), "{path}: {title:.300}");
    }
    let session = here.sign_in("rae", data::domain::Role::Reviewer).await;
    let flow = "/reviews/XXA-3/charts/flow.svg?from=mid-term&to=follow-up";
    let words = words_of(&here.get(flow, Some(&session)).await.body);
    assert!(
        words.starts_with(&format!(
            "Implementation of recommendations: {examplia}, two rounds."
        )),
        "{words:.300}"
    );
}
