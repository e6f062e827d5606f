//! Ticks every row of a list, or none, without loading the page again.

use super::browser::{elements, listen};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

pub(super) fn start() {
    for link in elements("a[data-tick]") {
        let all = link.get_attribute("data-tick").as_deref() == Some("all");
        let clicked = move |event: Event| {
            event.prevent_default();
            tick(all);
        };
        listen(&link, "click", Box::new(clicked));
    }
}

fn tick(all: bool) {
    for row in elements("input[type=checkbox][name=p]") {
        if let Some(row) = row.dyn_ref::<HtmlInputElement>() {
            row.set_checked(all);
        }
    }
    if !all {
        for elsewhere in elements("[data-elsewhere]") {
            elsewhere.remove();
        }
    }
}
