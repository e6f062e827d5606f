//! What figures over several reviews come from. What was received and answered is in the documents of the
//! United Nations; statuses are in rounds: who says so, up to which day, and a hash that changes when any
//! of them does.

use crate::components::headline::signature;
use crate::{t, translations};
use data::domain::{Redaction, Review, Round};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// So many are named one by one.
const NAMED: usize = 3;

/// What figures over several reviews are taken from.
#[derive(Default)]
pub(crate) struct Sources<'a> {
    /// The reviews whose documents say what was received and answered, by State and cycle; none where
    /// only statuses are shown.
    pub(crate) reviews: Vec<&'a Review>,
    /// Whether statuses are shown, and so their rounds are named.
    pub(crate) statuses: bool,
    /// The rounds that the statuses are of, by State and cycle.
    pub(crate) rounds: Vec<(&'a Review, &'a Round)>,
}

impl Sources<'_> {
    /// Whoever says so: the United Nations what was received and answered, and the organisations that
    /// sign the rounds.
    pub(crate) fn organisations(&self) -> String {
        let real = |review: &&Review| !review.code.state.is_fictitious();
        let documents = self.reviews.iter().any(real);
        let mut all: Vec<String> = Vec::new();
        all.extend(documents.then(|| t!("sources-united-nations")));
        all.extend(Some(self.assessors()).filter(|text| !text.is_empty()));
        all.join("; ")
    }

    /// The organisations that sign the rounds.
    fn assessors(&self) -> String {
        let all: BTreeSet<&str> = self
            .rounds
            .iter()
            .map(|(_, round)| round.organisation.as_str())
            .collect();
        if all.len() > NAMED {
            return t!("sources-organisations", count = all.len());
        }
        all.into_iter().collect::<Vec<_>>().join("; ")
    }

    /// The documents in a few words; none where they are not shown.
    pub(crate) fn documents(&self) -> Option<String> {
        let (made_up, real): (Vec<&Review>, Vec<&Review>) = self
            .reviews
            .iter()
            .partition(|review| review.code.state.is_fictitious());
        let named = |review: &&Review| {
            let symbols = [&review.report_symbol, &review.addendum_symbol];
            let symbols: Vec<&str> = symbols.into_iter().flatten().map(String::as_str).collect();
            if symbols.is_empty() {
                t!("sources-document-of", review = translations::review(review))
            } else {
                symbols.join(", ")
            }
        };
        let documents = match real.as_slice() {
            [] => None,
            few if few.len() <= NAMED => {
                let documents = few.iter().map(named).collect::<Vec<_>>().join("; ");
                Some(t!("sources-documents", documents = documents))
            }
            many => Some(t!("sources-documents-many", count = many.len())),
        };
        let made_up = made_up.into_iter();
        let made_up = made_up.map(|one| t!("sources-made-up", review = translations::review(one)));
        let all: Vec<String> = documents.into_iter().chain(made_up).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// What it is in, in a few words.
    pub(crate) fn titles(&self) -> String {
        let rounds = self.statuses.then(|| self.round_titles());
        let parts: Vec<String> = self.documents().into_iter().chain(rounds).collect();
        parts.join("; ")
    }

    /// The rounds in a few words.
    fn round_titles(&self) -> String {
        match self.rounds.as_slice() {
            [] => t!("sources-none"),
            few if few.len() <= NAMED => {
                let title = |(review, round): &(&Review, &Round)| {
                    t!(
                        "sources-round",
                        round = round.title.clone(),
                        review = translations::review(review)
                    )
                };
                few.iter().map(title).collect::<Vec<_>>().join("; ")
            }
            many => t!("sources-rounds", count = many.len()),
        }
    }

    /// Who says so, and as of when: the line under a chart.
    pub(crate) fn line(&self) -> String {
        match (self.documents(), self.statuses) {
            (Some(documents), true) => {
                t!(
                    "sources-both",
                    documents = documents,
                    rounds = self.round_line()
                )
            }
            (Some(documents), false) => documents,
            (None, _) => self.round_line(),
        }
    }

    fn round_line(&self) -> String {
        if self.rounds.is_empty() {
            return t!("sources-none");
        }
        let few = self.rounds.len() <= NAMED;
        let said = if few {
            let signed = self.rounds.iter().map(|(_, round)| signature(round));
            signed.collect::<Vec<_>>().join("; ")
        } else {
            let (organisations, rounds) = (self.assessors(), self.round_titles());
            match self.as_of() {
                Some(day) => t!(
                    "sources-many-as-of",
                    organisations = organisations,
                    rounds = rounds,
                    day = day
                ),
                None => t!(
                    "sources-many",
                    organisations = organisations,
                    rounds = rounds
                ),
            }
        };
        t!("sources-line", rounds = said)
    }

    /// The last of their days.
    pub(crate) fn as_of(&self) -> Option<String> {
        let days = self
            .rounds
            .iter()
            .filter_map(|(_, round)| round.as_of.as_ref());
        days.max().cloned()
    }

    /// What was removed from the rounds since their publication.
    pub(crate) fn redactions(&self) -> Vec<Redaction> {
        let redactions = self.rounds.iter().flat_map(|(_, round)| &round.redactions);
        redactions.cloned().collect()
    }

    /// The content hash of the only round; of several the SHA-256 of their hashes, a line
    /// `BLR-3 mid-term <hash>` for each in this order. None while one of them is open.
    pub(crate) fn hash(&self) -> Option<String> {
        let mut lines = String::new();
        for (review, round) in &self.rounds {
            let hash = round.content_hash.as_deref()?;
            if self.rounds.len() == 1 {
                return Some(hash.to_owned());
            }
            // Writing into a string cannot fail.
            let _ = writeln!(lines, "{} {} {hash}", review.code, round.slug);
        }
        (!self.rounds.is_empty()).then(|| data::store::sha256(lines.as_bytes()))
    }
}

/// What one review's answers come from.
pub(crate) fn documents_of(review: &Review) -> Sources<'_> {
    Sources {
        reviews: vec![review],
        ..Sources::default()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use data::domain::{ReviewCode, RoundKind, Scale};

    fn review(code: &str) -> Review {
        Review {
            id: 1,
            code: ReviewCode::parse(code).unwrap(),
            session: None,
            date: None,
            report_symbol: None,
            addendum_symbol: None,
        }
    }

    fn round(organisation: &str, day: &str, hash: Option<&str>) -> Round {
        Round {
            id: 1,
            slug: "mid-term".to_owned(),
            organisation: organisation.to_owned(),
            title: "Mid-term".to_owned(),
            as_of: Some(day.to_owned()),
            scale: Scale::built_in().remove(0),
            kind: RoundKind::Itemised,
            method: None,
            supersedes: None,
            published_at: Some(0),
            content_hash: hash.map(str::to_owned),
            assessors: Vec::new(),
            redactions: Vec::new(),
        }
    }

    #[test]
    fn few_rounds_are_named_and_many_are_counted() {
        let reviews = ["BLR-1", "BLR-2", "BLR-3", "NOR-1", "NOR-2"].map(review);
        let rounds = ["A", "B", "A", "C", "D"]
            .map(|organisation| round(organisation, "2024-05-01", Some("ab")));
        let all: Vec<_> = reviews.iter().zip(&rounds).collect();
        let few = Sources {
            rounds: all[..2].to_vec(),
            statuses: true,
            ..Sources::default()
        };
        assert_eq!(few.organisations(), "A; B");
        assert_eq!(
            few.titles(),
            "Mid-term (Belarus, first cycle); Mid-term (Belarus, second cycle)"
        );
        let many = Sources {
            rounds: all,
            statuses: true,
            ..Sources::default()
        };
        assert_eq!(many.organisations(), "4 organisations");
        assert_eq!(many.titles(), "5 rounds");
        assert_eq!(many.as_of().as_deref(), Some("2024-05-01"));
    }

    fn of<'a>(rounds: Vec<(&'a Review, &'a Round)>) -> Sources<'a> {
        Sources {
            rounds,
            statuses: true,
            ..Sources::default()
        }
    }

    #[test]
    fn what_was_received_and_answered_is_said_by_documents() {
        let mut reviews = ["BLR-1", "NOR-2", "XXA-3", "FRA-1", "AUT-1"].map(review);
        reviews[0].report_symbol = Some("A/HRC/15/16".to_owned());
        reviews[0].addendum_symbol = Some("A/HRC/15/16/Add.1".to_owned());
        let documents_of = |reviews: Vec<&Review>| {
            Sources {
                reviews: reviews.into_iter().collect::<Vec<_>>(),
                ..Sources::default()
            }
            .line()
        };
        assert_eq!(
            documents_of(vec![&reviews[0], &reviews[1]]),
            "Working Group reports and addenda: A/HRC/15/16, A/HRC/15/16/Add.1; \
             of Norway, second cycle"
        );
        // What was made up is no document of the United Nations.
        let made_up = Sources {
            reviews: vec![&reviews[2]],
            ..Sources::default()
        };
        assert!(made_up.line().ends_with("third cycle: made up"));
        assert_eq!(made_up.organisations(), "");
        let all: Vec<&Review> = reviews.iter().collect();
        let line = documents_of(all.clone());
        assert!(line.starts_with("Working Group reports and addenda of 4 reviews; "));
        // Where statuses are shown as well, both are named.
        let round = round("BHC", "2024-05-01", Some("ab"));
        let both = Sources {
            reviews: all,
            ..of(vec![(&reviews[0], &round)])
        };
        assert!(both.line().contains("Working Group") && both.line().contains("BHC: Mid-term"));
        assert!(both.organisations().starts_with("United Nations"));
        assert!(both.organisations().ends_with("; BHC"));
        assert!(both.titles().contains("Working Group") && both.titles().contains("Mid-term"));
    }

    #[test]
    fn the_hash_changes_with_any_round() {
        let reviews = ["BLR-1", "BLR-2"].map(review);
        let hash_of = |second: Option<&str>| {
            let rounds = [
                round("A", "2024-05-01", Some("ab")),
                round("B", "2024-05-01", second),
            ];
            let rounds = reviews.iter().zip(&rounds).collect();
            of(rounds).hash()
        };
        // sha256 of "BLR-1 mid-term ab\nBLR-2 mid-term cd\n".
        assert_eq!(
            hash_of(Some("cd")).as_deref(),
            Some("6c1ec0c4f58053aa87107096f17893198eb18197f7204a2b6cbed70af1dc39bc")
        );
        assert_ne!(hash_of(Some("cd")), hash_of(Some("ce")));
        assert_eq!(hash_of(None), None);
        let one = round("A", "2024-05-01", Some("ab"));
        let one = of(vec![(&reviews[0], &one)]);
        assert_eq!(one.hash().as_deref(), Some("ab"));
        assert_eq!(of(Vec::new()).hash(), None);
    }
}
