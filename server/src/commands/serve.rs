//! `serve`: the pages, until the process is asked to end.

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use app::{Identity, Locale, OutsideLinks, Site, SiteTexts};
use clap::{Args, ValueEnum};
use data::domain::Message;
use data::store::{Actor, Quotas, SessionTimes, Store};
use tokio::net::TcpListener;
use tracing::warn;

use super::demo;
use super::failure::Failure;
use super::output;
use super::scheduled_backups::Schedule;
use super::upgrade::OwnBackups;
use crate::database_url::DatabaseUrl;
use crate::listen::{self, Limits, Network, descriptors};
use crate::middleware::headers::Transport;
use crate::middleware::page_cache::PageCache;
use crate::outage::Outage;
use crate::router::{self, Reach};
use crate::{assets, health};

const EXAMPLES: &str = "\
Examples:
  upr-tracker serve --demo-if-empty        try it, at http://127.0.0.1:3000
  upr-tracker serve --addr 127.0.0.1:0     any free port; the first line printed says which
  upr-tracker --database postgres://upr@localhost/upr serve \\
      --public-origin https://upr.example  behind a reverse proxy that speaks https

The reverse proxy passes on Host and Origin unchanged. SIGTERM or Ctrl-C ends the program after
the requests that are running, or after ten seconds.";

/// What `serve` can be told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ServeArguments {
    /// Where to listen.
    #[arg(
        long,
        env = "UPR_TRACKER_ADDR",
        default_value = "127.0.0.1:3000",
        value_name = "ADDRESS"
    )]
    pub addr: SocketAddr,

    /// Load the bundled and the demonstration set first where the database holds nothing, and
    /// print the demonstration's sign-ins.
    #[arg(long)]
    pub demo_if_empty: bool,

    /// Scheme, host and port that browsers see. With https:// they are told to come back by https
    /// only. Needed for any address that other machines reach: sign-ins must not cross a network
    /// unencrypted without somebody having decided so (by an origin with http://).
    #[arg(
        long,
        env = "UPR_TRACKER_ORIGIN",
        value_name = "ORIGIN",
        value_parser = crate::origin::parse
    )]
    pub public_origin: Option<String>,

    /// Connections at one time; by default 1024, or fewer where the system allows fewer files.
    #[arg(long, env = "UPR_TRACKER_CONNECTIONS", value_name = "NUMBER")]
    pub connections: Option<usize>,

    /// Connections at one time from one address, other than this machine's own.
    #[arg(
        long,
        env = "UPR_TRACKER_CONNECTIONS_PER_PEER",
        value_name = "NUMBER",
        default_value_t = Limits::default().per_peer
    )]
    pub connections_per_peer: usize,

    /// How often backups are made if there is a --backup-dir: a number and s, m, h or d.
    #[arg(
        long,
        env = "UPR_TRACKER_BACKUP_EVERY",
        value_name = "TIME",
        default_value = "15m",
        value_parser = super::scheduled_backups::every
    )]
    pub backup_every: Duration,

    /// How many of these backups are kept: the newest.
    #[arg(
        long,
        env = "UPR_TRACKER_BACKUP_KEEP",
        value_name = "NUMBER",
        default_value = "30"
    )]
    pub backup_keep: NonZeroUsize,
    /// A reverse proxy whose X-Forwarded-For or Forwarded header is believed; several where repeated,
    /// or parted by commas. The client that it names counts against the limit for one address. From
    /// anybody else these headers are ignored.
    #[arg(
        long,
        env = "UPR_TRACKER_TRUSTED_PROXIES",
        value_name = "ADDRESS[/BITS]",
        value_delimiter = ','
    )]
    pub trusted_proxy: Vec<Network>,

    /// How long a session lasts without use: a number and `m`, `h` or `d`.
    #[arg(
        long,
        env = "UPR_TRACKER_SESSION_IDLE",
        value_name = "TIME",
        default_value_t = SessionTime(SessionTimes::default().idle)
    )]
    pub session_idle: SessionTime,

    /// How long a session lasts at most, used or not.
    #[arg(
        long,
        env = "UPR_TRACKER_SESSION_LONGEST",
        value_name = "TIME",
        default_value_t = SessionTime(SessionTimes::default().longest)
    )]
    pub session_longest: SessionTime,

    /// Megabytes that one person's files may take until they are applied or discarded.
    #[arg(
        long,
        env = "UPR_TRACKER_WAITING_PER_PERSON",
        value_name = "MIB",
        default_value_t = Quotas::default().per_person >> 20
    )]
    pub waiting_per_person: u64,

    /// Megabytes that the files of all together may take until they are applied or discarded.
    #[arg(
        long,
        env = "UPR_TRACKER_WAITING_IN_ALL",
        value_name = "MIB",
        default_value_t = Quotas::default().in_all >> 20
    )]
    pub waiting_in_all: u64,

    /// A folder with texts about the installation in Markdown, in place of the shipped ones: about.md, contact.md,
    /// licence.md, privacy.md, accessibility.md. Read at the start.
    #[arg(long, env = "UPR_TRACKER_TEXTS", value_name = "FOLDER")]
    pub texts: Option<std::path::PathBuf>,

    /// What the installation is called, on the front page and the pages about it.
    #[arg(long, env = "UPR_TRACKER_NAME", value_name = "TEXT")]
    pub name: Option<String>,

    /// The organisation that runs it.
    #[arg(long, env = "UPR_TRACKER_ORGANISATION", value_name = "TEXT")]
    pub organisation: Option<String>,

    /// How readers reach that organisation: any address.
    #[arg(long, env = "UPR_TRACKER_CONTACT", value_name = "TEXT")]
    pub contact: Option<String>,

    /// How readers are shown addresses of other hosts, such as documents of the United Nations and evidence.
    #[arg(
        long,
        env = "UPR_TRACKER_OUTSIDE_LINKS",
        value_enum,
        value_name = "HOW",
        default_value_t = ShownAddresses::Link
    )]
    pub outside_links: ShownAddresses,

    /// Offer the pages below /en-XA/ in accented and lengthened English, from right to left: for tests.
    #[arg(long, env = "UPR_TRACKER_PSEUDO_LOCALE", value_parser = clap::builder::FalseyValueParser::new())]
    pub pseudo_locale: bool,
}

/// How readers are shown addresses of other hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShownAddresses {
    /// As links that tell the other host nothing of the page.
    Link,
    /// As text.
    Text,
}

/// A length of time such as `30m`, `12h` or `7d`: at least a minute, at most a year.
#[derive(Clone, Copy, Debug)]
pub struct SessionTime(Duration);

impl fmt::Display for SessionTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0.as_secs() / 60;
        match (minutes % (24 * 60), minutes % 60) {
            (0, _) => write!(f, "{}d", minutes / (24 * 60)),
            (_, 0) => write!(f, "{}h", minutes / 60),
            _ => write!(f, "{minutes}m"),
        }
    }
}

impl FromStr for SessionTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        session_time(text).map(Self)
    }
}

fn session_time(text: &str) -> Result<Duration, String> {
    let expected = || "a number and m, h or d is expected, from 1m to 365d".to_owned();
    let (number, unit) = text
        .split_at_checked(text.len().saturating_sub(1))
        .ok_or_else(expected)?;
    let minutes = match unit {
        "m" => 1,
        "h" => 60,
        "d" => 24 * 60,
        _ => return Err(expected()),
    };
    let number: u64 = number.parse().map_err(|_| expected())?;
    let minutes = number
        .checked_mul(minutes)
        .filter(|minutes| (1..=365 * 24 * 60).contains(minutes));
    Ok(Duration::from_mins(minutes.ok_or_else(expected)?))
}

/// How often it is looked for files that nobody came back to.
const FREEING: Duration = Duration::from_mins(10);

/// Serves until the process is asked to end.
pub async fn run(
    database: &DatabaseUrl,
    arguments: ServeArguments,
    backups: OwnBackups,
) -> Result<(), Failure> {
    let backup_folders = backups.folders(database);
    let schedule = match backups.backup_dir.clone() {
        Some(folder) => Some(
            Schedule {
                folder,
                name: database.name(),
                every: arguments.backup_every,
                keep: arguments.backup_keep,
                backups,
            }
            .checked()?,
        ),
        None => None,
    };
    if arguments.public_origin.is_none() && !arguments.addr.ip().is_loopback() {
        return Err(Failure::of_message(
            &Message::new("serve-origin-needed").with("address", arguments.addr),
        ));
    }
    let texts = match &arguments.texts {
        Some(folder) => SiteTexts::read(folder).map_err(|why| Failure::of_message(&why))?,
        None => SiteTexts::default(),
    };
    let identity = Identity::new(
        arguments.name.as_deref(),
        arguments.organisation.as_deref(),
        arguments.contact.as_deref(),
    );
    let identity = identity.map_err(|why| Failure::of_message(&why))?;
    let store = Arc::new(super::open(database).await?);
    let watched = store.watch().await;
    watched.map_err(|error| Failure::of_store(&error))?;
    store.set_session_times(SessionTimes {
        idle: arguments.session_idle.0,
        longest: arguments.session_longest.0,
        ..SessionTimes::default()
    });
    prepare(&store, database, arguments.demo_if_empty).await?;
    store.set_quotas(Quotas {
        per_person: arguments.waiting_per_person.saturating_mul(1 << 20),
        in_all: arguments.waiting_in_all.saturating_mul(1 << 20),
    });
    let reach = Reach {
        public_origin: arguments.public_origin,
        pseudo_locale: arguments.pseudo_locale,
    };
    // Over plain http a browser would keep a cookie for https to itself, and nobody could sign in.
    let secure_cookies = reach.transport() == Transport::Https;
    if !secure_cookies && !arguments.addr.ip().is_loopback() {
        output::aside_line(app::text::translations::text("serve-unencrypted", &[]));
    }
    let site = Site::new(
        Arc::clone(&store),
        assets::addresses(),
        secure_cookies,
        reach.public_origin.clone(),
    )
    .with_backup_folders(backup_folders)
    .with_texts(texts)
    .with_identity(identity)
    .with_outside_links(match arguments.outside_links {
        ShownAddresses::Link => OutsideLinks::Link,
        ShownAddresses::Text => OutsideLinks::Text,
    })
    .with_pseudo_locale(arguments.pseudo_locale);
    let live = Arc::clone(&site.live);
    let watching = Outage::watch(Arc::clone(&store)).await;
    let (outage, watching) = watching.map_err(|error| Failure::of_store(&error))?;
    let page_cache = PageCache::of(Arc::clone(&store)).through(outage);
    let asked = Arc::clone(&store);
    let health = health::routes(move || {
        let store = Arc::clone(&asked);
        async move { store.readiness().await }
    });
    page_cache.prepare().await;
    let router = router::assemble(app::routes::router(site), health, &reach, page_cache)?;
    let limits = Limits {
        connections: arguments
            .connections
            .unwrap_or_else(descriptors::affordable_connections),
        per_peer: arguments.connections_per_peer,
        ..Limits::default()
    };
    let listener = TcpListener::bind(arguments.addr)
        .await
        .map_err(Failure::while_doing(format!(
            "cannot listen at {}",
            arguments.addr
        )))?;
    // At once, since programs that start this one wait for the line.
    output::line(format_args!(
        "Listening at http://{}",
        listener.local_addr()?
    ))?;
    // A full disk is no reason not to serve; the first change that succeeds writes the mark.
    if let Err(error) = store.mark_open().await {
        warn!(%error, "the database could not be marked as open");
    }
    let backed_up = Arc::clone(&store);
    let backing_up =
        schedule.map(|schedule| tokio::spawn(Locale::current().scope(schedule.run(backed_up))));
    let written = Arc::clone(&store);
    let moving = tokio::spawn(async move { written.keep_log_short().await });
    let examined = Arc::clone(&store);
    let examining = tokio::spawn(async move { examined.keep_examining().await });
    let closed = Arc::clone(&store);
    let staged = Arc::clone(&store);
    let freeing = tokio::spawn(async move {
        // At once: what a killed program left behind goes first.
        loop {
            if let Err(error) = staged.free_staging().await {
                warn!(%error, "files that nobody came back to could not be removed");
            }
            tokio::time::sleep(FREEING).await;
        }
    });
    // What lists over all reviews need takes a moment to read: better now than when somebody waits.
    let reading = tokio::spawn(async move {
        if let Err(error) = store.corpus().await {
            warn!(%error, "not everything could be read beforehand");
        }
    });
    let asked_to_end = async move {
        listen::shutdown_signal().await;
        // They would otherwise be waited for.
        live.close();
    };
    listen::serve(
        listener,
        router,
        limits,
        arguments.trusted_proxy.into(),
        asked_to_end,
    )
    .await;
    reading.abort();
    moving.abort();
    freeing.abort();
    watching.abort();
    if let Some(backing_up) = backing_up {
        backing_up.abort();
    }
    examining.abort();
    closed
        .stop()
        .await
        .map_err(|error| Failure::of_store(&error))
}

/// What a database needs before it is served: the bundled set if it holds no review, and the
/// demonstration if that was asked for.
async fn prepare(
    store: &Store,
    database: &DatabaseUrl,
    demonstration: bool,
) -> Result<(), Failure> {
    let of_store = |error| Failure::of_store(&error);
    // The demonstration first: a start that is cut off after it is taken up again by the next one, and
    // one that was removed on purpose does not come back beside the bundled set.
    if demonstration {
        let empty = store.reviews().await.map_err(of_store)?.is_empty();
        demo::complete(store, database, empty).await?;
    }
    store
        .load_bundled(&Actor::command_line())
        .await
        .map_err(of_store)?;
    if demonstration {
        demo::tell_where_sign_ins_are(database)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn session_times_are_numbers_with_a_unit() {
        for (text, minutes) in [("1m", 1), ("30m", 30), ("12h", 720), ("7d", 10_080)] {
            assert_eq!(
                session_time(text),
                Ok(Duration::from_mins(minutes)),
                "{text}"
            );
            // As the help of the command line prints it.
            assert_eq!(SessionTime(Duration::from_mins(minutes)).to_string(), text);
        }
        for unfit in [
            "",
            "h",
            "12",
            "0m",
            "366d",
            "-1h",
            "1.5h",
            "12ч",
            "99999999999999999999d",
        ] {
            assert!(session_time(unfit).is_err(), "{unfit}");
        }
    }
}
