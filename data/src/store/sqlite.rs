//! What only SQLite needs: its files, its write-ahead log, its pages.

pub(crate) mod closing;
pub(crate) mod open_mark;
pub(crate) mod space;
pub(crate) mod wal_index;
pub(crate) mod write_ahead_log;
