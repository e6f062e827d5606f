//! Cycles and sessions of the Working Group.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A cycle of the review: 1 to 4 so far.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Cycle(u8);

impl Cycle {
    /// Every cycle that has begun.
    pub const ALL: [Self; 4] = [Self(1), Self(2), Self(3), Self(4)];

    /// The cycle of that number, if there is one.
    pub fn new(number: u8) -> Option<Self> {
        (1..=4).contains(&number).then_some(Self(number))
    }

    /// Its number, 1 to 4.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The cycle that a session of the Working Group belongs to: 1-12, 13-26, 27-40, 41-54.
    pub fn of_session(session: u8) -> Option<Self> {
        match session {
            1..=12 => Some(Self(1)),
            13..=26 => Some(Self(2)),
            27..=40 => Some(Self(3)),
            41..=54 => Some(Self(4)),
            _ => None,
        }
    }

    /// The years of the cycle: its first session to its last, or to the beginning of the next cycle, as either is
    /// written.
    fn years(self) -> std::ops::RangeInclusive<u16> {
        match self.0 {
            1 => 2008..=2012,
            2 => 2012..=2017,
            3 => 2017..=2022,
            _ => 2022..=2027,
        }
    }

    /// The only cycle that these years may be of: the whole of them, or a part. Years of two cycles, such as 2019 to
    /// 2023, are of none; neither is a year in which one cycle ended and the next began.
    pub fn of_years(first: u16, last: u16) -> Option<Self> {
        let has = |cycle: &Self| {
            let years = cycle.years();
            first <= last && years.contains(&first) && years.contains(&last)
        };
        let mut cycles = Self::ALL.into_iter().filter(has);
        cycles.next().filter(|_| cycles.next().is_none())
    }

    /// Returns true if a review of the cycle may have been held in a year.
    pub fn has_year(self, year: u16) -> bool {
        self.years().contains(&year)
    }

    /// The cycle of the reports that a session of the Human Rights Council adopted: the session in symbols such as
    /// `A/HRC/43/15`. Sessions between two cycles adopted none.
    pub fn of_council_session(session: u8) -> Option<Self> {
        match session {
            8..=19 => Some(Self(1)),
            21..=34 => Some(Self(2)),
            36..=50 => Some(Self(3)),
            52..=66 => Some(Self(4)),
            _ => None,
        }
    }
}

impl TryFrom<u8> for Cycle {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("a cycle is 1, 2, 3 or 4")
    }
}

impl From<Cycle> for u8 {
    fn from(cycle: Cycle) -> Self {
        cycle.0
    }
}

impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The calendar year in which a session of the Working Group met.
pub fn year_of_session(session: u8) -> Option<u16> {
    Some(match session {
        1..=3 => 2008,
        4..=6 => 2009,
        7..=9 => 2010,
        10..=12 => 2011,
        13..=14 => 2012,
        15..=17 => 2013,
        18..=20 => 2014,
        21..=23 => 2015,
        24..=26 => 2016,
        27..=28 => 2017,
        29..=31 => 2018,
        32..=34 => 2019,
        35..=36 => 2020,
        37..=39 => 2021,
        40..=41 => 2022,
        42..=44 => 2023,
        45..=47 => 2024,
        48..=50 => 2025,
        51..=53 => 2026,
        54 => 2027,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_meet_in_their_years() {
        let known = [
            (1, 2008),
            (8, 2010),
            (12, 2011),
            (13, 2012),
            (14, 2012),
            (15, 2013),
        ];
        let later = [
            (22, 2015),
            (26, 2016),
            (27, 2017),
            (36, 2020),
            (40, 2022),
            (51, 2026),
        ];
        for (session, year) in known.into_iter().chain(later) {
            assert_eq!(year_of_session(session), Some(year), "session {session}");
        }
        assert_eq!(year_of_session(0), None);
        assert_eq!(year_of_session(55), None);
    }

    #[test]
    fn years_belong_to_one_cycle_or_to_none() {
        for (first, last, cycle) in [
            (2008, 2011, 1),
            (2008, 2012, 1),
            (2012, 2016, 2),
            (2012, 2017, 2),
            (2017, 2022, 3),
            (2017, 2021, 3),
            (2022, 2027, 4),
            (2019, 2019, 3),
        ] {
            assert_eq!(Cycle::of_years(first, last), Cycle::new(cycle));
        }
        for (first, last) in [
            (2019, 2023),
            (2012, 2012),
            (2022, 2022),
            (2022, 2017),
            (2005, 2010),
            (2026, 2030),
        ] {
            assert_eq!(Cycle::of_years(first, last), None, "{first} to {last}");
        }
    }

    #[test]
    fn sessions_belong_to_cycles() {
        assert_eq!(Cycle::of_session(12), Cycle::new(1));
        assert_eq!(Cycle::of_session(13), Cycle::new(2));
        assert_eq!(Cycle::of_session(40), Cycle::new(3));
        assert_eq!(Cycle::of_session(41), Cycle::new(4));
        assert_eq!(Cycle::of_session(99), None);
    }
}
