//! `check` is content with a good database and names what is wrong with another.

use crate::support::{REVIEW, ROUND, actor, code, on_each_database, refusal, save, with_round};
use data::domain::Role;
use data::store::{Finding, NewPassword};

/// What is said of what is in the tables. That memory does not know what was done behind its back is said as
/// well, and that a table as a whole is not as it was; `corpus` and `tampering` have tests of that.
fn said(findings: &[Finding]) -> Vec<(&str, Option<&str>)> {
    let round = |finding: &'_ Finding| {
        let mut values = finding.0.values.iter();
        let place = values.position(|(name, _)| *name == "round")?;
        Some(finding.0.values[place].1.as_str().to_owned())
    };
    findings
        .iter()
        .filter(|finding| {
            let as_well = [
                "check-read-model",
                "check-table-altered",
                "check-rows-unsound",
            ];
            !as_well.contains(&&*finding.0.key)
        })
        .map(|finding| {
            let slug = round(finding);
            let known = [ROUND, "other", "bhc-2023", "coalition-later"];
            let slug = known
                .into_iter()
                .find(|known| slug.as_deref() == Some(*known));
            (&*finding.0.key, slug)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_altered_published_round_is_named() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        with_round(store, 3).await;
        let first = save(1, 0, "implemented", "Done.");
        store.save_assessment(&actor(), None, &first).await.unwrap();
        store
            .open_round(&actor(), code(REVIEW), &crate::support::new_round("other"))
            .await
            .unwrap();
        store.publish_round(&actor(), code(REVIEW), ROUND).await.unwrap();
        assert_eq!(store.check().await.unwrap(), []);

        let of_round = format!("round_id = (SELECT id FROM round WHERE slug = '{ROUND}')");
        let altered = ("check-round-altered", Some(ROUND));
        let both = format!("SELECT id FROM recommendation WHERE paragraph IN ('120.2', '120.3') AND review_id = (SELECT review_id FROM round WHERE slug = '{ROUND}')");
        let exchanged = format!(
            "CREATE TABLE exchanged AS SELECT one.recommendation_id AS id, other.content FROM counted_as one, counted_as other \
             WHERE one.{of_round} AND other.{of_round} AND one.recommendation_id IN ({both}) \
             AND other.recommendation_id IN ({both}) AND one.recommendation_id <> other.recommendation_id; \
             UPDATE counted_as SET content = (SELECT content FROM exchanged WHERE id = recommendation_id) \
             WHERE {of_round} AND recommendation_id IN (SELECT id FROM exchanged); DROP TABLE exchanged"
        );
        let cases = [
            (
                format!("UPDATE assessment SET rationale = 'Not done.' WHERE {of_round} AND version = 1 AND status = 'implemented'"),
                format!("UPDATE assessment SET rationale = 'Done.' WHERE {of_round} AND status = 'implemented'"),
                vec![altered],
            ),
            (
                format!("UPDATE round SET content_hash = NULL WHERE slug = '{ROUND}'"),
                format!("UPDATE round SET content_hash = (SELECT substr(after, 18, 64) FROM event WHERE kind = 'round-published' AND round = '{ROUND}') WHERE slug = '{ROUND}'"),
                vec![altered],
            ),
            (
                // As if it had never been published.
                format!("UPDATE round SET method = CAST(published_at AS TEXT), published_at = NULL WHERE slug = '{ROUND}'"),
                format!("UPDATE round SET published_at = CAST(method AS BIGINT), method = NULL WHERE slug = '{ROUND}'"),
                vec![altered],
            ),
            (
                format!("UPDATE round SET title = 'Theirs' WHERE slug = '{ROUND}'"),
                format!("UPDATE round SET title = 'Our round' WHERE slug = '{ROUND}'"),
                vec![altered],
            ),
            (
                // The hash fits the content, but not what was published.
                "UPDATE round SET published_at = 1, content_hash = 'ab' WHERE slug = 'other'".to_owned(),
                "UPDATE round SET published_at = NULL, content_hash = NULL WHERE slug = 'other'".to_owned(),
                vec![("check-round-altered", Some("other"))],
            ),
            (
                // Two recommendations with equal assessments: the content hash stays the same.
                exchanged.clone(),
                exchanged,
                vec![altered],
            ),
            (
                "UPDATE reported_total SET count = count + 1 WHERE status = 'in_process'".to_owned(),
                "UPDATE reported_total SET count = count - 1 WHERE status = 'in_process'".to_owned(),
                vec![("check-round-altered", Some("bhc-2023"))],
            ),
            (
                format!("UPDATE assessment SET status = 'excellent' WHERE {of_round} AND status = 'implemented'"),
                format!("UPDATE assessment SET status = 'implemented' WHERE {of_round} AND status = 'excellent'"),
                vec![("check-unknown-status", Some(ROUND)), altered],
            ),
            (
                "UPDATE status SET counts_as_assessed = (code <> 'implemented') WHERE code = 'implemented'".to_owned(),
                "UPDATE status SET counts_as_assessed = (code = 'implemented') WHERE code = 'implemented'".to_owned(),
                vec![
                    ("check-scale-unsound", None),
                    ("check-scale-unsound", None),
                    ("check-scale-altered", None),
                    ("check-scale-altered", None),
                ],
            ),
            (
                // As if it were counted as it is known now.
                format!("UPDATE counted_as SET round_id = (SELECT id FROM round WHERE slug = 'other') WHERE {of_round} AND recommendation_id = (SELECT min(recommendation_id) FROM counted_as)"),
                format!("UPDATE counted_as SET {of_round}"),
                vec![altered],
            ),
            (
                "UPDATE event SET actor = 'nobody' WHERE id = 5".to_owned(),
                "UPDATE event SET actor = 'tester' WHERE id = 5".to_owned(),
                vec![("check-history-broken", None)],
            ),
        ];
        for (alter, restore, expected) in &cases {
            assert!(database.tamper(alter).await > 0, "{alter}");
            // In the same process too, whatever it remembers.
            let findings = store.check().await.unwrap();
            assert_eq!(said(&findings), *expected, "{alter}");
            database.tamper(restore).await;
            assert_eq!(store.check().await.unwrap(), [], "{restore}");
        }
        database
            .tamper("DELETE FROM recommending_state WHERE recommendation_id = 1")
            .await;
        let findings = store.check().await.unwrap();
        assert_eq!(findings[0].0.key, "check-without-states");
        assert_eq!(findings[1].0.key, "check-recommendation-altered");
        database
            .tamper(&format!("DELETE FROM assessment WHERE {of_round}"))
            .await;
        let findings = store.check().await.unwrap();
        assert!(said(&findings).contains(&altered));
    })
    .await;
}

/// What was changed in the tables but not through the history, and a history whose end was cut off.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_history_does_not_tell_is_named() {
    on_each_database(async |database| {
        let store = &database.store;
        store.load_bundled(&actor()).await.unwrap();
        with_round(store, 3).await;
        for (number, status) in [(1, "implemented"), (2, "not_implemented")] {
            let save = save(number, 0, status, "Seen.");
            store.save_assessment(&actor(), None, &save).await.unwrap();
        }
        assert_eq!(store.check().await.unwrap(), []);
        let open = |key| vec![(key, Some(ROUND))];
        let cases = [
            (
                "UPDATE recommendation SET language = 'xx' WHERE paragraph = '120.2'",
                "UPDATE recommendation SET language = 'en' WHERE paragraph = '120.2'",
                vec![("check-recommendation-altered", None)],
            ),
            (
                "UPDATE review SET session = 1 WHERE session = 34",
                "UPDATE review SET session = 34 WHERE session = 1",
                vec![("check-review-altered", None)],
            ),
            (
                "UPDATE assessment SET rationale = 'No.' WHERE status = 'implemented'",
                "UPDATE assessment SET rationale = 'Seen.' WHERE status = 'implemented'",
                open("check-assessment-altered"),
            ),
            (
                "UPDATE round SET as_of = '2020-01-01' WHERE published_at IS NULL",
                "UPDATE round SET as_of = '2023-12-31' WHERE published_at IS NULL",
                open("check-round-altered"),
            ),
        ];
        let password = NewPassword::Given("correct horse battery".to_owned());
        for (name, role) in [("Ana", Role::Analyst), ("Rae", Role::Reader)] {
            let (actor, password) = (actor(), password.clone());
            let added = store.add_account(&actor, name, role, password);
            added.await.unwrap();
        }
        store.set_role(&actor(), "Rae", Role::Reviewer).await.unwrap();
        store.disable_account(&actor(), "Rae").await.unwrap();
        store.remove_account(&actor(), "Ana").await.unwrap();
        store
            .add_returning_account(&actor(), "Ana", Role::Analyst, password)
            .await
            .unwrap();
        assert_eq!(store.check().await.unwrap(), []);
        let account = vec![("check-account-altered", None)];
        let cases = cases.into_iter().chain([
            (
                "UPDATE account SET role = 'administrator' WHERE pseudonym = 'Ana'",
                "UPDATE account SET role = 'analyst' WHERE pseudonym = 'Ana'",
                account.clone(),
            ),
            (
                "UPDATE account SET disabled = NOT disabled WHERE pseudonym = 'Rae'",
                "UPDATE account SET disabled = NOT disabled WHERE pseudonym = 'Rae'",
                account.clone(),
            ),
            (
                "INSERT INTO account (pseudonym, pseudonym_folded, password_hash, role, disabled, created_at) \
                 SELECT 'Eve', 'eve', password_hash, role, disabled, created_at FROM account WHERE pseudonym = 'Ana'",
                "DELETE FROM account WHERE pseudonym = 'Eve'",
                account,
            ),
        ]);
        for (alter, restore, expected) in cases {
            assert!(database.tamper(alter).await > 0, "{alter}");
            let expected = &expected;
            assert_eq!(said(&store.check().await.unwrap()), *expected, "{alter}");
            database.tamper(restore).await;
            assert_eq!(store.check().await.unwrap(), [], "{restore}");
        }
        // No chain shows that its end is missing, but then the tables hold what nothing tells of.
        database
            .tamper("DELETE FROM event WHERE id >= (SELECT max(id) FROM event WHERE paragraph IS NOT NULL)")
            .await;
        let findings = store.check().await.unwrap();
        let account = ("check-account-altered", None);
        let assessment = ("check-assessment-altered", Some(ROUND));
        assert_eq!(said(&findings), [account, account, assessment]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_change_does_not_hide_an_altered_row() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let add = async |name: &str| {
            store
                .add_account(&actor(), name, Role::Analyst, NewPassword::Generated)
                .await
                .unwrap();
        };
        let before_entry = async || -> Vec<(String, String)> {
            let findings = store.check().await.unwrap();
            let of_kind = findings
                .iter()
                .filter(|one| one.0.key == "check-table-altered-before");
            of_kind
                .map(|one| {
                    let value = |key: &str| {
                        let mut values = one.0.values.iter();
                        let found = values.find(|(name, _)| *name == key);
                        found.unwrap().1.as_str().to_owned()
                    };
                    (value("table"), value("entry"))
                })
                .collect()
        };
        add("anna").await;
        add("berta").await;
        assert_eq!(store.check().await.unwrap(), []);
        let alter = "UPDATE account SET password_hash = 'x' WHERE pseudonym = 'anna'";
        assert_eq!(database.tamper(alter).await, 1);
        add("carla").await;
        let (entry, _) = store.revision().await.unwrap();
        let altered = [("account".to_owned(), entry.to_string())];
        assert_eq!(before_entry().await, altered);
        // For good, and once.
        add("dora").await;
        assert_eq!(before_entry().await, altered);
        // A table that another change seals, together with others.
        let alter = "UPDATE round SET title = 'Another' WHERE slug = 'ours'";
        assert_eq!(database.tamper(alter).await, 1);
        store
            .open_round(&actor(), code(REVIEW), &crate::support::new_round("later"))
            .await
            .unwrap();
        let tables: Vec<String> = before_entry().await.into_iter().map(|one| one.0).collect();
        assert_eq!(tables, ["account", "round"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trigger_is_found_and_nothing_is_sealed_with_it() {
    on_each_database(async |database| {
        let store = &database.store;
        let body = "UPDATE account SET password_hash = 'x'";
        let (trigger, gone) = if database.url().starts_with("postgres") {
            (
                format!(
                    "CREATE FUNCTION theirs() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {body}; RETURN NEW; END$$; \
                     CREATE TRIGGER their_trigger AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION theirs()"
                ),
                "DROP TRIGGER their_trigger ON event",
            )
        } else {
            (
                format!("CREATE TRIGGER their_trigger AFTER INSERT ON event BEGIN {body}; END"),
                "DROP TRIGGER their_trigger",
            )
        };
        let add = async |name| {
            store
                .add_account(&actor(), name, Role::Analyst, NewPassword::Generated)
                .await
                .map(drop)
        };
        add("anna").await.unwrap();
        database.tamper(&trigger).await;
        let findings = store.check().await.unwrap();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].0.key, "check-trigger");
        assert_eq!(refusal(add("boris").await), "database-has-trigger");
        database.tamper(gone).await;
        add("boris").await.unwrap();
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

/// Whoever alters a row and claims an older schema must not have the row sealed by the upgrade.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_schema_is_no_way_around_a_seal() {
    on_each_database(async |database| {
        let store = &database.store;
        store
            .add_account(&actor(), "anna", Role::Analyst, NewPassword::Generated)
            .await
            .unwrap();
        database
            .tamper(
                "UPDATE account SET password_hash = 'x'; DROP TABLE import_text; \
                 ALTER TABLE import_row DROP COLUMN length; ALTER TABLE import_run DROP COLUMN file_size; \
                 ALTER TABLE import_run DROP COLUMN staged; \
                 DELETE FROM seaql_migrations WHERE version = 'm0018_sparing_imports'",
            )
            .await;
        let upgraded = database.second_store().await;
        let findings = upgraded.check().await.unwrap();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].0.key, "check-table-altered-before");
        assert_eq!(findings[0].0.values[0].1.as_str(), "account");
        upgraded.close().await.unwrap();
    })
    .await;
}
