//! Earlier states: an assessment put back to an earlier version, a round as it stood on a day, results of
//! an earlier round carried over into a new one.

use super::assessments::{self, Place};
use super::entities::event;
use super::{Actor, Error, Store, history, review_records, rounds, scales};
use crate::domain::{
    Assessment, Message, Paragraph, ReviewCode, ReviewRecord, RoundKind, RoundRecord,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;
use std::collections::HashMap;

/// The event of an assessment carried over from an earlier round.
pub(super) const CARRIED_OVER: &str = "assessment-carried-over";

/// What carrying over did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CarriedOver {
    /// Results carried over.
    pub carried: usize,
    /// Recommendations that had an assessment here already.
    pub kept: usize,
    /// Results in a status that the round's scale does not have.
    pub unknown: usize,
}

/// The number that a recommendation had.
#[derive(Deserialize)]
struct Numbered {
    paragraph: String,
}

/// What a round said of itself.
#[derive(Deserialize)]
struct Said {
    title: String,
    organisation: String,
    as_of: Option<String>,
    method: Option<String>,
    #[serde(default)]
    assessors: Vec<String>,
}

impl Store {
    /// Puts an assessment back to what an entry of the history says it was then. `version` is the one
    /// that was seen; the new version.
    pub async fn restore_assessment(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
        paragraph: &Paragraph,
        version: i64,
        entry: i64,
    ) -> Result<i64, Error> {
        let mut change = self.begin(actor).await?;
        let place = Place::find(&change.tx, review, slug, paragraph).await?;
        let told = event::Entity::find_by_id(entry)
            .one(&change.tx)
            .await?
            .filter(|event| event.review.as_deref() == Some(&review.to_string()))
            .filter(|event| event.round.as_deref() == Some(slug))
            .filter(|event| event.paragraph.as_deref() == Some(paragraph.as_str()))
            .and_then(|event| event.after)
            .ok_or(Error::NotFound)?;
        let then: Assessment = serde_json::from_str(&told)
            .map_err(|_| Error::Corrupt("an assessment in the history".to_owned()))?;
        assessments::check(&place.scale, &then, &[])?;
        let present = place.present(&change.tx).await?;
        let now = present.as_ref().map_or(0, |(_, there)| there.version);
        if now != version {
            return Err(Error::Conflict(now));
        }
        if present
            .as_ref()
            .is_some_and(|(_, there)| history::json(there) == told)
        {
            return Ok(now);
        }
        let version =
            assessments::put(&mut change, &place, present, then, assessments::RESTORED).await?;
        change.commit().await?;
        Ok(version)
    }

    /// Begins an open round with the results of another: each recommendation without an assessment gets
    /// the other round's, marked as carried over until somebody confirms or changes it.
    pub async fn carry_over(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
        from: &str,
    ) -> Result<CarriedOver, Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let earlier = record.round(from).ok_or(Error::NotFound)?;
        if from == slug {
            return Err(Message::new("carry-over-from-itself").into());
        }
        if earlier.round.kind != RoundKind::Itemised {
            return Err(Message::new("round-has-totals-only")
                .with("round", &earlier.round.title)
                .into());
        }
        let into = record.round(slug).ok_or(Error::NotFound)?;
        let first = record
            .recommendations
            .first()
            .ok_or_else(|| Message::new("round-has-no-recommendations"))?;
        // It refuses what is published.
        let place = Place::find(&change.tx, review, slug, &first.paragraph).await?;
        let mut outcome = CarriedOver::default();
        for one in &record.recommendations {
            let Some(assessment) = earlier.assessments.get(&one.id) else {
                continue;
            };
            let scale = &earlier.round.scale;
            // "Not assessed" is no result.
            if !scale
                .status(&assessment.status)
                .is_some_and(|status| status.counts_as_assessed)
            {
                continue;
            }
            if into.assessments.contains_key(&one.id) {
                outcome.kept += 1;
                continue;
            }
            if place.scale.status(&assessment.status).is_none() {
                outcome.unknown += 1;
                continue;
            }
            let here = Place {
                review: place.review.clone(),
                round: place.round.clone(),
                scale: place.scale.clone(),
                recommendation: one.id,
                paragraph: one.paragraph.to_string(),
            };
            let carried = Assessment {
                carried_over: Some(from.to_owned()),
                ..assessment.clone()
            };
            assessments::put(&mut change, &here, None, carried, CARRIED_OVER).await?;
            outcome.carried += 1;
        }
        if outcome.carried == 0 {
            return Err(Message::new("carry-over-nothing").into());
        }
        change.commit().await?;
        Ok(outcome)
    }

    /// A round as it stood at a moment (milliseconds since 1970, UTC): its assessments and what it said of
    /// itself, as the history tells them. None where it was not there yet.
    pub async fn round_as_of(
        &self,
        record: &ReviewRecord,
        slug: &str,
        moment: i64,
    ) -> Result<Option<RoundRecord>, Error> {
        let round = record.round(slug).ok_or(Error::NotFound)?;
        let code = record.review.code.to_string();
        let events = event::Entity::find()
            .filter(event::Column::Review.eq(&code))
            .order_by_asc(event::Column::Id)
            .all(&self.connection)
            .await?;
        let mut there = false;
        let mut said: Option<Said> = None;
        let mut then: HashMap<String, (i64, Assessment)> = HashMap::new();
        for event in events {
            match (event.paragraph, event.round) {
                // What was decided about a link names another recommendation.
                (Some(paragraph), None) if event.kind.starts_with("recommendation-") => {
                    // Under its present number, whenever it got that.
                    let former = event
                        .before
                        .as_deref()
                        .and_then(|before| serde_json::from_str::<Numbered>(before).ok())
                        .map(|before| before.paragraph);
                    if let Some(former) = former.filter(|former| *former != paragraph)
                        && let Some(assessment) = then.remove(&former)
                    {
                        then.insert(paragraph, assessment);
                    }
                }
                (paragraph, Some(of)) if of == slug && event.at <= moment => {
                    there = true;
                    if [rounds::OPENED, rounds::CHANGED].contains(&event.kind.as_str()) {
                        let after = event.after.as_deref();
                        said = after
                            .and_then(|after| serde_json::from_str(after).ok())
                            .or(said);
                    }
                    let Some(paragraph) = paragraph else { continue };
                    match event.after {
                        None => {
                            then.remove(&paragraph);
                        }
                        Some(after) => {
                            let after = serde_json::from_str(&after).map_err(|_| {
                                Error::Corrupt("an assessment in the history".to_owned())
                            })?;
                            then.insert(paragraph, (event.at, after));
                        }
                    }
                }
                _ => {}
            }
        }
        if !there {
            return Ok(None);
        }
        let mut assessments = HashMap::new();
        for one in &record.recommendations {
            if let Some((at, assessment)) = then.remove(one.paragraph.as_str()) {
                let assessment = Assessment {
                    changed_at: at,
                    ..assessment
                };
                assessments.insert(one.id, assessment);
            }
        }
        let mut as_of = round.clone();
        if let Some(said) = said {
            as_of.round.title = said.title;
            as_of.round.organisation = said.organisation;
            as_of.round.as_of = said.as_of;
            as_of.round.method = said.method;
            as_of.round.assessors = said.assessors;
        }
        if as_of.round.published_at.is_some_and(|at| at > moment) {
            as_of.round.published_at = None;
            as_of.round.content_hash = None;
            as_of.frozen = HashMap::new();
        } else if as_of.round.is_published() {
            // What publishing wrote down as not assessed stands in no entry of its own.
            as_of.assessments.clone_into(&mut assessments);
        }
        as_of.assessments = assessments;
        Ok(Some(as_of))
    }

    /// The scale of that code, in its newest version.
    pub async fn scale(&self, code: &str) -> Result<Option<crate::domain::Scale>, Error> {
        scales::newest(&self.connection, code).await
    }
}
