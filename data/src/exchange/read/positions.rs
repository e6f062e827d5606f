//! Positions as tables write them, in the languages of the United Nations.

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
            "пользуется поддержкой",
            "bénéficie de l'appui",
            "مقبولة",
            "مؤيدة",
            "تحظى بالتأييد",
            "接受",
            "支持",
            "获得支持",
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
            "نفذت بالفعل",
            "已落实",
            "已执行",
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
            "مقبولة جزئيا",
            "部分接受",
            "部分支持",
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
            "noté",
            "prend note",
            "prend acte",
            "pris note",
            "prise en note",
            "rejetée",
            "refusée",
            "anotada",
            "toma nota",
            "se toma nota",
            "tomada nota",
            "tomó nota",
            "rechazada",
            "отмечена",
            "отмечено",
            "принимается к сведению",
            "принята к сведению",
            "принято к сведению",
            "отклонена",
            "отклонено",
            "не поддержана",
            "أحيط علما",
            "أحيط علما بها",
            "مرفوضة",
            "注意到",
            "拒绝",
            "不接受",
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
            "قيد النظر",
            "审议中",
            "待定",
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
    fn positions_of_six_languages_are_known() {
        let expected = [
            ("Supported", PositionClass::Supported),
            ("Acceptée", PositionClass::Supported),
            ("ACEPTADA", PositionClass::Supported),
            ("Поддержана", PositionClass::Supported),
            ("Не поддержана", PositionClass::Noted),
            ("Принято к сведению.", PositionClass::Noted),
            ("Pendiente", PositionClass::Pending),
            ("Partiellement acceptee", PositionClass::PartiallySupported),
            ("Prend note", PositionClass::Noted),
            ("Toma nota", PositionClass::Noted),
            ("Отмечена", PositionClass::Noted),
            ("مقبولة", PositionClass::Supported),
            ("أُحيط علماً بها", PositionClass::Noted),
            ("注意到", PositionClass::Noted),
        ];
        for (text, class) in expected {
            assert_eq!(position(text), Some(class), "{text}");
        }
        assert_eq!(position("Women"), None);
    }
}
