//! The places that connections take, how many there are, and who gives way when all are taken.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Limits;
use super::activity::{Activity, Sender};

/// All places. Scanning them at every accept costs microseconds, and needs no second table.
pub(super) struct Places {
    limits: Limits,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    by_number: HashMap<u64, (IpAddr, Arc<Activity>)>,
    /// Requests under way by the peer that a trusted proxy named.
    forwarded: HashMap<IpAddr, usize>,
}

/// A place, given back when it is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    number: u64,
    activity: Arc<Activity>,
}

/// A request that counts against the limit of the peer that a proxy named, until this is dropped.
pub(super) struct Forwarded {
    places: Arc<Places>,
    peer: IpAddr,
}

impl Places {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            taken: Mutex::default(),
        }
    }

    /// A place for a connection from `peer`, or `None` where there is none for it. `shared`: a proxy
    /// that speaks for everybody, which has no limit of its own.
    pub(super) fn take(self: &Arc<Self>, peer: IpAddr, shared: bool) -> Option<Place> {
        let peer = household(peer);
        let mut taken = self.lock();
        if !shared && !peer.is_loopback() && taken.of(peer) >= self.limits.per_peer {
            return None;
        }
        if taken.staying() >= self.limits.connections && !taken.dismiss_first(&self.limits) {
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

    /// Counts a request of a peer that a trusted proxy named; `None` if the peer has too many.
    pub(super) fn forwarded(self: &Arc<Self>, peer: IpAddr) -> Option<Forwarded> {
        let peer = household(peer);
        let mut taken = self.lock();
        let under_way = taken.forwarded.entry(peer).or_default();
        if *under_way >= self.limits.per_peer {
            return None;
        }
        *under_way += 1;
        drop(taken);
        Some(Forwarded {
            places: Arc::clone(self),
            peer,
        })
    }

    /// Keeps the bodies that are being received within their limits, after one more has begun: the
    /// slowest give way. Behind a proxy or an onion service all have one address, so these limits are
    /// for all together.
    pub(super) fn make_room_for_body(&self) {
        let taken = self.lock();
        // Each kind of sender has its own limit: signed-in users cannot block sign-ins, and anonymous clients
        // cannot displace requests with a session cookie.
        let anonymous = self.limits.anonymous_bodies;
        let of_people = self.limits.bodies.saturating_sub(anonymous);
        for (sender, most) in [
            (Sender::Anonymous, anonymous),
            (Sender::Claimed, anonymous),
            (Sender::SignedIn, of_people),
        ] {
            let mut bodies: Vec<_> = taken
                .by_number
                .values()
                .filter(|(_, activity)| activity.body() == Some(sender))
                .filter_map(|(_, activity)| Some((activity.precedence(&self.limits)?, activity)))
                .collect();
            bodies.sort_by_key(|(precedence, _)| *precedence);
            let too_many = bodies.len().saturating_sub(most);
            for (_, activity) in bodies.iter().take(too_many) {
                activity.dismiss();
            }
        }
    }

    /// Asks the connection that is first to give way to end.
    pub(super) fn make_room(&self) {
        self.lock().dismiss_first(&self.limits);
    }

    /// Asks every connection without a request to end.
    pub(super) fn dismiss_waiting(&self) {
        let taken = self.lock();
        let waiting = taken.by_number.values().map(|(_, activity)| activity);
        waiting
            .filter(|activity| activity.waits())
            .for_each(|activity| activity.dismiss());
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

    fn dismiss_first(&mut self, limits: &Limits) -> bool {
        let all = self.by_number.values().map(|(_, activity)| activity);
        let first = all
            .filter_map(|activity| Some((activity.precedence(limits)?, activity)))
            .min_by_key(|(precedence, _)| *precedence);
        first.inspect(|(_, activity)| activity.dismiss()).is_some()
    }
}

impl Place {
    pub(super) fn activity(&self) -> Arc<Activity> {
        Arc::clone(&self.activity)
    }

    pub(super) fn places(&self) -> Arc<Places> {
        Arc::clone(&self.places)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.lock().by_number.remove(&self.number);
    }
}

impl Drop for Forwarded {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(under_way) = taken.forwarded.get_mut(&self.peer) {
            *under_way -= 1;
            if *under_way == 0 {
                taken.forwarded.remove(&self.peer);
            }
        }
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
        let first = places.take(address("192.0.2.1"), false).unwrap();
        let second = places.take(address("192.0.2.2"), false).unwrap();
        let third = places.take(address("192.0.2.3"), false).unwrap();
        assert!(first.activity.is_dismissed());
        assert!(!second.activity.is_dismissed() && !third.activity.is_dismissed());
    }

    #[tokio::test]
    async fn a_connection_with_a_request_does_not_give_way() {
        let places = places(2, 9);
        let busy = places.take(address("192.0.2.1"), false).unwrap();
        let running = busy.activity().begin(false);
        let answered = places.take(address("192.0.2.2"), false).unwrap();
        drop(answered.activity().begin(false));
        let third = places.take(address("192.0.2.3"), false).unwrap();
        assert!(!busy.activity.is_dismissed() && answered.activity.is_dismissed());
        let also_running = third.activity().begin(false);
        assert!(
            places.take(address("192.0.2.4"), false).is_none(),
            "nobody waits"
        );
        drop((running, also_running));
        assert!(places.take(address("192.0.2.4"), false).is_some());
    }

    #[tokio::test]
    async fn a_body_that_is_not_complete_gives_way() {
        let places = places(1, 9);
        let half_sent = places.take(address("192.0.2.1"), false).unwrap();
        let running = half_sent.activity().begin(true);
        assert!(places.take(address("192.0.2.2"), false).is_some());
        assert!(half_sent.activity.is_dismissed());
        drop(running);
    }

    #[tokio::test(start_paused = true)]
    async fn of_too_many_bodies_the_slowest_anonymous_one_gives_way() {
        let places = Arc::new(Places::new(Limits {
            bodies: 3,
            anonymous_bodies: 1,
            ..Limits::default()
        }));
        let take = || places.take(address("127.0.0.1"), false).unwrap();
        let (slow, fast, own, other) = (take(), take(), take(), take());
        let _slow = slow.activity().begin(true);
        tokio::time::advance(std::time::Duration::from_secs(1)).await;
        let _fast = fast.activity().begin(true);
        slow.activity.received(1);
        fast.activity.received(1_000);
        places.make_room_for_body();
        assert!(slow.activity.is_dismissed() && !fast.activity.is_dismissed());
        // A body with a session cookie does not give way to anonymous ones.
        let claimed = take();
        let _claimed = claimed.activity().begin(true);
        claimed.activity.claims_session();
        tokio::time::advance(std::time::Duration::from_millis(1)).await;
        let newer = take();
        let _newer = newer.activity().begin(true);
        places.make_room_for_body();
        assert!(fast.activity.is_dismissed() && !newer.activity.is_dismissed());
        assert!(!claimed.activity.is_dismissed());
        // Bodies of people who are signed in take none of the others' places, and have the rest.
        let more = take();
        let mut own_bodies = Vec::new();
        for place in [&own, &other, &more] {
            tokio::time::advance(std::time::Duration::from_millis(1)).await;
            own_bodies.push(place.activity().begin(true));
            place.activity.is_signed_in();
            places.make_room_for_body();
        }
        assert!(!newer.activity.is_dismissed() && !more.activity.is_dismissed());
        assert!(own.activity.is_dismissed() && !other.activity.is_dismissed());
    }

    #[tokio::test]
    async fn one_peer_has_its_own_limit_and_this_machine_has_none() {
        let places = places(99, 1);
        let held = places.take(address("2001:db8::1"), false).unwrap();
        assert!(
            places.take(address("2001:db8::2"), false).is_none(),
            "the same /64"
        );
        let other = places.take(address("2001:db8:0:1::1"), false);
        assert!(other.is_some());
        drop(held);
        assert!(places.take(address("2001:db8::2"), false).is_some());
        let local = [
            address("127.0.0.1"),
            address("::1"),
            address("::ffff:127.0.0.1"),
        ];
        let taken: Vec<_> = local
            .iter()
            .cycle()
            .take(9)
            .filter_map(|&peer| places.take(peer, false))
            .collect();
        assert_eq!(taken.len(), 9);
    }

    #[tokio::test]
    async fn a_peer_behind_a_proxy_has_the_same_limit() {
        let places = places(99, 1);
        let proxy = address("192.0.2.1");
        let taken: Vec<_> = (0..9).filter_map(|_| places.take(proxy, true)).collect();
        assert_eq!(taken.len(), 9, "a proxy speaks for everybody");
        let held = places.forwarded(address("198.51.100.1")).unwrap();
        assert!(places.forwarded(address("198.51.100.1")).is_none());
        assert!(places.forwarded(address("198.51.100.2")).is_some());
        drop(held);
        assert!(places.forwarded(address("198.51.100.1")).is_some());
    }
}
