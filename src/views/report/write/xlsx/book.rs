//! A workbook in the making: what the library draws, and the rows of long sheets, which are put into it afterwards.
//!
//! For: sheets that are drawn beside each other, in memory that does not grow with their rows. The library writes each
//! sheet with one row in the place of the many, which shows by what numbers it knows the formats; that row is replaced. Not
//! for: what a sheet looks like (`sheet`, `table`, `overview`). Invariant: equal rows give equal bytes, however many work.

use super::super::{Cause, Options, Out, ReportView};
use super::links::Links;
use super::properties;
use super::rows::{Looks, Rows};
use super::style::Styles;
use rayon::prelude::*;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Workbook, Worksheet};
use std::io::{self, Cursor, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use tempfile::SpooledTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// How hard sheets are packed: two fifths of the time of the usual 6, for files a third larger (measured,
/// `benches/README.md`).
const LEVEL: u8 = 2;
/// Packed bytes of a sheet that are kept in memory; more go to a file.
const KEPT: usize = 1 << 20;
/// Rows from which on a sheet may be larger than the plain container can say.
const LARGE: u32 = 200_000;

/// A workbook in the making.
pub(super) struct Book<'s> {
    drawn: Workbook,
    pub(super) styles: Styles,
    long: Vec<Long<'s>>,
}

/// A sheet whose rows are still to come.
struct Long<'s> {
    part: String,
    rows: Rows<'s>,
    /// The last cell of the sheet, once the rows are there.
    last: (u32, u16),
}

impl<'s> Book<'s> {
    /// An empty one with its properties.
    pub(super) fn new(view: &ReportView<'_>) -> Book<'s> {
        let mut book = Workbook::new();
        book.set_zip_compression_level(LEVEL);
        book.set_properties(&properties(view));
        Book { drawn: book, styles: Styles::new(), long: Vec::new() }
    }

    /// Adds an empty sheet.
    pub(super) fn add(&mut self) -> (&mut Worksheet, &Styles) {
        (self.drawn.add_worksheet(), &self.styles)
    }

    /// Has rows put into the sheet that was added last, which ends with the cell `last`.
    ///
    /// # Errors
    /// When the rows are beyond what a sheet can hold.
    pub(super) fn put(&mut self, rows: Rows<'s>, last: (u32, u16)) -> Result<(), Cause> {
        let number = self.drawn.worksheets().len();
        if rows.len == 0 || number == 0 {
            return Ok(());
        }
        let sheet = self.drawn.worksheet_from_index(number - 1)?;
        let styles = &self.styles;
        for (column, look) in (0..).zip([&styles.text, &styles.link, &styles.count, &styles.number]) {
            sheet.write_blank(rows.first, column, look)?;
        }
        self.long.push(Long { part: format!("xl/worksheets/sheet{number}.xml"), rows, last });
        Ok(())
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// When the disk refuses, or a sheet is beyond what the library can write.
    pub(super) fn save(mut self, links: &Links, options: Options<'_>, out: &mut Out) -> Result<(), Cause> {
        let bytes = self.drawn.save_to_buffer()?;
        let open = || ZipArchive::new(Cursor::new(bytes.as_slice())).map_err(io::Error::from);
        let folder = options.scratch.unwrap_or(Path::new("."));
        let fill = |long: &Long<'_>| -> io::Result<ZipArchive<SpooledTempFile>> {
            let mut xml = String::new();
            open()?.by_name(&long.part).map_err(io::Error::from)?.read_to_string(&mut xml)?;
            long.packed(&xml, links, folder)
        };
        // Sheets are of very different lengths, so each is a task of its own.
        let mut sheets = self.long.par_iter().with_max_len(1).map(fill).collect::<io::Result<Vec<_>>>()?;
        let mut archive = open()?;
        let mut zip = ZipWriter::new(out);
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at).map_err(io::Error::from)?;
            let part = entry.name().map_err(io::Error::from)?.into_owned();
            match self.long.iter().position(|long| long.part == part) {
                Some(long) => zip.raw_copy_file(sheets[long].by_index_raw(0).map_err(io::Error::from)?),
                None => zip.raw_copy_file(entry),
            }
            .map_err(io::Error::from)?;
        }
        zip.finish().map_err(io::Error::from)?;
        Ok(())
    }
}

impl Long<'_> {
    /// The sheet with its rows, packed: an archive with nothing else in it.
    fn packed(&self, xml: &str, links: &Links, folder: &Path) -> io::Result<ZipArchive<SpooledTempFile>> {
        let Sample { before, looks, behind } = Sample::of(xml, self.rows.first).ok_or_else(unlike)?;
        let mut zip = ZipWriter::new(tempfile::spooled_tempfile_in(KEPT, folder));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL.into()))
            .last_modified_time(DateTime::default())
            .large_file(self.rows.len > LARGE);
        zip.start_file(&self.part, options).map_err(io::Error::from)?;
        let (start, stated) = before.split_once("<dimension ref=\"").ok_or_else(unlike)?;
        let (_, rest) = stated.split_once('"').ok_or_else(unlike)?;
        let (row, column) = self.last;
        write!(zip, "{start}<dimension ref=\"A1:{}\"{rest}", row_col_to_cell(row, column))?;
        let hyperlinks = self.rows.write(links, looks, &mut zip)?;
        // Links stand before what is about the page.
        let page = behind.find("<printOptions").or_else(|| behind.find("<pageMargins")).ok_or_else(unlike)?;
        let (table, page) = behind.split_at(page);
        for piece in [table, &hyperlinks, page] {
            zip.write_all(piece.as_bytes())?;
        }
        let mut file = zip.finish().map_err(io::Error::from)?;
        file.seek(SeekFrom::Start(0))?;
        ZipArchive::new(file).map_err(io::Error::from)
    }
}

/// A sheet as the library wrote it, around the one row that shows the formats.
struct Sample<'x> {
    before: &'x str,
    looks: Looks,
    behind: &'x str,
}

impl<'x> Sample<'x> {
    /// Finds the row, of which the first of all is 0.
    fn of(xml: &'x str, row: u32) -> Option<Sample<'x>> {
        const END: &str = "</row>";
        let at = xml.find(&format!("<row r=\"{}\"", row + 1))?;
        let (before, rest) = xml.split_at(at);
        let (cells, behind) = rest.split_at(rest.find(END)? + END.len());
        let mut formats = cells.split(" s=\"").skip(1).map(|cell| cell.split('"').next()?.parse().ok());
        let mut next = || formats.next().flatten();
        let looks = Looks { text: next()?, link: next()?, count: next()?, number: next()? };
        Some(Sample { before, looks, behind })
    }
}

/// The library wrote something that is not understood here: an error in the program, which a test would have found.
fn unlike() -> io::Error {
    io::Error::other("a sheet is not laid out as expected")
}
