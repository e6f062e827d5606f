//! The rows of a worklist.

use crate::components::status_mark::status_mark;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{address, t, translations};
use data::domain::{Listed, Queue, ReviewCode, Stage};
use leptos::prelude::*;
use std::collections::HashSet;

/// One row for each recommendation: a box to choose it for a change of many, the way to its form, what
/// stands. Live news put a status and who is there into the cells that carry its paragraph.
pub(crate) fn queue_rows(
    review: ReviewCode,
    round: &str,
    queue: &Queue,
    rows: &[Listed<'_>],
    drafts: &HashSet<i64>,
) -> Vec<Fragment> {
    rows.iter()
        .map(|listed| {
            let one = listed.recommendation;
            let paragraph = one.paragraph.to_string();
            let href = address::assess_in(review, round, &one.paragraph, queue);
            let stage = Stage::of(listed, drafts);
            let tag = match stage {
                Stage::Draft => Some(t!("queue-tag-draft")),
                Stage::CarriedOver => Some(t!("queue-tag-carried-over")),
                Stage::Open | Stage::Done => None,
            };
            let states: Vec<_> = one.recommending.iter().map(|state| state.name()).collect();
            view! {
                <tr>
                    <td class="choose">
                        <input
                            type="checkbox"
                            name="p"
                            form="many"
                            value=paragraph.clone()
                            aria-label=t!("queue-choose", paragraph = paragraph.clone())
                        />
                    </td>
                    <th scope="row">
                        <a href=href data-row="">
                            {paragraph.clone()}
                        </a>
                    </th>
                    <td class="wording" dir="auto">{one.headline().to_owned()}</td>
                    <td class="by">{states.join(", ")}</td>
                    <td class="position">{translations::position(one.position())}</td>
                    <td class="stands">
                        <span data-status=paragraph.clone()>
                            {listed.status.map(|(_, status)| status_mark(status))}
                        </span>
                        {tag.map(|tag| view! { " " <span class="tag">{tag}</span> })}
                        " "
                        <span class="here" data-here=paragraph></span>
                    </td>
                </tr>
            }
            .fragment()
        })
        .collect()
}
