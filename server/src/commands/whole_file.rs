//! Writing a file so that one that is there stays whole if something fails half-way.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The name of a file that is being written.
const PREFIX: &str = ".upr-tracker-";
const SUFFIX: &str = ".part";

/// A file that is younger may not be locked yet.
const JUST_NOW: Duration = Duration::from_mins(1);

/// As many links are followed, as the system does.
const LINKS: usize = 40;

/// Writes the file of that name. What is no regular file (a pipe, a terminal, a device) is written
/// straight to; a file is written beside it first, under a name that nothing else has, and takes the
/// place of what was there, with its permissions.
pub fn write(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() => {
            // What may not be written is not to be replaced either.
            OpenOptions::new().write(true).open(path)?;
            replace(&fs::canonicalize(path)?, Some(there.permissions()), write)
        }
        Ok(_) => {
            let mut out = BufWriter::new(OpenOptions::new().write(true).open(path)?);
            write(&mut out)?;
            out.flush()
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            replace(&followed(path)?, None, write)
        }
        Err(error) => Err(error),
    }
}

/// What a link names that is not there yet: the link stays, and what it names is made.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            Ok(named) => path = folder(&path).join(named),
            // No link, or nothing there.
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many links, each to the next"))
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Removes what programs that were killed while they wrote have left in a folder: files of our own name that
/// nobody holds and nobody has begun just now.
fn remove_left_over(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = name
            .to_str()
            .is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        let is_left_over = |about: fs::Metadata| {
            let age = about.modified().ok()?.elapsed().ok()?;
            Some(about.is_file() && age > JUST_NOW)
        };
        // Not through a link.
        let about = fs::symlink_metadata(entry.path()).ok();
        if is_ours
            && about.and_then(is_left_over).unwrap_or(false)
            && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            // Whoever may not remove it leaves it.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn replace(
    path: &Path,
    permissions: Option<Permissions>,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    remove_left_over(folder(path));
    let mut beside = tempfile::Builder::new();
    beside.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As of any new file: the system takes from it what the user's mask says.
        beside.permissions(Permissions::from_mode(0o666));
    }
    // It removes itself where it does not take its place.
    let mut beside = beside.tempfile_in(folder(path))?;
    // As long as it is held, nobody takes it for one that was left over.
    let _ = beside.as_file().try_lock();
    {
        let mut out = BufWriter::new(beside.as_file_mut());
        write(&mut out)?;
        out.flush()?;
    }
    let file: &File = beside.as_file();
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()?;
    beside.persist(path)?;
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::io::Read as _;
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
    use std::process::Command;

    use super::*;

    fn put(path: &Path, text: &str) -> io::Result<()> {
        write(path, |out| out.write_all(text.as_bytes()))
    }

    #[test]
    fn what_a_killed_program_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let old = std::time::SystemTime::now() - 2 * JUST_NOW;
        let make = |name: &str, is_old: bool| {
            let file = File::create(folder.path().join(name)).unwrap();
            if is_old {
                file.set_modified(old).unwrap();
            }
            file
        };
        make(".upr-tracker-dead.part", true);
        make(".upr-tracker-new.part", false);
        make("theirs.part", true);
        make(".upr-tracker-notes.txt", true);
        let held = make(".upr-tracker-held.part", true);
        held.lock().unwrap();
        put(&folder.path().join("out.csv"), "text").unwrap();
        let mut left = names(folder.path());
        left.sort_unstable();
        let expected = [
            ".upr-tracker-held.part",
            ".upr-tracker-new.part",
            ".upr-tracker-notes.txt",
            "out.csv",
            "theirs.part",
        ];
        assert_eq!(left, expected);
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_keeps_its_permissions_and_its_neighbours() {
        let folder = tempfile::tempdir().unwrap();
        let [file, neighbour, new] =
            ["x.csv", "x.csv.part", "y.csv"].map(|name| folder.path().join(name));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        fs::write(&neighbour, "mine").unwrap();
        put(&file, "new").unwrap();
        put(&new, "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::read_to_string(&neighbour).unwrap(), "mine");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o640);
        // What comes new has the permissions that any new file has.
        let any = folder.path().join("any");
        File::create(&any).unwrap();
        assert_eq!(mode(&new), mode(&any));
        assert_eq!(
            names(folder.path()),
            ["any", "x.csv", "x.csv.part", "y.csv"]
        );
    }

    #[test]
    fn a_link_stays_and_what_it_names_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        let target = elsewhere.path().join("x.csv");
        // Relative, to another link, to what is not there yet.
        symlink("second", &first).unwrap();
        symlink(&target, &second).unwrap();
        for text in ["one", "two"] {
            put(&first, text).unwrap();
            assert_eq!(fs::read_to_string(&target).unwrap(), text);
            assert!(fs::symlink_metadata(&first).unwrap().is_symlink());
            assert!(fs::symlink_metadata(&second).unwrap().is_symlink());
        }
        let itself = folder.path().join("itself");
        symlink("itself", &itself).unwrap();
        assert!(put(&itself, "x").is_err());
    }

    #[test]
    fn a_pipe_is_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.csv");
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || {
                let mut text = String::new();
                File::open(pipe).unwrap().read_to_string(&mut text).unwrap();
                text
            }
        });
        let link = folder.path().join("link.csv");
        symlink(&pipe, &link).unwrap();
        put(&link, "through").unwrap();
        assert_eq!(reader.join().unwrap(), "through");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        assert_eq!(names(folder.path()), ["link.csv", "pipe.csv"]);
    }

    #[test]
    fn a_failure_leaves_what_was_there_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let [file, new] = ["x.csv", "y.csv"].map(|name| folder.path().join(name));
        fs::write(&file, "old").unwrap();
        for path in [&file, &new] {
            let failed = write(path, |out| {
                out.write_all(&vec![b'x'; 100_000])?;
                Err(io::Error::other("half-way"))
            });
            assert_eq!(failed.unwrap_err().to_string(), "half-way");
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert!(put(folder.path(), "a folder is no file").is_err());
        assert_eq!(names(folder.path()), ["x.csv"]);
    }
}
