//! Limits and times of the whole program, each with its reason.
//!
//! A [`Setting`] is what installations differ in: an environment variable of its name overrides it, and a value
//! that does not fit stops the program at its start ([`faults`]). The constants below are what files, protocols,
//! databases and people's patience demand; a change of one of them is a change of the program.
//!
//! How long sessions last is in [`SessionTimes`](crate::store::SessionTimes), and how much may wait to be imported in
//! [`Quotas`](crate::store::Quotas): options of `serve` change them.

use crate::message::Message;
use std::sync::OnceLock;
use std::time::Duration;

/// A number that the environment may override.
#[derive(Debug)]
pub struct Setting {
    name: &'static str,
    default: u64,
    least: u64,
    most: u64,
    value: OnceLock<u64>,
}

impl Setting {
    const fn new(name: &'static str, default: u64, least: u64, most: u64) -> Self {
        Self {
            name,
            default,
            least,
            most,
            value: OnceLock::new(),
        }
    }

    /// The environment variable that overrides it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The value if nothing overrides it.
    pub fn default(&self) -> u64 {
        self.default
    }

    /// The smallest and the largest value.
    pub fn bounds(&self) -> (u64, u64) {
        (self.least, self.most)
    }

    /// The value: from the environment if it fits, else the default. Read once.
    pub fn get(&self) -> u64 {
        let read = || self.parse(std::env::var(self.name).ok().as_deref());
        *self.value.get_or_init(|| read().unwrap_or(self.default))
    }

    /// The value as a size or count in memory.
    pub fn size(&self) -> usize {
        usize::try_from(self.get()).unwrap_or(usize::MAX)
    }

    /// The value as a number of connections.
    pub fn count(&self) -> u32 {
        u32::try_from(self.get()).unwrap_or(u32::MAX)
    }

    /// The value, a number of megabytes, in bytes.
    pub fn bytes(&self) -> usize {
        self.size().saturating_mul(1 << 20)
    }

    /// The value, a number of seconds.
    pub fn seconds(&self) -> Duration {
        Duration::from_secs(self.get())
    }

    /// The value as a signed number, for arithmetic on times.
    pub fn signed(&self) -> i64 {
        i64::try_from(self.get()).unwrap_or(i64::MAX)
    }

    /// Reads what the environment says; refuses what is no number within the bounds.
    fn parse(&self, typed: Option<&str>) -> Result<u64, Message> {
        let Some(typed) = typed.filter(|typed| !typed.is_empty()) else {
            return Ok(self.default);
        };
        let number = typed.parse().ok();
        number
            .filter(|number| (self.least..=self.most).contains(number))
            .ok_or_else(|| {
                Message::new("setting-out-of-bounds")
                    .with("name", self.name)
                    .with("value", typed)
                    .with("least", self.least)
                    .with("most", self.most)
            })
    }
}

/// What the environment sets to values that do not fit, a message for each.
pub fn faults() -> Vec<Message> {
    let faults = ALL
        .iter()
        .map(|setting| setting.parse(std::env::var(setting.name).ok().as_deref()));
    faults.filter_map(Result::err).collect()
}

macro_rules! settings {
    ($($(#[$doc:meta])* $setting:ident = $name:literal, $default:expr, $least:expr => $most:expr;)*) => {
        $($(#[$doc])* pub static $setting: Setting = Setting::new($name, $default, $least, $most);)*

        /// All of them.
        pub static ALL: &[&Setting] = &[$(&$setting),*];
    };
}

settings! {
    /// How long a page or an action may take until its response begins, in seconds.
    REQUEST_SECONDS = "UPR_TRACKER_REQUEST_SECONDS", 30, 5 => 600;

    /// How long a file may take to arrive, or until it begins to leave, in seconds.
    FILE_REQUEST_SECONDS = "UPR_TRACKER_FILE_REQUEST_SECONDS", 600, 30 => 7_200;

    /// The largest file that can be uploaded, in megabytes. The dump of the Universal Human Rights Index has about 360.
    UPLOAD_MAX_MB = "UPR_TRACKER_UPLOAD_MAX_MB", 512, 1 => 16_384;

    /// How long a file waits for its columns to be explained, in hours.
    UPLOAD_KEPT_HOURS = "UPR_TRACKER_UPLOAD_KEPT_HOURS", 24, 1 => 8_760;

    /// How long the rows of an import are kept after it was read, in hours: its preview, and what it did.
    IMPORT_KEPT_HOURS = "UPR_TRACKER_IMPORT_KEPT_HOURS", 24, 1 => 8_760;

    /// What all cached pages may weigh together, in megabytes.
    PAGE_CACHE_MB = "UPR_TRACKER_PAGE_CACHE_MB", 16, 1 => 4_096;

    /// The recommendations of all cached reviews together: 4,000 are some twenty reviews, or ten megabytes.
    REVIEW_CACHE = "UPR_TRACKER_REVIEW_CACHE", 4_000, 1_000 => 1_000_000;

    /// Readers of a SQLite file, or connections to PostgreSQL.
    DATABASE_CONNECTIONS = "UPR_TRACKER_DATABASE_CONNECTIONS", 8, 2 => 200;

    /// People who listen to what happens in rounds, at one time.
    LISTENERS = "UPR_TRACKER_LISTENERS", 256, 1 => 10_000;

    /// Pages that one person has open of them at one time.
    LISTENERS_EACH = "UPR_TRACKER_LISTENERS_EACH", 8, 1 => 100;

    /// How long a browser is known, in days since it was said to be somebody's own.
    DEVICE_DAYS = "UPR_TRACKER_DEVICE_DAYS", 180, 1 => 3_650;

    /// How long entries of the security log are kept, in days.
    SECURITY_LOG_DAYS = "UPR_TRACKER_SECURITY_LOG_DAYS", 180, 7 => 3_650;

    /// Characters of a password at least. Fewer than 12 would be guessed from a stolen database.
    PASSWORD_MIN = "UPR_TRACKER_PASSWORD_MIN", 12, 12 => 100;
}

// Requests
/// What any request may send, in bytes.
pub const REQUEST_MAX: usize = 1024 * 1024;

/// The largest form that is read. The longest texts there may be, and every recommendation of a review
/// ticked, stay far below.
pub const FORM_MAX: usize = 4 * 1024 * 1024;

/// The largest form of an ended session that is carried through signing in: the longest text there may
/// be, in letters of six bytes each.
pub const CARRIED_FORM_MAX: usize = 192 * 1024;

/// The largest form that signs somebody in: one that carries such a form is encoded once more.
pub const SIGN_IN_FORM_MAX: usize = 2 * CARRIED_FORM_MAX;

/// The largest form of an action for everybody that has nothing to say.
pub const EMPTY_FORM_MAX: usize = 1024;

/// The largest head of a request, in bytes: room for a long filter, not for an attack on memory.
pub const REQUEST_HEAD_MAX: usize = 32 * 1024;

/// The longest query string that is read, in bytes: every State and every issue chosen together stay
/// below it. A page repeats the filter in each of its links, so a long one grows a hundredfold.
pub const QUERY_MAX: usize = 16 * 1024;

/// The longest value of a dimension, in bytes. No vocabulary has a term of that length.
pub const QUERY_VALUE_MAX: usize = 400;

/// The longest query string of a page that is made at once, in bytes. Every State chosen together is
/// longer; what people choose by hand is a tenth of it.
pub const QUERY_MADE_AT_ONCE_MAX: usize = 2_000;

/// The most recommendations of a review whose words are looked for at once: a list of one review is
/// searched without an index that was made before.
pub const REVIEW_SEARCHED_AT_ONCE_MAX: usize = 1_000;

/// How long a download waits for its turn: people wait for a file longer than for a page.
pub const WAIT_OF_FILES: Duration = Duration::from_mins(2);

/// How long a page waits for its turn: less than the half minute after which a request is given up.
pub const WAIT_OF_PAGES: Duration = Duration::from_secs(20);

/// A database that answers later than this does not answer as far as a person is concerned. Longer than
/// a change waits for another program's lock, so that the lock is what is reported.
pub const HEALTH_WAIT: Duration = Duration::from_secs(8);

/// A request is answered within this time, however late it was noticed that the database is away.
pub const OUTAGE_ANSWERED_WITHIN: Duration = Duration::from_millis(1_900);

// People
/// Wrong passwords that delay nobody.
pub const FREE_SIGN_IN_FAILURES: i32 = 5;

/// Between two guesses at first, in milliseconds.
pub const SIGN_IN_PACE_MIN: i64 = 2_000;

/// Between two guesses at most, in milliseconds. A person waits that long without giving up, and a guesser gets no
/// further than 4,320 a day.
pub const SIGN_IN_PACE_MAX: i64 = 20_000;

/// Known browsers of one account; the one that was used longest ago makes room for the next.
pub const DEVICES_MAX: usize = 10;

/// Entries at most, so that no flood fills the disk.
pub const SECURITY_LOG_ENTRIES_MAX: i64 = 50_000;

/// OWASP's advice for Argon2id is at least 19 MiB and two passes; this is three times the memory, and
/// still well under a tenth of a second for one who knows the password.
pub const PASSWORD_HASH_MEMORY_KIB: u32 = 64 * 1024;

/// The passes of Argon2id.
pub const PASSWORD_HASH_PASSES: u32 = 2;

/// Characters of a password at most: hashing a longer one would cost the server, not its guesser.
pub const PASSWORD_MAX: usize = 1_000;

/// How long a sign-in form may stay open, in milliseconds.
pub const SIGN_IN_FORM_VALID_MS: i64 = 2 * 60 * 60 * 1_000;

/// How long somebody counts as present after they were last seen, in milliseconds.
pub const PRESENCE_MS: i64 = 30_000;

// Files that arrive
/// The largest file that is read whole, in bytes.
pub const MAX_FILE: usize = 64 << 20;

/// The largest table as text, in bytes: it is read where it stands and takes no more memory than it has
/// bytes. Our own table of the whole UPR has about 90 million.
pub const MAX_TEXT: usize = 160 << 20;

/// The largest file that is read an object at a time, in bytes. The dump of the Universal Human Rights
/// Index has about 360 million.
pub const MAX_STREAMED: u64 = 1 << 30;

/// Parts of an archive at most.
pub const ARCHIVE_PARTS_MAX: usize = 1_000;

/// What an archive may unpack to, in bytes.
pub const ARCHIVE_UNPACKED_MAX: u64 = 256 << 20;

/// Real spreadsheets and documents shrink 5 to 60 times; only filler shrinks more.
pub const ARCHIVE_RATIO_MAX: u64 = 300;

/// The longest cell that is read, in bytes. The longest recommendation known has a few thousand.
pub const MAX_CELL: usize = 1 << 20;

/// The most rows of one table. All recommendations of all cycles so far are about 117,000.
pub const MAX_ROWS: u32 = 200_000;

/// The most columns of one table.
pub const MAX_COLUMNS: usize = 256;

/// The most values of one cell. What is kept beside a recommendation is shown and compared whole.
pub const MAX_VALUES: usize = 1_000;

/// The most rows of one file for one review: the largest reviews have some 500 recommendations, and
/// every text is compared with every other of the same State.
pub const PLANNED_ROWS_MAX: usize = 5_000;

/// The most that those rows hold, in characters: the largest reviews have less than half a million.
pub const PLANNED_TEXT_MAX: i64 = 16 << 20;

/// After how long without a word a file is taken for one that nobody reads any more: longer than any step
/// of reading takes.
pub const IMPORT_SILENT_MS: i64 = 10 * 60 * 1_000;

// Files that leave
/// What all pipes together may hold in files, in bytes.
pub const SPOOL_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// Files of all pipes together: each takes one of the process' descriptors.
pub const SPOOL_FILES_MAX: usize = 64;

/// How long a writer without any room left waits for a reader that takes nothing.
pub const SPOOL_WAIT: Duration = Duration::from_secs(20);

// Memory
/// What one page may weigh to be cached, its address included.
pub const PAGE_CACHED_MAX: usize = 512 * 1024;

/// The most bytes of all superseded pages together.
pub const SUPERSEDED_PAGES_MAX: usize = 4 * 1024 * 1024;

/// So many reviews are cached however large they are: a page of one needs those of the cycles before it, and people
/// read at several.
pub const CACHED_REVIEWS_MIN: usize = 16;

/// The rows of all cached selections together: some ten megabytes.
pub const CACHED_SELECTION_ROWS: usize = 1_600_000;

/// The most selections, however small.
pub const CACHED_SELECTIONS_MAX: usize = 64;

/// Time between two looks at the database for the people who work on a round.
pub const ROUND_EVENTS_TICK: Duration = Duration::from_millis(700);

// Databases
/// How long a connection waits for another process' lock before it gives up.
pub const DATABASE_LOCK_WAIT: Duration = Duration::from_secs(5);

/// How long the connection that writes waits for another process' lock. `Store::begin` repeats its attempt, so that
/// requests which wait for one foreign lock wait together instead of one after the other.
pub const WRITER_LOCK_WAIT: Duration = Duration::from_millis(200);

/// How long a database may take to come up when a program starts.
pub const DATABASE_START_WAIT: Duration = Duration::from_secs(15);

/// How long a request waits for a connection to PostgreSQL: it has to be refused within two seconds.
pub const POSTGRES_CONNECTION_WAIT: Duration = Duration::from_millis(1_500);

/// How long a change waits for another program's lock. Those that wait at the same time wait together.
pub const FOREIGN_LOCK_WAIT: Duration = Duration::from_secs(5);

/// Assessments that are committed together at most. More than people save at the same moment; and what has to be
/// written again, one by one, if one of them fails.
pub const SAVES_TOGETHER_MAX: usize = 64;

/// At so many pages SQLite moves them itself, as it does for programs that end before it matters: 64 MiB.
pub const WAL_PAGES_MAX: u32 = 16_000;

#[cfg(test)]
mod tests {
    use super::{ALL, Setting};

    #[test]
    fn values_that_do_not_fit_are_refused() {
        let setting = Setting::new("X", 30, 5, 600);
        assert_eq!(setting.parse(None), Ok(30));
        assert_eq!(setting.parse(Some("")), Ok(30));
        assert_eq!(setting.parse(Some("5")), Ok(5));
        assert_eq!(setting.parse(Some("600")), Ok(600));
        for typed in [
            "4",
            "601",
            "-1",
            "1e2",
            "30s",
            " 30",
            "18446744073709551616",
        ] {
            assert!(setting.parse(Some(typed)).is_err(), "{typed}");
        }
    }

    #[test]
    fn defaults_are_within_their_bounds_and_names_are_unique() {
        for setting in ALL {
            let (least, most) = setting.bounds();
            assert!(
                (least..=most).contains(&setting.default()),
                "{}",
                setting.name()
            );
            assert_eq!(
                ALL.iter()
                    .filter(|other| other.name() == setting.name())
                    .count(),
                1
            );
        }
    }
}
