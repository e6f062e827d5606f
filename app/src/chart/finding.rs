//! What a chart finds: the heading above it, made of all its lines, drawn or not.
//!
//! A [`Finding`] is what the numbers allow to be said; its sentence is made from it. Shares of fewer than
//! [`Counts::SMALL`] are not compared. The sentence says how many lines that leaves out if one of them
//! would change it.

use super::{Base, Chart, Line, Measure, Standing};
use crate::t;
use crate::text::locale::Locale;
use crate::text::numbers::{number, of_base, percent};
use crate::text::translations;
use data::domain::{Counts, Dimension, Scheme};

/// The context of a heading: the dimension of the lines, the State under review, and whether a filter applies.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Context {
    /// What the lines are values of; `None` if they are of no dimension.
    pub(crate) along: Option<Dimension>,
    /// The name of the only State under review; `None` if there are several.
    pub(crate) state: Option<String>,
    /// Whether a filter leaves out other recommendations, so that "every recommendation" is not said.
    pub(crate) is_filtered: bool,
    /// Whether the lines are cycles of which not all reviews are loaded.
    pub(crate) is_partly_loaded: bool,
}

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
    /// All of a line's base is measured: the line with the largest base, and how many others are alike.
    Every(&'a Line, usize),
    /// The line with the highest share and the largest base, and how many others have the same share.
    Highest(&'a Line, usize, Compared),
    /// Too few lines can be compared: the line that has the most, and how many others have as many.
    Most(&'a Line, usize),
    /// Too few lines can be compared, and none has more than the others.
    Nothing,
}

/// Of how many lines something is said, and how many small ones say something else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Compared {
    lines: usize,
    small: usize,
}

impl Compared {
    /// Which lines a sentence is not about; empty if it is true of all.
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
    /// Returns true if two lines have the same share.
    fn is_alike(&self, a: &Line, b: &Line) -> bool {
        self.share_order(a, b).is_eq()
    }

    /// Compares two lines by their share; a line without a base has none, and equals any.
    pub(super) fn share_order(&self, a: &Line, b: &Line) -> std::cmp::Ordering {
        let product = |one: &Line, other: &Line| {
            u128::from(self.measured(one)) * u128::from(self.base(other))
        };
        product(a, b).cmp(&product(b, a))
    }

    /// What it finds.
    pub(crate) fn finds(&self) -> Finding<'_> {
        let valued: Vec<&Line> = self
            .lines
            .iter()
            .filter(|line| !line.code.is_empty() && line.standing != Standing::Unknown)
            .collect();
        if let [only] = valued.as_slice() {
            return match self.base(only) {
                0 => self.without_comparison(&valued),
                _ => Finding::One(only),
            };
        }
        let (mut large, mut small): (Vec<&Line>, Vec<&Line>) = valued
            .iter()
            .partition(|line| self.base(line) >= Counts::SMALL);
        // What has no base at all has no share, small or large.
        small.retain(|line| self.base(line) > 0);
        // The highest share first; of equals the larger base.
        large.sort_by(|a, b| self.share_order(b, a).then(self.base(b).cmp(&self.base(a))));
        let (Some(highest), Some(lowest), true) = (large.first(), large.last(), large.len() > 1)
        else {
            return self.without_comparison(&valued);
        };
        let compared = |contradicts: &dyn Fn(&Line) -> bool| Compared {
            lines: large.len(),
            small: small.iter().filter(|line| contradicts(line)).count(),
        };
        if self.is_alike(highest, lowest) {
            let compared = compared(&|line| !self.is_alike(line, highest));
            return match self.measured(highest) {
                0 => Finding::Nowhere(compared),
                _ => Finding::Everywhere(highest, compared),
            };
        }
        let alike = |lines: &[&Line]| {
            let alike = lines.iter().filter(|line| self.is_alike(line, highest));
            alike.count()
        };
        if self.measured(highest) == self.base(highest) {
            return Finding::Every(highest, alike(&large) + alike(&small) - 1);
        }
        Finding::Highest(
            highest,
            alike(&large) - 1,
            compared(&|line| self.share_order(line, highest).is_ge()),
        )
    }

    fn without_comparison(&self, valued: &[&Line]) -> Finding<'_> {
        if self.base(&self.total) == 0 && self.base != Base::Received {
            return Finding::NoBase;
        }
        let Some((line, others)) = Self::most(&self.lines) else {
            return Finding::NoValues;
        };
        let without_value = self.lines.iter().filter(|line| line.code.is_empty());
        let without_value: u64 = without_value.map(Line::received).sum();
        // "Most" is not said of a line that has less than what has no value, or as much as all others.
        if line.received() <= without_value || others + 1 == valued.len() {
            return Finding::Nothing;
        }
        Finding::Most(line, others)
    }

    /// The same as a sentence. `best` is what is measured, in words.
    pub(crate) fn finding(&self, best: &str) -> String {
        let finding = self.sentence(best);
        let compares = !matches!(
            self.finds(),
            Finding::NoBase | Finding::NoValues | Finding::Nothing | Finding::One(_)
        );
        if compares && self.context.is_partly_loaded {
            t!("finding-of-loaded", finding = finding)
        } else {
            finding
        }
    }

    fn sentence(&self, best: &str) -> String {
        let best = in_sentence(best);
        let text = |message: &str, line: Option<(&Line, usize)>, lines: usize, figure: String| {
            let (who, state) = self.subject();
            let message = match self.measure {
                Measure::Supported => format!("finding-supported-{message}"),
                Measure::Implemented => format!("finding-implemented-{message}"),
            };
            let place = line.map(|line| self.place(line, who)).unwrap_or_default();
            // Other lines with the same share may have a rest outside the base.
            let alone = line.filter(|(_, others)| *others == 0);
            let every = self.every(alone.map(|(line, _)| line));
            translations::text(
                &message,
                &[
                    ("who", who.into()),
                    ("state", state.into()),
                    ("best", best.clone().into()),
                    ("place", place.into()),
                    ("every", every.into()),
                    ("lines", self.number_of_lines(lines).into()),
                    ("filtered", self.context.is_filtered.to_string().into()),
                    ("figure", figure.into()),
                ],
            )
        };
        match self.finds() {
            Finding::NoBase => self.without_base(),
            Finding::NoValues => t!("dimension-finding-none", dimension = self.lines_are.clone()),
            Finding::Nothing => t!("finding-plain", dimension = self.lines_are.clone()),
            Finding::One(line) => {
                let figure = of_base(self.measured(line), self.base(line));
                text("one", Some((line, 0)), 1, figure)
            }
            Finding::Nowhere(compared) => {
                text("nowhere", None, compared.lines, String::new()) + &compared.in_words()
            }
            Finding::Everywhere(line, compared) if self.measured(line) == self.base(line) => {
                text("everywhere", None, compared.lines, String::new()) + &compared.in_words()
            }
            Finding::Everywhere(line, compared) => {
                let figure = self.percent_of(line);
                text("same", None, compared.lines, figure) + &compared.in_words()
            }
            Finding::Every(line, others) => {
                let count = match others {
                    0 => format!(" {}", t!("finding-all-of", count = self.base(line))),
                    _ => String::new(),
                };
                text("every", Some((line, others)), 1, String::new()) + &count
            }
            Finding::Highest(line, others, compared) => {
                // Lines of the same share differ in their bases, so several have the share alone.
                let figure = match others {
                    0 => t!(
                        "finding-figure",
                        percent = self.percent_of(line),
                        count = self.measured(line),
                        base = self.base(line)
                    ),
                    _ => self.percent_of(line),
                };
                text("highest", Some((line, others)), 1, figure) + &compared.in_words()
            }
            Finding::Most(line, others) => t!(
                "finding-most",
                filtered = self.context.is_filtered.to_string(),
                who = self.subject().0,
                state = self.subject().1,
                place = self.place((line, others), MOST),
                figure = if self.one_whole {
                    of_base(line.received(), self.total.received())
                } else {
                    number(line.received())
                },
                others = others
            ),
        }
    }

    /// The heading of a chart that counts nothing: nothing is assessed, or no response is known.
    pub(crate) fn without_base(&self) -> String {
        match self.measure {
            Measure::Implemented => t!("finding-none"),
            Measure::Supported => t!("finding-no-response"),
        }
    }

    /// Returns the subject of the sentence: the only State under review, the States that the lines are, or nobody.
    fn subject(&self) -> (&'static str, String) {
        match (&self.context.state, self.context.along) {
            (_, Some(Dimension::State)) => (LINE, String::new()),
            (Some(state), _) => ("state", state.clone()),
            (None, _) => ("nobody", String::new()),
        }
    }

    /// "on women's rights and 2 other issues", "in the first cycle".
    fn place(&self, (line, others): (&Line, usize), who: &str) -> String {
        let along = self.context.along;
        let dimension = match (along, who, self.measure) {
            (Some(Dimension::State), MOST, _) => "to-state",
            (Some(Dimension::State), LINE, Measure::Supported) => "supporting-state",
            _ => along.map_or("", Dimension::param),
        };
        let label = match along {
            Some(Dimension::Term(scheme)) => term_in_sentence(scheme, &line.label),
            _ => line.label.clone(),
        };
        let place = t!("finding-place", dimension = dimension, label = label);
        match others {
            0 => place,
            _ => t!(
                "finding-place-more",
                dimension = dimension,
                place = place,
                count = others
            ),
        }
    }

    /// "every answered recommendation": of that line, or of all lines.
    fn every(&self, line: Option<&Line>) -> String {
        let is_part = |line: &Line| self.base(line) < line.received();
        let is_part = match line {
            Some(line) => is_part(line),
            None => self.lines.iter().any(is_part),
        };
        let of = match (is_part, self.base) {
            (true, Base::Answered) => "answered",
            (true, Base::Assessed) => "assessed",
            _ => "received",
        };
        t!(
            "finding-every",
            of = of,
            filtered = self.context.is_filtered.to_string()
        )
    }

    /// "3 issues".
    fn number_of_lines(&self, lines: usize) -> String {
        let dimension = self.context.along.map_or("", Dimension::param);
        t!("finding-lines", dimension = dimension, count = lines)
    }

    /// The share of a line that is measured, in per cent.
    #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
    fn percent_of(&self, line: &Line) -> String {
        percent(self.measured(line) as f64 / self.base(line).max(1) as f64)
    }
}

/// The lines are States under review: a sentence is about them.
const LINE: &str = "line";

/// A sentence is about the number of recommendations that a line has.
const MOST: &str = "most";

/// A term within a sentence: "women's rights", “Other”, “Chernobyl”. Terms of UPR Info are words, of which the first
/// begins with a capital; other terms may be names, so they are quoted.
fn term_in_sentence(scheme: Scheme, label: &str) -> String {
    const NO_SUBJECTS: [&str; 2] = ["Other", "General"];
    let is_of_words = matches!(scheme, Scheme::Issue | Scheme::AffectedPersons)
        && !NO_SUBJECTS.contains(&label)
        && !label.chars().skip(1).any(char::is_uppercase);
    let is_abbreviation = !label.chars().any(char::is_lowercase);
    match scheme {
        Scheme::Sdg => label.to_owned(),
        _ if is_of_words => in_sentence(label),
        _ if is_abbreviation => label.to_owned(),
        _ => t!("finding-quoted", label = label.to_owned()),
    }
}

/// A label within an English sentence: "women's rights". Abbreviations and names of one letter stay.
fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second))
            if second.is_lowercase() && Locale::current() == Locale::ENGLISH =>
        {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
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
        let cases: [(&[Counted], &str); 13] = [
            (
                &[
                    ("Norway", [5, 0, 0, 15, 0]),
                    ("Chile", [0, 0, 0, 23, 0]),
                    ("Ghana", [0, 0, 0, 48, 0]),
                ],
                "The highest share assessed as implemented is for Norway: 25% (5 of 20)",
            ),
            // Lines of the same share differ in their bases.
            (
                &[
                    ("Norway", [5, 0, 0, 15, 0]),
                    ("Chile", [10, 0, 0, 30, 0]),
                    ("Ghana", [0, 0, 0, 48, 0]),
                ],
                "The highest share assessed as implemented is for Chile and 1 other: 25%",
            ),
            // The line that is too small to be compared has the highest share of all.
            (
                &[
                    ("Norway", [5, 0, 0, 15, 0]),
                    ("Chile", [1, 0, 0, 23, 0]),
                    ("Ghana", [6, 0, 0, 1, 0]),
                ],
                "The highest share assessed as implemented is for Norway: 25% (5 of 20) \
                 (leaving aside 1 with fewer than 10 that would change this)",
            ),
            (
                &[("Norway", [20, 0, 0, 0, 3]), ("Chile", [10, 0, 0, 30, 0])],
                "Assessed as implemented: every assessed recommendation for Norway (20)",
            ),
            (
                &[("Norway", [5, 0, 0, 15, 0]), ("Chile", [10, 0, 0, 30, 0])],
                "The same share is assessed as implemented across these 2: 25%",
            ),
            (
                &[("Norway", [20, 0, 0, 0, 0]), ("Chile", [40, 0, 0, 0, 0])],
                "Assessed as implemented: every recommendation across these 2",
            ),
            (
                &[
                    ("Norway", [0, 0, 0, 15, 0]),
                    ("Chile", [0, 0, 0, 30, 0]),
                    ("Ghana", [3, 0, 0, 0, 0]),
                ],
                "No recommendation is assessed as implemented across these 2 \
                 (leaving aside 1 with fewer than 10 that would change this)",
            ),
            (
                &[("Norway", [7, 0, 0, 9, 10])],
                "7 of 16 (43.8%) for Norway are assessed as implemented",
            ),
            (&[("Norway", [0, 0, 0, 0, 10])], "Nothing is assessed yet"),
            // One line is no comparison: the other has a small base.
            (
                &[("Norway", [5, 0, 0, 15, 0]), ("Chile", [1, 0, 0, 2, 0])],
                "The most recommendations are for Norway: 20 of 23 (87%)",
            ),
            // Nothing to say: none has more than the other.
            (
                &[("Norway", [1, 0, 0, 2, 0]), ("Chile", [1, 0, 0, 2, 0])],
                "By Issue",
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
    fn a_heading_names_the_state_and_what_it_supported() {
        let issues: &[Counted] = &[
            ("Women's rights", [15, 0, 0, 0, 0]),
            ("NHRI", [10, 0, 0, 30, 0]),
        ];
        let cycles: &[Counted] = &[
            ("first cycle", [73, 0, 0, 20, 0]),
            ("second cycle", [100, 0, 0, 68, 0]),
        ];
        let states: &[Counted] = &[("Norway", [12, 0, 0, 0, 4]), ("Chile", [3, 0, 0, 20, 0])];
        let issue = Dimension::Term(Scheme::Issue);
        let cases = [
            (
                issue,
                issues,
                false,
                "Belarus supported every recommendation on women's rights (15)",
            ),
            (
                issue,
                issues,
                true,
                "Belarus supported all of these recommendations on women's rights (15)",
            ),
            (
                Dimension::Cycle,
                cycles,
                false,
                "Belarus supported the highest share in the first cycle: 78.5% (73 of 93)",
            ),
            (
                Dimension::RecommendingState,
                states,
                false,
                "Belarus supported every answered recommendation from Norway (12)",
            ),
            (
                Dimension::State,
                states,
                false,
                "Norway supported every answered recommendation (12)",
            ),
        ];
        for (along, lines, is_filtered, sentence) in cases {
            let mut chart = of(lines);
            chart.measure = Measure::Supported;
            chart.base = Base::Answered;
            chart.context = Context {
                along: Some(along),
                state: Some("Belarus".to_owned()),
                is_filtered,
                is_partly_loaded: false,
            };
            assert_eq!(chart.finding("Supported"), sentence);
            if sentence.starts_with("Belarus supported the highest share") {
                chart.context.is_partly_loaded = true;
                let of_loaded = format!("{sentence}, in the reviews loaded here");
                assert_eq!(chart.finding("Supported"), of_loaded);
            }
        }
    }

    #[test]
    fn a_heading_of_some_recommendations_says_nothing_of_the_others() {
        let filtered = |lines: &[Counted], label: &str| {
            let mut chart = of(lines);
            chart.context.is_filtered = true;
            chart.context.along = Some(Dimension::Term(Scheme::Issue));
            chart.lines[0].label = label.to_owned();
            chart.finding("Implemented")
        };
        let none: &[Counted] = &[("a", [0, 0, 0, 15, 0]), ("b", [0, 0, 0, 30, 0])];
        assert_eq!(
            filtered(none, "NHRI"),
            "None of these recommendations is assessed as implemented, across 2 issues"
        );
        let few: &[Counted] = &[("a", [5, 0, 0, 15, 0]), ("b", [1, 0, 0, 2, 0])];
        for (label, place) in [
            ("Women's rights", "on women's rights"),
            ("NHRI", "on NHRI"),
            // These are no parts of a sentence.
            ("Other", "on “Other”"),
            (
                "Sexual Orientation and Gender Identity",
                "on “Sexual Orientation and Gender Identity”",
            ),
        ] {
            let sentence =
                format!("Of these recommendations, the most are {place}: 20 of 23 (87%)");
            assert_eq!(filtered(few, label), sentence);
        }
    }

    #[test]
    fn the_largest_number_is_not_said_below_what_has_no_value() {
        let mut chart = of(&[("Norway", [0, 0, 0, 0, 8]), ("Chile", [1, 0, 0, 2, 0])]);
        chart.lines.push(Line {
            label: "Not recorded".to_owned(),
            counts: vec![0, 0, 0, 0, 24],
            ..Line::default()
        });
        assert_eq!(chart.finding("Implemented"), "By Issue");
    }

    /// The number that stands before that word or sign of a sentence.
    fn number_before(sentence: &str, mark: &str) -> Option<u64> {
        let (before, _) = sentence.split_once(mark)?;
        let digits = before
            .rsplit(|letter: char| !letter.is_ascii_digit())
            .next()?;
        digits.parse().ok()
    }

    /// The line that a sentence names.
    fn named<'a>(chart: &'a Chart, sentence: &str) -> Option<&'a Line> {
        let mut words = sentence.split(|letter: char| !letter.is_ascii_alphanumeric());
        words.find_map(|word| chart.lines.iter().find(|line| line.label == word))
    }

    proptest! {
        /// Whatever the numbers, the words are true of the row that they name and of all other rows, drawn
        /// or not. The claim is read from the sentence alone.
        #[test]
        fn no_heading_is_false(
            counts in proptest::collection::vec(
                (0_u64..40, 0_u64..3, 0_u64..3, 0_u64..40, 0_u64..20),
                0..16,
            ),
            full in 0_usize..32,
        ) {
            let labels: Vec<String> = (0..counts.len()).map(|n| format!("L{n}")).collect();
            let mut counts: Vec<Vec<u64>> =
                counts.iter().map(|(a, b, c, d, e)| vec![*a, *b, *c, *d, *e]).collect();
            if let Some(counts) = counts.get_mut(full) {
                *counts = vec![counts[0] + 1, 0, 0, 0, counts[4]];
            }
            let chart = chart(Form::Stacked, &labels, &counts);
            let sentence = chart.finding("Implemented");
            prop_assert_eq!(&chart.first(12).titled(sentence.clone()).title, &sentence);
            let counted: Vec<(u64, u64)> =
                chart.lines.iter().map(|line| (line.counts[0], line.counts[..4].iter().sum())).collect();
            let of = |line: &Line| (line.counts[0], line.counts[..4].iter().sum::<u64>());
            let large = || counted.iter().filter(|(_, base)| *base >= Counts::SMALL);
            let left_out = number_before(&sentence, " with fewer than 10").unwrap_or(0);
            let others = number_before(&sentence, " other").unwrap_or(0);
            // "across these 5"
            let across = sentence.split_once(" across these ").and_then(|(_, behind)| {
                let digits = behind.split(|letter: char| !letter.is_ascii_digit());
                digits.into_iter().next()?.parse::<u64>().ok()
            });
            let row = named(&chart, &sentence);
            if sentence.starts_with("The highest share") {
                let (measured, base) = of(row.unwrap());
                let higher = |(other, of): &(u64, u64)| other * base > measured * of;
                let alike = |(other, of): &(u64, u64)| *of > 0 && other * base == measured * of;
                prop_assert!(!large().any(higher), "{sentence}");
                prop_assert_eq!(large().filter(|one| alike(one)).count() as u64, others + 1);
                let small = counted.iter().filter(|(_, of)| *of > 0 && *of < Counts::SMALL);
                let contradict = small.filter(|one| higher(one) || alike(one)).count() as u64;
                prop_assert_eq!(contradict, left_out, "{}", sentence);
                if others == 0 {
                    let figure = sentence.split_once('(').unwrap().1;
                    prop_assert_eq!(number_before(figure, " of "), Some(measured));
                    prop_assert_eq!(number_before(figure, ")"), Some(base));
                }
            } else if sentence.starts_with("Assessed as implemented") && row.is_some() {
                let (measured, base) = of(row.unwrap());
                prop_assert!(measured == base && base > 0, "{sentence}");
                let alike = counted.iter().filter(|(one, base)| *base > 0 && one == base);
                prop_assert_eq!(alike.count() as u64, others + 1);
                if others == 0 {
                    prop_assert_eq!(number_before(&sentence, ")"), Some(base));
                    let is_part = row.unwrap().counts[4] > 0;
                    prop_assert_eq!(sentence.contains("every assessed"), is_part);
                }
            } else if sentence.starts_with("Assessed as implemented") {
                prop_assert!(large().all(|(one, base)| one == base), "{sentence}");
                prop_assert_eq!(across, Some(large().count() as u64), "{}", sentence);
                let less = counted.iter().filter(|(one, base)| one < base);
                prop_assert_eq!(less.count() as u64, left_out, "{}", sentence);
            } else if sentence.starts_with("No recommendation") {
                prop_assert!(large().all(|(one, _)| *one == 0), "{sentence}");
                prop_assert_eq!(across, Some(large().count() as u64), "{}", sentence);
                let with: usize = counted.iter().filter(|(one, _)| *one > 0).count();
                prop_assert_eq!(with as u64, left_out);
            } else if sentence.starts_with("The same share") {
                prop_assert!(large().all(|(one, base)| large().all(|(a, b)| one * b == a * base)));
                prop_assert_eq!(across, Some(large().count() as u64), "{}", sentence);
                let (one, base) = large().next().unwrap();
                let differs = |(a, b): &&(u64, u64)| *b > 0 && one * b != a * base;
                prop_assert_eq!(counted.iter().filter(differs).count() as u64, left_out, "{}", sentence);
            } else if sentence.starts_with("The most") {
                prop_assert!(large().count() < 2);
                let received = row.unwrap().received();
                let all: u64 = chart.lines.iter().map(Line::received).sum();
                prop_assert!(chart.lines.iter().all(|line| line.received() <= received));
                let as_many = chart.lines.iter().filter(|line| line.received() == received).count();
                prop_assert_eq!(as_many as u64, others + 1);
                let figure = sentence.rsplit_once(": ").unwrap().1;
                prop_assert_eq!(number_before(figure, " of "), Some(received));
                prop_assert!(figure.contains(&format!("of {all}")), "{sentence}");
            } else if sentence.contains("are assessed as implemented") {
                prop_assert_eq!(chart.lines.len(), 1);
                let (measured, base) = of(row.unwrap());
                prop_assert!(sentence.starts_with(&of_base(measured, base)), "{sentence}");
            } else if sentence.starts_with("By ") {
                prop_assert!(large().count() < 2);
            } else {
                prop_assert_eq!(&sentence, "Nothing is assessed yet");
                prop_assert!(counted.iter().all(|(_, base)| *base == 0));
            }
        }
    }
}
