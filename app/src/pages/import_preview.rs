//! `/import/{upload}`: what importing a file would do, before anything is written.

use crate::actions::read_upload;
use crate::failure::Failure;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::Action;
use data::store::{Plan, Planned};
use leptos::prelude::*;

/// Rows of one kind that are shown; the counts are always of all.
const SHOWN: usize = 200;

pub(crate) async fn page(Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(shell::sign_in_first(&request));
    }
    let account = request.visitor.require(Action::Import)?;
    let upload = request.site.store.upload(account.id, &id).await?;
    let name = upload.file_name.clone();
    let sha256 = upload.sha256();
    let file = read_upload(upload.content, upload.review).await?;
    let plan = request.site.store.plan_import(file).await?;
    let head = Head::titled(t!("preview-title"));
    Ok(shell::page(&request, &head, || {
        let summary = plan.summary();
        let (new, there): (Vec<_>, Vec<_>) =
            plan.planned.iter().partition(|one| one.before.is_none());
        let changed: Vec<_> = there
            .into_iter()
            .filter(|one| !one.is_unchanged())
            .collect();
        let worth = summary.created + summary.updated > 0;
        let count = |label: String, count: usize| {
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="number">{count}</td>
                </tr>
            }
        };
        view! {
            <p class="over">
                <a href="/import">{t!("import-title")}</a>
            </p>
            <h1>{t!("preview-title")}</h1>
            <p>
                <strong dir="auto">{name}</strong>
                " · "
                {t!(&format!("format-{}", plan.format.code()))}
                " · SHA-256 "
                <code>{sha256}</code>
            </p>
            <table class="counts">
                <caption>{t!("preview-counts")}</caption>
                <tbody>
                    {count(t!("preview-new"), summary.created)}
                    {count(t!("preview-changed"), summary.updated)}
                    {count(t!("preview-unchanged"), summary.unchanged)}
                    {count(t!("preview-rejected"), summary.rejected)}
                    {count(t!("preview-skipped"), summary.skipped)}
                </tbody>
            </table>
            {(!worth).then(|| view! { <p>{t!("preview-nothing")}</p> })}
            <div class="buttons">
                <form method="post" action="/api/apply-import">
                    <input type="hidden" name="upload" value=id.clone() />
                    <button type="submit" disabled=!worth>
                        {t!("preview-import", count = summary.created + summary.updated)}
                    </button>
                </form>
                <form method="post" action="/api/discard-upload">
                    <input type="hidden" name="upload" value=id />
                    <button type="submit" class="secondary">{t!("preview-discard")}</button>
                </form>
            </div>
            {rejected(&plan)}
            {planned(&changed, t!("preview-changed"))}
            {planned(&new, t!("preview-new"))}
        }
    }))
}

fn rejected(plan: &Plan) -> Option<impl IntoView + use<>> {
    if plan.rejected.is_empty() {
        return None;
    }
    let rows = plan
        .rejected
        .iter()
        .take(SHOWN)
        .map(|rejected| {
            view! {
                <tr>
                    <th scope="row" class="number">{rejected.row}</th>
                    <td>{rejected.column.clone()}</td>
                    <td dir="auto">{rejected.value.clone()}</td>
                    <td>{translations::message(&rejected.reason)}</td>
                </tr>
            }
        })
        .collect_view();
    Some(view! {
        <h2>{t!("preview-rejected")}</h2>
        <div class="scroll" role="region" tabindex="0" aria-label=t!("preview-rejected")>
            <table>
                <caption>{caption(plan.rejected.len())}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("preview-row")}</th>
                        <th scope="col">{t!("preview-column")}</th>
                        <th scope="col">{t!("preview-value")}</th>
                        <th scope="col">{t!("preview-reason")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}

fn planned(chosen: &[&Planned], heading: String) -> Option<impl IntoView + use<>> {
    if chosen.is_empty() {
        return None;
    }
    let rows = chosen
        .iter()
        .take(SHOWN)
        .map(|one| {
            let columns: Vec<String> = one
                .changes()
                .into_iter()
                .map(translations::column)
                .collect();
            let states: Vec<&str> = one
                .after
                .recommending
                .iter()
                .map(|state| state.name())
                .collect();
            view! {
                <tr>
                    <th scope="row" class="number">{one.row}</th>
                    <td>{one.review.to_string()}</td>
                    <td>{one.paragraph.to_string()}</td>
                    <td dir="auto">{one.after.headline().to_owned()}</td>
                    <td>{states.join(", ")}</td>
                    <td>{columns.join(", ")}</td>
                </tr>
            }
        })
        .collect_view();
    let label = heading.clone();
    Some(view! {
        <h2>{heading}</h2>
        <div class="scroll" role="region" tabindex="0" aria-label=label>
            <table>
                <caption>{caption(chosen.len())}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("preview-row")}</th>
                        <th scope="col">{t!("preview-review")}</th>
                        <th scope="col">{t!("column-paragraph")}</th>
                        <th scope="col">{t!("column-recommendation")}</th>
                        <th scope="col">{t!("column-recommending_states")}</th>
                        <th scope="col">{t!("preview-what-changes")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}

fn caption(all: usize) -> String {
    if all > SHOWN {
        t!("preview-first-rows", shown = SHOWN, all = all)
    } else {
        t!("preview-all-rows", all = all)
    }
}
