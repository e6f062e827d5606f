//! Statuses of different scales as one outcome, so that rounds of different organisations can stand in
//! one figure.
//!
//! Every scale goes from best to worst. Its first status is the best there is and its last assessed one
//! the worst; whatever lies between is in between. Nothing finer holds for all scales.

use super::Scale;
use serde::{Deserialize, Serialize};

/// What became of a recommendation, in the words that every scale can be said in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// In the scale's best status.
    Best,
    /// In a status between the best and the worst.
    Between,
    /// In the scale's worst status.
    Worst,
    /// Its round has not assessed it.
    NotAssessed,
    /// No round whose statuses are seen is about it, because its review has none or because it came in
    /// after that round was published: nobody has said anything, which is not the same.
    NoRound,
}

impl Outcome {
    /// Every outcome, the best first.
    pub const ALL: [Self; 5] = [
        Self::Best,
        Self::Between,
        Self::Worst,
        Self::NotAssessed,
        Self::NoRound,
    ];

    /// Whether it is in the base of percentages.
    pub fn is_assessed(self) -> bool {
        !matches!(self, Self::NotAssessed | Self::NoRound)
    }

    /// The code in addresses and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Between => "between",
            Self::Worst => "worst",
            Self::NotAssessed => "not-assessed",
            Self::NoRound => "no-round",
        }
    }

    /// The outcome of the status at that place of a scale.
    pub fn of(scale: &Scale, place: usize) -> Self {
        let unassessed = scale.unassessed();
        if place == 0 && unassessed > 0 {
            Self::Best
        } else if place >= unassessed {
            Self::NotAssessed
        } else if place + 1 == unassessed {
            Self::Worst
        } else {
            Self::Between
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_scales_have_every_outcome() {
        use Outcome::{Best, Between, NotAssessed, Worst};
        let of = |scale: &Scale| -> Vec<Outcome> {
            (0..scale.statuses.len())
                .map(|place| Outcome::of(scale, place))
                .collect()
        };
        let [five, four, upr_info]: [Scale; 3] = Scale::built_in().try_into().unwrap();
        assert_eq!(of(&five), [Best, Between, Between, Worst, NotAssessed]);
        assert_eq!(of(&four), [Best, Between, Worst, NotAssessed]);
        assert_eq!(of(&upr_info), [Best, Between, Worst, NotAssessed]);
        assert_eq!(Outcome::of(&four, 9), NotAssessed);
    }
}
