//! Signing in: tokens, lock-outs, expiry.

use crate::support::{actor, on_each_database};
use data::domain::Role;
use data::store::{Error, NewPassword, NewRun, SignInRefusal, sha256};
use std::sync::Arc;
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

#[tokio::test(flavor = "multi_thread")]
async fn failures_close_a_pseudonym_known_or_not() {
    on_each_database(async |database| {
        let store = &database.store;
        add(store, "fox").await;
        for pseudonym in ["fox", "nobody", "zero\0", ""] {
            for _ in 0..5 {
                let result = store.sign_in(pseudonym, &never_right()).await.unwrap();
                assert_eq!(result, Err(SignInRefusal::Wrong), "{pseudonym:?}");
            }
            let result = store.sign_in(pseudonym, PASSWORD).await.unwrap();
            assert_eq!(
                result,
                Err(SignInRefusal::Locked { minutes: 1 }),
                "{pseudonym:?}"
            );
        }
        // Written otherwise, it is the same one.
        let result = store.sign_in(" FOX ", PASSWORD).await.unwrap();
        assert!(matches!(result, Err(SignInRefusal::Locked { .. })));
        // Attempts while it is closed do not keep it closed.
        database
            .tamper("UPDATE sign_in_failure SET last_at = last_at - 31000")
            .await;
        let result = store.sign_in("fox", &never_right()).await.unwrap();
        assert_eq!(result, Err(SignInRefusal::Wrong));
        // Each failure more closes it for longer.
        database
            .tamper("UPDATE sign_in_failure SET last_at = last_at - 31000")
            .await;
        let result = store.sign_in("fox", PASSWORD).await.unwrap();
        assert_eq!(result, Err(SignInRefusal::Locked { minutes: 1 }));
        database
            .tamper("UPDATE sign_in_failure SET last_at = last_at - 30000")
            .await;
        assert!(store.sign_in("fox", PASSWORD).await.unwrap().is_ok());
        // Success forgets the failures.
        let failed = "SELECT pseudonym_folded FROM sign_in_failure ORDER BY 1";
        assert_eq!(database.texts(failed).await, ["", "nobody", "zero"]);
        // And so does an hour, names that never existed included.
        database
            .tamper("UPDATE sign_in_failure SET last_at = last_at - 3600001")
            .await;
        let result = store.sign_in("other", &never_right()).await.unwrap();
        assert_eq!(result, Err(SignInRefusal::Wrong));
        assert_eq!(database.texts(failed).await, ["other"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_made_all_at_once_are_counted_too() {
    on_each_database(async |database| {
        let mut tasks = JoinSet::new();
        for _ in 0..24 {
            let store = Arc::clone(&database.store);
            tasks.spawn(async move { store.sign_in("fox", &never_right()).await.unwrap() });
        }
        let mut compared = 0;
        while let Some(result) = tasks.join_next().await {
            match result.unwrap() {
                Err(SignInRefusal::Wrong) => compared += 1,
                Err(SignInRefusal::Locked { .. }) => {}
                Ok(_) => panic!("signed in"),
            }
        }
        assert_eq!(compared, 5);
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
        // The next sign-in sweeps it away.
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
        // Only one's own can be discarded, and a new one takes the place of the last.
        store.discard_upload(ids[1], &upload).await.unwrap();
        assert!(store.upload(ids[0], &upload).await.is_ok());
        let next = store
            .keep_upload(ids[0], &named("b"), vec![])
            .await
            .unwrap();
        assert!(store.upload(ids[0], &upload).await.is_err());
        store.discard_upload(ids[0], &next).await.unwrap();
        assert_eq!(database.row_counts().await["upload"], 0);
    })
    .await;
}
