//! `/recommendations.csv`, `/reviews/{review}/recommendations.csv`, and `.xlsx` and `.json` of both: the
//! list of the same query string as a file.
//!
//! The writers block, so they run on a thread of their own and hand over pieces through a channel of a
//! few places: a slow reader makes the writer wait instead of filling the memory, and one that goes
//! away stops it.

use crate::background;
use crate::exports::{self, Form, export, export_everything, file_name};
use crate::failure::Failure;
use crate::filter_query;
use crate::request::{Request, Visitor};
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use data::domain::{Action, Message};
use futures_util::stream;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::SendTimeoutError;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;

/// The size of a piece, in bytes.
const PIECE: usize = 64 * 1024;

/// Pieces that wait for the reader.
const WAITING: usize = 4;

/// Files over all reviews that are written at one time: each keeps a core and a connection to the
/// database busy.
static LARGE: Semaphore = Semaphore::const_new(2);

/// So long somebody waits for one of their places before being told to come back.
const TURN: Duration = Duration::from_secs(10);

/// So long a piece may wait for its reader. One that takes three kilobytes a second is served; who
/// takes less would keep others from their files.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn csv(
    review: Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    file(&review, &headers, &request, Form::Csv).await
}

pub(crate) async fn xlsx(
    review: Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    file(&review, &headers, &request, Form::Xlsx).await
}

pub(crate) async fn json(
    review: Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    file(&review, &headers, &request, Form::Json).await
}

pub(crate) async fn everything_csv(
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    file_of_everything(&headers, &request, Form::Csv).await
}

pub(crate) async fn everything_xlsx(
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    file_of_everything(&headers, &request, Form::Xlsx).await
}

pub(crate) async fn everything_json(
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    file_of_everything(&headers, &request, Form::Json).await
}

async fn file(
    review: &str,
    headers: &HeaderMap,
    request: &Request,
    form: Form,
) -> Result<Response, Failure> {
    let record = request.review_record(review).await?;
    let (filter, faults) = filter_query::read(&request.query, &record);
    refuse(&faults)?;
    let name = file_name(&record, &filter, form);
    note_export(request, &name).await?;
    let base = base(headers, request);
    streamed(&name, form, move |out| {
        export(&record, &filter, form, &base, out)
    })
}

async fn file_of_everything(
    headers: &HeaderMap,
    request: &Request,
    form: Form,
) -> Result<Response, Failure> {
    let Ok(Ok(place)) = timeout(TURN, LARGE.acquire()).await else {
        return Err(Failure::Busy);
    };
    let listing = request.site.store.listing().await?;
    let open_rounds = request.visitor.may(Action::ReadOpenRounds);
    let scale = listing.corpus.scale(open_rounds);
    let (filter, faults) = filter_query::read_of_everything(&request.query, scale);
    refuse(&faults)?;
    let base = base(headers, request);
    let name = format!("recommendations.{}", form.ending());
    note_export(request, &name).await?;
    streamed(&name, form, move |out| {
        let written = export_everything(&listing, &filter, open_rounds, form, &base, out);
        drop(place);
        written
    })
}

/// Writes down who took which file along, where it may hold what is not published.
async fn note_export(request: &Request, name: &str) -> Result<(), Failure> {
    if let Some(account) = &request.visitor.account
        && request.visitor.may(Action::ReadOpenRounds)
    {
        let actor = Visitor::actor(account);
        request.site.store.note_private_export(&actor, name).await?;
    }
    Ok(())
}

/// No file where part of the address could not be used: on a page everybody sees the sentence that says
/// so, in a file nobody would.
pub(crate) fn refuse(faults: &[Message]) -> Result<(), Failure> {
    match exports::refusal(faults) {
        Some(refusal) => Err(Failure::Refused(refusal)),
        None => Ok(()),
    }
}

/// An answer that is written on a thread of its own while it is sent.
fn streamed(
    name: &str,
    form: Form,
    write: impl FnOnce(&mut BufWriter<Pieces>) -> io::Result<()> + Send + 'static,
) -> Result<Response, Failure> {
    let (sender, mut receiver) = mpsc::channel(WAITING);
    let is_whole = Arc::new(AtomicBool::new(false));
    let done = Arc::clone(&is_whole);
    let written = background::run(move || {
        let mut out = BufWriter::with_capacity(PIECE, Pieces(sender));
        let written = write(&mut out).and_then(|()| out.flush());
        done.store(written.is_ok(), Ordering::Release);
    });
    written.map_err(|_| Failure::Busy)?;
    let pieces = stream::poll_fn(move |context| match receiver.poll_recv(context) {
        // Ends the answer before its end, so that nobody takes half a file for a whole one.
        Poll::Ready(None) if !is_whole.swap(true, Ordering::Acquire) => Poll::Ready(Some(Err(
            io::Error::other("the file was not written whole"),
        ))),
        polled => polled.map(|piece| piece.map(Ok)),
    });
    let body = Body::from_stream(pieces);
    let headers: [(HeaderName, String); 2] = [
        (CONTENT_TYPE, form.content_type().to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, body).into_response())
}

/// The writer's end of the channel.
struct Pieces(mpsc::Sender<Bytes>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Bytes::copy_from_slice(bytes);
        let sent = Handle::current().block_on(self.0.send_timeout(piece, PATIENCE));
        match sent {
            Ok(()) => Ok(bytes.len()),
            Err(SendTimeoutError::Closed(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(SendTimeoutError::Timeout(_)) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What permalinks begin with.
pub(crate) fn base(headers: &HeaderMap, request: &Request) -> String {
    match &request.site.public_origin {
        Some(origin) => origin.to_string(),
        None => origin(headers),
    }
}

/// The host as the browser named it, for permalinks where nothing else is known: then browsers come
/// straight here, by plain http. A host that is not plainly one is left out, and permalinks are
/// relative: the header is whatever somebody sent.
fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    match host.filter(|host| is_plain_host(host)) {
        Some(host) => format!("http://{host}"),
        None => String::new(),
    }
}

fn is_plain_host(host: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    (1..=260).contains(&host.len()) && host.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{Form, is_plain_host, streamed};
    use axum::body::to_bytes;
    use std::io::{self, Write as _};

    #[tokio::test]
    async fn a_file_that_could_not_be_written_whole_is_none() {
        let whole = streamed("a.csv", Form::Csv, |out| out.write_all(b"whole")).unwrap();
        let whole = to_bytes(whole.into_body(), 100).await.unwrap();
        assert_eq!(&*whole, b"whole");
        let half = streamed("a.csv", Form::Csv, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("the database is gone"))
        });
        assert!(to_bytes(half.unwrap().into_body(), 100).await.is_err());
    }

    #[test]
    fn hosts_are_plain_or_left_out() {
        for host in [
            "localhost:3000",
            "example.org",
            "[::1]:3000",
            "xn--e1afmkfd.example",
        ] {
            assert!(is_plain_host(host), "{host}");
        }
        for host in [
            "",
            "a b",
            "example.org/path",
            "user@example.org",
            "a\"b",
            "=1+1",
            "<b>",
        ] {
            assert!(!is_plain_host(host), "{host}");
        }
    }
}
