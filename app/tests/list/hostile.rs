//! Addresses that somebody made up.

use crate::lists::{assert_harmless, list, paragraphs};
use crate::support::Installation;
use axum::http::StatusCode;

#[tokio::test]
async fn hostile_addresses_give_pages() {
    let here = Installation::new().await;
    let long = "x".repeat(10_000);
    let longer = "x".repeat(40_000);
    let faulty = [
        "page=0".to_owned(),
        "page=-1".to_owned(),
        "page=99999999999999999999".to_owned(),
        "page=99999".to_owned(),
        "per=7".to_owned(),
        "sort=<script>alert(1)</script>".to_owned(),
        "position=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "round=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "round=follow-up".to_owned(),
        // A status that the round's scale does not have would otherwise empty the list unsaid.
        "status=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "status=%FF%00%0A".to_owned(),
        "recommending=%FF%FE".to_owned(),
        format!("issue={long}"),
        format!("status=%22onload%3D{long}"),
        format!("issue={longer}"),
    ];
    for query in &faulty {
        let answer = list(&here, &query.replace('<', "%3C").replace('>', "%3E")).await;
        assert!(answer.body.contains("class=\"faults\""), "{query:.80}");
        assert_eq!(
            paragraphs(&answer).len(),
            // The last page of 266.
            if query == "page=99999" { 16 } else { 25 }
        );
        assert_harmless(&answer);
        assert!(
            answer.body.len() < 400_000,
            "{query:.80}: {}",
            answer.body.len()
        );
    }
    // Each value has a link that names all the others: a thousand made a page of 14 MB.
    let many: Vec<String> = (0..1_000).map(|number| format!("issue={number}")).collect();
    let answer = list(&here, &many.join("&")).await;
    assert!(answer.body.contains("A filter has at most 250 values"));
    assert!(answer.body.len() < 1_500_000, "{}", answer.body.len());
    let empty = [
        "issue=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "q=%3C/input%3E%3Cscript%3E",
    ];
    for query in empty {
        let answer = list(&here, query).await;
        assert!(
            answer
                .body
                .contains("No recommendation matches this filter."),
            "{query}"
        );
        assert_harmless(&answer);
    }
    for path in [
        "/reviews/XXA-3/recommendations/%3Cscript%3E",
        "/reviews/XXA-9/recommendations",
    ] {
        let answer = here.get(path, None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_harmless(&answer);
    }
    let answer = here.get("/reviews/XXA-3/recommendations/%FF", None).await;
    assert!(answer.status.is_client_error());
    assert_harmless(&answer);
}

/// What would take long is refused with a sentence that says what would pass, wherever it is asked for.
#[tokio::test]
async fn searches_beyond_every_measure_are_refused() {
    let here = Installation::new().await;
    let words: Vec<String> = (0..41).map(|number| format!("w{number}")).collect();
    let words = words.join("+");
    let beginnings = "a*+b*+NOT+c*+(d*+OR+e*)+f*+g*";
    let nested = words.replace('+', "%2B");
    for (search, sentence) in [
        (words.as_str(), "A search can have at most 40 words."),
        (beginnings, "A search can have at most 6."),
    ] {
        for path in [
            "/recommendations",
            "/recommendations.csv",
            "/summary",
            "/reviews/XXA-3",
            "/reviews/XXA-3/recommendations",
            "/reviews/XXA-3/recommendations.xlsx",
        ] {
            let answer = here.get(&format!("{path}?q={search}"), None).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(answer.body.contains(sentence), "{path}: {}", answer.body);
        }
    }
    let answer = here.get(&format!("/compare?a=q%3D{nested}&b="), None).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// A page that is made behind the others is the same page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_pages_are_made_all_the_same() {
    let here = Installation::new().await;
    let decoration = format!("utm_source={}", "x".repeat(3_000));
    let small = list(&here, "position=noted").await;
    let large = list(&here, &format!("position=noted&{decoration}")).await;
    assert_eq!(paragraphs(&large), paragraphs(&small));
    // Six beginnings stand for most words that there are; all rows have one of them.
    let search = "q=a*+OR+c*+OR+e*+OR+p*+OR+r*+OR+t*&sort=paragraph";
    let found = list(&here, search).await;
    assert_eq!(paragraphs(&found), paragraphs(&list(&here, "").await));
    let file = here
        .get(&format!("/recommendations.csv?{search}"), None)
        .await;
    assert_eq!(file.status, StatusCode::OK);
}
