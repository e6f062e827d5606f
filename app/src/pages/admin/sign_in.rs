//! `/login`: signing in.

use crate::components::document::{self, Head};
use crate::t;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::posted::Posted;
use crate::web::request::Request;
use axum::response::{IntoResponse, Redirect, Response};
use data::settings::DEVICE_DAYS;
use leptos::prelude::*;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let next = request.parameter("next").unwrap_or_default();
    let next = paths::own_path(&next).map_or_else(paths::home, str::to_owned);
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
    // A form that was told to come again keeps its place; any other is a new one.
    let store = &request.site.store;
    let form = match typed("form") {
        Some(form) if store.is_sign_in_form(&form).await? => form,
        _ => store.sign_in_form(request.peer).await?,
    };
    let own_device = typed("own_device").is_some_and(|ticked| !ticked.is_empty())
        || store.is_known_device(request.device.as_deref()).await?;
    // A form that came without a session, to be sent once more.
    let carried = Posted::FIELDS.map(|name| (name, typed(name).unwrap_or_default()));
    let head = Head::titled(t!("sign-in"));
    Ok(document::page(&request, &head, || {
        let is_carried = carried.iter().any(|(_, value)| !value.is_empty());
        let said = is_carried.then(|| view! { <p>{t!("sign-in-carried")}</p> });
        let carried = carried
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view();
        view! {
            <h1>{t!("sign-in")}</h1>
            {said}
            <form class="narrow" method="post" action=paths::localize("/api/sign-in")>
                <input type="hidden" name="next" value=next />
                <input type="hidden" name="form" value=form />
                {carried}
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
                <label>
                    <input
                        type="checkbox"
                        name="own_device"
                        value="yes"
                        checked=own_device
                        aria-describedby="own-device-how"
                    />
                    " "
                    <span>{t!("sign-in-own-device")}</span>
                </label>
                <p class="hint" id="own-device-how">
                    {t!("sign-in-own-device-how", days = DEVICE_DAYS.get())}
                </p>
                <button type="submit">{t!("sign-in")}</button>
            </form>
            <p class="aside">{t!("sign-in-how")}</p>
        }
    }))
}
