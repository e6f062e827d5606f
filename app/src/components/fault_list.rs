//! What of an address could not be used.

use crate::t;
use crate::text::translations;
use crate::web::html::{Fragment, html};
use data::domain::Message;
use leptos::prelude::*;

/// A sentence for each; nothing where everything could.
pub(crate) fn said(faults: Vec<Message>) -> Option<Fragment> {
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| view! { <li><span dir="auto">{translations::message(fault)}</span></li> })
        .collect();
    (!faults.is_empty()).then(|| {
        html! {
            <div class="faults" role="alert">
                <p>{t!("list-faults")}</p>
                <ul>{faults}</ul>
            </div>
        }
    })
}
