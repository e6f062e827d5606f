//! What the entries of the history hold: a variant for each kind, written as JSON and read from it here only.
//!
//! Hashes cover the JSON, and `check` compares it with the rows of today, so that the shape of a kind never
//! changes. A field that a later version adds is left out of the JSON where it is empty. `stored_entries` tests
//! every kind against entries that the program has written.

mod payloads;

pub(crate) use payloads::{
    Absorbed, Decision, Match, RedactedEntry, RoundRedaction, Seal, TextRedaction,
};
pub use payloads::{
    CorrectionOpening, Edit, EditKind, HeadlineChoice, HeadlineFigure, RoundContents, RoundRemoval,
    Supersession, Withdrawal,
};

use crate::domain::{
    Assessment, EventKind, EvidenceRecord, Recommendation, ReportedTotal, Review, Role, Scale,
};
use crate::store::entities::event;
use crate::store::history::chain::json;
use crate::store::history::commitments::COMMITTED;
use crate::store::{BulkChange, Error, NewRound, Summary};
use payloads::{BulkContent, Published, Undoing};
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// Something that happened, with what the history keeps of it.
#[derive(Clone, PartialEq, Debug)]
#[allow(clippy::large_enum_variant)] // One at a time, and gone as soon as it is written.
#[allow(missing_docs)] // The fields are what was there `before` and is there `after`, or say it themselves.
pub enum Event<'a> {
    /// [`EventKind::AccountAdded`].
    AccountAdded { pseudonym: String, role: Role },
    /// [`EventKind::AccountDisabled`].
    AccountDisabled { pseudonym: String },
    /// [`EventKind::AccountReset`].
    AccountReset { pseudonym: String },
    /// [`EventKind::AccountPasswordChanged`].
    AccountPasswordChanged { pseudonym: String },
    /// [`EventKind::AccountRoleChanged`]. The role before is a code as it was stored, known or not.
    AccountRoleChanged {
        pseudonym: String,
        before: String,
        after: Role,
    },
    /// [`EventKind::AccountRemoved`].
    AccountRemoved { pseudonym: String },
    /// [`EventKind::AssessmentSaved`].
    AssessmentSaved {
        before: Option<Cow<'a, Assessment>>,
        after: Cow<'a, Assessment>,
    },
    /// [`EventKind::AssessmentRestored`].
    AssessmentRestored {
        before: Option<Cow<'a, Assessment>>,
        after: Cow<'a, Assessment>,
    },
    /// [`EventKind::AssessmentCarriedOver`].
    AssessmentCarriedOver {
        before: Option<Cow<'a, Assessment>>,
        after: Cow<'a, Assessment>,
    },
    /// [`EventKind::AssessmentEvidenceChanged`].
    AssessmentEvidenceChanged {
        before: Cow<'a, Assessment>,
        after: Cow<'a, Assessment>,
    },
    /// [`EventKind::AssessmentRemoved`].
    AssessmentRemoved { before: Cow<'a, Assessment> },
    /// [`EventKind::BulkChanged`]: what was changed, and how many entries after this one belong to it.
    BulkChanged { what: BulkChange, entries: usize },
    /// [`EventKind::BulkUndone`]: the number of the bulk change's entry.
    BulkUndone { entry: i64 },
    /// [`EventKind::DemonstrationRemoved`].
    DemonstrationRemoved,
    /// [`EventKind::EvidenceAdded`].
    EvidenceAdded { after: EvidenceRecord },
    /// [`EventKind::EvidenceChanged`].
    EvidenceChanged {
        before: EvidenceRecord,
        after: EvidenceRecord,
    },
    /// [`EventKind::EvidenceRemoved`].
    EvidenceRemoved { before: EvidenceRecord },
    /// [`EventKind::FileImported`].
    FileImported { sha256: String, summary: Summary },
    /// [`EventKind::FileImportUndone`].
    FileImportUndone { sha256: String, summary: Summary },
    /// [`EventKind::LinkDecided`].
    LinkDecided {
        before: Option<Decision>,
        after: Option<Decision>,
    },
    /// [`EventKind::RecommendationAdded`].
    RecommendationAdded { after: Cow<'a, Recommendation> },
    /// [`EventKind::RecommendationChanged`].
    RecommendationChanged {
        before: Cow<'a, Recommendation>,
        after: Cow<'a, Recommendation>,
    },
    /// [`EventKind::RecommendationRemoved`].
    RecommendationRemoved { before: Cow<'a, Recommendation> },
    /// [`EventKind::RecommendationAbsorbed`].
    RecommendationAbsorbed {
        before: Cow<'a, Recommendation>,
        into: Absorbed,
    },
    /// [`EventKind::RecommendationRedacted`].
    RecommendationRedacted { after: Cow<'a, Recommendation> },
    /// [`EventKind::RecommendationsMatched`].
    RecommendationsMatched { matches: Vec<Match> },
    /// [`EventKind::RecommendationsEdited`].
    RecommendationsEdited(Edit),
    /// [`EventKind::RecommendationsEditUndone`]: the number of the edit's entry.
    RecommendationsEditUndone { entry: i64 },
    /// [`EventKind::RecordSealed`].
    RecordSealed(Seal),
    /// [`EventKind::ReviewAdded`].
    ReviewAdded { after: Review },
    /// [`EventKind::ReviewUpdated`].
    ReviewUpdated { before: Review, after: Review },
    /// [`EventKind::ReviewRemoved`].
    ReviewRemoved { before: Review },
    /// [`EventKind::RoundOpened`].
    RoundOpened { after: NewRound },
    /// [`EventKind::RoundCorrectionOpened`].
    RoundCorrectionOpened(CorrectionOpening),
    /// [`EventKind::RoundChanged`].
    RoundChanged { before: NewRound, after: NewRound },
    /// [`EventKind::RoundPublished`].
    RoundPublished { content_hash: String },
    /// [`EventKind::RoundSuperseded`], about the round whose place a correction took.
    RoundSuperseded(Supersession),
    /// [`EventKind::RoundWithdrawn`].
    RoundWithdrawn(Withdrawal),
    /// [`EventKind::RoundRemoved`].
    RoundRemoved { before: RoundRemoval },
    /// [`EventKind::RoundRedacted`].
    RoundRedacted(RoundRedaction),
    /// [`EventKind::HeadlineChosen`], about the round that is chosen, or was.
    HeadlineChosen(HeadlineChoice),
    /// [`EventKind::ScaleAdded`].
    ScaleAdded { before: Option<Scale>, after: Scale },
    /// [`EventKind::TextRedacted`].
    TextRedacted(TextRedaction),
    /// [`EventKind::TotalsReported`].
    TotalsReported { totals: Vec<ReportedTotal> },
}

/// An event that is to be added to the history, with the place that it concerns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct NewEvent {
    // Private, so that its JSON is made nowhere else.
    kind: EventKind,
    review: Option<String>,
    round: Option<String>,
    paragraph: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

impl Event<'_> {
    /// Its kind.
    pub fn kind(&self) -> EventKind {
        match self {
            Self::AccountAdded { .. } => EventKind::AccountAdded,
            Self::AccountDisabled { .. } => EventKind::AccountDisabled,
            Self::AccountReset { .. } => EventKind::AccountReset,
            Self::AccountPasswordChanged { .. } => EventKind::AccountPasswordChanged,
            Self::AccountRoleChanged { .. } => EventKind::AccountRoleChanged,
            Self::AccountRemoved { .. } => EventKind::AccountRemoved,
            Self::AssessmentSaved { .. } => EventKind::AssessmentSaved,
            Self::AssessmentRestored { .. } => EventKind::AssessmentRestored,
            Self::AssessmentCarriedOver { .. } => EventKind::AssessmentCarriedOver,
            Self::AssessmentEvidenceChanged { .. } => EventKind::AssessmentEvidenceChanged,
            Self::AssessmentRemoved { .. } => EventKind::AssessmentRemoved,
            Self::BulkChanged { .. } => EventKind::BulkChanged,
            Self::BulkUndone { .. } => EventKind::BulkUndone,
            Self::DemonstrationRemoved => EventKind::DemonstrationRemoved,
            Self::EvidenceAdded { .. } => EventKind::EvidenceAdded,
            Self::EvidenceChanged { .. } => EventKind::EvidenceChanged,
            Self::EvidenceRemoved { .. } => EventKind::EvidenceRemoved,
            Self::FileImported { .. } => EventKind::FileImported,
            Self::FileImportUndone { .. } => EventKind::FileImportUndone,
            Self::LinkDecided { .. } => EventKind::LinkDecided,
            Self::RecommendationAdded { .. } => EventKind::RecommendationAdded,
            Self::RecommendationChanged { .. } => EventKind::RecommendationChanged,
            Self::RecommendationRemoved { .. } => EventKind::RecommendationRemoved,
            Self::RecommendationAbsorbed { .. } => EventKind::RecommendationAbsorbed,
            Self::RecommendationRedacted { .. } => EventKind::RecommendationRedacted,
            Self::RecommendationsMatched { .. } => EventKind::RecommendationsMatched,
            Self::RecommendationsEdited(_) => EventKind::RecommendationsEdited,
            Self::RecommendationsEditUndone { .. } => EventKind::RecommendationsEditUndone,
            Self::RecordSealed(_) => EventKind::RecordSealed,
            Self::ReviewAdded { .. } => EventKind::ReviewAdded,
            Self::ReviewUpdated { .. } => EventKind::ReviewUpdated,
            Self::ReviewRemoved { .. } => EventKind::ReviewRemoved,
            Self::RoundOpened { .. } => EventKind::RoundOpened,
            Self::RoundCorrectionOpened(_) => EventKind::RoundCorrectionOpened,
            Self::RoundChanged { .. } => EventKind::RoundChanged,
            Self::RoundPublished { .. } => EventKind::RoundPublished,
            Self::RoundSuperseded(_) => EventKind::RoundSuperseded,
            Self::RoundWithdrawn(_) => EventKind::RoundWithdrawn,
            Self::RoundRemoved { .. } => EventKind::RoundRemoved,
            Self::RoundRedacted(_) => EventKind::RoundRedacted,
            Self::HeadlineChosen(_) => EventKind::HeadlineChosen,
            Self::ScaleAdded { .. } => EventKind::ScaleAdded,
            Self::TextRedacted(_) => EventKind::TextRedacted,
            Self::TotalsReported { .. } => EventKind::TotalsReported,
        }
    }

    /// What was there before and what is there afterwards, as JSON.
    fn sides(&self) -> [Option<String>; 2] {
        match self {
            Self::AccountAdded { pseudonym, role } => [None, Some(json(&(pseudonym, role)))],
            Self::AccountDisabled { pseudonym }
            | Self::AccountReset { pseudonym }
            | Self::AccountPasswordChanged { pseudonym }
            | Self::AccountRemoved { pseudonym } => [None, Some(json(pseudonym))],
            Self::AccountRoleChanged {
                pseudonym,
                before,
                after,
            } => [
                Some(json(&(pseudonym, before))),
                Some(json(&(pseudonym, after))),
            ],
            Self::AssessmentSaved { before, after }
            | Self::AssessmentRestored { before, after }
            | Self::AssessmentCarriedOver { before, after } => {
                [before.as_ref().map(json), Some(json(after))]
            }
            Self::AssessmentEvidenceChanged { before, after } => {
                [Some(json(before)), Some(json(after))]
            }
            Self::AssessmentRemoved { before } => [Some(json(before)), None],
            Self::BulkChanged { what, entries } => {
                let (what, entries) = (Cow::Borrowed(what), *entries);
                [None, Some(json(&BulkContent { what, entries }))]
            }
            Self::BulkUndone { entry } | Self::RecommendationsEditUndone { entry } => {
                [None, Some(json(&Undoing { entry: *entry }))]
            }
            Self::DemonstrationRemoved => [None, None],
            Self::EvidenceAdded { after } => [None, Some(json(after))],
            Self::EvidenceChanged { before, after } => [Some(json(before)), Some(json(after))],
            Self::EvidenceRemoved { before } => [Some(json(before)), None],
            Self::FileImported { sha256, summary } => [None, Some(json(&(sha256, summary)))],
            Self::FileImportUndone { sha256, summary } => [Some(json(&(sha256, summary))), None],
            Self::LinkDecided { before, after } => {
                [before.as_ref().map(json), after.as_ref().map(json)]
            }
            Self::RecommendationAdded { after } | Self::RecommendationRedacted { after } => {
                [None, Some(json(after))]
            }
            Self::RecommendationChanged { before, after } => {
                [Some(json(before)), Some(json(after))]
            }
            Self::RecommendationRemoved { before } => [Some(json(before)), None],
            Self::RecommendationAbsorbed { before, into } => [Some(json(before)), Some(json(into))],
            Self::RecommendationsMatched { matches } => [None, Some(json(matches))],
            Self::RecommendationsEdited(edit) => [None, Some(json(edit))],
            Self::RecordSealed(seal) => [None, Some(json(seal))],
            Self::ReviewAdded { after } => [None, Some(json(after))],
            Self::ReviewUpdated { before, after } => [Some(json(before)), Some(json(after))],
            Self::ReviewRemoved { before } => [Some(json(before)), None],
            Self::RoundOpened { after } => [None, Some(json(after))],
            Self::RoundCorrectionOpened(opening) => [None, Some(json(opening))],
            Self::RoundChanged { before, after } => [Some(json(before)), Some(json(after))],
            Self::RoundPublished { content_hash } => {
                let content_hash = Cow::Borrowed(content_hash.as_str());
                [None, Some(json(&Published { content_hash }))]
            }
            Self::RoundSuperseded(supersession) => [None, Some(json(supersession))],
            Self::RoundWithdrawn(withdrawal) => [None, Some(json(withdrawal))],
            Self::RoundRemoved { before } => [Some(json(before)), None],
            Self::RoundRedacted(redaction) => [None, Some(json(redaction))],
            Self::HeadlineChosen(choice) => [None, Some(json(choice))],
            Self::ScaleAdded { before, after } => [before.as_ref().map(json), Some(json(after))],
            Self::TextRedacted(redaction) => [None, Some(json(redaction))],
            Self::TotalsReported { totals } => [None, Some(json(totals))],
        }
    }

    /// The event as one that belongs to no review.
    pub(crate) fn outside_reviews(&self) -> NewEvent {
        let [before, after] = self.sides();
        NewEvent {
            kind: self.kind(),
            review: None,
            round: None,
            paragraph: None,
            before,
            after,
        }
    }

    /// The event as one of a review.
    pub(crate) fn in_review(&self, review: impl ToString) -> NewEvent {
        NewEvent {
            review: Some(review.to_string()),
            ..self.outside_reviews()
        }
    }

    /// The event as one of a round of a review.
    pub(crate) fn in_round(&self, review: impl ToString, round: &str) -> NewEvent {
        NewEvent {
            round: Some(round.to_owned()),
            ..self.in_review(review)
        }
    }

    /// The event as one about a recommendation.
    pub(crate) fn about(&self, review: impl ToString, paragraph: impl ToString) -> NewEvent {
        NewEvent {
            paragraph: Some(paragraph.to_string()),
            ..self.in_review(review)
        }
    }

    /// The event as one about a recommendation's assessment in a round.
    pub(crate) fn about_assessment(
        &self,
        review: impl ToString,
        round: &str,
        paragraph: impl ToString,
    ) -> NewEvent {
        NewEvent {
            paragraph: Some(paragraph.to_string()),
            ..self.in_round(review, round)
        }
    }

    /// The assessments before and after it, if it is about one.
    pub fn assessments(&self) -> (Option<&Assessment>, Option<&Assessment>) {
        match self {
            Self::AssessmentSaved { before, after }
            | Self::AssessmentRestored { before, after }
            | Self::AssessmentCarriedOver { before, after } => {
                (before.as_deref(), Some(after.as_ref()))
            }
            Self::AssessmentEvidenceChanged { before, after } => {
                (Some(before.as_ref()), Some(after.as_ref()))
            }
            Self::AssessmentRemoved { before } => (Some(before.as_ref()), None),
            _ => (None, None),
        }
    }

    /// The records of evidence before and after it, if it is about one.
    pub(crate) fn evidence(&self) -> (Option<&EvidenceRecord>, Option<&EvidenceRecord>) {
        match self {
            Self::EvidenceAdded { after } => (None, Some(after)),
            Self::EvidenceChanged { before, after } => (Some(before), Some(after)),
            Self::EvidenceRemoved { before } => (Some(before), None),
            _ => (None, None),
        }
    }
}

impl Event<'static> {
    /// Reads an entry. `None` if its kind or its content is not one of this version of the program.
    pub(crate) fn of(row: &event::Model) -> Option<Self> {
        Self::read(
            row.known_kind()?,
            row.before.as_deref(),
            row.after.as_deref(),
        )
    }

    /// The same for an entry in parts.
    pub(crate) fn read(kind: EventKind, before: Option<&str>, after: Option<&str>) -> Option<Self> {
        Some(match kind {
            EventKind::AccountAdded => {
                let (pseudonym, role) = read(after)?;
                Self::AccountAdded { pseudonym, role }
            }
            EventKind::AccountDisabled => Self::AccountDisabled {
                pseudonym: read(after)?,
            },
            EventKind::AccountReset => Self::AccountReset {
                pseudonym: read(after)?,
            },
            EventKind::AccountPasswordChanged => Self::AccountPasswordChanged {
                pseudonym: read(after)?,
            },
            EventKind::AccountRoleChanged => {
                let (_, before): (String, String) = read(before)?;
                let (pseudonym, after) = read(after)?;
                Self::AccountRoleChanged {
                    pseudonym,
                    before,
                    after,
                }
            }
            EventKind::AccountRemoved => Self::AccountRemoved {
                pseudonym: read(after)?,
            },
            EventKind::AssessmentSaved => Self::AssessmentSaved {
                before: read_optional(before).ok()?,
                after: read(after)?,
            },
            EventKind::AssessmentRestored => Self::AssessmentRestored {
                before: read_optional(before).ok()?,
                after: read(after)?,
            },
            EventKind::AssessmentCarriedOver => Self::AssessmentCarriedOver {
                before: read_optional(before).ok()?,
                after: read(after)?,
            },
            EventKind::AssessmentEvidenceChanged => Self::AssessmentEvidenceChanged {
                before: read(before)?,
                after: read(after)?,
            },
            EventKind::AssessmentRemoved => Self::AssessmentRemoved {
                before: read(before)?,
            },
            EventKind::BulkChanged => {
                let BulkContent { what, entries } = read(after)?;
                let what = what.into_owned();
                Self::BulkChanged { what, entries }
            }
            EventKind::BulkUndone => {
                let Undoing { entry } = read(after)?;
                Self::BulkUndone { entry }
            }
            EventKind::DemonstrationRemoved => Self::DemonstrationRemoved,
            EventKind::EvidenceAdded => Self::EvidenceAdded {
                after: read(after)?,
            },
            EventKind::EvidenceChanged => Self::EvidenceChanged {
                before: read(before)?,
                after: read(after)?,
            },
            EventKind::EvidenceRemoved => Self::EvidenceRemoved {
                before: read(before)?,
            },
            EventKind::FileImported => {
                let (sha256, summary) = read(after)?;
                Self::FileImported { sha256, summary }
            }
            EventKind::FileImportUndone => {
                let (sha256, summary) = read(before)?;
                Self::FileImportUndone { sha256, summary }
            }
            EventKind::LinkDecided => Self::LinkDecided {
                before: read_optional(before).ok()?,
                after: read_optional(after).ok()?,
            },
            EventKind::RecommendationAdded => Self::RecommendationAdded {
                after: read(after)?,
            },
            EventKind::RecommendationChanged => Self::RecommendationChanged {
                before: read(before)?,
                after: read(after)?,
            },
            EventKind::RecommendationRemoved => Self::RecommendationRemoved {
                before: read(before)?,
            },
            EventKind::RecommendationAbsorbed => Self::RecommendationAbsorbed {
                before: read(before)?,
                into: read(after)?,
            },
            EventKind::RecommendationRedacted => Self::RecommendationRedacted {
                after: read(after)?,
            },
            EventKind::RecommendationsMatched => Self::RecommendationsMatched {
                matches: read(after)?,
            },
            EventKind::RecommendationsEdited => Self::RecommendationsEdited(read(after)?),
            EventKind::RecommendationsEditUndone => {
                let Undoing { entry } = read(after)?;
                Self::RecommendationsEditUndone { entry }
            }
            EventKind::RecordSealed => Self::RecordSealed(read(after)?),
            EventKind::ReviewAdded => Self::ReviewAdded {
                after: read(after)?,
            },
            EventKind::ReviewUpdated => Self::ReviewUpdated {
                before: read(before)?,
                after: read(after)?,
            },
            EventKind::ReviewRemoved => Self::ReviewRemoved {
                before: read(before)?,
            },
            EventKind::RoundOpened => Self::RoundOpened {
                after: read(after)?,
            },
            EventKind::RoundCorrectionOpened => Self::RoundCorrectionOpened(read(after)?),
            EventKind::RoundChanged => Self::RoundChanged {
                before: read(before)?,
                after: read(after)?,
            },
            EventKind::RoundPublished => {
                let Published { content_hash } = read(after)?;
                let content_hash = content_hash.into_owned();
                Self::RoundPublished { content_hash }
            }
            EventKind::RoundSuperseded => Self::RoundSuperseded(read(after)?),
            EventKind::RoundWithdrawn => Self::RoundWithdrawn(read(after)?),
            EventKind::RoundRemoved => Self::RoundRemoved {
                before: read(before)?,
            },
            EventKind::RoundRedacted => Self::RoundRedacted(read(after)?),
            EventKind::HeadlineChosen => Self::HeadlineChosen(read(after)?),
            EventKind::ScaleAdded => Self::ScaleAdded {
                before: read_optional(before).ok()?,
                after: read(after)?,
            },
            EventKind::TextRedacted => Self::TextRedacted(read(after)?),
            EventKind::TotalsReported => Self::TotalsReported {
                totals: read(after)?,
            },
        })
    }
}

impl NewEvent {
    /// Its kind.
    pub(crate) fn kind(&self) -> EventKind {
        self.kind
    }

    /// The entry of that number, still without its hash.
    pub(crate) fn into_row(
        self,
        id: i64,
        at: i64,
        actor: String,
        seed: Option<String>,
    ) -> event::Model {
        event::Model {
            id,
            at,
            actor,
            kind: self.kind.code().to_owned(),
            review: self.review,
            round: self.round,
            paragraph: self.paragraph,
            before: self.before,
            after: self.after,
            hash: String::new(),
            format: COMMITTED,
            seed,
            salts: None,
        }
    }
}

fn read<T: DeserializeOwned>(json: Option<&str>) -> Option<T> {
    serde_json::from_str(json?).ok()
}

fn read_optional<T: DeserializeOwned>(json: Option<&str>) -> serde_json::Result<Option<T>> {
    json.map(serde_json::from_str).transpose()
}

/// Reads one side of an entry about an assessment, whatever its kind.
pub(crate) fn assessment(json: &str) -> Result<Assessment, Error> {
    serde_json::from_str(json)
        .map_err(|_| Error::Corrupt("an assessment in the history".to_owned()))
}

/// The paragraph in what an entry about a recommendation says was there before. Whoever goes through the whole
/// history reads only that much.
pub(crate) fn former_paragraph(before: Option<&str>) -> Option<String> {
    read(before).map(|payloads::Numbered { paragraph }| paragraph)
}

/// The texts of an entry about an account: its pseudonym and, where the entry is about it, its role. An entry
/// that holds more than it should is for `check` to find.
pub(crate) fn texts_of_account(after: Option<&str>) -> Vec<String> {
    match read(after) {
        Some(serde_json::Value::String(pseudonym)) => vec![pseudonym],
        Some(serde_json::Value::Array(values)) => values
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}
