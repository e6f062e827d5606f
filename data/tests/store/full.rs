//! A disk that is full for a while, locks of other programs, files that go away: what was acknowledged
//! stays, what was refused can be repeated.

use crate::support::{
    Fresh, REVIEW, ROUND, actor, code, file, incoming, new_round, new_run, on_each_database,
    paragraph, save, stage, with_round,
};
use data::domain::Role;
use data::store::{BulkChange, DraftReason, Error, NewPassword, Outage, Store, Unready};
use sea_orm::ConnectionTrait as _;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sea_orm::sqlx::{self, Connection as _};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

const PASSWORD: &str = "a long password";

/// What was acknowledged: the rationale by recommendation.
type Acknowledged = BTreeMap<u32, String>;

/// Repeats a change until the disk is full; how often it was done before that.
async fn until_full<T>(mut change: impl AsyncFnMut(u32) -> Result<T, Error>) -> u32 {
    for done in 0..400 {
        match change(done).await {
            Ok(_) => {}
            Err(Error::Full(_)) => return done,
            Err(error) => panic!("refused for another reason: {error:?}"),
        }
    }
    panic!("the disk never became full");
}

/// Saves one recommendation after the other, over the present version, and notes what was acknowledged.
async fn save_next(
    store: &Store,
    number: u32,
    text: &str,
    acknowledged: &mut Acknowledged,
) -> Result<(), Error> {
    let record = store.review_record(code(REVIEW)).await?;
    let wanted = paragraph(&format!("120.{number}"));
    let one = record
        .recommendations
        .iter()
        .find(|one| one.paragraph == wanted);
    let id = one.unwrap().id;
    let assessments = &record.round(ROUND).unwrap().assessments;
    let version = assessments.get(&id).map_or(0, |one| one.version);
    let save = save(number, version, "in_process", text);
    store.save_assessment(&actor(), None, &save).await?;
    acknowledged.insert(number, text.to_owned());
    Ok(())
}

async fn assert_there(store: &Store, acknowledged: &Acknowledged) {
    let record = store.review_record(code(REVIEW)).await.unwrap();
    let round = record.round(ROUND).unwrap();
    for one in &record.recommendations {
        let number: u32 = one.paragraph.as_str()[4..].parse().unwrap();
        let saved = round.assessments.get(&one.id);
        assert_eq!(
            saved.map(|saved| &saved.rationale),
            acknowledged.get(&number),
            "{number}"
        );
    }
    assert_eq!(store.check().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_change_is_refused_and_goes_on_when_there_is_space() {
    let fresh = Fresh::sqlite();
    let store = Store::open(&fresh.url).await.unwrap();
    with_round(&store, 30).await;
    let given = || NewPassword::Given(PASSWORD.to_owned());
    store
        .add_account(&actor(), "ada", Role::Analyst, given())
        .await
        .unwrap();
    let signed_in = store.sign_in("ada", PASSWORD).await.unwrap().unwrap();
    let account = store.signed_in(&signed_in.token).await.unwrap().unwrap().id;
    let long = "Nothing was done about it. ".repeat(700);
    let mut acknowledged = Acknowledged::new();
    store.limit_pages(Some(1));

    // Several times over: the first refusal alone did not lose what came after it.
    for round in 0..3 {
        let saved = until_full(async |done| {
            let text = format!("{round} {done} {}", long.trim());
            save_next(&store, done % 30 + 1, &text, &mut acknowledged).await
        });
        assert!(saved.await < 100);
        // A refusal for another reason comes between.
        let stale = save(1, 77, "in_process", "stale");
        let refused = store.save_assessment(&actor(), None, &stale).await;
        assert!(
            matches!(refused, Err(Error::Conflict(_) | Error::Full(_))),
            "{refused:?}"
        );
    }
    until_full(async |done| {
        let text = format!("{done} {long}");
        let save = save(done % 30 + 1, 0, "in_process", &text);
        store.keep_draft(account, &save, &DraftReason::Typed).await
    })
    .await;
    until_full(async |done| {
        let record = store.review_record(code(REVIEW)).await?;
        let assessments = &record.round(ROUND).unwrap().assessments;
        let seen: Vec<_> = record
            .recommendations
            .iter()
            .map(|one| {
                let version = assessments.get(&one.id).map_or(0, |one| one.version);
                (one.paragraph.clone(), version)
            })
            .collect();
        let status = if done % 2 == 0 {
            "in_process"
        } else {
            "implemented"
        };
        let what = BulkChange {
            status: Some(status.to_owned()),
            reason: "All at once".to_owned(),
            ..BulkChange::default()
        };
        store
            .change_many(&actor(), code(REVIEW), ROUND, &seen, &what)
            .await
    })
    .await;
    until_full(async |done| {
        let more = file(
            (0..200)
                .map(|row| incoming(1_000 * (done + 1) + row))
                .collect(),
        );
        let source = move |sink: &mut dyn data::exchange::Sink| more.replay(sink);
        store.stage_import(&actor(), &new_run(), source).await
    })
    .await;
    until_full(async |done| {
        let new = new_round(&format!("other-{done}"));
        store.open_round(&actor(), code(REVIEW), &new).await
    })
    .await;
    let published = store.publish_round(&actor(), code(REVIEW), ROUND).await;
    assert!(matches!(published, Err(Error::Full(_))), "{published:?}");
    until_full(async |done| {
        store
            .add_account(&actor(), &format!("analyst-{done}"), Role::Analyst, given())
            .await
    })
    .await;
    until_full(async |done| {
        let content = vec![0; 40_000];
        assert!(done < 100);
        store.keep_upload(account, &new_run(), content).await
    })
    .await;
    // A session is small: it fits where the last change did not. Until one does not, nobody is lost.
    let mut sessions = Vec::new();
    let refused = loop {
        match store.sign_in("ada", PASSWORD).await {
            Ok(signed_in) => sessions.push(signed_in.unwrap().token),
            Err(error) => break error,
        }
        assert!(sessions.len() < 60);
    };
    assert!(matches!(refused, Error::Full(_)), "{refused:?}");
    for token in &sessions {
        assert!(store.signed_in(token).await.unwrap().is_some());
    }
    // Reading goes on.
    assert!(store.review_record(code(REVIEW)).await.is_ok());

    store.limit_pages(None);
    for number in 1..=30 {
        let text = format!("There is space again: {number}");
        save_next(&store, number, &text, &mut acknowledged)
            .await
            .unwrap();
    }
    let draft = save(1, 0, "in_process", "A draft");
    let kept = store.keep_draft(account, &draft, &DraftReason::Typed);
    kept.await.unwrap();
    let run = stage(&store, file(vec![incoming(900)])).await;
    store.apply_import(&actor(), run.id).await.unwrap();
    store
        .keep_upload(account, &new_run(), vec![0; 40_000])
        .await
        .unwrap();
    store
        .add_account(&actor(), "later", Role::Reviewer, given())
        .await
        .unwrap();
    let session = store.sign_in("later", PASSWORD).await.unwrap().unwrap();
    let expected = store.revision().await.unwrap();
    store.close().await.unwrap();

    // Of the file alone.
    let path = fresh.path();
    assert!(!path.with_extension("db-wal").exists());
    let store = Store::open(&fresh.url).await.unwrap();
    assert_eq!(store.revision().await.unwrap(), expected);
    assert_there(&store, &acknowledged).await;
    assert!(store.signed_in(&session.token).await.unwrap().is_some());
    for token in &sessions {
        assert!(store.signed_in(token).await.unwrap().is_some());
    }
    store
        .publish_round(&actor(), code(REVIEW), ROUND)
        .await
        .unwrap();
    assert_eq!(store.check().await.unwrap(), []);
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_full_disk_the_database_is_ready_again() {
    let fresh = Fresh::sqlite();
    let store = Store::open(&fresh.url).await.unwrap();
    with_round(&store, 3).await;
    assert_eq!(store.readiness().await, Ok(()));
    store.limit_pages(Some(1));
    let long = "Nothing was done. ".repeat(1_000);
    let mut acknowledged = Acknowledged::new();
    until_full(async |done| {
        save_next(
            &store,
            done % 3 + 1,
            &format!("{done} {}", long.trim()),
            &mut acknowledged,
        )
        .await
    })
    .await;
    store.limit_pages(None);
    save_next(&store, 1, "Space", &mut acknowledged)
        .await
        .unwrap();
    assert_eq!(store.readiness().await, Ok(()));
    assert_there(&store, &acknowledged).await;
}

/// The defect of the driver that the pools of a store work around, without any code of this program. When
/// this fails, the driver counts correctly, and the workaround may go.
#[tokio::test]
async fn the_driver_commits_nothing_after_sqlite_has_rolled_back() {
    let fresh = Fresh::sqlite();
    let options = SqliteConnectOptions::new()
        .filename(fresh.path())
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    let pool = SqlitePoolOptions::new().max_connections(1);
    let pool = pool.connect_with(options.clone()).await.unwrap();
    sqlx::query("CREATE TABLE t (x)")
        .execute(&pool)
        .await
        .unwrap();
    // A transaction that SQLite has ended by itself, as it does on SQLITE_FULL.
    let mut tx = pool.begin().await.unwrap();
    sqlx::raw_sql("ROLLBACK").execute(&mut *tx).await.unwrap();
    drop(tx);
    // The next one is given up by the program: its ROLLBACK TO leaves a transaction open.
    let tx = pool.begin().await.unwrap();
    drop(tx);
    // And this one is "committed" into that.
    let mut tx = pool.begin().await.unwrap();
    sqlx::query("INSERT INTO t VALUES (1)")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut other = sqlx::SqliteConnection::connect_with(&options)
        .await
        .unwrap();
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM t")
        .fetch_one(&mut other)
        .await
        .unwrap();
    assert_eq!(rows, 0, "the driver has been mended");
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_that_wait_for_a_foreign_lock_are_refused_together() {
    on_each_database(async |database| {
        if database.url().starts_with("postgres") {
            return;
        }
        let store = &database.store;
        with_round(store, 8).await;
        let before = store.revision().await.unwrap();
        let other = database.raw().await;
        other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
        let begun = std::time::Instant::now();
        let mut waiting = tokio::task::JoinSet::new();
        for number in 1..=8 {
            let store = Arc::clone(store);
            waiting.spawn(async move {
                let save = save(number, 0, "in_process", "Locked");
                store.save_assessment(&actor(), None, &save).await
            });
        }
        while let Some(refused) = waiting.join_next().await {
            let refused = refused.unwrap();
            assert!(
                matches!(refused, Err(Error::Unavailable(Outage::Locked, _))),
                "{refused:?}"
            );
        }
        // One after the other they would have waited for forty seconds.
        assert!(begun.elapsed().as_secs() < 20);
        assert_eq!(store.revision().await.unwrap(), before);
        other.execute_unprepared("ROLLBACK").await.unwrap();
        for number in 1..=8 {
            let save = save(number, 0, "in_process", "Locked");
            store.save_assessment(&actor(), None, &save).await.unwrap();
        }
        assert_eq!(store.revision().await.unwrap().0, before.0 + 8);
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_into_a_file_that_has_gone() {
    let fresh = Fresh::sqlite();
    let store = Store::open(&fresh.url).await.unwrap();
    with_round(&store, 3).await;
    let first = save(1, 0, "in_process", "Before");
    store.save_assessment(&actor(), None, &first).await.unwrap();
    let (path, aside) = (fresh.path(), fresh.path().with_extension("aside"));
    let log = path.with_extension("db-wal");
    for gone in [&path, &log] {
        std::fs::rename(gone, &aside).unwrap();
        let second = save(2, 0, "in_process", "Into nothing");
        let refused = store.save_assessment(&actor(), None, &second).await;
        assert!(
            matches!(refused, Err(Error::Unavailable(Outage::Moved, _))),
            "{refused:?}"
        );
        let unready = Err(Unready::Outage(Outage::Moved));
        assert_eq!(store.readiness().await, unready);
        std::fs::rename(&aside, gone).unwrap();
        assert_eq!(store.readiness().await, Ok(()));
    }
    // Another file of the same name is not the one that was opened.
    std::fs::rename(&path, &aside).unwrap();
    std::fs::copy(&aside, &path).unwrap();
    let second = save(2, 0, "in_process", "Into nothing");
    let refused = store.save_assessment(&actor(), None, &second).await;
    assert!(matches!(refused, Err(Error::Unavailable(Outage::Moved, _))));
    std::fs::rename(&aside, &path).unwrap();
    store
        .save_assessment(&actor(), None, &second)
        .await
        .unwrap();
    assert_eq!(store.check().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_page_is_reported() {
    let fresh = Fresh::sqlite();
    let store = Store::open(&fresh.url).await.unwrap();
    with_round(&store, 300).await;
    store.close().await.unwrap();
    // While it is open, since opening reads some pages itself. The first bytes of pages say what they are; the
    // first page is left as it is.
    let store = Arc::new(Store::open(&fresh.url).await.unwrap());
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(fresh.path())
        .unwrap();
    let pages = file.metadata().unwrap().len() / 4_096;
    for page in pages / 2..pages {
        std::os::unix::fs::FileExt::write_all_at(&file, &[0xff; 16], page * 4_096).unwrap();
    }
    let examined = Arc::clone(&store);
    let examining = tokio::spawn(async move { examined.keep_examining().await });
    let begun = std::time::Instant::now();
    while store.readiness().await != Err(Unready::Damaged) {
        assert!(begun.elapsed().as_secs() < 30);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    examining.abort();
}

/// Polls a future so many times, then drops it; none if it was not ready by then.
async fn polled<F: Future>(future: F, times: u32) -> Option<F::Output> {
    let mut future = pin!(future);
    for _ in 0..times {
        if let Poll::Ready(done) = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            return Some(done);
        }
        tokio::time::sleep(std::time::Duration::from_micros(300)).await;
    }
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_given_up_at_any_moment_leaves_nothing_behind() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 10).await;
        let mut acknowledged = Acknowledged::new();
        let mut given_up = 0;
        for attempt in 0..240_u32 {
            let number = attempt % 10 + 1;
            let text = format!("attempt {attempt}");
            let saving = save_next(store, number, &text, &mut acknowledged);
            match polled(saving, attempt % 40 + 1).await {
                Some(saved) => saved.unwrap(),
                None => given_up += 1,
            }
        }
        assert!(given_up > 20, "{given_up}");
        // A change that was given up may have arrived or not; the ones after it have.
        for number in 1..=10 {
            let text = format!("at last {number}");
            save_next(store, number, &text, &mut acknowledged)
                .await
                .unwrap();
        }
        assert_there(store, &acknowledged).await;
        let second = database.second_store().await;
        assert_there(&second, &acknowledged).await;
        second.close().await.unwrap();
    })
    .await;
}

/// What stands between a store and its PostgreSQL.
mod between {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::sync::atomic::{AtomicU8, Ordering};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    pub(super) const OPEN: u8 = 0;
    /// Connections are ended, and so are new ones.
    pub(super) const CUT: u8 = 1;
    /// Nothing is answered, and nothing is ended.
    pub(super) const FROZEN: u8 = 2;

    /// Passes connections on as long as it is open.
    #[derive(Clone)]
    pub(super) struct Way {
        state: Arc<AtomicU8>,
        streams: Arc<Mutex<Vec<TcpStream>>>,
        pub(super) port: u16,
    }

    impl Way {
        pub(super) fn to(server: String) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let way = Self {
                state: Arc::default(),
                streams: Arc::default(),
                port: listener.local_addr().unwrap().port(),
            };
            let accepting = way.clone();
            // Ends with the process.
            std::thread::spawn(move || {
                for client in listener.incoming().map_while(Result::ok) {
                    if accepting.state.load(Ordering::SeqCst) != CUT {
                        accepting.pass(client, TcpStream::connect(&server).unwrap());
                    }
                }
            });
            way
        }

        fn pass(&self, client: TcpStream, server: TcpStream) {
            let copies = [client.try_clone().unwrap(), server.try_clone().unwrap()];
            self.streams.lock().unwrap().extend(copies);
            let back = (server.try_clone().unwrap(), client.try_clone().unwrap());
            for (mut from, mut to) in [(client, server), back] {
                let state = Arc::clone(&self.state);
                std::thread::spawn(move || {
                    let mut bytes = [0; 8_192];
                    while let Ok(count @ 1..) = from.read(&mut bytes) {
                        while state.load(Ordering::SeqCst) == FROZEN {
                            std::thread::sleep(Duration::from_millis(5));
                        }
                        if to.write_all(&bytes[..count]).is_err() {
                            break;
                        }
                    }
                    let _ = to.shutdown(std::net::Shutdown::Both);
                });
            }
        }

        pub(super) fn set(&self, state: u8) {
            self.state.store(state, Ordering::SeqCst);
            if state == CUT {
                for stream in self.streams.lock().unwrap().drain(..) {
                    let _ = stream.shutdown(std::net::Shutdown::Both);
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_is_reported_and_everything_goes_on_after_it() {
    on_each_database(async |database| {
        let Some(rest) = database.url().strip_prefix("postgres://") else {
            return;
        };
        with_round(&database.store, 4).await;
        let (user, rest) = rest.split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let way = between::Way::to(server.to_owned());
        let url = format!("postgres://{user}@127.0.0.1:{}/{name}", way.port);
        let store = Store::open(&url).await.unwrap();
        let mut acknowledged = Acknowledged::new();
        for (number, state) in [(1, between::CUT), (2, between::FROZEN), (3, between::CUT)] {
            let text = format!("before {number}");
            save_next(&store, number, &text, &mut acknowledged)
                .await
                .unwrap();
            way.set(state);
            let begun = std::time::Instant::now();
            let save = save(4, 0, "in_process", "away");
            let refused = store.save_assessment(&actor(), None, &save).await;
            assert!(
                matches!(refused, Err(Error::Unavailable(Outage::Unreachable, _))),
                "{refused:?}"
            );
            assert_eq!(
                store.readiness().await,
                Err(Unready::Outage(Outage::Unreachable))
            );
            // Before, each waited for fifteen seconds.
            assert!(begun.elapsed().as_secs() < 12);
            way.set(between::OPEN);
            let text = format!("after {number}");
            let mut attempts = 0;
            while save_next(&store, number, &text, &mut acknowledged)
                .await
                .is_err()
            {
                attempts += 1;
                assert!(attempts < 10);
            }
            assert_eq!(store.readiness().await, Ok(()));
        }
        assert_there(&database.store, &acknowledged).await;
        store.close().await.unwrap();
    })
    .await;
}
