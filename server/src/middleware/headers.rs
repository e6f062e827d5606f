//! The headers that tell a browser what a page may do: as little as it needs.
//!
//! A page without an island runs no script at all, so none is allowed. A page with one puts
//! [`HasScript`] into its response's extensions, and only script files of this host run. No page may load anything from another host, name itself to one; only a chart that is made
//! for it ([`Embeddable`]) may be framed; only a page with forms of its own ([`HasForms`]) may send one.
//!
//! Where others reach the program, a page without script is a sandbox as well: in one that allows no script
//! browsers do not follow `<meta http-equiv=refresh>`, which no other directive forbids. On the few pages
//! with script, nothing but the escaping of texts keeps such an element out.

use app::{Embeddable, HasForms, HasScript};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderValue, StatusCode};

/// Whether browsers reach this program over https.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Plain http, on this machine only.
    Local,
    /// Plain http, behind an onion service.
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

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'";

/// What pages without script keep of what a page may do: all that links, forms and files need.
const SANDBOX: &str = "sandbox allow-same-origin allow-forms allow-downloads allow-popups \
                       allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

/// What a page with script may do besides. With `nosniff`, the embedded script is the only file of this host
/// that a browser takes for one.
const SCRIPT: &str = "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/// Two years, the time that browsers' own lists ask for.
const HTTPS_ONLY: &str = "max-age=63072000; includeSubDomains";

/// Sets the headers of every response.
pub async fn set(State(transport): State<Transport>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let extensions = response.extensions();
    let embeddable = extensions.get::<Embeddable>().is_some();
    let ancestors = if embeddable { "*" } else { "'none'" };
    let targets = match extensions.get::<HasForms>() {
        Some(_) if !embeddable => "'self'",
        _ => "'none'",
    };
    let policy = format!("{POLICY}; form-action {targets}; frame-ancestors {ancestors}");
    let script = extensions.get::<HasScript>().filter(|_| !embeddable);
    let policy = match script {
        Some(HasScript) => format!("{policy}; {SCRIPT}"),
        // On this machine browsers are driven by tests, which no sandbox lets in.
        None if transport == Transport::Local => policy,
        None => format!("{policy}; {SANDBOX}"),
    };
    let is_unmodified = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    // Headers of "not modified" replace those that the browser kept with the page; it has the page's own.
    if let (Ok(policy), false) = (HeaderValue::try_from(policy), is_unmodified) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
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

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::{Extension, Router, middleware, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    async fn headers(script: Option<HasScript>, transport: Transport) -> http::HeaderMap {
        let script = script.map(Extension);
        let page = get(move || async move { (script, "page") });
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
        assert!(policy.starts_with(POLICY) && policy.ends_with(SANDBOX));
        assert!(!policy.contains("script") && !policy.contains("unsafe"));
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!headers.contains_key(STRICT_TRANSPORT_SECURITY));
    }

    #[tokio::test]
    async fn a_page_with_islands_runs_no_script_but_ours() {
        let headers = headers(Some(HasScript), Transport::Https).await;
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.ends_with("; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"));
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
        assert!(policy.contains("frame-ancestors *;") && !policy.contains("script"));
        assert_eq!(page[X_FRAME_OPTIONS], "DENY");
        let policy = page[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none';"));
    }

    #[tokio::test]
    async fn tests_on_this_machine_are_let_in() {
        let headers = headers(None, Transport::Local).await;
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with(POLICY) && !policy.contains("sandbox"));
    }

    #[tokio::test]
    async fn only_pages_with_forms_send_one() {
        let router = Router::new()
            .route("/form", get(async || (Extension(HasForms), "form")))
            .route("/page", get(async || "page"))
            .route(
                "/chart",
                get(async || (Extension(HasForms), Extension(Embeddable))),
            )
            .route("/kept", get(async || StatusCode::NOT_MODIFIED))
            .layer(middleware::from_fn_with_state(Transport::Http, set));
        let policy = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            let policy = response.headers().get(CONTENT_SECURITY_POLICY);
            policy.map(|policy| policy.to_str().unwrap().to_owned())
        };
        let policies = [
            policy("/form").await,
            policy("/page").await,
            policy("/chart").await,
        ];
        let targets = policies.map(|policy| policy.unwrap().contains("form-action 'self';"));
        assert_eq!(targets, [true, false, false]);
        assert_eq!(policy("/kept").await, None);
    }
}
