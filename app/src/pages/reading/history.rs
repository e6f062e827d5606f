//! `/reviews/{review}/history`: everything that was changed in a review. The query string filters it.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::history_table::{HistoryTable, history_table, kind_name};
use crate::t;
use crate::text::names;
use crate::text::round_names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Object, RoundKind};
use data::store::HistoryFilter;
use leptos::prelude::*;
use std::collections::HashMap;

/// Entries on a page.
const PER_PAGE: u64 = 100;

pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let code = record.review.code;
    let inside = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Review(code));
    let value = |name: &str| {
        request
            .parameter(name)
            .map(|value| value.trim().chars().take(200).collect::<String>())
            .filter(|value| !value.is_empty())
    };
    let page: u64 = value("page")
        .and_then(|page| page.parse().ok())
        .filter(|page| (1..=100_000).contains(page))
        .unwrap_or(1);
    let public = (!inside).then_some(&record.public);
    let filter = HistoryFilter {
        round: value("round"),
        public: public.cloned(),
        kind: value("kind"),
        actor: value("who").filter(|_| inside),
        paragraph: value("paragraph"),
        from: value("from").and_then(|day| translations::start_of_day(&day)),
        to: value("to").and_then(|day| translations::end_of_day(&day)),
    };
    let store = &request.site.store;
    let (count, events) = store
        .history_of_review(&code.to_string(), &filter, (page - 1) * PER_PAGE, PER_PAGE)
        .await?;
    let (actors, kinds) = store.history_values(&code.to_string(), public).await?;
    let undone = store.undone_changes(&code.to_string()).await?;
    let head = t!(
        "history-head",
        review = translations::review(&record.review)
    );
    let head = Head::titled(head).about(code.state);
    Ok(document::page(&request, &head, || {
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
        ];
        let select = |name: &'static str, label: String, options: Vec<(String, String)>| {
            let chosen = value(name).unwrap_or_default();
            let options = options
                .into_iter()
                .map(|(code, label)| {
                    let selected = code == chosen;
                    view! { <option value=code selected=selected>{label}</option> }
                })
                .collect_view();
            html! {
                <label>
                    <span>{label}</span>
                    <select name=name dir="auto">
                        <option value="">{t!("queue-any")}</option>
                        {options}
                    </select>
                </label>
            }
        };
        let field = |name: &'static str, label: String, kind: &'static str| {
            html! {
                <label>
                    <span>{label}</span>
                    <input type=kind name=name value=value(name) />
                </label>
            }
        };
        let rounds = record
            .rounds
            .iter()
            .map(|round| (round.round.slug.clone(), round_names::title(&round.round)))
            .collect();
        let kinds = kinds
            .iter()
            .map(|kind| (kind.clone(), kind_name(kind)))
            .collect();
        let who = inside.then(|| {
            let actors = actors.iter().map(|name| (name.clone(), name.clone()));
            select("who", t!("history-by"), actors.collect())
        });
        let table = HistoryTable {
            record: &record,
            visitor: &request.visitor,
            about: None,
            reasons: &HashMap::new(),
            undone: &undone,
        };
        let pages = count.div_ceil(PER_PAGE).max(1);
        let link = |to: u64, label: String, rel: &'static str| {
            (1..=pages).contains(&to).then(|| {
                let mut pairs: Vec<(String, String)> = data::domain::query_pairs(&request.query)
                    .into_iter()
                    .filter(|(name, _)| name != "page")
                    .collect();
                pairs.push(("page".to_owned(), to.to_string()));
                let query: Vec<String> = pairs
                    .iter()
                    .map(|(name, value)| {
                        format!("{}={}", paths::encoded(name), paths::encoded(value))
                    })
                    .collect();
                let href = paths::history(code, &query.join("&"));
                view! { <a href=href rel=rel>{label}</a> }
            })
        };
        let as_of = inside.then(|| as_of(&record));
        view! {
            {breadcrumbs(above, t!("history-title"))}
            <h1>{t!("history-title")}</h1>
            <form
                class="queue-filter"
                method="get"
                action=paths::history(code, "")
                aria-label=t!("history-filter")
            >
                {select("round", t!("assess-round"), rounds)}
                {select("kind", t!("history-what"), kinds)}
                {who}
                {field("paragraph", t!("column-paragraph"), "text")}
                {field("from", t!("history-from"), "date")}
                {field("to", t!("history-to"), "date")}
                <p class="buttons">
                    <button type="submit" class="secondary">{t!("list-apply")}</button>
                </p>
            </form>
            <p>{t!("history-count", count = count)}</p>
            {history_table(&table, &events)}
            <nav class="ways" aria-label=t!("history-pages")>
                {link(page - 1, t!("history-newer"), "prev")}
                {link(page + 1, t!("history-older"), "next")}
            </nav>
            {as_of}
        }
    }))
}

/// The way to a round as it stood on a day.
fn as_of(record: &data::domain::ReviewRecord) -> Fragment {
    let forms: Vec<_> = record
        .rounds
        .iter()
        .filter(|round| round.round.kind == RoundKind::Itemised)
        .map(|round| {
            view! {
                <form
                    class="as-of"
                    method="get"
                    action=paths::round(record.review.code, &round.round.slug)
                >
                    <label>
                        <span dir="auto">
                            {t!("history-as-of", round = round_names::title(&round.round))}
                        </span>
                        <input type="date" name="on" required />
                    </label>
                    <button type="submit" class="secondary">{t!("history-as-of-show")}</button>
                </form>
            }
        })
        .collect();
    html! {
        <h2>{t!("history-as-of-title")}</h2>
        {forms}
    }
}
