//! A sentence that an action leaves for the page after it.
//!
//! It travels in a cookie that lives for a minute, so that no address (which gets bookmarked, logged and
//! passed on) carries what somebody typed, and nobody can make up a notice for somebody else. What was
//! typed comes back with a refusal; where it is longer than a cookie may be, the form is shown again at
//! once instead, and assessments are kept as drafts in the database.

use crate::failure::Failure;
use crate::t;
use cookie::Cookie;
use data::domain::Message;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

pub(crate) const NOTICE_COOKIE: &str = "notice";

/// Cookies of more than 4 KB are dropped whole by browsers.
const COOKIE_MAX: usize = 3_500;

/// A sentence for the next page.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Notice {
    /// The key of the sentence.
    key: String,
    /// Its values.
    values: Vec<(String, String)>,
    /// Whether it says that something was not done.
    refusal: bool,
    /// What was typed, by the field's name.
    typed: Vec<(String, String)>,
}

impl Notice {
    /// Something was done.
    pub(crate) fn done(message: &Message) -> Self {
        Self {
            refusal: false,
            ..Self::of_message(message)
        }
    }

    fn of_message(message: &Message) -> Self {
        let values = message
            .values
            .iter()
            .map(|(name, value)| (name.clone().into_owned(), value.clone()))
            .collect();
        Self {
            key: message.key.clone().into_owned(),
            values,
            refusal: true,
            typed: Vec::new(),
        }
    }

    /// Something was not done.
    pub(crate) fn of_failure(failure: &Failure) -> Self {
        Self::of_message(&failure.message())
    }

    /// With what was typed.
    pub(crate) fn with_typed(self, typed: Vec<(String, String)>) -> Self {
        Self { typed, ..self }
    }

    /// What was typed into a field; empty if nothing was.
    pub(crate) fn typed(&self, field: &str) -> String {
        self.typed
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }

    /// Whether a field came back, be it empty.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.typed.iter().any(|(name, _)| name == field)
    }

    /// Whether a browser would take it as a cookie.
    pub(crate) fn fits_cookie(&self) -> bool {
        self.encoded().len() <= COOKIE_MAX
    }

    /// The cookie that carries it.
    pub(crate) fn to_cookie(&self) -> Cookie<'static> {
        let mut notice = self.clone();
        let mut value = notice.encoded();
        while value.len() > COOKIE_MAX && notice.typed.pop().is_some() {
            value = notice.encoded();
        }
        Cookie::build((NOTICE_COOKIE, value))
            .path("/")
            .max_age(cookie::time::Duration::minutes(1))
            .build()
    }

    fn encoded(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        json.bytes()
            .fold(String::with_capacity(json.len() * 2), |mut text, byte| {
                use std::fmt::Write as _;
                if byte.is_ascii_alphanumeric() {
                    text.push(char::from(byte));
                } else {
                    let _ = write!(text, "%{byte:02x}");
                }
                text
            })
    }

    /// Reads the cookie's value.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let pairs = data::domain::query_pairs(&format!("notice={value}"));
        let (_, json) = pairs.first()?;
        serde_json::from_str(json).ok()
    }

    /// The sentence.
    pub(crate) fn sentence(&self) -> String {
        crate::translations::text_with_owned(&self.key, &self.values)
    }

    /// The sentence as a part of a page.
    pub(crate) fn view(&self) -> impl IntoView + use<> {
        let (class, role, label) = if self.refusal {
            ("notice refusal", "alert", t!("notice-refusal"))
        } else {
            ("notice", "status", t!("notice-done"))
        };
        view! {
            <div class=class role=role>
                <strong>{label}</strong>
                " "
                {self.sentence()}
            </div>
        }
    }
}
