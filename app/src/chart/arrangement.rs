//! Prepares a chart for drawing: its positions, the order of its lines, its title.

use super::{Base, Chart, Line, Measure};
use crate::figures::positions::{self, PositionGroups};
use data::domain::{Counts, Order};

impl Chart {
    /// Counts positions, and says in which classes.
    pub(crate) fn of_positions(&mut self, groups: &PositionGroups) {
        self.series = groups.series();
        self.measure = Measure::Supported;
        self.base = Base::Answered;
        self.classes = Some(groups.classes);
        // It is cited with its classes as well: another way of counting gives another figure.
        let said = positions::in_words(groups.classes);
        for text in [&mut self.about, &mut self.citation.of] {
            text.push(' ');
            text.push_str(&said);
        }
    }

    /// Puts the lines in that order; what has no value stays last. Lines whose base is small come after
    /// the others by share, because one recommendation more or less would turn them over.
    pub(crate) fn order_lines(&mut self, order: Order) {
        let mut lines = std::mem::take(&mut self.lines);
        let last = |line: &Line| line.code.is_empty();
        let small = |line: &Line| self.base(line) < Counts::SMALL;
        let share = |a: &Line, b: &Line| {
            match (self.base(a), self.base(b)) {
                // Nothing has no share: it is less than any.
                (0, _) | (_, 0) => self.base(b).cmp(&self.base(a)),
                _ => self.share_order(b, a),
            }
        };
        let most = |a: &Line, b: &Line| b.received().cmp(&a.received());
        lines.sort_by(|a, b| match order {
            Order::Own => std::cmp::Ordering::Equal,
            Order::Count => last(a).cmp(&last(b)).then_with(|| most(a, b)),
            Order::Share => last(a)
                .cmp(&last(b))
                .then_with(|| small(a).cmp(&small(b)))
                .then_with(|| share(a, b))
                .then_with(|| most(a, b)),
        });
        self.lines = lines;
    }

    /// The same under that title.
    pub(crate) fn titled(mut self, title: String) -> Self {
        self.citation.title.clone_from(&title);
        self.title = title;
        self
    }

    /// The same with only the first lines, for where the others stand elsewhere.
    pub(crate) fn first(&self, most: usize) -> Self {
        let mut first = self.clone();
        first.lines.truncate(most);
        first
    }
}
