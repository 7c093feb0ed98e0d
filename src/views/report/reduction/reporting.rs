//! Who was to report and has not (应报未报).
//!
//! For: the units of the roster. Not for: what they sent (`inspect`). Invariant: every unit of the roster is a row, those
//! that sent nothing first; without a roster the table is empty and says why.

use super::tally::rate;
use super::{Reduction, note, table};
use crate::model::Reporting;
use crate::views::report::Cell;
use crate::views::report::view::Build;

/// One row for each unit that is expected to report.
pub(super) fn not_reported<'a>(build: &Build<'a>) -> Reduction<'a> {
    let columns = [
        ("seq", 5),
        ("unit", 34),
        ("reporting", 12),
        ("files", 8),
        ("records", 8),
        ("reported", 18),
        ("formula", 18),
    ];
    let mut table = table(build, "not-reported", &columns);
    let roster = &build.document.coverage.roster;
    if roster.is_empty() {
        return Reduction { table, notes: vec![note(build, "no-roster")] };
    }
    let missing = Reporting::NotReported.as_str();
    let mut units: Vec<_> = roster.iter().collect();
    units.sort_by_key(|unit| unit.status != missing);
    let (mut files, mut records) = (0, 0);
    for (at, unit) in units.into_iter().enumerate() {
        files += unit.files.len() as u64;
        records += unit.records;
        table.rows.push(vec![
            Cell::Count(at as u64 + 1),
            Cell::text(unit.unit.as_str()),
            Cell::text(build.names.text(&format!("inspect.status.{}", unit.status))),
            Cell::Count(unit.files.len() as u64),
            Cell::Count(unit.records),
            Cell::Empty,
            Cell::Empty,
        ]);
    }
    let expected = roster.len() as u64;
    let silent = roster.iter().filter(|unit| unit.status == missing).count() as u64;
    let mut total = vec![Cell::Empty, Cell::text(build.names.text("report.total")), Cell::Empty];
    total.extend([Cell::Count(files), Cell::Count(records)]);
    total.extend(rate(expected - silent, expected, &format!("({expected} - {silent}) / {expected}")));
    table.total = Some(total);
    Reduction { table, notes: vec![note(build, "reported")] }
}
