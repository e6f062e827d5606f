//! The commands, one file each, and how each of them opens its database.

pub mod backup;
pub mod check;
pub mod compact;
pub mod demo;
pub mod download;
pub mod encryption;
pub mod export;
pub mod failure;
pub mod import;
pub mod import_arguments;
mod import_mapping;
pub mod imports;
pub mod migrate;
pub mod output;
pub mod private_file;
pub mod redact;
pub mod restore;
pub mod scheduled_backups;
pub mod serve;
pub mod upgrade;
pub mod user;
pub mod whole_file;

use data::store::{PositionChange, Store};

use self::failure::Failure;
use crate::database_url::DatabaseUrl;

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

pub(crate) fn not_opened(error: data::store::Error) -> Failure {
    let Failure(why) = Failure::of_store(&error);
    Failure(format!("cannot open the database: {why}"))
}
