//! `/assess`: the rounds that are open.

use crate::components::progress::progress;
use crate::failure::Failure;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::response::Response;
use data::domain::{Action, RoundKind};
use leptos::prelude::*;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(shell::sign_in_first(&request));
    }
    request.visitor.require(Action::Assess)?;
    let records = request.site.store.review_records().await?;
    let may_open = request.visitor.may(Action::OpenRound);
    let head = Head::titled(t!("assess-title"));
    Ok(shell::page(&request, &head, || {
        let mut open = 0;
        let rounds = records
            .iter()
            .flat_map(|record| record.rounds.iter().map(move |round| (record, round)))
            .filter(|(_, round)| {
                round.round.kind == RoundKind::Itemised && !round.round.is_published()
            })
            .map(|(record, round)| {
                open += 1;
                let href = address::worklist(record.review.code, &round.round.slug);
                let done = round.assessments.len();
                view! {
                    <tr>
                        <td>{translations::review(&record.review)}</td>
                        <th scope="row" dir="auto">
                            <a href=href>{round.round.title.clone()}</a>
                        </th>
                        <td dir="auto">{round.round.organisation.clone()}</td>
                        <td>{progress(done, record.recommendations.len())}</td>
                    </tr>
                }
            })
            .collect_view();
        let reviews = may_open.then(|| {
            let reviews = records
                .iter()
                .filter(|record| !record.recommendations.is_empty())
                .map(|record| {
                    let href = address::new_round(record.review.code);
                    view! {
                        <li>
                            <a href=href>{translations::review(&record.review)}</a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <h2>{t!("assess-open-new")}</h2>
                <p>{t!("assess-open-new-how")}</p>
                <ul>{reviews}</ul>
            }
        });
        view! {
            <h1>{t!("assess-title")}</h1>
            {if open == 0 {
                view! { <p>{t!("assess-none-open")}</p> }.into_any()
            } else {
                view! {
                    <div class="scroll" role="region" tabindex="0" aria-label=t!("assess-open-rounds")>
                        <table>
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
                    .into_any()
            }}
            {reviews}
        }
    }))
}
