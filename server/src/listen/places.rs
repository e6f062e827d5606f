//! The places that connections take, how many there are, and who gives way when all are taken.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Limits;
use super::activity::Activity;

/// All places. Scanning them at every accept costs microseconds, and needs no second table.
pub(super) struct Places {
    limits: Limits,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    by_number: HashMap<u64, (IpAddr, Arc<Activity>)>,
}

/// A place, given back when it is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    number: u64,
    activity: Arc<Activity>,
}

impl Places {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            taken: Mutex::default(),
        }
    }

    /// A place for a connection from `peer`, or `None` where there is none for it.
    pub(super) fn take(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let peer = household(peer);
        let mut taken = self.lock();
        if !peer.is_loopback() && taken.of(peer) >= self.limits.per_peer {
            return None;
        }
        if taken.staying() >= self.limits.connections && !taken.dismiss_first_waiting() {
            return None;
        }
        let number = taken.next;
        taken.next += 1;
        let activity = Arc::new(Activity::new());
        taken
            .by_number
            .insert(number, (peer, Arc::clone(&activity)));
        Some(Place {
            places: Arc::clone(self),
            number,
            activity,
        })
    }

    /// Asks the connection that has waited longest to end.
    pub(super) fn make_room(&self) {
        self.lock().dismiss_first_waiting();
    }

    /// Asks every connection without a request to end.
    pub(super) fn dismiss_waiting(&self) {
        while self.lock().dismiss_first_waiting() {}
    }

    /// Asks every connection to end.
    pub(super) fn dismiss_all(&self) {
        self.lock()
            .by_number
            .values()
            .for_each(|(_, activity)| activity.dismiss());
    }

    /// The table holds no invariant that a panic could leave broken.
    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// Connections that have not been asked to end.
    fn staying(&self) -> usize {
        self.by_number
            .values()
            .filter(|(_, activity)| !activity.is_dismissed())
            .count()
    }

    fn of(&self, peer: IpAddr) -> usize {
        let stays =
            |(from, activity): &&(IpAddr, Arc<Activity>)| *from == peer && !activity.is_dismissed();
        self.by_number.values().filter(stays).count()
    }

    fn dismiss_first_waiting(&mut self) -> bool {
        let waiting = self.by_number.values().map(|(_, activity)| activity);
        let first = waiting
            .filter(|activity| activity.waits())
            .min_by_key(|activity| activity.precedence());
        first.inspect(|activity| activity.dismiss()).is_some()
    }
}

impl Place {
    pub(super) fn activity(&self) -> Arc<Activity> {
        Arc::clone(&self.activity)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.lock().by_number.remove(&self.number);
    }
}

/// One subscriber usually commands a whole /64 of IPv6, so that is what counts as one peer.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => IpAddr::V6(Ipv6Addr::from_bits(
            address.to_bits() & !u128::from(u64::MAX),
        )),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(connections: usize, per_peer: usize) -> Arc<Places> {
        Arc::new(Places::new(Limits {
            connections,
            per_peer,
            ..Limits::default()
        }))
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn where_every_place_is_taken_the_longest_wait_gives_way() {
        let places = places(2, 9);
        let first = places.take(address("192.0.2.1")).unwrap();
        let second = places.take(address("192.0.2.2")).unwrap();
        let third = places.take(address("192.0.2.3")).unwrap();
        assert!(first.activity.is_dismissed());
        assert!(!second.activity.is_dismissed() && !third.activity.is_dismissed());
    }

    #[tokio::test]
    async fn a_connection_with_a_request_does_not_give_way() {
        let places = places(2, 9);
        let busy = places.take(address("192.0.2.1")).unwrap();
        let running = busy.activity().begin();
        let answered = places.take(address("192.0.2.2")).unwrap();
        drop(answered.activity().begin());
        let third = places.take(address("192.0.2.3")).unwrap();
        assert!(!busy.activity.is_dismissed() && answered.activity.is_dismissed());
        let also_running = third.activity().begin();
        assert!(places.take(address("192.0.2.4")).is_none(), "nobody waits");
        drop((running, also_running));
        assert!(places.take(address("192.0.2.4")).is_some());
    }

    #[tokio::test]
    async fn one_peer_has_its_own_limit_and_this_machine_has_none() {
        let places = places(99, 1);
        let held = places.take(address("2001:db8::1")).unwrap();
        assert!(
            places.take(address("2001:db8::2")).is_none(),
            "the same /64"
        );
        let other = places.take(address("2001:db8:0:1::1"));
        assert!(other.is_some());
        drop(held);
        assert!(places.take(address("2001:db8::2")).is_some());
        let local = [
            address("127.0.0.1"),
            address("::1"),
            address("::ffff:127.0.0.1"),
        ];
        let taken: Vec<_> = local
            .iter()
            .cycle()
            .take(9)
            .filter_map(|&peer| places.take(peer))
            .collect();
        assert_eq!(taken.len(), 9);
    }
}
