//! Which mechanism of the United Nations a row belongs to.

use crate::exchange::read::values::cells::folded;

/// What the Universal Periodic Review is called, in the languages of the United Nations and in Belarusian.
const UPR: [&str; 14] = [
    "upr",
    "universal periodic review",
    "epu",
    "examen périodique universel",
    "examen periódico universal",
    "упо",
    "универсальный периодический обзор",
    "упа",
    "універсальны перыядычны агляд",
    "الاستعراض الدوري الشامل",
    "普遍定期审议",
    "普遍定期審議",
    "普遍定期审查",
    "working group on the universal periodic review",
];

/// Returns true if a cell names the Universal Periodic Review, or nothing.
pub(crate) fn is_upr(mechanism: &str) -> bool {
    let named = folded(mechanism);
    let words: Vec<&str> = named.split(' ').collect();
    let names = |name: &str| {
        let name = folded(name);
        named == name
            || name.contains(' ') && named.contains(&name)
            || words.contains(&name.as_str())
    };
    named.is_empty() || UPR.into_iter().any(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_review_is_known_in_seven_languages() {
        for text in [
            "",
            " - ",
            "UPR",
            "- UPR",
            "UPR (third cycle)",
            "Examen périodique universel",
            "EPU 3",
            "Универсальный периодический обзор",
            "الاستعراض الدوري الشامل",
            "普遍定期审议",
        ] {
            assert!(is_upr(text), "{text}");
        }
        for text in [
            "CEDAW",
            "Organes de traités",
            "Special procedures",
            "Supreme Court",
        ] {
            assert!(!is_upr(text), "{text}");
        }
    }
}
