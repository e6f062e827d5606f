//! A status as a mark and its label: told apart without colour.

use crate::chart::html;
use crate::text::names;
use crate::web::html::{Fragment, html};
use data::domain::Status;
use leptos::prelude::*;

/// The mark and the label.
pub(crate) fn status_mark(status: &Status) -> Fragment {
    html! {
        <span class="status">
            {html::mark(&status.colour, status.shape)} " "
            <span dir="auto">{names::status(status)}</span>
        </span>
    }
}
