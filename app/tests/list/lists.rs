//! Lists as a reader gets them, and just enough reading of HTML to see what is in them.

use crate::support::{Answer, Installation};
use axum::http::StatusCode;
use data::domain::{ReviewCode, ReviewRecord, Role};
use data::exchange::{ReadOptions, Sink};
use data::store::{Actor, NewRun};
use std::io::Cursor;
use std::sync::Arc;

/// The list of the demonstration.
pub(crate) const DEMO: &str = "/reviews/XXA-3/recommendations";

/// The demonstration as readers see it.
pub(crate) async fn public_record(here: &Installation) -> ReviewRecord {
    let code = ReviewCode::parse("XXA-3").unwrap();
    let record: Arc<ReviewRecord> = here.store.review_record(code).await.unwrap();
    ReviewRecord::clone(&record).for_the_public()
}

/// The list of the demonstration that a query string leaves.
pub(crate) async fn list(here: &Installation, query: &str) -> Answer {
    let answer = here.get(&format!("{DEMO}?{query}"), None).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}");
    answer
}

/// What stands between two texts, every time.
pub(crate) fn between<'a>(body: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    body.split(before)
        .skip(1)
        .map(|rest| rest.split(after).next().unwrap())
        .collect()
}

/// HTML as text.
pub(crate) fn unescaped(attribute: &str) -> String {
    html_escape::decode_html_entities(attribute).into_owned()
}

/// How many rows the list has, over all its pages.
pub(crate) fn count(answer: &Answer) -> u64 {
    if answer
        .body
        .contains("No recommendation matches this filter.")
    {
        return 0;
    }
    let caption = between(&answer.body, "<caption>", "</caption>")[0];
    let of = caption.split(" of ").nth(1).unwrap();
    of.split(',').next().unwrap().parse().unwrap()
}

/// The paragraphs of the rows on a page.
pub(crate) fn paragraphs(answer: &Answer) -> Vec<String> {
    between(&answer.body, "<th scope=\"row\"", "</a>")
        .into_iter()
        .map(|cell| {
            let link = cell.split("<a ").nth(1).unwrap();
            // Without the marks of a search.
            let text = link.split(['<', '>']).skip(1).step_by(2);
            text.collect()
        })
        .collect()
}

/// The rows of all pages, in order.
pub(crate) async fn all_paragraphs(here: &Installation, query: &str) -> Vec<String> {
    let mut all = Vec::new();
    for page in 1.. {
        let answer = list(here, &format!("{query}&per=100&page={page}")).await;
        let count = usize::try_from(count(&answer)).unwrap();
        if count > 0 {
            all.extend(paragraphs(&answer));
        }
        if all.len() >= count {
            break;
        }
    }
    all
}

/// Where the links of a page lead.
pub(crate) fn addresses(answer: &Answer, before: &str) -> Vec<String> {
    between(&answer.body, before, "\"")
        .into_iter()
        .map(unescaped)
        .collect()
}

/// The links beside the values, each with its number.
pub(crate) fn facet_links(answer: &Answer) -> Vec<(String, u64)> {
    between(&answer.body, "<a href=\"", "</a>")
        .into_iter()
        .filter(|link| link.contains("class=\"count\""))
        .map(|link| {
            let href = unescaped(link.split('"').next().unwrap());
            let number = link.rsplit('>').next().unwrap().parse().unwrap();
            (href, number)
        })
        .collect()
}

/// Nothing that was typed into the address became markup.
pub(crate) fn assert_harmless(answer: &Answer) {
    for raw in ["<script", "<img", "</input"] {
        assert!(!answer.body.contains(raw), "{raw}");
    }
    // Nor an attribute: those stand in a tag, outside quotation marks.
    for tag in between(&answer.body, "<", ">") {
        for outside in tag.split('"').step_by(2) {
            for name in [" style", " on"] {
                assert!(!outside.contains(name), "{tag:.200}");
            }
        }
    }
}

/// A figure of the whole list must not pass for one of what somebody meant to choose.
#[tokio::test]
async fn a_misspelt_filter_is_said_and_makes_no_file() {
    let here = Installation::new().await;
    for path in [
        "/reviews/XXA-3",
        "/reviews/XXA-3/recommendations",
        "/reviews/XXA-3/charts/status",
        "/recommendations",
        "/summary",
        "/world",
        "/recommending/NOR",
    ] {
        let page = here.page(&format!("{path}?recomending=NOR")).await;
        assert!(page.contains("has no “recomending”"), "{path}");
        // What a newsletter adds to every address means nothing, and neither does an empty name.
        let page = here
            .page(&format!("{path}?utm_source=letter&fbclid=x&="))
            .await;
        assert!(!page.contains("has no “"), "{path}");
    }
    for path in [
        "/reviews/XXA-3/recommendations.csv",
        "/recommendations.json",
        "/reviews/XXA-3/charts/status.svg",
        "/charts/state.csv",
    ] {
        let answer = here.get(&format!("{path}?recomending=NOR"), None).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer.body.contains("has no “recomending”"), "{path}");
    }
}

/// What another page would read chooses nothing on a list, and no file is made as if it had.
#[tokio::test]
async fn what_a_page_does_not_read_is_said() {
    let here = Installation::new().await;
    let names = ["from", "to", "a", "b", "order", "squares", "measure", "map"];
    for list in ["/reviews/XXA-3/recommendations", "/recommendations"] {
        for name in names {
            let page = here.page(&format!("{list}?{name}=status")).await;
            assert!(page.contains(&format!("has no “{name}”")), "{list} {name}");
            let file = here.get(&format!("{list}.csv?{name}=status"), None).await;
            assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        // Which values are listed changes no row.
        let file = here.get(&format!("{list}.csv?values=issue"), None).await;
        assert_eq!(file.status, StatusCode::OK);
    }
    for read in [
        "/reviews/XXA-3?order=count&squares=status",
        "/reviews/XXA-3/charts/squares?squares=status",
        "/summary?order=count",
        "/world?measure=supported",
        "/recommendations?values=issue",
    ] {
        assert!(!here.page(read).await.contains("has no “"), "{read}");
    }
}

#[tokio::test]
async fn a_search_that_is_not_looked_for_as_typed_is_said() {
    let here = Installation::new().await;
    let long = format!("q={}torture", "prison+".repeat(40));
    for (query, said) in [
        ("q=(((", "“(((” holds no word that could be looked for"),
        ("q=NOT", "“NOT” holds no word that could be looked for"),
        (
            "q=torture&q=death",
            "“q” was given more than once; only “death” counts",
        ),
        (
            "unit=recommendations&unit=recommending-states",
            "“unit” was given more than once",
        ),
        (long.as_str(), "A search has at most 200 characters"),
    ] {
        let page = list(&here, query).await;
        assert!(page.body.contains(said), "{query}");
        let file = here.get(&format!("{DEMO}.csv?{query}"), None).await;
        assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    // The same said twice is said once.
    let page = list(&here, "q=torture&q=torture&q=").await;
    assert!(!page.body.contains("class=\"faults\""));
}

/// A search looks at issues, States and numbers, too, and what it finds there is marked there.
#[tokio::test]
async fn every_row_of_a_search_shows_what_was_found() {
    let here = Installation::new().await;
    import(&here).await;
    for typed in [
        "penalty",
        "Labour",
        "Norway",
        "138.4",
        "torture",
        "prisoners",
        "zebra",
        "riparian",
        "judiciaires",
    ] {
        let page = here
            .page(&format!(
                "/recommendations?q={typed}&per=100&state=BLR&state=SVN&state=XXA"
            ))
            .await;
        let body = between(&page, "<tbody>", "</tbody>")[0];
        for row in between(body, "<tr>", "</tr>") {
            assert!(row.contains("<mark>"), "{typed}: {row}");
        }
    }
    // Of a long text behind a summary only what is around the place is shown, in its language.
    let page = here.page("/recommendations?q=judiciaires").await;
    let excerpt = between(&page, "class=\"excerpt\"", "</p>");
    assert_eq!(excerpt.len(), 1);
    assert!(excerpt[0].contains("lang=\"fr\""), "{}", excerpt[0]);
    assert!(
        excerpt[0].contains("<mark>judiciaires</mark>"),
        "{}",
        excerpt[0]
    );
    assert!(excerpt[0].contains("… ") && !excerpt[0].contains("Premier"));
    let page = here.page("/recommendations?q=riparian").await;
    let excerpt = between(&page, "class=\"excerpt\"", "</p>");
    assert!(
        excerpt[0].contains("<mark>Riparian</mark>"),
        "{}",
        excerpt[0]
    );
}

/// A recommendation with a text behind its summary, and one with a theme, which has no column.
async fn import(here: &Installation) {
    let table = format!(
        "review,paragraph,summary,text,text_language,recommending_states,themes\n\
         SVN-3,1.1,Reform the courts,\"Premier point. {}mener des enquêtes judiciaires sérieuses {}\",fr,Togo,\n\
         SVN-3,1.2,,Protect the zebra,en,Togo,Riparian rights\n",
        "et encore un mot ".repeat(20),
        "et encore un mot ".repeat(20),
    );
    let actor = Actor::command_line();
    let new = NewRun {
        file_name: "table.csv".to_owned(),
        sha256: data::store::sha256(table.as_bytes()),
        ..NewRun::default()
    };
    let id = here.store.begin_import(&actor, &new).await.unwrap();
    let read = move |sink: &mut dyn Sink| {
        data::exchange::read(
            Cursor::new(table.into_bytes()),
            &ReadOptions::of_review(None),
            sink,
        )
    };
    let run = here.store.read_import(&actor, id, read).await.unwrap();
    assert_eq!((run.summary.created, run.summary.rejected), (2, 0));

    // What the import will make has no page yet, and the preview leads to none.
    let session = here.sign_in("brent", Role::Reviewer).await;
    let preview = here.get(&format!("/import/{id}"), Some(&session)).await;
    assert!(
        preview.body.contains("Slovenia, third cycle"),
        "{}",
        preview.body
    );
    assert!(!preview.body.contains("href=\"/reviews/SVN-3\""));
    assert!(preview.body.contains("table of this program"));

    here.store.apply_import(&actor, id).await.unwrap();
    let done = here.get(&format!("/import/{id}"), Some(&session)).await;
    assert!(done.body.contains("href=\"/reviews/SVN-3\""));
}
