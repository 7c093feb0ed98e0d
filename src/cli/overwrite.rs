//! Results never replace what they were made from.
//!
//! Invariant: a file is known by its content, whatever path leads to it. Earlier results of the program
//! are no inputs, so a second run replaces those of the first.

use super::error::CliError;
use crate::model::InputFile;
use std::path::{Path, PathBuf};

/// Refuses to go on when a file about to be written is equal to what it was made from.
///
/// # Errors
/// With the file.
pub(super) fn refuse_same(target: &Path, source: &[u8]) -> Result<(), CliError> {
    match std::fs::read(target) {
        Ok(bytes) if bytes == source => Err(CliError::Overwrite { path: target.to_owned() }),
        _ => Ok(()),
    }
}

/// Refuses to go on when a file about to be written holds one of the inputs.
///
/// # Errors
/// With the first such file.
pub(super) fn refuse(targets: &[PathBuf], inputs: &[InputFile]) -> Result<(), CliError> {
    let is_input = |path: &&PathBuf| {
        let Ok(meta) = std::fs::metadata(path) else { return false };
        let mut alike = inputs.iter().filter(|input| meta.is_file() && input.bytes == meta.len()).peekable();
        // Hashed only where the sizes agree, which hardly any file's do.
        alike.peek().is_some()
            && std::fs::read(path).is_ok_and(|bytes| {
                let digest = blake3::hash(&bytes).to_hex();
                alike.any(|input| input.blake3 == digest.as_str())
            })
    };
    match targets.iter().find(is_input) {
        Some(path) => Err(CliError::Overwrite { path: path.clone() }),
        None => Ok(()),
    }
}
