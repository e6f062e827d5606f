//! Removing an open round that is empty or a mistake.

use crate::domain::ReviewCode;
use crate::store::entities::{
    assessment, assessment_evidence, draft, presence, reported_total, round,
};
use crate::store::read_model::review_records;
use crate::store::rounds::assessments;
use crate::store::{
    Actor, Error, Event, NewRound, RoundContents, RoundRefusal, RoundRemoval, Store,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

impl Store {
    /// What goes if an open round is removed, given its row's number.
    pub async fn round_contents(&self, round: i64) -> Result<RoundContents, Error> {
        contents(&self.connection, round).await
    }

    /// Removes an open round with its assessments and drafts. The evidence that it cites stays in the review. `seen` is
    /// what the person who decided was shown: if the round holds something else by now, nothing is removed.
    pub async fn remove_round(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
        seen: RoundContents,
    ) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let there = record.any_round(slug).ok_or(Error::NotFound)?;
        if there.round.is_published() {
            return Err(RoundRefusal::IsPublished {
                round: there.round.title.clone(),
            }
            .into());
        }
        let id = there.round.id;
        let contents = contents(&change.tx, id).await?;
        if contents != seen {
            return Err(RoundRefusal::ContentsChanged.into());
        }
        draft::Entity::delete_many()
            .filter(draft::Column::RoundId.eq(id))
            .exec(&change.tx)
            .await?;
        presence::Entity::delete_many()
            .filter(presence::Column::RoundId.eq(id))
            .exec(&change.tx)
            .await?;
        let rows = assessments::ids(&change.tx, id).await?;
        let rows: Vec<i64> = rows.into_values().collect();
        assessments::remove(&mut change, &rows).await?;
        reported_total::Entity::delete_many()
            .filter(reported_total::Column::RoundId.eq(id))
            .exec(&change.tx)
            .await?;
        round::Entity::delete_by_id(id).exec(&change.tx).await?;
        let event = Event::RoundRemoved {
            before: RoundRemoval {
                round: NewRound::of(&there.round),
                contents,
            },
        };
        change.record(vec![event.in_round(review, slug)]).await?;
        change.commit().await
    }
}

async fn contents(db: &impl ConnectionTrait, round: i64) -> Result<RoundContents, Error> {
    let of_round = assessment::Entity::find().filter(assessment::Column::RoundId.eq(round));
    let drafts = draft::Entity::find().filter(draft::Column::RoundId.eq(round));
    let rows = assessments::ids(db, round).await?;
    let mut citations = 0;
    let rows: Vec<i64> = rows.into_values().collect();
    for rows in rows.chunks(2_000) {
        citations += assessment_evidence::Entity::find()
            .filter(assessment_evidence::Column::AssessmentId.is_in(rows.iter().copied()))
            .count(db)
            .await?;
    }
    Ok(RoundContents {
        assessments: of_round.count(db).await?,
        drafts: drafts.count(db).await?,
        citations,
    })
}
