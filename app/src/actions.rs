//! Everything that changes something: server functions, one file per concern.
//!
//! Each asks the [`guard`] first, then one function of `data`, and says where the browser goes next. They
//! are made for plain forms: a form without JavaScript gets a redirection to a page that shows the result
//! (a [`Notice`](crate::web::flash::Notice) travels along), a program gets a status and an error in JSON.

#![allow(unreachable_pub)] // The macro makes public what it is given.

mod accounts;
mod assessments;
mod bulk;
mod edits;
mod evidence;
mod imports;
mod positions;
mod redaction;
mod rounds;
mod scales;
mod views;

pub(crate) use crate::actions::bulk::BulkForm;
pub(crate) use imports::{FileRead, run_of, surveyed, unknown_values_of};
pub(crate) use rounds::RoundForm;
pub(crate) use scales::ScaleForm;

use crate::Site;
use crate::web::action_error::ActionError;
use crate::web::failure::Failure;
use crate::web::flash;
use crate::web::flash::Notice;
use crate::web::posted::Posted;
use crate::web::request::{CookieKind, Visitor, account_of};
use crate::web::site;
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use data::domain::{Action, Object};
use data::store::Account;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use std::sync::{Arc, Mutex};

/// What an action gives back.
pub(crate) type Done = Result<(), ActionError>;

/// Where an action was asked from.
struct Asked {
    site: Site,
    visitor: Visitor,
    token: Option<String>,
}

/// Where an action leaves a refusal whose form is to be shown again at once, because what was typed is
/// longer than a cookie may be, or came without a session: the address of the form, what to say there, and the
/// status of the answer.
#[derive(Clone, Default)]
pub(crate) struct Refused(
    Arc<Mutex<Option<(String, Notice, StatusCode)>>>,
    Arc<Mutex<Option<(Failure, String)>>>,
);

impl Refused {
    fn put(&self, back: &str, notice: Notice, status: StatusCode) {
        if let Ok(mut refused) = self.0.lock() {
            *refused = Some((back.to_owned(), notice, status));
        }
    }

    /// What was left, once.
    pub(crate) fn take(&self) -> Option<(String, Notice, StatusCode)> {
        self.0.lock().ok()?.take()
    }

    /// Leaves a failure that passes: the form is to be sent again from a page that needs no database.
    fn put_unsaved(&self, failure: Failure, back: &str) {
        if let Ok(mut unsaved) = self.1.lock() {
            *unsaved = Some((failure, back.to_owned()));
        }
    }

    /// That failure and the address of the form, once.
    pub(crate) fn take_unsaved(&self) -> Option<(Failure, String)> {
        self.1.lock().ok()?.take()
    }
}

/// Who asks. Only what the request itself says counts: a hidden form field never does.
async fn asked() -> Result<Asked, Failure> {
    let site = use_context::<Site>().ok_or(Failure::Internal)?;
    let parts = use_context::<Parts>().ok_or(Failure::Internal)?;
    let token = CookieKind::Session.value(&parts.headers, site.secure_cookies);
    let account = account_of(&site, token.as_deref(), &parts.extensions).await?;
    Ok(Asked {
        site,
        visitor: Visitor { account },
        token,
    })
}

/// The gate before every change: who asks, if they may.
async fn guard(action: Action, object: Object<'_>) -> Result<(Site, Account), Failure> {
    let asked = asked().await?;
    let account = asked.visitor.require(action, object)?.clone();
    Ok((asked.site, account))
}

/// Ends an action: sends a form on to `Ok`'s page, or back with a notice that says what was wrong;
/// what was `typed` there travels along. Programs get the status and the error.
fn settle(
    outcome: Result<(String, Option<Notice>), Failure>,
    back: &str,
    typed: Vec<(String, String)>,
) -> Done {
    match outcome {
        Ok((to, notice)) => {
            if let Some(notice) = notice {
                add_notice(&notice, own_token());
            }
            send_to(&to);
            Ok(())
        }
        Err(failure) => {
            if wants_html()
                && failure.retry_after().is_some()
                && let Some(refused) = use_context::<Refused>()
            {
                refused.put_unsaved(failure, back);
                return Ok(());
            }
            if wants_html() {
                let to = match &failure {
                    Failure::SignInFirst => crate::urls::paths::sign_in(back),
                    _ => back.to_owned(),
                };
                let posted = use_context::<Posted>().unwrap_or_default();
                let is_first = matches!(failure, Failure::SignInFirst);
                let token = own_token().filter(|_| !is_first && posted.action != SIGN_IN);
                // Files are too large to be sent once more.
                let typed = match is_first {
                    true if posted.body.is_empty() => Vec::new(),
                    true => posted.typed(),
                    false => typed,
                };
                let notice = Notice::of_failure(&failure).with_typed(typed);
                let stays_in_the_page = notice.has_typed() && token.is_none();
                match use_context::<Refused>() {
                    Some(refused) if stays_in_the_page || !notice.fits_cookie() => {
                        let status = match &failure {
                            Failure::Conflict(_) => failure.status(),
                            _ => StatusCode::UNPROCESSABLE_ENTITY,
                        };
                        refused.put(&to, notice, status);
                    }
                    _ => {
                        add_notice(&notice, token);
                        send_to(&to);
                    }
                }
                return Ok(());
            }
            let retry_after = failure.retry_after();
            let (status, error) = match failure {
                Failure::SignInFirst => (StatusCode::UNAUTHORIZED, ActionError::SignInFirst),
                Failure::Forbidden(_) => (StatusCode::FORBIDDEN, ActionError::Forbidden),
                Failure::NotFound => (StatusCode::NOT_FOUND, ActionError::NotFound),
                Failure::Conflict(_) => (StatusCode::CONFLICT, ActionError::Conflict),
                Failure::Refused(message) => (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    ActionError::Refused(message.key.into_owned()),
                ),
                Failure::Full => (StatusCode::INSUFFICIENT_STORAGE, ActionError::Full),
                Failure::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, ActionError::Unavailable),
                Failure::Busy | Failure::Overloaded => {
                    (StatusCode::SERVICE_UNAVAILABLE, ActionError::Internal)
                }
                Failure::Internal => (StatusCode::INTERNAL_SERVER_ERROR, ActionError::Internal),
            };
            if let Some(options) = use_context::<ResponseOptions>() {
                options.set_status(status);
                if let Some(seconds) = retry_after {
                    options.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
                }
            }
            Err(error)
        }
    }
}

/// Whether a form asks, not a program.
fn wants_html() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accept = parts
            .headers
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok());
        accept.is_some_and(|accept| accept.contains("text/html"))
    })
}

/// Sends the browser on. Only addresses that this program made get here.
fn send_to(path: &str) {
    let Some(options) = use_context::<ResponseOptions>() else {
        return;
    };
    if let Ok(location) = HeaderValue::from_str(path) {
        options.set_status(StatusCode::SEE_OTHER);
        options.insert_header(header::LOCATION, location);
    }
}

/// The address of the sign-in action. Its caller has no session yet.
const SIGN_IN: &str = "/api/sign-in";

/// The token that the request's cookie holds, whether or not its session is alive.
fn own_token() -> Option<String> {
    let (site, parts) = (use_context::<Site>()?, use_context::<Parts>()?);
    CookieKind::Session.value(&parts.headers, site.secure_cookies)
}

/// Leaves a notice for the next page, signed with the token of the session if there is one.
fn add_notice(notice: &Notice, token: Option<String>) {
    let value = notice.to_cookie(token.as_deref());
    add_cookie(CookieKind::Notice, &value, Some(flash::LIFETIME));
}

fn add_cookie(kind: CookieKind, value: &str, max_age: Option<cookie::time::Duration>) {
    let Some(options) = use_context::<ResponseOptions>() else {
        return;
    };
    let is_secure = use_context::<Site>().is_none_or(|site: site::Site| site.secure_cookies);
    if let Some(value) = kind.header(value, max_age, is_secure) {
        options.append_header(header::SET_COOKIE, value);
    }
}
