//! What becomes of the rows of a file that speak of one review. Computed from what is known of the
//! review and nothing else, so that a preview and what is done are the same.
//!
//! A numbered recommendation is the same one if its paragraph is the same. One without a number is the
//! same as the one whose text and State it has ([`judge`](crate::store::likeness::judge)), or goes by a name made of its text; and when
//! a later file brings the number, the same judgement runs the other way. A draft and a final report number the
//! same texts differently: [`renumbered`]. Where the judgement is
//! [`Perhaps`](crate::store::likeness::Verdict::Perhaps), nothing is done until a person has decided.

mod group;
mod language;
mod moved;
mod numbered;
#[cfg(test)]
mod properties;
mod renumbered;
mod unnumbered;

use self::group::Group;
use super::merging::{add_claims, added_languages, hear_claims, merged, same_claim};
use super::rows::{Candidate, Content, RowOutcome, Staged};
use crate::domain::{
    Message, Paragraph, Position, Recommendation, Review, ReviewCode, SourceKind, StateCode,
};
use crate::exchange::{Incoming, report_of};
use crate::store::history::chain;
use crate::store::import_codes::Outcome;
use crate::store::likeness::{Printed, words};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What is known of a review before the import.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// The review; its row is 0 if it is not there yet.
    pub(super) review: Review,
    /// Its recommendations.
    pub(super) recommendations: Vec<Recommendation>,
    /// Other names and numbers of theirs, with their rows.
    pub(super) aliases: Vec<(String, i64)>,
    /// Those that somebody has assessed or is about to.
    pub(super) assessed: HashSet<i64>,
    /// Those that somebody has linked with one of another cycle.
    pub(super) linked: HashSet<i64>,
    /// Reports by which other reviews are known.
    pub(super) other_reports: HashMap<String, ReviewCode>,
    /// Those that a published round names: they keep their paragraph, or its hash would not fit.
    pub(super) frozen: HashSet<i64>,
}

/// What becomes of one recommendation.
#[derive(Clone, Debug)]
pub(super) struct Effect {
    /// The rows that speak of it, the first one leading.
    pub(super) places: Vec<i64>,
    /// As it is; none if it is new.
    pub(super) before: Option<Recommendation>,
    /// As it will be.
    pub(super) after: Recommendation,
    /// Others that turned out to be the same and go.
    pub(super) absorbed: Vec<Recommendation>,
    /// Further names and numbers of it, each with the score of its match.
    pub(super) names: Vec<(String, Option<f64>)>,
}

impl Effect {
    /// Whether nothing changes.
    pub(super) fn is_unchanged(&self) -> bool {
        self.absorbed.is_empty() && self.before.as_ref() == Some(&self.after)
    }

    fn digest(&self) -> String {
        let gone: Vec<_> = self.absorbed.iter().map(|one| &one.paragraph).collect();
        let content = chain::json(&(&self.before, &self.after, gone));
        let mut digest = crate::store::sha256(content.as_bytes());
        digest.truncate(16);
        digest
    }
}

/// What becomes of a review.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// The review with what the file knows of it.
    pub(super) review: Review,
    /// What becomes of each recommendation that a row speaks of.
    pub(super) effects: Vec<Effect>,
    /// What becomes of each row.
    pub(super) outcomes: BTreeMap<i64, RowOutcome>,
}

/// A recommendation while the file is heard.
struct Work {
    effect: Effect,
    /// The positions that the file tells, each with its row.
    told: Vec<(i64, Position)>,
    /// Those rows that are the State's reply.
    replies: HashSet<i64>,
    /// Whether sources that do not number speak of it, too: then States are added, not replaced.
    united: bool,
    gone: bool,
    /// What a person should know of it.
    notices: Vec<Message>,
}

impl Work {
    fn of(before: Option<Recommendation>, after: Recommendation) -> Self {
        Self {
            effect: Effect {
                places: Vec::new(),
                before,
                after,
                absorbed: Vec::new(),
                names: Vec::new(),
            },
            told: Vec::new(),
            replies: HashSet::new(),
            united: false,
            gone: false,
            notices: Vec::new(),
        }
    }
}

struct Planner {
    review: Review,
    works: Vec<Work>,
    /// Numbers and names, in lower case.
    by_name: HashMap<String, usize>,
    aliases: HashMap<String, Vec<usize>>,
    /// Further names that the file's own rows have brought.
    heard: HashMap<String, Vec<usize>>,
    /// Numbers that were taken from recommendations, with whose they were and what is said of it.
    displaced: Vec<(String, usize, Message)>,
    assessed: HashSet<i64>,
    linked: HashSet<i64>,
    other_reports: HashMap<String, ReviewCode>,
    frozen: HashSet<i64>,
    outcomes: BTreeMap<i64, RowOutcome>,
}

/// Plans the recommendations among the rows.
pub(super) fn plan(known: Known, rows: &[Staged]) -> Planned {
    let mut planner = Planner::new(known);
    let mut numbered = Vec::new();
    let mut unnumbered: Vec<(&Staged, &Incoming)> = Vec::new();
    for row in rows {
        if let Content::Recommendation(one) = &row.content {
            match &one.paragraph {
                Some(paragraph) => numbered.push((row, one, paragraph.clone())),
                None => unnumbered.push((row, one)),
            }
        }
    }
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut order = Vec::new();
    for (row, one, paragraph) in numbered {
        let folded = folded(&paragraph);
        if one.is_reply && planner.find(&paragraph, &[]).is_none() {
            let reason = Message::new("import-reply-of-nothing")
                .with("review", one.review)
                .with("paragraph", &paragraph);
            planner.reject(row.place, paragraph.to_string(), reason);
        } else if let Err((value, reason)) = planner.fits(one) {
            planner.reject(row.place, value, reason);
        } else if let Some(group) = groups.get_mut(&folded) {
            // Readers hand on rows that repeat a recommendation; of two that contradict each other one
            // would undo the other.
            match group.join(row, one) {
                Ok(()) => {}
                Err(reason) => planner.reject(row.place, paragraph.to_string(), reason),
            }
        } else {
            order.push(folded.clone());
            groups.insert(folded, Group::of(row, one));
        }
    }
    for group in groups.values_mut() {
        planner.settle_language(group);
    }
    planner.hear_numbered(
        order
            .iter()
            .filter_map(|name| groups.remove(name))
            .collect(),
    );
    planner.hear_unnumbered(&unnumbered);
    planner.finish()
}

/// The report that the source of a row's position names.
pub(super) fn report_of_source(one: &Incoming) -> Option<String> {
    let source = one.position.as_ref()?.source.as_deref()?;
    report_of(source.trim())
}

/// What to say where a position without a source takes the place of another one without a source: nothing but the
/// order of the imports decides between the two.
fn unsourced_change(before: Option<&Recommendation>, after: &Recommendation) -> Option<Message> {
    let (before, after) = (before?.positions.last()?, after.positions.last()?);
    let decides = before.class != after.class
        && before.class.is_answered()
        && [before, after].iter().all(|claim| claim.source.is_none())
        && before.is_of_same_source(after)
        && before.date == after.date;
    decides.then(|| {
        Message::new("import-positions-unsourced")
            .with("before", &before.raw)
            .with("after", &after.raw)
    })
}

fn is_number(name: &str) -> bool {
    Paragraph::parse(name).is_ok_and(|name| name.is_number())
}

fn folded(paragraph: &Paragraph) -> String {
    paragraph.as_str().to_ascii_lowercase()
}

/// What a recommendation says.
fn said(one: &Recommendation) -> &str {
    let text = one.text.as_deref().or(one.summary.as_deref());
    text.unwrap_or_default()
}

fn words_of(one: &Recommendation) -> String {
    words(said(one))
}

fn printed(one: &Recommendation) -> Printed {
    match &one.text {
        Some(text) => Printed::of(text, &one.recommending),
        None => Printed::without_text(said(one), &one.recommending),
    }
}

impl Planner {
    fn new(known: Known) -> Self {
        let numbers: HashMap<i64, usize> = known
            .recommendations
            .iter()
            .enumerate()
            .map(|(number, one)| (one.id, number))
            .collect();
        let mut aliases: HashMap<String, Vec<usize>> = HashMap::new();
        let mut united = HashSet::new();
        for (name, id) in &known.aliases {
            if let Some(number) = numbers.get(id) {
                aliases
                    .entry(name.to_ascii_lowercase())
                    .or_default()
                    .push(*number);
                // A former number says nothing of who else tells of it; a name does.
                let is_unnumbered = known
                    .recommendations
                    .get(*number)
                    .is_some_and(|one| !one.paragraph.is_number());
                if is_unnumbered || !is_number(name) {
                    united.insert(*number);
                }
            }
        }
        let by_name = known
            .recommendations
            .iter()
            .enumerate()
            .map(|(number, one)| (folded(&one.paragraph), number))
            .collect();
        let works = known
            .recommendations
            .into_iter()
            .enumerate()
            .map(|(number, one)| Work {
                united: united.contains(&number),
                ..Work::of(Some(one.clone()), one)
            })
            .collect();
        Self {
            review: known.review,
            works,
            by_name,
            aliases,
            heard: HashMap::new(),
            displaced: Vec::new(),
            assessed: known.assessed,
            linked: known.linked,
            other_reports: known.other_reports,
            frozen: known.frozen,
            outcomes: BTreeMap::new(),
        }
    }

    /// Whether a row can be of this review; otherwise the value at fault, and why not. The identity is
    /// report symbol and paragraph: another report's paragraph of the same number is another
    /// recommendation.
    fn fits(&mut self, one: &Incoming) -> Result<(), (String, Message)> {
        if let (Some(known), Some(symbol)) = (&self.review.report_symbol, &one.report_symbol)
            && known != symbol
        {
            let reason = Message::new("import-other-report")
                .with("review", one.review)
                .with("known", known)
                .with("symbol", symbol);
            return Err((symbol.clone(), reason));
        }
        for symbol in [one.report_symbol.clone(), report_of_source(one)]
            .into_iter()
            .flatten()
        {
            if let Some(other) = self.other_reports.get(&symbol) {
                let reason = Message::new("import-report-of-other-review")
                    .with("review", one.review)
                    .with("other", other)
                    .with("symbol", &symbol);
                return Err((symbol, reason));
            }
        }
        if one.is_reply {
            return Ok(());
        }
        self.review.session = self.review.session.or(one.session);
        if self.review.report_symbol.is_none() {
            self.review.report_symbol.clone_from(&one.report_symbol);
        }
        Ok(())
    }

    fn reject(&mut self, place: i64, value: String, reason: Message) {
        self.outcomes
            .insert(place, RowOutcome::rejected(Some(value), reason));
    }

    /// Nothing is done about these rows until a person has decided.
    fn ask(&mut self, places: &[i64], candidates: Vec<Candidate>) {
        let Some((lead, rest)) = places.split_first() else {
            return;
        };
        self.outcomes
            .insert(*lead, RowOutcome::uncertain(candidates));
        for place in rest {
            self.outcomes
                .insert(*place, RowOutcome::joined(*lead, None));
        }
    }

    fn candidate(&self, number: usize, score: f64) -> Option<Candidate> {
        let one = &self.works.get(number)?.effect.after;
        Some(Candidate {
            paragraph: one.paragraph.clone(),
            score,
            text: one.headline().to_owned(),
        })
    }

    /// The recommendation of a number or name, if there is one.
    fn find(&self, paragraph: &Paragraph, states: &[StateCode]) -> Option<usize> {
        let name = folded(paragraph);
        if let Some(number) = self.by_name.get(&name) {
            return Some(*number);
        }
        match self.aliases.get(&name)?.as_slice() {
            [only] => Some(*only),
            _ => self.known_as(paragraph, states),
        }
    }

    /// The recommendation that is known by another name and that these States made, or most of them; the
    /// one that was known so first where several are equal.
    fn known_as(&self, name: &Paragraph, states: &[StateCode]) -> Option<usize> {
        let name = folded(name);
        let known_as = [self.aliases.get(&name), self.heard.get(&name)];
        let made = |number: &usize| {
            let makers = self
                .works
                .get(*number)
                .map(|work| &work.effect.after.recommending);
            let made = |state: &&StateCode| makers.is_some_and(|makers| makers.contains(state));
            states.iter().filter(made).count()
        };
        known_as
            .into_iter()
            .flatten()
            .flatten()
            .map(|number| (made(number), *number))
            .filter(|(made, _)| *made > 0)
            .reduce(|best, other| if other.0 > best.0 { other } else { best })
            .map(|(_, number)| number)
    }

    /// A recommendation that was not there.
    fn add(&mut self, group: Group) {
        let Some(paragraph) = group.one.paragraph.clone() else {
            return;
        };
        let number = self.works.len();
        self.by_name.insert(folded(&paragraph), number);
        let places = group.places.clone();
        let notices = group.notices();
        self.works.push(Work {
            told: group.whose(),
            notices,
            ..Work::of(None, merged(None, paragraph, group.one))
        });
        self.touch(number, &places, &HashMap::new());
    }

    fn touch(&mut self, number: usize, places: &[i64], scores: &HashMap<i64, f64>) {
        let Some(work) = self.works.get_mut(number) else {
            return;
        };
        work.effect.places.extend(places);
        for place in places {
            let score = scores.get(place).copied();
            // Who leads is known at the end.
            self.outcomes.insert(*place, RowOutcome::joined(0, score));
        }
    }

    fn finish(mut self) -> Planned {
        let mut effects = Vec::new();
        for (former, number, notice) in std::mem::take(&mut self.displaced) {
            let has_number = |work: &Work| work.effect.after.paragraph.is_number();
            let taker = self.by_name.get(&former).copied();
            if self.works.get(number).is_some_and(|work| !has_number(work))
                && let Some(taker) = taker.and_then(|taker| self.works.get_mut(taker))
            {
                taker.notices.push(notice);
            }
        }
        // What each number is in the end.
        let present: HashMap<String, usize> = self
            .works
            .iter()
            .enumerate()
            .filter(|(_, work)| !work.gone)
            .map(|(number, work)| (folded(&work.effect.after.paragraph), number))
            .collect();
        for (number, work) in self.works.into_iter().enumerate() {
            let mut effect = work.effect;
            // In the file's order, whatever was certain first.
            let mut told = work.told;
            told.sort_by_key(|(place, _)| *place);
            let of_report = self.review.report_symbol.as_ref();
            let of_reply = self.review.addendum_symbol.as_deref();
            let of_reply = of_reply.unwrap_or(SourceKind::UNNAMED_REPLY);
            let told = told.into_iter().map(|(place, mut claim)| {
                if work.replies.contains(&place) && claim.source.is_none() {
                    claim.source = Some(of_reply.to_owned());
                }
                // A paragraph of no document is one of the report itself, unless it was heard before the report's
                // symbol was known: a draft's paragraphs are others.
                let mut known = effect.after.positions.iter();
                if claim.source.is_none()
                    && claim.source_paragraph.is_some()
                    && !known.any(|known| same_claim(known, &claim))
                {
                    claim.source = of_report.cloned();
                }
                claim
            });
            let mut claims = Vec::new();
            add_claims(&mut claims, told.collect::<Vec<_>>());
            hear_claims(&mut effect.after.positions, claims);
            effect.after.order_positions();
            let mut notices = work.notices;
            notices.extend(unsourced_change(effect.before.as_ref(), &effect.after));
            effect.places.sort_unstable();
            let mut once = HashSet::new();
            effect.names.retain(|(name, _)| {
                let known = self
                    .aliases
                    .get(name)
                    .is_some_and(|of| of.contains(&number));
                let present = present.get(name);
                // A name is made of a text, which several may have; a number is only one's.
                let is_anothers =
                    is_number(name) && present.is_some_and(|present| *present != number);
                !known && !is_anothers && once.insert(name.clone())
            });
            let Some(lead) = effect.places.first().copied() else {
                // One that lost its number to another changes, though no row speaks of it.
                let before = effect.before.as_ref();
                if before.is_some_and(|before| before.paragraph != effect.after.paragraph) {
                    effects.push(effect);
                }
                continue;
            };
            for place in &effect.places {
                let score = self.outcomes.get(place).and_then(|outcome| outcome.score);
                let outcome = if *place == lead {
                    let kind = match &effect.before {
                        None => Outcome::New,
                        Some(_) if effect.is_unchanged() => Outcome::Unchanged,
                        Some(_) => Outcome::Changed,
                    };
                    let mut outcome = RowOutcome::leading(kind, score, effect.digest());
                    outcome.absorbed = effect.absorbed.len();
                    outcome.texts = added_languages(effect.before.as_ref(), &effect.after);
                    outcome.detail.notices.clone_from(&notices);
                    outcome
                } else {
                    RowOutcome::joined(lead, score)
                };
                self.outcomes.insert(*place, outcome);
            }
            effects.push(effect);
        }
        Planned {
            review: self.review,
            effects,
            outcomes: self.outcomes,
        }
    }
}
