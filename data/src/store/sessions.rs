//! Signing in and out.
//!
//! The cookie holds a random token, the database only its hash. Role and shutting out are looked up with
//! every request, so what is taken away is gone at once. Repeated failures close a *pseudonym* for a
//! while, known or not, whatever address they come from.

use super::entities::{account, session, sign_in_failure};
use super::{Account, Actor, Error, Store, accounts, history};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter,
    QuerySelect,
};
use sha2::{Digest, Sha256};

const MINUTE: i64 = 60 * 1_000;
const IDLE: i64 = 12 * 60 * MINUTE;
const LONGEST: i64 = 7 * 24 * 60 * MINUTE;
/// For so long a session that timed out is told from one that was ended.
const REMEMBERED: i64 = 30 * 24 * 60 * MINUTE;
/// Failures that cost nothing.
const FREE_FAILURES: i32 = 5;
const LONGEST_LOCK: i64 = 15 * MINUTE;

/// A successful sign-in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// What the cookie holds.
    pub token: String,
    /// Who it is.
    pub account: Account,
}

/// Why somebody was not let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignInRefusal {
    /// Pseudonym and password do not fit, or the account is shut.
    Wrong,
    /// Too many failures: closed for this many minutes.
    Locked {
        /// Minutes until it opens, at least 1.
        minutes: i64,
    },
}

impl Store {
    /// Signs somebody in.
    pub async fn sign_in(
        &self,
        pseudonym: &str,
        password: &str,
    ) -> Result<Result<SignedIn, SignInRefusal>, Error> {
        let folded: String = accounts::folded(pseudonym).chars().take(200).collect();
        if let Some(minutes) = self.count_attempt(&folded).await? {
            return Ok(Err(SignInRefusal::Locked { minutes }));
        }
        let row = account::Entity::find()
            .filter(account::Column::PseudonymFolded.eq(&folded))
            .one(&self.connection)
            .await?;
        let hash = row.as_ref().map(|row| row.password_hash.clone());
        let fits = self.verify(password, hash).await?;
        let Some(row) = row.filter(|row| fits && !row.disabled) else {
            return Ok(Err(SignInRefusal::Wrong));
        };
        let token = random_token()?;
        let change = self.begin(&Actor::command_line()).await?;
        // Comparing takes a while, and meanwhile they may have been shut out or given another password.
        let still = account::Entity::find_by_id(row.id).one(&change.tx).await?;
        let Some(row) = still.filter(|now| !now.disabled && now.password_hash == row.password_hash)
        else {
            return Ok(Err(SignInRefusal::Wrong));
        };
        let now = change.now();
        session::Entity::delete_many()
            .filter(
                Condition::any()
                    .add(session::Column::UsedAt.lt(now - IDLE - REMEMBERED))
                    .add(session::Column::CreatedAt.lt(now - LONGEST - REMEMBERED)),
            )
            .exec(&change.tx)
            .await?;
        forget_failures(&change.tx, &folded).await?;
        let new = session::ActiveModel {
            token_hash: Set(hash_of(&token)),
            account_id: Set(row.id),
            created_at: Set(now),
            used_at: Set(now),
        };
        session::Entity::insert(new)
            .exec_without_returning(&change.tx)
            .await?;
        change.commit_unrecorded().await?;
        Ok(Ok(SignedIn {
            token,
            account: Account::try_from(row)?,
        }))
    }

    /// Who a cookie's token belongs to; nobody if it is unknown, has expired or its account is shut.
    pub async fn signed_in(&self, token: &str) -> Result<Option<Account>, Error> {
        let now = super::now();
        let of_account = session::Entity::belongs_to(account::Entity)
            .from(session::Column::AccountId)
            .to(account::Column::Id);
        let found = session::Entity::find_by_id(hash_of(token))
            .join(JoinType::InnerJoin, of_account.into())
            .select_also(account::Entity)
            .one(&self.connection)
            .await?;
        let Some((session, Some(row))) = found else {
            return Ok(None);
        };
        if session.used_at < now - IDLE || session.created_at < now - LONGEST {
            return Ok(None);
        }
        // Written down every few minutes only: a write per request would be a write per page.
        if session.used_at < now - 5 * MINUTE {
            let change = self.begin(&Actor::command_line()).await?;
            session::Entity::update_many()
                .col_expr(session::Column::UsedAt, Expr::value(now))
                .filter(session::Column::TokenHash.eq(&session.token_hash))
                .exec(&change.tx)
                .await?;
            change.commit_unrecorded().await?;
        }
        let account = Account::try_from(row)?;
        Ok((!account.disabled).then_some(account))
    }

    /// Returns true if a cookie's token belongs to a session that was ended: by signing out, by signing in
    /// anew, or with its account. False if it only timed out.
    pub async fn is_session_ended(&self, token: &str) -> Result<bool, Error> {
        let of_account = session::Entity::belongs_to(account::Entity)
            .from(session::Column::AccountId)
            .to(account::Column::Id);
        let found = session::Entity::find_by_id(hash_of(token))
            .join(JoinType::InnerJoin, of_account.into())
            .select_also(account::Entity)
            .one(&self.connection)
            .await?;
        Ok(!matches!(found, Some((_, Some(account))) if !account.disabled))
    }

    /// Signs a browser out.
    pub async fn sign_out(&self, token: &str) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        session::Entity::delete_by_id(hash_of(token))
            .exec(&change.tx)
            .await?;
        change.commit_unrecorded().await
    }

    /// Counts an attempt as a failure, before it is looked at: attempts made all at once would otherwise
    /// all pass while none has failed yet. Success takes it back. Where the pseudonym is closed nothing
    /// is counted, and these are the minutes that it stays so.
    async fn count_attempt(&self, folded: &str) -> Result<Option<i64>, Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let now = change.now();
        let known = sign_in_failure::Entity::find_by_id(folded)
            .one(&change.tx)
            .await?;
        if let Some(known) = &known {
            let opens = known.last_at + lock(known.failures);
            if opens > now {
                return Ok(Some((opens - now).div_euclid(MINUTE) + 1));
            }
        }
        // Old failures are forgotten, and with them names that never existed.
        sign_in_failure::Entity::delete_many()
            .filter(sign_in_failure::Column::LastAt.lt(now - 4 * LONGEST_LOCK))
            .exec(&change.tx)
            .await?;
        let known = known.filter(|known| known.last_at >= now - 4 * LONGEST_LOCK);
        let row = sign_in_failure::ActiveModel {
            pseudonym_folded: Set(folded.to_owned()),
            failures: Set(known.map_or(0, |known| known.failures).saturating_add(1)),
            last_at: Set(now),
        };
        let over = OnConflict::column(sign_in_failure::Column::PseudonymFolded)
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
        Ok(None)
    }
}

/// How long a pseudonym is closed after that many failures: half a minute after the free ones, doubled
/// with each more, a quarter of an hour at most.
fn lock(failures: i32) -> i64 {
    match u32::try_from(failures - FREE_FAILURES) {
        Ok(more) => ((MINUTE / 2) << more.min(10)).min(LONGEST_LOCK),
        Err(_) => 0,
    }
}

/// Forgets the failures of a pseudonym.
pub(super) async fn forget_failures(db: &impl ConnectionTrait, folded: &str) -> Result<(), Error> {
    sign_in_failure::Entity::delete_by_id(folded)
        .exec(db)
        .await?;
    Ok(())
}

/// 256 random bits in hexadecimal.
pub(super) fn random_token() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::System(error.to_string()))?;
    Ok(history::hex(&bytes))
}

/// The token is random, so one round of SHA-256 keeps it from being read back.
fn hash_of(token: &str) -> String {
    history::hex(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_grow_and_end() {
        assert_eq!(lock(0), 0);
        assert_eq!(lock(4), 0);
        assert_eq!(lock(5), MINUTE / 2);
        assert_eq!(lock(6), MINUTE);
        assert_eq!(lock(11), LONGEST_LOCK);
        assert_eq!(lock(i32::MAX), LONGEST_LOCK);
    }
}
