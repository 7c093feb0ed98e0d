//! Workbooks: XLSX, XLSB, XLS (and ET, which is the same), ODS, told apart by content.
//!
//! For: the only place that names the workbook library. Not for: the meaning of rows. Invariant:
//! rows and columns are absolute, so a table that starts at C5 is reported at C5; a fault inside a
//! sheet costs that sheet's remaining rows and nothing else.

use super::merges::{Area, Merges};
use super::{Reader, Unreadable};
use crate::model::{Code, Diagnostic, Location};
use crate::stages::ingest::content::{Content, Shape, own};
use crate::stages::ingest::rows::{Cell, Held, RowSink, TableStart};
use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, OdsError, Range, Reader as _, Sheet, SheetType,
    SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};
use jiff::civil::Date;
use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

type Bytes<'a> = Cursor<&'a [u8]>;

/// Every workbook format.
pub(super) struct Workbook;

impl Reader for Workbook {
    fn recognises(&self, content: &Content<'_>) -> bool {
        matches!(content.shape, Shape::Zip | Shape::Ole)
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        // The library is written for honest files; a panic on a hostile one costs only that file.
        let opened = catch_unwind(AssertUnwindSafe(|| open(content)));
        let mut book = opened.map_err(|_| Unreadable::new("@ingest.reason.panic"))??;
        let sheets = book.sheets();
        if own::is_ledger(sheets.iter().map(|sheet| sheet.name.as_str())) {
            return Err(own::result());
        }
        for sheet in sheets {
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            sink.begin(&TableStart { name: &sheet.name, ..TableStart::default() });
            let remark = |code| Diagnostic::new(code, Location::default());
            if sheet.visible != SheetVisible::Visible {
                sink.remark(remark(Code::HiddenSheet));
            }
            let broken = |reason: &str, detail: String| {
                remark(Code::BrokenSheet).with("reason", reason).with("detail", detail)
            };
            match catch_unwind(AssertUnwindSafe(|| book.read(&sheet.name, sink))) {
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
    Xlsx(Box<Xlsx<Bytes<'a>>>),
    Xlsb(Box<Xlsb<Bytes<'a>>>),
    Xls(Box<Xls<Bytes<'a>>>),
    Ods(Box<Ods<Bytes<'a>>>),
}

/// Chooses the format by what the container holds, not by trial, so that the error is the right one.
fn open<'a>(content: &Content<'a>) -> Result<Book<'a>, Unreadable> {
    let bytes = content.bytes;
    let cursor = || Cursor::new(bytes);
    let password = || Unreadable { code: Code::PasswordProtected, ..Unreadable::new("") };
    if content.shape == Shape::Ole {
        return match Xls::new(cursor()) {
            Ok(book) => Ok(Book::Xls(Box::new(book))),
            Err(XlsError::Password) => Err(password()),
            // An encrypted XLSX is an OLE2 file too.
            Err(_) if matches!(Xlsx::new(cursor()), Err(XlsxError::Password)) => Err(password()),
            Err(_) if holds(bytes, &utf16("WordDocument")) => Err(Unreadable::new("@ingest.reason.word")),
            Err(e) => Err(Unreadable::new("@ingest.reason.workbook").because(e)),
        };
    }
    let damaged = |e: &dyn std::fmt::Display| Unreadable::new("@ingest.reason.workbook").because(e);
    if holds(bytes, b"word/document.xml") {
        Err(Unreadable::new("@ingest.reason.word"))
    } else if holds(bytes, b"xl/workbook.bin") {
        Xlsb::new(cursor()).map(|b| Book::Xlsb(Box::new(b))).map_err(|e| match e {
            XlsbError::Password => password(),
            e => damaged(&e),
        })
    } else if holds(&bytes[..bytes.len().min(256)], b"opendocument.spreadsheet") {
        Ods::new(cursor()).map(|b| Book::Ods(Box::new(b))).map_err(|e| match e {
            OdsError::Password => password(),
            e => damaged(&e),
        })
    } else if holds(bytes, b"xl/") {
        Xlsx::new(cursor()).map(|b| Book::Xlsx(Box::new(b))).map_err(|e| match e {
            XlsxError::Password => password(),
            e => damaged(&e),
        })
    } else {
        Err(Unreadable::new("@ingest.reason.format"))
    }
}

impl Book<'_> {
    fn format(&self) -> &'static str {
        match self {
            Book::Xlsx(_) => "xlsx",
            Book::Xlsb(_) => "xlsb",
            Book::Xls(_) => "xls",
            Book::Ods(_) => "ods",
        }
    }

    fn sheets(&self) -> Vec<Sheet> {
        match self {
            Book::Xlsx(book) => book.sheets_metadata().to_vec(),
            Book::Xlsb(book) => book.sheets_metadata().to_vec(),
            Book::Xls(book) => book.sheets_metadata().to_vec(),
            Book::Ods(book) => book.sheets_metadata().to_vec(),
        }
    }

    /// Sends the rows of a sheet; the error is what the library says.
    fn read(&mut self, name: &str, sink: &mut dyn RowSink) -> Result<(), String> {
        match self {
            Book::Xlsx(book) => stream(book, name, sink),
            Book::Xlsb(book) => book.worksheet_range(name).map(|r| dense(&r, vec![], sink)).map_err(text),
            Book::Xls(book) => {
                let areas = book.merge_cells_by_sheet_name(name).unwrap_or_default();
                book.worksheet_range(name).map(|r| dense(&r, areas, sink)).map_err(text)
            }
            Book::Ods(book) => book.worksheet_range(name).map(|r| dense(&r, vec![], sink)).map_err(text),
        }
    }
}

/// Streams an XLSX sheet cell by cell: a sheet with one cell in its last corner costs nothing.
fn stream(book: &mut Xlsx<Bytes<'_>>, name: &str, sink: &mut dyn RowSink) -> Result<(), String> {
    let areas = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut cells = book.worksheet_cells_reader(name).map_err(text)?;
    let mut rows = Rows::new(areas, sink);
    loop {
        match cells.next_cell_with_formula_metadata() {
            Ok(None) => break,
            Ok(Some(cell)) => {
                let (row, column) = cell.pos;
                rows.put(row, column, from_ref(cell.value))?;
            }
            // Newer error values (#SPILL!) are unknown to the library: the cell is kept as an error.
            Err(XlsxError::CellError(found)) => rows.put_after(Held::Error(found.into())),
            Err(e) => {
                rows.finish();
                return Err(text(e));
            }
        }
    }
    rows.finish();
    Ok(())
}

/// Sends the rows of a range that is already in memory.
fn dense(range: &Range<Data>, areas: Vec<Dimensions>, sink: &mut dyn RowSink) {
    let Some((top, left)) = range.start() else { return };
    let mut rows = Rows::new(areas, sink);
    for (r, row) in range.rows().enumerate() {
        for (c, value) in row.iter().enumerate() {
            let cell = from_data(value);
            if cell != Held::Empty {
                // Positions of a range ascend, so this cannot fail.
                let _ = rows.put(top + r as u32, left + c as u32, cell);
            }
        }
    }
    rows.finish();
}

/// Puts cells together into rows and fills merged areas.
struct Rows<'a, 'v> {
    sink: &'a mut dyn RowSink,
    merges: Merges,
    cells: Vec<Held<'v>>,
    row: Option<u32>,
}

impl<'a, 'v> Rows<'a, 'v> {
    fn new(areas: Vec<Dimensions>, sink: &'a mut dyn RowSink) -> Self {
        let area = |d: Dimensions| Area { top: d.start.0, left: d.start.1, bottom: d.end.0, right: d.end.1 };
        let merges = Merges::new(areas.into_iter().map(area).collect());
        Rows { sink, merges, cells: Vec::new(), row: None }
    }

    /// Adds a cell; an error when rows come in the wrong order.
    fn put(&mut self, row: u32, column: u32, cell: Held<'v>) -> Result<(), String> {
        if self.row != Some(row) {
            let last = self.row;
            self.finish();
            match last {
                Some(last) if row < last => return Err(format!("row {} after row {}", row + 1, last + 1)),
                Some(last) => self.sink.blank(u64::from(row - last - 1)),
                None => {}
            }
            self.row = Some(row);
        }
        let column = column as usize;
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Held::Empty);
        }
        self.cells[column] = cell;
        Ok(())
    }

    /// Adds a cell behind the last one.
    fn put_after(&mut self, cell: Held<'v>) {
        self.row.get_or_insert(0);
        self.cells.push(cell);
    }

    /// Sends the row at hand.
    fn finish(&mut self) {
        let Some(row) = self.row.take() else { return };
        let mut cells: Vec<Cell<'_>> = self.cells.iter().map(Held::cell).collect();
        self.merges.fill(row, &mut cells);
        self.sink.row(row + 1, &cells);
        self.cells.clear();
    }
}

fn from_ref(value: DataRef<'_>) -> Held<'_> {
    match value {
        DataRef::SharedString(text) => plain(text.into()),
        DataRef::String(text) => plain(text.into()),
        other => match from_data(&Data::from(other)) {
            Held::Text(text) => Held::Text(text.into_owned().into()),
            Held::Error(text) => Held::Error(text.into_owned().into()),
            Held::Number(n) => Held::Number(n),
            Held::Date(date) => Held::Date(date),
            Held::Bool(b) => Held::Bool(b),
            Held::Empty => Held::Empty,
        },
    }
}

fn from_data(value: &Data) -> Held<'_> {
    match value {
        Data::Empty => Held::Empty,
        Data::String(text) | Data::DurationIso(text) => plain(text.into()),
        Data::Int(n) => Held::Number(*n as f64),
        Data::Float(n) => Held::Number(*n),
        Data::Bool(b) => Held::Bool(*b),
        Data::DateTime(at) => day(*at),
        Data::DateTimeIso(iso) => {
            let date = iso.get(..10).and_then(|d| d.parse::<Date>().ok());
            date.map_or_else(|| plain(iso.into()), Held::Date)
        }
        Data::Error(e) => Held::Error(e.to_string().into()),
    }
}

fn plain(text: Cow<'_, str>) -> Held<'_> {
    if text.is_empty() { Held::Empty } else { Held::Text(text) }
}

/// A date cell as a day; durations, times of day and impossible days stay numbers.
fn day(at: ExcelDateTime) -> Held<'static> {
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    let date = Date::new(year.cast_signed(), month.cast_signed(), day.cast_signed()).ok();
    match date.filter(|_| at.is_datetime() && at.as_f64() >= 1.0) {
        Some(date) => Held::Date(date),
        None => Held::Number(at.as_f64()),
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether the bytes hold this sequence: names of the parts of a container stand there unpacked.
fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}
