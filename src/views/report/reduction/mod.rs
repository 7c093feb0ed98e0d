//! The reduction tables (减负报表): what superiors ask for, each by itself.
//!
//! For: `report --table NAME`. Not for: how a format looks (`write/single`). Invariant: figures of the scan are taken by
//! their id; what is counted here is counted item by item from the plan, and its totals are those figures. Every rate
//! has its numerator, its denominator and its formula in the same row.

mod forced;
mod places;
mod rebound;
mod reporting;
mod tally;
mod whole;

use super::view::Build;
use super::{ReportView, Table};
use crate::model::Kind;

/// A table with what must be said of it.
pub struct Reduction<'a> {
    /// Its rows and total.
    pub table: Table<'a>,
    /// How its rates are worked out, what it does not count, or why it is empty.
    pub notes: Vec<String>,
}

/// Works a table out.
type Make = for<'b, 'a> fn(&'b Build<'a>) -> Reduction<'a>;

/// Every table by the name that `report --table` takes.
const TABLES: [(&str, Make); 8] = [
    ("overall", whole::overall),
    ("by-kind", whole::by_kind),
    ("by-region", places::by_region),
    ("by-unit", places::by_unit),
    ("forced-features", forced::forced),
    ("groups", places::groups),
    ("not-reported", reporting::not_reported),
    ("rebound", rebound::rebound),
];

/// Names of all reduction tables, in their order.
pub const REDUCTION_TABLES: [&str; TABLES.len()] = {
    let mut names = [""; TABLES.len()];
    let mut at = 0;
    while at < TABLES.len() {
        names[at] = TABLES[at].0;
        at += 1;
    }
    names
};

/// The reduction table of this name; `None` when there is none.
pub fn reduction<'a>(view: &ReportView<'a>, name: &str) -> Option<Reduction<'a>> {
    let (_, make) = TABLES.iter().find(|(known, _)| *known == name)?;
    Some(make(&Build::of(view)))
}

/// Items of a kind, or of all, by platform: for forms that ask for it.
pub fn by_platform<'a>(view: &ReportView<'a>, kind: Option<Kind>) -> Reduction<'a> {
    places::by_platform(&Build::of(view), kind)
}

/// A note of the catalogue.
fn note(build: &Build<'_>, key: &str) -> String {
    build.names.text(&format!("reduction.note.{key}"))
}

/// An empty table of the catalogue.
fn table<'a>(build: &Build<'a>, id: &'static str, columns: &[(&'static str, u16)]) -> Table<'a> {
    let columns = columns.iter().map(|&(key, width)| {
        let own = format!("reduction.column.{key}");
        let shared = format!("report.column.{key}");
        let title = build.names.text(if build.names.catalogue.has(&own) { &own } else { &shared });
        super::Column { key, title, width }
    });
    let columns = columns.collect();
    let title = build.names.text(&format!("reduction.title.{id}"));
    Table { id, title, columns, rows: Vec::new(), total: None }
}
