//! Whether anybody has written to a SQLite database, told without asking SQLite.
//!
//! Every page depends on the number of the last entry of the history, and asking for it is most of the
//! work of a page that is kept: a query goes to another thread and back. SQLite's own connections learn of
//! commits, of whichever process, from the header of the write-ahead log's index: the first 48 bytes of the
//! file `-shm` beside the database, which change with each commit when it can be seen, not before
//! (<https://sqlite.org/walformat.html>, section 2.1). As long as they are what they were before the number
//! was asked for, the number is the same.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The header of the index: its version, the count of changes, sizes, checksums and salts.
type Header = [u8; 48];

/// The index of a database, and the last number that was asked for.
pub(crate) struct WalIndex<T> {
    path: PathBuf,
    /// Stays open as long as the file is there: closing any handle of a file takes back all locks that
    /// the process has on it, and SQLite's are on this one.
    file: Mutex<Option<File>>,
    known: Mutex<Option<(Header, T)>>,
}

impl<T: Copy> WalIndex<T> {
    /// The index beside a database.
    pub(crate) fn beside(database: &Path) -> Self {
        let mut path = database.as_os_str().to_owned();
        path.push("-shm");
        Self {
            path: path.into(),
            file: Mutex::new(None),
            known: Mutex::new(None),
        }
    }

    /// The header as it is now; none where there is none, or where the system cannot read it so. It may
    /// be read while it is written; then it is like none before.
    #[cfg(unix)]
    pub(crate) fn header(&self) -> Option<Header> {
        use std::os::unix::fs::{FileExt as _, MetadataExt as _};
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // SQLite removes it with its last connection, and makes another with the next.
        let is_there = |file: &File| file.metadata().is_ok_and(|about| about.nlink() > 0);
        if !file.as_ref().is_some_and(is_there) {
            *file = File::open(&self.path).ok();
        }
        let mut header = [0; 48];
        file.as_ref()?.read_exact_at(&mut header, 0).ok()?;
        Some(header)
    }

    /// The header as it is now: never known.
    #[cfg(not(unix))]
    pub(crate) fn header(&self) -> Option<Header> {
        let _ = (&self.path, &self.file);
        None
    }

    /// How many pages the log holds that were not begun anew since.
    pub(crate) fn pages(&self) -> u32 {
        // `mxFrame`, in the machine's own order of bytes.
        let header = self.header().unwrap_or([0; 48]);
        let pages = header.get(16..20).and_then(|bytes| bytes.try_into().ok());
        pages.map_or(0, u32::from_ne_bytes)
    }

    /// The number that was asked for when the header was this one.
    pub(crate) fn known(&self, header: Option<Header>) -> Option<T> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (then, revision) = (*known)?;
        (Some(then) == header).then_some(revision)
    }

    /// Keeps a number that was asked for after the header was read.
    pub(crate) fn keep(&self, header: Option<Header>, revision: T) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known = header.map(|header| (header, revision));
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_number_is_known_until_the_header_or_the_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let shm = folder.path().join("a.sqlite-shm");
        let index = WalIndex::beside(&folder.path().join("a.sqlite"));
        assert_eq!(index.header(), None);
        assert_eq!(index.known(index.header()), None);
        fs::write(&shm, [1; 64]).unwrap();
        index.keep(index.header(), (7, 70));
        assert_eq!(index.known(index.header()), Some((7, 70)));
        fs::write(&shm, [2; 64]).unwrap();
        assert_eq!(index.known(index.header()), None);
        index.keep(index.header(), (8, 80));
        // Another file in its place, as after the last connection was closed.
        fs::remove_file(&shm).unwrap();
        assert_eq!(index.known(index.header()), None);
        fs::write(&shm, [3; 64]).unwrap();
        assert_eq!(index.header(), Some([3; 48]));
        assert_eq!(index.known(index.header()), None);
    }
}
