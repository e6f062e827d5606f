//! The form that publishes a round, and so freezes it.

use crate::t;
use data::domain::{ReviewRecord, RoundRecord};
use leptos::prelude::*;

/// What publishing means, a box to say that it is meant, and the button.
pub(crate) fn publish_form(record: &ReviewRecord, round: &RoundRecord) -> impl IntoView + use<> {
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
            <form class="narrow" method="post" action="/api/publish-round">
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
            {refused}
            {form}
        </section>
    }
}
