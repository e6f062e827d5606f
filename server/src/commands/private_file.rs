//! Files that only their owner reads, complete or not there at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// How the name of a file ends that is being written.
pub const UNFINISHED: &str = ".part";

/// A file under a temporary name beside the one it becomes. Dropped before that, it removes itself.
pub struct PrivateFile {
    file: NamedTempFile,
    path: PathBuf,
}

impl PrivateFile {
    /// Begins a file; its temporary name begins with `prefix`.
    ///
    /// As long as it is written it is locked, so that what a killed process left can be told from it.
    pub fn begin(path: &Path, prefix: &str) -> io::Result<Self> {
        // The mode of temporary files is 0600 from their first byte on.
        let file = tempfile::Builder::new()
            .prefix(prefix)
            .suffix(UNFINISHED)
            .tempfile_in(folder_of(path))?;
        // Some network file systems know no locks; then what is left there stays.
        let _ = file.as_file().try_lock();
        Ok(Self {
            file,
            path: path.to_owned(),
        })
    }

    /// A handle to write to.
    pub fn writer(&self) -> io::Result<File> {
        self.file.as_file().try_clone()
    }

    /// Gives it its name once it is on the disk. A file that has the name already is replaced if
    /// `replace`, and otherwise an error of the kind [`AlreadyExists`](io::ErrorKind::AlreadyExists).
    pub fn put_in_place(self, replace: bool) -> io::Result<()> {
        if !replace {
            let path = self.path.clone();
            return self.put_in_place_as(&path).map_err(|(error, _)| error);
        }
        self.file.as_file().sync_all()?;
        self.file.persist(&self.path)?;
        sync_folder(folder_of(&self.path))
    }

    /// Gives it a name in the same folder that no file has yet; returns it if that fails.
    pub fn put_in_place_as(self, path: &Path) -> Result<(), (io::Error, Self)> {
        if let Err(error) = self.file.as_file().sync_all() {
            return Err((error, self));
        }
        match self.file.persist_noclobber(path) {
            // The file has its name; whether the name is on the disk, only the next start would show.
            Ok(_) => {
                let _ = sync_folder(folder_of(path));
                Ok(())
            }
            Err(failed) => {
                let file = Self {
                    file: failed.file,
                    path: self.path,
                };
                Err((failed.error, file))
            }
        }
    }
}

/// Removes the temporary files of that prefix that nobody is writing any more.
pub fn remove_unfinished(folder: &Path, prefix: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_ours = name
            .to_str()
            .is_some_and(|name| name.starts_with(prefix) && name.ends_with(UNFINISHED));
        if is_ours && entry.file_type()?.is_file() {
            let path = entry.path();
            if File::open(&path)?.try_lock().is_ok() {
                fs::remove_file(&path)?;
            }
        }
    }
    Ok(())
}

/// A name is on the disk when the folder that has it is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_complete_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.backup");
        let file = PrivateFile::begin(&path, ".x-").unwrap();
        file.writer().unwrap().write_all(b"half").unwrap();
        drop(file);
        assert!(names(folder.path()).is_empty());
        for text in ["one", "two"] {
            let file = PrivateFile::begin(&path, ".x-").unwrap();
            file.writer().unwrap().write_all(text.as_bytes()).unwrap();
            file.put_in_place(true).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let file = PrivateFile::begin(&path, ".x-").unwrap();
        let refused = file.put_in_place(false).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(names(folder.path()), ["x.backup"]);
    }

    #[test]
    fn what_a_killed_process_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let left = [".x-abc.part", ".y-abc.part", ".x-abc", "x-abc.part"];
        for name in left {
            fs::write(folder.path().join(name), "half").unwrap();
        }
        let being_written = PrivateFile::begin(&folder.path().join("x"), ".x-").unwrap();
        remove_unfinished(folder.path(), ".x-").unwrap();
        assert_eq!(names(folder.path()).len(), 4);
        assert!(!folder.path().join(".x-abc.part").exists());
        being_written.put_in_place(false).unwrap();
    }
}
