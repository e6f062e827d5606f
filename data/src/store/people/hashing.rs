//! Turns at hashing passwords.
//!
//! A hash takes tens of megabytes and most of a tenth of a second of a core, so an attacker who sends nothing but
//! sign-in forms would keep everybody out of an unbounded queue. Here
//!
//! - only a few hashes are computed at a time, and a hash keeps its turn to its end, even if the request is gone;
//! - known browsers and live sessions have turns of their own ([`Lane::Known`]);
//! - few requests wait, in all and from one class of addresses; the others are refused at once;
//! - classes take turns, so one busy class delays another by one hash at a time;
//! - within a class the form that was opened first comes first: somebody who is refused and sends the same form again
//!   comes before a flood of fresh forms;
//! - a pseudonym that is being guessed is tried at a slow pace, and classes take turns at that pace as well.
//!
//! All of it is in memory, for one process: addresses are neither stored nor logged.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

/// The part of an address that one person can hardly choose: requests of one class share its places in the queue.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PeerClass {
    /// The address is not known: behind an Onion service, or a proxy that does not forward it.
    #[default]
    Shared,
    /// The first three bytes of an IPv4 address (/24).
    V4([u8; 3]),
    /// The first four groups of an IPv6 address (/64), which a single host has to itself.
    V6([u16; 4]),
}

impl PeerClass {
    /// The class of an address. This machine's own are those of a proxy or an Onion service.
    pub fn of(address: Option<IpAddr>) -> Self {
        match address.map(|address| address.to_canonical()) {
            Some(address) if address.is_loopback() => Self::Shared,
            Some(IpAddr::V4(address)) => {
                let [a, b, c, _] = address.octets();
                Self::V4([a, b, c])
            }
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                Self::V6([a, b, c, d])
            }
            None => Self::Shared,
        }
    }
}

/// Who shares the places of a queue.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Class {
    Peer(PeerClass),
    Account(i64),
    /// This program itself, such as the command line.
    Local,
}

/// Which turns a request takes part in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lane {
    /// Known browsers, live sessions, the command line.
    Known,
    /// Everybody else.
    Strangers,
}

/// A request for a turn.
#[derive(Clone)]
pub(crate) struct Entrant {
    pub(crate) lane: Lane,
    pub(crate) class: Class,
    /// The form that was sent. One form has one place.
    pub(crate) form: Option<String>,
    /// When the form was opened, in milliseconds since 1970: the first come first.
    pub(crate) opened_at: i64,
    /// Whose password is tried, and from where: what its pace is kept by.
    pub(crate) name: String,
    /// Not before so much time has passed.
    pub(crate) wait: Duration,
    /// After this one, the next of the same name waits so long; zero if nobody is guessing.
    pub(crate) pace: Duration,
    /// When to give up.
    pub(crate) deadline: Instant,
}

/// The queue is full, or the turn did not come in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Full;

/// How much of each is served and waits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) slots: usize,
    pub(crate) waiting: usize,
    pub(crate) waiting_of_class: usize,
}

/// One class may wait at one pseudonym that is being guessed with so many requests.
const WAITING_OF_NAME: usize = 2;

/// Older forms come first, up to this age; beyond, in the order in which they were sent.
const OLDEST: i64 = 10 * 60 * 1_000;

/// How often a request that waits for its pseudonym's pace looks whether its time has come.
const LOOK: Duration = Duration::from_millis(250);

/// After so much time the order in which classes were served at a pseudonym is forgotten.
const FORGOTTEN: Duration = Duration::from_mins(10);

/// Classes whose order is remembered for one pseudonym.
const CLASSES_OF_NAME: usize = 256;

pub(crate) struct HashingQueue {
    lanes: [Mutex<Waiting>; 2],
    limits: [Limits; 2],
}

#[derive(Default)]
struct Waiting {
    running: usize,
    waiters: Vec<Waiter>,
    /// Counts entries and turns, so that later ones have higher numbers.
    clock: u64,
    /// When each class that waits was served last, or entered.
    classes: HashMap<Class, u64>,
    names: HashMap<String, Name>,
}

struct Waiter {
    number: u64,
    class: Class,
    form: Option<String>,
    opened_at: i64,
    name: String,
    not_before: Instant,
    pace: Duration,
    turn: oneshot::Sender<Turn>,
}

/// A pseudonym that is tried at a pace.
struct Name {
    next: Instant,
    /// When each class was served last.
    served: HashMap<Class, u64>,
}

/// Permission to compute a hash; the next may when this is dropped.
pub(crate) struct Turn {
    queue: Arc<HashingQueue>,
    lane: Lane,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.queue.waiting(self.lane).running -= 1;
        self.queue.serve(self.lane);
    }
}

/// A place in the queue, given up when the request is dropped.
struct Place<'a> {
    queue: &'a HashingQueue,
    lane: Lane,
    number: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut waiting = self.queue.waiting(self.lane);
        let at = waiting
            .waiters
            .iter()
            .position(|one| one.number == self.number);
        let gone = at.map(|at| waiting.take(at));
        drop(waiting);
        drop(gone);
    }
}

impl Default for HashingQueue {
    /// One core stays free for pages and for known browsers.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let strangers = Limits {
            slots: (cores - 1).clamp(1, 4),
            waiting: 128,
            waiting_of_class: 64,
        };
        let known = Limits {
            slots: (cores / 2).clamp(1, 4),
            waiting: 64,
            waiting_of_class: 8,
        };
        Self::new(known, strangers)
    }
}

impl HashingQueue {
    pub(crate) fn new(known: Limits, strangers: Limits) -> Self {
        Self {
            lanes: Default::default(),
            limits: [known, strangers],
        }
    }

    fn waiting(&self, lane: Lane) -> MutexGuard<'_, Waiting> {
        let [known, strangers] = &self.lanes;
        let lane = match lane {
            Lane::Known => known,
            Lane::Strangers => strangers,
        };
        lane.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn limits(&self, lane: Lane) -> Limits {
        let [known, strangers] = self.limits;
        match lane {
            Lane::Known => known,
            Lane::Strangers => strangers,
        }
    }

    /// Waits for a turn.
    pub(crate) async fn turn(self: &Arc<Self>, entrant: Entrant) -> Result<Turn, Full> {
        let (lane, deadline) = (entrant.lane, entrant.deadline);
        let (turn, mut given) = oneshot::channel();
        let number = self.enter(entrant, turn)?;
        let _place = Place {
            queue: self,
            lane,
            number,
        };
        self.serve(lane);
        loop {
            let look = deadline.min(Instant::now() + LOOK);
            match timeout_at(look, &mut given).await {
                Ok(Ok(turn)) => return Ok(turn),
                // Somebody with an older form has this place now.
                Ok(Err(_)) => return Err(Full),
                Err(_) if Instant::now() >= deadline => return Err(Full),
                // A pseudonym's pace may have come round.
                Err(_) => self.serve(lane),
            }
        }
    }

    /// Takes a place, if there is one, or the place of a younger form.
    fn enter(&self, entrant: Entrant, turn: oneshot::Sender<Turn>) -> Result<u64, Full> {
        let limits = self.limits(entrant.lane);
        let mut waiting = self.waiting(entrant.lane);
        let opened_at = entrant.opened_at.max(crate::store::now() - OLDEST);
        // A form that is sent twice has the place of the second: the browser waits for that.
        let twice = entrant.form.as_ref().and_then(|form| {
            let same = |one: &Waiter| one.form.as_ref() == Some(form);
            waiting.waiters.iter().position(same)
        });
        let mut gone: Vec<Waiter> = twice.map(|at| waiting.take(at)).into_iter().collect();
        let of_class = |one: &Waiter| one.class == entrant.class;
        if !entrant.pace.is_zero() {
            let same = |one: &Waiter| of_class(one) && one.name == entrant.name;
            gone.extend(waiting.make_room(WAITING_OF_NAME, opened_at, same)?);
        }
        gone.extend(waiting.make_room(limits.waiting_of_class, opened_at, of_class)?);
        if waiting.waiters.len() >= limits.waiting {
            let largest = waiting.largest_class();
            let own = waiting.count(of_class);
            // The newcomer's class has fewer places: it gets one of the largest class's, whatever the age.
            let age = match largest {
                Some((class, count)) if class != entrant.class && count > own + 1 => i64::MIN,
                _ => opened_at,
            };
            let of_largest = |one: &Waiter| largest.is_some_and(|(class, _)| class == one.class);
            gone.extend(waiting.make_room(0, age, of_largest)?);
        }
        waiting.clock += 1;
        let number = waiting.clock;
        waiting.classes.entry(entrant.class).or_insert(number);
        waiting.waiters.push(Waiter {
            number,
            class: entrant.class,
            form: entrant.form,
            opened_at,
            name: entrant.name,
            not_before: Instant::now() + entrant.wait,
            pace: entrant.pace,
            turn,
        });
        drop(waiting);
        drop(gone);
        Ok(number)
    }

    /// Gives turns while some are free and somebody may have one.
    fn serve(self: &Arc<Self>, lane: Lane) {
        loop {
            let mut waiting = self.waiting(lane);
            if waiting.running >= self.limits(lane).slots {
                return;
            }
            let Some(waiter) = waiting.next(Instant::now()) else {
                return;
            };
            waiting.running += 1;
            // Whoever is gone gives the turn back when it is dropped, which needs the lock.
            drop(waiting);
            let turn = Turn {
                queue: Arc::clone(self),
                lane,
            };
            drop(waiter.turn.send(turn));
        }
    }
}

impl Waiting {
    fn count(&self, which: impl Fn(&Waiter) -> bool) -> usize {
        self.waiters.iter().filter(|one| which(one)).count()
    }

    /// Makes sure that fewer than `most` of those wait, at the cost of the youngest form, if the newcomer's is older.
    fn make_room(
        &mut self,
        most: usize,
        opened_at: i64,
        which: impl Fn(&Waiter) -> bool,
    ) -> Result<Option<Waiter>, Full> {
        if self.count(&which) < most {
            return Ok(None);
        }
        let those = self
            .waiters
            .iter()
            .enumerate()
            .filter(|(_, one)| which(one));
        let youngest = those.max_by_key(|(_, one)| (one.opened_at, one.number));
        match youngest {
            Some((at, youngest)) if youngest.opened_at > opened_at => Ok(Some(self.take(at))),
            _ => Err(Full),
        }
    }

    fn largest_class(&self) -> Option<(Class, usize)> {
        let mut counts: HashMap<Class, usize> = HashMap::new();
        for one in &self.waiters {
            *counts.entry(one.class).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count)
    }

    /// Takes somebody out, and their class if nobody else of it waits.
    fn take(&mut self, at: usize) -> Waiter {
        let waiter = self.waiters.swap_remove(at);
        if self.count(|one| one.class == waiter.class) == 0 {
            self.classes.remove(&waiter.class);
        }
        waiter
    }

    /// Takes out whoever is next.
    fn next(&mut self, now: Instant) -> Option<Waiter> {
        self.names.retain(|_, name| name.next + FORGOTTEN > now);
        let may = |one: &Waiter| {
            let open = self
                .names
                .get(&one.name)
                .is_none_or(|name| name.next <= now);
            one.not_before <= now && open
        };
        let ready: Vec<(usize, &Waiter)> = self
            .waiters
            .iter()
            .enumerate()
            .filter(|(_, one)| may(one))
            .collect();
        let (mut at, first) = *ready.iter().min_by_key(|(_, one)| {
            let since = self.classes.get(&one.class).copied().unwrap_or_default();
            (since, one.opened_at, one.number)
        })?;
        if !first.pace.is_zero() {
            // Who is first in the whole queue may still have to let another class try this pseudonym first.
            let served = self.names.get(&first.name).map(|name| &name.served);
            let turn_of = |one: &Waiter| {
                let last = served.and_then(|served| served.get(&one.class)).copied();
                (last.unwrap_or_default(), one.opened_at, one.number)
            };
            let same = ready.iter().filter(|(_, one)| one.name == first.name);
            if let Some((better, _)) = same.min_by_key(|(_, one)| turn_of(one)) {
                at = *better;
            }
        }
        let waiter = self.take(at);
        self.clock += 1;
        let clock = self.clock;
        if let Some(since) = self.classes.get_mut(&waiter.class) {
            *since = clock;
        }
        if !waiter.pace.is_zero() {
            let name = self
                .names
                .entry(waiter.name.clone())
                .or_insert_with(|| Name {
                    next: now,
                    served: HashMap::new(),
                });
            name.next = now + waiter.pace;
            if name.served.len() >= CLASSES_OF_NAME {
                name.served.clear();
            }
            name.served.insert(waiter.class, clock);
        }
        Some(waiter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::task::JoinSet;

    const SMALL: Limits = Limits {
        slots: 1,
        waiting: 6,
        waiting_of_class: 4,
    };

    fn queue() -> Arc<HashingQueue> {
        Arc::new(HashingQueue::new(SMALL, SMALL))
    }

    fn peer(number: u8) -> Class {
        Class::Peer(PeerClass::V4([10, 0, number]))
    }

    fn entrant(class: Class, opened_at: i64) -> Entrant {
        Entrant {
            lane: Lane::Strangers,
            class,
            form: None,
            opened_at: crate::store::now() + opened_at,
            name: String::new(),
            wait: Duration::ZERO,
            pace: Duration::ZERO,
            deadline: Instant::now() + Duration::from_secs(25),
        }
    }

    fn paced(class: Class, opened_at: i64) -> Entrant {
        Entrant {
            name: "anna".to_owned(),
            pace: Duration::from_secs(20),
            ..entrant(class, opened_at)
        }
    }

    /// Sends them all, in this order, while one turn is taken; the order in which they then have theirs.
    async fn order(
        queue: &Arc<HashingQueue>,
        entrants: Vec<(&'static str, Entrant)>,
    ) -> Vec<&'static str> {
        let busy = queue.turn(entrant(Class::Local, 0)).await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = JoinSet::new();
        for (name, entrant) in entrants {
            let (queue, order) = (Arc::clone(queue), Arc::clone(&order));
            tasks.spawn(async move {
                if let Ok(turn) = queue.turn(entrant).await {
                    order.lock().unwrap().push(name);
                    drop(turn);
                }
            });
            tokio::task::yield_now().await;
        }
        drop(busy);
        while tasks.join_next().await.is_some() {}
        Arc::into_inner(order).unwrap().into_inner().unwrap()
    }

    #[test]
    fn addresses_are_known_by_their_network() {
        let class = |text: &str| PeerClass::of(Some(text.parse().unwrap()));
        assert_eq!(class("192.0.2.7"), class("192.0.2.250"));
        assert_ne!(class("192.0.2.7"), class("192.0.3.7"));
        assert_eq!(class("192.0.2.7"), class("::ffff:192.0.2.8"));
        assert_eq!(class("2001:db8:1:2::1"), class("2001:db8:1:2:ffff::9"));
        assert_ne!(class("2001:db8:1:2::1"), class("2001:db8:1:3::1"));
        for shared in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(class(shared), PeerClass::Shared, "{shared}");
        }
        assert_eq!(PeerClass::of(None), PeerClass::Shared);
    }

    #[tokio::test(start_paused = true)]
    async fn classes_take_turns_and_older_forms_come_first() {
        let queue = queue();
        let sent = vec![
            ("a young", entrant(peer(1), 0)),
            ("a old", entrant(peer(1), -9_000)),
            ("a middle", entrant(peer(1), -4_000)),
            ("b young", entrant(peer(2), 0)),
            ("b old", entrant(peer(2), -5_000)),
        ];
        assert_eq!(
            order(&queue, sent).await,
            ["a old", "b old", "a middle", "b young", "a young"]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_class_has_few_places_and_leaves_some_to_others() {
        let queue = queue();
        let mut sent: Vec<_> = (0..20).map(|_| ("flood", entrant(peer(1), 0))).collect();
        sent.push(("other", entrant(peer(2), 0)));
        let served = order(&queue, sent).await;
        assert_eq!(served, ["flood", "other", "flood", "flood", "flood"]);
        // All places are taken, and a class that has none gets one of the largest's.
        let mut sent: Vec<_> = (0..4).map(|_| ("a", entrant(peer(1), 0))).collect();
        sent.extend((0..2).map(|_| ("b", entrant(peer(2), 0))));
        sent.push(("c", entrant(peer(3), 0)));
        let served = order(&queue, sent).await;
        assert_eq!(served.len(), SMALL.waiting);
        assert!(served.contains(&"c"), "{served:?}");
        // Nobody has lost a place for good.
        assert_eq!(queue.waiting(Lane::Strangers).running, 0);
        assert!(queue.waiting(Lane::Strangers).classes.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn an_older_form_takes_the_place_of_a_younger_one() {
        let queue = queue();
        let mut sent: Vec<_> = (0..20).map(|_| ("flood", entrant(peer(1), 0))).collect();
        sent.push(("patient", entrant(peer(1), -60_000)));
        sent.push(("late", entrant(peer(1), 0)));
        let served = order(&queue, sent).await;
        assert_eq!(served, ["patient", "flood", "flood", "flood"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_form_has_one_place() {
        let queue = queue();
        let twice = |name| {
            let form = Some("form".to_owned());
            (
                name,
                Entrant {
                    form,
                    ..entrant(peer(1), 0)
                },
            )
        };
        let served = order(&queue, vec![twice("first"), twice("second")]).await;
        assert_eq!(served, ["second"]);
    }

    #[tokio::test(start_paused = true)]
    async fn known_browsers_have_turns_of_their_own() {
        let queue = queue();
        let _busy = queue.turn(entrant(peer(1), 0)).await.unwrap();
        let known = Entrant {
            lane: Lane::Known,
            class: Class::Account(1),
            ..entrant(peer(1), 0)
        };
        assert!(queue.turn(known).await.is_ok());
        let begun = Instant::now();
        assert!(queue.turn(entrant(peer(2), 0)).await.is_err());
        assert_eq!(begun.elapsed().as_secs(), 25, "given up in time");
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_is_gone_leaves_its_place_and_its_turn() {
        let queue = queue();
        let busy = queue.turn(entrant(peer(1), 0)).await.unwrap();
        let mut gone = Box::pin(queue.turn(entrant(peer(1), 0)));
        assert!(futures_poll(&mut gone).await);
        // Its turn comes while nobody looks, and then it is gone.
        drop(busy);
        drop(gone);
        assert!(queue.turn(entrant(peer(2), 0)).await.is_ok());
        let mut waits = Box::pin(queue.turn(paced(peer(1), 0)));
        let _ = futures_poll(&mut waits).await;
        drop(waits);
        assert!(queue.waiting(Lane::Strangers).waiters.is_empty());
        assert_eq!(queue.waiting(Lane::Strangers).running, 0);
    }

    /// Polls once; true if it is still pending.
    async fn futures_poll<F: Future + Unpin>(future: &mut F) -> bool {
        std::future::poll_fn(|context| {
            std::task::Poll::Ready(std::pin::Pin::new(&mut *future).poll(context).is_pending())
        })
        .await
    }

    #[tokio::test(start_paused = true)]
    async fn a_guessed_pseudonym_is_tried_at_its_pace_by_each_class_in_turn() {
        let queue = queue();
        let begun = Instant::now();
        queue.turn(paced(peer(1), 0)).await.unwrap();
        assert_eq!(begun.elapsed().as_secs(), 0);
        // The class that guesses has older forms; the other one was never served here.
        let sent = vec![
            ("guess", paced(peer(1), -60_000)),
            ("guess too", paced(peer(1), -60_000)),
            ("guess three", paced(peer(1), -60_000)),
            ("honest", paced(peer(2), 0)),
            ("somebody else", entrant(peer(1), 0)),
        ];
        let served = order(&queue, sent).await;
        // Within their patience of 25 seconds one turn comes round, and it is not the guesser's.
        assert_eq!(served, ["somebody else", "honest"]);
        assert!(begun.elapsed().as_secs() >= 20);
    }
}
