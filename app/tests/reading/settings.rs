//! What an operator sets and readers see: who runs the installation, pictures for other sites, addresses of other hosts.

use crate::support::Installation;
use app::{Identity, OutsideLinks};
use data::domain::{Paragraph, ReviewCode, Role};
use data::store::{Actor, NewRound};

#[tokio::test]
async fn the_front_page_says_who_runs_it_and_how_old_its_data_are() {
    let plain = Installation::new().await;
    let page = plain.page("/").await;
    let today = time_in_words(&page);
    assert!(!page.contains("Run by") && !page.contains("Contact:"));
    let shipped = plain.page("/about/contact").await;
    assert!(shipped.contains("No address has been entered"));
    assert!(!shipped.contains("please write"), "no address to write to");
    // A name is no address.
    let named = Identity::new(Some("Monitor"), None, None).unwrap();
    let plain = plain.with_settings(|site| site.with_identity(named));
    let named = plain.page("/about/contact").await;
    assert!(named.contains("No address has been entered") && !named.contains("please write"));
    let identity = Identity::new(
        Some("Monitor of Belarus"),
        Some("A <coalition>"),
        Some("mail@coalition.example"),
    );
    let here = plain.with_settings(|site| site.with_identity(identity.unwrap()));
    let said = "Monitor of Belarus, run by A &lt;coalition&gt;. Contact: mail@coalition.example";
    let page = here.page("/").await;
    assert!(
        page.contains(&format!("{said} Last changed on {today}")),
        "{page}"
    );
    for path in ["/about", "/about/contact"] {
        let page = here.page(path).await;
        assert!(page.contains(said), "{path}");
        assert!(!page.contains("No address has been entered"), "{path}");
    }
    assert!(here.page("/about/contact").await.contains("please write"));
    assert!(!here.page("/about/privacy").await.contains(said));
}

/// The day that a page names.
fn time_in_words(page: &str) -> String {
    let (_, rest) = page.split_once("Last changed on ").unwrap();
    rest.split('.').next().unwrap().to_owned()
}

/// The contents of a page's properties for other sites.
fn property(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("<meta property=\"{name}\" content=\""))?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

#[tokio::test]
async fn other_sites_get_a_title_and_a_picture_of_our_own_host() {
    let here = Installation::new().await.with_origin("https://upr.example");
    for (path, title, picture) in [
        (
            "/reviews/BLR-1",
            "Belarus, first cycle",
            Some("/reviews/BLR-1/charts/position.png"),
        ),
        (
            "/reviews/XXA-3",
            "Examplia (fictitious), third cycle",
            Some("/reviews/XXA-3/charts/status.png?round=mid-term"),
        ),
        ("/world", "", Some("/charts/world-supported.png")),
        (
            "/charts/answers-cycle",
            "",
            Some("/charts/answers-cycle.png"),
        ),
        ("/recommendations", "All recommendations", None),
    ] {
        let page = here.page(path).await;
        let shared = property(&page, "og:title").unwrap();
        assert!(shared.contains(title), "{path}: {shared}");
        assert!(property(&page, "og:description").is_some(), "{path}");
        let expected = picture.map(|picture| format!("https://upr.example{picture}"));
        assert_eq!(property(&page, "og:image"), expected, "{path}");
        if let Some(picture) = picture {
            let drawn = here.get(picture, None).await;
            assert_eq!(drawn.content_type, "image/png", "{picture}");
        }
    }
    // Without a public origin no address is whole, and people who work here share nothing.
    let plain = Installation::new().await;
    let page = plain.page("/world").await;
    assert!(property(&page, "og:title").is_some() && property(&page, "og:image").is_none());
    let ada = here.sign_in("ada", Role::Analyst).await;
    let page = here.get("/world", Some(&ada)).await.body;
    assert!(property(&page, "og:title").is_none());
}

/// A review whose pages name other hosts: evidence, documents, a note on method.
async fn with_addresses(here: &Installation) {
    let actor = Actor::command_line();
    let review = ReviewCode::parse("XXA-3").unwrap();
    let round = NewRound {
        slug: "linked".to_owned(),
        organisation: "O".to_owned(),
        title: "Linked".to_owned(),
        as_of: Some("2026-01-01".into()),
        scale: "bhc-2023".to_owned(),
        method: Some("See [the manual](https://manual.example/a).".to_owned()),
        assessors: Vec::new(),
    };
    here.store.open_round(&actor, review, &round).await.unwrap();
    let save = data::store::Save {
        review,
        round: "linked".to_owned(),
        paragraph: Paragraph::parse("138.1").unwrap(),
        version: 0,
        status: "implemented".to_owned(),
        rationale: "So".to_owned(),
        confidence: None,
        cites: Vec::new(),
        evidence: vec![data::domain::Evidence {
            title: "Law".to_owned(),
            source: "https://law.example/b".to_owned(),
            publisher: None,
            date: None,
            kind: data::domain::EvidenceKind::Primary,
            note: None,
            language: None,
            archived: None,
        }],
    };
    here.store
        .save_assessment(&actor, None, &save)
        .await
        .unwrap();
    here.store
        .publish_round(&actor, review, "linked")
        .await
        .unwrap();
}

#[tokio::test]
async fn readers_can_be_shown_addresses_of_other_hosts_as_text() {
    let here = Installation::new().await;
    with_addresses(&here).await;
    let pages = [
        (
            "/reviews/XXA-3/recommendations/138.1",
            "https://law.example/b",
        ),
        ("/reviews/XXA-3/rounds/linked", "https://manual.example/a"),
        ("/reviews/XXA-3/evidence/1", "https://"),
        (
            "/reviews/BLR-1/recommendations/97.1",
            "https://docs.un.org/A/HRC/15/16",
        ),
    ];
    let outside = |page: &str| page.matches("href=\"http").count();
    let mut links = 0;
    for (path, _) in pages {
        links += outside(&here.page(path).await);
    }
    assert!(links > 2, "{links}");
    let here = here.with_settings(|site| site.with_outside_links(OutsideLinks::Text));
    let reader = here.sign_in("ada", Role::Reader).await;
    for (path, address) in pages {
        let answer = here.get(path, None).await;
        assert_eq!(outside(&answer.body), 0, "{path}");
        if answer.status.is_success() && path.contains("138.1") {
            assert!(answer.body.contains(address), "{path}");
        }
    }
    // People who work here open them.
    let page = here.get(pages[0].0, Some(&reader)).await.body;
    assert!(outside(&page) > 0);
}

#[tokio::test]
async fn readers_are_not_told_how_to_import() {
    let here = Installation::new().await;
    let how = "They can be imported from";
    let reviewer = here.sign_in("ruth", Role::Reviewer).await;
    for path in ["/reviews/BLR-2", "/reviews/BLR-2/recommendations"] {
        assert!(!here.page(path).await.contains(how), "{path}");
        assert!(
            here.get(path, Some(&reviewer)).await.body.contains(how),
            "{path}"
        );
    }
}

/// The address that a page says is its own.
fn canonical(page: &str) -> Option<String> {
    let tag = page
        .split("<link ")
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap())
        .find(|tag| tag.contains("rel=\"canonical\""))?;
    let (_, rest) = tag.split_once("href=\"")?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

#[tokio::test]
async fn pages_name_their_address_their_data_and_what_they_are_about() {
    let here = Installation::new().await.with_origin("https://upr.example");
    let mut descriptions = std::collections::BTreeSet::new();
    for (path, own) in [
        ("/", Some("/")),
        ("/states/BLR", Some("/states/BLR")),
        ("/world", Some("/world")),
        ("/world?measure=implemented", None),
        ("/subjects/issue", Some("/subjects/issue")),
        ("/reviews/BLR-1/compare", Some("/reviews/BLR-1/compare")),
        ("/about/sources", Some("/about/sources")),
        (
            "/reviews/BLR-1/recommendations?utm_source=letter&position=noted",
            Some("/reviews/BLR-1/recommendations?position=noted"),
        ),
        ("/recommendations?page=2", Some("/recommendations?page=2")),
        (
            "/reviews/XXA-3/recommendations/138.1?position=noted",
            Some("/reviews/XXA-3/recommendations/138.1"),
        ),
        (
            "/reviews/XXA-3/charts/status?round=mid-term&utm=x",
            Some("/reviews/XXA-3/charts/status?round=mid-term"),
        ),
    ] {
        let page = here.page(path).await;
        let expected = own.map(|own| format!("https://upr.example{own}"));
        assert_eq!(canonical(&page), expected, "{path}");
        assert_eq!(property(&page, "og:url"), expected, "{path}");
        assert_eq!(
            property(&page, "og:site_name").as_deref(),
            Some("UPR tracker")
        );
        let kind = property(&page, "og:type").unwrap();
        let is_one = path.contains("/138.1") || path.contains("/charts/");
        assert_eq!(kind == "article", is_one, "{path}");
        let has_data = path.contains("recommendations?") || path.contains("/charts/");
        for form in ["text/csv", "application/json"] {
            let named = page.contains(&format!("type=\"{form}\""));
            assert_eq!(named, has_data, "{path} {form}");
        }
        if !path.starts_with("/world?") {
            let description = property(&page, "og:description").unwrap();
            assert!(
                descriptions.insert(description.clone()),
                "{path}: {description}"
            );
        }
    }
    let plain = Installation::new().await;
    let page = plain.page("/world").await;
    assert_eq!(canonical(&page), None);
    assert!(property(&page, "og:url").is_none() && property(&page, "og:type").is_none());
}

#[tokio::test]
async fn figures_over_several_reviews_say_what_is_loaded() {
    let here = Installation::new().await;
    let coverage = "1 of 578 reviews of the first three cycles loaded";
    for path in ["/world", "/recommending/NOR", "/summary", "/subjects/issue"] {
        let page = here.page(path).await;
        let (before, _) = page
            .split_once(coverage)
            .unwrap_or_else(|| panic!("{path}"));
        // Beside the figures, before the first chart and table.
        assert!(
            !before.contains("<figure") && !before.contains("<table"),
            "{path}"
        );
        assert!(before.contains("<h1"), "{path}");
    }
}

#[tokio::test]
async fn the_table_of_the_world_is_sorted_by_its_headings() {
    let here = Installation::new().await;
    let usual = here.page("/world?state=BLR&state=XXA").await;
    assert!(usual.contains("id=\"sorted\""));
    let names = |page: &str| {
        let (_, rest) = page.split_once("id=\"sorted\"").unwrap();
        let body = rest.split("</tbody>").next().unwrap();
        let rows = body.split("<th scope=\"row\">").skip(1);
        rows.map(|row| row.split("/states/").nth(1).unwrap()[..3].to_owned())
            .collect::<Vec<_>>()
    };
    // 93 and 266 recommendations.
    for (sort, order, first) in [
        ("", "descending", "XXA"),
        ("&sort=received", "ascending", "BLR"),
        ("&sort=-received", "descending", "XXA"),
        ("&sort=name", "ascending", "BLR"),
        ("&sort=-name", "descending", "XXA"),
        // 73 of 93 (78.5 per cent) and 133 of 262 (50.8 per cent).
        ("&sort=-supported", "descending", "XXA"),
        ("&sort=-supported-share", "descending", "BLR"),
        ("&sort=supported-share", "ascending", "XXA"),
        // What has no percentage comes last, whichever way.
        ("&sort=-implemented-share", "descending", "XXA"),
        ("&sort=implemented-share", "ascending", "XXA"),
        ("&sort=bogus", "descending", "XXA"),
    ] {
        let page = here
            .page(&format!("/world?state=BLR&state=XXA{sort}"))
            .await;
        assert_eq!(names(&page)[0], first, "{sort}");
        assert_eq!(page.matches("aria-sort=").count(), 1, "{sort}");
        assert!(page.contains(&format!("aria-sort=\"{order}\"")), "{sort}");
        assert!(!page.contains("has no “sort”"), "{sort}");
    }
    assert!(usual.contains("sort=-implemented#sorted") && usual.contains("sort=name#sorted"));
    assert!(usual.contains("sort=-supported-share#sorted"));
}

#[tokio::test]
async fn tables_of_recommending_states_and_of_issues_are_sorted_by_their_headings() {
    let here = Installation::new().await;
    for (path, links) in [
        ("/recommending", "/recommending/"),
        ("/subjects/issue", "/subjects/issue/"),
    ] {
        let rows = async |sort: &str| -> Vec<(u64, u64)> {
            let page = here.page(&format!("{path}?state=BLR{sort}")).await;
            assert!(!page.contains("has no “sort”"), "{path}{sort}");
            assert_eq!(page.matches("aria-sort=").count(), 1, "{path}{sort}");
            let link = format!("{path}?state=BLR&amp;sort=-supported-share#sorted");
            let turned = format!("{path}?state=BLR&amp;sort=supported-share#sorted");
            assert!(page.contains(&link) || page.contains(&turned), "{page}");
            let (_, rest) = page.split_once("id=\"sorted\"").unwrap();
            let body = rest.split("</tbody>").next().unwrap();
            let lines = body.split("<th scope=\"row\">").skip(1);
            let numbers = lines.map(|line| {
                assert!(line.contains(links), "{line}");
                let cells = line.split("<td").skip(1).map(|cell| {
                    let text = cell.split_once('>').unwrap().1.replace("</a>", "");
                    let text = text
                        .rsplit('>')
                        .find(|part| part.starts_with(|c: char| c.is_ascii_digit()));
                    let digits = text.unwrap_or("0").split(|c: char| !c.is_ascii_digit());
                    digits.into_iter().next().unwrap().parse().unwrap_or(0)
                });
                let cells: Vec<u64> = cells.take(2).collect();
                (cells[0], cells[1])
            });
            numbers.collect()
        };
        let usual = rows("").await;
        assert!(
            usual.is_sorted_by_key(|(received, _)| std::cmp::Reverse(*received)),
            "{path}: {usual:?}"
        );
        let supported = rows("&sort=-supported").await;
        assert!(
            supported.is_sorted_by_key(|(_, supported)| std::cmp::Reverse(*supported)),
            "{path}: {supported:?}"
        );
        // A base below ten has no percentage, and comes behind the others.
        let share = rows("&sort=-supported-share").await;
        let large: Vec<_> = share.iter().filter(|(base, _)| *base >= 10).collect();
        assert!(
            share.iter().take(large.len()).eq(large.iter().copied()),
            "{path}: {share:?}"
        );
        assert!(
            large
                .windows(2)
                .all(|pair| pair[0].1 * pair[1].0 >= pair[1].1 * pair[0].0),
            "{path}: {share:?}"
        );
        assert_eq!(share.len(), usual.len());
    }
}

#[tokio::test]
async fn the_sources_stand_review_by_review_with_their_documents() {
    let here = Installation::new().await;
    let page = here.page("/about/sources").await;
    let (_, rest) = page.split_once("id=\"reviews-caption\"").unwrap();
    let table = rest.split("</table>").next().unwrap();
    for part in [
        "href=\"/reviews/BLR-1\"",
        "href=\"https://docs.un.org/A/HRC/15/16\"",
        "93",
        "Examplia",
    ] {
        assert!(table.contains(part), "{part} in {table}");
    }
    // A page beyond the last is the last.
    assert!(
        here.page("/about/sources?page=9999")
            .await
            .contains("id=\"reviews-caption\"")
    );
    for path in [
        "/states/BLR",
        "/reviews/BLR-1",
        "/reviews/BLR-1/recommendations/97.1",
    ] {
        let page = here.page(path).await;
        assert!(
            page.contains("href=\"https://docs.un.org/A/HRC/15/16\""),
            "{path}"
        );
    }
    let as_text = here.with_settings(|site| site.with_outside_links(OutsideLinks::Text));
    for path in [
        "/about/sources",
        "/states/BLR",
        "/recommendations",
        "/recommending/NOR/BLR",
    ] {
        let page = as_text.page(path).await;
        assert!(!page.contains("href=\"https://docs.un.org"), "{path}");
        assert!(page.contains("A/HRC/15/16"), "{path}");
    }
}
