//! `migrate`: bring the database's tables up to this version of the program.

use clap::Args;
use data::domain::Message;

use super::failure::Failure;
use super::output;
use crate::database_url::DatabaseUrl;

/// What `migrate` can be told.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct MigrateArguments {
    /// Say which steps would be taken, try them on a copy (PostgreSQL: in a transaction that is taken
    /// back, which keeps writers waiting meanwhile), and change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Opening a database migrates it, so there is nothing more to do than that.
pub async fn run(database: &DatabaseUrl, arguments: MigrateArguments) -> Result<(), Failure> {
    if arguments.dry_run {
        return Box::pin(rehearse(database)).await;
    }
    super::open(database).await?.close().await?;
    output::line("The database is up to date.")
}

async fn rehearse(database: &DatabaseUrl) -> Result<(), Failure> {
    let rehearsal = Box::pin(data::store::rehearse_migrations(database.as_str())).await;
    let rehearsal = rehearsal.map_err(|error| Failure::of_store(&error))?;
    if rehearsal.migrations.is_empty() {
        return output::line("The database is up to date.");
    }
    for step in &rehearsal.migrations {
        output::line(step)?;
    }
    for change in &rehearsal.positions {
        output::line(super::position_change(change))?;
    }
    for finding in &rehearsal.findings {
        output::line(app::text::translations::message(&finding.0))?;
    }
    let said = |key| Message::new(key).with("count", rehearsal.migrations.len());
    if rehearsal.findings.is_empty() {
        output::line(app::text::translations::message(&said("migrate-rehearsed")))
    } else {
        Err(Failure::of_message(&said("migrate-rehearsed-findings")))
    }
}
