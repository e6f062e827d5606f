//! Words of a State's reply beside its answers: those behind which numbers are references, and what several answers
//! say together.

use crate::domain::PositionClass::{self, PartiallySupported};

/// Words behind which numbers are no entries: "see No. 50.109".
pub(crate) const REFERENCES: [&str; 26] = [
    "see",
    "cf",
    "cf.",
    "refer to",
    "reference to",
    "response to",
    "reply to",
    "as in",
    "under",
    "article",
    "articles",
    "art.",
    "target",
    "goal",
    "voir",
    "véase",
    "véanse",
    "ver",
    "см.",
    "см",
    "انظر",
    "见",
    "参见",
    "section",
    "act no.",
    "law no.",
];

/// The one class of several answers to one recommendation: supported in part and noted in part is partial support.
pub(crate) fn together(classes: &[PositionClass]) -> Option<PositionClass> {
    let first = *classes.first()?;
    if classes.iter().all(|class| *class == first) {
        return Some(first);
    }
    let answers: Vec<PositionClass> = classes
        .iter()
        .copied()
        .filter(|class| class.is_answered())
        .collect();
    match answers.first() {
        Some(only) if answers.iter().all(|class| class == only) => Some(*only),
        _ => Some(PartiallySupported),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PositionClass::{Noted, Pending, Supported};

    #[test]
    fn several_answers_are_one() {
        assert_eq!(together(&[Supported, Noted]), Some(PartiallySupported));
        assert_eq!(together(&[Noted, Noted]), Some(Noted));
        assert_eq!(together(&[Pending, Noted]), Some(Noted));
    }
}
