//! What the cells of our own table hold, taken apart: the counterpart of the writers' cells.

use crate::domain::PositionClass::Unknown;
use crate::domain::SourceKind;
use crate::exchange::read::values::cells::without_bullet;
use crate::exchange::read::values::positions::position;

/// The claim behind a position: `Supported | A/HRC/43/15/Add.1 | 3 | 2020-03-01`, or a document's
/// symbol alone. Tables that other people made name any document.
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

/// How many parts a claim has.
const PARTS: usize = 4;

impl Claim {
    /// Takes a cell of our own files apart, where a cell without a document has the State's words. `None` if it has more
    /// parts than a claim.
    pub(crate) fn parse(cell: &str) -> Option<Self> {
        if !cell.contains('|') && cell.starts_with("A/") {
            return Some(Self::of_source(cell));
        }
        let parts: Vec<&str> = cell.split('|').map(str::trim).collect();
        let further = parts.get(PARTS..).unwrap_or_default();
        if further.iter().any(|part| !part.is_empty()) {
            return None;
        }
        let part = |at: usize| {
            let part = parts.get(at).filter(|part| !part.is_empty());
            part.map(|part| (*part).to_owned())
        };
        Some(Self {
            raw: part(0),
            source: part(1),
            paragraph: part(2),
            date: part(3),
        })
    }

    /// Takes a cell of somebody else's table apart, whose column has the documents of positions. It has the parts of a
    /// claim only where it is written as one; `has_words` is true where the State's words have a column of their own.
    pub(crate) fn of_others(cell: &str, has_words: bool) -> Option<Self> {
        let is_position = |text: &str| position(text).is_some_and(|class| class != Unknown);
        let Some((first, rest)) = cell.split_once('|') else {
            let is_source = has_words || cell.is_empty() || !is_position(cell);
            return if is_source {
                Some(Self::of_source(cell))
            } else {
                Self::parse(cell)
            };
        };
        let (first, second) = (first.trim(), rest.split('|').next().unwrap_or_default());
        let is_known = !matches!(
            SourceKind::of(second),
            SourceKind::Unnamed | SourceKind::Document
        );
        let is_claim = first.is_empty()
            || is_position(first)
            || is_known
            || second.trim_start().starts_with("A/");
        if is_claim {
            Self::parse(cell)
        } else {
            Some(Self::of_source(cell))
        }
    }

    fn of_source(cell: &str) -> Self {
        Self {
            source: Some(cell.to_owned()).filter(|cell| !cell.is_empty()),
            ..Self::default()
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
