//! Sums that a table states about itself.
//!
//! For: comparing 合计 and 小计 lines with the rows above them. Not for: correcting anything.
//! Invariant: a sum is compared only where every row above it stated an exact number.

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
    /// By count column (0-based): the sum, or nothing once a row was not exact.
    columns: Vec<(usize, Option<u64>)>,
}

impl Totals {
    /// Starts with the count columns of a table.
    pub(super) fn new(shape: &Shape) -> Self {
        let columns = shape.count_columns().map(|(at, _)| (at, Some(0))).collect();
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
                *sum = match (*sum, value) {
                    (Some(sum), Some((n, Exactness::Exact))) => sum.checked_add(n),
                    _ => None,
                };
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
            self.section.columns = sums.columns.iter().map(|&(at, _)| (at, Some(0))).collect();
        }
        let mut found = Vec::new();
        let mut seen_records = false;
        for (at, cell) in cells.iter().enumerate().filter(|(_, c)| !c.is_blank()) {
            let field = shape.fields.get(at).copied().flatten();
            let actual = match field.map(Field::field_type) {
                Some(FieldType::Count) => sums.columns.iter().find(|(c, _)| *c == at).and_then(|(_, s)| *s),
                // A number beside the label, or behind it, is the number of items.
                Some(FieldType::Text) if !seen_records => Some(sums.records),
                _ => None,
            };
            let (Some(stated), Some(actual)) = (stated(cell), actual) else { continue };
            let is_count = field.is_some_and(|f| f.field_type() == FieldType::Count);
            seen_records |= !is_count;
            let header = shape.headers.get(at).cloned().unwrap_or_default();
            found.push(StatedTotal { row, column: at as u32 + 1, label: header, stated, actual });
        }
        found
    }
}

/// The number in a cell of a sum line: "120", "12个", "合计：12".
fn stated(cell: &RawCell) -> Option<u64> {
    let shown = cell.display();
    let tail = shown.trim().rsplit(['：', ':']).next().unwrap_or("");
    let tail = tail.trim_start_matches(|c: char| c == '共' || c.is_whitespace());
    values::number(&RawCell::Text(tail.trim_end_matches('项').to_owned()))
}
