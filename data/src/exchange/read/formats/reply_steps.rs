//! The lines of a State's reply that hold numbers without an answer, or an answer without numbers: which belongs to
//! which.
//!
//! An answer may stand above its numbers, as a heading, or below each of them. One line does not say which, but all of
//! them together do: lines that begin with an answer and end with numbers are headings and lists, lines that begin with
//! numbers and end with an answer are pairs. Otherwise both readings are compared, and a number is answered only if they
//! agree. A sentence such as "Bhutan supports this recommendation" speaks of the number above it.

use crate::domain::{Paragraph, PositionClass};
use crate::exchange::read::values::positions::Reading;

/// The numbers of one line.
#[derive(Clone, Debug)]
pub(crate) struct Numbers {
    pub(crate) row: u32,
    pub(crate) paragraphs: Vec<Paragraph>,
    /// The paragraph of the reply that they stand in.
    pub(crate) below: Option<String>,
    /// Whether the list goes on in the next line: it ends with a comma or "and".
    pub(crate) is_open: bool,
}

/// An answer that names no number.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_field_names,
    reason = "lines and entries have an answer by the same name"
)]
pub(crate) struct Answer {
    pub(crate) row: u32,
    pub(crate) answer: Reading,
    pub(crate) raw: String,
    pub(crate) back: Option<Back>,
    /// Whether it is a few words that may be one of several answers: "Noted in part".
    pub(crate) is_short: bool,
    /// Whether it says "in part".
    pub(crate) is_limited: bool,
}

/// What a sentence refers back to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Back {
    /// "This recommendation".
    One,
    /// "These recommendations".
    Several,
}

/// A line that answers the numbers that it begins with.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub(crate) row: u32,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) below: Option<String>,
    pub(crate) answer: Reading,
    pub(crate) raw: String,
}

/// One line.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Numbers(Numbers),
    Answer(Answer),
    Own(Own),
}

/// What becomes of the numbers of one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Found {
    /// They are answered by these lines, which are one answer.
    Answered(Vec<usize>),
    /// They are answered by the sentence above all lines.
    OfHeading,
    /// These lines only repeat the answer.
    Repeated(Vec<usize>),
    /// The answer above them and the one below them differ. Either may be missing.
    Unclear(Option<usize>, Option<usize>),
    /// Nothing answers them.
    Unanswered,
}

/// Answers that follow each other.
#[derive(Clone, Copy, Debug)]
struct Block {
    from: usize,
    to: usize,
    /// Whether it may as well go on with the answer of the line before it.
    is_doubtful: bool,
}

/// Pairs the lines of numbers and of answers. `heading` is the answer of the sentence above them, if it is certain.
/// Gives the place of each line of numbers that is answered or not, and of each line with an answer of its own to which
/// another one belongs.
pub(crate) fn pair(steps: &[Step], heading: Option<Reading>) -> Vec<(usize, Found)> {
    let mut found = Vec::new();
    let blocks = blocks(steps, heading.is_some(), &mut found);
    let pairs = Pairs {
        steps,
        heading,
        above: above(steps, &blocks),
        below: below(steps, &blocks),
        blocks,
    };
    for (at, step) in steps.iter().enumerate() {
        if matches!(step, Step::Numbers(_)) {
            found.push((at, pairs.of(at)));
        }
    }
    found
}

/// The answers that follow each other, without those that belong to the line before them, which are told at once.
fn blocks(steps: &[Step], has_heading: bool, found: &mut Vec<(usize, Found)>) -> Vec<Block> {
    let mut all: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < steps.len() {
        if !matches!(steps.get(at), Some(Step::Answer(_))) {
            at += 1;
            continue;
        }
        let from = at;
        while matches!(steps.get(at), Some(Step::Answer(_))) {
            at += 1;
        }
        let mut block = Block {
            from,
            to: at,
            is_doubtful: false,
        };
        let Some((place, own)) = from
            .checked_sub(1)
            .and_then(|place| match steps.get(place) {
                Some(Step::Own(own)) => Some((place, own)),
                _ => None,
            })
        else {
            all.push(block);
            continue;
        };
        let answers = || answers(steps, block);
        let is_same = answers().all(|one| one.answer == own.answer);
        let in_part = Reading::Class(PositionClass::PartiallySupported);
        let is_back = answers().all(|one| one.back.is_some());
        let goes_on = own.answer == in_part && answers().all(|one| one.is_limited);
        let is_before_numbers = matches!(steps.get(at), Some(Step::Numbers(_)));
        let rows: Vec<usize> = (from..at).collect();
        let is_limited = answers().any(|one| one.is_limited);
        let is_list = has_heading || !all.is_empty();
        if goes_on {
            found.push((place, Found::Answered(rows)));
        } else if is_back || !is_before_numbers && !is_list {
            let of_own = if is_same {
                Found::Repeated(rows)
            } else {
                Found::Unclear(None, Some(from))
            };
            found.push((place, of_own));
        } else {
            if !is_same && (is_limited || !is_list) {
                found.push((place, Found::Unclear(None, Some(from))));
                block.is_doubtful = true;
            }
            all.push(block);
        }
    }
    all
}

fn answers(steps: &[Step], block: Block) -> impl Iterator<Item = &Answer> {
    let steps = steps.get(block.from..block.to).unwrap_or_default();
    steps.iter().filter_map(|step| match step {
        Step::Answer(answer) => Some(answer),
        _ => None,
    })
}

/// For each line the block above it that may be its heading. A few words such as "Supported" head a list only up to a
/// line with an answer of its own: from there on numbers are answered one by one.
fn above(steps: &[Step], blocks: &[Block]) -> Vec<Option<usize>> {
    let mut next = blocks.iter().enumerate().peekable();
    let mut open = None;
    (0..steps.len())
        .map(|at| {
            while let Some((place, block)) = next.next_if(|(_, block)| block.from <= at) {
                if answers(steps, *block).all(|one| one.back.is_none()) {
                    open = Some((place, answers(steps, *block).all(|one| one.is_short)));
                }
            }
            let is_own = matches!(steps.get(at), Some(Step::Own(_)));
            open = open.filter(|(_, is_short)| !(is_own && *is_short));
            open.map(|(place, _)| place)
        })
        .collect()
}

/// For each line of numbers the block below it with no other number between, but for those of the same list; and
/// whether it stands right below.
fn below(steps: &[Step], blocks: &[Block]) -> Vec<Option<(usize, bool)>> {
    let mut all = vec![None; steps.len()];
    let mut open: Option<(usize, bool)> = None;
    let mut blocks = blocks.iter().enumerate().rev().peekable();
    for (at, step) in steps.iter().enumerate().rev() {
        while let Some((place, _)) = blocks.next_if(|(_, block)| block.from >= at) {
            open = Some((place, true));
        }
        match step {
            Step::Numbers(numbers) => {
                // The first number that is met stands right above the answer.
                let is_last = matches!(steps.get(at + 1), Some(Step::Answer(_)));
                let is_near = is_last || numbers.is_open;
                open = open.map(|(place, was_near)| (place, was_near && is_near));
                if let Some(place) = all.get_mut(at) {
                    *place = open;
                }
            }
            Step::Own(_) => open = None,
            Step::Answer(_) => {}
        }
    }
    all
}

struct Pairs<'a> {
    steps: &'a [Step],
    heading: Option<Reading>,
    blocks: Vec<Block>,
    above: Vec<Option<usize>>,
    below: Vec<Option<(usize, bool)>>,
}

/// An answer with where it stands; `None` is the sentence above all lines.
type Said = (Option<Reading>, Option<usize>);

impl Pairs<'_> {
    /// What a block says as one answer.
    fn says(&self, place: usize) -> Said {
        let Some(block) = self.blocks.get(place) else {
            return (None, None);
        };
        let mut all = answers(self.steps, *block);
        let Some(first) = all.next() else {
            return (None, None);
        };
        let is_one = all.all(|one| one.answer == first.answer);
        let is_certain = is_one && !block.is_doubtful;
        (Some(first.answer).filter(|_| is_certain), Some(block.from))
    }

    /// The answer above a line.
    fn heading_of(&self, at: usize) -> Option<Said> {
        match self.above.get(at).copied().flatten() {
            Some(place) => Some(self.says(place)),
            None => self.heading.map(|heading| (Some(heading), None)),
        }
    }

    /// The lines of the answer below a line, if they are one answer.
    fn answer_below(&self, at: usize, is_back: bool) -> Option<usize> {
        let (place, is_near) = self.below.get(at).copied().flatten()?;
        let block = self.blocks.get(place)?;
        let several = answers(self.steps, *block).any(|one| one.back == Some(Back::Several));
        (is_near || is_back && several).then_some(place)
    }

    /// Several answers below one number are one if they are short: "Supported in part", "Noted in part".
    fn as_pair(&self, place: usize) -> Found {
        let Some(block) = self.blocks.get(place) else {
            return Found::Unanswered;
        };
        let all = || answers(self.steps, *block);
        let is_one = all().all(|one| one.is_short && one.back.is_none())
            || all().all(|one| Some(one.answer) == all().next().map(|one| one.answer));
        if is_one && !block.is_doubtful {
            Found::Answered((block.from..block.to).collect())
        } else {
            Found::Unclear(None, Some(block.from))
        }
    }

    fn as_list(&self, at: usize) -> Found {
        match self.heading_of(at) {
            Some((Some(_), None)) => Found::OfHeading,
            Some((Some(_), Some(answer))) => Found::Answered(vec![answer]),
            Some((None, answer)) => Found::Unclear(answer, None),
            None => Found::Unanswered,
        }
    }

    fn of(&self, at: usize) -> Found {
        if self.blocks.is_empty() {
            return match self.heading {
                Some(_) => Found::OfHeading,
                None => Found::Unanswered,
            };
        }
        let mut blocks = self.blocks.iter();
        let is_back = blocks.any(|block| answers(self.steps, *block).any(|one| one.back.is_some()));
        let first = self.blocks.first().map_or(0, |block| block.from);
        let last = self.blocks.last().map_or(0, |block| block.from);
        let is_number = |step: &Step| matches!(step, Step::Numbers(_));
        let numbers_before = self
            .steps
            .get(..first)
            .unwrap_or_default()
            .iter()
            .any(is_number);
        let numbers_behind = self
            .steps
            .get(last..)
            .unwrap_or_default()
            .iter()
            .any(is_number);
        let begins_with_answer = self.heading.is_some() || !numbers_before;
        match (is_back, begins_with_answer, numbers_behind) {
            (true, ..) => self.with_references(at),
            (false, true, true) => self.as_list(at),
            (false, false, false) => match self.answer_below(at, false) {
                Some(place) => self.as_pair(place),
                None => Found::Unanswered,
            },
            _ => self.compared(at),
        }
    }

    /// Sentences that refer back answer the number above them; all other answers are headings.
    fn with_references(&self, at: usize) -> Found {
        let below = self.answer_below(at, true).filter(|place| {
            let block = self.blocks.get(*place).copied();
            block.is_some_and(|block| answers(self.steps, block).all(|one| one.back.is_some()))
        });
        match (self.heading_of(at), below) {
            (Some((above, row)), Some(place)) if above != self.says(place).0 || above.is_none() => {
                Found::Unclear(row, self.says(place).1)
            }
            (_, Some(place)) => self.as_pair(place),
            (_, None) => self.as_list(at),
        }
    }

    /// Lines that could be lists as well as pairs.
    fn compared(&self, at: usize) -> Found {
        let below = self.answer_below(at, false);
        let above = self.heading_of(at);
        match (above, below.map(|place| self.says(place))) {
            (Some((Some(above), row)), Some((Some(below), answer))) if above == below => {
                match answer.or(row) {
                    Some(answer) => Found::Answered(vec![answer]),
                    None => Found::OfHeading,
                }
            }
            (None, None) => Found::Unanswered,
            (above, below) => {
                let row = |said: Option<Said>| said.and_then(|(_, row)| row);
                Found::Unclear(row(above), row(below))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `S` and `N` are answers, digits are numbers, `s` and `n` refer back; `,` keeps a list open.
    fn read(lines: &str, heading: Option<char>) -> String {
        let class = |c: char| {
            Reading::Class(match c.to_ascii_uppercase() {
                'S' => PositionClass::Supported,
                _ => PositionClass::Noted,
            })
        };
        let step = |word: &str| {
            let c = word.chars().next().unwrap();
            if c.is_ascii_digit() {
                let paragraph = Paragraph::parse(&format!("104.{c}")).unwrap();
                return Step::Numbers(Numbers {
                    row: 0,
                    paragraphs: vec![paragraph],
                    below: None,
                    is_open: word.ends_with(','),
                });
            }
            Step::Answer(Answer {
                row: 0,
                answer: class(c),
                raw: String::new(),
                back: c.is_lowercase().then_some(Back::One),
                is_short: true,
                is_limited: false,
            })
        };
        let steps: Vec<Step> = lines.split(' ').map(step).collect();
        let words: Vec<&str> = lines.split(' ').collect();
        let found = pair(&steps, heading.map(class)).into_iter();
        let said = found.map(|(_, found)| match found {
            Found::Answered(rows) => rows.iter().map(|row| words[*row]).collect(),
            Found::Repeated(_) => "+".to_owned(),
            Found::OfHeading => "=".to_owned(),
            Found::Unclear(..) => "?".to_owned(),
            Found::Unanswered => "-".to_owned(),
        });
        said.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lists_and_pairs_are_told_apart() {
        for (lines, heading, expected) in [
            ("S 1 2 N 3", None, "S S N"),
            ("1 S 2 N", None, "S N"),
            ("1 2 S", None, "- S"),
            ("1, 2 S", None, "S S"),
            ("1 2", None, "- -"),
            ("1 2", Some('S'), "= ="),
            ("1 2 N 3", Some('S'), "= = N"),
            // Both readings are complete, or neither is.
            ("S 1 N 2 N", None, "? N"),
            ("1 S 2", None, "? ?"),
            ("1 S 2 N", Some('S'), "S ?"),
            ("1 S N", None, "SN"),
            // Sentences that refer back.
            ("1 s 2 n", None, "s n"),
            ("1 s 2 n 3", None, "s n -"),
            ("1 s 2 n", Some('S'), "s ?"),
            ("1 s 2 3", Some('S'), "s = ="),
            ("1 s n", None, "?"),
        ] {
            assert_eq!(read(lines, heading), expected, "{lines}");
        }
    }
}
