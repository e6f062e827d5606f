//! Who asks, and for what.

use crate::Site;
use crate::text::locale::Locale;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts, RawQuery};
use axum::http::header::{COOKIE, HOST, HeaderName, REFERER};
use axum::http::{Extensions, HeaderMap, HeaderValue, Uri, request::Parts};
use data::domain::{Action, Object, Principal, ReviewCode, ReviewRecord, may};
use data::store::{Account, Actor, PeerClass};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A cookie of this program. Nothing else names one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CookieKind {
    /// The token of a session.
    Session,
    /// The message for the next page.
    Notice,
    /// The mark of a browser that is known as somebody's own.
    Device,
}

impl CookieKind {
    /// Its name. Over https browsers accept the prefix from this very host alone, so that no other host of
    /// the same domain can plant a cookie. Over plain http not every browser accepts the prefix (Chromium
    /// does for this machine, `WebKit` does not), and nobody could sign in there.
    pub(crate) const fn name(self, is_secure: bool) -> &'static str {
        match (self, is_secure) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::Notice, true) => "__Host-notice",
            (Self::Notice, false) => "notice",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
        }
    }

    /// Its value in a request. `None` also if the request has several of this name: one of them was planted
    /// by somebody else, and nothing says which.
    pub(crate) fn value(self, headers: &HeaderMap, is_secure: bool) -> Option<String> {
        let name = self.name(is_secure);
        let mut values = cookies(headers)
            .filter(|cookie| cookie.name() == name)
            .map(|cookie| cookie.value().to_owned());
        let value = values.next();
        value.filter(|_| values.next().is_none())
    }

    /// The header that sets it: for this host alone, hidden from scripts, not sent with forms of other
    /// sites. Without `max_age` it ends with the browser.
    pub(crate) fn header(
        self,
        value: &str,
        max_age: Option<cookie::time::Duration>,
        is_secure: bool,
    ) -> Option<HeaderValue> {
        let mut cookie = cookie::Cookie::build((self.name(is_secure), value))
            .path("/")
            .http_only(true)
            .same_site(cookie::SameSite::Lax)
            .secure(is_secure)
            .build();
        cookie.set_max_age(max_age);
        HeaderValue::from_str(&cookie.to_string()).ok()
    }

    /// The header that removes it.
    pub(crate) fn removal(self, is_secure: bool) -> Option<HeaderValue> {
        self.header("", Some(cookie::time::Duration::ZERO), is_secure)
    }
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = cookie::Cookie<'_>> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(cookie::Cookie::split_parse)
        .filter_map(Result::ok)
}

/// Returns true if a request carries a session's cookie of either name, valid or not.
pub fn has_session_cookie(headers: &HeaderMap) -> bool {
    let names = [true, false].map(|is_secure| CookieKind::Session.name(is_secure));
    cookies(headers).any(|cookie| names.contains(&cookie.name()))
}

/// In the extensions of a request: set once its session turns out to have been ended, so that the answer
/// clears what the browser stored during it.
#[derive(Clone, Debug, Default)]
pub(crate) struct EndedSession(Arc<AtomicBool>);

impl EndedSession {
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The header by which a browser forgets what was stored while somebody was signed in: drafts and pages,
/// in every tab. Cookies stay: the one of the session is removed by name, and others belong to the browser.
pub(crate) fn clear_site_data() -> (HeaderName, HeaderValue) {
    (
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    )
}

/// The account of a session's token, if the session is alive. Notes in the request if it was ended on
/// purpose. A session that timed out is none such: whoever signs in again gets back what only their browser
/// has.
pub(crate) async fn account_of(
    site: &Site,
    token: Option<&str>,
    extensions: &Extensions,
) -> Result<Option<Account>, Failure> {
    let Some(token) = token else {
        return Ok(None);
    };
    let account = site.store.signed_in(token).await?;
    if let (None, Some(ended)) = (&account, extensions.get::<EndedSession>())
        && site.store.is_session_ended(token).await?
    {
        ended.0.store(true, Ordering::Relaxed);
    }
    Ok(account)
}

/// Returns true if the request was made on a page of this site, by a link or a form. False for addresses
/// that were typed, bookmarked or linked from another site, and for what follows signing in or a form that was sent,
/// since another site may have linked to the sign-in page.
fn is_from_this_site(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let referer: Option<Uri> = text(&REFERER).and_then(|address| address.parse().ok());
    // A refused sign-in is shown at the address of its action.
    let follows_a_form = |uri: &Uri| {
        let (_, path) = Locale::split(uri.path());
        path == "/login" || path.starts_with("/api/")
    };
    let follows_a_form = referer.as_ref().is_some_and(follows_a_form);
    let is_own_host = || {
        let host = referer.as_ref().and_then(Uri::authority);
        host.is_some_and(|host| text(&HOST) == Some(host.as_str()))
    };
    let is_same_origin = match text(&SEC_FETCH_SITE) {
        Some(site) => site == "same-origin",
        None => is_own_host(),
    };
    is_same_origin && !follows_a_form
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whoever sends a request: somebody signed in, or a reader.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visitor {
    /// The account, if signed in.
    pub(crate) account: Option<Account>,
}

impl Visitor {
    /// Whether this visitor may do that.
    pub(crate) fn may(&self, action: Action, object: Object<'_>) -> bool {
        let account = self.account.as_ref();
        may(account.map_or(Principal::Public, principal), action, object)
    }

    /// The account, if it may do that; else why not.
    pub(crate) fn require(&self, action: Action, object: Object<'_>) -> Result<&Account, Failure> {
        match &self.account {
            Some(account) if may(principal(account), action, object) => Ok(account),
            Some(_) => Err(Failure::Forbidden(action)),
            None => Err(Failure::SignInFirst),
        }
    }

    /// Under which name the history keeps what this visitor changes.
    pub(crate) fn actor(account: &Account) -> Actor {
        Actor(account.pseudonym.clone())
    }
}

/// An account as one that rights are asked for.
pub(crate) fn principal(account: &Account) -> Principal {
    Principal::Account(account.id, account.role)
}

/// The class of addresses that a request comes from. The address itself is used for nothing else.
pub(crate) fn peer_class(extensions: &Extensions) -> PeerClass {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    PeerClass::of(peer.map(|ConnectInfo(peer)| peer.ip()))
}

/// A request for a page: the installation, the visitor, the query string as typed.
pub(crate) struct Request {
    pub(crate) site: Site,
    pub(crate) visitor: Visitor,
    /// Without the prefix of the locale.
    pub(crate) path: String,
    pub(crate) query: String,
    /// The token of the session, if there is one.
    pub(crate) token: Option<String>,
    /// The value of the cookie of a known browser, if there is one.
    pub(crate) device: Option<String>,
    /// The class of addresses that it comes from.
    pub(crate) peer: PeerClass,
    /// What the action before this page left to say.
    pub(crate) notice: Option<Notice>,
    /// True if a page of this site led here, so that a person chose the parameters of the address.
    pub(crate) is_from_this_site: bool,
}

impl Request {
    /// A review as this visitor may see it: readers see published rounds only.
    pub(crate) async fn review_record(&self, code: &str) -> Result<Arc<ReviewRecord>, Failure> {
        self.record_of(ReviewCode::parse(code).ok_or(Failure::NotFound)?)
            .await
    }

    async fn record_of(&self, code: ReviewCode) -> Result<Arc<ReviewRecord>, Failure> {
        let store = &self.site.store;
        Ok(
            if self
                .visitor
                .may(Action::ReadOpenRounds, Object::Review(code))
            {
                store.review_record(code).await?
            } else {
                store.public_record(code).await?
            },
        )
    }

    /// The State's reviews before this one, the newest first, as this visitor may see them.
    pub(crate) async fn earlier_records(
        &self,
        code: ReviewCode,
    ) -> Result<Vec<Arc<ReviewRecord>>, Failure> {
        self.records_of(self.earlier(code).await?).await
    }

    /// The earlier reviews of the same State, the latest first.
    pub(crate) async fn earlier(&self, code: ReviewCode) -> Result<Vec<ReviewCode>, Failure> {
        let reviews = self.site.store.reviews().await?;
        let codes = reviews.iter().map(|review| review.code);
        let mut earlier: Vec<ReviewCode> = codes
            .filter(|one| one.state == code.state && one.cycle < code.cycle)
            .collect();
        earlier.reverse();
        Ok(earlier)
    }

    /// Reviews as the visitor may see them.
    pub(crate) async fn records_of(
        &self,
        reviews: Vec<ReviewCode>,
    ) -> Result<Vec<Arc<ReviewRecord>>, Failure> {
        let mut records = Vec::with_capacity(reviews.len());
        for review in reviews {
            records.push(self.record_of(review).await?);
        }
        Ok(records)
    }

    /// The address of the page, with its query string.
    pub(crate) fn address(&self) -> String {
        paths::with_query(paths::localize(&self.path), &self.query)
    }

    /// The value of a parameter of the query string, the first if there are several.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        data::domain::query_pairs(&self.query)
            .into_iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Request
where
    Site: FromRef<S>,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let site = Site::from_ref(state);
        let is_secure = site.secure_cookies;
        let token = CookieKind::Session.value(&parts.headers, is_secure);
        let account = account_of(&site, token.as_deref(), &parts.extensions).await?;
        let query = RawQuery::from_request_parts(parts, state)
            .await
            .map_or_else(
                |never| match never {},
                |RawQuery(query)| query.unwrap_or_default(),
            );
        let path = parts.uri.path().to_owned();
        let at_once = parts.extensions.get::<Notice>().cloned();
        let notice = at_once.or_else(|| {
            let value = CookieKind::Notice.value(&parts.headers, is_secure)?;
            let token = token.as_deref().filter(|_| account.is_some());
            Notice::parse(&value, token)
        });
        let is_from_this_site = is_from_this_site(&parts.headers);
        Ok(Self {
            site,
            visitor: Visitor { account },
            path,
            query,
            token,
            device: CookieKind::Device.value(&parts.headers, is_secure),
            peer: peer_class(&parts.extensions),
            notice,
            is_from_this_site,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            (name, HeaderValue::from_str(value).unwrap())
        });
        pairs.collect()
    }

    #[test]
    fn what_follows_a_form_does_not_come_from_a_page_of_this_site() {
        for (referer, expected) in [
            ("http://upr.example/assess/BLR-3/open", true),
            ("http://upr.example/login?next=%2Fassess", false),
            ("http://upr.example/en-XA/login", false),
            ("http://upr.example/en-XA/api/sign-in", false),
            ("http://upr.example/en-XA/assess", true),
            ("http://upr.example/api/sign-in", false),
            ("http://evil.example/assess/BLR-3/open", false),
        ] {
            let headers = headers(&[("host", "upr.example"), ("referer", referer)]);
            assert_eq!(is_from_this_site(&headers), expected, "{referer}");
        }
        let fetched = |site| {
            headers(&[
                ("sec-fetch-site", site),
                ("referer", "http://upr.example/api/sign-in"),
            ])
        };
        assert!(!is_from_this_site(&fetched("same-origin")));
        assert!(!is_from_this_site(&headers(&[(
            "sec-fetch-site",
            "cross-site"
        )])));
    }

    #[test]
    fn a_planted_cookie_is_never_taken() {
        let session = |cookies: &str, is_secure| {
            CookieKind::Session.value(&headers(&[("cookie", cookies)]), is_secure)
        };
        assert_eq!(session("session=a", false).as_deref(), Some("a"));
        assert_eq!(session("__Host-session=a", true).as_deref(), Some("a"));
        // The plain name over https comes from another host of the domain, or from plain http.
        assert_eq!(session("session=a", true), None);
        assert_eq!(
            session("session=x; __Host-session=a", true).as_deref(),
            Some("a")
        );
        // Names are compared letter by letter.
        for planted in [
            "__host-session=a",
            "__Host-Session=a",
            "__Host-session =a2; x=1",
        ] {
            assert_ne!(session(planted, true).as_deref(), Some("a"), "{planted}");
        }
        for several in ["session=a; session=b", "session=a; session=a"] {
            assert_eq!(session(several, false), None, "{several}");
        }
    }

    #[test]
    fn cookies_are_for_this_host_and_out_of_reach() {
        let header = CookieKind::Session.header("a", None, true).unwrap();
        let header = header.to_str().unwrap();
        assert_eq!(
            header,
            "__Host-session=a; HttpOnly; SameSite=Lax; Secure; Path=/"
        );
        let plain = CookieKind::Notice.removal(false).unwrap();
        let plain = plain.to_str().unwrap();
        assert!(plain.starts_with("notice=;") && plain.contains("Max-Age=0"));
        assert!(!plain.contains("Secure"));
    }

    #[test]
    fn either_name_marks_a_request_as_personal() {
        for (cookies, expected) in [
            ("session=abc", true),
            ("theme=dark; __Host-session=abc", true),
            ("theme=session", false),
            ("my-session=abc", false),
            ("", false),
        ] {
            let headers = headers(&[("cookie", cookies)]);
            assert_eq!(has_session_cookie(&headers), expected, "{cookies}");
        }
    }

    #[test]
    fn only_our_own_pages_lead_here() {
        let ours = ("referer", "https://upr.example/assess/BLR-1/open");
        let sign_in = ("referer", "https://upr.example/login?next=%2Fassess");
        let theirs = ("referer", "https://evil.example/");
        let site = |value| ("sec-fetch-site", value);
        for (sent, expected) in [
            (vec![site("same-origin"), ours], true),
            (vec![site("same-origin")], true),
            (vec![site("same-origin"), sign_in], false),
            (vec![site("none")], false),
            (vec![site("none"), ours], false),
            (vec![site("same-site"), ours], false),
            (vec![site("cross-site"), theirs], false),
            // Browsers that do not say so.
            (vec![ours], true),
            (vec![sign_in], false),
            (vec![theirs], false),
            (vec![], false),
        ] {
            let mut sent = sent;
            sent.push(("host", "upr.example"));
            assert_eq!(is_from_this_site(&headers(&sent)), expected, "{sent:?}");
        }
    }
}
