//! The security log: who signed in, failed to, or changed what protects the others, and when. No address, no browser.
//!
//! It is a table rather than a file, so that several processes share one, administrators read it in the browser, and it
//! follows the database to another machine. It stands apart from the history, which is never forgotten: entries here
//! are kept for [`settings::SECURITY_LOG_DAYS`] days, and the newest [`settings::SECURITY_LOG_ENTRIES_MAX`] at most. What is in the history anyway (accounts,
//! roles, redactions) is read from there and not written twice.

use crate::domain::{EventKind, Subject};
use crate::settings;
use crate::store::entities::{event, security_event};
use crate::store::history::events;
use crate::store::{Actor, Error, HOUR, Store};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SecurityKind {
    /// Somebody signed in.
    SignedIn,
    /// A wrong password for a pseudonym, or a pseudonym that nobody goes by; those of an hour are one entry.
    SignInFailed,
    /// Somebody signed out.
    SignedOut,
    /// Somebody ended one of their sessions elsewhere.
    SessionEnded,
    /// Somebody ended all their sessions but one.
    OtherSessionsEnded,
    /// A browser became known.
    DeviceRemembered,
    /// A browser is known no more.
    DeviceForgotten,
    /// A wrong present password at a change of password.
    PasswordChangeFailed,
    /// Somebody took a file along that may hold what is not published.
    PrivateExport,
    /// An account was added.
    AccountAdded,
    /// An account was disabled.
    AccountDisabled,
    /// An account was given a new password.
    AccountReset,
    /// Somebody changed their own password.
    PasswordChanged,
    /// An account was given another role.
    RoleChanged,
    /// An account was removed.
    AccountRemoved,
    /// A text was redacted.
    Redacted,
}

impl SecurityKind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::SignedIn,
        Self::SignInFailed,
        Self::SignedOut,
        Self::SessionEnded,
        Self::OtherSessionsEnded,
        Self::DeviceRemembered,
        Self::DeviceForgotten,
        Self::PasswordChangeFailed,
        Self::PrivateExport,
        Self::AccountAdded,
        Self::AccountDisabled,
        Self::AccountReset,
        Self::PasswordChanged,
        Self::RoleChanged,
        Self::AccountRemoved,
        Self::Redacted,
    ];

    /// The code in the database and in translations.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::SignedOut => "signed-out",
            Self::SessionEnded => "session-ended",
            Self::OtherSessionsEnded => "other-sessions-ended",
            Self::DeviceRemembered => "device-remembered",
            Self::DeviceForgotten => "device-forgotten",
            Self::PasswordChangeFailed => "password-change-failed",
            Self::PrivateExport => "private-export",
            Self::AccountAdded => EventKind::AccountAdded.code(),
            Self::AccountDisabled => EventKind::AccountDisabled.code(),
            Self::AccountReset => EventKind::AccountReset.code(),
            Self::PasswordChanged => EventKind::AccountPasswordChanged.code(),
            Self::RoleChanged => EventKind::AccountRoleChanged.code(),
            Self::AccountRemoved => EventKind::AccountRemoved.code(),
            Self::Redacted => "redacted",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind of an entry of the history; `None` if the security log leaves it out.
    fn of(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::AccountAdded => Some(Self::AccountAdded),
            EventKind::AccountDisabled => Some(Self::AccountDisabled),
            EventKind::AccountReset => Some(Self::AccountReset),
            EventKind::AccountPasswordChanged => Some(Self::PasswordChanged),
            EventKind::AccountRoleChanged => Some(Self::RoleChanged),
            EventKind::AccountRemoved => Some(Self::AccountRemoved),
            _ => kind.is_redaction().then_some(Self::Redacted),
        }
    }
}

/// An entry of the security log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SecurityEntry {
    /// When, in milliseconds since 1970; the first time if it happened several times.
    pub at: i64,
    /// The last time.
    pub last_at: i64,
    /// What happened.
    pub kind: SecurityKind,
    /// Who did it: a pseudonym or the command line; empty where that is not known.
    pub who: String,
    /// Whom or what it concerns; empty where nobody goes by the pseudonym that was tried.
    pub about: String,
    /// How many times.
    pub times: i64,
}

impl Store {
    /// The newest entries, the newest first.
    pub async fn security_log(&self, limit: u64) -> Result<Vec<SecurityEntry>, Error> {
        let oldest = crate::store::now() - settings::SECURITY_LOG_DAYS.signed() * 24 * HOUR;
        let rows = security_event::Entity::find()
            .filter(security_event::Column::At.gte(oldest))
            .order_by_desc(security_event::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await?;
        let kinds = EventKind::ALL.iter().copied();
        let of_history = kinds.filter(|kind| SecurityKind::of(*kind).is_some());
        let events = event::Entity::find()
            .filter(event::Column::At.gte(oldest))
            .filter(event::Column::Kind.is_in(of_history))
            .order_by_desc(event::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await?;
        let logged = rows.into_iter().filter_map(|row| {
            Some(SecurityEntry {
                at: row.at,
                last_at: row.last_at,
                kind: SecurityKind::parse(&row.kind)?,
                who: row.who,
                about: row.about,
                times: row.times,
            })
        });
        let of_history = events.into_iter().filter_map(|row| {
            Some(SecurityEntry {
                at: row.at,
                last_at: row.at,
                kind: SecurityKind::of(row.known_kind()?)?,
                about: subject(&row),
                who: row.actor,
                times: 1,
            })
        });
        let mut entries: Vec<_> = logged.chain(of_history).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.last_at));
        entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(entries)
    }

    /// Writes down that somebody took a file along that may hold what is not published.
    pub async fn note_private_export(&self, actor: &Actor, what: &str) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        note(&change.tx, SecurityKind::PrivateExport, &actor.0, what).await?;
        change.commit_unrecorded().await
    }
}

/// Whom or what an entry of the history concerns: a pseudonym, with its role, or a place.
fn subject(row: &event::Model) -> String {
    if row.subject() == Some(Subject::Account) {
        let texts = events::texts_of_account(row.after.as_deref());
        let known = texts.get(..2).unwrap_or(&texts);
        return known.join(": ");
    }
    let place = [&row.review, &row.round, &row.paragraph];
    place
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Adds an entry, or counts it with those of the same hour where strangers decide how many there are.
pub(crate) async fn note(
    db: &impl ConnectionTrait,
    kind: SecurityKind,
    who: &str,
    about: &str,
) -> Result<(), Error> {
    let now = crate::store::now();
    let repeats = [
        SecurityKind::SignInFailed,
        SecurityKind::PasswordChangeFailed,
    ];
    if repeats.contains(&kind) {
        let same = security_event::Entity::find()
            .filter(security_event::Column::Kind.eq(kind.code()))
            .filter(security_event::Column::Who.eq(who))
            .filter(security_event::Column::About.eq(about))
            .filter(security_event::Column::At.gte(now - HOUR))
            .one(db)
            .await?;
        if let Some(same) = same {
            let counted = security_event::ActiveModel {
                id: Set(same.id),
                last_at: Set(now),
                times: Set(same.times.saturating_add(1)),
                ..Default::default()
            };
            security_event::Entity::update(counted).exec(db).await?;
            return Ok(());
        }
    }
    let row = security_event::ActiveModel {
        at: Set(now),
        last_at: Set(now),
        kind: Set(kind.code().to_owned()),
        who: Set(who.to_owned()),
        about: Set(crate::store::without_nul(about)),
        times: Set(1),
        ..Default::default()
    };
    security_event::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    let newest = security_event::Entity::find()
        .order_by_desc(security_event::Column::Id)
        .one(db)
        .await?
        .map_or(0, |row| row.id);
    let over = Condition::any()
        .add(security_event::Column::At.lt(now - settings::SECURITY_LOG_DAYS.signed() * 24 * HOUR))
        .add(security_event::Column::Id.lte(newest - settings::SECURITY_LOG_ENTRIES_MAX));
    security_event::Entity::delete_many()
        .filter(over)
        .exec(db)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_change_of_an_account_and_no_redaction_is_left_out() {
        for kind in EventKind::ALL.iter().copied() {
            let is_logged = kind.subject() == Subject::Account || kind.is_redaction();
            assert_eq!(SecurityKind::of(kind).is_some(), is_logged, "{kind:?}");
        }
    }
}
