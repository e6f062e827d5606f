//! What can go wrong with a request, and the page that says so and offers ways out.

use crate::{shell, t};
use axum::http::StatusCode;
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
    /// There is too much to do just now.
    Busy(Message),
    /// Our fault; already in the log.
    Internal,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Refused(message) => Self::Refused(message),
            Error::Conflict(_) => Self::Conflict,
            Error::Database(_) | Error::Corrupt(_) | Error::System(_) => {
                tracing::error!(%error, "a request failed");
                Self::Internal
            }
        }
    }
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst => StatusCode::SEE_OTHER,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
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
            Self::Refused(message) | Self::Busy(message) => message.clone(),
            Self::Internal => Message::new("failure-internal-why"),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.status();
        let title = match self {
            Self::SignInFirst => return Redirect::to("/login").into_response(),
            Self::NotFound => t!("failure-not-found"),
            Self::Forbidden(_) => t!("failure-forbidden"),
            Self::Conflict | Self::Refused(_) | Self::Busy(_) => t!("failure-refused"),
            Self::Internal => t!("failure-internal"),
        };
        let explanation = crate::translations::message(&self.message());
        (status, shell::failure_page(&title, &explanation)).into_response()
    }
}

impl From<Message> for Failure {
    fn from(message: Message) -> Self {
        Self::Refused(message)
    }
}
