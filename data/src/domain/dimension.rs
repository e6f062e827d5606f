//! The properties by which recommendations are filtered, counted beside a filter, and broken down:
//! one list for all three, so that they can never mean different things.

use super::{ActionCategory, Cycle, Listed, PositionClass, RegionalGroup, Scheme, StateCode};
use serde::{Deserialize, Serialize};

/// A property of a recommendation (in a round) that has one or several values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Dimension {
    /// The State under review.
    State,
    /// The cycle.
    Cycle,
    /// The implementation status in the chosen round.
    Status,
    /// The response of the State under review.
    Position,
    /// The States that made it.
    RecommendingState,
    /// Their regional groups.
    RegionalGroup,
    /// What it is about, in one vocabulary.
    Term(Scheme),
    /// What kind of action it asks for.
    ActionCategory,
    /// The bodies that are to implement it.
    ResponsibleBody,
}

impl Dimension {
    /// Every dimension, in the order in which filters are offered.
    pub const ALL: [Self; 12] = [
        Self::State,
        Self::Cycle,
        Self::Status,
        Self::Position,
        Self::RecommendingState,
        Self::RegionalGroup,
        Self::Term(Scheme::Issue),
        Self::Term(Scheme::Theme),
        Self::Term(Scheme::AffectedPersons),
        Self::Term(Scheme::Sdg),
        Self::ActionCategory,
        Self::ResponsibleBody,
    ];

    /// The name in addresses.
    pub fn param(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Cycle => "cycle",
            Self::Status => "status",
            Self::Position => "position",
            Self::RecommendingState => "recommending",
            Self::RegionalGroup => "group",
            Self::Term(Scheme::Issue) => "issue",
            Self::Term(Scheme::Theme) => "theme",
            Self::Term(Scheme::AffectedPersons) => "persons",
            Self::Term(Scheme::Sdg) => "sdg",
            Self::ActionCategory => "action",
            Self::ResponsibleBody => "body",
        }
    }

    /// The dimension of that [`param`](Self::param).
    pub fn from_param(param: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|dimension| dimension.param() == param)
    }

    /// Its place in [`ALL`](Self::ALL).
    pub(crate) const fn place(self) -> usize {
        match self {
            Self::State => 0,
            Self::Cycle => 1,
            Self::Status => 2,
            Self::Position => 3,
            Self::RecommendingState => 4,
            Self::RegionalGroup => 5,
            Self::Term(Scheme::Issue) => 6,
            Self::Term(Scheme::Theme) => 7,
            Self::Term(Scheme::AffectedPersons) => 8,
            Self::Term(Scheme::Sdg) => 9,
            Self::ActionCategory => 10,
            Self::ResponsibleBody => 11,
        }
    }

    /// The place of a value in the order that the dimension has of its own; none where it has none, and
    /// of values that are not in it.
    pub fn place_of(self, value: &str) -> Option<(u32, u32)> {
        match self {
            Self::Position => PositionClass::parse(value)
                .and_then(|class| Some((u32::try_from(class as usize).ok()?, 0))),
            Self::Cycle | Self::ActionCategory => Some((value.parse().ok()?, 0)),
            Self::Term(Scheme::Sdg) => goal_and_target(value),
            _ => None,
        }
    }

    /// What a value is ordered by: its place, then its name without regard to capitals.
    pub(crate) fn sort_key(self, value: &str) -> (Option<(u32, u32)>, String) {
        let name = match self {
            Self::State | Self::RecommendingState => StateCode::parse(value).map(StateCode::name),
            _ => Some(value),
        };
        let name = name.unwrap_or_default().to_lowercase();
        (self.place_of(value), name)
    }

    /// Whether one recommendation can have several values, so that the parts of a breakdown may add
    /// up to more than its total.
    pub fn overlaps(self) -> bool {
        matches!(
            self,
            Self::RecommendingState | Self::RegionalGroup | Self::Term(_) | Self::ResponsibleBody
        )
    }

    /// The values of one recommendation, each once, as written in addresses. Empty: it has none.
    pub fn values(self, listed: &Listed<'_>) -> Vec<String> {
        let mut values = Vec::new();
        self.each(listed, |value| values.push(value.to_owned()));
        values
    }

    /// Calls `found` with each of the values of one recommendation once, in the order of the source.
    pub(crate) fn each(self, listed: &Listed<'_>, mut found: impl FnMut(&str)) {
        let recommendation = listed.recommendation;
        match self {
            Self::State => found(listed.review.state.as_str()),
            Self::Cycle => found(digit(listed.review.cycle.number())),
            Self::Status => {
                if let Some((_, status)) = listed.status {
                    found(&status.code);
                }
            }
            Self::Position => found(recommendation.position().code()),
            Self::RecommendingState => {
                let states = &recommendation.recommending;
                for state in states {
                    found(state.as_str());
                }
            }
            Self::RegionalGroup => {
                let groups = recommendation
                    .recommending
                    .iter()
                    .map(|state| state.group());
                for group in RegionalGroup::ALL {
                    if groups.clone().any(|one| one == Some(group)) {
                        found(group.code());
                    }
                }
            }
            Self::Term(scheme) => each_once(|| recommendation.terms_of(scheme), found),
            Self::ResponsibleBody => {
                let bodies = || recommendation.responsible_bodies.iter().map(String::as_str);
                each_once(bodies, found);
            }
            Self::ActionCategory => {
                if let Some(category) = recommendation.action_category {
                    found(digit(category.number()));
                }
            }
        }
    }

    /// A value as typed in an address, in its canonical form; none where there is no such value.
    /// Statuses, terms and responsible bodies are open lists, so any text passes there.
    pub fn canonical(self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        match self {
            Self::Status | Self::Term(_) | Self::ResponsibleBody => Some(typed.to_owned()),
            Self::Position => PositionClass::parse(typed).map(|class| class.code().to_owned()),
            Self::Cycle => (typed.parse().ok())
                .and_then(Cycle::new)
                .map(|cycle| cycle.to_string()),
            Self::State | Self::RecommendingState => super::states::resolve(typed)
                .ok()
                .map(|state: StateCode| state.as_str().to_owned()),
            Self::RegionalGroup => RegionalGroup::parse(typed).map(|group| group.code().to_owned()),
            Self::ActionCategory => {
                ActionCategory::parse(typed).map(|category| category.number().to_string())
            }
        }
    }
}

/// Calls `found` with each of the values once. A recommendation has few: a set of them would cost more.
fn each_once<'a, I: Iterator<Item = &'a str>>(values: impl Fn() -> I, mut found: impl FnMut(&str)) {
    for (place, value) in values().enumerate() {
        if !values().take(place).any(|before| before == value) {
            found(value);
        }
    }
}

/// "16 - ..." is a goal, "16.2 - ..." one of its targets, "16.a" one of its means, which stand behind.
fn goal_and_target(value: &str) -> Option<(u32, u32)> {
    let number = |text: &str| -> Option<u32> {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let value = value.trim_start_matches(|c: char| !c.is_ascii_digit());
    let rest = value.trim_start_matches(|c: char| c.is_ascii_digit());
    let target = rest.strip_prefix('.').map_or(0, |target| {
        let letter = || target.chars().next().map_or(0, |c| 1_000 + u32::from(c));
        number(target).unwrap_or_else(letter)
    });
    Some((number(value)?, target))
}

/// Cycles and action categories have one digit.
fn digit(number: u8) -> &'static str {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    DIGITS.get(usize::from(number)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Dimension;

    #[test]
    fn what_has_an_order_of_its_own_keeps_it() {
        let sorted = |dimension: Dimension, values: &[&str]| {
            let mut sorted = values.to_vec();
            sorted.sort_by_key(|value| dimension.place_of(value));
            sorted == values
        };
        let goals = [
            "2 - Zero hunger",
            "10.2 - Inclusion",
            "16 - Peace",
            "16.2 - End",
            "16.10 - Access",
            "16.a - Institutions",
            "17",
        ];
        assert!(sorted(Dimension::Term(super::Scheme::Sdg), &goals));
        assert!(sorted(Dimension::Cycle, &["1", "2", "3", "4"]));
        assert!(sorted(
            Dimension::Position,
            &["supported", "noted", "unknown"]
        ));
        assert_eq!(Dimension::State.place_of("BLR"), None);
        assert_eq!(Dimension::Term(super::Scheme::Issue).place_of("1"), None);
    }

    #[test]
    fn places_are_those_of_all() {
        for (place, dimension) in Dimension::ALL.into_iter().enumerate() {
            assert_eq!(dimension.place(), place, "{dimension:?}");
        }
    }
}
