//! `user`: who can sign in, what each may do, and what happened to whom.

use std::io::BufRead as _;

use app::text::translations;
use clap::{Args, Subcommand, ValueEnum};
use data::domain::Role;
use data::store::{Actor, NewPassword, Store};

use super::failure::Failure;
use super::output;
use crate::database_url::DatabaseUrl;

const EXAMPLES: &str = "\
A name is a pseudonym: no real name and no e-mail address is needed anywhere.

Examples:
  upr-tracker user add anna --role analyst        prints a new password, once
  pass show upr/anna | upr-tracker user add anna --password-stdin
  upr-tracker user reset anna                     a new password; signs anna out everywhere
  upr-tracker user role anna reviewer             from anna's next request on
  upr-tracker user disable anna
  upr-tracker user remove anna                    the history keeps the name
  upr-tracker user log                            who signed in, failed to, and changed what";

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
    /// Give a user another role. It holds from the user's next request on.
    Role(RoleArguments),
    /// Remove a user, with sessions, drafts and uploads. The history keeps the name, and nobody else
    /// can be added under it or under one that looks like it.
    Remove(NameArguments),
    /// Show the security log, the newest entries first: sign-ins, failures, sessions, passwords, roles,
    /// exports by users, redactions. It holds no addresses.
    Log(LogArguments),
}

/// What `user role` can be told.
#[derive(Debug, Args)]
pub struct RoleArguments {
    /// The user's name.
    pub name: String,

    /// What the user may do; each role may do what the ones before it may.
    #[arg(value_enum)]
    pub role: RoleName,
}

/// What `user log` can be told.
#[derive(Debug, Args)]
pub struct LogArguments {
    /// How many entries at most.
    #[arg(long, default_value_t = 100, value_name = "NUMBER")]
    pub limit: u64,

    /// Print them as JSON, one a line.
    #[arg(long)]
    pub json: bool,
}

/// What `user add` can be told.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// The name to sign in with.
    pub name: String,

    /// What the user may do; each role may do what the ones before it may.
    #[arg(long, value_enum, default_value_t = RoleName::Analyst)]
    pub role: RoleName,

    /// The same person was removed under this name and comes back. Otherwise it is refused, because
    /// the history would show two people as one.
    #[arg(long)]
    pub returning: bool,

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
            let role = add.role.role();
            let password = if add.returning {
                store
                    .add_returning_account(&by, &add.name, role, given)
                    .await
            } else {
                store.add_account(&by, &add.name, role, given).await
            }
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
        UserCommand::Role(role) => {
            store
                .set_role(&by, &role.name, role.role.role())
                .await
                .map_err(of_store)?;
        }
        UserCommand::Remove(name) => {
            store
                .remove_account(&by, &name.name)
                .await
                .map_err(of_store)?;
        }
        UserCommand::Log(log) => show_log(&store, log).await?,
    }
    store.close().await.map_err(of_store)
}

async fn show_log(store: &Store, log: LogArguments) -> Result<(), Failure> {
    let entries = store.security_log(log.limit).await;
    for entry in entries.map_err(|error| Failure::of_store(&error))? {
        if log.json {
            let line = serde_json::json!({
                "at": translations::second(entry.at),
                "last_at": translations::second(entry.last_at),
                "what": entry.kind.code(),
                "who": entry.who,
                "about": entry.about,
                "times": entry.times,
            });
            output::line(line)?;
        } else {
            let what = translations::security_entry(&entry);
            let parts = [what, entry.who, entry.about];
            let told: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            output::line(format_args!(
                "{}  {}",
                translations::second(entry.at),
                told.join("; ")
            ))?;
        }
    }
    Ok(())
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
