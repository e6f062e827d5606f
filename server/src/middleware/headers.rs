//! The headers that tell a browser what a page may do: as little as it needs.
//!
//! A page without an island runs no script at all, so none is allowed. A page with one puts a
//! [`ScriptNonce`], new every time, into its response's extensions, and only the script elements that carry this
//! nonce run. No page may load anything from another host, name itself to one; only a chart that is made
//! for it ([`Embeddable`]) may be framed.

use app::{Embeddable, ScriptNonce};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};

/// Whether browsers reach this program over https.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Plain http: on this machine only, or behind an onion service.
    Http,
    /// https, by a reverse proxy in front.
    Https,
}

const ALWAYS: [(HeaderName, &str); 6] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Forms fall back to the referring page without script, so this site may see its own.
    (REFERRER_POLICY, "same-origin"),
    (X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), payment=(), usb=()",
    ),
];

/// Of what other sites may show in a frame. It runs nothing and sends nothing.
const EMBEDDABLE: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; \
                          base-uri 'none'; frame-ancestors *";

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Two years, the time that browsers' own lists ask for.
const HTTPS_ONLY: &str = "max-age=63072000; includeSubDomains";

/// Sets the headers of every response.
pub async fn set(State(transport): State<Transport>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let embeddable = response.extensions().get::<Embeddable>().is_some();
    let policy = match response.extensions().get::<ScriptNonce>() {
        _ if embeddable => HeaderValue::from_static(EMBEDDABLE),
        Some(nonce) => with_script(nonce),
        None => HeaderValue::from_static(POLICY),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if embeddable {
        headers.remove(X_FRAME_OPTIONS);
        headers.insert(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        );
    }
    if transport == Transport::Https {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(HTTPS_ONLY),
        );
    }
    response
}

/// The policy of a page with islands. A nonce that could end the directive early is not used.
///
/// `'self'` is for the module's preload link, which Leptos writes without a nonce; without it the
/// link is refused and the module does not start. It lets in nothing else: with `nosniff`, the
/// embedded script is the only thing on this host that a browser takes for one.
fn with_script(ScriptNonce(nonce): &ScriptNonce) -> HeaderValue {
    let safe = !nonce.is_empty()
        && nonce
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte));
    let policy = format!(
        "{POLICY}; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; connect-src 'self'"
    );
    match HeaderValue::try_from(policy) {
        Ok(policy) if safe => policy,
        _ => HeaderValue::from_static(POLICY),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::{Extension, Router, middleware, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    async fn headers(nonce: Option<&str>, transport: Transport) -> http::HeaderMap {
        let nonce = nonce.map(|nonce| Extension(ScriptNonce(nonce.to_owned())));
        let page = get(move || async move { (nonce, "page") });
        let router = Router::new()
            .route("/", page)
            .layer(middleware::from_fn_with_state(transport, set));
        let request = Request::get("/").body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap().headers().clone()
    }

    #[tokio::test]
    async fn a_page_without_islands_runs_no_script() {
        let headers = headers(None, Transport::Http).await;
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert_eq!(policy, POLICY);
        assert!(!policy.contains("script-src") && !policy.contains("unsafe"));
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!headers.contains_key(STRICT_TRANSPORT_SECURITY));
    }

    #[tokio::test]
    async fn a_page_with_islands_runs_the_scripts_with_its_nonce() {
        let headers = headers(Some("abc123=="), Transport::Https).await;
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.ends_with(
            "; script-src 'self' 'nonce-abc123==' 'wasm-unsafe-eval'; connect-src 'self'"
        ));
        assert!(headers.contains_key(STRICT_TRANSPORT_SECURITY));
    }

    #[tokio::test]
    async fn only_what_says_so_may_be_framed() {
        let router = Router::new()
            .route("/chart", get(async || (Extension(Embeddable), "chart")))
            .route("/page", get(async || "page"))
            .layer(middleware::from_fn_with_state(Transport::Http, set));
        let ask = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).unwrap();
            router
                .clone()
                .oneshot(request)
                .await
                .unwrap()
                .headers()
                .clone()
        };
        let (chart, page) = (ask("/chart").await, ask("/page").await);
        assert!(!chart.contains_key(X_FRAME_OPTIONS));
        let policy = chart[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.ends_with("frame-ancestors *") && !policy.contains("script"));
        assert_eq!(page[X_FRAME_OPTIONS], "DENY");
        assert_eq!(page[CONTENT_SECURITY_POLICY], POLICY);
    }

    #[tokio::test]
    async fn a_nonce_cannot_widen_the_policy() {
        for nonce in ["", "x'; script-src *", "a b", "é"] {
            let headers = headers(Some(nonce), Transport::Http).await;
            assert_eq!(headers[CONTENT_SECURITY_POLICY], POLICY, "{nonce}");
        }
    }
}
