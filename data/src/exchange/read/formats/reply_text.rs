//! A State's reply that is a text: lists of paragraphs below or behind the words that answer them.
//!
//! Four shapes stand side by side in such texts: a sentence that announces a list ("Bhutan supports the following
//! recommendations:", then numbers), a line that begins with numbers and answers them ("50.5 Supported"), lines that hold
//! a number or an answer each ([`reply_steps`](super::reply_steps)), and clauses ("supports 104.1–104.15, 104.20; notes
//! 104.3"). A number in the middle of prose is a reference and no entry. What is only counted in words, or answered as
//! "all others", is named, never filled in. Every other line is named or counted as not read.

use crate::domain::{Message, Paragraph, PositionClass, ReviewCode};
use crate::exchange::read::formats::reply::Told;
use crate::exchange::read::formats::reply_cues::{
    announces, is_of_one, is_reference, others_at, refers_back, together,
};
use crate::exchange::read::formats::reply_head::{ReplyHead, beginning};
use crate::exchange::read::formats::reply_numbers::{Listed, ascii_digits, in_text, is_between};
use crate::exchange::read::formats::reply_rest::Rest;
use crate::exchange::read::formats::reply_steps::{Answer, Back, Found, Numbers, Own, Step, pair};
use crate::exchange::read::formats::report_lines::is_of_the_page;
use crate::exchange::read::values::cells::{MAX_ROWS, one_line, rejected, shortened};
use crate::exchange::read::values::position_marks::{Mark, answer, answer_in, marks, unclear};
use crate::exchange::read::values::positions::{Reading, position};
use crate::exchange::{FileAccount, ReadFailure, ReadOptions, Rejected, Sink, UnreadReason};
use std::collections::{BTreeSet, HashMap, HashSet};

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
/// As many words may stand between a list and what limits its answer: "in part".
const NEAR_QUALIFIER: usize = 3;
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

/// Reads it, by what its head says, and names what of it is not read.
pub(crate) fn read(
    text: &str,
    head: ReplyHead,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ReadFailure> {
    let (head, review) = head.settle(options)?;
    let review = review.ok_or_else(|| Message::new("exchange-name-the-review"))?;
    let mut account = FileAccount::default();
    let numbers = options.numbers_of(review);
    let remarks = read_into(text, &head, review, numbers, &mut account, sink)?;
    name_remarks(&mut account, remarks);
    sink.account(account);
    Ok(())
}

/// Names the lines of a reply that say nothing of a recommendation. They come last, so that they displace no others.
pub(crate) fn name_remarks(account: &mut FileAccount, remarks: Vec<(u32, String)>) {
    for (row, line) in remarks {
        account.pass_over(row, UnreadReason::Heading, &[line]);
    }
}

/// Reads the answers of a text of a reply whose review is known, with the numbers of its recommendations if they are,
/// and gives the lines behind the first answer that say nothing of a recommendation.
pub(crate) fn read_into(
    text: &str,
    head: &ReplyHead,
    review: ReviewCode,
    numbers: &[Paragraph],
    account: &mut FileAccount,
    sink: &mut dyn Sink,
) -> Result<Vec<(u32, String)>, ReadFailure> {
    let parsed = parse_with(text, numbers);
    if parsed.is_too_long {
        return Err(Message::new("exchange-rows")
            .with("max", MAX_ENTRIES)
            .into());
    }
    for told in parsed.told() {
        sink.recommendation(told.incoming(review, head))?;
    }
    for wrong in parsed.asked() {
        sink.rejected(wrong.of_review(Some(review)))?;
    }
    let (above, remarks) = parsed.remarks();
    for wrong in parsed.wrong {
        sink.rejected(wrong.of_review(Some(review)))?;
    }
    for (row, line) in parsed.others {
        account.pass_over(row, UnreadReason::Others, &[line]);
    }
    for (row, line) in parsed.unread {
        account.pass_over(row, UnreadReason::NoAnswer, &[line]);
    }
    account.lines_above += above;
    account.page_lines += parsed.page_lines;
    Ok(remarks)
}

/// An answer to one recommendation, at one place of the text.
struct Entry {
    row: u32,
    paragraph: Paragraph,
    /// What the sentence says; anything but a class is asked about.
    answer: Reading,
    raw: String,
    below: Option<String>,
    /// Whether it is a further line of the answer above it.
    is_further: bool,
    /// Why it is asked about, if the sentence does not say.
    doubt: Option<Message>,
}

/// A sentence that announces a list.
#[derive(Clone)]
struct Heading {
    row: u32,
    answer: Reading,
    raw: String,
    /// How many recommendations it says that there are.
    total: Option<usize>,
    /// How many have been read below it.
    read: usize,
    /// Whether it is a sentence with numbers, whose list may go on.
    is_clause: bool,
}

#[derive(Default)]
struct Parsed {
    entries: Vec<Entry>,
    wrong: Vec<Rejected>,
    heading: Option<Heading>,
    /// Lines with numbers or an answer that are not yet paired.
    steps: Vec<Step>,
    /// How many numbers of them have no answer yet.
    waiting: usize,
    /// The numbers that a sentence answered, for further answers in the same line.
    answered: (u32, Vec<Paragraph>),
    /// The paragraph of the reply.
    below: Option<String>,
    /// Whether the line before ends in a denial of what this one says.
    is_denied: bool,
    /// Lines with numbers whose answer was not found.
    unread: Vec<(u32, String)>,
    /// Sentences that answer all recommendations but some, with their answer.
    rests: Vec<(u32, Rest, Reading, String)>,
    /// Lines that answer recommendations without their numbers.
    others: Vec<(u32, String)>,
    /// All lines.
    lines: Vec<(u32, String)>,
    /// The rows of the lines of which something is read.
    used: HashSet<u32>,
    /// How many lines hold the number or symbol of a page.
    page_lines: u64,
    is_too_long: bool,
}

fn parse(text: &str) -> Parsed {
    parse_with(text, &[])
}

fn parse_with(text: &str, numbers: &[Paragraph]) -> Parsed {
    let mut parsed = Parsed::default();
    if text.len() > MAX_REPLY {
        parsed.is_too_long = true;
        return parsed;
    }
    let text = ascii_digits(text);
    for (row, line) in (1_u32..).zip(text.lines()) {
        if row > MAX_ROWS || parsed.entries.len() + parsed.waiting > MAX_ENTRIES {
            parsed.is_too_long = true;
            break;
        }
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if is_of_the_page(line) {
            parsed.page_lines += 1;
            continue;
        }
        parsed.lines.push((row, shortened(&one_line(line))));
        parsed.line(row, line);
    }
    parsed.close_heading();
    parsed.answer_rests(numbers);
    // Lines are paired when the last of them is known.
    parsed.entries.sort_by_key(|entry| entry.row);
    parsed
}

/// A sentence of a line, as it is looked at.
struct Segment<'a> {
    row: u32,
    text: &'a str,
    lower: &'a str,
    marks: &'a [Mark],
    is_first: bool,
    /// Whether the line before ends in a denial of it.
    is_denied: bool,
}

impl Segment<'_> {
    /// The phrases between two places.
    fn between(&self, from: usize, to: usize) -> &[Mark] {
        let start = self.marks.partition_point(|mark| mark.start < from);
        let end = self.marks.partition_point(|mark| mark.start < to);
        self.marks.get(start..end).unwrap_or_default()
    }
}

impl Parsed {
    fn line(&mut self, row: u32, line: &str) {
        let (own, line) = without_own_number(line);
        if let Some(own) = own {
            self.below = Some(own);
        }
        let mut lower = line.to_lowercase();
        // Places in both texts are the same where lower case is as long.
        let is_alike = lower.len() == line.len();
        if lower.len() > MAX_LINE {
            let mut end = MAX_LINE;
            while !lower.is_char_boundary(end) {
                end -= 1;
            }
            lower.truncate(end);
            let reason = Message::new("exchange-reply-line").with("max", MAX_LINE);
            self.wrong.push(rejected(row, "", line, reason));
        }
        let mut is_denied = std::mem::take(&mut self.is_denied);
        let mut is_first = true;
        for (from, to) in sentences(&lower) {
            let part = lower.get(from..to).unwrap_or_default();
            let text = line.get(from..to).filter(|_| is_alike).unwrap_or(line);
            let mut lists = lists(part);
            // "..., while all others are noted" answers nothing of what stands before it.
            let others = others_at(part).filter(|at| {
                let behind = part.get(*at..).unwrap_or_default();
                lists.first.is_some_and(|first| first < *at)
                    && lists.is_before(*at)
                    && !behind.trim_end().ends_with([':', '：'])
            });
            let (part, text) = match others {
                Some(at) => {
                    self.name_others(row, line);
                    let text = text.get(..at).filter(|_| is_alike).unwrap_or(text);
                    (without_joint(part.get(..at).unwrap_or_default()), text)
                }
                None => (part, text),
            };
            let was_denied = std::mem::take(&mut is_denied);
            let found = marks(part, was_denied);
            let is_open = to == lower.len() && !part.trim_end().ends_with(['.', ';', ':', '。']);
            self.is_denied = is_open && found.ends_denied;
            let segment = Segment {
                row,
                text: text.trim(),
                lower: part,
                marks: &found.all,
                is_first,
                is_denied: was_denied,
            };
            lists.leave_behind(part.len());
            if lists.all.is_empty() && lists.answers_elsewhere(&segment) {
                self.name_unread(row, line);
            } else if lists.all.is_empty() {
                self.words(&segment);
            } else if !self.sentence(&segment, &lists.all) {
                self.name_unread(row, line);
            }
            is_first = false;
        }
    }

    fn name_unread(&mut self, row: u32, line: &str) {
        if self.unread.last().is_none_or(|(last, _)| *last != row) {
            self.unread.push((row, one_line(line)));
        }
    }

    fn name_others(&mut self, row: u32, line: &str) {
        if self.others.last().is_none_or(|(last, _)| *last != row) {
            self.others.push((row, one_line(line)));
        }
    }

    /// A sentence without numbers: it announces a list, answers the number above it, or says nothing.
    fn words(&mut self, segment: &Segment<'_>) {
        let (row, lower) = (segment.row, segment.lower);
        let end = lower.trim_end();
        // "Views on conclusions and recommendations ... by the State under review" answers nothing.
        if TITLES.iter().any(|title| lower.contains(title)) {
            return;
        }
        let is_of_recommendations = ["recom", "рекоменд", "توصي", "建议"]
            .iter()
            .any(|word| lower.contains(word));
        let is_heading = end.ends_with([':', '：']) || is_of_recommendations;
        let exception = segment.marks.iter().rposition(|mark| mark.is_exception());
        let answer = match exception {
            // What is below is what the sentence does not answer, unless it says so.
            Some(place) => {
                let behind = segment.marks.get(place + 1..).unwrap_or_default();
                answer(segment.marks).map(|_| match answer(behind) {
                    Some(other) => other,
                    None => Reading::Unknown,
                })
            }
            // "Supported and noted recommendations" are two kinds, and no answer in part.
            None if is_heading => answer(segment.marks),
            None => answer_in(segment.text, segment.marks),
        };
        let Some(answer) = answer else {
            return;
        };
        let words = lower.split_whitespace().count();
        let is_short = words <= SHORT_WORDS;
        let ends_in_colon = end.ends_with([':', '：']);
        if let Some(count) = counted_only(lower).filter(|_| is_of_recommendations) {
            let reason = Message::new("exchange-reply-counted-only").with("count", count);
            self.wrong
                .push(rejected(row, "", &one_line(segment.text), reason));
            self.close_heading();
            if ends_in_colon {
                self.announce(segment, answer);
            }
            return;
        }
        let is_ended = end.ends_with(['.', '。', '۔']);
        if others_at(lower).is_some() && (is_ended || !is_of_recommendations) && !ends_in_colon {
            // "All others are noted."
            self.name_others(row, segment.text);
            return;
        }
        // A title above a list has no full stop.
        let is_label = is_of_one(lower) && !ends_in_colon && !announces(lower);
        let back =
            refers_back(lower).filter(|_| !ends_in_colon && (is_short || is_of_recommendations));
        let is_answer = back.is_some() || is_short && (is_label || !is_of_recommendations);
        if is_answer && total(lower).is_none() {
            self.answer_alone(segment, answer, back);
        } else if ends_in_colon
            || is_of_recommendations && (announces(lower) || !is_ended)
            || total(lower).is_some()
        {
            self.announce(segment, answer);
        } else if is_of_recommendations {
            // "Bhutan has accepted most recommendations." is no heading of what follows.
            self.close_heading();
            self.name_others(row, segment.text);
        }
    }

    /// An answer in a line or sentence of its own.
    fn answer_alone(&mut self, segment: &Segment<'_>, answer: Reading, back: Option<Back>) {
        let row = segment.row;
        // "Accepted and" may be the end of a text that begins in the line before.
        let is_continued = segment.text.starts_with(char::is_lowercase)
            && segment.is_first
            && !segment.is_denied
            && position(segment.text.trim_end_matches(['.', ';', ' '])).is_none();
        if is_continued {
            return;
        }
        if !segment.is_first {
            // "104.1. Accepted": a sentence of the same line.
            let raw = shortened(&one_line(segment.text));
            if let Some(Step::Numbers(numbers)) = self.steps.last()
                && numbers.row == row
            {
                let numbers = numbers.clone();
                self.steps.pop();
                self.waiting -= numbers.paragraphs.len();
                for paragraph in &numbers.paragraphs {
                    self.enter(row, paragraph.clone(), answer, segment.text);
                }
                self.steps.push(Step::Own(Own {
                    row,
                    paragraphs: numbers.paragraphs.clone(),
                    below: numbers.below,
                    answer,
                    raw,
                }));
                self.answered = (row, numbers.paragraphs);
                return;
            }
            let (answered_row, answered) = &self.answered;
            if *answered_row == row && !answered.is_empty() {
                for paragraph in answered.clone() {
                    self.enter(
                        row,
                        paragraph,
                        unlimited(answer, segment.marks),
                        segment.text,
                    );
                }
                return;
            }
        }
        self.steps.push(Step::Answer(Answer {
            row,
            answer: unlimited(answer, segment.marks),
            raw: shortened(&one_line(segment.text)),
            back,
            is_short: segment.lower.split_whitespace().count() <= SHORT_WORDS,
            is_limited: segment.marks.iter().any(|mark| mark.is_qualifier()),
        }));
    }

    fn announce(&mut self, segment: &Segment<'_>, answer: Reading) {
        self.close_heading();
        self.heading = Some(Heading {
            row: segment.row,
            answer,
            raw: shortened(&one_line(segment.text)),
            total: total(segment.lower),
            read: 0,
            is_clause: false,
        });
    }

    /// A sentence with numbers; false if the answer to one of them was not found.
    fn sentence(&mut self, segment: &Segment<'_>, lists: &[Listed]) -> bool {
        let lower = segment.lower;
        let first = lists.first().map_or(0, |first| first.start);
        let leads = is_between(lower.get(..first).unwrap_or_default());
        let regions: Vec<(usize, usize)> = (0..=lists.len())
            .map(|at| {
                let from = at.checked_sub(1).and_then(|at| lists.get(at));
                let to = lists.get(at);
                (
                    from.map_or(0, |list| list.end),
                    to.map_or(lower.len(), |list| list.start),
                )
            })
            .collect();
        let answers = Answered::of(segment, lists, &regions, leads);
        self.answered = (segment.row, Vec::new());
        let heading = self.heading.clone().filter(|_| leads);
        let mut is_all = true;
        let is_any = answers.of.iter().any(Option::is_some);
        if !leads && is_any {
            self.settle();
        }
        let mut own: Vec<(Paragraph, Reading)> = Vec::new();
        let mut waiting: Vec<Paragraph> = Vec::new();
        for (at, list) in lists.iter().enumerate() {
            if list.paragraphs.is_empty() {
                self.backwards(segment.row, lower, list);
                continue;
            }
            let mut answer = answers.of.get(at).copied().flatten();
            let (from, to) = regions.get(at + 1).copied().unwrap_or_default();
            let behind = lower.get(from..to).unwrap_or_default();
            // In a long text below a heading, an answer may be what the text asks for.
            if let (Some(said), Some(heading)) = (answer, &heading)
                && at == 0
                && !heading.is_clause
                && said != heading.answer
                && behind.split_whitespace().count() > SHORT_WORDS
            {
                answer = Some(Reading::Unknown);
            }
            let excepted = &answers.excepted;
            for paragraph in &list.paragraphs {
                let is_exception = answers.exceptions.contains(&at);
                if !is_exception && excepted.contains(paragraph) {
                    continue;
                }
                let is_of_clause = heading.as_ref().is_some_and(|one| one.is_clause);
                match answer {
                    Some(answer) => {
                        own.push((paragraph.clone(), answer));
                        self.enter(segment.row, paragraph.clone(), answer, segment.text);
                    }
                    None if at == 0 && leads && !(is_of_clause && goes_on(behind)) => {
                        waiting.push(paragraph.clone());
                    }
                    None => is_all = false,
                }
            }
        }
        self.answered.1 = own.iter().map(|(one, _)| one.clone()).collect();
        if leads {
            self.push_own(segment, own);
        }
        if !waiting.is_empty() {
            self.waiting += waiting.len();
            let end = lower.trim_end();
            self.steps.push(Step::Numbers(Numbers {
                row: segment.row,
                paragraphs: waiting,
                below: self.below.clone(),
                is_open: end.ends_with([',', '،', '、', '，']) || end.ends_with(" and"),
            }));
        }
        // A full stop ends the list; otherwise it may go on in the next line.
        let ends = lower.trim_end().ends_with(['.', '。', '۔']);
        match answers.goes_on.filter(|_| !leads) {
            Some(answer) => {
                let total = total(lower);
                self.close_heading();
                self.heading = Some(Heading {
                    row: segment.row,
                    answer,
                    raw: shortened(&one_line(segment.text)),
                    total,
                    read: lists.iter().map(|one| one.paragraphs.len()).sum(),
                    is_clause: true,
                });
                if ends {
                    self.close_heading();
                }
            }
            None if !leads && is_any => self.close_heading(),
            None => {}
        }
        if answers.has_rest {
            let Some((closed, answer)) = answers.rest else {
                return false;
            };
            let line = segment.text.to_owned();
            self.rests.push((segment.row, closed, answer, line));
        }
        is_all
    }

    /// Answers the recommendations that a sentence speaks of without their numbers, where these are certain; names the
    /// sentence otherwise.
    fn answer_rests(&mut self, numbers: &[Paragraph]) {
        for (row, rest, answer, line) in std::mem::take(&mut self.rests) {
            match rest.among(numbers) {
                Some(paragraphs) => {
                    self.below = None;
                    for paragraph in paragraphs {
                        self.enter(row, paragraph, answer, &line);
                    }
                }
                None if self.unread.iter().all(|(other, _)| *other != row) => {
                    self.unread.push((row, one_line(&line)));
                }
                None => {}
            }
        }
        self.unread.sort_by_key(|(row, _)| *row);
    }

    fn backwards(&mut self, row: u32, lower: &str, one: &Listed) {
        let value = lower.get(one.start..one.end).unwrap_or_default();
        let reason = Message::new("exchange-reply-range").with("value", shortened(value));
        self.wrong.push(rejected(row, "", value, reason));
    }

    /// Notes that a line answers the numbers that it begins with.
    fn push_own(&mut self, segment: &Segment<'_>, own: Vec<(Paragraph, Reading)>) {
        let Some((_, answer)) = own.first().cloned() else {
            return;
        };
        let is_one = own.iter().all(|(_, other)| *other == answer);
        self.steps.push(Step::Own(Own {
            row: segment.row,
            paragraphs: own.into_iter().map(|(paragraph, _)| paragraph).collect(),
            below: self.below.clone(),
            answer: if is_one { answer } else { Reading::Unknown },
            raw: shortened(&one_line(segment.text)),
        }));
    }

    fn enter(&mut self, row: u32, paragraph: Paragraph, answer: Reading, line: &str) {
        let is_of_list = !self
            .steps
            .iter()
            .rev()
            .take(1)
            .any(|step| matches!(step, Step::Answer(_)));
        if let Some(heading) = self.heading.as_mut().filter(|_| is_of_list) {
            heading.read += 1;
        }
        self.push(Entry {
            row,
            paragraph,
            answer,
            raw: shortened(&one_line(line)),
            below: self.below.clone(),
            is_further: false,
            doubt: None,
        });
    }

    fn push(&mut self, entry: Entry) {
        if self.entries.len() <= MAX_ENTRIES {
            self.used.insert(entry.row);
            self.entries.push(entry);
        }
    }

    /// Pairs the lines of numbers and of answers so far.
    fn settle(&mut self) {
        let steps = std::mem::take(&mut self.steps);
        self.waiting = 0;
        // A heading that answers in two ways may as well introduce pairs.
        let certain = self
            .heading
            .as_ref()
            .filter(|one| one.answer != Reading::Unknown);
        let has_answers = steps.iter().any(|step| matches!(step, Step::Answer(_)));
        let heading = if has_answers {
            certain
        } else {
            self.heading.as_ref()
        };
        for (at, found) in pair(&steps, heading.map(|one| one.answer)) {
            match steps.get(at) {
                Some(Step::Numbers(numbers)) => self.settle_numbers(numbers, &found, &steps),
                Some(Step::Own(own)) => self.settle_own(own, &found, &steps),
                _ => {}
            }
        }
        for step in &steps {
            if let Step::Answer(answer) = step
                && !self.used.contains(&answer.row)
            {
                self.name_others(answer.row, &answer.raw);
            }
        }
    }

    fn settle_numbers(&mut self, numbers: &Numbers, found: &Found, steps: &[Step]) {
        for paragraph in &numbers.paragraphs {
            let entry =
                |answer: Reading, raw: &str, is_further: bool, doubt: Option<Message>| Entry {
                    row: numbers.row,
                    paragraph: paragraph.clone(),
                    answer,
                    raw: raw.to_owned(),
                    below: numbers.below.clone(),
                    is_further,
                    doubt,
                };
            match found {
                Found::Answered(rows) => {
                    let answers = rows.iter().filter_map(|at| answer_at(steps, *at));
                    for (place, answer) in answers.enumerate() {
                        self.used.insert(answer.row);
                        self.push(entry(answer.answer, &answer.raw, place > 0, None));
                    }
                }
                Found::OfHeading => {
                    if let Some(heading) = &mut self.heading {
                        heading.read += 1;
                        let (answer, raw) = (heading.answer, heading.raw.clone());
                        self.push(entry(answer, &raw, false, None));
                    }
                }
                Found::Unclear(above, below) => {
                    let doubt = self.doubt(paragraph, *above, *below, steps);
                    let raws = [*above, *below].into_iter().flatten();
                    let raws = raws.filter_map(|at| answer_at(steps, at));
                    let raws: Vec<&str> = raws.map(|one| one.raw.as_str()).collect();
                    self.push(entry(
                        Reading::Unknown,
                        &shortened(&raws.join("; ")),
                        false,
                        Some(doubt),
                    ));
                }
                Found::Unanswered | Found::Repeated(_) => {
                    let reason =
                        Message::new("exchange-reply-no-answer").with("paragraph", paragraph);
                    let cells = paragraph.to_string();
                    let wrong = rejected(numbers.row, "", &cells, reason);
                    self.used.insert(numbers.row);
                    self.wrong
                        .push(wrong.with_cells([("paragraph", cells.as_str()), ("position", "")]));
                }
            }
        }
    }

    /// A further answer below a line that has one.
    fn settle_own(&mut self, own: &Own, found: &Found, steps: &[Step]) {
        let rows: &[usize] = match found {
            Found::Answered(rows) | Found::Repeated(rows) => rows,
            _ => &[],
        };
        let rows = rows.iter().filter_map(|at| answer_at(steps, *at));
        self.used.extend(rows.map(|answer| answer.row));
        for paragraph in &own.paragraphs {
            let entry = |row: u32, answer: Reading, raw: &str, doubt: Option<Message>| Entry {
                row,
                paragraph: paragraph.clone(),
                answer,
                raw: raw.to_owned(),
                below: own.below.clone(),
                is_further: true,
                doubt,
            };
            match found {
                Found::Answered(rows) => {
                    for answer in rows.iter().filter_map(|at| answer_at(steps, *at)) {
                        self.push(entry(answer.row, answer.answer, &answer.raw, None));
                    }
                }
                Found::Unclear(above, below) => {
                    let doubt =
                        two_readings(paragraph, own.raw.clone(), raw_at(steps, below.or(*above)));
                    let raw = raw_at(steps, below.or(*above));
                    let row = below.or(*above).and_then(|at| answer_at(steps, at));
                    let row = row.map_or(own.row, |answer| answer.row);
                    self.push(entry(row, Reading::Unknown, &raw, Some(doubt)));
                }
                _ => {}
            }
        }
    }

    /// Why it is not certain which answer a number has.
    fn doubt(
        &mut self,
        paragraph: &Paragraph,
        above: Option<usize>,
        below: Option<usize>,
        steps: &[Step],
    ) -> Message {
        for answer in [above, below]
            .into_iter()
            .flatten()
            .filter_map(|at| answer_at(steps, at))
        {
            self.used.insert(answer.row);
        }
        let heading = self.heading.as_ref().map_or("", |heading| &heading.raw);
        let first = match above {
            Some(_) => raw_at(steps, above),
            None => heading.to_owned(),
        };
        two_readings(paragraph, first, raw_at(steps, below))
    }

    /// Ends a list, and names it if it has not as many numbers as it says.
    fn close_heading(&mut self) {
        self.settle();
        let Some(heading) = self.heading.take() else {
            return;
        };
        if heading.read == 0 {
            if !heading.is_clause {
                self.name_others(heading.row, &heading.raw);
            }
            return;
        }
        self.used.insert(heading.row);
        let Some(total) = heading.total.filter(|total| *total != heading.read) else {
            return;
        };
        let reason = Message::new("exchange-reply-total")
            .with("total", total)
            .with("read", heading.read);
        self.wrong
            .push(rejected(heading.row, "", &heading.raw, reason));
    }

    /// How many lines above the first answer say nothing of a recommendation, and the lines below it that do not.
    fn remarks(&self) -> (u64, Vec<(u32, String)>) {
        let named = self.others.iter().chain(&self.unread).map(|(row, _)| *row);
        let rejected = self.wrong.iter().map(|wrong| wrong.row);
        let named: HashSet<u32> = named.chain(rejected).collect();
        let lines = self.lines.iter();
        let rest = lines.filter(|(row, _)| !self.used.contains(row) && !named.contains(row));
        let first = self.used.iter().chain(&named).min().copied();
        let (above, behind): (Vec<_>, Vec<_>) = rest
            .cloned()
            .partition(|(row, _)| first.is_some_and(|first| *row < first));
        (u64::try_from(above.len()).unwrap_or(u64::MAX), behind)
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
            let classes: Option<Vec<PositionClass>> =
                entries.iter().map(|one| class_of(one.answer)).collect();
            let mut raws: Vec<&str> = entries.iter().map(|one| one.raw.as_str()).collect();
            raws.dedup();
            Some(Told {
                row: first.row,
                paragraph: first.paragraph.clone(),
                class: together(&classes?)?,
                raw: shortened(&raws.join("; ")),
                source_paragraph: first.below.clone(),
            })
        };
        let unclear: HashSet<&Paragraph> = self.unclear().map(|one| &one.paragraph).collect();
        let is_clear = |(first, _): &(&Entry, Vec<&Entry>)| !unclear.contains(&first.paragraph);
        all.into_iter().filter(is_clear).filter_map(told).collect()
    }

    fn unclear(&self) -> impl Iterator<Item = &Entry> {
        let entries = self.entries.iter();
        entries.filter(|one| class_of(one.answer).is_none())
    }

    /// The answers that are not certain, and every other answer to the same recommendations.
    fn asked(&self) -> Vec<Rejected> {
        let mut reasons: HashMap<&Paragraph, &Entry> = HashMap::new();
        for one in self.unclear() {
            reasons.entry(&one.paragraph).or_insert(one);
        }
        let asked = |one: &Entry| {
            let cause = reasons.get(&one.paragraph)?;
            let number = one.paragraph.to_string();
            let reason = match &cause.doubt {
                Some(doubt) => doubt.clone(),
                None => unclear(cause.answer, &cause.raw),
            };
            let cells = [
                ("paragraph", number.as_str()),
                ("position", one.raw.as_str()),
            ];
            Some(rejected(one.row, "", &number, reason).with_cells(cells))
        };
        self.entries.iter().filter_map(asked).collect()
    }
}

/// Why an answer is not taken: the one above a number and the one below it differ, or one of them is missing.
fn two_readings(paragraph: &Paragraph, first: String, second: String) -> Message {
    let or_none = |raw: String| {
        if raw.is_empty() {
            "none".to_owned()
        } else {
            raw
        }
    };
    Message::new("exchange-reply-two-readings")
        .with("paragraph", paragraph)
        .with("first", or_none(first))
        .with("second", or_none(second))
}

fn answer_at(steps: &[Step], at: usize) -> Option<&Answer> {
    match steps.get(at) {
        Some(Step::Answer(answer)) => Some(answer),
        _ => None,
    }
}

fn raw_at(steps: &[Step], at: Option<usize>) -> String {
    let answer = at.and_then(|at| answer_at(steps, at));
    answer.map_or_else(String::new, |answer| answer.raw.clone())
}

/// An answer that is not clear without what limits it: of "Noted in part" below "Supported in part" it is "noted".
fn unlimited(answer: Reading, marks: &[Mark]) -> Reading {
    let without = marks.iter().copied().filter(|mark| !mark.is_qualifier());
    match answer {
        Reading::Unknown => self::answer(&without.collect::<Vec<_>>()).unwrap_or(answer),
        answer => answer,
    }
}

fn class_of(answer: Reading) -> Option<PositionClass> {
    match answer {
        Reading::Class(class) => Some(class),
        Reading::InPrinciple | Reading::Unknown => None,
    }
}

/// The answers of one sentence to its lists of numbers.
#[derive(Default)]
struct Answered {
    /// The answer to each list.
    of: Vec<Option<Reading>>,
    /// The lists that are exceptions.
    exceptions: BTreeSet<usize>,
    /// Their paragraphs, which the other lists do not answer.
    excepted: HashSet<Paragraph>,
    /// What a list in the next line is answered by.
    goes_on: Option<Reading>,
    /// Whether the sentence answers others without their numbers: "all except 104.4".
    has_rest: bool,
    /// Those others and their answer, if it is certain which ones they are.
    rest: Option<(Rest, Reading)>,
}

impl Answered {
    fn of(
        segment: &Segment<'_>,
        lists: &[Listed],
        regions: &[(usize, usize)],
        leads: bool,
    ) -> Self {
        let lower = segment.lower;
        let text = |at: usize| {
            let (from, to) = regions.get(at).copied().unwrap_or_default();
            lower.get(from..to).unwrap_or_default()
        };
        let all = |at: usize| {
            let (from, to) = regions.get(at).copied().unwrap_or_default();
            segment.between(from, to)
        };
        // "In part" right behind a list belongs to it, right before one to that.
        let qualifiers = |at: usize| {
            let Some(list) = at.checked_sub(1).and_then(|at| lists.get(at)) else {
                return 0;
            };
            let marks = all(at);
            let count = marks.iter().take_while(|mark| mark.is_qualifier()).count();
            let Some(last) = count.checked_sub(1).and_then(|last| marks.get(last)) else {
                return 0;
            };
            let first = marks.first().map_or(list.end, |first| first.start);
            let before = lower.get(list.end..first).unwrap_or_default();
            let is_before_next = lists.get(at).is_some_and(|next| {
                marks.len() == count
                    && is_between(lower.get(last.end..next.start).unwrap_or_default())
            });
            if is_before_next || before.split_whitespace().count() > NEAR_QUALIFIER {
                0
            } else {
                count
            }
        };
        let own = |at: usize| all(at).get(qualifiers(at)..).unwrap_or_default();
        let said = |at: usize| {
            let marks: Vec<Mark> = own(at)
                .iter()
                .copied()
                .filter(|mark| !mark.is_exception())
                .collect();
            if qualifiers(at) == 0 && own(at).len() == marks.len() {
                answer_in(text(at), &marks)
            } else {
                answer(&marks)
            }
        };
        let last = lists.len();
        // Each region is read once: a line may have thousands.
        let readings: Vec<Option<Reading>> = (0..=last).map(said).collect();
        let said = |at: usize| readings.get(at).copied().flatten();
        // The lists that an exception announces.
        let exceptions: BTreeSet<usize> = (0..last)
            .filter(|at| {
                let marks = all(*at);
                let exception = marks.iter().rposition(|mark| mark.is_exception());
                let is_announced = exception.is_some_and(|place| {
                    answer(marks.get(place + 1..).unwrap_or_default()).is_none()
                });
                let behind = text(at + 1).trim_start();
                is_announced
                    || ["以外", "之外", "外"]
                        .iter()
                        .any(|word| behind.starts_with(word))
            })
            .collect();
        let is_exception = |at: usize| exceptions.contains(&at);
        // The answer in front of each list with the region that it stands in, and the last answer however far.
        let mut before: Vec<Option<(usize, Reading)>> = Vec::with_capacity(last);
        let mut mains: Vec<Option<Reading>> = Vec::with_capacity(last);
        for at in 0..last {
            let above = before.last().copied().flatten();
            let main = said(at).or(mains.last().copied().flatten());
            mains.push(main);
            before.push(match said(at) {
                Some(said) => {
                    let end = all(at).last().map_or(0, |mark| mark.end);
                    let (_, to) = regions.get(at).copied().unwrap_or_default();
                    is_near(lower, end, to).then_some((at, said))
                }
                None => above.filter(|_| is_topic(text(at))),
            });
        }
        let before = |list: usize| before.get(list).copied().flatten();
        let with_qualifiers = |list: usize, region: usize, said: Reading| {
            let behind = all(list + 1)
                .get(..qualifiers(list + 1))
                .unwrap_or_default();
            if behind.is_empty() {
                return said;
            }
            let mut marks: Vec<Mark> = own(region)
                .iter()
                .copied()
                .filter(|mark| !mark.is_exception())
                .collect();
            marks.extend(behind);
            answer(&marks).unwrap_or(said)
        };
        let trailing = said(last);
        let is_active = !leads
            && (0..last).any(|at| said(at).is_some())
            && (said(0).is_some() || trailing.is_none());
        let mut answered = Self {
            of: vec![None; last],
            exceptions: exceptions.clone(),
            excepted: exceptions
                .iter()
                .filter_map(|at| lists.get(*at))
                .flat_map(|list| list.paragraphs.iter().cloned())
                .collect(),
            ..Self::default()
        };
        for at in 0..last {
            let answer = if is_exception(at) {
                // What an exception is answered with has to be said, in the clause behind it.
                let main = mains.get(at).copied().flatten();
                match (main, said(at + 1)) {
                    (Some(main), Some(other)) if at + 1 == last && main != other => Some(other),
                    _ => Some(Reading::Unknown),
                }
            } else if is_active {
                match before(at) {
                    Some((region, said)) => Some(with_qualifiers(at, region, said)),
                    // "Supports 104.1, while 104.4 is noted."
                    None => said(at + 1).filter(|_| at + 1 == last),
                }
            } else {
                let (from, _) = regions.get(at + 1).copied().unwrap_or_default();
                let first = all(at + 1).first().map_or(from, |mark| mark.start);
                said(at + 1)
                    .filter(|_| is_near(lower, from, first))
                    .map(|said| with_qualifiers(at, at + 1, said))
            };
            if let Some(place) = answered.of.get_mut(at) {
                *place = answer;
            }
        }
        if !exceptions.is_empty() && (0..last).all(is_exception) {
            // The clause in front of the exceptions, or the one behind them.
            let clause = |region: usize| {
                let offset = regions.get(region).map_or(0, |(from, _)| *from);
                let marks = all(region).iter().map(|mark| mark.moved_back(offset));
                let excepted = lists
                    .iter()
                    .flat_map(|list| list.paragraphs.iter().cloned());
                Rest::of(text(region), &marks.collect::<Vec<_>>(), excepted.collect())
            };
            let answer = |region: usize| said(region).filter(|main| class_of(*main).is_some());
            answered.has_rest = true;
            answered.rest = if said(0).is_some() {
                clause(0).zip(answer(0))
            } else {
                // "All recommendations except 104.4 enjoy support", "except 104.4, all recommendations do".
                let offset = regions.get(last).map_or(0, |(from, _)| *from);
                let first = all(last).first().map_or(offset, |mark| mark.start);
                let behind = lower.get(offset..first).unwrap_or_default();
                let in_front = clause(0).filter(|_| Rest::limits_nothing(behind));
                in_front.or_else(|| clause(last)).zip(answer(last))
            };
        }
        if is_active && exceptions.is_empty() {
            answered.goes_on = before(last.saturating_sub(1)).map(|(_, said)| said);
            answered.contradict(segment, lists, trailing, before(last.saturating_sub(1)));
        }
        if !is_active && leads && exceptions.is_empty() {
            answered.share(&said, last);
        }
        answered
    }

    /// Compares what stands behind the last list with what stands before it: "supported 104.5 in 2019, and now takes
    /// note of it".
    fn contradict(
        &mut self,
        segment: &Segment<'_>,
        lists: &[Listed],
        trailing: Option<Reading>,
        before: Option<(usize, Reading)>,
    ) {
        let last = lists.len().saturating_sub(1);
        let (Some(trailing), Some((region, said))) = (trailing, before) else {
            return;
        };
        if trailing == said {
            return;
        }
        self.goes_on = None;
        let end = lists.last().map_or(0, |list| list.end);
        let first = segment.between(end, segment.lower.len()).first();
        let gap = first.and_then(|mark| segment.lower.get(end..mark.start));
        // "Supports 104.1, while 104.4 is noted."
        let is_own = region < last
            && gap.is_some_and(|gap| {
                gap.split_whitespace().count() <= NEAR_QUALIFIER && !gap.contains([',', '،', '，'])
            });
        let from = if is_own { last } else { region };
        let answer = if is_own { trailing } else { Reading::Unknown };
        for place in self.of.get_mut(from..).unwrap_or_default() {
            *place = Some(answer);
        }
    }

    /// "104.1 is supported, and Bhutan notes 104.2": the words between two lists may answer either.
    fn share(&mut self, said: &dyn Fn(usize) -> Option<Reading>, last: usize) {
        for at in 1..last {
            let is_unclear = said(at) == Some(Reading::Unknown);
            if is_unclear
                && said(at + 1).is_none()
                && let Some(place) = self.of.get_mut(at)
            {
                *place = Some(Reading::Unknown);
            }
        }
    }
}

/// The numbers of a sentence.
#[derive(Default)]
struct Lists {
    all: Vec<Listed>,
    /// Where the first list begins.
    first: Option<usize>,
    /// Where the first number stands that the sentence only refers to, outside brackets.
    reference: Option<usize>,
}

impl Lists {
    /// Returns true if all lists stand before a place.
    fn is_before(&self, place: usize) -> bool {
        self.all.iter().all(|list| list.end <= place)
    }

    fn leave_behind(&mut self, end: usize) {
        self.all.retain(|list| list.end <= end);
    }

    /// Returns true if a sentence without numbers of its own answers the one that it refers to: "The reply to 104.9 is:
    /// supported".
    fn answers_elsewhere(&self, segment: &Segment<'_>) -> bool {
        let first = segment.marks.first().map(|mark| mark.start);
        match (self.reference, first) {
            (Some(reference), Some(first)) => reference < first,
            _ => false,
        }
    }
}

/// The lists of numbers in a sentence: numbers that nothing but words of a list stand between are one. Numbers that
/// the sentence only refers to are none.
fn lists(lower: &str) -> Lists {
    let mut lists = Lists::default();
    let all = &mut lists.all;
    let mut reference: Option<usize> = None;
    for one in in_text(lower) {
        let follows = |end: usize| lower.get(end..one.start).is_some_and(is_between);
        let is_open = |end: usize| {
            let gap = lower.get(end..one.start).unwrap_or_default();
            // "104.9 and para. 104.8"
            !gap.contains([')', '）', ':', '：', ';']) && !ends_sentence(gap)
        };
        let goes_on = reference.is_some_and(|end| follows(end) && is_open(end));
        if goes_on || is_reference(lower, one.start, is_between) {
            reference = Some(one.end);
            let before = lower.get(..one.start).unwrap_or_default();
            let is_outside =
                before.matches(['(', '（']).count() == before.matches([')', '）']).count();
            if is_outside {
                lists.reference.get_or_insert(one.start);
            }
            continue;
        }
        reference = None;
        match all.last_mut() {
            Some(last)
                if !last.paragraphs.is_empty()
                    && !one.paragraphs.is_empty()
                    && follows(last.end) =>
            {
                last.end = one.end;
                last.paragraphs.extend(one.paragraphs);
            }
            _ => all.push(one),
        }
    }
    lists.first = all.first().map(|first| first.start);
    lists
}

/// Returns true if a full stop in a text between numbers ends a sentence, and no abbreviation.
fn ends_sentence(gap: &str) -> bool {
    gap.match_indices('.').any(|(at, _)| {
        let before = gap.get(..at).unwrap_or_default();
        let word = before
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        !is_abbreviation(word)
    })
}

/// A sentence without the comma and the word by which another one is joined to it.
fn without_joint(text: &str) -> &str {
    const JOINTS: [&str; 19] = [
        "while",
        "whereas",
        "and",
        "but",
        "with",
        "et",
        "tandis que",
        "alors que",
        "mais",
        "y",
        "mientras que",
        "pero",
        "и",
        "а",
        "но",
        "в то время как",
        "و",
        "بينما",
        "而",
    ];
    let is_end = |c: char| c.is_whitespace() || ",،，".contains(c);
    let text = text.trim_end_matches(is_end);
    let joint = JOINTS.iter().find(|joint| {
        let before = text.strip_suffix(**joint);
        before.is_some_and(|before| !before.ends_with(char::is_alphabetic) || **joint == "而")
    });
    joint
        .and_then(|joint| text.strip_suffix(joint))
        .unwrap_or(text)
        .trim_end_matches(is_end)
}

/// The sentences of a line, and its parts between semicolons.
fn sentences(lower: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let (mut from, mut depth) = (0, 0_u32);
    // Behind the numbers at its beginning, a full stop ends no sentence: "104.1. Accepted".
    let mut has_words = false;
    let mut word_from = 0;
    for (at, c) in lower.char_indices() {
        let end = at + c.len_utf8();
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_end = match c {
            ';' | '；' | '؛' => depth == 0,
            '。' | '۔' => true,
            '.' => {
                let rest = lower.get(end..).unwrap_or_default();
                let is_last = rest.starts_with(char::is_whitespace)
                    && !rest.trim_start().starts_with(['-', '–', '—', ',', '،']);
                let word = lower.get(word_from..at).unwrap_or_default();
                has_words |= !is_between_numbers(word);
                is_last && depth == 0 && has_words && !is_abbreviation(word)
            }
            _ => false,
        };
        if c.is_whitespace() || "(（:：".contains(c) {
            let word = lower.get(word_from..at).unwrap_or_default();
            has_words |= !is_between_numbers(word);
            word_from = end;
        }
        if is_end {
            all.push((from, end));
            (from, word_from, has_words) = (end, end, false);
        }
    }
    if lower
        .get(from..)
        .is_some_and(|rest| !rest.trim().is_empty())
    {
        all.push((from, lower.len()));
    }
    all
}

fn is_between_numbers(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || is_between(word)
}

fn is_abbreviation(word: &str) -> bool {
    const KNOWN: [&str; 26] = [
        "no", "nos", "para", "paras", "rec", "recs", "art", "arts", "cf", "núm", "núms", "num",
        "см", "пп", "e.g", "i.e", "mr", "mrs", "ms", "dr", "st", "vol", "sect", "sec", "pp", "al",
    ];
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    KNOWN.contains(&word) || is_letter
}

/// Returns true if words other than a remark in brackets or behind a comma follow a number.
fn goes_on(behind: &str) -> bool {
    let behind = behind.trim_start();
    behind.starts_with(char::is_alphabetic) && behind.split_whitespace().count() > 1
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
        _ => {
            let line = line.trim_start_matches(['•', '-', '–', '*', '▪', ' ', '\t']);
            (None, without_letter(line))
        }
    }
}

/// Takes the letter of a list off a line: `(a) 104.1`, `b) 104.2`, `(iii) 104.3`.
fn without_letter(line: &str) -> &str {
    let inside = line.trim_start_matches(['(', '（']);
    let Some((mark, rest)) = inside.split_once([')', '）']) else {
        return line;
    };
    let is_mark =
        (1..=4).contains(&mark.chars().count()) && mark.chars().all(char::is_alphanumeric);
    if is_mark && rest.starts_with(char::is_whitespace) {
        rest.trim_start()
    } else {
        line
    }
}

/// Returns true if a list may go on behind a text: it names a subject and holds no verb that could be another answer.
fn is_topic(between: &str) -> bool {
    const OTHERWISE: [&str; 50] = [
        "will",
        "shall",
        "would",
        "may",
        "can",
        "could",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "while",
        "whereas",
        "but",
        "which",
        "whose",
        "considers",
        "however",
        "not",
        "sera",
        "seront",
        "tandis",
        "mais",
        "alors",
        "est",
        "sont",
        "pero",
        "mientras",
        "será",
        "serán",
        "es",
        "son",
        "а",
        "но",
        "тогда",
        "будет",
        "будут",
        "бутан",
        "بينما",
        "لكن",
        "أما",
        "في حين",
        "examine",
        "examines",
        "studies",
        "discussed",
        "discusses",
        "it",
        "they",
    ];
    let mut depth = 0_u32;
    let outside: String = between
        .chars()
        .filter(|c| {
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
        .collect();
    let mut words = outside.split(|c: char| !c.is_alphanumeric());
    let is_other = words.any(|word| OTHERWISE.contains(&word))
        || ["但", "而", "将"].iter().any(|sign| outside.contains(sign));
    !is_other && between.split_whitespace().count() <= NEAR_WORDS
}

/// Returns true if few words stand between two places of a sentence.
fn is_near(lower: &str, from: usize, to: usize) -> bool {
    let between = lower.get(from..to).unwrap_or_default();
    between.split_whitespace().count() <= NEAR_WORDS
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
mod tests;
