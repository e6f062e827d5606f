//! What other people do in the same round meanwhile. The server sends events; only while the page is
//! looked at, since browsers allow few connections to one host.

use super::Page;
use super::browser::{document, element, elements, elements_in, listen};
use crate::islands::round_event::RoundEvent;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventSource, HtmlProgressElement, HtmlTemplateElement, MessageEvent,
};

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

fn hear(source: &EventSource, page: &Rc<Page>) {
    let page = Rc::clone(page);
    let received = move |event: Event| {
        let data = event
            .dyn_ref::<MessageEvent>()
            .and_then(|event| event.data().as_string());
        if let Some(event) = data.and_then(|data| RoundEvent::parse(&data)) {
            show(&page, &event);
        }
    };
    listen(source, "message", Box::new(received));
}

fn show(page: &Page, event: &RoundEvent) {
    match event {
        RoundEvent::Saved {
            paragraph,
            sentence,
            status,
        } => {
            page.say(".news", sentence);
            if *paragraph == page.word("paragraph") && !page.leaving.get() {
                page.show(".overtaken", true);
            }
            let cells = elements("[data-status]");
            for cell in cells
                .iter()
                .filter(|it| is_of(it, "data-status", paragraph))
            {
                show_mark(page, cell, status);
            }
        }
        RoundEvent::Progress { done, sentence } => {
            if let Some(bar) = element::<HtmlProgressElement>(".progress progress") {
                bar.set_value(f64::from(*done));
            }
            if let Some(words) = element::<Element>(".progress [data-progress]") {
                words.set_text_content(Some(sentence));
            }
        }
        RoundEvent::Stages(stages) => {
            for tab in elements("[data-stage]") {
                if let Some(stage) = stages.iter().find(|it| is_of(&tab, "data-stage", &it.of)) {
                    tab.set_text_content(Some(&stage.words));
                }
            }
        }
        RoundEvent::Present(people) => {
            let at = |paragraph: &str| {
                let people = people.iter().find(|it| it.of == paragraph);
                people.map_or("", |it| it.words.as_str())
            };
            page.say("p.here", at(&page.word("paragraph")));
            for cell in elements("[data-here]") {
                let paragraph = cell.get_attribute("data-here").unwrap_or_default();
                cell.set_text_content(Some(at(&paragraph)));
            }
        }
    }
}

/// Returns true if an attribute of an element has a value.
fn is_of(element: &Element, attribute: &str, value: &str) -> bool {
    element.get_attribute(attribute).as_deref() == Some(value)
}

/// Replaces the mark of a status by the one that the page has for a code.
fn show_mark(page: &Page, cell: &Element, status: &str) {
    let marks = elements_in::<HtmlTemplateElement>(&page.root, "template[data-mark]");
    let mark = marks.iter().find(|it| is_of(it, "data-mark", status));
    if let Some(mark) = mark.and_then(|it| it.content().clone_node_with_deep(true).ok()) {
        cell.replace_children_with_node_1(&mark);
    }
}
