//! Recommendations that the file has under other numbers: a draft report and the final report number the same
//! texts 6.1, 6.2 ... and 104.1, 104.2 ...
//!
//! The numbering moves as a block. So a paragraph is not compared with all others by itself: first the texts that
//! are the same word for word, with the same States, show which numbers became which; then the texts that were
//! changed are looked for within these blocks only. What is the same but moved in no block is left to a person.
//! The higher number is the final one: a draft that is imported after the final report changes no number.

use super::group::Group;
use super::{Planner, folded, said};
use crate::domain::{Message, Paragraph, Recommendation, StateCode};
use crate::store::import::rows::Decision;
use crate::store::import::text_index::TextIndex;
use crate::store::likeness::{Printed, SHOWN, Verdict, judge, words};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// Paragraphs that a notice names; more are counted.
const NAMED: usize = 10;

/// What a paragraph of the file was before.
#[derive(Clone)]
enum Former {
    /// The known recommendation of that number, with the score of their texts.
    Certain(usize, f64),
    /// Perhaps one of these.
    Perhaps(Vec<(usize, f64)>),
    /// None of the known ones.
    New,
}

/// A numbering that became another one.
type Block = (String, String);

/// A known recommendation that the file does not number as it is numbered here.
struct Absent {
    number: usize,
    top: String,
    words: String,
    states: Vec<StateCode>,
}

impl Absent {
    fn of(number: usize, one: &Recommendation) -> Self {
        Self {
            number,
            top: top(&one.paragraph),
            words: words(said(one)),
            states: one.recommending.clone(),
        }
    }

    /// What the same text of the same States has in common.
    fn key(&self) -> (String, Vec<StateCode>) {
        (self.words.clone(), sorted(&self.states))
    }
}

/// The number before the first full stop or bracket; empty if the paragraph has only one number.
pub(super) fn top(paragraph: &Paragraph) -> String {
    let text = paragraph.as_str();
    match text.find(|c: char| !c.is_ascii_digit()) {
        Some(end) => text.get(..end).unwrap_or_default().to_owned(),
        None => String::new(),
    }
}

pub(super) fn sorted(states: &[StateCode]) -> Vec<StateCode> {
    let mut states = states.to_vec();
    states.sort_unstable();
    states
}

/// Returns true if `later` is the number of the final report.
fn is_final(later: &str, earlier: &str) -> bool {
    let value = |top: &str| top.parse::<u64>().unwrap_or(0);
    value(later) >= value(earlier)
}

/// Returns true if a number is one of a draft, given the number of the final report.
pub(super) fn is_of_draft(number: &Paragraph, present: &Paragraph) -> bool {
    number.is_number() && present.is_number() && !is_final(&top(number), &top(present))
}

/// How many of these numbers stand in increasing order, others left out.
fn in_order(numbers: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for number in numbers {
        let at = ends.partition_point(|end| end < number);
        match ends.get_mut(at) {
            Some(end) => *end = *number,
            None => ends.push(*number),
        }
    }
    ends.len()
}

impl Planner {
    /// Gives known recommendations the numbers that the file has for them, and returns the paragraphs that are
    /// none of the known numbered ones.
    pub(super) fn hear_renumbered(
        &mut self,
        mut new: Vec<(Group, Printed)>,
    ) -> Vec<(Group, Printed)> {
        let mut absent: Vec<Absent> = self
            .works
            .iter()
            .enumerate()
            .filter(|(_, work)| {
                work.effect.places.is_empty() && work.effect.after.paragraph.is_number()
            })
            .map(|(number, work)| Absent::of(number, &work.effect.after))
            .collect();
        if absent.is_empty() || new.is_empty() {
            return new;
        }
        absent.sort_by_cached_key(|one| {
            let work = self.works.get(one.number);
            work.map(|work| work.effect.after.paragraph.order())
        });
        let mut formers: Vec<Former> = vec![Former::New; new.len()];
        let mut taken = HashSet::new();
        let decided = self.decided_numbers(&new, &absent, &mut formers, &mut taken);
        let mut order: Vec<usize> = (0..new.len()).filter(|at| !decided.contains(at)).collect();
        order.sort_by_cached_key(|at| {
            let paragraph = new
                .get(*at)
                .and_then(|(group, _)| group.one.paragraph.as_ref());
            paragraph.map(Paragraph::order)
        });
        absent.retain(|one| !taken.contains(&one.number));
        let (pairs, blocks) = blocks(&new, &order, &absent);
        for (at, known) in &pairs {
            let (Some(former), Some(absent)) = (formers.get_mut(*at), absent.get(*known)) else {
                continue;
            };
            let number = absent.number;
            taken.insert(number);
            let block = (absent.top.clone(), top_of(&new, *at));
            *former = if blocks.contains(&block) {
                Former::Certain(number, 1.0)
            } else {
                Former::Perhaps(vec![(number, 1.0)])
            };
        }
        changed_texts(&new, &order, &absent, &blocks, &mut formers, &mut taken);
        self.note_blocks(&new, &order, &formers, &absent, &blocks, &taken);
        let mut rest = Vec::new();
        for ((group, print), former) in new.drain(..).zip(formers) {
            match former {
                Former::Certain(number, score) => self.renumber(number, group, score),
                Former::Perhaps(mut candidates) => {
                    candidates.sort_by(|(_, a), (_, b)| b.total_cmp(a));
                    candidates.truncate(2 * SHOWN);
                    let candidates = candidates
                        .into_iter()
                        .filter_map(|(number, score)| self.candidate(number, score))
                        .collect();
                    self.ask(&group.places, candidates);
                }
                Former::New => rest.push((group, print)),
            }
        }
        rest
    }

    /// Takes in what a person has decided; the places of the groups that need no further thought.
    fn decided_numbers(
        &self,
        new: &[(Group, Printed)],
        absent: &[Absent],
        formers: &mut [Former],
        taken: &mut HashSet<usize>,
    ) -> HashSet<usize> {
        let mut decided = HashSet::new();
        for (at, ((group, _), former)) in new.iter().zip(formers).enumerate() {
            match &group.decision {
                None => continue,
                Some(Decision::New) => {}
                Some(decision) => {
                    let known = decision.named().iter().find_map(|paragraph| {
                        let number = self.find(paragraph, &group.one.recommending)?;
                        absent.iter().find(|one| one.number == number)
                    });
                    if let Some(known) = known
                        && taken.insert(known.number)
                    {
                        *former = Former::Certain(known.number, score(known, group));
                    }
                }
            }
            decided.insert(at);
        }
        decided
    }

    /// Makes a paragraph of the file the present number of a known recommendation, or one more number of it.
    fn renumber(&mut self, number: usize, group: Group, score: f64) {
        let Some(work) = self.works.get_mut(number) else {
            return;
        };
        let Some(to) = group.one.paragraph.clone() else {
            return;
        };
        let from = work.effect.after.paragraph.clone();
        let is_frozen = self.frozen.contains(&work.effect.after.id);
        let is_later = is_final(&top(&to), &top(&from));
        let notice = |key: &'static str| Message::new(key).with("from", &from).with("to", &to);
        if is_frozen || !is_later {
            // A published round names the paragraph, and its hash covers it.
            if is_later {
                work.notices.push(notice("import-renumbered-published"));
            }
            work.effect.names.push((folded(&to), Some(score)));
        } else {
            work.notices.push(notice("import-renumbered"));
            work.effect.names.push((folded(&from), Some(score)));
            work.effect.after.paragraph = to.clone();
        }
        self.by_name.insert(folded(&to), number);
        let place = group.places.first().copied();
        self.apply_numbered(number, group);
        if let Some(outcome) = place.and_then(|place| self.outcomes.get_mut(&place)) {
            outcome.score = Some(score);
        }
    }

    /// Says at the first paragraph of each block how many numbers moved, and which of the former ones the file
    /// does not have.
    fn note_blocks(
        &mut self,
        new: &[(Group, Printed)],
        order: &[usize],
        formers: &[Former],
        absent: &[Absent],
        blocks: &HashSet<Block>,
        taken: &HashSet<usize>,
    ) {
        let mut moved: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        let by_number: HashMap<usize, &Absent> =
            absent.iter().map(|one| (one.number, one)).collect();
        for at in order {
            let Some(Former::Certain(number, _)) = formers.get(*at) else {
                continue;
            };
            if let Some(known) = by_number.get(number) {
                let to = top_of(new, *at);
                if blocks.contains(&(known.top.clone(), to.clone())) {
                    let of_top = moved.entry(known.top.clone()).or_default();
                    of_top.push((*number, to));
                }
            }
        }
        for (from, of_top) in moved {
            let Some((first, _)) = of_top.first() else {
                continue;
            };
            let mut tops: Vec<&str> = of_top.iter().map(|(_, to)| to.as_str()).collect();
            tops.dedup();
            let mut notices = vec![
                Message::new("import-renumbered-block")
                    .with("count", of_top.len())
                    .with("from", &from)
                    .with("to", tops.join(", ")),
            ];
            let missing: Vec<String> = absent
                .iter()
                .filter(|one| one.top == from && !taken.contains(&one.number))
                .filter_map(|one| self.works.get(one.number))
                .map(|work| work.effect.after.paragraph.to_string())
                .collect();
            if !missing.is_empty() {
                let named = missing.iter().take(NAMED).cloned().collect::<Vec<_>>();
                notices.push(
                    Message::new("import-renumbered-missing")
                        .with("which", named.join(", "))
                        .with("more", missing.len().saturating_sub(NAMED)),
                );
            }
            if let Some(work) = self.works.get_mut(*first) {
                work.notices.extend(notices);
            }
        }
    }
}

fn top_of(new: &[(Group, Printed)], at: usize) -> String {
    let paragraph = new
        .get(at)
        .and_then(|(group, _)| group.one.paragraph.as_ref());
    paragraph.map(top).unwrap_or_default()
}

pub(super) fn text_of(group: &Group) -> &str {
    let text = group.one.text.as_deref().or(group.one.summary.as_deref());
    text.unwrap_or_default()
}

fn score(known: &Absent, group: &Group) -> f64 {
    let print = Printed::of(text_of(group), &group.one.recommending);
    match judge(&known.words, &known.states, std::iter::once((0, &print))) {
        Verdict::Same(_, score) => score,
        Verdict::Perhaps(list) => list.first().map_or(0.0, |(_, score)| *score),
        Verdict::Other => 0.0,
    }
}

/// Pairs the texts that are the same, each known one with the next paragraph of the file in the order of numbers,
/// and finds the numberings that moved as a block.
fn blocks(
    new: &[(Group, Printed)],
    order: &[usize],
    absent: &[Absent],
) -> (Vec<(usize, usize)>, HashSet<Block>) {
    let mut known: HashMap<(String, Vec<StateCode>), VecDeque<usize>> = HashMap::new();
    for (at, one) in absent
        .iter()
        .enumerate()
        .filter(|(_, one)| !one.words.is_empty())
    {
        known.entry(one.key()).or_default().push_back(at);
    }
    let mut absent_of: HashMap<&str, usize> = HashMap::new();
    for one in absent {
        *absent_of.entry(&one.top).or_default() += 1;
    }
    let mut new_of: HashMap<String, usize> = HashMap::new();
    let mut pairs = Vec::new();
    let mut by_block: HashMap<Block, Vec<usize>> = HashMap::new();
    for at in order {
        let Some((group, _)) = new.get(*at) else {
            continue;
        };
        let to = top_of(new, *at);
        *new_of.entry(to.clone()).or_default() += 1;
        let said = words(text_of(group));
        let states = sorted(&group.one.recommending);
        let Some(queue) = known.get_mut(&(said, states)) else {
            continue;
        };
        let moved = queue
            .iter()
            .position(|known| absent.get(*known).is_some_and(|one| one.top != to));
        if let Some(known) = moved.and_then(|place| queue.remove(place))
            && let Some(one) = absent.get(known)
        {
            pairs.push((*at, known));
            by_block
                .entry((one.top.clone(), to))
                .or_default()
                .push(known);
        }
    }
    let blocks = by_block
        .into_iter()
        .filter(|((from, to), moved)| {
            let of_file = new_of.get(to).copied().unwrap_or(0);
            let of_known = absent_of.get(from.as_str()).copied().unwrap_or(0);
            let most = 2 * moved.len() >= of_file.min(of_known);
            most && 10 * in_order(moved) >= 8 * moved.len()
        })
        .map(|(block, _)| block)
        .collect();
    (pairs, blocks)
}

/// Looks within the blocks for texts that were changed.
fn changed_texts(
    new: &[(Group, Printed)],
    order: &[usize],
    absent: &[Absent],
    blocks: &HashSet<Block>,
    formers: &mut [Former],
    taken: &mut HashSet<usize>,
) {
    let mut certain: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
    let mut perhaps: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    let tops: Vec<(usize, String)> = order
        .iter()
        .filter(|at| matches!(formers.get(**at), Some(Former::New)))
        .map(|at| (*at, top_of(new, *at)))
        .collect();
    let printed = tops.iter().filter_map(|(at, _)| {
        let (_, print) = new.get(*at)?;
        Some((*at, print))
    });
    let index = TextIndex::of(printed);
    let top_of: HashMap<usize, &String> = tops.iter().map(|(at, top)| (*at, top)).collect();
    for known in absent.iter().filter(|one| !taken.contains(&one.number)) {
        let is_of_block = |at: usize| {
            let to = top_of.get(&at);
            to.is_some_and(|to| blocks.contains(&(known.top.clone(), (*to).clone())))
        };
        match index.judge(&known.words, &known.states, is_of_block) {
            Verdict::Same(at, score) => match certain.get(&at) {
                // Two that became one: a person decides.
                Some((other, other_score)) => {
                    let both = [(*other, *other_score), (known.number, score)];
                    perhaps.entry(at).or_default().extend(both);
                }
                None => {
                    certain.insert(at, (known.number, score));
                }
            },
            Verdict::Perhaps(list) => {
                for (at, score) in list {
                    perhaps.entry(at).or_default().push((known.number, score));
                }
            }
            Verdict::Other => {}
        }
    }
    for (at, (number, score)) in certain {
        let Some(former) = formers.get_mut(at) else {
            continue;
        };
        let disputed = perhaps
            .get(&at)
            .is_some_and(|list| list.iter().any(|(other, _)| *other == number));
        if !disputed {
            *former = Former::Certain(number, score);
            taken.insert(number);
            perhaps.remove(&at);
        }
    }
    for (at, mut list) in perhaps {
        list.retain(|(number, _)| !taken.contains(number));
        list.dedup_by_key(|(number, _)| *number);
        if let Some(former) = formers.get_mut(at)
            && !list.is_empty()
        {
            *former = Former::Perhaps(list);
        }
    }
    // What a person is asked about is not missing.
    for former in formers.iter() {
        if let Former::Perhaps(list) = former {
            taken.extend(list.iter().map(|(number, _)| *number));
        }
    }
}
