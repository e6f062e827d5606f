//! OHCHR's matrix or thematic list of recommendations, a Word document with one table.
//!
//! Cycles 2 and 3 have the columns Recommendation, Position, Full list of themes, Assessment; cycle 4
//! has the goals in the fourth. Merged rows "Theme: …" group the rows below. State, cycle and session
//! stand in the page header only.

use super::archive::Archive;
use super::document::{TableRow, walk};
use super::faults::{no_state, unknown_position, unknown_state};
use super::matrix_cells::{Columns, terms};
use super::report_text;
use super::status_labels::status_and_rest;
use super::title::Title;
use super::values::{one_line, rejected, report_of, with_comment};
use super::wording::Wording;
use crate::domain::{Message, Position, PositionClass, ReviewCode, Scheme, Term};
use crate::exchange::{
    Format, Incoming, IncomingAssessment, ReadFailure, ReadOptions, Rejected, Sink, Stopped,
};
use std::io::BufReader;

/// Reads the document in an archive.
pub(super) fn read(
    mut archive: Archive<'_>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format, ReadFailure> {
    let named = options.review;
    // Read once for what stands around the table, which says what its rows belong to.
    let mut has_table = false;
    let around = walk(BufReader::new(archive.part(DOCUMENT)?), |row| {
        has_table |= Columns::find(&row.cells).is_some();
        Ok(())
    })?;
    if !has_table {
        if report_text::is_report(&around) {
            return report_text::read(&around, named, sink).map(|()| Format::ReportText);
        }
        return Err(Message::new("exchange-matrix-no-table").into());
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
    let mut take = |row: Option<Found>, table: &Table| match (row, review) {
        (Some(row), Some(review)) => table.hand_on(row, review, session, sink),
        _ => Ok(()),
    };
    walk(BufReader::new(archive.part(DOCUMENT)?), |row| {
        let found = table.take(row);
        Ok(take(found, &table)?)
    })?;
    if review.is_none() {
        return Err(Message::new("exchange-name-the-review").into());
    }
    let last = table.pending.take();
    take(last, &table)?;
    Ok(Format::OhchrMatrix)
}

const DOCUMENT: &str = "word/document.xml";

/// Reads one row again, from the cells that a rejected one kept.
pub(super) fn reread(
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
        number: 0,
        cells: headings,
    });
    if table.columns.is_none() {
        return Err(Message::new("exchange-matrix-no-table").into());
    }
    table.group = cells
        .iter()
        .find(|(heading, _)| heading == THEME)
        .map(|(_, theme)| theme.clone());
    table.take(TableRow {
        number,
        cells: values,
    });
    match table.pending.take() {
        Some(row) => Ok(table.hand_on(row, review, None, sink)?),
        None => Err(Message::new("exchange-no-text").into()),
    }
}

/// What the theme of a merged row above is called among the cells of a rejected row.
const THEME: &str = "Theme";

/// The title in a page header, or above the table.
fn title(archive: &mut Archive<'_>, around: &str) -> Result<Option<Title>, ReadFailure> {
    let headers: Vec<String> = archive
        .names()
        .iter()
        .filter(|name| name.starts_with("word/header"))
        .cloned()
        .collect();
    for name in headers {
        let text = walk(BufReader::new(archive.part(&name)?), |_| Ok(()))?;
        if let Some(title) = Title::find(&text) {
            return Ok(Some(title));
        }
    }
    Ok(Title::find(around))
}

/// A row of the table that holds a recommendation.
struct Found {
    number: u32,
    text: String,
    position: String,
    themes: String,
    sdgs: String,
    comments: String,
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
}

impl Table {
    /// Takes a row and gives the one before back, if that is complete.
    fn take(&mut self, row: TableRow) -> Option<Found> {
        if let Some(columns) = Columns::find(&row.cells) {
            self.columns = Some(columns);
            self.headings = row.cells;
            return None;
        }
        let columns = self.columns?;
        let cell = |place: Option<usize>| place.and_then(|at| row.cells.get(at));
        let owned = |place| cell(place).cloned().unwrap_or_default();
        let text = one_line(cell(Some(columns.text))?);
        if row.cells.len() == 1 {
            let theme = text
                .split_once(':')
                .filter(|(word, _)| word.eq_ignore_ascii_case("theme"));
            if let Some((_, theme)) = theme {
                self.group = Some(theme.trim().to_owned());
                return self.pending.take();
            }
        }
        let found = Found {
            number: row.number,
            text: owned(Some(columns.text)),
            position: owned(Some(columns.position)),
            themes: owned(columns.themes),
            sdgs: owned(columns.sdgs),
            comments: owned(columns.comments),
            group: self.group.clone(),
        };
        if !text.is_empty() {
            // A merged row that is neither a theme nor a recommendation is a note.
            let is_note = row.cells.len() == 1 && Wording::read(&text).paragraph.is_none();
            return if is_note {
                None
            } else {
                self.pending.replace(found)
            };
        }
        // A row broken over two pages: only its other cells go on.
        if let Some(pending) = &mut self.pending {
            for (whole, more) in [
                (&mut pending.themes, found.themes),
                (&mut pending.sdgs, found.sdgs),
                (&mut pending.comments, found.comments),
            ] {
                whole.push('\n');
                whole.push_str(&more);
            }
        }
        None
    }
}

impl Table {
    /// Hands a row on, as a recommendation or as one that cannot be taken.
    fn hand_on(
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
    })
}

fn incoming(row: Found, review: ReviewCode, session: Option<u8>) -> Result<Incoming, Rejected> {
    let number = row.number;
    let wrong = |column, value: &str, reason| rejected(number, column, value, reason);
    let wording = Wording::read(&row.text);
    let Some(paragraph) = wording.paragraph else {
        return Err(wrong(
            "Recommendation",
            &row.text,
            Message::new("exchange-no-paragraph"),
        ));
    };
    if let Some(misspelt) = &wording.misspelt {
        return Err(wrong(
            "Recommendation",
            &misspelt.text,
            unknown_state(misspelt),
        ));
    }
    if wording.states.is_empty() {
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
    let Some(class) = PositionClass::from_source(&raw) else {
        return Err(wrong("Position", &raw, unknown_position(&raw)));
    };
    let report_symbol = wording.source.as_deref().and_then(report_of);
    let position = (!raw.is_empty()).then(|| Position {
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
        all.push(Term::new(Scheme::Theme, &group));
    }
    Ok(Incoming {
        row: number,
        review,
        session,
        report_symbol,
        paragraph: Some(paragraph),
        text: Some(wording.text),
        language: Some("en".to_owned()),
        summary: None,
        recommending: wording.states,
        action_category: None,
        terms: all,
        position,
        source_id: None,
    })
}
