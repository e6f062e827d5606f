//! Who may sign in: a pseudonym, a password's hash and a role. No name and no address is ever asked.

use crate::domain::{EventKind, Role, refusals};
use crate::settings;
use crate::store::entities::{account, device, draft, event, saved_view, session, upload};
use crate::store::history::events;
use crate::store::people::hashing::{Class, Entrant, Lane, Turn};
use crate::store::people::{password_rules, pseudonyms, sessions};
use crate::store::{Actor, Conflict, Error, Event, SignInRefusal, Store};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use std::time::Duration;
use tokio::time::Instant;
use unicode_normalization::UnicodeNormalization as _;

refusals! {
    /// Why an account is not added or changed.
    pub enum AccountRefusal {
        /// The pseudonym is empty, too long, or holds a character that none may hold.
        PseudonymUnfit { max: usize } => "account-pseudonym-unfit",
        /// The pseudonym mixes letters of several scripts.
        PseudonymMixed => "account-pseudonym-mixed",
        /// Another account has the pseudonym.
        PseudonymTaken { name: String } => "account-pseudonym-taken",
        /// An account of the past had the pseudonym.
        PseudonymUsed { name: String } => "account-pseudonym-used",
        /// The pseudonym looks like another one.
        PseudonymAlike { name: String, other: String } => "account-pseudonym-alike",
        /// The new password is the present one.
        PasswordSame => "account-password-same",
        /// Too many passwords are being hashed at the moment.
        HashingBusy => "account-hashing-busy",
        /// The password is too short or too long.
        PasswordUnfit { min: usize, max: usize } => "account-password-unfit",
        /// The password is easy to guess.
        PasswordCommon => "account-password-common",
        /// No account has the pseudonym.
        Unknown { name: String } => "account-unknown",
    }
}

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

impl Store {
    /// Everybody, by pseudonym.
    pub async fn accounts(&self) -> Result<Vec<Account>, Error> {
        all(&self.connection).await
    }

    /// Adds somebody; the password they sign in with. A pseudonym that looks like another one is refused, and so is one
    /// that somebody went by who was removed: the history would take the two for one.
    pub async fn add_account(
        &self,
        actor: &Actor,
        pseudonym: &str,
        role: Role,
        password: NewPassword,
    ) -> Result<String, Error> {
        self.add(actor, pseudonym, role, password, false).await
    }

    /// Adds somebody who was removed and comes back, under the same pseudonym.
    pub async fn add_returning_account(
        &self,
        actor: &Actor,
        pseudonym: &str,
        role: Role,
        password: NewPassword,
    ) -> Result<String, Error> {
        self.add(actor, pseudonym, role, password, true).await
    }

    async fn add(
        &self,
        actor: &Actor,
        pseudonym: &str,
        role: Role,
        password: NewPassword,
        returns: bool,
    ) -> Result<String, Error> {
        let pseudonym: String = pseudonym.trim().nfc().collect();
        if !pseudonyms::is_fit(&pseudonym) {
            return Err(AccountRefusal::PseudonymUnfit {
                max: pseudonyms::LONGEST,
            }
            .into());
        }
        if !pseudonyms::is_of_one_script(&pseudonym) {
            return Err(AccountRefusal::PseudonymMixed.into());
        }
        let folded = pseudonyms::folded(&pseudonym);
        let (password, hash) = self.hash(password, &pseudonym).await?;
        let mut change = self.begin(actor).await?;
        let known = all(&change.tx).await?;
        if known
            .iter()
            .any(|known| pseudonyms::folded(&known.pseudonym) == folded)
        {
            return Err(AccountRefusal::PseudonymTaken {
                name: pseudonym.clone(),
            }
            .into());
        }
        let earlier = earlier_pseudonyms(&change.tx).await?;
        let used_before = earlier
            .iter()
            .any(|name| pseudonyms::folded(name) == folded);
        if used_before && !returns {
            return Err(AccountRefusal::PseudonymUsed {
                name: pseudonym.clone(),
            }
            .into());
        }
        let names = known.iter().map(|known| &known.pseudonym).chain(&earlier);
        let alike = names
            .filter(|name| pseudonyms::folded(name) != folded)
            .find(|name| pseudonyms::look_alike(name, &pseudonym));
        if let Some(alike) = alike {
            return Err(AccountRefusal::PseudonymAlike {
                name: pseudonym.clone(),
                other: alike.clone(),
            }
            .into());
        }
        let row = account::ActiveModel {
            pseudonym: Set(pseudonym.clone()),
            pseudonym_folded: Set(folded),
            password_hash: Set(hash),
            role: Set(role),
            disabled: Set(false),
            created_at: Set(change.now()),
            ..Default::default()
        };
        account::Entity::insert(row)
            .exec_without_returning(&change.tx)
            .await?;
        let event = Event::AccountAdded { pseudonym, role };
        change.record(vec![event.outside_reviews()]).await?;
        change.commit().await?;
        Ok(password)
    }

    /// Shuts somebody out, at once and on every browser.
    pub async fn disable_account(&self, actor: &Actor, pseudonym: &str) -> Result<(), Error> {
        let alter = |row: &mut account::ActiveModel| row.disabled = Set(true);
        let event = |pseudonym| Event::AccountDisabled { pseudonym };
        self.alter(actor, pseudonym, event, None, alter).await
    }

    /// Gives somebody a new password, lets them in again, and signs them out everywhere.
    pub async fn reset_account(
        &self,
        actor: &Actor,
        pseudonym: &str,
        password: NewPassword,
    ) -> Result<String, Error> {
        let (password, hash) = self.hash(password, pseudonym).await?;
        let event = |pseudonym| Event::AccountReset { pseudonym };
        self.alter(actor, pseudonym, event, None, |row| {
            row.password_hash = Set(hash);
            row.disabled = Set(false);
        })
        .await?;
        Ok(password)
    }

    /// Gives somebody who is signed in the password that they choose, if they know the present one. Their other sessions
    /// end, and their other browsers are known no more.
    pub async fn change_password(
        &self,
        account: &Account,
        this: ThisBrowser<'_>,
        present: &str,
        new: &str,
    ) -> Result<Result<(), SignInRefusal>, Error> {
        must_fit(new, &account.pseudonym)?;
        let before = match self.confirm_password(account, present).await? {
            Ok(hash) => hash,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if present == new {
            return Err(AccountRefusal::PasswordSame.into());
        }
        let given = NewPassword::Given(new.to_owned());
        let (_, hash) = self.hash(given, &account.pseudonym).await?;
        let device = self.known_device(this.device).await?;
        let keep = Kept {
            session: sessions::hash_of(this.token),
            device: device.map(|device| device.id_hash),
            before,
        };
        let actor = Actor(account.pseudonym.clone());
        self.alter(
            &actor,
            &account.pseudonym,
            |pseudonym| Event::AccountPasswordChanged { pseudonym },
            Some(keep),
            |row| {
                row.password_hash = Set(hash);
            },
        )
        .await?;
        Ok(Ok(()))
    }

    /// Gives somebody another role. It holds from their next request on.
    pub async fn set_role(&self, actor: &Actor, pseudonym: &str, role: Role) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let row = find(&change.tx, pseudonym).await?;
        if row.role == role {
            return Ok(());
        }
        let altered = account::ActiveModel {
            id: Set(row.id),
            role: Set(role),
            ..Default::default()
        };
        account::Entity::update(altered).exec(&change.tx).await?;
        let event = Event::AccountRoleChanged {
            pseudonym: row.pseudonym,
            before: row.role.code().to_owned(),
            after: role,
        };
        change.record(vec![event.outside_reviews()]).await?;
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
        device::Entity::delete_many()
            .filter(device::Column::AccountId.eq(row.id))
            .exec(&change.tx)
            .await?;
        sessions::forget_failures(&change.tx, &row.pseudonym).await?;
        draft::Entity::delete_many()
            .filter(draft::Column::AccountId.eq(row.id))
            .exec(&change.tx)
            .await?;
        upload::Entity::delete_many()
            .filter(upload::Column::AccountId.eq(row.id))
            .exec(&change.tx)
            .await?;
        saved_view::Entity::delete_many()
            .filter(saved_view::Column::AccountId.eq(row.id))
            .exec(&change.tx)
            .await?;
        account::Entity::delete_by_id(row.id)
            .exec(&change.tx)
            .await?;
        let pseudonym = row.pseudonym;
        let event = Event::AccountRemoved { pseudonym };
        change.record(vec![event.outside_reviews()]).await?;
        change.commit().await
    }

    /// Alters somebody and signs them out everywhere, but for the browser that is kept.
    async fn alter(
        &self,
        actor: &Actor,
        pseudonym: &str,
        event: impl FnOnce(String) -> Event<'static>,
        kept: Option<Kept>,
        alter: impl FnOnce(&mut account::ActiveModel),
    ) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let row = find(&change.tx, pseudonym).await?;
        // Hashing takes a while, and meanwhile the account may have been disabled or given another password.
        if kept
            .as_ref()
            .is_some_and(|kept| row.disabled || row.password_hash != kept.before)
        {
            return Err(Conflict::Account.into());
        }
        let (session, device) =
            kept.map_or((String::new(), None), |kept| (kept.session, kept.device));
        let mut altered = account::ActiveModel {
            id: Set(row.id),
            ..Default::default()
        };
        alter(&mut altered);
        account::Entity::update(altered).exec(&change.tx).await?;
        session::Entity::delete_many()
            .filter(session::Column::AccountId.eq(row.id))
            .filter(session::Column::TokenHash.ne(session))
            .exec(&change.tx)
            .await?;
        device::Entity::delete_many()
            .filter(device::Column::AccountId.eq(row.id))
            .filter(device::Column::IdHash.ne(device.unwrap_or_default()))
            .exec(&change.tx)
            .await?;
        sessions::forget_failures(&change.tx, &row.pseudonym).await?;
        let event = event(row.pseudonym);
        change.record(vec![event.outside_reviews()]).await?;
        change.commit().await
    }

    async fn hash(
        &self,
        password: NewPassword,
        pseudonym: &str,
    ) -> Result<(String, String), Error> {
        let password = match password {
            NewPassword::Generated => generated_password()?,
            NewPassword::Given(password) => {
                must_fit(&password, pseudonym)?;
                password
            }
        };
        let entrant = Entrant {
            lane: Lane::Known,
            class: Class::Local,
            form: None,
            opened_at: 0,
            name: String::new(),
            wait: Duration::ZERO,
            pace: Duration::ZERO,
            deadline: Instant::now() + Duration::from_secs(25),
        };
        let busy = |_| AccountRefusal::HashingBusy;
        let turn = self.sign_ins.queue.turn(entrant).await.map_err(busy)?;
        let hash = with_hashing(turn, password.clone(), |argon, password| {
            argon
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
        })
        .await?
        .map_err(|error| Error::System(error.to_string()))?;
        Ok((password, hash))
    }

    /// Whether a password fits a hash. Takes as long for a hash that is none.
    pub(crate) async fn verify(
        &self,
        turn: Turn,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, Error> {
        // Longer ones cannot have been set; hashing them would only burn time.
        if password.len() > settings::PASSWORD_MAX {
            return Ok(false);
        }
        with_hashing(turn, password.to_owned(), move |argon, password| {
            let Some(hash) = hash else {
                let _ = argon.hash_password(password.as_bytes());
                return false;
            };
            PasswordHash::new(&hash)
                .is_ok_and(|hash| argon.verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }
}

/// Computes a hash on a thread of its own. The turn ends with the computation, not with the request: a client that
/// goes away at once would otherwise start one hash after the other.
async fn with_hashing<T: Send + 'static>(
    turn: Turn,
    password: String,
    compute: impl FnOnce(&Argon2<'_>, &str) -> T + Send + 'static,
) -> Result<T, Error> {
    let system = |error: &dyn std::fmt::Display| Error::System(error.to_string());
    let params = Params::new(
        settings::PASSWORD_HASH_MEMORY_KIB,
        settings::PASSWORD_HASH_PASSES,
        1,
        None,
    )
    .map_err(|error| system(&error))?;
    tokio::task::spawn_blocking(move || {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let result = compute(&argon, &password);
        drop(turn);
        result
    })
    .await
    .map_err(|error| system(&error))
}

/// The browser that somebody changes their password in.
#[derive(Clone, Copy, Debug)]
pub struct ThisBrowser<'a> {
    /// The token of its session.
    pub token: &'a str,
    /// The value of its cookie as a known browser.
    pub device: Option<&'a str>,
}

/// What remains when somebody changes their own password, and the hash that they confirmed.
struct Kept {
    session: String,
    device: Option<String>,
    before: String,
}

/// Refuses passwords that are too short, too long or too easy to guess.
fn must_fit(password: &str, pseudonym: &str) -> Result<(), Error> {
    if password.chars().count() < settings::PASSWORD_MIN.size()
        || password.len() > settings::PASSWORD_MAX
    {
        return Err(AccountRefusal::PasswordUnfit {
            min: settings::PASSWORD_MIN.size(),
            max: settings::PASSWORD_MAX,
        }
        .into());
    }
    if password_rules::is_easy_to_guess(password, pseudonym) {
        return Err(AccountRefusal::PasswordCommon.into());
    }
    Ok(())
}

/// The pseudonyms of everybody who was ever added, removed ones included.
async fn earlier_pseudonyms(db: &impl ConnectionTrait) -> Result<Vec<String>, Error> {
    let added = event::Entity::find()
        .filter(event::Column::Kind.eq(EventKind::AccountAdded))
        .all(db)
        .await?;
    let pseudonym = |event: &event::Model| {
        events::texts_of_account(event.after.as_deref())
            .into_iter()
            .next()
    };
    Ok(added.iter().filter_map(pseudonym).collect())
}

/// Everybody, by pseudonym.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Account>, Error> {
    let rows = account::Entity::find()
        .order_by_asc(account::Column::PseudonymFolded)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// The number of a pseudonym's account, if it has one.
pub(crate) async fn of_pseudonym(
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
    sessions::account_of(db, pseudonym).await?.ok_or_else(|| {
        AccountRefusal::Unknown {
            name: pseudonym.to_string(),
        }
        .into()
    })
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

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self {
            id: row.id,
            pseudonym: row.pseudonym,
            role: row.role,
            disabled: row.disabled,
        }
    }
}
