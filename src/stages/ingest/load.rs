//! The bytes of a file, all at once: what is digested is what is read.
//!
//! For: files that must be seen as a whole, limits, and noticing a file that changes under our hands. Not for: what the bytes mean.
//! Invariant: never more than [`LARGEST_MIB`] are held, and a pipe or a device is not waited for.

use super::files::{Found, Place};
use super::formats::Unreadable;
use std::borrow::Cow;
use std::fs::{File, Metadata};
use std::io::Read as _;
use std::path::Path;

/// Largest file that is read: a spreadsheet of a million full rows has about a tenth of it.
const LARGEST_MIB: u64 = 2048;

/// Reads a file, or standard input.
pub(super) fn load(found: &Found) -> Result<Cow<'_, [u8]>, Unreadable> {
    match &found.place {
        Place::Input => read(std::io::stdin().lock(), 0).map(Cow::Owned),
        Place::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
        Place::File(path) => steadily(path, |expected| {
            if expected > LARGEST_MIB << 20 {
                return Err(too_large());
            }
            let file = File::open(path).map_err(|e| Unreadable::from(&e))?;
            let bytes = read(file, expected)?;
            let size = bytes.len() as u64;
            Ok((Cow::Owned(bytes), size))
        }),
    }
}

/// Reads a file in whatever way and gives what that gave, unless the file changed meanwhile: half of what
/// somebody is still writing is worse than nothing. The reading gets the size that is expected and returns
/// the one it found.
pub(super) fn steadily<T>(
    path: &Path,
    read: impl FnOnce(u64) -> Result<(T, u64), Unreadable>,
) -> Result<T, Unreadable> {
    let failed = |e: std::io::Error| Unreadable::from(&e);
    let before = std::fs::metadata(path).map_err(failed)?;
    if !before.is_file() {
        return Err(Unreadable::new("@ingest.reason.no-file"));
    }
    let (got, size) = read(before.len())?;
    let after = std::fs::metadata(path).map_err(failed)?;
    if is_changed(&before, &after) || size != after.len() {
        return Err(Unreadable::new("@ingest.reason.changing"));
    }
    Ok(got)
}

fn read(source: impl std::io::Read, expected: u64) -> Result<Vec<u8>, Unreadable> {
    let largest = LARGEST_MIB << 20;
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    source.take(largest + 1).read_to_end(&mut bytes).map_err(|e| Unreadable::from(&e))?;
    if bytes.len() as u64 > largest { Err(too_large()) } else { Ok(bytes) }
}

fn too_large() -> Unreadable {
    Unreadable::new("@ingest.reason.too-large").because(LARGEST_MIB)
}

fn is_changed(before: &Metadata, after: &Metadata) -> bool {
    before.len() != after.len() || before.modified().ok() != after.modified().ok()
}
