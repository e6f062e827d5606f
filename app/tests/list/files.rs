//! Files hold what the list holds.

use crate::lists::{DEMO, all_paragraphs, between, list, unescaped};
use crate::support::Installation;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use data::domain::Role;
use data::exchange::read_whole;
use futures_util::StreamExt as _;

#[tokio::test]
async fn files_hold_the_rows_of_the_list() {
    let here = Installation::new().await;
    let queries = [
        "",
        "position=noted&action=5",
        "status=implemented&status=in_process&sort=-paragraph",
        "q=trade+unions&per=50&page=2",
        "q=nosuchword",
    ];
    for query in queries {
        let listed = all_paragraphs(&here, &query.replace("&per=50&page=2", "")).await;
        let page = list(&here, query).await;
        let words = unescaped(
            between(&page.body, "id=\"words\"", "</h2>")[0]
                .split_once('>')
                .unwrap()
                .1,
        );
        for ending in ["csv", "xlsx"] {
            let answer = here.get(&format!("{DEMO}.{ending}?{query}"), None).await;
            assert_eq!(answer.status, StatusCode::OK);
            let name = format!("attachment; filename=\"XXA-3-recommendations-mid-term.{ending}\"");
            assert_eq!(answer.headers[header::CONTENT_DISPOSITION], name);
            let file = match read_whole(&answer.bytes, None) {
                Ok(file) => file,
                Err(fault) => {
                    assert_eq!((&*fault.key, listed.len()), ("exchange-no-rows", 0));
                    // What there is none of is said in the file all the same.
                    if ending == "csv" {
                        assert!(answer.body.contains(&words.replace('"', "\"\"")), "{words}");
                        assert_eq!(answer.body.lines().count(), 2, "{}", answer.body);
                    }
                    continue;
                }
            };
            assert!(file.rejected.is_empty());
            let rows: Vec<_> = file
                .recommendations
                .iter()
                .map(|one| one.paragraph.as_ref().unwrap().to_string())
                .collect();
            assert_eq!(rows, listed, "{ending} {query}");
            if ending == "csv" {
                assert!(answer.body.contains(&words.replace('"', "\"\"")), "{words}");
                assert!(answer.body.contains("Fictitious"));
            }
        }
        let answer = here.get(&format!("{DEMO}.json?{query}"), None).await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
        let json: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        let rows: Vec<_> = json["recommendations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["paragraph"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(rows, listed, "json {query}");
        assert_eq!(json["about"]["filter"], words.as_str());
    }
}

#[tokio::test]
async fn the_page_links_to_its_own_files() {
    let here = Installation::new().await;
    let page = list(&here, "position=noted&page=2&per=50").await;
    for ending in ["csv", "xlsx", "json"] {
        let href = format!("{DEMO}.{ending}?position=noted");
        assert!(page.body.contains(&format!("href=\"{href}\"")), "{href}");
    }
}

#[tokio::test]
async fn permalinks_name_a_plain_host_or_none() {
    let here = Installation::new().await;
    for (host, start) in [
        ("example.org:8080", "http://example.org:8080/reviews/"),
        ("evil\"><b", "/reviews/"),
    ] {
        let request = Request::get(format!("{DEMO}.json"))
            .header(header::HOST, host)
            .body(Body::empty())
            .unwrap();
        let answer = here.send(request).await;
        let json: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        let permalink = json["recommendations"][0]["permalink"].as_str().unwrap();
        assert!(permalink.starts_with(start), "{permalink}");
    }
}

/// What browsers see is what the installation was told, whatever host a request names.
#[tokio::test]
async fn permalinks_begin_with_the_public_origin() {
    let here = Installation::at(Some("https://upr.example/")).await;
    let actor = data::store::Actor::command_line();
    here.store.load_demonstration(&actor).await.unwrap();
    let request = Request::get(format!("{DEMO}.csv")).header(header::HOST, "10.0.0.7:3000");
    let answer = here.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer
            .body
            .contains(&format!("https://upr.example{DEMO}/138.1")),
        "{}",
        answer.body
    );
    assert!(!answer.body.contains("10.0.0.7"));
}

/// Each row of a file of everything has been read another way than that of its review's own file.
#[tokio::test]
async fn a_row_of_everything_is_the_row_of_its_review() {
    let here = Installation::new().await;
    let reader = here.sign_in("wren", Role::Reader).await;
    let rows = async |path: &str, session: Option<&str>| -> Vec<serde_json::Value> {
        let answer = here.get(path, session).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let mut file: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        serde_json::from_value(file["recommendations"].take()).unwrap()
    };
    for session in [None, Some(reader.as_str())] {
        let everything = rows("/recommendations.json?state=BLR&state=XXA", session).await;
        let mut reviews: Vec<&str> = everything
            .iter()
            .filter_map(|row| row["review"].as_str())
            .collect();
        reviews.dedup();
        assert!(reviews.len() > 1, "{reviews:?}");
        let mut expected = Vec::new();
        for review in reviews {
            expected
                .extend(rows(&format!("/reviews/{review}/recommendations.json"), session).await);
        }
        assert_eq!(everything, expected);
        for (column, at_least) in [("rationale", 50), ("evidence", 20), ("position_source", 50)] {
            let filled = everything.iter().filter(|row| {
                let value = row.get(column).unwrap_or_else(|| panic!("{column}: {row}"));
                value.as_str().is_some_and(|text| !text.is_empty())
                    || value.as_array().is_some_and(|all| !all.is_empty())
                    || value.is_object()
            });
            assert!(filled.count() >= at_least, "{column}");
        }
    }
}

#[tokio::test]
async fn files_can_be_asked_again_behind_their_end() {
    let here = Installation::new().await;
    for path in [
        format!("{DEMO}.csv"),
        format!("{DEMO}.xlsx"),
        format!("{DEMO}.json"),
        "/recommendations.csv".to_owned(),
    ] {
        let mut pieces = here.follow(&path, "").await.into_data_stream();
        while let Some(piece) = pieces.next().await {
            piece.unwrap();
        }
        // So do the encoders that compress it.
        assert!(pieces.next().await.is_none(), "{path}");
    }
}

#[tokio::test]
async fn a_file_says_that_a_round_is_open_only_if_it_shows_one() {
    let here = Installation::new().await;
    let reader = here.sign_in("wren", Role::Reader).await;
    let about = async |path: &str| -> serde_json::Value {
        let answer = here.get(path, Some(&reader)).await;
        let file: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        file["about"].clone()
    };
    // Nothing that is listed there is in a round.
    let first = about("/recommendations.json?state=BLR&cycle=1").await;
    assert!(first["notice"].is_null(), "{first}");
    // What is not known has no field.
    let complete = about("/reviews/BLR-1/recommendations.json").await;
    assert!(complete.get("coverage").is_none(), "{complete}");
    let open = about("/reviews/XXA-3/recommendations.json?round=follow-up").await;
    let notice = open["notice"].as_str().unwrap();
    assert!(notice.contains("Statuses of an open round"), "{notice}");
}

/// The file of a list names the sources that its page names, and where the terms of use are.
#[tokio::test]
async fn a_file_names_its_sources_and_its_licence() {
    let here = Installation::new().await.with_origin("https://upr.example");
    for (path, source) in [
        (
            "/reviews/BLR-1/recommendations.json?position=noted",
            "Positions: UPR Info, 2015 (19)",
        ),
        (
            "/recommendations.json",
            "Positions: A/HRC/15/16 (55); UPR Info, 2015 (38). Statuses: none (no round of assessment)",
        ),
    ] {
        let json: serde_json::Value = serde_json::from_str(&here.page(path).await).unwrap();
        let about = &json["about"];
        assert_eq!(about["source"], source, "{path}");
        assert_eq!(about["licence"], "https://upr.example/about/licence");
    }
    let page = here.page("/about/licence").await;
    assert!(page.contains("Licence and reuse"));
    let workbook = here
        .get("/reviews/BLR-1/recommendations.xlsx", None)
        .await
        .bytes;
    let mut workbook = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut texts = String::new();
    let mut file = workbook.by_name("xl/sharedStrings.xml").unwrap();
    std::io::Read::read_to_string(&mut file, &mut texts).unwrap();
    for text in [
        "Positions: A/HRC/15/16 (55); UPR Info, 2015 (38)",
        "https://upr.example/about/licence",
    ] {
        assert!(texts.contains(text), "{texts}");
    }
}

/// A list says where its positions and statuses come from and how much is loaded, and is cited as charts are.
#[tokio::test]
async fn a_list_has_a_source_its_coverage_and_a_citation() {
    let here = Installation::new().await.with_origin("https://upr.example");
    let source = |page: &str| {
        let (_, rest) = page.split_once("class=\"source\"").unwrap();
        let inside = rest.split_once('>').unwrap().1;
        let inside = inside.split("</p>").next().unwrap();
        let mut text = String::new();
        for part in inside.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        text.replace("<!>", "")
    };
    let menu = |page: &str| page.matches("<details class=\"menu take\">").count();

    let all = here.page("/recommendations").await;
    assert_eq!(
        source(&all),
        "Source: Positions: A/HRC/15/16 (55); UPR Info, 2015 (38). Statuses: none (no round of assessment). \
         Coverage: 1 of 578 reviews of the first three cycles loaded"
    );
    assert!(all.contains("href=\"https://docs.un.org/A/HRC/15/16\""));
    assert_eq!(menu(&all), 1);
    let one = here
        .page("/reviews/BLR-1/recommendations?position=noted")
        .await;
    assert!(
        source(&one).starts_with("Source: Positions: "),
        "{}",
        source(&one)
    );
    assert_eq!(menu(&one), 1);
    let demonstration = here.page("/reviews/XXA-3/recommendations").await;
    assert!(
        source(&demonstration).contains("Statuses: Examplia Coalition for the UPR: Mid-term"),
        "{}",
        source(&demonstration)
    );

    for (list, named) in [
        ("/recommendations?position=noted", "All recommendations"),
        (
            "/reviews/BLR-1/recommendations?position=noted",
            "UPR Info, 2015",
        ),
        ("/reviews/XXA-3/recommendations?round=mid-term", "Mid-term"),
    ] {
        let page = here.page(list).await;
        let (path, query) = list.split_once('?').unwrap();
        for ending in ["txt", "bib", "csl.json"] {
            let file = format!("{path}.{ending}?{query}");
            assert!(page.contains(&format!("href=\"{file}\"")), "{file}");
            let cited = here.get(&file, None).await;
            assert_eq!(cited.status, StatusCode::OK, "{file}");
            assert!(cited.body.contains(named), "{file}: {}", cited.body);
            let plain = cited.body.replace("\\&", "&").replace("\\_", "_");
            assert!(
                plain.contains(&format!("https://upr.example{list}")),
                "{plain}"
            );
            let refused = here.get(&format!("{path}.{ending}?bogus=1"), None).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{file}");
        }
    }
}
