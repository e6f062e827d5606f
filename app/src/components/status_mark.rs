//! A status as a mark and its label: told apart without colour.

use data::domain::Status;
use leptos::prelude::*;

/// The mark and the label.
pub(crate) fn status_mark(status: &Status) -> impl IntoView + use<> {
    let class = format!("mark mark-{} shape-{}", status.colour, status.shape.code());
    view! {
        <span class=class dir="auto">
            {status.label.clone()}
        </span>
    }
}
