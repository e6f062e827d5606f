//! Saving an assessment.

use super::change::Change;
use super::entities::{assessment, assessment_evidence, draft, evidence, recommendation, round};
use super::evidence as records;
use super::{
    Actor, Error, NewEvent, Store, history, insert_all, review_records, rounds, scales, without_nul,
};
use crate::domain::{
    Assessment, Confidence, Evidence, Message, Paragraph, Review, ReviewCode, RoundKind, Scale,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder,
};

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
pub(super) fn check(content: &Assessment, scale: &Scale) -> Result<(), Message> {
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
        let scale = scales::all(db)
            .await?
            .into_iter()
            .find(|scale| scale.id == round.scale_id)
            .ok_or_else(|| Error::Corrupt("a round without its scale".to_owned()))?;
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
        let mut change = self.begin(actor).await?;
        let place = Place::find(&change.tx, save.review, &save.round, &save.paragraph).await?;
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
        check(&after, &place.scale)?;
        let same = present
            .as_ref()
            .is_some_and(|(_, there)| history::json(there) == history::json(&after));
        if let Some(account) = account {
            // Whether it is saved or was the same already, nothing is left to be kept.
            if same || version == save.version {
                draft::Entity::delete_by_id((place.round.id, place.recommendation, account))
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
        let version = put(&mut change, &place, present, after, SAVED).await?;
        change.commit().await?;
        Ok(version)
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
        present.as_ref().map(|(id, _)| *id),
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

/// Writes an assessment: over the row `id`, or as a new one.
pub(super) async fn write(
    change: &mut Change<'_>,
    id: Option<i64>,
    round: i64,
    recommendation: i64,
    review: &Review,
    content: &Assessment,
) -> Result<(), Error> {
    let mut row = assessment::ActiveModel {
        round_id: Set(round),
        recommendation_id: Set(recommendation),
        status: Set(content.status.clone()),
        rationale: Set(content.rationale.clone()),
        confidence: Set(content.confidence.map(|level| level.code().to_owned())),
        carried_over: Set(content.carried_over.clone()),
        version: Set(content.version),
        changed_at: Set(content.changed_at),
        ..Default::default()
    };
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
        let evidence_id = records::row_of(change, review, evidence).await?;
        cites.push(assessment_evidence::Model {
            assessment_id: id,
            place,
            evidence_id,
        });
    }
    insert_all::<assessment_evidence::Entity, assessment_evidence::ActiveModel>(&change.tx, cites)
        .await
}
