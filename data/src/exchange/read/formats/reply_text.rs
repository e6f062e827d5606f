//! A State's reply that is a text: lists of paragraphs below or behind the words that answer them.
//!
//! Three shapes stand side by side in such texts: a sentence that announces a list ("Bhutan supports the following
//! recommendations:", then numbers), a line that begins with numbers and answers them ("50.5 Supported", or several
//! such lines below one number), and clauses ("supports 104.1–104.15, 104.20; notes 104.3"). A number in the middle
//! of prose is a reference and no entry. What is only counted in words is named, never filled in.

use crate::domain::{Message, Paragraph, PositionClass};
use crate::exchange::read::formats::reply::Told;
use crate::exchange::read::formats::reply_cues::{Cue, REFERENCES, cues, together};
use crate::exchange::read::formats::reply_head::{ReplyHead, beginning};
use crate::exchange::read::formats::reply_numbers::{Listed, ascii_digits, in_text, is_between};
use crate::exchange::read::formats::report_lines::is_of_the_page;
use crate::exchange::read::values::cells::{MAX_ROWS, one_line, rejected, shortened};
use crate::exchange::{ReadFailure, ReadOptions, Rejected, Sink};
use std::collections::HashMap;

/// What the title of a reply says.
const TITLES: [&str; 12] = [
    "views on conclusions",
    "addendum",
    "additif",
    "observations sur les conclusions",
    "adición",
    "opiniones sobre las conclusiones",
    "добавление",
    "мнения в отношении выводов",
    "إضافة",
    "آراء بشأن الاستنتاجات",
    "增编",
    "对结论",
];
/// As many words may stand between an answer and its numbers.
const NEAR_WORDS: usize = 12;
/// A line with an answer and no more words than this answers the number above it.
const SHORT_WORDS: usize = 6;
/// As much of a line is looked at, in bytes.
const MAX_LINE: usize = 20_000;
/// No reply is longer, in bytes.
const MAX_REPLY: usize = 4 << 20;
/// As many recommendations may one reply answer.
const MAX_ENTRIES: usize = 5_000;

/// Whether a text says by its title that it is a reply.
pub(crate) fn is_titled(text: &str) -> bool {
    let head = beginning(text).to_lowercase();
    TITLES.iter().any(|title| head.contains(title)) || ReplyHead::find(text).symbol.is_some()
}

/// Whether a text answers recommendations by their numbers.
pub(crate) fn is_reply(text: &str) -> bool {
    !parse(text).entries.is_empty()
}

/// Reads it, by what its head says.
pub(crate) fn read(
    text: &str,
    head: ReplyHead,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ReadFailure> {
    let (head, review) = head.settle(options)?;
    let review = review.ok_or_else(|| Message::new("exchange-name-the-review"))?;
    let parsed = parse(text);
    if parsed.is_too_long {
        return Err(Message::new("exchange-rows")
            .with("max", MAX_ENTRIES)
            .into());
    }
    for told in parsed.told() {
        sink.recommendation(told.incoming(review, &head))?;
    }
    for wrong in parsed.wrong {
        sink.rejected(wrong.of_review(Some(review)))?;
    }
    Ok(())
}

/// An answer to one recommendation, at one place of the text.
struct Entry {
    row: u32,
    paragraph: Paragraph,
    class: PositionClass,
    raw: String,
    below: Option<String>,
    /// Whether it is a further line of the answer above it.
    is_further: bool,
}

/// A sentence that announces a list.
#[derive(Clone)]
struct Heading {
    row: u32,
    class: PositionClass,
    raw: String,
    /// How many recommendations it says that there are.
    total: Option<usize>,
    /// How many have been read below it.
    read: usize,
}

#[derive(Default)]
struct Parsed {
    entries: Vec<Entry>,
    wrong: Vec<Rejected>,
    heading: Option<Heading>,
    /// Numbers that nothing has answered yet, and whether lines below them may.
    waiting: Vec<(u32, Paragraph)>,
    /// The numbers that the line above answered, for further answers below them.
    answered: Vec<Paragraph>,
    /// The paragraph of the reply.
    below: Option<String>,
    is_too_long: bool,
}

fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    if text.len() > MAX_REPLY {
        parsed.is_too_long = true;
        return parsed;
    }
    let text = ascii_digits(text);
    for (row, line) in (1_u32..).zip(text.lines()) {
        if row > MAX_ROWS || parsed.entries.len() > MAX_ENTRIES {
            parsed.is_too_long = true;
            break;
        }
        let line = line.trim();
        if !line.is_empty() && !is_of_the_page(line) {
            parsed.line(row, line);
        }
    }
    parsed.close_heading();
    parsed.give_up_waiting();
    parsed
}

impl Parsed {
    fn line(&mut self, row: u32, line: &str) {
        let (own, line) = without_own_number(line);
        if let Some(own) = own {
            self.below = Some(own);
        }
        let mut lower = line.to_lowercase();
        if lower.len() > MAX_LINE {
            let mut end = MAX_LINE;
            while !lower.is_char_boundary(end) {
                end -= 1;
            }
            lower.truncate(end);
            let reason = Message::new("exchange-reply-line").with("max", MAX_LINE);
            self.wrong.push(rejected(row, "", line, reason));
        }
        let cues = cues(&lower);
        let numbers: Vec<Listed> = in_text(&lower)
            .into_iter()
            .filter(|one| !is_reference(&lower, one.start))
            .collect();
        let leads = leading(&lower, &numbers);
        if numbers.is_empty() {
            self.words(row, line, &lower, &cues);
        } else if leads > 0 {
            self.numbers_first(row, line, &lower, &cues, &numbers, leads);
        } else {
            self.clauses(row, line, &lower, &cues, &numbers);
        }
    }

    /// A line without numbers: it announces a list, answers the number above it, or says nothing.
    fn words(&mut self, row: u32, line: &str, lower: &str, cues: &[Cue]) {
        let classes: Vec<PositionClass> = cues.iter().map(|cue| cue.class).collect();
        let Some(class) = together(&classes) else {
            return;
        };
        let words = lower.split_whitespace().count();
        let is_heading = lower.ends_with(':')
            || lower.ends_with('：')
            || ["recom", "рекоменд", "توصي", "建议"]
                .iter()
                .any(|word| lower.contains(word));
        if is_heading {
            if let Some(count) = counted_only(lower) {
                let reason = Message::new("exchange-reply-counted-only").with("count", count);
                self.wrong.push(rejected(row, "", &one_line(line), reason));
            }
            self.announce(row, class, line, lower);
        } else if words <= SHORT_WORDS {
            let waiting = std::mem::take(&mut self.waiting);
            if !waiting.is_empty() {
                self.answered = waiting
                    .iter()
                    .map(|(_, paragraph)| paragraph.clone())
                    .collect();
                for (row, paragraph) in waiting {
                    self.enter(row, paragraph, class, line);
                }
            } else if self.heading.is_none() {
                // A second answer below one number: supported in part, noted in part.
                for paragraph in self.answered.clone() {
                    self.enter(row, paragraph, class, line);
                    if let Some(entry) = self.entries.last_mut() {
                        entry.is_further = true;
                    }
                }
            } else {
                self.announce(row, class, line, lower);
            }
            if self.answered.is_empty() && self.heading.is_none() {
                self.announce(row, class, line, lower);
            }
        }
    }

    fn announce(&mut self, row: u32, class: PositionClass, line: &str, lower: &str) {
        self.close_heading();
        self.give_up_waiting();
        self.answered.clear();
        self.heading = Some(Heading {
            row,
            class,
            raw: shortened(&one_line(line)),
            total: total(lower),
            read: 0,
        });
    }

    /// A line that begins with numbers: the words behind them answer them, or the heading does.
    fn numbers_first(
        &mut self,
        row: u32,
        line: &str,
        lower: &str,
        cues: &[Cue],
        numbers: &[Listed],
        leads: usize,
    ) {
        let (leading, further) = numbers.split_at(leads);
        let end = leading.last().map_or(0, |last| last.end);
        let next = further.first().map_or(lower.len(), |next| next.start);
        let behind: Vec<PositionClass> = cues
            .iter()
            .filter(|cue| (end..next).contains(&cue.start) && is_near(lower, end, cue.start))
            .map(|cue| cue.class)
            .collect();
        let answer = together(&behind);
        let heading = self.heading.clone();
        if heading.is_none() || answer.is_some() {
            self.give_up_waiting();
        }
        self.answered.clear();
        for one in leading {
            if one.paragraphs.is_empty() {
                self.backwards(row, lower, one);
            }
            for paragraph in &one.paragraphs {
                match (answer, &heading) {
                    (Some(class), _) => {
                        self.answered.push(paragraph.clone());
                        self.enter(row, paragraph.clone(), class, line);
                    }
                    (None, Some(heading)) => {
                        self.enter(row, paragraph.clone(), heading.class, &heading.raw);
                    }
                    (None, None) => self.waiting.push((row, paragraph.clone())),
                }
            }
        }
        // "50.5 Supported, 50.6 Noted" goes on in the same way; in prose the others are references.
        if let (Some(_), Some(first)) = (answer, further.first()) {
            let rest_at = first.start;
            let rest = lower.get(rest_at..).unwrap_or_default();
            let shifted: Vec<Listed> = further
                .iter()
                .map(|one| Listed {
                    start: one.start - rest_at,
                    end: one.end - rest_at,
                    paragraphs: one.paragraphs.clone(),
                })
                .collect();
            let between = lower.get(end..rest_at).unwrap_or_default();
            if between.split_whitespace().count() <= SHORT_WORDS {
                let cues: Vec<Cue> = cues
                    .iter()
                    .filter(|cue| cue.start >= rest_at)
                    .map(|cue| Cue {
                        start: cue.start - rest_at,
                        end: cue.end - rest_at,
                        ..*cue
                    })
                    .collect();
                let leads = self::leading(rest, &shifted);
                if leads > 0 && !cues.is_empty() {
                    let answered = std::mem::take(&mut self.answered);
                    self.numbers_first(row, line, rest, &cues, &shifted, leads);
                    self.answered.extend(answered);
                }
            }
        }
    }

    /// A sentence with answers before its numbers: "supports 104.1–104.15; notes 104.3".
    fn clauses(&mut self, row: u32, line: &str, lower: &str, cues: &[Cue], numbers: &[Listed]) {
        self.give_up_waiting();
        self.answered.clear();
        let mut end_of_list: Option<(usize, PositionClass)> = None;
        let mut any = false;
        for one in numbers {
            let before = cues.iter().rev().find(|cue| cue.end <= one.start);
            let class = match (before, end_of_list) {
                // The list goes on.
                (Some(cue), Some((end, class)))
                    if cue.end <= end && lower.get(end..one.start).is_some_and(is_between) =>
                {
                    Some(class)
                }
                (Some(cue), _) if is_near(lower, cue.end, one.start) => Some(cue.class),
                _ => None,
            };
            let Some(class) = class else { continue };
            any = true;
            end_of_list = Some((one.end, class));
            if one.paragraphs.is_empty() {
                self.backwards(row, lower, one);
            }
            for paragraph in &one.paragraphs {
                self.enter(row, paragraph.clone(), class, line);
            }
        }
        // The list may go on in the next line, unless a full stop ends it.
        if let (true, Some((_, class))) = (any, end_of_list) {
            let read = self.heading.as_ref().map_or(0, |heading| heading.read);
            let total = total(lower);
            self.close_heading();
            self.heading = Some(Heading {
                row,
                class,
                raw: shortened(&one_line(line)),
                total,
                read: if total.is_some() {
                    numbers.iter().map(|one| one.paragraphs.len()).sum()
                } else {
                    read
                },
            });
            if line.ends_with(['.', '。', '۔']) {
                self.close_heading();
            }
        }
    }

    fn backwards(&mut self, row: u32, lower: &str, one: &Listed) {
        let value = lower.get(one.start..one.end).unwrap_or_default();
        let reason = Message::new("exchange-reply-range").with("value", shortened(value));
        self.wrong.push(rejected(row, "", value, reason));
    }

    fn enter(&mut self, row: u32, paragraph: Paragraph, class: PositionClass, line: &str) {
        if self.entries.len() > MAX_ENTRIES {
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.read += 1;
        }
        self.entries.push(Entry {
            row,
            paragraph,
            class,
            raw: shortened(&one_line(line)),
            below: self.below.clone(),
            is_further: false,
        });
    }

    /// Ends a list, and names it if it has not as many numbers as it says.
    fn close_heading(&mut self) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        let Some(total) = heading.total.filter(|total| *total != heading.read) else {
            return;
        };
        if heading.read == 0 {
            return;
        }
        let reason = Message::new("exchange-reply-total")
            .with("total", total)
            .with("read", heading.read);
        self.wrong
            .push(rejected(heading.row, "", &heading.raw, reason));
    }

    fn give_up_waiting(&mut self) {
        for (row, paragraph) in std::mem::take(&mut self.waiting) {
            let reason = Message::new("exchange-reply-no-answer").with("paragraph", &paragraph);
            let cells = paragraph.to_string();
            let wrong = rejected(row, "", &cells, reason);
            self.wrong
                .push(wrong.with_cells([("paragraph", cells.as_str()), ("position", "")]));
        }
    }

    /// The answers in the order of the text. Lines below one number are one answer; a number that is answered in two
    /// places has two, which the reader of the file compares.
    fn told(&self) -> Vec<Told> {
        let mut all: Vec<(&Entry, Vec<&Entry>)> = Vec::new();
        let mut last: HashMap<&Paragraph, usize> = HashMap::new();
        for entry in &self.entries {
            let open = last.get(&entry.paragraph).filter(|_| entry.is_further);
            if let Some((_, entries)) = open.and_then(|place| all.get_mut(*place)) {
                entries.push(entry);
            } else {
                last.insert(&entry.paragraph, all.len());
                all.push((entry, vec![entry]));
            }
        }
        let told = |(first, entries): (&Entry, Vec<&Entry>)| {
            let classes: Vec<PositionClass> = entries.iter().map(|one| one.class).collect();
            let mut raws: Vec<&str> = entries.iter().map(|one| one.raw.as_str()).collect();
            raws.dedup();
            Some(Told {
                row: first.row,
                paragraph: first.paragraph.clone(),
                class: together(&classes)?,
                raw: shortened(&raws.join("; ")),
                source_paragraph: first.below.clone(),
            })
        };
        all.into_iter().filter_map(told).collect()
    }
}

/// Takes the number of the reply's own paragraph off a line: `12. Bhutan supports ...`.
fn without_own_number(line: &str) -> (Option<String>, &str) {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let rest = line.get(digits..).unwrap_or_default();
    let behind = rest.strip_prefix(['.', ')', '、']);
    match behind {
        Some(behind) if (1..=3).contains(&digits) && behind.starts_with(char::is_whitespace) => {
            (line.get(..digits).map(str::to_owned), behind.trim_start())
        }
        _ => (
            None,
            line.trim_start_matches(['•', '-', '–', '*', '▪', ' ', '\t']),
        ),
    }
}

/// How many of the numbers stand at the beginning of the line, with nothing else before and between them.
fn leading(lower: &str, numbers: &[Listed]) -> usize {
    let mut at = 0;
    for (count, one) in numbers.iter().enumerate() {
        if !lower.get(at..one.start).is_some_and(is_between) {
            return count;
        }
        at = one.end;
    }
    numbers.len()
}

/// Returns true if few words, and no end of a sentence, stand between two places.
fn is_near(lower: &str, from: usize, to: usize) -> bool {
    let between = lower.get(from..to).unwrap_or_default();
    between.split_whitespace().count() <= NEAR_WORDS
        && !between.contains(". ")
        && !between.contains(';')
}

/// Returns true if a number is one that the text only refers to: "see No. 50.109".
fn is_reference(lower: &str, start: usize) -> bool {
    let before = lower.get(..start).unwrap_or_default();
    let before = before.trim_end();
    let word = before
        .trim_end_matches(|c: char| c == '.' || c.is_whitespace())
        .trim_end_matches("no")
        .trim_end_matches("nos")
        .trim_end_matches("recommendations")
        .trim_end_matches("recommendation")
        .trim_end_matches("para")
        .trim_end_matches("paragraph")
        .trim_end();
    REFERENCES.iter().any(|reference| {
        [before, word].iter().any(|text| {
            text.strip_suffix(reference.trim_end_matches('.'))
                .or_else(|| text.strip_suffix(reference))
                .is_some_and(|rest| !rest.ends_with(char::is_alphabetic) || !reference.is_ascii())
        })
    })
}

/// The total that a heading states: "(113 in total)", "(113)", "113 recommendations".
fn total(lower: &str) -> Option<usize> {
    let bracketed = lower.rsplit_once('(').and_then(|(_, rest)| {
        let (inside, _) = rest.split_once(')')?;
        let mut words = inside.split_whitespace();
        let number: usize = words.next()?.parse().ok()?;
        let rest: Vec<&str> = words.collect();
        let says_total = rest.is_empty()
            || ["total", "recom", "всего", "рекоменд"]
                .iter()
                .any(|word| rest.iter().any(|one| one.contains(word)));
        says_total.then_some(number)
    });
    bracketed.or_else(|| {
        let words: Vec<&str> = lower.split_whitespace().collect();
        words.windows(2).find_map(|two| {
            let [number, word] = two else { return None };
            word.starts_with("recom")
                .then(|| number.parse().ok())
                .flatten()
        })
    })
}

/// The number of recommendations that a sentence answers without numbering them: "80 further recommendations
/// were noted".
fn counted_only(lower: &str) -> Option<usize> {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let rest = [
        "further",
        "other",
        "remaining",
        "autres",
        "restantes",
        "остальных",
        "других",
    ];
    words.windows(2).find_map(|two| {
        let [number, word] = two else { return None };
        rest.contains(word).then(|| number.parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let all = parse(text).told();
        let said = all
            .into_iter()
            .map(|one| format!("{} {}", one.paragraph, one.class.code()));
        said.collect::<Vec<_>>().join(", ")
    }

    fn wrong(text: &str) -> Vec<String> {
        let parsed = parse(text);
        parsed
            .wrong
            .into_iter()
            .map(|one| one.reason.key.into_owned())
            .collect()
    }

    #[test]
    fn the_shapes_of_replies_are_read() {
        for (text, expected) in [
            (
                "1. Bhutan supports the following recommendations:\n104.1-104.2\n\
                 2. Bhutan notes the following recommendations:\n104.3",
                "104.1 supported, 104.2 supported, 104.3 noted",
            ),
            (
                "Bhutan supports 104.1–104.3, 104.20; notes 104.4 and 104.5.",
                "104.1 supported, 104.2 supported, 104.3 supported, 104.20 supported, 104.4 noted, 104.5 noted",
            ),
            (
                "Women\n50.5 Supported\n50.6 Noted (see No. 50.109)\nChildren\n50.7\nSupported in part\nNoted in part",
                "50.5 supported, 50.6 noted, 50.7 partially_supported",
            ),
            (
                "The following recommendations enjoy the support of Bhutan:\n50.23, 25, 26\n50.28.–50.30",
                "50.23 supported, 50.25 supported, 50.26 supported, 50.28 supported, 50.29 supported, 50.30 supported",
            ),
            (
                "Le Bhoutan accepte les recommandations suivantes :\n104.1 à 104.3\nLe Bhoutan prend note des \
                 recommandations 104.4 et 104.5.",
                "104.1 supported, 104.2 supported, 104.3 supported, 104.4 noted, 104.5 noted",
            ),
            (
                "Bhután acepta las siguientes recomendaciones: 104.1, 104.2 y 104.3\nToma nota de las recomendaciones \
                 104.4 a 104.6",
                "104.1 supported, 104.2 supported, 104.3 supported, 104.4 noted, 104.5 noted, 104.6 noted",
            ),
            (
                "Бутан поддерживает следующие рекомендации:\n104.1–104.2\nБутан принимает к сведению рекомендации 104.3 и \
                 104.4",
                "104.1 supported, 104.2 supported, 104.3 noted, 104.4 noted",
            ),
            (
                "تؤيد بوتان التوصيات التالية:\n104.1 إلى 104.2\nتحيط علما بالتوصيات 104.3",
                "104.1 supported, 104.2 supported, 104.3 noted",
            ),
            (
                "不丹支持以下建议：104.1至104.2、104.5\n不丹注意到以下建议：\n104.3",
                "104.1 supported, 104.2 supported, 104.5 supported, 104.3 noted",
            ),
            // What refers to others is no entry.
            (
                "Bhutan supports the following recommendations:\n104.1 The law of 12.03.2020 is in force, see 104.9.\n\
                 The Government notes that 104.8 was discussed with 4.5 per cent.",
                "104.1 supported",
            ),
            ("Nothing is said here of 104.1.", ""),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn totals_are_checked_and_nothing_is_filled_in() {
        let list = "List of accepted recommendations (3 in total)\n104.1, 104.2";
        assert_eq!(wrong(list), ["exchange-reply-total"]);
        assert_eq!(wrong(&list.replace('3', "2")), Vec::<String>::new());
        let counted = "List of accepted recommendations (2 in total)\n104.1, 104.2\n80 further recommendations were noted.";
        assert_eq!(wrong(counted), ["exchange-reply-counted-only"]);
        assert_eq!(told(counted), "104.1 supported, 104.2 supported");
        assert_eq!(
            wrong("104.7\n104.8 Supported"),
            ["exchange-reply-no-answer"]
        );
        assert_eq!(
            wrong("Bhutan supports 104.9–104.2."),
            ["exchange-reply-range"]
        );
    }

    #[test]
    fn hostile_texts_cost_little() {
        for text in [
            "104.1,".repeat(100_000),
            "supports ".repeat(100_000),
            "1.1–1.999 ".repeat(10_000),
        ] {
            let parsed = parse(&text);
            assert!(parsed.entries.len() <= MAX_ENTRIES + 1);
        }
    }
}
