//! What kind of action a recommendation asks for.

use serde::{Deserialize, Serialize};

/// Action category after McMahon, as UPR Info records it: from 1 (minimal) to 5 (specific).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct ActionCategory(u8);

impl ActionCategory {
    /// Minimal, continuing, considering, general and specific action.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The category of that number, 1 to 5.
    pub fn new(number: u8) -> Option<Self> {
        (1..=5).contains(&number).then_some(Self(number))
    }

    /// Reads `1` to `5`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::new(text.trim().parse().ok()?)
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for ActionCategory {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("an action category is 1, 2, 3, 4 or 5")
    }
}

impl From<ActionCategory> for u8 {
    fn from(category: ActionCategory) -> Self {
        category.0
    }
}
