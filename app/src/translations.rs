//! Every text that people see, by key.
//!
//! Fluent files in `app/locales/{language}/` are built into the program. [`t!`](crate::t) looks a key
//! up; a key that is missing shows itself, and a test finds it before anybody sees it.

use data::domain::{
    ActionCategory, Column, Confidence, CountingUnit, Cycle, Dimension, EvidenceKind, Message,
    PositionClass, Redaction, RegionalGroup, Review, Role, StateCode,
};
use data::exchange::MappedField;
use data::store::{SecurityEntry, SecurityKind};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};
use std::collections::HashMap;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// The files of one language.
const ENGLISH: [&str; 14] = [
    include_str!("../locales/en/account.ftl"),
    include_str!("../locales/en/across.ftl"),
    include_str!("../locales/en/actions.ftl"),
    include_str!("../locales/en/charts.ftl"),
    include_str!("../locales/en/columns.ftl"),
    include_str!("../locales/en/data.ftl"),
    include_str!("../locales/en/exchange.ftl"),
    include_str!("../locales/en/list.ftl"),
    include_str!("../locales/en/pages.ftl"),
    include_str!("../locales/en/reading.ftl"),
    include_str!("../locales/en/redaction.ftl"),
    include_str!("../locales/en/shell.ftl"),
    include_str!("../locales/en/words.ftl"),
    include_str!("../locales/en/workbench.ftl"),
];

static BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let mut bundle = FluentBundle::new_concurrent(vec![
        LANGUAGE.parse::<LanguageIdentifier>().unwrap_or_default(),
    ]);
    // Isolation marks would be copied along with every figure that somebody quotes.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(written(number)),
        _ => None,
    }));
    for file in ENGLISH {
        // A faulty entry is left out and shows as its key; the tests refuse such a file.
        let resource = match FluentResource::try_new(file.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
});

/// The texts that choose nothing by a value, by key: nearly all of them, hundreds on a page. Fluent would
/// resolve each anew, which took longer than the rest of a list's page.
static PREPARED: LazyLock<HashMap<&'static str, Vec<Part>>> = LazyLock::new(|| {
    let begins = |line: &str| line.starts_with(|first: char| first.is_ascii_alphabetic());
    let lines = ENGLISH.into_iter().flat_map(str::lines);
    let keys = lines
        .filter(|line| begins(line))
        .filter_map(|line| Some(line.split_once('=')?.0.trim()));
    keys.filter_map(|key| {
        let pattern = BUNDLE.get_message(key)?.value()?;
        let parts: Option<Vec<Part>> = pattern.elements.iter().map(Part::of).collect();
        Some((key, parts?))
    })
    .collect()
});

/// A part of a text that chooses nothing.
enum Part {
    Text(&'static str),
    /// The value of that name.
    Value(&'static str),
}

impl Part {
    /// None where Fluent has to resolve it: plurals, other texts, functions.
    fn of(element: &'static PatternElement<&'static str>) -> Option<Self> {
        match element {
            PatternElement::TextElement { value } => Some(Self::Text(value)),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => Some(Self::Value(id.name)),
            PatternElement::Placeable { .. } => None,
        }
    }

    /// Adds it to a text; says no where Fluent has a way of its own to show the value or its absence.
    fn add(&self, text: &mut String, values: &[(&'static str, Value)]) -> bool {
        let name = match self {
            Self::Text(part) => {
                text.push_str(part);
                return true;
            }
            Self::Value(name) => name,
        };
        match values.iter().find(|(given, _)| given == name) {
            Some((_, FluentValue::String(value))) => text.push_str(value),
            Some((_, FluentValue::Number(number))) => text.push_str(&written(number)),
            _ => return false,
        }
        true
    }
}

/// The language of the texts, BCP 47.
pub const LANGUAGE: &str = "en";

/// A value that a text mentions: a number, which decides on the plural, or a text.
pub type Value = FluentValue<'static>;

/// The text of a key.
pub fn text(key: &str, values: &[(&'static str, Value)]) -> String {
    if let Some(parts) = PREPARED.get(key) {
        let mut text = String::new();
        if parts.iter().all(|part| part.add(&mut text, values)) {
            return text;
        }
    }
    let Some(pattern) = BUNDLE.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut arguments = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        arguments.set(*name, value.clone());
    }
    let mut errors = Vec::new();
    BUNDLE
        .format_pattern(pattern, Some(&arguments), &mut errors)
        .into_owned()
}

/// Whether there is a text of that key.
pub fn has(key: &str) -> bool {
    BUNDLE.has_message(key)
}

/// The text of a message from the data, in words.
pub fn message(message: &Message) -> String {
    text_with_owned(&message.key, &message.values)
}

/// The text of a key, with values by names that were read from somewhere.
/// Returns true if there is a text of that key.
pub(crate) fn is_known(key: &str) -> bool {
    BUNDLE.has_message(key)
}

pub(crate) fn text_with_owned<N: AsRef<str>>(key: &str, values: &[(N, String)]) -> String {
    let Some(pattern) = BUNDLE.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let arguments: FluentArgs<'_> = values
        .iter()
        .map(|(name, value)| (name.as_ref().to_owned(), of_text(value)))
        .collect();
    BUNDLE
        .format_pattern(pattern, Some(&arguments), &mut Vec::new())
        .into_owned()
}

/// A value that was kept as text. Whole numbers are numbers again, or no text could tell one from many;
/// they are written as they were, because somebody may have typed them.
fn of_text(value: &str) -> Value {
    let is_written_alike = |number: &u32| number.to_string() == value;
    match value.parse::<u32>().ok().filter(is_written_alike) {
        Some(number) => {
            let as_typed = FluentNumberOptions {
                use_grouping: false,
                ..FluentNumberOptions::default()
            };
            FluentValue::Number(FluentNumber::new(f64::from(number), as_typed))
        }
        None => Value::from(value.to_owned()),
    }
}

/// A count as people read it: in groups of three where it has more than four digits, as this language
/// does. Files have it in digits alone.
pub(crate) fn number(count: u64) -> String {
    grouped(&count.to_string())
}

/// The same of a number in a text.
fn written(number: &FluentNumber) -> String {
    let digits = number.as_string();
    if number.options.use_grouping {
        grouped(&digits)
    } else {
        digits.into_owned()
    }
}

fn grouped(digits: &str) -> String {
    const SEPARATOR: char = ',';
    /// Shorter ones are read at a glance.
    const LONG: usize = 5;
    let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !whole || digits.len() < LONG {
        return digits.to_owned();
    }
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(SEPARATOR);
        }
        grouped.push(digit);
    }
    grouped
}

/// The text of a key: `t!("home-title")`, `t!("list-count", count = 3)`.
#[macro_export]
macro_rules! t {
    ($key:expr) => { $crate::translations::text($key, &[]) };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::translations::text(
            $key,
            &[$((stringify!($name), $crate::translations::Value::from($value))),+],
        )
    };
}

/// The name of a position.
pub fn position(class: PositionClass) -> String {
    text(&format!("position-{}", class.code()), &[])
}

/// The name of a regional group.
pub fn regional_group(group: RegionalGroup) -> String {
    text(&format!("group-{}", group.code()), &[])
}

/// The name of an action category, with its number.
pub fn action_category(category: ActionCategory) -> String {
    text(&format!("action-{}", category.number()), &[])
}

/// The name of a level of confidence.
pub fn confidence(level: Confidence) -> String {
    text(&format!("confidence-{}", level.code()), &[])
}

/// The name of what a column of somebody else's table can hold.
pub fn mapped_field(field: MappedField) -> String {
    text(&format!("mapped-{}", field.id().replace('_', "-")), &[])
}

/// The name of a kind of evidence.
pub fn evidence_kind(kind: EvidenceKind) -> String {
    text(&format!("evidence-{}", kind.code()), &[])
}

/// The name of a counting unit.
pub fn counting_unit(unit: CountingUnit) -> String {
    text(&format!("unit-{}", unit.code()), &[])
}

/// The name of a role.
pub fn role(role: Role) -> String {
    text(&format!("role-{}", role.code()), &[])
}

/// The heading of a column.
pub fn column(column: Column) -> String {
    text(&format!("column-{}", column.id()), &[])
}

/// The name of a dimension.
pub fn dimension(dimension: Dimension) -> String {
    text(&format!("dimension-{}", dimension.param()), &[])
}

/// "third cycle".
pub fn cycle(cycle: Cycle) -> String {
    text(&format!("cycle-{}", cycle.number()), &[])
}

/// "Belarus, third cycle (2020)".
pub fn review(review: &Review) -> String {
    let state = review.code.state.name();
    let year = review.session.and_then(data::domain::year_of_session);
    match year {
        Some(year) => text(
            "review-name-with-year",
            &[
                ("state", state.into()),
                ("cycle", cycle(review.code.cycle).into()),
                ("year", year.to_string().into()),
            ],
        ),
        None => text(
            "review-name",
            &[
                ("state", state.into()),
                ("cycle", cycle(review.code.cycle).into()),
            ],
        ),
    }
}

/// The name of a value of a dimension, such as a State's name for its code. Statuses are named by
/// their scale: give `status_label` for them.
pub fn dimension_value(
    dimension: Dimension,
    value: &str,
    status_label: impl Fn(&str) -> Option<String>,
) -> String {
    let named = match dimension {
        Dimension::Status => status_label(value),
        Dimension::Position => PositionClass::parse(value).map(position),
        Dimension::Cycle => (value.parse().ok()).and_then(Cycle::new).map(cycle),
        Dimension::State | Dimension::RecommendingState => {
            StateCode::parse(value).map(|state| state.name().to_owned())
        }
        Dimension::RegionalGroup => RegionalGroup::parse(value).map(regional_group),
        Dimension::ActionCategory => ActionCategory::parse(value).map(action_category),
        Dimension::Term(_) => None,
    };
    named.unwrap_or_else(|| value.to_owned())
}

/// What was removed from a published round: the day, the reason and both hashes.
pub(crate) fn redaction(redaction: &Redaction) -> String {
    let values = [
        ("day", redaction.day.clone().into()),
        ("reason", redaction.reason.clone().into()),
        ("before", redaction.before.clone().into()),
        ("after", redaction.after.clone().into()),
    ];
    text("round-redaction", &values)
}

/// A day, `2023-12-31`, of a moment in milliseconds since 1970, UTC.
pub fn day(moment: i64) -> String {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    time::OffsetDateTime::from_unix_timestamp(moment.div_euclid(1_000))
        .ok()
        .and_then(|moment| moment.format(format).ok())
        .unwrap_or_default()
}

/// Says when the data of a page were current, for a page that is shown while the database is away.
pub fn data_as_of(moment: i64) -> String {
    let format = time::macros::format_description!(
        "[day padding:none] [month repr:long] [year], [hour]:[minute]"
    );
    let moment = time::OffsetDateTime::from_unix_timestamp(moment.div_euclid(1_000))
        .ok()
        .and_then(|moment| moment.format(format).ok())
        .unwrap_or_default();
    t!("outage-as-of", moment = moment)
}

/// Today, `2023-12-31`, UTC: when somebody looked something up.
pub(crate) fn today() -> String {
    let now = time::OffsetDateTime::now_utc().unix_timestamp();
    day(now.saturating_mul(1_000))
}

/// The first millisecond of a day, `2023-12-31`, UTC.
pub(crate) fn start_of_day(day: &str) -> Option<i64> {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    let day = time::Date::parse(day, format).ok()?;
    Some(day.midnight().assume_utc().unix_timestamp() * 1_000)
}

/// The last millisecond of a day, UTC.
pub(crate) fn end_of_day(day: &str) -> Option<i64> {
    start_of_day(day).map(|start| start + 24 * 60 * 60 * 1_000 - 1)
}

/// A moment to the minute, `2023-12-31 14:05 UTC`.
pub fn minute(moment: i64) -> String {
    let format = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
    time::OffsetDateTime::from_unix_timestamp(moment.div_euclid(1_000))
        .ok()
        .and_then(|moment| moment.format(format).ok())
        .unwrap_or_default()
}

/// A moment to the second, `2023-12-31 14:05:09`, UTC.
pub fn second(moment: i64) -> String {
    let format = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    time::OffsetDateTime::from_unix_timestamp(moment.div_euclid(1_000))
        .ok()
        .and_then(|moment| moment.format(format).ok())
        .unwrap_or_default()
}

/// What an entry of the security log says happened.
pub fn security_entry(entry: &SecurityEntry) -> String {
    let is_unknown = entry.kind == SecurityKind::SignInFailed && entry.about.is_empty();
    let unknown = if is_unknown { "-unknown" } else { "" };
    let what = text(&format!("security-{}{unknown}", entry.kind.code()), &[]);
    if entry.times == 1 {
        return what;
    }
    let last = second(entry.last_at);
    crate::t!(
        "security-times",
        what = what,
        times = entry.times,
        last = last
    )
}

/// A length of time in its largest whole unit, such as "12 hours".
pub(crate) fn duration(time: std::time::Duration) -> String {
    let minutes = time.as_secs() / 60;
    if minutes >= 48 * 60 && minutes.is_multiple_of(24 * 60) {
        crate::t!("duration-days", count = minutes / (24 * 60))
    } else if minutes >= 60 && minutes.is_multiple_of(60) {
        crate::t!("duration-hours", count = minutes / 60)
    } else {
        crate::t!("duration-minutes", count = minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_written_in_groups() {
        let known = [
            (0, "0"),
            (9_999, "9999"),
            (10_000, "10,000"),
            (117_000, "117,000"),
            (1_234_567, "1,234,567"),
        ];
        for (count, expected) in known {
            assert_eq!(number(count), expected);
            let said = text("count-of", &[("count", count.into()), ("base", 1.into())]);
            assert_eq!(said, format!("{expected} of 1"));
            let said = text("words-counted", &[("count", count.into())]);
            assert_eq!(said, format!("{expected} recommendations"));
        }
        // What somebody typed is said as it was.
        let typed = [("count", "12345".to_owned())];
        let said = text_with_owned("words-counted", &typed);
        assert_eq!(said, "12345 recommendations");
    }

    /// What is put together here reads as Fluent would have put it together.
    #[test]
    fn prepared_texts_read_as_fluent_resolves_them() {
        let mut with_values = 0;
        for (key, parts) in PREPARED.iter() {
            // A text can say the same value twice.
            let names: std::collections::BTreeSet<&'static str> = parts
                .iter()
                .filter_map(|part| match part {
                    Part::Value(name) => Some(*name),
                    Part::Text(_) => None,
                })
                .collect();
            for (number, word) in [(0, ""), (1, "Côte d’Ivoire"), (12_345, "{ $count } <b>")] {
                let values: Vec<(&'static str, Value)> = names
                    .iter()
                    .enumerate()
                    .map(|(place, name)| match place % 2 {
                        0 => (*name, Value::from(number)),
                        _ => (*name, Value::from(word)),
                    })
                    .collect();
                with_values += values.len();
                let arguments: FluentArgs<'_> = values.iter().cloned().collect();
                let pattern = BUNDLE.get_message(key).and_then(|message| message.value());
                let resolved = pattern.map(|pattern| {
                    BUNDLE.format_pattern(pattern, Some(&arguments), &mut Vec::new())
                });
                assert_eq!(Some(text(key, &values)), resolved.map(Into::into), "{key}");
                if !values.is_empty() {
                    assert_eq!(text(key, &[]), text_with_owned::<&str>(key, &[]), "{key}");
                }
            }
        }
        assert!(with_values > 300, "{with_values}");
    }
}
