//! The forms that components show and actions read, and their fields.

pub(crate) mod edits;
pub(crate) mod fields;
pub(crate) mod line_ends;
