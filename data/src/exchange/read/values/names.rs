//! Names of States as people and conversions write them.

use crate::domain::{
    StateCode,
    states::{fold, named, nearest_spelling},
};
use std::cell::RefCell;
use std::collections::HashMap;

/// The most words of a name.
const MAX_WORDS: usize = 6;
/// Longer than any State's name.
pub(crate) const MAX_NAME: usize = 120;
/// The longest piece of a word that is taken for one, in characters.
const PIECE: usize = 3;
/// Places that are tried in one name.
const MAX_TRIES: usize = 3;
/// How alike a word and a State's name must be for the word to be taken for a misspelling of it.
const ALIKE: f64 = 0.75;
/// The same, in hundredths, of a State's name in another language than English: of names in seven
/// languages more are like a word by chance.
const ALIKE_ELSEWHERE: u8 = 80;
/// Shorter words, in characters, are like a name of another language by chance.
const SHORT: usize = 6;
/// A text this long, in bytes, that is near to a State's name is not so by chance.
const LONG: usize = 14;

/// Names that are no State's, of one file, whose nearest State is kept. A file repeats its slips.
const MAX_KEPT: usize = 20_000;
/// Names of one file that a nearest State is searched for. All recommendations so far have a tenth of
/// it in different brackets; what a hostile file has beyond is called unknown and no more.
const MAX_SEARCHES: u32 = 200_000;

/// What has been searched for in the file that this thread reads.
#[derive(Default)]
struct Searched {
    kept: HashMap<String, Option<(StateCode, u8)>>,
    searches: u32,
}

thread_local! {
    static SEARCHED: RefCell<Searched> = RefCell::default();
}

/// Begins a file, which may search as often as any other.
pub(crate) fn begin() {
    SEARCHED.with(|searched| *searched.borrow_mut() = Searched::default());
}

/// The nearest State of a name and how alike they are, in hundredths; searched for once in a file.
fn nearest_once(name: &str) -> Option<(StateCode, u8)> {
    SEARCHED.with(|searched| {
        let mut searched = searched.borrow_mut();
        if let Some(known) = searched.kept.get(name) {
            return *known;
        }
        if searched.searches == MAX_SEARCHES {
            return None;
        }
        searched.searches += 1;
        let found = nearest_spelling(name).map(|(state, alike)| (state, hundredths(alike)));
        if searched.kept.len() < MAX_KEPT {
            searched.kept.insert(name.to_owned(), found);
        }
        found
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Between 0 and 100.
fn hundredths(alike: f64) -> u8 {
    (alike.clamp(0.0, 1.0) * 100.0) as u8
}

/// A name that resolves to no State.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Unresolved {
    /// As written.
    pub(crate) text: String,
    /// The State whose name is nearest.
    pub(crate) nearest: Option<StateCode>,
    /// How alike the nearest spelling is, in hundredths.
    alike: u8,
}

impl Unresolved {
    /// Whether it can only be a State's name with a slip in it. Abbreviations ("CAT") and phrases
    /// are near to many names by chance.
    pub(crate) fn is_misspelt(&self) -> bool {
        let Some(nearest) = self.nearest else {
            return false;
        };
        if self.text.chars().any(|c| c.is_ascii_digit()) {
            return false;
        }
        let folded = fold(&self.text);
        let alike_elsewhere = self.alike >= ALIKE_ELSEWHERE && folded.chars().count() >= SHORT;
        if !folded.is_ascii() {
            return alike_elsewhere;
        }
        let has_lower = self.text.chars().any(char::is_lowercase);
        let alike = strsim::normalized_damerau_levenshtein(&folded, &fold(nearest.name()));
        // "Nearest" compares with other spellings too; a long text is like one only on purpose.
        has_lower && (alike >= ALIKE || self.text.len() >= LONG || alike_elsewhere)
    }

    /// Whether it reads as a name: it begins with a capital, or its script has none, is of a few words and
    /// without a number, and is no abbreviation. "(CEDAW)", "(as amended)" and "(art. 5)" are no names.
    pub(crate) fn is_name(&self) -> bool {
        let first = self.text.chars().find(|c| c.is_alphanumeric());
        let begins =
            first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase());
        let in_small = |c: char| c.is_alphabetic() && !c.is_uppercase();
        begins
            && self.text.chars().any(in_small)
            && !self.text.chars().any(char::is_numeric)
            && self.text.split_whitespace().count() <= MAX_WORDS
    }
}

/// The State of a name, code or spelling, even with a blank in it that a conversion has put there:
/// "Sierra Le one", "Bolivia (Plurinational S tate of)".
pub(crate) fn resolve_name(name: &str) -> Result<StateCode, Unresolved> {
    if name.len() > MAX_NAME {
        return Err(unresolved(name, None));
    }
    if let Some(state) = named(name) {
        return Ok(state);
    }
    let nearest = nearest_once(name);
    let joined = nearest.and_then(|_| with_stray_blank_removed(name));
    joined.ok_or_else(|| unresolved(name, nearest))
}

/// Joins a short piece of a name to the next one, wherever that gives a State. Only short pieces, as
/// conversions split words at random.
fn with_stray_blank_removed(name: &str) -> Option<StateCode> {
    let words: Vec<&str> = name.split(' ').collect();
    let is_piece = |word: &str| {
        word.chars().count() <= PIECE && !matches!(word, "of" | "the" | "and" | "(the")
    };
    (1..words.len())
        .filter(|at| {
            words
                .get(at - 1..=*at)
                .is_some_and(|two| two.iter().any(|one| is_piece(one)))
        })
        .take(MAX_TRIES)
        .find_map(|at| {
            let (before, after) = words.split_at_checked(at)?;
            named(&format!("{}{}", before.join(" "), after.join(" ")))
        })
}

/// A name that is none.
pub(crate) fn unresolved(text: &str, nearest: Option<(StateCode, u8)>) -> Unresolved {
    Unresolved {
        text: text.trim().to_owned(),
        nearest: nearest.map(|(state, _)| state),
        alike: nearest.map_or(0, |(_, alike)| alike),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_searched_for_once_and_a_flood_of_them_not_for_ever() {
        begin();
        let searches = || SEARCHED.with(|searched| searched.borrow().searches);
        for _ in 0..1_000 {
            let slip = resolve_name("Slovkia").unwrap_err();
            assert_eq!(slip.nearest.map(StateCode::as_str), Some("SVK"));
        }
        assert_eq!(searches(), 1);
        SEARCHED.with(|searched| searched.borrow_mut().searches = MAX_SEARCHES);
        assert_eq!(resolve_name("Bolvia").unwrap_err().nearest, None);
        assert_eq!(
            resolve_name("Slovkia")
                .unwrap_err()
                .nearest
                .map(StateCode::as_str),
            Some("SVK")
        );
        assert_eq!(resolve_name("Bolivia").map(StateCode::as_str), Ok("BOL"));
        begin();
        assert_eq!(searches(), 0);
    }
}
