//! Paragraphs, States, codes and what reads them.

use data::domain::{
    ActionCategory, Paragraph, PositionClass, RegionalGroup, ReviewCode, StateCode, states,
};
use proptest::prelude::*;
use std::cmp::Ordering;

fn paragraph() -> impl Strategy<Value = Paragraph> {
    let printed = prop_oneof![
        "[0-9]{1,3}\\.[0-9]{1,3}",
        "[0-9]{1,3}\\.[0-9]{1,2}\\.\\.[0-9]",
        "[0-9]{1,3}\\([a-zA-Z]\\)",
        "[0-9][0-9a-zA-Z().-]{0,22}[0-9a-z)]",
        "[0-9]{1,24}",
    ];
    printed.prop_map(|text| Paragraph::parse(&text).unwrap())
}

proptest! {
    #[test]
    fn the_order_of_paragraphs_is_total(a in paragraph(), b in paragraph(), c in paragraph()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
        prop_assert_eq!(a.partial_cmp(&b), Some(a.cmp(&b)));
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        if a.order() < b.order() {
            prop_assert!(a < b);
        }
        prop_assert_eq!(Paragraph::parse(a.as_str()), Ok(a));
    }

    #[test]
    fn paragraphs_are_in_the_order_of_their_numbers(
        a in (1_u64..=u64::MAX, 0_u32..10_000),
        b in (1_u64..=u64::MAX, 0_u32..10_000),
    ) {
        let read = |(first, second): (u64, u32)| Paragraph::parse(&format!("{first}.{second}"));
        if let (Ok(first), Ok(second)) = (read(a), read(b)) {
            prop_assert_eq!(first.cmp(&second), a.cmp(&b));
        }
    }

    #[test]
    fn odd_texts_are_refused_and_no_more(text in any::<String>()) {
        if let Ok(paragraph) = Paragraph::parse(&text) {
            prop_assert!(paragraph.as_str().is_ascii());
        }
        let _ = states::resolve(&text);
        let _ = states::fold(&text);
        let _ = PositionClass::from_source(&text);
        let _ = ActionCategory::parse(&text);
        if let Some(code) = ReviewCode::parse(&text) {
            prop_assert_eq!(ReviewCode::parse(&code.to_string()), Some(code));
        }
    }

    #[test]
    fn a_misspelt_state_is_never_guessed(text in "[A-Za-z ]{4,30}") {
        if let Ok(state) = states::resolve(&text) {
            // Only blanks and case may differ from a spelling that is known.
            let unbroken = |text: &str| states::fold(text).replace(' ', "");
            prop_assert!(!unbroken(&text).is_empty());
            prop_assert_eq!(states::resolve(&unbroken(&text)), Ok(state));
        }
    }
}

#[test]
fn every_state_is_known_by_its_name_and_code() {
    for state in states::all().chain([StateCode::FICTITIOUS]) {
        let (code, name) = (state.as_str(), state.name());
        assert_eq!(StateCode::parse(code), Some(state));
        let written = [
            code.to_owned(),
            code.to_lowercase(),
            name.to_owned(),
            name.to_uppercase(),
            format!("  {name}\n"),
            format!("the {name}"),
        ];
        for text in written {
            assert_eq!(states::resolve(&text), Ok(state), "{text}");
        }
        let json = serde_json::to_string(&state).unwrap();
        assert_eq!(serde_json::from_str::<StateCode>(&json).unwrap(), state);
    }
    for group in RegionalGroup::ALL {
        assert_eq!(RegionalGroup::parse(group.code()), Some(group));
    }
}

#[test]
fn positions_are_read_from_sources_or_not_at_all() {
    for class in PositionClass::ALL {
        assert_eq!(PositionClass::from_source(class.code()), Some(class));
    }
    let known = [
        ("Supported/Noted", Some(PositionClass::PartiallySupported)),
        ("Under consideration", Some(PositionClass::Pending)),
        ("", Some(PositionClass::Unknown)),
        (" – ", Some(PositionClass::Unknown)),
        ("Принято", None),
        ("perhaps", None),
    ];
    for (raw, class) in known {
        assert_eq!(PositionClass::from_source(raw), class, "{raw}");
    }
}
