//! Where the burden is: owner × function.
//!
//! For: the heat map. Not for: judging whether two do the same job (matching does). Invariant: items are counted as
//! in the other breakdowns; units and functions beyond the largest are counted together, never left out.

use super::breakdown::{counted, unit};
use super::view::Build;
use super::{Cell, Column, Row, Table};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Units with a row of their own; a row after them is the sum of the others.
pub const BURDEN_UNITS: usize = 20;
/// Functions with a column of their own.
const FUNCTIONS: usize = 16;

/// How many items of each function, and how many items.
#[derive(Clone, Default)]
struct Tally<'a> {
    functions: BTreeMap<&'a str, u64>,
    items: u64,
}

impl<'a> Tally<'a> {
    fn add(&mut self, other: &Tally<'a>) {
        for (&function, count) in &other.functions {
            *self.functions.entry(function).or_default() += count;
        }
        self.items += other.items;
    }
}

/// The table; an item of several functions counts in each of their columns.
pub(super) fn table<'a>(build: &Build<'a>) -> Table<'a> {
    let mut units: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
    let mut all = Tally::default();
    for (at, asset) in build.document.assets.iter().enumerate() {
        if counted(build, at).is_none() {
            continue;
        }
        let mut ids: Vec<&str> = asset.functions.iter().map(String::as_str).collect();
        if ids.is_empty() {
            ids.push("");
        }
        for tally in [units.entry(unit(asset)).or_default(), &mut all] {
            tally.items += 1;
            for &id in &ids {
                *tally.functions.entry(id).or_default() += 1;
            }
        }
    }
    let mut functions: Vec<_> = all.functions.iter().map(|(&id, &count)| (id, count)).collect();
    // Items without a function come last: they are no burden of any one kind.
    functions.sort_by_key(|&(id, count)| (id.is_empty(), Reverse(count)));
    let functions: Vec<&str> = functions.into_iter().map(|(id, _)| id).collect();
    let mut units: Vec<_> = units.into_iter().collect();
    units.sort_by_key(|(_, tally)| Reverse(tally.items));

    let mut table = build.table("burden", &[("unit", 34)]);
    let shown = &functions[..functions.len().min(FUNCTIONS)];
    table.columns.extend(shown.iter().map(|id| column(build, id)));
    let has_more = functions.len() > shown.len();
    if has_more {
        let title = build.names.text("report.other-functions");
        table.columns.push(Column { key: "other-functions", title, width: 8 });
    }
    table.columns.extend(build.columns(&[("all-live", 10)]));
    let row = |name: String, tally: &Tally<'_>| -> Row<'a> {
        let of = |id: &&str| tally.functions.get(id).copied().unwrap_or(0);
        let mut row = vec![Cell::text(name)];
        row.extend(shown.iter().map(|id| Cell::Count(of(id))));
        if has_more {
            row.push(Cell::Count(functions[shown.len()..].iter().map(of).sum()));
        }
        row.push(Cell::Count(tally.items));
        row
    };
    for (unit, tally) in units.iter().take(BURDEN_UNITS) {
        let name = if unit.is_empty() {
            build.names.text("report.no-unit")
        } else {
            build.index.unit(unit).to_owned()
        };
        table.rows.push(row(name, tally));
    }
    if units.len() > BURDEN_UNITS {
        let mut rest = Tally::default();
        units[BURDEN_UNITS..].iter().for_each(|(_, tally)| rest.add(tally));
        let count = (units.len() - BURDEN_UNITS).to_string();
        table.rows.push(row(build.names.fill("report.other-units", &[("count", &count)]), &rest));
    }
    table.total = Some(row(build.names.text("report.total"), &all));
    table
}

fn column(build: &Build<'_>, id: &str) -> Column {
    let (key, title) = match id {
        "" => ("no-function", build.names.text("report.no-function")),
        id => ("function", build.names.function(id)),
    };
    Column { key, title, width: 8 }
}
