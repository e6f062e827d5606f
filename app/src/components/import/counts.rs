//! How many rows of a file become what.

use crate::t;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::store::{Outcome, Run};
use leptos::prelude::*;

/// The counts of a run as a table; of a file with assessments, these apart from the recommendations.
pub(crate) fn counts(run: &Run) -> Fragment {
    let summary = run.summary;
    let account = run.account.as_ref();
    let with_assessments = account.is_some_and(|account| !account.assessments.is_empty());
    let lines = [
        ("import-new", summary.created, Some(Outcome::New)),
        ("import-changed", summary.updated, Some(Outcome::Changed)),
        (
            "import-unchanged",
            summary.unchanged,
            Some(Outcome::Unchanged),
        ),
        (
            "import-uncertain",
            summary.uncertain,
            Some(Outcome::Uncertain),
        ),
        ("import-joined", summary.joined, Some(Outcome::Joined)),
        ("import-rejected", summary.rejected, Some(Outcome::Rejected)),
        ("import-skipped", summary.skipped, None),
        ("import-merged", summary.merged, None),
    ]
    .map(|(key, count, outcome)| {
        let of_assessments = outcome.map(|outcome| assessments_with(run, outcome));
        let others = count.saturating_sub(of_assessments.unwrap_or_default());
        view! {
            <tr>
                <th scope="row">{t!(key)}</th>
                <td
                    class="number"
                    data-label=with_assessments.then(|| t!("import-recommendations"))
                >
                    {others}
                </td>
                {with_assessments
                    .then(|| {
                        let count = of_assessments.map(|count| count.to_string());
                        view! {
                            <td class="number" data-label=t!("import-assessments")>
                                {count.unwrap_or_else(|| "–".to_owned())}
                            </td>
                        }
                    })}
            </tr>
        }
    });
    let head = with_assessments.then(|| {
        view! {
            <thead>
                <tr>
                    <td></td>
                    <th scope="col" class="number">{t!("import-recommendations")}</th>
                    <th scope="col" class="number">{t!("import-assessments")}</th>
                </tr>
            </thead>
        }
    });
    let skipped: Vec<String> = run
        .skipped
        .iter()
        .map(|(kind, count)| format!("{kind}: {count}"))
        .collect();
    html! {
        <table class="counts" class:cards=with_assessments>
            <caption>{t!("import-counts")}</caption>
            {head}
            <tbody>{lines.collect_view()}</tbody>
        </table>
        {(!skipped.is_empty())
            .then(|| {
                view! {
                    <p class="aside" dir="auto">
                        {t!("import-skipped-kinds", kinds = skipped.join("; "))}
                    </p>
                }
            })}
    }
}

/// One tab for each outcome that rows have.
pub(crate) fn tabs(run: &Run, shown: Outcome) -> Fragment {
    let tabs = Outcome::ALL
        .into_iter()
        .filter_map(|outcome| {
            let count = rows_with(run, outcome);
            (count > 0).then(|| {
                let current = (outcome == shown).then_some("page");
                let key = format!("import-{}", outcome.code());
                view! {
                    <a href=paths::import_rows(run.id, outcome, 1) aria-current=current>
                        {t!(&key)}
                        " ("
                        {count}
                        ")"
                    </a>
                }
            })
        })
        .collect_view();
    html! {
        <nav class="tabs" aria-label=t!("import-rows")>
            {tabs}
        </nav>
    }
}

/// How many assessments of a run have an outcome.
pub(crate) fn assessments_with(run: &Run, outcome: Outcome) -> usize {
    let account = run.account.as_ref();
    let count = account.and_then(|account| account.assessments.get(outcome.code()));
    count.map_or(0, |count| usize::try_from(*count).unwrap_or(usize::MAX))
}

/// How many rows of a run have an outcome.
pub(crate) fn rows_with(run: &Run, outcome: Outcome) -> usize {
    let summary = &run.summary;
    match outcome {
        Outcome::New => summary.created,
        Outcome::Changed => summary.updated,
        Outcome::Unchanged => summary.unchanged,
        Outcome::Joined => summary.joined,
        Outcome::Uncertain => summary.uncertain,
        Outcome::Rejected => summary.rejected,
    }
}
