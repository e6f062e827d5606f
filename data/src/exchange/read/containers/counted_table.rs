//! A table that is read, and the account of what in it is not.

use crate::exchange::account::Columns;
use crate::exchange::read::formats::recognise::Table;
use crate::exchange::read::values::cell_notes::CellNotes;
use crate::exchange::read::values::cells::named_headings;
use crate::exchange::read::values::footnote_marks::FootnoteMarks;
use crate::exchange::read::values::plain::plain;
use crate::exchange::{
    DocumentRow, FileAccount, Format, Rejected, Row, Sink, Stopped, UnreadReason,
};

/// A table as its rows come by.
pub(crate) struct CountedTable {
    table: Table,
    columns: Columns,
    account: FileAccount,
    notes: CellNotes,
    marks: FootnoteMarks,
}

impl CountedTable {
    /// Begins behind the headings in a row of the file. `account` knows what was above them.
    pub(crate) fn new(
        table: Table,
        headings: &[String],
        row: Option<Row>,
        mut account: FileAccount,
    ) -> Self {
        account.heading_row = row;
        let columns = Columns::new(named_headings(headings), table.reads());
        let notes = CellNotes::below(row.unwrap_or_default(), table.reads(), table.sources());
        Self {
            table,
            columns,
            account,
            notes,
            marks: FootnoteMarks::default(),
        }
    }

    /// The format of a file that is such a table as text.
    pub(crate) fn format(&self) -> Format {
        self.table.format()
    }

    /// The row of a matrix as it is in the file; `None` for any other table.
    pub(crate) fn document_row(&self, row: Row, cells: &[String]) -> Option<DocumentRow> {
        Some(DocumentRow {
            row,
            kind: self.table.matrix()?.kind(cells),
            cells: cells.to_vec(),
        })
    }

    /// Takes a row.
    pub(crate) fn take(
        &mut self,
        number: Row,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        self.columns.see(cells);
        // In a table of our own, such a word is a text like any other.
        let mut changed = None;
        if !self.table.is_written_here() {
            self.notes.see_errors(number, cells);
            changed = self.notes.see_markup(cells);
        }
        let cells = changed.as_deref().unwrap_or(cells);
        if self.table.is_about_the_file(cells) {
            self.account
                .pass_over(number, UnreadReason::AboutTheFile, cells);
            return Ok(());
        }
        if let Some(at) = self.table.paragraphs() {
            let cell = cells.get(at).map_or("", String::as_str);
            self.marks.see(number, &plain(cell));
        }
        self.table.take(number, cells, sink)
    }

    /// Rejects a row with all that is in it.
    pub(crate) fn reject(
        &self,
        wrong: Rejected,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        sink.rejected(self.table.whole(wrong, cells))
    }

    /// Where the numbers of paragraphs are, in a table that has a column of them.
    pub(crate) fn paragraphs(&self) -> Option<usize> {
        self.table.paragraphs()
    }

    /// The account, for what else is to be noted in it.
    pub(crate) fn account(&mut self) -> &mut FileAccount {
        &mut self.account
    }

    /// What is noted of the cells beside their texts.
    pub(crate) fn notes(&mut self) -> &mut CellNotes {
        &mut self.notes
    }

    /// Hands on the warning about its cells and the account.
    pub(crate) fn finish(mut self, sink: &mut dyn Sink) {
        if let Some(warning) = self.notes.warning() {
            sink.warning(warning);
        }
        self.notes.account_for(&mut self.account);
        self.columns.account_for(&mut self.account);
        self.account.kinds_assumed = self.table.kinds_assumed();
        let warnings = self.table.warnings();
        for warning in self.marks.warning().into_iter().chain(warnings) {
            sink.warning(warning);
        }
        sink.account(self.account);
    }
}
