//! Tables whose headings say what they are, wherever they stand: in a workbook, in a text, in JSON.

use super::own_table::OwnTable;
use super::uhri_columns;
use super::uhri_xlsx::Uhri;
use super::upr_info::UprInfo;
use super::upr_info_columns;
use crate::domain::{Message, ReviewCode};
use crate::exchange::{Format, Rejected, Sink, Stopped};

/// A table as its rows come by.
pub(super) enum Table {
    /// The Universal Human Rights Index.
    Uhri(Box<Uhri>),
    /// UPR Info's database.
    UprInfo(Box<UprInfo>),
    /// Our own.
    Own(Box<OwnTable>),
}

/// Whether texts of our own table may carry a guard against formulas.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// As in CSV.
    Perhaps,
    /// As where cells have types.
    Never,
}

impl Table {
    /// Begins behind the row of headings; otherwise, what our own table lacks.
    pub(super) fn of(
        headings: &[String],
        named: Option<ReviewCode>,
        guard: Guard,
    ) -> Result<Self, Message> {
        if let Some(columns) = uhri_columns::Columns::find(headings) {
            let uhri = Uhri::new(columns, headings.to_vec(), named);
            return Ok(Self::Uhri(Box::new(uhri)));
        }
        if let Some(columns) = upr_info_columns::Columns::find(headings) {
            let table = UprInfo::new(columns, headings.to_vec(), named);
            return Ok(Self::UprInfo(Box::new(table)));
        }
        let own = OwnTable::new(headings, named)?;
        Ok(Self::Own(Box::new(match guard {
            Guard::Perhaps => own,
            Guard::Never => own.in_workbook(),
        })))
    }

    /// The format of a file that is such a table as text.
    pub(super) fn format(&self) -> Format {
        match self {
            Self::Uhri(_) => Format::UhriXlsx,
            Self::UprInfo(_) => Format::UprInfo,
            Self::Own(_) => Format::OwnCsv,
        }
    }

    /// Takes a row.
    pub(super) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        match self {
            Self::Uhri(table) => table.take(number, cells, sink),
            Self::UprInfo(table) => table.take(number, cells, sink),
            Self::Own(table) => table.take(number, cells, sink),
        }
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(super) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        match self {
            Self::Uhri(table) => table.whole(wrong, cells),
            Self::UprInfo(table) => table.whole(wrong, cells),
            Self::Own(table) => table.whole(wrong, cells),
        }
    }
}
