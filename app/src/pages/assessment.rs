//! `/assess/{review}/{round}/{paragraph}`: the form that assesses a recommendation.

use crate::components::assessment_form::{AssessmentForm, assessment_form, saved_version};
use crate::failure::Failure;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use data::domain::{Action, Paragraph, RoundKind, Scheme};
use leptos::prelude::*;

pub(crate) async fn page(
    Path((review, slug, paragraph)): Path<(String, String, String)>,
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
    let paragraph = Paragraph::parse(&paragraph).map_err(|_| Failure::NotFound)?;
    let place = record
        .recommendations
        .iter()
        .position(|one| one.paragraph == paragraph);
    let place = place.ok_or(Failure::NotFound)?;
    let recommendation = record.recommendations.get(place).ok_or(Failure::NotFound)?;
    let neighbour = |place: Option<usize>| {
        place
            .and_then(|place| record.recommendations.get(place))
            .map(|one| one.paragraph.clone())
    };
    let before = neighbour(place.checked_sub(1));
    let after = neighbour(place.checked_add(1));
    let draft = request
        .site
        .store
        .draft(account.id, round.round.id, recommendation.id)
        .await?;
    let saved = round.assessments.get(&recommendation.id);
    let code = record.review.code;
    let title = t!("assessment-title", paragraph = paragraph.to_string());
    let head = Head::titled(title.clone()).about(code.state).with_islands();
    Ok(shell::page(&request, &head, || {
        let link = |to: Option<Paragraph>, label: String, rel| {
            to.map(|to| {
                let href = address::assess(code, &slug, &to);
                view! { <a href=href rel=rel>{label} " " {to.to_string()}</a> }
            })
        };
        let scale = &round.round.scale;
        let form = AssessmentForm {
            review: code,
            round: slug.clone(),
            paragraph: paragraph.clone(),
            scale,
            saved,
            draft: draft.as_ref(),
        };
        let issues: Vec<String> = Scheme::ALL
            .iter()
            .flat_map(|scheme| recommendation.terms_of(*scheme))
            .map(str::to_owned)
            .collect();
        let states: Vec<&str> = recommendation
            .recommending
            .iter()
            .map(|state| state.name())
            .collect();
        let summary = recommendation
            .summary
            .clone()
            .filter(|_| recommendation.text.is_some());
        let compare = draft.as_ref().map(|draft| saved_version(&form, draft));
        view! {
            <p class="over">
                <a href=address::worklist(code, &slug) dir="auto">{round.round.title.clone()}</a>
                " · "
                {translations::review(&record.review)}
            </p>
            <h1>{title}</h1>
            <div class="side-by-side">
                <section class="recommendation" aria-label=t!("assessment-recommendation")>
                    <blockquote dir="auto" lang=recommendation.language.clone()>
                        <p>
                            {recommendation
                                .text
                                .clone()
                                .or_else(|| recommendation.summary.clone())
                                .unwrap_or_default()}
                        </p>
                    </blockquote>
                    {summary.map(|summary| view! { <p dir="auto">{summary}</p> })}
                    <dl>
                        <dt>{t!("column-recommending_states")}</dt>
                        <dd>{states.join(", ")}</dd>
                        <dt>{t!("column-position")}</dt>
                        <dd>{translations::position(recommendation.position())}</dd>
                        {(!issues.is_empty())
                            .then(|| {
                                view! {
                                    <dt>{t!("assessment-about")}</dt>
                                    <dd dir="auto">{issues.join("; ")}</dd>
                                }
                            })}
                    </dl>
                    <p>
                        <a href=format!(
                            "/reviews/{code}/recommendations/{}",
                            address::encoded(paragraph.as_str()),
                        )>{t!("assessment-whole")}</a>
                    </p>
                </section>
                <section class="assess" aria-label=t!("assessment-form")>
                    {compare}
                    {assessment_form(&form)}
                </section>
            </div>
            <nav class="neighbours" aria-label=t!("assessment-neighbours")>
                {link(before, t!("previous"), "prev")}
                {link(after, t!("next"), "next")}
            </nav>
        }
    }))
}
