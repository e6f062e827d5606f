//! `demo`: load or remove the demonstration.

use clap::{Args, Subcommand};

/// What `demo` can be told.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Load or remove.
    #[command(subcommand)]
    pub command: DemoCommand,
}

/// The two things to do with the demonstration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum DemoCommand {
    /// Load the invented State and its sign-ins, which are printed once and kept in a file that
    /// only its owner can read.
    Load,
    /// Remove the invented State, its rounds and its users. Nothing else is touched.
    Remove,
}
