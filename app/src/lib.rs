//! What people see.
//!
//! On the server (feature `ssr`): every page loads what it shows, then renders a Leptos view to HTML in
//! one go. In the browser (feature `hydrate`): islands only, on the few pages that have one.

// A page's view is one type, as deep as its HTML.
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod chart;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod forms;
mod islands;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
mod urls;
#[cfg(feature = "ssr")]
pub mod web;

#[cfg(feature = "ssr")]
pub use crate::web::admission::BodySender;
#[cfg(feature = "ssr")]
pub use crate::web::failure::DatabaseAway;
#[cfg(feature = "ssr")]
pub use crate::web::request::has_session_cookie;
#[cfg(feature = "ssr")]
pub use crate::web::round_events::Live;
#[cfg(feature = "ssr")]
pub use crate::web::site::{Assets, Embeddable, HasForms, HasScript, Identity, OutsideLinks, Site};
#[cfg(feature = "ssr")]
pub use text::locale::{Locale, localized};
#[cfg(feature = "ssr")]
pub use text::site_texts::{SiteText, SiteTexts};

/// Runs once the browser has loaded the program.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    islands::start();
}
