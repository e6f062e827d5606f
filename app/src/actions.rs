//! Everything that changes something, one file per concern. Each asks the guard first, then one
//! function of `data`.

/// Where signing out posts to.
pub(crate) const SIGN_OUT: &str = "/api/sign-out";
