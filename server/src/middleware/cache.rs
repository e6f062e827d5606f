//! What must not be kept: pages of people who are signed in, the pages for signing in and
//! working, and the answers of actions. Everything else, its handler decides.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use http::header::CACHE_CONTROL;

use super::session_cookie;

const WORKING: [&str; 5] = ["/login", "/assess", "/import", "/admin", "/api"];

/// Marks such responses `no-store`, whatever their handler said.
pub async fn forbid_storing(request: Request, next: Next) -> Response {
    // What an action answers may hold what was sent to it.
    let path = request.uri().path();
    // Embedded files are the same for everybody.
    let personal = !path.starts_with("/assets/")
        && (is_working(path) || session_cookie::is_present(request.headers()));
    let mut response = next.run(request).await;
    if personal {
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Whether it is a page for signing in or working.
pub(super) fn is_working(path: &str) -> bool {
    WORKING.iter().any(|prefix| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::{Router, middleware};
    use tower::ServiceExt as _;

    use super::*;

    async fn policy(path: &str, cookie: &str) -> String {
        let router = Router::new()
            .fallback(|| async { ([(CACHE_CONTROL, "public")], "page") })
            .layer(middleware::from_fn(forbid_storing));
        let request = Request::get(path)
            .header("cookie", cookie)
            .body(Body::empty())
            .unwrap();
        let response = router.oneshot(request).await.unwrap();
        response.headers()[CACHE_CONTROL]
            .to_str()
            .unwrap()
            .to_owned()
    }

    #[tokio::test]
    async fn personal_pages_are_not_kept() {
        for (path, cookie, expected) in [
            ("/states/BLR", "", "public"),
            ("/states/BLR", "theme=dark", "public"),
            ("/states/BLR", "session=abc", "no-store"),
            ("/login", "", "no-store"),
            ("/assess/7", "", "no-store"),
            ("/api/save-assessment", "", "no-store"),
            ("/assessments-explained", "", "public"),
            ("/assets/main.css", "session=abc", "public"),
        ] {
            assert_eq!(policy(path, cookie).await, expected, "{path} {cookie}");
        }
    }
}
