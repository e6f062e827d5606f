//! How the statuses of one scale are read in the words of another.
//!
//! Two rounds can only be compared status by status if it is said which status of the one is which of
//! the other. Nothing is guessed: equal codes are equal, else equal scores are; whatever is left has no
//! counterpart until a person names one, and the mapping is shown with every figure that rests on it.

use super::Scale;

/// Why a status has its counterpart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mapped {
    /// Both scales have the code.
    SameCode,
    /// Both scales give it the same score, and no other status of theirs has it.
    SameScore,
    /// Both mean that nobody has assessed it.
    Unassessed,
    /// A person said so.
    Chosen,
}

/// For each status of one scale its counterpart in another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScaleMapping {
    counterparts: Vec<Option<(usize, Mapped)>>,
}

impl ScaleMapping {
    /// The mapping of `from`'s statuses into `to`. `chosen` names counterparts by their codes, the first
    /// from `from`; what it names wrongly is left out.
    pub fn new(from: &Scale, to: &Scale, chosen: &[(String, String)]) -> Self {
        let place_of = |scale: &Scale, code: &str| {
            scale.statuses.iter().position(|status| status.code == code)
        };
        let counterparts = from
            .statuses
            .iter()
            .map(|status| {
                let by_choice = chosen
                    .iter()
                    .filter(|(code, _)| *code == status.code)
                    .find_map(|(_, other)| place_of(to, other))
                    // What nobody assessed cannot have been assessed.
                    .filter(|place| {
                        to.statuses.get(*place).is_some_and(|other| {
                            other.counts_as_assessed == status.counts_as_assessed
                        })
                    });
                if let Some(place) = by_choice {
                    return Some((place, Mapped::Chosen));
                }
                if !status.counts_as_assessed {
                    let why = match to.statuses.get(to.unassessed()) {
                        Some(other) if other.code == status.code => Mapped::SameCode,
                        _ => Mapped::Unassessed,
                    };
                    return Some((to.unassessed(), why));
                }
                if let Some(place) = place_of(to, &status.code) {
                    return Some((place, Mapped::SameCode));
                }
                // Only where the score tells it from every other status of both.
                let score = status.score?;
                only_of_score(from, score)?;
                let place = only_of_score(to, score)?;
                let taken = from
                    .statuses
                    .iter()
                    .any(|other| to.statuses.get(place).is_some_and(|s| s.code == other.code));
                (!taken).then_some((place, Mapped::SameScore))
            })
            .collect();
        Self { counterparts }
    }

    /// The place in the other scale of the status at that place, and why.
    pub fn counterpart(&self, place: usize) -> Option<(usize, Mapped)> {
        self.counterparts.get(place).copied().flatten()
    }

    /// Whether every status has its counterpart by its code and in its place: the scales say the same.
    pub fn is_identity(&self) -> bool {
        self.counterparts.iter().enumerate().all(
            |(place, counterpart)| matches!(counterpart, Some((other, Mapped::SameCode)) if *other == place),
        )
    }
}

/// The place of the one status of that score.
fn only_of_score(scale: &Scale, score: f64) -> Option<usize> {
    let mut places = scale.statuses.iter().enumerate().filter(|(_, status)| {
        status
            .score
            .is_some_and(|other| (other - score).abs() < f64::EPSILON)
    });
    let (place, _) = places.next()?;
    places.next().is_none().then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in() -> [Scale; 3] {
        Scale::built_in().try_into().unwrap()
    }

    #[test]
    fn a_scale_is_its_own_mapping() {
        for scale in built_in() {
            assert!(ScaleMapping::new(&scale, &scale, &[]).is_identity());
        }
    }

    #[test]
    fn codes_come_before_scores_and_the_rest_is_open() {
        let [five, four, upr_info] = built_in();
        let mapping = ScaleMapping::new(&five, &four, &[]);
        let places: Vec<_> = (0..5)
            .map(|place| mapping.counterpart(place).map(|(to, _)| to))
            .collect();
        assert_eq!(places, [Some(0), None, Some(1), Some(2), Some(3)]);
        let mapping = ScaleMapping::new(&upr_info, &four, &[]);
        assert_eq!(mapping.counterpart(0), Some((0, Mapped::SameScore)));
        assert_eq!(mapping.counterpart(1), Some((1, Mapped::SameCode)));
    }

    #[test]
    fn a_person_may_say_what_is_left_but_not_that_nothing_was_assessed() {
        let [five, four, _] = built_in();
        let pair = |from: &str, to: &str| vec![(from.to_owned(), to.to_owned())];
        let mapping = ScaleMapping::new(&five, &four, &pair("in_process", "partially_implemented"));
        assert_eq!(mapping.counterpart(1), Some((1, Mapped::Chosen)));
        for wrong in [
            pair("in_process", "not_assessed"),
            pair("in_process", "nonsense"),
            pair("nonsense", "implemented"),
        ] {
            assert_eq!(ScaleMapping::new(&five, &four, &wrong).counterpart(1), None);
        }
    }
}
