//! Saving an assessment.

use super::change::Change;
use super::entities::{assessment, assessment_evidence, draft, evidence, recommendation};
use super::{
    Actor, Error, NewEvent, Store, history, insert_all, review_records, rounds, scales, without_nul,
};
use crate::domain::{
    Assessment, Confidence, Evidence, Message, Paragraph, ReviewCode, RoundKind, Scale,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

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

/// What is wrong with an assessment in this scale, if anything.
pub(super) fn check(scale: &Scale, content: &Assessment) -> Result<(), Message> {
    if scale.status(&content.status).is_none() {
        return Err(Message::new("assessment-status-unknown"));
    }
    if content.rationale.chars().count() > Assessment::RATIONALE_MAX {
        return Err(
            Message::new("assessment-rationale-too-long").with("max", Assessment::RATIONALE_MAX)
        );
    }
    if content.evidence.len() > Assessment::EVIDENCE_MAX {
        return Err(
            Message::new("assessment-evidence-too-many").with("max", Assessment::EVIDENCE_MAX)
        );
    }
    for (number, evidence) in (1..).zip(&content.evidence) {
        check_evidence(evidence).map_err(|message| message.with("number", number))?;
    }
    Ok(())
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
pub(super) fn tidied(evidence: &[Evidence]) -> Vec<Evidence> {
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
        check(&scale, &after)?;
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
        let event = saved(
            review.code,
            &save.round,
            save.paragraph.as_str(),
            before.as_ref().map(|(_, before)| before),
            &after,
        );
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

/// An assessment to be written.
pub(super) struct Writing<'a> {
    /// The row it is written over; none for a new one.
    pub(super) id: Option<i64>,
    /// The recommendation's row.
    pub(super) recommendation: i64,
    /// What it is from now on.
    pub(super) content: &'a Assessment,
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
    let writing = Writing {
        id,
        recommendation,
        content,
    };
    write_all(change, round, review, &[writing]).await
}

/// Writes assessments of one round, with as many statements for many as for one.
pub(super) async fn write_all(
    change: &mut Change<'_>,
    round: i64,
    review: i64,
    all: &[Writing<'_>],
) -> Result<(), Error> {
    let tx = &change.tx;
    for batch in all.chunks(2_000) {
        let rows = batch.iter().map(|writing| assessment::ActiveModel {
            round_id: Set(round),
            recommendation_id: Set(writing.recommendation),
            status: Set(writing.content.status.clone()),
            rationale: Set(writing.content.rationale.clone()),
            confidence: Set(writing
                .content
                .confidence
                .map(|level| level.code().to_owned())),
            version: Set(writing.content.version),
            changed_at: Set(writing.content.changed_at),
            ..Default::default()
        });
        let over = OnConflict::columns([
            assessment::Column::RoundId,
            assessment::Column::RecommendationId,
        ])
        .update_columns([
            assessment::Column::Status,
            assessment::Column::Rationale,
            assessment::Column::Confidence,
            assessment::Column::Version,
            assessment::Column::ChangedAt,
        ])
        .to_owned();
        assessment::Entity::insert_many(rows)
            .on_conflict(over)
            .exec_without_returning(tx)
            .await?;
        let before: Vec<i64> = batch.iter().filter_map(|writing| writing.id).collect();
        assessment_evidence::Entity::delete_many()
            .filter(assessment_evidence::Column::AssessmentId.is_in(before))
            .exec(tx)
            .await?;
    }
    let with_evidence = || all.iter().filter(|one| !one.content.evidence.is_empty());
    if with_evidence().next().is_none() {
        return Ok(());
    }
    let pieces = with_evidence().flat_map(|writing| &writing.content.evidence);
    let pieces = evidence_rows(tx, review, pieces).await?;
    let ids = ids(tx, round).await?;
    let mut cites = Vec::new();
    for writing in with_evidence() {
        for (place, evidence) in (0..).zip(&writing.content.evidence) {
            let found = ids
                .get(&writing.recommendation)
                .zip(pieces.get(&identity(evidence)));
            let (assessment_id, evidence_id) =
                found.ok_or_else(|| Error::Corrupt("evidence".to_owned()))?;
            cites.push(assessment_evidence::Model {
                assessment_id: *assessment_id,
                place,
                evidence_id: *evidence_id,
            });
        }
    }
    insert_all::<assessment_evidence::Entity, assessment_evidence::ActiveModel>(tx, cites).await
}

/// The rows of a round's assessments, by the recommendation's row.
pub(super) async fn ids(db: &impl ConnectionTrait, round: i64) -> Result<HashMap<i64, i64>, Error> {
    let ids: Vec<(i64, i64)> = assessment::Entity::find()
        .select_only()
        .column(assessment::Column::RecommendationId)
        .column(assessment::Column::Id)
        .filter(assessment::Column::RoundId.eq(round))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// A round's assessments with their rows, by the recommendation's row.
pub(super) async fn of_round(
    db: &impl ConnectionTrait,
    review: i64,
    round: i64,
) -> Result<HashMap<i64, (i64, Assessment)>, Error> {
    let mut evidence = review_records::evidence_of_review(db, review).await?;
    assessment::Entity::find()
        .filter(assessment::Column::RoundId.eq(round))
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            let (id, recommendation) = (row.id, row.recommendation_id);
            let evidence = evidence.remove(&id).unwrap_or_default();
            let content = review_records::assessment_of(row, evidence)?;
            Ok((recommendation, (id, content)))
        })
        .collect()
}

/// The event of saving an assessment.
pub(super) const SAVED: &str = "assessment-saved";

/// What the history says of a saved assessment.
pub(super) fn saved(
    review: ReviewCode,
    round: &str,
    paragraph: &str,
    before: Option<&Assessment>,
    after: &Assessment,
) -> NewEvent {
    NewEvent {
        kind: SAVED,
        review: Some(review.to_string()),
        round: Some(round.to_owned()),
        paragraph: Some(paragraph.to_owned()),
        before: before.map(history::json),
        after: Some(history::json(after)),
    }
}

/// What makes a piece of evidence the same one.
fn identity(content: &Evidence) -> String {
    history::hex(&Sha256::digest(history::json(content).as_bytes()))
}

/// The rows of pieces of evidence of a review, by their identity, written where they are new.
async fn evidence_rows(
    db: &impl ConnectionTrait,
    review: i64,
    pieces: impl Iterator<Item = &Evidence>,
) -> Result<HashMap<String, i64>, Error> {
    let pieces: HashMap<String, &Evidence> = pieces.map(|one| (identity(one), one)).collect();
    let rows: Vec<evidence::ActiveModel> = pieces
        .iter()
        .map(|(identity, content)| evidence::ActiveModel {
            review_id: Set(review),
            title: Set(content.title.clone()),
            source: Set(content.source.clone()),
            publisher: Set(content.publisher.clone()),
            date: Set(content.date.clone()),
            kind: Set(content.kind.code().to_owned()),
            note: Set(content.note.clone()),
            identity: Set(identity.clone()),
            ..Default::default()
        })
        .collect();
    let known = OnConflict::columns([evidence::Column::ReviewId, evidence::Column::Identity])
        .do_nothing()
        .to_owned();
    for batch in rows.chunks(2_000) {
        evidence::Entity::insert_many(batch.to_vec())
            .on_conflict(known.clone())
            .exec_without_returning(db)
            .await?;
    }
    let ids: Vec<(String, i64)> = evidence::Entity::find()
        .select_only()
        .column(evidence::Column::Identity)
        .column(evidence::Column::Id)
        .filter(evidence::Column::ReviewId.eq(review))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Takes assessments away that an import had made.
pub(super) async fn remove(change: &mut Change<'_>, ids: &[i64]) -> Result<(), Error> {
    for ids in ids.chunks(2_000) {
        assessment_evidence::Entity::delete_many()
            .filter(assessment_evidence::Column::AssessmentId.is_in(ids.iter().copied()))
            .exec(&change.tx)
            .await?;
        assessment::Entity::delete_many()
            .filter(assessment::Column::Id.is_in(ids.iter().copied()))
            .exec(&change.tx)
            .await?;
    }
    Ok(())
}
