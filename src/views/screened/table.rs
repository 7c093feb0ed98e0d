//! Separated values.
//!
//! For: spreadsheets and programs alike; the header is written first.

use super::super::report::write::defuse;
use super::{Cause, Row, Writer, cells, columns};
use std::borrow::Cow;
use std::io::Write;

/// A table of separated values.
pub struct Table<W: Write> {
    writer: csv::Writer<W>,
    own: Vec<String>,
    lost: u64,
}

impl<W: Write> Table<W> {
    /// Writes the header. `mark` puts a byte order mark in front, as spreadsheets want it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(
        mut out: W,
        own: Vec<String>,
        added: &[&str],
        separator: u8,
        mark: bool,
    ) -> Result<Table<W>, Cause> {
        if mark {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(out);
        writer.write_record(columns(&own, added))?;
        Ok(Table { writer, own, lost: 0 })
    }
}

impl<W: Write> Writer for Table<W> {
    fn row(&mut self, row: &Row, added: &[String]) -> Result<(), Cause> {
        let (cells, lost) = cells(row, &self.own);
        self.lost += lost;
        let cells = cells.iter().chain(added).map(|cell| inert(cell));
        for cell in cells {
            self.writer.write_field(cell.as_bytes())?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    fn finish(mut self: Box<Self>) -> Result<u64, Cause> {
        self.writer.flush()?;
        Ok(self.lost)
    }
}

/// A cell that no spreadsheet runs; a figure with a sign is none that could be run.
fn inert(cell: &str) -> Cow<'_, str> {
    if cell.parse::<f64>().is_ok() { cell.into() } else { defuse(cell) }
}
