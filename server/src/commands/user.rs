//! `user`: who can sign in.

use std::io::BufRead as _;

use clap::{Args, Subcommand, ValueEnum};
use data::domain::Role;
use data::store::{Actor, NewPassword};

use super::failure::Failure;
use super::output;
use crate::cli::DatabaseUrl;

const EXAMPLES: &str = "\
A name is a pseudonym: no real name and no e-mail address is needed anywhere.

Examples:
  upr-tracker user add anna --role analyst        prints a new password, once
  pass show upr/anna | upr-tracker user add anna --password-stdin
  upr-tracker user reset anna                     a new password; signs anna out everywhere
  upr-tracker user disable anna";

/// What `user` can be told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct UserArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: UserCommand,
}

/// What can be done with users.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a user.
    Add(AddArguments),
    /// List the users and their roles.
    List(ListArguments),
    /// Keep a user from signing in, and end the sessions there are. The history keeps the name.
    Disable(NameArguments),
    /// Give a user a new password, end the sessions there are and let a disabled user in again.
    Reset(ResetArguments),
}

/// What `user add` can be told.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// The name to sign in with.
    pub name: String,

    /// What the user may do; each role may do what the ones before it may.
    #[arg(long, value_enum, default_value_t = RoleName::Analyst)]
    pub role: RoleName,

    /// Where the password comes from.
    #[command(flatten)]
    pub password: PasswordArguments,
}

/// What `user list` can be told.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Print the list as JSON.
    #[arg(long)]
    pub json: bool,
}

/// A user, by name.
#[derive(Debug, Args)]
pub struct NameArguments {
    /// The user's name.
    pub name: String,
}

/// What `user reset` can be told.
#[derive(Debug, Args)]
pub struct ResetArguments {
    /// The user's name.
    pub name: String,

    /// Where the password comes from.
    #[command(flatten)]
    pub password: PasswordArguments,
}

/// Where a password comes from. Never an argument: those are seen in the list of processes.
#[derive(Clone, Copy, Debug, Args)]
pub struct PasswordArguments {
    /// Read the password from the first line of standard input; otherwise one is generated and
    /// printed once.
    #[arg(long)]
    pub password_stdin: bool,
}

/// The roles, as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Reads rounds that are not published yet.
    Reader,
    /// Assesses.
    Analyst,
    /// Publishes rounds and imports files.
    Reviewer,
    /// Administers users.
    Administrator,
}

impl RoleName {
    /// The role itself.
    fn role(self) -> Role {
        match self {
            Self::Reader => Role::Reader,
            Self::Analyst => Role::Analyst,
            Self::Reviewer => Role::Reviewer,
            Self::Administrator => Role::Administrator,
        }
    }
}

/// Does what was asked for with the users.
pub async fn run(database: &DatabaseUrl, arguments: UserArguments) -> Result<(), Failure> {
    let store = match arguments.command {
        UserCommand::Add(_) => super::open(database).await?,
        _ => super::open_existing(database).await?,
    };
    let by = Actor::command_line();
    let of_store = |error| Failure::of_store(&error);
    match arguments.command {
        UserCommand::Add(add) => {
            let given = add.password.read()?;
            let generated = given == NewPassword::Generated;
            let password = store
                .add_account(&by, &add.name, add.role.role(), given)
                .await
                .map_err(of_store)?;
            if generated {
                output::line(password)?;
            }
        }
        UserCommand::List(list) => {
            let accounts = store.accounts().await.map_err(of_store)?;
            if list.json {
                let accounts: Vec<_> = accounts
                    .iter()
                    .map(|account| {
                        serde_json::json!({
                            "name": account.pseudonym,
                            "role": account.role,
                            "disabled": account.disabled,
                        })
                    })
                    .collect();
                output::line(serde_json::to_string(&accounts)?)?;
            } else {
                for account in accounts {
                    let disabled = if account.disabled { "  disabled" } else { "" };
                    output::line(format_args!(
                        "{:<24} {}{disabled}",
                        account.pseudonym,
                        account.role.code()
                    ))?;
                }
            }
        }
        UserCommand::Disable(name) => {
            store
                .disable_account(&by, &name.name)
                .await
                .map_err(of_store)?;
        }
        UserCommand::Reset(reset) => {
            let given = reset.password.read()?;
            let generated = given == NewPassword::Generated;
            let password = store
                .reset_account(&by, &reset.name, given)
                .await
                .map_err(of_store)?;
            if generated {
                output::line(password)?;
            }
        }
    }
    store.close().await.map_err(of_store)
}

impl PasswordArguments {
    /// The first line of standard input, or a word that one is to be made up.
    fn read(self) -> Result<NewPassword, Failure> {
        if !self.password_stdin {
            return Ok(NewPassword::Generated);
        }
        let mut line = String::new();
        std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(Failure::while_doing("cannot read the password"))?;
        Ok(NewPassword::Given(
            line.trim_end_matches(['\r', '\n']).to_owned(),
        ))
    }
}
