//! What can go wrong with a request, and the page that says so and offers ways out.

use crate::actions::Posted;
use crate::request::{CookieKind, Visitor};
use crate::{Site, shell, t};
use axum::extract::State;
use axum::http::header::{ALLOW, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use data::domain::{Action, Message};
use data::store::Error;

/// Why a request did not get what it asked for.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no such page.
    NotFound,
    /// Nobody is signed in, and somebody has to be.
    SignInFirst,
    /// The role does not allow it.
    Forbidden(Action),
    /// Somebody else has changed it since.
    Conflict,
    /// It may not be, or makes no sense.
    Refused(Message),
    /// As many as can be served are being served.
    Busy,
    /// Every place for work that takes long is taken, and its queue is full.
    Overloaded,
    /// There is no space left for the change.
    Full,
    /// The database cannot do this at the moment.
    Unavailable,
    /// Our fault; already in the log.
    Internal,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Refused(message) => Self::Refused(message),
            Error::Conflict(_) => Self::Conflict,
            Error::Full(_) => {
                tracing::warn!(%error, "a change was refused");
                Self::Full
            }
            Error::Unavailable(..) => {
                tracing::warn!(%error, "a request was refused");
                Self::Unavailable
            }
            Error::Database(_) | Error::Corrupt(_) | Error::System(_) => {
                tracing::error!(%error, "a request failed");
                Self::Internal
            }
        }
    }
}

impl Failure {
    /// The status that says so.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst => StatusCode::SEE_OTHER,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy | Self::Overloaded | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// After how many seconds the same request may succeed, if time alone can help.
    pub(crate) fn retry_after(&self) -> Option<u16> {
        match self {
            Self::Unavailable => Some(5),
            Self::Overloaded => Some(20),
            Self::Full => Some(60),
            _ => None,
        }
    }

    /// The sentence that says why.
    pub(crate) fn message(&self) -> Message {
        match self {
            Self::NotFound => Message::new("failure-not-found-why"),
            Self::SignInFirst => Message::new("sign-in-first"),
            Self::Forbidden(action) => Message::new("failure-forbidden-why")
                .with("role", crate::translations::role(action.least_role())),
            Self::Conflict => Message::new("changed-meanwhile"),
            Self::Refused(message) => message.clone(),
            Self::Busy => Message::new("failure-busy-why"),
            Self::Overloaded => Message::new("failure-overloaded-why"),
            Self::Full => Message::new("failure-full-why"),
            Self::Unavailable => Message::new("failure-unavailable-why"),
            Self::Internal => Message::new("failure-internal-why"),
        }
    }
}

/// Why a request failed, in words: travels with the response until [`explain`] makes a page of it.
#[derive(Clone)]
struct Explained {
    title: String,
    explanation: String,
}

/// A form that could not be saved for a reason that passes: it travels with the response of the failure,
/// and the page offers to send it again.
#[derive(Clone)]
pub(crate) struct Unsaved {
    pub(crate) posted: Posted,
    /// The page that the form came from; `None` if only its action knows it.
    pub(crate) back: Option<String>,
}

impl Unsaved {
    /// The response: the failure's status, with the form.
    pub(crate) fn into_response(self, failure: Failure) -> Response {
        let mut response = failure.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let title = match self {
            Self::SignInFirst => return Redirect::to("/login").into_response(),
            Self::NotFound => t!("failure-not-found"),
            Self::Forbidden(_) => t!("failure-forbidden"),
            Self::Conflict | Self::Refused(_) => t!("failure-refused"),
            Self::Overloaded => t!("failure-overloaded"),
            Self::Full => t!("failure-full"),
            Self::Unavailable => t!("failure-unavailable"),
            Self::Busy | Self::Internal => t!("failure-internal"),
        };
        let explanation = crate::translations::message(&self.message());
        let mut response = self.status().into_response();
        if let Some(seconds) = self.retry_after() {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
            .extensions_mut()
            .insert(Explained { title, explanation });
        response
    }
}

/// What axum itself refuses, without a word that helps.
fn refused_by_axum(response: &Response) -> Option<Explained> {
    let (title, explanation) = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => (t!("failure-refused"), t!("failure-method-why")),
        // A path that is no text.
        StatusCode::BAD_REQUEST => (t!("failure-not-found"), t!("failure-not-found-why")),
        _ => return None,
    };
    Some(Explained { title, explanation })
}

/// The layer that gives every failure its page, in the frame that whoever asked sees elsewhere.
pub(crate) async fn explain(
    State(site): State<Site>,
    request: axum::extract::Request,
    next: Next,
) -> Response {
    let token = CookieKind::Session.value(request.headers(), site.secure_cookies);
    let response = next.run(request).await;
    let explained = response.extensions().get::<Explained>().cloned();
    let Some(explained) = explained.or_else(|| refused_by_axum(&response)) else {
        return response;
    };
    // If the database cannot tell who asks, the page is a reader's. If it has just not answered, it is
    // not asked again: nobody waits twice.
    let account = match token {
        Some(token) if response.status() != StatusCode::SERVICE_UNAVAILABLE => {
            site.store.signed_in(&token).await.ok().flatten()
        }
        _ => None,
    };
    let mut page = shell::failure_page(
        &site,
        &Visitor { account },
        &explained.title,
        &explained.explanation,
        response.extensions().get::<Unsaved>(),
    );
    *page.status_mut() = response.status();
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}

impl From<Message> for Failure {
    fn from(message: Message) -> Self {
        Self::Refused(message)
    }
}
