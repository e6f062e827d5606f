//! Keys press the controls that name them. None does anything while somebody types.

use super::Page;
use super::browser::{OURS, document, element, element_in, elements, listen, storage, window};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

pub(super) fn start(page: &Rc<Page>) {
    let off = format!("{OURS}keys");
    let stored = storage().and_then(|storage| storage.get_item(&off).ok().flatten());
    let on = Rc::new(Cell::new(stored.is_none()));
    show(page, on.get());
    if let Some(switch) = element_in::<HtmlElement>(&page.root, "[data-keys-switch]") {
        let (on, page) = (Rc::clone(&on), Rc::clone(page));
        let turn = move |_: Event| {
            on.set(!on.get());
            show(&page, on.get());
            if let Some(storage) = storage() {
                let _ = if on.get() {
                    storage.remove_item(&off)
                } else {
                    storage.set_item(&off, "off")
                };
            }
        };
        listen(&switch, "click", Box::new(turn));
    }
    let Some(document) = document() else { return };
    let page = Rc::clone(page);
    let pressed = move |event: Event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        if page.leaving.get() || event.is_composing() {
            return;
        }
        if on.get() && from_a_field(&event) {
            event.prevent_default();
            return;
        }
        if on.get() && !is_for_somebody_else(&event) && press(&event.key()) {
            event.prevent_default();
        }
    };
    listen(&document, "keydown", Box::new(pressed));
    // The search is reached from a form by the key that the form's link names.
    let hash = window().and_then(|window| window.location().hash().ok());
    if hash.as_deref() == Some("#q")
        && let Some(search) = element::<HtmlElement>("#q")
    {
        let _ = search.focus();
    }
}

/// Shows keys beside controls, or not, and what the switch would do.
fn show(page: &Page, on: bool) {
    if let Some(root) = document().and_then(|page| page.document_element()) {
        let _ = root.class_list().toggle_with_force("keys-on", on);
    }
    let words = page.word(if on { "keys-off" } else { "keys-on" });
    page.say("[data-keys-switch]", &words);
}

/// What whoever types may press: saving from within a field, and leaving it. Whether it was pressed.
fn from_a_field(event: &KeyboardEvent) -> bool {
    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
        return press("s");
    }
    let field = event
        .target()
        .and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let Some(field) = field.filter(|it| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        plain && event.key() == "Escape" && it.matches("textarea, input, select").unwrap_or(false)
    }) else {
        return false;
    };
    let _ = field.blur();
    true
}

/// Whether a key is meant for the browser, or for a field that somebody types in.
fn is_for_somebody_else(event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return true;
    }
    let Some(target) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else {
        return false;
    };
    match target.tag_name().to_ascii_lowercase().as_str() {
        "textarea" | "select" => true,
        "input" => {
            let kind = target.dyn_into::<HtmlInputElement>().map(|it| it.type_());
            !matches!(kind.as_deref(), Ok("radio" | "checkbox"))
        }
        _ => target
            .dyn_into::<HtmlElement>()
            .is_ok_and(|it| it.is_content_editable()),
    }
}

/// Presses the control of a key; whether there is one.
fn press(key: &str) -> bool {
    // What could end a selector is no key of ours.
    if key.len() != 1 || key == "\"" || key == "\\" {
        return false;
    }
    let Some(control) = element::<HtmlElement>(&format!("[data-key=\"{key}\"]")) else {
        return match key {
            "j" => step(1),
            "k" => step(-1),
            _ => false,
        };
    };
    match control.dyn_ref::<HtmlInputElement>() {
        Some(field) if field.type_() == "radio" => {
            let _ = field.focus();
            field.click();
        }
        Some(field) => {
            let _ = field.focus();
            field.select();
        }
        None => control.click(),
    }
    true
}

/// In a list: to the next row's link, or the one before.
fn step(by: isize) -> bool {
    let rows = elements("a[data-row]");
    let active = document().and_then(|page| page.active_element());
    let here = rows
        .iter()
        .position(|row| active.as_ref() == Some(row.as_ref()));
    let next = match here {
        Some(here) => here.checked_add_signed(by),
        None => Some(0),
    };
    match next.and_then(|next| rows.get(next)) {
        Some(row) => {
            let _ = row.focus();
            true
        }
        None => false,
    }
}
