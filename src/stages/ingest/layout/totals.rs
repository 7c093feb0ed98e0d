//! Sums that a table states about itself.
//!
//! For: comparing 合计 and 小计 lines with the rows above them. Not for: correcting anything.
//! Invariant: where a row did not state an exact number, the rows are known to come to at least the
//! numbers that were stated, and no more is claimed.

use super::lines::Shape;
use crate::model::{Exactness, Field, FieldType, RawCell, StatedTotal};
use crate::stages::ingest::values;

/// Running sums of a table.
#[derive(Default)]
pub(super) struct Totals {
    whole: Sums,
    section: Sums,
}

#[derive(Default, Clone)]
struct Sums {
    records: u64,
    /// By count column (0-based).
    columns: Vec<(usize, Sum)>,
}

/// A running sum.
#[derive(Clone, Copy)]
struct Sum {
    /// What the rows come to, or at least come to.
    least: u64,
    /// Whether every row was exact.
    exact: bool,
}

impl Sum {
    const ZERO: Sum = Sum { least: 0, exact: true };

    fn add(&mut self, value: Option<(u64, Exactness)>) {
        match value {
            Some((n, Exactness::Exact)) => self.least = self.least.saturating_add(n),
            Some((n, Exactness::AtLeast)) => {
                *self = Sum { least: self.least.saturating_add(n), exact: false }
            }
            // "约70", "不足百人", "不详": nothing certain beyond none.
            _ => self.exact = false,
        }
    }
}

impl Totals {
    /// Starts with the count columns of a table.
    pub(super) fn new(shape: &Shape) -> Self {
        let columns = shape.count_columns().map(|(at, _)| (at, Sum::ZERO)).collect();
        let sums = Sums { records: 0, columns };
        Totals { whole: sums.clone(), section: sums }
    }

    /// A record was read.
    pub(super) fn record(&mut self) {
        self.whole.records += 1;
        self.section.records += 1;
    }

    /// Its value in a count column; `None` for a cell that is not a number.
    pub(super) fn count(&mut self, at: usize, value: Option<(u64, Exactness)>) {
        for sums in [&mut self.whole, &mut self.section] {
            if let Some((_, sum)) = sums.columns.iter_mut().find(|(column, _)| *column == at) {
                sum.add(value);
            }
        }
    }

    /// What a sum line states, beside what the rows add up to.
    pub(super) fn compare(
        &mut self,
        whole: bool,
        row: u32,
        cells: &[RawCell],
        shape: &Shape,
    ) -> Vec<StatedTotal> {
        let sums = if whole { self.whole.clone() } else { std::mem::take(&mut self.section) };
        if !whole {
            self.section.columns = sums.columns.iter().map(|&(at, _)| (at, Sum::ZERO)).collect();
        }
        let mut found = Vec::new();
        let mut seen_records = false;
        for (at, cell) in cells.iter().enumerate().filter(|(_, c)| !c.is_blank()) {
            let field = shape.fields.get(at).copied().flatten();
            let actual = match field.map(Field::field_type) {
                Some(FieldType::Count) => sums.columns.iter().find(|(c, _)| *c == at).map(|(_, sum)| *sum),
                // A number beside the label, or behind it, is the number of items.
                Some(FieldType::Text) if !seen_records => Some(Sum { least: sums.records, exact: true }),
                _ => None,
            };
            let (Some(stated), Some(actual)) = (stated(cell), actual) else { continue };
            let is_count = field.is_some_and(|f| f.field_type() == FieldType::Count);
            seen_records |= !is_count;
            let label =
                if is_count { shape.headers.get(at).cloned().unwrap_or_default() } else { label(cells) };
            let Sum { least: actual, exact } = actual;
            found.push(StatedTotal { row, column: at as u32 + 1, label, stated, actual, exact });
        }
        found
    }
}

/// The label a sum line begins with: "合计", "总计".
fn label(cells: &[RawCell]) -> String {
    let first = cells.iter().find(|cell| !cell.is_blank()).map(RawCell::display).unwrap_or_default();
    let label = first.split(['：', ':']).next().unwrap_or("");
    label.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The number in a cell of a sum line: "120", "12个", "合计：12".
fn stated(cell: &RawCell) -> Option<u64> {
    let shown = cell.display();
    let tail = shown.trim().rsplit(['：', ':']).next().unwrap_or("");
    let tail = tail.trim_start_matches(|c: char| c == '共' || c.is_whitespace());
    values::number(&RawCell::Text(tail.trim_end_matches('项').to_owned()))
}
