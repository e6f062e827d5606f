//! The sentences above a report's recommendations, which say what became of those below.

use super::values::{one_line, shortened};
use crate::domain::PositionClass;

/// What a sentence says of the recommendations below it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Lead {
    /// The position.
    pub(super) class: PositionClass,
    /// The sentence, shortened to 200 characters.
    pub(super) raw: String,
    /// The language that it is in.
    pub(super) language: &'static str,
}

/// Words that decide, in the order in which they do: a recommendation that "enjoys the support" of a
/// State "which considers it already implemented" is the latter.
const CUES: [(PositionClass, &str, &[&str]); 9] = [
    (
        PositionClass::Pending,
        "en",
        &[
            "will be examined",
            "shall be examined",
            "would be examined",
            "will provide responses",
            "will provide a response",
            "will respond",
        ],
    ),
    (
        PositionClass::SupportedAsImplemented,
        "en",
        &[
            "already implemented",
            "process of implementation",
            "being implemented",
        ],
    ),
    (
        PositionClass::Noted,
        "en",
        &[
            "not enjoy",
            "not support",
            "cannot accept",
            "not accept",
            "not be accepted",
            "rejected",
            "noted",
            "takes note",
            "took note",
        ],
    ),
    (
        PositionClass::PartiallySupported,
        "en",
        &["support in part", "partial support", "partially", "partly"],
    ),
    (
        PositionClass::Supported,
        "en",
        &["support", "accepted", "accepts"],
    ),
    (
        PositionClass::Pending,
        "fr",
        &["seront examinées", "sera examinée", "examinera"],
    ),
    (
        PositionClass::Noted,
        "fr",
        &[
            "pris note",
            "prend note",
            "n’ont pas recueilli",
            "n'ont pas recueilli",
            "rejet",
        ],
    ),
    (
        PositionClass::Supported,
        "fr",
        &[
            "recueillent l",
            "recueilli l",
            "bénéficient de l",
            "accepté",
        ],
    ),
    (
        PositionClass::Supported,
        "es",
        &[
            "cuentan con el apoyo",
            "gozan del apoyo",
            "han recibido el apoyo",
        ],
    ),
];

/// And in Spanish, where "noted" and "pending" have no word in common with the others.
const SPANISH: [(PositionClass, &[&str]); 2] = [
    (PositionClass::Pending, &["serán examinadas", "examinará"]),
    (
        PositionClass::Noted,
        &[
            "tomado nota",
            "toma nota",
            "no cuentan con el apoyo",
            "no gozan del apoyo",
            "rechaza",
        ],
    ),
];

/// What a sentence says; nothing if it is not about recommendations.
pub(super) fn lead(sentence: &str) -> Option<Lead> {
    let text = one_line(sentence);
    let lower = text.to_lowercase();
    if !lower.contains("recom") {
        return None;
    }
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let spanish = SPANISH
        .iter()
        .find(|(_, words)| says(words))
        .map(|(class, _)| (*class, "es"));
    let (class, language) = spanish.or_else(|| {
        CUES.iter()
            .find(|(_, _, words)| says(words))
            .map(|(class, language, _)| (*class, *language))
    })?;
    Some(Lead {
        class,
        raw: shortened(text.trim_end_matches([':', ' '])),
        language,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_understood() {
        let class = |text| lead(text).map(|lead| lead.class);
        let expected = [
            (
                "The recommendations listed below have been examined by X and enjoy its support:",
                PositionClass::Supported,
            ),
            (
                "The recommendations below enjoy the support of X, which considers that they are \
                 already implemented or in the process of implementation:",
                PositionClass::SupportedAsImplemented,
            ),
            (
                "The following recommendations will be examined by X, which will provide responses \
                 in due time, but no later than the session:",
                PositionClass::Pending,
            ),
            (
                "The recommendations below did not enjoy the support of X and would thus be noted:",
                PositionClass::Noted,
            ),
            (
                "The recommendations were examined by X and have been noted by X:",
                PositionClass::Noted,
            ),
            (
                "Les recommandations ci-après recueillent l’appui de X:",
                PositionClass::Supported,
            ),
            (
                "Las recomendaciones siguientes cuentan con el apoyo de X:",
                PositionClass::Supported,
            ),
        ];
        for (text, expected) in expected {
            assert_eq!(class(text), Some(expected), "{text}");
        }
        assert_eq!(class("The delegation noted progress."), None);
        assert_eq!(
            class("All recommendations reflect positions of States."),
            None
        );
    }
}
