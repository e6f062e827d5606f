//! Names of States as people and conversions write them.

use crate::domain::{
    StateCode,
    states::{fold, resolve},
};

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
    let error = match resolve(name) {
        Ok(state) => return Ok(state),
        Err(error) => error,
    };
    let joined = (error.nearest.is_some())
        .then(|| with_stray_blank_removed(name))
        .flatten();
    joined.ok_or_else(|| unresolved(name, error.nearest))
}

/// Joins a short piece of a name to the next one, wherever that gives a State. Only short pieces, as
/// conversions split words at random, but every try compares with all spellings.
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
            resolve(&format!("{}{}", before.join(" "), after.join(" "))).ok()
        })
}

/// A name that is none.
pub(super) fn unresolved(text: &str, nearest: Option<StateCode>) -> Unresolved {
    Unresolved {
        text: text.trim().to_owned(),
        nearest,
    }
}
