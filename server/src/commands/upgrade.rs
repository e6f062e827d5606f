//! Before a database is brought up to date: a backup of it as it was.

use std::io;
use std::path::PathBuf;

use clap::Args;
use data::domain::Message;

use super::encryption::{self, Recipient};
use super::failure::Failure;
use super::{backup, output};
use crate::database_url::DatabaseUrl;

/// So many backups of one upgrade may lie beside each other, of attempts that failed.
const MOST: u32 = 100;

/// Where backups go that the program makes by itself.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Backups")]
pub struct OwnBackups {
    /// The folder for backups that the program makes by itself: those of `serve`, and on PostgreSQL the
    /// one before an upgrade.
    #[arg(
        long,
        global = true,
        env = "UPR_TRACKER_BACKUP_DIR",
        value_name = "DIR"
    )]
    pub backup_dir: Option<PathBuf>,

    /// Encrypt them to this recipient of age (age1...); may be given several times.
    #[arg(
        long,
        global = true,
        env = "UPR_TRACKER_BACKUP_TO",
        value_name = "RECIPIENT",
        value_delimiter = ',',
        value_parser = encryption::recipient
    )]
    pub backup_to: Vec<Recipient>,

    /// Bring the database up to date without a backup beside it first.
    #[arg(long, global = true, env = "UPR_TRACKER_UPGRADE_WITHOUT_BACKUP")]
    pub upgrade_without_backup: bool,
}

impl OwnBackups {
    /// How the name of a backup ends.
    pub fn ending(&self) -> &'static str {
        if self.backup_to.is_empty() {
            ".backup"
        } else {
            ".backup.age"
        }
    }

    /// The folders in which the program puts backups of a database by itself.
    pub fn folders(&self, database: &DatabaseUrl) -> Vec<PathBuf> {
        let mut folders = vec![self.folder_before_upgrades(database)];
        if let Some(folder) = &self.backup_dir
            && !folders.contains(folder)
        {
            folders.push(folder.clone());
        }
        folders
    }

    /// Where the backup before an upgrade goes.
    fn folder_before_upgrades(&self, database: &DatabaseUrl) -> PathBuf {
        match (database.sqlite_file(), &self.backup_dir) {
            (Some(_), _) => database.folder(),
            (None, Some(folder)) => folder.clone(),
            (None, None) => PathBuf::from("."),
        }
    }
}

/// Makes a backup of a database that is about to be brought up to date, unless it holds nothing. The
/// database stays as it is if the backup fails.
pub async fn back_up_first(database: &DatabaseUrl, own: &OwnBackups) -> Result<(), Failure> {
    if own.upgrade_without_backup {
        return Ok(());
    }
    let pending = data::store::pending_migrations(database.as_str()).await;
    let Some(pending) = pending.map_err(super::not_opened)? else {
        return Ok(());
    };
    let Some(first) = pending
        .migrations
        .first()
        .filter(|_| pending.holds_anything)
    else {
        return Ok(());
    };
    let file = back_up_before(database, own, first).await.map_err(|why| {
        let refused = Message::new("upgrade-backup-failed").with("why", why);
        Failure::of_message(&refused)
    })?;
    let told = Message::new("upgrade-backed-up").with("file", file.display());
    output::aside_line(app::text::translations::message(&told));
    Ok(())
}

/// `first` is the name of the first migration that will be applied, such as `m0016_redaction`.
async fn back_up_before(
    database: &DatabaseUrl,
    own: &OwnBackups,
    first: &str,
) -> Result<PathBuf, Failure> {
    let number = first.split('_').next().unwrap_or(first);
    let folder = own.folder_before_upgrades(database);
    let name = database.name();
    for attempt in 1..=MOST {
        let again = match attempt {
            1 => String::new(),
            number => format!("-{number}"),
        };
        // One of an earlier attempt stays: nobody knows what was written since.
        let path = folder.join(format!("{name}.before-{number}{again}{}", own.ending()));
        if path.symlink_metadata().is_ok() {
            continue;
        }
        backup::to_file(database, &path, &own.backup_to, false).await?;
        return Ok(path);
    }
    Err(Failure::while_doing(format!("{}", folder.display()))(
        io::Error::from(io::ErrorKind::AlreadyExists),
    ))
}
