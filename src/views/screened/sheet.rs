//! A workbook of one sheet.
//!
//! For: people with a spreadsheet. Texts are cut where a cell ends, and the cuts are counted.

use super::{Cause, Row, Writer, cells, columns};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::io::Write;

/// Longest text in a cell, in UTF-16 units (Excel's limit).
const LONGEST: usize = 32_767;

/// The sheet; rows go to a temporary file as they come.
pub struct Sheet<W: Write> {
    out: W,
    book: Workbook,
    own: Vec<String>,
    row: u32,
    lost: u64,
}

impl<W: Write> Sheet<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W, own: Vec<String>, added: &[&str]) -> Result<Sheet<W>, Cause> {
        let mut book = Workbook::new();
        let bold = Format::new().set_bold();
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, name) in columns(&own, added).iter().enumerate() {
            sheet.write_string_with_format(0, at as u16, name, &bold)?;
        }
        Ok(Sheet { out, book, own, row: 0, lost: 0 })
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, Cause> {
        Ok(self.book.worksheet_from_index(0)?)
    }
}

impl<W: Write> Writer for Sheet<W> {
    fn row(&mut self, row: &Row, added: &[String]) -> Result<(), Cause> {
        let (cells, lost) = cells(row, &self.own);
        self.lost += lost;
        self.row += 1;
        let at = self.row;
        for (column, text) in cells.iter().chain(added).enumerate() {
            let short = cut(text);
            self.lost += u64::from(short.len() < text.len());
            self.sheet()?.write_string(at, column as u16, short)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<u64, Cause> {
        let bytes = self.book.save_to_buffer()?;
        self.out.write_all(&bytes)?;
        self.out.flush()?;
        Ok(self.lost)
    }
}

/// As much of a text as a cell holds.
fn cut(text: &str) -> &str {
    if text.len() <= LONGEST {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}
