//! The ZIP archive that an XLSX or DOCX is, checked before anything in it is interpreted.
//!
//! A small archive can unpack to gigabytes and lie about its sizes. So every part is first
//! decompressed once, in pieces that are thrown away, and counted; only what stayed within the bounds
//! is read. This costs a second decompression of a few megabytes and lets the readers behind it trust
//! sizes.

use crate::domain::Message;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipFile;

const MAX_PARTS: usize = 1_000;
const MAX_UNPACKED: u64 = 256 << 20;
/// Real spreadsheets and documents shrink 5 to 60 times; only filler shrinks more.
const MAX_RATIO: u64 = 300;
/// Filler this small harms nobody.
const FREE_OF_RATIO: u64 = 4 << 20;

/// An archive within bounds.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Opens and checks.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Message> {
        // The directory is read whole by the library, so its entries are counted before.
        let entries = bytes
            .windows(4)
            .filter(|four| *four == b"PK\x01\x02")
            .count();
        if entries > MAX_PARTS {
            return Err(Message::new("exchange-archive-parts").with("max", MAX_PARTS));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if zip.has_duplicate_names() {
            return Err(damaged());
        }
        let mut names = Vec::with_capacity(zip.len());
        let mut unpacked = 0;
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(|_| damaged())?;
            if part.encrypted() {
                return Err(Message::new("exchange-archive-encrypted"));
            }
            if part.size() > MAX_UNPACKED {
                return Err(too_large());
            }
            let packed = part.compressed_size();
            names.push(part.name().map_err(|_| damaged())?.into_owned());
            drop(part);
            let mut part = zip.by_index(index).map_err(|_| damaged())?;
            let mut size: u64 = 0;
            let mut piece = vec![0; 64 << 10];
            loop {
                let length = part.read(&mut piece).map_err(|_| damaged())?;
                if length == 0 {
                    break;
                }
                size += u64::try_from(length).unwrap_or(u64::MAX);
                let beyond_ratio = size > FREE_OF_RATIO && size / MAX_RATIO > packed;
                if unpacked + size > MAX_UNPACKED || beyond_ratio {
                    return Err(too_large());
                }
            }
            unpacked += size;
        }
        Ok(Self { zip, names })
    }

    /// The names of its parts.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether it has a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }

    /// A part to read from.
    pub(super) fn part(&mut self, name: &str) -> Result<ZipFile<'_, Cursor<&'a [u8]>>, Message> {
        self.zip.by_name(name).map_err(|_| damaged())
    }
}

/// What an archive that cannot be unpacked, or a part that is not XML, is answered with.
pub(super) fn damaged() -> Message {
    Message::new("exchange-archive-damaged")
}

fn too_large() -> Message {
    Message::new("exchange-archive-too-large").with("max", MAX_UNPACKED >> 20)
}
