//! `user`: who can sign in.

use clap::{Args, Subcommand, ValueEnum};

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
    /// The code that the database holds.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Analyst => "analyst",
            Self::Reviewer => "reviewer",
            Self::Administrator => "administrator",
        }
    }
}
