//! Signing in and out, and the sessions there are.
//!
//! The cookie holds a random token, the database only its hash. Role and disabling are looked up with every request, so
//! a right that is taken away is gone at once.
//!
//! Repeated failures slow down a *pseudonym*, known or not, whatever address they come from; they never close it. After
//! [`settings::FREE_SIGN_IN_FAILURES`] wrong passwords within an hour the next ones are compared [`settings::SIGN_IN_PACE_MIN`] apart, then twice that, up to
//! [`settings::SIGN_IN_PACE_MAX`]: some 4,320 guesses a day. A right password waits for its turn at that pace like the others, and classes
//! of addresses take turns (see `hashing`). A known browser has a count of its own, and so has a change of password by
//! somebody who is signed in, so that guesses elsewhere delay neither.

use crate::settings;
use crate::store::entities::{account, device, session, sign_in_failure};
use crate::store::people::hashing::{Class, Entrant, Full, HashingQueue, Lane, PeerClass, Turn};
use crate::store::people::pseudonyms;
use crate::store::people::security_log::{self, SecurityKind};
use crate::store::people::sign_in_forms::SpentForms;
use crate::store::{Account, Actor, Error, Store};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::time::Instant;

const MINUTE: i64 = 60 * 1_000;
/// For so long a session that timed out is told from one that was ended.
const REMEMBERED: i64 = 30 * 24 * 60 * MINUTE;
/// Failures are forgotten after so long without another.
const FORGOTTEN: i64 = 60 * MINUTE;
/// Clocks of processes that share a database may differ by so much.
const SLACK: i64 = 1_000;
/// What failures at a change of password are counted under; no known browser's hash is that short.
const SESSION: &str = "session";

/// How long sessions last, and how long a sign-in may wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SessionTimes {
    /// A session ends when it was not used for so long.
    pub idle: Duration,
    /// A session ends after so long, used or not.
    pub longest: Duration,
    /// A sign-in that has waited so long is told to come again.
    pub patience: Duration,
}

impl Default for SessionTimes {
    fn default() -> Self {
        Self {
            idle: Duration::from_hours(12),
            longest: Duration::from_hours(7 * 24),
            // Longer than the slowest pace, shorter than any proxy's patience.
            patience: Duration::from_secs(25),
        }
    }
}

/// What signing in needs to remember, besides the database.
#[derive(Default)]
pub(crate) struct SignIns {
    pub(crate) queue: Arc<HashingQueue>,
    pub(crate) spent_forms: SpentForms,
    pub(crate) secret: tokio::sync::OnceCell<String>,
    times: OnceLock<SessionTimes>,
}

/// A sign-in form as it was sent.
#[derive(Clone, Copy, Debug)]
pub struct SignIn<'a> {
    /// The pseudonym that was typed.
    pub pseudonym: &'a str,
    /// The password that was typed.
    pub password: &'a str,
    /// The token of the form.
    pub form: &'a str,
    /// Where it comes from.
    pub peer: PeerClass,
    /// The value of the cookie of a known browser.
    pub device: Option<&'a str>,
    /// Whether the browser is said to be their own, to be known from now on.
    pub own_device: bool,
}

/// A successful sign-in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// What the cookie holds.
    pub token: String,
    /// Who it is.
    pub account: Account,
    /// What becomes of the cookie of a known browser.
    pub device: DeviceCookie,
}

/// What becomes of the cookie of a known browser.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DeviceCookie {
    /// It stays as it is, be it there or not.
    Unchanged,
    /// It gets this value.
    Set(String),
    /// It is removed.
    Removed,
}

/// Why somebody was not let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignInRefusal {
    /// Pseudonym and password do not fit, or the account is disabled.
    Wrong,
    /// The form was open for too long, was used already, or is none of ours. Nothing was compared.
    FormExpired,
    /// Too many sign in at once, or somebody guesses at this pseudonym. Nothing was compared.
    Busy {
        /// After how many seconds another attempt makes sense.
        seconds: i64,
    },
}

/// A session, as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenSession {
    /// What names it on a page; it lets nobody in.
    pub id: String,
    /// Since when it is open.
    pub since: i64,
    /// When it was last used, to a few minutes.
    pub used_at: i64,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// An attempt at a password: whose, and in which queue it waits.
struct Attempt<'a> {
    pseudonym: &'a str,
    folded: &'a str,
    /// What failures are counted under.
    counter: String,
    lane: Lane,
    class: Class,
    form: Option<String>,
    opened_at: i64,
}

impl Store {
    /// Sets how long sessions last. Only the first call counts; without one, the default holds.
    pub fn set_session_times(&self, times: SessionTimes) {
        // Where somebody was first, theirs stay.
        let _ = self.sign_ins.times.set(times);
    }

    /// How long sessions last.
    pub fn session_times(&self) -> SessionTimes {
        self.sign_ins.times.get().copied().unwrap_or_default()
    }

    /// Signs somebody in who does not come by a form: a program that has opened the database itself.
    pub async fn sign_in(
        &self,
        pseudonym: &str,
        password: &str,
    ) -> Result<Result<SignedIn, SignInRefusal>, Error> {
        let folded = counted_name(pseudonym);
        let attempt = Attempt {
            pseudonym,
            folded: &folded,
            counter: String::new(),
            lane: Lane::Strangers,
            class: Class::Local,
            form: None,
            opened_at: 0,
        };
        let keep = |_: &account::Model| DeviceWish::Unchanged;
        self.enter(attempt, password, None, keep).await
    }

    /// Signs somebody in who has sent the form.
    pub async fn sign_in_by_form(
        &self,
        sent: SignIn<'_>,
    ) -> Result<Result<SignedIn, SignInRefusal>, Error> {
        let Some(form) = self.sent_form(sent.form, sent.peer).await? else {
            return Ok(Err(SignInRefusal::FormExpired));
        };
        let folded = counted_name(sent.pseudonym);
        let device = self.known_device(sent.device).await?;
        let own = match &device {
            Some(device) => {
                let row = account_of(&self.connection, sent.pseudonym).await?;
                row.is_some_and(|row| row.id == device.account)
            }
            None => false,
        };
        // Of no use to anybody any more, it need not stay in the browser.
        let is_stale = sent.device.is_some() && device.is_none();
        let own = device.filter(|_| own);
        let (counter, lane, class) = match &own {
            Some(own) => (
                own.id_hash.clone(),
                Lane::Known,
                Class::Account(own.account),
            ),
            None => (String::new(), Lane::Strangers, Class::Peer(sent.peer)),
        };
        let attempt = Attempt {
            pseudonym: sent.pseudonym,
            folded: &folded,
            counter,
            lane,
            class,
            form: Some(form.number.clone()),
            opened_at: form.opened_at,
        };
        let wish = |_: &account::Model| match (own, sent.own_device) {
            (Some(own), true) => DeviceWish::Used(own.id_hash),
            (Some(own), false) => DeviceWish::Forgotten(own.id_hash),
            (None, true) => DeviceWish::New,
            (None, false) if is_stale => DeviceWish::Stale,
            (None, false) => DeviceWish::Unchanged,
        };
        self.enter(attempt, sent.password, Some(form), wish).await
    }

    async fn enter(
        &self,
        attempt: Attempt<'_>,
        password: &str,
        form: Option<crate::store::people::sign_in_forms::SentForm>,
        wish: impl FnOnce(&account::Model) -> DeviceWish,
    ) -> Result<Result<SignedIn, SignInRefusal>, Error> {
        let turn = match self.turn_at(&attempt).await? {
            Ok(turn) => turn,
            Err(refusal) => return Ok(Err(refusal)),
        };
        // Spent only now: whoever was told to come again may send the same form, and comes before newer ones.
        if form.is_some_and(|form| !self.sign_ins.spent_forms.spend(&form)) {
            return Ok(Err(SignInRefusal::FormExpired));
        }
        let row = account_of(&self.connection, attempt.pseudonym).await?;
        let hash = row.as_ref().map(|row| row.password_hash.clone());
        let fits = self.verify(turn, password, hash).await?;
        let about = row.as_ref().map(|row| row.pseudonym.clone());
        let Some(row) = row.filter(|row| fits && !row.disabled) else {
            // A pseudonym that nobody goes by may be a password in the wrong field: it is not written down.
            self.note_failure(SecurityKind::SignInFailed, "", &about.unwrap_or_default())
                .await?;
            return Ok(Err(SignInRefusal::Wrong));
        };
        let token = crate::store::random::token()?;
        let change = self.begin(&Actor::command_line()).await?;
        // Comparing takes a while, and meanwhile the account may have been disabled or given another password.
        let still = account::Entity::find_by_id(row.id).one(&change.tx).await?;
        let Some(row) = still.filter(|now| !now.disabled && now.password_hash == row.password_hash)
        else {
            return Ok(Err(SignInRefusal::Wrong));
        };
        let now = change.now();
        let (idle, longest) = self.limits();
        session::Entity::delete_many()
            .filter(
                Condition::any()
                    .add(session::Column::UsedAt.lt(now - idle - REMEMBERED))
                    .add(session::Column::CreatedAt.lt(now - longest - REMEMBERED)),
            )
            .exec(&change.tx)
            .await?;
        sign_in_failure::Entity::delete_by_id((attempt.folded.to_owned(), attempt.counter))
            .exec(&change.tx)
            .await?;
        let new = session::ActiveModel {
            token_hash: Set(hash_of(&token)),
            account_id: Set(row.id),
            created_at: Set(now),
            used_at: Set(now),
        };
        session::Entity::insert(new)
            .exec_without_returning(&change.tx)
            .await?;
        let wish = wish(&row);
        let is_known = matches!(wish, DeviceWish::Used(_));
        let device = self.grant(&change.tx, wish, &row).await?;
        let about = if is_known { "known browser" } else { "" };
        security_log::note(&change.tx, SecurityKind::SignedIn, &row.pseudonym, about).await?;
        change.commit_unrecorded().await?;
        Ok(Ok(SignedIn {
            token,
            account: Account::from(row),
            device,
        }))
    }

    /// Does with the cookie of a known browser what was wished for.
    async fn grant(
        &self,
        db: &impl ConnectionTrait,
        wish: DeviceWish,
        row: &account::Model,
    ) -> Result<DeviceCookie, Error> {
        Ok(match wish {
            DeviceWish::Unchanged => DeviceCookie::Unchanged,
            DeviceWish::Stale => DeviceCookie::Removed,
            DeviceWish::Used(id_hash) => {
                device::Entity::update_many()
                    .col_expr(device::Column::UsedAt, Expr::value(crate::store::now()))
                    .filter(device::Column::IdHash.eq(id_hash))
                    .exec(db)
                    .await?;
                DeviceCookie::Unchanged
            }
            DeviceWish::Forgotten(id_hash) => {
                device::Entity::delete_by_id(id_hash).exec(db).await?;
                security_log::note(db, SecurityKind::DeviceForgotten, &row.pseudonym, "").await?;
                DeviceCookie::Removed
            }
            DeviceWish::New => {
                let value = self.remember_device(db, row.id).await?;
                security_log::note(db, SecurityKind::DeviceRemembered, &row.pseudonym, "").await?;
                DeviceCookie::Set(value)
            }
        })
    }

    /// Compares the present password of somebody who is signed in, in the queue of known browsers and under a count of
    /// its own: guesses of others do not delay it, and a stolen session cannot guess faster than anybody else.
    pub(crate) async fn confirm_password(
        &self,
        account: &Account,
        present: &str,
    ) -> Result<Result<String, SignInRefusal>, Error> {
        let folded = counted_name(&account.pseudonym);
        let attempt = Attempt {
            pseudonym: &account.pseudonym,
            folded: &folded,
            counter: SESSION.to_owned(),
            lane: Lane::Known,
            class: Class::Account(account.id),
            form: None,
            opened_at: 0,
        };
        let turn = match self.turn_at(&attempt).await? {
            Ok(turn) => turn,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let row = account::Entity::find_by_id(account.id)
            .one(&self.connection)
            .await?;
        let Some(row) = row.filter(|row| !row.disabled) else {
            return Ok(Err(SignInRefusal::Wrong));
        };
        if self
            .verify(turn, present, Some(row.password_hash.clone()))
            .await?
        {
            let change = self.begin(&Actor::command_line()).await?;
            sign_in_failure::Entity::delete_by_id((folded, SESSION.to_owned()))
                .exec(&change.tx)
                .await?;
            change.commit_unrecorded().await?;
            return Ok(Ok(row.password_hash));
        }
        self.note_failure(SecurityKind::PasswordChangeFailed, &account.pseudonym, "")
            .await?;
        Ok(Err(SignInRefusal::Wrong))
    }

    async fn note_failure(&self, kind: SecurityKind, who: &str, about: &str) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        security_log::note(&change.tx, kind, who, about).await?;
        change.commit_unrecorded().await
    }

    /// Waits for a turn at a pseudonym's pace, and counts the attempt as a failure before it is looked at: attempts made
    /// all at once would otherwise all pass while none has failed yet. Success takes it back.
    async fn turn_at(&self, attempt: &Attempt<'_>) -> Result<Result<Turn, SignInRefusal>, Error> {
        let deadline = Instant::now() + self.session_times().patience;
        loop {
            let known = failures(&self.connection, attempt).await?;
            let now = crate::store::now();
            let wait = known
                .as_ref()
                .map_or(0, |known| known.last_at + pace(known.failures) - now);
            let pace = pace(known.map_or(0, |known| known.failures));
            let millis = |time: i64| Duration::from_millis(u64::try_from(time).unwrap_or_default());
            // Its time would not come.
            if wait > 0 && Instant::now() + millis(wait) > deadline {
                return Ok(Err(busy(wait)));
            }
            let entrant = Entrant {
                lane: attempt.lane,
                class: attempt.class,
                form: attempt.form.clone(),
                opened_at: attempt.opened_at,
                name: format!("{} {}", attempt.counter, attempt.folded),
                wait: millis(wait),
                pace: millis(pace),
                deadline,
            };
            let turn = match self.sign_ins.queue.turn(entrant).await {
                Ok(turn) => turn,
                Err(Full) => return Ok(Err(busy(wait.max(pace)))),
            };
            if self.count_attempt(attempt).await? {
                return Ok(Ok(turn));
            }
            // Others were first, here or in another process: the pace is another one now.
            drop(turn);
        }
    }

    /// Counts an attempt, unless it comes before its time.
    async fn count_attempt(&self, attempt: &Attempt<'_>) -> Result<bool, Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let now = change.now();
        let known = failures(&change.tx, attempt).await?;
        if known
            .as_ref()
            .is_some_and(|known| known.last_at + (pace(known.failures) - SLACK).max(0) > now)
        {
            return Ok(false);
        }
        // Old failures are forgotten, and with them names that never existed.
        sign_in_failure::Entity::delete_many()
            .filter(sign_in_failure::Column::LastAt.lt(now - FORGOTTEN))
            .exec(&change.tx)
            .await?;
        let row = sign_in_failure::ActiveModel {
            pseudonym_folded: Set(attempt.folded.to_owned()),
            device: Set(attempt.counter.clone()),
            failures: Set(known.map_or(0, |known| known.failures).saturating_add(1)),
            last_at: Set(now),
        };
        let over = OnConflict::columns([
            sign_in_failure::Column::PseudonymFolded,
            sign_in_failure::Column::Device,
        ])
        .update_columns([
            sign_in_failure::Column::Failures,
            sign_in_failure::Column::LastAt,
        ])
        .to_owned();
        sign_in_failure::Entity::insert(row)
            .on_conflict(over)
            .exec_without_returning(&change.tx)
            .await?;
        change.commit_unrecorded().await?;
        Ok(true)
    }

    /// Who a cookie's token belongs to; nobody if it is unknown, has expired or its account is disabled.
    pub async fn signed_in(&self, token: &str) -> Result<Option<Account>, Error> {
        let now = crate::store::now();
        let found = session::Entity::find_by_id(hash_of(token))
            .find_also_related(account::Entity)
            .one(&self.connection)
            .await?;
        let Some((session, Some(row))) = found else {
            return Ok(None);
        };
        let (idle, longest) = self.limits();
        if session.used_at < now - idle || session.created_at < now - longest {
            return Ok(None);
        }
        // Written down every few minutes only: a write per request would be a write per page.
        if session.used_at < now - (idle / 8).min(5 * MINUTE) {
            let change = self.begin(&Actor::command_line()).await?;
            session::Entity::update_many()
                .col_expr(session::Column::UsedAt, Expr::value(now))
                .filter(session::Column::TokenHash.eq(&session.token_hash))
                .exec(&change.tx)
                .await?;
            change.commit_unrecorded().await?;
        }
        let account = Account::from(row);
        Ok((!account.disabled).then_some(account))
    }

    /// Returns true if a cookie's token belongs to a session that was ended: by signing out, by signing in
    /// anew, or with its account. False if it only timed out.
    pub async fn is_session_ended(&self, token: &str) -> Result<bool, Error> {
        let found = session::Entity::find_by_id(hash_of(token))
            .find_also_related(account::Entity)
            .one(&self.connection)
            .await?;
        Ok(!matches!(found, Some((_, Some(account))) if !account.disabled))
    }

    /// Signs a browser out.
    pub async fn sign_out(&self, token: &str) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let hash = hash_of(token);
        if let Some(row) = session::Entity::find_by_id(&hash).one(&change.tx).await? {
            let who = account::Entity::find_by_id(row.account_id)
                .one(&change.tx)
                .await?;
            let who = who.map(|who| who.pseudonym).unwrap_or_default();
            security_log::note(&change.tx, SecurityKind::SignedOut, &who, "").await?;
        }
        session::Entity::delete_by_id(hash).exec(&change.tx).await?;
        change.commit_unrecorded().await
    }

    /// The open sessions of an account, the last used first. `token` is that of the session that asks.
    pub async fn sessions(&self, account: i64, token: &str) -> Result<Vec<OpenSession>, Error> {
        let now = crate::store::now();
        let (idle, longest) = self.limits();
        let rows = session::Entity::find()
            .filter(session::Column::AccountId.eq(account))
            .filter(session::Column::UsedAt.gte(now - idle))
            .filter(session::Column::CreatedAt.gte(now - longest))
            .order_by_desc(session::Column::UsedAt)
            .all(&self.connection)
            .await?;
        let this = hash_of(token);
        let sessions = rows.into_iter().map(|row| OpenSession {
            is_this: row.token_hash == this,
            id: short(&row.token_hash),
            since: row.created_at,
            used_at: row.used_at,
        });
        Ok(sessions.collect())
    }

    /// Ends one of somebody's sessions.
    pub async fn end_session(&self, account: &Account, id: &str) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let ended = session::Entity::delete_many()
            .filter(session::Column::AccountId.eq(account.id))
            .filter(session::Column::TokenHash.starts_with(whole_id(id)?))
            .exec(&change.tx)
            .await?;
        if ended.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        security_log::note(
            &change.tx,
            SecurityKind::SessionEnded,
            &account.pseudonym,
            "",
        )
        .await?;
        change.commit_unrecorded().await
    }

    /// Ends all of somebody's sessions but the one with this token.
    pub async fn end_other_sessions(&self, account: &Account, token: &str) -> Result<u64, Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let ended = session::Entity::delete_many()
            .filter(session::Column::AccountId.eq(account.id))
            .filter(session::Column::TokenHash.ne(hash_of(token)))
            .exec(&change.tx)
            .await?;
        security_log::note(
            &change.tx,
            SecurityKind::OtherSessionsEnded,
            &account.pseudonym,
            "",
        )
        .await?;
        change.commit_unrecorded().await?;
        Ok(ended.rows_affected)
    }

    /// Forgets one of somebody's known browsers.
    pub async fn forget_device(&self, account: &Account, id: &str) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let forgotten = device::Entity::delete_many()
            .filter(device::Column::AccountId.eq(account.id))
            .filter(device::Column::IdHash.starts_with(whole_id(id)?))
            .exec(&change.tx)
            .await?;
        if forgotten.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        security_log::note(
            &change.tx,
            SecurityKind::DeviceForgotten,
            &account.pseudonym,
            "",
        )
        .await?;
        change.commit_unrecorded().await
    }

    /// Idle and longest time of sessions, in milliseconds.
    fn limits(&self) -> (i64, i64) {
        let times = self.session_times();
        let millis = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2);
        (millis(times.idle), millis(times.longest))
    }
}

/// What a sign-in asks for with regard to the browser.
enum DeviceWish {
    Unchanged,
    Stale,
    Used(String),
    Forgotten(String),
    New,
}

/// A pseudonym as failures are counted under, whatever was typed.
fn counted_name(pseudonym: &str) -> String {
    pseudonyms::folded(pseudonym).chars().take(200).collect()
}

/// The account of a pseudonym.
pub(crate) async fn account_of(
    db: &impl ConnectionTrait,
    pseudonym: &str,
) -> Result<Option<account::Model>, Error> {
    Ok(account::Entity::find()
        .filter(account::Column::PseudonymFolded.is_in([
            pseudonyms::folded(pseudonym),
            pseudonyms::folded_as_written(pseudonym),
        ]))
        .one(db)
        .await?)
}

/// The failures that count still.
async fn failures(
    db: &impl ConnectionTrait,
    attempt: &Attempt<'_>,
) -> Result<Option<sign_in_failure::Model>, Error> {
    let key = (attempt.folded.to_owned(), attempt.counter.clone());
    let known = sign_in_failure::Entity::find_by_id(key).one(db).await?;
    Ok(known.filter(|known| known.last_at >= crate::store::now() - FORGOTTEN))
}

/// The time between two attempts after that many failures, in milliseconds.
fn pace(failures: i32) -> i64 {
    match u32::try_from(failures - settings::FREE_SIGN_IN_FAILURES) {
        Ok(more) => (settings::SIGN_IN_PACE_MIN << more.min(10)).min(settings::SIGN_IN_PACE_MAX),
        Err(_) => 0,
    }
}

/// Come again when the pseudonym's pace allows, or when the queue may be shorter.
fn busy(wait: i64) -> SignInRefusal {
    SignInRefusal::Busy {
        seconds: wait
            .div_euclid(1_000)
            .clamp(0, settings::SIGN_IN_PACE_MAX / 1_000)
            + 5,
    }
}

/// Forgets the failures of a pseudonym, wherever they were counted.
pub(crate) async fn forget_failures(
    db: &impl ConnectionTrait,
    pseudonym: &str,
) -> Result<(), Error> {
    sign_in_failure::Entity::delete_many()
        .filter(sign_in_failure::Column::PseudonymFolded.eq(counted_name(pseudonym)))
        .exec(db)
        .await?;
    Ok(())
}

/// The token is random, so one round of SHA-256 keeps it from being read back.
pub(crate) fn hash_of(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// The beginning of a hash, which names a session or a browser on a page.
pub(crate) fn short(hash: &str) -> String {
    hash.chars().take(16).collect()
}

/// What [`short`] made; a shorter one would name several.
fn whole_id(id: &str) -> Result<&str, Error> {
    let is_whole = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_whole {
        Ok(id)
    } else {
        Err(Error::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_get_slower_to_a_limit() {
        assert_eq!(pace(0), 0);
        assert_eq!(pace(4), 0);
        assert_eq!(pace(5), settings::SIGN_IN_PACE_MIN);
        assert_eq!(pace(6), 2 * settings::SIGN_IN_PACE_MIN);
        assert_eq!(pace(9), settings::SIGN_IN_PACE_MAX);
        assert_eq!(pace(i32::MAX), settings::SIGN_IN_PACE_MAX);
        // Some thousands a day, and never so slow that a right password has to give up.
        let day = 24 * 60 * MINUTE;
        assert!(day / settings::SIGN_IN_PACE_MAX < 5_000);
        let patience = SessionTimes::default().patience.as_millis();
        assert!(u128::try_from(settings::SIGN_IN_PACE_MAX).unwrap() < patience);
    }
}
