//! The sources of the positions that a figure counts.

use super::Position;
use std::collections::BTreeMap;

/// The sources of the positions that a figure counts, each with the number of recommendations whose counted position
/// it gives.
///
/// The numbers count recommendations, whatever the counting unit of the figure. With `without` and `fictitious` they
/// add up to the recommendations that were selected.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PositionSources {
    /// The document or collection of each claim; `None` stands for claims that name no source.
    counts: BTreeMap<Option<String>, u64>,
    /// Recommendations whose position no source gives.
    pub without: u64,
    /// Recommendations to a State that does not exist, whatever the source of their position.
    pub fictitious: u64,
}

impl PositionSources {
    /// Returns true if a source is a document of the United Nations, named by its symbol: `A/HRC/15/16`.
    pub fn is_united_nations(source: &str) -> bool {
        let mut parts = source.split('/');
        let begins = parts.next() == Some("A") && parts.clone().count() >= 2;
        begins && parts.all(|part| !part.is_empty()) && !source.contains(char::is_whitespace)
    }

    /// Adds one recommendation by its counted position, or none.
    pub(crate) fn add(&mut self, counted: Option<&Position>) {
        match counted {
            Some(position) => self.add_source(position.source.as_deref(), 1),
            None => self.without += 1,
        }
    }

    /// Adds recommendations whose counted positions are from one source.
    pub fn add_source(&mut self, source: Option<&str>, recommendations: u64) {
        let source = source.filter(|source| !source.is_empty());
        *self.counts.entry(source.map(str::to_owned)).or_default() += recommendations;
    }

    /// Adds the sources of another figure.
    pub fn merge(&mut self, other: Self) {
        for (source, count) in other.counts {
            *self.counts.entry(source).or_default() += count;
        }
        self.without += other.without;
        self.fictitious += other.fictitious;
    }

    /// The sources with their recommendations: the United Nations' documents first, then the largest number, then by
    /// name. Claims without a source come last.
    pub fn by_weight(&self) -> Vec<(Option<&str>, u64)> {
        let counts = self.counts.iter();
        let mut all: Vec<_> = counts
            .map(|(source, count)| (source.as_deref(), *count))
            .collect();
        all.sort_by_key(|(source, count)| {
            let other = source.is_none_or(|source| !Self::is_united_nations(source));
            (source.is_none(), other, std::cmp::Reverse(*count))
        });
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_the_united_nations_are_known_by_their_symbols() {
        for symbol in [
            "A/HRC/15/16",
            "A/HRC/43/15/Add.1",
            "A/HRC/WG.6/36/L.3",
            "A/57/387",
        ] {
            assert!(PositionSources::is_united_nations(symbol), "{symbol}");
        }
        for other in [
            "UPR Info, 2015",
            "A",
            "A/",
            "A/B",
            "A//16",
            "A/HRC/15 of 2010",
            "",
        ] {
            assert!(!PositionSources::is_united_nations(other), "{other}");
        }
    }

    #[test]
    fn the_united_nations_come_first_and_missing_sources_last() {
        let mut sources = PositionSources::default();
        sources.add_source(None, 9);
        sources.add_source(Some("UPR Info, 2015"), 38);
        sources.add_source(Some("A/HRC/15/16"), 5);
        sources.add_source(Some(""), 1);
        sources.add(None);
        let all = [
            (Some("A/HRC/15/16"), 5),
            (Some("UPR Info, 2015"), 38),
            (None, 10),
        ];
        assert_eq!(sources.by_weight(), all);
        assert_eq!(sources.without, 1);
        let mut twice = sources.clone();
        twice.merge(sources);
        assert_eq!(twice.by_weight()[0], (Some("A/HRC/15/16"), 10));
        assert_eq!(twice.without, 2);
    }
}
