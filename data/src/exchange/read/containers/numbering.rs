//! The numbers that Word makes for paragraphs. They stand in no text of a document: a paragraph, or its
//! style, names a list and a level, and `word/numbering.xml` says how that level counts and what its
//! numbers look like.
//!
//! Lists that share a definition go on counting where the other stopped, unless a list says where it
//! starts. A level begins anew below a number of a higher level, unless the definition says otherwise.

use crate::domain::Message;
use crate::exchange::read::containers::archive::{Archive, damaged};
use crate::exchange::read::containers::xml::{Events, attribute};
use quick_xml::events::{BytesStart, Event};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};

/// Levels that a list of Word has.
const LEVELS: usize = 9;
/// More levels of lists, and more styles, than any document has.
const MAX_DEFINED: usize = 50_000;
/// The longest pattern of a number, in bytes; Word writes at most a few signs around `%1.%2`.
const MAX_PATTERN: usize = 200;
/// Styles based on each other; Word allows eleven.
const MAX_CHAIN: usize = 12;

const NUMBERING: &str = "word/numbering.xml";
const STYLES: &str = "word/styles.xml";

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Digits {
    #[default]
    Decimal,
    DecimalZero,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    Bullet,
    None,
}

impl Digits {
    /// Reads `w:numFmt`. Forms that no report uses are written as decimals.
    fn parse(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    fn write(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::LowerLetter => letters(number, b'a'),
            Self::UpperLetter => letters(number, b'A'),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperRoman => roman(number),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

/// Word counts a to z, then aa to zz.
fn letters(number: u32, first: u8) -> String {
    /// Word itself ends at 780, which is 30 times z.
    const MOST: u32 = 780;
    let Some(index) = number.checked_sub(1).filter(|_| number <= MOST) else {
        return number.to_string();
    };
    let letter = first + u8::try_from(index % 26).unwrap_or_default();
    let times = usize::try_from(index / 26).unwrap_or_default() + 1;
    char::from(letter).to_string().repeat(times)
}

fn roman(number: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    // Beyond 3,999 it would be nothing but Ms.
    if number > 3_999 {
        return number.to_string();
    }
    let mut left = number;
    let mut written = String::new();
    for (value, sign) in VALUES {
        while left >= value {
            written.push_str(sign);
            left -= value;
        }
    }
    written
}

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    digits: Digits,
    /// `%1.%2` with what stands around the numbers.
    pattern: String,
    /// Below which level it begins anew: 0 never, else the number of a level, from 1. By default below
    /// every higher one.
    restart: Option<usize>,
    /// Whether the numbers of higher levels are decimals here, whatever they are there.
    is_legal: bool,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            digits: Digits::default(),
            pattern: String::new(),
            restart: None,
            is_legal: false,
            style: None,
        }
    }
}

/// What several lists share.
#[derive(Clone, Debug, Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    /// The style that this is the definition of.
    style_link: Option<String>,
    /// The style whose definition is meant instead.
    defined_by_style: Option<String>,
}

/// A list.
#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The list and level of a paragraph or a style.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// `w:numId`; 0 takes a paragraph out of the list of its style.
    pub(crate) list: Option<String>,
    /// `w:ilvl`, from 0.
    pub(crate) level: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    place: Place,
    based_on: Option<String>,
}

/// What Word puts in front of a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Mark {
    /// A number, with the signs around it.
    Number(String),
    /// A bullet.
    Bullet,
}

/// The lists of a document and how far they have counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default_style: Option<String>,
    /// By definition, the last number of each level.
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<String>,
}

impl Numbering {
    /// Reads the lists and styles of a document; without them nothing is numbered.
    pub(crate) fn of(archive: &mut Archive<'_>) -> Result<Self, Message> {
        let mut numbering = Self::default();
        if archive.has(NUMBERING) {
            numbering.read_lists(BufReader::new(archive.part(NUMBERING)?))?;
            if archive.has(STYLES) {
                numbering.read_styles(BufReader::new(archive.part(STYLES)?))?;
            }
        }
        Ok(numbering)
    }

    fn read_lists(&mut self, xml: impl BufRead) -> Result<(), Message> {
        let mut events = Events::new(xml);
        let mut reading = Reading::default();
        let mut defined = 0;
        loop {
            match events.next()? {
                Event::Start(tag) => {
                    reading.depth += 1;
                    defined += usize::from(reading.tag(&tag)?);
                }
                Event::Empty(tag) => {
                    defined += usize::from(reading.tag(&tag)?);
                    reading.end(tag.local_name().as_ref(), self);
                }
                Event::End(tag) => {
                    reading.depth = reading.depth.saturating_sub(1);
                    reading.end(tag.local_name().as_ref(), self);
                }
                Event::Eof if reading.depth > 0 => return Err(damaged()),
                Event::Eof => return Ok(()),
                _ => {}
            }
            if defined > MAX_DEFINED {
                return Err(damaged());
            }
        }
    }

    fn read_styles(&mut self, xml: impl BufRead) -> Result<(), Message> {
        let mut events = Events::new(xml);
        let mut open: Option<(String, Style)> = None;
        loop {
            match events.next()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "style" => {
                        let id = attribute(&tag, "styleId")?.unwrap_or_default();
                        let is_paragraph = attribute(&tag, "type")?.as_deref() == Some("paragraph");
                        if is_paragraph && is_on(attribute(&tag, "default")?.as_deref()) {
                            self.default_style = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                    }
                    name => {
                        if let Some((_, style)) = &mut open {
                            match name {
                                "basedOn" => style.based_on = value(&tag)?,
                                "numId" => style.place.list = value(&tag)?,
                                "ilvl" => style.place.level = number(&tag)?,
                                _ => {}
                            }
                        }
                    }
                },
                Event::End(tag) if tag.local_name().as_ref() == "style" => {
                    if let Some((id, style)) = open.take() {
                        if self.styles.len() == MAX_DEFINED {
                            return Err(damaged());
                        }
                        self.styles.insert(id, style);
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Counts a paragraph and returns what Word puts in front of it.
    pub(crate) fn next(&mut self, place: &Place, style: Option<&str>) -> Option<Mark> {
        if self.lists.is_empty() {
            return None;
        }
        let (list_id, level) = self.place_of(place, style)?;
        let list = self.lists.get(&list_id)?;
        let definition_id = self.definition_of(&list.definition)?;
        let definition = self.definitions.get(&definition_id)?;
        let of_level = |level| {
            let own = list.levels.get(&level);
            own.or_else(|| definition.levels.get(&level))
        };
        let start_of = |level| {
            let own = list.starts.get(&level).copied();
            own.unwrap_or_else(|| of_level(level).map_or(1, |level| level.start))
        };
        let counted = self.counted.entry(definition_id.clone()).or_default();
        if self.begun.insert(list_id.clone()) {
            for (level, counted) in counted.iter_mut().enumerate() {
                if list.starts.contains_key(&level) {
                    *counted = None;
                }
            }
        }
        for (at, counted) in counted.iter_mut().enumerate() {
            match at.cmp(&level) {
                // A level that was passed over counts as begun.
                Ordering::Less => {
                    counted.get_or_insert_with(|| start_of(at));
                }
                Ordering::Equal => {
                    *counted = Some(match *counted {
                        Some(last) => last.saturating_add(1),
                        None => start_of(at),
                    });
                }
                Ordering::Greater => {
                    let restarts = match of_level(at).and_then(|level| level.restart) {
                        Some(below) => level < below,
                        None => true,
                    };
                    if restarts {
                        *counted = None;
                    }
                }
            }
        }
        let shown = of_level(level)?;
        if shown.digits == Digits::Bullet {
            return Some(Mark::Bullet);
        }
        let mut written = String::new();
        let mut signs = shown.pattern.chars().peekable();
        while let Some(sign) = signs.next() {
            let named = (sign == '%')
                .then(|| signs.peek().and_then(|next| next.to_digit(10)))
                .flatten()
                .and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
            let Some(named) = named else {
                written.push(sign);
                continue;
            };
            signs.next();
            let number = counted.get(named).copied().flatten();
            let digits = match of_level(named) {
                Some(_) if shown.is_legal => Digits::Decimal,
                Some(level) => level.digits,
                None => Digits::Decimal,
            };
            if let Some(number) = number {
                written.push_str(&digits.write(number));
            }
        }
        let written = written.trim();
        (!written.is_empty()).then(|| Mark::Number(written.to_owned()))
    }

    /// The list and level of a paragraph: its own, else those of its style and the styles that this one
    /// is based on.
    fn place_of(&self, place: &Place, style: Option<&str>) -> Option<(String, usize)> {
        let mut list = place.list.clone();
        let mut level = place.level;
        let mut next = style.or(self.default_style.as_deref());
        for _ in 0..MAX_CHAIN {
            let Some((id, style)) = next.and_then(|id| Some((id, self.styles.get(id)?))) else {
                break;
            };
            if list.is_some() && level.is_some() {
                break;
            }
            if let Some(of_style) = &style.place.list {
                let is_own = list.as_ref().is_none_or(|list| list == of_style);
                if is_own && level.is_none() {
                    // Which level a style has is said in the list, by the style's name.
                    level = self.level_of_style(of_style, id).or(style.place.level);
                }
                list.get_or_insert_with(|| of_style.clone());
            }
            next = style.based_on.as_deref();
        }
        let level = level.unwrap_or(0);
        let list = list.filter(|list| list != "0")?;
        (level < LEVELS).then_some((list, level))
    }

    fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let list = self.lists.get(list)?;
        let definition = self
            .definitions
            .get(&self.definition_of(&list.definition)?)?;
        let mut levels = definition.levels.iter().chain(&list.levels);
        levels.find_map(|(at, level)| (level.style.as_deref() == Some(style)).then_some(*at))
    }

    /// The definition that counts: a definition may only name the style that has it.
    fn definition_of(&self, id: &str) -> Option<String> {
        let definition = self.definitions.get(id)?;
        let Some(style) = &definition.defined_by_style else {
            return Some(id.to_owned());
        };
        let list = self
            .styles
            .get(style)
            .and_then(|one| one.place.list.as_ref());
        if let Some(list) = list.and_then(|list| self.lists.get(list))
            && self.definitions.contains_key(&list.definition)
        {
            return Some(list.definition.clone());
        }
        let is_meant = |(_, one): &(&String, &Definition)| one.style_link.as_ref() == Some(style);
        let mut linked = self.definitions.iter().filter(is_meant);
        Some(linked.next().map_or(id, |(linked, _)| linked).to_owned())
    }
}

/// What is being read of `word/numbering.xml`.
#[derive(Default)]
struct Reading {
    depth: usize,
    definition: Option<(String, Definition)>,
    list: Option<(String, List)>,
    /// The level that a list changes.
    changed: Option<usize>,
    level: Option<(usize, Level)>,
}

impl Reading {
    /// Takes a tag; true if it defines something.
    fn tag(&mut self, tag: &BytesStart<'_>) -> Result<bool, Message> {
        let name = tag.local_name();
        let name = name.as_ref();
        if let Some((_, level)) = &mut self.level {
            match name {
                "start" => level.start = small(tag)?.unwrap_or(1),
                "numFmt" => level.digits = Digits::parse(&value(tag)?.unwrap_or_default()),
                "lvlText" => {
                    level.pattern = value(tag)?
                        .filter(|pattern| pattern.len() <= MAX_PATTERN)
                        .unwrap_or_default();
                }
                "lvlRestart" => level.restart = number(tag)?,
                "isLgl" => level.is_legal = is_on(value(tag)?.as_deref().or(Some("1"))),
                "pStyle" => level.style = value(tag)?,
                _ => {}
            }
            return Ok(false);
        }
        match name {
            "abstractNum" => {
                let id = attribute(tag, "abstractNumId")?.unwrap_or_default();
                self.definition = Some((id, Definition::default()));
            }
            "num" => {
                let id = attribute(tag, "numId")?.unwrap_or_default();
                self.list = Some((id, List::default()));
            }
            "lvl" => {
                let at = attribute(tag, "ilvl")?.and_then(|at| at.parse().ok());
                self.level = at
                    .filter(|at| *at < LEVELS)
                    .map(|at| (at, Level::default()));
            }
            "lvlOverride" => {
                self.changed = attribute(tag, "ilvl")?.and_then(|at| at.parse().ok());
            }
            "startOverride" => {
                if let (Some((_, list)), Some(at)) = (&mut self.list, self.changed)
                    && at < LEVELS
                {
                    list.starts.insert(at, small(tag)?.unwrap_or(1));
                }
                return Ok(false);
            }
            "abstractNumId" => {
                if let Some((_, list)) = &mut self.list {
                    list.definition = value(tag)?.unwrap_or_default();
                }
                return Ok(false);
            }
            "styleLink" | "numStyleLink" => {
                if let Some((_, definition)) = &mut self.definition {
                    let style = value(tag)?;
                    if name == "styleLink" {
                        definition.style_link = style;
                    } else {
                        definition.defined_by_style = style;
                    }
                }
                return Ok(false);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn end(&mut self, name: &str, into: &mut Numbering) {
        match name {
            "lvl" => {
                let Some((at, level)) = self.level.take() else {
                    return;
                };
                if let Some((_, definition)) = &mut self.definition {
                    definition.levels.insert(at, level);
                } else if let Some((_, list)) = &mut self.list {
                    list.levels.insert(at, level);
                }
            }
            "lvlOverride" => self.changed = None,
            "abstractNum" => {
                if let Some((id, definition)) = self.definition.take() {
                    into.definitions.insert(id, definition);
                }
            }
            "num" => {
                if let Some((id, list)) = self.list.take() {
                    into.lists.insert(id, list);
                }
            }
            _ => {}
        }
    }
}

/// The value of an element that has nothing else.
pub(crate) fn value(tag: &BytesStart<'_>) -> Result<Option<String>, Message> {
    attribute(tag, "val")
}

/// Such a value that is a number.
pub(crate) fn number(tag: &BytesStart<'_>) -> Result<Option<usize>, Message> {
    Ok(value(tag)?.and_then(|value| value.parse().ok()))
}

fn small(tag: &BytesStart<'_>) -> Result<Option<u32>, Message> {
    Ok(value(tag)?.and_then(|value| value.parse().ok()))
}

fn is_on(value: Option<&str>) -> bool {
    value.is_some_and(|value| matches!(value, "1" | "true" | "on"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbering(lists: &str, styles: &str) -> Numbering {
        let mut numbering = Numbering::default();
        let lists = format!("<w:numbering>{lists}</w:numbering>");
        numbering.read_lists(lists.as_bytes()).unwrap();
        let styles = format!("<w:styles>{styles}</w:styles>");
        numbering.read_styles(styles.as_bytes()).unwrap();
        numbering
    }

    fn level(at: usize, more: &str, pattern: &str) -> String {
        format!("<w:lvl w:ilvl=\"{at}\">{more}<w:lvlText w:val=\"{pattern}\"/></w:lvl>")
    }

    fn definition(id: u32, levels: &str) -> String {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>\
             <w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"
        )
    }

    fn at(numbering: &mut Numbering, list: &str, level: usize) -> String {
        let place = Place {
            list: Some(list.to_owned()),
            level: Some(level),
        };
        match numbering.next(&place, None) {
            Some(Mark::Number(number)) => number,
            Some(Mark::Bullet) => "•".to_owned(),
            None => String::new(),
        }
    }

    #[test]
    fn levels_count_and_begin_anew() {
        let levels = level(0, "<w:start w:val=\"104\"/>", "%1.")
            + &level(1, "", "%1.%2")
            + &level(2, "<w:numFmt w:val=\"lowerLetter\"/>", "(%3)")
            + &level(3, "<w:lvlRestart w:val=\"0\"/>", "%4)");
        let mut numbering = numbering(&definition(1, &levels), "");
        let counted: Vec<_> = [0, 1, 1, 2, 2, 3, 1, 2, 3, 0, 1]
            .map(|level| at(&mut numbering, "1", level))
            .into();
        assert_eq!(
            counted,
            [
                "104.", "104.1", "104.2", "(a)", "(b)", "1)", "104.3", "(a)", "2)", "105.", "105.1"
            ]
        );
    }

    #[test]
    fn lists_of_one_definition_go_on_unless_they_start_anew() {
        let lists = definition(1, &level(0, "", "6.%1"))
            + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
               <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">\
               <w:startOverride w:val=\"20\"/></w:lvlOverride></w:num>\
               <w:num w:numId=\"4\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">\
               <w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"7.%1\"/></w:lvl></w:lvlOverride></w:num>";
        let mut numbering = numbering(&lists, "");
        let counted: Vec<_> = ["1", "1", "2", "3", "3", "1", "4"]
            .map(|list| at(&mut numbering, list, 0))
            .into();
        assert_eq!(
            counted,
            ["6.1", "6.2", "6.3", "6.20", "6.21", "6.22", "7.23"]
        );
    }

    #[test]
    fn styles_name_lists_and_levels() {
        let levels = level(0, "<w:pStyle w:val=\"Main\"/>", "%1.")
            + &level(1, "<w:pStyle w:val=\"Part\"/>", "%1.%2");
        let styles = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"/>\
            <w:style w:type=\"paragraph\" w:styleId=\"Main\"><w:basedOn w:val=\"Normal\"/><w:pPr>\
            <w:numPr><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"Part\"><w:basedOn w:val=\"Main\"/><w:pPr>\
            <w:numPr><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"Of part\"><w:basedOn w:val=\"Part\"/></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"Loop\"><w:basedOn w:val=\"Loop\"/></w:style>";
        let mut numbering = numbering(&definition(5, &levels), styles);
        let mut next = |style: &str| match numbering.next(&Place::default(), Some(style)) {
            Some(Mark::Number(number)) => number,
            _ => String::new(),
        };
        let counted: Vec<_> = ["Main", "Part", "Of part", "Normal", "Loop", "Main"]
            .map(&mut next)
            .into();
        assert_eq!(counted, ["1.", "1.1", "1.2", "", "", "2."]);
        let out = Place {
            list: Some("0".to_owned()),
            level: None,
        };
        assert_eq!(numbering.next(&out, Some("Main")), None);
    }

    #[test]
    fn a_definition_may_be_that_of_a_style() {
        let lists = "<w:abstractNum w:abstractNumId=\"1\"><w:styleLink w:val=\"S\"/>\
            <w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"9.%1\"/></w:lvl></w:abstractNum>\
            <w:abstractNum w:abstractNumId=\"2\"><w:numStyleLink w:val=\"S\"/></w:abstractNum>\
            <w:num w:numId=\"7\"><w:abstractNumId w:val=\"2\"/></w:num>";
        assert_eq!(at(&mut numbering(lists, ""), "7", 0), "9.1");
    }

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let written = |digits: Digits, numbers: &[u32]| -> Vec<String> {
            numbers.iter().map(|number| digits.write(*number)).collect()
        };
        assert_eq!(
            written(Digits::LowerLetter, &[1, 26, 27, 53]),
            ["a", "z", "aa", "aaa"]
        );
        assert_eq!(
            written(Digits::LowerRoman, &[4, 19, 1994]),
            ["iv", "xix", "mcmxciv"]
        );
        assert_eq!(written(Digits::DecimalZero, &[7, 12]), ["07", "12"]);
        for digits in [Digits::LowerLetter, Digits::UpperRoman] {
            assert!(digits.write(u32::MAX).len() < 20);
            assert!(digits.write(0).len() < 2);
        }
        let mut legal = numbering(
            &definition(
                1,
                &(level(0, "<w:numFmt w:val=\"upperRoman\"/>", "%1.")
                    + &level(1, "<w:isLgl/>", "%1.%2%")),
            ),
            "",
        );
        assert_eq!(at(&mut legal, "1", 0), "I.");
        assert_eq!(at(&mut legal, "1", 1), "1.1%");
    }

    #[test]
    fn hostile_lists_are_bounded() {
        let many = "<w:num w:numId=\"1\"/>".repeat(MAX_DEFINED + 1);
        let read = Numbering::default().read_lists(format!("<a>{many}</a>").as_bytes());
        assert!(read.is_err());
        let huge = definition(1, &level(0, "<w:start w:val=\"99999999999\"/>", "%1%9%0%"));
        let mut numbering = numbering(&huge, "");
        assert_eq!(at(&mut numbering, "1", 0), "1%0%");
        assert_eq!(at(&mut numbering, "1", 9), "");
    }
}
