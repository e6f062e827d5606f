//! `/assess/{review}/{round}/{paragraph}`: the form that assesses a recommendation, with everything beside
//! it that is looked at meanwhile. The query string is the queue that it was reached in.

use crate::components::document::{self, Head};
use crate::components::progress::progress;
use crate::components::workbench::{
    AssessmentForm, FIND, Place, assessment_form, context, forebears, key, not_saved,
    workbench_island,
};
use crate::t;
use crate::text::names;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::{paths, queue};
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Listed, Object, Paragraph, RoundKind};
use data::store::DraftReason;
use leptos::prelude::*;

pub(crate) async fn page(
    Path((review, slug, paragraph)): Path<(String, String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    let account = request
        .visitor
        .require(Action::Assess, Object::of_review(&review))?;
    let record = request.review_record(&review).await?;
    let round = record.round(&slug).ok_or(Failure::NotFound)?;
    if round.round.is_published() || round.round.kind != RoundKind::Itemised {
        let code = record.review.code;
        return Ok(document::published_instead(&request, code, &round.round));
    }
    let paragraph = Paragraph::parse(&paragraph).map_err(|_| Failure::NotFound)?;
    let one = record
        .recommendations
        .iter()
        .find(|one| one.paragraph == paragraph)
        .ok_or(Failure::NotFound)?;
    // What is wrong with the queue was said on the list.
    let (queue, _) = queue::read(&request.query, &record, &slug);
    let store = &request.site.store;
    let drafts = store.drafts_of(account.id, round.round.id).await?;
    let draft = store.draft(account.id, round.round.id, one.id).await?;
    let earlier = request.earlier_records(record.review.code).await?;
    let forebears = forebears(&record, one, &earlier, true);
    let rows = queue.of_stage(&queue.filtered(&record, round), &drafts);
    let code = record.review.code;
    let form = AssessmentForm {
        record: &record,
        round,
        one,
        queue: &queue,
        draft: draft.as_ref(),
        number: form_number(record.revision),
        address: request.address(),
        search: request.parameter(FIND),
    };
    let title = t!("assessment-title", paragraph = names::paragraph(one));
    // The form says it where it was refused.
    let refusal = draft.as_ref().and_then(|draft| match &draft.reason {
        DraftReason::Refused(key, values, _) => Some(translations::text_with_owned(key, values)),
        _ => None,
    });
    let head = Head {
        refusal,
        ..Head::titled(title.clone()).about(code.state).with_islands()
    };
    Ok(document::page(&request, &head, || {
        let here = paths::assess_in(code, &slug, &paragraph, &queue);
        let place = Place {
            request: &request,
            round,
            code,
            paragraph: Some(&paragraph),
            queue: None,
        };
        let all = record.recommendations.len();
        view! {
            <div class="queue-bar">
                <p class="over">
                    <a href=paths::queue(code, &slug, &queue) dir="auto">
                        {round_names::title(&round.round)}
                    </a>
                    " · "
                    {translations::review(&record.review)}
                </p>
                <p>{progress(round, all)}</p>
                {steps(&form, &rows)}
            </div>
            <h1>{title}</h1>
            {workbench_island(&place)}
            <div class="side-by-side">
                {context(&form, &forebears, &here)}
                <section class="assess" aria-label=t!("assessment-form")>
                    {not_saved(&form)}
                    {assessment_form(&form)}
                </section>
            </div>
        }
    }))
}

/// Through the queue without saving, and to its search.
fn steps(form: &AssessmentForm<'_>, rows: &[Listed<'_>]) -> Fragment {
    let code = form.record.review.code;
    let slug = &form.round.round.slug;
    let queue = form.queue;
    let here = rows
        .iter()
        .position(|row| row.recommendation.id == form.one.id);
    // Whoever is outside the queue, because what it asks for has just been done, goes on from where
    // that recommendation would stand.
    let (before, after) = if let Some(here) = here {
        (here.checked_sub(1), here + 1)
    } else {
        let after = rows
            .iter()
            .position(|row| row.recommendation.paragraph > form.one.paragraph)
            .unwrap_or(rows.len());
        (after.checked_sub(1), after)
    };
    let link = |place: Option<usize>, label: String, name: &'static str, rel: &'static str| {
        let row = place.and_then(|place| rows.get(place))?;
        let paragraph = &row.recommendation.paragraph;
        let href = paths::assess_in(code, slug, paragraph, queue);
        let label = format!("{label} {}", names::paragraph(row.recommendation));
        Some(view! {
            <li>
                <a href=href rel=rel data-key=name aria-keyshortcuts=name>
                    {label} " " {key(name)}
                </a>
            </li>
        })
    };
    let place = here.map(|here| {
        let count = rows.len();
        view! { <li class="place">{t!("queue-place", place = here + 1, count = count)}</li> }
    });
    let search = format!("{}#q", paths::queue(code, slug, queue));
    html! {
        <nav class="steps" aria-label=t!("assessment-neighbours")>
            <ul>
                {link(before, t!("previous"), "k", "prev")} {place}
                {link(Some(after), t!("next"), "j", "next")}
                <li>
                    <a href=search data-key="/" aria-keyshortcuts="/">
                        {t!("queue-search")} " " {key("/")}
                    </a>
                </li>
            </ul>
        </nav>
    }
}

/// A number that no other form of this person has at the same time.
fn form_number(revision: i64) -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{revision}-{}-{next}", since.as_micros())
}
