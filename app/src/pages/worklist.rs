//! `/assess/{review}/{round}`: a round's recommendations as a queue. The query string is the queue.

use crate::components::progress::progress;
use crate::components::workbench::{queue_filter, queue_rows, stage_tabs};
use crate::failure::Failure;
use crate::pages::many::by_hand;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::workbench_island::{Place, workbench_island};
use crate::{address, queue_query, t, translations};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use data::domain::{Action, RoundKind, Stage};
use leptos::prelude::*;

pub(crate) async fn page(
    Path((review, slug)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(shell::sign_in_first(&request));
    }
    let account = request.visitor.require(Action::Assess)?;
    let record = request.review_record(&review).await?;
    let round = record.round(&slug).ok_or(Failure::NotFound)?;
    if round.round.is_published() || round.round.kind != RoundKind::Itemised {
        let to = address::round(record.review.code, &slug);
        return Ok(Redirect::to(&to).into_response());
    }
    let (queue, faults) = queue_query::read(&request.query, &record, &slug);
    let drafts = request
        .site
        .store
        .drafts_of(account.id, round.round.id)
        .await?;
    let filtered = queue.filtered(&record, round);
    let rows = queue.of_stage(&filtered, &drafts);
    let code = record.review.code;
    let all = record.recommendations.len();
    let done = round.done();
    let head = Head::titled(t!("worklist-title", round = round.round.title.clone()));
    let head = head.about(code.state).with_islands();
    Ok(shell::page(&request, &head, || {
        let next = queue
            .next(&filtered, &drafts, None)
            .filter(|next| queue.stage != Some(Stage::Done) || next.assessment.is_some())
            .map(|next| {
                let href = address::assess_in(code, &slug, &next.recommendation.paragraph, &queue);
                view! {
                    <p>
                        <a class="button" href=href>
                            {t!("worklist-next")}
                        </a>
                    </p>
                }
            });
        let faults: Vec<_> = faults
            .iter()
            .map(|fault| view! { <li>{translations::message(fault)}</li> })
            .collect();
        let faults = (!faults.is_empty())
            .then(|| view! { <ul class="notice refusal" role="alert">{faults}</ul> });
        let shown = rows.len();
        let place = Place {
            request: &request,
            round,
            code,
            paragraph: None,
            queue: Some(&queue),
        };
        view! {
            <p class="over">
                <a href="/assess">{t!("assess-title")}</a>
                " · "
                <a href=format!("/reviews/{code}")>{translations::review(&record.review)}</a>
            </p>
            <h1 dir="auto">{round.round.title.clone()}</h1>
            <p class="by" dir="auto">{round.round.organisation.clone()}</p>
            <nav class="ways" aria-label=t!("worklist-ways")>
                <a href=address::round(code, &slug)>{t!("worklist-round-page")}</a>
                <a href=address::method(code, &slug)>{t!("worklist-method")}</a>
                <a href=address::evidence_list(code)>{t!("worklist-evidence")}</a>
                <a href=address::history(
                    code,
                    &format!("round={}", address::encoded(&slug)),
                )>{t!("worklist-history")}</a>
            </nav>
            <div class="queue-head">
                <p>{progress(done, all)}</p>
                {next}
            </div>
            {workbench_island(&place)}
            {faults}
            {queue_filter(&record, round, &queue)}
            {stage_tabs(&record, round, &queue, &filtered, &drafts)}
            <form
                id="many"
                class="many"
                method="get"
                action=address::bulk(code, &slug, &data::domain::Queue::default())
            >
                {by_hand(&queue)}
                <button type="submit" class="secondary">{t!("queue-many-chosen")}</button>
                " "
                <a href=address::bulk(code, &slug, &queue)>
                    {t!("queue-many-shown", count = shown)}
                </a>
            </form>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("list-scroll")>
                <table class="worklist">
                    <caption>{t!("worklist-caption", count = shown)}</caption>
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{t!("column-paragraph")}</th>
                            <th scope="col">{t!("column-recommendation")}</th>
                            <th scope="col">{t!("column-recommending_states")}</th>
                            <th scope="col">{t!("column-position")}</th>
                            <th scope="col">{t!("column-status")}</th>
                        </tr>
                    </thead>
                    <tbody>{queue_rows(code, &slug, &queue, &rows, &drafts)}</tbody>
                </table>
            </div>
        }
    }))
}
