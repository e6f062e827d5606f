//! What people enter, as it is kept, and what is refused of it.
//!
//! Files may hold longer values than a form accepts. A value that an edit leaves as it is, is not looked at again.

use super::EditRefusal;
use crate::domain::{
    Column, Message, Paragraph, Position, Recommendation, RecordedDate, Review, Term,
    canonical_language, refuse_invisible,
};
use crate::settings::MAX_VALUES;
use crate::store::entities::{recommendation, recommendation_alias};
use crate::store::import::by_scheme;
use crate::store::{Error, Refusal, without_nul};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// The longest text of a recommendation, in characters.
const TEXT_MAX: usize = 50_000;
/// The longest summary, in characters.
const SUMMARY_MAX: usize = 2_000;
/// The longest words of a State, in characters.
const WORDS_MAX: usize = 5_000;
/// The longest name of a document, paragraph or term, in characters.
const NAME_MAX: usize = 200;

/// A text without blanks around it; `None` if nothing is left.
pub(super) fn text(text: &str) -> Option<String> {
    let text = without_nul(text).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn optional(given: Option<&String>) -> Option<String> {
    given.and_then(|given| text(given))
}

/// A text as it is kept; the one before if nothing but blanks around it differs, since forms drop those.
fn as_before(before: Option<&String>, wanted: Option<&String>) -> Option<String> {
    let wanted = optional(wanted);
    match before {
        Some(before) if wanted.as_deref() == Some(before.trim()) => Some(before.clone()),
        _ => wanted,
    }
}

fn at_most(text: Option<&String>, column: &'static str, max: usize) -> Result<(), EditRefusal> {
    match text {
        Some(text) if text.chars().count() > max => Err(EditRefusal::TooLong { column, max }),
        _ => Ok(()),
    }
}

/// A claim about a position, as it is kept.
pub(super) fn claim(given: &Position) -> Result<Position, EditRefusal> {
    let claim = Position {
        class: given.class,
        raw: text(&given.raw).unwrap_or_default(),
        source: optional(given.source.as_ref()),
        source_paragraph: optional(given.source_paragraph.as_ref()),
        date: given.date.clone(),
    };
    if claim.source.is_none() {
        return Err(EditRefusal::PositionWithoutSource);
    }
    let is_date = |date: &RecordedDate| date.date().is_some();
    if !claim.date.as_ref().is_none_or(is_date) {
        return Err(EditRefusal::PositionDateUnfit);
    }
    at_most(Some(&claim.raw), "position_raw", WORDS_MAX)?;
    at_most(claim.source.as_ref(), "position_source", NAME_MAX)?;
    at_most(
        claim.source_paragraph.as_ref(),
        "position_paragraph",
        NAME_MAX,
    )?;
    Ok(claim)
}

/// What is to be known of a recommendation, as it is kept.
pub(super) fn recommendation(
    before: Option<&Recommendation>,
    wanted: &Recommendation,
) -> Result<Recommendation, Refusal> {
    let mut one = wanted.clone();
    let stored = |text: fn(&Recommendation) -> Option<&String>| before.and_then(text);
    one.text = as_before(stored(|one| one.text.as_ref()), wanted.text.as_ref());
    one.summary = as_before(stored(|one| one.summary.as_ref()), wanted.summary.as_ref());
    one.source_id = as_before(
        stored(|one| one.source_id.as_ref()),
        wanted.source_id.as_ref(),
    );
    one.language = language(before, wanted)?;
    // Texts in further languages come from files alone.
    one.texts = before
        .map(|before| before.texts.clone())
        .unwrap_or_default();
    if one.text.is_none() && one.summary.is_none() {
        return Err(EditRefusal::WithoutText.into());
    }
    let mut once = Vec::new();
    for state in &wanted.recommending {
        if !once.contains(state) {
            once.push(*state);
        }
    }
    one.recommending = once;
    if one.recommending.is_empty() {
        return Err(EditRefusal::WithoutStates.into());
    }
    for (is_as_before, value, column, max) in [
        (
            before.is_some_and(|before| before.text == one.text),
            &one.text,
            Column::Text.id(),
            TEXT_MAX,
        ),
        (
            before.is_some_and(|before| before.summary == one.summary),
            &one.summary,
            Column::Summary.id(),
            SUMMARY_MAX,
        ),
        (
            before.is_some_and(|before| before.source_id == one.source_id),
            &one.source_id,
            "source_id",
            NAME_MAX,
        ),
    ] {
        if !is_as_before {
            at_most(value.as_ref(), column, max)?;
        }
    }
    one.terms = terms(before, &wanted.terms)?;
    one.responsible_bodies = bodies(before, &wanted.responsible_bodies)?;
    Ok(one)
}

fn language(
    before: Option<&Recommendation>,
    wanted: &Recommendation,
) -> Result<Option<String>, EditRefusal> {
    let Some(language) = optional(wanted.language.as_ref()) else {
        return Ok(None);
    };
    let is_as_before = before.is_some_and(|before| before.language.as_ref() == Some(&language));
    if is_as_before {
        return Ok(Some(language));
    }
    let canonical = canonical_language(&language);
    canonical.map(Some).ok_or(EditRefusal::LanguageUnfit)
}

fn terms(before: Option<&Recommendation>, wanted: &[Term]) -> Result<Vec<Term>, Refusal> {
    let mut terms = Vec::with_capacity(wanted.len());
    for term in wanted {
        let term = Term::new(term.scheme, &without_nul(&term.name));
        let is_known = before.is_some_and(|before| before.terms.contains(&term));
        if term.name.is_empty() || terms.contains(&term) {
            continue;
        }
        if !is_known {
            if term.name.chars().count() > NAME_MAX {
                return Err(EditRefusal::TermTooLong { max: NAME_MAX }.into());
            }
            refuse_invisible(&term.name)?;
        }
        terms.push(term);
    }
    if terms.len() > MAX_VALUES {
        return Err(EditRefusal::TooMany { max: MAX_VALUES }.into());
    }
    Ok(by_scheme(&terms))
}

fn bodies(before: Option<&Recommendation>, wanted: &[String]) -> Result<Vec<String>, Refusal> {
    let mut bodies = Vec::with_capacity(wanted.len());
    for body in wanted.iter().filter_map(|body| text(body)) {
        let is_known = before.is_some_and(|before| before.responsible_bodies.contains(&body));
        if !is_known {
            let column = Column::ResponsibleBodies.id();
            at_most(Some(&body), column, Recommendation::LONGEST_BODY)?;
        }
        if !bodies.contains(&body) {
            bodies.push(body);
        }
    }
    if bodies.len() > Recommendation::MOST_BODIES {
        let max = Recommendation::MOST_BODIES;
        return Err(EditRefusal::TooMany { max }.into());
    }
    Ok(bodies)
}

/// Refuses a number that another recommendation has, or that leads to another one. `own` is the row of the
/// recommendation that is to have it.
pub(super) async fn number_is_free(
    db: &impl ConnectionTrait,
    review: &Review,
    paragraph: &Paragraph,
    own: Option<i64>,
) -> Result<(), Error> {
    let taken = recommendation::Entity::find()
        .filter(recommendation::Column::ReviewId.eq(review.id))
        .filter(recommendation::Column::Paragraph.eq(paragraph.as_str()))
        .one(db)
        .await?;
    if taken.is_some_and(|taken| Some(taken.id) != own) {
        let paragraph = paragraph.clone();
        return Err(EditRefusal::NumberTaken { paragraph }.into());
    }
    let leading = recommendation_alias::Entity::find()
        .filter(recommendation_alias::Column::ReviewId.eq(review.id))
        .filter(recommendation_alias::Column::Name.eq(paragraph.as_str()))
        .all(db)
        .await?;
    let elsewhere = leading
        .iter()
        .find(|row| Some(row.recommendation_id) != own);
    let Some(elsewhere) = elsewhere else {
        return Ok(());
    };
    let other = recommendation::Entity::find_by_id(elsewhere.recommendation_id)
        .one(db)
        .await?;
    Err(EditRefusal::NumberLeadsElsewhere {
        paragraph: paragraph.clone(),
        now: other.map(|other| other.paragraph).unwrap_or_default(),
    }
    .into())
}

/// States in a message, by their codes.
pub(super) fn listed(states: &[crate::domain::StateCode]) -> String {
    let names: Vec<&str> = states.iter().map(|state| state.name()).collect();
    crate::domain::shorten(&names.join(", "), Message::LONGEST_CELL).into_owned()
}
