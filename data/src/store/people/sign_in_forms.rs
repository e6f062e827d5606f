//! The token in a sign-in form: a password is compared only if it comes with one.
//!
//! It says when the form was opened and from which class of addresses, is signed, and is good for one comparison
//! within two hours. That holds off requests that were never given a form, forms that are sent many times, and
//! replayed ones; and it lets the person who opened a form first come first. It does not hold off somebody who opens
//! a form for every guess: without script no form can ask a browser for more work than that. Against those there are
//! the bounds of the queue, the pace at which a pseudonym is tried, and known browsers.

use crate::settings;
use crate::store::people::hashing::PeerClass;
use crate::store::{Error, Store};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Beyond this many spent forms, old ones are looked for at each further one.
const SPENT_KEPT: usize = 1_024;

/// Forms whose password was compared, by their number, with the time when they were opened.
#[derive(Default)]
pub(crate) struct SpentForms(Mutex<HashMap<String, i64>>);

/// A form that came back.
pub(crate) struct SentForm {
    pub(crate) number: String,
    pub(crate) opened_at: i64,
}

impl SpentForms {
    fn contains(&self, number: &str) -> bool {
        let spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spent.contains_key(number)
    }

    /// Spends a form; false if it is spent already.
    pub(crate) fn spend(&self, form: &SentForm) -> bool {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.len() >= SPENT_KEPT {
            let oldest = crate::store::now() - settings::SIGN_IN_FORM_VALID_MS;
            spent.retain(|_, opened_at| *opened_at >= oldest);
        }
        spent.insert(form.number.clone(), form.opened_at).is_none()
    }
}

impl Store {
    /// A token for a new sign-in form.
    pub async fn sign_in_form(&self, peer: PeerClass) -> Result<String, Error> {
        let mut number = [0_u8; 12];
        getrandom::fill(&mut number).map_err(|error| Error::System(error.to_string()))?;
        let number = hex::encode(number);
        let class = self.class_mark(&number, peer).await?;
        let text = format!("{:x}.{number}.{class}", crate::store::now());
        let signature = self.signature("sign-in form", &text).await?;
        Ok(format!("{text}.{signature}"))
    }

    /// Returns true if the token of a form is good for a comparison still.
    pub async fn is_sign_in_form(&self, token: &str) -> Result<bool, Error> {
        Ok(self.sent_form(token, PeerClass::Shared).await?.is_some())
    }

    /// The form that a token was issued with, unless it is made up, too old, or spent.
    pub(crate) async fn sent_form(
        &self,
        token: &str,
        peer: PeerClass,
    ) -> Result<Option<SentForm>, Error> {
        let Some((text, signature)) = token.rsplit_once('.') else {
            return Ok(None);
        };
        if !self.is_signed("sign-in form", text, signature).await? {
            return Ok(None);
        }
        let mut parts = text.split('.');
        let (Some(opened_at), Some(number), Some(class)) =
            (parts.next(), parts.next(), parts.next())
        else {
            return Ok(None);
        };
        let now = crate::store::now();
        let opened_at = i64::from_str_radix(opened_at, 16).unwrap_or_default();
        if opened_at < now - settings::SIGN_IN_FORM_VALID_MS
            || self.sign_ins.spent_forms.contains(number)
        {
            return Ok(None);
        }
        // Opened elsewhere, it has to queue like a new one: phones change their networks, and forms that were
        // hoarded elsewhere are worth nothing here.
        let is_same = self.class_mark(number, peer).await? == class;
        Ok(Some(SentForm {
            number: number.to_owned(),
            opened_at: if is_same { opened_at } else { now },
        }))
    }

    /// What tells whether a form comes back from where it was opened, and tells nobody else from where.
    async fn class_mark(&self, number: &str, peer: PeerClass) -> Result<String, Error> {
        let mut mark = self
            .signature("class of a sign-in form", &format!("{number} {peer:?}"))
            .await?;
        mark.truncate(16);
        Ok(mark)
    }
}
