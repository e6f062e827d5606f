//! The search over the evidence of a review: the list follows the words that are typed. The server searches and answers
//! with the words of each row (`src/islands/found_evidence.rs`); the page has a row to copy in a `<template>`.

use super::browser::{
    clear_timeout, element_in, elements, elements_in, listen, set_timeout, window,
};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::js_sys::{Array, Reflect};
use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, HtmlTemplateElement, KeyboardEvent, Response,
    UrlSearchParams,
};

/// After the last key.
const PAUSE: Duration = Duration::from_millis(200);

struct Picker {
    root: Element,
    search: HtmlInputElement,
    timer: Cell<Option<i32>>,
    /// The number of the latest request; the answers to older ones are dropped.
    latest_request: Cell<u32>,
}

pub(super) fn start() {
    for root in elements("[data-picker]") {
        let Some(search) = element_in::<HtmlInputElement>(&root, "input[type=search]") else {
            continue;
        };
        // Nothing of it is saved or sent with the form.
        let _ = search.remove_attribute("name");
        if let Some(button) = element_in::<HtmlElement>(&root, "button") {
            button.remove();
        }
        let picker = Rc::new(Picker {
            root: root.into(),
            search: search.clone(),
            timer: Cell::new(None),
            latest_request: Cell::new(0),
        });
        let this = Rc::clone(&picker);
        listen(
            &search,
            "input",
            Box::new(move |_: Event| this.later(PAUSE)),
        );
        let pressed = move |event: Event| {
            let key = event.dyn_ref::<KeyboardEvent>();
            if key.is_some_and(|event| event.key() == "Enter" && !event.ctrl_key()) {
                // It would send the form.
                event.prevent_default();
                picker.later(Duration::ZERO);
            }
        };
        listen(&search, "keydown", Box::new(pressed));
    }
}

impl Picker {
    fn later(self: &Rc<Self>, pause: Duration) {
        if let Some(timer) = self.timer.take() {
            clear_timeout(timer);
        }
        let this = Rc::clone(self);
        let ask = move || {
            spawn_local(async move { this.ask().await });
        };
        self.timer.set(set_timeout(ask, pause));
    }

    async fn ask(&self) {
        let asked = self.latest_request.get().wrapping_add(1);
        self.latest_request.set(asked);
        let found = self.answer().await;
        if self.latest_request.get() != asked {
            return;
        }
        match found {
            Some(found) => self.show(&found),
            None => self.say(&self.word("data-unanswered")),
        }
    }

    async fn answer(&self) -> Option<JsValue> {
        let query = UrlSearchParams::new().ok()?;
        query.append("find", &self.search.value());
        let query = String::from(query.to_string());
        let address = [&self.word("data-picker"), "?", &query].concat();
        let answer = JsFuture::from(window()?.fetch_with_str(&address))
            .await
            .ok()?;
        let answer = answer.dyn_into::<Response>().ok().filter(Response::ok)?;
        JsFuture::from(answer.json().ok()?).await.ok()
    }

    fn word(&self, attribute: &str) -> String {
        self.root.get_attribute(attribute).unwrap_or_default()
    }

    fn say(&self, words: &str) {
        if let Some(place) = element_in::<Element>(&self.root, "[data-found]") {
            place.set_text_content(Some(words));
        }
    }

    /// Replaces the rows that are not ticked by those that are found; what is ticked anywhere in the form stays.
    fn show(&self, found: &JsValue) {
        let Some(list) = element_in::<Element>(&self.root, "[data-rows]") else {
            return;
        };
        for row in elements_in::<Element>(&list, "li") {
            let tick = element_in::<HtmlInputElement>(&row, "input");
            if tick.is_none_or(|tick| !tick.checked()) {
                row.remove();
            }
        }
        self.say(&field(found, "sentence"));
        let row = element_in::<HtmlTemplateElement>(&self.root, "template")
            .and_then(|template| template.content().first_element_child());
        let Some(row) = row else { return };
        let name = element_in::<Element>(&row, "input").and_then(|tick| tick.get_attribute("name"));
        let boxes = elements("input");
        let is_there = |record: &JsValue| {
            let value = Some(field(record, "value"));
            boxes
                .iter()
                .any(|it| it.get_attribute("name") == name && it.get_attribute("value") == value)
        };
        let records = Reflect::get(found, &"records".into());
        let records = records
            .ok()
            .and_then(|records| records.dyn_into::<Array>().ok());
        for record in records.unwrap_or_default().iter() {
            if is_there(&record) {
                continue;
            }
            let copy = row.clone_node_with_deep(true).ok();
            if let Some(copy) = copy.and_then(|copy| copy.dyn_into::<Element>().ok()) {
                fill(&copy, &record);
                let _ = list.append_child(&copy);
            }
        }
    }
}

/// Writes the words of a record into a row.
fn fill(row: &Element, record: &JsValue) {
    let words = [
        ("input", "value", "value"),
        ("label span", "", "title"),
        ("label small", "", "about"),
        ("a", "", "number"),
        ("a", "href", "href"),
        ("a", "aria-label", "opens"),
    ];
    for (part, attribute, name) in words {
        let Some(part) = element_in::<Element>(row, part) else {
            continue;
        };
        let words = field(record, name);
        if attribute.is_empty() {
            part.set_text_content(Some(&words));
        } else {
            let _ = part.set_attribute(attribute, &words);
        }
    }
}

/// A text of a JSON object; empty if it has none of that name.
fn field(object: &JsValue, name: &str) -> String {
    let value = Reflect::get(object, &name.into()).ok();
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}
