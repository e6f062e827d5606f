//! What one connection is doing, as far as the limits care.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::Limits;

/// Counters that the connection's parts write and the accept loop reads. They only steer which
/// connection is closed, so none of them needs a stronger order than `Relaxed`.
pub(super) struct Activity {
    opened: Instant,
    /// Milliseconds after `opened` at which a byte last moved.
    progress: AtomicU64,
    /// Requests ever begun.
    requests: AtomicUsize,
    /// Requests whose response is not ready.
    handling: AtomicUsize,
    /// Requests whose response is not sent.
    unfinished: AtomicUsize,
    dismissed: AtomicBool,
    dismissal: Notify,
}

impl Activity {
    pub(super) fn new() -> Self {
        Self {
            opened: Instant::now(),
            progress: AtomicU64::new(0),
            requests: AtomicUsize::new(0),
            handling: AtomicUsize::new(0),
            unfinished: AtomicUsize::new(0),
            dismissed: AtomicBool::new(false),
            dismissal: Notify::new(),
        }
    }

    /// Notes that a byte moved, in either direction.
    pub(super) fn progressed(&self) {
        let now = u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.progress.store(now, Ordering::Relaxed);
    }

    /// Notes that a request's head is complete.
    pub(super) fn begin(self: Arc<Self>) -> Running {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.handling.fetch_add(1, Ordering::Relaxed);
        self.unfinished.fetch_add(1, Ordering::Relaxed);
        Running {
            activity: self,
            handled: false,
        }
    }

    /// Whether nobody would miss an answer if this connection were closed.
    pub(super) fn waits(&self) -> bool {
        self.unfinished.load(Ordering::Relaxed) == 0 && !self.is_dismissed()
    }

    pub(super) fn is_dismissed(&self) -> bool {
        self.dismissed.load(Ordering::Relaxed)
    }

    /// The order in which connections give way: first those that never completed a request, then
    /// the others, each by the time since which they wait.
    pub(super) fn precedence(&self) -> (bool, Instant) {
        let answered = self.requests.load(Ordering::Relaxed) > 0;
        (
            answered,
            if answered {
                self.last_progress()
            } else {
                self.opened
            },
        )
    }

    /// Asks the connection to end at once.
    pub(super) fn dismiss(&self) {
        self.dismissed.store(true, Ordering::Relaxed);
        self.dismissal.notify_one();
    }

    /// Resolves when the connection is asked to end.
    pub(super) async fn dismissed(&self) {
        self.dismissal.notified().await;
    }

    /// Resolves when the connection has used up its patience: no complete head in time after it
    /// was opened, or no byte moved for too long while no handler is at work.
    ///
    /// hyper's own limit covers the second head and those after it; the first bytes of a
    /// connection, from which the version of HTTP is read, have no limit there.
    pub(super) async fn stalled(&self, limits: Limits) {
        loop {
            let wait = self.patience(limits);
            if wait.is_zero() {
                return;
            }
            // The first request may come meanwhile, and then the other limit holds.
            tokio::time::sleep(wait.min(limits.idle)).await;
        }
    }

    fn patience(&self, limits: Limits) -> Duration {
        if self.requests.load(Ordering::Relaxed) == 0 {
            return (self.opened + limits.head).saturating_duration_since(Instant::now());
        }
        if self.handling.load(Ordering::Relaxed) > 0 {
            // A handler has its own limit; look again when it may be over.
            return limits.idle;
        }
        (self.last_progress() + limits.idle).saturating_duration_since(Instant::now())
    }

    fn last_progress(&self) -> Instant {
        self.opened + Duration::from_millis(self.progress.load(Ordering::Relaxed))
    }
}

/// A request that is being answered; it counts until this is dropped.
pub(super) struct Running {
    activity: Arc<Activity>,
    handled: bool,
}

impl Running {
    /// Notes that the response is ready, and now only has to be sent.
    pub(super) fn handled(mut self) -> Self {
        self.activity.handling.fetch_sub(1, Ordering::Relaxed);
        self.handled = true;
        // From here the client's slowness counts, and it begins with a clean slate.
        self.activity.progressed();
        self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.handled {
            self.activity.handling.fetch_sub(1, Ordering::Relaxed);
        }
        self.activity.unfinished.fetch_sub(1, Ordering::Relaxed);
    }
}
