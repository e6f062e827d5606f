//! Passwords that are too easy to guess.
//!
//! An attacker who may guess some thousand times a day tries the commonest passwords first, then their simple
//! variations, then the pseudonym and the name of the site. Those are refused; everything else is left to
//! the minimum length, because further rules make people write passwords down.

use flate2::read::GzDecoder;
use std::io::Read as _;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// Sorted, one a line; `data/passwords/README.md` says where they come from.
static COMMON: LazyLock<String> = LazyLock::new(|| {
    let packed: &[u8] = include_bytes!("../../../passwords/common.txt.gz");
    let mut text = String::new();
    // The file is part of the program, and a test unpacks it: an error cannot come up later.
    let _ = GzDecoder::new(packed).read_to_string(&mut text);
    text
});

static COMMON_LINES: LazyLock<Vec<&'static str>> = LazyLock::new(|| COMMON.lines().collect());

/// Names of this site, without separators, the longest first.
const SITE: [&str; 5] = [
    "universalperiodicreview",
    "uprtracker",
    "universalperiodic",
    "tracker",
    "upr",
];

/// Fewer different characters than this are a pattern, such as `abababababab`.
const DISTINCT_MIN: usize = 5;

/// What remains beside the pseudonym or the site's name has to have this many characters.
const REST_MIN: usize = 8;

/// The example of a good passphrase that everybody has seen: <https://xkcd.com/936/>.
const FAMOUS: &str = "correcthorsebatterystaple";

/// Returns true if a password is one of the commonest, a simple variation of one, or little more than the
/// pseudonym or the name of this site.
pub(crate) fn is_easy_to_guess(password: &str, pseudonym: &str) -> bool {
    let folded = folded(password);
    is_pattern(&folded)
        || readings(&folded)
            .iter()
            .any(|reading| is_common_or_named(reading, pseudonym))
}

fn is_common_or_named(reading: &str, pseudonym: &str) -> bool {
    if is_variation(reading) {
        return true;
    }
    let mut rest = reading.replace(is_separator, "");
    let before = rest.len();
    let pseudonym = folded_name(pseudonym);
    // A pseudonym of one or two letters is part of most words.
    let has_pseudonym = pseudonym.chars().count() >= 3 && rest.contains(&pseudonym);
    if has_pseudonym {
        rest = rest.replace(&pseudonym, "");
    }
    for name in SITE {
        rest = rest.replace(name, "");
    }
    if rest.len() == before {
        return false;
    }
    let letters = core(&rest);
    letters.chars().count() < REST_MIN || is_variation(&rest)
}

/// Returns true for a listed password: as it is, repeated, or with digits and signs around it.
fn is_variation(text: &str) -> bool {
    let core = core(text);
    // Without a letter it is a number or a row of signs: a date, a telephone number, `!!!!!!!!!!!!`.
    core.is_empty()
        || [text, core].iter().any(|part| {
            is_listed(part) || is_listed(unit_of(part)) || is_listed(self::core(unit_of(part)))
        })
}

fn is_listed(text: &str) -> bool {
    COMMON_LINES.binary_search(&text).is_ok() || text == FAMOUS
}

/// The part without the digits and signs before and behind it.
fn core(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphabetic())
}

/// The shortest text whose repetition this is; the text itself if it repeats nothing. The last repetition may be cut, to half
/// of it at least.
fn unit_of(text: &str) -> &str {
    let ends = text.char_indices().map(|(at, _)| at).skip(1);
    let unit = ends.map(|at| &text[..at]).find(|unit| {
        unit.len() * 3 <= text.len() * 2
            && text.bytes().zip(unit.bytes().cycle()).all(|(a, b)| a == b)
    });
    unit.unwrap_or(text)
}

/// Few different characters, or each the neighbour of the one before: `abcdefghijkl`, `210987654321`.
fn is_pattern(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let mut distinct = characters.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let steps = |step: i64| {
        characters.windows(2).all(|pair| {
            let [first, second] = pair else { return false };
            let apart = i64::from(u32::from(*second)) - i64::from(u32::from(*first));
            // From 9 to 0 and back is a step as well.
            apart == step || apart == -9 * step
        })
    };
    distinct.len() < DISTINCT_MIN || steps(1) || steps(-1)
}

/// Compatibility forms and letter case do not make a password another one for somebody who guesses.
fn folded(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace())
        .collect()
}

fn folded_name(pseudonym: &str) -> String {
    folded(pseudonym).replace(is_separator, "")
}

fn is_separator(c: char) -> bool {
    "._-".contains(c)
}

/// A password as it is, and with the usual replacements of letters undone.
fn readings(folded: &str) -> [String; 3] {
    let undone = |one: char| {
        folded
            .chars()
            .map(|c| match c {
                '0' => 'o',
                '1' | '!' | '|' => one,
                '3' => 'e',
                '4' | '@' => 'a',
                '5' | '$' => 's',
                '7' | '+' => 't',
                other => other,
            })
            .collect()
    };
    [folded.to_owned(), undone('l'), undone('i')]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_whole() {
        assert_eq!(COMMON_LINES.len(), 10_106);
        assert!(COMMON_LINES.is_sorted());
        let long = COMMON_LINES.iter().filter(|one| one.chars().count() >= 12);
        assert_eq!(long.count(), 190);
    }

    #[test]
    fn common_passwords_and_their_variations_are_refused() {
        for easy in [
            // Listed as they are, whatever the case.
            "1qaz2wsx3edc",
            "Counterstrike",
            "QWERTYqwerty",
            // Repeated, also with the last one cut.
            "dragondragon",
            "monkeymonkeymonkey",
            "passwordpass",
            // Padded.
            "dragon19871988",
            "!!Sunshine!!2026",
            "2026-Password",
            "123123iloveyou",
            "dragon7dragon7",
            // With the usual replacements.
            "P@ssw0rd2026",
            "$unsh1ne$unsh1ne",
            "passw0rdpassw0rd",
            "ｐａｓｓｗｏｒｄ２０２６",
            "pass word 2026",
            // Famous.
            "correct horse battery staple",
            "CorrectHorseBatteryStaple1",
            // Patterns.
            "aaaaaaaaaaaa",
            "abababababab",
            "abcdefghijkl",
            "123456789012",
            "098765432109",
            "198705121988",
            "!!!!????!!!!",
            // The pseudonym and the site.
            "white-fox-2026",
            "whitefox12345",
            "WhiteFoxWhiteFox",
            "whitefoxdragon",
            "upr-tracker-2026",
            "UPRtracker!!",
            "uprpassword1",
            "UniversalPeriodicReview",
        ] {
            assert!(is_easy_to_guess(easy, "white.fox"), "{easy}");
        }
    }

    #[test]
    fn other_passwords_pass() {
        for fine in [
            "a long password",
            "twelve chars",
            "correct horse battery",
            "correct dragon battery",
            "supreme upright kettle",
            "бегемот под дождём",
            "kX7mPz2vQw9RtB4nYs6d",
            "mind the track ahead",
            "white.fox eats kettles",
            // Of two letters, the pseudonym is no part worth looking at.
        ] {
            assert!(!is_easy_to_guess(fine, "white.fox"), "{fine}");
        }
        assert!(!is_easy_to_guess("planning kettles", "an"));
    }
}
