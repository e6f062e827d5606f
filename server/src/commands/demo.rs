//! `demo`: load or remove the demonstration.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use data::domain::Role;
use data::store::{Actor, NewPassword, Store};

use super::failure::Failure;
use super::output;
use crate::database_url::DatabaseUrl;

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

/// Who can sign in to the demonstration.
const SIGN_INS: [(&str, Role); 3] = [
    ("demo-analyst", Role::Analyst),
    ("demo-reviewer", Role::Reviewer),
    ("demo-administrator", Role::Administrator),
];

/// Loads or removes the demonstration.
pub async fn run(database: &DatabaseUrl, arguments: &DemoArguments) -> Result<(), Failure> {
    let store = match arguments.command {
        DemoCommand::Load => {
            let store = super::open(database).await?;
            load(&store, database).await?;
            store
        }
        DemoCommand::Remove => {
            let store = super::open_existing(database).await?;
            remove(&store, database).await?;
            store
        }
    };
    store
        .close()
        .await
        .map_err(|error| Failure::of_store(&error))
}

/// Puts the invented State in, with sign-ins that are made up now.
pub async fn load(store: &Store, database: &DatabaseUrl) -> Result<(), Failure> {
    let there = is_there(store).await?;
    complete(store, database, true).await?;
    if there {
        output::line("The demonstration is there already.")?;
    }
    Ok(())
}

/// Finishes what an earlier start began, or begins it where `begin` says so: the invented State, its
/// accounts, and the file of their sign-ins. Where all is there, nothing changes.
pub async fn complete(store: &Store, database: &DatabaseUrl, begin: bool) -> Result<(), Failure> {
    let by = Actor::command_line();
    let of_store = |error| Failure::of_store(&error);
    if begin {
        store.load_demonstration(&by).await.map_err(of_store)?;
    }
    let path = sign_ins(database);
    let accounts = store.accounts().await.map_err(of_store)?;
    let known = |name: &str| accounts.iter().any(|account| account.pseudonym == name);
    let whole = path.exists() && SIGN_INS.iter().all(|(name, _)| known(name));
    if whole || !is_there(store).await? {
        return Ok(());
    }
    let mut text = String::from("Sign-ins of the demonstration:\n");
    for (name, role) in SIGN_INS {
        // Its password was never told to anybody if the file is missing, so it gets another.
        let password = if known(name) {
            store.reset_account(&by, name, NewPassword::Generated).await
        } else {
            store
                .add_returning_account(&by, name, role, NewPassword::Generated)
                .await
        };
        writeln!(text, "  {name:<20} {}", password.map_err(of_store)?)?;
    }
    write_private(&path, &text).map_err(Failure::while_doing(format!(
        "cannot write {}",
        path.display()
    )))?;
    output::line(text.trim_end())
}

async fn is_there(store: &Store) -> Result<bool, Failure> {
    let reviews = store
        .reviews()
        .await
        .map_err(|error| Failure::of_store(&error))?;
    Ok(reviews
        .iter()
        .any(|review| review.code.state.is_fictitious()))
}

/// Says where the sign-ins are kept, if they are.
pub fn tell_where_sign_ins_are(database: &DatabaseUrl) -> Result<(), Failure> {
    let path = sign_ins(database);
    if path.exists() {
        output::line(format_args!(
            "The demonstration's sign-ins are kept in {}",
            path.display()
        ))?;
    }
    Ok(())
}

async fn remove(store: &Store, database: &DatabaseUrl) -> Result<(), Failure> {
    let by = Actor::command_line();
    let of_store = |error| Failure::of_store(&error);
    let removed = store.remove_demonstration(&by).await.map_err(of_store)?;
    let there = store.accounts().await.map_err(of_store)?;
    for (name, _) in SIGN_INS {
        if there.iter().any(|account| account.pseudonym == name) {
            store.remove_account(&by, name).await.map_err(of_store)?;
        }
    }
    let path = sign_ins(database);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Failure::while_doing(format!(
                "cannot remove {}",
                path.display()
            ))(error));
        }
        _ => {}
    }
    output::line(if removed {
        "The demonstration is removed."
    } else {
        "There was no demonstration."
    })
}

/// The file of the sign-ins, named after its database: beside an embedded one, else in the current
/// folder.
fn sign_ins(database: &DatabaseUrl) -> PathBuf {
    let named = |name: &str| format!("{name}-sign-ins.txt");
    if let Some(path) = database.sqlite_file() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        return path.with_file_name(named(&name));
    }
    let address = database.as_str().split('?').next().unwrap_or_default();
    let name = address.rsplit('/').next().unwrap_or_default();
    let plain = |c: &char| c.is_ascii_alphanumeric() || "-_".contains(*c);
    PathBuf::from(named(&name.chars().filter(plain).collect::<String>()))
}

/// Writes a file that nobody but its owner can read, from its first byte on.
fn write_private(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        options.mode(0o600);
        if path.exists() {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
        }
    }
    options.open(path)?.write_all(text.as_bytes())
}
