//! Form fields that hold free text: the only place that writes a `<textarea>`.
//!
//! Leptos writes the children of `<textarea>` unescaped, so a stored text could close the element and add
//! elements of its own. Here the content is escaped before Leptos sees it. Clippy and
//! `app/tests/markup/source.rs` reject every other `<textarea>`.

use crate::web::html::{Fragment, html};
use leptos::prelude::*;

/// Rows of a field that holds a text of several lines although usually one line is enough.
const ROWS: u16 = 3;

/// A field that holds free text.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextField<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The text in it.
    pub(crate) value: &'a str,
    /// Rows of text. `None` is one line, unless the text has more: `<input>` would join them, and saving the
    /// form untouched would change the text.
    pub(crate) rows: Option<u16>,
    /// Its identifier, where a label refers to it.
    pub(crate) id: Option<&'a str>,
    /// The longest text, in characters.
    pub(crate) max_length: Option<usize>,
    /// Identifiers of what describes it.
    pub(crate) described_by: Option<&'a str>,
    /// True if its text was refused.
    pub(crate) is_invalid: bool,
    /// True if it must be filled.
    pub(crate) is_required: bool,
    /// True if browsers must not offer what was typed into other forms.
    pub(crate) is_completion_off: bool,
}

impl TextField<'_> {
    /// Renders it.
    #[allow(clippy::disallowed_methods)] // The one `<textarea>`: its content is escaped by `content`.
    pub(crate) fn fragment(self) -> Fragment {
        let has_lines = self.value.contains(['\n', '\r']);
        let rows = self.rows.or(has_lines.then_some(ROWS));
        let id = self.id.map(str::to_owned);
        let described_by = self.described_by.map(str::to_owned);
        let invalid = self.is_invalid.then_some("true");
        let completion = self.is_completion_off.then_some("off");
        match rows {
            Some(rows) => html! {
                <textarea
                    id=id
                    name=self.name.to_owned()
                    rows=rows.to_string()
                    dir="auto"
                    maxlength=self.max_length
                    required=self.is_required
                    autocomplete=completion
                    aria-invalid=invalid
                    aria-describedby=described_by
                    inner_html=content(self.value)
                ></textarea>
            },
            None => html! {
                <input
                    type="text"
                    id=id
                    name=self.name.to_owned()
                    value=self.value.to_owned()
                    dir="auto"
                    maxlength=self.max_length
                    required=self.is_required
                    autocomplete=completion
                    aria-invalid=invalid
                    aria-describedby=described_by
                />
            },
        }
    }
}

/// A text as the content of a `<textarea>`. Parsers drop a newline that follows the start tag, so one is
/// written for them to drop; a carriage return would become a newline if it were not a reference.
fn content(text: &str) -> String {
    let content = html_escape::encode_text(text).replace('\r', "&#13;");
    format!("\n{content}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_escaped_once_and_keeps_a_leading_newline() {
        assert_eq!(content("\na"), "\n\na");
        assert_eq!(content(""), "\n");
        let closing = "</textarea><form action=/api/x> &lt; \u{a0}\r\n'\"";
        let expected = "\n&lt;/textarea&gt;&lt;form action=/api/x&gt; &amp;lt; \u{a0}&#13;\n'\"";
        assert_eq!(content(closing), expected);
        assert_eq!(content("ё é 😀\0"), "\nё é 😀\0");
    }
}
