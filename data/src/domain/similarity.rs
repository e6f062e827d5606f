//! How alike two recommendations are in words: to suggest that one repeats the other.
//!
//! Each text is the set of its words, shortened to their beginnings so that endings do not matter;
//! words that many texts share weigh little. 1 is the same set, 0 none in common. A person decides.

use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// So many letters of a word are compared: "ratification" and "ratify" are then the same.
const LETTERS: usize = 5;

/// The texts of a collection, ready to be compared with others.
#[derive(Debug)]
pub struct Similarity {
    texts: Vec<HashSet<String>>,
    frequency: HashMap<String, usize>,
}

impl Similarity {
    /// What two texts must reach to be worth a person's look.
    pub const WORTH_SUGGESTING: f64 = 0.4;

    /// Takes in the texts to be compared with.
    pub fn among<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<_> = texts.into_iter().map(words).collect();
        let mut frequency = HashMap::new();
        for word in texts.iter().flatten() {
            *frequency.entry(word.clone()).or_default() += 1;
        }
        Self { texts, frequency }
    }

    /// The texts that are most like this one, by their place, the most alike first: at most `most`, and
    /// none below [`WORTH_SUGGESTING`](Self::WORTH_SUGGESTING).
    pub fn nearest(&self, text: &str, most: usize) -> Vec<(usize, f64)> {
        let wanted = words(text);
        let weight = |words: &mut dyn Iterator<Item = &String>| -> f64 {
            words.map(|word| self.weight(word)).sum()
        };
        let mut near: Vec<(usize, f64)> = self
            .texts
            .iter()
            .enumerate()
            .map(|(place, there)| {
                let shared = weight(&mut wanted.intersection(there));
                let all = weight(&mut wanted.union(there));
                (place, if all > 0.0 { shared / all } else { 0.0 })
            })
            .filter(|(_, alike)| *alike >= Self::WORTH_SUGGESTING)
            .collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(most);
        near
    }

    #[allow(clippy::cast_precision_loss)] // Collections are far below 2^52.
    fn weight(&self, word: &str) -> f64 {
        let with = self.frequency.get(word).copied().unwrap_or(0);
        let share = (self.texts.len() + 1) as f64 / (with + 1) as f64;
        1.0 + share.ln()
    }
}

/// The beginnings of a text's words, without accents and in small letters.
fn words(text: &str) -> HashSet<String> {
    let folded: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2)
        .map(|word| word.chars().take(LETTERS).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 4] = [
        "Ratify the Second Optional Protocol to the ICCPR and abolish the death penalty",
        "Consider the ratification of the Convention on Migrant Workers",
        "Ensure the independence of judges and lawyers",
        "Introduce a moratorium on the death penalty",
    ];

    #[test]
    fn a_repeated_demand_is_found() {
        let near = Similarity::among(TEXTS);
        let found = near.nearest(
            "Abolish the death penalty, ratifying the Second Optional Protocol to the ICCPR",
            3,
        );
        assert_eq!(found[0].0, 0);
        assert!(found[0].1 > 0.8, "{found:?}");
        let same = near.nearest(TEXTS[2], 3);
        assert_eq!(same.len(), 1);
        assert!((same[0].1 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_is_like_nothing() {
        let near = Similarity::among(TEXTS);
        for text in ["", "of to a", "Water supply in villages"] {
            assert_eq!(near.nearest(text, 3), [], "{text}");
        }
        assert_eq!(Similarity::among([]).nearest(TEXTS[0], 3), []);
    }
}
