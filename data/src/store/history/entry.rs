//! An entry of the history, as it is read.

use crate::domain::EventKind;
use crate::store::Event;
use crate::store::entities::event;
use crate::store::history::commitments;

/// An entry of the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HistoryEntry {
    /// Its number; the first is 1.
    pub id: i64,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// The pseudonym of who did it, for signed-in eyes only.
    pub actor: String,
    /// What kind of change; `None` if it is one of a later version of the program.
    pub kind: Option<EventKind>,
    /// The round, if it was in one.
    pub round: Option<String>,
    /// The recommendation's paragraph, if it was about one.
    pub paragraph: Option<String>,
    /// What was there, as JSON.
    pub before: Option<String>,
    /// What was there afterwards, as JSON.
    pub after: Option<String>,
    /// Whether a text was removed from it, and whether its hash can be recomputed all the same.
    pub redacted: Option<bool>,
}

impl From<event::Model> for HistoryEntry {
    fn from(row: event::Model) -> Self {
        // An entry of format 1 has a seed only once it was redacted.
        let redacted = match row.format {
            commitments::PLAIN => row.seed.as_ref().map(|_| false),
            _ => row.salts.as_ref().map(|_| true),
        };
        let kind = row.known_kind();
        Self {
            redacted,
            id: row.id,
            at: row.at,
            actor: row.actor,
            kind,
            round: row.round,
            paragraph: row.paragraph,
            before: row.before,
            after: row.after,
        }
    }
}

impl HistoryEntry {
    /// What happened. `None` if the entry is of a later version of the program, or not as its kind should be.
    pub fn event(&self) -> Option<Event<'static>> {
        Event::read(self.kind?, self.before.as_deref(), self.after.as_deref())
    }
}
