//! `/login`: signing in.

use crate::failure::Failure;
use crate::notice::Notice;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let next = request.parameter("next").unwrap_or_default();
    let next = address::own_path(&next).unwrap_or("/").to_owned();
    if request.visitor.account.is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    let typed = |field| {
        request
            .notice
            .as_ref()
            .map(|notice: &Notice| notice.typed(field))
    };
    let pseudonym = typed("pseudonym").unwrap_or_default();
    let head = Head::titled(t!("sign-in"));
    Ok(shell::page(&request, &head, || {
        view! {
            <h1>{t!("sign-in")}</h1>
            <form class="narrow" method="post" action="/api/sign-in">
                <input type="hidden" name="next" value=next />
                <label>
                    <span>{t!("sign-in-pseudonym")}</span>
                    <input
                        type="text"
                        name="pseudonym"
                        value=pseudonym
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                    />
                </label>
                <label>
                    <span>{t!("sign-in-password")}</span>
                    <input
                        type="password"
                        name="password"
                        autocomplete="current-password"
                        required
                    />
                </label>
                <button type="submit">{t!("sign-in")}</button>
            </form>
            <p class="aside">{t!("sign-in-how")}</p>
        }
    }))
}
