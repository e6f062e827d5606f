//! Rows, the numbers beside filter values, and breakdowns: one set.

use crate::lists::{all_paragraphs, between, count, facet_links, list, paragraphs, public_record};
use crate::support::Installation;
use axum::http::StatusCode;
use data::domain::{Counts, Dimension, Filter, RecommendationSet};

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
        let set = RecommendationSet::of_review(&record, &filter);
        let listed = set.in_review().unwrap();
        let rows = u64::try_from(set.len()).unwrap();
        let answer = list(&here, query).await;
        assert_eq!(count(&answer), rows, "{query}");
        assert_eq!(paragraphs(&answer).len(), set.len().min(25), "{query}");

        let scale = set.scale().unwrap();
        let (mut counts, mut each_once) = (Counts::new(scale), Counts::new(scale));
        for row in &listed {
            let (place, _) = row.status.unwrap();
            let makers = row.recommendation.recommending.iter();
            let asked = makers.filter(|state| filter.asks_for(**state)).count();
            counts.add(
                place,
                filter
                    .unit
                    .weight(row.recommendation.recommending.len(), asked),
            );
            each_once.add(place, 1);
        }
        let sentence = between(&answer.body, "<p class=\"sentence\">", "</p>")[0];
        let figures: Vec<u64> = sentence
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse().ok())
            .collect();
        let expected = [
            counts.of(0),
            counts.assessed(),
            counts.not_assessed(),
            counts.received(),
        ];
        assert_eq!(figures, expected, "{query}: {sentence}");

        // Statuses do not overlap, so that those chosen add up to the list.
        let facet = set.facet(Dimension::Status);
        let sum: u64 = facet
            .iter()
            .filter(|value| value.chosen || !filter.chosen.contains_key(&Dimension::Status))
            .map(|value| value.count)
            .sum();
        assert_eq!(sum, rows, "{query}");
        for value in facet.iter().filter(|value| value.chosen) {
            assert_eq!(
                each_once.of(scale.place(&value.value)),
                value.count,
                "{query}"
            );
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
