//! Large files of separated values, read in blocks.
//!
//! For: inventories of a million rows in little memory. Not for: anything that has to be seen as a whole:
//! other encodings than plain UTF-8, other formats, and small files; they are loaded. Invariant: what comes
//! out is what loading the file would have given; where that cannot be known at once, nothing comes out.

use super::content::{Content, own};
use super::formats::{READERS, START, Splitter};
use super::layout::Tables;
use super::rows::RowSink as _;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes read at a time: as much as stays in the cache of a core while it is digested, checked and cut.
const BLOCK: usize = 256 << 10;

/// A file that was read in blocks.
pub(super) struct Streamed {
    /// The name of its format.
    pub format: &'static str,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its digest.
    pub digest: blake3::Hash,
    /// The 1-based line of the first character that was lost before the file reached us, and how many were.
    pub lost: Option<(u32, u64)>,
}

/// Whether a file is separated values in plain UTF-8, as far as its first block tells.
pub(super) fn is_fit(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BLOCK as u64).read_to_end(&mut head));
    let Some(text) = read.ok().and_then(|_| whole_characters(&head)) else { return false };
    let content = Content::new(text.as_bytes());
    let reader = READERS.iter().position(|reader| reader.recognises(&content));
    // The last reader takes any text.
    content.encoding == Some("utf-8") && reader == Some(READERS.len() - 1) && !own::is_table(text)
}

/// Reads a file in blocks. Nothing when it turns out not to be fit; what was sent is then worthless.
pub(super) fn read(path: &Path, tables: &mut Tables<'_, '_>) -> std::io::Result<Option<Streamed>> {
    let mut file = File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; BLOCK];
    let (mut held, mut bytes, mut lost) = (0, 0, None);
    let mut splitter = None;
    loop {
        if held == buffer.len() {
            // A record longer than a block.
            buffer.resize(held * 2, 0);
        }
        let read = file.read(&mut buffer[held..])?;
        hasher.update(&buffer[held..held + read]);
        held += read;
        bytes += read as u64;
        let is_last = read == 0;
        if held < buffer.len() && !is_last {
            continue;
        }
        let Some(text) = whole_characters(&buffer[..held]) else { return Ok(None) };
        if memchr::memchr(0, text.as_bytes()).is_some() || is_last && text.len() < held {
            return Ok(None);
        }
        let mark =
            if splitter.is_none() { text.len() - text.trim_start_matches('\u{feff}').len() } else { 0 };
        let text = &text[mark..];
        let splitter = splitter.get_or_insert_with(|| {
            tables.begin(&START);
            Splitter::new(text)
        });
        let line = splitter.line();
        let used = splitter.feed(text, is_last, tables);
        count_lost(&text[..used], line, &mut lost);
        buffer.copy_within(mark + used..held, 0);
        held -= mark + used;
        if is_last {
            tables.end();
            return Ok(Some(Streamed { format: splitter.format(), bytes, digest: hasher.finalize(), lost }));
        }
    }
}

/// The bytes as text, without a character that is cut off at the end.
fn whole_characters(bytes: &[u8]) -> Option<&str> {
    // The last byte that begins a character is at most four from the end.
    let tail = bytes.len().saturating_sub(4);
    let begins = |&at: &usize| bytes[at] & 0xC0 != 0x80;
    let last = (tail..bytes.len()).rev().find(begins)?;
    let length = match bytes[last] {
        0..0x80 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    };
    let end = if last + length > bytes.len() { last } else { bytes.len() };
    simdutf8::basic::from_utf8(&bytes[..end]).ok()
}

/// Counts characters that stand for lost ones.
fn count_lost(text: &str, line: u32, lost: &mut Option<(u32, u64)>) {
    const LOST: &str = "\u{fffd}";
    let Some(first) = memchr::memmem::find(text.as_bytes(), LOST.as_bytes()) else { return };
    let count = text[first..].matches(LOST).count() as u64;
    let before = memchr::memchr_iter(b'\n', &text.as_bytes()[..first]).count() as u32;
    let (_, counted) = lost.get_or_insert((line + before, 0));
    *counted += count;
}
