//! Adding, changing and forgetting people.

use crate::support::{REVIEW, actor, code, on_each_database, refusal, save, with_round};
use data::domain::Role;
use data::store::{DraftReason, NewPassword, NewRun, SignInRefusal, Store};

/// Too long for any password, so it is wrong without being hashed: failures that cost no time.
fn never_right() -> String {
    "x".repeat(1_001)
}

async fn role(store: &Store, token: &str) -> Option<Role> {
    let account = store.signed_in(token).await.unwrap();
    account.map(|account| account.role)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_away_is_gone_with_the_next_request() {
    on_each_database(async |database| {
        let store = &database.store;
        let password = store
            .add_account(
                &actor(),
                " Лиса-Два ",
                Role::Analyst,
                NewPassword::Generated,
            )
            .await
            .unwrap();
        assert_eq!(password.len(), 20);
        let signed_in = async |password: &str| {
            let result = store.sign_in("лиса-два", password).await.unwrap();
            result.map(|signed_in| signed_in.token)
        };
        let first = signed_in(&password).await.unwrap();
        let second = signed_in(&password).await.unwrap();
        assert_ne!(first, second);
        assert_eq!(role(store, &first).await, Some(Role::Analyst));
        assert_eq!(
            signed_in("not the password").await,
            Err(SignInRefusal::Wrong)
        );

        // Another role: both browsers stay signed in and have it at once.
        store
            .set_role(&actor(), "Лиса-два", Role::Reviewer)
            .await
            .unwrap();
        let before = store.revision().await.unwrap();
        store
            .set_role(&actor(), "Лиса-два", Role::Reviewer)
            .await
            .unwrap();
        assert_eq!(store.revision().await.unwrap(), before);
        assert_eq!(role(store, &first).await, Some(Role::Reviewer));
        assert_eq!(role(store, &second).await, Some(Role::Reviewer));

        // Signing out is for one browser.
        store.sign_out(&first).await.unwrap();
        assert_eq!(role(store, &first).await, None);
        assert_eq!(role(store, &second).await, Some(Role::Reviewer));

        // Shut out, and not let in with the right password.
        store.disable_account(&actor(), "лиса-два").await.unwrap();
        assert_eq!(role(store, &second).await, None);
        assert_eq!(signed_in(&password).await, Err(SignInRefusal::Wrong));

        // A new password lets in again, the old one does not.
        let given = NewPassword::Given("twelve chars".to_owned());
        store
            .reset_account(&actor(), "лиса-два", given)
            .await
            .unwrap();
        let third = signed_in("twelve chars").await.unwrap();
        assert_eq!(role(store, &third).await, Some(Role::Reviewer));
        let generated = NewPassword::Generated;
        store
            .reset_account(&actor(), "лиса-два", generated)
            .await
            .unwrap();
        assert_eq!(role(store, &third).await, None);

        assert!(store.verify_history().await.unwrap().is_ok());
        let kinds = database.texts("SELECT kind FROM event WHERE kind LIKE 'account%' ORDER BY id");
        assert_eq!(
            kinds.await,
            [
                "account-added",
                "account-role-changed",
                "account-disabled",
                "account-reset",
                "account-reset"
            ]
        );
        let told = "SELECT COALESCE(before, '') || COALESCE(after, '') FROM event";
        let told = database.texts(told).await.join(" ");
        assert!(!told.contains("argon2") && !told.contains("twelve chars"));
        assert!(!told.contains(&password));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_that_cannot_be() {
    on_each_database(async |database| {
        let store = &database.store;
        let password = || NewPassword::Given("a long password".to_owned());
        let add = async |pseudonym: &str, password| {
            let added = store
                .add_account(&actor(), pseudonym, Role::Reader, password)
                .await;
            refusal(added)
        };
        let before = (store.revision().await.unwrap(), database.row_counts().await);
        for pseudonym in [
            "",
            " ",
            "...",
            "a\0b",
            "a\nb",
            "two words",
            "Bad<script>",
            "a@example.org",
            "wolf\u{202e}",
            "wo\u{200b}lf",
            "wolf\u{3164}",
            &"x".repeat(61),
        ] {
            let key = add(pseudonym, password()).await;
            assert_eq!(key, "account-pseudonym-unfit", "{pseudonym:?}");
        }
        for unfit in ["short", "ёёёёёёёёёёё", &never_right()] {
            let key = add("wolf", NewPassword::Given(unfit.to_owned())).await;
            assert_eq!(key, "account-password-unfit");
        }
        for common in ["Counterstrike", "dragon-19871988", "wolfwolfwolf!"] {
            let key = add("wolf", NewPassword::Given(common.to_owned())).await;
            assert_eq!(key, "account-password-common");
        }
        for mixed in ["wоlf", "wolf٣1"] {
            assert_eq!(add(mixed, password()).await, "account-pseudonym-mixed");
        }
        let unknown = store.disable_account(&actor(), "wolf\0").await;
        assert_eq!(refusal(unknown), "account-unknown");
        let unknown = store.set_role(&actor(), "wolf", Role::Reader).await;
        assert_eq!(refusal(unknown), "account-unknown");
        let after = (store.revision().await.unwrap(), database.row_counts().await);
        assert_eq!(after, before);
        store
            .add_account(&actor(), "Wolf", Role::Reader, password())
            .await
            .unwrap();
        assert_eq!(add("  wOLF", password()).await, "account-pseudonym-taken");
        assert_eq!(add("w0lf", password()).await, "account-pseudonym-alike");
        assert_eq!(add("woIf", password()).await, "account-pseudonym-alike");
        store
            .add_account(&actor(), "сора", Role::Reader, password())
            .await
            .unwrap();
        assert_eq!(add("copa", password()).await, "account-pseudonym-alike");
        // Whoever is removed stays in the history, and nobody else may look like them there.
        store.remove_account(&actor(), "wolf").await.unwrap();
        assert_eq!(add("w0lf", password()).await, "account-pseudonym-alike");
        assert_eq!(add("WOLF", password()).await, "account-pseudonym-used");
        let back = store
            .add_returning_account(&actor(), "wolf", Role::Reader, password())
            .await;
        assert!(back.is_ok());
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn accents_are_typed_in_two_ways() {
    on_each_database(async |database| {
        let store = &database.store;
        let password = NewPassword::Given("a long password".to_owned());
        let decomposed = "e\u{301}lan";
        store
            .add_account(&actor(), decomposed, Role::Reader, password)
            .await
            .unwrap();
        assert_eq!(store.accounts().await.unwrap()[0].pseudonym, "\u{e9}lan");
        for typed in [decomposed, "\u{e9}lan"] {
            let result = store.sign_in(typed, "a long password").await.unwrap();
            assert!(result.is_ok(), "{typed}");
        }
        // As an earlier version kept it.
        database
            .tamper("UPDATE account SET pseudonym_folded = 'e\u{301}lan'")
            .await;
        let result = store.sign_in(decomposed, "a long password").await;
        assert!(result.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_somebody_leaves_their_work() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 1).await;
        let empty = database.row_counts().await;
        let password = NewPassword::Given("a long password".to_owned());
        store
            .add_account(&actor(), "wolf", Role::Analyst, password)
            .await
            .unwrap();
        let account = store.accounts().await.unwrap()[0].id;
        let signed_in = store
            .sign_in("wolf", "a long password")
            .await
            .unwrap()
            .unwrap();
        let mine = save(1, 0, "in_process", "Mine");
        store
            .keep_draft(account, &mine, &DraftReason::Conflict)
            .await
            .unwrap();
        let file = NewRun {
            file_name: "f\0.csv".to_owned(),
            review: Some(code(REVIEW)),
            round: Some("a\0".to_owned()),
            ..NewRun::default()
        };
        store
            .keep_upload(account, &file, vec![0, 1, 2])
            .await
            .unwrap();
        let wolf = data::store::Actor("wolf".to_owned());
        store.save_assessment(&wolf, None, &mine).await.unwrap();
        store.remove_account(&actor(), "Wolf").await.unwrap();
        assert_eq!(role(store, &signed_in.token).await, None);
        let mut after = database.row_counts().await;
        assert_eq!(after.remove("assessment"), Some(1));
        for (table, count) in after {
            assert!(
                ["event", "security_event"].contains(&table.as_str()) || count == empty[&table],
                "{table}: {count}"
            );
        }
        let history = store.history_of(REVIEW, "120.1").await.unwrap();
        assert_eq!(history[0].actor, "wolf");
    })
    .await;
}
