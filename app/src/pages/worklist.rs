//! `/assess/{review}/{round}`: what is to be assessed in a round.

use crate::components::progress::progress;
use crate::components::status_mark::status_mark;
use crate::failure::Failure;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use data::domain::{Action, Listed, RoundKind};
use leptos::prelude::*;

pub(crate) async fn page(
    Path((review, slug)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(shell::sign_in_first(&request));
    }
    request.visitor.require(Action::Assess)?;
    let record = request.review_record(&review).await?;
    let round = record.round(&slug).ok_or(Failure::NotFound)?;
    if round.round.is_published() || round.round.kind != RoundKind::Itemised {
        let to = address::round(record.review.code, &slug);
        return Ok(Redirect::to(&to).into_response());
    }
    // The one choice there is so far: everything, or only what nobody has assessed.
    let only_open = request.parameter("show").as_deref() == Some("open");
    let rows: Vec<Listed<'_>> = record
        .list(Some(round))
        .filter(|listed| !only_open || listed.assessment.is_none())
        .collect();
    let code = record.review.code;
    let done = round.assessments.len();
    let all = record.recommendations.len();
    let head = Head::titled(t!("worklist-title", round = round.round.title.clone()));
    let head = head.about(code.state);
    Ok(shell::page(&request, &head, || {
        let here = address::worklist(code, &slug);
        let next = record
            .recommendations
            .iter()
            .find(|one| !round.assessments.contains_key(&one.id))
            .map(|one| address::assess(code, &slug, &one.paragraph));
        let shown = rows.len();
        let rows = rows
            .iter()
            .map(|listed| {
                let one = listed.recommendation;
                let href = address::assess(code, &slug, &one.paragraph);
                view! {
                    <tr>
                        <th scope="row">
                            <a href=href>{one.paragraph.to_string()}</a>
                        </th>
                        <td dir="auto">{one.headline().to_owned()}</td>
                        <td>{translations::position(one.position())}</td>
                        <td>{listed.status.map(|(_, status)| status_mark(status))}</td>
                    </tr>
                }
            })
            .collect_view();
        let current = |chosen: bool| chosen.then_some("page");
        view! {
            <p class="over">
                <a href="/assess">{t!("assess-title")}</a>
            </p>
            <h1 dir="auto">{round.round.title.clone()}</h1>
            <p>
                <a href=format!("/reviews/{code}")>{translations::review(&record.review)}</a>
                " · "
                <span dir="auto">{round.round.organisation.clone()}</span>
                " · "
                <a href=address::round(code, &slug)>{t!("worklist-round-page")}</a>
            </p>
            <p>{progress(done, all)}</p>
            {next.map(|next| view! {
                <p><a class="button" href=next>{t!("worklist-next")}</a></p>
            })}
            <nav class="tabs" aria-label=t!("worklist-show")>
                <a href=here.clone() aria-current=current(!only_open)>
                    {t!("worklist-all", count = all)}
                </a>
                <a href=format!("{here}?show=open") aria-current=current(only_open)>
                    {t!("worklist-open", count = all - done.min(all))}
                </a>
            </nav>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("list-scroll")>
                <table class="worklist">
                    <caption>{t!("worklist-caption", count = shown)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("column-paragraph")}</th>
                            <th scope="col">{t!("column-recommendation")}</th>
                            <th scope="col">{t!("column-position")}</th>
                            <th scope="col">{t!("column-status")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    }))
}
