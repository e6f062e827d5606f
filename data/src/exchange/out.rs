//! From rows to files that people take away.
//!
//! A writer gets rows that are already filtered and ordered, and words in the reader's language. It
//! writes what the one table of columns says, row by row, and nothing that tells who made the file,
//! where or when: equal rows and words give equal bytes.

pub(super) mod cells;
mod csv_file;
mod json_file;
mod numbers;
mod rejected;
mod xlsx_file;

pub use csv_file::write_csv;
pub use json_file::write_json;
pub use numbers::table_as_csv;
pub use rejected::{RejectedFile, RejectedHeadings, RejectedRows, write_rejected};
pub use xlsx_file::write_xlsx;

use crate::domain::{
    ActionCategory, Column, Confidence, EvidenceKind, Listed, PositionClass, Recommendation,
    ReviewCode, StateCode, Status,
};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

/// What a file says about itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// What is in it.
    pub title: String,
    /// The filter in words.
    pub filter: String,
    /// The round whose assessments it shows.
    pub round: Option<String>,
    /// What one of its rows is.
    pub unit: String,
    /// The latest as-of date of the rounds whose statuses are in it; `None` if it has no statuses.
    pub data_as_of: Option<String>,
    /// The day of the last change of the data, `YYYY-MM-DD`.
    pub last_changed_on: String,
    /// How much of what is known to exist is loaded, in words; `None` if that is everything.
    pub coverage: Option<String>,
    /// The sources of its positions and statuses, in words.
    pub source: String,
    /// What has to be known before it is used, such as "Fictitious demonstration data".
    pub notice: Option<String>,
    /// The address of the terms under which it may be used.
    pub licence: String,
}

/// A heading that is not one of the [`Column`]s.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extra {
    /// The review of a row.
    Review,
    /// The address of a row.
    Permalink,
    /// The round.
    Round,
    /// The filter in words.
    Filter,
    /// What one row is.
    CountingUnit,
    /// The latest as-of date of the rounds.
    DataAsOf,
    /// The day of the last change of the data.
    LastChangedOn,
    /// How much of it is loaded.
    Coverage,
    /// The sources of the positions and statuses.
    Source,
    /// What has to be known.
    Notice,
    /// What the file is.
    Title,
    /// The terms of use.
    Licence,
    /// The name of the sheet with the rows.
    RecommendationsSheet,
    /// The name of the sheet about the file.
    AboutSheet,
}

impl Extra {
    /// Every one of them.
    pub const ALL: [Self; 14] = [
        Self::Review,
        Self::Permalink,
        Self::Round,
        Self::Filter,
        Self::CountingUnit,
        Self::DataAsOf,
        Self::LastChangedOn,
        Self::Coverage,
        Self::Source,
        Self::Notice,
        Self::Title,
        Self::Licence,
        Self::RecommendationsSheet,
        Self::AboutSheet,
    ];

    /// The name in JSON and, as `column-{id}`, in translations.
    pub fn id(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Permalink => "permalink",
            Self::Round => "round",
            Self::Filter => "filter",
            Self::CountingUnit => "counting_unit",
            Self::DataAsOf => "data_as_of",
            Self::LastChangedOn => "last_changed_on",
            Self::Coverage => "coverage",
            Self::Source => "source",
            Self::Notice => "notice",
            Self::Title => "title",
            Self::Licence => "licence",
            Self::RecommendationsSheet => "recommendations_sheet",
            Self::AboutSheet => "about_sheet",
        }
    }

    /// The width of its column in a workbook, in characters.
    fn width(self) -> f64 {
        match self {
            Self::Review => 11.0,
            _ => 22.0,
        }
    }
}

/// The words of one language.
pub trait Words {
    /// The label of a column.
    fn column(&self, column: Column) -> String;
    /// The label of anything else.
    fn extra(&self, extra: Extra) -> String;
    /// A position.
    fn position(&self, class: PositionClass) -> Cow<'_, str>;
    /// An action category, beginning with its number: `5 – Specific action`.
    fn action_category(&self, category: ActionCategory) -> Cow<'_, str>;
    /// A level of confidence.
    fn confidence(&self, confidence: Confidence) -> Cow<'_, str>;
    /// A kind of evidence.
    fn evidence_kind(&self, kind: EvidenceKind) -> Cow<'_, str>;
    /// A State.
    fn state(&self, state: StateCode) -> Cow<'_, str> {
        state.name().into()
    }
    /// A status of a scale.
    fn status<'a>(&self, status: &'a Status) -> Cow<'a, str> {
        status.label.as_str().into()
    }
}

/// Takes the next row.
pub type Take<'a> = dyn FnMut(&Listed<'_>) -> io::Result<()> + 'a;

/// Hands over every row in order, and stops at the first failure. So rows need not be in memory all at
/// once.
pub type Rows<'a> = dyn Fn(&mut Take<'_>) -> io::Result<()> + 'a;

/// The address of a recommendation, with or without the site's own in front.
pub type Permalink<'a> = dyn Fn(ReviewCode, &Recommendation) -> String + 'a;

/// Everything that a file is made of.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    /// What the file says about itself.
    pub about: &'a About,
    /// Its rows, in order.
    pub rows: &'a Rows<'a>,
    /// How many there are.
    pub count: usize,
    /// Its columns, in order.
    pub columns: &'a [Column],
    /// The language.
    pub words: &'a dyn Words,
    /// The address of each row.
    pub permalink: &'a Permalink<'a>,
}

/// The cells of a row, one behind the other: a file of everything has millions of them.
#[derive(Default)]
struct RowOfCells {
    text: String,
    ends: Vec<usize>,
}

impl RowOfCells {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn push(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.ends.push(self.text.len());
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let cells = starts.zip(&self.ends);
        cells.map(|(start, end)| self.text.get(start..*end).unwrap_or_default())
    }
}

impl About {
    /// What stands in every row of a table behind the row's own columns, so that a row that is cut out
    /// and passed on still says where it comes from.
    fn in_rows(&self) -> Vec<(Extra, &str)> {
        let mut values = vec![
            (Extra::Round, self.round.as_deref().unwrap_or_default()),
            (Extra::Filter, self.filter.as_str()),
            (Extra::CountingUnit, self.unit.as_str()),
            (
                Extra::DataAsOf,
                self.data_as_of.as_deref().unwrap_or_default(),
            ),
            (Extra::LastChangedOn, self.last_changed_on.as_str()),
        ];
        let coverage = self.coverage.as_deref();
        values.extend(coverage.map(|coverage| (Extra::Coverage, coverage)));
        values.extend(self.notice.as_deref().map(|notice| (Extra::Notice, notice)));
        values
    }
}

impl Table<'_> {
    /// The headings of a table.
    fn headings(&self) -> Vec<String> {
        let mut headings = vec![self.words.extra(Extra::Review)];
        headings.extend(self.columns.iter().map(|column| self.words.column(*column)));
        headings.push(self.words.extra(Extra::Permalink));
        headings.extend(
            self.about
                .in_rows()
                .into_iter()
                .map(|(extra, _)| self.words.extra(extra)),
        );
        headings
    }

    /// The widths of the columns in a workbook, in the order of the headings.
    fn widths(&self) -> Vec<f64> {
        let mut widths = vec![Extra::Review.width()];
        widths.extend(self.columns.iter().map(|column| column.spec().width));
        widths.push(Extra::Permalink.width());
        let in_rows = self.about.in_rows().into_iter();
        widths.extend(in_rows.map(|(extra, _)| extra.width()));
        widths
    }

    /// A row that says only what the file is of, in the order of the headings.
    fn about_itself(&self) -> Vec<String> {
        let in_rows = self.about.in_rows();
        let mut cells = vec![String::new(); self.headings().len().saturating_sub(in_rows.len())];
        cells.extend(in_rows.into_iter().map(|(_, value)| value.to_owned()));
        cells
    }

    /// Hands over every row as its cells, in the order of the headings.
    fn each_row(&self, mut take: impl FnMut(&RowOfCells) -> io::Result<()>) -> io::Result<()> {
        let in_rows = self.about.in_rows();
        let mut cells = RowOfCells::default();
        (self.rows)(&mut |row| {
            cells.clear();
            cells.push(|text| {
                // Writing into a string cannot fail.
                let _ = write!(text, "{}", row.review);
            });
            for column in self.columns {
                cells.push(|text| cells::write(&column.cell(row), self.words, text));
            }
            let permalink = (self.permalink)(row.review, row.recommendation);
            cells.push(|text| text.push_str(&permalink));
            for (_, value) in &in_rows {
                cells.push(|text| text.push_str(value));
            }
            take(&cells)
        })
    }
}
