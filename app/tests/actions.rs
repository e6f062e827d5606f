//! Every action, by everybody: who may, and what comes of it.
#![allow(clippy::unwrap_used)]

mod support;

use axum::http::StatusCode;
use data::domain::{Action, Role};
use leptos::server_fn::axum::server_fn_paths;
use support::Installation;

/// Every address that changes something, and what one must be allowed to do there.
const ACTIONS: [(&str, Option<Action>); 46] = [
    ("/api/add-recommendation", Some(Action::EditRecommendations)),
    ("/api/apply-import", Some(Action::Import)),
    ("/api/carry-over", Some(Action::OpenRound)),
    ("/api/change-many", Some(Action::Assess)),
    // Everybody's own: whoever is signed in may.
    ("/api/change-password", Some(Action::UseAccount)),
    ("/api/change-round", Some(Action::OpenRound)),
    ("/api/choose-headline", Some(Action::PublishRound)),
    ("/api/choose-position", Some(Action::Import)),
    (
        "/api/correct-recommendation",
        Some(Action::EditRecommendations),
    ),
    ("/api/decide-import-row", Some(Action::Import)),
    ("/api/decide-link", Some(Action::Assess)),
    ("/api/discard-draft", Some(Action::Assess)),
    ("/api/discard-import", Some(Action::Import)),
    ("/api/discard-upload", Some(Action::Import)),
    ("/api/end-other-sessions", Some(Action::UseAccount)),
    ("/api/end-session", Some(Action::UseAccount)),
    ("/api/forget-device", Some(Action::UseAccount)),
    ("/api/keep-draft", Some(Action::Assess)),
    ("/api/map-import", Some(Action::Import)),
    ("/api/map-values", Some(Action::Import)),
    ("/api/mend-import-row", Some(Action::Import)),
    (
        "/api/merge-recommendations",
        Some(Action::EditRecommendations),
    ),
    ("/api/open-correction", Some(Action::OpenRound)),
    ("/api/open-round", Some(Action::OpenRound)),
    ("/api/publish-round", Some(Action::PublishRound)),
    ("/api/redact-text", Some(Action::Redact)),
    ("/api/remove-evidence", Some(Action::Assess)),
    ("/api/remove-mapping", Some(Action::Import)),
    (
        "/api/remove-recommendation",
        Some(Action::EditRecommendations),
    ),
    ("/api/remove-round", Some(Action::OpenRound)),
    ("/api/remove-view", Some(Action::UseAccount)),
    ("/api/resolve-conflict", Some(Action::Assess)),
    ("/api/restore-assessment", Some(Action::Assess)),
    ("/api/save-assessment", Some(Action::Assess)),
    ("/api/save-evidence", Some(Action::Assess)),
    ("/api/save-position", Some(Action::EditRecommendations)),
    ("/api/save-scale", Some(Action::EditScales)),
    ("/api/save-view", Some(Action::UseAccount)),
    ("/api/sign-in", None),
    ("/api/sign-out", None),
    (
        "/api/split-recommendation",
        Some(Action::EditRecommendations),
    ),
    ("/api/undo-edit", Some(Action::EditRecommendations)),
    ("/api/undo-import", Some(Action::Import)),
    ("/api/undo-many", Some(Action::Assess)),
    ("/api/upload-file", Some(Action::Import)),
    ("/api/withdraw-round", Some(Action::PublishRound)),
];

/// Every page that is not for everybody.
const PAGES: [(&str, Action); 22] = [
    ("/account", Action::UseAccount),
    ("/admin/redact", Action::Redact),
    ("/admin/scales", Action::EditScales),
    ("/admin/scales/bhc-2023", Action::EditScales),
    ("/admin/security-log", Action::AdministerUsers),
    ("/assess", Action::Assess),
    ("/assess/XXA-3/follow-up", Action::Assess),
    ("/assess/XXA-3/follow-up/138.1", Action::Assess),
    ("/assess/XXA-3/follow-up/many", Action::Assess),
    ("/assess/XXA-3/follow-up/method", Action::Assess),
    ("/import", Action::Import),
    ("/import/0", Action::Import),
    ("/import/0/rows/1", Action::Import),
    ("/import/0/undo", Action::Import),
    ("/import/mapping/x", Action::Import),
    ("/import/mapping/x/values", Action::Import),
    ("/reviews/XXA-3/add", Action::EditRecommendations),
    ("/reviews/XXA-3/history/0/undo", Action::EditRecommendations),
    (
        "/reviews/XXA-3/recommendations/138.1/correct",
        Action::EditRecommendations,
    ),
    ("/reviews/XXA-3/rounds/follow-up/change", Action::OpenRound),
    (
        "/reviews/XXA-3/rounds/mid-term/change",
        Action::PublishRound,
    ),
    ("/reviews/XXA-3/rounds/new", Action::OpenRound),
];

/// What a role may do where it concerns everything, or what is its own.
fn is_high_enough(role: Option<Role>, action: Action) -> bool {
    role.is_some_and(|role| role >= action.least_role())
}

#[tokio::test]
async fn each_action_by_each_role() {
    let here = Installation::new().await;
    let mut known: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
    known.sort_unstable();
    let listed: Vec<_> = ACTIONS.iter().map(|(path, _)| *path).collect();
    assert_eq!(
        known, listed,
        "an action is missing from the table, or no longer there"
    );

    let mut somebody = vec![(None, None)];
    for role in Role::ALL {
        somebody.push((Some(role), Some(here.sign_in(role.code(), role).await)));
    }
    for (role, session) in &somebody {
        for (path, action) in ACTIONS {
            // Signing out would end the session that the next lines need.
            if path == "/api/sign-out" {
                continue;
            }
            let answer = here.call(path, session.as_deref(), "").await;
            let expected = match action {
                Some(_) if role.is_none() => Some(StatusCode::UNAUTHORIZED),
                Some(action) if !is_high_enough(*role, action) => Some(StatusCode::FORBIDDEN),
                _ => None,
            };
            match expected {
                Some(status) if path != "/api/upload-file" => {
                    assert_eq!(answer.status, status, "{path} by {role:?}: {}", answer.body);
                }
                // A body that is no upload is refused before anybody is asked.
                Some(_) => assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY),
                None => assert!(
                    ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status),
                    "{path} by {role:?}: {}",
                    answer.body
                ),
            }
        }
        for (path, action) in PAGES {
            let answer = here.get(path, session.as_deref()).await;
            match role {
                None => {
                    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
                    assert!(
                        answer.location.starts_with("/login?next=%2F"),
                        "{}",
                        answer.location
                    );
                }
                Some(_) if !is_high_enough(*role, action) => {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} by {role:?}");
                }
                Some(_) => assert_ne!(answer.status, StatusCode::FORBIDDEN, "{path} by {role:?}"),
            }
        }
    }
}

#[tokio::test]
async fn uploads_ask_for_the_role() {
    use axum::body::Body;
    use axum::http::{Request, header};
    let here = Installation::new().await;
    let analyst = here.sign_in("analyst", Role::Analyst).await;
    let body = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n\
                review,paragraph\r\n--x--\r\n";
    for (session, status) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some(&analyst), StatusCode::FORBIDDEN),
    ] {
        let mut request = Request::post("/api/upload-file")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        if let Some(token) = session {
            request = request.header(header::COOKIE, format!("session={token}"));
        }
        let answer = here.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

#[tokio::test]
async fn a_save_shows_at_once_and_goes_on_to_the_next() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let saved = here
        .submit(
            "/api/save-assessment",
            Some(&ada),
            "review=XXA-3&round=follow-up&paragraph=138.1&version=0&status=implemented\
             &rationale=Law+no.+7&confidence=high&evidence[0][title]=Law&evidence[0][source]=No+7\
             &evidence[0][kind]=primary&evidence[1][title]=&then=next",
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert_eq!(saved.location, "/assess/XXA-3/follow-up/138.2");
    let next = here
        .get_with(&saved.location, Some(&ada), saved.notice())
        .await;
    assert!(
        next.body.contains("Paragraph 138.1 is saved."),
        "{}",
        next.body
    );
    let form = here.get("/assess/XXA-3/follow-up/138.1", Some(&ada)).await;
    assert!(form.body.contains("Law no. 7"));
    let worklist = here.get("/assess/XXA-3/follow-up", Some(&ada)).await;
    assert!(worklist.body.contains("1 of 266 examined, 1 assessed"));
}

/// Carried over is not assessed, and says so wherever it stands.
#[tokio::test]
async fn what_is_carried_over_is_marked_until_it_is_confirmed() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Reviewer).await;
    let form = "review=XXA-3&round=follow-up&from=mid-term";
    let carried = here.submit("/api/carry-over", Some(&ada), form).await;
    assert_eq!(carried.status, StatusCode::SEE_OTHER, "{}", carried.body);
    let worklist = here.get("/assess/XXA-3/follow-up", Some(&ada)).await;
    assert!(worklist.body.contains("0 of 266 examined, 0 assessed"));
    let code = data::domain::ReviewCode::parse("XXA-3").unwrap();
    let record = here.store.review_record(code).await.unwrap();
    let count = record.round("follow-up").unwrap().unconfirmed();
    assert!(count > 200, "{count}");
    let marked = format!("{count} of these results were carried over");
    for page in [
        "/reviews/XXA-3/rounds/follow-up",
        "/reviews/XXA-3?round=follow-up",
    ] {
        let body = here.get(page, Some(&ada)).await.body;
        assert!(body.contains(&marked), "{page}");
        assert!(
            body.contains("/assess/XXA-3/follow-up?show=carried-over"),
            "{page}"
        );
    }
    let round = here
        .get("/reviews/XXA-3/rounds/follow-up", Some(&ada))
        .await;
    assert!(!round.body.contains("action=\"/api/publish-round\""));
    assert!(round.body.contains("Confirm or change them first"));
}

#[tokio::test]
async fn of_two_saves_the_second_sees_both() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let bob = here.sign_in("bob", Role::Analyst).await;
    let save = |rationale: &str, version: u32| {
        format!(
            "review=XXA-3&round=follow-up&paragraph=138.1&version={version}&status=implemented\
             &rationale={rationale}&then=stay"
        )
    };
    let form = "/assess/XXA-3/follow-up/138.1";
    here.submit("/api/save-assessment", Some(&ada), &save("Adas+words", 0))
        .await;
    let second = here
        .submit("/api/save-assessment", Some(&bob), &save("Bobs+words", 0))
        .await;
    assert_eq!(
        (second.status, second.location.as_str()),
        (StatusCode::SEE_OTHER, form)
    );
    let both = here.get(form, Some(&bob)).await.body;
    assert!(
        both.contains("Adas words") && both.contains("Bobs words"),
        "{both}"
    );
    assert!(both.contains("Another save came first"));
    assert!(both.contains("name=\"version\" value=\"1\""), "{both}");
    let ada_sees = here.get(form, Some(&ada)).await.body;
    assert!(
        !ada_sees.contains("Bobs words"),
        "a draft is its writer's alone"
    );
    // A program is told so by the status.
    let call = here
        .call(
            "/api/save-assessment",
            Some(&bob),
            &save("Bobs+other+words", 0),
        )
        .await;
    assert_eq!(call.status, StatusCode::CONFLICT);
    // Having seen both, Bob chooses his own.
    here.submit("/api/save-assessment", Some(&bob), &save("Bobs+words", 1))
        .await;
    let after = here.get(form, Some(&ada)).await.body;
    assert!(after.contains("Bobs words") && !after.contains("Another save came first"));
}

/// Whatever somebody else has changed, a program is answered by the same status.
#[tokio::test]
async fn each_conflict_is_answered_alike() {
    let here = Installation::new().await;
    let ruth = here.sign_in("ruth", Role::Reviewer).await;
    let added = here
        .call(
            "/api/save-evidence",
            Some(&ruth),
            "review=XXA-3&title=Law&source=No.+7&kind=primary",
        )
        .await;
    let (_, number) = added.location.rsplit_once('/').unwrap();
    let round = "review=XXA-3&round=follow-up";
    let place = format!("{round}&paragraph=138.1&version=4&status=implemented");
    for (path, body) in [
        ("/api/save-assessment", place.clone()),
        (
            "/api/resolve-conflict",
            format!(
                "{place}&take_status=mine&take_rationale=mine&take_confidence=mine\
                 &take_evidence=mine"
            ),
        ),
        (
            "/api/change-many",
            format!("{round}&seen=138.1%3D4&status=implemented&reason=Checked"),
        ),
        (
            "/api/change-round",
            format!("{round}&seen=0ld&title=Ours&organisation=We"),
        ),
        (
            "/api/save-evidence",
            format!("review=XXA-3&number={number}&seen=0ld&title=Act&source=No.+8"),
        ),
        (
            "/api/remove-evidence",
            format!("review=XXA-3&number={number}&seen=0ld"),
        ),
    ] {
        let answer = here.call(path, Some(&ruth), &body).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{path}");
        assert_eq!(answer.body, "\"Conflict\"", "{path}");
    }
    // A person too, if the form is too long to come back by the cookie.
    let body = format!(
        "{round}&seen=0ld&title=Ours&organisation=We&method={}",
        "a+b+".repeat(4_000)
    );
    let page = here.submit("/api/change-round", Some(&ruth), &body).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("name=\"take:title\""), "{}", page.body);
}

#[tokio::test]
async fn what_does_not_fit_is_kept_and_explained() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let refused = here
        .submit(
            "/api/save-assessment",
            Some(&ada),
            "review=XXA-3&round=follow-up&paragraph=138.1&version=0&status=implemented\
             &rationale=Long+thoughts&evidence[0][title]=Law",
        )
        .await;
    let form = here
        .get_with(&refused.location, Some(&ada), refused.notice())
        .await
        .body;
    assert!(form.contains("Long thoughts"), "what was typed is there");
    assert!(
        form.contains("Evidence 1: give an address or a citation"),
        "{form}"
    );
    let code = data::domain::ReviewCode::parse("XXA-3").unwrap();
    let record = here.store.review_record(code).await.unwrap();
    let round = record.round("follow-up").unwrap();
    assert!(round.assessments.is_empty(), "nothing was saved");
}

#[tokio::test]
async fn a_published_round_refuses_everything() {
    let here = Installation::new().await;
    let rev = here.sign_in("rev", Role::Reviewer).await;
    let unconfirmed = here
        .call(
            "/api/publish-round",
            Some(&rev),
            "review=XXA-3&round=follow-up",
        )
        .await;
    assert_eq!(unconfirmed.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Before it is published the page says what everybody will read, and asks twice where little is assessed.
    let page = here
        .get("/reviews/XXA-3/rounds/follow-up", Some(&rev))
        .await;
    let page = page.body;
    assert!(
        page.contains("The public sentence of this review stays “41 of 245 assessed")
            && page.contains("because that round assesses more"),
        "{page}"
    );
    assert!(
        page.contains("Only 0 of 266 recommendations are assessed."),
        "{page}"
    );
    let few = here
        .call(
            "/api/publish-round",
            Some(&rev),
            "review=XXA-3&round=follow-up&confirmed=yes",
        )
        .await;
    assert_eq!(few.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(few.body.contains("round-publish-few"), "{}", few.body);
    let published = here
        .call(
            "/api/publish-round",
            Some(&rev),
            "review=XXA-3&round=follow-up&confirmed=yes&few=yes",
        )
        .await;
    assert_eq!(
        published.status,
        StatusCode::SEE_OTHER,
        "{}",
        published.body
    );
    for body in [
        "review=XXA-3&round=follow-up&paragraph=138.1&version=0&status=implemented",
        "review=XXA-3&round=follow-up&paragraph=138.1&version=1&status=implemented",
        "review=XXA-3&round=mid-term&paragraph=138.1&version=1&status=implemented",
        "review=BLR-3&round=bhc-2023&paragraph=138.1&version=0&status=implemented",
    ] {
        let answer = here.call("/api/save-assessment", Some(&rev), body).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{body}: {}",
            answer.body
        );
        assert!(
            answer.body.contains("round-is-published"),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn signing_in_and_out() {
    let here = Installation::new().await;
    let password = here
        .store
        .add_account(
            &data::store::Actor::command_line(),
            "Ada",
            Role::Analyst,
            data::store::NewPassword::Generated,
        )
        .await
        .unwrap();
    let wrong = here
        .submit(
            "/api/sign-in",
            None,
            "pseudonym=Ada&password=wrong&next=/assess",
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = &wrong.body;
    assert!(
        page.contains("name=\"next\" value=\"/assess\"")
            || page.contains("value=\"/assess\" name=\"next\"")
    );
    assert!(
        page.contains("Wrong pseudonym or password") && page.contains("value=\"Ada\""),
        "{page}"
    );
    // Browsers keep cookies on disk: nothing that is typed without a session is in one.
    assert!(!wrong.cookies.iter().any(|cookie| cookie.contains("Ada")));
    for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let body = format!("pseudonym=ada&password={password}&next={next}");
        let answer = here.submit("/api/sign-in", None, &body).await;
        assert_eq!(answer.location, "/", "{next}");
    }
    let body = format!("pseudonym=ada&password={password}&next=/assess");
    let right = here.submit("/api/sign-in", None, &body).await;
    assert_eq!(right.location, "/assess");
    let cookie = right
        .cookies
        .iter()
        .find(|cookie| cookie.starts_with("session="))
        .unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    assert_eq!(
        here.get("/assess", Some(&token)).await.status,
        StatusCode::OK
    );
    here.submit("/api/sign-out", Some(&token), "").await;
    assert_eq!(
        here.get("/assess", Some(&token)).await.status,
        StatusCode::SEE_OTHER
    );
}

/// Decided before the body is read, the answer still says that the session was ended, not timed out: what the
/// browser stored in it goes.
#[tokio::test]
async fn a_session_that_was_ended_clears_what_the_browser_stored() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    here.submit("/api/sign-out", Some(&ada), "").await;
    let draft = "review=XXA-3&round=follow-up&paragraph=138.1&version=0&rationale=Typed";
    let answer = here.call("/api/keep-draft", Some(&ada), draft).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.headers["clear-site-data"], "\"cache\", \"storage\"");
    let answer = here.call("/api/keep-draft", None, draft).await;
    assert!(!answer.headers.contains_key("clear-site-data"));
}

/// 20,000 letters outnumber what a cookie may hold many times over, and none is lost.
#[tokio::test]
async fn a_refused_form_comes_back_with_everything_that_was_typed() {
    let here = Installation::new().await;
    let ruth = here.sign_in("ruth", Role::Reviewer).await;
    let method = "ё".repeat(20_000);
    let form = |slug: &str| {
        let encoded = "%D1%91".repeat(20_000);
        format!(
            "review=XXA-3&slug={slug}&title=Ours&organisation=We&scale=bhc-2023&method={encoded}"
        )
    };
    let refused = here
        .submit("/api/open-round", Some(&ruth), &form("Not+fit"))
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&method), "the note is lost");
    assert!(refused.body.contains("value=\"Not fit\"") && refused.body.contains("value=\"Ours\""));
    assert!(refused.body.contains("role=\"alert\""));
    // A short one goes by the cookie, to the form's own address.
    let body = "review=XXA-3&slug=Not+fit&title=Ours&scale=bhc-2023";
    let refused = here.submit("/api/open-round", Some(&ruth), body).await;
    assert_eq!(refused.location, "/reviews/XXA-3/rounds/new");
    let opened = here
        .submit("/api/open-round", Some(&ruth), &form("fits"))
        .await;
    assert_eq!(opened.location, "/assess/XXA-3/fits", "{}", opened.body);
}

#[tokio::test]
async fn a_body_that_no_form_sends_is_answered_with_a_page() {
    let here = Installation::new().await;
    let ada = here.sign_in("ada", Role::Analyst).await;
    let unreadable = "review=XXA-3&evidence[0][kind]=primary&evidence[0=x&version=many";
    let answer = here
        .submit("/api/save-assessment", Some(&ada), unreadable)
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("could not be read"), "{}", answer.body);
    // Whoever is signed in stays so in the frame of a failure.
    assert!(answer.body.contains("Sign out") && !answer.body.contains("Sign in"));
}
