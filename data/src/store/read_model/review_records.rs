//! Reading reviews, and keeping them in memory in step with the history.
//!
//! The history's last number is the version of everything: if it is still the one that was taken in
//! last, what is kept is current, whichever process wrote. Otherwise the entries since then say which
//! reviews have changed, and only those are brought up to date. So a check costs one indexed look-up,
//! and a change is seen by the next request.

pub(crate) mod frozen;
mod kept;
mod load;
mod news;
mod one;

pub(crate) use kept::Kept;
pub(crate) use load::{
    assessment_of, evidence_of, evidence_of_review, find_review, load, recommendations,
};

use crate::domain::{Corpus, Paragraph, Review, ReviewCode, ReviewRecord};
use crate::store::entities::review;
use crate::store::{Error, Store, Version};
use load::ListedRows;
use news::News;
use sea_orm::{ConnectionTrait, EntityTrait};
use std::cmp::Ordering;
use std::sync::Arc;
use tokio::task::{JoinHandle, spawn_blocking};

/// So many reviews are read at a time, to need neither a query for each nor memory for all at once.
const AT_ONCE: usize = 16;

impl Store {
    /// Every review, by State and cycle.
    pub async fn reviews(&self) -> Result<Arc<Vec<Review>>, Error> {
        self.catch_up().await?;
        if let Some(reviews) = self.kept.reviews() {
            return Ok(reviews);
        }
        let snapshot = self.snapshot().await?;
        let (read_at, _) = crate::store::history::chain::revision(&snapshot).await?;
        let reviews = Arc::new(reviews(&snapshot).await?);
        snapshot.rollback().await?;
        self.kept.keep_reviews(Arc::clone(&reviews), read_at);
        Ok(reviews)
    }

    /// The number of the last entry that what is kept in memory takes in. Read [after](Self::read_after) it,
    /// what is kept is read without asking the database.
    pub fn revision_in_memory(&self) -> i64 {
        self.kept.seen()
    }

    /// A review with everything in it, open rounds included.
    pub async fn review_record(&self, code: ReviewCode) -> Result<Arc<ReviewRecord>, Error> {
        self.catch_up().await?;
        if let Some(record) = self.kept.record(code) {
            return Ok(record);
        }
        let snapshot = self.snapshot().await?;
        let (read_at, _) = crate::store::history::chain::revision(&snapshot).await?;
        let record = Arc::new(load(&snapshot, code).await?);
        snapshot.rollback().await?;
        self.kept.keep(Arc::clone(&record), read_at);
        Ok(record)
    }

    /// A review with what the public sees of it.
    pub async fn public_record(&self, code: ReviewCode) -> Result<Arc<ReviewRecord>, Error> {
        let record = self.review_record(code).await?;
        Ok(self.kept.public(&record))
    }

    /// A review with what the public sees of it, of which everything but the numbers of the other recommendations may
    /// be left out: for the page of one, which is not to wait for hundreds.
    pub async fn public_record_of(
        &self,
        code: ReviewCode,
        paragraph: &Paragraph,
    ) -> Result<Arc<ReviewRecord>, Error> {
        self.catch_up().await?;
        if let Some(record) = self.kept.record(code) {
            return Ok(self.kept.public(&record));
        }
        let snapshot = self.snapshot().await?;
        let record = one::load_one(&snapshot, code, paragraph).await?;
        snapshot.rollback().await?;
        match record {
            Some(record) => Ok(Arc::new(record.for_the_public())),
            None => self.public_record(code).await,
        }
    }

    /// Everything as lists over all reviews need it. The first call reads the whole database; later
    /// ones only what has changed.
    pub async fn corpus(&self) -> Result<Arc<Corpus>, Error> {
        self.catch_up().await?;
        if let Some(corpus) = self.kept.corpus() {
            return Ok(corpus);
        }
        // Whoever comes meanwhile waits for this one instead of reading everything again.
        let _reading = self.kept.reading.lock().await;
        if let Some(corpus) = self.kept.corpus() {
            return Ok(corpus);
        }
        let snapshot = self.snapshot().await?;
        let version = crate::store::history::chain::version(&snapshot).await?;
        let read_at = version.number;
        let mut corpus = whole_corpus(&snapshot).await?;
        corpus.public = version.public;
        snapshot.rollback().await?;
        let _turn = self.kept.catching_up.lock().await;
        let corpus = self.brought_up_to_date(corpus, read_at).await?;
        if self.is_watched() {
            // Behind the pages, so that the first search need not wait for all of it.
            let corpus = Arc::clone(&corpus);
            spawn_blocking(move || corpus.index_words());
        }
        Ok(corpus)
    }

    /// Takes in what has been written since the last time, by whichever process.
    pub(crate) async fn catch_up(&self) -> Result<(), Error> {
        let (revision, _) = self.revision().await?;
        if self.kept.seen() == revision {
            return Ok(());
        }
        let _turn = self.kept.catching_up.lock().await;
        self.take_in().await
    }

    /// To be called in turn.
    async fn take_in(&self) -> Result<(), Error> {
        let seen = self.kept.seen();
        let snapshot = self.snapshot().await?;
        let version = crate::store::history::chain::version(&snapshot).await?;
        let revision = version.number;
        if revision < seen {
            // An older database was put in place of this one, or the end of the history was cut off.
            self.kept.forget(revision);
        } else if seen < revision && !self.kept.skip_if_empty(revision) {
            let news = News::between(&snapshot, seen, revision).await?;
            let corpus = match self.kept.corpus() {
                Some(corpus) => {
                    let mut corpus = changed(&snapshot, &corpus, &news).await?;
                    corpus.revision = revision;
                    corpus.public = version.public;
                    Some(corpus)
                }
                None => None,
            };
            self.kept.take_in(&news, corpus, revision);
        }
        snapshot.rollback().await?;
        Ok(())
    }

    /// To be called in turn, too: keeps a corpus that was read at some revision.
    async fn brought_up_to_date(
        &self,
        mut corpus: Corpus,
        read_at: i64,
    ) -> Result<Arc<Corpus>, Error> {
        self.take_in().await?;
        let seen = self.kept.seen();
        if seen > read_at {
            let snapshot = self.snapshot().await?;
            let news = News::between(&snapshot, read_at, seen).await?;
            corpus = changed(&snapshot, &corpus, &news).await?;
            corpus.public = crate::store::history::chain::version(&snapshot)
                .await?
                .public;
            snapshot.rollback().await?;
        }
        corpus.revision = seen.max(read_at);
        let corpus = Arc::new(corpus);
        if corpus.revision == seen {
            self.kept.keep_corpus(Arc::clone(&corpus));
        }
        Ok(corpus)
    }
}

/// Every review, by State and cycle.
pub(crate) async fn reviews(db: &impl ConnectionTrait) -> Result<Vec<Review>, Error> {
    let rows = review::Entity::find().all(db).await?;
    let mut reviews = rows
        .into_iter()
        .map(Review::try_from)
        .collect::<Result<Vec<_>, _>>()?;
    reviews.sort_by_key(|review| (review.code.state.name(), review.code.cycle));
    Ok(reviews)
}

/// Reads everything. What was read is put into the corpus on a thread for that, while the next reviews are read: so
/// two processors work, and a request for another page does not wait.
pub(crate) async fn whole_corpus(db: &impl ConnectionTrait) -> Result<Corpus, Error> {
    let mut building = spawn_blocking(|| Ok(Corpus::default()));
    for some in reviews(db).await?.chunks(AT_ONCE) {
        let rows = load::listed(db, some).await?;
        let mut corpus = built(building).await?;
        building = spawn_blocking(move || {
            put_rows(&mut corpus, rows)?;
            Ok(corpus)
        });
    }
    built(building).await
}

async fn built(building: JoinHandle<Result<Corpus, Error>>) -> Result<Corpus, Error> {
    let built = building.await;
    built.map_err(|error| Error::System(error.to_string()))?
}

/// The corpus of the moment that `db` is a snapshot of, made of one of another moment.
pub(crate) async fn corpus_at(
    db: &impl ConnectionTrait,
    corpus: Arc<Corpus>,
    version: Version,
) -> Result<Arc<Corpus>, Error> {
    let revision = version.number;
    let mut at = match corpus.revision.cmp(&revision) {
        Ordering::Equal => return Ok(corpus),
        Ordering::Less => {
            let news = News::between(db, corpus.revision, revision).await?;
            changed(db, &corpus, &news).await?
        }
        // An older database was put in place of this one.
        Ordering::Greater => whole_corpus(db).await?,
    };
    at.revision = revision;
    at.public = version.public;
    Ok(Arc::new(at))
}

/// Puts reviews into a corpus as they are now.
async fn put(
    db: &impl ConnectionTrait,
    corpus: &mut Corpus,
    reviews: &[Review],
) -> Result<(), Error> {
    for some in reviews.chunks(AT_ONCE) {
        put_rows(corpus, load::listed(db, some).await?)?;
    }
    Ok(())
}

fn put_rows(corpus: &mut Corpus, rows: ListedRows) -> Result<(), Error> {
    for record in rows.records()? {
        corpus.put(&record);
    }
    Ok(())
}

/// A corpus with what has changed since it was read.
async fn changed(db: &impl ConnectionTrait, corpus: &Corpus, news: &News) -> Result<Corpus, Error> {
    let mut corpus = corpus.clone();
    let mut anew = Vec::new();
    for (code, saved) in news.reviews() {
        let taken_in = saved.is_some_and(|saved| {
            saved.iter().all(|saved| {
                let status = &saved.assessment.status;
                corpus.set_status(code, &saved.round, &saved.paragraph, status)
            })
        });
        if !taken_in {
            anew.push(code);
        }
    }
    if anew.is_empty() {
        return Ok(corpus);
    }
    let mut there = reviews(db).await?;
    there.retain(|review| anew.contains(&review.code));
    for code in anew {
        if !there.iter().any(|review| review.code == code) {
            corpus.remove(code);
        }
    }
    put(db, &mut corpus, &there).await?;
    Ok(corpus)
}
