//! `check`: verify a database.

use super::failure::Failure;
use super::output;
use crate::cli::DatabaseUrl;
use data::domain::Message;
use data::store::Finding;

/// Prints what is wrong, if anything is. `noted` is an entry of the history that has to be there.
pub async fn run(database: &DatabaseUrl, noted: Option<(i64, String)>) -> Result<(), Failure> {
    let failure = |error| Failure::of_store(&error);
    let store = super::open_existing(database).await?;
    let mut findings = store.check().await.map_err(failure)?;
    if let Some((number, hash)) = noted
        && store.history_hash(number).await.map_err(failure)? != Some(hash)
    {
        let cut_off = Message::new("check-history-cut-off").with("entry", number);
        findings.push(Finding(cut_off));
    }
    let (entries, _) = store.revision().await.map_err(failure)?;
    let last = store.history_hash(entries).await.map_err(failure)?;
    store.close().await.map_err(failure)?;
    for finding in &findings {
        output::line(app::translations::message(&finding.0))?;
    }
    match findings.len() {
        0 => {
            output::line(format_args!(
                "All is well: {entries} entries of the history fit together."
            ))?;
            if let Some(hash) = last {
                output::line("To notice later that none of them was cut off, note elsewhere:")?;
                output::line(format_args!("  --noted {entries}:{hash}"))?;
            }
            Ok(())
        }
        1 => Err(Failure::new("one thing is not as it must be")),
        count => Err(Failure::new(format!(
            "{count} things are not as they must be"
        ))),
    }
}
