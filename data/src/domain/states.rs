//! The States: 193 members of the United Nations, the Holy See and the State of Palestine.
//!
//! They change so rarely that they are part of the program. Every file spells some of them in a way of
//! its own ("United Kingdom", "United Kingdom of Great Britain and Northern Ireland", "Great Britain"),
//! so each has the spellings of UPR Info, of the Universal Human Rights Index and of OHCHR's matrices, and
//! all comparing is done on [`fold`]ed text. Names and codes follow ISO 3166-1 and the lists of the United
//! Nations; the regional groups are those that the General Assembly's secretariat keeps.

mod table;

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A regional group of the United Nations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RegionalGroup {
    /// The African Group.
    African,
    /// The Asia-Pacific Group.
    AsiaPacific,
    /// The Eastern European Group.
    EasternEuropean,
    /// The Latin American and Caribbean Group (GRULAC).
    LatinAmericanCaribbean,
    /// The Western European and Others Group.
    WesternEuropeanOthers,
}

impl RegionalGroup {
    /// Every group.
    pub const ALL: [Self; 5] = [
        Self::African,
        Self::AsiaPacific,
        Self::EasternEuropean,
        Self::LatinAmericanCaribbean,
        Self::WesternEuropeanOthers,
    ];

    /// The code in addresses and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::African => "african",
            Self::AsiaPacific => "asia-pacific",
            Self::EasternEuropean => "eastern-european",
            Self::LatinAmericanCaribbean => "latin-american-caribbean",
            Self::WesternEuropeanOthers => "western-european-others",
        }
    }

    /// Reads a [`code`](Self::code), or UPR Info's abbreviation.
    pub fn parse(text: &str) -> Option<Self> {
        let by_code = Self::ALL.into_iter().find(|group| group.code() == text);
        by_code.or(match text {
            "Africa" => Some(Self::African),
            "Asia" => Some(Self::AsiaPacific),
            "EEG" => Some(Self::EasternEuropean),
            "GRULAC" => Some(Self::LatinAmericanCaribbean),
            "WEOG" => Some(Self::WesternEuropeanOthers),
            _ => None,
        })
    }
}

/// What is known of a State.
struct Entry {
    /// ISO 3166-1 alpha-3.
    code: &'static str,
    /// The short name in English.
    name: &'static str,
    /// Observers have none.
    group: Option<RegionalGroup>,
    /// How else files spell it, as far as folding does not make them equal.
    spellings: &'static [&'static str],
}

/// The State of the demonstration. ISO leaves the codes XAA to XZZ to whoever needs one.
static EXAMPLIA: Entry = Entry {
    code: "XXA",
    name: "Examplia (fictitious)",
    group: Some(RegionalGroup::EasternEuropean),
    spellings: &["Examplia"],
};

/// A State, known by its ISO 3166-1 alpha-3 code.
#[derive(Clone, Copy)]
pub struct StateCode(&'static Entry);

impl StateCode {
    /// The State of the demonstration, which does not exist.
    pub const FICTITIOUS: Self = Self(&EXAMPLIA);

    /// The State of that code, in capitals.
    pub fn parse(code: &str) -> Option<Self> {
        all()
            .chain([Self::FICTITIOUS])
            .find(|state| state.0.code == code)
    }

    /// Its code.
    pub fn as_str(self) -> &'static str {
        self.0.code
    }

    /// Its short name in English.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Its regional group; observers have none.
    pub fn group(self) -> Option<RegionalGroup> {
        self.0.group
    }

    /// Whether it is the demonstration's.
    pub fn is_fictitious(self) -> bool {
        self == Self::FICTITIOUS
    }
}

impl PartialEq for StateCode {
    fn eq(&self, other: &Self) -> bool {
        self.0.code == other.0.code
    }
}

impl Eq for StateCode {}

impl PartialOrd for StateCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for StateCode {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.code.cmp(other.0.code)
    }
}

impl Hash for StateCode {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.code.hash(state);
    }
}

impl fmt::Debug for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl Serialize for StateCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code)
    }
}

impl<'de> Deserialize<'de> for StateCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| serde::de::Error::custom("not the code of a State"))
    }
}

/// Every State that exists, by name.
pub fn all() -> impl Iterator<Item = StateCode> {
    table::TABLE.iter().map(StateCode)
}

/// A text that names no State known here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownState {
    /// The text.
    pub text: String,
    /// The State that it is most like, if it is much like one.
    pub nearest: Option<StateCode>,
}

impl fmt::Display for UnknownState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a State known here", self.text)?;
        match self.nearest {
            Some(state) => write!(f, "; did you mean {}?", state.name()),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownState {}

static BY_SPELLING: LazyLock<HashMap<String, StateCode>> = LazyLock::new(|| {
    let mut by_spelling = HashMap::new();
    for state in all().chain([StateCode::FICTITIOUS]) {
        by_spelling.insert(fold(state.0.code), state);
        by_spelling.insert(fold(state.0.name), state);
        for spelling in state.0.spellings {
            by_spelling.insert(fold(spelling), state);
        }
    }
    by_spelling
});

/// The State that a text names: by its name, another spelling or its code, whatever the case, accents and
/// punctuation.
pub fn resolve(text: &str) -> Result<StateCode, UnknownState> {
    let folded = fold(text);
    if let Some(state) = BY_SPELLING.get(&folded) {
        return Ok(*state);
    }
    Err(UnknownState {
        text: text.trim().to_owned(),
        nearest: nearest(&folded),
    })
}

/// How alike two spellings must be, from 0 to 1, for the one to be offered for the other.
const ALIKE: f64 = 0.7;

fn nearest(folded: &str) -> Option<StateCode> {
    // Long texts are no misspelt names, and comparing them would take long.
    if folded.is_empty() || folded.len() > 80 {
        return None;
    }
    BY_SPELLING
        .iter()
        // Codes are three letters: everything short is like one of them.
        .filter(|(spelling, state)| spelling.len() > 3 && !state.is_fictitious())
        .map(|(spelling, state)| {
            (
                strsim::normalized_damerau_levenshtein(spelling, folded),
                *state,
            )
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, first), (b, second)| a.total_cmp(b).then_with(|| second.cmp(first)))
        .map(|(_, state)| state)
}

/// A text as it is compared: ASCII letters in lower case and digits, accents and apostrophes dropped,
/// anything else one blank, without a leading "the".
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text
        .nfd()
        .filter(|character| !is_combining_mark(*character))
    {
        if character.is_ascii_alphanumeric() {
            folded.push(character.to_ascii_lowercase());
        } else if !"'’‘`´ʼ".contains(character) && !folded.ends_with(' ') && !folded.is_empty()
        {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    match folded.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(all().count(), 195);
        let members = |group| all().filter(|state| state.group() == group).count();
        assert_eq!(members(Some(RegionalGroup::African)), 54);
        assert_eq!(members(Some(RegionalGroup::AsiaPacific)), 54);
        assert_eq!(members(Some(RegionalGroup::EasternEuropean)), 23);
        assert_eq!(members(Some(RegionalGroup::LatinAmericanCaribbean)), 33);
        assert_eq!(members(Some(RegionalGroup::WesternEuropeanOthers)), 29);
        assert_eq!(members(None), 2);
        let mut codes: Vec<_> = all().map(StateCode::as_str).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 195);
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 3 && *code == code.to_uppercase())
        );
    }

    #[test]
    fn no_spelling_names_two_states() {
        let mut known: HashMap<String, StateCode> = HashMap::new();
        for state in all() {
            let entry = state.0;
            for spelling in [entry.name, entry.code].iter().chain(entry.spellings) {
                let other = known.insert(fold(spelling), state);
                assert!(
                    other.is_none_or(|other| other == state),
                    "{spelling}: {state} {other:?}"
                );
            }
        }
    }

    #[test]
    fn spellings_resolve() {
        let known = [
            ("United Kingdom", "GBR"),
            (
                "United Kingdom of Great Britain and Northern Ireland",
                "GBR",
            ),
            ("Great Britain", "GBR"),
            ("Bolivia (Plurinational State of)", "BOL"),
            ("Cote d’Ivoire", "CIV"),
            ("CÔTE D'IVOIRE", "CIV"),
            ("Turkey", "TUR"),
            ("Türkiye", "TUR"),
            ("the former Yugoslav Republic of Macedonia", "MKD"),
            ("Iran (Islamic Republic of)", "IRN"),
            ("DPR Korea", "PRK"),
            ("Republic of Korea", "KOR"),
            ("Palestine", "PSE"),
            ("Holy See", "VAT"),
            ("blr", "BLR"),
            ("Democratic Republic of the Congo", "COD"),
            ("Congo", "COG"),
            ("Niger", "NER"),
            ("Nigeria", "NGA"),
        ];
        for (text, code) in known {
            assert_eq!(
                resolve(text).map(StateCode::as_str).ok(),
                Some(code),
                "{text}"
            );
        }
    }

    #[test]
    fn misspelt_names_are_not_guessed_but_offered() {
        let unknown = resolve("Boliva").unwrap_err();
        assert_eq!(unknown.nearest.map(StateCode::as_str), Some("BOL"));
        assert_eq!(
            unknown.to_string(),
            "“Boliva” is not a State known here; did you mean Bolivia?"
        );
        assert_eq!(resolve("CEDAW").unwrap_err().nearest, None);
        assert_eq!(resolve("").unwrap_err().nearest, None);
        assert_eq!(resolve("Examplia").map(StateCode::as_str), Ok("XXA"));
    }
}
