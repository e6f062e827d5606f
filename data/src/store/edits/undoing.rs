//! Undoing an edit, as the history tells it.

use super::attached::AttachedLink;
use super::{Attached, EditRefusal, add_names, checks, find, find_review};
use crate::domain::{
    EventKind, Message, Paragraph, Recommendation, Review, ReviewCode, Subject, shorten,
};
use crate::store::change::Change;
use crate::store::entities::{event, link, recommendation_alias};
use crate::store::history::chain;
use crate::store::history::entry::HistoryEntry;
use crate::store::history::events::{Decision, Edit, EditKind};
use crate::store::recommendations;
use crate::store::rounds::assessments::{self, Cause, Place};
use crate::store::{Actor, Error, Event, Store};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashSet;

/// An entry of the edit that is undone.
struct Entry {
    review: ReviewCode,
    round: Option<String>,
    paragraph: Option<Paragraph>,
    event: Event<'static>,
}

impl Entry {
    fn read(row: event::Model) -> Result<Self, Error> {
        let corrupt = || Error::Corrupt(format!("entry {} of the history", row.id));
        let paragraph = row.paragraph.as_deref().map(Paragraph::parse).transpose();
        let review = row.review.as_deref().and_then(ReviewCode::parse);
        Ok(Self {
            review: review.ok_or_else(corrupt)?,
            paragraph: paragraph.map_err(|_| corrupt())?,
            event: Event::of(&row).ok_or_else(corrupt)?,
            round: row.round,
        })
    }
}

/// Refuses because of what happened since.
fn touched(paragraph: impl ToString) -> Error {
    let which = shorten(&paragraph.to_string(), Message::LONGEST_CELL).into_owned();
    EditRefusal::UndoTouched { which }.into()
}

/// An edit as it is shown before it is undone.
#[derive(Clone, Debug)]
pub struct EditToUndo {
    /// The entry that says what was done and why.
    pub heading: HistoryEntry,
    /// The entries that undoing takes back, the newest first.
    pub entries: Vec<HistoryEntry>,
    /// Whether it is undone already.
    pub is_undone: bool,
}

impl Store {
    /// An edit with what undoing it takes back, by the number of its entry.
    pub async fn edit_to_undo(&self, code: ReviewCode, number: i64) -> Result<EditToUndo, Error> {
        let row = event::Entity::find_by_id(number)
            .one(&self.connection)
            .await?
            .filter(|row| row.known_kind() == Some(EventKind::RecommendationsEdited))
            .filter(|row| row.review.as_deref() == Some(&code.to_string()))
            .ok_or(Error::NotFound)?;
        let Some(Event::RecommendationsEdited(edit)) = Event::of(&row) else {
            return Err(Error::Corrupt("an edit in the history".to_owned()));
        };
        let first = number - i64::try_from(edit.entries).unwrap_or(i64::MAX);
        let entries = event::Entity::find()
            .filter(event::Column::Id.gte(first))
            .filter(event::Column::Id.lt(number))
            .order_by_desc(event::Column::Id)
            .all(&self.connection)
            .await?;
        let undone = event::Entity::find()
            .filter(event::Column::Review.eq(code.to_string()))
            .filter(event::Column::Kind.eq(EventKind::RecommendationsEditUndone))
            .filter(event::Column::Id.gt(number))
            .all(&self.connection)
            .await?;
        let undoes = |row: &event::Model| matches!(Event::of(row), Some(Event::RecommendationsEditUndone { entry }) if entry == number);
        Ok(EditToUndo {
            is_undone: undone.iter().any(undoes),
            heading: HistoryEntry::from(row),
            entries: entries.into_iter().map(HistoryEntry::from).collect(),
        })
    }

    /// Undoes an edit, by the number of its entry; the paragraph that the edit was about, as it is numbered then.
    /// Refused if something that the edit made was changed since, or assessed, or published.
    pub async fn undo_edit(
        &self,
        actor: &Actor,
        code: ReviewCode,
        number: i64,
    ) -> Result<Paragraph, Error> {
        let mut change = self.begin(actor).await?;
        let row = event::Entity::find_by_id(number)
            .one(&change.tx)
            .await?
            .filter(|row| row.known_kind() == Some(EventKind::RecommendationsEdited))
            .filter(|row| row.review.as_deref() == Some(&code.to_string()))
            .ok_or(Error::NotFound)?;
        let heading = Entry::read(row)?;
        let (Event::RecommendationsEdited(edit), Some(about)) = (heading.event, heading.paragraph)
        else {
            return Err(Error::Corrupt("an edit in the history".to_owned()));
        };
        let review = find_review(&change.tx, code).await?;
        let first = number - i64::try_from(edit.entries).unwrap_or(i64::MAX);
        let rows = event::Entity::find()
            .filter(event::Column::Id.gte(first))
            .filter(event::Column::Id.lt(number))
            .order_by_desc(event::Column::Id)
            .all(&change.tx)
            .await?;
        let entries: Vec<Entry> = rows
            .into_iter()
            .map(Entry::read)
            .collect::<Result<_, _>>()?;
        refuse_assessed_since(&change, &review, number, &edit, &entries).await?;
        let mut now = about;
        for entry in entries {
            if let Some(paragraph) = entry.undo(&mut change, &review).await? {
                now = paragraph;
            }
        }
        restore_names(&mut change, &review, &edit).await?;
        let event = Event::RecommendationsEditUndone { entry: number };
        change.record(vec![event.about(code, &now)]).await?;
        change.commit().await?;
        Ok(now)
    }
}

/// Refuses if somebody has assessed what a merger or a split made: the assessment is of another recommendation than
/// there would be afterwards.
async fn refuse_assessed_since(
    change: &Change<'_>,
    review: &Review,
    number: i64,
    edit: &Edit,
    entries: &[Entry],
) -> Result<(), Error> {
    if !matches!(edit.what, EditKind::Merged | EditKind::Split) {
        return Ok(());
    }
    let concerned: HashSet<String> = entries
        .iter()
        .filter(|entry| entry.event.kind().subject() == Subject::Recommendation)
        .filter_map(|entry| Some(entry.paragraph.as_ref()?.to_string()))
        .collect();
    let since = event::Entity::find()
        .filter(event::Column::Review.eq(review.code.to_string()))
        .filter(event::Column::Id.gt(number))
        .filter(event::Column::Round.is_not_null())
        .filter(event::Column::Paragraph.is_in(concerned))
        .one(&change.tx)
        .await?;
    match since.and_then(|since| since.paragraph) {
        Some(paragraph) => Err(touched(paragraph)),
        None => Ok(()),
    }
}

/// Makes names lead to what they led to before.
async fn restore_names(change: &mut Change<'_>, review: &Review, edit: &Edit) -> Result<(), Error> {
    let mut names = Vec::new();
    for name in &edit.names {
        let paragraph = Paragraph::parse(&name.paragraph);
        let paragraph = paragraph.map_err(|_| Error::Corrupt(name.paragraph.clone()))?;
        let (_, one) = find(&change.tx, review.code, &paragraph).await?;
        names.push((name.clone(), one.id));
    }
    add_names(change, review, names).await
}

/// A recommendation as the edit left it, in its present row; refused if it is another one by now.
async fn as_left(
    change: &Change<'_>,
    review: &Review,
    left: &Recommendation,
) -> Result<Recommendation, Error> {
    let present = match find(&change.tx, review.code, &left.paragraph).await {
        Ok((_, present)) => present,
        Err(Error::NotFound) => return Err(touched(&left.paragraph)),
        Err(error) => return Err(error),
    };
    let left = Recommendation {
        id: present.id,
        ..left.clone()
    };
    if present == left {
        Ok(present)
    } else {
        Err(touched(&left.paragraph))
    }
}

impl Entry {
    /// Takes one entry back; the number that its recommendation has then, if it is about one.
    async fn undo(
        self,
        change: &mut Change<'_>,
        review: &Review,
    ) -> Result<Option<Paragraph>, Error> {
        match self.event {
            Event::RecommendationChanged { before, after } => {
                let present = as_left(change, review, &after).await?;
                let before = Recommendation {
                    id: present.id,
                    ..before.into_owned()
                };
                let attached = Attached::load(&change.tx, review, &present).await?;
                attached.refuse_published(&present, &before)?;
                let paragraph = before.paragraph.clone();
                if present.paragraph != paragraph {
                    checks::number_is_free(&change.tx, review, &paragraph, Some(present.id))
                        .await?;
                }
                recommendations::update(change, review, &[(present, before)]).await?;
                Ok(Some(paragraph))
            }
            Event::RecommendationAdded { after } => {
                let present = as_left(change, review, &after).await?;
                let attached = Attached::load(&change.tx, review, &present).await?;
                attached.refuse_going(&present)?;
                let is_free = attached.assessed.is_empty()
                    && attached.links.is_empty()
                    && attached.names.is_empty();
                if !is_free {
                    return Err(touched(&present.paragraph));
                }
                recommendations::remove(change, review, &[(present, None)]).await?;
                Ok(None)
            }
            Event::RecommendationRemoved { before }
            | Event::RecommendationAbsorbed { before, .. } => {
                let before = before.into_owned();
                let paragraph = before.paragraph.clone();
                checks::number_is_free(&change.tx, review, &paragraph, None).await?;
                recommendations::add(change, review, &[before]).await?;
                Ok(None)
            }
            Event::RecommendationsMatched { matches } => {
                for one in matches {
                    let paragraph = Paragraph::parse(&one.paragraph)
                        .map_err(|_| Error::Corrupt(one.paragraph.clone()))?;
                    let (_, present) = find(&change.tx, review.code, &paragraph)
                        .await
                        .map_err(|_| touched(&paragraph))?;
                    recommendation_alias::Entity::delete_by_id((review.id, one.name, present.id))
                        .exec(&change.tx)
                        .await?;
                }
                Ok(None)
            }
            Event::LinkDecided { before, after } => {
                let Some(paragraph) = self.paragraph else {
                    return Err(Error::Corrupt("a link in the history".to_owned()));
                };
                put_link_back(change, self.review, &paragraph, before, after).await?;
                Ok(None)
            }
            Event::AssessmentSaved { .. } | Event::AssessmentRemoved { .. } => {
                let (Some(paragraph), Some(slug)) = (&self.paragraph, &self.round) else {
                    return Err(Error::Corrupt("an assessment in the history".to_owned()));
                };
                let place = Place::find(&change.tx, self.review, slug, paragraph).await?;
                let present = place.present(&change.tx).await?;
                let (before, after) = self.event.assessments();
                let there = present.as_ref().map(|(_, there)| chain::json(there));
                if there != after.map(chain::json) {
                    return Err(touched(paragraph));
                }
                match (before.cloned(), present) {
                    (Some(before), present) => {
                        assessments::put(change, &place, present, before, Cause::Restored).await?;
                    }
                    (None, Some(present)) => {
                        assessments::take_away(change, &place, present).await?;
                    }
                    (None, None) => {}
                }
                Ok(None)
            }
            other => Err(Error::Corrupt(format!("an edit's {}", other.kind().code()))),
        }
    }
}

/// Puts a decision about a link back; refused if somebody has decided otherwise since.
async fn put_link_back(
    change: &mut Change<'_>,
    review: ReviewCode,
    paragraph: &Paragraph,
    before: Option<Decision>,
    after: Option<Decision>,
) -> Result<(), Error> {
    let Some(earlier) = after
        .as_ref()
        .or(before.as_ref())
        .map(|one| one.earlier.clone())
    else {
        return Ok(());
    };
    let gone = |_| touched(paragraph);
    let (_, later) = find(&change.tx, review, paragraph).await.map_err(gone)?;
    let (_, former) = find(&change.tx, earlier.review, &earlier.paragraph)
        .await
        .map_err(gone)?;
    let present = link::Entity::find_by_id((later.id, former.id))
        .one(&change.tx)
        .await?
        .map(|row| row.repeats);
    if present != after.map(|after| after.repeats) {
        return Err(touched(paragraph));
    }
    let link = AttachedLink {
        review,
        paragraph: paragraph.clone(),
        earlier,
        repeats: false,
        rows: (later.id, former.id),
    };
    link.decide(change, present, before.map(|before| before.repeats))
        .await
}
