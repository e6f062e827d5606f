//! The few parts that need the browser. A page without one loads no script.

#[cfg(feature = "ssr")]
pub(crate) mod found_evidence;
pub(crate) mod round_event;
#[cfg(feature = "hydrate")]
mod workbench;

#[cfg(feature = "hydrate")]
pub(crate) use workbench::start;
