//! Who asks, and for what.

use crate::notice::{NOTICE_COOKIE, Notice};
use crate::{Site, failure::Failure};
use axum::extract::{ConnectInfo, FromRef, FromRequestParts, RawQuery};
use axum::http::{Extensions, HeaderMap, HeaderValue, header::COOKIE, request::Parts};
use data::domain::{Action, ReviewCode, ReviewRecord};
use data::store::{Account, Actor, PeerClass};
use std::net::SocketAddr;
use std::sync::Arc;

/// The name of the cookie that holds a session's token.
pub(crate) const SESSION_COOKIE: &str = "session";

/// The name of the cookie that says that its browser is known as somebody's own.
pub(crate) const DEVICE_COOKIE: &str = "device";

/// Whoever sends a request: somebody signed in, or a reader.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visitor {
    /// The account, if signed in.
    pub(crate) account: Option<Account>,
}

impl Visitor {
    /// Whether this visitor may do that.
    pub(crate) fn may(&self, action: Action) -> bool {
        action.allowed(self.account.as_ref().map(|account| account.role))
    }

    /// The account, if it may do that; else why not.
    pub(crate) fn require(&self, action: Action) -> Result<&Account, Failure> {
        match &self.account {
            Some(account) if action.allowed(Some(account.role)) => Ok(account),
            Some(_) => Err(Failure::Forbidden(action)),
            None => Err(Failure::SignInFirst),
        }
    }

    /// Under which name the history keeps what this visitor changes.
    pub(crate) fn actor(account: &Account) -> Actor {
        Actor(account.pseudonym.clone())
    }
}

/// The token of the session's cookie.
pub(crate) fn session_token(headers: &HeaderMap) -> Option<String> {
    cookie_value(headers, SESSION_COOKIE)
}

/// The value of the cookie of a known browser.
pub(crate) fn device_cookie(headers: &HeaderMap) -> Option<String> {
    cookie_value(headers, DEVICE_COOKIE)
}

/// The class of addresses that a request comes from. The address itself is used for nothing else.
pub(crate) fn peer_class(extensions: &Extensions) -> PeerClass {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    PeerClass::of(peer.map(|ConnectInfo(peer)| peer.ip()))
}

fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(cookie::Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// A cookie as a header: out of scripts' reach, and sent by our own pages only.
pub(crate) fn cookie_header(cookie: &cookie::Cookie<'_>, secure: bool) -> Option<HeaderValue> {
    let mut cookie = cookie.clone();
    cookie.set_http_only(true);
    cookie.set_same_site(cookie::SameSite::Lax);
    cookie.set_secure(secure);
    HeaderValue::from_str(&cookie.to_string()).ok()
}

/// A request for a page: the installation, the visitor, the query string as typed.
pub(crate) struct Request {
    pub(crate) site: Site,
    pub(crate) visitor: Visitor,
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
}

impl Request {
    /// A review as this visitor may see it: readers see published rounds only.
    pub(crate) async fn review_record(&self, code: &str) -> Result<Arc<ReviewRecord>, Failure> {
        self.record_of(ReviewCode::parse(code).ok_or(Failure::NotFound)?)
            .await
    }

    async fn record_of(&self, code: ReviewCode) -> Result<Arc<ReviewRecord>, Failure> {
        let store = &self.site.store;
        Ok(if self.visitor.may(Action::ReadOpenRounds) {
            store.review_record(code).await?
        } else {
            store.public_record(code).await?
        })
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
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
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
        let token = session_token(&parts.headers);
        let account = match &token {
            Some(token) => site.store.signed_in(token).await?,
            None => None,
        };
        let query = RawQuery::from_request_parts(parts, state)
            .await
            .map_or_else(
                |never| match never {},
                |RawQuery(query)| query.unwrap_or_default(),
            );
        let path = parts.uri.path().to_owned();
        let at_once = parts.extensions.get::<Notice>().cloned();
        let notice = at_once.or_else(|| {
            cookie_value(&parts.headers, NOTICE_COOKIE)
                .as_deref()
                .and_then(Notice::parse)
        });
        Ok(Self {
            site,
            visitor: Visitor { account },
            path,
            query,
            token,
            device: device_cookie(&parts.headers),
            peer: peer_class(&parts.extensions),
            notice,
        })
    }
}
