//! What an XLS workbook says besides its values.
//!
//! For: hidden rows and columns, filters, percentages, formulas that were never calculated, and the size of
//! sheets before the library makes room for them. Not for: values. Records are those of \[MS-XLS\] 2.4.
//! Invariant: a stream that cannot be looked through gives no facts, never a wrong one.

use super::cells::Places;
use crate::stages::ingest::formats::Unreadable;
use crate::stages::ingest::formats::grid::{self, Spans};
use crate::stages::ingest::formats::merges::Area;
use calamine::Dimensions;
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};

/// Most cells that the sheets of a file may span: a full sheet of the format (65,536 × 256) and some more. The
/// library holds them all, empty ones too, in about 120 bytes each.
const MOST_CELLS: u64 = 20_000_000;
/// Most bytes of the stream that is looked through.
const LONGEST: u64 = 1 << 30;

// Record numbers.
const BOUND_SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const COLUMNS: u16 = 0x007D;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const FILTER_ON: u16 = 0x009B;
const FORMAT: u16 = 0x041E;
const CELL_FORMAT: u16 = 0x00E0;
const DRAWING: u16 = 0x00EC;
const FORMULA: u16 = 0x0006;
/// What a formula before it gave, if that is a text.
const STRING: u16 = 0x0207;
const NUMBER: u16 = 0x0203;
const SMALL_NUMBER: u16 = 0x027E;
const SMALL_NUMBERS: u16 = 0x00BD;
/// Cells that are one value at one place.
const SINGLE: [u16; 8] = [FORMULA, NUMBER, SMALL_NUMBER, 0x0201, 0x0204, 0x0205, 0x00D6, 0x00FD];

/// By sheet, in the order of the workbook.
pub(super) struct Facts(Vec<Sheet>);

#[derive(Default)]
struct Sheet {
    facts: grid::Facts,
    percents: Places,
    /// Formulas that were never calculated.
    uncalculated: Places,
    /// First and last row and column with a cell.
    used: Option<[u32; 4]>,
}

impl Facts {
    /// The facts of a sheet with the merged areas that the library found, its percentages, and its formulas
    /// that were never calculated.
    pub(super) fn take(&mut self, index: usize, areas: Vec<Dimensions>) -> (grid::Facts, Places, Places) {
        let sheet = self.0.get_mut(index).map(std::mem::take).unwrap_or_default();
        let area = |d: Dimensions| Area { top: d.start.0, left: d.start.1, bottom: d.end.0, right: d.end.1 };
        let merges = areas.into_iter().map(area).collect();
        (grid::Facts { merges, ..sheet.facts }, sheet.percents, sheet.uncalculated)
    }
}

/// The stream of the workbook and its name.
///
/// # Errors
/// When the container is damaged.
pub(super) fn stream(bytes: &[u8]) -> Result<(String, Vec<u8>), Unreadable> {
    let damaged = |e: std::io::Error| Unreadable::new("@ingest.reason.workbook").because(e);
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let is_workbook = |name: &str| matches!(name.to_lowercase().as_str(), "workbook" | "book");
    let entry = container.read_root_storage().find(|entry| is_workbook(entry.name()));
    let entry = entry.ok_or_else(|| Unreadable::new("@ingest.reason.format"))?;
    let mut stream = Vec::new();
    let opened = container.open_stream(entry.path()).map_err(damaged)?;
    opened.take(LONGEST).read_to_end(&mut stream).map_err(damaged)?;
    Ok((entry.name().to_owned(), stream))
}

/// A container with nothing but that stream, made safe: the library follows the chains of a container wherever
/// they lead and makes room for as many cells as a sheet claims to have, so that a hostile file of a few
/// thousand bytes fills the memory. (How many cells there really are, [`facts`] has counted.)
pub(super) fn repacked(name: &str, mut stream: Vec<u8>) -> Result<Vec<u8>, Unreadable> {
    let mut at = 0;
    while let (Some(number), Some(length)) = (short(&stream, at), short(&stream, at + 2)) {
        let end = at + 4 + usize::from(length);
        if number == DIMENSIONS
            && let Some(data) = stream.get_mut(at + 4..end)
        {
            data.fill(0);
        }
        at = end;
    }
    let pack = || {
        // The library wants the older version of the container.
        let bytes = Cursor::new(Vec::with_capacity(stream.len() + 8192));
        let mut container = cfb::CompoundFile::create_with_version(cfb::Version::V3, bytes)?;
        container.create_stream(name)?.write_all(&stream)?;
        container.flush()?;
        Ok(container.into_inner().into_inner())
    };
    pack().map_err(|e: std::io::Error| Unreadable::from(&e))
}

/// Looks through the workbook stream.
///
/// # Errors
/// When its sheets span more cells than are worth holding.
pub(super) fn facts(stream: &[u8]) -> Result<Facts, Unreadable> {
    let mut globals = Globals::default();
    for (number, data) in records(stream) {
        globals.record(number, data);
        if number == END {
            break;
        }
    }
    let sheets: Vec<Sheet> = globals.sheets.iter().map(|&at| sheet(stream, at, &globals)).collect();
    let spanned = |used: [u32; 4]| u64::from(used[1] - used[0] + 1) * u64::from(used[3] - used[2] + 1);
    let cells: u64 = sheets.iter().filter_map(|sheet| sheet.used).map(spanned).sum();
    if cells > MOST_CELLS {
        return Err(Unreadable::new("@ingest.reason.cells").because(MOST_CELLS));
    }
    Ok(Facts(sheets))
}

/// The records of a stream: number, length, data.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (number, length) = (short(rest, 0)?, usize::from(short(rest, 2)?));
        let data = rest.get(4..4 + length)?;
        rest = &rest[4 + length..];
        Some((number, data))
    })
}

/// What the workbook says for all sheets.
#[derive(Default)]
struct Globals {
    /// Where each sheet begins.
    sheets: Vec<usize>,
    /// Number formats that are percentages.
    formats: BTreeSet<u16>,
    /// Number of cell formats so far, and those that show a percentage.
    cell_formats: u16,
    percents: BTreeSet<u16>,
}

impl Globals {
    fn record(&mut self, number: u16, data: &[u8]) {
        match number {
            BOUND_SHEET => self.sheets.extend(int(data, 0).map(|at| at as usize)),
            // The percent sign is one byte in either encoding of the text.
            FORMAT if data.get(2..).is_some_and(|code| code.contains(&b'%')) => {
                self.formats.extend(short(data, 0));
            }
            CELL_FORMAT => {
                let format = short(data, 2);
                if format.is_some_and(|format| matches!(format, 9 | 10) || self.formats.contains(&format)) {
                    self.percents.insert(self.cell_formats);
                }
                self.cell_formats = self.cell_formats.saturating_add(1);
            }
            _ => {}
        }
    }
}

fn sheet(stream: &[u8], at: usize, globals: &Globals) -> Sheet {
    let mut sheet = Sheet::default();
    // As the library takes it: what stands before the beginning of the sheet, if anything, is part of it.
    let (mut has_begun, mut depth, mut has_formula) = (false, 0_u32, false);
    for (number, data) in records(stream.get(at..).unwrap_or(&[])) {
        match number {
            BEGIN if !has_begun => has_begun = true,
            // Charts within a sheet are streams within its stream.
            BEGIN => depth += 1,
            END if depth == 0 => break,
            END => depth -= 1,
            _ if depth > 0 => {}
            COLUMNS => {
                if let (Some(from), Some(to), Some(options)) =
                    (short(data, 0), short(data, 2), short(data, 8))
                    && options & 1 != 0
                {
                    add(&mut sheet.facts.hidden_columns, from, to);
                }
            }
            ROW => {
                // fDyZero: the row has no height.
                if let (Some(row), Some(options)) = (short(data, 0), short(data, 12))
                    && options & 0x20 != 0
                {
                    add(&mut sheet.facts.hidden_rows, row, row);
                }
            }
            // Without a formula before it, the library puts it into the first cell.
            STRING if !has_formula => use_cell(&mut sheet, 0, 0),
            FILTER_ON => sheet.facts.is_filtered = true,
            DRAWING => sheet.facts.has_pictures = true,
            SMALL_NUMBERS => small_numbers(&mut sheet, data, globals),
            number if SINGLE.contains(&number) => {
                if let (Some(row), Some(column), Some(format)) =
                    (short(data, 0), short(data, 2), short(data, 4))
                {
                    let (row, column) = (u32::from(row), u32::from(column));
                    use_cell(&mut sheet, row, column);
                    has_formula |= number == FORMULA;
                    let is_number = matches!(number, FORMULA | NUMBER | SMALL_NUMBER);
                    // fCalcOnLoad with nothing stored: some program wrote it and none has opened it.
                    let options = short(data, 14).filter(|_| number == FORMULA);
                    if options.is_some_and(|o| o & 2 != 0) && data[6..14] == [0; 8] {
                        sheet.uncalculated.insert((row, column));
                    }
                    if is_number && globals.percents.contains(&format) {
                        sheet.percents.insert((row, column));
                    }
                }
            }
            _ => {}
        }
    }
    sheet
}

/// Several numbers beside each other: row, first column, then format and number of each.
fn small_numbers(sheet: &mut Sheet, data: &[u8], globals: &Globals) {
    let (Some(row), Some(first)) = (short(data, 0), short(data, 2)) else { return };
    let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or(&[]).chunks_exact(6);
    for (column, cell) in (u32::from(first)..).zip(cells) {
        use_cell(sheet, u32::from(row), column);
        if short(cell, 0).is_some_and(|format| globals.percents.contains(&format)) {
            sheet.percents.insert((u32::from(row), column));
        }
    }
}

fn use_cell(sheet: &mut Sheet, row: u32, column: u32) {
    let [top, bottom, left, right] = sheet.used.get_or_insert([row, row, column, column]);
    (*top, *bottom) = ((*top).min(row), (*bottom).max(row));
    (*left, *right) = ((*left).min(column), (*right).max(column));
}

fn add(spans: &mut Spans, from: u16, to: u16) {
    spans.add(u32::from(from), u32::from(to.max(from)));
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn int(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}
