//! What a chart finds: the heading above it, made of all its lines, drawn or not.
//!
//! A [`Finding`] is what the numbers allow to be said; its sentence is made from it. Shares of fewer than
//! [`Counts::SMALL`] are not compared, and the sentence says how many lines that leaves out.

use super::{Base, Chart, Line, Measure, Standing};
use crate::t;
use crate::text::numbers::{of_base, percent};
use data::domain::Counts;

/// What the lines of a chart allow to be said.
#[derive(Clone, Debug)]
pub(crate) enum Finding<'a> {
    /// The base of everything is nothing.
    NoBase,
    /// No line has a value.
    NoValues,
    /// There is one value: its figure is that of everything.
    One(&'a Line),
    /// No line that can be compared has anything of what is measured.
    Nowhere(Compared),
    /// All lines that can be compared have the same share.
    Everywhere(&'a Line, Compared),
    /// The lines with the highest and the lowest share, each with how many others have the same.
    Span {
        /// The line of the highest share with the largest base.
        highest: (&'a Line, usize),
        /// The line of the lowest share with the largest base.
        lowest: (&'a Line, usize),
        /// Which lines that is said of.
        compared: Compared,
    },
    /// Too few lines can be compared: the line that has the most, and how many others have as many.
    Most(&'a Line, usize),
}

/// Of how many lines something is said, and how many are too small for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Compared {
    lines: usize,
    small: usize,
}

impl Compared {
    /// Which lines a sentence is not about; empty if it is about all.
    fn in_words(self) -> String {
        match self.small {
            0 => String::new(),
            small => format!(
                " {}",
                t!("finding-among", small = small, least = Counts::SMALL)
            ),
        }
    }
}

impl Chart {
    /// What it finds.
    pub(crate) fn finds(&self) -> Finding<'_> {
        let valued: Vec<&Line> = self
            .lines
            .iter()
            .filter(|line| !line.code.is_empty() && line.standing != Standing::Unknown)
            .collect();
        if let [only] = valued.as_slice() {
            return Finding::One(only);
        }
        let (mut large, small): (Vec<&Line>, Vec<&Line>) = valued
            .iter()
            .partition(|line| self.base(line) >= Counts::SMALL);
        // The highest share first; of equals the larger base.
        large.sort_by(|a, b| {
            let shares = self.measured(b) * self.base(a);
            shares
                .cmp(&(self.measured(a) * self.base(b)))
                .then(self.base(b).cmp(&self.base(a)))
        });
        let (Some(highest), Some(lowest), true) = (large.first(), large.last(), large.len() > 1)
        else {
            return self.without_comparison();
        };
        let compared = Compared {
            lines: large.len(),
            // What has no base at all has no share, small or large.
            small: small.iter().filter(|line| self.base(line) > 0).count(),
        };
        let equal =
            |a: &Line, b: &Line| self.measured(a) * self.base(b) == self.measured(b) * self.base(a);
        if equal(highest, lowest) {
            return match self.measured(highest) {
                0 => Finding::Nowhere(compared),
                _ => Finding::Everywhere(highest, compared),
            };
        }
        let alike = |with: &Line| large.iter().filter(|line| equal(line, with)).count() - 1;
        // Of the lowest, the largest base, too.
        let lowest = large
            .iter()
            .find(|line| equal(line, lowest))
            .unwrap_or(lowest);
        Finding::Span {
            highest: (highest, alike(highest)),
            lowest: (lowest, alike(lowest)),
            compared,
        }
    }

    fn without_comparison(&self) -> Finding<'_> {
        if self.base(&self.total) == 0 && self.base != Base::Received {
            return Finding::NoBase;
        }
        match Self::most(&self.lines) {
            Some((line, others)) => Finding::Most(line, others),
            None => Finding::NoValues,
        }
    }

    /// The same as a sentence. `best` is what is measured, in words.
    pub(crate) fn finding(&self, best: &str) -> String {
        let best = best.to_owned();
        let figure = |line: &Line| of_base(self.measured(line), self.base(line));
        // Lines of the same share differ in their bases, so several have the share alone.
        let shared = |(line, others): (&Line, usize)| match others {
            0 => figure(line),
            _ => self.percent_of(line),
        };
        match self.finds() {
            Finding::NoBase => match self.measure {
                Measure::Implemented => t!("finding-none"),
                Measure::Supported => t!("finding-no-response"),
            },
            Finding::NoValues => t!("dimension-finding-none", dimension = self.lines_are.clone()),
            Finding::One(line) => t!(
                "finding-one",
                best = best,
                figure = figure(line),
                label = self.for_lines((line, 0))
            ),
            Finding::Nowhere(compared) => {
                let none = t!("finding-nowhere", best = best, lines = compared.lines);
                none + &compared.in_words()
            }
            Finding::Everywhere(line, compared) if self.measured(line) == self.base(line) => {
                let all = t!("finding-all", best = best, lines = compared.lines);
                all + &compared.in_words()
            }
            Finding::Everywhere(line, compared) => {
                let same = t!(
                    "finding-everywhere",
                    best = best,
                    lines = compared.lines,
                    figure = self.percent_of(line)
                );
                same + &compared.in_words()
            }
            Finding::Span {
                highest,
                lowest,
                compared,
            } => {
                let span = t!(
                    "finding-span",
                    best = best,
                    most = self.for_lines(highest),
                    most_figure = shared(highest),
                    least = self.for_lines(lowest),
                    least_figure = shared(lowest)
                );
                span + &compared.in_words()
            }
            Finding::Most(line, others) => t!(
                "finding-small",
                best = best,
                figure = figure(&self.total),
                label = self.for_lines((line, others)),
                count = line.received()
            ),
        }
    }

    /// "for Norway and 2 more", "in the first cycle".
    fn for_lines(&self, (line, others): (&Line, usize)) -> String {
        let label = line.label.clone();
        match (self.are_cycles, others) {
            (true, 0) => t!("finding-in-cycle", cycle = label),
            (true, more) => t!("finding-in-cycles", cycle = label, count = more),
            (false, 0) => t!("finding-for", label = label),
            (false, more) => t!("finding-for-several", label = label, count = more),
        }
    }

    /// The share of a line that is measured, in per cent.
    #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
    fn percent_of(&self, line: &Line) -> String {
        percent(self.measured(line) as f64 / self.base(line).max(1) as f64)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::chart::Form;
    use crate::chart::svg::tests::chart;
    use proptest::prelude::*;

    /// The label of a line, and its counts.
    type Counted = (&'static str, [u64; 5]);

    fn of(lines: &[Counted]) -> Chart {
        let labels: Vec<String> = lines.iter().map(|(label, _)| (*label).to_owned()).collect();
        let counts: Vec<Vec<u64>> = lines.iter().map(|(_, counts)| counts.to_vec()).collect();
        chart(Form::Stacked, &labels, &counts)
    }

    #[test]
    fn each_case_has_its_sentence() {
        // Implemented, in process, partially, not implemented, not assessed.
        let cases: [(&[Counted], &str); 10] = [
            // Two lines have nothing implemented, of different bases: no base is named.
            (
                &[
                    ("Norway", [5, 0, 0, 15, 0]),
                    ("Chile", [0, 0, 0, 23, 0]),
                    ("Ghana", [0, 0, 0, 48, 0]),
                ],
                "Implemented: highest for Norway, 5 of 20 (25%); lowest for Ghana and 1 more, 0%",
            ),
            // The line that is too small to be compared has the highest share of all.
            (
                &[
                    ("Norway", [5, 0, 0, 15, 0]),
                    ("Chile", [1, 0, 0, 23, 0]),
                    ("Ghana", [6, 0, 0, 1, 0]),
                ],
                "Implemented: highest for Norway, 5 of 20 (25%); lowest for Chile, 1 of 24 (4.2%) \
                 (not counting 1 with fewer than 10)",
            ),
            (
                &[("Norway", [5, 0, 0, 15, 0]), ("Chile", [10, 0, 0, 30, 0])],
                "Implemented: 25% in each of these 2",
            ),
            (
                &[("Norway", [20, 0, 0, 0, 3]), ("Chile", [40, 0, 0, 0, 0])],
                "Implemented: all, in each of these 2",
            ),
            (
                &[("Norway", [0, 0, 0, 15, 0]), ("Chile", [0, 0, 0, 30, 0])],
                "Implemented: none, in any of these 2",
            ),
            (
                &[
                    ("Norway", [0, 0, 0, 15, 0]),
                    ("Chile", [0, 0, 0, 30, 0]),
                    ("Ghana", [3, 0, 0, 0, 0]),
                ],
                "Implemented: none, in any of these 2 (not counting 1 with fewer than 10)",
            ),
            (
                &[("Norway", [7, 0, 0, 9, 10])],
                "Implemented: 7 of 16 (43.8%) for Norway",
            ),
            // One line is no comparison: the other has a small base.
            (
                &[("Norway", [5, 0, 0, 15, 0]), ("Chile", [1, 0, 0, 2, 0])],
                "Implemented: 6 of 23 (26.1%) in all; the most recommendations are for Norway: 20",
            ),
            (
                &[("Norway", [0, 0, 0, 0, 30]), ("Chile", [0, 0, 0, 0, 20])],
                "Nothing is assessed yet",
            ),
            (&[], "Nothing is assessed yet"),
        ];
        for (lines, sentence) in cases {
            assert_eq!(of(lines).finding("Implemented"), sentence);
        }
    }

    #[test]
    fn cycles_are_named_as_in_a_sentence() {
        let mut chart = of(&[
            ("first cycle", [5, 0, 0, 15, 0]),
            ("second cycle", [0, 0, 0, 23, 0]),
            ("third cycle", [0, 0, 0, 48, 0]),
        ]);
        chart.are_cycles = true;
        assert_eq!(
            chart.finding("Implemented"),
            "Implemented: highest in the first cycle, 5 of 20 (25%); lowest in the third cycle and 1 more, 0%"
        );
    }

    proptest! {
        /// Whatever the numbers, what is said is true of every line, drawn or not.
        #[test]
        fn no_heading_is_false(
            counts in proptest::collection::vec(
                (0_u64..40, 0_u64..3, 0_u64..3, 0_u64..40, 0_u64..20),
                0..16,
            )
        ) {
            let labels: Vec<String> = (0..counts.len()).map(|n| format!("L{n}")).collect();
            let counts: Vec<Vec<u64>> =
                counts.iter().map(|(a, b, c, d, e)| vec![*a, *b, *c, *d, *e]).collect();
            let chart = chart(Form::Stacked, &labels, &counts);
            let sentence = chart.finding("Implemented");
            let measured = |line: &Line| chart.measured(line);
            let base = |line: &Line| chart.base(line);
            let small = chart.lines.iter().filter(|line| (1..Counts::SMALL).contains(&base(line)));
            let small = small.count();
            let large: Vec<&Line> =
                chart.lines.iter().filter(|line| base(line) >= Counts::SMALL).collect();
            let is_as_high =
                |a: &Line, b: &Line| measured(a) * base(b) >= measured(b) * base(a);
            let says_small = sentence.contains("not counting");
            match chart.finds() {
                Finding::Span { highest, lowest, .. } => {
                    for line in &large {
                        prop_assert!(is_as_high(highest.0, line), "{sentence}");
                        prop_assert!(is_as_high(line, lowest.0), "{sentence}");
                    }
                    let as_high = large.iter().filter(|line| is_as_high(line, highest.0));
                    prop_assert_eq!(as_high.count(), highest.1 + 1);
                    let as_low = large.iter().filter(|line| is_as_high(lowest.0, line));
                    prop_assert_eq!(as_low.count(), lowest.1 + 1);
                    prop_assert!(!is_as_high(lowest.0, highest.0));
                    prop_assert!(sentence.contains(&highest.0.label));
                    prop_assert_eq!(says_small, small > 0);
                }
                Finding::Nowhere(compared) => {
                    prop_assert!(large.iter().all(|line| measured(line) == 0));
                    prop_assert_eq!(compared.lines, large.len());
                    prop_assert_eq!(says_small, small > 0);
                }
                Finding::Everywhere(one, compared) => {
                    let alike = |line: &Line| is_as_high(line, one) && is_as_high(one, line);
                    prop_assert!(large.iter().all(|line| alike(line)));
                    prop_assert_eq!(compared.lines, large.len());
                    prop_assert_eq!(says_small, small > 0);
                }
                Finding::One(line) => {
                    prop_assert_eq!(chart.lines.len(), 1);
                    prop_assert_eq!(measured(line), measured(&chart.total));
                }
                Finding::Most(line, others) => {
                    prop_assert!(large.len() < 2);
                    let most = line.received();
                    prop_assert!(chart.lines.iter().all(|line| line.received() <= most));
                    let as_many = chart.lines.iter().filter(|line| line.received() == most);
                    prop_assert_eq!(as_many.count(), others + 1);
                }
                Finding::NoBase => prop_assert_eq!(base(&chart.total), 0),
                Finding::NoValues => prop_assert!(chart.lines.is_empty()),
            }
        }
    }
}
