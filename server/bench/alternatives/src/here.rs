//! The program's own index of words.

use crate::searches::{Engine, FIRST, Found, SEARCHES};
use crate::{Result, since};
use data::domain::{Corpus, Filter, ReviewRecord};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

/// Counts what is asked for and not given back, in bytes.
struct Counted;

static BYTES: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is done by the system's allocator.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BYTES.fetch_add(layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        BYTES.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// What `make` leaves in memory, in bytes, with what it made.
pub fn weigh<T>(make: impl FnOnce() -> T) -> (T, u64) {
    let before = BYTES.load(Relaxed);
    let made = make();
    (made, BYTES.load(Relaxed).saturating_sub(before) as u64)
}

pub fn measure(records: &[Arc<ReviewRecord>]) -> Result<Engine> {
    let begun = Instant::now();
    let (mut corpus, with) = weigh(|| corpus(records));
    let whole = begun.elapsed().as_secs_f64();
    // The words are what a corpus has more than one of as many letters without blanks.
    let without_words: Vec<Arc<ReviewRecord>> = records.iter().map(without_words).collect();
    let begun = Instant::now();
    let (bare, without) = weigh(|| self::corpus(&without_words));
    let built = whole - begun.elapsed().as_secs_f64();
    drop(bare);

    let mut found = Vec::new();
    for search in SEARCHES {
        let (filter, faults) = Filter::parse(&format!("q={}", search.here.replace(' ', "+")));
        if !faults.is_empty() || filter.search.is_none() {
            return Err(format!("cannot be searched for: {}", search.here).into());
        }
        let mut last = Found::default();
        let time = crate::median(|| {
            // A copy remembers nothing of what was found before.
            let corpus = Corpus::clone(&corpus);
            let begun = Instant::now();
            let matches = corpus.select(&filter, false);
            let rows = corpus.rows(&matches, 0..FIRST.min(matches.len()));
            let time = since(begun);
            last.count = matches.len();
            last.first = rows.iter().map(|row| row.recommendation.id).collect();
            Ok(time)
        })?;
        found.push((time, last));
    }
    let record = records.first().ok_or("no reviews")?;
    let begun = Instant::now();
    corpus.put(record);
    let changed = since(begun);
    Ok(Engine {
        name: "here, in memory",
        built,
        opened: None,
        size: with.saturating_sub(without),
        changed: Some(changed),
        found,
    })
}

fn corpus(records: &[Arc<ReviewRecord>]) -> Corpus {
    let mut corpus = Corpus::default();
    for record in records {
        corpus.put(record);
    }
    corpus
}

fn without_words(record: &Arc<ReviewRecord>) -> Arc<ReviewRecord> {
    let mut record = ReviewRecord::clone(record);
    for one in &mut record.recommendations {
        one.text = one.text.as_ref().map(|text| "x".repeat(text.len()));
        one.summary = None;
    }
    Arc::new(record)
}
