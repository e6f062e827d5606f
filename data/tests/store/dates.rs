//! Texts that are no dates where dates belong: a source's, and those of databases of earlier versions.

use crate::support::{
    REVIEW, actor, code, evidence, file, import, incoming, on_each_database, refusal, save,
    with_round,
};
use data::domain::{Position, PositionClass};
use data::store::NewRound;

#[tokio::test(flavor = "multi_thread")]
async fn texts_that_are_no_dates_stay_unchanged() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, 2).await;
        let mut dated = incoming(1);
        dated.position = Some(Position {
            class: PositionClass::Supported,
            raw: "Supported".to_owned(),
            source: Some("UPR Info".to_owned()),
            source_paragraph: None,
            date: Some("spring 2020".into()),
        });
        import(store, file(vec![dated])).await;
        let mut first = save(1, 0, "implemented", "Seen.");
        first.evidence = vec![evidence("Law")];
        store.save_assessment(&actor(), None, &first).await.unwrap();
        // The date of a position is whatever its source states.
        assert_eq!(store.check().await.unwrap(), []);
        let said = database
            .texts("SELECT date FROM position WHERE date IS NOT NULL")
            .await;
        assert_eq!(said, ["spring 2020"]);

        for (column, table) in [("date", "review"), ("as_of", "round"), ("date", "evidence")] {
            let alter = format!("UPDATE {table} SET {column} = 'In 2020, late'");
            assert!(database.tamper(&alter).await > 0, "{alter}");
        }
        let late = Some("In 2020, late".into());
        let second = database.second_store().await;
        let record = second.review_record(code(REVIEW)).await.unwrap();
        let round = &record.rounds[0];
        let one = &record.recommendations[0];
        assert_eq!(
            one.positions.last().unwrap().date,
            Some("spring 2020".into())
        );
        assert_eq!(record.review.date, late);
        assert_eq!(record.evidence[0].evidence.date, late);
        assert_eq!(round.assessments[&one.id].evidence[0].date, late);
        assert_eq!(round.round.as_of, late);
        let canonical = round.canonical_text(&record);
        assert!(
            canonical.contains(r#""as_of":"In 2020, late""#),
            "{canonical}"
        );
        assert!(
            canonical.contains(r#""date":"In 2020, late""#),
            "{canonical}"
        );
        // What they were altered from is known: the check ends, and names the rows.
        let findings = second.check().await.unwrap();
        for key in ["check-review-altered", "check-round-altered"] {
            assert!(
                findings.iter().any(|one| one.0.key == key),
                "{key}: {findings:?}"
            );
        }
        // A form that leaves such a text where it is asks for a day.
        let unfit = NewRound::of(&round.round).check().unwrap_err();
        assert_eq!(refusal::<()>(Err(unfit.into())), "round-date-unfit");
        second.close().await.unwrap();
    })
    .await;
}
