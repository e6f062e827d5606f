//! What other people do in the same round meanwhile. The server sends sentences; only while the page is
//! looked at, since browsers allow few connections to one host.

use super::Page;
use super::browser::{document, element, elements, listen};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, EventSource, HtmlProgressElement, MessageEvent};
use std::cell::RefCell;
use std::rc::Rc;

pub(super) fn start(page: &Rc<Page>) {
    let address = page.word("live");
    let Some(document) = document().filter(|_| !address.is_empty()) else {
        return;
    };
    let open: RefCell<Option<EventSource>> = RefCell::default();
    let (watched, page) = (document.clone(), Rc::clone(page));
    let follow = move || {
        if watched.hidden() {
            if let Some(source) = open.take() {
                source.close();
            }
        } else if open.borrow().is_none()
            && let Ok(source) = EventSource::new(&address)
        {
            hear(&source, &page);
            open.replace(Some(source));
        }
    };
    follow();
    listen(
        &document,
        "visibilitychange",
        Box::new(move |_: Event| follow()),
    );
}

/// What an event of the server says: its parts, which it separates by tabs.
fn parts(event: &Event) -> Vec<String> {
    let data = event
        .dyn_ref::<MessageEvent>()
        .and_then(|event| event.data().as_string());
    data.unwrap_or_default()
        .split('\t')
        .map(str::to_owned)
        .collect()
}

fn hear(source: &EventSource, page: &Rc<Page>) {
    let about = Rc::clone(page);
    let saved = move |event: Event| {
        let parts = parts(&event);
        let [paragraph, sentence, mark] = parts.as_slice() else {
            return;
        };
        about.say(".news", sentence);
        if *paragraph == about.word("paragraph") && !about.leaving.get() {
            about.show(".overtaken", true);
        }
        for cell in elements("[data-status]") {
            if cell.get_attribute("data-status").as_ref() == Some(paragraph) {
                // Written by the server, which escapes every label.
                cell.set_inner_html(mark);
            }
        }
    };
    listen(source, "saved", Box::new(saved));
    let progress = |event: Event| {
        let parts = parts(&event);
        let [done, sentence] = parts.as_slice() else {
            return;
        };
        if let (Some(bar), Ok(done)) = (
            element::<HtmlProgressElement>(".progress progress"),
            done.parse(),
        ) {
            bar.set_value(done);
        }
        if let Some(words) = element::<Element>(".progress [data-progress]") {
            words.set_text_content(Some(sentence));
        }
    };
    listen(source, "progress", Box::new(progress));
    let stages = |event: Event| {
        // Stage and words, one pair after the other.
        for pair in parts(&event).chunks_exact(2) {
            if let [stage, words] = pair
                && let Some(tab) = element::<Element>(&format!("[data-stage=\"{stage}\"]"))
            {
                tab.set_text_content(Some(words));
            }
        }
    };
    listen(source, "stages", Box::new(stages));
    let about = Rc::clone(page);
    let here = move |event: Event| {
        // Paragraph and sentence, one pair after the other.
        let people = parts(&event);
        let at = |paragraph: &str| {
            people
                .chunks_exact(2)
                .find(|pair| pair.first().is_some_and(|there| there == paragraph))
                .and_then(|pair| pair.last().cloned())
                .unwrap_or_default()
        };
        about.say("p.here", &at(&about.word("paragraph")));
        for cell in elements("[data-here]") {
            let paragraph = cell.get_attribute("data-here").unwrap_or_default();
            cell.set_text_content(Some(&at(&paragraph)));
        }
    };
    listen(source, "here", Box::new(here));
}
