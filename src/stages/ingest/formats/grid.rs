//! Cells with positions → rows.
//!
//! For: every format that stores cells by row and column. Not for: where the cells come from. Invariant: rows
//! reach the sink in ascending order, with absolute columns, merged areas filled, and gaps as blank rows.

use super::merges::{Area, Merges};
use crate::model::{Code, Diagnostic, Location};
use crate::stages::ingest::rows::{Cell, Held, RowSink};
use std::collections::BTreeSet;

/// Rows and columns of the largest sheet that any program can make.
pub(super) const MOST_ROWS: u32 = 1_048_576;
/// Columns of it.
pub(super) const MOST_COLUMNS: u32 = 16_384;
/// How many hidden rows or columns a remark lists.
const LISTED: usize = 12;

/// Ranges of rows or columns, 0-based and inclusive, ascending.
#[derive(Default, Debug)]
pub(super) struct Spans(Vec<(u32, u32)>);

impl Spans {
    /// Adds a range that begins at or behind the ones before.
    pub(super) fn add(&mut self, from: u32, to: u32) {
        match self.0.last_mut() {
            Some((_, end)) if from <= end.saturating_add(1) => *end = (*end).max(to),
            _ => self.0.push((from, to)),
        }
    }

    /// Whether a row or column is in one of them.
    pub(super) fn has(&self, at: u32) -> bool {
        let next = self.0.partition_point(|(_, end)| *end < at);
        self.0.get(next).is_some_and(|(from, _)| *from <= at)
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a sheet says about itself besides its cells.
#[derive(Default, Debug)]
pub(super) struct Facts {
    /// Merged areas.
    pub merges: Vec<Area>,
    /// Hidden rows.
    pub hidden_rows: Spans,
    /// Hidden columns.
    pub hidden_columns: Spans,
    /// Whether rows are hidden because a filter was left on.
    pub is_filtered: bool,
    /// Whether it has pictures.
    pub has_pictures: bool,
}

/// Puts cells together into rows.
pub(super) struct Grid<'a, 'v> {
    sink: &'a mut dyn RowSink,
    merges: Merges,
    facts: Facts,
    cells: Vec<Held<'v>>,
    row: Option<u32>,
    /// Hidden rows and columns in which something was found, 1-based.
    rows_seen: BTreeSet<u32>,
    columns_seen: BTreeSet<u32>,
    /// Whether no row had anything in it.
    is_empty: bool,
}

impl<'a, 'v> Grid<'a, 'v> {
    /// A sheet about to be read.
    pub(super) fn new(mut facts: Facts, sink: &'a mut dyn RowSink) -> Self {
        let merges = Merges::new(std::mem::take(&mut facts.merges));
        let (rows_seen, columns_seen) = (BTreeSet::new(), BTreeSet::new());
        Grid { sink, merges, facts, cells: Vec::new(), row: None, rows_seen, columns_seen, is_empty: true }
    }

    /// Adds a cell.
    ///
    /// # Errors
    /// When rows come in the wrong order, or a position is outside of any sheet.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: Held<'v>) -> Result<(), String> {
        self.begin_row(row)?;
        if column >= MOST_COLUMNS {
            return Err(format!("column {} of row {}", u64::from(column) + 1, u64::from(row) + 1));
        }
        let column = column as usize;
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Held::Empty);
        }
        self.cells[column] = cell;
        Ok(())
    }

    /// Begins a row, so that it counts even if it has no cell.
    ///
    /// # Errors
    /// As for [`put`](Self::put).
    pub(super) fn begin_row(&mut self, row: u32) -> Result<(), String> {
        if self.row == Some(row) {
            return Ok(());
        }
        if row >= MOST_ROWS {
            return Err(format!("row {}", u64::from(row) + 1));
        }
        let last = self.row;
        self.end_row();
        match last {
            Some(last) if row < last => return Err(format!("row {} after row {}", row + 1, last + 1)),
            Some(last) => self.sink.blank(u64::from(row - last - 1)),
            None => {}
        }
        self.row = Some(row);
        Ok(())
    }

    /// Says that a row, which is not yet begun, is hidden, and whether by a filter.
    pub(super) fn hide(&mut self, row: u32, is_filter: bool) {
        self.facts.hidden_rows.add(row, row);
        self.facts.is_filtered |= is_filter;
    }

    /// Adds a merged area that begins in the row at hand.
    pub(super) fn merge(&mut self, area: Area) {
        self.merges.add(area);
    }

    /// Adds a cell behind the last one of the row at hand.
    pub(super) fn put_after(&mut self, cell: Held<'v>) {
        self.row.get_or_insert(0);
        self.cells.push(cell);
    }

    fn end_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        let mut cells: Vec<Cell<'_>> = self.cells.iter().map(Held::cell).collect();
        self.merges.fill(row, &mut cells);
        let filled = |cells: &[Cell<'_>], at: u32| cells.get(at as usize).is_some_and(|c| !c.is_blank());
        if cells.iter().any(|cell| !cell.is_blank()) {
            self.is_empty = false;
            if self.facts.hidden_rows.has(row) {
                self.rows_seen.insert(row + 1);
            }
            if !self.facts.hidden_columns.is_empty() {
                let hidden = (0..cells.len() as u32).filter(|&at| self.facts.hidden_columns.has(at));
                self.columns_seen.extend(hidden.filter(|&at| filled(&cells, at)).map(|at| at + 1));
            }
        }
        self.sink.row(row + 1, &cells);
        self.cells.clear();
    }

    /// Ends the sheet and says what was hidden in it.
    pub(super) fn finish(mut self) {
        self.end_row();
        let remark = |code| Diagnostic::new(code, Location::default());
        if !self.rows_seen.is_empty() {
            let code = if self.facts.is_filtered { Code::FilterLeftOn } else { Code::HiddenRows };
            let rows = listed(&self.rows_seen, |row| row.to_string());
            let remark = remark(code).with("count", self.rows_seen.len());
            self.sink.remark(remark.with("rows", rows));
        }
        if !self.columns_seen.is_empty() {
            let columns = listed(&self.columns_seen, Location::column_letters);
            let remark = remark(Code::HiddenColumns).with("count", self.columns_seen.len());
            self.sink.remark(remark.with("columns", columns));
        }
        if self.is_empty && self.facts.has_pictures {
            self.sink.remark(remark(Code::PictureSheet));
        }
    }
}

/// "3、5–8、12 …": runs of numbers, as many as are worth listing.
fn listed(numbers: &BTreeSet<u32>, name: impl Fn(u32) -> String) -> String {
    let mut runs = Spans::default();
    for &number in numbers {
        runs.add(number, number);
    }
    let shown = runs.0.iter().take(LISTED).map(|&(from, to)| match to - from {
        0 => name(from),
        _ => format!("{}–{}", name(from), name(to)),
    });
    let more = if runs.0.len() > LISTED { " …" } else { "" };
    shown.collect::<Vec<_>>().join("、") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_know_what_is_in_them() {
        let mut spans = Spans::default();
        for (from, to) in [(2, 2), (3, 5), (9, 12)] {
            spans.add(from, to);
        }
        let inside: Vec<u32> = (0..15).filter(|&at| spans.has(at)).collect();
        assert_eq!(inside, [2, 3, 4, 5, 9, 10, 11, 12]);
        assert_eq!(listed(&inside.into_iter().collect(), |n| n.to_string()), "2–5、9–12");
    }
}
