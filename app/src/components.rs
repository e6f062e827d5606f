//! Parts that more than one page shows.

pub(crate) mod assessment_form;
pub(crate) mod progress;
pub(crate) mod status_mark;
