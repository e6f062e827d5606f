//! Tells a reply of the State without a title from other texts that name answers by number, such as notes of a
//! meeting.

use crate::domain::states::named;
use crate::exchange::ReadOptions;
use crate::exchange::read::formats::reply_head::{beginning, names_reply};
use crate::exchange::read::formats::reply_numbers::{ascii_digits, in_text, is_between};
use crate::exchange::read::values::position_marks::marks;
use crate::exchange::read::values::positions::position;

/// As many lines are looked at.
const MAX_LINES: usize = 5_000;
/// As many words of a line are looked at.
const MAX_WORDS: usize = 40;
/// As much of a line is looked at, in bytes.
const MAX_LINE: usize = 2_000;
/// As many words may stand between the subject of a sentence and its verb.
const NEAR: usize = 4;
/// What the head of a reply says, beside its title.
const HEADS: [&str; 13] = [
    "response of the state",
    "responses of the state",
    "response of the government",
    "response by the government",
    "responses to the recommendations",
    "responses to recommendations",
    "replies to the recommendations",
    "replies of the",
    "reply of the",
    "position on the recommendations",
    "state under review",
    "annex",
    "anexo",
];
/// Sentences of a reply, and of a reply alone.
const SAID: [&str; 12] = [
    "following recommendations",
    "supports the following",
    "accepts the following",
    "notes the following",
    "support of the government",
    "recommandation",
    "recomendaci",
    "рекоменд",
    "توصي",
    "建议",
    "enjoy the support of",
    "enjoys the support of",
];
const SUBJECTS: [&str; 8] = [
    "government",
    "delegation",
    "gouvernement",
    "gobierno",
    "правительство",
    "حكومة",
    "الحكومة",
    "we",
];

/// Returns true if a text is the State's, by a symbol that a person gave, by its head, or by its sentences; or if it is
/// a list of numbers and answers and nothing else.
pub(crate) fn is_of_a_state(text: &str, options: &ReadOptions) -> bool {
    let head = beginning(text).to_lowercase();
    options.symbol.as_deref().is_some_and(names_reply)
        || HEADS.iter().any(|words| head.contains(words))
        || text.lines().take(MAX_LINES).any(is_said_by_a_state)
        || is_bare(text)
}

/// Returns true if the subject of a sentence with an answer is the State, its Government or recommendations.
fn is_said_by_a_state(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let lower = shortened(&lower);
    let found = marks(lower, false).all;
    if found.is_empty() {
        return false;
    }
    if SAID.iter().any(|words| lower.contains(words)) || lower.starts_with("recommendation") {
        return true;
    }
    // Where no blanks part the words, or the verb comes first.
    if lower.contains("政府") {
        return true;
    }
    let words = words_of(lower);
    (0..words.len()).any(|at| {
        (1..=NEAR).any(|count| {
            let Some(all) = words.get(at..at + count) else {
                return false;
            };
            let (Some((from, _)), Some((_, to))) = (all.first(), all.last()) else {
                return false;
            };
            let name = lower.get(*from..*to).unwrap_or_default();
            let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
            let is_subject = count == 1 && SUBJECTS.contains(&name);
            if !is_subject && (name.len() <= 3 || named(name).is_none()) {
                return false;
            }
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            let before = before.and_then(|(from, to)| lower.get(*from..*to));
            let before = before.unwrap_or_default();
            let is_near = |from: usize, to: usize| {
                lower
                    .get(from..to)
                    .is_some_and(|gap| gap.split_whitespace().count() <= NEAR)
            };
            let leads = found
                .iter()
                .any(|mark| mark.start >= *to && is_near(*to, mark.start))
                && !matches!(
                    before,
                    "on" | "with" | "for" | "to" | "from" | "in" | "about"
                );
            let ends = found
                .iter()
                .any(|mark| mark.end <= *from && is_near(mark.end, *from))
                && (before == "by" || !name.is_ascii());
            leads || ends
        })
    })
}

/// The words of a line outside brackets, with their places.
fn words_of(lower: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let (mut depth, mut from) = (0_u32, None);
    for (at, c) in lower.char_indices() {
        let is_outside = depth == 0 && !c.is_whitespace() && !"(（".contains(c);
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if is_outside {
            from.get_or_insert(at);
        } else if let Some(from) = from.take() {
            all.push((from, at));
        }
        if all.len() >= MAX_WORDS {
            return all;
        }
    }
    if let Some(from) = from {
        all.push((from, lower.len()));
    }
    all
}

fn shortened(lower: &str) -> &str {
    let mut end = MAX_LINE.min(lower.len());
    while !lower.is_char_boundary(end) {
        end -= 1;
    }
    lower.get(..end).unwrap_or_default()
}

/// Returns true if each line of a text is a list of numbers, an answer, or both.
fn is_bare(text: &str) -> bool {
    let text = ascii_digits(text);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.all(|line| {
        if line.len() > MAX_LINE {
            return false;
        }
        let end = in_text(line).last().map_or(0, |one| one.end);
        let first = in_text(line).first().map_or(0, |one| one.start);
        let answer = line.get(end..).unwrap_or_default();
        let answer = answer.trim_matches(|c: char| c.is_whitespace() || ".:-–—;,".contains(c));
        let leads = line.get(..first).unwrap_or_default();
        (leads.is_empty() || is_between(leads)) && (answer.is_empty() || position(answer).is_some())
    })
}
