//! What the cells of a working table say of sources and of certainty.

use crate::domain::{Confidence, Evidence, EvidenceKind};
use crate::exchange::read::values::cells::{folded, without_bullet};

/// More sources than any assessment has.
const MAX_SOURCES: usize = 100;

/// The sources of a cell, one on each line or between separators. One with an address goes by what
/// stands beside it; a title alone is its own citation.
pub(crate) fn evidence(cell: &str, separator: Option<&str>, kind: EvidenceKind) -> Vec<Evidence> {
    let parts = cell.lines().flat_map(|line| match separator {
        Some(separator) => line.split(separator).collect::<Vec<_>>(),
        None => vec![line],
    });
    parts
        .map(|part| without_bullet(part).trim())
        .filter(|part| !part.is_empty())
        .take(MAX_SOURCES)
        .map(|part| source(part, kind))
        .collect()
}

fn source(text: &str, kind: EvidenceKind) -> Evidence {
    let address = text
        .split_whitespace()
        .map(|word| word.trim_matches(['(', ')', '<', '>', '[', ']', ',', ';']))
        .find(|word| word.starts_with("https://") || word.starts_with("http://"));
    let (title, source) = match address {
        Some(address) => {
            let beside = text.replacen(address, "", 1);
            let title = beside
                .trim_matches(|c: char| " ,;:()<>[]–-".contains(c))
                .to_owned();
            (
                if title.is_empty() {
                    address.to_owned()
                } else {
                    title
                },
                address,
            )
        }
        None => (text.to_owned(), text),
    };
    Evidence {
        title,
        source: source.to_owned(),
        publisher: None,
        date: None,
        kind,
        note: None,
        language: None,
        archived: None,
    }
}

/// The level of confidence that a cell names.
pub(crate) fn confidence(cell: &str) -> Option<Confidence> {
    let words: [(Confidence, &[&str]); 3] = [
        (
            Confidence::Low,
            &["low", "faible", "baja", "bajo", "низкая", "низкий"],
        ),
        (
            Confidence::Medium,
            &[
                "medium",
                "moderate",
                "moyenne",
                "moyen",
                "media",
                "medio",
                "средняя",
                "средний",
            ],
        ),
        (
            Confidence::High,
            &[
                "high",
                "élevée",
                "haute",
                "alta",
                "alto",
                "высокая",
                "высокий",
            ],
        ),
    ];
    let cell = folded(cell);
    words
        .iter()
        .find(|(_, words)| words.iter().any(|word| folded(word) == cell))
        .map(|(level, _)| *level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_told_apart() {
        let found = evidence(
            "- Law No. 5 of 2021 (https://example.org/law)\nReport of the institution",
            None,
            EvidenceKind::Independent,
        );
        let pairs: Vec<_> = found
            .iter()
            .map(|one| (&*one.title, &*one.source))
            .collect();
        assert_eq!(
            pairs,
            [
                ("Law No. 5 of 2021", "https://example.org/law"),
                ("Report of the institution", "Report of the institution")
            ]
        );
        assert_eq!(evidence("a | b", Some("|"), EvidenceKind::Media).len(), 2);
        assert_eq!(
            evidence("http://x.example", None, EvidenceKind::Media)[0].title,
            "http://x.example"
        );
    }

    #[test]
    fn confidence_is_read_in_four_languages() {
        assert_eq!(confidence("High"), Some(Confidence::High));
        assert_eq!(confidence("élevée"), Some(Confidence::High));
        assert_eq!(confidence("Средняя"), Some(Confidence::Medium));
        assert_eq!(confidence("?"), None);
    }
}
