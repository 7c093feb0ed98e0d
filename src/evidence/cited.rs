//! Whether a folder still has what somebody else wrote down of it.
//!
//! For: `collect verify --history`. A chain alone does not show that its end was cut off: what was kept elsewhere does.

use super::store::{Event, INDEX, Line, StoreError};
use std::collections::BTreeSet;
use std::path::Path;

/// What the index of a folder names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// BLAKE3 digests of its lines: each stood for the whole folder when it was the last.
    pub heads: BTreeSet<String>,
    /// BLAKE3 digests of its records.
    pub records: BTreeSet<String>,
}

/// Reads what the index of a folder names; lines that are none name nothing.
///
/// # Errors
/// When there is no index, or it cannot be read.
pub fn named(dir: &Path) -> Result<Named, StoreError> {
    let path = dir.join(INDEX);
    let text = std::fs::read(&path).map_err(StoreError::io(&path))?;
    let mut named = Named::default();
    for written in String::from_utf8_lossy(&text).lines() {
        named.heads.insert(blake3::hash(written.as_bytes()).to_hex().to_string());
        if let Ok(Line { event: Event::Kept { record, .. }, .. }) = serde_json::from_str(written) {
            named.records.insert(record);
        }
    }
    Ok(named)
}
