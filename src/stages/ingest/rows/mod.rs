//! Rows on their way from a file format to the layout.
//!
//! For: the seam between the two, and carrying many rows at once between threads. Not for: keeping;
//! a batch is read once and forgotten.

mod batch;
mod cell;

pub(super) use batch::{Batch, Item};
pub(super) use cell::{Cell, Held};

/// A table about to be read.
#[derive(Default)]
pub(super) struct TableStart<'a> {
    /// Sheet name; empty where the format has none.
    pub name: &'a str,
    /// Lines that stand before the table but in no row of it (paragraphs of a text document).
    pub above: &'a [String],
    /// The headers, where the format itself says which they are (JSON).
    pub headers: Option<&'a [String]>,
    /// Whether days are counted from 1904 and not from 1900.
    pub is_1904: bool,
    /// Whether a row with more or fewer cells than the header is a fault of the format.
    pub fixed_width: bool,
}

/// Takes rows as they are read, so that nothing holds a whole file of them.
///
/// Every row of a table reaches the sink exactly once, as a row, as blank rows, or as a broken row.
pub(super) trait RowSink {
    /// Whether results of this program are wanted too; as inventories they are not.
    fn takes_results(&self) -> bool {
        false
    }
    /// A table begins.
    fn begin(&mut self, start: &TableStart<'_>);
    /// A row. `row` is 1-based, as a spreadsheet program shows it.
    fn row(&mut self, row: u32, cells: &[Cell<'_>]);
    /// A row as a line of text, its cells between delimiters: cutting it can wait until it is read.
    fn line(&mut self, row: u32, line: &str, delimiter: u8);
    /// Rows in which nothing is stored.
    fn blank(&mut self, rows: u64);
    /// A row that could not be parsed, with what can be shown of it.
    fn broken(&mut self, row: u32, text: &str, reason: &'static str, detail: &str);
    /// Something worth knowing about the table as a whole.
    fn remark(&mut self, remark: crate::model::Diagnostic);
    /// The table is complete.
    fn end(&mut self);
}
