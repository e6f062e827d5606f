//! The pages of files that are taken in.

#![allow(clippy::unwrap_used)]

mod support;

use axum::http::StatusCode;
use data::domain::{Paragraph, ReviewCode, Role, StateCode};
use data::exchange::{DocumentRow, DocumentRowKind, Format, Incoming, ReadOptions, Sink, read};
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

/// The parts of an upload form.
fn form_of(file: &str, table: &str, fields: &[(&str, &str)]) -> String {
    let mut body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\n{table}\r\n"
    );
    for (name, value) in fields {
        body += "--x\r\ncontent-disposition: form-data; name=\"";
        body += name;
        body += "\"\r\n\r\n";
        body += value;
        body += "\r\n";
    }
    body.push_str("--x--\r\n");
    body
}

async fn send(
    here: &Installation,
    session: &str,
    file: &str,
    table: &str,
    fields: &[(&str, &str)],
) -> String {
    use axum::body::Body;
    use axum::http::{Request, header};
    let request = Request::post("/api/upload-file")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, format!("session={session}"))
        .body(Body::from(form_of(file, table, fields)));
    let answer = here.send(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    if answer.location == "/import" {
        let page = here
            .get_with("/import", Some(session), answer.notice())
            .await;
        panic!("refused: {}", page.body);
    }
    answer.location
}

/// A form as it is sent.
fn encoded(fields: &[(String, String)]) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let pairs = fields.iter().map(|(name, value)| {
        let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
        let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
        format!("{name}={value}")
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// The form of the columns with what these hold, by their headings.
fn columns(upload: &str, held: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = vec![("upload".to_owned(), upload.to_owned())];
    for (number, (heading, field)) in held.iter().enumerate() {
        fields.push((format!("columns[{number}][of]"), (*heading).to_owned()));
        fields.push((format!("columns[{number}][is]"), (*field).to_owned()));
    }
    fields
}

const FRENCH: &str = "Nos lacs,,,,\n\
    No,Recommandation,Pays,État,Remarque\n\
    61.1,Signer le traité sur les lacs,Togo,Réalisé,x\n\
    61.2,Ouvrir un musée des lacs,Atlantis,Abandonné,\n\
    61.3,Compter les lacs,Malta,Réalisé,\n";

#[tokio::test]
async fn a_table_is_explained_left_found_again_and_its_values_mapped() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let round = [("round", "XXA-3/follow-up")];
    let first = send(&here, &session, "lacs.csv", FRENCH, &round).await;
    assert!(first.starts_with("/import/mapping/"), "{first}");
    let upload = first.rsplit('/').next().unwrap().to_owned();
    let page = here.get(&first, Some(&session)).await.body;
    assert!(page.contains("Row of the headings"), "{page}");
    assert!(
        page.contains("Nos lacs"),
        "the rows above are shown: {page}"
    );
    // Somebody leaves, and finds it again; nobody else does.
    let other = here.sign_in("owl", Role::Reviewer).await;
    let list = here.get("/import", Some(&session)).await.body;
    assert!(
        list.contains("Files that wait for you") && list.contains("lacs.csv"),
        "{list}"
    );
    assert!(list.contains(&first), "{list}");
    assert!(
        list.contains("waits for its columns") && !list.contains("could not be read"),
        "{list}"
    );
    assert!(
        !here
            .get("/import", Some(&other))
            .await
            .body
            .contains("Files that wait for you")
    );
    // The columns; then the values that are not known.
    let held = [
        ("No", "paragraph"),
        ("Recommandation", "text"),
        ("Pays", "recommending_states"),
        ("État", "status"),
        ("Remarque", "none"),
    ];
    let mut fields = columns(&upload, &held);
    fields.push(("name".to_owned(), "Lacs".to_owned()));
    let sent = here
        .submit("/api/map-import", Some(&session), &encoded(&fields))
        .await;
    assert_eq!(sent.location, format!("{first}/values"), "{}", sent.body);
    let page = here.get(&sent.location, Some(&session)).await.body;
    for text in ["Réalisé", "Abandonné", "Atlantis", "Leave these rows out"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(
        page.contains("<option value=\"implemented\" selected>")
            || page.contains("<option value=\"implemented\" selected=\"\">"),
        "the nearest status is suggested: {page}"
    );
    // The columns are still chosen, whoever comes back.
    let again = here.get(&first, Some(&session)).await.body;
    assert!(
        again.contains("Lacs") || again.contains("selected"),
        "{again}"
    );
    let say = |values: &[(&str, &str, &str)]| {
        let mut fields = vec![("upload".to_owned(), upload.clone())];
        for (number, (field, value, code)) in values.iter().enumerate() {
            fields.push((format!("values[{number}][field]"), (*field).to_owned()));
            fields.push((format!("values[{number}][of]"), (*value).to_owned()));
            fields.push((format!("values[{number}][is]"), (*code).to_owned()));
        }
        encoded(&fields)
    };
    let unfit = [("status", "Réalisé", "splendid")];
    let refused = here
        .submit("/api/map-values", Some(&session), &say(&unfit))
        .await;
    assert_eq!(refused.location, format!("{first}/values"));
    let said = [
        ("status", "Réalisé", "implemented"),
        ("status", "Abandonné", "leave-out"),
        ("recommending_states", "Atlantis", "Fiji"),
    ];
    let sent = here
        .submit("/api/map-values", Some(&session), &say(&said))
        .await;
    let run: i64 = sent.location.rsplit('/').next().unwrap().parse().unwrap();
    let run = here.store.import_run(run).await.unwrap();
    assert_eq!(
        (run.summary.created, run.summary.rejected),
        (4, 0),
        "{run:?}"
    );
    let rows = &run.account.as_ref().unwrap().rows;
    assert_eq!((rows["new"], rows["skipped"]), (2, 1));
    let page = here.get(&sent.location, Some(&session)).await.body;
    for text in [
        "5 columns: 4 read, 1 not read (Remarque).",
        "3 rows: 2 new, 1 skipped.",
        "Row 1 is above the headings",
        "What will be stored",
        "Import 2 recommendations and 2 assessments",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    // The mapping is kept without what is true of this file only; the file waits no more.
    let kept = here.store.saved_mapping("Lacs").await.unwrap().mapping;
    assert_eq!(kept.values["status"]["Réalisé"], "implemented");
    assert!(kept.constants.is_empty() && kept.unread.contains("Remarque"));
    let list = here.get("/import", Some(&session)).await.body;
    assert!(!list.contains("Files that wait for you"), "{list}");
    assert!(
        !list.contains("waits for its columns") && list.contains("its columns were not known"),
        "{list}"
    );
}

#[tokio::test]
async fn a_kept_mapping_is_offered_only_where_it_fits_and_never_taken_unsaid() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let first = "Para,Recommendation,Remark\n61.1,Sign it (Togo),x\n";
    let sent = send(&here, &session, "first.csv", first, &[("review", "TON-4")]).await;
    let upload = sent.rsplit('/').next().unwrap();
    let mut fields = columns(
        upload,
        &[
            ("Para", "paragraph"),
            ("Recommendation", "text"),
            ("Remark", "summary"),
        ],
    );
    for (name, value) in [
        ("name", "Ours"),
        ("constants[0][of]", "review"),
        ("constants[0][is]", "TON-4"),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    let read = here
        .submit("/api/map-import", Some(&session), &encoded(&fields))
        .await;
    assert!(!read.location.contains("mapping"), "{}", read.location);
    // The same headings: offered by name, not chosen; and never for the review of the first file.
    let sent = send(&here, &session, "same.csv", first, &[("review", "TUV-4")]).await;
    let page = here.get(&sent, Some(&session)).await.body;
    assert!(
        page.contains("A mapping that was kept") && page.contains(">Ours</option>"),
        "{page}"
    );
    assert!(
        page.contains("value=\"TUV-4\"") && !page.contains("value=\"TON-4\""),
        "{page}"
    );
    let selected = |page: &str| page.matches("selected").count();
    let chosen = here
        .get(&format!("{sent}?mapping=Ours"), Some(&session))
        .await
        .body;
    assert!(chosen.contains("value=\"TUV-4\"") && !chosen.contains("value=\"TON-4\""));
    assert!(selected(&page) > 0 && selected(&chosen) > 0);
    // A table with a further heading: not offered.
    let second =
        "State under review,Session,Para,Recommendation,Remark\nNepal,37,61.1,Sign it (Togo),x\n";
    let sent = send(&here, &session, "second.csv", second, &[]).await;
    let page = here.get(&sent, Some(&session)).await.body;
    assert!(!page.contains("A mapping that was kept"), "{page}");
}

#[tokio::test]
async fn columns_beside_a_format_lead_to_the_mapping_and_files_are_discarded() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let table = "Paragraph,Text,Recommending States,Implementation status,Comments\n\
        61.1,Count the lakes,Togo,Implemented,In May\n";
    let round = [("round", "XXA-3/follow-up")];
    let sent = send(&here, &session, "plus.csv", table, &round).await;
    assert!(sent.starts_with("/import/mapping/"), "{sent}");
    let page = here.get(&sent, Some(&session)).await.body;
    assert!(
        page.contains("Read by the format") && page.contains("Comments"),
        "{page}"
    );
    let upload = sent.rsplit('/').next().unwrap();
    let mut fields = columns(
        upload,
        &[
            ("Implementation status", "status"),
            ("Comments", "rationale"),
        ],
    );
    fields.push(("extends".to_owned(), "yes".to_owned()));
    let read = here
        .submit("/api/map-import", Some(&session), &encoded(&fields))
        .await;
    let id: i64 = read.location.rsplit('/').next().unwrap().parse().unwrap();
    let run = here.store.import_run(id).await.unwrap();
    // One row, though it brings a recommendation and its assessment.
    assert_eq!(
        (run.summary.created, run.account.unwrap().rows["new"]),
        (2, 1)
    );
    // Without a round a person may ask for the mapping, and give the file up.
    let sent = send(
        &here,
        &session,
        "asked.csv",
        table,
        &[("review", "TON-4"), ("columns", "ask")],
    )
    .await;
    let upload = sent.rsplit('/').next().unwrap();
    let page = here
        .get(&format!("{sent}?columns=all"), Some(&session))
        .await
        .body;
    assert!(!page.contains("Read by the format"), "{page}");
    let form = format!("upload={upload}");
    let gone = here
        .submit("/api/discard-upload", Some(&session), &form)
        .await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let again = here
        .submit("/api/discard-upload", Some(&session), &form)
        .await;
    assert!(!again.status.is_server_error(), "{}", again.status);
    assert!(
        !here
            .get("/import", Some(&session))
            .await
            .body
            .contains("asked.csv")
    );
}

#[tokio::test]
async fn a_matrix_is_shown_row_by_row_as_it_was_brought() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let review = ReviewCode::parse("TON-2").unwrap();
    let actor = Actor("anna".to_owned());
    let source = move |sink: &mut dyn Sink| {
        let rows = [
            (DocumentRowKind::Theme, vec!["Theme: <b>Health</b>"]),
            (
                DocumentRowKind::Recommendation,
                vec!["1.1 Do it (Togo)", "Noted"],
            ),
        ];
        for (row, (kind, cells)) in (1..).zip(rows) {
            let cells = cells.into_iter().map(str::to_owned).collect();
            sink.document_row(DocumentRow { row, kind, cells })?;
        }
        sink.recommendation(Incoming {
            paragraph: Paragraph::parse("1.1").ok(),
            text: Some("Do it".to_owned()),
            recommending: StateCode::parse("TGO").into_iter().collect(),
            ..Incoming::new(2, review)
        })?;
        Ok(Format::OhchrMatrix)
    };
    let run = here.store.stage_import(&actor, &new_run(), source).await;
    let run = run.unwrap();
    here.store.apply_import(&actor, run.id).await.unwrap();
    let path = format!("/import/{}", run.id);
    let page = here.get(&path, Some(&session)).await.body;
    let (_, shown) = page
        .split_once("The matrix as it was brought: 2 rows")
        .unwrap();
    let (theme, row) = shown
        .split_once("</tr>")
        .unwrap()
        .1
        .split_once("</tr>")
        .unwrap();
    assert!(theme.contains("colspan=\"2\""), "{theme}");
    assert!(theme.contains("Theme: &lt;b&gt;Health"), "{theme}");
    let row = row.split("</tr>").next().unwrap();
    assert!(row.contains("/reviews/TON-2/recommendations/1.1"), "{row}");
    assert!(
        row.contains("1.1 Do it (Togo)") && row.contains("Noted"),
        "{row}"
    );
}

#[tokio::test]
async fn undoing_asks_and_nothing_offers_to_import_nothing() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let table = format!("{HEADINGS}\nTON-2,1.1,Togo,Do it,\n");
    let run = bring(&here, &table).await;
    let path = format!("/import/{}", run.id);
    let actor = Actor("anna".to_owned());
    let asked = here.get(&format!("{path}/undo"), Some(&session)).await.body;
    assert!(asked.contains("nothing to undo"), "{asked}");
    here.store.apply_import(&actor, run.id).await.unwrap();
    let page = here.get(&path, Some(&session)).await.body;
    assert!(
        page.contains(&format!("{path}/undo")) && !page.contains("/api/undo-import"),
        "{page}"
    );
    let asked = here.get(&format!("{path}/undo"), Some(&session)).await.body;
    assert!(
        asked.contains("One recommendation that the import added is removed:"),
        "{asked}"
    );
    assert!(asked.contains("/api/undo-import"), "{asked}");
    // The same once more is nothing to be imported.
    let again = bring(&here, &table).await;
    let page = here
        .get(&format!("/import/{}", again.id), Some(&session))
        .await
        .body;
    assert!(
        !page.contains("/api/apply-import") && !page.contains("Import 0"),
        "{page}"
    );
    let unchanged = format!("/import/{}?show=unchanged", again.id);
    let page = here.get(&unchanged, Some(&session)).await.body;
    assert!(page.contains("Nothing changes."), "{page}");
}

/// The form of values with what these mean, each a field, a value and a meaning.
fn values(upload: &str, said: &[(&str, &str, &str)]) -> String {
    let mut fields = vec![("upload".to_owned(), upload.to_owned())];
    for (number, (field, value, meaning)) in said.iter().enumerate() {
        fields.push((format!("values[{number}][field]"), (*field).to_owned()));
        fields.push((format!("values[{number}][of]"), (*value).to_owned()));
        fields.push((format!("values[{number}][is]"), (*meaning).to_owned()));
    }
    encoded(&fields)
}

#[tokio::test]
async fn unknown_issues_are_listed_and_their_meanings_kept_with_the_mapping() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let table = "No,Recommandation,Pays,Sujets\n\
        61.1,Signer le traité sur les lacs,Togo,Death penality; Nos lacs\n\
        61.2,Compter les lacs,Malta,Nos lacs; Vieux moulins\n";
    let review = [("review", "TON-4")];
    let sent = send(&here, &session, "sujets.csv", table, &review).await;
    let upload = sent.rsplit('/').next().unwrap().to_owned();
    let held = [
        ("No", "paragraph"),
        ("Recommandation", "text"),
        ("Pays", "recommending_states"),
        ("Sujets", "issues"),
    ];
    let mut fields = columns(&upload, &held);
    fields.push(("name".to_owned(), "Sujets".to_owned()));
    let asked = here
        .submit("/api/map-import", Some(&session), &encoded(&fields))
        .await;
    assert_eq!(asked.location, format!("{sent}/values"), "{}", asked.body);
    let page = here.get(&asked.location, Some(&session)).await.body;
    for text in [
        "Nos lacs",
        "Vieux moulins",
        "Keep it as a new issue",
        "Known issue: Death penalty",
        "Leave the issue out of these rows",
        "<datalist id=\"issues\">",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let unfit = [("issues", "Nos lacs", "Lacs de tous")];
    let refused = here
        .submit("/api/map-values", Some(&session), &values(&upload, &unfit))
        .await;
    assert_eq!(refused.location, format!("{sent}/values"));
    let said = [
        ("issues", "Death penality", "Death penalty"),
        ("issues", "Nos lacs", "keep"),
        ("issues", "Vieux moulins", "leave-out"),
    ];
    // Another known issue that is typed counts more than the choice beside it.
    let mut form = values(&upload, &said);
    form += "&values%5B0%5D%5Bother%5D=Detention";
    let read = here.submit("/api/map-values", Some(&session), &form).await;
    let id: i64 = read.location.rsplit('/').next().unwrap().parse().unwrap();
    let page = here.get(&read.location, Some(&session)).await.body;
    assert!(
        page.contains("The issue “Vieux moulins” was left out of one row."),
        "{page}"
    );
    let actor = Actor("wren".to_owned());
    here.store.apply_import(&actor, id).await.unwrap();
    let record = here
        .store
        .review_record(data::domain::ReviewCode::parse("TON-4").unwrap())
        .await
        .unwrap();
    let issues: Vec<&str> = record
        .recommendations
        .iter()
        .flat_map(|one| one.terms_of(data::domain::Scheme::Issue))
        .collect();
    assert_eq!(issues, ["Detention", "Nos lacs", "Nos lacs"]);
    let kept = here.store.saved_mappings().await.unwrap();
    assert_eq!(
        kept[0].mapping.values["issues"]["Death penality"],
        "Detention"
    );
    // An issue that a recommendation has is known from then on.
    let table = "No,Recommandation,Pays,Sujets\n61.3,Nager,Mali,Nos lacs\n";
    let sent = send(&here, &session, "encore.csv", table, &review).await;
    let upload = sent.rsplit('/').next().unwrap();
    let read = here
        .submit(
            "/api/map-import",
            Some(&session),
            &encoded(&columns(upload, &held)),
        )
        .await;
    assert!(!read.location.contains("mapping"), "{}", read.location);
}

#[tokio::test]
async fn the_columns_of_a_table_can_be_mapped_from_its_preview() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let table = "Paragraph,Text,Recommending States\n61.1,Count the lakes,Togo\n";
    let round = [("round", "XXA-3/follow-up")];
    let preview = send(&here, &session, "all.csv", table, &round).await;
    let page = here.get(&preview, Some(&session)).await.body;
    // The file is kept with its preview.
    assert!(!page.contains("action=\"/api/upload-file\""), "{page}");
    let start = page.find("/import/mapping/").expect("a link");
    let link = page[start..].split('"').next().unwrap().to_owned();
    let page = here.get(&link, Some(&session)).await.body;
    assert!(page.contains("Count the lakes"), "{page}");
    assert!(page.contains(&format!("href=\"{preview}\"")), "{page}");
    let start = here.get("/import", Some(&session)).await.body;
    assert!(!start.contains("Files that wait for you"), "{start}");
    // Another account is asked for the file.
    let other = here.sign_in("bob", Role::Reviewer).await;
    let page = here.get(&preview, Some(&other)).await.body;
    for text in [
        "Map the columns yourself",
        "action=\"/api/upload-file\"",
        "name=\"round\" value=\"XXA-3/follow-up\"",
        "name=\"columns\" value=\"ask\"",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    // What the form sends leads to the mapping.
    let fields = [round[0], ("columns", "ask")];
    let sent = send(&here, &other, "all.csv", table, &fields).await;
    assert!(sent.starts_with("/import/mapping/"), "{sent}");
    // The new preview takes the place of the first one, and its file can be mapped again.
    let upload = link.rsplit('/').next().unwrap();
    let held = [
        ("Paragraph", "paragraph"),
        ("Text", "text"),
        ("Recommending States", "recommending_states"),
    ];
    let mapped = here
        .submit(
            "/api/map-import",
            Some(&session),
            &encoded(&columns(upload, &held)),
        )
        .await;
    assert!(
        mapped.location.starts_with("/import/"),
        "{}",
        mapped.location
    );
    assert_ne!(mapped.location, preview);
    let page = here.get(&mapped.location, Some(&session)).await.body;
    assert!(page.contains(&link), "{page}");
    let page = here.get(&preview, Some(&session)).await.body;
    assert!(page.contains("Not imported"), "{page}");
    let preview = mapped.location;
    // A text has no columns, and what is imported is not mapped any more.
    let report = "97. The recommendations below enjoy the support of Tonga:\n\
        97.1 Count the lakes (Togo);\n97.2 Open a museum (Mali).\n";
    let text = send(
        &here,
        &session,
        "report.txt",
        report,
        &[("review", "TON-4")],
    )
    .await;
    let page = here.get(&text, Some(&session)).await.body;
    assert!(!page.contains("Map the columns yourself"), "{page}");
    let id: i64 = preview.rsplit('/').next().unwrap().parse().unwrap();
    let actor = Actor("wren".to_owned());
    here.store.apply_import(&actor, id).await.unwrap();
    let page = here.get(&preview, Some(&session)).await.body;
    assert!(!page.contains("Map the columns yourself"), "{page}");
    assert_eq!(
        here.get(&link, Some(&session)).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn another_sheet_of_a_workbook_can_be_chosen() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    // Our own workbooks have a second sheet about the file.
    let book = here.get("/reviews/XXA-3/recommendations.xlsx", None).await;
    let accounts = here.store.accounts().await.unwrap();
    let wren = accounts.iter().find(|one| one.pseudonym == "wren").unwrap();
    let new = NewRun {
        file_name: "all.xlsx".to_owned(),
        ..NewRun::default()
    };
    let upload = here
        .store
        .keep_upload(wren.id, &new, book.bytes)
        .await
        .unwrap();
    let link = format!("/import/mapping/{upload}");
    let page = here.get(&link, Some(&session)).await.body;
    let choice = |number: u32, checked: &str| {
        format!("<input type=\"radio\" name=\"sheet\" value=\"{number}\"{checked}>")
    };
    assert!(page.contains("Sheet that is read"), "{page}");
    assert!(page.contains(&choice(1, " checked")), "{page}");
    assert!(page.contains(&choice(2, "")), "{page}");
    let page = here
        .get(&format!("{link}?sheet=2"), Some(&session))
        .await
        .body;
    assert!(page.contains(&choice(2, " checked")), "{page}");
    assert!(
        page.contains("<input type=\"hidden\" name=\"sheet\" value=\"2\">"),
        "{page}"
    );
}

#[tokio::test]
async fn rows_whose_assessments_lack_a_round_are_new_and_not_rejected_too() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let table = "No,Recommendation,Recommending State,Implementation\n\
        61.1,Sign it,Togo,Réalisé\n61.2,Ratify it,Mali,En cours\n61.3,Count it,Chad,Réalisé\n\
        61.4,Open it,Atlantis,Réalisé\n";
    let sent = send(&here, &session, "lost.csv", table, &[("review", "TON-4")]).await;
    let upload = sent.rsplit('/').next().unwrap();
    let held = [
        ("No", "paragraph"),
        ("Recommendation", "text"),
        ("Recommending State", "recommending_states"),
        ("Implementation", "status"),
    ];
    let form = encoded(&columns(upload, &held));
    here.submit("/api/map-import", Some(&session), &form).await;
    let read = here
        .submit(
            "/api/map-values",
            Some(&session),
            &values(upload, &[("recommending_states", "Atlantis", "")]),
        )
        .await;
    let id: i64 = read.location.rsplit('/').next().unwrap().parse().unwrap();
    let run = here.store.import_run(id).await.unwrap();
    assert_eq!(
        (run.summary.created, run.summary.rejected),
        (3, 1),
        "{run:?}"
    );
    let account = run.account.unwrap();
    assert_eq!((account.rows["new"], account.rows["rejected"]), (3, 1));
    assert_eq!((account.rows_in_all(), account.rows_without_round), (4, 3));
    let page = here
        .get(&format!("{}?show=new", read.location), Some(&session))
        .await
        .body;
    for text in [
        "4 rows: 3 new, 1 rejected.",
        "The assessments in 3 rows were not read, because no round was chosen. Their statuses: \
         “En cours” (1), “Réalisé” (2). To read them, choose a round and bring the file again.",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    // The mended row is taken by the same rule, and is not rejected for its round.
    let place = here
        .store
        .import_rows(
            id,
            data::store::Which {
                outcome: Some(Outcome::Rejected),
                offset: 0,
                limit: 9,
            },
        )
        .await
        .unwrap()[0]
        .place;
    let cells = [("Recommending State".to_owned(), "Malta".to_owned())];
    let actor = Actor("wren".to_owned());
    here.store
        .mend_import_row(&actor, id, place, &cells)
        .await
        .unwrap();
    let summary = here.store.import_run(id).await.unwrap().summary;
    assert_eq!((summary.created, summary.rejected), (4, 0));
}

#[tokio::test]
async fn grades_with_labels_become_assessments_of_the_round() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let table = "paragraph,recommending_state,position,grade,grade_label,text,rationale,sources,evidence_quotes\n\
        61.1,\"Togo, Mali\",supported,B,\"Partially implemented / steps taken, more needed\",Sign it,\
        A bill is there.,A/HRC/1/2 para. 16; A/HRC/1/3 para. 2,\"Report: \"\"a bill\"\"\"\n\
        61.2,Chad,noted,C,Not implemented / nothing was done,Open it,No budget.,A/HRC/1/3 para. 4,\n";
    let round = [("round", "XXA-3/follow-up")];
    let sent = send(&here, &session, "grades.csv", table, &round).await;
    assert!(sent.starts_with("/import/mapping/"), "{sent}");
    let upload = sent.rsplit('/').next().unwrap();
    let guess = data::exchange::survey(Cursor::new(table)).unwrap().guess;
    let held: Vec<(&str, &str)> = guess
        .fields
        .iter()
        .map(|(heading, field)| (&**heading, &**field))
        .chain([("grade", "none"), ("evidence_quotes", "none")])
        .collect();
    let mut fields = columns(upload, &held);
    fields.push(("extends".to_owned(), "yes".to_owned()));
    // As the page proposes it.
    fields.push(("separator".to_owned(), guess.separator.clone().unwrap()));
    let asked = here
        .submit("/api/map-import", Some(&session), &encoded(&fields))
        .await;
    assert!(asked.location.ends_with("/values"), "{}", asked.location);
    let page = here.get(&asked.location, Some(&session)).await.body;
    for code in ["partially_implemented", "not_implemented"] {
        assert!(
            page.contains(&format!("<option value=\"{code}\" selected")),
            "{code}: {page}"
        );
    }
    let said = [
        (
            "status",
            "Partially implemented / steps taken, more needed",
            "partially_implemented",
        ),
        (
            "status",
            "Not implemented / nothing was done",
            "not_implemented",
        ),
    ];
    let read = here
        .submit("/api/map-values", Some(&session), &values(upload, &said))
        .await;
    let page = here.get(&read.location, Some(&session)).await.body;
    assert!(
        page.contains("2 not read (grade, evidence_quotes)"),
        "{page}"
    );
    // Beside what will be stored is the cell that it was read from.
    assert!(
        page.contains(">Not implemented / nothing was done</td>") && !page.contains(">C</td>"),
        "{page}"
    );
    let id: i64 = read.location.rsplit('/').next().unwrap().parse().unwrap();
    let actor = Actor("wren".to_owned());
    here.store.apply_import(&actor, id).await.unwrap();
    let review = data::domain::ReviewCode::parse("XXA-3").unwrap();
    let record = here.store.review_record(review).await.unwrap();
    let assessments = &record.round("follow-up").unwrap().assessments;
    let mut found = Vec::new();
    for one in &record.recommendations {
        if let Some(assessment) = assessments.get(&one.id)
            && one.paragraph.as_str().starts_with("61.")
        {
            found.push((
                one.paragraph.as_str(),
                &*assessment.status,
                &*assessment.rationale,
                assessment.evidence.len(),
            ));
        }
    }
    assert_eq!(
        found,
        [
            ("61.1", "partially_implemented", "A bill is there.", 2),
            ("61.2", "not_implemented", "No budget.", 1)
        ]
    );
}

#[tokio::test]
async fn a_second_table_with_a_review_of_its_own_is_not_read_by_a_kept_mapping() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let first = "Paragraph,Recommendation,Recommending State\n61.1,Sign it,Togo\n";
    let bring = async |file: &str, table: &str, review: &[(&str, &str)], name: &str| {
        let sent = send(&here, &session, file, table, review).await;
        if !sent.starts_with("/import/mapping/") {
            return sent;
        }
        let page = here.get(&sent, Some(&session)).await.body;
        assert!(!page.contains("A mapping that was kept"), "{page}");
        let guess = data::exchange::survey(Cursor::new(table)).unwrap().guess;
        let held: Vec<(&str, &str)> = guess
            .fields
            .iter()
            .map(|(heading, field)| (&**heading, &**field))
            .collect();
        let mut fields = columns(sent.rsplit('/').next().unwrap(), &held);
        fields.push(("name".to_owned(), name.to_owned()));
        let form = encoded(&fields);
        let read = here.submit("/api/map-import", Some(&session), &form).await;
        read.location
    };
    bring("first.csv", first, &[("review", "TON-4")], "Ours").await;
    let second = "State under review,Session,Paragraph,Recommendation,Recommending State,Response\n\
        Nepal,37,159.1,Ratify it,Togo,Supported\nNepal,37,159.2,Fund it,Chad,Noted\n";
    let read = bring("second.csv", second, &[], "").await;
    let id: i64 = read.rsplit('/').next().unwrap().parse().unwrap();
    let reviews = here.store.import_reviews(id).await.unwrap();
    let nepal = data::domain::ReviewCode::parse("NPL-3").unwrap();
    assert_eq!(reviews, [(nepal, 2)].into());
    let actor = Actor("wren".to_owned());
    here.store.apply_import(&actor, id).await.unwrap();
    let record = here.store.review_record(nepal).await.unwrap();
    let found: Vec<_> = record
        .recommendations
        .iter()
        .map(|one| (one.paragraph.as_str(), one.positions[0].class.code()))
        .collect();
    assert_eq!(found, [("159.1", "supported"), ("159.2", "noted")]);
}

#[tokio::test]
async fn records_with_unknown_names_are_mapped() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let records = r#"[{"n": "104.1", "what": "Do it", "who": ["Norway"]}, {"n": "104.2", "what": "Do more", "who": "Chad"}]"#;
    let page = send(&here, &session, "a.json", records, &[("review", "FJI-4")]).await;
    assert!(page.starts_with("/import/mapping/"), "{page}");
    let body = here.get(&page, Some(&session)).await.body;
    assert!(
        body.contains("The names in the records are not known"),
        "{body}"
    );
    assert!(!body.contains("name=\"heading_row\""), "{body}");
    let mut form = vec![
        ("upload".to_owned(), page.replace("/import/mapping/", "")),
        ("constants[0][of]".to_owned(), "review".to_owned()),
        ("constants[0][is]".to_owned(), "FJI-4".to_owned()),
    ];
    let fields = [
        ("n", "paragraph"),
        ("what", "text"),
        ("who", "recommending_states"),
    ];
    for (number, (name, field)) in fields.into_iter().enumerate() {
        form.push((format!("columns[{number}][of]"), name.to_owned()));
        form.push((format!("columns[{number}][is]"), field.to_owned()));
    }
    let answer = here
        .submit("/api/map-import", Some(&session), &encoded(&form))
        .await;
    let run = answer.location.replace("/import/", "run=");
    here.submit("/api/apply-import", Some(&session), &run).await;
    let review = data::domain::ReviewCode::parse("FJI-4").unwrap();
    let record = here.store.review_record(review).await.unwrap();
    assert_eq!(record.recommendations.len(), 2);
}

#[tokio::test]
async fn a_reply_without_a_symbol_is_given_one() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let report = "Review,Paragraph,Text,Recommending States\nFJI-4,104.1,Do it,Norway\n";
    let run = send(&here, &session, "report.csv", report, &[]).await;
    let form = run.replace("/import/", "run=");
    here.submit("/api/apply-import", Some(&session), &form)
        .await;
    let page = here.get("/import", Some(&session)).await.body;
    assert!(page.contains("Symbol of a reply or report"), "{page}");
    let reply = "Paragraph,Position\n104.1,Supported\n";
    let symbol = "A/HRC/53/7/Add.1";
    let fields = [("review", "FJI-4"), ("symbol", symbol)];
    let run = send(&here, &session, "reply.csv", reply, &fields).await;
    let form = run.replace("/import/", "run=");
    here.submit("/api/apply-import", Some(&session), &form)
        .await;
    let review = data::domain::ReviewCode::parse("FJI-4").unwrap();
    let record = here.store.review_record(review).await.unwrap();
    let claim = record.recommendations[0].positions.first().unwrap();
    assert_eq!(claim.source.as_deref(), Some(symbol));
    let run = here.store.import_runs(0, 1).await.unwrap().remove(0);
    assert_eq!(
        (run.file.symbol.as_deref(), run.file.mapping),
        (Some(symbol), None)
    );
    // A symbol beside a table whose columns are asked about would be lost.
    let body = form_of("own.csv", "a,b\n1,2\n", &[("symbol", symbol)]);
    let request = axum::http::Request::post("/api/upload-file")
        .header("content-type", "multipart/form-data; boundary=x")
        .header("accept", "text/html")
        .header("cookie", format!("session={session}"))
        .body(axum::body::Body::from(body));
    let answer = here.send(request.unwrap()).await;
    assert_eq!(answer.location, "/import");
    let page = here
        .get_with("/import", Some(&session), answer.notice())
        .await;
    assert!(page.body.contains("this file is neither"), "{}", page.body);
}

/// Brings a file that is refused; what the page says then.
async fn refused(
    here: &Installation,
    session: &str,
    table: &str,
    fields: &[(&str, &str)],
) -> String {
    use axum::body::Body;
    use axum::http::{Request, header};
    let request = Request::post("/api/upload-file")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, format!("session={session}"))
        .body(Body::from(form_of("other.csv", table, fields)));
    let answer = here.send(request.unwrap()).await;
    assert_eq!(answer.location, "/import");
    let page = here
        .get_with("/import", Some(session), answer.notice())
        .await;
    page.body
}

#[tokio::test]
async fn a_review_beside_a_round_of_another_one_is_refused() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let round = ("round", "XXA-3/follow-up");
    let says = "The review TON-4 was typed, and the chosen round belongs to XXA-3.";
    // In whichever order the browser sends the fields.
    for fields in [[("review", "TON-4"), round], [round, ("review", "TON-4")]] {
        let page = refused(&here, &session, FRENCH, &fields).await;
        assert!(page.contains(says), "{page}");
    }
    let page = refused(&here, &session, FRENCH, &[("round", "follow-up")]).await;
    assert!(page.contains("The round is not one of the list"), "{page}");
    assert_eq!(here.store.import_runs(0, 9).await.unwrap(), []);
    // The same where the review is said with the columns: the round is not dropped unsaid.
    let fields = [("review", "XXA-3"), round];
    let sent = send(&here, &session, "lacs.csv", FRENCH, &fields).await;
    let upload = sent.rsplit('/').next().unwrap();
    let mut fields = columns(upload, &[("No", "paragraph"), ("Recommandation", "text")]);
    for (name, value) in [
        ("constants[0][of]", "review"),
        ("constants[0][is]", "TON-4"),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    let answer = here
        .submit("/api/map-import", Some(&session), &encoded(&fields))
        .await;
    assert_eq!(answer.location, sent);
    let page = here.get_with(&sent, Some(&session), answer.notice()).await;
    assert!(page.body.contains(says), "{}", page.body);
}

#[tokio::test]
async fn only_what_a_value_says_itself_is_filled_in() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let table = "No,Recommandation,Pays,Réponse,État\n\
        61.1,Signer le traité sur les lacs,Nouvelle Zelandie,Agreed in principle,Réalisé\n\
        61.2,Compter les lacs,Malta,1,Realise en parti\n";
    let round = [("round", "XXA-3/follow-up")];
    let sent = send(&here, &session, "lacs.csv", table, &round).await;
    let mapping = here.get(&sent, Some(&session)).await.body;
    let label = "data-label=\"Holds\"";
    assert!(mapping.contains("<table class=\"cards\">"), "{mapping}");
    assert_eq!(mapping.matches(label).count(), 5, "{mapping}");
    let upload = sent.rsplit('/').next().unwrap();
    let held = [
        ("No", "paragraph"),
        ("Recommandation", "text"),
        ("Pays", "recommending_states"),
        ("Réponse", "position"),
        ("État", "status"),
    ];
    let form = encoded(&columns(upload, &held));
    let asked = here
        .submit("/api/map-import", Some(&session), &form)
        .await
        .location;
    assert!(asked.ends_with("/values"), "{asked}");
    let page = here.get(&asked, Some(&session)).await.body;
    for text in [
        "Perhaps New Zealand?",
        "Agreed in principle",
        "Realise en parti",
        "<table class=\"cards\">",
        "data-label=\"Means\"",
        "Choose, or reject these rows",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let main = page.split("<form").find(|form| form.contains("map-values"));
    let main = main.unwrap();
    assert!(!main.contains("value=\"New Zealand\""), "{main}");
    // Only "Réalisé" says itself which status it is.
    let selected = main.matches(" selected").count();
    assert_eq!(selected, 1, "{main}");
    assert!(
        main.contains("<option value=\"implemented\" selected"),
        "{main}"
    );
}

#[tokio::test]
async fn recommendations_and_assessments_are_counted_apart_in_the_files_words() {
    let here = Installation::new().await;
    let session = here.sign_in("wren", Role::Reviewer).await;
    let round = [("round", "XXA-3/follow-up")];
    let table = "No,Recommandation,Pays,État,Remarque\n\
        61.1,Signer le traité sur les lacs,Togo,Réalisé,Fait\n61.3,Compter les lacs,Malta,Réalisé,\n";
    let sent = send(&here, &session, "lacs.csv", table, &round).await;
    let upload = sent.rsplit('/').next().unwrap();
    let held = [
        ("No", "paragraph"),
        ("Recommandation", "text"),
        ("Pays", "recommending_states"),
        ("État", "status"),
        ("Remarque", "rationale"),
    ];
    let form = encoded(&columns(upload, &held));
    here.submit("/api/map-import", Some(&session), &form).await;
    let said = [("status", "Réalisé", "implemented")];
    let read = here
        .submit("/api/map-values", Some(&session), &values(upload, &said))
        .await;
    let page = here.get(&read.location, Some(&session)).await.body;
    for text in [
        "2 rows: 2 new.",
        ">Recommendations</th>",
        ">Assessments</th>",
        "Import 2 recommendations and 2 assessments",
        "Entries 1 to 4 of 4.",
        "“Réalisé” (Implemented): Fait",
        "<ul class=\"intake\">",
        "data-label=\"What becomes of it\"",
        "<h1>A file to be imported</h1>",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("implemented: "), "{page}");
    let new: Vec<&str> = page.split("<th scope=\"row\">New</th>").collect();
    let cells = new[1].split("</tr>").next().unwrap();
    assert_eq!(cells.matches(">2</td>").count(), 2, "{cells}");
    // Undoing it names what goes, of each kind.
    let id: i64 = read.location.rsplit('/').next().unwrap().parse().unwrap();
    let actor = Actor("wren".to_owned());
    here.store.apply_import(&actor, id).await.unwrap();
    let page = here.get(&read.location, Some(&session)).await.body;
    assert!(page.contains("<h1>An imported file</h1>"), "{page}");
    let undo = format!("/import/{id}/undo");
    let page = here.get(&undo, Some(&session)).await.body;
    for text in [
        "2 recommendations that the import added are removed:",
        "XXA-3 61.1: Signer le traité sur les lacs",
        "2 assessments that the import added are removed:",
        "XXA-3 61.3: Implemented",
        "class=\"danger\"",
        "class=\"button secondary\"",
    ] {
        let found = page.replace("<!>", "").contains(text);
        assert!(found, "{text}: {page}");
    }
    // What was changed since cannot be undone: the page says so and has no button.
    let review = ReviewCode::parse("XXA-3").unwrap();
    let saved = data::store::Save {
        review,
        round: "follow-up".to_owned(),
        paragraph: Paragraph::parse("61.1").unwrap(),
        version: 1,
        status: "not_implemented".to_owned(),
        rationale: "Not yet.".to_owned(),
        confidence: None,
        cites: Vec::new(),
        evidence: Vec::new(),
    };
    here.store
        .save_assessment(&actor, None, &saved)
        .await
        .unwrap();
    let page = here.get(&undo, Some(&session)).await.body;
    assert!(
        page.contains("published since: XXA-3 61.1.") && !page.contains("more."),
        "{page}"
    );
    assert!(!page.contains("/api/undo-import"), "{page}");
}

#[tokio::test]
async fn rows_to_be_decided_lead_to_their_decision() {
    let here = Installation::empty().await;
    let session = here.sign_in("bob", Role::Reviewer).await;
    let run = bring(
        &here,
        &format!("{HEADINGS}\nTON-2,1.1,Togo,Count the reefs,a\n"),
    )
    .await;
    let actor = Actor("anna".to_owned());
    here.store.apply_import(&actor, run.id).await.unwrap();
    let run = bring(
        &here,
        &format!("{HEADINGS}\nTON-2,1.1,Togo,Planta manglares,a\n"),
    )
    .await;
    assert_eq!(run.summary.uncertain, 1);
    let page = here
        .get(&format!("/import/{}", run.id), Some(&session))
        .await
        .body;
    for text in [
        "Decide about row 2",
        "Decide about the rows under “To be decided” first.",
        "“Count the reefs”",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    for text in ["text is not known", "is here already"] {
        assert!(!page.contains(text), "{text}: {page}");
    }
}
