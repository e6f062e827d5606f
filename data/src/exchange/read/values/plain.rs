//! What stands in a cell besides its text: entities and markup of web pages, and the words with which
//! programs write that there is nothing.

use crate::exchange::account::is_within_file;
use crate::exchange::read::values::cells::heading;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The longest tag, in bytes, with all its attributes.
const MAX_TAG: usize = 4_000;

/// A text without the markup of web pages and with its entities resolved, as `&nbsp;`, `<p>` and `<br/>`
/// in the exports of collections. Only tags that are known are markup: "fewer than 5 (x < 5 > 2)" stays.
/// What was encoded twice is resolved twice.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let mut plain = resolved(text);
    if plain.contains('<')
        && let Cow::Owned(text) = without_tags(&plain)
    {
        plain = Cow::Owned(text);
    }
    plain
}

/// A text with its entities resolved, twice where they were encoded twice.
fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    match decoded(text) {
        Cow::Owned(once) if once.contains('&') => Cow::Owned(decoded(&once).into_owned()),
        once => once,
    }
}

fn decoded(text: &str) -> Cow<'_, str> {
    match html_escape::decode_html_entities(text) {
        // The blank that does not break is one like any other here.
        Cow::Owned(text) => Cow::Owned(text.replace('\u{a0}', " ")),
        borrowed @ Cow::Borrowed(_) => borrowed,
    }
}

/// What stands in place of a tag.
#[derive(Clone, Copy)]
enum Tag {
    /// Nothing: it formats a part of a word.
    Inline,
    /// The end of a line.
    Block,
}

/// The tags that are markup; nothing else is, so that what looks like a tag and is none stays.
fn tag(name: &str) -> Option<Tag> {
    Some(match name {
        "a" | "abbr" | "b" | "big" | "code" | "del" | "em" | "font" | "i" | "img" | "ins"
        | "mark" | "s" | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "u" | "wbr"
        | "xml" | "o:p" | "tt" | "q" | "cite" => Tag::Inline,
        "p" | "br" | "div" | "li" | "ul" | "ol" | "tr" | "td" | "th" | "table" | "tbody"
        | "thead" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" | "blockquote" | "pre"
        | "section" | "article" | "body" | "html" | "head" | "dl" | "dt" | "dd" => Tag::Block,
        // Word's own.
        name if name.starts_with("w:") || name.starts_with("st1:") || name.starts_with("m:") => {
            Tag::Inline
        }
        _ => return None,
    })
}

/// Something in angle brackets.
struct Markup {
    length: usize,
    /// In lower case; empty for remarks and declarations, which stand alone.
    name: String,
    kind: Tag,
    closes: bool,
}

impl Markup {
    /// Whether it needs no counterpart: `<br>`, `<p>` without its end, a remark.
    fn stands_alone(&self) -> bool {
        self.name.contains(':')
            || matches!(
                self.name.as_str(),
                "" | "br" | "hr" | "img" | "wbr" | "p" | "li" | "td" | "th" | "tr"
            )
    }
}

/// What markup says beside the text of a cell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Marked {
    /// The text, in which the address of each link follows its text.
    pub(crate) with_addresses: String,
    /// Whether something in it is struck out.
    pub(crate) is_struck: bool,
    /// The texts of its links and their addresses.
    pub(crate) links: Vec<(String, String)>,
}

/// What the markup of a cell says beside its text; none if that is nothing.
pub(crate) fn marked(text: &str) -> Option<Marked> {
    if !text.contains(['<', '&']) {
        return None;
    }
    let text = resolved(text);
    let mut marked = Marked::default();
    marked.with_addresses = rendered(&text, Some(&mut marked)).into_owned();
    (marked.is_struck || !marked.links.is_empty()).then_some(marked)
}

/// The tags whose text is struck out.
fn strikes_out(name: &str) -> bool {
    matches!(name, "del" | "s" | "strike")
}

/// Digits and signs of a text that stands above the line, as characters of that kind; none for any other text.
pub(crate) fn raised(text: &str) -> Option<String> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let one = |c: char| match c.to_digit(10) {
        Some(digit) => DIGITS.get(usize::try_from(digit).ok()?).copied(),
        None => matches!(c, '*' | '†' | '‡' | ',' | ' ').then_some(c),
    };
    let is_filled = text.contains(|c: char| c.is_ascii_digit());
    is_filled.then(|| text.chars().map(one).collect::<Option<String>>())?
}

/// The address in a tag of a link.
fn address(tag: &str) -> Option<&str> {
    let at = tag.to_ascii_lowercase().find("href")?;
    let rest = tag.get(at + 4..)?.trim_start().strip_prefix('=')?;
    let rest = rest.trim_start();
    let address = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next()?,
        _ => rest.split([' ', '>', '\n', '\t']).next()?,
    };
    let address = address.trim();
    (!address.is_empty() && !is_within_file(address)).then_some(address)
}

fn without_tags(text: &str) -> Cow<'_, str> {
    rendered(text, None)
}

/// A text without its tags and what they strike out, with raised digits where they are marked so. With `marked`, the
/// addresses of links are put behind their texts, and what the tags say is noted.
fn rendered<'a>(text: &'a str, mut marked: Option<&mut Marked>) -> Cow<'a, str> {
    let mut opened = HashSet::new();
    // By the name of a tag, where it is closed last.
    let mut closed: HashMap<String, usize> = HashMap::new();
    let mut count = 0;
    each_markup(text, |_, markup| {
        count += 1;
        if let Some(markup) = markup {
            if markup.closes {
                closed.insert(markup.name, count);
            } else {
                opened.insert(markup.name);
            }
        }
    });
    let mut plain = String::with_capacity(text.len());
    let mut any = false;
    // The tags that strike out and are open, where raised text begins, and the links.
    let mut struck = 0_usize;
    let mut is_behind_struck = false;
    let mut raised_from: Option<usize> = None;
    let mut links: Vec<(usize, Option<String>)> = Vec::new();
    // Where text was struck out last.
    let mut struck_at: Option<usize> = None;
    let mut number = 0;
    each_markup(text, |between, markup| {
        number += 1;
        let is_markup = |one: &Markup| {
            one.stands_alone() || opened.contains(&one.name) && closed.contains_key(&one.name)
        };
        let (before, markup) = match markup {
            Some(one) if is_markup(&one) => {
                let (before, tag) = between.split_at(between.len() - one.length);
                (before, Some((one, tag)))
            }
            _ => (between, None),
        };
        if struck == 0 {
            // Of the blanks on both sides of what is struck out, one is enough.
            let is_blank = plain.is_empty() || plain.ends_with(char::is_whitespace);
            let before = if is_behind_struck && is_blank {
                before.trim_start_matches(' ')
            } else {
                before
            };
            is_behind_struck &= before.is_empty();
            plain.push_str(before);
        } else if !before.trim().is_empty()
            && let Some(marked) = &mut marked
        {
            marked.is_struck = true;
            struck_at = Some(plain.len());
        }
        let Some((one, tag)) = markup else {
            return;
        };
        any = true;
        let closes_later = closed.get(&one.name).is_some_and(|last| *last > number);
        match one.name.as_str() {
            name if strikes_out(name) && one.closes => {
                is_behind_struck = struck == 1;
                struck = struck.saturating_sub(1);
            }
            name if strikes_out(name) => struck += usize::from(closes_later),
            "sup" if struck == 0 && one.closes => {
                let from = raised_from.take();
                let inner = from.and_then(|from| plain.get(from..)).and_then(raised);
                if let (Some(from), Some(inner)) = (from, inner) {
                    plain.truncate(from);
                    plain.push_str(&inner);
                }
            }
            "sup" if struck == 0 => raised_from = Some(plain.len()),
            "a" if one.closes => {
                if let Some((from, Some(address))) = links.pop()
                    && let Some(marked) = &mut marked
                {
                    let inner = plain.get(from..).unwrap_or_default();
                    if inner.trim().is_empty() && struck_at.is_some_and(|at| at >= from) {
                        return;
                    }
                    marked
                        .links
                        .push((inner.trim().to_owned(), address.clone()));
                    if !inner.contains(&address) {
                        plain.push_str(" (");
                        plain.push_str(&address);
                        plain.push(')');
                    }
                }
            }
            // The address of a link that is struck out is not read either.
            "a" if closes_later => {
                let address = address(tag).filter(|_| struck == 0);
                links.push((plain.len(), address.map(str::to_owned)));
            }
            _ if struck > 0 => {}
            _ if matches!(one.kind, Tag::Block) => plain.push('\n'),
            _ => {}
        }
    });
    if any {
        Cow::Owned(plain)
    } else {
        Cow::Borrowed(text)
    }
}

/// Calls `each` for every piece of a text up to the end of the next markup, and for the rest.
fn each_markup(text: &str, mut each: impl FnMut(&str, Option<Markup>)) {
    // A text that closes no remark is searched for its end once.
    let mut closes_remarks = text.contains("-->");
    let (mut start, mut at) = (0, 0);
    while let Some(next) = text.get(at..).and_then(|rest| rest.find('<')) {
        let from = text.get(at + next..).unwrap_or_default();
        let found = markup(from, closes_remarks);
        if found.is_none() && from.starts_with("<!--") {
            closes_remarks = false;
        }
        at += next + found.as_ref().map_or(1, |found| found.length);
        if found.is_some() {
            each(text.get(start..at).unwrap_or_default(), found);
            start = at;
        }
    }
    each(text.get(start..).unwrap_or_default(), None);
}

/// The markup that a text begins with, if it does.
fn markup(from: &str, closes_remarks: bool) -> Option<Markup> {
    let alone = |length| Markup {
        length,
        name: String::new(),
        kind: Tag::Inline,
        closes: false,
    };
    if from.starts_with("<!--") {
        // Without its end it is no remark.
        let end = closes_remarks.then(|| from.find("-->"))??;
        return Some(alone(end + 3));
    }
    if from.starts_with("<![") || from.starts_with("<!DOCTYPE") || from.starts_with("<?xml") {
        let end = from.bytes().take(MAX_TAG).position(|byte| byte == b'>')?;
        return Some(alone(end + 1));
    }
    let inner = from.get(1..)?;
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name_end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':'))?;
    let (name, behind) = inner
        .split_at_checked(name_end)
        .filter(|(name, _)| name.len() <= 40)?;
    let ends = behind.starts_with(['>', '/']) || behind.starts_with(char::is_whitespace);
    let name = name.to_ascii_lowercase();
    let kind = tag(&name).filter(|_| ends)?;
    let mut bytes = from.bytes().skip(1).take(MAX_TAG);
    let end = bytes.position(|byte| matches!(byte, b'<' | b'>'))? + 1;
    (from.as_bytes().get(end) == Some(&b'>')).then_some(Markup {
        length: end + 1,
        name,
        kind,
        closes,
    })
}

/// Whether a cell holds nothing but a word for "nothing": R's `NA`, SQL's `NULL`, the `NaN` and `None` of
/// Python, Excel's `#N/A`, "n/a", a dash. `NA` is never Namibia, whose code is `NAM`.
pub(crate) fn is_empty_word(cell: &str) -> bool {
    let cell = cell.trim();
    // Longer than any of them.
    if cell.len() > 24 {
        return false;
    }
    if cell.chars().all(|c| "-–—−‐‑_.…/ ".contains(c)) {
        return true;
    }
    let bare = cell.trim_matches(['<', '>', '(', ')', '[', ']', '#', '\\', '!', '?', '.']);
    // Of nearly all cells the first letter tells that they are none of these.
    let first = bare.chars().next();
    if !first.is_some_and(|c| "nNsSнН不无ل".contains(c)) {
        return is_excel_error(cell);
    }
    matches!(
        heading(bare).as_str(),
        "na" | "n a"
            | "nan"
            | "null"
            | "nil"
            | "none"
            | "nat"
            | "n d"
            | "not applicable"
            | "not available"
            | "sans objet"
            | "s o"
            | "no aplica"
            | "no disponible"
            | "non disponible"
            | "н д"
            | "нет данных"
            | "не применимо"
            | "няма даных"
            | "不适用"
            | "无"
            | "لا ينطبق"
    ) || is_excel_error(cell)
}

/// The errors of spreadsheets and the `\N` of databases, as a text table has them.
fn is_excel_error(cell: &str) -> bool {
    is_formula_error(cell) || cell == "\\N"
}

/// Whether a cell shows that its formula has failed. Such cells are read as empty and named.
pub(crate) fn is_formula_error(cell: &str) -> bool {
    matches!(
        cell,
        "#N/A"
            | "#NULL!"
            | "#REF!"
            | "#VALUE!"
            | "#NAME?"
            | "#DIV/0!"
            | "#NUM!"
            | "#SPILL!"
            | "#CALC!"
            | "#GETTING_DATA"
            | "Err:502"
            | "Err:504"
            | "Err:508"
            | "Err:522"
    )
}

/// The cells of a row as they mean something: without markup, entities and words for "nothing". None if
/// that is what they are anyway.
pub(crate) fn plain_cells(cells: &[String]) -> Option<Vec<String>> {
    let differs = |cell: &String| {
        matches!(plain(cell), Cow::Owned(_)) || !cell.is_empty() && is_empty_word(cell)
    };
    cells.iter().any(differs).then(|| {
        let of = |cell: &String| {
            let plain = plain(cell);
            if is_empty_word(&plain) {
                String::new()
            } else {
                plain.into_owned()
            }
        };
        cells.iter().map(of).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_entities_are_resolved_and_comparisons_stay() {
        for (text, expected) in [
            ("<p>104.2 Ratify</p>", "\n104.2 Ratify\n"),
            ("Ratify <b>a</b>ll", "Ratify all"),
            ("tunnels<br/>(Norway)", "tunnels\n(Norway)"),
            ("a&nbsp;b &amp; c", "a b & c"),
            (
                "&lt;i&gt;twice&lt;/i&gt; &amp;quot;x&amp;quot;",
                "twice \"x\"",
            ),
            ("<A HREF=\"x\">Law</A>", "Law"),
            ("Ratify <del>CEDAW <b>now</b></del> CRC", "Ratify CRC"),
            ("<s>a <s>b</s> c</s>d", "d"),
            ("</s> a <s> b", " a  b"),
            ("104.1<sup>2</sup>, m<sup>th</sup>", "104.1², mth"),
            ("if a < b and b > c", "if a < b and b > c"),
            ("a <b and c", "a <b and c"),
            ("x<5>y", "x<5>y"),
            ("<unknown>x</unknown>", "<unknown>x</unknown>"),
            ("<p", "<p"),
            (
                "<!--[if gte mso 9]><xml><w:x Locked=\"false\"/></xml><![endif]-->104.7 Publish",
                "104.7 Publish",
            ),
            ("<script>x</script> <b> {y}", "<script>x</script> <b> {y}"),
            ("R&D; AT&T", "R&D; AT&T"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
        // As long as it is, it is gone through once.
        assert!(!plain(&"<p <".repeat(200_000)).is_empty());
        assert!(!plain(&"<!--".repeat(200)).is_empty());
    }

    #[test]
    fn addresses_of_links_that_are_struck_out_are_not_read() {
        let link = |text: &str| format!("<a href=\"https://x.org\">{text}</a>");
        let addresses = |text: &str| {
            let marked = marked(text).unwrap();
            (marked.with_addresses, marked.links.len())
        };
        let with = |text: &str, count: usize| (text.to_owned(), count);
        assert_eq!(addresses(&link("Law")), with("Law (https://x.org)", 1));
        for struck in [
            format!("<del>{}</del>New law", link("Law")),
            format!("<s>Old {}</s>New law", link("<b>law</b>")),
            link("<del>Law</del>") + "New law",
        ] {
            assert_eq!(addresses(&struck), with("New law", 0), "{struck}");
        }
        let partly = link("<del>Old</del> law");
        assert_eq!(addresses(&partly), with("law (https://x.org)", 1));
        let behind = format!("<del>Old</del>{}", link(""));
        assert_eq!(addresses(&behind).1, 0);
        let within = "<a href=\"#top\">Law</a>";
        assert_eq!(marked(within), None);
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for empty in [
            "", " ", "NA", "na", "N/A", "n/a", "n.a.", "NULL", "null", "NaN", "None", "<NA>",
            "\\N", "#N/A", "#REF!", "-", "–", "—", "--", "...", "(none)",
        ] {
            assert!(is_empty_word(empty), "{empty}");
        }
        for text in [
            "NAM",
            "No",
            "nobody",
            "Nancy",
            "0",
            "?",
            "none of them",
            "N",
            "A",
            "#",
        ] {
            assert!(!is_empty_word(text), "{text}");
        }
        let cells = |cells: &[&str]| {
            cells
                .iter()
                .map(|&cell| cell.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(plain_cells(&cells(&["a", "", "b"])), None);
        assert_eq!(
            plain_cells(&cells(&["a&amp;b", "NA", "&nbsp;"])),
            Some(cells(&["a&b", "", ""]))
        );
    }
}
