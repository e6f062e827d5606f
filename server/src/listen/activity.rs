//! The state of one connection, as far as the limits need it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::Limits;

/// What a connection is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    /// No request is under way: the connection is new, or its last response is sent.
    Waiting,
    /// The head of a request is complete and its body is not.
    Receiving,
    /// The request is complete and its response is not ready.
    Working,
    /// The response is being sent.
    Sending,
    /// Its last byte is handed over, and only has to be written.
    Flushing,
    /// The response is an endless stream of events, which may be silent for long.
    Following,
}

/// Who sends a request body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sender {
    /// A client without a session cookie.
    Anonymous,
    /// A client with a session cookie that has not been verified yet.
    Claimed,
    /// A signed-in user.
    SignedIn,
}

/// Shared by the connection's parts, which write it, and the accept loop, which reads it. Every
/// section under the lock is a few assignments long.
pub(super) struct Activity {
    opened: Instant,
    state: Mutex<State>,
    dismissal: Notify,
}

struct State {
    phase: Phase,
    /// When the phase began.
    since: Instant,
    /// Bytes that count in this phase: of the body while it is received, written while the response
    /// is sent.
    moved: u64,
    /// When the rate was measured last, and `moved` at that time.
    measured: (Instant, u64),
    /// When a byte last moved in either direction.
    progress: Instant,
    /// Whether bytes wait to be written until the other side takes some. A response that waits for this
    /// program has no slow reader.
    blocked: bool,
    /// Requests ever begun.
    requests: usize,
    /// Who sends the body.
    sender: Sender,
    dismissed: bool,
}

/// The order in which connections give way; the least gives way first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Precedence {
    /// No request was ever completed; the oldest first.
    Head(Instant),
    /// A body of nobody who is signed in; the slowest first.
    AnonymousBody(u64, Instant),
    /// A body with an unverified session cookie; the slowest first. In a flood of anonymous bodies, verifying the
    /// session takes longer than an anonymous body is kept.
    ClaimedBody(u64, Instant),
    /// A response that is read more slowly than the limit; the slowest first.
    SlowReader(u64, Instant),
    /// Between two requests; the longest silence first.
    Idle(Instant),
    /// A body of somebody signed in; the slowest first.
    Body(u64, Instant),
    /// A response that is read fast enough; the slowest first.
    Reader(u64, Instant),
    /// Somebody who follows events; the oldest first.
    Follower(Instant),
    /// A response that has only just begun, whose first bytes may still be in buffers; the oldest first.
    Fresh(Instant),
}

/// How long a body counts as fast, whatever has come of it, and a new connection as one that is about to send a request.
const HEAD_START: Duration = Duration::from_secs(1);

/// How long a response counts as just begun.
const JUST_BEGUN: Duration = Duration::from_secs(2);

impl Activity {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self {
            opened: now,
            state: Mutex::new(State {
                phase: Phase::Waiting,
                since: now,
                moved: 0,
                measured: (now, 0),
                progress: now,
                blocked: false,
                requests: 0,
                sender: Sender::Anonymous,
                dismissed: false,
            }),
            dismissal: Notify::new(),
        }
    }

    /// No section leaves a state behind that another could not use.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that bytes came in.
    pub(super) fn read(&self) {
        self.state().progress = Instant::now();
    }

    /// Notes that bytes went out.
    pub(super) fn wrote(&self, count: usize) {
        let mut state = self.state();
        state.progress = Instant::now();
        state.blocked = false;
        if matches!(state.phase, Phase::Sending | Phase::Flushing) {
            state.moved += count as u64;
        }
    }

    /// Notes that everything that was handed over is written.
    pub(super) fn flushed(&self) {
        let mut state = self.state();
        state.blocked = false;
        if state.phase == Phase::Flushing {
            state.enter(Phase::Waiting);
        }
    }

    /// Notes that bytes wait to go out.
    pub(super) fn is_blocked(&self) {
        self.state().blocked = true;
    }

    /// Notes that bytes of a body came in. The bytes of chunk headers do not count: with one byte in
    /// each chunk they would be most of what is sent.
    pub(super) fn received(&self, count: usize) {
        let mut state = self.state();
        if state.phase == Phase::Receiving {
            state.moved += count as u64;
        }
    }

    /// Notes that a request's head is complete.
    pub(super) fn begin(self: Arc<Self>, has_body: bool) -> Running {
        let mut state = self.state();
        state.requests += 1;
        state.sender = Sender::Anonymous;
        state.enter(if has_body {
            Phase::Receiving
        } else {
            Phase::Working
        });
        let number = state.requests;
        drop(state);
        Running {
            activity: self,
            number,
        }
    }

    /// Notes that the body is complete, or that nobody reads it any more.
    pub(super) fn received_all(&self) {
        let mut state = self.state();
        if state.phase == Phase::Receiving {
            state.enter(Phase::Working);
        }
    }

    /// Notes that the request has a session cookie, valid or not.
    pub(super) fn claims_session(&self) {
        self.state().sender = Sender::Claimed;
    }

    /// Notes that whoever sends the body is signed in.
    pub(super) fn is_signed_in(&self) {
        self.state().sender = Sender::SignedIn;
    }

    /// Who sends the body that is being received, if one is.
    pub(super) fn body(&self) -> Option<Sender> {
        let state = self.state();
        (state.phase == Phase::Receiving && !state.dismissed).then_some(state.sender)
    }

    /// Whether no request is under way.
    pub(super) fn waits(&self) -> bool {
        let state = self.state();
        state.phase == Phase::Waiting && !state.dismissed
    }

    pub(super) fn is_dismissed(&self) -> bool {
        self.state().dismissed
    }

    /// When this connection gives way, compared with others; `None` if it does not.
    pub(super) fn precedence(&self, limits: &Limits) -> Option<Precedence> {
        let state = self.state();
        if state.dismissed {
            return None;
        }
        let rate = state.rate();
        match state.phase {
            // A connection that was just opened has had no time to send a head: one that has been silent for longer
            // gives way before it.
            Phase::Waiting if state.requests == 0 && self.opened.elapsed() >= HEAD_START => {
                Some(Precedence::Head(self.opened))
            }
            Phase::Waiting => Some(Precedence::Idle(state.progress)),
            // A body that has just begun has had no time to be slow: the handler may not even have read
            // what came along with the head.
            Phase::Receiving => {
                let rate = if state.since.elapsed() < HEAD_START {
                    u64::MAX
                } else {
                    rate
                };
                Some(match state.sender {
                    Sender::Anonymous => Precedence::AnonymousBody(rate, state.since),
                    Sender::Claimed => Precedence::ClaimedBody(rate, state.since),
                    Sender::SignedIn => Precedence::Body(rate, state.since),
                })
            }
            Phase::Sending | Phase::Flushing if state.since.elapsed() < JUST_BEGUN => {
                Some(Precedence::Fresh(state.since))
            }
            Phase::Sending | Phase::Flushing if state.blocked && rate < limits.slowest => {
                Some(Precedence::SlowReader(rate, state.since))
            }
            Phase::Sending | Phase::Flushing => Some(Precedence::Reader(rate, state.since)),
            Phase::Following => Some(Precedence::Follower(state.since)),
            Phase::Working => None,
        }
    }

    /// Asks the connection to end at once.
    pub(super) fn dismiss(&self) {
        self.state().dismissed = true;
        self.dismissal.notify_one();
    }

    /// Resolves when the connection is asked to end.
    pub(super) async fn dismissed(&self) {
        self.dismissal.notified().await;
    }

    /// Resolves when the connection has used up its patience: no complete head in time, a body or a
    /// reader slower than the limit, or no byte moved for too long while no handler is at work.
    ///
    /// hyper's own limit covers the second head and those after it; the first bytes of a
    /// connection, from which the version of HTTP is read, have no limit there.
    pub(super) async fn stalled(&self, limits: Limits) {
        loop {
            let wait = self.patience(&limits);
            if wait.is_zero() {
                return;
            }
            // The phase may change meanwhile, and then another limit holds.
            tokio::time::sleep(wait.min(limits.idle).min(limits.measured)).await;
        }
    }

    /// How long the connection may go on as it does.
    fn patience(&self, limits: &Limits) -> Duration {
        let now = Instant::now();
        let until = |deadline: Instant| deadline.saturating_duration_since(now);
        let mut state = self.state();
        let idle = until(state.progress + limits.idle);
        match state.phase {
            Phase::Waiting if state.requests == 0 => until(self.opened + limits.head),
            Phase::Waiting | Phase::Following => idle,
            // A handler has its own limit; look again when it may be over.
            Phase::Working => limits.idle,
            Phase::Receiving if state.sender != Sender::SignedIn => {
                until(state.since + limits.anonymous_body).min(idle)
            }
            Phase::Receiving => state.fast_enough(limits, limits.measured).min(idle),
            Phase::Sending if !state.blocked => limits.idle,
            Phase::Flushing if !state.blocked => idle,
            // Buffers of the system hide a reader's progress for a while.
            Phase::Sending | Phase::Flushing => {
                state.fast_enough(limits, limits.measured * 3).min(idle)
            }
        }
    }
}

impl State {
    fn enter(&mut self, phase: Phase) {
        let now = Instant::now();
        self.phase = phase;
        self.since = now;
        self.moved = 0;
        self.measured = (now, 0);
    }

    /// Bytes a second since the phase began.
    fn rate(&self) -> u64 {
        let milliseconds = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.moved.saturating_mul(1_000) / milliseconds.max(1)
    }

    /// How long until the rate is measured again; nothing if it was too low in the last `span`. An
    /// average over everything would let a fast start pay for an endless rest.
    fn fast_enough(&mut self, limits: &Limits, span: Duration) -> Duration {
        let (at, before) = self.measured;
        let ends = at + span;
        let now = Instant::now();
        if now < ends {
            return ends - now;
        }
        let due = limits
            .slowest
            .saturating_mul(span.as_millis().try_into().unwrap_or(u64::MAX));
        if (self.moved - before).saturating_mul(1_000) < due {
            return Duration::ZERO;
        }
        self.measured = (now, self.moved);
        span
    }
}

/// A request that is being answered; it counts until this is dropped.
pub(super) struct Running {
    activity: Arc<Activity>,
    /// Which of the connection's requests it is: the next one may begin before this is dropped.
    number: usize,
}

impl Running {
    /// Notes that the response is ready, and now only has to be sent. `endless` is a stream of events.
    pub(super) fn handled(self, endless: bool) -> Self {
        let mut state = self.activity.state();
        state.enter(if endless {
            Phase::Following
        } else {
            Phase::Sending
        });
        // From here the client's slowness counts, and it begins with a clean slate.
        state.progress = Instant::now();
        drop(state);
        self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut state = self.activity.state();
        if state.requests != self.number {
            return;
        }
        // A page is handed over in one piece, and may take long to be written.
        if state.phase == Phase::Sending {
            state.phase = Phase::Flushing;
        } else {
            state.enter(Phase::Waiting);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits {
            slowest: 100,
            measured: Duration::from_secs(10),
            ..Limits::default()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_needs_its_rate_in_every_span() {
        let activity = Arc::new(Activity::new());
        let _running = Arc::clone(&activity).begin(true);
        activity.is_signed_in();
        let second = Duration::from_secs(1);
        // A fast start does not pay for what comes after it.
        activity.received(1_000_000);
        tokio::time::advance(second * 10).await;
        assert!(!activity.patience(&limits()).is_zero());
        activity.read();
        activity.received(999);
        tokio::time::advance(second * 10).await;
        assert!(activity.patience(&limits()).is_zero());
    }

    #[tokio::test(start_paused = true)]
    async fn an_anonymous_body_has_one_deadline_however_fast_it_is() {
        let activity = Arc::new(Activity::new());
        let _running = Arc::clone(&activity).begin(true);
        for _ in 0..limits().anonymous_body.as_secs() {
            assert!(!activity.patience(&limits()).is_zero());
            activity.read();
            activity.received(1_000_000);
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        assert!(activity.patience(&limits()).is_zero());
        activity.received_all();
        assert!(!activity.patience(&limits()).is_zero(), "it is complete");
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_needs_its_rate_and_a_follower_does_not() {
        for (endless, ends) in [(false, true), (true, false)] {
            let activity = Arc::new(Activity::new());
            let _running = Arc::clone(&activity).begin(false).handled(endless);
            for _ in 0..3 {
                tokio::time::advance(Duration::from_secs(10)).await;
                activity.wrote(10);
                activity.is_blocked();
            }
            assert_eq!(activity.patience(&limits()).is_zero(), ends, "{endless}");
            // It is this program that has nothing to send.
            activity.wrote(1);
            tokio::time::advance(Duration::from_secs(50)).await;
            assert!(!activity.patience(&limits()).is_zero());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn of_bodies_the_newest_gives_way_last() {
        let limits = limits();
        let (old, new) = (Arc::new(Activity::new()), Arc::new(Activity::new()));
        let _old = Arc::clone(&old).begin(true);
        old.received(100);
        tokio::time::advance(Duration::from_secs(1)).await;
        let _new = Arc::clone(&new).begin(true);
        tokio::time::advance(Duration::from_millis(500)).await;
        assert!(old.precedence(&limits) < new.precedence(&limits));
    }

    #[tokio::test(start_paused = true)]
    async fn a_new_connection_gives_way_after_those_that_are_silent() {
        let limits = limits();
        let silent = Arc::new(Activity::new());
        drop(Arc::clone(&silent).begin(false));
        tokio::time::advance(Duration::from_millis(10)).await;
        let new = Arc::new(Activity::new());
        assert!(silent.precedence(&limits) < new.precedence(&limits));
        // It has had time enough by now.
        tokio::time::advance(HEAD_START).await;
        assert!(new.precedence(&limits) < silent.precedence(&limits));
    }

    #[tokio::test(start_paused = true)]
    async fn who_gives_way_first() {
        let limits = limits();
        let each = || Arc::new(Activity::new());
        let (head, anonymous, faster, claimed, idle, own, slow, fast, live, working) = (
            each(),
            each(),
            each(),
            each(),
            each(),
            each(),
            each(),
            each(),
            each(),
            each(),
        );
        let bodies = [&anonymous, &faster, &claimed, &own];
        let _bodies = bodies.map(|one| Arc::clone(one).begin(true));
        claimed.claims_session();
        own.is_signed_in();
        drop(Arc::clone(&idle).begin(false));
        let _sending = [&slow, &fast].map(|one| Arc::clone(one).begin(false).handled(false));
        let _following = Arc::clone(&live).begin(false).handled(true);
        let _working = Arc::clone(&working).begin(false);
        tokio::time::advance(Duration::from_secs(5)).await;
        anonymous.received(1);
        faster.received(1_000);
        fast.wrote(1_000_000);
        slow.is_blocked();
        let order = [
            &head, &anonymous, &faster, &claimed, &slow, &idle, &own, &fast, &live,
        ];
        let order: Vec<_> = order.map(|one| one.precedence(&limits).unwrap()).into();
        assert!(order.is_sorted(), "{order:?}");
        assert_eq!(working.precedence(&limits), None);
    }
}
