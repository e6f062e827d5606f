//! Signing in, one's own account, and the security log, as browsers and administrators see them.
#![cfg(feature = "ssr")]
#![allow(clippy::unwrap_used)]

mod support;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use data::domain::Role;
use data::store::{Actor, NewPassword, SessionTimes};
use std::net::SocketAddr;
use std::time::Duration;
use support::{Answer, Installation};

const PASSWORD: &str = "kettles+under+the+rain";
const TYPED: &str = "kettles under the rain";

async fn add(here: &Installation, pseudonym: &str, role: Role) {
    let password = NewPassword::Given(TYPED.to_owned());
    here.store
        .add_account(&Actor::command_line(), pseudonym, role, password)
        .await
        .unwrap();
}

fn cookie<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let cookie = answer.cookies.iter().find(|cookie| {
        let rest = cookie.strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with('='))
    });
    cookie.map(String::as_str)
}

fn value(cookie: &str) -> &str {
    cookie.split(['=', ';']).nth(1).unwrap()
}

/// Sends a sign-in form with cookies, from an address.
async fn send(here: &Installation, cookies: &str, peer: &str, body: &str) -> Answer {
    let mut request = Request::post("/api/sign-in")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookies)
        .body(Body::from(body.to_owned()))
        .unwrap();
    let peer: SocketAddr = peer.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    here.send(request).await
}

#[tokio::test]
async fn a_password_is_looked_at_only_with_a_form_of_ours() {
    let here = Installation::empty().await;
    add(&here, "anna", Role::Analyst).await;
    let form = here.sign_in_form().await;
    let typed = format!("pseudonym=anna&password={PASSWORD}");
    let expired = async |form: &str| {
        let body = format!("form={form}&{typed}");
        let refused = here.submit("/api/sign-in", None, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let removes = |cookie: &String| cookie.contains("Max-Age=0");
        assert!(refused.cookies.iter().all(removes), "{:?}", refused.cookies);
        let page = refused.body;
        assert!(page.contains("open for too long"), "{page}");
        assert!(page.contains("value=\"anna\""), "{page}");
        assert!(!page.contains("kettles"), "never the password");
    };
    expired("").await;
    expired("made.up.by.them").await;
    let body = format!("form={form}&pseudonym=anna&password=wrong");
    let wrong = here.submit("/api/sign-in", None, &body).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = wrong.body;
    assert!(page.contains("Wrong pseudonym or password"), "{page}");
    assert!(!page.contains(&form), "a form is good for one password");
    expired(&form).await;
    // A program gets a status.
    let call = here.call("/api/sign-in", None, &typed).await;
    assert_eq!(call.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Between opening and sending a telephone may change its network.
    let form = here.sign_in_form().await;
    let body = format!("form={form}&{typed}");
    let entered = send(&here, "", "192.0.2.7:1234", &body).await;
    assert!(cookie(&entered, "session").is_some(), "{}", entered.body);
}

#[tokio::test]
async fn a_browser_is_known_where_its_owner_says_so() {
    let here = Installation::empty().await;
    add(&here, "anna", Role::Analyst).await;
    here.store.set_session_times(SessionTimes {
        // Who would have to wait is refused at once.
        patience: Duration::ZERO,
        ..SessionTimes::default()
    });
    let typed = format!("pseudonym=anna&password={PASSWORD}");
    let unasked = here.submit("/api/sign-in", None, &typed).await;
    assert!(cookie(&unasked, "device").is_none());
    let body = format!("{typed}&own_device=yes");
    let entered = here.submit("/api/sign-in", None, &body).await;
    let device = cookie(&entered, "device").unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=15552000"] {
        assert!(device.contains(part), "{device}");
    }
    let device = format!("device={}", value(device));
    let login = async |cookies: &str| {
        let request = Request::get("/login").header(header::COOKIE, cookies);
        let answer = here.send(request.body(Body::empty()).unwrap()).await;
        let (_, rest) = answer.body.split_once("name=\"own_device\"").unwrap();
        rest.split('>').next().unwrap().contains("checked")
    };
    assert!(login(&device).await);
    assert!(!login("device=1.2.3.4").await);

    // Five wrong guesses by somebody else: they wait, and so would anybody; the known browser does not.
    for _ in 0..5 {
        let guess = format!("pseudonym=anna&password={}", "x".repeat(1_001));
        let guess = here.submit("/api/sign-in", None, &guess).await;
        assert_eq!(guess.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let form = here.sign_in_form().await;
    let body =
        format!("form={form}&{body}&next=/assess&carried_action=/api/keep-draft&carried=a%3Db");
    let busy = send(&here, "", "127.0.0.1:1", &body).await;
    assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
    let seconds: u32 = busy.headers[header::RETRY_AFTER]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..60).contains(&seconds));
    assert!(cookie(&busy, "session").is_none());
    for kept in [
        "value=\"anna\"",
        "value=\"/assess\"",
        "value=\"/api/keep-draft\"",
        "value=\"a=b\"",
        "checked",
        "was not checked",
        // The same form: it comes before those that are opened later.
        &form,
    ] {
        assert!(busy.body.contains(kept), "{kept}: {}", busy.body);
    }
    assert!(!busy.body.contains("kettles"));
    let call = here
        .call("/api/sign-in", None, &format!("form={form}&{typed}"))
        .await;
    assert_eq!(call.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(call.headers.contains_key(header::RETRY_AFTER));
    let body = format!("form={}&{typed}&own_device=yes", here.sign_in_form().await);
    let known = send(&here, &device, "127.0.0.1:1", &body).await;
    assert!(cookie(&known, "session").is_some(), "{}", known.body);
    assert!(cookie(&known, "device").is_none(), "it stays as it is");
    // Not ticked any more, it is forgotten.
    let body = format!("form={}&{typed}", here.sign_in_form().await);
    let entered = send(&here, &device, "127.0.0.1:1", &body).await;
    let gone = cookie(&entered, "device").unwrap();
    assert!(
        value(gone).is_empty() && gone.contains("Max-Age=0"),
        "{gone}"
    );
    assert!(!login(&device).await);
}

#[tokio::test]
async fn a_password_is_changed_on_a_page() {
    let here = Installation::empty().await;
    add(&here, "anna", Role::Reader).await;
    let enter = async |password: &str| {
        let body = format!("pseudonym=anna&password={password}");
        let entered = here.submit("/api/sign-in", None, &body).await;
        cookie(&entered, "session").map(|cookie| value(cookie).to_owned())
    };
    let this = enter(PASSWORD).await.unwrap();
    let other = enter(PASSWORD).await.unwrap();
    let home = here.get("/", Some(&this)).await;
    assert!(home.body.contains("href=\"/account\""), "{}", home.body);
    let change = async |session: Option<&str>, present: &str, new: &str, repeated: &str| {
        let body = format!("present={present}&new={new}&repeated={repeated}");
        let answer = here.submit("/api/change-password", session, &body).await;
        assert!(
            !format!("{answer:?}").contains(new),
            "it is never given back"
        );
        here.get_with(&answer.location, session, answer.notice())
            .await
            .body
    };
    let new = "another+fine+phrase";
    for (present, first, second, said) in [
        ("wrong", new, new, "present password is wrong"),
        (PASSWORD, new, "otherphrases", "differ"),
        (PASSWORD, "tooshort", "tooshort", "at least 12"),
        (PASSWORD, "dragondragon", "dragondragon", "easy to guess"),
        (PASSWORD, "annaanna2026", "annaanna2026", "easy to guess"),
        (PASSWORD, PASSWORD, PASSWORD, "is the present one"),
    ] {
        let page = change(Some(&this), present, first, second).await;
        assert!(page.contains(said), "{said}: {page}");
    }
    // Without a session nothing of it is carried along.
    let page = change(None, PASSWORD, new, new).await;
    assert!(
        page.contains("Sign in first") && !page.contains("carried"),
        "{page}"
    );
    assert!(enter(new).await.is_none());
    // Nor is it sent by a sign-in that says so.
    let carried = format!(
        "pseudonym=anna&password={PASSWORD}&carried_action=/api/change-password\
         &carried=present%3D{PASSWORD}%26new%3D{new}%26repeated%3D{new}"
    );
    here.submit("/api/sign-in", None, &carried).await;
    assert!(enter(new).await.is_none());

    let page = change(Some(&this), PASSWORD, new, new).await;
    assert!(page.contains("Your password is changed"), "{page}");
    assert_eq!(
        here.get("/account", Some(&this)).await.status,
        StatusCode::OK
    );
    assert_eq!(
        here.get("/account", Some(&other)).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(enter(new).await.is_some());
    assert!(enter(PASSWORD).await.is_none());
}

#[tokio::test]
async fn sessions_and_browsers_are_ended_on_a_page() {
    let here = Installation::empty().await;
    add(&here, "anna", Role::Reader).await;
    let body = format!("pseudonym=anna&password={PASSWORD}&own_device=yes");
    let mut sessions = Vec::new();
    for _ in 0..3 {
        let entered = here.submit("/api/sign-in", None, &body).await;
        sessions.push(value(cookie(&entered, "session").unwrap()).to_owned());
    }
    let [this, second, third] = &sessions[..] else {
        panic!("{sessions:?}");
    };
    let page = here.get("/account", Some(this)).await.body;
    assert_eq!(page.matches("This browser").count(), 1, "{page}");
    assert_eq!(page.matches("action=\"/api/end-session\"").count(), 2);
    assert_eq!(page.matches("action=\"/api/forget-device\"").count(), 3);
    assert!(page.contains("12 hours without use") && page.contains("7 days in any case"));
    // The page holds nothing that lets anybody in.
    for token in &sessions {
        assert!(!page.contains(token.as_str()));
    }
    let id = |page: &str, action: &str| {
        let (_, rest) = page.split_once(action).unwrap();
        let (_, rest) = rest.split_once("name=\"id\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let ended = format!("id={}", id(&page, "/api/end-session"));
    let answer = here.submit("/api/end-session", Some(this), &ended).await;
    let page = here
        .get_with(&answer.location, Some(this), answer.notice())
        .await
        .body;
    assert!(page.contains("The session has ended"), "{page}");
    assert_eq!(page.matches("action=\"/api/end-session\"").count(), 1);
    let again = here.call("/api/end-session", Some(this), &ended).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    let forgotten = format!("id={}", id(&page, "/api/forget-device"));
    let answer = here
        .submit("/api/forget-device", Some(this), &forgotten)
        .await;
    let page = here
        .get_with(&answer.location, Some(this), answer.notice())
        .await
        .body;
    assert_eq!(
        page.matches("action=\"/api/forget-device\"").count(),
        2,
        "{page}"
    );
    let answer = here.submit("/api/end-other-sessions", Some(this), "").await;
    let page = here
        .get_with(&answer.location, Some(this), answer.notice())
        .await
        .body;
    assert!(
        page.contains("Other sessions that have ended: 1."),
        "{page}"
    );
    assert!(!page.contains("/api/end-session") && !page.contains("/api/end-other-sessions"));
    for ended in [second, third] {
        let answer = here.get("/account", Some(ended)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn administrators_read_the_security_log() {
    let here = Installation::new().await;
    add(&here, "anna", Role::Analyst).await;
    add(&here, "root", Role::Administrator).await;
    let form = here.sign_in_form().await;
    let body = format!("form={form}&pseudonym=root&password={PASSWORD}");
    let entered = send(&here, "", "192.0.2.77:4242", &body).await;
    let root = value(cookie(&entered, "session").unwrap()).to_owned();
    for body in [
        "pseudonym=anna&password=wrong",
        "pseudonym=kettlesrain&password=wrong",
    ] {
        here.submit("/api/sign-in", None, body).await;
        here.submit("/api/sign-in", None, body).await;
    }
    let csv = "/reviews/XXA-3/recommendations.csv";
    here.get(csv, None).await;
    here.get(csv, Some(&root)).await;
    let account = here.get("/account", Some(&root)).await.body;
    assert!(account.contains("href=\"/admin/security-log\""));
    assert!(account.contains("href=\"/admin/redact\""));
    let log = here.get("/admin/security-log", Some(&root)).await.body;
    let rows: Vec<&str> = log.split("<tr>").skip(2).collect();
    let has = |parts: &[&str]| {
        let matching = rows
            .iter()
            .filter(|row| parts.iter().all(|part| row.contains(part)));
        matching.count()
    };
    assert_eq!(
        has(&["Account added", "command line", "anna: analyst"]),
        1,
        "{log}"
    );
    assert_eq!(has(&["Signed in", ">root<"]), 1, "{log}");
    assert_eq!(has(&["Wrong password (2 times", ">anna<"]), 1, "{log}");
    assert_eq!(has(&["Unknown pseudonym tried (2 times"]), 1, "{log}");
    assert_eq!(
        has(&["Exported a file", ">root<"]),
        1,
        "a reader's export is nobody's business"
    );
    // To the second, and neither an address nor what nobody goes by.
    let (_, when) = log.split_once("class=\"when\">").unwrap();
    assert_eq!(
        when.split('<').next().unwrap().len(),
        "2026-11-29 12:00:00".len()
    );
    for never in ["192.0.2", "kettlesrain", "4242"] {
        assert!(!log.contains(never), "{never}");
    }
}
