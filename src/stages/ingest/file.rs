//! One file → its tables and its digests.
//!
//! For: choosing how a file is read: whole or in blocks, on one thread or on all. Not for: which files there
//! are (`files`) and what is in them (`formats`, `layout`). Invariant: a file that cannot be read gives a
//! reason and nothing else.

use super::content::{Content, Shape};
use super::files::{Found, Place};
use super::formats::{READERS, Unreadable};
use super::kept::Slot;
use super::layout::{Source, Tables};
use super::load::{load, steadily};
use super::stream::{self, Streamed};
use super::{Options, Output, SMALL, ditto, extension, values};
use crate::model::{Code, Diagnostic, FileId, InputFile, Location};
use sm3::Digest;
use std::io::Read as _;
use std::path::Path;

/// What a file gave.
pub(super) type Outcome = Result<(InputFile, Output), Unreadable>;

/// Reads a file, on all threads or on this one.
pub(super) fn read(found: &Found, options: &Options<'_>, with_all: bool) -> Outcome {
    (options.progress)(&found.path, 0);
    let source = Source {
        context: values::Context {
            book: options.fields,
            as_of: values::AsOf::new(options.as_of),
            naming: options.naming,
        },
        overrides: options.overrides,
        file: FileId(0),
        path: &found.path,
        progress: options.progress,
    };
    // Whoever waits for other threads must be none of them.
    let with_all = with_all && rayon::current_num_threads() > 1 && rayon::current_thread_index().is_none();
    if !with_all {
        return one(found, &source, None, options);
    }
    rayon::in_place_scope(|scope| one(found, &source, Some(scope), options))
}

fn one<'scope>(
    found: &'scope Found,
    source: &'scope Source<'scope>,
    scope: Option<&rayon::Scope<'scope>>,
    options: &Options<'_>,
) -> Outcome {
    let with_sm3 = options.with_sm3;
    if let Place::File(path) = &found.place
        && found.size() > SMALL
        && stream::is_fit(path)
        && let Some(outcome) = in_blocks(path, source, scope, with_sm3)?
    {
        return Ok(outcome);
    }
    let bytes = load(found)?;
    let kept = options.kept.filter(|_| matches!(found.place, Place::File(_)));
    let slot = kept.map(|kept| Slot::of(kept, source.path, &bytes, options));
    if let Some(known) = slot.as_ref().and_then(|slot| slot.take(options)) {
        return known;
    }
    let (mut out, format, encoding) = whole(&bytes, source, scope)?;
    extension::check(&mut out, source.path, format)?;
    let input = InputFile {
        path: source.path.to_owned(),
        bytes: bytes.len() as u64,
        blake3: blake3::hash(&bytes).to_hex().to_string(),
        sm3: if with_sm3 { hex(&sm3::Sm3::digest(&bytes)) } else { String::new() },
        format,
        encoding,
    };
    if let Some(slot) = slot {
        slot.put(&input, &out, &source.context.as_of);
    }
    Ok((input, out))
}

/// The BLAKE3 and SM3 digests of bytes in memory, hex.
pub(super) fn digests(bytes: &[u8]) -> (String, String) {
    (blake3::hash(bytes).to_hex().to_string(), hex(&sm3::Sm3::digest(bytes)))
}

/// Reads a file whose bytes are in memory.
fn whole<'scope>(
    bytes: &[u8],
    source: &'scope Source<'scope>,
    scope: Option<&rayon::Scope<'scope>>,
) -> Result<(Output, &'static str, Option<&'static str>), Unreadable> {
    let content = Content::new(bytes);
    if let Shape::Foreign(reason) = content.shape {
        return Err(Unreadable::new(reason));
    }
    // The last reader takes any text, so only containers can be left over.
    let reader = READERS.iter().find(|reader| reader.recognises(&content));
    let reader = reader.ok_or_else(|| Unreadable::new("@ingest.reason.format"))?;
    let mut out = Output::default();
    let mut tables = Tables::new(source, &mut out, scope);
    let format = reader.read(&content, &mut tables)?;
    tables.done();
    ditto::repeat(&mut out, source.path);
    tell_lost(&mut out, source.path, content.lost());
    Ok((out, format, content.encoding))
}

/// Reads a file in blocks; nothing when it has to be seen as a whole after all.
fn in_blocks<'scope>(
    path: &'scope Path,
    source: &'scope Source<'scope>,
    scope: Option<&rayon::Scope<'scope>>,
    with_sm3: bool,
) -> Result<Option<(InputFile, Output)>, Unreadable> {
    let failed = |e: std::io::Error| Unreadable::from(&e);
    let mut out = Output::default();
    let (streamed, sm3) = steadily(path, |expected| {
        let (send, receive) = std::sync::mpsc::channel();
        let digest = move || send.send(if with_sm3 { sm3_of(path) } else { Ok(String::new()) });
        match scope {
            Some(scope) => scope.spawn(move |_| drop(digest())),
            None => drop(digest()),
        }
        let mut tables = Tables::new(source, &mut out, scope);
        let streamed = stream::read(path, &mut tables).map_err(failed)?;
        tables.done();
        // The task above sends exactly once.
        let sm3 = receive.recv().unwrap_or_else(|_| Ok(String::new())).map_err(failed)?;
        let size = streamed.as_ref().map_or(expected, |streamed| streamed.bytes);
        Ok(((streamed, sm3), size))
    })?;
    let Some(Streamed { format, bytes, digest, lost }) = streamed else { return Ok(None) };
    ditto::repeat(&mut out, source.path);
    tell_lost(&mut out, source.path, lost);
    extension::check(&mut out, source.path, format)?;
    let blake3 = digest.to_hex().to_string();
    let path = source.path.to_owned();
    let input = InputFile { path, bytes, blake3, sm3, format, encoding: Some("utf-8") };
    Ok(Some((input, out)))
}

fn tell_lost(out: &mut Output, path: &str, lost: Option<(u32, u64)>) {
    if let Some((line, count)) = lost {
        let remark = Diagnostic::new(Code::LostCharacters, Location::file(path).at_row(line));
        out.diagnostics.push(remark.with("count", count));
    }
}

/// The SM3 digest of a file, which is slow enough to be worth a thread of its own.
fn sm3_of(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hasher = sm3::Sm3::new();
    let mut block = vec![0; 256 << 10];
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok(hex(&hasher.finalize()));
        }
        hasher.update(&block[..read]);
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]);
    digits.map(char::from).collect()
}
