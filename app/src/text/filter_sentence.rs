//! A filter in words: what a list holds, said so that somebody who sees only the sentence - above a
//! table, in a file - knows which recommendations these are.

use crate::t;
use crate::text::names;
use crate::text::round_names::signature;
use crate::text::translations;
use data::domain::{
    CountingUnit, Dimension, Filter, PositionClass, RecommendationSet, ReviewCode, Round, Scale,
    Scheme, Scope, shorten,
};

/// The order in which a person would say it; not the order in which filters are offered.
const SAID: [Dimension; 12] = [
    Dimension::State,
    Dimension::Cycle,
    Dimension::RecommendingState,
    Dimension::RegionalGroup,
    Dimension::Term(Scheme::Issue),
    Dimension::Term(Scheme::Theme),
    Dimension::Term(Scheme::AffectedPersons),
    Dimension::Term(Scheme::Sdg),
    Dimension::ActionCategory,
    Dimension::ResponsibleBody,
    Dimension::Position,
    Dimension::Status,
];

/// Whose recommendations a filter is about, and where their statuses come from.
#[derive(Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// One review, and the round that is shown.
    Review(ReviewCode, Option<&'a Round>),
    /// One review in two rounds, each as it is signed.
    Rounds(ReviewCode, [&'a str; 2]),
    /// All reviews, each in its headline round.
    AllReviews,
}

impl<'a> Subject<'a> {
    /// What a set selects from.
    pub(crate) fn of(set: &RecommendationSet<'a>) -> Self {
        match set.scope() {
            Scope::Review { record, round } => {
                Self::Review(record.review.code, round.map(|round| &round.round))
            }
            Scope::AllReviews { .. } => Self::AllReviews,
        }
    }
}

/// How many recommendations a filter leaves, and how many these are in the unit that is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Counted {
    pub(crate) recommendations: u64,
    pub(crate) in_unit: u64,
}

impl Counted {
    /// Recommendations, each once.
    pub(crate) fn once(recommendations: usize) -> Self {
        let recommendations = u64::try_from(recommendations).unwrap_or(u64::MAX);
        Self {
            recommendations,
            in_unit: recommendations,
        }
    }

    /// Those of a set, counted in its unit only if that is another.
    pub(crate) fn of_set(set: &RecommendationSet<'_>) -> Self {
        let once = Self::once(set.len());
        match set.filter().unit {
            CountingUnit::Recommendations => once,
            CountingUnit::RecommendingStates => Self {
                in_unit: set.len_by_state(),
                ..once
            },
        }
    }

    /// "93 recommendations", or "165 recommending States' recommendations (93 recommendations)": the
    /// number is in the unit that the sentence names.
    pub(crate) fn in_words(self, unit: CountingUnit) -> String {
        let recommendations = t!("words-counted", count = self.recommendations);
        match unit {
            CountingUnit::Recommendations => recommendations,
            CountingUnit::RecommendingStates => t!(
                "words-counted-states",
                count = self.in_unit,
                recommendations = recommendations
            ),
        }
    }
}

/// What a set holds, in words.
pub(crate) fn sentence(set: &RecommendationSet<'_>) -> String {
    let words = filter_in_words(
        set.filter(),
        Counted::of_set(set),
        Subject::of(set),
        set.scale(),
    );
    if set.leaves_out_invented() {
        return t!("words-without-invented", words = words);
    }
    words
}

/// What a set's filter chooses, in a few words.
pub(crate) fn name(set: &RecommendationSet<'_>) -> String {
    choice_in_words(set.filter(), set.scale())
}

/// "93 recommendations to Belarus, first cycle: recommended by Norway or Sweden, about Death penalty,
/// noted. Status in: …. Counted: Recommendations." `count` is how many the filter leaves.
pub(crate) fn filter_in_words(
    filter: &Filter,
    count: Counted,
    subject: Subject<'_>,
    scale: Option<&Scale>,
) -> String {
    let (what, round) = match subject {
        Subject::Review(code, round) => {
            let what = of_review(filter, count, code, scale);
            let round = match round {
                Some(round) if round.is_published() => t!("words-round", round = signature(round)),
                Some(round) => t!("words-round-open", round = signature(round)),
                None => t!("words-round-none"),
            };
            (what, round)
        }
        Subject::Rounds(code, [from, to]) => {
            let what = of_review(filter, count, code, scale);
            let rounds = t!(
                "words-two-rounds",
                from = from.to_owned(),
                to = to.to_owned()
            );
            (what, rounds)
        }
        Subject::AllReviews => (of_all_reviews(filter, count, scale), t!("words-rounds")),
    };
    let unit = translations::counting_unit(filter.unit);
    t!("words-whole", what = what, round = round, unit = unit)
}

fn of_all_reviews(filter: &Filter, count: Counted, scale: Option<&Scale>) -> String {
    let what = count.in_words(filter.unit);
    let count = count.recommendations;
    if filter.is_everything() {
        return t!("words-all-reviews", count = count, what = what);
    }
    let clauses = comma_separated(clauses(filter, scale));
    let key = if count == 0 {
        "words-none-of-all"
    } else {
        "words-some-of-all"
    };
    t!(key, what = what, clauses = clauses)
}

fn of_review(filter: &Filter, count: Counted, code: ReviewCode, scale: Option<&Scale>) -> String {
    let (state, cycle) = (names::state(code.state), translations::cycle(code.cycle));
    let what = count.in_words(filter.unit);
    let count = count.recommendations;
    if filter.is_everything() {
        t!(
            "words-all",
            count = count,
            what = what,
            state = state,
            cycle = cycle
        )
    } else {
        let clauses = comma_separated(clauses(filter, scale));
        // English has no plural form for zero, and a sentence that begins with a zero reads as a fault.
        let key = if count == 0 {
            "words-none"
        } else {
            "words-some"
        };
        t!(
            key,
            what = what,
            state = state,
            cycle = cycle,
            clauses = clauses
        )
    }
}

/// The name of a value as people read it; a long text that somebody typed is shortened.
pub(crate) fn value_name(dimension: Dimension, value: &str, scale: Option<&Scale>) -> String {
    const MAX: usize = 120;
    let name = translations::dimension_value(dimension, value, |code| {
        let status = scale?.status(code)?;
        Some(names::status(status))
    });
    shorten(&name, MAX).into_owned()
}

/// What a filter chooses, where there is room for no more: "noted, in the second cycle".
pub(crate) fn choice_in_words(filter: &Filter, scale: Option<&Scale>) -> String {
    if filter.is_everything() {
        return t!("words-everything");
    }
    comma_separated(clauses(filter, scale))
}

fn clauses(filter: &Filter, scale: Option<&Scale>) -> Vec<String> {
    let mut clauses: Vec<String> = SAID
        .into_iter()
        .filter_map(|dimension| Some((dimension, filter.chosen.get(&dimension)?)))
        .map(|(dimension, values)| {
            let name = |value: &String| match dimension {
                Dimension::Position => in_a_sentence(value),
                _ => value_name(dimension, value, scale),
            };
            let values = alternatives(values.iter().map(name).collect());
            let key = format!("words-{}", dimension.param());
            translations::text(&key, &[("values", values.into())])
        })
        .collect();
    if let Some(search) = &filter.search {
        let typed = format!("“{}”", search.typed());
        clauses.push(t!("words-search", values = typed));
    }
    clauses
}

fn in_a_sentence(code: &str) -> String {
    PositionClass::parse(code).map_or_else(|| code.to_owned(), position_in_words)
}

/// A position in the middle of a sentence, where its label would stand out with its capital.
pub(crate) fn position_in_words(class: PositionClass) -> String {
    translations::text(&format!("words-position-{}", class.code()), &[])
}

/// "A, B or C".
fn alternatives(mut values: Vec<String>) -> String {
    match values.pop() {
        Some(last) if values.is_empty() => last,
        Some(last) => t!("words-or", first = comma_separated(values), last = last),
        None => String::new(),
    }
}

fn comma_separated(values: Vec<String>) -> String {
    values
        .into_iter()
        .reduce(|first, next| t!("words-comma", first = first, next = next))
        .unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use data::domain::{
        Assessment, Cycle, Paragraph, Position, Recommendation, Review, ReviewRecord, RoundKind,
        RoundRecord, StateCode, Term,
    };
    use std::collections::HashMap;

    fn recommendation(number: i64, states: &[&str], issue: &str) -> Recommendation {
        let position = Position {
            class: PositionClass::Noted,
            raw: "Noted".to_owned(),
            source: None,
            source_paragraph: None,
            date: None,
        };
        Recommendation {
            id: number,
            text: Some("Abolish the death penalty".to_owned()),
            recommending: states
                .iter()
                .map(|code| StateCode::parse(code).unwrap())
                .collect(),
            terms: vec![Term::new(Scheme::Issue, issue)],
            positions: vec![position],
            ..Recommendation::new(Paragraph::parse(&format!("97.{number}")).unwrap())
        }
    }

    fn not_assessed() -> Assessment {
        Assessment {
            status: "not_assessed".to_owned(),
            rationale: String::new(),
            confidence: None,
            evidence: Vec::new(),
            carried_over: None,
            version: 1,
            changed_at: 0,
        }
    }

    fn record(published_at: Option<i64>) -> ReviewRecord {
        let round = Round {
            id: 1,
            slug: "mid-term".to_owned(),
            organisation: "BHC".to_owned(),
            title: "Mid-term".to_owned(),
            as_of: None,
            scale: Scale::built_in().remove(0),
            kind: RoundKind::Itemised,
            method: None,
            supersedes: None,
            published_at,
            content_hash: None,
            assessors: Vec::new(),
            redactions: Vec::new(),
            publication: data::domain::Publication::default(),
        };
        ReviewRecord {
            review: Review {
                id: 1,
                code: ReviewCode {
                    state: StateCode::parse("BLR").unwrap(),
                    cycle: Cycle::new(1).unwrap(),
                },
                session: Some(8),
                date: None,
                report_symbol: None,
                addendum_symbol: None,
            },
            recommendations: vec![
                recommendation(1, &["NOR", "SWE"], "Death penalty"),
                recommendation(2, &["SWE"], "Death penalty"),
                recommendation(3, &["HUN"], "Justice"),
            ],
            rounds: vec![RoundRecord {
                round,
                assessments: HashMap::from([1, 2].map(|one| (one, not_assessed()))),
                totals: Vec::new(),
                frozen: std::collections::HashMap::new(),
            }],
            former: Vec::new(),
            evidence: Vec::new(),
            links: Vec::new(),
            revision: 1,
            public: data::domain::PublicHistory::default(),
            changed_at: 0,
        }
    }

    fn words(filter: &Filter, record: &ReviewRecord) -> String {
        let set = RecommendationSet::of_review(record, filter);
        sentence(&set)
    }

    #[track_caller]
    fn said(query: &str, sentence: &str) {
        let record = record(Some(0));
        let (filter, _) = Filter::parse(query);
        let words = words(&filter, &record);
        let rest = ". Status in: BHC: Mid-term. Counted: Recommendations.";
        assert_eq!(words, format!("{sentence}{rest}"));
    }

    #[test]
    fn filters_are_said_in_words() {
        said("", "All 3 recommendations to Belarus, first cycle");
        said(
            "position=noted&recommending=Sweden&recommending=NOR&issue=Death+penalty",
            "2 recommendations to Belarus, first cycle: \
             recommended by Norway or Sweden, about Death penalty, noted",
        );
        said(
            "recommending=HUN",
            "1 recommendation to Belarus, first cycle: recommended by Hungary",
        );
        said(
            "q=penalty&group=EEG&group=WEOG&group=african&status=not_assessed",
            "2 recommendations to Belarus, first cycle: recommended by States of the \
             African Group, Eastern European Group or Western European and Others Group, \
             with the status Not assessed, with the words “penalty”",
        );
        said(
            "position=pending&action=5",
            "No recommendation to Belarus, first cycle: \
             with the action category 5 – Specific action, pending",
        );
        // What nobody knows is said as it was typed.
        said(
            "status=odd",
            "No recommendation to Belarus, first cycle: with the status odd",
        );
    }

    #[test]
    fn filters_of_all_reviews_are_said_in_words() {
        let said = |query: &str, count| {
            let filter = Filter::parse(query).0;
            filter_in_words(&filter, Counted::once(count), Subject::AllReviews, None)
        };
        assert_eq!(
            said("", 117_000),
            "All 117,000 recommendations to all States, in all cycles. Status in: each review’s \
             headline round. Counted: Recommendations."
        );
        assert_eq!(
            said("state=BLR&cycle=3&cycle=4&position=noted", 115),
            "115 recommendations: to Belarus, in the third cycle or fourth cycle, noted. Status in: \
             each review’s headline round. Counted: Recommendations."
        );
        assert!(said("state=BLR", 0).starts_with("No recommendation: to Belarus."));
    }

    #[test]
    fn round_and_unit_are_said() {
        let filter = Filter::parse("unit=recommending-states").0;
        let open = record(None);
        assert_eq!(
            words(&filter, &open),
            "All 4 recommending States’ recommendations (3 recommendations) to Belarus, first cycle. \
             Status in: BHC: Mid-term (open, not published). \
             Counted: Recommending States’ recommendations."
        );
        let public = open.for_the_public();
        assert_eq!(
            words(&Filter::default(), &public),
            "All 3 recommendations to Belarus, first cycle. No assessment. \
             Counted: Recommendations."
        );
    }

    #[test]
    fn every_dimension_has_its_clause() {
        assert_eq!(SAID.len(), Dimension::ALL.len());
        for dimension in Dimension::ALL {
            assert!(SAID.contains(&dimension), "{dimension:?}");
            let key = format!("words-{}", dimension.param());
            assert!(translations::is_known(&key), "{key}");
        }
        for class in PositionClass::ALL {
            assert_ne!(
                in_a_sentence(class.code()),
                format!("words-position-{}", class.code())
            );
        }
    }
}
