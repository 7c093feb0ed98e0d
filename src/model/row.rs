//! Where a record came from.
//!
//! For: every location that is shown. Not for: cells on their way in (`stages::ingest::rows`).

/// A row of a sheet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RowRef {
    /// Which sheet of which file.
    pub sheet: super::SheetId,
    /// 1-based row as the spreadsheet program shows it (for CSV, the line the record starts on;
    /// for JSON, the position in its array).
    pub row: u32,
}
