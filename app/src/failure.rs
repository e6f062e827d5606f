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
    /// It may not be, or makes no sense.
    Refused(Message),
    /// Our fault; already in the log.
    Internal,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Refused(message) => Self::Refused(message),
            Error::Conflict(_) => Self::Refused(Message::new("changed-meanwhile")),
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
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.status();
        let (title, explanation) = match self {
            Self::SignInFirst => return Redirect::to("/login").into_response(),
            Self::NotFound => (t!("failure-not-found"), t!("failure-not-found-why")),
            Self::Forbidden(action) => {
                let role = crate::translations::role(action.least_role());
                (
                    t!("failure-forbidden"),
                    t!("failure-forbidden-why", role = role),
                )
            }
            Self::Refused(message) => (
                t!("failure-refused"),
                crate::translations::message(&message),
            ),
            Self::Internal => (t!("failure-internal"), t!("failure-internal-why")),
        };
        (status, shell::failure_page(&title, &explanation)).into_response()
    }
}
