//! XLSX: the rows on the first sheet, from its first cell; what the file says about itself on the
//! second. Every cell is written as a string, so nothing in it can become a formula, a number or a
//! link.

use super::{Extra, Table, Words};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use std::io::{self, Write};

/// The longest text that a cell of a spreadsheet holds, in characters.
const MAX_TEXT: usize = 32_767;
/// The longest name of a sheet.
const MAX_NAME: usize = 31;

/// Writes the table as a workbook.
pub fn write_xlsx(table: &Table<'_>, out: impl Write + Send) -> io::Result<()> {
    workbook(table, out).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    })
}

fn workbook(table: &Table<'_>, out: impl Write + Send) -> Result<(), XlsxError> {
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
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(sheet_name(
        table.words,
        Extra::RecommendationsSheet,
        "Recommendations",
    ))?;
    let last_column = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let last_row = u32::try_from(table.count).unwrap_or(u32::MAX);
    for (column, _) in (0..=last_column).zip(&headings) {
        sheet.set_column_width(column, width(column))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    for (column, heading) in (0..=last_column).zip(&headings) {
        sheet.write_string_with_format(0, column, fitting(heading), &bold)?;
    }
    let mut number = 0;
    table.each_row(|cells| {
        number += 1;
        for (column, cell) in (0..=last_column).zip(cells.iter()) {
            if !cell.is_empty() {
                sheet
                    .write_string_with_format(number, column, fitting(cell), &plain)
                    .map_err(io::Error::other)?;
            }
        }
        Ok(())
    })?;

    let about = workbook.add_worksheet_with_constant_memory()?;
    about.set_name(sheet_name(table.words, Extra::AboutSheet, "About"))?;
    about.set_column_width(0, 24)?;
    about.set_column_width(1, 90)?;
    let values = [
        (Extra::Title, Some(table.about.title.as_str())),
        (Extra::Notice, table.about.notice.as_deref()),
        (Extra::Round, table.about.round.as_deref()),
        (Extra::Filter, Some(table.about.filter.as_str())),
        (Extra::CountingUnit, Some(table.about.unit.as_str())),
        (Extra::DataAsOf, Some(table.about.data_as_of.as_str())),
        (Extra::Licence, table.about.licence.as_deref()),
    ];
    let present = values
        .into_iter()
        .filter_map(|(extra, value)| value.map(|v| (extra, v)));
    for (row, (extra, value)) in (0..).zip(present) {
        about.write_string_with_format(row, 0, fitting(&table.words.extra(extra)), &bold)?;
        about.write_string_with_format(row, 1, fitting(value), &plain)?;
    }
    workbook.save_to_writer(out)
}

/// Texts need room, marks do not. By place: review, paragraph, summary, text and so on.
fn width(column: u16) -> f64 {
    match column {
        0 | 1 => 11.0,
        2 => 50.0,
        3 => 70.0,
        4 | 14 => 36.0,
        _ => 22.0,
    }
}

/// A text that fits into a cell: a longer one ends in an ellipsis, and control characters, which XML
/// cannot hold, are left out.
pub(super) fn fitting(text: &str) -> String {
    let is_text = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    if text.len() < MAX_TEXT && text.chars().all(|c| is_text(&c)) {
        return text.to_owned();
    }
    let mut fitting: String = text.chars().filter(is_text).take(MAX_TEXT + 1).collect();
    if let Some((end, _)) = fitting.char_indices().nth(MAX_TEXT - 1)
        && fitting.chars().nth(MAX_TEXT).is_some()
    {
        fitting.truncate(end);
        fitting.push('…');
    }
    fitting
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
