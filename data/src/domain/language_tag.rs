//! Tags of languages (BCP 47).

use unic_langid::LanguageIdentifier;

/// The longest tag: what RFC 5646 asks every program to have room for.
const LONGEST: usize = 35;

/// Returns the tag in its canonical case (`fr`, `pt-BR`, `zh-Hant-HK`), or `None` if it is none.
///
/// Extensions and private subtags are refused: they say how to sort and format, not which language a text is in.
pub(crate) fn canonical_language(tag: &str) -> Option<String> {
    // The parser takes underscores as well, and languages of up to eight letters. No such language is registered, so
    // a longer one is a name: "French".
    if tag.len() > LONGEST || tag.contains('_') {
        return None;
    }
    let parsed: LanguageIdentifier = tag.parse().ok()?;
    (parsed.language.as_str().len() <= 3).then(|| parsed.to_string())
}

#[cfg(test)]
mod tests {
    use super::canonical_language;

    #[test]
    fn tags_get_their_canonical_case() {
        for (typed, canonical) in [
            ("fr", "fr"),
            ("BE", "be"),
            ("pt-br", "pt-BR"),
            ("ZH-hant-hk", "zh-Hant-HK"),
            ("es-419", "es-419"),
            ("be-TARASK", "be-tarask"),
            ("de-1996", "de-1996"),
            ("kab", "kab"),
            ("und", "und"),
        ] {
            assert_eq!(
                canonical_language(typed).as_deref(),
                Some(canonical),
                "{typed}"
            );
            assert_eq!(
                canonical_language(canonical).as_deref(),
                Some(canonical),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        let long = format!("en-{}", "variant1-".repeat(8));
        for typed in [
            "",
            " ",
            "-",
            "f",
            "French",
            "english",
            "en-",
            "-en",
            "en--GB",
            "pt_BR",
            "fr-",
            "en GB",
            "en-GB ",
            "фр",
            "be-ж",
            "en\0",
            "en-\"",
            "😀",
            "en-abc",
            "en-u-co-phonebk",
            "x-private",
            &long,
            "sl-rozaj-biske-nedis-solba-lipaw-1994",
        ] {
            assert_eq!(canonical_language(typed), None, "{typed:?}");
        }
    }
}
