//! The States: 193 members of the United Nations, the Holy See and the State of Palestine.
//!
//! They change so rarely that they are part of the program. Every file spells some of them in a way
//! of its own ("United Kingdom", "United Kingdom of Great Britain and Northern Ireland", "Great
//! Britain"), so each has the spellings of UPR Info, of the Universal Human Rights Index and of
//! OHCHR's matrices, its names in the other languages of the United Nations and in Belarusian, and all
//! comparing is done on [`fold`]ed text. A bare "Korea" is deliberately no spelling: it could be either.
//!
//! Names and codes follow ISO 3166-1 and the lists of the United Nations. The regional groups are
//! the United Nations' as UPR Info applies them: the United States, Israel and Türkiye with the
//! Western European and Others, Kiribati with Asia-Pacific.

mod elsewhere;
mod names;
mod others;
mod table;

pub use others::is_known_other;

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

    /// Its English name, and how else files spell it, in any of the languages.
    fn spellings(self) -> impl Iterator<Item = &'static str> {
        let english = std::iter::once(self.0.name).chain(self.0.spellings.iter().copied());
        english.chain(self.in_other_languages().iter().copied())
    }

    fn in_other_languages(self) -> &'static [&'static str] {
        static BY_CODE: LazyLock<HashMap<&str, &[&str]>> =
            LazyLock::new(|| names::NAMES.iter().copied().collect());
        BY_CODE.get(self.0.code).copied().unwrap_or_default()
    }

    /// Returns true for the observer States, which make recommendations and are not reviewed.
    pub fn is_observer(self) -> bool {
        ["PSE", "VAT"].contains(&self.0.code)
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

/// The State that a text names: by its name in one of the languages, another spelling or its code,
/// whatever the case, accents, blanks and punctuation.
///
/// Codes are those of three letters (ISO 3166-1 alpha-3). Codes of two letters are none: `NA` is what
/// statistics programs write for a missing value, not Namibia.
pub fn named(text: &str) -> Option<StateCode> {
    let folded = fold(text);
    let known = |folded: &str| BY_SPELLING.get(&unbroken(folded)).copied();
    known(&folded)
        // ISO writes "Niger (the)" and "Niger (le)".
        .or_else(|| {
            let articles = [" the", " le", " la", " les"];
            known(
                articles
                    .iter()
                    .find_map(|article| folded.strip_suffix(article))?,
            )
        })
        .or_else(|| known(&written_out(&folded)?))
        .or_else(|| known(without_article(text, &folded)?))
}

/// A folded name with the abbreviations of its words written out, if it has any: "Czech Rep.", "Dem. Rep.
/// of the Congo", "St Lucia".
fn written_out(folded: &str) -> Option<String> {
    let long = |word: &str| match word {
        "rep" => Some("republic"),
        "dem" => Some("democratic"),
        "fed" => Some("federated"),
        "isl" => Some("islands"),
        "st" => Some("saint"),
        "ste" => Some("sainte"),
        "респ" => Some("республика"),
        _ => None,
    };
    let mut any = false;
    let words: Vec<&str> = folded
        .split(' ')
        .map(|word| match long(word) {
            Some(long) => {
                any = true;
                long
            }
            None => word,
        })
        .collect();
    any.then(|| words.join(" "))
}

/// A folded name without the article that French and Spanish may put in front of it: "la Norvège",
/// "l’Espagne", "los Países Bajos".
fn without_article<'a>(text: &str, folded: &'a str) -> Option<&'a str> {
    let elided = ["l'", "l’", "L'", "L’"];
    if elided
        .iter()
        .any(|article| text.trim_start().starts_with(article))
    {
        return folded.strip_prefix('l');
    }
    ["le ", "la ", "les ", "el ", "los ", "las "]
        .iter()
        .find_map(|article| folded.strip_prefix(article))
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
const COMMON: [&str; 32] = [
    "arab",
    "de",
    "del",
    "democratica",
    "democratique",
    "des",
    "du",
    "etat",
    "estado",
    "federal",
    "iles",
    "islamic",
    "islas",
    "kingdom",
    "la",
    "les",
    "los",
    "of",
    "reino",
    "republic",
    "republica",
    "republique",
    "royaume",
    "state",
    "the",
    "государство",
    "острова",
    "республика",
    "рэспублика",
    "جزر",
    "جمهوريه",
    "دوله",
];

/// The words of a folded name that tell it from others.
fn telling(folded: &str) -> String {
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !COMMON.contains(word))
        .collect();
    words.join(" ")
}

/// How often each letter and digit of ASCII occurs in a folded text of at most 255 of them, and how many
/// bytes are something else.
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
    /// The words that tell it from others, between blanks.
    padded: String,
    letters: Letters,
    state: StateCode,
}

impl Spelling {
    /// The words that tell it from others.
    fn telling(&self) -> &str {
        self.padded.trim()
    }
}

/// Every spelling, in ASCII and in other letters: names in the one are not like names in the other.
static SPELLINGS: LazyLock<[Vec<Spelling>; 2]> = LazyLock::new(|| {
    all()
        .flat_map(|state| state.spellings().map(move |spelling| (spelling, state)))
        .map(|(spelling, state)| (telling(&fold(spelling)), state))
        // Everything short is like one abbreviation or another.
        .filter(|(telling, _)| telling.len() > 3)
        .map(|(telling, state)| Spelling {
            letters: letters(&telling),
            padded: format!(" {telling} "),
            state,
        })
        .partition(|spelling: &Spelling| spelling.padded.is_ascii())
        .into()
});

/// The spellings that a folded text can be like.
fn spellings_like(folded: &str) -> &'static [Spelling] {
    let [ascii, other] = &*SPELLINGS;
    if folded.is_ascii() { ascii } else { other }
}

/// Whether several States have a text among the words of their names.
fn is_part_of_several(wanted: &str) -> bool {
    if wanted.is_empty() {
        return false;
    }
    let padded = format!(" {wanted} ");
    let mut states = spellings_like(wanted)
        .iter()
        .filter(|spelling| spelling.padded.contains(&padded))
        .map(|spelling| spelling.state);
    let first = states.next();
    states.any(|other| Some(other) != first)
}

/// The States of which a spelling or the code is like a text that somebody is typing: it stands in the spelling from
/// the beginning of a word on. By name. None for a single letter, and none for a long text, which is no name.
pub fn like(text: &str) -> Vec<StateCode> {
    static FOLDED: LazyLock<Vec<(String, StateCode)>> = LazyLock::new(|| {
        let states = all().chain([StateCode::FICTITIOUS]);
        let spellings =
            states.flat_map(|state| state.spellings().map(move |spelling| (spelling, state)));
        spellings
            .map(|(spelling, state)| (format!(" {}", fold(spelling)), state))
            .collect()
    });
    let folded = fold(text);
    if folded.len() > 80 || folded.chars().nth(usize::from(folded.is_ascii())).is_none() {
        return Vec::new();
    }
    let beginning = format!(" {folded}");
    let mut found: Vec<StateCode> = FOLDED
        .iter()
        .filter(|(spelling, _)| spelling.contains(&beginning))
        .map(|(_, state)| *state)
        .chain(named(text))
        .collect();
    found.sort_by_key(|state| state.name());
    found.dedup();
    found
}

/// The State whose name a text is most like, if it is much like one, and not a part of several.
pub fn nearest(text: &str) -> Option<StateCode> {
    nearest_spelling(text).map(|(state, _)| state)
}

/// The State whose name a text is most like, as [`nearest`], and how alike the two are, from 0 to 1.
pub fn nearest_spelling(text: &str) -> Option<(StateCode, f64)> {
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
        let longer = spelling.telling().len().max(wanted.len());
        let slips = fewest_slips(&spelling.letters, &wanted_letters);
        f64::from(slips)
            <= (1.0 - ALIKE + 1e-9) * f64::from(u32::try_from(longer).unwrap_or(u32::MAX))
    };
    spellings_like(&wanted)
        .iter()
        .filter(can_be_alike)
        .map(|spelling| {
            let alike = strsim::normalized_damerau_levenshtein(spelling.telling(), &wanted);
            (spelling.state, alike)
        })
        .filter(|(_, alike)| *alike >= ALIKE)
        .max_by(|(first, a), (second, b)| a.total_cmp(b).then_with(|| second.cmp(first)))
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
    let (end, _) = wanted.char_indices().nth(BEGINNING)?;
    let beginning = wanted.get(..end).filter(|_| wanted.len() <= 80)?;
    spellings_like(wanted)
        .iter()
        .filter(|spelling| spelling.telling().starts_with(beginning))
        .map(|spelling| {
            let alike = strsim::jaro_winkler(spelling.telling(), wanted);
            (alike, spelling.state)
        })
        .filter(|(alike, _)| *alike >= PLAUSIBLE)
        .max_by(|(a, first), (b, second)| a.total_cmp(b).then_with(|| second.cmp(first)))
        .map(|(_, state)| state)
        .filter(|_| !is_part_of_several(wanted))
}

/// A text as it is compared: letters in lower case and digits, without accents, vowel signs and
/// apostrophes, anything else one blank, without a leading "the". Letters that a script writes in several
/// ways are one: full width and presentation forms, Arabic's alif with and without hamza, й and и, ё and е.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        text.chars().for_each(|c| push_folded(&mut folded, c));
    } else {
        // A raised number is a footnote, not a part of the word.
        let plain = |c: &char| c.is_ascii() || c.is_alphabetic() || !c.is_alphanumeric();
        let marked = text
            .chars()
            .map(|c| if plain(&c) || is_digit(c) { c } else { ' ' });
        marked
            .nfkd()
            .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
            .for_each(|c| push_folded(&mut folded, c));
    }
    folded.truncate(folded.trim_end().len());
    match folded.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => folded,
    }
}

fn push_folded(folded: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        folded.push(c.to_ascii_lowercase());
    } else if let Some(letters) = latin(c) {
        folded.push_str(letters);
    } else if c.is_alphanumeric() {
        match c {
            // Tāʼ marbūṭa and the two other forms of yāʼ and kāf.
            'ة' => folded.push('ه'),
            'ى' | 'ی' => folded.push('ي'),
            'ک' => folded.push('ك'),
            // Which only stretches a word.
            'ـ' => {}
            _ => folded.extend(c.to_lowercase()),
        }
    } else if !"'’‘`´ʼ".contains(c) && !folded.ends_with(' ') && !folded.is_empty() {
        folded.push(' ');
    }
}

/// Latin letters that are not a plain one with a mark.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

fn is_digit(c: char) -> bool {
    matches!(c, '٠'..='٩' | '۰'..='۹' | '０'..='９')
}

/// Marks of direction, joiners and soft hyphens, which stand inside of words and are not seen.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
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
    fn every_state_has_a_name_in_each_of_seven_languages() {
        let script = |c: char| match c {
            'а'..='я' | 'і' => 1,
            '\u{621}'..='\u{64a}' => 2,
            '\u{4e00}'..='\u{9fff}' => 3,
            _ => 0,
        };
        for state in all() {
            let scripts: std::collections::HashSet<_> = state
                .spellings()
                .filter_map(|name| fold(name).chars().next().map(script))
                .collect();
            assert_eq!(scripts.len(), 4, "{state}");
            for name in state.in_other_languages() {
                assert_eq!(named(name), Some(state), "{name}");
                assert_eq!(named(&name.to_uppercase()), Some(state), "{name}");
            }
        }
        for (name, code) in [
            ("Norvège", "NOR"),
            ("la Norvège", "NOR"),
            ("l’Espagne", "ESP"),
            ("los Países Bajos", "NLD"),
            ("Alemania", "DEU"),
            ("Allemagne", "DEU"),
            ("Royaume Uni", "GBR"),
            ("Estados Unidos", "USA"),
            ("ГЕРМАНИЯ", "DEU"),
            ("Соединённые Штаты", "USA"),
            ("Тимор Лешти", "TLS"),
            ("الولايات المتّحدة", "USA"),
            ("المانيا", "DEU"),
            ("جمهوريه كوريا", "KOR"),
            ("大韩民国", "KOR"),
            ("ＵＳＡ", "USA"),
            ("刚果(金)", "COD"),
            ("Паўночная Карэя", "PRK"),
            ("Czech Rep.", "CZE"),
            ("Dem. Rep. of the Congo", "COD"),
            ("Iran (Islamic Rep. of)", "IRN"),
            ("St Lucia", "LCA"),
            ("Netherlands, Kingdom of the", "NLD"),
            ("Korea, Republic of", "KOR"),
            ("Norway²", "NOR"),
            ("Niger (le)", "NER"),
            ("Brasil", "BRA"),
            ("Guinée équatoriale", "GNQ"),
            ("Guinée", "GIN"),
            ("États-Unis d'Amérique", "USA"),
        ] {
            assert_eq!(named(name).map(StateCode::as_str), Some(code), "{name}");
        }
        for none in ["NA", "Корея", "European Union", "la", "l’", "Rep."] {
            assert_eq!(named(none), None, "{none}");
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
            ("Norvègge", "NOR"),
            ("Deutschland", "DEU"),
            ("Belorussia", "BLR"),
            ("Швецыи", "SWE"),
            ("Эстоння", "EST"),
            ("النرويح", "NOR"),
            ("Swedan", "SWE"),
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
        assert_eq!(nearest("Корея"), None);
        assert_eq!(resolve("CEDAW").unwrap_err().nearest, None);
        assert_eq!(resolve("").unwrap_err().nearest, None);
        assert_eq!(resolve("Examplia").map(StateCode::as_str), Ok("XXA"));
    }
}
