//! The append-only history and what seals it: entries, hashes, replay, redaction.

pub(crate) mod assessment_versions;
pub(crate) mod chain;
pub(crate) mod commitments;
pub(crate) mod entry;
pub(crate) mod events;
pub(crate) mod redaction;
pub(crate) mod replay;
pub(crate) mod seals;
#[cfg(test)]
pub(crate) mod stored_entries;
pub(crate) mod triggers;
