//! Taking in files: read into a run, looked at, mended and decided, then applied; and undone.
//!
//! Reading and applying go on by themselves: whoever asked for them waits a moment, and is then shown how
//! far they are.

use super::{ActionError, guard, settle, wants_html};
use crate::components::import::is_open_to_mapping;
use crate::forms::line_ends::with_line_ends_of;
use crate::text::locale::Locale;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use crate::web::request::Visitor;
use crate::web::site::Site;
use axum::http::{header, request::Parts};
use data::domain::{Action, Message, Object, Paragraph, ReviewCode};
use data::exchange::{
    Format, MappedField, Mapping, Meanings, ReadFailure, ReadOptions, Sink, Survey, SurveyOptions,
    UnknownValues, say_value,
};
use data::store::{
    Account, Arrival, Decision, Error, NewRun, Refusal, Run, RunState, Store, Upload,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::future::Future;
use std::io::{Cursor, Read, Seek, SeekFrom, Write as _};
use std::time::Duration;

/// How long somebody waits for a file to be read or applied before being shown how far it is.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The largest file that is kept with its preview, in bytes. It is held in memory while it is stored; tables that people
/// make are smaller, and a larger one is asked for again if its columns are to be mapped.
const LARGEST_KEPT: u64 = 16 << 20;

/// What comes of work that goes on by itself; none if it is not over yet.
async fn within_patience(
    work: impl Future<Output = Result<Run, Error>> + Send + 'static,
) -> Result<Option<Run>, Error> {
    let work = tokio::spawn(Locale::current().scope(work));
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(done)) => done.map(Some),
        Ok(Err(panicked)) => Err(Error::System(panicked.to_string())),
        Err(_) => Ok(None),
    }
}

/// Looks at a table whose headings nobody knows.
pub(crate) async fn surveyed(
    content: Vec<u8>,
    options: SurveyOptions,
) -> Result<Result<Survey, ReadFailure>, Failure> {
    let looking = move || data::exchange::survey_with(Cursor::new(content), options);
    tokio::task::spawn_blocking(looking)
        .await
        .map_err(|_| Failure::Internal)
}

/// What reading a file led to.
pub(crate) enum FileRead<T> {
    /// It was read.
    Read(T),
    /// It cannot be read, and this says why.
    Refused(Message),
}

/// The values of a file that are not known.
pub(crate) async fn unknown_values_of(
    content: Vec<u8>,
    options: ReadOptions,
) -> Result<FileRead<UnknownValues>, Failure> {
    let reading = move || data::exchange::unknown_values(Cursor::new(content), &options);
    let read = tokio::task::spawn_blocking(reading)
        .await
        .map_err(|_| Failure::Internal)?;
    match read {
        Ok(found) => Ok(FileRead::Read(found)),
        Err(ReadFailure::Refused(refusal)) => Ok(FileRead::Refused(refusal.message())),
        Err(ReadFailure::Stopped) => Err(Failure::Internal),
    }
}

/// The run that a file with its mapping would be.
pub(crate) fn run_of(upload: &Upload, mapping: &Mapping) -> Result<NewRun, Failure> {
    // What every row has may be the review.
    let review = match mapping.constants.get(MappedField::Review.id()) {
        Some(code) => {
            Some(ReviewCode::parse(code).ok_or_else(|| Message::new("import-review-unknown"))?)
        }
        None => upload.review,
    };
    if let (Some(of_round), Some(_)) = (upload.review, &upload.round) {
        fits_round(review, of_round)?;
    }
    Ok(NewRun {
        file_name: upload.file_name.clone(),
        sha256: upload.sha256(),
        size: u64::try_from(upload.content.len()).unwrap_or(u64::MAX),
        round: upload.round.clone(),
        review,
        mapping: Some(mapping.clone()),
        symbol: None,
    })
}

/// The whole of a file in which there is a table whose columns can be explained.
async fn surveyed_whole(mut file: File) -> Result<Result<Vec<u8>, ReadFailure>, Failure> {
    let looking = move || {
        if let Err(failure) = data::exchange::survey(&mut file) {
            return Ok(Err(failure));
        }
        let mut content = Vec::new();
        file.rewind()?;
        file.read_to_end(&mut content)?;
        Ok::<_, std::io::Error>(Ok(content))
    };
    let looked = tokio::task::spawn_blocking(looking).await;
    looked.ok().and_then(Result::ok).ok_or(Failure::Internal)
}

/// A file that was put aside, which counts as arriving until it is read.
struct PutAside {
    file: File,
    _counted: Option<Arrival>,
}

impl Read for PutAside {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.file.read(into)
    }
}

impl Seek for PutAside {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

/// What a form says about a file.
#[derive(Default)]
struct Brought {
    name: String,
    /// The file; none if there is none.
    content: Option<File>,
    /// Its size in bytes, which count until it is read.
    size: Option<Arrival>,
    sha256: String,
    review: Option<ReviewCode>,
    round: Option<String>,
    /// The symbol of a reply or report that does not say its own.
    symbol: Option<String>,
    /// Whether the person wants to say what the columns hold, also if the format is recognised.
    wants_mapping: bool,
}

async fn brought(site: &Site, account: &Account, data: MultipartData) -> Result<Brought, Failure> {
    // Before anything of it is kept.
    let mut arrival = site.store.begin_arrival(account, announced()).await?;
    let mut form = data.into_inner().ok_or(Failure::Internal)?;
    let mut brought = Brought::default();
    let mut review_of_round = None;
    // The body's size is limited before it gets here.
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        match field.name() {
            Some("file") => {
                brought.name = field.file_name().unwrap_or_default().to_owned();
                let (content, sha256) = kept_aside(field, &mut arrival).await?;
                (brought.content, brought.sha256) = (content, sha256);
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
                if !text.trim().is_empty() {
                    let (review, round) = text
                        .split_once('/')
                        .ok_or_else(|| Message::new("import-round-unfit"))?;
                    let review = ReviewCode::parse(review)
                        .ok_or_else(|| Message::new("import-round-unfit"))?;
                    review_of_round = Some(review);
                    brought.round = Some(round.to_owned());
                }
            }
            Some("symbol") => {
                let text = field.text().await.map_err(|_| unreadable())?;
                let text = text.trim();
                brought.symbol = (!text.is_empty()).then(|| text.to_owned());
            }
            Some("columns") => {
                let text = field.text().await.map_err(|_| unreadable())?;
                brought.wants_mapping = text == "ask";
            }
            _ => {}
        }
    }
    brought.size = Some(arrival);
    if let Some(review) = review_of_round {
        fits_round(brought.review, review)?;
        brought.review = Some(review);
    }
    Ok(brought)
}

/// Refuses a review beside a round of another one: everything in the file would go to the round's review.
fn fits_round(typed: Option<ReviewCode>, of_round: ReviewCode) -> Result<(), Failure> {
    match typed {
        Some(typed) if typed != of_round => Err(Message::new("import-round-of-other-review")
            .with("typed", typed)
            .with("review", of_round)
            .into()),
        _ => Ok(()),
    }
}

/// How many bytes the request says that it has.
fn announced() -> u64 {
    let length = use_context::<Parts>().and_then(|parts| {
        let length = parts.headers.get(header::CONTENT_LENGTH)?;
        length.to_str().ok()?.parse().ok()
    });
    length.unwrap_or(0)
}

/// Puts a file aside as it arrives, on disk and without a name there, so that one of any length takes
/// no memory; and its SHA-256. None if it is empty.
async fn kept_aside(
    mut field: multer::Field<'static>,
    arrival: &mut Arrival,
) -> Result<(Option<File>, String), Failure> {
    let failed = |error: std::io::Error| {
        tracing::error!(%error, "a file could not be put aside");
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Failure::Full,
            _ => Failure::Internal,
        }
    };
    let mut file = tempfile::tempfile().map_err(failed)?;
    let (mut sha256, mut empty) = (data::store::Sha256::default(), true);
    while let Some(piece) = field.chunk().await.map_err(|_| unreadable())? {
        let bytes = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        arrival.add(bytes).map_err(Refusal::from)?;
        sha256.add(&piece);
        empty &= piece.is_empty();
        // A few kilobytes into the system's cache: no time that anybody would wait for.
        file.write_all(&piece).map_err(failed)?;
    }
    Ok(((!empty).then_some(file), sha256.finish()))
}

/// Reads a file into a run, for its preview. Fields: `file`, `review` where the file does not name its
/// own, `round` for its assessments, `symbol` for a reply or report without one, and `columns=ask` to say what its columns hold whatever its format.
#[server(input = MultipartFormData, endpoint = "upload-file")]
pub async fn upload_file(data: MultipartData) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::Installation).await?;
        let Brought {
            name,
            content,
            size,
            sha256,
            review,
            round,
            symbol,
            wants_mapping,
        } = brought(&site, &account, data).await?;
        let content = content.ok_or_else(|| Message::new("import-no-file"))?;
        let again = content.try_clone().map_err(|_| Failure::Internal)?;
        let new = NewRun {
            file_name: name,
            sha256,
            size: size.as_ref().map_or(0, Arrival::bytes),
            review,
            round,
            symbol,
            ..NewRun::default()
        };
        let content = PutAside {
            file: content,
            _counted: size,
        };
        // The columns of replies and reports are known.
        let symbol_of_other = || Failure::from(Message::new("exchange-symbol-of-other"));
        if wants_mapping && wants_html() {
            if new.symbol.is_some() {
                return Err(symbol_of_other());
            }
            let content = match surveyed_whole(again).await? {
                Ok(content) => content,
                Err(ReadFailure::Refused(refusal)) => return Err(refusal.message().into()),
                Err(ReadFailure::Stopped) => return Err(Failure::Internal),
            };
            let upload = site.store.keep_upload(account.id, &new, content).await?;
            return Ok((paths::import_mapping(&upload), None));
        }
        let file = again.try_clone().map_err(|_| Failure::Internal)?;
        match staged(&site, &account, &new, content, Some(file)).await {
            Ok(id) if wants_html() && has_unknown_statuses(&site, id).await? => {
                let to = ask_for_statuses(&site, &account, id, new, again).await?;
                Ok((to, None))
            }
            // Only people can be asked.
            Err(Error::Refused(Refusal::File(refusal)))
                if wants_html() && refusal.wants_mapping() =>
            {
                if new.symbol.is_some() {
                    return Err(symbol_of_other());
                }
                // Of a table without headings there is nothing to be said.
                let Ok(content) = surveyed_whole(again).await? else {
                    return Err(Refusal::from(refusal).into());
                };
                let upload = site.store.keep_upload(account.id, &new, content).await?;
                Ok((paths::import_mapping(&upload), None))
            }
            staged => Ok((paths::import_run(staged?), None)),
        }
    };
    let outcome = Box::pin(outcome).await;
    settle(outcome, &paths::localize("/import"), Vec::new())
}

/// Whether a table of assessments was read whose statuses the round does not have.
async fn has_unknown_statuses(site: &Site, id: i64) -> Result<bool, Failure> {
    let run = site.store.import_run(id).await?;
    let is_mapped = matches!(
        run.format,
        Some(Format::MappedText | Format::MappedWorkbook)
    );
    let mut problems = run.problems.iter();
    Ok(is_mapped
        && run.state == RunState::Read
        && problems.any(|problem| problem.reason.key == "import-status-unknown"))
}

/// Asks what the statuses of a table of assessments mean, in place of rejecting its rows; where that is asked.
async fn ask_for_statuses(
    site: &Site,
    account: &Account,
    id: i64,
    mut new: NewRun,
    file: File,
) -> Result<String, Failure> {
    let Ok(content) = surveyed_whole(file).await? else {
        return Ok(paths::import_run(id));
    };
    let Ok(survey) = surveyed(content.clone(), SurveyOptions::default()).await? else {
        return Ok(paths::import_run(id));
    };
    new.mapping = Some(survey.guess);
    let upload = site.store.keep_upload(account.id, &new, content).await?;
    let actor = Visitor::actor(account);
    site.store.cancel_import(&actor, id).await?;
    Ok(paths::import_values(&upload))
}

/// Reads a file into a run of its own; the run's number. A table is kept as long as its preview, so that its columns
/// can be mapped from there.
async fn staged(
    site: &Site,
    account: &Account,
    new: &NewRun,
    content: impl Read + Seek + Send + 'static,
    keep: Option<File>,
) -> Result<i64, Error> {
    let actor = Visitor::actor(account);
    let id = site.store.begin_import(&actor, new).await?;
    let options = site.store.import_options(id).await?;
    let store = site.store.clone();
    let (new, account) = (new.clone(), account.clone());
    let reading = async move {
        let source = move |sink: &mut dyn Sink| data::exchange::read(content, &options, sink);
        let run = store.read_import(&actor, id, source).await?;
        // The columns of a reply that was given its symbol are known.
        let is_kept = new.symbol.is_none() && is_open_to_mapping(&run);
        if let Some(file) = keep.filter(|_| is_kept)
            && let Err(error) = keep_file(&store, &account, &new, file, id).await
        {
            // The preview is complete without it; the file is asked for again if its columns are to be mapped.
            tracing::warn!(%error, "the file of a preview could not be kept");
        }
        Ok(run)
    };
    within_patience(reading).await?;
    Ok(id)
}

/// Keeps the file of a preview, if the person may have so much waiting.
async fn keep_file(
    store: &Store,
    account: &Account,
    new: &NewRun,
    mut file: File,
    run: i64,
) -> Result<(), Error> {
    if new.size > LARGEST_KEPT {
        return Ok(());
    }
    let mut arrival = match store.begin_arrival(account, new.size).await {
        Ok(arrival) => arrival,
        Err(Error::Refused(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    if arrival.add(new.size).is_err() {
        return Ok(());
    }
    let reading = tokio::task::spawn_blocking(move || {
        let mut content = Vec::new();
        file.rewind()?;
        file.read_to_end(&mut content)?;
        Ok::<_, std::io::Error>(content)
    });
    let system = |error: String| Error::System(error);
    let content = reading.await.map_err(|error| system(error.to_string()))?;
    let content = content.map_err(|error| system(error.to_string()))?;
    store
        .keep_file_of_run(account.id, new, content, run)
        .await?;
    Ok(())
}

/// Something that a person says about a table: which field a column holds, by its heading, or what every
/// row has in a field.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SaidOfTable {
    #[serde(default)]
    of: String,
    #[serde(default)]
    is: String,
}

/// Reads a file whose headings nobody knew into a run, by what a person says about its columns: for each
/// heading the field that it holds, for fields what every row has, what separates several values in a
/// cell, and which sheet of a workbook is read; and keeps all that under a name, if one is given. A person is asked first what values mean that are not
/// known, or with `check` what all of them do.
#[server(endpoint = "map-import")]
#[allow(clippy::too_many_arguments)] // The fields of its form.
pub async fn map_import(
    #[server(default)] upload: String,
    #[server(default)] columns: Vec<SaidOfTable>,
    #[server(default)] constants: Vec<SaidOfTable>,
    #[server(default)] separator: String,
    #[server(default)] name: String,
    #[server(default)] heading_row: String,
    #[server(default)] sheet: String,
    #[server(default)] extends: String,
    #[server(default)] check: String,
) -> Result<(), ActionError> {
    let numbered = |what: &'static str, said: &[SaidOfTable]| -> Vec<(String, String)> {
        let values = said.iter().map(|one| one.is.clone());
        (0..)
            .zip(values)
            .map(|(number, value): (usize, _)| (format!("{what}-{number}"), value))
            .collect()
    };
    let mut typed = numbered("column", &columns);
    typed.extend(numbered("constant", &constants));
    typed.push(("separator".to_owned(), separator.clone()));
    typed.push(("name".to_owned(), name.clone()));
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::Installation).await?;
        let kept = site.store.upload(account.id, &upload).await?;
        let mut mapping = mapping_of(&columns, &constants, &separator)?;
        mapping.heading_row = heading_row.parse().ok();
        mapping.sheet = sheet.parse().ok();
        mapping.extends = extends == "yes";
        // What was said about values before stays, unless the columns are others now.
        if let Some(before) = &kept.mapping
            && before.fields == mapping.fields
        {
            mapping.values.clone_from(&before.values);
        }
        let new = run_of(&kept, &mapping)?;
        if wants_html() {
            site.store
                .explain_upload(account.id, &upload, &mapping, &name)
                .await?;
            let options = site.store.read_options(&new).await?;
            let unknown = match unknown_values_of(kept.content.clone(), options).await? {
                FileRead::Read(found) => !found.values.is_empty(),
                FileRead::Refused(message) => return Err(message.into()),
            };
            if unknown || !check.is_empty() {
                return Ok((paths::import_values(&upload), None));
            }
        }
        let id = Box::pin(explained(&site, &account, kept, &new, &name)).await?;
        Ok((paths::import_run(id), None))
    };
    let outcome = outcome.await;
    settle(outcome, &paths::import_mapping(&upload), typed)
}

/// Reads a file whose columns are explained into a run, and keeps the mapping if it has a name. The file stays with the
/// new preview; the preview that it had before is given up. Returns the run's number.
async fn explained(
    site: &Site,
    account: &Account,
    kept: Upload,
    new: &NewRun,
    name: &str,
) -> Result<i64, Failure> {
    if let Some(mapping) = &new.mapping
        && !name.trim().is_empty()
    {
        let actor = Visitor::actor(account);
        let mapping = mapping.clone().of_any_file();
        site.store.save_mapping(&actor, name, &mapping).await?;
    }
    let id = staged(site, account, new, Cursor::new(kept.content), None).await?;
    site.store.attach_upload(account.id, &kept.id, id).await?;
    if let Some(before) = kept.run
        && site.store.import_run(before).await?.state == RunState::Read
    {
        let actor = Visitor::actor(account);
        site.store.cancel_import(&actor, before).await?;
    }
    Ok(id)
}

/// What a person says about a value: the field, the value as the file spells it, what it means, another meaning that
/// is typed and counts more, and whether rows with it are left out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SaidOfValue {
    #[serde(default)]
    field: String,
    #[serde(default)]
    of: String,
    #[serde(default)]
    is: String,
    #[serde(default)]
    other: String,
    #[serde(default)]
    out: String,
}

impl SaidOfValue {
    fn meaning(&self) -> &str {
        if self.out == "yes" {
            Mapping::LEAVE_OUT
        } else if self.other.trim().is_empty() {
            &self.is
        } else {
            &self.other
        }
    }
}

/// Reads a file into a run by its mapping and by what a person says about its values. Values that show only now are
/// asked about as well.
#[server(endpoint = "map-values")]
pub async fn map_values(
    #[server(default)] upload: String,
    #[server(default)] values: Vec<SaidOfValue>,
) -> Result<(), ActionError> {
    let typed: Vec<(String, String)> = (0..)
        .zip(&values)
        .map(|(number, value): (usize, _)| (format!("value-{number}"), value.is.clone()))
        .collect();
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::Installation).await?;
        let kept = site.store.upload(account.id, &upload).await?;
        let mut mapping = kept.mapping.clone().unwrap_or_default();
        let new = run_of(&kept, &mapping)?;
        let record = match new.review.filter(|_| new.round.is_some()) {
            Some(review) => Some(site.store.review_record(review).await?),
            None => None,
        };
        let round = record
            .as_ref()
            .zip(new.round.as_deref())
            .and_then(|(record, slug)| record.round(slug));
        let options = site.store.read_options(&new).await?;
        let meanings = Meanings {
            scale: round.map(|round| &round.round.scale),
            issues: &options.issues,
        };
        for said in &values {
            if let Some(field) = MappedField::parse(&said.field) {
                say_value(&mut mapping, field, &said.of, said.meaning(), meanings)?;
            }
        }
        let name = kept.mapping_name.clone().unwrap_or_default();
        let new = run_of(&kept, &mapping)?;
        site.store
            .explain_upload(account.id, &upload, &mapping, &name)
            .await?;
        let options = site.store.read_options(&new).await?;
        let found = match unknown_values_of(kept.content.clone(), options).await? {
            FileRead::Read(found) => found,
            FileRead::Refused(message) => return Err(message.into()),
        };
        let was_asked = |field: MappedField, value: &str| {
            let mut values = values.iter();
            values.any(|one| one.field == field.id() && one.of.trim() == value)
        };
        let mut unknown = found.values.iter();
        if wants_html() && unknown.any(|one| !was_asked(one.field, &one.value)) {
            return Ok((paths::import_values(&upload), None));
        }
        let id = Box::pin(explained(&site, &account, kept, &new, &name)).await?;
        Ok((paths::import_run(id), None))
    };
    let outcome = Box::pin(outcome).await;
    settle(outcome, &paths::import_values(&upload), typed)
}

/// Forgets a file that waits for its mapping.
#[server(endpoint = "discard-upload")]
pub async fn discard_upload(#[server(default)] upload: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::Installation).await?;
        // An unknown one is told from one that is discarded.
        site.store.upload(account.id, &upload).await?;
        site.store.discard_upload(account.id, &upload).await?;
        let done = Notice::done(&Message::new("import-upload-discarded"));
        Ok((paths::localize("/import"), Some(done)))
    };
    let outcome = outcome.await;
    settle(outcome, &paths::localize("/import"), Vec::new())
}

fn mapping_of(
    columns: &[SaidOfTable],
    constants: &[SaidOfTable],
    separator: &str,
) -> Result<Mapping, Failure> {
    let mut mapping = Mapping {
        separator: Some(separator.trim().to_owned()).filter(|text| !text.is_empty()),
        ..Mapping::default()
    };
    for column in columns {
        let Some(field) = MappedField::parse(&column.is) else {
            if !column.of.trim().is_empty() {
                mapping.unread.insert(column.of.trim().to_owned());
            }
            continue;
        };
        let id = field.id().to_owned();
        if let Some((other, _)) = mapping.fields.iter().find(|(_, held)| **held == id) {
            let twice = Message::new("mapping-field-twice")
                .with("first", other)
                .with("second", &column.of);
            return Err(twice.into());
        }
        mapping.fields.insert(column.of.clone(), id);
    }
    for constant in constants {
        let value = constant.is.trim();
        if let Some(field) = MappedField::parse(&constant.of).filter(|_| !value.is_empty()) {
            let id = field.id().to_owned();
            mapping.constants.insert(id, value.to_owned());
        }
    }
    Ok(mapping)
}

/// Forgets a mapping that was kept under a name.
#[server(endpoint = "remove-mapping")]
pub async fn remove_mapping(#[server(default)] name: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::Installation).await?;
        let actor = Visitor::actor(&account);
        site.store.remove_mapping(&actor, &name).await?;
        let removed = Message::new("mapping-removed").with("name", &name);
        Ok((paths::localize("/import"), Some(Notice::done(&removed))))
    };
    let outcome = outcome.await;
    settle(outcome, &paths::localize("/import"), Vec::new())
}

/// Does what the preview of a file shows.
#[server(endpoint = "apply-import")]
pub async fn apply_import(#[server(default)] run: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::of_import(&run)).await?;
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
                    .with("skipped", summary.skipped)
                    .with("merged", summary.merged),
            )
        });
        Ok((paths::import_run(id), notice))
    };
    let outcome = outcome.await;
    settle(outcome, &back_to(&run), Vec::new())
}

/// Takes back what an import did.
#[server(endpoint = "undo-import")]
pub async fn undo_import(#[server(default)] run: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::of_import(&run)).await?;
        let id = run_id(&run)?;
        let actor = Visitor::actor(&account);
        site.store.undo_import(&actor, id).await?;
        let done = Notice::done(&Message::new("import-undone-notice"));
        Ok((paths::import_run(id), Some(done)))
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
        let (site, account) = guard(Action::Import, Object::of_import(&run)).await?;
        let (id, place) = (run_id(&run)?, run_id(&place)?);
        let stored = site.store.import_row(id, place).await?.cells();
        let values: Vec<(String, String)> = (0..)
            .zip(cells)
            .map(|(number, cell): (usize, _)| {
                let stored = stored.get(number).map_or("", |(_, value)| value.as_str());
                (cell.heading, with_line_ends_of(stored, &cell.value))
            })
            .collect();
        let actor = Visitor::actor(&account);
        let row = site
            .store
            .mend_import_row(&actor, id, place, &values)
            .await?;
        // Rejected once more, it stays where it can be mended.
        let to = match row.reason {
            Some(_) => paths::import_row(id, place),
            None => paths::import_run(id),
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
/// one it is, or `chosen` for all those in `same`; nothing takes that back.
#[server(endpoint = "decide-import-row")]
pub async fn decide_import_row(
    #[server(default)] run: String,
    #[server(default)] place: String,
    #[server(default)] decision: String,
    #[server(default)] same: Vec<String>,
) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::of_import(&run)).await?;
        let (id, place) = (run_id(&run)?, run_id(&place)?);
        let named =
            |text: &str| Paragraph::parse(text).map_err(|_| Message::new("import-decide-unfit"));
        let decision = match decision.as_str() {
            "" => None,
            "new" => Some(Decision::New),
            "chosen" if same.is_empty() => Some(Decision::New),
            "chosen" => {
                let all: Result<_, _> = same.iter().map(|text| named(text)).collect();
                Some(Decision::AllOf(all?))
            }
            paragraph => Some(Decision::Same(named(paragraph)?)),
        };
        let actor = Visitor::actor(&account);
        let row = site
            .store
            .decide_import_row(&actor, id, place, decision)
            .await?;
        let decided = Message::new("import-decided").with("row", row.row);
        Ok((paths::import_run(id), Some(Notice::done(&decided))))
    };
    let outcome = outcome.await;
    settle(outcome, &row_or_run(&run, &place), Vec::new())
}

/// Gives a file up that was read and not imported.
#[server(endpoint = "discard-import")]
pub async fn discard_import(#[server(default)] run: String) -> Result<(), ActionError> {
    let outcome = async {
        let (site, account) = guard(Action::Import, Object::of_import(&run)).await?;
        let actor = Visitor::actor(&account);
        site.store.cancel_import(&actor, run_id(&run)?).await?;
        Ok((paths::localize("/import"), None))
    };
    let outcome = outcome.await;
    settle(outcome, &back_to(&run), Vec::new())
}

fn run_id(typed: &str) -> Result<i64, Failure> {
    typed.parse().map_err(|_| Failure::NotFound)
}

fn row_or_run(run: &str, place: &str) -> String {
    match (run.parse(), place.parse()) {
        (Ok(id), Ok(place)) => paths::import_row(id, place),
        _ => back_to(run),
    }
}

fn back_to(typed: &str) -> String {
    match typed.parse() {
        Ok(id) => paths::import_run(id),
        Err(_) => paths::localize("/import"),
    }
}

fn unreadable() -> Failure {
    Message::new("import-upload-broken").into()
}
