//! The form that publishes a round, and so freezes it.

use crate::t;
use crate::urls::paths;
use data::domain::{ReviewRecord, RoundRecord};
use leptos::prelude::*;

/// What publishing means, a box to say that it is meant, and the button. `drafts`: how many people have
/// them, and of how many recommendations; they can be read afterwards, and saved no more.
pub(crate) fn publish_form(
    record: &ReviewRecord,
    round: &RoundRecord,
    drafts: (usize, usize),
) -> impl IntoView + use<> {
    let (people, count) = drafts;
    let drafts = (people > 0).then(|| {
        view! { <p role="note">{t!("publish-drafts", people = people, count = count)}</p> }
    });
    let all = record.recommendations.len();
    let open = record
        .recommendations
        .iter()
        .filter(|one| !round.assessments.contains_key(&one.id))
        .count();
    let (review, slug) = (record.review.code.to_string(), round.round.slug.clone());
    let unconfirmed = round.unconfirmed();
    // It would be refused.
    let form = (unconfirmed == 0).then(|| {
        view! {
            <form class="narrow" method="post" action=paths::localize("/api/publish-round")>
                <input type="hidden" name="review" value=review />
                <input type="hidden" name="round" value=slug />
                <div class="choice">
                    <input type="checkbox" name="confirmed" value="yes" id="confirmed" required />
                    <label for="confirmed">{t!("publish-confirm")}</label>
                </div>
                <button type="submit">{t!("publish-button")}</button>
            </form>
        }
    });
    let refused = (unconfirmed > 0)
        .then(|| view! { <p>{t!("round-has-unconfirmed", count = unconfirmed)}</p> });
    view! {
        <section aria-labelledby="publish">
            <h2 id="publish">{t!("publish-title")}</h2>
            <p>{t!("publish-how", open = open, all = all)}</p>
            {drafts}
            {refused}
            {form}
        </section>
    }
}
