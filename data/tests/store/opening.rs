//! Opening databases, new, known and wrong ones.

use crate::support::{
    Fresh, REVIEW, actor, code, new_round, on_each_database, on_each_empty_database, refusal, save,
    with_round,
};
use data::store::{Error, Outage, Store};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

#[tokio::test(flavor = "multi_thread")]
async fn opening_again_changes_nothing() {
    on_each_database(async |database| {
        assert!(database.store.is_alive().await);
        let before = (
            database.store.revision().await.unwrap(),
            database.row_counts().await,
        );
        let scales = database.store.scales().await.unwrap();
        let codes: Vec<_> = scales.iter().map(|scale| scale.code.as_str()).collect();
        assert_eq!(codes, ["bhc-2023", "bhc-later", "upr-info"]);
        for _ in 0..2 {
            let store = database.second_store().await;
            assert_eq!(store.scales().await.unwrap(), scales);
            store.close().await.unwrap();
        }
        let after = (
            database.store.revision().await.unwrap(),
            database.row_counts().await,
        );
        assert_eq!(after, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_later_version_is_refused() {
    on_each_database(async |database| {
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)";
        database.tamper(later).await;
        let url = database.url();
        let refused = refusal(Store::open(url).await.map(drop));
        assert_eq!(refused, "database-of-later-version");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    std::fs::write(&file, "Dear reader, ".repeat(1_000)).unwrap();
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let opened = Store::open(&url).await;
    assert!(matches!(
        opened,
        Err(Error::Unavailable(Outage::Damaged, _))
    ));
    assert_eq!(std::fs::read(&file).unwrap().len(), 13_000);
    // A cut-off one.
    let fresh = Fresh::sqlite();
    let store = Store::open(&fresh.url).await.unwrap();
    store.load_bundled(&actor()).await.unwrap();
    store.close().await.unwrap();
    let path = fresh
        .url
        .trim_start_matches("sqlite://")
        .trim_end_matches("?mode=rwc");
    let bytes = std::fs::read(path).unwrap();
    std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    if let Ok(store) = Store::open(&fresh.url).await {
        assert!(store.check().await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_in_the_past_blocks_no_writer() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        let reader = database.raw().await;
        let (begin, journal) = match reader.get_database_backend() {
            DbBackend::Postgres => ("BEGIN ISOLATION LEVEL REPEATABLE READ", None),
            _ => ("BEGIN", Some("PRAGMA journal_mode")),
        };
        let one = async |sql: &str| {
            let statement = Statement::from_string(reader.get_database_backend(), sql);
            reader.query_one_raw(statement).await.unwrap().unwrap()
        };
        if let Some(pragma) = journal {
            let mode: String = one(pragma).await.try_get_by_index(0).unwrap();
            assert_eq!(mode, "wal");
        }
        reader.execute_unprepared(begin).await.unwrap();
        let count = async || -> i64 {
            one("SELECT COUNT(*) FROM event")
                .await
                .try_get_by_index(0)
                .unwrap()
        };
        let then = count().await;
        let began = std::time::Instant::now();
        for version in 0..5 {
            let save = save(1, version, "in_process", &format!("{version}"));
            store.save_assessment(&actor(), None, &save).await.unwrap();
        }
        store
            .publish_round(&actor(), code(REVIEW), crate::support::ROUND)
            .await
            .unwrap();
        // Less than anybody would wait for a lock.
        assert!(began.elapsed().as_secs() < 8);
        assert_eq!(count().await, then);
        reader.execute_unprepared("COMMIT").await.unwrap();
        // Publishing is sealed.
        assert_eq!(count().await, then + 7);
        store
            .open_round(&actor(), code(REVIEW), &new_round("next"))
            .await
            .unwrap();
    })
    .await;
}

/// Between a program and its PostgreSQL go passwords' hashes and who wrote what.
#[tokio::test]
async fn the_way_to_postgresql_can_be_encrypted() {
    let Ok(certificate) = std::env::var("TEST_POSTGRES_CERTIFICATE") else {
        println!("PostgreSQL skipped: TEST_POSTGRES_CERTIFICATE is not set");
        return;
    };
    on_each_empty_database(async |fresh| {
        if !fresh.url.starts_with("postgres") {
            return;
        }
        let open = async |how: &str| Store::open(&format!("{}?{how}", fresh.url)).await;
        open("sslmode=require")
            .await
            .unwrap()
            .close()
            .await
            .unwrap();
        let known = format!("sslmode=verify-full&sslrootcert={certificate}");
        open(&known).await.unwrap().close().await.unwrap();
        assert!(
            open("sslmode=verify-full").await.is_err(),
            "nobody knows the certificate"
        );
    })
    .await;
}
