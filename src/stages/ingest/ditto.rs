//! Ditto marks: 同上 and 〃 repeat the cell above.
//!
//! For: whole files, once all their records stand in order, since rows are read in parts. Not for: blank cells, which
//! say nothing. Invariant: a mark is never a value; with nothing above it, its cell is empty.

use super::Output;
use crate::knowledge::text::words;
use crate::model::{Code, Diagnostic, Field, Location, SheetId, Sym, Value};
use std::collections::BTreeMap;

/// The longest mark, in bytes: asked of every cell before anything else.
const LONGEST: usize = 12;

/// Whether a cell is a mark.
pub(super) fn is_mark(shown: &str) -> bool {
    shown.len() <= LONGEST && words("ditto-marks").contains(&shown.trim_end_matches(['。', '.']))
}

/// Puts in place of every mark what stands above it in its column, and says so once per column of a table.
pub(super) fn repeat(out: &mut Output, path: &str) {
    let pool = &out.records.pool;
    let with_stop = |mark: &&str| [mark.to_string(), format!("{mark}。"), format!("{mark}.")];
    let marks: Vec<Sym> =
        words("ditto-marks").iter().flat_map(with_stop).filter_map(|mark| pool.lookup(&mark)).collect();
    if marks.is_empty() {
        return;
    }
    let mut counted: BTreeMap<(SheetId, Field), (u32, u64)> = BTreeMap::new();
    for &field in Field::ALL.iter().filter(|&&field| field != Field::Seq) {
        if !out.records.has(field) {
            continue;
        }
        let mut above: BTreeMap<SheetId, Value> = BTreeMap::new();
        for record in 0..out.records.len() {
            let place = out.records.place(record);
            let mut value = out.records.value(record, field);
            if value.sym().is_some_and(|sym| marks.contains(&sym)) {
                value = above.get(&place.sheet).copied().unwrap_or(Value::Missing);
                out.records.replace(record, field, value);
                counted.entry((place.sheet, field)).or_insert((place.row, 0)).1 += 1;
            }
            above.insert(place.sheet, value);
        }
    }
    for ((sheet, field), (row, count)) in counted {
        let sheet = out.records.sheet_of(sheet);
        let column = sheet.columns.iter().find(|column| column.field == Some(field));
        let at = Location::sheet(path, &sheet.name).at_row(row);
        let at = match column {
            Some(column) => at.at_column(column.column, &column.header),
            None => at,
        };
        out.diagnostics.push(Diagnostic::new(Code::DittoMarks, at).with("count", count));
    }
}
