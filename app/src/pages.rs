//! The pages, one file each: load what is shown, then say how it looks.

pub(crate) mod assessment;
pub(crate) mod evidence;
pub(crate) mod evidence_list;
pub(crate) mod exports;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod import;
pub(crate) mod import_mapping;
pub(crate) mod import_rejected;
pub(crate) mod import_row;
pub(crate) mod import_run;
pub(crate) mod login;
pub(crate) mod many;
pub(crate) mod method;
pub(crate) mod methodology;
pub(crate) mod new_round;
pub(crate) mod open_rounds;
pub(crate) mod recommendation;
pub(crate) mod recommendations;
pub(crate) mod review;
pub(crate) mod round;
pub(crate) mod scales;
pub(crate) mod state;
pub(crate) mod worklist;
