//! Work that takes a while: on a thread of its own that stands behind every page, so that pages stay
//! quick while files are written.

use std::io;
use tokio::runtime::Handle;

/// The lowest priority there is. A thread cannot raise its priority again without asking the system's
/// administrator, so the runtime's own threads are not lent for this.
#[cfg(target_os = "linux")]
const LOWEST: i32 = 19;

/// Runs something that blocks. It may use the runtime, as everything that was spawned there.
///
/// # Errors
///
/// Where the system has no thread left.
pub fn run(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let runtime = Handle::current();
    let thread = std::thread::Builder::new().name("file".to_owned());
    thread.spawn(move || {
        let _runtime = runtime.enter();
        // On Linux this is of the calling thread alone. Refused, it works at the pages' priority.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::setpriority_process(None, LOWEST);
        work();
    })?;
    Ok(())
}
