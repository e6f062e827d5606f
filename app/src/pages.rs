//! The pages, one file each: load what is shown, then say how it looks.

#[cfg(feature = "ssr")]
pub(crate) mod admin;
#[cfg(feature = "ssr")]
pub(crate) mod reading;
#[cfg(feature = "ssr")]
pub(crate) mod working;
