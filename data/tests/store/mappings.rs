//! Mappings that are kept under a name.

use crate::support::{actor, on_each_database, refusal};
use data::exchange::Mapping;
use data::store::Error;

fn mapping(column: &str) -> Mapping {
    Mapping {
        fields: [(column.to_owned(), "text".to_owned())].into(),
        constants: [("review".to_owned(), "SVN-3".to_owned())].into(),
        separator: Some("+".to_owned()),
        ..Mapping::default()
    }
}

#[tokio::test]
async fn a_mapping_is_kept_replaced_and_forgotten() {
    on_each_database(async |database| {
        let store = &database.store;
        let (actor, events) = (actor(), database.row_counts().await["event"]);
        store
            .save_mapping(&actor, " Ours\0 ", &mapping("a"))
            .await
            .unwrap();
        store
            .save_mapping(&actor, "Ours", &mapping("b"))
            .await
            .unwrap();
        store
            .save_mapping(&actor, "A's", &mapping("c"))
            .await
            .unwrap();
        let kept = store.saved_mappings().await.unwrap();
        let names: Vec<&str> = kept.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["A's", "Ours"]);
        let ours = store.saved_mapping("Ours").await.unwrap();
        assert_eq!(ours.mapping, mapping("b"));
        store.remove_mapping(&actor, "Ours").await.unwrap();
        for gone in ["Ours", "", "\0"] {
            assert!(matches!(
                store.saved_mapping(gone).await,
                Err(Error::NotFound)
            ));
            let removed = store.remove_mapping(&actor, gone).await;
            assert!(matches!(removed, Err(Error::NotFound)));
        }
        // No figure depends on them.
        assert_eq!(database.row_counts().await["event"], events);
    })
    .await;
}

#[tokio::test]
async fn names_and_numbers_of_mappings_have_bounds() {
    on_each_database(async |database| {
        let store = &database.store;
        for name in ["", " \n", &"x".repeat(81)] {
            let refused = store.save_mapping(&actor(), name, &mapping("a")).await;
            assert_eq!(refusal(refused), "mapping-name");
        }
        for number in 0..200 {
            let name = format!("{number}");
            store
                .save_mapping(&actor(), &name, &mapping("a"))
                .await
                .unwrap();
        }
        let refused = store
            .save_mapping(&actor(), "one more", &mapping("a"))
            .await;
        assert_eq!(refusal(refused), "mapping-too-many");
        // One that is there can still be changed.
        store
            .save_mapping(&actor(), "7", &mapping("b"))
            .await
            .unwrap();
    })
    .await;
}
