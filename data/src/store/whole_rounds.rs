//! Rounds written down whole, with all that was assessed in them: the demonstration's, and those of
//! made-up databases that the program is measured with.

use super::change::Change;
use super::entities::{assessment, assessment_evidence};
use super::{
    Actor, Error, NewEvent, NewRound, Store, assessments, history, insert_all, recommendations,
    review_records, rounds,
};
use crate::domain::{Assessment, Recommendation, Review, ReviewCode, RoundKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// A review with everything in it, none of which is in the database.
#[derive(Clone, Debug)]
pub struct WholeReview {
    /// The review.
    pub review: Review,
    /// Its recommendations, with a paragraph each of their own.
    pub recommendations: Vec<Recommendation>,
    /// Its rounds.
    pub rounds: Vec<WholeRound>,
}

/// A round with what was assessed in it.
#[derive(Clone, Debug)]
pub struct WholeRound {
    /// The round.
    pub round: NewRound,
    /// Whether it is published.
    pub published: bool,
    /// The assessments by the recommendation's paragraph.
    pub assessments: HashMap<String, Assessment>,
}

impl Store {
    /// Adds a review that is not there yet, in one change. [`Error::System`] if it is there.
    pub async fn add_whole_review(&self, actor: &Actor, whole: &WholeReview) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let code = whole.review.code;
        if review_records::find_review(&change.tx, code)
            .await?
            .is_some()
        {
            return Err(Error::System(format!("{code} is there already")));
        }
        let review = recommendations::ensure_review(&mut change, &whole.review).await?;
        recommendations::add(&mut change, &review, &whole.recommendations).await?;
        for round in &whole.rounds {
            add(&mut change, &review, round).await?;
        }
        change.commit().await
    }
}

/// Adds a round to a review that has its recommendations.
pub(super) async fn add(
    change: &mut Change<'_>,
    review: &Review,
    whole: &WholeRound,
) -> Result<(), Error> {
    let round = rounds::insert(change, review, &whole.round, RoundKind::Itemised).await?;
    let there = review_records::recommendations(&change.tx, review.id).await?;
    let assessed: Vec<(&Recommendation, &Assessment)> = there
        .iter()
        .filter_map(|one| Some((one, whole.assessments.get(one.paragraph.as_str())?)))
        .collect();
    let rows: Vec<assessment::ActiveModel> = assessed
        .iter()
        .map(|(one, assessment)| assessments::row(round, one.id, assessment))
        .collect();
    for batch in rows.chunks(2_000) {
        assessment::Entity::insert_many(batch.to_vec())
            .exec_without_returning(&change.tx)
            .await?;
    }
    cite(change, review, round, &assessed).await?;
    let event = |(one, assessment): &(&Recommendation, &Assessment)| NewEvent {
        kind: assessments::SAVED,
        review: Some(review.code.to_string()),
        round: Some(whole.round.slug.clone()),
        paragraph: Some(one.paragraph.to_string()),
        before: None,
        after: Some(history::json(assessment)),
    };
    change.record(assessed.iter().map(event).collect()).await?;
    if whole.published {
        publish(change, review.code, &whole.round.slug).await?;
    }
    Ok(())
}

async fn publish(change: &mut Change<'_>, code: ReviewCode, slug: &str) -> Result<(), Error> {
    let record = review_records::load(&change.tx, code).await?;
    rounds::publish(change, &record, slug).await
}

/// Writes down what each assessment of a round cites.
async fn cite(
    change: &Change<'_>,
    review: &Review,
    round: i64,
    assessed: &[(&Recommendation, &Assessment)],
) -> Result<(), Error> {
    // The database numbered the rows; which number went to which recommendation is asked once.
    let ids: Vec<(i64, i64)> = assessment::Entity::find()
        .select_only()
        .column(assessment::Column::RecommendationId)
        .column(assessment::Column::Id)
        .filter(assessment::Column::RoundId.eq(round))
        .into_tuple()
        .all(&change.tx)
        .await?;
    let ids: HashMap<i64, i64> = ids.into_iter().collect();
    let mut evidence_ids: HashMap<String, i64> = HashMap::new();
    let mut cites = Vec::new();
    for (one, assessment) in assessed {
        let Some(assessment_id) = ids.get(&one.id).copied() else {
            continue;
        };
        for (place, evidence) in (0..).zip(&assessment.evidence) {
            let content = history::json(evidence);
            let evidence_id = match evidence_ids.get(&content) {
                Some(id) => *id,
                None => assessments::evidence_row(&change.tx, review.id, evidence).await?,
            };
            evidence_ids.insert(content, evidence_id);
            cites.push(assessment_evidence::Model {
                assessment_id,
                place,
                evidence_id,
            });
        }
    }
    insert_all::<assessment_evidence::Entity, assessment_evidence::ActiveModel>(&change.tx, cites)
        .await
}
