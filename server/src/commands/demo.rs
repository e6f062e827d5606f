//! `demo`: load or remove the demonstration.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use data::domain::Role;
use data::store::{Actor, NewPassword, Store};

use super::failure::Failure;
use crate::cli::DatabaseUrl;

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
    let store = super::open(database).await?;
    match arguments.command {
        DemoCommand::Load => load(&store, database).await?,
        DemoCommand::Remove => remove(&store, database).await?,
    }
    store
        .close()
        .await
        .map_err(|error| Failure::of_store(&error))
}

/// Puts the invented State in, with sign-ins that are made up now.
pub async fn load(store: &Store, database: &DatabaseUrl) -> Result<(), Failure> {
    let by = Actor::command_line();
    let of_store = |error| Failure::of_store(&error);
    let loaded = store.load_demonstration(&by).await.map_err(of_store)?;
    if !loaded {
        println!("The demonstration is there already.");
        return Ok(());
    }
    let there = store.accounts().await.map_err(of_store)?;
    let mut text = String::from("Sign-ins of the demonstration:\n");
    for (name, role) in SIGN_INS {
        if there.iter().any(|account| account.pseudonym == name) {
            continue;
        }
        let password = store
            .add_account(&by, name, role, NewPassword::Generated)
            .await
            .map_err(of_store)?;
        writeln!(text, "  {name:<20} {password}")?;
    }
    print!("{text}");
    let path = sign_ins(database);
    write_private(&path, &text).map_err(Failure::while_doing(format!(
        "cannot write {}",
        path.display()
    )))
}

/// Says where the sign-ins are kept, if they are.
pub fn tell_where_sign_ins_are(database: &DatabaseUrl) {
    let path = sign_ins(database);
    if path.exists() {
        println!(
            "The demonstration's sign-ins are kept in {}",
            path.display()
        );
    }
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
    println!(
        "{}",
        if removed {
            "The demonstration is removed."
        } else {
            "There was no demonstration."
        }
    );
    Ok(())
}

/// The file of the sign-ins: beside an embedded database, else in the current folder.
fn sign_ins(database: &DatabaseUrl) -> PathBuf {
    let file = "upr-tracker-sign-ins.txt";
    match database.sqlite_file() {
        Some(path) => path.with_file_name(file),
        None => PathBuf::from(file),
    }
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
