//! `imports`: what was imported, and taking it back.

use clap::{Args, Subcommand};
use data::store::{Actor, Run};

use super::failure::Failure;
use super::output;
use crate::cli::DatabaseUrl;

/// What `imports` can be told.
#[derive(Debug, Args)]
pub struct ImportsArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: ImportsCommand,
}

/// The commands about imports.
#[derive(Debug, Subcommand)]
pub enum ImportsCommand {
    /// List what was imported, the newest first.
    List {
        /// How many.
        #[arg(long, default_value_t = 20)]
        limit: u64,
    },
    /// Take an import back, while nothing that it made has been changed, assessed or published.
    Undo {
        /// Its number in the list.
        run: i64,
    },
}

/// Lists or takes back.
pub async fn run(database: &DatabaseUrl, arguments: ImportsArguments) -> Result<(), Failure> {
    let store = super::open_existing(database).await?;
    match arguments.command {
        ImportsCommand::List { limit } => {
            let runs = store
                .import_runs(0, limit)
                .await
                .map_err(|error| Failure::of_store(&error))?;
            for run in runs {
                output::line(line(&run))?;
            }
        }
        ImportsCommand::Undo { run } => {
            let undone = store
                .undo_import(&Actor::command_line(), run)
                .await
                .map_err(|error| Failure::of_store(&error))?;
            output::line(format_args!("Undone: {}", undone.file.file_name))?;
        }
    }
    store
        .close()
        .await
        .map_err(|error| Failure::of_store(&error))
}

fn line(run: &Run) -> String {
    let summary = run.summary;
    format!(
        "{}  {}  {}  {}  {}: {} new, {} changed, {} unchanged, {} to be decided, {} rejected, {} \
         skipped  (SHA-256 {})",
        run.id,
        app::translations::minute(run.at),
        run.actor,
        run.state.code(),
        run.file.file_name,
        summary.created,
        summary.updated,
        summary.unchanged,
        summary.uncertain,
        summary.rejected,
        summary.skipped,
        run.file.sha256
    )
}
