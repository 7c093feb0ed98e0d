//! Sums that a table states about itself.
//!
//! For: comparing 合计 and 小计 lines with the rows they speak of. Not for: correcting anything.
//! Invariant: where a row did not state an exact number, the rows are known to come to at least the
//! numbers that were stated, and no more is claimed. Rows may be read in pieces: sums of a piece are
//! added to those of the pieces before it ([`Totals::follow`]).

use super::lines::Shape;
use crate::model::{Exactness, Field, FieldType, StatedTotal};
use crate::stages::ingest::rows::Cell;
use crate::stages::ingest::values;

/// Sums of a run of rows, and what sum lines among them state.
#[derive(Default)]
pub(super) struct Totals {
    whole: Sums,
    /// Since the last 小计.
    section: Sums,
    /// Whether there was a 小计.
    sectioned: bool,
    /// Figures of sum lines, beside what the run itself comes to.
    stated: Vec<Stated>,
    /// Figures of a sum line that stands above all rows it speaks of.
    ahead: Vec<StatedTotal>,
}

/// A figure of a sum line.
struct Stated {
    total: StatedTotal,
    figure: Figure,
    /// Which rows before this run it also speaks of.
    before: Before,
    /// Whether no record of this run stood above it.
    is_first: bool,
}

/// What a figure counts.
#[derive(Clone, Copy, PartialEq)]
enum Figure {
    Records,
    /// The sum of a count column (0-based).
    Column(usize),
}

#[derive(Clone, Copy, PartialEq)]
enum Before {
    Whole,
    Section,
    Nothing,
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

    fn plus(self, other: Sum) -> Sum {
        Sum { least: self.least.saturating_add(other.least), exact: self.exact && other.exact }
    }

    fn of(value: Option<(u64, Exactness)>) -> Sum {
        match value {
            Some((n, Exactness::Exact)) => Sum { least: n, exact: true },
            Some((n, Exactness::AtLeast)) => Sum { least: n, exact: false },
            // "约70", "不足百人", "不详": nothing certain beyond none.
            _ => Sum { least: 0, exact: false },
        }
    }
}

impl Sums {
    fn get(&self, figure: Figure) -> Sum {
        match figure {
            Figure::Records => Sum { least: self.records, exact: true },
            Figure::Column(at) => {
                self.columns.iter().find(|(column, _)| *column == at).map_or(Sum::ZERO, |(_, sum)| *sum)
            }
        }
    }

    fn add(&mut self, at: usize, value: Sum) {
        match self.columns.iter_mut().find(|(column, _)| *column == at) {
            Some((_, sum)) => *sum = sum.plus(value),
            None => self.columns.push((at, value)),
        }
    }

    fn plus(&mut self, other: &Sums) {
        self.records += other.records;
        for &(at, sum) in &other.columns {
            self.add(at, sum);
        }
    }
}

impl Totals {
    /// A record was read.
    pub(super) fn record(&mut self) {
        self.whole.records += 1;
        self.section.records += 1;
    }

    /// Its value in a count column; `None` for a cell that is not a number.
    pub(super) fn count(&mut self, at: usize, value: Option<(u64, Exactness)>) {
        let value = Sum::of(value);
        self.whole.add(at, value);
        self.section.add(at, value);
    }

    /// A sum line: of the whole table, or of the section that ends here.
    pub(super) fn line(&mut self, whole: bool, row: u32, cells: &[Cell<'_>], shape: &Shape) {
        let before = match (whole, self.sectioned) {
            (true, _) => Before::Whole,
            (false, false) => Before::Section,
            (false, true) => Before::Nothing,
        };
        let sums = if whole { self.whole.clone() } else { std::mem::take(&mut self.section) };
        self.sectioned |= !whole;
        let is_first = self.whole.records == 0;
        let mut seen_records = false;
        for (at, &cell) in cells.iter().enumerate().filter(|(_, c)| !c.is_blank()) {
            let field = shape.fields.get(at).copied().flatten();
            let figure = match field.map(Field::field_type) {
                Some(FieldType::Count) => Figure::Column(at),
                // A number beside the label, or behind it, is the number of items.
                Some(FieldType::Text) if !seen_records => Figure::Records,
                _ => continue,
            };
            let Some(stated) = stated(cell) else { continue };
            let is_count = figure != Figure::Records;
            seen_records |= !is_count;
            let label =
                if is_count { shape.headers.get(at).cloned().unwrap_or_default() } else { label(cells) };
            let Sum { least: actual, exact } = sums.get(figure);
            let total = StatedTotal { row, column: at as u32 + 1, label, stated, actual, exact };
            self.stated.push(Stated { total, figure, before, is_first });
        }
    }

    /// Adds the sums of the rows that follow, and returns the figures whose rows are now known.
    pub(super) fn follow(&mut self, later: Totals) -> Vec<StatedTotal> {
        let mut known = Vec::new();
        for Stated { mut total, figure, before, is_first } in later.stated {
            let sum = match before {
                Before::Whole => self.whole.get(figure),
                Before::Section => self.section.get(figure),
                Before::Nothing => Sum::ZERO,
            };
            let sum = sum.plus(Sum { least: total.actual, exact: total.exact });
            (total.actual, total.exact) = (sum.least, sum.exact);
            // "合计" on the first line speaks of the rows below it.
            if before == Before::Whole && is_first && self.whole.records == 0 {
                self.ahead.push(total);
            } else {
                known.push(total);
            }
        }
        self.whole.plus(&later.whole);
        if later.sectioned {
            self.section = later.section;
        } else {
            self.section.plus(&later.section);
        }
        known
    }

    /// The table is complete: figures that stood above its rows.
    pub(super) fn finish(&mut self) -> Vec<StatedTotal> {
        let mut ahead = std::mem::take(&mut self.ahead);
        for total in &mut ahead {
            let column = Figure::Column(total.column as usize - 1);
            let counted = self.whole.columns.iter().any(|(at, _)| Figure::Column(*at) == column);
            let sum = self.whole.get(if counted { column } else { Figure::Records });
            (total.actual, total.exact) = (sum.least, sum.exact);
        }
        ahead
    }
}

/// The label a sum line begins with: "合计", "总计".
fn label(cells: &[Cell<'_>]) -> String {
    let first = cells.iter().find(|cell| !cell.is_blank()).map(|cell| cell.display()).unwrap_or_default();
    let label = first.split(['：', ':']).next().unwrap_or("");
    label.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The number in a cell of a sum line: "120", "12个", "合计：12".
fn stated(cell: Cell<'_>) -> Option<u64> {
    let shown = cell.display();
    let tail = shown.trim().rsplit(['：', ':']).next().unwrap_or("");
    let tail = tail.trim_start_matches(|c: char| c == '共' || c.is_whitespace());
    values::number(Cell::Text(tail.trim_end_matches('项')))
}
