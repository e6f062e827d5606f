//! Markdown to HTML that can do no harm: formatting only, headings below the page's own, links that tell
//! the other site nothing.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What may be in it: no images, which would ask another host, and nothing that runs or frames.
const ELEMENTS: [&str; 21] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
];

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    let mut elements: HashSet<&str> = ELEMENTS.into_iter().collect();
    elements.insert("ul");
    cleaner
        .tags(elements)
        .generic_attributes(HashSet::new())
        .tag_attributes([("a", HashSet::from(["href"]))].into())
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noreferrer noopener nofollow"));
    cleaner
});

/// The HTML of a text in Markdown.
pub(crate) fn html(text: &str) -> String {
    made(text, true)
}

/// The same with the address of each link as text behind it.
pub(crate) fn html_without_links(text: &str) -> String {
    made(text, false)
}

fn made(text: &str, with_links: bool) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut addresses = Vec::new();
    let parser = parser.map(move |event| match event {
        Event::Start(Tag::Link { dest_url, .. }) if !with_links => {
            addresses.push(dest_url);
            Event::Text("".into())
        }
        Event::End(TagEnd::Link) if !with_links => {
            let address = addresses.pop().unwrap_or_else(|| "".into());
            Event::Text(format!(" ({address})").into())
        }
        event => event,
    });
    let lowered = parser.map(|event| match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: lower(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        // What somebody typed as HTML is shown as they typed it.
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    });
    let mut made = String::with_capacity(text.len() * 2);
    html::push_html(&mut made, lowered);
    CLEANER.clean(&made).to_string()
}

fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        _ => HeadingLevel::H5,
    }
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn formatting_stays_and_nothing_runs() {
        let made =
            html("# How\n\n*Two* people, **each**:\n\n- read\n- [law](https://example.org/a)");
        assert!(made.contains("<h3>How</h3>"), "{made}");
        assert!(
            made.contains("<em>Two</em>") && made.contains("<li>read</li>"),
            "{made}"
        );
        assert!(
            made.contains("rel=\"noreferrer noopener nofollow\""),
            "{made}"
        );
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://example.org/pixel.png)",
            "[x](javascript:alert(1))",
            "[x](data:text/html,x)",
            "<a href=\"https://example.org\" onclick=\"x()\">x</a>",
            "<iframe src=https://example.org></iframe>",
            "<p style=\"position:fixed\">x</p>",
            "[x]( java\nscript:alert(1))",
        ] {
            let made = html(hostile);
            // What was typed as HTML stays to be read, as text.
            let elements = made.replace("&lt;", "").replace("&quot;", "");
            for forbidden in [
                "<script",
                "<img",
                "<iframe",
                "<p style",
                "href=\"javascript",
                "href=\"data",
                "<a href=\"https://example.org\" onclick",
            ] {
                assert!(!elements.contains(forbidden), "{hostile}: {made}");
            }
        }
    }
}
