//! Numbers, shares and lists, as the language of the scope writes them. Files have digits alone.

use super::locale::Locale;
use crate::t;
use data::domain::Counts;
use fluent_bundle::types::FluentNumber;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use std::borrow::Cow;
use std::sync::OnceLock;

/// How a locale writes numbers and lists.
struct Formats {
    decimal: Option<DecimalFormatter>,
    /// Whether its digits are those of ASCII: then a short whole number needs no formatter.
    has_ascii_digits: bool,
    list: Option<ListFormatter>,
}

impl Formats {
    fn current() -> &'static Self {
        static FORMATS: [OnceLock<Formats>; Locale::COUNT] =
            [const { OnceLock::new() }; Locale::COUNT];
        let locale = Locale::current();
        FORMATS[locale.index()].get_or_init(|| Self::of(&locale.language()))
    }

    fn of(language: &icu_locale_core::Locale) -> Self {
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(GroupingStrategy::Auto);
        let decimal = DecimalFormatter::try_new(language.into(), options).ok();
        let zero = decimal
            .as_ref()
            .map(|decimal| decimal.format(&Decimal::from(0)).to_string());
        // "A, B, C" in English: these lists stand in cells and brackets, where "and" would be in the way.
        let wide = ListFormatterOptions::default().with_length(ListLength::Wide);
        Self {
            decimal,
            has_ascii_digits: zero.is_none_or(|zero| zero == "0"),
            list: ListFormatter::try_new_unit(language.into(), wide).ok(),
        }
    }

    fn decimal(&self, number: &Decimal) -> String {
        match &self.decimal {
            Some(decimal) => decimal.format(number).to_string(),
            None => number.to_string(),
        }
    }
}

/// A count, its thousands in groups.
pub(crate) fn number(count: u64) -> String {
    let formats = Formats::current();
    if count < 1_000 && formats.has_ascii_digits {
        return count.to_string();
    }
    formats.decimal(&Decimal::from(count))
}

/// A number in a text, such as `3` or `99.9`. Digits that somebody typed stay as they are.
pub(crate) fn written(number: &FluentNumber) -> String {
    let digits = number.as_string();
    if number.options.use_grouping {
        decimal(&digits).into_owned()
    } else {
        digits.into_owned()
    }
}

/// A decimal number, given in digits with a point; anything else is returned as it is.
fn decimal(digits: &str) -> Cow<'_, str> {
    let formats = Formats::current();
    let is_short = digits.len() < 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_short && formats.has_ascii_digits {
        return Cow::Borrowed(digits);
    }
    match Decimal::try_from_str(digits) {
        Ok(number) => Cow::Owned(formats.decimal(&number)),
        Err(_) => Cow::Borrowed(digits),
    }
}

/// A share, 0 to 1, as a percentage with one decimal at most. A share above nothing is never written as
/// 0, and a share below everything never as 100.
pub(crate) fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.0005 {
        return t!("percent-less", value = decimal("0.1"));
    }
    if (0.9995..1.0).contains(&share) {
        return t!("percent-more", value = decimal("99.9"));
    }
    let number = format!("{:.1}", share * 100.0);
    let number = number.strip_suffix(".0").unwrap_or(&number);
    t!("percent", value = decimal(number).into_owned())
}

/// "26 of 252 (10.3%)"; without the percentage if the base is small, and a dash if there is no base.
#[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
pub(crate) fn of_base(count: u64, base: u64) -> String {
    if base == 0 {
        t!("count-of-nothing")
    } else if base < Counts::SMALL {
        t!("count-of", count = count, base = base)
    } else {
        let percent = percent(count as f64 / base as f64);
        t!(
            "count-of-percent",
            count = count,
            base = base,
            percent = percent
        )
    }
}

/// Several names as one text: "Fiji, Norway, Togo".
pub(crate) fn list<N: AsRef<str>>(names: &[N]) -> String {
    let names = names.iter().map(AsRef::as_ref);
    match &Formats::current().list {
        Some(list) => list.format(names).to_string(),
        None => names.collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::translations::text_with_owned;

    #[test]
    fn long_numbers_are_written_in_groups() {
        let known = [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (9_999, "9,999"),
            (10_000, "10,000"),
            (117_000, "117,000"),
            (1_234_567, "1,234,567"),
        ];
        for (count, expected) in known {
            assert_eq!(number(count), expected);
            assert_eq!(
                t!("count-of", count = count, base = 1),
                format!("{expected} of 1")
            );
            assert_eq!(
                t!("words-counted", count = count),
                format!("{expected} recommendations")
            );
        }
        // A number that somebody typed stays as it was.
        let typed = [("count", "12345".to_owned())];
        let said = text_with_owned("words-counted", &typed);
        assert_eq!(said, "12345 recommendations");
    }

    #[test]
    fn each_language_has_its_separators_and_digits() {
        let formats = |tag: &str| Formats::of(&tag.parse().unwrap());
        let number: Decimal = "1234567.5".parse().unwrap();
        for (tag, expected, list) in [
            ("en", "1,234,567.5", "a, b, c"),
            ("fr", "1\u{202f}234\u{202f}567,5", "a, b et c"),
            ("es", "1.234.567,5", "a, b y c"),
        ] {
            let formats = formats(tag);
            assert_eq!(formats.decimal(&number), expected, "{tag}");
            let lists = formats.list.unwrap();
            assert_eq!(lists.format(["a", "b", "c"].iter()).to_string(), list);
            assert!(formats.has_ascii_digits, "{tag}");
        }
        // Spanish writes four digits together.
        let thousand = Decimal::from(1_000);
        assert_eq!(formats("es").decimal(&thousand), "1000");
        assert!(!formats("ar-EG").has_ascii_digits);
    }

    #[test]
    fn per_cents_are_short_and_do_not_lie() {
        let known = [
            (0.0, "0%"),
            (0.000_1, "less than 0.1%"),
            (0.000_6, "0.1%"),
            (2.0 / 252.0, "0.8%"),
            (223.0 / 252.0, "88.5%"),
            (0.25, "25%"),
            (0.999_9, "more than 99.9%"),
            (1.0, "100%"),
        ];
        for (share, written) in known {
            assert_eq!(percent(share), written);
        }
    }

    #[test]
    fn small_bases_have_no_per_cent() {
        assert_eq!(of_base(26, 252), "26 of 252 (10.3%)");
        assert_eq!(of_base(10, 10), "10 of 10 (100%)");
        assert_eq!(of_base(2, 9), "2 of 9");
        assert_eq!(of_base(0, 0), "–");
    }
}
