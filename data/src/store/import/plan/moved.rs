//! Texts that a revised file has under other numbers of the same numbering: a recommendation was added to a draft
//! as 6.4, and 6.4 became 6.5.
//!
//! A number alone does not make two recommendations the same. If a text of the file is not the known one of its
//! number, the texts decide: a known text that stands under another number moves there with all that belongs to it.
//! A number can only be taken if whoever holds it leaves it. A known recommendation that the file lacks leaves its
//! number if most of the others are in the file, and goes by a name made of its text from then on. Everything else
//! is left to a person, and so is another text of other States under a known number.

use super::group::Group;
use super::language::may_be_same_states;
use super::renumbered::{sorted, text_of, top};
use super::{Planner, folded, printed, words_of};
use crate::domain::{Message, Recommendation, StateCode, shorten};
use crate::store::import::rows::Decision;
use crate::store::import::text_index::TextIndex;
use crate::store::likeness::{PERHAPS, Print, Printed, SHOWN, Verdict, name, words};
use std::collections::{HashMap, HashSet, VecDeque};

/// What a paragraph of the file is.
enum Fate {
    /// What its number says.
    Stays,
    /// This known recommendation of another number, with the score of their texts.
    Moved(usize, f64),
    /// This known recommendation, which keeps its number: a person said so.
    Named(usize),
    /// None of the known ones, though its number is.
    Fresh,
    /// Perhaps one of these.
    Asked(Vec<(usize, f64)>),
    /// It contradicts what was published.
    Refused(Message),
}

/// A paragraph of the file beside the known recommendation of its number.
struct Heard {
    group: Group,
    own: Option<usize>,
    words: String,
    is_compared: bool,
    is_displaced: bool,
    fate: Fate,
}

/// A known recommendation whose text does not stand under its number in the file.
struct Free {
    number: usize,
    top: String,
    words: String,
    states: Vec<StateCode>,
    print: Printed,
}

impl Planner {
    /// Moves known recommendations to the numbers under which the file has their texts. Returns the paragraphs that
    /// need further thought, each with whether it is another recommendation than the one that is known by its number.
    pub(super) fn hear_moved(&mut self, groups: Vec<Group>) -> Vec<(Group, bool)> {
        let mut rows: Vec<Heard> = groups
            .into_iter()
            .map(|one| self.beside_known(one))
            .collect();
        if rows.iter().any(|row| row.is_displaced) {
            let free = self.free(&rows);
            self.match_texts(&mut rows, &free);
            self.settle(&mut rows);
        }
        self.apply_moved(rows)
    }

    fn beside_known(&self, group: Group) -> Heard {
        let paragraph = group.one.paragraph.as_ref();
        let number = paragraph.filter(|paragraph| paragraph.is_number());
        let own = number.and_then(|number| self.by_name.get(&folded(number)).copied());
        let words = words(group.one.text.as_deref().unwrap_or_default());
        let is_compared = number.is_some() && !group.one.is_reply && !words.is_empty();
        let known = own.and_then(|own| self.works.get(own));
        let known = known.map(|work| &work.effect.after);
        let is_displaced = is_compared
            && known.is_some_and(|known| {
                let language = |tag: &Option<String>| {
                    let tag = tag.as_deref()?.split(['-', '_']).next()?;
                    Some(tag.to_ascii_lowercase())
                };
                let languages = language(&known.language).zip(language(&group.one.language));
                let is_other_language = languages.is_some_and(|(known, told)| known != told);
                let may_be_translation = is_other_language
                    && (may_be_same_states(&known.recommending, &group.one.recommending)
                        || is_further_text(known, &words));
                known.text.is_some() && !may_be_translation && words_of(known) != words
            });
        let mut heard = Heard {
            group,
            own,
            words,
            is_compared,
            is_displaced,
            fate: Fate::Stays,
        };
        if own.is_none() && is_compared && self.is_left_number(&heard) {
            heard.fate = Fate::Fresh;
        }
        heard
    }

    /// Whether a number is one that a recommendation had until another number of the same numbering was its own, and
    /// the text is not that recommendation's.
    fn is_left_number(&self, row: &Heard) -> bool {
        let number = row.group.one.paragraph.as_ref();
        let found = number.and_then(|number| {
            let known = self.find(number, &row.group.one.recommending)?;
            Some((number, self.works.get(known)?))
        });
        found.is_some_and(|(number, work)| {
            let known = &work.effect.after;
            known.text.is_some()
                && known.paragraph.is_number()
                && top(&known.paragraph) == top(number)
                && Print::of(&row.words).likeness(&Print::of(&words_of(known))) < PERHAPS
        })
    }

    /// The known recommendations whose text does not stand under their number in the file, in the order of numbers.
    fn free(&self, rows: &[Heard]) -> Vec<Free> {
        let staying: HashSet<usize> = rows
            .iter()
            .filter(|row| !row.is_displaced)
            .filter_map(|row| row.own)
            .collect();
        let works = self.works.iter().enumerate().filter(|(number, work)| {
            let one = &work.effect.after;
            !staying.contains(number) && one.paragraph.is_number() && one.text.is_some()
        });
        let mut free: Vec<_> = works
            .map(|(number, work)| (number, &work.effect.after))
            .collect();
        free.sort_by_cached_key(|(_, one)| one.paragraph.order());
        let free = free.into_iter().map(|(number, one)| Free {
            number,
            top: top(&one.paragraph),
            words: words_of(one),
            states: sorted(&one.recommending),
            print: printed(one),
        });
        free.filter(|one| !one.words.is_empty()).collect()
    }

    /// Finds what each text is: first what a person decided, then texts that are the same word for word, then those
    /// that were changed a little.
    fn match_texts(&self, rows: &mut [Heard], free: &[Free]) {
        let mut taken: HashSet<usize> = HashSet::new();
        let mut open = Vec::new();
        for (at, row) in rows.iter_mut().enumerate() {
            let Some(paragraph) = row.group.one.paragraph.clone().filter(|_| row.is_compared)
            else {
                continue;
            };
            let states = &row.group.one.recommending;
            if !row.is_displaced {
                let is_new = matches!(row.fate, Fate::Fresh);
                if row.own.is_none() && (is_new || self.find(&paragraph, states).is_none()) {
                    open.push((paragraph, at));
                }
                continue;
            }
            match &row.group.decision {
                Some(Decision::New) => row.fate = Fate::Fresh,
                Some(decision) => {
                    let mut named = decision.named().iter();
                    let found = named.find_map(|named| self.find(named, states));
                    if let Some(found) = found {
                        taken.insert(found);
                        if row.own != Some(found) {
                            row.fate = Fate::Named(found);
                        }
                    } else {
                        open.push((paragraph, at));
                    }
                }
                None => open.push((paragraph, at)),
            }
        }
        open.sort_by_cached_key(|(paragraph, _)| paragraph.order());
        let mut exact: HashMap<(String, String, Vec<StateCode>), VecDeque<usize>> = HashMap::new();
        for one in free.iter().filter(|one| !taken.contains(&one.number)) {
            let key = (one.top.clone(), one.words.clone(), one.states.clone());
            exact.entry(key).or_default().push_back(one.number);
        }
        open.retain(|(paragraph, at)| {
            let Some(row) = rows.get_mut(*at) else {
                return false;
            };
            let states = sorted(&row.group.one.recommending);
            let key = (top(paragraph), row.words.clone(), states);
            let Some(number) = exact.get_mut(&key).and_then(VecDeque::pop_front) else {
                return true;
            };
            taken.insert(number);
            row.fate = Fate::Moved(number, 1.0);
            false
        });
        open.retain(|(_, at)| rows.get(*at).is_some_and(|row| row.is_displaced));
        let mut near: HashMap<usize, Vec<(usize, f64)>> = HashMap::new();
        let tops: HashMap<usize, &str> = free.iter().map(|one| (one.number, &*one.top)).collect();
        let index = TextIndex::of(free.iter().map(|one| (one.number, &one.print)));
        for (paragraph, at) in &open {
            let Some(row) = rows.get_mut(*at) else {
                continue;
            };
            let top = top(paragraph);
            let is_other = |number: usize| {
                tops.get(&number).is_some_and(|of| *of == top)
                    && Some(number) != row.own
                    && !taken.contains(&number)
            };
            match index.judge(&row.words, &row.group.one.recommending, is_other) {
                Verdict::Same(number, score) if score > self.score_of_own(row) => {
                    taken.insert(number);
                    row.fate = Fate::Moved(number, score);
                }
                Verdict::Same(number, score) => {
                    near.insert(*at, vec![(number, score)]);
                }
                Verdict::Perhaps(list) => {
                    near.insert(*at, list);
                }
                Verdict::Other => {}
            }
        }
        for (_, at) in open {
            let Some(row) = rows.get_mut(at) else {
                continue;
            };
            if matches!(row.fate, Fate::Moved(..)) {
                continue;
            }
            let score = self.score_of_own(row);
            row.fate = match row.own {
                Some(own) if taken.contains(&own) => Fate::Fresh,
                Some(own)
                    if self.is_of_other_states(own, &row.group)
                        || score < PERHAPS
                            && (self.has_work(own) || self.is_language_unclear(&row.group)) =>
                {
                    let mut all = vec![(own, score)];
                    all.extend(near.remove(&at).unwrap_or_default());
                    Fate::Asked(all)
                }
                _ => Fate::Stays,
            };
        }
    }

    /// How like the text of a row is to the known one of its number, whoever made it.
    fn score_of_own(&self, row: &Heard) -> f64 {
        let known = row.own.and_then(|own| self.works.get(own));
        known.map_or(0.0, |work| {
            Print::of(&row.words).likeness(&Print::of(&words_of(&work.effect.after)))
        })
    }

    /// Whether a row names States, and none of those that made the recommendation of its number.
    fn is_of_other_states(&self, number: usize, group: &Group) -> bool {
        let known = self.works.get(number);
        let known = known.map_or(&[][..], |work| &work.effect.after.recommending);
        !may_be_same_states(known, &group.one.recommending)
    }

    /// Whether assessments or links belong to a recommendation; evidence belongs to assessments.
    fn has_work(&self, number: usize) -> bool {
        let id = self
            .works
            .get(number)
            .map_or(0, |work| work.effect.after.id);
        self.assessed.contains(&id) || self.linked.contains(&id)
    }

    fn is_frozen(&self, number: usize) -> bool {
        let work = self.works.get(number);
        work.is_some_and(|work| self.frozen.contains(&work.effect.after.id))
    }

    /// Leaves to a person what would take a number that its holder does not leave, until nothing more does.
    fn settle(&self, rows: &mut [Heard]) {
        let whole = self.whole_numberings(rows);
        let mut in_file: HashSet<usize> = HashSet::new();
        for row in rows.iter() {
            match &row.fate {
                Fate::Asked(list) => in_file.extend(list.iter().map(|(number, _)| *number)),
                Fate::Named(number) => {
                    in_file.insert(*number);
                }
                _ => {}
            }
        }
        loop {
            let leaving: HashSet<usize> = rows
                .iter()
                .filter_map(|row| match row.fate {
                    Fate::Moved(number, _) => Some(number),
                    _ => None,
                })
                .collect();
            let mut changed = false;
            for row in rows.iter_mut() {
                let moved = match row.fate {
                    Fate::Moved(number, score) => Some((number, score)),
                    Fate::Fresh => None,
                    _ => continue,
                };
                let holder = row.own.filter(|own| !leaving.contains(own));
                let is_held = holder.is_some_and(|holder| {
                    let work = self.works.get(holder);
                    let paragraph = work.map(|work| &work.effect.after.paragraph);
                    let is_whole = paragraph.is_some_and(|one| whole.contains(&top(one)));
                    let is_decided = row.group.decision == Some(Decision::New);
                    in_file.contains(&holder)
                        || !(is_whole || is_decided)
                        || self.name_without_number(holder).is_none()
                });
                let is_frozen = moved.is_some_and(|(number, _)| self.is_frozen(number))
                    || holder.is_some_and(|holder| self.is_frozen(holder));
                if !is_held && !is_frozen {
                    continue;
                }
                let score = self.score_of_own(row);
                let mut all: Vec<(usize, f64)> = moved.into_iter().collect();
                all.extend(row.own.map(|own| (own, score)));
                in_file.extend(all.iter().map(|(number, _)| *number));
                row.fate = if is_frozen {
                    Fate::Refused(self.refusal(row, &all))
                } else {
                    Fate::Asked(all)
                };
                changed = true;
            }
            if !changed {
                return;
            }
        }
    }

    /// The numberings of which the file has at least half of the known texts.
    fn whole_numberings(&self, rows: &[Heard]) -> HashSet<String> {
        let mut all: HashMap<String, (usize, usize)> = HashMap::new();
        let top_of = |number: usize| {
            let work = self.works.get(number)?;
            let paragraph = &work.effect.after.paragraph;
            paragraph.is_number().then(|| top(paragraph))
        };
        for number in 0..self.works.len() {
            if let Some(top) = top_of(number) {
                all.entry(top).or_default().0 += 1;
            }
        }
        for row in rows {
            let found = match row.fate {
                Fate::Moved(number, _) => Some(number),
                Fate::Stays => row.own.filter(|_| row.is_compared),
                _ => None,
            };
            if let Some(count) = found.and_then(top_of).and_then(|top| all.get_mut(&top)) {
                count.1 += 1;
            }
        }
        let whole = all
            .into_iter()
            .filter(|(_, (known, found))| 2 * found >= *known);
        whole.map(|(top, _)| top).collect()
    }

    /// The name that a known recommendation goes by if it has no number any more.
    fn name_without_number(&self, number: usize) -> Option<crate::domain::Paragraph> {
        let work = self.works.get(number)?;
        let name = name(&words_of(&work.effect.after));
        (!self.by_name.contains_key(&folded(&name))).then_some(name)
    }

    fn refusal(&self, row: &Heard, all: &[(usize, f64)]) -> Message {
        let known = all.iter().find(|(number, _)| self.is_frozen(*number));
        let known = known.and_then(|(number, _)| self.works.get(*number));
        let known = known.map(|work| &work.effect.after);
        let number = row.group.one.paragraph.as_ref();
        Message::new("import-moved-published")
            .with("paragraph", number.map_or("", |number| number.as_str()))
            .with("known", known.map_or("", |one| one.paragraph.as_str()))
            .with(
                "text",
                known.map_or_else(String::new, |one| cut(one.headline())),
            )
    }

    fn apply_moved(&mut self, rows: Vec<Heard>) -> Vec<(Group, bool)> {
        let mut moved = HashSet::new();
        for row in &rows {
            if let Fate::Moved(number, _) = row.fate {
                moved.insert(number);
                self.forget_number(number);
            }
        }
        for row in &rows {
            let is_taken = matches!(row.fate, Fate::Moved(..) | Fate::Fresh);
            if let Some(own) = row.own.filter(|own| is_taken && !moved.contains(own)) {
                self.take_number_away(own);
            }
        }
        let mut rest = Vec::with_capacity(rows.len());
        for row in rows {
            match row.fate {
                Fate::Stays => rest.push((row.group, false)),
                Fate::Fresh => rest.push((row.group, true)),
                Fate::Moved(number, score) => self.move_to(number, row.group, score),
                Fate::Named(number) => self.apply_numbered(number, row.group),
                Fate::Asked(mut candidates) => {
                    candidates.truncate(SHOWN);
                    self.ask_about_text(row.own, &row.group, candidates);
                }
                Fate::Refused(reason) => {
                    for place in &row.group.places {
                        self.reject(*place, text_of(&row.group).to_owned(), reason.clone());
                    }
                }
            }
        }
        rest
    }

    fn forget_number(&mut self, number: usize) {
        if let Some(work) = self.works.get(number) {
            let former = folded(&work.effect.after.paragraph);
            self.by_name.remove(&former);
        }
    }

    /// A known recommendation that the file lacks leaves its number to another one. It goes by a name then, as one
    /// that no source numbers.
    fn take_number_away(&mut self, number: usize) {
        let Some(name) = self.name_without_number(number) else {
            return;
        };
        self.forget_number(number);
        self.by_name.insert(folded(&name), number);
        let assessed = if self.has_work(number) { "yes" } else { "no" };
        let Some(work) = self.works.get_mut(number) else {
            return;
        };
        let notice = Message::new("import-number-taken")
            .with("from", &work.effect.after.paragraph)
            .with("text", cut(work.effect.after.headline()))
            .with("assessed", assessed);
        let former = folded(&work.effect.after.paragraph);
        work.effect.names.push((former.clone(), None));
        work.effect.after.paragraph = name;
        self.displaced.push((former, number, notice));
    }

    fn move_to(&mut self, number: usize, group: Group, score: f64) {
        let assessed = if self.has_work(number) { "yes" } else { "no" };
        let (Some(work), Some(to)) = (self.works.get_mut(number), group.one.paragraph.clone())
        else {
            return;
        };
        let from = work.effect.after.paragraph.clone();
        work.notices.push(
            Message::new("import-moved")
                .with("from", &from)
                .with("to", &to)
                .with("assessed", assessed),
        );
        // Dropped at the end if another recommendation has that number then.
        work.effect.names.push((folded(&from), Some(score)));
        work.effect.after.paragraph = to.clone();
        self.by_name.insert(folded(&to), number);
        let place = group.places.first().copied();
        self.apply_numbered(number, group);
        if let Some(outcome) = place.and_then(|place| self.outcomes.get_mut(&place)) {
            outcome.score = Some(score);
        }
    }

    fn ask_about_text(&mut self, own: Option<usize>, group: &Group, all: Vec<(usize, f64)>) {
        let candidates = all
            .into_iter()
            .filter_map(|(number, score)| self.candidate(number, score))
            .collect();
        self.ask(&group.places, candidates);
        let known = own.and_then(|own| Some((own, self.works.get(own)?)));
        let notice = known.map(|(own, work)| {
            Message::new("import-other-text")
                .with("paragraph", &work.effect.after.paragraph)
                .with("text", cut(work.effect.after.headline()))
                .with("assessed", if self.has_work(own) { "yes" } else { "no" })
        });
        let outcome = group
            .places
            .first()
            .and_then(|lead| self.outcomes.get_mut(lead));
        if let Some(outcome) = outcome {
            outcome.detail.notices.extend(notice);
        }
    }
}

fn cut(text: &str) -> String {
    shorten(text, Message::LONGEST_CELL).into_owned()
}

/// Returns true if a recommendation has this text in a further language already.
fn is_further_text(known: &Recommendation, told: &str) -> bool {
    known.texts.iter().any(|one| words(&one.text) == told)
}
