//! Workbooks of the Excel family: XLSX, XLSB, XLS and ET, told apart by content.
//!
//! For: the only place that names the workbook library, and what that library does not tell of a sheet. Not
//! for: the meaning of rows. Invariant: rows and columns are absolute, so a table that starts at C5 is
//! reported at C5; a fault in a cell costs that cell, and a fault in a sheet that sheet's remaining rows.

mod cells;
mod tags;
mod xls;
mod xlsb;
mod xlsx;

pub(super) use cells::percent;

use super::grid::Grid;
use super::package::Package;
use super::{Reader, Unreadable};
use crate::model::{Code, Diagnostic, Location};
use crate::stages::ingest::content::{Content, Shape, own};
use crate::stages::ingest::rows::{RowSink, TableStart};
use calamine::{
    Range, Reader as _, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

type Bytes<'a> = Cursor<&'a [u8]>;

/// Every workbook format.
pub(super) struct Workbook;

impl Reader for Workbook {
    fn recognises(&self, content: &Content<'_>) -> bool {
        matches!(content.shape, Shape::Xlsx | Shape::Xlsb | Shape::Xls | Shape::Locked)
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        // The library is written for honest files; a panic on a hostile one costs only that file.
        let opened = catch_unwind(AssertUnwindSafe(|| Book::open(content)));
        let mut book = opened.map_err(|_| Unreadable::new("@ingest.reason.panic"))??;
        let sheets = book.sheets();
        if !sink.takes_results() && own::is_ledger(sheets.iter().map(|sheet| sheet.name.as_str())) {
            return Err(own::result());
        }
        for (index, sheet) in sheets.iter().enumerate() {
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let is_1904 = book.is_1904();
            sink.begin(&TableStart { name: &sheet.name, is_1904, ..TableStart::default() });
            let remark = |code| Diagnostic::new(code, Location::default());
            if sheet.visible != SheetVisible::Visible {
                sink.remark(remark(Code::HiddenSheet));
            }
            let broken = |reason: &str, detail: String| {
                remark(Code::BrokenSheet).with("reason", reason).with("detail", detail)
            };
            match catch_unwind(AssertUnwindSafe(|| book.read(index, &sheet.name, sink))) {
                Ok(Ok(())) => {}
                Ok(Err(detail)) => sink.remark(broken("@ingest.reason.workbook", detail)),
                Err(_) => sink.remark(broken("@ingest.reason.panic", String::new())),
            }
            sink.end();
        }
        Ok(book.format())
    }
}

/// An opened workbook.
enum Book<'a> {
    Xlsx(Box<Xlsx<Bytes<'a>>>, xlsx::Parts),
    Xlsb(Box<Xlsb<Bytes<'a>>>, xlsb::Parts<'a>),
    Xls(Box<Xls<Cursor<Vec<u8>>>>, xls::Facts),
}

impl<'a> Book<'a> {
    fn open(content: &Content<'a>) -> Result<Book<'a>, Unreadable> {
        let bytes = content.bytes;
        let cursor = || Cursor::new(bytes);
        let password = || Unreadable { code: Code::PasswordProtected, ..Unreadable::new("") };
        let damaged = |e: &dyn std::fmt::Display| Unreadable::new("@ingest.reason.workbook").because(e);
        match content.shape {
            Shape::Xlsx => {
                let mut package = Package::open(bytes)?;
                // Everything but the sheets is held in memory by the library.
                package.vet(|part| !part.contains("worksheets/"))?;
                xlsx::vet(&mut package)?;
                let (book, parts) = rayon::join(|| Xlsx::new(cursor()), || xlsx::Parts::new(package));
                let book = book.map_err(|e| match e {
                    XlsxError::Password => password(),
                    e => damaged(&e),
                })?;
                Ok(Book::Xlsx(Box::new(book), parts?))
            }
            Shape::Xlsb => {
                let mut package = Package::open(bytes)?;
                package.vet(|part| !part.contains("worksheets/"))?;
                let book = Xlsb::new(cursor()).map_err(|e| match e {
                    XlsbError::Password => password(),
                    e => damaged(&e),
                })?;
                Ok(Book::Xlsb(Box::new(book), xlsb::Parts::new(package)?))
            }
            Shape::Xls => {
                let (name, stream) = xls::stream(bytes)?;
                let facts = xls::facts(&stream)?;
                match Xls::new(Cursor::new(xls::repacked(&name, stream)?)) {
                    Ok(book) => Ok(Book::Xls(Box::new(book), facts)),
                    Err(XlsError::Password) => Err(password()),
                    Err(e) => Err(damaged(&e)),
                }
            }
            _ => Err(password()),
        }
    }

    fn format(&self) -> &'static str {
        match self {
            Book::Xlsx(..) => "xlsx",
            Book::Xlsb(..) => "xlsb",
            Book::Xls(..) => "xls",
        }
    }

    /// Whether days are counted from 1904, as old programs for the Macintosh did.
    fn is_1904(&self) -> bool {
        match self {
            Book::Xlsx(book, _) => book.has_1904_epoch(),
            Book::Xlsb(_, parts) => parts.is_1904,
            Book::Xls(book, _) => book.has_1904_epoch(),
        }
    }

    fn sheets(&self) -> Vec<Sheet> {
        match self {
            Book::Xlsx(book, _) => book.sheets_metadata().to_vec(),
            Book::Xlsb(book, _) => book.sheets_metadata().to_vec(),
            Book::Xls(book, _) => book.sheets_metadata().to_vec(),
        }
    }

    /// Sends the rows of a sheet; the error is what the library says.
    fn read(&mut self, index: usize, name: &str, sink: &mut dyn RowSink) -> Result<(), String> {
        match self {
            Book::Xlsx(book, parts) => xlsx::read(book, parts, name, sink),
            Book::Xlsb(book, parts) => xlsb::read(book, parts, name, sink),
            Book::Xls(book, facts) => {
                let range = book.worksheet_range(name).map_err(|e| e.to_string())?;
                let areas = book.merge_cells_by_sheet_name(name).unwrap_or_default();
                let (sheet, percents, uncalculated) = facts.take(index, areas);
                let formulas = if uncalculated.is_empty() {
                    Range::empty()
                } else {
                    book.worksheet_formula(name).map_err(|e| e.to_string())?
                };
                let formula = |place: &(u32, u32)| {
                    let text = formulas.get_value(*place).filter(|text| !text.is_empty());
                    (*place, text.map_or_else(|| "=…".to_owned(), |text| format!("={text}")))
                };
                let formulas = uncalculated.iter().map(formula).collect();
                cells::dense(&range, &percents, &formulas, Grid::new(sheet, sink))
            }
        }
    }
}
