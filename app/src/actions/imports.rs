//! Taking in files: read into a run, looked at, mended and decided, then applied; and undone.
//!
//! Reading and applying go on by themselves: whoever asked for them waits a moment, and is then shown how
//! far they are.

use super::{ActionError, guard, settle};
use crate::address;
use crate::failure::Failure;
use crate::notice::Notice;
use crate::request::Visitor;
use data::domain::{Action, Message, Paragraph, ReviewCode};
use data::exchange::{ReadOptions, Sink};
use data::store::{Decision, Error, NewRun, Run};
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::io::Cursor;
use std::time::Duration;

/// How long somebody waits for a file to be read or applied before being shown how far it is.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// What comes of work that goes on by itself; none if it is not over yet.
async fn within_patience(
    work: impl Future<Output = Result<Run, Error>> + Send + 'static,
) -> Result<Option<Run>, Failure> {
    let work = tokio::spawn(work);
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(done)) => Ok(Some(done?)),
        Ok(Err(_)) => Err(Failure::Internal),
        Err(_) => Ok(None),
    }
}

/// What a form says about a file.
#[derive(Default)]
struct Brought {
    name: String,
    content: axum::body::Bytes,
    review: Option<ReviewCode>,
    round: Option<String>,
}

async fn brought(data: MultipartData) -> Result<Brought, Failure> {
    let mut form = data.into_inner().ok_or(Failure::Internal)?;
    let mut brought = Brought::default();
    // The body's size is limited before it gets here.
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        match field.name() {
            Some("file") => {
                brought.name = field.file_name().unwrap_or_default().to_owned();
                brought.content = field.bytes().await.map_err(|_| unreadable())?;
            }
            Some("review") => {
                let text = field.text().await.map_err(|_| unreadable())?;
                if !text.trim().is_empty() {
                    let code = ReviewCode::parse(&text)
                        .ok_or_else(|| Message::new("import-review-unknown"))?;
                    brought.review = Some(code);
                }
            }
            // `SVN-3/mid-term`: the round says its review.
            Some("round") => {
                let text = field.text().await.map_err(|_| unreadable())?;
                if let Some((review, round)) = text.split_once('/') {
                    brought.review = ReviewCode::parse(review).or(brought.review);
                    brought.round = Some(round.to_owned());
                }
            }
            _ => {}
        }
    }
    if brought.content.is_empty() {
        return Err(Message::new("import-no-file").into());
    }
    Ok(brought)
}

/// Reads a file into a run, for its preview. Fields: `file`, `review` where the file does not name its
/// own, and `round` for its assessments.
#[server(input = MultipartFormData, endpoint = "upload-file")]
pub async fn upload_file(data: MultipartData) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import).await?;
        let Brought {
            name,
            content,
            review,
            round,
        } = brought(data).await?;
        let new = NewRun {
            file_name: name,
            sha256: data::store::sha256(&content),
            review,
            round,
            ..NewRun::default()
        };
        let options = ReadOptions::of_review(review);
        let actor = Visitor::actor(&account);
        let id = site.store.begin_import(&actor, &new).await?;
        let reading = async move {
            let source = move |sink: &mut dyn Sink| {
                data::exchange::read(Cursor::new(content.as_ref()), &options, sink)
            };
            site.store.read_import(&actor, id, source).await
        };
        within_patience(reading).await?;
        Ok((address::import_run(id), None))
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
        let applying = async move { site.store.apply_import(&actor, id).await };
        let notice = within_patience(applying).await?.map(|applied| {
            let summary = applied.summary;
            Notice::done(
                &Message::new("import-done")
                    .with("created", summary.created)
                    .with("updated", summary.updated)
                    .with("unchanged", summary.unchanged)
                    .with("uncertain", summary.uncertain)
                    .with("rejected", summary.rejected)
                    .with("skipped", summary.skipped),
            )
        });
        Ok((address::import_run(id), notice))
    };
    let outcome = outcome.await;
    settle(outcome, &back_to(&run), Vec::new())
}

/// Takes back what an import did.
#[server(endpoint = "undo-import")]
pub async fn undo_import(#[server(default)] run: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import).await?;
        let id = run_id(&run)?;
        let actor = Visitor::actor(&account);
        site.store.undo_import(&actor, id).await?;
        let done = Notice::done(&Message::new("import-undone-notice"));
        Ok((address::import_run(id), Some(done)))
    };
    let outcome = outcome.await;
    settle(outcome, &back_to(&run), Vec::new())
}

/// A value of a row, by its heading.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct MendedCell {
    #[serde(default)]
    heading: String,
    #[serde(default)]
    value: String,
}

/// Replaces values of a row of a file that was read.
#[server(endpoint = "mend-import-row")]
pub async fn mend_import_row(
    #[server(default)] run: String,
    #[server(default)] place: String,
    #[server(default)] cells: Vec<MendedCell>,
) -> Result<(), ActionError> {
    let typed = (0..)
        .zip(&cells)
        .map(|(number, cell): (usize, _)| (format!("cell-{number}"), cell.value.clone()))
        .collect();
    let outcome = async {
        let (site, account) = guard(Action::Import).await?;
        let (id, place) = (run_id(&run)?, run_id(&place)?);
        let values: Vec<(String, String)> = cells
            .into_iter()
            .map(|cell| (cell.heading, cell.value.replace("\r\n", "\n")))
            .collect();
        let actor = Visitor::actor(&account);
        let row = site
            .store
            .mend_import_row(&actor, id, place, &values)
            .await?;
        // Rejected once more, it stays where it can be mended.
        let to = match row.reason {
            Some(_) => address::import_row(id, place),
            None => address::import_run(id),
        };
        let key = match row.reason {
            Some(_) => "import-still-rejected",
            None => "import-mended",
        };
        let mended = Message::new(key).with("row", row.row);
        Ok((to, Some(Notice::done(&mended))))
    };
    let outcome = outcome.await;
    settle(outcome, &row_or_run(&run, &place), typed)
}

/// Says what a row is that may be a recommendation that is there: `new`, or the number or name of the
/// one it is; nothing takes that back.
#[server(endpoint = "decide-import-row")]
pub async fn decide_import_row(
    #[server(default)] run: String,
    #[server(default)] place: String,
    #[server(default)] decision: String,
) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import).await?;
        let (id, place) = (run_id(&run)?, run_id(&place)?);
        let decision = match decision.as_str() {
            "" => None,
            "new" => Some(Decision::New),
            paragraph => Some(Decision::Same(
                Paragraph::parse(paragraph).map_err(|_| Message::new("import-decide-unfit"))?,
            )),
        };
        let actor = Visitor::actor(&account);
        let row = site
            .store
            .decide_import_row(&actor, id, place, decision)
            .await?;
        let decided = Message::new("import-decided").with("row", row.row);
        Ok((address::import_run(id), Some(Notice::done(&decided))))
    };
    let outcome = outcome.await;
    settle(outcome, &row_or_run(&run, &place), Vec::new())
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

fn row_or_run(run: &str, place: &str) -> String {
    match (run.parse(), place.parse()) {
        (Ok(id), Ok(place)) => address::import_row(id, place),
        _ => back_to(run),
    }
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
