//! Where a text that a reader typed into the search box can lead, besides to a search for its words.

use super::{Corpus, Cycle, Paragraph, ReviewCode, StateCode, states};

/// As many recommendations of one number are named at most: an installation holds hundreds of reviews, and "1.1" is a
/// number in a few of them only.
const RECOMMENDATIONS: usize = 100;

/// What a text can mean.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Destinations {
    /// States with a name, a spelling or a code like it, by name.
    pub states: Vec<StateCode>,
    /// Whether the text is one State's name, not only the beginning of one and not only a code.
    pub is_name: bool,
    /// The State that could be meant where no name fits.
    pub nearest: Option<StateCode>,
    /// The review that it names: "BLR-3", "Belarus 3".
    pub review: Option<ReviewCode>,
    /// The recommendations of the number that it ends with, of the State or review that it begins with.
    pub recommendations: Vec<(ReviewCode, Paragraph)>,
    /// Two States that it names one after the other: "Norway Belarus", "Norway to Belarus".
    pub pair: Option<(StateCode, StateCode)>,
    /// Whether it ends with a number, which therefore is none of the words to search for.
    pub is_number: bool,
}

impl Corpus {
    /// What a text can mean: "Norway", "guinea", "BLR-3", "BLR 138.27", "Belarus 3 138.27", "138.27".
    pub fn destinations(&self, typed: &str) -> Destinations {
        let typed = typed.trim();
        let (place, paragraph) = match numbered(typed) {
            Some((place, paragraph)) => (place, Some(paragraph)),
            None => (typed, None),
        };
        let (state, cycle) = state_and_cycle(place);
        let Some(paragraph) = paragraph else {
            return self.named_places(place, state, cycle);
        };
        let is_meant = |code: ReviewCode| {
            let states = state.is_none_or(|state| code.state == state);
            states && cycle.is_none_or(|cycle| code.cycle == cycle)
        };
        // A place that names no State leads nowhere, not everywhere.
        let known = place.is_empty() || state.is_some();
        let parts = self.parts().iter().filter(|_| known);
        let recommendations = parts
            .filter(|part| is_meant(part.review.code) && part.has(&paragraph))
            .map(|part| (part.review.code, paragraph.clone()))
            .take(RECOMMENDATIONS)
            .collect();
        Destinations {
            recommendations,
            is_number: known,
            ..Destinations::default()
        }
    }

    fn named_places(
        &self,
        typed: &str,
        state: Option<StateCode>,
        cycle: Option<Cycle>,
    ) -> Destinations {
        let review = match (state, cycle) {
            (Some(state), Some(cycle)) => Some(ReviewCode { state, cycle }),
            _ => None,
        };
        let states = match (state, cycle) {
            (Some(state), Some(_)) => vec![state],
            _ => states::like(typed),
        };
        let pair = states.is_empty().then(|| two_states(typed)).flatten();
        let unknown = states.is_empty() && pair.is_none();
        let nearest = unknown.then(|| states::resolve(typed).err());
        Destinations {
            // "Car" and "can" are codes of States, and words.
            is_name: state.is_some() && !(typed.len() <= 3 && typed.is_ascii()),
            nearest: nearest.flatten().and_then(|unknown| unknown.nearest),
            review: review.filter(|review| self.part(*review).is_some()),
            states,
            pair,
            ..Destinations::default()
        }
    }
}

/// Two States that a text names one after the other, with a joint between them or without one.
fn two_states(typed: &str) -> Option<(StateCode, StateCode)> {
    const JOINTS: [&str; 8] = ["to", "and", "on", "→", "->", "–", "-", "/"];
    let words: Vec<&str> = typed
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    let named = |words: &[&str]| {
        let name = words.join(" ");
        // "Can" and "car" are codes of States, and words.
        let is_word = name.len() <= 3 && name.chars().any(char::is_lowercase);
        states::named(&name).filter(|_| !is_word)
    };
    (1..words.len()).find_map(|at| {
        let (first, second) = words.split_at_checked(at)?;
        let second = match second.split_first() {
            Some((joint, rest)) if JOINTS.contains(&joint.to_lowercase().as_str()) => rest,
            _ => second,
        };
        let pair = (named(first)?, named(second)?);
        (pair.0 != pair.1).then_some(pair)
    })
}

/// A text that ends with the number of a recommendation, parted before it.
fn numbered(typed: &str) -> Option<(&str, Paragraph)> {
    let start = typed
        .rfind(char::is_whitespace)
        .map_or(0, |blank| blank + 1);
    // A blank may be of several bytes.
    let (place, number) = match typed.get(start..) {
        Some(number) => (typed.get(..start)?, number),
        None => typed.rsplit_once(char::is_whitespace)?,
    };
    let paragraph = Paragraph::parse(number).ok()?;
    let place = without_stops(place);
    let place = ["paragraph", "para.", "para", "no."]
        .iter()
        .find_map(|word| place.strip_suffix(word))
        .unwrap_or(place);
    let place = without_stops(place).trim_start();
    let is_number = paragraph.is_number() && number.contains('.');
    is_number.then_some((place, paragraph))
}

fn without_stops(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || ",:;".contains(c))
}

/// The State and the cycle that a text names.
fn state_and_cycle(place: &str) -> (Option<StateCode>, Option<Cycle>) {
    if let Some(code) = ReviewCode::parse(&place.to_ascii_uppercase()) {
        return (Some(code.state), Some(code.cycle));
    }
    if let Some((name, number)) = place.rsplit_once([' ', '-'])
        && let Some(cycle) = number.parse().ok().and_then(Cycle::new)
        && let Some(state) = states::named(name)
    {
        return (Some(state), Some(cycle));
    }
    (states::named(place), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PublicHistory, Recommendation, Review, ReviewRecord};

    fn corpus() -> Corpus {
        let mut corpus = Corpus::default();
        for (code, numbers) in [
            ("BLR-1", ["97.1", "97.2"]),
            ("BLR-3", ["138.1", "138.27"]),
            ("NOR-3", ["138.27", "140.1"]),
        ] {
            let recommendation =
                |number: &&str| Recommendation::new(Paragraph::parse(number).unwrap());
            corpus.put(&ReviewRecord {
                review: Review {
                    id: 0,
                    code: ReviewCode::parse(code).unwrap(),
                    session: None,
                    date: None,
                    report_symbol: None,
                    addendum_symbol: None,
                },
                recommendations: numbers.iter().map(recommendation).collect(),
                rounds: Vec::new(),
                former: Vec::new(),
                evidence: Vec::new(),
                links: Vec::new(),
                revision: 0,
                changed_at: 0,
                public: PublicHistory::default(),
            });
        }
        corpus
    }

    fn states_of(typed: &str) -> Vec<&'static str> {
        let states = corpus().destinations(typed).states;
        states.into_iter().map(StateCode::name).collect()
    }

    fn recommendations_of(typed: &str) -> Vec<String> {
        let found = corpus().destinations(typed).recommendations;
        let found = found.into_iter();
        found
            .map(|(review, paragraph)| format!("{review} {paragraph}"))
            .collect()
    }

    #[test]
    fn a_number_leads_to_its_recommendations() {
        for typed in [
            "BLR 138.27",
            "Belarus 138.27",
            "BLR-3 138.27",
            "blr 3, para. 138.27",
        ] {
            assert_eq!(recommendations_of(typed), ["BLR-3 138.27"], "{typed}");
        }
        assert_eq!(
            recommendations_of("138.27"),
            ["BLR-3 138.27", "NOR-3 138.27"]
        );
        assert_eq!(recommendations_of(" 97.1 "), ["BLR-1 97.1"]);
        assert!(recommendations_of("BLR-1 138.27").is_empty());
        // These are words, and no place.
        let words = corpus().destinations("article 97.1");
        assert!(words.recommendations.is_empty() && !words.is_number);
    }

    #[test]
    fn two_names_are_a_pair_of_states() {
        let pair = |typed: &str| {
            let pair = corpus().destinations(typed).pair;
            pair.map(|(one, other)| format!("{one} {other}"))
        };
        for typed in [
            "Norway Belarus",
            "norway to belarus",
            "Norvège, Bélarus",
            "NOR BLR",
            "Norway → Belarus",
        ] {
            assert_eq!(pair(typed).as_deref(), Some("NOR BLR"), "{typed}");
        }
        assert_eq!(
            pair("United States of America Viet Nam").as_deref(),
            Some("USA VNM")
        );
        for typed in [
            "Norway",
            "Norway Norway",
            "can car",
            "Norway prisons",
            "to",
            "",
        ] {
            assert_eq!(pair(typed), None, "{typed}");
        }
        assert_eq!(corpus().destinations("Norway Belarus").nearest, None);
    }

    #[test]
    fn names_lead_to_states_and_reviews() {
        assert_eq!(states_of("Norvège"), ["Norway"]);
        assert_eq!(states_of("blr"), ["Belarus"]);
        assert_eq!(
            states_of("guinea"),
            [
                "Equatorial Guinea",
                "Guinea",
                "Guinea-Bissau",
                "Papua New Guinea"
            ]
        );
        assert!(corpus().destinations("norway").is_name);
        for beginning in ["norw", "nor", "guin"] {
            assert!(!corpus().destinations(beginning).is_name, "{beginning}");
        }
        assert_eq!(states_of("united st"), ["United States of America"]);
        assert!(states_of("death penalty").is_empty());
        assert!(states_of("").is_empty() && states_of("a").is_empty());
        let review = |typed: &str| corpus().destinations(typed).review;
        assert_eq!(review("Belarus 3"), ReviewCode::parse("BLR-3"));
        assert_eq!(review("blr-3"), ReviewCode::parse("BLR-3"));
        // Not loaded.
        assert_eq!(review("NOR-1"), None);
        assert_eq!(states_of("NOR-1"), ["Norway"]);
        let nearest = corpus().destinations("Norwey").nearest;
        assert_eq!(nearest.map(StateCode::name), Some("Norway"));
    }
}
