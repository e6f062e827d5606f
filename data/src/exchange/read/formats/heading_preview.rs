//! What stands in a table of unknown headings, for a person to say which column holds what.

use crate::domain::{Message, ReviewCode};
use crate::exchange::read::MAX_ABOVE;
use crate::exchange::read::containers::archive::Archive;
use crate::exchange::read::containers::book::Book;
use crate::exchange::read::containers::encoding::without_mark;
use crate::exchange::read::containers::loose_tables::{self, LooseTable};
use crate::exchange::read::containers::records::Records;
use crate::exchange::read::containers::sheet::{Enough, Facts};
use crate::exchange::read::formats::json::is_json;
use crate::exchange::read::formats::mapping_guess::{guess, guess_beside, known_headings};
use crate::exchange::read::formats::recognise::{Guard, Table};
use crate::exchange::read::values::cells::{named_headings, shortened};
use crate::exchange::read::values::{heading_row, names};
use crate::exchange::{Format, Mapping, ReadFailure, ReadOptions, Row};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Rows that are looked at.
const LOOKED_AT: usize = 60;
/// Rows that are shown.
const SHOWN: usize = 10;

/// What a person has said about a table before it is looked into.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SurveyOptions {
    /// The row that holds the headings.
    pub heading_row: Option<Row>,
    /// Whether all columns are to be mapped, even if the format is recognised.
    pub all_columns: bool,
    /// The sheet of a workbook that is looked into, from 1.
    pub sheet: Option<u32>,
}

/// A sheet of a workbook that holds anything.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SheetSize {
    /// Its place in the workbook, from 1.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// How many rows hold anything.
    pub rows: u32,
    /// The number of columns.
    pub columns: usize,
}

/// A table of unknown headings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Survey {
    /// [`Format::MappedText`] or [`Format::MappedWorkbook`]; or the recognised format whose columns need no mapping.
    pub format: Format,
    /// The row that the headings stand in, from 1.
    pub heading_row: Row,
    /// The headings; a column without one goes by its letters.
    pub headings: Vec<String>,
    /// The columns that the recognised format reads, by their headings.
    pub known: BTreeSet<String>,
    /// The first rows that hold anything, to choose another row of headings from: at most twenty, each shortened.
    pub first_rows: Vec<(Row, String)>,
    /// The first rows below them, at most ten, each cell shortened to 200 characters.
    pub rows: Vec<Vec<String>>,
    /// Which column seems to hold what.
    pub guess: Mapping,
    /// The sheets of a workbook that hold anything; none of other files.
    #[serde(default)]
    pub sheets: Vec<SheetSize>,
    /// The sheet that the table is on, from 1; `None` for other files than workbooks.
    #[serde(default)]
    pub sheet: Option<u32>,
}

type Rows = Vec<(Row, Vec<String>)>;

/// Looks into a file.
pub(crate) fn of(bytes: &[u8], options: SurveyOptions) -> Result<Survey, ReadFailure> {
    names::begin();
    if bytes.starts_with(b"PK") {
        let mut archive = Archive::open(bytes)?;
        if archive.has("word/document.xml") {
            let (tables, _) = loose_tables::in_document(&mut archive)?;
            return in_tables(Format::MappedWorkbook, tables, options);
        }
        return in_book(archive, options);
    }
    if is_json(bytes) {
        let table = loose_tables::in_json(bytes)?;
        // The names of objects are the headings, whatever the objects hold.
        let options = SurveyOptions {
            heading_row: Some(0),
            ..options
        };
        let mut survey = in_tables(Format::MappedText, vec![table], options)?;
        survey.first_rows.truncate(1);
        return Ok(survey);
    }
    let bytes = without_mark(bytes)?;
    let beginning = bytes.get(..bytes.len().min(8 << 10)).unwrap_or_default();
    if beginning.contains(&0) {
        return Err(Message::new("exchange-unknown-format").into());
    }
    let mut records = Records::new(&bytes);
    records.may_be_old();
    let mut rows = Rows::new();
    while rows.len() < LOOKED_AT {
        let Some(cells) = records.next()? else { break };
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((records.number(), cells));
        }
    }
    let is_empty = rows.is_empty();
    match survey(Format::MappedText, rows, options) {
        Some((_, survey)) => Ok(survey),
        None if is_empty => Err(Message::new("exchange-empty").into()),
        None => Err(Message::new("exchange-no-table").into()),
    }
}

/// The table with the most known headings, and of those the largest.
fn in_tables(
    format: Format,
    tables: Vec<LooseTable>,
    options: SurveyOptions,
) -> Result<Survey, ReadFailure> {
    let mut best: Option<((usize, usize), Survey)> = None;
    for mut table in tables {
        let size = table.rows.len();
        table.rows.truncate(LOOKED_AT);
        if let Some((known, survey)) = survey(format, table.rows, options)
            && best
                .as_ref()
                .is_none_or(|(before, _)| (known, size) > *before)
        {
            best = Some(((known, size), survey));
        }
    }
    match best {
        Some((_, survey)) => Ok(survey),
        None => Err(Message::new("exchange-matrix-no-table").into()),
    }
}

fn in_book(archive: Archive<'_>, options: SurveyOptions) -> Result<Survey, ReadFailure> {
    let Some(mut book) = Book::open(archive)? else {
        return Err(Message::new("exchange-unknown-format").into());
    };
    let mut best: Option<(usize, Survey)> = None;
    let mut sheets = Vec::new();
    for (place, number) in (0..book.sheets()).zip(1_u32..) {
        let mut rows = Rows::new();
        let mut size = SheetSize {
            number,
            name: shortened(&book.name(place)),
            rows: 0,
            columns: 0,
        };
        let read = book.rows(place, &Facts::default(), |number, cells| {
            size.rows += 1;
            size.columns = size.columns.max(cells.len());
            if rows.len() < LOOKED_AT {
                rows.push((number, cells));
            }
            Ok(Enough::No)
        });
        // What is wrong further below is said when the sheet is read.
        if rows.len() < LOOKED_AT {
            read?;
        }
        if size.rows > 0 {
            sheets.push(size);
        }
        if options.sheet.is_some_and(|sheet| sheet != number) {
            continue;
        }
        if let Some((known, mut survey)) = survey(Format::MappedWorkbook, rows, options)
            && best.as_ref().is_none_or(|(before, _)| known > *before)
        {
            survey.sheet = Some(number);
            best = Some((known, survey));
        }
    }
    match best {
        Some((_, mut survey)) => {
            survey.sheets = sheets;
            Ok(survey)
        }
        // A sheet that was chosen and is not there any more.
        None if options.sheet.is_some() && !sheets.is_empty() => {
            Err(Message::new("exchange-sheet-empty").into())
        }
        None if sheets.is_empty() => Err(Message::new("exchange-empty").into()),
        None => Err(Message::new("exchange-no-table").into()),
    }
}

/// The table in these rows, and how well its headings are known. Its headings are the row that a person chose; else
/// the first one that a format recognises; else the row with the most known ones, or else the first with two cells
/// at least.
fn survey(format: Format, rows: Rows, options: SurveyOptions) -> Option<(usize, Survey)> {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let above = usize::try_from(MAX_ABOVE).unwrap_or(usize::MAX);
    let known: Vec<usize> = rows
        .iter()
        .take(above)
        .map(|(_, cells)| heading_row::likeness(cells, known_headings(cells)))
        .collect();
    let most = known.iter().copied().max().unwrap_or_default();
    let recognised = |cells: &[String]| {
        // Whether it names its review is not the question here.
        let any = ReadOptions::of_review(ReviewCode::parse("FJI-1"));
        let table = Table::recognised(cells, &any, Guard::Never).ok();
        table.filter(|table| !options.all_columns && !matches!(table, Table::Mapped(_)))
    };
    let place = if let Some(row) = options.heading_row {
        rows.iter().position(|(number, _)| *number == row)
    } else {
        let mut first = rows.iter().take(above);
        first
            .position(|(_, cells)| recognised(cells).is_some())
            .or_else(|| match most {
                0 => rows.iter().position(|(_, cells)| filled(cells) > 1),
                most => known.iter().position(|count| *count == most),
            })
    }?;
    let (heading_row, headings) = rows.get(place)?;
    let below: Vec<Vec<String>> = rows
        .iter()
        .skip(place + 1)
        .map(|(_, cells)| cells.clone())
        .collect();
    let named = named_headings(headings);
    let show = |row: &Vec<String>| row.iter().map(|cell| shortened(cell)).collect();
    let in_short = |(number, cells): &(Row, Vec<String>)| {
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        let cells: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        (*number, shortened(&cells.join(" | ")))
    };
    let table = recognised(headings);
    let (guess, read) = match &table {
        Some(table) => {
            let read = table.reads();
            (guess_beside(&named, &read, &below), read)
        }
        None => (guess(&named, &below), Vec::new()),
    };
    let in_workbook = format == Format::MappedWorkbook;
    let format = match table.map(|table| table.format()) {
        Some(Format::OwnCsv) if in_workbook => Format::OwnXlsx,
        Some(recognised) => recognised,
        None => format,
    };
    Some((
        most,
        Survey {
            format,
            heading_row: *heading_row,
            guess,
            known: read
                .into_iter()
                .filter_map(|at| Some(named.get(at)?.trim().to_owned()))
                .collect(),
            headings: named,
            first_rows: rows.iter().take(above).map(in_short).collect(),
            rows: below.iter().take(SHOWN).map(show).collect(),
            sheets: Vec::new(),
            sheet: None,
        },
    ))
}
