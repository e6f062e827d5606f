//! XLSX: the rows on the first sheet, from its first cell; what the file says about itself on the
//! second. Every cell is written as a string, so nothing in it can become a formula, a number or a
//! link.
//!
//! The library makes the whole workbook but for the rows below the headings: it hands nothing over
//! before it has them all, so a file of everything began to arrive after seconds, and all of it lay
//! in a temporary file meanwhile. They are put into the finished workbook while it is sent.

mod row_of_sheet;

use super::{Extra, Table, Words};
use crate::domain::shorten;
use row_of_sheet::RowOfSheet;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use std::borrow::Cow;
use std::io::{self, Cursor, Read as _, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Where a workbook has its first sheet.
const FIRST_SHEET: &str = "xl/worksheets/sheet1.xml";

/// The longest text that a cell of a spreadsheet holds, in characters.
const MAX_TEXT: usize = 32_767;
/// How much work goes into making the rows small, of 9.
const LEVEL: i64 = 6;
/// The longest name of a sheet.
const MAX_NAME: usize = 31;

/// Writes the table as a workbook.
pub fn write_xlsx(table: &Table<'_>, out: impl Write) -> io::Result<()> {
    let frame = frame(table).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    })?;
    let mut frame = ZipArchive::new(Cursor::new(frame))?;
    let mut out = ZipWriter::new_stream(out);
    for index in 0..frame.len() {
        let mut part = frame.by_index(index)?;
        if part.name()? == FIRST_SHEET {
            let mut sheet = String::new();
            part.read_to_string(&mut sheet)?;
            // What is there already may go: the rows take their time.
            out.flush()?;
            out.start_file(FIRST_SHEET, options())?;
            fill(&sheet, table, &mut out)?;
        } else {
            out.raw_copy_file(part)?;
        }
    }
    out.finish()?.flush()
}

/// As the library has them for the other parts: no clock.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default())
}

/// Writes the frame's sheet with the table's rows in place of the last one, which only stands for them.
fn fill(sheet: &str, table: &Table<'_>, out: &mut impl Write) -> io::Result<()> {
    let unlike = || io::Error::other("the workbook's sheet is not as expected");
    let end_of_rows = sheet.find("</sheetData>").ok_or_else(unlike)?;
    let (rows, rest) = sheet.split_at(end_of_rows);
    if table.count == 0 {
        return out.write_all(sheet.as_bytes());
    }
    let last = rows.rfind("<row ").ok_or_else(unlike)?;
    let (before, last) = rows.split_at(last);
    out.write_all(before.as_bytes())?;
    let mut row = RowOfSheet::styled_as(last).ok_or_else(unlike)?;
    let mut written = 0;
    table.each_row(|cells| {
        written += 1;
        out.write_all(row.write(written + 1, cells.iter()))
    })?;
    // The sheet says already how many there are.
    if written != table.count {
        return Err(io::Error::other("the rows changed while they were written"));
    }
    out.write_all(rest.as_bytes())
}

/// The workbook without its rows: below the headings there is only the last of them, and in it an empty
/// cell in the last column, styled as all are to be.
fn frame(table: &Table<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The library would write the machine's clock.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(&table.about.title);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    let bold = Format::new()
        .set_bold()
        .set_align(FormatAlign::Top)
        .set_text_wrap();
    let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();

    let headings = table.headings();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(
        table.words,
        Extra::RecommendationsSheet,
        "Recommendations",
    ))?;
    let last_column = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let last_row = u32::try_from(table.count).unwrap_or(u32::MAX);
    for ((column, heading), width) in (0..=last_column).zip(&headings).zip(table.widths()) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, fitting(heading), &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    if table.count > 0 {
        sheet.write_blank(last_row, last_column, &plain)?;
    }

    let about = workbook.add_worksheet();
    about.set_name(sheet_name(table.words, Extra::AboutSheet, "About"))?;
    about.set_column_width(0, 24)?;
    about.set_column_width(1, 90)?;
    let values = [
        (Extra::Title, Some(table.about.title.as_str())),
        (Extra::Notice, table.about.notice.as_deref()),
        (Extra::Round, table.about.round.as_deref()),
        (Extra::Filter, Some(table.about.filter.as_str())),
        (Extra::CountingUnit, Some(table.about.unit.as_str())),
        (Extra::DataAsOf, table.about.data_as_of.as_deref()),
        (
            Extra::LastChangedOn,
            Some(table.about.last_changed_on.as_str()),
        ),
        (Extra::Coverage, table.about.coverage.as_deref()),
        (Extra::Source, Some(table.about.source.as_str())),
        (Extra::Licence, Some(table.about.licence.as_str())),
    ];
    let present = values
        .into_iter()
        .filter_map(|(extra, value)| value.map(|v| (extra, v)));
    for (row, (extra, value)) in (0..).zip(present) {
        about.write_string_with_format(row, 0, fitting(&table.words.extra(extra)), &bold)?;
        about.write_string_with_format(row, 1, fitting(value), &plain)?;
    }
    workbook.save_to_buffer()
}

/// A text that fits into a cell: a longer one ends in an ellipsis, and what XML cannot hold, control
/// characters and two that are none, is left out.
pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    let is_text = |c: &char| {
        matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
    };
    if text.len() < MAX_TEXT && text.chars().all(|c| is_text(&c)) {
        return Cow::Borrowed(text);
    }
    let text: String = text.chars().filter(is_text).take(MAX_TEXT + 1).collect();
    Cow::Owned(shorten(&text, MAX_TEXT).into_owned())
}

/// A name that spreadsheets accept, whatever the translation says.
fn sheet_name(words: &dyn Words, extra: Extra, fallback: &str) -> String {
    let fits = |c: &char| !"[]:*?/\\'".contains(*c) && !c.is_control();
    let name: String = words
        .extra(extra)
        .chars()
        .filter(fits)
        .take(MAX_NAME)
        .collect();
    if name.trim().is_empty() {
        fallback.to_owned()
    } else {
        name
    }
}
