//! The files that pages refer to: stylesheet, icon, and the browser's half of the islands.
//!
//! `build.rs` embeds them under names that hold their hash, each also compressed, so a browser
//! may keep them for ever and the server never compresses them again.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

/// What a file is to a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(
    dead_code,
    reason = "the table lacks the roles whose files were not there to embed"
)]
enum Role {
    Stylesheet,
    WorkbenchStylesheet,
    Icon,
    Script,
    Wasm,
}

/// One embedded file.
struct Asset {
    role: Role,
    name: &'static str,
    etag: &'static str,
    content_type: &'static str,
    identity: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The addresses of the embedded files, as pages want them.
pub fn addresses() -> app::Assets {
    let asset = |role| ASSETS.iter().find(|asset| asset.role == role);
    let address = |role| Some(format!("/assets/{}", asset(role)?.name));
    // Script and wasm share a name up to here; `build.rs` embeds both or neither.
    let islands = asset(Role::Script).and_then(|script| script.name.strip_suffix(".js"));
    app::Assets {
        stylesheet: address(Role::Stylesheet).unwrap_or_default(),
        workbench_stylesheet: address(Role::WorkbenchStylesheet),
        islands: islands.map(str::to_owned),
        icon: address(Role::Icon),
    }
}

/// Serves them at `/assets/{name}`, and the icon also where browsers look for it unasked.
pub fn routes() -> Router {
    Router::new()
        .route("/assets/{name}", get(serve))
        .route("/favicon.ico", get(favicon))
        .route("/robots.txt", get(robots))
}

/// What search engines may read: every page for readers, but no filters and no files of lists, of which there is no
/// end and whose rows are on the pages.
const ROBOTS: &str = include_str!("robots.txt");

async fn robots() -> Response {
    let day = HeaderValue::from_static("public, max-age=86400");
    ([(CACHE_CONTROL, day)], ROBOTS).into_response()
}

/// Pages name the icon; what is not a page (an export, `/healthz`) cannot, and a browser that
/// shows one asks here.
async fn favicon() -> Response {
    let week = [(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=604800"),
    )];
    match ASSETS.iter().find(|asset| asset.role == Role::Icon) {
        Some(icon) => (week, [(CONTENT_TYPE, icon.content_type)], icon.identity).into_response(),
        None => (StatusCode::NO_CONTENT, week).into_response(),
    }
}

async fn serve(Path(name): Path<String>, request: HeaderMap) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => respond(asset, &request),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn respond(asset: &'static Asset, request: &HeaderMap) -> Response {
    // The name changes with the content, so nobody ever needs to ask again.
    let kept = [
        (
            CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ),
        (ETAG, HeaderValue::from_static(asset.etag)),
        (VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let known = request
        .get(IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok());
    if known.is_some_and(|tags| tags.split(',').any(|tag| matches(tag, asset.etag))) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let accepted = request
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    let encoding = Encoding::negotiate(accepted.unwrap_or_default());
    let (name, bytes) = match encoding {
        Encoding::Brotli => (Some("br"), asset.brotli),
        Encoding::Gzip => (Some("gzip"), asset.gzip),
        Encoding::Identity => (None, asset.identity),
    };
    let content_type = [(CONTENT_TYPE, HeaderValue::from_static(asset.content_type))];
    let mut response = (kept, content_type, bytes).into_response();
    if let Some(name) = name {
        response
            .headers_mut()
            .insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    response
}

/// `If-None-Match` compares weakly, and a proxy that recompresses makes a tag weak.
fn matches(tag: &str, etag: &str) -> bool {
    let tag = tag.trim();
    tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// The smallest of the encodings that the browser accepts at all. Which of them it prefers is
    /// not asked: all three are ready, and it decodes either in less time than bytes take to come.
    fn negotiate(accepted: &str) -> Self {
        let accepts = |name: &str| {
            accepted.split(',').any(|offer| {
                let (coding, weight) = offer.split_once(';').unwrap_or((offer, "q=1"));
                let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
                coding.trim().eq_ignore_ascii_case(name)
                    && weight
                        .trim()
                        .parse::<f32>()
                        .is_ok_and(|weight| weight > 0.0)
            })
        };
        if accepts("br") {
            Self::Brotli
        } else if accepts("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static ASSET: Asset = Asset {
        role: Role::Wasm,
        name: "app.0123456789abcdef_bg.wasm",
        etag: "\"0123456789abcdef\"",
        content_type: "application/wasm",
        identity: b"identity",
        brotli: b"brotli",
        gzip: b"gzip",
    };

    fn get(name: axum::http::HeaderName, value: &'static str) -> Response {
        respond(
            &ASSET,
            &HeaderMap::from_iter([(name, HeaderValue::from_static(value))]),
        )
    }

    /// Whether a robot that follows RFC 9309 may read an address: the longest rule that matches decides.
    fn may_read(address: &str) -> bool {
        fn matches(rule: &str, address: &str) -> bool {
            if rule == "$" {
                return address.is_empty();
            }
            match rule.split_at_checked(1) {
                None | Some(("", _)) => true,
                Some(("*", rest)) => {
                    (0..=address.len()).any(|from| matches(rest, &address[from..]))
                }
                Some((first, rest)) => address
                    .strip_prefix(first)
                    .is_some_and(|address| matches(rest, address)),
            }
        }
        let rules = ROBOTS.lines().filter_map(|line| line.split_once(": "));
        let rules = rules.filter(|(kind, rule)| *kind != "User-agent" && matches(rule, address));
        let strongest = rules.max_by_key(|(kind, rule)| (rule.len(), *kind == "Allow"));
        strongest.is_none_or(|(kind, _)| kind == "Allow")
    }

    #[tokio::test]
    async fn robots_read_what_readers_read_and_no_filters() {
        for address in [
            "/",
            "/states/BLR",
            "/reviews/BLR-3",
            "/reviews/BLR-3/rounds/mid-term",
            "/recommendations",
            "/recommendations?page=7",
            "/reviews/BLR-3/recommendations?page=2",
            "/reviews/BLR-3/recommendations/138.1",
            "/reviews/BLR-3/recommendations/138.1?page=2",
            "/reviews/BLR-3/charts/status.png?round=mid-term",
            "/charts/world.png",
            "/recommending/NOR/BLR",
            "/subjects/issue/Death%20penalty",
            "/world",
            "/methodology",
            "/about/sources?page=2",
            "/assets/main.css",
        ] {
            assert!(may_read(address), "{address}");
        }
        for address in [
            "/login",
            "/login?next=%2F",
            "/account",
            "/assess/BLR-3/open/138.1",
            "/import",
            "/admin/scales",
            "/api/sign-in",
            "/embed/charts/world",
            "/search?q=torture",
            "/recommendations?position=noted",
            "/recommendations?issue=Labour&page=2",
            "/reviews/BLR-3/recommendations?sort=-status",
            "/reviews/BLR-3/recommendations/138.1/correct",
            "/reviews/BLR-3/recommendations.csv",
            "/recommendations.json",
            "/summary?state=BLR",
            "/compare?a=cycle%3D1&b=cycle%3D2",
            "/reviews/BLR-3/charts/status?round=mid-term",
        ] {
            assert!(!may_read(address), "{address}");
        }
        let response = robots().await;
        let kind = response.headers()[CONTENT_TYPE].to_str().unwrap();
        assert!(kind.starts_with("text/plain"), "{kind}");
    }

    #[test]
    fn the_smallest_accepted_encoding_is_chosen() {
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip;q=1.0, br;q=0.5", Encoding::Brotli),
            ("br;q=0, gzip", Encoding::Gzip),
            ("GZIP", Encoding::Gzip),
            ("deflate", Encoding::Identity),
            ("", Encoding::Identity),
            ("br;q=nonsense", Encoding::Identity),
        ] {
            assert_eq!(Encoding::negotiate(accepted), encoding, "{accepted}");
        }
    }

    #[test]
    fn a_response_says_what_it_is_and_may_be_kept_for_ever() {
        let response = get(ACCEPT_ENCODING, "gzip, br");
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[CONTENT_TYPE], "application/wasm");
        assert_eq!(response.headers()[VARY], "accept-encoding");
        assert_eq!(
            response.headers()[CACHE_CONTROL],
            "public, max-age=31536000, immutable"
        );
        assert!(
            !get(ACCEPT_ENCODING, "identity")
                .headers()
                .contains_key(CONTENT_ENCODING)
        );
    }

    #[test]
    fn a_browser_that_has_it_gets_nothing_again() {
        for tags in ["\"0123456789abcdef\"", "\"x\", W/\"0123456789abcdef\"", "*"] {
            assert_eq!(
                get(IF_NONE_MATCH, tags).status(),
                StatusCode::NOT_MODIFIED,
                "{tags}"
            );
        }
        assert_eq!(get(IF_NONE_MATCH, "\"other\"").status(), StatusCode::OK);
    }

    #[test]
    fn what_pages_refer_to_is_there() {
        let addresses = addresses();
        let named = |name: &str| ASSETS.iter().any(|asset| asset.name == name);
        assert!(
            addresses.stylesheet.is_empty()
                || named(addresses.stylesheet.trim_start_matches("/assets/"))
        );
        if let Some(islands) = addresses.islands {
            assert!(named(&format!("{islands}.js")) && named(&format!("{islands}_bg.wasm")));
        }
    }
}
