//! The evidence that a search finds, as the server answers it to a page of the workbench.
//!
//! The browser reads the JSON by the names of these fields (`workbench/evidence_picker.rs`): deriving a reader for both
//! types costs more bytes than all the rest of the search.

use serde::Serialize;

/// The answer to a search.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct FoundEvidence {
    /// Says how many records are found, and how many of them are here.
    pub(crate) sentence: String,
    /// The records, the most recently cited first.
    pub(crate) records: Vec<FoundRecord>,
}

/// A record of evidence in the words of its row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct FoundRecord {
    /// The value of its box.
    pub(crate) value: String,
    /// Its title.
    pub(crate) title: String,
    /// Publisher, date and kind.
    pub(crate) about: String,
    /// Its number, such as `E12`.
    pub(crate) number: String,
    /// The address of its page.
    pub(crate) href: String,
    /// The name of the link to its page.
    pub(crate) opens: String,
}

impl FoundEvidence {
    /// Writes the answer as JSON.
    pub(crate) fn encode(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}
