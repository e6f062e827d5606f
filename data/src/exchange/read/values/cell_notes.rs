//! What the cells of a sheet are beside their texts: merged, struck out, without a value.

use crate::domain::Message;
use crate::exchange::account::is_within_file;
use crate::exchange::read::containers::sheet::{Facts, Link};
use crate::exchange::read::values::cells::{letters, shortened};
use crate::exchange::read::values::plain::{is_formula_error, marked};
use crate::exchange::{FileAccount, Row};

/// Cells that are named.
const MOST_NAMED: usize = 20;

/// What is noted while the rows below the headings come by.
#[derive(Default)]
pub(crate) struct CellNotes {
    heading_row: Row,
    /// The places of the columns that are read.
    read: Vec<usize>,
    /// The places of those that hold sources: addresses belong there.
    sources: Vec<usize>,
    without_value: Vec<String>,
    more_without_value: u64,
    merged: u64,
    struck: u64,
    /// The links whose addresses are not read.
    links: FileAccount,
}

impl CellNotes {
    /// Begins below the headings of a table that reads these columns.
    pub(crate) fn below(heading_row: Row, read: Vec<usize>, sources: Vec<usize>) -> Self {
        Self {
            heading_row,
            read,
            sources,
            ..Self::default()
        }
    }

    /// Goes on below the headings of a further table.
    pub(crate) fn go_on_below(&mut self, heading_row: Row, read: Vec<usize>) {
        (self.heading_row, self.read) = (heading_row, read);
    }

    /// Notes the cells of a row, and gives those that belong to a merged cell its value. Programs store it in the
    /// first row only.
    pub(crate) fn see(&mut self, number: Row, cells: &mut Vec<String>, facts: &Facts) {
        for (at, first, value) in facts.merged.borrow().iter() {
            if *first <= self.heading_row {
                continue;
            }
            if cells.len() <= *at {
                cells.resize(at + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(*at) {
                cell.clone_from(value);
                self.merged += u64::from(self.read.contains(at));
            }
        }
        for (at, shown) in facts.without_value.borrow().iter() {
            if self.read.contains(at) {
                self.name(*at, number, shown);
            }
        }
        let struck = facts.struck.borrow();
        let struck = struck.iter().filter(|at| self.read.contains(at)).count();
        self.struck += u64::try_from(struck).unwrap_or_default();
        for Link { at, text, address } in facts.links.borrow().iter() {
            if !self.read.contains(at) || is_within_file(address) {
                continue;
            }
            let Some(cell) = cells.get_mut(*at) else {
                self.links.pass_over_link(text, address);
                continue;
            };
            if cell.contains(address.as_str()) {
                continue;
            }
            if !self.sources.contains(at) || !address.contains("://") {
                self.links.pass_over_link(text, address);
            } else if !text.is_empty() && cell.contains(text.as_str()) {
                *cell = cell.replacen(text.as_str(), &format!("{text} ({address})"), 1);
            } else {
                cell.push_str(" (");
                cell.push_str(address);
                cell.push(')');
            }
        }
    }

    /// Notes what the markup of web pages in the cells of a row strikes out, and where its links lead. In a column of
    /// sources their addresses are put behind their texts; `None` if that changes nothing.
    pub(crate) fn see_markup(&mut self, cells: &[String]) -> Option<Vec<String>> {
        let mut changed: Option<Vec<String>> = None;
        for (at, cell) in cells.iter().enumerate() {
            if !self.read.contains(&at) {
                continue;
            }
            let Some(marked) = marked(cell) else {
                continue;
            };
            self.struck += u64::from(marked.is_struck);
            if marked.links.is_empty() {
                continue;
            }
            if self.sources.contains(&at) {
                let changed = changed.get_or_insert_with(|| cells.to_vec());
                if let Some(cell) = changed.get_mut(at) {
                    *cell = marked.with_addresses;
                }
                continue;
            }
            for (text, address) in &marked.links {
                if !text.contains(address.as_str()) {
                    self.links.pass_over_link(text, address);
                }
            }
        }
        changed
    }

    /// Notes the cells of a row whose text is the error of a spreadsheet, as texts and records have it. They are read
    /// as empty.
    pub(crate) fn see_errors(&mut self, number: Row, cells: &[String]) {
        for (at, cell) in cells.iter().enumerate() {
            if is_formula_error(cell.trim()) && self.read.contains(&at) {
                self.name(at, number, cell.trim());
            }
        }
    }

    fn name(&mut self, at: usize, number: Row, shown: &str) {
        if self.without_value.len() < MOST_NAMED {
            let name = format!("{}{number} ({})", letters(at), shortened(shown));
            self.without_value.push(name);
        } else {
            self.more_without_value += 1;
        }
    }

    /// The cells that hold an error or a formula without its result, if there are any.
    pub(crate) fn warning(&self) -> Option<Message> {
        if self.without_value.is_empty() {
            return None;
        }
        let cells = self.without_value.join(", ");
        Some(match self.more_without_value {
            0 => Message::new("exchange-cells-without-value").with("cells", cells),
            more => Message::new("exchange-cells-without-value-more")
                .with("cells", cells)
                .with("more", more),
        })
    }

    /// Writes what was noted into an account.
    pub(crate) fn account_for(&self, account: &mut FileAccount) {
        account.cells_merged += self.merged;
        account.cells_struck += self.struck;
        account.add_beside(&self.links);
    }
}
