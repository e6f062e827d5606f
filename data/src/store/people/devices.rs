//! Browsers that somebody has said to be their own.
//!
//! A cookie names the account and a random identifier, and is signed. A sign-in that comes with it takes its turn
//! before strangers, and is not delayed by failures elsewhere. It lets nobody in: the password is asked for all the
//! same. Whoever takes the browser learns from the cookie that this account was used there, so it is never set unasked.

use crate::settings;
use crate::store::entities::device;
use crate::store::people::sessions;
use crate::store::{Error, Store};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use sha2::{Digest as _, Sha256};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A known browser, as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Device {
    /// What names it on a page; it is no secret.
    pub id: String,
    /// Since when it is known.
    pub since: i64,
    /// When somebody last signed in there.
    pub used_at: i64,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// A valid cookie.
pub(crate) struct KnownDevice {
    pub(crate) account: i64,
    pub(crate) id_hash: String,
}

impl Store {
    /// The browser that a cookie's value names, unless it is made up, has expired or was forgotten.
    pub(crate) async fn known_device(
        &self,
        cookie: Option<&str>,
    ) -> Result<Option<KnownDevice>, Error> {
        let Some((text, signature)) = cookie.and_then(|cookie| cookie.rsplit_once('.')) else {
            return Ok(None);
        };
        // The signature is checked before the database is asked anything.
        if !self.is_signed("device", text, signature).await? {
            return Ok(None);
        }
        let mut parts = text.split('.');
        let (Some(account), Some(id), Some(until)) = (parts.next(), parts.next(), parts.next())
        else {
            return Ok(None);
        };
        let until: i64 = until.parse().unwrap_or_default();
        if until < crate::store::now() {
            return Ok(None);
        }
        let known = device::Entity::find_by_id(hash_of(id))
            .one(&self.connection)
            .await?;
        let known = known.filter(|known| known.account_id.to_string() == account);
        Ok(known.map(|known| KnownDevice {
            account: known.account_id,
            id_hash: known.id_hash,
        }))
    }

    /// Returns true if a cookie's value names a browser that is known still.
    pub async fn is_known_device(&self, cookie: Option<&str>) -> Result<bool, Error> {
        Ok(self.known_device(cookie).await?.is_some())
    }

    /// The value of a cookie for a browser that becomes known.
    pub(crate) async fn remember_device(
        &self,
        db: &impl ConnectionTrait,
        account: i64,
    ) -> Result<String, Error> {
        let id = crate::store::random::token()?;
        let now = crate::store::now();
        let known = device::Entity::find()
            .filter(device::Column::AccountId.eq(account))
            .order_by_desc(device::Column::UsedAt)
            .all(db)
            .await?;
        let over = known.iter().enumerate().filter(|(at, one)| {
            *at + 1 >= settings::DEVICES_MAX
                || one.created_at < now - settings::DEVICE_DAYS.signed() * DAY
        });
        for (_, one) in over {
            device::Entity::delete_by_id(&one.id_hash).exec(db).await?;
        }
        let row = device::ActiveModel {
            id_hash: Set(hash_of(&id)),
            account_id: Set(account),
            created_at: Set(now),
            used_at: Set(now),
        };
        device::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
        let text = format!(
            "{account}.{id}.{}",
            now + settings::DEVICE_DAYS.signed() * DAY
        );
        let signature = self.signature("device", &text).await?;
        Ok(format!("{text}.{signature}"))
    }

    /// The known browsers of an account, the last used first. `cookie` is that of the browser that asks.
    pub async fn devices(&self, account: i64, cookie: Option<&str>) -> Result<Vec<Device>, Error> {
        let this = self.known_device(cookie).await?;
        let rows = device::Entity::find()
            .filter(device::Column::AccountId.eq(account))
            .filter(
                device::Column::CreatedAt
                    .gte(crate::store::now() - settings::DEVICE_DAYS.signed() * DAY),
            )
            .order_by_desc(device::Column::UsedAt)
            .all(&self.connection)
            .await?;
        let devices = rows.into_iter().map(|row| Device {
            is_this: this
                .as_ref()
                .is_some_and(|this| this.id_hash == row.id_hash),
            id: sessions::short(&row.id_hash),
            since: row.created_at,
            used_at: row.used_at,
        });
        Ok(devices.collect())
    }
}

pub(crate) fn hash_of(id: &str) -> String {
    hex::encode(Sha256::digest(id.as_bytes()))
}
