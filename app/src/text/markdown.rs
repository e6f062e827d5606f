//! Markdown to HTML that can do no harm: formatting only, headings below the page's own, links that tell
//! the other site nothing.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What may be in it: no images, which would ask another host, and nothing that runs or frames.
const ELEMENTS: [&str; 22] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
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

/// The HTML of a text in Markdown, its first level of headings as `top`.
pub(crate) fn html(text: &str, top: HeadingLevel) -> String {
    made(text, top, true)
}

/// The same with the address of each link as text behind it.
pub(crate) fn html_without_links(text: &str, top: HeadingLevel) -> String {
    made(text, top, false)
}

fn made(text: &str, top: HeadingLevel, with_links: bool) -> String {
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
    let mut outline = Outline::below(top);
    let lowered = parser.map(|event| match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: outline.enter(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(outline.level())),
        // What somebody typed as HTML is shown as they typed it.
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    });
    let mut made = String::with_capacity(text.len() * 2);
    html::push_html(&mut made, lowered);
    CLEANER.clean(&made).to_string()
}

/// The headings that enclose the current one, by the levels of the author. Authors skip levels, and
/// begin at any; on a page a heading is at most one level below the heading that encloses it.
struct Outline {
    top: HeadingLevel,
    open: Vec<HeadingLevel>,
}

impl Outline {
    fn below(top: HeadingLevel) -> Self {
        Self {
            top,
            open: Vec::new(),
        }
    }

    /// Returns the level on the page of a heading that begins.
    fn enter(&mut self, level: HeadingLevel) -> HeadingLevel {
        self.open.retain(|enclosing| *enclosing < level);
        self.open.push(level);
        self.level()
    }

    /// Returns the level on the page of the current heading, `h5` at the lowest.
    fn level(&self) -> HeadingLevel {
        let depth = self.open.len().saturating_sub(1);
        HeadingLevel::try_from(self.top as usize + depth)
            .unwrap_or(HeadingLevel::H5)
            .min(HeadingLevel::H5)
    }
}

#[cfg(test)]
mod tests {
    use super::HeadingLevel::{H2, H3};

    fn html(text: &str) -> String {
        super::html(text, H3)
    }

    /// The levels of the headings of a text.
    fn levels(text: &str, top: super::HeadingLevel) -> String {
        let made = super::html(text, top);
        made.match_indices("<h")
            .filter_map(|(at, _)| made.get(at + 2..at + 3))
            .collect()
    }

    #[test]
    fn headings_never_skip_a_level() {
        assert_eq!(levels("# A\n\n## B\n\n# C", H3), "343");
        assert_eq!(levels("# A\n\n### B\n\n###### C\n\n## D", H3), "3454");
        assert_eq!(levels("### A\n\n# B\n\n## C", H2), "223");
        assert_eq!(
            levels("# A\n## B\n### C\n#### D\n##### E\n###### F", H2),
            "234555"
        );
    }

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
