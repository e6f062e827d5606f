//! How many rows of a file become what.

use crate::t;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _};
use data::store::{Outcome, Run};
use leptos::prelude::*;

/// The counts of a run as a table.
pub(crate) fn counts(run: &Run) -> Fragment {
    let summary = run.summary;
    let lines = [
        ("import-new", summary.created),
        ("import-changed", summary.updated),
        ("import-unchanged", summary.unchanged),
        ("import-uncertain", summary.uncertain),
        ("import-joined", summary.joined),
        ("import-rejected", summary.rejected),
        ("import-skipped", summary.skipped),
        ("import-merged", summary.merged),
    ]
    .map(|(key, count)| {
        view! {
            <tr>
                <th scope="row">{t!(key)}</th>
                <td class="number">{count}</td>
            </tr>
        }
    });
    let skipped: Vec<String> = run
        .skipped
        .iter()
        .map(|(kind, count)| format!("{kind}: {count}"))
        .collect();
    view! {
        <table class="counts">
            <caption>{t!("import-counts")}</caption>
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
    .fragment()
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
    view! {
        <nav class="tabs" aria-label=t!("import-rows")>
            {tabs}
        </nav>
    }
    .fragment()
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
