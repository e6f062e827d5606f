//! Changes that cannot be saved for a while: the disk is full, the database has gone. People are told, their
//! entries stay on the page, and sending them again saves them.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use data::domain::{ReviewCode, Role};
use html_escape::decode_html_entities;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write as _;
use support::{Answer, Installation};

const TEXT: &str = "A draft law of May 2023 <b>was</b> discussed & \"read\".\r\nNothing else.";

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// The action and the fields of the form that sends the entries again.
fn sent_again(page: &str) -> (String, String) {
    let (before, _) = page.split_once("Send again").unwrap();
    let (_, form) = before.rsplit_once("<form ").unwrap();
    let (_, form) = form.split_once("action=\"").unwrap();
    let (action, inputs) = form.split_once('"').unwrap();
    let fields: Vec<String> = inputs
        .split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|input| {
            let (name, rest) = input.split_once("\" value=\"").unwrap();
            let (value, _) = rest.split_once('"').unwrap();
            format!("{name}={}", encoded(&decode_html_entities(value)))
        })
        .collect();
    (action.to_owned(), fields.join("&"))
}

fn assert_unsaved(answer: &Answer, status: StatusCode, what: &str) {
    assert_eq!(answer.status, status, "{what}: {}", answer.body);
    assert!(answer.headers.contains_key(header::RETRY_AFTER), "{what}");
    let said = match status {
        StatusCode::INSUFFICIENT_STORAGE => "The disk is full",
        _ => "The database is not available",
    };
    assert!(answer.body.contains(said), "{what}: {}", answer.body);
    assert!(!answer.body.contains("<b>was</b>"), "{what}");
}

/// Each kind of change that a form asks for, with a text where there is one.
fn changes(password: &str) -> Vec<(&'static str, String)> {
    let text = encoded(TEXT);
    let place = "review=XXA-3&round=follow-up&paragraph";
    vec![
        (
            "/api/save-assessment",
            format!("{place}=138.1&version=0&status=in_process&rationale={text}"),
        ),
        (
            "/api/keep-draft",
            format!("{place}=138.2&version=0&status=in_process&rationale={text}&form=7"),
        ),
        (
            "/api/change-many",
            format!(
                "review=XXA-3&round=follow-up&seen=138.3%3d0+138.4%3d0&status=in_process&reason={text}"
            ),
        ),
        (
            "/api/save-evidence",
            format!(
                "review=XXA-3&title={text}&source=https%3a%2f%2fexample.org%2flaw&kind=primary"
            ),
        ),
        (
            "/api/open-round",
            format!(
                "review=XXA-3&slug=next&organisation=Ours&title=Next&scale=bhc-2023&method={text}"
            ),
        ),
        (
            "/api/publish-round",
            "review=XXA-3&round=follow-up&confirmed=yes&few=yes".to_owned(),
        ),
        // Last: it ends the session of the browser that signs in.
        (
            "/api/sign-in",
            format!("pseudonym=ada&password={}", encoded(password)),
        ),
    ]
}

#[tokio::test]
async fn each_kind_of_change_is_sent_again_when_the_database_is_back() {
    let here = Installation::new().await;
    let ada = here.sign_in("eve", Role::Reviewer).await;
    let password = here.add("ada", Role::Analyst).await;
    let (file, aside) = (here.file(), here.file().with_extension("aside"));
    for (action, mut body) in changes(&password) {
        if action == "/api/sign-in" {
            // Opened while the database was there.
            write!(body, "&form={}", here.sign_in_form().await).unwrap();
        }
        std::fs::rename(&file, &aside).unwrap();
        let program = here.call(action, Some(&ada), &body).await;
        assert_eq!(program.status, StatusCode::SERVICE_UNAVAILABLE, "{action}");
        assert!(
            program.headers.contains_key(header::RETRY_AFTER),
            "{action}"
        );
        let refused = here.submit(action, Some(&ada), &body).await;
        std::fs::rename(&aside, &file).unwrap();
        assert_unsaved(&refused, StatusCode::SERVICE_UNAVAILABLE, action);
        let (again, mut fields) = sent_again(&refused.body);
        assert_eq!(again, action);
        if action == "/api/sign-in" {
            // A password is in no page: it is asked for again.
            assert!(!refused.body.contains(&password));
            assert!(refused.body.contains("type=\"password\" name=\"password\""));
            write!(fields, "&password={}", encoded(&password)).unwrap();
        } else {
            // The entries as they were sent, character for character.
            assert_eq!(decode_all(&fields), decode_all(&body), "{action}");
        }
        if body.contains("law") && action != "/api/publish-round" {
            assert!(
                refused
                    .body
                    .contains("A draft law of May 2023 &lt;b&gt;was"),
                "{action}"
            );
        }
        let saved = here.submit(&again, Some(&ada), &fields).await;
        assert_eq!(
            saved.status,
            StatusCode::SEE_OTHER,
            "{action}: {}",
            saved.body
        );
    }
    let code = ReviewCode::parse("XXA-3").unwrap();
    let record = here.store.review_record(code).await.unwrap();
    let round = record.round("follow-up").unwrap();
    let first = &round.assessments[&record.recommendations[0].id];
    assert_eq!(first.rationale, TEXT.replace("\r\n", "\n"));
    assert_eq!(here.store.check().await.unwrap(), []);
}

/// The page returns the entries even if the session cannot be verified.
#[tokio::test]
async fn entries_come_back_while_nobody_can_be_recognised() {
    let here = Installation::new().await;
    let eve = here.sign_in("eve", Role::Reviewer).await;
    here.store.stop().await.unwrap();
    for (action, body) in changes("") {
        if action == "/api/sign-in" {
            continue;
        }
        let refused = here.submit(action, Some(&eve), &body).await;
        assert_unsaved(&refused, StatusCode::SERVICE_UNAVAILABLE, action);
        let (again, fields) = sent_again(&refused.body);
        assert_eq!(again, action);
        assert_eq!(decode_all(&fields), decode_all(&body), "{action}");
    }
}

/// A request that says that the database is away is answered without it.
#[tokio::test]
async fn entries_come_back_while_the_database_is_known_to_be_away() {
    let here = Installation::new().await;
    here.store.stop().await.unwrap();
    for (action, body) in changes("secret words") {
        for accepted in ["text/html", "application/json"] {
            let request = Request::post(action)
                .header(header::ACCEPT, accepted)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::COOKIE, "session=unknown")
                .extension(app::DatabaseAway);
            let refused = here
                .send(request.body(Body::from(body.clone())).unwrap())
                .await;
            assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{action}");
            assert!(
                refused.headers.contains_key(header::RETRY_AFTER),
                "{action}"
            );
            if accepted != "text/html" {
                continue;
            }
            assert_unsaved(&refused, StatusCode::SERVICE_UNAVAILABLE, action);
            assert!(!refused.body.contains("secret"), "{action}");
            let (again, fields) = sent_again(&refused.body);
            assert_eq!(again, action);
            if action != "/api/sign-in" {
                assert_eq!(decode_all(&fields), decode_all(&body), "{action}");
            }
        }
    }
}

#[tokio::test]
async fn no_password_stands_on_the_page() {
    let here = Installation::new().await;
    let ada = here.sign_in("eve", Role::Analyst).await;
    let (file, aside) = (here.file(), here.file().with_extension("aside"));
    let body = "present=the+old+passphrase&new=a+later+passphrase&repeated=a+later+passphrase";
    std::fs::rename(&file, &aside).unwrap();
    let refused = here.submit("/api/change-password", Some(&ada), body).await;
    std::fs::rename(&aside, &file).unwrap();
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!refused.body.contains("passphrase"), "{}", refused.body);
    // All three are asked for again.
    for name in ["present", "new", "repeated"] {
        let field = format!("type=\"password\" name=\"{name}\"");
        assert!(refused.body.contains(&field), "{}", refused.body);
    }
}

/// The fields of a form by their names.
fn decode_all(body: &str) -> std::collections::BTreeMap<String, String> {
    data::domain::query_pairs(body).into_iter().collect()
}

#[tokio::test]
async fn a_full_disk_keeps_the_entries_and_goes_on() {
    let here = Installation::new().await;
    let ada = here.sign_in("eve", Role::Reviewer).await;
    here.store.limit_pages(Some(1));
    let long = format!("{TEXT} {}", "x".repeat(9_000));
    let mut refused = None;
    for version in 0..60 {
        let body = format!(
            "review=XXA-3&round=follow-up&paragraph=138.1&version={version}&status=in_process\
             &rationale={}",
            encoded(&format!("{version} {long}"))
        );
        let answer = here.submit("/api/save-assessment", Some(&ada), &body).await;
        if answer.status != StatusCode::SEE_OTHER {
            refused = Some((answer, body));
            break;
        }
    }
    let (refused, body) = refused.unwrap();
    assert_unsaved(&refused, StatusCode::INSUFFICIENT_STORAGE, "save");
    // The page is the person's own, and reading goes on.
    assert!(refused.body.contains("eve"));
    let program = here.call("/api/keep-draft", Some(&ada), &body).await;
    assert_eq!(program.status, StatusCode::INSUFFICIENT_STORAGE);
    let page = here.get("/assess/XXA-3/follow-up/138.1", Some(&ada)).await;
    assert_eq!(page.status, StatusCode::OK);
    // A file is not kept by a page: it has to be chosen again.
    let uploaded = upload(&here, &ada).await;
    assert_unsaved(&uploaded, StatusCode::INSUFFICIENT_STORAGE, "upload");
    assert!(
        uploaded.body.contains("choose it again"),
        "{}",
        uploaded.body
    );
    here.store.limit_pages(None);
    let (action, fields) = sent_again(&refused.body);
    let saved = here.submit(&action, Some(&ada), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let uploaded = upload(&here, &ada).await;
    assert_eq!(uploaded.status, StatusCode::SEE_OTHER, "{}", uploaded.body);
    assert_eq!(here.store.check().await.unwrap(), []);
}

async fn upload(here: &Installation, session: &str) -> Answer {
    let mut table = "Review,Paragraph,Recommending States,Text\n".to_owned();
    for row in 1..400 {
        writeln!(table, "TON-2,{row}.1,Togo,\"Do it, number {row}\"").unwrap();
    }
    let body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{table}\r\n--x--\r\n"
    );
    let request = Request::post("/api/upload-file")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::COOKIE, format!("session={session}"));
    here.send(request.body(Body::from(body)).unwrap()).await
}
