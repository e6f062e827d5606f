//! Between readers and whoever takes in what they find.
//!
//! A reader hands on everything as it finds it and collects nothing, so that a file of any length is
//! read in bounded memory and can be left off in the middle.

use super::{
    Cells, DocumentRow, FileAccount, Incoming, IncomingAssessment, MappedField, Mapping, Rejected,
};
use crate::domain::{Message, Paragraph, ReviewCode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Receives what a reader finds, in the file's order.
///
/// Rows that repeat a recommendation are handed on as they stand: joining them is the receiver's
/// ([`Incoming::join`]).
pub trait Sink {
    /// The row that the next recommendation or assessment stands in, as it was read, below the headings
    /// of its table. Whoever gives rows back keeps it.
    fn row(&mut self, _headings: &[String], _cells: &[String]) {}

    /// The cells of the row that the next answer of a reply stands in, with this one number. Only who compares the
    /// answers of a reply needs them.
    fn answer_row(&mut self, _cells: Cells) {}

    /// A row of a matrix as it is in the file, whatever it is. Of each matrix all rows in their order, and of other
    /// files none.
    fn document_row(&mut self, _row: DocumentRow) -> Result<(), Stopped> {
        Ok(())
    }

    /// A recommendation.
    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped>;

    /// An assessment: a row of an organisation's working table, or the last column of a returned
    /// matrix.
    fn assessment(&mut self, one: IncomingAssessment) -> Result<(), Stopped>;

    /// A row that cannot be taken.
    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped>;

    /// A row that is no recommendation of the review: another mechanism's. `kind` is what the file
    /// calls it.
    fn skipped(&mut self, kind: &str) -> Result<(), Stopped>;

    /// What a person should look at, though every row is taken: numbers that may have lost a zero.
    fn warning(&mut self, _warning: Message) {}

    /// A value that is not known: a name of no State, a word of no position, a status that the round does not have, an
    /// issue that no recommendation has.
    /// Once for each row that has it, before the row itself.
    fn unknown_value(&mut self, _field: MappedField, _value: &str) {}

    /// What of the file was read and what was not; at its end.
    fn account(&mut self, _account: FileAccount) {}

    /// How much is read of how much there is, in bytes or rows.
    fn progress(&mut self, done: u64, of: u64) -> Result<(), Stopped>;
}

/// Whoever receives wants nothing more: somebody has cancelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stopped;

/// Why a file was not read to its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadFailure {
    /// It cannot be taken.
    Refused(FileRefusal),
    /// The receiver wanted nothing more.
    Stopped,
}

/// Why a file is not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FileRefusal {
    /// Its table lacks headings of ours, and nothing says what its columns hold.
    TableHeadings {
        /// The headings that are missing.
        missing: String,
    },
    /// None of its sheets has headings that are known.
    SheetHeadings,
    /// It is a document with tables, or a list of records in JSON, and none of the headings is known.
    RecordHeadings,
    /// It lacks headings that the mapping names.
    MappingHeadings {
        /// The headings that are missing.
        missing: String,
    },
    /// It is of a recognised format, and has columns beside it that seem to hold assessments for the round.
    AssessmentColumns {
        /// The headings of these columns.
        columns: String,
    },
    /// What it says of itself and what a person said of it contradict each other.
    Contradiction(Message),
    /// It cannot be read, or holds what cannot be taken.
    Content(Message),
}

impl FileRefusal {
    /// The sentence that tells a person what is wrong and what would be accepted.
    pub fn message(&self) -> Message {
        match self {
            Self::TableHeadings { missing } => {
                Message::new("exchange-table-headings").with("missing", missing)
            }
            Self::RecordHeadings => Message::new("exchange-record-headings"),
            Self::SheetHeadings => Message::new("exchange-sheet-headings"),
            Self::MappingHeadings { missing } => {
                Message::new("exchange-mapping-headings").with("missing", missing)
            }
            Self::AssessmentColumns { columns } => {
                Message::new("exchange-assessment-columns").with("columns", columns)
            }
            Self::Contradiction(message) | Self::Content(message) => message.clone(),
        }
    }

    /// Returns true if a mapping would help: nothing says which column holds what.
    pub fn wants_mapping(&self) -> bool {
        matches!(
            self,
            Self::TableHeadings { .. }
                | Self::SheetHeadings
                | Self::RecordHeadings
                | Self::AssessmentColumns { .. }
        )
    }
}

impl From<Message> for FileRefusal {
    fn from(message: Message) -> Self {
        Self::Content(message)
    }
}

impl From<FileRefusal> for ReadFailure {
    fn from(refusal: FileRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Message> for ReadFailure {
    fn from(message: Message) -> Self {
        Self::Refused(message.into())
    }
}

impl From<Stopped> for ReadFailure {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// What a person says about a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReadOptions {
    /// The review that it belongs to: needed where the file does not name its own, and checked where
    /// it does.
    pub review: Option<ReviewCode>,
    /// Which column of a table with headings of its own holds what.
    pub mapping: Option<Mapping>,
    /// What the statuses of the round are called that assessments go into, beside those of the scales
    /// that are built in.
    pub statuses: Vec<String>,
    /// The issues that recommendations have already, beside those that are built in. Needed with a mapping only.
    pub issues: BTreeSet<String>,
    /// The themes and affected persons that recommendations have already: a list of them in one cell is taken apart.
    pub terms: Vec<Term>,
    /// The symbol of the file, where a person gave it: a reply's (`A/HRC/43/15/Add.1`) or a report's.
    pub symbol: Option<String>,
    /// The reviews whose reports are known, by the report's symbol.
    pub reports: BTreeMap<String, ReviewCode>,
    /// The numbers of the recommendations of reviews that a reply may be about, for "all recommendations except 104.4".
    pub numbers: BTreeMap<ReviewCode, Vec<Paragraph>>,
}

impl ReadOptions {
    /// The numbers of the recommendations of a review; none if they are not known.
    pub(crate) fn numbers_of(&self, review: ReviewCode) -> &[Paragraph] {
        self.numbers.get(&review).map_or(&[], Vec::as_slice)
    }

    /// Nothing but the review.
    pub fn of_review(review: Option<ReviewCode>) -> Self {
        Self {
            review,
            ..Self::default()
        }
    }
}

/// A sink that hands on to another one. Each keeps only the methods that it changes; everything else passes through, so
/// that no sink can lose what a reader finds.
pub trait ForwardingSink {
    /// The sink that everything is handed on to.
    fn next(&mut self) -> &mut dyn Sink;

    /// See [`Sink::row`].
    fn row(&mut self, headings: &[String], cells: &[String]) {
        self.next().row(headings, cells);
    }

    /// See [`Sink::answer_row`].
    fn answer_row(&mut self, cells: Cells) {
        self.next().answer_row(cells);
    }

    /// See [`Sink::document_row`].
    fn document_row(&mut self, row: DocumentRow) -> Result<(), Stopped> {
        self.next().document_row(row)
    }

    /// See [`Sink::recommendation`].
    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        self.next().recommendation(one)
    }

    /// See [`Sink::assessment`].
    fn assessment(&mut self, one: IncomingAssessment) -> Result<(), Stopped> {
        self.next().assessment(one)
    }

    /// See [`Sink::rejected`].
    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.next().rejected(one)
    }

    /// See [`Sink::skipped`].
    fn skipped(&mut self, kind: &str) -> Result<(), Stopped> {
        self.next().skipped(kind)
    }

    /// See [`Sink::warning`].
    fn warning(&mut self, warning: Message) {
        self.next().warning(warning);
    }

    /// See [`Sink::unknown_value`].
    fn unknown_value(&mut self, field: MappedField, value: &str) {
        self.next().unknown_value(field, value);
    }

    /// See [`Sink::account`].
    fn account(&mut self, account: FileAccount) {
        self.next().account(account);
    }

    /// See [`Sink::progress`].
    fn progress(&mut self, done: u64, of: u64) -> Result<(), Stopped> {
        self.next().progress(done, of)
    }
}

// A method that `Sink` gets and this lacks would be lost again: the methods of both are the same.
impl<T: ForwardingSink> Sink for T {
    fn row(&mut self, headings: &[String], cells: &[String]) {
        ForwardingSink::row(self, headings, cells);
    }

    fn answer_row(&mut self, cells: Cells) {
        ForwardingSink::answer_row(self, cells);
    }

    fn document_row(&mut self, row: DocumentRow) -> Result<(), Stopped> {
        ForwardingSink::document_row(self, row)
    }

    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        ForwardingSink::recommendation(self, one)
    }

    fn assessment(&mut self, one: IncomingAssessment) -> Result<(), Stopped> {
        ForwardingSink::assessment(self, one)
    }

    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        ForwardingSink::rejected(self, one)
    }

    fn skipped(&mut self, kind: &str) -> Result<(), Stopped> {
        ForwardingSink::skipped(self, kind)
    }

    fn warning(&mut self, warning: Message) {
        ForwardingSink::warning(self, warning);
    }

    fn unknown_value(&mut self, field: MappedField, value: &str) {
        ForwardingSink::unknown_value(self, field, value);
    }

    fn account(&mut self, account: FileAccount) {
        ForwardingSink::account(self, account);
    }

    fn progress(&mut self, done: u64, of: u64) -> Result<(), Stopped> {
        ForwardingSink::progress(self, done, of)
    }
}

/// Hands everything on and knows whether there was anything.
pub(super) struct Noticing<'a> {
    sink: &'a mut dyn Sink,
    any: bool,
}

impl<'a> Noticing<'a> {
    pub(super) fn new(sink: &'a mut dyn Sink) -> Self {
        Self { sink, any: false }
    }

    /// Whether anything came by, be it a row that cannot be taken.
    pub(super) fn any(&self) -> bool {
        self.any
    }
}

impl ForwardingSink for Noticing<'_> {
    fn next(&mut self) -> &mut dyn Sink {
        self.sink
    }

    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        self.any = true;
        self.sink.recommendation(one)
    }

    fn assessment(&mut self, one: IncomingAssessment) -> Result<(), Stopped> {
        self.any = true;
        self.sink.assessment(one)
    }

    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.any = true;
        self.sink.rejected(one)
    }

    fn skipped(&mut self, kind: &str) -> Result<(), Stopped> {
        self.any = true;
        self.sink.skipped(kind)
    }
}

/// Hands everything on, and with the account what is known of the file beside its rows.
pub(super) struct Supplemented<'a> {
    sink: &'a mut dyn Sink,
    beside: &'a FileAccount,
    warning: Option<Message>,
}

impl<'a> Supplemented<'a> {
    pub(super) fn new(
        sink: &'a mut dyn Sink,
        beside: &'a FileAccount,
        warning: Option<Message>,
    ) -> Self {
        Self {
            sink,
            beside,
            warning,
        }
    }
}

impl ForwardingSink for Supplemented<'_> {
    fn next(&mut self) -> &mut dyn Sink {
        self.sink
    }

    fn account(&mut self, mut account: FileAccount) {
        account.add_beside(self.beside);
        if let Some(warning) = self.warning.take() {
            self.sink.warning(warning);
        }
        self.sink.account(account);
    }
}
