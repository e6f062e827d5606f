//! A link to a document of the United Nations.

use crate::components::outside_link::outside_link;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _};
use data::domain::PositionSources;
use leptos::prelude::use_context;

/// The address that opens a document of the United Nations by its symbol, in the reader's choice of language.
const DOCUMENTS: &str = "https://docs.un.org/";

/// The source as text, or as a link if it is the symbol of a document of the United Nations.
pub(crate) fn document_link(source: &str) -> Fragment {
    if !PositionSources::is_united_nations(source) {
        return source.to_owned().fragment();
    }
    let symbol: Vec<_> = source.split('/').map(paths::encoded).collect();
    let href = format!("{DOCUMENTS}{}", symbol.join("/"));
    outside_link(href, source.to_owned())
}

/// Context marker of a page that another site embeds in a frame. Links become text there, because they would open
/// inside the frame.
#[derive(Clone, Copy)]
pub(crate) struct InFrame;

/// A text in which each symbol of a document of the United Nations is a link to the document.
pub(crate) fn with_document_links(text: &str) -> Fragment {
    if use_context::<InFrame>().is_some() {
        return text.to_owned().fragment();
    }
    let mut parts = Vec::new();
    let mut plain = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let symbol = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        match word.find(symbol) {
            Some(at) if PositionSources::is_united_nations(symbol) => {
                let (before, rest) = word.split_at(at);
                plain.push_str(before);
                parts.push(std::mem::take(&mut plain).fragment());
                parts.push(document_link(symbol));
                plain.push_str(rest.strip_prefix(symbol).unwrap_or_default());
            }
            _ => plain.push_str(word),
        }
    }
    parts.push(plain.fragment());
    parts.fragment()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{InFrame, document_link, with_document_links};
    use leptos::prelude::RenderHtml as _;
    use leptos::prelude::{Owner, provide_context};

    #[test]
    fn symbols_are_links_and_collections_are_not() {
        let link = document_link("A/HRC/15/16/Add.1").to_html();
        assert!(
            link.contains("href=\"https://docs.un.org/A/HRC/15/16/Add.1\""),
            "{link}"
        );
        let hostile = document_link("A/HRC/\"><b>").to_html();
        assert!(
            !hostile.contains("<b>") && hostile.contains("%22%3E%3Cb%3E"),
            "{hostile}"
        );
        let other = document_link("UPR Info, 2015").to_html();
        assert!(!other.contains("href"), "{other}");
    }

    #[test]
    fn every_symbol_of_a_text_is_a_link_and_nothing_else_is() {
        let text = "Positions: A/HRC/15/16 (55); A/HRC/15/16/Add.1, (A/HRC/30/3). UPR Info, 2015 (38); N/A/b";
        let owner = Owner::new_root(None);
        let html = owner.with(|| with_document_links(text).to_html());
        let links: Vec<&str> = html
            .split("href=\"https://docs.un.org/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert_eq!(links, ["A/HRC/15/16", "A/HRC/15/16/Add.1", "A/HRC/30/3"]);
        let mut words = String::new();
        for part in html.split('<') {
            words.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        assert_eq!(words.replace('!', ""), text);
        let framed = owner.with(|| {
            provide_context(InFrame);
            with_document_links(text).to_html()
        });
        assert!(!framed.contains("href"), "{framed}");
    }
}
