//! `serve --backup-dir`: a backup every quarter of an hour, and the newest thirty are kept.
//!
//! A name has a running number before the time: `upr-tracker-000042-2026-11-29T04-17-26Z.backup`. The number
//! decides which is newer, so a clock that jumps neither hides a backup behind older ones nor has the
//! newest one removed.

use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use data::domain::Message;
use data::store::{Backup, Store};
use time::OffsetDateTime;
use time::macros::format_description;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tracing::{info, warn};

use super::encryption::Output;
use super::failure::Failure;
use super::private_file::{PrivateFile, remove_unfinished};
use super::upgrade::OwnBackups;

/// After a backup that failed, the next one is tried no later than this.
const RETRY: Duration = Duration::from_mins(1);

/// Names that other processes may take at the same moment.
const NAMES_TRIED: u64 = 20;

/// How the number and the time of a backup are written.
const DIGITS: usize = 6;
const TIME_LENGTH: usize = "2026-11-29T04-17-26Z".len();

/// When backups are made, where, and how many are kept.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The folder.
    pub folder: PathBuf,
    /// What the database is called: backups of several may be in one folder.
    pub name: String,
    /// How often.
    pub every: Duration,
    /// How many are kept.
    pub keep: NonZeroUsize,
    /// To whom they are encrypted.
    pub backups: OwnBackups,
}

/// Reads a time as a number and its unit: 90s, 15m, 6h, 1d.
pub fn every(typed: &str) -> Result<Duration, String> {
    let unfit = || "a number and s, m, h or d is expected, as in 15m".to_owned();
    let unit = typed.chars().next_back().ok_or_else(unfit)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return Err(unfit()),
    };
    let number = typed.strip_suffix(unit).unwrap_or_default();
    let number: u32 = number.parse().map_err(|_| unfit())?;
    match u64::from(number) * seconds {
        0 => Err("backups cannot be made without a pause between them".to_owned()),
        seconds => Ok(Duration::from_secs(seconds)),
    }
}

impl Schedule {
    /// Refuses a folder that is missing: one made now might be the empty place of a disk that is not
    /// mounted.
    pub fn checked(self) -> Result<Self, Failure> {
        if self.folder.is_dir() {
            return Ok(self);
        }
        let missing =
            Message::new("serve-backup-dir-missing").with("folder", self.folder.display());
        Err(Failure::of_message(&missing))
    }

    /// Makes backups until it is dropped. Failures are logged; backups that are there stay.
    pub async fn run(self, store: Arc<Store>) {
        let schedule = Arc::new(self);
        loop {
            tokio::time::sleep(schedule.due_in()).await;
            match back_up_behind_pages(&store, &schedule).await {
                Ok((path, backup)) => {
                    info!(file = %path.display(), entries = backup.entries, "backed up");
                }
                Err(why) => {
                    warn!(%why, folder = %schedule.folder.display(), "no backup was made");
                    tokio::time::sleep(schedule.every.min(RETRY)).await;
                }
            }
            if let Err(error) = schedule.remove_old() {
                warn!(%error, folder = %schedule.folder.display(), "old backups could not be removed");
            }
        }
    }

    /// How long to wait for the next backup, by the age of the newest one: a start, or another process
    /// with the same folder, makes none sooner. One from the future tells of a clock that was set back.
    fn due_in(&self) -> Duration {
        let newest = self
            .own_files()
            .ok()
            .and_then(|files| files.last().cloned());
        let age = newest.and_then(|(_, path)| {
            let modified = fs::metadata(path).and_then(|about| about.modified()).ok()?;
            SystemTime::now().duration_since(modified).ok()
        });
        age.map_or(Duration::ZERO, |age| self.every.saturating_sub(age))
    }

    /// How temporary names begin.
    fn unfinished(&self) -> String {
        format!(".{}-backup-", self.name)
    }

    /// The number of a backup that a schedule of this name made; `None` for any other file.
    fn number(&self, file: &str) -> Option<u64> {
        let rest = file.strip_prefix(&self.name)?.strip_prefix('-')?;
        let rest = rest
            .strip_suffix(".backup")
            .or_else(|| rest.strip_suffix(".backup.age"))?;
        let (number, time) = rest.split_once('-')?;
        let is_number = number.len() >= DIGITS && number.bytes().all(|byte| byte.is_ascii_digit());
        let is_time = time.len() == TIME_LENGTH
            && time.bytes().enumerate().all(|(index, byte)| match index {
                4 | 7 | 13 | 16 => byte == b'-',
                10 => byte == b'T',
                19 => byte == b'Z',
                _ => byte.is_ascii_digit(),
            });
        (is_number && is_time).then(|| number.parse().ok())?
    }

    /// The backups that this schedule has made, the oldest first.
    fn own_files(&self) -> io::Result<Vec<(u64, PathBuf)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let number = entry
                .file_name()
                .to_str()
                .and_then(|name| self.number(name));
            // A link or a folder of such a name is somebody else's.
            if let Some(number) = number
                && entry.file_type()?.is_file()
            {
                files.push((number, entry.path()));
            }
        }
        files.sort_unstable();
        Ok(files)
    }

    fn remove_old(&self) -> io::Result<()> {
        let files = self.own_files()?;
        let old = files.len().saturating_sub(self.keep.get());
        for (_, path) in files.into_iter().take(old) {
            match fs::remove_file(&path) {
                // Another process with the same folder was quicker.
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    async fn back_up(&self, store: &Store) -> Result<(PathBuf, Backup), Failure> {
        remove_unfinished(&self.folder, &self.unfinished())?;
        let newest = self.own_files()?.last().map_or(0, |(number, _)| *number);
        let mut number = newest.saturating_add(1);
        let last = newest.saturating_add(NAMES_TRIED);
        let mut path = self.path(number);
        let file = PrivateFile::begin(&path, &self.unfinished())?;
        let out = Output::begin(file.writer()?, &self.backups.backup_to)?;
        let written = store.backup(out).await;
        let (backup, out) = written.map_err(|error| Failure::of_store(&error))?;
        out.finish()?;
        let mut file = Some(file);
        while let Some(written) = file.take() {
            match written.put_in_place_as(&path) {
                Ok(()) => break,
                // Another process with the same folder has taken the number.
                Err((error, written))
                    if error.kind() == io::ErrorKind::AlreadyExists && number < last =>
                {
                    number += 1;
                    path = self.path(number);
                    file = Some(written);
                }
                Err((error, _)) => return Err(error.into()),
            }
        }
        Ok((path, backup))
    }

    fn path(&self, number: u64) -> PathBuf {
        let now = OffsetDateTime::now_utc();
        let time = now.format(format_description!(
            "[year]-[month]-[day]T[hour]-[minute]-[second]Z"
        ));
        // A year of five digits cannot be written so.
        let time = time.unwrap_or_else(|_| "9999-12-31T23-59-59Z".to_owned());
        let (name, ending) = (&self.name, self.backups.ending());
        self.folder
            .join(format!("{name}-{number:0DIGITS$}-{time}{ending}"))
    }
}

/// Makes a backup on a thread that stands behind every page, as those do that it starts.
async fn back_up_behind_pages(
    store: &Arc<Store>,
    schedule: &Arc<Schedule>,
) -> Result<(PathBuf, Backup), Failure> {
    let (store, schedule) = (Arc::clone(store), Arc::clone(schedule));
    let (tell, told) = oneshot::channel();
    let runtime = Handle::current();
    app::web::low_priority::run(move || {
        let mut tell = tell;
        let made = runtime.block_on(async {
            tokio::select! {
                made = schedule.back_up(&store) => Some(made),
                // The program ends: what was begun is removed.
                () = tell.closed() => None,
            }
        });
        drop(store);
        if let Some(made) = made {
            let _ = tell.send(made);
        }
    })?;
    told.await?
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::ConnectionTrait as _;
    use std::path::Path;

    fn schedule(folder: &Path, keep: usize) -> Schedule {
        Schedule {
            folder: folder.to_owned(),
            name: "upr".to_owned(),
            every: Duration::from_mins(15),
            keep: NonZeroUsize::new(keep).unwrap(),
            backups: OwnBackups::default(),
        }
    }

    async fn store(folder: &Path) -> Store {
        let url = format!("sqlite://{}?mode=rwc", folder.join("upr.sqlite").display());
        Store::open(&url).await.unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn times_are_read() {
        let read = |typed| every(typed).map(|time| time.as_secs()).ok();
        assert_eq!(read("90s"), Some(90));
        assert_eq!(read("15m"), Some(900));
        assert_eq!(read("1d"), Some(86_400));
        for unfit in [
            "",
            "m",
            "15",
            "0s",
            "-1m",
            "1.5h",
            "15mm",
            "9999999999d",
            "ü",
        ] {
            assert_eq!(read(unfit), None, "{unfit}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_newest_are_kept_whatever_the_clock_says_and_other_files_stay() {
        let (database, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let store = store(database.path()).await;
        let schedule = schedule(folder.path(), 2);
        let others = [
            "notes.txt",
            "upr.backup",
            "upr-1-2026-11-29T04-17-26Z.backup",
            "upr-000001-yesterday.backup",
            "upr-000001-2026-11-29T04-17-26Z.backup.copy",
            "other-000001-2026-11-29T04-17-26Z.backup",
            ".other-backup-abc.part",
        ];
        for name in others {
            fs::write(folder.path().join(name), "somebody else's").unwrap();
        }
        fs::create_dir(folder.path().join("upr-000002-2026-11-29T04-17-26Z.backup")).unwrap();
        // One of a clock that ran ahead by years, and what a killed process left.
        let ahead = "upr-000007-2041-01-01T00-00-00Z.backup";
        fs::write(folder.path().join(ahead), "of another time").unwrap();
        fs::write(folder.path().join(".upr-backup-abc.part"), "half").unwrap();
        let before = names(folder.path()).len();
        for number in 8..=10 {
            let (path, _) = schedule.back_up(&store).await.unwrap();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(name.starts_with(&format!("upr-{number:06}-")), "{name}");
            assert_eq!(schedule.number(&name), Some(number));
            assert!(data::store::is_backup(fs::File::open(&path).unwrap()));
            schedule.remove_old().unwrap();
            assert!(path.exists(), "the newest one is never removed");
        }
        let own: Vec<u64> = schedule
            .own_files()
            .unwrap()
            .iter()
            .map(|(number, _)| *number)
            .collect();
        assert_eq!(own, [9, 10]);
        // Two came; the one of the clock and the unfinished one went.
        assert_eq!(names(folder.path()).len(), before);
        for name in others {
            assert!(folder.path().join(name).exists(), "{name}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_failure_leaves_earlier_backups_and_nothing_half_written() {
        let (database, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let store = store(database.path()).await;
        let mut schedule = schedule(folder.path(), 1);
        schedule.back_up(&store).await.unwrap();
        let before = names(folder.path());
        // The database goes away: what is written up to then is removed.
        let raw = sea_orm::Database::connect(format!(
            "sqlite://{}",
            database.path().join("upr.sqlite").display()
        ))
        .await
        .unwrap();
        raw.execute_unprepared("DROP TABLE import_outcome; CREATE TABLE import_outcome (a JSON)")
            .await
            .unwrap();
        let english = app::Locale::ENGLISH;
        assert!(english.scope(schedule.back_up(&store)).await.is_err());
        assert_eq!(names(folder.path()), before);
        // So does the folder.
        schedule.folder = folder.path().join("gone");
        assert!(english.scope(schedule.back_up(&store)).await.is_err());
        assert!(english.enter(|| schedule.checked()).is_err());
    }

    #[test]
    fn a_backup_is_due_by_the_age_of_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let schedule = schedule(folder.path(), 1);
        assert_eq!(schedule.due_in(), Duration::ZERO);
        let made = folder.path().join("upr-000001-2026-11-29T04-17-26Z.backup");
        fs::write(&made, "").unwrap();
        assert!(schedule.due_in() > Duration::from_mins(14));
        let set = |time| {
            fs::File::options()
                .write(true)
                .open(&made)
                .unwrap()
                .set_modified(time)
        };
        let minute = Duration::from_mins(1);
        set(SystemTime::now() - 16 * minute).unwrap();
        assert_eq!(schedule.due_in(), Duration::ZERO);
        // The clock was set back.
        set(SystemTime::now() + 600 * minute).unwrap();
        assert_eq!(schedule.due_in(), Duration::ZERO);
    }
}
