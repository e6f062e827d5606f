//! The one rule for what the public sees.
//!
//! Of a round the public sees what was published in it, and what changed *after* publication. Everything
//! from before publication is working material: earlier versions, reasons of bulk changes, drafts, evidence
//! that no published assessment cites, and also the kinds, times and number of the entries that tell of
//! them. Only people who may read open rounds ([`Action::ReadOpenRounds`](super::Action::ReadOpenRounds)) see
//! that. Pages, files, figures, citations and the history all ask this module.

use super::{EventKind, Evidence, ReviewRecord, RoundRecord, Visibility};
use std::collections::{HashMap, HashSet};

/// A state of everything that is public. It changes only when something public changes, so it tells
/// nobody how much unpublished work there is, or when it happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PublicVersion {
    /// Counts the public changes.
    pub number: i64,
    /// The day of the last one: its first millisecond since 1970, UTC.
    pub day: i64,
    /// A random number that each public change replaces: two databases that were copies of one another have
    /// different marks as soon as either of them changes.
    pub mark: i64,
}

/// What of a review's history is public.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PublicHistory {
    /// The number of the last public change that concerns the review.
    pub number: i64,
    /// The day of that change: its first millisecond since 1970, UTC.
    pub day: i64,
    /// The entry of the history that published each published round, by the round's slug.
    pub published: HashMap<String, i64>,
}

/// How the entry of a decision about a link says that a recommendation repeats an earlier one.
pub const REPEATS: &str = "\"repeats\":true";

/// An entry of the history, as far as the rule looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// What kind of change; `None` if it is one of a later version of the program.
    pub kind: Option<EventKind>,
    /// The round, if it was in one.
    pub round: Option<&'a str>,
    /// What was there, as JSON.
    pub before: Option<&'a str>,
    /// What was there afterwards, as JSON.
    pub after: Option<&'a str>,
}

impl Entry<'_> {
    /// Returns true if an entry outside a round is public.
    fn is_public_outside_rounds(&self) -> bool {
        let repeats = |json: Option<&str>| json.is_some_and(|json| json.contains(REPEATS));
        match self.kind.map(EventKind::visibility) {
            Some(Visibility::Public) => true,
            Some(Visibility::PublicIfRepeated) => repeats(self.before) || repeats(self.after),
            Some(Visibility::Publishes | Visibility::FromPublication | Visibility::Internal)
            | None => false,
        }
    }

    /// Returns true if recording this entry changes what the public sees. Within a published round nothing
    /// changes any more but by the kinds of [`Visibility::Publishes`].
    pub fn changes_what_is_public(&self) -> bool {
        match self.round {
            Some(_) => self.kind.map(EventKind::visibility) == Some(Visibility::Publishes),
            None => self.is_public_outside_rounds(),
        }
    }
}

impl PublicHistory {
    /// Returns true if the public sees the entry of that number.
    pub fn shows(&self, number: i64, entry: Entry<'_>) -> bool {
        match entry.round {
            Some(round) => self
                .published
                .get(round)
                .is_some_and(|published| number >= *published),
            None => entry.is_public_outside_rounds(),
        }
    }
}

impl ReviewRecord {
    /// Keeps only what the public may see: published rounds as they were published, but for the content of those that
    /// were withdrawn; the evidence cited in them, links to recommendations that are repeated, and the public version
    /// in place of the history's last number and time.
    #[must_use]
    pub fn for_the_public(mut self) -> Self {
        self.rounds.retain(|record| record.round.is_published());
        for record in self.all_rounds_mut() {
            hide_work_before_publication(record);
            if record.round.is_withdrawn() {
                record.assessments.clear();
                record.totals.clear();
                record.frozen.clear();
            }
        }
        let rounds = std::mem::take(&mut self.rounds);
        let cited: HashSet<&Evidence> = rounds
            .iter()
            .chain(&self.former)
            .flat_map(|record| record.assessments.values())
            .flat_map(|assessment| &assessment.evidence)
            .collect();
        self.evidence
            .retain(|record| cited.contains(&record.evidence));
        self.rounds = rounds;
        self.links.retain(|link| link.repeats);
        self.revision = self.public.number;
        self.changed_at = self.public.day;
        self
    }
}

/// How often and when an assessment was saved before its round was published is nobody's business: it was
/// published when the round was.
fn hide_work_before_publication(record: &mut RoundRecord) {
    let RoundRecord {
        round, assessments, ..
    } = record;
    let Some(published_at) = round.published_at else {
        return;
    };
    for assessment in assessments.values_mut() {
        // Publishing itself wrote down what nobody had assessed, as version 1 of that moment.
        if !round.left_unassessed(assessment) {
            assessment.version = 2;
            assessment.changed_at = published_at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry<'a>(kind: &'a str, round: Option<&'a str>, after: Option<&'a str>) -> Entry<'a> {
        Entry {
            kind: EventKind::parse(kind),
            round,
            before: None,
            after,
        }
    }

    #[test]
    fn the_public_sees_a_round_from_its_publication_on() {
        let history = PublicHistory {
            published: HashMap::from([("mid-term".to_owned(), 7)]),
            ..PublicHistory::default()
        };
        let of = |number, kind, round| history.shows(number, entry(kind, round, None));
        assert!(!of(6, "assessment-saved", Some("mid-term")));
        assert!(of(7, "round-published", Some("mid-term")));
        assert!(of(8, "round-redacted", Some("mid-term")));
        assert!(!of(8, "round-opened", Some("follow-up")));
        assert!(of(1, "recommendation-added", None));
        for kind in [
            "evidence-added",
            "file-imported",
            "text-redacted",
            "anything-new",
        ] {
            assert!(!of(9, kind, None), "{kind}");
        }
    }

    #[test]
    fn a_link_is_public_where_something_is_repeated() {
        let history = PublicHistory::default();
        let repeats = Some(r#"{"review":"BLR-1","paragraph":"1","repeats":true}"#);
        let differs = Some(r#"{"review":"BLR-1","paragraph":"1","repeats":false}"#);
        assert!(history.shows(1, entry("link-decided", None, repeats)));
        assert!(!history.shows(1, entry("link-decided", None, differs)));
    }

    #[test]
    fn unpublished_work_leaves_the_public_version_alone() {
        for kind in [
            "assessment-saved",
            "round-opened",
            "round-changed",
            "bulk-changed",
        ] {
            assert!(
                !entry(kind, Some("mid-term"), None).changes_what_is_public(),
                "{kind}"
            );
        }
        for kind in [
            "evidence-added",
            "account-added",
            "scale-added",
            "file-imported",
        ] {
            assert!(!entry(kind, None, None).changes_what_is_public(), "{kind}");
        }
        assert!(entry("round-published", Some("mid-term"), None).changes_what_is_public());
        assert!(entry("recommendation-changed", None, None).changes_what_is_public());
        assert!(entry("demonstration-removed", None, None).changes_what_is_public());
    }
}
