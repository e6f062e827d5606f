//! The columns of our own table that are read, and the headings they are known by.

use crate::domain::Scheme;

/// A column that is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Field {
    /// The review.
    Review,
    /// The paragraph.
    Paragraph,
    /// The summary.
    Summary,
    /// The text.
    Text,
    /// The language of the text.
    Language,
    /// The recommending States.
    States,
    /// The class of the response.
    Position,
    /// The claim behind it.
    PositionSource,
    /// The State's words.
    PositionRaw,
    /// The paragraph of the document that holds them.
    PositionParagraph,
    /// The day of the response.
    PositionDate,
    /// The terms of one vocabulary.
    Terms(Scheme),
    /// The action category.
    ActionCategory,
}

/// Every field with its headings, folded: the id, then the English label.
pub(super) const FIELDS: [(Field, &[&str]); 16] = [
    (Field::Review, &["review"]),
    (Field::Paragraph, &["paragraph"]),
    (Field::Summary, &["summary"]),
    (Field::Text, &["text"]),
    (Field::Language, &["text language", "language of the text"]),
    (
        Field::States,
        &["recommending states", "recommending state"],
    ),
    (Field::Position, &["position"]),
    (
        Field::PositionSource,
        &["position source", "source of position"],
    ),
    (Field::PositionRaw, &["position raw"]),
    (Field::PositionParagraph, &["position paragraph"]),
    (Field::PositionDate, &["position date"]),
    (Field::Terms(Scheme::Issue), &["issues"]),
    (Field::Terms(Scheme::Theme), &["themes"]),
    (Field::Terms(Scheme::AffectedPersons), &["affected persons"]),
    (
        Field::Terms(Scheme::Sdg),
        &["sdgs", "sustainable development goals"],
    ),
    (Field::ActionCategory, &["action category"]),
];
