//! Adds and removes rows of evidence. The page has the rows, and one without a number in a `<template>`.

use super::browser::{element, element_in, elements_in, listen};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlTemplateElement};

pub(super) fn start() {
    let Some(list) = element::<Element>(".evidence-rows") else {
        return;
    };
    // Buttons that need script are hidden without it.
    for button in elements_in::<HtmlElement>(&list, "button[hidden]") {
        button.set_hidden(false);
    }
    let next = Cell::new(elements_in::<Element>(&list, ".evidence-row").len());
    let rows = list.clone();
    let clicked = move |event: Event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let closest = |selector| target.as_ref()?.closest(selector).ok()?;
        if closest("[data-add-row]").is_some() {
            // A number is never used again: two rows with the same one would be read as one.
            add(&rows, next.replace(next.get() + 1));
        } else if closest("[data-remove-row]").is_some()
            && let Some(row) = closest(".evidence-row")
        {
            row.remove();
        }
    };
    // On the list, inside the form: the draft is read after the row has changed.
    listen(&list, "click", Box::new(clicked));
}

/// Adds an empty row with a number, counted from 0.
fn add(list: &Element, number: usize) {
    let Some(template) = element_in::<HtmlTemplateElement>(list, "template") else {
        return;
    };
    let row = template.content().first_element_child();
    let row = row.and_then(|row| row.clone_node_with_deep(true).ok());
    let Some(row) = row.and_then(|row| row.dyn_into::<Element>().ok()) else {
        return;
    };
    for field in elements_in::<Element>(&row, "[name]") {
        let name = field.get_attribute("name").unwrap_or_default();
        let name = name.replacen("[]", &["[", &number.to_string(), "]"].concat(), 1);
        let _ = field.set_attribute("name", &name);
    }
    if let Some(legend) = element_in::<Element>(&row, "[data-row-number]") {
        legend.set_text_content(Some(&(number + 1).to_string()));
    }
    for button in elements_in::<HtmlElement>(&row, "button[hidden]") {
        button.set_hidden(false);
    }
    let _ = template.before_with_node_1(&row);
}
