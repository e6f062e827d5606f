//! Signing in and out.

use super::{ActionError, Posted, add_cookie, asked, settle};
use crate::failure::Failure;
use crate::request::SESSION_COOKIE;
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
                add_cookie(
                    &cookie::Cookie::build((SESSION_COOKIE, signed_in.token))
                        .path("/")
                        .build(),
                );
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
    let mut typed = vec![("pseudonym".to_owned(), pseudonym)];
    if !carried_action.is_empty() {
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
        let gone = cookie::Cookie::build((SESSION_COOKIE, ""))
            .path("/")
            .max_age(cookie::time::Duration::ZERO)
            .build();
        add_cookie(&gone);
        Ok(("/".to_owned(), None))
    };
    let outcome = outcome.await;
    settle(outcome, "/", Vec::new())
}
