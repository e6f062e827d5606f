//! Saving an assessment.

use crate::domain::{
    Assessment, Confidence, Evidence, Paragraph, Review, ReviewCode, RoundKind, Scale, refusals,
};
use crate::store::change::Change;
use crate::store::entities::{assessment, assessment_evidence, round};
use crate::store::read_model::review_records;
use crate::store::read_model::review_records::Kept;
use crate::store::rounds::evidence as records;
use crate::store::rounds::lookup::{self, Target};
use crate::store::rounds::saving::Request;
use crate::store::{
    Actor, DraftForm, Error, Event, NewEvent, Refusal, RoundRefusal, Store, insert_all,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use std::borrow::Cow;
use std::collections::HashMap;

refusals! {
    /// Why an assessment is not saved.
    pub enum AssessmentRefusal {
        /// The scale of the round does not have the status.
        StatusUnknown => "assessment-status-unknown",
        /// The rationale is too long.
        RationaleTooLong { max: usize } => "assessment-rationale-too-long",
        /// The level of confidence is none that there is.
        ConfidenceUnknown { known: String } => "assessment-confidence-unknown",
        /// It cites too much evidence.
        EvidenceTooMany { max: usize } => "assessment-evidence-too-many",
    }
}

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

impl Save {
    /// The place that it is for.
    pub(crate) fn target(&self) -> Target<'_> {
        Target {
            review: self.review,
            round: &self.round,
            paragraph: &self.paragraph,
        }
    }
}

/// What is wrong with an assessment in a scale, if anything.
/// Evidence that was `typed` into rows is named by its row.
pub(crate) fn check(
    scale: &Scale,
    content: &Assessment,
    typed: &[Evidence],
) -> Result<(), Refusal> {
    if scale.status(&content.status).is_none() {
        return Err(AssessmentRefusal::StatusUnknown.into());
    }
    if content.rationale.chars().count() > Assessment::RATIONALE_MAX {
        return Err(AssessmentRefusal::RationaleTooLong {
            max: Assessment::RATIONALE_MAX,
        }
        .into());
    }
    if content.evidence.len() > Assessment::EVIDENCE_MAX {
        return Err(AssessmentRefusal::EvidenceTooMany {
            max: Assessment::EVIDENCE_MAX,
        }
        .into());
    }
    for (number, evidence) in (1..).zip(&content.evidence) {
        let row = typed
            .iter()
            .position(|typed| records::tidied(typed) == *evidence);
        let number = row.map_or(number, |row| row + 1);
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        records::check(evidence, number)?;
        if row.is_some() {
            records::check_language(evidence, number)?;
        }
    }
    Ok(())
}

/// A recommendation in an open round, where something is to be assessed.
pub(crate) struct Place {
    pub(crate) review: Review,
    pub(crate) round: round::Model,
    pub(crate) scale: Scale,
    pub(crate) recommendation: i64,
    pub(crate) paragraph: String,
}

impl Place {
    /// Finds it. Published rounds and rounds of totals refuse.
    pub(crate) async fn find(
        db: &impl ConnectionTrait,
        review: ReviewCode,
        slug: &str,
        paragraph: &Paragraph,
    ) -> Result<Self, Error> {
        let target = Target {
            review,
            round: slug,
            paragraph,
        };
        let places = lookup::places(&Kept::default(), db, &[target]).await?;
        places.into_iter().next().unwrap_or(Err(Error::NotFound))
    }

    /// An event about the assessment that stands there.
    fn entry(&self, event: &Event<'_>) -> NewEvent {
        event.about_assessment(self.review.code, &self.round.slug, &self.paragraph)
    }

    /// Loads the assessment that stands there, with its row.
    pub(crate) async fn present(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Option<(i64, Assessment)>, Error> {
        let mut present = lookup::present(db, std::iter::once(self)).await?;
        Ok(present.remove(&lookup::key(self)))
    }
}

/// Refuses rounds in which nothing is assessed any more, or never was.
pub(crate) fn refuse_closed(round: &round::Model) -> Result<(), RoundRefusal> {
    if round.published_at.is_some() {
        return Err(RoundRefusal::IsPublished {
            round: round.title.clone(),
        });
    }
    if round.kind != RoundKind::Itemised {
        return Err(RoundRefusal::HasTotalsOnly {
            round: round.title.clone(),
        });
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
        self.save_in_turn(Request {
            actor: actor.clone(),
            account,
            save: save.clone(),
            form: form.cloned(),
        })
        .await
    }
}

/// Why an assessment is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cause {
    /// Somebody saved it.
    Saved,
    /// It is put back to what it was before.
    Restored,
    /// It is carried over from an earlier round.
    CarriedOver,
}

/// Writes an assessment where another, or none, stands, and records it; its version.
pub(crate) async fn put(
    change: &mut Change<'_>,
    place: &Place,
    present: Option<(i64, Assessment)>,
    after: Assessment,
    cause: Cause,
) -> Result<i64, Error> {
    let former = if present.is_some() {
        0
    } else {
        let former = lookup::former_versions(&change.tx, std::iter::once(place)).await?;
        former.into_values().next().unwrap_or_default()
    };
    let next = Next::of(place, present, former, after, change.now(), cause);
    write(
        change,
        next.cited,
        place.round.id,
        place.recommendation,
        &place.review,
        &next.content,
    )
    .await?;
    change.record(vec![next.entry]).await?;
    Ok(next.content.version)
}

/// The next version of an assessment, and its entry in the history.
pub(crate) struct Next {
    /// The row whose citations it replaces; none where nothing is cited there.
    pub(crate) cited: Option<i64>,
    pub(crate) content: Assessment,
    pub(crate) entry: NewEvent,
}

impl Next {
    /// The version after the present one, or after the `former` ones that were taken away.
    pub(crate) fn of(
        place: &Place,
        present: Option<(i64, Assessment)>,
        former: i64,
        after: Assessment,
        now: i64,
        cause: Cause,
    ) -> Self {
        let version = present.as_ref().map_or(former, |(_, there)| there.version);
        let content = Assessment {
            version: version + 1,
            changed_at: now,
            ..after
        };
        let cited = present.as_ref();
        let cited = cited.filter(|(_, there)| !there.evidence.is_empty());
        let cited = cited.map(|(id, _)| *id);
        let before = present.map(|(_, there)| Cow::Owned(there));
        let after = Cow::Borrowed(&content);
        let event = match cause {
            Cause::Saved => Event::AssessmentSaved { before, after },
            Cause::Restored => Event::AssessmentRestored { before, after },
            Cause::CarriedOver => Event::AssessmentCarriedOver { before, after },
        };
        let entry = place.entry(&event);
        Self {
            cited,
            content,
            entry,
        }
    }
}

/// Takes an assessment away, and records it.
pub(crate) async fn take_away(
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
    let before = Cow::Owned(there);
    let event = Event::AssessmentRemoved { before };
    change.record(vec![place.entry(&event)]).await
}

/// An assessment to be written.
pub(crate) struct Writing<'a> {
    /// The row it is written over, whose citations are replaced; none where nothing is cited there.
    pub(crate) cited: Option<i64>,
    /// The recommendation's row.
    pub(crate) recommendation: i64,
    /// What it is from now on.
    pub(crate) content: &'a Assessment,
}

/// Writes an assessment: over the row that cites evidence, over another, or as a new one.
pub(crate) async fn write(
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
pub(crate) async fn write_all(
    change: &mut Change<'_>,
    round: i64,
    review: &Review,
    all: &[Writing<'_>],
) -> Result<(), Error> {
    for batch in all.chunks(2_000) {
        let rows = batch.iter();
        let rows = rows.map(|writing| (round, writing.recommendation, writing.content));
        put_rows(&change.tx, rows).await?;
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

/// Writes the rows of assessments of any rounds, without what they cite: round, recommendation and content.
pub(crate) async fn put_rows<'a>(
    db: &impl ConnectionTrait,
    rows: impl Iterator<Item = (i64, i64, &'a Assessment)>,
) -> Result<(), Error> {
    let rows = rows.map(|(round, recommendation, content)| assessment::ActiveModel {
        round_id: Set(round),
        recommendation_id: Set(recommendation),
        status: Set(content.status.clone()),
        rationale: Set(content.rationale.clone()),
        confidence: Set(content.confidence),
        carried_over: Set(content.carried_over.clone()),
        version: Set(content.version),
        changed_at: Set(content.changed_at),
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
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The rows of a round's assessments, by the recommendation's row.
pub(crate) async fn ids(db: &impl ConnectionTrait, round: i64) -> Result<HashMap<i64, i64>, Error> {
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
pub(crate) async fn of_round(
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
            let content = review_records::assessment_of(row, evidence);
            Ok((recommendation, (id, content)))
        })
        .collect()
}

/// What the history says of a saved assessment.
pub(crate) fn saved(
    review: ReviewCode,
    round: &str,
    paragraph: &str,
    before: Option<&Assessment>,
    after: &Assessment,
) -> NewEvent {
    let event = Event::AssessmentSaved {
        before: before.map(Cow::Borrowed),
        after: Cow::Borrowed(after),
    };
    event.about_assessment(review, round, paragraph)
}

/// Takes assessments away that an import had made.
pub(crate) async fn remove(change: &mut Change<'_>, ids: &[i64]) -> Result<(), Error> {
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
