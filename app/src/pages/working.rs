//! Pages for people who assess and import.

pub(crate) mod add_recommendation;
pub(crate) mod assessment;
pub(crate) mod bulk;
pub(crate) mod change_round;
pub(crate) mod correct;
pub(crate) mod edit_undo;
pub(crate) mod find_evidence;
pub(crate) mod import;
pub(crate) mod import_mapping;
pub(crate) mod import_rejected;
pub(crate) mod import_row;
pub(crate) mod import_run;
pub(crate) mod import_undo;
pub(crate) mod import_values;
pub(crate) mod method;
pub(crate) mod new_round;
pub(crate) mod open_rounds;
pub(crate) mod queue;
