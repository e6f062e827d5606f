//! `/import/{run}`: what importing a file would do, before anything is written.

use crate::failure::Failure;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::Action;
use data::store::{Outcome, RunState, StagedRow, Which};
use leptos::prelude::*;

/// Rows of one kind that are shown; the counts are always of all.
const SHOWN: usize = 200;

pub(crate) async fn page(Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(shell::sign_in_first(&request));
    }
    request.visitor.require(Action::Import)?;
    let store = &request.site.store;
    let run = store
        .import_run(id.parse().map_err(|_| Failure::NotFound)?)
        .await?;
    let rows = async |outcome| {
        let which = Which {
            outcome: Some(outcome),
            offset: 0,
            limit: SHOWN as u64,
        };
        store.import_rows(run.id, which).await
    };
    let (uncertain, refused) = (
        rows(Outcome::Uncertain).await?,
        rows(Outcome::Rejected).await?,
    );
    let (changed, new) = (rows(Outcome::Changed).await?, rows(Outcome::New).await?);
    let head = Head::titled(t!("preview-title"));
    Ok(shell::page(&request, &head, || {
        let summary = run.summary;
        let worth = summary.created + summary.updated > 0;
        let open = run.state == RunState::Read;
        let count = |label: String, count: usize| {
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="number">{count}</td>
                </tr>
            }
        };
        let format = run
            .format
            .map(|format| t!(&format!("format-{}", format.code())));
        let buttons = open.then(|| {
            view! {
                <div class="buttons">
                    <form method="post" action="/api/apply-import">
                        <input type="hidden" name="run" value=run.id />
                        <button type="submit" disabled=!worth>
                            {t!("preview-import", count = summary.created + summary.updated)}
                        </button>
                    </form>
                    <form method="post" action="/api/discard-import">
                        <input type="hidden" name="run" value=run.id />
                        <button type="submit" class="secondary">
                            {t!("preview-discard")}
                        </button>
                    </form>
                </div>
            }
        });
        view! {
            <p class="over">
                <a href="/import">{t!("import-title")}</a>
            </p>
            <h1>{t!("preview-title")}</h1>
            <p>
                <strong dir="auto">{run.file.file_name.clone()}</strong>
                " · "
                {format}
                " · SHA-256 "
                <code>{run.file.sha256.clone()}</code>
            </p>
            <table class="counts">
                <caption>{t!("preview-counts")}</caption>
                <tbody>
                    {count(t!("preview-new"), summary.created)}
                    {count(t!("preview-changed"), summary.updated)}
                    {count(t!("preview-unchanged"), summary.unchanged)}
                    {count(t!("preview-uncertain"), summary.uncertain)}
                    {count(t!("preview-rejected"), summary.rejected)}
                    {count(t!("preview-skipped"), summary.skipped)}
                </tbody>
            </table>
            {(open && !worth).then(|| view! { <p>{t!("preview-nothing")}</p> })} {buttons}
            {rejected(&refused, summary.rejected)}
            {planned(&uncertain, summary.uncertain, t!("preview-uncertain"))}
            {planned(&changed, summary.updated, t!("preview-changed"))}
            {planned(&new, summary.created, t!("preview-new"))}
        }
    }))
}

fn rejected(rows: &[StagedRow], all: usize) -> Option<impl IntoView + use<>> {
    if rows.is_empty() {
        return None;
    }
    let rows = rows
        .iter()
        .filter_map(|row| Some((row.row, row.reason.as_ref()?)))
        .map(|(row, (reason, column, value))| {
            view! {
                <tr>
                    <th scope="row" class="number">{row}</th>
                    <td>{column.clone()}</td>
                    <td dir="auto">{value.clone()}</td>
                    <td>{translations::message(reason)}</td>
                </tr>
            }
        })
        .collect_view();
    Some(view! {
        <h2>{t!("preview-rejected")}</h2>
        <div class="scroll" role="region" tabindex="0" aria-label=t!("preview-rejected")>
            <table>
                <caption>{caption(all)}</caption>
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

fn planned(chosen: &[StagedRow], all: usize, heading: String) -> Option<impl IntoView + use<>> {
    if chosen.is_empty() {
        return None;
    }
    let rows = chosen
        .iter()
        .map(|one| {
            let columns: Vec<String> = one
                .changes()
                .into_iter()
                .map(translations::column)
                .collect();
            let states: Vec<&str> = one
                .after
                .iter()
                .flat_map(|after| &after.recommending)
                .map(|state| state.name())
                .collect();
            let headline = one.after.as_ref().map(|after| after.headline().to_owned());
            let text = headline.or_else(|| match &one.content {
                data::store::Content::Recommendation(told) => told.text.clone(),
                _ => None,
            });
            view! {
                <tr>
                    <th scope="row" class="number">{one.row}</th>
                    <td>{one.review().map(|review| review.to_string())}</td>
                    <td>{one.paragraph().map(|paragraph| paragraph.to_string())}</td>
                    <td dir="auto">{text}</td>
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
                <caption>{caption(all)}</caption>
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
