//! The workbench's forms, as browsers without script send them: nothing that was typed gets lost, and
//! nobody overwrites what they have not seen.
#![allow(clippy::unwrap_used)]

mod support;

use axum::http::StatusCode;
use data::domain::{Assessment, Evidence, EvidenceKind, ReviewCode, Role};
use data::store::Actor;
use futures_util::StreamExt as _;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::time::Duration;
use support::{Answer, Installation};

const FORM: &str = "/assess/XXA-3/follow-up/138.1";
const PLACE: &str = "review=XXA-3&round=follow-up&paragraph=138.1";

/// What stands for the first recommendation of the round.
async fn stands(here: &Installation) -> Option<Assessment> {
    let code = ReviewCode::parse("XXA-3").unwrap();
    let record = here.store.review_record(code).await.unwrap();
    let first = record.recommendations[0].id;
    let round = record.round("follow-up").unwrap();
    round.assessments.get(&first).cloned()
}

/// The page after an action, with what the action left to say.
async fn after(here: &Installation, answer: &Answer, session: &str) -> String {
    here.get_with(&answer.location, Some(session), answer.notice())
        .await
        .body
}

/// The value of a field of a form on a page.
fn field(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap();
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[tokio::test]
async fn a_recommendation_saved_as_not_assessed_is_examined_and_not_assessed() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let progress = async |path: &str| -> String {
        let page = here.get(path, Some(&ada)).await.body;
        let (_, said) = page.split_once("data-progress=\"\">").unwrap();
        said.split('<').next().unwrap().to_owned()
    };
    let queue = "/assess/XXA-3/follow-up";
    let before = progress(queue).await;
    let (examined, rest) = before.split_once(" of 266 examined, ").unwrap();
    let assessed = rest.split(' ').next().unwrap();
    let (examined, assessed): (usize, usize) =
        (examined.parse().unwrap(), assessed.parse().unwrap());
    let save = format!("{PLACE}&version=0&status=not_assessed&rationale=No+source");
    here.submit("/api/save-assessment", Some(&ada), &save).await;
    let after = format!("{} of 266 examined, {assessed} assessed", examined + 1);
    for path in [queue, FORM] {
        assert_eq!(progress(path).await, after, "{path}");
    }
    // The round's own page counts the same.
    let second = "review=XXA-3&round=follow-up&paragraph=138.2&version=0&status=implemented";
    here.submit("/api/save-assessment", Some(&ada), second)
        .await;
    let assessed = assessed + 1;
    let after = format!("{} of 266 examined, {assessed} assessed", examined + 2);
    assert_eq!(progress(queue).await, after);
    let round = here
        .get("/reviews/XXA-3/rounds/follow-up", Some(&ada))
        .await;
    let sentence = format!(" of {assessed} assessed recommendations implemented");
    assert!(round.body.contains(&sentence), "{sentence}");
}

#[tokio::test]
async fn nothing_chosen_by_hand_is_nothing() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let list = here
        .get("/assess/XXA-3/follow-up?issue=Labour", Some(&ada))
        .await
        .body;
    assert!(list.contains("name=\"by\" value=\"hand\""), "{list}");
    let many = "/assess/XXA-3/follow-up/many";
    for query in [
        "by=hand&queue=issue%3DLabour",
        "by=hand&queue=issue%3DLabour&set_status=implemented&reason=Because",
        "by=hand&p=what",
    ] {
        let page = here.get(&format!("{many}?{query}"), Some(&ada)).await.body;
        assert!(page.contains("No recommendation is chosen"), "{query}");
        assert!(page.contains("In these (0)"), "{query}");
        assert!(!page.contains("/api/change-many"), "{query}");
    }
    // All that a queue shows are still reached by its link.
    let all = here.get(&format!("{many}?issue=Labour"), Some(&ada)).await;
    assert!(!all.body.contains("In these (0)") && !all.body.contains("In these (266)"));
}

#[tokio::test]
async fn a_change_of_many_leads_back_where_it_came_from() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let preview = here
        .get(
            "/assess/XXA-3/follow-up/many?by=hand&queue=issue%3DLabour&p=138.1&p=138.2\
             &set_status=implemented&rationale=A+law+for+all&reason=From+our+minutes",
            Some(&ada),
        )
        .await
        .body;
    // What is written besides the status is shown before.
    assert!(
        preview.contains("The rationale is given to 2 recommendations"),
        "{preview}"
    );
    assert!(preview.contains(">A law for all</span>"), "{preview}");
    let form = "review=XXA-3&round=follow-up&status=implemented&rationale=A+law&reason=Minutes\
                &queue=issue%3DLabour";
    let overtaken = here
        .submit(
            "/api/change-many",
            Some(&ada),
            &format!("{form}&seen=138.1%3D7+138.2%3D0"),
        )
        .await;
    let again = after(&here, &overtaken, &ada).await;
    assert!(again.contains("Changed meanwhile: 138.1"), "{again}");
    assert!(again.contains("This would change 2 of 2") && again.contains("A law"));
    let done = here
        .submit(
            "/api/change-many",
            Some(&ada),
            &format!("{form}&add=Tides&seen=138.1%3D0+138.2%3D0"),
        )
        .await;
    // The reason is not the rationale, which readers will see.
    assert_eq!(stands(&here).await.unwrap().rationale, "A law");
    let page = after(&here, &done, &ada).await;
    assert!(
        page.contains("href=\"/assess/XXA-3/follow-up?issue=Labour\""),
        "{page}"
    );
    let entry = field(&page, "entry");
    let undone = here
        .submit(
            "/api/undo-many",
            Some(&ada),
            &format!("review=XXA-3&round=follow-up&entry={entry}&queue=issue%3DLabour"),
        )
        .await;
    assert_eq!(undone.location, "/assess/XXA-3/follow-up?issue=Labour");
    // Two recommendations, though each had an entry for its theme and one for its status.
    let page = after(&here, &undone, &ada).await;
    assert!(page.contains("Undone: 2 are"), "{page}");
}

#[tokio::test]
async fn a_value_that_a_form_does_not_offer_is_named() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let row = "&evidence[0][title]=Law&evidence[0][source]=No+7";
    for (fields, said) in [
        (
            "&confidence=banana",
            "Choose one of the levels of confidence: low, medium, high",
        ),
        (
            &format!("{row}&evidence[0][kind]=banana"),
            "Evidence 1: choose one of the kinds",
        ),
    ] {
        let body = format!("{PLACE}&version=0&status=implemented&rationale=Kept{fields}");
        let refused = here.submit("/api/save-assessment", Some(&ada), &body).await;
        let page = after(&here, &refused, &ada).await;
        assert!(page.contains(said) && page.contains("Kept"), "{page}");
        assert_eq!(stands(&here).await, None);
    }
    let body = "review=XXA-3&title=Law&source=No+7&kind=banana";
    let refused = here.call("/api/save-evidence", Some(&ada), body).await;
    assert!(
        refused.body.contains("evidence-kind-unknown"),
        "{}",
        refused.body
    );
    let body = "review=XXA-3&round=follow-up&seen=138.1%3D0&status=implemented&reason=R&cite=abc";
    let refused = here.call("/api/change-many", Some(&ada), body).await;
    assert!(refused.body.contains("bulk-cite-unfit"), "{}", refused.body);
}

#[tokio::test]
async fn a_row_of_evidence_is_named_by_its_own_number() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let body = "review=XXA-3&title=Known&source=Archive+1&kind=primary";
    let added = here.submit("/api/save-evidence", Some(&ada), body).await;
    let number = added.location.rsplit('/').next().unwrap().to_owned();
    let body = format!(
        "{PLACE}&version=0&status=implemented&cites[]={number}\
         &evidence[0][title]=Law&evidence[0][source]=No+7&evidence[0][date]=yesterday"
    );
    let refused = here.submit("/api/save-assessment", Some(&ada), &body).await;
    let page = after(&here, &refused, &ada).await;
    assert!(page.contains("Evidence 1: the date is"), "{page}");
}

#[tokio::test]
async fn a_form_that_comes_without_a_session_is_sent_after_signing_in() {
    let here = Installation::new().await;
    let password = here
        .store
        .add_account(
            &Actor::command_line(),
            "Ada",
            Role::Reviewer,
            data::store::NewPassword::Generated,
        )
        .await
        .unwrap();
    // Far more than a cookie holds, and what ends an attribute or a pair.
    let note = format!("\"<b>&amp;=1 {}", "ё".repeat(15_000));
    let save = format!(
        "{PLACE}&version=0&status=implemented&then=stay&rationale={}",
        encoded(&note)
    );
    let carried = here.submit("/api/save-assessment", None, &save).await;
    assert!(
        carried.body.contains("What you typed is not lost"),
        "{}",
        carried.body
    );
    assert_eq!(
        field(&carried.body, "carried_action"),
        "/api/save-assessment"
    );
    let fields = |page: &str, password: &str| {
        format!(
            "pseudonym=ada&password={password}&next={}&carried_action={}&carried={}",
            encoded(&field(page, "next")),
            encoded(&field(page, "carried_action")),
            encoded(&field(page, "carried"))
        )
    };
    let wrong = here
        .submit("/api/sign-in", None, &fields(&carried.body, "wrong"))
        .await;
    assert!(
        wrong.body.contains("Wrong pseudonym or password"),
        "{}",
        wrong.body
    );
    assert_eq!(stands(&here).await, None);
    let right = here
        .submit("/api/sign-in", None, &fields(&wrong.body, &password))
        .await;
    assert_eq!(right.location, FORM, "{}", right.body);
    assert!(
        right
            .cookies
            .iter()
            .any(|cookie| cookie.starts_with("session="))
    );
    assert_eq!(stands(&here).await.unwrap().rationale, note);

    // A short one does not go by the cookie either; no role is gained by the way.
    let reader = here
        .store
        .add_account(
            &Actor::command_line(),
            "Rex",
            Role::Reader,
            data::store::NewPassword::Generated,
        )
        .await
        .unwrap();
    let method = "review=XXA-3&round=follow-up&title=T&organisation=O&method=A+note&assessors=";
    let carried = here.submit("/api/change-round", None, method).await;
    assert_eq!(carried.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(carried.notice(), None);
    let body = fields(&carried.body, &reader).replace("pseudonym=ada", "pseudonym=rex");
    let refused = here.submit("/api/sign-in", None, &body).await;
    let code = ReviewCode::parse("XXA-3").unwrap();
    let record = here.store.review_record(code).await.unwrap();
    let method = &record.round("follow-up").unwrap().round.method;
    assert_ne!(method.as_deref(), Some("A note"), "{}", refused.body);
    // Nothing but an action of ours is ever sent.
    for action in [
        "/api/sign-out",
        "/healthz",
        "https://evil.example/api/save-assessment",
    ] {
        let body = format!(
            "pseudonym=ada&password={password}&next=/assess&carried_action={}&carried=x",
            encoded(action)
        );
        let answer = here.submit("/api/sign-in", None, &body).await;
        assert_eq!(answer.location, "/assess", "{action}");
    }
}

#[tokio::test]
async fn signing_in_leads_back_to_the_very_page() {
    let here = Installation::new().await;
    let list = here.get("/assess/XXA-3/follow-up?issue=Labour", None).await;
    assert_eq!(
        list.location,
        "/login?next=%2Fassess%2FXXA-3%2Ffollow-up%3Fissue%3DLabour"
    );
}

#[tokio::test]
async fn a_refused_scale_comes_back_as_it_was_typed() {
    let here = Installation::new().await;
    let root = here.sign_in("root", Role::Administrator).await;
    let rows = "&statuses[0][place]=1&statuses[0][code]=done&statuses[0][label]=All+done\
                &statuses[0][counts]=yes&statuses[0][colour]=full&statuses[0][shape]=full\
                &statuses[1][place]=2&statuses[1][code]=none&statuses[1][label]=Nothing+yet\
                &statuses[1][counts]=yes&statuses[1][colour]=none&statuses[1][shape]=ring";
    for (score, said) in [
        (
            "&statuses[1][score]=7",
            "Status 2: a score is a number between 0 and 1",
        ),
        (
            "&statuses[1][score]=x",
            "Status 2: a score is a number between 0 and 1",
        ),
        (
            "&statuses[1][score]=0",
            "0 statuses do not count as assessed",
        ),
    ] {
        let body = format!("version=0&code=ours&name=Our+own{rows}{score}");
        let refused = here.submit("/api/save-scale", Some(&root), &body).await;
        let page = if refused.status == StatusCode::SEE_OTHER {
            after(&here, &refused, &root).await
        } else {
            refused.body
        };
        assert!(page.contains(said), "{page}");
        for typed in ["Our own", "All done", "Nothing yet"] {
            assert!(
                page.contains(&format!("value=\"{typed}\"")),
                "{typed}: {page}"
            );
        }
    }
}

#[tokio::test]
async fn versions_of_a_scale_are_told_with_who_and_from_what() {
    let here = Installation::new().await;
    let root = here.sign_in("root", Role::Administrator).await;
    let scale = |version: u32, label: &str| {
        format!(
            "version={version}&code=ours&name=Our+own&statuses[0][code]=done\
             &statuses[0][label]={label}&statuses[0][counts]=yes&statuses[0][colour]=full\
             &statuses[0][shape]=full&statuses[1][code]=open&statuses[1][label]=Open\
             &statuses[1][colour]=unassessed&statuses[1][shape]=dotted"
        )
    };
    for (version, label) in [(0, "Ready"), (1, "Accomplished")] {
        let saved = here
            .submit("/api/save-scale", Some(&root), &scale(version, label))
            .await;
        assert_eq!(saved.location, "/admin/scales/ours", "{}", saved.body);
    }
    let page = here.get("/admin/scales/ours", Some(&root)).await.body;
    for told in [
        "“Our own”, version 2",
        "root",
        "Status 1: Label",
        "Ready",
        "Accomplished",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("BHC"), "only this scale's");
    // Whoever had the first version open sees both.
    let late = here
        .submit("/api/save-scale", Some(&root), &scale(1, "Finished"))
        .await;
    let both = after(&here, &late, &root).await;
    assert!(both.contains("take:statuses[0][label]"), "{both}");
    assert!(!both.contains("take:statuses[1][label]"));
}

#[tokio::test]
async fn of_two_versions_of_the_particulars_somebody_chooses() {
    let here = Installation::new().await;
    let ruth = here.sign_in("ruth", Role::Reviewer).await;
    let page = here
        .get("/assess/XXA-3/follow-up/method", Some(&ruth))
        .await
        .body;
    let seen = field(&page, "seen");
    let form = |title: &str, method: &str, seen: &str| {
        format!(
            "review=XXA-3&round=follow-up&seen={seen}&title={title}&organisation=O&as_of=\
             &assessors=&method={method}"
        )
    };
    here.submit(
        "/api/change-round",
        Some(&ruth),
        &form("Theirs", "Same", &seen),
    )
    .await;
    let second = here
        .submit(
            "/api/change-round",
            Some(&ruth),
            &form("Mine", "More", &seen),
        )
        .await;
    let both = after(&here, &second, &ruth).await;
    assert!(both.contains("Both versions, field by field"), "{both}");
    assert!(both.contains("name=\"take:title\"") && both.contains("name=\"take:method\""));
    assert!(!both.contains("take:organisation"), "nothing differs there");
    let now = field(&both, "seen");
    let choices = |title: &str| {
        format!(
            "{}&theirs%3Atitle=Theirs&theirs%3Amethod=Same{title}&take%3Amethod=mine",
            form("Mine", "More", &now)
        )
    };
    // Without a choice nothing is written over.
    let unchosen = here
        .submit("/api/change-round", Some(&ruth), &choices(""))
        .await;
    assert_eq!(unchosen.status, StatusCode::SEE_OTHER);
    let again = after(&here, &unchosen, &ruth).await;
    assert!(again.contains("name=\"take:title\""), "{again}");
    here.submit(
        "/api/change-round",
        Some(&ruth),
        &choices("&take%3Atitle=theirs"),
    )
    .await;
    let code = ReviewCode::parse("XXA-3").unwrap();
    let record = here.store.review_record(code).await.unwrap();
    let round = &record.round("follow-up").unwrap().round;
    assert_eq!(
        (round.title.as_str(), round.method.as_deref()),
        ("Theirs", Some("More"))
    );
}

#[tokio::test]
async fn a_conflict_stays_until_somebody_chooses() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let bob = here.sign_in("bob", Role::Analyst).await;
    let save = |version: u32, rationale: &str| {
        format!("{PLACE}&version={version}&status=implemented&rationale={rationale}&then=stay")
    };
    here.submit("/api/save-assessment", Some(&ada), &save(0, "Adas"))
        .await;
    here.submit("/api/save-assessment", Some(&bob), &save(0, "Bobs"))
        .await;
    let both = here.get(FORM, Some(&bob)).await.body;
    assert!(both.contains("action=\"/api/resolve-conflict\""), "{both}");
    // What is typed on is kept, and the conflict stays one.
    let form = format!(
        "&form={}&over={}",
        encoded(&field(&both, "form")),
        encoded(&field(&both, "over"))
    );
    let kept = here
        .call(
            "/api/keep-draft",
            Some(&bob),
            &format!("{}{form}", save(1, "Bobs+second+thought")),
        )
        .await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let both = here.get(FORM, Some(&bob)).await.body;
    assert!(both.contains("Another save came first") && both.contains("Bobs second thought"));
    // No choice is made for anybody.
    assert!(
        both.contains("name=\"take_rationale\" value=\"mine\" required"),
        "{both}"
    );
    let choice = |rationale: &str, take: &str| {
        format!(
            "{}&take_status=mine&take_confidence=mine&take_evidence=mine{take}",
            save(1, rationale)
        )
    };
    let unchosen = here
        .submit("/api/resolve-conflict", Some(&bob), &choice("Third", ""))
        .await;
    let page = after(&here, &unchosen, &bob).await;
    assert!(
        page.contains("Choose a version for each field that differs"),
        "{page}"
    );
    assert!(page.contains("Third"), "what was typed is there");
    assert_eq!(stands(&here).await.unwrap().rationale, "Adas");
    // What is saved is what the form shows, not what was kept before.
    here.submit(
        "/api/resolve-conflict",
        Some(&bob),
        &choice("Fourth", "&take_rationale=both"),
    )
    .await;
    assert_eq!(stands(&here).await.unwrap().rationale, "Adas\n\nFourth");
    let page = here.get(FORM, Some(&bob)).await.body;
    assert!(!page.contains("Another save came first"));
}

#[tokio::test]
async fn a_choice_stays_made_if_another_field_is_refused() {
    let here = Installation::new().await;
    let ruth = here.sign_in("ruth", Role::Reviewer).await;
    let page = here
        .get("/assess/XXA-3/follow-up/method", Some(&ruth))
        .await
        .body;
    let seen = field(&page, "seen");
    let form = |title: &str, as_of: &str, seen: &str| {
        format!(
            "review=XXA-3&round=follow-up&seen={seen}&title={title}&organisation=O&as_of={as_of}\
             &assessors=&method=M"
        )
    };
    here.submit("/api/change-round", Some(&ruth), &form("Theirs", "", &seen))
        .await;
    let late = here
        .submit("/api/change-round", Some(&ruth), &form("Mine", "", &seen))
        .await;
    let both = after(&here, &late, &ruth).await;
    let chosen = format!(
        "{}&take%3A=title+as_of&take%3Atitle=theirs&take%3Aas_of=mine",
        form("Mine", "2023-99", &field(&both, "seen"))
    );
    let refused = here.submit("/api/change-round", Some(&ruth), &chosen).await;
    let again = after(&here, &refused, &ruth).await;
    assert_eq!(field(&again, "title"), "Theirs", "{again}");
    assert_eq!(field(&again, "as_of"), "2023-99");
}

#[tokio::test]
async fn a_second_conflict_keeps_what_was_typed_before_the_first() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let bob = here.sign_in("bob", Role::Analyst).await;
    let save = |version: u32, rationale: &str| {
        format!("{PLACE}&version={version}&status=implemented&rationale={rationale}&then=stay")
    };
    here.submit("/api/save-assessment", Some(&ada), &save(0, "Adas"))
        .await;
    here.submit("/api/save-assessment", Some(&bob), &save(0, "Bobs"))
        .await;
    // While Bob chooses, Ada saves once more.
    here.submit("/api/save-assessment", Some(&ada), &save(1, "Unseen"))
        .await;
    let choices = "&take_status=mine&take_confidence=mine&take_evidence=mine";
    for take in ["theirs", "both"] {
        let chosen = format!("{}{choices}&take_rationale={take}", save(1, "Bobs"));
        here.submit("/api/resolve-conflict", Some(&bob), &chosen)
            .await;
        assert_eq!(stands(&here).await.unwrap().rationale, "Unseen");
        let both = here.get(FORM, Some(&bob)).await.body;
        assert!(both.contains("Another save came first"), "{both}");
        assert!(both.contains("name=\"take_rationale\""), "{both}");
        assert_eq!(
            both.matches("Bobs").count(),
            2,
            "beside the other, and in the form"
        );
    }
}

#[tokio::test]
async fn two_windows_of_one_person_do_not_overwrite_each_other() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let keep = |form: &str, rationale: &str, more: &str| {
        format!("{PLACE}&version=0&status=&rationale={rationale}&form={form}&over={more}")
    };
    let call = async |body: String| here.call("/api/keep-draft", Some(&ada), &body).await.status;
    assert_eq!(call(keep("one", "First", "")).await, StatusCode::OK);
    assert_eq!(call(keep("one", "First+words", "")).await, StatusCode::OK);
    // The other one had not seen that.
    assert_eq!(call(keep("two", "Second", "")).await, StatusCode::CONFLICT);
    let page = here.get(FORM, Some(&ada)).await.body;
    assert!(page.contains("First words") && !page.contains("Second"));
    assert_eq!(field(&page, "over"), "one");
    // What its browser held is put beside it by the next page.
    assert_eq!(
        call(keep("two", "Second", "&join=yes")).await,
        StatusCode::OK
    );
    let page = here.get(FORM, Some(&ada)).await.body;
    assert!(page.contains("First words\n\nSecond"), "{page}");
    // Saving in one window leaves what only the other one shows.
    let save = format!("{PLACE}&version=0&status=implemented&rationale=Saved&form=one&over=");
    here.submit("/api/save-assessment", Some(&ada), &save).await;
    let page = here.get(FORM, Some(&ada)).await.body;
    assert!(page.contains("First words\n\nSecond"), "{page}");
    assert!(page.contains("based on an earlier version"), "{page}");
    // Nothing to keep is said to be nothing.
    let same = format!("{PLACE}&version=1&status=implemented&rationale=Saved&form=three&over=two");
    assert_eq!(call(same).await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn what_was_not_kept_is_not_answered() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let save = format!("{PLACE}&version=0&status=implemented&rationale=R&form=number-7");
    let actor = Actor::command_line();
    let code = ReviewCode::parse("XXA-3").unwrap();
    let saved = here.submit("/api/save-assessment", Some(&ada), &save).await;
    let said = |answer: &Answer| answer.notice().unwrap_or_default().contains("number%2D7");
    assert!(said(&saved), "{:?}", saved.notice());
    let rex = here.sign_in("rex", Role::Reader).await;
    // A role that was taken away comes back, perhaps.
    let refused = here.submit("/api/save-assessment", Some(&rex), &save).await;
    assert!(!said(&refused), "{:?}", refused.notice());
    here.store
        .publish_round(&actor, code, "follow-up")
        .await
        .unwrap();
    let refused = here.submit("/api/save-assessment", Some(&ada), &save).await;
    assert!(!said(&refused), "{:?}", refused.notice());
}

/// Every action that changes a round, by somebody who may, once it is published.
#[tokio::test]
async fn a_published_round_refuses_each_action() {
    let here = Installation::new().await;
    let rev = here.sign_in("rev", Role::Reviewer).await;
    let row = "&evidence[0][title]=Law&evidence[0][source]=No+7&evidence[0][kind]=primary";
    let save = format!("{PLACE}&version=0&status=implemented&rationale=R{row}");
    here.submit("/api/save-assessment", Some(&rev), &save).await;
    let many = "review=XXA-3&round=follow-up&seen=138.2%3D0&status=implemented&reason=R";
    let done = here.submit("/api/change-many", Some(&rev), many).await;
    let page = after(&here, &done, &rev).await;
    let bulk = field(&page, "entry");
    let code = ReviewCode::parse("XXA-3").unwrap();
    let record = here.store.review_record(code).await.unwrap();
    let cited = record.evidence.last().unwrap();
    let seen = data::store::evidence_seen(&cited.evidence);
    let number = cited.number;
    let published = "review=XXA-3&round=follow-up&confirmed=yes&few=yes";
    here.submit("/api/publish-round", Some(&rev), published)
        .await;
    let before = here.store.revision().await.unwrap();
    let chosen = "&take_status=mine&take_rationale=mine&take_confidence=mine&take_evidence=mine";
    let bodies = [
        (
            "/api/save-assessment",
            format!("{PLACE}&version=1&status=implemented"),
        ),
        (
            "/api/keep-draft",
            format!("{PLACE}&version=1&status=implemented&rationale=X"),
        ),
        (
            "/api/resolve-conflict",
            format!("{PLACE}&version=1&status=implemented{chosen}"),
        ),
        (
            "/api/restore-assessment",
            format!("{PLACE}&version=1&entry={bulk}"),
        ),
        ("/api/change-many", many.replace("138.2%3D0", "138.3%3D0")),
        (
            "/api/undo-many",
            format!("review=XXA-3&round=follow-up&entry={bulk}"),
        ),
        (
            "/api/carry-over",
            "review=XXA-3&round=follow-up&from=mid-term".to_owned(),
        ),
        (
            "/api/change-round",
            "review=XXA-3&round=follow-up&title=T&organisation=O".to_owned(),
        ),
        ("/api/publish-round", published.to_owned()),
        (
            "/api/save-evidence",
            format!("review=XXA-3&number={number}&seen={seen}&title=T&source=S&kind=media"),
        ),
        (
            "/api/remove-evidence",
            format!("review=XXA-3&number={number}&seen={seen}"),
        ),
    ];
    for (action, body) in bodies {
        let answer = here.call(action, Some(&rev), &body).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{action}: {}",
            answer.body
        );
        let said = ["round-is-published", "evidence-is-published"];
        assert!(
            said.iter().any(|key| answer.body.contains(key)),
            "{action}: {}",
            answer.body
        );
    }
    assert_eq!(here.store.revision().await.unwrap(), before);
}

#[tokio::test]
async fn evidence_of_a_known_address_is_asked_about() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let known = "review=XXA-3&title=Known&source=https://law.example/a&kind=primary";
    let added = here.submit("/api/save-evidence", Some(&ada), known).await;
    let number = added.location.rsplit('/').next().unwrap().to_owned();
    let save = format!(
        "{PLACE}&version=0&status=implemented&evidence[0][title]=Other&evidence[0][kind]=media\
         &evidence[0][source]=http://LAW.example/a/"
    );
    let refused = here.submit("/api/save-assessment", Some(&ada), &save).await;
    let page = after(&here, &refused, &ada).await;
    assert!(
        page.contains(&format!("Evidence 1 has the address of E{number}, “Known”")),
        "{page}"
    );
    assert!(
        page.contains(&format!("name=\"cites[]\" value=\"{number}\"")),
        "it is offered"
    );
    assert_eq!(stands(&here).await, None);
    let said = format!("{save}&known=yes");
    here.submit("/api/save-assessment", Some(&ada), &said).await;
    assert_eq!(stands(&here).await.unwrap().evidence[0].title, "Other");
    // Saved once, it is asked about no more.
    let again = save
        .replace("version=0", "version=1")
        .replace("=implemented", "=in_process");
    here.submit("/api/save-assessment", Some(&ada), &again)
        .await;
    assert_eq!(stands(&here).await.unwrap().status, "in_process");
}

#[tokio::test]
async fn drafts_are_told_of_before_publishing_and_readable_after() {
    let here = Installation::new().await;
    let rev = here.sign_in("rev", Role::Reviewer).await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let keep = format!("{PLACE}&version=0&status=implemented&rationale=Never+saved&form=f");
    here.call("/api/keep-draft", Some(&ada), &keep).await;
    let round = "/reviews/XXA-3/rounds/follow-up";
    let before = here.get(round, Some(&rev)).await.body;
    assert!(
        before.contains("One person has drafts of one recommendation"),
        "{before}"
    );
    let published = "review=XXA-3&round=follow-up&confirmed=yes&few=yes";
    here.submit("/api/publish-round", Some(&rev), published)
        .await;
    let list = here.get(round, Some(&ada)).await.body;
    assert!(list.contains("You typed something for these"), "{list}");
    let page = "/reviews/XXA-3/recommendations/138.1";
    assert!(
        here.get(page, Some(&ada))
            .await
            .body
            .contains("Never saved")
    );
    for session in [None, Some(rev.as_str())] {
        assert!(!here.get(page, session).await.body.contains("Never saved"));
        assert!(
            !here
                .get(round, session)
                .await
                .body
                .contains("You typed something")
        );
    }
}

#[tokio::test]
async fn a_change_of_many_is_undone_from_the_history_and_tells_its_reason() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let rex = here.sign_in("rex", Role::Reader).await;
    let save = format!("{PLACE}&version=0&status=implemented&rationale=Own+words");
    here.submit("/api/save-assessment", Some(&ada), &save).await;
    let many = "review=XXA-3&round=follow-up&seen=138.1%3D1&status=in_process&reason=The+why+of+it";
    here.submit("/api/change-many", Some(&ada), many).await;
    let page = here
        .get("/reviews/XXA-3/recommendations/138.1", Some(&ada))
        .await
        .body;
    assert!(
        page.contains("Part of a bulk change: The why of it"),
        "{page}"
    );
    let history = "/reviews/XXA-3/history?kind=bulk-changed";
    let shown = here.get(history, Some(&ada)).await.body;
    assert!(shown.contains("/api/undo-many"), "{shown}");
    let reader = here.get(history, Some(&rex)).await.body;
    assert!(!reader.contains("/api/undo-many"));
    let entry = field(&shown, "entry");
    let undo = format!("review=XXA-3&round=follow-up&entry={entry}");
    here.submit("/api/undo-many", Some(&ada), &undo).await;
    assert_eq!(stands(&here).await.unwrap().status, "implemented");
}

#[tokio::test]
async fn what_is_carried_over_says_so_on_its_form() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Reviewer).await;
    let form = "review=XXA-3&round=follow-up&from=mid-term";
    here.submit("/api/carry-over", Some(&ada), form).await;
    let page = here.get(FORM, Some(&ada)).await.body;
    assert!(page.contains("Carried over from “"), "{page}");
}

#[tokio::test]
async fn a_round_as_of_a_day_says_what_it_said_then() {
    let here = Installation::new().await;
    let ruth = here.sign_in("ruth", Role::Reviewer).await;
    let method = "/assess/XXA-3/follow-up/method";
    let page = here.get(method, Some(&ruth)).await.body;
    let title = field(&page, "title");
    let code = ReviewCode::parse("XXA-3").unwrap();
    let record = here.store.review_record(code).await.unwrap();
    tokio::time::sleep(Duration::from_millis(5)).await;
    let moment = std::time::SystemTime::now();
    let moment = moment.duration_since(std::time::UNIX_EPOCH).unwrap();
    let moment = i64::try_from(moment.as_millis()).unwrap();
    tokio::time::sleep(Duration::from_millis(5)).await;
    let form = format!(
        "review=XXA-3&round=follow-up&seen={}&title=Renamed&organisation=O",
        field(&page, "seen")
    );
    here.submit("/api/change-round", Some(&ruth), &form).await;
    let now = here.store.review_record(code).await.unwrap();
    let then = here.store.round_as_of(&now, "follow-up", moment).await;
    assert_eq!(then.unwrap().unwrap().round.title, title);
    assert_eq!(now.round("follow-up").unwrap().round.title, "Renamed");
    assert!(record.round("follow-up").is_some());
}

/// However many are changed at once, each is told, and within two seconds.
#[tokio::test(flavor = "multi_thread")]
async fn news_do_not_stop_at_fifty() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let bob = here.sign_in("bob", Role::Analyst).await;
    let mut events = here
        .follow("/assess/XXA-3/follow-up/live", &bob)
        .await
        .into_data_stream();
    // The stream has begun when it has said who is there, or nothing for a while.
    let _ = tokio::time::timeout(Duration::from_millis(900), events.next()).await;
    let seen: Vec<String> = (1..=120)
        .map(|number| format!("138.{number}%3D0"))
        .collect();
    let many = format!(
        "review=XXA-3&round=follow-up&seen={}&status=implemented&reason=R",
        seen.join("+")
    );
    let done = here.submit("/api/change-many", Some(&ada), &many).await;
    assert!(done.location.contains("done="), "{done:?}");
    let begun = std::time::Instant::now();
    let mut told = String::new();
    while told.matches("data: {\"saved\":").count() < 120 {
        let next = tokio::time::timeout(Duration::from_secs(10), events.next()).await;
        told.push_str(&String::from_utf8_lossy(&next.unwrap().unwrap().unwrap()));
    }
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_day_that_is_none_is_refused() {
    let here = Installation::new().await;
    let cookie = here.sign_in("wren", Role::Reviewer).await;
    for (day, refused) in [("2026-02-30", true), ("abc", true), ("", false)] {
        let path = format!("/reviews/XXA-3/rounds/follow-up?on={day}");
        let answer = here.get(&path, Some(&cookie)).await;
        assert_eq!(
            answer.status == StatusCode::UNPROCESSABLE_ENTITY,
            refused,
            "{day}"
        );
        assert_eq!(answer.body.contains("is no day"), refused, "{day}");
    }
}

#[tokio::test]
async fn an_undone_change_of_many_offers_no_second_undo() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let form = "review=XXA-3&round=follow-up&status=implemented&reason=A+law&seen=138.1%3D0";
    let done = here.submit("/api/change-many", Some(&ada), form).await;
    let page = after(&here, &done, &ada).await;
    assert!(page.contains("Undo the whole change"));
    let entry = field(&page, "entry");
    let history = "/reviews/XXA-3/history";
    assert!(
        here.get(history, Some(&ada))
            .await
            .body
            .contains("Undo the whole change")
    );
    let undo = format!("review=XXA-3&round=follow-up&entry={entry}");
    here.submit("/api/undo-many", Some(&ada), &undo).await;
    let again = here.get(&done.location, Some(&ada)).await.body;
    assert!(again.contains("This change was undone."), "{again}");
    for page in [again, here.get(history, Some(&ada)).await.body] {
        assert!(!page.contains("Undo the whole change"), "{page}");
    }
}

#[tokio::test]
async fn a_published_round_says_once_that_it_is_published() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let actor = Actor::command_line();
    let code = ReviewCode::parse("XXA-3").unwrap();
    here.store
        .publish_round(&actor, code, "follow-up")
        .await
        .unwrap();
    let said = "This round has been published";
    for path in [
        FORM,
        "/assess/XXA-3/follow-up",
        "/assess/XXA-3/follow-up/many",
        "/assess/XXA-3/follow-up/method",
    ] {
        let moved = here.get(path, Some(&ada)).await;
        assert_eq!(moved.location, "/reviews/XXA-3/rounds/follow-up", "{path}");
        assert!(after(&here, &moved, &ada).await.contains(said), "{path}");
    }
    let later = here
        .get("/reviews/XXA-3/rounds/follow-up", Some(&ada))
        .await;
    assert!(!later.body.contains(said));
}

#[tokio::test]
async fn the_conflict_page_has_one_bar_of_buttons() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let bob = here.sign_in("bob", Role::Analyst).await;
    for (session, words) in [(&ada, "Adas"), (&bob, "Bobs")] {
        let save = format!("{PLACE}&version=0&status=implemented&rationale={words}");
        here.submit("/api/save-assessment", Some(session), &save)
            .await;
    }
    let page = here.get(FORM, Some(&bob)).await.body;
    assert_eq!(page.matches("Save this choice").count(), 1);
    assert!(!page.contains("Save and go to the next"), "{page}");
    assert!(page.contains("Keep as a draft"));
}

#[tokio::test]
async fn a_refusal_is_said_once_beside_its_marked_field() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let save = format!("{PLACE}&version=0&status=nothing_known&rationale=So");
    let refused = here.submit("/api/save-assessment", Some(&ada), &save).await;
    let page = after(&here, &refused, &ada).await;
    let (_, fault) = page.split_once("id=\"fault\" class=\"fault\">").unwrap();
    let fault = fault.split('<').next().unwrap();
    assert_eq!(page.matches(fault).count(), 1, "{fault}");
    assert!(page.contains("href=\"#statuses\""));
    let (_, statuses) = page.split_once("id=\"statuses\"").unwrap();
    assert!(
        statuses
            .split('>')
            .next()
            .unwrap()
            .contains("aria-invalid=\"true\"")
    );
}

#[tokio::test]
async fn the_field_of_evidence_that_was_refused_is_marked() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let row = "evidence[0][title]=A%20law&evidence[0][source]=https://example.org/law\
               &evidence[0][kind]=primary";
    for (fault, field) in [
        ("evidence[0][date]=yesterday", "date"),
        ("evidence[0][language]=no%20tag", "language"),
    ] {
        let save = format!("{PLACE}&version=0&status=implemented&rationale=So&{row}&{fault}");
        let refused = here.submit("/api/save-assessment", Some(&ada), &save).await;
        let page = after(&here, &refused, &ada).await;
        let name = format!("name=\"evidence[0][{field}]\"");
        let input = page.split('<').find(|element| element.contains(&name));
        let input = input.unwrap();
        assert!(input.contains("aria-invalid=\"true\""), "{input}");
        assert!(input.contains("aria-describedby=\"fault\""), "{input}");
        assert_eq!(page.matches("aria-invalid=\"true\"").count(), 1, "{field}");
    }
}

#[tokio::test]
async fn a_long_queue_has_pages() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let queue = "/assess/XXA-3/follow-up";
    let rows = |page: &str| page.matches("name=\"p\" form=\"many\"").count();
    let mut all = 0;
    for number in 1..=3 {
        let page = here
            .get(&format!("{queue}?page={number}"), Some(&ada))
            .await
            .body;
        assert_eq!(rows(&page), if number == 3 { 66 } else { 100 });
        assert!(
            page.contains("Change all 266"),
            "all of them, on every page"
        );
        assert!(page.contains(&format!("{queue}?page=2")));
        all += rows(&page);
    }
    assert_eq!(all, 266);
    let past = here.get(&format!("{queue}?page=9"), Some(&ada)).await.body;
    assert_eq!(rows(&past), 66);
    let one = here
        .get(
            &format!("{queue}?issue=Labour&position=noted&action=5"),
            Some(&ada),
        )
        .await;
    assert!(!one.body.contains("class=\"pager\""));
}

#[tokio::test]
async fn the_day_of_a_round_has_a_date_picker_wherever_it_is_a_day() {
    let here = Installation::new().await;
    let ruth = here.sign_in("ruth", Role::Reviewer).await;
    let new = here
        .get("/reviews/XXA-3/rounds/new", Some(&ruth))
        .await
        .body;
    assert!(new.contains("type=\"date\" id=\"as_of\""));
    let method = "/assess/XXA-3/follow-up/method";
    let page = here.get(method, Some(&ruth)).await.body;
    assert!(
        page.contains("type=\"date\" name=\"as_of\" value=\"2025-12-31\""),
        "{page}"
    );
    // A year alone is refused, and would be lost in a picker.
    let seen = field(&page, "seen");
    let form = format!(
        "review=XXA-3&round=follow-up&seen={}&title=T&organisation=O&as_of=2025&assessors=",
        encoded(&seen)
    );
    let refused = here.submit("/api/change-round", Some(&ruth), &form).await;
    let page = after(&here, &refused, &ruth).await;
    assert!(
        page.contains("value=\"2025\"") && !page.contains("type=\"date\""),
        "{page}"
    );
}

/// Adds so many records of evidence to the review.
async fn add_evidence(here: &Installation, count: usize) {
    add_evidence_from(here, 1, count).await;
}

async fn add_evidence_from(here: &Installation, first: usize, last: usize) {
    let code = ReviewCode::parse("XXA-3").unwrap();
    for number in first..=last {
        let kind = if number % 2 == 0 { "Annual" } else { "Monthly" };
        let evidence = Evidence {
            title: format!("{kind} report {number} of the Ombudsperson’s Café"),
            source: format!("https://reports.example/{number}"),
            publisher: Some("Office of the Ombudsperson".to_owned()),
            date: Some("2024-05".into()),
            kind: EvidenceKind::Independent,
            note: None,
            language: None,
            archived: None,
        };
        let added = here
            .store
            .add_evidence(&Actor::command_line(), code, &evidence, false)
            .await;
        added.unwrap();
    }
}

/// The numbers of the records that a form offers, in their order.
fn offered(page: &str) -> Vec<i64> {
    let boxes = page.split("name=\"cites[]\" value=\"").skip(1);
    let values = boxes.map(|rest| rest.split('"').next().unwrap().parse().ok());
    values.flatten().collect()
}

#[tokio::test]
async fn evidence_is_found_among_all_records_and_what_is_typed_stays() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    add_evidence(&here, 60).await;
    let record = here
        .store
        .review_record(ReviewCode::parse("XXA-3").unwrap())
        .await
        .unwrap();
    let all: Vec<i64> = record.evidence.iter().map(|one| one.number).collect();
    let (first, last) = (all[0], *all.last().unwrap());
    let page = here.get(FORM, Some(&ada)).await.body;
    // The newest, where nothing is cited nearby.
    assert_eq!(offered(&page).len(), 8);
    assert!(offered(&page).contains(&last), "{:?}", offered(&page));
    assert!(page.contains(&format!("8 of {} pieces of evidence", all.len())));

    // By its number, in any case, beside others; the button of the search keeps what is typed.
    let find = |search: &str| {
        format!(
            "{PLACE}&version=0&status=implemented&rationale=Half+a+thought&then=find&find={}",
            encoded(search)
        )
    };
    let kept = here
        .submit("/api/keep-draft", Some(&ada), &find(&format!("e{first}")))
        .await;
    assert_eq!(kept.location, format!("{FORM}?find=e{first}#evidence"));
    let page = after(&here, &kept, &ada).await;
    assert_eq!(offered(&page), [first]);
    assert!(page.contains("Half a thought") && page.contains("One piece of evidence found"));
    assert!(!page.contains("Kept as a draft."), "nobody asked for that");
    assert_eq!(stands(&here).await, None);
    // By words, without accents, all of which must occur; by the address as well.
    for (search, count, shown) in [
        ("annual CAFE", 30, 20),
        ("monthly ombudsperson reports.example/7", 1, 1),
        (&format!("E{first} E{last}"), 2, 2),
        ("annual nowhere", 0, 0),
    ] {
        let kept = here
            .submit("/api/keep-draft", Some(&ada), &find(search))
            .await;
        let page = after(&here, &kept, &ada).await;
        assert_eq!(offered(&page).len(), shown, "{search}");
        let said = match count {
            0 => "No evidence found".to_owned(),
            1 => "One piece of evidence found".to_owned(),
            30 => "20 of 30 pieces of evidence found".to_owned(),
            count => format!("{count} pieces of evidence found"),
        };
        assert!(page.contains(&said), "{search}: {said}");
    }

    // The Enter key in the search searches; in another field it saves and goes on.
    let entered = find("E1").replace("then=find", "then=enter");
    let found = here
        .submit("/api/save-assessment", Some(&ada), &entered)
        .await;
    assert_eq!(found.location, format!("{FORM}?find=E1#evidence"));
    assert_eq!(stands(&here).await, None);
    let cited = format!("{PLACE}&version=0&status=implemented&then=enter&find=&cites[]={first}");
    let saved = here
        .submit("/api/save-assessment", Some(&ada), &cited)
        .await;
    assert!(saved.location.contains("/138.2"), "{}", saved.location);
    assert_eq!(stands(&here).await.unwrap().evidence.len(), 1);
    // What was cited just now comes first, anywhere in the review.
    let far = here
        .get("/assess/XXA-3/follow-up/138.200?find=", Some(&ada))
        .await;
    assert_eq!(offered(&far.body)[0], first);
}

#[tokio::test]
async fn a_page_with_script_searches_the_evidence() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let rex = here.sign_in("rex", Role::Reader).await;
    add_evidence(&here, 30).await;
    let address = "/assess/XXA-3/follow-up/evidence?find=annual+caf%C3%A9";
    let page = here.get(FORM, Some(&ada)).await.body;
    assert!(page.contains("data-picker=\"/assess/XXA-3/follow-up/evidence\""));
    let found = here.get(address, Some(&ada)).await;
    assert_eq!(found.content_type, "application/json");
    let found: serde_json::Value = serde_json::from_str(&found.body).unwrap();
    let records = found["records"].as_array().unwrap();
    assert_eq!(records.len(), 15);
    assert_eq!(
        records[0]["number"],
        format!("E{}", records[0]["value"].as_str().unwrap())
    );
    assert!(found["sentence"].as_str().unwrap().starts_with("15 pieces"));
    for session in [None, Some(rex.as_str())] {
        let refused = here.get(address, session).await;
        assert!(!refused.status.is_success(), "{}", refused.status);
        assert!(!refused.body.contains("Annual report"));
    }
    let none = here
        .get("/assess/XXA-3/nothing/evidence?find=a", Some(&ada))
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

/// Pages of a review with 500 records are as long as those of a review with 10.
#[tokio::test]
async fn five_hundred_records_make_no_page_longer() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let many = "/assess/XXA-3/follow-up/many?issue=Labour";
    add_evidence(&here, 10).await;
    let few = [FORM, many].map(|path| here.get(path, Some(&ada)));
    let few = futures_util::future::join_all(few).await;
    add_evidence_from(&here, 11, 500).await;
    for (path, few) in [FORM, many].iter().zip(few) {
        let page = here.get(path, Some(&ada)).await.body;
        assert!(page.len() < few.body.len() + 500, "{path}");
    }
    // The form of a bulk change keeps its entries while somebody searches.
    let find = format!("{many}&set_status=implemented&reason=Because&then=find&find=report+499");
    let page = here.get(&find, Some(&ada)).await.body;
    assert!(
        page.contains("One piece of evidence found for “report 499”"),
        "{page}"
    );
    assert!(page.contains("Because</textarea>") && !page.contains("This would change"));
    assert!(page.contains("value=\"implemented\" selected"));
}

#[tokio::test]
async fn new_evidence_has_three_fields_and_the_others_on_demand() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let more = |page: &str| -> Vec<bool> {
        let parts = page.split("<details").skip(1);
        let tags = parts.map(|rest| rest.split('>').next().unwrap().to_owned());
        let tags = tags.filter(|tag| tag.contains("class=\"more\""));
        tags.map(|tag| tag.contains("open")).collect()
    };
    let page = here.get(FORM, Some(&ada)).await.body;
    assert_eq!(
        more(&page),
        [false, false],
        "an empty row, and the one to copy"
    );
    let (row, _) = page
        .split_once("Publisher, kind, language, note and archived copy")
        .unwrap();
    for shown in ["[0][title]", "[0][source]", "[0][date]"] {
        assert!(row.contains(&format!("name=\"evidence{shown}")), "{shown}");
    }
    assert!(!row.contains("[0][publisher]") && !row.contains("[0][kind]"));
    let keep = async |fields: &str| {
        // As the form sends them: the first kind is chosen in an empty row.
        let kind = if fields.contains("kind") {
            ""
        } else {
            "&evidence[0][kind]=primary"
        };
        let body = format!("{PLACE}&version=0&evidence[0][title]=A+law{kind}{fields}");
        let kept = here.submit("/api/keep-draft", Some(&ada), &body).await;
        more(&after(&here, &kept, &ada).await)
    };
    assert_eq!(keep("&evidence[0][date]=2023").await, [false, false, false]);
    for filled in [
        "publisher]=Gazette",
        "kind]=media",
        "note]=p.+7",
        "language]=be",
    ] {
        assert_eq!(
            keep(&format!("&evidence[0][{filled}")).await,
            [true, false, false]
        );
    }
    // Refused for the second row, which is opened though it holds nothing but the fault.
    let body = format!(
        "{PLACE}&version=0&status=implemented&evidence[0][title]=A&evidence[0][source]=B\
         &evidence[0][kind]=primary&evidence[1][title]=C&evidence[1][source]=D&evidence[1][kind]=banana"
    );
    let refused = here.submit("/api/save-assessment", Some(&ada), &body).await;
    let page = after(&here, &refused, &ada).await;
    assert_eq!(more(&page), [false, true, false, false], "{page}");
}

#[tokio::test]
async fn the_method_is_one_key_away_and_alerts_stand_beside_saving() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let page = here.get(FORM, Some(&ada)).await.body;
    let (before, _) = page.split_once("data-key=\"m\"").unwrap();
    let (_, link) = before.rsplit_once("<a ").unwrap();
    assert!(
        link.contains("/assess/XXA-3/follow-up/method") && link.contains("_blank"),
        "{link}"
    );
    assert!(page.contains("<kbd>m</kbd>"), "it is among the keys");
    let (_, saving) = page.split_once("class=\"saving\"").unwrap();
    let (alert, _) = saving.split_once("class=\"buttons\"").unwrap();
    assert!(
        alert.contains("role=\"alert\"") && alert.contains("hidden"),
        "{alert}"
    );
    assert!(page.contains(
        "You are offline, or the server does not answer. Your text is kept on this device."
    ));
}

#[tokio::test]
async fn a_page_of_the_queue_is_ticked_at_once_and_ticks_go_along() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let queue = "/assess/XXA-3/follow-up";
    let ticked = |page: &str| -> Vec<String> {
        let boxes = page.split("<input type=\"checkbox\" name=\"p\"").skip(1);
        let tags = boxes.map(|rest| rest.split('>').next().unwrap().to_owned());
        tags.filter(|tag| tag.contains("checked")).collect()
    };
    let carried = |page: &str| page.matches("<input type=\"hidden\" name=\"p\"").count();
    let page = here.get(queue, Some(&ada)).await.body;
    assert!(ticked(&page).is_empty() && page.contains("Select all 100 on this page"));
    assert!(page.contains("href=\"/assess/XXA-3/follow-up?all=page\""));
    let page = here
        .get(&format!("{queue}?page=3&all=page"), Some(&ada))
        .await
        .body;
    assert_eq!((ticked(&page).len(), carried(&page)), (66, 0));
    // The button to another page sends the form with its ticks.
    let (_, buttons) = page
        .split_once("Previous page, keep the selection")
        .unwrap();
    assert!(!buttons.contains("Next page, keep"), "the last page");
    let sent = "by=hand&queue=position%3Dsupported&p=138.1&p=138.2&p=138.266&page=1";
    let page = here.get(&format!("{queue}?{sent}"), Some(&ada)).await.body;
    let shown = ticked(&page).len();
    assert!(shown > 0 && shown < 3, "{shown}");
    assert_eq!(carried(&page) + shown, 3);
    assert!(page.contains(&format!("{} selected on other pages", 3 - shown)));
    assert!(
        page.contains("?position=supported&amp;all=page&amp;p=138."),
        "{page}"
    );
    // What is no paragraph of the review is not carried along.
    let odd = here
        .get(&format!("{queue}?p=999.9&p=%3Cb%3E&p="), Some(&ada))
        .await
        .body;
    assert_eq!(carried(&odd), 0);
}

#[tokio::test]
async fn drafts_of_a_published_round_are_listed_and_can_be_discarded() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let bob = here.sign_in("bob", Role::Analyst).await;
    let body = format!("{PLACE}&version=0&status=implemented&rationale=Never+saved&form=1");
    here.submit("/api/keep-draft", Some(&ada), &body).await;
    let list = "Drafts in published rounds";
    assert!(!here.get("/assess", Some(&ada)).await.body.contains(list));
    let code = ReviewCode::parse("XXA-3").unwrap();
    here.store
        .publish_round(&Actor::command_line(), code, "follow-up")
        .await
        .unwrap();
    assert!(!here.get("/assess", Some(&bob)).await.body.contains(list));
    let page = here.get("/assess", Some(&ada)).await.body;
    assert!(page.contains(list), "{page}");
    let address = "/reviews/XXA-3/recommendations/138.1";
    assert!(page.contains(&format!("href=\"{address}#unsaved\"")));
    let page = here.get(address, Some(&ada)).await.body;
    assert!(page.contains("id=\"unsaved\"") && page.contains("Never saved"));
    assert!(page.contains("Discard this draft"));
    let discarded = here.submit("/api/discard-draft", Some(&ada), PLACE).await;
    assert_eq!(discarded.location, address);
    assert!(
        !here
            .get(address, Some(&ada))
            .await
            .body
            .contains("Never saved")
    );
    assert!(!here.get("/assess", Some(&ada)).await.body.contains(list));
}
