//! The rows of a worklist.

use crate::components::status_mark::status_mark;
use crate::components::wording;
use crate::t;
use crate::text::names;
use crate::text::numbers;
use crate::text::translations;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use data::domain::{Listed, Paragraph, Queue, ReviewCode, Stage};
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
    is_ticked: &impl Fn(&Paragraph) -> bool,
) -> Vec<Fragment> {
    rows.iter()
        .map(|listed| {
            let one = listed.recommendation;
            let paragraph = one.paragraph.to_string();
            let href = paths::assess_in(review, round, &one.paragraph, queue);
            let stage = Stage::of(listed, drafts);
            let tag = match stage {
                Stage::Draft => Some(t!("queue-tag-draft")),
                Stage::CarriedOver => Some(t!("queue-tag-carried-over")),
                Stage::Open | Stage::Done => None,
            };
            let states: Vec<_> = one.recommending.iter().map(names::state).collect();
            html! {
                <tr>
                    <td class="choose">
                        <input
                            type="checkbox"
                            name="p"
                            form="many"
                            value=paragraph.clone()
                            checked=is_ticked(&one.paragraph)
                            aria-label=t!("queue-choose", paragraph = names::paragraph(one))
                        />
                    </td>
                    <th scope="row">
                        <a href=href data-row="">
                            {names::paragraph(one)}
                        </a>
                    </th>
                    <td class="wording" dir="auto">{wording::short(one)}</td>
                    <td class="by">{numbers::list(&states)}</td>
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
        })
        .collect()
}
