//! The sheets of a workbook, whichever program's.

use super::archive::Archive;
use super::ods;
use super::sheet::Enough;
use super::workbook::Workbook;
use crate::domain::Message;
use crate::exchange::ReadFailure;
use std::cell::Cell;

/// A workbook.
pub(super) enum Book<'a> {
    /// Excel's format.
    Xlsx(Workbook<'a>),
    /// The Open Document Format.
    Ods(Archive<'a>, usize),
}

impl<'a> Book<'a> {
    /// Opens it; none if the archive is no workbook.
    pub(super) fn open(mut archive: Archive<'a>) -> Result<Option<Self>, ReadFailure> {
        if archive.has("xl/workbook.xml") {
            return Ok(Some(Self::Xlsx(Workbook::open(archive)?)));
        }
        if archive.has(ods::CONTENT) {
            let sheets = ods::sheets(&mut archive)?;
            return Ok((sheets > 0).then_some(Self::Ods(archive, sheets)));
        }
        Ok(None)
    }

    /// How many sheets are looked at.
    pub(super) fn sheets(&self) -> usize {
        match self {
            Self::Xlsx(workbook) => workbook.sheets(),
            Self::Ods(_, sheets) => *sheets,
        }
    }

    /// Calls `each` for every row of a sheet that is not empty, with the row's number as spreadsheets
    /// show it, until it says that it has enough. `last` is told the last row, where the sheet says it.
    pub(super) fn rows(
        &mut self,
        sheet: usize,
        last: &Cell<u32>,
        each: impl FnMut(u32, Vec<String>) -> Result<Enough, ReadFailure>,
    ) -> Result<(), ReadFailure> {
        match self {
            Self::Xlsx(workbook) => workbook.rows(sheet, last, each),
            Self::Ods(archive, _) => ods::rows(archive, sheet, each),
        }
    }

    /// What goes wrong where no sheet has headings that mean anything.
    pub(super) fn unknown() -> Message {
        Message::new("exchange-sheet-headings")
    }
}
