//! The pages of files that are taken in.

#![allow(clippy::unwrap_used)]

mod support;

use axum::http::StatusCode;
use data::domain::Role;
use data::exchange::{ReadOptions, Sink, read};
use data::store::{Actor, NewRun, Outcome, Quotas, Run, Waiting};
use std::io::Cursor;
use support::Installation;

fn new_run() -> NewRun {
    NewRun {
        file_name: "table.csv".to_owned(),
        ..NewRun::default()
    }
}

async fn bring(here: &Installation, table: &str) -> Run {
    let bytes = table.as_bytes().to_vec();
    let source = move |sink: &mut dyn Sink| read(Cursor::new(bytes), &ReadOptions::default(), sink);
    let actor = Actor("anna".to_owned());
    let staged = here.store.stage_import(&actor, &new_run(), source).await;
    staged.unwrap()
}

const HEADINGS: &str = "Review,Paragraph,Recommending States,Text,Remark";

#[tokio::test]
async fn what_could_not_be_taken_is_looked_up_later() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let table = format!("{HEADINGS}\nTON-2,1.1,Togo,Do it,a\nTON-2,1.2,Atlantis,Do that,b\n");
    let run = bring(&here, &table).await;
    let actor = Actor("anna".to_owned());
    here.store.apply_import(&actor, run.id).await.unwrap();
    let path = format!("/import/{}", run.id);
    let page = here.get(&path, Some(&session)).await.body;
    assert!(
        page.contains("Brought by \u{2068}anna") || page.contains("Brought by anna"),
        "{page}"
    );
    assert!(page.contains("Recommending States: Atlantis"), "{page}");
    assert!(page.contains(&format!("{path}/rejected")));
    // As it stood, with all of its columns.
    let file = here.get(&format!("{path}/rejected"), Some(&session)).await;
    assert_eq!(file.status, StatusCode::OK);
    let line = file.body.lines().nth(1).unwrap();
    assert!(line.starts_with("TON-2,1.2,Atlantis,Do that,b,"), "{line}");
    assert_eq!(file.body.lines().count(), 2);
}

#[tokio::test]
async fn all_files_that_were_brought_are_listed_page_by_page() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let actor = Actor("anna".to_owned());
    for _ in 0..51 {
        let run = here.store.begin_import(&actor, &new_run()).await.unwrap();
        here.store.cancel_import(&actor, run).await.unwrap();
    }
    let first = here.get("/import", Some(&session)).await.body;
    assert!(first.contains("href=\"/import?page=2\"") && !first.contains("href=\"/import/1\""));
    let second = here.get("/import?page=2", Some(&session)).await.body;
    assert!(second.contains("href=\"/import/1\"") && !second.contains("page=3"));
}

#[tokio::test]
async fn a_file_that_another_process_reads_is_not_called_cut_off() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let actor = Actor("anna".to_owned());
    let run = here.store.begin_import(&actor, &new_run()).await.unwrap();
    let page = here.get(&format!("/import/{run}"), Some(&session)).await;
    assert!(page.body.contains("Reading the file"), "{}", page.body);
    assert!(!page.body.contains("was cut off"));
    assert_eq!(page.headers["refresh"], "1");
}

#[tokio::test]
async fn what_a_paragraph_unites_is_chosen_and_shown() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let upr_info = "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session\n\
        Tonga,,,Ratify the CPED at an early stage,Japan,,,Accepted,5,Treaty bodies,15\n\
        Tonga,,,Ratify the OPCAT at an early stage,Norway,,,Accepted,5,Treaty bodies,15\n";
    let run = bring(&here, upr_info).await;
    let actor = Actor("anna".to_owned());
    here.store.apply_import(&actor, run.id).await.unwrap();
    let text = "Ratify the ICCPR at an early stage";
    let run = bring(
        &here,
        &format!("{HEADINGS}\nTON-2,1.1,Japan; Norway,{text},\n"),
    )
    .await;
    assert_eq!(run.summary.uncertain, 1);
    let path = format!("/import/{}/rows/1", run.id);
    let page = here.get(&path, Some(&session)).await.body;
    assert_eq!(page.matches("type=\"checkbox\"").count(), 2, "{page}");
    let row = here.store.import_row(run.id, 1).await.unwrap();
    let same: Vec<String> = (0..)
        .zip(&row.candidates)
        .map(|(number, one): (usize, _)| format!("same[{number}]={}", one.paragraph))
        .collect();
    let form = format!("run={}&place=1&decision=chosen&{}", run.id, same.join("&"));
    let answer = here
        .submit("/api/decide-import-row", Some(&session), &form)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let row = here.store.import_row(run.id, 1).await.unwrap();
    assert_eq!((row.outcome, row.absorbed.len()), (Outcome::Changed, 1));
    let page = here.get(&path, Some(&session)).await.body;
    assert!(
        page.contains("become part of") || page.contains("becomes part of"),
        "{page}"
    );
    let page = here
        .get(&format!("/import/{}", run.id), Some(&session))
        .await
        .body;
    assert!(page.contains("Merged: recommendations here that become part of another"));
}

/// Sends pieces of a file as a browser would.
async fn upload(
    here: &Installation,
    session: &str,
    length: Option<u64>,
    pieces: Vec<Result<String, std::io::Error>>,
) -> support::Answer {
    use axum::body::Body;
    use axum::http::{Request, header};
    use futures_util::StreamExt as _;
    let mut request = Request::post("/api/upload-file")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, format!("session={session}"));
    if let Some(length) = length {
        request = request.header(header::CONTENT_LENGTH, length);
    }
    // One after the other, as from a network: what is there already is read at once.
    let pieces = futures_util::stream::iter(pieces).then(async |piece| {
        tokio::task::yield_now().await;
        piece
    });
    let body = Body::from_stream(pieces);
    here.send(request.body(body).unwrap()).await
}

#[tokio::test]
async fn what_may_wait_is_said_before_and_more_is_refused() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    here.store.set_quotas(Quotas {
        per_person: 1 << 20,
        in_all: 4 << 20,
    });
    let page = here.get("/import", Some(&session)).await.body;
    assert!(
        page.contains("may take 1\u{a0}MiB") || page.contains("may take 1 MiB"),
        "{page}"
    );
    let head = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    let accounts = here.store.accounts().await.unwrap();
    let bob = accounts.iter().find(|one| one.pseudonym == "bob").unwrap();
    // By what it says of its length, by what comes, and one that breaks off.
    let announced = upload(&here, &session, Some(3 << 20), vec![Ok(head.to_owned())]).await;
    let mut pieces = vec![Ok(head.to_owned())];
    pieces.extend((0..24).map(|_| Ok("x".repeat(64 << 10))));
    let arriving = upload(&here, &session, None, pieces).await;
    for refused in [announced, arriving] {
        assert_eq!(
            (refused.status, &*refused.location),
            (StatusCode::SEE_OTHER, "/import")
        );
        let page = here
            .get_with("/import", Some(&session), refused.notice())
            .await;
        assert!(
            page.body.contains("Files of yours that wait"),
            "{}",
            page.body
        );
    }
    let broken = vec![
        Ok(format!("{head}{}", "x".repeat(1 << 19))),
        Err(std::io::Error::other("gone")),
    ];
    upload(&here, &session, None, broken).await;
    // Nothing of them is left.
    assert_eq!(here.store.waiting(bob).await.unwrap(), Waiting::default());
    assert_eq!(here.store.import_runs(0, 9).await.unwrap(), []);
}

#[tokio::test]
async fn the_name_of_a_file_shows_what_nobody_sees() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let new = NewRun {
        file_name: "list\u{202e}vsc.exe".to_owned(),
        ..NewRun::default()
    };
    let actor = Actor("bob".to_owned());
    here.store.begin_import(&actor, &new).await.unwrap();
    let page = here.get("/import", Some(&session)).await.body;
    assert!(page.contains("list\u{fffd}vsc.exe"), "{page}");
}
