//! Links between cycles: a person says that a recommendation repeats one of an earlier review of the same
//! State, or that it does not, though its words are alike.

use super::entities::{link, recommendation};
use super::{Actor, Error, NewEvent, Store, history, review_records};
use crate::domain::{Earlier, Message, Paragraph, ReviewCode};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

/// The event of a decision, also of one that is taken back.
pub(super) const DECIDED: &str = "link-decided";

/// What such an event keeps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Decision {
    /// The earlier recommendation.
    #[serde(flatten)]
    pub(super) earlier: Earlier,
    /// Whether the later one repeats it.
    pub(super) repeats: bool,
}

/// Reads what an event keeps.
pub(super) fn decision(json: &str) -> Option<Decision> {
    serde_json::from_str(json).ok()
}

impl Store {
    /// Writes down whether a recommendation repeats an earlier one; none takes the decision back.
    pub async fn decide_link(
        &self,
        actor: &Actor,
        review: ReviewCode,
        paragraph: &Paragraph,
        earlier: &Earlier,
        repeats: Option<bool>,
    ) -> Result<(), Error> {
        if earlier.review.state != review.state || earlier.review.cycle >= review.cycle {
            return Err(Message::new("link-not-earlier")
                .with("review", earlier.review)
                .into());
        }
        let mut change = self.begin(actor).await?;
        let later_id = find(&change.tx, review, paragraph).await?;
        let earlier_id = find(&change.tx, earlier.review, &earlier.paragraph).await?;
        let row = link::Entity::find_by_id((later_id, earlier_id))
            .one(&change.tx)
            .await?;
        let before = row.map(|row| row.repeats);
        if before == repeats {
            return Ok(());
        }
        link::Entity::delete_by_id((later_id, earlier_id))
            .exec(&change.tx)
            .await?;
        if let Some(repeats) = repeats {
            let row = link::ActiveModel {
                recommendation_id: Set(later_id),
                earlier_id: Set(earlier_id),
                repeats: Set(repeats),
            };
            link::Entity::insert(row)
                .exec_without_returning(&change.tx)
                .await?;
        }
        let decision = |repeats| {
            history::json(&Decision {
                earlier: earlier.clone(),
                repeats,
            })
        };
        let event = NewEvent {
            kind: DECIDED,
            review: Some(review.to_string()),
            paragraph: Some(paragraph.to_string()),
            before: before.map(decision),
            after: repeats.map(decision),
            ..Default::default()
        };
        change.record(vec![event]).await?;
        change.commit().await
    }
}

/// The row of a recommendation.
async fn find(
    db: &impl ConnectionTrait,
    review: ReviewCode,
    paragraph: &Paragraph,
) -> Result<i64, Error> {
    let review = review_records::find_review(db, review)
        .await?
        .ok_or(Error::NotFound)?;
    let row = recommendation::Entity::find()
        .filter(recommendation::Column::ReviewId.eq(review.id))
        .filter(recommendation::Column::Paragraph.eq(paragraph.as_str()))
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(row.id)
}
