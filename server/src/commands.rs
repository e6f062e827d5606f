//! The commands, one file each, and where each of them begins.

pub mod backup;
pub mod check;
pub mod compact;
pub mod demo;
pub mod download;
pub mod encryption;
pub mod export;
pub mod failure;
pub mod import;
mod import_mapping;
pub mod imports;
pub mod migrate;
pub mod output;
pub mod private_file;
pub mod redact;
pub mod restore;
pub mod serve;
pub mod upgrade;
pub mod user;
pub mod whole_file;

use data::store::{PositionChange, Store};

use self::failure::Failure;
use crate::cli::{Cli, Command};
use crate::database_url::DatabaseUrl;

/// Does what was asked for, and closes the database in good order even where that failed.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    app::text::translations::recognise_column_labels();
    let faults = data::settings::faults();
    if !faults.is_empty() {
        return Err(Failure::of_messages(&faults));
    }
    if cli.accept_missing_log {
        accept_missing_log(&cli.database).await?;
    }
    let done = Box::pin(dispatch(cli)).await;
    let closing = tokio::task::spawn_blocking(data::store::wait_for_closing);
    closing.await.map_err(Failure::from)?;
    done
}

async fn accept_missing_log(database: &DatabaseUrl) -> Result<(), Failure> {
    let was_missing = Store::accept_missing_log(database.as_str())
        .await
        .map_err(not_opened)?;
    if was_missing {
        output::aside_line(app::text::translations::text("database-log-given-up", &[]));
    }
    Ok(())
}

async fn dispatch(cli: Cli) -> Result<(), Failure> {
    let upgrades = match &cli.command {
        Command::Backup(_) | Command::Restore(_) => false,
        Command::Migrate(arguments) => !arguments.dry_run,
        _ => true,
    };
    if upgrades {
        upgrade::back_up_first(&cli.database, &cli.backups).await?;
    }
    match cli.command {
        Command::Serve(arguments) => serve::run(&cli.database, arguments, cli.backups).await,
        Command::Migrate(arguments) => migrate::run(&cli.database, arguments).await,
        Command::Backup(arguments) => backup::run(&cli.database, arguments).await,
        Command::Restore(arguments) => restore::run(&cli.database, arguments).await,
        Command::Import(arguments) => Box::pin(import::run(&cli.database, arguments)).await,
        Command::Imports(arguments) => imports::run(&cli.database, arguments).await,
        Command::Export(arguments) => export::run(&cli.database, arguments).await,
        Command::Demo(arguments) => demo::run(&cli.database, &arguments).await,
        Command::User(arguments) => user::run(&cli.database, arguments).await,
        Command::Redact(arguments) => redact::run(&cli.database, arguments, &cli.backups).await,
        Command::Compact => compact::run(&cli.database).await,
        Command::Check { noted, seed } => check::run(&cli.database, noted, seed).await,
    }
}

/// Opens the database, creating and migrating it as needed.
async fn open(database: &DatabaseUrl) -> Result<Store, Failure> {
    let store = Store::open(database.as_str()).await.map_err(not_opened)?;
    report_upgrade(&store);
    Ok(store)
}

/// Lists the positions that another claim decides since the database was upgraded.
fn report_upgrade(store: &Store) {
    for change in store.changed_by_upgrade() {
        output::aside_line(position_change(change));
    }
}

/// A position that an upgrade changes, as a sentence.
fn position_change(change: &PositionChange) -> String {
    let message = change.message(app::text::translations::position);
    app::text::translations::message(&message)
}

/// Opens a database that has to be there: whoever mistypes its name is told so, and does not read that
/// all is well with a new one.
async fn open_existing(database: &DatabaseUrl) -> Result<Store, Failure> {
    let store = Store::open_existing(database.as_str())
        .await
        .map_err(not_opened)?;
    report_upgrade(&store);
    Ok(store)
}

fn not_opened(error: data::store::Error) -> Failure {
    let Failure(why) = Failure::of_store(&error);
    Failure(format!("cannot open the database: {why}"))
}
