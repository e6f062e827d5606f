//! Signing in and out, and one's own account.

use super::{ActionError, add_cookie, asked, own_token, settle, wants_html};
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::posted::Posted;
use crate::web::request::{CookieKind, clear_site_data, peer_class};
use crate::web::site::Site;
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use cookie::time::Duration;
use data::domain::{Action, Message, Object};
use data::settings::DEVICE_DAYS;
// The macro makes a `SignIn` of its own.
use data::store::{Account, DeviceCookie, SignIn as SentForm, SignInRefusal, ThisBrowser};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// The page of one's own account.
fn account_page() -> String {
    paths::localize("/account")
}

/// Signs somebody in and sends them on to `next`, if that is one of our pages. `carried` is a form that
/// came when the session had ended, and `carried_action` its address: it is sent once more after that.
#[server(endpoint = "sign-in")]
pub async fn sign_in(
    #[server(default)] pseudonym: String,
    #[server(default)] password: String,
    #[server(default)] form: String,
    #[server(default)] own_device: String,
    #[server(default)] next: String,
    #[server(default)] carried_action: String,
    #[server(default)] carried: String,
) -> Result<(), ActionError> {
    let entered = async {
        let site = use_context::<Site>().ok_or(Failure::Internal)?;
        let parts = use_context::<Parts>().ok_or(Failure::Internal)?;
        let device = CookieKind::Device.value(&parts.headers, site.secure_cookies);
        let sent = SentForm {
            pseudonym: &pseudonym,
            password: &password,
            form: &form,
            peer: peer_class(&parts.extensions),
            device: device.as_deref(),
            own_device: !own_device.is_empty(),
        };
        let entered = site.store.sign_in_by_form(sent).await?;
        // Ends the browser's earlier session, so that a copied or planted token is worth nothing.
        if let (Ok(_), Some(old)) = (&entered, own_token()) {
            site.store.sign_out(&old).await?;
        }
        Ok::<_, Failure>(entered)
    };
    let entered = entered.await;
    let next = paths::own_path(&next).map_or_else(paths::home, str::to_owned);
    let back = paths::sign_in(&next);
    let mut typed = vec![("pseudonym".to_owned(), pseudonym)];
    if !own_device.is_empty() {
        typed.push(("own_device".to_owned(), own_device));
    }
    if !carried_action.is_empty() {
        let posted = Posted {
            action: carried_action,
            body: carried,
        };
        typed.extend(posted.typed());
    }
    let outcome = match entered {
        Ok(Ok(signed_in)) => {
            add_cookie(CookieKind::Session, &signed_in.token, None);
            set_device(signed_in.device);
            Ok((next, None))
        }
        Ok(Err(SignInRefusal::Wrong)) => Err(Message::new("sign-in-wrong").into()),
        Ok(Err(SignInRefusal::FormExpired)) => {
            let message = Message::new("sign-in-form-expired");
            return at_once(&back, StatusCode::UNPROCESSABLE_ENTITY, message, typed);
        }
        Ok(Err(SignInRefusal::Busy { seconds })) => {
            // The same form again: it comes before those that were opened later.
            typed.push(("form".to_owned(), form));
            return come_again(&back, seconds, typed);
        }
        Err(failure) => Err(failure),
    };
    settle(outcome, &back, typed)
}

/// Signs this browser out.
#[server(endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), ActionError> {
    let outcome = async {
        let asked = asked().await?;
        if let Some(token) = &asked.token {
            asked.site.store.sign_out(token).await?;
        }
        add_cookie(CookieKind::Session, "", Some(Duration::ZERO));
        if let Some(options) = use_context::<ResponseOptions>() {
            let (name, value) = clear_site_data();
            options.insert_header(name, value);
        }
        Ok((paths::home(), None))
    };
    let outcome = outcome.await;
    settle(outcome, &paths::home(), Vec::new())
}

/// Changes the password of whoever asks, if they know the present one.
#[server(endpoint = "change-password")]
pub async fn change_password(
    #[server(default)] present: String,
    #[server(default)] new: String,
    #[server(default)] repeated: String,
) -> Result<(), ActionError> {
    let changed = async {
        let (site, account, token) = owner().await?;
        if new != repeated {
            return Err(Message::new("account-password-differ").into());
        }
        let parts = use_context::<Parts>().ok_or(Failure::Internal)?;
        let device = CookieKind::Device.value(&parts.headers, site.secure_cookies);
        let this = ThisBrowser {
            token: &token,
            device: device.as_deref(),
        };
        let changed = site.store.change_password(&account, this, &present, &new);
        Ok(changed.await?)
    };
    let outcome = match changed.await {
        Ok(Ok(())) => Ok(done("account-password-changed-notice")),
        Ok(Err(SignInRefusal::Busy { seconds })) => {
            return come_again(&account_page(), seconds, Vec::new());
        }
        Ok(Err(_)) => Err(Message::new("account-password-wrong").into()),
        Err(failure) => Err(failure),
    };
    settle(outcome, &account_page(), Vec::new())
}

/// Ends one of the sessions of whoever asks.
#[server(endpoint = "end-session")]
pub async fn end_session(#[server(default)] id: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account, _) = owner().await?;
        site.store.end_session(&account, &id).await?;
        Ok(done("account-session-ended-notice"))
    };
    let outcome = outcome.await;
    settle(outcome, &account_page(), Vec::new())
}

/// Ends all sessions of whoever asks but this one.
#[server(endpoint = "end-other-sessions")]
pub async fn end_other_sessions() -> Result<(), ActionError> {
    let outcome = async {
        let (site, account, token) = owner().await?;
        let ended = site.store.end_other_sessions(&account, &token).await?;
        let message = Message::new("account-sessions-ended-notice").with("count", ended);
        Ok((account_page(), Some(Notice::done(&message))))
    };
    let outcome = outcome.await;
    settle(outcome, &account_page(), Vec::new())
}

/// Forgets one of the known browsers of whoever asks.
#[server(endpoint = "forget-device")]
pub async fn forget_device(#[server(default)] id: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account, _) = owner().await?;
        site.store.forget_device(&account, &id).await?;
        let parts = use_context::<Parts>().ok_or(Failure::Internal)?;
        let cookie = CookieKind::Device.value(&parts.headers, site.secure_cookies);
        // If it was this browser, nothing of it stays there.
        if cookie.is_some() && !site.store.is_known_device(cookie.as_deref()).await? {
            set_device(DeviceCookie::Removed);
        }
        Ok(done("account-device-forgotten-notice"))
    };
    let outcome = outcome.await;
    settle(outcome, &account_page(), Vec::new())
}

/// Whoever is signed in, in whichever role: each may change what is their own.
pub(super) async fn owner() -> Result<(Site, Account, String), Failure> {
    let asked = asked().await?;
    let id = asked.visitor.account.as_ref().map(|account| account.id);
    let own = id.map_or(Object::Installation, Object::Account);
    let account = asked.visitor.require(Action::UseAccount, own)?.clone();
    let token = asked.token.ok_or(Failure::SignInFirst)?;
    Ok((asked.site, account, token))
}

fn done(key: &'static str) -> (String, Option<Notice>) {
    let notice = Notice::done(&Message::new(key));
    (account_page(), Some(notice))
}

/// Sets or removes the cookie of a known browser.
fn set_device(device: DeviceCookie) {
    let (value, age) = match device {
        DeviceCookie::Unchanged => return,
        DeviceCookie::Set(value) => (value, Duration::days(DEVICE_DAYS.signed())),
        DeviceCookie::Removed => (String::new(), Duration::ZERO),
    };
    add_cookie(CookieKind::Device, &value, Some(age));
}

/// Answers with the page of the form and what was typed there: it does not travel in a cookie.
fn at_once(
    back: &str,
    status: StatusCode,
    message: Message,
    typed: Vec<(String, String)>,
) -> Result<(), ActionError> {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(status);
    }
    let key = message.key.clone().into_owned();
    let notice = Notice::of_failure(&Failure::Refused(message)).with_typed(typed);
    match use_context::<super::Refused>() {
        Some(refused) if wants_html() => {
            refused.put(back, notice, status);
            Ok(())
        }
        _ => Err(ActionError::Refused(key)),
    }
}

/// Answers at once that it has to be sent again: 503, when, and the page with what was typed.
fn come_again(back: &str, seconds: i64, typed: Vec<(String, String)>) -> Result<(), ActionError> {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    let message = Message::new("sign-in-busy").with("seconds", seconds);
    at_once(back, StatusCode::SERVICE_UNAVAILABLE, message, typed)
}
