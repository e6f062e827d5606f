//! `imports`: what was imported, what of it could not be taken, and taking it back.

use clap::{Args, Subcommand};
use data::store::{Actor, Run, RunState};
use std::io::{self, IsTerminal as _};

use super::failure::Failure;
use super::output;
use crate::database_url::DatabaseUrl;

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
        /// Print them as JSON, with the rows that could not be taken.
        #[arg(long)]
        json: bool,
    },
    /// Show one import with the rows that could not be taken.
    Show {
        /// Its number in the list.
        run: i64,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take an import back, while nothing that it made has been changed, assessed or published. On a terminal, asks
    /// first and says what goes.
    Undo {
        /// Its number in the list.
        run: i64,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

/// Lists or takes back.
pub async fn run(database: &DatabaseUrl, arguments: ImportsArguments) -> Result<(), Failure> {
    let store = super::open_existing(database).await?;
    match arguments.command {
        ImportsCommand::List { limit, json } => {
            let runs = store
                .import_runs(0, limit)
                .await
                .map_err(|error| Failure::of_store(&error))?;
            if json {
                let runs: Vec<_> = runs.iter().map(as_json).collect();
                output::line(serde_json::to_string(&runs)?)?;
            } else {
                for run in runs {
                    output::line(line(&run))?;
                }
            }
        }
        ImportsCommand::Show { run, json } => {
            let run = store
                .import_run(run)
                .await
                .map_err(|error| Failure::of_store(&error))?;
            if json {
                output::line(serde_json::to_string(&as_json(&run))?)?;
            } else {
                show(&run)?;
            }
        }
        ImportsCommand::Undo { run, yes } => {
            let shown = store
                .import_run(run)
                .await
                .map_err(|error| Failure::of_store(&error))?;
            // What cannot be undone is refused below.
            let is_applied = shown.state == RunState::Applied;
            let asks = is_applied && !yes && io::stdin().is_terminal();
            if asks && !is_confirmed(&shown)? {
                output::line("Nothing was changed.")?;
                return store
                    .close()
                    .await
                    .map_err(|error| Failure::of_store(&error));
            }
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

/// Says what undoing an import takes back, and asks whether to do it.
fn is_confirmed(run: &Run) -> Result<bool, Failure> {
    output::aside(question(run));
    let mut answer = String::new();
    io::stdin()
        .read_line(&mut answer)
        .map_err(Failure::while_doing("cannot read the answer"))?;
    Ok(is_yes(&answer))
}

/// What undoing an import takes back, and the question.
fn question(run: &Run) -> String {
    let mut lines = vec![run.file.file_name.clone()];
    let sentences = app::text::import_undo::sentences(&run.summary).into_iter();
    lines.extend(sentences.map(|sentence| format!("  {sentence}")));
    lines.push("Undo this import? [y/N] ".to_owned());
    lines.join("\n")
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

fn line(run: &Run) -> String {
    let summary = run.summary;
    format!(
        "{}  {}  {}  {}  {}: {} new, {} changed, {} unchanged, {} to be decided, {} rejected, {} \
         skipped, {} merged  (SHA-256 {})",
        run.id,
        app::text::translations::minute(run.at),
        run.actor,
        run.state.code(),
        run.file.file_name,
        summary.created,
        summary.updated,
        summary.unchanged,
        summary.uncertain,
        summary.rejected,
        summary.skipped,
        summary.merged,
        run.file.sha256
    )
}

fn show(run: &Run) -> Result<(), Failure> {
    output::line(line(run))?;
    if let Some(failure) = &run.failure {
        output::line(app::text::translations::message(failure))?;
    }
    for warning in &run.warnings {
        output::line(app::text::translations::message(warning))?;
    }
    if let Some(account) = &run.account {
        for sentence in app::text::file_account::sentences(account) {
            output::line(sentence)?;
        }
    }
    for problem in &run.problems {
        let at = [&problem.column, &problem.value];
        let at: Vec<&str> = at.into_iter().flatten().map(String::as_str).collect();
        let reason = app::text::translations::message(&problem.reason);
        output::line(format_args!(
            "row {}  {}  {reason}",
            problem.row,
            at.join(": ")
        ))?;
    }
    let more = run.summary.rejected.saturating_sub(run.problems.len());
    if more > 0 {
        output::line(format_args!(
            "… and {more} more rows, which the record of the import does not name"
        ))?;
    }
    Ok(())
}

fn as_json(run: &Run) -> serde_json::Value {
    let problems: Vec<_> = run
        .problems
        .iter()
        .map(|problem| {
            serde_json::json!({
                "row": problem.row,
                "column": problem.column,
                "value": problem.value,
                "reason": app::text::translations::message(&problem.reason),
            })
        })
        .collect();
    serde_json::json!({
        "run": run.id,
        "at": run.at,
        "actor": run.actor,
        "state": run.state.code(),
        "file": run.file.file_name,
        "sha256": run.file.sha256,
        "format": run.format.map(data::exchange::Format::code),
        "counts": run.summary,
        "skipped": run.skipped,
        "ended_at": run.ended.as_ref().map(|(at, _)| at),
        "ended_by": run.ended.as_ref().map(|(_, who)| who),
        "warnings": run.warnings.iter().map(app::text::translations::message).collect::<Vec<_>>(),
        "failure": run.failure.as_ref().map(app::text::translations::message),
        "problems": problems,
        "account": run.account,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_is_yes() {
        for yes in ["y", "Y\n", " yes \n", "YES"] {
            assert!(is_yes(yes), "{yes}");
        }
        for no in ["", "\n", "n", "no", "yes please", "j"] {
            assert!(!is_yes(no), "{no}");
        }
    }
}
