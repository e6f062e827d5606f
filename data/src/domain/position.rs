//! The response of the State under review to a recommendation.
//!
//! HRC resolution 5/1 knows two classes, support and noting; sources are finer and disagree. So a
//! position is a claim with its source and its raw wording, several may stand beside each other, and
//! the latest counts.

use serde::{Deserialize, Serialize};

/// What the State answered, as finely as the sources tell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PositionClass {
    /// Enjoys the State's support.
    Supported,
    /// Supported, and already implemented or being implemented according to the State.
    SupportedAsImplemented,
    /// Supported in part (UHRI: "Supported/Noted").
    PartiallySupported,
    /// Noted.
    Noted,
    /// To be answered later.
    Pending,
    /// The source does not say.
    Unknown,
}

impl PositionClass {
    /// Every class, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Supported,
        Self::SupportedAsImplemented,
        Self::PartiallySupported,
        Self::Noted,
        Self::Pending,
        Self::Unknown,
    ];

    /// The code in addresses, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::SupportedAsImplemented => "supported_as_implemented",
            Self::PartiallySupported => "partially_supported",
            Self::Noted => "noted",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }

    /// Reads what a source writes: UHRI, UPR Info in 2015 and now, the OHCHR matrices.
    pub fn from_source(raw: &str) -> Option<Self> {
        let folded: String = raw
            .to_lowercase()
            .chars()
            .filter(char::is_ascii_alphabetic)
            .collect();
        Some(match folded.as_str() {
            "supported" | "accepted" | "enjoyssupport" | "support" => Self::Supported,
            "supportedasimplemented" | "acceptedasimplemented" | "supportedalreadyimplemented" => {
                Self::SupportedAsImplemented
            }
            "supportednoted" | "notedsupported" | "partiallysupported" | "partiallyaccepted"
            | "partlysupported" | "supportedinpart" => Self::PartiallySupported,
            "noted" | "notsupported" | "rejected" => Self::Noted,
            "pending" | "underconsideration" => Self::Pending,
            "unknown" => Self::Unknown,
            // Nothing, or a dash; but what is written in another script is not read yet.
            "" if !raw.contains(char::is_alphabetic) => Self::Unknown,
            _ => return Self::parse(raw.trim()),
        })
    }

    /// The class of resolution 5/1: `Some(true)` enjoys support, `Some(false)` is noted, `None` is
    /// not answered. What is accepted only in part counts as noted, by UPR Info's counting rule.
    pub fn enjoys_support(self) -> Option<bool> {
        match self {
            Self::Supported | Self::SupportedAsImplemented => Some(true),
            Self::PartiallySupported | Self::Noted => Some(false),
            Self::Pending | Self::Unknown => None,
        }
    }
}

/// One source's claim about the State's response.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Position {
    /// The class.
    pub class: PositionClass,
    /// What the source literally says.
    pub raw: String,
    /// The document, such as `A/HRC/43/15/Add.1`, or the collection it was read from.
    pub source: Option<String>,
    /// The paragraph of that document.
    pub source_paragraph: Option<String>,
    /// When the response was given, `YYYY-MM-DD`.
    pub date: Option<String>,
}
