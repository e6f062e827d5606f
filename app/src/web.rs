//! A request's way in and a response's way out.

pub(crate) mod action_error;
pub(crate) mod admission;
pub(crate) mod expensive;
pub(crate) mod failure;
pub(crate) mod flash;
pub(crate) mod html;
pub mod low_priority;
pub(crate) mod posted;
pub(crate) mod request;
pub(crate) mod round_events;
pub(crate) mod site;
