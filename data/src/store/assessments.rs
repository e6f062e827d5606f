//! Saving an assessment.

use super::change::Change;
use super::entities::{assessment, assessment_evidence, draft, evidence, recommendation};
use super::{
    Actor, Error, NewEvent, Store, history, insert_all, review_records, rounds, scales, without_nul,
};
use crate::domain::{
    Assessment, Confidence, Evidence, Message, Paragraph, ReviewCode, RoundKind, Scale,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};

/// The event of saving an assessment.
pub(super) const SAVED: &str = "assessment-saved";

/// What an analyst wants an assessment to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Save {
    /// The review.
    pub review: ReviewCode,
    /// The round's slug.
    pub round: String,
    /// The recommendation.
    pub paragraph: Paragraph,
    /// The version that the analyst saw; 0 where there was none yet.
    pub version: i64,
    /// The status' code.
    pub status: String,
    /// Why.
    pub rationale: String,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

impl Save {
    /// What is wrong with it in this scale, if anything.
    fn check(&self, scale: &Scale) -> Result<(), Message> {
        if scale.status(&self.status).is_none() {
            return Err(Message::new("assessment-status-unknown"));
        }
        if self.rationale.chars().count() > Assessment::RATIONALE_MAX {
            return Err(Message::new("assessment-rationale-too-long")
                .with("max", Assessment::RATIONALE_MAX));
        }
        if self.evidence.len() > Assessment::EVIDENCE_MAX {
            return Err(
                Message::new("assessment-evidence-too-many").with("max", Assessment::EVIDENCE_MAX)
            );
        }
        for (number, evidence) in (1..).zip(&self.evidence) {
            check_evidence(evidence).map_err(|message| message.with("number", number))?;
        }
        Ok(())
    }
}

fn check_evidence(evidence: &Evidence) -> Result<(), Message> {
    let optional = [&evidence.publisher, &evidence.date, &evidence.note];
    let texts = [Some(&evidence.title), Some(&evidence.source)];
    let mut all = texts
        .into_iter()
        .chain(optional.map(Option::as_ref))
        .flatten();
    if all.any(|text| text.chars().count() > Assessment::EVIDENCE_TEXT_MAX) {
        return Err(Message::new("evidence-too-long").with("max", Assessment::EVIDENCE_TEXT_MAX));
    }
    if evidence.title.trim().is_empty() {
        return Err(Message::new("evidence-without-title"));
    }
    if evidence.source.trim().is_empty() {
        return Err(Message::new("evidence-without-source"));
    }
    // A year or a month is one if its first of January, or first day, is a day.
    let is_dated = evidence.date.as_deref().is_none_or(|date| {
        let day = match date.len() {
            4 => format!("{date}-01-01"),
            7 => format!("{date}-01"),
            _ => date.to_owned(),
        };
        rounds::is_date(&day)
    });
    if is_dated {
        Ok(())
    } else {
        Err(Message::new("evidence-date-unfit"))
    }
}

/// Evidence as it is kept: blanks around its texts dropped, empty ones left out, each piece once.
fn tidied(evidence: &[Evidence]) -> Vec<Evidence> {
    let text = |text: &str| without_nul(text).trim().to_owned();
    let optional = |given: &Option<String>| given.as_deref().map(text).filter(|t| !t.is_empty());
    let mut tidied: Vec<Evidence> = Vec::with_capacity(evidence.len());
    for one in evidence {
        let one = Evidence {
            title: text(&one.title),
            source: text(&one.source),
            publisher: optional(&one.publisher),
            date: optional(&one.date),
            kind: one.kind,
            note: optional(&one.note),
        };
        if !tidied.contains(&one) {
            tidied.push(one);
        }
    }
    tidied
}

impl Store {
    /// Saves an assessment and forgets the draft it came from; its new version. A save that changes
    /// nothing writes nothing. [`Error::Conflict`] if somebody else has saved since.
    pub async fn save_assessment(
        &self,
        actor: &Actor,
        account: Option<i64>,
        save: &Save,
    ) -> Result<i64, Error> {
        let save = &Save {
            rationale: without_nul(&save.rationale).trim().to_owned(),
            evidence: tidied(&save.evidence),
            ..save.clone()
        };
        let mut change = self.begin(actor).await?;
        let review = review_records::find_review(&change.tx, save.review)
            .await?
            .ok_or(Error::NotFound)?;
        let round = rounds::find(&change.tx, review.id, &save.round)
            .await?
            .ok_or(Error::NotFound)?;
        if round.published_at.is_some() {
            return Err(Message::new("round-is-published")
                .with("round", round.title)
                .into());
        }
        if RoundKind::parse(&round.kind) != Some(RoundKind::Itemised) {
            return Err(Message::new("round-has-totals-only")
                .with("round", round.title)
                .into());
        }
        let recommendation = recommendation::Entity::find()
            .filter(recommendation::Column::ReviewId.eq(review.id))
            .filter(recommendation::Column::Paragraph.eq(save.paragraph.as_str()))
            .one(&change.tx)
            .await?
            .ok_or(Error::NotFound)?;
        let scale = scales::all(&change.tx)
            .await?
            .into_iter()
            .find(|scale| scale.id == round.scale_id)
            .ok_or_else(|| Error::Corrupt("a round without its scale".to_owned()))?;
        save.check(&scale)?;

        let row = assessment::Entity::find()
            .filter(assessment::Column::RoundId.eq(round.id))
            .filter(assessment::Column::RecommendationId.eq(recommendation.id))
            .one(&change.tx)
            .await?;
        let before = match row {
            Some(row) => Some(with_evidence(&change.tx, row).await?),
            None => None,
        };
        let version = before.as_ref().map_or(0, |(_, before)| before.version);
        let after = Assessment {
            status: save.status.clone(),
            rationale: save.rationale.clone(),
            confidence: save.confidence,
            evidence: save.evidence.clone(),
            version: version + 1,
            changed_at: change.now(),
        };
        let same = before
            .as_ref()
            .is_some_and(|(_, before)| history::json(before) == history::json(&after));
        if let Some(account) = account {
            // Whether it is saved or was the same already, nothing is left to be kept.
            if same || version == save.version {
                draft::Entity::delete_by_id((round.id, recommendation.id, account))
                    .exec(&change.tx)
                    .await?;
            }
        }
        if same {
            change.commit_unrecorded().await?;
            return Ok(version);
        }
        if version != save.version {
            return Err(Error::Conflict(version));
        }
        let id = before.as_ref().map(|(id, _)| *id);
        write(
            &mut change,
            id,
            round.id,
            recommendation.id,
            review.id,
            &after,
        )
        .await?;
        let event = NewEvent {
            kind: SAVED,
            review: Some(review.code.to_string()),
            round: Some(save.round.clone()),
            paragraph: Some(save.paragraph.to_string()),
            before: before.as_ref().map(|(_, before)| history::json(before)),
            after: Some(history::json(&after)),
        };
        change.record(vec![event]).await?;
        change.commit().await?;
        Ok(after.version)
    }
}

/// A row with what it cites.
async fn with_evidence(
    db: &impl ConnectionTrait,
    row: assessment::Model,
) -> Result<(i64, Assessment), Error> {
    let cited = assessment_evidence::Entity::find()
        .filter(assessment_evidence::Column::AssessmentId.eq(row.id))
        .order_by_asc(assessment_evidence::Column::Place)
        .all(db)
        .await?;
    let mut records: std::collections::HashMap<i64, evidence::Model> = evidence::Entity::find()
        .filter(evidence::Column::Id.is_in(cited.iter().map(|cite| cite.evidence_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|record| (record.id, record))
        .collect();
    let evidence = cited
        .iter()
        .filter_map(|cite| records.remove(&cite.evidence_id))
        .map(review_records::evidence_of)
        .collect::<Result<_, _>>()?;
    Ok((row.id, review_records::assessment_of(row, evidence)?))
}

/// An assessment as a new row, without what it cites.
pub(super) fn row(
    round: i64,
    recommendation: i64,
    content: &Assessment,
) -> assessment::ActiveModel {
    assessment::ActiveModel {
        round_id: Set(round),
        recommendation_id: Set(recommendation),
        status: Set(content.status.clone()),
        rationale: Set(content.rationale.clone()),
        confidence: Set(content.confidence.map(|level| level.code().to_owned())),
        version: Set(content.version),
        changed_at: Set(content.changed_at),
        ..Default::default()
    }
}

/// Writes an assessment: over the row `id`, or as a new one.
pub(super) async fn write(
    change: &mut Change<'_>,
    id: Option<i64>,
    round: i64,
    recommendation: i64,
    review: i64,
    content: &Assessment,
) -> Result<(), Error> {
    let mut row = row(round, recommendation, content);
    let id = match id {
        Some(id) => {
            row.id = Set(id);
            assessment::Entity::update(row).exec(&change.tx).await?;
            assessment_evidence::Entity::delete_many()
                .filter(assessment_evidence::Column::AssessmentId.eq(id))
                .exec(&change.tx)
                .await?;
            id
        }
        None => {
            assessment::Entity::insert(row)
                .exec(&change.tx)
                .await?
                .last_insert_id
        }
    };
    let mut cites = Vec::with_capacity(content.evidence.len());
    for (place, evidence) in (0..).zip(&content.evidence) {
        let evidence_id = evidence_row(&change.tx, review, evidence).await?;
        cites.push(assessment_evidence::Model {
            assessment_id: id,
            place,
            evidence_id,
        });
    }
    insert_all::<assessment_evidence::Entity, assessment_evidence::ActiveModel>(&change.tx, cites)
        .await
}

/// The row of a piece of evidence of a review, written if it is new.
pub(super) async fn evidence_row(
    db: &impl ConnectionTrait,
    review: i64,
    content: &Evidence,
) -> Result<i64, Error> {
    let identity = history::hex(&Sha256::digest(history::json(content).as_bytes()));
    let known = evidence::Entity::find()
        .filter(evidence::Column::ReviewId.eq(review))
        .filter(evidence::Column::Identity.eq(&identity))
        .one(db)
        .await?;
    if let Some(known) = known {
        return Ok(known.id);
    }
    let row = evidence::ActiveModel {
        review_id: Set(review),
        title: Set(content.title.clone()),
        source: Set(content.source.clone()),
        publisher: Set(content.publisher.clone()),
        date: Set(content.date.clone()),
        kind: Set(content.kind.code().to_owned()),
        note: Set(content.note.clone()),
        identity: Set(identity),
        ..Default::default()
    };
    Ok(evidence::Entity::insert(row).exec(db).await?.last_insert_id)
}
