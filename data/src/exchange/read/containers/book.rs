//! The sheets of a workbook, whichever program's.

use crate::exchange::read::containers::archive::Archive;
use crate::exchange::read::containers::ods;
use crate::exchange::read::containers::sheet::{Enough, Facts};
use crate::exchange::read::containers::workbook::Workbook;
use crate::exchange::read::values::cells::heading;
use crate::exchange::{FileAccount, FileRefusal, ReadFailure};

/// A workbook.
pub(crate) enum Book<'a> {
    /// Excel's format.
    Xlsx(Box<Workbook<'a>>),
    /// The Open Document Format, with the names of its sheets.
    Ods(Archive<'a>, ods::Sheets),
}

impl<'a> Book<'a> {
    /// Opens it; none if the archive is no workbook.
    pub(crate) fn open(mut archive: Archive<'a>) -> Result<Option<Self>, ReadFailure> {
        if archive.has("xl/workbook.xml") {
            return Ok(Some(Self::Xlsx(Box::new(Workbook::open(archive)?))));
        }
        if archive.has(ods::CONTENT) {
            let sheets = ods::sheets(&mut archive)?;
            return Ok((!sheets.names.is_empty()).then_some(Self::Ods(archive, sheets)));
        }
        Ok(None)
    }

    /// How many sheets are looked at.
    pub(crate) fn sheets(&self) -> usize {
        match self {
            Self::Xlsx(workbook) => workbook.sheets(),
            Self::Ods(_, sheets) => sheets.names.len(),
        }
    }

    /// The name of a sheet.
    pub(crate) fn name(&self, sheet: usize) -> String {
        let name = match self {
            Self::Xlsx(workbook) => workbook.name(sheet),
            Self::Ods(_, sheets) => sheets.names.get(sheet).map(String::as_str),
        };
        match name.map(str::trim) {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => (sheet + 1).to_string(),
        }
    }

    /// Returns true if a sheet holds anything.
    pub(crate) fn has_rows(&mut self, sheet: usize) -> Result<bool, ReadFailure> {
        let mut has_rows = false;
        self.rows(sheet, &Facts::default(), |_, _| {
            has_rows = true;
            Ok(Enough::Yes)
        })?;
        Ok(has_rows)
    }

    /// Counts the rows below these headings on a sheet; `None` if none of its first rows holds them.
    pub(crate) fn rows_below(
        &mut self,
        sheet: usize,
        headings: &[String],
        max_above: u32,
    ) -> Result<Option<u64>, ReadFailure> {
        let mut rows = None;
        self.rows(sheet, &Facts::default(), |number, cells| {
            match &mut rows {
                Some(count) => *count += 1,
                None if are_same(headings, &cells) => rows = Some(0),
                None if number > max_above => return Ok(Enough::Yes),
                None => {}
            }
            Ok(Enough::No)
        })?;
        Ok(rows)
    }

    /// How many comments the cells of a sheet have, where they are apart from its rows.
    pub(crate) fn comments(&mut self, sheet: usize) -> Result<u64, ReadFailure> {
        match self {
            Self::Xlsx(workbook) => Ok(workbook.comments(sheet)?),
            Self::Ods(..) => Ok(0),
        }
    }

    /// Names the sheets that are not looked at because there are too many.
    pub(crate) fn name_others(&self, account: &mut FileAccount) {
        let others = match self {
            Self::Xlsx(workbook) => workbook.others(),
            Self::Ods(_, sheets) => &sheets.others,
        };
        for name in others {
            account.pass_over_sheet(name);
        }
    }

    /// Calls `each` for every row of a sheet that is not empty, with the row's number as spreadsheets
    /// show it, until it says that it has enough. `facts` are those of the row and its sheet.
    pub(crate) fn rows(
        &mut self,
        sheet: usize,
        facts: &Facts,
        each: impl FnMut(u32, Vec<String>) -> Result<Enough, ReadFailure>,
    ) -> Result<(), ReadFailure> {
        match self {
            Self::Xlsx(workbook) => workbook.rows(sheet, facts, each),
            Self::Ods(archive, _) => ods::rows(archive, sheet, facts, each),
        }
    }

    /// What goes wrong where no sheet has headings that mean anything.
    pub(crate) fn unknown() -> FileRefusal {
        FileRefusal::SheetHeadings
    }
}

/// Returns true if two rows hold the same headings. The case, blanks and empty cells at the end do not matter.
fn are_same(one: &[String], other: &[String]) -> bool {
    let filled = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| heading(cell)).collect();
        let end = cells.iter().rposition(|cell| !cell.is_empty());
        cells
            .into_iter()
            .take(end.map_or(0, |end| end + 1))
            .collect::<Vec<_>>()
    };
    filled(one) == filled(other)
}
