//! The names of the field in a language, and their order.
//!
//! English names are those of the data: a State's in its table, a term's as its source wrote it. A locale may have
//! others, by the keys `state-{code}` and `term-{scheme}-{words}` in `names.ftl` of its folder.

use super::catalogue::Catalogue;
use super::locale::Locale;
use crate::t;
use data::domain::{
    Paragraph, Recommendation, ReviewRecord, Scheme, StateCode, Status, UnnumberedPlace,
};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use std::borrow::{Borrow, Cow};
use std::sync::OnceLock;

/// The name of a State in the locale of the scope.
pub(crate) fn state(state: impl Borrow<StateCode>) -> &'static str {
    let state = *state.borrow();
    let name = Catalogue::of(Locale::current()).state(state);
    name.unwrap_or_else(|| state.name())
}

/// The number of a recommendation; where its source does not number, its place there.
pub(crate) fn paragraph(one: &Recommendation) -> String {
    if one.paragraph.is_number() {
        return one.paragraph.to_string();
    }
    match one.unnumbered.place() {
        Some(UnnumberedPlace {
            place,
            total,
            source: Some(source),
        }) => t!(
            "unnumbered-in-source",
            place = *place,
            total = *total,
            source = source.to_string()
        ),
        Some(UnnumberedPlace { place, total, .. }) => {
            t!("unnumbered-place", place = *place, total = *total)
        }
        None => t!("unnumbered"),
    }
}

/// The number of a recommendation; where its source does not number, its place there without the source: what
/// [`unnumbered_places`] says once need not stand in every row.
pub(crate) fn short_place(one: &Recommendation) -> String {
    match one.unnumbered.place() {
        Some(UnnumberedPlace { place, total, .. }) if !one.paragraph.is_number() => {
            t!("unnumbered-short", place = *place, total = *total)
        }
        _ => paragraph(one),
    }
}

/// What the numbers of [`short_place`] are, for a table that has such a recommendation.
pub(crate) fn unnumbered_places(one: &Recommendation) -> String {
    match one.unnumbered.place() {
        Some(UnnumberedPlace {
            source: Some(source),
            ..
        }) => t!("unnumbered-places-in-source", source = source.to_string()),
        _ => t!("unnumbered-places"),
    }
}

/// A number within a sentence, given as it is stored; "without a number" in place of the name of a recommendation
/// that its source does not number.
pub(crate) fn number(stored: &str) -> String {
    match Paragraph::parse(stored) {
        Ok(paragraph) if !paragraph.is_number() => t!("unnumbered-in-sentence"),
        _ => stored.to_owned(),
    }
}

/// The number of a recommendation of a review, given as it is stored; where it has none, its place in its source.
pub(crate) fn paragraph_in(record: &ReviewRecord, stored: &str) -> String {
    let mut all = record.recommendations.iter();
    match all.find(|one| one.paragraph.as_str() == stored) {
        Some(one) => paragraph(one),
        // It is there no longer.
        None if Paragraph::parse(stored).is_ok_and(|one| !one.is_number()) => t!("unnumbered"),
        None => stored.to_owned(),
    }
}

/// The name of an issue, theme, goal or group of persons in the locale of the scope.
pub(crate) fn term(scheme: Scheme, term: &str) -> Cow<'_, str> {
    match Catalogue::of(Locale::current()).term(scheme, term) {
        Some(name) => Cow::Borrowed(name),
        None => Cow::Borrowed(term),
    }
}

/// The name of one of the terms that a list has in its column of topics: an issue, or a theme.
pub(crate) fn topic(name: &str) -> Cow<'_, str> {
    match term(Scheme::Issue, name) {
        Cow::Borrowed(same) if same == name => term(Scheme::Theme, name),
        issue => issue,
    }
}

/// The name of the language of a text, given by its tag.
pub(crate) fn language(tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or_default();
    let primary = primary.to_ascii_lowercase();
    t!("language-name", language = primary, tag = tag.to_owned())
}

/// The label of a status in the locale of the scope: that of its scale if the scale has none in this language.
pub(crate) fn status(status: &Status) -> String {
    let locale = Locale::current();
    let translated = status.labels.get(locale.tag());
    let translated = translated.filter(|_| locale != Locale::ENGLISH);
    translated.unwrap_or(&status.label).clone()
}

/// A key by which names are put in the order of the alphabet of the scope's locale.
pub(crate) fn alphabetical(name: &str) -> Vec<u8> {
    static COLLATORS: [OnceLock<Option<CollatorBorrowed<'static>>>; Locale::COUNT] =
        [const { OnceLock::new() }; Locale::COUNT];
    let locale = Locale::current();
    let collator = COLLATORS[locale.index()].get_or_init(|| collator(locale));
    let mut key = Vec::new();
    match collator
        .as_ref()
        .map(|collator| collator.write_sort_key_to(name, &mut key))
    {
        Some(Ok(())) => key,
        _ => name.to_lowercase().into_bytes(),
    }
}

/// The collator of a locale. English has none: lists in English stay in the order that they have in addresses which
/// were cited, by code points, in which an accented letter follows every other.
fn collator(locale: Locale) -> Option<CollatorBorrowed<'static>> {
    if locale == Locale::ENGLISH {
        return None;
    }
    Collator::try_new((&locale.language()).into(), CollatorOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_has_a_label_in_each_language_of_its_scale() {
        let pseudo = Locale::all().find(|locale| locale.is_pseudo()).unwrap();
        let mut made = data::domain::Scale::built_in().remove(0).statuses.remove(0);
        let label = made.label.clone();
        assert_eq!(pseudo.enter(|| status(&made)), label);
        made.labels.insert("en-XA".to_owned(), "Ðòòñèè".to_owned());
        made.labels.insert("en".to_owned(), "Done".to_owned());
        assert_eq!(pseudo.enter(|| status(&made)), "Ðòòñèè");
        assert_eq!(status(&made), label);
    }

    #[test]
    fn names_are_in_the_order_of_their_language() {
        let ordered = || {
            let mut names = ["Cuba", "Côte d’Ivoire", "Chad"];
            names.sort_by_cached_key(|name| alphabetical(name));
            names
        };
        let pseudo = Locale::all().find(|locale| locale.is_pseudo()).unwrap();
        assert_eq!(pseudo.enter(ordered), ["Chad", "Côte d’Ivoire", "Cuba"]);
        assert_eq!(ordered(), ["Chad", "Cuba", "Côte d’Ivoire"]);
    }
}
