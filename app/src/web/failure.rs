//! What can go wrong with a request.

use crate::t;
use crate::urls::paths;
use crate::web::posted::Posted;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use data::domain::{Action, Message};
use data::store::{Error, Refusal};

/// Marks a request that arrives while the database is known to be unavailable. Actions answer it with the
/// entries of its form, without asking the database.
#[derive(Clone, Copy)]
pub struct DatabaseAway;

/// Why a request did not get what it asked for.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no such page.
    NotFound,
    /// Nobody is signed in, and somebody has to be.
    SignInFirst,
    /// The role does not allow it.
    Forbidden(Action),
    /// Somebody else has changed it since it was shown.
    Conflict(Message),
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
            Error::Refused(refusal) => refusal.into(),
            Error::Conflict(conflict) => Self::Conflict(conflict.message()),
            Error::Cancelled => Message::new("import-stopped").into(),
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
            Self::Conflict(_) => StatusCode::CONFLICT,
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
                .with("role", crate::text::translations::role(action.least_role())),
            Self::Conflict(message) | Self::Refused(message) => message.clone(),
            Self::Busy => Message::new("failure-busy-why"),
            Self::Overloaded => Message::new("failure-overloaded-why"),
            Self::Full => Message::new("failure-full-why"),
            Self::Unavailable => Message::new("failure-unavailable-why"),
            Self::Internal => Message::new("failure-internal-why"),
        }
    }
}

/// Why a request failed, in words: travels with the response until [`explain`](crate::components::error_page::explain) makes a page of it.
#[derive(Clone)]
pub(crate) struct Explained {
    pub(crate) title: String,
    pub(crate) explanation: String,
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
            Self::SignInFirst => {
                return Redirect::to(&paths::localize("/login")).into_response();
            }
            Self::NotFound => t!("failure-not-found"),
            Self::Forbidden(_) => t!("failure-forbidden"),
            Self::Conflict(_) | Self::Refused(_) => t!("failure-refused"),
            Self::Overloaded => t!("failure-overloaded"),
            Self::Full => t!("failure-full"),
            Self::Unavailable => t!("failure-unavailable"),
            Self::Busy | Self::Internal => t!("failure-internal"),
        };
        let explanation = crate::text::translations::message(&self.message());
        let mut response = self.status().into_response();
        if let Some(seconds) = self.retry_after() {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        let extensions = response.extensions_mut();
        extensions.insert(Explained { title, explanation });
        if matches!(self, Self::Unavailable) {
            extensions.insert(DatabaseAway);
        }
        response
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.message())
    }
}

impl From<Message> for Failure {
    fn from(message: Message) -> Self {
        Self::Refused(message)
    }
}
