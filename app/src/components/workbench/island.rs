//! What the browser's half of the workbench finds on a page: its words, and what it has to know.

use crate::components::status_mark::status_mark;
use crate::components::workbench::key;
use crate::t;
use crate::urls::paths;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use data::domain::{Paragraph, Queue, ReviewCode, RoundRecord};
use leptos::prelude::*;

/// Where it is.
pub(crate) struct Place<'a> {
    pub(crate) request: &'a Request,
    pub(crate) round: &'a RoundRecord,
    pub(crate) code: ReviewCode,
    /// The recommendation of the form; none on a list.
    pub(crate) paragraph: Option<&'a Paragraph>,
    /// The queue of the list; none on a form.
    pub(crate) queue: Option<&'a Queue>,
}

/// The element that says what became of what was typed, what others do, and which keys there are. Empty
/// without script.
pub(crate) fn workbench_island(place: &Place<'_>) -> Fragment {
    let Place {
        request,
        round,
        code,
        paragraph,
        queue,
    } = place;
    let slug = &round.round.slug;
    let answered = request.notice.as_ref().map(|notice| notice.typed("form"));
    let account = request.visitor.account.as_ref().map(|account| account.id);
    let mut list = vec![
        ("j", t!("key-next")),
        ("k", t!("key-previous")),
        ("/", t!("key-search")),
        ("?", t!("key-help")),
    ];
    if paragraph.is_some() {
        let last = round.round.scale.statuses.len().min(9);
        list.push(("m", t!("key-method")));
        list.insert(0, ("Esc", t!("key-leave-field")));
        list.insert(0, ("Ctrl+Enter", t!("key-save-typing")));
        list.insert(0, ("s", t!("key-save")));
        list.insert(0, ("1", t!("key-status", last = last)));
    } else {
        list.push(("Enter", t!("key-open")));
    }
    // Rows of a list show the status that somebody else saves.
    let statuses = queue.map(|_| round.round.scale.statuses.as_slice());
    let marks = statuses
        .unwrap_or_default()
        .iter()
        .map(|status| {
            let code = status.code.clone();
            view! { <template data-mark=code>{status_mark(status)}</template> }
        })
        .collect_view();
    let list = list
        .into_iter()
        .map(|(key, does)| {
            view! {
                <div>
                    <dt>
                        <kbd>{key}</kbd>
                    </dt>
                    <dd>{does}</dd>
                </div>
            }
        })
        .collect_view();
    html! {
        <div
            class="live"
            data-workbench=""
            data-account=account.map(|id| id.to_string())
            data-answered=answered
            data-live=paths::live(*code, slug, *paragraph, *queue)
            data-paragraph=paragraph.map(ToString::to_string)
            data-keys-on=t!("keys-on")
            data-keys-off=t!("keys-off")
            data-kept=t!("draft-kept")
            data-nothing=t!("draft-nothing")
            data-offline=t!("draft-offline")
            data-offline-unkept=t!("draft-offline-unkept")
            data-expired=t!("draft-expired")
            data-ended=t!("draft-ended")
            data-unkept=t!("draft-unkept")
            data-elsewhere=t!("draft-elsewhere")
        >
            <p aria-live="polite" class="kept"></p>
            <p aria-live="polite" class="overtaken" hidden>
                {t!("live-overtaken")}
                " "
                <a href="">{t!("live-reload")}</a>
            </p>
            {marks}
            <p class="here"></p>
            <p aria-live="polite" class="news"></p>
            <details class="keys" hidden>
                <summary data-key="?" aria-keyshortcuts="?">
                    {t!("keys-title")}
                    " "
                    {key("?")}
                </summary>
                <dl>{list}</dl>
                <button type="button" class="secondary" data-keys-switch=""></button>
            </details>
        </div>
    }
}
