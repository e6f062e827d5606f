//! Hands what was typed to the command that does it.

use data::store::Store;

use crate::cli::{Cli, Command};
use crate::commands::failure::Failure;
use crate::commands::{
    backup, check, compact, demo, export, import, imports, migrate, not_opened, output, redact,
    restore, serve, upgrade, user,
};
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
