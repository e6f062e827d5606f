//! What the pages of the workbench need a browser for: keys, what is typed kept while it is typed, and
//! what other people do meanwhile.
//!
//! The page itself is complete without. Every key presses a control that is on the page; the control says
//! which (`data-key`). Words and addresses are attributes of the element `[data-workbench]`. Without Leptos:
//! its runtime alone is several times as large as all of this.

mod browser;
mod drafts;
mod evidence_picker;
mod evidence_rows;
mod keys;
mod live;
mod ticks;

use std::cell::Cell;
use std::rc::Rc;
use web_sys::{Element, HtmlElement};

/// The element that the page has for all this.
struct Page {
    root: Element,
    /// A form is on its way: until it is answered, nothing here does anything more to it.
    leaving: Cell<bool>,
    /// The session is over, here or in another tab: nothing that was typed in it stays in this browser.
    signed_out: Cell<bool>,
}

impl Page {
    /// What an attribute says; empty where there is none.
    fn word(&self, name: &str) -> String {
        self.root
            .get_attribute(&format!("data-{name}"))
            .unwrap_or_default()
    }

    /// Writes words into a part of the element.
    fn say(&self, part: &str, words: &str) {
        if let Ok(Some(part)) = self.root.query_selector(part) {
            part.set_text_content(Some(words));
        }
    }

    /// Shows a part of the element, or hides it.
    fn show(&self, part: &str, shown: bool) {
        if let Some(part) = browser::element_in::<HtmlElement>(&self.root, part) {
            part.set_hidden(!shown);
        }
    }
}

/// Begins, where the page is one of the workbench's.
pub(crate) fn start() {
    // Before the draft is read: with script, the search is no field of the form.
    evidence_picker::start();
    let Some(root) = browser::element("[data-workbench]") else {
        return;
    };
    let page = Rc::new(Page {
        root,
        leaving: Cell::new(false),
        signed_out: Cell::new(false),
    });
    page.show(".keys", true);
    evidence_rows::start();
    ticks::start();
    keys::start(&page);
    drafts::start(&page);
    live::start(&page);
}
