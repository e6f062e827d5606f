//! The store, on a fresh SQLite file and, where `TEST_POSTGRES_URL` names a server, on a fresh
//! PostgreSQL database each.

#![cfg(feature = "store")]
#![allow(clippy::unwrap_used)] // A test that cannot go on shall stop.

mod accounts;
mod against_sql;
mod backups;
mod bounds;
mod bundled;
mod checking;
mod concurrency;
mod corpus;
mod demonstration;
mod everything;
mod fixtures;
mod full;
mod hearing;
mod history;
mod importing;
mod importing_whole;
mod imports;
mod mappings;
mod names;
mod open_mark;
mod opening;
mod publishing;
mod redacting;
mod saving;
mod searching;
mod sessions;
mod storm;
mod support;
mod tampering;
mod workbench;
