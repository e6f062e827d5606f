//! `/reviews/{review}/recommendations/{paragraph}`: everything about one recommendation. The query
//! string is that of the list it was reached from.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::history_table::{HistoryTable, history_table};
use crate::components::recommendation::{
    Shown, about, assessments, evidence, neighbours, positions, wording,
};
use crate::components::status_mark::status_mark;
use crate::components::workbench::{earlier, forebears};
use crate::t;
use crate::text::names;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::filter::{self, SelectsFrom};
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use data::domain::{
    Action, Object, Paragraph, RecommendationSet, ReviewCode, RoundRecord, shorten,
};
use data::store::Draft;
use leptos::prelude::*;
use std::collections::HashMap;

pub(crate) async fn page(
    Path((review, paragraph)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let code = ReviewCode::parse(&review).ok_or(Failure::NotFound)?;
    let paragraph = Paragraph::parse(&paragraph).map_err(|_| Failure::NotFound)?;
    let store = &request.site.store;
    let decide = request.visitor.may(Action::Assess, Object::Review(code));
    // A filter needs all recommendations, and so does the search for earlier ones that are similar.
    let record = if request.query.is_empty()
        && !request
            .visitor
            .may(Action::ReadOpenRounds, Object::Review(code))
    {
        store.public_record_of(code, &paragraph).await?
    } else {
        request.review_record(&review).await?
    };
    let found = record
        .recommendations
        .iter()
        .find(|one| one.paragraph == paragraph);
    let Some(one) = found else {
        // What went by a name until a report brought its number is still found by that name.
        let now = store.paragraph_now(code, &paragraph).await?;
        let now = now
            .filter(|now| *now != paragraph)
            .ok_or(Failure::NotFound)?;
        return Ok(Redirect::to(&paths::recommendation(code, &now)).into_response());
    };
    let events = store
        .history_of(&code.to_string(), paragraph.as_str())
        .await?;
    // What is wrong with the filter was said on the list.
    let (filter, _) = filter::read(&request.query, SelectsFrom::Review(&record));
    let set = RecommendationSet::of_review(&record, &filter);
    let shown = Shown {
        record: &record,
        one,
        filter: &filter,
        visitor: &request.visitor,
    };
    let before = request.earlier(code).await?;
    let has_earlier = !before.is_empty();
    // Readers see what was decided, so nothing else is taken in for them: what it repeats may repeat
    // what any review before that one has.
    let newest_repeated = record
        .links
        .iter()
        .filter(|link| link.recommendation == one.id && link.repeats)
        .map(|link| link.earlier.review.cycle)
        .max();
    let before = before
        .into_iter()
        .filter(|earlier| decide || newest_repeated.is_some_and(|newest| earlier.cycle <= newest))
        .collect();
    let before = request.records_of(before).await?;
    let forebears = forebears(&record, one, &before, decide);
    let mut unsaved = Vec::new();
    for round in record
        .all_rounds()
        .filter(|round| round.round.is_published())
    {
        if let Some(account) = &request.visitor.account
            && let Some(draft) = store.draft(account.id, round.round.id, one.id).await?
        {
            unsaved.push((round, draft));
        }
    }
    let reasons = if request
        .visitor
        .may(Action::ReadOpenRounds, Object::Review(code))
    {
        store.bulk_reasons(&code.to_string(), &events).await?
    } else {
        HashMap::new()
    };
    let undone = store.undone_changes(&code.to_string()).await?;
    let entries = HistoryTable {
        undone: &undone,
        reasons: &reasons,
        record: &record,
        visitor: &request.visitor,
        about: Some(one),
    };
    let number = names::paragraph(one);
    let name = translations::review(&record.review);
    let head = t!(
        "recommendation-head",
        paragraph = number.clone(),
        review = name
    );
    let text = one.summary.as_ref().or(one.text.as_ref());
    let description = text.map(|text| {
        t!(
            "describe-recommendation",
            review = translations::review(&record.review),
            paragraph = number.clone(),
            text = shorten(text, 200).into_owned()
        )
    });
    let head = Head {
        is_article: true,
        ..Head::titled(head).about(code.state)
    };
    // The list that led here chooses the neighbours only.
    let head = Head {
        description,
        ..head
    }
    .with_query("");
    Ok(document::page(&request, &head, || {
        let title = t!("recommendation-title", paragraph = number);
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
            (paths::recommendations(code, &filter), t!("list-title")),
        ];
        let section = |id: &'static str, title: String, body: Fragment| {
            html! {
                <section aria-labelledby=id>
                    <h2 id=id>{title}</h2>
                    {body}
                </section>
            }
        };
        view! {
            {breadcrumbs(above, title.clone())}
            <h1>{title}</h1>
            {neighbours(&shown, &set)}
            {wording(&shown)}
            {section("facts", t!("recommendation-facts"), about(&shown))}
            {request
                .visitor
                .may(Action::EditRecommendations, Object::Review(code))
                .then(|| correct(code, &paragraph))}
            {section("positions", t!("recommendation-positions"), positions(&shown))}
            {section("assessments", t!("recommendation-assessments"), assessments(&shown))}
            {own_drafts(&unsaved, code, &paragraph)}
            {has_earlier
                .then(|| {
                    let back = paths::recommendation(code, &paragraph);
                    let body = earlier(code, one, &forebears, decide, &back);
                    section("earlier", t!("earlier-title"), body)
                })}
            {section("history", t!("history-title"), history_table(&entries, &events))}
        }
    }))
}

/// The way to the forms that correct it.
fn correct(code: ReviewCode, paragraph: &Paragraph) -> Fragment {
    let href = paths::correct(code, paragraph, "");
    html! {
        <p class="ways">
            <a class="button" href=href>
                {t!("edit-link")}
            </a>
        </p>
    }
}

/// A person's own drafts of rounds that have since been published, to be copied or discarded.
fn own_drafts(
    drafts: &[(&RoundRecord, Draft)],
    code: ReviewCode,
    paragraph: &Paragraph,
) -> Option<Fragment> {
    let own = drafts
        .iter()
        .map(|(round, draft)| own_draft(round, draft, code, paragraph));
    let own: Vec<_> = own.collect();
    (!own.is_empty()).then(|| html! { <div id="unsaved">{own}</div> })
}

fn own_draft(
    round: &RoundRecord,
    draft: &Draft,
    code: ReviewCode,
    paragraph: &Paragraph,
) -> Fragment {
    let content = &draft.content;
    let status = round.round.scale.status(&content.status).map(status_mark);
    let title = round_names::title(&round.round);
    html! {
        <section class="draft">
            <h3 dir="auto">{t!("draft-unsaved", round = title)}</h3>
            <p>{t!("draft-unsaved-why")}</p>
            <p>{status}</p>
            <p class="rationale" dir="auto">
                {content.rationale.clone()}
            </p>
            {evidence(&content.evidence)}
            <form method="post" action=paths::localize("/api/discard-draft")>
                <input type="hidden" name="review" value=code.to_string() />
                <input type="hidden" name="round" value=round.round.slug.clone() />
                <input type="hidden" name="paragraph" value=paragraph.to_string() />
                <button type="submit" class="secondary">{t!("draft-unsaved-discard")}</button>
            </form>
        </section>
    }
}
