//! `/corrections`: every correction, withdrawal and other change of what was published. `?review=` selects one review.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::t;
use crate::text::names;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use axum::response::Response;
use data::domain::{ReviewCode, ReviewRecord, RoundCounts};
use data::store::{CorrectionEntry, Event, HeadlineFigure};
use leptos::prelude::*;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// Entries on a page.
const PER_PAGE: u64 = 50;

/// The reviews that the entries of a page are about.
type Records = HashMap<ReviewCode, Arc<ReviewRecord>>;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    let review = match request.parameter("review").filter(|code| !code.is_empty()) {
        Some(code) => Some(ReviewCode::parse(&code).ok_or(Failure::NotFound)?),
        None => None,
    };
    let page: u64 = request
        .parameter("page")
        .and_then(|page| page.parse().ok())
        .filter(|page| (1..=100_000).contains(page))
        .unwrap_or(1);
    let store = &request.site.store;
    let mut records = Records::new();
    if let Some(code) = review {
        records.insert(code, store.public_record(code).await?);
    }
    let (count, entries) = store
        .corrections(review, (page - 1) * PER_PAGE, PER_PAGE)
        .await?;
    for entry in &entries {
        if let Entry::Vacant(place) = records.entry(entry.review) {
            place.insert(store.public_record(entry.review).await?);
        }
    }
    let of = review.and_then(|code| records.get(&code)).cloned();
    let title = of.as_ref().map_or_else(
        || t!("corrections-title"),
        |record| {
            t!(
                "corrections-of",
                review = translations::review(&record.review)
            )
        },
    );
    let head = match review {
        Some(code) => Head::titled(title.clone()).about(code.state),
        None => Head::titled(title.clone()),
    };
    Ok(document::page(&request, &head, || {
        let above = review.map_or_else(Vec::new, |code| {
            vec![
                (
                    paths::state(code.state),
                    names::state(code.state).to_owned(),
                ),
                (paths::review(code), translations::cycle(code.cycle)),
            ]
        });
        let pages = count.div_ceil(PER_PAGE).max(1);
        let link = |to: u64, label: String, rel: &'static str| {
            (1..=pages).contains(&to).then(|| {
                let href = paths::corrections(review, to);
                view! { <a href=href rel=rel>{label}</a> }
            })
        };
        let all = review.map(|_| {
            let href = paths::corrections(None, 1);
            view! { <p class="ways"><a href=href>{t!("corrections-all")}</a></p> }
        });
        let history = review.map(|code| {
            view! { " " <a href=paths::history(code, "")>{t!("history-title")}</a> }
        });
        view! {
            {breadcrumbs(above, t!("corrections-title"))}
            <h1>{title}</h1>
            <p class="lead">{t!("corrections-lead")}</p>
            {table(count, &entries, &records)}
            <nav class="ways" aria-label=t!("corrections-pages")>
                {link(page - 1, t!("history-newer"), "prev")}
                {link(page + 1, t!("history-older"), "next")}
            </nav>
            {all}
            <p>{t!("corrections-edits")} {history}</p>
            <p>
                <a href=paths::localize("/methodology#corrections")>
                    {t!("footer-methodology")}
                </a>
            </p>
        }
    }))
}

fn table(count: u64, entries: &[CorrectionEntry], records: &Records) -> Fragment {
    if entries.is_empty() {
        return html! { <p class="none">{t!("corrections-none")}</p> };
    }
    let rows: Vec<_> = entries
        .iter()
        .filter_map(|entry| row(entry, records.get(&entry.review)?))
        .collect();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby="corrections-caption">
            <table class="cards">
                <caption id="corrections-caption">{t!("corrections-count", count = count)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("history-day")}</th>
                        <th scope="col">{t!("assess-review")}</th>
                        <th scope="col">{t!("assess-round")}</th>
                        <th scope="col">{t!("corrections-what")}</th>
                        <th scope="col">{t!("corrections-numbers")}</th>
                        <th scope="col">{t!("corrections-hashes")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// What an entry says: what happened, the numbers, and the content hashes.
struct Said {
    what: String,
    numbers: String,
    hashes: Vec<(String, String)>,
}

fn row(entry: &CorrectionEntry, record: &ReviewRecord) -> Option<Fragment> {
    let Said {
        what,
        numbers,
        hashes,
    } = said(entry, record)?;
    let title = title(record, &entry.round);
    let href = paths::round(entry.review, &entry.round);
    let hashes = hashes.into_iter().map(|(name, hash)| {
        view! { <div>{name} " " <code class="hash">{hash}</code></div> }
    });
    let day = translations::day(entry.at);
    let view = view! {
        <tr>
            <td data-label=t!("history-day")>
                <time datetime=translations::day(entry.at)>{day}</time>
            </td>
            <td data-label=t!("assess-review")>
                <a href=paths::review(entry.review)>{translations::review(&record.review)}</a>
            </td>
            <th scope="row" dir="auto">
                <a href=href>{title}</a>
            </th>
            <td data-label=t!("corrections-what") dir="auto">{what}</td>
            <td data-label=t!("corrections-numbers") dir="auto">{numbers}</td>
            <td data-label=t!("corrections-hashes")>{hashes.collect_view()}</td>
        </tr>
    };
    Some(view.fragment())
}

fn said(entry: &CorrectionEntry, record: &ReviewRecord) -> Option<Said> {
    let before_and_since = |before: &str, since: &str| {
        vec![
            (t!("corrections-hash-before"), before.to_owned()),
            (t!("corrections-hash-since"), since.to_owned()),
        ]
    };
    match &entry.event {
        Event::RoundSuperseded(superseded) => Some(Said {
            what: t!(
                "corrections-superseded",
                number = superseded.correction,
                reason = superseded.reason.clone()
            ),
            numbers: change(counts(&superseded.before), counts(&superseded.after)),
            hashes: before_and_since(&superseded.hash_before, &superseded.hash_after),
        }),
        Event::RoundWithdrawn(withdrawal) => Some(Said {
            what: t!("corrections-withdrawn", reason = withdrawal.reason.clone()),
            numbers: t!(
                "corrections-withdrawn-counts",
                before = counts(&withdrawal.before),
                now = counts_now(record)
            ),
            hashes: vec![(t!("corrections-hash-kept"), withdrawal.content_hash.clone())],
        }),
        // The figures stay: a text was removed.
        Event::RoundRedacted(redaction) => Some(Said {
            what: t!("corrections-redacted", reason = redaction.reason.clone()),
            numbers: t!("corrections-same"),
            hashes: before_and_since(&redaction.hash_before, &redaction.hash_after),
        }),
        Event::HeadlineChosen(choice) => {
            let key = match choice.chosen {
                Some(_) => "corrections-headline",
                None => "corrections-headline-rule",
            };
            let figure = |figure: Option<&HeadlineFigure>| {
                figure.map_or_else(
                    || t!("corrections-change-none"),
                    |figure| {
                        t!(
                            "corrections-counts-round",
                            counts = counts(&figure.counts),
                            round = title(record, &figure.round)
                        )
                    },
                )
            };
            let hash = record.any_round(&entry.round);
            let hash = hash.and_then(|round| round.round.content_hash.clone());
            Some(Said {
                what: translations::text(key, &[("reason", choice.reason.clone().into())]),
                numbers: change(
                    figure(choice.before.as_ref()),
                    figure(choice.after.as_ref()),
                ),
                hashes: hash
                    .map(|hash| (t!("corrections-hash-kept"), hash))
                    .into_iter()
                    .collect(),
            })
        }
        _ => None,
    }
}

/// What heads the review today, or that nothing does.
fn counts_now(record: &ReviewRecord) -> String {
    let Some(of) = record.headline_round() else {
        return t!("corrections-now-none");
    };
    t!(
        "corrections-now",
        counts = counts(&RoundCounts::of(record, of)),
        round = round_names::title(&of.round)
    )
}

fn title(record: &ReviewRecord, slug: &str) -> String {
    record
        .any_round(slug)
        .map_or_else(|| slug.to_owned(), |round| round_names::title(&round.round))
}

fn counts(counts: &RoundCounts) -> String {
    t!(
        "corrections-counts",
        implemented = counts.implemented,
        assessed = counts.assessed,
        received = counts.received
    )
}

fn change(before: String, after: String) -> String {
    t!("corrections-change", before = before, after = after)
}
