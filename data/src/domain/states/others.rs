//! Names that could be taken for States' and are none that takes part in the review: organisations,
//! territories, former States. A file that has one among its recommending States is asked about it.

use super::{fold, unbroken};
use std::collections::HashSet;
use std::sync::LazyLock;

const NAMES: [&str; 58] = [
    "European Union",
    "EU",
    "Union européenne",
    "UE",
    "Unión Europea",
    "Европейский союз",
    "Евросоюз",
    "ЕС",
    "Еўрапейскі саюз",
    "欧洲联盟",
    "欧盟",
    "الاتحاد الأوروبي",
    "European Commission",
    "African Union",
    "Union africaine",
    "Unión Africana",
    "Африканский союз",
    "非洲联盟",
    "الاتحاد الأفريقي",
    "League of Arab States",
    "Organization of Islamic Cooperation",
    "Organisation of Islamic Cooperation",
    "ASEAN",
    "CARICOM",
    "Nordic countries",
    "Baltic States",
    "Group of African States",
    "African Group",
    "Arab Group",
    "Sovereign Order of Malta",
    "Sovereign Military Order of Malta",
    "International Committee of the Red Cross",
    "ICRC",
    "UNICEF",
    "UNHCR",
    "UNFPA",
    "UNESCO",
    "OHCHR",
    "Taiwan",
    "Taiwan, Province of China",
    "Kosovo",
    "Hong Kong",
    "Hong Kong, China",
    "Macao",
    "Macao, China",
    "Western Sahara",
    "Sahrawi Arab Democratic Republic",
    "Puerto Rico",
    "Greenland",
    "Faroe Islands",
    "Cook Islands",
    "Niue",
    "Scotland",
    "Yugoslavia",
    "Serbia and Montenegro",
    "Czechoslovakia",
    "Soviet Union",
    "USSR",
];

static FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| NAMES.iter().map(|name| unbroken(&fold(name))).collect());

/// Whether a text names an organisation, a territory or a former State that is known to be no State of
/// the review.
pub fn is_known_other(text: &str) -> bool {
    FOLDED.contains(&unbroken(&fold(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_no_states() {
        assert_eq!(FOLDED.len(), NAMES.len());
        for name in NAMES {
            assert_eq!(super::super::named(name), None, "{name}");
        }
        assert!(is_known_other(" the European  UNION "));
        assert!(!is_known_other("Norway"));
    }
}
