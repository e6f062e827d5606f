//! Signing in and out.

use super::{ActionError, Posted, add_cookie, asked, own_token, settle};
use crate::failure::Failure;
use crate::request::CookieKind;
use crate::routes::clear_site_data;
use crate::{address, site::Site};
use data::domain::Message;
use data::store::SignInRefusal;
use leptos::prelude::*;

/// Signs somebody in and sends them on to `next`, if that is one of our pages. `carried` is a form that
/// came when the session had ended, and `carried_action` its address: it is sent once more after that.
#[server(endpoint = "sign-in")]
pub async fn sign_in(
    #[server(default)] pseudonym: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
    #[server(default)] carried_action: String,
    #[server(default)] carried: String,
) -> Result<(), ActionError> {
    let outcome = async {
        let site = use_context::<Site>().ok_or(Failure::Internal)?;
        match site.store.sign_in(&pseudonym, &password).await? {
            Ok(signed_in) => {
                // A browser has one session: a token that somebody copied, or planted, ends here.
                if let Some(old) = own_token() {
                    site.store.sign_out(&old).await?;
                }
                add_cookie(CookieKind::Session, &signed_in.token, None);
                Ok((address::own_path(&next).unwrap_or("/").to_owned(), None))
            }
            Err(SignInRefusal::Wrong) => Err(Message::new("sign-in-wrong").into()),
            Err(SignInRefusal::Locked { minutes }) => Err(Message::new("sign-in-locked")
                .with("minutes", minutes)
                .into()),
        }
    };
    let outcome = outcome.await;
    let back = address::sign_in(address::own_path(&next).unwrap_or("/"));
    // A notice without a session carries nothing that was typed, so the pseudonym is typed once more.
    let mut typed = Vec::new();
    if !carried_action.is_empty() {
        typed.push(("pseudonym".to_owned(), pseudonym));
        let posted = Posted {
            action: carried_action,
            body: carried,
        };
        typed.extend(posted.typed());
    }
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
        add_cookie(CookieKind::Session, "", Some(cookie::time::Duration::ZERO));
        if let Some(options) = use_context::<leptos_axum::ResponseOptions>() {
            let (name, value) = clear_site_data();
            options.insert_header(name, value);
        }
        Ok(("/".to_owned(), None))
    };
    let outcome = outcome.await;
    settle(outcome, "/", Vec::new())
}
