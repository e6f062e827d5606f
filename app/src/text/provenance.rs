//! The sources of figures, computed from the claims that the figures count: the documents and collections that give
//! the positions, and the rounds that give the statuses.

use crate::t;
use crate::text::names;
use crate::text::round_names::{self, signature};
use crate::text::translations;
use data::domain::{
    PositionSources, RecommendationSet, RecordedDate, Redaction, ReportedTotals, Review, Round,
};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// So many are named one by one.
const NAMED: usize = 3;
/// The most sources of positions that a line under a chart names one by one.
const NAMED_SOURCES: usize = 4;

/// The sources of a figure.
#[derive(Default)]
pub(crate) struct Sources<'a> {
    /// The sources of the positions counted; `None` if the figure counts no positions.
    pub(crate) positions: Option<PositionSources>,
    /// Whether the figure is of several sets that may share recommendations: numbers of recommendations
    /// beside a source would then count some of them twice.
    is_of_several: bool,
    /// Whether statuses are shown, and so their rounds are named.
    pub(crate) statuses: bool,
    /// The rounds that the statuses are of, by State and cycle.
    pub(crate) rounds: Vec<(&'a Review, &'a Round)>,
}

impl<'a> Sources<'a> {
    /// The sources of the positions and statuses of a set.
    pub(crate) fn of(set: &'a RecommendationSet<'_>) -> Self {
        Self {
            statuses: true,
            rounds: set.rounds().collect(),
            ..Self::of_answers(set)
        }
    }

    /// The sources of the positions of a set.
    pub(crate) fn of_answers(set: &RecommendationSet<'_>) -> Self {
        Self {
            positions: Some(set.position_sources()),
            ..Self::default()
        }
    }

    /// What the statuses of a set come from, where totals that were only reported are shown as well.
    pub(crate) fn of_statuses(
        set: &'a RecommendationSet<'_>,
        reported: impl Iterator<Item = &'a ReportedTotals<'a>>,
    ) -> Self {
        let reported = reported.map(|totals| (totals.review, totals.round));
        let rounds = set.rounds().chain(reported).collect();
        let mut sources = Self {
            statuses: true,
            rounds,
            ..Self::default()
        };
        sources.sort();
        sources
    }

    /// The sources of figures of several sets, each source once: of their positions, or else of their statuses.
    pub(crate) fn of_several(sets: &[&'a RecommendationSet<'_>], answers: bool) -> Self {
        if answers {
            let mut positions = PositionSources::default();
            for set in sets {
                positions.merge(set.position_sources());
            }
            return Self {
                positions: Some(positions),
                is_of_several: true,
                ..Self::default()
            };
        }
        let mut sources = Self {
            rounds: sets.iter().flat_map(|set| set.rounds()).collect(),
            statuses: true,
            ..Self::default()
        };
        sources.sort();
        sources.rounds.dedup_by_key(|(review, _)| review.code);
        sources
    }

    /// By State and cycle.
    fn sort(&mut self) {
        let key = |review: &Review| (names::state(review.code.state), review.code.cycle);
        self.rounds.sort_by_key(|(review, _)| key(review));
    }

    /// The authors: the United Nations if a document of theirs gives positions, the collections that give other
    /// positions, and the organisations that sign the rounds.
    pub(crate) fn organisations(&self) -> String {
        let sources = self.positions.iter().flat_map(PositionSources::by_weight);
        let (documents, collections): (Vec<&str>, Vec<&str>) = sources
            .filter_map(|(source, _)| source)
            .partition(|source| PositionSources::is_united_nations(source));
        let mut all: Vec<String> = Vec::new();
        all.extend((!documents.is_empty()).then(|| t!("sources-united-nations")));
        if collections.len() > NAMED {
            all.push(t!("sources-others", count = collections.len()));
        } else {
            all.extend(collections.into_iter().map(str::to_owned));
        }
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

    /// The sources of the positions with their numbers of recommendations, in one line; `None` if the figure counts
    /// no positions. From the fifth on they are counted only: documents of the United Nations together, and others.
    pub(crate) fn positions_line(&self) -> Option<String> {
        let positions = self.positions.as_ref()?;
        let all = positions.by_weight();
        let (documents, others): (Vec<_>, Vec<_>) = all
            .iter()
            .filter_map(|(source, count)| Some(((*source)?, *count)))
            .partition(|(source, _)| PositionSources::is_united_nations(source));
        let sum = |sources: &[(&str, u64)]| sources.iter().map(|(_, count)| count).sum::<u64>();
        let mut parts: Vec<String> = Vec::new();
        if documents.len() + others.len() <= NAMED_SOURCES {
            let named = documents.iter().chain(&others);
            parts
                .extend(named.map(|(source, count)| self.with_count((*source).to_owned(), *count)));
        } else {
            if !documents.is_empty() {
                let documents_in_words = t!("sources-documents", count = documents.len());
                parts.push(self.with_count(documents_in_words, sum(&documents)));
            }
            let named = others.len().min(NAMED_SOURCES);
            let (named, rest) = others.split_at(named);
            parts.extend(
                named
                    .iter()
                    .map(|(source, count)| self.with_count((*source).to_owned(), *count)),
            );
            if !rest.is_empty() {
                parts.push(self.with_count(t!("sources-others", count = rest.len()), sum(rest)));
            }
        }
        let not_given = all.iter().find(|(source, _)| source.is_none());
        parts.extend(not_given.map(|(_, count)| self.with_count(t!("sources-not-given"), *count)));
        let besides = [
            (positions.without, t!("sources-no-position")),
            (positions.fictitious, t!("sources-fictitious")),
        ];
        let besides = besides.into_iter().filter(|(count, _)| *count > 0);
        parts.extend(besides.map(|(count, words)| self.with_count(words, count)));
        if parts.is_empty() {
            parts.push(t!("sources-nothing"));
        }
        Some(t!("sources-positions", sources = parts.join("; ")))
    }

    fn with_count(&self, source: String, count: u64) -> String {
        if self.is_of_several {
            source
        } else {
            t!("sources-count", source = source, count = count)
        }
    }

    /// What it is in, in a few words.
    pub(crate) fn titles(&self) -> String {
        let positions = self.positions_line();
        // A source that names positions needs no word about rounds that there are none of.
        let is_told = self.statuses && (positions.is_none() || !self.rounds.is_empty());
        let rounds = is_told.then(|| self.round_titles());
        let parts: Vec<String> = positions.into_iter().chain(rounds).collect();
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
                        round = round_names::title(round),
                        review = translations::review(review)
                    )
                };
                few.iter().map(title).collect::<Vec<_>>().join("; ")
            }
            many => t!("sources-rounds", count = many.len()),
        }
    }

    /// The line under a chart: the sources of its positions and of its statuses.
    pub(crate) fn line(&self) -> String {
        match (self.positions_line(), self.statuses) {
            (Some(positions), true) => {
                t!(
                    "sources-both",
                    positions = positions,
                    rounds = self.round_line()
                )
            }
            (Some(positions), false) => positions,
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
                    day = day.to_string()
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
    pub(crate) fn as_of(&self) -> Option<RecordedDate> {
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
            as_of: Some(day.into()),
            scale: Scale::built_in().remove(0),
            kind: RoundKind::Itemised,
            method: None,
            supersedes: None,
            published_at: Some(0),
            content_hash: hash.map(str::to_owned),
            assessors: Vec::new(),
            redactions: Vec::new(),
            publication: data::domain::Publication::default(),
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
        assert_eq!(many.as_of(), Some("2024-05-01".into()));
    }

    fn of<'a>(rounds: Vec<(&'a Review, &'a Round)>) -> Sources<'a> {
        Sources {
            rounds,
            statuses: true,
            ..Sources::default()
        }
    }

    fn positions(
        claims: &[(Option<&str>, u64)],
        without: u64,
        fictitious: u64,
    ) -> Sources<'static> {
        let mut positions = PositionSources::default();
        for (source, count) in claims {
            positions.add_source(*source, *count);
        }
        (positions.without, positions.fictitious) = (without, fictitious);
        Sources {
            positions: Some(positions),
            ..Sources::default()
        }
    }

    #[test]
    fn the_sources_of_positions_are_those_of_the_claims_counted() {
        let (report, collection) = (Some("A/HRC/15/16"), Some("UPR Info, 2015"));
        let few = positions(&[(report, 55), (collection, 38), (None, 3)], 2, 0);
        assert_eq!(
            few.line(),
            "Positions: A/HRC/15/16 (55); UPR Info, 2015 (38); source not given (3); no position known (2)"
        );
        assert_eq!(
            few.organisations(),
            "United Nations, Working Group on the Universal Periodic Review; UPR Info, 2015"
        );
        // The United Nations are no author of what they do not say.
        assert_eq!(
            positions(&[(collection, 8)], 0, 0).organisations(),
            "UPR Info, 2015"
        );
        assert_eq!(positions(&[(None, 3)], 0, 0).organisations(), "");
        assert_eq!(
            positions(&[], 0, 7).line(),
            "Positions: fictitious data (7)"
        );
        assert_eq!(positions(&[], 0, 0).line(), "Positions: none");
        let several = Sources {
            is_of_several: true,
            ..positions(&[(report, 2), (None, 1)], 0, 0)
        };
        assert_eq!(several.line(), "Positions: A/HRC/15/16; source not given");
    }

    #[test]
    fn many_documents_are_counted_and_collections_are_named() {
        let symbols: Vec<String> = (1..=9).map(|number| format!("A/HRC/15/{number}")).collect();
        let mut claims: Vec<(Option<&str>, u64)> = symbols
            .iter()
            .map(|symbol| (Some(symbol.as_str()), 10))
            .collect();
        claims.push((Some("UPR Info"), 7));
        assert_eq!(
            positions(&claims, 0, 0).line(),
            "Positions: 9 UN documents (90); UPR Info (7)"
        );
    }

    #[test]
    fn positions_and_statuses_have_sources_of_their_own() {
        let (review, round) = (review("BLR-1"), round("BHC", "2024-05-01", Some("ab")));
        let both = Sources {
            positions: positions(&[(Some("A/HRC/15/16"), 5)], 0, 0).positions,
            ..of(vec![(&review, &round)])
        };
        assert!(
            both.line()
                .starts_with("Positions: A/HRC/15/16 (5). Statuses: "),
            "{}",
            both.line()
        );
        assert!(both.line().contains("BHC: Mid-term"));
        assert!(both.organisations().ends_with("; BHC"));
        assert!(both.titles().contains("A/HRC/15/16") && both.titles().contains("Mid-term"));
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
