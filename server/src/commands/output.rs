//! What commands print. `println!` panics where nobody reads on (`upr-tracker check | head -1`), also
//! after something was changed, and a script would take what was done for failed.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use super::failure::Failure;

/// Prints a line on standard output. That nobody reads it is no failure: what was done is done.
pub fn line(text: impl Display) -> Result<(), Failure> {
    let mut output = Standard::default();
    let written = writeln!(output, "{text}");
    output.ended(written)
}

/// Prints on standard error what is said beside the result, in one piece. There is nobody to tell
/// where that cannot be written.
pub fn aside(text: impl Display) {
    let mut output = io::stderr();
    let _ = output
        .write_all(text.to_string().as_bytes())
        .and_then(|()| output.flush());
}

/// The same of a whole line.
pub fn aside_line(text: impl Display) {
    aside(format_args!("{text}\n"));
}

/// Standard output, which knows whether anybody still reads. Writers of files wrap what the system says
/// in errors of their own, so it cannot be told from those.
#[derive(Debug, Default)]
pub struct Standard {
    closed: bool,
}

impl Standard {
    /// What came of writing to it: that whoever read has stopped is no failure.
    pub fn ended(&self, written: io::Result<()>) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        written.map_err(Failure::while_doing("cannot write to standard output"))
    }

    fn noted<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            self.closed = self.closed || error.kind() == ErrorKind::BrokenPipe;
        }
        done
    }
}

impl Write for Standard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = io::stdout().write(bytes);
        self.noted(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = io::stdout().flush();
        self.noted(done)
    }
}
