//! The few parts that need the browser. A page without one loads no script.

pub mod evidence_rows;
