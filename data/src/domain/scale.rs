//! Status scales: the vocabularies in which implementation is assessed.
//!
//! A scale is data, because every organisation has its own; the three that the field uses most are
//! built in and stored in the database like any other. Exactly one status of a scale means "nobody
//! has assessed this": it never counts into the base of a percentage.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A mark that tells statuses apart without colour.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A disc with a tick.
    Full,
    /// A ring with a dot.
    ThreeQuarters,
    /// A half disc.
    Half,
    /// A square.
    Ring,
    /// A dashed square.
    Dotted,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 5] = [
        Self::Full,
        Self::ThreeQuarters,
        Self::Half,
        Self::Ring,
        Self::Dotted,
    ];

    /// The code in the database and in CSS class names.
    pub fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ThreeQuarters => "three-quarters",
            Self::Half => "half",
            Self::Ring => "ring",
            Self::Dotted => "dotted",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.code() == code)
    }
}

/// One answer of a scale.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Status {
    /// The code in addresses and files, such as `partially_implemented`.
    pub code: String,
    /// What people read.
    pub label: String,
    /// When to choose it.
    pub definition: String,
    /// Whether it enters the base of percentages.
    pub counts_as_assessed: bool,
    /// From 0 (not) to 1 (fully), where the scale gives one.
    pub score: Option<f64>,
    /// The colour token of `style/tokens.css`, without its `--status-` prefix.
    pub colour: String,
    /// The mark shown with it.
    pub shape: Shape,
    /// Cases in which it was chosen, for whoever is in doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examples: Option<String>,
    /// The label in other languages, by their BCP 47 code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
}

impl Status {
    /// The colour tokens there are, from done to not assessed.
    pub const COLOURS: [&str; 5] = ["full", "process", "partial", "none", "unassessed"];
}

/// An ordered list of statuses, from best to worst, the unassessed one last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Scale {
    /// Its row in the database.
    #[serde(skip)]
    pub id: i64,
    /// Its code, such as `bhc-2023`.
    pub code: String,
    /// What people read.
    pub name: String,
    /// Counts up when a scale in use is changed.
    pub version: i32,
    /// The statuses in order.
    pub statuses: Vec<Status>,
}

/// What makes a list of statuses unfit to be a scale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScaleFault {
    /// Two statuses have the same code.
    RepeatedCode,
    /// Not exactly one status is "not assessed".
    UnassessedStatuses(usize),
    /// The status that means "not assessed" is not the last, or there is no other.
    Order,
    /// A score is outside 0 to 1, or the unassessed status has one.
    Score,
}

impl Scale {
    /// Checks what every count relies on.
    pub fn check(&self) -> Result<(), ScaleFault> {
        let mut codes: Vec<_> = self.statuses.iter().map(|status| &status.code).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.len() != self.statuses.len() {
            return Err(ScaleFault::RepeatedCode);
        }
        let unassessed = self
            .statuses
            .iter()
            .filter(|status| !status.counts_as_assessed)
            .count();
        if unassessed != 1 {
            return Err(ScaleFault::UnassessedStatuses(unassessed));
        }
        // The first status is the best one: sentences and lists rely on it.
        if self.statuses.len() < 2 || self.unassessed() + 1 != self.statuses.len() {
            return Err(ScaleFault::Order);
        }
        let fits = |status: &Status| match status.score {
            Some(score) => status.counts_as_assessed && (0.0..=1.0).contains(&score),
            None => true,
        };
        if self.statuses.iter().all(fits) {
            Ok(())
        } else {
            Err(ScaleFault::Score)
        }
    }

    /// The status of that code.
    pub fn status(&self, code: &str) -> Option<&Status> {
        self.statuses.iter().find(|status| status.code == code)
    }

    /// The place of a status in the scale; anything unknown is in the unassessed status' place.
    pub fn place(&self, code: &str) -> usize {
        self.statuses
            .iter()
            .position(|status| status.code == code)
            .unwrap_or_else(|| self.unassessed())
    }

    /// The place of the status that means "not assessed".
    pub fn unassessed(&self) -> usize {
        self.statuses
            .iter()
            .position(|status| !status.counts_as_assessed)
            .unwrap_or(0)
    }

    /// The scales that ship: the Belarusian Helsinki Committee's two and UPR Info's three levels.
    pub fn built_in() -> Vec<Self> {
        let implemented = (
            "implemented",
            "Implemented",
            "Done in full, in law and in practice.",
        );
        let in_process = (
            "in_process",
            "In process of implementation",
            "Measures have begun that can lead to full implementation.",
        );
        let partially = (
            "partially_implemented",
            "Partially implemented",
            "Some of what was recommended is done, or it is done only in law or only in practice.",
        );
        let not = (
            "not_implemented",
            "Not implemented",
            "Nothing was done, or the opposite was done.",
        );
        let not_assessed = (
            "not_assessed",
            "Not assessed",
            "There was not enough information to judge.",
        );
        let full = |text, score| status(text, Some(score), "full", Shape::Full);
        let half = |text, score| status(text, Some(score), "partial", Shape::Half);
        let ring = |text, score| status(text, Some(score), "none", Shape::Ring);
        let dotted = || status(not_assessed, None, "unassessed", Shape::Dotted);
        vec![
            scale(
                "bhc-2023",
                "Belarusian Helsinki Committee, 2023",
                vec![
                    full(implemented, 1.0),
                    status(in_process, None, "process", Shape::ThreeQuarters),
                    half(partially, 0.5),
                    ring(not, 0.0),
                    dotted(),
                ],
            ),
            scale(
                "bhc-later",
                "Belarusian coalition, later report",
                vec![
                    full(implemented, 1.0),
                    half(partially, 0.5),
                    ring(not, 0.0),
                    dotted(),
                ],
            ),
            scale(
                "upr-info",
                "UPR Info, three levels",
                vec![
                    full(
                        ("fully_implemented", "Fully implemented", implemented.2),
                        1.0,
                    ),
                    half(partially, 0.5),
                    ring(not, 0.0),
                    dotted(),
                ],
            ),
        ]
    }
}

fn scale(code: &str, name: &str, statuses: Vec<Status>) -> Scale {
    Scale {
        id: 0,
        code: code.to_owned(),
        name: name.to_owned(),
        version: 1,
        statuses,
    }
}

fn status(
    (code, label, definition): (&str, &str, &str),
    score: Option<f64>,
    colour: &str,
    shape: Shape,
) -> Status {
    Status {
        code: code.to_owned(),
        label: label.to_owned(),
        definition: definition.to_owned(),
        counts_as_assessed: shape != Shape::Dotted,
        score,
        colour: colour.to_owned(),
        shape,
        examples: None,
        labels: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_scales_are_sound() {
        for scale in Scale::built_in() {
            assert_eq!(scale.check(), Ok(()), "{}", scale.code);
        }
    }

    #[test]
    fn faults_are_named() {
        let mut scale = Scale::built_in().remove(1);
        scale.statuses[0].code = scale.statuses[1].code.clone();
        assert_eq!(scale.check(), Err(ScaleFault::RepeatedCode));
        let mut scale = Scale::built_in().remove(1);
        scale.statuses.pop();
        assert_eq!(scale.check(), Err(ScaleFault::UnassessedStatuses(0)));
        let mut scale = Scale::built_in().remove(1);
        scale.statuses.rotate_right(1);
        assert_eq!(scale.check(), Err(ScaleFault::Order));
        let mut scale = Scale::built_in().remove(1);
        scale.statuses[0].score = Some(1.5);
        assert_eq!(scale.check(), Err(ScaleFault::Score));
    }
}
