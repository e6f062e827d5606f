//! The parts of a recommendation as reports and their exports print it in one cell:
//! `121.1 Ratify the Convention (France) (Lithuania);` and perhaps
//! `Source of Position: A/HRC/43/15/Add.1 - Para.3`.

use crate::domain::{Message, Paragraph, StateCode};
use crate::exchange::read::values::cells::{one_line, shortened};
use crate::exchange::read::values::names::Unresolved;
use crate::exchange::read::values::recommenders::{END, brackets, push, united};

/// What a row says of one recommendation whose text and columns both may name its number and its States.
#[derive(Debug)]
pub(crate) struct Beside {
    /// The text without its number and its States.
    pub(crate) wording: Wording,
    /// The number.
    pub(crate) paragraph: Option<Paragraph>,
    /// The States.
    pub(crate) states: Vec<StateCode>,
}

/// Why the text and the columns of a row cannot both be right.
#[derive(Debug)]
pub(crate) enum Contradiction {
    /// Each has another number.
    Paragraphs(Message),
    /// A name in the text is no State's.
    Name(Unresolved),
    /// Each has a State that the other does not have.
    States(Message),
    /// The text holds a second recommendation with a number of its own.
    Several(Message),
}

impl Beside {
    /// The text without the number and the States that were taken out of it; as it is written, if there
    /// were none.
    pub(crate) fn text_of(&self, cell: &str) -> String {
        let is_cut = self.wording.paragraph.is_some()
            || !self.wording.states.is_empty()
            || self.wording.has_notes();
        if is_cut {
            self.wording.text.clone()
        } else {
            cell.to_owned()
        }
    }

    /// Takes the States at the end of a text that has no number off it, and unites them with those of the
    /// column; none where the text ends without any.
    pub(crate) fn of_unnumbered(
        cell: &str,
        states: &[StateCode],
    ) -> Result<Option<(Wording, Vec<StateCode>)>, Contradiction> {
        if !cell.contains(['(', '（']) {
            return Ok(None);
        }
        if let Some(reason) = several_recommendations(cell, None) {
            return Err(Contradiction::Several(reason));
        }
        if let Some(name) = brackets(cell).stranger {
            return Err(Contradiction::Name(name));
        }
        let wording = Wording::read_unnumbered(cell);
        let ends_in_states = !wording.states.is_empty() && wording.text != without_end(cell);
        if !ends_in_states {
            return Ok(None);
        }
        let states = united(&wording.states, states).map_err(Contradiction::States)?;
        Ok(Some((wording, states)))
    }

    /// Takes a text apart beside the columns of its row: the one rule for the number in front and for the
    /// States in brackets of every reader.
    pub(crate) fn read(
        cell: &str,
        paragraph: Option<&Paragraph>,
        states: &[StateCode],
    ) -> Result<Self, Contradiction> {
        let mut wording = Wording::read(cell);
        if let Some(reason) =
            several_recommendations(cell, paragraph.or(wording.paragraph.as_ref()))
        {
            return Err(Contradiction::Several(reason));
        }
        if let (Some(typed), Some(printed)) = (paragraph, &wording.paragraph)
            && typed != printed
        {
            let main = |one: &Paragraph| one.as_str().split(['.', '(']).next().map(str::to_owned);
            if main(typed) == main(printed) {
                let message = Message::new("exchange-paragraphs-differ")
                    .with("text", printed)
                    .with("column", typed);
                return Err(Contradiction::Paragraphs(message));
            }
            // "1.5 million people" is no number of a paragraph.
            wording = Wording::read_unnumbered(cell);
        }
        if let Some(name) = &wording.misspelt {
            return Err(Contradiction::Name(name.clone()));
        }
        if let Some(name) = wording.name_at_the_end() {
            return Err(Contradiction::Name(name.clone()));
        }
        let states = united(&wording.states, states).map_err(Contradiction::States)?;
        if states.is_empty()
            && let Some(reason) = wording.states_within()
        {
            return Err(Contradiction::States(reason));
        }
        Ok(Self {
            paragraph: paragraph.cloned().or_else(|| wording.paragraph.clone()),
            wording,
            states,
        })
    }
}

/// Why a text cannot be one recommendation: another one with its own number begins in it.
pub(crate) fn several_recommendations(cell: &str, own: Option<&Paragraph>) -> Option<Message> {
    let (_, number) = further(cell, own)?;
    Some(match own {
        Some(own) => Message::new("exchange-two-recommendations")
            .with("first", own)
            .with("second", number),
        None => Message::new("exchange-further-recommendation").with("second", number),
    })
}

/// The recommendations that a text holds, if it holds several and each has its number and its States: "104.13 Ratify it
/// (Norway); 104.14 Report on it (Chile)". The first may have its number in a column.
pub(crate) fn apart<'a>(
    cell: &'a str,
    typed: Option<&Paragraph>,
) -> Option<Vec<(Paragraph, &'a str)>> {
    const MOST: usize = 20;
    let first = typed.cloned().or_else(|| Wording::read(cell).paragraph)?;
    let mut rest = cell;
    let mut own = first;
    let mut all = Vec::new();
    while let Some((at, number)) = further(rest, Some(&own)) {
        let (one, behind) = rest.split_at_checked(at)?;
        // Cells of a row that a quotation mark has swallowed.
        let in_cells = behind.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if in_cells.starts_with([',', ';']) {
            return None;
        }
        all.push((own, one.trim()));
        (own, rest) = (number, behind);
        if all.len() == MOST {
            return None;
        }
    }
    all.push((own, rest.trim()));
    let is_whole = |(_, text): &(Paragraph, &str)| {
        let wording = Wording::read(text);
        !wording.states.is_empty() && wording.misspelt.is_none()
    };
    (all.len() > 1 && all.iter().all(is_whole)).then_some(all)
}

/// Where a second recommendation begins in a text, and its number: behind brackets or the end of a sentence stands a
/// number of the same section, and a letter behind it. Without a number of the text's own, it stands behind States, and
/// the letter is a capital.
fn further(cell: &str, own: Option<&Paragraph>) -> Option<(usize, Paragraph)> {
    let section = |one: &Paragraph| {
        one.as_str()
            .split_once('.')
            .map(|(main, _)| main.to_owned())
    };
    let wanted = own.and_then(section);
    if own.is_some() && wanted.is_none() {
        return None;
    }
    let mut at = 0;
    while let Some(found) = cell
        .get(at..)
        .and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
    {
        let start = at + found;
        let rest = cell.get(start..)?;
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        at = start + end;
        let (number, behind) = rest.split_at_checked(end)?;
        let number = number.trim_end_matches('.');
        let Some((main, part)) = number.split_once('.') else {
            continue;
        };
        let is_number = |text: &str| {
            (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_number(main) || !is_number(part) || wanted.as_ref().is_some_and(|one| one != main) {
            continue;
        }
        // "104.2,Report": cells of a row of its own.
        let text = behind.trim_start_matches([',', ';']).trim_start();
        let is_begun = text.len() < behind.len()
            && text.starts_with(|c: char| {
                c.is_uppercase() || !c.is_ascii() || c == '"' || own.is_some() && c.is_alphabetic()
            });
        let before = cell.get(..start).unwrap_or_default();
        let before_end = before.trim_end();
        let is_apart = !before_end.is_empty()
            && before_end.len() < before.len()
            && match own {
                Some(_) => {
                    before_end.ends_with([')', '）', ';', '；', '؛']) || ends_sentence(before_end)
                }
                None => ends_in_states(before_end),
            };
        let paragraph = Paragraph::parse(number).ok();
        if let Some(paragraph) = paragraph.filter(|one| is_begun && is_apart && Some(one) != own) {
            return Some((start, paragraph));
        }
    }
    None
}

/// Returns true if a text ends with a full stop that is not one of "para."
fn ends_sentence(text: &str) -> bool {
    const ABBREVIATIONS: [&str; 12] = [
        "para", "paras", "no", "nos", "rec", "recs", "art", "arts", "cf", "núm", "párr", "пп",
    ];
    let Some(text) = text.strip_suffix('.') else {
        return false;
    };
    let word = text.rsplit(|c: char| !c.is_alphabetic()).next();
    let word = word.unwrap_or_default().to_lowercase();
    word.chars().count() > 1 && !ABBREVIATIONS.contains(&&*word) || text.ends_with([')', '）'])
}

/// Returns true if a text ends with brackets that hold States.
fn ends_in_states(text: &str) -> bool {
    const LONGEST: usize = 400;
    let text = without_end(text);
    let bracket = text.rfind(['(', '（']).and_then(|at| text.get(at..));
    bracket.is_some_and(|bracket| {
        bracket.len() <= LONGEST
            && bracket.ends_with([')', '）'])
            && !Wording::read_unnumbered(bracket).states.is_empty()
    })
}

/// One cell, taken apart.
#[derive(Debug)]
pub(crate) struct Wording {
    /// The number in front.
    pub(crate) paragraph: Option<Paragraph>,
    /// The text without the number and, where it makes one demand only, without its States.
    pub(crate) text: String,
    /// The States in brackets, each once, in order.
    pub(crate) states: Vec<StateCode>,
    /// A State's name with a slip in it, or a name among the States at the end that is none of theirs.
    pub(crate) misspelt: Option<Unresolved>,
    /// States in brackets within a text that ends without brackets: "Follow (Georgia) model of courts". Nothing says
    /// that they recommend.
    within: Vec<StateCode>,
    /// What stands in the last brackets that hold no State.
    pub(crate) candidate: Option<Unresolved>,
    /// The document that holds the response.
    pub(crate) source: Option<String>,
    /// The paragraph of that document.
    pub(crate) source_paragraph: Option<String>,
    /// A remark on the response that the collection has put behind the text.
    pub(crate) comment: Option<String>,
}

impl Wording {
    /// Takes a cell apart.
    pub(crate) fn read(cell: &str) -> Self {
        Self::taken_apart(cell, Paragraph::in_front_of)
    }

    /// Takes a cell apart that has no paragraph's number in front.
    fn read_unnumbered(cell: &str) -> Self {
        Self::taken_apart(cell, |cell| (None, cell))
    }

    /// A single name in brackets behind a text that names no State, as in "Do it (Atlantis)": where a column
    /// has the States, it would stay in the text unseen.
    fn name_at_the_end(&self) -> Option<&Unresolved> {
        let candidate = self.candidate.as_ref().filter(|_| self.states.is_empty())?;
        let is_one_word = !candidate.text.contains(char::is_whitespace);
        let is_at_the_end = self.text.ends_with(&format!("({})", candidate.text));
        (is_one_word && is_at_the_end && candidate.is_name()).then_some(candidate)
    }

    fn taken_apart(cell: &str, number: impl Fn(&str) -> (Option<Paragraph>, &str)) -> Self {
        let cell = one_line(cell);
        let (cell, notes) = split_notes(&cell);
        let (paragraph, body) = number(cell);
        let found = brackets(body);
        let mut states = Vec::new();
        for bracket in &found.of_states {
            bracket
                .states
                .iter()
                .for_each(|state| push(&mut states, *state));
        }
        let mut within = Vec::new();
        let mut inner = found.of_states.as_slice();
        // Several demands may share their end: "Sign (Togo) / ratify (Japan) the Protocol".
        if let [only] = inner
            && !ends_in_brackets(body, only.end)
        {
            (states, within) = (within, states);
            inner = &[];
        }
        // From the end backwards over "(Togo); (Tunisia);".
        let mut head = without_end(body);
        while let Some((last, before)) = inner.split_last() {
            if last.end < head.len() {
                break;
            }
            head = without_end(body.get(..last.start).unwrap_or(head));
            inner = before;
        }
        // States left over further in: several demands in one paragraph, which would be unreadable
        // without the names of those who made each.
        let text = if inner.is_empty() && within.is_empty() {
            head
        } else {
            without_end(body)
        };
        Self {
            paragraph,
            text: text.to_owned(),
            states,
            within,
            misspelt: found.stranger.or(found.misspelt.into_iter().next()),
            candidate: found.last_other,
            source: notes.source,
            source_paragraph: notes.paragraph,
            comment: notes.comment,
        }
    }

    /// What is to be asked of a text that has States in brackets, and none at its end.
    pub(crate) fn states_within(&self) -> Option<Message> {
        let names: Vec<&str> = self.within.iter().map(|state| state.name()).collect();
        (!names.is_empty()).then(|| {
            Message::new("exchange-states-within").with("text", shortened(&names.join(", ")))
        })
    }

    /// Whether States stand in brackets anywhere in the text.
    pub(crate) fn has_states(&self) -> bool {
        !self.states.is_empty() || !self.within.is_empty()
    }

    /// All that is said of the position behind the text, where the claim has a source of its own.
    pub(crate) fn remark(&self) -> Option<String> {
        let paragraph = self.source_paragraph.as_ref();
        let source = self.source.as_ref().map(|source| match paragraph {
            Some(paragraph) => format!("Source of Position: {source}, para. {paragraph}"),
            None => format!("Source of Position: {source}"),
        });
        let parts: Vec<String> = self.comment.clone().into_iter().chain(source).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Whether something of a position stands behind the text.
    pub(crate) fn has_notes(&self) -> bool {
        self.source.is_some() || self.source_paragraph.is_some() || self.comment.is_some()
    }
}

/// Returns true if a text ends with brackets, but for punctuation and the mark of a footnote: "(Norway)a;". The last
/// brackets with States, which nobody may have closed, end at this place.
fn ends_in_brackets(text: &str, end_of_states: usize) -> bool {
    const LONGEST_MARK: usize = 2;
    let closed = text
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, ')' | '）'));
    let closed = closed.map_or(0, |(at, c)| at + c.len_utf8());
    let behind = text.get(closed.max(end_of_states)..).unwrap_or_default();
    let mark = behind.trim_end_matches(END);
    let is_mark = mark.chars().count() <= LONGEST_MARK && mark.chars().all(char::is_alphanumeric);
    is_mark || !behind.contains(char::is_alphabetic)
}

/// Returns true if behind a text a remark or the document of a position stands.
pub(crate) fn has_notes(text: &str) -> bool {
    text.contains(':') && {
        let (_, notes) = split_notes(text);
        notes.source.is_some() || notes.comment.is_some()
    }
}

fn without_end(text: &str) -> &str {
    text.trim_end_matches(END)
}

/// What the index puts behind a text: the document of the position, its paragraph, and a remark.
#[derive(Default)]
struct Notes {
    source: Option<String>,
    paragraph: Option<String>,
    comment: Option<String>,
}

/// Splits `Source of Position: A/HRC/43/15/Add.1 - Para.3` and `; Comments: Information sent in a letter` off, in
/// whatever order they stand.
fn split_notes(cell: &str) -> (&str, Notes) {
    let (text, remark) = split_comment(cell);
    let (text, source) = match split_at_source(text) {
        Some((text, source)) => (text, Some(source)),
        None => (text, None),
    };
    let (text, first_remark) = split_comment(text);
    // A source may stand behind the remark as well.
    let (remark, later_source) = match remark.and_then(|remark| split_at_source(remark)) {
        Some((remark, source)) => (Some(remark), Some(source)),
        None => (remark, None),
    };
    let mut notes = Notes::default();
    let mut comments: Vec<&str> = Vec::new();
    comments.extend(first_remark);
    comments.extend(remark);
    for source in [source, later_source].into_iter().flatten() {
        let (symbol, paragraph, rest) = source_parts(source);
        if notes.source.is_none() {
            (notes.source, notes.paragraph) = (symbol, paragraph);
            comments.extend(rest);
        } else {
            comments.push(source);
        }
    }
    let comments: Vec<&str> = comments
        .into_iter()
        .map(|comment| comment.trim_matches(|c: char| c.is_whitespace() || ";:".contains(c)))
        .filter(|comment| !comment.is_empty())
        .collect();
    notes.comment = (!comments.is_empty()).then(|| comments.join("; "));
    (text, notes)
}

/// The document, its paragraph, and what stands behind both.
fn source_parts(source: &str) -> (Option<String>, Option<String>, Option<&str>) {
    // Longer lists of paragraphs are a remark.
    const LONGEST: usize = 40;
    let is_sign = |c: char| c.is_whitespace() || ":–-,;.".contains(c);
    let source = source.trim_start_matches(is_sign);
    let whole = |text: &str| {
        let text = text.trim_end_matches(is_sign);
        (!text.is_empty()).then(|| text.to_owned())
    };
    let Some((symbol, numbers)) = at_paragraph(source) else {
        return (whole(source), None, None);
    };
    let numbers = numbers.trim_matches(is_sign);
    let Some(first) = number(numbers) else {
        return (whole(source), None, None);
    };
    let rest = numbers.get(first.len()..).unwrap_or_default();
    let rest = rest.trim_matches(|c: char| is_sign(c) || c == ')');
    if rest.is_empty() {
        (whole(symbol), Some(first), None)
    } else if numbers.len() <= LONGEST {
        (whole(symbol), Some(numbers.to_owned()), None)
    } else {
        (whole(symbol), Some(first), Some(rest))
    }
}

/// The texts before and behind the first word for "paragraph", whose number follows it.
fn at_paragraph(text: &str) -> Option<(&str, &str)> {
    // Only ASCII letters change, so places in the one are places in the other.
    let lower = text.to_ascii_lowercase();
    let mut places = lower.match_indices("para").map(|(at, _)| at);
    places.find_map(|at| {
        let (before, found) = text.split_at_checked(at)?;
        let end = found.find(|c: char| !c.is_alphabetic())?;
        let (word, behind) = found.split_at_checked(end)?;
        let word = word.to_ascii_lowercase();
        let is_word = ["para", "paras", "paragraph", "paragraphs"].contains(&&*word)
            && !before.ends_with(char::is_alphabetic);
        let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || ".:".contains(c));
        (is_word && behind.starts_with(|c: char| c.is_ascii_digit())).then_some((before, behind))
    })
}

/// The paragraph number that a text begins with.
fn number(text: &str) -> Option<String> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let number = text.get(..end)?.trim_end_matches('.');
    (!number.is_empty() && number.len() <= Paragraph::MAX).then(|| number.to_owned())
}

/// Splits `; Comments: Information sent in a post Add.1 letter` off, which UHRI appends.
fn split_comment(cell: &str) -> (&str, Option<&str>) {
    match split_at_words(cell, "; comments:") {
        Some((text, comment)) if !comment.trim().is_empty() => (text, Some(comment.trim())),
        _ => (cell, None),
    }
}

/// The text before and behind the last occurrence of ASCII words, whatever their case.
/// Splits a text at the words before the source of a position, in the languages of OHCHR's matrices.
fn split_at_source(text: &str) -> Option<(&str, &str)> {
    let words = [
        "source of position",
        "source de la position",
        "fuente de la posición",
    ];
    words.iter().find_map(|words| split_at_words(text, words))
}

fn split_at_words<'a>(text: &'a str, words: &str) -> Option<(&'a str, &'a str)> {
    // Only ASCII letters change, so places in the one are places in the other.
    let at = text.to_ascii_lowercase().rfind(words)?;
    Some((text.get(..at)?, text.get(at + words.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> (Option<String>, String, Vec<String>) {
        let wording = Wording::read(cell);
        let states = wording
            .states
            .iter()
            .map(|state| state.as_str().to_owned())
            .collect();
        (wording.paragraph.map(String::from), wording.text, states)
    }

    fn check(cell: &str, paragraph: Option<&str>, text: &str, states: &[&str]) {
        let states: Vec<String> = states.iter().map(|&state| state.to_owned()).collect();
        assert_eq!(
            read(cell),
            (paragraph.map(str::to_owned), text.to_owned(), states),
            "{cell}"
        );
    }

    #[test]
    fn one_demand_loses_its_states() {
        check(
            "50.1 Ratify it (CEDAW) (Togo) (Fiji);",
            Some("50.1"),
            "Ratify it (CEDAW)",
            &["TGO", "FJI"],
        );
        check(
            "50.1. Ratify it (ICPPED) (Togo); (Fiji);",
            Some("50.1"),
            "Ratify it (ICPPED)",
            &["TGO", "FJI"],
        );
        check(
            "50.1Ratify it. (Algeria),",
            Some("50.1"),
            "Ratify it",
            &["DZA"],
        );
        check(
            "79(a) Ratify it (Iran (Islamic Republic of)) ;",
            Some("79(a)"),
            "Ratify it",
            &["IRN"],
        );
        check("1. Ratify it(Togo)*.", Some("1"), "Ratify it", &["TGO"]);
        check("1951 Convention (Togo)", None, "1951 Convention", &["TGO"]);
        check(
            "50.2 Ratify it (France;",
            Some("50.2"),
            "Ratify it",
            &["FRA"],
        );
        check("", None, "", &[]);
    }

    #[test]
    fn recommendations_with_numbers_of_their_own_are_taken_apart() {
        let split = |cell: &str, typed: Option<&str>| {
            let typed = typed.map(|one| Paragraph::parse(one).unwrap());
            let all = apart(cell, typed.as_ref())?;
            let of = |(number, text): (Paragraph, &str)| format!("{number}: {text}");
            Some(all.into_iter().map(of).collect::<Vec<_>>().join(" | "))
        };
        let two = "7.1 Dig it (Togo); 7.2 Fill it (Fiji)";
        let expected = "7.1: 7.1 Dig it (Togo); | 7.2: 7.2 Fill it (Fiji)";
        assert_eq!(split(two, None).as_deref(), Some(expected));
        let expected = "7.1: Dig it (Togo) | 7.2: 7.2. Fill it (Fiji)";
        let found = split("Dig it (Togo)\n7.2. Fill it (Fiji)", Some("7.1"));
        assert_eq!(found.as_deref(), Some(expected));
        let own = Paragraph::parse("7.1").unwrap();
        for cell in [
            "7.1 Dig it; 7.2 Fill it (Fiji)",
            "7.1 Dig it (Togo). 7.2 Fill it",
        ] {
            assert_eq!(split(cell, None), None, "{cell}");
            assert_eq!(
                several_recommendations(cell, Some(&own)).unwrap().key,
                "exchange-two-recommendations"
            );
        }
        assert!(several_recommendations("Dig it (Togo); 7.2 Fill it (Fiji)", None).is_some());
        for cell in [
            "7.1 Dig it, see para. 7.2 Above (Togo)",
            "7.1 Dig it by 8.2 Metres (Togo); and 7.5 per cent more (Fiji)",
            "7.1 Dig it (CEDAW) 9.1 Times (Togo)",
            "7.1 Dig it (Togo); 7.1 Dig it (Togo)",
            "7.1 Sign it (Togo); Ratify it (Fiji)",
        ] {
            assert_eq!(several_recommendations(cell, Some(&own)), None, "{cell}");
        }
    }

    #[test]
    fn several_demands_keep_their_states() {
        let text = "Sign it (Togo); Ratify it (Fiji)";
        check(
            &format!("50.1 {text};"),
            Some("50.1"),
            text,
            &["TGO", "FJI"],
        );
        let text = "Consider ratifying (Togo) / Ratify (Japan) the Protocols to the CRC";
        check(
            &format!("74.5 {text};"),
            Some("74.5"),
            text,
            &["TGO", "JPN"],
        );
    }

    #[test]
    fn the_source_of_the_position_is_split_off() {
        let cell = "186.28. Do it (Togo);\nSource of position: A/HRC/25/5/Add.1 - Para. 186.28. ";
        let wording = Wording::read(cell);
        assert_eq!(wording.text, "Do it");
        assert_eq!(wording.source.as_deref(), Some("A/HRC/25/5/Add.1"));
        assert_eq!(wording.source_paragraph.as_deref(), Some("186.28"));
        let wording = Wording::read("1.2 Do it (Togo); Source of Position: A/HRC/43/15 - Para 121");
        assert_eq!(wording.source_paragraph.as_deref(), Some("121"));
        let wording = Wording::read("1.2 Do it (Togo);\nSource of Position: A/HRC/59/15/Add.1");
        assert_eq!(wording.source.as_deref(), Some("A/HRC/59/15/Add.1"));
        assert_eq!(wording.source_paragraph, None);
        let wording = Wording::read("166.16. Do it (Latvia); Comments: Sent in a letter");
        assert_eq!(
            (wording.text.as_str(), wording.comment.as_deref()),
            ("Do it", Some("Sent in a letter"))
        );
        // Source, its paragraph, and the comment.
        for (notes, source, paragraph, comment) in [
            (
                "Source of Position: A/HRC/43/15 - Para. 3-5",
                "A/HRC/43/15",
                "3-5",
                "",
            ),
            (
                "Source of Position: A/HRC/43/15, paras. 3 and 4",
                "A/HRC/43/15",
                "3 and 4",
                "",
            ),
            (
                "Source of Position: Letter of Paraguay of 2020",
                "Letter of Paraguay of 2020",
                "",
                "",
            ),
            (
                "Source of Position: A/HRC/43/15, para. to come",
                "A/HRC/43/15, para. to come",
                "",
                "",
            ),
            (
                "Source of Position: A/HRC/43/15, para. 3; Comments: Only the first part",
                "A/HRC/43/15",
                "3",
                "Only the first part",
            ),
            (
                "Comments: Only the first part; Source of Position: A/HRC/43/15 - Para.3",
                "A/HRC/43/15",
                "3",
                "Only the first part",
            ),
            (
                "Source of Position: A/HRC/43/15, para. 3, which the delegation read out on Monday",
                "A/HRC/43/15",
                "3",
                "which the delegation read out on Monday",
            ),
        ] {
            let wording = Wording::read(&format!("1.2 Do it (Togo); {notes}"));
            assert_eq!(wording.text, "Do it", "{notes}");
            assert_eq!(wording.source.as_deref(), Some(source), "{notes}");
            assert_eq!(
                wording.source_paragraph.unwrap_or_default(),
                paragraph,
                "{notes}"
            );
            assert_eq!(wording.comment.unwrap_or_default(), comment, "{notes}");
        }
    }
}
