//! What every reader makes of a file.

use crate::domain::{
    ActionCategory, Confidence, Evidence, LanguageText, Message, Paragraph, Position,
    Recommendation, ReviewCode, StateCode, Term, Unnumbered,
};
use serde::{Deserialize, Serialize};

/// A file format that can be read, recognised from the content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// The export of the Universal Human Rights Index, 16 columns.
    UhriXlsx,
    /// The dump of the Universal Human Rights Index.
    UhriJson,
    /// The export of UPR Info's database, old or present.
    UprInfo,
    /// OHCHR's matrix or thematic list of recommendations.
    OhchrMatrix,
    /// The text of a Working Group's report.
    ReportText,
    /// A State's reply to its recommendations: a table, or the text of an addendum.
    StateReply,
    /// Any table as text, read by a mapping.
    MappedText,
    /// Any workbook, read by a mapping.
    MappedWorkbook,
    /// This program's own table, as text.
    OwnCsv,
    /// This program's own table, as a workbook.
    OwnXlsx,
    /// This program's own file, as JSON.
    OwnJson,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::UhriXlsx,
        Self::UhriJson,
        Self::UprInfo,
        Self::OhchrMatrix,
        Self::ReportText,
        Self::StateReply,
        Self::MappedText,
        Self::MappedWorkbook,
        Self::OwnCsv,
        Self::OwnXlsx,
        Self::OwnJson,
    ];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::UhriXlsx => "uhri_xlsx",
            Self::UhriJson => "uhri_json",
            Self::UprInfo => "upr_info",
            Self::OhchrMatrix => "ohchr_matrix",
            Self::ReportText => "report_text",
            Self::StateReply => "state_reply",
            Self::MappedText => "mapped_text",
            Self::MappedWorkbook => "mapped_workbook",
            Self::OwnCsv => "own_csv",
            Self::OwnXlsx => "own_xlsx",
            Self::OwnJson => "own_json",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// Where in a file something stands: the row of its table, counted from 1 with the heading, as a
/// spreadsheet shows it; in JSON the place of the object in its list, from 1.
pub type Row = u32;

/// The cells of a row as they were read, each with the heading of its column.
pub type Cells = Vec<(String, String)>;

/// A recommendation as one file tells it. What the file does not say is empty, and an import leaves
/// that as it is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Incoming {
    /// Where it stands in the file.
    pub row: Row,
    /// The review it was made in.
    pub review: ReviewCode,
    /// The session of the Working Group.
    pub session: Option<u8>,
    /// The Working Group's report.
    pub report_symbol: Option<String>,
    /// Its paragraph; none where the source does not number (UPR Info, which has a row for each
    /// recommending State).
    pub paragraph: Option<Paragraph>,
    /// The text, without paragraph number and recommending States.
    pub text: Option<String>,
    /// The language of the text, BCP 47.
    pub language: Option<String>,
    /// The same in further languages, if other rows of the file or our own JSON have it so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<LanguageText>,
    /// A summary; only our own files have one.
    pub summary: Option<String>,
    /// The States that made it, at least one, each once.
    pub recommending: Vec<StateCode>,
    /// What kind of action it asks for.
    pub action_category: Option<ActionCategory>,
    /// The bodies that are to implement it, all or none, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_bodies: Vec<String>,
    /// What it is about. Of each vocabulary either all terms or none.
    pub terms: Vec<Term>,
    /// The State's response, if the file has one.
    pub position: Option<Position>,
    /// Its identifier in the collection.
    pub source_id: Option<String>,
    /// Whether it is the State's reply to a recommendation that is known by its number: a position and
    /// nothing else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_reply: bool,
}

impl Incoming {
    /// A row that says nothing but its review. A reader names what it finds beside
    /// `..Incoming::new(row, review)`, and need not be told when recommendations get a further fact.
    pub fn new(row: Row, review: ReviewCode) -> Self {
        Self {
            row,
            review,
            session: None,
            report_symbol: None,
            paragraph: None,
            text: None,
            language: None,
            texts: Vec::new(),
            summary: None,
            recommending: Vec::new(),
            action_category: None,
            responsible_bodies: Vec::new(),
            terms: Vec::new(),
            position: None,
            source_id: None,
            is_reply: false,
        }
    }

    /// The recommendation as this file alone tells it, by the paragraph that it goes by.
    pub(crate) fn into_recommendation(self, paragraph: Paragraph) -> Recommendation {
        Recommendation {
            id: 0,
            unnumbered: Unnumbered::default(),
            paragraph,
            text: self.text,
            language: self.language,
            texts: self.texts,
            summary: self.summary,
            recommending: self.recommending,
            action_category: self.action_category,
            responsible_bodies: self.responsible_bodies,
            terms: self.terms,
            positions: self.position.into_iter().collect(),
            chosen_position: None,
            source_id: self.source_id,
        }
    }
}

/// An assessment as one file tells it: for the round that the person names with the file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct IncomingAssessment {
    /// Where it stands in the file.
    pub row: Row,
    /// The review, where the file says it.
    pub review: Option<ReviewCode>,
    /// The recommendation.
    pub paragraph: Paragraph,
    /// The status as it is written: a code or a label of the round's scale.
    pub status: String,
    /// Why.
    pub rationale: Option<String>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// How sure.
    pub confidence: Option<Confidence>,
    /// The text of the recommendation, where the row repeats it: it has to be the one of the paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The States that made the recommendation, where the row repeats them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recommending: Vec<StateCode>,
}

/// A row that cannot be taken, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rejected {
    /// Where it stands in the file.
    pub row: Row,
    /// The review, as far as it is known: the row's own, or else the file's.
    pub review: Option<ReviewCode>,
    /// The heading of the column at fault, if it is one column.
    pub column: Option<String>,
    /// What stands there, shortened to 200 characters.
    pub value: Option<String>,
    /// What is wrong with it and what would pass.
    pub reason: Message,
    /// The whole row, so that a person can mend it; within the bounds of [`Rejected::with_cells`].
    pub cells: Cells,
}

impl Rejected {
    /// The longest row that is kept, headings included, in bytes. A longer one is kept not at all: what
    /// was cut would be lost when it is mended and read again.
    pub const MAX_ROW: usize = 1 << 20;

    /// With the row's cells and their headings. Empty columns without a heading are left out.
    #[must_use]
    pub fn with_cells<'a>(mut self, cells: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut kept = Cells::new();
        let mut length = 0;
        for (heading, value) in cells {
            let (heading, value) = (heading.trim(), value.trim());
            length += heading.len() + value.len();
            if length > Self::MAX_ROW {
                kept.clear();
                break;
            }
            if !(heading.is_empty() && value.is_empty()) {
                kept.push((heading.to_owned(), value.to_owned()));
            }
        }
        self.cells = kept;
        self
    }

    /// With the review that the row or its file belongs to.
    #[must_use]
    pub fn of_review(mut self, review: Option<ReviewCode>) -> Self {
        self.review = self.review.or(review);
        self
    }
}
