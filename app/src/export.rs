//! Files of lists, made while they are sent, and how lists are cited.

pub(crate) mod list_sources;
pub mod lists;
pub(crate) mod spool;
