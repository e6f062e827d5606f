//! Rows of a file with what becomes of them.

use super::counts::rows_with;
use super::differences::raw;
use super::{differences, stored};
use crate::t;
use crate::text::names;
use crate::text::numbers;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Column, Scale, shorten};
use data::store::{Candidate, Content, Outcome, Run, StagedRow};
use leptos::prelude::*;

/// Rows that one page shows.
pub(crate) const PER_PAGE: u64 = 50;

/// The longest text of a rejected row, in characters.
const LONGEST_ROW: usize = 300;

/// The rows of one outcome, one page of them.
pub(crate) fn rows(
    run: &Run,
    outcome: Outcome,
    page: u64,
    rows: &[StagedRow],
    scale: Option<&Scale>,
) -> Fragment {
    let all = rows_with(run, outcome) as u64;
    let label = t!(&format!("import-{}", outcome.code()));
    let first = (page - 1) * PER_PAGE + 1;
    let last = first + rows.len() as u64 - u64::from(!rows.is_empty());
    let body = rows.iter().map(|row| line(run, row, scale)).collect_view();
    let account = run.account.as_ref();
    let shown = if account.is_some_and(|account| !account.assessments.is_empty()) {
        "import-entries-shown"
    } else {
        "import-rows-shown"
    };
    let link = |to: u64, text: String, rel: &'static str| {
        view! {
            <li>
                <a href=paths::import_rows(run.id, outcome, to) rel=rel>
                    {text}
                </a>
            </li>
        }
    };
    let before = (page > 1).then(|| link(page - 1, t!("list-previous"), "prev"));
    let after = (page * PER_PAGE < all).then(|| link(page + 1, t!("list-next"), "next"));
    html! {
        <div class="scroll" role="region" tabindex="0" aria-label=label>
            <table class="import-rows cards">
                <caption>{t!(shown, first = first, last = last, all = all)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("import-row")}</th>
                        <th scope="col">{t!("import-review-and-paragraph")}</th>
                        <th scope="col">{t!("import-says")}</th>
                        <th scope="col">{t!("import-becomes")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        {(all > PER_PAGE)
            .then(|| {
                view! {
                    <nav class="pager" aria-label=t!("list-pages")>
                        <ul>{before} {after}</ul>
                    </nav>
                }
            })}
    }
}

fn line(run: &Run, row: &StagedRow, scale: Option<&Scale>) -> Fragment {
    let place = [
        row.review().map(|review| review.to_string()),
        match &row.after {
            Some(after) => Some(names::paragraph(after)),
            None => row
                .paragraph()
                .map(|paragraph| names::number(paragraph.as_str())),
        },
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let href = paths::import_row(run.id, row.place);
    html! {
        <tr>
            <th scope="row" class="number">
                <a href=href aria-label=t!("import-open-row", row = row.row)>
                    {row.row}
                </a>
            </th>
            <td data-label=t!("import-review-and-paragraph")>{place.join(", ")}</td>
            <td dir="auto" data-label=t!("import-says")>
                {says(run, row, scale)}
            </td>
            <td dir="auto" data-label=t!("import-becomes")>
                {becomes(run, row, scale)}
            </td>
        </tr>
    }
}

/// What the row says, in short.
pub(crate) fn says(run: &Run, row: &StagedRow, scale: Option<&Scale>) -> String {
    match &row.content {
        Content::Recommendation(one) => {
            let states: Vec<&str> = one.recommending.iter().map(names::state).collect();
            let text = one.text.as_deref().or(one.summary.as_deref());
            format!("{} ({})", text.unwrap_or_default(), numbers::list(&states))
        }
        Content::Assessment(one) => {
            let rationale = one.rationale.as_deref().unwrap_or_default();
            let status = status_words(run, row, &one.status, scale);
            if rationale.is_empty() {
                status
            } else {
                format!("{status}: {rationale}")
            }
        }
        Content::Rejected(one) => {
            let cells: Vec<&str> = one.cells.iter().map(|(_, value)| value.as_str()).collect();
            shorten(&cells.join(" | "), LONGEST_ROW).into_owned()
        }
    }
}

/// A status as the file writes it, and the label of ours if that is another.
fn status_words(run: &Run, row: &StagedRow, read: &str, scale: Option<&Scale>) -> String {
    let label = scale.and_then(|scale| {
        let mut statuses = scale.statuses.iter();
        statuses.find(|status| status.code == read || status.label == read)
    });
    let label = label.map_or(read, |status| &status.label);
    match raw(run, &row.cells(), Column::Status, label) {
        Some(written) => t!(
            "import-status-written",
            written = written,
            status = label.to_owned()
        ),
        None => label.to_owned(),
    }
}

fn becomes(run: &Run, row: &StagedRow, scale: Option<&Scale>) -> Fragment {
    if let Some((reason, column, value)) = &row.reason {
        let at = [column.clone(), value.clone()];
        let at: Vec<String> = at.into_iter().flatten().collect();
        return html! {
            {(!at.is_empty()).then(|| view! { <strong>{at.join(": ")}</strong> " " })}
            {translations::message(reason)}
        };
    }
    let alike = row
        .score
        .map(|score| t!("import-alike", score = percent(score)));
    let joined = (!row.joined.is_empty()).then(|| {
        let rows: Vec<String> = row.joined.iter().map(ToString::to_string).collect();
        t!("import-joined-rows", rows = numbers::list(&rows))
    });
    // A recommendation whose text is not known may be any of the same State.
    let alike_at_all = |one: &Candidate| one.score >= Candidate::PERHAPS;
    let has_notice = |key: &str| row.notices.iter().any(|notice| notice.key == key);
    let key = if row.candidates.iter().any(alike_at_all) {
        "import-candidates"
    } else if has_notice("import-other-text") {
        // Its text is known, and the notice quotes it.
        "import-candidates-other-text"
    } else {
        "import-candidates-unlike"
    };
    let candidates = (!row.candidates.is_empty()).then(|| t!(key, count = row.candidates.len()));
    let leader = (row.outcome == Outcome::Joined).then(|| t!("import-joined-why"));
    let said: Vec<String> = [leader, candidates, alike, joined]
        .into_iter()
        .flatten()
        .collect();
    // Never nothing: a row whose details say nothing has its outcome in words.
    let said = if said.is_empty() {
        vec![t!(&format!("import-becomes-{}", row.outcome.code()))]
    } else {
        said
    };
    html! {
        <p>{said.join(" ")}</p>
        {stored(run, row, scale)}
        {absorbed(row)}
        {notices(row)}
        {differences(row)}
        {(row.outcome == Outcome::Uncertain)
            .then(|| {
                view! {
                    <p>
                        <a class="button secondary" href=paths::import_row(run.id, row.place)>
                            {t!("import-decide-row", row = row.row)}
                        </a>
                    </p>
                }
            })}
    }
}

/// Recommendations without a number that turned out to be this one, and go.
pub(crate) fn absorbed(row: &StagedRow) -> Option<Fragment> {
    let lines = row
        .absorbed
        .iter()
        .map(|merged| {
            let one = &merged.recommendation;
            let states: Vec<&str> = one.recommending.iter().map(names::state).collect();
            let said = format!("{} ({})", one.headline(), numbers::list(&states));
            let score = merged
                .score
                .map(|score| t!("import-merged-score", score = percent(score)));
            view! {
                <li>
                    <q dir="auto">{said}</q>
                    " "
                    {score}
                </li>
            }
        })
        .collect_view();
    (!row.absorbed.is_empty()).then(|| {
        html! {
            <p>{t!("import-merges", count = row.absorbed.len())}</p>
            <ul>{lines}</ul>
        }
    })
}

/// What a person should know of a row that is taken.
pub(crate) fn notices(row: &StagedRow) -> Vec<Fragment> {
    let said = |notice| html! { <p class="aside">{translations::message(notice)}</p> };
    row.notices.iter().map(said).collect()
}

/// A score as a whole per cent; only what is the same is 100.
pub(crate) fn percent(score: f64) -> String {
    let whole = (score * 100.0).floor().clamp(0.0, 100.0);
    t!("percent", value = format!("{whole:.0}"))
}
