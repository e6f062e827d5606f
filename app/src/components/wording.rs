//! The words of a recommendation where they stand for it: the report's text, or a summary, which says that it is one.

use crate::t;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::Recommendation;
use leptos::prelude::*;

/// The summary, marked as one, or else the text: what lists show.
pub(crate) fn short(one: &Recommendation) -> Fragment {
    let words = one.headline().to_owned().fragment();
    match summary_tag(one) {
        Some(tag) => vec![tag, words].fragment(),
        None => words,
    }
}

/// The text, or else the summary, marked as one: what stands for the whole recommendation.
pub(crate) fn whole(one: &Recommendation) -> Fragment {
    match &one.text {
        Some(text) => text.clone().fragment(),
        None => short(one),
    }
}

/// The mark of a summary; `None` if [`short`] shows the report's text.
pub(crate) fn summary_tag(one: &Recommendation) -> Option<Fragment> {
    let summary = one.summary.as_deref().filter(|summary| !summary.is_empty());
    summary.map(|_| html! { <span class="tag">{t!("wording-summary")}</span> " " })
}

#[cfg(test)]
mod tests {
    use super::*;
    use data::domain::Paragraph;

    fn words(text: Option<&str>, summary: Option<&str>) -> [String; 2] {
        let one = Recommendation {
            text: text.map(str::to_owned),
            summary: summary.map(str::to_owned),
            ..Recommendation::new(Paragraph::parse("1.1").unwrap())
        };
        [short(&one), whole(&one)].map(|words| words.to_html().replace("<!>", ""))
    }

    #[test]
    fn a_summary_is_marked_wherever_it_stands_for_the_text() {
        let tag = "<span class=\"tag\">Summary</span> ";
        let both = words(Some("Ratify it."), Some("Ratify"));
        assert_eq!(both, [format!("{tag}Ratify"), "Ratify it.".to_owned()]);
        let summary = words(None, Some("Ratify"));
        assert_eq!(summary, [format!("{tag}Ratify"), format!("{tag}Ratify")]);
        assert_eq!(
            words(Some("Ratify it."), None),
            ["Ratify it.", "Ratify it."]
        );
    }
}
