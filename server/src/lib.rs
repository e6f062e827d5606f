//! The program `upr-tracker`: its command line, its HTTP server, and what stands between the
//! network and the pages.
//!
//! A request passes `listen` (connections), `router` (the layers, in one documented order) and
//! then reaches a page or an action of the crate `app`. `cli` describes what can be typed, and
//! `dispatch` hands it to `commands`, one file each.

// Both panic where nobody reads; commands print with `commands::output`.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod assets;
pub mod cli;
pub mod commands;
pub mod database_url;
pub mod dispatch;
pub mod error_page;
pub mod health;
pub mod listen;
pub mod middleware;
pub mod origin;
pub mod outage;
pub mod pdf_process;
pub mod router;
