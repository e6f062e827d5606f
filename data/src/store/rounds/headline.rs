//! The choice of the round that heads a review. The rule without a choice is in
//! [`headline_round`](crate::domain::ReviewRecord::headline_round).

use crate::domain::{ReviewCode, ReviewRecord, RoundCounts};
use crate::store::entities::round;
use crate::store::read_model::review_records;
use crate::store::rounds::corrections;
use crate::store::{Actor, Error, Event, HeadlineChoice, HeadlineFigure, RoundRefusal, Store};
use sea_orm::{ActiveValue::Set, EntityTrait};

impl Store {
    /// Chooses the round that heads a review, or with `None` leaves it to the rule again. Everybody can read the reason.
    pub async fn choose_headline(
        &self,
        actor: &Actor,
        review: ReviewCode,
        chosen: Option<&str>,
        why: &str,
    ) -> Result<(), Error> {
        let why = corrections::reason(why)?;
        let mut change = self.begin(actor).await?;
        let mut record = review_records::load(&change.tx, review).await?;
        if let Some(slug) = chosen {
            let round = record.any_round(slug).ok_or(Error::NotFound)?;
            corrections::refuse_unless_current(&round.round)?;
        }
        let former = record
            .rounds
            .iter()
            .find(|one| one.round.publication.headline_reason.is_some())
            .map(|one| one.round.slug.clone());
        if former.as_deref() == chosen {
            return Err(RoundRefusal::HeadlineUnchanged.into());
        }
        let before = figure(&record);
        for one in &mut record.rounds {
            let reason = (Some(one.round.slug.as_str()) == chosen).then(|| why.clone());
            if one.round.publication.headline_reason == reason {
                continue;
            }
            let row = round::ActiveModel {
                id: Set(one.round.id),
                headline_reason: Set(reason.clone()),
                ..Default::default()
            };
            round::Entity::update(row).exec(&change.tx).await?;
            one.round.publication.headline_reason = reason;
        }
        let event = Event::HeadlineChosen(HeadlineChoice {
            reason: why,
            chosen: chosen.map(str::to_owned),
            before,
            after: figure(&record),
        });
        let about = chosen.map(str::to_owned).or(former).unwrap_or_default();
        change.record(vec![event.in_round(review, &about)]).await?;
        change.commit().await
    }
}

fn figure(record: &ReviewRecord) -> Option<HeadlineFigure> {
    let round = record.headline_round()?;
    Some(HeadlineFigure {
        round: round.round.slug.clone(),
        counts: RoundCounts::of(record, round),
    })
}
