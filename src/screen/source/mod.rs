//! Where the rows come from: separated values, workbooks, JSON lines, plain lines.
//!
//! For: one format each → rows, read as they are needed. Not for: what they mean. Adding a format is one file here and
//! one line in [`open`]. Invariant: text of any encoding comes out as UTF-8.

mod lines;
mod separated;
mod utf8;
mod workbook;

use super::Row;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use utf8::Peek as _;

/// The rows of a format, one after the other; `None` at the end.
type Rows = Box<dyn FnMut() -> io::Result<Option<Row>>>;

/// A source whose columns are known.
pub struct Opened {
    /// The names of its columns; in JSON lines those of the first object.
    pub columns: Vec<String>,
    /// Whether it is JSON lines, and the result should be.
    pub is_json: bool,
    /// Whether it began with a byte order mark, and the result should.
    pub has_mark: bool,
    /// Rows above the header, which are titles.
    pub above: usize,
    /// The sheet that was read and those that were not; none outside workbooks.
    pub sheets: Vec<String>,
    rows: Rows,
}

impl Opened {
    pub(super) fn next(&mut self) -> io::Result<Option<Row>> {
        (self.rows)()
    }
}

/// Why a source cannot be screened.
#[derive(Debug)]
pub enum Unfit {
    /// It cannot be read.
    Read(io::Error),
    /// It is a workbook, and a damaged one.
    Workbook(String),
    /// It has no rows.
    Empty,
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        Unfit::Read(error)
    }
}

/// Opens a file by what its name ends in, standard input where there is no path. Anything that is no workbook, JSON
/// or plain text by name is told by its first character. `asked` is the column that will be wanted, which tells the
/// header from titles above it.
///
/// # Errors
/// When it cannot be read, is a damaged workbook, or has no rows.
pub fn open(path: Option<&Path>, asked: Option<&str>) -> Result<Opened, Unfit> {
    let extension = path.and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
    let extension = extension.as_deref().unwrap_or_default();
    if let (Some(path), "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" | "et") = (path, extension) {
        return workbook::open(path, asked);
    }
    let input: Box<dyn Read> = match path {
        Some(path) => Box::new(File::open(path)?),
        None => Box::new(io::stdin()),
    };
    let (reader, has_mark) = utf8::reader(input)?;
    let starts_object = reader.starts_with('{');
    let mut opened = match extension {
        "jsonl" | "ndjson" => lines::objects(reader)?,
        "txt" => lines::texts(reader),
        "csv" | "tsv" => separated::open(reader, asked)?,
        _ if starts_object => lines::objects(reader)?,
        // A list of texts that somebody piped in has no header.
        _ if asked.is_none() && !separated::has_usual_header(&reader) => lines::texts(reader),
        _ => separated::open(reader, asked)?,
    };
    opened.has_mark = has_mark;
    Ok(opened)
}
