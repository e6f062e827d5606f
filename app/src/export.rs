//! Files of lists, made while they are sent.

pub mod lists;
pub(crate) mod spool;
