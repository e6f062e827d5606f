//! Whether two sources print the same recommendation, judged by their texts.
//!
//! Measured on real files: 729 rows of UPR Info (reviews of China, Gabon, Nigeria and the Central African
//! Republic) beside the paragraphs of OHCHR's matrix and UHRI for the same reviews, and 32,780 pairs of
//! different texts that one State addressed to another in one review (UPR Info, sessions 1-9 and 14-17).
//! Words split by conversions ("protect ion") and words left out of joint paragraphs ("Sign (Gabon) /
//! Ratify (Togo) the Protocol") are what separates the same texts; one instrument's name ("ratify ICCPR",
//! "ratify ICESCR") is what separates different ones. Groups of three letters, blanks left out, tell the
//! two apart better than words or pairs of letters: of the true pairs 98% are at [`SAME`] or above, of
//! the false ones 2 in 32,780, and those beside the true one, which [`AHEAD`] leaves to a person. Below
//! [`PERHAPS`] were 3 true pairs of 729.

use crate::domain::{Paragraph, StateCode, fold_for_search};
use crate::exchange::demands;
use sha2::{Digest, Sha256};

/// From this score on a text is taken for the same by itself, if no other comes near.
pub(super) const SAME: f64 = 0.92;
/// By how much it must be ahead of the next, unless it alone is identical.
pub(super) const AHEAD: f64 = 0.1;
/// From this score on a person is asked.
pub(super) const PERHAPS: f64 = 0.5;
/// How many candidates a person is shown.
pub(super) const SHOWN: usize = 3;

/// What is compared of one text, in characters.
const COMPARED: usize = 4_000;

/// The words of a text in lower case and without accents, parted by one blank; the brackets that name
/// its States left out. Two texts with the same words are the same text.
pub(super) fn words(text: &str) -> String {
    let pieces: Vec<String> = demands(text)
        .into_iter()
        .map(|demand| fold_for_search(&demand.text))
        .filter(|words| !words.is_empty())
        .collect();
    pieces.join(" ")
}

/// The name of a recommendation whose number no source has told, made of its [`words`].
pub(super) fn name(words: &str) -> Paragraph {
    let latin = words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in latin {
        if name.is_empty() && !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        if name.len() + 1 + word.len() > Paragraph::NAME_WORDS_MAX {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    if name.is_empty() {
        // Another script, or one endless word.
        name.push_str("text");
    }
    let hash = hex::encode(Sha256::digest(words.as_bytes()));
    let digits = hash.get(..Paragraph::NAME_DIGITS).unwrap_or_default();
    named(&format!("{name}-{digits}"))
}

fn named(text: &str) -> Paragraph {
    // What is put together above is a name; a test holds it.
    Paragraph::parse(text).unwrap_or_else(|_| Paragraph::unnamed())
}

/// What a text is compared by: its groups of three letters, sorted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Print(Vec<u64>);

impl Print {
    /// The print of [`words`].
    pub(super) fn of(words: &str) -> Self {
        let edge = ['\u{1}'];
        let letters: Vec<char> = edge
            .into_iter()
            .chain(words.chars().filter(|c| *c != ' ').take(COMPARED))
            .chain(edge)
            .collect();
        let mut groups: Vec<u64> = letters
            .windows(3)
            .map(|three| {
                three
                    .iter()
                    .fold(0, |packed, c| packed << 21 | u64::from(u32::from(*c)))
            })
            .collect();
        groups.sort_unstable();
        Self(groups)
    }

    /// The number of its groups.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Its groups, each with how often it came before: as many different pairs as it has groups.
    pub(super) fn tokens(&self) -> impl Iterator<Item = (u64, u32)> {
        let mut before = (0, 0);
        self.0.iter().map(move |group| {
            before = match before {
                (known, count) if known == *group => (known, count + 1),
                _ => (*group, 1),
            };
            before
        })
    }

    /// How alike two texts are, from 0 to 1: the share of groups that they have in common.
    #[allow(clippy::cast_precision_loss)] // A few thousand groups.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        #[cfg(test)]
        comparisons::count();
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 0.0;
        }
        // No need to compare what could not come near.
        let most = 2 * self.0.len().min(other.0.len());
        if (most as f64) < PERHAPS * (all as f64) {
            return 0.0;
        }
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0;
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            let order = a.cmp(b);
            if order != std::cmp::Ordering::Greater {
                ours.next();
            }
            if order != std::cmp::Ordering::Less {
                theirs.next();
            }
            common += u32::from(order == std::cmp::Ordering::Equal);
        }
        f64::from(2 * common) / all as f64
    }
}

/// A text of a report as a whole and demand by demand, each with the States that make it.
#[derive(Debug)]
pub(super) struct Printed {
    words: String,
    is_text: bool,
    readings: Vec<(Vec<StateCode>, Print)>,
}

/// Demands of one paragraph that are compared; more stand in none.
const MAX_DEMANDS: usize = 40;

impl Printed {
    /// Of what is known of a recommendation whose text is not: some words of somebody's own.
    pub(super) fn without_text(summary: &str, states: &[StateCode]) -> Self {
        Self {
            is_text: false,
            ..Self::of(summary, states)
        }
    }

    /// Of a text and everybody who made the recommendation.
    pub(super) fn of(text: &str, states: &[StateCode]) -> Self {
        let words = words(text);
        let mut readings = vec![(states.to_vec(), Print::of(&words))];
        let demands = demands(text);
        let (tail, named) = match demands.split_last() {
            Some((tail, named)) if tail.states.is_empty() => (Some(tail), named),
            _ => (None, &demands[..]),
        };
        if demands.len() > 1 {
            let tail = tail.map(|tail| fold_for_search(&tail.text));
            for demand in named.iter().take(MAX_DEMANDS) {
                let own = fold_for_search(&demand.text);
                readings.push((demand.states.clone(), Print::of(&own)));
                // "Sign (Gabon) / Ratify (Togo) the Protocol": Gabon's is "Sign the Protocol".
                if let Some(tail) = &tail {
                    let joint = format!("{own} {tail}");
                    readings.push((demand.states.clone(), Print::of(&joint)));
                }
            }
        }
        Self {
            words,
            is_text: true,
            readings,
        }
    }

    /// The words of the text as a whole.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// Whether its text is known.
    pub(super) fn is_text(&self) -> bool {
        self.is_text
    }

    /// Whether it was made by one of these States.
    pub(super) fn is_of(&self, states: &[StateCode]) -> bool {
        let mut readings = self.readings.iter();
        readings.any(|(makers, _)| makers.iter().any(|maker| states.contains(maker)))
    }

    /// The texts that it is compared by.
    pub(super) fn prints(&self) -> impl Iterator<Item = &Print> {
        self.readings.iter().map(|(_, print)| print)
    }

    /// Whether the words are the same.
    pub(super) fn is(&self, words: &str) -> bool {
        self.words == words
    }

    /// How alike a text of these States is; none if no State made both.
    pub(super) fn likeness(&self, print: &Print, states: &[StateCode]) -> Option<f64> {
        self.readings
            .iter()
            .filter(|(makers, _)| makers.iter().any(|maker| states.contains(maker)))
            .map(|(_, reading)| reading.likeness(print))
            .max_by(f64::total_cmp)
    }
}

/// What a text is, among candidates.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Verdict {
    /// The same as the candidate of that number, with this score.
    Same(usize, f64),
    /// Perhaps one of these, the likeliest first.
    Perhaps(Vec<(usize, f64)>),
    /// None of them.
    Other,
}

/// Judges a text of these States among candidates. One that no State shares is a candidate only if its
/// words are the same, and then a person decides; of those whose text is not known a person decides, too.
pub(super) fn judge<'a>(
    words: &str,
    states: &[StateCode],
    candidates: impl Iterator<Item = (usize, &'a Printed)>,
) -> Verdict {
    judge_print(&Print::of(words), words, states, candidates)
}

/// Judges a text as [`judge`] does, by the print of its words.
pub(super) fn judge_print<'a>(
    print: &Print,
    words: &str,
    states: &[StateCode],
    candidates: impl Iterator<Item = (usize, &'a Printed)>,
) -> Verdict {
    let mut shared = Vec::new();
    let mut others = Vec::new();
    for (number, candidate) in candidates {
        match candidate.likeness(print, states) {
            // A text that is not known may be any.
            Some(score) if score >= PERHAPS || !candidate.is_text => shared.push((number, score)),
            None if candidate.is(words) => others.push((number, 1.0)),
            _ => {}
        }
    }
    shared.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    if let Some((number, score)) = shared.first().copied() {
        let next = shared.get(1).map_or(0.0, |(_, next)| *next);
        let identical_alone = score >= 1.0 && next < 1.0;
        if score >= SAME && (score - next >= AHEAD || identical_alone) {
            return Verdict::Same(number, score);
        }
    }
    shared.extend(others);
    shared.truncate(SHOWN);
    if shared.is_empty() {
        Verdict::Other
    } else {
        Verdict::Perhaps(shared)
    }
}

/// How many texts were compared letter by letter, for tests.
#[cfg(test)]
pub(super) mod comparisons {
    use std::cell::Cell;

    thread_local! {
        static COUNT: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn count() {
        COUNT.set(COUNT.get() + 1);
    }

    /// The number of comparisons of this thread since the last call.
    pub(in crate::store) fn take() -> usize {
        COUNT.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn states(codes: &[&str]) -> Vec<StateCode> {
        codes
            .iter()
            .filter_map(|code| StateCode::parse(code))
            .collect()
    }

    #[test]
    fn texts_become_names() {
        assert!(
            name(&words("Abolish the death penalty (France)"))
                .as_str()
                .starts_with("abolish-the-death-penalty-")
        );
        assert_eq!(
            name(&words("Abolish the death penalty.")),
            name(&words("abolish the  Death Penalty (France) (Togo);"))
        );
        for text in ["", "Отменить", "1951", &"x".repeat(99), "2 a"] {
            let name = name(&words(text));
            assert!(!name.is_number() && name != Paragraph::unnamed(), "{text}");
        }
    }

    #[test]
    fn a_text_is_found_among_others() {
        let paragraphs = [
            Printed::of("Ratify the ICCPR at an early stage", &states(&["JPN"])),
            Printed::of("Ratify the ICESCR at an early stage", &states(&["JPN"])),
            Printed::of(
                "Sign (Gabon) / Ratify (Togo) the Protocol",
                &states(&["GAB", "TGO"]),
            ),
            Printed::of(
                "Protect orphans; protect ion of the homeless",
                &states(&["KWT"]),
            ),
            Printed::of("Free all prisoners", &states(&["NOR"])),
        ];
        let among = |text: &str, by: &str| {
            judge(&words(text), &states(&[by]), paragraphs.iter().enumerate())
        };
        assert_eq!(
            among("ratify the ICCPR, at an early stage", "JPN"),
            Verdict::Same(0, 1.0)
        );
        // One of the two is not there: a person is asked rather than guessed for.
        assert!(matches!(
            among("Ratify the CPED at an early stage", "JPN"),
            Verdict::Perhaps(_)
        ));
        assert_eq!(among("Sign the Protocol", "GAB"), Verdict::Same(2, 1.0));
        assert!(matches!(
            among("Ratify the Protocol", "GAB"),
            Verdict::Perhaps(_)
        ));
        assert_eq!(
            among(
                "Protect orphans, protection of the homeless (Kuwait)",
                "KWT"
            ),
            Verdict::Same(3, 1.0)
        );
        // The same words of a State that the other source does not name.
        assert_eq!(
            among("Free all prisoners", "SWE"),
            Verdict::Perhaps(vec![(4, 1.0)])
        );
        assert_eq!(among("Build schools", "NOR"), Verdict::Other);
        // Unlike as it may be: what is known here is not the text.
        let summaries = [Printed::without_text("Death penalty", &states(&["NOR"]))];
        let among = |by: &str| {
            let words = words("Establish a moratorium on executions");
            judge(&words, &states(&[by]), summaries.iter().enumerate())
        };
        assert!(matches!(among("NOR"), Verdict::Perhaps(_)));
        assert_eq!(among("SWE"), Verdict::Other);
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_one_for_the_same(a in ".{0,80}", b in ".{0,80}") {
            let (one, other) = (Print::of(&words(&a)), Print::of(&words(&b)));
            let likeness = one.likeness(&other);
            prop_assert!((0.0..=1.0).contains(&likeness));
            prop_assert!((likeness - other.likeness(&one)).abs() < f64::EPSILON);
            if !words(&a).is_empty() {
                prop_assert!((one.likeness(&one) - 1.0).abs() < f64::EPSILON);
            }
            prop_assert!(!name(&words(&a)).is_number());
        }
    }
}
