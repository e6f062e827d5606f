//! The properties by which recommendations are filtered, counted beside a filter, and broken down:
//! one list for all three, so that they can never mean different things.

use super::{ActionCategory, Listed, PositionClass, RegionalGroup, Scheme, StateCode};
use serde::{Deserialize, Serialize};

/// A property of a recommendation (in a round) that has one or several values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Dimension {
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
}

impl Dimension {
    /// Every dimension, in the order in which filters are offered.
    pub const ALL: [Self; 9] = [
        Self::Status,
        Self::Position,
        Self::RecommendingState,
        Self::RegionalGroup,
        Self::Term(Scheme::Issue),
        Self::Term(Scheme::Theme),
        Self::Term(Scheme::AffectedPersons),
        Self::Term(Scheme::Sdg),
        Self::ActionCategory,
    ];

    /// The name in addresses.
    pub fn param(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Position => "position",
            Self::RecommendingState => "recommending",
            Self::RegionalGroup => "group",
            Self::Term(Scheme::Issue) => "issue",
            Self::Term(Scheme::Theme) => "theme",
            Self::Term(Scheme::AffectedPersons) => "persons",
            Self::Term(Scheme::Sdg) => "sdg",
            Self::ActionCategory => "action",
        }
    }

    /// The dimension of that [`param`](Self::param).
    pub fn from_param(param: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|dimension| dimension.param() == param)
    }

    /// Whether one recommendation can have several values, so that the parts of a breakdown may add
    /// up to more than its total.
    pub fn overlaps(self) -> bool {
        matches!(
            self,
            Self::RecommendingState | Self::RegionalGroup | Self::Term(_)
        )
    }

    /// The values of one recommendation, each once, as written in addresses. Empty: it has none.
    pub fn values(self, listed: &Listed<'_>) -> Vec<String> {
        let recommendation = listed.recommendation;
        match self {
            Self::Status => listed
                .status
                .iter()
                .map(|(_, status)| status.code.clone())
                .collect(),
            Self::Position => vec![recommendation.position().code().to_owned()],
            Self::RecommendingState => recommendation
                .recommending
                .iter()
                .map(|state| state.as_str().to_owned())
                .collect(),
            Self::RegionalGroup => {
                let mut groups: Vec<_> = recommendation
                    .recommending
                    .iter()
                    .filter_map(|state| state.group())
                    .collect();
                groups.sort_unstable();
                groups.dedup();
                groups
                    .into_iter()
                    .map(|group| group.code().to_owned())
                    .collect()
            }
            Self::Term(scheme) => {
                let mut terms: Vec<String> =
                    recommendation.terms_of(scheme).map(str::to_owned).collect();
                terms.sort_unstable();
                terms.dedup();
                terms
            }
            Self::ActionCategory => recommendation
                .action_category
                .iter()
                .map(|category| category.number().to_string())
                .collect(),
        }
    }

    /// A value as typed in an address, in its canonical form; none where there is no such value.
    /// Statuses and terms are open lists, so any text passes there.
    pub fn canonical(self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        match self {
            Self::Status | Self::Term(_) => Some(typed.to_owned()),
            Self::Position => PositionClass::parse(typed).map(|class| class.code().to_owned()),
            Self::RecommendingState => super::states::resolve(typed)
                .ok()
                .map(|state: StateCode| state.as_str().to_owned()),
            Self::RegionalGroup => RegionalGroup::parse(typed).map(|group| group.code().to_owned()),
            Self::ActionCategory => {
                ActionCategory::parse(typed).map(|category| category.number().to_string())
            }
        }
    }
}
