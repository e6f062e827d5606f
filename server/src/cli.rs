//! What can be typed. Each command's arguments are in its own file under `commands`.
//!
//! Exit codes: 0 done, 1 refused or failed, 2 wrong usage (clap's own).

use app::Locale;
use clap::{Parser, Subcommand};

use crate::commands::backup::BackupArguments;
use crate::commands::demo::DemoArguments;
use crate::commands::export::ExportArguments;
use crate::commands::import_arguments::ImportArguments;
use crate::commands::imports::ImportsArguments;
use crate::commands::migrate::MigrateArguments;
use crate::commands::redact::RedactArguments;
use crate::commands::restore::RestoreArguments;
use crate::commands::serve::ServeArguments;
use crate::commands::upgrade::OwnBackups;
use crate::commands::user::UserArguments;
use crate::database_url::DatabaseUrl;

/// The database that is used where neither `--database` nor `DATABASE_URL` names one: a file in
/// the current folder, created where it is missing.
pub const DEFAULT_DATABASE: &str = "sqlite://upr-tracker.sqlite?mode=rwc";

const EXAMPLES: &str = "\
Examples:
  upr-tracker serve --demo-if-empty     try everything, at http://127.0.0.1:3000
  upr-tracker import matrix.docx --review SVN-3 --dry-run
                                        see what a file would change, and change nothing
  upr-tracker export --review BLR-1 --format csv --out belarus.csv
  upr-tracker user add anna --role analyst

Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
The log goes to standard error; UPR_TRACKER_LOG=debug shows more of it.";

/// Reads the tag of a language that the program speaks.
fn language(text: &str) -> Result<Locale, String> {
    let known: Vec<&str> = Locale::offered(false).map(Locale::tag).collect();
    Locale::parse(text).ok_or_else(|| format!("one of these is expected: {}", known.join(", ")))
}

/// Follows what became of the recommendations of the Universal Periodic Review.
#[derive(Debug, Parser)]
#[command(name = "upr-tracker", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Cli {
    /// The database: `sqlite://FILE?mode=rwc` or `postgres://USER:PASSWORD@HOST/NAME`.
    // The environment variable may hold a password, so `--help` must not print its value.
    #[arg(
        long,
        global = true,
        env = "DATABASE_URL",
        hide_env_values = true,
        default_value = DEFAULT_DATABASE,
        value_name = "URL"
    )]
    pub database: DatabaseUrl,

    /// Open a SQLite database that was in use when its write-ahead log (the file ending in -wal) was
    /// lost, without the changes that were in the log.
    #[arg(long, global = true)]
    pub accept_missing_log: bool,

    /// The language of messages, such as `en`; by default that of the system, as `LC_ALL`, `LC_MESSAGES` or
    /// `LANG` names it, if the program speaks it.
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = language)]
    pub lang: Option<Locale>,

    /// Backups that the program makes by itself.
    #[command(flatten)]
    pub backups: OwnBackups,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// The language of messages: the one that was asked for, else the system's, else English.
    pub fn locale(&self) -> Locale {
        self.lang.unwrap_or_else(system_locale)
    }
}

/// The language of the system, as its environment names it, if the program speaks it; else English.
pub fn system_locale() -> Locale {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let mut values = names.iter().filter_map(|name| std::env::var(name).ok());
    // The first that is set decides, even if it names no language of ours.
    let first = values.find(|value| !value.is_empty());
    first
        .and_then(|name| Locale::parse(&name))
        .unwrap_or(Locale::ENGLISH)
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages.
    Serve(ServeArguments),
    /// Read a file of recommendations or assessments into the database.
    Import(ImportArguments),
    /// List what was imported, or take an import back.
    Imports(ImportsArguments),
    /// Write the recommendations of one review, or of all, to a file.
    Export(ExportArguments),
    /// Load or remove the demonstration: an invented State whose review shows every feature.
    Demo(DemoArguments),
    /// Add, list, change, disable or remove users, and show the security log.
    User(UserArguments),
    /// Remove a text, read from standard input, from everything that is stored except scales; the history still verifies.
    Redact(RedactArguments),
    /// Bring the database's tables up to this version of the program.
    ///
    /// `serve` does so by itself. Running it again changes nothing.
    Migrate(MigrateArguments),
    /// Write everything to one file, while others go on working.
    Backup(BackupArguments),
    /// Make a database of a backup.
    Restore(RestoreArguments),
    /// Give the space that a SQLite database does not use back to the system.
    ///
    /// A database of a version before this one needs it once, unless it is small; from then on space is given
    /// back by itself. It takes as much free disk as the database is large. PostgreSQL needs nothing.
    Compact,
    /// Verify a database: the hashes of its history, the published rounds, every invariant.
    ///
    /// Changes nothing. Exits with 1, and says what is wrong, where something does not hold.
    Check {
        /// Number and hash of an entry of the history, as an earlier check printed them: it has to be
        /// there still. Without it nobody can tell that the end of a history was cut off.
        #[arg(long, value_name = "NUMBER:HASH", value_parser = noted)]
        noted: Option<(i64, String)>,

        /// Which filters lists are compared with the tables under, as an earlier check printed it; by
        /// default others each time.
        #[arg(long, value_name = "NUMBER")]
        seed: Option<u64>,
    },
}

fn noted(typed: &str) -> Result<(i64, String), String> {
    typed
        .split_once(':')
        .and_then(|(number, hash)| Some((number.parse().ok()?, hash.to_lowercase())))
        .filter(|(_, hash)| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
        .ok_or_else(|| "a number, a colon and 64 hexadecimal digits are expected".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;
    use clap::error::ErrorKind;

    use super::*;
    use crate::commands::user::{RoleName, UserCommand};

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_of_the_help_is_understood() {
        for line in [
            "upr-tracker serve",
            "upr-tracker serve --addr [::1]:8080 --demo-if-empty",
            "upr-tracker --database postgres://u:p@host/name serve",
            "upr-tracker import matrix.docx --review SVN-3 --dry-run --json",
            "upr-tracker export --review BLR-1 --filter theme=x&status=y --format xlsx --out a.xlsx",
            "upr-tracker export --format csv",
            "upr-tracker import ours.csv --review SVN-3 --round mid-term",
            "upr-tracker imports list --limit 3",
            "upr-tracker imports undo 12",
            "upr-tracker demo load",
            "upr-tracker demo remove --database sqlite://other.sqlite",
            "upr-tracker user add anna --role analyst --password-stdin",
            "upr-tracker user list --json",
            "upr-tracker user disable anna",
            "upr-tracker user role anna reviewer",
            "upr-tracker user remove anna",
            "upr-tracker user add anna --returning",
            "upr-tracker user log --limit 5 --json",
            "upr-tracker serve --session-idle 30m --session-longest 1d",
            "upr-tracker user reset anna",
            "upr-tracker redact --reason asked-for --dry-run --backups /tmp",
            "upr-tracker redact --reason asked-for --entry 7 --field after.rationale",
            "upr-tracker migrate",
            "upr-tracker compact",
            "upr-tracker check",
            "upr-tracker check --seed 7",
            "upr-tracker migrate --dry-run",
            "upr-tracker backup today.backup",
            "upr-tracker backup -",
            "upr-tracker restore today.backup --identity key.txt --dry-run",
            "upr-tracker restore - --database sqlite://new.sqlite",
            "upr-tracker serve --backup-dir . --backup-every 15m --backup-keep 30",
            "upr-tracker check --accept-missing-log",
        ] {
            assert!(parse(line).is_ok(), "{line}");
        }
    }

    #[test]
    fn wrong_usage_exits_with_two() {
        for line in [
            "upr-tracker serve --addr nowhere",
            "upr-tracker export",
            "upr-tracker import a.csv --round mid-term",
            "upr-tracker imports undo",
            "upr-tracker user add anna --role king",
            "upr-tracker --database mysql://x check",
            "upr-tracker redact",
            "upr-tracker redact --reason asked-for --field after.rationale",
            "upr-tracker fly",
            "upr-tracker backup",
            "upr-tracker backup x --to nobody",
            "upr-tracker serve --backup-dir . --backup-every 0m",
            "upr-tracker serve --backup-dir . --backup-every often",
            "upr-tracker serve --backup-dir . --backup-keep 0",
        ] {
            assert_eq!(
                parse(line).map_err(|error| error.exit_code()).err(),
                Some(2),
                "{line}"
            );
        }
        assert_eq!(
            parse("upr-tracker --help").unwrap_err().kind(),
            ErrorKind::DisplayHelp
        );
    }

    #[test]
    fn an_analyst_is_what_a_new_user_becomes() {
        let Command::User(arguments) = parse("upr-tracker user add anna").unwrap().command else {
            panic!("not the command user");
        };
        let UserCommand::Add(add) = arguments.command else {
            panic!("not user add")
        };
        assert_eq!((add.name.as_str(), add.role), ("anna", RoleName::Analyst));
    }

    #[test]
    fn a_password_in_the_address_is_not_shown() {
        let cli = parse("upr-tracker --database postgres://u:secret@host/name check").unwrap();
        assert!(!format!("{cli:?}").contains("secret"));
        assert!(!cli.database.is_sqlite());
        assert!(cli.database.as_str().contains("secret"));
    }
}
