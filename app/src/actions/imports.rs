//! Taking in files: first an upload with a preview, then the import.

use super::{ActionError, guard, settle};
use crate::address;
use crate::failure::Failure;
use crate::notice::Notice;
use crate::request::Visitor;
use data::domain::{Action, Message, ReviewCode};
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};

/// Keeps a file for its preview. Fields: `file`, and `review` where the file does not name its own.
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
        // Read once here, so that a file that cannot be taken is refused where it was chosen.
        let parsed = read(content.to_vec(), review).await?;
        drop(parsed);
        let id = site
            .store
            .keep_upload(account.id, &name, review, content.to_vec())
            .await?;
        Ok((address::upload(&id), None))
    };
    let outcome = outcome.await;
    settle(outcome, "/import", Vec::new())
}

/// Imports a file that was uploaded.
#[server(endpoint = "apply-import")]
pub async fn apply_import(#[server(default)] upload: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import).await?;
        let kept = site.store.upload(account.id, &upload).await?;
        let (name, sha256) = (kept.file_name.clone(), kept.sha256());
        let file = read(kept.content, kept.review).await?;
        let actor = Visitor::actor(&account);
        let plan = site.store.import(&actor, &name, &sha256, file).await?;
        site.store.discard_upload(account.id, &upload).await?;
        let summary = plan.summary();
        let done = Message::new("import-done")
            .with("created", summary.created)
            .with("updated", summary.updated)
            .with("unchanged", summary.unchanged)
            .with("rejected", summary.rejected)
            .with("skipped", summary.skipped);
        let mut reviews: Vec<_> = plan.planned.iter().map(|planned| planned.review).collect();
        reviews.dedup();
        let to = match reviews.as_slice() {
            [review] => format!("/reviews/{review}"),
            _ => "/".to_owned(),
        };
        Ok((to, Some(Notice::done(&done))))
    };
    let outcome = outcome.await;
    let back = address::upload(&upload);
    settle(outcome, &back, Vec::new())
}

/// Forgets an uploaded file.
#[server(endpoint = "discard-upload")]
pub async fn discard_upload(#[server(default)] upload: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import).await?;
        site.store.discard_upload(account.id, &upload).await?;
        Ok(("/import".to_owned(), None))
    };
    let outcome = outcome.await;
    settle(outcome, "/import", Vec::new())
}

/// Reads a file where it does not hold up other requests.
pub(crate) async fn read(
    content: Vec<u8>,
    review: Option<ReviewCode>,
) -> Result<data::exchange::ReadFile, Failure> {
    tokio::task::spawn_blocking(move || data::exchange::read_whole(&content, review))
        .await
        .map_err(|_| Failure::Internal)?
        .map_err(Failure::Refused)
}

fn unreadable() -> Failure {
    Message::new("import-upload-broken").into()
}
