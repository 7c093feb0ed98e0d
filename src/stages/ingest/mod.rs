//! Stage 1, reading: files → records, with an account of every row.
//!
//! For: turning whatever units send into one typed table. Not for: what the values mean
//! (`normalise`). Invariant: rows read = records + headings + blank + notes + rejected, per sheet; a
//! file that cannot be read costs only itself; the result does not depend on the order of arguments.

mod content;
mod delimited;
mod files;
mod json;
mod layout;
mod merges;
mod mixed;
mod own;
mod readers;
mod remarks;
mod values;
mod xlsx;

use crate::knowledge::lexicon::fields::FieldBook;
use crate::model::{
    Code, ColumnOverride, Diagnostic, FileId, InputFile, Location, Message, Records, RejectedRow,
};
use content::{Content, Shape};
use files::Found;
use jiff::civil::Date;
use layout::{Source, Tables};
use readers::{READERS, Unreadable};
use sm3::Digest;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::PathBuf;

/// Largest file that is read: a spreadsheet of a million full rows has about a tenth of it.
const LARGEST_MIB: u64 = 2048;

/// What reading needs besides the files.
pub struct Options<'a> {
    /// Header variants and table words.
    pub fields: &'a FieldBook,
    /// Columns that the policy file decides.
    pub overrides: &'a [ColumnOverride],
    /// The day relative to which dates without a year are read.
    pub as_of: Date,
    /// Files inside the folders that were given for another purpose (policy, regions).
    pub not_inventories: &'a [PathBuf],
    /// Told the file being read and its rows so far: when it begins, and every 10,000 rows.
    pub progress: &'a dyn Fn(&str, u64),
}

/// What the files said.
pub struct Ingested {
    /// Files read, by path.
    pub inputs: Vec<InputFile>,
    /// Every record, with sheets, column maps and row accounts.
    pub records: Records,
    /// Rows that could not become records; personal data masked.
    pub rejected: Vec<RejectedRow>,
    /// Remarks, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that could not be read at all, by path.
    pub unread: Vec<String>,
}

/// Why reading cannot even begin.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path on the command line does not exist.
    #[error("no such path: {}", .0.display())]
    MissingPath(PathBuf),
}

impl Error {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Error::MissingPath(path) => {
                Message::new("ingest.error.missing-path").with("path", path.display())
            }
        }
    }
}

/// What the readers fill.
#[derive(Default)]
struct Output {
    records: Records,
    rejected: Vec<RejectedRow>,
    diagnostics: Vec<Diagnostic>,
}

/// Reads files and folders. Values stated above a table (填报单位) fill the missing cells of its rows.
///
/// # Errors
/// When a path does not exist. Everything else that goes wrong is a diagnostic.
pub fn ingest(paths: &[PathBuf], options: &Options<'_>) -> Result<Ingested, Error> {
    let mut out = Output::default();
    let mut inputs = Vec::new();
    let mut seen = BTreeMap::new();
    let files = files::find(paths, options.not_inventories, &mut out.diagnostics)?;
    // Folders that could not be entered.
    let refused = out.diagnostics.iter().filter(|remark| remark.code == Code::UnreadableFile);
    let mut unread: Vec<String> = refused.map(|remark| remark.at.path.clone()).collect();
    for found in files {
        (options.progress)(&found.path, 0);
        let file = FileId(inputs.len() as u32);
        match read(&found, file, options, &mut seen, &mut out) {
            Ok(input) => inputs.extend(input),
            Err(fault) => {
                let remark = Diagnostic::new(fault.code, Location::file(&found.path));
                out.diagnostics.push(remark.with("reason", fault.reason).with("detail", fault.detail));
                if fault.code != Code::OwnOutput {
                    unread.push(found.path);
                }
            }
        }
    }
    unread.sort();
    Diagnostic::sort(&mut out.diagnostics);
    Ok(Ingested {
        inputs,
        records: out.records,
        rejected: out.rejected,
        diagnostics: out.diagnostics,
        unread,
    })
}

/// The bytes of a file, all at once: what is digested is what is read, even if the file changes.
fn load(found: &Found) -> Result<Vec<u8>, Unreadable> {
    let failed = |e: std::io::Error| Unreadable::from(&e);
    let largest = LARGEST_MIB << 20;
    let too_large = || Unreadable::new("@ingest.reason.too-large").because(LARGEST_MIB);
    let meta = std::fs::metadata(&found.place).map_err(failed)?;
    if meta.len() > largest {
        return Err(too_large());
    }
    // A device or a pipe may never end.
    if !meta.is_file() {
        return Err(Unreadable::new("@ingest.reason.no-file"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    let file = std::fs::File::open(&found.place).map_err(failed)?;
    file.take(largest + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > largest { Err(too_large()) } else { Ok(bytes) }
}

/// Reads one file into the output; nothing when its content was read before (`seen`).
fn read(
    found: &Found,
    file: FileId,
    options: &Options<'_>,
    seen: &mut BTreeMap<[u8; 32], String>,
    out: &mut Output,
) -> Result<Option<InputFile>, Unreadable> {
    let bytes = load(found)?;
    let path = found.path.as_str();
    let digest = blake3::hash(&bytes);
    if let Some(other) = seen.get(digest.as_bytes()).filter(|_| !bytes.is_empty()) {
        let remark = Diagnostic::new(Code::DuplicateFile, Location::file(path));
        out.diagnostics.push(remark.with("other", other));
        return Ok(None);
    }
    seen.insert(*digest.as_bytes(), path.to_owned());
    let content = Content::new(&bytes);
    if let Shape::Foreign(reason) = content.shape {
        return Err(Unreadable::new(reason));
    }
    let source = Source {
        context: values::Context { book: options.fields, as_of: options.as_of },
        overrides: options.overrides,
        file,
        path,
        progress: options.progress,
    };
    let mut tables = Tables::new(source, out);
    // The last reader takes any text, so only containers can be left over.
    let reader = READERS.iter().find(|reader| reader.recognises(&content));
    let reader = reader.ok_or_else(|| Unreadable::new("@ingest.reason.format"))?;
    let format = reader.read(&content, &mut tables)?;
    if let Some((line, count)) = content.lost() {
        let remark = Diagnostic::new(Code::LostCharacters, Location::file(path).at_row(line));
        tables.remark(remark.with("count", count));
    }
    tables.done();
    Ok(Some(InputFile {
        path: path.to_owned(),
        bytes: bytes.len() as u64,
        blake3: digest.to_hex().to_string(),
        sm3: hex(&sm3::Sm3::digest(&bytes)),
        format,
        encoding: content.encoding,
    }))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]);
    digits.map(char::from).collect()
}
