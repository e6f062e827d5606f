//! `/assess`: the rounds that are open.

use crate::components::document::{self, Head};
use crate::components::list::page_links;
use crate::components::progress::examined;
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::response::Response;
use data::domain::{Action, Object};
use data::store::UnsavedDraft;
use leptos::prelude::*;
use std::sync::Arc;

/// Reviews on a page, below the open rounds.
const PER_PAGE: usize = 100;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    let account = request
        .visitor
        .require(Action::Assess, Object::Installation)?;
    let store = &request.site.store;
    let unsaved = store.unsaved_drafts(account.id).await?;
    let open = store.open_rounds().await?;
    let received = store.received().await?;
    let may_open = request.visitor.may(Action::OpenRound, Object::Installation);
    let reviews = if may_open {
        store.reviews().await?
    } else {
        Arc::default()
    };
    let head = Head::titled(t!("assess-title"));
    Ok(document::page(&request, &head, || {
        let rounds = open
            .iter()
            .map(|round| {
                let code = round.review.code;
                let href = paths::worklist(code, &round.slug);
                let of = received.get(&code).copied().unwrap_or_default();
                view! {
                    <tr>
                        <td data-label=t!("assess-review")>{translations::review(&round.review)}</td>
                        <th scope="row" dir="auto">
                            <a href=href>{round.title.clone()}</a>
                            {round
                                .is_correction
                                .then(|| view! { " " <span class="tag">{t!("open-correction-tag")}</span> })}
                        </th>
                        <td data-label=t!("assess-organisation") dir="auto">{round.organisation.clone()}</td>
                        <td data-label=t!("assess-progress")>{examined(round.examined, of)}</td>
                    </tr>
                }
            })
            .collect_view();
        let reviews = may_open.then(|| {
            let loaded: Vec<_> = reviews
                .iter()
                .filter(|review| received.contains_key(&review.code))
                .collect();
            let pages = loaded.len().div_ceil(PER_PAGE).max(1);
            let asked = request.parameter("page").and_then(|page| page.parse().ok());
            let number = asked.unwrap_or(1).clamp(1, pages);
            let through = page_links(number, pages, |to| {
                let query = if to == 1 {
                    String::new()
                } else {
                    format!("page={to}")
                };
                paths::with_query(paths::localize("/assess"), &query)
            });
            let reviews = loaded
                .into_iter()
                .skip((number - 1) * PER_PAGE)
                .take(PER_PAGE)
                .map(|review| {
                    let href = paths::new_round(review.code);
                    view! {
                        <li>
                            <a href=href>{translations::review(review)}</a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <h2>{t!("assess-open-new")}</h2>
                <p>{t!("assess-open-new-how")}</p>
                <ul>{reviews}</ul>
                {through}
            }
        });
        view! {
            <h1>{t!("assess-title")}</h1>
            {if open.is_empty() {
                html! { <p>{t!("assess-none-open")}</p> }
            } else {
                html! {
                    <div class="scroll" role="region" tabindex="0" aria-label=t!("assess-open-rounds")>
                        <table class="cards">
                            <caption>{t!("assess-open-rounds")}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">{t!("assess-review")}</th>
                                    <th scope="col">{t!("assess-round")}</th>
                                    <th scope="col">{t!("assess-organisation")}</th>
                                    <th scope="col">{t!("assess-progress")}</th>
                                </tr>
                            </thead>
                            <tbody>{rounds}</tbody>
                        </table>
                    </div>
                }
            }}
            {unsaved_drafts(&unsaved)}
            {reviews}
        }
    }))
}

/// The way to one's own drafts of rounds that are published.
fn unsaved_drafts(drafts: &[UnsavedDraft]) -> Option<Fragment> {
    let items: Vec<_> = drafts
        .iter()
        .map(|draft| {
            let code = draft.review.code;
            let href = format!("{}#unsaved", paths::recommendation(code, &draft.paragraph));
            view! {
                <li>
                    <a href=href>
                        {t!("column-paragraph")} " " {names::number(draft.paragraph.as_str())}
                    </a>
                    " · "
                    <span dir="auto">{draft.title.clone()}</span>
                    " · "
                    {translations::review(&draft.review)}
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        html! {
            <h2>{t!("draft-unsaved-title")}</h2>
            <p>{t!("draft-unsaved-count", count = items.len())}</p>
            <ul>{items}</ul>
        }
    })
}
