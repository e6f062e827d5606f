//! `restore`: make a database of a backup.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use data::domain::Message;
use data::store::Restored;

use super::encryption;
use super::failure::Failure;
use super::output;
use crate::database_url::DatabaseUrl;

const EXAMPLES: &str = "\
The backup is verified before anything is put in place: its own hash, the chain of
the history, and that replaying the history gives every row. What is there is never
overwritten: SQLite needs a name that is free, PostgreSQL a database without tables.
A backup of an earlier version of the program is brought up to date on the way.

Examples:
  upr-tracker restore today.backup --dry-run
                                      is it whole, and could it be restored?
  upr-tracker restore today.backup --database 'sqlite://new.sqlite'
  upr-tracker restore today.backup.age --identity key.txt --database postgres://upr@localhost/new

Everybody signs in again afterwards: sessions are in no backup.";

/// What `restore` can be told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct RestoreArguments {
    /// The backup; - for standard input.
    pub file: PathBuf,

    /// A file with the secret key of a recipient, as age-keygen writes it, for a backup that is
    /// encrypted; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub identity: Vec<PathBuf>,

    /// Verify all that restoring verifies, in a temporary database in the current folder, and put
    /// nothing in place.
    #[arg(long)]
    pub dry_run: bool,

    /// Put it in place even if its rows are not what its history says. For the case that somebody
    /// altered the database before it was backed up and there is no other backup.
    #[arg(long)]
    pub despite_findings: bool,
}

/// Restores the backup, or says what is wrong with it.
pub async fn run(database: &DatabaseUrl, arguments: RestoreArguments) -> Result<(), Failure> {
    let file = &arguments.file;
    let from: Box<dyn Read + Send> = if file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let opened = File::open(file);
        Box::new(opened.map_err(Failure::while_doing(format!(
            "cannot read {}",
            file.display()
        )))?)
    };
    let from = encryption::open(from, &arguments.identity)?;
    let restored = if arguments.dry_run {
        data::store::verify_backup(Path::new("."), from).await
    } else {
        data::store::restore(database.as_str(), from, arguments.despite_findings).await
    };
    match restored.map_err(|error| Failure::of_store(&error))? {
        Restored::Done(backup) => {
            let done = Message::new(if arguments.dry_run {
                "restore-verified"
            } else {
                "restore-done"
            });
            let done = done
                .with("entries", backup.entries)
                .with("rows", backup.rows)
                .with("hash", &backup.hash);
            output::line(app::text::translations::message(&done))
        }
        Restored::Refused(findings) => {
            for finding in &findings {
                output::line(app::text::translations::message(&finding.0))?;
            }
            Err(Failure::of_message(
                &Message::new("restore-findings").with("count", findings.len()),
            ))
        }
    }
}
