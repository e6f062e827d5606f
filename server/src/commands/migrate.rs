//! `migrate`: bring the database's tables up to this version of the program.

use super::failure::Failure;
use super::output;
use crate::cli::DatabaseUrl;

/// Opening a database migrates it, so there is nothing more to do than that.
pub async fn run(database: &DatabaseUrl) -> Result<(), Failure> {
    super::open(database).await?.close().await?;
    output::line("The database is up to date.")
}
