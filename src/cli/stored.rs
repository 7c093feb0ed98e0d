//! Opening a stored scan, for commands that look at one.

use super::error::CliError;
use crate::scan::document::{DocumentError, ScanDocument};
use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::Path;

/// The scan in a file.
///
/// # Errors
/// When the file is absent or is no `scan.json` that this version reads.
pub(super) fn read(path: &Path) -> Result<ScanDocument, CliError> {
    let (scan, _) = read_and(path, false)?;
    Ok(scan)
}

/// The scan in a file, and the BLAKE3 digest of that file.
///
/// # Errors
/// As [`read`].
pub(super) fn read_with_digest(path: &Path) -> Result<(ScanDocument, String), CliError> {
    let (scan, hasher) = read_and(path, true)?;
    Ok((scan, hasher.finalize().to_hex().to_string()))
}

/// The scan in a file, and what the digest of that file comes from, if it is wanted.
fn read_and(path: &Path, with_digest: bool) -> Result<(ScanDocument, blake3::Hasher), CliError> {
    let unreadable = |source| CliError::ScanUnreadable { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(unreadable)?;
    // What is no file can be read only once.
    if file.metadata().map_err(unreadable)?.is_file() {
        let mut source = Hashed { file: &file, hasher: with_digest.then(blake3::Hasher::new) };
        if let Some(scan) = ScanDocument::read_lines(&mut source).map_err(unreadable)? {
            return Ok((scan, source.hasher.unwrap_or_default()));
        }
        file.rewind().map_err(unreadable)?;
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    let scan = ScanDocument::parse(&bytes).map_err(|error| match error {
        DocumentError::Version(version) => CliError::ScanVersion { path: path.to_owned(), version },
        DocumentError::Syntax(error) => {
            CliError::ScanFaulty { path: path.to_owned(), reason: error.to_string() }
        }
    })?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(&bytes);
    Ok((scan, hasher))
}

/// A file whose bytes are hashed as they are read.
struct Hashed<'f> {
    file: &'f File,
    hasher: Option<blake3::Hasher>,
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&buffer[..read]);
        }
        Ok(read)
    }
}
