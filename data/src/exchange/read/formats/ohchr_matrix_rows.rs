//! OHCHR's matrix as rows of a spreadsheet: copied there by an office, or the rows of a matrix that
//! could not be taken and were given back for mending.

use crate::domain::{Message, ReviewCode};
use crate::exchange::read::formats::ohchr_matrix;
use crate::exchange::read::formats::ohchr_matrix_cells::Columns;
use crate::exchange::read::values::cells::{headed, heading, one_line, rejected};
use crate::exchange::read::values::state_under_review::{ReviewColumns, check_named};
use crate::exchange::{DocumentRowKind, MappedField, ReadOptions, Rejected, Sink, Stopped};
use std::cell::RefCell;

/// A table as its rows come by.
pub(crate) struct MatrixRows {
    headings: Vec<String>,
    /// Where the review stands, if there is such a column.
    review: Option<usize>,
    /// Where the State under review and the session stand, if there are such columns.
    of_review: Option<ReviewColumns>,
    options: ReadOptions,
    /// The theme of the last row that names one.
    group: RefCell<Option<String>>,
}

impl MatrixRows {
    /// Begins behind the row of headings.
    pub(crate) fn new(headings: Vec<String>, options: &ReadOptions) -> Self {
        let review = headings.iter().position(|one| heading(one) == "review");
        Self {
            of_review: ReviewColumns::find(&headings),
            headings,
            review,
            options: options.clone(),
            group: RefCell::new(None),
        }
    }

    /// The places of the columns that are read.
    pub(crate) fn reads(&self) -> Vec<usize> {
        let columns = Columns::find(&self.headings).map(|columns| columns.places());
        let theme = self
            .headings
            .iter()
            .position(|one| one == ohchr_matrix::THEME);
        let others = self.review.into_iter().chain(theme);
        columns.into_iter().flatten().chain(others).collect()
    }

    /// The places of the columns whose values a person can map.
    pub(crate) fn value_places(&self) -> Vec<(MappedField, usize)> {
        let columns = Columns::find(&self.headings).into_iter();
        columns
            .flat_map(|columns| {
                [
                    (MappedField::Text, columns.text),
                    (MappedField::Position, columns.position),
                ]
            })
            .collect()
    }

    /// The places of the texts, of the recommending States and of the paragraphs.
    pub(crate) fn text_places(&self) -> Option<(usize, Option<usize>, Option<usize>)> {
        let columns = Columns::find(&self.headings)?;
        Some((columns.text, columns.states, columns.paragraph))
    }

    /// What a row of the file is.
    pub(crate) fn kind(&self, cells: &[String]) -> DocumentRowKind {
        ohchr_matrix::kind(Columns::find(&self.headings), cells)
    }

    /// Takes a row.
    pub(crate) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        if let Some(theme) = ohchr_matrix::theme(cells) {
            self.group.replace(Some(theme));
            return Ok(());
        }
        let typed = self
            .review
            .and_then(|at| cells.get(at))
            .map(|cell| one_line(cell));
        let typed = typed.as_deref().and_then(ReviewCode::parse);
        let named = self.options.review;
        if let Some(typed) = typed
            && let Err(reason) = check_named(typed, named)
        {
            let column = self.review.and_then(|at| self.headings.get(at));
            let column = column.map_or("", String::as_str);
            let wrong = rejected(number, column, &typed.to_string(), reason);
            return sink.rejected(self.whole(wrong, cells));
        }
        let said = self
            .of_review
            .and_then(|columns| columns.of(cells, typed.or(named)));
        let review = match said {
            Some(Ok((review, _))) => Some(review),
            Some(Err((place, value, reason))) => {
                let column = self.headings.get(place).map_or("", String::as_str);
                let wrong = rejected(number, column, &value, reason);
                return sink.rejected(self.whole(wrong, cells));
            }
            None => typed.or(named),
        };
        let Some(review) = review else {
            let reason = Message::new("exchange-name-the-review");
            let column = self.review.and_then(|at| self.headings.get(at));
            let column = column.map_or("", String::as_str);
            return sink.rejected(self.whole(rejected(number, column, "", reason), cells));
        };
        let mut row = headed(&self.headings, cells)
            .map(|(heading, cell)| (heading.to_owned(), cell.to_owned()))
            .collect::<Vec<_>>();
        // The rows of a matrix that were given back name the theme in a column.
        if let Some(group) = self.group.borrow().clone()
            && row
                .iter()
                .all(|(heading, _)| heading != ohchr_matrix::THEME)
        {
            row.push((ohchr_matrix::THEME.to_owned(), group));
        }
        match ohchr_matrix::reread(number, &row, review, &self.options.statuses, sink) {
            Ok(()) => Ok(()),
            Err(crate::exchange::ReadFailure::Stopped) => Err(Stopped),
            Err(crate::exchange::ReadFailure::Refused(refusal)) => {
                let reason = refusal.message();
                sink.rejected(self.whole(rejected(number, "", "", reason), cells))
            }
        }
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(crate) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        wrong
            .of_review(self.options.review)
            .with_cells(headed(&self.headings, cells))
    }
}
