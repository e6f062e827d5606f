//! Finds evidence of a review by number or by words.

use super::{Evidence, EvidenceRecord, ReviewRecord, fold_for_search};
use std::cmp::Reverse;
use std::collections::HashMap;

impl ReviewRecord {
    /// The evidence of the review that a search finds, the most recently cited first; an empty search finds all.
    ///
    /// `E12` finds by number. Several numbers find each of these. Every other word must occur in the title, address,
    /// publisher, date or note. Case and accents do not matter.
    pub fn find_evidence(&self, search: &str) -> Vec<&EvidenceRecord> {
        let (mut numbers, mut words) = (Vec::new(), Vec::new());
        for word in search.split([' ', ',', ';', '\t', '\n']) {
            match number(word) {
                Some(number) => numbers.push(number),
                None => words.push(fold_for_search(word)),
            }
        }
        words.retain(|word| !word.is_empty());
        let mut found: Vec<&EvidenceRecord> = self
            .evidence
            .iter()
            .filter(|known| numbers.is_empty() || numbers.contains(&known.number))
            .filter(|known| {
                words.is_empty() || {
                    let text = text(&known.evidence);
                    words.iter().all(|word| text.contains(word))
                }
            })
            .collect();
        let cited = self.last_cited();
        // What nothing cites is new, or was never needed: by number, the newest first.
        found.sort_by_key(|known| Reverse((cited.get(&known.evidence), known.number)));
        found
    }

    /// When each piece of evidence was cited last, in any round.
    fn last_cited(&self) -> HashMap<&Evidence, i64> {
        let mut last = HashMap::new();
        let assessments = self
            .all_rounds()
            .flat_map(|round| round.assessments.values());
        for assessment in assessments {
            for evidence in &assessment.evidence {
                let at = last.entry(evidence).or_insert(assessment.changed_at);
                *at = assessment.changed_at.max(*at);
            }
        }
        last
    }
}

/// The number in `E12` or `e12`.
fn number(word: &str) -> Option<i64> {
    word.strip_prefix(['E', 'e'])?.parse().ok()
}

/// What is searched of a piece of evidence.
fn text(evidence: &Evidence) -> String {
    let date = evidence.date.clone().map(String::from);
    let texts = [
        Some(evidence.title.as_str()),
        Some(evidence.source.as_str()),
        evidence.publisher.as_deref(),
        date.as_deref(),
        evidence.note.as_deref(),
    ];
    let texts: Vec<&str> = texts.into_iter().flatten().collect();
    fold_for_search(&texts.join("\n"))
}
