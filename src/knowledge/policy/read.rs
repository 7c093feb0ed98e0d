//! Opening a policy file.
//!
//! For: the one place of this module that touches the disk. Invariant: a file that is absent,
//! unreadable or at fault is an error, never a silent default.

use super::fault::{Fault, FaultCode, Faults};
use super::stated::Table;
use super::{Known, Policy, check, document};
use std::path::{Path, PathBuf};

/// Why there is no policy.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The file is absent or cannot be opened.
    #[error("cannot read policy file {path}")]
    Unreadable {
        /// As the user named it.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not UTF-8 text.
    #[error("policy file {path} is not UTF-8 (line {line})")]
    NotUtf8 {
        /// As the user named it.
        path: PathBuf,
        /// 1-based line of the first byte that is not.
        line: usize,
    },
    /// The file has faults.
    #[error("policy file {} has {} fault(s)", .0.path, .0.list.len())]
    Faulty(Faults),
}

/// Reads and validates a policy file.
///
/// # Errors
/// When the file cannot be read, is not UTF-8, or has faults, all of which come at once.
pub fn read(path: &Path, known: &Known<'_>) -> Result<Policy, PolicyError> {
    let bytes =
        std::fs::read(path).map_err(|source| PolicyError::Unreadable { path: path.to_owned(), source })?;
    let text = std::str::from_utf8(&bytes).map_err(|error| PolicyError::NotUtf8 {
        path: path.to_owned(),
        line: bytes[..error.valid_up_to()].split(|&b| b == b'\n').count(),
    })?;
    // A byte order mark, which Windows editors leave, would shift every column of the first line.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut faults = Vec::new();
    let tables = checked(text, known, &mut faults);
    check::files(&tables, path.parent().unwrap_or(Path::new("")), &mut faults);
    let digest = blake3::hash(&bytes).to_hex().to_string();
    finish(text, &path.display().to_string(), tables, faults)
        .map(|tables| Policy::of_tables(tables, Some(path.to_owned()), digest))
        .map_err(PolicyError::Faulty)
}

/// Validates the text of a policy; files that it names are not looked for.
///
/// # Errors
/// All faults at once.
pub fn parse(text: &str, known: &Known<'_>) -> Result<Policy, Faults> {
    let mut faults = Vec::new();
    let tables = checked(text, known, &mut faults);
    let tables = finish(text, "", tables, faults)?;
    Ok(Policy::of_tables(tables, None, blake3::hash(text.as_bytes()).to_hex().to_string()))
}

fn checked(text: &str, known: &Known<'_>, faults: &mut Vec<Fault>) -> Vec<Table> {
    let tables = document::tables(text, known, faults);
    check::entries(&tables, faults);
    check::hosts(&tables, faults);
    tables
}

fn finish(text: &str, path: &str, tables: Vec<Table>, mut faults: Vec<Fault>) -> Result<Vec<Table>, Faults> {
    drop_consequences(text, &mut faults);
    if faults.is_empty() {
        return Ok(tables);
    }
    faults.sort_by(|a, b| (a.span.start, a.code, &a.args).cmp(&(b.span.start, b.code, &b.args)));
    faults.dedup();
    Err(Faults { path: path.to_owned(), text: text.to_owned(), list: faults })
}

/// Faults that only a broken line brought about: a key it did not get to say is not missing, and
/// what remains of the line is not worth a second remark.
fn drop_consequences(text: &str, faults: &mut Vec<Fault>) {
    let is_syntax = |fault: &Fault| matches!(fault.code, FaultCode::Syntax | FaultCode::FullWidth);
    let line = |fault: &Fault| super::fault::place(text, fault.span.start).0;
    let mut broken: Vec<u32> = Vec::new();
    // One complaint for each broken line: the first.
    faults.sort_by_key(|fault| (!is_syntax(fault), fault.span.start));
    faults.retain(|fault| {
        if is_syntax(fault) {
            let fresh = !broken.contains(&line(fault));
            broken.push(line(fault));
            return fresh;
        }
        broken.is_empty() || !(fault.code == FaultCode::MissingKey || broken.contains(&line(fault)))
    });
}
