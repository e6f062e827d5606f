//! Recommendations that the file numbers.

use super::group::Group;
use super::{Planner, folded, printed, words_of};
use crate::domain::Recommendation;
use crate::store::import::likeness::{Printed, SHOWN, Verdict, judge};
use crate::store::import::merging::{absorb, add_missing, merged};
use crate::store::import::rows::Decision;
use std::collections::HashMap;

impl Planner {
    pub(super) fn hear_numbered(&mut self, groups: Vec<Group>) {
        let mut new: Vec<(Group, Printed)> = Vec::new();
        for group in groups {
            let Some(paragraph) = group.one.paragraph.clone() else {
                continue;
            };
            if let Some(number) = self.find(&paragraph, &group.one.recommending) {
                self.apply_numbered(number, group);
            } else {
                let text = group.one.text.as_deref().or(group.one.summary.as_deref());
                let print = Printed::of(text.unwrap_or_default(), &group.one.recommending);
                new.push((group, print));
            }
        }
        // What goes by a name so far, and of which new number it may be.
        let mut same: HashMap<usize, Vec<(usize, f64)>> = HashMap::new();
        let mut perhaps: HashMap<usize, Vec<(usize, f64)>> = HashMap::new();
        let by_name: Vec<(usize, &Recommendation)> = self
            .works
            .iter()
            .map(|work| &work.effect.after)
            .enumerate()
            .filter(|(_, one)| !one.paragraph.is_number())
            .collect();
        if !new.is_empty() && !by_name.is_empty() {
            // Numbers that are there already are no choice, but what is as like one of them as a new one
            // is not certain.
            let there: Vec<Printed> = self
                .works
                .iter()
                .map(|work| &work.effect.after)
                .filter(|one| one.paragraph.is_number())
                .map(printed)
                .collect();
            for (number, one) in by_name {
                let candidates = new.iter().map(|(_, print)| print).chain(&there).enumerate();
                match judge(&words_of(one), &one.recommending, candidates) {
                    Verdict::Same(to, score) => same.entry(to).or_default().push((number, score)),
                    Verdict::Perhaps(list) => {
                        let choice = list.iter().find(|(to, _)| *to < new.len());
                        if let Some((to, score)) = choice {
                            perhaps.entry(*to).or_default().push((number, *score));
                        }
                    }
                    Verdict::Other => {}
                }
            }
        }
        for (at, (group, _)) in new.into_iter().enumerate() {
            let mut same = same.remove(&at).unwrap_or_default();
            let mut perhaps = perhaps.remove(&at).unwrap_or_default();
            perhaps.sort_by(|(_, a), (_, b)| b.total_cmp(a));
            perhaps.truncate(SHOWN);
            match &group.decision {
                Some(Decision::New) => same.clear(),
                Some(Decision::Same(paragraph)) => {
                    let named = self.find(paragraph, &group.one.recommending);
                    let chosen = perhaps.iter().find(|(number, _)| Some(*number) == named);
                    match (chosen, named) {
                        (Some(chosen), _) => same.push(*chosen),
                        (None, Some(named))
                            if !same.iter().any(|(number, _)| *number == named)
                                && self.goes_by_a_name(named) =>
                        {
                            same.push((named, 0.0));
                        }
                        _ => {}
                    }
                }
                None if !perhaps.is_empty() => {
                    let candidates = perhaps
                        .iter()
                        .filter_map(|(number, score)| self.candidate(*number, *score))
                        .collect();
                    self.ask(&group.places, candidates);
                    continue;
                }
                None => {}
            }
            self.number(group, same);
        }
    }

    fn goes_by_a_name(&self, number: usize) -> bool {
        self.works
            .get(number)
            .is_some_and(|work| !work.effect.after.paragraph.is_number())
    }

    /// Gives a new number to what went by names so far, or to a new recommendation.
    fn number(&mut self, group: Group, mut same: Vec<(usize, f64)>) {
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
            self.add(group);
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
                gone.push((work.effect.after.clone(), told, score, known_as));
            }
        }
        let Some(work) = self.works.get_mut(first) else {
            return;
        };
        let by_name = work.effect.after.paragraph.clone();
        work.united = true;
        let mut names = vec![(by_name.to_string(), Some(score))];
        for (other, told, score, known_as) in gone {
            work.told.extend(told);
            names.push((other.paragraph.to_string(), Some(score)));
            names.extend(known_as);
            absorb(&mut work.effect.after, &other);
            work.effect.absorbed.push(other);
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

    fn apply_numbered(&mut self, number: usize, group: Group) {
        let Some(work) = self.works.get_mut(number) else {
            return;
        };
        let before = &work.effect.after;
        let mut after = merged(Some(before), before.paragraph.clone(), group.one);
        work.told.extend(group.claims);
        if work.united {
            add_missing(&mut after.recommending, before.recommending.iter().copied());
        }
        work.effect.after = after;
        self.touch(number, &group.places, &HashMap::new());
    }
}
