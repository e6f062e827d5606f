//! Who may sign in: a pseudonym, a password's hash and a role. No name and no address is ever asked.

use super::entities::{account, draft, session, upload};
use super::{Actor, Error, NewEvent, Store, history};
use crate::domain::{Message, Role};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use unicode_normalization::char::is_combining_mark;

/// Kinds of events. What they say is a pseudonym, or a pseudonym and a role.
pub(super) const ADDED: &str = "account-added";
pub(super) const DISABLED: &str = "account-disabled";
pub(super) const RESET: &str = "account-reset";
pub(super) const ROLE_CHANGED: &str = "account-role-changed";
pub(super) const REMOVED: &str = "account-removed";

/// Somebody who may sign in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Its row in the database.
    pub id: i64,
    /// The name that it goes by here.
    pub pseudonym: String,
    /// What it may do.
    pub role: Role,
    /// Whether it is shut out.
    pub disabled: bool,
}

/// Where a new password comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NewPassword {
    /// Made up here, 20 letters and digits, and returned once.
    Generated,
    /// Given, at least 12 characters.
    Given(String),
}

/// OWASP's advice for Argon2id is at least 19 MiB and two passes; this is three times the memory, and
/// still well under a tenth of a second for one who knows the password.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 2;
const PASSWORD_MIN: usize = 12;
const PASSWORD_MAX: usize = 1_000;

impl Store {
    /// Everybody, by pseudonym.
    pub async fn accounts(&self) -> Result<Vec<Account>, Error> {
        all(&self.connection).await
    }

    /// Adds somebody; the password they sign in with.
    pub async fn add_account(
        &self,
        actor: &Actor,
        pseudonym: &str,
        role: Role,
        password: NewPassword,
    ) -> Result<String, Error> {
        let pseudonym = pseudonym.trim();
        let folded = folded(pseudonym);
        // Nothing that a page, a list or a command line could take for something else.
        let plain = |c: char| c.is_alphanumeric() || is_combining_mark(c) || "._-".contains(c);
        if !folded.contains(char::is_alphanumeric)
            || !pseudonym.chars().all(plain)
            || pseudonym.chars().count() > 60
        {
            return Err(Message::new("account-pseudonym-unfit")
                .with("max", 60)
                .into());
        }
        let (password, hash) = self.hash(password).await?;
        let mut change = self.begin(actor).await?;
        let taken = account::Entity::find()
            .filter(account::Column::PseudonymFolded.eq(&folded))
            .one(&change.tx)
            .await?;
        if taken.is_some() {
            return Err(Message::new("account-pseudonym-taken")
                .with("name", pseudonym)
                .into());
        }
        let row = account::ActiveModel {
            pseudonym: Set(pseudonym.to_owned()),
            pseudonym_folded: Set(folded),
            password_hash: Set(hash),
            role: Set(role.code().to_owned()),
            disabled: Set(false),
            created_at: Set(change.now()),
            ..Default::default()
        };
        account::Entity::insert(row)
            .exec_without_returning(&change.tx)
            .await?;
        let after = history::json(&serde_json::json!([pseudonym, role]));
        let event = NewEvent {
            kind: ADDED,
            after: Some(after),
            ..Default::default()
        };
        change.record(vec![event]).await?;
        change.commit().await?;
        Ok(password)
    }

    /// Shuts somebody out, at once and on every browser.
    pub async fn disable_account(&self, actor: &Actor, pseudonym: &str) -> Result<(), Error> {
        let alter = |row: &mut account::ActiveModel| row.disabled = Set(true);
        self.alter(actor, pseudonym, DISABLED, alter).await
    }

    /// Gives somebody a new password, lets them in again, and signs them out everywhere.
    pub async fn reset_account(
        &self,
        actor: &Actor,
        pseudonym: &str,
        password: NewPassword,
    ) -> Result<String, Error> {
        let (password, hash) = self.hash(password).await?;
        self.alter(actor, pseudonym, RESET, |row| {
            row.password_hash = Set(hash);
            row.disabled = Set(false);
        })
        .await?;
        Ok(password)
    }

    /// Gives somebody another role. It holds from their next request on.
    pub async fn set_role(&self, actor: &Actor, pseudonym: &str, role: Role) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let row = find(&change.tx, pseudonym).await?;
        if row.role == role.code() {
            return Ok(());
        }
        let altered = account::ActiveModel {
            id: Set(row.id),
            role: Set(role.code().to_owned()),
            ..Default::default()
        };
        account::Entity::update(altered).exec(&change.tx).await?;
        change
            .record(vec![NewEvent {
                kind: ROLE_CHANGED,
                before: Some(history::json(&(&row.pseudonym, &row.role))),
                after: Some(history::json(&(&row.pseudonym, role))),
                ..Default::default()
            }])
            .await?;
        change.commit().await
    }

    /// Forgets somebody, with what they left unfinished. The history keeps the pseudonym.
    pub async fn remove_account(&self, actor: &Actor, pseudonym: &str) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let row = find(&change.tx, pseudonym).await?;
        session::Entity::delete_many()
            .filter(session::Column::AccountId.eq(row.id))
            .exec(&change.tx)
            .await?;
        draft::Entity::delete_many()
            .filter(draft::Column::AccountId.eq(row.id))
            .exec(&change.tx)
            .await?;
        upload::Entity::delete_many()
            .filter(upload::Column::AccountId.eq(row.id))
            .exec(&change.tx)
            .await?;
        account::Entity::delete_by_id(row.id)
            .exec(&change.tx)
            .await?;
        let after = Some(history::json(&row.pseudonym));
        change
            .record(vec![NewEvent {
                kind: REMOVED,
                after,
                ..Default::default()
            }])
            .await?;
        change.commit().await
    }

    /// Alters somebody and signs them out everywhere.
    async fn alter(
        &self,
        actor: &Actor,
        pseudonym: &str,
        kind: &'static str,
        alter: impl FnOnce(&mut account::ActiveModel),
    ) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let row = find(&change.tx, pseudonym).await?;
        let mut altered = account::ActiveModel {
            id: Set(row.id),
            ..Default::default()
        };
        alter(&mut altered);
        account::Entity::update(altered).exec(&change.tx).await?;
        session::Entity::delete_many()
            .filter(session::Column::AccountId.eq(row.id))
            .exec(&change.tx)
            .await?;
        super::sessions::forget_failures(&change.tx, &row.pseudonym_folded).await?;
        let after = Some(history::json(&row.pseudonym));
        change
            .record(vec![NewEvent {
                kind,
                after,
                ..Default::default()
            }])
            .await?;
        change.commit().await
    }

    async fn hash(&self, password: NewPassword) -> Result<(String, String), Error> {
        let password = match password {
            NewPassword::Generated => generated_password()?,
            NewPassword::Given(password) => password,
        };
        let length = password.chars().count();
        if length < PASSWORD_MIN || password.len() > PASSWORD_MAX {
            let message = Message::new("account-password-unfit");
            return Err(message
                .with("min", PASSWORD_MIN)
                .with("max", PASSWORD_MAX)
                .into());
        }
        let hash = self
            .with_hashing(password.clone(), |argon, password| {
                argon
                    .hash_password(password.as_bytes())
                    .map(|hash| hash.to_string())
            })
            .await?
            .map_err(|error| Error::System(error.to_string()))?;
        Ok((password, hash))
    }

    /// Whether a password fits a hash. Takes as long for a hash that is none.
    pub(super) async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, Error> {
        // Longer ones cannot have been set; hashing them would only burn time.
        if password.len() > PASSWORD_MAX {
            return Ok(false);
        }
        self.with_hashing(password.to_owned(), move |argon, password| {
            let Some(hash) = hash else {
                let _ = argon.hash_password(password.as_bytes());
                return false;
            };
            PasswordHash::new(&hash)
                .is_ok_and(|hash| argon.verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    async fn with_hashing<T: Send + 'static>(
        &self,
        password: String,
        compute: impl FnOnce(&Argon2<'_>, &str) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let system = |error: &dyn std::fmt::Display| Error::System(error.to_string());
        let _turn = self
            .hashing
            .acquire()
            .await
            .map_err(|error| system(&error))?;
        let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|error| system(&error))?;
        tokio::task::spawn_blocking(move || {
            let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            compute(&argon, &password)
        })
        .await
        .map_err(|error| system(&error))
    }
}

/// Everybody, by pseudonym.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Account>, Error> {
    let rows = account::Entity::find()
        .order_by_asc(account::Column::PseudonymFolded)
        .all(db)
        .await?;
    rows.into_iter().map(Account::try_from).collect()
}

/// The number of a pseudonym's account, if it has one.
pub(super) async fn of_pseudonym(
    db: &impl ConnectionTrait,
    pseudonym: &str,
) -> Result<Option<i64>, Error> {
    let row = account::Entity::find()
        .filter(account::Column::Pseudonym.eq(pseudonym))
        .one(db)
        .await?;
    Ok(row.map(|row| row.id))
}

/// The row of a pseudonym.
async fn find(db: &impl ConnectionTrait, pseudonym: &str) -> Result<account::Model, Error> {
    account::Entity::find()
        .filter(account::Column::PseudonymFolded.eq(folded(pseudonym)))
        .one(db)
        .await?
        .ok_or_else(|| {
            Message::new("account-unknown")
                .with("name", pseudonym)
                .into()
        })
}

/// The form in which pseudonyms are compared: whatever the case, and the blanks around and between.
pub(super) fn folded(pseudonym: &str) -> String {
    super::without_nul(pseudonym)
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Letters and digits that are not mistaken for each other, about 114 bits of them.
fn generated_password() -> Result<String, Error> {
    const LETTERS: &[u8; 54] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ234567";
    let mut password = String::new();
    while password.len() < 20 {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| Error::System(error.to_string()))?;
        for byte in bytes {
            // Bytes past the last whole multiple would make the first letters likelier.
            if let Some(letter) = LETTERS.get(usize::from(byte) % LETTERS.len())
                && byte < 216
                && password.len() < 20
            {
                password.push(char::from(*letter));
            }
        }
    }
    Ok(password)
}

impl TryFrom<account::Model> for Account {
    type Error = Error;

    fn try_from(row: account::Model) -> Result<Self, Error> {
        let role = Role::parse(&row.role).ok_or(Error::Corrupt(row.role))?;
        Ok(Self {
            id: row.id,
            pseudonym: row.pseudonym,
            role,
            disabled: row.disabled,
        })
    }
}
