//! What the cells of our own table hold, taken apart: the counterpart of the writers' cells.

use crate::exchange::read::values::cells::without_bullet;

/// The claim behind a position: `Supported | A/HRC/43/15/Add.1 | 3 | 2020-03-01`, or a document's
/// symbol alone.
#[derive(Default)]
pub(crate) struct Claim {
    /// The State's words.
    pub(crate) raw: Option<String>,
    /// The document.
    pub(crate) source: Option<String>,
    /// Its paragraph.
    pub(crate) paragraph: Option<String>,
    /// The day.
    pub(crate) date: Option<String>,
}

impl Claim {
    /// Takes a cell apart.
    pub(crate) fn parse(cell: &str) -> Self {
        if !cell.contains('|') && cell.starts_with("A/") {
            return Self {
                source: Some(cell.to_owned()),
                ..Self::default()
            };
        }
        let mut parts = cell.split('|').map(|part| {
            let part = part.trim();
            (!part.is_empty()).then(|| part.to_owned())
        });
        let mut next = || parts.next().flatten();
        Self {
            raw: next(),
            source: next(),
            paragraph: next(),
            date: next(),
        }
    }
}

/// The values of a cell: on a line each, perhaps with bullets, or separated by semicolons.
pub(crate) fn values(cell: &str) -> Vec<String> {
    let in_lines = cell.contains('\n') || cell.starts_with("- ");
    let values: Vec<&str> = if in_lines {
        cell.lines().map(without_bullet).collect()
    } else {
        cell.split(';').collect()
    };
    values
        .into_iter()
        .map(|one| one.trim().to_owned())
        .filter(|one| !one.is_empty())
        .collect()
}
