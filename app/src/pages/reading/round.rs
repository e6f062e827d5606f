//! `/reviews/{review}/rounds/{round}`: everything about a round. With `.txt` at its end: the text that
//! its content hash is taken of.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::by_position::by_position;
use crate::components::by_status::by_status;
use crate::components::carried_over_banner::unconfirmed;
use crate::components::correction::{changes, chosen_headline, corrects, superseded};
use crate::components::document::{self, Head};
use crate::components::methodology_note::how_counted;
use crate::components::publish_form::publish_form;
use crate::components::round_card::{self, citations, facts};
use crate::components::scale_table::scale_table;
use crate::components::status_mark::status_mark;
use crate::components::totals_check::reconciled;
use crate::components::unit_switch::shown_as;
use crate::figures::Figures;
use crate::figures::headline::sentence;
use crate::t;
use crate::text::names;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use data::domain::{
    Action, CountingUnit, Filter, Message, Object, RecommendationSet, ReviewRecord, Round,
    RoundRecord,
};
use leptos::prelude::*;
use std::collections::HashSet;

/// The way to one's own drafts of a round that is published.
fn unsaved(record: &ReviewRecord, own: &HashSet<i64>) -> Option<Fragment> {
    let items: Vec<_> = record
        .recommendations
        .iter()
        .filter(|one| own.contains(&one.id))
        .map(|one| {
            let href = paths::recommendation(record.review.code, &one.paragraph);
            view! {
                <li>
                    <a href=href>{names::paragraph(one)}</a>
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        html! {
            <p>{t!("draft-unsaved-list")}</p>
            <ul class="row">{items}</ul>
        }
    })
}

pub(crate) async fn page(
    Path((review, round)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let name = round.split('.').next().unwrap_or_default();
    if let Some(withdrawn) = record
        .any_round(name)
        .filter(|one| one.round.is_withdrawn())
    {
        return Ok(tombstone(&request, &record, &withdrawn.round));
    }
    // A round's name has no full stop, so what ends in `.txt` is no round's name.
    if let Some(slug) = round.strip_suffix(".redactions.txt") {
        return redactions_text(&record, slug);
    }
    if let Some(slug) = round.strip_suffix(".txt") {
        return text(&record, slug);
    }
    let there = record.round(&round).ok_or(Failure::NotFound)?;
    // As it stood on a day: what was open then is not for the public.
    let day = request.parameter("on").filter(|_| {
        request
            .visitor
            .may(Action::ReadOpenRounds, Object::Review(record.review.code))
    });
    let day = day.filter(|day| !day.is_empty());
    let moment = day.as_deref().and_then(translations::end_of_day);
    if moment.is_none()
        && let Some(day) = &day
    {
        return Err(Message::new("round-day-unreadable")
            .with("day", day.clone())
            .into());
    }
    let then = match moment {
        Some(moment) => {
            let store = &request.site.store;
            let then = store.round_as_of(&record, &round, moment).await?;
            let day = day.clone().unwrap_or_default();
            Some(then.ok_or_else(|| Message::new("round-not-there-yet").with("day", day))?)
        }
        None => None,
    };
    let store = &request.site.store;
    let drafts = if request
        .visitor
        .may(Action::PublishRound, Object::Round(&there.round))
        && !there.round.is_published()
    {
        store.drafts_in(there.round.id).await?
    } else {
        (0, 0)
    };
    // What was typed and never saved before it was published: its writer's alone.
    let own = match &request.visitor.account {
        Some(account) if there.round.is_published() => {
            store.drafts_of(account.id, there.round.id).await?
        }
        _ => HashSet::new(),
    };
    let as_of = then.is_some().then_some(day).flatten();
    let shown = then.as_ref().unwrap_or(there);
    let set = RecommendationSet::of_round(&record, Some(shown), &Filter::default());
    let figures = Figures::of_statuses(&set).ok_or(Failure::NotFound)?;
    let code = record.review.code;
    let round = &shown.round;
    let title = round_names::title(round);
    let head = Head::titled(title.clone()).about(code.state);
    Ok(document::page(&request, &head, || {
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
        ];
        let open = !round.is_published() && as_of.is_none();
        // What became of a round is of today, not of the day that is looked at.
        let marks = as_of.is_none().then(|| {
            view! {
                {superseded(&record, there, true)}
                {corrects(&record, there)}
            }
        });
        let may_change = as_of.is_none()
            && request
                .visitor
                .may(Action::PublishRound, Object::Round(&there.round));
        let change = may_change.then(|| {
            let href = paths::change_round(code, &round.slug);
            let label = if round.is_published() {
                t!("change-round-link")
            } else {
                t!("change-round-link-open")
            };
            view! { <p class="ways"><a href=href>{label}</a></p> }
        });
        let typed = request
            .notice
            .as_ref()
            .map(|notice| notice.typed("reason"))
            .unwrap_or_default();
        let assess = (open
            && figures.is_itemised()
            && request
                .visitor
                .may(Action::Assess, Object::Round(&there.round)))
        .then(|| {
            let href = paths::worklist(code, &round.slug);
            view! { <p><a class="button" href=href>{t!("round-assess")}</a></p> }
        });
        let publish = (open
            && figures.is_itemised()
            && request
                .visitor
                .may(Action::PublishRound, Object::Round(&there.round)))
        .then(|| publish_form(&record, shown, drafts, &typed));
        let summary = shown_as(&record, Some(&round.slug), CountingUnit::default());
        view! {
            {breadcrumbs(above, title.clone())}
            <h1 dir="auto">{title}</h1>
            <p class="over">
                <a href=summary>{translations::review(&record.review)}</a>
            </p>
            {marks}
            {as_of.clone().map(|day| {
                let now = paths::round(code, &round.slug);
                view! {
                    <p class="notice" role="status">
                        {t!("round-as-of-day", day = day)} " "
                        <a href=now>{t!("round-as-now")}</a>
                    </p>
                }
            })}
            <p class="headline">{sentence(&figures.breakdown(None))}</p>
            {unconfirmed(&record, shown, &request.visitor)}
            {reconciled(&record, shown)}
            {chosen_headline(there)}
            {facts(round)}
            {citations(&record, shown)}
            {unsaved(&record, &own)}
            {assess}
            {change}
            {publish}
            {as_of.is_none().then(|| changes(&record, there))}
            <section aria-labelledby="by-status">
                <h2 id="by-status">{t!("by-status-title")}</h2>
                {by_status(&figures)}
            </section>
            <section aria-labelledby="by-position">
                <h2 id="by-position">{t!("by-position-title")}</h2>
                {by_position(&figures, None)}
            </section>
            <section aria-labelledby="method">
                <h2 id="method">{t!("round-method-title")}</h2>
                {method(&record, round)}
            </section>
            <section aria-labelledby="scale">
                <h2 id="scale">{t!("round-scale-title")}</h2>
                {scale_table(&round.scale)}
            </section>
            <section aria-labelledby="hash">
                <h2 id="hash">{t!("round-hash-title")}</h2>
                {hash(&record, round)}
            </section>
            {as_of.is_some().then(|| statuses_then(&record, shown))}
            {how_counted(&figures)}
        }
    }))
}

/// The page of a withdrawn round: what it was, when and why it was withdrawn, and its content hash. It is answered with
/// 410 (Gone): people read the page, and programs that follow a citation, such as search engines and link checkers, learn
/// that the content was taken back on purpose.
fn tombstone(request: &Request, record: &ReviewRecord, round: &Round) -> Response {
    let code = record.review.code;
    let title = round_names::title(round);
    let head = Head::titled(title.clone()).about(code.state);
    let mut response = document::page(request, &head, || {
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
        ];
        let withdrawn = round.publication.withdrawn.as_ref();
        let day = withdrawn
            .map(|one| one.at)
            .map(translations::day_written_out);
        let reason = withdrawn.map(|one| one.reason.clone());
        let published = round.published_at.map(translations::day_written_out);
        let correction = round.publication.superseded.as_ref().map(|superseded| {
            let href = paths::round(code, &superseded.by);
            view! {
                <p>
                    {t!("withdrawn-superseded")} " " <a href=href>{t!("superseded-read")}</a>
                </p>
            }
        });
        let corrections = paths::corrections(Some(code), 1);
        view! {
            {breadcrumbs(above, title.clone())}
            <h1 dir="auto">{title}</h1>
            <p class="over">
                <a href=paths::review(code)>{translations::review(&record.review)}</a>
            </p>
            <p class="headline">
                {t!("withdrawn-headline", day = day.clone().unwrap_or_default())}
            </p>
            <p>{t!("withdrawn-what")}</p>
            {correction}
            <dl class="facts">
                <dt>{t!("withdrawn-reason")}</dt>
                <dd dir="auto">{reason}</dd>
                <dt>{t!("round-organisation")}</dt>
                <dd dir="auto">{round.organisation.clone()}</dd>
                <dt>{t!("round-as-of")}</dt>
                <dd>{round_card::as_of(round)}</dd>
                <dt>{t!("withdrawn-published")}</dt>
                <dd>{published}</dd>
                <dt>{t!("withdrawn-day")}</dt>
                <dd>{day}</dd>
            </dl>
            <section aria-labelledby="hash">
                <h2 id="hash">{t!("round-hash-title")}</h2>
                <p>{t!("withdrawn-hash")}</p>
                <p>
                    <code class="hash">{round.content_hash.clone()}</code>
                </p>
            </section>
            <p class="ways">
                <a href=corrections>{t!("corrections-link")}</a>
            </p>
        }
    });
    *response.status_mut() = StatusCode::GONE;
    response
}

/// Who assessed and how, in the organisation's words.
fn method(record: &ReviewRecord, round: &Round) -> Fragment {
    let there = record.round(&round.slug);
    match there.filter(|_| round.method.is_some() || !round.assessors.is_empty()) {
        Some(there) => crate::pages::working::method::method_note(there),
        None => html! { <p class="none">{t!("round-method-none")}</p> },
    }
}

/// What stood for each recommendation on the day that is shown.
fn statuses_then(record: &ReviewRecord, round: &RoundRecord) -> Fragment {
    let rows: Vec<_> = record
        .list(Some(round))
        .filter_map(|listed| {
            let (_, status) = listed.status?;
            let rationale = listed.assessment.map(|then| then.rationale.clone());
            Some(view! {
                <tr>
                    <th scope="row">{names::paragraph(listed.recommendation)}</th>
                    <td>{status_mark(status)}</td>
                    <td dir="auto">{rationale}</td>
                </tr>
            })
        })
        .collect();
    html! {
        <details>
            <summary>{t!("round-as-of-list")}</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t!("column-paragraph")}</th>
                        <th scope="col">{t!("column-status")}</th>
                        <th scope="col">{t!("column-rationale")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

/// The content hash and how anybody comes to the same one.
fn hash(record: &ReviewRecord, round: &Round) -> Fragment {
    let Some(hash) = round.content_hash.clone().filter(|_| round.is_published()) else {
        return html! { <p class="none">{t!("round-hash-open")}</p> };
    };
    let href = paths::round_text(record.review.code, &round.slug);
    let file = format!("{}.txt", round.slug);
    html! {
        <p>
            <code class="hash">{hash}</code>
        </p>
        <p>
            {t!("round-hash-how")} " " <a href=href>{t!("round-hash-text", file = file.clone())}</a>
        </p>
        <pre>
            <code>{format!("sha256sum {file}")}</code>
        </pre>
        {redactions(record, round)}
    }
}

/// What was removed since its publication: the day, the reason and both hashes.
fn redactions(record: &ReviewRecord, round: &Round) -> Option<Fragment> {
    if round.redactions.is_empty() {
        return None;
    }
    let items: Vec<_> = round
        .redactions
        .iter()
        .map(|redaction| view! { <li><span dir="auto">{translations::redaction(redaction)}</span></li> })
        .collect();
    let href = paths::redactions_text(record.review.code, &round.slug);
    let file = format!("{}.redactions.txt", round.slug);
    let list = view! {
        <h3>{t!("round-redactions")}</h3>
        <ul>{items}</ul>
        <p>
            <a href=href>{t!("round-redactions-text", file = file)}</a>
        </p>
    };
    Some(list.fragment())
}

/// The companion of the canonical text: a line for each redaction.
fn redactions_text(record: &ReviewRecord, slug: &str) -> Result<Response, Failure> {
    let round = record
        .round(slug)
        .filter(|round| !round.round.redactions.is_empty())
        .ok_or(Failure::NotFound)?;
    let mut text = String::new();
    for redaction in &round.round.redactions {
        text.push_str(&translations::redaction(redaction));
        text.push('\n');
    }
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((headers, text).into_response())
}

fn text(record: &ReviewRecord, slug: &str) -> Result<Response, Failure> {
    let round = record
        .round(slug)
        .filter(|round| round.round.is_published())
        .ok_or(Failure::NotFound)?;
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((headers, round.canonical_text(record)).into_response())
}
