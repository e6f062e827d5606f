//! The rows of a matrix as they are in its file, so that the matrix can be handed back in the same order.

use super::Row;

/// What a row of a matrix is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DocumentRowKind {
    /// The row of headings.
    Headings,
    /// A heading over the rows below it: "Theme: Freedom of expression".
    Theme,
    /// A recommendation, whether or not it can be taken.
    Recommendation,
    /// Anything else: a note, a title above the headings, the rest of a row that goes on after a page break.
    Other,
}

impl DocumentRowKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Headings,
        Self::Theme,
        Self::Recommendation,
        Self::Other,
    ];

    /// The code in the database and in the keys of texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Headings => "headings",
            Self::Theme => "theme",
            Self::Recommendation => "recommendation",
            Self::Other => "other",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A row of a matrix as it is in its file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentRow {
    /// Its number in the file.
    pub row: Row,
    /// What it is.
    pub kind: DocumentRowKind,
    /// Its cells, with line breaks and everything else as they were read.
    pub cells: Vec<String>,
}
