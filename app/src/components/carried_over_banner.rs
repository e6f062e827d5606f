//! What an open round still has from an earlier one.

use crate::t;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use crate::web::request::Visitor;
use data::domain::{Action, Object, Queue, ReviewRecord, RoundRecord, Stage};
use leptos::prelude::*;

/// How many results were carried over and are not confirmed, and the way to them; nothing where there
/// are none.
pub(crate) fn unconfirmed(
    record: &ReviewRecord,
    round: &RoundRecord,
    visitor: &Visitor,
) -> Option<Fragment> {
    let count = round.unconfirmed();
    let way = visitor
        .may(Action::Assess, Object::Round(&round.round))
        .then(|| {
            let queue = Queue::default().with_stage(Some(Stage::CarriedOver));
            let href = paths::queue(record.review.code, &round.round.slug, &queue);
            view! { " " <a href=href>{t!("round-unconfirmed-way")}</a> }
        });
    (count > 0).then(|| {
        html! { <p class="missing">{t!("round-unconfirmed", count = count)} {way}</p> }
    })
}
