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
    let empty = [
        "issue=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "q=%3C/input%3E%3Cscript%3E",
    ];
    for query in empty {
        let answer = list(&here, query).await;
        assert!(
            answer.body.contains("No recommendation fits this filter."),
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
