//! Rounds, their assessments, drafts and evidence, and how each is saved.

pub(crate) mod assessments;
pub(crate) mod bulk;
pub(crate) mod corrections;
pub(crate) mod drafts;
pub(crate) mod evidence;
pub(crate) mod headline;
pub(crate) mod lifecycle;
pub(crate) mod links;
pub(crate) mod lookup;
pub(crate) mod open_rounds;
pub(crate) mod position_choice;
pub(crate) mod removal;
pub(crate) mod saving;
pub(crate) mod scales;
pub(crate) mod versions;
