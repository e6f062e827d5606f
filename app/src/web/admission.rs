//! The guard before the body: whether an action is carried out is decided from the head of its request,
//! so that nobody without a session makes the program wait for a body or read one.
//!
//! Every action asks its own guard as well, when it runs: this one keeps bodies out, that one is the rule.

use crate::Site;
use crate::urls::paths;
use crate::web::action_error::ActionError;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::request::{CookieKind, account_of, principal};
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE, SET_COOKIE};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use data::domain::{Action, Message, Object, may};
use data::settings;
pub(crate) use data::settings::CARRIED_FORM_MAX as CARRIED_MAX;
use std::sync::Arc;

/// Who may send a body to an action.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Needs {
    /// Nobody in particular, and the body may have so many bytes.
    Nobody(usize),
    /// Somebody with a role that allows it.
    Role(Action),
}

/// Every action, by its address.
const ACTIONS: [(&str, Needs); 46] = [
    (
        "/api/add-recommendation",
        Needs::Role(Action::EditRecommendations),
    ),
    ("/api/apply-import", Needs::Role(Action::Import)),
    ("/api/carry-over", Needs::Role(Action::OpenRound)),
    ("/api/change-many", Needs::Role(Action::Assess)),
    ("/api/change-password", Needs::Role(Action::UseAccount)),
    ("/api/change-round", Needs::Role(Action::OpenRound)),
    ("/api/choose-headline", Needs::Role(Action::PublishRound)),
    ("/api/choose-position", Needs::Role(Action::Import)),
    (
        "/api/correct-recommendation",
        Needs::Role(Action::EditRecommendations),
    ),
    ("/api/decide-import-row", Needs::Role(Action::Import)),
    ("/api/decide-link", Needs::Role(Action::Assess)),
    ("/api/discard-draft", Needs::Role(Action::Assess)),
    ("/api/discard-import", Needs::Role(Action::Import)),
    ("/api/discard-upload", Needs::Role(Action::Import)),
    ("/api/end-other-sessions", Needs::Role(Action::UseAccount)),
    ("/api/end-session", Needs::Role(Action::UseAccount)),
    ("/api/forget-device", Needs::Role(Action::UseAccount)),
    ("/api/keep-draft", Needs::Role(Action::Assess)),
    ("/api/map-import", Needs::Role(Action::Import)),
    ("/api/map-values", Needs::Role(Action::Import)),
    ("/api/mend-import-row", Needs::Role(Action::Import)),
    (
        "/api/merge-recommendations",
        Needs::Role(Action::EditRecommendations),
    ),
    ("/api/open-correction", Needs::Role(Action::OpenRound)),
    ("/api/open-round", Needs::Role(Action::OpenRound)),
    ("/api/publish-round", Needs::Role(Action::PublishRound)),
    ("/api/redact-text", Needs::Role(Action::Redact)),
    ("/api/remove-evidence", Needs::Role(Action::Assess)),
    ("/api/remove-mapping", Needs::Role(Action::Import)),
    (
        "/api/remove-recommendation",
        Needs::Role(Action::EditRecommendations),
    ),
    ("/api/remove-round", Needs::Role(Action::OpenRound)),
    ("/api/remove-view", Needs::Role(Action::UseAccount)),
    ("/api/resolve-conflict", Needs::Role(Action::Assess)),
    ("/api/restore-assessment", Needs::Role(Action::Assess)),
    ("/api/save-assessment", Needs::Role(Action::Assess)),
    ("/api/save-evidence", Needs::Role(Action::Assess)),
    (
        "/api/save-position",
        Needs::Role(Action::EditRecommendations),
    ),
    ("/api/save-scale", Needs::Role(Action::EditScales)),
    ("/api/save-view", Needs::Role(Action::UseAccount)),
    ("/api/sign-in", Needs::Nobody(settings::SIGN_IN_FORM_MAX)),
    ("/api/sign-out", Needs::Nobody(settings::EMPTY_FORM_MAX)),
    (
        "/api/split-recommendation",
        Needs::Role(Action::EditRecommendations),
    ),
    ("/api/undo-edit", Needs::Role(Action::EditRecommendations)),
    ("/api/undo-import", Needs::Role(Action::Import)),
    ("/api/undo-many", Needs::Role(Action::Assess)),
    ("/api/upload-file", Needs::Role(Action::Import)),
    ("/api/withdraw-round", Needs::Role(Action::PublishRound)),
];

/// Put into a request by the server: tells it that whoever sends the body is signed in, so that its limits
/// for strangers do not apply.
#[derive(Clone)]
pub struct BodySender(Arc<dyn Fn() + Send + Sync>);

impl BodySender {
    /// `signed_in` is called once that is known.
    pub fn new(signed_in: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(signed_in))
    }
}

/// What the decision needs of a request. A request itself cannot be lent while something is waited for.
pub(crate) struct Head {
    path: String,
    headers: HeaderMap,
    /// The least and the exact length of the body, as far as the head says.
    length: (u64, Option<u64>),
    extensions: Extensions,
}

impl Head {
    pub(crate) fn of(request: &Request<Body>) -> Self {
        let length = request.body().size_hint();
        Self {
            path: request.uri().path().to_owned(),
            headers: request.headers().clone(),
            length: (length.lower(), length.exact()),
            extensions: request.extensions().clone(),
        }
    }

    fn may_be_carried(&self) -> bool {
        self.is_small_form() && accepts_html(&self.headers)
    }

    /// Returns true if the body may be read before anybody is known: a form that is small and states its length.
    pub(crate) fn is_small_form(&self) -> bool {
        let content_type = self.headers.get(CONTENT_TYPE);
        let is_form = content_type.is_some_and(|value| {
            value
                .as_bytes()
                .starts_with(b"application/x-www-form-urlencoded")
        });
        let fits = |length| length <= CARRIED_MAX as u64;
        is_form && self.length.1.is_some_and(fits)
    }
}

/// Decides from the head of a request whether its body is read, and how much of it at most.
///
/// A form of nobody who is signed in is read only if it can be carried through signing in: if it is a
/// browser's, small, and says how long it is. While the database is unavailable, small forms are read as well.
pub(crate) async fn admit(site: &Site, head: Head) -> Result<usize, Response> {
    let known = ACTIONS.iter().find(|(known, _)| *known == head.path);
    let Some((_, needs)) = known else {
        // Not in the table: nobody may, until somebody has decided who.
        return Err(Failure::NotFound.into_response());
    };
    let action = match needs {
        Needs::Nobody(most) if head.length.0 > *most as u64 => {
            return Err(Failure::from(Message::new("request-unreadable")).into_response());
        }
        Needs::Nobody(most) => return Ok(*most),
        Needs::Role(action) => *action,
    };
    let token = CookieKind::Session.value(&head.headers, site.secure_cookies);
    let account = match account_of(site, token.as_deref(), &head.extensions).await {
        Ok(account) => account,
        // The session cannot be verified while the database is unavailable. The action's own guard fails too, and
        // its page returns the entries. Refused before its body, a program would see a broken connection.
        Err(failure) if failure.retry_after().is_some() && head.is_small_form() => {
            return Ok(CARRIED_MAX);
        }
        Err(failure) => return Err(failure.into_response()),
    };
    let Some(account) = account else {
        if head.may_be_carried() {
            return Ok(CARRIED_MAX);
        }
        return Err(refused(site, &head.headers, Failure::SignInFirst));
    };
    // What it is done to stands in the body: its own guard asks for that.
    let object = match action {
        Action::UseAccount => Object::Account(account.id),
        _ => Object::Installation,
    };
    if !may(principal(&account), action, object) {
        return Err(refused(site, &head.headers, Failure::Forbidden(action)));
    }
    if let Some(BodySender(signed_in)) = head.extensions.get() {
        signed_in();
    }
    Ok(settings::FORM_MAX)
}

pub(crate) fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// A refusal that reads nothing of the body.
fn refused(site: &Site, headers: &HeaderMap, failure: Failure) -> Response {
    if !accepts_html(headers) {
        let (status, error) = match failure {
            Failure::SignInFirst => (StatusCode::UNAUTHORIZED, ActionError::SignInFirst),
            _ => (StatusCode::FORBIDDEN, ActionError::Forbidden),
        };
        let body = serde_json::to_string(&error).unwrap_or_default();
        return (status, [(CONTENT_TYPE, "application/json")], body).into_response();
    }
    if !matches!(failure, Failure::SignInFirst) {
        return failure.into_response();
    }
    let notice = Notice::of_failure(&failure).to_cookie(None);
    let mut response = Redirect::to(&paths::sign_in(&paths::localize("/assess"))).into_response();
    let lifetime = Some(crate::web::flash::LIFETIME);
    if let Some(value) = CookieKind::Notice.header(&notice, lifetime, site.secure_cookies) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::server_fn::axum::server_fn_paths;

    #[test]
    fn every_action_is_in_the_table() {
        let mut known: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
        known.sort_unstable();
        let listed: Vec<_> = ACTIONS.iter().map(|(path, _)| *path).collect();
        assert_eq!(known, listed);
    }
}
