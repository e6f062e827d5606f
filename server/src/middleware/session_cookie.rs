//! Whether a request carries a session, without asking the database whose it is.

use http::HeaderMap;

/// Returns true if a request carries one, valid or not. `app` alone knows how the cookie is called.
pub fn is_present(headers: &HeaderMap) -> bool {
    app::has_session_cookie(headers)
}
