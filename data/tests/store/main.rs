//! The store, on a fresh SQLite file and, where `TEST_POSTGRES_URL` names a server, on a fresh
//! PostgreSQL database each.

#![cfg(feature = "store")]
#![allow(clippy::unwrap_used)] // A test that cannot go on shall stop.
#![allow(clippy::large_futures)] // Each test waits for one at a time.

mod accounts;
mod against_sql;
mod backups;
mod bounds;
mod bundled;
mod checking;
mod concurrency;
mod corpus;
mod corrections;
mod course;
mod dates;
mod demonstration;
mod edits;
mod everything;
#[path = "../exchange/files.rs"]
#[allow(dead_code, clippy::format_collect)] // The readers’ tests use more of it, and read it so.
mod files;
mod fixtures;
mod full;
mod hearing;
mod history;
mod importing;
mod importing_whole;
mod imports;
mod languages;
mod mappings;
mod matrices;
mod moved;
mod names;
mod one_recommendation;
mod open_mark;
mod opening;
#[path = "../oracle/mod.rs"]
mod oracle;
mod publishing;
mod redacting;
mod responsible_bodies;
mod saved_views;
mod saving;
mod saving_together;
mod searching;
mod sessions;
mod storm;
mod support;
mod tampering;
mod workbench;
