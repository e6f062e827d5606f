//! What is kept in memory: the corpus, and the reviews that were asked for last.

use super::news::{News, Saved};
use crate::domain::{Assessment, Corpus, Evidence, Review, ReviewCode, ReviewRecord, Scale};
use crate::store::Event;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Reviews are forgotten, the longest unused first, until those kept have no more recommendations than
/// this together: some twenty reviews, or ten megabytes.
const MOST: usize = 4_000;

/// But never fewer reviews than this, however large they are: a page of one needs those of the cycles
/// before it, and whoever reads is at several.
const LEAST: usize = 16;

/// So many recommendations of a review have their history kept.
const HISTORIES: usize = 64;

/// What the history tells of a recommendation.
type History = Arc<Vec<Event>>;

/// What is kept, all of it as of one entry of the history.
#[derive(Default)]
pub(in super::super) struct Kept {
    memory: RwLock<Memory>,
    clock: AtomicU64,
    /// Whoever takes in what has changed holds this.
    pub(super) catching_up: tokio::sync::Mutex<()>,
    /// Whoever reads everything holds this.
    pub(super) reading: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Memory {
    seen: i64,
    records: HashMap<ReviewCode, KeptRecord>,
    corpus: Option<Arc<Corpus>>,
    /// Every review, without what is in it.
    reviews: Option<Arc<Vec<Review>>>,
    /// The scales of rounds in which something was saved.
    scales: HashMap<i64, Scale>,
}

struct KeptRecord {
    record: Arc<ReviewRecord>,
    /// What the public sees of it, where that is less and somebody has asked.
    public: OnceLock<Arc<ReviewRecord>>,
    /// What the history tells of its recommendations, by paragraph, of those that were asked for.
    histories: Mutex<HashMap<String, History>>,
    /// The number of the last entry when it was read: later than `seen`, maybe.
    read_at: i64,
    used: AtomicU64,
}

impl Kept {
    // A panic while the lock was held leaves whole values behind: each is replaced in one go.
    fn read(&self) -> RwLockReadGuard<'_, Memory> {
        self.memory.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Memory> {
        self.memory.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last entry of the history that has been taken in.
    pub(super) fn seen(&self) -> i64 {
        self.read().seen
    }

    /// Whether nothing is kept.
    pub(super) fn is_empty(&self) -> bool {
        let memory = self.read();
        memory.corpus.is_none() && memory.reviews.is_none() && memory.records.is_empty()
    }

    pub(super) fn corpus(&self) -> Option<Arc<Corpus>> {
        self.read().corpus.clone()
    }

    pub(super) fn keep_corpus(&self, corpus: Arc<Corpus>) {
        self.write().corpus = Some(corpus);
    }

    pub(in super::super) fn scale(&self, id: i64) -> Option<Scale> {
        self.read().scales.get(&id).cloned()
    }

    pub(in super::super) fn keep_scale(&self, scale: &Scale) {
        self.write().scales.insert(scale.id, scale.clone());
    }

    pub(super) fn reviews(&self) -> Option<Arc<Vec<Review>>> {
        self.read().reviews.clone()
    }

    /// Keeps the reviews as they were read at that number, unless more has been taken in since.
    pub(super) fn keep_reviews(&self, reviews: Arc<Vec<Review>>, read_at: i64) {
        let mut memory = self.write();
        if memory.seen <= read_at {
            memory.reviews = Some(reviews);
        }
    }

    pub(super) fn record(&self, code: ReviewCode) -> Option<Arc<ReviewRecord>> {
        let memory = self.read();
        let kept = memory.records.get(&code)?;
        kept.used.store(self.now(), Ordering::Relaxed);
        Some(Arc::clone(&kept.record))
    }

    /// What the public sees of a record.
    pub(super) fn public(&self, record: &Arc<ReviewRecord>) -> Arc<ReviewRecord> {
        let of = |record: &ReviewRecord| Arc::new(record.clone().for_the_public());
        let memory = self.read();
        match memory.records.get(&record.review.code) {
            Some(kept) if Arc::ptr_eq(&kept.record, record) => {
                Arc::clone(kept.public.get_or_init(|| of(record)))
            }
            _ => of(record),
        }
    }

    /// The review, if it is kept, and what the history tells of one of its recommendations, if that is.
    pub(in super::super) fn history(
        &self,
        code: ReviewCode,
        paragraph: &str,
    ) -> Option<(Arc<ReviewRecord>, Option<History>)> {
        let memory = self.read();
        let kept = memory.records.get(&code)?;
        let histories = kept
            .histories
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Some((Arc::clone(&kept.record), histories.get(paragraph).cloned()))
    }

    /// Keeps what the history told after `record` was kept, unless something else is kept by now.
    pub(in super::super) fn keep_history(
        &self,
        record: &Arc<ReviewRecord>,
        paragraph: &str,
        events: &History,
    ) {
        let memory = self.read();
        let Some(kept) = memory.records.get(&record.review.code) else {
            return;
        };
        // Whoever took something in meanwhile had to copy the record, because it is held here.
        if Arc::ptr_eq(&kept.record, record) {
            let mut histories = kept
                .histories
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if histories.len() >= HISTORIES {
                histories.clear();
            }
            histories.insert(paragraph.to_owned(), Arc::clone(events));
        }
    }

    fn now(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }

    /// Keeps a record that was read at that number, unless more has been taken in since.
    pub(super) fn keep(&self, record: Arc<ReviewRecord>, read_at: i64) {
        let used = AtomicU64::new(self.now());
        let mut memory = self.write();
        if memory.seen > read_at {
            return;
        }
        let code = record.review.code;
        let kept = KeptRecord {
            record,
            public: OnceLock::new(),
            histories: Mutex::default(),
            read_at,
            used,
        };
        memory.records.insert(code, kept);
        memory.forget();
    }

    /// Forgets everything: the last entry is that one, which was taken in before others that are gone.
    pub(super) fn forget(&self, last: i64) {
        *self.write() = Memory {
            seen: last,
            ..Memory::default()
        };
    }

    /// Takes in what has changed up to that number. `corpus` is the corpus as it is then.
    pub(super) fn take_in(&self, news: &News, corpus: Option<Corpus>, up_to: i64) {
        let corpus = corpus.map(Arc::new);
        let mut memory = self.write();
        memory.seen = up_to;
        if corpus.is_some() {
            memory.corpus = corpus;
        }
        for (code, saved) in news.reviews() {
            if saved.is_none() {
                memory.reviews = None;
                // Records name the recommendations of earlier reviews that theirs repeat.
                memory.records.retain(|kept, _| kept.state != code.state);
            }
            let Some(kept) = memory.records.get_mut(&code) else {
                continue;
            };
            let taken_in = saved.is_some_and(|saved| {
                let read_at = kept.read_at;
                let mut new = saved
                    .iter()
                    .filter(|saved| saved.event > read_at)
                    .peekable();
                if new.peek().is_none() {
                    return true;
                }
                kept.public = OnceLock::new();
                kept.histories = Mutex::default();
                let record = Arc::make_mut(&mut kept.record);
                new.all(|saved| take_in_saved(record, saved).is_some())
            });
            if !taken_in {
                memory.records.remove(&code);
            }
        }
    }
}

impl Memory {
    fn forget(&mut self) {
        let size = |kept: &KeptRecord| kept.record.recommendations.len();
        let mut sum: usize = self.records.values().map(size).sum();
        while sum > MOST && self.records.len() > LEAST {
            let oldest = self
                .records
                .iter()
                .min_by_key(|(_, kept)| kept.used.load(Ordering::Relaxed))
                .map(|(code, _)| *code);
            let Some(kept) = oldest.and_then(|code| self.records.remove(&code)) else {
                return;
            };
            sum -= size(&kept);
        }
    }
}

/// None where the record does not have what it is about, or where only the database can tell what became
/// of it: the version of an assessment that was not there, the number of new evidence. It has to be read
/// anew then.
fn take_in_saved(record: &mut ReviewRecord, saved: &Saved) -> Option<()> {
    let recommendation = record
        .recommendations
        .iter()
        .find(|one| one.paragraph.as_str() == saved.paragraph)?
        .id;
    let round = record
        .rounds
        .iter_mut()
        .find(|round| round.round.slug == saved.round)?;
    let before = round.assessments.get(&recommendation)?;
    let known = |cited: &Evidence| record.evidence.iter().any(|known| known.evidence == *cited);
    if !saved.assessment.evidence.iter().all(known) {
        return None;
    }
    let assessment = Assessment {
        version: before.version + 1,
        changed_at: saved.at,
        ..saved.assessment.clone()
    };
    round.assessments.insert(recommendation, assessment);
    record.revision = saved.event;
    record.changed_at = saved.at;
    Some(())
}
