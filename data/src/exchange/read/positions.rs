//! Positions as tables write them, also in French, Spanish and Russian.

use super::values::folded;
use crate::domain::PositionClass;

const WORDS: [(PositionClass, &[&str]); 5] = [
    (
        PositionClass::Supported,
        &[
            "yes",
            "agreed",
            "enjoys the support",
            "enjoy the support",
            "fully supported",
            "fully accepted",
            "appuyée",
            "appuyé",
            "acceptée",
            "accepté",
            "recueille l'appui",
            "soutenue",
            "aceptada",
            "aceptado",
            "apoyada",
            "cuenta con el apoyo",
            "поддержана",
            "поддержано",
            "принята",
            "принято",
            "поддерживается",
        ],
    ),
    (
        PositionClass::SupportedAsImplemented,
        &[
            "already implemented",
            "déjà appliquée",
            "déjà mise en oeuvre",
            "ya aplicada",
            "уже выполнена",
        ],
    ),
    (
        PositionClass::PartiallySupported,
        &[
            "in part",
            "partially",
            "partly accepted",
            "partiellement acceptée",
            "partiellement appuyée",
            "parcialmente aceptada",
            "parcialmente apoyada",
            "частично поддержана",
            "частично принята",
            "поддержана частично",
        ],
    ),
    (
        PositionClass::Noted,
        &[
            "no",
            "not accepted",
            "declined",
            "does not enjoy the support",
            "notée",
            "pris note",
            "prise en note",
            "rejetée",
            "refusée",
            "anotada",
            "tomada nota",
            "tomó nota",
            "rechazada",
            "принята к сведению",
            "принято к сведению",
            "отклонена",
            "отклонено",
            "не поддержана",
        ],
    ),
    (
        PositionClass::Pending,
        &[
            "to be examined",
            "deferred",
            "en suspens",
            "en attente",
            "à l'examen",
            "pendiente",
            "en examen",
            "на рассмотрении",
            "рассматривается",
            "отложена",
        ],
    ),
];

/// The class that a cell names.
pub(super) fn position(cell: &str) -> Option<PositionClass> {
    if let Some(class) = PositionClass::from_source(cell) {
        return Some(class);
    }
    let cell = folded(cell);
    let named = |words: &[&str]| words.iter().any(|word| folded(word) == cell);
    WORDS
        .iter()
        .find(|(_, words)| named(words))
        .map(|(class, _)| *class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_of_four_languages_are_known() {
        let expected = [
            ("Supported", PositionClass::Supported),
            ("Acceptée", PositionClass::Supported),
            ("ACEPTADA", PositionClass::Supported),
            ("Поддержана", PositionClass::Supported),
            ("Не поддержана", PositionClass::Noted),
            ("Принято к сведению.", PositionClass::Noted),
            ("Pendiente", PositionClass::Pending),
            ("Partiellement acceptee", PositionClass::PartiallySupported),
        ];
        for (text, class) in expected {
            assert_eq!(position(text), Some(class), "{text}");
        }
        assert_eq!(position("Women"), None);
    }
}
