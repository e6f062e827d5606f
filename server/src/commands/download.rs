//! A file from an address that a person typed: `import https://…`.
//!
//! What arrives goes into a folder that only its owner reads, under a name that does not tell the address,
//! and stays there when a download breaks off, so that `--resume` goes on. Whether the file on the server is
//! still the same is the server's to say: the request names the mark that it gave the file (`If-Range`), and
//! a changed file comes whole. Nothing is fetched but at a person's word, and no address is logged.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek as _, SeekFrom, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::Args;
use serde::{Deserialize, Serialize};
use ureq::config::AutoHeaderValue;
use ureq::http::{HeaderMap, Response, Uri, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy};

use super::failure::Failure;
use super::output;
use crate::listen::asked_to_end;

/// Where an interrupted download is kept, if the environment names no other place.
const FOLDER: &str = "upr-tracker";
/// The variable that names the place.
const FOLDER_VARIABLE: &str = "UPR_TRACKER_DOWNLOADS";
/// Variables of the system that name a proxy, in the order in which other programs read them.
const PROXY_VARIABLES: [&str; 4] = ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"];
/// Connecting through Tor may take half a minute.
const CONNECT: Duration = Duration::from_mins(1);
/// A large export may have to be made before the first byte comes.
const ANSWER: Duration = Duration::from_mins(3);
/// After so long without a byte the connection is taken for dead.
const SILENCE: Duration = Duration::from_mins(1);
/// Redirects that are followed.
const REDIRECTS: u32 = 5;
/// How often an interrupted download goes on by itself, and how long it waits before: longer each time.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_secs(1);
/// What is read at once.
const PIECE: usize = 64 << 10;
/// The largest description of a download that is read.
const LARGEST_NOTE: u64 = 64 << 10;

/// How a file is fetched from an address.
#[derive(Debug, Args)]
pub struct DownloadArguments {
    /// Go on with a download of this address that was interrupted.
    #[arg(long)]
    pub resume: bool,

    /// The proxy to fetch through: `socks5://HOST:PORT` (Tor: `socks5://127.0.0.1:9050`), where the proxy
    /// looks the name up, or `http://HOST:PORT`; `none` for no proxy. By default that of the system
    /// (`ALL_PROXY`, `HTTPS_PROXY`).
    #[arg(
        long,
        env = "UPR_TRACKER_PROXY",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub proxy: Option<String>,

    /// A file of certificates (PEM) that are trusted for this download instead of the system's.
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,

    /// Accept http:// for a server on this very machine, as tests do.
    #[arg(long, hide = true)]
    pub plain_loopback: bool,
}

/// Whether what was typed as the file is an address.
pub fn is_address(typed: &Path) -> bool {
    let typed = typed.to_string_lossy();
    let scheme = typed.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    })
}

/// A file that has arrived.
#[derive(Debug)]
pub struct Downloaded {
    /// The file, unpacked if the server had packed it.
    pub path: PathBuf,
    /// The last part of the address, without what follows a question mark.
    pub name: String,
    part: Part,
    /// Removes itself.
    _unpacked: Option<tempfile::TempPath>,
}

impl Downloaded {
    /// Removes the file once it is read.
    pub fn remove(self) {
        let _ = fs::remove_file(&self.part.file);
        let _ = fs::remove_file(&self.part.note);
    }
}

/// Fetches a file of at most so many bytes. At Ctrl-C and at SIGTERM what has arrived stays for `--resume`.
pub async fn fetch(
    typed: &Path,
    arguments: &DownloadArguments,
    largest: u64,
) -> Result<Downloaded, Failure> {
    let address = typed.to_string_lossy().into_owned();
    let uri = checked(&address, arguments.plain_loopback)?;
    let folder = private_folder()?;
    let part = Part::of(&folder, &address);
    let mut job = Job {
        agent: agent(&uri, arguments)?,
        uri: uri.clone(),
        part: part.clone(),
        largest,
        resume: arguments.resume,
        arrived: Arc::default(),
    };
    let arrived = Arc::clone(&job.arrived);
    let (done, mut waits) = tokio::sync::oneshot::channel();
    // A thread of its own: it may sit in a read for a minute, and a program that was stopped must not
    // wait for it.
    std::thread::spawn(move || {
        let _ = done.send(job.run());
    });
    let watched = io::IsTerminal::is_terminal(&io::stderr());
    let mut tick = tokio::time::interval(Duration::from_millis(200));
    let mut end = Box::pin(asked_to_end());
    let outcome = loop {
        tokio::select! {
            outcome = &mut waits => break outcome,
            () = &mut end => {
                let size = fs::metadata(&part.file).map_or(0, |about| about.len());
                return Err(Failure::new(format!("stopped. {}", part.left(size))));
            }
            _ = tick.tick(), if watched => {
                let so_far = megabytes(arrived.load(Ordering::Relaxed));
                output::aside(format_args!("\r\x1b[KDownloading: {so_far} …"));
            }
        }
    };
    if watched {
        output::aside("\r\x1b[K");
    }
    let encoding = outcome.map_err(|_| Failure::new("the download ended unexpectedly"))??;
    let unpacked = unpack(&part, &folder, encoding, largest)?;
    let path = match &unpacked {
        Some(unpacked) => unpacked.to_path_buf(),
        None => part.file.clone(),
    };
    Ok(Downloaded {
        path,
        name: name_of(&uri),
        part,
        _unpacked: unpacked,
    })
}

/// The address, if it is one that may be fetched.
fn checked(address: &str, plain_loopback: bool) -> Result<Uri, Failure> {
    let uri: Uri = address
        .parse()
        .map_err(|_| Failure::new("that is no address: it looks like https://host/file.json"))?;
    let Some(host) = uri.host() else {
        return Err(Failure::new("the address names no server"));
    };
    let has_password = uri
        .authority()
        .is_some_and(|one| one.as_str().contains('@'));
    if has_password {
        return Err(Failure::new(
            "leave name and password out of the address; files behind a password are downloaded in a \
             browser and given by their name",
        ));
    }
    let is_loopback = || {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host.parse::<IpAddr>().is_ok_and(|host| host.is_loopback())
    };
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if plain_loopback && is_loopback() => Ok(uri),
        _ => Err(Failure::new(
            "only https:// addresses are fetched: what comes over http:// anybody on the way can read \
             and change",
        )),
    }
}

/// The last part of an address, as the name of its file.
fn name_of(uri: &Uri) -> String {
    let last = uri.path().rsplit('/').find(|part| !part.is_empty());
    last.unwrap_or("download").to_owned()
}

/// The folder of downloads, made if it is missing; only its owner reads it.
fn private_folder() -> Result<PathBuf, Failure> {
    let named = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let folder = if let Some(folder) = named(FOLDER_VARIABLE) {
        PathBuf::from(folder)
    } else if let Some(cache) = named("XDG_CACHE_HOME") {
        PathBuf::from(cache).join(FOLDER)
    } else if let Some(home) = named("HOME") {
        PathBuf::from(home).join(".cache").join(FOLDER)
    } else {
        return Err(Failure::new(format!(
            "there is no place for downloads: name a folder in the variable {FOLDER_VARIABLE}"
        )));
    };
    let cannot = || format!("cannot keep downloads in {}", folder.display());
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder
        .create(&folder)
        .map_err(Failure::while_doing(cannot()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let about = fs::metadata(&folder).map_err(Failure::while_doing(cannot()))?;
        if about.permissions().mode() & 0o022 != 0 {
            return Err(Failure::new(format!(
                "others may write into {}: take that right from them, or name another folder in the \
                 variable {FOLDER_VARIABLE}",
                folder.display()
            )));
        }
    }
    Ok(folder)
}

/// What has arrived of a file, and what is known of it.
#[derive(Clone, Debug)]
struct Part {
    file: PathBuf,
    note: PathBuf,
}

/// What a server said of a file, kept beside it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct Note {
    /// The mark that tells this version of the file from others.
    #[serde(default)]
    validator: Option<String>,
    #[serde(default)]
    encoding: Encoding,
}

/// How a server packed a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
enum Encoding {
    #[default]
    Plain,
    Gzip,
    Brotli,
}

impl Part {
    /// The names do not tell the address to whoever looks into the folder.
    fn of(folder: &Path, address: &str) -> Self {
        let mut hasher = data::store::Sha256::default();
        hasher.add(address.as_bytes());
        let name = hasher.finish();
        let name = name.get(..32).unwrap_or(&name);
        Self {
            file: folder.join(format!("{name}.part")),
            note: folder.join(format!("{name}.json")),
        }
    }

    /// What becomes of the bytes that have arrived when a download ends early.
    fn left(&self, size: u64) -> String {
        if size == 0 {
            let _ = fs::remove_file(&self.file);
            let _ = fs::remove_file(&self.note);
            return "Nothing has arrived".to_owned();
        }
        format!(
            "{} have arrived and are kept: give the same address with --resume to go on",
            megabytes(size)
        )
    }

    fn note(&self) -> Note {
        let read = || -> Option<Note> {
            let file = File::open(&self.note).ok()?;
            serde_json::from_reader(file.take(LARGEST_NOTE)).ok()
        };
        read().unwrap_or_default()
    }

    fn write_note(&self, note: &Note) -> io::Result<()> {
        let mut file =
            private(OpenOptions::new().write(true).create(true).truncate(true)).open(&self.note)?;
        file.write_all(serde_json::to_string(note)?.as_bytes())
    }

    fn open(&self) -> io::Result<File> {
        private(
            OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false),
        )
        .open(&self.file)
    }
}

/// Only the owner reads what is made.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

/// The client: encrypted, through the proxy that was named, with no cookie and no trace of the machine.
fn agent(uri: &Uri, arguments: &DownloadArguments) -> Result<Agent, Failure> {
    let is_encrypted = uri.scheme_str() == Some("https");
    let tls = TlsConfig::builder()
        .root_certs(roots(arguments.ca.as_deref(), is_encrypted)?)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let config = Agent::config_builder()
        .https_only(is_encrypted)
        .tls_config(tls)
        .proxy(proxy(arguments.proxy.as_deref())?)
        .max_redirects(if is_encrypted { REDIRECTS } else { 0 })
        .max_redirects_will_error(is_encrypted)
        .http_status_as_error(false)
        .user_agent("upr-tracker")
        .accept("*/*")
        // What is not packed can go on at any byte.
        .accept_encoding(AutoHeaderValue::None)
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(ANSWER))
        .timeout_per_read(Some(SILENCE))
        .timeout_per_write(Some(SILENCE))
        .max_idle_connections(0)
        .build();
    Ok(config.into())
}

/// The certificates that are trusted.
fn roots(ca: Option<&Path>, is_encrypted: bool) -> Result<RootCerts, Failure> {
    if !is_encrypted {
        return Ok(RootCerts::new_with_certs(&[]));
    }
    let trusted: Vec<Certificate<'static>> = if let Some(path) = ca {
        let shown = path.display();
        let text = fs::read(path).map_err(Failure::while_doing(format!("cannot read {shown}")))?;
        parse_pem(&text)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(one)) => Some(one),
                _ => None,
            })
            .collect()
    } else {
        let found = rustls_native_certs::load_native_certs();
        let own = |der: &rustls::pki_types::CertificateDer<'_>| {
            Certificate::from_der(der.as_ref()).to_owned()
        };
        found.certs.iter().map(own).collect()
    };
    if trusted.is_empty() {
        return Err(Failure::new(match ca {
            Some(path) => format!("{} holds no certificate in PEM", path.display()),
            None => {
                "this system has no certificates by which servers are recognised: install them \
                     (ca-certificates), or name a file of them with --ca"
                    .to_owned()
            }
        }));
    }
    Ok(RootCerts::new_with_certs(&trusted))
}

/// The proxy that was named, or that of the system. A name that cannot be understood is an error: a
/// download must not go another way than its person wants.
fn proxy(named: Option<&str>) -> Result<Option<Proxy>, Failure> {
    let of_system = || {
        let mut values = PROXY_VARIABLES
            .iter()
            .filter_map(|name| std::env::var(name).ok());
        values.find(|value| !value.is_empty())
    };
    let Some(named) = named.map(str::to_owned).or_else(of_system) else {
        return Ok(None);
    };
    if named == "none" {
        return Ok(None);
    }
    // The proxy looks names up; otherwise whoever watches this machine reads them.
    let remote = [("socks5://", "socks5h://"), ("socks4://", "socks4a://")]
        .into_iter()
        .find_map(|(local, remote)| Some(format!("{remote}{}", named.strip_prefix(local)?)))
        .unwrap_or(named);
    Proxy::new(&remote).map(Some).map_err(|_| {
        Failure::new(
            "the proxy cannot be understood: it looks like socks5://127.0.0.1:9050 or \
             http://127.0.0.1:8080; with --proxy none nothing stands between",
        )
    })
}

/// A download under way.
struct Job {
    agent: Agent,
    uri: Uri,
    part: Part,
    largest: u64,
    resume: bool,
    arrived: Arc<AtomicU64>,
}

/// Why a try ended.
enum Ended {
    /// Trying again is worth while.
    Interrupted(String),
    Failed(Failure),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Job {
    fn run(&mut self) -> Result<Encoding, Failure> {
        let mut file = self
            .part
            .open()
            .map_err(Failure::while_doing("cannot keep the download"))?;
        if file.try_lock().is_err() {
            return Err(Failure::new(
                "this address is being downloaded by another process; wait for it, or stop it",
            ));
        }
        if !self.resume {
            self.begin_again(&mut file)?;
        }
        let mut tries = 0;
        loop {
            let before = length(&file);
            match self.try_once(&mut file) {
                Ok(encoding) => return Ok(encoding),
                Err(Ended::Failed(failure)) => return Err(failure),
                Err(Ended::Interrupted(why)) => {
                    // Whatever has arrived since shows that the connection is worth another try.
                    tries = if length(&file) > before { 1 } else { tries + 1 };
                    if tries >= TRIES {
                        return Err(Failure::new(format!(
                            "the download was interrupted: {why}. {}",
                            self.part.left(length(&file))
                        )));
                    }
                    std::thread::sleep(PAUSE * 2_u32.pow(tries - 1));
                }
            }
        }
    }

    fn begin_again(&self, file: &mut File) -> Result<(), Failure> {
        let cannot = || "cannot keep the download";
        file.set_len(0).map_err(Failure::while_doing(cannot()))?;
        self.part
            .write_note(&Note::default())
            .map_err(Failure::while_doing(cannot()))
    }

    /// Asks for what is missing and writes what comes.
    fn try_once(&self, file: &mut File) -> Result<Encoding, Ended> {
        let mut there = length(file);
        let note = self.part.note();
        if there > 0 && note.validator.is_none() {
            output::aside_line(
                "The server gave the file no mark by which a change could be seen: it is downloaded \
                 from its beginning.",
            );
            self.begin_again(file)?;
            there = 0;
        }
        let mut answer = self.ask(there, &note)?;
        let status = answer.status().as_u16();
        match status {
            // Everything is there already.
            416 if there > 0 && whole_length(answer.headers()) == Some(there) => {
                return Ok(note.encoding);
            }
            206 if there > 0 && begins_at(answer.headers()) == Some(there) => {
                let changed = encoding_of(answer.headers())? != note.encoding;
                let total = whole_length(answer.headers());
                if changed || total.is_some_and(|total| total > self.largest) {
                    return Err(too_large_or_changed(changed, self.largest).into());
                }
            }
            200 => {
                if there > 0 {
                    output::aside_line(
                        "The file on the server has changed, or the server cannot go on in the middle: it \
                         is downloaded from its beginning.",
                    );
                }
                self.begin_again(file)?;
                there = 0;
                self.part
                    .write_note(&Note {
                        validator: validator(answer.headers()),
                        encoding: encoding_of(answer.headers())?,
                    })
                    .map_err(Failure::while_doing("cannot keep the download"))?;
            }
            206 | 416 => {
                // A part that does not fit is worth nothing.
                self.begin_again(file)?;
                return Err(Ended::Interrupted(
                    "the server answered with another part of the file than was asked for"
                        .to_owned(),
                ));
            }
            500..=599 | 429 => {
                return Err(Ended::Interrupted(format!(
                    "the server answered {}",
                    answer.status()
                )));
            }
            301 | 302 | 303 | 307 | 308 => return Err(insecure_redirect().into()),
            _ => {
                return Err(Failure::new(format!(
                    "the server answered {}: the file is not to be had at this address",
                    answer.status()
                ))
                .into());
            }
        }
        let expected = answer.body().content_length().map(|length| there + length);
        if expected.is_some_and(|total| total > self.largest) {
            return Err(too_large_or_changed(false, self.largest).into());
        }
        self.take(answer.body_mut(), file, there, expected)?;
        Ok(self.part.note().encoding)
    }

    fn take(
        &self,
        body: &mut Body,
        file: &mut File,
        mut there: u64,
        expected: Option<u64>,
    ) -> Result<(), Ended> {
        let cannot = || "cannot keep the download";
        file.seek(SeekFrom::Start(there))
            .map_err(Failure::while_doing(cannot()))?;
        let mut reader = body.with_config().limit(u64::MAX).reader();
        let mut piece = vec![0; PIECE];
        loop {
            let length = match reader.read(&mut piece) {
                Ok(length) => length,
                Err(error) => return Err(Ended::Interrupted(said(&error))),
            };
            let Some(arrived) = piece.get(..length).filter(|arrived| !arrived.is_empty()) else {
                break;
            };
            there += u64::try_from(length).unwrap_or(u64::MAX);
            if there > self.largest {
                let _ = self.begin_again(file);
                return Err(too_large_or_changed(false, self.largest).into());
            }
            file.write_all(arrived)
                .map_err(Failure::while_doing(cannot()))?;
            self.arrived.store(there, Ordering::Relaxed);
        }
        match expected {
            Some(expected) if expected != there => {
                Err(Ended::Interrupted("the connection was closed".to_owned()))
            }
            _ => Ok(()),
        }
    }

    fn ask(&self, there: u64, note: &Note) -> Result<Response<Body>, Ended> {
        let mut request = self.agent.get(self.uri.clone());
        request = request.header(header::ACCEPT_ENCODING, "identity");
        if let (1.., Some(validator)) = (there, &note.validator) {
            request = request
                .header(header::RANGE, format!("bytes={there}-"))
                .header(header::IF_RANGE, validator);
        }
        request.call().map_err(|error| match error {
            ureq::Error::RequireHttpsOnly(_) => insecure_redirect().into(),
            ureq::Error::TooManyRedirects => {
                Failure::new(format!("the server redirects more than {REDIRECTS} times")).into()
            }
            ureq::Error::Rustls(error) => Failure::new(format!(
                "the server could not be recognised, so nothing was fetched: {error}"
            ))
            .into(),
            ureq::Error::Io(error) if is_of_certificate(&error) => Failure::new(format!(
                "the server could not be recognised, so nothing was fetched: {error}"
            ))
            .into(),
            ureq::Error::Io(error) => Ended::Interrupted(said(&error)),
            ureq::Error::HostNotFound => {
                Ended::Interrupted("the name of the server is not known".to_owned())
            }
            ureq::Error::ConnectionFailed => {
                Ended::Interrupted("no connection to the server or the proxy".to_owned())
            }
            ureq::Error::Timeout(_) => {
                Ended::Interrupted("the server did not answer in time".to_owned())
            }
            // What ureq says of others may hold the address.
            _ => Ended::Interrupted("the server's answer was not understood".to_owned()),
        })
    }
}

fn is_of_certificate(error: &io::Error) -> bool {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::InvalidCertificate(_)))
}

fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::TimedOut => "nothing came for a minute".to_owned(),
        io::ErrorKind::UnexpectedEof => "the connection was closed".to_owned(),
        _ => error.to_string(),
    }
}

fn insecure_redirect() -> Failure {
    Failure::new(
        "the server redirects to an address that is not https://, which is not followed; type the address \
         that the file really has",
    )
}

fn too_large_or_changed(changed: bool, largest: u64) -> Failure {
    if changed {
        return Failure::new("the server packs the file in another way now: leave --resume out");
    }
    Failure::new(format!(
        "the file is larger than {} MiB, the most that is read",
        largest >> 20
    ))
}

fn length(file: &File) -> u64 {
    file.metadata().map_or(0, |about| about.len())
}

fn megabytes(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The mark of a version: only a strong `ETag` promises equal bytes; else the time of the last change.
fn validator(headers: &HeaderMap) -> Option<String> {
    let strong = text(headers, header::ETAG).filter(|etag| etag.starts_with('"'));
    let validator = strong.or_else(|| text(headers, header::LAST_MODIFIED));
    validator.map(str::to_owned)
}

fn encoding_of(headers: &HeaderMap) -> Result<Encoding, Failure> {
    match text(headers, header::CONTENT_ENCODING).unwrap_or("identity") {
        "" | "identity" => Ok(Encoding::Plain),
        "gzip" | "x-gzip" => Ok(Encoding::Gzip),
        "br" => Ok(Encoding::Brotli),
        other => Err(Failure::new(format!(
            "the server packs the file in a way that is not known here ({other:?}): download it in a \
             browser and import the file"
        ))),
    }
}

/// Where a part begins: `bytes 100-199/200`.
fn begins_at(headers: &HeaderMap) -> Option<u64> {
    let range = text(headers, header::CONTENT_RANGE)?.strip_prefix("bytes ")?;
    range.split_once('-')?.0.trim().parse().ok()
}

/// How long the whole file is, as a part or a refusal of one says: `bytes */200`.
fn whole_length(headers: &HeaderMap) -> Option<u64> {
    let range = text(headers, header::CONTENT_RANGE)?.strip_prefix("bytes ")?;
    range.rsplit_once('/')?.1.trim().parse().ok()
}

/// Unpacks what a server packed, into a file beside it.
fn unpack(
    part: &Part,
    folder: &Path,
    encoding: Encoding,
    largest: u64,
) -> Result<Option<tempfile::TempPath>, Failure> {
    let cannot = || "cannot unpack what has arrived";
    let packed = File::open(&part.file).map_err(Failure::while_doing(cannot()))?;
    let packed = io::BufReader::new(packed);
    let reader: Box<dyn Read> = match encoding {
        Encoding::Plain => return Ok(None),
        Encoding::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
        Encoding::Brotli => Box::new(brotli::Decompressor::new(packed, PIECE)),
    };
    let mut unpacked = tempfile::Builder::new()
        .suffix(".unpacked")
        .tempfile_in(folder)
        .map_err(Failure::while_doing(cannot()))?;
    let written = io::copy(&mut reader.take(largest + 1), unpacked.as_file_mut())
        .map_err(Failure::while_doing(cannot()))?;
    if written > largest {
        return Err(too_large_or_changed(false, largest));
    }
    Ok(Some(unpacked.into_temp_path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_files() {
        for address in ["https://example.org/a.json", "HTTP://127.0.0.1/a"] {
            assert!(is_address(Path::new(address)), "{address}");
        }
        for file in [
            "a.json",
            "/tmp/https.csv",
            "https:a.csv",
            "ftp://example.org/a",
        ] {
            assert!(!is_address(Path::new(file)), "{file}");
        }
    }

    #[test]
    fn only_encrypted_addresses_are_fetched() {
        let good = |address| checked(address, false).is_ok();
        assert!(good("https://example.org/export.json?x=1"));
        for address in [
            "http://example.org/export.json",
            "http://127.0.0.1/export.json",
            "https://name:word@example.org/export.json",
            "https://",
            "https:///export.json",
        ] {
            assert!(!good(address), "{address}");
        }
        assert!(checked("http://127.0.0.1:80/a", true).is_ok());
        assert!(checked("http://[::1]:80/a", true).is_ok());
        assert!(checked("http://example.org/a", true).is_err());
        let uri = "https://example.org/en/export-full.json?key=secret"
            .parse()
            .unwrap();
        assert_eq!(name_of(&uri), "export-full.json");
        assert_eq!(name_of(&"https://example.org".parse().unwrap()), "download");
    }

    #[test]
    fn proxies_look_names_up_themselves() {
        let proxy = |name| proxy(Some(name)).unwrap();
        for name in [
            "socks5://127.0.0.1:9050",
            "socks4://127.0.0.1:9050",
            "http://127.0.0.1:8080",
        ] {
            assert!(!proxy(name).unwrap().resolve_target(), "{name}");
        }
        assert!(proxy("none").is_none());
        assert!(super::proxy(Some("nonsense://127.0.0.1")).is_err());
    }

    #[test]
    fn only_strong_marks_tell_versions_apart() {
        let headers = |etag: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ETAG, header::HeaderValue::from_static(etag));
            headers
        };
        assert_eq!(validator(&headers("\"a\"")).as_deref(), Some("\"a\""));
        assert_eq!(validator(&headers("W/\"a\"")), None);
        let mut ranges = HeaderMap::new();
        let range = header::HeaderValue::from_static("bytes 100-199/200");
        ranges.insert(header::CONTENT_RANGE, range);
        assert_eq!(
            (begins_at(&ranges), whole_length(&ranges)),
            (Some(100), Some(200))
        );
    }
}
