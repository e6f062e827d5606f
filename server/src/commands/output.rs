//! What commands print. `println!` panics where nobody reads on (`upr-tracker check | head -1`), also
//! after something was changed, and a script would take what was done for failed.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use super::failure::Failure;

/// Prints a line on standard output. That nobody reads it is no failure: what was done is done.
pub fn line(text: impl Display) -> Result<(), Failure> {
    pass_over_closed(writeln!(io::stdout(), "{text}"))
        .map_err(Failure::while_doing("cannot write to standard output"))
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

/// Passes over that whoever read has stopped doing so.
pub fn pass_over_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
