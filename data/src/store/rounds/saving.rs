//! Saves that wait for each other are committed together: in one transaction, with one flush of the disk and one
//! look from another connection. Each has its own entries in the history and its own answer.
//!
//! A save stands in the queue while it waits for its turn to write. The save that has the turn first writes the batch
//! in front of the queue, and keeps the turn until each save of the batch has its answer or is back in front of the
//! queue. So no later save can overtake an earlier one of the same assessment, and a save that gets the turn always
//! finds something to write. If a batch fails, nothing of it was committed, and each save is written again alone, so
//! that one cannot fail another. If the request that writes is dropped, the batch goes back as it was. Writing again is
//! harmless: a save that was committed after all changes nothing the second time.
//!
//! Whether somebody else has saved since a form was shown is checked here by the version of the assessment; all other
//! forms compare what they show by [`Seen`](crate::domain::Seen).

use super::assessments::{Cause, Next, Place, Save, check, put_rows, write};
use super::evidence as records;
use super::lookup::{self, Drafts, Found, Target};
use crate::domain::Assessment;
use crate::settings;
use crate::store::change::{Change, Turn};
use crate::store::entities::draft;
use crate::store::history::chain;
use crate::store::{Actor, Conflict, DraftForm, Error, NewEvent, Store, without_nul};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::MutexGuard;
use tokio::sync::oneshot::{self, error::TryRecvError};

/// The new version of an assessment, and whether the save changed it.
type Saved = (i64, bool);

/// A save as it was asked for.
pub(crate) struct Request {
    pub(crate) actor: Actor,
    /// Whose draft it came from.
    pub(crate) account: Option<i64>,
    pub(crate) save: Save,
    pub(crate) form: Option<DraftForm>,
}

/// A save that waits for its turn.
struct Waiting {
    request: Request,
    arrived: Instant,
    /// It failed together with others, and is tried again without them.
    is_alone: bool,
    answers: oneshot::Sender<Result<Saved, Error>>,
}

/// The saves that wait, in the order in which they came.
#[derive(Default)]
pub(crate) struct SaveQueue(Mutex<VecDeque<Waiting>>);

impl SaveQueue {
    fn add(&self, request: Request) -> oneshot::Receiver<Result<Saved, Error>> {
        let (answers, answered) = oneshot::channel();
        self.lock().push_back(Waiting {
            request,
            arrived: Instant::now(),
            is_alone: false,
            answers,
        });
        answered
    }

    /// Takes those that are written next: some, or one that has to be alone. Two of the same assessment are never among
    /// them, since the second has to see what the first has written.
    fn take(&self) -> Batch<'_> {
        let mut queue = self.lock();
        queue.retain(|waiting| !waiting.answers.is_closed());
        let mut places = HashSet::new();
        let together = queue.iter().take_while(|waiting| {
            let save = &waiting.request.save;
            !waiting.is_alone && places.insert((save.review, &save.round, &save.paragraph))
        });
        let together = together.take(settings::SAVES_TOGETHER_MAX).count();
        let count = together.max(1).min(queue.len());
        Batch {
            queue: self,
            saves: queue.drain(..count).collect(),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Saves that are written together. Those that have no answer when it is dropped go back to the front of the queue.
struct Batch<'a> {
    queue: &'a SaveQueue,
    saves: Vec<Waiting>,
}

impl Batch<'_> {
    /// Answers each save. The receiver of an answer may be dropped already.
    fn answer(mut self, answers: Vec<Result<Saved, Error>>) {
        for (waiting, answer) in std::mem::take(&mut self.saves).into_iter().zip(answers) {
            let _ = waiting.answers.send(answer);
        }
    }

    /// Puts the saves back, to be written one by one.
    fn part(mut self) {
        for waiting in &mut self.saves {
            waiting.is_alone = true;
        }
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if !self.saves.is_empty() {
            let mut queue = self.queue.lock();
            for waiting in self.saves.drain(..).rev() {
                queue.push_front(waiting);
            }
        }
    }
}

/// Why a save was not written.
enum Failure {
    /// The save is refused; nothing of it was written.
    Refused(Error),
    /// The transaction may be broken, and with it the other saves of the batch.
    Transaction(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(_) | Error::Conflict(_) | Error::NotFound => Self::Refused(error),
            _ => Self::Transaction(error),
        }
    }
}

impl Store {
    /// Saves an assessment, together with others that wait.
    pub(crate) async fn save_in_turn(&self, request: Request) -> Result<Saved, Error> {
        let lost = || Error::System("a save was dropped without an answer".to_owned());
        let mut answered = self.saves.add(request);
        loop {
            let turn = tokio::select! {
                biased;
                answer = &mut answered => return answer.map_err(|_| lost())?,
                turn = self.writers.lock() => turn,
            };
            // The answer may have come after the first branch was polled.
            match answered.try_recv() {
                Ok(answer) => return answer,
                Err(TryRecvError::Closed) => return Err(lost()),
                Err(TryRecvError::Empty) => self.save_batch(turn).await,
            }
        }
    }

    /// Writes the batch in front of the queue.
    async fn save_batch(&self, mut turn: MutexGuard<'_, Turn>) {
        // Declared after the turn, and so dropped before it.
        let batch = self.saves.take();
        let Some(first) = batch.saves.first() else {
            return;
        };
        let begun = self
            .begin_with_turn(&mut turn, &first.request.actor, first.arrived)
            .await;
        let written = match begun {
            Ok(change) => self.write_all_of(change, &batch.saves).await,
            Err(error) => Err(error),
        };
        match written {
            Ok(answers) => batch.answer(answers),
            Err(error) if batch.saves.len() == 1 => batch.answer(vec![Err(error)]),
            Err(_) => batch.part(),
        }
    }

    /// Writes saves in one change and commits it; the answer for each. An error says that nothing of it counts.
    async fn write_all_of(
        &self,
        mut change: Change<'_>,
        all: &[Waiting],
    ) -> Result<Vec<Result<Saved, Error>>, Error> {
        let requests = || all.iter().map(|waiting| &waiting.request);
        let targets: Vec<Target<'_>> = requests().map(|request| request.save.target()).collect();
        let found = lookup::find(&self.kept, &change.tx, &targets).await?;
        let accounts = requests().filter_map(|request| request.account);
        let drafts = lookup::drafts(&change.tx, accounts).await?;
        let mut answers = Vec::with_capacity(all.len());
        let mut uncited = Vec::new();
        for (request, found) in requests().zip(found) {
            change.set_actor(&request.actor);
            let answer = match found {
                Ok(found) => write_one(&mut change, request, found, &drafts, &mut uncited).await,
                Err(error) => Err(error.into()),
            };
            match answer {
                Ok(saved) => answers.push(Ok(saved)),
                Err(Failure::Refused(error)) => answers.push(Err(error)),
                Err(Failure::Transaction(error)) => return Err(error),
            }
        }
        write_uncited(&mut change, uncited).await?;
        if change.has_recorded() {
            change.commit().await?;
        } else if answers.iter().any(Result::is_ok) {
            // Drafts that are done with.
            change.commit_unrecorded().await?;
        }
        Ok(answers)
    }
}

/// An assessment that cites no evidence, before and after. All of a batch are written with one statement.
struct Uncited {
    actor: Actor,
    round: i64,
    recommendation: i64,
    content: Assessment,
    entry: NewEvent,
}

async fn write_uncited(change: &mut Change<'_>, all: Vec<Uncited>) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    let rows = all.iter();
    let rows = rows.map(|one| (one.round, one.recommendation, &one.content));
    put_rows(&change.tx, rows).await?;
    let entries = all.into_iter().map(|one| (one.actor, one.entry));
    change.record_of(entries.collect()).await
}

/// Writes one of several saves, or adds it to `uncited`.
async fn write_one(
    change: &mut Change<'_>,
    request: &Request,
    found: Found,
    drafts: &Drafts,
    uncited: &mut Vec<Uncited>,
) -> Result<Saved, Failure> {
    let Request {
        actor,
        account,
        save,
        form,
    } = request;
    let Found {
        place,
        present,
        former,
    } = found;
    let version = present.as_ref().map_or(0, |(_, there)| there.version);
    let evidence =
        records::resolve(&change.tx, place.review.id, &save.cites, &save.evidence).await?;
    let after = Assessment {
        status: save.status.clone(),
        rationale: without_nul(&save.rationale).trim().to_owned(),
        confidence: save.confidence,
        evidence,
        carried_over: None,
        version: 0,
        changed_at: change.now(),
    };
    check(&place.scale, &after, &save.evidence).map_err(Error::from)?;
    if form.as_ref().is_some_and(|form| !form.of_known_address) {
        let cited = present.as_ref().map(|(_, there)| there.evidence.as_slice());
        let typed = records::tidied_all(&save.evidence);
        let new = (1..).zip(typed).filter(|(_, one)| {
            after.evidence.contains(one) && !cited.unwrap_or_default().contains(one)
        });
        records::refuse_same_address(&change.tx, place.review.id, new).await?;
    }
    let same = present
        .as_ref()
        .is_some_and(|(_, there)| chain::json(there) == chain::json(&after));
    if !same && version != save.version {
        return Err(Error::from(Conflict::Version(version)).into());
    }
    // Whether it is saved or was the same already, nothing is left to be kept.
    if let Some(account) = account
        && drafts.contains(&(place.round.id, place.recommendation, *account))
    {
        forget_draft(change, &place, *account, form.as_ref())
            .await
            .map_err(Failure::Transaction)?;
    }
    if same {
        return Ok((version, false));
    }
    let next = Next::of(&place, present, former, after, change.now(), Cause::Saved);
    let version = next.content.version;
    if next.cited.is_none() && next.content.evidence.is_empty() {
        uncited.push(Uncited {
            actor: actor.clone(),
            round: place.round.id,
            recommendation: place.recommendation,
            content: next.content,
            entry: next.entry,
        });
        return Ok((version, true));
    }
    let (round, recommendation) = (place.round.id, place.recommendation);
    write(
        change,
        next.cited,
        round,
        recommendation,
        &place.review,
        &next.content,
    )
    .await
    .map_err(Failure::Transaction)?;
    let entry = vec![next.entry];
    change.record(entry).await.map_err(Failure::Transaction)?;
    Ok((version, true))
}

/// Deletes the drafts of that person that the save has taken in.
async fn forget_draft(
    change: &Change<'_>,
    place: &Place,
    account: i64,
    form: Option<&DraftForm>,
) -> Result<(), Error> {
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
    Ok(())
}
