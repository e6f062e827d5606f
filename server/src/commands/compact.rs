//! `compact`: give back the space that a SQLite database does not use.

use super::failure::Failure;
use super::output;
use crate::database_url::DatabaseUrl;

/// Rewrites the database and says how large it was and is.
pub async fn run(database: &DatabaseUrl) -> Result<(), Failure> {
    let failure = |error| Failure::of_store(&error);
    let store = super::open_existing(database).await?;
    store.free_staging().await.map_err(failure)?;
    let sizes = store.compact().await.map_err(failure)?;
    store.close().await.map_err(failure)?;
    output::line(match sizes {
        Some((before, after)) => format!("{} MiB before, {} MiB now.", before >> 20, after >> 20),
        None => "PostgreSQL gives space back by itself.".to_owned(),
    })?;
    Ok(())
}
