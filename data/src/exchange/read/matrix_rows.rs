//! OHCHR's matrix as rows of a spreadsheet: copied there by an office, or the rows of a matrix that
//! could not be taken and were given back for mending.

use super::ohchr_matrix;
use super::values::{headed, heading, one_line, rejected};
use crate::domain::{Message, ReviewCode};
use crate::exchange::{ReadOptions, Rejected, Sink, Stopped};

/// A table as its rows come by.
pub(super) struct MatrixRows {
    headings: Vec<String>,
    /// Where the review stands, if there is such a column.
    review: Option<usize>,
    options: ReadOptions,
}

impl MatrixRows {
    /// Begins behind the row of headings.
    pub(super) fn new(headings: Vec<String>, options: &ReadOptions) -> Self {
        let review = headings.iter().position(|one| heading(one) == "review");
        Self {
            headings,
            review,
            options: options.clone(),
        }
    }

    /// Takes a row.
    pub(super) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        let typed = self
            .review
            .and_then(|at| cells.get(at))
            .map(|cell| one_line(cell));
        let review = typed
            .as_deref()
            .and_then(ReviewCode::parse)
            .or(self.options.review);
        let Some(review) = review else {
            let reason = Message::new("exchange-name-the-review");
            let column = self.review.and_then(|at| self.headings.get(at));
            let column = column.map_or("", String::as_str);
            return sink.rejected(self.whole(rejected(number, column, "", reason), cells));
        };
        let row = headed(&self.headings, cells)
            .map(|(heading, cell)| (heading.to_owned(), cell.to_owned()))
            .collect::<Vec<_>>();
        match ohchr_matrix::reread(number, &row, review, &self.options.statuses, sink) {
            Ok(()) => Ok(()),
            Err(crate::exchange::ReadFailure::Stopped) => Err(Stopped),
            Err(crate::exchange::ReadFailure::Refused(reason)) => {
                sink.rejected(self.whole(rejected(number, "", "", reason), cells))
            }
        }
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(super) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        wrong
            .of_review(self.options.review)
            .with_cells(headed(&self.headings, cells))
    }
}
