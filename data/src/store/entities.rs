//! The tables as SeaORM sees them, one file each. Rows are not the domain: the modules beside this one
//! turn the one into the other, and nothing outside `store` sees an entity.
#![allow(unreachable_pub)] // SeaORM's derives write `pub`,
#![allow(clippy::disallowed_methods)] // and a `begin` that nobody calls.

pub(super) mod account;
pub(super) mod applied_migration;
pub(super) mod assessment;
pub(super) mod assessment_evidence;
mod codes;
pub(super) mod counted_as;
pub(super) mod device;
pub(super) mod draft;
pub(super) mod event;
pub(super) mod evidence;
pub(super) mod import_document;
pub(super) mod import_outcome;
pub(super) mod import_row;
pub(super) mod import_run;
pub(super) mod import_text;
pub(super) mod installation;
pub(super) mod link;
pub(super) mod position;
pub(super) mod presence;
pub(super) mod public_version;
pub(super) mod recommendation;
pub(super) mod recommendation_alias;
pub(super) mod recommendation_text;
pub(super) mod recommending_state;
pub(super) mod reported_total;
pub(super) mod responsible_body;
pub(super) mod review;
pub(super) mod round;
pub(super) mod saved_mapping;
pub(super) mod saved_view;
pub(super) mod scale;
pub(super) mod security_event;
pub(super) mod session;
pub(super) mod sign_in_failure;
pub(super) mod status;
pub(super) mod term;
pub(super) mod upload;
pub(super) mod writer;
