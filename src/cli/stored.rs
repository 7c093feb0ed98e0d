//! Opening a stored scan, for commands that look at one.

use super::error::CliError;
use crate::scan::document::{DocumentError, ScanDocument};
use std::path::Path;

/// The scan in a file.
///
/// # Errors
/// When the file is absent or is no `scan.json` that this version reads.
pub(super) fn read(path: &Path) -> Result<ScanDocument, CliError> {
    read_with_digest(path).map(|(scan, _)| scan)
}

/// The scan in a file, and the BLAKE3 digest of that file.
///
/// # Errors
/// As [`read`].
pub(super) fn read_with_digest(path: &Path) -> Result<(ScanDocument, String), CliError> {
    let bytes =
        std::fs::read(path).map_err(|source| CliError::ScanUnreadable { path: path.to_owned(), source })?;
    let digest = blake3::hash(&bytes).to_hex().to_string();
    let scan = ScanDocument::parse(&bytes).map_err(|error| match error {
        DocumentError::Version(version) => CliError::ScanVersion { path: path.to_owned(), version },
        DocumentError::Syntax(error) => {
            CliError::ScanFaulty { path: path.to_owned(), reason: error.to_string() }
        }
    })?;
    Ok((scan, digest))
}
