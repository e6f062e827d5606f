//! Why the store refuses what it is asked to do. Each module names its own reasons; here they are put together.

use super::Error;
use super::backup::BackupRefusal;
use super::connection::DatabaseRefusal;
use super::import::ImportRefusal;
use crate::domain::{InvisibleCharacter, Message};
use crate::exchange::FileRefusal;
use crate::store::edits::EditRefusal;
use crate::store::history::redaction::RedactionRefusal;
use crate::store::import::mappings::MappingRefusal;
use crate::store::import::quotas::QuotaRefusal;
use crate::store::people::accounts::AccountRefusal;
use crate::store::people::saved_views::ViewRefusal;
use crate::store::rounds::assessments::AssessmentRefusal;
use crate::store::rounds::bulk::BulkRefusal;
use crate::store::rounds::evidence::EvidenceRefusal;
use crate::store::rounds::lifecycle::RoundRefusal;
use crate::store::rounds::links::LinkRefusal;
use crate::store::rounds::position_choice::ClaimRefusal;
use crate::store::rounds::scales::ScaleRefusal;

/// Puts the refusals of the modules together.
macro_rules! put_together {
    ($( $(#[$doc:meta])* $variant:ident($refusal:ty), )*) => {
        /// Why the store refuses what it is asked to do, by the module that refuses.
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub enum Refusal {
            $( $(#[$doc])* $variant($refusal), )*
        }

        impl Refusal {
            /// The sentence that tells a person why, and what would be accepted.
            pub fn message(&self) -> Message {
                match self {
                    $( Self::$variant(refusal) => refusal.message(), )*
                }
            }
        }

        $(
            impl From<$refusal> for Refusal {
                fn from(refusal: $refusal) -> Self {
                    Self::$variant(refusal)
                }
            }

            impl From<$refusal> for Error {
                fn from(refusal: $refusal) -> Self {
                    Self::Refused(refusal.into())
                }
            }
        )*
    };
}

put_together! {
    /// Accounts.
    Account(AccountRefusal),
    /// Assessments.
    Assessment(AssessmentRefusal),
    /// Backups.
    Backup(BackupRefusal),
    /// Bulk changes.
    Bulk(BulkRefusal),
    /// Choices between claims about a position.
    Claim(ClaimRefusal),
    /// The database itself.
    Database(DatabaseRefusal),
    /// Edits of recommendations.
    Edit(EditRefusal),
    /// Evidence.
    Evidence(EvidenceRefusal),
    /// A file that is not taken.
    File(FileRefusal),
    /// Imports.
    Import(ImportRefusal),
    /// Links between recommendations.
    Link(LinkRefusal),
    /// Column mappings.
    Mapping(MappingRefusal),
    /// An invisible character in a name.
    Name(InvisibleCharacter),
    /// The room for files.
    Quota(QuotaRefusal),
    /// Redactions.
    Redaction(RedactionRefusal),
    /// Rounds.
    Round(RoundRefusal),
    /// Scales.
    Scale(ScaleRefusal),
    /// Saved views.
    View(ViewRefusal),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Why a change is not made although it is allowed: somebody else has changed the same thing since it was
/// shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Conflict {
    /// An assessment, a draft or a scale: the version that it has now.
    Version(i64),
    /// The settings of a round.
    Round {
        /// The title of the round.
        round: String,
    },
    /// The record of that number.
    Evidence {
        /// The number of the record.
        number: i64,
    },
    /// Some of the recommendations of a bulk change.
    Bulk {
        /// Their paragraphs.
        paragraphs: String,
    },
    /// A recommendation that is edited, or what belongs to it.
    Recommendation {
        /// Its paragraph.
        paragraph: String,
    },
    /// The password of an account.
    Account,
    /// What a file would change: the preview no longer holds.
    Import,
}

impl Conflict {
    /// The sentence that tells a person what to do.
    pub fn message(&self) -> Message {
        match self {
            Self::Version(_) => Message::new("changed-meanwhile"),
            Self::Round { round } => Message::new("round-changed-meanwhile").with("round", round),
            Self::Evidence { number } => {
                Message::new("evidence-changed-meanwhile").with("number", number)
            }
            Self::Bulk { paragraphs } => {
                Message::new("bulk-changed-meanwhile").with("paragraphs", paragraphs)
            }
            Self::Recommendation { paragraph } => {
                Message::new("recommendation-changed-meanwhile").with("paragraph", paragraph)
            }
            Self::Account => Message::new("account-changed-meanwhile"),
            Self::Import => Message::new("import-plan-changed"),
        }
    }
}

impl From<Conflict> for Error {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}
