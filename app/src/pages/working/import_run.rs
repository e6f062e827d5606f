//! `/import/{run}`: what importing a file would do, before anything is written; afterwards, what it did.

use crate::components::document::{self, Head};
use crate::components::import::{
    PER_PAGE, SHOWN, account, assessments_with, counts, document as matrix_rows, rows, tabs,
};
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::http::{HeaderValue, header::REFRESH};
use axum::response::Response;
use data::domain::{Action, Object, ReviewCode, Scale};
use data::store::{Error, Outcome, Phase, Progress, Run, RunState, Store, Which};
use leptos::prelude::*;
use std::collections::BTreeMap;

pub(crate) async fn page(Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let Some(visitor) = &request.visitor.account else {
        return Ok(document::sign_in_first(&request));
    };
    request
        .visitor
        .require(Action::Import, Object::of_import(&id))?;
    let store = &request.site.store;
    let run = store
        .import_run(id.parse().map_err(|_| Failure::NotFound)?)
        .await?;
    // Another process may be reading it.
    let progress = store.import_progress(run.id).or_else(|| run.reading());
    let outcome = shown(&request, &run);
    let page = request.parameter("page").and_then(|page| page.parse().ok());
    let page: u64 = page.filter(|page| *page > 0).unwrap_or(1);
    let shown = if run.state == RunState::Read {
        let which = Which {
            outcome: Some(outcome),
            offset: (page - 1).saturating_mul(PER_PAGE),
            limit: PER_PAGE,
        };
        store.import_rows(run.id, which).await?
    } else {
        Vec::new()
    };
    let reviews = store.import_reviews(run.id).await?;
    let there = store.reviews().await?;
    let kept = store.import_row_count(run.id, Outcome::Rejected).await?;
    let scale = scale(store, &run).await?;
    let matrix = store.import_document(run.id, 0, SHOWN).await?;
    let matrix_len = store.import_document_len(run.id).await?;
    let upload = store.upload_of_run(visitor.id, run.id).await?;
    let head = Head::titled(title(&run));
    let mut response = document::page(&request, &head, || {
        let format = run
            .format
            .map(|format| t!(&format!("format-{}", format.code())));
        let open = run.state == RunState::Read && progress.is_none();
        view! {
            <p class="over">
                <a href=paths::localize("/import")>{t!("import-title")}</a>
            </p>
            <h1>{title(&run)}</h1>
            <p>
                <strong dir="auto">{run.file.file_name.clone()}</strong>
                " · "
                {format}
                " · SHA-256 "
                <code>{run.file.sha256.clone()}</code>
            </p>
            <p dir="auto">
                {t!(
                    "import-brought",
                    who = run.actor.clone(),
                    at = translations::minute(run.at)
                )}
            </p>
            {under_way(&run, progress)}
            {of_reviews(&reviews, |code| there.iter().any(|one| one.code == code))}
            {(progress.is_none()).then(|| ended(&run))}
            {matches!(run.state, RunState::Read | RunState::Applied | RunState::Undone)
                .then(|| {
                    view! {
                        {account(&run, upload.as_deref())}
                        {counts(&run)}
                    }
                })}
             {warnings(&run)}
            {open.then(|| ways(&run))}
            {(!open).then(|| problems(&run, kept))}
            {matrix_rows(&matrix, matrix_len)}
            {open.then(|| tabs(&run, outcome))}
            {(open && !shown.is_empty())
                .then(|| rows(&run, outcome, page, &shown, scale.as_ref()))}
        }
    });
    if progress.is_some() {
        // Reloads itself; without script, and only as long as something is under way.
        let every_second = HeaderValue::from_static("1");
        response.headers_mut().insert(REFRESH, every_second);
    }
    Ok(response)
}

/// The title of the page of a run: "A file to be imported" only until the run is applied or discarded.
pub(crate) fn title(run: &Run) -> String {
    match run.state {
        RunState::Reading | RunState::Read => t!("import-run-title"),
        RunState::Applied => t!("import-run-title-applied"),
        RunState::Undone => t!("import-run-title-undone"),
        RunState::Cancelled | RunState::Failed => t!("import-run-title-not-imported"),
    }
}

/// The scale of the round that the assessments of a run go into.
pub(crate) async fn scale(store: &Store, run: &Run) -> Result<Option<Scale>, Failure> {
    let (Some(review), Some(slug)) = (run.file.review, &run.file.round) else {
        return Ok(None);
    };
    match store.review_record(review).await {
        Ok(record) => Ok(record.round(slug).map(|round| round.round.scale.clone())),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The reviews that the file is about, each with the number of its recommendations in the file. Those
/// that only the import will make have no page yet.
fn of_reviews(
    reviews: &BTreeMap<ReviewCode, u64>,
    is_there: impl Fn(ReviewCode) -> bool,
) -> Option<Fragment> {
    let links = reviews
        .iter()
        .map(|(review, count)| {
            let name = format!(
                "{}, {}",
                names::state(review.state),
                translations::cycle(review.cycle)
            );
            let name = if is_there(*review) {
                html! { <a href=paths::review(*review)>{name}</a> }
            } else {
                name.fragment()
            };
            view! {
                <li>
                    {name}
                    " "
                    {t!("import-of-review", count = *count)}
                </li>
            }
        })
        .collect_view();
    (!reviews.is_empty()).then(|| {
        html! {
            <details open=reviews.len() <= 5>
                <summary>{t!("import-reviews", count = reviews.len())}</summary>
                <ul>{links}</ul>
            </details>
        }
    })
}

/// The outcome whose rows are shown: the one asked for, else the first that needs looking at.
fn shown(request: &Request, run: &Run) -> Outcome {
    let asked = request.parameter("show");
    let asked = asked.as_deref().and_then(Outcome::parse);
    let summary = &run.summary;
    asked.unwrap_or(match () {
        () if summary.uncertain > 0 => Outcome::Uncertain,
        () if summary.rejected > 0 => Outcome::Rejected,
        () if summary.updated > 0 => Outcome::Changed,
        () if summary.created > 0 => Outcome::New,
        () => Outcome::Unchanged,
    })
}

fn under_way(run: &Run, progress: Option<Progress>) -> Option<Fragment> {
    let progress = progress?;
    let doing = match progress.phase {
        Phase::Reading => t!("import-reading"),
        Phase::Comparing => t!("import-comparing"),
        Phase::Applying => t!("import-applying"),
    };
    let value = (progress.of > 0).then_some(progress.done);
    let max = (progress.of > 0).then_some(progress.of);
    let said = match (progress.phase, progress.percent()) {
        (Phase::Reading, Some(percent)) => Some(t!(
            "import-rows-read-percent",
            count = progress.rows,
            percent = percent
        )),
        (Phase::Reading, None) => Some(t!("import-rows-read", count = progress.rows)),
        (_, Some(_)) => Some(t!("import-done-of", done = progress.done, of = progress.of)),
        (_, None) => None,
    };
    Some(html! {
        <p role="status">
            <label for="progress">{doing}</label>
            " "
            <progress id="progress" value=value max=max></progress>
            " "
            {said}
        </p>
        <form method="post" action=paths::localize("/api/discard-import")>
            <input type="hidden" name="run" value=run.id />
            <button type="submit" class="secondary">
                {t!("import-cancel")}
            </button>
        </form>
    })
}

/// What became of a run that is over, and taking it back.
fn ended(run: &Run) -> Option<Fragment> {
    let (at, who) = run
        .ended
        .as_ref()
        .map(|(at, who)| (translations::minute(*at), who.clone()))
        .unwrap_or_default();
    let by = (!who.is_empty()).then(|| t!("import-ended-by", who = who));
    let sentence = match run.state {
        RunState::Reading => t!("import-cut-off"),
        RunState::Read => return None,
        RunState::Applied => t!("import-applied", at = at),
        RunState::Undone => t!("import-undone", at = at),
        RunState::Cancelled => t!("import-cancelled", at = at),
        RunState::Failed => match &run.failure {
            Some(message) => translations::message(message),
            None => t!("import-cut-off"),
        },
    };
    let undo = (run.state == RunState::Applied).then(|| {
        view! {
            <p>
                <a href=paths::import_undo(run.id)>{t!("import-undo")}</a>
            </p>
        }
    });
    Some(html! {
        <p dir="auto">{sentence} " " {by}</p>
        {undo}
    })
}

/// What a person should look at, though every row is taken.
fn warnings(run: &Run) -> Option<Fragment> {
    let lines = run.warnings.iter().map(|warning| {
        view! { <li><span dir="auto">{translations::message(warning)}</span></li> }
    });
    let lines = lines.collect_view();
    (!run.warnings.is_empty()).then(|| {
        html! {
            <h2>{t!("import-warnings")}</h2>
            <ul>{lines}</ul>
        }
    })
}

/// The rows that could not be taken, as the record of the run keeps them; and as a file as long as the
/// rows themselves are kept.
fn problems(run: &Run, kept: u64) -> Option<Fragment> {
    if run.problems.is_empty() {
        return None;
    }
    let lines = run
        .problems
        .iter()
        .map(|problem| {
            let at = [problem.column.clone(), problem.value.clone()];
            let at: Vec<String> = at.into_iter().flatten().collect();
            view! {
                <tr>
                    <th scope="row" class="number">
                        {problem.row}
                    </th>
                    <td dir="auto">{at.join(": ")}</td>
                    <td dir="auto">{translations::message(&problem.reason)}</td>
                </tr>
            }
        })
        .collect_view();
    let file = (kept > 0).then(|| {
        view! {
            <p>
                <a href=paths::import_rejected(run.id)>
                    {t!("import-rejected-file", count = kept)}
                </a>
            </p>
        }
    });
    let more = run.summary.rejected.saturating_sub(run.problems.len());
    Some(html! {
        <h2>{t!("import-rejected")}</h2>
        {file}
        <div class="scroll" role="region" tabindex="0" aria-label=t!("import-rejected")>
            <table>
                <caption>{t!("import-problems", count = run.problems.len())}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("import-row")}</th>
                        <th scope="col">{t!("import-says")}</th>
                        <th scope="col">{t!("import-problem")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p>{t!("import-problems-more", count = more)}</p> })}
    })
}

/// Why there is nothing to import.
fn nothing(run: &Run) -> String {
    let summary = run.summary;
    match () {
        () if summary.uncertain > 0 => t!("import-nothing-decided"),
        () if summary.unchanged > 0 && summary.rejected == 0 => t!("import-nothing-new"),
        () if summary.unchanged == 0 && summary.rejected > 0 => t!("import-nothing-taken"),
        () => t!("import-nothing"),
    }
}

/// The words of the button that imports: of a file with assessments, these are named apart.
fn do_it(run: &Run, worth: usize) -> String {
    let taken = [Outcome::New, Outcome::Changed];
    let assessments: usize = taken
        .into_iter()
        .map(|outcome| assessments_with(run, outcome))
        .sum();
    let recommendations = worth.saturating_sub(assessments);
    match (recommendations, assessments) {
        (_, 0) | (0, _) => t!("import-do", count = worth),
        _ => t!(
            "import-do-both",
            recommendations = recommendations,
            assessments = assessments
        ),
    }
}

/// Importing it, or not; and the rejected rows as a file.
fn ways(run: &Run) -> Fragment {
    let summary = run.summary;
    let worth = summary.created + summary.updated;
    let undecided = (summary.uncertain > 0)
        .then(|| view! { <p>{t!("import-undecided", count = summary.uncertain)}</p> });
    let rejected = (summary.rejected > 0).then(|| {
        view! {
            <p>
                <a href=paths::import_rejected(run.id)>
                    {t!("import-rejected-file", count = summary.rejected)}
                </a>
                " "
                {t!("import-rejected-how")}
            </p>
        }
    });
    html! {
        {(worth == 0).then(|| view! { <p>{nothing(run)}</p> })}
        {undecided}
        {rejected}
        <div class="buttons">
            {(worth > 0)
                .then(|| {
                    view! {
                        <form method="post" action=paths::localize("/api/apply-import")>
                            <input type="hidden" name="run" value=run.id />
                            <button type="submit">{do_it(run, worth)}</button>
                        </form>
                    }
                })}
            <form method="post" action=paths::localize("/api/discard-import")>
                <input type="hidden" name="run" value=run.id />
                <button type="submit" class="secondary">
                    {t!("import-discard")}
                </button>
            </form>
        </div>
    }
}
