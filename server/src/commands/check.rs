//! `check`: verify a database.

use super::failure::Failure;
use crate::cli::DatabaseUrl;

/// Prints what is wrong, if anything is.
pub async fn run(database: &DatabaseUrl) -> Result<(), Failure> {
    let store = super::open(database).await?;
    let findings = store
        .check()
        .await
        .map_err(|error| Failure::of_store(&error))?;
    let (entries, _) = store
        .revision()
        .await
        .map_err(|error| Failure::of_store(&error))?;
    store
        .close()
        .await
        .map_err(|error| Failure::of_store(&error))?;
    for finding in &findings {
        println!("{}", app::translations::message(&finding.0));
    }
    match findings.len() {
        0 => {
            println!("All is well: {entries} entries of the history fit together.");
            Ok(())
        }
        1 => Err(Failure::new("one thing is not as it must be")),
        count => Err(Failure::new(format!(
            "{count} things are not as they must be"
        ))),
    }
}
