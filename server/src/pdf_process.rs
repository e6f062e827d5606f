//! PDFs are read in a process of their own: this program once more, with limits on its time and memory, with no
//! file but what it is sent and no network that it would use. Whatever a hostile PDF does to it, the program
//! goes on.

use std::io::{self, Read as _, Write as _};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use data::domain::Message;
use data::exchange::{MAX_FILE, pdf_text};

/// What the program is called with to read a PDF; no person types it.
const CALLED: &str = "read-pdf";
/// The exit code with a refusal on standard output, as JSON.
const REFUSED: u8 = 3;
/// As long as a PDF is waited for.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often it is looked whether it is done.
const LOOK: Duration = Duration::from_millis(10);
/// The longest answer, in bytes: the longest text.
const LONGEST: u64 = 9 << 20;
/// What the process may take of memory, addresses included, in bytes. A report of 100 pages takes a tenth.
#[cfg(unix)]
const MEMORY: u64 = 512 << 20;
/// And of a core's time, in seconds.
#[cfg(unix)]
const SECONDS: u64 = 30;

/// One at a time: several large PDFs would take several times the memory.
static ONE: Mutex<()> = Mutex::new(());

/// Says that PDFs are read in such a process.
pub fn install() {
    data::exchange::read_pdf_with(in_process);
}

/// Reads a PDF, if this process was started for it.
pub fn serve() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != CALLED || arguments.next().is_some() {
        return None;
    }
    Some(limit().and_then(|()| answer()).unwrap_or(ExitCode::FAILURE))
}

/// Takes from this process what it does not need.
#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let most = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    // No file can be opened or grow, no program started.
    for (resource, limit) in [
        (Resource::As, MEMORY),
        (Resource::Cpu, SECONDS),
        (Resource::Fsize, 0),
        (Resource::Nofile, 3),
        (Resource::Core, 0),
    ] {
        setrlimit(resource, most(limit))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit() -> io::Result<()> {
    Ok(())
}

fn answer() -> io::Result<ExitCode> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_FILE).unwrap_or(u64::MAX);
    io::stdin().take(most).read_to_end(&mut bytes)?;
    let (code, text) = match pdf_text(&bytes) {
        Ok(text) => (ExitCode::SUCCESS, text),
        Err(refusal) => (ExitCode::from(REFUSED), serde_json::to_string(&refusal)?),
    };
    io::stdout().write_all(text.as_bytes())?;
    io::stdout().flush()?;
    Ok(code)
}

/// Reads a PDF in a process with limits.
fn in_process(bytes: &[u8]) -> Result<String, Message> {
    let _one = ONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let ended = asked(bytes).map_err(|_| failed())?;
    match ended {
        Some((0, text)) => String::from_utf8(text).map_err(|_| failed()),
        Some((code, refusal)) if code == i32::from(REFUSED) => {
            Err(serde_json::from_slice(&refusal).unwrap_or_else(|_| failed()))
        }
        _ => Err(failed()),
    }
}

fn failed() -> Message {
    Message::new("exchange-pdf-limits")
}

/// The program's own file, also after another version has taken its place.
fn program() -> io::Result<std::path::PathBuf> {
    if cfg!(target_os = "linux") {
        return Ok("/proc/self/exe".into());
    }
    std::env::current_exe()
}

/// The exit code and the answer; none if it took too long.
fn asked(bytes: &[u8]) -> io::Result<Option<(i32, Vec<u8>)>> {
    let mut child = Command::new(program()?)
        .arg(CALLED)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let answered = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A process that has ended reads no further.
            let _ = stdin.map(|mut stdin| stdin.write_all(bytes));
        });
        let reading = scope.spawn(move || {
            let mut text = Vec::new();
            let read = stdout.map(|stdout| stdout.take(LONGEST).read_to_end(&mut text));
            read.map(|read| read.map(|_| text))
        });
        let code = wait(&mut child);
        (code, reading.join())
    });
    match answered {
        (Ok(Some(code)), Ok(Some(Ok(text)))) => Ok(Some((code, text))),
        (Err(error), _) | (_, Ok(Some(Err(error)))) => Err(error),
        _ => Ok(None),
    }
}

/// Waits for the end, or makes one.
fn wait(child: &mut Child) -> io::Result<Option<i32>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.code());
        }
        if begun.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(LOOK);
    }
}
