//! `/import`: choosing a file, and the files that were brought before.

use crate::components::document::{self, Head};
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::response::Response;
use data::domain::{Action, Object, states};
use data::store::{Run, SavedMapping, Waiting, WaitingUpload};
use leptos::prelude::*;

/// Runs that are listed, the newest first.
const RUNS: u64 = 50;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::Import, Object::Installation)?;
    let store = &request.site.store;
    let page = request.parameter("page").and_then(|page| page.parse().ok());
    let page: u64 = page.filter(|page| *page > 0).unwrap_or(1);
    // One more than is shown says whether there are any behind.
    let first = (page - 1).saturating_mul(RUNS);
    let mut runs = store.import_runs(first, RUNS + 1).await?;
    let is_last = runs.len() as u64 <= RUNS;
    runs.truncate(usize::try_from(RUNS).unwrap_or(usize::MAX));
    let saved = store.saved_mappings().await?;
    let open = store.open_rounds().await?;
    let waiting = match &request.visitor.account {
        Some(account) => store.waiting(account).await?,
        None => Waiting::default(),
    };
    let uploads = match &request.visitor.account {
        Some(account) => store.waiting_uploads(account.id).await?,
        None => Vec::new(),
    };
    let quotas = store.quotas();
    let left = quotas
        .per_person
        .saturating_sub(waiting.of_person)
        .min(quotas.in_all.saturating_sub(waiting.in_all));
    let head = Head::titled(t!("import-title"));
    Ok(document::page(&request, &head, || {
        // A text field with suggestions instead of two menus: typing "SVN-3" is quicker than finding
        // one of 195 States.
        let suggestions = states::all()
            .flat_map(|state| {
                data::domain::Cycle::ALL.map(|cycle| {
                    let code = format!("{}-{cycle}", state.as_str());
                    let name = format!("{}, {}", names::state(state), translations::cycle(cycle));
                    view! { <option value=code label=name></option> }
                })
            })
            .collect_view();
        let rounds = open
            .iter()
            .map(|round| {
                let value = format!("{}/{}", round.review.code, round.slug);
                let review = translations::review(&round.review);
                let tag = if round.is_correction {
                    format!(" ({})", t!("open-correction-tag"))
                } else {
                    String::new()
                };
                view! { <option value=value>{format!("{review}: {}{tag}", round.title)}</option> }
            })
            .collect_view();
        view! {
            <h1>{t!("import-title")}</h1>
            {waiting_uploads(&uploads)}
            <p>{t!("import-what")}</p>
            <ul>
                <li>{t!("import-format-uhri")}</li>
                <li>{t!("import-format-matrix")}</li>
                <li>{t!("import-format-upr-info")}</li>
                <li>{t!("import-format-report")}</li>
                <li>{t!("import-format-reply")}</li>
                <li>{t!("import-format-own")}</li>
                <li>{t!("import-format-assessments")}</li>
                <li>{t!("import-format-mapped")}</li>
            </ul>
            <form
                class="narrow"
                method="post"
                action=paths::localize("/api/upload-file")
                enctype="multipart/form-data"
            >
                <label for="file">{t!("import-file")}</label>
                <p class="hint" id="file-hint">
                    {t!("import-file-how")} " "
                    {t!(
                        "import-file-left", left = left >> 20, used = waiting.of_person >> 20, max =
                        quotas.per_person >> 20
                    )}
                </p>
                <input type="file" id="file" name="file" aria-describedby="file-hint" required />
                <label for="review">{t!("import-review")}</label>
                <p class="hint" id="review-hint">{t!("import-review-how")}</p>
                <input
                    type="text"
                    id="review"
                    name="review"
                    list="reviews"
                    autocomplete="off"
                    aria-describedby="review-hint"
                />
                <datalist id="reviews">{suggestions}</datalist>
                <label for="round">{t!("import-round")}</label>
                <p class="hint" id="round-hint">
                    {t!("import-round-how")}
                </p>
                <select id="round" name="round" aria-describedby="round-hint">
                    <option value="">{t!("import-round-none")}</option>
                    {rounds}
                </select>
                <label for="symbol">{t!("import-symbol")}</label>
                <p class="hint" id="symbol-hint">
                    {t!("import-symbol-how")}
                </p>
                <input
                    type="text"
                    id="symbol"
                    name="symbol"
                    maxlength="40"
                    autocomplete="off"
                    aria-describedby="symbol-hint"
                />
                <label class="choice">
                    <input type="checkbox" name="columns" value="ask" />
                    <span>{t!("import-columns-ask")}</span>
                </label>
                <button type="submit">{t!("import-preview")}</button>
            </form>
            {earlier(&runs, &uploads)}
            {pager(page, is_last)}
            {mappings(&saved)}
        }
    }))
}

/// The person's files that wait for what their columns hold.
fn waiting_uploads(uploads: &[WaitingUpload]) -> Option<Fragment> {
    if uploads.is_empty() {
        return None;
    }
    let rows = uploads
        .iter()
        .map(|one| {
            let discard = t!("import-waiting-discard-file", file = one.file_name.clone());
            let go_on = t!("import-waiting-go-on-file", file = one.file_name.clone());
            view! {
                <tr>
                    <th scope="row" dir="auto">
                        {one.file_name.clone()}
                    </th>
                    <td data-label=t!("mapped-review")>
                        {one.review.map(|review| review.to_string())}
                    </td>
                    <td data-label=t!("import-when")>{translations::minute(one.at)}</td>
                    <td data-label=t!("import-waiting-until")>{translations::minute(one.until)}</td>
                    <td>
                        <a href=paths::import_mapping(&one.id) aria-label=go_on>
                            {t!("import-waiting-go-on")}
                        </a>
                    </td>
                    <td>
                        <form
                            class="inline"
                            method="post"
                            action=paths::localize("/api/discard-upload")
                        >
                            <input type="hidden" name="upload" value=one.id.clone() />
                            <button type="submit" class="secondary" aria-label=discard>
                                {t!("import-waiting-discard")}
                            </button>
                        </form>
                    </td>
                </tr>
            }
        })
        .collect_view();
    Some(html! {
        <h2>{t!("import-waiting")}</h2>
        <div class="scroll" role="region" tabindex="0" aria-label=t!("import-waiting")>
            <table class="cards">
                <caption>{t!("import-waiting-how")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("import-file")}</th>
                        <th scope="col">{t!("mapped-review")}</th>
                        <th scope="col">{t!("import-when")}</th>
                        <th scope="col">{t!("import-waiting-until")}</th>
                        <th scope="col">{t!("import-waiting-go-on")}</th>
                        <th scope="col">{t!("import-waiting-discard")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}

/// What was brought before.
fn earlier(runs: &[Run], uploads: &[WaitingUpload]) -> Option<Fragment> {
    if runs.is_empty() {
        return None;
    }
    let rows = runs
        .iter()
        .map(|run| {
            // It waits as long as the file is kept; explained or discarded, it does not.
            let is_kept = uploads
                .iter()
                .any(|one| one.file_name == run.file.file_name);
            let state = if run.waits_for_columns() && is_kept {
                t!("import-state-waits")
            } else if run.waits_for_columns() {
                t!("import-state-unexplained")
            } else {
                t!(&format!("import-state-{}", run.state.code()))
            };
            view! {
                <tr>
                    <th scope="row" dir="auto">
                        <a href=paths::import_run(run.id)>{run.file.file_name.clone()}</a>
                    </th>
                    <td data-label=t!("import-when")>{translations::minute(run.at)}</td>
                    <td dir="auto" data-label=t!("import-who")>{run.actor.clone()}</td>
                    <td data-label=t!("import-state")>{state}</td>
                    <td class="number" data-label=t!("import-new")>{run.summary.created}</td>
                    <td class="number" data-label=t!("import-changed")>{run.summary.updated}</td>
                    <td class="number" data-label=t!("import-rejected")>
                        {run.summary.rejected}
                    </td>
                </tr>
            }
        })
        .collect_view();
    Some(html! {
        <h2>{t!("import-runs")}</h2>
        <div class="scroll" role="region" tabindex="0" aria-label=t!("import-runs")>
            <table class="cards">
                <caption>{t!("import-runs-newest")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("import-file")}</th>
                        <th scope="col">{t!("import-when")}</th>
                        <th scope="col">{t!("import-who")}</th>
                        <th scope="col">{t!("import-state")}</th>
                        <th scope="col">{t!("import-new")}</th>
                        <th scope="col">{t!("import-changed")}</th>
                        <th scope="col">{t!("import-rejected")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}

/// Where the files before and behind these are.
fn pager(page: u64, is_last: bool) -> Option<Fragment> {
    let link = |to: u64, text: String, rel: &'static str| {
        view! {
            <li>
                <a href=paths::imports(to) rel=rel>
                    {text}
                </a>
            </li>
        }
    };
    let before = (page > 1).then(|| link(page - 1, t!("list-previous"), "prev"));
    let after = (!is_last).then(|| link(page + 1, t!("list-next"), "next"));
    (before.is_some() || after.is_some()).then(|| {
        html! {
            <nav class="pager" aria-label=t!("list-pages")>
                <ul>{before} {after}</ul>
            </nav>
        }
    })
}

/// The mappings that are kept.
fn mappings(saved: &[SavedMapping]) -> Option<Fragment> {
    if saved.is_empty() {
        return None;
    }
    let lines = saved
        .iter()
        .map(|one| {
            view! {
                <li>
                    <form class="inline" method="post" action=paths::localize("/api/remove-mapping")>
                        <span dir="auto">{one.name.clone()}</span>
                        " "
                        <input type="hidden" name="name" value=one.name.clone() />
                        <button type="submit" class="secondary">
                            {t!("mapping-remove", name = one.name.clone())}
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    Some(html! {
        <h2>{t!("mapping-list")}</h2>
        <p>{t!("mapping-list-how")}</p>
        <ul>{lines}</ul>
    })
}
