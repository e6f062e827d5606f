//! What an assessment rests on.

use crate::{t, translations};
use data::domain::Evidence;
use leptos::prelude::*;

/// The pieces of evidence; nothing where there is none.
pub(super) fn evidence(evidence: &[Evidence]) -> Option<AnyView> {
    let items: Vec<_> = evidence.iter().map(item).collect();
    (!items.is_empty()).then(|| {
        view! {
            <h4>{t!("recommendation-evidence")}</h4>
            <ul class="evidence">{items}</ul>
        }
        .into_any()
    })
}

fn item(one: &Evidence) -> AnyView {
    let published = match (one.publisher.clone(), one.date.clone()) {
        (Some(publisher), Some(date)) => Some(t!(
            "recommendation-evidence-dated",
            publisher = publisher,
            date = date
        )),
        (publisher, date) => publisher.or(date),
    };
    view! {
        <li>
            <span class="evidence-title" dir="auto">{one.title.clone()}</span>
            " "
            <span class="tag">{translations::evidence_kind(one.kind)}</span>
            {published.map(|published| view! { <p class="by" dir="auto">{published}</p> })}
            <p class="source" dir="auto">
                {source(&one.source)}
            </p>
            {one.note.clone().map(|note| view! { <p class="note" dir="auto">{note}</p> })}
        </li>
    }
    .into_any()
}

fn source(source: &str) -> AnyView {
    let source = source.trim().to_owned();
    if is_web_address(&source) {
        // The other site learns nothing of who came, and cannot reach back.
        return view! {
            <a href=source.clone() rel="noreferrer noopener nofollow">
                {source.clone()}
            </a>
        }
        .into_any();
    }
    source.into_any()
}

/// Whether a text is nothing but an `http` or `https` address. Whatever else it is - a citation, or a
/// scheme that would run something - stays text.
fn is_web_address(text: &str) -> bool {
    let rest = ["https://", "http://"].into_iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| &text[scheme.len()..])
    });
    rest.is_some_and(|rest| {
        rest.starts_with(char::is_alphanumeric)
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

#[cfg(test)]
mod tests {
    use super::is_web_address;

    #[test]
    fn only_web_addresses_become_links() {
        for text in [
            "https://example.org/a?b=c#d",
            "HTTP://example.org",
            "https://пример.рф/",
        ] {
            assert!(is_web_address(text), "{text}");
        }
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "https:",
            "https:///x",
            "https://example.org and more",
            "example.org",
            "Annual report, 2023",
            "ftp://example.org",
            "é",
            "",
        ] {
            assert!(!is_web_address(text), "{text}");
        }
    }
}
