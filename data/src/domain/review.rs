//! The review of one State in one cycle.

use super::{Cycle, RecordedDate, StateCode};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Names a review: `BLR-3` is the third-cycle review of Belarus.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReviewCode {
    /// The State under review.
    pub state: StateCode,
    /// The cycle.
    pub cycle: Cycle,
}

impl ReviewCode {
    /// Reads `BLR-3`, in capitals or not.
    pub fn parse(text: &str) -> Option<Self> {
        let (state, cycle) = text.trim().split_once('-')?;
        let state = StateCode::parse(&state.to_ascii_uppercase())?;
        let cycle = Cycle::new(cycle.parse().ok()?)?;
        Some(Self { state, cycle })
    }
}

impl fmt::Display for ReviewCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.state.as_str(), self.cycle)
    }
}

impl TryFrom<String> for ReviewCode {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a review is a State's code and a cycle, such as BLR-3")
    }
}

impl From<ReviewCode> for String {
    fn from(code: ReviewCode) -> Self {
        code.to_string()
    }
}

/// The review of one State in one cycle, with the documents that hold it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Review {
    /// Its row in the database.
    #[serde(skip)]
    pub id: i64,
    /// State and cycle.
    pub code: ReviewCode,
    /// The session of the Working Group, 1 to 54.
    pub session: Option<u8>,
    /// The day of the interactive dialogue.
    pub date: Option<RecordedDate>,
    /// The Working Group's report, such as `A/HRC/46/5`.
    pub report_symbol: Option<String>,
    /// The State's reply, such as `A/HRC/46/5/Add.1`.
    pub addendum_symbol: Option<String>,
}
