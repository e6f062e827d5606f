//! A link to a document of the United Nations.

use crate::components::outside_link::outside_link;
use crate::urls::paths;
use crate::web::html::{Fragment, IntoFragment as _};
use data::domain::PositionSources;

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

#[cfg(test)]
mod tests {
    use super::document_link;
    use leptos::prelude::RenderHtml as _;

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
}
