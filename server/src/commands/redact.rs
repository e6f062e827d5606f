//! `redact`: remove a text from everything that is stored.

use clap::Args;
use data::store::{Actor, Removal, Removed, backups_before};
use std::io::Read as _;
use std::path::PathBuf;
use std::time::SystemTime;

use super::failure::Failure;
use super::output;
use super::upgrade::OwnBackups;
use crate::database_url::DatabaseUrl;

/// What `redact` can be told.
#[derive(Debug, Args)]
pub struct RedactArguments {
    /// Why, in words without the text: on the page of a published round everybody reads it.
    #[arg(long)]
    pub reason: String,
    /// Remove the text of this field of an entry of the history, such as `after.rationale`; without it, the
    /// text is read from standard input, so that it stays out of the shell's history.
    #[arg(long, requires = "entry", value_name = "NAME")]
    pub field: Option<String>,
    /// The number of the entry. Without `--field`, lists its texts and removes nothing.
    #[arg(long, value_name = "NUMBER")]
    pub entry: Option<i64>,
    /// Remove the text only where it is the whole of a field, not where it is part of one.
    #[arg(long)]
    pub whole: bool,
    /// Say what would be removed, and remove nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// A folder of backups: those in it that may still hold the text are named. Without it, those in the
    /// folders in which the program puts backups by itself.
    #[arg(long, value_name = "FOLDER")]
    pub backups: Option<PathBuf>,
}

/// Removes a text.
pub async fn run(
    database: &DatabaseUrl,
    arguments: RedactArguments,
    own: &OwnBackups,
) -> Result<(), Failure> {
    let store = super::open_existing(database).await?;
    let failure = |error| Failure::of_store(&error);
    let text = match (arguments.entry, &arguments.field) {
        (Some(entry), None) => {
            for (name, text) in store.texts_of_entry(entry).await.map_err(failure)? {
                output::line(format_args!("{name}: {text}"))?;
            }
            return store.close().await.map_err(failure);
        }
        (Some(entry), Some(field)) => {
            let texts = store.texts_of_entry(entry).await.map_err(failure)?;
            let chosen = texts.into_iter().find(|(name, _)| name == field);
            let (_, text) = chosen
                .ok_or_else(|| Failure::new(format!("entry {entry} has no text named {field}")))?;
            text
        }
        _ => {
            let mut typed = String::new();
            std::io::stdin().read_to_string(&mut typed)?;
            typed.trim().to_owned()
        }
    };
    let removal = Removal {
        text,
        whole: arguments.whole,
        reason: arguments.reason,
    };
    let actor = Actor::command_line();
    let removed = if arguments.dry_run {
        store.preview_redaction(&actor, &removal).await
    } else {
        store.redact(&actor, &removal).await
    };
    let removed = removed.map_err(failure)?;
    store.close().await.map_err(failure)?;
    tell(&removed, arguments.dry_run)?;
    if arguments.dry_run {
        return Ok(());
    }
    if !database.is_sqlite() {
        output::line(
            "PostgreSQL's own log of writes (pg_wal, and archives of it) holds the text until it is recycled.",
        )?;
    }
    let folders = match arguments.backups {
        Some(folder) => vec![folder],
        None => own.folders(database),
    };
    // Now, not when it began: a backup that was under way may hold the text as well.
    let moment = SystemTime::now();
    let mut is_any = false;
    for folder in folders {
        let older = backups_before(&folder, moment)
            .map_err(Failure::while_doing(format!("{}", folder.display())))?;
        for file in older {
            is_any = true;
            output::line(format_args!("may still hold the text: {}", file.display()))?;
        }
    }
    output::line(if is_any {
        "Backups elsewhere that were made before may still hold the text, too."
    } else {
        "Backups that were made before may still hold the text. None was found."
    })
}

fn tell(removed: &Removed, dry_run: bool) -> Result<(), Failure> {
    let done = if dry_run {
        "Would be removed from"
    } else {
        "Removed from"
    };
    output::line(format_args!(
        "{done} {} entries of the history, {} of which can no longer be recomputed.",
        removed.entries, removed.not_recomputable
    ))?;
    for (table, rows) in &removed.rows {
        output::line(format_args!("  {table}: {rows}"))?;
    }
    if removed.in_scales > 0 {
        output::line(format_args!(
            "{} names, labels, definitions or examples of scales hold the text. A version of a scale never changes.",
            removed.in_scales
        ))?;
    }
    for (review, round, redaction) in &removed.rounds {
        output::line(format_args!(
            "Published round {review} {round}: content hash before {}, after {}",
            redaction.before, redaction.after
        ))?;
    }
    Ok(())
}
