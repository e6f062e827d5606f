//! What would go with a recommendation, and the form that removes it.

use super::{Edited, why_fields};
use crate::t;
use crate::text::{names, numbers, translations};
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::store::{Attached, edit_seen};
use leptos::prelude::*;

/// The list of what goes and the form; only the reason if it cannot go.
pub(crate) fn remove_form(edited: &Edited<'_>, attached: &Attached) -> Fragment {
    if let Some(why) = kept_because(edited, attached) {
        return html! { <p class="none">{why}</p> };
    }
    let assessments = attached
        .assessed
        .iter()
        .map(|one| {
            let title = one.title.clone();
            view! { <li><span dir="auto">{t!("edit-remove-assessment", round = title)}</span></li> }
        })
        .collect_view();
    let links = attached
        .links
        .iter()
        .map(|link| {
            let is_later = link.review == edited.review;
            let other = if is_later {
                let earlier = names::number(link.earlier.paragraph.as_str());
                format!("{} {earlier}", link.earlier.review)
            } else {
                let later = names::number(link.paragraph.as_str());
                format!("{} {later}", link.review)
            };
            view! { <li><span dir="auto">{t!("edit-remove-link", other = other)}</span></li> }
        })
        .collect_view();
    // Those in place of numbers are known from addresses only.
    let earlier = attached.names.iter().map(|(name, _)| name.as_str());
    let earlier: Vec<String> = earlier.map(names::number).collect();
    let earlier: Vec<&str> = earlier.iter().map(String::as_str).collect();
    let earlier = (!earlier.is_empty()).then(|| {
        view! { <li><span dir="auto">{t!("edit-remove-names", names = numbers::list(&earlier))}</span></li> }
    });
    let seen = edit_seen(&[(edited.one, attached)]);
    html! {
        <blockquote class="text" dir="auto">{edited.one.headline().to_owned()}</blockquote>
        <p>{t!("edit-remove-what")}</p>
        <ul>
            <li>
                {t!("edit-remove-facts", position = translations::position(edited.one.position()))}
            </li>
            {assessments}
            {links}
            {earlier}
        </ul>
        <p>{t!("edit-remove-undo")}</p>
        <form class="narrow" method="post" action=paths::localize("/api/remove-recommendation")>
            {edited.hidden(&seen)}
            {why_fields(|field| edited.typed(field), true)}
            <button type="submit">{t!("edit-remove-button")}</button>
        </form>
    }
}

/// Why a recommendation cannot go, if so.
pub(crate) fn kept_because(edited: &Edited<'_>, attached: &Attached) -> Option<String> {
    let paragraph = names::paragraph(edited.one);
    if !attached.published.is_empty() {
        let rounds = attached.published.join(", ");
        return Some(t!("edit-cannot-go", paragraph = paragraph, rounds = rounds));
    }
    (!attached.drafted.is_empty()).then(|| {
        let rounds = attached.drafted.join(", ");
        t!("edit-is-drafted", paragraph = paragraph, rounds = rounds)
    })
}
