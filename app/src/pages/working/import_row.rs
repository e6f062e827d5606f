//! `/import/{run}/rows/{row}`: one row of a file: what is wrong with it, what it may be, and its values to
//! be mended.

use crate::components::document::{self, Head};
use crate::components::import::differences;
use crate::components::import::{absorbed, notices, percent, says};
use crate::components::text_field::TextField;
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Column, Object, Paragraph};
use data::store::{Content, Decision, Run, RunState, StagedRow};
use leptos::prelude::*;

/// Values of more characters than this are mended in several lines.
const SHORT: usize = 80;

pub(crate) async fn page(
    Path((id, place)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::Import, Object::of_import(&id))?;
    let number = |text: &str| text.parse().map_err(|_| Failure::NotFound);
    let store = &request.site.store;
    let run = store.import_run(number(&id)?).await?;
    let row = store.import_row(run.id, number(&place)?).await?;
    let scale = super::import_run::scale(store, &run).await?;
    let title = t!("import-row-title", row = row.row);
    let head = Head::titled(title.clone());
    Ok(document::page(&request, &head, || {
        let outcome = t!(&format!("import-{}", row.outcome.code()));
        let back = paths::import_rows(run.id, row.outcome, 1);
        let reason = row.reason.as_ref().map(|(reason, column, value)| {
            let at = [column.clone(), value.clone()];
            let at: Vec<String> = at.into_iter().flatten().collect();
            view! {
                <p class="refusal" dir="auto">
                    {(!at.is_empty()).then(|| view! { <strong>{at.join(": ")}</strong> " " })}
                    {translations::message(reason)}
                </p>
            }
        });
        let open = run.state == RunState::Read;
        view! {
            <p class="over">
                <a href=back>{super::import_run::title(&run)}</a>
                " · "
                <span dir="auto">{run.file.file_name.clone()}</span>
            </p>
            <h1>{title}</h1>
            <p>
                <strong>{outcome}</strong>
            </p>
            {reason}
            <blockquote dir="auto">
                <p>{says(&run, &row, scale.as_ref())}</p>
            </blockquote>
            {absorbed(&row)}
            {notices(&row)}
            {differences(&row)}
            {open.then(|| deciding(&run, &row))}
            {open.then(|| mending(&request, &run, &row))}
        }
    }))
}

/// What it may be, to be decided by a person.
fn deciding(run: &Run, row: &StagedRow) -> Option<Fragment> {
    if row.candidates.is_empty() && row.decision.is_none() {
        return None;
    }
    if let Content::Recommendation(one) = &row.content
        && one.paragraph.is_some()
    {
        return Some(deciding_of_several(run, row));
    }
    let decided = |decision: &Decision| row.decision.as_ref() == Some(decision);
    let candidates = row
        .candidates
        .iter()
        .map(|candidate| {
            let checked = decided(&Decision::Same(candidate.paragraph.clone()));
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="decision"
                        value=candidate.paragraph.to_string()
                        checked=checked
                        required
                    />
                    <span>
                        {t!(
                            "import-same-as",
                            paragraph = other(&candidate.paragraph),
                            score = percent(candidate.score)
                        )}
                        <br />
                        <q dir="auto">{candidate.text.clone()}</q>
                    </span>
                </label>
            }
        })
        .collect_view();
    let undecided = row.decision.is_some().then(|| {
        view! {
            <label class="choice">
                <input type="radio" name="decision" value="" required />
                <span>{t!("import-undecide")}</span>
            </label>
        }
    });
    Some(html! {
        <form method="post" action=paths::localize("/api/decide-import-row")>
            <input type="hidden" name="run" value=run.id />
            <input type="hidden" name="place" value=row.place />
            <fieldset>
                <legend>{t!("import-decide")}</legend>
                {candidates}
                <label class="choice">
                    <input
                        type="radio"
                        name="decision"
                        value="new"
                        checked=decided(&Decision::New)
                        required
                    />
                    <span>{t!("import-another")}</span>
                </label>
                {undecided}
            </fieldset>
            <button type="submit">{t!("import-decide-save")}</button>
        </form>
    })
}

/// The number of a recommendation that a row may be, or that it has none.
fn other(paragraph: &Paragraph) -> String {
    if paragraph.is_number() {
        paragraph.to_string()
    } else {
        t!("unnumbered-other")
    }
}

/// What a paragraph may be: it may unite several recommendations that came without a number.
fn deciding_of_several(run: &Run, row: &StagedRow) -> Fragment {
    let decided: Vec<&Paragraph> = row.decision.iter().flat_map(Decision::named).collect();
    let known = row.candidates.iter().map(|candidate| {
        let says = t!(
            "import-same-as",
            paragraph = other(&candidate.paragraph),
            score = percent(candidate.score)
        );
        (&candidate.paragraph, says, Some(candidate.text.clone()))
    });
    // Decided, it has no candidates any more.
    let chosen = decided
        .iter()
        .filter(|_| row.candidates.is_empty())
        .map(|one| {
            let says = t!("import-same-as-decided", paragraph = other(one));
            (*one, says, None)
        });
    let choices = (0..)
        .zip(known.chain(chosen))
        .map(|(number, (paragraph, says, text)): (usize, _)| {
            view! {
                <label class="choice">
                    <input
                        type="checkbox"
                        name=format!("same[{number}]")
                        value=paragraph.to_string()
                        checked=decided.contains(&paragraph)
                    />
                    <span>
                        {says} <br /> {text.map(|text| view! { <q dir="auto">{text}</q> })}
                    </span>
                </label>
            }
        })
        .collect_view();
    let undecided = row.decision.is_some().then(|| {
        view! {
            <button type="submit" class="secondary" name="decision" value="">
                {t!("import-undecide")}
            </button>
        }
    });
    html! {
        <form method="post" action=paths::localize("/api/decide-import-row")>
            <input type="hidden" name="run" value=run.id />
            <input type="hidden" name="place" value=row.place />
            <fieldset>
                <legend>{t!("import-decide-several")}</legend>
                <p class="hint">{t!("import-decide-several-how")}</p>
                {choices}
            </fieldset>
            <div class="buttons">
                <button type="submit" name="decision" value="chosen">
                    {t!("import-decide-save")}
                </button>
                {undecided}
            </div>
        </form>
    }
}

/// Its values, each in a field.
fn mending(request: &Request, run: &Run, row: &StagedRow) -> Option<Fragment> {
    let cells = row.cells();
    if cells.is_empty() {
        return None;
    }
    let wrong = row
        .reason
        .as_ref()
        .and_then(|(_, column, _)| column.clone());
    let fields = cells
        .into_iter()
        .enumerate()
        .map(|(number, (heading, value))| {
            let id = format!("cell-{number}");
            let typed = request
                .notice
                .as_ref()
                .map(|notice| notice.typed(&id))
                .filter(|typed| !typed.is_empty());
            let value = typed.unwrap_or(value);
            // Our own columns have names that people read.
            let label = match Column::parse(&heading) {
                Some(column) => translations::column(column),
                None => heading.clone(),
            };
            let name = format!("cells[{number}][value]");
            let has_lines = value.contains(['\n', '\r']);
            let input = TextField {
                name: &name,
                value: &value,
                rows: (has_lines || value.chars().count() > SHORT).then_some(4),
                id: Some(&id),
                is_invalid: wrong.as_ref() == Some(&heading),
                is_completion_off: true,
                ..TextField::default()
            }
            .fragment();
            view! {
                <label for=id dir="auto">
                    {label}
                </label>
                <input type="hidden" name=format!("cells[{number}][heading]") value=heading />
                {input}
            }
        })
        .collect_view();
    Some(html! {
        <h2>{t!("import-mend")}</h2>
        <p>{t!("import-mend-how")}</p>
        <form class="narrow" method="post" action=paths::localize("/api/mend-import-row")>
            <input type="hidden" name="run" value=run.id />
            <input type="hidden" name="place" value=row.place />
            {fields}
            <button type="submit">{t!("import-mend-save")}</button>
        </form>
    })
}
