//! Stage 1, reading: files → records, with an account of every row.
//!
//! For: turning whatever units send into one typed table. Not for: what the values mean
//! (`normalise`). Invariant: rows read = records + headings + blank + notes + rejected, per sheet; a
//! file that cannot be read costs only itself; the result does not depend on the order of arguments.

mod content;
mod ditto;
mod extension;
mod file;
mod files;
mod formats;
mod kept;
mod layout;
mod load;
mod remarks;
mod returned;
mod rows;
mod stream;
mod values;

pub use content::own::DRAFT as OWN_DRAFT;
pub use kept::{Kept, Shelf};
pub use returned::{Returned, ReturnedTable, returned};

use crate::knowledge::lexicon::fields::FieldBook;
use crate::model::{
    Alert, Code, ColumnOverride, Diagnostic, FileId, InputFile, Location, Message, Records, RejectedRow,
};
use file::Outcome;
use files::{Found, Place};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
pub use values::Naming;

/// Files up to this size are read several at a time, each on one thread; larger ones one at a time, on all
/// threads.
const SMALL: u64 = 4 << 20;
/// Bytes of small files that are in memory at a time.
const GROUP: u64 = 64 << 20;

/// What reading needs besides the files.
pub struct Options<'a> {
    /// Header variants and table words.
    pub fields: &'a FieldBook,
    /// What the rows are: items of inventories, or the units of a roster.
    pub naming: Naming,
    /// Columns that the policy file decides.
    pub overrides: &'a [ColumnOverride],
    /// The day relative to which dates without a year are read.
    pub as_of: Date,
    /// Files inside the folders that were given for another purpose (policy, regions).
    pub not_inventories: &'a [PathBuf],
    /// Whether to digest files with SM3 as well, which takes about as long as reading them.
    pub with_sm3: bool,
    /// Readings of earlier runs; without them every file is read.
    pub kept: Option<&'a Kept<'a>>,
    /// Told the file being read and its rows so far: when it begins, and every 10,000 rows.
    pub progress: &'a (dyn Fn(&str, u64) + Sync),
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
    let mut remarks = Vec::new();
    let found = files::find(paths, options.not_inventories, &mut remarks)?;
    Ok(read(&found, remarks, options))
}

/// Reads what is in memory already, each under the path it is to be known by; paths must differ.
pub fn ingest_bytes(files: Vec<(String, Vec<u8>)>, options: &Options<'_>) -> Ingested {
    let found = files.into_iter().map(|(path, bytes)| Found { path, place: Place::Memory(bytes) });
    let mut found: Vec<Found> = found.collect();
    found.sort();
    read(&found, Vec::new(), options)
}

/// Reads the files that were found; `remarks` has what there was to say on the way.
fn read(found: &[Found], remarks: Vec<Diagnostic>, options: &Options<'_>) -> Ingested {
    // Folders that could not be entered.
    let refused = remarks.iter().filter(|remark| remark.code == Code::UnreadableFile);
    let unread = refused.map(|remark| remark.at.path.clone()).collect();
    let mut got = Ingested {
        inputs: Vec::new(),
        records: Records::default(),
        rejected: Vec::new(),
        diagnostics: remarks,
        unread,
    };
    let mut seen = BTreeMap::new();
    let mut rest = found;
    while !rest.is_empty() {
        let (group, later) = rest.split_at(together(rest));
        let outcomes: Vec<Outcome> = match group {
            // A large file gets all threads.
            [only] => vec![file::read(only, options, true)],
            several => several.par_iter().map(|found| file::read(found, options, false)).collect(),
        };
        for (found, outcome) in group.iter().zip(outcomes) {
            got.add(&found.path, outcome, &mut seen);
        }
        rest = later;
    }
    got.unread.sort();
    Diagnostic::sort(&mut got.diagnostics);
    got
}

/// How many of the next files are read at the same time.
fn together(found: &[Found]) -> usize {
    let mut bytes = 0;
    let fits = found.iter().take_while(|file| {
        let size = file.size();
        bytes += size.min(GROUP);
        size <= SMALL && bytes <= GROUP
    });
    fits.count().max(1)
}

impl Ingested {
    /// Adds what a file gave, behind what the files before it gave; `seen` has the files by digest.
    fn add(&mut self, path: &str, outcome: Outcome, seen: &mut BTreeMap<String, String>) {
        match outcome {
            Ok((input, _)) if input.bytes > 0 && seen.contains_key(&input.blake3) => {
                let remark = Diagnostic::new(Code::DuplicateFile, Location::file(path));
                self.diagnostics.push(remark.with("other", &seen[&input.blake3]));
            }
            Ok((input, mut out)) => {
                seen.insert(input.blake3.clone(), path.to_owned());
                let file = FileId(self.inputs.len() as u32);
                let sheets = self.records.sheets.len() as u32;
                out.records.sheets.iter_mut().for_each(|sheet| sheet.file = file);
                out.rejected.iter_mut().for_each(|row| row.at.sheet.0 += sheets);
                self.inputs.push(input);
                self.rejected.extend(out.rejected);
                self.diagnostics.extend(out.diagnostics);
                if sheets == 0 {
                    self.records = out.records;
                } else {
                    self.records.absorb(&out.records);
                }
            }
            Err(fault) => {
                let remark = Diagnostic::new(fault.code, Location::file(path));
                self.diagnostics.push(remark.with("reason", fault.reason).with("detail", fault.detail));
                if fault.code.alert() == Alert::Error {
                    self.unread.push(path.to_owned());
                }
            }
        }
    }
}
