//! The whole (总体压减), and by kind (分类压减).
//!
//! For: figures of the scan as they are. Not for: counting. Invariant: every number is a figure of the document.

use super::tally::{COLUMNS, Tally};
use super::{Reduction, note, table};
use crate::views::report::Cell;
use crate::views::report::view::Build;

/// Kinds that are counted, and their sum.
const KINDS: [&str; 3] = ["app", "account", "group"];

/// One row for everything, with what it was worked out from.
pub(super) fn overall<'a>(build: &Build<'a>) -> Reduction<'a> {
    let mut columns = vec![("kind", 12), ("listed", 8), ("closed", 8), ("repeated", 8)];
    columns.extend(COLUMNS);
    let mut table = table(build, "overall", &columns);
    table.rows.extend(row(build, "all"));
    Reduction { table, notes: notes(build) }
}

/// One row for each kind, and their sum.
pub(super) fn by_kind<'a>(build: &Build<'a>) -> Reduction<'a> {
    let mut reduction = Reduction { table: overall(build).table, notes: notes(build) };
    let whole = table(build, "by-kind", &[]);
    reduction.table.id = whole.id;
    reduction.table.title = whole.title;
    reduction.table.total = reduction.table.rows.pop();
    reduction.table.rows.extend(KINDS.iter().filter_map(|kind| row(build, kind)));
    reduction
}

fn row<'a>(build: &Build<'a>, kind: &str) -> Option<Vec<Cell<'a>>> {
    let name = if kind == "all" { build.names.text("report.total") } else { build.names.kind(kind) };
    let tally = Tally::of_figures(build, kind)?;
    let mut row = vec![Cell::text(name)];
    for part in ["listed", "closed", "repeated"] {
        row.push(Cell::count(build.count(&format!("assets.{kind}.{part}"))));
    }
    row.extend(tally.cells());
    Some(row)
}

fn notes(build: &Build<'_>) -> Vec<String> {
    vec![note(build, "rate"), note(build, "before"), build.names.text("report.note.suspected")]
}
