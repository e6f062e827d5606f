//! A page as a browser's parser reads it.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element of a page.
#[derive(Clone)]
pub(crate) struct Element(Handle, #[allow(dead_code)] Page);

/// The document that an element is in. It is emptied when it is dropped, whoever holds parts of it.
#[derive(Clone)]
struct Page(#[allow(dead_code)] Handle);

/// Parses a page.
pub(crate) fn parse(html: &str) -> Element {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let document = dom.document.clone();
    Element(document.clone(), Page(document))
}

impl Element {
    /// Its name; empty for the document.
    pub(crate) fn name(&self) -> String {
        match &self.0.data {
            NodeData::Element { name, .. } => name.local.to_string(),
            _ => String::new(),
        }
    }

    fn other(&self, node: &Handle) -> Self {
        Self(node.clone(), self.1.clone())
    }

    /// Its attributes.
    pub(crate) fn attributes(&self) -> Vec<(String, String)> {
        let NodeData::Element { attrs, .. } = &self.0.data else {
            return Vec::new();
        };
        let attributes = attrs.borrow();
        let pairs = attributes.iter().map(|attribute| {
            (
                attribute.name.local.to_string(),
                attribute.value.to_string(),
            )
        });
        pairs.collect()
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.attributes().into_iter();
        attributes
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Itself and every element in it, in the order of the page.
    pub(crate) fn all(&self) -> Vec<Self> {
        let mut found = vec![self.clone()];
        for child in self.0.children.borrow().iter() {
            if let NodeData::Element { .. } = child.data {
                found.extend(self.other(child).all());
            }
        }
        found
    }

    /// Every element in it of that name.
    pub(crate) fn named(&self, name: &str) -> Vec<Self> {
        let all = self.all().into_iter();
        all.filter(|element| element.name() == name).collect()
    }

    /// All of its text, without the elements that are left out.
    pub(crate) fn text_without(&self, is_left_out: &impl Fn(&Self) -> bool) -> String {
        let mut text = String::new();
        for child in self.0.children.borrow().iter() {
            match &child.data {
                NodeData::Text { contents } => text.push_str(&contents.borrow()),
                NodeData::Element { .. } if !is_left_out(&self.other(child)) => {
                    text.push_str(&self.other(child).text_without(is_left_out));
                }
                _ => {}
            }
        }
        text
    }

    /// All of its text.
    pub(crate) fn text(&self) -> String {
        self.text_without(&|_| false)
    }

    /// The comments in it.
    pub(crate) fn comments(&self) -> Vec<String> {
        let mut found = Vec::new();
        for child in self.0.children.borrow().iter() {
            match &child.data {
                NodeData::Comment { contents } => found.push(contents.to_string()),
                NodeData::Element { .. } => found.extend(self.other(child).comments()),
                _ => {}
            }
        }
        found
    }

    /// What a browser sends of this form if nobody changes anything in it and presses no named button.
    pub(crate) fn entries(&self) -> Vec<(String, String)> {
        let mut entries = Vec::new();
        for control in self.all() {
            let Some(name) = control.attribute("name") else {
                continue;
            };
            let value = control.attribute("value");
            let is_checked = control.attribute("checked").is_some();
            let kind = control.attribute("type").unwrap_or_default();
            match (control.name().as_str(), kind.as_str()) {
                ("input", "checkbox" | "radio") if !is_checked => {}
                ("input", "submit" | "button" | "file") => {}
                ("input", "hidden") => {
                    let value = value.unwrap_or_default();
                    entries.push((name, with_sent_line_ends(&value)));
                }
                // Fields of one line drop line ends.
                ("input", _) => {
                    let value = value.unwrap_or_default();
                    entries.push((name, value.replace(['\r', '\n'], "")));
                }
                ("textarea", _) => entries.push((name, with_sent_line_ends(&control.text()))),
                ("select", _) => {
                    let options = control.named("option");
                    let selected = |one: &&Self| one.attribute("selected").is_some();
                    let option = options.iter().find(selected).or(options.first());
                    if let Some(option) = option {
                        let value = option.attribute("value");
                        entries.push((name, value.unwrap_or_else(|| option.text())));
                    }
                }
                _ => {}
            }
        }
        entries
    }
}

fn with_sent_line_ends(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace('\n', "\r\n")
}

#[test]
fn a_form_is_sent_as_browsers_do() {
    let page = parse(
        "<form><textarea name=a>\n\nx&#13;y&lt;</textarea><input name=b value='1&#10;2'>\
         <input type=checkbox name=c value=on><select name=d><option>p<option selected value=q>r</select>\
         <button name=e>Save</button></form>",
    );
    let expected = [("a", "\r\nx\r\ny<"), ("b", "12"), ("d", "q")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(page.named("form")[0].entries(), expected);
}
