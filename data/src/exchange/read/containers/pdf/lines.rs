//! Glyphs put together to lines, and lines to a text.

use super::Glyph;
use super::fonts::UNKNOWN;
use crate::domain::Message;
use crate::exchange::read::formats::report_lines::is_of_the_page;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// Glyphs stand on one line if their feet differ by less than this part of their size; raised marks of
/// notes do.
const ON_A_LINE: f64 = 0.45;
/// A gap this wide, in parts of the size, is a blank.
const BLANK: f64 = 0.18;
/// And this wide, it parts columns, or what stands beside each other at the edge of a page.
const WIDE: f64 = 1.8;
/// Letters on both sides of a gap that make it one between columns.
const OF_A_COLUMN: usize = 12;
/// Lines of a page that show columns, at least, and in what part of its lines.
const LINES_IN_COLUMNS: usize = 6;
/// What part of a page's height is its head, and its foot.
const EDGE: f64 = 0.12;
/// Notes are smaller than this part of the text's size.
const SMALL: f64 = 0.93;
/// A mark of a note is smaller than this part of its line.
const MARK: f64 = 0.87;

/// A line of a page.
#[derive(Debug)]
struct Line {
    size: f64,
    text: String,
    is_at_edge: bool,
    /// Whether it begins with the raised number of a note.
    is_marked: bool,
}

/// A page as lines, from its head to its foot.
#[derive(Debug)]
pub(super) struct Page {
    lines: Vec<Line>,
}

impl Page {
    pub(super) fn of(glyphs: &[Glyph], text: &str, height: f64) -> Result<Self, Message> {
        let mut glyphs = glyphs.to_vec();
        glyphs.retain(|glyph| glyph.size > 0.5 && glyph.y.abs() < 20_000.0);
        glyphs.sort_by(|one, other| other.y.total_cmp(&one.y));
        let mut rows: Vec<Vec<Glyph>> = Vec::new();
        let mut at: Option<(f64, f64)> = None;
        for glyph in glyphs {
            let fits = at.is_some_and(|(y, size)| y - glyph.y < ON_A_LINE * size.max(glyph.size));
            if !fits {
                rows.push(Vec::new());
            }
            at = match at.filter(|_| fits) {
                // A raised mark comes first; what the line stands on is the larger letters' foot.
                Some((y, size)) if glyph.size <= size => Some((y, size)),
                _ => Some((glyph.y, glyph.size)),
            };
            if let Some(row) = rows.last_mut() {
                row.push(glyph);
            }
        }
        let mut lines = Vec::new();
        let mut gaps = Vec::new();
        let count = rows.len();
        for mut row in rows {
            row.sort_by(|one, other| one.x.total_cmp(&other.x));
            let size = row.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
            let foot = row
                .iter()
                .filter(|glyph| glyph.size >= size * 0.99)
                .map(|glyph| glyph.y)
                .fold(f64::INFINITY, f64::min);
            let is_at_edge = foot > height * (1.0 - EDGE) || foot < height * EDGE;
            let parts = parts(&row, text, size, foot);
            let is_marked = row
                .first()
                .is_some_and(|glyph| is_mark(glyph, text, size, foot));
            gaps.extend(between_columns(&parts));
            let whole: Vec<&str> = parts.iter().map(|part| part.text.trim()).collect();
            let texts = if is_at_edge {
                whole.into_iter().map(str::to_owned).collect()
            } else {
                vec![whole.join(" ")]
            };
            lines.extend(texts.into_iter().map(|text| Line {
                size,
                text,
                is_at_edge,
                is_marked,
            }));
        }
        if are_columns(&gaps, count) {
            return Err(Message::new("exchange-pdf-order"));
        }
        lines.retain(|line| !line.text.is_empty());
        Ok(Self { lines })
    }
}

/// What stands on a line between two wide gaps.
struct Part {
    x: f64,
    end: f64,
    text: String,
}

/// Whether a glyph is of the number of a note, above the line.
fn is_mark(glyph: &Glyph, text: &str, size: f64, foot: f64) -> bool {
    let letters = text.get(glyph.start..glyph.start + glyph.length);
    let mut letters = letters.unwrap_or_default().chars();
    let is_raised = glyph.y > foot + 0.1 * size;
    let is_number = letters.all(|c| c.is_ascii_digit() || c == '*');
    glyph.size < MARK * size && is_raised && is_number
}

fn parts(row: &[Glyph], text: &str, size: f64, foot: f64) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut before: Option<(&Glyph, &str)> = None;
    for glyph in row {
        let letters = text
            .get(glyph.start..glyph.start + glyph.length)
            .unwrap_or_default();
        if is_mark(glyph, text, size, foot) {
            continue;
        }
        // The same letter drawn twice, a hair apart, is a bold one.
        if let Some((last, same)) = before
            && same == letters
            && (glyph.x - last.x).abs() < 0.15 * glyph.size
            && !letters.trim().is_empty()
        {
            continue;
        }
        if letters.trim().is_empty() {
            if let Some(part) = parts.last_mut()
                && !part.text.ends_with(' ')
            {
                part.text.push(' ');
            }
            continue;
        }
        let gap = parts.last().map(|part| glyph.x - part.end);
        match (parts.last_mut(), gap) {
            (Some(part), Some(gap)) if gap < WIDE * size => {
                if gap > BLANK * size && !part.text.ends_with(' ') {
                    part.text.push(' ');
                }
                part.text.push_str(letters);
                part.end = part.end.max(glyph.end);
            }
            _ => parts.push(Part {
                x: glyph.x,
                end: glyph.end,
                text: letters.to_owned(),
            }),
        }
        before = Some((glyph, letters));
    }
    parts
}

/// The gaps of a line that may be one between columns.
fn between_columns(parts: &[Part]) -> Vec<(f64, f64)> {
    let is_text =
        |part: &Part| part.text.chars().filter(|c| c.is_alphanumeric()).count() >= OF_A_COLUMN;
    let pairs = parts.iter().zip(parts.iter().skip(1));
    pairs
        .filter(|(one, other)| is_text(one) && is_text(other))
        .map(|(one, other)| (one.end, other.x))
        .collect()
}

/// Whether so many lines have a gap at one place that they are of two columns, or of a table.
fn are_columns(gaps: &[(f64, f64)], lines: usize) -> bool {
    let most = gaps
        .iter()
        .map(|(start, end)| {
            let middle = f64::midpoint(*start, *end);
            let has_it = |gap: &&(f64, f64)| gap.0 < middle && middle < gap.1;
            gaps.iter().filter(has_it).count()
        })
        .max();
    most.is_some_and(|most| most >= LINES_IN_COLUMNS && most * 4 >= lines)
}

/// The text of all pages: without what repeats at their edges, and with the notes at its end.
pub(super) fn joined(pages: Vec<Page>) -> Result<String, Message> {
    let size = usual_size(&pages);
    let repeated = repeated(&pages);
    let mut text = String::new();
    let mut notes = String::new();
    let mut counts = String::new();
    for (number, page) in (1..).zip(pages) {
        let mut notes_here = Notes::default();
        let notes_from = page
            .lines
            .iter()
            .rposition(|line| !line.is_at_edge && line.size >= SMALL * size)
            .map_or(0, |last| last + 1);
        for (at, line) in page.lines.into_iter().enumerate() {
            if line.is_at_edge && repeated.contains(&without_digits(&line.text)) {
                continue;
            }
            let is_note = at >= notes_from && line.size < SMALL * size;
            if is_note {
                notes_here.see(&line);
            }
            append(if is_note { &mut notes } else { &mut text }, &line.text);
        }
        notes_here.write(number, &mut counts);
    }
    if !notes.is_empty() {
        // Behind this word no reader looks for recommendations.
        text.push_str(NOTES);
        text.push_str(&notes);
        text.push_str(&counts);
    }
    trusted(&text)?;
    Ok(text)
}

/// The line above the notes.
const NOTES: &str = "Annex\n";

/// What begins a line that says how many notes a page has. No line of a text keeps this character.
const COUNT_OF_NOTES: char = '\u{1e}';

/// The notes of a page.
#[derive(Default)]
struct Notes {
    lines: u32,
    marked: u32,
}

impl Notes {
    fn see(&mut self, line: &Line) {
        if is_of_the_page(&line.text) {
            return;
        }
        let begins = |c: char| c.is_ascii_digit() || c == '*';
        self.lines += 1;
        self.marked += u32::from(line.is_marked || line.text.starts_with(begins));
    }

    /// Says how many they are. Lines without any mark are one note.
    fn write(&self, page: u32, into: &mut String) {
        if self.lines > 0 {
            let notes = self.marked.max(1);
            let _ = writeln!(into, "{COUNT_OF_NOTES}{page} {notes}");
        }
    }
}

/// Takes from the text of a PDF what it says of notes: the text, and how many notes each page has.
pub(crate) fn without_counts(text: &str) -> (&str, Vec<(u32, u64)>) {
    let Some((text, counts)) = text.split_once(COUNT_OF_NOTES) else {
        return (text, Vec::new());
    };
    let counts = counts.split(COUNT_OF_NOTES).filter_map(|line| {
        let (page, notes) = line.trim().split_once(' ')?;
        Some((page.parse().ok()?, notes.parse().ok()?))
    });
    (text, counts.collect())
}

/// The lines with which the notes begin at the end of the text of a PDF.
pub(crate) fn beginnings_of_notes(text: &str) -> impl Iterator<Item = &str> {
    let notes = text.rsplit_once(NOTES).map_or("", |(_, notes)| notes);
    let begins = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit() || c == '*');
    let is_marked = notes.lines().any(|line| begins(&line));
    notes.lines().filter(move |line| !is_marked || begins(line))
}

/// The size that most letters have.
fn usual_size(pages: &[Page]) -> f64 {
    let mut sizes: HashMap<u64, (usize, f64)> = HashMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        // In tenths of a point.
        let tenths = (line.size * 10.0).round().to_bits();
        let known = sizes.entry(tenths).or_insert((0, line.size));
        known.0 += line.text.len();
    }
    let most = sizes
        .values()
        .max_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    most.map_or(0.0, |(_, size)| *size)
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// What stands at the edges of at least three pages and a third of all, numbers apart.
fn repeated(pages: &[Page]) -> HashSet<String> {
    let mut counted: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let at_edge = page.lines.iter().filter(|line| line.is_at_edge);
        let texts: HashSet<String> = at_edge.map(|line| without_digits(&line.text)).collect();
        for text in texts {
            *counted.entry(text).or_default() += 1;
        }
    }
    let is_repeated = |count: usize| count >= 3 && count * 3 >= pages.len();
    let repeated = counted.into_iter().filter(|(_, count)| is_repeated(*count));
    repeated.map(|(text, _)| text).collect()
}

/// Adds a line; a word parted at the end of the line above is put together.
fn append(text: &mut String, line: &str) {
    let begins_lower = line.starts_with(char::is_lowercase);
    if begins_lower && text.ends_with("\u{ad}\n") {
        text.truncate(text.len() - 3);
    } else if begins_lower && text.ends_with("-\n") {
        text.truncate(text.len() - 1);
    }
    // What a font gives out as this character is no count of notes.
    text.extend(line.chars().filter(|c| *c != COUNT_OF_NOTES));
    text.push('\n');
}

/// Refuses a text whose letters or order are not certain.
fn trusted(text: &str) -> Result<(), Message> {
    let (mut letters, mut from_the_right) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        from_the_right += usize::from(
            matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'),
        );
    }
    let mut before = ' ';
    for c in text.chars() {
        let is_unknown = c == UNKNOWN && before.is_alphanumeric()
            || before == UNKNOWN && c.is_alphanumeric()
            || before == UNKNOWN && c == UNKNOWN;
        if is_unknown {
            return Err(Message::new("exchange-pdf-letters"));
        }
        before = c;
    }
    if letters == 0 {
        return Err(Message::new("exchange-pdf-scanned"));
    }
    if from_the_right * 50 > letters {
        return Err(Message::new("exchange-pdf-right-to-left"));
    }
    Ok(())
}
