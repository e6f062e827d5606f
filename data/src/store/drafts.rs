//! What an analyst typed and has not saved: kept while typing, or because somebody else had saved first,
//! or because something in it does not fit. It stays until it is saved or given up, and never counts in
//! a figure.

use super::entities::{draft, recommendation, round};
use super::{Actor, Error, Save, Store, assessments, evidence, review_records, rounds};
use crate::domain::{Assessment, Confidence, Evidence, Message, ReviewCode};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Why something is a draft.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DraftReason {
    /// It was typed, and nobody has tried to save it.
    Typed,
    /// Somebody else saved first.
    Conflict,
    /// It does not fit: the message's key and values.
    Refused(String, Vec<(String, String)>),
}

impl DraftReason {
    /// The refusal that a message tells.
    pub fn refused(message: &Message) -> Self {
        let values = message
            .values
            .iter()
            .map(|(name, value)| (name.clone().into_owned(), value.clone()));
        Self::Refused(message.key.clone().into_owned(), values.collect())
    }
}

/// A kept draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// What was typed. Its version is the one that it was typed over.
    pub content: Assessment,
    /// Why it was not saved.
    pub reason: DraftReason,
}

#[derive(Serialize, Deserialize)]
struct Content {
    status: String,
    rationale: String,
    confidence: Option<Confidence>,
    evidence: Vec<Evidence>,
}

impl Store {
    /// Keeps what was typed. Texts far beyond what could ever be saved are cut.
    pub async fn keep_draft(
        &self,
        account: i64,
        save: &Save,
        reason: &DraftReason,
    ) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let (review, round, recommendation) = place(&change.tx, save.review, save).await?;
        // A number that is not there is told when it is saved.
        let evidence =
            match evidence::resolve(&change.tx, review, &save.cites, &save.evidence).await {
                Ok(evidence) => evidence,
                Err(Error::Refused(_)) => save.evidence.clone(),
                Err(failed) => return Err(failed),
            };
        let longest = Assessment::RATIONALE_MAX * 4;
        let content = Content {
            status: save.status.chars().take(100).collect(),
            rationale: save.rationale.chars().take(longest).collect(),
            confidence: save.confidence,
            evidence: evidence
                .iter()
                .take(Assessment::EVIDENCE_MAX * 2)
                .map(cut)
                .collect(),
        };
        if *reason == DraftReason::Typed && says_the_same(&change.tx, save, &content).await? {
            draft::Entity::delete_by_id((round, recommendation, account))
                .exec(&change.tx)
                .await?;
            return change.commit_unrecorded().await;
        }
        let row = draft::ActiveModel {
            round_id: Set(round),
            recommendation_id: Set(recommendation),
            account_id: Set(account),
            content: Set(super::history::json(&content)),
            base_version: Set(save.version),
            reason: Set(super::history::json(reason)),
            changed_at: Set(change.now()),
        };
        let key = [
            draft::Column::RoundId,
            draft::Column::RecommendationId,
            draft::Column::AccountId,
        ];
        let over = OnConflict::columns(key)
            .update_columns([
                draft::Column::Content,
                draft::Column::BaseVersion,
                draft::Column::Reason,
                draft::Column::ChangedAt,
            ])
            .to_owned();
        draft::Entity::insert(row)
            .on_conflict(over)
            .exec_without_returning(&change.tx)
            .await?;
        change.commit_unrecorded().await
    }

    /// The recommendations of a round for which a person has a draft.
    pub async fn drafts_of(&self, account: i64, round: i64) -> Result<HashSet<i64>, Error> {
        let ids: Vec<i64> = draft::Entity::find()
            .select_only()
            .column(draft::Column::RecommendationId)
            .filter(draft::Column::AccountId.eq(account))
            .filter(draft::Column::RoundId.eq(round))
            .into_tuple()
            .all(&self.connection)
            .await?;
        Ok(ids.into_iter().collect())
    }

    /// The draft of a person for a recommendation in a round.
    pub async fn draft(
        &self,
        account: i64,
        round: i64,
        recommendation: i64,
    ) -> Result<Option<Draft>, Error> {
        let row = draft::Entity::find_by_id((round, recommendation, account))
            .one(&self.connection)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let corrupt = |_| Error::Corrupt("a draft".to_owned());
        let content: Content = serde_json::from_str(&row.content).map_err(corrupt)?;
        let reason = serde_json::from_str(&row.reason).map_err(corrupt)?;
        let content = Assessment {
            status: content.status,
            rationale: content.rationale,
            confidence: content.confidence,
            evidence: content.evidence,
            carried_over: None,
            version: row.base_version,
            changed_at: row.changed_at,
        };
        Ok(Some(Draft { content, reason }))
    }

    /// Gives a draft up.
    pub async fn discard_draft(
        &self,
        account: i64,
        round: i64,
        recommendation: i64,
    ) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        draft::Entity::delete_by_id((round, recommendation, account))
            .exec(&change.tx)
            .await?;
        change.commit_unrecorded().await
    }
}

fn cut(evidence: &Evidence) -> Evidence {
    let text = |text: &String| {
        text.chars()
            .take(Assessment::EVIDENCE_TEXT_MAX * 4)
            .collect()
    };
    Evidence {
        title: text(&evidence.title),
        source: text(&evidence.source),
        publisher: evidence.publisher.as_ref().map(text),
        date: evidence.date.as_ref().map(text),
        kind: evidence.kind,
        note: evidence.note.as_ref().map(text),
        language: evidence.language.as_ref().map(text),
        archived: evidence.archived.as_ref().map(text),
    }
}

async fn place(
    db: &impl ConnectionTrait,
    review: ReviewCode,
    save: &Save,
) -> Result<(i64, i64, i64), Error> {
    let review = review_records::find_review(db, review)
        .await?
        .ok_or(Error::NotFound)?;
    let round: round::Model = rounds::find(db, review.id, &save.round)
        .await?
        .ok_or(Error::NotFound)?;
    let recommendation = recommendation::Entity::find()
        .filter(recommendation::Column::ReviewId.eq(review.id))
        .filter(recommendation::Column::Paragraph.eq(save.paragraph.as_str()))
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    assessments::refuse_closed(&round)?;
    Ok((review.id, round.id, recommendation.id))
}

/// Whether what was typed is what stands there, or nothing where nothing stands.
async fn says_the_same(
    db: &impl ConnectionTrait,
    save: &Save,
    typed: &Content,
) -> Result<bool, Error> {
    let present = assessments::Place::find(db, save.review, &save.round, &save.paragraph)
        .await?
        .present(db)
        .await?;
    let rationale = super::without_nul(&typed.rationale).trim().to_owned();
    Ok(match present {
        Some((_, there)) => {
            there.status == typed.status
                && there.rationale == rationale
                && there.confidence == typed.confidence
                && there.evidence == typed.evidence
        }
        None => {
            typed.status.is_empty()
                && rationale.is_empty()
                && typed.confidence.is_none()
                && typed.evidence.is_empty()
        }
    })
}
