//! A form that could not be saved, to be sent again: made of the request alone, because the database may
//! not answer.

use crate::forms::fields::TAKE;
use crate::t;
use crate::urls::paths;
use crate::web::failure::Unsaved;
use crate::web::html::html;
use leptos::prelude::*;

/// Fields that the program itself put into the form.
const OURS: [&str; 11] = [
    "back",
    "carried",
    "carried_action",
    "find",
    "form",
    "next",
    "over",
    "queue",
    "seen",
    TAKE,
    "then",
];

/// The entries, the button that sends them again, and the way back to the form.
pub(crate) fn form(unsaved: &Unsaved) -> impl IntoView + use<> {
    let fields = data::domain::query_pairs(&unsaved.posted.body);
    let action = unsaved.posted.action.clone();
    let back = unsaved.back.clone();
    // A file is not in the form any more.
    let what = if fields.is_empty() && action == "/api/upload-file" {
        t!("unsaved-file")
    } else {
        t!("unsaved-what")
    };
    let texts: Vec<String> = fields
        .iter()
        .filter(|(name, value)| is_text(name, value))
        .map(|(_, value)| value.clone())
        .collect();
    let texts = texts
        .into_iter()
        .map(|text| view! { <pre class="unsaved">{text}</pre> })
        .collect_view();
    let is_sent_again = !(fields.is_empty() && action == "/api/upload-file");
    let inputs = fields
        .into_iter()
        .map(|(name, value)| {
            // A password is in no page.
            if is_password(&name) {
                let label = match name.as_str() {
                    "present" => t!("account-password-present"),
                    "new" => t!("account-password-new"),
                    "repeated" => t!("account-password-repeat"),
                    _ => t!("unsaved-password"),
                };
                html! {
                    <label>
                        <span>{label}</span>
                        <input type="password" name=name autocomplete="current-password" required />
                    </label>
                }
            } else {
                html! { <input type="hidden" name=name value=value /> }
            }
        })
        .collect_view();
    let again = is_sent_again.then(|| {
        view! {
            <form class="narrow" method="post" action=paths::localize(&action)>
                {inputs}
                <button type="submit">{t!("unsaved-send")}</button>
            </form>
        }
    });
    view! {
        <p>{what}</p>
        {texts}
        {again}
        {back
            .map(|back| {
                view! {
                    <p>
                        <a href=back>{t!("unsaved-back")}</a>
                    </p>
                }
            })}
    }
}

/// Whether a field holds a password: that of the form to sign in, or one of the form that changes it.
fn is_password(name: &str) -> bool {
    name.contains("password") || ["present", "new", "repeated"].contains(&name)
}

/// Whether a person typed it as a text, and not chose it.
fn is_text(name: &str, value: &str) -> bool {
    !OURS.contains(&name) && !is_password(name) && value.trim().contains(char::is_whitespace)
}
