//! Names of States as people and conversions write them.

use crate::domain::{
    StateCode,
    states::{fold, named, nearest},
};
use std::cell::RefCell;
use std::collections::HashMap;

/// Longer than any State's name.
pub(super) const MAX_NAME: usize = 120;
/// The longest piece of a word that is taken for one, in characters.
const PIECE: usize = 3;
/// Places that are tried in one name.
const MAX_TRIES: usize = 3;
/// How alike a word and a State's name must be for the word to be taken for a misspelling of it.
const ALIKE: f64 = 0.75;
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
    kept: HashMap<String, Option<StateCode>>,
    searches: u32,
}

thread_local! {
    static SEARCHED: RefCell<Searched> = RefCell::default();
}

/// Begins a file, which may search as often as any other.
pub(super) fn begin() {
    SEARCHED.with(|searched| *searched.borrow_mut() = Searched::default());
}

/// The nearest State of a name, searched for once in a file.
fn nearest_once(name: &str) -> Option<StateCode> {
    SEARCHED.with(|searched| {
        let mut searched = searched.borrow_mut();
        if let Some(known) = searched.kept.get(name) {
            return *known;
        }
        if searched.searches == MAX_SEARCHES {
            return None;
        }
        searched.searches += 1;
        let found = nearest(name);
        if searched.kept.len() < MAX_KEPT {
            searched.kept.insert(name.to_owned(), found);
        }
        found
    })
}

/// A name that resolves to no State.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Unresolved {
    /// As written.
    pub(super) text: String,
    /// The State whose name is nearest.
    pub(super) nearest: Option<StateCode>,
}

impl Unresolved {
    /// Whether it can only be a State's name with a slip in it. Abbreviations ("CAT") and phrases
    /// are near to many names by chance.
    pub(super) fn is_misspelt(&self) -> bool {
        let Some(nearest) = self.nearest else {
            return false;
        };
        let has_lower = self.text.chars().any(char::is_lowercase);
        let has_digit = self.text.chars().any(|c| c.is_ascii_digit());
        let alike =
            strsim::normalized_damerau_levenshtein(&fold(&self.text), &fold(nearest.name()));
        // "Nearest" compares with other spellings too; a long text is like one only on purpose.
        has_lower && !has_digit && (alike >= ALIKE || self.text.len() >= LONG)
    }
}

/// The State of a name, code or spelling, even with a blank in it that a conversion has put there:
/// "Sierra Le one", "Bolivia (Plurinational S tate of)".
pub(super) fn resolve_name(name: &str) -> Result<StateCode, Unresolved> {
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
pub(super) fn unresolved(text: &str, nearest: Option<StateCode>) -> Unresolved {
    Unresolved {
        text: text.trim().to_owned(),
        nearest,
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
