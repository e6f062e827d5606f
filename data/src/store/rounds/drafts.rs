//! What an analyst typed and has not saved: kept while typing, or because somebody else had saved first,
//! or because something in it does not fit. It stays until it is saved or given up, and never counts in
//! a figure.

use crate::domain::{Assessment, Confidence, Evidence, Paragraph, Review, ReviewCode};
use crate::store::entities::{draft, recommendation, round};
use crate::store::read_model::review_records;
use crate::store::rounds::{assessments, evidence, lifecycle};
use crate::store::{
    Actor, AssessmentRefusal, Conflict, Error, EvidenceRefusal, Refusal, Save, Store,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// Why something is a draft.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DraftReason {
    /// It was typed, and nobody has tried to save it.
    Typed,
    /// Somebody else saved first.
    Conflict,
    /// It was refused: the key and the values of the sentence that says why, and the field at fault.
    Refused(
        String,
        Vec<(String, String)>,
        #[serde(default)] Option<FaultyField>,
    ),
}

impl DraftReason {
    /// The reason of a draft that was refused.
    pub fn refused(refusal: &Refusal) -> Self {
        let message = refusal.message();
        let values = message.values.into_iter();
        let values = values.map(|(name, value)| (name.into_owned(), value));
        let field = FaultyField::of(refusal);
        Self::Refused(message.key.into_owned(), values.collect(), field)
    }
}

/// The field of the form that a refusal is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FaultyField {
    /// The status.
    Status,
    /// The rationale.
    Rationale,
    /// The level of confidence.
    Confidence,
    /// The evidence.
    Evidence {
        /// The number of the record that has the same web address.
        known: Option<i64>,
    },
}

impl FaultyField {
    fn of(refusal: &Refusal) -> Option<Self> {
        Some(match refusal {
            Refusal::Assessment(AssessmentRefusal::StatusUnknown) => Self::Status,
            Refusal::Assessment(AssessmentRefusal::RationaleTooLong { .. }) => Self::Rationale,
            Refusal::Assessment(AssessmentRefusal::ConfidenceUnknown { .. }) => Self::Confidence,
            Refusal::Assessment(AssessmentRefusal::EvidenceTooMany { .. }) => {
                Self::Evidence { known: None }
            }
            Refusal::Evidence(EvidenceRefusal::SameAddressKnown { known, .. }) => Self::Evidence {
                known: Some(*known),
            },
            Refusal::Evidence(_) => Self::Evidence { known: None },
            _ => return None,
        })
    }
}

/// A kept draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// What was typed. Its version is the one that it was typed over.
    pub content: Assessment,
    /// Why it was not saved.
    pub reason: DraftReason,
    /// The form that it was typed in.
    pub form: String,
}

/// Where a draft is whose round was published since: it can be read, and not saved any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnsavedDraft {
    /// The review of its round.
    pub review: Review,
    /// The name of the round in addresses.
    pub slug: String,
    /// The title of the round.
    pub title: String,
    /// The paragraph of the recommendation.
    pub paragraph: Paragraph,
}

/// The form that sends what is typed. One person may have two open, and neither may overwrite what was
/// typed in the other without having shown it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DraftForm {
    /// Its number.
    pub number: String,
    /// The form of the draft that it was filled with; empty if there was none.
    pub over: String,
    /// Put beside what another form typed, instead of being refused.
    pub join: bool,
    /// Evidence with the address of a record is another part of that source.
    pub of_known_address: bool,
}

impl DraftForm {
    /// Whether it shows what a form has typed.
    pub(crate) fn knows(&self, form: Option<&str>) -> bool {
        form.is_none_or(|form| form == self.number || form == self.over)
    }
}

#[derive(PartialEq, Serialize, Deserialize)]
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
        self.keep(account, save, reason, None).await.map(drop)
    }

    /// Keeps what is typed in a form. While it is being typed, [`Error::Conflict`] where the same person
    /// has typed something else in another one; what was tried to be saved is put beside that. Whether
    /// anything was kept: what stands already is no draft.
    pub async fn keep_from(
        &self,
        account: i64,
        save: &Save,
        reason: &DraftReason,
        form: &DraftForm,
    ) -> Result<bool, Error> {
        self.keep(account, save, reason, Some(form)).await
    }

    async fn keep(
        &self,
        account: i64,
        save: &Save,
        reason: &DraftReason,
        form: Option<&DraftForm>,
    ) -> Result<bool, Error> {
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
        let mut content = Content {
            status: save.status.chars().take(100).collect(),
            rationale: save.rationale.chars().take(longest).collect(),
            confidence: save.confidence,
            evidence: evidence
                .iter()
                .take(Assessment::EVIDENCE_MAX * 2)
                .map(cut)
                .collect(),
        };
        let there = draft::Entity::find_by_id((round, recommendation, account))
            .one(&change.tx)
            .await?;
        let being_typed = *reason == DraftReason::Typed;
        let mut reason = reason.clone();
        let mut base = save.version;
        if let Some(there) = &there {
            let typed = content_of(there)?;
            if let Some(form) = form.filter(|form| !form.knows(there.form.as_deref())) {
                if being_typed
                    && (typed == content || says_the_same(&change.tx, save, &content).await?)
                {
                    return Ok(false);
                }
                if being_typed && !form.join {
                    return Err(Conflict::Version(there.base_version).into());
                }
                content = joined(typed, content);
            }
            // Until somebody chooses between the two, whatever is typed meanwhile.
            if being_typed && reason_of(there)? == DraftReason::Conflict {
                (reason, base) = (DraftReason::Conflict, there.base_version);
            }
        }
        if being_typed && says_the_same(&change.tx, save, &content).await? {
            draft::Entity::delete_by_id((round, recommendation, account))
                .exec(&change.tx)
                .await?;
            change.commit_unrecorded().await?;
            return Ok(false);
        }
        let row = draft::ActiveModel {
            round_id: Set(round),
            recommendation_id: Set(recommendation),
            account_id: Set(account),
            content: Set(crate::store::history::chain::json(&content)),
            base_version: Set(base),
            reason: Set(crate::store::history::chain::json(&reason)),
            changed_at: Set(change.now()),
            form: Set(Some(match form {
                Some(form) => form.number.clone(),
                None => format!("kept {}", change.now()),
            })),
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
                draft::Column::Form,
            ])
            .to_owned();
        draft::Entity::insert(row)
            .on_conflict(over)
            .exec_without_returning(&change.tx)
            .await?;
        change.commit_unrecorded().await?;
        Ok(true)
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

    /// The drafts of a person in rounds that were published since, by review, round and paragraph. Those of withdrawn
    /// rounds are among them.
    pub async fn unsaved_drafts(&self, account: i64) -> Result<Vec<UnsavedDraft>, Error> {
        let places: Vec<(i64, i64)> = draft::Entity::find()
            .select_only()
            .column(draft::Column::RoundId)
            .column(draft::Column::RecommendationId)
            .filter(draft::Column::AccountId.eq(account))
            .into_tuple()
            .all(&self.connection)
            .await?;
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let rounds = round::Entity::find()
            .filter(round::Column::Id.is_in(places.iter().map(|(round, _)| *round)))
            .filter(round::Column::PublishedAt.is_not_null())
            .all(&self.connection)
            .await?;
        let places: Vec<(i64, &round::Model)> = places
            .iter()
            .filter_map(|(id, one)| Some((*one, rounds.iter().find(|round| round.id == *id)?)))
            .collect();
        let paragraphs: Vec<(i64, String)> = recommendation::Entity::find()
            .select_only()
            .column(recommendation::Column::Id)
            .column(recommendation::Column::Paragraph)
            .filter(recommendation::Column::Id.is_in(places.iter().map(|(one, _)| *one)))
            .into_tuple()
            .all(&self.connection)
            .await?;
        let paragraphs: HashMap<i64, String> = paragraphs.into_iter().collect();
        let mut drafts = Vec::new();
        for review in self.reviews().await?.iter() {
            let mut of_review = Vec::new();
            for (one, round) in &places {
                if round.review_id != review.id {
                    continue;
                }
                let paragraph = paragraphs
                    .get(one)
                    .and_then(|text| Paragraph::parse(text).ok());
                let Some(paragraph) = paragraph else {
                    return Err(Error::Corrupt("a draft".to_owned()));
                };
                of_review.push(UnsavedDraft {
                    review: review.clone(),
                    slug: round.slug.clone(),
                    title: round.title.clone(),
                    paragraph,
                });
            }
            of_review.sort_by(|a, b| (&a.slug, &a.paragraph).cmp(&(&b.slug, &b.paragraph)));
            drafts.append(&mut of_review);
        }
        Ok(drafts)
    }

    /// How many people have drafts in a round, and of how many recommendations.
    pub async fn drafts_in(&self, round: i64) -> Result<(usize, usize), Error> {
        let rows: Vec<(i64, i64)> = draft::Entity::find()
            .select_only()
            .column(draft::Column::AccountId)
            .column(draft::Column::RecommendationId)
            .filter(draft::Column::RoundId.eq(round))
            .into_tuple()
            .all(&self.connection)
            .await?;
        let people: HashSet<i64> = rows.iter().map(|(account, _)| *account).collect();
        let ones: HashSet<i64> = rows.iter().map(|(_, one)| *one).collect();
        Ok((people.len(), ones.len()))
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
        let (content, reason) = (content_of(&row)?, reason_of(&row)?);
        let content = Assessment {
            status: content.status,
            rationale: content.rationale,
            confidence: content.confidence,
            evidence: content.evidence,
            carried_over: None,
            version: row.base_version,
            changed_at: row.changed_at,
        };
        Ok(Some(Draft {
            content,
            reason,
            form: row.form.unwrap_or_default(),
        }))
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

fn content_of(row: &draft::Model) -> Result<Content, Error> {
    serde_json::from_str(&row.content).map_err(|_| Error::Corrupt("a draft".to_owned()))
}

fn reason_of(row: &draft::Model) -> Result<DraftReason, Error> {
    serde_json::from_str(&row.reason).map_err(|_| Error::Corrupt("a draft".to_owned()))
}

/// What was typed in two forms: the later one's choices, and both texts and all evidence.
fn joined(there: Content, typed: Content) -> Content {
    let rationale = if typed.rationale.contains(there.rationale.trim()) {
        typed.rationale
    } else if there.rationale.contains(typed.rationale.trim()) {
        there.rationale
    } else {
        format!("{}\n\n{}", there.rationale.trim_end(), typed.rationale)
    };
    let mut evidence = there.evidence;
    for one in typed.evidence {
        if !evidence.contains(&one) {
            evidence.push(one);
        }
    }
    Content {
        status: if typed.status.is_empty() {
            there.status
        } else {
            typed.status
        },
        rationale,
        confidence: typed.confidence.or(there.confidence),
        evidence,
    }
}

fn cut(evidence: &Evidence) -> Evidence {
    let text = |text: &String| {
        text.chars()
            .take(Assessment::EVIDENCE_TEXT_MAX * 4)
            .collect::<String>()
    };
    Evidence {
        title: text(&evidence.title),
        source: text(&evidence.source),
        publisher: evidence.publisher.as_ref().map(text),
        date: evidence.date.clone().map(|date| text(&date.into()).into()),
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
    let round: round::Model = lifecycle::find(db, review.id, &save.round)
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
    let rationale = crate::store::without_nul(&typed.rationale)
        .trim()
        .to_owned();
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn drafts_of_earlier_versions_name_no_field() {
        let stored = r#"{"Refused":["evidence-without-title",[["number","1"]]]}"#;
        let values = vec![("number".to_owned(), "1".to_owned())];
        let expected = DraftReason::Refused("evidence-without-title".to_owned(), values, None);
        assert_eq!(
            serde_json::from_str::<DraftReason>(stored).unwrap(),
            expected
        );
    }

    #[test]
    fn a_refusal_names_its_field() {
        let known = EvidenceRefusal::SameAddressKnown {
            number: 1,
            known: 7,
            title: "Law".to_owned(),
        };
        let reason = DraftReason::refused(&known.into());
        let DraftReason::Refused(key, _, field) = &reason else {
            panic!("{reason:?}");
        };
        assert_eq!(key, "evidence-same-address-known");
        assert_eq!(*field, Some(FaultyField::Evidence { known: Some(7) }));
        let json = serde_json::to_string(&reason).unwrap();
        assert_eq!(serde_json::from_str::<DraftReason>(&json).unwrap(), reason);
    }
}
