//! The key that does what a control does, shown in the control while keys are on.

use crate::web::html::{Fragment, html};
use leptos::prelude::*;

/// A key's name beside a control's words; the control itself carries it as `data-key`.
pub(crate) fn key(name: &str) -> Fragment {
    html! { <kbd class="key" aria-hidden="true">{name.to_owned()}</kbd> }
}
