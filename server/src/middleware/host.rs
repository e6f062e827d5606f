//! Answers only requests that name this site as their host.
//!
//! Another site can let its own name point to this machine (DNS rebinding); browsers then take its pages
//! and ours for one site and let its scripts read ours. Such requests still name the other site.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use http::header::HOST;
use http::uri::Authority;

use crate::error_page;

/// The hosts that are answered.
#[derive(Clone, Debug)]
pub struct Hosts(Option<Arc<PublicHost>>);

#[derive(Debug)]
struct PublicHost {
    name: String,
    port: Option<u16>,
    /// The port that browsers leave out.
    usual_port: u16,
}

impl Hosts {
    /// The host of the public origin; without one, every name of this very machine.
    pub fn of(public_origin: Option<&str>) -> Self {
        let host = public_origin.and_then(|origin| {
            let (scheme, host) = origin.split_once("://")?;
            let authority: Authority = host.trim_end_matches('/').parse().ok()?;
            Some(Arc::new(PublicHost {
                name: authority.host().to_ascii_lowercase(),
                port: authority.port_u16(),
                usual_port: if scheme == "https" { 443 } else { 80 },
            }))
        });
        Self(host)
    }

    fn has(&self, authority: &Authority) -> bool {
        if authority.as_str().contains('@') {
            return false;
        }
        let name = authority.host().to_ascii_lowercase();
        // `http` takes what follows the last colon for a port, whatever it is.
        let port = match authority.port() {
            Some(port) => Some(port.as_u16()),
            None if authority.as_str().len() == name.len() => None,
            None => return false,
        };
        match &self.0 {
            Some(public) => {
                let of = |port: Option<u16>| port.unwrap_or(public.usual_port);
                name == public.name && of(port) == of(public.port)
            }
            None => is_loopback(&name),
        }
    }
}

/// Returns true for names that no name server decides.
fn is_loopback(name: &str) -> bool {
    let address = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(name);
    let address = address.parse::<std::net::IpAddr>();
    name == "localhost"
        || name.ends_with(".localhost")
        || address.is_ok_and(|address| address.is_loopback())
}

/// Paths for programs that watch this one. They say nothing about the data.
const PROBES: [&str; 2] = ["/healthz", "/readyz"];

/// Refuses requests for other hosts with 421, and those that name none with 400.
pub async fn check(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    if PROBES.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    // A request may name a host in its line and in a header, and has to mean the same site by both.
    let in_headers = request.headers().get_all(HOST).iter();
    let in_headers = in_headers.map(|host| host.to_str().ok()?.parse::<Authority>().ok());
    let in_line = request.uri().authority().cloned().map(Some);
    let named: Option<Vec<Authority>> = in_headers.chain(in_line).collect();
    let named = named.filter(|all| {
        let one_header = request.headers().get_all(HOST).iter().count() <= 1;
        one_header && !all.is_empty()
    });
    match named {
        Some(named) if named.iter().all(|host| hosts.has(host)) => next.run(request).await,
        Some(_) => error_page::respond(
            request.headers(),
            StatusCode::MISDIRECTED_REQUEST,
            &app::t!("refused-other-address"),
            &app::t!("refused-other-address-why"),
        ),
        None => error_page::respond(
            request.headers(),
            StatusCode::BAD_REQUEST,
            &app::t!("refused-no-host"),
            &app::t!("refused-no-host-why"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::{Router, middleware};
    use tower::ServiceExt as _;

    use super::*;

    async fn status(origin: Option<&str>, path: &str, host: Option<&str>) -> u16 {
        let router = Router::new()
            .fallback(async || "page")
            .layer(middleware::from_fn_with_state(Hosts::of(origin), check));
        let mut request = Request::get(path);
        if let Some(host) = host {
            request = request.header(HOST, host);
        }
        let request = request.body(Body::empty()).unwrap();
        let router = app::localized(router, false);
        router.oneshot(request).await.unwrap().status().as_u16()
    }

    #[tokio::test]
    async fn only_the_public_origin_is_answered() {
        let https = Some("https://upr.example");
        let onion = Some("http://abcdef.onion:8080/");
        for (origin, host, expected) in [
            (https, "upr.example", 200),
            (https, "UPR.example:443", 200),
            (https, "upr.example:8443", 421),
            (https, "evil.example", 421),
            (https, "upr.example.evil.example", 421),
            (https, "evil.example.upr.example", 421),
            (https, "127.0.0.1:3000", 421),
            (https, "upr.example@evil.example", 421),
            (https, "upr.example:x", 421),
            (https, "upr.example:", 421),
            (https, "upr.example.", 421),
            (onion, "abcdef.onion:8080", 200),
            (onion, "abcdef.onion", 421),
        ] {
            assert_eq!(status(origin, "/", Some(host)).await, expected, "{host}");
        }
        assert_eq!(status(https, "/", None).await, 400);
    }

    #[tokio::test]
    async fn line_and_header_have_to_name_the_same_site() {
        let origin = Some("https://upr.example");
        for (line, host, expected) in [
            ("https://upr.example/", "upr.example", 200),
            ("https://upr.example/", "evil.example", 421),
            ("https://evil.example/", "upr.example", 421),
            ("/", "evil@upr.example:443", 421),
        ] {
            assert_eq!(
                status(origin, line, Some(host)).await,
                expected,
                "{line} {host}"
            );
        }
        let router = Router::new()
            .fallback(async || "page")
            .layer(middleware::from_fn_with_state(Hosts::of(origin), check));
        let twice = Request::get("/")
            .header(HOST, "upr.example")
            .header(HOST, "upr.example");
        let twice = twice.body(Body::empty()).unwrap();
        let router = app::localized(router, false);
        assert_eq!(router.oneshot(twice).await.unwrap().status().as_u16(), 400);
    }

    #[tokio::test]
    async fn without_one_only_names_of_this_machine_are() {
        for (host, expected) in [
            ("127.0.0.1:3000", 200),
            ("127.8.9.1", 200),
            ("localhost:1", 200),
            ("a.localhost", 200),
            ("[::1]:3000", 200),
            ("192.168.0.7:3000", 421),
            ("0.0.0.0", 421),
            ("[::ffff:10.0.0.1]", 421),
            ("evil.example:3000", 421),
            ("127.0.0.1.evil.example", 421),
            ("localhost.evil.example", 421),
            ("evil.example@127.0.0.1:x", 421),
        ] {
            assert_eq!(status(None, "/", Some(host)).await, expected, "{host}");
        }
        assert_eq!(status(None, "/healthz", None).await, 200);
        assert_eq!(status(None, "/healthz", Some("probe")).await, 200);
        assert_eq!(status(None, "/healthz/x", Some("probe")).await, 421);
    }
}
