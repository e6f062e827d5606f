//! Reviews in memory, in step with the history.

pub(crate) mod listing;
pub(crate) mod pg_listener;
pub(crate) mod public_view;
pub(crate) mod review_records;
