//! What States are called elsewhere: in French, Spanish and German and by themselves, where that is far
//! from the English name. Such a name is offered to a person and never taken: files are in one language,
//! and whoever mixes them should see it.

use super::{StateCode, fold, unbroken};
use std::collections::HashMap;
use std::sync::LazyLock;

#[rustfmt::skip] // One State, one line.
const NAMES: [(&str, &[&str]); 84] = [
    ("ALB", &["Albanien", "Albanie", "Shqipëria"]),
    ("ARE", &["Émirats arabes unis", "Emiratos Árabes Unidos", "Vereinigte Arabische Emirate"]),
    ("ARM", &["Armenien", "Arménie", "Hayastan"]),
    ("AUT", &["Österreich", "Autriche"]),
    ("BEL", &["Belgique", "Bélgica", "Belgien", "België"]),
    ("BGR", &["Bulgarien", "Bulgarie"]),
    ("BIH", &["Bosnie-Herzégovine", "Bosnien und Herzegowina"]),
    ("BLR", &["Belorussia", "Byelorussia", "Weißrussland", "Bielorrusia", "Biélorussie"]),
    ("BRA", &["Brésil", "Brasil", "Brasilien"]),
    ("CAF", &["République centrafricaine", "República Centroafricana", "Zentralafrikanische Republik"]),
    ("CHE", &["Schweiz", "Suisse", "Suiza", "Svizzera"]),
    ("CHL", &["Chili"]),
    ("CHN", &["Chine", "Zhongguo"]),
    ("CIV", &["Elfenbeinküste", "Costa de Marfil"]),
    ("CMR", &["Kamerun", "Cameroun", "Camerún"]),
    ("COD", &["République démocratique du Congo", "República Democrática del Congo", "RDC"]),
    ("CPV", &["Cap-Vert"]),
    ("CYP", &["Zypern", "Chypre", "Chipre", "Kypros"]),
    ("CZE", &["Tschechien", "Tchéquie", "République tchèque", "Chequia", "República Checa", "Česko"]),
    ("DEU", &["Deutschland", "Allemagne", "Alemania", "Germania"]),
    ("DNK", &["Dänemark", "Dinamarca", "Danmark"]),
    ("DOM", &["République dominicaine", "República Dominicana", "Dominikanische Republik"]),
    ("DZA", &["Algérie", "Algerien", "Argelia"]),
    ("EGY", &["Ägypten", "Égypte", "Egipto", "Misr"]),
    ("ESP", &["España", "Espagne", "Spanien"]),
    ("EST", &["Estland", "Estonie", "Eesti"]),
    ("ETH", &["Éthiopie", "Äthiopien", "Etiopía"]),
    ("FIN", &["Finnland", "Finlande", "Finlandia", "Suomi"]),
    ("FRA", &["Frankreich", "Francia"]),
    ("GBR", &["Royaume-Uni", "Reino Unido", "Vereinigtes Königreich", "Grande-Bretagne", "Gran Bretaña", "Großbritannien", "England"]),
    ("GEO", &["Georgien", "Géorgie", "Sakartvelo"]),
    ("GIN", &["Guinée"]),
    ("GNQ", &["Guinée équatoriale", "Guinea Ecuatorial", "Äquatorialguinea"]),
    ("GRC", &["Griechenland", "Grèce", "Grecia", "Hellas"]),
    ("HRV", &["Kroatien", "Croatie", "Croacia", "Hrvatska"]),
    ("HUN", &["Ungarn", "Hongrie", "Hungría", "Magyarország"]),
    ("IND", &["Indien", "Inde", "Bharat"]),
    ("IRL", &["Irlande", "Irlanda", "Irland", "Éire"]),
    ("ISL", &["Islande", "Islandia", "Ísland"]),
    ("ITA", &["Italie", "Italien"]),
    ("JOR", &["Jordanien", "Jordanie", "Jordania"]),
    ("JPN", &["Japon", "Nippon"]),
    ("KAZ", &["Kasachstan"]),
    ("KGZ", &["Kirgistan", "Kirghizistan", "Kirguistán"]),
    ("KHM", &["Cambodge", "Camboya", "Kambodscha", "Kampuchea"]),
    ("KOR", &["Corée du Sud", "Corea del Sur", "Südkorea", "République de Corée"]),
    ("LBN", &["Libanon", "Liban", "Líbano"]),
    ("LBY", &["Libye", "Libyen", "Libia"]),
    ("LCA", &["Sainte-Lucie", "Santa Lucía"]),
    ("LTU", &["Litauen", "Lituanie", "Lituania", "Lietuva"]),
    ("LVA", &["Lettland", "Lettonie", "Letonia", "Latvija"]),
    ("MAR", &["Marokko", "Maroc", "Marruecos"]),
    ("MDA", &["Moldawien", "Moldavia", "Moldavie"]),
    ("MEX", &["Mexique", "Mexiko"]),
    ("MKD", &["Macédoine du Nord", "Macedonia del Norte", "Nordmazedonien"]),
    ("MMR", &["Birmanie", "Birmania"]),
    ("NLD", &["Pays-Bas", "Países Bajos", "Niederlande", "Nederland"]),
    ("NOR", &["Norwegen", "Norvège", "Norwège", "Norge", "Noruega"]),
    ("NZL", &["Nouvelle-Zélande", "Nueva Zelanda", "Nueva Zelandia", "Neuseeland", "Aotearoa"]),
    ("PER", &["Pérou"]),
    ("PNG", &["Papouasie-Nouvelle-Guinée"]),
    ("POL", &["Polen", "Pologne", "Polonia", "Polska"]),
    ("PRK", &["Corée du Nord", "Corea del Norte", "Nordkorea", "République populaire démocratique de Corée"]),
    ("ROU", &["Rumänien", "Roumanie", "Rumania"]),
    ("RUS", &["Russland", "Russie", "Rusia", "Rossiya"]),
    ("SAU", &["Saudi-Arabien", "Arabie saoudite", "Arabia Saudita"]),
    ("SMR", &["Saint-Marin"]),
    ("SRB", &["Serbien", "Serbie", "Srbija"]),
    ("SVK", &["Slowakei", "Slovaquie", "Eslovaquia", "Slovensko"]),
    ("SVN", &["Slowenien", "Slovénie", "Eslovenia", "Slovenija"]),
    ("SWE", &["Schweden", "Suède", "Suecia", "Sverige"]),
    ("SWZ", &["Swasiland"]),
    ("SYR", &["Syrien", "Syrie", "Siria"]),
    ("TCD", &["Tchad", "Tschad"]),
    ("TJK", &["Tadschikistan"]),
    ("TLS", &["Osttimor"]),
    ("TUN", &["Tunisie", "Tunesien", "Túnez"]),
    ("TUR", &["Türkei", "Turquie", "Turquía"]),
    ("UKR", &["Ucrania", "Ukraina"]),
    ("USA", &["États-Unis", "États-Unis d'Amérique", "Estados Unidos", "Estados Unidos de América", "Vereinigte Staaten", "EE. UU."]),
    ("UZB", &["Usbekistan", "Ouzbékistan"]),
    ("VAT", &["Saint-Siège", "Santa Sede", "Heiliger Stuhl"]),
    ("YEM", &["Jemen"]),
    ("ZAF", &["Afrique du Sud", "Sudáfrica", "Südafrika"]),
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
