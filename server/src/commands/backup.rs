//! `backup`: write everything to one file, while others go on working.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use data::domain::Message;
use data::store::Backup;

use super::encryption::{self, Output, Recipient};
use super::failure::Failure;
use super::output;
use super::private_file::PrivateFile;
use crate::database_url::DatabaseUrl;

const EXAMPLES: &str = "\
Programs that use the database go on meanwhile; the backup is of one moment. It
is the same for SQLite and PostgreSQL, and restores into either. Sessions, wrong
passwords and uploads that wait for a mapping are not in it; password hashes and
drafts are, so keep it as safe as the database, or encrypt it.

Examples:
  upr-tracker backup /srv/backups/today.backup
  upr-tracker backup today.backup.age --to age1ql3z...
                            readable with the secret key of that recipient only
  upr-tracker backup - | ssh elsewhere 'cat > today.backup'

The file is gzip around lines of JSON: zcat shows what is in it.";

/// How the temporary name of a backup begins.
pub const TEMPORARY: &str = ".upr-tracker-";

/// What `backup` can be told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct BackupArguments {
    /// The file to write, readable by its owner only; - for standard output. An earlier backup of that
    /// name is replaced, any other file is not.
    pub file: PathBuf,

    /// Encrypt it to this recipient of age (age1...); may be given several times.
    #[arg(long, value_name = "RECIPIENT", value_parser = encryption::recipient)]
    pub to: Vec<Recipient>,
}

/// Writes the backup and says what is in it.
pub async fn run(database: &DatabaseUrl, arguments: BackupArguments) -> Result<(), Failure> {
    let BackupArguments { file, to } = arguments;
    if file == Path::new("-") {
        if to.is_empty() && io::stdout().is_terminal() {
            return Err(Failure::of_message(&Message::new("backup-to-terminal")));
        }
        let backup = write(database, io::stdout(), &to).await?;
        output::aside_line(summary(&backup, "standard output"));
        return Ok(());
    }
    let backup = match std::fs::metadata(&file) {
        Ok(there) if !there.is_file() => {
            let out = OpenOptions::new().write(true).open(&file);
            let out = out.map_err(Failure::while_doing(cannot_write(&file)))?;
            write(database, out, &to).await?
        }
        Ok(_) => {
            must_be_backup(&file)?;
            // The file itself is replaced, not a link to it.
            let file =
                std::fs::canonicalize(&file).map_err(Failure::while_doing(cannot_write(&file)))?;
            to_file(database, &file, &to, true).await?
        }
        // Whatever else is in the way, writing says.
        Err(_) => to_file(database, &file, &to, false).await?,
    };
    output::line(summary(&backup, &file.display().to_string()))
}

/// Writes a backup to a file that is complete or not there.
pub async fn to_file(
    database: &DatabaseUrl,
    path: &Path,
    to: &[Recipient],
    replace: bool,
) -> Result<Backup, Failure> {
    let failed = |error: io::Error| Failure::while_doing(cannot_write(path))(error);
    let file = PrivateFile::begin(path, TEMPORARY).map_err(failed)?;
    let backup = write(database, file.writer().map_err(failed)?, to).await?;
    file.put_in_place(replace).map_err(failed)?;
    Ok(backup)
}

async fn write<W>(database: &DatabaseUrl, out: W, to: &[Recipient]) -> Result<Backup, Failure>
where
    W: Write + Send + 'static,
{
    let failed = |error: io::Error| Failure::while_doing("the backup cannot be written")(error);
    let out = Output::begin(out, to).map_err(failed)?;
    let written = data::store::back_up(database.as_str(), out).await;
    let (backup, out) = written.map_err(|error| Failure::of_store(&error))?;
    out.finish().map_err(failed)?;
    Ok(backup)
}

fn cannot_write(file: &Path) -> String {
    format!("cannot write {}", file.display())
}

/// Refuses to replace what is no backup: `backup upr-tracker.sqlite` must not destroy the database.
fn must_be_backup(file: &Path) -> Result<(), Failure> {
    let doing = format!("cannot read {}", file.display());
    let opened = File::open(file).map_err(Failure::while_doing(doing.clone()))?;
    let (is_encrypted, from) =
        encryption::is_encrypted(opened).map_err(Failure::while_doing(doing))?;
    if is_encrypted || data::store::is_backup(from) {
        return Ok(());
    }
    Err(Failure::of_message(
        &Message::new("backup-would-replace").with("file", file.display()),
    ))
}

fn summary(backup: &Backup, file: &str) -> String {
    let written = Message::new("backup-written")
        .with("file", file)
        .with("entries", backup.entries)
        .with("rows", backup.rows)
        .with("sha256", &backup.sha256);
    app::text::translations::message(&written)
}
