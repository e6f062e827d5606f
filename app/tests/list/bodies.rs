//! Responsible bodies: shown where a review has any, and the same after a file went out and came back.

use crate::lists::{DEMO, paragraphs};
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::Role;
use data::exchange::{ReadFile, read_whole};

const LIST: &str = "/reviews/TON-2/recommendations";

fn bodies(file: &ReadFile) -> Vec<(String, Vec<String>)> {
    let all = file.recommendations.iter();
    all.map(|one| {
        let paragraph = one.paragraph.as_ref().unwrap();
        (paragraph.to_string(), one.responsible_bodies.clone())
    })
    .collect()
}

#[tokio::test]
async fn bodies_are_shown_filtered_by_and_written_and_come_back() {
    let here = Installation::new().await;
    let table = "review,paragraph,recommending_states,text,responsible_bodies\n\
        TON-2,1.1,Togo,Do it,Ministry of Justice; Parliament\n\
        TON-2,1.2,Togo,Do that,\"- Ministry of Health; Labour\n- Parliament\"\n\
        TON-2,1.3,Togo,Do more,\n";
    let run = here.import(table).await;
    assert_eq!(run.summary.created, 3);

    let page = here.page(LIST).await;
    assert!(page.contains("sort=responsible_bodies"), "{page}");
    assert!(
        page.contains("name=\"body\" value=\"Parliament\""),
        "{page}"
    );
    assert!(page.contains("Ministry of Justice; Parliament"), "{page}");
    let query = "body=Ministry+of+Health%3B+Labour";
    for path in [LIST, "/recommendations"] {
        let answer = here.get(&format!("{path}?{query}"), None).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(paragraphs(&answer), ["1.2"], "{path}");
        assert!(
            answer
                .body
                .contains("assigned to Ministry of Health; Labour"),
            "{path}"
        );
    }
    let one = here.page(&format!("{LIST}/1.2")).await;
    assert!(one.contains(&format!("href=\"{LIST}?{query}\"")), "{one}");
    // A review without any has neither column nor filter.
    let demo = here.page(DEMO).await;
    assert!(!demo.contains("sort=responsible_bodies") && !demo.contains("name=\"body\""));

    let expected = bodies(&read_whole(table.as_bytes(), None).unwrap());
    for ending in ["csv", "xlsx", "json"] {
        let file = here.get(&format!("{LIST}.{ending}"), None).await.bytes;
        assert_eq!(
            bodies(&read_whole(&file, None).unwrap()),
            expected,
            "{ending}"
        );
        let again = here.import(file).await;
        assert_eq!(
            (again.summary.unchanged, again.summary.updated),
            (3, 0),
            "{ending}"
        );
        // All reviews' file has them as well.
        let all = here
            .get(&format!("/recommendations.{ending}?state=TON"), None)
            .await;
        assert_eq!(
            bodies(&read_whole(&all.bytes, None).unwrap()),
            expected,
            "{ending}"
        );
    }

    // Whoever assesses finds what a ministry has to do.
    let session = here.sign_in("rae", Role::Reviewer).await;
    let page = here
        .get(&format!("{LIST}?body=Parliament"), Some(&session))
        .await;
    assert_eq!(paragraphs(&page), ["1.1", "1.2"]);
}
