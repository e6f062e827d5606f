//! Which column of a table with headings of its own holds what.

use super::Row;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The bodies that are to implement it.
    ResponsibleBodies,
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
    /// The mechanism that made it: rows of others than the UPR are skipped and counted.
    Mechanism,
}

impl MappedField {
    /// Every field, in the order in which they are offered.
    pub const ALL: [Self; 25] = [
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
        Self::ResponsibleBodies,
        Self::Language,
        Self::SourceId,
        Self::Status,
        Self::Rationale,
        Self::Evidence,
        Self::EvidenceKind,
        Self::Confidence,
        Self::Mechanism,
    ];

    /// The fields that a column beside those of a recognised format can hold: an assessment, and what such formats
    /// lack.
    pub const BESIDE: [Self; 8] = [
        Self::Status,
        Self::Rationale,
        Self::Evidence,
        Self::EvidenceKind,
        Self::Confidence,
        Self::ResponsibleBodies,
        Self::Issues,
        Self::AffectedPersons,
    ];

    /// The fields whose unknown values a person can map.
    pub const WITH_VALUES: [Self; 5] = [
        Self::Status,
        Self::Position,
        Self::RecommendingStates,
        Self::State,
        Self::Issues,
    ];

    /// Returns true if it is part of an assessment.
    pub fn is_of_assessment(self) -> bool {
        matches!(
            self,
            Self::Status | Self::Rationale | Self::Evidence | Self::EvidenceKind | Self::Confidence
        )
    }

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
            Self::ResponsibleBodies => "responsible_bodies",
            Self::Language => "language",
            Self::SourceId => "source_id",
            Self::Status => "status",
            Self::Rationale => "rationale",
            Self::Evidence => "evidence",
            Self::EvidenceKind => "evidence_kind",
            Self::Confidence => "confidence",
            Self::Mechanism => "mechanism",
        }
    }

    /// Reads an [`id`](Self::id).
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == id)
    }
}

/// For each heading that means something, as the file spells it, the id of the [`MappedField`] that it
/// holds. Other columns are not read. A column without a heading goes by its letters: `C`.
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
    /// The headings of columns that a person has looked at and that are not read.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub unread: BTreeSet<String>,
    /// What values of the file mean that are not known: by the field's id and the value as the file spells it a
    /// status of the round's scale, the code of a position class or of a State, the name of an issue, or
    /// [`Mapping::LEAVE_OUT`] or [`Mapping::KEEP`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// The row of the headings, where a person chose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading_row: Option<Row>,
    /// The sheet of the workbook that is read, from 1, where a person chose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<u32>,
    /// Whether the file is of a recognised format, which reads its own columns; then this mapping is about the others.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub extends: bool,
}

impl Mapping {
    /// In place of a value's code: rows with this value are skipped and counted; an issue is dropped from its rows.
    pub const LEAVE_OUT: &str = "leave-out";
    /// In place of an issue's name: the issue is new and stays as it is written.
    pub const KEEP: &str = "keep";
    /// The most values that a mapping keeps for one field.
    pub const MOST_VALUES: usize = 500;

    /// Returns true if it knows every heading of a table, and the table has every heading that it reads.
    pub fn fits<'a>(&self, headings: impl IntoIterator<Item = &'a str>) -> bool {
        let headings: BTreeSet<&str> = headings.into_iter().map(str::trim).collect();
        let knows = |heading: &str| {
            let mut known = self.fields.keys().chain(&self.unread);
            known.any(|one| one.trim() == heading)
        };
        let has = |name: &String| headings.contains(name.trim());
        self.fields.keys().all(has) && headings.iter().all(|heading| knows(heading))
    }

    /// Without what is true of one file only: its review, its sheet and the row of its headings.
    #[must_use]
    pub fn of_any_file(mut self) -> Self {
        const OF_ONE_FILE: [MappedField; 6] = [
            MappedField::Review,
            MappedField::State,
            MappedField::Cycle,
            MappedField::Session,
            MappedField::ReportSymbol,
            MappedField::PositionSource,
        ];
        self.heading_row = None;
        self.sheet = None;
        for field in OF_ONE_FILE {
            self.constants.remove(field.id());
        }
        self
    }

    /// Returns true if a sheet, counted from 0, is not to be read because a person chose another one.
    pub(crate) fn leaves_out_sheet(&self, place: usize) -> bool {
        self.sheet
            .is_some_and(|sheet| usize::try_from(sheet) != Ok(place + 1))
    }

    /// What a value of a field means, if a person has said so.
    pub fn value(&self, field: MappedField, value: &str) -> Option<&str> {
        let values = self.values.get(field.id())?;
        values.get(value.trim()).map(String::as_str)
    }

    /// Says what a value of a field means.
    pub fn set_value(&mut self, field: MappedField, value: &str, code: &str) {
        let values = self.values.entry(field.id().to_owned()).or_default();
        if values.len() < Self::MOST_VALUES || values.contains_key(value.trim()) {
            values.insert(value.trim().to_owned(), code.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        let said = |pairs: &[(&str, &str)]| {
            let owned = |(one, other): &(&str, &str)| ((*one).to_owned(), (*other).to_owned());
            pairs.iter().map(owned).collect::<BTreeMap<_, _>>()
        };
        Mapping {
            fields: said(&[("No", "paragraph"), ("Recommendation ", "text")]),
            constants: said(&[("review", "SVN-3"), ("session", "8"), ("language", "fr")]),
            unread: ["Remark".to_owned()].into(),
            heading_row: Some(3),
            ..Mapping::default()
        }
    }

    #[test]
    fn a_mapping_fits_only_where_both_sides_know_every_heading() {
        let fits = |headings: &[&str]| mapping().fits(headings.iter().copied());
        assert!(fits(&["No", " Recommendation", "Remark"]));
        assert!(fits(&["Recommendation", "No"]));
        assert!(!fits(&["No", "Recommendation", "Session"]));
        assert!(!fits(&["No", "Remark"]));
    }

    #[test]
    fn what_is_true_of_one_file_is_not_kept() {
        let kept = mapping().of_any_file();
        assert_eq!(kept.constants.keys().collect::<Vec<_>>(), ["language"]);
        assert_eq!((kept.heading_row, kept.fields), (None, mapping().fields));
    }

    #[test]
    fn a_plain_mapping_is_stored_as_before() {
        let json = serde_json::to_string(&Mapping::default()).unwrap();
        assert_eq!(json, r#"{"fields":{},"constants":{},"separator":null}"#);
        let mut mapping = Mapping::default();
        mapping.set_value(MappedField::Status, " Réalisé ", "implemented");
        assert_eq!(
            mapping.value(MappedField::Status, "Réalisé"),
            Some("implemented")
        );
        assert_eq!(mapping.value(MappedField::Position, "Réalisé"), None);
        let json = serde_json::to_string(&mapping).unwrap();
        assert_eq!(serde_json::from_str::<Mapping>(&json).unwrap(), mapping);
    }
}
