//! Recommendations that the file numbers.

use super::group::Group;
use super::renumbered::is_of_draft;
use super::{Planner, Work, folded, printed, words_of};
use crate::domain::{Message, Position, Recommendation, StateCode};
use crate::store::import::merging::{absorb, add_missing, merged};
use crate::store::import::rows::Decision;
use crate::store::import::text_index::TextIndex;
use crate::store::likeness::{Printed, SAME, SHOWN, Verdict};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A new number of the file, and what goes by a name so far that it may be.
#[derive(Default)]
struct Claims {
    /// What it certainly is.
    same: Vec<(usize, f64)>,
    /// What a person has to decide about.
    perhaps: Vec<(usize, f64)>,
}

impl Claims {
    fn has(&self, number: usize) -> bool {
        self.same.iter().any(|(one, _)| *one == number)
    }

    /// Leaves a recommendation to a person.
    fn doubt(&mut self, number: usize) {
        let doubted = self.same.extract_if(.., |(one, _)| *one == number);
        self.perhaps.extend(doubted);
    }
}

/// A recommendation without a number whose States made several paragraphs of the same words.
struct Parted {
    whole: Recommendation,
    /// The paragraphs, by their place among the new ones, each with its States.
    parts: Vec<(usize, Vec<StateCode>)>,
}

impl Parted {
    fn is_first(&self, at: usize) -> bool {
        self.parts.first().is_some_and(|(first, _)| *first == at)
    }

    /// What of it belongs to a paragraph. States that none of them has stay with the first.
    fn part(&self, at: usize) -> Recommendation {
        let has = |state: &StateCode, of: bool| {
            let mut parts = self.parts.iter().filter(|(part, _)| (*part == at) == of);
            parts.any(|(_, states)| states.contains(state))
        };
        let mut part = self.whole.clone();
        part.recommending
            .retain(|state| has(state, true) || self.is_first(at) && !has(state, false));
        part
    }
}

impl Planner {
    pub(super) fn hear_numbered(&mut self, groups: Vec<Group>) {
        let mut new: Vec<(Group, Printed)> = Vec::new();
        for (group, is_another) in self.hear_moved(groups) {
            let Some(paragraph) = group.one.paragraph.clone() else {
                continue;
            };
            let known = self.find(&paragraph, &group.one.recommending);
            if let Some(number) = known.filter(|_| !is_another) {
                self.apply_numbered(number, group);
            } else {
                let text = group.one.text.as_deref().or(group.one.summary.as_deref());
                let print = Printed::of(text.unwrap_or_default(), &group.one.recommending);
                new.push((group, print));
            }
        }
        let new = self.hear_renumbered(new);
        let mut claims = self.claims(&new);
        let groups: Vec<Group> = new.into_iter().map(|(group, _)| group).collect();
        self.decided(&groups, &mut claims);
        let asked: Vec<bool> = claims.iter().map(|one| !one.perhaps.is_empty()).collect();
        let mut parted: HashMap<usize, Parted> = HashMap::new();
        for (at, (group, claims)) in groups.iter().zip(&claims).enumerate() {
            if asked.get(at) == Some(&true) {
                continue;
            }
            for (number, _) in &claims.same {
                let Some(work) = self.works.get(*number) else {
                    continue;
                };
                let parted = parted.entry(*number).or_insert_with(|| Parted {
                    whole: work.effect.after.clone(),
                    parts: Vec::new(),
                });
                parted.parts.push((at, group.one.recommending.clone()));
            }
        }
        for (at, (group, claims)) in groups.into_iter().zip(claims).enumerate() {
            if asked.get(at) == Some(&true) {
                let mut all = [claims.same, claims.perhaps].concat();
                all.sort_by(|(_, a), (_, b)| b.total_cmp(a));
                all.truncate(2 * SHOWN);
                let candidates = all
                    .into_iter()
                    .filter_map(|(number, score)| self.candidate(number, score))
                    .collect();
                self.ask(&group.places, candidates);
            } else {
                self.number(group, at, claims.same, &parted);
            }
        }
    }

    /// What goes by a name so far, and of which new numbers it may be. Each of its States is judged for
    /// itself: a source that does not number brings States together by their text, where the report may
    /// have a paragraph of the same words for each, and the report is who knows.
    fn claims(&self, new: &[(Group, Printed)]) -> Vec<Claims> {
        let mut claims: Vec<Claims> = new.iter().map(|_| Claims::default()).collect();
        let by_name: Vec<(usize, &Recommendation)> = self
            .works
            .iter()
            .map(|work| &work.effect.after)
            .enumerate()
            .filter(|(_, one)| !one.paragraph.is_number())
            .collect();
        if new.is_empty() || by_name.is_empty() {
            return claims;
        }
        // Numbers that are there already are no choice, but what is as like one of them as a new one is
        // not certain.
        let there: Vec<Printed> = self
            .works
            .iter()
            .map(|work| &work.effect.after)
            .filter(|one| one.paragraph.is_number())
            .map(printed)
            .collect();
        let candidates = new.iter().map(|(_, print)| print).chain(&there);
        let index = TextIndex::of(candidates.enumerate());
        for (number, one) in by_name {
            let words = words_of(one);
            let (mut certain, mut doubtful) = (BTreeMap::new(), Vec::new());
            let mut singly: Vec<&[StateCode]> = one.recommending.chunks(1).collect();
            if singly.is_empty() {
                singly.push(&[]);
            }
            for states in singly {
                match index.judge(&words, states, |_| true) {
                    Verdict::Same(to, score) => {
                        let known = certain.entry(to).or_insert(score);
                        *known = known.max(score);
                    }
                    Verdict::Perhaps(list) => doubtful.push(list),
                    Verdict::Other => {}
                }
            }
            // A State that could only be of a paragraph that another one's is goes with it.
            doubtful.retain(|list| !matches!(&list[..], [(to, _)] if certain.contains_key(to)));
            let is_new = |to: &usize| *to < new.len();
            let is_certain = doubtful.is_empty()
                && (certain.len() == 1
                    || certain.keys().all(is_new) && !self.assessed.contains(&one.id));
            for (to, score) in doubtful.into_iter().flatten() {
                let known = certain.entry(to).or_insert(score);
                *known = known.max(score);
            }
            for (to, score) in certain {
                let Some(claims) = claims.get_mut(to) else {
                    continue;
                };
                if is_certain {
                    claims.same.push((number, score));
                } else {
                    claims.perhaps.push((number, score));
                }
            }
        }
        claims
    }

    /// Settles what a person has decided.
    fn decided(&self, groups: &[Group], claims: &mut [Claims]) {
        let mut settled = HashSet::new();
        for (group, claims) in groups.iter().zip(claims.iter_mut()) {
            let Some(decision) = &group.decision else {
                continue;
            };
            let perhaps = std::mem::take(&mut claims.perhaps);
            let known = [perhaps, claims.same.clone()].concat();
            // Of one that was named alone nothing was said about those that are certain.
            if !matches!(decision, Decision::Same(_)) {
                claims.same.clear();
            }
            for named in decision.named() {
                let Some(named) = self.find(named, &group.one.recommending) else {
                    continue;
                };
                if claims.has(named) || !self.goes_by_a_name(named) {
                    continue;
                }
                let score = known.iter().find(|(number, _)| *number == named);
                claims
                    .same
                    .push((named, score.map_or(0.0, |(_, score)| *score)));
            }
            settled.extend(claims.same.iter().map(|(number, _)| *number));
        }
        let undecided = |at: usize| groups.get(at).is_some_and(|group| group.decision.is_none());
        for (at, claims) in claims.iter_mut().enumerate() {
            if undecided(at) {
                // Whose paragraph is known may have another of the same words, but is no other's.
                claims
                    .perhaps
                    .retain(|(number, score)| !settled.contains(number) || *score >= SAME);
            }
        }
        // What is to be parted waits for all of its paragraphs.
        loop {
            let mut held = HashSet::new();
            for number in claims
                .iter()
                .flat_map(|one| &one.same)
                .map(|(number, _)| *number)
            {
                let mut of = claims.iter().enumerate().filter(|(_, one)| one.has(number));
                if of.any(|(at, one)| undecided(at) && !one.perhaps.is_empty()) {
                    held.insert(number);
                }
            }
            let mut changed = false;
            for (at, claims) in claims.iter_mut().enumerate() {
                for number in &held {
                    if undecided(at) && claims.has(*number) {
                        claims.doubt(*number);
                        changed = true;
                    }
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn goes_by_a_name(&self, number: usize) -> bool {
        self.works
            .get(number)
            .is_some_and(|work| !work.effect.after.paragraph.is_number())
    }

    /// Gives a new number to what went by names so far, or to a new recommendation.
    fn number(
        &mut self,
        group: Group,
        at: usize,
        same: Vec<(usize, f64)>,
        parted: &HashMap<usize, Parted>,
    ) {
        let (mut same, shared): (Vec<_>, Vec<_>) = same
            .into_iter()
            .partition(|(number, _)| parted.get(number).is_none_or(|one| one.is_first(at)));
        let part = |number: usize| parted.get(&number).map(|parted| parted.part(at));
        let shared: Vec<(Recommendation, f64)> = shared
            .into_iter()
            .filter_map(|(number, score)| Some((part(number)?, score)))
            .collect();
        // Who has been assessed keeps its row. Of the others the one that was heard first comes first, as
        // when the same rows are heard again.
        same.sort_by_key(|(number, _)| {
            let id = self
                .works
                .get(*number)
                .map_or(0, |work| work.effect.after.id);
            (
                !self.frozen.contains(&id),
                !self.assessed.contains(&id),
                id,
                *number,
            )
        });
        let mut same = same.into_iter();
        let Some((first, score)) = same.next() else {
            self.add_parts(group, shared);
            return;
        };
        let mut gone = Vec::new();
        for (number, score) in same {
            if let Some(work) = self.works.get_mut(number)
                // What somebody has assessed is not taken away; it stays beside.
                && !self.assessed.contains(&work.effect.after.id)
            {
                work.gone = true;
                let known_as = self.aliases.iter().filter(|(_, of)| of.contains(&number));
                let known_as: Vec<_> = known_as.map(|(name, _)| (name.clone(), None)).collect();
                let told = std::mem::take(&mut work.told);
                let one = work.effect.after.clone();
                let ours = part(number).unwrap_or_else(|| one.clone());
                gone.push((one, ours, told, score, known_as));
            }
        }
        let Some(work) = self.works.get_mut(first) else {
            return;
        };
        let by_name = work.effect.after.paragraph.clone();
        work.united = true;
        if let Some(part) = part(first) {
            work.effect.after.recommending = part.recommending;
        }
        let mut names = vec![(by_name.to_string(), Some(score))];
        for (other, ours, told, score, known_as) in gone {
            work.told.extend(told);
            names.push((other.paragraph.to_string(), Some(score)));
            names.extend(known_as);
            absorb(&mut work.effect.after, &ours);
            work.effect.absorbed.push(other);
        }
        for (part, score) in shared {
            names.push((part.paragraph.to_string(), Some(score)));
            absorb(&mut work.effect.after, &part);
        }
        if self.frozen.contains(&work.effect.after.id) {
            names = names.split_off(1);
            if let Some(number) = &group.one.paragraph {
                names.push((number.to_string(), Some(score)));
            }
        } else if let Some(number) = group.one.paragraph.clone() {
            self.by_name.insert(folded(&number), first);
            work.effect.after.paragraph = number;
        }
        work.effect.names.extend(names);
        let scores = group.places.first().map(|place| (*place, score));
        self.apply_numbered(first, group);
        if let Some((place, score)) = scores
            && let Some(outcome) = self.outcomes.get_mut(&place)
        {
            outcome.score = Some(score);
        }
    }

    /// A recommendation that was not there, made of parts of others or of none.
    fn add_parts(&mut self, group: Group, parts: Vec<(Recommendation, f64)>) {
        let mut parts = parts.into_iter();
        let (Some(paragraph), Some((first, score))) = (group.one.paragraph.clone(), parts.next())
        else {
            self.add(group);
            return;
        };
        let mut names = vec![(first.paragraph.to_string(), Some(score))];
        let mut after = Recommendation {
            id: 0,
            paragraph: paragraph.clone(),
            source_id: None,
            ..first
        };
        for (part, score) in parts {
            names.push((part.paragraph.to_string(), Some(score)));
            absorb(&mut after, &part);
        }
        let number = self.works.len();
        self.by_name.insert(folded(&paragraph), number);
        let mut work = Work::of(None, after);
        work.effect.names = names;
        work.united = true;
        self.works.push(work);
        let lead = group.places.first().copied();
        self.apply_numbered(number, group);
        if let Some(outcome) = lead.and_then(|lead| self.outcomes.get_mut(&lead)) {
            outcome.score = Some(score);
        }
    }

    pub(super) fn apply_numbered(&mut self, number: usize, group: Group) {
        let Some(work) = self.works.get_mut(number) else {
            return;
        };
        work.notices.extend(group.notices());
        let before = &work.effect.after;
        let mut group = group;
        let group_paragraph = group.one.paragraph.clone();
        if let Some(draft) = &group_paragraph
            && is_of_draft(draft, &before.paragraph)
        {
            // The words of the final report stay.
            group.one.text = None;
            group.one.language = None;
            group.one.texts.clear();
            group.one.recommending.clear();
            work.notices.push(
                Message::new("import-renumbered-earlier")
                    .with("from", &before.paragraph)
                    .with("to", draft),
            );
        }
        if group.one.is_reply {
            work.replies.extend(&group.places);
        }
        let mut after = merged(Some(before), before.paragraph.clone(), group.one);
        let is_present_number = group_paragraph.is_none_or(|number| number == before.paragraph);
        // A draft's sentence above its recommendations is no claim of the report's.
        let says = |claim: &Position| claim.class.is_answered() || claim.source.is_some();
        let told = group.claims.into_iter();
        work.told
            .extend(told.filter(|(_, claim)| is_present_number || says(claim)));
        if work.united {
            add_missing(&mut after.recommending, before.recommending.iter().copied());
        }
        work.effect.after = after;
        self.touch(number, &group.places, &HashMap::new());
    }
}
