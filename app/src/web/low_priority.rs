//! Work that takes a while: on threads of their own that stand behind every page, so that pages stay quick
//! while files are written, pictures drawn and large searches made. Each kind of work has so many places
//! and a queue of so many; who comes after that is asked to come again.

use crate::text::locale::carry;
use crate::web::failure::Failure;
use data::settings;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};
use tokio::time::timeout;

/// The lowest priority there is. A thread cannot raise its priority again without asking the system's
/// administrator, so the runtime's own threads are not lent for this.
#[cfg(target_os = "linux")]
const LOWEST: i32 = 19;

/// Places for one kind of work, taken in the order of asking.
pub(crate) struct Lane {
    places: Semaphore,
    queue: AtomicUsize,
    longest_queue: usize,
    /// So long somebody waits for a place before being asked to come again.
    patience: Duration,
}

/// Files over all reviews: each keeps a core and a connection to the database busy.
pub(crate) static LARGE_FILES: Lane = Lane::new(2, 64, settings::WAIT_OF_FILES);

/// Files of one review.
pub(crate) static FILES: Lane = Lane::new(2, 64, settings::WAIT_OF_FILES);

/// Pictures of charts.
pub(crate) static PICTURES: Lane = Lane::new(2, 64, settings::WAIT_OF_PAGES);

/// Pages that take long to make.
pub(crate) static PAGES: Lane = Lane::new(2, 64, settings::WAIT_OF_PAGES);

/// A place in the queue, given back when it is dropped.
struct Queued<'a>(&'a AtomicUsize);

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Lane {
    const fn new(places: usize, longest_queue: usize, patience: Duration) -> Self {
        Self {
            places: Semaphore::const_new(places),
            queue: AtomicUsize::new(0),
            longest_queue,
            patience,
        }
    }

    /// A place, as soon as it is free.
    pub(crate) async fn place(&self) -> Result<SemaphorePermit<'_>, Failure> {
        if let Ok(place) = self.places.try_acquire() {
            return Ok(place);
        }
        let before = self.queue.fetch_add(1, Ordering::Relaxed);
        let _queued = Queued(&self.queue);
        if before >= self.longest_queue {
            return Err(Failure::Overloaded);
        }
        match timeout(self.patience, self.places.acquire()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(Failure::Overloaded),
        }
    }

    /// Computes something in a place of this lane.
    pub(crate) async fn compute<T: Send + 'static>(
        &'static self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let place = self.place().await?;
        let (sender, made) = oneshot::channel();
        run(move || {
            // Held by the work, not by whoever waits for it: they may go away before it ends.
            let _place = place;
            let made = work();
            // Nobody may be waiting any more.
            let _ = sender.send(made);
        })
        .map_err(|_| Failure::Overloaded)?;
        made.await.map_err(|_| Failure::Internal)
    }

    /// Makes a page in a place of this lane.
    pub(crate) async fn make<T: Send + 'static>(
        &'static self,
        page: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Failure> {
        self.compute(move || Handle::current().block_on(page)).await
    }
}

/// Runs something that blocks. It may use the runtime, as everything that was spawned there, and is in the locale's
/// scope of whoever calls this.
///
/// # Errors
///
/// Where the system has no thread left.
pub fn run(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let runtime = Handle::current();
    let work = carry(work);
    let thread = std::thread::Builder::new().name("file".to_owned());
    thread.spawn(move || {
        let _runtime = runtime.enter();
        // On Linux this is of the calling thread alone. Refused, it works at the pages' priority.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::setpriority_process(None, LOWEST);
        work();
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_lane_has_places_a_queue_and_an_end() {
        static LANE: Lane = Lane::new(1, 1, settings::WAIT_OF_PAGES);
        let held = LANE.place().await.unwrap();
        let queued = tokio::spawn(async { LANE.place().await.map(drop) });
        tokio::task::yield_now().await;
        assert!(matches!(LANE.place().await, Err(Failure::Overloaded)));
        drop(held);
        queued.await.unwrap().unwrap();
        // Nobody waits for ever.
        let _held = LANE.place().await.unwrap();
        assert!(matches!(LANE.place().await, Err(Failure::Overloaded)));
        assert_eq!(LANE.queue.load(Ordering::Relaxed), 0);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_computed_comes_back_and_a_panic_does_not_keep_its_place() {
        static LANE: Lane = Lane::new(1, 1, settings::WAIT_OF_PAGES);
        assert_eq!(LANE.compute(|| 7).await.unwrap(), 7);
        let broken = LANE.compute(|| panic!("a test's own")).await;
        assert!(matches!(broken, Err::<(), _>(Failure::Internal)));
        assert_eq!(LANE.make(async { 8 }).await.unwrap(), 8);
    }
}
