//! A status scale as a table.

use crate::components::status_mark::status_mark;
use crate::t;
use crate::web::html::{Fragment, html};
use data::domain::Scale;
use leptos::prelude::*;

/// Each status with its mark, its definition, whether it counts as assessed, and its score.
pub(crate) fn scale_table(scale: &Scale) -> Fragment {
    let caption_id = format!("scale-{}-{}", scale.code, scale.version);
    let labelled_by = caption_id.clone();
    let rows = scale
        .statuses
        .iter()
        .map(|status| {
            let counts = if status.counts_as_assessed {
                t!("yes")
            } else {
                t!("no")
            };
            let score = match status.score {
                Some(score) => score.to_string(),
                None => t!("scale-score-none"),
            };
            view! {
                <tr>
                    <th scope="row">{status_mark(status)}</th>
                    <td dir="auto">
                        {status.definition.clone()}
                        {status.examples.clone().map(|examples| {
                            view! {
                                <details class="examples">
                                    <summary>{t!("status-examples")}</summary>
                                    <p dir="auto">{examples}</p>
                                </details>
                            }
                        })}
                    </td>
                    <td>{counts}</td>
                    <td class="number">{score}</td>
                </tr>
            }
        })
        .collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby=labelled_by>
            <table class="scale">
                <caption id=caption_id dir="auto">
                    {t!("scale-name", name = scale.name.clone(), version = scale.version)}
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("column-status")}</th>
                        <th scope="col">{t!("scale-definition")}</th>
                        <th scope="col">{t!("scale-assessed")}</th>
                        <th scope="col" class="number">{t!("scale-score")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
