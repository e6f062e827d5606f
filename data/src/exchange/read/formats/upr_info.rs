//! An export of UPR Info's database: a row for each State that made a recommendation, without the
//! paragraph of the report. Rows of one recommendation are brought together where they are compared
//! with what is there, not here.

use crate::domain::{Message, Position, ReviewCode};
use crate::exchange::read::faults::{contradiction, no_state, unknown_position, unknown_state};
use crate::exchange::read::formats::uhri_wording::Beside;
use crate::exchange::read::formats::upr_info_cells::{action_category, issues, values};
use crate::exchange::read::formats::upr_info_columns::Columns;
use crate::exchange::read::values::cells::{
    headed, heading, one_line, rejected, shortened, with_comment,
};
use crate::exchange::read::values::names::resolve_name;
use crate::exchange::read::values::positions::in_upr_info;
use crate::exchange::read::values::recommenders::in_column;
use crate::exchange::read::values::state_under_review::{check_named, review_of};
use crate::exchange::read::values::wording::no_wording;
use crate::exchange::{Incoming, MappedField, Rejected, Sink, Stopped};

/// An export as its rows come by.
pub(crate) struct UprInfo {
    columns: Columns,
    headings: Vec<String>,
    named: Option<ReviewCode>,
}

impl UprInfo {
    /// Begins behind the row of headings.
    pub(crate) fn new(columns: Columns, headings: Vec<String>, named: Option<ReviewCode>) -> Self {
        Self {
            columns,
            headings,
            named,
        }
    }

    /// The places of the columns that are read.
    pub(crate) fn reads(&self) -> Vec<usize> {
        self.columns.places()
    }

    /// The places of the columns whose values a person can map.
    pub(crate) fn value_places(&self) -> Vec<(MappedField, usize)> {
        let columns = &self.columns;
        let places = [
            (MappedField::State, Some(columns.to)),
            (MappedField::RecommendingStates, Some(columns.from)),
            (MappedField::Position, columns.response),
        ];
        let places = places.into_iter();
        places
            .filter_map(|(field, at)| Some((field, at?)))
            .collect()
    }

    /// Takes a row.
    pub(crate) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        let row = Row {
            table: self,
            number,
            cells,
        };
        if let Some(kind) = row.other_kind() {
            return sink.skipped(&kind);
        }
        match row.incoming() {
            Ok(incoming) => {
                sink.row(&self.headings, cells);
                sink.recommendation(incoming)
            }
            Err(wrong) => sink.rejected(self.whole(wrong, cells)),
        }
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(crate) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        wrong
            .of_review(self.named)
            .with_cells(headed(&self.headings, cells))
    }
}

struct Row<'a> {
    table: &'a UprInfo,
    number: u32,
    cells: &'a [String],
}

impl Row<'_> {
    fn cell(&self, place: Option<usize>) -> String {
        let cell = place.and_then(|at| self.cells.get(at));
        cell.map_or_else(String::new, |cell| one_line(cell))
    }

    fn wrong(&self, place: Option<usize>, value: &str, reason: Message) -> Rejected {
        let column = place.and_then(|at| self.table.headings.get(at));
        rejected(
            self.number,
            column.map_or("", String::as_str),
            value,
            reason,
        )
    }

    /// What kind of entry a row is that is no recommendation: a State, a document, or a pledge, which
    /// a State makes to itself.
    fn other_kind(&self) -> Option<String> {
        let kind = self.cell(self.table.columns.kind);
        let folded = heading(&kind);
        if folded.contains("pledge") || !folded.is_empty() && !folded.contains("recommendation") {
            return Some(kind);
        }
        let response = self.cell(self.table.columns.response);
        heading(&response).contains("pledge").then_some(response)
    }

    fn incoming(&self) -> Result<Incoming, Rejected> {
        let columns = &self.table.columns;
        let (review, session) = self.review()?;
        let text = self.cell(Some(columns.text));
        if text.is_empty() {
            return Err(self.wrong(Some(columns.text), "", Message::new("exchange-no-text")));
        }
        if let Some(reason) = no_wording(&text) {
            return Err(self.wrong(Some(columns.text), &text, reason));
        }
        let from = self.cells.get(columns.from).map_or("", String::as_str);
        let (recommending, unknown) = in_column(&values(from));
        if let Some(unknown) = unknown.first() {
            return Err(self.wrong(Some(columns.from), &unknown.text, unknown_state(unknown)));
        }
        if recommending.is_empty() {
            return Err(self.wrong(Some(columns.from), "", no_state(None).1));
        }
        // Texts copied from the report may still have the States behind them.
        let apart = Beside::of_unnumbered(&text, &recommending).map_err(|wrong| {
            let (value, reason) = contradiction(wrong);
            self.wrong(Some(columns.text), &value, reason)
        })?;
        let (text, recommending, remark) = match apart {
            Some((wording, states)) => (wording.text.clone(), states, wording.remark()),
            None => (text, recommending, None),
        };
        let raw = self.cell(columns.response);
        // Its own rule: what is accepted in part or in principle is noted.
        let Some(class) = in_upr_info(&raw) else {
            return Err(self.wrong(columns.response, &raw, unknown_position(&raw)));
        };
        let action = self.cell(columns.action);
        let action_category = action_category(&action).map_err(|()| {
            let reason = Message::new("exchange-action-category").with("value", shortened(&action));
            self.wrong(columns.action, &action, reason)
        })?;
        let of_issues = columns.issues.and_then(|at| self.cells.get(at));
        let of_issues = of_issues.map_or("", String::as_str);
        let terms =
            issues(of_issues).map_err(|reason| self.wrong(columns.issues, of_issues, reason))?;
        Ok(Incoming {
            session,
            text: Some(text),
            language: Some("en".to_owned()),
            recommending,
            action_category,
            terms,
            position: (!raw.is_empty() || remark.is_some()).then(|| Position {
                class,
                raw: with_comment(raw, remark.as_deref()),
                source: Some(COLLECTION.to_owned()),
                source_paragraph: None,
                date: None,
            }),
            ..Incoming::new(self.number, review)
        })
    }

    fn review(&self) -> Result<(ReviewCode, Option<u8>), Rejected> {
        let columns = &self.table.columns;
        let to = values(self.cells.get(columns.to).map_or("", String::as_str)).join("; ");
        let state = resolve_name(&to)
            .map_err(|unknown| self.wrong(Some(columns.to), &to, unknown_state(&unknown)))?;
        let session = self.cell(columns.session);
        let found = review_of(state, &session, &self.cell(columns.cycle), self.table.named)
            .map_err(|reason| self.wrong(columns.session.or(columns.cycle), &session, reason))?;
        check_named(found.0, self.table.named)
            .map_err(|reason| self.wrong(Some(columns.to), &to, reason))?;
        Ok(found)
    }
}

/// Whose claim the response is.
const COLLECTION: &str = "UPR Info";
