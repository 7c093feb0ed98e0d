//! What an XLSB sheet says besides its values, and reading it with that in mind.
//!
//! For: merges, hidden rows and columns, filters, percentages, which the library does not tell of binary
//! sheets. Not for: values. Records are those of \[MS-XLSB\] 2.3. Invariant: as for XLSX, what cannot be looked
//! through is as if nothing were said.

use super::Bytes;
use super::cells::{Places, from_ref, shown};
use super::tags::visit;
use crate::stages::ingest::formats::Unreadable;
use crate::stages::ingest::formats::grid::{Facts, Grid};
use crate::stages::ingest::formats::merges::Area;
use crate::stages::ingest::formats::package::Package;
use crate::stages::ingest::rows::RowSink;
use calamine::Xlsb;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// Longest record that is looked at; a cell text has at most 64 KiB.
const LONGEST: usize = 1 << 20;

// Record numbers.
const ROW: u16 = 0;
const CELLS: std::ops::RangeInclusive<u16> = 1..=11;
const FORMAT: u16 = 44;
const CELL_FORMAT: u16 = 47;
const COLUMNS: u16 = 60;
const PROPERTIES: u16 = 153;
const SHEET: u16 = 156;
const MERGE: u16 = 176;
const FILTER_COLUMN: u16 = 163;
const CELL_FORMATS_BEGIN: u16 = 617;
const CELL_FORMATS_END: u16 = 618;
const DRAWING: u16 = 550;

/// The parts of a workbook.
pub(super) struct Parts<'a> {
    package: Package<'a>,
    /// Part of each sheet, by name.
    sheets: BTreeMap<String, String>,
    /// Cell formats that show a percentage.
    percents: BTreeSet<u32>,
    /// Whether days are counted from 1904.
    pub is_1904: bool,
}

impl<'a> Parts<'a> {
    /// Finds the sheets and the formats of a workbook.
    pub(super) fn new(mut package: Package<'a>) -> Result<Self, Unreadable> {
        let mut targets = BTreeMap::new();
        if let Some(part) = package.part("xl/_rels/workbook.bin.rels")? {
            let outcome = visit(part, |tag| {
                if let (Some(id), Some(target)) = (tag.get("Id"), tag.get("Target")) {
                    let target = target.strip_prefix('/').map_or(format!("xl/{target}"), str::to_owned);
                    targets.insert(id.to_owned(), target);
                }
                true
            });
            outcome.map_err(|e| Unreadable::new("@ingest.reason.workbook").because(e))?;
        }
        let mut sheets = BTreeMap::new();
        let mut is_1904 = false;
        each_record(&mut package, "xl/workbook.bin", |number, data| {
            if number == PROPERTIES {
                is_1904 = data.first().is_some_and(|flags| flags & 1 != 0);
            } else if number == SHEET
                && let Some((id, rest)) = wide_text(data.get(8..).unwrap_or(&[]))
                && let Some((name, _)) = wide_text(rest)
                && let Some(target) = targets.get(&id)
            {
                sheets.insert(name, target.clone());
            }
        })?;
        let percents = percents(&mut package)?;
        Ok(Parts { package, sheets, percents, is_1904 })
    }

    fn look(&mut self, sheet: &str) -> (Facts, Places) {
        let (mut facts, mut places, mut row) = (Facts::default(), Places::new(), 0);
        let Some(part) = self.sheets.get(sheet).cloned() else { return (facts, places) };
        let percents = &self.percents;
        let outcome = each_record(&mut self.package, &part, |number, data| match number {
            ROW => {
                row = int(data, 0).unwrap_or(row);
                // fDyZero: the row has no height.
                if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    facts.hidden_rows.add(row, row);
                }
            }
            COLUMNS if data.get(16).is_some_and(|flags| flags & 1 != 0) => {
                if let (Some(from), Some(to)) = (int(data, 0), int(data, 4)) {
                    facts.hidden_columns.add(from, to);
                }
            }
            MERGE => {
                if let (Some(top), Some(bottom), Some(left), Some(right)) =
                    (int(data, 0), int(data, 4), int(data, 8), int(data, 12))
                {
                    facts.merges.push(Area { top, left, bottom, right });
                }
            }
            FILTER_COLUMN => facts.is_filtered = true,
            DRAWING => facts.has_pictures = true,
            number if CELLS.contains(&number) && !percents.is_empty() => {
                if let (Some(column), Some(format)) = (int(data, 0), int(data, 4))
                    && percents.contains(&(format & 0x00FF_FFFF))
                {
                    places.insert((row, column));
                }
            }
            _ => {}
        });
        if outcome.is_err() {
            tracing::debug!(sheet, "the sheet could not be looked through");
        }
        (facts, places)
    }
}

/// Sends the rows of a sheet, streamed.
pub(super) fn read(
    book: &mut Xlsb<Bytes<'_>>,
    parts: &mut Parts<'_>,
    name: &str,
    sink: &mut dyn RowSink,
) -> Result<(), String> {
    let (facts, percents) = parts.look(name);
    let mut cells = book.worksheet_cells_reader(name).map_err(|e| e.to_string())?;
    let mut grid = Grid::new(facts, sink);
    let outcome = loop {
        match cells.next_cell() {
            Ok(None) => break Ok(()),
            Ok(Some(cell)) => {
                let (row, column) = cell.get_position();
                let value = from_ref(cell.get_value().clone());
                if let Err(fault) = grid.put(row, column, shown(value, percents.contains(&(row, column)))) {
                    break Err(fault);
                }
            }
            Err(e) => break Err(e.to_string()),
        }
    };
    grid.finish();
    outcome
}

/// The cell formats whose number format is a percentage.
fn percents(package: &mut Package<'_>) -> Result<BTreeSet<u32>, Unreadable> {
    let mut formats = BTreeSet::from([9, 10]);
    let mut found = BTreeSet::new();
    let (mut inside, mut index) = (false, 0);
    let short = |data: &[u8], at: usize| Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?));
    each_record(package, "xl/styles.bin", |number, data| match number {
        FORMAT => {
            let code = wide_text(data.get(2..).unwrap_or(&[]));
            if code.is_some_and(|(code, _)| code.contains('%')) {
                formats.extend(short(data, 0));
            }
        }
        CELL_FORMATS_BEGIN => inside = true,
        CELL_FORMATS_END => inside = false,
        CELL_FORMAT if inside => {
            if short(data, 2).is_some_and(|format| formats.contains(&format)) {
                found.insert(index);
            }
            index += 1;
        }
        _ => {}
    })?;
    Ok(found)
}

/// Calls `each` with the number and the data of every record of a part; nothing when there is no such part.
fn each_record(
    package: &mut Package<'_>,
    part: &str,
    mut each: impl FnMut(u16, &[u8]),
) -> Result<(), Unreadable> {
    let Some(part) = package.part(part)? else { return Ok(()) };
    let mut source = std::io::BufReader::new(part);
    let mut data = Vec::new();
    let failed = |e: std::io::Error| Unreadable::new("@ingest.reason.workbook").because(e);
    loop {
        let Some(first) = byte(&mut source).map_err(failed)? else { return Ok(()) };
        let mut number = u16::from(first & 0x7F);
        if first & 0x80 != 0 {
            let second = byte(&mut source).map_err(failed)?.unwrap_or_default();
            number |= u16::from(second & 0x7F) << 7;
        }
        let mut length = 0;
        for shift in [0, 7, 14, 21] {
            let Some(next) = byte(&mut source).map_err(failed)? else { return Ok(()) };
            length |= usize::from(next & 0x7F) << shift;
            if next & 0x80 == 0 {
                break;
            }
        }
        data.clear();
        let kept = length.min(LONGEST) as u64;
        source.by_ref().take(kept).read_to_end(&mut data).map_err(failed)?;
        let passed = source.by_ref().take(length as u64 - kept);
        std::io::copy(&mut { passed }, &mut std::io::sink()).map_err(failed)?;
        // Record numbers are stored with their flag bits taken out.
        each(number, &data);
        if (data.len() as u64) < kept {
            return Ok(());
        }
    }
}

fn byte(source: &mut impl Read) -> std::io::Result<Option<u8>> {
    let mut byte = [0];
    match source.read_exact(&mut byte) {
        Ok(()) => Ok(Some(byte[0])),
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
        Err(e) => Err(e),
    }
}

fn int(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

/// A text with its length in front, and what stands behind it.
fn wide_text(data: &[u8]) -> Option<(String, &[u8])> {
    let length = int(data, 0)? as usize;
    let end = length.checked_mul(2)?.checked_add(4)?;
    let units = data.get(4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some((String::from_utf16_lossy(&units.collect::<Vec<_>>()), &data[end..]))
}
