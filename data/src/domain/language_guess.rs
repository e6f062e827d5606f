//! Guesses the language of a text from its script and its most frequent words.
//!
//! Only used where a file does not name the language of a text that differs from the stored one: a translation must
//! not replace the text that it translates.

/// Words that are frequent in one language and no words, or rare ones, of the others.
const FREQUENT: [(&str, &[&str]); 4] = [
    (
        "en",
        &[
            "the",
            "of",
            "and",
            "to",
            "in",
            "for",
            "all",
            "its",
            "with",
            "on",
            "that",
            "by",
            "ensure",
            "adopt",
            "continue",
            "further",
            "rights",
            "measures",
            "against",
            "ratify",
            "strengthen",
            "take",
            "from",
            "as",
            "into",
            "an",
        ],
    ),
    (
        "fr",
        &[
            "le",
            "les",
            "des",
            "du",
            "et",
            "aux",
            "au",
            "pour",
            "dans",
            "sur",
            "une",
            "est",
            "par",
            "ses",
            "leur",
            "toutes",
            "tous",
            "droits",
            "mesures",
            "contre",
            "poursuivre",
            "renforcer",
            "veiller",
            "ratifier",
            "un",
            "que",
            "afin",
        ],
    ),
    (
        "es",
        &[
            "el",
            "los",
            "las",
            "del",
            "y",
            "para",
            "con",
            "por",
            "una",
            "sus",
            "todas",
            "todos",
            "al",
            "derechos",
            "medidas",
            "contra",
            "continuar",
            "reforzar",
            "garantizar",
            "ratificar",
            "su",
            "que",
            "fin",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "as", "do", "da", "dos", "das", "e", "em", "para", "com", "uma", "suas",
            "todas", "direitos", "medidas", "contra", "ao", "não", "que", "garantir",
        ],
    ),
];

/// The script that a letter belongs to, where that tells the language.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Cyrillic,
    Arabic,
    Chinese,
    Latin,
}

fn script(c: char) -> Option<Script> {
    match c {
        'a'..='z' | 'A'..='Z' | 'À'..='ɏ' => Some(Script::Latin),
        'Ѐ'..='ӿ' => Some(Script::Cyrillic),
        '\u{600}'..='\u{6ff}' => Some(Script::Arabic),
        '\u{4e00}'..='\u{9fff}' => Some(Script::Chinese),
        _ => None,
    }
}

/// Returns the language of a text as a tag (`fr`), or `None` if its words do not tell.
pub(crate) fn guess_language(text: &str) -> Option<&'static str> {
    let count = |wanted: Script| text.chars().filter(|c| script(*c) == Some(wanted)).count();
    let scripts = [
        Script::Cyrillic,
        Script::Arabic,
        Script::Chinese,
        Script::Latin,
    ];
    let most = scripts
        .into_iter()
        .map(|script| (count(script), script))
        .max_by_key(|(count, _)| *count)
        .filter(|(count, _)| *count > 0)?;
    match most.1 {
        Script::Arabic if text.contains(['پ', 'چ', 'گ', 'ک']) => Some("fa"),
        Script::Arabic => Some("ar"),
        Script::Chinese => Some("zh"),
        Script::Cyrillic if text.contains(['ї', 'є', 'ґ']) => Some("uk"),
        Script::Cyrillic if text.contains(['ў', 'і', 'Ў', 'І']) => Some("be"),
        Script::Cyrillic => Some("ru"),
        Script::Latin => in_latin(text),
    }
}

/// Returns true if the words of a text tell its language beyond doubt. A few short words may be of any: "Do A well" is
/// no Portuguese.
pub(crate) fn is_language_certain(text: &str) -> bool {
    const FEWEST_WORDS: usize = 4;
    const FEWEST_AHEAD: usize = 2;
    let is_latin = |c| script(c) == Some(Script::Latin);
    let latin = text.chars().filter(|c| is_latin(*c)).count();
    let others = text.chars().filter(|c| script(*c).is_some()).count() - latin;
    if others > latin {
        return true;
    }
    let words = text.split(|c: char| !c.is_alphabetic());
    let found = hits_in_latin(text);
    words.filter(|word| !word.is_empty()).count() >= FEWEST_WORDS
        && matches!(found.as_slice(), [(most, _), (next, _), ..] if *most >= next + FEWEST_AHEAD)
}

/// The language whose frequent words a text has the most of; none where two have as many.
fn in_latin(text: &str) -> Option<&'static str> {
    match hits_in_latin(text).as_slice() {
        [(most, language), (next, _), ..] if most > next => Some(language),
        _ => None,
    }
}

/// How many frequent words of each language a text has, the most first.
fn hits_in_latin(text: &str) -> Vec<(usize, &'static str)> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let hits = |frequent: &[&str]| words.iter().filter(|word| frequent.contains(word)).count();
    let mut found: Vec<(usize, &'static str)> = FREQUENT
        .iter()
        .map(|(language, frequent)| (hits(frequent), *language))
        .collect();
    found.sort_by_key(|(hits, _)| std::cmp::Reverse(*hits));
    found
}

#[cfg(test)]
mod tests {
    use super::{guess_language, is_language_certain};

    #[test]
    fn a_few_short_words_do_not_tell_a_language() {
        for text in ["Do A well", "Do as asked", "Fund shelters for women", ""] {
            assert!(!is_language_certain(text), "{text}");
        }
        for text in [
            "Open more schools for girls in the north",
            "Ouvrir des écoles pour les filles dans le nord",
            "Abrir más escuelas para las niñas en el norte",
            "Abrir mais escolas para as meninas do norte",
            "Открыть школы",
        ] {
            assert!(is_language_certain(text), "{text}");
        }
    }

    #[test]
    fn texts_of_the_six_languages_are_told_apart() {
        for (text, language) in [
            ("Ratify the treaty", Some("en")),
            ("Open more schools for girls in the north", Some("en")),
            ("Ratifier le traité", Some("fr")),
            ("Ouvrir des écoles pour les filles dans le nord", Some("fr")),
            ("Abrir más escuelas para las niñas en el norte", Some("es")),
            ("Abrir mais escolas para as meninas do norte", Some("pt")),
            ("Открыть школы для девочек", Some("ru")),
            ("Адкрыць школы для дзяўчынак", Some("be")),
            ("فتح المدارس للبنات", Some("ar")),
            ("为女童开设学校", Some("zh")),
            ("Fund shelters", None),
            ("12 / 34", None),
            ("", None),
        ] {
            assert_eq!(guess_language(text), language, "{text}");
        }
    }
}
