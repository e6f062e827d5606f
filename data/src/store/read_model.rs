//! Reviews in memory, in step with the history, and the entries of the history as they are shown.

pub(crate) mod entries;
pub(crate) mod listing;
pub(crate) mod pg_listener;
pub(crate) mod public_view;
pub(crate) mod review_records;
pub(crate) mod scales;
