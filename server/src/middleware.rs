//! What stands between the network and the pages, one file each. `router` says in which order.

pub mod body_limit;
pub mod cache;
pub mod compression;
pub mod csrf;
pub mod headers;
pub mod host;
pub mod page_cache;
pub mod panic;
pub mod request_log;
pub mod session_cookie;
pub mod timeout;
