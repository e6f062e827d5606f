//! Corrections and withdrawals of published rounds, and the list of both.
//!
//! A published round never changes. A correction is a round of its own, which begins with the assessments of the
//! published one; publishing it takes the other's place in every figure. The corrected round stays as it is, with its
//! content hash, and can be read. A withdrawn round stays in the database, so that `check` still verifies its hash, but
//! none of its content is shown.

use crate::domain::{
    Assessment, EventKind, ReviewCode, ReviewRecord, Round, RoundCounts, RoundKind, RoundRecord,
};
use crate::store::change::Change;
use crate::store::entities::{event, round};
use crate::store::read_model::review_records;
use crate::store::rounds::assessments::{self, Cause, Place};
use crate::store::rounds::lifecycle::{self, NewRound};
use crate::store::{
    Actor, CorrectionOpening, Error, Event, RoundRefusal, Store, Supersession, Withdrawal,
    without_nul,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// The longest reason for a correction, a withdrawal or a choice of headline round, in characters.
pub const CORRECTION_REASON_MAX: usize = 2_000;

/// The longest name of a round in addresses.
const SLUG_MAX: usize = 60;

/// The kinds of entries of the list of corrections. All of them are public.
const KINDS: [EventKind; 4] = [
    EventKind::RoundSuperseded,
    EventKind::RoundWithdrawn,
    EventKind::RoundRedacted,
    EventKind::HeadlineChosen,
];

/// An entry of the list of corrections.
#[derive(Clone, PartialEq, Debug)]
pub struct CorrectionEntry {
    /// When it happened. Milliseconds since 1970, UTC.
    pub at: i64,
    /// The review.
    pub review: ReviewCode,
    /// The slug of the round that it is about.
    pub round: String,
    /// What happened: a supersession, a withdrawal, the removal of a text, or the choice of a headline round.
    pub event: Event<'static>,
}

impl Store {
    /// Opens a correction of a published round: an open round that begins with the assessments of that one, with the
    /// evidence that they cite. The correction's slug.
    pub async fn open_correction(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
    ) -> Result<String, Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let corrected = record.any_round(slug).ok_or(Error::NotFound)?;
        refuse_unless_current(&corrected.round)?;
        if corrected.round.kind != RoundKind::Itemised {
            return Err(RoundRefusal::HasTotalsOnly {
                round: corrected.round.title.clone(),
            }
            .into());
        }
        if let Some(open) = record.open_correction_of(slug) {
            return Err(RoundRefusal::CorrectionIsOpen {
                round: corrected.round.title.clone(),
                slug: open.round.slug.clone(),
            }
            .into());
        }
        let opening = CorrectionOpening {
            round: NewRound {
                slug: free_slug(&record, corrected),
                ..NewRound::of(&corrected.round)
            },
            corrects: slug.to_owned(),
        };
        let new = &opening.round;
        let row = round::ActiveModel {
            review_id: Set(record.review.id),
            slug: Set(new.slug.clone()),
            organisation: Set(new.organisation.clone()),
            title: Set(new.title.clone()),
            as_of: Set(new.as_of.clone().map(Into::into)),
            // The scale in the version of the corrected round, even if there is a newer one.
            scale_id: Set(corrected.round.scale.id),
            kind: Set(corrected.round.kind),
            method: Set(new.method.clone()),
            assessors: Set(new.assessors_column()),
            supersedes: Set(Some(slug.to_owned())),
            ..Default::default()
        };
        round::Entity::insert(row).exec(&change.tx).await?;
        let new = new.slug.clone();
        let event = Event::RoundCorrectionOpened(opening);
        change.record(vec![event.in_round(review, &new)]).await?;
        copy_assessments(&mut change, &record, corrected, &new).await?;
        change.commit().await?;
        Ok(new)
    }

    /// Withdraws a published round: it leaves every figure and list, and its content is shown no more.
    pub async fn withdraw_round(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
        why: &str,
    ) -> Result<(), Error> {
        let why = reason(why)?;
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let withdrawn = record.any_round(slug).ok_or(Error::NotFound)?;
        let round = &withdrawn.round;
        let content_hash = match &round.content_hash {
            Some(hash) if round.is_published() => hash.clone(),
            _ => {
                return Err(RoundRefusal::NotPublished {
                    round: round.title.clone(),
                }
                .into());
            }
        };
        if round.is_withdrawn() {
            return Err(RoundRefusal::IsWithdrawn {
                round: round.title.clone(),
            }
            .into());
        }
        let row = round::ActiveModel {
            id: Set(round.id),
            withdrawn_at: Set(Some(change.now())),
            withdrawal_reason: Set(Some(why.clone())),
            // What is withdrawn heads nothing.
            headline_reason: Set(None),
            ..Default::default()
        };
        round::Entity::update(row).exec(&change.tx).await?;
        let event = Event::RoundWithdrawn(Withdrawal {
            reason: why,
            content_hash,
            before: RoundCounts::of(&record, withdrawn),
        });
        change.record(vec![event.in_round(review, slug)]).await?;
        change.commit().await
    }

    /// Corrections, withdrawals and other changes of what is published, of one review or of all, the newest first: how
    /// many there are, and those of a page. Entries of reviews that were removed are left out.
    pub async fn corrections(
        &self,
        review: Option<ReviewCode>,
        offset: u64,
        limit: u64,
    ) -> Result<(u64, Vec<CorrectionEntry>), Error> {
        let reviews = self.reviews().await?;
        let codes = reviews.iter().map(|one| one.code);
        let codes = codes.filter(|code| review.is_none_or(|wanted| wanted == *code));
        let entries = event::Entity::find()
            .filter(event::Column::Kind.is_in(KINDS.map(EventKind::code)))
            .filter(event::Column::Review.is_in(codes.map(|code| code.to_string())));
        let count = entries.clone().count(&self.connection).await?;
        let rows = entries
            .order_by_desc(event::Column::Id)
            .offset(offset)
            .limit(limit)
            .all(&self.connection)
            .await?;
        let entries = rows.into_iter().filter_map(|row| {
            Some(CorrectionEntry {
                at: row.at,
                review: ReviewCode::parse(row.review.as_deref()?)?,
                event: Event::of(&row)?,
                round: row.round?,
            })
        });
        Ok((count, entries.collect()))
    }
}

/// A reason as it is kept, or why it is none.
pub(crate) fn reason(typed: &str) -> Result<String, RoundRefusal> {
    let reason = without_nul(typed).trim().to_owned();
    if reason.is_empty() || reason.chars().count() > CORRECTION_REASON_MAX {
        return Err(reason_unfit());
    }
    Ok(reason)
}

/// Why an empty or overlong reason is refused.
pub(crate) fn reason_unfit() -> RoundRefusal {
    RoundRefusal::ReasonUnfit {
        max: CORRECTION_REASON_MAX,
    }
}

/// Refuses rounds that do not count: those that are open, superseded or withdrawn.
pub(crate) fn refuse_unless_current(round: &Round) -> Result<(), RoundRefusal> {
    let title = round.title.clone();
    if !round.is_published() {
        return Err(RoundRefusal::NotPublished { round: title });
    }
    if round.is_withdrawn() {
        return Err(RoundRefusal::IsWithdrawn { round: title });
    }
    match &round.publication.superseded {
        Some(superseded) => Err(RoundRefusal::IsSuperseded {
            round: title,
            by: superseded.by.clone(),
        }),
        None => Ok(()),
    }
}

/// The round that an open round corrects; `None` if it corrects none. A round that was withdrawn meanwhile can still be
/// corrected.
pub(crate) fn corrected<'a>(
    record: &'a ReviewRecord,
    round: &RoundRecord,
) -> Result<Option<&'a RoundRecord>, Error> {
    let Some(slug) = round.round.supersedes.as_deref() else {
        return Ok(None);
    };
    let corrected = record
        .any_round(slug)
        .ok_or_else(|| Error::Corrupt(slug.to_owned()))?;
    match &corrected.round.publication.superseded {
        Some(superseded) => Err(RoundRefusal::IsSuperseded {
            round: corrected.round.title.clone(),
            by: superseded.by.clone(),
        }
        .into()),
        None => Ok(Some(corrected)),
    }
}

/// Records that a correction which is published in this change takes the place of a round. A reviewer's choice of that
/// round as the headline round goes over to the correction.
pub(crate) async fn supersede(
    change: &mut Change<'_>,
    record: &ReviewRecord,
    corrected: &RoundRecord,
    correction: &RoundRecord,
    hash: &str,
    reason: &str,
) -> Result<(), Error> {
    if let Some(chosen) = &corrected.round.publication.headline_reason {
        for (id, reason) in [
            (corrected.round.id, None),
            (correction.round.id, Some(chosen.clone())),
        ] {
            let row = round::ActiveModel {
                id: Set(id),
                headline_reason: Set(reason),
                ..Default::default()
            };
            round::Entity::update(row).exec(&change.tx).await?;
        }
    }
    let event = Event::RoundSuperseded(Supersession {
        by: correction.round.slug.clone(),
        correction: correction.round.publication.correction,
        reason: reason.to_owned(),
        hash_before: corrected.round.content_hash.clone().unwrap_or_default(),
        hash_after: hash.to_owned(),
        before: RoundCounts::of(record, corrected),
        after: RoundCounts::of(record, correction),
    });
    let event = event.in_round(record.review.code, &corrected.round.slug);
    change.record(vec![event]).await
}

/// Writes the assessments of a published round into its correction, but for those that publishing added for
/// recommendations that nobody had assessed.
async fn copy_assessments(
    change: &mut Change<'_>,
    record: &ReviewRecord,
    corrected: &RoundRecord,
    correction: &str,
) -> Result<(), Error> {
    let row = lifecycle::find(&change.tx, record.review.id, correction)
        .await?
        .ok_or(Error::NotFound)?;
    for one in &record.recommendations {
        let Some(assessment) = corrected.assessments.get(&one.id) else {
            continue;
        };
        if corrected.round.left_unassessed(assessment) {
            continue;
        }
        let place = Place {
            review: record.review.clone(),
            round: row.clone(),
            scale: corrected.round.scale.clone(),
            recommendation: one.id,
            paragraph: one.paragraph.to_string(),
        };
        let copy = Assessment {
            carried_over: None,
            ..assessment.clone()
        };
        assessments::put(change, &place, None, copy, Cause::CarriedOver).await?;
    }
    Ok(())
}

/// A name in addresses for the next correction of a round: that of the first round of its line, with the number.
fn free_slug(record: &ReviewRecord, corrected: &RoundRecord) -> String {
    let mut first = corrected;
    for _ in &record.former {
        let earlier = first.round.supersedes.as_deref();
        first = earlier
            .and_then(|slug| record.any_round(slug))
            .unwrap_or(first);
    }
    let number = corrected.round.publication.correction + 1;
    let mut ending = format!("-correction-{number}");
    let mut again = 1;
    loop {
        let name: String = first
            .round
            .slug
            .chars()
            .take(SLUG_MAX.saturating_sub(ending.len()))
            .collect();
        let slug = format!("{name}{ending}");
        if record.any_round(&slug).is_none() {
            return slug;
        }
        again += 1;
        ending = format!("-correction-{number}-{again}");
    }
}
