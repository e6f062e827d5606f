//! `/admin/security-log`: who did what that concerns the safety of the others, the newest first.

use crate::components::document::{self, Head};
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::html;
use crate::web::request::Request;
use axum::response::Response;
use data::domain::{Action, Object};
use data::settings::SECURITY_LOG_DAYS;
use leptos::prelude::*;

/// Entries on the page; the command line shows more.
const SHOWN: u64 = 500;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::AdministerUsers, Object::Installation)?;
    let entries = request.site.store.security_log(SHOWN).await?;
    let head = Head::titled(t!("security-title"));
    Ok(document::page(&request, &head, || {
        let rows: Vec<_> = entries
            .iter()
            .map(|entry| {
                let who = match entry.who.as_str() {
                    "" => t!("security-nobody"),
                    who => who.to_owned(),
                };
                html! {
                    <tr>
                        <td class="when">{translations::second(entry.at)}</td>
                        <td>{translations::security_entry(entry)}</td>
                        <td dir="auto">{who}</td>
                        <td dir="auto">{entry.about.clone()}</td>
                    </tr>
                }
            })
            .collect();
        view! {
            <p class="over">
                <a href=paths::localize("/account")>{t!("account-title")}</a>
            </p>
            <h1>{t!("security-title")}</h1>
            <p>{t!("security-how", days = SECURITY_LOG_DAYS.get())}</p>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("security-caption")>
                <table class="history">
                    <caption class="visually-hidden">{t!("security-caption")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("security-when")}</th>
                            <th scope="col">{t!("security-what")}</th>
                            <th scope="col">{t!("security-who")}</th>
                            <th scope="col">{t!("security-about")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    }))
}
