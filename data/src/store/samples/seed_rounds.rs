//! Rounds written down whole, with all that was assessed in them: the demonstration's, and those of
//! made-up databases that the program is measured with.

use crate::domain::{Assessment, Recommendation, Review, ReviewCode, RoundKind};
use crate::store::change::Change;
use crate::store::read_model::review_records;
use crate::store::recommendations;
use crate::store::rounds::assessments::{self, Writing};
use crate::store::rounds::lifecycle;
use crate::store::{Actor, Error, NewRound, Store};
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
pub(crate) async fn add(
    change: &mut Change<'_>,
    review: &Review,
    whole: &WholeRound,
) -> Result<(), Error> {
    let round = lifecycle::insert(change, review, &whole.round, RoundKind::Itemised).await?;
    let there = review_records::recommendations(&change.tx, review.id).await?;
    // What is written down now is the first version of today, whatever it was where it comes from.
    let (version, changed_at) = (1, change.now());
    let assessed: Vec<(&Recommendation, Assessment)> = there
        .iter()
        .filter_map(|one| {
            let assessment = Assessment {
                version,
                changed_at,
                ..whole.assessments.get(one.paragraph.as_str())?.clone()
            };
            Some((one, assessment))
        })
        .collect();
    let writing: Vec<Writing<'_>> = assessed
        .iter()
        .map(|(one, content)| Writing {
            cited: None,
            recommendation: one.id,
            content,
        })
        .collect();
    assessments::write_all(change, round, review, &writing).await?;
    let event = |(one, assessment): &(&Recommendation, Assessment)| {
        let paragraph = one.paragraph.as_str();
        assessments::saved(review.code, &whole.round.slug, paragraph, None, assessment)
    };
    change.record(assessed.iter().map(event).collect()).await?;
    if whole.published {
        publish(change, review.code, &whole.round.slug).await?;
    }
    Ok(())
}

async fn publish(change: &mut Change<'_>, code: ReviewCode, slug: &str) -> Result<(), Error> {
    let record = review_records::load(&change.tx, code).await?;
    lifecycle::publish(change, &record, slug).await
}
