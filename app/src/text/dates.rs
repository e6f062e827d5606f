//! Dates in sentences, written out as the language of the scope does. Tables and files have ISO 8601.

use crate::t;
use crate::text::catalogue::text;
use time::{Date, OffsetDateTime};

/// A day, such as "31 December 2023".
pub(crate) fn written_out(day: Date) -> String {
    let month = text(&format!("month-{}", u8::from(day.month())), &[]);
    t!(
        "date-long",
        day = day.day(),
        month = month,
        year = day.year().to_string()
    )
}

/// A moment to the minute, UTC, such as "31 December 2023, 14:05".
pub(crate) fn with_time(moment: OffsetDateTime) -> String {
    let time = format!("{:02}:{:02}", moment.hour(), moment.minute());
    t!(
        "date-with-time",
        date = written_out(moment.date()),
        time = time
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn dates_are_written_out() {
        assert_eq!(written_out(date!(2023 - 12 - 31)), "31 December 2023");
        let moment = datetime!(2026-05-01 9:05 UTC);
        assert_eq!(with_time(moment), "1 May 2026, 09:05");
    }
}
