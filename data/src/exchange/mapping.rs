//! Which column of a table with headings of its own holds what.

use crate::domain::Message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a column of somebody else's table can hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MappedField {
    /// The review: `BLR-3`.
    Review,
    /// The State under review.
    State,
    /// The cycle.
    Cycle,
    /// The session of the Working Group.
    Session,
    /// The report's symbol.
    ReportSymbol,
    /// The paragraph.
    Paragraph,
    /// The text, perhaps with its number in front and its States in brackets behind.
    Text,
    /// A summary.
    Summary,
    /// The recommending States.
    RecommendingStates,
    /// The State's response.
    Position,
    /// The document that holds it.
    PositionSource,
    /// Terms of UPR Info's issues.
    Issues,
    /// Terms of UHRI's themes.
    Themes,
    /// Terms of UHRI's affected persons.
    AffectedPersons,
    /// Goals or targets.
    Sdgs,
    /// The action category.
    ActionCategory,
    /// The language of the text, BCP 47.
    Language,
    /// The identifier in the collection.
    SourceId,
    /// The status of implementation: makes the rows assessments.
    Status,
    /// Why.
    Rationale,
    /// What it rests on, on a line each.
    Evidence,
    /// What kind of sources they are; `civil_society` unless it is said.
    EvidenceKind,
    /// How sure.
    Confidence,
}

/// Whether a file was refused only because nothing says which of its columns holds what.
pub fn wants_mapping(refusal: &Message) -> bool {
    matches!(
        refusal.key.as_ref(),
        "exchange-table-headings" | "exchange-sheet-headings"
    )
}

impl MappedField {
    /// Every field, in the order in which they are offered.
    pub const ALL: [Self; 23] = [
        Self::Review,
        Self::State,
        Self::Cycle,
        Self::Session,
        Self::ReportSymbol,
        Self::Paragraph,
        Self::Text,
        Self::Summary,
        Self::RecommendingStates,
        Self::Position,
        Self::PositionSource,
        Self::Issues,
        Self::Themes,
        Self::AffectedPersons,
        Self::Sdgs,
        Self::ActionCategory,
        Self::Language,
        Self::SourceId,
        Self::Status,
        Self::Rationale,
        Self::Evidence,
        Self::EvidenceKind,
        Self::Confidence,
    ];

    /// The id in a [`Mapping`].
    pub fn id(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::State => "state",
            Self::Cycle => "cycle",
            Self::Session => "session",
            Self::ReportSymbol => "report_symbol",
            Self::Paragraph => "paragraph",
            Self::Text => "text",
            Self::Summary => "summary",
            Self::RecommendingStates => "recommending_states",
            Self::Position => "position",
            Self::PositionSource => "position_source",
            Self::Issues => "issues",
            Self::Themes => "themes",
            Self::AffectedPersons => "affected_persons",
            Self::Sdgs => "sdgs",
            Self::ActionCategory => "action_category",
            Self::Language => "language",
            Self::SourceId => "source_id",
            Self::Status => "status",
            Self::Rationale => "rationale",
            Self::Evidence => "evidence",
            Self::EvidenceKind => "evidence_kind",
            Self::Confidence => "confidence",
        }
    }

    /// Reads an [`id`](Self::id).
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == id)
    }
}

/// For each heading that means something, as the file spells it, the id of the [`MappedField`] that it
/// holds. Other columns are left alone. A column without a heading goes by its letters: `C`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// Field ids by heading.
    pub fields: BTreeMap<String, String>,
    /// What every row has that says nothing else, by the field's id: `review`, `report_symbol`,
    /// `language` and so on.
    pub constants: BTreeMap<String, String>,
    /// What separates the values of a cell that has several; unless it is said, line ends or
    /// semicolons.
    pub separator: Option<String>,
}
