//! Reviewers correct positions and recommendations in the browser, and undo it.
#![allow(clippy::unwrap_used)]

mod support;

use axum::http::StatusCode;
use data::domain::Role;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use support::{Answer, Installation};

const PAGE: &str = "/reviews/XXA-3/recommendations/138.1";

fn encoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = fields.iter();
    let pairs = pairs.map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The form of an action on a page, as a browser would send it untouched: its hidden fields and texts.
fn form(page: &str, action: &str) -> Vec<(String, String)> {
    let begin = format!("action=\"{action}\"");
    let (_, form) = page
        .split_once(&begin)
        .unwrap_or_else(|| panic!("{action} {page}"));
    let form = form.split("</form>").next().unwrap();
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        let value = rest.split('"').next()?;
        Some(html_escape::decode_html_entities(value).into_owned())
    };
    let mut fields = Vec::new();
    for tag in form.split('<').skip(1) {
        if let Some(input) = tag.strip_prefix("input") {
            let is_radio = input.contains("type=\"radio\"");
            if let Some(name) = attribute(input, "name").filter(|_| !is_radio) {
                fields.push((name, attribute(input, "value").unwrap_or_default()));
            }
        } else if let Some(area) = tag.strip_prefix("textarea") {
            let (_, content) = area.split_once('>').unwrap();
            let content = html_escape::decode_html_entities(content.trim_start_matches('\n'));
            fields.push((attribute(area, "name").unwrap(), content.into_owned()));
        }
    }
    fields
}

struct Reviewer {
    here: Installation,
    session: String,
}

impl Reviewer {
    async fn new() -> Self {
        let here = Installation::new().await;
        let session = here.sign_in("ruth", Role::Reviewer).await;
        Self { here, session }
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.here.get(path, Some(&self.session)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.body
    }

    /// Fills in the form of a page and sends it.
    async fn submit(&self, path: &str, action: &str, typed: &[(&str, &str)]) -> Answer {
        let page = self.page(path).await;
        let mut fields = form(&page, action);
        fields.retain(|(name, _)| !typed.iter().any(|(typed, _)| typed == name));
        let all: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(typed.iter().copied())
            .collect();
        self.here
            .submit(action, Some(&self.session), &encoded(&all))
            .await
    }

    /// The page after an answer, with its notice.
    async fn after(&self, answer: &Answer) -> String {
        let page = self
            .here
            .get_with(&answer.location, Some(&self.session), answer.notice());
        page.await.body
    }
}

/// Whether a page offers to undo an edit.
fn undoes(page: &str) -> bool {
    let mut links = page.split("/history/").skip(1);
    links.any(|link| {
        link.split('"')
            .next()
            .is_some_and(|link| link.ends_with("/undo"))
    })
}

/// The number of the newest edit that a page offers to undo.
fn newest_edit(page: &str) -> String {
    let (_, rest) = page.split_once("/history/").unwrap();
    let (entry, rest) = rest.split_once('/').unwrap();
    assert!(rest.starts_with("undo"), "{rest}");
    entry.to_owned()
}

#[tokio::test]
async fn a_position_is_added_for_everybody_to_see_and_undone() {
    let ruth = Reviewer::new().await;
    let before = ruth.here.page(PAGE).await;
    assert!(
        !before.contains("/correct\""),
        "readers are offered nothing"
    );
    let own = ruth.page(PAGE).await;
    let correct = format!("{PAGE}/correct");
    assert!(own.contains(&format!("href=\"{correct}\"")));
    let reply = [
        ("class", "noted"),
        ("raw", "Does not enjoy the support"),
        ("symbol", "A/HRC/46/5/Add.9"),
        ("source_paragraph", "12"),
        ("date", "2021-03-01"),
        ("reason", "The reply of the State."),
    ];
    let added = ruth.submit(&correct, "/api/save-position", &reply).await;
    assert_eq!(added.location, PAGE, "{}", added.body);
    assert!(
        ruth.after(&added)
            .await
            .contains("The position of paragraph 138.1 is saved.")
    );
    let public = ruth.here.page(PAGE).await;
    for text in [
        "A/HRC/46/5/Add.9",
        "Does not enjoy the support",
        "The reply of the State.",
    ] {
        assert!(public.contains(text), "{text}");
    }
    assert!(!public.contains("ruth") && !undoes(&public));

    // The second of two windows is told, and loses nothing.
    let claims = public.matches("<th scope=\"row\" data-label").count();
    let path = format!("{correct}?claim={claims}");
    let page = ruth.page(&path).await;
    let mut fields = form(&page, "/api/save-position");
    assert!(fields.contains(&("symbol".to_owned(), "A/HRC/46/5/Add.9".to_owned())));
    let corrected = [("class", "supported"), ("reason", "Misread.")];
    ruth.submit(&path, "/api/save-position", &corrected).await;
    fields.retain(|(name, _)| name != "reason" && name != "raw");
    let mut late: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    late.extend([
        ("class", "noted"),
        ("raw", "Other words"),
        ("reason", "Late."),
    ]);
    let late = encoded(&late);
    let program = ruth
        .here
        .call("/api/save-position", Some(&ruth.session), &late)
        .await;
    assert_eq!(program.status, StatusCode::CONFLICT);
    let person = ruth
        .here
        .submit("/api/save-position", Some(&ruth.session), &late)
        .await;
    let both = ruth.after(&person).await;
    assert!(both.contains("name=\"take:raw\""), "{both}");
    assert!(both.contains("Other words") && both.contains("Late."));

    // Undone in turn, it is as before.
    for _ in 0..2 {
        let page = ruth.page(PAGE).await;
        let entry = newest_edit(&page);
        // Undoing asks first, and says what goes.
        let asking = ruth
            .page(&format!("/reviews/XXA-3/history/{entry}/undo"))
            .await;
        for text in ["What is taken back", "Keep the edit", "ruth"] {
            assert!(asking.contains(text), "{text}: {asking}");
        }
        let fields = form(&asking, "/api/undo-edit");
        assert!(fields.contains(&("entry".to_owned(), entry.clone())));
        let undone = ruth
            .here
            .submit(
                "/api/undo-edit",
                Some(&ruth.session),
                &encoded(&[("review", "XXA-3"), ("entry", &entry)]),
            )
            .await;
        assert_eq!(undone.location, PAGE, "{}", undone.body);
        assert!(ruth.after(&undone).await.contains("The edit is undone."));
        let again = ruth
            .page(&format!("/reviews/XXA-3/history/{entry}/undo"))
            .await;
        assert!(again.contains("This edit is undone already."), "{again}");
        assert!(!again.contains("/api/undo-edit"));
    }
    assert!(!undoes(&ruth.page(PAGE).await));
    for path in [
        "/reviews/XXA-3/history/0/undo",
        "/reviews/XXA-3/history/1/undo",
        "/reviews/XXA-3/history/x/undo",
    ] {
        let answer = ruth.here.get(path, Some(&ruth.session)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let positions = |page: &str| page.matches("<th scope=\"row\" data-label").count();
    let after = ruth.here.page(PAGE).await;
    assert_eq!(positions(&after), positions(&before));
    assert_eq!(ruth.here.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn facts_are_corrected_and_refused_with_everything_typed() {
    let ruth = Reviewer::new().await;
    let correct = format!("{PAGE}/correct");
    let action = "/api/correct-recommendation";
    let why = [
        ("source", "A/HRC/46/5/Corr.1"),
        ("reason", "A corrigendum."),
    ];
    // A published round names it, but its States are in the snapshot.
    let typed = [
        &why[..],
        &[("facts[recommending_states]", "Norway; Atlantis")],
    ]
    .concat();
    let refused = ruth.submit(&correct, action, &typed).await;
    let page = ruth.after(&refused).await;
    assert!(
        page.contains("Norway; Atlantis") && page.contains("A corrigendum."),
        "{page}"
    );
    assert!(page.contains("notice refusal"));
    let typed = [&why[..], &[("facts[text]", "Something else altogether")]].concat();
    let refused = ruth.submit(&correct, action, &typed).await;
    let page = ruth.after(&refused).await;
    assert!(
        page.contains("Published rounds name paragraph 138.1"),
        "{page}"
    );
    let typed = [&why[..], &[("facts[recommending_states]", "Norway; Chile")]].concat();
    let done = ruth.submit(&correct, action, &typed).await;
    assert_eq!(done.location, PAGE, "{}", done.body);
    let public = ruth.here.page(PAGE).await;
    assert!(
        public.contains("Chile") && public.contains("A corrigendum. Source: A/HRC/46/5/Corr.1")
    );
    let nothing = ruth.submit(&correct, action, &why).await;
    assert!(ruth.after(&nothing).await.contains("Nothing is different."));
    // An addition that does not fit comes back.
    let add = "/reviews/XXA-3/add";
    let typed = [
        &why[..],
        &[
            ("facts[paragraph]", "138.900"),
            ("facts[text]", "A new text"),
            ("facts[recommending_states]", "Nowhere"),
        ],
    ]
    .concat();
    let refused = ruth.submit(add, "/api/add-recommendation", &typed).await;
    assert_eq!(refused.location, add, "{}", refused.body);
    let page = ruth.after(&refused).await;
    assert!(
        page.contains("138.900") && page.contains("Nowhere"),
        "{page}"
    );
}

#[tokio::test]
async fn what_is_added_is_split_merged_removed_and_comes_back() {
    let ruth = Reviewer::new().await;
    let why = [("source", "A/HRC/46/5"), ("reason", "As in the report.")];
    let typed = [
        &why[..],
        &[
            ("facts[paragraph]", "138.900"),
            ("facts[text]", "Do this, and do that"),
            ("facts[recommending_states]", "Norway; Chile"),
        ],
    ]
    .concat();
    let added = ruth
        .submit("/reviews/XXA-3/add", "/api/add-recommendation", &typed)
        .await;
    let page_of = |number: &str| format!("/reviews/XXA-3/recommendations/{number}");
    let view = |number: &str, view: &str| format!("{}/correct?view={view}", page_of(number));
    assert_eq!(added.location, page_of("138.900"), "{}", added.body);
    let typed = [
        &why[..],
        &[
            ("first_text", "Do this"),
            ("second_text", "Do that"),
            ("second_paragraph", "138.901"),
            ("states[NOR]", "both"),
        ],
    ]
    .concat();
    let action = "/api/split-recommendation";
    let refused = ruth.submit(&view("138.900", "split"), action, &typed).await;
    let page = ruth.after(&refused).await;
    assert!(page.contains("These have none: Chile"), "{page}");
    assert!(page.contains("Do that"), "what was typed stays");
    let typed = [&typed[..], &[("states[CHL]", "second")]].concat();
    let done = ruth.submit(&view("138.900", "split"), action, &typed).await;
    assert!(
        ruth.after(&done)
            .await
            .contains("assessments stay with paragraph 138.900")
    );
    let second = ruth.here.page(&page_of("138.901")).await;
    assert!(second.contains("Do that") && second.contains("Chile"));

    // Renumbered, its former address leads on.
    let typed = [&why[..], &[("facts[paragraph]", "138.902")]].concat();
    let correct = format!("{}/correct", page_of("138.901"));
    let done = ruth
        .submit(&correct, "/api/correct-recommendation", &typed)
        .await;
    assert_eq!(done.location, page_of("138.902"), "{}", done.body);
    let former = ruth.here.get(&page_of("138.901"), None).await;
    assert_eq!(former.location, page_of("138.902"));

    // Assessed differently in the open round, one has to be chosen.
    for (number, status) in [("138.900", "implemented"), ("138.902", "not_implemented")] {
        let form = format!(
            "review=XXA-3&round=follow-up&paragraph={number}&version=0&status={status}&rationale=So"
        );
        ruth.here
            .submit("/api/save-assessment", Some(&ruth.session), &form)
            .await;
    }
    let merge = format!("{}&with=138.902", view("138.900", "merge"));
    let action = "/api/merge-recommendations";
    let page = ruth.page(&merge).await;
    assert!(
        page.contains("the assessments differ") && page.contains("Do that"),
        "{page}"
    );
    let refused = ruth.submit(&merge, action, &why).await;
    let page = ruth.after(&refused).await;
    assert!(page.contains("Choose which assessment is kept"), "{page}");
    let typed = [&why[..], &[("keep[follow-up]", "other")]].concat();
    let done = ruth.submit(&merge, action, &typed).await;
    assert_eq!(done.location, page_of("138.900"), "{}", done.body);
    for former in ["138.901", "138.902"] {
        let answer = ruth.here.get(&page_of(former), None).await;
        assert_eq!(answer.location, page_of("138.900"));
    }
    let unknown = format!("{}&with=1.1", view("138.900", "merge"));
    assert!(
        ruth.page(&unknown)
            .await
            .contains("no other recommendation of that number")
    );

    // What goes is said before; the history brings it back.
    let remove = view("138.900", "remove");
    let page = ruth.page(&remove).await;
    assert!(
        page.contains("its assessment in") && page.contains("138.902"),
        "{page}"
    );
    let done = ruth
        .submit(&remove, "/api/remove-recommendation", &why)
        .await;
    assert_eq!(done.location, "/reviews/XXA-3/history");
    let gone = ruth.here.get(&page_of("138.900"), None).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let history = ruth.after(&done).await;
    let entry = newest_edit(&history);
    let undone = ruth
        .here
        .submit(
            "/api/undo-edit",
            Some(&ruth.session),
            &encoded(&[("review", "XXA-3"), ("entry", &entry)]),
        )
        .await;
    assert_eq!(undone.location, page_of("138.900"), "{}", undone.body);
    assert!(
        ruth.here
            .page(&page_of("138.900"))
            .await
            .contains("Do this")
    );
    // One that a published round names stays.
    let page = ruth.page(&view("138.1", "remove")).await;
    assert!(page.contains("Published rounds name paragraph 138.1, so it stays"));
    assert!(!page.contains("/api/remove-recommendation"));
    assert_eq!(ruth.here.store.check().await.unwrap(), []);
}
