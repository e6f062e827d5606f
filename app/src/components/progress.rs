//! How much of a round is done: in numbers, and as a bar for those who see it.

use crate::t;
use leptos::prelude::*;

/// "3 of 266 assessed", with a bar.
pub(crate) fn progress(done: usize, all: usize) -> impl IntoView {
    view! {
        <span class="progress">
            <progress aria-hidden="true" max=all value=done></progress>
            " "
            <span data-progress="">{t!("progress", done = done, all = all)}</span>
        </span>
    }
}
