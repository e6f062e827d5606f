//! A status as a mark and its label: told apart without colour.

use crate::fragment::{Fragment, IntoFragment as _};
use data::domain::{Shape, Status};
use leptos::prelude::*;

/// The mark and the label.
pub(crate) fn status_mark(status: &Status) -> Fragment {
    view! {
        <span class="status">
            {mark(status)} " " <span dir="auto">{status.label.clone()}</span>
        </span>
    }
    .fragment()
}

/// The mark alone, for the eye; its label has to stand beside it.
pub(crate) fn mark(status: &Status) -> Fragment {
    let class = format!("mark mark-{} shape-{}", status.colour, status.shape.code());
    // Part of a disc of radius 6, from the top clockwise.
    let part = match status.shape {
        Shape::Full => Some("M8 2A6 6 0 1 1 7.99 2Z"),
        Shape::ThreeQuarters => Some("M8 8V2A6 6 0 1 1 2 8Z"),
        Shape::Half => Some("M8 2A6 6 0 0 1 8 14Z"),
        Shape::Ring | Shape::Dotted => None,
    };
    view! {
        <svg class=class viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <circle
                cx="8"
                cy="8"
                r="6"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-dasharray=(status.shape == Shape::Dotted).then_some("2 1.77")
            />
            {part.map(|part| view! { <path d=part fill="currentColor" /> })}
        </svg>
    }
    .fragment()
}
