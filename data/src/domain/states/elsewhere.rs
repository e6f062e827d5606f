//! What States are called in German and by themselves, and other names in use, where that is far from the
//! English name. Such a name is offered to a person and never taken: documents of the United Nations are
//! in other languages, whose names are in [`names`](super::names).

use super::{StateCode, fold, unbroken};
use std::collections::HashMap;
use std::sync::LazyLock;

#[rustfmt::skip] // One State, one line.
const NAMES: [(&str, &[&str]); 75] = [
    ("ALB", &["Albanien", "Shqipëria"]),
    ("ARE", &["Vereinigte Arabische Emirate"]),
    ("ARM", &["Armenien", "Hayastan"]),
    ("AUT", &["Österreich"]),
    ("BEL", &["Belgien", "België"]),
    ("BGR", &["Bulgarien"]),
    ("BIH", &["Bosnien und Herzegowina"]),
    ("BLR", &["Belorussia", "Byelorussia", "Weißrussland"]),
    ("BRA", &["Brasilien"]),
    ("CAF", &["Zentralafrikanische Republik"]),
    ("CHE", &["Schweiz", "Svizzera"]),
    ("CHN", &["Zhongguo"]),
    ("CIV", &["Elfenbeinküste"]),
    ("CMR", &["Kamerun"]),
    ("CYP", &["Zypern", "Kypros"]),
    ("CZE", &["Tschechien", "Česko"]),
    ("DEU", &["Deutschland", "Germania"]),
    ("DNK", &["Danmark"]),
    ("DOM", &["Dominikanische Republik"]),
    ("DZA", &["Algerien"]),
    ("EGY", &["Ägypten", "Misr"]),
    ("ESP", &["Spanien"]),
    ("EST", &["Estland", "Eesti"]),
    ("ETH", &["Äthiopien"]),
    ("FIN", &["Finnland", "Suomi"]),
    ("FRA", &["Frankreich"]),
    ("GBR", &["Vereinigtes Königreich", "Großbritannien", "England"]),
    ("GEO", &["Georgien", "Sakartvelo"]),
    ("GNQ", &["Äquatorialguinea"]),
    ("GRC", &["Griechenland", "Hellas"]),
    ("HRV", &["Kroatien", "Hrvatska"]),
    ("HUN", &["Ungarn", "Magyarország"]),
    ("IND", &["Indien", "Bharat"]),
    ("IRL", &["Irland", "Éire"]),
    ("ISL", &["Ísland"]),
    ("ITA", &["Italien"]),
    ("JOR", &["Jordanien"]),
    ("JPN", &["Nippon"]),
    ("KAZ", &["Kasachstan"]),
    ("KGZ", &["Kirgistan"]),
    ("KHM", &["Kambodscha", "Kampuchea"]),
    ("KOR", &["Südkorea"]),
    ("LBN", &["Libanon"]),
    ("LBY", &["Libyen"]),
    ("LTU", &["Litauen", "Lietuva"]),
    ("LVA", &["Lettland", "Latvija"]),
    ("MAR", &["Marokko"]),
    ("MDA", &["Moldawien"]),
    ("MEX", &["Mexiko"]),
    ("MKD", &["Nordmazedonien"]),
    ("NLD", &["Niederlande", "Nederland"]),
    ("NOR", &["Norwegen", "Norwège", "Norge"]),
    ("NZL", &["Neuseeland", "Aotearoa"]),
    ("POL", &["Polen", "Polska"]),
    ("PRK", &["Nordkorea"]),
    ("ROU", &["Rumänien"]),
    ("RUS", &["Russland", "Rossiya"]),
    ("SAU", &["Saudi-Arabien"]),
    ("SRB", &["Serbien", "Srbija"]),
    ("SVK", &["Slowakei", "Slovensko"]),
    ("SVN", &["Slowenien", "Slovenija"]),
    ("SWE", &["Schweden", "Sverige"]),
    ("SWZ", &["Swasiland"]),
    ("SYR", &["Syrien"]),
    ("TCD", &["Tschad"]),
    ("TJK", &["Tadschikistan"]),
    ("TLS", &["Osttimor"]),
    ("TUN", &["Tunesien"]),
    ("TUR", &["Türkei"]),
    ("UKR", &["Ukraina"]),
    ("USA", &["Vereinigte Staaten"]),
    ("UZB", &["Usbekistan"]),
    ("VAT", &["Heiliger Stuhl"]),
    ("YEM", &["Jemen"]),
    ("ZAF", &["Südafrika"]),
];

static BY_NAME: LazyLock<HashMap<String, StateCode>> = LazyLock::new(|| {
    NAMES
        .iter()
        .filter_map(|(code, names)| Some((StateCode::parse(code)?, names)))
        .flat_map(|(state, names)| names.iter().map(move |name| (unbroken(&fold(name)), state)))
        .collect()
});

/// The State that is called so elsewhere.
pub(super) fn named(folded: &str) -> Option<StateCode> {
    BY_NAME.get(&unbroken(folded)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_one_state_s_and_none_that_is_taken_anyway() {
        let names: Vec<_> = NAMES.iter().flat_map(|(_, names)| *names).collect();
        assert_eq!(BY_NAME.len(), names.len());
        for (code, names) in NAMES {
            assert!(StateCode::parse(code).is_some(), "{code}");
            for name in names {
                assert_eq!(super::super::named(name), None, "{name}");
            }
        }
    }
}
