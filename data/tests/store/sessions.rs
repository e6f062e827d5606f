//! Signing in: forms, pace, known browsers, sessions and the log of them.

use crate::support::{TestDatabase, actor, file, incoming, new_run, on_each_database, refusal};
use data::domain::{Message, Role};
use data::exchange::{Format, Mapping, ReadFailure, Sink};
use data::store::{
    Actor, DeviceCookie, Error, NewPassword, NewRun, PeerClass, SessionTimes, SignIn,
    SignInRefusal, SignedIn, Store, ThisBrowser, sha256,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

const PASSWORD: &str = "a long password";

/// Too long for any password, so it is wrong without being hashed: failures that cost no time.
fn never_right() -> String {
    "x".repeat(1_001)
}

async fn add(store: &data::store::Store, pseudonym: &str) {
    let password = NewPassword::Given(PASSWORD.to_owned());
    store
        .add_account(&actor(), pseudonym, Role::Analyst, password)
        .await
        .unwrap();
}

/// Who would have to wait is refused at once, so that no test waits.
fn without_patience(store: &Store) {
    store.set_session_times(SessionTimes {
        patience: Duration::ZERO,
        ..SessionTimes::default()
    });
}

/// Moves the last failures into the future, so that the next attempt is throttled on a slow machine too.
async fn fail_in_the_future(database: &TestDatabase) {
    let future = std::time::UNIX_EPOCH.elapsed().unwrap() + Duration::from_mins(30);
    let sql = format!(
        "UPDATE sign_in_failure SET last_at = {}",
        future.as_millis()
    );
    database.tamper(&sql).await;
}

fn is_busy(result: &Result<SignedIn, SignInRefusal>) -> bool {
    matches!(result, Err(SignInRefusal::Busy { seconds }) if (1..60).contains(seconds))
}

/// Signs in with a form that was just opened, from the same place.
async fn by_form(
    store: &Store,
    pseudonym: &str,
    password: &str,
    device: Option<&str>,
    own_device: bool,
) -> Result<SignedIn, SignInRefusal> {
    let peer = PeerClass::default();
    let form = store.sign_in_form(peer).await.unwrap();
    let sent = SignIn {
        pseudonym,
        password,
        form: &form,
        peer,
        device,
        own_device,
    };
    store.sign_in_by_form(sent).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_slow_a_pseudonym_down_known_or_not_and_never_close_it() {
    on_each_database(async |database| {
        let store = &database.store;
        without_patience(store);
        add(store, "fox").await;
        // As if the last failures had been so long ago, however slow this machine is.
        let failed_ago = async |millis: i64| {
            let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis();
            let at = i64::try_from(now).unwrap() - millis;
            let sql = format!("UPDATE sign_in_failure SET last_at = {at}");
            database.tamper(&sql).await;
        };
        for pseudonym in ["fox", "nobody", "zero\0", ""] {
            for _ in 0..5 {
                let result = store.sign_in(pseudonym, &never_right()).await.unwrap();
                assert_eq!(result, Err(SignInRefusal::Wrong), "{pseudonym:?}");
            }
            fail_in_the_future(&database).await;
            let result = store.sign_in(pseudonym, PASSWORD).await.unwrap();
            assert!(is_busy(&result), "{pseudonym:?}");
        }
        // Written otherwise, it is the same one.
        assert!(is_busy(&store.sign_in(" FOX ", PASSWORD).await.unwrap()));
        // Attempts before their time count for nothing, so they do not delay the next.
        failed_ago(0).await;
        let earlier = async |millis: u32| {
            let sql = format!("UPDATE sign_in_failure SET last_at = last_at - {millis}");
            database.tamper(&sql).await;
        };
        earlier(2_001).await;
        let result = store.sign_in("fox", &never_right()).await.unwrap();
        assert_eq!(result, Err(SignInRefusal::Wrong));
        // Each failure more takes longer,
        failed_ago(2_001).await;
        assert!(is_busy(&store.sign_in("fox", PASSWORD).await.unwrap()));
        // but however many there were, twenty seconds after the last one a password is compared.
        database
            .tamper("UPDATE sign_in_failure SET failures = 100000")
            .await;
        earlier(18_001).await;
        // This process has its own memory of the pace, and another one starts with what the database says.
        let other = database.second_store().await;
        without_patience(&other);
        assert!(other.sign_in("fox", PASSWORD).await.unwrap().is_ok());
        other.close().await.unwrap();
        // Success forgets the failures.
        let failed = "SELECT pseudonym_folded FROM sign_in_failure ORDER BY 1";
        assert_eq!(database.texts(failed).await, ["", "nobody", "zero"]);
        // And so does an hour, names that never existed included.
        earlier(3_600_001).await;
        let result = store.sign_in("other", &never_right()).await.unwrap();
        assert_eq!(result, Err(SignInRefusal::Wrong));
        assert_eq!(database.texts(failed).await, ["other"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_password_waits_for_its_turn() {
    on_each_database(async |database| {
        let store = &database.store;
        add(store, "fox").await;
        for _ in 0..5 {
            let result = store.sign_in("fox", &never_right()).await.unwrap();
            assert_eq!(result, Err(SignInRefusal::Wrong));
        }
        assert!(by_form(store, "fox", PASSWORD, None, false).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_made_all_at_once_are_counted_too() {
    on_each_database(async |database| {
        without_patience(&database.store);
        let mut tasks = JoinSet::new();
        // Of another process as well: counts are in the database.
        let second = Arc::new(database.second_store().await);
        without_patience(&second);
        for number in 0..24 {
            let store = Arc::clone(if number % 2 == 0 {
                &database.store
            } else {
                &second
            });
            tasks.spawn(async move { store.sign_in("fox", &never_right()).await.unwrap() });
        }
        let begun = std::time::Instant::now();
        let mut compared = 0;
        while let Some(result) = tasks.join_next().await {
            match result.unwrap() {
                Err(SignInRefusal::Wrong) => compared += 1,
                Err(SignInRefusal::Busy { .. }) => {}
                other => panic!("{other:?}"),
            }
        }
        // A sixth attempt is allowed two seconds after the fifth failure, and so on.
        let later = begun.elapsed().as_secs() / 2;
        assert!((1..=5 + later).contains(&compared), "{compared}");
        assert_eq!(store_failures(&database).await, [format!("fox {compared}")]);
        let Ok(second) = Arc::try_unwrap(second) else {
            panic!("still used");
        };
        second.close().await.unwrap();
    })
    .await;
}

async fn store_failures(database: &TestDatabase) -> Vec<String> {
    let sql = "SELECT pseudonym_folded || ' ' || failures FROM sign_in_failure ORDER BY 1";
    database.texts(sql).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_compared_without_a_form_of_ours() {
    on_each_database(async |database| {
        let store = &database.store;
        add(store, "fox").await;
        let peer = PeerClass::of(Some("192.0.2.1".parse().unwrap()));
        let form = store.sign_in_form(peer).await.unwrap();
        let send = async |form: &str, password: &str, peer: PeerClass| {
            let sent = SignIn {
                pseudonym: "fox",
                password,
                form,
                peer,
                device: None,
                own_device: false,
            };
            store.sign_in_by_form(sent).await.unwrap()
        };
        let altered = form.replacen(|c| c != '0', "0", 1);
        let of_device = form.split('.').take(3).collect::<Vec<_>>().join(".");
        for none in ["", "x", "a.b.c.d", &altered, &of_device, &form[1..]] {
            let result = send(none, PASSWORD, peer).await;
            assert_eq!(result, Err(SignInRefusal::FormExpired), "{none}");
        }
        assert_eq!(
            database.row_counts().await["sign_in_failure"],
            0,
            "nothing was tried"
        );
        // Once, and from another network too: telephones change theirs.
        assert!(store.is_sign_in_form(&form).await.unwrap());
        let result = send(&form, "wrong", PeerClass::default()).await;
        assert_eq!(result, Err(SignInRefusal::Wrong));
        assert!(!store.is_sign_in_form(&form).await.unwrap());
        let result = send(&form, PASSWORD, peer).await;
        assert_eq!(result, Err(SignInRefusal::FormExpired));
        // Another process of the same installation knows it.
        let form = database
            .second_store()
            .await
            .sign_in_form(peer)
            .await
            .unwrap();
        assert!(send(&form, PASSWORD, peer).await.is_ok());
        // Another installation does not.
        database
            .tamper("UPDATE installation SET value = 'other'")
            .await;
        let form = database
            .second_store()
            .await
            .sign_in_form(peer)
            .await
            .unwrap();
        let result = send(&form, PASSWORD, peer).await;
        assert_eq!(result, Err(SignInRefusal::FormExpired));
        let secret = database.texts("SELECT name FROM installation").await;
        assert_eq!(secret, ["signing-secret"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_browser_is_not_delayed_by_guesses_elsewhere() {
    on_each_database(async |database| {
        let store = &database.store;
        without_patience(store);
        add(store, "fox").await;
        add(store, "wolf").await;
        let first = by_form(store, "fox", PASSWORD, None, true).await.unwrap();
        let DeviceCookie::Set(cookie) = first.device else {
            panic!("{:?}", first.device);
        };
        // The identifier is kept as a hash, and the cookie says nothing of the pseudonym.
        assert!(!cookie.contains("fox"));
        let id = cookie.split('.').nth(1).unwrap();
        let known = database.texts("SELECT id_hash FROM device").await;
        assert_eq!(known, [sha256(id.as_bytes())]);

        // Somebody guesses: strangers wait, the known browser does not.
        for _ in 0..5 {
            let guess = by_form(store, "fox", &never_right(), None, false).await;
            assert_eq!(guess, Err(SignInRefusal::Wrong));
        }
        fail_in_the_future(&database).await;
        assert!(is_busy(&by_form(store, "fox", PASSWORD, None, false).await));
        let known = by_form(store, "fox", PASSWORD, Some(&cookie), true).await;
        assert_eq!(known.unwrap().device, DeviceCookie::Unchanged);
        // A success there does not open the way for strangers.
        assert!(is_busy(&by_form(store, "fox", PASSWORD, None, false).await));
        // It is good for one account, and only as it was signed.
        let account = store.accounts().await.unwrap()[1].id;
        let (_, rest) = cookie.split_once('.').unwrap();
        let of_other = format!("{account}.{rest}");
        let mut altered = cookie.clone();
        altered.pop();
        for false_one in [&of_other, &altered, "", "1.2.3.4"] {
            let result = by_form(store, "fox", PASSWORD, Some(false_one), false).await;
            assert!(is_busy(&result), "{false_one}");
        }
        for _ in 0..5 {
            let result = by_form(store, "wolf", &never_right(), Some(&cookie), false).await;
            assert_eq!(result, Err(SignInRefusal::Wrong));
        }
        fail_in_the_future(&database).await;
        assert!(is_busy(
            &by_form(store, "wolf", PASSWORD, Some(&cookie), false).await
        ));

        // Its own failures count for it alone.
        database.tamper("DELETE FROM sign_in_failure").await;
        for _ in 0..5 {
            let result = by_form(store, "fox", &never_right(), Some(&cookie), true).await;
            assert_eq!(result, Err(SignInRefusal::Wrong));
        }
        fail_in_the_future(&database).await;
        assert!(is_busy(
            &by_form(store, "fox", PASSWORD, Some(&cookie), true).await
        ));
        assert!(by_form(store, "fox", PASSWORD, None, false).await.is_ok());
        database.tamper("DELETE FROM sign_in_failure").await;

        // Without the tick it is forgotten.
        let gone = by_form(store, "fox", PASSWORD, Some(&cookie), false).await;
        assert_eq!(gone.unwrap().device, DeviceCookie::Removed);
        assert!(!store.is_known_device(Some(&cookie)).await.unwrap());
        assert_eq!(database.row_counts().await["device"], 0);
        // It expires, and an administrator's reset forgets it.
        let cookie = async || match by_form(store, "fox", PASSWORD, None, true)
            .await
            .unwrap()
            .device
        {
            DeviceCookie::Set(cookie) => cookie,
            other => panic!("{other:?}"),
        };
        let another = cookie().await;
        assert!(store.is_known_device(Some(&another)).await.unwrap());
        let given = NewPassword::Given(PASSWORD.to_owned());
        store.reset_account(&actor(), "fox", given).await.unwrap();
        assert!(!store.is_known_device(Some(&another)).await.unwrap());
        // Ten at most; the one that was used longest ago makes room.
        let oldest = cookie().await;
        for _ in 0..10 {
            cookie().await;
        }
        assert_eq!(database.row_counts().await["device"], 10);
        assert!(!store.is_known_device(Some(&oldest)).await.unwrap());
        let fox = store.accounts().await.unwrap().remove(0);
        let newest = cookie().await;
        let devices = store.devices(fox.id, Some(&newest)).await.unwrap();
        let this: Vec<_> = devices.iter().filter(|device| device.is_this).collect();
        assert_eq!((devices.len(), this.len()), (10, 1));
        let wolf = store.accounts().await.unwrap().remove(1);
        for (somebody, id) in [
            (&wolf, this[0].id.as_str()),
            (&fox, ""),
            (&fox, "%"),
            (&fox, "a"),
        ] {
            let result = store.forget_device(somebody, id).await;
            assert!(matches!(result, Err(Error::NotFound)), "{id}");
        }
        store.forget_device(&fox, &this[0].id).await.unwrap();
        assert!(!store.is_known_device(Some(&newest)).await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_whoever_knows_it_whatever_others_guess() {
    on_each_database(async |database| {
        let store = &database.store;
        without_patience(store);
        add(store, "fox").await;
        let fox = store.accounts().await.unwrap().remove(0);
        let here = by_form(store, "fox", PASSWORD, None, true).await.unwrap();
        let elsewhere = by_form(store, "fox", PASSWORD, None, true).await.unwrap();
        let cookies = [&here.device, &elsewhere.device].map(|device| match device {
            DeviceCookie::Set(cookie) => cookie.as_str(),
            other => panic!("{other:?}"),
        });
        let this = ThisBrowser {
            token: &here.token,
            device: Some(cookies[0]),
        };
        for _ in 0..5 {
            let guess = by_form(store, "fox", &never_right(), None, false).await;
            assert_eq!(guess, Err(SignInRefusal::Wrong));
        }
        let new = "another long phrase";
        for (unfit, key) in [
            ("short", "account-password-unfit"),
            ("dragondragon", "account-password-common"),
            ("fox password 2026", "account-password-common"),
            (PASSWORD, "account-password-same"),
        ] {
            let result = store.change_password(&fox, this, PASSWORD, unfit).await;
            assert_eq!(refusal(result), key);
        }
        let result = store
            .change_password(&fox, this, "not the password", new)
            .await;
        assert_eq!(result.unwrap(), Err(SignInRefusal::Wrong));
        store
            .change_password(&fox, this, PASSWORD, new)
            .await
            .unwrap()
            .unwrap();
        // This browser stays signed in and known, the other does not.
        assert!(store.signed_in(&here.token).await.unwrap().is_some());
        assert!(store.signed_in(&elsewhere.token).await.unwrap().is_none());
        assert!(store.is_known_device(Some(cookies[0])).await.unwrap());
        assert!(!store.is_known_device(Some(cookies[1])).await.unwrap());
        assert!(store.sign_in("fox", new).await.unwrap().is_ok());
        // Whoever has the session only, and not the password, gets no more guesses than anybody.
        for _ in 0..5 {
            let result = store
                .change_password(&fox, this, &never_right(), PASSWORD)
                .await;
            assert_eq!(result.unwrap(), Err(SignInRefusal::Wrong));
        }
        fail_in_the_future(&database).await;
        let result = store
            .change_password(&fox, this, new, PASSWORD)
            .await
            .unwrap();
        assert!(matches!(result, Err(SignInRefusal::Busy { .. })));
        assert!(store.sign_in("fox", new).await.unwrap().is_ok());

        assert!(store.verify_history().await.unwrap().is_ok());
        assert_eq!(store.check().await.unwrap(), []);
        let told = "SELECT COALESCE(before, '') || COALESCE(after, '') FROM event";
        let told = database.texts(told).await.join(" ");
        assert!(!told.contains("argon2") && !told.contains(new));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_ended_by_their_owner() {
    on_each_database(async |database| {
        let store = &database.store;
        add(store, "fox").await;
        add(store, "wolf").await;
        let enter = async |name: &str| store.sign_in(name, PASSWORD).await.unwrap().unwrap();
        let here = enter("fox").await;
        let (second, third, of_wolf) =
            (enter("fox").await, enter("fox").await, enter("wolf").await);
        let fox = here.account.clone();
        let sessions = store.sessions(fox.id, &here.token).await.unwrap();
        assert_eq!(sessions.len(), 3);
        assert_eq!(sessions.iter().filter(|session| session.is_this).count(), 1);
        let of_hash = |token: &str| sha256(token.as_bytes())[..16].to_owned();
        for none in ["", "%", "f", &of_hash(&of_wolf.token)] {
            let result = store.end_session(&fox, none).await;
            assert!(matches!(result, Err(Error::NotFound)), "{none}");
        }
        store
            .end_session(&fox, &of_hash(&second.token))
            .await
            .unwrap();
        assert!(store.signed_in(&second.token).await.unwrap().is_none());
        assert_eq!(
            store.end_other_sessions(&fox, &here.token).await.unwrap(),
            1
        );
        assert!(store.signed_in(&third.token).await.unwrap().is_none());
        for still in [&here.token, &of_wolf.token] {
            assert!(store.signed_in(still).await.unwrap().is_some());
        }
        let left = store.sessions(fox.id, &here.token).await.unwrap();
        assert_eq!(left.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_last_as_long_as_the_installation_says() {
    on_each_database(async |database| {
        let store = &database.store;
        add(store, "fox").await;
        store.set_session_times(SessionTimes {
            idle: Duration::from_mins(10),
            longest: Duration::from_hours(1),
            ..SessionTimes::default()
        });
        let token = store.sign_in("fox", PASSWORD).await.unwrap().unwrap().token;
        let still_in = async || store.signed_in(&token).await.unwrap().is_some();
        let minutes = |column: &str, minutes: i64| {
            format!(
                "UPDATE session SET {column} = {column} - {}",
                minutes * 60_000
            )
        };
        // Used more often than once in ten minutes, it stays.
        for _ in 0..3 {
            database.tamper(&minutes("used_at", 8)).await;
            assert!(still_in().await);
        }
        database.tamper(&minutes("used_at", 11)).await;
        assert!(!still_in().await);
        database.tamper(&minutes("used_at", -11)).await;
        assert!(still_in().await);
        database.tamper(&minutes("created_at", 61)).await;
        assert!(!still_in().await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_security_log_says_who_did_what_and_forgets_in_time() {
    on_each_database(async |database| {
        let store = &database.store;
        without_patience(store);
        add(store, "fox").await;
        for name in ["fox", "my password in the wrong field"] {
            for _ in 0..3 {
                let wrong = by_form(store, name, &never_right(), None, false).await;
                assert_eq!(wrong, Err(SignInRefusal::Wrong));
            }
        }
        let here = by_form(store, "fox", PASSWORD, None, true).await.unwrap();
        let fox = here.account.clone();
        store.set_role(&actor(), "fox", Role::Reader).await.unwrap();
        store
            .note_private_export(&Actor("fox".to_owned()), "SVN-3 csv")
            .await
            .unwrap();
        store.end_other_sessions(&fox, &here.token).await.unwrap();
        store.sign_out(&here.token).await.unwrap();
        store.remove_account(&actor(), "fox").await.unwrap();
        let mut log: Vec<_> = store
            .security_log(100)
            .await
            .unwrap()
            .into_iter()
            .map(|entry| {
                let kind = entry.kind.code();
                format!(
                    "{kind} by {:?} about {:?}, {}",
                    entry.who, entry.about, entry.times
                )
            })
            .collect();
        log.sort();
        assert_eq!(
            log,
            [
                "account-added by \"tester\" about \"fox: analyst\", 1",
                "account-removed by \"tester\" about \"fox\", 1",
                "account-role-changed by \"tester\" about \"fox: reader\", 1",
                "device-remembered by \"fox\" about \"\", 1",
                "other-sessions-ended by \"fox\" about \"\", 1",
                "private-export by \"fox\" about \"SVN-3 csv\", 1",
                "sign-in-failed by \"\" about \"\", 3",
                "sign-in-failed by \"\" about \"fox\", 3",
                "signed-in by \"fox\" about \"\", 1",
                "signed-out by \"fox\" about \"\", 1",
            ]
        );
        let written = "SELECT who || about || kind FROM security_event";
        let written = database.texts(written).await.join(" ");
        assert!(
            !written.contains("wrong field"),
            "what nobody goes by may be a password"
        );
        // After its time an entry is gone, from the table as well.
        let day = 24 * 60 * 60 * 1_000_i64;
        database
            .tamper(&format!(
                "UPDATE security_event SET at = at - {}",
                181 * day
            ))
            .await;
        let shown = store.security_log(100).await.unwrap();
        assert!(
            shown
                .iter()
                .all(|entry| entry.kind.code().starts_with("account-"))
        );
        add(store, "wolf").await;
        by_form(store, "wolf", PASSWORD, None, false).await.unwrap();
        assert_eq!(database.row_counts().await["security_event"], 1);
        // Numbers far beyond the limit do not make it longer.
        database
            .tamper("UPDATE security_event SET id = id + 1000000, at = at + 1")
            .await;
        database
            .tamper(
                "INSERT INTO security_event (id, at, last_at, kind, who, about, times) \
                 SELECT id - 900000, at, last_at, kind, who, about, times FROM security_event",
            )
            .await;
        if database.url().starts_with("postgres") {
            database
                .tamper("ALTER TABLE security_event ALTER COLUMN id RESTART WITH 2000000")
                .await;
        }
        by_form(store, "wolf", PASSWORD, None, false).await.unwrap();
        let left = database.row_counts().await["security_event"];
        assert!((1..=2).contains(&left), "{left}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_kept_as_hashes_and_expire() {
    on_each_database(async |database| {
        let store = &database.store;
        add(store, "fox").await;
        let token = store.sign_in("fox", PASSWORD).await.unwrap().unwrap().token;
        assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let kept = database.texts("SELECT token_hash FROM session").await;
        assert_eq!(kept, [sha256(token.as_bytes())]);
        let hash = database.texts("SELECT password_hash FROM account").await;
        assert!(hash[0].starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
        assert!(!hash[0].contains(PASSWORD));
        // What is in the database lets nobody in.
        for other in [kept[0].as_str(), "", "\0", &token.to_uppercase()] {
            assert_eq!(store.signed_in(other).await.unwrap(), None);
        }
        let still_in = async || store.signed_in(&token).await.unwrap().is_some();
        assert!(still_in().await);
        // Using it keeps it alive, to a limit.
        let hours = |hours: i64| hours * 3_600_000;
        let earlier = format!("UPDATE session SET used_at = used_at - {}", hours(11));
        for _ in 0..2 {
            database.tamper(&earlier).await;
            assert!(still_in().await);
        }
        let idle = format!("UPDATE session SET used_at = used_at - {}", hours(13));
        database.tamper(&idle).await;
        assert!(!still_in().await);
        let back = format!("UPDATE session SET used_at = used_at + {}", hours(13));
        database.tamper(&back).await;
        assert!(still_in().await);
        let old = format!(
            "UPDATE session SET created_at = created_at - {}",
            hours(24 * 7 + 1)
        );
        database.tamper(&old).await;
        assert!(!still_in().await);
        // The next sign-in sweeps it away, a month later: until then it can be told from one that was ended.
        store.sign_in("fox", PASSWORD).await.unwrap().unwrap();
        assert_eq!(database.row_counts().await["session"], 2);
        let weeks = format!(
            "UPDATE session SET created_at = created_at - {}",
            hours(24 * 38)
        );
        database.tamper(&weeks).await;
        store.sign_in("fox", PASSWORD).await.unwrap().unwrap();
        assert_eq!(database.row_counts().await["session"], 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_belong_to_one_person() {
    on_each_database(async |database| {
        let store = &database.store;
        add(store, "fox").await;
        add(store, "wolf").await;
        let ids: Vec<_> = store
            .accounts()
            .await
            .unwrap()
            .iter()
            .map(|a| a.id)
            .collect();
        let content: Vec<u8> = (0..=255).collect();
        let named = |name: &str| NewRun {
            file_name: name.to_owned(),
            ..NewRun::default()
        };
        let upload = store
            .keep_upload(ids[0], &named("a\r\n.csv"), content.clone())
            .await
            .unwrap();
        let kept = store.upload(ids[0], &upload).await.unwrap();
        assert_eq!(
            (kept.content.clone(), kept.file_name.as_str()),
            (content.clone(), "a.csv")
        );
        assert_eq!(kept.sha256(), sha256(&content));
        for (account, id) in [(ids[1], upload.as_str()), (ids[0], ""), (ids[0], "\0")] {
            let result = store.upload(account, id).await;
            assert!(matches!(result, Err(Error::NotFound)), "{id:?}");
        }
        // Only one's own can be discarded or explained, and only one's own are listed.
        store.discard_upload(ids[1], &upload).await.unwrap();
        let mapping = Mapping {
            fields: [("a".to_owned(), "text".to_owned())].into(),
            ..Mapping::default()
        };
        let explained = store.explain_upload(ids[1], &upload, &mapping, "x").await;
        assert!(matches!(explained, Err(Error::NotFound)));
        store
            .explain_upload(ids[0], &upload, &mapping, " Ours ")
            .await
            .unwrap();
        let kept = store.upload(ids[0], &upload).await.unwrap();
        assert_eq!(kept.mapping, Some(mapping));
        assert_eq!(kept.mapping_name.as_deref(), Some("Ours"));
        let next = store
            .keep_upload(ids[0], &named("b"), vec![])
            .await
            .unwrap();
        let waiting = store.waiting_uploads(ids[0]).await.unwrap();
        let mut names: Vec<&str> = waiting.iter().map(|one| &*one.file_name).collect();
        names.sort_unstable();
        assert_eq!(names, ["a.csv", "b"]);
        assert!(waiting.iter().all(|one| one.until > one.at));
        assert_eq!(store.waiting_uploads(ids[1]).await.unwrap(), []);
        // Of very many the oldest go.
        for _ in 0..20 {
            store
                .keep_upload(ids[0], &named("c"), vec![])
                .await
                .unwrap();
        }
        assert!(store.upload(ids[0], &upload).await.is_err());
        assert_eq!(store.waiting_uploads(ids[0]).await.unwrap().len(), 20);
        // One that is too old is listed no more, and goes with the next.
        database.tamper("UPDATE upload SET created_at = 1").await;
        assert_eq!(store.waiting_uploads(ids[0]).await.unwrap(), []);
        let last = store
            .keep_upload(ids[0], &named("d"), vec![])
            .await
            .unwrap();
        assert!(store.upload(ids[0], &next).await.is_err());
        store.discard_upload(ids[0], &last).await.unwrap();
        assert_eq!(database.row_counts().await["upload"], 0);
    })
    .await;
}

/// The file of a preview is kept as long as the preview, for the person who brought it.
#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_a_preview_goes_with_the_preview() {
    on_each_database(async |database| {
        let store = &database.store;
        add(store, "fox").await;
        add(store, "wolf").await;
        let ids: Vec<_> = store
            .accounts()
            .await
            .unwrap()
            .iter()
            .map(|account| account.id)
            .collect();
        let staged = async || {
            let brought = file(vec![incoming(1)]);
            let source = move |sink: &mut dyn Sink| brought.replay(sink);
            store
                .stage_import(&actor(), &new_run(), source)
                .await
                .unwrap()
                .id
        };
        let new = NewRun {
            file_name: "a.csv".to_owned(),
            ..NewRun::default()
        };
        let keep = async |run: i64| {
            store
                .keep_file_of_run(ids[0], &new, vec![1, 2], run)
                .await
                .unwrap()
        };
        let count = async || database.row_counts().await["upload"];
        // Given up, the file goes.
        let first = staged().await;
        let upload = keep(first).await.unwrap();
        let of_run = store.upload_of_run(ids[0], first).await.unwrap();
        assert_eq!(of_run.as_deref(), Some(&*upload));
        assert_eq!(store.upload_of_run(ids[1], first).await.unwrap(), None);
        assert_eq!(
            store.upload(ids[0], &upload).await.unwrap().run,
            Some(first)
        );
        // It is found by its preview, not among those that wait.
        assert_eq!(store.waiting_uploads(ids[0]).await.unwrap(), []);
        store.cancel_import(&actor(), first).await.unwrap();
        assert_eq!(count().await, 0);
        // Nothing is kept for a run that is over.
        assert_eq!(keep(first).await, None);
        assert_eq!(count().await, 0);
        // A file that is explained belongs to the next preview, whatever becomes of the first one.
        let (before, after) = (staged().await, staged().await);
        let upload = keep(before).await.unwrap();
        store.attach_upload(ids[1], &upload, after).await.unwrap();
        assert_eq!(store.upload_of_run(ids[0], after).await.unwrap(), None);
        store.attach_upload(ids[0], &upload, after).await.unwrap();
        store.cancel_import(&actor(), before).await.unwrap();
        assert_eq!(count().await, 1);
        // Imported, it goes as well.
        store.apply_import(&actor(), after).await.unwrap();
        assert_eq!(count().await, 0);
        // A run that cannot be read leaves its file to wait for another mapping.
        let id = store.begin_import(&actor(), &new_run()).await.unwrap();
        let upload = store.keep_upload(ids[0], &new, vec![3]).await.unwrap();
        store.attach_upload(ids[0], &upload, id).await.unwrap();
        assert_eq!(store.waiting_uploads(ids[0]).await.unwrap(), []);
        let refused = |_: &mut dyn Sink| -> Result<Format, ReadFailure> {
            Err(Message::new("exchange-no-rows").into())
        };
        assert!(store.read_import(&actor(), id, refused).await.is_err());
        let waiting = store.waiting_uploads(ids[0]).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(store.upload(ids[0], &upload).await.unwrap().run, None);
    })
    .await;
}
