//! Numbers as a spreadsheet shows them: a paragraph typed as 104.10 is stored as the number 104.1, and only
//! the format of its cell still tells that there was a zero.
//!
//! Only what numbers in tables of recommendations have is shown: decimals, leading zeros, thousands, per
//! cent, dates and the words around them. Fractions, powers of ten and what is hidden stay as stored.

use std::collections::HashMap;
use time::{Date, Duration, Month};

/// The longest format that is looked at, in bytes.
const MAX_CODE: usize = 255;
/// The most decimals that a format shows.
const MAX_DECIMALS: usize = 20;
/// The characters that a number without a format has room for in a cell.
const GENERAL_WIDTH: usize = 11;

/// How the number of a cell is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) enum NumberFormat {
    /// As short as it can be, so that a zero at its end is lost.
    #[default]
    General,
    /// As it is stored.
    Stored,
    /// As a day.
    Date,
    /// With a number of decimals.
    Decimal(Box<Decimal>),
}

/// A number's digits and what stands around them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Decimal {
    before: String,
    behind: String,
    digits: usize,
    fewest_decimals: usize,
    most_decimals: usize,
    thousands: bool,
    percent: bool,
}

impl NumberFormat {
    /// Reads a format that a workbook defines.
    pub(crate) fn parse(code: &str) -> Self {
        if code.len() > MAX_CODE {
            return Self::Stored;
        }
        if code.eq_ignore_ascii_case("general") {
            return Self::General;
        }
        Self::of_first_section(code)
    }

    fn of_first_section(code: &str) -> Self {
        let mut decimal = Decimal::default();
        let (mut any, mut in_decimals, mut is_day, mut is_time) = (false, false, false, false);
        let mut chars = code.chars().peekable();
        while let Some(c) = chars.next() {
            let mut literal = None;
            match c {
                ';' => break,
                '"' => {
                    let text: String = chars.by_ref().take_while(|c| *c != '"').collect();
                    literal = Some(text);
                }
                '\\' => literal = chars.next().map(String::from),
                // A blank as wide as the next character, and one that fills the cell.
                '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    // "[h]" counts hours, "[$-409]" and "[Red]" are of the look.
                    is_time |= inside.chars().all(|c| "hmsHMS".contains(c)) && !inside.is_empty();
                }
                '0' | '#' | '?' => {
                    any = true;
                    if in_decimals {
                        decimal.most_decimals += 1;
                        if c == '0' {
                            decimal.fewest_decimals = decimal.most_decimals;
                        }
                    } else {
                        decimal.digits += usize::from(c == '0');
                    }
                }
                '.' => in_decimals = true,
                ',' => {
                    // Behind the last digit it divides by a thousand.
                    if !matches!(chars.peek(), Some('0' | '#' | '?')) {
                        return Self::Stored;
                    }
                    decimal.thousands = true;
                }
                '%' => {
                    decimal.percent = true;
                    literal = Some("%".to_owned());
                }
                'y' | 'Y' | 'd' | 'D' => is_day = true,
                'h' | 'H' | 's' | 'S' => is_time = true,
                'm' | 'M' | 'a' | 'A' | 'p' | 'P' => {}
                '/' if any => return Self::Stored,
                'E' | 'e' | '@' | 'g' | 'G' => return Self::Stored,
                other => literal = Some(other.to_string()),
            }
            if let Some(text) = literal {
                let side = if any {
                    &mut decimal.behind
                } else {
                    &mut decimal.before
                };
                side.push_str(&text);
            }
        }
        if is_day {
            return Self::Date;
        }
        if !any || is_time || decimal.most_decimals > MAX_DECIMALS || decimal.digits > MAX_CODE {
            return Self::Stored;
        }
        Self::Decimal(Box::new(decimal))
    }

    /// The formats that every workbook has, by their number.
    pub(crate) fn built_in(id: u32) -> Self {
        match id {
            0 => Self::General,
            1 => Self::parse("0"),
            2 => Self::parse("0.00"),
            3 | 37 | 38 => Self::parse("#,##0"),
            4 | 39 | 40 => Self::parse("#,##0.00"),
            9 => Self::parse("0%"),
            10 => Self::parse("0.00%"),
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Date,
            _ => Self::Stored,
        }
    }

    /// The number that a cell stores, as it is shown.
    pub(crate) fn shown(&self, stored: &str, from_1904: bool) -> String {
        let number = stored
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite());
        let Some(number) = number else {
            return stored.to_owned();
        };
        let shown = match self {
            Self::Stored => None,
            Self::General => in_general(stored.trim(), number),
            Self::Date => day(number, from_1904),
            Self::Decimal(decimal) => decimal.shown(number),
        };
        shown.unwrap_or_else(|| stored.to_owned())
    }

    /// Whether a number in this format may have been typed with a zero at its end.
    pub(crate) fn loses_zeros(&self) -> bool {
        *self == Self::General
    }
}

/// What a cell without a format shows of a number with many decimals: 104.1 of 104.09999999999999.
fn in_general(stored: &str, number: f64) -> Option<String> {
    if stored.len() <= GENERAL_WIDTH || stored.contains(['e', 'E']) {
        return None;
    }
    let (whole, _) = stored.split_once('.')?;
    let decimals = GENERAL_WIDTH.checked_sub(whole.len() + 1)?;
    rounded(number.abs(), decimals).map(|digits| {
        let short = digits.trim_end_matches('0').trim_end_matches('.');
        let sign = if number < 0.0 { "-" } else { "" };
        format!("{sign}{short}")
    })
}

/// A number with so many decimals, rounded as its decimal digits say and not its binary ones: 0.125 and
/// 104.105 up.
fn rounded(number: f64, decimals: usize) -> Option<String> {
    let places = i32::try_from(decimals).ok()?;
    let scaled = number * 10_f64.powi(places);
    // Beyond that, a number of this kind has no decimals.
    if scaled > 1e15 {
        return None;
    }
    let units = (scaled * (1.0 + 1e-14)).round() / 10_f64.powi(places);
    Some(format!("{units:.decimals$}"))
}

impl Decimal {
    fn shown(&self, number: f64) -> Option<String> {
        let number_shown = if self.percent { number * 100.0 } else { number };
        let digits = rounded(number_shown.abs(), self.most_decimals)?;
        let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut decimals = decimals.to_owned();
        while decimals.len() > self.fewest_decimals && decimals.ends_with('0') {
            decimals.pop();
        }
        let whole = if self.digits == 0 && whole == "0" {
            ""
        } else {
            whole
        };
        let mut whole = format!("{whole:0>width$}", width = self.digits);
        if self.thousands {
            whole = in_thousands(&whole);
        }
        let point = if decimals.is_empty() { "" } else { "." };
        let sign = if number < 0.0 { "-" } else { "" };
        let Self { before, behind, .. } = self;
        Some(format!("{sign}{before}{whole}{point}{decimals}{behind}"))
    }
}

fn in_thousands(digits: &str) -> String {
    let length = digits.len();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (length - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The day of a serial number.
fn day(serial: f64, from_1904: bool) -> Option<String> {
    if !(1.0..3_000_000.0).contains(&serial) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)] // Within these bounds.
    let days = serial.floor() as i64;
    let (year, month, first) = if from_1904 {
        (1904, Month::January, 1)
    } else {
        (1899, Month::December, 30)
    };
    let first = Date::from_calendar_date(year, month, first).ok()?;
    let day = first.checked_add(Duration::days(days))?;
    Some(format!(
        "{:04}-{:02}-{:02}",
        day.year(),
        u8::from(day.month()),
        day.day()
    ))
}

/// The formats of a workbook's cells, by the number of a cell's style.
#[derive(Default)]
pub(crate) struct CellFormats {
    formats: Vec<NumberFormat>,
    /// Which of them a style has.
    styles: Vec<usize>,
    /// Whether a style strikes out what its cells hold.
    struck: Vec<bool>,
    /// The number of each format of the workbook's own.
    own: HashMap<u32, NumberFormat>,
    /// Whether days are counted from 1904.
    pub(crate) from_1904: bool,
}

impl CellFormats {
    /// The most styles and formats that are told apart; a workbook has no more.
    pub(crate) const MAX: usize = 65_536;

    /// Adds a format that the workbook defines.
    pub(crate) fn define(&mut self, id: u32, code: &str) {
        if self.own.len() < Self::MAX {
            self.own.insert(id, NumberFormat::parse(code));
        }
    }

    /// Adds the next style.
    pub(crate) fn add_style(&mut self, id: u32, is_struck: bool) {
        if self.styles.len() >= Self::MAX {
            return;
        }
        self.struck.push(is_struck);
        let own = self.own.get(&id).cloned();
        let format = own.unwrap_or_else(|| NumberFormat::built_in(id));
        let known = self
            .formats
            .iter()
            .take(Self::MANY)
            .position(|one| *one == format);
        let place = known.unwrap_or_else(|| {
            self.formats.push(format);
            self.formats.len() - 1
        });
        self.styles.push(place);
    }

    /// Formats that a new one is compared with.
    const MANY: usize = 100;

    /// Whether a style strikes out what its cells hold.
    pub(crate) fn is_struck(&self, style: usize) -> bool {
        self.struck.get(style).copied().unwrap_or_default()
    }

    /// The format of a style.
    pub(crate) fn of(&self, style: usize) -> &NumberFormat {
        static GENERAL: NumberFormat = NumberFormat::General;
        let place = self.styles.get(style);
        place
            .and_then(|at| self.formats.get(*at))
            .unwrap_or(&GENERAL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_by_their_format() {
        for (code, stored, shown) in [
            ("0.00", "104.1", "104.10"),
            ("0.00", "104.11", "104.11"),
            ("0.00", "104.105", "104.11"),
            ("0.00", "104.09999999999999", "104.10"),
            ("0.0", "104.1", "104.1"),
            ("0.##", "104.10", "104.1"),
            ("0.0#;-0.0#", "104", "104.0"),
            ("\"Para. \"0.00", "104.1", "Para. 104.10"),
            ("000", "7", "007"),
            ("#,##0", "1234567", "1,234,567"),
            ("0%", "0.3", "30%"),
            ("[$-409]0.000_);[Red]\\(0.000\\)", "104.1", "104.100"),
            ("General", "104.1", "104.1"),
            ("General", "104.09999999999999", "104.1"),
            ("General", "0.30000000000000004", "0.3"),
            ("General", "44197", "44197"),
            ("0.00E+00", "104.1", "104.1"),
            ("@", "104.1", "104.1"),
            ("# ?/?", "104.5", "104.5"),
            ("d-mmm", "43931", "2020-04-10"),
            ("yyyy-mm-dd", "43931.5", "2020-04-10"),
            ("[h]:mm", "1.5", "1.5"),
            ("0.00", "x", "x"),
            ("0.00", "1E300", "1E300"),
            (";;;", "104.1", "104.1"),
        ] {
            assert_eq!(
                NumberFormat::parse(code).shown(stored, false),
                shown,
                "{code} {stored}"
            );
        }
        assert_eq!(NumberFormat::Date.shown("42469", true), "2020-04-10");
        assert_eq!(
            NumberFormat::parse(&"0".repeat(1 << 16)).shown("1", false),
            "1"
        );
    }
}
