//! A chart in somebody else's page: nothing that runs, nothing that is kept.

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
