//! What is kept in memory: the corpus, and the reviews that were asked for last.

use crate::cache::half_for_new;
use crate::domain::{Assessment, Corpus, Evidence, Review, ReviewCode, ReviewRecord, Scale};
use crate::settings;
use crate::store::HistoryEntry;
use crate::store::read_model::review_records::news::{News, Saved};
use quick_cache::Weighter;
use quick_cache::unsync::Cache;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// So many recommendations of a review have their history kept.
const HISTORIES: usize = 64;

/// What the history tells of a recommendation.
type History = Arc<Vec<HistoryEntry>>;

/// What is kept, all of it as of one entry of the history.
#[derive(Default)]
pub(crate) struct Kept {
    memory: RwLock<Memory>,
    /// Whoever takes in what has changed holds this.
    pub(crate) catching_up: tokio::sync::Mutex<()>,
    /// Whoever reads everything holds this.
    pub(crate) reading: tokio::sync::Mutex<()>,
}

struct Memory {
    seen: i64,
    records: Cache<ReviewCode, KeptRecord, Recommendations>,
    corpus: Option<Arc<Corpus>>,
    /// Every review, without what is in it.
    reviews: Option<Arc<Vec<Review>>>,
    /// The scales of rounds in which something was saved.
    scales: HashMap<i64, Scale>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            seen: 0,
            records: half_for_new(
                settings::CACHED_REVIEWS_MIN,
                settings::REVIEW_CACHE.get(),
                Recommendations,
            ),
            corpus: None,
            reviews: None,
            scales: HashMap::new(),
        }
    }
}

/// Weighs a review by its recommendations.
#[derive(Clone)]
struct Recommendations;

impl Weighter<ReviewCode, KeptRecord> for Recommendations {
    fn weight(&self, _code: &ReviewCode, kept: &KeptRecord) -> u64 {
        kept.record.recommendations.len().clamp(
            1,
            settings::REVIEW_CACHE.size() / settings::CACHED_REVIEWS_MIN,
        ) as u64
    }
}

struct KeptRecord {
    record: Arc<ReviewRecord>,
    /// What the public sees of it, where that is less and somebody has asked.
    public: OnceLock<Arc<ReviewRecord>>,
    /// What the history tells of its recommendations, by paragraph, of those that were asked for.
    histories: Mutex<HashMap<String, History>>,
    /// The number of the last entry when it was read: later than `seen`, maybe.
    read_at: i64,
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
    pub(crate) fn seen(&self) -> i64 {
        self.read().seen
    }

    pub(crate) fn corpus(&self) -> Option<Arc<Corpus>> {
        self.read().corpus.clone()
    }

    pub(crate) fn keep_corpus(&self, corpus: Arc<Corpus>) {
        self.write().corpus = Some(corpus);
    }

    pub(crate) fn scale(&self, id: i64) -> Option<Scale> {
        self.read().scales.get(&id).cloned()
    }

    pub(crate) fn keep_scale(&self, scale: &Scale) {
        self.write().scales.insert(scale.id, scale.clone());
    }

    pub(crate) fn reviews(&self) -> Option<Arc<Vec<Review>>> {
        self.read().reviews.clone()
    }

    /// Keeps the reviews as they were read at that number, unless more has been taken in since.
    pub(crate) fn keep_reviews(&self, reviews: Arc<Vec<Review>>, read_at: i64) {
        let mut memory = self.write();
        if memory.seen <= read_at {
            memory.reviews = Some(reviews);
        }
    }

    pub(crate) fn record(&self, code: ReviewCode) -> Option<Arc<ReviewRecord>> {
        let memory = self.read();
        let kept = memory.records.get(&code)?;
        Some(Arc::clone(&kept.record))
    }

    /// What the public sees of a record.
    pub(crate) fn public(&self, record: &Arc<ReviewRecord>) -> Arc<ReviewRecord> {
        let of = |record: &ReviewRecord| Arc::new(record.clone().for_the_public());
        let memory = self.read();
        match memory.records.peek(&record.review.code) {
            Some(kept) if Arc::ptr_eq(&kept.record, record) => {
                Arc::clone(kept.public.get_or_init(|| of(record)))
            }
            _ => of(record),
        }
    }

    /// The review, if it is kept, and what the history tells of one of its recommendations, if that is.
    pub(crate) fn history(
        &self,
        code: ReviewCode,
        paragraph: &str,
    ) -> Option<(Arc<ReviewRecord>, Option<History>)> {
        let memory = self.read();
        let kept = memory.records.peek(&code)?;
        let histories = kept
            .histories
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Some((Arc::clone(&kept.record), histories.get(paragraph).cloned()))
    }

    /// Keeps what the history told after `record` was kept, unless something else is kept by now.
    pub(crate) fn keep_history(
        &self,
        record: &Arc<ReviewRecord>,
        paragraph: &str,
        events: &History,
    ) {
        let memory = self.read();
        let Some(kept) = memory.records.peek(&record.review.code) else {
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

    /// Keeps a record that was read at that number, unless more has been taken in since.
    pub(crate) fn keep(&self, record: Arc<ReviewRecord>, read_at: i64) {
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
        };
        memory.records.insert(code, kept);
    }

    /// Forgets everything: the last entry is that one, which was taken in before others that are gone.
    pub(crate) fn forget(&self, last: i64) {
        *self.write() = Memory {
            seen: last,
            ..Memory::default()
        };
    }

    /// Counts everything up to that number as taken in, if nothing is kept that it could concern. Whether anything is
    /// kept must be asked under the same lock: a record kept in between would be taken for one of `up_to`.
    pub(crate) fn skip_if_empty(&self, up_to: i64) -> bool {
        let mut memory = self.write();
        let is_empty =
            memory.corpus.is_none() && memory.reviews.is_none() && memory.records.is_empty();
        if is_empty {
            memory.seen = up_to;
        }
        is_empty
    }

    /// Takes in what has changed up to that number. `corpus` is the corpus as it is then.
    pub(crate) fn take_in(&self, news: &News, corpus: Option<Corpus>, up_to: i64) {
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
            let Some(mut kept) = memory.records.peek_mut(&code) else {
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
            drop(kept);
            if !taken_in {
                memory.records.remove(&code);
            }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::{Cycle, Paragraph, PublicHistory, Recommendation, states};

    fn codes(cycle: u8) -> impl Iterator<Item = ReviewCode> {
        let cycle = Cycle::new(cycle).unwrap();
        states::all().map(move |state| ReviewCode { state, cycle })
    }

    fn record(code: ReviewCode, recommendations: usize) -> Arc<ReviewRecord> {
        let recommendation = |number| {
            let paragraph = Paragraph::parse(&format!("1.{number}")).unwrap();
            Recommendation {
                id: number,
                ..Recommendation::new(paragraph)
            }
        };
        Arc::new(ReviewRecord {
            review: Review {
                id: 0,
                code,
                session: None,
                date: None,
                report_symbol: None,
                addendum_symbol: None,
            },
            recommendations: (1..).take(recommendations).map(recommendation).collect(),
            rounds: Vec::new(),
            former: Vec::new(),
            evidence: Vec::new(),
            links: Vec::new(),
            revision: 0,
            changed_at: 0,
            public: PublicHistory::default(),
        })
    }

    fn kept(of: &Kept) -> Vec<usize> {
        let memory = of.read();
        let records = memory.records.iter();
        records
            .map(|(_, kept)| kept.record.recommendations.len())
            .collect()
    }

    #[test]
    fn small_reviews_have_no_more_recommendations_together_than_fit() {
        let memory = Kept::default();
        for code in codes(1) {
            memory.keep(record(code, 100), 0);
            // What was read last is there.
            assert!(memory.record(code).is_some());
        }
        assert_eq!(
            kept(&memory).iter().sum::<usize>(),
            settings::REVIEW_CACHE.size()
        );
    }

    #[test]
    fn some_reviews_are_kept_however_large_they_are() {
        let memory = Kept::default();
        let large: Vec<ReviewCode> = codes(1).take(settings::CACHED_REVIEWS_MIN).collect();
        for code in &large {
            memory.keep(
                record(
                    *code,
                    2 * settings::REVIEW_CACHE.size() / settings::CACHED_REVIEWS_MIN,
                ),
                0,
            );
        }
        for code in &large {
            assert!(memory.record(*code).is_some(), "{code}");
        }
        for code in codes(2).take(30) {
            memory.keep(
                record(
                    code,
                    2 * settings::REVIEW_CACHE.size() / settings::CACHED_REVIEWS_MIN,
                ),
                0,
            );
            assert_eq!(kept(&memory).len(), settings::CACHED_REVIEWS_MIN);
        }
    }

    #[test]
    fn changes_are_skipped_only_while_nothing_is_kept() {
        let memory = Kept::default();
        assert!(memory.skip_if_empty(7) && memory.seen() == 7);
        // Read by somebody who came before the changes up to 9.
        memory.keep(record(codes(1).next().unwrap(), 1), 8);
        assert!(!memory.skip_if_empty(9));
        assert_eq!(memory.seen(), 7);
    }

    #[test]
    fn what_was_read_before_the_last_change_is_not_kept() {
        let memory = Kept::default();
        let code = codes(1).next().unwrap();
        memory.take_in(&News::default(), None, 7);
        memory.keep(record(code, 1), 6);
        assert!(memory.record(code).is_none());
        memory.keep(record(code, 1), 7);
        assert!(memory.record(code).is_some());
        memory.forget(3);
        assert!(memory.record(code).is_none() && memory.seen() == 3);
    }
}
