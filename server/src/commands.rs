//! The commands, one file each, and where each of them begins.

pub mod check;
pub mod compact;
pub mod demo;
pub mod export;
pub mod failure;
pub mod import;
pub mod imports;
pub mod migrate;
pub mod output;
pub mod serve;
pub mod user;
pub mod whole_file;

use data::store::Store;

use self::failure::Failure;
use crate::cli::{Cli, Command, DatabaseUrl};

/// Does what was asked for.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Serve(arguments) => serve::run(&cli.database, arguments).await,
        Command::Migrate => migrate::run(&cli.database).await,
        Command::Import(arguments) => import::run(&cli.database, arguments).await,
        Command::Imports(arguments) => imports::run(&cli.database, arguments).await,
        Command::Export(arguments) => export::run(&cli.database, arguments).await,
        Command::Demo(arguments) => demo::run(&cli.database, &arguments).await,
        Command::User(arguments) => user::run(&cli.database, arguments).await,
        Command::Compact => compact::run(&cli.database).await,
        Command::Check { noted, seed } => check::run(&cli.database, noted, seed).await,
    }
}

/// Opens the database, creating and migrating it as needed.
async fn open(database: &DatabaseUrl) -> Result<Store, Failure> {
    Store::open(database.as_str()).await.map_err(not_opened)
}

/// Opens a database that has to be there: whoever mistypes its name is told so, and does not read that
/// all is well with a new one.
async fn open_existing(database: &DatabaseUrl) -> Result<Store, Failure> {
    Store::open_existing(database.as_str())
        .await
        .map_err(not_opened)
}

fn not_opened(error: data::store::Error) -> Failure {
    let Failure(why) = Failure::of_store(&error);
    Failure(format!("cannot open the database: {why}"))
}
