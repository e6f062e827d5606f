//! Edits by people: positions and recommendations that are added, corrected, removed, merged and split, each with a
//! reason.
//!
//! An edit writes rows and entries of the history as imports do. After its entries follows one that says what was
//! done and why, and how many entries before it belong to it. Undoing reads those entries backwards.

mod attached;
mod checks;
mod merging;
mod splitting;
mod undoing;

pub use attached::{Attached, AttachedLink, InRound, edit_seen, recommendation_seen};
pub use merging::Kept;
pub use splitting::Part;
pub use undoing::EditToUndo;

use crate::domain::{Paragraph, Position, Recommendation, Review, ReviewCode, Seen, refusals};
use crate::store::change::Change;
use crate::store::entities::recommendation_alias;
use crate::store::history::events::{Edit, EditKind, Match};
use crate::store::import::hear_claims;
use crate::store::read_model::review_records;
use crate::store::recommendations;
use crate::store::rounds::assessments::{self, Place};
use crate::store::{Actor, Conflict, Error, Event, Store, insert_all};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

refusals! {
    /// Why an edit of recommendations is not made or undone.
    pub enum EditRefusal {
        /// The reason is empty or too long.
        ReasonUnfit { max: usize } => "edit-reason-unfit",
        /// The source is empty or too long.
        SourceUnfit { max: usize } => "edit-source-unfit",
        /// Everything is like that already.
        ChangesNothing => "edit-changes-nothing",
        /// A value is too long.
        TooLong { column: &'static str, max: usize } => "edit-too-long",
        /// A term is too long.
        TermTooLong { max: usize } => "edit-term-too-long",
        /// A list has too many values.
        TooMany { max: usize } => "edit-too-many",
        /// Neither a text nor a summary is given.
        WithoutText => "edit-without-text",
        /// No recommending State is given.
        WithoutStates => "edit-without-states",
        /// The language is no tag.
        LanguageUnfit => "edit-language-unfit",
        /// Another recommendation has the number.
        NumberTaken { paragraph: Paragraph } => "edit-number-taken",
        /// The number leads to another recommendation, which had it before.
        NumberLeadsElsewhere { paragraph: Paragraph, now: String } => "edit-number-leads-elsewhere",
        /// A published round names the recommendation under this number and with this text.
        IsPublished { paragraph: Paragraph, rounds: String } => "edit-is-published",
        /// A published round names the recommendation, so that it cannot be removed.
        CannotGo { paragraph: Paragraph, rounds: String } => "edit-cannot-go",
        /// Somebody has an unsaved draft of an assessment.
        IsDrafted { paragraph: Paragraph, rounds: String } => "edit-is-drafted",
        /// The claim has no source.
        PositionWithoutSource => "edit-position-without-source",
        /// The date of the claim is no year, month or day.
        PositionDateUnfit => "edit-position-date-unfit",
        /// The source has made this claim already.
        PositionKnown => "edit-position-known",
        /// A recommendation cannot be merged with itself.
        MergedWithItself => "edit-merged-with-itself",
        /// In some rounds both recommendations are assessed differently.
        AssessmentsUnchosen { rounds: String } => "edit-assessments-unchosen",
        /// One part of a split has no text.
        PartWithoutText => "edit-part-without-text",
        /// One part of a split has no recommending State.
        PartWithoutStates => "edit-part-without-states",
        /// A State that made the recommendation is in neither part.
        StatesLeftOut { states: String } => "edit-states-left-out",
        /// A State is in a part and did not make the recommendation.
        StatesUnknown { states: String } => "edit-states-unknown",
        /// Something that the edit made was changed, assessed or published since.
        UndoTouched { which: String } => "edit-undo-touched",
    }
}

/// The recommendation that is edited, as it was shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EditTarget {
    /// The review.
    pub review: ReviewCode,
    /// The recommendation.
    pub paragraph: Paragraph,
    /// The version that was shown: [`recommendation_seen`] of the recommendation, or [`edit_seen`] of everything that
    /// the edit takes along.
    pub seen: Seen,
}

impl EditTarget {
    fn conflict(&self) -> Error {
        let paragraph = self.paragraph.to_string();
        Conflict::Recommendation { paragraph }.into()
    }

    /// Finds it in the version that was shown.
    async fn find(&self, db: &impl ConnectionTrait) -> Result<(Review, Recommendation), Error> {
        let (review, one) = find(db, self.review, &self.paragraph).await?;
        if recommendation_seen(&one) != self.seen {
            return Err(self.conflict());
        }
        Ok((review, one))
    }
}

/// Why an edit is made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Why {
    /// The reason, for everybody to read in the history.
    pub reason: String,
    /// The document that shows it.
    pub source: String,
}

impl Why {
    /// The longest reason, in characters.
    pub const REASON_MAX: usize = 2_000;
    /// The longest source, in characters.
    pub const SOURCE_MAX: usize = 500;

    /// The edit that it explains.
    fn of(&self, what: EditKind) -> Result<Edit, EditRefusal> {
        let source = checks::text(&self.source).ok_or(EditRefusal::SourceUnfit {
            max: Self::SOURCE_MAX,
        })?;
        if source.chars().count() > Self::SOURCE_MAX {
            return Err(EditRefusal::SourceUnfit {
                max: Self::SOURCE_MAX,
            });
        }
        Ok(Edit {
            source: Some(source),
            ..explained(what, &self.reason)?
        })
    }
}

/// An edit with a reason alone.
fn explained(what: EditKind, reason: &str) -> Result<Edit, EditRefusal> {
    let max = Why::REASON_MAX;
    let reason = checks::text(reason).filter(|reason| reason.chars().count() <= max);
    Ok(Edit {
        what,
        reason: reason.ok_or(EditRefusal::ReasonUnfit { max })?,
        source: None,
        other: None,
        names: Vec::new(),
        entries: 0,
    })
}

/// A review and the recommendation of that number.
async fn find(
    db: &impl ConnectionTrait,
    code: ReviewCode,
    paragraph: &Paragraph,
) -> Result<(Review, Recommendation), Error> {
    let review = find_review(db, code).await?;
    let all = review_records::recommendations(db, review.id).await?;
    let one = all.into_iter().find(|one| one.paragraph == *paragraph);
    Ok((review, one.ok_or(Error::NotFound)?))
}

async fn find_review(db: &impl ConnectionTrait, code: ReviewCode) -> Result<Review, Error> {
    let found = review_records::find_review(db, code).await?;
    found.ok_or(Error::NotFound)
}

/// Ends an edit with the entry that explains it; the number of that entry.
async fn finish(
    mut change: Change<'_>,
    review: &Review,
    paragraph: &Paragraph,
    edit: Edit,
) -> Result<i64, Error> {
    let entries = change.entries().map_or(0, |(first, last)| last - first + 1);
    let edit = Edit {
        entries: usize::try_from(entries).unwrap_or_default(),
        ..edit
    };
    let event = Event::RecommendationsEdited(edit).about(review.code, paragraph);
    change.record(vec![event]).await?;
    let number = change.last_number();
    change.commit().await?;
    Ok(number)
}

/// Makes names lead to recommendations, given by their rows. A name that leads there already stays.
async fn add_names(
    change: &mut Change<'_>,
    review: &Review,
    names: Vec<(Match, i64)>,
) -> Result<(), Error> {
    let known = recommendation_alias::Entity::find()
        .filter(recommendation_alias::Column::ReviewId.eq(review.id))
        .all(&change.tx)
        .await?;
    let mut rows: Vec<recommendation_alias::Model> = Vec::new();
    let mut matches = Vec::new();
    for (name, id) in names {
        let is_same = |row: &recommendation_alias::Model| {
            row.name == name.name && row.recommendation_id == id
        };
        if name.name == name.paragraph || known.iter().chain(&rows).any(is_same) {
            continue;
        }
        rows.push(recommendation_alias::Model {
            review_id: review.id,
            name: name.name.clone(),
            recommendation_id: id,
            score: name.score,
        });
        matches.push(name);
    }
    if matches.is_empty() {
        return Ok(());
    }
    insert_all::<recommendation_alias::Entity, recommendation_alias::ActiveModel>(&change.tx, rows)
        .await?;
    let event = Event::RecommendationsMatched { matches };
    change.record(vec![event.in_review(review.code)]).await
}

impl Store {
    /// Adds a claim about the State's position, or corrects the one at a `place`; the number of the edit's entry. The
    /// earlier claims stay beside a new one, and a corrected one stays in the history.
    pub async fn save_position(
        &self,
        actor: &Actor,
        target: &EditTarget,
        place: Option<usize>,
        claim: &Position,
        reason: &str,
    ) -> Result<i64, Error> {
        let claim = checks::claim(claim)?;
        let what = match place {
            Some(_) => EditKind::PositionCorrected,
            None => EditKind::PositionAdded,
        };
        let edit = explained(what, reason)?;
        let mut change = self.begin(actor).await?;
        let (review, before) = target.find(&change.tx).await?;
        let mut after = before.clone();
        let unchanged = if let Some(place) = place {
            let corrected = after.positions.get_mut(place).ok_or(Error::NotFound)?;
            *corrected = claim;
            // Nothing is heard, but the order of claims may be another one now.
            hear_claims(&mut after.positions, Vec::new());
            EditRefusal::ChangesNothing
        } else {
            hear_claims(&mut after.positions, vec![claim]);
            EditRefusal::PositionKnown
        };
        if after == before {
            return Err(unchanged.into());
        }
        recommendations::update(&mut change, &review, &[(before, after)]).await?;
        finish(change, &review, &target.paragraph, edit).await
    }

    /// Corrects what is known of a recommendation, but for its positions; the number of the edit's entry. Its former
    /// number leads to it.
    pub async fn correct_recommendation(
        &self,
        actor: &Actor,
        target: &EditTarget,
        wanted: &Recommendation,
        why: &Why,
    ) -> Result<i64, Error> {
        let mut change = self.begin(actor).await?;
        let (review, before) = target.find(&change.tx).await?;
        let after = Recommendation {
            id: before.id,
            positions: before.positions.clone(),
            ..checks::recommendation(Some(&before), wanted)?
        };
        if after == before {
            return Err(EditRefusal::ChangesNothing.into());
        }
        let is_renumbered = after.paragraph != before.paragraph;
        let mut edit = why.of(if is_renumbered {
            EditKind::Renumbered
        } else {
            EditKind::Corrected
        })?;
        let attached = Attached::load(&change.tx, &review, &before).await?;
        attached.refuse_published(&before, &after)?;
        let (id, paragraph) = (before.id, after.paragraph.clone());
        if is_renumbered {
            checks::number_is_free(&change.tx, &review, &paragraph, Some(id)).await?;
            // A number that it had before is its own again.
            recommendation_alias::Entity::delete_by_id((review.id, paragraph.to_string(), id))
                .exec(&change.tx)
                .await?;
            let own = attached.names.iter();
            let own = own.filter(|(name, _)| name == paragraph.as_str());
            edit.names = own.map(|name| matched(name, &before.paragraph)).collect();
            edit.other = Some(before.paragraph.to_string());
        }
        let former = (before.paragraph.to_string(), None);
        recommendations::update(&mut change, &review, &[(before, after)]).await?;
        if is_renumbered {
            let names = vec![(matched(&former, &paragraph), id)];
            add_names(&mut change, &review, names).await?;
        }
        finish(change, &review, &paragraph, edit).await
    }

    /// Adds a recommendation to a review; the number of the edit's entry.
    pub async fn add_recommendation(
        &self,
        actor: &Actor,
        review: ReviewCode,
        wanted: &Recommendation,
        why: &Why,
    ) -> Result<i64, Error> {
        let new = checks::recommendation(None, wanted)?;
        let edit = why.of(EditKind::Added)?;
        let mut change = self.begin(actor).await?;
        let review = find_review(&change.tx, review).await?;
        checks::number_is_free(&change.tx, &review, &new.paragraph, None).await?;
        let paragraph = new.paragraph.clone();
        recommendations::add(&mut change, &review, &[new]).await?;
        finish(change, &review, &paragraph, edit).await
    }

    /// Removes a recommendation with its assessments in open rounds and its links; the number of the edit's entry.
    /// Refused while a published round names it, or somebody has an unsaved draft of an assessment of it.
    pub async fn remove_recommendation(
        &self,
        actor: &Actor,
        target: &EditTarget,
        why: &Why,
    ) -> Result<i64, Error> {
        let mut edit = why.of(EditKind::Removed)?;
        let mut change = self.begin(actor).await?;
        let (review, one) = find(&change.tx, target.review, &target.paragraph).await?;
        let attached = Attached::load(&change.tx, &review, &one).await?;
        attached.refuse_going(&one)?;
        if edit_seen(&[(&one, &attached)]) != target.seen {
            return Err(target.conflict());
        }
        for in_round in &attached.assessed {
            let place =
                Place::find(&change.tx, review.code, &in_round.slug, &one.paragraph).await?;
            if let Some(present) = place.present(&change.tx).await? {
                assessments::take_away(&mut change, &place, present).await?;
            }
        }
        for link in &attached.links {
            link.decide(&mut change, Some(link.repeats), None).await?;
        }
        edit.names = attached.matches(&one.paragraph);
        recommendations::remove(&mut change, &review, &[(one, None)]).await?;
        finish(change, &review, &target.paragraph, edit).await
    }

    /// What belongs to a recommendation and would go or move with it. `None` if there is no such recommendation.
    pub async fn attached(
        &self,
        review: ReviewCode,
        paragraph: &Paragraph,
    ) -> Result<Option<(Recommendation, Attached)>, Error> {
        let snapshot = self.snapshot().await?;
        let found = match find(&snapshot, review, paragraph).await {
            Ok((review, one)) => {
                let attached = Attached::load(&snapshot, &review, &one).await?;
                Some((one, attached))
            }
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        };
        snapshot.rollback().await?;
        Ok(found)
    }
}

/// A name that leads to a paragraph.
fn matched((name, score): &(String, Option<f64>), paragraph: &Paragraph) -> Match {
    Match {
        name: name.clone(),
        paragraph: paragraph.to_string(),
        score: *score,
    }
}
