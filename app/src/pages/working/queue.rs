//! `/assess/{review}/{round}`: a round's recommendations as a queue. The query string is the queue.

use crate::components::document::{self, Head};
use crate::components::list::page_links;
use crate::components::progress::progress;
use crate::components::workbench::{Place, queue_filter, queue_rows, stage_tabs, workbench_island};
use crate::pages::working::bulk::by_hand;
use crate::t;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::{paths, queue};
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{
    Action, Message, Object, Paragraph, Queue, ReviewRecord, RoundKind, Stage, query_pairs,
};
use leptos::prelude::*;
use std::collections::HashSet;

/// The parameter by which every row of a page is ticked.
const ALL: &str = "all";

/// Rows on a page.
const PER_PAGE: usize = 100;

pub(crate) async fn page(
    Path((review, slug)): Path<(String, String)>,
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
    let (queue, faults) = queue_of(&request, &record, &slug);
    let pairs = query_pairs(&request.query);
    let ticked: HashSet<Paragraph> = pairs
        .iter()
        .filter(|(name, _)| name == "p")
        .filter_map(|(_, value)| Paragraph::parse(value).ok())
        .collect();
    let all_of_page = pairs.contains(&(ALL.to_owned(), "page".to_owned()));
    let drafts = request
        .site
        .store
        .drafts_of(account.id, round.round.id)
        .await?;
    let filtered = queue.filtered(&record, round);
    let rows = queue.of_stage(&filtered, &drafts);
    let code = record.review.code;
    let all = record.recommendations.len();
    let head = Head::titled(t!(
        "worklist-title",
        round = round_names::title(&round.round)
    ));
    let head = head.about(code.state).with_islands();
    Ok(document::page(&request, &head, || {
        let next = queue
            .next(&filtered, &drafts, None)
            .filter(|next| queue.stage != Some(Stage::Done) || next.assessment.is_some())
            .map(|next| {
                let href = paths::assess_in(code, &slug, &next.recommendation.paragraph, &queue);
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
        let pages = shown.div_ceil(PER_PAGE).max(1);
        let number = queue.filter.page.clamp(1, pages);
        let first = (number - 1) * PER_PAGE;
        let of_page = rows
            .get(first..(first + PER_PAGE).min(shown))
            .unwrap_or_default();
        let is_ticked = |paragraph: &Paragraph| all_of_page || ticked.contains(paragraph);
        let ticks = Ticks {
            elsewhere: record
                .recommendations
                .iter()
                .map(|one| &one.paragraph)
                .filter(|paragraph| ticked.contains(paragraph))
                .filter(|paragraph| {
                    let mut here = of_page.iter();
                    !here.any(|row| row.recommendation.paragraph == **paragraph)
                })
                .collect(),
            unticked_page: paths::queue(
                code,
                &slug,
                &Queue {
                    filter: queue.filter.with_page(number),
                    ..queue.clone()
                },
            ),
            on_page: of_page.len(),
        };
        let through = page_links(number, pages, |to| {
            let on_page = Queue {
                filter: queue.filter.with_page(to),
                ..queue.clone()
            };
            paths::queue(code, &slug, &on_page)
        });
        let place = Place {
            request: &request,
            round,
            code,
            paragraph: None,
            queue: Some(&queue),
        };
        view! {
            <p class="over">
                <a href=paths::localize("/assess")>{t!("assess-title")}</a>
                " · "
                <a href=paths::localize(format_args!("/reviews/{code}"))>{translations::review(&record.review)}</a>
            </p>
            <h1 dir="auto">{round_names::title(&round.round)}</h1>
            <p class="by" dir="auto">{round.round.organisation.clone()}</p>
            <nav class="ways" aria-label=t!("worklist-ways")>
                <a href=paths::round(code, &slug)>{t!("worklist-round-page")}</a>
                <a href=paths::method(code, &slug)>{t!("worklist-method")}</a>
                <a href=paths::evidence_list(code)>{t!("worklist-evidence")}</a>
                <a href=paths::history(
                    code,
                    &format!("round={}", paths::encoded(&slug)),
                )>{t!("worklist-history")}</a>
            </nav>
            <div class="queue-head">
                <p>{progress(round, all)}</p>
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
                action=paths::bulk(code, &slug, &data::domain::Queue::default())
            >
                {by_hand(&queue)}
                {select(&ticks)}
                <button type="submit" class="secondary">{t!("queue-many-chosen")}</button>
                " "
                <a href=paths::bulk(code, &slug, &queue)>
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
                    <tbody>{queue_rows(code, &slug, &queue, of_page, &drafts, &is_ticked)}</tbody>
                </table>
            </div>
            {through}
            {page_buttons(paths::worklist(code, &slug), number, pages)}
        }
    }))
}

/// The queue that an address asks for. The form with the boxes sends it as one field.
fn queue_of(request: &Request, record: &ReviewRecord, slug: &str) -> (Queue, Vec<Message>) {
    let (asked, faults) = queue::read(&request.query, record, slug);
    match request.parameter("queue") {
        Some(query) if !query.is_empty() => {
            let (queue, faults) = queue::read(&query, record, slug);
            let queue = Queue {
                filter: queue.filter.with_page(asked.filter.page),
                ..queue
            };
            (queue, faults)
        }
        _ => (asked, faults),
    }
}

/// Which recommendations are ticked.
struct Ticks<'a> {
    /// Those that are ticked and not on this page.
    elsewhere: Vec<&'a Paragraph>,
    /// The address of this page, with nothing ticked.
    unticked_page: String,
    /// How many rows this page has.
    on_page: usize,
}

/// Ticks every row of this page, or none; says what is ticked on other pages.
fn select(ticks: &Ticks<'_>) -> Option<Fragment> {
    if ticks.on_page == 0 && ticks.elsewhere.is_empty() {
        return None;
    }
    let mut all = paths::with_parameter(&ticks.unticked_page, ALL, "page");
    for paragraph in &ticks.elsewhere {
        all.push_str("&p=");
        all.push_str(&paths::encoded(paragraph.as_str()));
    }
    let count = ticks.elsewhere.len();
    let elsewhere = (count > 0).then(|| {
        let fields = ticks
            .elsewhere
            .iter()
            .map(|paragraph| {
                view! { <input type="hidden" name="p" value=paragraph.to_string() /> }
            })
            .collect_view();
        view! {
            <span data-elsewhere="">
                {t!("queue-elsewhere", count = count)}
                {fields}
            </span>
        }
    });
    let view = view! {
        <a href=all data-tick="all">{t!("queue-select-page", count = ticks.on_page)}</a>
        <a href=ticks.unticked_page.clone() data-tick="none">{t!("queue-select-none")}</a>
        {elsewhere}
    };
    Some(view.fragment())
}

/// The buttons that turn the page and take the ticks along, which links cannot do without script.
fn page_buttons(action: String, page: usize, pages: usize) -> Option<Fragment> {
    let button = |to: usize, label: String| {
        view! {
            <button
                type="submit"
                class="secondary"
                form="many"
                formaction=action.clone()
                name="page"
                value=to.to_string()
            >
                {label}
            </button>
        }
    };
    let view = view! {
        <p class="buttons">
            {(page > 1).then(|| button(page - 1, t!("queue-previous-page")))}
            {(page < pages).then(|| button(page + 1, t!("queue-next-page")))}
        </p>
    };
    (pages > 1).then(|| view.fragment())
}
