//! What the caches of this crate have in common.

use quick_cache::unsync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use std::hash::Hash;

/// Makes a cache for about that many entries, which weigh at most `capacity` together.
///
/// An entry of at most half of the capacity stays when it is inserted, whatever else is cached: one half is for what
/// is asked for again and again, the other for what is new. By default the part of what is new would be 3%, too little
/// for the few large entries of these caches; and what was cached before would come back into the first half, and
/// could fill both.
pub(crate) fn half_for_new<Key: Eq + Hash, Value, W: Weighter<Key, Value> + Clone>(
    entries: usize,
    capacity: u64,
    weighter: W,
) -> Cache<Key, Value, W> {
    let options = OptionsBuilder::new()
        .estimated_items_capacity(entries)
        .weight_capacity(capacity)
        .hot_allocation(0.5)
        .ghost_allocation(0.0)
        .build();
    match options {
        Ok(options) => Cache::with_options(
            options,
            weighter,
            DefaultHashBuilder::default(),
            DefaultLifecycle::default(),
        ),
        // Where a capacity is missing, and none is.
        Err(_) => Cache::with_weighter(entries, capacity, weighter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From 1 to 50.
    #[derive(Clone)]
    struct ByKey;

    impl Weighter<u64, ()> for ByKey {
        fn weight(&self, key: &u64, _value: &()) -> u64 {
            key * 7 % 50 + 1
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_new_is_cached_and_all_of_it_weighs_no_more_than_it_may(
            steps in proptest::collection::vec((0_u64..50, proptest::bool::ANY), 0..400),
        ) {
            let mut cache = half_for_new(16, 100, ByKey);
            for (key, is_inserted) in steps {
                if is_inserted {
                    cache.insert(key, ());
                    proptest::prop_assert!(cache.contains_key(&key));
                } else {
                    cache.get(&key);
                }
                let all: u64 = cache.iter().map(|(key, ())| ByKey.weight(key, &())).sum();
                proptest::prop_assert!(all <= 100 && all == cache.weight());
            }
        }
    }
}
