//! What happens in a round, as it happens: server-sent events for the pages of the workbench.
//!
//! One task for the whole program looks at the history's last number and at who is present, as long as
//! somebody listens; so what another process writes is seen as well, and a hundred listeners cost no
//! more than one. Connections are bounded, for each person and in all. A listener whose session or role
//! is gone is cut off.

use crate::islands::round_event::{RoundEvent, Words};
use crate::text::locale::carry_stream;
use crate::text::names;
use crate::text::numbers;
use crate::text::progress::{self, count_of, tab_name};
use crate::urls::queue;
use crate::web::failure::Failure;
use crate::web::request::{Request, principal};
use crate::{Site, t};
use axum::extract::Path;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use data::domain::{Action, Listed, Object, Paragraph, ReviewCode, Stage, may};
use data::settings;
use data::store::{Account, HistoryEntry, Present, Store};
use futures_util::{Stream, StreamExt, stream};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;

/// So many ticks pass between two looks at who listens, and whether they still may.
const TICKS_TO_CHECK: u32 = 8;
/// Who listens, and what they are told. One for each installation.
#[derive(Debug)]
pub struct Live {
    listeners: Mutex<HashMap<i64, usize>>,
    /// The last look at the database; none once the program ends.
    looks: watch::Sender<Option<Look>>,
}

/// What one look at the database saw.
#[derive(Clone, Default, Debug)]
struct Look {
    /// The number of the history's last entry.
    revision: i64,
    /// Who has which form open.
    present: Arc<Vec<Present>>,
}

impl Look {
    async fn at(store: &Store) -> Result<Self, data::store::Error> {
        let (revision, _) = store.revision().await?;
        let present = Arc::new(store.present().await?);
        Ok(Self { revision, present })
    }
}

impl Default for Live {
    fn default() -> Self {
        Self {
            listeners: Mutex::default(),
            looks: watch::Sender::new(Some(Look::default())),
        }
    }
}

impl Live {
    /// Ends every connection: the program ends.
    pub fn close(&self) {
        self.looks.send_replace(None);
    }

    /// A place for one more listener of a person; none where all are taken.
    fn join(self: &Arc<Self>, store: &Arc<Store>, account: i64) -> Option<Listening> {
        let mut listeners = self.listeners.lock().ok()?;
        let all: usize = listeners.values().sum();
        let own = listeners.get(&account).copied().unwrap_or_default();
        if all >= settings::LISTENERS.size() || own >= settings::LISTENERS_EACH.size() {
            return None;
        }
        listeners.insert(account, own + 1);
        drop(listeners);
        if all == 0 {
            self.start(store);
        }
        Some(Listening {
            live: Arc::clone(self),
            store: Arc::clone(store),
            account,
            at: None,
        })
    }

    /// Looks as long as anybody listens.
    fn start(self: &Arc<Self>, store: &Arc<Store>) {
        let (live, store) = (Arc::clone(self), Arc::clone(store));
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(settings::ROUND_EVENTS_TICK).await;
                let none = live
                    .listeners
                    .lock()
                    .map_or(true, |listeners| listeners.is_empty());
                if none {
                    return;
                }
                let seen = Look::at(&store).await;
                live.looks.send_modify(|look| {
                    // After a fault the last look counts once more: each listener finds out for itself
                    // that it may not stay.
                    if let (Some(look), Ok(seen)) = (look, seen) {
                        *look = seen;
                    }
                });
            }
        });
    }
}

/// One listener; leaving gives the place up, and ends being present.
struct Listening {
    live: Arc<Live>,
    store: Arc<Store>,
    account: i64,
    /// The rows of the round and the recommendation whose form is open.
    at: Option<(i64, i64)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Ok(mut listeners) = self.live.listeners.lock()
            && let Some(own) = listeners.get_mut(&self.account)
        {
            *own -= 1;
            if *own == 0 {
                listeners.remove(&self.account);
            }
        }
        if let (Some((round, recommendation)), Ok(runtime)) =
            (self.at, tokio::runtime::Handle::try_current())
        {
            let (store, account) = (Arc::clone(&self.store), self.account);
            runtime.spawn(async move {
                // At worst they count as present for half a minute more.
                let _ = store.end_presence(account, round, recommendation).await;
            });
        }
    }
}

/// `/assess/{review}/{round}/live`: the stream.
pub(crate) async fn stream(
    Path((review, slug)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let account = request
        .visitor
        .require(Action::Assess, Object::of_review(&review))?
        .clone();
    let record = request.review_record(&review).await?;
    let round = record.round(&slug).ok_or(Failure::NotFound)?;
    let at = request
        .parameter("at")
        .and_then(|at| Paragraph::parse(&at).ok())
        .and_then(|at| {
            record
                .recommendations
                .iter()
                .find(|one| one.paragraph == at)
        });
    let site = request.site.clone();
    let Some(mut listening) = site.live.join(&site.store, account.id) else {
        return Err(Failure::Busy);
    };
    listening.at = at.map(|one| (round.round.id, one.id));
    let follower = Follower {
        looks: site.live.looks.subscribe(),
        code: record.review.code,
        queue: request.parameter("queue"),
        slug,
        round: round.round.id,
        account,
        token: request.token.clone(),
        revision: record.revision,
        present: Vec::new(),
        ticked: 0,
        site,
        listening,
    };
    let events = stream::unfold(follower, |mut follower| async move {
        let events = follower.next().await?;
        Some((events, follower))
    });
    Ok(answer(events.flat_map(stream::iter)))
}

fn answer(events: impl Stream<Item = RoundEvent> + Send + 'static) -> Response {
    let events = events.map(|event| event.encode().map(|json| Sent::default().data(json)));
    let keep = KeepAlive::new().interval(Duration::from_secs(10));
    Sse::new(carry_stream(events))
        .keep_alive(keep)
        .into_response()
}

/// What one listener has been told already.
struct Follower {
    looks: watch::Receiver<Option<Look>>,
    site: Site,
    code: ReviewCode,
    slug: String,
    /// The query string of the list that is looked at; none on a form.
    queue: Option<String>,
    round: i64,
    account: Account,
    token: Option<String>,
    revision: i64,
    present: Vec<Present>,
    ticked: u32,
    listening: Listening,
}

impl Follower {
    /// Waits for something to tell; none ends the stream.
    async fn next(&mut self) -> Option<Vec<RoundEvent>> {
        loop {
            let first = self.ticked == 0;
            if !first {
                self.looks.changed().await.ok()?;
            }
            if self.ticked.is_multiple_of(TICKS_TO_CHECK) {
                self.check().await?;
            }
            self.ticked = self.ticked.wrapping_add(1);
            // A fault of the database ends it; the browser comes again by itself.
            let look = if first {
                Look::at(&self.site.store).await.ok()?
            } else {
                self.looks.borrow_and_update().clone()?
            };
            let told = self.news(&look).await.ok()?;
            if !told.is_empty() {
                return Some(told);
            }
        }
    }

    /// Notes that somebody is here, if they still may be.
    async fn check(&self) -> Option<()> {
        let account = self.site.store.signed_in(self.token.as_deref()?).await;
        let account = account.ok().flatten()?;
        if !may(
            principal(&account),
            Action::Assess,
            Object::Review(self.code),
        ) {
            return None;
        }
        if let Some((round, recommendation)) = self.listening.at {
            let store = &self.site.store;
            store
                .note_presence(account.id, round, recommendation)
                .await
                .ok()?;
        }
        Some(())
    }

    async fn news(&mut self, look: &Look) -> Result<Vec<RoundEvent>, data::store::Error> {
        /// Entries of the history read at one time.
        const AT_ONCE: u64 = 50;
        let mut told = Vec::new();
        let store = &self.site.store;
        let revision = look.revision;
        // A look that was begun before this listener came may be older than its page.
        if revision > self.revision {
            let review = self.code.to_string();
            let mut events = Vec::new();
            loop {
                let next = store
                    .news(&review, &self.slug, self.revision, AT_ONCE)
                    .await?;
                // On from the last one that was taken, until there is none.
                let more = next.len() as u64 == AT_ONCE;
                self.revision = match next.last() {
                    Some(last) if more => last.id,
                    last => revision.max(last.map_or(0, |last| last.id)),
                };
                events.extend(next);
                if !more {
                    break;
                }
            }
            let record = store.review_record(self.code).await?;
            if let Some(round) = record.round(&self.slug) {
                // What this person saves shows in their other windows: the one that saved has gone on.
                told.extend(
                    events
                        .iter()
                        .filter_map(|event| saved(&record, round, event)),
                );
                // Publishing writes down what nobody assessed: that is no progress.
                if !events.is_empty() && !round.round.is_published() {
                    let done = round.done();
                    let all = record.recommendations.len();
                    let sentence = progress::in_words(round, all);
                    let done = u32::try_from(done).unwrap_or(u32::MAX);
                    told.push(RoundEvent::Progress { done, sentence });
                    if let Some(queue) = &self.queue {
                        let drafts = store.drafts_of(self.account.id, self.round).await?;
                        let (queue, _) = queue::read(queue, &record, &self.slug);
                        let names = tab_names(&queue.filtered(&record, round), &drafts);
                        told.push(RoundEvent::Stages(names));
                    }
                }
            }
        }
        let mine = &self.account.pseudonym;
        let present = look.present.iter();
        let present = present.filter(|one| one.round == self.round && one.pseudonym != *mine);
        let present: Vec<Present> = present.cloned().collect();
        if present != self.present {
            let record = store.review_record(self.code).await?;
            told.push(here(&record, &present));
            self.present = present;
        }
        Ok(told)
    }
}

/// The event that somebody saved an assessment; `None` if its recommendation or status is not shown.
fn saved(
    record: &data::domain::ReviewRecord,
    round: &data::domain::RoundRecord,
    event: &HistoryEntry,
) -> Option<RoundEvent> {
    let paragraph = event.paragraph.as_deref()?;
    let one = record
        .recommendations
        .iter()
        .find(|one| one.paragraph.as_str() == paragraph)?;
    let (_, status) = round.view(record.review.code, one).status?;
    let sentence = t!(
        "live-saved",
        name = event.actor.clone(),
        paragraph = names::paragraph(one),
        status = names::status(status)
    );
    Some(RoundEvent::Saved {
        paragraph: paragraph.to_owned(),
        sentence,
        status: status.code.clone(),
    })
}

/// Who has which form open.
fn here(record: &data::domain::ReviewRecord, present: &[Present]) -> RoundEvent {
    let mut people = Vec::new();
    for one in &record.recommendations {
        let names: Vec<&str> = present
            .iter()
            .filter(|present| present.recommendation == one.id)
            .map(|present| present.pseudonym.as_str())
            .collect();
        if !names.is_empty() {
            people.push(Words {
                of: one.paragraph.to_string(),
                words: t!("live-here", names = numbers::list(&names)),
            });
        }
    }
    RoundEvent::Present(people)
}

/// The tabs' words as they are now, one pair of code and words after the other.
fn tab_names(rows: &[Listed<'_>], drafts: &HashSet<i64>) -> Vec<Words> {
    std::iter::once(None)
        .chain(Stage::ALL.map(Some))
        .map(|stage| Words {
            of: stage.map_or("all", Stage::code).to_owned(),
            words: tab_name(stage, count_of(stage, rows, drafts)),
        })
        .collect()
}
