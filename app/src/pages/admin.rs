//! Pages about accounts, scales and what is removed.

pub(crate) mod account;
pub(crate) mod redact;
pub(crate) mod scales;
pub(crate) mod security_log;
pub(crate) mod sign_in;
