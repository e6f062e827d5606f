//! Texts in several languages in one cell: `[ru; A/HRC/46/5] Отменить ...`, each beginning on a line of its own.
//!
//! A line of a text that begins with a square bracket or a backslash has a backslash in front, and so have the closing
//! brackets and backslashes of a source: whatever a text says, it is read back as it is.

use crate::domain::LanguageText;

/// Writes the texts as a cell.
pub(crate) fn write(texts: &[LanguageText]) -> String {
    let mut cell = String::new();
    for one in texts {
        if !cell.is_empty() {
            cell.push('\n');
        }
        cell.push('[');
        cell.push_str(&one.language);
        if let Some(source) = &one.source {
            cell.push_str("; ");
            for c in source.chars() {
                if matches!(c, ']' | '\\') {
                    cell.push('\\');
                }
                cell.push(c);
            }
        }
        cell.push_str("] ");
        for (number, line) in one.text.split('\n').enumerate() {
            if number > 0 {
                cell.push('\n');
                if line.starts_with(['[', '\\']) {
                    cell.push('\\');
                }
            }
            cell.push_str(line);
        }
    }
    cell
}

/// Reads a cell of texts; none if it does not begin with the tag of a language.
pub(crate) fn read(cell: &str) -> Option<Vec<LanguageText>> {
    let mut texts: Vec<LanguageText> = Vec::new();
    let mut rest = cell;
    loop {
        let text = if let Some(tag) = rest.strip_prefix('[') {
            let (one, behind) = begin(tag)?;
            texts.push(one);
            rest = behind;
            texts.last_mut()?
        } else {
            let last = texts.last_mut()?;
            last.text.push('\n');
            rest = rest.strip_prefix('\\').unwrap_or(rest);
            last
        };
        if let Some((line, behind)) = rest.split_once('\n') {
            text.text.push_str(line);
            rest = behind;
        } else {
            text.text.push_str(rest);
            return Some(texts);
        }
    }
}

/// A text by what stands behind its opening bracket, without its words; and the words.
fn begin(tag: &str) -> Option<(LanguageText, &str)> {
    let mut inside = String::new();
    let mut chars = tag.char_indices();
    let end = loop {
        match chars.next()? {
            (_, '\\') => inside.push(chars.next()?.1),
            (at, ']') => break at + 1,
            (_, c) => inside.push(c),
        }
    };
    let (language, source) = match inside.split_once(';') {
        Some((language, source)) => (language, Some(source.strip_prefix(' ').unwrap_or(source))),
        None => (inside.as_str(), None),
    };
    let words = tag.get(end..)?;
    let one = LanguageText {
        language: language.trim().to_owned(),
        text: String::new(),
        source: source
            .filter(|source| !source.is_empty())
            .map(str::to_owned),
    };
    Some((one, words.strip_prefix(' ').unwrap_or(words)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_are_written_with_their_languages() {
        let texts = [
            LanguageText {
                language: "ru".to_owned(),
                text: "Отменить\n[всё]".to_owned(),
                source: Some("A/HRC/46/5".to_owned()),
            },
            LanguageText {
                language: "pt-BR".to_owned(),
                text: "Abolir".to_owned(),
                source: None,
            },
        ];
        let cell = write(&texts);
        assert_eq!(cell, "[ru; A/HRC/46/5] Отменить\n\\[всё]\n[pt-BR] Abolir");
        assert_eq!(read(&cell).as_deref(), Some(&texts[..]));
        for wrong in ["", "Abolir", "[ru Abolir", "\n[ru] x", "[ru\\"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn whatever_texts_say_is_read_back(
            texts in prop::collection::vec(
                ("[a-z]{2}", "(?s).{0,20}|[\\[\\]\\\\\n ;a]{0,12}", prop::option::of("[\\[\\]\\\\;a ]{0,6}x")),
                1..4,
            ),
        ) {
            let texts: Vec<LanguageText> = texts
                .into_iter()
                .map(|(language, text, source)| LanguageText { language, text, source })
                .collect();
            prop_assert_eq!(read(&write(&texts)), Some(texts));
        }
    }
}
