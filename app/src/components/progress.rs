//! How much of a round is done: in numbers, and as a bar for those who see it.

use crate::t;
use crate::text::progress::in_words;
use data::domain::RoundRecord;
use leptos::prelude::*;

/// "17 of 266 examined, 16 assessed", with a bar.
pub(crate) fn progress(round: &RoundRecord, all: usize) -> impl IntoView {
    bar(round.done(), all, in_words(round, all))
}

/// The same where only the number of examined recommendations is known: "17 of 266 examined".
pub(crate) fn examined(done: usize, all: usize) -> impl IntoView {
    bar(done, all, t!("progress-examined", done = done, all = all))
}

fn bar(done: usize, all: usize, words: String) -> impl IntoView {
    view! {
        <span class="progress">
            <progress aria-hidden="true" max=all value=done></progress>
            " "
            <span data-progress="">{words}</span>
        </span>
    }
}
