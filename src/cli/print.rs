//! The only place that writes to the terminal.
//!
//! Invariant: a reader that has gone away (`zhijian … | head`) is not an error: the rest of the
//! output is dropped and the run ends as it would have ended.

use super::error::CliError;
use std::io::{ErrorKind, Write as _};

/// Writes results to standard output.
///
/// # Errors
/// When the output cannot be taken, for any other reason than that nobody reads it any more.
pub(super) fn out(text: &str) -> Result<(), CliError> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        _ => Ok(()),
    }
}

/// Writes a line to standard error. Nothing can be said about a failure to say something.
pub(super) fn err(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.write_all(b"\n"));
}
