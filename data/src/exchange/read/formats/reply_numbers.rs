//! Lists of paragraph numbers as States' replies write them: `104.1–104.15, 104.20`, `50.28.–50.30`, and
//! `50.23, 25, 26`, whose later numbers are of the same section.

use crate::domain::Paragraph;

/// The most paragraphs of one range: no review has half as many recommendations.
const RANGE_MAX: u32 = 1_000;

/// As many paragraphs are read of one text; nobody lists more.
const LISTED_MAX: usize = 6_000;

/// A number or a range, with where it stands in the text, in bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Listed {
    /// Where it begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// The paragraphs; none if the range runs backwards or is too long.
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// A number as it stands in a text: `104.1`, or `25` after it.
#[derive(Clone, Copy)]
struct Number {
    section: Option<u32>,
    ordinal: u32,
    start: usize,
    end: usize,
}

/// The digits of other scripts as ASCII digits; every other character as it is.
pub(crate) fn ascii_digits(text: &str) -> String {
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10),
        '\u{66b}' | '\u{ff0e}' => Some('.'),
        _ => None,
    };
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// Reads a cell that holds nothing but numbers; `None` if it holds anything else.
pub(crate) fn in_cell(cell: &str) -> Option<Vec<Paragraph>> {
    let text = ascii_digits(cell);
    let text = text.trim();
    let listed = in_text(text);
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for one in listed {
        if one.paragraphs.is_empty() || !is_between(text.get(at..one.start)?) {
            return None;
        }
        at = one.end;
        paragraphs.extend(one.paragraphs);
    }
    if !paragraphs.is_empty() && is_between(text.get(at..)?) {
        return Some(paragraphs);
    }
    // A bare number, or another form of paragraph that stands alone.
    let alone = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let before = text.get(..text.len().saturating_sub(alone.len()))?;
    if !is_between(before) {
        return None;
    }
    Paragraph::parse(alone)
        .ok()
        .filter(Paragraph::is_number)
        .map(|paragraph| vec![paragraph])
}

/// Returns true if a text may stand between the numbers of one list.
pub(crate) fn is_between(text: &str) -> bool {
    let letters = text.to_lowercase();
    let mut words = letters
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.all(|word| BETWEEN.contains(&word))
}

/// Words that join or announce numbers.
const BETWEEN: [&str; 44] = [
    "and",
    "no",
    "nos",
    "n",
    "number",
    "numbers",
    "para",
    "paras",
    "paragraph",
    "paragraphs",
    "recommendation",
    "recommendations",
    "rec",
    "recs",
    "et",
    "y",
    "e",
    "и",
    "و",
    "和",
    "及",
    "以及",
    "o",
    "os",
    "numéro",
    "numéros",
    "número",
    "números",
    "recommandation",
    "recommandations",
    "recomendación",
    "recomendaciones",
    "рекомендация",
    "рекомендации",
    "рекомендаций",
    "пункт",
    "пункты",
    "التوصية",
    "التوصيات",
    "建议",
    "第",
    "段",
    "от",
    "the",
];

/// Finds the numbers with a section in a text, and those that follow in their lists.
pub(crate) fn in_text(text: &str) -> Vec<Listed> {
    let mut listed: Vec<Listed> = Vec::new();
    let mut last: Option<Number> = None;
    let mut at = 0;
    let mut count = 0;
    while count <= LISTED_MAX
        && let Some(number) = next(text, at)
    {
        at = number.end;
        let gap = last.and_then(|last| text.get(last.end..number.start));
        let range = gap.is_some_and(is_range);
        let section = match (number.section, last) {
            (Some(section), _) => section,
            // `25` after `50.23,`: nothing but the signs of a list may stand between.
            (None, Some(last)) if range || gap.is_some_and(|gap| continues(text, gap, number)) => {
                match last.section {
                    Some(section) => section,
                    None => continue,
                }
            }
            (None, _) => {
                last = None;
                continue;
            }
        };
        let here = Number {
            section: Some(section),
            ..number
        };
        if range && let (Some(first), Some(open)) = (last, listed.last_mut()) {
            let begins = open.paragraphs.pop();
            open.end = here.end;
            let fits = begins.is_some()
                && first.section == Some(section)
                && (first.ordinal..first.ordinal.saturating_add(RANGE_MAX)).contains(&here.ordinal);
            if fits {
                let numbers = first.ordinal..=here.ordinal;
                open.paragraphs
                    .extend(numbers.filter_map(|number| paragraph(section, number)));
                count += open.paragraphs.len();
            } else {
                open.paragraphs.clear();
            }
            // A third number is no further end of the range.
            last = Some(here);
            continue;
        }
        if let Some(paragraph) = paragraph(section, here.ordinal) {
            count += 1;
            listed.push(Listed {
                start: here.start,
                end: here.end,
                paragraphs: vec![paragraph],
            });
        }
        last = Some(here);
    }
    listed
}

fn paragraph(section: u32, number: u32) -> Option<Paragraph> {
    Paragraph::parse(&format!("{section}.{number}")).ok()
}

/// Returns true if only the sign or word of a range stands between two numbers.
fn is_range(gap: &str) -> bool {
    let gap: String = gap.chars().filter(|c| !c.is_whitespace()).collect();
    let gap = gap.trim_matches('.').to_lowercase();
    matches!(
        gap.as_str(),
        "-" | "–"
            | "—"
            | "‑"
            | "−"
            | "~"
            | "to"
            | "through"
            | "à"
            | "au"
            | "a"
            | "al"
            | "по"
            | "до"
            | "إلى"
            | "至"
            | "到"
    )
}

fn continues(text: &str, gap: &str, number: Number) -> bool {
    let is_list = gap
        .chars()
        .all(|c| c.is_whitespace() || ",;&/.،、，؛；".contains(c))
        || {
            let word = gap.trim_matches(|c: char| c.is_whitespace() || ",.،、，".contains(c));
            matches!(word, "and" | "et" | "y" | "и" | "و" | "和" | "及")
        };
    let begins_line = gap.contains('\n');
    let after = text.get(number.end..).unwrap_or_default();
    let counts = after
        .trim_start()
        .starts_with(|c: char| c.is_alphabetic() && c.is_ascii());
    // "104.1, 3 of which" counts and is no paragraph.
    let joins = ["and ", "et ", "y ", "to "];
    is_list
        && !begins_line
        && (!counts
            || joins
                .iter()
                .any(|word| after.trim_start().starts_with(word)))
}

/// The next number that may be one of a paragraph, at or behind a place.
fn next(text: &str, mut at: usize) -> Option<Number> {
    loop {
        let rest = text.get(at..)?;
        let start = at + rest.find(|c: char| c.is_ascii_digit())?;
        let run = digits_and_stops(text.get(start..)?);
        let end = start + run.len();
        let before = text
            .get(..start)
            .and_then(|before| before.chars().next_back());
        // Within a symbol, a word or an address.
        let is_part =
            before.is_some_and(|c| c.is_alphabetic() && c.is_ascii() || "/$€£§_#".contains(c));
        let after = text.get(end..).unwrap_or_default();
        let is_amount = after.trim_start().starts_with(['%', '‰', '/'])
            || [
                "per cent",
                "percent",
                "million",
                "billion",
                "pour cent",
                "por ciento",
                "процент",
            ]
            .iter()
            .any(|word| after.trim_start().starts_with(word));
        at = end;
        if is_part || is_amount {
            continue;
        }
        let parts: Vec<&str> = run.split('.').collect();
        let number = |text: &str| {
            (1..=4)
                .contains(&text.len())
                .then(|| text.parse::<u32>().ok())
                .flatten()
        };
        match parts.as_slice() {
            [one] => {
                if let Some(number) = number(one) {
                    return Some(Number {
                        section: None,
                        ordinal: number,
                        start,
                        end,
                    });
                }
            }
            [section, one] => {
                if let (Some(section), Some(number)) = (number(section), number(one)) {
                    return Some(Number {
                        section: Some(section),
                        ordinal: number,
                        start,
                        end,
                    });
                }
            }
            // A date, or the number of something else.
            _ => {}
        }
    }
}

/// Digits with single full stops between them.
fn digits_and_stops(text: &str) -> &str {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let followed = chars.peek().is_some_and(|(_, c)| c.is_ascii_digit());
        if c.is_ascii_digit() || c == '.' && followed {
            end = at + 1;
        } else {
            break;
        }
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let all = in_text(&ascii_digits(text))
            .into_iter()
            .flat_map(|one| one.paragraphs);
        all.map(String::from).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lists_and_ranges_are_read() {
        for (text, expected) in [
            ("104.1–104.3, 104.20", "104.1 104.2 104.3 104.20"),
            ("50.28.–50.30", "50.28 50.29 50.30"),
            ("50.23, 25, 26", "50.23 50.25 50.26"),
            ("50.23, 25 and 26; notes 50.30", "50.23 50.25 50.26 50.30"),
            ("104.2-4", "104.2 104.3 104.4"),
            ("104.1 to 104.3", "104.1 104.2 104.3"),
            ("104.1至104.3、104.7", "104.1 104.2 104.3 104.7"),
            ("١٠٤٫١ و ١٠٤٫٢", "104.1 104.2"),
            ("104.9–104.2", ""),
            ("104.1–104.99999", "104.1"),
            ("12.03.2020, 4.5 per cent, A/HRC/15/16.2", ""),
            ("104.1, 3 of which", "104.1"),
            ("105 and 106", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        let most = read("1.1–1.1001").split(' ').count();
        assert!(most <= 1_000, "{most}");
    }

    #[test]
    fn cells_hold_nothing_but_numbers() {
        let cell = |text: &str| in_cell(text).map(|all| all.len());
        assert_eq!(cell("104.1, 104.3-104.5"), Some(4));
        assert_eq!(cell("No. 104.1 and 104.2."), Some(2));
        assert_eq!(cell("Recommendation 97.1..1"), None.or(cell("97.1..1")));
        assert_eq!(cell("79(a)"), Some(1));
        assert_eq!(cell("12"), Some(1));
        for none in ["", "Theme: women", "104.1 Ratify", "104.9-104.1", "-"] {
            assert_eq!(cell(none), None, "{none}");
        }
    }
}
