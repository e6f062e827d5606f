//! Forms as components show them and actions read them, and what becomes of their fields.

pub(crate) mod edits;
pub(crate) mod fields;
pub(crate) mod line_ends;
