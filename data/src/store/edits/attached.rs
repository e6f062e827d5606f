//! What belongs to a recommendation: assessments, unsaved drafts, links to other cycles, other names.

use super::{EditRefusal, matched};
use crate::domain::{
    Assessment, Earlier, Paragraph, Recommendation, Review, ReviewCode, RoundKind, Seen,
};
use crate::store::change::Change;
use crate::store::entities::{
    assessment, draft, link, recommendation, recommendation_alias, review, round,
};
use crate::store::history::chain;
use crate::store::history::events::{Decision, Match};
use crate::store::rounds::assessments::Place;
use crate::store::{Error, Event};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};

/// What belongs to a recommendation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Attached {
    /// The titles of published rounds that name it.
    pub published: Vec<String>,
    /// Its assessments in open rounds.
    pub assessed: Vec<InRound>,
    /// The titles of open rounds in which somebody has an unsaved draft of an assessment.
    pub drafted: Vec<String>,
    /// Decisions whether it repeats another one, or another one repeats it.
    pub links: Vec<AttachedLink>,
    /// Other names that lead to it, each with how similar the texts were.
    pub names: Vec<(String, Option<f64>)>,
}

/// An assessment in an open round.
#[derive(Clone, PartialEq, Debug)]
pub struct InRound {
    /// The name of the round in addresses.
    pub slug: String,
    /// The title of the round.
    pub title: String,
    /// The assessment.
    pub assessment: Assessment,
}

/// A decision whether a recommendation repeats one of an earlier cycle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttachedLink {
    /// The review of the later recommendation.
    pub review: ReviewCode,
    /// The later recommendation.
    pub paragraph: Paragraph,
    /// The earlier recommendation.
    pub earlier: Earlier,
    /// Whether the later one repeats it.
    pub repeats: bool,
    /// The rows of the later and the earlier recommendation.
    pub(super) rows: (i64, i64),
}

/// The version of a recommendation that a form names which changes nothing else.
pub fn recommendation_seen(one: &Recommendation) -> Seen {
    Seen::Content(hash(&chain::json(one)))
}

/// The version of recommendations and of what belongs to them, for a form that takes all of it along.
pub fn edit_seen(parts: &[(&Recommendation, &Attached)]) -> Seen {
    let texts = parts.iter().map(|(one, attached)| {
        let assessed = attached.assessed.iter();
        let assessed: Vec<_> = assessed
            .map(|one| (&one.slug, one.assessment.version, &one.assessment))
            .collect();
        let links: Vec<_> = attached
            .links
            .iter()
            .map(|link| {
                let earlier = (link.earlier.review, &link.earlier.paragraph);
                (link.review, &link.paragraph, earlier, link.repeats)
            })
            .collect();
        chain::json(&(one, assessed, links))
    });
    Seen::Content(hash(&texts.collect::<Vec<_>>().join("\n")))
}

fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

impl Attached {
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        review: &Review,
        one: &Recommendation,
    ) -> Result<Self, Error> {
        let mut attached = Self::default();
        let rounds = round::Entity::find()
            .filter(round::Column::ReviewId.eq(review.id))
            .order_by_asc(round::Column::Id)
            .all(db)
            .await?;
        for round in rounds {
            if round.kind != RoundKind::Itemised {
                continue;
            }
            if round.published_at.is_some() {
                let named = assessment::Entity::find()
                    .filter(assessment::Column::RoundId.eq(round.id))
                    .filter(assessment::Column::RecommendationId.eq(one.id))
                    .one(db)
                    .await?;
                attached.published.extend(named.map(|_| round.title));
                continue;
            }
            let drafted = draft::Entity::find()
                .filter(draft::Column::RoundId.eq(round.id))
                .filter(draft::Column::RecommendationId.eq(one.id))
                .one(db)
                .await?;
            attached
                .drafted
                .extend(drafted.map(|_| round.title.clone()));
            let place = Place::find(db, review.code, &round.slug, &one.paragraph).await?;
            if let Some((_, assessment)) = place.present(db).await? {
                attached.assessed.push(InRound {
                    slug: round.slug,
                    title: round.title,
                    assessment,
                });
            }
        }
        attached.links = links(db, one.id).await?;
        let names = recommendation_alias::Entity::find()
            .filter(recommendation_alias::Column::RecommendationId.eq(one.id))
            .order_by_asc(recommendation_alias::Column::Name)
            .all(db)
            .await?;
        attached.names = names.into_iter().map(|row| (row.name, row.score)).collect();
        Ok(attached)
    }

    /// Refuses a change of what published rounds name and their snapshot does not keep: the number and the text. A text
    /// can be added where there was none.
    pub(super) fn refuse_published(
        &self,
        before: &Recommendation,
        after: &Recommendation,
    ) -> Result<(), EditRefusal> {
        let is_other_text = before.text.is_some() && before.text != after.text;
        let is_affected = is_other_text || before.paragraph != after.paragraph;
        if is_affected && !self.published.is_empty() {
            return Err(EditRefusal::IsPublished {
                paragraph: before.paragraph.clone(),
                rounds: self.published.join(", "),
            });
        }
        Ok(())
    }

    /// Refuses to let a recommendation go that a published round names, or that somebody is about to assess.
    pub(super) fn refuse_going(&self, one: &Recommendation) -> Result<(), EditRefusal> {
        let paragraph = one.paragraph.clone();
        if !self.published.is_empty() {
            let rounds = self.published.join(", ");
            return Err(EditRefusal::CannotGo { paragraph, rounds });
        }
        if !self.drafted.is_empty() {
            let rounds = self.drafted.join(", ");
            return Err(EditRefusal::IsDrafted { paragraph, rounds });
        }
        Ok(())
    }

    /// The other names, as the history keeps them.
    pub(super) fn matches(&self, paragraph: &Paragraph) -> Vec<Match> {
        let names = self.names.iter();
        names.map(|name| matched(name, paragraph)).collect()
    }
}

impl AttachedLink {
    /// Writes down another decision and records it.
    pub(super) async fn decide(
        &self,
        change: &mut Change<'_>,
        before: Option<bool>,
        after: Option<bool>,
    ) -> Result<(), Error> {
        let (later, earlier) = self.rows;
        link::Entity::delete_by_id((later, earlier))
            .exec(&change.tx)
            .await?;
        if let Some(repeats) = after {
            let row = link::ActiveModel {
                recommendation_id: Set(later),
                earlier_id: Set(earlier),
                repeats: Set(repeats),
            };
            link::Entity::insert(row)
                .exec_without_returning(&change.tx)
                .await?;
        }
        let decision = |repeats| Decision {
            earlier: self.earlier.clone(),
            repeats,
        };
        let event = Event::LinkDecided {
            before: before.map(decision),
            after: after.map(decision),
        };
        let event = event.about(self.review, &self.paragraph);
        change.record(vec![event]).await
    }
}

/// The links from and to a recommendation.
async fn links(db: &impl ConnectionTrait, id: i64) -> Result<Vec<AttachedLink>, Error> {
    let rows = link::Entity::find()
        .filter(
            Condition::any()
                .add(link::Column::RecommendationId.eq(id))
                .add(link::Column::EarlierId.eq(id)),
        )
        .order_by_asc(link::Column::RecommendationId)
        .order_by_asc(link::Column::EarlierId)
        .all(db)
        .await?;
    let mut links = Vec::with_capacity(rows.len());
    for row in rows {
        let (review, paragraph) = name_of(db, row.recommendation_id).await?;
        let (earlier_review, earlier) = name_of(db, row.earlier_id).await?;
        links.push(AttachedLink {
            review,
            paragraph,
            earlier: Earlier {
                review: earlier_review,
                paragraph: earlier,
            },
            repeats: row.repeats,
            rows: (row.recommendation_id, row.earlier_id),
        });
    }
    Ok(links)
}

/// The review and number of a row.
async fn name_of(db: &impl ConnectionTrait, id: i64) -> Result<(ReviewCode, Paragraph), Error> {
    let corrupt = || Error::Corrupt(format!("recommendation {id}"));
    let row = recommendation::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or_else(corrupt)?;
    let review = review::Entity::find_by_id(row.review_id)
        .one(db)
        .await?
        .ok_or_else(corrupt)?;
    let paragraph = Paragraph::parse(&row.paragraph).map_err(|_| corrupt())?;
    Ok((Review::try_from(review)?.code, paragraph))
}
