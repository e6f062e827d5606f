//! What becomes of the assessments of a file: an organisation's working table, or a returned matrix.

use super::rows::{Content, RowOutcome, Staged};
use crate::domain::{
    Assessment, Message, Paragraph, Recommendation, ReviewCode, RoundKind, RoundRecord, Scale,
    StateCode, shorten,
};
use crate::exchange::{IncomingAssessment, Row, is_label};
use crate::store::history::chain;
use crate::store::import_codes::Outcome;
use crate::store::likeness::{PERHAPS, Print, words};
use crate::store::rounds::assessments;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What becomes of one assessment.
#[derive(Clone, Debug)]
pub(super) struct Assessed {
    /// The row that tells it.
    pub(super) place: i64,
    /// The recommendation.
    pub(super) paragraph: Paragraph,
    /// As it is; none if there is none.
    pub(super) before: Option<Assessment>,
    /// As it will be.
    pub(super) after: Assessment,
}

impl Assessed {
    /// Whether nothing changes.
    pub(super) fn is_unchanged(&self) -> bool {
        // Versions and times are no part of what an assessment says.
        let says = |one: &Assessment| chain::json(one);
        self.before.as_ref().map(says) == Some(says(&self.after))
    }
}

/// The recommendations of a review as they will be, by number or name in lower case: the row, 0 where
/// it is new, and the number.
pub(super) type Named = HashMap<String, (i64, Paragraph)>;

/// Plans the assessments among the rows, given the recommendations as they will be and the rows of the file whose
/// recommendation is not taken.
pub(super) fn plan(
    review: ReviewCode,
    round: Option<&RoundRecord>,
    named: &Named,
    known: &[Recommendation],
    waiting: &HashSet<Row>,
    rows: &[Staged],
) -> (Vec<Assessed>, BTreeMap<i64, RowOutcome>) {
    let mut effects: Vec<Assessed> = Vec::new();
    let mut outcomes = BTreeMap::new();
    let mut first: HashMap<&Paragraph, (i64, &IncomingAssessment)> = HashMap::new();
    for row in rows {
        let Content::Assessment(one) = &row.content else {
            continue;
        };
        let planned = check(review, round, one).and_then(|round| {
            let found = named.get(&one.paragraph.as_str().to_ascii_lowercase());
            let (id, paragraph) = found.ok_or_else(|| {
                let reason = Message::new("import-assessment-of-nothing")
                    .with("review", review)
                    .with("paragraph", &one.paragraph);
                (one.paragraph.to_string(), reason)
            })?;
            if waiting.contains(&one.row) {
                let reason =
                    Message::new("import-assessment-waits").with("paragraph", &one.paragraph);
                return Err((one.paragraph.to_string(), reason));
            }
            if let Some(here) = known.iter().find(|known| known.paragraph == *paragraph) {
                fits(one, here, known)?;
            }
            Ok((round, *id, paragraph))
        });
        let (round, id, paragraph) = match planned {
            Ok(found) => found,
            Err((value, reason)) => {
                outcomes.insert(row.place, RowOutcome::rejected(Some(value), reason));
                continue;
            }
        };
        if let Some((place, earlier)) = first.get(paragraph) {
            let same = IncomingAssessment {
                row: earlier.row,
                ..(**one).clone()
            };
            let outcome = if same == **earlier {
                RowOutcome::joined(*place, None)
            } else {
                let reason = Message::new("import-assessment-repeated")
                    .with("paragraph", paragraph)
                    .with("first", earlier.row);
                RowOutcome::rejected(Some(one.status.clone()), reason)
            };
            outcomes.insert(row.place, outcome);
            continue;
        }
        first.insert(paragraph, (row.place, one));
        let before = round.assessments.get(&id).cloned();
        match merged(&round.round.scale, before.as_ref(), one) {
            Ok(after) => {
                let effect = Assessed {
                    place: row.place,
                    paragraph: paragraph.clone(),
                    before,
                    after,
                };
                let kind = match &effect.before {
                    None => Outcome::New,
                    Some(_) if effect.is_unchanged() => Outcome::Unchanged,
                    Some(_) => Outcome::Changed,
                };
                let mut digest =
                    crate::store::sha256(chain::json(&(&effect.before, &effect.after)).as_bytes());
                digest.truncate(16);
                outcomes.insert(row.place, RowOutcome::leading(kind, None, digest));
                effects.push(effect);
            }
            Err((value, reason)) => {
                outcomes.insert(row.place, RowOutcome::rejected(Some(value), reason));
            }
        }
    }
    (effects, outcomes)
}

/// Refuses an assessment whose row repeats another text, or other States, than its paragraph has.
fn fits(
    one: &IncomingAssessment,
    here: &Recommendation,
    known: &[Recommendation],
) -> Result<(), (String, Message)> {
    let makers = &here.recommending;
    let is_maker = |state: &StateCode| makers.contains(state);
    if !one.recommending.is_empty() && !makers.is_empty() && !one.recommending.iter().any(is_maker)
    {
        let names = |states: &[StateCode]| {
            let names: Vec<&str> = states.iter().map(|state| state.name()).collect();
            shorten(&names.join(", "), Message::LONGEST_CELL).into_owned()
        };
        let said = names(&one.recommending);
        let reason = Message::new("import-assessment-other-states")
            .with("paragraph", &here.paragraph)
            .with("said", &said)
            .with("known", names(makers));
        return Err((said, reason));
    }
    let (Some(said), Some(text)) = (&one.text, &here.text) else {
        return Ok(());
    };
    let (told, own) = (words(said), words(text));
    // A row may repeat the beginning only, or the summary.
    let summary = here.summary.as_deref().map(words).unwrap_or_default();
    if told.is_empty() || own.is_empty() || own.contains(&told) || summary == told {
        return Ok(());
    }
    let other = known.iter().find(|other| {
        other
            .text
            .as_deref()
            .is_some_and(|text| words(text) == told)
    });
    let is_like = Print::of(&told).likeness(&Print::of(&own)) >= PERHAPS;
    if other.is_none() && (is_like || is_latin(&told) != is_latin(&own)) {
        return Ok(());
    }
    let cut = |text: &str| shorten(text, Message::LONGEST_CELL).into_owned();
    let reason = Message::new("import-assessment-other-text")
        .with("paragraph", &here.paragraph)
        .with("known", cut(text))
        .with("said", cut(said))
        .with(
            "other",
            other.map_or("none", |other| other.paragraph.as_str()),
        );
    Err((said.clone(), reason))
}

/// Whether most letters of a text are Latin ones: a translation in another script is not compared.
fn is_latin(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic());
    let (all, latin) = letters.fold((0_usize, 0_usize), |(all, latin), c| {
        (all + 1, latin + usize::from(c.is_ascii()))
    });
    2 * latin >= all
}

/// The round that an assessment goes into, if it may.
fn check<'a>(
    review: ReviewCode,
    round: Option<&'a RoundRecord>,
    one: &IncomingAssessment,
) -> Result<&'a RoundRecord, (String, Message)> {
    let refused = |reason| Err((one.paragraph.to_string(), reason));
    if let Some(other) = one.review.filter(|other| *other != review) {
        return refused(
            Message::new("exchange-row-of-other-review")
                .with("file", other)
                .with("named", review),
        );
    }
    let Some(record) = round else {
        return refused(Message::new("import-assessment-without-round"));
    };
    if record.round.is_published() {
        return refused(Message::new("round-is-published").with("round", &record.round.title));
    }
    if record.round.kind != RoundKind::Itemised {
        return refused(Message::new("round-has-totals-only").with("round", &record.round.title));
    }
    Ok(record)
}

/// What an assessment is after a file has been heard: what the file does not say stays, and evidence is
/// added.
fn merged(
    scale: &Scale,
    before: Option<&Assessment>,
    one: &IncomingAssessment,
) -> Result<Assessment, (String, Message)> {
    let status = status(scale, &one.status).ok_or_else(|| {
        let labels: Vec<&str> = scale.statuses.iter().map(|status| &*status.label).collect();
        let known = labels.join("; ");
        // Without a status, the words of the row say what is missing.
        let words = one.rationale.as_deref().unwrap_or_default().trim();
        let reason = if !one.status.trim().is_empty() {
            let value = shorten(&one.status, Message::LONGEST_CELL);
            Message::new("import-status-unknown").with("value", value)
        } else if words.is_empty() {
            Message::new("import-status-missing")
        } else {
            let value = shorten(words, Message::LONGEST_CELL);
            Message::new("import-status-not-in-words").with("value", value)
        };
        let reason = reason.with("known", known);
        (one.status.clone(), reason)
    })?;
    let mut evidence = before.map_or_else(Vec::new, |before| before.evidence.clone());
    super::merging::add_missing(
        &mut evidence,
        crate::store::rounds::evidence::tidied_all(&one.evidence),
    );
    let told = one
        .rationale
        .as_deref()
        .map(|text| crate::store::without_nul(text).trim().to_owned())
        .filter(|text| !text.is_empty());
    let after = Assessment {
        status: status.to_owned(),
        rationale: told
            .or_else(|| before.map(|before| before.rationale.clone()))
            .unwrap_or_default(),
        confidence: one
            .confidence
            .or_else(|| before.and_then(|before| before.confidence)),
        evidence,
        carried_over: None,
        version: before.map_or(0, |before| before.version) + 1,
        changed_at: 0,
    };
    assessments::check(scale, &after, &[])
        .map_err(|refusal| (one.paragraph.to_string(), refusal.message()))?;
    Ok(after)
}

/// The code of a status that is written as its code or its label.
fn status<'a>(scale: &'a Scale, written: &str) -> Option<&'a str> {
    scale
        .statuses
        .iter()
        .find(|status| is_label(written, &[status.code.clone(), status.label.clone()]))
        .map(|status| status.code.as_str())
}
