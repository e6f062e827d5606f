//! Rows of a file that are one recommendation.

use crate::domain::{
    ActionCategory, Message, Paragraph, Position, PositionClass, StateCode, shorten,
};
use crate::exchange::{Incoming, Row};
use crate::store::import::merging::add_missing;
use crate::store::import::rows::{Decision, Staged};
use std::collections::{BTreeMap, HashMap};

/// The rows that are named for each value that they say.
const NAMED_ROWS: usize = 10;

/// Rows that are one recommendation.
pub(super) struct Group {
    pub(super) places: Vec<i64>,
    pub(super) one: Incoming,
    /// The positions that the rows tell, each with its row.
    pub(super) claims: Vec<(i64, Position)>,
    pub(super) decision: Option<Decision>,
    /// Of a source that does not number who speaks in each row.
    by: Vec<Said>,
    alternatives: Alternatives,
}

/// The values of rows of which a recommendation has one only.
#[derive(Default)]
struct Alternatives {
    /// The rows by the action category that they say, of which one is taken.
    categories: BTreeMap<ActionCategory, Vec<Row>>,
    /// The rows by the id that the source gives them, of which one is kept.
    source_ids: BTreeMap<String, Vec<Row>>,
}

impl Alternatives {
    /// Adds the values of a row.
    fn add(&mut self, one: &Incoming) {
        if let Some(category) = one.action_category {
            self.categories.entry(category).or_default().push(one.row);
        }
        if let Some(id) = &one.source_id {
            let rows = self.source_ids.entry(id.clone()).or_default();
            rows.push(one.row);
        }
    }
}

struct Said {
    place: i64,
    states: Vec<StateCode>,
}

impl Said {
    fn of(place: i64, one: &Incoming) -> Self {
        Self {
            place,
            states: one.recommending.clone(),
        }
    }
}

impl Group {
    pub(super) fn of(row: &Staged, one: &Incoming) -> Self {
        let mut one = one.clone();
        let position = one.position.take();
        let claims = position.into_iter().map(|told| (row.place, told)).collect();
        let by = match one.paragraph {
            None => vec![Said::of(row.place, &one)],
            Some(_) => Vec::new(),
        };
        let mut alternatives = Alternatives::default();
        alternatives.add(&one);
        Self {
            places: vec![row.place],
            claims,
            decision: row.decision.clone(),
            by,
            alternatives,
            one,
        }
    }

    /// The positions that the rows tell. Where a source answers the States that made one recommendation
    /// differently, each position says whose it is.
    pub(super) fn whose(&self) -> Vec<(i64, Position)> {
        let mut claims = self.claims.clone();
        let first = claims.first().map(|(_, told)| told.class);
        if self.by.len() < 2 || claims.iter().all(|(_, told)| Some(told.class) == first) {
            return claims;
        }
        for (_, told) in &mut claims {
            let mut states = Vec::new();
            for said in &self.by {
                let mut own = self.claims.iter();
                let own = own.find(|(place, _)| *place == said.place);
                if own.is_some_and(|(_, own)| own.class == told.class) {
                    add_missing(&mut states, said.states.iter().map(|state| state.name()));
                }
            }
            told.raw = format!("{} ({})", told.raw, states.join(", "));
        }
        unite(&mut claims);
        claims
    }

    /// What the rows contradict each other in and only one of them is taken.
    pub(super) fn notices(&self) -> Vec<Message> {
        let mut notices = Vec::new();
        if let (Some(taken), 2..) = (self.one.action_category, self.alternatives.categories.len()) {
            let categories = self.alternatives.categories.iter();
            let said = with_rows(categories.map(|(one, rows)| (one.number().to_string(), rows)));
            notices.push(
                Message::new("import-categories-differ")
                    .with("said", said)
                    .with("taken", taken.number()),
            );
        }
        if let (Some(taken), 2..) = (&self.one.source_id, self.alternatives.source_ids.len()) {
            let ids = self.alternatives.source_ids.iter();
            let said = with_rows(ids.map(|(id, rows)| (shortened(id), rows)));
            notices.push(
                Message::new("import-source-ids-differ")
                    .with("said", said)
                    .with("taken", shortened(taken)),
            );
        }
        notices
    }

    /// Takes in a row that repeats the paragraph, or says how the two contradict each other. One source
    /// has one position; two sources may have two.
    pub(super) fn join(&mut self, row: &Staged, one: &Incoming) -> Result<(), Message> {
        let of_source = |(_, told): &&(i64, Position)| {
            let told_by = |one: &Position| {
                told.source == one.source && told.source_paragraph == one.source_paragraph
            };
            one.position.as_ref().is_some_and(told_by)
        };
        self.one.position = self
            .claims
            .iter()
            .find(of_source)
            .map(|(_, told)| told.clone());
        let joined = self.one.join(one);
        self.one.position = None;
        joined?;
        self.alternatives.add(one);
        self.places.push(row.place);
        let position = one.position.clone().into_iter();
        self.claims.extend(position.map(|told| (row.place, told)));
        Ok(())
    }

    /// Adds a row of a source that does not number: one for each State that made the recommendation.
    pub(super) fn add(&mut self, one: &Incoming, place: i64) {
        self.alternatives.add(one);
        self.by.push(Said::of(place, one));
        self.places.push(place);
        add_missing(&mut self.one.recommending, one.recommending.iter().copied());
        add_missing(&mut self.one.terms, one.terms.iter().cloned());
        add_missing(
            &mut self.one.responsible_bodies,
            one.responsible_bodies.iter().cloned(),
        );
        let position = one.position.iter().cloned();
        self.claims.extend(position.map(|told| (place, told)));
        self.one.action_category = self.one.action_category.or(one.action_category);
        if self.one.summary.is_none() {
            self.one.summary.clone_from(&one.summary);
        }
        if self.one.source_id.is_none() {
            self.one.source_id.clone_from(&one.source_id);
        }
    }
}

fn shortened(text: &str) -> String {
    shorten(text, Message::LONGEST_CELL).into_owned()
}

/// Values with the rows that say them: "4 (3); 5 (2, 7)".
fn with_rows<'a>(values: impl Iterator<Item = (String, &'a Vec<Row>)>) -> String {
    let values = values.map(|(value, rows)| {
        let mut named: Vec<String> = rows.iter().take(NAMED_ROWS).map(Row::to_string).collect();
        if rows.len() > NAMED_ROWS {
            named.push("…".to_owned());
        }
        format!("{value} ({})", named.join(", "))
    });
    values.collect::<Vec<_>>().join("; ")
}

/// Of a recommendation that one source both supports and notes, it says neither alone: the State supported it for
/// some of those who made it. Both answers are the wording of one claim.
fn unite(claims: &mut Vec<(i64, Position)>) {
    let Some((place, first)) = claims.first().cloned() else {
        return;
    };
    let is_answer =
        |class: PositionClass| matches!(class, PositionClass::Supported | PositionClass::Noted);
    let is_of_one = |(_, told): &(i64, Position)| {
        is_answer(told.class)
            && told.source == first.source
            && told.source_paragraph == first.source_paragraph
    };
    if !claims.iter().all(is_of_one) || claims.iter().all(|(_, told)| told.class == first.class) {
        return;
    }
    let mut answers: Vec<String> = Vec::new();
    add_missing(
        &mut answers,
        claims.iter().map(|(_, told)| told.raw.clone()),
    );
    let united = Position {
        class: PositionClass::PartiallySupported,
        raw: answers.join("; "),
        ..first
    };
    *claims = vec![(place, united)];
}

/// Rows that were found to be a recommendation that is there.
pub(super) struct Found {
    pub(super) group: Group,
    /// How like its text each row's is.
    pub(super) scores: HashMap<i64, f64>,
    /// The names of the rows' texts, by which it is known from now on.
    pub(super) names: HashMap<String, f64>,
}

impl Found {
    pub(super) fn of(group: Group) -> Self {
        Self {
            group,
            scores: HashMap::new(),
            names: HashMap::new(),
        }
    }

    pub(super) fn note(&mut self, place: i64, name: &Paragraph, score: Option<f64>) {
        if let Some(score) = score {
            self.scores.insert(place, score);
            self.names.entry(name.to_string()).or_insert(score);
        }
    }

    pub(super) fn add(
        &mut self,
        row: &Staged,
        one: &Incoming,
        name: &Paragraph,
        score: Option<f64>,
    ) {
        self.group.add(one, row.place);
        if !self.names.contains_key(name.as_str()) {
            // Of several texts in one paragraph none is the whole.
            self.group.one.text = None;
        }
        self.note(row.place, name, score);
    }
}
