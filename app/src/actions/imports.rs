//! Taking in files: first a preview, then the import.

use super::{ActionError, guard, settle};
use crate::address;
use crate::failure::Failure;
use crate::notice::Notice;
use crate::request::Visitor;
use data::domain::{Action, Message, ReviewCode};
use data::exchange::{ReadOptions, Sink};
use data::store::NewRun;
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
use std::io::Cursor;

/// Reads a file into a run, for its preview. Fields: `file`, and `review` where the file does not name its own.
#[server(input = MultipartFormData, endpoint = "upload-file")]
pub async fn upload_file(data: MultipartData) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import).await?;
        let mut form = data.into_inner().ok_or(Failure::Internal)?;
        let (mut file, mut review) = (None, None);
        // The body's size is limited before it gets here.
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            match field.name() {
                Some("file") => {
                    let name = field.file_name().unwrap_or_default().to_owned();
                    file = Some((name, field.bytes().await.map_err(|_| unreadable())?));
                }
                Some("review") => {
                    let text = field.text().await.map_err(|_| unreadable())?;
                    if !text.trim().is_empty() {
                        let code = ReviewCode::parse(&text)
                            .ok_or_else(|| Message::new("import-review-unknown"))?;
                        review = Some(code);
                    }
                }
                _ => {}
            }
        }
        let (name, content) = file
            .filter(|(_, content)| !content.is_empty())
            .ok_or_else(|| Message::new("import-no-file"))?;
        let new = NewRun {
            file_name: name,
            sha256: data::store::sha256(&content),
            review,
            ..NewRun::default()
        };
        let options = ReadOptions::of_review(review);
        let source = move |sink: &mut dyn Sink| {
            data::exchange::read(Cursor::new(content.as_ref()), &options, sink)
        };
        let actor = Visitor::actor(&account);
        let run = site.store.stage_import(&actor, &new, source).await?;
        Ok((address::import_run(run.id), None))
    };
    let outcome = outcome.await;
    settle(outcome, "/import", Vec::new())
}

/// Does what the preview of a file shows.
#[server(endpoint = "apply-import")]
pub async fn apply_import(#[server(default)] run: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import).await?;
        let id = run_id(&run)?;
        let actor = Visitor::actor(&account);
        let applied = site.store.apply_import(&actor, id).await?;
        let summary = applied.summary;
        let done = Message::new("import-done")
            .with("created", summary.created)
            .with("updated", summary.updated)
            .with("unchanged", summary.unchanged)
            .with("uncertain", summary.uncertain)
            .with("rejected", summary.rejected)
            .with("skipped", summary.skipped);
        let reviews = site.store.import_reviews(id).await?;
        let to = match reviews.keys().collect::<Vec<_>>().as_slice() {
            [review] => format!("/reviews/{review}"),
            _ => "/".to_owned(),
        };
        Ok((to, Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    settle(outcome, &back_to(&run), Vec::new())
}

/// Gives a file up that was read and not imported.
#[server(endpoint = "discard-import")]
pub async fn discard_import(#[server(default)] run: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import).await?;
        let actor = Visitor::actor(&account);
        site.store.cancel_import(&actor, run_id(&run)?).await?;
        Ok(("/import".to_owned(), None))
    };
    let outcome = outcome.await;
    settle(outcome, &back_to(&run), Vec::new())
}

fn run_id(typed: &str) -> Result<i64, Failure> {
    typed.parse().map_err(|_| Failure::NotFound)
}

fn back_to(typed: &str) -> String {
    match typed.parse() {
        Ok(id) => address::import_run(id),
        Err(_) => "/import".to_owned(),
    }
}

fn unreadable() -> Failure {
    Message::new("import-upload-broken").into()
}
