//! Tables that people sent back filled in: the rows below a header that the caller knows.
//!
//! For: ledgers of this program and tables like them, whatever program saved them. Not for: inventories (`ingest`), nor
//! for what the cells mean. Invariant: a cell is what a person would read in it; a sheet without such a header gives
//! nothing, and a file that cannot be read costs only itself.

use super::content::Content;
use super::content::Shape;
use super::files::{Place, find};
use super::formats::{READERS, Unreadable};
use super::load::load;
use super::rows::{Cell, RowSink, TableStart};
use super::{Error, file};
use crate::model::{Code, Diagnostic, Location};
use std::path::PathBuf;

/// Rows in which a header is looked for: titles and notes stand above it.
const HEADER_WITHIN: u32 = 20;

/// A file that was sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Relative to the argument, with `/`.
    pub path: String,
    /// Where it is; nothing for standard input.
    pub place: Option<PathBuf>,
    /// Size.
    pub bytes: u64,
    /// BLAKE3 digest, hex.
    pub blake3: String,
    /// SM3 digest, hex.
    pub sm3: String,
    /// Its tables with a header that was looked for.
    pub tables: Vec<ReturnedTable>,
}

/// A table of such a file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ReturnedTable {
    /// Name of the sheet; empty where the format has none.
    pub sheet: String,
    /// The header cells.
    pub header: Vec<String>,
    /// Rows below it: number as a spreadsheet shows it, and cells.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads files and folders, and of each sheet the rows below the first row that `is_header` accepts. Remarks say which
/// files could not be read.
///
/// # Errors
/// When a path does not exist.
pub fn returned(
    paths: &[PathBuf],
    is_header: &dyn Fn(&[String]) -> bool,
) -> Result<(Vec<Returned>, Vec<Diagnostic>), Error> {
    let mut remarks = Vec::new();
    let mut files = Vec::new();
    for found in find(paths, &[], &mut remarks)? {
        let read = load(&found).and_then(|bytes| {
            let mut sink = Sink { is_header, tables: Vec::new(), open: None };
            let content = Content::new(&bytes);
            if let Shape::Foreign(reason) = content.shape {
                return Err(Unreadable::new(reason));
            }
            let reader = READERS.iter().find(|reader| reader.recognises(&content));
            reader.ok_or_else(|| Unreadable::new("@ingest.reason.format"))?.read(&content, &mut sink)?;
            Ok((file::digests(&bytes), bytes.len() as u64, sink.tables))
        });
        match read {
            Ok(((blake3, sm3), bytes, tables)) => {
                let place = if let Place::File(path) = &found.place { Some(path.clone()) } else { None };
                files.push(Returned { path: found.path, place, bytes, blake3, sm3, tables });
            }
            // A result of the program that is no table (a report in the same folder) decides nothing.
            Err(fault) if fault.code == Code::OwnOutput => {}
            Err(fault) => {
                let remark = Diagnostic::new(fault.code, Location::file(&found.path));
                remarks.push(remark.with("reason", fault.reason).with("detail", fault.detail));
            }
        }
    }
    Ok((files, remarks))
}

/// Keeps the rows below headers.
struct Sink<'a> {
    is_header: &'a dyn Fn(&[String]) -> bool,
    tables: Vec<ReturnedTable>,
    /// The table being read, and whether its header has been seen.
    open: Option<(ReturnedTable, bool)>,
}

impl Sink<'_> {
    fn take(&mut self, row: u32, cells: Vec<String>) {
        let Some((table, has_header)) = &mut self.open else { return };
        if *has_header {
            table.rows.push((row, cells));
        } else if row <= HEADER_WITHIN && (self.is_header)(&cells) {
            (table.header, *has_header) = (cells, true);
        }
    }
}

impl RowSink for Sink<'_> {
    fn takes_results(&self) -> bool {
        true
    }

    fn begin(&mut self, start: &TableStart<'_>) {
        self.open = Some((ReturnedTable { sheet: start.name.to_owned(), ..ReturnedTable::default() }, false));
        if let Some(headers) = start.headers {
            self.take(1, headers.to_vec());
        }
    }

    fn row(&mut self, row: u32, cells: &[Cell<'_>]) {
        let cells = cells.iter().map(|cell| cell.display().trim().to_owned());
        self.take(row, cells.collect());
    }

    fn line(&mut self, row: u32, line: &str, delimiter: u8) {
        let cells = line.split(char::from(delimiter)).map(|cell| cell.trim().to_owned());
        self.take(row, cells.collect());
    }

    fn blank(&mut self, _rows: u64) {}

    fn broken(&mut self, _row: u32, _text: &str, _reason: &'static str, _detail: &str) {}

    fn remark(&mut self, _remark: Diagnostic) {}

    fn end(&mut self) {
        self.tables.extend(self.open.take().filter(|(_, has_header)| *has_header).map(|(table, _)| table));
    }
}
