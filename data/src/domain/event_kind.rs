//! The kinds of entries in the history, with everything that depends on the kind alone.
//!
//! Each property is a `match` that names every kind, so that a new kind does not compile before somebody has
//! decided all of them. What the entries of a kind hold is in the store's `events` module.

/// Declares the kinds with their codes, so that a kind cannot be missing from `ALL`.
macro_rules! event_kinds {
    ($($(#[$doc:meta])+ $kind:ident = $code:literal,)+) => {
        /// A kind of entry in the history.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum EventKind {
            $($(#[$doc])+ $kind,)+
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The code in the database. Hashes of the history cover it, so it never changes.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)+
                }
            }

            /// Reads a [`code`](Self::code). `None` if it is the kind of a later version of the program.
            pub fn parse(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$kind),)+
                    _ => None,
                }
            }
        }
    };
}

event_kinds! {
    /// An account was added.
    AccountAdded = "account-added",
    /// An account was disabled.
    AccountDisabled = "account-disabled",
    /// An account was given a new password, and enabled.
    AccountReset = "account-reset",
    /// Somebody changed their own password.
    AccountPasswordChanged = "account-password-changed",
    /// An account was given another role.
    AccountRoleChanged = "account-role-changed",
    /// An account was removed.
    AccountRemoved = "account-removed",
    /// An assessment was saved.
    AssessmentSaved = "assessment-saved",
    /// An assessment was put back to an earlier version.
    AssessmentRestored = "assessment-restored",
    /// An assessment was carried over from an earlier round.
    AssessmentCarriedOver = "assessment-carried-over",
    /// A record of evidence was changed, and with it an assessment that cites it.
    AssessmentEvidenceChanged = "assessment-evidence-changed",
    /// An assessment was removed.
    AssessmentRemoved = "assessment-removed",
    /// Many recommendations were changed at once; an entry for each follows.
    BulkChanged = "bulk-changed",
    /// A bulk change was undone; an entry for each recommendation follows.
    BulkUndone = "bulk-undone",
    /// The demonstration was removed.
    DemonstrationRemoved = "demonstration-removed",
    /// A record of evidence was added.
    EvidenceAdded = "evidence-added",
    /// A record of evidence was changed.
    EvidenceChanged = "evidence-changed",
    /// A record of evidence was removed.
    EvidenceRemoved = "evidence-removed",
    /// A file was imported.
    FileImported = "file-imported",
    /// The import of a file was undone.
    FileImportUndone = "file-import-undone",
    /// Somebody decided whether a recommendation repeats an earlier one, or took the decision back.
    LinkDecided = "link-decided",
    /// A recommendation was added.
    RecommendationAdded = "recommendation-added",
    /// A recommendation was changed.
    RecommendationChanged = "recommendation-changed",
    /// A recommendation was removed.
    RecommendationRemoved = "recommendation-removed",
    /// A recommendation turned out to be another one.
    RecommendationAbsorbed = "recommendation-absorbed",
    /// A text was removed from a recommendation.
    RecommendationRedacted = "recommendation-redacted",
    /// Texts of a source that does not number were recognised as numbered recommendations.
    RecommendationsMatched = "recommendations-matched",
    /// Somebody edited recommendations; an entry for each change precedes this one.
    RecommendationsEdited = "recommendations-edited",
    /// An edit was undone; an entry for each change precedes this one.
    RecommendationsEditUndone = "recommendations-edit-undone",
    /// Small tables were sealed.
    RecordSealed = "record-sealed",
    /// A review was added.
    ReviewAdded = "review-added",
    /// A review was changed.
    ReviewUpdated = "review-updated",
    /// A review was removed.
    ReviewRemoved = "review-removed",
    /// A round was opened.
    RoundOpened = "round-opened",
    /// A correction of a published round was opened.
    RoundCorrectionOpened = "round-correction-opened",
    /// The particulars of a round were changed.
    RoundChanged = "round-changed",
    /// A round was published.
    RoundPublished = "round-published",
    /// A published correction took the place of a round.
    RoundSuperseded = "round-superseded",
    /// A published round was withdrawn.
    RoundWithdrawn = "round-withdrawn",
    /// An open round was removed.
    RoundRemoved = "round-removed",
    /// A text was removed from a published round.
    RoundRedacted = "round-redacted",
    /// A reviewer chose the round that heads a review, or left it to the rule again.
    HeadlineChosen = "headline-chosen",
    /// A scale was added, or a new version of one.
    ScaleAdded = "scale-added",
    /// A text was removed from everything that is stored.
    TextRedacted = "text-redacted",
    /// The totals that a source reports were added to a round.
    TotalsReported = "totals-reported",
}

/// What the entries of a kind are about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Subject {
    /// Somebody who may sign in.
    Account,
    /// One recommendation's assessment in a round.
    Assessment,
    /// Many recommendations of a round at once.
    Bulk,
    /// A record of evidence.
    Evidence,
    /// A file.
    File,
    /// A link between two recommendations.
    Link,
    /// A recommendation.
    Recommendation,
    /// A review as a whole.
    Review,
    /// A round as a whole.
    Round,
    /// A scale.
    Scale,
    /// The tables that are sealed.
    Seal,
    /// A text that was removed wherever it stood.
    Text,
}

/// Who sees the entries of a kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Everybody if a recommendation repeats an earlier one before or after; otherwise as `Internal`.
    PublicIfRepeated,
    /// It makes its round public, or changes what is public of it.
    Publishes,
    /// Everybody once its round is published, if it was made afterwards.
    FromPublication,
    /// Those who may read open rounds.
    Internal,
}

/// The keys of the texts of a kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextKeys {
    /// Its name, as the filter of a history offers it.
    pub name: String,
    /// The sentence that tells of an entry.
    pub sentence: String,
}

/// A small table whose rows are sealed: see the store's `seals` module.
#[cfg(feature = "store")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Sealed {
    Accounts,
    Aliases,
    Imports,
    ReportedTotals,
    Reviews,
    Rounds,
    Scales,
    Statuses,
}

#[cfg(feature = "store")]
impl Sealed {
    pub(crate) const ALL: [Self; 8] = [
        Self::Accounts,
        Self::Aliases,
        Self::Imports,
        Self::ReportedTotals,
        Self::Reviews,
        Self::Rounds,
        Self::Scales,
        Self::Statuses,
    ];
}

impl EventKind {
    /// What entries of this kind are about.
    pub fn subject(self) -> Subject {
        match self {
            Self::AccountAdded
            | Self::AccountDisabled
            | Self::AccountReset
            | Self::AccountPasswordChanged
            | Self::AccountRoleChanged
            | Self::AccountRemoved => Subject::Account,
            Self::AssessmentSaved
            | Self::AssessmentRestored
            | Self::AssessmentCarriedOver
            | Self::AssessmentEvidenceChanged
            | Self::AssessmentRemoved => Subject::Assessment,
            Self::BulkChanged | Self::BulkUndone => Subject::Bulk,
            Self::EvidenceAdded | Self::EvidenceChanged | Self::EvidenceRemoved => {
                Subject::Evidence
            }
            Self::FileImported | Self::FileImportUndone => Subject::File,
            Self::LinkDecided => Subject::Link,
            Self::RecommendationAdded
            | Self::RecommendationChanged
            | Self::RecommendationRemoved
            | Self::RecommendationAbsorbed
            | Self::RecommendationRedacted
            | Self::RecommendationsMatched
            | Self::RecommendationsEdited
            | Self::RecommendationsEditUndone => Subject::Recommendation,
            Self::DemonstrationRemoved
            | Self::ReviewAdded
            | Self::ReviewUpdated
            | Self::ReviewRemoved => Subject::Review,
            Self::RoundOpened
            | Self::RoundCorrectionOpened
            | Self::RoundChanged
            | Self::RoundPublished
            | Self::RoundSuperseded
            | Self::RoundWithdrawn
            | Self::RoundRemoved
            | Self::RoundRedacted
            | Self::HeadlineChosen
            | Self::TotalsReported => Subject::Round,
            Self::ScaleAdded => Subject::Scale,
            Self::RecordSealed => Subject::Seal,
            Self::TextRedacted => Subject::Text,
        }
    }

    /// Returns true if entries of this kind belong to a review. The removal of a text does as far as the text
    /// stood in a review.
    pub fn is_of_review(self) -> bool {
        match self.subject() {
            Subject::Assessment
            | Subject::Bulk
            | Subject::Evidence
            | Subject::Link
            | Subject::Recommendation
            | Subject::Review
            | Subject::Round
            | Subject::Text => true,
            Subject::Account | Subject::File | Subject::Scale | Subject::Seal => false,
        }
    }

    /// The key of the text that names this kind, and of the sentence that tells of an entry; `None` if no page
    /// shows entries of this kind as the history of a review.
    pub fn text_keys(self) -> Option<TextKeys> {
        let code = self.code();
        self.is_of_review().then(|| TextKeys {
            name: format!("history-kind-{code}"),
            sentence: format!("history-{code}"),
        })
    }

    /// Returns true if entries of this kind tell that a text was removed.
    pub fn is_redaction(self) -> bool {
        matches!(
            self,
            Self::RecommendationRedacted | Self::RoundRedacted | Self::TextRedacted
        )
    }

    /// Returns true if a review is gone after an entry of this kind.
    pub fn removes_review(self) -> bool {
        matches!(self, Self::DemonstrationRemoved | Self::ReviewRemoved)
    }

    /// Returns true if something that was public may be gone after an entry of this kind. A page from before it must
    /// not be shown afterwards.
    pub fn removes_what_is_public(self) -> bool {
        let is_recommendation_gone = matches!(
            self,
            Self::RecommendationRemoved | Self::RecommendationAbsorbed
        );
        is_recommendation_gone
            || self == Self::RoundWithdrawn
            || self.is_redaction()
            || self.removes_review()
    }

    /// Who sees entries of this kind; [`public_view`](super::public_view) is the rule that asks.
    pub fn visibility(self) -> Visibility {
        match self {
            Self::DemonstrationRemoved
            | Self::RecommendationAdded
            | Self::RecommendationChanged
            | Self::RecommendationRemoved
            | Self::RecommendationAbsorbed
            | Self::RecommendationRedacted
            | Self::RecommendationsEdited
            | Self::RecommendationsEditUndone
            | Self::ReviewAdded
            | Self::ReviewUpdated
            | Self::ReviewRemoved => Visibility::Public,
            Self::LinkDecided => Visibility::PublicIfRepeated,
            Self::RoundPublished
            | Self::RoundSuperseded
            | Self::RoundWithdrawn
            | Self::RoundRedacted
            | Self::HeadlineChosen => Visibility::Publishes,
            Self::AssessmentSaved
            | Self::AssessmentRestored
            | Self::AssessmentCarriedOver
            | Self::AssessmentEvidenceChanged
            | Self::AssessmentRemoved
            | Self::BulkChanged
            | Self::BulkUndone
            | Self::RoundOpened
            | Self::RoundCorrectionOpened
            | Self::RoundChanged
            | Self::RoundRemoved
            | Self::TotalsReported => Visibility::FromPublication,
            Self::AccountAdded
            | Self::AccountDisabled
            | Self::AccountReset
            | Self::AccountPasswordChanged
            | Self::AccountRoleChanged
            | Self::AccountRemoved
            | Self::EvidenceAdded
            | Self::EvidenceChanged
            | Self::EvidenceRemoved
            | Self::FileImported
            | Self::FileImportUndone
            | Self::RecommendationsMatched
            | Self::RecordSealed
            | Self::ScaleAdded
            | Self::TextRedacted => Visibility::Internal,
        }
    }

    /// The sealed tables that a change with an entry of this kind may have touched.
    #[cfg(feature = "store")]
    pub(crate) fn sealed(self) -> &'static [Sealed] {
        match self {
            Self::AccountAdded
            | Self::AccountDisabled
            | Self::AccountReset
            | Self::AccountPasswordChanged
            | Self::AccountRoleChanged
            | Self::AccountRemoved => &[Sealed::Accounts],
            Self::AssessmentSaved
            | Self::AssessmentRestored
            | Self::AssessmentCarriedOver
            | Self::AssessmentEvidenceChanged
            | Self::AssessmentRemoved
            | Self::BulkChanged
            | Self::BulkUndone
            | Self::EvidenceAdded
            | Self::EvidenceChanged
            | Self::EvidenceRemoved
            | Self::LinkDecided
            | Self::RecommendationAdded
            | Self::RecommendationChanged
            | Self::RecommendationsEdited
            | Self::RecordSealed => &[],
            Self::RecommendationRemoved
            | Self::RecommendationAbsorbed
            | Self::RecommendationRedacted
            | Self::RecommendationsMatched
            | Self::RecommendationsEditUndone => &[Sealed::Aliases],
            Self::ReviewAdded | Self::ReviewUpdated => &[Sealed::Reviews],
            Self::RoundOpened
            | Self::RoundCorrectionOpened
            | Self::RoundChanged
            | Self::RoundPublished
            | Self::RoundSuperseded
            | Self::RoundWithdrawn
            | Self::RoundRemoved
            | Self::RoundRedacted
            | Self::HeadlineChosen
            | Self::TotalsReported => &[Sealed::Rounds, Sealed::ReportedTotals],
            Self::ScaleAdded => &[Sealed::Scales, Sealed::Statuses],
            Self::DemonstrationRemoved
            | Self::FileImported
            | Self::FileImportUndone
            | Self::ReviewRemoved
            | Self::TextRedacted => &Sealed::ALL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_kind_has_a_code_of_its_own() {
        let codes: HashSet<_> = EventKind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), EventKind::ALL.len());
        for kind in EventKind::ALL.iter().copied() {
            assert_eq!(EventKind::parse(kind.code()), Some(kind));
        }
        assert_eq!(EventKind::parse("comment-added"), None);
    }

    /// These two are not decided by a `match` over every kind.
    #[test]
    fn no_redaction_and_no_removal_of_a_review_is_forgotten() {
        for kind in EventKind::ALL.iter().copied() {
            let code = kind.code();
            assert_eq!(kind.is_redaction(), code.ends_with("-redacted"), "{code}");
            let removes = kind.subject() == Subject::Review && code.ends_with("-removed");
            assert_eq!(kind.removes_review(), removes, "{code}");
        }
    }

    #[test]
    fn only_kinds_of_reviews_are_public() {
        for kind in EventKind::ALL.iter().copied() {
            if kind.visibility() != Visibility::Internal {
                assert!(kind.is_of_review(), "{kind:?}");
            }
        }
    }
}
