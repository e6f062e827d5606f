//! What of a file was read and what was not.
//!
//! A reader takes, rejects or skips rows one by one. What it passes over beside them, such as columns that it does
//! not know and rows above the headings, it names in an account at the end, so that nothing is lost without a word.

use super::Row;
use crate::domain::{Message, shorten};
use crate::exchange::read::values::cells::letters;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Columns, rows and sheets that are named one by one; more are counted.
const MOST_NAMED: usize = 40;
/// Lines above the first recommendation that are named; most reports have hundreds.
const LINES_ABOVE_NAMED: usize = 3;

/// Notes and links that are shown; more are counted.
const MOST_SHOWN: usize = 20;

/// What of a file was read and what was not.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FileAccount {
    /// The row that holds the headings, from 1; `None` for a file without headings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading_row: Option<Row>,
    /// The number of columns that are read or that hold something.
    pub columns: usize,
    /// How many of them are read.
    pub columns_read: usize,
    /// The columns that hold something and are not read, by their headings.
    pub columns_unread: Vec<String>,
    /// The rows beside the headings that are neither taken nor rejected nor skipped.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows_unread: Vec<UnreadRow>,
    /// How many more such rows there are.
    #[serde(skip_serializing_if = "is_zero")]
    pub more_rows_unread: u64,
    /// The sheets that hold something and are not read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheets_unread: Vec<String>,
    /// How many more such sheets there are.
    #[serde(skip_serializing_if = "is_zero")]
    pub more_sheets_unread: u64,
    /// The sheets that are not read though their headings are those of the sheet that is read, each with the number of
    /// its rows below them. They are not among `sheets_unread`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sheets_alike: BTreeMap<String, u64>,
    /// The issues that a person leaves out, each with the number of rows that have it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub issues_left_out: BTreeMap<String, u64>,
    /// How many paragraphs of a report are read as recommendations.
    #[serde(skip_serializing_if = "is_zero")]
    pub paragraphs_read: u64,
    /// How many lines of a report stand above its first recommendation and are not read.
    #[serde(skip_serializing_if = "is_zero")]
    pub lines_above: u64,
    /// The first of these lines, shortened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub first_lines_above: Vec<String>,
    /// How many lines of a report hold a page's number or symbol and are left out.
    #[serde(skip_serializing_if = "is_zero")]
    pub page_lines: u64,
    /// Those of these lines that stand within a sentence, the first of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub page_lines_within: Vec<PageLine>,
    /// How many footnotes of a report are not read.
    #[serde(skip_serializing_if = "is_zero")]
    pub footnotes_unread: u64,
    /// The pages of these footnotes, where the file has pages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub footnote_pages: Vec<u32>,
    /// How many endnotes of a document are not read.
    #[serde(skip_serializing_if = "is_zero")]
    pub endnotes_unread: u64,
    /// How the first notes and comments begin that are not read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes_unread: Vec<String>,
    /// How many rows hold an assessment that is not read, because no round was chosen for it. The rows themselves are
    /// taken.
    #[serde(skip_serializing_if = "is_zero")]
    pub rows_without_round: u64,
    /// The statuses of these rows as the file spells them, each with the number of its rows.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub statuses_unread: BTreeMap<String, u64>,
    /// The encoding that a text was read in, if that is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// How many cells of a sheet have the value of the merged cell that they belong to.
    #[serde(skip_serializing_if = "is_zero")]
    pub cells_merged: u64,
    /// How many cells of a sheet hold text that is struck out, which is not read.
    #[serde(skip_serializing_if = "is_zero")]
    pub cells_struck: u64,
    /// How many paragraphs outside the tables of a document hold text that is struck out or hidden, which is not read.
    #[serde(skip_serializing_if = "is_zero")]
    pub paragraphs_struck: u64,
    /// How many links have an address that is not read.
    #[serde(skip_serializing_if = "is_zero")]
    pub links_unread: u64,
    /// The first of these links: their texts and addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// The members beside the list of a JSON file that hold something and are not read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members_unread: Vec<String>,
    /// How many comments on the cells of a sheet or on a document are not read.
    #[serde(skip_serializing_if = "is_zero")]
    pub comments_unread: u64,
    /// How many sources have no kind in the file and are taken for those of civil society.
    #[serde(skip_serializing_if = "is_zero")]
    pub kinds_assumed: u64,
    /// How many rows of the file became what, by the code of the outcome; `skipped` are rows of other mechanisms
    /// and the like. Each row counts once.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<String, u64>,
    /// How many assessments of the file became what, by the code of the outcome. A row may hold a recommendation and its
    /// assessment, and the counts of a run add both.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub assessments: BTreeMap<String, u64>,
    /// How many texts in further languages recommendations get beside the text that they have, by language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, u64>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// A line of a report that is left out because it looks like a page's number or symbol, though a sentence goes on
/// behind it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PageLine {
    /// The line in the file.
    pub row: Row,
    /// Its text.
    pub text: String,
}

/// A row that is not read, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UnreadRow {
    /// The row in the file.
    pub row: Row,
    /// The reason.
    pub reason: UnreadReason,
    /// Its cells, shortened.
    pub text: String,
}

/// Why a row is not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnreadReason {
    /// It is above the headings.
    AboveHeadings,
    /// It is a note between the rows of a matrix.
    Note,
    /// It says of our own file which rows it holds.
    AboutTheFile,
    /// It is a paragraph of a report that is no recommendation.
    Paragraph,
    /// It is a line between the paragraphs of a report, such as a heading.
    Heading,
    /// It is a sentence above recommendations that says nothing of their position.
    Sentence,
    /// It begins the annex of a report, behind which nothing is read.
    Annex,
    /// It is a row of a table in a report.
    Table,
    /// It is a line of a State's reply that names a recommendation and no answer to it.
    NoAnswer,
    /// It is a line of a State's reply that answers recommendations without their numbers.
    Others,
    /// It stands outside the tables of a document.
    AroundTables,
}

impl UnreadReason {
    /// The code in JSON and in the keys of texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::AboveHeadings => "above_headings",
            Self::Note => "note",
            Self::AboutTheFile => "about_the_file",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Sentence => "sentence",
            Self::Annex => "annex",
            Self::Table => "table",
            Self::NoAnswer => "no_answer",
            Self::Others => "others",
            Self::AroundTables => "around_tables",
        }
    }
}

/// Returns true if a link leads to a place in the same file, which is no source.
pub(crate) fn is_within_file(address: &str) -> bool {
    address.trim_start().starts_with('#')
}

impl FileAccount {
    /// The number of rows that are taken, rejected or skipped.
    pub fn rows_in_all(&self) -> u64 {
        self.rows.values().sum()
    }

    /// Notes a row that is not read.
    pub(crate) fn pass_over(&mut self, row: Row, reason: UnreadReason, cells: &[String]) {
        if self.rows_unread.len() >= MOST_NAMED {
            self.more_rows_unread += 1;
            return;
        }
        let filled = cells.iter().map(|cell| cell.trim());
        let filled: Vec<&str> = filled.filter(|cell| !cell.is_empty()).collect();
        if !filled.is_empty() {
            self.rows_unread.push(UnreadRow {
                row,
                reason,
                text: shorten(&filled.join(" | "), Message::LONGEST_CELL).into_owned(),
            });
        }
    }

    /// Notes how a note or comment begins that is not read. The caller counts it.
    pub(crate) fn name_note(&mut self, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.notes_unread.len() < MOST_SHOWN && !text.is_empty() {
            let text = shorten(&text, Message::LONGEST_CELL).into_owned();
            self.notes_unread.push(text);
        }
    }

    /// Notes a link whose address is not read. A link within the file loses nothing.
    pub(crate) fn pass_over_link(&mut self, text: &str, address: &str) {
        if is_within_file(address) {
            return;
        }
        self.links_unread += 1;
        if self.links.len() < MOST_SHOWN {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = shorten(&text, Message::LONGEST_CELL);
            let address = shorten(address.trim(), Message::LONGEST_CELL);
            let link = if text.is_empty() {
                address.into_owned()
            } else {
                format!("{text} ({address})")
            };
            self.links.push(link);
        }
    }

    /// Notes a member beside the list of a JSON file.
    pub(crate) fn pass_over_member(&mut self, name: &str) {
        let name = shorten(name, Message::LONGEST_CELL).into_owned();
        if self.members_unread.len() < MOST_NAMED && !self.members_unread.contains(&name) {
            self.members_unread.push(name);
        }
    }

    /// Adds the columns of one table to those of the tables before it.
    pub(crate) fn add_columns(&mut self, seen: &Columns) {
        self.add_columns_beside(None, seen);
    }

    /// The same, with a column whose numbers are read and whose texts are not.
    pub(crate) fn add_columns_beside(&mut self, texts: Option<String>, seen: &Columns) {
        let mut own = Self::default();
        seen.account_for(&mut own);
        own.columns_unread.splice(0..0, texts);
        let mut unread = std::mem::take(&mut self.columns_unread);
        let own_unread = own.columns_unread.into_iter();
        let new: Vec<String> = own_unread.filter(|name| !unread.contains(name)).collect();
        unread.extend(new);
        self.count_columns(own.columns_read.max(self.columns_read), unread);
    }

    /// Adds what is known of the file beside what its reader notes.
    pub(crate) fn add_beside(&mut self, beside: &Self) {
        self.footnotes_unread += beside.footnotes_unread;
        self.footnote_pages.extend(&beside.footnote_pages);
        self.endnotes_unread += beside.endnotes_unread;
        self.comments_unread += beside.comments_unread;
        self.cells_struck += beside.cells_struck;
        self.paragraphs_struck += beside.paragraphs_struck;
        self.links_unread += beside.links_unread;
        for (own, others) in [
            (&mut self.notes_unread, &beside.notes_unread),
            (&mut self.links, &beside.links),
            (&mut self.members_unread, &beside.members_unread),
        ] {
            own.extend(others.iter().cloned());
        }
        self.notes_unread.truncate(MOST_SHOWN);
        self.links.truncate(MOST_SHOWN);
        self.members_unread.truncate(MOST_NAMED);
    }

    /// Notes a line above the first recommendation of a report, which is not read.
    pub(crate) fn pass_over_above(&mut self, line: &str) {
        self.lines_above += 1;
        if self.first_lines_above.len() < LINES_ABOVE_NAMED {
            let line = shorten(line.trim(), Message::LONGEST_CELL).into_owned();
            self.first_lines_above.push(line);
        }
    }

    /// Notes a line with a page's number or symbol; within a sentence it is named.
    pub(crate) fn pass_over_page(&mut self, within: Option<(Row, &str)>) {
        self.page_lines += 1;
        if let Some((row, text)) = within
            && self.page_lines_within.len() < MOST_NAMED
        {
            let text = text.to_owned();
            self.page_lines_within.push(PageLine { row, text });
        }
    }

    /// Notes an assessment that is not read, because no round was chosen for it.
    pub(crate) fn pass_over_status(&mut self, status: &str) {
        self.rows_without_round += 1;
        let status = shorten(status.trim(), Message::LONGEST_CELL).into_owned();
        if let Some(rows) = self.statuses_unread.get_mut(&status) {
            *rows += 1;
        } else if !status.is_empty() && self.statuses_unread.len() < MOST_NAMED {
            self.statuses_unread.insert(status, 1);
        }
    }

    /// Notes a sheet that is not read.
    pub(crate) fn pass_over_sheet(&mut self, name: &str) {
        if self.sheets_unread.len() >= MOST_NAMED {
            self.more_sheets_unread += 1;
        } else {
            let name = shorten(name, Message::LONGEST_CELL).into_owned();
            self.sheets_unread.push(name);
        }
    }

    /// Notes a sheet that has the headings of the one that is read, and rows below them.
    pub(crate) fn pass_over_sheet_alike(&mut self, name: &str, rows: u64) {
        if self.sheets_alike.len() < MOST_NAMED {
            let name = shorten(name, Message::LONGEST_CELL).into_owned();
            *self.sheets_alike.entry(name).or_default() += rows;
        } else {
            self.pass_over_sheet(name);
        }
    }

    /// Notes the columns: those that are read, and those that hold something and are not read.
    pub(crate) fn count_columns(&mut self, read: usize, unread: Vec<String>) {
        self.columns_read = read;
        self.columns = read + unread.len();
        self.columns_unread = unread;
    }
}

/// Which columns of a table are read, and which of the others hold something.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    names: Vec<String>,
    is_read: Vec<bool>,
    is_filled: Vec<bool>,
    /// How many of those that are not read have held nothing so far.
    unknown: usize,
}

impl Columns {
    /// Begins with the names of all columns and the places of those that are read.
    pub(crate) fn new(names: Vec<String>, read: impl IntoIterator<Item = usize>) -> Self {
        let mut is_read = vec![false; names.len()];
        for place in read {
            if let Some(is_read) = is_read.get_mut(place) {
                *is_read = true;
            }
        }
        let unknown = is_read.iter().filter(|is_read| !**is_read).count();
        Self {
            is_filled: vec![false; names.len()],
            names,
            is_read,
            unknown,
        }
    }

    /// Notes which columns a row fills.
    pub(crate) fn see(&mut self, cells: &[String]) {
        // A row may go on where there are no headings any more.
        while self.names.len() < cells.len() {
            self.names.push(letters(self.names.len()));
            self.is_read.push(false);
            self.is_filled.push(false);
            self.unknown += 1;
        }
        // Most rows come after every column has held something.
        if self.unknown == 0 {
            return;
        }
        let columns = self.is_read.iter().zip(&mut self.is_filled).zip(cells);
        for ((is_read, is_filled), cell) in columns {
            if !*is_read && !*is_filled && !cell.trim().is_empty() {
                *is_filled = true;
                self.unknown -= 1;
            }
        }
    }

    /// Writes what was seen into an account.
    pub(crate) fn account_for(&self, account: &mut FileAccount) {
        let read = self.is_read.iter().filter(|is_read| **is_read).count();
        let columns = self.names.iter().zip(&self.is_filled);
        let unread = columns
            .filter(|(_, is_filled)| **is_filled)
            .map(|(name, _)| shorten(name.trim(), Message::LONGEST_CELL).into_owned());
        account.count_columns(read, unread.collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_columns_are_not_named_and_long_lists_end() {
        let own = |cells: &[&str]| {
            cells
                .iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>()
        };
        let mut columns = Columns::new(own(&["a", "b", "c", "d"]), [0, 9]);
        columns.see(&own(&["", " ", "x"]));
        columns.see(&own(&["1", "", "", ""]));
        let mut account = FileAccount::default();
        columns.account_for(&mut account);
        assert_eq!((account.columns, account.columns_read), (2, 1));
        assert_eq!(account.columns_unread, ["c"]);
        for row in 1..=50 {
            account.pass_over(row, UnreadReason::Note, &own(&["x", "", "y"]));
            account.pass_over_sheet("x");
        }
        assert_eq!(account.rows_unread.len(), MOST_NAMED);
        assert_eq!(account.rows_unread[0].text, "x | y");
        assert_eq!(
            (account.more_rows_unread, account.more_sheets_unread),
            (10, 10)
        );
        let json = serde_json::to_string(&account).unwrap();
        assert_eq!(serde_json::from_str::<FileAccount>(&json).unwrap(), account);
        assert_eq!(
            serde_json::from_str::<FileAccount>("{}").unwrap(),
            FileAccount::default()
        );
    }
}
