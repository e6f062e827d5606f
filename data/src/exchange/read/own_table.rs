//! This program's own table: what its writers write, and what a person can make in any spreadsheet.
//!
//! Columns are known by their ids or English labels, in any order; what is not known is left alone.
//! An assessment's columns are not read: assessments change through the program, where they have an
//! author and a history.

use super::faults::{no_state, unknown_position, unknown_state};
use super::own_cells::{Claim, values};
use super::own_fields::{FIELDS, Field};
use super::recommenders::in_column;
use super::reviewed::check_named;
use super::values::{headed, heading, rejected, shortened, terms};
use crate::domain::{
    ActionCategory, Message, Paragraph, Position, PositionClass, ReviewCode, Scheme, Term,
};
use crate::exchange::formula_guard::without_guard;
use crate::exchange::{Incoming, Rejected, Sink, Stopped};
use std::borrow::Cow;
use std::collections::HashMap;

/// A table as its rows come by.
pub(super) struct OwnTable {
    places: HashMap<Field, (usize, String)>,
    named: Option<ReviewCode>,
    /// Whether its texts may carry a guard against formulas, as those of a CSV.
    guarded: bool,
    headings: Vec<String>,
    /// Whether every row must have a paragraph.
    numbered: bool,
}

impl OwnTable {
    /// Begins with the row of headings, which has to have those without which nothing can be read.
    pub(super) fn new(headings: &[String], named: Option<ReviewCode>) -> Result<Self, Message> {
        let mut places = HashMap::new();
        for (at, text) in headings.iter().enumerate() {
            let folded = heading(text);
            let field = FIELDS
                .iter()
                .find(|(_, names)| names.contains(&folded.as_str()));
            if let Some((field, _)) = field {
                places.entry(*field).or_insert((at, text.trim().to_owned()));
            }
        }
        let has = |field| places.contains_key(&field);
        let missing: Vec<&str> = [
            (has(Field::Paragraph), "Paragraph"),
            (has(Field::States), "Recommending States"),
            (has(Field::Text) || has(Field::Summary), "Text"),
        ]
        .into_iter()
        .filter_map(|(there, name)| (!there).then_some(name))
        .collect();
        if !missing.is_empty() {
            return Err(Message::new("exchange-table-headings").with("missing", missing.join(", ")));
        }
        if !has(Field::Review) && named.is_none() {
            return Err(Message::new("exchange-name-the-review"));
        }
        Ok(Self {
            places,
            named,
            guarded: true,
            headings: headings.to_vec(),
            numbered: true,
        })
    }

    /// The same table, in a workbook.
    pub(super) fn in_workbook(self) -> Self {
        Self {
            guarded: false,
            ..self
        }
    }

    /// The same table, where rows without a paragraph are taken as well.
    pub(super) fn unnumbered(self) -> Self {
        Self {
            numbered: false,
            ..self
        }
    }

    /// What a row holds.
    pub(super) fn row(&self, number: u32, cells: &[String]) -> Result<Incoming, Rejected> {
        let row = Row {
            table: self,
            number,
            cells,
        };
        row.incoming().map_err(|wrong| self.whole(wrong, cells))
    }

    /// Takes a row.
    pub(super) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        if self.is_about_the_file(cells) {
            return Ok(());
        }
        match self.row(number, cells) {
            Ok(incoming) => {
                sink.row(&self.headings, cells);
                sink.recommendation(incoming)
            }
            Err(wrong) => sink.rejected(wrong),
        }
    }

    /// Whether a row is no recommendation: our own files without one say in a row what they would be of.
    fn is_about_the_file(&self, cells: &[String]) -> bool {
        let is_empty = |at: usize| cells.get(at).is_none_or(|cell| cell.trim().is_empty());
        let says = |name: &str| {
            let mut headings = self.headings.iter();
            headings
                .position(|one| heading(one) == name)
                .is_some_and(|at| !is_empty(at))
        };
        self.places.values().all(|(at, _)| is_empty(*at)) && says("filter") && says("counting unit")
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(super) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        wrong
            .of_review(self.named)
            .with_cells(headed(&self.headings, cells))
    }
}

/// Whether a code has the shape of a language's (BCP 47): `fr`, `pt-BR`, `zh-Hant-HK`.
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && code.len() <= 35
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

struct Row<'a> {
    table: &'a OwnTable,
    number: u32,
    cells: &'a [String],
}

impl Row<'_> {
    fn cell(&self, field: Field) -> Cow<'_, str> {
        let place = self.table.places.get(&field);
        let cell = place.and_then(|(at, _)| self.cells.get(*at));
        let cell = cell.map_or("", |cell| cell.trim());
        if self.table.guarded {
            without_guard(cell)
        } else {
            Cow::Borrowed(cell)
        }
    }

    fn text(&self, field: Field) -> Option<String> {
        Some(self.cell(field))
            .filter(|text| !text.is_empty())
            .map(Cow::into_owned)
    }

    fn wrong(&self, field: Field, value: &str, reason: Message) -> Rejected {
        let column = self
            .table
            .places
            .get(&field)
            .map_or("", |(_, heading)| heading);
        rejected(self.number, column, value, reason)
    }

    fn incoming(&self) -> Result<Incoming, Rejected> {
        let review = self.review()?;
        let number = &*self.cell(Field::Paragraph);
        let paragraph = if number.is_empty() && !self.table.numbered {
            None
        } else {
            Some(Paragraph::parse(number).map_err(|_| {
                let reason = Message::new("exchange-paragraph").with("value", shortened(number));
                self.wrong(Field::Paragraph, number, reason)
            })?)
        };
        let (text, summary) = (self.text(Field::Text), self.text(Field::Summary));
        if text.is_none() && summary.is_none() {
            return Err(self.wrong(Field::Text, "", Message::new("exchange-no-text")));
        }
        let (recommending, unknown) = in_column(&values(&self.cell(Field::States)));
        if let Some(unknown) = unknown.first() {
            return Err(self.wrong(Field::States, &unknown.text, unknown_state(unknown)));
        }
        if recommending.is_empty() {
            return Err(self.wrong(Field::States, "", no_state(None).1));
        }
        Ok(Incoming {
            row: self.number,
            review,
            session: None,
            report_symbol: None,
            paragraph,
            text,
            language: self.language()?,
            summary,
            recommending,
            action_category: self.action_category()?,
            terms: self.terms()?,
            position: self.position()?,
            source_id: None,
        })
    }

    /// What the file says of it. One that says nothing is not guessed at.
    fn language(&self) -> Result<Option<String>, Rejected> {
        let typed = &*self.cell(Field::Language);
        if typed.is_empty() || is_language(typed) {
            return Ok(self.text(Field::Language));
        }
        let reason = Message::new("exchange-language").with("value", shortened(typed));
        Err(self.wrong(Field::Language, typed, reason))
    }

    fn review(&self) -> Result<ReviewCode, Rejected> {
        let typed = &*self.cell(Field::Review);
        let review = match self.table.named {
            Some(named) if typed.is_empty() => named,
            _ => ReviewCode::parse(typed).ok_or_else(|| {
                let reason =
                    Message::new("exchange-unknown-review").with("value", shortened(typed));
                self.wrong(Field::Review, typed, reason)
            })?,
        };
        match check_named(review, self.table.named) {
            Ok(()) => Ok(review),
            Err(reason) => Err(self.wrong(Field::Review, typed, reason)),
        }
    }

    /// `5` or `5 – Specific action`.
    fn action_category(&self) -> Result<Option<ActionCategory>, Rejected> {
        let typed = &*self.cell(Field::ActionCategory);
        if typed.is_empty() {
            return Ok(None);
        }
        let number: String = typed.chars().take_while(char::is_ascii_digit).collect();
        ActionCategory::parse(&number).map(Some).ok_or_else(|| {
            let reason = Message::new("exchange-action-category").with("value", shortened(typed));
            self.wrong(Field::ActionCategory, typed, reason)
        })
    }

    fn terms(&self) -> Result<Vec<Term>, Rejected> {
        let mut all = Vec::new();
        for scheme in Scheme::ALL {
            let cell = &*self.cell(Field::Terms(scheme));
            let terms = terms(scheme, values(cell))
                .map_err(|reason| self.wrong(Field::Terms(scheme), cell, reason))?;
            all.extend(terms);
        }
        Ok(all)
    }

    fn position(&self) -> Result<Option<Position>, Rejected> {
        let typed = &*self.cell(Field::Position);
        let Some(class) = PositionClass::from_source(typed) else {
            return Err(self.wrong(Field::Position, typed, unknown_position(typed)));
        };
        let mut claim = Claim::parse(&self.cell(Field::PositionSource));
        claim.raw = self.text(Field::PositionRaw).or(claim.raw);
        claim.paragraph = self.text(Field::PositionParagraph).or(claim.paragraph);
        claim.date = self.text(Field::PositionDate).or(claim.date);
        if class == PositionClass::Unknown && claim.raw.is_none() && claim.source.is_none() {
            return Ok(None);
        }
        Ok(Some(Position {
            class,
            raw: claim.raw.unwrap_or_else(|| typed.to_owned()),
            source: claim.source,
            source_paragraph: claim.paragraph,
            date: claim.date,
        }))
    }
}
