//! What holds for every page.

use crate::markup::attributes;
use crate::support::Installation;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use data::domain::Role;
use std::collections::BTreeSet;

/// Pages as readers find them, and one that is not there.
pub(crate) const PAGES: [&str; 39] = [
    "/",
    "/methodology",
    "/corrections",
    "/login",
    "/states/BLR",
    "/states/XXA",
    "/reviews/BLR-1",
    "/reviews/BLR-2",
    "/reviews/BLR-3",
    "/reviews/BLR-3?round=bhc-2023",
    "/reviews/BLR-3?unit=recommending-states",
    "/reviews/XXA-3",
    "/reviews/XXA-3?unit=recommending-states",
    "/reviews/XXA-3?position=noted&order=share&squares=status",
    "/reviews/XXA-3/charts/group?position=noted",
    "/reviews/BLR-3/charts/status",
    "/reviews/XXA-3/charts/squares",
    "/charts/world",
    "/charts/answers-two?a=cycle%3D1&b=cycle%3D3",
    "/embed/reviews/BLR-3/charts/position?round=coalition-later",
    "/embed/charts/world-supported",
    "/reviews/BLR-3/compare",
    "/reviews/XXA-3/compare",
    "/charts/cycles?state=BLR",
    "/charts/issue?cycle=3",
    "/summary?state=XXA",
    "/recommending/NOR",
    "/recommending/NOR/BLR",
    "/world",
    "/compare?a=cycle%3D1&b=cycle%3D3",
    "/reviews/BLR-1/recommendations",
    "/reviews/BLR-3/recommendations",
    "/reviews/XXA-3/recommendations?position=noted&q=law&page=2&sort=-status&sort=x",
    "/reviews/XXA-3/recommendations?status=none",
    "/reviews/XXA-3/recommendations/138.1?position=noted",
    "/reviews/BLR-3/rounds/bhc-2023",
    "/reviews/BLR-3/rounds/coalition-later",
    "/reviews/XXA-3/rounds/mid-term",
    "/no/such/page",
];

/// Every page that a reader can open, and those of somebody who may do everything.
async fn all_pages(here: &Installation) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for path in PAGES {
        pages.push((path.to_owned(), here.get(path, None).await.body));
    }
    let cookie = here.sign_in("administrator", Role::Administrator).await;
    for path in [
        "/",
        "/reviews/XXA-3",
        "/reviews/XXA-3/recommendations?round=follow-up",
        "/reviews/XXA-3/recommendations/138.1",
        "/reviews/XXA-3/rounds/follow-up",
        "/reviews/BLR-2",
    ] {
        let answer = here.get(path, Some(&cookie)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        pages.push((format!("{path} signed in"), answer.body));
    }
    pages
}

#[tokio::test]
async fn no_script_no_inline_style_no_other_host() {
    let here = Installation::new().await;
    for (path, page) in all_pages(&here).await {
        // A document of the United Nations is a link that the reader follows or not; nothing is fetched from there.
        let page = page
            .to_lowercase()
            .replace("href=\"https://docs.un.org/", "");
        for never in [
            "<script",
            " style=",
            "<style",
            "<svg",
            " onclick=",
            "javascript:",
            "http:",
            "https:",
        ] {
            assert!(!page.contains(never), "{path}: {never}");
        }
    }
}

#[tokio::test]
async fn headings_are_in_order() {
    let here = Installation::new().await;
    for (path, page) in all_pages(&here).await {
        let levels: Vec<u32> = page
            .split("<h")
            .skip(1)
            .filter(|rest| rest[1..].starts_with(['>', ' ']))
            .filter_map(|rest| rest.chars().next()?.to_digit(10))
            .collect();
        assert_eq!(levels.first(), Some(&1), "{path}");
        assert_eq!(
            levels.iter().filter(|level| **level == 1).count(),
            1,
            "{path}"
        );
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{path}: {levels:?}");
        }
    }
}

#[tokio::test]
async fn identifiers_are_unique_and_what_refers_to_them_finds_them() {
    let here = Installation::new().await;
    for (path, page) in all_pages(&here).await {
        let ids = attributes(&page, "id");
        let known: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        assert_eq!(ids.len(), known.len(), "{path}: {ids:?}");
        for name in ["aria-labelledby", "aria-describedby", "for"] {
            for value in attributes(&page, name) {
                for id in value.split(' ') {
                    assert!(known.contains(id), "{path}: {name}={id}");
                }
            }
        }
        for href in attributes(&page, "href") {
            if let Some(id) = href.strip_prefix('#') {
                assert!(known.contains(id), "{path}: {href}");
            }
        }
    }
}

#[tokio::test]
async fn tables_have_captions_and_scopes() {
    let here = Installation::new().await;
    for (path, page) in all_pages(&here).await {
        assert_eq!(
            page.matches("<table").count(),
            page.matches("<caption").count(),
            "{path}"
        );
        for heading in page
            .split("<th")
            .skip(1)
            .filter(|rest| !rest.starts_with("ead"))
        {
            let tag = heading.split('>').next().unwrap();
            assert!(tag.contains("scope="), "{path}: <th{tag}>");
        }
    }
}

#[tokio::test]
async fn every_text_is_there() {
    let here = Installation::new().await;
    let keys: Vec<String> = include_str!("../../locales/en/reading.ftl")
        .lines()
        .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
        .filter(|key| key.contains('-') && !key.starts_with([' ', '#']))
        .collect();
    for (path, page) in all_pages(&here).await {
        for key in &keys {
            assert!(!page.contains(&format!(">{key}<")), "{path}: {key}");
        }
        assert!(!page.contains("{ $"), "{path}");
        assert!(!page.contains("NaN"), "{path}");
    }
}

/// Public pages are kept for others as long as the data stay the same, unless they say that they depend on
/// more: on the host that was asked, or on the day.
#[tokio::test]
async fn what_names_the_host_or_the_day_is_not_kept() {
    let here = Installation::new().await;
    let mut not_kept = 0;
    for path in PAGES {
        let request = Request::get(path).header(header::HOST, "somewhere.example");
        let answer = here.send(request.body(Body::empty()).unwrap()).await;
        let of_the_day =
            answer.body.contains("somewhere.example") || answer.body.contains("(accessed ");
        if of_the_day {
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-cache", "{path}");
            not_kept += 1;
        }
    }
    assert!(not_kept > 2);
}

/// Pages of other parts of the program: their own tests look at them.
fn is_elsewhere(path: &str) -> bool {
    path.starts_with("/assets/")
        || path.contains("/recommendations")
        || path.contains("/charts/")
        || path.starts_with("/assess")
        || path.starts_with("/import")
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let here = Installation::new().await;
    let mut known = BTreeSet::new();
    let cookie = here.sign_in("overseer", Role::Administrator).await;
    for (path, page) in all_pages(&here).await {
        let documents = |href: &String| href.starts_with("https://docs.un.org/");
        for href in attributes(&page, "href")
            .into_iter()
            .filter(|href| !documents(href))
        {
            assert!(
                href.starts_with('/') || href.starts_with('#'),
                "{path}: {href}"
            );
            assert!(!href.starts_with("//"), "{path}: {href}");
            if href.starts_with('#') || is_elsewhere(&href) || !known.insert(href.clone()) {
                continue;
            }
            let answer = here.get(&href, Some(&cookie)).await;
            assert!(
                answer.status.is_success() || answer.status.is_redirection(),
                "{path}: {href} {} {:?}",
                answer.status,
                answer.location
            );
        }
    }
    assert!(known.len() > 15, "{known:?}");
}

#[tokio::test]
async fn the_demonstration_is_marked_everywhere() {
    let here = Installation::new().await;
    for (path, page) in all_pages(&here).await {
        if path.contains("XXA") {
            assert!(page.contains("class=\"fictitious\""), "{path}");
        }
        if page.contains("XXA") {
            assert!(page.contains("fictitious"), "{path}");
        }
    }
    let belarus = here.page("/reviews/BLR-3").await;
    assert!(!belarus.contains("class=\"fictitious\""));
}

#[tokio::test]
async fn nobody_is_named() {
    let here = Installation::new().await;
    here.sign_in("analyst", Role::Analyst).await;
    for path in PAGES {
        let page = here.get(path, None).await.body;
        assert!(!page.contains("class=\"pseudonym\""), "{path}");
    }
}
