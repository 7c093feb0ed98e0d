//! The parts of a ZIP container, with limits on what they unpack to.
//!
//! For: readers of our own, and a look at what a library is about to unpack. Not for: what a part means.
//! Invariant: no part gives more bytes than its limit, whatever sizes the container states.

use super::Unreadable;
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// Most that one part may unpack to. A sheet of a million full rows has about a tenth of it.
pub(super) const LARGEST: u64 = 4 << 30;
/// Most for a part that is held in memory as a whole: shared texts, styles, text documents.
pub(super) const LARGEST_HELD: u64 = 1 << 30;
/// Deflate cannot shrink anything further than this (RFC 1951: 258 bytes of output for two bits of input).
const BEST_RATIO: u64 = 1032;
/// Most parts of a container.
const MOST_PARTS: usize = 100_000;

/// A part that is being unpacked.
type Part<'p, 'a> = Limited<ZipFile<'p, Cursor<&'a [u8]>>>;

/// An opened container.
pub(super) struct Package<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Package<'a> {
    /// Opens a container and refuses one that states sizes beyond the limits.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|e| Unreadable::new("@ingest.reason.damaged-zip").because(e))?;
        if archive.len() > MOST_PARTS {
            return Err(too_large(MOST_PARTS as u64, "@ingest.reason.parts"));
        }
        Ok(Package(archive))
    }

    /// Unpacks, without keeping anything, the parts that a library will hold in memory, so that a lying
    /// container is found out before. Small parts cannot unpack to much and are left alone.
    pub(super) fn vet(&mut self, is_held: impl Fn(&str) -> bool) -> Result<(), Unreadable> {
        for index in 0..self.0.len() {
            let name = match self.0.name_for_index(index) {
                Some(Ok(name)) => name.replace('\\', "/"),
                _ => continue,
            };
            let limit = if is_held(&name) { LARGEST_HELD } else { LARGEST };
            let part = self.0.by_index_raw(index).map_err(|e| damaged(&e))?;
            let (packed, stated) = (part.compressed_size(), part.size());
            drop(part);
            if stated > limit {
                return Err(too_large(limit >> 20, "@ingest.reason.bomb"));
            }
            if is_held(&name) && packed.saturating_mul(BEST_RATIO) > limit {
                let part = self.0.by_index(index).map_err(|e| damaged(&e))?;
                std::io::copy(&mut Limited { inner: part, left: limit }, &mut std::io::sink())
                    .map_err(|e| failed(&e))?;
            }
        }
        Ok(())
    }

    /// The names of all parts, as stored.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.0.file_names().filter_map(Result::ok).map(Cow::into_owned)
    }

    /// A part to read from; `None` when there is none of this name. Separators and case are as people's
    /// programs write them.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part<'_, 'a>>, Unreadable> {
        let same = |stored: &String| stored.replace('\\', "/").eq_ignore_ascii_case(name);
        let Some(stored) = self.names().find(same) else { return Ok(None) };
        match self.0.by_name(&stored) {
            Ok(inner) => Ok(Some(Limited { inner, left: LARGEST })),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(e) => Err(damaged(&e)),
        }
    }

    /// A part as a whole, decoded by its byte-order mark if it has one.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(mut part) = self.part(name)? else { return Ok(None) };
        part.left = LARGEST_HELD;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(|e| failed(&e))?;
        let (text, _) = encoding_rs::UTF_8.decode_with_bom_removal(&bytes);
        Ok(Some(text.into_owned()))
    }
}

/// A reader that fails rather than give more than its limit.
pub(super) struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| std::io::Error::other(TOO_LARGE))?;
        Ok(read)
    }
}

/// The message of the error that the limit is exceeded.
const TOO_LARGE: &str = "unpacks to more than the limit";

fn failed(error: &std::io::Error) -> Unreadable {
    if error.to_string() == TOO_LARGE {
        too_large(LARGEST_HELD >> 20, "@ingest.reason.bomb")
    } else {
        damaged(error)
    }
}

fn damaged(error: &dyn std::fmt::Display) -> Unreadable {
    Unreadable::new("@ingest.reason.workbook").because(error)
}

fn too_large(limit: u64, reason: &'static str) -> Unreadable {
    Unreadable::new(reason).because(limit)
}
