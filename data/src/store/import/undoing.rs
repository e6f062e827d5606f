//! Taking back what a run did, as the history tells it.

use super::document;
use super::run::{self, Run};
use crate::domain::{Assessment, EventKind, Recommendation, Review, ReviewCode};
use crate::store::change::Change;
use crate::store::entities::{assessment, draft, event, recommendation_alias, round};
use crate::store::history::chain;
use crate::store::history::events::{Absorbed, Match};
use crate::store::import_codes::RunState;
use crate::store::read_model::review_records;
use crate::store::recommendations;
use crate::store::rounds::assessments::{self, Writing};
use crate::store::{Actor, Error, Event, ImportRefusal, Store};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Recommendations that a refusal names; more are counted.
const NAMED: usize = 10;

/// The most recommendations and assessments of a run whose undoing is tried before a person asks for it.
const TRIED: usize = 2_000;
/// Items that a preview names of each kind.
const SHOWN: usize = 5;

/// Things of one kind that undoing an import takes back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UndoneItems {
    /// How many.
    pub count: usize,
    /// The first of them: the review, the number or name, and the text or the status.
    pub first: Vec<(ReviewCode, String, String)>,
}

impl UndoneItems {
    fn add(&mut self, review: ReviewCode, paragraph: &str, text: &str) {
        self.count += 1;
        if self.first.len() < SHOWN {
            let item = (review, paragraph.to_owned(), text.to_owned());
            self.first.push(item);
        }
    }
}

/// What undoing an import would take back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UndoPreview {
    /// Recommendations that the import added.
    pub added: UndoneItems,
    /// Recommendations that it changed.
    pub changed: UndoneItems,
    /// Recommendations that it merged into others.
    pub merged: UndoneItems,
    /// Assessments that it added.
    pub assessed: UndoneItems,
    /// Assessments that it changed.
    pub reassessed: UndoneItems,
    /// Why it cannot be undone.
    pub refusal: Option<ImportRefusal>,
}

impl UndoPreview {
    fn see(&mut self, review: ReviewCode, done: &Done) {
        let add = |items: &mut UndoneItems, one: &Recommendation| {
            items.add(review, one.paragraph.as_str(), one.headline());
        };
        done.added.iter().for_each(|one| add(&mut self.added, one));
        let changed = done.changed.iter();
        changed.for_each(|(_, one)| add(&mut self.changed, one));
        let merged = done.absorbed.iter();
        merged.for_each(|one| add(&mut self.merged, one));
        for (_, paragraph, before, after) in &done.assessed {
            let items = match before {
                None => &mut self.assessed,
                Some(_) => &mut self.reassessed,
            };
            items.add(review, paragraph, &after.status);
        }
    }
}

/// What a run did to one review.
#[derive(Default)]
struct Done {
    added: Vec<Recommendation>,
    changed: Vec<(Recommendation, Recommendation)>,
    absorbed: Vec<Recommendation>,
    matches: Vec<Match>,
    /// Round, paragraph, before, after.
    assessed: Vec<(String, String, Option<Assessment>, Assessment)>,
    review: Option<(Option<Review>, Review)>,
}

impl Store {
    /// Takes back what a run did: what it made goes, what it changed is as before. Refused, naming
    /// them, if any of that was changed or assessed since, or is in a round published since.
    pub async fn undo_import(&self, actor: &Actor, id: i64) -> Result<Run, Error> {
        let mut change = self.begin(actor).await?;
        let run = run::find(&change.tx, id).await?;
        run.must_be(RunState::Applied)?;
        if let Some(refusal) = take_back(&mut change, &run).await?.refusal {
            return Err(refusal.into());
        }
        run::end(&change, id, RunState::Applied, RunState::Undone, actor).await?;
        document::forget(&change, id).await?;
        if change.has_recorded() {
            let event = Event::FileImportUndone {
                sha256: run.file.sha256,
                summary: run.summary,
            };
            change.record(vec![event.outside_reviews()]).await?;
            change.commit().await?;
        } else {
            change.commit_unrecorded().await?;
        }
        self.import_run(id).await
    }
}

impl Store {
    /// What undoing a run would take back, and whether it can be undone; `None` for a run that is not applied, and for
    /// one too large to be tried. Nothing is changed.
    pub async fn preview_undo(&self, actor: &Actor, id: i64) -> Result<Option<UndoPreview>, Error> {
        let run = run::find(&self.connection, id).await?;
        let size = run.summary.created + run.summary.updated + run.summary.merged;
        if run.state != RunState::Applied || size > TRIED {
            return Ok(None);
        }
        // Tried in a transaction that is never committed.
        let mut change = self.begin(actor).await?;
        take_back(&mut change, &run).await.map(Some)
    }
}

/// Takes back what a run did, review by review; or says what was touched since, and then nothing counts.
async fn take_back(change: &mut Change<'_>, run: &Run) -> Result<UndoPreview, Error> {
    let mut preview = UndoPreview::default();
    let mut touched = BTreeSet::new();
    if let Some(events) = run.events {
        for code in reviews(change, events).await? {
            let done = done(change, events, code).await?;
            preview.see(code, &done);
            undo(change, events, code, done, &mut touched).await?;
        }
    }
    if !touched.is_empty() {
        let more = touched.len().saturating_sub(NAMED);
        let named: Vec<String> = touched.into_iter().take(NAMED).collect();
        preview.refusal = Some(ImportRefusal::UndoTouched {
            which: named.join(", "),
            more,
        });
    }
    Ok(preview)
}

async fn reviews(change: &Change<'_>, (first, last): (i64, i64)) -> Result<Vec<ReviewCode>, Error> {
    let codes: Vec<Option<String>> = event::Entity::find()
        .select_only()
        .column(event::Column::Review)
        .distinct()
        .filter(event::Column::Id.between(first, last))
        .filter(event::Column::Review.is_not_null())
        .order_by_asc(event::Column::Review)
        .into_tuple()
        .all(&change.tx)
        .await?;
    codes
        .into_iter()
        .flatten()
        .map(|code| ReviewCode::parse(&code).ok_or(Error::Corrupt(code)))
        .collect()
}

/// What the history says that a run did to a review.
async fn done(
    change: &Change<'_>,
    (first, last): (i64, i64),
    review: ReviewCode,
) -> Result<Done, Error> {
    let events = event::Entity::find()
        .filter(event::Column::Id.between(first, last))
        .filter(event::Column::Review.eq(review.to_string()))
        .order_by_asc(event::Column::Id)
        .all(&change.tx)
        .await?;
    let mut done = Done::default();
    for event in events {
        let content = Event::of(&event)
            .ok_or_else(|| Error::Corrupt(format!("entry {} of the history", event.id)))?;
        match content {
            Event::RecommendationAdded { after } => done.added.push(after.into_owned()),
            Event::RecommendationChanged { before, after } => {
                // One that stepped aside for another in between is one change.
                let (before, after) = (before.into_owned(), after.into_owned());
                let mut earlier = done.changed.iter_mut();
                match earlier
                    .find(|(_, earlier)| !before.paragraph.is_number() && *earlier == before)
                {
                    Some((_, earlier)) => *earlier = after,
                    None => done.changed.push((before, after)),
                }
            }
            Event::RecommendationAbsorbed { before, .. } => {
                done.absorbed.push(before.into_owned());
            }
            Event::RecommendationsMatched { matches } => done.matches.extend(matches),
            Event::ReviewAdded { after } => done.review = Some((None, after)),
            Event::ReviewUpdated { before, after } => done.review = Some((Some(before), after)),
            Event::AssessmentSaved { before, after } => done.assessed.push((
                event.round.unwrap_or_default(),
                event.paragraph.unwrap_or_default(),
                before.map(Cow::into_owned),
                after.into_owned(),
            )),
            // A record of the review, which others may cite by now.
            Event::EvidenceAdded { .. } => {}
            other => {
                let kind = other.kind().code();
                return Err(Error::Corrupt(format!("an import's {kind}")));
            }
        }
    }
    Ok(done)
}

/// Undoes a review. What was touched since is added to `touched`, and then nothing counts.
async fn undo(
    change: &mut Change<'_>,
    events: (i64, i64),
    code: ReviewCode,
    done: Done,
    touched: &mut BTreeSet<String>,
) -> Result<(), Error> {
    let review = review_records::find_review(&change.tx, code)
        .await?
        .ok_or_else(|| Error::Corrupt(code.to_string()))?;
    let there = review_records::recommendations(&change.tx, review.id).await?;
    let there: HashMap<String, Recommendation> = there
        .into_iter()
        .map(|one| (one.paragraph.to_string(), one))
        .collect();
    let since = since(change, events, code, review.id).await?;
    let mut note = |paragraph: &str| touched.insert(format!("{code} {paragraph}"));
    let mut as_left = |after: &Recommendation| {
        let found = there.get(after.paragraph.as_str());
        let same = found.filter(|found| {
            let mut one = Recommendation {
                id: found.id,
                ..after.clone()
            };
            // Entries from before claims had an order hold them as they were heard.
            one.order_positions();
            **found == one
                && !since.assessed.contains(after.paragraph.as_str())
                && !since.published.contains(&found.id)
        });
        if same.is_none() {
            note(after.paragraph.as_str());
        }
        same.cloned()
    };
    let mut gone: Vec<(Recommendation, Option<Absorbed>)> = Vec::new();
    for after in &done.added {
        gone.extend(as_left(after).map(|one| (one, None)));
    }
    let mut changed = Vec::new();
    for (before, after) in &done.changed {
        if let Some(now) = as_left(after) {
            let before = Recommendation {
                id: now.id,
                ..before.clone()
            };
            changed.push((now, before));
        }
    }
    let ids: HashMap<&str, i64> = there
        .iter()
        .map(|(name, one)| (name.as_str(), one.id))
        .collect();
    let kept = undo_assessments(change, &review, &ids, &done, &since, &mut note).await?;
    // Whoever assesses what is to go would lose what was written.
    for (one, _) in &gone {
        if kept.contains(&one.id) || since.drafted.contains(&one.id) {
            note(one.paragraph.as_str());
        }
    }
    if !touched.is_empty() {
        return Ok(());
    }
    for one in &done.matches {
        if let Some(id) = ids.get(one.paragraph.as_str()) {
            recommendation_alias::Entity::delete_by_id((review.id, one.name.clone(), *id))
                .exec(&change.tx)
                .await?;
        }
    }
    if !gone.is_empty() {
        recommendations::remove(change, &review, &gone).await?;
    }
    if !changed.is_empty() {
        recommendations::update(change, &review, &changed).await?;
    }
    if !done.absorbed.is_empty() {
        recommendations::add(change, &review, &done.absorbed).await?;
    }
    if let Some((before, after)) = done.review {
        recommendations::restore_review(change, &review, before, &after).await?;
    }
    Ok(())
}

/// What happened to a review after a run.
struct Since {
    /// Paragraphs that were assessed.
    assessed: HashSet<String>,
    /// Rows in rounds that were published.
    published: HashSet<i64>,
    /// Rows that somebody is about to assess.
    drafted: HashSet<i64>,
    /// Rounds by slug, with their rows.
    rounds: HashMap<String, i64>,
}

async fn since(
    change: &Change<'_>,
    (_, last): (i64, i64),
    code: ReviewCode,
    review: i64,
) -> Result<Since, Error> {
    let later = event::Entity::find()
        .filter(event::Column::Review.eq(code.to_string()))
        .filter(event::Column::Id.gt(last))
        .all(&change.tx)
        .await?;
    let (mut assessed, mut slugs) = (HashSet::new(), HashSet::new());
    for event in later {
        if event.known_kind() == Some(EventKind::RoundPublished) {
            slugs.extend(event.round);
        } else if event.round.is_some() {
            // However an assessment was changed.
            assessed.extend(event.paragraph);
        }
    }
    let rounds = round::Entity::find()
        .filter(round::Column::ReviewId.eq(review))
        .all(&change.tx)
        .await?;
    let rounds: HashMap<String, i64> = rounds
        .into_iter()
        .map(|round| (round.slug, round.id))
        .collect();
    let published = rounds
        .iter()
        .filter(|(slug, _)| slugs.contains(*slug))
        .map(|(_, id)| *id);
    let published: Vec<i64> = assessment::Entity::find()
        .select_only()
        .column(assessment::Column::RecommendationId)
        .filter(assessment::Column::RoundId.is_in(published))
        .into_tuple()
        .all(&change.tx)
        .await?;
    let drafted: Vec<i64> = draft::Entity::find()
        .select_only()
        .column(draft::Column::RecommendationId)
        .filter(draft::Column::RoundId.is_in(rounds.values().copied()))
        .into_tuple()
        .all(&change.tx)
        .await?;
    Ok(Since {
        assessed,
        published: published.into_iter().collect(),
        drafted: drafted.into_iter().collect(),
        rounds,
    })
}

/// Takes assessments back that are as the run left them; the recommendations that are assessed in some
/// other way.
async fn undo_assessments(
    change: &mut Change<'_>,
    review: &Review,
    recommendations: &HashMap<&str, i64>,
    done: &Done,
    since: &Since,
    note: &mut impl FnMut(&str) -> bool,
) -> Result<HashSet<i64>, Error> {
    let mut kept = HashSet::new();
    let mut by_round: HashMap<&str, Vec<_>> = HashMap::new();
    for (round, paragraph, before, after) in &done.assessed {
        let list = by_round.entry(round).or_default();
        list.push((paragraph, before, after));
    }
    for (slug, id) in &since.rounds {
        let rows = assessments::of_round(&change.tx, review.id, *id).await?;
        let mut ours = HashSet::new();
        let (mut gone, mut restored, mut events) = (Vec::new(), Vec::new(), Vec::new());
        for (paragraph, before, after) in by_round.remove(slug.as_str()).unwrap_or_default() {
            let there = recommendations
                .get(paragraph.as_str())
                .and_then(|recommendation| Some((*recommendation, rows.get(recommendation)?)));
            let as_left = there.filter(|(recommendation, (_, now))| {
                chain::json(now) == chain::json(after)
                    && !since.assessed.contains(paragraph)
                    && !since.published.contains(recommendation)
            });
            let Some((recommendation, (row, now))) = as_left else {
                note(paragraph);
                continue;
            };
            ours.insert(recommendation);
            match before {
                None => {
                    gone.push(*row);
                    let before = Cow::Borrowed(now);
                    let event = Event::AssessmentRemoved { before };
                    events.push(event.about_assessment(review.code, slug, paragraph));
                }
                Some(before) => {
                    let content = Assessment {
                        version: now.version + 1,
                        changed_at: change.now(),
                        ..before.clone()
                    };
                    events.push(assessments::saved(
                        review.code,
                        slug,
                        paragraph,
                        Some(now),
                        &content,
                    ));
                    restored.push((*row, recommendation, content));
                }
            }
        }
        kept.extend(rows.keys().filter(|row| !ours.contains(*row)));
        kept.extend(
            restored
                .iter()
                .map(|(_, recommendation, _)| *recommendation),
        );
        assessments::remove(change, &gone).await?;
        let writings: Vec<Writing<'_>> = restored
            .iter()
            .map(|(row, recommendation, content)| Writing {
                cited: Some(*row),
                recommendation: *recommendation,
                content,
            })
            .collect();
        assessments::write_all(change, *id, review, &writings).await?;
        if !events.is_empty() {
            change.record(events).await?;
        }
    }
    for paragraph in by_round
        .into_values()
        .flatten()
        .map(|(paragraph, ..)| paragraph)
    {
        note(paragraph);
    }
    Ok(kept)
}
