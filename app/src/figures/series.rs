//! What recommendations are counted by, side by side.

use data::domain::{Scale, Shape, Status};
use std::collections::BTreeMap;

/// How a series counts in the figure beside a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// It is what is measured, and so in the base.
    Measured,
    /// It is in the base only.
    InBase,
    /// It is outside the base, unless everything received is the base.
    Outside,
}

/// What a line is counted by: a status of a scale, or a position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Series {
    pub(crate) code: String,
    pub(crate) label: String,
    /// A colour token of `style/tokens.css`, without its `--status-` prefix.
    pub(crate) colour: String,
    pub(crate) shape: Shape,
    pub(crate) role: Role,
}

impl Series {
    /// The statuses of a scale, of which the first is the best.
    pub(crate) fn of_scale(scale: &Scale) -> Vec<Self> {
        let statuses = scale.statuses.iter().enumerate();
        statuses
            .map(|(place, status)| Self {
                code: status.code.clone(),
                label: status.label.clone(),
                colour: status.colour.clone(),
                shape: status.shape,
                role: match (status.counts_as_assessed, place) {
                    (false, _) => Role::Outside,
                    (true, 0) => Role::Measured,
                    (true, _) => Role::InBase,
                },
            })
            .collect()
    }
}

/// The series as a scale, for what counts and shows statuses.
pub(crate) fn scale_of(series: Vec<Series>) -> Scale {
    let statuses = series.into_iter().map(|series| Status {
        code: series.code,
        label: series.label,
        definition: String::new(),
        counts_as_assessed: series.role != Role::Outside,
        score: None,
        colour: series.colour,
        shape: series.shape,
        examples: None,
        labels: BTreeMap::new(),
    });
    Scale {
        id: 0,
        code: String::new(),
        name: String::new(),
        version: 1,
        statuses: statuses.collect(),
    }
}
