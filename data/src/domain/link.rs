//! Recommendations that come again from cycle to cycle.

use super::{Paragraph, ReviewCode};
use serde::{Deserialize, Serialize};

/// A recommendation of an earlier review, by its public name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Earlier {
    /// The review.
    pub review: ReviewCode,
    /// Where it stands there.
    pub paragraph: Paragraph,
}

/// What a person decided about a recommendation and one of an earlier cycle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The later recommendation's row.
    pub recommendation: i64,
    /// The earlier one.
    pub earlier: Earlier,
    /// Whether the later one repeats the earlier one. Where it does not, it is not suggested again.
    pub repeats: bool,
}
