//! The reviews that ship, and the demonstration.

pub(crate) mod bundled;
pub(crate) mod demonstration;
pub(crate) mod seed_rounds;
