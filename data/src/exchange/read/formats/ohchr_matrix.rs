//! OHCHR's matrix or thematic list of recommendations, a Word document with one table.
//!
//! Cycles 2 and 3 have the columns Recommendation, Position, Full list of themes, Assessment; cycle 4
//! has the goals in the fourth. Merged rows "Theme: …" group the rows below. State, cycle and session
//! stand in the page header only.

use crate::domain::{
    Message, Paragraph, Position, PositionClass, ReviewCode, Scheme, Term, one_spelling,
};
use crate::exchange::account;
use crate::exchange::read::containers::archive::Archive;
use crate::exchange::read::containers::document::{Around, TableRow, walk_with};
use crate::exchange::read::containers::document_parts::{DocumentParts, count_notes, text_of};
use crate::exchange::read::containers::loose_tables;
use crate::exchange::read::containers::sheet::Facts;
use crate::exchange::read::faults::{contradiction, no_state, unknown_position, unknown_state};
use crate::exchange::read::formats::ohchr_matrix_cells::{Columns, terms};
use crate::exchange::read::formats::own_table_cells::values;
use crate::exchange::read::formats::reply::{self, ReplyTable};
use crate::exchange::read::formats::reply_head::{ReplyHead, beginning, names_reply};
use crate::exchange::read::formats::reply_numbers::{ascii_digits, in_cell, in_text};
use crate::exchange::read::formats::report_lines::is_of_the_page;
use crate::exchange::read::formats::uhri_wording::{Beside, Wording, apart};
use crate::exchange::read::formats::{reply_sign, reply_text, report};
use crate::exchange::read::values::cell_notes::CellNotes;
use crate::exchange::read::values::cells::{
    folded, lines, named_headings, one_line, rejected, report_of, shortened, with_comment,
};
use crate::exchange::read::values::plain::plain_cells;
use crate::exchange::read::values::positions::position;
use crate::exchange::read::values::recommenders::in_column;
use crate::exchange::read::values::status_labels::status_and_rest;
use crate::exchange::read::values::title::Title;
use crate::exchange::sink::Supplemented;
use crate::exchange::{
    DocumentRow, DocumentRowKind, FileAccount, FileRefusal, Format, Incoming, IncomingAssessment,
    ReadFailure, ReadOptions, Rejected, Sink, Stopped, UnreadReason,
};
use std::io::BufReader;

/// Reads the document in an archive.
pub(crate) fn read(
    mut archive: Archive<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let mut beside = FileAccount::default();
    count_notes(&mut archive, &mut beside)?;
    if options.mapping.as_ref().is_some_and(|one| !one.extends) {
        let (tables, around) = loose_tables::in_document(&mut archive)?;
        let warning = note_around(&around, &mut beside);
        let sink = &mut Supplemented::new(sink, &beside, warning);
        return loose_tables::read(tables, &around.text, options, sink).map(in_document);
    }
    let named = options.review;
    // Read once for what stands around the table, which says what its rows belong to.
    let (mut has_table, mut has_reply, mut has_titled_reply) = (false, false, false);
    let for_round = !options.statuses.is_empty();
    // The symbol and the date stand in a table at the top of a document.
    let mut top = String::new();
    let parts = DocumentParts::of(&mut archive)?;
    let document = BufReader::new(archive.part(DOCUMENT)?);
    let mut in_tables = FileAccount::default();
    let around = walk_with(document, &parts, |row| {
        in_tables.pass_over(row.number, UnreadReason::Table, &row.cells);
        let is_reply = |is_titled: bool| {
            reply::Columns::find_in_document(&row.cells, is_titled, for_round).is_some()
        };
        has_reply |= !has_table && is_reply(false);
        has_titled_reply |= !has_table && is_reply(true);
        has_table |= Columns::find(&row.cells).is_some();
        if row.number <= TOP_ROWS {
            top.push_str(&row.cells.join("\n"));
            top.push('\n');
        }
        Ok(())
    })?;
    let warning = note_around(&around, &mut beside);
    let sink = &mut Supplemented::new(sink, &beside, warning);
    let around = around.text;
    let headers = headers(&mut archive)?;
    top.push_str(&headers);
    // A matrix names replies in its cells; only what stands around the table says what the document is.
    let is_titled = reply_text::is_titled(&around)
        || reply_text::is_titled(&headers)
        || options.symbol.as_deref().is_some_and(names_reply);
    let head = || ReplyHead::find(&around).or_beside(beginning(&top));
    if has_reply || has_titled_reply && is_titled {
        return read_reply(&mut archive, &around, is_titled, options, sink, head());
    }
    if !has_table {
        if (reply_text::is_titled(&around) || head().symbol.is_some())
            && reply_text::is_reply(&around)
        {
            return read_prose(&mut archive, &around, head(), options, sink);
        }
        if report::is_report(&around) {
            let read = report::read_with(&around, in_tables, options, sink);
            return read.map(|()| Format::ReportText);
        }
        // Answers may stand in tables without headings. A table with headings of its own is none of these, though a
        // heading such as "Note" may read like an answer.
        let lines = in_lines(&mut archive, &around)?;
        let is_signed = head().symbol.is_some() || reply_text::is_titled(&lines.text);
        if (lines.has_answer || is_signed) && reply_text::is_reply(&lines.text) {
            if !is_signed && !lines.is_list && !reply_sign::is_of_a_state(&lines.text, options) {
                return Err(Message::new("exchange-reply-no-sign").into());
            }
            let read = reply_text::read(&lines.text, head(), options, sink);
            return read.map(|()| Format::StateReply);
        }
        let (tables, around) = loose_tables::in_document(&mut archive)?;
        return match loose_tables::read(tables, &around.text, options, sink) {
            Ok(format) => Ok(in_document(format)),
            Err(ReadFailure::Refused(FileRefusal::Content(_))) => {
                Err(Message::new("exchange-matrix-no-table").into())
            }
            Err(failure) => Err(failure),
        };
    }
    let title = title(&mut archive, &around)?;
    let review = match (title, named) {
        (Some(title), Some(named)) if title.review != named => {
            return Err(Message::new("exchange-other-review")
                .with("file", title.review)
                .with("named", named)
                .into());
        }
        (Some(title), _) => Some(title.review),
        (None, named) => named,
    };
    let session = title.and_then(|title| title.session);
    let mut table = Table {
        statuses: options.statuses.clone(),
        ..Table::default()
    };
    let take = |row: Option<Found>, table: &Table, sink: &mut dyn Sink| match (row, review) {
        (Some(row), Some(review)) => table.hand_on(row, review, session, sink),
        _ => Ok(()),
    };
    let document = BufReader::new(archive.part(DOCUMENT)?);
    walk_with(document, &parts, |row| {
        let columns = Columns::find(&row.cells).or(table.columns);
        sink.document_row(DocumentRow {
            row: row.number,
            kind: kind(columns, &row.cells),
            // The end of a cell's last paragraph is no line break.
            cells: row
                .cells
                .iter()
                .map(|cell| cell.strip_suffix('\n').unwrap_or(cell).to_owned())
                .collect(),
        })?;
        let found = table.take(row);
        Ok(take(found, &table, sink)?)
    })?;
    if review.is_none() {
        return Err(Message::new("exchange-name-the-review").into());
    }
    let last = table.pending.take();
    take(last, &table, sink)?;
    table.account.add_columns(&table.seen);
    table.notes.account_for(&mut table.account);
    name_around(&around, &mut table.account);
    sink.account(table.account);
    Ok(Format::OhchrMatrix)
}

/// Names the text around the tables of a document, of which nothing but the review is read.
pub(crate) fn name_around(around: &str, account: &mut FileAccount) {
    for (row, line) in (1_u32..).zip(around.lines()) {
        let line = line.trim();
        if is_of_the_page(line) && !line.is_empty() {
            account.page_lines += 1;
        } else {
            account.pass_over(row, UnreadReason::AroundTables, &[line.to_owned()]);
        }
    }
}

/// The format of a table in a document: it has no text that could be written again as it was.
fn in_document(format: Format) -> Format {
    match format {
        Format::OwnCsv => Format::OwnXlsx,
        Format::MappedText => Format::MappedWorkbook,
        format => format,
    }
}

const DOCUMENT: &str = "word/document.xml";
/// Notes what of the text around the tables is not read, beside the text itself: what is struck out, and the addresses
/// of links. A text that is longer than what is kept is warned of.
fn note_around(around: &Around, account: &mut FileAccount) -> Option<Message> {
    account.paragraphs_struck = around.struck;
    for link in &around.links {
        if !link.text.contains(link.address.as_str()) {
            account.pass_over_link(&link.text, &link.address);
        }
    }
    let max = around.text.len() >> 20;
    around
        .is_cut
        .then(|| Message::new("exchange-text-cut").with("max", max + 1))
}

/// As many rows of tables may be the top of a document.
const TOP_ROWS: u32 = 6;
/// No document has more page headers.
const MAX_HEADERS: usize = 20;
/// As much text of tables is looked at for answers, in bytes.
const MAX_LINES: usize = 4 << 20;

/// Reads a State's reply whose answers stand in tables with headings, and perhaps in the text around them as well.
fn read_reply(
    archive: &mut Archive<'_>,
    around: &str,
    is_titled: bool,
    options: &ReadOptions,
    sink: &mut dyn Sink,
    head: ReplyHead,
) -> Result<Format, ReadFailure> {
    let (head, review) = head.settle(options)?;
    let review = review.ok_or_else(|| Message::new("exchange-name-the-review"))?;
    let for_round = !options.statuses.is_empty();
    let mut account = FileAccount::default();
    let numbers = options.numbers_of(review);
    let remarks = reply_text::read_into(around, &head, review, numbers, &mut account, sink)?;
    let mut open: Option<(ReplyTable, account::Columns)> = None;
    let mut notes = CellNotes::default();
    let parts = DocumentParts::of(archive)?;
    walk_with(
        BufReader::new(archive.part(DOCUMENT)?),
        &parts,
        |mut row| {
            // Each table of an annex may have headings of its own.
            let columns = reply::Columns::find_in_document(&row.cells, is_titled, for_round);
            if let Some(columns) = columns {
                if let Some((table, seen)) = open.take() {
                    note_columns(&table, &seen, &mut account);
                }
                let below = row.number;
                let names = named_headings(&row.cells);
                let found =
                    ReplyTable::new(columns, row.cells, Some(review)).with_head(head.clone());
                notes.go_on_below(below, found.reads());
                let seen = account::Columns::new(names, found.reads());
                open = Some((found, seen));
            } else if let Some((table, seen)) = &mut open {
                notes.see(row.number, &mut row.cells, &row.facts);
                seen.see(&row.cells);
                table.take(row.number, &row.cells, sink)?;
            } else {
                pass_over_numbers(row.number, &row.cells, &mut account);
            }
            Ok(())
        },
    )?;
    if let Some((table, seen)) = open {
        note_columns(&table, &seen, &mut account);
    }
    notes.account_for(&mut account);
    reply_text::name_remarks(&mut account, remarks);
    sink.account(account);
    Ok(Format::StateReply)
}

/// Reads a State's reply whose answers stand in the text, and perhaps in tables without headings as well.
fn read_prose(
    archive: &mut Archive<'_>,
    around: &str,
    head: ReplyHead,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let (head, review) = head.settle(options)?;
    let review = review.ok_or_else(|| Message::new("exchange-name-the-review"))?;
    let mut account = FileAccount::default();
    let numbers = options.numbers_of(review);
    let remarks = reply_text::read_into(around, &head, review, numbers, &mut account, sink)?;
    let rows = in_lines(archive, "")?.text;
    let mut remarks_in_rows = Vec::new();
    if reply_text::is_reply(&rows) {
        remarks_in_rows = reply_text::read_into(&rows, &head, review, numbers, &mut account, sink)?;
    } else {
        for (row, line) in (1_u32..).zip(rows.lines().skip(1)) {
            pass_over_numbers(row, &[line.to_owned()], &mut account);
        }
    }
    reply_text::name_remarks(&mut account, remarks);
    reply_text::name_remarks(&mut account, remarks_in_rows);
    sink.account(account);
    Ok(Format::StateReply)
}

/// Names a row of a table that is not read, if it names a recommendation.
fn pass_over_numbers(row: u32, cells: &[String], account: &mut FileAccount) {
    if cells
        .iter()
        .any(|cell| !in_text(&ascii_digits(cell)).is_empty())
    {
        account.pass_over(row, UnreadReason::Table, cells);
    }
}

/// Adds the columns of one table to those of the tables before it.
fn note_columns(table: &ReplyTable, seen: &account::Columns, account: &mut FileAccount) {
    let texts = table.texts_unread().map(|texts| texts.trim().to_owned());
    account.add_columns_beside(texts, seen);
    if table.texts_unread().is_some() {
        // Its numbers are read and its texts are not: one column.
        account.columns = account.columns.saturating_sub(1);
    }
}

/// The text of a document, then the rows of its tables, each in a line.
struct Lines {
    text: String,
    /// Some row has a number and an answer.
    has_answer: bool,
    /// Every row is a number and an answer, and nothing else.
    is_list: bool,
}

fn in_lines(archive: &mut Archive<'_>, around: &str) -> Result<Lines, ReadFailure> {
    let mut lines = Lines {
        text: around.to_owned(),
        has_answer: false,
        is_list: true,
    };
    let parts = DocumentParts::of(archive)?;
    walk_with(BufReader::new(archive.part(DOCUMENT)?), &parts, |row| {
        if lines.text.len() < MAX_LINES {
            lines.text.push('\n');
            lines.text.push_str(&in_line(&row.cells));
        }
        // "50.6 | Noted (see No. 50.5)": a cell with a number, and behind it one that begins with an answer.
        let mut cells = row.cells.iter().map(|cell| cell.trim());
        let is_answered = cells.any(|cell| cell.starts_with(|c: char| c.is_ascii_digit()))
            && cells.any(|cell| {
                let beginning = cell.split(['(', '.', ',', ';']).next();
                let beginning = beginning.filter(|cell| !cell.trim().is_empty());
                beginning.and_then(position).is_some()
            });
        let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
        lines.has_answer |= is_answered;
        lines.is_list &= is_answered && filled.count() == 2;
        Ok(())
    })?;
    Ok(lines)
}

/// A row of a table in one line, up to its answer: a number and its answer stay together, whatever lines their cells
/// have.
fn in_line(cells: &[String]) -> String {
    let is_number = cells.first().is_some_and(|cell| in_cell(cell).is_some());
    let cells = cells.iter().enumerate().map(|(place, cell)| match place {
        0 if is_number => lines(cell).join(", "),
        _ => cell.trim().to_owned(),
    });
    cells.collect::<Vec<_>>().join(" ")
}

/// Reads one row again, from the cells that a rejected one kept.
pub(crate) fn reread(
    number: u32,
    cells: &[(String, String)],
    review: ReviewCode,
    statuses: &[String],
    sink: &mut dyn Sink,
) -> Result<(), ReadFailure> {
    let mut table = Table {
        statuses: statuses.to_vec(),
        ..Table::default()
    };
    let (headings, values): (Vec<_>, Vec<_>) = cells
        .iter()
        .filter(|(heading, _)| heading != THEME)
        .cloned()
        .unzip();
    table.take(TableRow {
        table: 0,
        number: 0,
        own_cells: headings.len(),
        cells: headings,
        facts: Facts::default(),
    });
    if table.columns.is_none() {
        return Err(Message::new("exchange-matrix-no-table").into());
    }
    table.group = cells
        .iter()
        .find(|(heading, _)| heading == THEME)
        .map(|(_, theme)| theme.clone());
    table.take(TableRow {
        table: 0,
        number,
        own_cells: values.len(),
        cells: values,
        facts: Facts::default(),
    });
    match table.pending.take() {
        Some(row) => Ok(table.hand_on(row, review, None, sink)?),
        None => Err(Message::new("exchange-no-text").into()),
    }
}

/// What the theme of a merged row above is called among the cells of a rejected row.
pub(crate) const THEME: &str = "Theme";

/// The text of the page headers, where the symbol stands as well.
fn headers(archive: &mut Archive<'_>) -> Result<String, ReadFailure> {
    let mut all = String::new();
    let names = archive.names().iter();
    let names: Vec<String> = names
        .filter(|name| name.starts_with("word/header"))
        .take(MAX_HEADERS)
        .cloned()
        .collect();
    for name in names {
        let text = text_of(archive, &name)?;
        all.push_str(beginning(&text));
        all.push('\n');
    }
    Ok(all)
}

/// The title in a page header, or above the table.
fn title(archive: &mut Archive<'_>, around: &str) -> Result<Option<Title>, ReadFailure> {
    let headers: Vec<String> = archive
        .names()
        .iter()
        .filter(|name| name.starts_with("word/header"))
        .cloned()
        .collect();
    for name in headers {
        let text = text_of(archive, &name)?;
        if let Some(title) = Title::find(&text) {
            return Ok(Some(title));
        }
    }
    Ok(Title::find(around))
}

/// The theme that a row names over the rows below it: "Theme: …" in one cell, and nothing in the others.
pub(crate) fn theme(cells: &[String]) -> Option<String> {
    let mut filled = cells.iter().filter(|cell| !cell.trim().is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else {
        return None;
    };
    let text = one_line(only);
    let (word, theme) = text.split_once(':')?;
    matches!(folded(word).as_str(), "theme" | "tema").then(|| theme.trim().to_owned())
}

/// What a row of a matrix with these columns is.
pub(crate) fn kind(columns: Option<Columns>, cells: &[String]) -> DocumentRowKind {
    if Columns::find(cells).is_some() {
        return DocumentRowKind::Headings;
    }
    let Some(columns) = columns else {
        return DocumentRowKind::Other;
    };
    if theme(cells).is_some() {
        return DocumentRowKind::Theme;
    }
    let text = cells.get(columns.text).map(|cell| one_line(cell));
    let text = text.unwrap_or_default();
    let is_single = cells.iter().filter(|cell| !cell.trim().is_empty()).count() < 2;
    if text.is_empty() || is_single && Wording::read(&text).paragraph.is_none() {
        return DocumentRowKind::Other;
    }
    DocumentRowKind::Recommendation
}

/// A row of the table that holds a recommendation.
#[derive(Clone)]
struct Found {
    number: u32,
    text: String,
    position: String,
    themes: String,
    sdgs: String,
    comments: String,
    paragraph: String,
    states: String,
    group: Option<String>,
}

/// The rows as they come by.
#[derive(Default)]
struct Table {
    columns: Option<Columns>,
    headings: Vec<String>,
    group: Option<String>,
    /// The last row, to which a row without a recommendation may belong.
    pending: Option<Found>,
    /// What the statuses of the round are called.
    statuses: Vec<String>,
    /// Which columns hold something.
    seen: account::Columns,
    /// What cells are beside their texts.
    notes: CellNotes,
    account: FileAccount,
}

impl Table {
    /// Takes a row and gives the one before back, if that is complete.
    fn take(&mut self, row: TableRow) -> Option<Found> {
        if let Some(columns) = Columns::find(&row.cells) {
            if self.columns.is_none() {
                self.account.heading_row = Some(row.number);
            }
            // Each table has columns of its own.
            self.account.add_columns(&self.seen);
            self.seen = account::Columns::new(named_headings(&row.cells), columns.places());
            self.notes.go_on_below(row.number, columns.places());
            self.columns = Some(columns);
            self.headings = row.cells;
            return None;
        }
        let Some(columns) = self.columns else {
            self.account
                .pass_over(row.number, UnreadReason::AboveHeadings, &row.cells);
            return None;
        };
        let mut row = row;
        self.notes.see(row.number, &mut row.cells, &row.facts);
        self.notes.see_markup(&row.cells);
        if let Some(cells) = plain_cells(&row.cells) {
            row.cells = cells;
        }
        self.seen.see(&row.cells);
        let cell = |place: Option<usize>| place.and_then(|at| row.cells.get(at));
        let owned = |place| cell(place).cloned().unwrap_or_default();
        let text = one_line(&owned(Some(columns.text)));
        if let Some(theme) = theme(&row.cells) {
            self.group = Some(theme);
            return self.pending.take();
        }
        let found = Found {
            number: row.number,
            text: owned(Some(columns.text)),
            position: owned(Some(columns.position)),
            themes: owned(columns.themes),
            sdgs: owned(columns.sdgs),
            comments: owned(columns.comments),
            paragraph: owned(columns.paragraph),
            states: owned(columns.states),
            group: self.group.clone(),
        };
        if !text.is_empty() {
            // A merged row that is neither a theme nor a recommendation is a note.
            let is_note = row.own_cells == 1 && Wording::read(&text).paragraph.is_none();
            return if is_note {
                self.account
                    .pass_over(row.number, UnreadReason::Note, &row.cells);
                None
            } else {
                self.pending.replace(found)
            };
        }
        let is_empty = |cell: &String| cell.trim().is_empty();
        let going_on = [&found.themes, &found.sdgs, &found.comments];
        let own = [&found.position, &found.paragraph, &found.states];
        if own.into_iter().chain(going_on).all(is_empty) {
            return None;
        }
        // A row broken over two pages: only its lists and its comment go on. An answer, a number or States are those of
        // another row, whose text is missing.
        match &mut self.pending {
            Some(pending) if own.into_iter().all(is_empty) => {
                for (whole, more) in [
                    (&mut pending.themes, found.themes),
                    (&mut pending.sdgs, found.sdgs),
                    (&mut pending.comments, found.comments),
                ] {
                    if !more.is_empty() {
                        whole.push('\n');
                        whole.push_str(&more);
                    }
                }
                None
            }
            pending => pending.replace(found),
        }
    }
}

impl Table {
    /// Hands a row on, as a recommendation or as one that cannot be taken.
    fn hand_on(
        &self,
        row: Found,
        review: ReviewCode,
        session: Option<u8>,
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        let typed = Paragraph::from_source(&one_line(&row.paragraph)).ok();
        let parts = if row.states.trim().is_empty() {
            apart(&row.text, typed.as_ref())
        } else {
            None
        };
        let Some(parts) = parts else {
            return self.hand_on_one(row, review, session, sink);
        };
        for (number, text) in parts {
            let mut part = row.clone();
            text.clone_into(&mut part.text);
            if !part.paragraph.trim().is_empty() {
                part.paragraph = number.to_string();
            }
            self.hand_on_one(part, review, session, sink)?;
        }
        Ok(())
    }

    /// The same for a row with one recommendation.
    fn hand_on_one(
        &self,
        mut row: Found,
        review: ReviewCode,
        session: Option<u8>,
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        let cells = [
            (self.columns.map(|columns| columns.text), &row.text),
            (self.columns.map(|columns| columns.position), &row.position),
            (self.columns.and_then(|columns| columns.themes), &row.themes),
            (self.columns.and_then(|columns| columns.sdgs), &row.sdgs),
            (
                self.columns.and_then(|columns| columns.comments),
                &row.comments,
            ),
            (
                self.columns.and_then(|columns| columns.paragraph),
                &row.paragraph,
            ),
            (self.columns.and_then(|columns| columns.states), &row.states),
        ];
        let cells: Vec<(String, String)> = cells
            .into_iter()
            .filter_map(|(place, value)| Some((self.headings.get(place?)?.clone(), value.clone())))
            .chain([(THEME.to_owned(), row.group.clone().unwrap_or_default())])
            .collect();
        let comment = std::mem::take(&mut row.comments);
        match incoming(row, review, session) {
            Ok(incoming) => {
                let assessment = assessment(&incoming, &comment, &self.statuses);
                let (headings, values): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
                sink.row(&headings, &values);
                sink.recommendation(incoming)?;
                assessment.map_or(Ok(()), |one| sink.assessment(one))
            }
            Err(wrong) => {
                let cells = cells.iter().map(|(heading, value)| (&**heading, &**value));
                sink.rejected(wrong.of_review(Some(review)).with_cells(cells))
            }
        }
    }
}

/// What the last column says, if whoever got the matrix has filled it in: the status that it begins
/// with, and the rest as the reason. A comment without a known status is for a person to give one.
fn assessment(one: &Incoming, comment: &str, statuses: &[String]) -> Option<IncomingAssessment> {
    let comment = comment.trim();
    if comment.is_empty() {
        return None;
    }
    let (status, rationale) =
        status_and_rest(comment, statuses).unwrap_or((String::new(), comment));
    Some(IncomingAssessment {
        row: one.row,
        review: Some(one.review),
        paragraph: one.paragraph.clone()?,
        status,
        rationale: Some(rationale.to_owned()).filter(|text| !text.is_empty()),
        evidence: Vec::new(),
        confidence: None,
        text: None,
        recommending: Vec::new(),
    })
}

fn incoming(row: Found, review: ReviewCode, session: Option<u8>) -> Result<Incoming, Rejected> {
    let number = row.number;
    let wrong = |column, value: &str, reason| rejected(number, column, value, reason);
    if row.text.trim().is_empty() {
        return Err(wrong(
            "Recommendation",
            "",
            Message::new("exchange-no-text"),
        ));
    }
    let typed = one_line(&row.paragraph);
    let typed = if typed.is_empty() {
        None
    } else {
        Some(Paragraph::from_source(&typed).map_err(|_| {
            let reason = Message::new("exchange-paragraph").with("value", shortened(&typed));
            wrong("Paragraph", &typed, reason)
        })?)
    };
    let (in_column, unknown) = in_column(&values(&row.states));
    if let Some(unknown) = unknown.first() {
        return Err(wrong(
            "Recommending States",
            &unknown.text,
            unknown_state(unknown),
        ));
    }
    let Beside {
        wording,
        paragraph,
        states,
    } = Beside::read(&row.text, typed.as_ref(), &in_column).map_err(|fault| {
        let (value, reason) = contradiction(fault);
        wrong("Recommendation", &value, reason)
    })?;
    let Some(paragraph) = paragraph else {
        return Err(wrong(
            "Recommendation",
            &row.text,
            Message::new("exchange-no-paragraph"),
        ));
    };
    if states.is_empty() {
        let (value, reason) = no_state(wording.candidate.as_ref());
        return Err(wrong("Recommendation", &value, reason));
    }
    if wording.text.is_empty() {
        return Err(wrong(
            "Recommendation",
            &row.text,
            Message::new("exchange-no-text"),
        ));
    }
    let raw = one_line(&row.position);
    // In a cell that is merged with the one beside it, the position stands behind the text.
    let behind = row.text.rsplit([')', '）', ';', '\n']).map(str::trim);
    let mut behind = behind.filter(|words| words.contains(char::is_alphabetic));
    if raw.is_empty()
        && let Some(words) = behind.next()
        && position(words).is_some_and(|class| class != PositionClass::Unknown)
    {
        let reason = Message::new("exchange-position-in-text").with("value", shortened(words));
        return Err(wrong("Position", words, reason));
    }
    let Some(class) = position(&raw) else {
        return Err(wrong("Position", &raw, unknown_position(&raw)));
    };
    let report_symbol = wording.source.as_deref().and_then(report_of);
    let claim = (!raw.is_empty() || wording.has_notes()).then(|| Position {
        class,
        raw: with_comment(raw, wording.comment.as_deref()),
        source: wording.source,
        source_paragraph: wording.source_paragraph,
        date: None,
    });
    let mut all = terms(&row.themes, Scheme::Theme);
    for term in terms(&row.sdgs, Scheme::Sdg) {
        if !all.contains(&term) {
            all.push(term);
        }
    }
    // The cell repeats the theme of its group, in full; the group's own row is cut at 80 characters.
    if let Some(group) = row.group.filter(|group| !group.is_empty())
        && !all.iter().any(|term| term.scheme == Scheme::Theme)
    {
        all.push(Term::new(
            Scheme::Theme,
            &one_spelling(Scheme::Theme, &group),
        ));
    }
    Ok(Incoming {
        session,
        report_symbol,
        paragraph: Some(paragraph),
        text: Some(wording.text),
        language: Some("en".to_owned()),
        recommending: states,
        terms: all,
        position: claim,
        ..Incoming::new(number, review)
    })
}
