//! What is typed is kept while it is typed: on the server, a moment after the last key; in this browser
//! only while the server cannot be asked or does not answer, when the page goes away with something unsent,
//! or between sending a form and its answer.
//!
//! What the browser keeps is handed to the server by the next page of the workbench, whichever it is, and
//! then shown by the page itself: the server is the one place that knows how a draft is shown.
//!
//! It belongs to a person and to their session. A session that timed out is taken up by signing in again;
//! one that was ended, by signing out in any tab or by somebody else, takes along what was typed in it.

use super::Page;
use super::browser::{
    OURS, clear_timeout, element, element_in, listen, set_timeout, storage, stored_keys, window,
};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, Event, FormData, HtmlElement, HtmlFormElement, RequestInit, Response, Storage,
    StorageEvent, SubmitEvent, UrlSearchParams,
};

/// After the last key.
const PAUSE: Duration = Duration::from_millis(600);
/// Between two attempts while there is no connection.
const AGAIN: Duration = Duration::from_secs(3);
/// After so long without an answer this browser keeps it as well.
const SLOW: Duration = Duration::from_secs(2);
/// After so long nobody waits for an answer any more.
const LOST: Duration = Duration::from_secs(8);
/// The key that is set for a moment to tell the other tabs that somebody signs out.
const SIGNED_OUT: &str = "upr signed-out";
/// After so long a form that was sent can be sent again.
const UNANSWERED: Duration = Duration::from_secs(20);

/// What became of handing something to the server.
enum Answer {
    Kept,
    /// It is what is saved already.
    Nothing,
    /// The same person typed something else in another window.
    Elsewhere,
    /// Nobody is signed in any more: the session timed out.
    Expired,
    /// Nobody is signed in any more: the session was ended.
    Ended,
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
    /// There was no answer the last time.
    away: Cell<bool>,
    /// What was sent last.
    sent: RefCell<String>,
    /// What was sent last may not be kept.
    refused: Cell<bool>,
    sending: Cell<bool>,
    /// The answer takes long.
    slow: Cell<bool>,
    /// Which attempt to send it is.
    attempt: Cell<u32>,
    /// Ends what is being sent.
    abort: RefCell<Option<AbortController>>,
    timer: Cell<Option<i32>>,
    /// A submission that waits until nothing is being sent.
    waiting: RefCell<Option<HtmlElement>>,
}

pub(super) fn start(page: &Rc<Page>) {
    forget(page);
    let Some(form) = element::<HtmlFormElement>("#assessment") else {
        let page = Rc::clone(page);
        spawn_local(async move {
            if !take_up(&page).await.is_empty() {
                reload();
            }
        });
        return;
    };
    let keeper = Rc::new(Keeper {
        sent: RefCell::new(typed(&form)),
        key: format!("{}{}", mine(page), field(&typed(&form), "form")),
        form,
        page: Rc::clone(page),
        expired: Cell::new(false),
        away: Cell::new(false),
        refused: Cell::new(false),
        sending: Cell::new(false),
        slow: Cell::new(false),
        attempt: Cell::new(0),
        abort: RefCell::new(None),
        timer: Cell::new(None),
        waiting: RefCell::new(None),
    });
    keeper.show_taken_up();
    keeper.listen();
}

/// How the keys of what this person typed begin in the browser's storage.
fn mine(page: &Page) -> String {
    format!("{OURS}{} ", page.word("account"))
}

/// Removes everything of ours.
fn forget_everything(storage: &Storage) {
    for key in stored_keys(storage) {
        let _ = storage.remove_item(&key);
    }
}

/// Removes what was answered and what another person left, and everything when somebody signs out.
fn forget(page: &Rc<Page>) {
    let Some(storage) = storage() else { return };
    let mine = mine(page);
    for key in stored_keys(&storage) {
        if !key.starts_with(&mine) {
            let _ = storage.remove_item(&key);
        }
    }
    let answered = page.word("answered");
    if !answered.is_empty() {
        for key in stored_keys(&storage) {
            let entry = storage.get_item(&key).ok().flatten().unwrap_or_default();
            if field(&entry, "form") == answered {
                let _ = storage.remove_item(&key);
            }
        }
    }
    if let Some(out) = element::<HtmlFormElement>("form.account") {
        let (page, storage) = (Rc::clone(page), storage.clone());
        let forget = move |_: Event| {
            page.signed_out.set(true);
            let _ = storage.set_item(SIGNED_OUT, "");
            forget_everything(&storage);
        };
        listen(&out, "submit", Box::new(forget));
    }
    let Some(window) = window() else { return };
    let page = Rc::clone(page);
    let elsewhere = move |event: Event| {
        let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
        if key.as_deref() == Some(SIGNED_OUT) && !page.signed_out.replace(true) {
            forget_everything(&storage);
            // What is shown is theirs as well. Later, when signing out has arrived.
            set_timeout(reload, PAUSE);
        }
    };
    listen(&window, "storage", Box::new(elsewhere));
}

/// Hands over what earlier pages left in this browser; what was taken.
async fn take_up(page: &Page) -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let mine = mine(page);
    let mut taken = Vec::new();
    for key in stored_keys(&storage) {
        let entry = storage.get_item(&key).ok().flatten();
        let Some(entry) = entry.filter(|_| key.starts_with(&mine)) else {
            continue;
        };
        let lost = AbortController::new().ok();
        let ends = lost.clone();
        set_timeout(move || ends.iter().for_each(AbortController::abort), LOST);
        match hand_over(&format!("{entry}&join=yes"), lost.as_ref()).await {
            Answer::Kept => {
                let _ = storage.remove_item(&key);
                taken.push(entry);
            }
            Answer::Nothing => {
                let _ = storage.remove_item(&key);
            }
            Answer::Ended => forget_everything(&storage),
            // The next page tries again.
            Answer::Elsewhere | Answer::Expired | Answer::Nobody | Answer::Refused => {}
        }
    }
    taken
}

fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// A form as it is sent.
fn typed(form: &HtmlFormElement) -> String {
    FormData::new_with_form(form)
        .and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(&data))
        .map(|fields| String::from(fields.to_string()))
        .unwrap_or_default()
}

/// A field of a form as it is sent.
fn field(body: &str, name: &str) -> String {
    UrlSearchParams::new_with_str(body)
        .ok()
        .and_then(|fields| fields.get(name))
        .unwrap_or_default()
}

fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

async fn hand_over(body: &str, lost: Option<&AbortController>) -> Answer {
    let Some(window) = window() else {
        return Answer::Nobody;
    };
    let request = RequestInit::new();
    request.set_method("POST");
    if let Some(lost) = lost {
        request.set_signal(Some(&lost.signal()));
    }
    if let Ok(fields) = UrlSearchParams::new_with_str(body) {
        request.set_body(&fields);
    }
    let asked = window.fetch_with_str_and_init("/api/keep-draft", &request);
    let answer = JsFuture::from(asked).await;
    let answer = answer.and_then(JsCast::dyn_into::<Response>);
    // The server sends this header only after a session that was ended.
    let is_ended = answer
        .as_ref()
        .is_ok_and(|answer| answer.headers().has("clear-site-data").unwrap_or(false));
    match answer.map(|response| response.status()) {
        Ok(204) => Answer::Nothing,
        Ok(200..=299) => Answer::Kept,
        Ok(401) if is_ended => Answer::Ended,
        Ok(401) => Answer::Expired,
        Ok(409) => Answer::Elsewhere,
        Ok(400..=499) => Answer::Refused,
        _ => Answer::Nobody,
    }
}

impl Keeper {
    /// Hands over what earlier pages left, and shows what is this form's, unless somebody types already:
    /// that is kept first.
    fn show_taken_up(self: &Rc<Self>) {
        let this = Rc::clone(self);
        spawn_local(async move {
            let taken = take_up(&this.page).await;
            let shown = typed(&this.form);
            let place = |body: &str| ["review", "round", "paragraph"].map(|name| field(body, name));
            let ours = taken.iter().any(|entry| place(entry) == place(&shown));
            if ours && !this.page.leaving.get() {
                reload();
            }
        });
    }

    fn listen(self: &Rc<Self>) {
        for event in ["input", "change", "click"] {
            let this = Rc::clone(self);
            let changed = move |_: Event| this.changed();
            listen(&self.form, event, Box::new(changed));
        }
        let Some(window) = window() else { return };
        let this = Rc::clone(self);
        let submitted = move |event: Event| {
            if let Ok(event) = event.dyn_into::<SubmitEvent>() {
                this.submitted(&event);
            }
        };
        listen(&window, "submit", Box::new(submitted));
        let this = Rc::clone(self);
        let back = move |_: Event| this.later(Duration::ZERO);
        listen(&window, "online", Box::new(back));
        let this = Rc::clone(self);
        listen(&window, "pagehide", Box::new(move |_: Event| this.hidden()));
        // Back by the browser's button: the form can be used again.
        let this = Rc::clone(self);
        listen(
            &window,
            "pageshow",
            Box::new(move |_: Event| this.hold(false)),
        );
    }

    fn changed(self: &Rc<Self>) {
        let body = typed(&self.form);
        // Nothing to wait for: whatever happens to this browser in the next moment, it is there.
        if (self.away.get() || !is_online()) && *self.sent.borrow() != body {
            self.store(&body);
        }
        self.later(PAUSE);
    }

    /// Sends what is typed after a pause, unless something comes in between.
    fn later(self: &Rc<Self>, pause: Duration) {
        if let Some(timer) = self.timer.take() {
            clear_timeout(timer);
        }
        let this = Rc::clone(self);
        self.timer.set(set_timeout(move || this.send(), pause));
    }

    fn send(self: &Rc<Self>) {
        let body = typed(&self.form);
        let unchanged = *self.sent.borrow() == body;
        if self.sending.get() && self.slow.get() && !unchanged {
            self.store(&body);
        }
        let done = unchanged && (self.refused.get() || !self.is_stored());
        if self.sending.get() || self.page.leaving.get() || done {
            return;
        }
        self.sending.set(true);
        let lost = AbortController::new().ok();
        self.abort.replace(lost.clone());
        self.watch(&body);
        let this = Rc::clone(self);
        spawn_local(async move {
            let answer = hand_over(&body, lost.as_ref()).await;
            this.sending.set(false);
            this.slow.set(false);
            this.attempt.set(this.attempt.get().wrapping_add(1));
            this.answered(body, &answer);
            if let Some(button) = this.waiting.take() {
                let this = Rc::clone(&this);
                let again = move || {
                    this.hold(false);
                    button.click();
                };
                // While a form is being submitted, browsers ignore that it is submitted again.
                set_timeout(again, Duration::ZERO);
            } else if typed(&this.form) != *this.sent.borrow() && !this.expired.get() {
                this.later(if this.is_stored() { AGAIN } else { PAUSE });
            }
        });
    }

    fn answered(self: &Rc<Self>, body: String, answer: &Answer) {
        self.away.set(matches!(answer, Answer::Nobody));
        self.refused
            .set(matches!(answer, Answer::Refused | Answer::Elsewhere));
        match answer {
            Answer::Kept | Answer::Nothing => {
                self.sent.replace(body);
                self.remove();
                self.expire(false);
                let said = if matches!(answer, Answer::Kept) {
                    "kept"
                } else {
                    "nothing"
                };
                self.tell(said);
            }
            Answer::Refused | Answer::Elsewhere => {
                self.store(&body);
                self.sent.replace(body);
                let said = if matches!(answer, Answer::Refused) {
                    "unkept"
                } else {
                    "elsewhere"
                };
                self.warn(said);
            }
            Answer::Ended => {
                self.page.signed_out.set(true);
                if let Some(storage) = storage() {
                    forget_everything(&storage);
                }
                // Nothing is kept, so no link may lead away from the text.
                self.expire(false);
                self.warn("ended");
            }
            Answer::Expired => {
                self.store(&body);
                self.expire(true);
                self.warn(if self.is_stored() { "expired" } else { "ended" });
            }
            Answer::Nobody => {
                self.store(&body);
                self.unanswered();
            }
        }
    }

    /// Keeps what is being sent in this browser when the answer takes long, and gives it up after a while.
    fn watch(self: &Rc<Self>, body: &str) {
        let attempt = self.attempt.get();
        let (this, body) = (Rc::clone(self), body.to_owned());
        let slow = move || {
            if !this.sending.get() || this.attempt.get() != attempt {
                return;
            }
            let now = typed(&this.form);
            this.store(if now == *this.sent.borrow() {
                &body
            } else {
                &now
            });
            this.slow.set(true);
            this.warn_offline();
            if this.waiting.borrow().is_some() {
                this.give_up();
            }
        };
        set_timeout(slow, SLOW);
        let this = Rc::clone(self);
        let lost = move || {
            if this.sending.get() && this.attempt.get() == attempt {
                this.give_up();
            }
        };
        set_timeout(lost, LOST);
    }

    fn give_up(&self) {
        if let Some(lost) = self.abort.borrow().as_ref() {
            lost.abort();
        }
    }

    fn unanswered(self: &Rc<Self>) {
        self.warn_offline();
        self.later(AGAIN);
    }

    /// The form is saved, or what was typed is given up. Other forms of the page are none of ours: what was
    /// typed goes after them.
    fn submitted(self: &Rc<Self>, event: &SubmitEvent) {
        let Some(form) = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        let own = form == self.form;
        if event.default_prevented() || !(own || form.has_attribute("data-ends-draft")) {
            return;
        }
        let waits = self.waiting.borrow().is_some();
        if self.page.leaving.get() || waits {
            event.prevent_default();
            return;
        }
        let body = typed(&self.form);
        if !is_online() {
            event.prevent_default();
            if own {
                self.store(&body);
            }
            // Read out again: the button was pressed in vain.
            self.alert("");
            self.unanswered();
            return;
        }
        if self.sending.get() {
            // What is on its way would otherwise arrive after what is saved.
            event.prevent_default();
            let button = event
                .submitter()
                .and_then(|button| button.dyn_into::<HtmlElement>().ok());
            self.waiting.replace(button);
            self.hold(true);
            if self.slow.get() {
                self.give_up();
            }
            return;
        }
        self.hold(true);
        let this = Rc::clone(self);
        set_timeout(move || this.hold(false), UNANSWERED);
        if own {
            // Until the answer is there: it names the form.
            self.store(&body);
        } else {
            self.remove();
        }
    }

    /// While a form is on its way nothing is changed in this one: it would be lost, or saved with the next.
    fn hold(&self, held: bool) {
        self.page.leaving.set(held);
        let _ = self.form.toggle_attribute_with_force("inert", held);
    }

    /// The page goes away. What was typed since the last key's pause goes after it; nobody hears whether it
    /// arrives, so this browser keeps it until the next page has asked.
    fn hidden(&self) {
        let body = typed(&self.form);
        if self.page.leaving.get() || *self.sent.borrow() == body {
            return;
        }
        self.store(&body);
        if let (Some(window), Ok(fields)) = (window(), UrlSearchParams::new_with_str(&body)) {
            let _ = window
                .navigator()
                .send_beacon_with_opt_url_search_params("/api/keep-draft", Some(&fields));
        }
    }

    /// Says that what is typed is safe, where one need not look, and that nothing is in the way of saving it.
    fn tell(&self, word: &str) {
        self.page.say(".kept", &self.page.word(word));
        self.alert("");
    }

    /// Says beside the buttons why what is typed is not on the server.
    fn warn(&self, word: &str) {
        self.page.say(".kept", "");
        self.alert(&self.page.word(word));
    }

    fn alert(&self, words: &str) {
        let Some(place) = element_in::<HtmlElement>(&self.form, "[data-unsaved]") else {
            return;
        };
        place.set_hidden(words.is_empty());
        if let Some(alert) = element_in::<HtmlElement>(&place, "[role=alert]")
            // It is read out whenever it is written, and no attempt is worth reading the same again.
            && alert.text_content().as_deref() != Some(words)
        {
            alert.set_text_content(Some(words));
        }
    }

    /// There is no answer: says whether this browser has the text meanwhile.
    fn warn_offline(&self) {
        self.warn(if self.is_stored() {
            "offline"
        } else {
            "offline-unkept"
        });
    }

    fn expire(&self, expired: bool) {
        self.expired.set(expired);
        if let Some(link) = element_in::<HtmlElement>(&self.form, "[data-unsaved] a") {
            link.set_hidden(!expired);
        }
    }

    fn is_stored(&self) -> bool {
        storage()
            .and_then(|storage| storage.get_item(&self.key).ok().flatten())
            .is_some()
    }

    fn store(&self, body: &str) {
        if let Some(storage) = storage().filter(|_| !self.page.signed_out.get()) {
            let _: Result<(), JsValue> = storage.set_item(&self.key, body);
        }
    }

    fn remove(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.key);
        }
    }
}
