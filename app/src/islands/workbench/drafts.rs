//! What is typed is kept while it is typed: on the server, a moment after the last key; in this browser
//! only while the server cannot be asked, or between sending a form and its answer.
//!
//! What the browser keeps is handed to the server as soon as that answers, and then shown by the page
//! itself: the server is the one place that knows how a draft is shown.

use super::Page;
use super::browser::{OURS, element, listen, storage, stored_keys, window};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{
    Event, FormData, HtmlElement, HtmlFormElement, RequestInit, Response, SubmitEvent,
    UrlSearchParams,
};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// After the last key.
const PAUSE: Duration = Duration::from_millis(600);
/// Between two attempts while there is no connection.
const AGAIN: Duration = Duration::from_secs(3);

/// What became of handing something to the server.
enum Answer {
    Kept,
    /// Nobody is signed in any more.
    Expired,
    /// There is no connection.
    Nobody,
    /// It may not be kept: the round is published, or the role is gone.
    Refused,
}

struct Keeper {
    form: HtmlFormElement,
    key: String,
    page: Rc<Page>,
    expired: Cell<bool>,
    /// What was sent last.
    sent: RefCell<String>,
    sending: Cell<bool>,
    timer: Cell<Option<TimeoutHandle>>,
    /// A submission that waits until nothing is being sent.
    waiting: RefCell<Option<HtmlElement>>,
    leaving: Cell<bool>,
}

pub(super) fn start(page: &Rc<Page>) {
    forget(page);
    let Some(form) = element::<HtmlFormElement>("#assessment") else {
        return;
    };
    let keeper = Rc::new(Keeper {
        sent: RefCell::new(typed(&form)),
        form,
        key: format!("{OURS}{} {}", page.word("account"), page.word("form")),
        page: Rc::clone(page),
        expired: Cell::new(false),
        sending: Cell::new(false),
        timer: Cell::new(None),
        waiting: RefCell::new(None),
        leaving: Cell::new(false),
    });
    keeper.take_up();
    keeper.listen();
}

/// Removes what was answered, and everything when somebody signs out.
fn forget(page: &Page) {
    let Some(storage) = storage() else { return };
    let answered = page.word("answered");
    if !answered.is_empty() {
        let answered = format!("form={answered}");
        for key in stored_keys(&storage) {
            let entry = storage.get_item(&key).ok().flatten().unwrap_or_default();
            if entry.split('&').any(|part| part == answered) {
                let _ = storage.remove_item(&key);
            }
        }
    }
    if let Some(out) = element::<HtmlFormElement>("form.account") {
        let forget = move |_: Event| {
            for key in stored_keys(&storage) {
                let _ = storage.remove_item(&key);
            }
        };
        listen(&out, "submit", Box::new(forget));
    }
}

/// A form as it is sent.
fn typed(form: &HtmlFormElement) -> String {
    FormData::new_with_form(form)
        .and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(&data))
        .map(|fields| String::from(fields.to_string()))
        .unwrap_or_default()
}

async fn hand_over(body: &str) -> Answer {
    let Some(window) = window() else {
        return Answer::Nobody;
    };
    let request = RequestInit::new();
    request.set_method("POST");
    if let Ok(fields) = UrlSearchParams::new_with_str(body) {
        request.set_body(&fields);
    }
    let asked = window.fetch_with_str_and_init("/api/keep-draft", &request);
    let answer = JsFuture::from(asked).await;
    let status = answer
        .and_then(JsCast::dyn_into::<Response>)
        .map(|response| response.status());
    match status {
        Ok(200..=299) => Answer::Kept,
        Ok(401) => Answer::Expired,
        Ok(400..=499) => Answer::Refused,
        _ => Answer::Nobody,
    }
}

impl Keeper {
    /// Hands over what an earlier page left in this browser, then shows it.
    fn take_up(self: &Rc<Self>) {
        let entry = storage().and_then(|storage| storage.get_item(&self.key).ok().flatten());
        let Some(entry) = entry else { return };
        let this = Rc::clone(self);
        spawn_local(async move {
            match hand_over(&entry).await {
                Answer::Kept => {
                    this.remove();
                    this.leaving.set(true);
                    if let Some(window) = window() {
                        let _ = window.location().reload();
                    }
                }
                Answer::Refused => {
                    this.tell("unkept");
                }
                Answer::Expired | Answer::Nobody => this.away(),
            }
        });
    }

    fn listen(self: &Rc<Self>) {
        for event in ["input", "change", "click"] {
            let this = Rc::clone(self);
            let changed = move |_: Event| this.later(PAUSE);
            listen(&self.form, event, Box::new(changed));
        }
        let this = Rc::clone(self);
        let submitted = move |event: Event| {
            if let Ok(event) = event.dyn_into::<SubmitEvent>() {
                this.submitted(&event);
            }
        };
        listen(&self.form, "submit", Box::new(submitted));
        let Some(window) = window() else { return };
        let this = Rc::clone(self);
        let back = move |_: Event| this.later(Duration::ZERO);
        listen(&window, "online", Box::new(back));
        let this = Rc::clone(self);
        listen(&window, "pagehide", Box::new(move |_: Event| this.hidden()));
    }

    /// Sends what is typed after a pause, unless something comes in between.
    fn later(self: &Rc<Self>, pause: Duration) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
        let this = Rc::clone(self);
        let timer = set_timeout_with_handle(move || this.send(), pause).ok();
        self.timer.set(timer);
    }

    fn send(self: &Rc<Self>) {
        let body = typed(&self.form);
        let unchanged = *self.sent.borrow() == body;
        if self.sending.get() || self.leaving.get() || (unchanged && !self.is_stored()) {
            return;
        }
        self.sending.set(true);
        let this = Rc::clone(self);
        spawn_local(async move {
            let answer = hand_over(&body).await;
            this.sending.set(false);
            match answer {
                Answer::Kept => {
                    this.sent.replace(body);
                    this.remove();
                    this.expire(false);
                    this.tell("kept");
                }
                Answer::Refused => this.tell("unkept"),
                Answer::Expired => {
                    this.store(&body);
                    this.expire(true);
                    this.tell("expired");
                }
                Answer::Nobody => {
                    this.store(&body);
                    this.away();
                }
            }
            if let Some(button) = this.waiting.take() {
                button.click();
            } else if typed(&this.form) != *this.sent.borrow() {
                let pause = if this.is_stored() { AGAIN } else { PAUSE };
                if !this.expired.get() {
                    this.later(pause);
                }
            }
        });
    }

    fn away(self: &Rc<Self>) {
        self.tell("offline");
        self.later(AGAIN);
    }

    fn submitted(self: &Rc<Self>, event: &SubmitEvent) {
        let body = typed(&self.form);
        let online = window().is_none_or(|window| window.navigator().on_line());
        if !online {
            event.prevent_default();
            self.store(&body);
            self.away();
            return;
        }
        if self.sending.get() {
            // What is on its way would otherwise arrive after what is saved.
            event.prevent_default();
            let button = event
                .submitter()
                .and_then(|button| button.dyn_into::<HtmlElement>().ok());
            self.waiting.replace(button);
            return;
        }
        self.leaving.set(true);
        // Until the answer is there: it names the form.
        self.store(&body);
    }

    /// The page goes away. What was typed since the last key's pause goes after it.
    fn hidden(&self) {
        let body = typed(&self.form);
        if self.leaving.get() || *self.sent.borrow() == body {
            return;
        }
        let sent = UrlSearchParams::new_with_str(&body).is_ok_and(|fields| {
            window().is_some_and(|window| {
                window.navigator().on_line()
                    && window
                        .navigator()
                        .send_beacon_with_opt_url_search_params("/api/keep-draft", Some(&fields))
                        .unwrap_or(false)
            })
        });
        if !sent {
            self.store(&body);
        }
    }

    fn tell(&self, word: &str) {
        self.page.say(".kept [data-say]", &self.page.word(word));
    }

    fn expire(&self, expired: bool) {
        self.expired.set(expired);
        self.page.show(".kept a", expired);
    }

    fn is_stored(&self) -> bool {
        storage()
            .and_then(|storage| storage.get_item(&self.key).ok().flatten())
            .is_some()
    }

    fn store(&self, body: &str) {
        if let Some(storage) = storage() {
            let _: Result<(), JsValue> = storage.set_item(&self.key, body);
        }
    }

    fn remove(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.key);
        }
    }
}
