//! Lists that people keep under a name.

use crate::redacting::removal;
use crate::support::{actor, code, on_each_database, refusal};
use data::domain::Role;
use data::store::{Account, Error, NewPassword, SavedView, Store};

async fn account(store: &Store, pseudonym: &str) -> Account {
    let password = NewPassword::Given("a long password".to_owned());
    store
        .add_account(&actor(), pseudonym, Role::Reader, password)
        .await
        .unwrap();
    let accounts = store.accounts().await.unwrap();
    let mut accounts = accounts.into_iter();
    accounts.find(|one| one.pseudonym == pseudonym).unwrap()
}

fn view(name: &str, query: &str) -> SavedView {
    SavedView {
        name: name.to_owned(),
        review: Some(code("BLR-1")),
        query: query.to_owned(),
    }
}

#[tokio::test]
async fn a_view_is_kept_by_its_owner_and_goes_with_them() {
    on_each_database(async |database| {
        let store = &database.store;
        let (ada, bob) = (account(store, "ada").await, account(store, "bob").await);
        let events = database.row_counts().await["event"];
        for (who, name, query) in [
            (&ada, " Noted\0 ", "position=pending"),
            (&ada, "Noted", "position=noted"),
            (&ada, "Asked", ""),
            (&bob, "Noted", "q=x"),
        ] {
            store.save_view(who, &view(name, query)).await.unwrap();
        }
        let names = async |who: &Account| -> Vec<(String, String)> {
            let views = store.saved_views(who.id).await.unwrap();
            views
                .into_iter()
                .map(|view| (view.name, view.query))
                .collect()
        };
        let pair = |name: &str, query: &str| (name.to_owned(), query.to_owned());
        assert_eq!(
            names(&ada).await,
            [pair("Asked", ""), pair("Noted", "position=noted")]
        );
        store.remove_view(&ada, "Noted").await.unwrap();
        let gone = store.remove_view(&ada, "Noted").await;
        assert!(matches!(gone, Err(Error::NotFound)));
        assert_eq!(names(&bob).await, [pair("Noted", "q=x")]);
        // No figure depends on them.
        assert_eq!(database.row_counts().await["event"], events);
        store.remove_account(&actor(), "bob").await.unwrap();
        assert_eq!(database.row_counts().await["saved_view"], 1);
    })
    .await;
}

#[tokio::test]
async fn views_have_bounds() {
    on_each_database(async |database| {
        let store = &database.store;
        let ada = account(store, "ada").await;
        for name in ["", " \n", &"x".repeat(81)] {
            let refused = store.save_view(&ada, &view(name, "")).await;
            assert_eq!(refusal(refused), "view-name");
        }
        let long = "x".repeat(4_001);
        let refused = store.save_view(&ada, &view("Long", &long)).await;
        assert_eq!(refusal(refused), "view-too-long");
        for number in 0..100 {
            let kept = store.save_view(&ada, &view(&number.to_string(), "")).await;
            kept.unwrap();
        }
        let refused = store.save_view(&ada, &view("One more", "")).await;
        assert_eq!(refusal(refused), "view-too-many");
        // One of the same name takes its place.
        store.save_view(&ada, &view("7", "q=law")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_removed_text_is_in_no_view() {
    on_each_database(async |database| {
        let store = &database.store;
        let ada = account(store, "ada").await;
        for (name, query) in [
            ("About Karin Holm", ""),
            ("Hers", "q=Karin+Holm"),
            ("Others", "q=Karin"),
        ] {
            store.save_view(&ada, &view(name, query)).await.unwrap();
        }
        let removed = store.redact(&actor(), &removal("Karin Holm", false)).await;
        assert_eq!(removed.unwrap().rows["saved_view"], 2);
        let left = store.saved_views(ada.id).await.unwrap();
        assert_eq!(left.len(), 1);
    })
    .await;
}
