//! One row in the columns of our own table, for a person to mend and to be read again.

use super::out::{Extra, Words, cells};
use super::read::own_row;
use super::{Cells, Incoming, IncomingAssessment, Rejected};
use crate::domain::{
    ActionCategory, Column, Confidence, EvidenceKind, Listed, Message, Paragraph, Position,
    PositionClass, Recommendation, ReviewCode, shorten,
};
use std::borrow::Cow;

/// The words of no language: codes and numbers, which are read back whatever the reader's language.
struct Codes;

impl Words for Codes {
    fn column(&self, column: Column) -> String {
        column.id().to_owned()
    }

    fn extra(&self, extra: Extra) -> String {
        extra.id().to_owned()
    }

    fn position(&self, class: PositionClass) -> Cow<'_, str> {
        class.code().into()
    }

    fn action_category(&self, category: ActionCategory) -> Cow<'_, str> {
        category.number().to_string().into()
    }

    fn confidence(&self, confidence: Confidence) -> Cow<'_, str> {
        confidence.code().into()
    }

    fn evidence_kind(&self, kind: EvidenceKind) -> Cow<'_, str> {
        kind.code().into()
    }
}

fn id(column: Column) -> String {
    column.id().to_owned()
}

/// The columns of our own table that a form shows: texts in further languages stay as they are.
fn shown_columns() -> impl Iterator<Item = Column> {
    Column::read_from_files().filter(|column| *column != Column::Texts)
}

/// A recommendation in the columns of our own table.
pub fn cells_of(one: &Incoming) -> Cells {
    // The paragraph of an unnumbered row is not shown, see below.
    let paragraph = one.paragraph.clone().unwrap_or_else(Paragraph::unnamed);
    let recommendation = one.clone().into_recommendation(paragraph);
    let listed = Listed {
        review: one.review,
        recommendation: &recommendation,
        assessment: None,
        status: None,
    };
    let columns = shown_columns().map(|column| {
        let is_known = match column {
            Column::Paragraph => one.paragraph.is_some(),
            Column::Position => one.position.is_some(),
            _ => true,
        };
        let mut text = String::new();
        if is_known {
            cells::write(&column.cell(&listed), &Codes, &mut text);
        }
        (id(column), text)
    });
    let review = (Extra::Review.id().to_owned(), one.review.to_string());
    std::iter::once(review).chain(columns).collect()
}

/// A recommendation with the values of mended [`cells_of`] it; otherwise the value that does not fit,
/// and why. What these columns do not hold stays.
pub fn mended(one: &Incoming, cells: &[(String, String)]) -> Result<Incoming, Rejected> {
    let before = cells_of(one);
    let same = |columns: &[Column]| {
        let of = |cells: &[(String, String)], column: Column| {
            let mut cells = cells.iter();
            let found = cells.find(|(heading, _)| heading == column.id());
            found.map(|(_, value)| value.trim().to_owned())
        };
        columns
            .iter()
            .all(|column| of(&before, *column) == of(cells, *column))
    };
    // Another format may call a language what our own table would reject: that is no fault of the person
    // who corrects something else.
    let same_language = same(&[Column::Language]);
    let cells: Vec<_> = cells
        .iter()
        .filter(|(heading, _)| !same_language || heading != Column::Language.id())
        .cloned()
        .collect();
    let same_position = same(&[Column::Position, Column::PositionSource]);
    // A name in a number's place is in no column. It stays until somebody fills in the number.
    let name = one.paragraph.clone().filter(|known| !known.is_number());
    let may_lack_number = one.paragraph.is_none() || name.is_some();
    let read = own_row(one.row, &cells, may_lack_number)?;
    Ok(Incoming {
        paragraph: read.paragraph.clone().or(name),
        session: one.session.filter(|_| read.review == one.review),
        report_symbol: one
            .report_symbol
            .clone()
            .filter(|_| read.review == one.review),
        language: if same_language {
            one.language.clone()
        } else {
            read.language
        },
        texts: one.texts.clone(),
        source_id: one.source_id.clone(),
        position: if same_position {
            one.position.clone()
        } else {
            read.position.map(|position| renamed(position, one))
        },
        ..read
    })
}

/// What is known of a recommendation as a row of a file that says nothing of its positions.
fn incoming(review: ReviewCode, one: &Recommendation) -> Incoming {
    Incoming {
        paragraph: Some(one.paragraph.clone()),
        text: one.text.clone(),
        language: one.language.clone(),
        texts: one.texts.clone(),
        summary: one.summary.clone(),
        recommending: one.recommending.clone(),
        action_category: one.action_category,
        responsible_bodies: one.responsible_bodies.clone(),
        terms: one.terms.clone(),
        source_id: one.source_id.clone(),
        ..Incoming::new(0, review)
    }
}

/// The columns in which a form shows what is known of a recommendation. Positions have forms of their own.
pub fn fact_columns() -> impl Iterator<Item = Column> {
    let is_position = |column| matches!(column, Column::Position | Column::PositionSource);
    shown_columns().filter(move |column| !is_position(*column))
}

/// What is known of a recommendation, in the [columns of a form](fact_columns), each by its id.
pub fn facts_of(review: ReviewCode, one: &Recommendation) -> Cells {
    let cells = cells_of(&incoming(review, one)).into_iter();
    cells
        .filter(|(id_of, _)| fact_columns().any(|column| column.id() == id_of))
        .collect()
}

/// A recommendation with the values of corrected [`facts_of`] it; otherwise the value that does not fit, and why. What
/// these columns do not hold stays.
pub fn with_facts(
    review: ReviewCode,
    before: &Recommendation,
    facts: &[(String, String)],
) -> Result<Recommendation, Rejected> {
    let of_review = (Extra::Review.id().to_owned(), review.to_string());
    let cells: Cells = std::iter::once(of_review)
        .chain(facts.iter().cloned())
        .collect();
    let read = mended(&incoming(review, before), &cells)?;
    let paragraph = read.paragraph.clone();
    let paragraph = paragraph.unwrap_or_else(|| before.paragraph.clone());
    Ok(Recommendation {
        id: before.id,
        positions: before.positions.clone(),
        ..read.into_recommendation(paragraph)
    })
}

/// Another class in the old words would contradict itself.
fn renamed(position: Position, one: &Incoming) -> Position {
    let in_old_words = one
        .position
        .as_ref()
        .is_some_and(|old| old.raw == position.raw && old.class != position.class);
    if in_old_words && PositionClass::from_source(&position.raw) != Some(position.class) {
        return Position {
            raw: position.class.code().to_owned(),
            ..position
        };
    }
    position
}

/// An assessment in columns.
pub fn cells_of_assessment(one: &IncomingAssessment) -> Cells {
    vec![
        (id(Column::Paragraph), one.paragraph.to_string()),
        (id(Column::Status), one.status.clone()),
        (
            id(Column::Rationale),
            one.rationale.clone().unwrap_or_default(),
        ),
        (
            id(Column::Confidence),
            one.confidence.map_or("", Confidence::code).to_owned(),
        ),
    ]
}

/// An assessment with the values of mended [`cells_of_assessment`] it. Its evidence stays.
pub fn mended_assessment(
    one: &IncomingAssessment,
    cells: &[(String, String)],
) -> Result<IncomingAssessment, Message> {
    let cell = |column: Column| {
        let mut cells = cells.iter();
        let found = cells.find(|(heading, _)| heading == column.id());
        found.map_or("", |(_, value)| value.trim())
    };
    let number = cell(Column::Paragraph);
    let confidence = cell(Column::Confidence);
    let rationale = cell(Column::Rationale);
    Ok(IncomingAssessment {
        paragraph: Paragraph::parse(number).map_err(|_| {
            let value = shorten(number, Message::LONGEST_CELL);
            Message::new("exchange-paragraph").with("value", value)
        })?,
        status: cell(Column::Status).to_owned(),
        rationale: (!rationale.is_empty()).then(|| rationale.to_owned()),
        confidence: match confidence {
            "" => None,
            written => Some(Confidence::parse(&written.to_lowercase()).ok_or_else(|| {
                let value = shorten(written, Message::LONGEST_CELL);
                Message::new("exchange-confidence").with("value", value)
            })?),
        },
        ..one.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{LanguageText, ReviewCode, Scheme, StateCode, Term};

    fn whole() -> Incoming {
        Incoming {
            row: 7,
            review: ReviewCode::parse("SVN-3").unwrap(),
            session: Some(34),
            report_symbol: Some("A/HRC/43/15".to_owned()),
            paragraph: Paragraph::parse("121.3").ok(),
            text: Some("Do it; now".to_owned()),
            language: Some("en".to_owned()),
            texts: vec![LanguageText {
                language: "ru".to_owned(),
                text: "Сделать".to_owned(),
                source: None,
            }],
            summary: None,
            recommending: ["TGO", "CIV"]
                .into_iter()
                .filter_map(StateCode::parse)
                .collect(),
            action_category: ActionCategory::new(4),
            responsible_bodies: vec!["Ministry; of Justice".to_owned(), "-5 | x".to_owned()],
            terms: vec![
                Term::new(Scheme::Theme, "A; B"),
                Term::new(Scheme::Theme, "C"),
                Term::new(Scheme::Issue, "Justice"),
            ],
            position: Some(Position {
                class: PositionClass::Supported,
                raw: "Supported".to_owned(),
                source: Some("A/HRC/43/15/Add.1".to_owned()),
                source_paragraph: Some("3".to_owned()),
                date: None,
            }),
            source_id: Some("x".to_owned()),
            is_reply: false,
        }
    }

    fn with(one: &Incoming, column: &str, value: &str) -> Cells {
        let mut cells = cells_of(one);
        for (heading, cell) in &mut cells {
            if heading == column {
                value.clone_into(cell);
            }
        }
        cells
    }

    #[test]
    fn nothing_mended_is_nothing_changed() {
        let one = whole();
        let same = mended(&one, &cells_of(&one)).unwrap();
        let mut sorted = same.clone();
        sorted.terms.sort();
        let mut expected = one.clone();
        expected.terms.sort();
        assert_eq!(sorted, expected);
        let unnumbered = Incoming {
            paragraph: None,
            ..one
        };
        assert_eq!(
            mended(&unnumbered, &cells_of(&unnumbered))
                .unwrap()
                .paragraph,
            None
        );
    }

    #[test]
    fn a_name_in_a_number_s_place_is_not_shown_and_stays() {
        let name = Paragraph::parse("do-it-now-0123456789").unwrap();
        let one = Incoming {
            paragraph: Some(name.clone()),
            ..whole()
        };
        let cells = cells_of(&one);
        let shown = cells.iter().any(|(_, value)| value.contains(name.as_str()));
        assert!(!shown, "{cells:?}");
        assert_eq!(mended(&one, &cells).unwrap().paragraph, Some(name.clone()));
        let numbered = mended(&one, &with(&one, "paragraph", "121.4")).unwrap();
        assert_eq!(numbered.paragraph.unwrap().as_str(), "121.4");
        let stored = one.clone().into_recommendation(name.clone());
        let facts = facts_of(one.review, &stored);
        let same = with_facts(one.review, &stored, &facts).unwrap();
        assert_eq!(same.paragraph, name);
    }

    #[test]
    fn facts_that_nobody_changed_come_back_as_they_are() {
        let review = ReviewCode::parse("SVN-3").unwrap();
        let paragraph = Paragraph::parse("121.3").unwrap();
        let one = whole().into_recommendation(paragraph);
        let facts = facts_of(review, &one);
        assert!(facts.iter().all(|(id, _)| !id.starts_with("position")));
        let same = with_facts(review, &one, &facts).unwrap();
        let sorted = |one: &Recommendation| {
            let mut one = one.clone();
            one.terms.sort();
            one
        };
        assert_eq!(sorted(&same), sorted(&one));
        let mut other = facts.clone();
        for (id, value) in &mut other {
            if id == "recommending_states" {
                "Norway; Chile".clone_into(value);
            }
        }
        let other = with_facts(review, &one, &other).unwrap();
        let states: Vec<_> = other.recommending.iter().map(|one| one.as_str()).collect();
        assert_eq!(states, ["NOR", "CHL"]);
        assert_eq!(other.positions, one.positions);
    }

    #[test]
    fn values_are_read_by_the_rules_of_the_table() {
        let one = whole();
        let noted = mended(&one, &with(&one, "position", "Noted")).unwrap();
        let position = noted.position.unwrap();
        assert_eq!(
            (position.class, position.raw.as_str()),
            (PositionClass::Noted, "noted")
        );
        let wrong = mended(&one, &with(&one, "recommending_states", "Atlantis")).unwrap_err();
        assert_eq!(wrong.column.as_deref(), Some("recommending_states"));
        let other = mended(&one, &with(&one, "review", "FJI-3")).unwrap();
        assert_eq!((other.session, other.report_symbol), (None, None));
        assert!(mended(&one, &with(&one, "paragraph", "")).is_err());
    }
}
