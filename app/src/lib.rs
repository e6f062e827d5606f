//! What people see.
//!
//! On the server (feature `ssr`): every page loads what it shows, then renders a Leptos view to HTML in
//! one go. In the browser (feature `hydrate`): islands only, on the few pages that have one.

// A page's view is one type, as deep as its HTML.
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod address;
#[cfg(feature = "ssr")]
mod admission;
#[cfg(feature = "ssr")]
mod answers;
#[cfg(feature = "ssr")]
pub mod background;
#[cfg(feature = "ssr")]
mod chart;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod expensive;
#[cfg(feature = "ssr")]
pub mod exports;
#[cfg(feature = "ssr")]
mod failure;
#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod filter_query;
#[cfg(feature = "ssr")]
mod filter_words;
#[cfg(feature = "ssr")]
mod fragment;
pub mod islands;
#[cfg(feature = "ssr")]
mod live;
#[cfg(feature = "ssr")]
mod look;
#[cfg(feature = "ssr")]
mod markdown;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod queue_query;
#[cfg(feature = "ssr")]
mod request;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod site;
#[cfg(feature = "ssr")]
mod sources;
#[cfg(feature = "ssr")]
mod spool;
#[cfg(feature = "ssr")]
mod summary;
#[cfg(feature = "ssr")]
pub mod translations;
#[cfg(feature = "ssr")]
mod workbench_island;

#[cfg(feature = "ssr")]
pub use admission::{BodySender, DatabaseAway};
#[cfg(feature = "ssr")]
pub use live::Live;
#[cfg(feature = "ssr")]
pub use request::has_session_cookie;
#[cfg(feature = "ssr")]
pub use site::{Assets, Embeddable, HasForms, ScriptNonce, Site};

/// Brings the islands of a page to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
    islands::workbench::start();
}
