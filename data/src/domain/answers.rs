//! The positions of a set of recommendations, counted.

use super::{AnswerClasses, PositionClass};

/// How many recommendations a State answered in which way.
///
/// Its parts add up: received = answered + pending + unknown, and answered = supported + partially
/// supported + noted, whichever classes they are counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Answers {
    // A field for each class, because a place in a list would change its meaning with the list's order.
    supported: u64,
    supported_as_implemented: u64,
    partially_supported: u64,
    noted: u64,
    pending: u64,
    unknown: u64,
}

/// A count with the base of its percentage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Out of how many.
    pub base: u64,
}

impl Share {
    /// Bases below this have no percentage: one recommendation more or less would change it too much.
    pub const SMALL: u64 = 10;

    /// The share, 0 to 1; `None` if the base is below [`Share::SMALL`].
    #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
    pub fn ratio(self) -> Option<f64> {
        (self.base >= Self::SMALL).then(|| self.count as f64 / self.base as f64)
    }
}

impl Answers {
    /// Counts a position so many times.
    pub fn add(&mut self, class: PositionClass, weight: u64) {
        *match class {
            PositionClass::Supported => &mut self.supported,
            PositionClass::SupportedAsImplemented => &mut self.supported_as_implemented,
            PositionClass::PartiallySupported => &mut self.partially_supported,
            PositionClass::Noted => &mut self.noted,
            PositionClass::Pending => &mut self.pending,
            PositionClass::Unknown => &mut self.unknown,
        } += weight;
    }

    /// The count of a position as it is recorded.
    pub fn of(&self, class: PositionClass) -> u64 {
        match class {
            PositionClass::Supported => self.supported,
            PositionClass::SupportedAsImplemented => self.supported_as_implemented,
            PositionClass::PartiallySupported => self.partially_supported,
            PositionClass::Noted => self.noted,
            PositionClass::Pending => self.pending,
            PositionClass::Unknown => self.unknown,
        }
    }

    /// The count of a class, counted in these classes.
    pub fn counted_as(&self, class: PositionClass, classes: AnswerClasses) -> u64 {
        self.sum(|member| member.counted_as(classes) == class)
    }

    /// All.
    pub fn received(&self) -> u64 {
        self.sum(|_| true)
    }

    /// Those whose answer is known: the base of every share.
    pub fn answered(&self) -> u64 {
        self.sum(PositionClass::is_answered)
    }

    /// Those that enjoy the State's support, also as implemented already.
    pub fn supported(&self) -> u64 {
        self.sum(PositionClass::enjoys_support)
    }

    /// Those that the State supports in part; officially they are noted.
    pub fn partially_supported(&self) -> u64 {
        self.partially_supported
    }

    /// Those that the State noted, without the partially supported ones.
    pub fn noted(&self) -> u64 {
        self.noted
    }

    /// Those that the State is to answer later.
    pub fn pending(&self) -> u64 {
        self.pending
    }

    /// Those whose answer no source gives.
    pub fn unknown(&self) -> u64 {
        self.unknown
    }

    /// What is supported, out of the answered.
    pub fn supported_share(&self) -> Share {
        self.share(self.supported())
    }

    /// A count out of the answered.
    pub fn share(&self, count: u64) -> Share {
        Share {
            count,
            base: self.answered(),
        }
    }

    fn sum(&self, counts: impl Fn(PositionClass) -> bool) -> u64 {
        let classes = PositionClass::ALL.into_iter();
        classes
            .filter(|class| counts(*class))
            .map(|class| self.of(class))
            .sum()
    }
}

impl FromIterator<(PositionClass, u64)> for Answers {
    fn from_iter<T: IntoIterator<Item = (PositionClass, u64)>>(counts: T) -> Self {
        let mut answers = Self::default();
        for (class, count) in counts {
            answers.add(class, count);
        }
        answers
    }
}

impl std::ops::AddAssign for Answers {
    fn add_assign(&mut self, other: Self) {
        for class in PositionClass::ALL {
            self.add(class, other.of(class));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PositionClass::{
        Noted, PartiallySupported, Pending, Supported, SupportedAsImplemented, Unknown,
    };
    use proptest::prelude::*;

    /// A power of two of each, so that every sum says what it is of.
    const COUNTS: [(PositionClass, u64); 6] = [
        (Pending, 16),
        (SupportedAsImplemented, 2),
        (Unknown, 32),
        (Noted, 8),
        (Supported, 1),
        (PartiallySupported, 4),
    ];

    /// Every figure by its name: no order of the classes, here or in [`PositionClass::ALL`], changes any.
    #[test]
    fn figures_are_what_their_names_say() {
        for turn in 0..COUNTS.len() {
            let mut counts = COUNTS;
            counts.rotate_left(turn);
            let answers: Answers = counts.into_iter().collect();
            assert_eq!(answers.received(), 63);
            assert_eq!(answers.answered(), 15);
            assert_eq!(answers.supported(), 3);
            assert_eq!(answers.partially_supported(), 4);
            assert_eq!(answers.noted(), 8);
            assert_eq!(answers.pending(), 16);
            assert_eq!(answers.unknown(), 32);
            assert_eq!(answers.supported_share(), Share { count: 3, base: 15 });
            let counted = |classes: AnswerClasses| {
                let mut counted: Vec<(&str, u64)> = classes
                    .all()
                    .into_iter()
                    .map(|class| (class.code(), answers.counted_as(class, classes)))
                    .collect();
                counted.sort_unstable();
                counted
            };
            assert_eq!(
                counted(AnswerClasses::Three),
                [
                    ("noted", 8),
                    ("partially_supported", 4),
                    ("pending", 16),
                    ("supported", 3),
                    ("unknown", 32)
                ]
            );
            assert_eq!(
                counted(AnswerClasses::Official),
                [
                    ("noted", 12),
                    ("pending", 16),
                    ("supported", 3),
                    ("unknown", 32)
                ]
            );
            assert_eq!(
                counted(AnswerClasses::Recorded),
                [
                    ("noted", 8),
                    ("partially_supported", 4),
                    ("pending", 16),
                    ("supported", 1),
                    ("supported_as_implemented", 2),
                    ("unknown", 32)
                ]
            );
        }
    }

    #[test]
    fn classes_are_read_as_they_are_written() {
        for classes in AnswerClasses::ALL {
            assert_eq!(AnswerClasses::parse(classes.code()), Some(classes));
            // What is no answer comes last, and each position is counted in exactly one class.
            assert!(classes.all().is_sorted_by_key(|class| !class.is_answered()));
            let members: usize = classes
                .all()
                .into_iter()
                .map(|class| classes.members(class).len())
                .sum();
            assert_eq!(members, PositionClass::ALL.len());
        }
        assert_eq!(AnswerClasses::parse("two"), None);
    }

    proptest! {
        #[test]
        fn parts_add_up_to_what_was_received(
            counts in proptest::collection::vec(
                (proptest::sample::select(&PositionClass::ALL[..]), 0_u64..1_000),
                0..30,
            ),
        ) {
            let answers: Answers = counts.iter().copied().collect();
            let received: u64 = counts.iter().map(|(_, count)| count).sum();
            prop_assert_eq!(answers.received(), received);
            prop_assert_eq!(
                answers.answered() + answers.pending() + answers.unknown(),
                received
            );
            prop_assert_eq!(
                answers.supported() + answers.partially_supported() + answers.noted(),
                answers.answered()
            );
            for classes in AnswerClasses::ALL {
                let of = |answered: bool| -> u64 {
                    let all = classes.all().into_iter();
                    all.filter(|class| class.is_answered() == answered)
                        .map(|class| answers.counted_as(class, classes))
                        .sum()
                };
                prop_assert_eq!(of(true), answers.answered());
                prop_assert_eq!(of(false), answers.pending() + answers.unknown());
                for class in classes.all() {
                    let members = classes.members(class).into_iter();
                    let sum: u64 = members.map(|member| answers.of(member)).sum();
                    prop_assert_eq!(answers.counted_as(class, classes), sum);
                }
            }
            // Officially noted is all that is answered and not supported.
            let noted = answers.counted_as(Noted, AnswerClasses::Official);
            prop_assert_eq!(answers.supported() + noted, answers.answered());
            let mut twice = answers;
            twice += answers;
            prop_assert_eq!(twice.noted(), 2 * answers.noted());
            prop_assert_eq!(twice.received(), 2 * received);
        }
    }
}
