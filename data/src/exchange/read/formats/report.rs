//! The text of a Working Group's report, copied or converted: the numbered paragraphs of its
//! conclusions.
//!
//! A paragraph begins where a line begins with its number. What a conversion broke into several lines
//! belongs to the paragraph above; page numbers and symbols between the pages are left out. The first
//! cycle also has unnumbered parts below a sentence (`97.1..1`), lettered ones (`79(a)`) and bare
//! numbers (`1.`) below a sentence of their own.

use crate::domain::{Message, Paragraph, Position, PositionClass, ReviewCode};
use crate::exchange::read::faults::{no_state, unknown_state};
use crate::exchange::read::formats::reply_head::{review_of, settled, state_of};
use crate::exchange::read::formats::report_head::Head;
use crate::exchange::read::formats::report_lead::{Lead, lead, lead_without_noun};
use crate::exchange::read::formats::report_lines::{
    BEHIND_NUMBER, Start, is_of_the_page, one_to_a_line, start,
};
use crate::exchange::read::formats::uhri_wording::{Wording, several_recommendations};
use crate::exchange::read::values::cells::{MAX_CELL, MAX_ROWS, one_line, rejected, with_comment};
use crate::exchange::read::values::position_marks::unclear;
use crate::exchange::read::values::positions::Reading;
use crate::exchange::{
    FileAccount, Incoming, ReadFailure, ReadOptions, Rejected, Row, Sink, Stopped, UnreadReason,
};

/// Fewer numbered recommendations than this, without a sentence about them, are no report.
const ENOUGH: usize = 2;

/// What a line says that ends the part of a report with recommendations, perhaps with a number behind it.
const ANNEX: [&str; 8] = [
    "annexe",
    "annex",
    "anexo",
    "приложение",
    "المرفق",
    "مرفق",
    "附件",
    "附录",
];

/// What the heading of an annex says in place of its number, or below it.
const DELEGATION: [&str; 6] = [
    "composition of the delegation",
    "composition de la délégation",
    "composición de la delegación",
    "состав делегации",
    "تشكيلة الوفد",
    "代表团成员",
];

/// Returns true if a line is the heading of an annex: "Annex", "Annex I", "Приложение II", "附件一", or "Annex:
/// Composition of the delegation".
fn is_annex(line: &str) -> bool {
    const ORDINALS: [&str; 3] = ["الأول", "الثاني", "الثالث"];
    let lower = line.to_lowercase();
    let ends = |text: &str| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || ".:：*-–—".contains(c));
        let is_number = text.chars().count() <= 3
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || "ivx一二三四五".contains(c));
        is_number || ORDINALS.contains(&text) || DELEGATION.contains(&text)
    };
    is_delegation(&lower)
        || ANNEX
            .iter()
            .any(|word| lower.strip_prefix(word).is_some_and(ends))
}

/// Returns true if a line names the composition of the delegation and nothing else.
fn is_delegation(lower: &str) -> bool {
    DELEGATION.contains(&lower.trim_end_matches(['.', '*', ' ']))
}

/// Whether a text is a report or the part of one that holds recommendations.
pub(crate) fn is_report(text: &str) -> bool {
    let (numbered, has_lead) = holds_recommendations(conclusions(text));
    numbered >= ENOUGH || numbered > 0 && has_lead
}

/// How many numbered recommendations a text holds, and whether a sentence above one says a position.
fn holds_recommendations(text: &str) -> (usize, bool) {
    let mut numbered = 0;
    let mut has_lead = false;
    let mut walker = Walker::new(ReportHead::default(), FileAccount::default());
    let mut count = |block: &Block| {
        has_lead |= block.lead.is_some();
        let ends = block
            .text
            .trim_end_matches([' ', ';', '.', ',', '*', '\t', '；', '。', '؛', '،']);
        let is_part = block.paragraph.contains(['.', '(']) || block.lead.is_some();
        numbered += usize::from(ends.ends_with([')', '）']) && is_part);
    };
    for line in one_to_a_line(text).lines().take(20_000) {
        walker.line(0, line).iter().for_each(&mut count);
        if walker.ended {
            break;
        }
    }
    walker.finish().iter().for_each(&mut count);
    (numbered, has_lead)
}

/// Reads it.
pub(crate) fn read(
    text: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ReadFailure> {
    read_with(text, FileAccount::default(), options, sink)
}

/// Reads it; `account` knows what of the file is not in the text.
pub(crate) fn read_with(
    text: &str,
    mut account: FileAccount,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ReadFailure> {
    let mut head = Head::find(text);
    head.symbol = settled(head.symbol, options, false)?;
    // The documents that a report lists say its review; else its title and its symbol do.
    let of_title = match head.review {
        Some(_) => None,
        None => review_of(head.symbol.as_deref(), state_of(text), options)?,
    };
    let named = options.review;
    let review = match (head.review.or(of_title), named) {
        (Some(file), Some(named)) if file != named => {
            return Err(Message::new("exchange-other-review")
                .with("file", file)
                .with("named", named)
                .into());
        }
        (file, named) => file
            .or(named)
            .ok_or_else(|| Message::new("exchange-name-the-review"))?,
    };
    let conclusions = conclusions(text);
    let above = text.len() - conclusions.len();
    let first = lines_in(text.get(..above).unwrap_or_default());
    let whole_lines = text.get(..above).and_then(|above| above.rsplit_once('\n'));
    let filled = whole_lines.map_or("", |(lines, _)| lines).lines();
    for line in filled.filter(|line| !line.trim().is_empty()) {
        account.pass_over_above(line);
    }
    let head = ReportHead {
        session: head.session,
        symbol: head.symbol,
    };
    let mut walker = Walker::new(head, account);
    let broken = one_to_a_line(conclusions);
    let of = u64::try_from(broken.len()).unwrap_or(u64::MAX);
    let mut done = 0_u64;
    for (number, line) in (first.saturating_add(1)..).zip(broken.lines()) {
        if number > MAX_ROWS {
            return Err(Message::new("exchange-rows").with("max", MAX_ROWS).into());
        }
        done = done.saturating_add(u64::try_from(line.len() + 1).unwrap_or(u64::MAX));
        for block in walker.line(number, line) {
            walker.hand_on(&block, review, sink)?;
            sink.progress(done.min(of), of)?;
        }
        if walker.ended {
            break;
        }
    }
    for block in walker.finish() {
        walker.hand_on(&block, review, sink)?;
    }
    walker.leave_lead();
    if let Some(warning) = walker.warning() {
        sink.warning(warning);
    }
    sink.account(walker.account);
    Ok(())
}

/// Whether a line within a sentence that looks like one of the page is a part of the sentence: a year, which is longer
/// than the numbers of pages, or the symbol of another document than the report.
fn is_part_of_sentence(line: &str, own: Option<&str>) -> bool {
    let year = line.parse::<u16>().ok().filter(|_| line.len() == 4);
    let is_year = year.is_some_and(|year| (1900..2100).contains(&year));
    let is_other_symbol =
        own.is_some_and(|own| line.starts_with("A/HRC/") && !line.starts_with(own));
    is_year || is_other_symbol
}

/// How many lines end in a text.
fn lines_in(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

/// The text from the heading of its conclusions on; the table of contents has that heading, too.
fn conclusions(text: &str) -> &str {
    // Only ASCII letters change, so places in the one are places in the other.
    let lower = text.to_ascii_lowercase();
    let headings = [
        "conclusions and/or recommendations",
        "conclusions and recommendations",
        "conclusions et/ou recommandations",
        "conclusiones y/o recomendaciones",
        "Выводы и/или рекомендации",
        "ВЫВОДЫ И/ИЛИ РЕКОМЕНДАЦИИ",
        "الاستنتاجات و/أو التوصيات",
        "结论和/或建议",
    ];
    let is_heading = |&(at, heading): &(usize, &str)| {
        // A line within a recommendation may begin with the same words: "conclusions and recommendations of the
        // Committee".
        let begins_small = text
            .get(at..)
            .is_some_and(|text| text.starts_with(char::is_lowercase));
        let behind = text.get(at + heading.len()..).unwrap_or_default();
        let line = behind.split(['\r', '\n']).next().unwrap_or_default();
        let goes_on = line
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase());
        if begins_small || goes_on {
            return false;
        }
        let before = lower.get(..at).unwrap_or_default();
        let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        line.trim_matches(|c: char| {
            c == BEHIND_NUMBER || " \t.ivx一二三四五、ثانيا\u{64b}-–".contains(c)
        })
        .is_empty()
    };
    let mut places: Vec<usize> = headings
        .iter()
        .flat_map(|heading| lower.match_indices(heading))
        .filter(is_heading)
        .map(|(at, _)| at)
        .collect();
    places.sort_unstable();
    // A heading with recommendations above it stands within their part.
    while let [.., before, last] = places.as_slice()
        && text
            .get(*before..*last)
            .is_some_and(|above| holds_recommendations(above).0 >= ENOUGH)
    {
        places.pop();
    }
    let at = places.last();
    at.and_then(|at| text.get(*at..)).unwrap_or(text)
}

#[derive(Default)]
struct ReportHead {
    session: Option<u8>,
    symbol: Option<String>,
}

/// A paragraph of the report that should hold a recommendation.
struct Block {
    row: u32,
    paragraph: String,
    text: String,
    lead: Option<Lead>,
    lead_paragraph: String,
    /// The line where a second recommendation seems to begin, which has lost its number.
    second: Option<u32>,
}

struct Open {
    row: u32,
    start: Start,
    text: String,
    /// Lines behind a text that is complete: of it only if States follow.
    behind: Vec<(Row, String)>,
    /// Whether the text was longer than is read.
    is_cut: bool,
    /// Whether a program made its number, so that every line is a paragraph.
    is_made: bool,
    /// A line that begins behind a recommendation that is complete.
    second: Option<u32>,
}

impl Open {
    /// Adds a line that does not begin a paragraph.
    fn add(&mut self, row: Row, line: &str) {
        // Below a sentence that ends in a colon a line without a number is no part of it.
        let is_behind = match ends_of(&self.text) {
            Ends::Colon => self.is_lead(),
            Ends::States => !has_states(line),
            Ends::Open => false,
        };
        let begins = line.chars().next();
        if !is_behind
            && self.second.is_none()
            && begins.is_some_and(|c| c.is_uppercase() || !c.is_ascii())
            && is_complete(&self.text)
        {
            self.second = Some(row);
        }
        if is_behind {
            self.push_behind(row, line);
        } else {
            for (_, line) in std::mem::take(&mut self.behind) {
                self.push(&line);
            }
            self.push(line);
        }
    }

    fn push_behind(&mut self, row: Row, line: &str) {
        if self.behind.len() < MOST_BEHIND {
            self.behind.push((row, line.to_owned()));
        } else {
            self.push(line);
        }
    }

    fn push(&mut self, line: &str) {
        if self.text.len() + line.len() < MAX_CELL {
            self.text.push(' ');
            self.text.push_str(line);
        } else {
            self.is_cut = true;
        }
    }

    /// Whether the text goes on behind its last line.
    fn is_within_sentence(&self) -> bool {
        self.behind.is_empty()
            && matches!(ends_of(&self.text), Ends::Open)
            && !self.text.ends_with(['.', ';', '。', '；', '؛'])
    }

    fn is_lead(&self) -> bool {
        let is_main = matches!(&self.start, Start::Number(number) if !number.contains(['.', '(']));
        is_main && (lead(&self.text).is_some() || lead_without_noun(&self.text).is_some())
    }
}

/// A numbered text that ends in a colon, and the lettered parts below it. It is one recommendation if only the last part
/// names States; otherwise each part is one.
struct Stem {
    row: u32,
    paragraph: String,
    text: String,
    lead: Option<Lead>,
    /// The parts with what each begins with.
    parts: Vec<(String, Block)>,
}

impl Stem {
    /// The recommendation that the text and all its parts are; otherwise itself.
    fn whole(mut self) -> Result<Block, Self> {
        let with_states = self.parts.iter().filter(|(_, part)| has_states(&part.text));
        let ends_in_states = self
            .parts
            .last()
            .is_some_and(|(_, part)| has_states(&part.text));
        if self.parts.len() < 2 || with_states.count() != 1 || !ends_in_states {
            return Err(self);
        }
        for (mark, part) in &self.parts {
            if self.text.len() + mark.len() + part.text.len() < MAX_CELL {
                for piece in [" ", mark, " ", &part.text] {
                    self.text.push_str(piece);
                }
            }
        }
        let last = self.parts.pop().map(|(_, part)| part);
        Ok(Block {
            row: self.row,
            paragraph: self.paragraph,
            text: self.text,
            lead: self.lead,
            lead_paragraph: last.map(|part| part.lead_paragraph).unwrap_or_default(),
            second: None,
        })
    }
}

/// Lines behind a complete text that are held back until it is certain what they are.
const MOST_BEHIND: usize = 60;

/// A place where numbers are missing.
struct Gap {
    after: String,
    before: String,
    lines: (u32, u32),
}

/// Gaps that a warning names.
const NAMED_GAPS: usize = 20;

/// The lines as they come by.
struct Walker {
    head: ReportHead,
    open: Option<Open>,
    lead: Option<Lead>,
    /// The number of the sentence that the recommendations stand under.
    above: String,
    /// The paragraph that unnumbered parts stand under, and how many have been.
    parent: Option<(String, u32)>,
    /// The text that lettered parts may belong to.
    stem: Option<Stem>,
    /// The sentence that says the position, until a recommendation stands below it.
    unused: Option<(Row, String)>,
    /// What is read and what is not.
    account: FileAccount,
    /// Whether a recommendation was found.
    has_begun: bool,
    /// The last number with one part, and its line.
    last: Option<(String, u32)>,
    gaps: Vec<Gap>,
    ended: bool,
}

impl Walker {
    fn new(head: ReportHead, account: FileAccount) -> Self {
        Self {
            head,
            open: None,
            lead: None,
            above: String::new(),
            parent: None,
            stem: None,
            unused: None,
            account,
            has_begun: false,
            last: None,
            gaps: Vec::new(),
            ended: false,
        }
    }

    /// Names what is not read; above the first recommendation it is counted.
    fn pass_over(&mut self, row: Row, reason: UnreadReason, text: &str) {
        if !self.has_begun {
            self.account.pass_over_above(text);
            return;
        }
        let text = [text.to_owned()];
        self.account.pass_over(row, reason, &text);
    }

    /// Names the sentence of a position that no recommendation stands below.
    fn leave_lead(&mut self) {
        if let Some((row, text)) = self.unused.take() {
            self.pass_over(row, UnreadReason::Sentence, &text);
        }
    }

    fn hand_on(
        &mut self,
        block: &Block,
        review: ReviewCode,
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        if self.head.hand_on(block, review, sink)? {
            self.account.paragraphs_read += 1;
        }
        Ok(())
    }

    /// Takes a line and gives the recommendations before it that are complete.
    fn line(&mut self, row: u32, line: &str) -> Vec<Block> {
        let text = line.trim();
        if text.is_empty() {
            return Vec::new();
        }
        if is_of_the_page(text) {
            // Within a sentence it may be a part of that: a year, or the symbol of another document.
            match self.open.as_mut().filter(|open| open.is_within_sentence()) {
                Some(open) if is_part_of_sentence(text, self.head.symbol.as_deref()) => {
                    open.add(row, text);
                }
                Some(_) => self.account.pass_over_page(Some((row, text))),
                None => self.account.pass_over_page(None),
            }
            return Vec::new();
        }
        if is_annex(text) {
            self.ended = true;
            let done = self.finish();
            self.pass_over(row, UnreadReason::Annex, text);
            return done;
        }
        let begins = start(text).filter(|(start, _)| self.fits(start));
        let Some((start, rest)) = begins else {
            match &mut self.open {
                Some(open) => open.add(row, text),
                None => self.pass_over(row, UnreadReason::Heading, text),
            }
            return Vec::new();
        };
        self.note_gap(row, &start);
        let done = self.finish_before(Some(&start));
        self.open = Some(Open {
            row,
            start,
            text: rest.to_owned(),
            behind: Vec::new(),
            is_cut: false,
            is_made: text.contains(BEHIND_NUMBER),
            second: None,
        });
        done
    }

    /// Whether a number can be the next paragraph's: a broken line may begin with any number.
    fn fits(&self, start: &Start) -> bool {
        match start {
            Start::Number(number) => {
                let main = |number: &str| -> Option<u32> {
                    let end = number.find(|c: char| !c.is_ascii_digit());
                    number.get(..end.unwrap_or(number.len()))?.parse().ok()
                };
                let (Some(next), Some(above)) = (main(number), main(&self.above)) else {
                    return true;
                };
                // Under its sentence, or the sentences after it, or beginning with 1 below it.
                !number.contains('.') || (above..=above.saturating_add(20)).contains(&next)
            }
            Start::Letter(_) => match self.open.as_ref().map(|open| (&open.start, &open.text)) {
                // Within a recommendation, "(b)" is its own.
                Some((Start::Number(number), text)) if number.contains('.') => {
                    text.trim_end().ends_with([':', '：'])
                }
                _ => !self.above.is_empty(),
            },
            Start::Bullet => {
                let begins = |open: &Open| open.text.trim_end().ends_with([':', '：']);
                self.parent.is_some() || self.open.as_ref().is_some_and(begins)
            }
        }
    }

    /// Notes that numbers are missing in front of this one.
    fn note_gap(&mut self, row: u32, start: &Start) {
        let Start::Number(number) = start else { return };
        if parts(number).is_none() {
            return;
        }
        if let Some((last, line)) = self.last.take()
            && self.gaps.len() <= NAMED_GAPS
            && is_behind_gap(&last, number)
        {
            self.gaps.push(Gap {
                after: last,
                before: number.clone(),
                lines: (line, row),
            });
        }
        self.last = Some((number.clone(), row));
    }

    /// What a person should know of the numbers that are missing.
    fn warning(&self) -> Option<Message> {
        let named = self.gaps.iter().take(NAMED_GAPS).map(|gap| {
            let (first, last) = gap.lines;
            format!("{} – {} ({first}–{last})", gap.after, gap.before)
        });
        let named: Vec<String> = named.collect();
        (!named.is_empty())
            .then(|| Message::new("exchange-report-gaps").with("gaps", named.join("; ")))
    }

    /// Closes the last paragraph.
    fn finish(&mut self) -> Vec<Block> {
        self.finish_before(None)
    }

    /// Closes the paragraph that is open, given what begins behind it, and names what of it and behind it is not read.
    fn finish_before(&mut self, next: Option<&Start>) -> Vec<Block> {
        let Some(mut open) = self.open.take() else {
            return Vec::new();
        };
        let behind = std::mem::take(&mut open.behind);
        let (row, is_cut) = (open.row, open.is_cut);
        let end: String = open.text.chars().rev().take(80).collect();
        let mark = match &open.start {
            Start::Number(_) => None,
            Start::Letter(letter) => Some(format!("({letter})")),
            Start::Bullet => Some("–".to_owned()),
        };
        let mut done = Vec::new();
        let block = self.close(open, next);
        if let Some(block) = block {
            if is_cut {
                self.has_begun = true;
                let end: String = end.chars().rev().collect();
                self.pass_over(row, UnreadReason::Paragraph, &format!("{end} …"));
            }
            match (&mut self.stem, mark) {
                (Some(stem), Some(mark)) => stem.parts.push((mark, block)),
                _ => done.push(block),
            }
        }
        if !matches!(next, Some(Start::Letter(_) | Start::Bullet)) {
            done.extend(self.close_stem());
        }
        if !done.is_empty() {
            self.unused = None;
            self.has_begun = true;
        }
        for (row, line) in behind {
            self.pass_over(row, UnreadReason::Heading, &line);
        }
        done
    }

    /// The recommendations of a text with lettered parts. A text whose parts are recommendations of their own is named.
    fn close_stem(&mut self) -> Vec<Block> {
        match self.stem.take().map(Stem::whole) {
            None => Vec::new(),
            Some(Ok(whole)) => vec![whole],
            Some(Err(stem)) => {
                self.pass_over(stem.row, UnreadReason::Sentence, &stem.text);
                stem.parts.into_iter().map(|(_, part)| part).collect()
            }
        }
    }

    /// The recommendation that a paragraph holds; otherwise what it says of those below it.
    fn close(&mut self, open: Open, next: Option<&Start>) -> Option<Block> {
        let Open {
            row,
            start,
            text,
            is_made,
            second,
            ..
        } = open;
        // A line of a text may be any part of a paragraph. If the next number follows, nothing is missing.
        let follows = |number: &str| {
            let next = match next {
                Some(Start::Number(next)) => parts(next),
                _ => None,
            };
            let wanted = parts(number).map(|(main, part)| (main.to_owned(), part + 1));
            let next = next.map(|(main, part)| (main.to_owned(), part));
            wanted.is_some() && wanted == next
        };
        let second = second.filter(|_| {
            let number = match &start {
                Start::Number(number) => number.as_str(),
                _ => "",
            };
            parts(number).is_some() && is_complete(&text) && (is_made || !follows(number))
        });
        let is_sentence = text.trim_end().ends_with([':', '：']);
        let is_main = matches!(&start, Start::Number(number) if !number.contains(['.', '(']));
        let said = lead(&text).or_else(|| {
            let sentence = Some(&text).filter(|_| is_main);
            sentence.and_then(|text| lead_without_noun(text))
        });
        let paragraph = match start {
            Start::Number(number) => {
                let is_part = number.contains(['.', '(']);
                let repeats = !is_part && is_sentence;
                let opens = repeats || !is_part && said.is_some() && !has_states(&text);
                if opens || is_part && is_sentence && !has_states(&text) {
                    self.leave_lead();
                    if said.is_some() {
                        self.unused = Some((row, text));
                    } else if is_part {
                        self.stem = Some(Stem {
                            row,
                            paragraph: number.clone(),
                            text,
                            lead: self.lead.clone(),
                            parts: Vec::new(),
                        });
                    } else {
                        self.pass_over(row, UnreadReason::Sentence, &text);
                    }
                    // A sentence within another need not repeat what became of them.
                    if said.is_some() || !is_part {
                        self.lead = said;
                    }
                    if !is_part {
                        self.above.clone_from(&number);
                    }
                    self.parent = Some((number, 0));
                    return None;
                }
                if !is_part && !has_states(&text) {
                    // A paragraph of the report that is no recommendation ends what stands above it.
                    (self.lead, self.parent) = (None, None);
                    self.leave_lead();
                    self.pass_over(row, UnreadReason::Paragraph, &format!("{number}. {text}"));
                    return None;
                }
                if is_part {
                    self.parent = None;
                }
                number
            }
            Start::Letter(letter) => {
                let parent = self
                    .parent
                    .as_ref()
                    .map_or(&self.above, |(parent, _)| parent);
                format!("{parent}({letter})")
            }
            Start::Bullet => {
                let Some((parent, count)) = self.parent.as_mut() else {
                    self.pass_over(row, UnreadReason::Heading, &text);
                    return None;
                };
                *count += 1;
                format!("{parent}..{count}")
            }
        };
        Some(Block {
            row,
            paragraph,
            text,
            lead: self.lead.clone(),
            lead_paragraph: self.above.clone(),
            second,
        })
    }
}

/// What a text ends in.
enum Ends {
    /// States in brackets, so that a recommendation is complete.
    States,
    /// A colon, below which recommendations stand.
    Colon,
    /// Neither.
    Open,
}

fn ends_of(text: &str) -> Ends {
    let end = text.trim_end();
    if end.ends_with([':', '：']) {
        return Ends::Colon;
    }
    let end = end.trim_end_matches([' ', ';', '.', ',', '；', '。', '؛', '،']);
    let bracket = end.rfind(['(', '（']).and_then(|at| end.get(at..));
    // Only what stands in the last brackets is looked at: a text may have a thousand lines.
    match bracket.filter(|text| text.len() <= 400 && text.ends_with([')', '）'])) {
        Some(text) if has_states(text) => Ends::States,
        _ => Ends::Open,
    }
}

/// A number with one part, taken apart: 104 and 3 of `104.3`.
fn parts(number: &str) -> Option<(&str, u32)> {
    let (main, part) = number.split_once('.')?;
    let part = part.parse().ok()?;
    main.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some((main, part))
}

fn is_behind_gap(last: &str, number: &str) -> bool {
    let (Some((main, part)), Some((next_main, next))) = (parts(last), parts(number)) else {
        return false;
    };
    main == next_main && next > part + 1
}

/// Whether a text ends as a recommendation does: with its States in brackets and the sign that ends it.
fn is_complete(text: &str) -> bool {
    let text = text.trim_end();
    let bare = text.trim_end_matches([';', '.', '；', '。', '؛']);
    bare.len() < text.len()
        && bare.trim_end().ends_with([')', '）'])
        && bare
            .rfind(['(', '（'])
            .and_then(|at| bare.get(at..))
            .is_some_and(has_states)
}

fn has_states(text: &str) -> bool {
    text.contains(['(', '（']) && Wording::read(text).has_states()
}

impl ReportHead {
    /// Returns true if the paragraph was taken, and false if it was rejected.
    fn hand_on(
        &self,
        block: &Block,
        review: ReviewCode,
        sink: &mut dyn Sink,
    ) -> Result<bool, Stopped> {
        match self.incoming(block, review) {
            Ok(one) => sink.recommendation(one).map(|()| true),
            Err(wrong) => {
                let paragraph = Paragraph::parse(&block.paragraph).ok();
                let answer = block.lead.as_ref().map(|lead| match &paragraph {
                    Some(paragraph) => lead.answer_to(paragraph),
                    None => lead.answer,
                });
                let position = match answer {
                    Some(Reading::Class(class)) => class.code(),
                    _ => "",
                };
                let review_code = review.to_string();
                // In the columns of our own table, where the person can name the States.
                let cells = [
                    ("review", review_code.as_str()),
                    ("paragraph", block.paragraph.as_str()),
                    ("text", block.text.as_str()),
                    ("recommending_states", ""),
                    ("position", position),
                ];
                let wrong = wrong.of_review(Some(review)).with_cells(cells);
                sink.rejected(wrong).map(|()| false)
            }
        }
    }

    fn incoming(&self, block: &Block, review: ReviewCode) -> Result<Incoming, Rejected> {
        let wrong = |column, value: &str, reason| rejected(block.row, column, value, reason);
        let paragraph = Paragraph::parse(&block.paragraph).map_err(|_| {
            let reason = Message::new("exchange-paragraph").with("value", &*block.paragraph);
            wrong("paragraph", &block.paragraph, reason)
        })?;
        if let Some(line) = block.second {
            let reason = Message::new("exchange-report-second")
                .with("paragraph", &*block.paragraph)
                .with("line", line);
            return Err(wrong("text", &block.text, reason));
        }
        if let Some(reason) = several_recommendations(&one_line(&block.text), Some(&paragraph)) {
            return Err(wrong("text", &block.text, reason));
        }
        let wording = Wording::read(&one_line(&block.text));
        if let Some(misspelt) = &wording.misspelt {
            return Err(wrong("text", &misspelt.text, unknown_state(misspelt)));
        }
        if wording.states.is_empty() {
            if let Some(reason) = wording.states_within() {
                return Err(wrong("recommending_states", "", reason));
            }
            let (value, reason) = no_state(wording.candidate.as_ref());
            return Err(wrong("recommending_states", &value, reason));
        }
        if wording.text.is_empty() {
            return Err(wrong("text", &block.text, Message::new("exchange-no-text")));
        }
        let remark = wording.remark();
        let lead = block.lead.as_ref();
        let class = match lead {
            None => PositionClass::Unknown,
            Some(lead) => match lead.answer_to(&paragraph) {
                Reading::Class(class) => class,
                asked => return Err(wrong("position", &lead.raw, unclear(asked, &lead.raw))),
            },
        };
        Ok(Incoming {
            session: self.session,
            report_symbol: self.symbol.clone(),
            paragraph: Some(paragraph),
            text: Some(wording.text),
            language: lead.map(|lead| lead.language.to_owned()),
            recommending: wording.states,
            position: (lead.is_some() || remark.is_some()).then(|| Position {
                class,
                raw: with_comment(
                    lead.map_or_else(String::new, |lead| lead.raw.clone()),
                    remark.as_deref(),
                ),
                source: self.symbol.clone(),
                source_paragraph: Some(block.lead_paragraph.clone())
                    .filter(|number| !number.is_empty()),
                date: None,
            }),
            ..Incoming::new(block.row, review)
        })
    }
}
