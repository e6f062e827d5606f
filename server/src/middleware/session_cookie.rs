//! Whether a request carries a session, without asking the database whose it is.

use http::HeaderMap;
use http::header::COOKIE;

/// The name of the cookie, as `app` sets it.
const NAME: &str = "session";

/// Whether a request carries one, valid or not.
pub fn is_present(headers: &HeaderMap) -> bool {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.split_once('='))
        .any(|(name, _)| name.trim() == NAME)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_a_session_counts() {
        for (cookies, expected) in [
            ("session=abc", true),
            ("theme=dark; session=abc", true),
            ("theme=session", false),
            ("my-session=abc", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(cookies))]);
            assert_eq!(is_present(&headers), expected, "{cookies}");
        }
        assert!(!is_present(&HeaderMap::new()));
    }
}
