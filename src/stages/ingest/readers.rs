//! The seam between file formats and the layout reader.
//!
//! For: one list of formats, chosen by content. Not for: what a row means. Invariant: every row of
//! a table reaches the sink exactly once, as a row, as blank rows, or as a broken row.

use super::content::Content;
use super::{delimited, json, xlsx};
use crate::model::{Code, RawCell};

/// A file format.
pub(super) trait Reader: Sync {
    /// Its name in reports: `csv`, `xlsx`, `json`.
    fn recognises(&self, content: &Content<'_>) -> bool;

    /// Hands every table of the file to the sink.
    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable>;
}

/// Every format, most distinctive first; the last takes any text.
pub(super) const READERS: &[&dyn Reader] =
    &[&xlsx::Workbook, &json::Lines, &json::Document, &delimited::Delimited];

/// A table about to be read.
#[derive(Default)]
pub(super) struct TableStart<'a> {
    /// Sheet name; empty where the format has none.
    pub name: &'a str,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// The headers, where the format itself says which they are (JSON).
    pub headers: Option<&'a [String]>,
    /// Whether a row with more or fewer cells than the header is a fault of the format.
    pub fixed_width: bool,
}

/// Takes rows as they are read, so that nothing holds a whole file of them.
pub(super) trait RowSink {
    /// A table begins.
    fn begin(&mut self, start: &TableStart<'_>);
    /// A row. `row` is 1-based, as a spreadsheet program shows it.
    fn row(&mut self, row: u32, cells: &[RawCell]);
    /// Rows in which nothing is stored.
    fn blank(&mut self, rows: u64);
    /// A row that could not be parsed, with what can be shown of it.
    fn broken(&mut self, row: u32, text: &str, reason: &'static str, detail: &str);
    /// The table cannot be read any further.
    fn cut_off(&mut self, reason: &'static str, detail: &str);
    /// The table is complete.
    fn end(&mut self);
}

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// Which remark it is.
    pub code: Code,
    /// Key of the reason in the catalogue.
    pub reason: &'static str,
    /// What the system or the library says.
    pub detail: String,
}

impl Unreadable {
    /// A file that cannot be read, with a reason from the catalogue.
    pub(super) fn new(reason: &'static str) -> Self {
        Unreadable { code: Code::UnreadableFile, reason, detail: String::new() }
    }

    /// What the system refuses, in the catalogue's words where it has them.
    pub(super) fn from(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::PermissionDenied => Unreadable::new("@ingest.reason.denied"),
            std::io::ErrorKind::NotFound => Unreadable::new("@ingest.reason.gone"),
            _ => Unreadable::new("@ingest.reason.io").because(error),
        }
    }

    /// Adds what the system or the library says.
    pub(super) fn because(mut self, detail: impl ToString) -> Self {
        self.detail = detail.to_string();
        self
    }
}
