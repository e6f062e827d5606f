//! Saves that wait for each other are committed together: in one transaction, with one flush of the disk and one
//! look from another connection. Each has its own entries in the history and its own answer.
//!
//! A save stands in the queue while it waits for its turn to write. Whoever has the turn first writes everything that
//! waits. If that fails, nothing of it was committed, and each is written again alone, so that one save cannot fail
//! another. A save that is given up while it waits is taken out; if the one that writes is given up, the others try
//! again. Trying again is harmless: a save that was committed after all changes nothing the second time.

mod gathered;

use super::assessments::{Cause, Next, Place, Save, check, put_rows, write};
use super::evidence as records;
use crate::domain::Assessment;
use crate::settings;
use crate::store::change::{Change, Turn};
use crate::store::entities::draft;
use crate::store::history::chain;
use crate::store::{Actor, Conflict, DraftForm, Error, NewEvent, Store, without_nul};
use gathered::{Drafts, Found};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::{MutexGuard, oneshot};

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
    request: Arc<Request>,
    arrived: Instant,
    /// It failed together with others, and is tried again without them.
    alone: bool,
    answer: oneshot::Sender<Result<Saved, Error>>,
}

impl Waiting {
    /// Answers; nobody may be left who listens.
    fn tell(self, answer: Result<Saved, Error>) {
        let _ = self.answer.send(answer);
    }
}

/// The saves that wait, in the order in which they came.
#[derive(Default)]
pub(crate) struct SaveQueue(Mutex<VecDeque<Waiting>>);

impl SaveQueue {
    fn add(
        &self,
        request: &Arc<Request>,
        arrived: Instant,
    ) -> oneshot::Receiver<Result<Saved, Error>> {
        let (answer, answered) = oneshot::channel();
        self.all().push_back(Waiting {
            request: Arc::clone(request),
            arrived,
            alone: false,
            answer,
        });
        answered
    }

    /// Those that are written next: some, or one that has to be alone. Two of the same assessment are never among
    /// them, since the second has to see what the first has written.
    fn take(&self) -> Vec<Waiting> {
        let mut all = self.all();
        all.retain(|waiting| !waiting.answer.is_closed());
        let mut places = HashSet::new();
        let together = all.iter().take_while(|waiting| {
            let save = &waiting.request.save;
            !waiting.alone && places.insert((save.review, &save.round, &save.paragraph))
        });
        let together = together.take(settings::SAVES_TOGETHER_MAX).count();
        let count = together.max(1).min(all.len());
        all.drain(..count).collect()
    }

    /// Puts saves back that failed together.
    fn put_back(&self, failed: Vec<Waiting>) {
        let mut all = self.all();
        for waiting in failed.into_iter().rev() {
            all.push_front(Waiting {
                alone: true,
                ..waiting
            });
        }
    }

    fn all(&self) -> std::sync::MutexGuard<'_, VecDeque<Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a save was not written.
enum Stop {
    /// Something is wrong with this save; nothing of it was written.
    This(Error),
    /// The transaction may be broken.
    All(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(_) | Error::Conflict(_) | Error::NotFound => Self::This(error),
            _ => Self::All(error),
        }
    }
}

impl Store {
    /// Saves an assessment, together with others that wait.
    pub(crate) async fn save_in_turn(&self, request: Request) -> Result<Saved, Error> {
        let (request, arrived) = (Arc::new(request), Instant::now());
        let mut answered = self.saves.add(&request, arrived);
        loop {
            let turn = tokio::select! {
                biased;
                answer = &mut answered => match answer {
                    Ok(answer) => return answer,
                    // Whoever wrote it was given up.
                    Err(_) => None,
                },
                turn = self.writers.lock() => Some(turn),
            };
            match turn {
                Some(turn) => self.write_waiting(turn).await,
                None => answered = self.saves.add(&request, arrived),
            }
        }
    }

    /// Writes what waits.
    async fn write_waiting(&self, turn: MutexGuard<'_, Turn>) {
        let mut all = self.saves.take();
        let Some(first) = all.first() else {
            return;
        };
        let begun = self
            .begin_in(turn, &first.request.actor, first.arrived)
            .await;
        let written = match begun {
            Ok(change) => self.write_all_of(change, &all).await,
            Err(error) => Err(error),
        };
        match written {
            Ok(answers) => {
                for (waiting, answer) in all.into_iter().zip(answers) {
                    waiting.tell(answer);
                }
            }
            Err(error) if all.len() == 1 => {
                if let Some(only) = all.pop() {
                    only.tell(Err(error));
                }
            }
            Err(_) => self.saves.put_back(all),
        }
    }

    /// Writes saves in one change and commits it; the answer for each. An error says that nothing of it counts.
    async fn write_all_of(
        &self,
        mut change: Change<'_>,
        all: &[Waiting],
    ) -> Result<Vec<Result<Saved, Error>>, Error> {
        let requests = || all.iter().map(|waiting| &*waiting.request);
        let saves: Vec<&Save> = requests().map(|request| &request.save).collect();
        let found = gathered::gather(&self.kept, &change.tx, &saves).await?;
        let accounts = requests().filter_map(|request| request.account);
        let drafts = gathered::drafts(&change.tx, accounts).await?;
        let mut answers = Vec::with_capacity(all.len());
        let mut plain = Vec::new();
        for (request, found) in requests().zip(found) {
            change.is_made_by(&request.actor);
            let answer = match found {
                Ok(found) => write_one(&mut change, request, found, &drafts, &mut plain).await,
                Err(error) => Err(error.into()),
            };
            match answer {
                Ok(saved) => answers.push(Ok(saved)),
                Err(Stop::This(error)) => answers.push(Err(error)),
                Err(Stop::All(error)) => return Err(error),
            }
        }
        write_plain(&mut change, plain).await?;
        if change.has_recorded() {
            change.commit().await?;
        } else if answers.iter().any(Result::is_ok) {
            // Drafts that are done with.
            change.commit_unrecorded().await?;
        }
        Ok(answers)
    }
}

/// An assessment without evidence, before and after: such are written with one statement.
struct Plain {
    actor: Actor,
    round: i64,
    recommendation: i64,
    content: Assessment,
    entry: NewEvent,
}

async fn write_plain(change: &mut Change<'_>, all: Vec<Plain>) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    let rows = all.iter();
    let rows = rows.map(|plain| (plain.round, plain.recommendation, &plain.content));
    put_rows(&change.tx, rows).await?;
    let entries = all.into_iter().map(|plain| (plain.actor, plain.entry));
    change.record_of(entries.collect()).await
}

/// Writes one of several saves, or puts it among those that are written with one statement.
async fn write_one(
    change: &mut Change<'_>,
    request: &Request,
    found: Found,
    drafts: &Drafts,
    plain: &mut Vec<Plain>,
) -> Result<Saved, Stop> {
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
            .map_err(Stop::All)?;
    }
    if same {
        return Ok((version, false));
    }
    let next = Next::of(&place, present, former, after, change.now(), Cause::Saved);
    let version = next.content.version;
    if next.cited.is_none() && next.content.evidence.is_empty() {
        plain.push(Plain {
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
    .map_err(Stop::All)?;
    let entry = vec![next.entry];
    change.record(entry).await.map_err(Stop::All)?;
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
