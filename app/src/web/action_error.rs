//! What an action answers to a program when it was not done.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why an action was not done, for programs; people are shown a notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ActionError {
    /// Nobody is signed in.
    SignInFirst,
    /// The role does not allow it.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// Somebody else has changed it since.
    Conflict,
    /// It may not be, or makes no sense: the key of the sentence that says why.
    Refused(String),
    /// There is no space left for the change.
    Full,
    /// The database cannot do this at the moment.
    Unavailable,
    /// Our fault.
    Internal,
    /// The request itself could not be read.
    Malformed,
}

impl FromServerFnError for ActionError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Malformed
    }
}

impl std::fmt::Display for ActionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}
