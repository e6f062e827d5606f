//! Saved views: lists that an account keeps under a name.

use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use data::domain::{Filter, ReviewCode};
use data::store::SavedView;
use leptos::prelude::*;

/// Beside a list: the ones that are kept, and the form that keeps this one.
pub(crate) fn beside_list(
    views: &[SavedView],
    review: Option<ReviewCode>,
    filter: &Filter,
    request: &Request,
) -> Fragment {
    let items = views.iter().map(|view| view! { <li>{link(view)}</li> });
    let known = (!views.is_empty()).then(|| view! { <ul>{items.collect_view()}</ul> });
    let typed = request.notice.as_ref().map(|notice| notice.typed("name"));
    let is_refused = typed.as_ref().is_some_and(|typed| !typed.is_empty());
    let saving = saving(review, filter, typed, request.is_from_this_site);
    html! {
        <details class="saved-views" open=is_refused>
            <summary>{t!("views-title")}</summary>
            {known}
            {saving}
        </details>
    }
}

/// The form that keeps a list. What another site put into an address is kept only after a person has opened the list
/// here.
fn saving(
    review: Option<ReviewCode>,
    filter: &Filter,
    typed: Option<String>,
    is_from_this_site: bool,
) -> Fragment {
    let filter = filter.with_page(1);
    if !is_from_this_site {
        let href = paths::recommendations(review, &filter);
        return html! {
            <p>{t!("views-open-first")} " " <a href=href rel="nofollow">{t!("views-open")}</a></p>
        };
    }
    html! {
            <form method="post" action=paths::localize("/api/save-view")>
                <input type="hidden" name="review" value=review.map(|code| code.to_string()) />
                <input type="hidden" name="query" value=filter.to_query() />
                <label>
                    <span>{t!("views-name")}</span>
                    <input type="text" name="name" value=typed maxlength="80" required dir="auto" />
                </label>
                <button type="submit" class="secondary">{t!("views-save")}</button>
            </form>
    }
}

/// On the page of one's account: the lists, each with a button that forgets it.
pub(crate) fn own(views: &[SavedView]) -> Fragment {
    if views.is_empty() {
        return html! { <p class="none">{t!("views-none")}</p> };
    }
    let rows = views.iter().map(|view| {
        let of = match view.review {
            Some(code) => t!(
                "review-name",
                state = names::state(code.state),
                cycle = translations::cycle(code.cycle)
            ),
            None => t!("list-everything"),
        };
        let label = t!("views-remove-of", name = view.name.clone());
        view! {
            <tr>
                <th scope="row" dir="auto">{link(view)}</th>
                <td>{of}</td>
                <td>
                    <form method="post" action=paths::localize("/api/remove-view")>
                        <input type="hidden" name="name" value=view.name.clone() />
                        <button type="submit" class="secondary" aria-label=label>
                            {t!("views-remove")}
                        </button>
                    </form>
                </td>
            </tr>
        }
    });
    html! {
        <div class="scroll" role="region" tabindex="0" aria-label=t!("views-title")>
            <table class="history">
                <caption class="visually-hidden">{t!("views-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("views-name")}</th>
                        <th scope="col">{t!("views-of")}</th>
                        <th scope="col">{t!("account-action")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

fn link(view: &SavedView) -> Fragment {
    let href = paths::list_with(view.review, &view.query);
    html! { <a href=href dir="auto">{view.name.clone()}</a> }
}
