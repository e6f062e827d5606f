//! Numbers that look random and are the same for the same seed, on every machine.

/// splitmix64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`; 0 where that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// So many times in a thousand.
    pub(crate) fn chance(&mut self, of_thousand: usize) -> bool {
        self.below(1_000) < of_thousand
    }

    /// Below `end`, small numbers far more often than large ones, as words and States are distributed.
    pub(crate) fn skewed(&mut self, end: usize) -> usize {
        // The product of three: the lower half comes up nine times in ten.
        let scale = 1 << 12;
        let part = self.below(scale) * self.below(scale) / scale * self.below(scale) / scale;
        part * end / scale
    }

    /// One of them, the first ones more often; none of none.
    pub(crate) fn skewed_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.skewed(all.len()))
    }

    /// One of them; none of none.
    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}
