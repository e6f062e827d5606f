//! Recommendations of sources that do not number: a row for each recommending State.

use super::group::{Found, Group};
use super::{Planner, printed};
use crate::domain::Paragraph;
use crate::exchange::Incoming;
use crate::store::import::merging::{add_missing, merged};
use crate::store::import::rows::{Candidate, Decision, Staged};
use crate::store::import::text_index::TextIndex;
use crate::store::likeness::{Printed, SHOWN, Verdict, name, words};
use std::collections::{BTreeMap, HashMap};

/// What a row is.
enum Resolved {
    /// A recommendation that is there, perhaps with the score of their texts.
    There(usize, Option<f64>),
    /// One that goes by its name.
    Named,
    /// Perhaps one of these.
    Asked(Vec<(usize, f64)>),
}

/// Rows of one text that a person has to decide about.
#[derive(Default)]
struct Asked<'a> {
    rows: Vec<&'a Told<'a>>,
    candidates: Vec<(usize, f64)>,
}

/// A row with what it is compared by.
struct Told<'a> {
    row: &'a Staged,
    one: &'a Incoming,
    words: String,
    name: Paragraph,
}

impl Planner {
    pub(super) fn hear_unnumbered(&mut self, rows: &[(&Staged, &Incoming)]) {
        if rows.is_empty() {
            return;
        }
        let prints: Vec<(usize, Printed)> = self
            .works
            .iter()
            .enumerate()
            .filter(|(_, work)| !work.gone && work.effect.after.paragraph.is_number())
            .map(|(number, work)| (number, printed(&work.effect.after)))
            .collect();
        let index = TextIndex::of(prints.iter().map(|(number, print)| (*number, print)));
        let mut decisions: HashMap<String, &Decision> = HashMap::new();
        let mut told = Vec::with_capacity(rows.len());
        for (row, one) in rows {
            if let Err((value, reason)) = self.fits(one) {
                self.reject(row.place, value, reason);
                continue;
            }
            let text = one.text.as_deref().or(one.summary.as_deref());
            let words = words(text.unwrap_or_default());
            let name = name(&words);
            if let Some(decision) = &row.decision {
                decisions.entry(name.to_string()).or_insert(decision);
            }
            told.push(Told {
                row,
                one,
                words,
                name,
            });
        }
        let mut found: BTreeMap<usize, Found> = BTreeMap::new();
        let mut asked: BTreeMap<String, Asked> = BTreeMap::new();
        let mut named: BTreeMap<String, Vec<&Told<'_>>> = BTreeMap::new();
        for one in &told {
            let of_text = decisions.get(one.name.as_str()).copied();
            match self.resolve(one, &index, of_text) {
                Resolved::There(number, score) => {
                    if let Some(there) = found.get_mut(&number) {
                        there.add(one.row, one.one, &one.name, score);
                    } else {
                        let mut new = Found::of(Group::of(one.row, one.one));
                        new.note(one.row.place, &one.name, score);
                        found.insert(number, new);
                    }
                }
                Resolved::Named => named.entry(one.name.to_string()).or_default().push(one),
                Resolved::Asked(candidates) => {
                    let asked = asked.entry(one.name.to_string()).or_default();
                    asked.rows.push(one);
                    for (number, score) in candidates {
                        let mut there = asked.candidates.iter_mut();
                        match there.find(|(known, _)| *known == number) {
                            Some((_, known)) => *known = known.max(score),
                            None => asked.candidates.push((number, score)),
                        }
                    }
                }
            }
        }
        for (number, found) in found {
            self.apply_unnumbered(number, found);
        }
        self.hear_again(&mut asked);
        for (name, mut asked) in asked {
            if asked.rows.is_empty() {
                continue;
            }
            // The same text of another State is asked about with it.
            asked.rows.extend(named.remove(&name).unwrap_or_default());
            let mut places: Vec<i64> = asked.rows.iter().map(|one| one.row.place).collect();
            places.sort_unstable();
            asked.candidates.sort_by(|(_, a), (_, b)| b.total_cmp(a));
            asked.candidates.truncate(SHOWN);
            let candidates: Vec<Candidate> = asked
                .candidates
                .into_iter()
                .filter_map(|(number, score)| self.candidate(number, score))
                .collect();
            self.ask(&places, candidates);
        }
        // In the file's order, so that of rows that a paragraph unites later the first comes first.
        let mut named: Vec<_> = named.into_iter().collect();
        named.sort_by_key(|(_, rows)| rows.first().map(|first| first.row.place));
        for (name, rows) in named {
            let mut rows = rows.into_iter();
            let Some(first) = rows.next() else { continue };
            let mut group = Group::of(first.row, first.one);
            rows.for_each(|one| group.add(one.one, one.row.place));
            if let Some(number) = self.by_name.get(&name).copied() {
                self.apply_unnumbered(number, Found::of(group));
            } else {
                group.one.paragraph = Paragraph::parse(&name).ok();
                self.add(group);
            }
        }
    }

    /// Rows whose State was not known to have made what their text is may be certain once other rows
    /// have said that it did.
    fn hear_again(&mut self, asked: &mut BTreeMap<String, Asked<'_>>) {
        loop {
            let mut certain: Vec<(usize, &Told<'_>)> = Vec::new();
            for asked in asked.values_mut() {
                asked.rows.retain(|one| {
                    let known = self.known_as(&one.name, &one.one.recommending);
                    certain.extend(known.map(|number| (number, *one)));
                    known.is_none()
                });
            }
            if certain.is_empty() {
                return;
            }
            for (number, one) in certain {
                let mut found = Found::of(Group::of(one.row, one.one));
                found.note(one.row.place, &one.name, None);
                self.apply_unnumbered(number, found);
            }
        }
    }

    /// What a row is: what a person decided, or else what its text and State say.
    fn resolve(
        &self,
        told: &Told<'_>,
        index: &TextIndex<'_>,
        of_text: Option<&Decision>,
    ) -> Resolved {
        let states = &told.one.recommending;
        let own = self.by_name.get(told.name.as_str()).copied();
        let makes = own.and_then(|own| self.works.get(own)).is_some_and(|work| {
            let makers = &work.effect.after.recommending;
            // All of them: what one State among them made may be of a paragraph with a number.
            !states.is_empty() && states.iter().all(|state| makers.contains(state))
        });
        let decided = |decision: &Decision, scores: &[(usize, f64)]| match decision {
            Decision::New => Some(Resolved::Named),
            // One text is of one paragraph.
            Decision::Same(_) | Decision::AllOf(_) => {
                decision.named().first().and_then(|paragraph| {
                    let number = self.find(paragraph, states)?;
                    let score = scores.iter().find(|(known, _)| *known == number);
                    let score = score.map_or(0.0, |(_, score)| *score);
                    Some(Resolved::There(number, Some(score)))
                })
            }
        };
        if makes && told.row.decision.is_none() {
            return Resolved::Named;
        }
        let verdict = index.judge(&told.words, states, |_| true);
        let scores = match &verdict {
            Verdict::Same(number, score) => vec![(*number, *score)],
            Verdict::Perhaps(list) => list.clone(),
            Verdict::Other => Vec::new(),
        };
        if let Some(decision) = &told.row.decision
            && let Some(resolved) = decided(decision, &scores)
        {
            return resolved;
        }
        if makes {
            return Resolved::Named;
        }
        if let Verdict::Same(number, score) = verdict {
            return Resolved::There(number, Some(score));
        }
        // What was found before, or decided, needs not be asked again.
        if let Some(number) = self.known_as(&told.name, states) {
            return Resolved::There(number, None);
        }
        if own.is_some() {
            return Resolved::Named;
        }
        if scores.is_empty() {
            return Resolved::Named;
        }
        of_text
            .and_then(|decision| decided(decision, &scores))
            .unwrap_or(Resolved::Asked(scores))
    }

    /// Adds what a source that does not number says of a recommendation. The words of the report stay.
    fn apply_unnumbered(&mut self, number: usize, found: Found) {
        let Found {
            mut group,
            scores,
            names,
        } = found;
        let Some(work) = self.works.get_mut(number) else {
            return;
        };
        let before = &work.effect.after;
        if before.text.is_some() {
            group.one.text = None;
            group.one.language = None;
        }
        let claims = group.whose();
        let notices = group.notices();
        let told = std::mem::take(&mut group.one.recommending);
        let mut after = merged(Some(before), before.paragraph.clone(), group.one);
        work.told.extend(claims);
        work.notices.extend(notices);
        add_missing(&mut after.recommending, told);
        work.effect.after = after;
        work.united = true;
        let mut new: Vec<(String, Option<f64>)> = names
            .into_iter()
            .map(|(name, score)| (name, Some(score)))
            .collect();
        new.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (name, _) in &new {
            self.heard.entry(name.clone()).or_default().push(number);
        }
        work.effect.names.extend(new);
        self.touch(number, &group.places, &scores);
    }
}
