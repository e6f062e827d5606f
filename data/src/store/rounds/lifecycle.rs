//! Opening and publishing rounds.

use crate::domain::{
    Assessment, CountedAs, Date, RecordedDate, Review, ReviewCode, ReviewRecord, Round, RoundKind,
    RoundRecord, Seen, refusals, refuse_invisible,
};
use crate::store::change::Change;
use crate::store::entities::{assessment, counted_as, round};
use crate::store::history::chain;
use crate::store::read_model::review_records;
use crate::store::read_model::review_records::frozen::counted_now;
use crate::store::rounds::{corrections, scales};
use crate::store::{Actor, Conflict, Error, Event, Refusal, Store, insert_all};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

refusals! {
    /// Why a round is not opened, changed, published or assessed in.
    pub enum RoundRefusal {
        /// The name in addresses is empty, too long, or holds other characters than it may.
        SlugUnfit { max: usize } => "round-slug-unfit",
        /// Another round of the review has the name.
        SlugTaken { slug: String } => "round-slug-taken",
        /// The organisation is empty or too long.
        OrganisationUnfit { max: usize } => "round-organisation-unfit",
        /// The title is empty or too long.
        TitleUnfit { max: usize } => "round-title-unfit",
        /// The date is no day.
        DateUnfit => "round-date-unfit",
        /// The note on the method is too long.
        MethodUnfit { max: usize } => "round-method-unfit",
        /// The assessing organisations are too many, or one is empty or too long.
        AssessorsUnfit { most: usize, max: usize } => "round-assessors-unfit",
        /// No scale has that code.
        ScaleUnknown { scale: String } => "round-scale-unknown",
        /// The round is published.
        IsPublished { round: String } => "round-is-published",
        /// The round has reported totals only.
        HasTotalsOnly { round: String } => "round-has-totals-only",
        /// The review has no recommendations.
        HasNoRecommendations => "round-has-no-recommendations",
        /// Results that were carried over are not confirmed.
        HasUnconfirmed { count: usize } => "round-has-unconfirmed",
        /// The results to carry over are those of the round itself.
        CarryOverFromItself => "carry-over-from-itself",
        /// The other round has no result to carry over.
        CarryOverNothing => "carry-over-nothing",
        /// The round is not published.
        NotPublished { round: String } => "round-not-published",
        /// A correction has taken the place of the round.
        IsSuperseded { round: String, by: String } => "round-is-superseded",
        /// The round was withdrawn.
        IsWithdrawn { round: String } => "round-is-withdrawn",
        /// A correction of the round is open already.
        CorrectionIsOpen { round: String, slug: String } => "round-correction-is-open",
        /// A correction is published with a reason, and this is none or too long; so with a withdrawal and a choice.
        ReasonUnfit { max: usize } => "round-reason-unfit",
        /// The choice changes nothing.
        HeadlineUnchanged => "round-headline-unchanged",
        /// The round to be removed holds something else than was shown.
        ContentsChanged => "round-contents-changed",
    }
}

/// A round to be opened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NewRound {
    /// Its name in addresses: small letters, digits and hyphens, at most 60, unique in its review.
    pub slug: String,
    /// Who signs it, at most 200 characters.
    pub organisation: String,
    /// Its title, at most 200 characters.
    pub title: String,
    /// Evidence up to this day is considered.
    pub as_of: Option<RecordedDate>,
    /// The code of its scale.
    pub scale: String,
    /// How it is done, or where that is written, in Markdown; at most 20,000 characters.
    pub method: Option<String>,
    /// The organisations that assess, where they are others than who signs; at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessors: Vec<String>,
}

impl NewRound {
    /// What is wrong with it, if anything.
    pub fn check(&self) -> Result<(), Refusal> {
        let fits_address = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.slug.is_empty() || self.slug.len() > 60 || !self.slug.chars().all(fits_address) {
            return Err(RoundRefusal::SlugUnfit { max: 60 }.into());
        }
        // `/rounds/new` is the form's own address.
        if self.slug == "new" {
            return Err(RoundRefusal::SlugTaken {
                slug: self.slug.clone(),
            }
            .into());
        }
        let short = |text: &str| (1..=200).contains(&text.trim().chars().count());
        if !short(&self.organisation) {
            return Err(RoundRefusal::OrganisationUnfit { max: 200 }.into());
        }
        if !short(&self.title) {
            return Err(RoundRefusal::TitleUnfit { max: 200 }.into());
        }
        let is_day = |as_of: &RecordedDate| as_of.date().and_then(Date::day).is_some();
        if !self.as_of.as_ref().is_none_or(is_day) {
            return Err(RoundRefusal::DateUnfit.into());
        }
        if self
            .method
            .as_deref()
            .is_some_and(|method| method.chars().count() > 20_000)
        {
            return Err(RoundRefusal::MethodUnfit { max: 20_000 }.into());
        }
        if self.assessors.len() > 50 || !self.assessors.iter().all(|name| short(name)) {
            return Err(RoundRefusal::AssessorsUnfit { most: 50, max: 200 }.into());
        }
        let names = [&self.organisation, &self.title].into_iter();
        names
            .chain(&self.assessors)
            .try_for_each(|name| refuse_invisible(name))?;
        Ok(())
    }
}

impl NewRound {
    /// What an open round says of itself.
    pub fn of(round: &Round) -> Self {
        Self {
            slug: round.slug.clone(),
            organisation: round.organisation.clone(),
            title: round.title.clone(),
            as_of: round.as_of.clone(),
            scale: round.scale.code.clone(),
            method: round.method.clone(),
            assessors: round.assessors.clone(),
        }
    }

    /// The version that a form names which changes it.
    pub fn seen(&self) -> Seen {
        Seen::Content(crate::store::sha256(chain::json(self).as_bytes()))
    }

    /// As it is kept. Whatever a form sends, the databases hold no NUL.
    fn tidied(&self) -> Self {
        let text = |text: &str| crate::store::without_nul(text).trim().to_owned();
        Self {
            organisation: text(&self.organisation),
            title: text(&self.title),
            method: self.method.as_deref().map(text).filter(|t| !t.is_empty()),
            assessors: self
                .assessors
                .iter()
                .map(|name| text(name))
                .filter(|name| !name.is_empty())
                .collect(),
            ..self.clone()
        }
    }

    pub(crate) fn assessors_column(&self) -> Option<String> {
        (!self.assessors.is_empty()).then(|| self.assessors.join("\n"))
    }
}

impl Store {
    /// Changes what an open round says of itself, all but its name in addresses and its scale. `seen`
    /// is what was shown: its [`seen`](NewRound::seen).
    pub async fn change_round(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
        seen: &Seen,
        wanted: &NewRound,
    ) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let there = record.round(slug).ok_or(Error::NotFound)?;
        if there.round.is_published() {
            return Err(RoundRefusal::IsPublished {
                round: there.round.title.clone(),
            }
            .into());
        }
        if there.round.kind != RoundKind::Itemised {
            return Err(RoundRefusal::HasTotalsOnly {
                round: there.round.title.clone(),
            }
            .into());
        }
        let before = NewRound::of(&there.round);
        let after = NewRound {
            slug: before.slug.clone(),
            scale: before.scale.clone(),
            ..wanted.tidied()
        };
        after.check()?;
        if before == after {
            return Ok(());
        }
        if before.seen() != *seen {
            let round = there.round.title.clone();
            return Err(Conflict::Round { round }.into());
        }
        let row = round::ActiveModel {
            id: Set(there.round.id),
            organisation: Set(after.organisation.clone()),
            title: Set(after.title.clone()),
            as_of: Set(after.as_of.clone().map(Into::into)),
            method: Set(after.method.clone()),
            assessors: Set(after.assessors_column()),
            ..Default::default()
        };
        round::Entity::update(row).exec(&change.tx).await?;
        let event = Event::RoundChanged { before, after };
        change.record(vec![event.in_round(review, slug)]).await?;
        change.commit().await
    }

    /// Opens an itemised round.
    pub async fn open_round(
        &self,
        actor: &Actor,
        review: ReviewCode,
        new: &NewRound,
    ) -> Result<(), Error> {
        new.check()?;
        let mut change = self.begin(actor).await?;
        let review = review_records::find_review(&change.tx, review)
            .await?
            .ok_or(Error::NotFound)?;
        insert(&mut change, &review, new, RoundKind::Itemised).await?;
        change.commit().await
    }

    /// Publishes a round: from then on nothing in it changes, and its content hash can be recomputed
    /// by anybody from [`canonical_text`](RoundRecord::canonical_text). Recommendations that nobody
    /// assessed are written down as not assessed, so that what is imported later stays outside; and
    /// what figures count of each - States, position, terms - is written down as it is now, so that
    /// what a later import corrects does not move them.
    pub async fn publish_round(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
    ) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        publish(&mut change, &record, slug).await?;
        change.commit().await
    }

    /// Publishes a correction, with the reason for it: it takes the place of the round that it corrects.
    pub async fn publish_correction(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
        reason: &str,
    ) -> Result<(), Error> {
        let reason = corrections::reason(reason)?;
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        publish_with(&mut change, &record, slug, Some(&reason)).await?;
        change.commit().await
    }
}

/// Writes a round and its event; its row's number.
pub(crate) async fn insert(
    change: &mut Change<'_>,
    review: &Review,
    new: &NewRound,
    kind: RoundKind,
) -> Result<i64, Error> {
    let new = &new.tidied();
    let taken = find(&change.tx, review.id, &new.slug).await?;
    if taken.is_some() {
        return Err(RoundRefusal::SlugTaken {
            slug: new.slug.clone(),
        }
        .into());
    }
    let scale = scales::newest(&change.tx, &new.scale)
        .await?
        .ok_or_else(|| RoundRefusal::ScaleUnknown {
            scale: new.scale.clone(),
        })?;
    let row = round::ActiveModel {
        review_id: Set(review.id),
        slug: Set(new.slug.clone()),
        organisation: Set(new.organisation.clone()),
        title: Set(new.title.clone()),
        as_of: Set(new.as_of.clone().map(Into::into)),
        scale_id: Set(scale.id),
        kind: Set(kind),
        method: Set(new.method.clone()),
        assessors: Set(new.assessors_column()),
        ..Default::default()
    };
    let id = round::Entity::insert(row)
        .exec(&change.tx)
        .await?
        .last_insert_id;
    let event = Event::RoundOpened { after: new.clone() };
    let event = event.in_round(review.code, &new.slug);
    change.record(vec![event]).await?;
    Ok(id)
}

/// Publishes a round of a record that was read in the same change.
pub(crate) async fn publish(
    change: &mut Change<'_>,
    record: &ReviewRecord,
    slug: &str,
) -> Result<(), Error> {
    publish_with(change, record, slug, None).await
}

/// Publishes a round, or with a reason a correction.
async fn publish_with(
    change: &mut Change<'_>,
    record: &ReviewRecord,
    slug: &str,
    reason: Option<&str>,
) -> Result<(), Error> {
    let round = record.round(slug).ok_or(Error::NotFound)?;
    if round.round.is_published() {
        return Err(RoundRefusal::IsPublished {
            round: round.round.title.clone(),
        }
        .into());
    }
    if round.round.kind == RoundKind::Itemised && record.recommendations.is_empty() {
        return Err(RoundRefusal::HasNoRecommendations.into());
    }
    let unconfirmed = round.unconfirmed();
    if unconfirmed > 0 {
        return Err(RoundRefusal::HasUnconfirmed { count: unconfirmed }.into());
    }
    let corrected = corrections::corrected(record, round)?;
    if corrected.is_some() && reason.is_none() {
        return Err(corrections::reason_unfit().into());
    }
    let reason = reason.filter(|_| corrected.is_some());
    let mut round = round.clone();
    round.round.publication.correction_reason = reason.map(str::to_owned);
    let mut missing = Vec::new();
    if round.round.kind == RoundKind::Itemised {
        for recommendation in &record.recommendations {
            if !round.assessments.contains_key(&recommendation.id) {
                missing.push(recommendation.id);
            }
        }
    }
    write_down_unassessed(change, &mut round, &missing).await?;
    write_down_counted(change, &round, record).await?;
    let hash = round.content_hash(record);
    let row = round::ActiveModel {
        id: Set(round.round.id),
        published_at: Set(Some(change.now())),
        content_hash: Set(Some(hash.clone())),
        correction_reason: Set(reason.map(str::to_owned)),
        ..Default::default()
    };
    round::Entity::update(row).exec(&change.tx).await?;
    let event = Event::RoundPublished {
        content_hash: hash.clone(),
    };
    let event = event.in_round(record.review.code, slug);
    change.record(vec![event]).await?;
    match (corrected, reason) {
        (Some(corrected), Some(reason)) => {
            corrections::supersede(change, record, corrected, &round, &hash, reason).await
        }
        _ => Ok(()),
    }
}

async fn write_down_counted(
    change: &mut Change<'_>,
    round: &RoundRecord,
    record: &ReviewRecord,
) -> Result<(), Error> {
    let rows = record
        .recommendations
        .iter()
        .filter(|one| round.assessments.contains_key(&one.id))
        .map(|one| counted_as::Model {
            round_id: round.round.id,
            recommendation_id: one.id,
            content: chain::json(&counted_now(one)),
        })
        .collect();
    insert_all::<counted_as::Entity, counted_as::ActiveModel>(&change.tx, rows).await
}

async fn write_down_unassessed(
    change: &mut Change<'_>,
    round: &mut RoundRecord,
    recommendations: &[i64],
) -> Result<(), Error> {
    let scale = &round.round.scale;
    let Some(unassessed) = scale.statuses.get(scale.unassessed()) else {
        return Err(Error::Corrupt(scale.code.clone()));
    };
    let rows: Vec<assessment::ActiveModel> = recommendations
        .iter()
        .map(|recommendation| assessment::ActiveModel {
            round_id: Set(round.round.id),
            recommendation_id: Set(*recommendation),
            status: Set(unassessed.code.clone()),
            rationale: Set(String::new()),
            confidence: Set(None),
            version: Set(1),
            changed_at: Set(change.now()),
            ..Default::default()
        })
        .collect();
    for batch in rows.chunks(2_000) {
        assessment::Entity::insert_many(batch.to_vec())
            .exec_without_returning(&change.tx)
            .await?;
    }
    let status = unassessed.code.clone();
    for recommendation in recommendations {
        let assessment = Assessment {
            status: status.clone(),
            rationale: String::new(),
            confidence: None,
            evidence: Vec::new(),
            carried_over: None,
            version: 1,
            changed_at: change.now(),
        };
        round.assessments.insert(*recommendation, assessment);
    }
    Ok(())
}

/// The row of a review's round.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    review: i64,
    slug: &str,
) -> Result<Option<round::Model>, Error> {
    // PostgreSQL takes it for a fault of the question, not for a round that is not there.
    if slug.contains('\0') {
        return Ok(None);
    }
    Ok(round::Entity::find()
        .filter(round::Column::ReviewId.eq(review))
        .filter(round::Column::Slug.eq(slug))
        .one(db)
        .await?)
}

impl RoundRecord {
    /// SHA-256, in hexadecimal, of [`canonical_text`](Self::canonical_text).
    pub fn content_hash(&self, record: &ReviewRecord) -> String {
        hex::encode(Sha256::digest(self.canonical_text(record).as_bytes()))
    }

    /// What this round says, as one text that is the same wherever it is written: a line of JSON for
    /// the round, then one for each recommendation (as it counts, and its assessment) in paragraph
    /// order or for each reported total, each ended by a line feed. `sha256sum` over it gives the content hash.
    pub fn canonical_text(&self, record: &ReviewRecord) -> String {
        let round = &self.round;
        let mut lines = vec![chain::json(&RoundLine {
            review: record.review.code,
            round: &round.slug,
            organisation: &round.organisation,
            title: &round.title,
            as_of: round.as_of.as_ref(),
            scale: &round.scale.code,
            scale_version: round.scale.version,
            kind: round.kind,
            method: round.method.as_deref(),
            assessors: &round.assessors,
            corrects: round.supersedes.as_deref(),
            correction_reason: round.publication.correction_reason.as_deref(),
        })];
        let mut assessed: Vec<(CountedAs, &Assessment)> = record
            .recommendations
            .iter()
            .filter_map(|one| {
                let counted = self
                    .frozen
                    .get(&one.id)
                    .map(|frozen| frozen.counted.clone());
                let assessment = self.assessments.get(&one.id)?;
                Some((counted.unwrap_or_else(|| counted_now(one)), assessment))
            })
            .collect();
        assessed.sort_by_cached_key(|(counted, _)| counted.paragraph.order());
        for (counted, assessment) in &assessed {
            lines.push(chain::json(&AssessmentLine {
                counted,
                assessment,
            }));
        }
        lines.extend(self.totals.iter().map(chain::json));
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }
}

/// The first line of a canonical text. The order of the fields is part of the format, here and below.
#[derive(Serialize)]
struct RoundLine<'a> {
    review: ReviewCode,
    round: &'a str,
    organisation: &'a str,
    title: &'a str,
    as_of: Option<&'a RecordedDate>,
    scale: &'a str,
    scale_version: i32,
    kind: RoundKind,
    method: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    assessors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correction_reason: Option<&'a str>,
}

#[derive(Serialize)]
struct AssessmentLine<'a> {
    #[serde(flatten)]
    counted: &'a CountedAs,
    #[serde(flatten)]
    assessment: &'a Assessment,
}
