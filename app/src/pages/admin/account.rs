//! `/account`: one's own sessions, known browsers and password.

use crate::components::document::{self, Head};
use crate::components::saved_views;
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::response::Response;
use data::domain::{Action, Object};
use data::settings::PASSWORD_MIN;
use data::store::{Device, OpenSession};
use leptos::prelude::*;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let (Some(account), Some(token)) = (&request.visitor.account, &request.token) else {
        return Ok(document::sign_in_first(&request));
    };
    let store = &request.site.store;
    let own = Object::Account(account.id);
    request.visitor.require(Action::UseAccount, own)?;
    let sessions = store.sessions(account.id, token).await?;
    let devices = store.devices(account.id, request.device.as_deref()).await?;
    let views = store.saved_views(account.id).await?;
    let times = store.session_times();
    let head = Head::titled(t!("account-title"));
    Ok(document::page(&request, &head, || {
        let has_others = sessions.iter().any(|session| !session.is_this);
        let idle = translations::duration(times.idle);
        let longest = translations::duration(times.longest);
        let security_log = request
            .visitor
            .may(Action::AdministerUsers, Object::Installation)
            .then(|| {
                view! {
                    <p>
                        <a href=paths::localize("/admin/security-log")>{t!("security-title")}</a>
                    </p>
                }
            });
        let redaction = request
            .visitor
            .may(Action::Redact, Object::Installation)
            .then(|| {
                view! {
                    <p>
                        <a href=paths::localize("/admin/redact")>{t!("redact-title")}</a>
                    </p>
                }
            });
        view! {
            <h1>{t!("account-title")}</h1>
            <p>
                {t!("account-signed-in-as")} " " <strong dir="auto">{account.pseudonym.clone()}</strong>
                " (" {translations::role(account.role)} ")"
            </p>
            {security_log}
            {redaction}
            <h2 id="views">{t!("views-title")}</h2>
            {saved_views::own(&views)}
            <h2>{t!("account-sessions")}</h2>
            <p>{t!("account-sessions-how", idle = idle, longest = longest)}</p>
            {session_table(&sessions)}
            {has_others
                .then(|| {
                    view! {
                        <form method="post" action=paths::localize("/api/end-other-sessions")>
                            <button type="submit">{t!("account-sessions-end-others")}</button>
                        </form>
                    }
                })}
            <h2>{t!("account-devices")}</h2>
            {device_table(&devices)}
            <h2 id="password">{t!("account-password")}</h2>
            {password_form(&account.pseudonym)}
        }
    }))
}

fn session_table(sessions: &[OpenSession]) -> Fragment {
    let rows: Vec<_> = sessions
        .iter()
        .map(|session| {
            let since = translations::minute(session.since);
            let button = (!session.is_this).then(|| {
                let label = t!("account-session-end-of", since = since.clone());
                button(
                    "/api/end-session",
                    &session.id,
                    t!("account-session-end"),
                    label,
                )
            });
            row(session.is_this, since, session.used_at, button)
        })
        .collect();
    table(t!("account-sessions-caption"), rows)
}

fn device_table(devices: &[Device]) -> Fragment {
    if devices.is_empty() {
        return html! { <p class="none">{t!("account-devices-none")}</p> };
    }
    let rows: Vec<_> = devices
        .iter()
        .map(|device| {
            let since = translations::day(device.since);
            let label = t!("account-device-forget-of", since = since.clone());
            let button = button(
                "/api/forget-device",
                &device.id,
                t!("account-device-forget"),
                label,
            );
            row(device.is_this, since, device.used_at, Some(button))
        })
        .collect();
    html! {
        <p>{t!("account-devices-how")}</p>
        {table(t!("account-devices-caption"), rows)}
    }
}

fn row(is_this: bool, since: String, used_at: i64, button: Option<Fragment>) -> Fragment {
    let browser = if is_this {
        t!("account-this-browser")
    } else {
        t!("account-other-browser")
    };
    html! {
        <tr>
            <th scope="row">{browser}</th>
            <td class="when">{since}</td>
            <td class="when">{translations::day(used_at)}</td>
            <td>{button}</td>
        </tr>
    }
}

fn table(caption: String, rows: Vec<Fragment>) -> Fragment {
    let label = caption.clone();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-label=label>
            <table class="history">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("account-browser")}</th>
                        <th scope="col">{t!("account-since")}</th>
                        <th scope="col">{t!("account-last-used")}</th>
                        <th scope="col">{t!("account-action")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// A button in a row; its label says of which row, since all of them read alike.
fn button(action: &'static str, id: &str, text: String, label: String) -> Fragment {
    html! {
        <form method="post" action=paths::localize(action)>
            <input type="hidden" name="id" value=id.to_owned() />
            <button type="submit" class="secondary" aria-label=label>
                {text}
            </button>
        </form>
    }
}

fn password_form(pseudonym: &str) -> Fragment {
    let field = |name: &'static str, label: String, autocomplete: &'static str| {
        html! {
            <label>
                <span>{label}</span>
                <input type="password" name=name autocomplete=autocomplete required />
            </label>
        }
    };
    html! {
        <form class="narrow" method="post" action=paths::localize("/api/change-password")>
            // Password managers keep the new password under it.
            <input
                type="text"
                name="pseudonym"
                value=pseudonym.to_owned()
                autocomplete="username"
                readonly
                hidden
            />
            {field("present", t!("account-password-present"), "current-password")}
            <p class="hint">{t!("account-password-how", min = PASSWORD_MIN.get())}</p>
            {field("new", t!("account-password-new"), "new-password")}
            {field("repeated", t!("account-password-repeat"), "new-password")}
            <button type="submit">{t!("account-password-save")}</button>
        </form>
    }
}
