//! The States: 193 members of the United Nations, the Holy See and the State of Palestine.
//!
//! They change so rarely that they are part of the program. Every file spells some of them in a way
//! of its own ("United Kingdom", "United Kingdom of Great Britain and Northern Ireland", "Great
//! Britain"), so each has the spellings of UPR Info, of the Universal Human Rights Index and of
//! OHCHR's matrices, and all comparing is done on [`fold`]ed text. A bare "Korea" is deliberately
//! no spelling: it could be either.
//!
//! Names and codes follow ISO 3166-1 and the lists of the United Nations. The regional groups are
//! the United Nations' as UPR Info applies them: the United States, Israel and Türkiye with the
//! Western European and Others, Kiribati with Asia-Pacific.

mod elsewhere;
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
        static BY_CODE: LazyLock<HashMap<&str, StateCode>> = LazyLock::new(|| {
            let states = all().chain([StateCode::FICTITIOUS]);
            states.map(|state| (state.as_str(), state)).collect()
        });
        BY_CODE.get(code).copied()
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

    /// Its name, and how else files spell it.
    fn spellings(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.0.name).chain(self.0.spellings.iter().copied())
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
    /// The State that it could be meant for.
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

/// Every spelling, without blanks: files break words where a line or a run of letters ended, as in
/// "Sierra Le one" or "Côte d ’ Ivoire".
static BY_SPELLING: LazyLock<HashMap<String, StateCode>> = LazyLock::new(|| {
    all()
        .chain([StateCode::FICTITIOUS])
        .flat_map(|state| {
            let spellings = state.spellings().chain([state.0.code]);
            spellings.map(move |spelling| (unbroken(&fold(spelling)), state))
        })
        .collect()
});

fn unbroken(folded: &str) -> String {
    folded.replace(' ', "")
}

/// The State that a text names: by its name, another spelling or its code, whatever the case,
/// accents, blanks and punctuation.
pub fn named(text: &str) -> Option<StateCode> {
    let folded = fold(text);
    // ISO writes "Niger (the)".
    let without_article = folded.strip_suffix(" the").unwrap_or(&folded);
    BY_SPELLING
        .get(&unbroken(&folded))
        .or_else(|| BY_SPELLING.get(&unbroken(without_article)))
        .copied()
}

/// The State that a text [names](named), or the one that it could have been meant for.
pub fn resolve(text: &str) -> Result<StateCode, UnknownState> {
    named(text).ok_or_else(|| UnknownState {
        text: text.trim().to_owned(),
        nearest: plausible(text, nearest(text)),
    })
}

/// How alike two spellings must be, from 0 to 1, for the one to be offered for the other.
const ALIKE: f64 = 0.7;

/// Words that many names share: with them, "Republic of Irelnad" is most like Iceland.
const COMMON: [&str; 8] = [
    "arab", "federal", "islamic", "kingdom", "of", "republic", "state", "the",
];

/// The words of a folded name that tell it from others.
fn telling(folded: &str) -> String {
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !COMMON.contains(word))
        .collect();
    words.join(" ")
}

/// How often each letter, digit and the blank occur in a folded text of at most 255 of them.
type Letters = [u8; 37];

fn letters(folded: &str) -> Letters {
    let mut letters = [0_u8; 37];
    for byte in folded.bytes() {
        let place = match byte {
            b'a'..=b'z' => byte - b'a',
            b'0'..=b'9' => byte - b'0' + 26,
            _ => 36,
        };
        if let Some(count) = letters.get_mut(usize::from(place)) {
            *count = count.saturating_add(1);
        }
    }
    letters
}

/// The fewest slips that can lie between texts of these letters: swapped letters cost nothing here,
/// every other slip changes one letter of either.
fn fewest_slips(one: &Letters, other: &Letters) -> u32 {
    let (mut missing, mut surplus) = (0, 0);
    for (one, other) in one.iter().zip(other) {
        missing += u32::from(one.saturating_sub(*other));
        surplus += u32::from(other.saturating_sub(*one));
    }
    missing.max(surplus)
}

/// A spelling as misspelt names are compared with it.
struct Spelling {
    telling: String,
    letters: Letters,
    state: StateCode,
}

static SPELLINGS: LazyLock<Vec<Spelling>> = LazyLock::new(|| {
    all()
        .flat_map(|state| state.spellings().map(move |spelling| (spelling, state)))
        .map(|(spelling, state)| (telling(&fold(spelling)), state))
        // Everything short is like one abbreviation or another.
        .filter(|(telling, _)| telling.len() > 3)
        .map(|(telling, state)| Spelling {
            letters: letters(&telling),
            telling,
            state,
        })
        .collect()
});

/// Whether several States have a text among the words of their names.
fn is_part_of_several(wanted: &str) -> bool {
    let within =
        |spelling: &Spelling| format!(" {} ", spelling.telling).contains(&format!(" {wanted} "));
    let mut states = SPELLINGS
        .iter()
        .filter(|spelling| !wanted.is_empty() && within(spelling))
        .map(|spelling| spelling.state);
    let first = states.next();
    states.any(|other| Some(other) != first)
}

/// The State whose name a text is most like, if it is much like one, and not a part of several.
pub fn nearest(text: &str) -> Option<StateCode> {
    let folded = fold(text);
    // Long texts are no misspelt names, and comparing them would take long.
    if folded.len() > 80 {
        return None;
    }
    let wanted = telling(&folded);
    // "Korea" is as much the one as the other.
    if is_part_of_several(&wanted) {
        return None;
    }
    let wanted_letters = letters(&wanted);
    // Counting letters is a hundred times faster than comparing, and rules nearly all names out.
    let can_be_alike = |spelling: &&Spelling| {
        let longer = spelling.telling.len().max(wanted.len());
        let slips = fewest_slips(&spelling.letters, &wanted_letters);
        f64::from(slips)
            <= (1.0 - ALIKE + 1e-9) * f64::from(u32::try_from(longer).unwrap_or(u32::MAX))
    };
    SPELLINGS
        .iter()
        .filter(can_be_alike)
        .map(|spelling| {
            let alike = strsim::normalized_damerau_levenshtein(&spelling.telling, &wanted);
            (alike, spelling.state)
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, first), (b, second)| a.total_cmp(b).then_with(|| second.cmp(first)))
        .map(|(_, state)| state)
}

/// How alike two names must be that begin alike, by their common letters in order and by where they
/// begin to differ, for the one to be offered for the other.
const PLAUSIBLE: f64 = 0.83;
/// As many letters names have to have in common at their beginning for that.
const BEGINNING: usize = 3;

/// The State that a text could be meant for: one that goes by that name in another language
/// ("Allemagne"), the one it is most [like](nearest), or one whose name begins alike ("Norwegen"). To
/// be offered to a person, never to be taken.
pub fn plausible(text: &str, nearest: Option<StateCode>) -> Option<StateCode> {
    let folded = fold(text);
    elsewhere::named(&folded)
        .or(nearest)
        .or_else(|| beginning_alike(&telling(&folded)))
}

fn beginning_alike(wanted: &str) -> Option<StateCode> {
    let beginning = wanted.get(..BEGINNING).filter(|_| wanted.len() <= 80)?;
    SPELLINGS
        .iter()
        .filter(|spelling| spelling.telling.starts_with(beginning))
        .map(|spelling| {
            let alike = strsim::jaro_winkler(&spelling.telling, wanted);
            (alike, spelling.state)
        })
        .filter(|(alike, _)| *alike >= PLAUSIBLE)
        .max_by(|(a, first), (b, second)| a.total_cmp(b).then_with(|| second.cmp(first)))
        .map(|(_, state)| state)
        .filter(|_| !is_part_of_several(wanted))
}

/// A text as it is compared: ASCII letters in lower case and digits, accents and apostrophes
/// dropped, anything else one blank, without a leading "the".
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
        let names: Vec<_> = all().map(|state| fold(state.name())).collect();
        assert!(names.is_sorted());
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
        for state in all().chain([StateCode::FICTITIOUS]) {
            for spelling in state.spellings().chain([state.as_str()]) {
                let other = known.insert(unbroken(&fold(spelling)), state);
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
            ("Côte d ’ Ivoire", "CIV"),
            ("Bolivia (Plurinational S tate of)", "BOL"),
            ("Lao People ’ s Democratic Republic", "LAO"),
            ("Niger (the)", "NER"),
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
        let nearest = |text| resolve(text).err()?.nearest.map(StateCode::as_str);
        assert_eq!(nearest("Phillipines"), Some("PHL"));
        // What names share does not decide.
        assert_eq!(nearest("Republic of Irelnad"), Some("IRL"));
        assert_eq!(nearest("Democratic Republic Congo"), Some("COD"));
        assert_eq!(resolve("Korea").unwrap_err().nearest, None);
        assert_eq!(super::nearest("Republic of Koera"), StateCode::parse("KOR"));
        for (meant, code) in [
            ("Norwegen", "NOR"),
            ("Norwège", "NOR"),
            ("Deutschland", "DEU"),
            ("Allemagne", "DEU"),
            ("Alemania", "DEU"),
            ("Espagne", "ESP"),
            ("Belorussia", "BLR"),
            ("Bielorrusia", "BLR"),
            ("Royaume-Uni", "GBR"),
            ("États-Unis d'Amérique", "USA"),
            ("Suisse", "CHE"),
            ("Guinée équatoriale", "GNQ"),
            ("Guinée", "GIN"),
        ] {
            assert_eq!(nearest(meant), Some(code), "{meant}");
            // Offered, never taken.
            assert_eq!(named(meant), None, "{meant}");
        }
        for nothing in ["Zubrowka", "International", "Committee", "Women"] {
            assert_eq!(nearest(nothing), None, "{nothing}");
        }
        assert_eq!(nearest("Exampliaa"), None);
        assert_eq!(nearest("Republic"), None);
        assert_eq!(resolve("CEDAW").unwrap_err().nearest, None);
        assert_eq!(resolve("").unwrap_err().nearest, None);
        assert_eq!(resolve("Examplia").map(StateCode::as_str), Ok("XXA"));
    }
}
