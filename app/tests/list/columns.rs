//! The columns of a list are in its address, and its files follow them.

use crate::lists::{DEMO, between, list};
use crate::support::Installation;
use axum::http::StatusCode;

fn headings(body: &str) -> Vec<String> {
    let head = between(body, "<thead>", "</thead>")[0];
    let headings = between(head, "<th scope=\"col\"", "</th>");
    let texts = headings.into_iter().map(|heading| {
        let text = heading.rsplit_once("nofollow\">").map_or_else(
            || heading.split_once('>').unwrap().1,
            |(_, linked)| linked.split('<').next().unwrap(),
        );
        text.trim().to_owned()
    });
    texts.collect()
}

#[tokio::test]
async fn chosen_columns_are_those_of_the_page_and_its_files() {
    let here = Installation::new().await;
    let page = list(&here, "columns=action_category&columns=evidence,position").await;
    assert_eq!(
        headings(&page.body),
        ["Paragraph", "Position", "Action category", "Evidence"]
    );
    // Every link of the page keeps them, in one form.
    let next = "?columns=paragraph%2Cposition%2Caction_category%2Cevidence&amp;page=2";
    assert!(page.body.contains(next));
    let file = format!("{DEMO}.csv?columns=paragraph%2Cposition%2Caction_category%2Cevidence");
    assert!(page.body.contains(&format!("href=\"{file}\"")));
    let csv = here.page(&file).await;
    let first = csv.trim_start_matches('\u{feff}').lines().next().unwrap();
    assert!(
        first.starts_with("Review,Paragraph,Position,Action category,Evidence,Id,Permalink,Round"),
        "{first}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&here.page(&file.replace(".csv", ".json")).await).unwrap();
    let row = json["recommendations"][0].as_object().unwrap();
    let keys: Vec<&str> = row.keys().map(String::as_str).collect();
    assert!(
        keys.contains(&"evidence") && !keys.contains(&"text"),
        "{keys:?}"
    );
    let xlsx = here.get(&file.replace(".csv", ".xlsx"), None).await;
    assert_eq!(xlsx.status, StatusCode::OK);
    // The form has them checked, and a new filter keeps them.
    assert!(
        page.body
            .contains("name=\"columns\" value=\"evidence\" checked")
    );
    assert!(page.body.contains(
        "type=\"hidden\" name=\"columns\" value=\"paragraph,position,action_category,evidence\""
    ));
}

#[tokio::test]
async fn over_all_reviews_columns_of_rounds_and_sources_are_read() {
    let here = Installation::new().await;
    let columns = "columns=rationale,confidence,position_source";
    let page = here
        .page(&format!(
            "/recommendations?state=XXA&status=implemented&{columns}"
        ))
        .await;
    assert_eq!(
        headings(&page),
        [
            "Review",
            "Paragraph",
            "Source of position",
            "Rationale",
            "Confidence"
        ]
    );
    assert!(page.contains("The measure is in force and is applied."));
}

#[tokio::test]
async fn the_usual_columns_change_neither_address_nor_file() {
    let here = Installation::new().await;
    let plain = list(&here, "").await;
    let ids = "paragraph,recommendation,recommending_states,position,topics,status";
    let chosen = list(&here, &format!("columns={ids}")).await;
    assert_eq!(plain.body, chosen.body);
    assert!(!chosen.body.contains("columns=paragraph"));
    let unknown = list(&here, "columns=colour,status").await;
    assert!(unknown.body.contains("No column is called “colour”."));
    assert_eq!(headings(&unknown.body), ["Paragraph", "Status"]);
    let refused = here.get(&format!("{DEMO}.csv?columns=colour"), None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_text_of_a_row_leads_where_its_paragraph_leads() {
    let here = Installation::new().await;
    let page = list(&here, "position=noted").await;
    for row in between(&page.body, "<tr>", "</tr>").into_iter().skip(1) {
        let links = between(row, "href=\"", "\"");
        assert_eq!(links[0], links[1], "{row}");
        assert!(row.contains("class=\"row-link\"") && row.contains("draggable=\"false\""));
    }
}

/// A recommendation without a further text has a mark in that column, as in every other.
#[tokio::test]
async fn an_empty_cell_of_texts_is_marked() {
    let here = Installation::new().await;
    let page = here
        .page("/reviews/BLR-1/recommendations?columns=texts")
        .await;
    let rows = between(&page, "<tbody>", "</tbody>")[0];
    assert_eq!(
        rows.matches("<span class=\"none\">").count(),
        25,
        "{rows:.3000}"
    );
}

/// The column of the source shows the source, not the wording alone.
#[tokio::test]
async fn the_source_of_a_position_is_shown_as_in_files() {
    let here = Installation::new().await;
    let page = here
        .page("/reviews/BLR-1/recommendations?columns=position_source")
        .await;
    assert!(page.contains(" | A/HRC/15/16 | 97"), "{page:.9000}");
}
