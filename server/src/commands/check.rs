//! `check`: verify a database.

use super::failure::Failure;
use super::output;
use crate::database_url::DatabaseUrl;
use data::domain::Message;
use data::store::Finding;
use std::time::{SystemTime, UNIX_EPOCH};

/// Prints what is wrong, if anything is. `noted` is an entry of the history that has to be there; the
/// filters that lists are compared with the tables under are those of `seed`, or any.
pub async fn run(
    database: &DatabaseUrl,
    noted: Option<(i64, String)>,
    seed: Option<u64>,
) -> Result<(), Failure> {
    let failure = |error| Failure::of_store(&error);
    let store = super::open_existing(database).await?;
    let seed = seed.unwrap_or_else(any_seed);
    let mut findings = store.check_by(seed).await.map_err(failure)?;
    if let Some((number, hash)) = noted
        && store.history_hash(number).await.map_err(failure)? != Some(hash)
    {
        let cut_off = Message::new("check-history-cut-off").with("entry", number);
        findings.push(Finding(cut_off));
    }
    let (redacted, not_recomputable) = store.redacted_entries().await.map_err(failure)?;
    let (entries, _) = store.revision().await.map_err(failure)?;
    let last = store.history_hash(entries).await.map_err(failure)?;
    store.close().await.map_err(failure)?;
    for finding in &findings {
        output::line(app::text::translations::message(&finding.0))?;
    }
    let compared =
        format!("Lists were compared with the tables under the filters of --seed {seed}.");
    match findings.len() {
        0 => {
            output::line(format_args!(
                "All is well: {entries} entries of the history fit together."
            ))?;
            if redacted > 0 {
                output::line(format_args!(
                    "A text was removed from {redacted} of them, as the history says; the hashes of \
                     {not_recomputable} can no longer be recomputed."
                ))?;
            }
            output::line(compared)?;
            if let Some(hash) = last {
                output::line("To notice later that none of them was cut off, note elsewhere:")?;
                output::line(format_args!("  --noted {entries}:{hash}"))?;
            }
            Ok(())
        }
        count => {
            output::line(compared)?;
            Err(Failure::new(match count {
                1 => "one thing is not as it must be".to_owned(),
                count => format!("{count} things are not as they must be"),
            }))
        }
    }
}

/// By the clock: many checks try many filters.
fn any_seed() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    since.as_secs()
}
