//! Addresses: how they are written and read.

pub(crate) mod display_options;
pub(crate) mod filter;
pub(crate) mod paths;
pub(crate) mod queue;
