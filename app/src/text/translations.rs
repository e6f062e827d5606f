//! Every text that people see, by key.
//!
//! Fluent files in `app/locales/{language}/` are built into the program. [`t!`](crate::t) looks a key
//! up in the locale of the request. A key that a locale lacks is English; one that English lacks shows itself,
//! and a test finds it before anybody sees it.

use crate::text::catalogue::Catalogue;
pub(crate) use crate::text::catalogue::text_with_owned;
pub use crate::text::catalogue::{Value, text};
use crate::text::locale::Locale;
pub(crate) use crate::text::numbers::number;
use crate::text::{dates, names};
use data::domain::{
    ActionCategory, Column, Confidence, CountingUnit, Cycle, Date, Dimension, EvidenceKind,
    Message, PositionClass, Redaction, RegionalGroup, Review, Role, StateCode,
};
use data::exchange::{Extra, MappedField};
use data::store::{SecurityEntry, SecurityKind};

/// Returns true if a locale has a text of that key of its own.
pub fn has(locale: Locale, key: &str) -> bool {
    Catalogue::of(locale).has(key)
}

/// Returns true if there is a text of that key.
pub(crate) fn is_known(key: &str) -> bool {
    has(Locale::ENGLISH, key)
}

/// The text of a message from the data, in words.
pub fn message(message: &Message) -> String {
    text_with_owned(&message.key, &message.values)
}

/// The text of a key in the locale of the scope: `t!("home-title")`, `t!("list-count", count = 3)`; or in a
/// locale that is given: `t!(locale: Locale::ENGLISH, "home-title")`.
#[macro_export]
macro_rules! t {
    (locale: $locale:expr, $($text:tt)+) => { $locale.enter(|| $crate::t!($($text)+)) };
    ($key:expr) => { $crate::text::catalogue::text($key, &[]) };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::text::catalogue::text(
            $key,
            &[$((stringify!($name), $crate::text::catalogue::Value::from($value))),+],
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

/// Makes files with headings in any of our languages readable, on the command line as in the browser. Called when
/// the program starts.
pub fn recognise_column_labels() {
    let locales = Locale::all().filter(|locale| *locale != Locale::ENGLISH);
    data::exchange::recognise_labels(locales.flat_map(|locale| {
        let ids = Column::ALL.iter().map(|column| column.id());
        let ids = ids.chain(Extra::ALL.iter().map(|extra| extra.id()));
        ids.map(move |id| {
            (
                id.to_owned(),
                locale.enter(|| text(&format!("column-{id}"), &[])),
            )
        })
    }));
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
    let state = names::state(review.code.state);
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
            StateCode::parse(value).map(|state| names::state(state).to_owned())
        }
        Dimension::RegionalGroup => RegionalGroup::parse(value).map(regional_group),
        Dimension::ActionCategory => ActionCategory::parse(value).map(action_category),
        Dimension::Term(scheme) => Some(names::term(scheme, value).into_owned()),
        Dimension::ResponsibleBody => None,
    };
    named.unwrap_or_else(|| value.to_owned())
}

/// What was removed from a published round: the day, the reason and both hashes.
pub(crate) fn redaction(redaction: &Redaction) -> String {
    let values = [
        ("day", redaction.day.to_string().into()),
        ("reason", redaction.reason.clone().into()),
        ("before", redaction.before.clone().into()),
        ("after", redaction.after.clone().into()),
    ];
    text("round-redaction", &values)
}

/// A day, `2023-12-31`, of a moment in milliseconds since 1970, UTC.
pub fn day(moment: i64) -> String {
    Date::of_moment(moment).to_string()
}

/// The day of a moment (milliseconds since 1970, UTC) in a sentence, such as "31 December 2023".
pub(crate) fn day_written_out(moment: i64) -> String {
    let moment = time::OffsetDateTime::from_unix_timestamp(moment.div_euclid(1_000));
    moment
        .map(|moment| dates::written_out(moment.date()))
        .unwrap_or_default()
}

/// Says when the database was last there, for a page that is shown while it is away. This is neither the day of the
/// last change nor the as-of date of a round.
pub fn outage_notice(moment: i64) -> String {
    let moment = time::OffsetDateTime::from_unix_timestamp(moment.div_euclid(1_000));
    let moment = moment.map(dates::with_time).unwrap_or_default();
    t!("outage-as-of", moment = moment)
}

/// Today, `2023-12-31`, UTC: when somebody looked something up.
pub(crate) fn today() -> String {
    let now = time::OffsetDateTime::now_utc().unix_timestamp();
    day(now.saturating_mul(1_000))
}

/// The first millisecond of a day, `2023-12-31`, UTC.
pub(crate) fn start_of_day(day: &str) -> Option<i64> {
    let day = Date::parse(day)?.day()?;
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
