//! A sentence that an action leaves for the page after it.
//!
//! It travels in a cookie that lives for a minute, so that no address (which gets bookmarked, logged and
//! passed on) carries what somebody typed. The cookie is signed with the token of the session, so that
//! nobody can make up a notice, or fill a form, for somebody else. What was typed comes back with a refusal;
//! where it is longer than a cookie may be, or nobody is signed in, the form is shown again at once instead,
//! since browsers may write cookies to disk. Assessments are kept as drafts in the database.

use crate::t;
use crate::web::failure::Failure;
use data::domain::Message;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Cookies of more than 4 KB are dropped whole by browsers.
const COOKIE_MAX: usize = 3_500;

/// How long browsers keep it.
pub(crate) const LIFETIME: cookie::time::Duration = cookie::time::Duration::minutes(1);

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

    /// Returns true if it holds text that somebody typed.
    pub(crate) fn has_typed(&self) -> bool {
        self.typed.iter().any(|(_, value)| !value.is_empty())
    }

    /// The value of the cookie that carries it to the holder of a session's token.
    pub(crate) fn to_cookie(&self, token: Option<&str>) -> String {
        let mut notice = self.clone();
        let mut value = notice.encoded();
        while value.len() > COOKIE_MAX && notice.typed.pop().is_some() {
            value = notice.encoded();
        }
        format!("{}.{value}", signature(token, &value))
    }

    fn encoded(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        utf8_percent_encode(&json, NON_ALPHANUMERIC).to_string()
    }

    /// Parses the cookie's value; `None` unless it was signed with this token, which is that of a live
    /// session.
    ///
    /// Without a session anybody can sign: another host of the domain may have planted the cookie. It then
    /// chooses one of this program's sentences and numbers in it, and no word of its own.
    pub(crate) fn parse(value: &str, token: Option<&str>) -> Option<Self> {
        let (signed, value) = value.split_once('.')?;
        let is_of_session = token.is_some_and(|token| signed == signature(Some(token), value));
        if !is_of_session && signed != signature(None, value) {
            return None;
        }
        let json = percent_decode_str(value).decode_utf8().ok()?;
        let notice: Self = serde_json::from_str(&json).ok()?;
        let is_number =
            |text: &String| text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_harmless = notice.typed.is_empty()
            && notice.values.iter().all(|(_, value)| is_number(value))
            && crate::text::translations::is_known(&notice.key);
        (is_of_session || is_harmless).then_some(notice)
    }

    /// The sentence.
    pub(crate) fn sentence(&self) -> String {
        crate::text::translations::text_with_owned(&self.key, &self.values)
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

/// Signs a text with a session's token, which is random and known to its browser alone. Hashed twice, so
/// that nobody can append to a signed text.
fn signature(token: Option<&str>, text: &str) -> String {
    let token = token.unwrap_or_default();
    let hash = |parts: [&[u8]; 2]| {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        hasher.finalize()
    };
    let inner = hash([token.as_bytes(), text.as_bytes()]);
    hex::encode(hash([token.as_bytes(), &inner]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Notice {
        let message = Message::new("sign-in-locked").with("minutes", "3");
        Notice::done(&message).with_typed(vec![("title".to_owned(), text.to_owned())])
    }

    #[test]
    fn a_notice_is_read_by_the_session_that_it_was_made_for() {
        let notice = typed("\r\n<x> &lt; ё😀 100%41 a+b;\"'\0");
        let value = notice.to_cookie(Some("token"));
        assert_eq!(Notice::parse(&value, Some("token")), Some(notice.clone()));
        for token in [Some("other"), Some(""), None] {
            assert_eq!(Notice::parse(&value, token), None, "{token:?}");
        }
        // Signed without a session, for somebody with one.
        assert_eq!(Notice::parse(&notice.to_cookie(None), Some("token")), None);
        let (_, unsigned) = value.split_once('.').unwrap();
        assert_eq!(Notice::parse(unsigned, Some("token")), None);
        // Nothing that a cookie's value must not hold.
        assert!(
            unsigned
                .bytes()
                .all(|b| b == b'%' || b.is_ascii_alphanumeric())
        );
    }

    #[test]
    fn without_a_session_a_notice_has_no_words_of_its_own() {
        let read = |notice: &Notice| Notice::parse(&notice.to_cookie(None), None);
        let message = Message::new("sign-in-busy").with("seconds", "3");
        let harmless = Notice::done(&message);
        assert_eq!(read(&harmless), Some(harmless.clone()));
        assert_eq!(read(&typed("call this number")), None);
        for message in [
            Message::new("sign-in-busy").with("seconds", "3, call +1"),
            Message::new("Call this number"),
        ] {
            assert_eq!(read(&Notice::done(&message)), None);
        }
    }
}
