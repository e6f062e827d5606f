//! Tables whose headings say what they are, wherever they stand: in a workbook, in a text, in JSON.

use super::guess::guess;
use super::mapped_table::MappedTable;
use super::matrix_cells;
use super::matrix_rows::MatrixRows;
use super::own_table::OwnTable;
use super::uhri_columns;
use super::uhri_xlsx::Uhri;
use super::upr_info::UprInfo;
use super::upr_info_columns;
use super::values::folded;
use crate::domain::Message;
use crate::exchange::{Format, ReadOptions, Rejected, Sink, Stopped};

/// A table as its rows come by.
pub(super) enum Table {
    /// The Universal Human Rights Index.
    Uhri(Box<Uhri>),
    /// UPR Info's database.
    UprInfo(Box<UprInfo>),
    /// OHCHR's matrix, copied into a spreadsheet.
    Matrix(Box<MatrixRows>),
    /// Our own.
    Own(Box<OwnTable>),
    /// Somebody else's, by a mapping.
    Mapped(Box<MappedTable>),
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
        options: &ReadOptions,
        guard: Guard,
    ) -> Result<Self, Message> {
        let named = options.review;
        if let Some(mapping) = &options.mapping {
            let table = MappedTable::new(headings, mapping, named)?;
            return Ok(Self::Mapped(Box::new(table)));
        }
        if let Some(columns) = uhri_columns::Columns::find(headings) {
            let uhri = Uhri::new(columns, headings.to_vec(), named);
            return Ok(Self::Uhri(Box::new(uhri)));
        }
        if let Some(columns) = upr_info_columns::Columns::find(headings) {
            let table = UprInfo::new(columns, headings.to_vec(), named);
            return Ok(Self::UprInfo(Box::new(table)));
        }
        if matrix_cells::Columns::find(headings).is_some() {
            let table = MatrixRows::new(headings.to_vec(), options);
            return Ok(Self::Matrix(Box::new(table)));
        }
        let own = match OwnTable::new(headings, named) {
            Ok(own) => own,
            Err(_) if are_assessments(headings) => {
                let table = MappedTable::new(headings, &guess(headings, &[]), named)?;
                return Ok(Self::Mapped(Box::new(table)));
            }
            Err(reason) => return Err(reason),
        };
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
            Self::Matrix(_) => Format::OhchrMatrix,
            Self::Own(_) => Format::OwnCsv,
            Self::Mapped(_) => Format::MappedText,
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
            Self::Matrix(table) => table.take(number, cells, sink),
            Self::Own(table) => table.take(number, cells, sink),
            Self::Mapped(table) => table.take(number, cells, sink),
        }
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(super) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        match self {
            Self::Uhri(table) => table.whole(wrong, cells),
            Self::UprInfo(table) => table.whole(wrong, cells),
            Self::Matrix(table) => table.whole(wrong, cells),
            Self::Own(table) => table.whole(wrong, cells),
            Self::Mapped(table) => table.whole(wrong, cells),
        }
    }
}

/// Whether a table says by the plainest headings that its rows are assessments.
fn are_assessments(headings: &[String]) -> bool {
    let has = |name: &str| headings.iter().any(|one| folded(one) == name);
    has("paragraph") && has("status")
}

/// Of two rows that are not the headings, what is wrong with the one that comes nearer: of most rows a
/// mapping only says that its headings are not there.
pub(super) fn nearer(before: Option<Message>, reason: Message) -> Message {
    match before {
        Some(before) if reason.key == "exchange-mapping-headings" => before,
        _ => reason,
    }
}
