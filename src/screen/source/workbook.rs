//! The sheet of a workbook that has the texts.

use super::separated::{TITLES, header};
use super::{Opened, Row, Unfit};
use crate::knowledge::text::fold;
use calamine::{Data, Range, Reader as _, open_workbook_auto};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Opens the first sheet with the column asked for, else the first one that is not empty. A workbook is held as a whole:
/// its format allows nothing else.
pub(super) fn open(path: &Path, asked: Option<&str>) -> Result<Opened, Unfit> {
    std::fs::File::open(path)?;
    // The library is written for honest files; a hostile one costs no more than itself.
    let read = catch_unwind(AssertUnwindSafe(|| sheets(path)));
    let sheets = read.map_err(|_| Unfit::Workbook(String::new()))?.map_err(Unfit::Workbook)?;
    let has = |rows: &[Vec<String>]| {
        let head = rows.iter().take(TITLES).flatten();
        asked.is_some_and(|asked| head.into_iter().any(|cell| fold(cell) == fold(asked)))
    };
    let chosen = sheets.iter().position(|(_, rows)| has(rows));
    let chosen =
        chosen.or_else(|| sheets.iter().position(|(_, rows)| !rows.is_empty())).ok_or(Unfit::Empty)?;
    let mut names: Vec<String> = sheets.iter().map(|(name, _)| name.clone()).collect();
    names.swap(0, chosen);
    let (_, mut rows) = sheets.into_iter().nth(chosen).ok_or(Unfit::Empty)?;
    let above = header(&rows[..rows.len().min(TITLES)], asked).ok_or(Unfit::Empty)?;
    let columns = rows.remove(above);
    let mut rows = rows.into_iter().skip(above);
    let rows = Box::new(move || Ok(rows.next().map(Row::Cells)));
    Ok(Opened { columns, is_json: false, has_mark: true, above, sheets: names, rows })
}

/// A sheet: its name and its rows.
type Sheet = (String, Vec<Vec<String>>);

/// Every sheet with its rows, all as wide as the widest.
fn sheets(path: &Path) -> Result<Vec<Sheet>, String> {
    let mut book = open_workbook_auto(path).map_err(|error| error.to_string())?;
    let names = book.sheet_names();
    let read = |name: &String| {
        let range: Range<Data> = book.worksheet_range(name).map_err(|error| error.to_string())?;
        let rows = range.rows().map(|row| row.iter().map(shown).collect()).collect();
        Ok((name.clone(), rows))
    };
    names.iter().map(read).collect()
}

/// A cell as text; days as 2026-11-27.
fn shown(cell: &Data) -> String {
    match cell {
        Data::DateTime(when) if when.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        other => other.to_string(),
    }
}
