//! Calendar dates that are known to the day, the month or the year, and dates as they were recorded.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// A date of the Gregorian calendar in the years 0 to 9999, known to the day, the month or the year.
///
/// It is displayed in ISO 8601 (`2023`, `2023-12` or `2023-12-31`) and ordered as these texts are: a year comes
/// before its months, and a month before its days.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    // The order of the fields makes the order of dates.
    first_day: time::Date,
    precision: Precision,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum Precision {
    Year,
    Month,
    Day,
}

impl Date {
    /// Parses `2023`, `2023-12` or `2023-12-31`; `None` for any other form and for days that no calendar has.
    pub fn parse(text: &str) -> Option<Self> {
        let (precision, rest) = match text.len() {
            4 => (Precision::Year, "-01-01"),
            7 => (Precision::Month, "-01"),
            10 => (Precision::Day, ""),
            _ => return None,
        };
        // The parser accepts a sign before the year.
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let format = time::macros::format_description!("[year]-[month]-[day]");
        let first_day = time::Date::parse(&format!("{text}{rest}"), format).ok()?;
        Some(Self {
            first_day,
            precision,
        })
    }

    /// The day, UTC, of a moment in milliseconds since 1970. Moments before 1970 count as its first day, and those
    /// after 9999 as the last.
    pub fn of_moment(moment: i64) -> Self {
        let since = time::Duration::milliseconds(moment.max(0));
        Self {
            first_day: time::OffsetDateTime::UNIX_EPOCH
                .saturating_add(since)
                .date(),
            precision: Precision::Day,
        }
    }

    /// The day, if it is known to the day.
    pub fn day(self) -> Option<time::Date> {
        (self.precision == Precision::Day).then_some(self.first_day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.first_day.to_calendar_date();
        let month = u8::from(month);
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// A date as it was recorded: a [`Date`], or a text that is none.
///
/// The date of a position is whatever its source states, drafts hold what was typed, and a database of an earlier
/// version may hold anything. Such texts are stored, shown and hashed unchanged; forms and rounds that need a date
/// refuse them. Ordered by the text.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct RecordedDate(Result<Date, Box<str>>);

impl RecordedDate {
    /// The date, unless it is a text that is none.
    pub fn date(&self) -> Option<Date> {
        self.0.as_ref().ok().copied()
    }

    /// The text: of a date, in ISO 8601.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Ok(date) => Cow::Owned(date.to_string()),
            Err(text) => Cow::Borrowed(text),
        }
    }
}

impl From<Date> for RecordedDate {
    fn from(date: Date) -> Self {
        Self(Ok(date))
    }
}

impl From<String> for RecordedDate {
    fn from(text: String) -> Self {
        Self(Date::parse(&text).ok_or_else(|| text.into_boxed_str()))
    }
}

impl From<&str> for RecordedDate {
    fn from(text: &str) -> Self {
        Self(Date::parse(text).ok_or_else(|| text.into()))
    }
}

impl From<RecordedDate> for String {
    fn from(recorded: RecordedDate) -> Self {
        recorded.text().into_owned()
    }
}

impl fmt::Display for RecordedDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(date) => date.fmt(f),
            Err(text) => f.write_str(text),
        }
    }
}

impl PartialOrd for RecordedDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RecordedDate {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Ok(date), Ok(other)) => date.cmp(other),
            _ => self.text().cmp(&other.text()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn precision_follows_from_the_form() {
        let read = |text| Date::parse(text).map(|date| (date.precision, date.day().is_some()));
        assert_eq!(read("2023"), Some((Precision::Year, false)));
        assert_eq!(read("2023-12"), Some((Precision::Month, false)));
        assert_eq!(read("2024-02-29"), Some((Precision::Day, true)));
        assert_eq!(read("0000-01-01"), Some((Precision::Day, true)));
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in [
            "",
            " 2023",
            "31.12.2023",
            "----",
            "20-1-1",
            "2023-13",
            "2023-00",
            "2023-02-30",
            "2023-02-29",
            "+023",
            "-023-01-01",
            "+2023-01-1",
            "20231",
            "2023-1",
            "2023-1-01",
            "2023/12",
            "20231231",
            "гг",
            "год",
            "2023-12-31T00:00",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn moments_have_a_day() {
        let day = |moment| Date::of_moment(moment).to_string();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(1_704_067_199_999), "2023-12-31");
        assert_eq!(day(1_704_067_200_000), "2024-01-01");
        assert_eq!(day(-1), "1970-01-01");
        assert_eq!(day(i64::MAX), "9999-12-31");
    }

    fn iso() -> impl Strategy<Value = String> {
        prop_oneof![
            (0..=9999).prop_map(|year| format!("{year:04}")),
            (0..=9999, 1..=12).prop_map(|(year, month)| format!("{year:04}-{month:02}")),
            (0..=9999, 1..=12, 1..=28)
                .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
        ]
    }

    fn recorded() -> impl Strategy<Value = String> {
        prop_oneof![iso(), "[0-9+-]{0,11}", any::<String>()]
    }

    proptest! {
        #[test]
        fn dates_are_displayed_as_they_were_parsed(text in iso()) {
            let date = Date::parse(&text).unwrap();
            prop_assert_eq!(date.to_string(), text.clone());
            prop_assert_eq!(RecordedDate::from(&*text).date(), Some(date));
        }

        #[test]
        fn recorded_texts_stay_byte_for_byte(text in recorded()) {
            let date = RecordedDate::from(text.clone());
            prop_assert_eq!(&date, &RecordedDate::from(&*text));
            prop_assert_eq!(date.to_string(), text.clone());
            prop_assert_eq!(date.text(), text.clone());
            let json = serde_json::to_string(&date).unwrap();
            prop_assert_eq!(&json, &serde_json::to_string(&text).unwrap());
            prop_assert_eq!(serde_json::from_str::<RecordedDate>(&json).unwrap(), date.clone());
            prop_assert_eq!(String::from(date), text);
        }

        #[test]
        fn dates_are_ordered_as_their_texts(a in recorded(), b in recorded(), c in iso(), d in iso()) {
            let date = |text: &str| RecordedDate::from(text);
            prop_assert_eq!(date(&a).cmp(&date(&b)), a.cmp(&b));
            prop_assert_eq!(date(&a).cmp(&date(&c)), a.cmp(&c));
            prop_assert_eq!(date(&c).cmp(&date(&d)), c.cmp(&d));
            prop_assert_eq!(Date::parse(&c).cmp(&Date::parse(&d)), c.cmp(&d));
        }
    }
}
