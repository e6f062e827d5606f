//! What this installation signs: sign-in forms and the cookies of known browsers.
//!
//! The secret is made once and kept in the database, so that several processes, and the same one after a restart, know
//! each other's signatures. Whoever can read the database could forge them, and needs to forge nothing any more.

use crate::store::entities::installation;
use crate::store::{Actor, Error, Store};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sea_orm::{ActiveValue::Set, EntityTrait};
use subtle::ConstantTimeEq as _;

const SECRET: &str = "signing-secret";

impl Store {
    /// The signature of a text, in hexadecimal. One for another purpose is another one.
    pub(crate) async fn signature(&self, purpose: &str, text: &str) -> Result<String, Error> {
        let secret = self.signing_secret().await?;
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes())
            .map_err(|error| Error::System(error.to_string()))?;
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(text.as_bytes());
        Ok(hex::encode(mac.finalize().into_bytes()))
    }

    /// Returns true if a signature is that of the text. How long it takes does not tell where it differs.
    pub(crate) async fn is_signed(
        &self,
        purpose: &str,
        text: &str,
        signature: &str,
    ) -> Result<bool, Error> {
        let expected = self.signature(purpose, text).await?;
        Ok(expected.as_bytes().ct_eq(signature.as_bytes()).into())
    }

    async fn signing_secret(&self) -> Result<&String, Error> {
        self.sign_ins
            .secret
            .get_or_try_init(|| async {
                if let Some(known) = installation::Entity::find_by_id(SECRET)
                    .one(&self.connection)
                    .await?
                {
                    return Ok(known.value);
                }
                let change = self.begin(&Actor::command_line()).await?;
                // Another process may have been first.
                if let Some(known) = installation::Entity::find_by_id(SECRET)
                    .one(&change.tx)
                    .await?
                {
                    return Ok(known.value);
                }
                let value = crate::store::random::token()?;
                let row = installation::ActiveModel {
                    name: Set(SECRET.to_owned()),
                    value: Set(value.clone()),
                };
                installation::Entity::insert(row)
                    .exec_without_returning(&change.tx)
                    .await?;
                change.commit_unrecorded().await?;
                Ok(value)
            })
            .await
    }
}
