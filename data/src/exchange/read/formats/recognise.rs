//! Tables whose headings say what they are, wherever they stand: in a workbook, in a text, in JSON.

use crate::domain::{Message, Paragraph};
use crate::exchange::read::formats::extended_table::ExtendedTable;
use crate::exchange::read::formats::mapped_table::MappedTable;
use crate::exchange::read::formats::mapping_guess::{by_headings, guess};
use crate::exchange::read::formats::ohchr_matrix_cells;
use crate::exchange::read::formats::ohchr_matrix_rows::MatrixRows;
use crate::exchange::read::formats::own_table::OwnTable;
use crate::exchange::read::formats::reply::{self, ReplyTable};
use crate::exchange::read::formats::reply_head::{ReplyHead, names_reply};
use crate::exchange::read::formats::uhri::Uhri;
use crate::exchange::read::formats::uhri_columns;
use crate::exchange::read::formats::uhri_wording::apart;
use crate::exchange::read::formats::upr_info::UprInfo;
use crate::exchange::read::formats::upr_info_columns;
use crate::exchange::read::values::cells::{folded, named_headings, shortened};
use crate::exchange::read::values::plain::plain_cells;
use crate::exchange::read::values::positions::position;
use crate::exchange::read::values::synonyms::column_of;
use crate::exchange::read::values::term_lists::TermLists;
use crate::exchange::{
    FileRefusal, Format, ForwardingSink, MappedField, ReadOptions, Rejected, Sink, Stopped,
};
use std::collections::BTreeSet;

/// A table as its rows come by.
pub(crate) enum Table {
    /// The Universal Human Rights Index.
    Uhri(Box<Uhri>),
    /// UPR Info's database.
    UprInfo(Box<UprInfo>),
    /// OHCHR's matrix, copied into a spreadsheet.
    Matrix(Box<MatrixRows>),
    /// A State's reply.
    Reply(Box<ReplyTable>),
    /// Our own.
    Own(Box<OwnTable>),
    /// Somebody else's, by a mapping.
    Mapped(Box<MappedTable>),
    /// One of the others with columns beside its own, by a mapping.
    Extended(Box<ExtendedTable>),
}

/// Whether texts of our own table may carry a guard against formulas.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    /// As in CSV.
    Perhaps,
    /// As where cells have types.
    Never,
}

impl Table {
    /// Begins behind the row of headings; otherwise, what our own table lacks.
    pub(crate) fn of(
        headings: &[String],
        options: &ReadOptions,
        guard: Guard,
    ) -> Result<Self, FileRefusal> {
        match &options.mapping {
            Some(mapping) if mapping.extends => {
                let known = Self::recognised(headings, options, guard)?;
                // A mapping that says nothing of columns leaves them to the format.
                if mapping.fields.is_empty() && mapping.unread.is_empty() {
                    known.refuse_to_lose_assessments(headings, options)?;
                }
                let table = ExtendedTable::new(known, headings, mapping, options)?;
                Ok(Self::Extended(Box::new(table)))
            }
            Some(mapping) => {
                let table = MappedTable::new(headings, mapping, options)?;
                Ok(Self::Mapped(Box::new(table)))
            }
            None => {
                let known = Self::recognised(headings, options, guard)?;
                known.refuse_to_lose_assessments(headings, options)?;
                Ok(known)
            }
        }
    }

    /// A table of a format that is known by its headings.
    pub(crate) fn recognised(
        headings: &[String],
        options: &ReadOptions,
        guard: Guard,
    ) -> Result<Self, FileRefusal> {
        let named = options.review;
        if let Some(columns) = uhri_columns::Columns::find(headings) {
            let uhri = Uhri::new(columns, headings.to_vec(), named);
            return Ok(Self::Uhri(Box::new(uhri)));
        }
        if let Some(columns) = upr_info_columns::Columns::find(headings) {
            let table = UprInfo::new(columns, headings.to_vec(), named);
            return Ok(Self::UprInfo(Box::new(table)));
        }
        if let Some(columns) = reply::Columns::find(headings)
            && !reply::says_more(headings, !options.statuses.is_empty())
        {
            let (head, review) = ReplyHead::default()
                .settle(options)
                .map_err(FileRefusal::Contradiction)?;
            let table = ReplyTable::new(columns, headings.to_vec(), review).with_head(head);
            return Ok(Self::Reply(Box::new(table)));
        }
        if options.symbol.as_deref().is_some_and(names_reply)
            && let Some(columns) = reply::Columns::find_in_reply(headings)
        {
            let (head, review) = ReplyHead::default()
                .settle(options)
                .map_err(FileRefusal::Contradiction)?;
            let table = ReplyTable::new(columns, headings.to_vec(), review).with_head(head);
            return Ok(Self::Reply(Box::new(table)));
        }
        let of_matrix = ohchr_matrix_cells::Columns::find(headings);
        if of_matrix.is_some_and(|columns| columns.are_of_a_matrix()) {
            let table = MatrixRows::new(headings.to_vec(), options);
            return Ok(Self::Matrix(Box::new(table)));
        }
        let own = match OwnTable::new(headings, named) {
            Ok(own) => own,
            Err(_) if are_assessments(headings) || say_their_review(headings) => {
                let table = MappedTable::new(headings, &guess(headings, &[]), options)?;
                return Ok(Self::Mapped(Box::new(table)));
            }
            Err(reason) => return Err(reason),
        };
        let own = own.with_terms(TermLists::of(options));
        Ok(Self::Own(Box::new(match guard {
            Guard::Perhaps => own,
            Guard::Never => own.in_workbook(),
        })))
    }

    /// Refuses a file for a round with columns of assessments that would not be read.
    pub(crate) fn refuse_to_lose_assessments(
        &self,
        headings: &[String],
        options: &ReadOptions,
    ) -> Result<(), FileRefusal> {
        // A file that is read by headings of its own has said which column is which.
        if options.statuses.is_empty() || matches!(self, Self::Mapped(_)) {
            return Ok(());
        }
        let named = named_headings(headings);
        let read: BTreeSet<usize> = self.reads().into_iter().collect();
        let lost: Vec<String> = by_headings(&named)
            .into_iter()
            .filter(|(at, field)| field.is_of_assessment() && !read.contains(at))
            .filter_map(|(at, _)| Some(shortened(named.get(at)?)))
            .collect();
        if lost.is_empty() {
            return Ok(());
        }
        let columns = lost.join(", ");
        Err(FileRefusal::AssessmentColumns { columns })
    }

    /// The places of the columns that are read.
    pub(crate) fn reads(&self) -> Vec<usize> {
        match self {
            Self::Uhri(table) => table.reads(),
            Self::UprInfo(table) => table.reads(),
            Self::Matrix(table) => table.reads(),
            Self::Reply(table) => table.reads(),
            Self::Own(table) => table.reads(),
            Self::Mapped(table) => table.reads(),
            Self::Extended(table) => table.reads(),
        }
    }

    /// The places of the columns that hold sources.
    pub(crate) fn sources(&self) -> Vec<usize> {
        let place = match self {
            Self::Mapped(table) => table.place_of(MappedField::Evidence),
            Self::Extended(table) => table.sources(),
            _ => None,
        };
        place.into_iter().collect()
    }

    /// How many sources so far have no kind and are taken for those of civil society.
    pub(crate) fn kinds_assumed(&self) -> u64 {
        match self {
            Self::Mapped(table) => table.kinds_assumed(),
            Self::Extended(table) => table.kinds_assumed(),
            _ => 0,
        }
    }

    /// What a person should look at, though every row is taken.
    pub(crate) fn warnings(&self) -> Vec<Message> {
        match self {
            Self::Own(table) => table.warning().into_iter().collect(),
            Self::Mapped(table) => table.warnings(),
            Self::Extended(table) => table.warnings(),
            Self::Uhri(_) | Self::UprInfo(_) | Self::Matrix(_) | Self::Reply(_) => Vec::new(),
        }
    }

    /// The places of the columns whose values a person can map.
    pub(crate) fn value_places(&self) -> Vec<(MappedField, usize)> {
        match self {
            Self::Uhri(table) => table.value_places(),
            Self::UprInfo(table) => table.value_places(),
            Self::Matrix(table) => table.value_places(),
            Self::Own(table) => table.value_places(),
            Self::Reply(_) | Self::Mapped(_) | Self::Extended(_) => Vec::new(),
        }
    }

    /// Returns true if a row is no recommendation but says what our own file holds.
    pub(crate) fn is_about_the_file(&self, cells: &[String]) -> bool {
        match self {
            Self::Own(table) => table.is_about_the_file(cells),
            Self::Extended(table) => table.known().is_about_the_file(cells),
            _ => false,
        }
    }

    /// The format of a file that is such a table as text.
    pub(crate) fn format(&self) -> Format {
        match self {
            Self::Uhri(_) => Format::UhriXlsx,
            Self::UprInfo(_) => Format::UprInfo,
            Self::Matrix(_) => Format::OhchrMatrix,
            Self::Reply(_) => Format::StateReply,
            Self::Own(_) => Format::OwnCsv,
            Self::Mapped(_) => Format::MappedText,
            Self::Extended(table) => table.known().format(),
        }
    }

    /// The matrix that it is, with columns beside its own or without.
    pub(crate) fn matrix(&self) -> Option<&MatrixRows> {
        match self {
            Self::Matrix(matrix) => Some(matrix),
            Self::Extended(table) => table.known().matrix(),
            _ => None,
        }
    }

    /// Takes a row.
    pub(crate) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        let is_ours = self.is_written_here();
        let plain = if is_ours { None } else { plain_cells(cells) };
        let parts = if is_ours {
            None
        } else {
            self.apart(plain.as_deref().unwrap_or(cells))
        };
        if let Some(parts) = parts {
            for part in parts {
                self.take_plain(number, &part, sink)?;
            }
            return Ok(());
        }
        let Some(plain) = plain else {
            return self.take_plain(number, cells, sink);
        };
        let mut sink = AsInFile {
            table: self,
            cells,
            sink,
        };
        self.take_plain(number, &plain, &mut sink)
    }

    /// The places of the texts, of the recommending States and of the paragraphs.
    fn text_places(&self) -> Option<(usize, Option<usize>, Option<usize>)> {
        let place = |places: &[(MappedField, usize)], wanted: MappedField| {
            let mut places = places.iter();
            places
                .find(|(field, _)| *field == wanted)
                .map(|(_, at)| *at)
        };
        let in_places = |places: Vec<(MappedField, usize)>| {
            let text = place(&places, MappedField::Text)?;
            Some((text, place(&places, MappedField::RecommendingStates)))
        };
        let (text, states) = match self {
            Self::Uhri(table) => in_places(table.value_places())?,
            Self::Mapped(table) => in_places(table.value_places())?,
            Self::Own(table) => table.text_places()?,
            Self::Matrix(table) => return table.text_places(),
            // The table of the format takes its rows apart; UPR Info numbers nothing.
            Self::Extended(_) | Self::UprInfo(_) | Self::Reply(_) => return None,
        };
        Some((text, states, self.paragraphs()))
    }

    /// The rows that a row stands for whose text holds several recommendations with numbers and States of their own.
    fn apart(&self, cells: &[String]) -> Option<Vec<Vec<String>>> {
        let (text, states, paragraph) = self.text_places()?;
        let cell = |at: Option<usize>| {
            at.and_then(|at| cells.get(at))
                .map_or("", |cell| cell.trim())
        };
        // Which of the States in a column made which of them, nothing says.
        if !cell(states).is_empty() {
            return None;
        }
        // Nor which answer is to which of them.
        let holds_answers = |cell: &String| {
            let mut answers = cell.split([';', '\n']).filter(|one| !one.trim().is_empty());
            cell.contains([';', '\n']) && answers.all(|one| position(one).is_some())
        };
        let others = cells.iter().enumerate().filter(|(at, _)| *at != text);
        if others.map(|(_, cell)| cell).any(holds_answers) {
            return None;
        }
        let typed = Paragraph::from_source(cell(paragraph)).ok();
        let parts = apart(cells.get(text)?, typed.as_ref())?;
        let row = |(number, part): (Paragraph, &str)| {
            let mut row = cells.to_vec();
            if let Some(cell) = row.get_mut(text) {
                part.clone_into(cell);
            }
            let typed = paragraph.and_then(|at| row.get_mut(at));
            if let Some(cell) = typed.filter(|cell| !cell.trim().is_empty()) {
                *cell = number.to_string();
            }
            row
        };
        Some(parts.into_iter().map(row).collect())
    }

    fn take_plain(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        match self {
            Self::Uhri(table) => table.take(number, cells, sink),
            Self::UprInfo(table) => table.take(number, cells, sink),
            Self::Matrix(table) => table.take(number, cells, sink),
            Self::Reply(table) => table.take(number, cells, sink),
            Self::Own(table) => table.take(number, cells, sink),
            Self::Mapped(table) => table.take(number, cells, sink),
            Self::Extended(table) => table.take(number, cells, sink),
        }
    }

    /// The same table, if it is our own: written by this program.
    pub(crate) fn written_here(self) -> Self {
        match self {
            Self::Own(table) => Self::Own(Box::new(table.written_here())),
            other => other,
        }
    }

    /// Returns true if this program wrote the table, so that its cells are read as they are.
    pub(crate) fn is_written_here(&self) -> bool {
        matches!(self, Self::Own(table) if table.is_written_here())
    }

    /// Where the numbers of paragraphs stand, in a table that has a column of them.
    pub(crate) fn paragraphs(&self) -> Option<usize> {
        match self {
            Self::Own(table) => table.paragraphs(),
            Self::Mapped(table) => table.paragraphs(),
            Self::Reply(table) => Some(table.paragraphs()),
            Self::Extended(table) => table.known().paragraphs(),
            Self::Uhri(_) | Self::UprInfo(_) | Self::Matrix(_) => None,
        }
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(crate) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        match self {
            Self::Uhri(table) => table.whole(wrong, cells),
            Self::UprInfo(table) => table.whole(wrong, cells),
            Self::Matrix(table) => table.whole(wrong, cells),
            Self::Reply(table) => table.whole(wrong, cells),
            Self::Own(table) => table.whole(wrong, cells),
            Self::Mapped(table) => table.whole(wrong, cells),
            Self::Extended(table) => table.known().whole(wrong, cells),
        }
    }
}

/// Hands on what is read of a row without markup, and its cells as they are in the file, so that a row that is given
/// back or corrected loses nothing.
struct AsInFile<'a> {
    table: &'a Table,
    cells: &'a [String],
    sink: &'a mut dyn Sink,
}

impl ForwardingSink for AsInFile<'_> {
    fn next(&mut self) -> &mut dyn Sink {
        self.sink
    }

    fn row(&mut self, headings: &[String], _: &[String]) {
        self.sink.row(headings, self.cells);
    }

    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.sink.rejected(self.table.whole(one, self.cells))
    }
}

/// Whether a table says by the plainest headings what all its columns are, and which review each of its rows
/// belongs to: nothing about it has to be asked.
fn say_their_review(headings: &[String]) -> bool {
    let place = |field| column_of(field, headings);
    let when = place(MappedField::Session).or_else(|| place(MappedField::Cycle));
    let is_known = |at: usize| {
        MappedField::ALL
            .into_iter()
            .any(|field| place(field) == Some(at))
    };
    let is_empty = |at: usize| headings.get(at).is_none_or(|one| one.trim().is_empty());
    place(MappedField::Text).is_some()
        && place(MappedField::State).is_some()
        && when.is_some()
        && place(MappedField::Status).is_none()
        && (0..headings.len()).all(|at| is_empty(at) || is_known(at))
}

/// Whether a table says by the plainest headings that its rows are assessments.
fn are_assessments(headings: &[String]) -> bool {
    let has = |name: &str| headings.iter().any(|one| folded(one) == name);
    has("paragraph") && has("status")
}

/// Of two rows that are not the headings, what is wrong with the one that comes nearer: of most rows a
/// mapping only says that its headings are not there.
pub(crate) fn nearer(before: Option<FileRefusal>, reason: FileRefusal) -> FileRefusal {
    match (before, reason) {
        (Some(before), FileRefusal::MappingHeadings { .. }) => before,
        (_, reason) => reason,
    }
}
