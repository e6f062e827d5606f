//! What the readers of Office's XML do alike.

use crate::domain::Message;
use crate::exchange::read::containers::archive::damaged;
use crate::exchange::read::values::cells::MAX_CELL;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// The longest tag or text between two tags, in bytes: a cell of the longest, with every letter
/// written as a reference.
const MAX_EVENT: usize = 8 * MAX_CELL;

/// The tags and texts of a part, one at a time. The parser holds each whole, however long it is, so one
/// of more than 8 MiB is refused before it is there.
pub(crate) struct Events<R> {
    reader: Reader<Paced<R>>,
    buffer: Vec<u8>,
}

impl<R: BufRead> Events<R> {
    /// Begins.
    pub(crate) fn new(xml: R) -> Self {
        let paced = Paced {
            inner: xml,
            left: MAX_EVENT,
        };
        Self {
            reader: Reader::from_reader(paced),
            buffer: Vec::new(),
        }
    }

    /// The next one.
    pub(crate) fn next(&mut self) -> Result<Event<'_>, Message> {
        self.buffer.clear();
        self.reader.get_mut().left = MAX_EVENT;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => Ok(event),
            Err(quick_xml::Error::Io(error)) if error.kind() == io::ErrorKind::FileTooLarge => {
                Err(Message::new("exchange-text-too-long").with("max", MAX_EVENT >> 20))
            }
            Err(_) => Err(damaged()),
        }
    }
}

/// Gives so many bytes and no more.
struct Paced<R> {
    inner: R,
    left: usize,
}

impl<R: BufRead> Read for Paced<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let length = there.len().min(into.len());
        for (to, from) in into.iter_mut().zip(there) {
            *to = *from;
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Paced<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.left = self.left.saturating_sub(length);
        self.inner.consume(length);
    }
}

/// The character that a reference such as `&amp;` or `&#8217;` stands for; an unknown one stays as it
/// is.
pub(crate) fn resolved(reference: &BytesRef<'_>) -> String {
    html_escape::decode_html_entities(&format!("&{};", &**reference)).into_owned()
}

/// The value of an attribute, whatever its namespace.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Message> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| damaged())?;
        if attribute.key.local_name().as_ref() == name {
            let value: Cow<'_, str> = attribute.value;
            return Ok(Some(html_escape::decode_html_entities(&value).into_owned()));
        }
    }
    Ok(None)
}
