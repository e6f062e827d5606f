//! Writes the database of a fixture; `data/tests/fixtures/make.sh` runs it.

use crate::everything::fill;
use data::store::Store;

/// Not a test: fills the empty database that `FIXTURE_DATABASE` names.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes a fixture; see data/tests/fixtures/README.md"]
async fn write_the_database_of_a_fixture() {
    let url = std::env::var("FIXTURE_DATABASE").unwrap();
    let store = Store::open(&url).await.unwrap();
    fill(&store).await;
    assert_eq!(store.check().await.unwrap(), []);
    store.close().await.unwrap();
}
