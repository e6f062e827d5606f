//! Saving an assessment.

use super::change::Change;
use super::entities::{assessment, assessment_evidence, draft, evidence, recommendation, round};
use super::evidence as records;
use super::review_records::Kept;
use super::{
    Actor, DraftForm, Error, NewEvent, Store, history, insert_all, review_records, rounds, scales,
    without_nul,
};
use crate::domain::{
    Assessment, Confidence, Evidence, Message, Paragraph, Review, ReviewCode, RoundKind, Scale,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

/// The event of a saved assessment.
pub(super) const SAVED: &str = "assessment-saved";
/// The event of an assessment put back to an earlier version.
pub(super) const RESTORED: &str = "assessment-restored";
/// The event of an assessment taken away.
pub(super) const REMOVED: &str = "assessment-removed";

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
    /// The numbers of the evidence that it cites.
    pub cites: Vec<i64>,
    /// What else it rests on, which becomes evidence of the review.
    pub evidence: Vec<Evidence>,
}

/// What is wrong with an assessment in a scale, if anything.
/// Evidence that was `typed` into rows is named by its row.
pub(super) fn check(
    scale: &Scale,
    content: &Assessment,
    typed: &[Evidence],
) -> Result<(), Message> {
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
        let row = typed
            .iter()
            .position(|typed| records::tidied(typed) == *evidence);
        let number = row.map_or(number, |row| row + 1);
        records::check(evidence).map_err(|message| message.with("number", number))?;
    }
    Ok(())
}

/// A recommendation in an open round, where something is to be assessed.
pub(super) struct Place {
    pub(super) review: Review,
    pub(super) round: round::Model,
    pub(super) scale: Scale,
    pub(super) recommendation: i64,
    pub(super) paragraph: String,
}

impl Place {
    /// Finds it. Published rounds and rounds of totals refuse.
    pub(super) async fn find(
        db: &impl ConnectionTrait,
        review: ReviewCode,
        slug: &str,
        paragraph: &Paragraph,
    ) -> Result<Self, Error> {
        Self::find_with(&Kept::default(), db, review, slug, paragraph).await
    }

    /// The same with the scales that are kept, which one save after the other asks for.
    async fn find_with(
        kept: &Kept,
        db: &impl ConnectionTrait,
        review: ReviewCode,
        slug: &str,
        paragraph: &Paragraph,
    ) -> Result<Self, Error> {
        let review = review_records::find_review(db, review)
            .await?
            .ok_or(Error::NotFound)?;
        let round = rounds::find(db, review.id, slug)
            .await?
            .ok_or(Error::NotFound)?;
        refuse_closed(&round)?;
        let recommendation = recommendation::Entity::find()
            .filter(recommendation::Column::ReviewId.eq(review.id))
            .filter(recommendation::Column::Paragraph.eq(paragraph.as_str()))
            .one(db)
            .await?
            .ok_or(Error::NotFound)?;
        let scale = scales::of_round(kept, db, round.scale_id).await?;
        Ok(Self {
            review,
            round,
            scale,
            recommendation: recommendation.id,
            paragraph: recommendation.paragraph,
        })
    }

    /// What stands there, with its row.
    pub(super) async fn present(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Option<(i64, Assessment)>, Error> {
        let row = assessment::Entity::find()
            .filter(assessment::Column::RoundId.eq(self.round.id))
            .filter(assessment::Column::RecommendationId.eq(self.recommendation))
            .one(db)
            .await?;
        match row {
            Some(row) => Ok(Some(with_evidence(db, row).await?)),
            None => Ok(None),
        }
    }
}

/// Refuses rounds in which nothing is assessed any more, or never was.
pub(super) fn refuse_closed(round: &round::Model) -> Result<(), Message> {
    if round.published_at.is_some() {
        return Err(Message::new("round-is-published").with("round", &round.title));
    }
    if RoundKind::parse(&round.kind) != Some(RoundKind::Itemised) {
        return Err(Message::new("round-has-totals-only").with("round", &round.title));
    }
    Ok(())
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
        let (version, _) = self.save(actor, account, save, None).await?;
        Ok(version)
    }

    /// The same from a form of that person: what was typed in another one stays a draft. Also whether it
    /// changed anything.
    pub async fn save_from(
        &self,
        actor: &Actor,
        account: i64,
        save: &Save,
        form: &DraftForm,
    ) -> Result<(i64, bool), Error> {
        self.save(actor, Some(account), save, Some(form)).await
    }

    async fn save(
        &self,
        actor: &Actor,
        account: Option<i64>,
        save: &Save,
        form: Option<&DraftForm>,
    ) -> Result<(i64, bool), Error> {
        let mut change = self.begin(actor).await?;
        let (review, round) = (save.review, &save.round);
        let place =
            Place::find_with(&self.kept, &change.tx, review, round, &save.paragraph).await?;
        let present = place.present(&change.tx).await?;
        let version = present.as_ref().map_or(0, |(_, there)| there.version);
        let after = Assessment {
            status: save.status.clone(),
            rationale: without_nul(&save.rationale).trim().to_owned(),
            confidence: save.confidence,
            evidence: records::resolve(&change.tx, place.review.id, &save.cites, &save.evidence)
                .await?,
            carried_over: None,
            version: 0,
            changed_at: change.now(),
        };
        check(&place.scale, &after, &save.evidence)?;
        if form.is_some_and(|form| !form.of_known_address) {
            let cited = present.as_ref().map(|(_, there)| there.evidence.as_slice());
            let typed = records::tidied_all(&save.evidence);
            let new = (1..).zip(typed).filter(|(_, one)| {
                after.evidence.contains(one) && !cited.unwrap_or_default().contains(one)
            });
            records::refuse_same_address(&change.tx, place.review.id, new).await?;
        }
        let same = present
            .as_ref()
            .is_some_and(|(_, there)| history::json(there) == history::json(&after));
        if let Some(account) = account {
            // Whether it is saved or was the same already, nothing is left to be kept.
            if same || version == save.version {
                let mut shown = Condition::all()
                    .add(draft::Column::RoundId.eq(place.round.id))
                    .add(draft::Column::RecommendationId.eq(place.recommendation))
                    .add(draft::Column::AccountId.eq(account));
                if let Some(form) = form {
                    shown = shown.add(
                        Condition::any()
                            .add(draft::Column::Form.is_null())
                            .add(draft::Column::Form.is_in([&form.number, &form.over])),
                    );
                }
                draft::Entity::delete_many()
                    .filter(shown)
                    .exec(&change.tx)
                    .await?;
            }
        }
        if same {
            change.commit_unrecorded().await?;
            return Ok((version, false));
        }
        if version != save.version {
            return Err(Error::Conflict(version));
        }
        let version = put(&mut change, &place, present, after, SAVED).await?;
        change.commit().await?;
        Ok((version, true))
    }
}

/// Writes an assessment where another, or none, stands, and records it; its version.
pub(super) async fn put(
    change: &mut Change<'_>,
    place: &Place,
    present: Option<(i64, Assessment)>,
    after: Assessment,
    kind: &'static str,
) -> Result<i64, Error> {
    let version = match &present {
        Some((_, there)) => there.version,
        None => former_versions(&change.tx, place).await?,
    };
    let after = Assessment {
        version: version + 1,
        changed_at: change.now(),
        ..after
    };
    write(
        change,
        present
            .as_ref()
            .filter(|(_, there)| !there.evidence.is_empty())
            .map(|(id, _)| *id),
        place.round.id,
        place.recommendation,
        &place.review,
        &after,
    )
    .await?;
    let event = NewEvent {
        kind,
        review: Some(place.review.code.to_string()),
        round: Some(place.round.slug.clone()),
        paragraph: Some(place.paragraph.clone()),
        before: present.as_ref().map(|(_, there)| history::json(there)),
        after: Some(history::json(&after)),
    };
    change.record(vec![event]).await?;
    Ok(after.version)
}

/// Takes an assessment away, and records it.
pub(super) async fn take_away(
    change: &mut Change<'_>,
    place: &Place,
    (id, there): (i64, Assessment),
) -> Result<(), Error> {
    assessment_evidence::Entity::delete_many()
        .filter(assessment_evidence::Column::AssessmentId.eq(id))
        .exec(&change.tx)
        .await?;
    assessment::Entity::delete_by_id(id)
        .exec(&change.tx)
        .await?;
    let event = NewEvent {
        kind: REMOVED,
        review: Some(place.review.code.to_string()),
        round: Some(place.round.slug.clone()),
        paragraph: Some(place.paragraph.clone()),
        before: Some(history::json(&there)),
        after: None,
    };
    change.record(vec![event]).await
}

/// How many versions there were before the assessment was taken away: a form that was opened over one of
/// them must not save over a later one that happens to have its number.
async fn former_versions(db: &impl ConnectionTrait, place: &Place) -> Result<i64, Error> {
    use super::entities::event;
    let former = event::Entity::find()
        .filter(event::Column::Review.eq(place.review.code.to_string()))
        .filter(event::Column::Paragraph.eq(&place.paragraph))
        .filter(event::Column::Round.eq(&place.round.slug))
        .count(db)
        .await?;
    Ok(i64::try_from(former).unwrap_or(i64::MAX - 1))
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
    if cited.is_empty() {
        return Ok((row.id, review_records::assessment_of(row, Vec::new())?));
    }
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
    /// The row it is written over, whose citations are replaced; none where nothing is cited there.
    pub(super) cited: Option<i64>,
    /// The recommendation's row.
    pub(super) recommendation: i64,
    /// What it is from now on.
    pub(super) content: &'a Assessment,
}

/// Writes an assessment: over the row that cites evidence, over another, or as a new one.
pub(super) async fn write(
    change: &mut Change<'_>,
    cited: Option<i64>,
    round: i64,
    recommendation: i64,
    review: &Review,
    content: &Assessment,
) -> Result<(), Error> {
    let writing = Writing {
        cited,
        recommendation,
        content,
    };
    write_all(change, round, review, &[writing]).await
}

/// Writes assessments of one round, with as many statements for many as for one.
pub(super) async fn write_all(
    change: &mut Change<'_>,
    round: i64,
    review: &Review,
    all: &[Writing<'_>],
) -> Result<(), Error> {
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
            carried_over: Set(writing.content.carried_over.clone()),
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
            assessment::Column::CarriedOver,
            assessment::Column::Version,
            assessment::Column::ChangedAt,
        ])
        .to_owned();
        assessment::Entity::insert_many(rows)
            .on_conflict(over)
            .exec_without_returning(&change.tx)
            .await?;
        let before: Vec<i64> = batch.iter().filter_map(|writing| writing.cited).collect();
        if !before.is_empty() {
            assessment_evidence::Entity::delete_many()
                .filter(assessment_evidence::Column::AssessmentId.is_in(before))
                .exec(&change.tx)
                .await?;
        }
    }
    let with_evidence = || all.iter().filter(|one| !one.content.evidence.is_empty());
    if with_evidence().next().is_none() {
        return Ok(());
    }
    let pieces = with_evidence().flat_map(|writing| &writing.content.evidence);
    let pieces = records::rows_of(change, review, pieces).await?;
    let ids = ids(&change.tx, round).await?;
    let mut cites = Vec::new();
    for writing in with_evidence() {
        for (place, evidence) in (0..).zip(&writing.content.evidence) {
            let found = ids
                .get(&writing.recommendation)
                .zip(pieces.get(&records::evidence_identity(evidence)));
            let (assessment_id, evidence_id) =
                found.ok_or_else(|| Error::Corrupt("evidence".to_owned()))?;
            cites.push(assessment_evidence::Model {
                assessment_id: *assessment_id,
                place,
                evidence_id: *evidence_id,
            });
        }
    }
    insert_all::<assessment_evidence::Entity, assessment_evidence::ActiveModel>(&change.tx, cites)
        .await
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
    let (_, mut evidence) = review_records::evidence_of_review(db, review).await?;
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
