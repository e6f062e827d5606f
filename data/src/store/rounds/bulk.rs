//! One change of many recommendations, with one reason, which one step undoes.
//!
//! A bulk change is an entry in the history that says what and why, followed by one entry for each
//! recommendation that it changed. Undoing reads those entries backwards, and leaves alone what
//! somebody has changed since.

use crate::domain::{
    Assessment, Confidence, EventKind, Paragraph, Recommendation, ReviewCode, ReviewRecord,
    RoundRecord, Term, refusals, refuse_invisible,
};
use crate::store::change::Change;
use crate::store::entities::event;
use crate::store::history::{chain, events};
use crate::store::read_model::review_records;
use crate::store::recommendations;
use crate::store::rounds::assessments::{self, Cause, Place};
use crate::store::{
    Actor, AssessmentRefusal, Conflict, Error, Event, EvidenceRefusal, HistoryEntry, Refusal,
    RoundRefusal, Store,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

refusals! {
    /// Why a bulk change is not made or undone.
    pub enum BulkRefusal {
        /// The reason is empty or too long.
        ReasonUnfit { max: usize } => "bulk-reason-unfit",
        /// The rationale is too long.
        RationaleUnfit { max: usize } => "bulk-rationale-unfit",
        /// The term is empty or too long.
        TermUnfit { max: usize } => "bulk-term-unfit",
        /// The form names no change.
        NothingChosen => "bulk-nothing-chosen",
        /// The change leaves every recommendation as it is.
        ChangesNothing => "bulk-changes-nothing",
        /// Everything has been changed since.
        NothingToUndo => "bulk-nothing-to-undo",
    }
}

/// What shall be the same in many recommendations.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BulkChange {
    /// Set this status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Set this confidence, where there is an assessment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Cite this record of evidence too, where there is an assessment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<i64>,
    /// Add this term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_term: Option<Term>,
    /// Take this term away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_term: Option<Term>,
    /// Confirm results that were carried over.
    #[serde(default)]
    pub confirm: bool,
    /// The rationale of assessments that get a status and have none yet; empty to leave them without. Readers see it
    /// once the round is published. Changes of earlier versions have no such field: their reason became the rationale.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rationale: String,
    /// Why the change is made: it stands in the history.
    pub reason: String,
}

/// What becomes of one recommendation.
#[derive(Clone, PartialEq, Debug)]
pub struct BulkLine {
    /// The recommendation as it is.
    pub recommendation: Recommendation,
    /// As it will be, if that is otherwise.
    pub retermed: Option<Recommendation>,
    /// The assessment as it is.
    pub before: Option<Assessment>,
    /// As it will be, if that is otherwise.
    pub after: Option<Assessment>,
}

impl BulkLine {
    /// Whether anything changes.
    pub fn changes(&self) -> bool {
        self.retermed.is_some() || self.after.is_some()
    }

    /// The rationale that it gets, where it has none yet.
    pub fn explained(&self) -> Option<&str> {
        let after = &self.after.as_ref()?.rationale;
        let before = self.before.as_ref().map(|before| &before.rationale);
        (!after.is_empty() && before != Some(after)).then_some(after.as_str())
    }

    /// The version that the assessment has now; 0 where there is none.
    pub fn version(&self) -> i64 {
        self.before.as_ref().map_or(0, |before| before.version)
    }
}

/// What undoing a bulk change did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Undone {
    /// So many are as they were before.
    pub undone: usize,
    /// These were changed since and left alone.
    pub left: Vec<String>,
}

impl BulkChange {
    /// The longest reason, in characters.
    pub const REASON_MAX: usize = 2_000;
    /// The longest rationale, in characters: a preview has it in its address.
    pub const RATIONALE_MAX: usize = 2_000;

    /// What is wrong with it for that round, if anything.
    fn check(&self, record: &ReviewRecord, round: &RoundRecord) -> Result<(), Refusal> {
        if round.round.is_published() {
            return Err(RoundRefusal::IsPublished {
                round: round.round.title.clone(),
            }
            .into());
        }
        if self.reason.trim().is_empty() || self.reason.chars().count() > Self::REASON_MAX {
            return Err(BulkRefusal::ReasonUnfit {
                max: Self::REASON_MAX,
            }
            .into());
        }
        if self.rationale.chars().count() > Self::RATIONALE_MAX {
            return Err(BulkRefusal::RationaleUnfit {
                max: Self::RATIONALE_MAX,
            }
            .into());
        }
        if let Some(status) = &self.status
            && round.round.scale.status(status).is_none()
        {
            return Err(AssessmentRefusal::StatusUnknown.into());
        }
        if let Some(number) = self.cite
            && !record.evidence.iter().any(|one| one.number == number)
        {
            return Err(EvidenceRefusal::Unknown { number }.into());
        }
        let terms = [&self.add_term, &self.remove_term];
        if terms
            .into_iter()
            .flatten()
            .any(|term| !(1..=200).contains(&term.name.trim().chars().count()))
        {
            return Err(BulkRefusal::TermUnfit { max: 200 }.into());
        }
        for term in terms.into_iter().flatten() {
            refuse_invisible(&term.name)?;
        }
        let nothing = self.status.is_none()
            && self.confidence.is_none()
            && self.cite.is_none()
            && terms.into_iter().all(Option::is_none)
            && !self.confirm;
        if nothing {
            return Err(BulkRefusal::NothingChosen.into());
        }
        Ok(())
    }

    /// What it would do to these recommendations of a round, in their order, before it does it.
    pub fn plan(
        &self,
        record: &ReviewRecord,
        round: &RoundRecord,
        paragraphs: &[Paragraph],
    ) -> Result<Vec<BulkLine>, Refusal> {
        self.check(record, round)?;
        let chosen = |one: &&Recommendation| paragraphs.contains(&one.paragraph);
        let lines: Vec<_> = record
            .recommendations
            .iter()
            .filter(chosen)
            .map(|one| self.line(record, round, one))
            .collect();
        let too_many = |line: &BulkLine| {
            line.after
                .as_ref()
                .is_some_and(|after| after.evidence.len() > Assessment::EVIDENCE_MAX)
        };
        if lines.iter().any(too_many) {
            return Err(AssessmentRefusal::EvidenceTooMany {
                max: Assessment::EVIDENCE_MAX,
            }
            .into());
        }
        Ok(lines)
    }

    fn line(&self, record: &ReviewRecord, round: &RoundRecord, one: &Recommendation) -> BulkLine {
        let before = round.assessments.get(&one.id);
        let mut after = before.cloned();
        if let Some(status) = &self.status {
            let after = after.get_or_insert_with(|| Assessment {
                status: String::new(),
                rationale: self.rationale.trim().to_owned(),
                confidence: None,
                evidence: Vec::new(),
                carried_over: None,
                version: 0,
                changed_at: 0,
            });
            after.status.clone_from(status);
            if after.rationale.is_empty() {
                self.rationale.trim().clone_into(&mut after.rationale);
            }
            // Setting a status is a judgement of this round.
            after.carried_over = None;
        }
        if let Some(after) = &mut after {
            if self.confidence.is_some() {
                after.confidence = self.confidence;
            }
            let cited = self
                .cite
                .and_then(|number| record.evidence.iter().find(|one| one.number == number));
            if let Some(cited) = cited.filter(|one| !after.evidence.contains(&one.evidence)) {
                after.evidence.push(cited.evidence.clone());
            }
            if self.confirm {
                after.carried_over = None;
            }
        }
        let mut retermed = one.clone();
        if let Some(term) = &self.add_term {
            let term = Term::new(term.scheme, &crate::store::without_nul(&term.name));
            if !retermed.terms.contains(&term) {
                retermed.terms.push(term);
            }
        }
        if let Some(term) = &self.remove_term {
            retermed.terms.retain(|there| there != term);
        }
        BulkLine {
            retermed: Some(retermed).filter(|retermed| retermed != one),
            after: after.filter(|after| {
                before.is_none_or(|before| chain::json(before) != chain::json(after))
            }),
            before: before.cloned(),
            recommendation: one.clone(),
        }
    }
}

impl Store {
    /// Changes many recommendations of an open round at once. `seen`: each recommendation with the
    /// version of its assessment that was seen; where one has changed since, nothing is done and they
    /// are named. The number of its entry in the history, and how many recommendations changed.
    pub async fn change_many(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
        seen: &[(Paragraph, i64)],
        what: &BulkChange,
    ) -> Result<(i64, usize), Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let round = record.round(slug).ok_or(Error::NotFound)?;
        let what = BulkChange {
            reason: crate::store::without_nul(&what.reason).trim().to_owned(),
            rationale: crate::store::without_nul(&what.rationale).trim().to_owned(),
            ..what.clone()
        };
        let paragraphs: Vec<_> = seen.iter().map(|(one, _)| one.clone()).collect();
        let lines = what.plan(&record, round, &paragraphs)?;
        let changed: Vec<String> = seen
            .iter()
            .filter(|(paragraph, version)| {
                let line = lines
                    .iter()
                    .find(|line| line.recommendation.paragraph == *paragraph);
                line.is_none_or(|line| line.version() != *version)
            })
            .map(|(paragraph, _)| paragraph.to_string())
            .collect();
        if !changed.is_empty() {
            let paragraphs = shortened(&changed);
            return Err(Conflict::Bulk { paragraphs }.into());
        }
        let lines: Vec<BulkLine> = lines.into_iter().filter(BulkLine::changes).collect();
        if lines.is_empty() {
            return Err(BulkRefusal::ChangesNothing.into());
        }
        let retermed: Vec<(Recommendation, Recommendation)> = lines
            .iter()
            .filter_map(|line| Some((line.recommendation.clone(), line.retermed.clone()?)))
            .collect();
        let entries = retermed.len() + lines.iter().filter(|line| line.after.is_some()).count();
        let event = Event::BulkChanged { what, entries };
        change.record(vec![event.in_round(review, slug)]).await?;
        let number = change.last_number();
        if !retermed.is_empty() {
            recommendations::update(&mut change, &record.review, &retermed).await?;
        }
        let mut first = None;
        for line in &lines {
            let Some(after) = &line.after else { continue };
            let place = at(&mut first, &change, review, slug, &line.recommendation).await?;
            let present = place.present(&change.tx).await?;
            assessments::put(&mut change, &place, present, after.clone(), Cause::Saved).await?;
        }
        change.commit().await?;
        Ok((number, lines.len()))
    }

    /// The reasons of the bulk changes that made any of those entries, by the entry's number.
    pub async fn bulk_reasons(
        &self,
        review: &str,
        events: &[HistoryEntry],
    ) -> Result<HashMap<i64, String>, Error> {
        let (Some(first), Some(last)) = (
            events.iter().map(|event| event.id).min(),
            events.iter().map(|event| event.id).max(),
        ) else {
            return Ok(HashMap::new());
        };
        let changes = event::Entity::find()
            .filter(event::Column::Review.eq(review))
            .filter(event::Column::Kind.eq(EventKind::BulkChanged))
            .filter(event::Column::Id.lt(last))
            .all(&self.connection)
            .await?;
        let mut reasons = HashMap::new();
        for change in changes {
            let Some(Event::BulkChanged { what, entries }) = Event::of(&change) else {
                continue;
            };
            let entries = i64::try_from(entries).unwrap_or(i64::MAX);
            let until = change.id.saturating_add(entries);
            if until < first {
                continue;
            }
            for event in events {
                if event.id > change.id && event.id <= until {
                    reasons.insert(event.id, what.reason.clone());
                }
            }
        }
        Ok(reasons)
    }

    /// Undoes a bulk change: what it changed is as it was before, but for what somebody has changed
    /// since.
    pub async fn undo_many(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
        entry: i64,
    ) -> Result<Undone, Error> {
        let mut change = self.begin(actor).await?;
        let bulk = event::Entity::find_by_id(entry)
            .one(&change.tx)
            .await?
            .filter(|event| event.known_kind() == Some(EventKind::BulkChanged))
            .filter(|event| event.review.as_deref() == Some(&review.to_string()))
            .filter(|event| event.round.as_deref() == Some(slug))
            .ok_or(Error::NotFound)?;
        let Some(Event::BulkChanged { entries, .. }) = Event::of(&bulk) else {
            return Err(Error::Corrupt("a bulk change in the history".to_owned()));
        };
        let record = review_records::load(&change.tx, review).await?;
        let round = record.round(slug).ok_or(Error::NotFound)?;
        if round.round.is_published() {
            return Err(RoundRefusal::IsPublished {
                round: round.round.title.clone(),
            }
            .into());
        }
        let last = entry.saturating_add(i64::try_from(entries).unwrap_or(i64::MAX));
        let entries = event::Entity::find()
            .filter(event::Column::Id.gt(entry))
            .filter(event::Column::Id.lte(last))
            .order_by_asc(event::Column::Id)
            .all(&change.tx)
            .await?;
        let event = Event::BulkUndone { entry };
        change.record(vec![event.in_round(review, slug)]).await?;
        // A recommendation may have an entry for its themes and one for its assessment.
        let (mut back, mut left) = (BTreeSet::new(), Vec::new());
        let mut first = None;
        for entry in &entries {
            let Some(paragraph) = &entry.paragraph else {
                continue;
            };
            let one = record
                .recommendations
                .iter()
                .find(|one| one.paragraph.as_str() == paragraph);
            let Some(one) = one else {
                left.push(paragraph.clone());
                continue;
            };
            let is_back = if entry.round.is_some() {
                let place = at(&mut first, &change, review, slug, one).await?;
                put_back(&mut change, &place, entry).await?
            } else {
                reterm_back(&mut change, &record, one, entry).await?
            };
            if is_back {
                back.insert(paragraph.clone());
            } else if !left.contains(paragraph) {
                left.push(paragraph.clone());
            }
        }
        let outcome = Undone {
            undone: back.iter().filter(|one| !left.contains(one)).count(),
            left,
        };
        if back.is_empty() {
            return Err(BulkRefusal::NothingToUndo.into());
        }
        change.commit().await?;
        Ok(outcome)
    }
}

/// The place of a recommendation in the round; review, round and scale are looked up once.
async fn at(
    first: &mut Option<Place>,
    change: &Change<'_>,
    review: ReviewCode,
    slug: &str,
    one: &Recommendation,
) -> Result<Place, Error> {
    let place = match first.take() {
        Some(place) => place,
        None => Place::find(&change.tx, review, slug, &one.paragraph).await?,
    };
    let here = Place {
        review: place.review.clone(),
        round: place.round.clone(),
        scale: place.scale.clone(),
        recommendation: one.id,
        paragraph: one.paragraph.to_string(),
    };
    *first = Some(place);
    Ok(here)
}

/// Puts an assessment back to what it was before an entry, unless it has changed since.
async fn put_back(
    change: &mut Change<'_>,
    place: &Place,
    entry: &event::Model,
) -> Result<bool, Error> {
    let present = place.present(&change.tx).await?;
    let stands = present.as_ref().map(|(_, there)| chain::json(there));
    if stands != entry.after {
        return Ok(false);
    }
    let before = entry
        .before
        .as_deref()
        .map(events::assessment)
        .transpose()?;
    match (before, present) {
        (Some(before), present) => {
            assessments::put(change, place, present, before, Cause::Restored).await?;
        }
        (None, Some(present)) => assessments::take_away(change, place, present).await?,
        (None, None) => {}
    }
    Ok(true)
}

/// Puts a recommendation's terms back to what they were before an entry, unless it has changed since.
async fn reterm_back(
    change: &mut Change<'_>,
    record: &ReviewRecord,
    one: &Recommendation,
    entry: &event::Model,
) -> Result<bool, Error> {
    if entry.after.as_deref() != Some(&chain::json(one)) {
        return Ok(false);
    }
    let Some(Event::RecommendationChanged { before, .. }) = Event::of(entry) else {
        return Ok(false);
    };
    let before = Recommendation {
        id: one.id,
        ..before.into_owned()
    };
    recommendations::update(change, &record.review, &[(one.clone(), before)]).await?;
    Ok(true)
}

/// The first few of a list, as far as a message repeats it.
fn shortened(paragraphs: &[String]) -> String {
    const MOST: usize = 10;
    let mut text = paragraphs
        .iter()
        .take(MOST)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if paragraphs.len() > MOST {
        text.push_str(", …");
    }
    text
}
