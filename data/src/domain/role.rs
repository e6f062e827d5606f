//! Who may do what, and to what.

use super::{ReviewCode, Round};
use serde::{Deserialize, Serialize};

/// A user's role. Each may do what the ones before it may.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads rounds that are not published yet.
    Reader,
    /// Assesses.
    Analyst,
    /// Publishes rounds, imports files and edits recommendations.
    Reviewer,
    /// Administers users.
    Administrator,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [
        Self::Reader,
        Self::Analyst,
        Self::Reviewer,
        Self::Administrator,
    ];

    /// The code on the command line and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Analyst => "analyst",
            Self::Reviewer => "reviewer",
            Self::Administrator => "administrator",
        }
    }

    /// Reads a [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Something that not everybody may do. Whether somebody may is decided by [`may`] alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// See rounds that are not published, and the pseudonyms in a history.
    ReadOpenRounds,
    /// Save an assessment.
    Assess,
    /// Begin a round.
    OpenRound,
    /// Publish a round, which freezes it.
    PublishRound,
    /// Import a file.
    Import,
    /// Add, correct, merge, split and remove recommendations.
    EditRecommendations,
    /// Add a scale, or a new version of one.
    EditScales,
    /// Add, disable or change users.
    AdministerUsers,
    /// Remove a text from everything that is stored.
    Redact,
    /// Change one's own password, and end one's own sessions.
    UseAccount,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 10] = [
        Self::ReadOpenRounds,
        Self::Assess,
        Self::OpenRound,
        Self::PublishRound,
        Self::Import,
        Self::EditRecommendations,
        Self::EditScales,
        Self::AdministerUsers,
        Self::Redact,
        Self::UseAccount,
    ];

    /// The least role that may do it.
    pub fn least_role(self) -> Role {
        match self {
            Self::ReadOpenRounds | Self::UseAccount => Role::Reader,
            Self::Assess => Role::Analyst,
            Self::OpenRound | Self::PublishRound | Self::Import | Self::EditRecommendations => {
                Role::Reviewer
            }
            Self::EditScales | Self::AdministerUsers | Self::Redact => Role::Administrator,
        }
    }
}

/// What an action is done to.
#[derive(Clone, Copy, Debug)]
pub enum Object<'a> {
    /// The installation: its scales, its texts, and everything in it before it is known which part is meant.
    Installation,
    /// The account of that number.
    Account(i64),
    /// A review, and what it holds beside its rounds.
    Review(ReviewCode),
    /// A round, published or open.
    Round(&'a Round),
    /// The import of that number.
    Import(i64),
}

impl Object<'static> {
    /// The review of a code as it was sent; the installation if it is the code of none.
    pub fn of_review(code: &str) -> Self {
        ReviewCode::parse(code).map_or(Self::Installation, Self::Review)
    }

    /// The import of a number as it was sent; the installation if it is no number.
    pub fn of_import(number: &str) -> Self {
        number.parse().map_or(Self::Installation, Self::Import)
    }
}

/// Who asks to do something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Principal {
    /// Somebody who is not signed in.
    Public,
    /// The account of that number, in its role.
    Account(i64, Role),
}

/// Returns true if somebody may do something to an object. Every action, page and file asks this.
///
/// Whether a round is still open is no right: what is published refuses changes from everybody, and says so.
pub fn may(principal: Principal, action: Action, object: Object<'_>) -> bool {
    let is_public = match object {
        Object::Round(round) => action == Action::ReadOpenRounds && round.is_published(),
        _ => false,
    };
    let Principal::Account(account, role) = principal else {
        return is_public;
    };
    match (action, object) {
        (Action::UseAccount, Object::Account(owner)) => owner == account,
        (Action::UseAccount, _) => false,
        _ => is_public || role >= action.least_role(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{RoundKind, Scale};

    fn round(published_at: Option<i64>) -> Round {
        Round {
            id: 1,
            slug: "a".to_owned(),
            organisation: "We".to_owned(),
            title: "Ours".to_owned(),
            as_of: None,
            scale: Scale::built_in().remove(0),
            kind: RoundKind::Itemised,
            method: None,
            supersedes: None,
            published_at,
            content_hash: None,
            assessors: Vec::new(),
            redactions: Vec::new(),
            publication: crate::domain::Publication::default(),
        }
    }

    /// Role by action by object, written out: a right that changes changes here.
    #[test]
    fn each_role_may_do_this() {
        let (open, published) = (round(None), round(Some(1)));
        let review = Object::of_review("BLR-3");
        assert!(matches!(review, Object::Review(_)));
        let objects = [
            Object::Installation,
            review,
            Object::Round(&open),
            Object::Round(&published),
            Object::of_import("7"),
            Object::Account(1),
            Object::Account(2),
        ];
        // The public, then the roles in their order: by `x` they may.
        let everywhere = |roles: &'static str| [roles; 7];
        let of_everybody = ".xxxx";
        let mut reading = everywhere(of_everybody);
        reading[3] = "xxxxx";
        let mut own = everywhere(".....");
        own[5] = of_everybody;
        let rights = [
            (Action::ReadOpenRounds, reading),
            (Action::Assess, everywhere("..xxx")),
            (Action::OpenRound, everywhere("...xx")),
            (Action::PublishRound, everywhere("...xx")),
            (Action::Import, everywhere("...xx")),
            (Action::EditRecommendations, everywhere("...xx")),
            (Action::EditScales, everywhere("....x")),
            (Action::AdministerUsers, everywhere("....x")),
            (Action::Redact, everywhere("....x")),
            (Action::UseAccount, own),
        ];
        assert_eq!(rights.map(|(action, _)| action), Action::ALL);
        let principals: Vec<Principal> = std::iter::once(Principal::Public)
            .chain(Role::ALL.map(|role| Principal::Account(1, role)))
            .collect();
        for (action, by_object) in rights {
            for (object, expected) in objects.into_iter().zip(by_object) {
                let allowed = principals.iter().map(|one| may(*one, action, object));
                let allowed: String = allowed.map(|may| if may { 'x' } else { '.' }).collect();
                assert_eq!(allowed, expected, "{action:?} {object:?}");
            }
        }
    }

    #[test]
    fn what_is_no_code_is_the_installation() {
        assert!(matches!(Object::of_review("?"), Object::Installation));
        assert!(matches!(Object::of_import("x"), Object::Installation));
    }
}
