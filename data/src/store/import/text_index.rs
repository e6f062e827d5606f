//! Finds the texts that are worth comparing with another one, so that a review of thousands of texts is not compared
//! text by text.
//!
//! Texts that are alike to [`PERHAPS`] share at least a third of their groups of letters ([`Print`]). So the third of
//! a text's groups that most other texts have can be left out: whatever is alike still shares one of the rarer ones,
//! and lists of rare groups are short. What is found this way is exactly what comparing everything would find. Only
//! where very many texts say nearly the same ([`MOST_SCANNED`], [`MOST_COMPARED`]) those with the most rare groups in
//! common are compared, and a person decides unless one is identical.

use crate::domain::StateCode;
use crate::store::likeness::{PERHAPS, Print, Printed, Verdict, judge_print};
use std::collections::HashMap;

/// Entries of the lists that are gone through for one text.
const MOST_SCANNED: usize = 200_000;
/// Texts that are compared with one text.
const MOST_COMPARED: usize = 256;

/// Candidates by the groups of letters that they have.
pub(super) struct TextIndex<'a> {
    candidates: Vec<(usize, &'a Printed)>,
    /// The length of each reading and whose it is, by its place in the list of all readings.
    readings: Vec<(usize, usize)>,
    by_token: HashMap<(u64, u32), Vec<usize>>,
    by_words: HashMap<&'a str, Vec<usize>>,
    without_text: Vec<usize>,
}

/// The candidates that may be alike.
struct Likely {
    places: Vec<usize>,
    /// Whether others may be as alike, too.
    is_cut: bool,
}

impl<'a> TextIndex<'a> {
    /// Of these candidates, each with its number.
    pub(super) fn of(candidates: impl Iterator<Item = (usize, &'a Printed)>) -> Self {
        let mut index = Self {
            candidates: candidates.collect(),
            readings: Vec::new(),
            by_token: HashMap::new(),
            by_words: HashMap::new(),
            without_text: Vec::new(),
        };
        for (place, (_, printed)) in index.candidates.iter().enumerate() {
            index
                .by_words
                .entry(printed.words())
                .or_default()
                .push(place);
            if !printed.is_text() {
                index.without_text.push(place);
            }
            for print in printed.prints() {
                for token in print.tokens() {
                    let reading = index.readings.len();
                    index.by_token.entry(token).or_default().push(reading);
                }
                index.readings.push((print.len(), place));
            }
        }
        index
    }

    /// Judges a text among those candidates whose number is admitted, as [`judge`](crate::store::likeness::judge) does.
    pub(super) fn judge(
        &self,
        words: &str,
        states: &[StateCode],
        admits: impl Fn(usize) -> bool,
    ) -> Verdict {
        let print = Print::of(words);
        let is_open = |place: &usize| {
            let candidate = self.candidates.get(*place);
            candidate.is_some_and(|(number, _)| admits(*number))
        };
        let likely = self.likely(&print, states, is_open);
        let same = self.by_words.get(words).into_iter().flatten();
        let mut places: Vec<usize> = same.chain(&self.without_text).copied().collect();
        places.retain(is_open);
        places.extend(likely.places);
        // In the order of the candidates: of those that are equally alike the first one counts.
        places.sort_unstable();
        places.dedup();
        let candidates = places
            .iter()
            .filter_map(|place| self.candidates.get(*place));
        let verdict = judge_print(&print, words, states, candidates.copied());
        match verdict {
            Verdict::Same(number, score) if likely.is_cut && score < 1.0 => {
                Verdict::Perhaps(vec![(number, score)])
            }
            verdict => verdict,
        }
    }

    /// The candidates of these States that may be alike to [`PERHAPS`].
    fn likely(
        &self,
        print: &Print,
        states: &[StateCode],
        is_open: impl Fn(&usize) -> bool,
    ) -> Likely {
        let mut lists: Vec<&[usize]> = print
            .tokens()
            .map(|token| self.by_token.get(&token).map_or(&[][..], Vec::as_slice))
            .collect();
        lists.sort_by_key(|list| list.len());
        // Whatever is alike has at least so many groups in common, however short it is.
        let fewest = least_common(print.len(), shortest_alike(print.len()));
        let needed = lists.len() - fewest.saturating_sub(1).min(lists.len());
        let mut scanned = 0;
        let mut gone_through = 0;
        let mut common = vec![0_usize; self.readings.len()];
        let mut seen = Vec::new();
        for list in lists.iter().take(needed) {
            scanned += list.len();
            if scanned > MOST_SCANNED {
                break;
            }
            gone_through += 1;
            for reading in *list {
                if let Some(count) = common.get_mut(*reading) {
                    if *count == 0 {
                        seen.push(*reading);
                    }
                    *count += 1;
                }
            }
        }
        let left_out = lists.len() - gone_through;
        let mut is_cut = gone_through < needed;
        let mut best: HashMap<usize, usize> = HashMap::new();
        for reading in seen {
            let count = common.get(reading).copied().unwrap_or_default();
            let Some((length, place)) = self.readings.get(reading).copied() else {
                continue;
            };
            if count + left_out >= least_common(print.len(), length) {
                let known = best.entry(place).or_default();
                *known = count.max(*known);
            }
        }
        let mut likely: Vec<(usize, usize)> = best
            .into_iter()
            .filter(|(place, _)| {
                let candidate = self.candidates.get(*place);
                is_open(place) && candidate.is_some_and(|(_, one)| one.is_of(states))
            })
            .collect();
        if likely.len() > MOST_COMPARED {
            likely.sort_unstable_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
            likely.truncate(MOST_COMPARED);
            is_cut = true;
        }
        Likely {
            places: likely.into_iter().map(|(place, _)| place).collect(),
            is_cut,
        }
    }
}

/// How many groups a text of one length shares at least with an alike one of another length.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)] // A few thousand groups.
fn least_common(length: usize, other: usize) -> usize {
    (PERHAPS * ((length + other) as f64) / 2.0).ceil() as usize
}

/// The fewest groups that a text has which is alike to one of this length.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)] // A few thousand groups.
fn shortest_alike(length: usize) -> usize {
    (length as f64 * PERHAPS / (2.0 - PERHAPS)).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::likeness::{SHOWN, comparisons, judge, words};
    use proptest::prelude::*;

    fn states(code: &str) -> Vec<StateCode> {
        StateCode::parse(code).into_iter().collect()
    }

    fn text() -> impl Strategy<Value = String> {
        let words = [
            "ratify",
            "the",
            "convention",
            "on",
            "rights",
            "of",
            "children",
            "abolish",
            "death",
            "penalty",
            "and",
            "report",
            "to",
            "public",
            "women",
            "law",
            "a",
        ];
        prop::collection::vec(prop::sample::select(words.to_vec()), 0..9)
            .prop_map(|words| words.join(" "))
    }

    proptest! {
        /// What is found is what comparing everything finds.
        #[test]
        fn an_index_judges_as_comparing_everything_does(
            texts in prop::collection::vec((text(), prop::bool::ANY, 0..8_u8), 0..25),
            asked in text(),
            without in 0..25_usize,
        ) {
            let printed: Vec<Printed> = texts
                .iter()
                .map(|(text, norway, kind)| {
                    let by = states(if *norway { "NOR" } else { "TGO" });
                    match kind {
                        0 => Printed::without_text(text, &by),
                        1 => Printed::of(&format!("{text} (Norway) / {text} public (Togo) law"), &by),
                        _ => Printed::of(text, &by),
                    }
                })
                .collect();
            let index = TextIndex::of(printed.iter().enumerate());
            let words = words(&asked);
            let admitted = printed.iter().enumerate().filter(|(number, _)| *number != without);
            let every = judge(&words, &states("NOR"), admitted);
            let found = index.judge(&words, &states("NOR"), |number| number != without);
            prop_assert_eq!(found, every);
        }
    }

    #[test]
    fn very_many_texts_alike_are_left_to_a_person() {
        let many: Vec<Printed> = (0..2_000)
            .map(|number| {
                let text =
                    format!("Report to the public on measure {number} of the plan of action");
                Printed::of(&text, &states("NOR"))
            })
            .collect();
        let index = TextIndex::of(many.iter().enumerate());
        comparisons::take();
        let judge = |text: &str| index.judge(&words(text), &states("NOR"), |_| true);
        let changed = judge("Report to the public on measure 17 of the plan of actions");
        assert!(matches!(changed, Verdict::Perhaps(list) if list.len() <= SHOWN));
        let same = judge("Report to the public on measure 17 of the plan of action");
        assert_eq!(same, Verdict::Same(17, 1.0));
        assert!(comparisons::take() <= 2 * (MOST_COMPARED + 1));
    }

    #[test]
    fn states_without_a_common_text_are_not_compared() {
        let texts: Vec<Printed> = (0..500)
            .map(|number| Printed::of(&format!("Word{number} {number}"), &states("TGO")))
            .collect();
        let index = TextIndex::of(texts.iter().enumerate());
        comparisons::take();
        let verdict = index.judge(&words("Word4 4"), &states("NOR"), |_| true);
        assert_eq!(verdict, Verdict::Perhaps(vec![(4, 1.0)]));
        assert_eq!(comparisons::take(), 0);
    }
}
