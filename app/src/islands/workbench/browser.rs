//! The few things of the browser that more than one part needs.

use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Storage, Window};

/// What this program keeps in a browser begins with this; signing out removes it.
pub(super) const OURS: &str = "upr ";

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

/// The browser's storage, where it allows one.
pub(super) fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// The first element of a selector.
pub(super) fn element<T: JsCast>(selector: &str) -> Option<T> {
    let found = document()?.query_selector(selector).ok().flatten()?;
    found.dyn_into().ok()
}

/// The first element of a selector within another.
pub(super) fn element_in<T: JsCast>(root: &Element, selector: &str) -> Option<T> {
    let found = root.query_selector(selector).ok().flatten()?;
    found.dyn_into().ok()
}

/// Every element of a selector.
pub(super) fn elements(selector: &str) -> Vec<HtmlElement> {
    let root = document().and_then(|page| page.document_element());
    root.map_or_else(Vec::new, |root| elements_in(&root, selector))
}

/// Every element of a selector within another.
pub(super) fn elements_in<T: JsCast>(root: &Element, selector: &str) -> Vec<T> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|place| found.get(place)?.dyn_into().ok())
        .collect()
}

/// Listens as long as the page lives.
pub(super) fn listen(target: &EventTarget, event: &str, then: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(then);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Calls a function once after a pause. Returns what [`clear_timeout`] takes to prevent it.
pub(super) fn set_timeout(then: impl FnOnce() + 'static, pause: Duration) -> Option<i32> {
    let then = Closure::once_into_js(then);
    let pause = i32::try_from(pause.as_millis()).unwrap_or(i32::MAX);
    window()?
        .set_timeout_with_callback_and_timeout_and_arguments_0(then.unchecked_ref(), pause)
        .ok()
}

/// Prevents a call that has not been made yet.
pub(super) fn clear_timeout(timer: i32) {
    if let Some(window) = window() {
        window.clear_timeout_with_handle(timer);
    }
}

/// Every key of ours in the browser's storage.
pub(super) fn stored_keys(storage: &Storage) -> Vec<String> {
    let count = storage.length().unwrap_or_default();
    (0..count)
        .filter_map(|place| storage.key(place).ok().flatten())
        .filter(|key| key.starts_with(OURS))
        .collect()
}
