//! Positions as the series of a chart, and as the columns of a table: the classes that they are counted
//! in, each with its label, its mark and the list that it counts.

use super::lists::OfSeries;
use super::series::{Role, Series, scale_of};
use crate::t;
use crate::text::translations;
use data::domain::{AnswerClasses, Answers, Dimension, PositionClass, Scale, Shape};

/// The classes that some positions are counted in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PositionGroups {
    pub(crate) classes: AnswerClasses,
    groups: Vec<PositionClass>,
}

impl PositionGroups {
    /// The classes of what is counted there. "Supported" and "noted" are always among them; any other
    /// class only if something is counted in it, because a column of zeros says nothing.
    pub(crate) fn of<'a>(
        classes: AnswerClasses,
        counted: impl IntoIterator<Item = &'a Answers>,
    ) -> Self {
        let mut all = Answers::default();
        for answers in counted {
            all += *answers;
        }
        let mut groups = classes.all();
        groups.retain(|group| {
            matches!(group, PositionClass::Supported | PositionClass::Noted)
                || all.counted_as(*group, classes) > 0
        });
        Self { classes, groups }
    }

    /// The classes, those that are no answer last.
    pub(crate) fn iter(&self) -> impl Iterator<Item = PositionClass> + '_ {
        self.groups.iter().copied()
    }

    /// How many positions are counted in a class.
    pub(crate) fn count(&self, group: PositionClass, answers: &Answers) -> u64 {
        answers.counted_as(group, self.classes)
    }

    /// How many are counted in each class.
    pub(crate) fn counts(&self, answers: &Answers) -> Vec<u64> {
        self.iter()
            .map(|group| self.count(group, answers))
            .collect()
    }

    /// What narrows a list to a class.
    pub(crate) fn list_of(&self, group: PositionClass) -> (Dimension, Vec<String>) {
        of_positions(&self.classes.members(group))
    }

    /// What narrows a list to each class.
    pub(crate) fn lists(&self) -> Vec<OfSeries> {
        self.iter().map(|group| Some(self.list_of(group))).collect()
    }

    /// The place of the class that a position is counted in.
    pub(crate) fn place(&self, class: PositionClass) -> Option<usize> {
        let group = class.counted_as(self.classes);
        self.groups.iter().position(|one| *one == group)
    }

    /// The classes as series of a chart.
    pub(crate) fn series(&self) -> Vec<Series> {
        self.iter().map(Series::of_position).collect()
    }

    /// The classes as a scale, so that what shows statuses shows them.
    pub(crate) fn scale(&self) -> Scale {
        scale_of(self.series())
    }
}

impl Series {
    /// A position: what enjoys support is measured, out of what is answered.
    fn of_position(class: PositionClass) -> Self {
        let (colour, shape) = match class {
            PositionClass::Supported => ("supported", Shape::Full),
            PositionClass::SupportedAsImplemented => ("as-implemented", Shape::ThreeQuarters),
            PositionClass::PartiallySupported => ("partly-supported", Shape::Half),
            PositionClass::Noted => ("noted", Shape::Ring),
            PositionClass::Pending => ("unassessed", Shape::Dotted),
            PositionClass::Unknown => ("no-round", Shape::Full),
        };
        Self {
            code: class.code().to_owned(),
            label: translations::position(class),
            colour: colour.to_owned(),
            shape,
            role: if class.enjoys_support() {
                Role::Measured
            } else if class.is_answered() {
                Role::InBase
            } else {
                Role::Outside
            },
        }
    }
}

/// What narrows a list to positions.
pub(crate) fn of_positions(classes: &[PositionClass]) -> (Dimension, Vec<String>) {
    let codes = classes.iter().map(|class| class.code().to_owned());
    (Dimension::Position, codes.collect())
}

/// What narrows a list to what enjoys support.
pub(crate) fn supported() -> (Dimension, Vec<String>) {
    of_positions(&AnswerClasses::Official.members(PositionClass::Supported))
}

/// In which classes positions are counted, in a sentence.
pub(crate) fn in_words(classes: AnswerClasses) -> String {
    match classes {
        AnswerClasses::Three => t!("classes-said-three"),
        AnswerClasses::Official => t!("classes-said-official"),
        AnswerClasses::Recorded => t!("classes-said-recorded"),
    }
}
