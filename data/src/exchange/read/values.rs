//! Values as files write them: names, positions, persons, evidence.

pub(crate) mod cell_notes;
pub(crate) mod cells;
pub(crate) mod decimal_commas;
#[cfg(feature = "store")]
pub(crate) mod demands;
pub(crate) mod evidence_cells;
pub(crate) mod footnote_marks;
pub(crate) mod goals;
pub(crate) mod heading_row;
pub(crate) mod issue_values;
pub(crate) mod lost_zeros;
pub(crate) mod mapped_values;
pub(crate) mod mechanisms;
pub(crate) mod names;
pub(crate) mod plain;
pub(crate) mod position_marks;
pub(crate) mod positions;
pub(crate) mod recommenders;
pub(crate) mod session_cells;
pub(crate) mod state_under_review;
pub(crate) mod status_labels;
pub(crate) mod status_words;
pub(crate) mod synonyms;
pub(crate) mod term_lists;
pub(crate) mod title;
pub(crate) mod wording;
