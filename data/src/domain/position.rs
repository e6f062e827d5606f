//! The response of the State under review to a recommendation.
//!
//! HRC resolution 5/1 knows two classes, support and noting; sources are finer and disagree. So a
//! position is a claim with its source and its raw wording, several may stand beside each other, and
//! [`order_claims`] says which of them counts.

use super::{Date, RecordedDate};
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
    /// Every class, in the order in which they are shown. No figure depends on this order: what counts as
    /// supported, noted or unanswered is decided by [`counted_as`](Self::counted_as).
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
    ///
    /// Signs between the words count for nothing. `None` if the text holds figures or letters of another script beside
    /// its English words, such as `Accepted 50 %`: what they say is not known here.
    pub fn from_source(raw: &str) -> Option<Self> {
        let is_foreign = |c: char| c.is_alphanumeric() && !c.is_ascii_alphabetic();
        if raw.contains(is_foreign) {
            return None;
        }
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
            // The last is nothing, or a dash.
            "unknown" | "" => Self::Unknown,
            _ => return Self::parse(raw.trim()),
        })
    }

    /// Returns the class that this one is counted in, which is a class of the same name or a wider one.
    ///
    /// This is the only place that says which positions are supported and which are noted. Everything that
    /// counts positions asks it, so that no two figures can differ in the rule.
    #[must_use]
    pub fn counted_as(self, classes: AnswerClasses) -> Self {
        use AnswerClasses::{Official, Recorded, Three};
        match (self, classes) {
            (Self::SupportedAsImplemented, Three | Official) => Self::Supported,
            // Resolution 5/1 has no class between the two, and what a State accepts only in part does
            // not enjoy its support.
            (Self::PartiallySupported, Official) => Self::Noted,
            (Self::SupportedAsImplemented | Self::PartiallySupported, Recorded)
            | (Self::PartiallySupported, Three)
            | (Self::Supported | Self::Noted | Self::Pending | Self::Unknown, _) => self,
        }
    }

    /// Returns true if the recommendation enjoys the State's support.
    pub fn enjoys_support(self) -> bool {
        self.counted_as(AnswerClasses::Official) == Self::Supported
    }

    /// Returns true if the State has answered and the answer is known: the base of every share of
    /// positions. Pending and unknown positions are neither supported nor noted.
    pub fn is_answered(self) -> bool {
        !matches!(self, Self::Pending | Self::Unknown)
    }
}

/// The classes in which positions are counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum AnswerClasses {
    /// Supported, partially supported, noted.
    #[default]
    Three,
    /// The two classes of resolution 5/1: what is partially supported is noted.
    Official,
    /// Each position as it is recorded: what is supported as implemented stands apart.
    Recorded,
}

impl AnswerClasses {
    /// Every way of counting, the usual one first.
    pub const ALL: [Self; 3] = [Self::Three, Self::Official, Self::Recorded];

    /// The code in addresses and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Three => "three",
            Self::Official => "official",
            Self::Recorded => "recorded",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|classes| classes.code() == code)
    }

    /// The classes that positions are counted in; those that are no answer come last.
    pub fn all(self) -> Vec<PositionClass> {
        let mut all: Vec<PositionClass> = PositionClass::ALL
            .into_iter()
            .filter(|class| class.counted_as(self) == *class)
            .collect();
        all.sort_by_key(|class| !class.is_answered());
        all
    }

    /// The recorded positions that are counted in a class.
    pub fn members(self, class: PositionClass) -> Vec<PositionClass> {
        let mut members = PositionClass::ALL.to_vec();
        members.retain(|member| member.counted_as(self) == class);
        members
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
    /// When the response was given.
    pub date: Option<RecordedDate>,
}

/// The claim that a reviewer has chosen to count, against the usual order, and why.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct ChosenPosition {
    /// The class of the claim.
    pub class: PositionClass,
    /// Its source.
    pub source: Option<String>,
    /// The paragraph of that source.
    pub source_paragraph: Option<String>,
    /// The reason, which everybody sees.
    pub reason: String,
}

impl ChosenPosition {
    /// The most characters of a reason.
    pub const REASON_MAX: usize = 500;

    /// Returns true if this is the claim that was chosen.
    pub fn is(&self, claim: &Position) -> bool {
        self.class == claim.class
            && self.source == claim.source
            && self.source_paragraph == claim.source_paragraph
    }
}

impl Position {
    /// Returns the kind of source that makes the claim.
    pub fn source_kind(&self) -> SourceKind {
        self.source
            .as_deref()
            .map_or(SourceKind::Unnamed, SourceKind::of)
    }

    /// Returns true if both claims are of one source, so that the later one corrects the earlier one.
    pub fn is_of_same_source(&self, other: &Self) -> bool {
        self.source == other.source && self.source_paragraph == other.source_paragraph
    }
}

/// What kind of source makes a claim about a position.
///
/// The State's own reply is what resolution 5/1 knows; the Working Group's report was adopted before it;
/// databases copy from both. This table is the whole rule: the first kind counts least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SourceKind {
    /// No source is named.
    Unnamed,
    /// A database that an organisation keeps, such as UPR Info's.
    Database,
    /// The United Nations' own index (UHRI), where it names no document.
    Index,
    /// Any other document, such as a draft report, a statement or a mid-term report.
    Document,
    /// The report of the Working Group: `A/HRC/43/15`.
    Report,
    /// The State's reply, an addendum to that report: `A/HRC/43/15/Add.1`.
    Reply,
}

impl SourceKind {
    /// Every kind, in the order of the rule: a claim of a later kind counts more.
    pub const ALL: [Self; 6] = [
        Self::Unnamed,
        Self::Database,
        Self::Index,
        Self::Document,
        Self::Report,
        Self::Reply,
    ];

    /// The names of databases, as their claims are recorded, in small letters and digits only.
    const DATABASES: [&str; 2] = ["uprinfo", "uprinfoorg"];
    /// The names of the index, likewise.
    const INDEXES: [&str; 3] = ["uhri", "universalhumanrightsindex", "uhriohchrorg"];

    /// The source of a reply whose symbol nobody has told.
    pub const UNNAMED_REPLY: &str = "Reply of the State under review";

    /// The code in the keys of texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unnamed => "unnamed",
            Self::Database => "database",
            Self::Index => "index",
            Self::Document => "document",
            Self::Report => "report",
            Self::Reply => "reply",
        }
    }

    /// Recognises the kind of a source by its name: a symbol of the Human Rights Council, perhaps with a
    /// paragraph after it, or the name of a database.
    pub fn of(source: &str) -> Self {
        let source = source.trim();
        if source.is_empty() {
            return Self::Unnamed;
        }
        if source == Self::UNNAMED_REPLY {
            return Self::Reply;
        }
        if let Some(kind) = Self::of_symbol(source) {
            return kind;
        }
        let folded: String = source
            .to_lowercase()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let begins = |names: &[&str]| names.iter().any(|name| folded.starts_with(name));
        if begins(&Self::INDEXES) {
            Self::Index
        } else if begins(&Self::DATABASES) || folded.starts_with("wwwuprinfo") {
            Self::Database
        } else {
            Self::Document
        }
    }

    fn of_symbol(source: &str) -> Option<Self> {
        let compact: String = source
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let rest = compact.strip_prefix("A/HRC/")?;
        let (session, rest) = number(rest)?;
        let (report, rest) = number(rest.strip_prefix('/')?)?;
        if session.is_empty() || report.is_empty() {
            return None;
        }
        let is_addendum = rest
            .strip_prefix("/ADD.")
            .is_some_and(|rest| number(rest).is_some_and(|(addendum, _)| !addendum.is_empty()));
        Some(if is_addendum {
            Self::Reply
        } else {
            Self::Report
        })
    }
}

/// The digits at the beginning of a text, and what follows them.
fn number(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len()),
    )
}

/// Puts claims in the order in which they count: the last one is the current position.
///
/// In this order of importance:
/// 1. a claim that a reviewer has chosen counts before all others;
/// 2. an answer counts before a claim that there is none yet, or that it is not known;
/// 3. the kind of source: see [`SourceKind`];
/// 4. a later date counts before an earlier one, and any date before none;
/// 5. of two documents of one kind the one with the higher symbol counts, of two paragraphs the later one.
///
/// Only claims of one source, with one paragraph and one date, stay in the order in which they were
/// recorded: there the later one is a correction. So the order in which files are imported decides nothing.
pub fn order_claims(claims: &mut [Position], chosen: Option<&ChosenPosition>) {
    claims.sort_by_cached_key(|claim| claim_rank(claim, chosen));
}

/// Returns true if the claims are in the order in which they count.
pub fn are_claims_in_order(claims: &[Position], chosen: Option<&ChosenPosition>) -> bool {
    claims.is_sorted_by_key(|claim| claim_rank(claim, chosen))
}

type ClaimRank = (bool, bool, SourceKind, Option<Date>, String, String);

fn claim_rank(claim: &Position, chosen: Option<&ChosenPosition>) -> ClaimRank {
    (
        chosen.is_some_and(|chosen| chosen.is(claim)),
        claim.class.is_answered(),
        claim.source_kind(),
        claim.date.as_ref().and_then(RecordedDate::date),
        natural(claim.source.as_deref()),
        natural(claim.source_paragraph.as_deref()),
    )
}

/// A text whose byte order is the order of its numbers, so that `A/HRC/9/1` comes before `A/HRC/10/1`.
fn natural(text: Option<&str>) -> String {
    const WIDTH: usize = 12;
    let mut order = String::new();
    let mut digits = String::new();
    let flush = |digits: &mut String, order: &mut String| {
        let padding = WIDTH.saturating_sub(digits.len());
        order.extend(std::iter::repeat_n(
            '0',
            if digits.is_empty() { 0 } else { padding },
        ));
        order.push_str(digits);
        digits.clear();
    };
    for c in text.unwrap_or_default().chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            flush(&mut digits, &mut order);
            order.extend(c.to_lowercase());
        }
    }
    flush(&mut digits, &mut order);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(class: PositionClass, source: &str, date: Option<&str>) -> Position {
        Position {
            class,
            raw: String::new(),
            source: Some(source.to_owned()).filter(|source| !source.is_empty()),
            source_paragraph: None,
            date: date.map(RecordedDate::from),
        }
    }

    #[test]
    fn sources_are_recognised() {
        for (source, kind) in [
            ("A/HRC/15/16", SourceKind::Report),
            ("A/HRC/15/16, para. 97", SourceKind::Report),
            ("a/hrc/30/3/Add.1", SourceKind::Reply),
            ("A/HRC/43/15/Add.1 - Para.3", SourceKind::Reply),
            ("A/HRC/30/3/Corr.1", SourceKind::Report),
            ("A/HRC/WG.6/52/L.3", SourceKind::Document),
            ("A/HRC/WG.6/8/BLR/1", SourceKind::Document),
            ("UPR Info", SourceKind::Database),
            ("UPR-Info database", SourceKind::Database),
            ("UHRI", SourceKind::Index),
            ("Universal Human Rights Index", SourceKind::Index),
            ("Statement of the Minister", SourceKind::Document),
            (" ", SourceKind::Unnamed),
        ] {
            assert_eq!(SourceKind::of(source), kind, "{source}");
        }
        assert!(SourceKind::ALL.is_sorted());
    }

    #[test]
    fn the_source_decides_and_not_the_order() {
        use PositionClass::{Noted, Pending, Supported, Unknown};
        let claims = [
            claim(Noted, "", None),
            claim(Noted, "UPR Info", Some("2030")),
            claim(Noted, "UHRI", None),
            claim(Noted, "Statement", Some("2031-01-01")),
            claim(Supported, "A/HRC/9/2", None),
            claim(Supported, "A/HRC/10/2", None),
            claim(Noted, "A/HRC/10/2/Add.1", None),
            claim(Supported, "A/HRC/10/2/Add.1", Some("2020")),
            claim(Noted, "A/HRC/10/2/Add.1", Some("2020-06")),
        ];
        for first in 0..claims.len() {
            let mut mixed = [&claims[first..], &claims[..first]].concat();
            order_claims(&mut mixed, None);
            assert_eq!(mixed, claims);
        }
        let mut open = vec![
            claim(Noted, "UPR Info", None),
            claim(Pending, "A/HRC/10/2", None),
            claim(Unknown, "A/HRC/10/2/Add.1", None),
        ];
        order_claims(&mut open, None);
        assert_eq!(open[2].source.as_deref(), Some("UPR Info"));
        let chosen = ChosenPosition {
            class: Noted,
            source: Some("UPR Info".to_owned()),
            source_paragraph: None,
            reason: "The Minister said so".to_owned(),
        };
        let mut claims = claims.to_vec();
        assert!(are_claims_in_order(&claims, None));
        assert!(!are_claims_in_order(&claims, Some(&chosen)));
        order_claims(&mut claims, Some(&chosen));
        assert_eq!(claims[8].source.as_deref(), Some("UPR Info"));
    }
}
