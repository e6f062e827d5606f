//! `/recommendations.csv`, `/reviews/{review}/recommendations.csv`, and `.xlsx` and `.json` of both: the
//! list of the same query string as a file.
//!
//! The writers block, so they run on a thread of their own and hand over pieces through a pipe that keeps
//! on disk what a slow reader has not taken yet: no reader keeps a writer's place, and one that goes away
//! stops it.

use crate::export::lists::{self, Form, Source, export, file_name};
use crate::export::spool::{self, SPOOLS};
use crate::urls::filter::{self, SelectsFrom};
use crate::web::failure::Failure;
use crate::web::low_priority::{self, FILES, LARGE_FILES};
use crate::web::request::{Request, Visitor};
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use data::domain::{Action, Message, Object};
use futures_util::{StreamExt as _, stream};
use std::io::{self, BufWriter};

/// The size of a piece, in bytes.
const PIECE: usize = 64 * 1024;

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

pub(crate) async fn all_reviews_csv(
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    file_of_all_reviews(&headers, &request, Form::Csv).await
}

pub(crate) async fn all_reviews_xlsx(
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    file_of_all_reviews(&headers, &request, Form::Xlsx).await
}

pub(crate) async fn all_reviews_json(
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Failure> {
    file_of_all_reviews(&headers, &request, Form::Json).await
}

async fn file(
    review: &str,
    headers: &HeaderMap,
    request: &Request,
    form: Form,
) -> Result<Response, Failure> {
    let record = request.review_record(review).await?;
    let (filter, faults) = filter::read(&request.query, SelectsFrom::Review(&record));
    refuse(&faults)?;
    let name = file_name(&record, &filter, form);
    note_export(request, &name).await?;
    let base = base(headers, request);
    let place = FILES.place().await?;
    streamed(&name, form, move |out| {
        let written = export(Source::Review(&record), &filter, form, &base, out);
        drop(place);
        written
    })
}

async fn file_of_all_reviews(
    headers: &HeaderMap,
    request: &Request,
    form: Form,
) -> Result<Response, Failure> {
    let place = LARGE_FILES.place().await?;
    let listing = request.site.store.listing().await?;
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let from = SelectsFrom::AllReviews(listing.corpus.scale(open_rounds));
    let (filter, faults) = filter::read(&request.query, from);
    refuse(&faults)?;
    let base = base(headers, request);
    let name = format!("recommendations.{}", form.ending());
    note_export(request, &name).await?;
    streamed(&name, form, move |out| {
        let source = Source::AllReviews {
            listing: &listing,
            open_rounds,
        };
        let written = export(source, &filter, form, &base, out);
        drop(place);
        written
    })
}

/// Writes down who took which file along, where it may hold what is not published.
async fn note_export(request: &Request, name: &str) -> Result<(), Failure> {
    if let Some(account) = &request.visitor.account
        && request
            .visitor
            .may(Action::ReadOpenRounds, Object::Installation)
    {
        let actor = Visitor::actor(account);
        request.site.store.note_private_export(&actor, name).await?;
    }
    Ok(())
}

/// No file where part of the address could not be used: on a page everybody sees the sentence that says
/// so, in a file nobody would.
pub(crate) fn refuse(faults: &[Message]) -> Result<(), Failure> {
    match lists::refusal(faults) {
        Some(refusal) => Err(Failure::Refused(refusal)),
        None => Ok(()),
    }
}

/// An answer that is written on a thread of its own while it is sent.
fn streamed(
    name: &str,
    form: Form,
    write: impl FnOnce(&mut BufWriter<spool::Writer>) -> io::Result<()> + Send + 'static,
) -> Result<Response, Failure> {
    let (writer, reader) = SPOOLS.pipe();
    let written = low_priority::run(move || {
        let mut out = BufWriter::with_capacity(PIECE, writer);
        // A file that could not be written whole ends its answer before its end, so that nobody takes
        // half a file for a whole one.
        if write(&mut out).is_ok()
            && let Ok(writer) = out.into_inner()
        {
            writer.finish();
        }
    });
    written.map_err(|_| Failure::Overloaded)?;
    let pieces = stream::unfold(reader, async |reader| {
        let piece = reader.next().await?;
        Some((piece, reader))
    });
    // Whoever compresses it asks again behind the end.
    let body = Body::from_stream(pieces.fuse());
    let headers: [(HeaderName, String); 2] = [
        (CONTENT_TYPE, form.content_type().to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, body).into_response())
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
