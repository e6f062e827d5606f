//! What every reader makes of a file.

use crate::domain::{ActionCategory, Message, Paragraph, Position, ReviewCode, StateCode, Term};
use serde::{Deserialize, Serialize};

/// A file format that can be read, recognised from the content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// The export of the Universal Human Rights Index, 16 columns.
    UhriXlsx,
    /// OHCHR's matrix or thematic list of recommendations.
    OhchrMatrix,
    /// This program's own table, as text.
    OwnCsv,
    /// This program's own table, as a workbook.
    OwnXlsx,
}

impl Format {
    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::UhriXlsx => "uhri_xlsx",
            Self::OhchrMatrix => "ohchr_matrix",
            Self::OwnCsv => "own_csv",
            Self::OwnXlsx => "own_xlsx",
        }
    }
}

/// Where in a file something stands: the row of its table, counted from 1 with the heading, as a
/// spreadsheet shows it.
pub type Row = u32;

/// A recommendation as one file tells it. What the file does not say is empty, and an import leaves
/// that as it is.
#[derive(Clone, PartialEq, Debug)]
pub struct Incoming {
    /// Where it stands in the file.
    pub row: Row,
    /// The review it was made in.
    pub review: ReviewCode,
    /// The session of the Working Group.
    pub session: Option<u8>,
    /// The Working Group's report.
    pub report_symbol: Option<String>,
    /// Its paragraph.
    pub paragraph: Paragraph,
    /// The text, without paragraph number and recommending States.
    pub text: Option<String>,
    /// The language of the text, BCP 47.
    pub language: Option<String>,
    /// A summary; only our own files have one.
    pub summary: Option<String>,
    /// The States that made it, at least one, each once.
    pub recommending: Vec<StateCode>,
    /// What kind of action it asks for.
    pub action_category: Option<ActionCategory>,
    /// What it is about. Of each vocabulary either all terms or none.
    pub terms: Vec<Term>,
    /// The State's response, if the file has one.
    pub position: Option<Position>,
    /// Its identifier in the collection.
    pub source_id: Option<String>,
}

/// A row that cannot be taken, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rejected {
    /// Where it stands in the file.
    pub row: Row,
    /// The heading of the column at fault, if it is one column.
    pub column: Option<String>,
    /// What stands there, shortened to 200 characters.
    pub value: Option<String>,
    /// What is wrong with it and what would pass.
    pub reason: Message,
}

/// A whole file, read.
#[derive(Clone, PartialEq, Debug)]
pub struct ReadFile {
    /// What kind of file it is.
    pub format: Format,
    /// Its recommendations, in the order of the file.
    pub recommendations: Vec<Incoming>,
    /// Rows that cannot be taken.
    pub rejected: Vec<Rejected>,
    /// Rows of other mechanisms (treaty bodies, special procedures), which are not recommendations of
    /// the review.
    pub skipped: u32,
}
