//! One row in the columns of our own table, for a person to mend and to be read again.

use super::read::own_row;
use super::{Cells, Incoming, IncomingAssessment, Rejected};
use crate::domain::{Column, Confidence, Message, Paragraph, Position, PositionClass, Scheme};

const REVIEW: &str = "review";

fn id(column: Column) -> String {
    column.id().to_owned()
}

/// Several values in one cell.
fn list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    let values: Vec<&str> = values.collect();
    if values.iter().any(|value| value.contains([';', '\n'])) {
        let lines: Vec<String> = values
            .iter()
            .map(|value| format!("- {}", value.replace('\n', " ")))
            .collect();
        lines.join("\n")
    } else {
        values.join("; ")
    }
}

fn claim(position: &Position) -> String {
    let parts = [
        Some(position.raw.as_str()),
        position.source.as_deref(),
        position.source_paragraph.as_deref(),
        position.date.as_deref(),
    ];
    let parts: Vec<&str> = parts.into_iter().map(Option::unwrap_or_default).collect();
    parts.join(" | ")
}

/// A recommendation in the columns of our own table.
pub fn cells_of(one: &Incoming) -> Cells {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let terms = |scheme: Scheme| {
        let terms = one.terms.iter().filter(move |term| term.scheme == scheme);
        list(terms.map(|term| term.name.as_str()))
    };
    let position = one.position.as_ref();
    vec![
        (REVIEW.to_owned(), one.review.to_string()),
        (
            id(Column::Paragraph),
            one.paragraph
                .as_ref()
                .map(Paragraph::to_string)
                .unwrap_or_default(),
        ),
        (id(Column::Summary), text(&one.summary)),
        (id(Column::Text), text(&one.text)),
        (
            id(Column::RecommendingStates),
            list(one.recommending.iter().map(|state| state.name())),
        ),
        (
            id(Column::Position),
            position
                .map_or("", |position| position.class.code())
                .to_owned(),
        ),
        (
            id(Column::PositionSource),
            position.map(claim).unwrap_or_default(),
        ),
        (id(Column::Issues), terms(Scheme::Issue)),
        (id(Column::Themes), terms(Scheme::Theme)),
        (id(Column::AffectedPersons), terms(Scheme::AffectedPersons)),
        (id(Column::Sdgs), terms(Scheme::Sdg)),
        (
            id(Column::ActionCategory),
            one.action_category
                .map(|category| category.number().to_string())
                .unwrap_or_default(),
        ),
    ]
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
    let read = own_row(one.row, cells, one.paragraph.is_none())?;
    Ok(Incoming {
        session: one.session.filter(|_| read.review == one.review),
        report_symbol: one
            .report_symbol
            .clone()
            .filter(|_| read.review == one.review),
        language: one.language.clone().filter(|_| same(&[Column::Text])),
        source_id: one.source_id.clone(),
        position: if same(&[Column::Position, Column::PositionSource]) {
            one.position.clone()
        } else {
            read.position.map(|position| renamed(position, one))
        },
        ..read
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
            let value: String = number.chars().take(200).collect();
            Message::new("exchange-paragraph").with("value", value)
        })?,
        status: cell(Column::Status).to_owned(),
        rationale: (!rationale.is_empty()).then(|| rationale.to_owned()),
        confidence: match confidence {
            "" => None,
            written => Some(Confidence::parse(&written.to_lowercase()).ok_or_else(|| {
                let value: String = written.chars().take(200).collect();
                Message::new("exchange-confidence").with("value", value)
            })?),
        },
        ..one.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ActionCategory, ReviewCode, StateCode, Term};

    fn whole() -> Incoming {
        Incoming {
            row: 7,
            review: ReviewCode::parse("SVN-3").unwrap(),
            session: Some(34),
            report_symbol: Some("A/HRC/43/15".to_owned()),
            paragraph: Paragraph::parse("121.3").ok(),
            text: Some("Do it; now".to_owned()),
            language: Some("en".to_owned()),
            summary: None,
            recommending: ["TGO", "CIV"]
                .into_iter()
                .filter_map(StateCode::parse)
                .collect(),
            action_category: ActionCategory::new(4),
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
