//! Sixteen clients make two thousand changes to one round, sensible and not. Afterwards the history,
//! replayed from its start, gives exactly what is there.

use crate::one_recommendation::assert_same_by_key;
use crate::support::{
    REVIEW, ROUND, actor, code, evidence, file, import, incoming, on_each_database, paragraph,
    save, with_round,
};
use data::domain::{Confidence, Earlier, Evidence, Scheme, Seen, Term};
use data::store::{Actor, BulkChange, Error, NewRound, Store, evidence_seen};
use std::sync::Arc;
use tokio::task::JoinSet;

const CLIENTS: u64 = 16;
const CHANGES: u64 = 125;
const RECOMMENDATIONS: u64 = 40;

/// Numbers that look random and are the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    fn pick<'a>(&mut self, among: &[&'a str]) -> &'a str {
        let place = usize::try_from(self.roll(among.len() as u64)).unwrap();
        among[place]
    }
}

fn piece(dice: &mut Dice) -> Evidence {
    let number = dice.roll(12);
    Evidence {
        source: format!("https://example.org/{number}"),
        date: Some(
            dice.pick(&["2023", "2023-05", "2023-05-06", "never"])
                .into(),
        ),
        ..evidence(&format!("Source {number}"))
    }
}

/// One change; whether it was done. Whatever is wrong with it has to be a refusal, not a fault.
async fn change(store: &Store, actor: &Actor, dice: &mut Dice) -> bool {
    let number = u32::try_from(dice.roll(RECOMMENDATIONS) + 1).unwrap();
    let one = paragraph(&format!("120.{number}"));
    let review = code(REVIEW);
    let record = store.review_record(review).await.unwrap();
    let round = record.round(ROUND).unwrap();
    let id = record
        .recommendations
        .iter()
        .find(|there| there.paragraph == one)
        .unwrap()
        .id;
    let stands = round.assessments.get(&id).map_or(0, |there| there.version);
    let status = dice.pick(&[
        "implemented",
        "in_process",
        "not_implemented",
        "not_assessed",
        "excellent",
    ]);
    let outcome = match dice.roll(12) {
        0..=4 => {
            // Sometimes over an old version.
            let version = if dice.roll(5) == 0 {
                stands - 1
            } else {
                stands
            };
            let mut save = save(number, version, status, "Because\0 of this.");
            save.confidence =
                [None, Some(Confidence::High)][usize::try_from(dice.roll(2)).unwrap()];
            if dice.roll(2) == 0 {
                save.evidence.push(piece(dice));
            }
            if dice.roll(3) == 0 {
                save.cites.push(i64::try_from(dice.roll(8)).unwrap());
            }
            store.save_assessment(actor, None, &save).await.map(|_| ())
        }
        5 => store
            .add_evidence(actor, review, &piece(dice), dice.roll(2) == 0)
            .await
            .map(|_| ()),
        6 => match record.evidence.get(usize::try_from(dice.roll(20)).unwrap()) {
            Some(known) => {
                let seen = evidence_seen(&known.evidence);
                let changed = Evidence {
                    note: Some(format!("Page {}", dice.roll(5))),
                    ..known.evidence.clone()
                };
                store
                    .change_evidence(actor, review, known.number, &seen, &changed)
                    .await
            }
            None => {
                store
                    .remove_evidence(actor, review, 1, &Seen::default())
                    .await
            }
        },
        7 => match record.evidence.get(usize::try_from(dice.roll(20)).unwrap()) {
            Some(known) => {
                let seen = evidence_seen(&known.evidence);
                store
                    .remove_evidence(actor, review, known.number, &seen)
                    .await
            }
            None => Err(Error::NotFound),
        },
        8 => {
            let what = BulkChange {
                status: (dice.roll(2) == 0).then(|| status.to_owned()),
                cite: record.evidence.first().map(|known| known.number),
                add_term: Some(Term::new(Scheme::Issue, dice.pick(&["Justice", "Labour"]))),
                remove_term: Some(Term::new(Scheme::Issue, dice.pick(&["Justice", "Torture"]))),
                reason: dice.pick(&["Reform", " "]).to_owned(),
                ..BulkChange::default()
            };
            let first = u32::try_from(dice.roll(RECOMMENDATIONS - 6) + 1).unwrap();
            let seen: Vec<_> = (first..first + 5)
                .map(|number| {
                    let one = paragraph(&format!("120.{number}"));
                    let there = record
                        .recommendations
                        .iter()
                        .find(|there| there.paragraph == one);
                    let version = round
                        .assessments
                        .get(&there.unwrap().id)
                        .map_or(0, |a| a.version);
                    (one, version)
                })
                .collect();
            match store.change_many(actor, review, ROUND, &seen, &what).await {
                Ok((entry, _)) if dice.roll(2) == 0 => store
                    .undo_many(actor, review, ROUND, entry)
                    .await
                    .map(|_| ()),
                done => done.map(|_| ()),
            }
        }
        9 => {
            let events = store.history_of(REVIEW, one.as_str()).await.unwrap();
            let place = usize::try_from(dice.roll(6)).unwrap();
            match events.get(place) {
                Some(event) => store
                    .restore_assessment(actor, review, ROUND, &one, stands, event.id)
                    .await
                    .map(|_| ()),
                None => Err(Error::NotFound),
            }
        }
        10 => {
            let earlier = Earlier {
                review: code(dice.pick(&["SVN-2", "SVN-3", "SVN-4"])),
                paragraph: paragraph(&format!("120.{}", dice.roll(7))),
            };
            let repeats = [Some(true), Some(false), None][usize::try_from(dice.roll(3)).unwrap()];
            store
                .decide_link(actor, review, &one, &earlier, repeats)
                .await
        }
        _ => {
            let there = NewRound::of(&round.round);
            let wanted = NewRound {
                title: dice.pick(&["Ours", "Our round", ""]).to_owned(),
                method: Some(format!("Draft {}", dice.roll(9))),
                ..there.clone()
            };
            store
                .change_round(actor, review, ROUND, &there.seen(), &wanted)
                .await
        }
    };
    match outcome {
        Ok(()) => true,
        Err(Error::Refused(_) | Error::Conflict(_) | Error::NotFound) => false,
        Err(fault) => panic!("{fault}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_changes_by_sixteen_leave_what_the_history_says() {
    on_each_database(async |database| {
        let store = &database.store;
        with_round(store, u32::try_from(RECOMMENDATIONS).unwrap()).await;
        let earlier: Vec<_> = (1..=5)
            .map(|number| {
                let mut earlier = incoming(number);
                earlier.review = code("SVN-2");
                earlier.session = Some(20);
                earlier.report_symbol = Some("A/HRC/28/15".to_owned());
                earlier
            })
            .collect();
        import(store, file(earlier)).await;
        // Half of them in another process.
        let other = Arc::new(database.second_store().await);
        let mut clients = JoinSet::new();
        for client in 0..CLIENTS {
            let store = Arc::clone(if client % 2 == 0 { store } else { &other });
            clients.spawn(async move {
                let actor = Actor(format!("client {client}"));
                let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (client + 1));
                let mut done = 0;
                for _ in 0..CHANGES {
                    done += u64::from(change(&store, &actor, &mut dice).await);
                }
                done
            });
        }
        let mut done = 0;
        while let Some(result) = clients.join_next().await {
            done += result.unwrap();
        }
        let all = CLIENTS * CHANGES;
        println!("{done} of {all} changes were done, the others refused");
        assert!(done > all / 4, "too few were done to say anything: {done}");
        assert!(
            done < all * 19 / 20,
            "too few were refused to say anything: {done}"
        );
        assert_eq!(store.check().await.unwrap(), []);
        let (last, _) = store.revision().await.unwrap();
        assert_eq!(store.verify_history().await.unwrap(), Ok(last));
        // And what was published of it is what stands.
        store
            .publish_round(&actor(), code(REVIEW), ROUND)
            .await
            .unwrap();
        assert_eq!(other.check().await.unwrap(), []);
        let cold = database.second_store().await;
        assert_same_by_key(store, &cold, code(REVIEW)).await;
    })
    .await;
}
