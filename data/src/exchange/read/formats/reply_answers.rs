//! Several answers of one reply to the same recommendation: the same answer twice is one, and of two different ones
//! neither is taken.
//!
//! A reply may list a number in a table of each theme, and discuss it again below its lists, so the last answer is no
//! better than the first. Answers are held until the end of the file, which a reply reaches soon.

use crate::domain::{Message, ReviewCode};
use crate::exchange::read::values::cells::{rejected, shortened};
use crate::exchange::{Cells, ForwardingSink, Incoming, Sink, Stopped};
use std::collections::HashMap;

/// As many answers are held; no reply has more.
pub(crate) const MAX_ANSWERS: usize = 10_000;

/// Hands everything on, and the answers of a reply at its end.
pub(crate) struct Answers<'a> {
    sink: &'a mut dyn Sink,
    held: Vec<(Incoming, Cells)>,
    /// The cells of the row that the next answer stands in.
    cells: Cells,
    has_too_many: bool,
}

impl<'a> Answers<'a> {
    /// Hands on to another sink.
    pub(crate) fn new(sink: &'a mut dyn Sink) -> Self {
        Self {
            sink,
            held: Vec::new(),
            cells: Cells::new(),
            has_too_many: false,
        }
    }

    /// Returns true if reading stopped because no reply has so many answers.
    pub(crate) fn has_too_many(&self) -> bool {
        self.has_too_many
    }

    /// Hands on the answers that agree, and rejects those that do not, each with both places.
    pub(crate) fn finish(self) -> Result<(), Stopped> {
        let mut places: HashMap<(ReviewCode, String), Vec<usize>> = HashMap::new();
        let key = |one: &Incoming| {
            let paragraph = one.paragraph.as_ref()?;
            Some((one.review, paragraph.as_str().to_ascii_lowercase()))
        };
        let class = |one: &Incoming| one.position.as_ref().map(|claim| claim.class);
        for (place, (one, _)) in self.held.iter().enumerate() {
            if let Some(key) = key(one) {
                places.entry(key).or_default().push(place);
            }
        }
        // The first two places of one number that do not agree.
        let contradictions: HashMap<(ReviewCode, String), Message> = places
            .into_iter()
            .filter_map(|(key, places)| {
                let mut all = places.iter().filter_map(|place| self.held.get(*place));
                let (first, _) = all.next()?;
                let (second, _) = all.find(|(one, _)| class(one) != class(first))?;
                let raw = |one: &Incoming| {
                    let raw = one.position.as_ref().map(|claim| claim.raw.as_str());
                    shortened(raw.unwrap_or_default())
                };
                let paragraph = first.paragraph.as_ref()?;
                let reason = Message::new("exchange-reply-two-answers")
                    .with("paragraph", paragraph)
                    .with("first", raw(first))
                    .with("first_row", first.row)
                    .with("second", raw(second))
                    .with("second_row", second.row);
                Some((key, reason))
            })
            .collect();
        for (one, cells) in self.held {
            let reason = key(&one).and_then(|key| contradictions.get(&key));
            let Some(reason) = reason else {
                self.sink.recommendation(one)?;
                continue;
            };
            let number = one.paragraph.map(|one| one.to_string()).unwrap_or_default();
            let raw = one.position.map(|claim| claim.raw).unwrap_or_default();
            let wrong = rejected(one.row, "", &number, reason.clone());
            let wrong = wrong.of_review(Some(one.review));
            self.sink.rejected(if cells.is_empty() {
                wrong.with_cells([("paragraph", number.as_str()), ("position", raw.as_str())])
            } else {
                wrong.with_cells(cells.iter().map(|(name, cell)| (&**name, &**cell)))
            })?;
        }
        Ok(())
    }
}

impl ForwardingSink for Answers<'_> {
    fn next(&mut self) -> &mut dyn Sink {
        self.sink
    }

    fn answer_row(&mut self, cells: Cells) {
        self.cells = cells;
    }

    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        let cells = std::mem::take(&mut self.cells);
        if !one.is_reply {
            return self.sink.recommendation(one);
        }
        if self.held.len() == MAX_ANSWERS {
            self.has_too_many = true;
            return Err(Stopped);
        }
        self.held.push((one, cells));
        Ok(())
    }
}
