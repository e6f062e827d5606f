//! The rounds that figures over several reviews come from: who says so, up to which day, and a hash that
//! changes when any of them does.

use crate::components::headline::signature;
use crate::{t, translations};
use data::domain::{Review, Round};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// So many are named one by one.
const NAMED: usize = 3;

/// The rounds of what a filter leaves, by State and cycle.
pub(crate) struct Sources<'a> {
    pub(crate) rounds: Vec<(&'a Review, &'a Round)>,
}

impl Sources<'_> {
    /// The organisations that sign them.
    pub(crate) fn organisations(&self) -> String {
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

    /// The rounds in a few words.
    pub(crate) fn titles(&self) -> String {
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
        if self.rounds.is_empty() {
            return t!("sources-none");
        }
        let few = self.rounds.len() <= NAMED;
        let said = if few {
            let signed = self.rounds.iter().map(|(_, round)| signature(round));
            signed.collect::<Vec<_>>().join("; ")
        } else {
            let (organisations, rounds) = (self.organisations(), self.titles());
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
        };
        assert_eq!(few.organisations(), "A; B");
        assert_eq!(
            few.titles(),
            "Mid-term (Belarus, first cycle); Mid-term (Belarus, second cycle)"
        );
        let many = Sources { rounds: all };
        assert_eq!(many.organisations(), "4 organisations");
        assert_eq!(many.titles(), "5 rounds");
        assert_eq!(many.as_of().as_deref(), Some("2024-05-01"));
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
            Sources { rounds }.hash()
        };
        // sha256 of "BLR-1 mid-term ab\nBLR-2 mid-term cd\n".
        assert_eq!(
            hash_of(Some("cd")).as_deref(),
            Some("6c1ec0c4f58053aa87107096f17893198eb18197f7204a2b6cbed70af1dc39bc")
        );
        assert_ne!(hash_of(Some("cd")), hash_of(Some("ce")));
        assert_eq!(hash_of(None), None);
        let one = round("A", "2024-05-01", Some("ab"));
        let one = Sources {
            rounds: vec![(&reviews[0], &one)],
        };
        assert_eq!(one.hash().as_deref(), Some("ab"));
        assert_eq!(Sources { rounds: Vec::new() }.hash(), None);
    }
}
