//! Rows, the numbers beside filter values, and breakdowns: one set.

use crate::lists::{all_paragraphs, between, count, facet_links, list, paragraphs, public_record};
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::{Breakdown, CountingUnit, Dimension, Filter};

#[tokio::test]
async fn list_facets_and_breakdown_agree() {
    let here = Installation::new().await;
    let record = public_record(&here).await;
    let queries = [
        "",
        "position=noted",
        "position=noted&position=supported&status=not_implemented",
        "group=african&action=5",
        "q=law",
        "issue=Death+penalty&position=noted",
        "unit=recommending-states&group=african",
    ];
    for query in queries {
        let (filter, _) = Filter::parse(query);
        let selection = filter.select(&record);
        let rows = u64::try_from(selection.rows.len()).unwrap();
        let answer = list(&here, query).await;
        assert_eq!(count(&answer), rows, "{query}");
        assert_eq!(
            paragraphs(&answer).len(),
            selection.rows.len().min(25),
            "{query}"
        );

        let scale = &selection.round.unwrap().round.scale;
        let listed = selection.rows.iter().copied();
        let breakdown = Breakdown::count_left(&filter, scale, listed.clone(), None, filter.unit);
        let headline = breakdown.headline();
        let sentence = between(&answer.body, "<p class=\"sentence\">", "</p>")[0];
        let figures: Vec<u64> = sentence
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse().ok())
            .collect();
        let expected = [
            headline.implemented,
            headline.assessed,
            headline.not_assessed,
            headline.received,
        ];
        assert_eq!(figures, expected, "{query}: {sentence}");

        // Statuses do not overlap, so that those chosen add up to the list.
        let facet = filter.facet(&record, selection.round, Dimension::Status);
        let sum: u64 = facet
            .iter()
            .filter(|value| value.chosen || !filter.chosen.contains_key(&Dimension::Status))
            .map(|value| value.count)
            .sum();
        assert_eq!(sum, rows, "{query}");
        let total = Breakdown::count(scale, listed, None, CountingUnit::default()).total;
        for value in facet.iter().filter(|value| value.chosen) {
            assert_eq!(total.of(scale.place(&value.value)), value.count, "{query}");
        }
    }
}

#[tokio::test]
async fn values_widen_and_dimensions_narrow() {
    let here = Installation::new().await;
    let noted = all_paragraphs(&here, "position=noted").await;
    let supported = all_paragraphs(&here, "position=supported").await;
    let either = all_paragraphs(&here, "position=noted&position=supported").await;
    assert!(!noted.is_empty() && !supported.is_empty());
    assert_eq!(either.len(), noted.len() + supported.len());
    let specific = all_paragraphs(&here, "action=5").await;
    let both = all_paragraphs(&here, "action=5&position=noted").await;
    let expected: Vec<_> = noted
        .iter()
        .filter(|paragraph| specific.contains(paragraph))
        .cloned()
        .collect();
    assert_eq!(both, expected);
}

#[tokio::test]
async fn every_number_beside_a_value_is_the_length_of_its_list() {
    let here = Installation::new().await;
    let start = list(&here, "position=noted").await;
    let links = facet_links(&start);
    assert!(links.len() > 50, "{}", links.len());
    for (href, number) in links {
        let answer = here.get(&href, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{href}");
        assert_eq!(count(&answer), number, "{href}");
        assert!(!answer.body.contains("class=\"faults\""), "{href}");
    }
    // Values that nothing is left of stay, without a link.
    assert!(start.body.contains("value zero"));
}
