//! The parts of the pages on which a round is assessed.

mod conflict;
mod context;
mod earlier;
mod evidence_picker;
mod field_fault;
mod form;
mod island;
mod key;
mod queue_filter;
mod row;

pub(crate) use conflict::not_saved;
pub(crate) use context::context;
pub(crate) use earlier::{earlier, forebears};
pub(crate) use evidence_picker::{
    Choice, EvidencePicker, FIND, found_evidence, looks_for_evidence,
};

pub(crate) use form::{AssessmentForm, assessment_form};
pub(crate) use island::{Place, workbench_island};
pub(crate) use key::key;
pub(crate) use queue_filter::{queue_filter, stage_tabs};
pub(crate) use row::queue_rows;
