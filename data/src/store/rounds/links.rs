//! Links between cycles: a person says that a recommendation repeats one of an earlier review of the same
//! State, or that it does not, though its words are alike.

use crate::domain::{Earlier, Paragraph, ReviewCode, refusals};
use crate::store::entities::{link, recommendation};
use crate::store::history::events::Decision;
use crate::store::read_model::review_records;
use crate::store::{Actor, Error, Event, Store};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

refusals! {
    /// Why a link between recommendations is not saved.
    pub enum LinkRefusal {
        /// The linked review is not an earlier one of the same State.
        NotEarlier { review: ReviewCode } => "link-not-earlier",
    }
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
            return Err(LinkRefusal::NotEarlier {
                review: earlier.review,
            }
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
        let decision = |repeats| Decision {
            earlier: earlier.clone(),
            repeats,
        };
        let event = Event::LinkDecided {
            before: before.map(decision),
            after: repeats.map(decision),
        };
        change.record(vec![event.about(review, paragraph)]).await?;
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
