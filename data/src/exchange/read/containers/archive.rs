//! The ZIP archive that an XLSX or DOCX is, checked before anything in it is interpreted.
//!
//! A small archive can unpack to gigabytes and lie about its sizes. So every part is first
//! decompressed once, in pieces that are thrown away, and counted; only what stayed within the bounds
//! is read. This costs a second decompression of a few megabytes and lets the readers behind it trust
//! sizes.

use crate::domain::Message;
use crate::settings;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipFile;

/// Filler this small harms nobody.
const FREE_OF_RATIO: u64 = 4 << 20;

/// An archive within bounds.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Opens and checks.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Message> {
        // The directory is read whole by the library, so its entries are counted before.
        let entries = bytes
            .windows(4)
            .filter(|four| *four == b"PK\x01\x02")
            .count();
        if entries > settings::ARCHIVE_PARTS_MAX {
            return Err(
                Message::new("exchange-archive-parts").with("max", settings::ARCHIVE_PARTS_MAX)
            );
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
            if part.size() > settings::ARCHIVE_UNPACKED_MAX {
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
                let beyond_ratio =
                    size > FREE_OF_RATIO && size / settings::ARCHIVE_RATIO_MAX > packed;
                if unpacked + size > settings::ARCHIVE_UNPACKED_MAX || beyond_ratio {
                    return Err(too_large());
                }
            }
            unpacked += size;
        }
        Ok(Self { zip, names })
    }

    /// The names of its parts.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether it has a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }

    /// A part to read from.
    pub(crate) fn part(&mut self, name: &str) -> Result<ZipFile<'_, Cursor<&'a [u8]>>, Message> {
        self.zip.by_name(name).map_err(|_| damaged())
    }
}

/// What an archive that cannot be unpacked, or a part that is not XML, is answered with.
pub(crate) fn damaged() -> Message {
    Message::new("exchange-archive-damaged")
}

fn too_large() -> Message {
    Message::new("exchange-archive-too-large").with("max", settings::ARCHIVE_UNPACKED_MAX >> 20)
}
