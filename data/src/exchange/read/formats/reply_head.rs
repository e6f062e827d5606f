//! What the head of a document of the Human Rights Council says: its symbol, its date, the State under review; and
//! which review that is.

use crate::domain::states::named;
use crate::domain::{Cycle, Date, Message, ReviewCode, StateCode};
use crate::exchange::ReadOptions;
use crate::exchange::read::formats::reply_numbers::{ascii_digits, in_text};

/// Where the head of a document ends at the latest, in bytes.
const MAX_HEAD: usize = 4_000;
/// As many lines are looked at for the name of the State.
const MAX_LINES: usize = 60;
/// No symbol is longer, in bytes.
const MAX_SYMBOL: usize = 40;

/// Months as the documents write them: English, French, Spanish, Russian, and two names in Arabic.
const MONTHS: [[&str; 6]; 12] = [
    ["january", "janvier", "enero", "января", "يناير", "الثاني"],
    [
        "february",
        "février",
        "febrero",
        "февраля",
        "فبراير",
        "شباط",
    ],
    ["march", "mars", "marzo", "марта", "مارس", "آذار"],
    ["april", "avril", "abril", "апреля", "أبريل", "نيسان"],
    ["may", "mai", "mayo", "мая", "مايو", "أيار"],
    ["june", "juin", "junio", "июня", "يونيه", "حزيران"],
    ["july", "juillet", "julio", "июля", "يوليه", "تموز"],
    ["august", "août", "agosto", "августа", "أغسطس", "آب"],
    [
        "september",
        "septembre",
        "septiembre",
        "сентября",
        "سبتمبر",
        "أيلول",
    ],
    ["october", "octobre", "octubre", "октября", "أكتوبر", "الأول"],
    [
        "november",
        "novembre",
        "noviembre",
        "ноября",
        "نوفمبر",
        "الثاني",
    ],
    [
        "december",
        "décembre",
        "diciembre",
        "декабря",
        "ديسمبر",
        "الأول",
    ],
];

/// What the head of a reply says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct ReplyHead {
    /// The symbol of the addendum.
    pub(crate) symbol: Option<String>,
    /// When it was distributed.
    pub(crate) date: Option<Date>,
    /// The State whose review it is about.
    pub(crate) state: Option<StateCode>,
}

impl ReplyHead {
    /// Reads the head of a text.
    pub(crate) fn find(text: &str) -> Self {
        let head = beginning(text);
        Self {
            symbol: addendum(head),
            date: date_of(head),
            state: state_of(text),
        }
    }

    /// Takes what the text lacks from what stands beside it: the running headers, and the table at the top of a
    /// document.
    pub(crate) fn or_beside(mut self, beside: &str) -> Self {
        if self.symbol.is_none() {
            self.symbol = addendum(beside);
        }
        self.date = self.date.or_else(|| date_of(beside));
        self
    }

    /// Puts the head and what a person said together: the head with the symbol that counts, and the review, if
    /// either says it. What contradicts itself is an error.
    pub(crate) fn settle(
        mut self,
        options: &ReadOptions,
    ) -> Result<(Self, Option<ReviewCode>), Message> {
        self.symbol = settled(self.symbol, options, true)?;
        let report = self.symbol.as_deref().and_then(parts);
        let review = review_of(report.map(|(report, _)| report), self.state, options)?;
        Ok((self, review))
    }
}

/// The symbol of a file: the one in its head, or the one that a person gave.
pub(crate) fn settled(
    own: Option<String>,
    options: &ReadOptions,
    is_reply: bool,
) -> Result<Option<String>, Message> {
    let Some(given) = options.symbol.as_deref() else {
        return Ok(own);
    };
    let fits = parts(given).is_some_and(|(_, is_addendum)| is_addendum == is_reply);
    if !fits {
        let key = if is_reply {
            "exchange-symbol-of-reply"
        } else {
            "exchange-symbol-of-report"
        };
        return Err(Message::new(key).with("symbol", given));
    }
    match own {
        Some(own) if own != given => Err(Message::new("exchange-other-symbol")
            .with("file", own)
            .with("named", given)),
        _ => Ok(Some(given.to_owned())),
    }
}

/// The review that a head is about: the known one with this report, or the State's in the cycle of the symbol. A
/// review that a person chose has to be the same.
pub(crate) fn review_of(
    report: Option<&str>,
    state: Option<StateCode>,
    options: &ReadOptions,
) -> Result<Option<ReviewCode>, Message> {
    let known = report
        .and_then(|report| options.reports.get(report))
        .copied();
    let cycle = match known {
        Some(known) => Some(known.cycle),
        None => report.and_then(cycle_of),
    };
    let other_state = |state: StateCode, named: ReviewCode| {
        Message::new("exchange-other-state")
            .with("file", state.name())
            .with("named", named)
    };
    let Some(named) = options.review else {
        return match (known, state, cycle) {
            (Some(known), Some(state), _) if known.state != state => Err(other_state(state, known)),
            (Some(known), ..) => Ok(Some(known)),
            (None, Some(state), Some(cycle)) => Ok(Some(ReviewCode { state, cycle })),
            _ => Ok(None),
        };
    };
    if let Some(known) = known.filter(|known| *known != named) {
        return Err(Message::new("exchange-other-review")
            .with("file", known)
            .with("named", named));
    }
    if let Some(state) = state.filter(|state| *state != named.state) {
        return Err(other_state(state, named));
    }
    let Some(report) = report else {
        return Ok(Some(named));
    };
    if let Some(cycle) = cycle.filter(|cycle| *cycle != named.cycle) {
        return Err(Message::new("exchange-symbol-of-other-cycle")
            .with("symbol", report)
            .with("cycle", cycle)
            .with("named", named));
    }
    let mut reports = options.reports.iter();
    if known.is_none()
        && let Some((own, _)) = reports.find(|(_, review)| **review == named)
    {
        return Err(Message::new("exchange-other-report")
            .with("symbol", report)
            .with("known", own)
            .with("named", named));
    }
    Ok(Some(named))
}

/// The first bytes of a text.
pub(crate) fn beginning(text: &str) -> &str {
    let mut end = MAX_HEAD.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The report that a symbol names, and whether it names an addendum to it: `A/HRC/43/15/Add.1`.
fn parts(symbol: &str) -> Option<(&str, bool)> {
    let rest = symbol.strip_prefix("A/HRC/")?;
    if symbol.len() > MAX_SYMBOL {
        return None;
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut pieces = rest.split('/');
    let (session, number) = (pieces.next()?, pieces.next()?);
    if !(is_number(session) && is_number(number)) {
        return None;
    }
    let mut is_addendum = false;
    for (place, piece) in pieces.enumerate() {
        let (kind, counted) = piece.split_once('.')?;
        match kind {
            "Add" if place == 0 => is_addendum = true,
            "Rev" | "Corr" => {}
            _ => return None,
        }
        if !is_number(counted) {
            return None;
        }
    }
    let report = symbol.get(.."A/HRC/".len() + session.len() + 1 + number.len())?;
    Some((report, is_addendum))
}

/// Returns true if a symbol is that of a State's reply.
pub(crate) fn names_reply(symbol: &str) -> bool {
    parts(symbol).is_some_and(|(_, is_addendum)| is_addendum)
}

/// The cycle of a report of the Council, by the session in its symbol.
fn cycle_of(report: &str) -> Option<Cycle> {
    let session = report.strip_prefix("A/HRC/")?.split('/').next()?;
    Cycle::of_council_session(session.parse().ok()?)
}

/// The first symbol of an addendum to a report of the Council.
fn addendum(head: &str) -> Option<String> {
    head.match_indices("A/HRC/").find_map(|(at, _)| {
        let rest = head.get(at..)?;
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "/.".contains(c)))
            .unwrap_or(rest.len());
        let symbol = rest.get(..end)?.trim_end_matches(['.', '/']);
        let (_, is_addendum) = parts(symbol)?;
        is_addendum.then(|| symbol.to_owned())
    })
}

/// The date of the document: the first line above the answers that is a date and nothing else, but for what heads of
/// documents say beside it. A date in a sentence is one of what the sentence tells.
fn date_of(head: &str) -> Option<Date> {
    // A sentence that is broken in front of its date.
    const OPEN: [&str; 13] = [
        "on", "by", "of", "since", "until", "before", "after", "from", "to", "the", "dated", "and",
        "in",
    ];
    let mut before = "";
    for line in head.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let last = std::mem::replace(&mut before, line);
        if is_date_line(line) {
            let word = last.rsplit(char::is_whitespace).next().unwrap_or_default();
            if OPEN.contains(&word) || last.ends_with(',') {
                continue;
            }
            return date(line);
        }
        let is_symbol = line.contains("A/HRC/");
        if begins_paragraph(line) || !is_symbol && !in_text(&ascii_digits(line)).is_empty() {
            return None;
        }
    }
    None
}

/// Returns true if a line is a date, with nothing but the words of a head beside it: `Distr.: General 14 March 2025`.
fn is_date_line(line: &str) -> bool {
    const BESIDE: [&str; 33] = [
        "distr",
        "distribution",
        "general",
        "générale",
        "limited",
        "original",
        "originale",
        "english",
        "french",
        "spanish",
        "russian",
        "arabic",
        "chinese",
        "only",
        "date",
        "anglais",
        "français",
        "espagnol",
        "russe",
        "arabe",
        "inglés",
        "francés",
        "español",
        "ruso",
        "árabe",
        "chino",
        "года",
        "год",
        "г",
        "de",
        "of",
        "du",
        "le",
    ];
    let line = ascii_digits(&line.to_lowercase());
    if line.ends_with(['.', ';', ',']) {
        return false;
    }
    if in_chinese(&line).is_some() {
        return line.ends_with('日') && line.chars().count() <= 12;
    }
    let mut numbers = 0;
    let words = line
        .split_whitespace()
        .filter(|word| !word.starts_with("a/hrc/"));
    let mut words = words.flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
    words.all(|word| {
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        numbers += usize::from(is_number);
        let is_name = MONTHS.iter().flatten().any(|name| *name == word);
        let is_of_levant = matches!(word, "كانون" | "تشرين");
        word.is_empty() || is_number || is_name || is_of_levant || BESIDE.contains(&word)
    }) && numbers == 2
}

/// The first date that is written out: `12 March 2020`, `15 сентября 2015 года`, `2015年9月15日`.
fn date(head: &str) -> Option<Date> {
    let lower = ascii_digits(&head.to_lowercase());
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "de" | "of" | "du"))
        .collect();
    let made = |year: &str, month: u8, day: &str| {
        let day: u8 = day.strip_suffix("er").unwrap_or(day).parse().ok()?;
        (year.len() == 4)
            .then(|| Date::parse(&format!("{year}-{month:02}-{day:02}")))
            .flatten()
    };
    let month_of = |word: &str| {
        // The names of two months in the Levant end alike, so only the other name tells them apart.
        let is = |names: &[&str; 6]| {
            let is_clear = |name: &&&str| !matches!(**name, "الثاني" | "الأول");
            names.iter().filter(is_clear).any(|name| *name == word)
        };
        (1_u8..).zip(&MONTHS).find(|(_, names)| is(names))
    };
    (0..words.len()).find_map(|at| {
        let word = words.get(at)?;
        if let Some(found) = in_chinese(word) {
            return Some(found);
        }
        let (month, _) = month_of(word)?;
        // "15 أيلول/سبتمبر 2015", "15 كانون الأول/ديسمبر 2015".
        let day = words.get(at.saturating_sub(3)..at)?;
        let day = day
            .iter()
            .rev()
            .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        let year = words.get(at + 1..)?.iter().take(2);
        let year = year.into_iter().find(|word| word.parse::<u16>().is_ok())?;
        made(year, month, day)
    })
}

/// Returns true if a word is the name of a month or its abbreviation.
pub(crate) fn is_month(word: &str) -> bool {
    let word = word.to_lowercase();
    let is_short = (3..=4).contains(&word.chars().count());
    let mut names = MONTHS.iter().flatten();
    names.any(|name| *name == word || is_short && name.starts_with(&*word))
}

/// A date in Chinese, whose parts stand in one word.
fn in_chinese(word: &str) -> Option<Date> {
    let (year, rest) = word.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, _) = rest.split_once('日')?;
    let year = year.get(year.len().checked_sub(4)?..)?;
    let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
    Date::parse(&format!("{year}-{month:02}-{day:02}"))
}

/// The State in a title: a line, or a part of one between dashes or colons, that is the name of a State and nothing
/// else. If there are several, none.
pub(crate) fn state_of(text: &str) -> Option<StateCode> {
    let mut found: Option<StateCode> = None;
    let head = ascii_digits(beginning(text));
    for line in head.lines().take(MAX_LINES) {
        let line = line.trim();
        if begins_paragraph(line) {
            break;
        }
        let pieces = line.split([':', '：', '–', '—', '|', '\t']);
        for piece in pieces.flat_map(|piece| piece.split(" - ")) {
            let piece = piece.trim_matches(|c: char| c.is_whitespace() || "*.,;[]".contains(c));
            // Three letters could be a code of something else.
            if piece.len() <= 3 {
                continue;
            }
            match (named(piece), found) {
                (Some(state), None) => found = Some(state),
                (Some(state), Some(before)) if state != before => return None,
                _ => {}
            }
        }
    }
    found
}

/// Returns true if a line begins with the number of a paragraph: the head is over.
fn begins_paragraph(line: &str) -> bool {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let behind = line.get(digits..).and_then(|rest| rest.strip_prefix('.'));
    (1..=3).contains(&digits)
        && behind.is_some_and(|behind| {
            behind.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(text: &str, options: &ReadOptions) -> Result<(String, String), String> {
        let (head, review) = ReplyHead::find(text)
            .settle(options)
            .map_err(|message| message.key.into_owned())?;
        let review = review.map(|review| review.to_string());
        Ok((head.symbol.unwrap_or_default(), review.unwrap_or_default()))
    }

    #[test]
    fn heads_in_six_languages_are_read() {
        for (head, state, date) in [
            (
                "A/HRC/30/3/Add.1\nDistr.: General\n15 September 2015\nThirtieth session\n14 September–2 October \
                 2015\nReport of the Working Group on the Universal Periodic Review*\nBelarus\nAddendum",
                "BLR",
                "2015-09-15",
            ),
            (
                "A/HRC/30/3/Add.1\nRapport du Groupe de travail sur l’Examen périodique universel – Bélarus – \
                 Additif\n1er septembre 2015",
                "BLR",
                "2015-09-01",
            ),
            (
                "A/HRC/30/3/Add.1\n15 de septiembre de 2015\nInforme del Grupo de Trabajo sobre el Examen Periódico \
                 Universal: Belarús",
                "BLR",
                "2015-09-15",
            ),
            (
                "A/HRC/30/3/Add.1\n15 сентября 2015 года\nДоклад Рабочей группы по универсальному периодическому \
                 обзору\nБеларусь\nДобавление",
                "BLR",
                "2015-09-15",
            ),
            (
                "A/HRC/30/3/Add.1\n15 أيلول/سبتمبر 2015\nتقرير الفريق العامل المعني بالاستعراض الدوري الشامل\nبيلاروس\nإضافة",
                "BLR",
                "2015-09-15",
            ),
            (
                "A/HRC/30/3/Add.1\n٨ كانون الأول/ديسمبر ٢٠١٥\nبيلاروس",
                "BLR",
                "2015-12-08",
            ),
            (
                "A/HRC/30/3/Add.1\n2015年9月15日\n普遍定期审议工作组报告\n白俄罗斯\n增编",
                "BLR",
                "2015-09-15",
            ),
        ] {
            let found = ReplyHead::find(head);
            assert_eq!(found.symbol.as_deref(), Some("A/HRC/30/3/Add.1"), "{head}");
            assert_eq!(found.state.map(StateCode::as_str), Some(state), "{head}");
            assert_eq!(found.date, Date::parse(date), "{head}");
            let found = settle(head, &ReadOptions::default()).unwrap();
            assert_eq!(found.1, "BLR-2", "{head}");
        }
    }

    #[test]
    fn a_head_without_one_state_says_none() {
        for head in [
            "Belarus\nNorway",
            "Replies of Belarus to the recommendations",
            "1. The reply\nBelarus",
            "104.1 Ratify it (Chile)\nBelarus",
            "",
        ] {
            assert_eq!(state_of(head), None, "{head}");
        }
        let other =
            ReplyHead::find("A/HRC/43/15, 99 March 2020, A/HRC/43/15/Rev.1, A/HRC/43/15/Add.x");
        assert_eq!(other, ReplyHead::default());
    }

    #[test]
    fn heads_and_persons_must_agree() {
        let review = ReviewCode::parse;
        let options = |code: &str, symbol: Option<&str>| ReadOptions {
            review: review(code),
            symbol: symbol.map(str::to_owned),
            reports: [("A/HRC/30/3".to_owned(), review("BLR-2").unwrap())].into(),
            ..ReadOptions::default()
        };
        let said = |symbol: &str, review: &str| Ok((symbol.to_owned(), review.to_owned()));
        let add = "A/HRC/30/3/Add.1";
        // The report is known, so the State need not be named.
        assert_eq!(settle(add, &options("", None)), said(add, "BLR-2"));
        assert_eq!(settle("", &options("", Some(add))), said(add, "BLR-2"));
        assert_eq!(settle("", &options("BLR-2", None)), said("", "BLR-2"));
        assert_eq!(
            settle("A/HRC/53/9/Add.1\nFiji", &options("", None)),
            said("A/HRC/53/9/Add.1", "FJI-4")
        );
        assert_eq!(settle("Fiji", &options("", None)), said("", ""));
        for (text, code, symbol, key) in [
            (add, "NPL-2", None, "exchange-other-review"),
            ("Fiji", "BLR-2", None, "exchange-other-state"),
            ("A/HRC/30/3/Add.1\nFiji", "", None, "exchange-other-state"),
            (
                "A/HRC/53/9/Add.1",
                "BLR-2",
                None,
                "exchange-symbol-of-other-cycle",
            ),
            ("A/HRC/30/4/Add.1", "BLR-2", None, "exchange-other-report"),
            (add, "", Some("A/HRC/30/4/Add.1"), "exchange-other-symbol"),
            ("", "", Some("A/HRC/30/3"), "exchange-symbol-of-reply"),
            ("", "", Some("HRC 30"), "exchange-symbol-of-reply"),
        ] {
            let found = settle(text, &options(code, symbol));
            assert_eq!(found, Err(key.to_owned()), "{text} {code}");
        }
        let report = settled(None, &options("", Some(add)), false);
        assert_eq!(report.unwrap_err().key, "exchange-symbol-of-report");
    }
}
