//! The commands, one file each, and where each of them begins.

pub mod demo;
pub mod export;
pub mod failure;
pub mod import;
pub mod serve;
pub mod user;

use self::failure::Failure;
use crate::cli::{Cli, Command};

/// Does what was asked for.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Serve(arguments) => serve::run(&cli.database, arguments).await,
        Command::Import(_)
        | Command::Export(_)
        | Command::Demo(_)
        | Command::User(_)
        | Command::Migrate
        | Command::Check => Err(Failure::new("this command is not part of this build")),
    }
}
