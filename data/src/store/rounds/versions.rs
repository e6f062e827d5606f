//! Earlier states: an assessment put back to an earlier version, a round as it stood on a day, results of
//! an earlier round carried over into a new one.

use crate::domain::{
    Assessment, Paragraph, ReviewCode, ReviewRecord, RoundKind, RoundRecord, Subject,
};
use crate::store::entities::event;
use crate::store::history::{chain, events};
use crate::store::read_model::review_records;
use crate::store::rounds::assessments::{self, Cause, Place};
use crate::store::rounds::scales;
use crate::store::{Actor, Conflict, Error, Event, NewRound, RoundRefusal, Store};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

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
        let then = events::assessment(&told)?;
        assessments::check(&place.scale, &then, &[])?;
        let present = place.present(&change.tx).await?;
        let now = present.as_ref().map_or(0, |(_, there)| there.version);
        if now != version {
            return Err(Conflict::Version(now).into());
        }
        if present
            .as_ref()
            .is_some_and(|(_, there)| chain::json(there) == told)
        {
            return Ok(now);
        }
        let version = assessments::put(&mut change, &place, present, then, Cause::Restored).await?;
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
            return Err(RoundRefusal::CarryOverFromItself.into());
        }
        if earlier.round.kind != RoundKind::Itemised {
            return Err(RoundRefusal::HasTotalsOnly {
                round: earlier.round.title.clone(),
            }
            .into());
        }
        let into = record.round(slug).ok_or(Error::NotFound)?;
        let first = record
            .recommendations
            .first()
            .ok_or(RoundRefusal::HasNoRecommendations)?;
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
            assessments::put(&mut change, &here, None, carried, Cause::CarriedOver).await?;
            outcome.carried += 1;
        }
        if outcome.carried == 0 {
            return Err(RoundRefusal::CarryOverNothing.into());
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
        let mut said: Option<NewRound> = None;
        let mut then: HashMap<String, (i64, Assessment)> = HashMap::new();
        for event in events {
            let subject = event.subject();
            let round_event = (subject == Some(Subject::Round))
                .then(|| Event::of(&event))
                .flatten();
            match (event.paragraph, event.round) {
                // What was decided about a link names another recommendation.
                (Some(paragraph), None) if subject == Some(Subject::Recommendation) => {
                    // Under its present number, whenever it got that.
                    let former = events::former_paragraph(event.before.as_deref());
                    if let Some(former) = former.filter(|former| *former != paragraph)
                        && let Some(assessment) = then.remove(&former)
                    {
                        then.insert(paragraph, assessment);
                    }
                }
                (paragraph, Some(of)) if of == slug && event.at <= moment => {
                    there = true;
                    match round_event {
                        Some(Event::RoundOpened { after } | Event::RoundChanged { after, .. }) => {
                            said = Some(after);
                        }
                        Some(Event::RoundCorrectionOpened(opening)) => said = Some(opening.round),
                        // Another round has had the name.
                        Some(Event::RoundRemoved { .. }) => {
                            there = false;
                            then.clear();
                        }
                        _ => {}
                    }
                    let Some(paragraph) = paragraph else { continue };
                    match event.after {
                        None => {
                            then.remove(&paragraph);
                        }
                        Some(after) => {
                            let after = events::assessment(&after)?;
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
