//! People and how they are recognised: accounts, sessions, passwords.

pub(crate) mod accounts;
pub(crate) mod devices;
pub(crate) mod hashing;
pub(crate) mod password_rules;
pub(crate) mod presence;
pub(crate) mod pseudonyms;
pub(crate) mod saved_views;
pub(crate) mod security_log;
pub(crate) mod sessions;
pub(crate) mod sign_in_forms;
pub(crate) mod signing;
